"""当日受付を加える: somebody without a place, entered and received in ten seconds."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from app.subjects.reception.screens.person_fields import PersonFields
from app.subjects.reception.services.attendance import add_walk_in
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.labels import label
from app.widgets.saving_dialog import SavingDialog
from app.window import theme as t
from app.window.desk import Desk, with_store
from db.records.roster import Device

_DEVICES: tuple[tuple[Device, str], ...] = (("持参", "持参"), ("貸与", "貸与"), ("", "なし・不明"))


class WalkInDialog(SavingDialog):
    """The dialog. Signals: those of ``SavingDialog``."""

    def __init__(
        self, desk: Desk, *, event_id: int, event_title: str, spares: int, parent: QWidget | None = None
    ) -> None:
        """``spares`` = tablets put ready beside those assigned."""
        super().__init__(
            desk, "当日受付を加える", event_title, main="加えて受付済にする", note=CAN_UNDO, width=640, parent=parent
        )
        self._event_id = event_id
        self.fields = PersonFields(desk)
        self.devices = DeviceChoice(spares)
        self.fields.add_line("端末", self.devices)
        self.problem = label("", "problem", wrap=True)
        self.inside.setMinimumHeight(t.scaled(300))
        self.put(self.fields)
        self.put(self.problem)
        self.body.addStretch(1)
        self.fields.finished.connect(self.confirmed)
        self.confirmed.connect(self._save)
        self.fields.start()

    def _save(self) -> None:
        wanted = self.fields.wanted()
        if not wanted.name.strip():
            self.problem.setText("氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        self.send(
            with_store(
                add_walk_in,
                event_id=self._event_id,
                wanted=wanted,
                organisation_name=self.fields.organisation_name(),
                device=self.devices.value(),
                **self.desk.signed,
            )
        )


class DeviceChoice(QWidget):
    """持参, 貸与 or none. Signals: none."""

    def __init__(self, spares: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        self._group = QButtonGroup(self)
        for number, (_value, words) in enumerate(_DEVICES):
            button = QRadioButton(words)
            self._group.addButton(button, number)
            line.addWidget(button)
        self._group.button(2).setChecked(True)
        line.addWidget(label(f"予備のタブレット {spares}台" if spares else "予備のタブレットはありません", "small"))
        line.addStretch(1)

    def value(self) -> Device:
        """What was chosen."""
        return _DEVICES[self._group.checkedId()][0]
