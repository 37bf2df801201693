"""Head of an event's page: one line with its name and day, and a countdown.

The line does not grow while its words fit: the venue goes into the tooltip first, then the time; name and day are never
cut."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.calendar.dates import short_date, short_date_or
from app.documents.event_phase import EventPhase
from app.event.parts import SAVE_CALENDAR
from app.event.services.event_view import EventView
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, back_arrow, link_button, menu_entry
from app.widgets.keys import on_key
from app.widgets.labels import heading, label
from app.widgets.layouts import add, in_row
from app.window import theme as t

HEAD = 40
_GAP = 8
_SOON = 1


class EventHeader(QWidget):
    """Head of an event's page.

    Signals:
        ``edit_asked()``, ``move_asked()``, ``hold_asked()``, ``duplicate_asked()``, ``calendar_asked()``: the button
        or menu entry was pressed.
        ``place_asked(str)``: a screen about the event, by its name.
        ``restore_asked()``: revoke a 中止, 延期 or change.
    """

    edit_asked = Signal()
    move_asked = Signal()
    hold_asked = Signal()
    place_asked = Signal(str)
    restore_asked = Signal()
    duplicate_asked = Signal()
    calendar_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._may_cancel = True
        self._said_below = False
        self._may_restore = False
        self._fitting = False
        self._day = self._time = self._place = ""
        self.back = back_arrow()
        self.square = KindSquare(side=24)
        self.title = heading("")
        self.move_button = Button(
            "日付を変える", self.move_asked.emit, kind="link", icon_name="pencil-simple", key="Alt+M"
        )
        on_key(self.move_button, self.move_button.key, self.move_button.click)
        self.move_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.move_button.setProperty("strong", True)
        self.badge = Badge("実施済")
        self.days = label("", "warned")
        go = self.place_asked.emit
        self.where = link_button("", partial(go, "venues"))
        self.where.setProperty("role", "small")
        self.restore = Button("中止を取り消す", self.restore_asked.emit)
        self.cancel = Button("中止・変更の連絡", partial(go, "calls"), icon_name="phone", key="F8")
        # Enter on it would begin a cancellation, so the keyboard reaches it only in the menu 「…」.
        self.cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more = Button("ほかの操作", kind="icon", icon_name="dots-three")
        menu = QMenu(self.more)
        self.edit = menu_entry(menu, "内容を変える\tF2", self.edit_asked.emit)
        self.move_action = menu_entry(menu, "日付を変える", self.move_asked.emit)
        self.cancel_action = menu_entry(menu, "中止・変更の連絡を開く\tF8", partial(go, "calls"))
        self.restore_action = menu_entry(menu, "中止を取り消す", self.restore_asked.emit)
        self.restore_action.setVisible(False)
        self.numbers = menu_entry(menu, "数字の食い違い検査を開く", partial(go, "numbers"))
        self.booking = menu_entry(menu, "会場の予約を開く", partial(go, "venues"))
        self.changes = menu_entry(menu, "変更の履歴を見る\tCtrl+H", partial(go, "changes"))
        self.presentations = menu_entry(menu, "事例発表の依頼と承諾を開く", partial(go, "presentations"))
        self.hold = menu_entry(menu, "記録を保留にする", self.hold_asked.emit)
        self.past = menu_entry(menu, "その日の状態を見る", partial(go, "past"))
        self.calendar = menu_entry(menu, SAVE_CALENDAR, self.calendar_asked.emit)
        self.duplicate = menu_entry(menu, "複写して新しい実施回にする", self.duplicate_asked.emit)
        self.more.setMenu(menu)
        self._line = in_row(owner=self, spacing=_GAP, margins=(t.PAGE_X, 0, t.PAGE_X, 0))
        for part in (self.back, self.square, self.title, self.move_button, self.badge, self.days):
            self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        add(self._line, (self.where, 0, Qt.AlignmentFlag.AlignVCenter), None)
        for part in (self.restore, self.cancel, self.more):
            self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(t.scaled(HEAD))

    def show_view(self, view: EventView, today: date) -> None:
        """Show an event's name, day, place and state, the buttons that its state allows, and its next task."""
        event = view.event
        planned = event.status.is_planned
        dated = event.event_date is not None
        self.square.show_kind(event.kind)
        self.title.setText(view.title)
        self._day = short_date_or("日程を決める", event.event_date, today)
        self._time = view.time_words if dated else ""
        act = "日付を変える" if dated else "日程を決める"
        self.move_button.setAccessibleName(act)
        long_day = f"{view.date_words} {view.time_words}" if dated else view.date_words
        self.move_button.setToolTip("\n".join((long_day, view.venue_words, *((act,) if planned else ()))))
        self.move_button.setAccessibleDescription(f"{long_day}　{view.venue_words}")
        self.move_button.setEnabled(planned)
        self.move_action.setText(f"{act}\tAlt+M")
        self.move_action.setVisible(planned)
        self.edit.setVisible(event.status.counts)
        self.presentations.setVisible(event.form.recruits)
        self.badge.setVisible(view.phase is not EventPhase.PLANNED)
        self.badge.show_status(view.phase, view.state_words)
        self.days.setText(view.days_words)
        self._place = view.place_words or "会場未定"
        self.where.setText(self._place)
        self.where.setToolTip("会場の予約を開きます")
        self.where.setAccessibleName(f"会場の予約を開く　{self._place}")
        # A cancelled event still has people to call.
        self._may_cancel = planned or event.status.is_cancelled
        self.cancel_action.setVisible(self._may_cancel)
        self._may_restore = bool(view.revocable_change)
        words = f"{view.revocable_change}を取り消す"
        self.restore.set_words(words)
        self.restore_action.setText(words)
        self.restore_action.setVisible(self._may_restore)
        self.fit()

    def set_countdown_elsewhere(self, is_shown: bool) -> None:
        """Set whether the days left are shown beside the tabs, so that they are shown only once."""
        if is_shown != self._said_below:
            self._said_below = is_shown
            self.fit()

    def disable_changes(self, reason: str) -> None:
        """Disable changing, moving, restoring, copying and the calendar; ``reason`` is the tooltip of two buttons."""
        for part in (self.move_button, self.restore):
            part.setEnabled(False)
            part.setToolTip(reason)
        for act in (self.edit, self.move_action, self.restore_action, self.duplicate, self.calendar):
            act.setEnabled(False)

    def fit(self) -> None:
        """Hide what does not fit: the venue, then the time, then 中止・変更の連絡, at last 中止を取り消す (or 延期を…).

        The buttons remain in the menu 「…」.
        """
        # Showing or hiding a part may trigger a new layout before all of them are set.
        if self._fitting:
            return
        self._fitting = True
        narrow = t.is_narrow(self.width())
        room = self.width() - 2 * t.PAGE_X
        for tries in (
            self._show_all_parts,
            self._hide_venue,
            self._hide_time,
            self._shrink_title,
            self._hide_cancel_button,
            self._wrap_title,
            self._hide_restore_button,
        ):
            tries(narrow)
            if self._needed_width() <= room:
                break
        self._fitting = False

    # from the fullest layout to the shortest

    def _show_all_parts(self, narrow: bool) -> None:
        """Show every part of the header that has something to show."""
        self.where.setVisible(bool(self.where.text()))
        self.days.setVisible(narrow and not self._said_below and bool(self.days.text()))
        self.cancel.setVisible(self._may_cancel)
        self.restore.setVisible(self._may_restore)
        self.move_button.setText(f"{self._day} {self._time}".strip())
        self._write_title("h1", wrap=False)

    def _hide_venue(self, _narrow: bool) -> None:
        self.where.hide()

    def _hide_time(self, _narrow: bool) -> None:
        self.move_button.setText(self._day)

    def _shrink_title(self, _narrow: bool) -> None:
        self.days.hide()
        self._write_title("h2", wrap=False)

    def _hide_cancel_button(self, _narrow: bool) -> None:
        self.cancel.hide()

    def _wrap_title(self, _narrow: bool) -> None:
        self._write_title("h2", wrap=True)

    def _hide_restore_button(self, _narrow: bool) -> None:
        self.restore.hide()

    def _write_title(self, role: str, *, wrap: bool) -> None:
        """Show the title in this role of letters, wrapped or on one line."""
        self.title.setWordWrap(wrap)
        self._line.setStretch(self._line.indexOf(self.title), 1000 if wrap else 0)
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            self.title.style().unpolish(self.title)
            self.title.style().polish(self.title)

    def _needed_width(self) -> int:
        """Return the width that the parts now shown need side by side."""
        shown = [
            part
            for number in range(self._line.count())
            if (item := self._line.itemAt(number)) is not None and (part := item.widget()) is not None
            if not part.isHidden()
        ]
        wide = sum(self._title_width() if part is self.title else part.sizeHint().width() for part in shown)
        return wide + _GAP * len(shown)

    def _title_width(self) -> int:
        """Return the width of the title; if it wraps, the width that two lines need."""
        whole = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 4
        return whole * 5 // 9 if self.title.wordWrap() else self.title.sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """Return less than the width of the words, so that the head does not widen the window."""
        return QSize(320, t.scaled(HEAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose again what fits the width."""
        super().resizeEvent(event)
        self.fit()


class CountdownLine(QWidget):
    """Countdown, amber on the day before and the day, at the right end of the row of tabs.

    Signals: ``visibility_changed(bool)`` it was shown or hidden, depending on the room.
    """

    visibility_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._what = label("", "small")
        self.words = label("", "strong")
        self.about = label("", "small")
        """What the next deadline is about, to be placed left of the line where there is room."""
        line = in_row(owner=self, spacing=_GAP)
        for part in (self._what, self.words):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_view(self, view: EventView, today: date) -> None:
        """Show the days left until a planned event, else its next deadline, else nothing."""
        coming = view.next_task
        self.about.setText(coming.detail if coming is not None and not view.days_words else "")
        if view.days_words:
            self._show_text(
                "実施日" if view.days_words == "本日" else "実施まで", view.days_words, warned=_is_near(view, today)
            )
        elif coming is not None:
            late, soon = coming.bucket == "期限超過", coming.days_left <= _SOON
            self._show_text(
                f"{coming.label} {short_date(coming.due, today)}", coming.state_words, warned=soon, late=late
            )
        else:
            self._show_text("", "")

    def showEvent(self, event: QShowEvent) -> None:
        """Emit ``visibility_changed`` with True, as there is room for the line."""
        super().showEvent(event)
        self.visibility_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Emit that there is no room for it, unless the whole page is hidden."""
        super().hideEvent(event)
        self.visibility_changed.emit(not self.isHidden())

    def _show_text(self, what: str, words: str, *, warned: bool = False, late: bool = False) -> None:
        """Show ``what`` and the bold ``words``, ``late`` in the look of a difference, else ``warned`` as a warning."""
        self._what.setText(what)
        self.words.setText(words)
        role = "differs" if late else "warned" if warned else "strong"
        self.words.setProperty("role", role)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)


def _is_near(view: EventView, today: date) -> bool:
    """Return whether the event is soon or past; False without a day."""
    day = view.event.event_date
    return day is not None and (day - today).days <= _SOON
