"""Declaration of form fields, conversion of text to values, and the editors that hold one value each.

Line ends and tabs in pasted text do not become part of a one-line field.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app.widgets.flow_row import FlowRow
from app.widgets.keys import is_enter
from app.widgets.labels import label, with_accessible_name
from app.widgets.layouts import add, in_row
from app.window import theme as t
from db.digits import is_digits, narrow_number, whole_number
from db.record import frozen

FieldKind = Literal["text", "lines", "date", "time", "number", "choice", "radio", "check", "password"]
_RETYPED_KINDS = ("date", "time", "number")
"""Kinds whose whole value is selected on focus, because it is retyped rather than edited."""
_BETWEEN = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_HALVES = ("utf-16-le", "surrogatepass")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


@frozen
class Field:
    """Declaration of one form field.

    ``kind`` decides editor and value: text, lines (several lines) and password give str; date gives ``date`` or None;
    time "HH:MM" or ""; number int or None; choice and radio one of the values in ``choices`` ((value, words), …);
    check bool (``words`` is the text beside the box). ``width`` in pixels (0 = fills). ``optional`` allows empty and
    shows （任意）, unless ``is_sometimes_asked``: then the action itself requires it in some situations.
    ``rule(value)`` returns a sentence when the value is invalid, else "". ``unit`` is shown behind. ``least`` /
    ``most`` bound a number, ``grouped`` shows it as 2,970,000. ``shows_full_date`` False: the full date is not shown
    beside it (no room). ``reading_of`` is the key of a name field whose ふりがな is proposed here.
    ``max_length`` bounds the characters of a text, 0 = any number.
    ``lines`` is the height of a box of several lines; with ``most_lines`` it grows with its text up to so many.
    ``read_back(value)`` returns text shown instead of ``hint`` to say how the input is understood.
    """

    key: str
    label: str
    kind: FieldKind = "text"
    _: KW_ONLY
    hint: str = ""
    optional: bool = False
    is_sometimes_asked: bool = False
    width: int = 0
    choices: tuple[tuple[Any, str], ...] = ()
    words: str = ""
    unit: str = ""
    placeholder: str = ""
    least: int | None = None
    most: int | None = None
    max_length: int = 0
    rule: Callable[[Any], str] | None = None
    lines: int = 3
    most_lines: int = 0
    read_only: bool = False
    shows_full_date: bool = True
    grouped: bool = False
    reading_of: str = ""
    read_back: Callable[[Any], str] | None = None


class UnreadableInput(ValueError):
    """Typed text cannot be converted to the field's value; the message is the sentence to show."""


def read_value(field: Field, typed: str, fiscal_year: int, near: date | None = None) -> Any:
    """Return the value of ``typed`` in ``field``; raises ``UnreadableInput`` with a sentence.

    A date without a year lies in ``fiscal_year``, or as close as possible to the day ``near`` where that is given.

    Empty text is None for dates and numbers and "" otherwise. Names stay exactly as typed.
    """
    if field.kind == "number":
        return read_number(field, typed)
    if field.kind == "date":
        return _read_date(typed, fiscal_year, near) if typed.strip() else None
    if field.kind == "time":
        return _read_time(typed) if typed.strip() else ""
    return typed


_MOST = 10**12
"""Upper limit of any number, far above every count or amount here; much larger ones could not be stored."""


def read_number(field: Field, typed: str) -> int | None:
    """Return a whole number typed in half or full width, commas allowed; None when empty; else ``UnreadableInput``."""
    plain = narrow_number(typed.replace("、", ","))
    if not plain:
        return None
    digits = plain.removeprefix("-")
    number = whole_number(digits)
    if is_digits(digits) and (number is None or number > _MOST):
        raise UnreadableInput("数が大きすぎます。桁を確かめてください。")
    if number is None:
        raise UnreadableInput(f"「{typed.strip()[:40]}」は数として読めません。12 のように数字で入力してください。")
    number = -number if digits != plain else number
    unit = field.unit.removesuffix("まで")  # 「5人まで」 in the field, 「1人以上」 in the sentence
    if field.least is not None and number < field.least:
        raise UnreadableInput(f"{field.least}{unit}以上で入力してください。")
    if field.most is not None and number > field.most:
        raise UnreadableInput(f"{field.most}{unit}以下で入力してください。")
    return number


def _read_date(typed: str, fiscal_year: int, near: date | None) -> Any:
    """Return the typed date; one without a year lies in the fiscal year or near ``near``; else ``UnreadableInput``."""
    from app.calendar.date_parsing import parse_date, parse_date_near
    from app.calendar.office_days import DateProblem

    try:
        return parse_date(typed, fiscal_year) if near is None else parse_date_near(typed, near)
    except DateProblem as problem:
        raise UnreadableInput(str(problem)) from problem


def _read_time(typed: str) -> str:
    """Return a typed time as "HH:MM"; raises ``UnreadableInput`` where it can't be read."""
    from app.calendar.date_parsing import parse_time
    from app.calendar.office_days import DateProblem

    try:
        return parse_time(typed)
    except DateProblem as problem:
        raise UnreadableInput(str(problem)) from problem


def full_date_text(value: Any) -> str:
    """Return a typed date in full: 令和8年9月28日（月）."""
    from app.calendar.dates import echoed_date

    return echoed_date(value)


def is_empty(value: Any) -> bool:
    """Return whether nothing was entered: None, or a text of blanks only; 0 and False are entered."""
    return value is None or (isinstance(value, str) and not value.strip())


_LONGEST_PASTE = 1_000_000
"""Far more than a form saves: Qt would cut a text at 32,767 signs without a word, and the rest would be lost."""


class OneLine(QLineEdit):
    """A line edit for names and other one-line texts: pasted line ends and tabs become a space (``to_one_line``).

    A cell copied from Excel ends with a line end, and a line edit would keep it, so that the document made from it
    could not be drawn. Other control characters are removed, nothing else is changed. Signals: those of QLineEdit.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setMaxLength(_LONGEST_PASTE)
        self.setValidator(_OneLineOnly(self))
        if text:
            self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clean pasted text before it is inserted, so that Ctrl+Z can undo it."""
        pasted = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if pasted and not self.isReadOnly():
            self.insert(to_one_line(pasted))
        else:
            super().keyPressEvent(event)


class _OneLineOnly(QValidator):
    """Validator that accepts every text and makes it one line (``to_one_line``)."""

    def validate(self, text: str, place: int) -> object:
        """Return for Qt that it is acceptable, the text in one line (``to_one_line``), and the cursor's place in it."""
        plain = to_one_line(text)
        if plain != text:
            # Qt counts places in halves of UTF-16, where 𠮷 and 葛󠄀 are longer than here.
            before = text.encode(*_HALVES)[: 2 * place].decode("utf-16-le", "ignore")
            place = len(to_one_line(before).encode(*_HALVES)) // 2
        return QValidator.State.Acceptable, plain, place


def to_one_line(text: str) -> str:
    """Return ``text`` with line ends and tabs replaced by a space, or removed at its beginning and end.

    Other control characters are removed; everything else stays, spaces at the ends too.
    """
    if text.isprintable():
        return text
    return _CONTROL.sub(
        "", _BETWEEN.sub(lambda found: " " if found.start() > 0 and found.end() < len(text) else "", text)
    )


class Editor(QWidget):
    """Base class of editors, each holding one value of a form.

    Signals: ``edited()`` on every change; ``focus_left()`` when the field was left or Enter pressed.
    """

    edited = Signal()
    focus_left = Signal()

    def __init__(self, field: Field):
        super().__init__()
        self.field = field
        self.line = in_row(owner=self, spacing=8)
        self.setMinimumHeight(t.scaled(t.FIELD))

    def value(self) -> Any:
        """Return the current value; raises ``UnreadableInput`` with a sentence."""
        raise UnreadableInput("この項目は読めません。")

    def show_value(self, value: Any) -> None:
        """Set the value without emitting signals; overridden by each editor, does nothing here."""

    def target(self) -> QWidget:
        """Return the control that takes the focus; here the editor itself."""
        return self

    def _emit_edited_and_left(self, _chosen: object = None) -> None:
        """Emit both signals, because choosing an entry completes the edit."""
        self.edited.emit()
        self.focus_left.emit()

    def mark(self, problem: str) -> None:
        """Draw the field as invalid, or valid when ``problem`` is empty.

        ``problem`` becomes the accessible description of its control, or else the hint.
        """
        target = self.target()
        target.setAccessibleDescription(problem or self.field.hint)
        if bool(target.property("wrong")) != bool(problem):
            target.setProperty("wrong", bool(problem))
            target.style().unpolish(target)
            target.style().polish(target)


class TextEditor(Editor):
    """One line: text, password, number, date, time. Signals: ``edited()``, ``focus_left()``."""

    def __init__(self, field: Field, fiscal_year: int, near: date | None = None):
        super().__init__(field)
        self._fiscal_year = fiscal_year
        self._near = near
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
        self.box.editingFinished.connect(self._on_left)
        if field.kind in _RETYPED_KINDS:
            self.box.installEventFilter(self)

    def value(self) -> Any:
        """Return the value read from the text; raises ``UnreadableInput``."""
        return read_value(self.field, self.box.text(), self._fiscal_year, self._near)

    def show_value(self, value: Any) -> None:
        """Show a value as it would be typed: a date as 9/28, a number of a ``grouped`` field as 2,970,000."""
        self.box.setText(
            f"{value:,}"
            if self.field.grouped and value is not None
            else as_typed_text(value, self._fiscal_year, self._near)
        )
        self._show_full_date()

    def target(self) -> QWidget:
        """Return the line."""
        return self.box

    def select_if_retyped(self) -> None:
        """Select the whole text of a date, time or number, which is retyped rather than edited."""
        if self.field.kind in _RETYPED_KINDS:
            self.box.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select a whole date, time or number on double click."""
        if watched is self.box and event.type() == QEvent.Type.MouseButtonDblClick:
            self.box.selectAll()
            return True
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        """Show a number as it was read when the field is left (「１，２３４」 → 1234), and emit ``focus_left``."""
        if self.field.kind == "number":
            with contextlib.suppress(UnreadableInput):
                self.show_value(self.value())
        self.focus_left.emit()

    def _on_edit(self, _text: str) -> None:
        """Show the full date of what is typed, and emit ``edited``."""
        self._show_full_date()
        self.edited.emit()

    def _show_full_date(self) -> None:
        """Show beside a typed day its date in full, if the field shows it; nothing for what is no day."""
        if self.field.kind != "date":
            return
        try:
            value = self.value()
        except UnreadableInput:
            value = None
        self.back.setText(full_date_text(value) if self.field.shows_full_date and isinstance(value, date) else "")


_AROUND_LINES = 20
_MAX_NEEDED = 400
"""Beside its label in a dialog at 150 %; what a list of choices may ask for."""
"""Height of border, padding and text margins."""


class LinesEditor(Editor):
    """Several lines of text; Tab leaves the field. Signals: ``edited()``, ``focus_left()``."""

    def __init__(self, field: Field):
        super().__init__(field)
        self.setMinimumHeight(0)  # as high as its box: a smaller one would cut it where room is short
        self.box = _Lines()
        self.box.setPlaceholderText(field.placeholder)
        self.box.setReadOnly(field.read_only)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(t.line_height() * field.lines + _AROUND_LINES)
        if field.most_lines:
            self.grow_with_text(least=field.lines, most=field.most_lines)
        if field.width:
            self.box.setFixedWidth(t.scaled(field.width))
        self.line.addWidget(self.box, 0 if field.width else 1)
        if field.width:
            self.line.addStretch(1)
        self._quiet = False
        self.box.textChanged.connect(lambda: None if self._quiet else self.edited.emit())
        self.box.focus_left.connect(self.focus_left)

    def value(self) -> Any:
        """Return the text as typed."""
        return self.box.toPlainText()

    def show_value(self, value: Any) -> None:
        """Show a text (None = empty) without reporting it as typed."""
        self._quiet = True
        self.box.setPlainText("" if value is None else str(value))
        self._quiet = False

    def grow_with_text(self, *, least: int, most: int) -> None:
        """Make the box as high as its text, between ``least`` and ``most`` lines."""
        self.box.grow_with_text(least, most)

    def target(self) -> QWidget:
        """Return the text box."""
        return self.box


class ChoiceEditor(Editor):
    """One of several choices in a drop-down list. Signals: ``edited()``, ``focus_left()``."""

    def __init__(self, field: Field):
        super().__init__(field)
        self.box = ChoiceBox()
        self._choices: tuple[tuple[Any, str], ...] = ()
        self.set_choices(field.choices)
        if field.width:
            self.box.setFixedWidth(t.scaled(field.width))
        self.box.setEnabled(not field.read_only)
        add(self.line, self.box, None)
        self.box.activated.connect(self._emit_edited_and_left)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Set the choices without emitting signals; the selected one is kept if it is among them, else none is.

        Where none was selected, the first is.
        """
        if tuple(choices) == self._choices:
            return
        chosen = self.box.currentData()
        self._choices = tuple(choices)
        self.box.clear()
        for value, words in self._choices:
            self.box.addItem(words, value)
        if chosen is not None:
            self.show_value(chosen)

    def value(self) -> Any:
        """Return the chosen value, or None."""
        place = self.box.currentIndex()
        return self._choices[place][0] if place >= 0 else None

    def show_value(self, value: Any) -> None:
        """Select a value; an unknown one leaves nothing selected."""
        self.box.setCurrentIndex(next((n for n, (v, _) in enumerate(self._choices) if v == value), -1))

    def target(self) -> QWidget:
        """Return the list of choices."""
        return self.box


class RadioEditor(Editor):
    """One of a few choices as radio buttons. Signals: ``edited()``, ``focus_left()``."""

    def __init__(self, field: Field):
        super().__init__(field)
        self._group = QButtonGroup(self)
        choices = FlowRow(spacing=16)
        for number, (_value, words) in enumerate(field.choices):
            button = with_accessible_name(QRadioButton(words), f"{field.label}　{words}")
            button.setEnabled(not field.read_only)
            self._group.addButton(button, number)
            choices.add(button)
        self.line.addWidget(choices, 1)
        self._group.idClicked.connect(self._emit_edited_and_left)

    def value(self) -> Any:
        """Return the chosen value, or None."""
        number = self._group.checkedId()
        return self.field.choices[number][0] if number >= 0 else None

    def show_value(self, value: Any) -> None:
        """Choose a value, or none if no choice has it."""
        self._group.setExclusive(False)
        for number, (choice, _words) in enumerate(self.field.choices):
            self._group.button(number).setChecked(choice == value)
        self._group.setExclusive(True)

    def target(self) -> QWidget:
        """Return the chosen button, or the first."""
        return self._group.checkedButton() or self._group.button(0) or self


class CheckEditor(Editor):
    """A check box with text beside it. Signals: ``edited()``, ``focus_left()``."""

    def __init__(self, field: Field):
        super().__init__(field)
        self.box = QCheckBox(field.words)
        self.box.setEnabled(not field.read_only)
        add(self.line, self.box, None)
        self.box.clicked.connect(self._emit_edited_and_left)

    def value(self) -> Any:
        """Return whether it is ticked."""
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        """Tick the box or clear it (False, None)."""
        self.box.setChecked(bool(value))

    def target(self) -> QWidget:
        """Return the box."""
        return self.box


class ChoiceBox(QComboBox):
    """A drop-down list that the mouse wheel does not change by accident. Signals: those of QComboBox."""

    def __init__(self, name: str = "", on_choose: Callable[[Any], object] | None = None):
        """Create the list; ``name`` is its accessible name where it has no label.

        ``on_choose`` is called with the data of the choice that the user makes.
        """
        super().__init__()
        self.setAccessibleName(name)
        if on_choose is not None:
            self.activated.connect(lambda _place: on_choose(self.currentData()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the longest choice; a very long one is shortened before a page is scrolled across."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), t.scaled(_MAX_NEEDED)), least.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page and leave the choice unchanged."""
        event.ignore()


class _Lines(QPlainTextEdit):
    """A text box that signals when it was left. Signals: ``focus_left()``."""

    focus_left = Signal()
    _span: tuple[int, int] | None = None

    def grow_with_text(self, least: int, most: int) -> None:
        """Make the box as high as its text, between so many lines."""
        self._span = (least, most)
        self.textChanged.connect(self._fit_height)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adjust the height to the new line breaks."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Set the height to that of the lines within the limits of ``grow_with_text``; nothing without them."""
        if self._span is None:
            return
        lines, block = 0, self.document().begin()
        while block.isValid():
            self.blockBoundingRect(block)  # what was never in sight is laid out only when it is asked for
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        least, most = self._span
        self.setFixedHeight(t.line_height() * min(max(lines, least), most) + _AROUND_LINES)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit ``focus_left``, unless only a menu opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focus_left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Enter to the dialog."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and is_enter(event)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return False
        return super().event(event)


_CLOSE = 150
"""Within so many days of a given day, month and day without a year are unambiguous."""


def editor_for(field: Field, fiscal_year: int, near: date | None = None) -> Editor:
    """Return the editor of a declared field, empty; ``fiscal_year`` and ``near`` as for ``read_value``."""
    if field.kind == "lines":
        return LinesEditor(field)
    if field.kind == "choice":
        return ChoiceEditor(field)
    if field.kind == "radio":
        return RadioEditor(field)
    if field.kind == "check":
        return CheckEditor(field)
    return TextEditor(field, fiscal_year, near)


def as_typed_text(value: Any, fiscal_year: int, near: date | None = None) -> str:
    """Return a value as a user would type it, "" for None.

    A day in ``fiscal_year``, or with ``near`` one close to that, has no year (9/28); any other has its western year.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        own_year = value.year == fiscal_year + (1 if value.month < 4 else 0)
        if near is not None:
            own_year = abs((value - near).days) <= _CLOSE
        if own_year:
            return f"{value.month}/{value.day}"
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)
