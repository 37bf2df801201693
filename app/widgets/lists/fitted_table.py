"""A list as tall as its rows, for pages that scroll as a whole.

One such list has the files taken in so far, each with the way to take it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from app.calendar.dates import short_date
from app.widgets.lists.record_model import Cell, Column, RowAction, unsorted
from app.widgets.lists.record_table import RecordTable
from app.window.debounce import debounce
from db.records.applications import ForeignImport


class FittedTable(RecordTable):
    """A ``RecordTable`` that grows and shrinks with what it holds, and scrolls only where it was given a greatest
    height.

    Signals: those of ``RecordTable``. The page around it follows the current row.
    """

    def __init__(self, *positional: Any, head: bool = True, **named: Any) -> None:
        """``head`` False leaves the row of headings out; everything else as for ``RecordTable``."""
        super().__init__(*positional, **{"filtered": False, "foot": False} | named)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head = head
        self._most = 0
        self.show_headings(head)
        self._fit_soon = debounce(self, self.fit_height)
        self.view.verticalHeader().sectionResized.connect(lambda *_: self._fit_soon.start())
        self.model.counted.connect(lambda *_: self._fit_soon.start())
        self.model.fed.connect(lambda *_: self._fit_soon.start())
        self.chosen.connect(self._scroll_page_to)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """As every list; in sight it has its height at once, so that the page never gets shorter
        meanwhile and jumps."""
        super().show_rows(rows)
        if self.isVisible():
            self.measure_now()

    def show_headings(self, on: bool) -> None:
        """Show or leave out the headings."""
        self._head = on
        self.view.horizontalHeader().setVisible(on)

    def set_max_height(self, height: int) -> None:
        """Be at most so tall and scroll inside: where the page itself does not. 0 lets it be as tall as its rows."""
        if height != self._most:
            self._most = height
            self.fit_height()

    def fit_height(self) -> None:
        """Take the height of the rows as they are measured now."""
        # The sentence of the empty list takes no room while there are rows.
        none = QSizePolicy.Policy.Ignored if self.model.rowCount() else QSizePolicy.Policy.Preferred
        self._none.setSizePolicy(QSizePolicy.Policy.Preferred, none)
        rows = sum(self.view.rowHeight(row) for row in range(self.model.rowCount()))
        head = self.view.head_height() if self._head else 0
        wanted = rows + head + 2
        cut = 0 < self._most < wanted
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if cut else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.view.verticalScrollBarPolicy() != shown:
            self.view.setVerticalScrollBarPolicy(shown)
        self.view.setFixedHeight(self._most if cut else wanted)
        self.updateGeometry()

    def measure_now(self) -> None:
        """Measure what was just shown at once; else it happens in the next turns of the loop, and the list stands cut
        until then."""
        self.view.measure_all()
        self.fit_height()

    def sizeHint(self) -> QSize:
        """As tall as its parts."""
        inside = self.layout()
        hint = inside.sizeHint() if inside is not None else QSize(480, 80)
        if self.model.rowCount():
            # A stack of pages asks for the view's own wish, not for the height it was given.
            stacked = max(self._stack.sizeHint().height(), self._stack.minimumSize().height())
            hint.setHeight(hint.height() - stacked + self.view.minimumHeight())
        return hint

    def minimumSizeHint(self) -> QSize:
        """Narrow as you like, never shorter than its rows."""
        return QSize(200, self.sizeHint().height())

    def _scroll_page_to(self, record: Any) -> None:
        """Bring the row somebody went to into sight of the page."""
        if record is not None and not self._reads_again and self.view.hasFocus():
            self.scroll_page_to_current()

    def scroll_page_to_current(self) -> None:
        """Bring the current row into sight of the page."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        page = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and page is not None:
            row = self.view.visualRect(self.view.currentIndex())
            place = self.view.viewport().mapTo(page, row.center())
            above.ensureVisible(place.x(), place.y(), 0, row.height())


class ImportHistoryTable(FittedTable):
    """A list of ``ForeignImport``. Signals: those of ``FittedTable``; ``acted(ForeignImport)`` takes one back."""

    def __init__(self, name: str, today: date, *, may_write: bool) -> None:
        """``name`` under which the widths of the columns are remembered."""
        super().__init__(
            name,
            import_history_columns(today),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=(lambda _row: RowAction(text="取り込みを取り消す")) if may_write else None,
        )


def import_history_columns(today: date, counts: Callable[[Any], str | Cell] | None = None) -> tuple[Column, ...]:
    """When and by whom, which file, and what came of its rows (``counts``: said otherwise than of a
    ``ForeignImport``)."""
    return unsorted(
        Column(
            "at",
            "取り込んだ日時",
            show=lambda row: Cell(f"{short_date(row.at.date(), today)} {row.at:%H:%M}", row.by),
        ),
        Column("file", "ファイル", show=lambda row: row.file_name, stretch=True),
        Column("counts", "結果", show=counts or _counts, stretch=True),
    )


def _counts(row: ForeignImport) -> str:
    counts = (
        ("新規", row.new), ("更新", row.updated), ("重複", row.duplicate), ("確認が必要", row.needs_check),
        ("取り込まない", row.skipped),
    )  # fmt: skip
    return "・".join(f"{word} {count}" for word, count in counts if count)
