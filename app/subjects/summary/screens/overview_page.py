"""The first page of 年度まとめ: the numbers, what is open by event, the due dates, the one line, and
where it goes on."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from app.subjects.summary.screens.summary_columns import (
    COURSE_KEYS,
    LOOKS,
    NUMBERS,
    course_columns,
    date_columns,
    overview_columns,
    overview_rows,
)
from app.subjects.summary.services.year_course import State
from app.subjects.summary.services.year_page import YearPage
from app.widgets.buttons import Button
from app.widgets.fitted_table import FittedTable
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label, section
from app.widgets.panel import Panel
from app.widgets.screen import row
from app.widgets.way_boxes import WayBox, WayBoxes
from app.window import theme as t
from app.window.clipboard import put_to_paste
from app.window.icons import picture

_SIDE = 280
_HINT = "数を押すか、←→で数を選んで Enter を押すと、数えた元の一覧が開きます。"
_FOLDED = 860
_LEGEND: tuple[State, ...] = ("済", "区の対応", "遅れ", "提出待ち", "未着手")
_INK = {"green": t.GREEN, "amber": t.AMBER, "red": t.RED, "second": t.SECOND}


def _legend(state: State) -> QWidget:
    """A sign with its word."""
    icon, tone = LOOKS[state]
    sign = QLabel()
    sign.setPixmap(picture(icon, 15, _INK[tone], ratio=sign.devicePixelRatioF()))
    made = QWidget()
    made.setLayout(row(sign, label(state, "small"), spacing=4))
    return made


class OverviewPage(QWidget):
    """The page as a column.

    Signals: ``number_asked(object, str)`` a kind (None = all) and the name of a number; ``followed(object)`` what
        is asked
    for; ``copied()``.
    """

    number_asked = Signal(object, str)
    followed = Signal(object)
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = ""
        self.table = FittedTable(
            "year-overview",
            overview_columns(),
            title="年度まとめ",
            empty="まだ年度が始まっていません。",
            tint=lambda one: t.PAPER if one.whole else "",
        )
        self.course = FittedTable(
            "year-course",
            course_columns(),
            title="提出物と確認",
            empty="実施回がまだありません。",
        )
        self.due = FittedTable(
            "year-due",
            date_columns(),
            title="主な期日",
            empty="残っている期日はありません。",
            head=False,
        )
        self.hint = label(_HINT, "small", wrap=True)
        self.open_count = label("", "strong")
        self.open_line = label("", "small", wrap=True)
        self.steps = WayBoxes(arrows=True)
        self.pages = WayBoxes(arrows=False)
        self.copy_button = Button("コピー", self.copy_line, icon_name="copy", low=True)
        self.one_line = Paragraph()
        self._build()
        self.table.opened.connect(lambda one: self._open_number(one, self.table.view.currentIndex()))
        self.table.view.clicked.connect(self._clicked)
        self.table.view.selectionModel().currentChanged.connect(lambda index, _before: self._tell_enter(index))
        self.course.opened.connect(lambda one: self._open_course(one, self.course.view.currentIndex()))
        self.course.view.clicked.connect(self._course_clicked)
        self.due.opened.connect(lambda one: self.followed.emit(one.asked))
        self.steps.followed.connect(self.followed)
        self.pages.followed.connect(self.followed)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(10)
        column.addWidget(self.table)
        column.addWidget(self.hint)
        left, right = QWidget(), QWidget()
        self._right = right
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        legend = [_legend(state) for state in _LEGEND]
        about = label("人数・資料は期限（開庁日）、報告書は期限（暦どおり）", "small")
        inside.addWidget(FlowRow(section("提出物と確認"), about, *legend, spacing=12, at_end=len(legend)))
        inside.addWidget(self.course)
        inside.addWidget(self.steps)
        inside.addStretch(1)
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(6)
        side.addWidget(section("主な期日"))
        side.addWidget(self.due)
        open_ones = row(self.open_count)
        open_ones.addWidget(self.open_line, 1)
        side.addLayout(open_ones)
        panel = Panel("議会・予算の一行")
        panel.put_in_head(self.copy_button)
        panel.put(self.one_line)
        side.addWidget(panel)
        side.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(24)
        self._across.addWidget(left, 1)
        self._across.addWidget(right)
        column.addLayout(self._across)
        column.addLayout(row(section("この年度の画面"), None))
        column.addWidget(self.pages)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The due dates stand beside the events where there is room, else under them."""
        super().resizeEvent(event)
        # What is seen of the page: side by side, its parts may need more than that and would keep it wide.
        narrow = (self.parentWidget() or self).width() < _FOLDED
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._across.direction() != wanted:
            self._across.setDirection(wanted)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
        else:
            self._right.setFixedWidth(max(t.scaled(_SIDE), _SIDE))

    def show_page(self, found: YearPage) -> None:
        """Show a year."""
        self.line = found.summary.copied_line
        self.table.show_rows(overview_rows(found.summary))
        self.course.show_rows(found.course.rows)
        self.due.show_rows(found.course.due)
        ward, contractor = found.course.ward, found.course.contractor
        self.open_count.setText(f"未了 {ward + contractor}")
        self.open_line.setText(f"区の対応 {ward}・受託者からの提出待ち {contractor}")
        self.one_line.say(self.line)
        self.steps.show_boxes(
            [
                WayBox(one.title, one.day_words, one.lines, dashed=not one.done, asked=one.asked)
                for one in found.ways.steps
            ]
        )
        self.pages.show_boxes(
            [WayBox(one.title, "", (one.words,), dashed=False, asked=one.asked) for one in found.ways.pages]
        )

    def copy_line(self) -> None:
        """Put the one line on the clipboard."""
        put_to_paste(self.line)
        self.copied.emit()

    def _tell_enter(self, index: QModelIndex) -> None:
        """Say which list Enter opens: a row is framed whole, the column on which one stands is not."""
        one = self.table.model.record(index.row()) if index.isValid() else None
        if one is None or one.figures is None:
            self.hint.setText(_HINT)
            return
        key = self.table.model.columns[index.column()].key
        self.hint.setText(f"{_HINT}　いまの Enter：{one.name}の{key if key in NUMBERS else '延べ人数'}")

    def _open_number(self, one: object, index: QModelIndex) -> None:
        figures = getattr(one, "figures", None)
        key = self.table.model.columns[index.column()].key if index.isValid() else ""
        if figures is not None:
            self.number_asked.emit(figures.kind, key if key in NUMBERS else "延べ人数")

    def _clicked(self, index: QModelIndex) -> None:
        if self.table.model.columns[index.column()].key in NUMBERS:
            self._open_number(self.table.model.record(index.row()), index)

    def _open_course(self, one: object, index: QModelIndex) -> None:
        cells, event = getattr(one, "cells", {}), getattr(one, "event", None)
        key = self.course.model.columns[index.column()].key if index.isValid() else ""
        asked = cells[key].asked if key in COURSE_KEYS else None
        self.followed.emit(asked if asked is not None else event)

    def _course_clicked(self, index: QModelIndex) -> None:
        if self.course.model.columns[index.column()].key in COURSE_KEYS:
            self._open_course(self.course.model.record(index.row()), index)
