"""「Excelに出力」 at a list: what is shown, filtered and sorted, with the pages not seen yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.papers.screens.export_button import ExportButton, Sheet
from app.widgets.record_table import RecordTable
from app.window.desk import Desk

AllRows = Callable[[Callable[[Sequence[Any]], None]], object]


def export_button(
    desk: Desk,
    table: RecordTable,
    *,
    title: str,
    personal: bool = False,
    narrowed: Callable[[], str] = lambda: "",
    event_id: Callable[[], int | None] = lambda: None,
    all_rows: AllRows | None = None,
) -> ExportButton:
    """Return the button that exports ``table``; the screen places it, usually in ``table.foot``.

    ``title`` names sheet and file. ``personal``: people are named or may be. ``narrowed`` says in words by what a
    screen narrowed the list beside its filter field (「講習会」). ``all_rows(deliver)`` reads what a list is a
    part of, where it shows only the newest; the list's filter and order are put on it.
    """

    def told(count: int) -> str:
        by = [f"「{word}」" for word in (narrowed(), table.model.filter_text) if word]
        return f"{count}{table.unit}" + (f"（{'と'.join(by)}で絞り込み）" if by else "")

    def hand_over(deliver: Callable[[Sheet], None], rows: Sequence[Any]) -> None:
        columns, texts = table.content(rows)
        deliver(Sheet(columns=columns, rows=texts, words=told(len(texts)), personal=personal))

    def gather(deliver: Callable[[Sheet], None]) -> None:
        table.settle_filter()
        if all_rows is None:
            table.model.everything(lambda rows: hand_over(deliver, rows))
        else:
            all_rows(lambda rows: hand_over(deliver, table.model.under_filter(rows)))

    made = ExportButton(desk, gather, title=title, event_id=event_id)
    table.counted.connect(lambda shown, _total: made.offer(shown > 0))
    made.keep_key(table.filter_field)
    return made
