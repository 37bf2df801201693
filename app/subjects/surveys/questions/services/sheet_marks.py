"""What hangs on a sheet of a survey goes with it: the decisions about its free texts, its second typing."""

from __future__ import annotations

from collections.abc import Collection

from db.journal import Change
from db.records.surveys import CommentMark, CommentTheme, SecondEntry
from db.store import Store
from db.tables import second_entries, survey_comments


def drop_marks(store: Store, change: Change, *, survey_id: int, sheet_ids: Collection[int]) -> None:
    """Delete inside ``change`` what was decided about the free texts of these sheets, before they go themselves."""
    gone = set(sheet_ids)
    for mark in survey_comments.marks(store.database, survey_id):
        if mark.sheet_id in gone:
            change.delete(CommentMark, mark.id)


def drop_second_entries(store: Store, change: Change, *, sheet_ids: Collection[int]) -> None:
    """Delete inside ``change`` what was typed a second time of these sheets."""
    for sheet_id in sheet_ids:
        again = second_entries.of_sheet(store.database, sheet_id)
        if again is not None:
            change.delete(SecondEntry, again.id)


def drop_themes(store: Store, change: Change, *, survey_id: int) -> None:
    """Delete inside ``change`` every theme and decision of a survey whose questions are taken away."""
    for mark in survey_comments.marks(store.database, survey_id):
        change.delete(CommentMark, mark.id)
    for theme in survey_comments.themes(store.database, survey_id):
        change.delete(CommentTheme, theme.id)
