"""The two ways of a 当日持出しファイル through the office, as a screen opens them: out and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.subjects.day_file.parts.return_dialog import ReturnDayFileDialog
from app.subjects.day_file.parts.take_dialog import TakeDayFileDialog
from app.subjects.day_file.services.day_file_taking import DayFileOffer, propose_day_file
from app.subjects.events.parts.event_picker import EventPicker
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph
from app.window.desk import Desk, ReadOnly, with_store


class PickEventDialog(DialogFrame):
    """Which event is taken out. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("当日持出しファイルを作る", main="つづける", width=640, parent=parent)
        self.put(Paragraph("持ち出す実施回を選んでください。1つのファイルには、1つの実施回だけが入ります。"))
        self.picker = EventPicker(desk)
        self.put(self.picker)
        self.body.addStretch(1)
        self.main.setEnabled(False)
        self.picker.chosen.connect(lambda event_id: self.main.setEnabled(bool(event_id)))
        self.picker.reload()


def take_out(desk: Desk, owner: QWidget, *, event_id: int | None) -> None:
    """Take ``event_id`` out, or ask first which event it is."""
    if desk.read_only:
        desk.fail(ReadOnly())
    elif event_id is None:
        asked = PickEventDialog(desk, owner)
        asked.confirmed.connect(lambda: _take_chosen(desk, owner, asked))
        asked.open()
    else:

        def show(offer: DayFileOffer) -> None:
            TakeDayFileDialog(desk, offer, owner).open()

        desk.read(with_store(propose_day_file, event_id=event_id), show, owner=owner)


def bring_back(desk: Desk, owner: QWidget, *, subject: str, by_hand: Callable[[], object]) -> None:
    """Bring a file back; ``by_hand`` notes a return without one."""
    if desk.read_only:
        desk.fail(ReadOnly())
        return
    dialog = ReturnDayFileDialog(desk, subject, owner)
    dialog.by_hand.connect(by_hand)
    dialog.open()


def _take_chosen(desk: Desk, owner: QWidget, asked: PickEventDialog) -> None:
    asked.accept()
    take_out(desk, owner, event_id=asked.picker.event_id)
