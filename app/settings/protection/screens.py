"""守ることの一覧: each clause with its duty and the place in the program that fulfils it; Enter opens that place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QCheckBox

from app.main_window.action_routes import route_to
from app.main_window.navigation import ScreenEntry
from app.programme.rules import CLAUSE_SOURCES, YearDefinition
from app.programme.services import definition_of, read_programme
from app.settings.protection.services import FULFILMENT_WORDS, Duty, read_duties
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, second_label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, page_column
from app.window.app_context import AppContext
from db.store import Store


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen of this package; it is built when first shown."""

    yield ScreenEntry("duties", "shield-check", "守ることの一覧", DutiesScreen, parent_screen="settings")


_MORE = "契約外の文書の求めも見る"
_TITLES = "、".join(f"「{one.title}」" for one in CLAUSE_SOURCES if not one.binds)
_MORE_TIP = f"{_TITLES}の求めです。この契約の義務ではありません。"


class DutiesScreen(Screen):
    """The screen 守ることの一覧. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._contract: YearDefinition | None = None
        self.table = RecordTable(
            "duties",
            unsorted(
                Column("basis", "条項", width=190, show=lambda one: Cell(one.cited_clauses or "—")),
                Column("duty", "求めること", stretch=True, width=260, show=lambda one: Cell(one.duty)),
                Column("how", "どのように", width=110, show=_how_cell),
                Column("where", "どこで", stretch=True, width=260, show=lambda one: Cell(one.where or "—")),
                Column("reason", "備考・理由", stretch=True, width=240, show=lambda one: Cell(one.reason)),
                Column(
                    "others",
                    "契約外の文書",
                    stretch=True,
                    width=220,
                    show=lambda one: Cell(one.other_clauses, tone="second"),
                    shown_if_any=lambda one: not one.is_own_contract,
                ),
            ),
            title="守ることの一覧",
            empty="一覧はありません。",
            names_people=False,
            on_open=self._open,
        )
        back = link_button("情報保護", lambda: app_context.back_to("settings", page="protection"))
        self.more = QCheckBox(_MORE)
        self.more.setToolTip(_MORE_TIP)
        self.more.toggled.connect(self._fill)
        column = page_column(self)
        add(
            column,
            FlowRow(back, heading("守ることの一覧"), self.more, spacing=16),
            second_label("この契約の仕様書と特記事項が求めることです。Enter で、その管理簿、届、画面を開きます。"),
        )
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Read the contract of the year shown and show what it requires; with the box ticked other documents too."""
        self.app_context.read(self._read_contract, self._show, owner=self)

    def _read_contract(self, store: Store) -> YearDefinition:
        return definition_of(read_programme(store, fiscal_year=self.fiscal_year, on=self.today))

    def _show(self, contract: YearDefinition) -> None:
        self._contract = contract
        self._fill()

    def _fill(self) -> None:
        """Show the duties in the table, with or without those of other documents."""
        own_only = not self.more.isChecked()
        self.table.show_rows(read_duties(required_only=True, own_only=own_only, contract=self._contract))

    def _open(self, chosen: Duty | None) -> None:
        """Go to where a duty is fulfilled, or say that this is outside the program or has no single screen."""
        if chosen is None:
            return
        way = route_to(chosen.link) if chosen.link is not None else None
        # A screen of one event: which, is not for this list to choose.
        if way is None or None in way.arguments.values():
            self.app_context.show_message(
                "ここから開く画面はありません。「どこで」の欄の書類・画面で確かめてください。"
                if chosen.where
                else "アプリの外で行うことです。「備考・理由」の欄をご覧ください。"
            )
        else:
            self.follow(way)


def _how_cell(one: Duty) -> Cell:
    return Cell(FULFILMENT_WORDS[one.how], tone="second" if one.how == "not software" else "")
