"""A place that somebody was told in writing is not taken by a later draw, and a draw is asked of nobody told 落選."""

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, documents, notification
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks import deadlines
from app.events.letters.services.letter_batches import read_batches
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import entries, entry_changes, selections
from app.history import services as history_services
from db.records.documents import KeptPaper, LetterForm, LetterState, Notification, Outgoing
from db.records.events import Event
from db.records.roster import Entry
from db.rows import rows
from db.tables import roster
from db.tables.documents import letters_of
from tests.support.entries import put_entry, put_organisation
from tests.support.paper_words import said_by
from tests.support.years import BY, add_lecture

DRAWN, SENT, AGAIN = datetime(2026, 9, 9, 10, 20), datetime(2026, 9, 10, 9, 0), datetime(2026, 9, 15, 9, 0)
NUMBER = "8見本協第391号"


def at(store, now):
    return ActionContext(store, by=BY, now=now)


def issue(store, event, kind, number=NUMBER, now=SENT, day=None):
    document_saving.set_letter_state(
        at(store, now),
        scope=DocumentScope(event_id=event),
        kind=kind,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=day or now.date(),
        document_number=number,
        issued_on=day or now.date(),
    )


def tell(store, event, kind, number=NUMBER, now=SENT, key=""):
    """Issue a letter and record that it was told."""
    issue(store, event, kind, number, now)
    notification.notify(
        at(store, now), event_id=event, key=key or kind, told_to="申込団体", told_how="電話", words="通知を読み上げた。"
    )


def states(store, event):
    return {one.id: f"{one.state}{one.waiting_order or ''}" for one in roster.entries(store.database, event)}


def choose(store, event, *, method="先着順", capacity=2, waiting=1, now=DRAWN, picked=(), reason="調整"):
    terms = SelectionTerms(
        method=method, capacity=capacity, seed="4F2A", waitlist_size=waiting, picked_entries=frozenset(picked)
    )
    selections.save_selection(at(store, now), event_id=event, terms=terms, reason=reason)
    return selections.saved_selections(store.database, selections.read_event_or_error(store.database, event))[-1]


def to_tell(store):
    """The open tasks to tell somebody that his place was taken back."""
    every = deadlines.all_tasks(store, today=AGAIN.date())
    return [one for one in every if one.is_open and one.task == "決定の取消しの連絡"]


@pytest.fixture
def told(store):
    """An event of which 決定 1 and 2, 補欠 3 and 落選 4 know by letter; 5 applied afterwards, before the others."""
    event = add_lecture(store)
    club = put_organisation(store, "みほん町会")
    ids = [put_entry(store, event, f"見本　{number}号", organisation_id=club) for number in range(1, 5)]
    choose(store, event)
    assert list(states(store, event).values()) == ["決定", "決定", "補欠1", "落選"]
    tell(store, event, "決定通知")
    tell(store, event, "落選通知", "8見本協第392号")
    late = put_entry(store, event, "見本　5号", organisation_id=club, applied_at=datetime(2026, 8, 1, 9, 0))
    return event, [*ids, late]


def test_a_second_choice_gives_only_the_free_places_to_who_waits_and_who_came_later(store, told):
    event, (first, second, third, fourth, late) = told
    view = selections.read_selection(store, event_id=event, today=date(2026, 9, 15))
    assert [row.entry.id for row in view.applicants] == [late, first, second, third]

    saved = choose(store, event, method="抽選", capacity=3, now=AGAIN)

    why = "決定通知（8見本協第391号、9月10日）で知らせた方"
    kept = [row.line for row in saved.rows[:2]]
    assert [(one.entry_id, one.result, one.why, one.draw) for one in kept] == [
        (first, "決定", why, ""),
        (second, "決定", why, ""),
    ]
    now = states(store, event)
    assert (now[first], now[second], now[fourth]) == ("決定", "決定", "落選")
    assert sorted((now[third], now[late])) == ["決定", "補欠1"]
    assert selections.check_selection(store, selection_id=saved.id).is_same


def test_neither_first_come_nor_by_hand_nor_a_smaller_number_takes_a_place_that_was_told(store, told):
    event, (first, second, third, _fourth, late) = told
    choose(store, event, capacity=1, waiting=2, now=AGAIN)
    assert [states(store, event)[one] for one in (first, second, late)] == ["決定", "決定", "補欠1"]
    saved = choose(store, event, method="区の調整", capacity=3, now=AGAIN, picked=(third,))
    assert [states(store, event)[one] for one in (first, second, third)] == ["決定", "決定", "決定"]
    assert selections.check_selection(store, selection_id=saved.id).is_same

    with pytest.raises(UserError, match=r"決定通知（8見本協第391号、9月10日）.*「決定の取消し」"):
        entry_changes.set_state(at(store, AGAIN), entry_id=second, state="補欠", reason="抽選をやり直した")
    entry_changes.set_state(at(store, AGAIN), entry_id=second, state="辞退")  # its own wish takes nothing


def test_a_letter_issued_without_a_copy_closes_the_places_that_were_decided_and_a_substitute_holds_one(store, told):
    event, (first, second, *_rest) = told
    with store.change(action="写しを残す前の版の形", by=BY, now=SENT) as change:  # issued, and nothing says to whom
        for kind in (KeptPaper, Notification):
            for one in rows(store.database, kind):
                change.delete(kind, one.id)
        for left in rows(store.database, Outgoing):
            change.update(Outgoing, left.id, facts={}, kept_papers=())
    made = entry_changes.replace_person(
        at(store, SENT), entry_id=second, wanted=entry_changes.WantedPerson(name="見本　代理")
    ).id
    choose(store, event, method="区の調整", capacity=2, now=AGAIN, picked=(_rest[0],))
    assert [states(store, event)[one] for one in (first, made)] == ["決定", "決定"]


def test_who_was_told_that_he_waits_and_is_out_now_gets_a_letter_with_its_own_number_after_its_selection(store, told):
    event, (first, second, third, fourth, late) = told
    saved = choose(store, event, capacity=2, now=AGAIN)  # no place is free: 5 waits, and 3, who waited, is 落選
    assert [states(store, event)[one] for one in (third, fourth, late)] == ["落選", "落選", "補欠1"]
    event_row = selections.read_event_or_error(store.database, event)
    batches = read_batches(store, event_row, "落選通知")
    assert [one.id for one in batches.current_entries] == [late, third]
    assert [one.id for one in batches.entries[1]] == [fourth]

    before = r"日付（令和8年9月14日（月））が、参加者を決めた日（令和8年9月15日（火））より前です"
    with pytest.raises(UserError, match=before):
        issue(store, event, "落選通知", "8見本協第400号", now=AGAIN, day=date(2026, 9, 14))
    tell(store, event, "落選通知", "8見本協第400号", now=AGAIN, key="落選通知／2")

    of_event = letters_of(store.database, event_id=event, programme_id=None, organisation_id=None)
    letters = {one.revision: one for one in of_event if one.document_kind == "落選通知"}
    assert (letters[1].document_number, letters[2].document_number) == ("8見本協第392号", "8見本協第400号")
    assert letters[1].selection_id < letters[2].selection_id == saved.id
    assert read_batches(store, event_row, "落選通知").not_yet_addressed == []
    view = selections.read_selection(store, event_id=event, today=AGAIN.date())
    assert {row.entry.id for row in view.applicants} == {first, second, late}  # 3 knows by now that he is out


def test_a_revocation_takes_all_told_places_of_one_organisation_and_a_letter_of_its_own_tells_it_once(store, told):
    event, (first, second, third, _fourth, late) = told
    other = put_entry(store, event, "見本　個人", state="決定")
    before = states(store, event)
    with pytest.raises(UserError, match="決定を取り消す理由が書かれていません"):
        entry_changes.set_state(at(store, AGAIN), entry_id=first, state="決定取消", reason=" ")
    with pytest.raises(UserError, match="決定通知で知らせた枠がありません"):
        entry_changes.set_state(at(store, AGAIN), entry_id=other, state="決定取消", reason="会場が狭くなった")
    roster_word = "見本　1号さんほか1人の決定を取り消しました。電話で伝え、決定取消通知を出してください。"

    done = entry_changes.set_state(at(store, AGAIN), entry_id=second, state="決定取消", reason="会場が狭くなった")

    assert roster_word in done.message
    assert states(store, event) == before | {first: "決定取消", second: "決定取消"}
    history_services.undo(store, by=BY, now=AGAIN)
    assert states(store, event) == before
    entry_changes.set_state(at(store, AGAIN), entry_id=second, state="決定取消", reason="会場が狭くなった")

    view = selections.read_selection(store, event_id=event, today=AGAIN.date())
    assert {row.entry.id for row in view.applicants} == {third, late, other}
    assert [one.link.kind for one in to_tell(store)] == ["決定取消通知"]
    letter = documents.build_document(store, event_id=event, kind="決定取消通知", now=AGAIN)
    words = said_by(letter)
    assert "令和8年9月10日付け8見本協第391号により" in words
    for said in ("会場が狭くなった", "見本　1号", "見本　2号"):
        assert said in words
    assert "見本　個人" not in words
    with pytest.raises(UserError, match="参加者を決めた日（令和8年9月15日（火））より前です"):
        issue(store, event, "決定取消通知", "8見本協第401号", now=AGAIN, day=date(2026, 9, 14))
    tell(store, event, "決定取消通知", "8見本協第401号", now=AGAIN)
    assert not to_tell(store)


def test_two_revocations_for_different_reasons_make_no_letter_without_a_reason_typed_in(store, told):
    event, (first, *_rest) = told
    with store.change(action="準備", by=BY, now=SENT) as change:
        change.update(Entry, first, organisation_id=None)
    for one, why in ((first, "会場が狭くなった"), (_rest[0], "講師の都合")):
        entry_changes.set_state(at(store, AGAIN), entry_id=one, state="決定取消", reason=why)

    with pytest.raises(UserError, match="決定を取り消す理由を書いてください"):
        issue(store, event, "決定取消通知", "8見本協第401号", now=AGAIN)


def test_who_waits_is_asked_first_and_moves_up_on_the_answer(store, told):
    event, (_first, second, third, *_rest) = told
    entry_changes.set_state(at(store, AGAIN), entry_id=second, state="辞退")
    asked = entry_changes.promote_from_waitlist(at(store, AGAIN), event_id=event, answer_by=date(2026, 9, 18))
    assert asked.message == "補欠1の見本　3号さんの返事を待ちます（9/18(金)まで）。"
    (row,) = [one for one in entries.read_entries(store, event_id=event, today=AGAIN.date()).rows if one.id == third]
    assert (row.status_words, row.status_hint) == ("補欠1", "返事待ち 9/18(金)まで")
    batches = read_batches(store, selections.read_event_or_error(store.database, event), "決定通知")
    assert third not in [one.id for one in batches.not_yet_addressed]

    entry_changes.promote_from_waitlist(at(store, AGAIN), event_id=event, entry_id=third)
    batches = read_batches(store, selections.read_event_or_error(store.database, event), "決定通知")
    assert [one.id for one in batches.not_yet_addressed] == [third]
    with pytest.raises(UserError, match="参加者を決めた日（令和8年9月15日（火））より前です"):
        issue(store, event, "決定通知", "8見本協第402号", now=AGAIN, day=date(2026, 9, 14))
    record = said_by(documents.build_document(store, event_id=event, kind="参加者決定の記録", now=AGAIN))
    assert "補欠1の繰上げ" in record
    assert roster.entries(store.database, event)[2].answer_by is None


def test_the_record_of_a_choice_keeps_the_day_and_place_on_which_it_was_made(store, event):
    put_entry(store, event, "見本　1号")
    choose(store, event)
    with store.change(action="移した", by=BY, now=AGAIN) as change:
        change.update(Event, event, event_date=date(2026, 10, 6), start_time="10:00", venue="べつの区民館", room="")

    words = said_by(documents.build_document(store, event_id=event, kind="参加者決定の記録", now=AGAIN))

    assert "令和8年9月24日（木）　午後2時から午後4時まで" in words
    assert "みほん区民館　研修室" in words
    assert "べつの区民館" not in words
    assert "10月6日" not in words


def test_who_was_told_the_revocation_and_comes_after_all_gets_a_decision_of_its_own_once(store, told):
    event, (first, second, *_rest) = told
    entry_changes.set_state(at(store, AGAIN), entry_id=first, state="決定取消", reason="会場が狭くなった")
    tell(store, event, "決定取消通知", "8見本協第401号", now=AGAIN)

    for one in (first, second):
        entry_changes.set_state(at(store, AGAIN), entry_id=one, state="決定", reason="広い会場が取れた")

    assert waiting_for(store, event, "決定通知") == [first, second]
    tell(store, event, "決定通知", "8見本協第402号", now=AGAIN, key="決定通知／2")
    assert waiting_for(store, event, "決定通知") == []
    entry_changes.set_state(at(store, AGAIN), entry_id=first, state="決定取消", reason="中止になった")
    assert waiting_for(store, event, "決定取消通知") == [first, second]


def waiting_for(store, event, kind):
    """Who is in no letter of a kind that left, so that a letter made now is about them."""
    batches = read_batches(store, selections.read_event_or_error(store.database, event), kind)
    return [one.id for one in batches.not_yet_addressed]
