"""On which day the questions of an event were talked over with the contractor."""

from __future__ import annotations

from datetime import date

from db.records.surveys import EventSurvey, Questionnaire


def agreement_day(survey: EventSurvey, master: Questionnaire | None) -> date | None:
    """Return the day of the 協議: the survey's own, else that of the ``master`` whose questions it still asks; None =
    none."""
    if survey.agreed_on is not None or master is None or master.questions != survey.questions:
        return survey.agreed_on
    return master.agreed_on
