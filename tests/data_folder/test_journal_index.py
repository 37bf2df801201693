"""The index of the journal always says what a walk along the journal says, whatever was done since."""

import tempfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.user_error import UserError
from app.data_folder.services import backups
from app.history import services as history_services
from db import journal_index, row_history
from db.mapping import TABLE_OF
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.programme import Programme
from db.redactions import REDACTED
from db.rows import rows
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened, prepared_folder
from tests.support.erased import NAMES, cells_of, erase, fill_people
from tests.support.stores import filled_store

_OF_SUBJECT = "SELECT seq FROM journal WHERE subject = ? ORDER BY seq"
_TABLES = [TABLE_OF[one] for one in (Person, Contact, Event)]


def walked(database):
    """What a page may ask, read from the journal itself."""
    heads = database.execute(
        "SELECT seq, at, event_id, payload = '', subject = 'shape' FROM journal ORDER BY seq"
    ).fetchall()
    tables: dict[str, list[int]] = {}
    for step in row_history.walk_journal(database):
        for table in {change["table"] for change in step.changes}:
            tables.setdefault(table, []).append(step.seq)
    events = {}
    for number in range(1, 4):
        signs = [f'"event_id":{number},', f'"event_id":{number}}}', f'"table":"events","row_id":{number},']
        query = "SELECT seq FROM journal WHERE event_id = ? OR " + " OR ".join("instr(payload, ?) > 0" for _ in signs)
        if found := [one for (one,) in database.execute(f"{query} ORDER BY seq", [number, *signs]).fetchall()]:
            events[number] = found
    return (
        [(seq, datetime.fromisoformat(at), event, bool(gone), bool(shape)) for seq, at, event, gone, shape in heads],
        tables,
        events,
        {table: row_history.ended_rows(database, table) for table in _TABLES},
        {
            subject: [seq for (seq,) in database.execute(_OF_SUBJECT, [subject]).fetchall()]
            for (subject,) in database.execute("SELECT DISTINCT subject FROM journal").fetchall()
        },
        {undone for (undone,) in database.execute("SELECT undo_of FROM journal WHERE undo_of > 0").fetchall()},
    )


def indexed(database):
    found = journal_index.journal_index(database)
    return (
        [tuple(one) for one in found.entries],
        {table: list(seqs) for table, seqs in found.of_table.items()},
        {number: list(seqs) for number, seqs in found.of_event.items() if number < 4},
        {table: journal_index.ended_rows(database, table) for table in _TABLES},
        {subject: list(seqs) for subject, seqs in found.of_subject.items()},
        found.undone,
    )


def _fill(store):
    with store.change(action="年度を始めた", by=NAME, now=NOW, subject="programme") as change:
        year = change.insert(Programme(fiscal_year=2026, title="見本の事業", term_end=date(2027, 3, 31)))
        for number in (1, 2, 3):
            change.insert(
                Event(programme_id=year, kind="講習会", form=EventForm.LECTURE, ordinal=number, subject="題名")
            )
    fill_people(store)


class _Clerk:
    """One person at work in a store, an hour an act."""

    def __init__(self, store):
        self._store, self._now = store, NOW

    def do(self, act):
        self._now += timedelta(hours=1)
        if act in ("undo", "redo"):
            with suppress(UserError):
                getattr(history_services, act)(self._store, by=NAME, now=self._now)
        elif act == "erase":
            if cells_of(self._store, NAMES):
                erase(self._store, NAMES)
        elif act == "stop":
            with suppress(ZeroDivisionError), self._change("取りやめた") as change:
                change.insert(Person(name="取りやめた人"))
                journal_index.journal_index(self._store.database)
                raise ZeroDivisionError
        elif act == "few":
            journal_index.follow_journal(self._store.database, limit=2)
        else:
            self._write(act)

    def _write(self, act):
        people = [one for one in rows(self._store.database, Person) if not one.name.startswith(REDACTED)]
        with self._change(act) as change:
            if act == "contact" and people:
                change.insert(Contact(person_id=people[-1].id, event_id=1, value=NAMES[3]))
            elif act == "event":
                change.update(Event, 1, note=str(self._now))
            elif act == "rename" and people:
                change.update(Person, people[-1].id, name=NAMES[1])
            elif act == "delete" and people and not rows(self._store.database, Contact, person_id=people[-1].id):
                change.delete(Person, people[-1].id)
            else:
                change.insert(Person(name=NAMES[2]))

    def _change(self, action):
        return self._store.change(action=action, by=NAME, now=self._now, subject="people")


_ACTS = ("add", "rename", "delete", "contact", "event", "undo", "redo", "erase", "stop", "few", "look")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(_ACTS), min_size=3, max_size=14))
def test_after_any_row_of_acts_the_index_says_what_the_walk_says(acts):
    with tempfile.TemporaryDirectory() as place:
        store, _ = filled_store(Path(place), _fill)
        clerk = _Clerk(store)
        for act in acts:
            if act == "look":
                assert indexed(store.database) == walked(store.database)
            else:
                clerk.do(act)
        assert indexed(store.database) == walked(store.database)
        store.database.conn.close()


def _with_people(place):
    store = opened(place)
    fill_people(store)
    erase(store)
    fill_people(store)
    closed(store)


def test_a_restored_folder_and_a_state_of_the_past_have_an_index_of_their_own(tmp_path):
    folder = prepared_folder(tmp_path, _with_people)
    store = opened(folder)
    assert indexed(store.database) == walked(store.database)
    closed(store)
    to = tmp_path / "restored"
    backups.restore_backup(source=folder, target=to, secret=PASSWORD, login_id=LOGIN, now=NOW + timedelta(days=1))
    found = opened(to, now=NOW + timedelta(days=1))
    assert indexed(found.database) == walked(found.database)
    assert journal_index.ended_rows(found.database, TABLE_OF[Person])
    closed(found, now=NOW + timedelta(days=1))
