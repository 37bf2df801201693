"""What stands beside or below what, said in one line: rows and columns without margins of their own, and grids."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.widgets.page_margins import fit_page_margins

Part = QWidget | QLayout | int | tuple[Any, ...] | None
"""A widget or a layout, alone or with its share of the free room (and its alignment); a gap in pixels; None for the
free room itself."""

Box = TypeVar("Box", bound=QBoxLayout)
_NONE = (0, 0, 0, 0)


def in_row(
    *parts: Part, owner: QWidget | None = None, spacing: int = -1, margins: tuple[int, int, int, int] = _NONE
) -> QHBoxLayout:
    """Return ``parts`` side by side, as the layout of ``owner`` or to be put into another one.

    ``spacing`` is in pixels (-1 = as the style has it), ``margins`` are left, top, right and bottom; sides of
    ``PAGE_X`` follow the window, as the edge of a page does.
    """
    return _fill_box(QHBoxLayout(), parts, owner, spacing, margins)


def in_column(
    *parts: Part, owner: QWidget | None = None, spacing: int = -1, margins: tuple[int, int, int, int] = _NONE
) -> QVBoxLayout:
    """Return ``parts`` below each other; the rest as ``in_row``."""
    return _fill_box(QVBoxLayout(), parts, owner, spacing, margins)


def in_grid(
    owner: QWidget | None = None,
    *,
    across: int = -1,
    down: int = -1,
    margins: tuple[int, int, int, int] = _NONE,
    wide: int | None = None,
) -> QGridLayout:
    """Return a grid, as the layout of ``owner`` or to be put into another one.

    ``across`` and ``down`` are the pixels between its columns and its rows (-1 = as the style has it), ``margins`` as
    in ``in_row``, ``wide`` is the column that takes the free room.
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


def layout_now(owner: QWidget | None) -> None:
    """Let everything that was put into ``owner`` be seen now, and be laid out once.

    Left alone, Qt shows what comes into a place that is seen part by part, each in its turn, and lays out the whole
    page for each of them: fourteen lines held the window for 20 ms.
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
    """Put the parts of ``box`` below each other where the room is ``narrow``, else beside each other."""
    way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
    if box.direction() != way:
        box.setDirection(way)


def detach_items(box: QLayout) -> None:
    """Take everything out of a layout, to be put somewhere else.

    Not by ``takeAt``: what it gives lives on while Python holds it, and a part whose old place still stands tells its
    new one never again that it has become smaller.
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
    if owner is not None:
        owner.setLayout(box)
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    if owner is not None:
        fit_page_margins(owner, box)
    add(box, *parts)
    return box
