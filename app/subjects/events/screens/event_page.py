"""One event: its head, 概要, and the tabs other subjects hand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.main_window.navigation import EventTab, known_word
from app.main_window.ways import WayThere
from app.saved import Saved
from app.subjects.events.screens.event_dialog import EventDialog
from app.subjects.events.screens.event_header import EventHeader
from app.subjects.events.screens.move_dialog import MoveDialog
from app.subjects.events.screens.overview import Overview
from app.subjects.events.services.event_cancellation import restore_event
from app.subjects.events.services.event_changes import duplicate_event
from app.subjects.events.services.event_view import EventView, read_event
from app.widgets.screen import Screen, only_for_writing
from app.widgets.tabs import Tabs
from app.window.desk import Desk, with_store

OVERVIEW, DAY = "概要", "当日"
TabFactory = Callable[[Desk], QWidget]


class EventPage(Screen):
    """One event. Signals: none.

    A tab's widget that is a ``Screen`` gets ``arrive(event_id=…)`` before it is shown.
    """

    def __init__(self, desk: Desk, *, tabs: Sequence[EventTab] = (), parent: QWidget | None = None) -> None:
        """``tabs`` come after 概要, in their order."""
        super().__init__(desk, parent)
        self._event_id: int | None = None
        self._view: EventView | None = None
        self._go_to: dict[str, Any] = {}
        self._act = ("", "")
        self.header = EventHeader()
        head = self.header
        only_for_writing(desk, head.edit, head.move_button, head.restore, head.more)
        self.overview = Overview(desk)
        self.tabs = Tabs()
        self.titles = [OVERVIEW, *(tab.title for tab in tabs)]
        self._built: dict[int, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self.tabs.add(OVERVIEW, self.overview)
        for number, tab in enumerate(tabs, start=1):
            self.tabs.add(tab.title, partial(self._build_tab, number, tab.factory))
        self._connect()

    def _connect(self) -> None:
        self.overview.followed.connect(self.follow)
        self.header.back_asked.connect(lambda: self.desk.go("events", event_id=self._event_id))
        self.header.edit_asked.connect(self.edit)
        self.header.move_asked.connect(self.change_date)
        self.header.cancel_asked.connect(lambda: self.desk.go("calls", event_id=self._event_id))
        self.header.restore_asked.connect(self._restore)
        self.header.duplicate_asked.connect(self._duplicate)
        self.header.papers_asked.connect(self._open_papers)
        in_header = QShortcut(QKeySequence("F2"), self.header)
        in_header.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        in_header.activated.connect(self.edit)

    def arrive(self, *, event_id: int | None = None, tab: str = OVERVIEW, **more: Any) -> None:
        """Show an event, at ``tab``; ``part`` or ``step_id`` names a place inside 概要.

        ``act`` "move" opens 日付を変える with ``reason`` filled in, "edit" 内容を変える.
        """
        known_word(tab, self.titles)
        if event_id is None:
            return
        another = event_id != self._event_id
        self._event_id = event_id
        if another:
            self._view = None
            for built in self._built.values():
                self._hand_over(built)
        self._go_to = {key: more[key] for key in ("part", "step_id") if key in more}
        self._act = (str(more.get("act", "")), str(more.get("reason", "")))
        self.tabs.choose(self.titles.index(tab) if tab else 0)

    def reload(self) -> None:
        """Read the event."""
        if self._event_id is not None:
            self.desk.read(with_store(read_event, event_id=self._event_id, today=self.desk.today()), self._show)

    def may_leave(self) -> bool:
        """Every tab may object."""
        return all(built.may_leave() for built in self._built.values() if isinstance(built, Screen))

    def follow(self, way: WayThere) -> None:
        """Go where a deadline leads: to a tab of this page, or elsewhere."""
        arguments = dict(way.arguments)
        if way.place == "event" and arguments.get("event_id") == self._event_id:
            self.arrive(**arguments)  # type: ignore[arg-type]
            self._go_inside()
        else:
            self.desk.go(way.place, **arguments)

    def edit(self) -> None:
        """Open the form of the event."""
        if self._view is not None and self._view.event.status != "中止" and not self.desk.read_only:
            EventDialog(self.desk, event=self._view.event, parent=self).open()

    def change_date(self, reason: str = "") -> None:
        """Open 日付を変える."""
        if self._view is not None and not self.desk.read_only:
            MoveDialog(self.desk, self._view, reason=reason, parent=self).open()

    def _open_papers(self) -> None:
        """Turn to the tab of the day, where this page has one."""
        if DAY in self.titles:
            self.tabs.choose(self.titles.index(DAY))
        else:
            self.desk.go("documents", event_id=self._event_id)

    def _show(self, view: EventView) -> None:
        if view.event.id != self._event_id:
            return
        self._view = view
        self.header.show_view(view, self.desk.today())
        self.overview.show_view(view)
        counts = {"参加者": view.headcount.people, "資料": view.material_count}
        for number, title in enumerate(self.titles):
            if title in counts:
                self.tabs.set_count(number, counts[title])
        self._go_inside()

    def _go_inside(self) -> None:
        (act, reason), self._act = self._act, ("", "")
        if act == "move":
            self.change_date(reason)
        elif act == "edit":
            self.edit()
        if self._go_to and self._view is not None:
            self.overview.go_to(**self._go_to)
            self._go_to = {}

    def _build_tab(self, number: int, factory: TabFactory) -> QWidget:
        made = factory(self.desk)
        self._built[number] = made
        self._hand_over(made)
        return made

    def _hand_over(self, tab: QWidget) -> None:
        if isinstance(tab, Screen) and self._event_id is not None:
            tab.arrive(event_id=self._event_id)
            if tab.isVisible():
                tab.refresh()
            else:
                tab.mark_stale()

    def _restore(self) -> None:
        self.desk.write(with_store(restore_event, event_id=self._event_id or 0, **self.desk.signed), owner=self)

    def _duplicate(self) -> None:
        self.desk.write(with_store(duplicate_event, event_id=self._event_id or 0, **self.desk.signed), self._open_copy)

    def _open_copy(self, saved: Saved) -> None:
        self.desk.go("event", event_id=saved.id)
