"""A list of bookings before it is taken in, its columns set by hand, and the lists taken in so far, each to go back whole."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.papers.screens.export_button import export_button
from app.subjects.venues.screens.booking_views import day_cell
from app.subjects.venues.services.booking_import import (
    OUTCOMES,
    BookingPreview,
    JudgedBooking,
    column_choices,
    import_bookings,
    list_booking_imports,
    preview_bookings,
    undo_booking_import,
)
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.dialogs import SavingDialog
from app.widgets.failure_dialog import note_failure
from app.widgets.fitted_table import PastImports
from app.widgets.flow_row import ALL, OutcomeChips
from app.widgets.form_fields import ChoiceBox
from app.widgets.labels import label, rule
from app.widgets.note_box import NoteBox
from app.widgets.record_model import Cell, Column
from app.widgets.record_table import RecordTable
from app.widgets.screen import row
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.applications import ForeignImport


def import_columns(today: date) -> tuple[Column, ...]:
    """The columns of a list before it is taken in."""
    return (
        Column(key="row", title="行", show=lambda row: str(row.row), align="right", width=52,
               sort=lambda row: row.row),
        Column(key="outcome", title="結果", show=lambda row: Cell(badge=row.outcome, second=row.reason), width=220,
               copied=lambda row: f"{row.outcome} {row.reason}".strip()),
        Column(key="day", title="利用日", show=lambda row: day_cell(row.booking, today) if row.booking else ""),
        Column(key="place", title="会場・部屋", show=lambda row: row.place, widest=220),
        Column(key="event", title="実施回", show=_judged_event, stretch=True),
        Column(key="state", title="状態・番号",
               show=lambda row: Cell(text=row.booking.state, second=row.booking.approval_number) if row.booking else ""),
    )  # fmt: skip


def _judged_event(row: JudgedBooking) -> Cell:
    if row.event is not None:
        return Cell(text=row.event.full_title, kind=row.event.kind)
    if row.booking is not None:
        return Cell(text=row.booking.purpose or "実施回なし", tone="second")
    return Cell(text="、".join(part for part in row.raw if part), tone="second")


_NEEDED = ("venue", "room")


class BookingMappingDialog(DialogFrame):
    """One line a column.

    Signals: ``settled(object)`` the columns as ``dict[int, str]``; those of ``DialogFrame``.
    """

    settled = Signal(object)

    def __init__(self, preview: BookingPreview, parent: QWidget | None = None) -> None:
        super().__init__(
            "列の対応", preview.file_name, main="この対応で読み直す", note="取り込むと、同じ形のファイルでつぎも使います。", width=760,
            parent=parent,
        )  # fmt: skip
        self.problem = NoteBox(tone="amber")
        self.boxes: list[ChoiceBox] = []
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, t.scaled(t.LABEL))
        grid.setColumnStretch(2, 1)
        for place, words in enumerate(("ファイルの列", "取り込む先", "最初の値")):
            grid.addWidget(label(words, "small"), 0, place)
        grid.addWidget(rule(), 1, 0, 1, 3)
        for index, (heading, sample) in enumerate(zip(preview.headings, preview.samples, strict=True)):
            name = heading.strip() or f"{index + 1}列目"
            box = ChoiceBox()
            box.setAccessibleName(f"{name}の取り込む先")
            box.setMinimumWidth(t.scaled(200))
            for value, words in column_choices():
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(preview.columns.get(index, ""))))
            box.currentIndexChanged.connect(lambda _number: self._check())
            self.boxes.append(box)
            grid.addWidget(label(name, wrap=True), index + 2, 0)
            grid.addWidget(box, index + 2, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(sample, "second", wrap=True), index + 2, 2)
        self.put(self.problem)
        self.put(holder)
        self.confirmed.connect(self._settle)
        self._check()

    def columns(self) -> dict[int, str]:
        """What each column holds; "" = not taken."""
        return {index: str(box.currentData()) for index, box in enumerate(self.boxes)}

    def _check(self) -> None:
        """A booking needs a venue and a day; one field stands in one column only."""
        chosen = [field for field in self.columns().values() if field]
        twice = sorted({box.currentText() for box in self.boxes if chosen.count(str(box.currentData())) > 1})
        missing = [] if any(field in chosen for field in _NEEDED) else ["施設"]
        missing += [] if "day" in chosen else ["利用日"]
        if missing:
            self.problem.say(f"「{'」「'.join(missing)}」の列が決まっていません。取り込む先を選んでください。")
        elif twice:
            self.problem.say(f"「{'」「'.join(twice)}」に2つ以上の列が当てられています。1つにしてください。")
        else:
            self.problem.say("")
        self.main.setEnabled(not missing and not twice)

    def _settle(self) -> None:
        self.accept()
        self.settled.emit(self.columns())


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


class PastBookingImports(DialogFrame):
    """The list. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("これまでの取り込み", "予約の一覧", cancel="閉じる", note=CAN_UNDO, width=820, parent=parent)
        self._desk = desk
        self.problem = NoteBox(tone="red")
        self.table = PastImports("booking-imports", desk.today(), may_write=not desk.read_only)
        self.put(self.problem)
        self.put(self.table)
        self.body.addStretch(1)
        self.table.acted.connect(self._take_back)
        self._read()

    def _read(self, _saved: object = None) -> None:
        self._desk.read(list_booking_imports, self.table.show_rows, owner=self)

    def _take_back(self, imported: ForeignImport) -> None:
        self.problem.say("")
        self._desk.write(
            with_store(undo_booking_import, import_id=imported.id, **self._desk.signed),
            self._read,
            owner=self,
            failed=lambda problem: note_failure(failure_of(problem), self.problem),
        )
