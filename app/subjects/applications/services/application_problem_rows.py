"""The rows of a file that are not taken in, as a list for a workbook: the row as it came, the outcome and the reason."""

from __future__ import annotations

from collections.abc import Sequence

from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.applications.intake.application_fields import DROPPED
from app.subjects.applications.services.application_preview import ApplicationPreview, PreviewRow

TITLE = "取り込まない申込"
_OWN = ("行", "結果", "理由")


def problem_rows(
    file: ForeignFile, preview: ApplicationPreview, rows: Sequence[PreviewRow] | None = None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return headings and rows: 行, 結果, 理由, then the columns of the file exactly as they came.

    Columns with personal data that is not kept are left out here too. ``rows`` None = those not taken in that a
    person may have to follow up.
    """
    shown = [column for column in preview.columns if column.field != DROPPED]
    cells = {row.row: row.cells for row in file.rows}
    width = len(file.headings)
    wanted = preview.left_out if rows is None else rows
    surplus = max((len(cells.get(row.row, ())) - width for row in wanted), default=0)
    headings = (*_OWN, *_apart([column.heading for column in shown]), *(f"余分な列{n}" for n in range(1, surplus + 1)))
    found = []
    for row in wanted:
        own = cells.get(row.row, ())
        found.append(
            (
                str(row.line),
                row.outcome,
                row.reason,
                *(own[column.index] if column.index < len(own) else "" for column in shown),
                *(own[at] if at < len(own) else "" for at in range(width, width + surplus)),
            )
        )
    return headings, tuple(found)


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings that stand twice get their number, so that each column keeps its own."""
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        found.append(f"{heading}（{seen[heading]}）" if seen[heading] > 1 or heading in _OWN else heading)
    return found
