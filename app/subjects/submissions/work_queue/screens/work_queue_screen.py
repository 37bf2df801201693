"""資料・報告, the list of everything between ward and contractor, with actions on the chosen item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.documents.services.document_scope import DocumentScope
from app.subjects.submissions.deliverables.documents.outstanding_documents import LATE
from app.subjects.submissions.deliverables.rules.due_rows import Lateness
from app.subjects.submissions.work_queue.rules.work_queue_rows import (
    DEFINITION,
    DONE,
    LATER,
    TURNS,
    WAITING,
    WARD,
    WorkQueue,
    WorkQueueRow,
)
from app.subjects.submissions.work_queue.screens.work_queue_columns import (
    ICONS,
    event_or_year_words,
    work_queue_columns,
)
from app.subjects.submissions.work_queue.screens.work_queue_list import WorkQueueList
from app.subjects.submissions.work_queue.services.work_queue import read_work_queue
from app.widgets.buttons import Button, MoreButton
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.labels import heading, label, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.switch_chip import SwitchChip
from app.widgets.screen import page_column, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, with_store

_NOW: Final = f"{WAITING}　いま"
"""The group of what is due now; later items are folded below, and counted with it."""
_LATE: Final = "遅れ（契約の期限）"
_NOT_LATE: Final = "目安日は遅れに数えません。"
_TONES: Final = {WARD: t.AMBER, WAITING: t.INK_SECONDARY, DONE: t.GREEN}
_LEDGERS: Final = (("受領報告書一覧", "reports"), ("物品持込許可簿", "goods"), ("提供物台帳", "provided"))


class WorkQueueScreen(WorkQueueList):
    """The screen; emits no signals.

    ``open_with`` takes the row to select: ``event_id``, ``material_id``, ``kind`` or ``task``; ``only`` (items of
    that event alone), ``turn`` (that group alone), ``receive`` (open the receipt of the row).
    """

    def __init__(self, app_context: AppContext, *, handout: QWidget, outstanding: QWidget) -> None:
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
            ),
            receive="届いたものを受領する",
            handout=handout,
            outstanding=outstanding,
        )
        self.turns: WorkQueue | None = None
        self._event_id = 0
        self._programme_id: int | None = None
        self.chips = {turn: SwitchChip(turn, ICONS[turn], tone=_TONES[turn]) for turn in TURNS}
        self.total = label("", "second")
        self.only = Button("", self._show_all_events, icon_name="x", low=True)
        self.more = MoreButton(self.menu_actions)
        self.export = export_button(app_context, self.table, title="資料・報告の一覧", small=True)
        self.later = FoldLine(LATER, done=False)
        self.late = wrapped_label("", "small")
        self._late_words = ("", "")
        self.total.setToolTip(DEFINITION)
        self._build()
        self._connect()

    def _build(self) -> None:
        for turn in (WARD, WAITING):
            self.chips[turn].setChecked(True)
        self.only.hide()
        column = page_column(self)
        left = FlowRow(heading("資料・報告"), self.total, *self.chips.values(), self.only, spacing=8)
        head = widget_row()
        head.addWidget(left, 1)
        tools: tuple[QWidget, ...] = (self.table.filter_field, self.export, self.more, self.receive)
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
            chip.toggled.connect(lambda _on: self._fill())
        self.later.toggled.connect(lambda _on: self._fill())
        self.app_context.year_changed.connect(self._on_year_changed)

    # reading

    def open_with(self, **arguments: Any) -> None:
        """Set what to show, and the row to select."""
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
        """Read the list."""
        read = with_store(
            read_work_queue,
            today=self.app_context.today(),
            fiscal_year=self.app_context.fiscal_year,
            programme_id=self._programme_id,
        )
        self.app_context.read(read, self._show)

    def _show(self, found: WorkQueue) -> None:
        first_time = self.turns is None
        self.turns = found
        sides = (("受託者", found.contractor), ("区", found.ward))
        whole, short = ("　／　".join(side_words(*side, named=one) for side in sides) for one in (True, False))
        self._late_words = (f"{_LATE}　{whole}", f"{_LATE}　{short}")
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
        """Show the rows of the active switches."""
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
        """Read again for another year; a method, so that a deleted screen receives no signal."""
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
        current = self.current_row()
        if current is not None and current.event_id:
            self._event_id = current.event_id
            self._fill()

    def _ward_count(self) -> int:
        return self.turns.count(WARD) if self.turns is not None else 0

    def _show_late(self) -> None:
        scope = DocumentScope(fiscal_year=self.app_context.fiscal_year, as_of=self.app_context.today())
        DocumentDialog(self.app_context, scope=scope, kind=LATE, parent=self).open()

    def menu_actions(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Return the entries of 「…」 as words and actions."""
        acts: list[tuple[str, Callable[[], object]]] = []
        current = self.current_row()
        if not self.app_context.read_only:
            acts.append(("届いたファイルを開く　Ctrl+O", self.open_file))
        if current is not None and current.event_id and not self._event_id:
            acts.append((f"「{event_or_year_words(current)}」だけを見る", self._show_only_event))
        if current is not None and current.drift:
            acts.append(
                ("数字の食い違い検査を開く", partial(self.app_context.go, "numbers", event_id=current.event_id))
            )
        acts.append(("提出物と遅れの一覧を見る", self._show_late))
        for words, key in _LEDGERS:
            acts.append((f"{words}を開く", lambda key=key: self.app_context.go("ledgers", ledger=key)))  # type: ignore[misc]
        return acts

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the room in a narrow window; lateness moves into 「…」."""
        super().resizeEvent(event)
        width = self.window().width()
        self.late.setVisible(not t.is_narrow(width))
        self._show_late_summary()

    def _show_late_summary(self) -> None:
        """Show lateness in one short line in a narrow window, else in full."""
        whole, short = self._late_words
        width = self.window().width()
        wide = t.unscaled(width) >= t.FOLD_WIDE
        self.total.setVisible(wide or t.is_narrow(width))
        self.late.setText(whole if wide else join_nonempty(self.total.text(), short))
        self.late.setToolTip(join_nonempty("" if wide else whole, _NOT_LATE, DEFINITION, separator="\n"))


def side_words(side: str, late: Lateness, *, named: bool = True) -> str:
    """Return one side's lateness (「受託者 1件・8日（第4回 報告書 8日）」), with items only if ``named``."""
    if not late.times:
        return f"{side} なし"
    if not named:
        return f"{side} {late.times}件・{late.days}日"
    rest = f"、ほか{late.times - 2}件" if late.times > 2 else ""
    return f"{side} {late.times}件・{late.days}日（{'、'.join(late.item_words[:2])}{rest}）"
