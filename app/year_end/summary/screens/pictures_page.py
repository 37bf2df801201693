"""数を絵で: four charts of the year whose marks open what they were counted from; the tables stay behind a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.widgets.buttons import link_button
from app.widgets.labels import second_label, section, small_label
from app.widgets.layouts import add, in_column
from app.widgets.screen import widget_row
from app.window import theme as t
from app.year_end.summary.documents import attendance_chart, branch_chart, earlier_chart, satisfaction_chart
from app.year_end.summary.rules import EVENTS, NO_BRANCH, VISITS, YearSummary
from app.year_end.summary.screens.summary_columns import BEFORE, BRANCHES
from app.year_end.summary.screens.value_chart_view import ValueChartView

_TABLES = "表で見る"
_ATTENDANCE, _SATISFACTION = "各回の出席者", "満足計の移り変わり"
_BRANCH, _EARLIER = "支部ごとの延べ人数", "前年との比べ"
_SIDE_SHARE = 42


def _day_words(day: date) -> str:
    return f"{day.month}/{day.day}"


class ChartPanel(QWidget):
    """A chart with its title, and a sentence in its place while there is nothing to show.

    Signals: ``mark_chosen(int)`` a mark.
    """

    mark_chosen = Signal(int)

    def __init__(self, title: str, *, about: str = "", empty: str, with_table: bool = True):
        super().__init__()
        self.view = ValueChartView()
        self.about = small_label(about)
        self.empty = second_label(empty)
        self.table_link = link_button(_TABLES)
        self.table_link.setAccessibleName(f"{title}を{_TABLES}")
        head = widget_row(section(title), spacing=12)
        add(head, (self.about, 1), self.table_link)
        in_column(head, self.empty, self.view, owner=self, spacing=4, margins=(0, 0, 0, 0))
        # Not before it has its place: shown without one it would be a window of its own for a moment.
        self.table_link.setVisible(with_table)
        self.view.mark_chosen.connect(self.mark_chosen)


class SummaryCharts:
    """The charts of one year, and what each mark of them stands for, in the order of the marks.

    ``held`` are the events of the attendance chart, ``asked`` those of the chart of 満足計, ``branch_names`` the 支部,
    ``kinds`` the kinds of the comparison, each twice (the year before, then this one).
    """

    def __init__(self, found: YearSummary):
        events = attendance_chart(found, _day_words)
        # The kind is told by fill alone otherwise, and each kind has a first event.
        kinds = (one.event.kind_words[:1] for one in found.attendance)
        marks = (replace(mark, below=f"{kind} {mark.below}") for kind, mark in zip(kinds, events.marks, strict=True))
        self.attendance = replace(events, marks=tuple(marks))
        self.satisfaction = satisfaction_chart(found, _day_words)
        self.branches = branch_chart(found)
        self.earlier = earlier_chart(found)
        self.held = tuple(one.event for one in found.attendance)
        self.asked = tuple(one for one in found.satisfaction.events if one.satisfaction and one.satisfaction.base)
        self.branch_names = tuple(mark.label for mark in self.branches.marks)
        shown = {mark.group for mark in self.earlier.marks if mark.group}
        # Two marks of each kind: the year before and this one.
        self.kinds = tuple(one.kind for one in found.kinds if one.name in shown for _year in range(2))

    def show_attendance(self, panel: ChartPanel) -> None:
        """Show in the panel the people at each event."""
        _show(panel, panel.view, self.attendance.marks)
        panel.view.show_chart(self.attendance, [event.full_title for event in self.held])

    def show_satisfaction(self, panel: ChartPanel) -> None:
        """Show in the panel 満足計 of each event."""
        _show(panel, panel.view, self.satisfaction.marks)
        panel.view.show_chart(self.satisfaction, [one.event.full_title for one in self.asked])

    def show_branches(self, panel: ChartPanel) -> None:
        """Show in the panel 延べ人数 of each 支部."""
        _show(panel, panel.view, self.branches.marks)
        panel.view.show_chart(self.branches)

    def show_earlier(self, panel: ChartPanel) -> None:
        """Show in the panel 延べ人数 of each kind beside the year before."""
        _show(panel, panel.view, self.earlier.marks)
        panel.view.show_chart(self.earlier)


def _show(panel: ChartPanel, view: QWidget, marks: tuple[object, ...]) -> None:
    panel.empty.setVisible(not marks)
    view.setVisible(bool(marks))
    panel.about.setVisible(bool(marks))


def attendance_panel() -> ChartPanel:
    """Build the panel with the chart of people at each event."""
    return ChartPanel(_ATTENDANCE, empty="結果を記録した回がまだありません。記録すると、ここに並びます。")


def satisfaction_panel(*, with_table: bool = True) -> ChartPanel:
    """Build the panel with the chart of 満足計 at each event."""
    return ChartPanel(_SATISFACTION, empty="アンケートの回答がまだありません。", with_table=with_table)


def branch_panel(*, with_table: bool = True) -> ChartPanel:
    """Build the panel with the chart of people by 支部."""
    return ChartPanel(
        _BRANCH,
        about="多い順（優劣ではありません）",
        empty="名簿で出席を記録した回がまだありません。",
        with_table=with_table,
    )


def earlier_panel(*, with_table: bool = True) -> ChartPanel:
    """Build the panel with the chart that compares this year with the year before."""
    return ChartPanel(
        _EARLIER,
        about="延べ人数",
        empty="前の年度の延べ人数がありません。「満足計・前年」で入力すると比べます。",
        with_table=with_table,
    )


class PicturesPage(QWidget):
    """The four charts side by side, below each other in a narrow window.

    Signals: ``event_chosen(object)`` an ``Event``; ``tally_chosen(object)`` an ``InterimEvent``;
    ``number_asked(object, str, str)`` kind (None = all), number and 支部; ``page_asked(str)`` a page with a table.
    """

    event_chosen = Signal(object)
    tally_chosen = Signal(object)
    number_asked = Signal(object, str, str)
    page_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.attendance, self.satisfaction = attendance_panel(), satisfaction_panel()
        self.branches, self.earlier = branch_panel(), earlier_panel()
        self.charts: SummaryCharts | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 8, 8)
        self._grid.setHorizontalSpacing(40)
        self._grid.setVerticalSpacing(20)
        self._wide: bool | None = None
        self._arrange(wide=True)
        self.attendance.table_link.chosen.connect(lambda: self.number_asked.emit(None, EVENTS, ""))
        self.satisfaction.table_link.chosen.connect(lambda: self.page_asked.emit(BEFORE))
        self.branches.table_link.chosen.connect(lambda: self.page_asked.emit(BRANCHES))
        self.earlier.table_link.chosen.connect(lambda: self.page_asked.emit(BEFORE))
        self.attendance.mark_chosen.connect(
            lambda at: self.event_chosen.emit(self.charts.held[at]) if self.charts else None
        )
        self.satisfaction.mark_chosen.connect(
            lambda at: self.tally_chosen.emit(self.charts.asked[at]) if self.charts else None
        )
        self.branches.mark_chosen.connect(
            lambda at: self.number_asked.emit(None, VISITS, self.charts.branch_names[at]) if self.charts else None
        )
        self.earlier.mark_chosen.connect(self._earlier_chosen)

    def _earlier_chosen(self, place: int) -> None:
        """Emit ``number_asked`` for a bar of this year, ``page_asked`` for one of the year before."""
        if self.charts is not None and place % 2:
            self.number_asked.emit(self.charts.kinds[place], VISITS, "")
        elif self.charts is not None:
            self.page_asked.emit(BEFORE)

    def show_summary(self, found: YearSummary) -> None:
        """Show the charts of a year."""
        self.charts = SummaryCharts(found)
        self.charts.show_attendance(self.attendance)
        self.charts.show_satisfaction(self.satisfaction)
        self.charts.show_branches(self.branches)
        self.branches.setVisible(any(one.name != NO_BRANCH for one in found.branches))
        self.charts.show_earlier(self.earlier)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the charts side by side where the page is wide enough, else below each other."""
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= t.scaled(t.COLUMNS_MIN_WIDTH))

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        top = Qt.AlignmentFlag.AlignTop
        order = (self.attendance, self.satisfaction, self.branches, self.earlier)
        for place, panel in enumerate(order):
            row, column = divmod(place, 2) if wide else (place, 0)
            self._grid.addWidget(panel, row, column, top)
        for column, share in enumerate((100 - _SIDE_SHARE, _SIDE_SHARE) if wide else (1, 0)):
            self._grid.setColumnStretch(column, share)
        self._grid.setRowStretch(2 if wide else 4, 1)
