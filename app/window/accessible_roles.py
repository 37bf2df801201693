"""Tells a screen reader what a part is where Qt can't know it: page, tab, link, heading, calendar, chart.

Qt keeps the Python half of every interface made here for good (300 bytes each; the other half goes with the part). So
an interface holds no part and no function, and only classes declared with ``spoken_as`` get one. Qt also passes over
what fails inside; ``_asked`` notes it in the log of failures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget

from app.common import failure_log

Role = QAccessible.Role
Answer = TypeVar("Answer")
Kind = TypeVar("Kind", bound=type[QWidget])

_PRESS = QAccessibleWidget.pressAction
_declared: dict[str, tuple[type[QWidget], Role]] = {}


@runtime_checkable
class Pressed(Protocol):
    """A part that is no button and can be pressed."""

    def press(self) -> None:
        """Do to the widget what Enter does."""


@runtime_checkable
class HasPartsInRows(Protocol):
    """A list with buttons in its rows, which Qt leaves out of what it tells of a table."""

    def parts_in_rows(self) -> Sequence[QWidget]:
        """Return the buttons from the top."""


def spoken_as(role: Role) -> Callable[[Kind], Kind]:
    """Return a class decorator: a screen reader is told ``role`` for the widgets of this class."""

    def declare(kind: Kind) -> Kind:
        """Register the class with its role; raise for a second class of the same name."""
        if kind.__name__ in _declared:
            raise ValueError(f"two classes called {kind.__name__}: Qt asks by the name alone")
        _declared[kind.__name__] = (kind, role)
        return kind

    return declare


def install_accessible_roles() -> None:
    """Have Qt ask ``_interface_of`` before it takes the role of a widget from its class."""
    QAccessible.installFactory(_interface_of)


def _interface_of(class_name: str, part: QObject) -> QAccessibleInterface | None:
    """Return the interface of a part whose class is declared; None leaves it to Qt."""
    kind, role = _declared.get(class_name, (None, Role.NoRole))
    if kind is None or not isinstance(part, kind):
        return None
    return _asked(lambda: _PartInterface(part, role), None)


def _asked(answer: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return answer()
    except Exception as problem:  # noqa: BLE001 - Qt would pass over it without a word
        failure_log.log_failure(problem)
        return otherwise


class _PartInterface(QAccessibleWidget):
    """What is told of one part; everything is asked of the part each time."""

    def __init__(self, part: QWidget, role: Role):
        super().__init__(part, role, "")

    def text(self, kind: QAccessible.Text) -> str:
        """Return the words of a label where it has no other name, and the chosen day or answer as the value."""
        return super().text(kind) or _asked(lambda: self._own_text(kind), "")

    def _own_text(self, kind: QAccessible.Text) -> str:
        """Return the text of a label as its name, or the chosen day of a calendar as its value."""
        part = self.object()
        if kind == QAccessible.Text.Name and isinstance(part, QLabel):
            return part.text()
        if kind == QAccessible.Text.Value and self.role() == Role.Table and isinstance(part, QWidget):
            return part.accessibleDescription()
        return ""

    def state(self) -> QAccessible.State:
        """Return the state of the part, with which page is chosen and whether a fold is open."""
        told = super().state()
        return _asked(lambda: self._with_pressed(told), told)

    def _with_pressed(self, told: QAccessible.State) -> QAccessible.State:
        """Return a state with whether the part is chosen, folded open, or a link."""
        part = self.object()
        if isinstance(part, QAbstractButton) and part.isCheckable():
            if self.role() == Role.PageTab:
                told.selectable, told.selected = True, part.isChecked()
            else:
                told.expandable, told.expanded, told.collapsed = True, part.isChecked(), not part.isChecked()
        if self.role() == Role.Link:
            told.linked = True
        return told

    def actionNames(self) -> list[str]:
        """Return the actions of the part, pressing first if it can be pressed."""
        names = super().actionNames()
        pressed = isinstance(self.object(), QAbstractButton | Pressed)
        return [_PRESS(), *names] if pressed else names

    def doAction(self, name: str) -> None:
        """Press the part as Enter does."""
        if name == _PRESS():
            _asked(self._press, None)
        else:
            super().doAction(name)

    def _press(self) -> None:
        """Click a button, or press a part that can be pressed."""
        part = self.object()
        if isinstance(part, QAbstractButton):
            part.click()
        elif isinstance(part, Pressed):
            part.press()

    def _in_rows(self) -> Sequence[QWidget]:
        """Return the buttons in the rows of a list, from the top; none for other parts."""
        part = self.object()
        return _asked(part.parts_in_rows, ()) if isinstance(part, HasPartsInRows) else ()

    def childCount(self) -> int:
        """Return the number of children, buttons in rows counted as well."""
        return super().childCount() + len(self._in_rows())

    def child(self, index: int) -> QAccessibleInterface:
        """Return a part inside, the buttons in rows last."""
        place, in_rows = index - super().childCount(), self._in_rows()
        if 0 <= place < len(in_rows):
            return QAccessible.queryAccessibleInterface(in_rows[place])
        return super().child(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a part inside."""
        part = child.object()
        place = next((place for place, one in enumerate(self._in_rows()) if one is part), -1)
        return super().childCount() + place if place >= 0 else super().indexOfChild(child)
