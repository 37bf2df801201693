"""The left half of 紙の名簿から出欠を入れる: one large field for numbers, what they mean, and what is left to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.subjects.reception.screens.count_bar import CountBar
from app.subjects.reception.screens.door_field import DoorField
from app.subjects.reception.services.reception import Reception
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.panel import Panel

HINT = "番号を入れて Enter を押します。「1 2 3 5-9」のように続けて入れることもできます。"


class PaperSide(QWidget):
    """The field and its buttons.

    Signals: ``submitted(str, bool)`` what was typed, True = they came; ``rest_asked()``; ``walk_in_asked()``;
    ``undo_asked()``; ``end_asked()``.
    """

    submitted = Signal(str, bool)
    rest_asked = Signal()
    walk_in_asked = Signal()
    undo_asked = Signal()
    end_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.came = QRadioButton("出席の番号を入れる")
        self.stayed = QRadioButton("欠席の番号を入れる")
        self._group = QButtonGroup(self)
        for button in (self.came, self.stayed):
            self._group.addButton(button)
        self.came.setChecked(True)
        self.field = DoorField("名簿の番号", height=64)
        self.message = label("", "problem", wrap=True)
        self.counts = Paragraph()
        self.bar = CountBar()
        self.rest_button = Button("残りを出席にする", self.rest_asked.emit)
        self.walk_in_button = Button("当日受付を加える（F2）", self.walk_in_asked.emit, icon_name="user-plus")
        self.undo_button = Button("元に戻す（Ctrl+Z）", self.undo_asked.emit, icon_name="arrow-u-up-left")
        self.end_button = Button("受付を終える", self.end_asked.emit, kind="main", tall=True)
        panel = Panel("出欠")
        panel.put(self.counts)
        panel.put(self.bar)
        panel.put(self.rest_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(FlowRow(self.came, self.stayed, spacing=16))
        column.addWidget(self.field)
        column.addWidget(Paragraph(HINT, role="small"))
        column.addWidget(self.message)
        column.addWidget(panel)
        column.addWidget(FlowRow(self.walk_in_button, self.undo_button))
        column.addWidget(self.end_button)
        column.addStretch(1)
        self.field.submitted.connect(lambda text: self.submitted.emit(text, self.came.isChecked()))
        self._group.buttonClicked.connect(lambda _button: self.field.setFocus())

    def show_reception(self, door: Reception) -> None:
        """Show how far it is."""
        came, away, left = len(door.received), len(door.absent), len(door.waiting)
        self.counts.say(f"出席 **{came}人**（うち当日受付 {door.walk_ins}人）\n欠席 {away}人\nまだ **{left}人**")
        self.bar.show_share(came + away, door.expected)
        self.rest_button.set_words(f"残りの{left}人を出席にする")
        self.rest_button.setEnabled(left > 0)
        self.rest_button.setVisible(left > 0)

    def say(self, sentence: str) -> None:
        """Say what could not be kept; an empty sentence takes it away."""
        self.message.setText(sentence)

    def give_back(self, pieces: tuple[str, ...]) -> None:
        """Put what was not understood before what is being typed, to be corrected."""
        if pieces:
            self.field.setText(" ".join((*pieces, self.field.text())).strip())
            self.field.selectAll()
