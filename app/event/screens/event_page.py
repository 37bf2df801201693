"""Page of one event: its head, 概要, and the tabs of other subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.event.parts import ask_calendar
from app.event.screens.deadline_section import STEP_ACTION
from app.event.screens.event_dialog import EventDialog
from app.event.screens.event_head import CountdownLine, EventHeader
from app.event.screens.move_dialog import MoveDialog
from app.event.screens.overview import Overview
from app.event.services.calendar_entries import CalendarScope
from app.event.services.event_cancellation import restore_event, revoke_change
from app.event.services.event_changes import duplicate_event
from app.event.services.event_view import EventView, read_event
from app.event.services.recruitment import tick_step
from app.event.services.tasks.task import DECIDE, Task
from app.main_window.action_routes import Route, route_to
from app.main_window.navigation import EventTab, check_page_name
from app.widgets.focus_keeper import first_work_part, is_navigation
from app.widgets.keys import on_key
from app.widgets.layouts import in_column
from app.widgets.screen import READ_ONLY, Screen
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.app_context import AppContext, bind_action

OVERVIEW = "概要"
_PAGE_PARTS = ("act", "reason", "part", "step_id")
_LETTERS = {
    OVERVIEW: "G", "参加者": "S", "資料": "R", "当日": "D",
    "アンケート": "A", "支援のあゆみ": "Y", "報告": "H", "書類": "B",
}  # fmt: skip
"""With Alt the key of each tab: none that a page inside it has (J, L, T)."""
TabFactory = Callable[[AppContext], QWidget]


class EventPage(Screen):
    """Page of one event. Signals: none.

    A tab's widget that is a ``Screen`` gets ``open_with(event_id=…)`` before it is shown.
    """

    def __init__(self, app_context: AppContext, *, tabs: Sequence[EventTab] = ()):
        """Create the page; ``tabs`` come after 概要 in their order."""
        super().__init__(app_context)
        self._event_id: int | None = None
        self._view: EventView | None = None
        self._go_to: dict[str, Any] = {}
        self._part = ""
        self._handed: dict[str, Any] = {}
        self._act = ("", "")
        self._opening = self._sent = False
        self.header = EventHeader()
        self.tabs = Tabs()
        self.tabs.bar.set_margin(t.PAGE_X - 16, t.PAGE_X)
        self.standing = CountdownLine()
        for part in (self.standing.about, self.standing):
            self.tabs.bar.put_at_end(part)
        self.standing.visibility_changed.connect(self.header.set_countdown_elsewhere)
        self.titles = [OVERVIEW, *(tab.title for tab in tabs)]
        self._built: dict[int, QWidget] = {}
        self._only_form = {number: tab.only_form for number, tab in enumerate(tabs, 1) if tab.only_form}
        self._only_with = {number: tab.only_with for number, tab in enumerate(tabs, 1) if tab.only_with}
        in_column(self.header, (self.tabs, 1), owner=self, spacing=0)
        self.tabs.add(OVERVIEW, self._build_overview, _LETTERS[OVERVIEW])
        for number, tab in enumerate(tabs, 1):
            self.tabs.add(tab.title, partial(self._build_tab, number, tab.factory), _LETTERS[tab.title])
        self._connect()

    @property
    def overview(self) -> Overview:
        """Return the 概要, which is built when first used."""
        found = self.tabs.page(0)
        assert isinstance(found, Overview)
        return found

    def _build_overview(self) -> Overview:
        """Return a new 概要 with the event, if that was read."""
        made = Overview(self.app_context)
        made.link_clicked.connect(self.open_route)
        made.act_asked.connect(self._do_next)
        made.edit_asked.connect(lambda field: self.edit(at=field))
        made.tab_asked.connect(lambda title: self.tabs.choose(self.titles.index(title)))
        if self._view is not None:
            made.show_view(self._view)
        return made

    def _connect(self) -> None:
        self.header.back.chosen.connect(lambda: self.app_context.go_back("events", event_id=self._event_id))
        self.header.edit_asked.connect(self.edit)
        self.header.move_asked.connect(self.change_date)
        self.header.hold_asked.connect(
            lambda: self.go("disposal", hold="event_id", row_id=self._event_id, subject=self.header.title.text())
        )
        self.header.place_asked.connect(self._go_with_event)
        self.header.restore_asked.connect(self._restore)
        self.header.duplicate_asked.connect(self._duplicate)
        self.header.calendar_asked.connect(self._save_calendar)
        self.tabs.bar.pressed.connect(self._leave_part)
        self.tabs.bar.clicked.connect(self._focus_page)
        on_key(self.header, "F2", self.edit, inside=True)
        on_key(self, "Ctrl+H", partial(self._go_with_event, "changes"), inside=True)
        on_key(self, "F8", self.header.cancel_action.trigger)
        on_key(self, "F9", partial(self._go_with_event, "applications", page="電話"))

    def open_with(self, *, event_id: int | None = None, tab: str = OVERVIEW, **more: Any) -> None:
        """Show an event at ``tab`` ("" = 概要); nothing without ``event_id``.

        ``part`` or ``step_id`` names a place inside 概要, ``part`` with another tab one inside that; other arguments
        are passed on to the tab. ``act`` "move" opens 日付を変える with ``reason`` filled in, "edit" 内容を変える,
        "venue" the same at its 会場.
        """
        check_page_name(tab, self.titles)
        if event_id is None:
            return
        another = event_id != self._event_id
        self._event_id = event_id
        if another:
            self._view = None
            for built in self._built.values():
                self._open_tab_with(built)
        self._act = (str(more.get("act", "")), str(more.get("reason", "")))
        self._opening = True
        self._sent = bool(tab) and tab != OVERVIEW
        self._go_to = {key: more[key] for key in ("part", "step_id") if key in more}
        self._part = str(self._go_to.pop("part", "")) if self._sent else ""
        self._handed = {key: more[key] for key in more if key not in _PAGE_PARTS}
        number = self.titles.index(tab) if tab else 0
        if self._handed and number in self._built:
            self._open_tab_with(self._built[number], **self._handed)
        self.tabs.choose(number)
        self._handed = {}

    def view_state(self) -> dict[str, Any]:
        """Return the event and the tab, with the place in a tab that tells it."""
        tab = self._built.get(self.tabs.current())
        within = tab.view_state() if isinstance(tab, Screen) and tab.keeps_place else {}
        return {"event_id": self._event_id, "tab": self.titles[self.tabs.current()]} | within

    def reload(self) -> None:
        """Read the event; nothing while none is set."""
        if self._event_id is not None:
            self.run_read(self._show, read_event, event_id=self._event_id, today=self.today)

    def may_leave(self) -> bool:
        """Return whether every tab allows to leave."""
        return all(built.may_leave() for built in self._built.values() if isinstance(built, Screen))

    def open_route(self, route: Route) -> None:
        """Open the link of a deadline: a tab of this page, or another screen."""
        arguments = dict(route.arguments)
        if route.screen_name == "event" and arguments.get("event_id") == self._event_id:
            self.open_with(**arguments)  # type: ignore[arg-type]
            self._open_requested_part()
            self._focus_opened()
        else:
            self.go(route.screen_name, **arguments)

    def edit(self, *, at: str = "") -> None:
        """Open the form of the event, at the field ``at`` if given; nothing for a cancelled event or if read-only."""
        if self._view is not None and self._view.event.status.counts and self.may_write:
            dialog = EventDialog(
                self,
                kinds=(self._view.numbers,),
                lectures=self._view.lectures,
                event=self._view.event,
            )
            if at:
                dialog.form.go_to(at)
            dialog.open()

    def change_date(self, reason: str = "") -> None:
        """Open 日付を変える, with ``reason`` filled in; nothing if read-only."""
        if self._view is not None and self.may_write:
            MoveDialog(self, self._view, reason=reason).open()

    def _go_with_event(self, place: str, **more: str) -> None:
        self.go(place, event_id=self._event_id, **more)

    def _leave_part(self, number: int) -> None:
        """Leave what is open inside the tab that is shown, as 持出し・貸与 in 当日, when it is pressed."""
        if number == self.tabs.current():
            self._go_with_event("event", tab=self.titles[number])

    def _save_calendar(self) -> None:
        if self._event_id is not None:
            ask_calendar(self.app_context, CalendarScope(event_id=self._event_id), self)

    def _do_next(self, task: Task) -> None:
        if task.task == DECIDE:
            self.change_date()
        elif task.link.action == STEP_ACTION and task.step_id is not None:
            # The tick of its step, which Ctrl+Z undoes.
            self.run_action(tick_step, step_id=task.step_id)
        else:
            self.open_route(route_to(task.link))

    def _show(self, view: EventView) -> Iterator[None]:
        """Show the head, then in another turn of the event loop what is below; only of the event still chosen."""
        if view.event.id != self._event_id:
            return
        self._view = view
        self.header.show_view(view, self.today)
        if self.app_context.read_only:
            self.header.disable_changes(READ_ONLY)
        self.standing.show_view(view, self.today)
        yield
        if self._view is not view:
            return
        if self.tabs.is_built(0):
            self.overview.show_view(view)
        asked = {"アンケート": view.shows_survey, "資料": view.shows_materials}
        for number, needed in self._only_with.items():
            self.tabs.bar.set_shown(number, asked[needed])
        for number, form in self._only_form.items():
            self.tabs.bar.set_shown(number, view.event.form is form)
        counts = {"参加者": view.headcount.people, "資料": view.material_count}
        for number, title in enumerate(self.titles):
            if title in counts:
                self.tabs.set_count(number, counts[title])
        self._open_requested_part()
        yield
        if self._view is view:
            self._focus_opened()

    def _focus_opened(self) -> None:
        """Go to the part of the tab that the link to this page asked for, or to where its work begins."""
        tab = self._built.get(self.tabs.current())
        if self._sent and isinstance(tab, Screen):
            tab.focus_part(self._part)
        if self._opening:
            QTimer.singleShot(0, self, self._focus_next_task)
        self._opening = self._sent = False

    def _focus_page(self) -> None:
        """Focus where the work of the chosen tab begins, and not what Qt took of it as the other page went."""
        self.header.back.setFocus()
        QTimer.singleShot(0, self, self._focus_next_task)

    def _focus_next_task(self) -> None:
        """Focus the list or first field of the shown tab, unless the focus is already at work in it."""
        focused = self.window().focusWidget()
        at_work = focused is not None and focused.isVisible() and self.tabs.isAncestorOf(focused)
        if focused is not None and at_work and (self._part or not is_navigation(focused)):
            return
        tab = self._built.get(self.tabs.current())
        if self.tabs.current() == 0:
            place = self.overview.work_place()
        elif tab is not None:
            # A tab may show the screen of another subject, which knows where its work begins.
            lists = (one.focusProxy() for one in (tab, *tab.findChildren(Screen)))
            place = next((one for one in lists if one is not None and one.isVisible()), None) or first_work_part(tab)
        else:
            place = None
        if place is not None:
            place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_requested_part(self) -> None:
        """Open the dialog, or go to the part of 概要, that the link to this page asked for."""
        (act, reason), self._act = self._act, ("", "")
        if act == "move":
            self.change_date(reason)
        elif act in ("edit", "venue"):
            self.edit(at="venue" if act == "venue" else "")
        if self._go_to and self._view is not None:
            self.overview.go_to(**self._go_to)
            self._go_to = {}

    def _build_tab(self, number: int, factory: TabFactory) -> QWidget:
        """Return the widget of a tab, built when it is first shown."""
        made = factory(self.app_context)
        self._built[number] = made
        self._open_tab_with(made, **self._handed)
        return made

    def _open_tab_with(self, tab: QWidget, **more: Any) -> None:
        if isinstance(tab, Screen) and self._event_id is not None:
            tab.open_with(event_id=self._event_id, **more)
            if tab.isVisible():
                tab.refresh()
            else:
                tab.mark_stale()

    def _restore(self) -> None:
        cancelled = self._view is not None and self._view.event.status.is_cancelled
        act = restore_event if cancelled else revoke_change
        self.run_action(act, event_id=self._event_id or 0)

    def _duplicate(self) -> None:
        self.run_change(bind_action(duplicate_event, event_id=self._event_id or 0), self._open_copy)

    def _open_copy(self, saved: ActionResult) -> None:
        self.go("event", event_id=saved.id, act="edit")
