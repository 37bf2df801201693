"""ホーム, the first screen, which must be understood in three seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.action_id import ActionLink
from app.common.join_nonempty import join_nonempty
from app.main_window.action_routes import Route, route_to
from app.subjects.events.applications.parts.data_entry_dialog import DataEntryDialog
from app.subjects.home.changes.services.changes import count_changes
from app.subjects.home.today.screens.day_box import CALLS_KEY, DayBox
from app.subjects.home.today.screens.due_list import OwnWorkList, today_words
from app.subjects.home.today.screens.next_event_card import NextEventCard
from app.subjects.home.today.screens.work_queue_box import WorkQueueBox
from app.subjects.home.today.screens.year_progress import YearProgress
from app.subjects.home.today.services.home import HomeRow, HomeView, read_home
from app.subjects.submissions.work_queue.rules.work_queue_rows import WAITING, WARD
from app.widgets.buttons import link_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog
from app.widgets.labels import label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen, in_scroll_area
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.app_context import AppContext

# The breakpoints of the style, less the side bar at that width.
_WIDE = t.FOLD_WIDE - t.SIDE_BAR
_NARROW = t.FOLD_NARROW - t.SIDE_BAR_NARROW
_RIGHT_WIDE = 310
_RIGHT = 256


class HomeScreen(Screen):
    """The home screen; below 1000 px its parts become tabs. Signals: none."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._view: HomeView | None = None
        self._narrow: bool | None = None
        self._wishes = 0
        self.day = DayBox()
        self.due = OwnWorkList(app_context)
        self.turns = WorkQueueBox()
        self.own_line = NoteBox(tone="quiet", parent=self)
        self._own_link = link_button("", self._show_self_managed)
        self.own_line.put(self._own_link)
        self.next_event = NextEventCard()
        self.progress = YearProgress()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        wide = QWidget()
        self._left, left = _column((0, 8, 0, t.PAGE_Y), 16)
        self._right, self._right_page = _column((0, 8, 0, 4), 12)
        in_row((left, 1), self._right_page, owner=wide, spacing=20, margins=(t.PAGE_X, 0, t.PAGE_X, 0))
        # Both columns scroll together, with one scroll bar for the page.
        self._stack.addWidget(in_scroll_area(wide))
        narrow = QWidget()
        down = in_column(owner=narrow, margins=(16, 0, 16, 0))
        self.tabs = Tabs()
        self._day = label("", "second")
        self._tab_columns = []
        for words in ("区がやること", "資料・報告", "つぎの実施回", "進み具合"):
            column, page = _column((0, 8, 0, 8), 8)
            self.tabs.add(words, in_scroll_area(page))
            self._tab_columns.append(column)
        self.tabs.bar.put_at_end(self._day)
        down.addWidget(self.tabs)
        self._stack.addWidget(narrow)

    def _connect(self) -> None:
        self.due.link_clicked.connect(self.open_link)
        self.due.event_opened.connect(self._open_event)
        self.due.add_asked.connect(self._add_event)
        self.due.list_asked.connect(lambda: self.open_link(route_to(ActionLink("団体の一覧を取り込む"))))
        self.due.own_asked.connect(self._show_self_managed)
        self.due.changes_asked.connect(lambda: self.app_context.go("changes"))
        self.due.waiting_asked.connect(lambda: self.app_context.go("turns", turn=WAITING))
        self.turns.asked.connect(lambda turn: self.app_context.go("turns", turn=turn))
        self.next_event.opened.connect(self._open_event)
        self.next_event.application_asked.connect(self._enter_application)
        self.next_event.absence_asked.connect(self._note_absence)
        self.day.absence_asked.connect(self._note_absence)
        # For telephone calls while home is shown: one key each, as in the list of participants.
        # For the whole window, so that they work wherever the focus is while home is visible.
        for keys, button in (("F9", self.next_event.application), ("F4", self.next_event.absence)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        QShortcut(QKeySequence(CALLS_KEY), self).activated.connect(self._open_calls)
        self.day.link_clicked.connect(self.open_link)

    def open_with(self, *, tab: int | None = None, wishes: int = 0, **_more: Any) -> None:
        """Open with the ``tab`` of a narrow window; ``wishes`` is the number of wishes made."""
        self._wishes = max(wishes, self._wishes)
        if tab is not None:
            self.tabs.choose(tab)

    def view_state(self) -> dict[str, Any]:
        """Return the tab."""
        return {"tab": self.tabs.current(), "wishes": self._wishes}

    def reload(self) -> None:
        """Read the home screen as it stands today."""
        self.run_read(self._show, read_home, today=self.app_context.today(), fiscal_year=self.app_context.fiscal_year)
        since = self.app_context.today() - timedelta(days=1)
        self.run_read(self.due.show_change_count, count_changes, since=since)

    def open_link(self, link: Route) -> None:
        """Open the target of a row's button, 年度の期日 and 完了・検査・支払 in the year of the row."""
        if link.screen_name in ("year", "completion"):
            self._show_year_of(link)
        self.app_context.go(link.screen_name, **link.arguments)

    def _show_year_of(self, link: Route) -> None:
        rows = (
            (*self._view.rows, *self._view.passed_targets, *self._view.later, *self._view.self_managed)
            if self._view is not None
            else ()
        )
        year = next((row.task.fiscal_year for row in rows if route_to(row.link) == link), 0)
        if year:
            self.app_context.choose_year(year)

    def _show(self, view: HomeView) -> Iterator[None]:
        """Show the ward's tasks, then in another event loop turn the parts beside them."""
        self._view = view
        self.day.show_days(view.days)
        self.due.show_view(view)
        yield
        if self._view is not view:
            return
        self.turns.show_counts(view.work_queue)
        self.turns.setVisible(view.has_events)
        count = len(view.self_managed)
        words = f"**区の自主管理**（アプリの目安。期限超過にはしません）　{view.self_managed_words}"
        self.own_line.show_text(words if count and not self._narrow else "")
        self._own_link.set_words(f"{count}件を見る")
        self.next_event.show_event(view.next_event)
        # One box or the other: on its own day the next event is in the day box.
        self.next_event.setVisible(self._narrow or not view.days)
        self.progress.show_progress(view.progress)
        self._focus_first_work()
        self.tabs.set_count(0, len(view.rows))
        self.tabs.set_count(1, view.work_queue.count(WARD))
        self.tabs.set_count(2, view.next_event.date_words.split("(")[0] if view.next_event else None)
        self._day.setText(today_words(view))

    def _focus_first_work(self) -> None:
        """Set the focus to the check-in of today's event, else to the list."""
        door = next((panel.door for panel in self.day.panels if panel.door is not None), None)
        place = door or self.due.table
        if self.focusProxy() is not place:
            self.setFocusProxy(place)
        self.due.table.view.ensure_current_if_focused()

    def _open_event(self, event_id: int) -> None:
        self.app_context.go("event", event_id=event_id)

    def _enter_application(self, event_id: int) -> None:
        # Also while a colleague has the write lock: what the caller says is typed, and kept until the lock is free.
        DataEntryDialog(self.app_context, event_id, parent=self.window()).open()

    def _note_absence(self, event_id: int) -> None:
        """Open the list of participants, where F4 in a row records an absence."""
        self.open_link(route_to(ActionLink("参加者", event_id=event_id)))

    def _add_event(self) -> None:
        self._wishes += 1
        self.app_context.go("events", new=f"home-{self._wishes}")

    def _open_calls(self) -> None:
        """Open the calls of the next event, where the key starts a decision at once.

        With two events on one day nothing happens.
        """
        if len(self.day.panels) == 1:
            way = route_to(self.day.panels[0].day.calls)
            self.app_context.go(way.screen_name, **way.arguments, offer=True)

    def _show_self_managed(self) -> None:
        if self._view is not None:
            entries = [self._as_listed_entry(row) for row in self._view.self_managed]
            LinkListDialog("区の自主管理", entries, subject="アプリの目安。期限超過にはしません", parent=self).open()

    def _as_listed_entry(self, row: HomeRow) -> LinkEntry:
        task, way = row.task, route_to(row.link)
        return LinkEntry(
            words=f"{task.label}　{task.detail}".strip(),
            second=join_nonempty(row.year_words, task.event_title, f"目安 {row.date_words}"),
            kind=task.kind or "",
            verb=way.label,
            follow=lambda: self.open_link(way),
        )

    # folding

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the available width."""
        super().resizeEvent(event)
        self.fold(self.width())

    def fold(self, width: int) -> None:
        """Lay the parts out for a screen ``width`` logical pixels wide (the window without its side bar)."""
        width = t.unscaled(width)
        right = _RIGHT_WIDE if width >= _WIDE else _RIGHT
        self._right_page.setFixedWidth(max(t.scaled(right), right))
        narrow = width < _NARROW
        self.due.fold(narrow=narrow, close=width < _WIDE)
        self.day.fold(short=width < _WIDE)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        places = (
            (
                (self._tab_columns[0], (self.day, self.due)),
                (self._tab_columns[1], (self.turns,)),
                (self._tab_columns[2], (self.next_event,)),
                (self._tab_columns[3], (self.progress,)),
            )
            if narrow
            else (
                (self._left, (self.due, self.own_line)),
                (self._right, (self.due.about, self.day, self.next_event, self.turns, self.progress)),
            )
        )
        for column, parts in places:
            for number, part in enumerate(parts):
                column.insertWidget(number, part)
        self._stack.setCurrentIndex(1 if narrow else 0)
        if self._view is not None:
            for _turn in self._show(self._view):
                pass

    def sizeHint(self) -> QSize:
        """Return the size of a small office screen."""
        return QSize(1142, 704)


def _column(margins: tuple[int, int, int, int], spacing: int) -> tuple[QVBoxLayout, QWidget]:
    """Return a column with parts aligned to the top, and the page that holds it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(*margins)
    column.setSpacing(spacing)
    column.addStretch(1)
    return column, page
