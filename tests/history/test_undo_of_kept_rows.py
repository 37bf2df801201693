"""What stays when an action is undone: rows of the log, the copies and people they name; and one action alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.history import services as history_services
from db.records.documents import Notification, Outgoing, OutgoingOrganisation, OutgoingPerson, StoredFile
from db.records.event_form import EventForm
from db.records.events import AgendaItem, Event
from db.records.programme import Programme
from db.rows import rows
from db.tables import journal as journal_table
from tests.support.history_lines import list_history
from tests.support.stores import new_store

ME, OTHER = "見本 花子", "見本 太郎"
NOW = datetime(2026, 9, 16, 14, 5)


@pytest.fixture
def store(tmp_path):
    opened = new_store(tmp_path)
    with opened.change(action="年度を始めた", by="準備", now=NOW, subject="programme") as change:
        change.insert(Programme(fiscal_year=2026, title="見本の事業", term_end=date(2027, 3, 31)))
        change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="はじめ"))
    yield opened
    opened.database.conn.close()


def file(name):
    return StoredFile(keyed_hash=name, sha256=name, name=name, size=1, added_at=NOW)


def outgoing(**more):
    given = {"document_kind": "受付名簿", "reference": "", "version": 1, "format": "pdf", "way": "印刷"}
    return Outgoing(**given, by=ME, at=NOW, event_id=1, **more)


def left(store):
    """Every row that an undo may leave."""
    said = [f"{one.way} {one.withdraws} {one.detail}" for one in rows(store.database, Outgoing)]
    said += [one.name for one in rows(store.database, StoredFile)]
    said += [f"人{one.person_id}" for one in rows(store.database, OutgoingPerson)]
    said += [f"団体{one.organisation_id}" for one in rows(store.database, OutgoingOrganisation)]
    return said + [f"{one.key} {one.withdrawn}" for one in rows(store.database, Notification)]


def test_a_printed_paper_stays_with_its_copy_and_whom_it_names_and_the_rest_goes(store):
    with store.change(action="印刷した", by=ME, now=NOW, subject="papers", event_id=1) as change:
        copy, other = change.insert(file("控え.pdf")), change.insert(file("添付.pdf"))
        made = change.insert(outgoing(copy_file_id=copy))
        change.insert(OutgoingPerson(outgoing_id=made, person_id=7))
        change.insert(OutgoingOrganisation(outgoing_id=made, organisation_id=8))
        told = {
            "document_kind": "受付名簿",
            "title": "名簿",
            "told_on": NOW.date(),
            "told_to": "甲",
            "told_how": "電話",
            "told_by": ME,
        }
        change.insert(Notification(event_id=1, key="名簿", by=ME, at=NOW, **told))
        change.update(Event, 1, note="渡した")
    assert other != copy
    history_services.undo(store, by=ME, now=NOW)
    kept = ["控え.pdf", "人7", "団体8", "名簿 True"]
    cancelled = f"取消 {made} {{'もとの記録': '{made}'}}"
    assert left(store) == ["印刷 None {}", cancelled, *kept]
    history_services.redo(store, by=ME, now=NOW)
    again = f"印刷 None {{'もとの記録': '{made}'}}"
    assert left(store) == ["印刷 None {}", cancelled, again, "控え.pdf", "添付.pdf", "人7", "団体8", "名簿 False"]
    assert rows(store.database, Event)[0].note == "渡した"


def test_a_line_of_the_history_leads_to_the_copy_of_what_left(store):
    cases = ({}, {"copy_file_id": 1}, {"kept_papers": (3,)})
    for at, values in enumerate(cases):
        with store.change(action=f"印刷{at}", by=ME, now=NOW, subject="papers", event_id=1) as change:
            change.insert(file(f"控え{at}.pdf"))
            made = change.insert(outgoing())
            change.insert(outgoing(**values))
    with store.change(action="消去", by=ME, now=NOW, subject="papers", event_id=1) as change:
        change.update(Outgoing, made, copy_erased_on=NOW.date(), copy_file_id=1)
    lines = {one.action: one.outgoing_id for one in list_history(store, event_id=1)}
    assert lines == {"消去": None, "印刷2": 6, "印刷1": 4, "印刷0": None}


@pytest.mark.parametrize("what", ["加えた", "外した", "変えた"])
def test_one_action_alone_is_undone_in_what_it_did_and_what_others_did_since_stays(store, what):
    with store.change(action="用意", by=OTHER, now=NOW, subject="events", event_id=1) as change:
        item = change.insert(AgendaItem(event_id=1, position=1, minutes=10, title="開会"))
    with store.change(action=what, by=ME, now=NOW, subject="events", event_id=1) as change:
        if what == "加えた":
            change.insert(AgendaItem(event_id=1, position=2, minutes=20, title="説明"))
        elif what == "外した":
            change.delete(AgendaItem, item)
        else:
            change.update(AgendaItem, item, title="はじめに")
    seq = history_services.last_action(store)
    if what != "外した":
        with store.change(action="同僚", by=OTHER, now=NOW + timedelta(minutes=1), event_id=1) as change:
            change.update(AgendaItem, item, minutes=15)
    history_services.undo_entry(store, seq=seq, by=ME, now=NOW)
    minutes = 10 if what == "外した" else 15
    assert [(one.title, one.minutes) for one in rows(store.database, AgendaItem)] == [("開会", minutes)]
    entry = journal_table.entry_of(store.database, seq)
    assert history_services.undo_entry_problem(store, entry=entry, by=ME) == "もう元に戻してあります。"
    asked = history_services.undo_entry_problem(store, entry=replace(entry, seq=999), by=OTHER)
    assert asked == f"元に戻せるのは、ご自分の操作だけです。{ME}さんに頼むか、その場所を開いて直してください。"


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("events.subject", "2026-09-30", "2026-09-30"), ("events.event_date", 20260930, "20260930"),
        ("events.note", "", "（空欄）"), ("events.venue_capacity", 0, "0人"), ("programmes.amount", 0, "0"),
        ("events.venue_capacity", "24", "24"), ("outgoing.at", "2026-09-16", "令和8年9月16日（水）"),
    ],
)  # fmt: skip
def test_a_value_is_said_by_what_its_field_holds(place, value, said):
    assert history_services.value_words(*place.split("."), value) == said
