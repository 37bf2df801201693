"""これまでの取り込み: the lists of bookings taken in so far, each of which can go back as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.venues.services.booking_import import list_booking_imports, undo_booking_import
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.note_box import NoteBox
from app.widgets.past_imports import PastImports
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.applications import ForeignImport


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
