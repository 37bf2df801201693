"""守ることの一覧: each clause with what it asks for and where in the program it is met; Enter leads there."""

from __future__ import annotations

from app.main_window.ways import way_to
from app.subjects.settings.protection.services.duties import WORDS, Duty, read_duties
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, page
from app.window.desk import Desk

_NOTE = "特記事項の29条、情報保護、仕様書の数です。Enter で、その管理簿、届、画面を開きます。番号は出現順です。"


class DutiesScreen(Screen):
    """The list. Signals: none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = RecordTable(
            "duties",
            unsorted(
                Column("basis", "条項", width=130, show=lambda one: Cell(one.basis)),
                Column("duty", "求めること", stretch=True, width=260, show=lambda one: Cell(one.duty)),
                Column("how", "どのように", width=110, show=_how),
                Column("where", "どこで", stretch=True, width=260, show=lambda one: Cell(one.where or "—")),
                Column("reason", "備考・理由", stretch=True, width=240, show=lambda one: Cell(one.reason)),
            ),
            title="守ることの一覧",
            empty="一覧はありません。",
            unit="件",
        )
        self.table.opened.connect(self._open)
        back = link_button("情報保護", lambda: desk.go("settings", page="protection"))
        column = page(self)
        add(column, FlowRow(back, heading("守ることの一覧"), spacing=16), wrapped_label(_NOTE, "second"))
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Show what must be met; it rests on no record."""
        self.table.show_rows(read_duties(must=True))

    def _open(self, chosen: Duty | None) -> None:
        if chosen is None or chosen.asked is None:
            return
        way = way_to(chosen.asked)
        if None not in way.arguments.values():  # a screen of one event: which, is not for this list to choose
            self.desk.go(way.place, **way.arguments)


def _how(one: Duty) -> Cell:
    return Cell(WORDS[one.how], tone="second" if one.how == "not software" else "")
