"""One event: its head (where one came from, title, day, how far), 概要, and the tabs other subjects hand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.main_window.navigation import EventTab, known_word
from app.main_window.ways import WayThere
from app.saved import Saved
from app.subjects.events.screens.event_dialog import EventDialog
from app.subjects.events.screens.move_dialog import MoveDialog
from app.subjects.events.screens.overview import Overview
from app.subjects.events.services.event_cancellation import restore_event
from app.subjects.events.services.event_changes import duplicate_event
from app.subjects.events.services.event_view import EventView, read_event
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.marks import Badge, KindSquare
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, only_for_writing
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.desk import Desk, with_store

_NARROW = 1000
_BADGES = {"実施済": "実施済", "中止": "中止", "協議中": "協議中", "準備完了": "済"}
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


class EventHeader(QWidget):
    """The head.

    Signals: ``back_asked()``; ``edit_asked()``; ``move_asked()``; ``cancel_asked()``; ``restore_asked()``;
    ``duplicate_asked()``; ``papers_asked()``.
    """

    back_asked = Signal()
    edit_asked = Signal()
    move_asked = Signal()
    cancel_asked = Signal()
    restore_asked = Signal()
    duplicate_asked = Signal()
    papers_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = label("", "small")
        self.square = KindSquare("講習会", side=24)
        self.title = heading("")
        self.day = label("")
        self.badge = Badge("準備")
        self.where = label("", "second", wrap=True)
        self.where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.edit = Button("内容を変える", self.edit_asked.emit, icon_name="pencil-simple")
        self.move_button = Button("日付を変える", self.move_asked.emit, icon_name="calendar-plus")
        self.cancel = Button("中止・変更の連絡", self.cancel_asked.emit, kind="danger", icon_name="phone")
        self.restore = Button("中止を取り消す", self.restore_asked.emit)
        self.papers = Button("当日資料一式を作成", self.papers_asked.emit, kind="main", icon_name="printer")
        self.more = Button("ほかの操作", kind="icon", icon_name="dots-three")
        menu = QMenu(self.more)
        menu.addAction("複写して新しい実施回にする", self.duplicate_asked.emit)
        self.more.setMenu(menu)
        self.cancelled = NoteBox(tone="red")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(t.PAGE_X, 10, t.PAGE_X, 4)
        column.setSpacing(6)
        acts = (self.edit, self.move_button, self.cancel, self.restore, self.papers, self.more)
        back = link_button("事業・日程", self.back_asked.emit)
        first = FlowRow(back, label("›", "small"), self.month, *acts, at_end=len(acts))
        self._second = QHBoxLayout()
        self._second.setSpacing(10)
        self._third = QHBoxLayout()
        self._third.setSpacing(10)
        column.addWidget(first)
        column.addLayout(self._second)
        column.addLayout(self._third)
        column.addWidget(self.cancelled)
        self._fold(narrow=False)

    def _fold(self, *, narrow: bool) -> None:
        """Where the room is short, day and venue stand on a line of their own and a long title wraps."""
        self._narrow = narrow
        middle = Qt.AlignmentFlag.AlignVCenter
        self.title.setWordWrap(narrow)
        self._second.addWidget(self.square, 0, middle)
        self._second.addWidget(self.title, 1 if narrow else 0)
        if narrow:
            self._second.addWidget(self.badge, 0, middle)
            self._third.addWidget(self.day, 0, middle)
            self._third.addWidget(self.where, 1)
        else:
            self._second.addWidget(self.day, 0, middle)
            self._second.addWidget(self.badge, 0, middle)
            self._second.addWidget(self.where, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width at hand."""
        super().resizeEvent(event)
        narrow = t.unscaled(self.width()) < _NARROW
        if narrow != self._narrow:
            self._fold(narrow=narrow)

    def show_view(self, view: EventView, today: date) -> None:
        """Show an event."""
        event = view.event
        day = event.event_date
        self.month.setText(f"{day.month}月" if day is not None else "日程未定")
        self.square.show_kind(event.kind)
        self.title.setText(view.title)
        self.day.setText(f"{view.date_words} {view.time_words}" if day is not None else view.date_words)
        state = view.state_words
        words = f"{state}　{view.days_words}".strip("　") if event.status == "予定" else state
        self.badge.show_status(_BADGES.get(state, "準備"), words)
        self.where.setText(view.venue_words)
        planned = event.status == "予定"
        self.move_button.set_words("日付を変える" if day is not None else "日程を決める")
        self.edit.setVisible(event.status != "中止")
        self.move_button.setVisible(planned)
        # A cancelled event still has people to call.
        self.cancel.setVisible(event.status != "実施済")
        self.papers.setVisible(planned and day is not None)
        self.restore.setVisible(event.status == "中止")
        reason = event.cancel_reason or "理由は記録されていません"
        self.cancelled.say(f"**中止**　{reason}" if event.status == "中止" else "")
        self._short(day, today)

    def _short(self, day: date | None, today: date) -> None:
        """After the day the papers of the day are no longer the thing to do."""
        if day is not None and day < today:
            self.papers.hide()
