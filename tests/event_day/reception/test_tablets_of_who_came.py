"""Nobody who did not come holds a tablet, a walk-in with one is asked for its line, and the ledger is held against who
came, person by person."""

from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.participation import count_participation
from app.event_day.reception.services import add_walk_in, mark_absent, record_attendance
from app.events.roster.services.entry_names import WantedPerson
from app.events.tablets.services import TABLET_LEDGER
from app.year_end.consistency import rules as consistency_rules
from app.year_end.consistency.services.event_numbers import read_breakdown, read_event_numbers
from db.records.organisations import Person
from db.records.programme import Programme
from db.records.roster import Device, Entry, TabletLoan
from db.rows import by_id, row, rows
from db.tables import roster
from tests.support.sample import BY, NOW, event_id

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW + timedelta(hours=1)}


def _lent(store):
    """A loan of somebody who came to an event that was held."""
    for loan in rows(store.database, TabletLoan, order="id"):
        entry = by_id(store.database, Entry, loan.entry_id) if loan.entry_id else None
        if loan.out_at is not None and entry is not None and entry.attendance == "出席" and entry.number:
            return loan, entry
    raise AssertionError


def _lines(store):
    (programme,) = rows(store.database, Programme, fiscal_year=2026)
    return {one.key: one.cells["lent_to"] for one in TABLET_LEDGER.sources[0](store.database, programme)}


@pytest.mark.parametrize("by_number", [False, True])
@pytest.mark.parametrize("back", [False, True])
def test_who_did_not_come_holds_no_tablet(store, by_number, back):
    loan, entry = _lent(store)
    with store.change(action="x", **WHO) as change:
        change.update(TabletLoan, loan.id, back_at=NOW if back else None, initialised_at=None)
    assert _lines(store)[f"tablet_loans:{loan.id}"] == f"名簿 {entry.number}番"

    if by_number:
        said = record_attendance(ActionContext(store, **WHO), event_id=entry.event_id, absent=[entry.number]).message
    else:
        said = mark_absent(ActionContext(store, **WHO), entry_id=entry.id).message

    line = _lines(store).get(f"tablet_loans:{loan.id}", "")
    assert line == ("予備（当日）" if back else "")
    assert ("予備（当日）" in said) == back
    assert not [
        one for one in read_event_numbers(store, event_id=entry.event_id).inconsistencies if one.key == "貸出返却簿"
    ]


def test_the_ledger_is_held_against_who_came_and_not_against_how_many(store):
    loan, entry = _lent(store)
    came = [one for one in roster.entries(store.database, entry.event_id) if one.attendance == "出席"]
    other = next(one for one in came if one.device != "貸与")
    with store.change(action="x", **WHO) as change:
        change.update(Entry, entry.id, attendance="欠席", attended_at=None)
        change.update(Entry, other.id, device="貸与")

    (found,) = [
        one for one in read_event_numbers(store, event_id=entry.event_id).inconsistencies if one.key == "貸出返却簿"
    ]
    assert found.sources[1][1].endswith("（出席でない方 1台、貸与で出席し行のない方 1人）")
    assert loan.entry_id == entry.id


def test_a_walk_in_with_a_tablet_is_asked_for_its_line_where_there_is_no_spare(store):
    _loan, entry = _lent(store)
    with store.change(action="x", **WHO) as change:
        for loan in roster.loans(store.database, entry.event_id):
            if loan.entry_id is None and loan.out_at is None:
                change.delete(TabletLoan, loan.id)

    said = add_walk_in(
        ActionContext(store, **WHO), event_id=entry.event_id, wanted=WantedPerson(name="見本　飛入"), device=Device.LENT
    ).message

    assert "渡した1台を「貸与タブレット」で記録してください" in said
    (found,) = [
        one for one in read_event_numbers(store, event_id=entry.event_id).inconsistencies if one.key == "貸出返却簿"
    ]
    assert "行のない方 1人" in found.sources[1][1]


def test_who_stands_behind_a_number_is_who_was_counted(store):
    """4 held a place: 1 came, 1 did not, of 2 nobody knows."""
    event = event_id(store, "講習会", 6)
    held = [one for one in roster.entries(store.database, event) if one.state == "決定" and not one.walk_in]
    with store.change(action="x", **WHO) as change:
        change.update(Entry, held[0].id, attendance="出席")
        change.update(Entry, held[1].id, attendance="欠席")
        change.update(Entry, held[2].id, attendance="出席", state="辞退")
    counts = count_participation(roster.entries(store.database, event))

    for number, count in (
        (consistency_rules.ABSENT, counts.absent),
        (consistency_rules.ATTENDED, counts.attended),
        (consistency_rules.DECIDED, counts.decided),
    ):
        assert len(read_breakdown(store, event_id=event, number=number).everybody) == count
    absent = [one.name for one in read_breakdown(store, event_id=event, number=consistency_rules.ABSENT).everybody]
    assert by_id(store.database, Person, held[1].person_id).name in absent
    assert row(store.database, Entry, id=held[2].id).state == "辞退"
