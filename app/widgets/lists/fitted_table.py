"""A list as high as its rows, for pages that scroll as a whole, and the list of past imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from app.calendar.dates import short_date
from app.widgets.lists.record_model import Cell, Column, RowAction, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.record_view import begin_with_whole_row
from app.window.debounce import debounce
from db.records.applications import ForeignImport


class FittedTable(RecordTable):
    """A ``RecordTable`` as high as its rows; it scrolls only if a maximum height is set.

    Signals: those of ``RecordTable``. The page scrolls to the current row.
    """

    def __init__(self, *positional: Any, head: bool = True, **named: Any):
        """Create the list; ``head`` False hides the headings.

        Other arguments are those of ``RecordTable``; ``filtered`` and ``foot`` are False unless given.
        """
        super().__init__(*positional, **{"filtered": False, "foot": False} | named)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head = head
        self._most = 0
        self.show_headings(head)
        self._fit_soon = debounce(self, self.fit_height)
        for header in (self.view.verticalHeader(), self.view.horizontalHeader()):
            header.sectionResized.connect(lambda *_: self._fit_soon.start())
        self.model.counted.connect(lambda *_: self._fit_soon.start())
        self.model.rows_loaded.connect(lambda *_: self._fit_soon.start())
        self.view.fold_toggled.connect(self.fit_height)
        self.chosen.connect(self._scroll_page_to)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the rows and set the height at once, so that a visible page does not jump."""
        super().show_rows(rows)
        if self.isVisible():
            self.fit_height()  # the rows were measured as they came, with the widths of their columns

    def show_headings(self, on: bool) -> None:
        """Show or hide the column headings; the height follows when it is next fitted."""
        self._head = on
        self.view.horizontalHeader().setVisible(on)

    def set_max_height(self, height: int) -> None:
        """Limit the height and scroll inside, where the page itself does not scroll; 0 removes the limit."""
        if height != self._most:
            self._most = height
            self.fit_height()

    def fit_height(self) -> None:
        """Set the height to that of the rows as measured, or to the most allowed, where they then scroll."""
        # The sentence of the empty list takes no room while there are rows.
        none = QSizePolicy.Policy.Ignored if self.model.rowCount() else QSizePolicy.Policy.Preferred
        self._none.setSizePolicy(QSizePolicy.Policy.Preferred, none)
        rows = sum(self.view.rowHeight(row) for row in range(self.model.rowCount()))
        head = self.view.head_height() if self._head else 0
        wanted = rows + head + 2 + self._fit_across()
        cut = 0 < self._most < wanted
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if cut else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.view.verticalScrollBarPolicy() != shown:
            self.view.setVerticalScrollBarPolicy(shown)
        self.view.setFixedHeight(self._most if cut else wanted)
        self.updateGeometry()

    def _fit_across(self) -> int:
        """Scroll across where columns that can't become narrower go beyond the list; return the height of the bar."""
        view = self.view
        beyond = view.horizontalHeader().length() > view.viewport().width()
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if beyond else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if view.horizontalScrollBarPolicy() != shown:
            view.setHorizontalScrollBarPolicy(shown)
        return view.horizontalScrollBar().sizeHint().height() if beyond else 0

    def measure_now(self) -> None:
        """Measure new rows at once instead of in later turns of the event loop, during which the list would be cut."""
        self.view.measure_all()
        self.fit_height()

    def sizeHint(self) -> QSize:
        """Return the size with the height of all parts and rows."""
        inside = self.layout()
        hint = inside.sizeHint() if inside is not None else QSize(480, 80)
        if self.model.rowCount():
            # A stack of pages asks for the view's own wish, not for the height it was given.
            stacked = max(self._stack.sizeHint().height(), self._stack.minimumSize().height())
            hint.setHeight(hint.height() - stacked + self.view.minimumHeight())
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return a small minimum width, but the height of all rows."""
        return QSize(200, self.sizeHint().height())

    def _scroll_page_to(self, record: Any) -> None:
        if record is not None and not self._reads_again and self.view.hasFocus():
            self.scroll_page_to_current()

    def scroll_page_to_current(self) -> None:
        """Scroll the page to the current row."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        page = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and page is not None:
            row = self.view.visualRect(self.view.currentIndex())
            place = self.view.viewport().mapTo(page, row.center())
            before = above.verticalScrollBar().value()
            above.ensureVisible(place.x(), place.y(), 0, row.height())
            begin_with_whole_row(self.view, before, above)


class ImportHistoryTable(FittedTable):
    """A list of ``ForeignImport``.

    Signals: those of ``FittedTable``; ``acted(ForeignImport)`` asks to undo one (button 「取り込みを取り消す」, Space).
    """

    def __init__(self, name: str, today: date, *, may_write: bool):
        """Create the list; column widths are remembered under ``name``, ``may_write`` False leaves the buttons out."""
        super().__init__(
            name,
            import_history_columns(today),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=(lambda _row: RowAction(text="取り込みを取り消す")) if may_write else None,
            names_people=False,
        )


def import_history_columns(today: date, counts: Callable[[Any], str | Cell] | None = None) -> tuple[Column, ...]:
    """Return the columns of past imports: when, by whom, which file, and the outcome of its rows.

    ``counts`` replaces the cell of the outcome.
    """
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
    """Return the rows of an import by outcome: 「新規 3・重複 1」."""
    counts = (
        ("新規", row.new), ("更新", row.updated), ("重複", row.duplicate), ("確認が必要", row.needs_check),
        ("取り込まない", row.skipped),
    )  # fmt: skip
    return "・".join(f"{word} {count}" for word, count in counts if count)
