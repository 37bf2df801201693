"""An event's questionnaire: its snapshot, agreeing and fixing it, and what has come back so far.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``read_survey``, ``list_surveys``, ``choose_questionnaire``, ``copy_questionnaire``, ``set_questions``,
``fix_questionnaire``, ``set_online``, ``note_distribution``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.intake.questionnaire_file import default_questionnaire
from app.rules import dates
from app.services.refusal import Refusal
from app.services.saved import Saved
from db.records.agreements import Agreement
from db.records.events import Event
from db.records.surveys import AnswerSheet, EventSurvey, Question, SurveyImport
from db.store import Store
from db.tables import agreements, events, programme, surveys

QUESTION_TOPIC = "設問"


@dataclass(frozen=True, kw_only=True)
class SurveyView:
    """One event's survey; ``survey`` None = no questionnaire chosen yet. ``attended`` may be unknown."""

    event: Event
    survey: EventSurvey | None
    sheets: tuple[AnswerSheet, ...]
    imports: tuple[SurveyImport, ...]
    attended: int | None

    @property
    def counted(self) -> int:
        """How many sheets count."""
        return sum(1 for sheet in self.sheets if sheet.counted)

    @property
    def doubtful(self) -> tuple[AnswerSheet, ...]:
        """Sheets with something a person has to look at and no decision yet."""
        return tuple(sheet for sheet in self.sheets if sheet.problems and not sheet.decision)


@dataclass(frozen=True, kw_only=True)
class SurveyRowView:
    """One line of the survey list: the event and how far its survey is."""

    event: Event
    state: str
    counted: int
    frozen: bool


def read_survey(store: Store, *, event_id: int) -> SurveyView:
    """Return the survey of one event; a 派遣 has none (仕様書4(2))."""
    event = event_with_survey(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    result = events.result(store.database, event_id)
    return SurveyView(
        event=event,
        survey=survey,
        sheets=tuple(surveys.sheets(store.database, survey.id)) if survey else (),
        imports=tuple(surveys.imports(store.database, survey.id)) if survey else (),
        attended=result.attended if result else None,
    )


def list_surveys(store: Store) -> tuple[SurveyRowView, ...]:
    """Return every event that has a survey, by date, with how far it is."""
    database = store.database
    year = programme.newest(database)
    if year is None:
        return ()
    by_event = {survey.event_id: survey for survey in surveys.all_surveys(database)}
    counts = surveys.sheet_counts(database)
    rows = []
    for event in events.all_of(database, year.id):
        if event.kind == "派遣":
            continue
        survey = by_event.get(event.id)
        counted = counts.get(survey.id, 0) if survey else 0
        rows.append(
            SurveyRowView(
                event=event, state=_state(survey, counted), counted=counted, frozen=bool(survey and survey.frozen_at)
            )
        )
    return tuple(rows)


def _state(survey: EventSurvey | None, counted: int) -> str:
    if survey is None:
        return "未着手"
    if survey.frozen_at:
        return "集計確定"
    if counted:
        return "回収中"
    return "設問決定" if survey.fixed_on else "設問を協議中"


def choose_questionnaire(store: Store, *, event_id: int, by: str, now: datetime) -> Saved:
    """Give the event its own copy of the default questions of its kind."""
    event = event_with_survey(store, event_id)
    master = default_questionnaire(event.kind)
    return _snapshot(store, event, master.name, master.questions, by=by, now=now)


def copy_questionnaire(store: Store, *, event_id: int, from_event_id: int, by: str, now: datetime) -> Saved:
    """Give the event a copy of another event's questions, to be agreed anew (仕様書4(1)ケ: 講習会ごと)."""
    event = event_with_survey(store, event_id)
    source = surveys.survey_of_event(store.database, from_event_id)
    if source is None:
        raise Refusal("コピー元の実施回に設問がありません。", "設問のある実施回を選んでください。")
    return _snapshot(store, event, source.title, source.questions, by=by, now=now)


def _snapshot(
    store: Store, event: Event, title: str, questions: tuple[Question, ...], *, by: str, now: datetime
) -> Saved:
    if surveys.survey_of_event(store.database, event.id) is not None:
        raise Refusal("この実施回には、もう設問があります。", "設問の画面から直せます。")
    with store.change(action="アンケートの設問を用意", by=by, now=now, subject="surveys", event_id=event.id) as change:
        new_id = change.insert(EventSurvey(event_id=event.id, title=title, questions=questions))
    return Saved(said=f"{event.full_title}の設問（{len(questions)}問）を用意しました。", id=new_id)


def set_questions(store: Store, *, survey_id: int, questions: tuple[Question, ...], by: str, now: datetime) -> Saved:
    """Change the event's own questions; once answers are in, codes and types may not change.

    Raises:
        Refusal: a code twice, a question without title or options, or a used question taken away.
    """
    survey = open_survey(store, survey_id)
    _check_questions(questions)
    if surveys.sheets(store.database, survey_id):
        before = {question.code: question for question in survey.questions}
        after = {question.code: question for question in questions}
        for code, question in before.items():
            new = after.get(code)
            if new is None or new.type != question.type or new.options != question.options:
                raise Refusal(
                    f"回答が入っているため、{code}の種類と選択肢は変えられません。",
                    "文言の直しと設問の追加はできます。",
                )
    with store.change(
        action="アンケートの設問を変更", by=by, now=now, subject="surveys", event_id=survey.event_id
    ) as change:
        change.update(EventSurvey, survey_id, questions=questions, fixed_on=None)
    return Saved(said=f"設問（{len(questions)}問）を保存しました。", id=survey_id)


def _check_questions(questions: tuple[Question, ...]) -> None:
    codes = [question.code for question in questions]
    if len(set(codes)) != len(codes):
        raise Refusal("同じ番号の設問が2つあります。", "番号を変えてください。")
    for question in questions:
        if not question.title.strip():
            raise Refusal(f"{question.code}の設問文が空です。", "設問文を書いてください。")
        if question.type in ("SA", "MA") and len(question.options) < 2:
            raise Refusal(f"{question.code}の選択肢が足りません。", "2つ以上の選択肢を書いてください。")


def fix_questionnaire(store: Store, *, survey_id: int, agreed_on: date, by: str, now: datetime) -> Saved:
    """Fix the questions as agreed with the contractor on ``agreed_on``; this settles the 設問 topic."""
    survey = open_survey(store, survey_id)
    _check_questions(survey.questions)
    with store.change(
        action="アンケートの設問を決定", by=by, now=now, subject="surveys", event_id=survey.event_id
    ) as change:
        change.update(EventSurvey, survey_id, agreed_on=agreed_on, fixed_on=now.date())
        for topic in agreements.of_event(store.database, survey.event_id):
            if topic.topic == QUESTION_TOPIC and topic.settled_on is None:
                change.update(Agreement, topic.id, settled_on=agreed_on)
    return Saved(said=f"設問を決定しました（協議 {dates.short_date(agreed_on)}）。", id=survey_id)


def set_online(store: Store, *, survey_id: int, url: str, close: date | None, by: str, now: datetime) -> Saved:
    """Keep the address of the online form and the day it closes."""
    survey = open_survey(store, survey_id)
    with store.change(
        action="オンライン回答の設定を変更", by=by, now=now, subject="surveys", event_id=survey.event_id
    ) as change:
        change.update(EventSurvey, survey_id, online_url=url.strip(), online_close=close)
    return Saved(said="オンライン回答の設定を保存しました。", id=survey_id)


def event_with_survey(store: Store, event_id: int) -> Event:
    """Return the event; raises ``Refusal`` when it is not there or its kind has no survey."""
    event = events.event(store.database, event_id)
    if event is None:
        raise Refusal("この実施回は見つかりません。", "一覧から選び直してください。")
    if event.kind == "派遣":
        raise Refusal("アドバイザー派遣にはアンケートの定めがありません。", "事前ヒアリングは報告書の様式に書けます。")
    return event


def open_survey(store: Store, survey_id: int) -> EventSurvey:
    """Return the survey while its totals are not frozen; raises ``Refusal`` otherwise."""
    survey = surveys.find_survey(store.database, survey_id)
    if survey is None:
        raise Refusal("このアンケートは見つかりません。", "一覧から選び直してください。")
    if survey.frozen_at is not None:
        raise Refusal(
            f"集計が確定しているため変更できません（{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}）。",
            "直すときは、理由を書いて確定を解いてください。",
        )
    return survey
