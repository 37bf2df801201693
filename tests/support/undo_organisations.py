"""Scenarios of 団体, people, contacts and 段階 for the proof of undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.registers.register.services import (
    organisation_merge,
    organisations,
    people,
    person_merge,
    subsidies,
    unlinked_names,
)
from db.records.organisations import Contact, Organisation, RegisterPart, Subsidy
from db.records.participants import ExpectedCount
from tests.support.world import OTHER, World

NOW = datetime(2026, 12, 1, 9, 5)
DAY = date(2026, 12, 1)
OTHERS: dict[str, Any] = {"by": OTHER, "now": NOW}


def made(world: World, name: str = "見本ときわ台町会") -> int:
    """A 団体 with 段階, made by somebody else."""
    return organisations.create_organisation(
        ActionContext(world.store, **OTHERS),
        organisation=Organisation(branch="見本支部", name=name, stages={"LINE": "1", "HP": "×"}),
    ).id


def member(world: World, organisation_id: int, name: str = "見本　髙子", role: str = "会計") -> int:
    """A person of it with a telephone, made by somebody else."""
    person_id = people.add_person(
        ActionContext(world.store, **OTHERS),
        name=name,
        furigana="みほん　たかこ",
        organisation_id=organisation_id,
        role=role,
        from_on=date(2025, 4, 1),
    ).id
    phone(world, person_id)
    return person_id


def phone(world: World, person_id: int) -> int:
    """A telephone of the person, made by somebody else."""
    return organisations.save_contact(
        ActionContext(world.store, **OTHERS),
        contact=Contact(person_id=person_id, value="03-0000-1234", purpose="中止・変更の連絡"),
    ).id


def after(prepare: Any, act: Any) -> Any:
    """Somebody else prepares, the state to come back to is taken, then the action."""

    def run(world: World, context: ActionContext) -> object:
        found = prepare(world)
        world.before = world.rows()
        return act(world, found, context)

    return run


def marked(world: World) -> int:
    return organisations.mark_stage(
        ActionContext(world.store, **OTHERS), organisation_id=made(world), tool="LINE", stage="3", marked_on=DAY
    ).id


def granted(world: World, year: int = 2026) -> int:
    subsidy = Subsidy(organisation_id=made(world), fiscal_year=year, amount=30000, name="活動の補助金")
    return subsidies.save_subsidy(ActionContext(world.store, **OTHERS), subsidy=subsidy).id


def written(world: World) -> str:
    """A 団体 that stands in no register, in the table of numbers of an event; its key."""
    with world.store.change(action="人数の表", subject="events", **OTHERS) as change:
        change.insert(ExpectedCount(event_id=1, position=9, organisation_name="よその町会", people=3))
    (key,) = (one.key for one in unlinked_names.read_unlinked_names(world.store) if "よその町会" in one.spellings)
    return key


SCENARIOS = {
    unlinked_names.link_names: after(
        written,
        lambda w, key, context: unlinked_names.link_names(context, answers={key: unlinked_names.AS_NEW_ORGANISATION}),
    ),
    organisation_merge.mark_as_distinct: after(
        lambda w: (made(w), made(w, "見本ときは台町会")),
        lambda w, two, context: organisation_merge.mark_as_distinct(
            context, what=RegisterPart.ORGANISATION, keep_id=two[0], drop_id=two[1]
        ),
    ),
    organisations.create_organisation: lambda w, context: organisations.create_organisation(
        context, organisation=Organisation(branch="", name="見本　葛󠄀町会", stages={"LINE": "0"})
    ),
    organisations.update_organisation: after(
        made,
        lambda w, one, context: organisations.update_organisation(
            context,
            organisation=replace(organisations.get_organisation(w.store.database, one), households=120),
        ),
    ),
    organisations.delete_organisation: after(
        lambda w: (one := made(w), member(w, one)),
        lambda w, found, context: organisations.delete_organisation(context, organisation_id=found[0]),
    ),
    people.add_person: after(
        made,
        lambda w, one, context: people.add_person(context, name="見本　𠮷子", organisation_id=one, role="会長"),
    ),
    people.update_person: after(
        lambda w: member(w, made(w)),
        lambda w, one, context: people.update_person(
            context,
            person_id=one,
            name="見本　高子",
            furigana="みほん　こうこ",
            note="表記を確認",
        ),
    ),
    people.change_role: after(
        lambda w: (member(w, made(w)), made(w, "見本うつり町会")),
        lambda w, found, context: people.change_role(
            context, person_id=found[0], organisation_id=found[1], role="会長", on=DAY
        ),
    ),
    people.correct_role: after(
        lambda w: member(w, made(w)),
        lambda w, one, context: people.correct_role(context, person_id=one, organisation_id=None, role=""),
    ),
    people.delete_person: after(
        lambda w: member(w, made(w)),
        lambda w, one, context: people.delete_person(context, person_id=one),
    ),
    organisations.save_contact: after(
        made,
        lambda w, one, context: organisations.save_contact(
            context,
            contact=Contact(organisation_id=one, value="03-0000-9999", purpose="団体への連絡"),
        ),
    ),
    organisations.remove_contact: after(
        lambda w: phone(w, member(w, made(w))),
        lambda w, one, context: organisations.remove_contact(context, contact_id=one),
    ),
    organisations.mark_stage: after(
        made,
        lambda w, one, context: organisations.mark_stage(
            context, organisation_id=one, tool="LINE", stage="5", marked_on=DAY, source="電話"
        ),
    ),
    organisations.remove_stage_mark: after(
        marked, lambda w, one, context: organisations.remove_stage_mark(context, mark_id=one)
    ),
    subsidies.save_subsidy: after(
        made,
        lambda w, one, context: subsidies.save_subsidy(
            context, subsidy=Subsidy(organisation_id=one, fiscal_year=2026, note="申請中")
        ),
    ),
    subsidies.remove_subsidy: after(granted, lambda w, one, context: subsidies.remove_subsidy(context, subsidy_id=one)),
    subsidies.take_over_subsidies: after(
        lambda w: granted(w, 2025),
        lambda w, one, context: subsidies.take_over_subsidies(context, fiscal_year=2026, subsidy_ids=[one]),
    ),
    person_merge.merge_people: after(
        lambda w: (one := made(w), member(w, one), member(w, one, "見本　高子")),
        lambda w, found, context: person_merge.merge_people(context, keep_id=found[1], drop_id=found[2]),
    ),
    organisation_merge.merge_organisations: after(
        lambda w: (one := made(w), other := made(w, "見本常盤台町会"), member(w, one), member(w, other)),
        lambda w, found, context: organisation_merge.merge_organisations(
            context, keep_id=found[0], drop_id=found[1], people=[(found[2], found[3])]
        ),
    ),
}
