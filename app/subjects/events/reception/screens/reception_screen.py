"""受付: the laptop at the door. A number and Enter is the whole job; everything else is one key or a menu away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.subjects.events.arrangements.services.arrangements import set_photo_consent
from app.subjects.events.arrangements.services.tablets import hand_out, lend_spare, take_back
from app.subjects.events.reception.parts.closing_dialog import ClosingDialog
from app.subjects.events.reception.screens.door_head import DoorField, DoorHead
from app.subjects.events.reception.screens.door_list import CareBubble, DoorList, Head
from app.subjects.events.reception.screens.door_saying import DoorSaying
from app.subjects.events.reception.screens.door_side import LATE_KEY, NAME_KEY, SUBSTITUTE_KEY, DoorSide, DoorStrip
from app.subjects.events.reception.screens.person_dialogs import PlaceNameDialog, WalkInDialog
from app.subjects.events.reception.services.attendance import mark_absent, note_late, receive, unreceive
from app.subjects.events.reception.services.reception import (
    DoorRow,
    Reception,
    matching_rows,
    read_reception,
    typed_number,
)
from app.subjects.events.roster.parts.person_fields import SubstituteDialog
from app.subjects.events.roster.services.attendance_result import AttendanceClosing, read_closing
from app.subjects.events.roster.services.roster import number_roster
from app.widgets.buttons import Button
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.labels import key_cap
from app.widgets.layouts import in_column, in_row
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, scrolling
from app.window import theme as t
from app.window.desk import Desk, acting
from app.window.icons import icon
from db.records.roster import PhotoConsent
from db.store import Store

_WIDE_SIDE, _SIDE = 294, 262
_HIGH, _UNDO_BAR = 620, 60


class RowMenu(QObject):
    """Opens the menu of a row.

    Signals: ``name_asked(object)`` a name for the ``DoorRow``; ``substitute_asked(object)`` 代理 for it.
    """

    name_asked = Signal(object)
    substitute_asked = Signal(object)

    def __init__(self, desk: Desk, owner: Screen) -> None:
        super().__init__(owner)
        self._desk = desk
        self._owner = owner
        self.menu = QMenu(owner)

    def open_for(self, row: DoorRow, door: Reception, place: QPoint) -> None:
        """Fill the menu for ``row`` and show it at ``place`` on the screen."""
        self.menu.clear()
        if row.state in ("受付済", "欠席"):
            self._offer("未受付に戻す", acting(self._desk, unreceive, entry_id=row.entry_id))
        if row.state == "未受付":
            named = self.menu.addAction("代理の方を受け付ける", lambda: self.substitute_asked.emit(row))
            named.setShortcut(QKeySequence(SUBSTITUTE_KEY))
        if row.state in ("未受付", "受付済"):
            words = (
                ("遅刻を取り消す" if row.late else "遅刻にする")
                if row.state == "受付済"
                else ("遅刻の連絡を取り消す" if row.late else "遅刻の連絡を記録する")
            )
            late = acting(self._desk, note_late, entry_id=row.entry_id, late=not row.late)
            self._offer(words, late, key=LATE_KEY)
        if row.state == "未受付":
            self._offer("欠席にする", acting(self._desk, mark_absent, entry_id=row.entry_id))
        if row.unnamed:
            named = self.menu.addAction("氏名を入れる", lambda: self.name_asked.emit(row))
            named.setShortcut(QKeySequence(NAME_KEY))
        if row.loan_id is not None and not row.tablet_out:
            self._offer(f"タブレット{row.tablet}番を渡した", acting(self._desk, hand_out, loan_id=row.loan_id))
        if row.loan_id is not None and row.tablet_out and not row.tablet_back:
            self._offer(
                f"タブレット{row.tablet}番が返却された",
                acting(self._desk, take_back, loan_ids=[row.loan_id]),
            )
        spares = door.tablets.spare - door.tablets.spare_out
        if not row.tablet and spares > 0:
            self._offer(
                f"予備のタブレットを渡す（残り{spares}台）",
                acting(self._desk, lend_spare, entry_id=row.entry_id),
            )
        words = "撮影可にする" if row.photo_refused else "撮影不可にする"
        photo: PhotoConsent = "可" if row.photo_refused else "不可"
        self._offer(words, acting(self._desk, set_photo_consent, entry_ids=[row.entry_id], photo=photo))
        self.menu.popup(place)

    def _offer(self, words: str, change: Callable[[Store], object], *, key: str = "") -> None:
        action = self.menu.addAction(words)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _on=False: self._owner.send(change))


class ReceptionScreen(Screen):
    """受付: the laptop at the door. A number and Enter is the whole job; everything else is one key away.

    Signals: none.

    ``open_with(event_id=…)``. It has the window to itself; 「受付を閉じる」 and Alt+← lead back.
    """

    bare = True
    keeps_lock = True
    leads_on = True
    """False where there is no other screen to go to (当日モード)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._event_id: int | None = None
        self.door: Reception | None = None
        self._since: int | None = None
        self._numbered: set[int] = set()
        self._under_way: set[int] = set()
        self._receiving: set[int] = set()
        self._next: int | None = None
        self.head = DoorHead(desk, "受付", "受付を閉じる")
        self.paper_button = Button("紙の名簿から出欠", self._to_paper, tall=True)
        self.paper_button.hide()
        self.head.put_button(self.paper_button)
        self.field = DoorField("番号、または ふりがな")
        self.walk_in_button = _KeyButton("当日受付を加える", "F2", "user-plus", self.add_walk_in, accent=True)
        self.undo_button = _KeyButton("元に戻す", "Ctrl+Z", "arrow-u-up-left", self.undo)
        self.strip = DoorStrip()
        self.message = DoorSaying()
        self.list = DoorList()
        self.empty = EmptyState()
        self.side = DoorSide()
        self.care = CareBubble(desk, self.list.viewport())
        self.menu = RowMenu(desk, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        left = in_column(
            in_row((self.field, 1), self.walk_in_button, self.undo_button, spacing=12),
            self.strip,
            self.message,
            (self.list, 1),
            (self.empty, 1),
            spacing=3,
        )
        self._right = scrolling(self.side)
        self._across = across = QHBoxLayout()
        across.setContentsMargins(t.PAGE_X, t.PAGE_Y, t.PAGE_X, 8)
        across.setSpacing(24)
        across.addLayout(left, 1)
        across.addWidget(self._right)
        in_column(self.head, (across, 1), owner=self, spacing=0)
        self.setFocusProxy(self.field)
        self.empty.hide()
        for own in (self.walk_in_button, self.undo_button, self.paper_button, self.head.end_button):
            own.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _connect(self) -> None:
        field, door = self.field, self.list
        field.textChanged.connect(lambda _text: self._typed())
        field.stepped.connect(door.step)
        field.taken.connect(lambda: self.take(door.current_row()))
        field.submitted.connect(self._submit)
        field.care_held.connect(lambda: self._hold_care(door.current_row()))
        field.care_let_go.connect(self.care.let_go)
        field.dropped.connect(self._take_back_current)
        field.menu_wanted.connect(self._menu_of_current)
        field.dismissed.connect(self.message.clear)
        door.pressed_button.connect(self.take)
        door.care_held.connect(self._hold_care)
        door.care_let_go.connect(self.care.let_go)
        door.menu_asked.connect(self._open_menu)
        door.moved.connect(lambda row: field.setAccessibleDescription(row.spoken if row else ""))
        self.menu.name_asked.connect(self.name)
        self.menu.substitute_asked.connect(self.substitute)
        self.head.end_asked.connect(self.end)
        for key, act in (
            ("F2", self.add_walk_in),
            (NAME_KEY, self._name_current),
            (SUBSTITUTE_KEY, self._substitute_current),
            (LATE_KEY, self._note_late_current),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # what the frame calls

    def open_with(self, *, event_id: int | None = None, since: int | None = None, **_more: Any) -> None:
        """Stand at the door of one event; ``since`` is that of ``stand``."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self.door = None
            self._since = since
            self._next = None
            self.field.start_anew()
            self.message.clear()

    def view_state(self) -> dict[str, Any]:
        """The event, and how far back undo reaches."""
        return {"event_id": self._event_id, "since": self._since}

    def reload(self) -> None:
        """Read who is expected and who came."""
        if self._event_id is None:
            self.empty.say("受付をする実施回が選ばれていません。", "事業を開く", lambda: self.desk.go("events"))
            self.list.hide()
            self.empty.show()
        else:
            self.fetch(self._show, read_reception, event_id=self._event_id)

    def showEvent(self, event: QShowEvent) -> None:
        """The next key goes into the field."""
        super().showEvent(event)
        self.field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing private stays behind."""
        self.care.let_go()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column gives way to one line on a narrow window."""
        super().resizeEvent(event)
        narrow = t.narrow(self.width())
        self._right.setVisible(not narrow)
        self.strip.setVisible(narrow)
        # Where the window is high enough, the undo bar stands below the rows and hides none of them.
        below = t.scaled(_UNDO_BAR) if self.height() >= t.scaled(_HIGH) else 8
        self._across.setContentsMargins(t.PAGE_X, t.PAGE_Y, t.PAGE_X, below)
        self._right.setFixedWidth(t.scaled(_WIDE_SIDE if self.width() >= t.FOLD_WIDE else _SIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys pressed on a button of the head still belong to the door."""
        if event.key() in (Qt.Key.Key_F8, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.field.setFocus()
            self.field.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    # what the person does

    def take(self, row: DoorRow | None) -> None:
        """The button of a row: receive, give a name to a place received without one, or take back who was received."""
        if row is None or row.entry_id in self._under_way:
            return
        if row.state == "受付済" and row.unnamed:
            self.name(row)
        elif row.state == "受付済":
            self._write(acting(self.desk, unreceive, entry_id=row.entry_id), row)
        else:
            self._receive(row)

    def name(self, row: DoorRow) -> None:
        """Ask for the name of a place that has none."""
        if self._refused_now():
            return
        dialog = PlaceNameDialog(self.desk, row, (row.organisation_id, row.organisation), parent=self)
        dialog.unnamed.connect(self._receive)
        self._open(dialog)

    def substitute(self, row: DoorRow) -> None:
        """Ask who comes in the place of a person."""
        if not self._refused_now():
            organisation = (row.organisation_id, row.organisation)
            self._open(SubstituteDialog(self.desk, row.entry_id, row.spoken, organisation, arriving=True, parent=self))

    def add_walk_in(self) -> None:
        """Enter somebody who has no place."""
        if self.door is None or self._refused_now():
            return
        spares = self.door.tablets.spare - self.door.tablets.spare_out
        self._open(
            WalkInDialog(
                self.desk,
                event_id=self.door.event.id,
                event_title=self.door.event.full_title,
                spares=spares,
                parent=self,
            )
        )

    def _open(self, dialog: SavingDialog) -> None:
        dialog.stored.connect(lambda _result: self.field.start_anew())
        dialog.finished.connect(lambda _code: self.field.setFocus())
        dialog.open()

    def _name_current(self) -> None:
        row = self.list.current_row()
        if row is not None and row.unnamed:
            self.name(row)
        else:
            self._refuse("氏名未定の方を、番号か ↑↓ で選んでから F3 を押してください。")

    def _substitute_current(self) -> None:
        row = self.list.current_row()
        if row is not None and row.state == "未受付":
            self.substitute(row)
        else:
            self._refuse("代理の方がいらした未受付の方を、番号か ↑↓ で選んでから F6 を押してください。")

    def _note_late_current(self) -> None:
        row = self.list.current_row()
        if row is None or row.state not in ("未受付", "受付済"):
            self._refuse("遅刻の方を、番号か ↑↓ で選んでから F7 を押してください。")
        elif not self._refused_now():  # what is typed stays: Enter receives the one who came late
            late = acting(self.desk, note_late, entry_id=row.entry_id, late=not row.late)
            self.send(late)

    def end(self) -> None:
        """Show what the day adds up to and ask; where there is nothing left to end, leave."""
        door, today = self.door, self.desk.today()
        nothing = self.desk.read_only or door is None or door.day_state(today) == "まだ"
        ended = door is not None and door.day_state(today) == "過ぎた" and door.event.status == "実施済"
        if self._event_id is None or nothing or ended:
            self._leave()
        else:
            self.fetch(self._ask_to_close, read_closing, event_id=self._event_id)

    # inside

    def _show(self, door: Reception) -> None:
        first = self.door is None
        self.door = door
        self._under_way.clear()
        self._receiving.clear()
        open_ = self._is_open(door)
        if open_ and door.unnumbered and door.event.id not in self._numbered:
            self._numbered.add(door.event.id)
            self.do(number_roster, event_id=door.event.id)
        elif self._since is None:
            self._since = door.last_action
        self.head.show_event(door.event, self.desk.today(), outside=door.outside)
        self.paper_button.setVisible(self._leads_to_paper(door))
        self.side.show_reception(door)
        self.strip.show_reception(door)
        self.undo_button.setEnabled(self.desk.can_undo)
        self.walk_in_button.setEnabled(open_)
        self.walk_in_button.setToolTip(self._closed_words(door))
        self.message.stand(self._closed_words(door))
        nobody = not door.rows
        self.empty.say(
            "この実施回の名簿には、まだどなたも入っていません。当日受付だけでも受付できます。",
            "参加者を開く" if self.leads_on else "",
            lambda: self.desk.go("roster", event_id=door.event.id),
        )
        self.empty.setVisible(nobody)
        self.list.setVisible(not nobody)
        self._filter(keep=not first)

    def _leads_to_paper(self, door: Reception) -> bool:
        """Whether the list on paper is where the work is: once the day has passed nobody is received here."""
        return door.day_state(self.desk.today()) == "過ぎた" and door.event.status != "中止"

    def _to_paper(self) -> None:
        self.desk.go("attendance", event_id=self._event_id)

    def _is_open(self, door: Reception) -> bool:
        """Whether somebody can be received: on the day alone, the clock notes when they came."""
        return not self._closed_words(door)

    def _closed_words(self, door: Reception) -> str:
        """Why nobody can be received now, or empty."""
        event, today = door.event, self.desk.today()
        if event.status == "中止":
            return f"{event.full_title}は中止です。中止を取り消すまで、受付はできません。"
        if self.desk.read_only:
            return "閲覧専用で開いているため、受付はできません。"
        match door.day_state(today):
            case "まだ":
                day = f"実施日は {short_date(event.event_date, today)} です。" if event.event_date else ""
                return (
                    f"{day or '日程が決まっていません。'}受付は当日からできます。"
                    f"いまは名簿を見るだけで、何も記録しません。"
                )
            case "過ぎた":
                return "実施日を過ぎています。出欠は「紙の名簿から出欠」で入れてください。"
            case "当日":
                return ""

    def _typed(self) -> None:
        """What was refused a while ago is over once the next one is typed; what is read meanwhile takes no sentence
        away."""
        self.message.typed_on()
        self._filter()

    def _filter(self, *, keep: bool = True) -> None:
        """Show whom the typed text means; without one everybody on the list."""
        if self.door is None:
            return
        text = self.field.text().strip()
        found = matching_rows(self.door.rows, text)
        if not found and self.field.refused:  # what means nobody hides nobody
            text, found = "", self.door.rows
        current = self.list.current_row()
        wanted = self._next if self._next is not None else current.entry_id if current and keep and not text else None
        self._next = None
        place = {row.entry_id: at for at, row in enumerate(found)}
        if text and found:
            wanted = next((row for row in found if row.state != "受付済"), found[0]).entry_id
        parts = (
            ("未受付", "五十音順", self.door.waiting, True),
            ("受付済", "新しい順", self.door.received, True),
            ("欠席", "", self.door.absent, False),
            ("名簿にない申込者", "欠席の連絡・補欠など", self.door.aside if text else (), False),
        )
        items: list[Head | DoorRow] = []
        for title, note, rows, always in parts:
            shown = [row for row in rows if row.entry_id in place]
            if text:
                shown.sort(key=lambda row: place[row.entry_id])
            if shown or (always and not text):
                items += [Head(title, len(shown), "" if text and always else note), *shown]
        self.list.show_items(items, current=wanted)
        self.message.hint(self._unknown_words(text) if text and not found else "")

    def _unknown_words(self, text: str) -> str:
        return f"「{text}」にあたる方は名簿にいません。当日受付は F2 で加えられます。"

    def _submit(self, text: str) -> None:
        """Enter: the number typed, the row chosen with the arrows, or the only one found; all else is refused aloud."""
        text = text.strip()
        if not text or self._refused_now():
            return
        assert self.door is not None
        number = typed_number(text)
        found = matching_rows(self.door.rows, text)
        waiting = [row for row in found if row.state != "受付済"]
        exact = [row for row in self.door.rows if number is not None and row.bears(number)]
        chosen = self.list.current_row() if self.field.moved else exact[0] if len(exact) == 1 else None
        if chosen is not None:
            self._come(chosen)
        elif exact:
            both = "と".join(row.spoken for row in exact)
            self._refuse(
                f"{number}番は{len(exact)}人にあたります：{both}。↑↓で選んで Enter を押してください。",
                short=f"{number}番",
            )
        elif number is not None:
            self._refuse(f"{number}番は名簿にありません。番号をご確認ください。", short=f"{number}番")
        elif len(waiting) == 1:
            self._come(waiting[0])
        elif waiting:
            self._refuse(f"{len(waiting)}人います。↑↓で選んで Enter を押してください。")
        elif found:
            self._come(found[0])
        else:
            self._refuse(self._unknown_words(text), short=f"「{text[:8]}」")
        if self.field.refused and not found:
            self._filter()

    def _come(self, row: DoorRow) -> None:
        """Receive who is named by a number or a name; who came already is said, and the field is free again."""
        short = f"{row.number}番" if row.number is not None else row.name
        if row.entry_id in self._receiving:
            self.message.refuse(f"{row.spoken}は、いま受け付けたところです。", short=short)
            self.field.start_anew()
        elif row.state == "受付済" and row.entry_id not in self._under_way:
            at = f"（{row.at}）" if row.at else ""
            self.message.refuse(f"{row.spoken}は、すでに受付済です{at}。", short=short)
            self.field.start_anew()
        else:
            self._receive(row)

    def _refused_now(self) -> bool:
        """Whether nobody can be received now, which is then said aloud."""
        closed = (
            "名簿を読み込んでいます。もう一度 Enter を押してください。"
            if self.door is None
            else self._closed_words(self.door)
        )
        if closed:
            self._refuse(closed)
        return bool(closed)

    def _refuse(self, words: str, *, short: str = "") -> None:
        """Say why nothing was recorded; the next digit replaces what stands in the field."""
        self.message.refuse(words, short=short)
        self.field.refuse()

    def _receive(self, row: DoorRow) -> None:
        waiting = [each.entry_id for each in self.door.waiting] if self.door is not None else []
        if row.entry_id in waiting:
            at = waiting.index(row.entry_id)
            rest = waiting[at + 1 :] or waiting[:at]
            self._next = rest[0] if rest else None
        if self._write(acting(self.desk, receive, entry_id=row.entry_id), row):
            self._receiving.add(row.entry_id)

    def _write(self, change: Callable[[Store], object], row: DoorRow) -> bool:
        if self._refused_now():
            return False
        self._under_way.add(row.entry_id)
        # Emptied now, not when it was stored: the next number may be typed meanwhile.
        coming = self._next
        self.field.start_anew()
        self._next = coming
        self.send(change)
        return True

    def refuse(self, problem: Exception) -> None:
        """Said aloud; what is typed meanwhile is the next one's and stays."""
        self._under_way.clear()
        self._receiving.clear()
        if isinstance(problem, Refusal):
            self.message.refuse(f"{problem.happened}{problem.todo}")
        else:
            self.desk.fail(problem)

    def undo(self) -> None:
        """Take back what was done at this door, and nothing from before it was opened."""
        if self.door is not None and self._since is not None:
            self.desk.undo(failed=self.refuse, since=self._since, event_id=self.door.event.id)
        self.field.setFocus()

    def _take_back_current(self) -> None:
        row = self.list.current_row()
        if row is not None and row.state in ("受付済", "欠席"):
            self._write(acting(self.desk, unreceive, entry_id=row.entry_id), row)

    def _hold_care(self, row: DoorRow | None) -> None:
        if row is not None and row.has_care:
            self.care.hold(row, self.list.row_area(row))

    def _menu_of_current(self) -> None:
        row = self.list.current_row()
        if row is not None:
            area = self.list.row_area(row)
            self._open_menu(row, self.list.viewport().mapToGlobal(area.center()))

    def _open_menu(self, row: DoorRow, place: QPoint) -> None:
        if self.door is not None and self._is_open(self.door):
            self.menu.open_for(row, self.door, place)

    def _ask_to_close(self, closing: AttendanceClosing) -> None:
        dialog = ClosingDialog(self.desk, closing, parent=self)
        dialog.stored.connect(lambda _result: self._leave())
        dialog.left.connect(self._leave)
        dialog.finished.connect(lambda _code: self.field.setFocus())
        dialog.open()

    def _leave(self) -> None:
        self.desk.go("event", event_id=self._event_id, tab="当日")


class _KeyButton(Button):
    """A tall button with its key beside the words. Signals: those of ``Button``."""

    def __init__(self, words: str, key: str, icon_name: str, act: Any, *, accent: bool = False) -> None:
        super().__init__(words, act, tall=True)
        self.setIcon(icon(icon_name, t.ACCENT if accent else t.INK))
        self._colour = f"color: {t.ACCENT}; border-color: {t.ACCENT};" if accent else ""
        self._cap = key_cap(key)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        in_row(None, self._cap, owner=self, margins=(0, 0, 16, 0))
        self.setAccessibleName(f"{words}（{key}）")

    def showEvent(self, event: QShowEvent) -> None:
        """The words leave room for the key: how wide it is is known once it is dressed."""
        super().showEvent(event)
        room = self._cap.sizeHint().width() + 28
        sheet = f"QPushButton {{ min-height: {t.scaled(52) - 4}px; padding: 0 {room}px 0 16px; {self._colour} }}"
        if self.styleSheet() != sheet:
            self.setStyleSheet(sheet)
