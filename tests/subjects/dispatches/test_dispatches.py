"""派遣 on the sample year: slips, the choice, the gate of the contact, stages before and after, follow-ups and the
call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.calendar import dates
from app.history.services import history
from app.main_window.ways import way_to
from app.papers.services import papers
from app.papers.services.issued_copies import note_copied_text, save_copy
from app.papers.services.list_export import export_list
from app.papers.services.paper_passages import keep_passage
from app.papers.services.paper_saving import save_paper, set_letter_state
from app.papers.services.paper_scope import PaperScope, keys_of
from app.refusal import Refusal
from app.subjects.dispatches.papers.dispatch_papers import APPLY, CALL_FOR, CONTACT, DECLINE, FORM
from app.subjects.dispatches.papers.selection_drafting import SELECTION
from app.subjects.dispatches.rules import STAGES, politely, stages_before
from app.subjects.dispatches.services import contact_gate, support, wishes
from app.subjects.dispatches.services.dispatch_papers import (
    call_passages,
    contact_doubts,
    decline_doubts,
    decline_passages,
    decline_stops,
)
from app.subjects.dispatches.services.selection_drafting import selection_doubts, selection_passages
from app.subjects.dispatches.services.stages import take_back, write_back
from app.subjects.events.services import recruitment
from app.subjects.events.services.event_moves import move_event
from app.subjects.events.services.follow_ups import read_follow_ups
from app.subjects.home.services import home
from app.subjects.letters.services import letter_building
from app.subjects.reports.services import report_check, report_form, reports
from app.subjects.reports.services.report_facts import gather
from app.subjects.takeouts.services import purpose_export
from app.subjects.takeouts.services.takeouts import note_takeout
from db.records.dispatches import DispatchFollowUp, DispatchWish
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation, StageMark
from db.records.papers import Letter, Telling
from db.records.protection import Takeout
from db.records.reports import Report
from db.rows import by_id, row, rows
from db.tables import events
from tests.support.paper_words import pages_of, said_by
from tests.support.sample import BY, NOW, event_id, sample_store

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()


@pytest.fixture
def store(tmp_path):
    return sample_store(tmp_path)


def dispatch(store, number):
    return by_id(store.database, Event, event_id(store, "派遣", number))


def wish_of(store, number):
    return row(store.database, DispatchWish, event_id=dispatch(store, number).id)


def stages(store, number):
    return by_id(store.database, Organisation, dispatch(store, number).organisation_id).stages


def test_a_slip_is_kept_only_with_a_signature_and_its_decision_needs_a_reason(store):
    slip = row(store.database, DispatchWish, outcome="")
    for change, said in (
        ({"signed": False}, "署名のない希望票"),
        ({"signer": " "}, "署名した代表者"),
        ({"tools": (), "wish": ""}, "希望するもの"),
        ({"received_on": TODAY + timedelta(days=1)}, "本日より後"),
        ({"people": 5, "phones": 9}, "スマートフォンを持って来る方（9人）が、参加する人数（5人）を超えています"),
    ):
        with pytest.raises(Refusal, match=said):
            wishes.save_wish(store, wish=replace(slip, id=0, **change), **WHO)
    with pytest.raises(Refusal, match="不採択の理由"):
        wishes.decide_wish(store, wish_id=slip.id, outcome="不採択", decided_on=TODAY, reason=" ", **WHO)
    with pytest.raises(Refusal, match="ほかの団体への派遣"):
        wishes.decide_wish(
            store, wish_id=slip.id, outcome="決定", decided_on=TODAY, reason="可", event_id=dispatch(store, 1).id, **WHO
        )
    with pytest.raises(Refusal, match="削除できません"):
        wishes.remove_wish(store, wish_id=wish_of(store, 1).id, **WHO)


def test_a_missing_link_to_a_lecture_warns_and_stops_nobody(store):
    listed = wishes.read_wishes(store)
    linked = next(one for one in listed.rows if one.event is not None and one.event.ordinal == 1)
    assert linked.links[0].words == "第1回 事例紹介講習会　2人が参加"
    assert not linked.warning
    # Entered for one that is still ahead is no participation yet.
    waiting = next(one for one in listed.rows if one.organisation.name == "見本みどりば町会")
    assert waiting.links
    assert "仕4(2)柱書" in waiting.warning
    saved = wishes.decide_wish(
        store, wish_id=waiting.id, outcome="決定", decided_on=TODAY, reason="日程が合う。", **WHO
    )
    assert "仕4(2)柱書" in saved.said
    named = wishes.decide_wish(
        store,
        wish_id=waiting.id,
        outcome="決定",
        decided_on=TODAY,
        reason="日程が合う。",
        lecture_id=waiting.links[0].event.id,
        **WHO,
    )
    assert "仕4(2)柱書" not in named.said


def test_a_decision_does_the_step_of_its_event_and_without_it_the_step_is_open_again(store):
    slip, event = wish_of(store, 3), dispatch(store, 3)

    def done():
        return next(step.done_on for step in events.steps(store.database, event.id) if step.name == "選定")

    def decide(outcome, day):
        wishes.decide_wish(
            store,
            wish_id=slip.id,
            outcome=outcome,
            decided_on=day,
            reason="日程が合う。",
            event_id=event.id if outcome == "決定" else None,
            **WHO,
        )

    step_id = next(step.id for step in events.steps(store.database, event.id) if step.name == "選定")
    by_hand = TODAY - timedelta(days=5)
    recruitment.tick_step(store, step_id=step_id, on=by_hand, **WHO)
    decide("決定", TODAY)
    assert done() == by_hand, "what was ticked on its day keeps that day"
    recruitment.untick_step(store, step_id=step_id, **WHO)
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
    history.undo(store, **WHO)
    assert done() == TODAY


def test_a_contact_goes_to_the_contractor_only_with_consent_by_every_way(store, tmp_path):
    agreed, refused = dispatch(store, 1), dispatch(store, 3)
    told = contact_gate.contact_of(store, event_id=agreed.id)
    assert told.signer
    assert len(told.phones) == 1
    for number, said in ((3, "受託者へ知らせる同意がない"),):
        with pytest.raises(Refusal, match=said):
            contact_gate.contact_of(store, event_id=dispatch(store, number).id)
    with pytest.raises(Refusal, match="渡せません"):
        wishes.note_handed(store, wish_id=wish_of(store, 3).id, on=TODAY, how="手渡し", **WHO)
    outside = Takeout(
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
    with pytest.raises(Refusal, match="連絡先を受託者へ渡せません"):
        note_takeout(store, takeout=outside, **WHO)
    with pytest.raises(Refusal, match="連絡先を受託者へ渡せません"):
        purpose_export.export_for_purpose(
            store, event_id=refused.id, purpose="中止連絡用", path=tmp_path / "a.xlsx", reason="受託者へ渡す", **WHO
        )
    assert not (tmp_path / "a.xlsx").exists()
    # To the place of the event and with consent it goes as before.
    note_takeout(store, takeout=replace(outside, destination="会場"), **WHO)
    note_takeout(store, takeout=replace(outside, event_id=agreed.id), **WHO)
    # A slip that is with the contractor keeps its consent until it is back.
    with pytest.raises(Refusal, match="受託者へ渡しています"):
        wishes.save_wish(store, wish=replace(wish_of(store, 1), consent="同意なし"), **WHO)


def test_stages_come_from_the_record_before_and_go_back_with_their_source_when_the_report_is_confirmed(store):
    event = dispatch(store, 2)
    form = report_form.read_form_screen(store, event_id=event.id, today=TODAY)
    assert form.starters["到達状況"] == (
        ("LINE公式アカウント", "1", ""), ("Instagram", "×", "×"), ("ホームページ", "4", ""),
        ("キャッシュレス決済", "1", ""),
    )  # fmt: skip
    known = stages(store, 2)
    made = reports.start_report(store, event_id=event.id, **WHO).id
    reports.write_rows(
        store,
        report_id=made,
        key=STAGES,
        rows=(
            ("LINE公式アカウント", "1", "3"),
            ("ホームページ", "4", "4"),
            ("Instagram", "×", "×"),
            ("電子回覧板", "", "1"),
        ),
        **WHO,
    )
    for key, text in (("ヒアリング", "聞いた。"), ("支援方針", "続ける。")):
        reports.write_chapter(store, report_id=made, key=key, text=text, **WHO)
    reports.confirm_by_contractor(store, report_id=made, on=TODAY, **WHO)
    reports.mark_received(store, report_id=made, on=TODAY, how="メール", **WHO)
    assert stages(store, 2) == known
    saved = reports.confirm_form(store, report_id=made, on=TODAY, **WHO)
    assert "4件を団体の記録に書きました" in saved.said
    assert stages(store, 2) == {**known, "LINE公式アカウント": "3", "電子回覧板": "1"}
    mark = rows(store.database, StageMark, event_id=event.id, tool="LINE公式アカウント")[-1]
    assert (mark.stage, mark.marked_on, mark.source) == ("3", TODAY, f"{event.full_title}　実施報告書 第1版")
    view = support.read_support(store, event_id=event.id, today=TODAY)
    assert [(one.tool, one.words) for one in view.ladder if one.after] == [
        ("LINE公式アカウント", "1 → 3"), ("ホームページ", "4"), ("Instagram", "×"), ("電子回覧板", "1"),
    ]  # fmt: skip
    # Who looks at the report again is still compared with what was before it.
    facts = gather(store, event=event, report=by_id(store.database, Report, made))
    assert facts.stages_before["LINE公式アカウント"] == "1"
    reports.withdraw_form(store, report_id=made, reason="数の誤り", **WHO)
    assert stages(store, 2) == known
    assert not rows(store.database, StageMark, event_id=event.id)
    history.undo(store, **WHO)
    assert stages(store, 2)["LINE公式アカウント"] == "3"


def test_a_stage_without_history_comes_back_under_any_name_of_the_organisation(store):
    event = dispatch(store, 2)
    organisation = by_id(store.database, Organisation, event.organisation_id)
    report = Report(id=7, event_id=event.id, way="作成", version=1, tables={STAGES: (("TikTok", "", "3"),)})
    with store.change(action="段階を入れた", **WHO) as change:
        change.update(Organisation, organisation.id, stages={**organisation.stages, "TikTok": "2"})
    with store.change(action="書いた", **WHO) as change:
        assert write_back(store, change, event=event, report=report, on=TODAY, who=BY) == 1
    assert stages(store, 2)["TikTok"] == "3"
    with store.change(action="名前を変えた", **WHO) as change:
        change.update(Event, event.id, organisation_name="別の名の町会")
    with store.change(action="取り消した", **WHO) as change:
        take_back(store, change, event=by_id(store.database, Event, event.id), report=report)
    assert stages(store, 2)["TikTok"] == "2"
    assert not rows(store.database, StageMark, event_id=event.id)


def test_what_a_received_report_says_is_typed_once_and_follows_its_confirmation(store):
    event = dispatch(store, 1)
    assert stages(store, 1)["LINE公式アカウント"] == "3"
    received = next(one for one in support.reports.reports_of_event(store.database, event.id) if one.way == "受領")
    report_check.withdraw_report(store, report_id=received.id, reason="見直し", **WHO)
    assert stages(store, 1)["LINE公式アカウント"] == "1"
    report_check.confirm_report(store, report_id=received.id, on=TODAY, **WHO)
    assert stages(store, 1)["LINE公式アカウント"] == "3"
    support.save_table(store, event_id=event.id, key=STAGES, lines=(("LINE公式アカウント", "1", "4"),), **WHO)
    assert stages(store, 1)["LINE公式アカウント"] == "4"
    assert len(rows(store.database, StageMark, event_id=event.id)) == 1
    with pytest.raises(Refusal, match="0から5"):
        support.save_table(store, event_id=event.id, key=STAGES, lines=(("LINE", "1", "7"),), **WHO)


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
    support.save_follow_up(store, follow_up=one, **WHO)
    blank = Report(event_id=event.id, way="作成", version=1)
    assert gather(store, event=event, report=blank).report.tables["フォローアップ"] == (
        ("R8.12.1（火）", "電話", "写真の載せ方", "案内した。", "R8.12.1（火）", "完了"),
    )
    typed = replace(blank, tables={"フォローアップ": (("R8.12.2", "メール", "別", "答", "", "完了"),)})
    assert gather(store, event=event, report=typed).report.tables == typed.tables
    for change, said in (
        ({"question": ""}, "聞かれたこと"),
        ({"answer": ""}, "対応が"),
        ({"asked_on": date(2026, 9, 1)}, "実施日から"),
    ):
        with pytest.raises(Refusal, match=said):
            support.save_follow_up(store, follow_up=replace(one, **change), **WHO)


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
        with pytest.raises(Refusal, match=said):
            support.save_follow_up(store, follow_up=replace(one, **change), **who)
    assert not rows(store.database, DispatchFollowUp, event_id=one.event_id)
    for change in (
        {"answered_on": asked}, {"answered_on": today}, {"answered_on": asked, "next_on": date(2026, 12, 1)},
        {"next_on": date(2027, 2, 3), "state": "対応中"},
    ):  # fmt: skip
        support.save_follow_up(store, follow_up=replace(one, **change), **who)
    assert [kept.next_on for kept in rows(store.database, DispatchFollowUp, event_id=one.event_id, order="id")] == [
        None, None, None, date(2027, 2, 3),
    ]  # fmt: skip


def call(store):
    return next((one for one in read_follow_ups(store.database, TODAY) if "あおば" in one.label), None)


def test_the_call_after_three_months_waits_on_home_until_somebody_talked(store):
    event = dispatch(store, 1)
    assert (call(store).due, call(store).rule, call(store).asked.what) == (
        date(2027, 1, 21),
        "区の目標",
        "派遣のその後を聞く",
    )
    at = datetime(2027, 1, 21, 10, 0)
    with pytest.raises(Refusal, match="聞いたこと"):
        support.note_call(store, event_id=event.id, outcome="話せた", by=BY, now=at)
    support.note_call(store, event_id=event.id, outcome="不在", by=BY, now=at)
    assert call(store).due == date(2027, 1, 22)
    with pytest.raises(Refusal, match=r"つぎの日の1/31\(日\)は閉庁日（日曜日）です"):
        support.note_call(store, event_id=event.id, outcome="日を変える", next_on=date(2027, 1, 31), by=BY, now=at)
    assert call(store).due == date(2027, 1, 22), "a day on which nobody works is no next day"
    said = support.note_call(
        store, event_id=event.id, outcome="日を変える", next_on=date(2027, 1, 29), by=BY, now=at
    ).said
    assert said == "つぎは1/29(金)です。"
    assert (
        call(store).due == support.read_support(store, event_id=event.id, today=at.date()).call_on == date(2027, 1, 29)
    )
    support.note_call(
        store, event_id=event.id, outcome="話せた", answer="月2回続いている。", counted="11–1月 5回", by=BY, now=at
    )
    assert call(store) is None
    view = support.read_support(store, event_id=event.id, today=at.date())
    assert (view.done, view.asked, view.called, view.call_on) == (3, 4, True, None)
    history.undo(store, by=BY, now=at)
    assert call(store).due == date(2027, 1, 29)


def test_what_is_being_answered_waits_on_home_until_it_is_done(store):
    event = dispatch(store, 1)
    today = date(2027, 2, 1)

    def on_home():
        lines = home.read_home(store, today=today).rows
        return [one.task for one in lines if one.task.task == support.ANSWER_TASK]

    (late,) = on_home()
    assert (late.label, late.due, late.rule, late.event_id) == (
        "フォローアップ：会計の人も管理者に加えたい。", date(2026, 12, 15), "区の目標", event.id,
    )  # fmt: skip
    assert late.bucket != "期限超過", "a 区の目標 is never late"
    way = way_to(late.asked)
    assert (way.label, way.place) == ("フォローアップを開く", "event")
    assert way.arguments == {"event_id": event.id, "tab": "支援のあゆみ", "part": "フォローアップ"}
    one = DispatchFollowUp(
        event_id=dispatch(store, 2).id,
        asked_on=TODAY,
        question="写真の載せ方",
        state="対応中",
        next_on=date(2027, 2, 3),
    )
    saved = support.save_follow_up(store, follow_up=one, **WHO)
    assert [task.due for task in on_home()] == [date(2026, 12, 15), date(2027, 2, 3)]
    done = replace(one, id=saved.id, state="完了", answer="手順を案内した。", answered_on=TODAY)
    support.save_follow_up(store, follow_up=done, **WHO)
    assert [task.due for task in on_home()] == [date(2026, 12, 15)]
    assert row(store.database, DispatchFollowUp, id=saved.id).next_on is None, "what is done has no next day"
    history.undo(store, **WHO)
    assert len(on_home()) == 2
    support.remove_follow_up(store, follow_up_id=saved.id, **WHO)
    assert len(on_home()) == 1


def test_whatever_leaves_to_the_contractor_with_a_contact_is_held_back_by_its_content(store, tmp_path):
    refused = dispatch(store, 3)
    phone = contact_gate.organisations.contacts_of_organisation(store.database, refused.organisation_id)[0].value

    def list_of(event, words, reason):
        return export_list(
            store,
            title="一覧",
            columns=("団体", "電話"),
            rows=(("見本", words),),
            path=tmp_path / f"{event.id}.xlsx",
            personal=True,
            reason=reason,
            event_id=event.id,
            **WHO,
        )

    wide = phone.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    for words in (phone, phone.replace("-", ""), f"代表 {wide}"):
        with pytest.raises(Refusal, match="渡せません"):
            list_of(refused, words, "見本企画株式会社へ渡す")
    with pytest.raises(Refusal, match="渡せません"):
        note_copied_text(
            store, scope=PaperScope(event_id=refused.id), kind="連絡文", text=f"電話 {phone}", to="受託者", **WHO
        )
    assert not list(tmp_path.glob("*.xlsx"))
    list_of(refused, "03-0000-9999", "見本企画株式会社へ渡す")  # no contact of the 団体
    list_of(dispatch(store, 2), phone, "係で使う")
    sheet = PaperScope(event_id=dispatch(store, 1).id)
    drawn = papers.render_paper(store, scope=sheet, kind=CONTACT, format="pdf", now=NOW)
    saved = save_paper(
        store, scope=sheet, kind=CONTACT, format="pdf", path=tmp_path / "a.pdf", drawn=drawn, reason="日程の相談", **WHO
    )
    assert saved.path.exists()
    agreed = wish_of(store, 1)
    wishes.note_handed(store, wish_id=agreed.id, on=None, **WHO)
    wishes.save_wish(store, wish=replace(wish_of(store, 1), consent="同意なし"), **WHO)
    with pytest.raises(Refusal, match="渡せません"):
        save_paper(
            store, scope=sheet, kind=CONTACT, format="pdf", path=tmp_path / "b.pdf", drawn=drawn, reason="再送", **WHO
        )
    with pytest.raises(Refusal, match="渡せません"):
        save_copy(store, outgoing_id=saved.id, path=tmp_path / "c.pdf", reason="再送", **WHO)
    assert not (tmp_path / "b.pdf").exists()
    assert not (tmp_path / "c.pdf").exists()


def declined(store):
    wish = next(one for one in rows(store.database, DispatchWish, outcome="不採択") if one.consent == "同意あり")
    return wish, PaperScope(organisation_id=wish.organisation_id)


def test_the_papers_of_a_dispatch_are_one_page_each_and_say_what_they_must(store):
    year = PaperScope(fiscal_year=2026)
    _wish, letter = declined(store)
    for kind, scope, wanted in (
        (CALL_FOR, year, ("3団体程度", "令和9年3月10日", "主に、今年度のデジタル活用講習会", "決め方", "必着")),
        (
            FORM,
            year,
            (
                "氏名（署名）",
                "代表者の氏名と電話番号を委託事業者へ知らせることに同意します",
                "インターネット",
                "使用料",
            ),
        ),
        (
            DECLINE,
            letter,
            ("不採択（令和8年9月14日決定）", "募集要項の「決め方」", "委託事業者には渡していません", "ご希望があれば"),
        ),
    ):
        content = papers.render_paper(store, scope=scope, kind=kind, format="pdf", now=NOW)
        assert content.pages == 1, kind
        said = said_by(content.content)
        assert [words for words in wanted if words.replace(" ", "") not in said.replace(" ", "")] == [], kind
    assert "令和8年12月1日まで" not in said_by(
        papers.render_paper(store, scope=letter, kind=DECLINE, format="pdf", now=NOW).content
    )


def test_a_decline_stops_for_what_the_ward_must_not_say(store):
    wish, scope = declined(store)
    assert decline_stops(store, scope, TODAY) == ()
    assert decline_doubts(store, scope, DECLINE, TODAY) == ()
    with pytest.raises(Refusal, match="決裁日と文書番号"):
        set_letter_state(store, scope=scope, kind=DECLINE, form="公文書", state="施行", issued_on=TODAY, **WHO)
    fresh = wishes.read_wishes(store).rows[-1]
    wishes.decide_wish(store, wish_id=fresh.id, outcome="不採択", decided_on=TODAY, reason="決め方による。", **WHO)
    undecided = decline_doubts(store, PaperScope(organisation_id=fresh.organisation.id), DECLINE, TODAY)
    assert undecided == ("決裁がまだ記録されていません。決裁の前は「案」です。",)

    def words(**texts):
        for part, text in texts.items():
            default = next(one for one in decline_passages(store, scope, TODAY) if one.part == part)
            with store.change(action="文を直した", by=BY, now=NOW, subject="papers") as change:
                keep_passage(
                    change, store.database, keys=keys_of(store, scope), kind=DECLINE, default=default, text=text
                )
        return "\n".join(decline_stops(store, scope, TODAY))

    other = next(one for one in wishes.read_wishes(store).rows if one.wish.outcome == "決定").organisation.name
    assert "ほかの団体の名" in words(理由=f"{other}に決まったためです。")
    assert "比べる言葉" in words(理由="評価が3点低かったためです。")
    assert "申込みの締切（11月2日）を過ぎています" in words(ご案内できること="講習会　申込み　11月2日（月）まで")
    store.database.execute("UPDATE dispatch_wishes SET handed_on = '2026-11-01' WHERE id = ?", [wish.id])
    assert "受託者へ渡しています" in "\n".join(decline_stops(store, scope, TODAY))


def test_the_drafting_paper_asks_for_both_outcomes_with_the_reason_of_each_slip_and_every_letter(store):
    year = PaperScope(fiscal_year=2026)
    listed = wishes.read_wishes(store)
    said = said_by(papers.render_paper(store, scope=year, kind=SELECTION, format="pdf", now=NOW).content)
    assert "3団体を派遣先に選定し、2団体を不採択とし、別紙1の案により通知してよろしいか伺います。" in said
    assert [one.organisation.name for one in listed.rows if one.wish.reason not in said] == []
    assert said.count("アドバイザー派遣の結果について（通知）") == 2
    to = said.split("宛先一覧")[-1]
    assert [one.wish.signer in to for one in listed.rows] == [one.wish.outcome == "不採択" for one in listed.rows]
    assert selection_doubts(store, year, SELECTION, TODAY) == ("選定前の希望票が1件あります。",)
    for one in listed.rows:
        if one.wish.outcome == "不採択":
            wishes.decide_wish(store, wish_id=one.id, outcome="取下げ", decided_on=TODAY, reason="団体の都合", **WHO)
    asked = next(one.text for one in selection_passages(store, year, TODAY) if one.part == "伺い文")
    assert asked == "標記の派遣について、つぎのとおり3団体を派遣先に選定してよろしいか伺います。"
    assert "別紙1" not in said_by(
        papers.render_paper(store, scope=year, kind=SELECTION, format="xlsx", now=NOW).content
    )
    history.undo(store, **WHO)
    fresh = selection_passages(store, year, TODAY)[1].text
    assert "1団体を不採択とし、別紙1の案により" in fresh
    store.database.execute("UPDATE dispatch_wishes SET outcome = '', handed_on = NULL")
    with pytest.raises(Refusal, match="選定した希望票がまだありません"):
        papers.render_paper(store, scope=year, kind=SELECTION, format="pdf", now=NOW)


def test_a_draft_that_is_open_to_the_public_names_nobody_and_says_how_many_had_asked_when_it_was_decided(store):
    content = papers.render_paper(
        store, scope=PaperScope(fiscal_year=2026), kind=SELECTION, format="pdf", now=NOW
    ).content
    pages = pages_of(content)
    declined = rows(store.database, DispatchWish, outcome="不採択")
    for wish in declined:
        organisation = by_id(store.database, Organisation, wish.organisation_id)
        for page in pages[2:-1]:
            assert "".join(wish.signer.split()) not in page
            assert organisation.name not in page
        assert "".join(wish.signer.split()) in pages[-1]
    held = [one for one in rows(store.database, DispatchWish) if one.received_on <= declined[0].decided_on]
    assert f"{len(held)}団体から希望がありました" in pages[2]
    assert "団体を優先したためです。" in pages[2]


def test_every_dispatch_has_the_one_closing_day_that_its_call_published_wherever_its_events_go(store):
    scope = PaperScope(fiscal_year=2026)

    def told() -> set[date]:
        events = rows(store.database, Event, kind="派遣")
        return {letter_building.gather(store, event=one).apply_by for one in events}

    def called() -> str:
        return next(one.text for one in call_passages(store, scope, TODAY) if one.part == APPLY)

    assert told() == {date(2026, 9, 2)}
    assert called().startswith("令和8年9月2日（水）まで")
    third = dispatch(store, 3)
    move_event(store, event_id=third.id, new_date=date(2027, 2, 10), reason="団体の都合", **WHO)
    assert told() == {date(2026, 9, 2)}
    # One that is added when the call is out, for an earlier day than all others, was never called for.
    with store.change(action="派遣を加えた", **WHO) as change:
        added = change.insert(
            Event(programme_id=1, kind="派遣", subject="見本あらたま町会", event_date=date(2026, 10, 7))
        )
        change.insert(RecruitmentStep(event_id=added, position=1, name="希望票の締切", offset_days=49))
    assert told() == {date(2026, 9, 2)}
    with store.change(action="中止", **WHO) as change:
        change.update(Event, dispatch(store, 1).id, status="中止")
    assert told() == {date(2026, 9, 2)}
    assert called().startswith("令和8年9月2日（水）まで")


def test_a_selection_cites_no_lecture_that_lay_ahead_as_one_that_somebody_came_to(store):
    said = said_by(
        papers.render_paper(store, scope=PaperScope(fiscal_year=2026), kind=SELECTION, format="pdf", now=NOW).content
    )
    ahead = [one for one in rows(store.database, Event, kind="講習会") if one.event_date > date(2026, 9, 11)]
    assert ahead
    assert not any(f"{one.full_title}　{count}人が参加" in said for one in ahead for count in range(1, 30))
    assert "選定前" not in said


def test_a_selection_that_was_decided_on_leaves_the_day_of_its_drafting_to_write(store):
    scope = PaperScope(fiscal_year=2026)
    letter = row(store.database, Letter, document_kind=DECLINE)
    first, second = pages_of(papers.render_paper(store, scope=scope, kind=SELECTION, format="pdf", now=NOW).content)[:2]
    assert "起案令和8年月日練馬区" in first
    assert dates.long_date_plain(letter.decided_on) in second
    assert dates.long_date_plain(letter.issued_on) in second


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("団体を優先した。", "団体を優先したためです。"),
        ("日程が合わない", "日程が合わないためです。"),
        ("日程の都合によります。", "日程の都合によります。"),
    ],
)
def test_a_reason_is_worded_as_letters_are(reason, said):
    assert politely(reason) == said


def test_the_sheet_of_the_contact_has_the_day_on_which_it_was_given_and_warns_after_the_event(store):
    event = dispatch(store, 1)
    scope = PaperScope(event_id=event.id)
    assert "実施日（令和8年10月21日（水））より後です" in "".join(contact_doubts(store, scope, CONTACT, TODAY))
    with store.change(action="渡した", by=BY, now=NOW) as change:
        change.insert(
            Telling(
                event_id=event.id,
                document_kind=CONTACT,
                key=CONTACT,
                told_on=date(2026, 9, 16),
                told_to="受託者",
                told_how="手渡し",
                told_by=BY,
                by=BY,
                at=NOW,
            )
        )
    assert contact_doubts(store, scope, CONTACT, TODAY) == ()
    content = papers.render_paper(store, scope=scope, kind=CONTACT, format="pdf", now=NOW).content
    assert "令和8年9月16日" in pages_of(content)[0]


def test_what_the_ward_promised_and_what_is_still_asked_goes_to_the_next_clerk(store):
    said = said_by(
        papers.render_paper(store, scope=PaperScope(fiscal_year=2026), kind="引継書", format="pdf", now=NOW).content
    )
    assert "役員改選の後、管理者の引継ぎを電話で確かめる" in said
    assert "会計の人も管理者に加えたい。" in said
    assert "運用ルール（案）の見直し" not in said  # before April, and not the ward's


def test_a_second_slip_of_a_year_is_kept_and_says_that_there_is_another(store):
    first = rows(store.database, DispatchWish, order="id")[0]
    again = replace(first, id=0, outcome="", decided_on=None, event_id=None, file_id=None, handed_on=None)
    saved = wishes.save_wish(store, wish=again, by=BY, now=NOW)
    assert "ほかにもあります（8/28(金) 受領）" in saved.said


def test_the_day_a_call_is_put_off_to_is_an_open_one_before_anybody_chooses(store):
    # A week after 2/4 is 建国記念の日.
    view = support.read_support(store, event_id=dispatch(store, 1).id, today=date(2027, 2, 4))
    assert view.again_on == date(2027, 2, 12)
