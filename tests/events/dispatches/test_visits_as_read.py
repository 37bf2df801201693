"""The 派遣 of the sample year as they are read: requests, steps, support, what their letters say, what stops them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from types import SimpleNamespace as Facts

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.events.dispatches.documents import CALL_FOR_REQUESTS, CONTACT_SHEET, DECLINE_NOTICE, REQUEST_FORM, SELECTION
from app.events.dispatches.services import contact_consent, dispatch_documents, selection_drafting
from app.events.dispatches.services.dispatch_requests import read_dispatch_requests, request_follow_ups
from app.events.dispatches.services.steps import read_dispatches
from app.events.dispatches.services.support import call_questions, note_call, read_support
from app.programme.services import programme_of_event, read_programme
from db.records.dispatches import DispatchFollowUp, DispatchRequest, RequestOutcome
from db.records.documents import Letter, LetterForm, LetterState, OutgoingWay, PrintUse
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import Recruitment
from db.rows import by_id, rows
from tests.support.left_papers import outgoing
from tests.support.paper_lines import assert_paper, changes, lines_of
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by
from tests.support.years import add_dispatch, started_year

store = made_by(sample_store)
YEAR = DocumentScope(fiscal_year=2026)
TODAY = NOW.date()


def refused(store):
    return rows(store.database, DispatchRequest, outcome=RequestOutcome.REFUSED)


def title(event):
    return event.full_title if event is not None else ""


def said(passages):
    return [f"{one.part}：{one.text}".replace("\n", " / ") for one in passages]


@pytest.mark.parametrize("day", [date(2026, 8, 20), TODAY, date(2027, 4, 10)])
def test_each_visit_says_where_it_stands_and_what_is_due(store, day):
    found = read_dispatches(store, today=day)
    listed = [
        f"選定{found.selected_count}団体・全{found.organisation_count}団体",
        f"最終{found.last_day}　報告{found.report_end}",
        f"日付なし：{'、'.join(found.without_date)}",
        "・".join(f"{one.words} {one.state}" for one in found.call_steps),
    ]
    for one in found.rows:
        due = one.step_due
        marks = "契約" * due.is_contract_date + "過ぎ" * due.is_passed + "近い" * due.is_soon if due else ""
        listed.append(
            f"{one.name}｜{one.steps.current_step}｜{'・'.join(sorted(one.steps.done_steps))}｜{one.steps.end_reason}"
            f"｜{due.day if due else ''}{marks}｜{one.participant_count}人・出席{one.attended}"
            f"｜{one.event.full_title if one.event else ''}"
        )
    listed += [
        f"することに：{one.label}　{one.detail}　{one.due}　{one.basis}" for one in request_follow_ups(store, day)
    ]
    assert_paper(listed, f"{day}")


def test_the_requests_stand_in_the_order_of_their_receipt_with_what_links_them(store):
    found = read_dispatch_requests(store)
    assert_paper(
        [
            f"{one.request.received_on} {one.organisation.name}　{one.state}　{title(one.event)}"
            f"　{'、'.join(link.words for link in one.links)}　{one.warning}"
            for one in found.rows
        ]
        + [
            f"{found.organisation_count}団体　{found.lecture_names}　{len(found.dispatches)}回　{found.item}",
            *(f"{word or '選定前'} {found.count(word)}" for word in RequestOutcome),
        ],
        "希望票",
    )
    name = found.rows[0].organisation.name
    with store.change(action="名簿", by=BY, now=NOW) as change:
        change.update(Organisation, found.rows[0].organisation.id, name=f"{name} ")
    assert [one.links for one in read_dispatch_requests(store).rows] == [one.links for one in found.rows]


@pytest.mark.parametrize("visit", [1, 2, 3])
def test_the_support_of_a_visit_is_read_as_a_whole(store, visit):
    event = next(
        one for one in rows(store.database, Event, programme_id=1) if one.kind == "派遣" and one.ordinal == visit
    )
    view = read_support(store, event_id=event.id, today=date(2027, 2, 1))
    assert_paper(
        [
            f"{view.event.full_title}　申込{view.applied}・決定{view.chosen_count}・不採択{view.declined_count}",
            f"{'、'.join(one.words for one in view.links)}｜{title(view.lecture)}｜{view.warning}",
            f"{view.stages_noted_on}｜{view.stages_written_on}｜{view.call_due}｜{view.next_try_on}｜{view.is_called}",
            f"{view.has_people}｜{view.outdated_warning}｜{view.steps.current_step}",
            "・".join(sorted(view.steps.done_steps)),
            *(f"{one.tool}　{one.words}｜{one.source}{'　×' * one.is_unwanted}" for one in view.stage_lines),
            *("｜".join(one) for one in view.plan),
            *(f"{one.asked_on} {one.question}｜{one.answer}｜{one.state}｜{one.next_on}" for one in view.follow_ups),
        ],
        f"第{visit}回",
    )


def test_the_call_and_the_form_word_the_contract_of_the_year(store, monkeypatch):
    def papers():
        made = (dispatch_documents.call_passages, dispatch_documents.form_passages)
        return [line for one in made for line in said(one(store, YEAR, TODAY))]

    before = papers()
    assert_paper(before, "募集要項と希望票")
    kind = next(one for one in read_programme(store).kinds if one.form.at_organisation)
    cases = {
        "随時に受け付ける": {"recruitment": Recruitment.ANYTIME},
        "1団体に2回まで": {"visits_per_request": 2},
        "内容は契約のとおり": {"content": ("会計ソフト", "名簿")},
        "内容の定めなし": {"content": ()},
        "来る人と対象": {"audience": "商店会", "lecturer": "専門家"},
        "日で数える": {"days": 5},
        "選定なし": {"steps": (), "clause_equipment": ""},
    }
    for name, changed in cases.items():
        numbers = replace(kind, **changed)
        monkeypatch.setattr(dispatch_documents, "visits_of", lambda _view, _scope, numbers=numbers: numbers)
        assert_paper(changes(before, papers()), name)


@pytest.mark.parametrize(
    ("address", "fax", "words"),
    [("住所", "1", "郵送・FAX・窓口で"), ("住所", "", "郵送・窓口で"), ("", "1", "FAXで"), ("", "", "問合せ先へ")],
)
def test_a_form_is_handed_in_as_the_office_can_receive_it(address, fax, words):
    assert dispatch_documents._ways_in(Facts(address=address, fax=fax)) == words


def test_what_the_visits_of_a_kind_can_bring_is_asked_of_its_content_afterwards():
    kinds = [Facts(content=content) for content in ((), ("会計ソフト",))]
    assert [call_questions(kind) for kind in kinds] == [
        "配信の回数・管理者の数・困っていること",
        "続いていること・困っていること",
    ]


@pytest.mark.parametrize(
    ("month", "day", "on", "nearest"),
    [
        (1, 5, date(2026, 12, 20), date(2027, 1, 5)),
        (12, 20, date(2027, 1, 5), date(2026, 12, 20)),
        (7, 1, date(2026, 12, 1), date(2026, 7, 1)),
        (5, 1, date(2026, 12, 1), date(2027, 5, 1)),
        (2, 29, date(2026, 12, 1), None),
        (2, 29, date(2027, 12, 1), date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(month, day, on, nearest):
    assert dispatch_documents._nearest_date(month, day, on) == nearest


def test_a_letter_of_refusal_says_what_is_offered_and_what_stops_it(store):
    (wish, *_more) = refused(store)
    scope = DocumentScope(organisation_id=wish.organisation_id)

    def paper(day):
        return [
            *said(dispatch_documents.decline_passages(store, scope, day)),
            *(f"止める：{one.words}" for one in dispatch_documents.decline_stops(store, scope, day)),
            *(f"確かめる：{one}" for one in dispatch_documents.decline_doubts(store, scope, DECLINE_NOTICE, day)),
        ]

    before = paper(TODAY)
    assert_paper(before, "不採択通知")
    for day in (date(2026, 9, 20), date(2026, 11, 25)):
        assert_paper(changes(before, paper(day)), f"不採択通知 {day}")

    def changed(name, record, row_id, **values):
        was = by_id(store.database, record, row_id)
        with store.change(action="用意", by=BY, now=NOW) as change:
            change.update(record, row_id, **values)
        assert_paper(changes(before, paper(TODAY)), name)
        with store.change(action="戻す", by=BY, now=NOW) as change:
            change.update(record, row_id, **{name: getattr(was, name) for name in values})

    other = next(one for one in rows(store.database, DispatchRequest) if one.organisation_id != wish.organisation_id)
    name = by_id(store.database, Organisation, other.organisation_id).name
    changed("理由なし", DispatchRequest, wish.id, reason="")
    changed("理由が比べる", DispatchRequest, wish.id, reason=f"{name}より高く、3点だった")
    changed("渡している", DispatchRequest, wish.id, handed_on=date(2026, 10, 1))
    changed("消去の日", DispatchRequest, wish.id, dispose_on=date(2027, 9, 30))
    with store.change(action="用意", by=BY, now=NOW) as change:
        letter = Letter(
            organisation_id=wish.organisation_id,
            document_kind=DECLINE_NOTICE,
            form=LetterForm.FORMAL,
            state=LetterState.APPROVED,
            decided_on=wish.received_on,
        )
        present = rows(store.database, Letter, organisation_id=wish.organisation_id, document_kind=DECLINE_NOTICE)
        number = present[0].id if present else change.insert(letter)
        if present:
            change.update(Letter, number, form=letter.form, state=letter.state, decided_on=letter.decided_on)
    assert_paper(changes(before, paper(TODAY)), "決裁した")
    changed("前の年の決裁", Letter, number, decided_on=wish.received_on - timedelta(days=1))
    changed("決裁の日なし", Letter, number, decided_on=None)
    assert dispatch_documents.decline_doubts(store, scope, SELECTION, TODAY) == ()
    assert dispatch_documents.decline_doubts(store, YEAR, DECLINE_NOTICE, TODAY) == ()


def test_the_selection_is_worded_by_its_requests_and_doubted_by_what_they_lack(store):
    def paper(day=TODAY):
        draft = lines_of(selection_drafting.build_selection(store, YEAR, NOW))
        return [
            *said(selection_drafting.selection_passages(store, YEAR, day)),
            *(f"確かめる：{one}" for one in selection_drafting.selection_doubts(store, YEAR, SELECTION, day)),
            *(
                f"通知：{by_id(store.database, Organisation, scope.organisation_id).name} {kind}"
                for scope, kind in selection_drafting.drafted_letters(store, YEAR)
            ),
            *takewhile(lambda line: "別紙1-1" not in line, draft),
        ]

    before = paper()
    assert_paper(before, "派遣の選定")
    listed = read_dispatch_requests(store).rows
    chosen = next(one.request for one in listed if one.request.outcome.is_chosen)
    (wish, *_more) = refused(store)

    def changed(name, *updates):
        was = [(number, by_id(store.database, DispatchRequest, number), values) for number, values in updates]
        with store.change(action="用意", by=BY, now=NOW) as change:
            for number, values in updates:
                change.update(DispatchRequest, number, **values)
        assert_paper(changes(before, paper()), name)
        with store.change(action="戻す", by=BY, now=NOW) as change:
            for number, one, values in was:
                change.update(DispatchRequest, number, **{name: getattr(one, name) for name in values})

    changed("署名なし", (chosen.id, {"signed": False}))
    changed("決めていない", (chosen.id, {"outcome": RequestOutcome.OPEN, "decided_on": None}))
    changed(
        "不採択なし",
        *((one.id, {"outcome": RequestOutcome.CHOSEN, "decided_on": one.decided_on}) for one in refused(store)),
    )
    late = {"outcome": RequestOutcome.OPEN, "decided_on": None}
    last = max(one.request.decided_on for one in listed if one.request.decided_on)
    changed("決めた日に届いた", (wish.id, {**late, "received_on": last}))
    changed("決めたつぎの日に届いた", (wish.id, {**late, "received_on": last + timedelta(days=1)}))
    changed("遅れて届いた", (wish.id, {"outcome": RequestOutcome.OPEN, "decided_on": None, "received_on": TODAY}))
    assert selection_drafting.selection_doubts(store, YEAR, REQUEST_FORM, TODAY) == ()


@pytest.mark.parametrize("kind", [CALL_FOR_REQUESTS, REQUEST_FORM, SELECTION])
def test_a_call_that_states_a_day_that_is_over_says_so_from_the_next_day_on(store, kind):
    view = read_programme(store)
    numbers = dispatch_documents.visits_of(view, YEAR)
    closes = dispatch_documents._closing_day(store, view, numbers, TODAY)
    days = (closes, closes + timedelta(days=1))
    assert_paper(
        [f"{closes}"]
        + [
            f"{number}日後　{one}"
            for number, day in enumerate(days)
            for one in dispatch_documents.call_doubts(store, YEAR, kind, day)
        ],
        f"締切を過ぎた {kind}",
    )


def test_the_contact_sheet_is_doubted_when_it_is_dated_behind_the_visit(store):
    event = next(one for one in rows(store.database, Event) if one.kind == "派遣" and one.ordinal == 3)
    scope = DocumentScope(event_id=event.id)
    found = [
        dispatch_documents.contact_doubts(store, scope, CONTACT_SHEET, event.event_date + timedelta(days=days))
        for days in (-1, 0, 1)
    ]
    assert_paper([f"{number}：{one}" for number, each in enumerate(found) for one in each], "連絡先の日付")
    assert dispatch_documents.contact_doubts(store, scope, DECLINE_NOTICE, date(2027, 3, 1)) == ()
    with pytest.raises(UserError):
        dispatch_documents.build_decline(store, DocumentScope(organisation_id=10**6), datetime(2026, 12, 1, 9))


def test_a_contact_goes_to_the_contractor_only_where_the_visit_agrees(store, monkeypatch):
    asked = []
    monkeypatch.setattr(contact_consent, "check_consent", lambda _store, *, event_id: asked.append(event_id))
    every = rows(store.database, Event, programme_id=1)
    visit, lecture = (
        next(one for one in every if one.form.at_organisation == at_home and (one.organisation_id or not at_home))
        for at_home in (True, False)
    )
    contractor = programme_of_event(store, visit).contractor.name

    def contents(event_id, recipient, words):
        asked.clear()
        contact_consent.check_outgoing_contents(store, event_id=event_id, recipient=recipient, contents=words)
        return bool(asked)

    assert [contents(*one) for one in (
        (visit.id, "受託者の担当", "連絡先"), (visit.id, f"{contractor} 御中", "電話"), (visit.id, "町会長", "連絡先"),
        (visit.id, "受託者の担当", "日程"), (lecture.id, "受託者の担当", "連絡先"), (None, "受託者の担当", "連絡先"),
    )] == [True, True, False, False, False, False]  # fmt: skip

    def leaves(text="本文", **given):
        asked.clear()
        row = outgoing(given.pop("kind", DECLINE_NOTICE), by=BY, at=NOW, **given)
        contact_consent.reject_contacts_without_consent(store, row, lambda: text)
        return sorted(asked)

    same = {"kind": CONTACT_SHEET, "event_id": visit.id}
    of_all = sorted(
        one.id
        for one in every
        if one.organisation_id == visit.organisation_id and one.form.at_organisation and one.status.counts
    )
    assert leaves(**same) == [visit.id]
    assert leaves(**same, way=OutgoingWay.WITHDRAWAL) == leaves(**same, print_use=PrintUse.COPY) == []
    assert leaves(kind=CONTACT_SHEET, event_id=lecture.id) == []
    assert leaves(event_id=visit.id, reason="受託者へ") == leaves(reason="受託者へ") == []
    of_organisation = {"kind": CONTACT_SHEET, "organisation_id": visit.organisation_id}
    assert leaves(**of_organisation, reason="受託者へ") == of_all
    assert leaves(**of_organisation, reason=f"{contractor}へ") == of_all
    with store.change(action="用意", by=BY, now=NOW) as change:
        for one in of_all:
            change.update(Event, one, organisation_id=None)
    slips = {one.event_id for one in rows(store.database, DispatchRequest, organisation_id=visit.organisation_id)}
    assert leaves(**of_organisation, reason="受託者へ") == sorted(slips & set(of_all))


def test_a_call_is_tried_again_on_a_later_day_and_only_after_the_visit(store):
    visit = next(one for one in rows(store.database, Event, programme_id=1) if one.kind == "派遣" and one.ordinal == 3)

    def call(day, outcome="不在", **more):
        context = ActionContext(store, BY, datetime.combine(day, NOW.time()))
        return note_call(context, event_id=visit.id, outcome=outcome, **more).message

    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, visit.id, event_date=TODAY)
    for day, more, says in (
        (TODAY - timedelta(days=1), {}, "まだ実施していない"),
        (TODAY, {"next_on": TODAY}, "本日以前"),
        (TODAY, {"outcome": "話せた", "answer": " "}, "まだ入力されていません"),
    ):
        with pytest.raises(UserError, match=says):
            call(day, **more)
    told = [call(TODAY), call(TODAY, "改めて"), call(TODAY, "話せた", answer=" 続いている ", counted=" 3回 ")]
    with pytest.raises(UserError, match="もう記録されています"):
        call(TODAY, "話せた", answer="続いている")
    told += [
        f"{one.asked_on} {one.question}｜{one.answer}｜{one.counted}｜{one.state}｜{one.next_on}｜{one.months}"
        for one in rows(store.database, DispatchFollowUp, event_id=visit.id, order="id")
    ]
    assert_paper(told, "3か月後の電話")


def test_a_call_under_a_former_name_of_its_only_kind_is_published_and_a_visit_of_nobody_is_nobody_s(tmp_path):
    store = started_year(tmp_path / "年度")
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.insert(Organisation(name="みほん町会"))
        change.insert(outgoing(CALL_FOR_REQUESTS, programme_id=1, reference="R8-前の名の募集要項", by=BY, at=NOW))
    add_dispatch(store, None)
    found = read_dispatches(store, today=TODAY)
    assert {one.words: one.state for one in found.call_steps}["募集要項"] == "done"
    assert [one.organisation for one in found.rows] == [None]
