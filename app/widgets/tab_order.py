"""The order in which Tab goes through a window: as the eye reads it, and one stop for a row of like buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

OWN_ORDER = "own tab order"
"""Property of a part in which Tab follows ``setTabOrder``, because typing there goes another way than reading."""

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


def reading_order(inside: QWidget) -> Iterator[QWidget]:
    """Yield every visible widget of ``inside`` in reading order: lines from the top, in a line from the left.

    Qt's own order is that in which widgets were made: a list came before its filter, a right column before the left.
    """
    parts = [
        part for part in inside.children() if isinstance(part, QWidget) and part.isVisible() and not part.isWindow()
    ]
    for part in _as_read(parts):
        yield part
        yield from _chain(part) if part.property(OWN_ORDER) else reading_order(part)


def _chain(root: QWidget) -> Iterator[QWidget]:
    """Yield the visible widgets of ``root`` in Qt's own order."""
    part = root.nextInFocusChain()
    while part is not None and part is not root:
        if root.isAncestorOf(part) and part.isVisible():
            yield part
        part = part.nextInFocusChain()


def _as_read(parts: list[QWidget]) -> list[QWidget]:
    """Return siblings in reading order: cut into rows where a line crosses none of them, else into columns."""
    if len(parts) < 2:
        return parts
    for begin, end in ((QRect.top, QRect.bottom), (QRect.left, QRect.right)):
        groups = _cut(parts, begin, end)
        if len(groups) > 1:
            return [part for group in groups for part in _as_read(group)]
    return sorted(parts, key=lambda part: (part.y(), part.x()))


def _cut(parts: list[QWidget], begin: Callable[[QRect], int], end: Callable[[QRect], int]) -> list[list[QWidget]]:
    """Return ``parts`` in groups that do not overlap between ``begin`` and ``end`` of their rectangles."""
    groups: list[list[QWidget]] = []
    reached = 0
    for part in sorted(parts, key=lambda one: begin(one.geometry())):
        area = part.geometry()
        if groups and begin(area) <= reached:
            groups[-1].append(part)
            reached = max(reached, end(area))
        else:
            groups.append([part])
            reached = end(area)
    return groups


class OneStop(QObject):
    """Makes a row of like buttons one stop of Tab; arrow keys move inside it. Signals: none.

    The stop is the button that has the focus or had it last, at first the pressed one.
    """

    def __init__(self, owner: QWidget, *, chooses: bool):
        """Create the row; with ``chooses`` an arrow key also presses the button it reaches, as in tabs."""
        super().__init__(owner)
        self._chooses = chooses
        self._buttons: list[QAbstractButton] = []
        self._stop: QAbstractButton | None = None

    def add(self, button: QAbstractButton) -> None:
        """Add a button at the end."""
        self._buttons.append(button)
        if (group := button.group()) is not None and group.exclusive():
            # One of several, and no check box, to a screen reader; who is pressed is still the group's to say.
            button.setAutoExclusive(True)
        button.installEventFilter(self)
        button.toggled.connect(lambda on: self._move_stop(button) if on else None)
        self._settle()

    def clear(self) -> None:
        """Forget all buttons, which others replace."""
        for button in self._buttons:
            button.removeEventFilter(self)
        self._buttons.clear()
        self._stop = None

    def _move_stop(self, button: QAbstractButton) -> None:
        self._stop = button
        self._settle()

    def _settle(self) -> None:
        """Let Tab stop only at the stop; if that is hidden or disabled, at the pressed button, else the first."""
        # What has not been shown yet is hidden as well, but nobody has hidden it.
        by_hand = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        shown = [
            one for one in self._buttons if one.isEnabled() and not (one.isHidden() and one.testAttribute(by_hand))
        ]
        if self._stop not in shown:
            self._stop = next((one for one in shown if one.isChecked()), shown[0] if shown else None)
        for one in self._buttons:
            policy = one.focusPolicy().value & ~Qt.FocusPolicy.TabFocus.value
            wanted = Qt.FocusPolicy(policy | (Qt.FocusPolicy.TabFocus.value if one is self._stop else 0))
            if one.focusPolicy() != wanted:
                one.setFocusPolicy(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move on arrow keys; follow the focus, and leave a button that is hidden."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QAbstractButton):
            step = _STEPS.get(Qt.Key(event.key())) if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else 0
            return bool(step) and self._go(watched, step or 0)
        if kind == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton):
            self._move_stop(watched)
        elif kind in (QEvent.Type.HideToParent, QEvent.Type.ShowToParent, QEvent.Type.EnabledChange):
            self._settle()
        return False

    def _go(self, button: QAbstractButton, step: int) -> bool:
        """Focus the next button in that direction, and click it if focus chooses; return False where there is none."""
        shown = [one for one in self._buttons if one.isVisible() and one.isEnabled()]
        place = shown.index(button) + step if button in shown else -1
        if not 0 <= place < len(shown):
            return False
        shown[place].setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)
        if self._chooses:
            shown[place].click()
        return True
