"""Head of the check-in screen (event, clock, last saving, exit) and the one input field for all keys."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button
from app.widgets.display_texts import clock_of
from app.widgets.flow_row import FlowRow
from app.widgets.forms.field_icons import offer_clearing, put_field_icon
from app.widgets.forms.form_fields import OneLine
from app.widgets.keys import ENTER, on_key
from app.widgets.labels import label, show_text_or_hide, with_accessible_name
from app.widgets.layouts import fix_size, in_column
from app.window import theme as t
from app.window.app_context import AppContext
from db.digits import is_digits
from db.records.events import Event

_SAVED = "保存済み"
_TICK_MS = 1_000
_ROW_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class CheckInHeader(QFrame):
    """Head of the check-in screen: event, clock, last saving, and the button to leave.

    Signals: none.
    """

    def __init__(self, app_context: AppContext, title: str, end_text: str):
        super().__init__()
        self._app_context = app_context
        self.setObjectName("doorhead")
        self.setStyleSheet(
            f"QFrame#doorhead {{ background: {t.PAPER_TINT}; border: none; border-bottom: 1px solid {t.STRONG_LINE}; }}"
        )
        self.setMinimumHeight(t.scaled(64))
        self.kind = KindSquare(side=28)
        self._place = label(title, "h1")
        self.title = label("", "h1")
        self.when = label("")
        self.note = label("", "warned")
        self.clock = with_accessible_name(label("", "h1", figure=True), "いまの時刻")
        self.clock.setFont(t.font("h1"))
        self.clock.setStyleSheet(f"font-size: {t.points('h1') * 1.4}pt; font-weight: bold;")
        self.saved = label(_SAVED, "small")
        # Its room is kept from the beginning, so that the words beside it never wrap when it appears.
        self.saved.setFixedWidth(self.saved.sizeHint().width())
        self.saved.clear()
        self.end_button = Button(end_text, tall=True, key="F10")
        on_key(self, "F10", self.end_button.click)
        marks = [_mark_label("見本データ")] if app_context.sample else []
        marks += [_mark_label("閲覧専用")] if app_context.read_only else []
        words = FlowRow(self._place, self.title, self.when, *marks, self.note, spacing=12)
        middle = in_column(None, words, None)
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(t.PAGE_X, 8, t.PAGE_X, 8)
        line.setSpacing(12)
        line.addWidget(self.kind)
        line.addLayout(middle, 1)
        line.addWidget(self.clock)
        line.addWidget(self.saved)
        line.addSpacing(8)
        line.addWidget(self.end_button)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.show_time)
        app_context.saved.connect(self._show_saved)
        self.show_time()

    def set_screen_name(self, words: str) -> None:
        """Set another name of the screen (「当日モード」)."""
        self._place.setText(words)

    def show_event(self, event: Event, today: date, *, outside: str = "") -> None:
        """Show the event, with a note in amber if it is cancelled, a file of it is out, or it is not today's.

        Args:
            outside: who has a 当日持出しファイル of it, "" = nobody.
        """
        self.kind.show_kind(event.kind)
        self.title.setText(event.full_title)
        day = event.event_date
        times = event.hours
        place = event.place_words
        self.when.setText(join_nonempty(f"{short_date(day, today)} {times}" if day else "", place))
        self.note.setToolTip(
            fill_nonempty("{}。ここで入れた内容は、持出しファイルを戻すときに突き合わせます。", outside)
        )
        # Hidden without words: a part of no width takes a line of its own where the others fill one.
        show_text_or_hide(
            self.note,
            "中止"
            if event.status.is_cancelled
            else "持出し中（戻すときに突き合わせます）"
            if outside
            else "日程が決まっていません"
            if day is None
            else ""
            if day == today
            else f"本日 {short_date(today, today)} は実施日ではありません",
        )

    def show_time(self) -> None:
        """Show the current time."""
        self.clock.setText(clock_of(self._app_context.now()))

    def showEvent(self, event: QShowEvent) -> None:
        """Start the clock."""
        super().showEvent(event)
        self.show_time()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clock."""
        self._tick.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the saving message on a narrow window."""
        super().resizeEvent(event)
        # Not ``t.narrow``: the small word fits beside the clock in large letters too.
        self.saved.setVisible(self.window().width() >= t.FOLD_NARROW)

    def _show_saved(self, _moment: datetime) -> None:
        self.saved.setText(_SAVED)


def _mark_label(words: str) -> QLabel:
    made = QLabel(words)
    made.setProperty("kind", "sample")
    fix_size(made)
    return made


def _is_digits(text: str) -> bool:
    """Return whether the text is digits only, in full or half width."""
    return is_digits(text.strip())


class CheckInField(OneLine):
    """Input field of the check-in for a number or the beginning of a name; it handles every key of the screen.

    With an input method, the Enter that commits composed digits never arrives as a key, so committed digits are
    submitted at once. If they are committed because the field loses the focus, they stay.

    Signals:
        ``row_step_asked(int)``: ↑↓ by one row, PageUp and PageDown by five.
        ``row_chosen()``: Space in an empty field, or after a row was chosen with the arrows.
        ``submitted(str)``: Enter with the typed text.
        ``care_pressed()``, ``care_released()``: F8.
        ``row_undo_asked()``: Delete in an empty field, for a row that was chosen by an arrow key.
        ``menu_asked()``: the menu key; ``escape_pressed()`` Esc; and those of QLineEdit.
    """

    row_step_asked = Signal(int)
    row_chosen = Signal()
    submitted = Signal(str)
    care_pressed = Signal()
    care_released = Signal()
    row_undo_asked = Signal()
    menu_asked = Signal()
    escape_pressed = Signal()

    def __init__(self, placeholder: str, *, height: int = 52):
        super().__init__("")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        put_field_icon(self, "magnifying-glass", t.ACCENT)
        offer_clearing(self)
        tall = t.scaled(height) - 4
        self.setStyleSheet(
            f"QLineEdit {{ font-size: {t.points('h2') * 1.1}pt; min-height: {tall}px; max-height: {tall}px;"
            f" border: 2px solid {t.STRONG_LINE}; padding: 0 7px; }}"
            f"QLineEdit:focus {{ min-height: {tall}px; border: 2px solid {t.ACCENT}; }}"
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._moved = False
        self._refused = False
        self._composes = False
        self.textEdited.connect(self._clear_row_chosen)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the screen, so that they undo a check-in and not the typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            standard = QKeySequence.StandardKey
            if event.matches(standard.Undo) or event.matches(standard.Redo):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit the signal of a key of the check-in; other keys are typed."""
        key = Qt.Key(event.key())
        if key in _ROW_STEPS:
            self._moved = True
            self.row_step_asked.emit(_ROW_STEPS[key])
        elif key in ENTER:
            if not event.isAutoRepeat():
                self.submitted.emit(self.text())
        elif key == Qt.Key.Key_Space and (not self.text() or self._moved):
            if not event.isAutoRepeat():
                self.row_chosen.emit()
        elif key == Qt.Key.Key_F8:
            if not event.isAutoRepeat():
                self.care_pressed.emit()
        elif key == Qt.Key.Key_Escape:
            self.reset_input()
            self.escape_pressed.emit()
        elif key == Qt.Key.Key_Delete and not self.text() and self._moved:
            self.row_undo_asked.emit()
        elif key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.menu_asked.emit()
        else:
            self._replace_rejected(event.text())
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Emit ``submitted`` for committed digits; a wide space in an empty field emits ``row_chosen`` like Space."""
        composed, taken = self._composes, event.commitString()
        self._composes = bool(event.preeditString())
        if taken and not taken.strip() and not composed and (not self.text() or self._moved):
            event.accept()
            self.row_chosen.emit()
            return
        self._replace_rejected(event.preeditString() or taken)
        super().inputMethodEvent(event)
        if (
            composed
            and not self._composes
            and self._was_committed_by_key()
            and _is_digits(taken)
            and _is_digits(self.text())
        ):
            self.submitted.emit(self.text())

    def _was_committed_by_key(self) -> bool:
        """Return whether a key committed the composed text; a click elsewhere or another window does so as well."""
        return self.hasFocus() and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Emit ``care_released`` when F8 is released."""
        if event.key() == Qt.Key.Key_F8 and not event.isAutoRepeat():
            self.care_released.emit()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit ``care_released`` when the focus leaves, as if a held key were released."""
        self.care_released.emit()
        super().focusOutEvent(event)

    @property
    def is_row_chosen(self) -> bool:
        """Return whether a row was chosen with the arrows since the last typed letter."""
        return self._moved

    @property
    def has_input(self) -> bool:
        """Return whether it holds text, or text is being composed."""
        return bool(self.text()) or self._composes

    @property
    def is_rejected(self) -> bool:
        """Return whether its text was rejected and waits to be replaced."""
        return self._refused

    def reset_input(self) -> None:
        """Clear the field for the next person, and forget rejection and arrows."""
        self.clear()
        self._moved, self._refused = False, False

    def mark_rejected(self) -> None:
        """Mark the text as rejected: the next digit replaces it, a letter is appended to letters."""
        self._refused = True
        if _is_digits(self.text()):
            self.selectAll()

    def _replace_rejected(self, typed: str) -> None:
        if self._refused and typed:
            self._refused = False
            if is_digits(typed[0]):
                self.clear()

    def _clear_row_chosen(self, _text: str) -> None:
        """Forget that a row was chosen with the arrows, since something is being typed."""
        self._moved = False
