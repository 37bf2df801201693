"""Until when each kind of row with personal data is kept in the sample year, and what a hold or a later day changes."""

from collections import Counter
from datetime import date, datetime
from types import SimpleNamespace as Facts

import pytest

from app.programme.holds import Hold, Holds, read_holds
from app.settings.disposal.services.personal_rows import (
    first_days_by_kind,
    has_held_items,
    is_representative,
    personal_rows,
    rows_of_person,
)
from db.records.applications import Application
from db.records.disposals import DisposalItem, HoldReason
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.rows import rows
from tests.support.paper_lines import assert_paper, changes
from tests.support.sample import BY, sample_store
from tests.support.stores import made_by

store = made_by(sample_store)
SPRING = datetime(2027, 4, 12, 10)


def counted(store):
    found = personal_rows(store.database, SPRING.date())
    first = first_days_by_kind(store.database, SPRING.date())
    for kind in {one.kind for one in found} - {"applicants", "presenters"}:  # these two are of contacts, too
        assert min(one.until for one in found if one.kind == kind) == first.get(kind, date.max)
    listed = Counter(
        (one.kind, one.item.table, one.until, one.person_id > 0, one.event_id is not None) for one in found
    )
    return [
        f"{kind}　{table}　{until}　{'人あり' * known}　{'回あり' * of_event}　{number}"
        for (kind, table, until, known, of_event), number in sorted(listed.items())
    ]


def test_each_kind_of_row_has_its_last_day_which_a_hold_or_a_later_day_moves(store):
    before = counted(store)
    assert_paper(before, "何もないとき")
    going = {one.id for one in rows(store.database, Person) if not is_representative(one)}
    written = {one.person_id for one in rows(store.database, Contact)}
    entry = next(one for one in rows(store.database, Entry) if one.person_id in going & written and one.application_id)

    def case(name, *given, held=()):
        with store.change(action="用意", by=BY, now=SPRING) as change:
            kept = [
                (record, row_id, {key: getattr(rows(store.database, record, id=row_id)[0], key) for key in values})
                for record, row_id, values in given
            ]
            for record, row_id, values in given:
                change.update(record, row_id, **values)
            holds = [
                change.insert(Hold(reason=HoldReason.AUDIT, begins_on=SPRING.date(), by=BY, at=SPRING, **one))
                for one in held
            ]
        assert_paper(changes(before, counted(store)), name)
        with store.change(action="戻す", by=BY, now=SPRING) as change:
            for record, row_id, values in kept:
                change.update(record, row_id, **values)
            for one in holds:
                change.delete(Hold, one)

    case("人の保留", held=[{"person_id": entry.person_id}])
    case("回の保留", held=[{"event_id": entry.event_id}])
    case("年度の保留", held=[{"programme_id": 1}])
    case("代表者になった", (Person, entry.person_id, {"role": "会長"}))
    contact = next(one for one in rows(store.database, Contact) if one.person_id == entry.person_id)
    late = date(2027, 9, 30)
    case("連絡先が長く残る", (Contact, contact.id, {"dispose_on": late}))
    case("連絡先が空で長く残る", (Contact, contact.id, {"dispose_on": late, "value": "", "note": ""}))
    case("連絡先に日がない", (Contact, contact.id, {"dispose_on": None}))
    case("申込のない参加者", (Entry, entry.id, {"application_id": None}))
    case("だれのでもない枠", (Entry, entry.id, {"person_id": None}))
    mine = [one.id for one in rows(store.database, Entry, application_id=entry.application_id)]
    without = [(Entry, number, {"application_id": None}) for number in mine]
    for year in (2025, 2026, 2028):
        came = {"received_at": datetime(year, 5, 1, 9)}
        case(f"{year}年に来た、枠のない申込", *without, (Application, entry.application_id, came))
    case("枠のない申込と年度の保留", *without, held=[{"programme_id": 1}])
    case(
        "来た日の分からない申込",
        *without,
        (Application, entry.application_id, {"received_at": None, "import_id": None}),
    )


def test_what_was_marked_is_held_by_person_event_or_year(store):
    entry = next(one for one in rows(store.database, Entry) if one.person_id and one.application_id)
    places = {
        "枠": DisposalItem(table="entries", row_id=entry.id),
        "人": DisposalItem(table="people", row_id=entry.person_id),
        "申込": DisposalItem(table="applications", row_id=entry.application_id),
        "希望票": DisposalItem(table="dispatch_wishes", row_id=1), "ほか": DisposalItem(table="venues", row_id=1),
    }  # fmt: skip
    held = {
        "その人": Holds(people=frozenset({entry.person_id})), "別の人": Holds(people=frozenset({10**6})),
        "その回": Holds(events=frozenset({entry.event_id})), "年度": Holds(years=frozenset({1})), "なし": Holds(),
    }  # fmt: skip

    def holding(items):
        return [name for name, one in held.items() if has_held_items(store.database, Facts(items=items), one)]

    assert {name: holding([one]) for name, one in places.items()} == {
        "枠": ["その人", "その回"], "人": ["その人"], "申込": ["その人"], "希望票": ["年度"], "ほか": [],
    }  # fmt: skip
    assert holding([places["ほか"], places["人"]]) == ["その人"]
    assert holding([]) == ["その回", "年度"], "files are held with any event or year"
    assert read_holds(store.database, SPRING.date()) == Holds()


@pytest.mark.parametrize("nth", [0, 3])
def test_the_rows_of_somebody_are_told_by_table(store, nth):
    asked = [one for one in rows(store.database, Entry) if one.person_id][nth]
    found = rows_of_person(store.database, asked.person_id)
    assert {(one.kind, one.until, one.person_id) for one in found} == {("request", date.min, asked.person_id)}
    listed = Counter(one.item.table for one in found)
    assert_paper([f"{table}　{number}" for table, number in sorted(listed.items())], f"{nth}人目")
