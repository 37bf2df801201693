"""派遣 on the sample year: slips, the choice, the gate of the contact, stages before and after, follow-ups and the
call."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.list_sheet import list_sheet
from app.documents.services import documents
from app.documents.services.document_saving import save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import log_outgoing, note_copied_text, note_copy_print, save_copy
from app.documents.services.list_export import export_list
from app.event.services import recruitment
from app.event.services.tasks.follow_ups import read_follow_ups
from app.event_day.checkouts import services as checkouts_services
from app.event_day.checkouts.services import record_checkout
from app.events.dispatches.documents import CONTACT_SHEET, SELECTION
from app.events.dispatches.rules import STAGES, stages_before, tools_requested
from app.events.dispatches.services import contact_consent, dispatch_requests, support
from app.events.dispatches.services.selection_drafting import selection_doubts
from app.events.dispatches.services.stages import remove_stages_from_history, write_stages_to_history
from app.events.dispatches.services.steps import read_dispatches
from app.history import services as history_services
from app.home.today.services import home
from app.main_window.action_routes import route_to
from app.programme.services import read_programme
from app.submissions.reports.documents.report_dispatch import dispatch_figures
from app.submissions.reports.services import report_check, report_form, reports
from app.submissions.reports.services.report_facts import gather_facts
from db.records.dispatches import DispatchFollowUp, DispatchRequest, RequestOutcome
from db.records.documents import Outgoing
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation, StageMark
from db.records.protection import Checkout
from db.records.submissions.reports import Report
from db.rows import by_id, row, rows
from db.tables import events
from db.tables.documents import all_outgoing
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()


def dispatch(store, number):
    return by_id(store.database, Event, event_id(store, "派遣", number))


def wish_of(store, number):
    return row(store.database, DispatchRequest, event_id=dispatch(store, number).id)


def decide_request(store, wish_id, outcome, on, reason, **given):
    return dispatch_requests.decide_dispatch_request(
        acting(store), wish_id=wish_id, outcome=outcome, decided_on=on, reason=reason, **given
    )


def stages(store, number):
    return by_id(store.database, Organisation, dispatch(store, number).organisation_id).stages


@pytest.mark.parametrize(
    ("ticked", "words", "tools"),
    [
        ((), "LINE", ("LINE",)),
        ((), "役員の連絡にＬＩＮＥを使いたい。ホームページも。", ("LINE", "ホームページ")),
        (("LINE公式アカウント",), "LINEを使いたい", ("LINE公式アカウント",)),
        (("Instagram",), "LINE公式アカウントの登録", ("Instagram", "LINE公式アカウント")),
        ((), "インスタグラムとキャッシュレス", ("Instagram", "キャッシュレス決済")),
        ((), "Instagramの公式アカウント", ("Instagram",)),
        ((), "スマートフォンの基本", ()),
    ],
)
def test_tools_that_a_slip_asks_for_are_those_ticked_and_those_its_words_name(ticked, words, tools):
    slip = DispatchRequest(programme_id=1, organisation_id=1, received_on=TODAY, tools=ticked, wish=words)

    assert tools_requested(slip) == tools


def test_a_dispatch_without_tools_takes_those_of_its_slip_and_follows_it(store):
    event, slip = dispatch(store, 2), wish_of(store, 2)
    assert event.tools

    def told():
        return by_id(store.database, Event, event.id).tools

    with store.change(now=NOW, by=BY, action="見本", subject="events") as change:
        change.update(Event, event.id, tools=())
        change.update(DispatchRequest, slip.id, tools=(), wish="役員の連絡にLINEを使いたい")
    blank = Report(event_id=event.id, way="作成", version=1)
    facts = gather_facts(store, event=by_id(store.database, Event, event.id), report=blank)
    figures = dispatch_figures(facts)
    assert {one.label: one.value for one in figures}["対象ツール"] == ""

    said = dispatch_requests.link_event(acting(store), wish_id=slip.id, event_id=event.id).message
    assert (told(), "対象ツールを、希望票のとおり「LINE」に" in said) == (("LINE",), True)
    dispatch_requests.save_dispatch_request(acting(store), wish=replace(wish_of(store, 2), wish="LINEとホームページ"))
    assert told() == ("LINE", "ホームページ")
    with store.change(now=NOW, by=BY, action="見本", subject="events") as change:
        change.update(Event, event.id, tools=("Instagram",))
    dispatch_requests.save_dispatch_request(acting(store), wish=replace(wish_of(store, 2), wish="LINE"))
    assert told() == ("Instagram",)


def test_a_signed_slip_names_its_signer_and_its_decision_needs_a_reason(store):
    slip = row(store.database, DispatchRequest, outcome="")
    for change, said in (
        ({"signer": " "}, "署名した代表者"),
        ({"tools": (), "wish": ""}, "希望するもの"),
        ({"received_on": TODAY + timedelta(days=1)}, "本日より後"),
        ({"people": 5, "phones": 9}, "スマートフォンを持って来る方（9人）が、参加する人数（5人）を超えています"),
    ):
        with pytest.raises(UserError, match=said):
            dispatch_requests.save_dispatch_request(acting(store), wish=replace(slip, id=0, **change))
    with pytest.raises(UserError, match="不採択の理由"):
        decide_request(store, slip.id, RequestOutcome.REFUSED, TODAY, " ")
    with pytest.raises(UserError, match="ほかの団体への派遣"):
        decide_request(store, slip.id, RequestOutcome.CHOSEN, TODAY, "可", event_id=dispatch(store, 1).id)
    with pytest.raises(UserError, match="削除できません"):
        dispatch_requests.remove_dispatch_request(acting(store), wish_id=wish_of(store, 1).id)


def test_a_closing_day_that_was_past_when_its_visit_got_a_date_closes_nothing(store):
    visits = rows(store.database, Event, kind="派遣")
    kind = read_programme(store).kind("派遣")
    assert recruitment.request_forms_close_on(store.database, kind, TODAY) == date(2026, 9, 2)

    with store.change(action="x", **WHO) as change:
        for one in visits:
            change.update(Event, one.id, dated_on=one.event_date)
            for step in rows(store.database, RecruitmentStep, event_id=one.id):
                change.update(RecruitmentStep, step.id, due=None)

    assert recruitment.request_forms_close_on(store.database, kind, TODAY) is None


def test_a_slip_corrected_after_it_was_chosen_says_what_stands_against_it_now(store):
    slip = wish_of(store, 3)
    with pytest.raises(UserError, match=r"受け取った日が、決定とした日（9/11\(金\)）より後です"):
        dispatch_requests.save_dispatch_request(
            acting(store), wish=replace(slip, received_on=slip.decided_on + timedelta(days=1))
        )
    year = DocumentScope(fiscal_year=2026)
    assert "決定していますが" not in "".join(selection_doubts(store, year, SELECTION, TODAY))
    late = dispatch_requests.save_dispatch_request(
        acting(store), wish=replace(slip, received_on=date(2026, 9, 3), signed=False)
    )
    for said in (late.message, "".join(selection_doubts(store, year, SELECTION, TODAY))):
        assert (
            "決定していますが、締切 9/2(水) のあとに届いた希望票です。また、代表者の署名がまだない希望票です。" in said
        )
        assert "「締切後でも選ぶ理由」と「署名前でも選ぶ理由」を書いてください" in said
    decide_request(
        store,
        slip.id,
        RequestOutcome.CHOSEN,
        slip.decided_on,
        slip.reason,
        event_id=slip.event_id,
        exception_reason="電話で先に聞いていた。",
    )
    assert "決定していますが" not in "".join(selection_doubts(store, year, SELECTION, TODAY))
    assert (
        "選定を直す"
        not in dispatch_requests.save_dispatch_request(acting(store), wish=replace(wish_of(store, 3), people=9)).message
    )


def test_a_missing_link_to_a_lecture_warns_and_stops_nobody(store):
    listed = dispatch_requests.read_dispatch_requests(store)
    linked = next(one for one in listed.rows if one.event is not None and one.event.ordinal == 1)
    assert linked.links[0].words == "第1回 事例紹介講習会　2人が参加"
    assert not linked.warning
    # Entered for one that is still ahead is no participation yet.
    waiting = next(one for one in listed.rows if one.organisation.name == "見本みどりば町会")
    assert waiting.links
    assert "仕4(2)柱書" in waiting.warning
    saved = decide_request(store, waiting.id, RequestOutcome.CHOSEN, TODAY, "日程が合う。")
    assert "仕4(2)柱書" in saved.message
    named = decide_request(
        store, waiting.id, RequestOutcome.CHOSEN, TODAY, "日程が合う。", lecture_id=waiting.links[0].event.id
    )
    assert "仕4(2)柱書" not in named.message


def test_a_decision_does_the_step_of_its_event_and_without_it_the_step_is_open_again(store):
    slip, event = wish_of(store, 3), dispatch(store, 3)

    def done():
        return next(step.done_on for step in events.recruitment_steps(store.database, event.id) if step.name == "選定")

    def decide(outcome, day):
        decide_request(store, slip.id, outcome, day, "日程が合う。", event_id=event.id if outcome == "決定" else None)

    step_id = next(step.id for step in events.recruitment_steps(store.database, event.id) if step.name == "選定")
    by_hand = TODAY - timedelta(days=5)
    recruitment.tick_step(acting(store), step_id=step_id, on=by_hand)
    decide("決定", TODAY)
    assert done() == by_hand, "what was ticked on its day keeps that day"
    recruitment.untick_step(acting(store), step_id=step_id)
    decide("決定", TODAY - timedelta(days=1))
    assert done() == TODAY - timedelta(days=1)
    decide("決定", TODAY)
    assert done() == TODAY, "it follows the day of the decision that did it"
    decide("", TODAY)
    assert done() is None
    decide("決定", TODAY)
    assert done() == TODAY
    decide("不採択", TODAY)
    assert done() is None


def test_a_chosen_organisation_without_an_event_is_among_those_without_a_day(store):
    def without_date():
        return read_dispatches(store, today=TODAY).without_date

    waits = next(one for one in read_dispatches(store, today=TODAY).rows if one.event is None)
    assert without_date() == ()
    (open_one,) = dispatch_requests.request_follow_ups(store, TODAY)
    assert (open_one.task, open_one.label, open_one.due) == ("希望票の選定:6", "希望票の選定を記録する", TODAY)
    assert open_one.basis.endswith("の希望票（11/24(火) 受領）に、実施回がまだありません。")
    decide_request(store, waits.request.id, "決定", TODAY, "日程が合う。")
    assert without_date() == (waits.name,)
    decide_request(store, waits.request.id, "取下げ", TODAY, "団体の都合")
    assert without_date() == ()
    with store.change(action="日付を消した", **WHO) as change:
        change.update(Event, dispatch(store, 3).id, event_date=None)
    assert without_date() == (dispatch(store, 3).full_title,)


def test_a_contact_goes_to_the_contractor_only_with_consent_by_every_way(store, tmp_path):
    agreed, refused = dispatch(store, 1), dispatch(store, 3)
    told = contact_consent.contact_of(store, event_id=agreed.id)
    assert told.signer
    assert len(told.phones) == 1
    for number, said in ((3, "受託者へ知らせる同意がない"),):
        with pytest.raises(UserError, match=said):
            contact_consent.contact_of(store, event_id=dispatch(store, number).id)
    with pytest.raises(UserError, match="渡せません"):
        dispatch_requests.note_form_handed_over(acting(store), wish_id=wish_of(store, 3).id, on=TODAY, how="手渡し")
    outside = Checkout(
        event_id=refused.id,
        contents="代表者の氏名と電話番号",
        taken_at=NOW,
        taken_by=BY,
        approved_by="見本　係長",
        purpose="日程の相談",
        destination="見本企画株式会社",
        medium="紙",
        due_back_at=None,
    )
    with pytest.raises(UserError, match="連絡先を受託者へ渡せません"):
        record_checkout(acting(store), checkout=outside)
    with pytest.raises(UserError, match="連絡先を受託者へ渡せません"):
        checkouts_services.export_for_purpose(
            acting(store),
            event_id=refused.id,
            purpose="中止連絡用",
            options=SaveOptions(path=tmp_path / "a.xlsx", reason="受託者へ渡す"),
        )
    assert not (tmp_path / "a.xlsx").exists()
    # To the place of the event and with consent it goes as before.
    record_checkout(acting(store), checkout=replace(outside, destination="会場"))
    record_checkout(acting(store), checkout=replace(outside, event_id=agreed.id))
    # A slip that is with the contractor keeps its consent until it is back.
    with pytest.raises(UserError, match="受託者へ渡しています"):
        dispatch_requests.save_dispatch_request(acting(store), wish=replace(wish_of(store, 1), consent="同意なし"))


def test_stages_come_from_the_record_before_and_go_back_with_their_source_when_the_report_is_confirmed(store):
    event = dispatch(store, 2)
    form = report_form.read_form_screen(store, event_id=event.id, today=TODAY)
    assert form.initial_rows["到達状況"] == (
        ("LINE公式アカウント", "1", ""), ("Instagram", "×", "×"), ("ホームページ", "4", ""),
        ("キャッシュレス決済", "1", ""),
    )  # fmt: skip
    known = stages(store, 2)
    made = reports.start_report(acting(store), event_id=event.id).id
    reports.write_rows(
        acting(store),
        report_id=made,
        key=STAGES,
        rows=(
            ("LINE公式アカウント", "1", "3"),
            ("ホームページ", "4", "4"),
            ("Instagram", "×", "×"),
            ("電子回覧板", "", "1"),
        ),
    )
    for key, text in (("ヒアリング", "聞いた。"), ("支援方針", "続ける。")):
        reports.write_chapter(acting(store), report_id=made, key=key, text=text)
    reports.confirm_by_contractor(acting(store), report_id=made, on=TODAY)
    reports.mark_received(acting(store), report_id=made, on=TODAY, how="メール")
    assert stages(store, 2) == known
    saved = reports.confirm_form(acting(store), report_id=made, on=TODAY)
    assert "4件を団体の記録に書きました" in saved.message
    assert stages(store, 2) == {**known, "LINE公式アカウント": "3", "電子回覧板": "1"}
    mark = rows(store.database, StageMark, event_id=event.id, tool="LINE公式アカウント")[-1]
    assert (mark.stage, mark.marked_on, mark.source) == ("3", TODAY, f"{event.full_title}　実施報告書 第1版")
    view = support.read_support(store, event_id=event.id, today=TODAY)
    assert [(one.tool, one.words) for one in view.stage_lines if one.after] == [
        ("LINE公式アカウント", "1 → 3"), ("ホームページ", "4"), ("Instagram", "×"), ("電子回覧板", "1"),
    ]  # fmt: skip
    # Who looks at the report again is still compared with what was before it.
    facts = gather_facts(store, event=event, report=by_id(store.database, Report, made))
    assert facts.stages_before["LINE公式アカウント"] == "1"
    reports.withdraw_form(acting(store), report_id=made, reason="数の誤り")
    assert stages(store, 2) == known
    assert not rows(store.database, StageMark, event_id=event.id)
    history_services.undo(store, **WHO)
    assert stages(store, 2)["LINE公式アカウント"] == "3"


def test_the_walk_of_support_holds_the_year_the_lecture_and_what_the_report_says(store):
    def seen(number):
        view = support.read_support(store, event_id=dispatch(store, number).id, today=TODAY)
        days = view.stages_noted_on, view.stages_written_on, view.next_try_on
        lines = [(one.tool, one.before, one.words, one.is_unwanted, one.source) for one in view.stage_lines]
        return view, (view.applied, view.chosen_count, view.declined_count, view.has_people), days, lines[:2]

    view, counts, days, lines = seen(1)
    # A sixth came after this selection.
    assert counts == (5, 3, 2, True)
    assert days == (date(2026, 8, 3), date(2026, 11, 13), date(2026, 12, 8))
    assert lines == [
        ("LINE公式アカウント", "1", "1 → 3", False, "報告 4章"),
        ("ホームページ", "2", "2 → 3", False, "報告 4章"),
    ]
    assert (view.lecture.ordinal, view.report.version, view.draft_report, len(view.plan)) == (1, 1, None, 5)
    assert (view.decision_letter.state, view.venue, view.warning, view.outdated_warning) == ("施行", None, "", "")
    decide_request(store, wish_of(store, 1).id, "決定", TODAY, "可", event_id=view.event.id)
    assert seen(1)[0].lecture == view.links[0].event
    received = report_check.withdraw_check(acting(store), report_id=view.report.id, reason="見直し").id
    view, _counts, days, _lines = seen(1)
    assert (view.report, view.draft_report.id, len(view.plan), days[1]) == (None, received, 5, None)
    view, _counts, days, lines = seen(2)
    assert lines == [("LINE公式アカウント", "1", "1", False, ""), ("Instagram", "×", "×", True, "")]
    assert (days[1], view.plan, view.draft_report) == (None, (), None)


@pytest.mark.parametrize(
    ("who", "when", "is_promised"),
    [
        ("区", "R9.4", True),
        ("受託者・区", "R9.4", True),
        ("区", "R9.3", False),
        ("団体", "R9.4", False),
        ("市", "R9.5", True),
    ],
)
def test_the_ward_promised_what_the_plan_gives_it_after_the_year(store, who, when, is_promised):
    event = dispatch(store, 1)
    support.save_report_table(acting(store), event_id=event.id, key="支援計画", lines=((when, "電話", who),))
    found = support.read_ward_promises(store.database, [event, dispatch(store, 3)])
    assert [(one.event, one.when, one.what, one.role) for one in found] == [(event, when, "電話", "")] * is_promised


def test_a_stage_without_history_comes_back_under_any_name_of_the_organisation(store):
    event = dispatch(store, 2)
    organisation = by_id(store.database, Organisation, event.organisation_id)
    report = Report(id=7, event_id=event.id, way="作成", version=1, tables={STAGES: (("TikTok", "", "3"),)})
    with store.change(action="段階を入れた", **WHO) as change:
        change.update(Organisation, organisation.id, stages={**organisation.stages, "TikTok": "2"})
    with store.change(action="書いた", **WHO) as change:
        assert write_stages_to_history(store, change, event=event, report=report, on=TODAY, who=BY) == 1
    assert stages(store, 2)["TikTok"] == "3"
    with store.change(action="名前を変えた", **WHO) as change:
        change.update(Event, event.id, organisation_name="別の名の町会")
    with store.change(action="取り消した", **WHO) as change:
        remove_stages_from_history(store, change, event=by_id(store.database, Event, event.id), report=report)
    assert stages(store, 2)["TikTok"] == "2"
    assert not rows(store.database, StageMark, event_id=event.id)


def test_what_a_received_report_says_is_typed_once_and_follows_its_confirmation(store):
    event = dispatch(store, 1)
    assert stages(store, 1)["LINE公式アカウント"] == "3"
    received = next(one for one in support.reports.reports_of_event(store.database, event.id) if one.way == "受領")
    report_check.withdraw_check(acting(store), report_id=received.id, reason="見直し")
    assert stages(store, 1)["LINE公式アカウント"] == "1"
    report_check.confirm_report(acting(store), report_id=received.id, on=TODAY)
    assert stages(store, 1)["LINE公式アカウント"] == "3"
    support.save_report_table(acting(store), event_id=event.id, key=STAGES, lines=(("LINE公式アカウント", "1", "4"),))
    assert stages(store, 1)["LINE公式アカウント"] == "4"
    assert len(rows(store.database, StageMark, event_id=event.id)) == 1
    with pytest.raises(UserError, match="0から5"):
        support.save_report_table(acting(store), event_id=event.id, key=STAGES, lines=(("LINE", "1", "7"),))


def test_marks_after_the_event_are_not_before_it(store):
    event = dispatch(store, 1)
    marks = [
        StageMark(organisation_id=1, tool="LINE", stage=stage, marked_on=day, event_id=of)
        for stage, day, of in (
            ("1", date(2026, 8, 3), None), ("2", event.event_date, None), ("4", date(2026, 11, 20), None),
            ("3", date(2026, 11, 13), event.id),
        )
    ]  # fmt: skip
    assert stages_before(marks, {"LINE": "4", "Instagram": "0"}, event=event) == {
        "Instagram": ("0", None),
        "LINE": ("2", event.event_date),
    }


def test_follow_ups_fill_chapter_6_until_something_is_typed_there(store):
    event = dispatch(store, 2)
    one = DispatchFollowUp(event_id=event.id, asked_on=TODAY, question="写真の載せ方", answer="案内した。")
    support.save_follow_up(acting(store), follow_up=one)
    blank = Report(event_id=event.id, way="作成", version=1)
    assert gather_facts(store, event=event, report=blank).report.tables["フォローアップ"] == (
        ("R8.12.1（火）", "電話", "写真の載せ方", "案内した。", "R8.12.1（火）", "完了"),
    )
    typed = replace(blank, tables={"フォローアップ": (("R8.12.2", "メール", "別", "答", "", "完了"),)})
    assert gather_facts(store, event=event, report=typed).report.tables == typed.tables
    for change, said in (
        ({"question": ""}, "聞かれたこと"),
        ({"answer": ""}, "対応が"),
        ({"asked_on": date(2026, 9, 1)}, "実施日から"),
    ):
        with pytest.raises(UserError, match=said):
            support.save_follow_up(acting(store), follow_up=replace(one, **change))


def test_the_days_of_a_follow_up_come_one_after_the_other(store):
    today, asked = date(2027, 2, 1), date(2027, 1, 25)
    who = {"by": BY, "now": datetime(2027, 2, 1, 10, 0)}
    one = DispatchFollowUp(event_id=dispatch(store, 2).id, asked_on=asked, question="写真の載せ方", answer="案内した。")
    for change, said in (
        ({"answered_on": date(2027, 1, 21)}, r"対応日の1/21\(木\)が、受けた日（1/25\(月\)）より前です"),
        ({"answered_on": date(2027, 3, 30)}, r"対応日の3/30\(火\)が、本日より後です"),
        ({"answered_on": date(2027, 1, 21), "state": "対応中"}, "受けた日から本日まで"),
        (
            {"next_on": date(2027, 2, 6), "state": "対応中"},
            r"2/6\(土\)は閉庁日（土曜日）です。.*直後の開庁日は2/8\(月\)です",
        ),
        (
            {"next_on": date(2026, 12, 1), "state": "対応中"},
            r"つぎの日のR8 12/1\(火\)が、受けた日（1/25\(月\)）より前です",
        ),
    ):
        with pytest.raises(UserError, match=said):
            support.save_follow_up(ActionContext(store, **who), follow_up=replace(one, **change))
    assert not rows(store.database, DispatchFollowUp, event_id=one.event_id)
    for change in (
        {"answered_on": asked}, {"answered_on": today}, {"answered_on": asked, "next_on": date(2026, 12, 1)},
        {"next_on": date(2027, 2, 3), "state": "対応中"}, {"next_on": asked, "state": "対応中"},
        {"asked_on": dispatch(store, 2).event_date},
    ):  # fmt: skip
        support.save_follow_up(ActionContext(store, **who), follow_up=replace(one, **change))
    assert [kept.next_on for kept in rows(store.database, DispatchFollowUp, event_id=one.event_id, order="id")] == [
        None, None, None, date(2027, 2, 3), asked, None,
    ]  # fmt: skip


def call(store):
    return next((one for one in read_follow_ups(store.database, TODAY) if "あおば" in one.label), None)


def test_the_call_after_three_months_waits_on_home_until_somebody_talked(store):
    event = dispatch(store, 1)
    assert (call(store).due, call(store).rule, call(store).link.action) == (
        date(2027, 1, 21),
        "目安日",
        "派遣のその後を聞く",
    )
    at = datetime(2027, 1, 21, 10, 0)
    with pytest.raises(UserError, match="聞いたこと"):
        support.note_call(ActionContext(store, BY, at), event_id=event.id, outcome="話せた")
    support.note_call(ActionContext(store, BY, at), event_id=event.id, outcome="不在")
    assert call(store).due == date(2027, 1, 22)
    with pytest.raises(UserError, match=r"つぎの日の1/31\(日\)は閉庁日（日曜日）です"):
        support.note_call(
            ActionContext(store, BY, at), event_id=event.id, outcome="日を変える", next_on=date(2027, 1, 31)
        )
    assert call(store).due == date(2027, 1, 22), "a day on which nobody works is no next day"
    said = support.note_call(
        ActionContext(store, BY, at), event_id=event.id, outcome="日を変える", next_on=date(2027, 1, 29)
    ).message
    assert said == "つぎは1/29(金)です。"
    assert (
        call(store).due == support.read_support(store, event_id=event.id, today=at.date()).call_due == date(2027, 1, 29)
    )
    tries = rows(store.database, DispatchFollowUp, event_id=event.id, kind="3か月後の電話", order="id")
    assert [(one.state, one.next_on) for one in tries] == [
        ("不在", date(2027, 1, 22)),
        ("日を変更", date(2027, 1, 29)),
    ], "each try stays as what it was"
    support.note_call(
        ActionContext(store, BY, at),
        event_id=event.id,
        outcome="話せた",
        answer="月2回続いている。",
        counted="11–1月 5回",
    )
    assert call(store) is None
    view = support.read_support(store, event_id=event.id, today=at.date())
    assert (view.done_count, view.follow_up_count, view.is_called, view.call_due) == (3, 4, True, None)


def test_what_is_being_answered_waits_on_home_until_it_is_done(store):
    event = dispatch(store, 1)
    today = date(2027, 2, 1)

    def on_home():
        shown = home.read_home(store, today=today)
        return [one.task for one in (*shown.passed_targets, *shown.rows) if one.task.task == support.ANSWER_TASK]

    (late,) = on_home()
    assert (late.label, late.due, late.rule, late.event_id) == (
        "フォローアップ：会計の人も管理者に加えたい。", date(2026, 12, 15), "目安日", event.id,
    )  # fmt: skip
    assert late.bucket != "期限超過", "a 目安日 is never late"
    way = route_to(late.link)
    assert (way.label, way.screen_name) == ("フォローアップを開く", "event")
    assert way.arguments == {"event_id": event.id, "tab": "支援のあゆみ", "part": "フォローアップ"}
    one = DispatchFollowUp(
        event_id=dispatch(store, 2).id,
        asked_on=TODAY,
        question="写真の載せ方",
        state="対応中",
        next_on=date(2027, 2, 3),
    )
    saved = support.save_follow_up(acting(store), follow_up=one)
    assert [task.due for task in on_home()] == [date(2026, 12, 15), date(2027, 2, 3)]
    done = replace(one, id=saved.id, state="完了", answer="手順を案内した。", answered_on=TODAY)
    support.save_follow_up(acting(store), follow_up=done)
    assert [task.due for task in on_home()] == [date(2026, 12, 15)]
    assert row(store.database, DispatchFollowUp, id=saved.id).next_on is None, "what is done has no next day"
    history_services.undo(store, **WHO)
    assert len(on_home()) == 2
    support.remove_follow_up(acting(store), follow_up_id=saved.id)
    assert len(on_home()) == 1


def test_whatever_leaves_to_the_contractor_with_a_contact_is_held_back_by_its_content(store, tmp_path):
    refused = dispatch(store, 3)
    phone = contact_consent.organisations.contacts_of_organisation(store.database, refused.organisation_id)[0].value

    def list_of(event, words, reason):
        return export_list(
            acting(store),
            title="一覧",
            columns=("団体", "電話"),
            rows=(("見本", words),),
            options=SaveOptions(path=tmp_path / f"{event.id}.xlsx", reason=reason),
            personal=True,
            event_id=event.id,
        )

    wide = phone.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    for words in (phone, phone.replace("-", ""), f"代表 {wide}"):
        with pytest.raises(UserError, match="渡せません"):
            list_of(refused, words, "見本企画株式会社へ渡す")
    with pytest.raises(UserError, match="渡せません"):
        note_copied_text(
            acting(store), scope=DocumentScope(event_id=refused.id), kind="連絡文", text=f"電話 {phone}", to="受託者"
        )
    assert not list(tmp_path.glob("*.xlsx"))
    list_of(refused, "03-0000-9999", "見本企画株式会社へ渡す")  # no contact of the 団体
    list_of(dispatch(store, 2), phone, "係で使う")
    sheet = DocumentScope(event_id=dispatch(store, 1).id)
    drawn = documents.render_document(store, scope=sheet, kind=CONTACT_SHEET, format="pdf", now=NOW)
    saved = save_document(
        acting(store),
        scope=sheet,
        kind=CONTACT_SHEET,
        format="pdf",
        options=SaveOptions(path=tmp_path / "a.pdf", reason="日程の相談"),
        rendered=drawn,
    )
    assert saved.path.exists()
    agreed = wish_of(store, 1)
    dispatch_requests.note_form_handed_over(acting(store), wish_id=agreed.id, on=None)
    dispatch_requests.save_dispatch_request(acting(store), wish=replace(wish_of(store, 1), consent="同意なし"))
    with pytest.raises(UserError, match="渡せません"):
        save_document(
            acting(store),
            scope=sheet,
            kind=CONTACT_SHEET,
            format="pdf",
            options=SaveOptions(path=tmp_path / "b.pdf", reason="再送"),
            rendered=drawn,
        )
    with pytest.raises(UserError, match="渡せません"):
        save_copy(acting(store), outgoing_id=saved.id, options=SaveOptions(path=tmp_path / "c.pdf", reason="再送"))
    assert not (tmp_path / "b.pdf").exists()
    assert not (tmp_path / "c.pdf").exists()


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "txt"])
def test_a_kept_copy_with_a_contact_is_held_back_from_the_contractor_as_the_paper_itself_is(store, tmp_path, form):
    refused = dispatch(store, 3)
    phone = contact_consent.organisations.contacts_of_organisation(store.database, refused.organisation_id)[0].value
    sheet = list_sheet(
        read_programme(store).programme,
        title="一覧",
        subtitle="",
        columns=("団体", "電話"),
        rows=(("見本", phone),),
        words="",
        total=False,
        personal=True,
        reference="",
        made_at=NOW,
    )
    row_of_log = Outgoing(
        event_id=refused.id,
        document_kind="一覧",
        reference="",
        version=0,
        format=form,
        way="そのまま保存",
        file_name=f"一覧.{form}",
        personal=True,
        reason="係で使う",
        by=BY,
        at=NOW,
    )
    with store.change(action="出した", by=BY, now=NOW) as change:
        copy = f"電話 {phone}" if form == "txt" else documents.render(sheet, format=form).data
        kept = log_outgoing(store, change, row_of_log, copy=copy, content=sheet)

    def save_again(name, reason):
        return save_copy(acting(store), outgoing_id=kept, options=SaveOptions(path=tmp_path / name, reason=reason))

    with pytest.raises(UserError, match="渡せません"):
        save_again(f"a.{form}", "見本企画株式会社へ渡す")
    assert not (tmp_path / f"a.{form}").exists()
    assert save_again(f"b.{form}", "係で使う").path.exists()


def test_a_kept_copy_whose_text_cannot_be_read_does_not_go_to_the_contractor(store, tmp_path):
    row_of_log = Outgoing(
        event_id=dispatch(store, 3).id,
        document_kind="一覧",
        reference="",
        version=0,
        format="pdf",
        way="そのまま保存",
        by=BY,
        at=NOW,
    )
    with store.change(action="出した", by=BY, now=NOW) as change:
        kept = log_outgoing(store, change, row_of_log, copy=b"%PDF-1.7 broken")
    with pytest.raises(UserError, match="文字を読めない"):
        save_copy(
            acting(store),
            outgoing_id=kept,
            options=SaveOptions(path=tmp_path / "a.pdf", reason="見本企画株式会社へ渡す"),
        )
    assert not (tmp_path / "a.pdf").exists()


def test_a_copy_of_a_text_for_the_contractor_stays_one_for_the_contractor(store, tmp_path):
    event = dispatch(store, 3)

    def copied(text):
        return note_copied_text(
            acting(store), scope=DocumentScope(event_id=event.id), kind="連絡文", text=text, to="受託者"
        ).id

    plain = copied("連絡します。")
    save_copy(acting(store), outgoing_id=plain, options=SaveOptions(path=tmp_path / "a.txt"))
    note_copy_print(acting(store), outgoing_id=plain, copies=1, pages=1)
    assert [one.detail["相手"] for one in all_outgoing(store.database)[:3]] == ["受託者"] * 3

    # A number that was recorded after the text had left.
    told = copied("電話 03-0000-9999")
    with store.change(action="登録", by=BY, now=NOW, subject="organisation") as change:
        known = contact_consent.organisations.contacts_of_organisation(store.database, event.organisation_id)[0]
        change.update(type(known), known.id, value="03-0000-9999")
    with pytest.raises(UserError, match="渡せません"):
        save_copy(acting(store), outgoing_id=told, options=SaveOptions(path=tmp_path / "b.txt"))


def test_what_the_ward_promised_and_what_is_still_asked_goes_to_the_next_clerk(store):
    said = said_by(
        documents.render_document(
            store, scope=DocumentScope(fiscal_year=2026), kind="引継書", format="pdf", now=NOW
        ).content
    )
    assert "役員改選の後、管理者の引継ぎを電話で確かめる" in said
    assert "会計の人も管理者に加えたい。" in said
    assert "運用ルール（案）の見直し" not in said  # before April, and not the ward's


def test_a_second_slip_of_a_year_is_kept_and_says_that_there_is_another(store):
    first = rows(store.database, DispatchRequest, order="id")[0]
    again = replace(first, id=0, outcome="", decided_on=None, event_id=None, file_id=None, handed_on=None)
    saved = dispatch_requests.save_dispatch_request(acting(store), wish=again)
    assert "ほかにもあります（8/28(金) 受領）" in saved.message


def test_the_day_a_call_is_put_off_to_is_an_open_one_before_anybody_chooses(store):
    # A week after 2/4 is 建国記念の日.
    view = support.read_support(store, event_id=dispatch(store, 1).id, today=date(2027, 2, 4))
    assert view.next_try_on == date(2027, 2, 12)


def test_who_signed_the_slip_and_was_erased_takes_the_contact_along(store):
    event = dispatch(store, 1)
    wish = row(store.database, DispatchRequest, event_id=event.id, order="-id")
    with store.change(action="消した", by=BY, now=NOW) as change:
        change.update(DispatchRequest, wish.id, signer="（消去）", signer_role="（消去）")

    with pytest.raises(UserError, match="署名した方の記録は消去された"):
        contact_consent.contact_of(store, event_id=event.id)
