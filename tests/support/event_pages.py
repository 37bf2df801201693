"""One event on the screen, for tests of its page and its dialogs."""

from datetime import date, datetime

from PySide6.QtWidgets import QDialog

from app.event.screens.event_page import EventPage
from app.event.services.event_view import read_event
from app.main_window.navigation import EventTab
from app.widgets.screen import Screen
from tests.support.sample_desk import shown
from tests.support.years import at

TODAY = date(2026, 9, 16)


class Told(Screen):
    """A tab of another subject: remembers what it was handed."""

    part = ""

    def open_with(self, **arguments: object) -> None:
        self.given = arguments

    def focus_part(self, part: str, /) -> None:
        self.part = part


def show_event(
    qtbot, desk_at, event_id: int, *, now: datetime | None = None, width: int = 1190, **arguments
) -> EventPage:
    """Show one event and wait until it has read."""
    desk = desk_at(now or at(TODAY))
    return shown(
        qtbot,
        EventPage(
            desk,
            tabs=(
                EventTab(title="参加者", factory=Told),
                EventTab(title="資料", factory=Told),
                EventTab(title="書類", factory=Told),
            ),
        ),
        desk,
        width=width,
        height=720,
        event_id=event_id,
        **arguments,
    )


def opened(page: EventPage, kind: type[QDialog]):
    """The dialog of a kind that is open over the page."""
    return [dialog for dialog in page.findChildren(kind) if dialog.isVisible()][-1]


def view_of(store, event_id: int, day: date = TODAY):
    """The event as the service gives it."""
    return read_event(store, event_id=event_id, today=day)


def cells(table, row: int) -> list[str]:
    """What a row of a list says, column by column."""
    return [table.model.cell(row, column).plain() for column in range(len(table.model.columns))]


def open_folds(table) -> None:
    """Open every group of a list that is folded away."""
    for row in reversed(range(table.model.rowCount())):
        head = table.model.heading(row)
        if head is not None and head.fold is not None and not head.is_open:
            table.view.toggle_fold(row)


def all_cells(table) -> list[list[str]]:
    """What every row of a list says once its folds are open, column by column, without the headings."""
    open_folds(table)
    return [cells(table, row) for row in range(table.model.rowCount()) if table.model.heading(row) is None]
