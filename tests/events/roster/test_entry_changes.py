"""One place of the roster: absence, substitute, moving up, a state by hand, correction, removal, on a real store."""

from datetime import date, datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.event.services.event_records import read_core_records, read_event_or_error
from app.events.arrangements.services import read_arrangements
from app.events.calls.services.calls import decide_change
from app.events.letters.documents.letter_layout import people_lines
from app.events.letters.services.letter_addressees import addressees, entries_of_letter
from app.events.roster.services import entry_changes, entry_moves
from app.events.roster.services.entries import read_entries
from app.events.roster.services.entry_names import WantedPerson, find_person
from db.journal import to_entry
from db.records.calls import DecisionKind
from db.records.events import RecruitmentStep
from db.records.organisations import Person
from db.records.roster import (
    Arrangement,
    Device,
    Entry,
    EntryState,
    PhotoConsent,
    Selection,
    Tablet,
    TabletLoan,
)
from db.rows import by_id, rows
from db.tables import journal, organisations, roster
from tests.support.cancelling import cancel_event
from tests.support.entries import entry_of, put_entry, put_organisation, waiting_of
from tests.support.years import add_dispatch, add_lecture

BY = "見本 太郎"
NOW = datetime(2026, 9, 15, 9, 12)
WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)


@pytest.fixture
def club(store):
    return put_organisation(store, "みほん髙﨑𠮷町会", branch="第1支部")


def chosen(store, event, club, count=20):
    return [
        put_entry(store, event, f"みほん {n}号", organisation_id=club, state=EntryState.CHOSEN, number=n + 1)
        for n in range(count)
    ]


def test_an_absence_is_kept_with_its_time_and_says_who_is_next(store, event, club):
    people = chosen(store, event, club)
    put_entry(store, event, "みほん 待一", state=EntryState.WAITING, waiting_order=1)
    put_entry(store, event, "みほん 待二", state=EntryState.WAITING, waiting_order=2)

    saved = entry_changes.record_absence(acting(store), entry_id=people[3], note="通院のため")

    entry = entry_of(store, people[3])
    assert (entry.state, entry.absent_told_at, entry.absent_note) == ("決定", NOW, "通院のため")
    assert saved.message == "みほん 3号さん（4番）の欠席連絡（9:12）を記録しました。"


def test_who_came_tells_no_absence_any_more(store, event, club):
    came = put_entry(
        store, event, "みほん 来た", organisation_id=club, state=EntryState.CHOSEN, number=1, attendance="出席"
    )

    with pytest.raises(UserError, match="出席と記録されています"):
        entry_changes.record_absence(acting(store), entry_id=came)

    assert entry_of(store, came).absent_told_at is None


@pytest.mark.parametrize("state", ["補欠", "落選", "辞退"])
def test_who_came_had_a_place(store, event, club, state):
    came = put_entry(
        store, event, "みほん 来た", organisation_id=club, state=EntryState.CHOSEN, number=1, attendance="出席"
    )

    with pytest.raises(UserError, match="出席と記録されています"):
        entry_changes.set_state(acting(store), entry_id=came, state=state, reason="取消し")

    assert entry_of(store, came).state == "決定"


def test_the_next_in_line_moves_up_and_the_others_close_up(store, event, club):
    people = chosen(store, event, club)
    waiting = [put_entry(store, event, f"待 {n}", state=EntryState.WAITING, waiting_order=n) for n in (1, 2, 3)]
    entry_changes.record_absence(acting(store), entry_id=people[0])

    saved = entry_changes.promote_from_waitlist(acting(store), event_id=event)

    assert saved.id == waiting[0]
    assert entry_of(store, waiting[0]).state == "決定"
    assert waiting_of(store, event) == [(waiting[1], 1), (waiting[2], 2)]


def test_someone_who_waits_and_tells_an_absence_leaves_the_line(store, event):
    waiting = [put_entry(store, event, f"待 {n}", state=EntryState.WAITING, waiting_order=n) for n in (1, 2, 3)]
    entry_changes.record_absence(acting(store), entry_id=waiting[0])

    assert [entry_of(store, one).waiting_order for one in waiting] == [None, 1, 2]


def test_moving_up_beyond_the_capacity_is_allowed_and_said(store, event, club):
    chosen(store, event, club)
    put_entry(store, event, "待 一", state=EntryState.WAITING, waiting_order=1)

    assert "定員を1人超えています。" in entry_changes.promote_from_waitlist(acting(store), event_id=event).message
    with pytest.raises(UserError):
        entry_changes.promote_from_waitlist(acting(store), event_id=event)


def test_a_substitute_takes_number_group_and_tablet_but_not_what_belongs_to_the_person(store, event, club):
    first = put_entry(
        store,
        event,
        "髙橋 花子",
        organisation_id=club,
        state=EntryState.CHOSEN,
        number=7,
        group_number=2,
        seat="A-3",
        device=Device.LENT,
        care="手話",
        photo=PhotoConsent.REFUSED,
        role="会計",
    )
    with store.change(action="準備", by="他", now=NOW) as change:
        tablet = change.insert(Tablet(number="T-01"))
        loan = change.insert(TabletLoan(tablet_id=tablet, event_id=event, entry_id=first))

    saved = entry_changes.replace_person(
        acting(store), entry_id=first, wanted=WantedPerson(name="渡邉 一郎", furigana="わたなべ いちろう")
    )

    new, old = entry_of(store, saved.id), entry_of(store, first)
    assert (new.number, new.group_number, new.seat, new.device, new.state) == (7, 2, "A-3", "貸与", "決定")
    assert (new.care, new.photo, new.role, new.substitute_for) == ("", "", "", first)
    assert (old.number, old.absent_told_at, old.care) == (None, NOW, "手話")
    assert by_id(store.database, Person, new.person_id).name == "渡邉 一郎"
    assert next(one for one in roster.loans(store.database, event) if one.id == loan).entry_id == saved.id
    assert "代理の方に要るかを確かめてください。" in saved.message
    with pytest.raises(UserError, match="代理の方が名簿に入っています"):
        entry_changes.take_back_absence(acting(store), entry_id=first)
    with pytest.raises(UserError):
        entry_changes.remove_entries(acting(store), entry_ids=(first,))


def test_a_substitute_known_to_the_organisation_is_recognised_in_another_spelling_and_not_entered_twice(
    store, event, club
):
    first = put_entry(store, event, "髙橋 花子", organisation_id=club, state=EntryState.CHOSEN)
    other = put_entry(store, event, "渡邉 一郎", organisation_id=club, state=EntryState.CHOSEN)
    entry_changes.remove_entries(acting(store), entry_ids=(other,))
    count = len(organisations.all_people(store.database))

    saved = entry_changes.replace_person(acting(store), entry_id=first, wanted=WantedPerson(name="渡辺　一郎"))

    assert len(organisations.all_people(store.database)) == count
    assert by_id(store.database, Person, entry_of(store, saved.id).person_id).name == "渡邉 一郎"
    with pytest.raises(UserError, match="もうこの実施回の名簿にいます"):
        entry_changes.replace_person(acting(store), entry_id=saved.id, wanted=WantedPerson(name="渡邉 一郎"))


def test_a_state_by_hand_asks_a_reason_and_keeps_it_as_a_decision_of_the_ward(store, event, club):
    entry = put_entry(store, event, "髙橋 花子", organisation_id=club)
    with pytest.raises(UserError, match="理由がまだ入力されていません"):
        entry_changes.set_state(acting(store), entry_id=entry, state=EntryState.CHOSEN)

    entry_changes.set_state(acting(store), entry_id=entry, state=EntryState.WAITING, reason="追加の申込のため")
    assert waiting_of(store, event) == [(entry, 1)]
    entry_changes.set_state(acting(store), entry_id=entry, state=EntryState.CHOSEN, reason="会場に余裕があるため")

    kept = roster.selections(store.database, event)
    assert [(one.method, one.reason, one.lines[0].result) for one in kept] == [
        ("区の調整", "追加の申込のため", "補欠1"),
        ("区の調整", "会場に余裕があるため", "決定"),
    ]
    assert entry_of(store, entry).waiting_order is None


def test_the_step_of_the_decision_is_done_once_the_last_applicant_has_a_state_by_hand(store, event, club):
    first, last = (put_entry(store, event, name, organisation_id=club) for name in ("見本 一子", "見本 二子"))

    def decided_on():
        (step,) = rows(store.database, RecruitmentStep, event_id=event, name="決定")
        return step.done_on

    entry_changes.set_state(acting(store), entry_id=first, state=EntryState.CHOSEN, reason="先に届いたため")
    assert decided_on() is None, "somebody still waits for an answer"
    entry_changes.set_state(acting(store), entry_id=last, state=EntryState.NOT_CHOSEN, reason="定員のため")
    assert decided_on() == NOW.date()


def test_of_two_people_whose_names_differ_in_writing_alone_the_one_typed_takes_the_place(store, event, club):
    place = put_entry(store, event, "見本 花子", organisation_id=club, state=EntryState.CHOSEN)
    with store.change(action="名簿", **WHO) as change:
        ids = {name: change.insert(Person(organisation_id=club, name=name)) for name in ("渡邉 一郎", "渡辺 一郎")}

    saved = entry_changes.replace_person(
        acting(store), entry_id=place, wanted=WantedPerson(name="渡辺 一郎", organisation_id=club)
    )

    assert entry_of(store, saved.id).person_id == ids["渡辺 一郎"]


@pytest.mark.parametrize("state", ["決定", "補欠"])
def test_who_gets_a_place_or_waits_after_an_absence_is_not_absent_any_more(store, event, club, state):
    """The list still said 欠席連絡, and two 補欠 got one number."""
    people = chosen(store, event, club)
    waiting = put_entry(store, event, "待 一", state=EntryState.WAITING, waiting_order=1)
    entry_changes.record_absence(acting(store), entry_id=people[0], note="用事")
    entry_changes.set_state(acting(store), entry_id=people[0], state=EntryState.NOT_CHOSEN, reason="欠席のため")
    assert entry_of(store, people[0]).absent_told_at is not None

    said = entry_changes.set_state(acting(store), entry_id=people[0], state=state, reason="来られる")

    entry = entry_of(store, people[0])
    assert (entry.state, entry.absent_told_at, entry.absent_note) == (state, None, "")
    assert "欠席連絡は取り消しました。" in said.message
    entry_changes.set_state(acting(store), entry_id=people[1], state=EntryState.WAITING, reason="追加のため")
    numbers = [number for _entry, number in waiting_of(store, event)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert waiting_of(store, event)[0] == (waiting, 1)


def test_the_place_that_a_substitute_has_is_not_given_back_by_a_state(store, event, club):
    first = chosen(store, event, club)[0]
    entry_changes.replace_person(acting(store), entry_id=first, wanted=WantedPerson(name="代理　一郎"))
    with pytest.raises(UserError, match="代理の方が名簿に入っています"):
        entry_changes.set_state(acting(store), entry_id=first, state=EntryState.WAITING, reason="来られる")


def test_a_withdrawal_frees_the_place_and_can_be_taken_back(store, event, club):
    people = chosen(store, event, club)
    put_entry(store, event, "待 一", state=EntryState.WAITING, waiting_order=1)

    entry_changes.set_state(acting(store), entry_id=people[0], state=EntryState.WITHDRAWN, reason="都合がつかない")
    assert entry_of(store, people[0]).absent_note == "都合がつかない"
    entry_changes.restore_entry(acting(store), entry_id=people[0])
    assert entry_of(store, people[0]).state == "決定"


def test_an_absence_of_before_a_withdrawal_stands_and_is_said(store, event, club):
    (one,) = chosen(store, event, club, count=1)
    entry_changes.record_absence(acting(store), entry_id=one)
    entry_changes.set_state(acting(store), entry_id=one, state=EntryState.WITHDRAWN)

    said = entry_changes.restore_entry(acting(store), entry_id=one).message

    assert said.endswith("に戻しました。欠席連絡は、残っています。")
    assert entry_of(store, one).absent_told_at == NOW


def test_what_is_arranged_for_who_does_not_come_is_said(store, event, club):
    first, second = chosen(store, event, club, count=2)
    with store.change(action="手配を加えた", **WHO) as change:
        for one in (first, second):
            change.insert(Arrangement(event_id=event, entry_id=one, kind="手話通訳"))
    said = (
        entry_changes.record_absence(acting(store), entry_id=first).message,
        entry_changes.set_state(acting(store), entry_id=second, state=EntryState.WITHDRAWN).message,
    )
    assert all("手配（手話通訳）は残っています。" in one for one in said)


def test_only_what_may_be_edited_is_edited(store, event):
    entry = put_entry(store, event, "髙橋 花子", doubtful="端末の希望が読めない")
    entry_changes.change_entry(
        acting(store),
        entry_id=entry,
        fields={"device": Device.OWN, "care": "前の席", "photo": PhotoConsent.REFUSED, "doubtful": ""},
    )

    found = entry_of(store, entry)
    assert (found.device, found.care, found.photo, found.doubtful) == ("持参", "前の席", "不可", "")
    with pytest.raises(KeyError):
        entry_changes.change_entry(acting(store), entry_id=entry, fields={"state": EntryState.CHOSEN})


def test_the_history_names_nobody(store, event, club):
    people = chosen(store, event, club, 2)
    entry_changes.record_absence(acting(store), entry_id=people[0])
    entry_changes.replace_person(acting(store), entry_id=people[1], wanted=WantedPerson(name="渡邉 一郎"))

    rows = [to_entry(row) for row in store.database.query("SELECT * FROM journal ORDER BY seq DESC LIMIT 2")]
    assert [row.action for row in rows] == [
        "第1回 LINE講習会：2番の代理の方を入れた",
        "第1回 LINE講習会：1番の欠席連絡を受けた",
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda store, entry: entry_changes.take_back_absence(acting(store), entry_id=entry),
        lambda store, entry: entry_changes.restore_entry(acting(store), entry_id=entry),
        lambda store, entry: entry_changes.set_state(acting(store), entry_id=entry, state=EntryState.APPLIED),
        lambda store, entry: entry_changes.record_absence(acting(store), entry_id=entry + 99),
        lambda store, entry: entry_changes.replace_person(acting(store), entry_id=entry, wanted=WantedPerson(name="")),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_everything_as_it_was(store, event, act):
    entry = put_entry(store, event, "髙橋 花子")
    before = entry_of(store, entry)
    with pytest.raises(UserError):
        act(store, entry)
    assert entry_of(store, entry) == before


@pytest.fixture
def other(store):
    return add_lecture(store, date(2026, 10, 8), subject="防災アプリ")


def test_a_place_is_moved_to_another_event_in_one_act(store, event, other, club):
    """Seen before: only 辞退 and a new application, and a letter 「お手続きは、これで終わりです」."""
    people = chosen(store, event, club, count=3)
    put_entry(store, event, "待 一", state=EntryState.WAITING, waiting_order=1)
    put_entry(store, other, "みほん 先客", organisation_id=club, state=EntryState.CHOSEN)
    with store.change(action="準備", by="他", now=NOW) as change:
        change.update(Entry, people[0], device="貸与", care="手話", admission=7)
        change.insert(Arrangement(event_id=event, entry_id=people[0], kind="手話通訳"))
    where = entry_moves.events_to_move_to(store, event_id=event, today=NOW.date())

    saved = entry_moves.move_to_event(acting(store), entry_id=people[0], event_id=other)

    left, came = entry_of(store, people[0]), entry_of(store, saved.id)
    assert [one.id for one in where] == [other]
    assert (left.state, left.moved_to, left.number) == ("辞退", came.id, 1)
    assert (came.event_id, came.person_id, came.state) == (other, left.person_id, "決定")
    assert (came.device, came.care, came.number, came.admission) == ("貸与", "手話", None, None)
    assert "手配（手話通訳）は移していません" in saved.message
    there = read_entries(store, event_id=other, today=NOW.date())
    assert there.row(came.id).status_hint == "第1回 LINE講習会から"
    assert read_entries(store, event_id=event, today=NOW.date()).row(left.id).status_hint == "第2回 防災アプリへ"
    assert rows(store.database, Selection, event_id=other)[-1].reason == "第1回 LINE講習会から移った"

    withdrawn = entries_of_letter("辞退受理通知", read_core_records(store, read_event_or_error(store.database, event)))
    (letter,) = addressees(
        store,
        event=read_event_or_error(store.database, other),
        kind="決定通知",
        unit="団体ごと",
        today=NOW.date(),
        only=[came.id],
    )
    assert withdrawn == []
    assert people_lines(letter.people) == (("みほん 0号　様", "端末　貸与　第1回から変更"),)
    assert len(journal.entries(store.database, event_id=event)[0].changes) >= 3


def test_a_place_that_is_moved_back_is_taken_up_again_and_one_that_goes_is_forgotten(store, event, other, club):
    (one,) = chosen(store, event, club, count=1)
    made = entry_moves.move_to_event(acting(store), entry_id=one, event_id=other).id
    with pytest.raises(UserError, match="ほかの回へ移っています"):
        entry_changes.restore_entry(acting(store), entry_id=one)
    with pytest.raises(UserError, match="辞退になっています"):
        entry_moves.move_to_event(acting(store), entry_id=one, event_id=other)

    back = entry_moves.move_to_event(acting(store), entry_id=made, event_id=event)

    assert back.id == one
    assert (entry_of(store, one).state, entry_of(store, one).moved_to) == ("決定", None)
    assert (entry_of(store, made).state, entry_of(store, made).moved_to) == ("辞退", one)
    entry_changes.remove_entries(acting(store), entry_ids=[one])
    assert entry_of(store, made).moved_to is None


def test_another_need_of_who_is_moved_back_is_open_again_and_one_that_needs_nothing_is_no_arrangement(
    store, event, other, club
):
    (one,) = chosen(store, event, club, count=1)
    with store.change(action="手配不要にした", by="他", now=NOW) as change:
        change.update(Entry, one, care="前の席")
        change.insert(Arrangement(event_id=event, entry_id=one, content=NO_ARRANGEMENT_NEEDED))
    gone = entry_moves.move_to_event(acting(store), entry_id=one, event_id=other)
    assert "手配" not in gone.message
    entry_changes.change_entry(acting(store), entry_id=gone.id, fields={"care": "手話通訳"})
    entry_moves.move_to_event(acting(store), entry_id=gone.id, event_id=event)
    assert (entry_of(store, one).care, rows(store.database, Arrangement)) == ("手話通訳", [])


def test_who_was_decided_for_a_cancelled_event_moves_and_stays_in_its_record(store, event, other, club):
    (one,) = chosen(store, event, club, count=1)
    cancel_event(store, event_id=event, reason="会場が使えなくなったため", by=BY, now=NOW)

    entry_moves.move_to_event(acting(store), entry_id=one, event_id=other)

    assert entry_of(store, one).state == "決定"
    assert entry_of(store, one).moved_to is not None


@pytest.mark.parametrize(
    ("values", "why"), [({"attendance": "出席"}, "出席と記録"), ({"state": EntryState.WITHDRAWN}, "辞退になっています")]
)
def test_a_place_that_is_used_or_given_up_is_not_moved(store, event, other, club, values, why):
    (one,) = chosen(store, event, club, count=1)
    with store.change(action="準備", by="他", now=NOW) as change:
        change.update(Entry, one, **values)

    with pytest.raises(UserError, match=why):
        entry_moves.move_to_event(acting(store), entry_id=one, event_id=other)

    assert roster.entries(store.database, other) == []


def test_who_was_chosen_for_a_postponed_event_moves_when_its_old_day_has_passed(store, event, other, club):
    (one,) = chosen(store, event, club, count=1)
    decide_change(
        acting(store), event_id=event, kind=DecisionKind.POSTPONEMENT, decided_at=NOW, decided_by="課長", reason="台風"
    )
    later = ActionContext(store, BY, datetime(2026, 9, 26, 9))
    assert entry_moves.events_to_move_to(store, event_id=other, today=later.today)[0].id == event
    entry_moves.move_to_event(later, entry_id=one, event_id=other)
    assert entry_of(store, one).moved_to is not None


def test_that_somebody_needs_nothing_goes_with_the_place_and_is_never_said_of_the_event(store, event, club):
    (one,) = chosen(store, event, club, count=1)
    with store.change(action="手配", by="他", now=NOW) as change:
        change.insert(Arrangement(event_id=event, kind="手話通訳", content="1名"))
        change.insert(Arrangement(event_id=event, entry_id=one, content=NO_ARRANGEMENT_NEEDED))
        change.insert(Arrangement(event_id=event, content=NO_ARRANGEMENT_NEEDED, note="前の版が残した印"))
    entry_changes.remove_entries(acting(store), entry_ids=[one])
    (row,) = read_arrangements(store, event_id=event).rows
    assert ([need.kind for need in row.arrangements], row.is_nothing_needed) == (["手話通訳"], False)
    assert len(rows(store.database, Arrangement)) == 2


def test_nobody_is_moved_where_he_is_already_to_a_past_day_or_to_another_kind(store, event, other, club):
    (one,) = chosen(store, event, club, count=1)
    with store.change(action="準備", by="他", now=NOW) as change:
        change.insert(Entry(event_id=other, person_id=entry_of(store, one).person_id, state="決定"))
    gone = add_lecture(store, date(2026, 9, 1), subject="終わった回")

    for event_id, why in ((other, "もう第2回"), (gone, "もう終わっています"), (add_dispatch(store), "同じ種類")):
        with pytest.raises(UserError, match=why):
            entry_moves.move_to_event(acting(store), entry_id=one, event_id=event_id)


@pytest.mark.parametrize("state", ["決定", "落選", "辞退"])
def test_the_line_of_those_who_wait_closes_when_one_of_them_gets_another_state(store, event, club, state):
    first, second, third = (
        put_entry(
            store, event, f"みほん 待{order}", organisation_id=club, state=EntryState.WAITING, waiting_order=order
        )
        for order in (1, 2, 3)
    )
    entry_changes.set_state(acting(store), entry_id=second, state=state, reason="本人の申出")
    found = {one: entry_of(store, one).waiting_order for one in (first, second, third)}
    assert found == {first: 1, second: None, third: 2}


def test_the_line_of_those_who_wait_stays_when_somebody_else_gets_another_state(store, event, club):
    place = put_entry(store, event, "みほん 一", organisation_id=club, state=EntryState.CHOSEN)
    waiting = [
        put_entry(
            store, event, f"みほん 待{order}", organisation_id=club, state=EntryState.WAITING, waiting_order=order
        )
        for order in (2, 5)
    ]
    entry_changes.set_state(acting(store), entry_id=place, state=EntryState.NOT_CHOSEN, reason="本人の申出")
    assert [entry_of(store, one).waiting_order for one in waiting] == [2, 5]


@pytest.mark.parametrize(
    ("was", "state", "note"),
    [
        ("辞退", "申込", ""), ("辞退", "決定", ""), ("決定", "申込", "通院のため"), ("決定", "落選", "通院のため"),
        ("決定", "補欠", "通院のため"), ("決定", "辞退", "本人の申出"),
    ],
)  # fmt: skip
def test_why_somebody_stays_away_is_kept_until_they_come_again(store, event, club, was, state, note):
    place = put_entry(store, event, "みほん 一", organisation_id=club, state=was, absent_note="通院のため")
    entry_changes.set_state(acting(store), entry_id=place, state=state, reason="本人の申出")
    assert entry_of(store, place).absent_note == note


def test_somebody_without_an_organisation_is_nobody_who_is_registered(store, club):
    with store.change(action="登録", **WHO) as change:
        alone = change.insert(Person(name="見本　一子"))
        member = change.insert(Person(name="見本　一子", organisation_id=club))

    def found(**given):
        person = find_person(store, wanted=WantedPerson(**{"name": "見本　一子", "organisation_id": club, **given}))
        return person.id if person is not None else None

    assert found() == member
    assert found(name="見本一子") == member
    assert found(organisation_id=None) is None
    assert found(name="　") is None
    assert found(organisation_id=None, person_id=alone) == alone
    with store.change(action="登録", **WHO) as change:
        change.insert(Person(name="見本一子", organisation_id=club))
    assert found() == member, "of two spellings the one that is written so"
    assert found(name="見 本 一 子") is None
