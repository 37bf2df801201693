"""The 案 of 日程の比べ: begun, named, typed and taken away; no event changes by it.

- ``start_plan`` · ``name_plan`` · ``remove_plan`` · ``save_candidate`` · ``remove_candidate``
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.written_texts import refuse_unwritable
from app.subjects.events.event.services.tasks.deadlines import read_year
from app.subjects.events.event.services.tasks.event_tasks import Year
from app.subjects.events.schedules.services.comparison import candidates_of, plans_of, typed_words
from db.fields import corrections
from db.records.programme import KINDS, Kind
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.rows import by_id
from db.store import Store
from db.tables import events as event_table

SUBJECT: Final = "events"
_UNKNOWN: Final[dict[Kind, str]] = {
    "講習会": "講習会（内容は未定）",
    "派遣": "団体は募集",
    "意見交換会": "意見交換会",
}


@deed
def start_plan(act: Act, *, name: str, copy_of: int | None = None, fiscal_year: int | None = None) -> Saved:
    """Begin a 案: with the dates of another one, or with the events of the year and those the contract still lacks.

    Args:
        copy_of: the 案 whose dates are taken over. fiscal_year: the year of a fresh one; None = the newest.

    Raises:
        Refusal: the 案 to copy is gone.
    """
    refuse_unwritable({"案の名前": name})
    source = get_or_refuse(act.database, SchedulePlan, copy_of) if copy_of is not None else None
    year = read_year(
        act.store,
        act.today,
        fiscal_year=fiscal_year,
        programme_id=source.programme_id if source is not None else None,
    )
    known = plans_of(act.store, year)
    plan = SchedulePlan(
        programme_id=year.view.programme.id,
        ordinal=max((one.ordinal for one in known), default=0) + 1,
        name=name.strip(),
        made_on=act.today,
        made_by=act.by,
    )
    candidates = candidates_of(act.store, source) if source is not None else _fresh(act.store, year)
    with act.change(f"日程の比較に案{plan.ordinal}を加えた", SUBJECT) as change:
        plan_id = change.insert(plan)
        for position, one in enumerate(candidates):
            change.insert(replace(one, id=0, plan_id=plan_id, position=position))
    return Saved(
        f"案{plan.ordinal}を加えました（{len(candidates)}件）。日付を入れると、期限と重なりが出ます。", plan_id
    )


def _fresh(store: Store, year: Year) -> list[ScheduleCandidate]:
    """The events of the year by date, those that were held too, then those that the numbers of the contract lack."""
    programme = year.view.programme
    living = [one for one in event_table.all_of(store.database, programme.id) if one.status != "中止"]
    found = [
        ScheduleCandidate(
            plan_id=0,
            position=0,
            event_id=one.id,
            kind=one.kind,
            subject=one.subject,
            organisation_name=one.organisation_name,
            typed=typed_words(one.event_date),
            start_time=one.start_time,
            end_time=one.end_time,
            venue=one.venue,
            room=one.room,
            lecturer=one.lecturer,
        )
        for one in living
    ]
    for kind in KINDS:
        lacking = year.view.numbers[kind].planned - sum(one.kind == kind for one in living)
        found += [
            ScheduleCandidate(plan_id=0, position=0, kind=kind, subject=_UNKNOWN[kind]) for _ in range(max(lacking, 0))
        ]
    return found


@deed
def name_plan(act: Act, *, plan_id: int, name: str) -> Saved:
    """Call a 案 something (「区の直し」); raises ``Refusal`` when it is gone."""
    plan = get_or_refuse(act.database, SchedulePlan, plan_id)
    refuse_unwritable({"案の名前": name})
    with act.change(f"日程の比較の案{plan.ordinal}の名前を変えた", SUBJECT) as change:
        change.update(SchedulePlan, plan.id, name=name.strip())
    return Saved(f"案{plan.ordinal}の名前を変えました。", plan.id)


@deed
def remove_plan(act: Act, *, plan_id: int) -> Saved:
    """Take a 案 away with its candidate dates; the events stay as they are. Raises ``Refusal`` when it is gone."""
    plan = get_or_refuse(act.database, SchedulePlan, plan_id)
    with act.change(f"日程の比較の案{plan.ordinal}を消した", SUBJECT) as change:
        for one in candidates_of(act.store, plan):
            change.delete(ScheduleCandidate, one.id)
        change.delete(SchedulePlan, plan.id)
    return Saved(f"案{plan.ordinal}を消しました。実施回は変わりません。", plan.id)


@deed
def save_candidate(act: Act, *, candidate: ScheduleCandidate) -> Saved:
    """Keep one event of a 案 exactly as typed (``id`` 0 = a further one); a date that can't be read is kept too.

    Raises:
        Refusal: it has no name, its times run backwards, or the 案 is gone.
    """
    plan = get_or_refuse(act.database, SchedulePlan, candidate.plan_id)
    if not (candidate.subject.strip() or candidate.organisation_name.strip()):
        raise Refusal("実施回の名前が書かれていません。", "講習会名または団体名を書いてください。")
    if candidate.end_time <= candidate.start_time:
        raise Refusal("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    refuse_unwritable(
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
        last = max((one.position for one in candidates_of(act.store, plan)), default=-1)
        row = replace(candidate, position=last + 1)
    told = "変えた" if candidate.id else "加えた"
    with act.change(f"案{plan.ordinal}の候補「{title}」を{told}", SUBJECT) as change:
        known = by_id(act.database, ScheduleCandidate, row.id)
        row_id = change.keep(ScheduleCandidate, known, **corrections(known, row))
        if plan.applied_on is not None:
            change.update(SchedulePlan, plan.id, applied_on=None)
    return Saved(f"案{plan.ordinal}の「{title}」を保存しました。実施回はまだ変わりません。", row_id)


@deed
def remove_candidate(act: Act, *, candidate_id: int) -> Saved:
    """Take one event out of a 案; an event that exists stays as it is. Raises ``Refusal`` when it is gone."""
    found = get_or_refuse(act.database, ScheduleCandidate, candidate_id)
    plan = get_or_refuse(act.database, SchedulePlan, found.plan_id)
    title = found.organisation_name or found.subject
    with act.change(f"案{plan.ordinal}から候補「{title}」を外した", SUBJECT) as change:
        change.delete(ScheduleCandidate, found.id)
    return Saved(f"案{plan.ordinal}から「{title}」を外しました。実施回は変わりません。", found.id)
