"""Answers whose totals are fixed do not change by the way round of undo either."""

from __future__ import annotations

from collections.abc import Collection

from app.calendar import dates
from app.refusal import Refusal
from db.records.accounts import RowChange
from db.records.surveys import AnswerSheet, EventSurvey
from db.rows import by_id
from db.store import Store

_SURVEYS = "event_surveys"
_ANSWERS = frozenset({"answer_sheets", "survey_imports"})
_SECOND = "second_entries"


def refuse_frozen(store: Store, net: Collection[RowChange], *, cannot: str) -> None:
    """Refuse to bring answers of a frozen survey back to what they were; ``cannot`` is 「元に戻せません」 or the like.

    Raises:
        Refusal: answers would change whose totals somebody has fixed since.
    """
    reopened = {change.row_id for change in net if change.table == _SURVEYS and _fixes(change)}
    for survey_id in {found for change in net if (found := _survey_of(store, change))} - reopened:
        survey = by_id(store.database, EventSurvey, survey_id)
        if survey is not None and survey.frozen_at is not None:
            when = f"{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}"
            raise Refusal(
                f"集計が確定しているため、{cannot}（{when}）。",
                "直すときは、集計の画面で、理由を書いて確定を解いてください。",
            )


def _fixes(change: RowChange) -> bool:
    """Whether the change fixes or opens totals itself."""
    return (change.before or {}).get("frozen_at") != (change.after or {}).get("frozen_at")


def _survey_of(store: Store, change: RowChange) -> int:
    image = change.after or change.before or {}
    if change.table in _ANSWERS:
        return int(image["survey_id"])
    if change.table == _SECOND:
        sheet = by_id(store.database, AnswerSheet, int(image["sheet_id"]))
        return sheet.survey_id if sheet is not None else 0
    return 0
