"""ホーム, the first screen, which must be understood in three seconds.

It shows the events of today and the next working day with the check-in, the next event, the counts of 資料・報告, and
for each kind the events held against the number in the 仕様書.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.actions.action_id import ActionLink
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.services.progress import Progress
from app.events.applications.parts import DataEntryDialog
from app.home.changes.services import count_changes
from app.home.today.documents import KIND as WEEK
from app.home.today.screens.due_list import OwnWorkList, today_words
from app.home.today.services.absences import end_absence, record_absence
from app.home.today.services.home import HomeRow, HomeView, NextEvent, read_home
from app.home.today.services.next_working_event import UpcomingEvent
from app.main_window.action_routes import Route, route_to
from app.submissions.work_queue.rules import DEFINITION, OUTDATED, WAITING, WARD, WorkQueue
from app.widgets.badges import KindSquare, ProgressBlocks, blocks_of
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.record_fields import record_fields
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, label, small_label, wrapped_label
from app.widgets.layouts import add, fix_size, in_column, in_row, layout_now, row_of
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.panel import Panel
from app.widgets.screen import Screen, in_scroll_area, widget_row
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.year.enquiries import Absence

_CALLS_LABEL = "中止・変更の連絡"
CALLS_KEY = "F8"
"""The key that opens the calls from home, since they are urgent."""


class DayBox(QWidget):
    """One panel for each event of today or of the next working day; hidden where there is none.

    Signals: ``link_clicked(Route)`` a button; ``absence_asked(int)`` record an absence for that event.
    """

    link_clicked = Signal(object)
    absence_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.panels: list[EventPanel] = []
        self._short = False
        self._column = in_column(owner=self, spacing=8)
        self.hide()

    def show_days(self, days: Sequence[UpcomingEvent]) -> None:
        """Show a panel for each event, earliest first; unchanged ones keep the focus."""
        if [panel.day for panel in self.panels] == list(days):
            # The focus may be on its check-in button.
            return
        for panel in self.panels:
            panel.hide()
            panel.deleteLater()
        # With two events on one day the key would be ambiguous.
        self.panels = [EventPanel(day, calls_key=CALLS_KEY if len(days) == 1 else "") for day in days]
        for panel in self.panels:
            panel.link_clicked.connect(self.link_clicked)
            panel.absence_asked.connect(self.absence_asked)
            panel.show_texts(short=self._short)
            self._column.addWidget(panel)
        self.setVisible(bool(days))

    def fold(self, *, short: bool) -> None:
        """Show the texts shortened (``short``, in a window that is not wide) or in full."""
        self._short = short
        for panel in self.panels:
            panel.show_texts(short=short)


class EventPanel(Panel):
    """The panel of one event.

    Signals: ``link_clicked(Route)`` a button; ``absence_asked(int)`` record an absence.
    """

    link_clicked = Signal(object)
    absence_asked = Signal(int)

    def __init__(self, day: UpcomingEvent, *, calls_key: str):
        super().__init__(day.when_words, tone="accent")
        self.day = day
        self.name = wrapped_label(day.title, "h2")
        line = in_row((KindSquare(day.kind, side=20), 0, Qt.AlignmentFlag.AlignVCenter), (self.name, 1), spacing=8)
        self.put(line)
        self.calls = Button(f"{_CALLS_LABEL} {calls_key}".strip(), lambda: self.link_clicked.emit(route_to(day.calls)))
        self.papers = Button(route_to(day.documents).label, lambda: self.link_clicked.emit(route_to(day.documents)))
        self.absence = Button("欠席連絡 F4", lambda: self.absence_asked.emit(day.event_id))
        acts = [self.papers, self.absence, self.calls]
        self.door: Button | None = None
        if day.check_in is not None:
            door = route_to(day.check_in)
            self.door = main_button(door.label, lambda: self.link_clicked.emit(door))
            acts.insert(0, self.door)
        self.words = Paragraph()
        self.put(self.words, FlowRow(*acts))
        self.show_texts(short=False)

    def show_texts(self, *, short: bool) -> None:
        """Show place and printed documents, in few words if ``short``."""
        day = self.day
        self.words.show_text(f"{day.place_words}\n{day.printed_words if short else day.backup_print_words}")
        self.words.setToolTip(day.backup_print_words if short else "")
        self.words.setAccessibleDescription(day.backup_print_words if short else "")


class NextEventCard(Panel):
    """The next event, with buttons for telephone calls.

    Signals: ``opened(int)`` its button; ``application_asked(int)``, ``absence_asked(int)`` for a caller.
    """

    opened = Signal(int)
    application_asked = Signal(int)
    absence_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__("つぎの実施回", tone="accent")
        self._event_id = 0
        self._square = KindSquare(side=20)
        self._name = wrapped_label("", "h2")
        self.put(in_row((self._square, 0, Qt.AlignmentFlag.AlignTop), (self._name, 1), spacing=8))
        self._where = wrapped_label()
        self._numbers = Paragraph()
        self.button = inline_button("開く", lambda: self.opened.emit(self._event_id))
        foot = in_row((self._numbers, 1), self.button, spacing=8)
        self.application = inline_button("電話の申込 F9", lambda: self._emit_event(self.application_asked))
        self.absence = inline_button("欠席連絡 F4", lambda: self._emit_event(self.absence_asked))
        self._calls = FlowRow(self.application, self.absence)
        self.put(self._where, foot, self._calls)

    @property
    def event_id(self) -> int:
        """Return the event shown, 0 = none."""
        return self._event_id

    def _emit_event(self, asked: SignalInstance) -> None:
        if self._event_id:
            asked.emit(self._event_id)

    def show_event(self, event: NextEvent | None, waiting: str) -> None:
        """Show the event, or that none is planned, and below it those that wait for another day (``waiting``)."""
        for part in (self._square, self._name, self.button, self._where, self._calls):
            part.setVisible(event is not None)
        self.note.setText(event.days_words if event else "")
        self._event_id = event.event_id if event else 0
        if event is None:
            none = "これから実施する回で、日付の決まっているものはありません。"
            self._numbers.show_text(join_nonempty(none, waiting, separator="\n"))
            return
        self._square.show_kind(event.kind)
        self._name.setText(f"{event.date_words} {event.title}")
        self._where.setText(f"{event.time_words}　{event.venue_words or '会場未定'}")
        numbers = f"{event.people_word} **{event.people_words}**　{event.prepared_words}"
        self._numbers.show_text(join_nonempty(numbers, waiting, separator="\n"))
        self.button.setAccessibleName(f"{event.title}を開く")


class WorkQueueBox(Panel):
    """The box on home with the counts of 資料・報告; to the ward's own the side bar leads, which bears their number.

    Signals: ``asked(str)`` open the list of one state.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("資料・報告")
        self.setToolTip(DEFINITION)
        self.ward, self._passed = label(""), label("", "small")
        self.link = link_button("", lambda: self.asked.emit(WAITING))
        self.outdated = small_label()
        self._waiting_passed = label("", "small")
        self.put(widget_row(self.ward, self._passed, None), self.outdated)
        self.put(widget_row(self.link, self._waiting_passed, None))
        self.outdated.hide()

    def show_counts(self, turns: WorkQueue) -> None:
        """Show the counts of the list."""
        self.ward.setText(f"{WARD} {turns.count(WARD)}件")
        self.link.set_words(f"{WAITING} {turns.count(WAITING)}件")
        self._passed.setText(fill_nonempty("期限を過ぎた {}", turns.overdue_count(WARD)))
        self._waiting_passed.setText(fill_nonempty("期限を過ぎた {}", turns.overdue_count(WAITING)))
        self.outdated.setText(f"{WARD}のうち {OUTDATED} {turns.outdated_count}" if turns.outdated_count else "")
        self.outdated.setVisible(turns.outdated_count > 0)


class _Sample(ProgressBlocks):
    """One block of the legend; emits no signals."""

    def __init__(self, state: str):
        super().__init__((state,))
        fix_size(self)

    def sizeHint(self) -> QSize:
        """Return the size of a small block."""
        return QSize(14, 10)


def _side_by_side(*parts: QWidget) -> QWidget:
    pair = QWidget()
    line = in_row(owner=pair, spacing=8)
    for part in parts:
        line.addWidget(part)
    return pair


class YearProgress(Panel):
    """How many events of the year were held: the number, then a block for each (filled 実施済, outlined 予定, dashed
    日程未定).
    """

    def __init__(self) -> None:
        super().__init__("進み具合", note="仕様書の回数に対して")
        self._lines: list[tuple[QLabel, ProgressBlocks]] = []

    def show_progress(self, progress: Sequence[Progress]) -> None:
        """Show number and blocks of each kind, in the order given.

        The lines are built at the first call; later ones must have the same kinds.
        """
        if not self._lines:
            self._build(progress)
        for each, (number, blocks) in zip(progress, self._lines, strict=True):
            number.setText(str(each.done))
            blocks.show_states(blocks_of(each.done, each.planned + each.past, each.undecided))

    def _build(self, progress: Sequence[Progress]) -> None:
        for each in progress:
            number = label("", "h2", figure=True)
            blocks = ProgressBlocks(name=each.name)
            # Side by side where both fit, else one below the other.
            self.put(
                FlowRow(
                    _side_by_side(KindSquare(each.kind), label(each.name)),
                    _side_by_side(number, label(f"/ {each.spec_words}")),
                    at_end=1,
                ),
                blocks,
            )
            self._lines.append((number, blocks))
        legend = in_row(spacing=6)
        for state, words in (("done", "実施済"), ("planned", "予定"), ("open", "日程未定")):
            add(legend, _Sample(state), label(words, "small"), 8)
        legend.addStretch(1)
        self.put(legend)
        layout_now(self)


# The breakpoints of the style, less the side bar at that width.
_WIDE = t.FOLD_WIDE - t.SIDE_BAR
_NARROW = t.FOLD_NARROW - t.SIDE_BAR_NARROW
_RIGHT_WIDE = 310
_RIGHT = 256


class HomeScreen(Screen):
    """The home screen; in a narrow window (``FOLD_NARROW``) its parts become tabs. Signals: none."""

    def __init__(self, app_context: AppContext):
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
        self._left, left = _column((0, 8, 0, t.PAGE_Y), 16)
        self._right, self._right_page = _column((0, 8, 0, 4), 12)
        wide = row_of((left, 1), self._right_page, spacing=20, margins=(t.PAGE_X, 0, t.PAGE_X, 0))
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
        self.due.list_button.chosen.connect(lambda: self.open_link(route_to(ActionLink("団体の一覧を取り込む"))))
        self.due.own.chosen.connect(self._show_self_managed)
        self.due.changes.chosen.connect(lambda: self.go("changes"))
        self.due.waiting_asked.connect(lambda: self.go("turns", turn=WAITING))
        self.due.week_asked.connect(lambda: self.go("documents", kind=WEEK))
        self.due.away_asked.connect(self._go_away)
        self.due.back_asked.connect(lambda absence_id: self.run_action(end_absence, absence_id=absence_id))
        self.turns.asked.connect(lambda turn: self.go("turns", turn=turn))
        self.next_event.opened.connect(self._open_event)
        self.next_event.application_asked.connect(self._enter_application)
        self.next_event.absence_asked.connect(self._note_absence)
        self.day.absence_asked.connect(self._note_absence)
        # For telephone calls while home is shown: one key each, as in the list of participants.
        # For the whole window, so that they work wherever the focus is while home is visible.
        for keys, button in (("F9", self.next_event.application), ("F4", self.next_event.absence)):
            on_key(self, keys, button.click)
        on_key(self, CALLS_KEY, self._open_calls)
        self.day.link_clicked.connect(self.open_link)

    def open_with(self, *, tab: int | None = None, wishes: int = 0, act: str = "", **_more: Any) -> None:
        """Choose the ``tab`` of a narrow window; ``act`` opens the dialog of 留守.

        ``wishes`` is how often a new event was asked for (``view_state``).
        """
        self._wishes = max(wishes, self._wishes)
        if act and self.may_write:
            self._go_away()
        if tab is not None:
            self.tabs.choose(tab)

    def view_state(self) -> dict[str, Any]:
        """Return the selected tab, to restore it later."""
        return {"tab": self.tabs.current(), "wishes": self._wishes}

    def reload(self) -> None:
        """Read the home screen, and how many changes there were since yesterday."""
        self.run_read(self._show, read_home, today=self.today, fiscal_year=self.fiscal_year)
        since = self.today - timedelta(days=1)
        self.run_read(self.due.show_change_count, count_changes, since=since)

    def open_link(self, link: Route) -> None:
        """Open the target of a row's button, 年度の期日 and 完了・検査・支払 in the year of the row."""
        if link.screen_name in ("year", "completion"):
            self._show_year_of(link)
        self.follow(link)

    def _show_year_of(self, link: Route) -> None:
        """Choose the fiscal year of the row that has this link as the year shown in the window, if there is one."""
        rows = (
            (*self._view.rows, *self._view.passed_targets, *self._view.later_rows, *self._view.self_managed)
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
        self.next_event.show_event(view.next_event, view.waiting_words)
        # One box or the other: on its own day the next event is in the day box.
        self.next_event.setVisible(self._narrow or not view.days)
        self.progress.show_progress(view.progress)
        self._focus_first_work()
        self.tabs.set_count(0, len(view.rows))
        self.tabs.set_count(1, view.work_queue.count(WARD))
        self.tabs.set_count(2, view.next_event.date_words.split("(")[0] if view.next_event else None)
        self._day.setText(today_words(view))

    def _focus_first_work(self) -> None:
        """Let the screen's focus go to the check-in button of today's event, else to the list of tasks."""
        door = next((panel.door for panel in self.day.panels if panel.door is not None), None)
        place = door or self.due.table
        if self.focusProxy() is not place:
            self.setFocusProxy(place)
        self.due.table.view.ensure_current_if_focused()

    def _open_event(self, event_id: int) -> None:
        self.go("event", event_id=event_id)

    def _enter_application(self, event_id: int) -> None:
        # Also while a colleague has the write lock: what the caller says is typed, and kept until the lock is free.
        DataEntryDialog(self.window(), event_id).open()

    def _note_absence(self, event_id: int) -> None:
        """Open the list of participants, where F4 in a row records an absence."""
        self.open_link(route_to(ActionLink("参加者", event_id=event_id)))

    def _go_away(self) -> None:
        """Open the dialog for who is away, and who acts for him."""
        FormDialog(
            self,
            "留守にする",
            main="記録する",
            text="その人の名前のある宿題や応対メモの行が、そのあいだ代わりの人の行として並びます。元の記録は変えません。",
            fields=record_fields(Absence, "person", "colleague", "begins_on", "until"),
            values={"person": self.app_context.user_name, "begins_on": self.today},
            change=lambda typed: bind_action(record_absence, **typed),
            near=self.today,
        ).open()

    def _add_event(self) -> None:
        """Go to the list of events with the dialog for a new event open."""
        self._wishes += 1
        self.go("events", new=f"home-{self._wishes}")

    def _open_calls(self) -> None:
        """Open the calls of the event in the day box, where the key starts a decision at once.

        Nothing happens if the box has no event, or more than one.
        """
        if len(self.day.panels) == 1:
            way = route_to(self.day.panels[0].day.calls)
            self.go(way.screen_name, **way.arguments, offer=True)

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

    def fit_size(self) -> None:
        """Fold by the available width."""
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
