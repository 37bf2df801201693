"""How a survey's state, day and numbers are said on its screens."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.subjects.surveys.questions.rules.survey_questions import TYPE_WORDS
from app.subjects.surveys.questions.services.surveys import SurveyView, has_contractor_tally
from db.records.events import Event
from db.records.surveys import EventSurvey, Question, SurveyResponse

STATE_BADGES = {
    "未着手": "未着手",
    "設問を協議中": "協議中",
    "設問決定": "準備",
    "回収中": "提出待ち",
    "集計を確認中": "区が確認中",
    "集計確定": "確認済",
}


def event_words(event: Event, today: date) -> str:
    """「9/30(水) 第1回 LINE講習会」; an undated event says 日程協議中."""
    day = short_date(event.event_date, today) if event.event_date else "日程協議中"
    return f"{day} {event.full_title}"


def year_words(fiscal_year: int | None) -> str:
    """「令和8年度　」 before a name, or nothing."""
    return f"{fiscal_year_words(fiscal_year)}　" if fiscal_year else ""


def sources_words(paper: int, online: int) -> str:
    """「紙 11・オンライン 5」."""
    return f"紙 {paper}・オンライン {online}"


def survey_state(view: SurveyView) -> str:
    """The state of one survey in the words of the list."""
    survey = view.survey
    if survey is None:
        return "未着手"
    if survey.frozen_at is not None:
        return "集計確定"
    if view.counted_total:
        return "集計を確認中" if has_contractor_tally(survey) else "回収中"
    return "設問決定" if survey.fixed_on else "設問を協議中"


def frozen_words(survey: EventSurvey, today: date) -> str:
    """「10/8(木) 見本 太郎」: when and by whom the totals were fixed."""
    if survey.frozen_at is None:
        return ""
    return f"{short_date(survey.frozen_at.date(), today)} {survey.frozen_by}".strip()


def question_hint(question: Question) -> str:
    """「複数回答・3つまで」: type and limit."""
    words = TYPE_WORDS[question.type]
    return f"{words}・{question.max_select}つまで" if question.max_select and question.type == "MA" else words


def response_name(response: SurveyResponse, today: date) -> str:
    """「紙 12」 or 「オンライン 10/1(木) 15:40」."""
    if response.source == "紙":
        return f"紙 {response.number}"
    if response.answered_at is None:
        return "オンライン"
    return f"オンライン {short_date(response.answered_at.date(), today)} {response.answered_at:%H:%M}"


def response_state(response: SurveyResponse) -> str:
    """確認が必要, 集計に入れない, or nothing when the sheet simply counts."""
    if not response.counted:
        return "集計に入れない"
    return "確認が必要" if response.problems and not response.decision else ""


def agreed_words(agreed_on: date | None, today: date, *, fixed: bool) -> str:
    """Say how far the 協議 about questions is; ``agreed_on`` as ``agreement_day`` knows it, ``fixed`` = they were
    decided."""
    if agreed_on is None:
        return "協議がまだ"
    day = short_date(agreed_on, today)
    return f"協議 {day}" if fixed else f"協議 {day}・決定がまだ"
