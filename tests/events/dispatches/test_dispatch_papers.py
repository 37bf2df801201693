"""The papers of 派遣: the call, the slip, the drafting of the choice, what is declined, the sheet of the contact."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.calendar import dates
from app.documents.services import documents
from app.documents.services.document_passages import keep_passage
from app.documents.services.document_saving import set_letter_state, withdraw_issue
from app.documents.services.document_scope import DocumentScope, keys_of
from app.event.services.event_moves import move_event
from app.events.dispatches.documents import (
    APPLY,
    CALL_FOR_REQUESTS,
    CONTACT_SHEET,
    DECLINE_NOTICE,
    REQUEST_FORM,
    SELECTION,
    WHEN,
    RequestLine,
    SelectionFacts,
    _exception_text,
    _next_steps,
    _unlinked_text,
)
from app.events.dispatches.rules import polite_reason
from app.events.dispatches.services import dispatch_requests
from app.events.dispatches.services.dispatch_documents import (
    call_passages,
    contact_doubts,
    decline_doubts,
    decline_passages,
    decline_stops,
)
from app.events.dispatches.services.selection_drafting import selection_doubts, selection_passages
from app.events.dispatches.services.steps import read_dispatches
from app.events.letters.rules.letter_texts import DECISION
from app.events.letters.services import letter_building
from app.history import services as history_services
from app.main_window.action_routes import route_to
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.documents import BY_ISSUE, Letter, LetterForm, LetterState, Notification
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation, Person
from db.records.programme import Office
from db.rows import by_id, row, rows
from tests.support.letter_people import read_letters
from tests.support.paper_words import pages_of, said_by
from tests.support.sample import BY, NOW, acting, back_to_draft, event_id
from tests.support.years import add_dispatch, started_year

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()
REQUEST_DAY = date(2026, 9, 10)
REQUEST = DispatchRequest(programme_id=1, organisation_id=7, received_on=REQUEST_DAY, outcome="決定")


def dispatch(store, number):
    return by_id(store.database, Event, event_id(store, "派遣", number))


def put_back(store):
    """Take every 派遣不採択通知 back to 案, so that the 起案資料 follows the records again."""
    for letter in rows(store.database, Letter, document_kind=DECLINE_NOTICE):
        about = DocumentScope(organisation_id=letter.organisation_id)
        withdraw_issue(acting(store), scope=about, kind=DECLINE_NOTICE, reason="選定し直す")
        set_letter_state(acting(store), scope=about, kind=DECLINE_NOTICE, form=LetterForm.FORMAL)


def drawn(store, scope, kind, form="pdf"):
    return documents.render_document(store, scope=scope, kind=kind, format=form, now=NOW).content


def declined(store):
    wish = next(one for one in rows(store.database, DispatchRequest, outcome="不採択") if one.consent == "同意あり")
    return wish, DocumentScope(organisation_id=wish.organisation_id)


def test_the_papers_of_a_dispatch_are_one_page_each_and_say_what_they_must(store):
    year = DocumentScope(fiscal_year=2026)
    _wish, letter = declined(store)
    for kind, scope, wanted in (
        (CALL_FOR_REQUESTS, year,
         ("3団体程度", "令和9年3月15日", "主に、今年度のデジタル活用講習会", "決め方", "必着")),
        (REQUEST_FORM, year,
         ("氏名（署名）", "代表者の氏名と電話番号を委託事業者へ知らせることに同意します", "インターネット", "使用料")),
        (DECLINE_NOTICE, letter,
         ("不採択（令和8年9月14日決定）", "募集要項の「決め方」", "委託事業者には渡していません",
          "あらためてお申し込みください")),
    ):  # fmt: skip
        content = documents.render_document(store, scope=scope, kind=kind, format="pdf", now=NOW)
        assert content.pages == 1, kind
        said = said_by(content.content)
        assert [words for words in wanted if words.replace(" ", "") not in said.replace(" ", "")] == [], kind
    assert "令和8年12月1日まで" not in said_by(drawn(store, letter, DECLINE_NOTICE))


def test_a_decline_stops_for_what_the_ward_must_not_say(store):
    wish, scope = declined(store)
    assert decline_stops(store, scope, TODAY) == ()
    assert decline_doubts(store, scope, DECLINE_NOTICE, TODAY) == ()
    with pytest.raises(UserError, match="決裁日と文書番号"):
        set_letter_state(
            acting(store),
            scope=scope,
            kind=DECLINE_NOTICE,
            form=LetterForm.FORMAL,
            state=LetterState.ISSUED,
            issued_on=TODAY,
        )
    fresh = dispatch_requests.read_dispatch_requests(store).rows[-1]
    dispatch_requests.decide_dispatch_request(
        acting(store), wish_id=fresh.id, outcome=RequestOutcome.REFUSED, decided_on=TODAY, reason="決め方による。"
    )
    undecided = decline_doubts(store, DocumentScope(organisation_id=fresh.organisation.id), DECLINE_NOTICE, TODAY)
    assert undecided == ("決裁がまだ記録されていません。決裁の前は「案」です。",)

    def words(**texts):
        for part, text in texts.items():
            default = next(one for one in decline_passages(store, scope, TODAY) if one.part == part)
            with store.change(action="文を直した", by=BY, now=NOW, subject="papers") as change:
                keep_passage(
                    change, store.database, keys=keys_of(store, scope), kind=DECLINE_NOTICE, default=default, text=text
                )
        return "\n".join(one.words for one in decline_stops(store, scope, TODAY))

    other = next(
        one for one in dispatch_requests.read_dispatch_requests(store).rows if one.request.outcome == "決定"
    ).organisation.name
    assert "ほかの団体の名" in words(理由=f"{other}に決まったためです。")
    assert "比べる言葉" in words(理由="評価が3点低かったためです。")
    assert "申込みの締切（11月2日）を過ぎています" in words(ご案内できること="講習会　申込み　11月2日（月）まで")
    words(ご案内できること="講習会　申込み　2月29日（火）まで")
    leap = decline_stops(store, scope, date(2028, 3, 3))
    assert any("申込みの締切（2月29日）を過ぎています" in one.words for one in leap)
    store.database.execute("UPDATE dispatch_wishes SET handed_on = '2026-11-01' WHERE id = ?", [wish.id])
    found = decline_stops(store, scope, TODAY)
    assert "受託者へ渡しています" in found[0].words
    assert [one.words for one in found if one.link is None or not route_to(one.link).label] == [], "each leads on"


def test_the_drafting_paper_asks_for_both_outcomes_with_the_reason_of_each_slip_and_every_letter(store):
    year = DocumentScope(fiscal_year=2026)
    listed = dispatch_requests.read_dispatch_requests(store)
    said = said_by(drawn(store, year, SELECTION))
    assert "3団体を派遣先に選定し、2団体を不採択とし、別紙1の案により通知してよろしいか伺います。" in said
    assert [one.organisation.name for one in listed.rows if one.request.reason not in said] == []
    assert said.count("アドバイザー派遣の結果について（通知）") == 2
    to = said.split("宛先一覧")[-1]
    assert [one.request.signer in to for one in listed.rows] == [one.request.outcome == "不採択" for one in listed.rows]
    assert selection_doubts(store, year, SELECTION, TODAY) == ("選定前の希望票が1件あります。",)
    put_back(store)
    for one in listed.rows:
        if one.request.outcome == "不採択":
            dispatch_requests.decide_dispatch_request(
                acting(store), wish_id=one.id, outcome=RequestOutcome.WITHDRAWN, decided_on=TODAY, reason="団体の都合"
            )
    asked = next(one.text for one in selection_passages(store, year, TODAY) if one.part == "伺い文")
    assert asked == "標記の派遣について、つぎのとおり3団体を派遣先に選定してよろしいか伺います。"
    assert "別紙1" not in said_by(drawn(store, year, SELECTION, "xlsx"))
    history_services.undo(store, **WHO)
    fresh = selection_passages(store, year, TODAY)[1].text
    assert "1団体を不採択とし、別紙1の案により" in fresh
    store.database.execute("UPDATE dispatch_wishes SET outcome = '', handed_on = NULL")
    with pytest.raises(UserError, match="選定した希望票がまだありません"):
        documents.render_document(store, scope=year, kind=SELECTION, format="pdf", now=NOW)


def test_a_draft_that_is_open_to_the_public_names_nobody_and_says_how_many_had_asked_when_it_was_decided(store):
    content = drawn(store, DocumentScope(fiscal_year=2026), SELECTION)
    pages = pages_of(content)
    declined = rows(store.database, DispatchRequest, outcome="不採択")
    for wish in declined:
        organisation = by_id(store.database, Organisation, wish.organisation_id)
        for page in pages[2:-1]:
            assert "".join(wish.signer.split()) not in page
            assert organisation.name not in page
        assert "".join(wish.signer.split()) in pages[-1]
    held = [one for one in rows(store.database, DispatchRequest) if one.received_on <= declined[0].decided_on]
    assert f"{len(held)}団体から希望がありました" in pages[2]
    assert "団体を優先したためです。" in pages[2]


def test_the_public_is_told_the_days_of_the_contract(store):
    """Until when a report still fits into 履行期間 is the ward's own care: 仕様書4(2)ア says until 3月15日."""
    texts = {one.part: one.text for one in call_passages(store, DocumentScope(fiscal_year=2026), TODAY)}
    assert texts[WHEN].startswith("令和8年9月1日から令和9年3月15日（月）までの間で")
    year = read_dispatches(store, today=TODAY)
    assert (year.requests.kind.window_end, year.last_day) == (date(2027, 3, 15), date(2027, 3, 10))


def test_a_call_names_only_the_ways_that_the_office_has(store):
    year = DocumentScope(fiscal_year=2026)
    assert "郵送・FAX・窓口でお出しください。" in said_by(
        documents.build_document(store, scope=year, kind=CALL_FOR_REQUESTS, now=NOW)
    )
    with store.change(action="所属を直した", **WHO) as change:
        for one in rows(store.database, Office):
            change.update(Office, one.id, fax="")
    assert {one.part: one.text for one in call_passages(store, year, TODAY)}[APPLY].endswith(
        "郵送・窓口でお出しください。"
    )
    with store.change(action="所属を直した", **WHO) as change:
        for one in rows(store.database, Office):
            change.update(Office, one.id, address="", postal_code="")
    assert (
        "記入し、問合せ先へお出しください。" in {one.part: one.text for one in call_passages(store, year, TODAY)}[APPLY]
    )
    for kind in (CALL_FOR_REQUESTS, REQUEST_FORM):
        assert "FAX" not in said_by(documents.build_document(store, scope=year, kind=kind, now=NOW))


def test_every_dispatch_has_the_one_closing_day_that_its_call_published_wherever_its_events_go(store):
    scope = DocumentScope(fiscal_year=2026)

    def told() -> set[date]:
        events = rows(store.database, Event, kind="派遣")
        return {letter_building.read_letter_facts(store, event=one).apply_by for one in events}

    def called() -> str:
        return next(one.text for one in call_passages(store, scope, TODAY) if one.part == APPLY)

    assert told() == {date(2026, 9, 2)}
    assert called().startswith("令和8年9月2日（水）まで")
    third = dispatch(store, 3)
    move_event(acting(store), event_id=third.id, new_date=date(2027, 2, 10), reason="団体の都合")
    assert told() == {date(2026, 9, 2)}
    # One that is added when the call is out, for an earlier day than all others, was never called for.
    with store.change(action="派遣を加えた", **WHO) as change:
        added = change.insert(
            Event(
                programme_id=1,
                kind="派遣",
                form=EventForm.VISIT,
                subject="見本あらたま町会",
                event_date=date(2026, 10, 7),
            )
        )
        change.insert(RecruitmentStep(event_id=added, position=1, name="希望票の締切", offset_days=49))
    assert told() == {date(2026, 9, 2)}
    with store.change(action="中止", **WHO) as change:
        change.update(Event, dispatch(store, 1).id, status=EventStatus.CANCELLED)
    assert told() == {date(2026, 9, 2)}
    assert called().startswith("令和8年9月2日（水）まで")


def test_a_selection_cites_no_lecture_that_lay_ahead_as_one_that_somebody_came_to(store):
    said = said_by(drawn(store, DocumentScope(fiscal_year=2026), SELECTION))
    ahead = [one for one in rows(store.database, Event, kind="講習会") if one.event_date > date(2026, 9, 11)]
    assert ahead
    assert not any(f"{one.full_title}　{count}人が参加" in said for one in ahead for count in range(1, 30))
    assert "選定前" not in said


def test_a_selection_that_was_decided_on_leaves_the_day_of_its_drafting_to_write(store):
    scope = DocumentScope(fiscal_year=2026)
    letter = row(store.database, Letter, document_kind=DECLINE_NOTICE)
    first, second = pages_of(drawn(store, scope, SELECTION))[:2]
    assert "起案令和8年月日練馬区" in first
    assert dates.long_date_plain(letter.decided_on) in second
    assert dates.long_date_plain(letter.issued_on) in second


def test_the_draft_of_a_selection_stays_as_it_was_put_up_and_the_next_selection_has_its_own(store):
    scope = DocumentScope(fiscal_year=2026)

    def decide(wish, outcome, on, reason):
        dispatch_requests.decide_dispatch_request(
            acting(store),
            wish_id=wish.id,
            outcome=outcome,
            decided_on=on,
            reason=reason,
            event_id=wish.event_id,
            lecture_id=wish.lecture_id,
            exception_reason="承知のうえ",
        )

    def paper():
        return documents.build_document(store, scope=scope, kind=SELECTION, now=NOW)

    put_up = said_by(paper())
    chosen = next(one for one in rows(store.database, DispatchRequest, outcome="決定") if one.handed_on is None)
    decide(chosen, RequestOutcome.CHOSEN, chosen.decided_on, "ほかの理由")
    note = next(one for one in selection_passages(store, scope, TODAY) if one.part == "備考")
    with store.change(action="備考を書いた", by=BY, now=NOW) as change:
        keep_passage(
            change, store.database, keys=keys_of(store, scope), kind=SELECTION, default=note, text="追って通知する。"
        )
    assert said_by(paper()) == put_up
    decide(chosen, RequestOutcome.WITHDRAWN, TODAY, "団体の申出")
    assert said_by(paper()) == put_up

    later = row(store.database, DispatchRequest, outcome="")
    decide(later, RequestOutcome.REFUSED, TODAY, "日程が合わない")
    assert "日程が合わない" in said_by(paper())
    set_letter_state(
        acting(store),
        scope=DocumentScope(organisation_id=later.organisation_id),
        kind=DECLINE_NOTICE,
        form=LetterForm.FORMAL,
        state=LetterState.IN_APPROVAL,
    )
    decide(later, RequestOutcome.REFUSED, TODAY, "書き直した理由")
    assert "日程が合わない" in said_by(paper())
    assert "書き直した理由" not in said_by(paper())


def test_a_letter_that_no_list_asks_to_tell_is_told_by_its_issue(store):
    told = rows(store.database, Notification, document_kind=DECLINE_NOTICE)
    letters = rows(store.database, Letter, document_kind=DECLINE_NOTICE)
    assert {(one.organisation_id, one.told_on) for one in told} == {
        (one.organisation_id, one.issued_on) for one in letters
    }
    assert {one.told_how for one in told} == {BY_ISSUE}
    about = DocumentScope(organisation_id=letters[0].organisation_id)
    withdraw_issue(acting(store), scope=about, kind=DECLINE_NOTICE, reason="施行日の誤り")
    (mine,) = rows(store.database, Notification, **keys_of(store, about))
    assert mine.withdrawn


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("団体を優先した。", "団体を優先したためです。"),
        ("日程が合わない", "日程が合わないためです。"),
        ("日程の都合によります。", "日程の都合によります。"),
    ],
)
def test_a_reason_is_worded_as_letters_are(reason, said):
    assert polite_reason(reason) == said


def test_the_sheet_of_the_contact_has_the_day_on_which_it_was_given_and_warns_after_the_event(store):
    event = dispatch(store, 1)
    scope = DocumentScope(event_id=event.id)
    assert "実施日（令和8年10月21日（水））より後です" in "".join(contact_doubts(store, scope, CONTACT_SHEET, TODAY))
    with store.change(action="渡した", by=BY, now=NOW) as change:
        given = {
            "event_id": event.id, "document_kind": CONTACT_SHEET, "key": CONTACT_SHEET, "told_on": date(2026, 9, 16),
        }  # fmt: skip
        change.insert(Notification(**given, told_to="受託者", told_how="手渡し", told_by=BY, by=BY, at=NOW))
    assert contact_doubts(store, scope, CONTACT_SHEET, TODAY) == ()
    (mine,) = rows(store.database, Notification, document_kind=CONTACT_SHEET, event_id=event.id)
    for days, is_late in ((0, False), (1, True)):
        with store.change(action="渡した日", by=BY, now=NOW) as change:
            change.update(Notification, mine.id, told_on=event.event_date + timedelta(days=days))
        assert bool(contact_doubts(store, scope, CONTACT_SHEET, TODAY)) is is_late
    history_services.undo(store, **WHO)
    history_services.undo(store, **WHO)
    content = drawn(store, scope, CONTACT_SHEET)
    assert "令和8年9月16日" in pages_of(content)[0]


def test_a_decision_notice_says_once_that_no_head_is_registered(store):
    slip = next(
        one
        for one in dispatch_requests.read_dispatch_requests(store).rows
        if one.request.outcome == "決定" and one.request.signer
    )
    event = next(one for one in rows(store.database, Event, organisation_id=slip.organisation.id) if one.kind == "派遣")
    with store.change(action="役職を消した", by=BY, now=NOW, subject="organisations") as change:
        for person in rows(store.database, Person, organisation_id=slip.organisation.id):
            change.update(Person, person.id, role="")
    back_to_draft(store, event.id)
    said = read_letters(store, event_id=event.id, kind=DECISION, now=NOW).cautions
    assert len([one for one in said if "会長名の登録がなく" in one]) == 1
    assert any(
        f"宛名は、会長名の登録がなく「御中」です。希望票に署名した方は{slip.request.signer}です。会長のときは" in one
        for one in said
    )


@pytest.mark.parametrize("steps", [(), (LetterState.IN_APPROVAL,), (LetterState.IN_APPROVAL, LetterState.APPROVED)])
def test_another_signer_is_said_until_the_letter_has_left(store, steps):
    slip = next(one for one in rows(store.database, DispatchRequest, outcome="決定") if one.signer and one.event_id)
    with store.change(action="署名", by=BY, now=NOW) as change:
        change.update(DispatchRequest, slip.id, signer="別人 花子")
    back_to_draft(store, slip.event_id)
    for state in steps:
        set_letter_state(
            acting(store),
            scope=DocumentScope(event_id=slip.event_id),
            kind=DECISION,
            form=LetterForm.FORMAL,
            state=state,
            document_number="8練地協第10499号",
            decided_on=NOW.date(),
        )
    page = read_letters(store, event_id=slip.event_id, kind=DECISION, now=NOW)
    assert page.row.letter.state == (steps or (LetterState.DRAFT,))[-1]
    assert len([one for one in page.cautions if "希望票に署名した方は別人 花子です。" in one]) == 1


def test_who_is_chosen_without_having_come_says_why_and_names_lectures_only_where_the_year_has_some(store):
    chosen = next(one for one in rows(store.database, DispatchRequest, outcome="決定"))
    why = "役員がこれから学ぶ"
    put_back(store)
    with store.change(action="理由", by=BY, now=NOW) as change:
        change.update(DispatchRequest, chosen.id, unlinked_reason=why)
    said = said_by(documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=SELECTION, now=NOW))
    assert f"講習会に参加のない団体を選ぶ理由{why}" in "".join(said.split())
    assert _unlinked_text(by_id(store.database, DispatchRequest, chosen.id), "") == why


@pytest.mark.parametrize(
    ("reason", "outcome", "said"),
    [
        (" ", "決定", ""),
        ("これから学ぶ", "", ""),
        ("これから学ぶ", "不採択", ""),
        (" これから学ぶ ", "決定", "講習会に参加のない団体を選ぶ理由　これから学ぶ"),
    ],
)
def test_why_somebody_is_chosen_who_never_came_is_said_of_who_is_chosen_alone(reason, outcome, said):
    assert _unlinked_text(replace(REQUEST, outcome=outcome, unlinked_reason=reason), "講習会") == said


@pytest.mark.parametrize(
    ("closes", "signed", "which"),
    [
        (REQUEST_DAY - timedelta(days=1), True, "締切のあとに届いた"),
        (REQUEST_DAY, True, "この"),
        (None, True, "この"),
        (REQUEST_DAY, False, "署名がまだない"),
        (REQUEST_DAY - timedelta(days=1), False, "締切のあとに届いた、署名がまだない"),
    ],
)
def test_why_a_late_or_unsigned_request_is_chosen_is_said_as_it_stands_now(closes, signed, which):
    one = replace(REQUEST, signed=signed, exception_reason=" ほかにない ")
    assert _exception_text(one, closes) == f"{which}希望票を選ぶ理由　ほかにない"
    assert _exception_text(replace(one, outcome="不採択"), closes) == ""
    assert _exception_text(replace(one, exception_reason=" "), closes) == ""


def test_two_days_at_one_organisation_outside_the_register_are_one_organisation(tmp_path):
    store = started_year(tmp_path)
    for day in (date(2026, 10, 15), date(2026, 10, 22)):
        add_dispatch(store, day)
    assert read_dispatches(store, today=TODAY).organisation_count == 1
    for unnamed in (add_dispatch(store, None), add_dispatch(store, None)):
        with store.change(action="団体は未定", **WHO) as change:
            change.update(Event, unnamed, organisation_name="")
    assert read_dispatches(store, today=TODAY).organisation_count == 3
    store.database.conn.close()


def test_a_second_request_does_not_make_two_of_one_organisation(store):
    year = DocumentScope(fiscal_year=2026)
    first = next(one for one in rows(store.database, DispatchRequest, outcome="不採択"))
    again = replace(first, id=0, outcome="", decided_on=None, reason="", file_id=None, file_name="")
    saved = dispatch_requests.save_dispatch_request(acting(store), wish=again).id
    dispatch_requests.decide_dispatch_request(
        acting(store), wish_id=saved, outcome=RequestOutcome.WITHDRAWN, decided_on=first.decided_on, reason="出し直した"
    )
    shown = read_dispatches(store, today=TODAY)
    assert (shown.organisation_count, shown.requests.organisation_count, len(shown.rows)) == (6, 6, 7)
    put_back(store)
    said = said_by(drawn(store, year, SELECTION))
    assert "までに、5団体から派遣希望票の提出があった" in said
    assert "募集する3団体程度に対し、5団体から希望がありました" in said
    assert "5団体（6通）" in said


def test_what_follows_a_choice_is_the_letters_the_decisions_and_each_visit():
    line = RequestLine(request=REQUEST, organisation="見本町会", branch="", link="", letter=(), closes=None)
    visits = ((date(2026, 10, 1), "第1回"), (None, "第2回"))
    facts = SelectionFacts(request_lines=(line,), planned="3団体", letters=(), events=visits, lectures="")
    rows = _next_steps(facts, 2, notice="不採択通知")
    assert [day for day, _words in rows] == ["", "", "R8.10.1（木）", ""]
    assert (rows[0][1], rows[2:]) == (
        "不採択通知の施行（2通）",
        _next_steps(replace(facts, request_lines=()), 0, notice=""),
    )
