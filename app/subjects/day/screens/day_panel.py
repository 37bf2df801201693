"""当日: what to look at before printing, the 当日セット, each paper as it will be printed, and the day's other work."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.main_window.ways import WayThere, way_to
from app.papers.screens.paper_view import PaperView
from app.subjects.day.screens.handout_dialog import HandoutDialog
from app.subjects.day.screens.pack_box import PackBox
from app.subjects.day.screens.pack_leaving import PackLeaving
from app.subjects.day.screens.preflight_box import PreflightBox
from app.subjects.day.screens.takeout_dialog import TakeoutDialog
from app.subjects.day.screens.three_parts import ThreeParts
from app.subjects.day.screens.work_box import WorkBox
from app.subjects.day.services.day_building import Option, set_day_option
from app.subjects.day.services.day_pack import DayView, DrawnPack, PackRow, read_day
from app.subjects.day.services.preflight import Preflight, PreflightFacts, gather_preflight, judge_preflight
from app.subjects.day_file.parts.open_dialogs import bring_back, take_out
from app.subjects.events.parts.event_picker import EventPicker
from app.subjects.materials.services.handout_sets import HandoutView, read_handouts
from app.subjects.roster.papers import roster_sheet
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, only_for_writing, page
from app.window import theme as t
from app.window.background_task import bound
from app.window.desk import Desk, with_store
from db.records.events import Event

_NONE = "この年度の実施回は、まだありません。"
_MEANWHILE = "戻すまでに事務所で入れた出欠は、戻すときに突き合わせます。"
_OFFER = "庁舎の外へ持ち出すときは、持出し管理簿に記録します。"


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
            self.desk, self, subject=self._event.full_title if self._event else "",
            by_hand=lambda: self.desk.go("takeouts", event_id=self._event_id),
        )  # fmt: skip

    def note_takeout(self) -> None:
        """Write the row of the 持出し管理簿 for what just left."""
        event = self._event
        if event is None:
            return
        dialog = TakeoutDialog(
            self.desk, event_id=event.id, contents=roster_sheet.KIND, copies=self._personal_copies,
            destination="　".join(part for part in (event.venue, event.room) if part), day=event.event_date, parent=self,
        )  # fmt: skip
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
            self.paper.clear(_NONE, "事業・日程を開く", lambda: self.desk.go("events"))
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
        self.desk.write(with_store(set_day_option, event_id=self._event_id, option=option, on=on, **self.desk.signed))

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
