"""Steps of recruitment with a 目安日 counted back from the event; every offset can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.calendar.dates import short_date_in_year
from app.calendar.office_days import OfficeCalendar
from app.calendar.wareki import fiscal_year_of
from app.programme.rules import every_own_wording
from db.records.events import Event, RecruitmentStep
from db.records.programme import DocumentSetting, EventKind, VisitStep

FLYER, GAZETTE, DECISION = "募集チラシ", "区報原稿", "決定通知"
TO_PRESIDENTS, TO_BRANCHES = "会長あて案内文", "支部長あて依頼文"
FORM, WEB_PAGE = "参加申込書", "ホームページ原稿"
RECRUITMENT_DOCUMENTS = (FLYER, FORM, TO_PRESIDENTS, TO_BRANCHES, GAZETTE, WEB_PAGE)
"""Documents that announce the period of applications."""
FEE, FREE = "参加費", "無料"
"""Name of the setting of the 募集チラシ that says what taking part costs, and what holds until it says so."""
PUBLISHED = "公表した期間"
"""Note of a step that keeps its day because the day was published."""
OF_THE_CALL = "年度の募集の日"
"""Note of a step whose day is that of the one call of the year."""
ADDED_BY_MOVE = "日付の変更による"
"""Note of a step that was added by a move."""
REASONS_OF_DAY = (PUBLISHED, OF_THE_CALL, ADDED_BY_MOVE)
"""Notes of steps whose day the program set and nobody by hand."""
_OPENS, _CLOSES = ("受付開始", "申込開始"), ("受付締切", "申込締切", "希望票の締切", "締切")
_CALLS = "募集要項"
_DOCUMENT_OF_STEP = (
    *((words, GAZETTE) for words in every_own_wording("区報")),
    ("チラシ", FLYER),
    ("支部長", TO_BRANCHES),
    ("会長", TO_PRESIDENTS),
    ("通知", DECISION),
)

DECIDE_STEP = "決定"
"""Step in which the participants are selected."""

TELL_ALL, SEND_ALL = "支部長・会長への周知", "会長あて送付"
DEFAULT_STEPS: tuple[tuple[str, int], ...] = (
    (TELL_ALL, 84),
    ("区報原稿締切", 80),
    ("チラシ校了", 49),
    (SEND_ALL, 46),
    ("受付開始", 42),
    ("受付締切", 17),
    (DECIDE_STEP, 15),
    ("決定通知", 13),
)
"""Name and days before the event; 人数連絡 follows as a deadline of the contract."""

_STEPS_FOR_OTHERS = {TELL_ALL: "関係先への周知", SEND_ALL: "案内の送付"}
"""Steps that name the heads of 町会, and what they are called where the contract invites somebody else."""

CHOICE_STEP = "選定"
"""Step in which the 団体 of a 派遣 is selected."""

CALL_STEPS = ("募集要項の周知", "希望票の締切")
"""Steps of the one call that all 派遣 of a year share."""

RESULTS_STEP = "決定・不採択の通知"
"""Step by which all 団体 of a call are told."""

DISPATCH_STEPS: tuple[tuple[str, int], ...] = (
    (CALL_STEPS[0], 84),
    (CALL_STEPS[1], 49),
    (CHOICE_STEP, 42),
    (RESULTS_STEP, 40),
    ("事前ヒアリング", 28),
    ("実施内容の協議", 21),
)
"""Steps of a 派遣 (仕様書4(2)エ・カ).

It has 募集要項 and a signed request, no チラシ and no 区報; its place needs no 使用承認 of the ward.
"""


_NAMES_OF_STEP = {
    VisitStep.HEARING: ("事前ヒアリング",),
    VisitStep.CONSULTATION: ("実施内容の協議",),
    VisitStep.SELECTION: (CHOICE_STEP, RESULTS_STEP),
}
FORMS_CLOSE_BEFORE = dict(DISPATCH_STEPS)[CALL_STEPS[1]]
RESULTS_AFTER_CLOSING = FORMS_CLOSE_BEFORE - dict(DISPATCH_STEPS)[RESULTS_STEP]
"""Days before the first 派遣 on which its 希望票 close, and days from then until the results."""

TOPIC_OF_STEP = {"事前ヒアリング": "事前ヒアリング", "実施内容の協議": "内容"}
"""The 協議 that a step of a 派遣 waits for."""

_STEP_TASKS = {DECIDE_STEP: "参加者を決める", "決定通知": "決定通知を出す"}


def fee_words(setting: DocumentSetting | None) -> str:
    """Return what taking part costs by the setting of the 募集チラシ."""
    return (setting.extra.get(FEE, "") if setting is not None else "") or FREE


def step_task_words(name: str) -> str:
    """Return what to do in a step, where its name alone reads like a state or a document."""
    return _STEP_TASKS.get(name, name)


def document_of_step(name: str) -> str:
    """Return the kind of document that a step (「チラシ校了」) is about, or empty."""
    return next((paper for words, paper in _DOCUMENT_OF_STEP if words in name), "")


def document_words_of_step(name: str) -> str:
    """Return what a step calls its kind of document: 「市報原稿」 in 「市報原稿締切」, else as ``document_of_step``."""
    paper = document_of_step(name)
    return next((words for words in every_own_wording(paper) if words in name), paper)


def step_wordings(name: str) -> tuple[str, ...]:
    """Return how a step of the recruitment may be called, for 町会 and for another audience."""
    return tuple(dict.fromkeys((name, _STEPS_FOR_OTHERS.get(name, name))))


def step_for_audience(name: str, audience: str) -> str:
    """Return what a new step is called: 「会長あて送付」 for 町会 (``audience`` ""), 「案内の送付」 for others."""
    return step_wordings(name)[-1] if audience else name


def steps_of_kind(kind: EventKind) -> tuple[tuple[str, int], ...]:
    """Return the default steps of a new event of this kind as (name, days before the event)."""
    if kind.form.recruits:
        return DEFAULT_STEPS
    names = [*CALL_STEPS] if kind.recruitment.closes else []
    names += [name for step in kind.steps for name in _NAMES_OF_STEP[step]]
    return tuple(one for one in DISPATCH_STEPS if one[0] in names)


def share_one_call(
    steps: Iterable[RecruitmentStep], event: Event, closes: date, results: date | None
) -> tuple[RecruitmentStep, ...]:
    """Return the steps of a visit whose year has one call, borne by another visit: without those of the call.

    The selection is due by ``results``, also if the call is over, unless the visit has no day or got it after that;
    the closing day of the call is ``closes``.
    """
    late = event.dated_on is not None and event.dated_on > (results or closes)
    days = {} if late or event.event_date is None else {RESULTS_STEP: results, CHOICE_STEP: results}
    return tuple(
        replace(step, due=day, note=step.note or OF_THE_CALL)
        if step.due is None and (day := days.get(step.name)) is not None
        else step
        for step in steps
        if step.name not in CALL_STEPS
    )


def recruitment_steps(
    event_id: int, template: Iterable[tuple[str, int]] = DEFAULT_STEPS
) -> tuple[RecruitmentStep, ...]:
    """Return the steps of a new event from ``template``; they follow its date (``due`` None)."""
    return tuple(
        RecruitmentStep(event_id=event_id, position=position, name=name, offset_days=offset)
        for position, (name, offset) in enumerate(template)
    )


def step_target_day(offset_days: int, event_date: date, calendar: OfficeCalendar) -> date:
    """Return the day ``offset_days`` before the event, moved to the open day before it."""
    return calendar.open_on_or_before(event_date - timedelta(days=offset_days))


def opening_step(steps: Sequence[RecruitmentStep]) -> RecruitmentStep | None:
    """Return the step on which applications open, or None."""
    return _find_step(steps, _OPENS)


def closing_step(steps: Sequence[RecruitmentStep]) -> RecruitmentStep | None:
    """Return the step on which applications close, or None; 区報原稿締切 is not one."""
    return _find_step(steps, _CLOSES)


def results_step(steps: Sequence[RecruitmentStep]) -> RecruitmentStep | None:
    """Return the step by which all 団体 of a call are told the result, or None."""
    return next((step for step in steps if step.name == RESULTS_STEP), None)


def _find_step(steps: Sequence[RecruitmentStep], names: Iterable[str]) -> RecruitmentStep | None:
    """Return the first step about no document whose name contains one of the words, tried in their order; or None."""
    found = (step for name in names for step in steps if name in step.name and not document_of_step(step.name))
    return next(found, None)


def is_published(steps: Sequence[RecruitmentStep], notified_documents: Iterable[str]) -> bool:
    """Return whether the period of applications was announced to the public, by a step done or a notified document.

    Such a step opens or closes the applications, announces them, or sends a document of ``RECRUITMENT_DOCUMENTS``.

    Args:
        steps: of the event.
        notified_documents: kinds of document that were notified and not withdrawn.
    """
    period = {step.id for step in (opening_step(steps), closing_step(steps)) if step is not None}
    done = any(
        step.id in period
        or _CALLS in step.name
        or document_of_step(step.name) in RECRUITMENT_DOCUMENTS
        or step.name in _STEPS_FOR_OTHERS.values()
        for step in steps
        if step.done_on is not None
    )
    return done or not set(RECRUITMENT_DOCUMENTS).isdisjoint(notified_documents)


def keep_published_days(
    steps: Sequence[RecruitmentStep], event_date: date | None, calendar: OfficeCalendar
) -> tuple[RecruitmentStep, ...]:
    """Return the steps with the first and last day of applications fixed, wherever the event moves.

    The open steps before the opening stay with them. A fixed step gets its ``due`` of now, and 公表した期間 as its note
    unless it has one. Without an ``event_date`` the steps are returned unchanged.
    """
    period = {step.id for step in (opening_step(steps), closing_step(steps)) if step is not None}
    period |= {step.id for step in open_steps_before_opening(steps)}
    return tuple(
        replace(step, due=step_due(step, event_date, calendar), note=step.note or PUBLISHED)
        if step.id in period and step.due is None and event_date is not None
        else step
        for step in steps
    )


def open_steps_before_opening(steps: Sequence[RecruitmentStep]) -> list[RecruitmentStep]:
    """Return the steps not done yet that precede the opening of applications."""
    opening = opening_step(steps)
    return [step for step in steps if opening and step.done_on is None and step.position < opening.position]


def release_published_days(
    steps: Sequence[RecruitmentStep], event_date: date, calendar: OfficeCalendar
) -> tuple[RecruitmentStep, ...]:
    """Return the steps; those fixed only as published, and equal to what ``event_date`` gives, follow it again."""
    return tuple(
        replace(step, due=None, note="")
        if step.note == PUBLISHED and step.due == step_target_day(step.offset_days, event_date, calendar)
        else step
        for step in steps
    )


def step_due(step: RecruitmentStep, event_date: date | None, calendar: OfficeCalendar) -> date | None:
    """Return the day of a step: set by hand, else counted back; None while the event has no date."""
    if step.due or event_date is None:
        return step.due
    return step_target_day(step.offset_days, event_date, calendar)


def is_past_when_dated(step: RecruitmentStep, event: Event, calendar: OfficeCalendar) -> bool:
    """Return whether the computed day of a step had passed when its event got its date."""
    due = step_due(step, event.event_date, calendar)
    return step.due is None and due is not None and event.dated_on is not None and due < event.dated_on


def next_step(steps: Iterable[RecruitmentStep]) -> RecruitmentStep | None:
    """Return the first step not yet done, in their order; None when all are."""
    return next((step for step in sorted(steps, key=lambda s: s.position) if not step.done_on), None)


def offset_words(days: int) -> str:
    """Return 「12週前」 for whole weeks from three on, otherwise 「17日前」."""
    return f"{days // 7}週前" if days % 7 == 0 and days >= 21 else f"{days}日前"


def step_basis(step: RecruitmentStep, event_date: date, calendar: OfficeCalendar) -> str:
    """Return how the day of a step follows, and whether it was set by hand: 「目安日。17日前 9/20(日)→前の開庁日
    9/18(金)」.
    """
    year = fiscal_year_of(event_date)
    counted = event_date - timedelta(days=step.offset_days)
    computed = step_target_day(step.offset_days, event_date, calendar)
    words = f"目安日。{offset_words(step.offset_days)} {short_date_in_year(counted, year)}"
    if computed != counted:
        words += f"→前の開庁日 {short_date_in_year(computed, year)}"
    if step.due and step.due != computed:
        day = short_date_in_year(step.due, year)
        why = {
            PUBLISHED: f"{PUBLISHED}のため {day} のまま",
            OF_THE_CALL: f"{OF_THE_CALL} {day}",
            ADDED_BY_MOVE: f"{ADDED_BY_MOVE} {day}",
        }
        words += f"。{why.get(step.note, f'手で {day} に変更')}"
    return words
