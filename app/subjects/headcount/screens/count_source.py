"""Where the expected numbers come from: 名簿 or 入力した人数, and the numbers of the roster as a list to read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.subjects.headcount.screens.count_line import NUMBERS
from app.subjects.headcount.services.headcount_view import HeadcountView
from app.widgets.fitted_table import FittedTable
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.record_columns import Cell, Column
from db.records.participants import ExpectedCount

ROSTER, TYPED = "名簿", "入力"
_HINT = "「参加者」の名簿から、団体ごとに数えています。氏名は出ません。必要な対応には手配した内容だけが載り、本人の書いたことは載りません。"


class SourceSwitch(QWidget):
    """The switch between the two. Signals: ``chosen(str)`` 名簿 or 入力, when it was changed by hand."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = QButtonGroup(self)
        self.roster = QRadioButton()
        self.typed = QRadioButton()
        for button in (self.roster, self.typed):
            self.group.addButton(button)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(FlowRow(self.roster, self.typed, spacing=24))
        self.roster.clicked.connect(lambda _on: self.chosen.emit(ROSTER))
        self.typed.clicked.connect(lambda _on: self.chosen.emit(TYPED))

    def show_view(self, view: HeadcountView, *, may_write: bool) -> None:
        """Show which it is and what each would give."""
        entered = view.roster_people is not None
        self.setVisible(entered or view.from_roster)
        people = f"（{view.roster_people}人）" if entered else "（まだ0人）"
        self.roster.setText(f"名簿の人数を使う{people}")
        self.typed.setText(f"入力した人数を使う（{view.typed_people}人）")
        (self.roster if view.from_roster else self.typed).setChecked(True)
        for button in (self.roster, self.typed):
            button.setAccessibleName(button.text())
            button.setEnabled(may_write)


class CountList(QWidget):
    """The numbers by 団体, only to be read. Signals: none."""

    def __init__(self, to_roster: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FittedTable(
            "headcount-roster",
            (
                Column(key="organisation_name", title="団体", show=lambda row: row.organisation_name, stretch=True, sortable=False),
                *(
                    Column(key=key, title=title, show=_number(key, unit), align="right", sortable=False)
                    for key, title, unit in NUMBERS
                ),
                Column(key="care_request", title="必要な対応", show=lambda row: row.care_request, widest=260, sortable=False),
            ),
            title="団体ごとの参加予定人数",
            empty="名簿に、参加する方がまだいません。",
            empty_button="参加者を開く",
            empty_act=to_roster,
            unit="団体",
        )  # fmt: skip
        self.sums = label("", "strong", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table)
        column.addWidget(self.sums)
        column.addWidget(Paragraph(_HINT, role="small"))

    def show_view(self, view: HeadcountView) -> None:
        """Show the rows with their sums."""
        self.table.show_rows(view.rows)
        totals = view.totals
        parts = [f"{title} {getattr(totals, key)}{unit}" for key, title, unit in NUMBERS]
        self.sums.setText(f"計　{totals.organisations}団体　{'　'.join(parts)}" if view.rows else "")
        self.sums.setVisible(bool(view.rows))


def _number(key: str, unit: str) -> Callable[[ExpectedCount], Cell]:
    def show(row: ExpectedCount) -> Cell:
        value = int(getattr(row, key))
        return Cell(text=f"{value}{unit}" if value else "—", tone="" if value else "second", strong=key == "people")

    return show
