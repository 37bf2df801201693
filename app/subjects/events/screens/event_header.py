"""The head of one event: where one came from, title, day, how far it is, and the acts on the whole event."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.subjects.events.services.event_view import EventView
from app.widgets.badge import Badge
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.kind_square import KindSquare
from app.widgets.labels import heading, label
from app.widgets.note_box import NoteBox
from app.window import theme as t

_NARROW = 1000
_BADGES = {"実施済": "実施済", "中止": "中止", "協議中": "協議中", "準備完了": "済"}


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
