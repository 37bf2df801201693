"""Creates, renames, edits and deletes the 案 of 日程の比べ; no event changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.text_rules import check_writable_texts
from app.subjects.events.event.services.tasks.deadlines import read_year
from app.subjects.events.event.services.tasks.event_tasks import YearContext
from app.subjects.events.schedules.services.comparison import as_typed_text, candidates_of, plans_of
from db.fields import corrections
from db.records.event_form import EventForm
from db.records.programme import KINDS
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.rows import by_id
from db.store import Store
from db.tables import events as event_table

PLANS_SUBJECT: Final = "events"
_UNNAMED_TITLES: Final[Mapping[EventForm, str]] = {
    EventForm.LECTURE: "{kind}（内容は未定）",
    EventForm.VISIT: "団体は募集",
    EventForm.EXCHANGE: "{kind}",
}


@deed
def start_plan(
    context: ActionContext, *, name: str, copy_of: int | None = None, fiscal_year: int | None = None
) -> ActionResult:
    """Create a 案 with the dates of another one, or with the events of the year and those the contract still lacks.

    Args:
        copy_of: the 案 whose dates are copied.
        fiscal_year: the year of a new one; None = the newest.

    Raises:
        UserError: the 案 to copy is gone.
    """
    check_writable_texts({"案の名前": name})
    source = get_or_raise(context.database, SchedulePlan, copy_of) if copy_of is not None else None
    year = read_year(
        context.store,
        context.today,
        fiscal_year=fiscal_year,
        programme_id=source.programme_id if source is not None else None,
    )
    known = plans_of(context.store, year)
    plan = SchedulePlan(
        programme_id=year.view.programme.id,
        ordinal=max((one.ordinal for one in known), default=0) + 1,
        name=name.strip(),
        made_on=context.today,
        made_by=context.by,
    )
    candidates = (
        candidates_of(context.store, source) if source is not None else _candidates_from_events(context.store, year)
    )
    with context.change(f"日程の比較に案{plan.ordinal}を加えた", PLANS_SUBJECT) as change:
        plan_id = change.insert(plan)
        for position, one in enumerate(candidates):
            change.insert(replace(one, id=0, plan_id=plan_id, position=position))
    return ActionResult(
        f"案{plan.ordinal}を加えました（{len(candidates)}件）。日付を入れると、期限と重なりが出ます。", plan_id
    )


def _candidates_from_events(store: Store, year: YearContext) -> list[ScheduleCandidate]:
    """Return the events of the year by date, including held ones, then those that the contract still lacks."""
    programme = year.view.programme
    living = [one for one in event_table.events_of_year(store.database, programme.id) if one.status != "中止"]
    found = [
        ScheduleCandidate(
            plan_id=0,
            position=0,
            event_id=one.id,
            kind=one.kind,
            subject=one.subject,
            organisation_name=one.organisation_name,
            typed=as_typed_text(one.event_date),
            start_time=one.start_time,
            end_time=one.end_time,
            venue=one.venue,
            room=one.room,
            lecturer=one.lecturer,
        )
        for one in living
    ]
    for kind in KINDS:
        numbers = year.view.numbers[kind]
        lacking = numbers.planned - sum(one.kind == kind for one in living)
        found += [
            ScheduleCandidate(plan_id=0, position=0, kind=kind, subject=_UNNAMED_TITLES[numbers.form].format(kind=kind))
            for _ in range(max(lacking, 0))
        ]
    return found


@deed
def rename_plan(context: ActionContext, *, plan_id: int, name: str) -> ActionResult:
    """Rename a 案 (「区の直し」); raises ``UserError`` when it is gone."""
    plan = get_or_raise(context.database, SchedulePlan, plan_id)
    check_writable_texts({"案の名前": name})
    with context.change(f"日程の比較の案{plan.ordinal}の名前を変えた", PLANS_SUBJECT) as change:
        change.update(SchedulePlan, plan.id, name=name.strip())
    return ActionResult(f"案{plan.ordinal}の名前を変えました。", plan.id)


@deed
def remove_plan(context: ActionContext, *, plan_id: int) -> ActionResult:
    """Delete a 案 with its candidate dates; the events stay. Raises ``UserError`` when it is gone."""
    plan = get_or_raise(context.database, SchedulePlan, plan_id)
    with context.change(f"日程の比較の案{plan.ordinal}を消した", PLANS_SUBJECT) as change:
        for one in candidates_of(context.store, plan):
            change.delete(ScheduleCandidate, one.id)
        change.delete(SchedulePlan, plan.id)
    return ActionResult(f"案{plan.ordinal}を消しました。実施回は変わりません。", plan.id)


@deed
def save_candidate(context: ActionContext, *, candidate: ScheduleCandidate) -> ActionResult:
    """Save one event of a 案 exactly as typed (``id`` 0 = a new one), also with an unreadable date.

    Raises:
        UserError: it has no name, its times are in the wrong order, or the 案 is gone.
    """
    plan = get_or_raise(context.database, SchedulePlan, candidate.plan_id)
    if not (candidate.subject.strip() or candidate.organisation_name.strip()):
        raise UserError("実施回の名前が書かれていません。", "講習会名または団体名を書いてください。")
    if candidate.end_time <= candidate.start_time:
        raise UserError("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    check_writable_texts(
        {
            "実施回": candidate.subject,
            "団体": candidate.organisation_name,
            "会場": candidate.venue,
            "講師": candidate.lecturer,
        },
        {"理由": candidate.reason},
    )
    title = candidate.organisation_name or candidate.subject
    row = candidate
    if not candidate.id:
        last = max((one.position for one in candidates_of(context.store, plan)), default=-1)
        row = replace(candidate, position=last + 1)
    told = "変えた" if candidate.id else "加えた"
    with context.change(f"案{plan.ordinal}の候補「{title}」を{told}", PLANS_SUBJECT) as change:
        known = by_id(context.database, ScheduleCandidate, row.id)
        row_id = change.update_or_insert(ScheduleCandidate, known, **corrections(known, row))
        if plan.applied_on is not None:
            change.update(SchedulePlan, plan.id, applied_on=None)
    return ActionResult(f"案{plan.ordinal}の「{title}」を保存しました。実施回はまだ変わりません。", row_id)


@deed
def remove_candidate(context: ActionContext, *, candidate_id: int) -> ActionResult:
    """Remove one event from a 案; an existing event stays as it is. Raises ``UserError`` when it is gone."""
    found = get_or_raise(context.database, ScheduleCandidate, candidate_id)
    plan = get_or_raise(context.database, SchedulePlan, found.plan_id)
    title = found.organisation_name or found.subject
    with context.change(f"案{plan.ordinal}から候補「{title}」を外した", PLANS_SUBJECT) as change:
        change.delete(ScheduleCandidate, found.id)
    return ActionResult(f"案{plan.ordinal}から「{title}」を外しました。実施回は変わりません。", found.id)
