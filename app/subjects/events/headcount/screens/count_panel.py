"""参加予定人数: typed by 団体 or from the roster, held against the specification, told to the contractor, exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.papers.screens.export_button import ExportButton, ExportSheet
from app.papers.screens.mail_text_dialog import MailTextDialog
from app.papers.screens.paper_view import PaperDialog
from app.papers.screens.told_dialog import CorrectToldDialog, ToldDialog
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.event.parts.deadline_basis import explain
from app.subjects.events.event.parts.event_picker import EventPicker, no_event
from app.subjects.events.event.rules.attendance import headcount_totals
from app.subjects.events.headcount.screens.count_grid import CountGrid
from app.subjects.events.headcount.screens.count_line import NUMBERS, sum_words
from app.subjects.events.headcount.screens.notice_panel import NoticePanel
from app.subjects.events.headcount.screens.organisations_dialog import OrganisationsDialog
from app.subjects.events.headcount.services.headcount_view import HeadcountView, read_headcount
from app.subjects.events.headcount.services.participants import (
    make_headcount_notice,
    remove_headcount_notice,
    set_count_source,
    set_expected_counts,
    withdraw_told,
)
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.labels import AboutSign, heading, say_or_hide, section, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import Screen, page, row, scrolling
from app.widgets.sending import note_failure
from app.window.desk import Desk, acting
from app.window.failure_messages import failure_of
from db.records.events import CountSource
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, KnownNotice

ROSTER, TYPED = "名簿", "入力"
_COUNTED_HINT = (
    "「参加者」の名簿から、団体ごとに数えています。氏名は出ません。"
    "必要な対応には手配する内容だけが載り、本人の書いたことは載りません。"
)


class SourceSwitch(QWidget):
    """The switch between the two. Signals: ``chosen(str)`` 名簿 or 入力, when it was changed by hand."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.roster = QRadioButton()
        self.typed = QRadioButton()
        for button in (self.roster, self.typed):
            self.group.addButton(button)
        in_column(FlowRow(self.roster, self.typed, spacing=24), owner=self)
        self.roster.clicked.connect(lambda _on: self.chosen.emit(ROSTER))
        self.typed.clicked.connect(lambda _on: self.chosen.emit(TYPED))

    def show_view(self, view: HeadcountView, *, may_write: bool) -> None:
        """Show which it is and what each would give."""
        entered = view.roster_people is not None
        self.setVisible(entered or view.from_roster)
        people = f"（{view.roster_people}人）" if entered else "（まだ0人）"
        self.roster.setText(f"名簿の人数を使う{people}")
        self.typed.setText(f"入力した人数を使う（{view.typed_people}人）")
        (self.roster if view.from_roster else self.typed).setChecked(True)
        for button in (self.roster, self.typed):
            button.setAccessibleName(button.text())
            button.setEnabled(may_write)


class CountList(QWidget):
    """The numbers by 団体, only to be read. Signals: none."""

    def __init__(self, to_roster: Callable[[], object]) -> None:
        super().__init__()
        self.table = FittedTable(
            "headcount-roster",
            (
                Column("organisation_name", "団体", lambda row: row.organisation_name, stretch=True,
                    sortable=False),
                *(
                    Column(key, title, _number(key, unit), align="right", sortable=False)
                    for key, title, unit in NUMBERS
                ),
                Column("care_request", "必要な対応", lambda row: row.care_request, widest=260,
                    sortable=False),
            ),
            title="団体ごとの参加予定人数",
            empty="名簿に、参加する方がまだいません。",
            empty_button="参加者を開く",
            empty_act=to_roster,
            unit="団体",
        )  # fmt: skip
        self.sums = wrapped_label("", "strong")
        in_column(self.table, in_row(self.sums, AboutSign(_COUNTED_HINT), None, spacing=8), owner=self, spacing=8)
        self.setFocusProxy(self.table)

    def show_view(self, view: HeadcountView) -> None:
        """Show the rows with their sums."""
        self.table.show_rows(view.rows)
        totals = view.totals
        parts = [f"{title} {sum_words(totals, key, unit)}" for key, title, unit in NUMBERS]
        say_or_hide(self.sums, f"計　{totals.organisations}団体　{'　'.join(parts)}" if view.rows else "")


def _number(key: str, unit: str) -> Callable[[ExpectedCount], Cell]:
    def show(row: ExpectedCount) -> Cell:
        value = int(getattr(row, key))
        return Cell(f"{value}{unit}" if value else "—", tone="" if value else "second", strong=key == "people")

    return show


def count_sheet(rows: Sequence[ExpectedCount]) -> ExportSheet:
    """Return the table; what a person needs (必要な対応) makes it one with personal data."""
    lines = [
        (row.organisation_name, *(str(getattr(row, key)) for key, _title, _unit in NUMBERS), row.care_request)
        for row in rows
    ]
    totals = headcount_totals(rows)
    sums = [sum_words(totals, key, unit).removesuffix(unit) for key, _title, unit in NUMBERS]
    return ExportSheet(
        columns=("団体", *(f"{title}（{unit}）" for _key, title, unit in NUMBERS), "必要な対応"),
        rows=(*lines, (f"計　{totals.organisations}団体", *sums, "")),
        words=f"{totals.organisations}団体・{totals.people}人",
        personal=any(row.care_request.strip() for row in rows),
        total=True,
    )


_HINT = (
    "入力した欄を離れると保存します。Enter・↑↓ で上下の行へ移ります。Excelの表を貼り付けることもできます。"
    "必要な対応は、だれのことか分からない書き方にします（拡大資料1部、前方の席1 など）。"
)
HEADCOUNT, CHANGE = "参加人数連絡書", "参加人数変更連絡書"


class CountPanel(Screen):
    """The expected numbers of one event. Signals: none.

    ``embedded`` True is the tab of an event: no heading and no choice of the event. ``open_with(event_id=…)``.
    """

    def __init__(self, desk: Desk, *, embedded: bool = False) -> None:
        super().__init__(desk)
        self._embedded = embedded
        self._event_id = 0
        self._pending = 0
        self._begins = False
        self.view: HeadcountView | None = None
        # In the tab of an event it is put nowhere; without an owner it would stay for ever.
        self.picker = EventPicker(desk, parent=self)
        self.picker.setVisible(not embedded)
        self.to_event = link_button("実施回を開く", lambda: desk.back_to("event", event_id=self._event_id))
        self.to_event.setParent(self)
        self.to_event.setVisible(not embedded)
        self.spec = wrapped_label("", "second")
        self.unsaved = NoteBox(tone="red")
        self.unsaved.put(Button("もう一度保存する", self._save_again, low=True))
        self.grid = CountGrid()
        self.source = SourceSwitch()
        self.list = CountList(lambda: desk.go("event", event_id=self._event_id, tab="参加者"))
        self.hint = wrapped_label(_HINT, "small")
        self.export = ExportButton(
            desk,
            lambda deliver: deliver(count_sheet(self._rows())),
            title="参加予定人数",
            event_id=lambda: self._event_id,
        )
        self.warnings = NoteBox(tone="amber")
        self.unknown = NoteBox(tone="accent")
        self.ask = Button("団体を確かめる", self._ask_organisations, low=True)
        self.unknown.put(self.ask)
        self.notice = NoticePanel()
        self.copies = Panel("必要部数")
        self.copies_sum = wrapped_label("", "h2")
        self.copies_words = wrapped_label("", "small")
        self.none = EmptyState()
        self._build()
        self._connect()

    def _build(self) -> None:
        column = page(self)
        if not self._embedded:
            column.addWidget(FlowRow(heading("人数連絡"), self.picker, self.to_event, spacing=16))
        main = QWidget()
        left = in_column(owner=main, spacing=12, margins=(0, 0, 8, 8))
        top = row(section("参加予定人数"), 8)
        add(top, (self.spec, 1), self.export)
        add(left, top, self.source, self.unsaved, self.grid, self.list, self.warnings, self.unknown, self.hint, None)
        self.copies.put(self.copies_sum)
        self.copies.put(self.copies_words)
        self.columns = FoldingColumns(
            "人数",
            scrolling(main),
            (("連絡", self.notice), ("必要部数", self.copies)),
            wide=320,
            under=left if self._embedded else None,
        )
        add(column, (self.columns, 1), (self.none, 1))
        for part in (self.none, self.source, self.list):
            part.hide()

    def _connect(self) -> None:
        self.picker.chosen.connect(self._choose)
        self.grid.edited.connect(self._save)
        self.grid.ended.connect(self.notice.take_focus)
        self.source.chosen.connect(self._switch)
        self.notice.make_asked.connect(self._make)
        self.notice.preview_asked.connect(self._preview)
        self.notice.mail_asked.connect(self._show_mail)
        self.notice.tell_asked.connect(self._tell)
        self.notice.correct_asked.connect(self._correct)
        self.notice.untell_asked.connect(self._untell)
        self.notice.drop_asked.connect(self._drop)
        self.notice.basis_asked.connect(self._explain)
        self.notice.list.opened.connect(lambda _row: self._preview())

    # reading

    def open_with(self, **arguments: Any) -> None:
        """Take the event."""
        if arguments.get("event_id"):
            self._choose(int(arguments["event_id"]))
            self.picker.choose(self._event_id)
            self._begins = not self._embedded

    def begin(self) -> None:
        """Who was sent here comes to type."""
        self._begins = True
        if self.view is not None:
            self._begin_typing(self.view)

    def _begin_typing(self, view: HeadcountView) -> None:
        if self._begins and not self.desk.read_only:
            if view.from_roster:
                self.notice.take_focus()
            else:
                self.grid.go_to_end()
        self._begins = False

    def view_state(self) -> dict[str, Any]:
        """The event."""
        return {"event_id": self._event_id}

    @property
    def unfinished(self) -> bool:
        """Numbers that are not saved yet."""
        return bool(self._pending or self.unsaved.words())

    def reload(self) -> None:
        """Read the numbers as they stand."""
        if not self._embedded:
            self.picker.reload()
        self._read()

    def _choose(self, event_id: int) -> None:
        if event_id == self._event_id and (event_id or self._embedded):
            return
        self._event_id = event_id
        self.view = None
        self.notice.clear_reason()
        self.unsaved.say("")
        self.columns.setVisible(bool(event_id))
        self.none.setVisible(not event_id)
        self.none.say(*no_event(self.desk))
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if self._event_id:
            self.fetch(self._show, read_headcount, event_id=self._event_id, today=self.desk.today())

    def _show(self, view: HeadcountView) -> None:
        if view.event_id != self._event_id:
            return
        self.view = view
        may_write = not self.desk.read_only
        self.source.show_view(view, may_write=may_write)
        for part in (self.grid, self.hint):
            part.setVisible(not view.from_roster)
        self.list.setVisible(view.from_roster)
        self.setFocusProxy(self.list if view.from_roster else self.grid)
        if view.from_roster:
            self.list.show_view(view)
        # What was typed meanwhile is newer than what was read.
        elif self._pending == 0 and not self.unsaved.words():
            self.grid.set_read_only(not may_write)
            self.grid.show_rows(view.event_id, view.rows, view.organisations)
        self.grid.show_totals(view.totals)
        self.export.offer(bool(view.rows))
        room = f"　会場の定員 {view.venue_capacity}人" if view.venue_capacity else ""
        self.spec.setText(f"仕様 {view.spec_words}{room}")
        self.warnings.say("\n".join(_warning_words(each.text, each.needs) for each in view.warnings))
        self.unknown.say(_unknown_words(view))
        self.ask.setEnabled(may_write)
        self.notice.show_view(view, may_write=may_write)
        self.copies_sum.setText(f"{view.copies.words}{'' if view.copies_final else '（仮）'}")
        self.copies_words.setText(
            "連絡した人数による部数です。予備は2部と1割の多いほう。"
            if view.copies_final
            else "人数を連絡すると確定します。予備は2部と1割の多いほう。"
        )
        self.columns.set_count(0, view.totals.people or None)
        self._begin_typing(view)

    def _rows(self) -> list[ExpectedCount]:
        """The numbers as shown: those of the roster, or as typed up to now."""
        return list(self.view.rows) if self.view is not None and self.view.from_roster else self.grid.rows()

    # writing

    def _switch(self, source: CountSource) -> None:
        if self.do(set_count_source, event_id=self._event_id, source=source) is None:
            self._read()

    def refuse(self, problem: Exception) -> None:
        """What was chosen shows again what is stored."""
        super().refuse(problem)
        self._read()

    def _save(self, rows: list[ExpectedCount]) -> None:
        self._pending += 1
        task = self.send(
            acting(self.desk, set_expected_counts, event_id=self._event_id, rows=rows),
            partial(self._saved, rows),
            failed=self._not_saved,
        )
        if task is None:
            self._read()

    def _saved(self, _rows: list[ExpectedCount], _saved: object) -> None:
        self._pending -= 1
        if self._pending == 0:
            self.unsaved.say("")

    def _not_saved(self, problem: Exception) -> None:
        self._pending -= 1
        note_failure(failure_of(problem), self.unsaved)

    def _ask_organisations(self) -> None:
        if self.view is not None and self.view.unknown:
            OrganisationsDialog(self.desk, self.view, self).open()

    def _save_again(self) -> None:
        self.unsaved.say("")
        self._save(self.grid.rows())

    def _make(self, reason: str) -> None:
        self.send(acting(self.desk, make_headcount_notice, event_id=self._event_id, reason=reason), self._made)

    def _made(self, _saved: object) -> None:
        self.notice.clear_reason()

    def _drop(self) -> None:
        if self.view is not None and self.view.draft is not None:
            self.do(remove_headcount_notice, notice_id=self.view.draft.id)

    # dialogs

    def _kind(self) -> str:
        """The paper that says the newest notice."""
        return CHANGE if self.view is not None and len(self.view.notices) > 1 else HEADCOUNT

    def _preview(self) -> None:
        title = self.view.title if self.view is not None else ""
        PaperDialog(self.desk, event_id=self._event_id, kind=self._kind(), subject=title, parent=self).open()

    def _show_mail(self) -> None:
        title = self.view.title if self.view is not None else ""
        MailTextDialog(
            self.desk,
            scope=PaperScope(event_id=self._event_id),
            kind=self._kind(),
            subject=f"{self._kind()}　{title}",
            parent=self,
        ).open()

    def _tell(self) -> None:
        view = self.view
        if view is not None and view.draft is not None:
            ToldDialog(
                self.desk,
                event_id=self._event_id,
                key=HEADCOUNT_KEY,
                subject=f"{self._title_of(view.draft)}　{view.title}",
                parent=self,
            ).open()

    def _correct(self) -> None:
        told = self.view.told if self.view is not None else None
        if told is not None and told.act is not None:
            CorrectToldDialog(self.desk, told.act, self).open()

    def _title_of(self, notice: KnownNotice) -> str:
        notices = self.view.notices if self.view is not None else ()
        return next(each.title for each in notices if each.notice.id == notice.id)

    def _untell(self) -> None:
        told = self.view.told if self.view is not None else None
        if self.view is None or told is None:
            return
        ReasonDialog(
            self.desk,
            "連絡済を取り消す",
            f"{self._title_of(told)}　{self.view.title}",
            verb="連絡済を取り消す",
            text="参加人数の連絡の期限は、また未連絡になります。"
            "連絡した記録は消さずに、「取消」として理由と一緒に残します。",
            usual=("別の実施回と取り違えた", "まだ連絡していなかった"),
            change=lambda reason: acting(self.desk, withdraw_told, notice_id=told.id, reason=reason),
            parent=self,
        ).open()

    def _explain(self) -> None:
        if self.view is not None and self.view.task is not None:
            explain(self.view.task, self)


def _unknown_words(view: HeadcountView) -> str:
    """「団体の名簿にない名前が2つあります」, and which of them are near one of the register."""
    if not view.unknown:
        return ""
    near = [f"「{one.name}」は「{one.near[0].name}」のことですか。" for one in view.unknown if one.near]
    names = "、".join(one.name for one in view.unknown if not one.near)
    parts = [*near[:2], f"{names}は、団体の名簿にありません。" if names else ""]
    return "".join(parts)


def _warning_words(text: str, needs: str) -> str:
    """A warning with the likely way to settle it."""
    ways = {"程度の範囲内": "程度の範囲内です。", "協議で足りる": "受託者との協議のみで、契約変更は不要の見込みです。"}
    return text + ways.get(needs, f"{needs}。" if needs else "")
