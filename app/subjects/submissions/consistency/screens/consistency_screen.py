"""The screen 数字の食い違い検査 of one event or a year, which compares numbers and settles differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.documents.screens.export_button import ExportButton, ExportTable
from app.subjects.events.event.rules.participation import DEFINITIONS
from app.subjects.submissions.consistency import rules
from app.subjects.submissions.consistency.rules import ComparedNumber, Inconsistency, SourceNumber
from app.subjects.submissions.consistency.screens.breakdown_panel import BreakdownPanel
from app.subjects.submissions.consistency.screens.misreadings_panel import MisreadingsPanel
from app.subjects.submissions.consistency.screens.number_grid import NumberGrid, cell_words, shown_value
from app.subjects.submissions.consistency.services.event_numbers import (
    REPORT_SOURCE,
    TALLY_SOURCE,
    EventNumbers,
    NumberBreakdown,
    accept_difference,
    read_breakdown,
    read_event_numbers,
    reopen_difference,
)
from app.subjects.submissions.consistency.services.suspected_misreadings import read_suspected_misreadings
from app.subjects.submissions.consistency.services.year_numbers import YearNumbers, read_year_consistency
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.labels import InfoIcon, Paragraph, heading, label, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.record_model import Cell as ListCell
from app.widgets.lists.record_model import Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, disable_when_read_only, page_column
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, check_may_copy, with_store
from app.window.clipboard import copy_for_pasting

TITLE = "数字の食い違い検査"
_LEGEND = (
    "赤い枠＝食い違い。直すか、理由を残します。　点線の枠＝古い紙。作ったあとに記録が変わりました。"
    "　灰色の枠＝理由を残した食い違い。　—＝その紙に載らない数"
)
_KEYS = "←→↑↓ で選び、Enter で元の人・紙を開きます。"
_LOW = 560
_USUAL = ("数え方が違う（受託者に確認済み）", "つぎの版で直す")


def _year_columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "date",
            "実施日",
            show=lambda view: ListCell(
                short_date(view.event.event_date, today) if view.event.event_date else "協議中",
                kind=view.event.kind,
            ),
            sort=lambda view: (view.event.event_date or date.max, view.event.id),
        ),
        Column("title", "実施回", show=lambda view: view.event.full_title, stretch=True),
        Column(
            "wrong",
            "食い違い",
            show=lambda view: ListCell(
                f"{view.contradictions}件" if view.contradictions else "—",
                tone="red" if view.contradictions else "second",
                strong=bool(view.contradictions),
            ),
            sort=lambda view: -view.contradictions,
        ),
        Column(
            "old",
            "古い紙",
            show=lambda view: f"{view.outdated}件" if view.outdated else "—",
            sort=lambda view: -view.outdated,
        ),
        Column("same", "一致", show=lambda view: f"{view.agreeing}件", sort=lambda view: -view.agreeing),
        Column(
            "places",
            "比べた紙・報告書",
            show=lambda view: ListCell(
                "、".join(place.title for place in view.sources) or "まだありません", tone="second"
            ),
            stretch=True,
        ),
    )


class ConsistencyScreen(Screen):
    """The screen 数字の食い違い検査; emits no signals.

    ``open_with(event_id=…)`` shows one event, without it all of the current year.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._event_id: int | None = None
        self.view: EventNumbers | None = None
        self.behind: NumberBreakdown | None = None
        self.square = KindSquare("講習会")
        self.title = heading(TITLE)
        self.event_words = label("", "second")
        self.compared = label("", "small")
        self.wrong, self.old, self.same = (
            Badge("食い違い", "食い違い 0"),
            Badge("今日", "古い紙 0"),
            Badge("済", "一致 0"),
        )
        self.year_button = Button("年度の一覧", self._show_year, icon_name="arrow-left")
        self.event_button = Button("実施回を開く", self._open_event)
        self.export = ExportButton(app_context, self._sheet, title=TITLE, event_id=lambda: self._event_id)
        self.notes = NoteBox(tone="amber")
        self.keep_sum = Button("理由を付けて残す", self._keep_sum, low=True)
        self.notes.put(self.keep_sum)
        self.year_notes = NoteBox(tone="amber")
        self.to_evidence = link_button("提案書の根拠を開く", lambda: app_context.go("proposal"))
        self.year_notes.put(self.to_evidence)
        self.grid = NumberGrid()
        self.panel = BreakdownPanel()
        self.empty = EmptyState()
        self.table = RecordTable(
            "numbers-year",
            _year_columns(app_context.today()),
            title=f"{TITLE}（年度）",
            sort="date",
            filtered=False,
            empty="この年度には、比べる実施回がまだありません。",
            hint="Enter で開く",
        )
        self.suspected = MisreadingsPanel(app_context)
        self._pages = Pages()
        self._build()
        self._connect()

    def _build(self) -> None:
        column = page_column(self)
        named, buttons = QWidget(), QWidget()
        in_row(self.square, self.title, owner=named, spacing=12)
        in_row(self.export, self.event_button, self.year_button, owner=buttons, spacing=12)
        # With little width, the buttons, then a long name, take a line of their own.
        head = FlowRow(named, self.event_words, buttons, spacing=12, at_end=1)
        add(column, head, FlowRow(self.wrong, self.old, self.same, self.compared, spacing=12), (self._pages, 1))
        main = QWidget()
        self.legend = wrapped_label(f"{_LEGEND}　{_KEYS}", "small")
        meanings = "".join(f"{name}＝{meaning}" for name, meaning in DEFINITIONS)
        self.meanings = InfoIcon(f"言葉の決まり　{meanings}どの画面と紙も同じ数え方です。")
        in_column(self.notes, (self.grid, 1), in_row(self.meanings, (self.legend, 1), spacing=8), owner=main, spacing=8)
        self._columns = FoldingColumns("数", main, (("元の人・紙", self.panel),), wide=330, gap=16)
        self._pages.addWidget(self._columns)
        self.setFocusProxy(self.grid)
        listed = QWidget()
        listed.setFocusProxy(self.table)
        in_column(self.year_notes, (self.table, 1), self.suspected, owner=listed, spacing=8)
        self._year = listed
        self._pages.addWidget(listed)
        self._pages.addWidget(self.empty)

    def _connect(self) -> None:
        self.grid.chosen.connect(self._choose)
        self.grid.opened.connect(self._open)
        self.table.opened.connect(lambda view: self.app_context.go("numbers", event_id=view.event.id))
        self.panel.inquiry_asked.connect(self._copy_inquiry)
        self.panel.correction_asked.connect(self._open_own_record)
        self.panel.print_asked.connect(self._print)
        self.panel.keep_asked.connect(self._keep)
        self.panel.reopen_asked.connect(self._reopen)
        self.panel.all_asked.connect(self._show_everybody)
        disable_when_read_only(self.app_context, self.panel.keep, self.panel.reopen, self.keep_sum)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Show one event, or the year."""
        if event_id != self._event_id:
            self.view = None
        self._event_id = event_id

    def reload(self) -> None:
        """Read the numbers."""
        if self._event_id is None:
            year = with_store(
                read_year_consistency, fiscal_year=self.app_context.fiscal_year, today=self.app_context.today()
            )
            self.app_context.read(year, self._show_list)
            year_of = self.app_context.fiscal_year
            readings = with_store(read_suspected_misreadings, fiscal_year=year_of, today=self.app_context.today())
            self.app_context.read(readings, lambda found: self.suspected.show_misreadings(found, year_of))
        else:
            self.run_read(self._show, read_event_numbers, event_id=self._event_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low page hide the explanation in favour of the numbers; tip and manual have it as well."""
        super().resizeEvent(event)
        low = self.height() < t.scaled(_LOW)
        for part in (self.meanings, self.legend):
            part.setVisible(not low)
        self.grid.setToolTip(f"{_LEGEND}\n{_KEYS}" if low else "")

    # one event

    def _show(self, view: EventNumbers) -> None:
        if view.event.id != self._event_id:
            return
        self.view = view
        event = view.event
        self.square.show_kind(event.kind)
        self.square.show()
        day = short_date(event.event_date, self.app_context.today()) if event.event_date else "日程未定"
        self.event_words.setText(f"{event.full_title}　{day}")
        self._count(view.contradictions, view.outdated, view.agreeing)
        self.compared.setText(_compared_words(view))
        self.event_button.show()
        self.year_button.show()
        said = [_inconsistency_words(one) for one in view.inconsistencies] + list(view.remarks)
        self.notes.show_text("\n".join(said))
        self.keep_sum.setVisible(bool(view.inconsistencies) and not self.app_context.read_only)
        self.empty.show_text("比べる数が、まだありません。", "実施回を開く", self._open_event)
        self._pages.setCurrentWidget(self._columns if view.rows else self.empty)
        self.export.set_available(bool(view.rows))
        self.grid.show_rows(view.rows, view.sources)

    def _count(self, wrong: int, old: int, same: int) -> None:
        self.wrong.show_status("食い違い" if wrong else "済", f"食い違い {wrong}")
        self.old.show_status("今日", f"古い紙 {old}")
        self.old.setVisible(bool(old))
        self.same.show_status("済", f"一致 {same}")

    def _choose(self, found: ComparedNumber | None) -> None:
        if found is None or self.view is None:
            return
        cell = self.grid.current_cell()
        self.panel.show_number(found, cell)
        value = cell.value if cell is not None and cell.status in ("食い違い", "理由あり") else ""
        read = with_store(read_breakdown, event_id=self.view.event.id, number=found.name, value=value)
        self.app_context.read(read, partial(self._show_breakdown, found), owner=self)

    def _show_breakdown(self, found: ComparedNumber, breakdown: NumberBreakdown) -> None:
        if self.grid.current_row() is found:
            self.behind = breakdown
            self.panel.show_breakdown(breakdown, found)

    def _open(self, _found: ComparedNumber, cell: SourceNumber | None) -> None:
        """Open the document behind a cell, or everybody who is counted (Enter)."""
        if cell is None or cell.status == "載らない" or self.view is None:
            self._show_everybody()
        elif cell.source.key == REPORT_SOURCE:
            self.app_context.go("report", event_id=self.view.event.id, view="check")
        elif cell.source.key == TALLY_SOURCE:
            self.app_context.go("survey", event_id=self.view.event.id)
        else:
            self.app_context.go("documents", event_id=self.view.event.id)

    def _show_everybody(self) -> None:
        behind, found = self.behind, self.grid.current_row()
        if behind is None or found is None or not behind.everybody:
            return
        dialog = DialogFrame(f"{found.name}　{len(behind.everybody)}人", cancel="閉じる", width=640, parent=self)
        if behind.arithmetic:
            dialog.put(Paragraph(behind.arithmetic))
        dialog.put(
            Paragraph(
                "\n".join(f"{one.name}　{one.organisation}　{one.noted_at}".rstrip("　") for one in behind.everybody)
            )
        )
        dialog.open()

    # settling

    def _copy_inquiry(self) -> None:
        """Copy the question to the 業務責任者; nothing is sent."""
        found, cell = self.grid.current_row(), self.grid.current_cell()
        if found is None or cell is None or self.view is None or not check_may_copy(self):
            return
        page_words = f" p.{cell.page}" if cell.page else ""
        copy_for_pasting(
            f"{self.view.event.full_title}の{cell.source.title}{page_words}の{found.name}は"
            f"「{cell.value}{found.unit}」となっています。区の記録は{found.ours}{found.unit}です。"
            f"ご確認をお願いします。"
        )
        self.app_context.show_message("受託者に確かめる文面をコピーしました。業務責任者への連絡に使えます。")

    def _open_own_record(self) -> None:
        """Open the screen where the own record of the number is kept."""
        found = self.grid.current_row()
        if found is None or self.view is None:
            return
        event_id = self.view.event.id
        if found.name in (rules.ATTENDED, rules.ABSENT, rules.GROUPS_CAME):
            self.app_context.go("event", event_id=event_id, tab="概要", part="result")
        elif found.name == rules.MINUTES:
            self.app_context.go("event", event_id=event_id, tab="概要", part="agenda")
        elif found.name == rules.COPIES:
            self.app_context.go("participants", event_id=event_id)
        elif found.name in (rules.APPLIED, rules.DECIDED, rules.EXPECTED, rules.GROUPS_EXPECTED, rules.LENT):
            self.app_context.go("roster", event_id=event_id)
        else:
            self.app_context.go("survey", event_id=event_id)

    def _print(self) -> None:
        if self.view is not None:
            self.app_context.go("documents", event_id=self.view.event.id)

    def _keep(self) -> None:
        found, cell = self.grid.current_row(), self.grid.current_cell()
        if found is not None and cell is not None and self.view is not None:
            subject = f"{found.name}　区の記録 {found.ours}{found.unit}　{cell.source.title} {cell.value}{found.unit}"
            self._ask_reason(subject, found.name, cell.source.key)

    def _keep_sum(self) -> None:
        if self.view is not None and self.view.inconsistencies:
            one = self.view.inconsistencies[0]
            self._ask_reason(_inconsistency_words(one), one.key, "")

    def _ask_reason(self, subject: str, number: str, source_key: str) -> None:
        assert self.view is not None
        event_id = self.view.event.id
        ReasonDialog(
            self.app_context,
            "理由を付けて残す",
            subject,
            verb="残す",
            text="どちらの数も変わらない間は、食い違いとして数えません。どちらかが変わると、また食い違いになります。",
            usual_reasons=_USUAL,
            change=lambda reason: bind_action(
                self.app_context,
                accept_difference,
                event_id=event_id,
                number=number,
                source_key=source_key,
                reason=reason,
            ),
            parent=self,
        ).open()

    def _reopen(self) -> None:
        cell = self.grid.current_cell()
        if cell is not None and cell.acceptance_id:
            self.run_action(reopen_difference, acceptance_id=cell.acceptance_id)

    # the year

    def _show_list(self, year: YearNumbers) -> None:
        if self._event_id is not None:
            return
        views = year.events
        self.year_notes.show_text(_year_words(year.inconsistencies))
        self.to_evidence.setVisible(any(one.key.startswith("根拠") for one in year.inconsistencies))
        self.square.hide()
        self.event_words.setText("")
        self._count(
            sum(view.contradictions for view in views) + len(year.inconsistencies),
            sum(view.outdated for view in views),
            sum(view.agreeing for view in views),
        )
        self.compared.setText(f"{len(views)}回の実施回を比べました。")
        self.event_button.hide()
        self.year_button.hide()
        self.export.set_available(False)
        self.table.show_rows(views)
        self._pages.setCurrentWidget(self._year)

    def _show_year(self) -> None:
        self.app_context.go("numbers", event_id=None)

    def _open_event(self) -> None:
        if self._event_id is not None:
            self.app_context.go("event", event_id=self._event_id, tab="報告")

    def _sheet(self, deliver: Any) -> None:
        if self.view is None:
            return
        columns = ("数", "今の記録", *(place.title for place in self.view.sources))
        lines = tuple(
            (
                one.name,
                f"{one.ours}{one.unit}" if one.name in rules.UNITS else shown_value(one, one.ours),
                *(cell_words(one, cell) + ("（食い違い）" if cell.status == "食い違い" else "") for cell in one.cells),
            )
            for one in self.view.rows
        )
        deliver(ExportTable(columns=columns, rows=lines, words=f"{len(lines)}の数"))


def _compared_words(view: EventNumbers) -> str:
    """Return how many numbers were compared; contradictions within a report are counted apart."""
    alone = sum(all(cell.status in ("載らない", "記載なし") for cell in found.cells) for found in view.rows)
    words = f"{len(view.rows)}の数を{len(view.sources)}つの紙・集計・報告書と比べました"
    words += f"（{alone}つは今の記録だけにあります）。" if alone else "。"
    return words + (
        f"食い違いのうち{len(view.inconsistencies)}件は、合わない計算です。" if view.inconsistencies else ""
    )


def _year_words(inconsistencies: Sequence[Inconsistency]) -> str:
    """Return how many contradictions the year's own documents have, with the first one."""
    if not inconsistencies:
        return ""
    (_paper, before), (_source, now) = inconsistencies[0].sources
    rest = f"　ほか{len(inconsistencies) - 1}件" if len(inconsistencies) > 1 else ""
    return f"{inconsistencies[0].words}　{before}　→　{now}{rest}"


def _inconsistency_words(inconsistency: Inconsistency) -> str:
    return f"{inconsistency.words}（{'、'.join(f'{place} {value}' for place, value in inconsistency.sources)}）"
