"""The place somebody had is given back after 辞退, 欠席 or a move, or asked for when it is gone; on a real store."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services.event_records import read_core_records
from app.events.applications.services.manual_entry import withdraw_application
from app.events.letters.services.letter_addressees import entries_of_letter
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import entry_changes, entry_moves, selections
from app.events.roster.services.entry_names import WantedPerson
from app.history import services as history_services
from db.records.applications import Application
from db.records.events import Event
from db.records.roster import Entry, Selection
from db.rows import by_id, rows
from db.tables import journal
from tests.support.entries import entry_of, put_entry, waiting_of
from tests.support.stores import opened_store
from tests.support.years import add_lecture

BY = "見本 太郎"
NOW = datetime(2026, 9, 15, 9, 12)
acting = partial(ActionContext, by=BY, now=NOW)


@pytest.fixture
def act(store):
    def run(service, entry_id, *, days=0, **given):
        return service(ActionContext(store, BY, NOW + timedelta(days=days)), entry_id=entry_id, **given)

    return run


@pytest.fixture
def people(store, event):
    """Nineteen 決定 of twenty places, three 補欠 and one 落選."""
    for n in range(18):
        put_entry(store, event, f"みほん {n}号", state="決定", number=n + 1)
    return {
        "決定": put_entry(store, event, "みほん 決", state="決定", number=19),
        **{f"補欠{n}": put_entry(store, event, f"待 {n}", state="補欠", waiting_order=n) for n in (1, 2, 3)},
        "落選": put_entry(store, event, "みほん 落", state="落選"),
    }


def place(store, entry_id):
    entry = entry_of(store, entry_id)
    return f"{entry.state}{entry.waiting_order or ''}"


def decline(act, entry_id):
    act(entry_changes.set_state, entry_id, state="辞退", reason="都合")


def absent(act, entry_id):
    act(entry_changes.record_absence, entry_id)


def as_an_older_version_left_it(store, entry_id):
    store.database.execute("UPDATE entries SET state_before = NULL, waiting_before = NULL WHERE id = ?", [entry_id])


@pytest.mark.parametrize("had", ["決定", "補欠3", "落選"])
@pytest.mark.parametrize("older", [False, True])
def test_who_takes_a_withdrawal_back_has_the_place_of_before(store, act, people, had, older):
    one = people[had]
    decline(act, one)
    assert place(store, one) == "辞退"
    if older:
        as_an_older_version_left_it(store, one)

    act(entry_changes.restore_entry, one)

    assert place(store, one) == had
    action = journal.entries(store.database)[0].action
    assert f"「{had}」に戻した" in action
    history_services.undo(store, by=BY, now=NOW)
    assert place(store, one) == "辞退"
    if not older:
        history_services.undo(store, by=BY, now=NOW)
        assert (place(store, one), entry_of(store, one).state_before) == (had, None)


def letter_records(store, event):
    return read_core_records(store, by_id(store.database, Event, event))


def test_the_place_outlasts_the_program_and_the_letters_follow(store, event, act, people):
    one = people["補欠3"]
    decline(act, one)
    assert one in {entry.id for entry in entries_of_letter("辞退受理通知", letter_records(store, event))}
    store.database.conn.close()

    later = opened_store(store.folder)
    entry = entry_of(later, one)
    assert (entry.state_before, entry.waiting_before) == ("補欠", 3)
    entry_changes.restore_entry(acting(later), entry_id=one)

    present = letter_records(later, event)
    told = {
        kind: {each.id for each in entries_of_letter(kind, present)}
        for kind in ("辞退受理通知", "決定通知", "落選通知")
    }
    assert [one in ids for ids in told.values()] == [False, False, True]


def test_who_was_moved_comes_back_to_the_place_of_before(store, event, act, people):
    other = add_lecture(store, date(2026, 10, 8), subject="防災アプリ")
    put_entry(store, other, "みほん 先客", state="決定")
    for had in ("補欠3", "落選", "決定"):
        one = people[had]
        there = act(entry_moves.move_to_event, one, event_id=other)
        assert place(store, there.id) == "決定"
        act(entry_moves.move_to_event, there.id, event_id=event)
        assert (place(store, one), entry_of(store, one).moved_to) == (had, None)
        assert rows(store.database, Selection, event_id=event)[-1].lines[0].result == had


def test_a_move_back_to_a_place_that_is_gone_asks_for_the_state(store, event, act, people):
    other = add_lecture(store, date(2026, 10, 8), subject="防災アプリ")
    there = act(entry_moves.move_to_event, people["決定"], event_id=other).id
    for _ in range(2):
        entry_changes.promote_from_waitlist(acting(store), event_id=event)
    with pytest.raises(
        UserError, match="前は「決定」でした。いまは定員20人が埋まっています。いまの空きは0人、補欠は1人です。"
    ):
        act(entry_moves.move_to_event, there, event_id=event)
    act(entry_moves.move_to_event, there, event_id=event, state="補欠")
    assert place(store, people["決定"]) == "補欠2"


@pytest.mark.parametrize(
    ("away", "back"), [(decline, entry_changes.restore_entry), (absent, entry_changes.take_back_absence)]
)
def test_a_place_that_is_gone_is_asked_for(store, event, act, people, away, back):
    """Given before: 決定 beyond the capacity, the end of the line to who was first, a lottery without him."""
    waits, has_place = people["補欠2"], people["決定"]
    away(act, waits)
    with pytest.raises(
        UserError, match="前は「補欠2」でした。そのあとに補欠の順が変わっています。いまの空きは1人、補欠は2人です。"
    ):
        act(back, waits)
    act(entry_changes.set_state, waits, state="補欠", reason="もとの順に戻す", waiting_order=2)
    assert waiting_of(store, event) == [(people[f"補欠{n}"], n) for n in (1, 2, 3)]

    away(act, has_place)
    for _ in range(2):
        entry_changes.promote_from_waitlist(acting(store), event_id=event)
    with pytest.raises(UserError, match="前は「決定」でした。いまは定員20人が埋まっています。"):
        act(back, has_place)
    act(entry_changes.set_state, has_place, state="決定", reason="会場に余裕がある")
    assert (place(store, has_place), entry_of(store, has_place).absent_told_at) == ("決定", None)

    third = people["補欠3"]
    away(act, third)
    selections.save_selection(
        ActionContext(store, BY, NOW + timedelta(days=1)),
        event_id=event,
        terms=SelectionTerms(method="先着順", capacity=20),
    )
    with pytest.raises(UserError, match="前は「補欠1」でした。そのあとに参加者を決め直しています。"):
        act(back, third)


def test_a_place_that_nothing_tells_is_asked_for(store, event, act, people):
    one = put_entry(store, event, "みほん 辞", state="辞退")
    with pytest.raises(UserError, match="前の枠が記録されていません。いまの空きは1人、補欠は3人です。"):
        act(entry_changes.restore_entry, one)


def test_an_absence_taken_back_and_a_substitute_who_leaves_give_the_place_back(store, event, act, people):
    waits, has_place = people["補欠3"], people["決定"]
    absent(act, waits)
    act(entry_changes.take_back_absence, waits)
    assert place(store, waits) == "補欠3"
    made = act(entry_changes.replace_person, has_place, wanted=WantedPerson(name="代理 一郎")).id
    entry_changes.remove_entries(acting(store), entry_ids=[made])
    act(entry_changes.take_back_absence, has_place)
    assert place(store, has_place) == "決定"


def test_an_absence_before_a_withdrawal_leaves_the_place_of_before_the_absence(store, event, act, people):
    one = people["補欠3"]
    absent(act, one)
    decline(act, one)
    act(entry_changes.restore_entry, one)
    assert place(store, one) == "補欠"
    act(entry_changes.take_back_absence, one)
    assert place(store, one) == "補欠3"


def test_a_withdrawn_application_keeps_the_places(store, event, act, people):
    with store.change(action="準備", by="他", now=NOW) as change:
        made = change.insert(Application(received_at=NOW, way="電話"))
        change.update(Entry, people["補欠3"], application_id=made)
    withdraw_application(acting(store), application_id=made)
    act(entry_changes.restore_entry, people["補欠3"])
    assert place(store, people["補欠3"]) == "補欠3"
