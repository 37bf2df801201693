"""The acts on the line at hand, as buttons inside its last cell; what has no room goes into a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from app.subjects.calls.services.call_sheet import AGAIN, MESSAGE, REACHED, CallLine
from app.widgets.buttons import Button
from app.window import theme as t

_PEOPLE = "1人ずつ記録（F2）"
_WORDS = {REACHED: ("連絡済", 68), AGAIN: ("不在・再架電", 108), MESSAGE: ("伝言", 52)}
_SHORT = _WORDS | {AGAIN: ("不在", 52)}
_AROUND, _BETWEEN, _SIGN = 12, 4, 32


class LineActs(QFrame):
    """The buttons. Signals: ``called(str)`` the outcome; ``people_asked()``."""

    called = Signal(str)
    people_asked = Signal()

    def __init__(self, line: CallLine, *, room: int, parent: QWidget | None = None) -> None:
        """``room`` is the width of the cell: with little of it the words get shorter, then a menu takes the rest."""
        super().__init__(parent)
        self._line = line
        self.setObjectName("acts")
        # Clear of the line round the current row, which the list draws underneath.
        self.setStyleSheet(f"QFrame#acts {{ background: {t.SELECTION}; margin: 2px 2px 3px 0; }}")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 0, 4, 0)
        self._row.setSpacing(_BETWEEN)
        several = len(line.people) > 1
        words = next((known for known in (_WORDS, _SHORT) if _need(known, several) <= room), None)
        for outcome in (REACHED, AGAIN, MESSAGE) if words else (REACHED, AGAIN):
            self._add(outcome, *(words or _SHORT)[outcome])
        if words is None:
            self._row.addWidget(self._menu(several))
        elif several:
            one = Button(_PEOPLE, self.people_asked.emit, kind="icon", icon_name="users")
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(one)
        self._row.addStretch(1)

    def _add(self, outcome: str, words: str, width: int) -> None:
        kind = "main" if outcome == REACHED else "plain"
        button = Button(words, partial(self.called.emit, outcome), low=True, kind=kind)  # type: ignore[arg-type]
        button.setAccessibleName(f"{self._line.name}　{words}")
        button.setFixedWidth(t.scaled(width))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)

    def _menu(self, several: bool) -> Button:
        more = Button(f"{self._line.name}　ほかの記録", kind="icon", icon_name="dots-three")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        menu.addAction(MESSAGE, partial(self.called.emit, MESSAGE))
        if several:
            menu.addAction(_PEOPLE, self.people_asked.emit)
        more.setMenu(menu)
        return more


def _need(words: dict[str, tuple[str, int]], several: bool) -> int:
    """The width all buttons take with these words."""
    buttons = sum(t.scaled(width) for _word, width in words.values()) + (t.scaled(_SIGN) if several else 0)
    return buttons + _BETWEEN * (len(words) - 1 + several) + _AROUND
