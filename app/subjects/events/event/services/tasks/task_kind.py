"""Every kind of task of an event, each said once: what it is called, what it asks for, when it is due, what closes it.

- ``KINDS``, ``KIND_OF`` – the kinds, and one by its name; home, event, calendar and reports have what stands here
- ``deadlines_of(ground) -> tuple[Deadline, ...]`` – the dates of those that are counted from the event
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from app.acts.action_id import ActionId
from app.subjects.events.event.rules import guides
from app.subjects.events.event.rules.deadlines import (
    HEADCOUNT,
    MATERIAL,
    REPORT,
    Deadline,
    EventTerms,
    headcount_due,
    material_due,
    report_due,
)
from app.subjects.events.event.services.event_file import EventCourse, EventFile
from app.subjects.events.event.services.tasks import closings
from app.subjects.events.event.services.tasks import task as names
from app.subjects.events.event.services.tasks.task import Ball, TaskWords
from db.frozen_record import frozen_record


@frozen_record
class DueGround(EventTerms):
    """What a date is counted from: the terms of its event, and the rows that the store holds of it."""

    file: EventCourse


def _no_words(_file: EventFile) -> str:
    return ""


def _never(_file: EventCourse) -> bool:
    return False


@frozen_record
class TaskKind(TaskWords):
    """One kind of task of an event.

    Attributes:
        due: the rule of its date, given its name and what it is counted from; None of the rule = this event has none.
            None in its place = it arises from how things stand and goes with them (``arising``).
        closed: the day it was done, None while it is open; what tells somebody something is done once it was told.
        detail: the small words beside it (「17人」「1 / 2点」「差 3件」).
        only_after: nobody can do it before the event is over, so it is not shown before.
        unrecorded: of a duty of the contract that nobody can do any more once the event was held, as no 目安日 before
            it can be kept: what is said in its place when no record closed it.
        reopens: whether it is open again until its last day, though it was done.
        rests: whether it waits for somebody else and is not shown meanwhile.
    """

    due: Callable[[str, DueGround], Deadline | None] | None
    closed: Callable[[EventCourse], date | None] | None
    detail: Callable[[EventFile], str] = _no_words
    only_after: bool = False
    unrecorded: str = ""
    reopens: Callable[[EventCourse], bool] = _never
    rests: Callable[[EventCourse], bool] = _never


def arising(name: str, label: str, asks: ActionId, whose: Ball = "区", owner_words: str = "") -> TaskKind:
    """Return a kind that only arises from how things stand; its day is said where that is found out."""
    return TaskKind(name=name, label=label, asks=asks, whose=whose, owner_words=owner_words, due=None, closed=None)


def _review_due(_task: str, ground: DueGround) -> Deadline | None:
    received = [report.received_on for report in ground.file.reports if report.received_on is not None]
    if not received:
        return None
    return guides.review_target(ground.numbers, ground.programme, received[-1], ground.calendar)


def _asked_back(file: EventCourse) -> bool:
    return file.report is not None and file.report.status == "修正依頼"


KINDS: Final = (
    TaskKind(
        name=HEADCOUNT,
        label="参加人数を連絡する",
        asks="人数を連絡する",
        owner_words="区→受託者",
        due=headcount_due,
        closed=closings.told_on,
        detail=closings.people_words,
        unrecorded="連絡の記録なし",
        # Numbers that have changed since are unknown to the contractor. What changes after the last day is a change to
        # be told by itself; the duty was done in time.
        reopens=lambda file: closings.headcount_changed(file) is not None,
    ),
    TaskKind(
        name=MATERIAL,
        label="資料の確認を終える",
        asks="資料を確認する",
        due=material_due,
        closed=closings.materials_confirmed_on,
        detail=closings.confirmed_words,
        unrecorded="確認の記録なし",
    ),
    TaskKind(
        name=REPORT,
        label="実施報告書の提出",
        asks="報告書の提出を求める",
        whose="受託者",
        due=report_due,
        closed=closings.report_in_on,
    ),
    TaskKind(
        name=guides.DRAFT_MATERIALS,
        label="資料（案）の提出",
        asks="資料の提出を求める",
        whose="受託者",
        due=guides.draft_intake,
        closed=closings.drafts_in_on,
        detail=closings.received_words,
    ),
    TaskKind(
        name=guides.QUESTIONS,
        label="設問を協議して決める",
        asks="設問を協議する",
        due=guides.question_decision,
        closed=closings.questions_settled_on,
        detail=closings.question_words,
    ),
    TaskKind(
        name=guides.DAY_SET,
        label="当日資料一式を用意する",
        asks="当日資料を作成する",
        due=guides.day_before,
        closed=closings.day_set_ready_on,
    ),
    TaskKind(
        name=guides.TALLY_CHECK,
        label="アンケートの検算をする",
        asks="検算をする",
        due=guides.tally_check,
        closed=closings.tally_checked_on,
        detail=closings.sheet_words,
        only_after=True,
        self_managed=True,
    ),
    TaskKind(
        name=guides.REVIEW,
        label="届いた報告書の内容確認",
        asks="報告書を確認する",
        due=_review_due,
        closed=closings.reviewed_on,
        detail=closings.figure_words,
        # While a corrected report is asked for, the ball is with the contractor.
        rests=_asked_back,
    ),
    arising(names.CHANGE_NOTICE, "参加人数の変更を連絡する", "人数の変更を連絡する", owner_words="区→受託者"),
    arising(names.TELL_AGAIN, "通知後の変更連絡", "変わったことを伝える"),
    arising(names.TELL, "通知の記録", "作成したものを伝える"),
    arising(names.TELL_RESULT, "資料の確認結果を通知する", "資料の確認結果を伝える"),
    arising(names.DECIDED_LATER, "あとから決まった方に決定を知らせる", "作成したものを伝える"),
    arising(names.WITHDRAWN, "辞退した方に受理を知らせる", "作成したものを伝える"),
    arising(names.CANCELLED, "中止通知を伝える", "作成したものを伝える"),
    arising(names.CHANGED, "変更通知で知らせる", "中止・変更の通知"),
    arising(names.MORE_PEOPLE, "追加募集の対象団体を確かめる", "追加募集の団体を確かめる"),
    arising(names.RESULT, "実施結果を記録する", "結果を記録する"),
    arising(names.RESUBMISSION, "修正した資料の提出", "資料の提出を求める", "受託者"),
    arising(names.CORRECTION, "実施報告書の修正版の提出", "報告書の提出を求める", "受託者"),
    arising(names.DECIDE, "日程を決める", "日程を決める"),
)
"""One declaration a kind; where two fall due on one day, in this order."""

KIND_OF: Final[Mapping[str, TaskKind]] = {kind.name: kind for kind in KINDS}

OTHERWISE: Final = TaskWords(name="", label="", asks="実施回の期限を見る")
"""A step of the recruitment, or what a subject calls for: it says itself what is to do and what it asks for."""


def deadlines_of(ground: DueGround) -> tuple[Deadline, ...]:
    """Return every deadline and guide date that is counted from an event, as ``KINDS`` declares them."""
    found = (kind.due(kind.name, ground) for kind in KINDS if kind.due is not None)
    return tuple(one for one in found if one is not None)
