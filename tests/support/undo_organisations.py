"""Scenarios of 団体, people, contacts and 段階 for the proof of undo."""

from dataclasses import replace
from datetime import date

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
from tests.support.scenarios import Scenarios, as_it_stands, done
from tests.support.world import DAY, World


def made(world: World, name: str = "見本ときわ台町会") -> int:
    """A 団体 with 段階, made by somebody else."""
    return organisations.create_organisation(
        world.other,
        organisation=Organisation(branch="見本支部", name=name, stages={"LINE": "1", "HP": "×"}),
    ).id


def member(world: World, organisation_id: int, name: str = "見本　髙子", role: str = "会計") -> int:
    """A person of it with a telephone, made by somebody else."""
    person_id = people.add_person(
        world.other,
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
        world.other,
        contact=Contact(person_id=person_id, value="03-0000-1234", purpose="中止・変更の連絡"),
    ).id


def granted(world: World, year: int = 2026) -> int:
    subsidy = Subsidy(organisation_id=made(world), fiscal_year=year, amount=30000, name="活動の補助金")
    return subsidies.save_subsidy(world.other, subsidy=subsidy).id


def written(world: World) -> str:
    """A 団体 that stands in no register, in the table of numbers of an event; its key."""
    world.put(ExpectedCount(event_id=1, position=9, organisation_name="よその町会", people=3))
    (key,) = (one.key for one in unlinked_names.read_unlinked_names(world.store) if "よその町会" in one.spellings)
    return key


SCENARIOS: Scenarios = {
    unlinked_names.link_names: lambda w: {"answers": {written(w): unlinked_names.AS_NEW_ORGANISATION}},
    organisation_merge.mark_as_distinct: lambda w: {
        "what": RegisterPart.ORGANISATION, "keep_id": made(w), "drop_id": made(w, "見本ときは台町会")},
    organisations.create_organisation: lambda _w: {
        "organisation": Organisation(branch="", name="見本　葛󠄀町会", stages={"LINE": "0"})},
    organisations.update_organisation: lambda w: {
        "organisation": replace(as_it_stands(Organisation, made(w), w), households=120)},
    organisations.delete_organisation: lambda w: {"organisation_id": (one := made(w), member(w, one))[0]},
    people.add_person: lambda w: {"name": "見本　𠮷子", "organisation_id": made(w), "role": "会長"},
    people.update_person: lambda w: {
        "person_id": member(w, made(w)), "name": "見本　高子", "furigana": "みほん　こうこ", "note": "表記を確認"},
    people.change_role: lambda w: {
        "person_id": member(w, made(w)), "organisation_id": made(w, "見本うつり町会"), "role": "会長", "on": DAY},
    people.correct_role: lambda w: {"person_id": member(w, made(w)), "organisation_id": None, "role": ""},
    people.delete_person: lambda w: {"person_id": member(w, made(w))},
    organisations.save_contact: lambda w: {
        "contact": Contact(organisation_id=made(w), value="03-0000-9999", purpose="団体への連絡")},
    organisations.remove_contact: lambda w: {"contact_id": phone(w, member(w, made(w)))},
    organisations.mark_stage: lambda w: {
        "organisation_id": made(w), "tool": "LINE", "stage": "5", "marked_on": DAY, "source": "電話"},
    organisations.remove_stage_mark: lambda w: {"mark_id": done(organisations.mark_stage, w)},
    subsidies.save_subsidy: lambda w: {"subsidy": Subsidy(organisation_id=made(w), fiscal_year=2026, note="申請中")},
    subsidies.remove_subsidy: lambda w: {"subsidy_id": granted(w)},
    subsidies.take_over_subsidies: lambda w: {"fiscal_year": 2026, "subsidy_ids": [granted(w, 2025)]},
    person_merge.merge_people: lambda w: {
        "keep_id": member(w, one := made(w)), "drop_id": member(w, one, "見本　高子")},
    organisation_merge.merge_organisations: lambda w: {
        "keep_id": (one := made(w)), "drop_id": (other := made(w, "見本常盤台町会")),
        "people": [(member(w, one), member(w, other))]},
}  # fmt: skip
