"""Reading the second typings of paper sheets."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch
from db.records.surveys import SecondEntry
from db.rows import row


def of_survey(database: Database, survey_id: int) -> list[SecondEntry]:
    """Return the second typings of a survey, by the number of their sheet."""
    return fetch(
        database,
        SecondEntry,
        "SELECT second_entries.* FROM second_entries JOIN answer_sheets ON answer_sheets.id = second_entries.sheet_id "
        "WHERE answer_sheets.survey_id = ? ORDER BY answer_sheets.number, second_entries.id",
        [survey_id],
    )


def of_sheet(database: Database, sheet_id: int) -> SecondEntry | None:
    """Return the second typing of one sheet, or None."""
    return row(database, SecondEntry, sheet_id=sheet_id)
