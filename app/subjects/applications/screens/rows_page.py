"""1行ずつ確かめる: every row of the file with its outcome, filtered by the chips, mended in place."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.subjects.applications.rules.application_changes import OUTCOMES
from app.subjects.applications.screens.file_side import FileSide
from app.subjects.applications.screens.row_columns import row_columns
from app.subjects.applications.services.application_preview import ApplicationPreview, PreviewRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.note_box import NoteBox
from app.widgets.outcome_chips import ALL, OutcomeChips
from app.widgets.record_columns import RowAction
from app.widgets.record_table import RecordTable
from app.window import theme as t

_HINT = "同じファイルをもう一度取り込んでも、増えたり変わったりしません。"


class RowsPage(QWidget):
    """The third step.

    Signals: ``mend_asked(PreviewRow)``; ``columns_asked()``; ``contacts_asked()``; ``doubtful_wanted(bool)``.
    """

    mend_asked = Signal(object)
    columns_asked = Signal()
    contacts_asked = Signal()
    doubtful_wanted = Signal(bool)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._preview: ApplicationPreview | None = None
        self._by_event: bool | None = None
        self.problem = NoteBox(tone="amber")
        self.side = FileSide()
        self.side.columns_asked.connect(self.columns_asked)
        self.side.contacts_asked.connect(self.contacts_asked)
        self.chips = OutcomeChips(OUTCOMES)
        self.chips.chosen.connect(lambda _word: self._filter())
        self.doubtful = QCheckBox("")
        self.doubtful.clicked.connect(self.doubtful_wanted)
        self.table: RecordTable | None = None
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.chips)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.problem)
        self._columns = FoldingColumns("1行ずつ", self._rows, (("ファイルと列", self.side),), wide=280, left=True)
        outer.addWidget(self._columns, 1)

    def show_preview(self, preview: ApplicationPreview, chosen_at: datetime, *, again: bool = False) -> None:
        """Show a file; ``again`` True keeps the chip and the row that were looked at."""
        self._preview = preview
        self.problem.say("")
        self.side.show_preview(preview, chosen_at)
        self.chips.show_counts({word: preview.count(word) for word in OUTCOMES}, start_again=not again)
        by_event = preview.event is None
        if self.table is None or by_event != self._by_event:
            self._make_table(by_event, preview)
        doubtful = [row for row in preview.rows if row.outcome == "確認が必要" and row.importable]
        self.doubtful.setText(f"「確認が必要」の{len(doubtful)}件も、印を付けて取り込む")
        self.doubtful.setVisible(bool(doubtful))
        self._filter()

    def take_focus(self) -> None:
        """The list."""
        if self.table is not None:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self, by_event: bool, preview: ApplicationPreview) -> None:
        if self.table is not None:
            self.doubtful.setParent(self)
            self._column.removeWidget(self.table)
            self.table.deleteLater()
        titles = {event.id: event.full_title for event in preview.events} if by_event else None
        self._by_event = by_event
        self.table = RecordTable(
            "application_rows",
            row_columns(self._today, titles),
            title="申込の行",
            empty="この結果の行はありません。",
            filtered=False,
            unit="行",
            tint=lambda row: t.AMBER_BOX if row.outcome == "確認が必要" else "",
            action=_action,
            hint=_HINT,
        )
        for signal in (self.table.acted, self.table.opened, self.table.edit_asked):
            signal.connect(self._ask_mend)
        self.table.foot.addWidget(self.doubtful)
        self._column.addWidget(self.table, 1)

    def _ask_mend(self, row: PreviewRow | None) -> None:
        if row is not None and can_be_mended(row):
            self.mend_asked.emit(row)

    def _filter(self) -> None:
        if self._preview is not None and self.table is not None:
            word = self.chips.word
            self.table.show_rows([row for row in self._preview.rows if word in (ALL, row.outcome)])


def can_be_mended(row: PreviewRow) -> bool:
    """Whether a clerk's word can change what becomes of a row."""
    return (row.importable and row.outcome != "重複") or row.mended


def _action(row: PreviewRow) -> RowAction | None:
    wanted = row.outcome == "確認が必要" or row.mended
    return RowAction(text="直す") if wanted and can_be_mended(row) else None
