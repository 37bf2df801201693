"""The banner below the top bar: who writes, who waits, and the buttons for it.

Its space is reserved from the first screen shown while a second person has the folder open, for the rest of the
session. A banner that appears on the current screen lies over the top bar until another is shown, so that no form
moves.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import IconLabel, show_text_or_hide, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.announce import announce
from app.window.app_context import LockAction, LockMessage, LockTone

HEIGHT = 56
WANT_TO_TYPE = "入力したい"
_SIGNS: dict[LockTone, tuple[str, str]] = {
    "quiet": ("eye", t.INK_SECONDARY),
    "accent": ("eye", t.ACCENT),
    "amber": ("hand", t.AMBER),
    "green": ("check-circle-fill", t.GREEN),
}
_WORDS: dict[LockAction, str] = {
    "ask": WANT_TO_TYPE,
    "stop": "待つのをやめる",
    "take_over": "引き継ぐ",
    "give": "保存して席を譲る",
    "more": "あと10分",
}
_ACTION_ORDER: tuple[LockAction, ...] = ("more", "stop", "ask", "take_over", "give")


class LockBanner(QFrame):
    """The banner about the write lock.

    Signals: ``action_chosen(str)`` which of its buttons was pressed (``LockAction``); ``appeared()`` when
    ``show_state`` shows it after it was hidden, as at first.
    """

    action_chosen = Signal(str)
    appeared = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("kind", "seatband")
        self._sign = IconLabel()
        self._first = wrapped_label("", "body")
        self._second = wrapped_label("", "smallink")
        line = in_row(
            self._sign,
            (in_column(None, self._first, self._second, None, spacing=0), 1),
            owner=self,
            spacing=12,
            margins=(t.PAGE_X - 4, 4, t.PAGE_X, 4),
        )
        self.buttons = {act: Button(said, partial(self.action_chosen.emit, act)) for act, said in _WORDS.items()}
        for act in _ACTION_ORDER:
            line.addWidget(self.buttons[act], 0, Qt.AlignmentFlag.AlignVCenter)
        self._shown = LockMessage("")
        self._covered = False
        self._watched: QWidget | None = None
        self.apply_text_size()
        self.hide()

    def show_state(self, state: LockMessage) -> None:
        """Show the lines and buttons of ``state`` and have them spoken; nothing happens if they are shown already.

        A hidden banner is shown, which emits ``appeared``; it is never hidden here.
        """
        if state == self._shown and not self.isHidden():
            return
        self._shown = state
        self._first.setText(state.first_line)
        show_text_or_hide(self._second, state.second_line)
        self.setAccessibleName(f"{state.first_line}{state.second_line}")
        name, colour = _SIGNS[state.tone]
        self._sign.show_icon(state.icon_name or name, 20, colour)
        self.setProperty("tone", state.tone)
        self.style().polish(self)
        for act, button in self.buttons.items():
            button.set_filled(act == state.main_action)
        self._update_buttons()
        if self.isHidden():
            self.show()
            self.appeared.emit()
        announce(self, self.accessibleName())

    def showEvent(self, event: QShowEvent) -> None:
        """Start watching for dialogs over its window."""
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that a dialog over the window opened or closed."""
        if watched is self._watched and event.type() in (QEvent.Type.WindowBlocked, QEvent.Type.WindowUnblocked):
            self._covered = event.type() == QEvent.Type.WindowBlocked
            self._update_buttons()
        return super().eventFilter(watched, event)

    def _update_buttons(self) -> None:
        for act, button in self.buttons.items():
            button.setVisible(act in self._shown.actions and not self._covered)

    def words(self) -> str:
        """Return the text of both lines."""
        return f"{self._first.text()}{self._second.text()}"

    def apply_text_size(self) -> None:
        """Set the reserved height for the current text size."""
        self.setFixedHeight(t.scaled(HEIGHT))
