"""A list of bookings before it is taken in: every row with its outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.papers.screens.table_export import export_button
from app.subjects.venues.screens.import_columns import import_columns
from app.subjects.venues.screens.import_mapping_dialog import BookingMappingDialog
from app.subjects.venues.services.booking_import import OUTCOMES, BookingPreview, import_bookings, preview_bookings
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.outcome_chips import ALL, OutcomeChips
from app.widgets.record_table import RecordTable
from app.widgets.saving_dialog import SavingDialog
from app.widgets.screen import row
from app.window import theme as t
from app.window.desk import Desk, with_store

_SHOWN_NOTICES = 4


class BookingImportDialog(SavingDialog):
    """The preview of one file. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, path: Path, preview: BookingPreview, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "予約の一覧を取り込む",
            preview.file_name,
            main="",
            note=f"まだ保存していません。{CAN_UNDO}",
            width=880,
            parent=parent,
        )
        self._path = path
        self._preview = preview
        self._columns: dict[int, str] | None = None
        self.told = label("", "small", wrap=True)
        self.mapping = Button("列の対応を変える", self.open_mapping, low=True, icon_name="columns")
        self.notices = NoteBox(tone="amber")
        self.chips = OutcomeChips(OUTCOMES)
        self.table = RecordTable(
            "booking_import", import_columns(desk.today()), title="取り込む行", empty="この結果の行はありません。", filtered=False,
            unit="行", sort="row", tint=lambda row: t.AMBER_BOX if row.outcome == "確認が必要" else "",
            hint="同じファイルをもう一度取り込んでも、増えたり変わったりしません。",
        )  # fmt: skip
        self.table.setMinimumHeight(t.scaled(220))
        self.table.foot.addWidget(
            export_button(desk, self.table, title="予約の取り込みの確認", narrowed=self._narrowed)
        )
        self.body.addLayout(row(self.told, None, self.mapping))
        self.put(self.notices)
        self.put(self.chips)
        self.put(self.table, 1)
        self.chips.chosen.connect(self._filter)
        self.confirmed.connect(self._take)
        self._show(preview)

    def open_mapping(self) -> None:
        """Set by hand which column holds what."""
        dialog = BookingMappingDialog(self._preview, self)
        dialog.settled.connect(self._read_again)
        dialog.open()

    def _read_again(self, columns: dict[int, str]) -> None:
        self._columns = columns
        self.desk.read(
            partial(preview_bookings, path=self._path, columns=columns),
            self._show,
            owner=self,
            title="ファイルを読んでいます",
        )

    def _show(self, preview: BookingPreview) -> None:
        self._preview = preview
        counted = len(preview.taken)
        self.set_main(f"{counted}件を取り込む" if counted else "新しい予約はありません", enabled=bool(counted))
        known = "　前に直した列の対応を使っています" if preview.remembered else ""
        self.told.setText(f"{preview.file_words}　データ {len(preview.rows)}行{known}")
        missing = f"「{'」「'.join(preview.missing)}」の列が見つかりません。「列の対応を変える」で選んでください。"
        self.notices.say("\n".join(((missing,) if preview.missing else preview.notices)[:_SHOWN_NOTICES]))
        self.chips.show_counts({word: preview.count(word) for word in OUTCOMES})
        self._filter(self.chips.word)

    def _narrowed(self) -> str:
        return "" if self.chips.word == ALL else self.chips.word

    def _filter(self, word: str) -> None:
        self.table.show_rows([row for row in self._preview.rows if word in (ALL, row.outcome)])

    def _take(self) -> None:
        # Bound beforehand: the file is read again on the store's thread and must be the one shown.
        self.send(
            with_store(
                partial(import_bookings, path=self._path, columns=self._columns, seen_sha256=self._preview.sha256),
                **self.desk.signed,
            )
        )
