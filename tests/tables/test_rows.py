"""Rows are asked for by column: equal, one of several, empty, in order, so many; and no text of a caller is SQL."""

import ast
import re
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from db.mapping import TABLE_OF, field_types
from db.query_cache import cached_queries
from db.records.documents import Letter, Outgoing
from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, GroupWish
from db.rows import by_id, row, rows, rows_of_each
from db.tables.roster import ENTRY_ORDER
from tests.support.kinds_r8 import form_of
from tests.support.sample import sample_store
from tests.support.stores import filled_store
from tests.support.trees import nodes_of
from tests.support.years import BY, NOW, started_year

PROJECT = Path(__file__).resolve().parents[2]
DAYS = (date(2026, 10, 7), None, date(2026, 9, 1), date(2026, 9, 1))
KINDS = ("講習会", "講習会", "派遣", "講習会")


@pytest.fixture
def database(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="実施回", by=BY, now=NOW) as change:
        for kind, day in zip(KINDS, DAYS, strict=True):
            change.insert(Event(kind=kind, form=form_of(kind), subject="回", event_date=day))
    yield store.database
    store.database.conn.close()


def ids(found):
    return [one.id for one in found]


def test_a_column_is_equal_empty_or_one_of_several(database):
    assert (ids(rows(database, Event)), ids(rows(database, Event, kind="講習会"))) == ([1, 2, 3, 4], [1, 2, 4])
    assert ids(rows(database, Event, kind="講習会", event_date=date(2026, 9, 1))) == [4]
    assert (ids(rows(database, Event, event_date=None)), ids(rows(database, Event, id=(4, 1, 99)))) == ([2], [1, 4])
    assert ids(rows(database, Event, event_date={date(2026, 9, 1)}, kind=["派遣"])) == [3]
    assert rows(database, Event, id=[]) == []
    assert ids(rows(database, Event, id=range(100_000))) == [1, 2, 3, 4]  # more values than a statement takes


def test_rows_come_in_the_order_asked_for_and_so_many(database):
    assert ids(rows(database, Event, order=("event_date", "id"))) == [2, 3, 4, 1]
    assert ids(rows(database, Event, order=("event_date nulls last", "-id"))) == [4, 3, 1, 2]
    assert ids(rows(database, Event, order=("-event_date nulls first", "id"))) == [2, 1, 3, 4]
    assert ids(rows(database, Event, order="-id", limit=2)) == [4, 3]
    assert row(database, Event, kind="講習会", order="-id") == by_id(database, Event, 4)
    assert row(database, Event, kind="意見交換会") is None
    assert by_id(database, Event, 99) is None


@pytest.mark.parametrize(
    "asked",
    [
        {"nothing": 1},
        {"id] = 1 OR 1 --": 1},
        {"order": "id; DROP TABLE events"},
        {"order": "length(subject)"},
        {"order": "nothing"},
        {"order": ("id", "id COLLATE nocase")},
    ],
)
def test_what_is_no_column_of_the_record_is_refused(database, asked):
    with pytest.raises(ValueError, match="no column"):
        rows(database, Event, **asked)
    assert len(rows(database, Event)) == 4


def test_none_among_several_values_is_refused(database):
    with pytest.raises(ValueError, match="None"):
        rows(database, Event, event_date=(None, date(2026, 9, 1)))


def test_one_lookup_is_one_statement(database):
    seen = []
    database.conn.set_trace_callback(seen.append)
    rows(database, Event, kind="講習会", order=("event_date nulls last", "id"))
    by_id(database, Event, 1)
    database.conn.set_trace_callback(None)
    assert len(seen) == 2, seen


def test_rows_of_several_tables_in_one_statement_are_those_of_each(tmp_path):
    store = sample_store(tmp_path)
    database = store.database
    orders = {Entry: ENTRY_ORDER, Event: "-id", Letter: "id", Outgoing: ("document_kind", "-at", "id")}
    keyed = {Entry: ENTRY_ORDER, EventResult: "id", Outgoing: "-id", Letter: ("-document_kind", "id")}
    for records, where in (
        (orders, {}), (keyed, {"event_id": [6, 2, 13]}), (keyed, {"event_id": 2}), (keyed, {"event_id": []}),
        (keyed, {"event_id": None}), ({Entry: "id", GroupWish: "id"}, {"event_id": 6, "id": range(90)}),
    ):  # fmt: skip
        each = {record: rows(database, record, order=order, **where) for record, order in records.items()}
        seen = []
        database.conn.set_trace_callback(seen.append)
        together = rows_of_each(database, records, **where)
        database.conn.set_trace_callback(None)
        assert {record: together[record] for record in records} == each, where
        assert len(seen) == 1, where
    assert rows_of_each(database, orders)[Entry]

    @cached_queries
    def what_was_read_is_not_asked_again(store):
        rows(store.database, Letter)
        database.conn.set_trace_callback(seen.append)
        found = rows_of_each(database, {Letter: "id", Event: "id"})
        return found, rows(database, Event, id=[2]), rows_of_each(database, {Letter: "id", Event: "id"})[Event]

    seen.clear()
    found, one, again = what_was_read_is_not_asked_again(store)
    database.conn.set_trace_callback(None)
    assert (found[Letter], found[Event], one) == (rows(database, Letter), again, [by_id(database, Event, 2)])
    assert len(seen) == 1
    assert "[letters]" not in seen[0]
    with pytest.raises(ValueError, match="no column"):
        rows_of_each(database, {Event: "id"}, event_id=2)
    database.conn.close()


def test_several_rows_are_set_after_one_reading_and_keep_their_images(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="実施回", by=BY, now=NOW) as change:
        for kind in KINDS:
            change.insert(Event(kind=kind, form=form_of(kind), subject="回"))
    seen = []
    store.database.conn.set_trace_callback(seen.append)
    with store.change(action="定員", by=BY, now=NOW) as change:
        change.update_each(Event, {3: {"groups": 4}, 1: {"groups": 2, "subject": "回"}, 2: {"subject": "回"}})
        change.update_each(Event, {})
        images = [(row.row_id, row.before["groups"], row.after["groups"]) for row in change.rows]
    store.database.conn.set_trace_callback(None)

    assert images == [(3, None, 4), (1, None, 2)]  # what stays as it is leaves no trace
    assert len([one for one in seen if one.startswith("SELECT * FROM [events]")]) == 1
    assert [one.groups for one in rows(store.database, Event)] == [2, None, 4, None]
    with pytest.raises(KeyError, match="events 99"), store.change(action="定員", by=BY, now=NOW) as change:
        change.update_each(Event, {1: {"groups": 9}, 99: {"groups": 9}})
    assert by_id(store.database, Event, 1).groups == 2
    store.database.conn.close()


def test_names_are_compared_and_given_back_as_typed(tmp_path):
    def fill(store):
        with store.change(action="団体", by=BY, now=NOW) as change:
            made = change.insert(Organisation(name="みほん髙﨑𠮷町会", branch="'; DROP TABLE people; --"))
            change.insert(Person(organisation_id=made, name="見本　邉󠄂"))

    store, _ = filled_store(tmp_path, fill)
    found = rows(store.database, Organisation, name="みほん髙﨑𠮷町会", branch="'; DROP TABLE people; --")
    assert ids(found) == [1]
    assert rows(store.database, Organisation, name="みほん高崎吉町会") == []
    assert [one.name for one in rows(store.database, Person, organisation_id=[1])] == ["見本　邉󠄂"]
    store.database.conn.close()


def test_no_select_of_the_product_is_wrapped_in_a_savepoint():
    """``query`` of sqlite-utils makes three statements of one SELECT; ``db.mapping.read`` is the way."""
    wrapped = [
        f"{path.relative_to(PROJECT)}:{call.lineno}"
        for root in ("app", "db")
        for path in sorted((PROJECT / root).rglob("*.py"))
        if re.search(r"\.\s*(query|rows_where)\b", path.read_text(encoding="utf-8"))
        for call in nodes_of(path)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("query", "rows_where")
    ]
    assert wrapped == []


def test_every_lookup_of_the_product_names_columns_of_its_record():
    """A misspelt column is found here, without the screen that would ask for it."""
    records = {record.__name__: record for record in TABLE_OF}
    seen, wrong = 0, []
    for path in (path for root in ("app", "db") for path in sorted((PROJECT / root).rglob("*.py"))):
        if not re.search(r"\brows?\(", path.read_text(encoding="utf-8")):
            continue
        for call in nodes_of(path):
            if (
                not isinstance(call, ast.Call)
                or not isinstance(call.func, ast.Name)
                or call.func.id not in ("row", "rows")
            ):
                continue
            record = records.get(getattr(call.args[1], "id", "") if len(call.args) > 1 else "")
            if record is None:
                continue
            seen += 1
            named = {word.arg for word in call.keywords} - {"order", "limit", None}
            for word in call.keywords:
                if word.arg == "order":
                    terms = [one.value for one in ast.walk(word.value) if isinstance(one, ast.Constant)]
                    named |= {term.removeprefix("-").split(" ")[0] for term in terms}
            if not named <= set(field_types(record)):
                wrong.append(f"{path.relative_to(PROJECT)}:{call.lineno} {sorted(named - set(field_types(record)))}")
    assert not wrong
    assert seen > 100


def test_new_rows_that_were_gathered_are_numbered_written_and_journalled_as_one_after_the_other(tmp_path):
    made = {}
    for name in ("each", "many"):
        store = started_year(tmp_path / name)
        with (
            store.change(action="実施回", by=BY, now=NOW) as change,
            change.batching() if name == "many" else nullcontext(),
        ):
            ids = [
                change.insert(Event(kind=KINDS[0], form=EventForm.LECTURE, subject=f"回{number}", groups=number))
                for number in range(5)
            ]
            change.update(Event, ids[3], groups=9)  # a row that waits is there for whoever changes it
            change.delete(Event, ids[4])
            ids += [
                change.insert(Event(kind=KINDS[0], form=EventForm.LECTURE, subject="後"), groups=7),
                change.insert(Event(kind=KINDS[0], form=EventForm.LECTURE, subject="末")),
            ]
            change.flush()
            images = [(one.table, one.row_id, one.before, one.after) for one in change.rows]
        made[name] = (ids, images, rows(store.database, Event))
        store.database.conn.close()

    assert (made["each"], made["many"][0]) == (made["many"], [1, 2, 3, 4, 5, 5, 6])


def test_a_gathered_row_that_refers_to_nothing_leaves_nothing_behind(tmp_path):
    store = started_year(tmp_path)

    def enter_for(*events):
        with store.change(action="申込", by=BY, now=NOW) as change, change.batching():
            change.insert(Event(kind=KINDS[0], form=EventForm.LECTURE, subject="回"))
            for event_id in events:
                change.insert(Entry(event_id=event_id))

    with pytest.raises(Exception, match="FOREIGN KEY"):
        enter_for(1, 99)
    assert (rows(store.database, Event), rows(store.database, Entry)) == ([], [])
    enter_for(1, 1)
    assert len(rows(store.database, Entry)) == 2
    store.database.conn.close()
