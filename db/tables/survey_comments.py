"""Reading how free texts were grouped by hand, and the totals of earlier years."""

from __future__ import annotations

from db.engine import Database
from db.records.surveys import CommentMark, CommentTheme, EarlierCounts
from db.rows import rows


def themes(database: Database, survey_id: int) -> list[CommentTheme]:
    """Return the themes of a survey, by question and in their order."""
    return rows(database, CommentTheme, survey_id=survey_id, order=("question_code", "position", "id"))


def marks(database: Database, survey_id: int) -> list[CommentMark]:
    """Return what was decided about the free texts of a survey."""
    return rows(database, CommentMark, survey_id=survey_id)


def earlier_counts(database: Database) -> list[EarlierCounts]:
    """Return the totals of earlier years, the newest first."""
    return rows(database, EarlierCounts, order=("-fiscal_year", "kind", "id"))
