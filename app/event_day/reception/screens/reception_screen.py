"""Screen 受付 on the laptop at the entrance: a number and Enter checks a person in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty
from app.common.number_lists import numbers_words
from app.event_day.reception.parts import ClosingDialog
from app.event_day.reception.screens.check_in_header import CheckInField, CheckInHeader
from app.event_day.reception.screens.check_in_list import CarePopup, CheckInList, ListHeading, told_row
from app.event_day.reception.screens.check_in_message import CheckInMessage
from app.event_day.reception.screens.check_in_sidebar import (
    LATE_KEY,
    NAME_KEY,
    SUBSTITUTE_KEY,
    CheckInSidebar,
    CheckInSummaryLine,
    check_in_counts,
)
from app.event_day.reception.screens.person_dialogs import EntryNameDialog, WalkInDialog
from app.event_day.reception.services import (
    AttendanceClosing,
    CheckInRow,
    Reception,
    ScannedPlace,
    is_being_scanned,
    mark_absent,
    matching_rows,
    note_late,
    parse_number,
    read_closing,
    read_reception,
    receive,
    scanned_place,
    undo_check_in,
)
from app.events.arrangements.services import set_photo_consent
from app.events.roster.parts import SubstituteDialog
from app.events.roster.services.roster import assign_roster_numbers
from app.events.tablets.services import hand_out, lend_spare, note_returned
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.keys import on_key
from app.widgets.labels import key_cap
from app.widgets.layouts import in_column, in_row
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, in_scroll_area
from app.window import theme as t
from app.window.announce import announce
from app.window.app_context import AppContext, bind_action
from app.window.icons import icon
from db.records.roster import PhotoConsent

_WIDE_SIDE, _SIDE = 294, 262


class RowMenu(QObject):
    """Opens the menu of a row in the check-in list.

    Signals: ``name_asked(object)`` name the ``CheckInRow``; ``substitute_asked(object)`` enter a 代理 for it.
    """

    name_asked = Signal(object)
    substitute_asked = Signal(object)

    def __init__(self, app_context: AppContext, owner: Screen):
        super().__init__(owner)
        self._app_context = app_context
        self._owner = owner
        self.menu = QMenu(owner)

    def open_for(self, row: CheckInRow, reception: Reception, position: QPoint) -> None:
        """Fill the menu for ``row`` and show it at ``position`` on the screen."""
        self.menu.clear()
        if row.state in ("受付済", "欠席"):
            self._add_item("未受付に戻す", bind_action(undo_check_in, entry_id=row.entry_id))
        if row.state == "未受付":
            named = self.menu.addAction("代理の方を受け付ける", lambda: self.substitute_asked.emit(row))
            named.setShortcut(QKeySequence(SUBSTITUTE_KEY))
        if row.state in ("未受付", "受付済"):
            words = (
                ("遅刻を取り消す" if row.is_late else "遅刻にする")
                if row.state == "受付済"
                else ("遅刻の連絡を取り消す" if row.is_late else "遅刻の連絡を記録する")
            )
            late = bind_action(note_late, entry_id=row.entry_id, late=not row.is_late)
            self._add_item(words, late, key=LATE_KEY)
        if row.state == "未受付":
            self._add_item("欠席にする", bind_action(mark_absent, entry_id=row.entry_id))
        if row.is_unnamed:
            named = self.menu.addAction("氏名を入れる", lambda: self.name_asked.emit(row))
            named.setShortcut(QKeySequence(NAME_KEY))
        if row.loan_id is not None and row.is_tablet_handed_out and not row.is_tablet_returned:
            self._add_item(
                f"タブレット{row.tablet}番が返却された",
                bind_action(note_returned, loan_ids=[row.loan_id]),
            )
        spares = reception.tablets.spare - reception.tablets.spare_handed_out
        if not row.tablet and spares > 0:
            self._add_item(
                f"予備のタブレットを渡す（残り{spares}台）",
                bind_action(lend_spare, entry_id=row.entry_id),
            )
        words = "撮影可にする" if row.is_photo_refused else "撮影不可にする"
        photo = PhotoConsent.GIVEN if row.is_photo_refused else PhotoConsent.REFUSED
        self._add_item(words, bind_action(set_photo_consent, entry_ids=[row.entry_id], photo=photo))
        self.menu.popup(position)

    def _add_item(self, words: str, change: Callable[[ActionContext], object], *, key: str = "") -> None:
        action = self.menu.addAction(words)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _on=False: self._owner.run_change(change))


class ReceptionScreen(Screen):
    """Check-in of one event: a number and Enter is enough; everything else is one key away. Signals: none.

    ``open_with(event_id=…)``. It has the window to itself; 「受付を閉じる」 and Alt+← return.
    """

    is_full_window = True
    keeps_lock = True
    can_open_roster = True
    """False where there is no other screen to open (当日モード)."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id: int | None = None
        self.door: Reception | None = None
        self._since: int | None = None
        self._numbered: set[int] = set()
        self._under_way: set[int] = set()
        self._receiving: set[int] = set()
        self._asked = 0
        self._next: int | None = None
        self._before_typing: CheckInRow | None = None
        self.head = CheckInHeader(app_context, "受付", "受付を閉じる")
        self.paper_button = Button("紙の名簿から出欠", lambda: self.go("attendance", event_id=self._event_id))
        self.paper_button.hide()
        self.bar = ActionBar(app_context)
        self.bar.put(self.head.end_button, self.paper_button)
        self.field = CheckInField("番号、または ふりがな")
        self.walk_in_button = _KeyButton("当日受付を加える", "F2", "user-plus", self.add_walk_in, accent=True)
        self.undo_button = _KeyButton("元に戻す", "Ctrl+Z", "arrow-u-up-left", self.undo)
        self.strip = CheckInSummaryLine()
        self.message = CheckInMessage()
        self.list = CheckInList()
        self.empty = EmptyState()
        self.side = CheckInSidebar()
        self.care = CarePopup(app_context, self.list.viewport())
        self.menu = RowMenu(app_context, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the field, the list and the numbers."""
        left = in_column(
            in_row((self.field, 1), self.walk_in_button, self.undo_button, spacing=12),
            self.strip,
            (self.list, 1),
            (self.empty, 1),
            self.message,
            spacing=3,
        )
        self._right = in_scroll_area(self.side)
        self._across = across = QHBoxLayout()
        across.setContentsMargins(t.PAGE_X, t.PAGE_Y, t.PAGE_X, 8)
        across.setSpacing(24)
        across.addLayout(left, 1)
        across.addWidget(self._right)
        in_column(self.head, (across, 1), self.bar, owner=self, spacing=0)
        self.setFocusProxy(self.field)
        self.empty.hide()
        for own in (self.walk_in_button, self.undo_button, self.paper_button, self.head.end_button):
            own.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _connect(self) -> None:
        """Connect the signals of the field, the list and the head, and the function keys."""
        field, door = self.field, self.list
        field.textChanged.connect(self._on_typed)
        field.row_step_asked.connect(self._step_row)
        field.row_chosen.connect(lambda: self.press_row_button(door.current_row()))
        field.submitted.connect(self._submit)
        field.care_pressed.connect(lambda: self._show_care(door.current_row()))
        field.care_released.connect(self.care.hide_care)
        field.row_undo_asked.connect(self._take_back_current)
        field.menu_asked.connect(self._open_current_menu)
        field.escape_pressed.connect(self.message.clear_rejection)
        door.button_pressed.connect(self.press_row_button)
        door.care_pressed.connect(self._show_care)
        door.care_released.connect(self.care.hide_care)
        door.menu_asked.connect(self._open_menu)
        door.current_changed.connect(lambda row: field.setAccessibleDescription(row.spoken_name if row else ""))
        self.menu.name_asked.connect(self.ask_name)
        self.menu.substitute_asked.connect(self.ask_substitute)
        self.head.end_button.chosen.connect(self.end)
        for key, act in (
            ("F2", self.add_walk_in),
            (NAME_KEY, self._name_current),
            (SUBSTITUTE_KEY, self._substitute_current),
            (LATE_KEY, self._note_late_current),
        ):
            on_key(self, key, act, inside=True)

    # called by the main window

    def open_with(self, *, event_id: int | None = None, since: int | None = None, **_more: Any) -> None:
        """Set the event shown at the next ``reload``; ``since`` comes from ``view_state``."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self.door = None
            self._since = since
            self._next = None
            self.field.reset_input()
            self.message.clear_rejection()

    def view_state(self) -> dict[str, Any]:
        """Return the event, and how far back undo reaches."""
        return {"event_id": self._event_id, "since": self._since}

    def reload(self) -> None:
        """Read and show who is expected and who came; without an event say so."""
        if self._event_id is None:
            self.empty.show_text("受付をする実施回が選ばれていません。", "事業を開く", lambda: self.go("events"))
            self.list.hide()
            self.empty.show()
        else:
            self.run_read(self._show, read_reception, event_id=self._event_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Focus the input field."""
        super().showEvent(event)
        self.field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the 配慮 when the screen is left, so that no private data remains."""
        self.care.hide_care()
        super().hideEvent(event)

    def fit_size(self) -> None:
        """Replace the right column by one line on a narrow window."""
        narrow = t.is_narrow(self.width())
        self._right.setVisible(not narrow)
        self.strip.setVisible(narrow)
        self._right.setFixedWidth(t.scaled(_WIDE_SIDE if self.width() >= t.FOLD_WIDE else _SIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass F8, ↑, ↓ and Esc that were pressed on a button to the input field, which gets the focus."""
        if event.key() in (Qt.Key.Key_F8, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.field.setFocus()
            self.field.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    # actions

    def press_row_button(self, row: CheckInRow | None) -> None:
        """Do the action of a row's button: check in, record name or tablet of a person checked in without, or undo."""
        if row is None or row.entry_id in self._under_way:
            return
        if row.state == "受付済" and row.is_unnamed:
            self.ask_name(row)
        elif row.state == "受付済" and row.waits_for_tablet:
            self._write(bind_action(hand_out, event_id=self._event_id or 0, entry_ids=[row.entry_id]), row)
        elif row.state == "受付済":
            self._write(bind_action(undo_check_in, entry_id=row.entry_id), row)
        else:
            self._receive_or_ask(row)

    def ask_name(self, row: CheckInRow) -> None:
        """Open the dialog that names a place without a name."""
        if self._reject_if_closed():
            return
        dialog = EntryNameDialog(self, row, (row.organisation_id, row.organisation))
        dialog.received_unnamed.connect(self._receive)
        self._open_dialog(dialog)

    def ask_substitute(self, row: CheckInRow) -> None:
        """Open the dialog that checks in a substitute of a person."""
        if not self._reject_if_closed():
            organisation = (row.organisation_id, row.organisation)
            self._open_dialog(SubstituteDialog(self, row.entry_id, row.spoken_name, organisation, receive_now=True))

    def add_walk_in(self) -> None:
        """Open the dialog that adds a person without a place."""
        if self.door is None or self._reject_if_closed():
            return
        spares = self.door.tablets.spare - self.door.tablets.spare_handed_out
        self._open_dialog(
            WalkInDialog(
                self,
                event_id=self.door.event.id,
                event_title=self.door.event.full_title,
                spare_count=spares,
            )
        )

    def _open_dialog(self, dialog: SavingDialog) -> None:
        """Open a dialog and focus the field afterwards."""
        dialog.saved_result.connect(lambda _result: self.field.reset_input())
        dialog.finished.connect(lambda _code: self.field.setFocus())
        dialog.open()

    def _name_current(self) -> None:
        """Open the dialog for the name of the current person, if their place has none; else reject."""
        row = self.list.current_row()
        if row is not None and row.is_unnamed:
            self.ask_name(row)
        else:
            self._reject_input("氏名未定の方を、番号か ↑↓ で選んでから F3 を押してください。")

    def _substitute_current(self) -> None:
        """Open the dialog for the 代理 of the current person, if not checked in; else reject."""
        row = self.list.current_row()
        if row is not None and row.state == "未受付":
            self.ask_substitute(row)
        else:
            self._reject_input("代理の方がいらした未受付の方を、番号か ↑↓ で選んでから F6 を押してください。")

    def _note_late_current(self) -> None:
        """Save the current person as late, or no longer as late; reject where nobody fits."""
        row = self.list.current_row()
        if row is None or row.state not in ("未受付", "受付済"):
            self._reject_input("遅刻の方を、番号か ↑↓ で選んでから F7 を押してください。")
        elif not self._reject_if_closed():  # typed text stays: Enter checks in the person who came late
            self.run_action(note_late, entry_id=row.entry_id, late=not row.is_late)

    def end(self) -> None:
        """Show the totals of the day and ask; if there is nothing to close, leave."""
        if self._event_id is None or self._has_nothing_to_close:
            self._leave()
        else:
            self.run_read(self._ask_to_close, read_closing, event_id=self._event_id)

    @property
    def _has_nothing_to_close(self) -> bool:
        """Return whether the button at the end only leaves: before the day, while reading, and once it is recorded."""
        door, today = self.door, self.today
        if self.app_context.read_only or door is None or door.closed_words or door.day_state(today) == "まだ":
            return True
        return door.day_state(today) == "過ぎた" and door.event.status.is_held

    # internal

    def _step_row(self, step: int) -> None:
        """Make a person further down or up current, and tell a screen reader who it is."""
        self.list.move_current(step)
        self._tell_current()

    def _tell_current(self) -> None:
        """Have the current row spoken: names are said only as the answer to a key."""
        row = self.list.current_row()
        if row is not None and self.field.hasFocus():
            announce(self.field, told_row(row))

    def _tell_counts(self, before: Reception, now: Reception) -> None:
        """Have the numbers spoken when they change; they name nobody."""
        if check_in_counts(now) != check_in_counts(before):
            announce(self, check_in_counts(now))

    def _show(self, reception: Reception) -> None:
        """Show the roster that was read; numbers that are missing are assigned once, which reads it again."""
        first = self.door is None
        if self.door is not None:
            self._tell_counts(self.door, reception)
        self.door = reception
        self.app_context.note_access("受付", event_id=reception.event.id, count=len(reception.rows))
        self._under_way.clear()
        self._receiving.clear()
        open_ = self._can_receive(reception)
        if open_ and reception.unnumbered_count and reception.event.id not in self._numbered:
            self._numbered.add(reception.event.id)
            self.run_action(assign_roster_numbers, event_id=reception.event.id)
        elif self._since is None:
            self._since = reception.last_action
        self.head.show_event(reception.event, self.today, outside=reception.checkout_words)
        self.paper_button.setVisible(self._is_paper_list_next(reception))
        self.head.end_button.set_words("画面を閉じる" if self._has_nothing_to_close else "受付を閉じる")
        self.side.show_reception(reception)
        self.strip.show_reception(reception)
        self.undo_button.setEnabled(self.app_context.can_undo)
        self.walk_in_button.setEnabled(open_)
        self.walk_in_button.setToolTip(self._closed_reason(reception))
        self.message.show_standing_text(self._closed_reason(reception))
        nobody = not reception.rows
        self.empty.show_text(
            "この実施回の名簿には、まだどなたも入っていません。当日受付だけでも受付できます。",
            "参加者を開く" if self.can_open_roster else "",
            lambda: self.go("event", event_id=reception.event.id, tab="参加者"),
        )
        self.empty.setVisible(nobody)
        self.list.setVisible(not nobody)
        self._filter(keep_current=not first)

    def _is_paper_list_next(self, reception: Reception) -> bool:
        """Return whether to show the button to the paper roster: after the day nobody is checked in here."""
        return reception.day_state(self.today) == "過ぎた" and not reception.closed_words

    def _can_receive(self, reception: Reception) -> bool:
        """Return whether check-in is possible: only on the day, as the time of arrival is recorded."""
        return not self._closed_reason(reception)

    def _closed_reason(self, reception: Reception) -> str:
        """Return the sentence why check-in is not possible now, "" when it is."""
        event, today = reception.event, self.today
        if reception.closed_words:
            return f"{reception.closed_words}受付はできません。"
        if self.app_context.read_only:
            return "閲覧専用で開いているため、受付はできません。"
        match reception.day_state(today):
            case "まだ":
                day = fill_nonempty("実施日は {} です。", short_date_or("", event.event_date, today))
                return (
                    f"{day or '日程が決まっていません。'}受付は当日からできます。"
                    f"いまは名簿を見るだけで、何も記録しません。"
                )
            case "過ぎた":
                return "実施日を過ぎています。出欠は「紙の名簿から出欠」で入れてください。"
            case "当日":
                return ""

    def _on_typed(self) -> None:
        """Hide an old rejection when something is typed; reading alone removes no message."""
        self.message.on_typing()
        self._before_typing = self._before_typing or self.list.current_row()
        self._filter()
        text = self.field.text().strip()
        if text and not is_being_scanned(text):
            self._tell_current()

    def _filter(self, *, keep_current: bool = True) -> None:
        """Show the people that the typed text matches; without text everybody on the list.

        The person of a typed number becomes current, else the first match not 受付済; without text the next one to
        come, else (``keep_current``) who was current before anything was typed.
        """
        if self.door is None:
            return
        text = self.field.text().strip()
        found = self.door.rows if is_being_scanned(text) else matching_rows(self.door.rows, text)
        if not found and self.field.is_rejected:  # text that matches nobody hides nobody
            text, found = "", self.door.rows
        current = self._before_typing or self.list.current_row()
        wanted = (
            self._next
            if self._next is not None
            else current.entry_id
            if current and keep_current and not text
            else None
        )
        self._next = None
        if not self.field.text():
            self._before_typing = None
        place = {row.entry_id: at for at, row in enumerate(found)}
        if text and found:
            exact = found[0].has_number(parse_number(text) or 0)
            wanted = next((row for row in found if exact or row.state != "受付済"), found[0]).entry_id
        parts = (
            ("未受付", "五十音順", self.door.waiting, True),
            ("受付済", "新しい順", self.door.received, True),
            ("欠席", "", self.door.absent, False),
            ("名簿にない申込者", "欠席の連絡・補欠など", self.door.not_on_list if text else (), False),
        )
        items: list[ListHeading | CheckInRow] = []
        for title, note, rows, always in parts:
            shown = [row for row in rows if row.entry_id in place]
            if text:
                shown.sort(key=lambda row: place[row.entry_id])
            if shown or (always and not text):
                items += [ListHeading(title, len(shown), "" if text and always else note), *shown]
        self.list.show_items(items, current=wanted)
        self.message.show_hint(self._not_found_text(text) if text and not found else "")

    def _not_found_text(self, text: str) -> str:
        return f"「{text}」にあたる方は名簿にいません。当日受付は F2 で加えられます。"

    def _submit(self, text: str) -> None:
        """Check in on Enter: the typed number, the row chosen with the arrows, or the only match; else reject with a
        sound.
        """
        text = text.strip()
        if not text or self._reject_if_closed():
            return
        assert self.door is not None
        scanned = scanned_place(self.door, text)
        if scanned is not None:
            self._submit_scanned(scanned)
            return
        number = parse_number(text)
        found = matching_rows(self.door.rows, text)
        waiting = [row for row in found if row.state != "受付済"]
        exact = [row for row in self.door.rows if number is not None and row.has_number(number)]
        chosen = self.list.current_row() if self.field.is_row_chosen else exact[0] if len(exact) == 1 else None
        if chosen is not None:
            self._receive_or_report(chosen)
        elif exact:
            both = "と".join(row.spoken_name for row in exact)
            self._reject_input(
                f"{number}番は{len(exact)}人にあたります：{both}。↑↓で選んで Enter を押してください。",
                short=f"{number}番",
            )
        elif number is not None:
            self._reject_input(f"{number}番は名簿にありません。番号をご確認ください。", short=f"{number}番")
        elif len(waiting) == 1:
            self._receive_or_report(waiting[0])
        elif waiting:
            self._reject_input(f"{len(waiting)}人います。↑↓で選んで Enter を押してください。")
        elif found:
            self._receive_or_report(found[0])
        else:
            self._reject_input(self._not_found_text(text), short=f"「{text[:8]}」")
        if self.field.is_rejected and not found:
            self._filter()

    def _submit_scanned(self, place: ScannedPlace) -> None:
        """Check in whom a scanned barcode stands for; of a letter for several show its people to choose from."""
        # Whoever is being written counts as received: two of one letter come close behind each other.
        waiting = [row for row in place.rows if row.state != "受付済" and row.entry_id not in self._receiving]
        if place.refusal:
            self._reject_input(place.refusal, short=place.short)
            self._filter()
        elif len(place.rows) == 1 or len(waiting) == 1:
            self._receive_or_report((waiting or place.rows)[0])
        elif not waiting:
            self.message.show_rejection(f"この通知の{len(place.rows)}人は、みなさん受付済です。", short=place.short)
            self.field.reset_input()
        else:
            self.field.setText(waiting[0].organisation)
            numbers = numbers_words([row.admission_number for row in waiting if row.admission_number is not None])
            self._reject_input(
                f"この通知は{len(place.rows)}人分で、{len(waiting)}人がまだです（{numbers}）。"
                f"いらした方を ↑↓ で選ぶか、番号を入力して Enter を押してください。",
                short=place.short,
            )

    def _receive_or_report(self, row: CheckInRow) -> None:
        """Check in the person, or report that they came already; the field is free again."""
        short = f"{row.number}番" if row.number is not None else row.name
        if row.entry_id in self._receiving:
            self.message.show_rejection(f"{row.spoken_name}は、いま受け付けたところです。", short=short)
            self.field.reset_input()
        elif row.state == "受付済" and row.entry_id not in self._under_way:
            at = fill_nonempty("（{}）", row.time_text)
            self.message.show_rejection(f"{row.spoken_name}は、すでに受付済です{at}。", short=short)
            self.field.reset_input()
        else:
            self._receive_or_ask(row)

    def _receive_or_ask(self, row: CheckInRow) -> None:
        """Check in the person; who has no name yet is received at the second press, after the first asked for it."""
        closed = self.door is None or self._closed_reason(self.door)
        if row.is_unnamed and self._asked != row.entry_id and not closed:
            self._asked = row.entry_id
            words = "お名前を伺ってください。F3 で入れます。わからないときは、もう一度 Enter を押します。"
            self._reject_input(f"{row.spoken_name}　{words}", short="お名前")
        else:
            self._receive(row)

    def _reject_if_closed(self) -> bool:
        """Return whether check-in is not possible now, and reject with a sound if so."""
        closed = (
            "名簿を読み込んでいます。もう一度 Enter を押してください。"
            if self.door is None
            else self._closed_reason(self.door)
        )
        if closed:
            self._reject_input(closed)
        return bool(closed)

    def _reject_input(self, words: str, *, short: str = "") -> None:
        """Show why nothing was recorded, with a sound; the next digit replaces the text in the field.

        ``short`` names it beside the next rejection.
        """
        self.message.show_rejection(words, short=short)
        self.field.mark_rejected()

    def _receive(self, row: CheckInRow) -> None:
        """Save that a person came; the next one waiting becomes current."""
        waiting = [each.entry_id for each in self.door.waiting] if self.door is not None else []
        if row.entry_id in waiting:
            at = waiting.index(row.entry_id)
            rest = waiting[at + 1 :] or waiting[:at]
            self._next = rest[0] if rest else None
        if self._write(bind_action(receive, entry_id=row.entry_id), row):
            self._receiving.add(row.entry_id)

    def _write(self, change: Callable[[ActionContext], object], row: CheckInRow) -> bool:
        """Run a change on a person and clear the field; while the check-in is closed reject it and return False."""
        if self._reject_if_closed():
            return False
        self._under_way.add(row.entry_id)
        # Cleared now, not after saving, because the next number may be typed meanwhile.
        coming = self._next
        self.field.reset_input()
        self._next = coming
        self.run_change(change)
        return True

    def show_error(self, problem: Exception) -> None:
        """Show the error with a sound; text typed meanwhile belongs to the next person and stays."""
        self._under_way.clear()
        self._receiving.clear()
        if isinstance(problem, UserError):
            self.message.show_rejection(f"{problem.happened}{problem.todo}")
        else:
            self.app_context.show_failure(problem)

    def undo(self) -> None:
        """Undo the last thing done in this check-in, one at each call; nothing from before it was opened."""
        if self.door is not None and self._since is not None:
            self.app_context.undo(on_failed=self.show_error, since=self._since, event_id=self.door.event.id)
        self.field.setFocus()

    def _take_back_current(self) -> None:
        """Take back the check-in or absence of the current person, and save this."""
        row = self.list.current_row()
        if row is not None and row.state in ("受付済", "欠席"):
            self.message.clear_rejection()
            self._write(bind_action(undo_check_in, entry_id=row.entry_id), row)

    def _show_care(self, row: CheckInRow | None) -> None:
        if row is not None and row.care_mark:
            self.care.show_care(row, self.list.row_area(row))

    def _open_current_menu(self) -> None:
        row = self.list.current_row()
        if row is not None:
            area = self.list.row_area(row)
            self._open_menu(row, self.list.viewport().mapToGlobal(area.center()))

    def _open_menu(self, row: CheckInRow, position: QPoint) -> None:
        if self.door is not None and self._can_receive(self.door):
            self.menu.open_for(row, self.door, position)

    def _ask_to_close(self, closing: AttendanceClosing) -> None:
        dialog = ClosingDialog(self, closing)
        dialog.saved_result.connect(self._leave)
        dialog.leave_asked.connect(self._leave)
        dialog.finished.connect(lambda _code: self.field.setFocus())
        dialog.open()

    def _leave(self) -> None:
        self.go("event", event_id=self._event_id, tab="当日")


class _KeyButton(Button):
    """A tall button with its key beside the text. Signals: those of ``Button``."""

    def __init__(self, words: str, key: str, icon_name: str, act: Any, *, accent: bool = False):
        super().__init__(words, act, tall=True)
        self.setIcon(icon(icon_name, t.ACCENT if accent else t.INK))
        self._colour = f"color: {t.ACCENT}; border-color: {t.ACCENT};" if accent else ""
        self._cap = key_cap(key)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        in_row(None, self._cap, owner=self, margins=(0, 0, 16, 0))
        self.setAccessibleName(f"{words}（{key}）")

    def showEvent(self, event: QShowEvent) -> None:
        """Reserve room for the key, whose width is known once the style is applied."""
        super().showEvent(event)
        room = self._cap.sizeHint().width() + 28
        sheet = f"QPushButton {{ min-height: {t.scaled(52) - 4}px; padding: 0 {room}px 0 16px; {self._colour} }}"
        if self.styleSheet() != sheet:
            self.setStyleSheet(sheet)
