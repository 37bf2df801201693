"""Edit what is needed on the day: thing, number, who prepares it, and the 協議 behind it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.subjects.events.rules.equipment import equipment_remarks
from app.subjects.events.screens.line_editor import LineEditor, LinePart
from app.subjects.events.services.equipment import set_equipment
from app.subjects.events.services.event_view import EventView
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from db.records.events import EquipmentItem

_PARTS = (
    LinePart(key="name", title="機材"),
    LinePart(key="quantity", title="数", width=124),
    LinePart(key="owner", title="用意", width=96, choices=("区", "受託者")),
    LinePart(key="agreement", title="協議（日・番号）", width=126),
    LinePart(key="note", title="メモ", width=170),
)
_KEPT = ("id", "name", "quantity", "owner", "agreement", "note", "checked_on", "checked_by")


class EquipmentDialog(SavingDialog):
    """The equipment of one event. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: EventView, parent: QWidget | None = None) -> None:
        super().__init__(desk, "機材を直す", view.title, main="機材を保存する", note=CAN_UNDO, width=880, parent=parent)
        self._event = view.event
        self.remarks = NoteBox(tone="amber")
        self.lines = LineEditor(
            _PARTS,
            add_words="機材を加える",
            fresh=lambda: {"name": "", "quantity": "1", "owner": "区", "agreement": "", "note": "", "id": 0},
        )
        self.put(self.remarks)
        words = "受託者が用意する機材は、あらかじめ協議します。協議の日や協議記録の番号を書いておきます。"
        self.put(label(words, "small", wrap=True))
        self.put(self.lines)
        self.body.addStretch(1)
        self.lines.show_lines([{key: getattr(item, key) for key in _KEPT} for item in view.equipment])
        self.lines.changed.connect(self._tell)
        self.confirmed.connect(self._save)
        self._tell()

    def items(self) -> list[EquipmentItem]:
        """The equipment as typed; what was checked stays checked."""
        return [self._item(number, line) for number, line in enumerate(self.lines.lines())]

    def _item(self, number: int, line: dict[str, Any]) -> EquipmentItem:
        given = {key: line[key] for key in _KEPT if key in line}
        return EquipmentItem(**{**given, "event_id": self._event.id, "position": number})

    def _tell(self) -> None:
        self.remarks.say("\n".join(equipment_remarks(self._event.kind, self.items(), self._event.network)))

    def _save(self) -> None:
        self.send(with_store(set_equipment, event_id=self._event.id, items=self.items(), **self.desk.signed))
