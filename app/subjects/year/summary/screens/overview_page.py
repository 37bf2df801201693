"""The first page of 年度: the numbers once, the one line to copy, and the seasons with what is to be done in them."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.subjects.year.summary.rules.year_figures import VISITS
from app.subjects.year.summary.screens.summary_columns import AGAINST, NUMBERS, WAYS_ON, overview_columns, overview_rows
from app.subjects.year.summary.services.seasons import RowState, SeasonCard, SeasonRow
from app.subjects.year.summary.services.year_page import YearPage
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.screen import row
from app.widgets.season_cards import Card, CardRow, SeasonCards
from app.window import theme as t
from app.window.clipboard import put_to_paste
from app.window.desk import may_let_out

_HINT: Final = "数を選んで Enter で、数えた元の一覧。"
_SIGNS: Final[dict[RowState, tuple[str, str]]] = {
    "済": ("check-circle-fill", t.GREEN),
    "いま": ("clock-fill", t.AMBER),
    "これから": ("circle", t.SECOND),
    "受託者": ("hourglass-medium", t.SECOND),
    "閉じた": ("minus-circle", t.SECOND),
}


class OverviewPage(QWidget):
    """The page as a column.

    Signals: ``number_asked(object, str)`` a kind (None = all) and the name of a number; ``page_asked(str)`` another
    page of 年度; ``followed(object)`` what is asked for; ``copied()``.
    """

    number_asked = Signal(object, str)
    page_asked = Signal(str)
    followed = Signal(object)
    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = ""
        self.table = FittedTable(
            "year-overview",
            overview_columns(),
            title="年度",
            empty="まだ年度が始まっていません。",
            tint=lambda one: t.PAPER if one.whole else "",
        )
        self.hint = wrapped_label(_HINT, "small")
        self.stops = link_button("", lambda: self.page_asked.emit(AGAINST))
        self.cards = SeasonCards()
        self.copy_button = Button("コピー", self.copy_line, icon_name="copy", low=True)
        self.one_line = Paragraph(role="small")
        self.ends = wrapped_label("", "small")
        self.foot = row(label("主な期日", "strong"), spacing=16)
        self.foot.addWidget(self.ends, 1)
        self.ways = FlowRow(spacing=24)
        self.links: list[Button] = []
        self._others: tuple[SeasonRow, ...] = ()
        self._build()
        self.table.opened.connect(lambda one: self._open_cell(one, self.table.view.currentIndex()))
        self.table.view.clicked.connect(self._clicked)
        self.table.view.selectionModel().currentChanged.connect(lambda index, _before: self._tell_enter(index))
        self.cards.followed.connect(self.followed)

    def _build(self) -> None:
        column = in_column(self.table, owner=self, spacing=10, margins=(0, 4, 8, 8))
        beside = row()
        add(beside, (self.hint, 1), self.stops, label("照会・議会・予算の一行", "small"), self.copy_button)
        # The line has the whole width below what is said of it: beside the words it would fold once more.
        line = in_column(beside, self.one_line, spacing=4)
        add(column, line, self.cards, self.foot, self.ways, None)

    def show_page(self, found: YearPage) -> None:
        """Show a year."""
        self.line = found.summary.copied_line
        self.table.show_rows(overview_rows(found.summary))
        self.one_line.say(self.line)
        self.stops.setText(f"仕様と違うのに理由のない数 {len(found.summary.stops)}")
        self.stops.setVisible(bool(found.summary.stops))
        self.cards.show_cards([_card(one) for one in found.seasons.cards])
        self.ends.setText("・".join(found.ends) if found.ends else "残っている期日はありません。")
        self._others = found.seasons.others
        if not self.links:
            self.links = [link_button("", partial(self._go_on, at)) for at, _one in enumerate(self._others)]
            for link in self.links:
                self.ways.add(link)
        for link, one in zip(self.links, self._others, strict=True):
            link.setText(f"{one.title}　{one.words}")

    def _go_on(self, at: int) -> None:
        """Where a link of the foot leads: in the year that is shown, whichever was shown when it was made."""
        self.followed.emit(self._others[at].asked)

    def copy_line(self) -> None:
        """Put the one line on the clipboard."""
        if may_let_out(self):
            put_to_paste(self.line)
            self.copied.emit()

    def _tell_enter(self, index: QModelIndex) -> None:
        """Say which list Enter opens: a row is framed whole, the column on which one stands is not."""
        one = self.table.model.record(index.row()) if index.isValid() else None
        if one is None:
            self.hint.setText(_HINT)
            return
        key = self.table.model.columns[index.column()].key
        where = WAYS_ON.get(key, f"{one.name}の{key if key in NUMBERS else VISITS}")
        self.hint.setText(f"{_HINT}　いまの Enter：{where}")

    def _open_cell(self, one: object, index: QModelIndex) -> None:
        figures = getattr(one, "figures", None)
        key = self.table.model.columns[index.column()].key if index.isValid() else ""
        if key in WAYS_ON:
            self.page_asked.emit(WAYS_ON[key])
        elif figures is not None:
            self.number_asked.emit(figures.kind, key if key in NUMBERS else VISITS)

    def _clicked(self, index: QModelIndex) -> None:
        if self.table.model.columns[index.column()].key in (*NUMBERS, *WAYS_ON):
            self._open_cell(self.table.model.record(index.row()), index)


def _card(one: SeasonCard) -> Card:
    return Card(
        title=f"{one.month}　{one.name}",
        aside=one.count_words,
        framed=one.current,
        rows=tuple(
            CardRow(
                title=line.title,
                words=line.words,
                sign=_SIGNS[line.state],
                says=line.state,
                next=line.state == "いま",
                asked=line.asked,
            )
            for line in one.rows
        ),
    )
