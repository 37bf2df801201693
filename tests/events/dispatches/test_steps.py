"""The seven steps of a 派遣 by the one rule over what is recorded, case by case, and the list of the year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.documents.services.document_passages import set_passage
from app.documents.services.document_saving import set_letter_state, withdraw_issue
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import render_document
from app.documents.services.issued_copies import withdraw_row
from app.documents.services.kept_letters.letter_differences import read_comparison
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import read_event_records
from app.event.services.tasks.deadlines import event_tasks, read_year
from app.events.calls.services.calls import decide_change
from app.events.dispatches import rules as dispatches_rules
from app.events.dispatches.documents import CALL_FOR_REQUESTS, SELECTION
from app.events.dispatches.rules import (
    LATE,
    STEPS,
    UNSIGNED,
    StepContext,
    call_step_marks,
    dispatch_steps,
    join_exception_reasons,
    objections_to_selection,
    split_exception_reason,
    text_beyond_tools,
    tools_in_text,
)
from app.events.dispatches.screens.step_columns import next_cell
from app.events.dispatches.services import dispatch_requests, support
from app.events.dispatches.services.steps import DispatchRow, StepDue, read_dispatches
from app.events.letters.services.letter_addressees import addressees
from app.events.letters.services.letter_building import build_letter_document, default_passages
from app.events.letters.services.letter_documents import DOCUMENTS
from app.registers.register.services.organisation_merge import merge_organisations
from app.year.dates.services import close_year
from db.records.calls import DecisionKind
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.documents import LetterForm, Outgoing
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation
from db.rows import by_id, row, rows
from tests.support.cancelling import cancel_event
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, event_id
from tests.support.years import started_year

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()
SLIP = DispatchRequest(id=1, programme_id=1, organisation_id=7, received_on=TODAY)
EVENT = Event(
    id=3,
    kind="派遣",
    form=EventForm.VISIT,
    programme_id=1,
    subject="",
    organisation_id=7,
    event_date=TODAY + timedelta(days=30),
)
CHOSEN = replace(SLIP, outcome="決定", decided_on=TODAY)


def stand(**recorded):
    found = dispatch_steps(StepContext(**recorded), TODAY)
    return [step for step in STEPS if step in found.done_steps], found.current_step, found.next_task


@pytest.mark.parametrize(
    ("recorded", "done", "turn", "to_do"),
    [
        ({"event": EVENT}, ["日程"], "希望票", "希望票を記録する"),
        ({"request": replace(SLIP, signed=False)}, [], "希望票", "希望票に署名をもらう"),
        ({"request": SLIP}, ["希望票"], "選定", "選定を記録する"),
        ({"request": CHOSEN}, ["希望票", "選定"], "日程", "派遣の実施回を追加する"),
        # No letter without a day: that is what is to be done for it.
        ({"request": CHOSEN, "event": replace(EVENT, event_date=None)}, ["希望票", "選定"], "日程", "日程を決める"),
        # Out of order: the day is fixed, the 決裁 is open, and the open one counts.
        ({"request": CHOSEN, "event": EVENT}, ["希望票", "選定", "日程"], "決裁", "決定通知の決裁"),
        ({"request": CHOSEN, "event": EVENT, "is_approved": True},
         ["希望票", "選定", "日程"], "決裁", "決定通知を出す"),
        ({"request": SLIP, "event": EVENT, "notified_on": TODAY}, ["希望票", "決裁", "日程"], "選定", "選定を記録する"),
        ({"request": SLIP, "event": EVENT, "selected_on": TODAY}, ["希望票", "選定", "日程"], "決裁", "決定通知の決裁"),
        # Moved: with a new day nothing is open; put off without one, the day is.
        (
            {"request": CHOSEN, "event": EVENT, "notified_on": TODAY},
            ["希望票", "選定", "決裁", "日程"], "訪問", "訪問を待つ",
        ),
        (
            {"request": CHOSEN, "event": EVENT, "notified_on": TODAY, "awaits_hearing": True},
            ["希望票", "選定", "決裁", "日程"], "訪問", "ヒアリングを記録する",
        ),
        (
            {"request": CHOSEN, "event": replace(EVENT, event_date=TODAY), "notified_on": TODAY,
             "awaits_hearing": True},
            ["希望票", "選定", "決裁", "日程"], "訪問", "本日の訪問",
        ),
        (
            {"request": CHOSEN, "event": EVENT, "notified_on": TODAY, "is_postponed": True},
            ["希望票", "選定", "決裁"], "日程", "延期した日程を決める",
        ),
        (
            {"request": CHOSEN, "event": replace(EVENT, event_date=TODAY - timedelta(days=1)), "notified_on": TODAY},
            ["希望票", "選定", "決裁", "日程"], "訪問", "実施結果を記録する",
        ),
        # The report came before anybody wrote down how many came.
        (
            {"request": CHOSEN, "event": replace(EVENT, event_date=TODAY), "notified_on": TODAY,
             "is_report_checked": True},
            ["希望票", "選定", "決裁", "日程", "報告書"], "訪問", "本日の訪問",
        ),
    ],
)  # fmt: skip
def test_what_is_recorded_says_which_steps_are_done_and_which_is_next(recorded, done, turn, to_do):
    assert stand(**recorded) == (done, turn, to_do)


def test_the_day_for_the_result_is_not_called_the_day_of_the_visit():
    held = replace(EVENT, event_date=TODAY - timedelta(days=1))

    def said(event, day):
        steps = dispatch_steps(StepContext(request=CHOSEN, event=event, notified_on=TODAY), TODAY)
        row = DispatchRow(
            id="e1",
            steps=steps,
            request=None,
            event=event,
            organisation=None,
            attended=None,
            participant_count=0,
            step_due=StepDue(day=day),
        )
        return next_cell(row, TODAY).second.split()[-1]

    assert said(held, TODAY) == "目安日"
    assert said(EVENT, EVENT.event_date) == "実施日"


def test_after_the_visit_the_report_is_waited_for_then_checked_and_the_call_is_last():
    held = {"request": CHOSEN, "event": replace(EVENT, status=EventStatus.HELD, event_date=TODAY), "notified_on": TODAY}
    for more, to_do, side in (
        ({}, "報告書を待つ", "受託者"),
        ({"has_report": True}, "報告書を確かめる", "区"),
        ({"has_report": True, "is_correction_requested": True}, "修正版を待つ", "受託者"),
        ({"has_report": True, "is_report_checked": True}, "3か月後の電話", "区"),
    ):
        found = dispatch_steps(StepContext(**held, **more), TODAY)
        assert (found.next_task, found.responsible_side) == (to_do, side)
    through = dispatch_steps(StepContext(**held, has_report=True, is_report_checked=True, is_called=True), TODAY)
    assert (len(through.done_steps), through.current_step, through.next_task) == (7, "", "")


def test_what_was_declined_taken_back_or_cancelled_goes_no_further_and_keeps_what_was_done():
    for recorded, ended, done in (
        ({"request": replace(SLIP, outcome="不採択")}, "不採択", {"希望票"}),
        ({"request": replace(SLIP, outcome="取下げ"), "event": EVENT}, "取下げ", {"希望票", "日程"}),
        (
            {"request": CHOSEN, "event": replace(EVENT, status=EventStatus.CANCELLED)},
            "中止",
            {"希望票", "選定", "日程"},
        ),
    ):
        found = dispatch_steps(StepContext(**recorded), TODAY)
        assert (found.end_reason, found.current_step, set(found.done_steps)) == (ended, "", done)


def test_the_call_for_slips_is_told_by_what_is_recorded_and_one_without_a_day_says_so():
    def line(**given):
        done = {"is_checked": True, "is_published": False, "is_announced": False}
        known = done | {"request_count": 0, "closes": None, "today": TODAY}
        return [(one.words, one.state) for one in call_step_marks(**known | given)]

    assert line(is_checked=False)[0] == ("仕様の確認", "next")
    assert line() == [
        ("仕様の確認", "done"), ("募集要項", "next"), ("周知", "open"), ("募集", "open"), ("締切 未定", "open"),
    ]  # fmt: skip
    # Whoever sent a slip knew of the call: nothing before it is next, nor done as nobody recorded it.
    assert [state for _words, state in line(request_count=1)] == ["done", "open", "open", "next", "open"]
    running = line(is_announced=True, closes=TODAY)
    assert running[3:] == [("募集", "next"), (f"締切 {short_date(TODAY, TODAY)}", "open")]
    over = line(request_count=2, is_announced=True, closes=TODAY - timedelta(days=1))
    assert {state for _words, state in over} == {"done"}


def test_what_is_told_on_the_telephone_names_the_tools_of_the_slip():
    assert tools_in_text("HP、インスタ") == ("Instagram", "ホームページ")
    assert tools_in_text("公式アカウント キャッシュレス") == ("LINE公式アカウント", "キャッシュレス決済")
    assert tools_in_text("ＬＩＮＥで連絡したい") == (), "which of the two nobody said"
    assert tools_in_text("ＬＩＮＥ、ＨＰ") == ("ホームページ",), "nor in a word alone"
    assert tools_in_text("LINE オープンチャット") == ("LINEオープンチャット",)
    assert (text_beyond_tools("LINE"), text_beyond_tools("ライン、HP")) == ("LINE", "ライン、HP"), "as it was said"
    assert text_beyond_tools("HP、インスタ") == "", "what is ticked is not said a second time"
    assert text_beyond_tools("ホームページで 行事を知らせたい") == "ホームページで 行事を知らせたい"


def test_what_stands_against_choosing_a_slip_is_named():
    closes = TODAY - timedelta(days=1)
    assert objections_to_selection(SLIP, None, TODAY) == {}
    assert objections_to_selection(SLIP, TODAY, TODAY) == {}
    late, unsigned = objections_to_selection(replace(SLIP, signed=False), closes, TODAY).values()
    assert short_date(closes, TODAY) in late
    assert "署名" in unsigned


# the list of the year


def listed(store, today=TODAY, **given):
    return {one.name: one for one in read_dispatches(store, today=today, **given).rows}


def turns(store, **given):
    return {name: one.steps.end_reason or one.steps.current_step for name, one in listed(store, **given).items()}


FIRST, SECOND, THIRD = "見本あおば町会", "見本そよかぜ自治会", "見本わかば町会"


def test_the_rows_stand_in_the_order_of_receipt_and_are_due_when_home_says_so(store):
    year = read_dispatches(store, today=TODAY)
    received = [one.request.request.received_on for one in year.rows]
    assert received == sorted(received)
    assert (year.selected_count, year.requests.kind.planned, len(year.rows)) == (3, 3, 6)
    found = listed(store)
    assert {name: one.steps.current_step for name, one in found.items() if name in (FIRST, SECOND, THIRD)} == {
        FIRST: "3か月後", SECOND: "報告書", THIRD: "決裁",
    }  # fmt: skip
    for name, task in ((FIRST, support.CALL_TASK), (SECOND, "実施報告書")):
        mine = event_tasks(store, event_id=found[name].event.id, today=TODAY)
        assert found[name].step_due.day == next(one.due for one in mine if one.task == task and one.is_open)
    dues = [one.step_due for one in year.rows if one.step_due is not None]
    assert [(one.day, one.is_contract_date, one.is_passed, one.is_soon) for one in dues] == [
        (date(2027, 1, 21), False, False, False), (date(2026, 12, 16), True, False, False),
        (date(2026, 9, 11), False, True, False), (TODAY, False, False, True),
    ]  # fmt: skip
    # The walk of support says the same of each.
    for name in (FIRST, SECOND, THIRD):
        view = support.read_support(store, event_id=found[name].event.id, today=TODAY)
        assert view.steps == found[name].steps


def test_a_letter_to_one_hall_names_no_reception_and_one_that_left_with_it_is_not_otherwise(store):
    event = listed(store)[THIRD].event
    about = {"scope": DocumentScope(event_id=event.id), "kind": "決定通知"}
    who = acting(store)
    every = default_passages(store, event=event, kind="決定通知", on=TODAY)
    (usual,) = [one.text for one in every if one.part == "日時"]
    assert "受付" not in usual
    set_letter_state(who, **about, form=LetterForm.FORMAL, state="案")
    set_passage(who, **about, part="日時", text=f"{usual}\n（受付　午後1時30分から）")
    issued = {"decided_on": TODAY, "document_number": "見本第1号", "issued_on": TODAY}
    set_letter_state(who, **about, form=LetterForm.FORMAL, state="施行", **issued)
    set_passage(who, **about, part="日時", text=usual)
    assert read_comparison(store, **about, now=NOW).differences == ()


def test_a_letter_that_went_out_does_its_step_for_list_and_home_alike_and_taken_back_it_is_open_again(store):
    third = listed(store)[THIRD].event

    def open_steps():
        return [one.label for one in event_tasks(store, event_id=third.id, today=TODAY) if one.step_id and one.is_open]

    def prepared():
        lines = preparation_of(read_event_records(store, third.id), read_year(store, today=TODAY))
        return next((one.is_done, one.state_word) for one in lines if one.label == "決定通知の施行")

    def state(word, **given):
        scope = DocumentScope(event_id=third.id)
        set_letter_state(acting(store), scope=scope, kind="決定通知", form=LetterForm.FORMAL, state=word, **given)

    assert "決定・不採択の通知" in open_steps()
    assert prepared() == (False, "未了")
    state("施行", decided_on=TODAY, document_number="見本第1号", issued_on=TODAY)
    assert listed(store)[THIRD].steps.current_step == "訪問"
    assert "決定・不採択の通知" not in open_steps()
    assert prepared() == (True, f"{short_date(TODAY)} 済")
    withdraw_issue(acting(store), scope=DocumentScope(event_id=third.id), kind="決定通知", reason="宛先の誤り")
    assert listed(store)[THIRD].steps.current_step == "決裁"
    assert "決定・不採択の通知" in open_steps()
    assert prepared() == (False, "未了")


def test_cancelled_renamed_and_merged_they_keep_their_steps(store):
    third, second = listed(store)[THIRD], listed(store)[SECOND]
    cancel_event(store, event_id=third.event.id, reason="講師の急病のため", **WHO)
    assert turns(store)[THIRD] == "中止"
    store.database.execute("UPDATE organisations SET name = '見本わかば会' WHERE id = ?", [third.organisation.id])
    assert turns(store)["見本わかば会"] == "中止", "by the name that is registered now"
    free = next(one for one in rows(store.database, Organisation) if one.id == 20)
    merge_organisations(acting(store), keep_id=free.id, drop_id=second.organisation.id)
    merged = listed(store)[free.name]
    assert (merged.request.id, merged.event.id, merged.steps) == (second.request.id, second.event.id, second.steps)


def test_put_off_without_a_new_day_its_day_is_open_again(store):
    third = listed(store)[THIRD].event
    decide_change(
        acting(store),
        event_id=third.id,
        kind=DecisionKind.POSTPONEMENT,
        decided_at=NOW,
        decided_by="課長",
        reason="大雪のため",
    )
    found = listed(store)[THIRD]
    assert "日程" not in found.steps.done_steps
    assert found.steps.next_task == "延期した日程を決める"


def test_a_dispatch_without_a_slip_and_one_of_nobody_have_rows_of_their_own(store):
    store.database.execute("UPDATE dispatch_wishes SET event_id = NULL")
    assert turns(store)[THIRD] == "決裁", "the event of its 団体 is that of its slip"
    store.database.execute("DELETE FROM dispatch_wishes")
    assert {name: turn for name, turn in turns(store).items() if name == THIRD} == {THIRD: "希望票"}
    store.database.execute("UPDATE events SET organisation_id = NULL, organisation_name = '' WHERE kind = '派遣'")
    assert [one.name for one in read_dispatches(store, today=TODAY).rows] == ["団体は未定"] * 3


def test_a_closed_year_shows_its_steps_as_they_were_recorded(store):
    before = turns(store)
    close_year(acting(store), fiscal_year=2026, day=TODAY, reason="見本")
    assert turns(store, fiscal_year=2026) == before


def test_a_slip_that_came_late_is_chosen_with_a_reason_that_stands_in_the_drafting(store):
    slip = row(store.database, DispatchRequest, outcome="")
    asked = {"wish_id": slip.id, "outcome": RequestOutcome.CHOSEN, "decided_on": TODAY, "reason": "日程が合う。"}
    with pytest.raises(UserError, match=r"締切 9/2\(水\) のあとに届いた希望票です"):
        dispatch_requests.decide_dispatch_request(acting(store), **asked)
    dispatch_requests.decide_dispatch_request(acting(store), **asked, exception_reason="1団体の辞退による空き")
    scope = DocumentScope(fiscal_year=2026, as_of=TODAY)
    said = said_by(render_document(store, scope=scope, kind=SELECTION, format="pdf", now=NOW).content)
    assert "締切のあとに届いた希望票を選ぶ理由　1団体の辞退による空き" in said
    dispatch_requests.decide_dispatch_request(acting(store), **asked | {"outcome": RequestOutcome.REFUSED})
    assert by_id(store.database, DispatchRequest, slip.id).exception_reason == ""


def test_a_slip_late_and_unsigned_is_chosen_with_a_reason_for_each(store):
    slip = row(store.database, DispatchRequest, outcome="")
    store.database.execute("UPDATE dispatch_wishes SET signed = 0 WHERE id = ?", [slip.id])
    asked = {"wish_id": slip.id, "outcome": RequestOutcome.CHOSEN, "decided_on": TODAY, "reason": "日程が合う。"}
    late = join_exception_reasons({LATE: "空きのため", UNSIGNED: " "})
    with pytest.raises(UserError) as refused:
        dispatch_requests.decide_dispatch_request(acting(store), **asked, exception_reason=late)
    assert "代表者の署名がまだない希望票です" in str(refused.value)
    assert "「署名前でも選ぶ理由」に書いて" in str(refused.value)
    assert "締切" not in str(refused.value), "that one has its reason"
    both = join_exception_reasons({LATE: "空きのため", UNSIGNED: "電話で確かめた"})
    dispatch_requests.decide_dispatch_request(acting(store), **asked, exception_reason=both)
    scope = DocumentScope(fiscal_year=2026, as_of=TODAY)
    said = said_by(render_document(store, scope=scope, kind=SELECTION, format="pdf", now=NOW).content)
    assert "締切のあとに届いた希望票を選ぶ理由　空きのため\n署名がまだない希望票を選ぶ理由　電話で確かめた" in said
    assert "：" not in said.split("希望票を選ぶ理由", 1)[1].split("電話で確かめた")[0]
    old = {LATE: "空きのため", UNSIGNED: "空きのため"}
    assert split_exception_reason("空きのため", [LATE, UNSIGNED]) == old, "a text of before answers both"
    assert split_exception_reason("空きのため", ()) == {"": "空きのため"}


def test_the_drafting_says_of_a_chosen_slip_what_stands_against_it_now(store):
    slip = row(store.database, DispatchRequest, outcome="")
    asked = {"wish_id": slip.id, "outcome": RequestOutcome.CHOSEN, "decided_on": TODAY, "reason": "日程が合う。"}
    dispatch_requests.decide_dispatch_request(acting(store), **asked, exception_reason="空きのため")

    def said(signed: int, received: str) -> str:
        store.database.execute(
            "UPDATE dispatch_wishes SET signed = ?, received_on = ? WHERE id = ?", [signed, received, slip.id]
        )
        scope = DocumentScope(fiscal_year=2026, as_of=TODAY)
        return said_by(render_document(store, scope=scope, kind=SELECTION, format="pdf", now=NOW).content)

    assert "締切のあとに届いた、署名がまだない希望票を選ぶ理由　空きのため" in said(0, "2026-09-03")
    assert "　署名がまだない希望票を選ぶ理由　空きのため".strip() in said(0, "2026-09-02")
    assert "あとに届いた" not in said(0, "2026-09-02")
    assert "この希望票を選ぶ理由　空きのため" in said(1, "2026-09-02"), "signed since and in time"


def test_a_new_dispatch_takes_its_slip_and_the_letter_goes_to_the_organisation_before_anybody_is_named(store):
    third = listed(store)[THIRD]
    store.database.execute("DELETE FROM entries WHERE event_id = ?", [third.event.id])
    store.database.execute("UPDATE dispatch_wishes SET event_id = NULL WHERE id = ?", [third.request.id])
    store.database.execute("UPDATE recruitment_steps SET done_on = NULL WHERE event_id = ?", [third.event.id])
    dispatch_requests.link_event(acting(store), wish_id=third.request.id, event_id=third.event.id)
    assert by_id(store.database, DispatchRequest, third.request.id).event_id == third.event.id
    assert [one.name for one in rows(store.database, RecruitmentStep, event_id=third.event.id) if one.done_on] == [
        "選定"
    ]
    event = by_id(store.database, Event, third.event.id)
    (to,) = addressees(store, event=event, kind="決定通知", unit="団体ごと", today=TODAY)
    assert (to.organisation, to.people) == (THIRD, ())
    assert THIRD in said_by(build_letter_document(store, event, NOW, kind="決定通知"))
    asked = {one.part: one.text for one in default_passages(store, event=event, kind="起案資料", on=TODAY)}
    words = "".join(asked.values())
    assert " 0団体" not in words
    assert "0団体0人" not in words
    assert "つぎのとおり実施を決定し" in "".join(asked.values())
    assert {one.kind for one in DOCUMENTS} >= {"決定通知", "起案資料"}
    with pytest.raises(UserError, match="ほかの団体への派遣"):
        dispatch_requests.link_event(acting(store), wish_id=listed(store)[FIRST].request.id, event_id=third.event.id)


def test_a_contact_goes_out_on_a_signed_slip_alone(store):
    agreed = row(store.database, DispatchRequest, event_id=event_id(store, "派遣", 1))
    assert dispatches_rules.contact_withheld_reason(agreed) == ""
    assert dispatches_rules.contact_withheld_reason(replace(agreed, signed=False)) == "希望票に署名がない"
    with pytest.raises(UserError, match="署名または同意を取り消すときは"):
        dispatch_requests.save_dispatch_request(acting(store), wish=replace(agreed, signed=False))


def test_a_call_whose_issue_was_withdrawn_is_open_again(tmp_path):
    store = started_year(tmp_path)

    def is_open() -> bool:
        marks = read_dispatches(store, today=date(2026, 5, 1)).call_steps
        return next(one.state for one in marks if one.words.startswith("募集要項")) != "done"

    assert is_open()
    left = Outgoing(
        programme_id=1,
        document_kind=CALL_FOR_REQUESTS,
        reference="",
        version=1,
        format="pdf",
        way="印刷",
        by=BY,
        at=NOW,
    )
    with store.change(action="募集要項を印刷", **WHO) as change:
        left_id = change.insert(left)
    assert not is_open()

    with store.change(action="施行を取り消した", **WHO) as change:
        withdraw_row(change, by_id(store.database, Outgoing, left_id), reason="直す", who=BY, at=NOW)
    assert is_open()


def test_a_day_is_told_in_the_line_of_the_call(store):
    year = read_dispatches(store, today=date(2026, 8, 20))
    assert [(one.words, one.state) for one in year.call_steps][-2:] == [("募集", "next"), ("締切 9/2(水)", "open")]


def wish(number: int, organisation_id: int = 7, event_id: int | None = None) -> DispatchRequest:
    return DispatchRequest(
        id=number, programme_id=1, organisation_id=organisation_id, received_on=TODAY, event_id=event_id
    )


def visit(number: int, organisation_id: int = 7, status: str = "予定") -> Event:
    return replace(EVENT, id=number, organisation_id=organisation_id, status=EventStatus(status))


@pytest.mark.parametrize(
    ("wishes", "events", "found"),
    [
        # of one request
        ([wish(1)], [], [None]),
        ([wish(1)], [visit(3, organisation_id=8)], [None]),
        ([wish(1)], [visit(3)], [3]),
        ([wish(1, event_id=4)], [visit(3), visit(4)], [4]),
        ([wish(1, event_id=4)], [visit(4, organisation_id=8)], [4]),
        ([wish(1)], [visit(3, status=EventStatus.CANCELLED)], [3]),
        ([wish(1)], [visit(3, status=EventStatus.CANCELLED), visit(4)], [4]),
        ([wish(1, event_id=3)], [visit(3, status=EventStatus.CANCELLED), visit(4)], [4]),
        ([wish(1, event_id=3)], [visit(3, status=EventStatus.CANCELLED)], [3]),
        # of two of one 団体 the newest has what nobody is linked with
        ([wish(1), wish(2)], [visit(3)], [None, 3]),
        ([wish(1), wish(2, event_id=3)], [visit(3)], [None, 3]),
        ([wish(1, event_id=3), wish(2)], [visit(3)], [3, None]),
        ([wish(1, event_id=3), wish(2)], [visit(3), visit(4)], [3, 4]),
        ([wish(1, event_id=3), wish(2)], [visit(3, status=EventStatus.CANCELLED), visit(4)], [3, 4]),
        ([wish(1, event_id=3), wish(2, event_id=4)], [visit(3, status=EventStatus.CANCELLED), visit(4)], [3, 4]),
        # another 団体 takes nothing
        ([wish(1), wish(2, organisation_id=8)], [visit(3)], [3, None]),
        ([wish(1), wish(2, organisation_id=8, event_id=3)], [visit(3)], [None, 3]),
    ],
)
def test_a_request_has_its_own_visit_or_the_free_one_of_its_organisation(wishes, events, found):
    events_of = [dispatches_rules.event_of_request(one, events, wishes) for one in wishes]
    assert [one.id if one is not None else None for one in events_of] == found
