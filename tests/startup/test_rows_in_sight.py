"""The lists that a clerk stands before all day show as many whole rows as were drawn."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from app.event.screens.events_screen import EventsScreen
from app.home.today.screens.home_screen import HomeScreen
from app.widgets.lists.record_table import RecordTable
from app.window.app_context import AppContext
from tests.support.dressing import dress
from tests.support.sample_desk import session, shown

# What the window leaves a screen at 1366×768, and at 125 and 150 % of it: less the side bar and the top bar.
AT_100, AT_125, AT_150 = (1366 - 176, 768 - 48), (1093 - 144, 614 - 48), (911 - 144, 512 - 48)


@pytest.fixture
def desk(tmp_path, qapp) -> Iterator[AppContext]:
    dress(qapp)
    with session(tmp_path) as made:
        yield made


def whole_rows(screen: QWidget, table: RecordTable) -> int:
    """How many rows of ``table`` are seen from their first pixel to their last."""
    view = table.view
    part: QWidget = view.viewport()
    seen = QRect(part.mapTo(screen, QPoint(0, 0)), part.size())
    above = part.parentWidget()
    while above is not None and above is not screen:
        if isinstance(above, QScrollArea):
            port = above.viewport()
            seen = seen.intersected(QRect(port.mapTo(screen, QPoint(0, 0)), port.size()))
        above = above.parentWidget()
    seen = seen.intersected(screen.rect())
    corner = part.mapTo(screen, QPoint(0, 0)).y()
    tops = [(corner + view.rowViewportPosition(row), view.rowHeight(row)) for row in range(table.model.rowCount())]
    return sum(seen.top() <= top and top + high - 1 <= seen.bottom() for top, high in tops)


@pytest.mark.parametrize(("size", "least"), [(AT_100, 10), (AT_125, 8), (AT_150, 6)])
def test_home_shows_ten_whole_rows_and_eight_at_125_percent_and_six_at_150(qtbot, desk, size, least):
    screen = shown(qtbot, HomeScreen(desk), desk, width=size[0], height=size[1])
    assert screen.due.table.model.rowCount() > least
    assert whole_rows(screen, screen.due.table) >= least


def test_the_list_of_events_shows_twelve_whole_rows(qtbot, desk):
    screen = shown(qtbot, EventsScreen(desk), desk, width=AT_100[0], height=AT_100[1])
    assert screen.table.model.rowCount() > 12
    assert whole_rows(screen, screen.table) >= 12
