"""A counted clerk without a mouse: Tab and arrows to every part, Space and Enter to press it."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.widgets.tab_order import OneStop, reading_order
from tests.support.effort import CountingClerk

_MOST = 400
_KEY_IN_TIP = re.compile(r"（(Ctrl\+\d)）")


class KeyboardClerk(CountingClerk):
    """Does what ``CountingClerk`` does with the mouse by keys, and counts them."""

    def click(self, widget: QWidget, *, wait: bool = True) -> None:
        """Go to a part and press it, by its own key where its tip names one."""
        self._take_the_front()
        named = _KEY_IN_TIP.search(widget.toolTip())
        if named is not None:
            keys = QKeySequence(named.group(1))[0]
            self._note(keys=2)
            QTest.keyClick(QApplication.focusWidget() or self.window(), keys.key(), keys.keyboardModifiers())
        else:
            self.walk_to(widget)
            self._note(keys=1)
            QTest.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_Space)
        if wait:
            self.wait()

    def row(self, *words: str, button: str = "", double: bool = False) -> None:
        """Go to the list and along its rows; Space presses the button of a row, Enter opens it."""
        self._choose(False)
        self.look()
        view, row = self._row_with(*words, button)
        self.walk_to(view)
        for _step in range(_MOST):
            here = view.currentIndex().row()
            if here == row:
                break
            self.key(Qt.Key.Key_Down if here < row else Qt.Key.Key_Up)
        assert view.currentIndex().row() == row, f"the arrows do not reach {words}"
        if button or double:
            self.key(Qt.Key.Key_Space if button else Qt.Key.Key_Return)
        self._filling = False

    def type(self, label: str, text: str, *, nth: int = 0, leave: bool = True) -> QWidget:
        """Go to a field and type into it."""
        self._until(lambda: self._field(label, nth) is not None, lambda: f"a field 「{label}」 in:\n{self.said()}")
        field = self._field(label, nth)
        assert field is not None
        self.walk_to(field)
        return super().type(label, text, nth=nth, leave=leave)

    def walk_to(self, target: QWidget) -> None:
        """Press Tab (or Shift+Tab where that is shorter) until ``target`` has the keyboard, and arrows inside a row of
        like buttons."""
        self._take_the_front()
        window = self.window()
        back = self._is_behind(window, target)
        held = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
        for _step in range(_MOST):
            at = QApplication.focusWidget()
            if at is not None and (at is target or target.isAncestorOf(at) or target.focusProxy() is at):
                return
            if _stand_in_one_row(at, target):
                assert isinstance(at, QWidget)
                ahead = (at.y(), at.x()) < (target.y(), target.x())
                pressed = Qt.Key.Key_Right if ahead else Qt.Key.Key_Left
                self._note(keys=1)
                QTest.keyClick(at, pressed)
                if QApplication.focusWidget() is not at:
                    continue
            self._note(keys=1)
            QTest.keyClick(at or window, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, held)
        raise AssertionError(f"Tab does not reach 「{target.accessibleName()}」 {target!r}")

    def _is_behind(self, window: QWidget, target: QWidget) -> bool:
        """Whether Shift+Tab is the shorter way."""
        stops = [
            one
            for one in reading_order(window)
            if one.isEnabled() and one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and one.focusProxy() is None
        ]
        here = next((n for n, one in enumerate(stops) if one is QApplication.focusWidget()), None)
        there = next(
            (n for n, one in enumerate(stops) if one is target or _stand_in_one_row(one, target)),
            None,
        )
        if here is None or there is None:
            return False
        ahead = (there - here) % len(stops)
        return len(stops) - ahead < ahead

    def _open_what_hides(self, words: str, *, starts: bool) -> None:
        """The menu, and its entry by the arrows."""
        menu, entry = self._open_menu(words, starts=starts)
        for _step in range(_MOST):
            action = menu.activeAction()
            if action is not None and action.text() == entry:
                break
            self._note(keys=1)
            QTest.keyClick(menu, Qt.Key.Key_Down)
        self._note(keys=1)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.wait()

    def _note(self, *, keys: int = 0, clicks: int = 0, decisions: int = 0) -> None:
        """Count keys and decisions; what the mouse would have cost is not spent."""
        super()._note(keys=keys, decisions=decisions)


def _stand_in_one_row(one: QWidget | None, other: QWidget) -> bool:
    """Whether two buttons are one stop of Tab."""
    if not isinstance(one, QAbstractButton) or not isinstance(other, QAbstractButton) or one is other:
        return False
    if one.group() is not None or other.group() is not None:
        return one.group() is other.group()
    parent = one.parentWidget()
    if parent is None or parent is not other.parentWidget():
        return False
    return (one.autoExclusive() and other.autoExclusive()) or parent.findChild(
        OneStop, options=Qt.FindChildOption.FindDirectChildrenOnly
    ) is not None
