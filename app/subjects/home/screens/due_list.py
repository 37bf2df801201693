"""区がやること: the counts, who does it, and the list with one button a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.main_window.ways import way_to
from app.papers.screens.export_button import ExportButton, Sheet
from app.subjects.events.parts.deadline_basis import explain
from app.subjects.home.screens.bucket_chips import BucketChips
from app.subjects.home.screens.due_columns import due_columns
from app.subjects.home.services.home import HomeRow, HomeView
from app.widgets.buttons import link_button
from app.widgets.fitted_table import FittedTable
from app.widgets.flow_row import FlowRow
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import heading, label
from app.widgets.record_columns import RowAction
from app.widgets.screen import row
from app.window.desk import Desk

EVERYBODY = "全員"


class DueList(QWidget):
    """The ward's own work.

    Signals: ``followed(WayThere)`` the button of a row or Space; ``event_opened(int)`` Enter on a row;
    ``add_asked()`` the button of the empty year; ``own_asked()`` the line about 区の自主管理.
    """

    followed = Signal(object)
    event_opened = Signal(int)
    add_asked = Signal()
    own_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: HomeView | None = None
        self._narrow = False
        self._joined = False
        self.title = heading("今日・今週、区がやること")
        self.today = label("", "second")
        self.chips = BucketChips()
        self.chips.chosen.connect(lambda _bucket: self._fill())
        self.own = link_button("", self.own_asked.emit)
        self.owner = ChoiceBox()
        self.owner.addItem(EVERYBODY)
        self.owner.setAccessibleName("担当で絞り込む")
        self.owner.activated.connect(lambda _number: self._fill())
        self.export = ExportButton(desk, self._gather, title="区がやること", small=True)
        self._owner_word = label("担当", "second")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._top = QWidget()
        self._top.setLayout(row(self.title, None, self.today))
        # With large letters on a narrow page the choices go on in the next line.
        choices = QWidget()
        choices.setLayout(row(self.own, self._owner_word, self.owner, self.export))
        self._bar = FlowRow(self.chips, choices, at_end=1)
        self._column.addWidget(self._top)
        self._column.addWidget(self._bar)
        self.table = self._make_table()
        self._column.addWidget(self.table)

    def show_view(self, view: HomeView) -> None:
        """Show what stands now."""
        self._view = view
        self.today.setText(view.today_words)
        self.chips.show_counts(view.counts)
        self.own.set_words(f"区の自主管理 {len(view.self_managed)}")
        self.own.setVisible(self._narrow and bool(view.self_managed))
        for part in (self.chips, self._owner_word, self.owner, self.export):
            part.setVisible(view.has_events)
        self._offer_owners(view)
        self._fill()

    def fold(self, *, narrow: bool, joined: bool) -> None:
        """Leave the headings out on a ``narrow`` page; ``joined`` puts 残り beside the date."""
        if (narrow, joined) == (self._narrow, self._joined):
            return
        self._narrow, self._joined = narrow, joined
        self._top.setVisible(not narrow)
        before = self.table
        self.table = self._make_table()
        self._column.replaceWidget(before, self.table)
        before.hide()
        before.deleteLater()
        if self._view is not None:
            self.show_view(self._view)

    def first_count(self) -> int:
        """How many rows are due up to this week."""
        return len(self._view.rows) if self._view is not None else 0

    def _make_table(self) -> FittedTable:
        table = FittedTable(
            "home-joined" if self._joined else "home",
            due_columns(narrow=self._joined),
            title="区がやること",
            empty="今日・今週、区がやることはありません。",
            action=self._action_of,
            head=not self._narrow,
        )
        table.acted.connect(lambda row_: self.followed.emit(way_to(row_.asked)))
        table.opened.connect(self._open)
        table.view.clicked.connect(self._explain_date)
        explained = QShortcut(QKeySequence("Alt+Return"), table.view)
        explained.activated.connect(lambda: self._explain(table.current()))
        return table

    def _action_of(self, row_: HomeRow) -> RowAction:
        """Only the most overdue row has the filled button."""
        first = self._view.rows[0] if self._view is not None and self._view.rows else None
        return RowAction(text=way_to(row_.asked).label, main=row_.main and row_ == first)

    def _offer_owners(self, view: HomeView) -> None:
        owners = sorted({each.task.owner_words for each in (*view.rows, *view.later)})
        kept = self.owner.currentText()
        self.owner.clear()
        self.owner.addItems([EVERYBODY, *owners])
        self.owner.setCurrentIndex(max(0, self.owner.findText(kept)))

    def _fill(self) -> None:
        view = self._view
        if view is None:
            return
        bucket, owner = self.chips.current(), self.owner.currentText()
        rows = [*view.rows, *view.later] if bucket else list(view.rows)
        if bucket:
            rows = [each for each in rows if each.task.bucket == bucket]
        if owner != EVERYBODY:
            rows = [each for each in rows if each.task.owner_words == owner]
        self._say_when_empty(view, bucket, owner)
        self.table.show_rows(rows)
        self.export.offer(bool(rows))

    def _gather(self, deliver: Callable[[Sheet], None]) -> None:
        columns, rows = self.table.content()
        owner = self.owner.currentText()
        shown = [self.chips.current() or "今週まで", *([f"担当 {owner}"] if owner != EVERYBODY else [])]
        deliver(Sheet(columns=columns, rows=rows, words=f"{len(rows)}件（{'・'.join(shown)}）"))

    def _say_when_empty(self, view: HomeView, bucket: str, owner: str) -> None:
        if not view.has_events:
            words = "この年度の実施回は、まだありません。日付を入れると、期限が根拠と一緒にすべて出ます。"
            self.table.set_empty(words, "実施回を追加する", self.add_asked.emit)
        elif owner != EVERYBODY:
            self.table.set_empty(f"担当が「{owner}」のものはありません。", "全員に戻す", self._everybody)
        elif bucket:
            self.table.set_empty(f"{bucket}の期限はありません。", "今週までに戻す", lambda: self.chips.choose(""))
        elif view.later:
            words = f"来週からの{len(view.later)}件を見る"
            self.table.set_empty("今日・今週、区がやることはありません。", words, lambda: self.chips.choose("来週から"))
        else:
            self.table.set_empty("今日・今週、区がやることはありません。")

    def _everybody(self) -> None:
        self.owner.setCurrentIndex(0)
        self._fill()

    def _open(self, row_: HomeRow) -> None:
        if row_.task.event_id is not None:
            self.event_opened.emit(row_.task.event_id)
        else:
            self.followed.emit(way_to(row_.asked))

    def _explain_date(self, index: QModelIndex) -> None:
        if self.table.model.columns[index.column()].key == "due":
            self._explain(self.table.model.record(index.row()))

    def _explain(self, row_: Any) -> None:
        if row_ is not None:
            explain(row_.task, self)


def count_words(view: HomeView) -> str:
    """「9/16(水)」 style heading of the narrow page's right end."""
    day: date = view.today
    return f"{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）"
