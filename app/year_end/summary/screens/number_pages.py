"""The pages of 年度 behind its numbers (仕様書, 支部, satisfaction and the year before)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.surveys.compare.documents import InterimEvent
from app.widgets.buttons import Button
from app.widgets.labels import section, small_label, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.year_end.summary.rules import VISITS, BranchFigures, JudgedLine, YearSummary
from app.year_end.summary.screens.pictures_page import (
    SummaryCharts,
    branch_panel,
    earlier_panel,
    satisfaction_panel,
)
from app.year_end.summary.screens.summary_columns import (
    NUMBERS,
    branch_columns,
    judged_columns,
    lecture_columns,
    satisfaction_columns,
)
from db.records.programme import Kind


def _reason_action(line: JudgedLine) -> RowAction | None:
    """Return the action to write or correct the reason of a deviating number; None where it does not deviate."""
    if not line.line.deviates:
        return None
    return RowAction("理由を書く" if line.reason is None else "理由を直す")


class SpecificationPage(QWidget):
    """Page with every number of the 仕様書 and what was held.

    Signals: ``reason_asked(object)`` write the reason of a line; ``event_values_asked(object)`` show a line's
    events; ``reason_removed(object)``.
    """

    reason_asked = Signal(object)
    event_values_asked = Signal(object)
    reason_removed = Signal(object)

    def __init__(self, *, may_write: bool):
        super().__init__()
        self.note = NoteBox(tone="amber")
        self.table = RecordTable(
            "year-judged",
            judged_columns(),
            title="仕様との対照",
            empty="まだ年度が始まっていません。",
            group=lambda one: one.line.group,
            unit="項目",
            action=_reason_action if may_write else None,
            names_people=False,
            on_delete=self._remove,
            on_edit=lambda one: self.reason_asked.emit(one) if one and one.line.deviates else None,
            on_act=lambda one: self.reason_asked.emit(one) if one.line.deviates else None,
            on_open=self.event_values_asked.emit,
        )
        in_column(self.note, (self.table, 1), owner=self, spacing=8, margins=(0, 8, 0, 0))

    def _remove(self, chosen: list[JudgedLine]) -> None:
        for one in chosen[:1]:
            if one.reason is not None and one.reason.record is not None:
                self.reason_removed.emit(one)

    def show_summary(self, found: YearSummary) -> None:
        """Show the lines, with those lacking a reason named above."""
        self.table.show_rows(found.lines)
        stops = "、".join(f"{one.line.group}の{one.line.item}" for one in found.blocking_lines)
        self.note.show_text(
            fill_nonempty("仕様と違う数に、理由も協議もありません：{}。書くまで、年間実績総括は作成できません。", stops)
        )


class BranchPage(QWidget):
    """Page with people and 団体 by 支部.

    Signals: ``number_asked(object, str, str)`` kind (None = all), number and 支部.
    """

    number_asked = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.chart = branch_panel(with_table=False)
        self._names: tuple[str, ...] = ()
        self.branches = FittedTable(
            "year-branches",
            branch_columns(),
            title="支部別",
            empty="団体がまだ登録されていません。",
            tint=lambda one: t.PAPER_TINT if one.is_total else "",
            names_people=False,
            on_click=self._open_number,
        )
        self.branches.opened.connect(lambda one: self._open_number(one, self.branches.current_key(), whole_row=True))
        self.notes = small_label()
        about = (
            "表の順は名簿の順です。出席の記録がある回だけを数えます。実は、同じ人・同じ団体を1と数えます。"
            "計は、2つ以上の支部に当たるものも1と数えるため、上の行の和になりません。"
        )
        in_column(
            self.chart,
            small_label(about),
            self.branches,
            self.notes,
            None,
            owner=self,
            spacing=8,
            margins=(0, 8, 8, 8),
        )
        self.chart.mark_chosen.connect(lambda at: self.number_asked.emit(None, VISITS, self._names[at]))

    def show_summary(self, found: YearSummary) -> None:
        """Show chart and table of the 支部."""
        charts = SummaryCharts(found)
        charts.show_branches(self.chart)
        self._names = charts.branch_names
        self.branches.show_rows((*found.branches, found.branch_total))
        self.notes.setText("".join(found.notes))

    def _open_number(self, one: BranchFigures, key: str, *, whole_row: bool = False) -> None:
        """Emit ``number_asked`` for the number of a 支部 in a cell; of the row (Enter) at least 延べ人数."""
        if key in NUMBERS or whole_row:
            branch = "" if one.is_total else one.name
            self.number_asked.emit(None, key if key in NUMBERS else VISITS, branch)


class EarlierYearPage(QWidget):
    """Page with 満足計 by date, and the kinds of lecture compared with the year before.

    Signals: ``opened(object)`` an event's tally; ``lecture_asked(str)`` the people of a kind of lecture in the
    year before; ``number_asked(object, str, str)`` kind, number and 支部; ``numbers_asked()`` those of the year before.
    """

    opened = Signal(object)
    lecture_asked = Signal(str)
    number_asked = Signal(object, str, str)
    numbers_asked = Signal()

    def __init__(self, earlier_button: Button):
        super().__init__()
        self.satisfaction_chart = satisfaction_panel(with_table=False)
        self.earlier_chart = earlier_panel(with_table=False)
        self._asked: tuple[InterimEvent, ...] = ()
        self._kinds: tuple[Kind | None, ...] = ()
        self.satisfaction = FittedTable(
            "year-satisfaction",
            satisfaction_columns(),
            title="満足計の移り変わり",
            empty="回答がまだありません。",
            names_people=False,
            on_open=self.opened.emit,
        )
        self.lectures = FittedTable(
            "year-lectures",
            lecture_columns(),
            title="内容の種類ごと",
            empty="比べる実施回が、まだありません。",
            hint="Enter で前の年度の人数を入力",
            names_people=False,
            on_open=lambda one: self.lecture_asked.emit(one.name),
        )
        top = Qt.AlignmentFlag.AlignTop
        self.whole = wrapped_label("", "strong")
        self.source = small_label()
        in_column(
            in_row((self.satisfaction_chart, 3, top), (self.earlier_chart, 2, top), spacing=40),
            small_label("実施日の順。満足計は、回ごとの人数を足してから割ります。"),
            self.satisfaction,
            self.whole,
            widget_row(section("前の年度との比較（内容の種類）"), None, earlier_button),
            self.lectures,
            self.source,
            None,
            owner=self,
            spacing=8,
            margins=(0, 8, 8, 8),
        )
        self.satisfaction_chart.mark_chosen.connect(lambda at: self.opened.emit(self._asked[at]))
        self.earlier_chart.mark_chosen.connect(self._earlier_chosen)

    def _earlier_chosen(self, place: int) -> None:
        """Emit ``number_asked`` for a bar of this year, ``numbers_asked`` for one of the year before."""
        if place % 2:
            self.number_asked.emit(self._kinds[place], VISITS, "")
        else:
            self.numbers_asked.emit()

    def show_summary(self, found: YearSummary) -> None:
        """Show charts and tables that compare with the year before."""
        charts = SummaryCharts(found)
        charts.show_satisfaction(self.satisfaction_chart)
        charts.show_earlier(self.earlier_chart)
        self._asked, self._kinds = charts.asked, charts.kinds
        self.satisfaction.show_rows(found.satisfaction.events)
        self.whole.setText(found.satisfaction.words)
        self.lectures.show_rows(found.lectures)
        self.source.setText(fill_nonempty("前の年度の出どころ：{}", found.lectures_source))
