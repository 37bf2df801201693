"""The sample year's questionnaires and answers, some frozen, some still coming in."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from app.subjects.sample.services.sample_events import STAFF, SampleEvents
from app.subjects.surveys.questions.intake.questionnaire_file import default_questionnaire
from db.journal import Change
from db.records.surveys import Answer, AnswerSheet, EventSurvey

FROZEN = ("L1", "L2", "L3", "E1")
STILL_OPEN = ("L6",)


def fill_surveys(change: Change, made: SampleEvents, masters: dict[str, int]) -> None:
    """Insert a snapshot of questions and the sheets for every event that has them; ``masters`` are their origin by kind."""
    for key, event in made.events.items():
        answers = made.data["answers"].get(key)
        if event.kind == "派遣" or event.event_date is None or (answers is None and key not in STILL_OPEN):
            continue
        agreed = made.calendar.open_on_or_before(event.event_date - timedelta(days=16))
        counted = made.calendar.open_on_or_before(event.event_date + timedelta(days=8))
        master = default_questionnaire(event.kind)
        survey_id = change.insert(
            EventSurvey(
                event_id=event.id,
                title=master.name,
                questions=master.questions,
                questionnaire_id=masters.get(event.kind),
                agreed_on=None if key in STILL_OPEN else agreed,
                fixed_on=None if key in STILL_OPEN else agreed,
                online_close=event.event_date + timedelta(days=7),
                counted_on=counted if answers and key != "L5" else None,
                frozen_at=datetime.combine(counted, time(17, 5)) if key in FROZEN else None,
                frozen_by=STAFF if key in FROZEN else "",
            )
        )
        for item in answers or ():
            change.insert(_sheet(survey_id, item))


def _sheet(survey_id: int, item: dict[str, Any]) -> AnswerSheet:
    answers = {
        code: Answer(chosen=tuple(one.get("chosen", ())), other=one.get("other", ""), text=one.get("text", ""))
        for code, one in item["answers"].items()
    }
    stamped = item.get("answered_at")
    return AnswerSheet(
        survey_id=survey_id,
        source=item["source"],
        number=item.get("number"),
        answered_at=datetime.fromisoformat(stamped) if stamped else None,
        answers=answers,
    )
