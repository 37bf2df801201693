"""Tab 参加者 of one event: the list with the headcount below it, and 人数連絡 in place of the list when opened."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.events.headcount.screens.count_panel import CountPanel
from app.events.headcount.services import HeadcountView, read_headcount
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, link_button
from app.widgets.layouts import add, column_of, in_row
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen, page_column
from app.window import theme as t
from app.window.app_context import AppContext

COUNTS = "人数連絡"
"""Name of the part 人数連絡 in links."""


def _due_words(view: HeadcountView) -> str:
    """Return 「12/3(木)まで あと2日」 while the notification is open, else ""."""
    task = view.task
    if task is None or task.completed_on is not None:
        return ""
    day = short_date(task.due) if task.due else task.provisional_words
    return f"{day}まで　{task.state_words}"


def _notice_words(view: HeadcountView) -> str:
    """Return 「第1報 17人 連絡済 9/18(金)」 of the newest notice, and that it changed since; or that none is."""
    if not view.notices:
        return "連絡書はまだありません"
    newest = view.notices[-1]
    said = f"{newest.title} {newest.notice.people}人　{newest.state}"
    return f"{said}　連絡したあとに変わりました" if view.is_changed_since_notice else said


class ParticipantsTab(Screen):
    """Tab 参加者 of one event: its list, or 人数連絡 in its place. Signals: none.

    The acts of the list stand in the action bar with the door to 人数連絡, the first two before it.

    ``open_with`` takes the event and the arguments of the list; ``focus_part("人数連絡")`` shows the numbers.
    """

    def __init__(self, app_context: AppContext, *, list_screen: Screen):
        """Create the tab; ``list_screen`` is the list of participants, made by its subject."""
        super().__init__(app_context)
        self._event_id = 0
        self.listed = list_screen
        self.open = Button("人数連絡を開く", lambda: self.focus_part(COUNTS))
        self._is_wanted = False
        self.bar = ActionBar(app_context)
        # The door stands behind the act that records at once, which keeps its place when the first one is done.
        self.bar.put(*list_screen.bar_buttons[:2], self.open, *list_screen.bar_buttons[2:])
        for button in list_screen.bar_buttons[:1]:
            button.offer_changed.connect(self._fill)
        first = column_of((list_screen, 1), self.bar, spacing=0)
        self._pages = PageLayout(self)
        self._pages.addWidget(first)
        self._first = first

    @cached_property
    def counts(self) -> CountPanel:
        """Return the part 人数連絡, built when first used."""
        made = CountPanel(self.app_context, embedded=True)
        made.open_with(event_id=self._event_id)
        return made

    @cached_property
    def _count_page(self) -> QWidget:
        """Return the page with the numbers, built when it is first shown."""
        made = QWidget()
        column = page_column(made, spacing=0)
        column.setContentsMargins(0, 8, 0, 0)
        self.back = link_button("‹ 参加者の一覧に戻る", self.show_list)
        add(column, in_row(self.back, None, margins=(t.PAGE_X, 0, t.PAGE_X, 0)), (self.counts, 1))
        self._pages.addWidget(made)
        return made

    def open_with(self, **arguments: Any) -> None:
        """Show the event; for another one, or with an ``entry_id``, the list is shown first."""
        event_id = int(arguments.get("event_id") or 0)
        if event_id != self._event_id:
            self._event_id = event_id
            self._pages.setCurrentWidget(self._first)
            if "counts" in vars(self):
                self.counts.open_with(event_id=event_id)
        self.listed.open_with(**arguments)
        if arguments.get("entry_id"):
            self._pages.setCurrentWidget(self._first)
        if self.listed.isVisible():
            self.listed.refresh()
        else:
            self.listed.mark_stale()

    def view_state(self) -> dict[str, Any]:
        """Return the event with the state of the list."""
        return {**self.listed.view_state(), "event_id": self._event_id}

    def focus_part(self, part: str, /) -> None:
        """Show 人数連絡 and focus it for typing, or show the list and focus the given part of it."""
        if part == COUNTS:
            self.show_counts()
            self.counts.focus_work_area()
        else:
            self.show_list()
            self.listed.focus_part(part)

    def show_counts(self) -> None:
        """Show the numbers."""
        self._pages.setCurrentWidget(self._count_page)
        self.counts.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Show the list again."""
        self._pages.setCurrentWidget(self._first)
        self.listed.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the headcount; the list reads by itself."""
        if self._event_id:
            self.run_read(self._show, read_headcount, event_id=self._event_id, today=self.today)

    def _show(self, view: HeadcountView) -> None:
        if view.event_id != self._event_id:
            return
        totals = view.totals
        typed = "" if view.from_roster else "（入力した数）"
        people = f"**人数連絡　計 {totals.people}人・{totals.organisations}団体{typed}**"
        self.bar.show_words(join_nonempty(people, _due_words(view), _notice_words(view)))
        makes = bool(view.next_kind) and self.may_write and (view.draft is None or view.is_draft_outdated)
        self._is_wanted = makes or (view.draft is not None and self.may_write)
        self.open.set_words(f"{view.next_kind}を作成する" if makes else "人数連絡を開く")
        self._fill()

    def _fill(self) -> None:
        """Fill the button of 人数連絡 where it is next, behind the step of the list."""
        before = any(button.is_offered for button in self.listed.bar_buttons[:1])
        self.open.set_filled(self._is_wanted and not before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return from the numbers to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is not self._first:
            self.show_list()
            return
        super().keyPressEvent(event)
