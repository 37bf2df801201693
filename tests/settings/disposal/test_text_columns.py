"""Every text column is classed: it goes with whom it tells of, follows what goes, or stays as what the list says."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum

from app.actions.action_context import ActionContext
from app.settings.disposal.services.disposal import erase_marked, mark_for_erasing
from app.settings.disposal.services.due_rows import KINDS, read_due
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS, RECORDS, personal_rows
from db.erasing import erasings
from db.fields import specs
from db.files.storage_errors import ENGINE_ERRORS
from db.mapping import TABLE_OF, to_column
from db.records.disposals import Disposal
from db.records.documents import Notification, ReturnedLetter
from db.records.organisations import Contact, Person
from db.records.roster import Arrangement, Entry, TabletLoan
from db.records.year.enquiries import ContactMemo
from db.rows import rows
from tests.support.erased import text_in
from tests.support.sample import sample_store
from tests.support.stores import made_by
from tests.support.text_columns import text_columns

DAY = datetime(2027, 4, 12, 10, 0)
WHO = {"by": "見本　係員", "now": DAY}
_ASKED = ("mistake_reports", "data_requests", "request_steps")
STAYING = ("free", "staff", "file", "word")
READ = {
    "contacts",
    "entries",
    "events",
    "journal",
    "programmes",
    "disposals",
    "applications",
    "stored_files",
    "event_surveys",
    "answer_sheets",
}
"""Tables whose words the erasing itself reads."""
CLASSES = {
    "goes": "with the day of its kind, or when somebody asks",
    "follows": "by a trigger, or with the erasing itself",
    "free": "stays: what the ward wrote of its work; whoever typed a name there takes it out by hand",
    "staff": "stays: who did it at work, of the ward or of the 受託者",
    "file": "stays: the name of a kept file",
    "sum": "stays: a key, or a sum of a file",
    "day": "stays: a day or a time",
    "word": "stays: a word of a list, a name of a 団体, an event, a venue, a number",
}

store = made_by(sample_store, scope="module")


def test_every_text_column_is_classed(store):
    tables = [
        one[0]
        for one in store.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if one[0] != "_sqlite_migrations"
    ]
    texts = {
        (table, column[1])
        for table in tables
        for column in store.database.execute(f"PRAGMA table_info([{table}])").fetchall()
        if column[2] == "TEXT"
    }
    classed = Counter(one for found in text_columns().values() for one in found)
    unclassed, gone = sorted(texts - set(classed)), sorted(set(classed) - texts)
    assert unclassed == [], "a text says at its field what an erasing does with it: data_field(…, erasing=…)"
    assert gone == [], "only a column of text has a class for erasing"
    assert [one for one, times in classed.items() if times > 1] == []
    assert text_columns().keys() == CLASSES.keys()
    goes = {(table, name) for table, names in ERASED_COLUMNS.items() for name in names} | {
        ("acts", "facts"),
        ("outgoing", "facts"),
    }
    assert set(text_columns()["goes"]) == goes, 'erasing="goes" counts in a table of RECORDS of personal_rows.py'


def test_what_is_said_of_people_goes_with_them_and_nothing_secret_stays():
    secret = {
        (table, name)
        for record, table in TABLE_OF.items()
        for name, told in specs(record).items()
        if told.spec.is_secret
    }
    assert secret
    kept = [one for one in sorted(secret) if one[1] not in ERASED_COLUMNS.get(one[0], ())]
    assert kept == [], 'a secret field goes with its person: erasing="goes"'
    # Beside the names and sums that go, these say what a 団体 wishes, what is shown, what was asked or answered.
    of_people = RECORDS.keys() - {
        "dispatch_wishes",
        "presentations",
        "answer_sheets",
        "contact_memos",
        "returned_letters",
        "data_requests",
    }
    kept = [one for one in text_columns()["free"] if one[0] in of_people]
    assert kept == [], 'a text about a person goes with the person: erasing="goes"'


def test_a_canary_in_every_column_that_goes_is_gone_and_one_in_each_that_stays_is_there(store):
    place = next(one for one in rows(store.database, Entry, attendance="出席") if one.application_id is None)
    with store.change(action="試し", by="見本　係員", now=DAY, subject="roster") as change:
        beside = {"event_id": place.event_id, "entry_id": place.id}
        change.insert(Arrangement(**beside, content="前の席"))
        change.insert(TabletLoan(tablet_id=1, **beside, note="貸した"))
        change.insert(Contact(person_id=place.person_id, value="03-0000-9999"))
        asked = {"received_at": DAY, "about": "問合せ", "answerer": "係員", "by": "係員"}
        change.insert(ContactMemo(programme_id=1, caller="見本", phone="03-0000-9999", **asked))
        told = rows(store.database, Notification, event_id=place.event_id)[0].id
        back = {"returned_on": DAY.date(), "reason": "宛所不明", "by": "係員"}
        change.insert(ReturnedLetter(notification_id=told, event_id=place.event_id, addressee="見本町会", **back))
    first = {one.item.table: one.item.row_id for one in personal_rows(store.database, DAY.date())}
    first["contacts"] = rows(store.database, Contact, order="-id")[0].id
    gone, stays = [], []
    with store.change(action="試し", by="見本　係員", now=DAY, subject="roster") as change:
        for table, record in RECORDS.items():
            if table not in first:
                continue
            known = vars(next(iter(rows(store.database, record, id=first[table]))))
            for name in ERASED_COLUMNS[table]:
                if name != "role" or table != "people":
                    gone.append(f"金糸雀{len(gone)}番{table}{name}")
                    change.update(record, first[table], **{name: gone[-1]})
        for record, table in TABLE_OF.items():
            known = next(iter(rows(store.database, record, order="id")), None)
            kinds = STAYING[:-1] if table in READ else STAYING
            kept = [name for kind in kinds for one, name in text_columns()[kind] if one == table and known is not None]
            for name in kept:
                value = to_column(getattr(known, name, None))
                is_of_a_list = isinstance(getattr(known, name, None), Enum)  # the record reads no other word
                if isinstance(value, str) and value[:1] not in ("[", "{") and not is_of_a_list:
                    canary = f"残る{len(stays)}番{table}{name}"
                    with suppress(*ENGINE_ERRORS):  # a word of a list that the table itself checks
                        change.update(record, known.id, **{name: canary})
                        stays.append(canary)
    assert {name for name in RECORDS if name not in first} <= {"applications", "calls", "answer_sheets", *_ASKED}
    assert len(gone) + len(stays) > 300
    assert len(gone) > 25
    assert all(one in text_in(store) for one in gone)
    lines = [one.id for one in read_due(store, today=DAY.date()).due_lines]
    assert {one.partition(":")[0] for one in lines} >= {"participants", "presenters", "signers", "applicants"}
    mark_for_erasing(ActionContext(store, **WHO), lines=lines)
    erase_marked(store, DAY + timedelta(days=1))
    text = text_in(store)
    assert [one for one in gone if one in text] == []
    assert [one for one in stays if one not in text] == []
    assert all(one.left_over == 0 for one in rows(store.database, Disposal))
    assert len(erasings(store.database)) == 1
    assert len(KINDS) == 8
    assert len(rows(store.database, Person)) > 90
