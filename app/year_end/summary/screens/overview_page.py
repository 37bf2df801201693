"""The first page of 年度, with its numbers, the line to copy, and the seasons with their tasks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label, small_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.app_context import check_may_copy
from app.window.clipboard import copy_for_pasting
from app.year_end.summary.rules import VISITS, KindFigures
from app.year_end.summary.screens.season_cards import Card, CardRow, SeasonCards
from app.year_end.summary.screens.summary_columns import AGAINST, LINKED_PAGES, NUMBERS, overview_columns
from app.year_end.summary.services.seasons import RowState, SeasonCard, SeasonRow
from app.year_end.summary.services.year_page import YearPage

_HINT = "数を選んで Enter で、数えた元の一覧。"
_SIGNS: dict[RowState, tuple[str, str]] = {
    "済": ("check-circle-fill", t.GREEN),
    "いま": ("clock-fill", t.AMBER),
    "これから": ("circle", t.INK_SECONDARY),
    "受託者": ("hourglass-medium", t.INK_SECONDARY),
    "閉じた": ("minus-circle", t.INK_SECONDARY),
}


class OverviewPage(QWidget):
    """First page of 年度, with its numbers, the line to copy and the seasons.

    Signals: ``number_asked(object, str)`` a kind (None = all) and the name of a number; ``page_asked(str)``
    another page of 年度; ``link_clicked(object)`` a link; ``copied()``.
    """

    number_asked = Signal(object, str)
    page_asked = Signal(str)
    link_clicked = Signal(object)
    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = ""
        self.table = FittedTable(
            "year-overview",
            overview_columns(),
            title="年度",
            empty="まだ年度が始まっていません。",
            tint=lambda one: t.PAPER_TINT if one.is_total else "",
            names_people=False,
            on_click=self._click,
        )
        self.table.opened.connect(lambda one: self._open_cell(one, self.table.current_key()))
        self.hint = small_label(_HINT)
        self.stops = link_button("", lambda: self.page_asked.emit(AGAINST))
        self.cards = SeasonCards()
        self.copy_button = Button("コピー", self.copy_line, icon_name="copy", low=True)
        self.one_line = Paragraph(role="small")
        self.ends = small_label()
        self.foot = widget_row(label("主な期日", "strong"), spacing=16)
        self.foot.addWidget(self.ends, 1)
        self.ways = FlowRow(spacing=24)
        self.links: list[Button] = []
        self._others: tuple[SeasonRow, ...] = ()
        self._build()
        self.table.view.selectionModel().currentChanged.connect(lambda index, _before: self._show_enter_hint(index))
        self.cards.link_clicked.connect(self.link_clicked)

    def _build(self) -> None:
        column = in_column(self.table, owner=self, spacing=10, margins=(0, 4, 8, 8))
        beside = widget_row()
        add(beside, (self.hint, 1), self.stops, label("照会・議会・予算の一行", "small"), self.copy_button)
        # The line has the whole width below its explanation, so that it wraps less.
        line = in_column(beside, self.one_line, spacing=4)
        add(column, line, self.cards, self.foot, self.ways, None)

    def show_page(self, found: YearPage) -> None:
        """Show the overview of a year that was read."""
        self.line = found.summary.line_to_copy
        self.table.show_rows((*found.summary.kinds, found.summary.total))
        self.one_line.show_text(self.line)
        self.stops.setText(f"仕様と違うのに理由のない数 {len(found.summary.blocking_lines)}")
        self.stops.setVisible(bool(found.summary.blocking_lines))
        self.cards.show_cards([_card(one) for one in found.seasons.cards])
        self.ends.setText("・".join(found.end_dates) if found.end_dates else "残っている期日はありません。")
        self._others = found.seasons.others
        if not self.links:
            self.links = [link_button("", partial(self._open_footer_link, at)) for at, _one in enumerate(self._others)]
            for link in self.links:
                self.ways.add(link)
        for link, one in zip(self.links, self._others, strict=True):
            link.setText(f"{one.title}　{one.words}")

    def _open_footer_link(self, at: int) -> None:
        self.link_clicked.emit(self._others[at].link)

    def copy_line(self) -> None:
        """Copy the line to the clipboard and emit ``copied``, unless a check forbids it."""
        if check_may_copy(self):
            copy_for_pasting(self.line)
            self.copied.emit()

    def _show_enter_hint(self, index: QModelIndex) -> None:
        """Show in the hint which page Enter opens from the current cell."""
        one = self.table.model.record(index.row()) if index.isValid() else None
        if one is None:
            self.hint.setText(_HINT)
            return
        key = self.table.model.columns[index.column()].key
        where = LINKED_PAGES.get(key, f"{one.name}の{key if key in NUMBERS else VISITS}")
        self.hint.setText(f"{_HINT}　いまの Enter：{where}")

    def _open_cell(self, row: object, key: str) -> None:
        """Emit ``page_asked`` for a cell that leads to a page, else ``number_asked``; without a number for 延べ人数."""
        if key in LINKED_PAGES:
            self.page_asked.emit(LINKED_PAGES[key])
        elif isinstance(row, KindFigures):
            self.number_asked.emit(row.kind, key if key in NUMBERS else VISITS)

    def _click(self, row: object, key: str) -> None:
        if key in (*NUMBERS, *LINKED_PAGES):
            self._open_cell(row, key)


def _card(season_card: SeasonCard) -> Card:
    return Card(
        title=f"{season_card.month}　{season_card.name}",
        aside=season_card.count_words,
        is_current=season_card.current,
        rows=tuple(
            CardRow(
                title=line.title,
                words=line.words,
                sign=_SIGNS[line.state],
                sign_text=line.state,
                is_next=line.state == "いま",
                link=line.link,
            )
            for line in season_card.rows
        ),
    )
