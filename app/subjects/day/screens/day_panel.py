"""当日: what to look at before printing, the 当日セット, each paper as it will be printed, and the day's other work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.main_window.ways import WayThere, way_to
from app.papers.screens.paper_view import PaperView
from app.subjects.day.screens.day_dialogs import DayTakeoutDialog, HandoutDialog
from app.subjects.day.screens.pack_box import PackBox, PackLeaving
from app.subjects.day.services.day_building import Option, set_day_option
from app.subjects.day.services.day_pack import DayView, DrawnPack, PackRow, read_day
from app.subjects.day.services.preflight import (
    Preflight,
    PreflightFacts,
    PreflightRow,
    gather_preflight,
    judge_preflight,
)
from app.subjects.day_file.parts.open_dialogs import bring_back, take_out
from app.subjects.events.parts.event_picker import EventPicker
from app.subjects.materials.services.handout_sets import HandoutView, read_handouts
from app.subjects.roster.papers import roster_sheet
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import Screen, only_for_writing, page, room_for, scrolling
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.background_task import bound
from app.window.desk import Desk, acting, with_store
from app.window.icons import picture
from db.records.events import Event

_SIGNS = {
    "止まる": ("warning-octagon-fill", t.RED),
    "確認": ("warning-fill", t.AMBER),
    "参考": ("info", t.SECOND),
}
_FEW = 3
_LEFT, _RIGHT = 384, 236
_WIDE_LEFT, _WIDE_RIGHT = 400, 248
_VERY_WIDE = 1600
_LEAST = 300
_SHARE = 0.33
_NONE = "この年度の実施回は、まだありません。"
_MEANWHILE = "戻すまでに事務所で入れた出欠は、戻すときに突き合わせます。"
_OFFER = "庁舎の外へ持ち出すときは、持出し管理簿に記録します。"


class PreflightBox(Panel):
    """印刷前の確認: what was found, each with its people folded away and the button to where it is mended.

    Signals: ``followed(WayThere)`` the button of a finding was pressed.
    """

    followed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("印刷前の確認", parent=parent)
        self._open: set[str] = set()
        self._shown: Preflight | None = None
        self.rows: list[QWidget] = []
        self.buttons: list[Button] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addLayout(self._list)
        self.say_waiting()

    def say_waiting(self) -> None:
        """Say that it is being looked at."""
        self._clear()
        self.note.setText("確認しています")

    def show_preflight(self, found: Preflight) -> None:
        """Show the findings, the gravest first; without any, say so."""
        self._shown = found
        self._clear()
        self.note.setText(f"{found.to_look_at}件" if found.to_look_at else "")
        if not found.rows:
            words = "直すところは見つかりませんでした。" if found.people else "名簿に載る参加者は、まだいません。"
            self._add(label(words, "second", wrap=True))
        for row in found.rows:
            self._add(self._row(row))

    def _clear(self) -> None:
        for part in self.rows:
            part.hide()
            part.deleteLater()
        self.rows, self.buttons = [], []

    def _add(self, part: QWidget) -> None:
        self._list.addWidget(part)
        self.rows.append(part)

    def _row(self, row: PreflightRow) -> QWidget:
        """Sign, sentence, the first people, and the two buttons below."""
        finding = row.finding
        name, colour = _SIGNS[finding.gravity]
        sign = QLabel()
        sign.setPixmap(picture(name, 18, colour, ratio=self.devicePixelRatioF()))
        sign.setFixedWidth(22)
        inside = QVBoxLayout()
        inside.setSpacing(1)
        inside.addWidget(label(finding.sentence, wrap=True))
        whole = finding.sentence in self._open or (finding.gravity == "止まる" and len(finding.details) <= _FEW)
        for words in finding.details if whole else ():
            inside.addWidget(label(words, "small", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(12)
        way = way_to(row.asked)
        button = Button(way.label, lambda: self.followed.emit(way), kind="link")
        button.setAccessibleName(f"{finding.sentence}　{way.label}")
        line.addWidget(button)
        self.buttons.append(button)
        if finding.details and not (whole and finding.sentence not in self._open):
            turn = Button("たたむ" if whole else "内訳を表示", lambda: self._turn(finding.sentence), kind="link")
            turn.setAccessibleName(f"{finding.sentence}　{turn.text()}")
            line.addWidget(turn)
        line.addStretch(1)
        inside.addLayout(line)
        part = QFrame()
        across = QHBoxLayout(part)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        beside = QVBoxLayout()
        beside.addWidget(sign)
        beside.addStretch(1)
        across.addLayout(beside)
        across.addLayout(inside, 1)
        part.setAccessibleName(finding.sentence)
        return part

    def _turn(self, sentence: str) -> None:
        self._open ^= {sentence}
        if self._shown is not None:
            self.show_preflight(self._shown)


class WorkBox(Panel):
    """The other work of the day: the door, the paper list, 班, 配慮, handouts, the ledger of what is taken out.

    Signals: ``went(str, dict)`` place and arguments; ``handouts_asked()``; ``day_file_asked()`` take the event out.
    """

    went = Signal(str, object)
    handouts_asked = Signal()
    day_file_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("当日の作業", parent=parent)
        self.handouts = Button("配布資料を印刷", self.handouts_asked.emit, icon_name="files")
        self.day_file = Button("持出しファイルを作る", self.day_file_asked.emit, icon_name="lock-key")
        self.groups = self._way("班分け", "users-three", "groups")
        self.discussion = self._way("討議の記録", "chats", "discussion")
        self.buttons = (
            self._way("受付を開く", "identification-badge", "reception"),
            self._way("紙の名簿から出欠", "list-numbers", "attendance"),
            self.handouts,
            self.groups,
            self.discussion,
            self._way("配慮・撮影の可否", "ear", "arrangements"),
            self._way("貸与タブレット", "device-tablet", "tablets"),
            self.day_file,
            self._way("持出し管理簿", "notebook", "takeouts"),
        )
        for button in self.buttons:
            self.put(button)

    def show_kind(self, kind: str, *, handouts: bool) -> None:
        """Show what this kind of event has: 班 belong to an 意見交換会."""
        for button in (self.groups, self.discussion):
            button.setVisible(kind == "意見交換会")
        self.handouts.setVisible(handouts)

    def _way(self, words: str, icon_name: str, place: str, **arguments: object) -> Button:
        return Button(words, lambda: self.went.emit(place, dict(arguments)), icon_name=icon_name)


class ThreeParts(QWidget):
    """Three parts side by side. Signals: none.

    Below 1300 px the right part stands under the left one, below 1000 px every part has a tab.
    """

    def __init__(
        self,
        left: tuple[str, Sequence[QWidget]],
        middle: tuple[str, QWidget],
        right: tuple[str, Sequence[QWidget]],
        foot: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """``foot`` stays in sight below the left part, however far that is scrolled."""
        super().__init__(parent)
        self._left, self._right = tuple(left[1]), tuple(right[1])
        self._shape = ""
        self.tabs = TabBar(left[0], middle[0], right[0])
        self.tabs.chosen.connect(self._choose)
        self._columns: list[QVBoxLayout] = []
        self._areas = [self._area(), self._area()]
        self._begin = QWidget()
        beginning = QVBoxLayout(self._begin)
        beginning.setContentsMargins(0, 0, 0, 0)
        beginning.setSpacing(8)
        beginning.addWidget(self._areas[0], 1)
        beginning.addWidget(foot)
        self._place = QWidget()
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._begin)
        across.addWidget(self._place, 1)
        across.addWidget(self._areas[1])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.tabs)
        outer.addLayout(across, 1)
        self._arrange("wide")
        # Put in last, so that Tab goes through the left part before the large one.
        inside = QVBoxLayout(self._place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(middle[1])

    def show_middle(self) -> None:
        """Bring the large part into sight where it stands in a tab."""
        if self._shape == "narrow":
            self.tabs.choose(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        # Large letters leave less room: three parts beside each other only where all their words fit.
        room = t.unscaled(width)
        shape = "narrow" if room < t.FOLD_NARROW else "usual" if room < t.FOLD_WIDE else "wide"
        most = 16_777_215
        sides = (_WIDE_LEFT, _WIDE_RIGHT) if width >= _VERY_WIDE else (_LEFT, _RIGHT)
        parts = (self._begin, self._areas[1])
        for area, wanted, share in zip(parts, sides, (_SHARE, _SHARE / 2), strict=True):
            side = min(t.scaled(wanted), max(_LEAST if wanted > _LEAST else wanted, round(width * share)))
            side = room_for(area, side)
            area.setMinimumWidth(0 if shape == "narrow" else side)
            area.setMaximumWidth(most if shape == "narrow" else side)
        self._arrange(shape)

    def _area(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addStretch(1)
        self._columns.append(column)
        return scrolling(page)

    def _arrange(self, shape: str) -> None:
        if shape == self._shape:
            return
        self._shape = shape
        self.tabs.setVisible(shape == "narrow")
        # removeWidget, not takeAt: an item left over would keep the heights that the parts had before.
        for part in (*self._left, *self._right):
            for column in self._columns:
                column.removeWidget(part)
        for number, part in enumerate(self._left):
            self._columns[0].insertWidget(number, part)
        for number, part in enumerate(self._right):
            below = shape == "usual"
            self._columns[0 if below else 1].insertWidget(number + (len(self._left) if below else 0), part)
        self._choose(self.tabs.current())

    def _choose(self, number: int) -> None:
        narrow = self._shape == "narrow"
        self._begin.setVisible(not narrow or number == 0)
        self._place.setVisible(not narrow or number == 1)
        self._areas[1].setVisible(number == 2 if narrow else self._shape == "wide")


class DayPanel(Screen):
    """The papers of one event's day. Signals: none.

    ``arrive(event_id=…, kind=…)``. ``embedded`` leaves out heading and picker, for the tab 当日 of an event.
    """

    def __init__(self, desk: Desk, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._event_id = 0
        self._kind = ""
        self._event: Event | None = None
        self._rows: tuple[PackRow, ...] = ()
        self._personal_copies = 0
        self.picker = None if embedded else EventPicker(desk)
        self.check = PreflightBox()
        self.pack = PackBox()
        self.work = WorkBox()
        self.paper = PaperView(desk, with_note=False)
        self.leaving = PackLeaving(desk, self)
        self.offer = NoteBox(tone="amber")
        self.note_button = Button("記録する", self.note_takeout, low=True)
        self.offer.put(self.note_button)
        self.outside = NoteBox(tone="amber")
        self.return_button = Button("持出しファイルを戻す", self.return_day_file, low=True)
        self.outside.put(self.return_button)
        frame = QFrame()
        frame.setProperty("kind", "panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.paper)
        column = page(self)
        if self.picker is not None:
            column.addWidget(FlowRow(heading("当日"), self.picker, spacing=16))
            self.picker.chosen.connect(self._take_event)
        else:
            column.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        column.addWidget(self.outside)
        column.addWidget(self.offer)
        self.parts = ThreeParts(
            ("印刷前の確認・当日セット", (self.check, self.pack)),
            ("見本", frame),
            ("当日の作業", (self.work,)),
            self.pack.ways,
        )
        column.addWidget(self.parts, 1)
        self.offer.say("")
        self.outside.say("")
        self._connect()
        only_for_writing(desk, self.work.day_file, self.return_button)

    def _connect(self) -> None:
        self.check.followed.connect(self._follow)
        self.pack.followed.connect(self._follow)
        self.pack.chosen.connect(self.show_paper)
        self.pack.print_asked.connect(self.print_pack)
        self.pack.pdf_asked.connect(self.save_pack)
        self.pack.files_asked.connect(self.save_files)
        self.pack.option_set.connect(self._set_option)
        self.work.went.connect(lambda place, given: self.desk.go(place, event_id=self._event_id, **given))
        self.work.handouts_asked.connect(self.open_handouts)
        self.work.day_file_asked.connect(self.take_day_file)
        self.leaving.left.connect(self._after_pack)
        self.leaving.busy.connect(lambda on: self.pack.setEnabled(not on))
        self.paper.left_app.connect(self._after_paper)

    # what a person does

    def arrive(self, *, event_id: int | None = None, kind: str = "", **_more: Any) -> None:
        """Take the event, and the paper to show."""
        self._kind = kind or self._kind
        if event_id is None:
            return
        if self.picker is not None:
            self.picker.choose(event_id)
        else:
            self._take_event(event_id)

    def stand(self) -> dict[str, Any]:
        """The event and the paper."""
        return {"event_id": self._event_id or None, "kind": self._kind}

    def show_paper(self, kind: str) -> None:
        """Show one paper as it will be printed, or what is missing for it."""
        self.parts.show_middle()
        self._draw(kind)

    def _draw(self, kind: str) -> None:
        self._kind = kind
        row = next((row for row in self._rows if row.kind == kind), None)
        if row is not None and not row.ready:
            todo = way_to(row.todo) if row.todo is not None else None
            act = (lambda: self._follow(todo)) if todo is not None else None
            self.paper.clear(f"{kind}は、まだ作成できません。{row.state}", todo.label if todo else "", act)
        else:
            self.paper.show_paper(self._event_id, kind)

    def print_pack(self) -> None:
        """Print the ticked papers."""
        choices = self.pack.choices()
        if choices:
            self.leaving.print_out(self._event_id, choices, whole_sheets=self.pack.whole_sheets)

    def save_pack(self) -> None:
        """Save the ticked papers as one PDF."""
        choices = self.pack.choices()
        if choices:
            self.leaving.save_pdf(self._event_id, choices, whole_sheets=self.pack.whole_sheets)

    def save_files(self) -> None:
        """Save the ticked papers as files."""
        choices = self.pack.choices()
        if choices:
            self.leaving.save_files(self._event_id, choices)

    def open_handouts(self) -> None:
        """Choose handouts to print."""
        self.desk.read(with_store(read_handouts, event_id=self._event_id), self._open_handouts)

    def take_day_file(self) -> None:
        """Take this event out as a 当日持出しファイル."""
        take_out(self.desk, self, event_id=self._event_id)

    def return_day_file(self) -> None:
        """Bring a 当日持出しファイル of this event back."""
        bring_back(
            self.desk,
            self,
            subject=self._event.full_title if self._event else "",
            by_hand=lambda: self.desk.go("takeouts", event_id=self._event_id),
        )

    def note_takeout(self) -> None:
        """Write the row of the 持出し管理簿 for what just left."""
        event = self._event
        if event is None:
            return
        dialog = DayTakeoutDialog(
            self.desk,
            event_id=event.id,
            contents=roster_sheet.KIND,
            copies=self._personal_copies,
            destination="　".join(part for part in (event.venue, event.room) if part),
            day=event.event_date,
            parent=self,
        )
        dialog.stored.connect(lambda _saved: self.offer.say(""))
        dialog.open()

    # reading

    def reload(self) -> None:
        """Read the papers and check what will be printed."""
        if self.picker is not None:
            self.picker.reload()
        self._read()

    def _take_event(self, event_id: int) -> None:
        if event_id != self._event_id:
            self._event_id = event_id
            self.offer.say("")
            self.check.say_waiting()
        if not event_id:
            self.paper.clear(_NONE, "事業を開く", lambda: self.desk.go("events"))
        elif self.isVisible():
            self._read()

    def _read(self) -> None:
        if not self._event_id:
            return
        today = self.desk.today()
        self.desk.read(with_store(read_day, event_id=self._event_id, today=today), self._show)
        self.desk.read(with_store(gather_preflight, event_id=self._event_id, today=today), self._judge)

    def _show(self, found: DayView) -> None:
        event, view, options = found.event, found.pack, found.options
        if view.event_id != self._event_id:
            return
        self._event, self._rows = event, view.rows
        left = f"前回の出力　{short_date(view.left_on, self.desk.today())}" if view.left_on else ""
        self.pack.show_pack(view, options, read_only=self.desk.read_only, left_words=left)
        self.outside.say(f"**{found.outside}**です。{_MEANWHILE}" if found.outside else "")
        self.work.show_kind(event.kind, handouts=any("配布資料" in row.kind and row.ready for row in view.rows))
        known = {row.kind for row in view.rows}
        first = next((row.kind for row in view.rows if row.ready), view.rows[0].kind)
        self._draw(self._kind if self._kind in known else first)

    def _judge(self, facts: PreflightFacts) -> None:
        if facts.event.id == self._event_id:
            self.desk.apart(bound(judge_preflight, facts=facts), self._show_check, owner=self, drawing=True)

    def _show_check(self, found: Preflight) -> None:
        if found.event_id == self._event_id:
            self.check.show_preflight(found)

    def _follow(self, way: WayThere) -> None:
        self.desk.go(way.place, **way.arguments)

    def _set_option(self, option: Option, on: bool) -> None:
        self.desk.write(acting(self.desk, set_day_option, event_id=self._event_id, option=option, on=on), owner=self)

    def _open_handouts(self, view: HandoutView) -> None:
        HandoutDialog(self.desk, view, parent=self).open()

    # after something left

    def _after_pack(self, drawn: DrawnPack) -> None:
        rosters = [one.copies for one in drawn.papers if one.content.kind == roster_sheet.KIND]
        self._offer_takeout(sum(rosters))

    def _after_paper(self) -> None:
        content = self.paper.content
        if content is not None and content.kind == roster_sheet.KIND:
            self._offer_takeout(content.numbered_copies)

    def _offer_takeout(self, copies: int) -> None:
        self._personal_copies = copies
        self.offer.say(f"**{roster_sheet.KIND} {copies}部**が出ました。{_OFFER}" if copies else "")
