"""Editor of an ordered list with buttons to add, remove and move lines, for timetable and equipment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from app.widgets.buttons import Button
from app.widgets.forms.form_fields import ChoiceBox, Field, OneLine, UnreadableInput, read_number
from app.widgets.labels import label, with_accessible_name
from app.widgets.layouts import in_column, in_grid
from app.widgets.screen import clear_layout
from app.window import theme as t
from db.record import record


@record
class LineColumn:
    """One column of the lines: key, heading, width (0 = stretches), and text, number or one of ``choices``."""

    key: str
    title: str
    width: int = 0
    number: bool = False
    choices: tuple[str, ...] = ()


class LineEditor(QWidget):
    """Editor of an ordered list of lines, for timetable and equipment.

    Alt+↑ and Alt+↓ move the line with the focus, Alt+Delete removes it.

    Signals: ``changed()`` on every keystroke, addition, removal and move.
    """

    changed = Signal()

    def __init__(
        self,
        columns: Sequence[LineColumn],
        *,
        add_words: str,
        new_line: Callable[[], Mapping[str, Any]],
        first_title: str = "",
    ):
        """Create the editor.

        Args:
            new_line: returns the values of a new line.
            first_title: heading of a computed first column.
        """
        super().__init__()
        self._parts = tuple(columns)
        self._fresh = new_line
        self._lead = first_title
        self._rows: list[dict[str, Any]] = []
        self._boxes: list[dict[str, QWidget]] = []
        self._leads: list[QLabel] = []
        self._grid = in_grid(across=6, down=6)
        self.add_button = Button(add_words, self.add, icon_name="plus", low=True)
        in_column(self._grid, (self.add_button, 0, Qt.AlignmentFlag.AlignLeft), owner=self, spacing=8)

    def show_lines(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Show these lines; keys without a column are kept and returned."""
        self._rows = [dict(line) for line in lines]
        self._lay_out()

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines as typed now; an unreadable number is None."""
        self._read_fields()
        return [dict(row) for row in self._rows]

    def problems(self) -> list[str]:
        """Return a sentence for every number that cannot be read."""
        found = []
        for boxes in self._boxes:
            for part in self._parts:
                box = boxes[part.key]
                if part.number and isinstance(box, QLineEdit):
                    try:
                        read_number(_number(part), box.text())
                    except UnreadableInput as problem:
                        found.append(str(problem))
        return found

    def show_first_column(self, words: Sequence[str]) -> None:
        """Show the computed first column (clock times)."""
        for shown, text in zip(self._leads, words, strict=False):
            shown.setText(text)

    def field(self, row: int, key: str) -> QWidget:
        """Return the control of one column in one line."""
        return self._boxes[row][key]

    def add(self) -> None:
        """Add a line at the end, focus it and emit ``changed``."""
        self._read_fields()
        self._rows.append(dict(self._fresh()))
        self._lay_out()
        self._boxes[-1][self._parts[0].key].setFocus()
        self.changed.emit()

    def remove(self, line: int) -> None:
        """Remove a line, focus the one in its place, and emit ``changed``."""
        self._read_fields()
        del self._rows[line]
        self._lay_out()
        if self._boxes:
            self._boxes[min(line, len(self._boxes) - 1)][self._parts[0].key].setFocus()
        self.changed.emit()

    def shift(self, line: int, step: int) -> None:
        """Move a line up (-1) or down (1) and emit ``changed``; nothing at the ends."""
        target = line + step
        if not 0 <= target < len(self._rows):
            return
        self._read_fields()
        self._rows[line], self._rows[target] = self._rows[target], self._rows[line]
        self._lay_out()
        self._boxes[target][self._parts[0].key].setFocus()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shift a line on Alt with an arrow; remove it on Alt with Delete."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            line = next((n for n, boxes in enumerate(self._boxes) if watched in boxes.values()), -1)
            held = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if line >= 0 and held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.shift(line, -1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if line >= 0 and held and event.key() == Qt.Key.Key_Delete:
                self.remove(line)
                return True
        return super().eventFilter(watched, event)

    def _read_fields(self) -> None:
        for row, boxes in zip(self._rows, self._boxes, strict=False):
            for part in self._parts:
                row[part.key] = _value(part, boxes[part.key])

    def _lay_out(self) -> None:
        clear_layout(self._grid)
        self._boxes, self._leads = [], []
        first = 1 if self._lead else 0
        if self._lead:
            self._grid.addWidget(label(self._lead, "small"), 0, 0)
        for number, part in enumerate(self._parts):
            self._grid.addWidget(label(part.title, "small"), 0, first + number)
            self._grid.setColumnStretch(first + number, 0 if part.width else 1)
        for line, row in enumerate(self._rows):
            self._add_row(line, row, first)

    def _add_row(self, line: int, row: dict[str, Any], first: int) -> None:
        if self._lead:
            lead = label("", "strong")
            lead.setMinimumWidth(t.scaled(48))
            self._grid.addWidget(lead, line + 1, 0)
            self._leads.append(lead)
        boxes = {}
        for number, part in enumerate(self._parts):
            box = with_accessible_name(self._make_editor(part, row.get(part.key)), f"{line + 1}行目　{part.title}")
            box.installEventFilter(self)
            boxes[part.key] = box
            self._grid.addWidget(box, line + 1, first + number)
        self._boxes.append(boxes)
        column = first + len(self._parts)
        last = len(self._rows) - 1
        for words, icon, act, on in (
            ("上へ", "arrow-up", lambda: self.shift(line, -1), line > 0),
            ("下へ", "arrow-down", lambda: self.shift(line, 1), line < last),
            ("この行を消す", "trash", lambda: self.remove(line), True),
        ):
            button = with_accessible_name(Button(words, act, kind="icon", icon_name=icon), f"{line + 1}行目　{words}")
            button.setEnabled(on)
            self._grid.addWidget(button, line + 1, column)
            column += 1

    def _make_editor(self, column: LineColumn, value: Any) -> QWidget:
        """Return the editor of one cell, a choice or a line; when it is edited ``changed`` is emitted."""
        if column.choices:
            choice = ChoiceBox()
            words = list(column.choices)
            if value and value not in words:
                words.append(str(value))
            choice.addItems(words)
            choice.setCurrentText(str(value or words[0]))
            choice.activated.connect(lambda _number: self.changed.emit())
            return choice
        box = OneLine("" if value is None else str(value))
        if column.width:
            box.setFixedWidth(t.scaled(column.width))
        if column.number:
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        box.setCursorPosition(0)
        box.textEdited.connect(lambda _text: self.changed.emit())
        return box


def _number(column: LineColumn) -> Field:
    return Field(column.key, column.title, "number", least=0)


def _value(column: LineColumn, editor: QWidget) -> Any:
    """Return the typed value of an editor; a number that cannot be read is None."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    text = editor.text() if isinstance(editor, QLineEdit) else ""
    if not column.number:
        return text
    try:
        return read_number(_number(column), text)
    except UnreadableInput:
        return None
