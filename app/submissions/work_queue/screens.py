"""資料・報告, the list of everything between ward and contractor with details and actions, also as tabs of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import show_year_document
from app.documents.screens.export_button import export_button
from app.importing.parts import ask_file
from app.main_window.navigation import EventTab, ScreenEntry
from app.received.services import HANDOUT
from app.submissions.deliverables.documents import LATE
from app.submissions.deliverables.rules.due_rows import Lateness
from app.submissions.work_queue.rules import DEFINITION, DONE, LATER, TURNS, WAITING, WARD, WorkQueue, WorkQueueRow
from app.submissions.work_queue.services import read_event_work_queue, read_work_queue
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MoreButton, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.file_drop import FileDrop
from app.widgets.keys import on_key
from app.widgets.labels import heading, label, second_label, small_label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.switch_chip import SwitchChip
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import Screen, in_scroll_area, page_column, widget_row
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from db.digits import whole_number

MakeDetail = Callable[[AppContext], QWidget]


def screens(*, handout: MakeDetail, outstanding: MakeDetail) -> Iterator[ScreenEntry]:
    """Yield the screen, built when first shown; the arguments make the details beside a row of each kind."""
    from app.submissions.work_queue.services import count_ward_items

    yield ScreenEntry(
        "turns",
        "files",
        "資料・報告",
        lambda desk: WorkQueueScreen(desk, handout=handout(desk), outstanding=outstanding(desk)),
        badge=count_ward_items,
        badge_words="区の対応待ち",
    )


def handout_tab(*, beside: MakeDetail) -> Iterator[EventTab]:
    """Yield the tab with the handouts of one event; ``beside`` makes the details beside a row."""

    yield EventTab(
        title="資料", factory=lambda desk: EventWorkQueue(desk, "資料", detail=beside(desk)), only_with="資料"
    )


def report_list(app_context: AppContext, *, beside: MakeDetail) -> Screen:
    """Return the list of what an event owes as reports; ``beside`` makes the details beside a row."""
    return EventWorkQueue(app_context, "報告", detail=beside(app_context))


ICONS = {WARD: "clock-fill", WAITING: "hourglass-medium", DONE: "check-circle-fill"}

_DRIFT = (
    "確認のあとに区の記録が変わり、報告書の数字と違っています。報告書を開いて「確認済を取り消す」を押し、"
    "区の記録を読み直してから、もう一度確認済にします。"
)


def work_queue_columns(*, of_event: bool = False) -> tuple[Column, ...]:
    """Return the three columns (期限・根拠, 資料・報告書, いまの状態); ``of_event`` leaves the event out."""
    return (
        Column(
            "due", "期限・根拠", show=_due, width=164, sort=lambda one: one.due or date.max,
            export_parts=(
                ExportColumn("期限", show=lambda one: one.due_words),
                ExportColumn("根拠", show=lambda one: one.basis_words),
            ),
        ),
        Column(
            "thing", "資料・報告書" if of_event else "資料・報告書／実施回", stretch=True, width=180,
            show=_title_and_event_cell if of_event else _title_cell,
            export_parts=(
                ExportColumn("種類", show=lambda one: one.kind),
                ExportColumn("資料・報告書", show=lambda one: one.title),
                ExportColumn("実施回", show=event_or_year_words),
            ),
        ),
        Column(
            "state", "いまの状態", show=_state, width=170,
            export_parts=(
                ExportColumn("番", show=lambda one: one.turn),
                ExportColumn("いまの状態", show=lambda one: one.state_words),
                ExportColumn("日付など", show=lambda one: one.state_second),
            ),
        ),
    )  # fmt: skip


def event_or_year_words(row: WorkQueueRow) -> str:
    """Return 「令和8年度　第3回 LINE講習会」: the year only if the list has several, no event for one of the year."""
    return join_nonempty(row.year_words, row.event_words)


def _due(row: WorkQueueRow) -> Cell:
    return Cell(
        row.due_words,
        row.basis_words,
        date=True,
        tone=row.tone,
        tip="期限です（契約、法令、または本人への約束）" if row.contract else "目安日です。契約の期限ではありません",
    )


def _title_and_event_cell(row: WorkQueueRow) -> Cell:
    return Cell(row.title, strong=True)


def _title_cell(row: WorkQueueRow) -> Cell:
    return Cell(row.title, event_or_year_words(row), strong=True, second_kind=row.event_kind or "")


def _state(row: WorkQueueRow) -> Cell:
    ward, done = row.turn == WARD, row.turn == DONE
    back = row.turn == WAITING and row.versions > 0
    return Cell(
        row.state_words,
        row.state_second,
        icon="warning-fill" if row.drift else "arrow-u-up-left" if back else ICONS[row.turn],
        icon_tone="amber" if ward else "green" if done else "second",
        tone="amber" if ward else "",
        strong=ward,
        tip=_DRIFT if row.drift else "",
    )


_BOOKS = (".xlsx", ".xlsm")
_SIDE = 360


class Detail(Protocol):
    """Protocol of the widget with details beside a row, which the area of the row provides.

    ``bar_buttons`` are its acts for the bar of the page.
    """

    bar_buttons: tuple[Button, ...]

    def show_item(self, **row: Any) -> None:
        """Show the item of a row; implementations use the fields they need."""

    def receive(self, path: Path | None = None) -> None:
        """Open the receipt of its next version, with a file if given."""

    def open_next_step(self) -> None:
        """Open its page, or its receipt, as Enter on its row does."""


class HandoutDetail(Detail, Protocol):
    """The details of a handout; ``version_received`` reports its id when a version was received."""

    version_received: SignalInstance


class OwedDetail(Detail, Protocol):
    """The details of all due documents except handouts; ``form_recognised`` reports a form's row and year."""

    form_recognised: SignalInstance

    def take_file(self, path: Path) -> None:
        """Open the receipt of a file; an Excel workbook is read as a form of the ward instead."""

    def ask_texts(self) -> None:
        """Open the texts about what is shown."""

    def show_nothing(self) -> None:
        """Clear the details when no row is chosen; a file received now is of the shown year."""


_NEEDS_ROW = "届いたものは、その行を選んでから受領します。"


class WorkQueueList(Screen):
    """Base of the lists of rows with details beside them; emits no signals.

    Subclasses show rows in ``table`` and call ``lay_out_beside`` once to put list and details together.
    """

    def __init__(
        self,
        app_context: AppContext,
        *,
        table: RecordTable,
        receive: str,
        handout: QWidget | None,
        outstanding: QWidget | None,
    ):
        """``receive`` is the label of the button; a list that never has rows of a kind needs no details for it."""
        super().__init__(app_context)
        self._wanted: dict[str, Any] = {}
        self._receive_soon = False
        self._beside: QWidget | None = None
        self._detailed: WorkQueueRow | None = None
        self.handout, self.outstanding = handout, outstanding
        self.table = table
        self.receive = Button(receive, self._receive, icon_name="download-simple")
        self.bar = ActionBar(app_context)
        self._none = EmptyState()
        self._side = PageLayout()
        self._handout_page = Panel()
        self.parts: ListAndDetail

    def lay_out_beside(self, listed: QWidget, *, back: str) -> ListAndDetail:
        """Return ``listed``, which holds the table, beside the details; ``back`` names the list where it folds."""
        # In their place before they are shown or hidden, so that none is a window of its own.
        details = (cast(Detail, one) for one in (self.handout, self.outstanding) if one is not None)
        self.bar.put(*(button for one in details for button in one.bar_buttons), self.receive)
        nothing = Panel()
        nothing.put(self._none)
        self._none.show_text(f"行を選ぶと、ここに出ます。{_NEEDS_ROW}")
        self._side.addWidget(nothing)
        if self.handout is not None:
            self._handout_page.body.setContentsMargins(0, 0, 0, 0)
            self._handout_page.put((in_scroll_area(self.handout), 1))
            self._side.addWidget(self._handout_page)
            cast(HandoutDetail, self.handout).version_received.connect(self._await_version)
        if self.outstanding is not None:
            self._side.addWidget(self.outstanding)
            cast(OwedDetail, self.outstanding).form_recognised.connect(self._go_to_row)
            on_key(self, "Alt+L", cast(OwedDetail, self.outstanding).ask_texts)
        side = QWidget()
        side.setLayout(self._side)
        self.parts = ListAndDetail(listed, side, back=back, wide=_SIDE, usual=_SIDE)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.receive.setEnabled(self.may_write)
        FileDrop(self, is_allowed=lambda: self.may_write).dropped.connect(self.take_file)
        on_key(self, QKeySequence.StandardKey.Open, self.open_file)
        self.setFocusProxy(self.table)
        return self.parts

    def _await_version(self, material_id: int) -> None:
        """Select the row of a received version at the next reading, since its group may change."""
        self._wanted = {"material_id": material_id}

    def _go_to_row(self, row_or_kind: str, _programme_id: int) -> None:
        self.table.choose(lambda one: row_or_kind in (one.id, one.kind))

    def _find_target(self, rows: tuple[WorkQueueRow, ...]) -> WorkQueueRow | None:
        """Return the first row of those asked for, which are then forgotten; None = none asked for, or gone."""
        wanted, self._wanted = self._wanted, {}
        if not wanted:
            return None
        mine = [one for one in rows if all(getattr(one, key, None) == value for key, value in wanted.items())]
        return mine[0] if mine else None

    def _go_to_target(self, target: WorkQueueRow | None, *, first_time: bool) -> None:
        """Select the target after the rows were read, without one the first time any row; show its details.

        Then open its receipt if that was requested.
        """
        if target is not None:
            self.table.choose(lambda one: one.id == target.id, take_focus=False)
        elif first_time:
            self.table.ensure_current_row()
        self._choose(self.table.current())
        if self._receive_soon:
            self._receive_soon = False
            self._receive()

    def current_row(self) -> WorkQueueRow | None:
        """Return the current row, None without one."""
        current = self.table.current()
        return current if isinstance(current, WorkQueueRow) else None

    def _choose(self, _current: object) -> None:
        current = self.current_row()
        # The list tells of the row it makes current while it is filled: its details are read once.
        known, self._detailed = self._detailed, current
        if current is not None and current is known:
            self._update_actions(current)
            return
        self._beside = None
        if current is None:
            self._side.setCurrentIndex(0)
            if self.outstanding is not None:
                cast(OwedDetail, self.outstanding).show_nothing()
        else:
            self._beside = self.handout if current.kind == HANDOUT else self.outstanding
            ward = self._ward_count() if current.turn == WARD else 0
            cast(Detail, self._beside).show_item(**vars(current), ward=ward)
            self._side.setCurrentWidget(self._page_of(self._beside))
        self._update_actions(current)

    def _page_of(self, detail: QWidget | None) -> QWidget:
        """Return the page of the side panel on which a detail stands."""
        found = self._handout_page if detail is self.handout else self.outstanding
        assert found is not None
        return found

    def _ward_count(self) -> int:
        """Return how many items are 区の対応待ち, 0 where only some rows are known."""
        return 0

    def _update_actions(self, current: WorkQueueRow | None) -> None:
        """Enable and fill the button to receive something, by the current row."""
        may = current is not None and self.may_write
        self.receive.setEnabled(may)
        self.receive.setToolTip("" if current is not None else _NEEDS_ROW)
        # Only one button is filled: what waits for the ward goes first.
        self.receive.set_filled(may and current is not None and current.group == WAITING)
        detail = cast(Detail, self._beside).bar_buttons if self._beside is not None else ()
        self.bar.put(self.receive, *detail)
        self.bar.show_words(f"**{current.title}**　{current.state_words}" if current is not None else _NEEDS_ROW)

    # acting

    def _open(self, _row: object) -> None:
        if self.parts.is_narrow:
            self.parts.show_detail()
        elif self._beside is not None:
            cast(Detail, self._beside).open_next_step()

    def _receive(self) -> None:
        if self._beside is not None and self.may_write:
            cast(Detail, self._beside).receive()

    def open_file(self) -> None:
        """Ask for a received file (Ctrl+O), and receive it."""
        path = self.ask_file() if self.may_write else None
        if path is not None:
            self.take_file(path)

    def ask_file(self) -> Path | None:
        """Return the file that the user chooses, nothing if none."""
        return ask_file(self, "受託者から届いたファイルを選ぶ", "")

    def take_file(self, path: Path) -> None:
        """Receive a chosen or dropped file: beside a handout as its next version, unless it is an .xlsx or .xlsm.

        Any other goes to the details of due documents, which read a workbook as a form (``OwedDetail.take_file``).
        """
        book = path.suffix.lower() in _BOOKS
        if self.outstanding is None or (self._beside is self.handout and not book):
            if self._beside is not None:
                cast(Detail, self._beside).receive(path)
        else:
            self._side.setCurrentWidget(self.outstanding)
            cast(OwedDetail, self.outstanding).take_file(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the list again on Esc in the details."""
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.parts.show_list()
            return
        super().keyPressEvent(event)


Part = Literal["資料", "報告"]
_RECEIVE: dict[Part, str] = {"資料": "資料を受領する", "報告": "届いた報告書を受領する"}
_EMPTY: dict[Part, str] = {
    "資料": "この実施回に、受け取る資料はありません。",
    "報告": "この実施回に、受け取る報告書はありません。",
}


class EventWorkQueue(WorkQueueList):
    """Tab of an event with its handouts or its report; emits no signals.

    ``open_with`` takes the event, the row to select and ``receive``, as 資料・報告 does.
    """

    def __init__(self, app_context: AppContext, part: Part, *, detail: QWidget):
        """``detail`` shows the details of a row of this part."""
        super().__init__(
            app_context,
            table=RecordTable(
                "turns-event",
                work_queue_columns(of_event=True),
                title=part,
                empty="",
                group=lambda one: one.group,
                search=lambda one: f"{one.kind}{one.turn}",
                filtered=False,
                foot=False,
                names_people=False,
            ),
            receive=_RECEIVE[part],
            handout=detail if part == "資料" else None,
            outstanding=detail if part == "報告" else None,
        )
        self.part: Part = part
        self._event_id = 0
        self.turns: WorkQueue | None = None
        self.count = second_label()
        self.every = link_button("資料・報告の一覧で見る", lambda: self.go("turns", event_id=self._event_id, only=True))
        self.form = Button("報告書の様式を書く", self._go_to_report, kind="link", key="Ctrl+N")
        on_key(self.form, self.form.key, self.form.click)
        self.numbers = link_button("数字の食い違い検査", lambda: app_context.go("numbers", event_id=self._event_id))
        self.export = export_button(
            app_context, self.table, title=f"{part}の一覧", small=True, event_id=lambda: self._event_id or None
        )
        links = (self.form, self.numbers, self.every) if part == "報告" else (self.every,)
        for link in (self.form, self.numbers):
            if link not in links:
                link.setParent(self)
                link.hide()
        column = page_above(self.bar, self)
        head = FlowRow(self.count, *links, self.export, spacing=16, at_end=1)
        add(column, head, (self.lay_out_beside(self.table, back=f"{part}の一覧"), 1))

    def open_with(self, **arguments: Any) -> None:
        """Set the event (0 = none) and the row to select at the next ``reload``; ``receive`` opens its receipt."""
        event_id = int(arguments.pop("event_id", 0) or 0)
        if event_id != self._event_id:
            self._event_id, self.turns = event_id, None
            self.table.set_empty("")  # what is still being read is not called empty
            self.table.show_rows(())
        self._receive_soon = bool(arguments.pop("receive", False))
        self._wanted = {key: value for key, value in arguments.items() if value}

    def focus_part(self, part: str, /) -> None:
        """Select the row of the handout whose id is ``part``."""
        number = whole_number(part)
        if number is not None:
            self._wanted = {"material_id": number}
            if self.turns is not None:
                self._show(self.turns)
        self.focus_work_area()

    def view_state(self) -> dict[str, Any]:
        """Return the event, to restore it later."""
        return {"event_id": self._event_id}

    def reload(self) -> None:
        """Read the rows of the event and show them; nothing without an event, or if it is gone."""
        if self._event_id:
            self.app_context.read(
                with_store(read_event_work_queue, event_id=self._event_id, today=self.today),
                self._show,
                on_failed=lambda _gone: None,
                owner=self,
            )

    def _show(self, found: WorkQueue) -> None:
        first_time = self.turns is None
        mine = tuple(
            one
            for one in found.rows
            if one.event_id == self._event_id and (one.kind == HANDOUT) == (self.part == "資料")
        )
        self.turns = WorkQueue(rows=mine)
        self.count.setText(self.turns.words if mine else "")
        wanted = self._find_target(mine)
        self.table.set_empty(_EMPTY[self.part])
        self.table.show_rows(mine)
        self._go_to_target(wanted, first_time=first_time)

    def _choose(self, current: object) -> None:
        """Show the details of a row; without one the handouts, which every event can receive."""
        super()._choose(current)
        if self.current_row() is not None or not self._event_id:
            return
        if self.handout is not None:
            # An event that needs no handouts can still receive one.
            self._beside = self.handout
            cast(Detail, self.handout).show_item(event_id=self._event_id, material_id=0, event_words="")
            self._side.setCurrentWidget(self._handout_page)
            self.receive.setEnabled(self.may_write)
        else:
            self._none.show_text(_EMPTY["報告"], "報告書の画面を開く", self._go_to_report)

    def _go_to_report(self) -> None:
        self.go("event", event_id=self._event_id, tab="報告", part="様式")


_NOW = f"{WAITING}　いま"
"""The group of what is due now; later items are folded below, and counted with it."""
_LATE = "遅れ（契約の期限）"
_TONES = {WARD: t.AMBER, WAITING: t.INK_SECONDARY, DONE: t.GREEN}
_LEDGERS = (("受領報告書一覧", "reports"), ("物品持込許可簿", "goods"), ("提供物台帳", "provided"))


class WorkQueueScreen(WorkQueueList):
    """The screen 資料・報告; emits no signals.

    ``open_with`` takes the row to select: ``event_id``, ``material_id``, ``programme_id``, ``kind`` or ``task``;
    ``only`` (items of that event alone), ``turn`` (that group alone), ``receive`` (open the receipt of the row). The
    year ``programme_id`` is listed even when closed.
    """

    def __init__(self, app_context: AppContext, *, handout: QWidget, outstanding: QWidget):
        super().__init__(
            app_context,
            table=RecordTable(
                "turns",
                work_queue_columns(),
                title="資料・報告の一覧",
                empty="ここに出るものはありません。",
                group=lambda one: _NOW if one.group == WAITING else one.group,
                search=lambda one: f"{one.kind}{event_or_year_words(one)}{one.turn}",
                filtered=False,
                foot=False,
                names_people=False,
            ),
            receive="届いたものを受領する",
            handout=handout,
            outstanding=outstanding,
        )
        self.turns: WorkQueue | None = None
        self._event_id = 0
        self._programme_id: int | None = None
        self.chips = {turn: SwitchChip(turn, ICONS[turn], tone=_TONES[turn]) for turn in TURNS}
        one_stop = OneStop(self, chooses=False)
        for chip in self.chips.values():
            one_stop.add(chip)
        self.total = label("", "second")
        self.only = Button("", self._show_all_events, icon_name="x", low=True)
        self.more = MoreButton(self.menu_actions)
        self.export = export_button(app_context, self.table, title="資料・報告の一覧", small=True)
        self.later = FoldLine(LATER)
        self.late = small_label()
        self._late_words = ("", "")
        self.total.setToolTip(DEFINITION)
        self._build()
        self._connect()

    def _build(self) -> None:
        for turn in (WARD, WAITING):
            self.chips[turn].setChecked(True)
        self.only.hide()
        column = page_above(self.bar, self)
        left = FlowRow(heading("資料・報告"), self.total, *self.chips.values(), self.only)
        head = widget_row()
        head.addWidget(left, 1)
        tools = (self.table.filter_field, self.export, self.more)
        for tool in tools:
            head.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        listed = QWidget()
        inside = page_column(listed, spacing=0)
        inside.setContentsMargins(0, 0, 0, 0)
        add(inside, (self.table, 1), self.later)
        add(column, (self.lay_out_beside(listed, back="資料・報告"), 1), self.late)

    def _connect(self) -> None:
        for chip in self.chips.values():
            chip.toggled.connect(self._fill)
        self.later.toggled.connect(self._fill)
        self.app_context.year_changed.connect(self._on_year_changed)

    # reading

    def open_with(self, **arguments: Any) -> None:
        """Set what the list shows, and the row to select at the next ``reload``."""
        wanted = {key: value for key, value in arguments.items() if value and key not in ("receive", "turn", "only")}
        if wanted.get("task"):
            wanted["kind"] = wanted.pop("task")
        if arguments:
            self._wanted = wanted
            self._event_id = int(arguments.get("event_id") or 0) if arguments.get("only") else 0
            self._programme_id = arguments.get("programme_id") or None
        turn = str(arguments.get("turn") or "")
        if turn in self.chips:
            for word, chip in self.chips.items():
                chip.setChecked(word == turn)
        self._receive_soon = bool(arguments.get("receive"))

    def view_state(self) -> dict[str, Any]:
        """Return the event shown alone, or the requested year."""
        if self._event_id:
            return {"event_id": self._event_id, "only": True}
        return {"programme_id": self._programme_id} if self._programme_id else {}

    def reload(self) -> None:
        """Read the list and show it."""
        self.run_read(
            self._show, read_work_queue, today=self.today, fiscal_year=self.fiscal_year, programme_id=self._programme_id
        )

    def _show(self, found: WorkQueue) -> None:
        """Show the list that was read, and how late each side was."""
        first_time = self.turns is None
        self.turns = found
        sides = (("受託者", found.contractor), ("区", found.ward))
        whole, short = ("　／　".join(side_words(*side, named=one) for side in sides) for one in (True, False))
        # The ward's check of a handout that has not come is no delay of the ward; it waits for the contractor.
        unmet = sum(
            row.kind == HANDOUT and row.turn == WAITING and bool(row.tone) and not row.versions for row in found.rows
        )
        missing = fill_nonempty("　資料未受領 {}件", unmet)
        self._late_words = (f"{_LATE}　{whole}{missing}", f"{_LATE}　{short}{missing}")
        self._show_late_summary()
        wanted = self._find_target(found.rows)
        if wanted is not None:
            self._reveal_row(wanted)
        if first_time and found.rows and all(one.is_later for one in found.rows):
            # In April nothing else exists: receiving needs a row.
            self.later.setChecked(True)
        self._fill()
        self._go_to_target(wanted, first_time=first_time)

    def _reveal_row(self, target: WorkQueueRow) -> None:
        """Reset filters that would hide the target row (switches, event, search words)."""
        if self._event_id not in (0, target.event_id):
            self._event_id = 0
        if target.is_later:
            self.later.setChecked(True)
        self.chips[target.turn].setChecked(True)
        self._fill()
        if self.table.model.row_of(lambda one: one.id == target.id) < 0:
            self.table.clear_filter()

    def _fill(self) -> None:
        """Show the rows of the switches that are on, and the count on each switch."""
        if self.turns is None:
            return
        found = self.turns.filtered(event_id=self._event_id)
        for turn, chip in self.chips.items():
            chip.show_count(found.count(turn))
        on = {turn for turn, chip in self.chips.items() if chip.isChecked()}
        later = [one for one in found.rows if one.is_later]
        kinds = Counter(one.kind for one in later)
        self.later.show_count(len(later) if WAITING in on else 0, *(f"{kind} {kinds[kind]}" for kind in kinds))
        opened = self.later.isChecked()
        shown = [one for one in found.rows if one.turn in on and (opened or not one.is_later)]
        self.table.show_rows(shown)
        self.total.setText(f"計 {len(found.rows)}件")
        self._show_late_summary()
        name = next((event_or_year_words(one) for one in found.rows if one.event_id), "")
        self.only.setVisible(bool(self._event_id))
        self.only.set_words(f"{name or 'この実施回'} だけ")
        self.only.setToolTip("すべての実施回を出します")
        self._choose(self.table.current())

    def _on_year_changed(self, _year: int) -> None:
        """Forget the requested year and event; slot of ``year_changed``. The list is not read again here.

        It is a method, so that a deleted screen receives no signal.
        """
        self._programme_id = None
        self._show_all_events()

    def _show_all_events(self) -> None:
        self._event_id = 0
        self._fill()

    def _go_to_row(self, row_or_kind: str, programme_id: int) -> None:
        """Select the row of a form that was read, in its year."""
        rows = self.turns.filtered(programme_id=programme_id).rows if self.turns is not None else ()
        mine = [one for one in rows if row_or_kind in (one.id, one.kind)]
        if mine:
            self._reveal_row(mine[0])
            self.table.choose(lambda one: one.id == mine[0].id)

    def _show_only_event(self) -> None:
        """Show only the rows of the current row's event."""
        current = self.current_row()
        if current is not None and current.event_id:
            self._event_id = current.event_id
            self._fill()

    def _ward_count(self) -> int:
        return self.turns.count(WARD) if self.turns is not None else 0

    def _show_late(self) -> None:
        """Open the document with the due list and the lateness of both sides."""
        show_year_document(self, LATE)

    def menu_actions(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Return the entries of 「…」 as words and actions."""
        acts = []
        current = self.current_row()
        if self.may_write:
            acts.append(("届いたファイルを開く　Ctrl+O", self.open_file))
        if current is not None and current.event_id and not self._event_id:
            acts.append((f"「{event_or_year_words(current)}」だけを見る", self._show_only_event))
        if current is not None and current.drift:
            acts.append(("数字の食い違い検査を開く", partial(self.go, "numbers", event_id=current.event_id)))
        acts.append(("提出物と遅れの一覧を見る", self._show_late))
        for words, key in _LEDGERS:
            acts.append((f"{words}を開く", lambda key=key: self.go("ledgers", ledger=key)))  # type: ignore[misc]
        return acts

    def fit_size(self) -> None:
        """Hide the line on lateness in a narrow window; 「…」 opens the document with it."""
        self.late.setVisible(not t.is_narrow(self.window().width()))
        self._show_late_summary()

    def _show_late_summary(self) -> None:
        """Show lateness in full in a wide window, else as counts, with the number of rows."""
        whole, short = self._late_words
        width = self.window().width()
        wide = t.unscaled(width) >= t.FOLD_WIDE
        self.total.setVisible(wide or t.is_narrow(width))
        self.late.setText(whole if wide else join_nonempty(self.total.text(), short))
        self.late.setToolTip(
            join_nonempty("" if wide else whole, "目安日は遅れに数えません。", DEFINITION, separator="\n")
        )


def side_words(side: str, late: Lateness, *, named: bool = True) -> str:
    """Return one side's lateness (「受託者 1件・8日（第4回 報告書 8日）」, 「区 なし」); items only if ``named``."""
    if not late.times:
        return f"{side} なし"
    if not named:
        return f"{side} {late.times}件・{late.days}日"
    rest = f"、ほか{late.times - 2}件" if late.times > 2 else ""
    return f"{side} {late.times}件・{late.days}日（{'、'.join(late.item_words[:2])}{rest}）"
