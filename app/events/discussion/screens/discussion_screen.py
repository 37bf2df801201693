"""Screen 討議の記録 of an 意見交換会: the table of the 班, typed live with keys only, and its まとめ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShowEvent

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.event.rules.agenda import minutes_of
from app.events.discussion.documents import KIND
from app.events.discussion.screens.agenda_strip import AgendaStrip
from app.events.discussion.screens.discussion_table import DiscussionTable
from app.events.discussion.screens.outcome_page import OutcomePage
from app.events.discussion.services import EVIDENCE_KIND as EVIDENCE
from app.events.discussion.services import DiscussionView, ensure_groups, read_discussion
from app.main_window.navigation import check_page_name
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button, link_button
from app.widgets.display_texts import clock_of
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import heading, label, with_accessible_name
from app.widgets.layouts import add, row_of
from app.widgets.lists.evidence_shortcut import install_evidence_key
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, page_column
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import AppContext

PAGES = ("班の記録", "まとめ")
_LOW_HEIGHT = 560
"""Height of the page below which the strip is compact and the foot hidden, to give room to the table."""
_TICK_MS = 15_000
_MAX_GROUP_KEYS = 9
_DEFAULT_GROUPS = 4
_KEY_HINTS = ("Alt+1〜9　班", "Tab　つぎの段", "Enter　行を加える", "空白と数字　付箋の枚数", "*　選定")


class DiscussionScreen(Screen):
    """Screen 討議の記録 of one 意見交換会. Signals: none.

    ``open_with(event_id=…, page=…, point_id=…)``: ``page`` is 班の記録 or まとめ, ``point_id`` a row of the まとめ.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id: int | None = None
        self.view: DiscussionView | None = None
        self._outcome_shows: DiscussionView | None = None
        self.event_link = link_button("", self._open_event)
        self.words = label("", "second")
        self.leaders = label("", "small")
        self.clock = with_accessible_name(label("", "h1", figure=True), "いまの時刻")
        self.print_button = Button("班の記録を印刷", self.print_record, icon_name="printer", hint="Ctrl+P")
        self.strip = AgendaStrip()
        self.remarks = NoteBox(tone="amber", small=True)
        self.handed_on = NoteBox(small=True)
        self.kept_words = NoteBox(tone="quiet", small=True)
        self.bar = TabBar(*PAGES)
        self.table = DiscussionTable(app_context)
        self.outcome = OutcomePage(app_context)
        self.empty = EmptyState()
        self.keys = [label(words, "small") for words in _KEY_HINTS]
        self.saved = label("打つたびに保存　報告書の討議内容とまとめに入ります", "small")
        self.pages = Pages()
        for part in (self.table, self.outcome, self.empty):
            self.pages.addWidget(part)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the head, the pages and the foot."""
        column = page_column(self, spacing=8)
        crumbs = FlowRow(
            link_button("事業", lambda: self.app_context.back_to("events")),
            label("›", "small"),
            self.event_link,
            label("›", "small"),
            link_button("当日", lambda: self.app_context.back_to("event", event_id=self._event_id, tab="当日")),
            spacing=6,
        )
        column.addWidget(crumbs)
        self.square = KindSquare(side=22)
        title = row_of(self.square, heading("討議の記録"), spacing=10)
        add(
            column,
            FlowRow(title, self.words, self.leaders, self.clock, self.print_button, spacing=12, at_end=2),
            self.strip,
            self.remarks,
            self.handed_on,
            self.kept_words,
            self.bar,
            (self.pages, 1),
        )
        self._foot = FlowRow(*self.keys, self.saved, spacing=16, at_end=1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        """Connect the signals, keys and the clock of the screen."""
        self.bar.chosen.connect(self._show_page)
        self._tick.timeout.connect(self._show_time)
        for number in range(1, _MAX_GROUP_KEYS + 1):
            on_key(self, f"Alt+{number}", partial(self._focus_group, number))
        install_evidence_key(self, self.app_context, self._current_evidence)
        on_key(self, QKeySequence.StandardKey.Print, self.print_record)

    def open_with(
        self, *, event_id: int | None = None, page: str = "", point_id: int | None = None, **_more: Any
    ) -> None:
        """Set the event, show a page, and focus a row (``point_id``) of the まとめ; what is not given stays.

        Unsaved text of another event is saved first.
        """
        if event_id is not None and event_id != self._event_id:
            self.save()
            self._event_id, self.view = event_id, None
        if check_page_name(page, PAGES):
            # Its content is read in any case, and the page is shown then.
            with QSignalBlocker(self.bar):
                self.bar.choose(PAGES.index(page))
        if point_id is not None:
            self.outcome.focus_row(point_id)

    def view_state(self) -> dict[str, Any]:
        """Return the event and the page."""
        return {"event_id": self._event_id, "page": PAGES[self.bar.current()]}

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a cell has text that is not saved yet."""
        return self.table.dirty_fields or self.outcome.dirty_fields

    def may_leave(self) -> bool:
        """Save unsaved text and return True: leaving is always allowed."""
        self.save()
        return True

    def save(self) -> None:
        """Save unsaved text."""
        self.table.save()
        self.outcome.save()

    def reload(self) -> None:
        """Read the discussion."""
        if self._event_id is not None:
            self.run_read(self._show, read_discussion, event_id=self._event_id)

    def print_record(self) -> None:
        """Show 討議の記録 as a document, to be printed or saved."""
        self.save()
        if self._event_id is not None:
            self.go("event", event_id=self._event_id, tab="書類", kind=KIND)

    def _show(self, view: DiscussionView) -> Iterator[None]:
        """Show the head, then in another turn of the event loop the page; only of the event still chosen."""
        if view.event.id != self._event_id:
            return
        self.view = view
        event = view.event
        self.square.show_kind(event.kind)
        self.event_link.set_words(event.full_title)
        day = short_date_or("日程未定", event.event_date, self.today)
        people = (
            ""
            if view.participant_count is None
            else f"　{'出席' if view.is_attendance_known else '参加予定'} {view.participant_count}人"
        )
        self.words.setText(f"{day} {event.hours}{people}")
        groups = view.discussion.groups
        led = len({group.facilitator for group in groups if group.facilitator})
        led_words = join_nonempty(f"ファシリテーター {led}人／{len(groups)}班", view.clause)
        self.leaders.setText(led_words if groups else "")
        self.remarks.show_text("\n".join(view.remarks))
        changes = "\n".join(f"{found}　→　{change}" for found, change in view.previous_outcomes)
        self.handed_on.show_text(
            f"**前回からの引継ぎ**\n{changes}" if changes and not view.discussion.sums.counted_total else ""
        )
        self.kept_words.show_text(
            f"受託者が {short_date(view.confirmed_on)} に確認した報告書は、ここを変えても変わりません。"
            f"つぎの版から入ります。"
            if view.confirmed_on is not None
            else ""
        )
        self.bar.set_count(1, len(view.discussion.points))
        count = event.groups or _DEFAULT_GROUPS
        self.empty.show_text(
            "班がまだありません。班分けをすると入ります。ここで先に用意することもできます。",
            f"{count}班を用意する",
            lambda: self.run_action(ensure_groups, event_id=event.id, count=count),
        )
        yield
        if self.view is not view:
            return
        outcome = bool(self.bar.current())
        for _part in self.outcome.show_in_steps(view) if outcome else self.table.make_rows(view):
            yield
            if self.view is not view:
                return
        if outcome:
            self._outcome_shows = view
        self._show_page(self.bar.current())

    def _show_time(self) -> None:
        """Show clock, strip and table of the 班 with the present time; on another day without it, and no clock.

        The table is shown only while its page is chosen.
        """
        if self.view is None:
            return
        now, view = self.app_context.now(), self.view
        minute = minutes_of(f"{now:%H:%M}") if view.event.event_date == now.date() else None
        self.clock.setText(clock_of(now) if minute is not None else "")
        self.clock.setVisible(minute is not None)
        self.strip.show_items(view.timetable, minute=minute)
        if not self.bar.current():
            self.table.show_view(view, minute=minute)

    def _show_page(self, number: int) -> None:
        """Show a page; only the visible one is filled, as each has dozens of fields."""
        self._show_time()
        if number and self.view is not None and self._outcome_shows is not self.view:
            # Filled in several turns of the event loop, then shown.
            self.reload()
            return
        first = bool(self.view is not None and self.view.discussion.groups)
        self.pages.setCurrentWidget(self.outcome if number else self.table if first else self.empty)
        for words in self.keys:
            words.setVisible(number == 0 and first)
        self.strip.setVisible(number == 0 and bool(self.view and self.view.timetable))

    def _focus_group(self, number: int) -> None:
        self.bar.choose(0)
        self.table.focus_group(number)

    def _current_evidence(self) -> tuple[str, str] | None:
        """Return sort and id of the line at the cursor as evidence for the 提案書, or None."""
        here = self.table.current_line(self.view) if self.view is not None else None
        return (EVIDENCE, str(here.id)) if here is not None else None

    def _open_event(self) -> None:
        self.app_context.back_to("event", event_id=self._event_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Start the clock."""
        super().showEvent(event)
        self._tick.start()
        self._show_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save unsaved text and stop the clock."""
        self._tick.stop()
        self.save()
        super().hideEvent(event)

    def fit_size(self) -> None:
        """Fit the first column to the width, and the strip and the foot to the height."""
        self.table.set_narrow(t.is_narrow(self.width()))
        low = self.height() < t.scaled(_LOW_HEIGHT)
        self.strip.set_compact(low)
        self._foot.setVisible(not low)
