"""The numbers of the contractor's tally as they are typed in, kept for the ward's 検算."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.surveys.questions.services.surveys import open_survey
from db.records.surveys import EventSurvey
from db.store import Store

SHEETS = ""
"""The code under which the numbers of returned sheets stand."""


def set_contractor_counts(
    store: Store, *, survey_id: int, counts: Mapping[str, Mapping[str, int]], by: str, now: datetime
) -> Saved:
    """Keep the numbers of the contractor's tally (by question code and printed row) for the 検算.

    Raises:
        Refusal: a number below zero, or the totals are frozen.
    """
    survey = open_survey(store, survey_id)
    if any(number < 0 for rows in counts.values() for number in rows.values()):
        raise Refusal("0より小さい人数があります。", "受託者の集計表を確かめてください。")
    kept = {code: dict(rows) for code, rows in counts.items() if rows}
    with store.change(
        action="受託者の集計の数を入力", by=by, now=now, subject="surveys", event_id=survey.event_id
    ) as change:
        change.update(EventSurvey, survey_id, contractor_counts=kept, checked_by="", checked_on=None)
    return Saved(said="受託者の集計の数を保存しました。", id=survey_id)
