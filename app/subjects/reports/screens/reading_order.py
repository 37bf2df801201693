"""Tab goes through a page in the order of its layout, also after rows were built anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget

from app.widgets.flow_row import FlowRow


def put_in_reading_order(root: QWidget) -> None:
    """Chain what takes the Tab key inside ``root``: from top to bottom, in a row from left to right."""
    for before, after in pairwise(_stops(root)):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> Iterator[QWidget]:
    layout = part.layout()
    if isinstance(part, FlowRow):
        for inside in part.parts():
            yield from _stops(inside)
    elif isinstance(part, QScrollArea):
        inside_area = part.widget()
        if inside_area is not None:
            yield from _stops(inside_area)
    elif layout is not None:
        yield from _stops_of(layout)
    if part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and part.focusProxy() is None:
        yield part


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        widget, below = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif below is not None:
            yield from _stops_of(below)


def _items(layout: QLayout) -> list[QLayoutItem]:
    numbers = range(layout.count())
    if isinstance(layout, QGridLayout):
        numbers_by_place = sorted(numbers, key=lambda number: _place(layout, number))
        return [item for number in numbers_by_place if (item := layout.itemAt(number)) is not None]
    return [item for number in numbers if (item := layout.itemAt(number)) is not None]


def _place(layout: QGridLayout, number: int) -> tuple[int, int]:
    place: tuple[int, int] = layout.getItemPosition(number)[:2]  # type: ignore[index]
    return place
