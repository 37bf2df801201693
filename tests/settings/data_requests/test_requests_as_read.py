"""What people ask of their own data as it is read: every case with its next step, the sheet of a person, the file."""

from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.settings.data_requests import services
from app.settings.data_requests.documents import MOST_UNLISTED, file_record
from db.records.applications import Application
from db.records.dispatches import DispatchRequest
from db.records.event_form import EventForm
from db.records.organisations import Contact, Membership, Organisation, Person
from db.records.presentations import Presentation
from db.records.programme import EventKind
from db.records.roster import Entry
from db.records.year.enquiries import ContactMemo, EnquiryWay
from db.records.year.rights import Capacity, DataRequest, Decision, RequestKind, RequestStep, RequestTerm, StepSort
from db.redactions import REDACTED
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.stores import give_a_slot
from tests.support.undo_rights import report, request
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, TODAY, acting, add_lecture, plain_context

BASIS = {"basis": "法83条", "proof": "運転免許証", "received_on": date(2026, 8, 3)}
SHEET_SCOPE = {"fiscal_year": 2026}


def put(store, *records):
    with store.change(action="用意", by=BY, now=NOW, subject="rights") as change:
        return [change.insert(one) for one in records]


def save(store, **more):
    return services.save_request(acting(store), request=request(**BASIS | {"person_id": None} | more))


def test_every_request_is_read_with_its_day_its_next_step_and_its_doubts(store):
    give_a_slot(store)
    (person,) = put(store, Person(name="見本　太郎"))
    term = services.terms_of(store.database)[RequestKind.CORRECTION]
    said = [services.save_term(acting(store), term=RequestTerm(**vars(term) | {"days": 14, "sheet_cost": 10})).message]
    plain = {"kind": RequestKind.CORRECTION, "disclosed_on": date(2026, 7, 1)}
    done = {"decided_on": date(2026, 8, 20), "notified_on": date(2026, 8, 21)}
    for one in (
        {"person_id": person, "asked": "名簿の記録"},
        {"extended_on": TODAY, "requester": "延長した人"},
        {"received_on": date(2026, 9, 1), "capacity": Capacity.LEGAL, "agent": "見本　親", "proof": ""},
        {"received_on": date(2026, 7, 1), "late_until": date(2026, 9, 20)},
        plain | {"disclosed_on": None},
        plain | {"decision": Decision.CORRECTED, "decided_on": date(2026, 8, 20)},
        plain | done | {"decision": Decision.CORRECTED},
        plain | done | {"decision": Decision.CORRECTED, "carried_out_on": TODAY, "sheets": 3},
        done | {"decision": Decision.DISCLOSED},
        done | {"decision": Decision.NOT_DISCLOSED, "appealed_on": TODAY, "reason": "第三者の氏名を含む"},
        {"decision": Decision.WITHDRAWN, "decided_on": TODAY},
        done | {"decision": Decision.NOT_DISCLOSED},
    ):
        said.append(save(store, **one).message)
    opinion = {"sort": StepSort.THIRD_PARTY, "opposes": True}
    answered = {"asked_on": date(2026, 8, 10), "answered_on": date(2026, 8, 14)}
    for request_id, step in ((1, {"asked_on": date(2026, 8, 31)}), (2, opinion), (5, answered)):
        asked = RequestStep(**{"request_id": request_id, "asked_on": TODAY, "answered_on": None} | step)
        said.append(services.save_step(acting(store), step=asked).message)
    assert_paper(said, "保存したとき")
    view = services.read_requests(store, today=TODAY)
    hidden = (
        "by",
        "at",
        "programme_id",
        "days",
        "extra_days",
        "basis",
        "requester",
        "asked",
        "received_on",
        "proof",
        "terms",
    )
    assert_paper(view_lines(view, *hidden), "請求の一覧")
    asked = services.request_follow_ups(store.database, TODAY)
    assert_paper(view_lines(asked, "link"), "ホームの期限")
    status = [services.requests_status(store, programme_id=1, today=TODAY)]
    with store.change(action="済んだ", by=BY, now=NOW) as change:
        for one in view.lines:
            change.update(DataRequest, one.id, decision=Decision.WITHDRAWN)
    status.append(services.requests_status(store, programme_id=1, today=TODAY))
    assert [(one.words, one.is_done) for one in status] == [("終わっていない請求 9件", False), ("", True)]


@pytest.mark.parametrize(
    ("more", "known", "cost"),
    [({"sheets": 3}, 10, 30), ({"sheets": 3}, None, None), ({"sheets": 3, "cost": 5}, 10, 5), ({}, 10, None)],
)
def test_copies_cost_what_the_ward_asks_for_a_sheet_unless_it_was_typed(store, more, known, cost):
    give_a_slot(store)
    term = services.terms_of(store.database)[RequestKind.DISCLOSURE]
    for _time in range(2):
        services.save_term(acting(store), term=RequestTerm(**vars(term) | {"days": 1, "sheet_cost": known}))
    assert len(rows(store.database, RequestTerm)) == 1, "what was set for a kind is set anew"
    assert by_id(store.database, DataRequest, save(store, **more).id).cost == cost
    with pytest.raises(UserError, match="30日までで、根拠が要ります"):
        services.save_term(acting(store), term=RequestTerm(**vars(term) | {"basis": " "}))


def test_the_sheet_of_a_person_has_every_field_whence_it_came_and_covers_who_else_is_named(store):
    event = add_lecture(store)
    (group,) = put(store, Organisation(name="みほん町会"))
    mine, other, shared = put(
        store,
        Person(name="仮名　次郎", furigana="かめい　じろう", role="会長", organisation_id=group, note="若葉　花子の夫"),
        Person(name="若葉　花子"),
        Person(name="仮名　次郎"),
    )
    put(
        store,
        Membership(person_id=mine, organisation_id=group, role="会長", from_on=TODAY),
        Entry(event_id=event, person_id=mine, organisation_id=group, care="車いす"),
        Entry(event_id=event, person_id=other, care="仮名次郎さんの隣"),
        Contact(person_id=mine, value="03-0000-0001", purpose="中止の連絡"),
        Contact(person_id=other, value="03-0000-0002"),
        report(programme_id=1, person_id=mine, about="若葉 花子さんと取り違え"),
    )
    memo = {"programme_id": 1, "received_at": NOW, "way": EnquiryWay.PHONE, "caller": "", "answerer": "", "by": BY}
    put(
        store,
        ContactMemo(about="仮名次郎さんと若葉花子さんの席", **memo),
        ContactMemo(about="仮名さんから電話", **memo),
    )
    with store.change(action="役職を直した", by=BY, now=NOW + timedelta(days=1)) as change:
        change.update(Person, mine, role="相談役")
    give_a_slot(store)
    save(store, person_id=mine)
    for whose, case in ((mine, "この人についての記録"), (shared, "記録のない人")):
        scope = DocumentScope(**SHEET_SCOPE, item=whose)
        assert_paper(lines_of(services.build_person_sheet(store, scope, NOW)), case)
    items = services._people_of_requests(store, DocumentScope(**SHEET_SCOPE))
    assert [(one.id, one.title) for one in items] == [(mine, "仮名　次郎")]


def test_the_file_record_counts_each_person_once_and_says_what_is_held(store):
    event = add_lecture(store)
    (group,) = put(store, Organisation(name="みほん町会"))
    wish = {"programme_id": 1, "organisation_id": group, "received_on": TODAY}
    known, _other, _erased = put(store, *(Person(name=name) for name in ("見本　太郎", "見本　次郎", REDACTED)))
    first, second, _third = put(
        store, *(Application(name=name, organisation_name="会") for name in ("見本　太郎", "見本　三郎", REDACTED))
    )
    put(
        store,
        Entry(event_id=event, person_id=known, application_id=first),
        Entry(event_id=event, application_id=second),
        Presentation(event_id=event, presenter="見本太郎"),
        Presentation(event_id=event, presenter="発表　花子"),
        Presentation(event_id=event, presenter=""),
        Presentation(event_id=event, presenter="受託　花子", of_contractor=True),
        *(DispatchRequest(signer=signer, **wish) for signer in ("発表 花子", "署名　四郎", REDACTED)),
    )

    def said():
        found = lines_of(services.build_file_record(store, DocumentScope(**SHEET_SCOPE), NOW))
        asked = ("利用目的：", "記録範囲：", "保存の期間：", "本人の数：", "公表：")
        items = next(one for one in found if one.startswith("記録項目："))
        return [*(one for one in found if one.startswith(asked)), f"希望票の項目 {'希望票（' in items}"]

    assert_paper(said(), "個人情報ファイル簿")
    with store.change(action="派遣のない年度", by=BY, now=NOW) as change:
        for one in rows(store.database, EventKind, form=EventForm.VISIT):
            change.update(EventKind, one.id, form=EventForm.LECTURE)
    assert_paper(said(), "派遣のない年度")


@pytest.mark.parametrize(("people", "listed"), [(MOST_UNLISTED - 1, False), (MOST_UNLISTED, True)])
def test_a_file_of_a_thousand_people_is_listed(people, listed):
    empty = {"purposes": (), "items": (), "kept": ()}
    said = lines_of(file_record(plain_context(), people=people, on=TODAY, **empty))
    assert any("載せて公表する" in one for one in said) is listed
