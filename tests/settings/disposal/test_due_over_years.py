"""What falls due in any of ten years stands on home, asked by one query that says what reading every row says."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from app.event.services.month import read_month
from app.event_day.checkouts.services import MEDIUM, all_files_outside
from app.home.today.services.home import read_home
from app.settings.disposal.services.contract_end import read_contract_end
from app.settings.disposal.services.due_rows import KINDS, TITLE, due_summary, read_due
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS, RECORDS, first_days_by_kind, has_personal_data
from app.submissions.work_queue.services import read_work_queue
from app.year.dates.services import read_year_dates
from app.year_end.completion.services.completion import read_completion
from app.year_end.summary.services.year_page import read_page
from db.mapping import field_types
from db.records.events import Event
from db.records.organisations import Contact
from db.records.programme import Programme
from db.records.protection import Checkout
from db.records.roster import Entry
from db.redactions import REDACTED
from db.rows import rows
from tests.bench.grown import add_years
from tests.house.actions import statements
from tests.support.sample import sample_store
from tests.support.stores import copy_of, made_by, opened_store

TODAY = date(2026, 12, 1)
EARLIER = 9


def _grow(place: Path, years: int) -> None:
    """Make the sample year with ``years`` before it, from a copy: to make the year itself costs more than these."""
    store = sample_store(place.parent)
    try:
        add_years(store, years)
    finally:
        store.database.conn.close()
    store.folder.rename(place)


def grown_store(folder: Path, years: int):
    copy_of(_grow, folder / "data", years=years)
    return opened_store(folder / "data")


store = made_by(lambda place: grown_store(place, 2))


def of_kind(counted):
    """The first day of each kind of rows, whether it is due or later."""
    days = [(line.id.partition(":")[0], line.until) for line in counted if line.until < date.max]
    days = [(kind, day) for kind, day in days if kind in {rule.key for rule, *_ in KINDS}]
    return {kind: min(day for each, day in days if each == kind) for kind, _day in days}


@pytest.mark.nightly
def test_queries_say_what_reading_every_row_says(store):
    database, chance = store.database, random.Random(2105)
    events = [one.id for one in rows(database, Event)]
    seen, waited = set(), set()
    for turn in range(40):
        today = TODAY + timedelta(days=chance.choice((0, 300, 600)))
        walked = read_due(store, today=today, by_walk=True)
        expected = [replace(line, items=()) for line in walked.lines]
        asked = read_due(store, today=today)
        assert list(asked.lines) == expected, turn
        assert all(line.count == len(line.items) for line in walked.due_lines if line.unit == "件"), turn
        assert first_days_by_kind(database, today) == of_kind(expected), turn
        seen.add(tuple((line.id, line.count, line.events_text, line.until) for line in expected))
        outside = {one.event_id for one in all_files_outside(database)}
        away = {one.person_id for one in rows(database, Entry) if one.event_id in outside} - {None}
        contacts = [one for one in rows(database, Contact) if one.dispose_on is not None and has_personal_data(one)]
        assert asked.waiting_for_day_file == sum(one.person_id in away for one in contacts), turn
        waited.add(asked.waiting_for_day_file)
        table = chance.choice(sorted(ERASED_COLUMNS))
        columns = [name for name in ERASED_COLUMNS[table] if name in field_types(RECORDS[table])]
        gone = "''" if "row_key" in columns else chance.choice([f"'{REDACTED}'", f"'{REDACTED}4f2a'", "''"])
        which = chance.choice(["id > 2000000", "id > 1000000", f"id % 3 = {turn % 3}"])
        database.execute(f"UPDATE {table} SET {', '.join(f'{one} = {gone}' for one in columns)} WHERE {which}")
        dated = chance.choice(["contacts", "presentations", "dispatch_wishes"])
        day = chance.choice(["NULL", f"'{TODAY - timedelta(days=chance.randrange(900))}'"])
        database.execute(f"UPDATE {dated} SET dispose_on = {day} WHERE id % 4 = {turn % 4}")
        database.execute("DELETE FROM takeouts WHERE medium = ?", [MEDIUM])
        if turn % 2:
            with store.change(action="持ち出した", by="係", now=datetime(2026, 12, 1), subject="takeouts") as change:
                change.insert(
                    Checkout(
                        event_id=chance.choice(events),
                        contents="名簿",
                        taken_at=datetime(2026, 12, 1, 9),
                        taken_by="係",
                        medium=MEDIUM,
                    )
                )
        database.execute("UPDATE people SET role = '会長 ' WHERE id % 7 = ?", [turn % 7])
        database.execute("UPDATE applications SET received_at = NULL WHERE id % 9 = ?", [turn % 9])
        database.execute("UPDATE entries SET application_id = NULL WHERE id % 11 = ?", [turn % 11])
        # A place of nobody yet, and one application for two people of which one has its name.
        database.execute("UPDATE entries SET person_id = NULL WHERE id % 13 = ?", [turn % 13])
        database.execute("UPDATE entries SET application_id = (SELECT min(id) FROM applications) WHERE id % 17 = 3")
    assert len(seen) > 20, "each turn asks of another state"
    assert len(waited) > 1, "in some the file for the day is out"


@pytest.mark.nightly
def test_somebody_of_the_first_year_stands_on_home_in_the_tenth(tmp_path):
    store = grown_store(tmp_path, EARLIER)
    database = store.database
    first = min(rows(database, Programme), key=lambda one: one.fiscal_year)
    assert first.fiscal_year == 2026 - EARLIER
    last = rows(database, Event, programme_id=first.id)[0].id
    # Everybody but one person of the first year was erased, and what has a day of its own.
    for table in ERASED_COLUMNS:
        columns = [name for name in ERASED_COLUMNS[table] if name in field_types(RECORDS[table])]
        gone = "''" if "row_key" in columns else f"'{REDACTED}'"
        database.execute(f"UPDATE {table} SET {', '.join(f'{one} = {gone}' for one in columns)} WHERE id > 1000000")
    database.execute("UPDATE contacts SET dispose_on = NULL")
    assert due_summary(database, TODAY) is None
    (person,) = database.execute(
        "SELECT person_id FROM entries WHERE event_id = ? AND person_id > 0", [last]
    ).fetchone()
    database.execute("UPDATE people SET name = '初年度　残子', role = '' WHERE id = ?", [person])
    due = due_summary(database, TODAY)
    assert due is not None
    assert due.until == date(first.fiscal_year + 1, 4, 30)
    home = read_home(store, today=TODAY)
    shown = [one for one in (*home.rows, *home.passed_targets, *home.self_managed) if one.task.task == TITLE]
    assert len(shown) == 1
    store.database.conn.close()


PAGES = {
    "ホーム": (read_home, 1),
    "事業の月": (partial(read_month, year=2026, month=12), 1),
    "年度": (read_page, 1),
    "消す時期が来たもの": (read_due, 1),
    "契約の終わり": (read_contract_end, 1),
    "完了・検査・支払": (read_completion, 0),
    "受託者の提出物": (read_work_queue, 0),
    "年度の期日": (read_year_dates, 0),
}


@pytest.mark.parametrize("page", PAGES)
def test_what_falls_due_is_asked_once_by_the_pages_that_show_it_and_by_no_other(store, page):
    read, times = PAGES[page]
    asked = [one for one in statements(store, lambda: read(store, today=TODAY)) if "event_ends AS MATERIALIZED" in one]
    assert len(asked) == times
