"""Choosing on a real store: seen beforehand, saved with the roster, made again, written down."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.documents import kinds_for
from app.documents.blocks import Table
from app.documents.services import documents
from app.events.applications.services import manual_entry
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import entry_changes, selection_documents, selections
from app.events.roster.services.entries import read_entries
from app.history import services as history_services
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.roster import Entry, EntryState, Selection
from db.rows import by_id
from db.tables import events, roster
from tests.support.entries import entry_of, put_entry, put_organisation, waiting_of
from tests.support.years import BY, add_lecture, the_event

NOW = datetime(2026, 9, 9, 10, 20)
acting = partial(ActionContext, by=BY, now=NOW)
LOT = SelectionTerms(method="抽選", capacity=20, seed="4F2A-91C0-77BE", waitlist_size=5, organisations_first=True)


@pytest.fixture
def applied(store, event):
    """23 applicants of 7 団体, one of them without a name, one without a time."""
    clubs = [put_organisation(store, f"みほん{number}丁目町会", branch=f"第{number}支部") for number in range(1, 8)]
    made = [put_entry(store, event, f"みほん {n}号", organisation_id=clubs[n % 7]) for n in range(21)]
    made.append(put_entry(store, event, organisation_id=clubs[0]))
    made.append(put_entry(store, event, "みほん 無時", organisation_id=clubs[1], applied_at=None))
    return made


def states(store, event) -> dict[int, tuple[str, int | None]]:
    return {one.id: (one.state, one.waiting_order) for one in roster.entries(store.database, event)}


def test_what_is_seen_beforehand_is_what_is_saved_and_one_undo_takes_it_back(store, event, applied):
    proposal = selections.propose_selection(store, event_id=event, terms=LOT)
    assert (proposal.count("決定"), proposal.count("補欠"), proposal.count("落選")) == (20, 3, 0)
    assert states(store, event) == dict.fromkeys(applied, ("申込", None))

    saved = selections.save_selection(acting(store), event_id=event, terms=LOT, shown=proposal.lines)

    assert saved.message == "第1回 LINE講習会の参加者を決めました（決定20人、補欠3人）。"
    found = states(store, event)
    assert {
        one: selections.state_and_order(line) for one, line in ((line.entry_id, line) for line in proposal.lines)
    } == found
    assert next(s for s in events.recruitment_steps(store.database, event) if s.name == "決定").done_on == NOW.date()
    history_services.undo(store, by=BY, now=NOW)
    assert states(store, event) == dict.fromkeys(applied, ("申込", None))
    assert roster.selections(store.database, event) == []


def test_nobody_is_last_for_want_of_a_time_where_nobody_has_one(store, event, applied):
    first_come = SelectionTerms(method="先着順", capacity=20)

    def whys():
        rows = selections.propose_selection(store, event_id=event, terms=first_come).rows
        return [one.why for one in rows if one.line.result == "決定"]

    assert set(whys()) == {"申込の順"}
    with store.change(action="申込日時", by=BY, now=NOW, subject="events") as change:
        for one in applied:
            change.update(Entry, one, applied_at=None)
    assert set(whys()) == {"名簿の順"}
    remarks = selections.propose_selection(store, event_id=event, terms=first_come).remarks
    assert "申込日時のない申込が23件あります。先着順では名簿に入った順になります。" in remarks
    context = acting(store)
    saved = selections.save_selection(context, event_id=event, terms=first_come)
    assert selections.check_selection(store, selection_id=saved.id).is_same
    written = str(documents.build_document(store, event_id=event, kind=selection_documents.RECORD, now=NOW).blocks)
    assert "名簿の順" in written
    assert "ないため最後" not in written


def test_places_are_one_number_for_the_telephone_and_the_roster_and_never_more_than_the_room(store, event, applied):
    context = acting(store)
    selections.save_selection(context, event_id=event, terms=replace(LOT, capacity=12))
    entry_changes.record_absence(
        context, entry_id=next(one for one in applied if states(store, event)[one][0] == "決定")
    )

    def free():
        told = manual_entry.read_event_capacity(store, event_id=event).places_left
        return told, read_entries(store, event_id=event, today=NOW.date()).free_count

    assert free() == (1, 1)
    with store.change(action="狭い部屋に変えた", by=BY, now=NOW, event_id=event) as change:
        change.update(Event, event, venue_capacity=10)
    assert free() == (-1, -1)


def test_the_same_seed_gives_the_same_and_another_seed_another_result(store, event, applied):
    first = selections.propose_selection(store, event_id=event, terms=LOT)

    assert selections.propose_selection(store, event_id=event, terms=LOT).lines == first.lines
    assert selections.propose_selection(store, event_id=event, terms=replace(LOT, seed="0000")).lines != first.lines


def test_nothing_is_saved_when_the_roster_changed_after_it_was_seen(store, event, applied):
    proposal = selections.propose_selection(store, event_id=event, terms=LOT)
    entry_changes.record_absence(acting(store), entry_id=applied[4])

    with pytest.raises(UserError, match="確かめたあとに、名簿が変わりました"):
        selections.save_selection(acting(store), event_id=event, terms=LOT, shown=proposal.lines)
    assert roster.selections(store.database, event) == []


def test_a_kept_choice_is_made_again_and_a_touched_record_shows(store, event, applied):
    saved = selections.save_selection(acting(store), event_id=event, terms=LOT)
    again = selections.check_selection(store, selection_id=saved.id)
    assert again.is_same
    assert "そのあと" not in again.words
    assert again.words == "同じ種（4F2A-91C0-77BE）と同じ申込者23件で、記録と同じ結果になりました。"

    person = next(line.entry_id for line in by_id(store.database, Selection, saved.id).lines if line.result == "決定")
    entry_changes.record_absence(acting(store), entry_id=person)
    again = selections.check_selection(store, selection_id=saved.id)
    assert again.is_same
    assert "そのあと名簿で1件が変わっています" in again.words

    kept = by_id(store.database, Selection, saved.id)
    lines = (replace(kept.lines[0], result="落選"), *kept.lines[1:])
    with store.change(action="書き換え", by=BY, now=NOW) as change:
        change.update(Selection, kept.id, lines=lines)
    again = selections.check_selection(store, selection_id=saved.id)
    assert not again.is_same
    assert "書き換えられているおそれ" in again.words


def test_those_left_out_at_an_earlier_event_of_the_year_go_first(store, event, applied):
    later = add_lecture(store, date(2026, 10, 29), subject="Instagram講習会")
    selections.save_selection(acting(store), event_id=event, terms=replace(LOT, waitlist_size=0))
    left = [line.entry_id for line in roster.selections(store.database, event)[0].lines if line.result == "落選"]
    person = next(p for one in left if (p := entry_of(store, one).person_id) is not None)
    others = [put_entry(store, later, f"別 {n}号") for n in range(30)]
    again = put_entry(store, later, organisation_id=None)
    with store.change(action="同じ方", by="他", now=NOW) as change:
        change.update(type(entry_of(store, again)), again, person_id=person)

    terms = SelectionTerms(method="先着順", capacity=5, not_chosen_first=True)
    lines = selections.propose_selection(store, event_id=later, terms=terms).lines

    assert (lines[0].entry_id, lines[0].why) == (again, "前に外れた方、申込の順")
    assert [line.entry_id for line in lines[1:5]] == others[:4]


def test_a_cancelled_event_counts_for_nothing(store, event, applied):
    later = add_lecture(store, date(2026, 10, 29), subject="Instagram講習会")
    selections.save_selection(acting(store), event_id=event, terms=replace(LOT, waitlist_size=0))
    with store.change(action="中止", by="他", now=NOW) as change:
        change.update(Event, event, status=EventStatus.CANCELLED)

    put_entry(store, later, "みほん 一号")
    assert not any(one.missed for one in selections.applicants_of(store.database, the_event(store, later)))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (SelectionTerms(method="抽選", capacity=20), "抽選の種がまだ入力されていません"),
        (SelectionTerms(method="先着順", capacity=0), "定員がまだ入力されていません"),
        (SelectionTerms(method="区の調整", capacity=20), "決定にする方がまだ選ばれていません"),
        (SelectionTerms(method="先着順", capacity=20, organisation_limit=0), "1団体の上限は1人以上"),
    ],
)
def test_terms_that_lack_something_are_asked_for(store, event, applied, terms, words):
    with pytest.raises(UserError, match=words):
        selections.propose_selection(store, event_id=event, terms=terms)


def test_a_choice_by_the_ward_asks_its_reason(store, event, applied):
    terms = SelectionTerms(method="区の調整", capacity=20, picked_entries=frozenset(applied[:3]))
    with pytest.raises(UserError, match="区の調整の理由"):
        selections.save_selection(acting(store), event_id=event, terms=terms)
    selections.save_selection(acting(store), event_id=event, terms=terms, reason="支部の均衡のため")

    assert [one for one, state in states(store, event).items() if state[0] == "決定"] == applied[:3]
    assert len(waiting_of(store, event)) == 5


def test_nobody_to_choose_among_is_said(store, event):
    with pytest.raises(UserError, match="まだ申込がありません"):
        selections.propose_selection(store, event_id=event, terms=LOT)


def test_what_to_look_at_first_is_said(store, event, applied):
    entry_changes.change_entry(acting(store), entry_id=applied[0], fields={"doubtful": "氏名に「?」"})
    view = selections.read_selection(store, event_id=event, today=date(2026, 9, 1))

    assert view.capacity == 20
    assert view.organisations == 7
    assert len(view.applicants) == 23
    said = "".join(view.remarks)
    for words in (
        "受付締切（9/7）の前です。",
        "確認が必要な申込が1件",
        "氏名未定の枠が1人分",
    ):
        assert words in said
    lacking = "申込日時のない申込が1件あります。先着順では最後になります。"
    for terms in (LOT, SelectionTerms(method="先着順", capacity=20)):
        found = selections.propose_selection(store, event_id=event, terms=terms).remarks
        assert (lacking in found) == terms.method.first_come


def test_the_record_says_how_it_was_decided_and_what_was_changed_by_hand(store, event, applied):
    terms = replace(LOT, organisation_limit=3)
    selections.save_selection(acting(store), event_id=event, terms=terms, reason="立会い　見本 次郎", tries=2)
    waiting = waiting_of(store, event)[0][0]
    entry_changes.set_state(acting(store), entry_id=waiting, state=EntryState.CHOSEN, reason="会場に余裕があるため")

    assert selection_documents.RECORD in kinds_for(store, event_id=event)
    content = documents.build_document(store, event_id=event, kind=selection_documents.RECORD, now=NOW)
    told = str(content.blocks)
    for words in (
        "4F2A-91C0-77BE", "見本 次郎", "種を変えた回数", "2回", "3人", "会場に余裕があるため", "HMAC-SHA-256",
        "氏名未定", "1団体1人目、団体の抽選",
    ):  # fmt: skip
        assert words in told
    assert content.personal
    table = next(block for block in content.blocks if isinstance(block, Table) and block.name == "結果")
    assert len(table.rows) == 23
    for form in ("pdf", "xlsx"):
        assert documents.render(content, format=form).data


def test_a_record_names_who_was_taken_out_of_the_roster_as_such(store, event, applied):
    selections.save_selection(acting(store), event_id=event, terms=LOT)
    entry_changes.remove_entries(acting(store), entry_ids=(applied[0],))

    content = documents.build_document(store, event_id=event, kind=selection_documents.RECORD, now=NOW)
    assert "（名簿から外しました）" in str(content.blocks)
    assert selections.check_selection(store, selection_id=roster.selections(store.database, event)[0].id).is_same


def test_seeds_are_all_different():
    seeds = {selections.new_seed() for _turn in range(50)}

    assert len(seeds) == 50
    assert all(len(seed) == 11 for seed in seeds)


def test_who_came_keeps_the_place_when_it_is_chosen_again(store, event):
    for number in range(3):
        put_entry(store, event, f"みほん {number}号", state="決定", attendance="出席" if number == 2 else "")
    first = replace(LOT, method="先着順", seed="", organisations_first=False, capacity=2)
    with pytest.raises(UserError, match="出席と記録されている1人"):
        selections.save_selection(acting(store), event_id=event, terms=first)
    assert {state for state, _ in states(store, event).values()} == {"決定"}
    selections.save_selection(acting(store), event_id=event, terms=replace(first, capacity=3))
