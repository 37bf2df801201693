"""Functions that return when each task of an event was completed by its records, and the small words beside it.

``task_kind`` says which task uses which. A task to notify is completed by the notification, never by making its
document; the task of the documents of the day by saving or printing the set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_facts import RESPONSE_UNIT
from app.documents.rules import fact_changes
from app.documents.services.notification_kinds import MatterLine, outgoing_in_effect
from app.event.rules.equipment import EQUIPMENT_TOPIC
from app.event.rules.recruitment import (
    ADDED_BY_MOVE,
    CALL_STEPS,
    CHOICE_STEP,
    DECIDE_STEP,
    DECISION,
    FLYER,
    TO_PRESIDENTS,
    TOPIC_OF_STEP,
    closing_step,
    document_of_step,
    opening_step,
)
from app.event.rules.target_dates import DAY_SET
from app.event.services.agreements import QUESTIONS_TOPIC
from app.event.services.event_notifications import notified_documents
from app.event.services.event_records import EventCoreRecords, EventRecords
from db.records.documents import Letter
from db.records.events import RecruitmentStep
from db.records.participants import HEADCOUNT_KEY
from db.records.submissions.reports import Report

DAY_DOCUMENTS = DAY_SET
"""The set of the documents of the day is called as its deadline, in the log and everywhere."""


def received_reports(records: EventCoreRecords) -> list[Report]:
    """Return the versions of the report that were received, oldest first."""
    return records.received_reports


def questions_settled_on(records: EventCoreRecords) -> date | None:
    """Return the day the questions were fixed, else agreed with the contractor, else settled as a 協議, or None."""
    survey = records.survey
    if survey is not None and (survey.fixed_on or survey.agreed_on):
        return survey.fixed_on or survey.agreed_on
    return topic_settled_on(records, QUESTIONS_TOPIC)


def topic_settled_on(records: EventCoreRecords, topic: str) -> date | None:
    """Return the first day on which all 協議 about ``topic`` begun by then were settled, None before the first.

    One that begins later is a matter of its own. Withdrawn ones do not count.
    """
    mine = [row for row in records.topics_in_effect if row.topic == topic]
    # One without a day of its beginning cannot be shown to have been there when the others were settled.
    spans = [(row.asked_on or date.max, row.settled_on or date.max) for row in mine]
    ends = [end for _begun, end in spans if end != date.max and not any(begun <= end < last for begun, last in spans)]
    return min(ends, default=None)


def equipment_agreed(records: EventCoreRecords) -> bool:
    """Return whether every 協議 「機材」 in effect is settled, which covers every line; False where there is none."""
    return topic_settled_on(records, EQUIPMENT_TOPIC) is not None


def day_set_ready_on(records: EventCoreRecords, *, current: bool = False) -> date | None:
    """Return the day the documents of the day were handed over, or saved or printed as a set or one by one.

    What has changed since is a task of its own; with ``current`` only what still holds counts. A command writes
    whatever can be made, for a copy of the year as well, so what it wrote prepares nothing, as what left after the
    event.
    """
    lines = [one for one in records.notification_lines if one.key == DAY_DOCUMENTS]
    told = [one.notification.told_on for one in lines if one.notification is not None and one.notification.is_notified]
    if not lines or (told and not (current and any(one.status == "変更あり" for one in lines))):
        return min(told, default=None)
    now, left, last = lines[0].matter_status.matter.facts, dict[str, date](), records.event.event_date or date.max
    for row in outgoing_in_effect(records.outgoing):
        if row.way.is_command or DAY_DOCUMENTS not in row.facts or row.at.date() > last:
            continue
        if not (current and fact_changes(row.facts[DAY_DOCUMENTS], now)):
            left.setdefault(row.document_kind, row.at.date())
    each = latest_if_all(map(left.get, lines[0].notification_kind.set_documents(records.as_subject)))
    # A set has a row of its own even where a part of it was printed anew.
    return each if current else left.get(DAY_DOCUMENTS) or each


def outdated_headcount(records: EventCoreRecords) -> MatterLine | None:
    """Return the notified headcount if it is no longer true (count, 必要な対応, day, hours or place), else None."""
    return next(
        (one for one in records.notification_lines if one.key == HEADCOUNT_KEY and one.status == "変更あり"),
        None,
    )


def latest_if_all(days: Iterable[date | None]) -> date | None:
    """Return the last of ``days`` when all are known and there is at least one, else None."""
    given = list(days)
    known = [day for day in given if day is not None]
    return max(known) if given and len(known) == len(given) else None


def headcount_notified_on(records: EventCoreRecords) -> date | None:
    """Return the day the numbers were first notified, or None; making, saving or printing the notice does not count."""
    return next((row.notified_on for row in records.notices if row.notified_on is not None), None)


def effective_steps(records: EventCoreRecords) -> tuple[RecruitmentStep, ...]:
    """Return the steps of recruitment with those marked done that other records complete.

    Such a step has its document notified, its 協議 settled, or a later step done; 受付開始 also has an application.
    Once everybody is decided and told, nothing before that is to be done any more. What is only inferred says so in its
    note (``inferred_steps``).
    """
    if all(step.done_on is not None for step in records.steps):
        return records.steps
    told = {
        one.kind: one.dated_on for one in notified_documents(records) if one.revision == 1 and not one.is_being_remade
    }
    steps = tuple(_with_done_on(step, _done_elsewhere_on(step, told, records)) for step in records.steps)
    applied = [entry.applied_at.date() for entry in records.entries if entry.applied_at is not None]
    opens, closes = opening_step(steps), closing_step(steps)
    closed = _by(closes) or _by(next((step for step in steps if step.name in (DECIDE_STEP, CHOICE_STEP)), None))
    sent = _by(next((step for step in steps if document_of_step(step.name) == TO_PRESIDENTS), None))
    later = {
        **({closes.id: closed} if closes is not None else {}),
        **({opens.id: (min(applied), "") if applied else closed} if opens is not None else {}),
        **{step.id: sent for step in steps if document_of_step(step.name) == FLYER},
        **{step.id: closed for step in steps if step.name == CALL_STEPS[0]},
    }
    last = next((step for step in steps if document_of_step(step.name) == DECISION), None)
    states = {entry.state for entry in records.entries}
    if last is not None and states and "申込" not in states:
        later |= {step.id: later.get(step.id) or _by(last) for step in steps if step.position < last.position}
    return tuple(_with_done_on(step, *(later.get(step.id) or (None, ""))) for step in steps)


def inferred_steps(records: EventCoreRecords, steps: Sequence[RecruitmentStep]) -> set[int]:
    """Return which of the effective ``steps`` nobody recorded as done, neither itself nor its document or 協議."""
    return {now.id for was, now in zip(records.steps, steps, strict=True) if now.note != was.note}


def _by(step: RecruitmentStep | None) -> tuple[date, str] | None:
    """Return the day on which a step was done and its name, None while it is open."""
    return (step.done_on, step.name) if step is not None and step.done_on is not None else None


def _done_elsewhere_on(
    step: RecruitmentStep, notified_on: Mapping[str, date], records: EventCoreRecords
) -> date | None:
    """Return the day on which a notification or settled 協議 completed a step, None if none did."""
    paper = document_of_step(step.name)
    if paper:
        return notified_on.get(paper)
    topic = TOPIC_OF_STEP.get(step.name)
    return topic_settled_on(records, topic) if topic is not None else None


def _with_done_on(step: RecruitmentStep, on: date | None, by: str = "") -> RecruitmentStep:
    """Return the step as done on the day, if it is open and not added by a move; its note says ``by`` what."""
    # A step added by a move is about another letter than the first one, so somebody ticks it.
    open_step = step.done_on is None and step.note != ADDED_BY_MOVE
    note = join_nonempty(step.note, fill_nonempty("{}により済", by))
    return replace(step, done_on=on, note=note) if open_step and on is not None else step


def is_issued(letter: Letter) -> bool:
    """Return whether a letter is a 決定通知 that was sent (施行)."""
    return letter.document_kind == DECISION and letter.state.is_issued


def choice_notified_on(records: EventCoreRecords) -> date | None:
    """Return the day on which the 団体 of a 派遣 was notified that it is chosen, or None.

    The step of the 決定通知 says it, else the first letter that was issued.
    """
    return next(
        (step.done_on for step in effective_steps(records) if document_of_step(step.name) == DECISION), None
    ) or next((one.issued_on for one in records.letters if is_issued(one)), None)


def drafts_received_on(records: EventCoreRecords, day: date) -> date | None:
    """Return the day on which the last handout of ``day`` had its first version, None while one has none."""
    return latest_if_all(row.versions[0].received_on if row.versions else None for row in records.materials_on(day))


def report_received_on(records: EventCoreRecords) -> date | None:
    """Return the day on which the first version of the report was received, or None."""
    received = received_reports(records)
    return received[0].received_on if received else None


def report_confirmed_on(records: EventCoreRecords) -> date | None:
    """Return the day on which the newest version of the report was 確認済, None while it is not."""
    received = received_reports(records)
    return received[-1].checked_on if received and received[-1].status.is_checked else None


def tally_checked_on(records: EventCoreRecords) -> date | None:
    """Return the day of the ward's own 検算, else the day on which the totals were fixed without one, or None."""
    survey = records.survey
    if survey is None:
        return None
    return survey.checked_on or (survey.frozen_at.date() if survey.frozen_at is not None else None)


def materials_confirmed_on(records: EventCoreRecords, day: date) -> date | None:
    """Return the day on which the last handout of ``day`` was 確認済, None while one is not."""
    return latest_if_all(row.confirmed_on for row in records.materials_on(day))


def people_words(records: EventRecords) -> str:
    """Return 「17人」, as notified if nothing has changed since, else by the records; 「人数は未入力」 for none."""
    told, is_over = records.notified_headcount, records.result is not None
    people = told.people if told and (is_over or outdated_headcount(records) is None) else records.people
    return f"{people}人" if people else "人数は未入力"


def confirmed_words(records: EventRecords) -> str:
    """Return 「1 / 2点」 of the handouts 確認済, or 「資料は未登録」."""
    return _handout_words([row.confirmed_on is not None for row in records.materials_of_its_day])


def received_words(records: EventRecords) -> str:
    """Return 「1 / 2点」 of the handouts received, or 「資料は未登録」."""
    return _handout_words([bool(row.versions) for row in records.materials_of_its_day])


def _handout_words(done: Sequence[bool]) -> str:
    return left_words(sum(done), len(done), "点", finished=f"{len(done)}点") or "資料は未登録"


def response_words(records: EventRecords) -> str:
    """Return 「14件（配布17枚）」, or 「14件」 if the number given out is unknown."""
    total = records.survey.distributed if records.survey else None
    return (
        f"{records.response_count}{RESPONSE_UNIT}（配布{total}枚）"
        if total
        else f"{records.response_count}{RESPONSE_UNIT}"
    )


def question_words(records: EventRecords) -> str:
    """Return 「10問」, or 「設問は未作成」 without a survey."""
    return f"{len(records.survey.questions)}問" if records.survey else "設問は未作成"


def figure_words(records: EventRecords) -> str:
    """Return 「差 3件」, how many numbers of the report differ unsettled from the records; "" for none."""
    return fill_nonempty("差 {}件", records.unsettled_figures)
