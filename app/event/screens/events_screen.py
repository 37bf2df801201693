"""The screen 事業: list and month with a common selection and its summary, and entering of a new event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_phase import EventPhase
from app.documents.screens.export_button import export_button
from app.event.parts import NO_EVENT_YET, SAVE_CALENDAR, ask_calendar, day_marks, full_basis_words, show_day_list
from app.event.screens.event_dialog import EventDialog
from app.event.screens.step_list import StepDateDialog, StepList
from app.event.services.calendar_entries import CalendarScope
from app.event.services.event_lists import EventList, EventRow, list_events, summary_words
from app.event.services.event_view import EventView, StepRow, read_event
from app.event.services.month import Month, MonthDay, read_month
from app.event.services.recruitment import tick_step, untick_step
from app.main_window.navigation import KindPage, check_page_name
from app.programme.services import read_programme
from app.widgets.badges import KindSquare
from app.widgets.buttons import MoreButton, inline_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.focus_keeper import focus_work_area
from app.widgets.keys import on_key
from app.widgets.labels import heading, label, small_label, wrapped_label
from app.widgets.layouts import add, fit_page_margins, in_column, in_row
from app.widgets.lists.record_model import BlockState, Cell, Column, ExportColumn, Tone
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.segments import Segments
from app.widgets.month_calendar import MonthCalendar
from app.widgets.pages import PageLayout, ensure_visible
from app.widgets.panel import Panel
from app.widgets.screen import Screen, in_scroll_area, side_width
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.year_words import in_year_words
from db.records.event_form import EventForm
from db.records.programme import EventKind


class EventSummary(Panel):
    """Summary of one event.

    Signals:
        ``opened(int)``: open the event.
        ``ticked(int, bool)``, ``date_asked(StepRow)``: a step was ticked, or its date is to be changed.
        ``document_asked(int, str)``: open the document of a step: event and kind of document.
    """

    opened = Signal(int)
    ticked = Signal(int, bool)
    date_asked = Signal(object)
    document_asked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(tone="accent")
        self.event_id = 0
        self._square = KindSquare(side=20)
        self._name = wrapped_label("", "h2")
        self.button = inline_button("開く", lambda: self.opened.emit(self.event_id))
        head = in_row(
            (self._square, 0, Qt.AlignmentFlag.AlignTop),
            (self._name, 1),
            spacing=8,
        )
        self._people = small_label()
        # Beside the name it would leave that three lines.
        about = in_row((self._people, 1), (self.button, 0, Qt.AlignmentFlag.AlignTop), spacing=8)
        line = in_row(label("募集の段取り", "strong"), (small_label("目安日・日付を押すと直せます"), 1))
        self.steps = StepList()
        self.steps.ticked.connect(self.ticked)
        self.steps.date_asked.connect(self.date_asked)
        self.steps.document_asked.connect(lambda kind: self.document_asked.emit(self.event_id, kind))
        self.put(head, about, line, self.steps, None)

    def show_event(self, view: EventView, today: date) -> None:
        """Show name, day, people and recruitment steps of an event."""
        event = view.event
        self.event_id = event.id
        self._square.show_kind(event.kind)
        day = short_date_or("日程未定", event.event_date, today)
        self._name.setText(f"{day} {view.title}")
        self._people.setText(view.people_line)
        self.button.setAccessibleName(f"{view.title}を開く")
        self.steps.show_steps(view.steps, today)


_BLOCKS: dict[str, BlockState] = {"済": "done", "つぎ": "next", "未着手": "planned", "記録なし": "open"}
_BADGES = {"準備完了": "済", "準備中": "準備"}
# Breakpoints of the layout, less the width of the side bar at that size.
_WIDE = t.FOLD_WIDE - t.SIDE_BAR
_NARROW = t.FOLD_NARROW - t.SIDE_BAR_NARROW
_RIGHT_WIDE = 306
_RIGHT = 296
_ELSEWHERE = (
    ("年度の期日", "year"), ("日程の比較", "schedules"), ("区の年中行事", "ward_days"), ("協議・打合せ", "agreements"),
    ("会場・予約", "venues"),
)  # fmt: skip
"""Entries of the menu 「…」 in the heading: words and target."""


class EventsScreen(Screen):
    """Screen 事業 with list and month of the events, which become tabs in a narrow window (``FOLD_NARROW``).

    A kind with a page of its own shows that in their place. Signals: none.
    """

    def __init__(self, app_context: AppContext, *, kind_pages: Sequence[KindPage] = ()):
        super().__init__(app_context)
        self._makers = {one.form: one.factory for one in kind_pages}
        self._pages: dict[EventForm, Any] = {}
        self._shown_form: EventForm | None = None
        self._list: EventList | None = None
        self._narrow: bool | None = None
        self._wanted: int | None = None
        self._asked = ""
        self.title = heading("事業")
        self.kinds = Segments((), name="種類で絞り込む")
        self.add_button = main_button("実施回を追加", self.add_event, icon_name="plus")
        self.add_button.setToolTip("実施回を追加する（Ctrl+N）")
        self.more = MoreButton(
            lambda: (
                *((words, partial(app_context.go, place)) for words, place in _ELSEWHERE),
                (SAVE_CALENDAR, self.save_calendar),
            )
        )
        self.table = RecordTable(
            "events",
            event_columns(app_context.today()),
            title="実施回の一覧",
            empty=NO_EVENT_YET,
            empty_button="実施回を追加する",
            empty_on_click=self.add_event,
            filtered=False,
            foot=False,
            least_row=45,
            sort="date",
            names_people=False,
            on_choose=self._load_summary,
            on_open=lambda chosen: self.go("event", event_id=chosen.id),
        )
        self.summary = label("", "small")
        self.export = export_button(app_context, self.table, title="実施回の一覧", filter_words=self.kinds.current_text)
        self.calendar = MonthCalendar(today=app_context.today())
        self.waiting = small_label()
        self._days: dict[date, MonthDay] = {}
        self.glance = EventSummary()
        self._build()
        self._connect()
        self.setFocusProxy(self.table)

    def _build(self) -> None:
        outer = in_column(owner=self, spacing=8, margins=(0, 8, 0, 0))
        self.keys = small_label("←→")
        at_end = (self.table.filter_field, self.add_button, self.more)
        head = in_row(margins=(t.PAGE_X, 0, t.PAGE_X, 0))
        # In large letters on a narrow window they wrap to a second line.
        self._head = FlowRow(self.title, self.kinds, self.keys, *at_end, at_end=len(at_end))
        head.addWidget(self._head)
        outer.addLayout(head)
        fit_page_margins(self, head)
        self._foot = FlowRow(self.summary, self.export, spacing=12)
        below = QWidget()
        self._stack = PageLayout(below)
        wide = QWidget()
        self._list_column = in_column(margins=(0, 0, 0, 4))
        across = in_row((self._list_column, 1), owner=wide, spacing=16, margins=(t.PAGE_X, 0, 0, 0))
        right = QWidget()
        self._right_column = in_column(None, owner=right, spacing=12, margins=(0, 0, t.PAGE_X, 16))
        self._right_area = in_scroll_area(right)
        across.addWidget(self._right_area)
        self._stack.addWidget(wide)
        self.tabs = Tabs()
        self.tabs.bar.set_margin(t.PAGE_X - 16, t.PAGE_X)
        self._tab_columns = []
        for words in ("一覧", "カレンダー", "募集の段取り"):
            page = QWidget()
            column = in_column(owner=page, margins=(t.PAGE_X, 8, t.PAGE_X, 8))
            self.tabs.add(words, page if words == "一覧" else in_scroll_area(page))
            self._tab_columns.append(column)
        self._tab_columns[2].addStretch(1)
        self._stack.addWidget(self.tabs)
        outer.addWidget(below, 1)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._switch_kind)
        self.table.counted.connect(self._show_summary)
        self.calendar.month_changed.connect(self._read_month)
        self.calendar.day_chosen.connect(self._choose_day)
        self.calendar.day_opened.connect(self._open_day)
        self.glance.opened.connect(lambda event_id: self.go("event", event_id=event_id))
        self.glance.ticked.connect(self.tick)
        self.glance.date_asked.connect(self._change_date)
        self.glance.document_asked.connect(
            lambda event_id, kind: self.go("event", event_id=event_id, tab="書類", kind=kind)
        )
        on_key(self, "Ctrl+N", self.add_event)
        self._step_kinds_from(self.table)

    def open_with(self, *, new: str = "", event_id: int | None = None, **more: Any) -> None:
        """Select an event of the list, or open the dialog of a new one.

        ``new`` identifies the request to enter an event, so that returning with Alt+← does not open the dialog again;
        ``organisation_id`` and ``organisation_name`` name the 団体 of a new 派遣. ``kind``, ``month``, ``tab``,
        ``asked`` and ``page`` come from ``view_state``. ``view`` is a kind with a page of its own, which gets the other
        arguments: the word of a form, or the key of a kind.
        """
        if "kind" in more:
            self.kinds.choose(more["kind"])
        if "month" in more:
            self.calendar.show_month(*more["month"])
            self.tabs.choose(more["tab"])
            self._asked = more["asked"]
        if view := check_page_name(str(more.pop("view", "")), [one.value for one in self._makers]):
            page = self._open_page(EventForm(view))
            page.open_with(event_id=event_id, new=new, **more)
            if self.isVisible():
                page.refresh()
            return
        if (stood := more.get("page")) and self.kind_page is not None:
            self.kind_page.open_with(**stood)
        if event_id is not None:
            self._wanted = event_id
            self._show_event_of_kind(event_id)
        if new and new != self._asked:
            self._asked = new
            name = more.get("organisation_name", "")
            self.add_event((more["organisation_id"], name) if name else None)

    def save_calendar(self) -> None:
        """Ask where to save the events and deadlines of the year as a calendar file."""
        ask_calendar(self.app_context, CalendarScope(fiscal_year=self.fiscal_year), self)

    def view_state(self) -> dict[str, Any]:
        """Return kind, month, tab of the narrow window, last fulfilled request for a new event, and state of the kind's
        page.
        """
        return {
            "kind": self.kinds.current(), "month": self.calendar.month(), "tab": self.tabs.current(),
            "asked": self._asked, "page": self.kind_page.view_state() if self.kind_page is not None else {},
        }  # fmt: skip

    # pages of a kind of event

    @property
    def kind_page(self) -> Any:
        """Return the page of the chosen kind, None where the list shows it."""
        return self._pages.get(self._shown_form) if self._shown_form is not None else None

    def _open_page(self, form: EventForm) -> Any:
        """Show and return the page of a form; its kind is selected as soon as the kinds are known."""
        if self._chosen_form() is not form:
            self._shown_form = form
            first = next((one.kind for one in self._kinds() if one.form is form), "")
            if first:
                self.kinds.choose(first)
            else:
                self._show_form(form)
        return self._page_of(form)

    def _kinds(self) -> Sequence[EventKind]:
        return self._list.kinds if self._list is not None else ()

    def _chosen_form(self) -> EventForm | None:
        return next((one.form for one in self._kinds() if one.kind == self.kinds.current()), None)

    def _page_of(self, form: EventForm) -> Any:
        """Return the page of a form, built when first used, with its tools in the heading."""
        if form not in self._pages:
            made: Any = self._makers[form](self.app_context)
            self._pages[form] = made
            self._stack.addWidget(made)
            self._step_kinds_from(made.table)
            for tool in made.tools:
                self._head.add_before(tool, self.add_button)
            made.event_asked.connect(lambda organisation_id, name: self.add_event((organisation_id, name)))
            made.kind_asked.connect(self.kinds.choose)
        return self._pages[form]

    def _step_kinds_from(self, table: RecordTable) -> None:
        """Make ← and → in a list go through the kinds, the keyboard in the list of each."""
        for keys, way in (("Left", -1), ("Right", 1)):
            on_key(table, keys, partial(self._step_kinds, way), inside=True)

    def _step_kinds(self, way: int) -> None:
        self.kinds.step(way)
        focus_work_area(self)

    def _switch_kind(self) -> None:
        """Show the page of the chosen kind, or the list of its events."""
        self._show_form(self._chosen_form())
        self._fill()

    def _show_form(self, form: EventForm | None) -> None:
        """Show the page made for this form of event, or the list if it has none."""
        self._shown_form = form if form in self._makers else None
        if self._shown_form is not None:
            self._page_of(self._shown_form).show_kind(self.kinds.current() or "")
        self._show_parts()

    def _show_parts(self) -> None:
        page = self.kind_page
        for form, one in self._pages.items():
            for tool in one.tools:
                ensure_visible(tool, seen=form is self._shown_form and not tool.property("rests"))
        ensure_visible(self.table.filter_field, seen=page is None)
        self.add_button.set_filled(page is None)
        stood = self.window().focusWidget()
        if page is not None:
            self._stack.setCurrentWidget(page)
        else:
            self._stack.setCurrentIndex(1 if self._narrow else 0)
        self.setFocusProxy(page or self.table)
        if stood is not None and not stood.isVisible():
            focus_work_area(self)  # Qt hands the keyboard to the first link of the page

    def _show_event_of_kind(self, event_id: int) -> None:
        """Show the row of an event in the page of the chosen kind, if that has one."""
        page = self.kind_page
        if page is not None:
            page.open_with(event_id=event_id)
            page.mark_stale()

    # reading

    def reload(self) -> None:
        """Read list and month."""
        self.run_read(self._show, list_events, today=self.today, fiscal_year=self.fiscal_year)
        self._read_month(*self.calendar.month())

    def add_event(self, organisation: tuple[int, str] | None = None) -> None:
        """Open the dialog of a new event; with ``organisation`` (id, name) that of a 派遣, linked to its request."""
        if self._list is None:
            self.run_read(
                lambda view: self._ask_new_event(view.kinds, organisation),
                read_programme,
                fiscal_year=self.fiscal_year,
                on=self.today,
            )
        else:
            self._ask_new_event(self._list.kinds, organisation)

    def _ask_new_event(self, kinds: Sequence[EventKind], organisation: tuple[int, str] | None) -> None:
        """Open the dialog for a new event; once saved it is chosen in the list.

        One of ``organisation`` is instead linked to its request by the page of the chosen kind, if that has one.
        """
        dialog = EventDialog(self, kinds=kinds, organisation=organisation, kind=self.kinds.current() or "")
        page = self.kind_page
        if organisation is not None and page is not None:
            dialog.saved_result.connect(lambda saved: page.link_new_event(saved.id))
        else:
            dialog.saved_result.connect(lambda saved: self._show_new_event(saved.id, dialog.form.value("kind")))
        dialog.open()

    def tick(self, step_id: int, done: bool) -> None:
        """Record a recruitment step as done, or open it again."""
        self.run_action(tick_step if done else untick_step, step_id=step_id)

    def show_error(self, problem: Exception) -> None:
        """Show the error and reset the pressed control to the stored state."""
        super().show_error(problem)
        self._load_summary(self.table.current())

    def _show_new_event(self, event_id: int, kind: object) -> None:
        """Show a list with all of its kind, where the new event is chosen as soon as it is read."""
        if self.kinds.current() != kind:
            self.kinds.choose("")
        self.table.clear_filter()
        # Last, as both fill the list that does not have it yet.
        self._wanted = event_id

    def _show(self, events: EventList) -> None:
        self._list = events
        self._show_kinds(events)
        self._fill()

    def _show_kinds(self, events: EventList) -> None:
        """Show the year's kinds to choose from; one kind is not asked for, unless it has a page beside the list."""
        words = {one.kind: one.name for one in events.kinds}
        if self.kinds.texts() != words:
            self.kinds.show_words(words)
            for part in (self.kinds, self.keys):
                ensure_visible(part, seen=len(words) > 1 or any(one.form in self._makers for one in events.kinds))
            wanted = self._shown_form
            if wanted is not None and self._chosen_form() is not wanted:
                self.kinds.choose(next((one.kind for one in events.kinds if one.form is wanted), ""))
            self._show_form(self._chosen_form())
        self.kinds.show_counts(events.total, *(events.by_kind.get(kind, 0) for kind in words))

    def _fill(self) -> None:
        """Show the events of the chosen kind; nothing for a kind with a page of its own.

        The event asked for is chosen, else the present one stays, else the next one ahead is chosen, else the first.
        """
        if self._list is None:
            return
        kind = self.kinds.current()
        if self.kind_page is not None:
            return
        rows = [each for each in self._list.rows if not kind or each.kind == kind]
        if kind and not rows:
            self.table.set_empty(f"{kind}の実施回は、まだありません。", "実施回を追加する", self.add_event)
        self.table.show_rows(rows)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.table.choose(lambda each: each.id == wanted, take_focus=True):
            return
        current: EventRow | None = self.table.current()
        if current is not None:
            self._load_summary(current)
        elif rows:
            coming = next((each for each in rows if (each.event_date or date.max) >= self.today), rows[0])
            self.table.choose(lambda each: each.id == coming.id, take_focus=False)
            place = self.table.view.visualRect(self.table.view.currentIndex())
            if not self.table.view.viewport().rect().contains(place):
                middle = QAbstractItemView.ScrollHint.PositionAtCenter
                self.table.view.scrollTo(self.table.view.currentIndex(), middle)
        self.glance.setVisible(bool(rows))

    def _show_summary(self) -> None:
        """Show how many of the events now in the list are held, planned, 協議中 and off; "" without any."""
        shown: list[EventRow] = self.table.model.records()
        self.summary.setText(f"{summary_words(shown)}　Enter で開く" if shown else "")
        visits = "（派遣は段取りの1つずつ）" if any(one.form.at_organisation for one in self._kinds()) else ""
        self.summary.setToolTip(
            in_year_words(f"募集＝周知・区報原稿締切・チラシ・受付締切・決定通知{visits}　破線は記録なし")
        )

    def _load_summary(self, chosen: EventRow | None) -> None:
        """Read the summary of the chosen event, and mark its day in the calendar."""
        if chosen is None:
            return
        self.calendar.choose(chosen.event_date)
        self.run_read(self._show_event_summary, read_event, event_id=chosen.id, today=self.today)

    def _show_event_summary(self, view: EventView) -> None:
        """Show the summary of an event, unless another one was chosen meanwhile."""
        current: EventRow | None = self.table.current()
        if current is not None and current.id == view.event.id:
            self.glance.show_event(view, self.today)
            self.glance.show()

    def _change_date(self, step: StepRow) -> None:
        StepDateDialog(self, step).open()

    def _read_month(self, year: int, month: int) -> None:
        self.run_read(
            self._show_month,
            read_month,
            year=year,
            month=month,
            today=self.today,
            fiscal_year=self.fiscal_year,
        )

    def _show_month(self, month: Month) -> None:
        if (month.year, month.month) == self.calendar.month():
            self._days = {day.day: day for day in month.days}
            self.calendar.show_marks(day_marks(month, words=True))
            self.waiting.setText(month.waiting_words)
            self.waiting.setVisible(bool(month.waiting_words))

    def _choose_day(self, day: date) -> None:
        """Choose the first event of a day in the list; do nothing on a day without one."""
        if self._list is None:
            return
        first = next((each for each in self._list.rows if each.event_date == day), None)
        if first is not None:
            self.table.choose(lambda each: each.id == first.id, take_focus=False)

    def _open_day(self, day: date) -> None:
        """Open the only event of a day, or list a day with more."""
        held = self._days.get(day)
        if held is not None and (held.tasks or len(held.events) > 1):
            show_day_list(held, self.follow, self)
        elif held is not None and held.events:
            self.go("event", event_id=held.events[0].event_id)

    # responsive layout

    def fit_size(self) -> None:
        """Arrange the parts for the new width."""
        self.arrange(self.width())

    def arrange(self, width: int) -> None:
        """Arrange the parts for a screen of ``width`` logical pixels (the window without its side bar)."""
        width = t.unscaled(width)
        narrow = width < _NARROW
        self.calendar.show_western(narrow or width >= _WIDE)
        right = _RIGHT_WIDE if width >= _WIDE else _RIGHT
        self._right_area.setFixedWidth(side_width(self._right_area, max(t.scaled(right), right) + t.PAGE_X))
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.title.setVisible(not narrow)
        if narrow:
            self._tab_columns[0].addWidget(self.table, 1)
            self._tab_columns[0].addWidget(self._foot)
            add(self._tab_columns[1], self.calendar, self.waiting)
            self._tab_columns[2].insertWidget(0, self.glance)
        else:
            add(self._list_column, (self.table, 1), self._foot)
            for place, part in enumerate((self.calendar, self.waiting, self.glance)):
                self._right_column.insertWidget(place, part)
        self._show_parts()


def date_cell(row: EventRow) -> Cell:
    """Return the cell with the date of an event and the coloured square of its kind."""
    dated = row.event_date is not None
    return Cell(row.date_words, kind=row.kind, strong=dated, tone="" if dated else "second", tip=row.time_words)


def title_cell(row: EventRow) -> Cell:
    """Return title and venue; the venue goes into the tooltip where the title takes both lines."""
    venue = row.venue_words or "会場未定"
    return Cell(row.title, venue, strong=True, spare=True, tip=venue)


def people_cell(row: EventRow) -> Cell:
    """Return the number of people with what it counts, or why there is none."""
    what, _, number = row.people_words.partition(" ")
    return Cell(number, what) if number else Cell(row.people_words)


def state_cell(row: EventRow) -> Cell:
    """Return the cell with the state of an event as a badge, beside it 「準備 あと3件」; its tip names open 協議."""
    badge = _BADGES.get(row.state, row.state) if row.phase is EventPhase.PLANNED else row.phase
    words = "" if row.state_words == badge else row.state_words
    open_topics = "、".join(row.open_topics)
    tip = fill_nonempty("協議中　{}", open_topics)
    return Cell(words, badge=badge, tip=tip)


def recruitment_cell(row: EventRow) -> Cell:
    """Return the blocks of recruitment with the next step below."""
    if row.phase.is_ended:
        return Cell("—", tone="second")
    names = "　".join(f"{in_year_words(block.name)} {block.state}" for block in row.blocks)
    return Cell(
        blocks=tuple(_BLOCKS[block.state] for block in row.blocks),
        # Its day is in the next column or in the tooltip.
        second=row.step_words,
        second_tone="",
        tip=f"{row.blocks_words}　{names}",
        spare=True,
    )


def next_cell(row: EventRow, today: date) -> Cell:
    """Return the cell with what is due next for an event, and its basis."""
    task = row.next_task
    if task is None:
        return Cell("—", tone="second")
    late = task.bucket == "期限超過"
    tone: Tone = "red" if late else ""
    due, what, words = _next_words(row, today)
    second_tone: Tone = "red" if late else "second"
    return Cell(
        what,
        f"{due} {words}".strip(),
        tone=tone,
        second_tone=second_tone,
        strong=late,
        tip=full_basis_words(task),
        # The day of a contract duty is always shown; one of the ward's own may go into the tooltip.
        spare=not task.is_contract_duty,
    )


def _next_words(row: EventRow, today: date) -> tuple[str, str, str]:
    """Return what is due next as day, task, and 「3日超過」, 「目安日」 or 「提出待ち」; empty texts without any."""
    task = row.next_task
    if task is None:
        return "", "", ""
    passed = task.bucket == "期限超過" or task.days_left < 0
    second = (
        *((task.short_words,) if passed else ()),
        "目安日" if not task.is_contract_duty and not passed else "",
        "提出待ち" if task.next_actor == "受託者" and not passed else "",
    )
    # Overdue days count from the last day in time.
    last = max(task.due, task.working) if task.overdue_days and task.working is not None else task.due
    return short_date(last, today), task.label, join_nonempty(*second, separator=" ")


def event_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the list of events on ``today``."""
    return (
        Column(
            "date",
            "実施日",
            date_cell,
            width=130,
            sort=lambda row: (row.event_date or date.max, row.id),
            export_parts=(
                ExportColumn("実施日", lambda row: row.date_words),
                ExportColumn("時間", lambda row: row.time_words),
                ExportColumn("種別", lambda row: row.kind),
            ),
        ),
        Column(
            "title",
            "実施回・会場",
            title_cell,
            stretch=True,
            width=200,
            export_parts=(
                ExportColumn("実施回", lambda row: row.title),
                ExportColumn("会場", lambda row: row.venue_words),
            ),
        ),
        Column(
            "people",
            "人数",
            people_cell,
            width=62,
            min_list_width=720,
            sort=lambda row: row.people,
            export_parts=(
                ExportColumn("人数", lambda row: "" if row.people is None else str(row.people)),
                ExportColumn("申込・出席", lambda row: row.people_words.partition(" ")[0]),
            ),
        ),
        Column(
            "state",
            "状態",
            state_cell,
            sort=lambda row: (row.state, row.prepared_count),
            export_parts=(
                ExportColumn("状態", lambda row: row.state),
                ExportColumn("準備", lambda row: row.state_words if row.state_words != row.state else ""),
            ),
        ),
        Column("steps", "募集", recruitment_cell, width=90, sortable=False),
        Column(
            "next",
            "つぎの期限・目安日",
            lambda row: next_cell(row, today),
            width=182,
            sort=lambda row: row.next_task.due if row.next_task else date.max,
            export_parts=(
                ExportColumn("つぎの期限・目安日", lambda row: _next_words(row, today)[0]),
                ExportColumn("すること", lambda row: _next_words(row, today)[1]),
                ExportColumn("期限の状態", lambda row: _next_words(row, today)[2]),
            ),
        ),
    )
