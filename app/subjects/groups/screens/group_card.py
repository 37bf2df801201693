"""One 班: its number and count, its facilitator, its people."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.groups.screens.people_list import PeopleList
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.one_line import OneLine
from app.window import theme as t


class GroupCard(QFrame):
    """A 班, or with ``number`` None those who sit nowhere yet.

    Signals: ``facilitator_written(int, str)``; ``remove_asked(int)``; those of its ``people``.
    """

    facilitator_written = Signal(int, str)
    remove_asked = Signal(int)

    def __init__(self, number: int | None, *, may_write: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self._known = ""
        self.setProperty("kind", "panel")
        words = "班なし" if number is None else f"{number}班"
        self.setAccessibleName(words)
        self.title = label(words, "h2")
        self.count = label("", "second")
        self.people = PeopleList(f"{words}の参加者")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        self.facilitator = OneLine()
        self.facilitator.setPlaceholderText("ファシリテーター")
        self.facilitator.setAccessibleName(f"{words}のファシリテーター")
        self.facilitator.editingFinished.connect(self._write)
        if number is None:
            self.facilitator.setParent(self)
            self.facilitator.hide()
        else:
            remove = Button(
                f"{words}を削除する", lambda: self.remove_asked.emit(number), kind="icon", icon_name="trash"
            )
            remove.setFixedHeight(t.scaled(t.FIELD))
            remove.setVisible(may_write)
            self.facilitator.setReadOnly(not may_write)
            head.addWidget(remove)
            column.addWidget(self.facilitator)
        column.addWidget(self.people)
        column.addStretch(1)

    def show_facilitator(self, name: str) -> None:
        """Show who leads the 班, unless it is being typed."""
        self._known = name
        if not self.facilitator.hasFocus():
            self.facilitator.setText(name)

    def show_count(self, people: int) -> None:
        """Show how many sit here."""
        self.count.setText(f"{people}人")

    def _write(self) -> None:
        text = self.facilitator.text().strip()
        if self.number is not None and text != self._known:
            self._known = text
            self.facilitator_written.emit(self.number, text)
