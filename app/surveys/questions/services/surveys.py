"""An event's questionnaire: copied from a master, agreed and fixed, with the number of responses so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates
from app.event.services.agreements import QUESTIONS_TOPIC, settled_number
from app.event.services.event_facts import FrozenAttendance, frozen_attendances
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.services import (
    ProgrammeView,
    kind_of_event,
    kinds_of_events,
    programme_of_event,
    read_programme,
)
from app.surveys.questions.intake import questionnaire_for
from app.surveys.questions.rules import (
    CROSS_REPORT,
    TALLY_REPORT,
    QuestionFault,
    address_fault,
    agreement_day,
    assign_codes,
    first_question_fault,
    reused_code,
    who_counted,
    wording_fault,
)
from db.engine import Database
from db.journal import Change
from db.record import RowsById, record
from db.records.agreements import Agreement
from db.records.documents import ConfirmedState
from db.records.events import Event, EventResult
from db.records.programme import Programme
from db.records.surveys import (
    CommentMark,
    CommentTheme,
    EventSurvey,
    Question,
    Questionnaire,
    ResponseDraft,
    SecondEntry,
    SurveyImport,
    SurveyResponse,
)
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import agreements, events, surveys

CLOSING_SUBJECT = "オンライン回答の締切"


TALLY_DOCUMENTS = (TALLY_REPORT, CROSS_REPORT)
"""The documents drawn with it."""


def delete_comment_marks(store: Store, change: Change, *, survey_id: int, sheet_ids: Collection[int]) -> None:
    """Delete inside ``change`` the decisions on the free texts of responses that are deleted next."""
    gone = set(sheet_ids)
    for mark in surveys.comment_marks(store.database, survey_id):
        if mark.sheet_id in gone:
            change.delete(CommentMark, mark.id)


def delete_second_entries(store: Store, change: Change, *, sheet_ids: Collection[int]) -> None:
    """Delete inside ``change`` the second entries of these responses."""
    for sheet_id in sheet_ids:
        again = surveys.second_entry_of_response(store.database, sheet_id)
        if again is not None:
            change.delete(SecondEntry, again.id)


def delete_themes(store: Store, change: Change, *, survey_id: int) -> None:
    """Delete inside ``change`` every theme and decision of a survey whose questions are removed."""
    for mark in surveys.comment_marks(store.database, survey_id):
        change.delete(CommentMark, mark.id)
    for theme in surveys.comment_themes(store.database, survey_id):
        change.delete(CommentTheme, theme.id)


@record
class SurveyView:
    """One event's survey; ``survey`` None = no questionnaire chosen yet, ``attendance`` may be unknown.

    ``programme`` is the contract of its year, ``clause`` the one on surveys (仕4(1)ケ); ``second_entries`` are of
    paper responses, ``drafts`` half-entered responses. ``fixed_attendance`` is the 出席 on which fixed totals are
    based, None where it is that of now or was not read.
    """

    event: Event
    survey: EventSurvey | None
    responses: tuple[SurveyResponse, ...]
    imports: tuple[SurveyImport, ...]
    attendance: int | None
    programme: Programme
    clause: str = ""
    fixed_attendance: FrozenAttendance | None = None
    second_entries: tuple[SecondEntry, ...] = ()
    drafts: tuple[ResponseDraft, ...] = ()

    @property
    def counted_total(self) -> int:
        """Return how many responses count."""
        return sum(1 for sheet in self.responses if sheet.counted)

    @property
    def rate_attendance(self) -> int | None:
        """Return the 出席 of the 回収率: that of fixed totals, else the recorded one."""
        return self.fixed_attendance.attended if self.fixed_attendance is not None else self.attendance

    @property
    def paper_responses(self) -> tuple[SurveyResponse, ...]:
        """Return the paper responses, counted or not."""
        return tuple(sheet for sheet in self.responses if sheet.source.is_paper)

    @property
    def online_responses(self) -> tuple[SurveyResponse, ...]:
        """Return the imported online responses, counted or not."""
        return tuple(sheet for sheet in self.responses if not sheet.source.is_paper)

    @property
    def doubtful_responses(self) -> tuple[SurveyResponse, ...]:
        """Return the responses with doubts and no decision yet."""
        return tuple(sheet for sheet in self.responses if sheet.problems and not sheet.decision)


@record
class SurveyListRow:
    """One line of the survey list, the event and the progress of its survey.

    ``state`` is 未着手, 設問を協議中, 設問決定, 回収中, 集計を確認中 or 集計確定. ``paper`` and ``online`` are
    counted responses, ``doubtful_count`` those with a doubt and no decision; ``attendance`` may be unknown, as may
    ``rate_attendance``, that of the 回収率, which of fixed totals is the one of then.
    ``agreed_on`` is from ``agreement_day``.
    """

    event: Event
    state: str
    question_count: int = 0
    paper: int = 0
    online: int = 0
    doubtful_count: int = 0
    attendance: int | None = None
    rate_attendance: int | None = None
    agreed_on: date | None = None
    is_fixed: bool = False
    counted_by: str = ""
    counted_on: date | None = None
    is_frozen: bool = False

    @property
    def id(self) -> int:
        """Return the event's id, by which a list keeps its current row."""
        return self.event.id

    @property
    def counted_total(self) -> int:
        """Return how many responses count."""
        return self.paper + self.online


def read_survey(store: Store, *, event_id: int) -> SurveyView:
    """Return the survey of one event, also one that was begun before its kind had none any more.

    While none was begun, ``survey`` of the view is None.

    Raises:
        UserError: the event does not exist, or its kind has no survey and none was begun.
    """
    event = get_or_raise(store.database, Event, event_id)
    found = survey_in_year(store, event, programme_of_event(store, event), events.result(store.database, event.id))
    if found.survey is None:
        get_surveyed_event(store, event_id)
        return found
    return replace(
        found,
        imports=tuple(surveys.imports(store.database, found.survey.id)),
        second_entries=tuple(surveys.second_entries(store.database, found.survey.id)),
        drafts=tuple(rows(store.database, ResponseDraft, survey_id=found.survey.id, order=("number", "id"))),
    )


def survey_in_year(store: Store, event: Event, year: ProgrammeView, result: EventResult | None) -> SurveyView:
    """Return the survey of an event, with the settings of its year and its result already read.

    It has the responses, but not imports, second entries and drafts, which no document needs.
    """
    survey = surveys.survey_of_event(store.database, event.id)
    numbers = year.find_kind(event.kind)
    return SurveyView(
        event=event,
        survey=survey,
        responses=tuple(surveys.responses(store.database, survey.id)) if survey else (),
        imports=(),
        attendance=result.attended if result else None,
        programme=year.programme,
        clause=numbers.clause_survey if numbers else "",
    )


def list_surveys(store: Store, *, fiscal_year: int | None = None) -> tuple[SurveyListRow, ...]:
    """Return the events of a year (None = the newest) with a survey or to be surveyed, by date.

    Listed is every event for which questions were chosen; of the others those whose kind has a survey, without 中止.
    """
    database = store.database
    year = read_programme(store, fiscal_year=fiscal_year).programme
    of_year = events.events_of_year(database, year.id)
    by_event = surveys.surveys_by_event(database, of_year)
    masters = RowsById(surveys.all_questionnaires(database))
    counts = surveys.response_counts(database, by_event.values())
    fixed = frozen_attendances(database, by_event.values())
    rows = []
    kinds = kinds_of_events(database, of_year)
    for event in of_year:
        survey = by_event.get(event.id)
        if survey is None and (not event.status.counts or not kinds[event.id].has_survey):
            continue
        master = masters.get(survey.questionnaire_id) if survey is not None else None
        rows.append(_row(store, event, survey, counts, master, fixed))
    return tuple(rows)


def _row(
    store: Store,
    event: Event,
    survey: EventSurvey | None,
    counts: dict[int, surveys.ResponseCount],
    master: Questionnaire | None,
    fixed: Mapping[int, FrozenAttendance],
) -> SurveyListRow:
    """Return the row of one event in the list of surveys; ``survey`` None = not begun yet.

    ``counts`` are the responses by survey id, ``fixed`` the 出席 of fixed totals; ``master`` is that of the questions,
    None without one.
    """
    count = counts[survey.id] if survey else surveys.ResponseCount()
    result = events.result(store.database, event.id)
    row = SurveyListRow(
        event=event,
        state=_state(survey, count.paper + count.online),
        paper=count.paper,
        online=count.online,
        doubtful_count=count.doubtful,
        attendance=result.attended if result else None,
    )
    if survey is None:
        return row
    of_then = fixed.get(survey.id)
    return replace(
        row,
        rate_attendance=of_then.attended if of_then is not None else row.attendance,
        question_count=len(survey.questions),
        agreed_on=agreement_day(survey, master),
        is_fixed=survey.fixed_on is not None,
        counted_by=who_counted(survey),
        counted_on=survey.counted_on,
        is_frozen=survey.frozen_at is not None,
    )


def _state(survey: EventSurvey | None, counted: int) -> str:
    """Return the state of a survey as the list words it: 未着手 … 設問決定, 回収中, 集計を確認中, 集計確定."""
    if survey is None:
        return "未着手"
    if survey.frozen_at:
        return "集計確定"
    if counted:
        return "集計を確認中" if has_contractor_tally(survey) else "回収中"
    return "設問決定" if survey.fixed_on else "設問を協議中"


def has_contractor_tally(survey: EventSurvey) -> bool:
    """Return whether a tally exists, so that responses are no longer awaited.

    That is: a day of counting was recorded, whoever counted, or numbers of the contractor for a question were typed.
    """
    return survey.counted_on is not None or any(code for code in survey.contractor_counts)


def choose_questionnaire(context: ActionContext, *, event_id: int) -> ActionResult:
    """Give the event its own copy of the default questions of its kind; raises ``UserError`` if it has questions."""
    event = get_surveyed_event(context.store, event_id)
    master = questionnaire_for(kind_of_event(context.database, event))
    return take_snapshot(context, event=event, title=master.name, questions=master.questions)


def copy_questionnaire(context: ActionContext, *, event_id: int, from_event_id: int) -> ActionResult:
    """Give the event a copy of another event's questions, to be agreed again (仕様書4(1)ケ: 講習会ごと).

    Raises ``UserError`` where that event has none, or ``event_id`` has questions already.
    """
    event = get_surveyed_event(context.store, event_id)
    source = surveys.survey_of_event(context.database, from_event_id)
    if source is None or not source.questions:
        raise UserError("コピー元の実施回に設問がありません。", "設問のある実施回を選んでください。")
    return take_snapshot(
        context, event=event, title=source.title, questions=source.questions, questionnaire_id=source.questionnaire_id
    )


def take_snapshot(
    context: ActionContext,
    *,
    event: Event,
    title: str,
    questions: tuple[Question, ...],
    questionnaire_id: int | None = None,
) -> ActionResult:
    """Give ``event`` its own copy of ``questions``; ``questionnaire_id`` is their master.

    Raises:
        UserError: the event has questions already.
    """
    if surveys.survey_of_event(context.database, event.id) is not None:
        raise UserError("この実施回には、もう設問があります。", "設問の画面から直せます。")
    with context.change("アンケートの設問を用意", "surveys", event_id=event.id) as change:
        new_id = change.insert(
            EventSurvey(event_id=event.id, title=title, questions=questions, questionnaire_id=questionnaire_id)
        )
    return ActionResult(f"{event.full_title}の設問（{len(questions)}問）を用意しました。", new_id)


def discard_questionnaire(context: ActionContext, *, survey_id: int) -> ActionResult:
    """Remove the event's questions, so that others can be chosen; only before the first answer.

    書きかけの用紙, themes and decisions on free texts are deleted too.

    Raises:
        UserError: responses or imports exist, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    if surveys.responses(context.database, survey_id):
        raise UserError("回答が入っているため、設問を選び直せません。", "文言の直しはできます。")
    if surveys.imports(context.database, survey_id):
        raise UserError(
            "取り込みか照合の記録があるため、設問を選び直せません。",
            "「オンライン回答の取り込み」の一覧で、その記録を取り消すか消してください。",
        )
    with context.change("アンケートの設問を取りやめ", "surveys", event_id=survey.event_id) as change:
        delete_themes(context.store, change, survey_id=survey_id)
        for draft in rows(context.database, ResponseDraft, survey_id=survey_id, order=("number", "id")):
            change.delete(ResponseDraft, draft.id)
        change.delete(EventSurvey, survey_id)
    return ActionResult("設問を取りやめました。別の設問を選べます。", survey_id)


def update_questions(context: ActionContext, *, survey_id: int, questions: tuple[Question, ...]) -> ActionResult:
    """Change the event's own questions; once answers exist, only their wording.

    Before the first answer a change takes the decision (設問決定) back, and the day of the 協議 stays (仕様書4(1)ケ:
    協議のうえ決める). A question without a code is a new one and gets a code of its own, which no later edit changes.

    Raises:
        UserError: a repeated code or one of another question, a question without title or options, an invalid
            branch, with answers anything but wording, or fixed totals.
    """
    survey = get_open_survey(context.store, survey_id)
    elsewhere = surveys.questions_elsewhere(context.database, survey_id=survey_id)
    questions = assign_codes(
        questions, now=context.now, used_codes=(*elsewhere, *(one.code for one in survey.questions))
    )
    answered = bool(surveys.responses(context.database, survey_id))
    check_questions_valid(questions, previous=survey.questions, elsewhere=elsewhere)
    if answered:
        reject_fault(wording_fault(survey.questions, questions))
    with context.change("アンケートの設問を変更", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, questions=questions, fixed_on=survey.fixed_on if answered else None)
    return ActionResult(f"設問（{len(questions)}問）を保存しました。", survey_id)


def check_questions_valid(
    questions: tuple[Question, ...],
    *,
    previous: tuple[Question, ...] = (),
    elsewhere: Mapping[str, tuple[Question, ...]] | None = None,
) -> None:
    """Raise ``UserError`` for a set that is invalid, or uses a code of another question.

    Args:
        previous: the same set before.
        elsewhere: by code, the questions of every other set.
    """
    reject_fault(first_question_fault(questions))
    reused = reused_code(previous, questions, elsewhere or {})
    if reused is not None:
        raise UserError(
            f"設問「{reused.title}」の記号「{reused.code}」は、ほかの設問でもう使われています。",
            "記号を空にすると、新しい記号が付きます。",
        )


def reject_fault(fault: QuestionFault | None) -> None:
    """Raise ``UserError`` for a fault that a rule found; None does nothing."""
    if fault is not None:
        raise UserError(fault.happened, fault.todo)


def fix_questionnaire(context: ActionContext, *, survey_id: int, agreed_on: date) -> ActionResult:
    """Fix the questions as agreed with the contractor on ``agreed_on``, decided today.

    Open 協議 of the event on the topic 設問 are settled as of ``agreed_on``.

    Raises:
        UserError: the day is in the future, there is no question, one is not complete, or the totals are fixed.
    """
    survey = get_open_survey(context.store, survey_id)
    if agreed_on > context.today:
        raise UserError("協議の日が今日より先になっています。", "協議した日を確かめてください。")
    if not survey.questions:
        raise UserError("設問がまだありません。", "設問を加えてから、決定してください。")
    check_questions_valid(survey.questions)
    with context.change("アンケートの設問を決定", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, agreed_on=agreed_on, fixed_on=context.today)
        for topic in agreements.of_event(context.database, survey.event_id):
            if topic.topic == QUESTIONS_TOPIC and topic.is_open:
                change.update(Agreement, topic.id, settled_on=agreed_on, ordinal=settled_number(context.store, topic))
    return ActionResult(f"設問を決定しました（協議 {dates.short_date(agreed_on)}）。", survey_id)


def set_online(context: ActionContext, *, survey_id: int, url: str, close: date | None) -> ActionResult:
    """Store address ("" = none) and closing day (None = none) of the online form.

    Raises ``UserError`` for an invalid address, or for fixed totals.
    """
    survey = get_open_survey(context.store, survey_id)
    fault = address_fault(url)
    if fault:
        raise UserError(fault, "フォームのURLを確かめてください。")
    with context.change("オンライン回答の設定を変更", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, online_url=url.strip(), online_close=close)
    return ActionResult("オンライン回答の設定を保存しました。", survey_id)


def online_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return follow-ups on online forms that close before their event, e.g. after it was moved.

    With ``event_id`` none if the form of that event does not; else all of them, of other events too.
    """
    if event_id is not None:
        event = by_id(database, Event, event_id)
        last = [one.online_close for one in rows(database, EventSurvey, event_id=event_id) if one.online_close]
        if event is None or event.event_date is None or all(day >= event.event_date for day in last):
            return []
    found = surveys.surveys_closing_early(database, today)
    of_survey = rows(database, Event, id=[number for number, _close, _day in found])
    kinds = kinds_of_events(database, of_survey)
    return [
        FollowUp(
            task=CLOSING_SUBJECT,
            event_id=number,
            label="オンライン回答の締切を直す",
            detail=f"締切 {dates.short_date(close, today)}（実施は {dates.short_date(day, today)}）",
            due=today,
            basis=f"目安日。{kinds[number].clause_survey or '契約'}は紙とオンラインの両方で集める。"
            "実施日より前に締め切るとオンラインで答えられない",
            rule="オンライン締切",
            link=ActionLink(action="設問を協議する", event_id=number),
        )
        for number, close, day in found
        if kinds[number].has_survey
    ]


def note_distribution(context: ActionContext, *, survey_id: int, distributed: int | None) -> ActionResult:
    """Store how many paper forms were handed out; None = unknown.

    Raises ``UserError`` below zero, or for fixed totals.
    """
    survey = get_open_survey(context.store, survey_id)
    if distributed is not None and distributed < 0:
        raise UserError("配布した枚数が0より小さくなっています。", "枚数を確かめてください。")
    with context.change("アンケートの配布枚数を記録", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, distributed=distributed)
    return ActionResult("配布した枚数を保存しました。", survey_id)


def get_surveyed_event(store: Store, event_id: int) -> Event:
    """Return the event; raises ``UserError`` when it does not exist or its kind has no survey."""
    event = get_or_raise(store.database, Event, event_id)
    kind = kind_of_event(store.database, event)
    if not kind.has_survey:
        raise UserError(
            f"{kind.name}にはアンケートの定めがありません。",
            "行うときは、「設定」の「契約」で、アンケートを「行う」にしてください。",
        )
    return event


def get_open_survey(store: Store, survey_id: int) -> EventSurvey:
    """Return the survey while its totals are not fixed; raises ``UserError`` if they are, or it does not exist."""
    survey = get_or_raise(store.database, EventSurvey, survey_id)
    if survey.frozen_at is not None:
        raise UserError(
            f"集計が確定しているため変更できません（{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}）。",
            "直すときは、理由を書いて確定を取り消してください。",
        )
    return survey


def delete_tally_state(store: Store, change: Change, survey_id: int) -> None:
    """Delete, inside ``change``, the stored context of a tally whose totals are open again, if there is one."""
    kept = row(store.database, ConfirmedState, survey_id=survey_id)
    if kept is not None:
        change.delete(ConfirmedState, kept.id)
