"""After any of thirty changes of settings, names, venues and people every issued paper says what it said on its day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.actions.action_context import ActionContext
from app.documents.services import copy_retention, document_saving, documents, issued_copies
from app.documents.services.file_saving import SaveOptions
from app.event.services import agenda, equipment, event_changes, event_drafts, event_moves
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.events.roster.services import entry_changes
from app.events.roster.services.roster import read_roster
from app.programme import services as programme_services
from app.registers.register.services import organisation_merge, organisations, people, person_merge
from app.registers.venues import services as venues_services
from app.submissions.reports.services import reports
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.participants import ExpectedCount
from db.records.programme import DocumentSetting
from db.records.roster import Entry, EntryState
from db.records.venues import Venue
from db.rows import by_id
from db.tables import documents as paper_table
from db.tables import events as event_table
from tests.support.cancelling import cancel_event
from tests.support.sample import BY, NOW, acting
from tests.support.world import World

WHO: dict[str, Any] = {"by": BY, "now": NOW}
ISSUED = (
    ("L2", "参加人数連絡書", "pdf"), ("L2", "参加人数連絡書", "xlsx"), ("L6", "受付名簿", "pdf"),
    ("L6", "資料確認結果通知", "pdf"),
    ("L5", "実施報告書", "pdf"), ("L6", "当日進行表・機材チェック表", "pdf"),
)  # fmt: skip


def year(world: World):
    return programme_services.read_programme(world.store)


def draft(world: World, name: str, **changed: Any) -> Any:
    event_id = world.events[name]
    found = replace(event_drafts.draft_of(by_id(world.store.database, Event, event_id)), **changed)
    return event_changes.update_event(acting(world.store), event_id=event_id, draft=found)


def entry(world: World, number: int = 0) -> Entry:
    return read_roster(world.store, event_id=world.events["L6"]).check_in_rows[number].entry


def person(world: World) -> Person:
    return by_id(world.store.database, Person, entry(world).person_id)


def organisation(world: World) -> Organisation:
    found = next(
        one.entry
        for one in read_roster(world.store, event_id=world.events["L6"]).check_in_rows
        if one.entry.organisation_id
    )
    return by_id(world.store.database, Organisation, found.organisation_id)


def save_number(world: World, **changed: Any) -> Any:
    return programme_services.change_numbers(
        acting(world.store), numbers=replace(year(world).kind("講習会"), **changed)
    )


def save_year(world: World, **changed: Any) -> Any:
    return programme_services.change_programme(acting(world.store), programme=replace(year(world).programme, **changed))


def merge_two_people(world: World) -> Any:
    made = people.add_person(acting(world.store), name=person(world).name).id
    return person_merge.merge_people(acting(world.store), keep_id=made, drop_id=person(world).id)


def merge_two_organisations(world: World) -> Any:
    made = organisations.create_organisation(acting(world.store), organisation=Organisation(name="見本移り先町会")).id
    return organisation_merge.merge_organisations(acting(world.store), keep_id=made, drop_id=organisation(world).id)


def told_again(world: World) -> Any:
    made = headcount_services.make_headcount_notice(acting(world.store), event_id=world.events["L6"])
    return headcount_services.mark_headcount_notified(
        acting(world.store), notice_id=made.id, notified_to="業務責任者", notified_how="電話"
    )


def by_me(world: World) -> ActionContext:
    return acting(world.store)


CHANGES: dict[str, Callable[[World], Any]] = {
    "people_max": lambda w: save_number(w, people_max=30),
    "people_min": lambda w: save_number(w, people_min=5),
    "minutes": lambda w: save_number(w, minutes=90),
    "clause": lambda w: save_number(w, clause_people="仕9(9)"),
    "title of the contract": lambda w: save_year(w, title="別の契約件名"),
    "check days": lambda w: save_year(w, check_open_days=9),
    "years of copies": lambda w: save_year(w, copy_years=5),
    "contractor": lambda w: programme_services.set_contractor(
        by_me(w), contractor=replace(year(w).contractor, name="別の受託者株式会社")),
    "responsible": lambda w: programme_services.set_contractor(
        by_me(w), contractor=replace(year(w).contractor, responsible="別の責任者")),
    "contractor from a day": lambda w: programme_services.set_contractor(
        by_me(w), contractor=replace(year(w).contractor, name="変更後株式会社"), valid_from=date(2026, 9, 2),
        reason="社名変更"),
    "office": lambda w: programme_services.set_office(by_me(w), office=replace(year(w).office, section="別の課")),
    "staff": lambda w: programme_services.set_office(by_me(w), office=replace(year(w).office, staff="別の担当")),
    "addressee": lambda w: programme_services.set_document_setting(
        by_me(w), setting=DocumentSetting(document_kind=headcount_services.HEADCOUNT, addressee="別の宛先")),
    "closed day": lambda w: programme_services.add_closed_day(by_me(w), day=date(2026, 12, 28), reason="設備点検"),
    "deadline": lambda w: deadlines.override_deadline(
        by_me(w), event_id=w.events["L6"], task="人数連絡", due=date(2026, 12, 2), reason="協議"),
    "name of the event": lambda w: draft(w, "L6", subject="別の講習会"),
    "room": lambda w: draft(w, "L6", room="別の部屋"),
    "venue of the event": lambda w: draft(w, "L6", venue="別の会場"),
    "lecturer": lambda w: draft(w, "L6", lecturer="別の講師"),
    "date": lambda w: event_moves.move_event(
        by_me(w), event_id=w.events["L7"], new_date=date(2026, 12, 22), reason="会場の都合"),
    "cancelled": lambda w: cancel_event(w.store, event_id=w.events["L6"], reason="大雪", **WHO),
    "agenda": lambda w: agenda.set_agenda(
        by_me(w), event_id=w.events["L6"], items=event_table.agenda(w.store.database, w.events["L6"])[1:]),
    "equipment": lambda w: equipment.set_equipment(
        by_me(w), event_id=w.events["L6"], items=event_table.equipment(w.store.database, w.events["L6"])[:1]),
    "new venue": lambda w: venues_services.save_venue(by_me(w), venue=Venue(name="別の会場", capacity=5)),
    "name of a person": lambda w: people.update_person(
        by_me(w), person_id=person(w).id, name="別の氏名", furigana="", note=""),
    "two people merged": merge_two_people,
    "name of a 団体": lambda w: organisations.update_organisation(
        by_me(w), organisation=replace(organisation(w), name="別の町会")),
    "two 団体 merged": merge_two_organisations,
    "telephone": lambda w: organisations.save_contact(
        by_me(w), contact=Contact(person_id=person(w).id, value="03-0000-0009", purpose="本人への連絡")),
    "withdrawal": lambda w: entry_changes.set_state(
        by_me(w), entry_id=entry(w).id, state=EntryState.WITHDRAWN, reason="都合"
    ),
    "row of the roster": lambda w: entry_changes.change_entry(by_me(w), entry_id=entry(w).id,
        fields={"note": "別の備考"}),
    "counts": lambda w: headcount_services.set_expected_counts(
        by_me(w), event_id=w.events["L7"],
        rows=(ExpectedCount(event_id=w.events["L7"], position=1, organisation_name="見本あおば町会", people=3),)),
    "told once more": told_again,
    "report": lambda w: reports.write_chapter(by_me(w), report_id=w.report("L5"), key="所感", text="別の所感。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    """The sample year from which papers, a printed roster and a told number left, with what each of them said."""
    folder = tmp_path_factory.mktemp("stays")
    world = World(folder)
    of_the_sample = len(paper_table.rows_with_copy(world.store.database))
    for number, (event, kind, form) in enumerate(ISSUED):
        document_saving.save_document(
            acting(world.store),
            event_id=world.events[event],
            kind=kind,
            format=form,
            options=SaveOptions(path=folder / f"{number}.{form}", reason="見本"),
        )
    drawn = documents.render_document(world.store, event_id=world.events["L6"], kind="受付名簿", format="pdf", now=NOW)
    document_saving.log_print(
        acting(world.store), event_id=world.events["L6"], kind="受付名簿", copies=2, pages=drawn.pages, rendered=drawn
    )
    said = {row.id: contents(world, row.id) for row in paper_table.rows_with_copy(world.store.database)}
    assert len(said) == of_the_sample + len(ISSUED) + 1
    yield world, said
    world.store.database.conn.close()


def contents(world: World, outgoing_id: int) -> bytes:
    return issued_copies.open_copy(world.store, outgoing_id=outgoing_id).data


def test_there_are_at_least_thirty_changes():
    assert len(CHANGES) >= 30


@pytest.mark.parametrize("change", CHANGES)
def test_every_issued_paper_says_what_it_said(issued, change):
    world, said = issued
    before = world.rows()
    CHANGES[change](world)
    after = world.rows()
    assert {name: rows for name, rows in after.items() if name != "outgoing"} != {
        name: rows for name, rows in before.items() if name != "outgoing"
    }, "the change changed nothing: it proves nothing"
    for outgoing_id, data in said.items():
        copy = issued_copies.open_copy(world.store, outgoing_id=outgoing_id)
        assert copy.data == data
        assert copy.agrees
        assert copy.row.kept_papers or sha256(data).hexdigest() == copy.row.copy_sha256


def test_the_papers_themselves_would_now_say_something_else(issued, tmp_path):
    """What the copies are for: drawn anew after the changes above, the same papers are other papers."""
    world, _said = issued
    CHANGES["office"](world)
    content = documents.build_document(world.store, event_id=world.events["L2"], kind="参加人数連絡書", now=NOW)
    assert "別の課" in str(content.blocks)
    (kept,) = [
        row
        for row in paper_table.rows_with_copy(world.store.database)
        if row.document_kind == "参加人数連絡書" and row.format == "pdf"
    ]
    assert copy_retention.kept_until(world.store, kept) > NOW.date()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(contents(world, kept.id))).pages)
    assert "協働推進課" in text
    assert "別の課" not in text
