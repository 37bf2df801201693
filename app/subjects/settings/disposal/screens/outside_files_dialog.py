"""Lists files saved outside the program that name people: document, day, person, folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.documents.services.saved_outside import SavedOutside
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import wrapped_label
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable

_OUTSIDE_FILES_WORDS = (
    "個人情報のある書類と一覧を、このアプリから保存した記録です。アプリはこのファイルを消しません。"
    "要らなくなったものは、区で消してください。保存したあとで動かしたり消したりしたものも、ここに残ります。"
)


class OutsideFilesDialog(DialogFrame):
    """Lists the files. Signals: those of ``DialogFrame``."""

    def __init__(self, saved: Sequence[SavedOutside], parent: QWidget) -> None:
        super().__init__("保存したファイル", f"{len(saved)}件", cancel="閉じる", wide=True, parent=parent)
        self.table = RecordTable(
            "saved-out",
            (
                Column("at", "日", show=lambda one: short_date(one.row.at.date()), sort=lambda one: one.row.at),
                Column(
                    "paper",
                    "書類・一覧",
                    show=lambda one: Cell(one.row.document_kind, one.row.file_name),
                    sort=lambda one: one.row.document_kind,
                    width=300,
                ),
                Column("by", "保存した人", show=lambda one: one.row.by, sort=lambda one: one.row.by),
                Column("way", "暗号化", show=lambda one: "あり" if one.is_encrypted else "なし"),
                Column("where", "場所", show=lambda one: one.folder, sort=lambda one: one.folder, stretch=True),
            ),
            title="保存したファイル",
            empty="個人情報のある書類は、まだ保存していません。",
            sort="-at",
            unit="件",
        )
        self.table.show_rows(tuple(saved))
        self.put(wrapped_label(_OUTSIDE_FILES_WORDS, "small"), (self.table, 1))
