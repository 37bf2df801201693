"""Whom each letter of a kind is about: who stands in one that was sent, and who is left for the next."""

from datetime import date, datetime

import pytest

from app.documents.rules import with_names_seal
from app.event.services.event_records import EventCoreRecords
from app.events.letters.services.letter_batches import LetterBatches, letter_batches_of
from db.records.documents import CIRCULATED, Letter, Notification, Outgoing
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Entry

KIND = "決定通知"
DAY = date(2026, 9, 1)
AT = datetime(2026, 9, 1, 9)
NAMES = {number: (f"見本{number}町会", f"見本　{number}") for number in (1, 2, 3)}


def facts(*numbers, key=KIND):
    """What a letter about some entries said, by its matter."""
    return {key: {"宛先": with_names_seal("", {number: NAMES[number] for number in numbers})}}


def saved(said, kind=KIND, **given):
    return Outgoing(
        **({"id": 1, "way": "そのまま保存"} | given),
        event_id=3,
        document_kind=kind,
        reference="",
        version=1,
        format="pdf",
        by="",
        at=AT,
        facts=said,
    )


def told(said, **given):
    [(key, what)] = said.items()
    return Notification(
        **({"told_how": "郵送"} | given),
        event_id=3,
        document_kind=KIND,
        key=key,
        version=1,
        title="",
        told_on=DAY,
        facts=what,
        told_to="",
        told_by="",
        by="",
        at=AT,
    )


def issued(revision=1, **given):
    return Letter(**({"issued_on": DAY} | given), event_id=3, document_kind=KIND, revision=revision)


def batches(form=EventForm.LECTURE, kind="講習会", **course):
    records = EventCoreRecords(
        event=Event(id=3, kind=kind, form=form, subject="", ordinal=1),
        entries=tuple(Entry(id=number, event_id=3, state="決定") for number in NAMES),
        entry_names=NAMES,
        **course,
    )
    found = letter_batches_of(records, KIND)
    by_letter = {revision: [one.id for one in entries] for revision, entries in found.entries.items()}
    return by_letter, found.current_revision, [one.id for one in found.not_yet_addressed]


EVERYBODY = {1: [1, 2, 3]}
NONE_SENT = (EVERYBODY, 1, [1, 2, 3])
TWO_SENT = ({1: [1, 2], 2: [3]}, 2, [3])
FIRST, SECOND = facts(1, 2), facts(3, key=f"{KIND}／2")


@pytest.mark.parametrize(
    ("course", "found"),
    [
        ({}, NONE_SENT),
        ({"letters": (issued(),)}, NONE_SENT),
        ({"letters": (issued(),), "outgoing": (saved(FIRST),)}, TWO_SENT),
        ({"letters": (issued(),), "outgoing": (saved(FIRST, way="印刷"),)}, TWO_SENT),
        ({"letters": (issued(),), "outgoing": (saved(FIRST, way="印刷", print_use="控え用"),)}, NONE_SENT),
        ({"letters": (issued(),), "outgoing": (saved(FIRST), saved({}, id=2, way="取消", withdraws=1))}, NONE_SENT),
        ({"letters": (issued(),), "outgoing": (saved(FIRST, kind="起案資料"),)}, NONE_SENT),
        ({"outgoing": (saved(FIRST),)}, NONE_SENT),
        ({"letters": (issued(issued_on=None),), "outgoing": (saved(FIRST),)}, NONE_SENT),
        ({"letters": (issued(form="公文書", state="決裁済"),), "outgoing": (saved(FIRST),)}, NONE_SENT),
        ({"letters": (issued(form="公文書", state="施行"),), "outgoing": (saved(FIRST),)}, TWO_SENT),
        ({"notifications": (told(FIRST),)}, TWO_SENT),
        ({"notifications": (told(FIRST, withdrawn=True),)}, NONE_SENT),
        ({"notifications": (told(FIRST, told_how=CIRCULATED),)}, NONE_SENT),
        ({"notifications": (told(facts(1, 2, 3)),)}, (EVERYBODY, 1, [])),
        ({"notifications": (told(FIRST), told(SECOND))}, ({1: [1, 2], 2: [3]}, 2, [])),
        ({"notifications": (told(FIRST), told(facts(2, 3, key=f"{KIND}／2")))}, ({1: [1], 2: [2, 3]}, 2, [])),
        ({"notifications": (told(FIRST),), "letters": (issued(2),)}, ({1: [1, 2], 2: [3]}, 2, [3])),
        ({"notifications": (told({KIND: {}}),)}, (EVERYBODY, 1, [])),
    ],
)
def test_who_stands_in_no_letter_that_was_sent_gets_the_next_one(course, found):
    assert batches(**course) == found


def test_the_organisation_of_a_visit_has_one_letter():
    assert batches(EventForm.VISIT, "派遣", notifications=(told(FIRST),)) == NONE_SENT
    assert LetterBatches(entries={1: [], 2: NAMES}, current_revision=2).current_entries is NAMES
    assert LetterBatches(entries={1: []}, current_revision=2).current_entries == ()
