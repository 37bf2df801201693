"""An event's questionnaire: its snapshot, agreeing and fixing it, what has come back so far, and what hangs on a sheet.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``read_survey``, ``list_surveys``, ``choose_questionnaire``, ``copy_questionnaire``,
``discard_questionnaire``, ``set_questions``, ``fix_questionnaire``, ``set_online``, ``note_distribution``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar import dates
from app.programme.services.programme import programme_of_event, read_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.services.agreements import number_of_settled
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.surveys.questions.intake.questionnaire_file import default_questionnaire
from app.subjects.surveys.questions.rules.questionnaire_checks import (
    QuestionFault,
    address_fault,
    first_fault,
    wording_fault,
)
from app.subjects.surveys.questions.rules.questionnaire_editing import reused_code, with_codes
from app.subjects.surveys.questions.rules.questions_agreed import known_agreed_on
from app.subjects.surveys.questions.rules.tally_result import who_counted
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.agreements import Agreement
from db.records.events import Event, EventResult
from db.records.programme import Programme
from db.records.surveys import (
    AnswerSheet,
    CommentMark,
    CommentTheme,
    EventSurvey,
    Question,
    Questionnaire,
    SecondEntry,
    SheetDraft,
    SurveyImport,
)
from db.rows import by_id, rows
from db.store import Store
from db.tables import agreements, events, surveys

QUESTION_TOPIC = "設問"
CLOSES_EARLY = "オンライン回答の締切"


def drop_marks(store: Store, change: Change, *, survey_id: int, sheet_ids: Collection[int]) -> None:
    """Delete inside ``change`` what was decided about the free texts of these sheets, before they go themselves."""
    gone = set(sheet_ids)
    for mark in surveys.marks(store.database, survey_id):
        if mark.sheet_id in gone:
            change.delete(CommentMark, mark.id)


def drop_second_entries(store: Store, change: Change, *, sheet_ids: Collection[int]) -> None:
    """Delete inside ``change`` what was typed a second time of these sheets."""
    for sheet_id in sheet_ids:
        again = surveys.second_entry_of_sheet(store.database, sheet_id)
        if again is not None:
            change.delete(SecondEntry, again.id)


def drop_themes(store: Store, change: Change, *, survey_id: int) -> None:
    """Delete inside ``change`` every theme and decision of a survey whose questions are taken away."""
    for mark in surveys.marks(store.database, survey_id):
        change.delete(CommentMark, mark.id)
    for theme in surveys.themes(store.database, survey_id):
        change.delete(CommentTheme, theme.id)


@frozen_record
class SurveyView:
    """One event's survey; ``survey`` None = no questionnaire chosen yet. ``attended`` may be unknown.

    ``programme`` is the contract of its year, ``clause`` where that speaks of it (仕4(1)ケ); ``second`` the second
    typings of paper sheets, ``drafts`` sheets that were left half typed.
    """

    event: Event
    survey: EventSurvey | None
    sheets: tuple[AnswerSheet, ...]
    imports: tuple[SurveyImport, ...]
    attended: int | None
    programme: Programme
    clause: str = ""
    second: tuple[SecondEntry, ...] = ()
    drafts: tuple[SheetDraft, ...] = ()

    @property
    def counted(self) -> int:
        """How many sheets count."""
        return sum(1 for sheet in self.sheets if sheet.counted)

    @property
    def paper(self) -> tuple[AnswerSheet, ...]:
        """The sheets that were typed from paper, counted or not."""
        return tuple(sheet for sheet in self.sheets if sheet.source == "紙")

    @property
    def online(self) -> tuple[AnswerSheet, ...]:
        """The answers that came in with a file, counted or not."""
        return tuple(sheet for sheet in self.sheets if sheet.source == "オンライン")

    @property
    def doubtful(self) -> tuple[AnswerSheet, ...]:
        """Sheets with something a person has to look at and no decision yet."""
        return tuple(sheet for sheet in self.sheets if sheet.problems and not sheet.decision)


@frozen_record
class SurveyRowView:
    """One line of the survey list: the event and how far its survey is.

    ``state`` is 未着手, 設問を協議中, 設問決定, 回収中, 集計を確認中 or 集計確定. ``paper`` and ``online`` count sheets
    that are counted, ``doubtful`` those a person has still to decide; ``attended`` may be unknown.
    """

    event: Event
    state: str
    questions: int = 0
    paper: int = 0
    online: int = 0
    doubtful: int = 0
    attended: int | None = None
    agreed_on: date | None = None
    fixed: bool = False
    counted_by: str = ""
    counted_on: date | None = None
    frozen: bool = False

    @property
    def id(self) -> int:
        """The event's id, by which a list keeps its current row."""
        return self.event.id

    @property
    def counted(self) -> int:
        """How many sheets count."""
        return self.paper + self.online


def read_survey(store: Store, *, event_id: int) -> SurveyView:
    """Return the survey of one event; a 派遣 has none (仕様書4(2))."""
    event = event_with_survey(store, event_id)
    found = survey_in_year(store, event, programme_of_event(store, event), events.result(store.database, event.id))
    if found.survey is None:
        return found
    return replace(
        found,
        imports=tuple(surveys.imports(store.database, found.survey.id)),
        second=tuple(surveys.second_entries(store.database, found.survey.id)),
        drafts=tuple(surveys.drafts(store.database, found.survey.id)),
    )


def survey_in_year(store: Store, event: Event, year: ProgrammeView, result: EventResult | None) -> SurveyView:
    """Return the survey of an event that can have one, when the settings of its year and its result were read already.

    Its sheets are there, not how they came (imports, second entries, sheets half typed): no paper says that.
    """
    survey = surveys.survey_of_event(store.database, event.id)
    numbers = year.numbers.get(event.kind)
    return SurveyView(
        event=event,
        survey=survey,
        sheets=tuple(surveys.sheets(store.database, survey.id)) if survey else (),
        imports=(),
        attended=result.attended if result else None,
        programme=year.programme,
        clause=numbers.clause_survey if numbers else "",
    )


def list_surveys(store: Store, *, fiscal_year: int | None = None) -> tuple[SurveyRowView, ...]:
    """Return every event of a year (None = the newest) that has a survey, by date, with how far it is."""
    database = store.database
    year = read_programme(store, fiscal_year=fiscal_year).programme
    by_event = {survey.event_id: survey for survey in surveys.all_surveys(database)}
    masters = {one.id: one for one in surveys.all_questionnaires(database)}
    counts = surveys.sheet_counts(database)
    rows = []
    for event in events.all_of(database, year.id):
        survey = by_event.get(event.id)
        if event.kind == "派遣" or (event.status == "中止" and survey is None):
            continue
        master = masters.get(survey.questionnaire_id or 0) if survey is not None else None
        rows.append(_row(store, event, survey, counts, master))
    return tuple(rows)


def _row(
    store: Store,
    event: Event,
    survey: EventSurvey | None,
    counts: dict[int, surveys.SheetCount],
    master: Questionnaire | None,
) -> SurveyRowView:
    count = counts.get(survey.id, surveys.SheetCount()) if survey else surveys.SheetCount()
    result = events.result(store.database, event.id)
    row = SurveyRowView(
        event=event,
        state=_state(survey, count.paper + count.online),
        paper=count.paper,
        online=count.online,
        doubtful=count.doubtful,
        attended=result.attended if result else None,
    )
    if survey is None:
        return row
    return replace(
        row,
        questions=len(survey.questions),
        agreed_on=known_agreed_on(survey, master),
        fixed=survey.fixed_on is not None,
        counted_by=who_counted(survey),
        counted_on=survey.counted_on,
        frozen=survey.frozen_at is not None,
    )


def _state(survey: EventSurvey | None, counted: int) -> str:
    if survey is None:
        return "未着手"
    if survey.frozen_at:
        return "集計確定"
    if counted:
        return "集計を確認中" if tally_came(survey) else "回収中"
    return "設問決定" if survey.fixed_on else "設問を協議中"


def tally_came(survey: EventSurvey) -> bool:
    """Whether the contractor's tally is there: what came back is no longer waited for."""
    return survey.counted_on is not None or any(code for code in survey.contractor_counts)


@deed
def choose_questionnaire(act: Act, *, event_id: int) -> Saved:
    """Give the event its own copy of the default questions of its kind."""
    event = event_with_survey(act.store, event_id)
    master = default_questionnaire(event.kind)
    return take_snapshot(act, event=event, title=master.name, questions=master.questions)


@deed
def copy_questionnaire(act: Act, *, event_id: int, from_event_id: int) -> Saved:
    """Give the event a copy of another event's questions, to be agreed anew (仕様書4(1)ケ: 講習会ごと)."""
    event = event_with_survey(act.store, event_id)
    source = surveys.survey_of_event(act.database, from_event_id)
    if source is None:
        raise Refusal("コピー元の実施回に設問がありません。", "設問のある実施回を選んでください。")
    return take_snapshot(
        act, event=event, title=source.title, questions=source.questions, questionnaire_id=source.questionnaire_id
    )


@deed
def take_snapshot(
    act: Act, *, event: Event, title: str, questions: tuple[Question, ...], questionnaire_id: int | None = None
) -> Saved:
    """Give ``event`` its own copy of ``questions``; ``questionnaire_id`` is the master they were taken from.

    Raises:
        Refusal: the event has questions already.
    """
    if surveys.survey_of_event(act.database, event.id) is not None:
        raise Refusal("この実施回には、もう設問があります。", "設問の画面から直せます。")
    with act.change("アンケートの設問を用意", "surveys", event_id=event.id) as change:
        new_id = change.insert(
            EventSurvey(event_id=event.id, title=title, questions=questions, questionnaire_id=questionnaire_id)
        )
    return Saved(f"{event.full_title}の設問（{len(questions)}問）を用意しました。", new_id)


@deed
def discard_questionnaire(act: Act, *, survey_id: int) -> Saved:
    """Take the event's questions away, so that others can be chosen; only before the first answer.

    Raises:
        Refusal: answers are in, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    if surveys.sheets(act.database, survey_id) or surveys.imports(act.database, survey_id):
        raise Refusal("回答が入っているため、設問を選び直せません。", "文言の直しはできます。")
    with act.change("アンケートの設問を取りやめ", "surveys", event_id=survey.event_id) as change:
        drop_themes(act.store, change, survey_id=survey_id)
        for draft in surveys.drafts(act.database, survey_id):
            change.delete(SheetDraft, draft.id)
        change.delete(EventSurvey, survey_id)
    return Saved("設問を取りやめました。別の設問を選べます。", survey_id)


@deed
def set_questions(act: Act, *, survey_id: int, questions: tuple[Question, ...]) -> Saved:
    """Change the event's own questions; once answers are in, only their wording.

    Before the first answer a change opens the agreement again (仕様書4(1)ケ: 協議のうえ決める).

    A question without a code is a new one and gets a code of its own, which no later edit changes.

    Raises:
        Refusal: a code twice or of another question, a question without title or options, one whose branch points
            nowhere, or with answers anything but wording.
    """
    survey = open_survey(act.store, survey_id)
    elsewhere = surveys.asked_elsewhere(act.database, survey_id=survey_id)
    questions = with_codes(questions, now=act.now, taken=(*elsewhere, *(one.code for one in survey.questions)))
    answered = bool(surveys.sheets(act.database, survey_id))
    require_sound(questions, before=survey.questions, elsewhere=elsewhere)
    if answered:
        refuse_fault(wording_fault(survey.questions, questions))
    with act.change("アンケートの設問を変更", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, questions=questions, fixed_on=survey.fixed_on if answered else None)
    return Saved(f"設問（{len(questions)}問）を保存しました。", survey_id)


def require_sound(
    questions: tuple[Question, ...],
    *,
    before: tuple[Question, ...] = (),
    elsewhere: Mapping[str, tuple[Question, ...]] | None = None,
) -> None:
    """Refuse a set that could be neither asked nor counted, or one with a code of another question.

    Args:
        before: the same set until now. elsewhere: by code, the questions of every other set.
    """
    refuse_fault(first_fault(questions))
    reused = reused_code(before, questions, elsewhere or {})
    if reused is not None:
        raise Refusal(
            f"設問「{reused.title}」の記号「{reused.code}」は、ほかの設問でもう使われています。",
            "記号を空にすると、新しい記号が付きます。",
        )


def refuse_fault(fault: QuestionFault | None) -> None:
    """Refuse what a rule found wrong with a set of questions."""
    if fault is not None:
        raise Refusal(fault.happened, fault.todo)


@deed
def fix_questionnaire(act: Act, *, survey_id: int, agreed_on: date) -> Saved:
    """Fix the questions as agreed with the contractor on ``agreed_on``; this settles the 設問 topic.

    Raises:
        Refusal: the day lies ahead, or a question is not complete.
    """
    survey = open_survey(act.store, survey_id)
    if agreed_on > act.today:
        raise Refusal("協議の日が今日より先になっています。", "協議した日を確かめてください。")
    require_sound(survey.questions)
    with act.change("アンケートの設問を決定", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, agreed_on=agreed_on, fixed_on=act.today)
        for topic in agreements.of_event(act.database, survey.event_id):
            if topic.topic == QUESTION_TOPIC and topic.open:
                change.update(Agreement, topic.id, settled_on=agreed_on, ordinal=number_of_settled(act.store, topic))
    return Saved(f"設問を決定しました（協議 {dates.short_date(agreed_on)}）。", survey_id)


@deed
def set_online(act: Act, *, survey_id: int, url: str, close: date | None) -> Saved:
    """Keep the address of the online form and the day it closes; raises ``Refusal`` for what no browser opens."""
    survey = open_survey(act.store, survey_id)
    fault = address_fault(url)
    if fault:
        raise Refusal(fault, "フォームのURLを確かめてください。")
    with act.change("オンライン回答の設定を変更", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, online_url=url.strip(), online_close=close)
    return Saved("オンライン回答の設定を保存しました。", survey_id)


def online_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return the online forms that close before their event, as after a move of it: nobody could answer."""
    if event_id is not None:
        event = by_id(database, Event, event_id)
        last = [one.online_close for one in rows(database, EventSurvey, event_id=event_id) if one.online_close]
        if event is None or event.event_date is None or all(day >= event.event_date for day in last):
            return []
    return [
        FollowUp(
            task=CLOSES_EARLY,
            event_id=number,
            label="オンライン回答の締切を直す",
            detail=f"締切 {dates.short_date(close, today)}（実施は {dates.short_date(day, today)}）",
            due=today,
            basis="目安日。仕4(1)ケは紙とオンラインの両方で集める。実施日より前に締め切るとオンラインで答えられない",
            rule="オンライン締切",
            asked=Asked(what="設問を協議する", event_id=number),
        )
        for number, close, day in surveys.closing_early(database, today)
    ]


@deed
def note_distribution(act: Act, *, survey_id: int, distributed: int | None) -> Saved:
    """Keep how many paper forms were handed out; None = unknown. Raises ``Refusal`` below zero."""
    survey = open_survey(act.store, survey_id)
    if distributed is not None and distributed < 0:
        raise Refusal("配布した枚数が0より小さくなっています。", "枚数を確かめてください。")
    with act.change("アンケートの配布枚数を記録", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, distributed=distributed)
    return Saved("配布した枚数を保存しました。", survey_id)


def event_with_survey(store: Store, event_id: int) -> Event:
    """Return the event; raises ``Refusal`` when it is not there or its kind has no survey."""
    event = get_or_refuse(store.database, Event, event_id)
    if event.kind == "派遣":
        raise Refusal("アドバイザー派遣にはアンケートの定めがありません。", "事前ヒアリングは報告書の様式に書けます。")
    return event


def open_survey(store: Store, survey_id: int) -> EventSurvey:
    """Return the survey while its totals are not frozen; raises ``Refusal`` otherwise."""
    survey = get_or_refuse(store.database, EventSurvey, survey_id)
    if survey.frozen_at is not None:
        raise Refusal(
            f"集計が確定しているため変更できません（{dates.short_date(survey.frozen_at.date())} {survey.frozen_by}）。",
            "直すときは、理由を書いて確定を解いてください。",
        )
    return survey
