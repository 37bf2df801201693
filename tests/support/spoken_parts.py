"""What a screen reader is told of a window: parts without a name, with a wrong role, or not in its tree."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from app.widgets.labels import Link
from tests.support.in_full import IN_FULL
from tests.support.layout import Fault

NAMELESS, WRONG_ROLE, UNREACHED = "without a name", "with a wrong role", "not in the tree of what is told"
Role = QAccessible.Role

_OF_KIND: tuple[tuple[type[QWidget], tuple[Role, ...]], ...] = (
    (Link, (Role.Link,)),
    (QCheckBox, (Role.CheckBox,)),
    (QRadioButton, (Role.RadioButton,)),
    (QComboBox, (Role.ComboBox,)),
    (QAbstractSpinBox, (Role.SpinBox,)),
    (QLineEdit, (Role.EditableText,)),
    (QPlainTextEdit, (Role.EditableText,)),
    (QTextEdit, (Role.EditableText,)),
    (QAbstractItemView, (Role.Table, Role.List, Role.Tree)),
)
_BUTTONS = (Role.Button, Role.ButtonMenu, Role.PageTab, Role.RadioButton, Role.CheckBox)
_SAYS_NOTHING = (Role.NoRole, Role.Client, Role.Border, Role.StaticText, Role.Pane, Role.Window)
"""The roles of what is only looked at."""


def spoken_faults(window: QWidget) -> list[Fault]:
    """Return what is told wrongly of the parts in sight of ``window`` (the main window or a dialog)."""
    faults: list[Fault] = []
    reached = reached_from(window) if IN_FULL else None
    for part in window.findChildren(QWidget):
        heads, works = _looks_like_a_heading(part), _is_worked_with(part)
        if not (heads or works) or part.window() is not window or not part.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(part)
        name, role = interface.text(QAccessible.Text.Name), interface.role()
        told = f"{type(part).__name__} 「{name or part.objectName()}」 in {_place(part)} is {role.name}"
        if not name.strip():
            faults.append(Fault(NAMELESS, told))
        if role != Role.Heading if heads else not _is_right(part, role):
            faults.append(Fault(WRONG_ROLE, told))
        if reached is not None and part not in reached and works and not _inside_a_field(part):
            faults.append(Fault(UNREACHED, told))
    return faults


def reached_from(window: QWidget) -> set[QObject]:
    """Return every part that a screen reader finds from ``window`` down."""
    return {interface.object() for interface in _tree(QAccessible.queryAccessibleInterface(window))}


def _tree(at: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """Yield everything that is reached from ``at`` down; cells are left out, they are no parts."""
    if at is None:
        return
    yield at
    if at.role() in (Role.Table, Role.List, Role.Tree) and isinstance(at.object(), QAbstractItemView):
        return
    for place in range(at.childCount()):
        yield from _tree(at.child(place))


def _looks_like_a_heading(part: QWidget) -> bool:
    """Whether it has the letters of one, and is not declared a figure."""
    large = isinstance(part, QLabel) and part.property("role") in ("h1", "h2")
    return large and bool(part.text()) and not part.property("figure")


def _is_worked_with(part: QWidget) -> bool:
    if isinstance(part, QAbstractButton):
        return True
    by_tab = part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(by_tab) and part.focusProxy() is None and part.metaObject().className() != "QScrollArea"


def _inside_a_field(part: QWidget) -> bool:
    """Whether it is the icon or the text of one that is told itself."""
    return isinstance(part.parentWidget(), QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView)


def _is_right(part: QWidget, role: Role) -> bool:
    for kind, roles in _OF_KIND:
        if isinstance(part, kind):
            return role in roles
    if not isinstance(part, QAbstractButton):
        return role not in _SAYS_NOTHING
    if role not in _BUTTONS:
        return False
    one_of_several = part.autoExclusive() or (part.group() is not None and part.group().exclusive())
    if part.isCheckable() and one_of_several:
        return role in (Role.RadioButton, Role.PageTab)
    return role != Role.CheckBox or part.isCheckable()


def _place(part: QWidget) -> str:
    above = part.parentWidget()
    while above is not None and type(above).__module__.startswith("PySide6"):
        above = above.parentWidget()
    return type(above).__name__ if above is not None else ""
