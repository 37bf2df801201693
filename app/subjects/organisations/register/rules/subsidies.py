"""補助金 of a 団体: the next of its two due dates, and the row proposed for the following year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app.calendar.office_days import OfficeCalendar
from db.records.organisations import Subsidy

APPLICATION, RESULT_REPORT = "申請", "実績報告"
STATES: Final = ("", "案内済", "申請済", "実績報告済")
"""Progress of a 補助金 in the order of the work; 実績報告済 is the end."""


def next_due_date(subsidy: Subsidy) -> tuple[str, date] | None:
    """Return the next step and its day (申請 until applied for, then 実績報告); None when nothing is due."""
    if subsidy.state == "実績報告済":
        return None
    if subsidy.state != "申請済" and subsidy.apply_by is not None:
        return APPLICATION, subsidy.apply_by
    return (RESULT_REPORT, subsidy.report_by) if subsidy.report_by is not None else None


def next_year_proposal(subsidy: Subsidy, calendar: OfficeCalendar) -> Subsidy:
    """Return the same 補助金 for the next year: days one year later on an open day, nothing done yet."""

    def later(day: date | None) -> date | None:
        if day is None:
            return None
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        return calendar.open_on_or_before(date(day.year + 1, day.month, last))

    return replace(
        subsidy,
        id=0,
        fiscal_year=subsidy.fiscal_year + 1,
        amount=None,
        note="",
        apply_by=later(subsidy.apply_by),
        report_by=later(subsidy.report_by),
        state="",
        state_on=None,
    )
