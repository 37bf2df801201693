"""The files taken in so far, as one table, each with the way to take it back."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.widgets.fitted_table import FittedTable
from app.widgets.record_columns import Cell, Column, RowAction
from db.records.applications import ForeignImport


class PastImports(FittedTable):
    """A list of ``ForeignImport``. Signals: those of ``FittedTable``; ``acted(ForeignImport)`` takes one back."""

    def __init__(self, name: str, today: date, *, may_write: bool = True, parent: QWidget | None = None) -> None:
        """``name`` under which the widths of the columns are remembered."""
        super().__init__(
            name,
            past_import_columns(today),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=(lambda _row: RowAction(text="取り込みを取り消す")) if may_write else None,
            parent=parent,
        )


def past_import_columns(today: date) -> tuple[Column, ...]:
    """When and by whom, which file, and what came of its rows."""
    return (
        Column(
            key="at",
            title="取り込んだ日時",
            show=lambda row: Cell(text=f"{short_date(row.at.date(), today)} {row.at:%H:%M}", second=row.by),
            sortable=False,
        ),
        Column(key="file", title="ファイル", show=lambda row: row.file_name, stretch=True, sortable=False),
        Column(key="counts", title="結果", show=_counts, stretch=True, sortable=False),
    )


def _counts(row: ForeignImport) -> str:
    counts = (
        ("新規", row.new), ("更新", row.updated), ("重複", row.duplicate), ("確認が必要", row.needs_check),
        ("取り込まない", row.skipped),
    )  # fmt: skip
    return "・".join(f"{word} {count}" for word, count in counts if count)
