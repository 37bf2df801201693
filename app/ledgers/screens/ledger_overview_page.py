"""情報保護 in 設定: the overview of all ledgers with open items; ledgers without rows are folded."""

from __future__ import annotations

from app.ledgers.screens.ledger_list import overview_columns
from app.ledgers.services.ledger_reading import LedgerSummary, read_overview
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.labels import heading, second_label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.screen import Screen, page_column
from app.window.app_context import AppContext


class LedgerOverviewPage(Screen):
    """The overview of ledgers. Signals: none. Enter or a click opens one."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.table = self._make_table("ledgers", "管理簿", "行のある管理簿は、まだありません。")
        self.empty = self._make_table("ledgers-empty", "まだ行のない管理簿", "")
        self.fold = FoldLine("行のない管理簿")
        self.fold.toggled.connect(self.empty.setVisible)
        self.empty.hide()
        export = link_button("目的を選んで出力", lambda: app_context.go("purpose_export"))
        duties = link_button("守ることの一覧", lambda: app_context.go("duties"))
        column = page_column(self)
        due = link_button("消す時期が来たもの", lambda: app_context.go("disposal"))
        incidents = link_button("事故の対応", lambda: app_context.go("incidents"))
        end = link_button("契約の終わり", lambda: app_context.go("contract_end"))
        links = (export, due, end, duties, incidents)
        add(
            column,
            FlowRow(heading("情報保護"), *links, spacing=16),
            second_label("Enter で管理簿を開きます。日付は目安日です。条文にない期間は赤にしません。"),
        )
        for part in (self.table, self.fold, self.empty):
            column.addWidget(part)
        column.addStretch(1)
        self.setFocusProxy(self.table)

    def _make_table(self, name: str, title: str, empty: str) -> FittedTable:
        """Return a table of ledgers by keeper, in which Enter or a click opens one."""
        return FittedTable(
            name,
            overview_columns(self.today),
            title=title,
            empty=empty,
            group=lambda row: row.ledger.keeper,
            names_people=False,
            on_click=lambda row, _key: self._open(row),
            on_open=self._open,
        )

    def reload(self) -> None:
        """Read all ledgers of the year shown."""
        self.run_read(self._show, read_overview, fiscal_year=self.fiscal_year, today=self.today)

    def _show(self, found: tuple[LedgerSummary, ...]) -> None:
        """Show the ledgers by keeper; folded apart are those without rows, doubts and an overdue check."""
        today = self.today
        ordered = sorted(found, key=lambda one: one.ledger.keeper)
        # A check that is due is asked of a ledger without a row, too.
        stands = [
            one for one in ordered if one.total or one.open_doubts or one.asked_doubts or one.is_check_overdue(today)
        ]
        bare = [one for one in ordered if one not in stands]
        self.table.show_rows(stands)
        self.empty.show_rows(bare)
        self.fold.show_count(len(bare), *(one.ledger.short or one.ledger.title for one in bare))
        self.empty.setVisible(bool(bare) and self.fold.isChecked())

    def _open(self, chosen: LedgerSummary) -> None:
        self.go("ledgers", ledger=chosen.id)
