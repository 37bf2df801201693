"""Reading how free texts were grouped by hand, and the totals of earlier years."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch, fetch_one
from db.records.surveys import CommentMark, CommentTheme, EarlierCounts


def themes(database: Database, survey_id: int) -> list[CommentTheme]:
    """Return the themes of a survey, by question and in their order."""
    return fetch(
        database,
        CommentTheme,
        "SELECT * FROM comment_themes WHERE survey_id = ? ORDER BY question_code, position, id",
        [survey_id],
    )


def find_theme(database: Database, theme_id: int) -> CommentTheme | None:
    """Return one theme by id."""
    return fetch_one(database, CommentTheme, "SELECT * FROM comment_themes WHERE id = ?", [theme_id])


def marks(database: Database, survey_id: int) -> list[CommentMark]:
    """Return what was decided about the free texts of a survey."""
    return fetch(database, CommentMark, "SELECT * FROM comment_marks WHERE survey_id = ? ORDER BY id", [survey_id])


def earlier_counts(database: Database) -> list[EarlierCounts]:
    """Return the totals of earlier years, the newest first."""
    return fetch(database, EarlierCounts, "SELECT * FROM earlier_counts ORDER BY fiscal_year DESC, kind, id")


def find_earlier_counts(database: Database, row_id: int) -> EarlierCounts | None:
    """Return the totals of one earlier year by id."""
    return fetch_one(database, EarlierCounts, "SELECT * FROM earlier_counts WHERE id = ?", [row_id])
