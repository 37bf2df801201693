"""The editors of a form: each holds one value, says when it changed and when it was left."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app.widgets.form_fields import Field, Unreadable, read_value, said_back
from app.widgets.labels import label
from app.widgets.one_line import OneLine
from app.window import theme as t


class Editor(QWidget):
    """Holds one value of a form.

    Signals: ``edited()`` on every change; ``left()`` when the field was left or Enter pressed.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(8)
        self.setMinimumHeight(t.scaled(t.FIELD))

    def value(self) -> Any:
        """The value now; raises Unreadable with a sentence."""
        raise Unreadable("この項目は読めません。")

    def show_value(self, value: Any) -> None:
        """Put a value into the field without telling."""

    def target(self) -> QWidget:
        """The control that takes the focus."""
        return self

    def _settle(self, _chosen: object = None) -> None:
        """A choice is both changed and settled at once."""
        self.edited.emit()
        self.left.emit()

    def mark(self, problem: str) -> None:
        """Draw the field as wrong, or right again when ``problem`` is empty."""
        target = self.target()
        target.setAccessibleDescription(problem or self.field.hint)
        if bool(target.property("wrong")) != bool(problem):
            target.setProperty("wrong", bool(problem))
            target.style().unpolish(target)
            target.style().polish(target)


class TextEditor(Editor):
    """One line: text, password, number, date, time. Signals: ``edited()``, ``left()``."""

    def __init__(self, field: Field, fiscal_year: int, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._fiscal_year = fiscal_year
        self.box = OneLine()
        self.box.setPlaceholderText(field.placeholder)
        self.box.setReadOnly(field.read_only)
        if field.width:
            self.box.setFixedWidth(t.scaled(field.width))
        if field.kind == "password":
            self.box.setEchoMode(OneLine.EchoMode.Password)
        if field.kind in ("number", "time", "date"):
            self.box.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        if field.kind == "number":
            self.box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self.box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.addWidget(self.box, 0 if field.width else 1)
        self.unit = label(field.unit)
        if not field.unit:
            self.unit.hide()
        self.line.addWidget(self.unit)
        self.back = label("", "strong")
        if field.kind != "date":
            self.back.hide()
        self.line.addWidget(self.back)
        if field.width:
            self.line.addStretch(1)
        self.box.textEdited.connect(self._on_edit)
        self.box.editingFinished.connect(self.left)

    def value(self) -> Any:
        """The value read from the text."""
        return read_value(self.field, self.box.text(), self._fiscal_year)

    def show_value(self, value: Any) -> None:
        """Show a value; dates are shown as they are typed (9/28)."""
        self.box.setText(_typed(value, self._fiscal_year))
        self._say_back()

    def target(self) -> QWidget:
        """The line."""
        return self.box

    def _on_edit(self, _text: str) -> None:
        self._say_back()
        self.edited.emit()

    def _say_back(self) -> None:
        if self.field.kind != "date":
            return
        try:
            value = self.value()
        except Unreadable:
            value = None
        self.back.setText(said_back(value) if self.field.told_back and isinstance(value, date) else "")


class LinesEditor(Editor):
    """Several lines of text; Tab leaves the field. Signals: ``edited()``, ``left()``."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = _Lines()
        self.box.setPlaceholderText(field.placeholder)
        self.box.setReadOnly(field.read_only)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(round(t.line_height() * field.lines) + 14)
        if field.width:
            self.box.setFixedWidth(t.scaled(field.width))
        self.line.addWidget(self.box, 0 if field.width else 1)
        if field.width:
            self.line.addStretch(1)
        self._quiet = False
        self.box.textChanged.connect(lambda: None if self._quiet else self.edited.emit())
        self.box.gone.connect(self.left)

    def value(self) -> Any:
        """The text as typed."""
        return self.box.toPlainText()

    def show_value(self, value: Any) -> None:
        """Show a text."""
        self._quiet = True
        self.box.setPlainText("" if value is None else str(value))
        self._quiet = False

    def target(self) -> QWidget:
        """The text box."""
        return self.box


class ChoiceEditor(Editor):
    """One of several, as a list that folds down. Signals: ``edited()``, ``left()``."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = ChoiceBox()
        for value, words in field.choices:
            self.box.addItem(words, value)
        if field.width:
            self.box.setFixedWidth(t.scaled(field.width))
        self.box.setEnabled(not field.read_only)
        self.line.addWidget(self.box)
        self.line.addStretch(1)
        self.box.activated.connect(self._settle)

    def value(self) -> Any:
        """The chosen value."""
        return self.box.currentData()

    def show_value(self, value: Any) -> None:
        """Choose a value; an unknown one leaves nothing chosen."""
        self.box.setCurrentIndex(next((n for n, (v, _) in enumerate(self.field.choices) if v == value), -1))

    def target(self) -> QWidget:
        """The list."""
        return self.box


class RadioEditor(Editor):
    """One of a few, all seen at once. Signals: ``edited()``, ``left()``."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._group = QButtonGroup(self)
        self.line.setSpacing(16)
        for number, (_value, words) in enumerate(field.choices):
            button = QRadioButton(words)
            button.setAccessibleName(f"{field.label}　{words}")
            button.setEnabled(not field.read_only)
            self._group.addButton(button, number)
            self.line.addWidget(button)
        self.line.addStretch(1)
        self._group.idClicked.connect(self._settle)

    def value(self) -> Any:
        """The chosen value, or None."""
        number = self._group.checkedId()
        return self.field.choices[number][0] if number >= 0 else None

    def show_value(self, value: Any) -> None:
        """Choose a value."""
        self._group.setExclusive(False)
        for number, (choice, _words) in enumerate(self.field.choices):
            self._group.button(number).setChecked(choice == value)
        self._group.setExclusive(True)

    def target(self) -> QWidget:
        """The chosen button, or the first."""
        return self._group.checkedButton() or self._group.button(0) or self


class CheckEditor(Editor):
    """Yes or no, with words beside the box. Signals: ``edited()``, ``left()``."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QCheckBox(field.words)
        self.box.setEnabled(not field.read_only)
        self.line.addWidget(self.box)
        self.line.addStretch(1)
        self.box.clicked.connect(self._settle)

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        """Tick or clear."""
        self.box.setChecked(bool(value))

    def target(self) -> QWidget:
        """The box."""
        return self.box


class ChoiceBox(QComboBox):
    """A folding list that the mouse wheel does not change by accident. Signals: those of QComboBox."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, the choice stays."""
        event.ignore()


class _Lines(QPlainTextEdit):
    """A text box that says when it was left. Signals: ``gone()``."""

    gone = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.gone.emit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter belongs to the dialog."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return False
        return super().event(event)


def editor_for(field: Field, fiscal_year: int) -> Editor:
    """The editor of a declared field."""
    if field.kind == "lines":
        return LinesEditor(field)
    if field.kind == "choice":
        return ChoiceEditor(field)
    if field.kind == "radio":
        return RadioEditor(field)
    if field.kind == "check":
        return CheckEditor(field)
    return TextEditor(field, fiscal_year)


def _typed(value: Any, fiscal_year: int) -> str:
    """A value as one would type it."""
    if value is None:
        return ""
    if isinstance(value, date):
        own_year = value.year == fiscal_year + (1 if value.month < 4 else 0)
        if own_year:
            return f"{value.month}/{value.day}"
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)
