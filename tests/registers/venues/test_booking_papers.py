"""会場使用・減免申請書: the rooms of an event, the words of the ward, and what does not fit stops it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import KeyValues
from app.documents.services import document_saving, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_facts import read_venue_facts
from app.registers.venues import documents as venue_documents
from app.registers.venues import services as venues_services
from app.registers.venues.rules import room_facts
from db.records.documents import LetterForm, Notification, Outgoing
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.rows import by_id, rows
from tests.support.entries import put_entry
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.years import BY, add_lecture, at

KIND = "会場使用・減免申請書"
TODAY, DAY = date(2026, 9, 1), date(2026, 11, 5)
WHO = {"by": BY, "now": at(TODAY)}
HOUSES = ("みほん区民館", "べつの会館")


def acting(store, on=TODAY):
    return ActionContext(store, BY, at(on))


@pytest.fixture
def event_id(store):
    return add_lecture(store, DAY)


def book(store, event_id, **values):
    given = {
        "venue_name": "みほん区民館", "room": "研修室1", "day": DAY, "start_time": "13:00", "end_time": "17:00",
        "fee": 4200, "reduction": "全額免除", "equipment": "プロジェクター", "event_id": event_id,
    }  # fmt: skip
    return venues_services.save_booking(acting(store), booking=Booking(**(given | values))).id


def content(store, event_id):
    return build_document(store, event_id=event_id, kind=KIND, now=datetime.combine(TODAY, datetime.min.time()))


def test_it_asks_for_the_rooms_and_for_the_fee_to_be_waived(store, event_id):
    assert not read_library(store, event_id=event_id, today=TODAY).row(KIND).is_ready
    book(store, event_id)
    book(store, event_id, room="和室", fee=1800)
    book(store, event_id, room="取り消した部屋", state="取消")
    row = read_library(store, event_id=event_id, today=TODAY).row(KIND)
    assert (row.has_own_texts, row.goes_out) == (True, True)
    paper = content(store, event_id)
    said = said_by(paper)
    for one in (
        "（宛先）みほん区民館　施設の管理者", "研修室1", "和室", "R8.11.5（木）", "13:00–17:00",
        "6,000円", "全額免除",
        "練馬区が主催する事業に使用するため", "□ 免除",
    ):  # fmt: skip
        assert one in said, one
    assert "取り消した部屋" not in said
    assert len(pages_of(paper)) == 1
    assert missing_words(paper) == []
    set_passage(
        acting(store), scope=DocumentScope(event_id=event_id), kind=KIND, part="宛先", text="（宛先）みほん区長"
    )
    assert "（宛先）みほん区長" in said_by(content(store, event_id))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": date(2026, 11, 6)}, "は11/5\\(木\\)、予約は11/6\\(金\\)です"),
        ({"start_time": "14:30"}, "予約は14:30–17:00です"),
        ({"venue_name": "べつの会館"}, "予約はべつの会館です"),
        ({"start_time": "", "end_time": ""}, "使用する時間が入っていません"),
    ],
)
def test_what_does_not_fit_stops_it_until_somebody_says_why(store, event_id, values, words):
    made = book(store, event_id)
    known = by_id(store.database, Booking, made)
    venues_services.save_booking(acting(store), booking=replace(known, **values))
    with pytest.raises(StoppedByState, match=words):
        content(store, event_id)
    override_stop(acting(store), scope=DocumentScope(event_id=event_id), kind=KIND, reason="館と電話で確かめた")
    assert content(store, event_id).passed_reason == "館と電話で確かめた"


def test_it_is_handed_in_once_it_was_made_and_told_anew_when_the_day_moves(store, event_id, tmp_path):
    book(store, event_id)

    def lines():
        found = notification.read_outgoing_view(store, event_id=event_id).lines
        return [one.matter_status.status for one in found if one.document_kind == KIND]

    assert lines() == []
    document_saving.save_document(
        acting(store), event_id=event_id, kind=KIND, format="pdf", options=SaveOptions(path=tmp_path / "申請.pdf")
    )
    assert lines() == ["未通知"]
    told = {"told_on": TODAY, "told_to": "館の窓口", "told_how": "手渡し"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    assert lines() == ["通知済"]
    with store.change(action="時間", **WHO) as change:
        change.update(Event, event_id, end_time="16:30")
    assert lines() == ["変更あり"]
    made = book(store, event_id, room="和室")
    assert lines() == ["変更あり"]
    told |= {"told_how": "電話", "words": "窓口へ電話した"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    assert lines() == ["通知済", "通知済"]
    venues_services.cancel_booking(acting(store, TODAY), booking_id=made)
    assert lines()[0] == "変更あり", "a room that was given back is told, too"


def test_each_house_has_a_paper_of_its_own_and_a_fee_that_is_not_known_leaves_the_sum_open(store, event_id):
    book(store, event_id)
    book(store, event_id, venue_name="べつの会館", room="大ホール", fee=1000)
    book(store, event_id, venue_name="べつの会館", room="小部屋", fee=None)
    override_stop(acting(store), scope=DocumentScope(event_id=event_id), kind=KIND, reason="二つの会場を使う")
    paper = content(store, event_id)
    first, second = (" ".join(page) if not isinstance(page, str) else page for page in pages_of(paper))
    assert ("（宛先）みほん区民館" in first, "べつの会館" in first, "4,200円" in first) == (True, False, True)
    assert ("（宛先）べつの会館" in second, "研修室1" in second, "1,000円" in second) == (True, False, False)
    assert missing_words(paper) == []


@pytest.mark.parametrize("known", [True, False])
def test_what_is_not_known_of_a_room_is_left_open(store, event_id, known):
    more = {"key_note": "受付"} if known else {"equipment": "", "reduction": ""}
    book(store, event_id, **more)
    rows = next(dict(one.rows) for one in content(store, event_id).blocks if isinstance(one, KeyValues))
    said = [rows[name] for name in ("使う備品", "申請する減免", "鍵の受け渡し")]
    blank = venue_documents._NOT_KNOWN
    assert said == (["プロジェクター", "全額免除", "受付"] if known else [blank, "全額", blank])


def test_each_house_is_told_and_compared_by_itself_and_one_added_later_has_a_letter_of_its_own(
    store, event_id, tmp_path
):
    book(store, event_id)
    scope = DocumentScope(event_id=event_id)
    told = {"told_on": TODAY, "told_to": "館の窓口", "told_how": "手渡し"}
    document_saving.set_letter_state(acting(store), scope=scope, kind=KIND, form=LetterForm.OFFICE, issued_on=TODAY)
    set_passage(acting(store), scope=scope, kind=KIND, part="宛先", text="（宛先）みほん区長")

    def save(number, day=TODAY):
        name = tmp_path / f"{number}.pdf"
        document_saving.save_document(
            acting(store, day), event_id=event_id, kind=KIND, format="pdf", options=SaveOptions(path=name)
        )

    def lines():
        found = notification.read_outgoing_view(store, event_id=event_id).lines
        return {(one.title, one.matter_status.status) for one in found if one.document_kind == KIND}

    save(1)
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    later = date(2026, 9, 8)
    book(store, event_id, venue_name="べつの会館", room="大ホール")
    override_stop(acting(store, later), scope=scope, kind=KIND, reason="二つの会場を使う")
    assert lines() == {("みほん区民館", "通知済"), ("べつの会館", "未作成")}
    said = said_by(build_document(store, event_id=event_id, kind=KIND, now=at(later)))
    for words, there in (("研修室1", False), ("みほん区長", False), ("大ホール", True), ("令和8年9月8日", True)):
        assert (words in said) == there, words
    save(2, later)
    assert lines() == {("みほん区民館", "通知済"), ("べつの会館", "未通知")}
    waits = {(one.task, "大ホール" in one.detail) for one in venues_services.booking_follow_ups(store.database, later)}
    assert waits == {(venues_services.REPLY_FOLLOW_UP, False), (venues_services.APPLY_FOLLOW_UP, True)}, (
        "what one house was asked, the other was not"
    )
    told |= {"told_on": later}
    notification.notify(acting(store, later), event_id=event_id, key=f"{KIND}：べつの会館", **told)
    assert lines() == {("みほん区民館", "通知済"), ("べつの会館", "通知済")}
    second = next(one.id for one in rows(store.database, Booking) if one.room == "大ホール")
    venues_services.cancel_booking(acting(store, later), booking_id=second)
    assert lines() == {("みほん区民館", "通知済"), ("べつの会館", "変更あり")}, (
        "the house hears of it, the other does not"
    )


def test_what_was_told_of_two_houses_at_once_stays_one(store, event_id, tmp_path):
    both = [book(store, event_id), book(store, event_id, venue_name="べつの会館", room="大ホール")]
    override_stop(acting(store), scope=DocumentScope(event_id=event_id), kind=KIND, reason="二つの会場を使う")
    document_saving.save_document(
        acting(store), event_id=event_id, kind=KIND, format="pdf", options=SaveOptions(path=tmp_path / "1.pdf")
    )
    facts = room_facts(rows(store.database, Booking))
    with store.change(action="前の版", **WHO) as change:
        (left,) = rows(store.database, Outgoing, document_kind=KIND)
        change.update(Outgoing, left.id, facts={KIND: facts})
        change.insert(
            Notification(
                event_id=event_id,
                document_kind=KIND,
                key=KIND,
                facts=facts,
                told_on=TODAY,
                told_to="館",
                told_how="手渡し",
                told_by=BY,
                by=BY,
                at=at(TODAY),
            )
        )

    def lines():
        found = notification.read_outgoing_view(store, event_id=event_id).lines
        return [one.matter_status.status for one in found if one.document_kind == KIND]

    assert lines() == ["通知済"]
    venues_services.cancel_booking(acting(store), booking_id=both[1])
    assert lines() == ["変更あり"]


def test_an_event_in_two_houses_has_the_address_of_each_and_an_application_for_each(store, event_id):
    venues = {name: Venue(name=name, capacity=9, address=f"{name}の町1", phone=f"03-{name}") for name in HOUSES}
    for venue in venues.values():
        venues_services.save_venue(acting(store), venue=venue)
    for name, room in zip(HOUSES, ("研修室1", "大ホール"), strict=True):
        book(store, event_id, venue_name=name, room=room)
    with store.change(action="二つの会場", **WHO) as change:
        change.update(Event, event_id, venue=HOUSES[0], room=f"研修室1・{HOUSES[1]} 大ホール")
    for number in range(12):
        put_entry(store, event_id, f"見本 {number}", state="決定")
    for name, page in zip(HOUSES, pages_of(content(store, event_id)), strict=True):
        assert f"（宛先）{name}" in page
    facts = read_venue_facts(store.database, by_id(store.database, Event, event_id))
    assert facts.address.split("\n") == [f"{name}　{name}の町1" for name in HOUSES]
    assert facts.phone.split("\n") == [f"{name}　03-{name}" for name in HOUSES]
    with store.change(action="もとの会場の予約が残った", **WHO) as change:
        change.update(Event, event_id, room="研修室1")
    with pytest.raises(StoppedByState, match=f"予約は{HOUSES[1]}です。両方で行うときは"):
        content(store, event_id)


def test_what_was_typed_for_the_first_house_is_not_said_to_the_second_that_still_waits(store, event_id, tmp_path):
    scope = DocumentScope(event_id=event_id)
    book(store, event_id)
    book(store, event_id, venue_name="べつの会館", room="大ホール")
    override_stop(acting(store), scope=scope, kind=KIND, reason="二つの会場を使う")
    set_passage(acting(store), scope=scope, kind=KIND, part="宛先", text="（宛先）みほん区長")
    options = SaveOptions(path=tmp_path / "1.pdf")
    document_saving.save_document(acting(store), event_id=event_id, kind=KIND, format="pdf", options=options)
    told = {"told_on": TODAY, "told_to": "館の窓口", "told_how": "手渡し"}
    notification.notify(acting(store), event_id=event_id, key=KIND, **told)
    said = said_by(content(store, event_id))
    assert [words in said for words in ("みほん区長", "（宛先）べつの会館", "研修室1")] == [False, True, False]
