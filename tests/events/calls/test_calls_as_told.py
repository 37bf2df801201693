"""The calls about a change and before an event as they are read: list, texts, next steps and paper, act by act."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from app.documents.services.documents import build_document
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, WITHIN_TOLERANCE
from app.event.services.event_cancellation import revoke_change
from app.events.calls.services import call_view, calls, confirmations, presenters
from app.events.calls.services.call_sheet import call_follow_ups
from app.events.letters.rules.change_letters import ChangeForParticipants
from app.events.roster.services.entry_names import WantedPerson
from db.records.agreements import Agreement
from db.records.calls import CallOutcome, CallTarget, ChangeDecision, DecisionKind
from db.records.documents import Letter, Notification
from db.records.events import AgendaItem, Event
from db.records.organisations import Contact, Organisation, Person
from db.records.presentations import Presentation
from db.records.programme import ClosedDay
from db.records.roster import Arrangement, Entry
from db.records.venues import Booking, Venue
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.told_story import Story
from tests.support.view_lines import view_lines
from tests.support.years import BY, add_dispatch, add_lecture, sign_contract

NOW = datetime(2026, 9, 23, 8, 12)
DAY = date(2026, 9, 24)
PEOPLE = (
    ("みほんつつじ町会", ("渡邉 見本子", "森 見本子")),
    ("みほん若葉野町会", ("髙橋 見本子",)),
    ("", ("見本 単独",)),
)


def called(store, event_id):
    """Give the event three people of two 団体, one without any, and one who is called no more."""
    with store.change(action="名簿", by=BY, now=NOW, subject="entries", event_id=event_id) as change:
        for number, (name, people) in enumerate(PEOPLE, 1):
            group = change.insert(Organisation(name=name)) if name else None
            if group:
                change.insert(Contact(organisation_id=group, value=f"03-0000-001{number}", purpose="中止・変更の連絡"))
            for person in people:
                person_id = change.insert(Person(organisation_id=group, name=person))
                change.insert(Entry(event_id=event_id, person_id=person_id, organisation_id=group, state="決定"))
        for at, (value, ended) in enumerate((("090-0000-0001", None), ("09000000001", None), ("080-0000-0002", DAY))):
            change.insert(Contact(person_id=1, value=value, ended_on=ended, note="" if at else "自宅"))
        change.insert(Contact(person_id=4, value="070-0000-0003", purpose="中止・変更の連絡"))
        change.insert(Entry(event_id=event_id, person_id=change.insert(Person(name="見本 落選")), state="落選"))
        change.insert(Venue(name="みほん区民館", phone="03-0000-0102"))
        for kind, whom in (("手話通訳", "甲"), ("手話通訳", "甲"), ("要約筆記", "乙"), ("席", "丙")):
            change.insert(Arrangement(event_id=event_id, kind=kind, ordered_to=whom, phone="03-0000-0103"))
    return event_id


class Desk(Story):
    """An event whose people are called."""

    def __init__(self, store, event_id):
        super().__init__(store, by=BY, at=NOW, event_id=event_id)
        self.event_id = event_id

    def view(self):
        return call_view.read_calls(self.store, event_id=self.event_id, caller="見本", today=self.at.date())

    def note(self, number, outcome, **more):
        self.do(calls.note_call, key=self.view().sheet.lines[number].key, outcome=outcome, **more)

    def shown(self):
        view = self.view()
        lines = view_lines(replace(view, event=None, others=(), texts=(), sheet=None, reasons=view.reasons[:2]))
        return [*lines, *sheet_lines(view.sheet), *follow_ups(self.store, self.at)]


def sheet_lines(sheet):
    answers = "・".join(f"{key}{count}" for key, count in sheet.answers.items())
    states = {one: sheet.count(one) for one in ("連絡済", "不在・再架電", "未連絡")}
    counts = [f"{state}{one.people}人{one.lines}件{one.groups}" for state, one in states.items()]
    lines = [f"{'　'.join(counts)}　計{sheet.people}　答{answers}　つぎ{sheet.again_at or ''}"]
    for one in sheet.lines:
        phones = "・".join(f"{each.number}{each.whose}" for each in one.phones)
        people = "・".join(f"{each.name}{each.state}" for each in one.people)
        lines.append(f"{one.key}{one.name}｜{phones}｜{people}｜{one.state}｜{one.settled_words}｜{one.again_at or ''}")
    return lines


def paper(store, event_id, kind, at):
    return [f"紙｜{one}" for one in lines_of(build_document(store, event_id=event_id, kind=kind, now=at))]


def follow_ups(store, at):
    return [
        f"ホーム｜{one.task}｜{one.label}｜{one.detail}｜{one.due}｜{one.basis}｜{one.rule}｜{one.link.action}"
        for one in call_follow_ups(store.database, at.date())
    ]


def decided(desk, kind, at=NOW, **more):
    given = {"decided_at": at, "decided_by": " 協働推進課長 ", "reason": " 大雨のため "} | more
    desk.do(calls.decide_change, kind=kind, **given)


def test_a_cancellation_is_called_about_until_everybody_heard_of_it(store):
    sign_contract(store)
    desk = Desk(store, called(store, add_lecture(store, DAY)))
    for given in ({"decided_by": " "}, {"reason": "　"}, {"kind": "中止の取消し"}):
        decided(desk, **{"kind": "中止"} | given)
    decided(desk, "中止", no_replacement=True)
    desk.look(desk.shown())
    desk.lines += [f"{one.key}：{part}" for one in desk.view().texts for part in one.text.split("\n") if part]
    desk.at += timedelta(minutes=10)
    tomorrow = NOW.replace(day=24, hour=9)
    desk.note(0, "連絡済", entry_ids=[1], again_at=tomorrow)
    desk.note(0, "不在・再架電", again_at=tomorrow, note=" 留守 ")
    desk.note(1, "伝言", again_at=NOW.replace(hour=17))
    desk.note(2, "連絡済", entry_ids=[9])
    desk.look(desk.shown())
    desk.note(0, "連絡済")
    desk.note(2, "連絡済")
    for whom, outcome in (("受託者", "連絡済"), ("会場", "不在・再架電"), ("発表者", "対象外")):
        given = {"target": CallTarget(whom), "outcome": CallOutcome(outcome), "again_at": tomorrow, "note": " 朝に "}
        desk.do(calls.note_other_call, **given)
    desk.look(desk.shown())
    view = desk.view()
    desk.lines += [f"{view.settled_contact_count}/{view.contact_count}", *view_lines(list(view.others), "contact")]
    desk.lines += paper(store, desk.event_id, "電話一覧", desk.at)
    desk.at += timedelta(days=1)
    decided(desk, "中止", at=desk.at, reason="大雪のため")
    desk.look(desk.shown())
    for key, text in (("メール", " 短い文 "), ("会場の掲示", ""), ("メール", " ")):
        desk.do(calls.set_call_text, key=key, text=text)
        desk.lines.append("・".join(f"{one.text[:4]}{one.is_edited}" for one in desk.view().texts))
    for told_on in (desk.at.date() - timedelta(days=1), desk.at.date()):
        desk.put(Letter(event_id=desk.event_id, document_kind="中止通知", state="起案中"))
        given = {"key": "中止通知", "version": 1, "title": "中止通知", "told_to": "参加者", "told_how": "郵送"}
        more = {"document_kind": "中止通知", "told_on": told_on, "facts": {}, "told_by": BY, "by": BY, "at": desk.at}
        desk.put(Notification(event_id=desk.event_id, **given, **more))
        desk.look(desk.shown())
    assert_paper(desk.lines, "中止")


@pytest.mark.parametrize("kind", ["延期", "日時の変更", "会場の変更"])
def test_a_change_is_taken_back_or_carried_out_and_says_what_is_next(store, kind):
    sign_contract(store)
    desk = Desk(store, called(store, add_lecture(store, DAY)))
    (booking,) = desk.put(Booking(event_id=desk.event_id, venue_name="みほん区民館", day=DAY, use_confirmed_on=DAY))

    def decide(kind, **more):
        decided(desk, kind, at=desk.at, **more)
        desk.lines.append(f"使う確認 {by_id(store.database, Booking, booking).use_confirmed_on}")
        desk.lines.append(confirmations.read_confirmations(store, **desk.given, caller="", today=DAY).refusal)
        desk.change(Booking, booking, use_confirmed_on=DAY)

    decide(kind)
    desk.look(desk.shown())
    desk.note(0, "連絡済")
    desk.do(revoke_change)
    decide(f"{kind}の取消し", reason="雨がやんだため")
    desk.note(1, "欠席")
    desk.note(0, "連絡済", entry_ids=[1])
    desk.note(0, "欠席")
    desk.look(desk.shown())
    desk.at += timedelta(days=1)
    decide(kind)
    decide(kind, reason="大雪のため")
    desk.look(desk.shown())
    changed = {"会場の変更": {"venue": "みほん第二区民館", "room": ""}, "日時の変更": {"end_time": "15:00"}}
    desk.lines += follow_ups(store, datetime(2026, 9, 25))
    desk.change(Event, desk.event_id, **changed.get(kind, {"event_date": date(2026, 10, 8)}))
    desk.look(desk.shown())
    for day in (datetime(2026, 9, 25), datetime(2026, 10, 8), datetime(2026, 10, 9)):
        desk.lines += [f"―{day:%m/%d}", *follow_ups(store, day)]
    assert_paper(desk.lines, kind)


def test_what_takes_place_instead_is_settled_once_and_follows_the_answer(store):
    sign_contract(store)
    desk = Desk(store, called(store, add_lecture(store, DAY)))
    other, later, cancelled = (add_lecture(store, date(2026, 10, day), subject="LINE講習会") for day in (8, 9, 10))
    visit = add_dispatch(store)
    given = {"day_words": "", "nature": WITHIN_TOLERANCE}
    desk.do(calls.set_substitute, **given)
    decided(desk, "中止", no_replacement=True)
    desk.change(Event, cancelled, status="中止")
    desk.before = desk.shown()
    for more in (
        {"replacement_id": visit}, {"replacement_id": cancelled}, {"replacement_id": desk.event_id}, {},
        {"day_words": " 10月8日（木） "}, {"day_words": "10月8日（木）", "nature": AGREEMENT},
        {"replacement_id": other}, {"replacement_id": later, "content": " 実施回数 "},
        {"nature": CONTRACT_CHANGE}, {"nature": CONTRACT_CHANGE, "contract_reply": "9/25 契約課 要らない"},
        {"nature": CONTRACT_CHANGE, "contract_reply": "また尋ねた", "day_words": "10/9"},
        {"nature": CONTRACT_CHANGE},
    ):  # fmt: skip
        desk.do(calls.set_substitute, **given | more)
        decision = rows(store.database, ChangeDecision)[-1]
        desk.lines += [f"{decision.substitute}｜{decision.no_replacement}", *view_lines(desk.view().replacements)]
        desk.look(desk.shown())
    desk.lines += view_lines([one for one in rows(store.database, Agreement) if one.asked_on == NOW.date()])
    assert_paper(desk.lines, "振替")


def test_the_other_contacts_are_those_of_the_event_with_their_own_calls(store):
    desk = Desk(store, called(store, add_lecture(store, DAY)))
    desk.put(AgendaItem(event_id=desk.event_id, position=9, title="事例発表", minutes=20))
    decided(desk, "会場の変更")
    contact = Contact(event_id=desk.event_id, note="見本 発表", value="")

    def save(_context, event_id, contact):
        return presenters.save_presenter(_context, contact=contact)

    for wrong in (
        {"note": " "}, {"value": "03-0000-0300"}, {"value": "03-0000-0300", "purpose": "連絡"}, {},
        {"value": "03-0000-0300", "purpose": "連絡", "dispose_on": DAY, "note": "見本 次郎"},
    ):  # fmt: skip
        desk.do(save, contact=replace(contact, **wrong))
        desk.lines += view_lines(list(desk.view().others), "contact")[-1:]
    saved = presenters.presenters_of(store.database, desk.event_id)
    desk.lines += view_lines(saved)
    desk.do(save, contact=replace(saved[0], value="", note="見本 三郎"))
    desk.do(lambda context, event_id: presenters.remove_presenter(context, contact_id=saved[1].id))
    for number, more in enumerate(({}, {"answer": "見合わせる"}, {"of_contractor": True}, {"contact_id": saved[0].id})):
        desk.put(Presentation(event_id=desk.event_id, organisation_name=f"みほん{number}会", **more))
    desk.lines += view_lines(list(desk.view().others), "contact")[-3:]
    event = by_id(store.database, Event, desk.event_id)
    other = "みほん第二区民館"
    for (venue, place), kind in product(
        (("", ""), (other, ""), (other, "みほん区民館 研修室"), ("みほん区民館", "旧館")), ("会場の変更", "日時の変更")
    ):
        desk.change(Event, event.id, venue=venue)
        records = call_view.read_event_records(store, event.id)
        known = {"time_before": "", "place_before": place, "is_time_changed": False, "is_place_changed": bool(place)}
        change = ChangeForParticipants(kind=DecisionKind(kind), **known)
        desk.lines.append(f"―{venue}｜{place}｜{kind}")
        desk.lines += view_lines(call_view._venue_contacts(records, change, rows(store.database, Venue)))
    assert_paper(desk.lines, "ほかの連絡先")


def test_the_calls_before_an_event_are_kept_answered_and_said_on_home(store):
    desk = Desk(store, called(store, add_lecture(store, DAY)))
    desk.put(ClosedDay(day=date(2026, 9, 25), reason="停電"))

    def look():
        view = confirmations.read_confirmations(store, event_id=desk.event_id, caller="", today=desk.at.date())
        found = view_lines(replace(view, event=None, sheet=None)) + sheet_lines(view.sheet)
        desk.look([*found, *paper(store, desk.event_id, "確認の電話一覧", desk.at), *follow_ups(store, desk.at)])

    def note(number, outcome="連絡済", act=confirmations.note_confirmation, **more):
        sheet = confirmations.read_confirmation_sheet(store.database, by_id(store.database, Event, desk.event_id))
        given = {"outcome": CallOutcome(outcome)} if outcome else {}
        desk.do(act, key=sheet.lines[number].key, **given, **more)

    look()
    for days in (-1, 31, 30, 0):
        desk.do(confirmations.set_reminder, days=days, sms_service=" みほんSMS ")
    look()
    later = desk.at + timedelta(minutes=20)
    note(1, "不在・再架電", again_at=later)
    look()
    desk.at += timedelta(minutes=30)
    note(0, "伝言", note=" 留守電 ", entry_ids=[2])
    note(0, "", confirmations.note_absence, entry_id=1)
    note(0, again_at=later)
    note(0, entry_ids=[1])
    look()
    note(0)
    note(1, "", confirmations.note_substitute, entry_id=3, wanted=WantedPerson(name="見本 代理", furigana="みほん"))
    desk.do(confirmations.note_mailed)
    look()
    note(2)
    look()
    for venue, status, day in (
        ("", "予定", DAY), ("みほん区民館", "予定", None), ("みほん区民館", "予定", NOW.date() - timedelta(1)),
        ("みほん区民館", "実施済", DAY), ("みほん区民館", "中止", DAY),
    ):  # fmt: skip
        desk.change(Event, desk.event_id, venue=venue, status=status, event_date=day, room="")
        view = confirmations.read_confirmations(store, event_id=desk.event_id, caller="見本", today=desk.at.date())
        desk.lines += [f"―{venue}{status}{day}", view.refusal, *view.talk.split("\n")[:1], *view.mail.split("\n")[1:3]]
    assert_paper(desk.lines, "確認の電話")


@pytest.mark.parametrize("kind", ["中止", "延期", "日時の変更", "会場の変更"])
@pytest.mark.parametrize("add", [add_lecture, add_dispatch], ids=["講習会", "派遣"])
def test_each_text_says_what_changed_for_whom(store, kind, add):
    desk = Desk(store, add(store, DAY))
    decided(desk, kind)
    decision = rows(store.database, ChangeDecision)[-1]
    known = {"before_time": "令和8年9月24日（木）午後2時から午後4時まで", "before_place": "みほん区民館　研修室"}
    desk.change(ChangeDecision, decision.id, substitute="10月8日（木）", **known)
    for at, given in (
        (NOW, {}), (NOW.replace(day=24), {}), (NOW.replace(day=22), {}), (NOW, {"end_time": "15:00"}),
        (NOW, {"end_time": "16:00", "start_time": "13:00"}),
        (NOW, {"start_time": "14:00", "venue": "みほん第二区民館"}),
        (NOW, {"event_date": date(2026, 10, 8)}), (NOW, {"event_date": None, "venue": "", "room": ""}),
    ):  # fmt: skip
        desk.at = at
        desk.change(Event, desk.event_id, **given)
        talk, mail, web, door = (one.text.split("\n") for one in desk.view().texts)
        known = [one for one in mail if one.startswith(("日時", "会場　"))]
        desk.lines.append(f"―{at:%m/%d}　{'　'.join(f'{key}={value}' for key, value in given.items())}")
        desk.lines += ["／".join(talk[::2]), "／".join((mail[0], *known)), web[2], "／".join((door[2], *door[4:-3]))]
    assert_paper(desk.lines, f"文 {kind} {add.__name__}")
