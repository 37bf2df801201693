"""The outgoing log: when, which document and version, how, how many, by whom, and its short hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.calendar.dates import (
    clock_time,
    long_date,
    short_date,
)
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import replacement_words
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.export_button import export_button
from app.documents.services.copy_retention import ExpiredCopies, erase_expired, read_expired
from app.documents.services.document_doubts import DAY_OVER_REASON
from app.documents.services.document_library import way_words
from app.documents.services.document_saving import list_outgoing
from app.documents.services.issued_copies import copy_words
from app.documents.services.protected_folders import BASIS, PROTECTED_KEY
from app.widgets.buttons import inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import wrapped_label
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import export_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window.app_context import bind_action
from app.window.year_words import in_year_words
from db.fields import field_label
from db.records.documents import Outgoing

HASH_SHOWN = 8
_EMPTY = "まだ保存も印刷もしていません。"


def moment_words(row: Outgoing) -> str:
    """Return 「12/1(火) 9:05」."""
    return f"{short_date(row.at.date())} {clock_time(row.at)}"


def document_words(row: Outgoing) -> str:
    """Return 「参加人数連絡書　第1版」, of a 差替え of what; an exported list has no version."""
    name = f"{in_year_words(row.document_kind)}{fill_nonempty('　第{}版', row.version)}"
    return join_nonempty(name, replacement_words(row))


def hash_words(row: Outgoing) -> str:
    """Return the first digits of the SHA-256 that identifies the file, or a dash."""
    return row.sha256[:HASH_SHOWN] or "—"


def log_list() -> FittedTable:
    """Return a short list widget for the log of one event in the side column."""
    return FittedTable(
        "documents-log",
        (Column("log", "記録", show=_short_cell, stretch=True, sortable=False),),
        title="出力の記録",
        empty=_EMPTY,
        head=False,
        action=copy_action,
        names_people=False,
    )


def copy_action(row: Outgoing) -> RowAction | None:
    """Return the action 「控えを開く」 of a row, None if no copy of it is kept."""
    return RowAction(text="控えを開く") if row.has_copy else None


def _detail_words(row: Outgoing) -> list[str]:
    """Return in which protected folder a file was saved, and why it states a day that is over."""
    return [f"{key}：{row.detail[key]}" for key in (PROTECTED_KEY, DAY_OVER_REASON) if key in row.detail]


def _short_cell(row: Outgoing) -> Cell:
    second = [document_words(row), f"{row.by}　照合 {hash_words(row)}"]
    second += [row.file_name] if row.file_name else []
    second += [f"理由：{row.reason}"] if row.reason else []
    second += _detail_words(row)
    how = row.detail.get("印刷", "")
    second += [] if row.way.is_withdrawal or row.has_copy else [copy_words(row)]
    return Cell(
        f"{moment_words(row)}　{way_words(row)}{f'（{how}）' if how else ''}",
        "\n".join(second),
        tip=fill_nonempty("SHA-256 {}", row.sha256),
    )


def _way_cell(row: Outgoing) -> Cell:
    """Return the cell that says how a document left, with its reason."""
    gone = [] if row.way.is_withdrawal or row.has_copy else [copy_words(row)]
    said = [row.reason, *_detail_words(row), *gone]
    return Cell(way_words(row), "　".join(one for one in said if one))


class EraseCopiesDialog(DialogFrame):
    """The confirmation before expired copies are erased for good. Signals: those of ``DialogFrame``."""

    def __init__(self, expired: Sequence[Outgoing], parent: QWidget):
        super().__init__(
            "控えの消去", f"{len(expired)}件", main="控えを消去する", width=560, main_kind="danger", parent=parent
        )
        days = sorted(row.at.date() for row in expired)
        self.put(
            wrapped_label(f"{long_date(days[0])}から{long_date(days[-1])}までに出した書類の控えです。"),
            wrapped_label("控えの中身は消え、元に戻せません。出力の記録（日時・種類・照合の値）は残ります。"),
        )


class OutgoingDialog(SavingDialog):
    """The log of everything that left the app, newest first. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, titles: Mapping[int, str]):
        super().__init__(
            parent,
            "出力の記録",
            "保存・印刷したすべての帳票と一覧",
            cancel="閉じる",
            width=880,
            note="",
        )

        def title(row: Outgoing) -> str:
            """Return the title of the event of a row, 「年度全体」, 「団体」, or "" without any."""
            of_group = "団体" if row.organisation_id is not None else ""
            of_year = "年度全体" if row.programme_id is not None else of_group
            return titles.get(row.event_id, "") if row.event_id is not None else of_year

        self.table = RecordTable(
            "outgoing",
            (
                Column("at", field_label(Outgoing, "at"), show=moment_words, sort=lambda row: row.at),
                Column(
                    "paper", "帳票・一覧と実施回", stretch=True,
                    show=lambda row: Cell(document_words(row), title(row)),
                    export_parts=(
                        ExportColumn("帳票・一覧", show=lambda row: in_year_words(row.document_kind)),
                        ExportColumn(
                            field_label(Outgoing, "version"),
                            show=lambda row: fill_nonempty("第{}版", row.version),
                        ),
                        ExportColumn("実施回", show=title),
                    ),
                ),
                Column(
                    "way", "発信方法", show=_way_cell,
                    export_parts=(
                        ExportColumn("発信方法", show=way_words),
                        export_column(Outgoing, "reason", lambda row: row),
                        ExportColumn("保護された保存先", show=lambda row: row.detail.get(PROTECTED_KEY, "")),
                        ExportColumn("保護の根拠", show=lambda row: row.detail.get(BASIS, "")),
                        ExportColumn(DAY_OVER_REASON, show=lambda row: row.detail.get(DAY_OVER_REASON, "")),
                        ExportColumn("控え", show=copy_words),
                    ),
                ),
                Column("file", field_label(Outgoing, "file_name"), show=lambda row: row.file_name or "—", narrow=False),
                Column("by", "担当", show=lambda row: row.by),
                Column("hash", "照合", show=hash_words, copy_text=lambda row: row.sha256),
            ),
            title="出力の記録",
            empty=_EMPTY,
            search=title,
            action=copy_action,
            hint="Enter で控えを開きます。照合は SHA-256 の先頭8桁です。Ctrl+C で全桁をコピーできます。",
        names_people=False, on_open=self._open_copy, on_act=self._open_copy,)  # fmt: skip
        self.export = export_button(self.app_context, self.table, title="出力の記録")
        self.export.exported.connect(self._read)
        self.table.foot.addWidget(self.export)
        self.table.setMinimumHeight(300)
        self.expired = NoteBox(tone="amber")
        self.expired.row.addWidget(inline_button("控えを消去する", self._ask_erase))
        self._past: tuple[Outgoing, ...] = ()
        self.put(self.expired, (self.table, 1))
        self._read()

    def _read(self) -> None:
        """Read the log, and which copies have reached the end of their retention."""
        self.run_read(self._show, list_outgoing)
        self.run_read(self._offer_erasing, read_expired, today=self.today)

    def _offer_erasing(self, found: ExpiredCopies) -> None:
        """Show how many copies are past their retention period; readers get no offer to erase."""
        self._past = found.rows
        offered = found.rows and self.may_write
        past = f"保存期間を過ぎた控えが{len(found.rows)}件あります。" if offered else ""
        self.expired.show_text(f"{past}{found.held_words}")

    def _ask_erase(self) -> None:
        """Ask before old copies are erased, then erase them."""
        question = EraseCopiesDialog(self._past, self)
        question.confirmed.connect(question.accept)
        question.confirmed.connect(
            lambda: self.run_change_and_stay(
                bind_action(erase_expired, outgoing_ids=[row.id for row in self._past]),
                lambda _saved: self._read(),
            )
        )
        question.open()

    def _open_copy(self, row: Outgoing) -> None:
        if row.has_copy:
            IssuedCopyDialog(self, outgoing_id=row.id).open()

    def _show(self, rows: tuple[Outgoing, ...]) -> None:
        self.table.show_rows(rows)
