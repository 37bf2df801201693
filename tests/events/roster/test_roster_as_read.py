"""A roster through its course as a clerk reads it, and what every change of a place says or is refused with."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.date_only_moments import date_only_moment
from app.documents.services.document_kind import read_subject
from app.documents.services.document_scope import DocumentScope
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.event.services.event_records import read_event_records
from app.events.roster.rules import SelectionTerms, next_waitlist_number, organisation_key
from app.events.roster.services import earlier_places, entry_changes, entry_names, selection_documents, selections
from app.events.roster.services.entries import read_entries, words_follow_ups
from app.events.roster.services.entry_names import EDITABLE, WantedPerson
from app.events.roster.services.mail_addresses import read_addresses
from app.events.roster.services.roster import read_roster
from app.events.roster.services.selection_documents import DOCUMENTS
from db.records.applications import Application
from db.records.calls import Call, CallOutcome, ChangeDecision
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Arrangement, Entry, GroupWish, Tablet, TabletLoan
from db.rows import by_id, rows
from db.tables import journal
from tests.support.entries import entry_of, put_entry, put_organisation, waiting_of
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.undo_rights import request
from tests.support.view_lines import view_lines
from tests.support.years import BY, add_dispatch, add_lecture, at, tell_people, the_event

DAY = date(2026, 9, 24)
NOW = datetime(2026, 9, 10, 9, 5)
TODAY = NOW.date()


def acting(store, now=NOW):
    return ActionContext(store, by=BY, now=now)


def put(store, *records):
    with store.change(action="用意", by=BY, now=NOW) as change:
        return [change.insert(one) for one in records]


def update(store, entry_id, **values):
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Entry, entry_id, **values)


def said(store, event, today=TODAY):
    found = read_entries(store, event_id=event, today=today)
    waits = f"つぎの補欠：{found.next_waitlisted.spoken_name}" if found.next_waitlisted else ""
    return [
        *view_lines(found, "event", "rows", "selection", "next_waitlisted", "spec_words"),
        *filter(None, [waits]),
        *(
            f"{one.id}｜{one.spoken_name}｜{one.status_words}｜{one.status_hint}｜{one.applied_words}"
            f"{'｜撮影未確認' * one.is_photo_unclear}"
            for one in found.rows
        ),
    ]


def acted(store, act, *, now=NOW, **given):
    try:
        return act(acting(store, now), **given).message
    except UserError as error:
        return f"×{error}"


@pytest.fixture
def people(store, event):
    """Nine places of two 団体 and of nobody's, applied for in ways of every kind."""
    clubs = [put_organisation(store, f"みほん{name}町会", branch=f"第{n}支部") for n, name in enumerate("一二", 1)]
    made = [put_entry(store, event, f"見本 {n}号", organisation_id=clubs[n % 2], number=n + 1) for n in range(5)]
    made.append(put_entry(store, event, organisation_name="みほん未登録会"))
    made.append(put_entry(store, event, "見本 無時", applied_at=None))
    made.append(put_entry(store, event, "見本 日付", applied_at=date_only_moment(date(2026, 9, 2))))
    made.append(put_entry(store, event, "見本 昨年", applied_at=datetime(2025, 12, 28, 16, 0)))
    return made


def test_a_roster_is_read_through_its_course(store, event, people):
    before = said(store, event)
    assert_paper(before, "申込")

    def then(case):
        nonlocal before
        after = said(store, event)
        assert_paper(came(before, after), case)
        before = after

    terms = SelectionTerms(method="先着順", capacity=4, waitlist_size=3)
    selections.save_selection(acting(store), event_id=event, terms=terms)
    then("決めた")
    tell_people(store, event, now=NOW)
    entry_changes.record_absence(acting(store), entry_id=people[8])
    then("欠席の連絡")
    waiting = read_entries(store, event_id=event, today=TODAY).next_waitlisted.id
    entry_changes.promote_from_waitlist(acting(store), event_id=event, answer_by=date(2026, 9, 14))
    entry_changes.replace_person(acting(store), entry_id=people[0], wanted=WantedPerson(name="代 一"))
    update(store, people[1], late=True, comes_again="待ち")
    update(store, people[2], late=True, attendance="出席", doubtful="読めない")
    put_entry(store, event, "当 一", state="決定", walk_in=True)
    then("返事待ち・代理・遅刻")
    entry_changes.promote_from_waitlist(acting(store), event_id=event, entry_id=waiting)
    entry_changes.set_state(acting(store), entry_id=people[7], state="辞退", reason="都合")
    then("繰上げ・辞退")


def test_what_is_stopped_of_somebody_is_said_of_nobody_else_s_place(store, event, people):
    """Seen before: a 利用停止 asked by somebody who is in no register stood at every 氏名未定."""
    given = {
        "kind": "利用停止",
        "decision": "利用停止する",
        "decided_on": TODAY,
        "notice_number": "7",
        "programme_id": 1,
    }
    before = said(store, event)
    put(store, request(person_id=None, **given), request(person_id=entry_of(store, people[0]).person_id, **given))
    assert came(before, said(store, event)) == ["1｜みほん一町会 見本 0号さん｜申込｜利用停止 決定7｜9/1 9:00"]


def test_what_a_choice_may_surprise_with_is_said_at_its_very_edge(store, event, people):
    for n in range(15):
        put_entry(store, event, f"加 {n}号", applied_at=at(date(2026, 9, 3)) + timedelta(minutes=n // 2))
    put_entry(store, event, organisation_id=1, applied_at=at(date(2026, 9, 4)))
    lines = []
    for terms in (
        *(SelectionTerms(method="先着順", capacity=number) for number in (9, 10, 20, 21, 24, 25)),
        SelectionTerms(method="先着順", capacity=12, organisation_limit=1),
        SelectionTerms(method="先着順", capacity=22, organisation_limit=1),
        SelectionTerms(method="先着順", capacity=21, organisation_limit=1),
        *(
            SelectionTerms(method="区の調整", capacity=10, picked_entries=frozenset({*people[:3], *range(10, 10 + n)}))
            for n in (7, 8)
        ),
    ):
        found = selections.propose_selection(store, event_id=event, terms=terms)
        limit = f"、1団体{terms.organisation_limit}人" if terms.organisation_limit else ""
        lines.append(f"{terms.method} {terms.capacity}人{limit}：{'　'.join(found.remarks)}")
    assert_paper(lines, "決める前の注意")
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, event, venue_capacity=23)
    terms = SelectionTerms(method="抽選", seed="1", capacity=23)
    assert_paper(selections.propose_selection(store, event_id=event, terms=terms).remarks, "会場の定員まで")
    terms = replace(terms, capacity=24)
    assert_paper(selections.propose_selection(store, event_id=event, terms=terms).remarks, "会場の定員を超える")


def test_what_becomes_of_a_place_is_said_and_what_is_no_good_is_refused(store, event, people):
    """Each act on the roster as the one before left it, with what it says and what it changed."""
    first, second, third, fourth, fifth, unnamed, *rest = people
    wanted = WantedPerson(name="代 一")
    call = Call(event_id=event, target="団体", entry_id=first, outcome="代理", note="娘が行く", at=NOW, by=BY)
    steps = [
        (entry_changes.set_state, {"entry_id": first, "state": "申込"}),
        (entry_changes.set_state, {"entry_id": first, "state": "決定", "reason": " "}),
        (entry_changes.set_state, {"entry_id": first, "state": "決定取消", "reason": "定員"}),
        (entry_changes.promote_from_waitlist, {"event_id": event}),
        *((entry_changes.set_state, {"entry_id": one, "state": "決定", "reason": "先着"}) for one in (first, second)),
        *((entry_changes.set_state, {"entry_id": one, "state": "補欠", "reason": "先着"}) for one in (third, fourth)),
        (entry_changes.set_state, {"entry_id": fifth, "state": "補欠", "reason": "先着", "waiting_order": 2}),
        (entry_changes.set_state, {"entry_id": rest[0], "state": "落選", "reason": "定員"}),
        (entry_changes.record_absence, {"entry_id": rest[0]}),
        (entry_changes.record_absence, {"entry_id": third, "note": "用事"}),
        (entry_changes.record_absence, {"entry_id": third}),
        (entry_changes.replace_person, {"entry_id": third, "wanted": wanted}),
        (entry_changes.take_back_absence, {"entry_id": third}),
        (entry_changes.replace_person, {"entry_id": rest[0], "wanted": wanted}),
        (entry_changes.replace_person, {"entry_id": first, "wanted": WantedPerson(name=" ")}),
        (entry_changes.replace_person, {"entry_id": first, "wanted": wanted, "called": call}),
        (entry_changes.replace_person, {"entry_id": first, "wanted": WantedPerson(name="代 二")}),
        (entry_changes.remove_entries, {"entry_ids": [first]}),
        (entry_changes.remove_entries, {"entry_ids": []}),
        (entry_changes.promote_from_waitlist, {"event_id": event, "answer_by": date(2026, 9, 14)}),
        (entry_changes.promote_from_waitlist, {"event_id": event, "entry_id": fourth}),
        (entry_changes.promote_from_waitlist, {"event_id": event, "entry_id": fourth}),
        (entry_changes.set_state, {"entry_id": second, "state": "辞退", "reason": " 都合 "}),
        (entry_changes.restore_entry, {"entry_id": fourth}),
        (entry_changes.restore_entry, {"entry_id": second}),
        (entry_changes.change_entry, {"entry_id": second, "fields": {"care": "手話"}}),
        (entry_names.name_entry, {"entry_id": unnamed, "name": "見本 1号", "person_id": 2}),
        (entry_names.name_entry, {"entry_id": unnamed, "name": "１２"}),
        (entry_names.name_entry, {"entry_id": unnamed, "name": "見本 新", "furigana": "みほん しん", "role": "会長"}),
        (entry_changes.remove_entries, {"entry_ids": [fifth]}),
        (entry_changes.remove_entries, {"entry_ids": rest}),
    ]
    lines, before = [], said(store, event)
    for doing, given in steps:
        result = acted(store, doing, **given)
        after = said(store, event)
        noted = "" if result.startswith("×") else f"　履歴：{journal.entries(store.database)[0].action}"
        lines += [f"■{result}{noted}", *came(before, after)]
        before = after
    assert_paper(lines, "変えたこと")


def test_who_arrives_instead_is_checked_in_on_the_day_alone_with_the_tablet_that_was_kept(store, event, people):
    for one in people[:3]:
        update(store, one, state="決定")
    tablets = put(store, *(Tablet(number=f"T-{n}") for n in range(3)))
    out = at(date(2026, 9, 20))
    put(
        store,
        TabletLoan(tablet_id=tablets[0], event_id=event, entry_id=people[0]),
        TabletLoan(tablet_id=tablets[1], event_id=event, entry_id=people[1]),
        TabletLoan(tablet_id=tablets[2], event_id=event, entry_id=people[2], out_at=out),
    )

    def arrives(entry_id, day=DAY, name="代 一"):
        given = {"entry_id": entry_id, "wanted": WantedPerson(name=name), "arriving": True}
        return acted(store, entry_changes.replace_person, now=at(day), **given)

    days = (date(2026, 9, 23), DAY, date(2026, 9, 25))
    found = [arrives(people[0], day) for day in days]
    made = read_entries(store, event_id=event, today=DAY).rows[-1]
    found += [made.status_hint, arrives(made.id, name="代 二"), arrives(people[2], name="代 三")]
    for values in ({"event_date": None}, {"status": EventStatus.CANCELLED}):
        with store.change(action="用意", by=BY, now=NOW) as change:
            change.update(Event, event, **values)
        found.append(arrives(people[1], name="代 四"))
    assert_paper(found, "当日の代理")
    assert [one.out_at for one in rows(store.database, TabletLoan)] == [at(DAY), None, out]


def test_what_belongs_to_a_place_goes_with_it_and_what_belongs_to_another_stays(store, event, people):
    first, second, third, *_rest = people
    other = add_lecture(store, date(2026, 10, 8))
    moved = put_entry(store, other, "見本 移", state="辞退", moved_to=first)
    tablets = put(store, *(Tablet(number=f"T-{n}") for n in range(2)))
    decided = put(store, ChangeDecision(event_id=event, kind="延期", decided_at=NOW, decided_by=BY, reason="台風"))[0]
    told = {"event_id": event, "target": "団体", "outcome": "連絡済", "at": NOW, "by": BY}
    for one, tablet in zip((first, second), tablets, strict=True):
        put(
            store,
            GroupWish(event_id=event, first_entry_id=third, second_entry_id=one),
            Arrangement(event_id=event, entry_id=one, kind="手話通訳"),
            Arrangement(event_id=event, entry_id=one, content=NO_ARRANGEMENT_NEEDED),
            TabletLoan(tablet_id=tablet, event_id=event, entry_id=one),
            Call(entry_id=one, **told),
            Call(entry_id=one, decision_id=decided, **told),
        )
    entry_changes.remove_entries(acting(store), entry_ids=[first])
    assert [one.second_entry_id for one in rows(store.database, GroupWish)] == [second]
    needs = [(one.entry_id, one.kind) for one in rows(store.database, Arrangement)]
    assert needs == [(None, "手話通訳"), (second, "手話通訳"), (second, "その他")]
    assert [one.entry_id for one in rows(store.database, TabletLoan)] == [None, second]
    calls = [(one.entry_id, one.decision_id) for one in rows(store.database, Call)]
    assert calls == [(None, decided), (second, None), (second, decided)]
    assert entry_of(store, moved).moved_to is None


def test_an_address_is_used_to_the_last_day_and_only_for_those_it_was_given_for(store, event, people):
    made = put(store, *(Application(received_at=NOW, way="電子") for _ in range(2)))
    for one, application in zip(people[:3], (made[0], made[0], made[1]), strict=True):
        update(store, one, application_id=application)
    for one in (people[1], people[3]):
        update(store, one, state="辞退")
    update(store, people[4], state="辞退", moved_to=people[3])
    ids = [entry_of(store, one).person_id for one in people]
    usual = {"kind": "メール", "purpose": "申込の連絡"}
    days = (date(2026, 9, 9), TODAY, date(2026, 9, 11))
    put(
        store,
        Contact(application_id=made[0], value="a@example.jp", **usual),
        *(
            Contact(person_id=ids[n], value=f"{name}@example.jp", dispose_on=day, **usual)
            for n, name, day in ((3, "old", days[0]), (4, "today", days[1]), (8, "A", days[2]))
        ),
        Contact(person_id=ids[6], value="なし", **usual),
        Contact(person_id=ids[7], value=" TODAY@example.jp ", **usual),
    )
    found = read_addresses(store, event_id=event, entry_ids=[*people[:5], *people[6:]], today=TODAY)
    assert_paper(view_lines(found), "メールアドレス")


def test_the_documents_of_a_choice_are_offered_from_its_edge(store, event):
    def few(**values):
        records = read_event_records(store, event)
        return selection_documents.has_too_few(store, replace(records, event=replace(records.event, **values)))

    assert not few()
    step = next(one for one in rows(store.database, RecruitmentStep, event_id=event) if one.name == "受付開始")
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(RecruitmentStep, step.id, done_on=TODAY)
    assert (few(), few(status=EventStatus.CANCELLED), few(kind="知らない")) == (True, False, False)
    for number in range(9):
        put_entry(store, event, f"見本 {number}号", state="決定")
    assert few()
    put_entry(store, event, "見本 十")
    assert not few()

    asked = ({}, {"LINE": "×"}, {"LINE": "0"}, {"LINE": "×", "Zoom": "×"}, {"LINE": "×", "Zoom": "1"})
    tools = ((), ("LINE",), ("LINE", "Zoom"))
    unwilling = [
        [selection_documents.is_unwilling(Organisation(name="甲", stages=one), each) for each in tools] for one in asked
    ]
    assert unwilling == [
        [False, False, False], [True, True, False], [False, False, False], [True, True, True], [False, True, False],
    ]  # fmt: skip


def test_a_record_is_of_the_last_whole_choice_and_of_what_was_changed_after_it(store, event):
    people = [put_entry(store, event, f"見本 {number}号") for number in range(4)]

    def record():
        made = selection_documents.build_selection_record(store, the_event(store, event), NOW)
        return [made.header_right, *lines_of(made)]

    with pytest.raises(UserError, match="参加者はまだ決められていません。"):
        record()
    entry_changes.set_state(acting(store), entry_id=people[0], state="決定", reason="はじめに")
    assert_paper(record(), "手で決めただけの記録")
    entry_changes.set_state(acting(store), entry_id=people[1], state="補欠", reason="つぎに")
    assert_paper(record(), "1人ずつ手で決めた記録")
    terms = SelectionTerms(method="先着順", capacity=2, waitlist_size=1)
    for hour in (1, 2):
        selections.save_selection(acting(store, NOW + timedelta(hours=hour)), event_id=event, terms=terms)
    entry_changes.promote_from_waitlist(acting(store, NOW + timedelta(days=1)), event_id=event)
    assert_paper(record(), "2回決めた記録")
    assert selection_documents._selection_state(store, read_event_records(store, event), TODAY) == "区の調整　9/11"


def test_a_place_of_before_is_given_back_unless_it_was_drawn_anew_since(store, event, people):
    terms = SelectionTerms(method="先着順", capacity=5, waitlist_size=3)
    selections.save_selection(acting(store), event_id=event, terms=terms)
    entry_changes.set_state(acting(store), entry_id=people[0], state="辞退", reason="都合")
    place = earlier_places.with_earlier_place(store, entry_of(store, people[0]))
    assert (place.state, place.waiting_order) == ("決定", None)
    later = acting(store, NOW + timedelta(minutes=1))
    selections.save_selection(later, event_id=event, terms=terms)
    with pytest.raises(UserError, match="そのあとに参加者を決め直しています。いまの空きは0人、補欠は3人です。"):
        earlier_places.with_earlier_place(store, entry_of(store, people[0]))


def test_any_field_that_may_be_typed_is_typed_with_the_name_too(store, event, people):
    fields = {name: getattr(entry_of(store, people[1]), name) for name in EDITABLE}
    entry_names.name_entry(acting(store), entry_id=people[5], name="見本 新", fields=fields)
    assert {name: getattr(entry_of(store, people[5]), name) for name in EDITABLE} == fields
    for act in (entry_names.name_entry, entry_changes.change_entry):
        with pytest.raises(KeyError, match="'number, state'"):
            act(acting(store), entry_id=people[5], fields={"state": "決定", "care": "", "number": 1})


def test_who_waits_without_a_number_is_behind_those_who_have_one():
    waiting = [Entry(id=n, event_id=1, state="補欠", waiting_order=order) for n, order in ((1, None), (2, 1))]
    assert [next_waitlist_number(waiting[:n]) for n in (1, 2)] == [1, 2]
    sides = [Entry(event_id=1, organisation_id=3), Entry(event_id=1, organisation_name="みほん　会"), Entry(event_id=1)]
    assert [organisation_key(one) for one in sides] == ["団体3", organisation_key(sides[1]), ""]


def test_a_place_in_the_line_is_made_behind_those_before_it_and_each_number_is_there_once(store, event):
    made = [put_entry(store, event, f"待 {n}", state="補欠", waiting_order=n) for n in (1, 2, None)]
    new = put_entry(store, event, "待 新")
    entry_changes.set_state(acting(store), entry_id=new, state="補欠", reason="先に申し込んだ", waiting_order=2)
    assert waiting_of(store, event) == [(made[0], 1), (new, 2), (made[1], 3), (made[2], 4)]


def test_the_check_in_list_goes_by_number_and_ends_with_those_without_one(store, event):
    made = [put_entry(store, event, f"見本 {n}", state="決定", number=n) for n in (None, 3, 1)]
    assert [row.id for row in read_roster(store, event_id=event).check_in_rows] == [made[2], made[1], made[0]]


def test_words_nobody_read_are_asked_for_until_the_day_is_over(store, event):
    put_entry(store, event, "見本", words="よろしく")
    put_entry(store, add_lecture(store, None, subject="日程なし"), "見本", words="よろしく")
    days = (date(2026, 9, 23), DAY, date(2026, 9, 25))
    found = [[one.label for one in words_follow_ups(store.database, day)] for day in days]
    assert found == [["本人のことば　未読 1人"], ["本人のことば　未読 1人"], []]
    assert words_follow_ups(store.database, DAY, event_id=event + 1) == []


def test_who_is_offered_and_what_becomes_known_of_a_person(store, event, people):
    club = entry_of(store, people[0]).organisation_id
    put(
        store,
        *(
            Person(organisation_id=club, name=name, furigana=kana)
            for name, kana in (("見本 余一", ""), ("余二", "みほん よに"), ("余三", "よさん"))
        ),
    )

    def offered(**given):
        found = entry_names.find_known_people(store, organisation_id=club, **given)
        return [one.person.name for one in found]

    assert offered(text="みほん") == ["余二"]
    assert offered(text="見本") == ["見本 0号", "見本 2号", "見本 4号", "見本 余一"]
    assert offered(text="", instead_of=people[0]) == ["見本 余一", "余二", "余三"]
    assert offered(text="", limit=2) == ["見本 0号", "見本 2号"]
    update(store, people[5], organisation_id=club, role="会長")
    for furigana, role in (("みほん よいち", ""), ("べつの よみ", "会計")):
        given = {"name": "見本 余一", "furigana": furigana, "role": role}
        entry_names.name_entry(acting(store), entry_id=people[5], **given)
        named = entry_of(store, people[5])
        assert (by_id(store.database, Person, named.person_id).furigana, named.role) == (
            "みほん よいち",
            role or "会長",
        )


def test_the_list_to_ask_and_the_record_fit_events_that_are_applied_for(store, event):
    held = add_lecture(store, date(2026, 9, 3))
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, held, status=EventStatus.HELD)
    subjects = [read_subject(store, DocumentScope(event_id=one)) for one in (event, held, add_dispatch(store))]
    fits = {one.kind: [one.is_applicable(each) for each in subjects] for one in DOCUMENTS}
    assert fits == {"参加者決定の記録": [True, True, False], "追加募集の対象団体": [True, False, False]}


def test_who_was_asked_again_comes_or_does_not_as_was_said_on_the_telephone(store, event, people):
    found = {}
    for outcome in CallOutcome:
        with store.change(action="電話", by=BY, now=NOW) as change:
            change.update(Entry, people[0], state="決定", comes_again="待ち")
            change.update(Entry, people[1], state="決定")
            entry_changes.note_answer(store.database, change, people[:2], outcome)
        found[str(outcome)] = [(one.state, one.comes_again) for one in map(partial(entry_of, store), people[:2])]
    waits, other = ("決定", "待ち"), ("決定", "")
    assert found == {one: [waits, other] for one in found} | {
        "連絡済": [("決定", "来る"), other],
        "欠席": [("辞退", ""), ("辞退", "")],
    }
