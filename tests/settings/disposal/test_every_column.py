"""The whole name of somebody who goes, in every text column of every table: it is gone afterwards, or its place noted.

Each column bears a name of its own, once in a row that goes and once in one that stays: none speaks for another.
"""

import json
from datetime import date, datetime, timedelta
from typing import get_args

import pytest

from app.actions.action_context import ActionContext
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS, RECORDS, rows_of_person
from db import journal, mapping
from db.fields import specs
from db.files.storage_errors import ENGINE_ERRORS
from db.mapping import TABLE_OF
from db.record import word_fields, words_of
from db.records.accounts import RowChange, User
from db.records.applications import Application
from db.records.calls import Call, ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.disposals import Disposal
from db.records.documents import Notification, ReturnedLetter
from db.records.organisations import Contact, Membership, Organisation, Person
from db.records.presentations import Presentation
from db.records.roster import Arrangement, Entry, TabletLoan
from db.records.year.enquiries import ContactMemo
from db.records.year.rights import RequestStep
from db.rows import by_id, rows
from tests.support.erased import text_in
from tests.support.sample import sample_store
from tests.support.text_columns import text_columns
from tests.support.undo_rights import report, request

DAY = datetime(2027, 4, 12, 10, 0)
BY = "見本　係員"
WHO = "乙川　本人"
APART = ("journal", "former_names")
"""Steps are written by what is done, keys by a trigger."""
NO_WORDS = ("day", "sum", "follows")
"""Classes whose columns hold a day, a sum, or what a trigger makes of the rows."""


def columns():
    """Every text column that can hold any word, by table: not those that hold one of a closed set."""
    closed = {(table, name) for record, table in TABLE_OF.items() for name in word_fields(record)}
    for record, table in TABLE_OF.items():
        closed |= {(table, name) for name, told in specs(record).items() if any(map(words_of, get_args(told.kind)))}
    found = {}
    for kind, names in text_columns().items():
        if kind not in NO_WORDS:
            for table, name in names:
                if (table, name) not in closed:
                    found.setdefault(table, []).append(name)
    return found


def with_name(value, name):
    """The value of a cell with a name in it: of a list or of named texts the shape stays."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return json.dumps(_put(json.loads(value), name), ensure_ascii=False)
    return name


def _put(plain, name):
    if isinstance(plain, dict) and plain:
        key = next((key for key, one in plain.items() if isinstance(one, str)), next(iter(plain)))
        return plain | {key: _put(plain[key], name)}
    if isinstance(plain, list) and plain:
        return [_put(plain[0], name), *plain[1:]]
    return {"所": name} if isinstance(plain, dict) else [name] if isinstance(plain, list) else name


class Canaries:
    """Names drawn one after the other, each with the cell that it was put into."""

    def __init__(self, store):
        self.store = store
        self.cells = {}
        self.refused = []

    def write(self, change, table, row):
        """Put a name of its own into every text column of a row."""
        for column in columns()[table]:
            name = f"金糸雀　{len(self.cells):04d}羽"
            more = f"（{WHO}）" if row[column] == WHO and table != "people" else ""  # by which the row is theirs
            after = row | {column: with_name(row[column], name + more)}
            update = f"UPDATE [{table}] SET [{column}] = ? WHERE rowid = ?"
            try:
                self.store.database.execute(update, [after[column], row["id"]])
            except ENGINE_ERRORS:  # a word of a list that the table itself checks
                self.refused.append((table, column))
                continue
            if table in TABLE_OF.values():  # the others stand in no journal
                change.rows.append(RowChange(table=table, row_id=row["id"], before=row, after=after))
            self.cells[name] = (table, row["id"], column)
            row = after


def first_row(store, table, without=()):
    for row in mapping.read(store.database, f"SELECT rowid AS id, * FROM [{table}] ORDER BY rowid"):
        if row["id"] not in without:
            return row
    return None


def new_row(store, table):
    """A row of a table that the sample year leaves empty."""
    given = {}
    words = word_fields(next((record for record, own in TABLE_OF.items() if own == table), object))
    for _, name, kind, needed, default, key in store.database.execute(f"PRAGMA table_info([{table}])").fetchall():
        if (needed and default is None and (not key or kind == "TEXT")) or name == "programme_id":
            word = next(iter(words[name])).value if name in words else ""
            day = word if name in words else f"2026-08-03{'' if name.endswith('_on') else 'T09:00'}"
            given[name] = 1 if kind == "INTEGER" else day
    if table == "holds":
        given["released_on"] = "2026-08-04"
    if table == "data_requests":
        given["decision"] = "取下げ"
    names, marks = ", ".join(f"[{one}]" for one in given), ", ".join("?" for _ in given)
    store.database.execute(f"INSERT INTO [{table}] ({names}) VALUES ({marks})", list(given.values()))
    row = first_row(store, table)
    assert row is not None
    return row


def going_rows(change, store):
    """One row of every table for the person who goes."""
    place = rows(store.database, Entry)[0]
    person = change.insert(Person(name=WHO, furigana="おつかわ　ほんにん", note="覚え"))
    group = rows(store.database, Organisation)[0].id
    application = change.insert(Application(name=WHO, organisation_name="町会"))
    entry = change.insert(Entry(event_id=place.event_id, person_id=person, application_id=application, note="覚え"))
    beside = {"event_id": place.event_id, "entry_id": entry}
    change.insert(Contact(person_id=person, value="03-0000-1234"))
    change.insert(Membership(person_id=person, organisation_id=group, role="会員"))
    change.insert(Arrangement(**beside, content="席"))
    change.insert(TabletLoan(tablet_id=1, **beside, note="貸した"))
    moved = {"event_id": place.event_id, "kind": "中止", "decided_at": DAY, "decided_by": BY, "reason": "雨"}
    decision = change.insert(ChangeDecision(**moved))
    call = {"decision_id": decision, "at": DAY, "by": BY, "target": "団体", "outcome": "連絡済"}
    change.insert(Call(**beside, **call, whom=WHO))
    change.insert(Presentation(event_id=place.event_id, presenter=WHO, of_contractor=False))
    change.insert(DispatchRequest(programme_id=1, organisation_id=group, received_on=DAY.date(), signer=WHO))
    asked = {"received_at": DAY, "about": "問合せ", "answerer": BY, "by": BY}
    change.insert(ContactMemo(programme_id=1, caller=WHO, phone="03-0000-1234", **asked))
    change.insert(ContactMemo(programme_id=1, **asked))
    change.insert(report(person_id=person, programme_id=1, said_by=WHO))
    closed = {"requester": WHO, "decision": "取下げ", "received_on": date(2026, 4, 1), "programme_id": 1, "number": 1}
    step = {"request_id": change.insert(request(person_id=person, **closed)), "asked_on": date(2026, 4, 1)}
    change.insert(RequestStep(whom=WHO, **step))
    told = rows(store.database, Notification, event_id=place.event_id)[0].id
    back = {
        "notification_id": told,
        "event_id": place.event_id,
        "returned_on": DAY.date(),
        "reason": "宛所不明",
        "by": BY,
    }
    for one in (WHO, "町会"):
        change.insert(ReturnedLetter(addressee=one, **back))
    return person


@pytest.fixture(scope="module")
def erased(tmp_path_factory):
    store = sample_store(tmp_path_factory.mktemp("year"))
    with store.change(action="試し", by=BY, now=DAY, subject="roster") as change:
        person = going_rows(change, store)
    going = {one.item.table: one.item.row_id for one in rows_of_person(store.database, person)}
    assert set(RECORDS) - set(going) == {"answer_sheets"}, "its sums are no names, and go with the year"
    canaries = Canaries(store)
    store.database.execute("PRAGMA foreign_keys = OFF")
    with store.change(action="試し", by=BY, now=DAY, subject="roster") as change:
        for table, row_id in going.items():
            row = first_row(store, table, without={one.id for one in rows(store.database, RECORDS[table])} - {row_id})
            canaries.write(change, table, dict(row))
    went = len(canaries.cells)
    with store.change(action="試し", by=BY, now=DAY, subject="roster") as change:
        for table in columns():
            if table not in APART:
                row = first_row(store, table, without=[going.get(table)]) or new_row(store, table)
                canaries.write(change, table, row)
    # The person bore every one of these names once: each goes.
    seat = by_id(store.database, Person, person)
    with store.change(action="試し", by=BY, now=DAY, subject="roster") as change:
        for name in (*canaries.cells, WHO, "乙川　見出し", "乙川　操作"):
            change.update(Person, person, name=name, furigana=seat.furigana)
        change.update(Person, person, name=WHO)
    with store.change(action="直した（乙川　見出しさんの申出）", by="乙川　操作", now=DAY, subject="roster") as change:
        change.insert(Organisation(name="あとの町会"))
    mark_person_for_erasing(ActionContext(store, BY, DAY), person_id=person, reason="申出")
    said = erase_marked(store, DAY + timedelta(days=1))
    yield store, canaries, went, said
    store.database.conn.close()


def noted(store):
    return [item for one in rows(store.database, Disposal) for item in one.items if item.column]


def test_each_column_is_gone_or_named(erased):
    store, canaries, went, _said = erased
    text = text_in(store)
    named = {(one.table, one.row_id, one.column) for one in noted(store)}
    silent = [cell for name, cell in canaries.cells.items() if name in text and cell not in named]
    assert silent == [("users", 1, "login_id"), ("users", 1, "display_name")], "a colleague's own name"
    assert [one.elsewhere for one in rows(store.database, Disposal)] >= [1], "told as borne by somebody else"
    every = {(table, column) for table, names in columns().items() for column in names if table not in APART}
    tried = {(table, column) for table, _row, column in canaries.cells.values()}
    assert every - tried == set(canaries.refused) - tried
    assert len(tried) > 500
    assert went > 60


def test_who_did_a_step_and_what_it_is_called_are_named(erased):
    store, *_ = erased
    assert {one.column for one in noted(store) if one.table == "journal"} == {"action", "by"}
    assert journal.check_chain(store.database, store.keys.chain) == []


def test_of_the_rows_that_go_the_cells_that_go_are_empty(erased):
    store, canaries, went, _said = erased
    text = text_in(store)
    of_goer = {name: (table, column) for name, (table, _, column) in list(canaries.cells.items())[:went]}
    gone = {cell for name, cell in of_goer.items() if name not in text}
    goes = {(table, name) for table, names in ERASED_COLUMNS.items() for name in names}
    assert goes & set(of_goer.values()) - gone == {("applications", "row_key")}, "kept until the year is over"
    assert {one.left_over for one in rows(store.database, Disposal)} == {0}
    assert rows(store.database, User)
