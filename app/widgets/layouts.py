"""Shorthands for layouts: rows and columns without margins of their own, grids, and the margins of pages.

Page margins shrink in a narrow window and leave room for a scroll bar.
"""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.window import theme as t

_LEAST = 4


class _PageMargins(QObject):
    """Adjusts the side margins of one layout. Signals: none."""

    def __init__(self, owner: QWidget, box: QBoxLayout, *, left: bool, right: bool, indent: int):
        super().__init__(owner)
        self._owner, self._box = owner, box
        self._indent = indent
        self._follows = (left, right)
        self._left, self._right = t.PAGE_X - indent, t.PAGE_X
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Adjust when the width of the page or its window changes."""
        if event.type() == QEvent.Type.Resize and watched is self._owner:
            self._fit_margins()
        return False

    def _fit_margins(self) -> None:
        """Fit the margins to the width of the window, except what others have set since."""
        window = self._owner.window()
        small = not isinstance(window, QDialog) and t.unscaled(window.width()) < t.FOLD_WIDE
        edge = t.PAGE_X_SMALL if small else t.PAGE_X
        was = self._box.contentsMargins()
        left, right = was.left(), was.right()
        # What somebody has set otherwise since then is no edge of a page any more.
        if self._follows[0] and left in (self._left, t.PAGE_X - self._indent):
            self._left = left = edge - self._indent
        if self._follows[1] and right in (self._right, t.PAGE_X):
            self._right = right = max(edge - self._scroll_bar_width(), _LEAST)
        if (left, right) != (was.left(), was.right()):
            self._box.setContentsMargins(left, was.top(), right, was.bottom())

    def _scroll_bar_width(self) -> int:
        """Return the width of the scroll bar beside the page, 0 without one.

        The page is resized before the scroll area reports its own width.
        """
        held = self._owner.parentWidget()
        area = held.parentWidget() if held is not None else None
        if held is None or not isinstance(area, QScrollArea) or area.viewport() is not held:
            return 0
        return max(0, area.contentsRect().width() - self._owner.width())


def fit_page_margins(owner: QWidget, box: QBoxLayout, *, indent: int = 0) -> None:
    """Let those side margins of ``box`` that equal ``PAGE_X`` follow the width of the window.

    ``indent`` is the part of the left margin already contained in the first widget.
    """
    margins = box.contentsMargins()
    left, right = margins.left() == t.PAGE_X - indent, margins.right() == t.PAGE_X
    if left or right:
        _PageMargins(owner, box, left=left, right=right, indent=indent)


Part = QWidget | QLayout | int | tuple[Any, ...] | None
"""A widget or a layout, alone or with its stretch (and alignment); a gap in pixels; None for a stretch."""

Box = TypeVar("Box", bound=QBoxLayout)
_NONE = (0, 0, 0, 0)


def in_row(
    *parts: Part, owner: QWidget | None = None, spacing: int = -1, margins: tuple[int, int, int, int] = _NONE
) -> QHBoxLayout:
    """Return a row of ``parts``, as the layout of ``owner`` or to be put into another layout.

    ``spacing`` is in pixels (-1 = as in the style), ``margins`` are left, top, right and bottom; sides of ``PAGE_X``
    follow the window width like page margins.
    """
    return _fill_box(QHBoxLayout(), parts, owner, spacing, margins)


def in_column(
    *parts: Part, owner: QWidget | None = None, spacing: int = -1, margins: tuple[int, int, int, int] = _NONE
) -> QVBoxLayout:
    """Return a column of ``parts``; arguments as for ``in_row``."""
    return _fill_box(QVBoxLayout(), parts, owner, spacing, margins)


def row_of(*parts: Part, spacing: int = -1, margins: tuple[int, int, int, int] = _NONE) -> QWidget:
    """Return a widget that holds a row of ``parts``; arguments as for ``in_row``."""
    holder = QWidget()
    in_row(*parts, owner=holder, spacing=spacing, margins=margins)
    return holder


def column_of(*parts: Part, spacing: int = -1, margins: tuple[int, int, int, int] = _NONE) -> QWidget:
    """Return a widget that holds a column of ``parts``; arguments as for ``in_row``."""
    holder = QWidget()
    in_column(*parts, owner=holder, spacing=spacing, margins=margins)
    return holder


def in_grid(
    owner: QWidget | None = None,
    *,
    across: int = -1,
    down: int = -1,
    margins: tuple[int, int, int, int] = _NONE,
    wide: int | None = None,
) -> QGridLayout:
    """Return a grid, as the layout of ``owner`` or to be put into another layout.

    ``across`` and ``down`` are the pixels between columns and rows (-1 = as in the style), ``margins`` are left, top,
    right and bottom and stay as given, ``wide`` is the column that stretches.
    """
    grid = QGridLayout()
    if owner is not None:
        owner.setLayout(grid)
    grid.setHorizontalSpacing(across)
    grid.setVerticalSpacing(down)
    grid.setContentsMargins(*margins)
    if wide is not None:
        grid.setColumnStretch(wide, 1)
    return grid


def add(box: QBoxLayout, *parts: Part) -> None:
    """Add ``parts`` at the end of a row or column."""
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        else:
            what, *how = part if isinstance(part, tuple) else (part,)
            (box.addLayout if isinstance(what, QLayout) else box.addWidget)(what, *how)


def fix_size(widget: QWidget) -> None:
    """Let a widget be just as large as it wishes, in both directions."""
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def keep_room(widget: QWidget) -> None:
    """Keep the room of a widget while it is hidden, so that nothing moves when it appears."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def layout_now(owner: QWidget | None) -> None:
    """Show everything added to ``owner`` now, laying it out only once; what was hidden on purpose stays hidden.

    Nothing happens while ``owner`` is None, not visible, or without a layout.

    By itself Qt shows widgets added to a visible parent one by one, each in its own turn, and lays out the whole page
    for each: fourteen lines blocked the window for 20 ms.
    """
    box = owner.layout() if owner is not None and owner.isVisible() else None
    if owner is None or box is None:
        return
    box.setEnabled(False)
    for part in owner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if part.isHidden() and not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            part.show()
    box.setEnabled(True)
    box.invalidate()


def stack_when_narrow(box: QBoxLayout, narrow: bool) -> None:
    """Arrange the parts of ``box`` as a column if ``narrow``, else as a row."""
    way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
    if box.direction() != way:
        box.setDirection(way)


def detach_items(box: QLayout) -> None:
    """Remove everything from a layout, to be placed elsewhere.

    Not by ``takeAt``: the item it returns stays alive while Python holds it, and a widget whose old item still exists
    no longer tells its new layout when it becomes smaller.
    """
    while (item := box.itemAt(0)) is not None:
        part = item.widget()
        if part is not None:
            box.removeWidget(part)
        else:
            box.removeItem(item)


def _fill_box(
    box: Box, parts: tuple[Part, ...], owner: QWidget | None, spacing: int, margins: tuple[int, int, int, int]
) -> Box:
    """Set margins and spacing of a box layout, add the parts, and return it."""
    if owner is not None:
        owner.setLayout(box)
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    if owner is not None:
        fit_page_margins(owner, box)
    add(box, *parts)
    return box


def is_within(part: QObject, window: QObject) -> bool:
    """Return whether ``part`` is ``window`` or a descendant of it, dialogs included."""
    above: QObject | None = part
    while above is not None:
        if above is window:
            return True
        above = above.parent()
    return False


def front_window(window: QWidget) -> QWidget:
    """Return the dialog that stands in front over ``window``, or the window: the one that no other stands over."""
    # The application names its windows in no order.
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    dialogs = [one for one in windows if is_within(one, window)]
    below = {owner.window() for one in dialogs if (owner := one.parentWidget()) is not None}
    return next((one for one in dialogs if one not in below), window)
