"""The count grid as a table for Excel: the lines of 団体 as typed, with their sums."""

from __future__ import annotations

from collections.abc import Sequence

from app.papers.screens.export_button import Sheet
from app.subjects.events.rules.attendance import headcount_totals
from app.subjects.headcount.screens.count_line import NUMBERS
from db.records.participants import ExpectedCount


def count_sheet(rows: Sequence[ExpectedCount]) -> Sheet:
    """Return the table; what a person needs (必要な対応) makes it one with personal data."""
    lines = [
        (row.organisation_name, *(str(getattr(row, key)) for key, _title, _unit in NUMBERS), row.care_request)
        for row in rows
    ]
    totals = headcount_totals(rows)
    sums = [str(getattr(totals, key)) for key, _title, _unit in NUMBERS]
    return Sheet(
        columns=("団体", *(f"{title}（{unit}）" for _key, title, unit in NUMBERS), "必要な対応"),
        rows=(*lines, (f"計　{totals.organisations}団体", *sums, "")),
        words=f"{totals.organisations}団体・{totals.people}人",
        personal=any(row.care_request.strip() for row in rows),
        total=True,
    )
