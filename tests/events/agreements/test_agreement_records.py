"""協議の記録 on the sample year: found again by any word, numbered once, confirmed, withdrawn, printed; 打合せ and
宿題."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.event.services.agreements import change_topic, remove_topic, reopen_topic, settle_topics
from app.event.services.tasks.follow_ups import read_eventless_follow_ups, read_follow_ups
from app.events.agreements import documents as agreements_documents
from app.events.agreements import services as agreements_services
from app.events.agreements.rules import side_words
from app.events.discussion.services import OUTCOME_TASK
from app.events.schedules.services import WARD_DAY
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.programme.intake import preset
from app.programme.services import start_programme
from db.records.agreements import Agreement, Homework, Meeting
from db.records.events import Event
from db.records.programme import Programme
from db.rows import by_id, rows
from db.tables import journal
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}


def wifi(store):
    return next(one for one in rows(store.database, Agreement) if one.topic == "会場の無料Wi-Fi")


def test_in_april_any_spelling_of_the_word_finds_the_record_with_its_reason(store):
    for typed in ("無料Wi-Fi", "無料ｗｉ‐ｆｉ", "ワイファイ", "公衆無線"):
        found = agreements_services.read_records(store, text=typed)
        assert wifi(store).id in {row.id for row in found.rows if row.is_match}, typed
    view = agreements_services.read_record(store, agreement_id=wifi(store).id)
    assert view.record.reason.startswith("R8.7.10（金）の下見で20台を同時に試した。")
    (group,) = [one for one in search_everything(store, text="無料Wi-Fi").groups if one.title == "協議の記録"]
    assert group.items[0].link.agreement_id in {
        row.id for row in agreements_services.read_records(store, text="無料Wi-Fi").rows
    }


@pytest.mark.parametrize("said", ["content", "ward_view", "contractor_view", "decision", "reason"])
def test_whatever_one_side_said_of_a_matter_is_found(store, said):
    about = next(one for one in rows(store.database, Agreement) if one.settled_on is None)
    emptied = dict.fromkeys(("content", "ward_view", "contractor_view", "decision", "reason"), "")
    with acting(store).change("変えた", "agreements") as change:
        change.update(Agreement, about.id, **{**emptied, said: "うさぎの帽子"})
    (group,) = [one for one in search_everything(store, text="うさぎの帽子").groups if one.title == "協議の記録"]
    assert group.items[0].link.agreement_id == about.id


def test_what_is_found_comes_first_and_the_rest_stays_below(store):
    listed = agreements_services.read_records(store, text="無料Wi-Fi")
    assert [row.is_match for row in listed.rows] == sorted((row.is_match for row in listed.rows), reverse=True)
    assert (
        len(listed.rows)
        == len(agreements_services.read_records(store).rows)
        > sum(row.is_match for row in listed.rows)
        > 0
    )
    assert "公衆無線" in listed.synonyms
    assert agreements_services.read_records(store, text="定員　人数").synonyms == ("上限",)


def test_a_number_is_given_once_and_never_again(store):
    settled = [one for one in rows(store.database, Agreement) if one.settled_on is not None]
    assert sorted(one.ordinal for one in settled) == list(range(1, len(settled) + 1))
    record = Agreement(
        topic="",
        content="謝礼を出すか",
        settled_on=NOW.date(),
        decision="出さない。",
        reason="仕様にない。",
        clause="仕7",
        programme_id=agreements_services.read_records(store).programme_id,
    )
    saved = agreements_services.save_record(acting(store), record=record)
    kept = by_id(store.database, Agreement, saved.id)
    assert (kept.ordinal, kept.topic, kept.record_number) == (
        len(settled) + 1,
        "謝礼を出すか",
        f"第{len(settled) + 1}号",
    )
    agreements_services.withdraw_record(acting(store), agreement_id=saved.id, reason="二重の記録")
    again = agreements_services.save_record(acting(store), record=replace(record, content="別の件"))
    assert by_id(store.database, Agreement, again.id).ordinal == len(settled) + 2
    with pytest.raises(UserError, match="取消"):
        remove_topic(acting(store), agreement_id=saved.id)
    agreements_services.save_record(
        acting(store), record=replace(by_id(store.database, Agreement, again.id), content="か" * 31, topic="")
    )
    said = [one.action for one in journal.entries(store.database)[:4]]
    assert said == [
        f"協議「{'か' * 30}」の記録を変えた", "協議「別の件」を記録した",
        f"協議第{len(settled) + 1}号「謝礼を出すか」を取り消した", "協議「謝礼を出すか」を記録した",
    ]  # fmt: skip


def test_several_settled_together_are_numbered_one_after_the_other_and_the_page_of_the_event_keeps_the_record(store):
    waiting = [
        one for one in rows(store.database, Agreement, event_id=event_id(store, "講習会", 7)) if one.settled_on is None
    ]
    assert len(waiting) == 2
    settle_topics(acting(store), agreement_ids=[one.id for one in waiting])
    first, second = (by_id(store.database, Agreement, one.id) for one in waiting)
    assert second.ordinal == first.ordinal + 1
    rich = next(
        one for one in rows(store.database, Agreement) if one.decision and one.event_id and one.confirmed_on is None
    )
    change_topic(acting(store), agreement_id=rich.id, values={"content": "短く"})
    kept = by_id(store.database, Agreement, rich.id)
    assert (kept.content, kept.decision, kept.reason, kept.ordinal) == (
        "短く", rich.decision, rich.reason, rich.ordinal,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"content": "", "topic": " "}, "何を協議したか"),
        ({"decision": "決めた。", "settled_on": None}, "決まった日がありません"),
        ({"settled_on": date(2027, 3, 1)}, "先の日付"),
    ],
)
def test_what_cannot_be_kept_is_said(store, change, said):
    record = Agreement(topic="件", content="問い", settled_on=NOW.date(), decision="決めた。")
    with pytest.raises(UserError, match=said):
        agreements_services.save_record(acting(store), record=replace(record, **change))


def test_the_contractor_confirms_only_what_says_decision_reason_and_clause_and_then_it_stands(store):
    saved = agreements_services.save_record(
        acting(store), record=Agreement(topic="", content="件", settled_on=NOW.date(), decision="する。")
    )
    with pytest.raises(UserError, match="理由、根拠がありません"):
        agreements_services.confirm_record(
            acting(store), agreement_id=saved.id, confirmed_on=NOW.date(), confirmed_how=""
        )
    asked = replace(
        by_id(store.database, Agreement, saved.id),
        reason="要る。",
        clause="仕7",
        nature="契約変更の要否を契約課へ確認",
        section_person="契約課",
    )
    agreements_services.save_record(acting(store), record=asked)
    with pytest.raises(UserError, match="契約課へ確認した日・相手・回答がありません"):
        agreements_services.confirm_record(
            acting(store), agreement_id=saved.id, confirmed_on=NOW.date(), confirmed_how=""
        )
    agreements_services.save_record(acting(store), record=replace(asked, nature="協議で足りる"))
    agreements_services.confirm_record(
        acting(store), agreement_id=saved.id, confirmed_on=NOW.date(), confirmed_how="メールの返信"
    )
    with pytest.raises(UserError, match="受託者が確認した記録"):
        agreements_services.save_record(acting(store), record=replace(asked, decision="しない。"))
    with pytest.raises(UserError, match="理由が書かれていません"):
        agreements_services.take_back_confirmation(acting(store), agreement_id=saved.id, reason=" ")
    agreements_services.take_back_confirmation(acting(store), agreement_id=saved.id, reason="誤字")
    agreements_services.save_record(
        acting(store), record=replace(by_id(store.database, Agreement, saved.id), decision="しない。")
    )
    taken_back = by_id(store.database, Agreement, saved.id)
    assert "確認の取消" in taken_back.note
    with pytest.raises(UserError, match="確認を記録していません"):
        agreements_services.take_back_confirmation(acting(store), agreement_id=saved.id, reason="誤字")
    assert by_id(store.database, Agreement, saved.id) == taken_back


def test_a_meeting_holds_several_prints_as_one_page_and_is_confirmed_with_them(store):
    listed = agreements_services.read_records(store)
    chosen = [
        row.id for row in listed.rows if row.record.settled_on and row.record.meeting_id is None and row.record.decision
    ][:1]
    open_one = next(row.id for row in listed.rows if row.record.state == "協議中")
    meeting = Meeting(
        programme_id=listed.programme_id,
        subject="年内の進め方",
        held_on=NOW.date(),
        start_time="10:00",
        end_time="11:00",
    )
    saved = agreements_services.save_meeting(acting(store), meeting=meeting, agreement_ids=[*chosen, open_one])
    view = agreements_services.read_meeting(store, meeting_id=saved.id)
    assert (view.meeting.ordinal, [one.id for one in view.records]) == (4, [*chosen, open_one])
    assert view.earlier_homework_count > 0
    scope = DocumentScope(fiscal_year=2026, item=saved.id)
    drawn = documents.render_document(store, scope=scope, kind="打合せ記録", format="pdf", now=NOW)
    assert drawn.pages == 1
    said = said_by(drawn.content)
    assert "年内の進め方" in said
    assert "2件（決定1件、継続1件）" in said
    assert "継続。" in said
    assert [word for word in ("つぎの打合せで決める", "宿題に残す") if word in said] == []
    decided = by_id(store.database, Agreement, chosen[0]).settled_on
    agreements_services.save_meeting(
        acting(store), meeting=replace(view.meeting, held_on=decided - timedelta(days=3)), agreement_ids=chosen
    )
    with pytest.raises(UserError, match="確認日より後です"):
        agreements_services.confirm_meeting(
            acting(store), meeting_id=saved.id, confirmed_on=decided - timedelta(days=1), confirmed_how="メール"
        )
    history_services.undo(store, **WHO)
    agreements_services.confirm_meeting(
        acting(store), meeting_id=saved.id, confirmed_on=NOW.date(), confirmed_how="メール"
    )
    assert by_id(store.database, Agreement, chosen[0]).confirmed_on == NOW.date()
    assert by_id(store.database, Agreement, open_one).confirmed_on is None
    history_services.undo(store, **WHO)
    assert by_id(store.database, Meeting, saved.id).confirmed_on is None

    agreements_services.confirm_meeting(
        acting(store), meeting_id=saved.id, confirmed_on=NOW.date(), confirmed_how="メール"
    )
    kept = by_id(store.database, Meeting, saved.id)
    with pytest.raises(UserError, match="先に確認を取り消して"):
        agreements_services.save_meeting(acting(store), meeting=kept, agreement_ids=chosen)
    with pytest.raises(UserError, match="理由"):
        agreements_services.take_back_meeting_confirmation(acting(store), meeting_id=saved.id, reason=" ")
    agreements_services.take_back_meeting_confirmation(acting(store), meeting_id=saved.id, reason="出席者の誤り")
    assert by_id(store.database, Agreement, chosen[0]).confirmed_on is None
    agreements_services.save_meeting(
        acting(store), meeting=replace(kept, confirmed_on=None, confirmed_how=""), agreement_ids=chosen
    )


def test_every_record_that_says_why_is_one_page_and_the_list_holds_all(store):
    said = [row for row in agreements_services.read_records(store).rows if row.record.decision]
    assert len(said) >= 6
    for row in said:
        drawn = documents.render_document(
            store, scope=DocumentScope(fiscal_year=2026, item=row.id), kind="協議記録", format="pdf", now=NOW
        )
        assert drawn.pages == 1, row.question
        words = said_by(drawn.content)
        assert row.record.reason in words
        assert row.record.record_number in words
    drawn = documents.render_document(
        store, scope=DocumentScope(fiscal_year=2026), kind="協議記録一覧", format="xlsx", now=NOW
    )
    assert drawn.data
    with pytest.raises(UserError, match="1件ごとの帳票"):
        documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="協議記録", now=NOW)


def test_homework_stands_on_home_until_it_is_done_and_in_a_record_it_says_who_and_when(store):
    def on_home():
        return [one for one in read_follow_ups(store.database, NOW.date()) if one.task == agreements_services.HOMEWORK]

    before = on_home()
    assert [one.rule for one in before] == ["目安日"] * len(before)
    record = wifi(store)
    homework = Homework(
        programme_id=record.programme_id,
        agreement_id=record.id,
        text="返却の日を決める",
        side="受託者",
        due=date(2026, 12, 11),
    )
    saved = agreements_services.save_homework(acting(store), homework=homework)
    assert len(on_home()) == len(before) + 1
    assert next(one for one in on_home() if one.link.homework_id == saved.id).detail == "受託者"
    agreements_services.finish_homework(acting(store), homework_id=saved.id)
    assert len(on_home()) == len(before)
    history_services.undo(store, **WHO)
    assert len(on_home()) == len(before) + 1
    with pytest.raises(UserError, match="宿題の内容がありません"):
        agreements_services.save_homework(acting(store), homework=replace(homework, text=" "))


@pytest.mark.parametrize(
    ("due", "done_on", "said"),
    [
        (None, None, "宿題を保存しました。期限が空のため、ホームには出ません。"),
        (date(2026, 11, 24), None, "宿題を保存しました。期限の11/24(火)を過ぎています。済にするまでホームに出ます。"),
        (date(2026, 12, 11), None, "宿題を保存しました。済にするまでホームに出ます。"),
        (date(2026, 12, 11), date(2026, 12, 1), "宿題を保存しました。"),
    ],
)
def test_a_saved_homework_says_where_it_is_met_again(store, due, done_on, said):
    record = wifi(store)
    homework = Homework(
        programme_id=record.programme_id, agreement_id=record.id, text="鍵を返す", due=due, done_on=done_on
    )
    assert agreements_services.save_homework(acting(store), homework=homework).message == said


def test_of_what_was_withdrawn_and_of_a_closed_year_nothing_is_left_to_do(store):
    def on_home():
        return [one.label for one in read_follow_ups(store.database, NOW.date())]

    record = next(
        row.record
        for row in agreements_services.read_records(store).rows
        if row.record.ordinal and not row.record.confirmed_on
    )
    programme_id = agreements_services.read_records(store).programme_id
    agreements_services.save_homework(
        acting(store),
        homework=Homework(programme_id=programme_id, agreement_id=record.id, text="取消の宿題", due=NOW.date()),
    )

    def on_the_screen():
        listed = agreements_services.read_records(store)
        row = next(row for row in listed.rows if row.id == record.id)
        return row.homework, [
            one.homework.text for one in listed.homework if one.record is not None and one.record.id == record.id
        ]

    assert "宿題：取消の宿題" in on_home()
    assert on_the_screen() == (1, ["取消の宿題"])
    agreements_services.withdraw_record(acting(store), agreement_id=record.id, reason="記録の誤り")
    assert "宿題：取消の宿題" not in on_home()
    assert on_the_screen() == (0, [])
    gone = by_id(store.database, Agreement, record.id)
    with pytest.raises(UserError, match="取消にした協議"):
        agreements_services.confirm_record(
            acting(store), agreement_id=record.id, confirmed_on=NOW.date(), confirmed_how=""
        )
    with pytest.raises(UserError, match="取消にした協議"):
        agreements_services.save_record(acting(store), record=replace(gone, note="書き足す"))

    def of_the_year():
        found = (*read_follow_ups(store.database, NOW.date()), *read_eventless_follow_ups(store.database, NOW.date()))
        return {one.task for one in found if one.task in (agreements_services.HOMEWORK, WARD_DAY, OUTCOME_TASK)}

    assert of_the_year() >= {agreements_services.HOMEWORK, WARD_DAY}
    with store.change(action="年度を閉じた", **WHO) as change:
        change.update(Programme, programme_id, closed_on=NOW.date())
    assert not of_the_year()


def test_papers_and_evidence_name_a_matter_by_its_number_or_its_topic(store):
    year = DocumentScope(fiscal_year=2026)
    items = [agreements_services._meeting_items, agreements_services._contract_change_items]
    assert [[one.title for one in named(store, year)] for named in items] == [
        ["第1回　契約後の進め方", "第2回　講習会第3回の準備ほか", "第3回　意見交換会の進め方"],
        ["派遣する団体の数"],
    ]
    said = [one.title for one in agreements_services._record_items(store, year)]
    assert (len(said), said[0], said[-1]) == (8, "第19号　内容", "派遣する団体の数")
    of_event, waiting = rows(store.database, Agreement, event_id=event_id(store, "講習会", 7), topic=("日程", "設問"))
    keys = [str(one.id) for one in (of_event, waiting, wifi(store))]
    found = agreements_services.read_evidence(store, keys)
    assert [(found[key].said[:12], found[key].source, found[key].day, found[key].programme_id) for key in keys] == [
        ("日程", "協議記録 第39号", date(2026, 11, 6), 1), ("設問", "協議記録 協議中", date(2026, 11, 6), 1),
        ("会場の無料Wi-Fi　有", "協議記録 第2号", date(2026, 8, 5), 1),
    ]  # fmt: skip
    visit = by_id(store.database, Event, event_id(store, "派遣", 1))
    name = "アドバイザー派遣による個別支援　第1回（見本あおば町会）"
    titles = [agreements_services._event_title(store, one) for one in (None, visit, replace(visit, event_date=None))]
    assert titles == ["", f"{name}　令和8年10月21日（水）", name]
    listed = agreements_services.read_records(store)
    assert [one.source for one in listed.homework] == [
        "協議 第2号", "協議 第19号", "協議 第25号", "協議 第25号", "協議 第18号", "協議 第3号",
    ]  # fmt: skip
    bare = replace(listed.homework[0], record=replace(wifi(store), ordinal=None))
    of_meeting = replace(bare, record=None, meeting=listed.meetings[0])
    assert [one.source for one in (bare, of_meeting, replace(bare, record=None))] == [
        "会場の無料Wi-Fi",
        "第3回 打合せ",
        "",
    ]
    asked = [one for one in listed.rows if one.event is None or one.record.topic == "日程"][-2:]
    assert [(one.about, one.question) for one in asked] == [
        ("年度に共通", "会場の無料Wi-Fiを、操作体験に使うか"),
        ("第1回 事例紹介講習会", "日程"),
    ]


def test_an_attached_file_comes_back_as_it_came_and_can_be_taken_off(store):
    record = wifi(store)
    saved = agreements_services.attach_file(
        acting(store), agreement_id=record.id, data=b"%PDF-1.4 x", name="下見の記録.pdf"
    )
    assert [one.name for one in agreements_services.read_record(store, agreement_id=record.id).files] == [
        "下見の記録.pdf"
    ]
    found = agreements_services.read_records(store, text="下見の記録.pdf")
    assert sum(row.is_match for row in found.rows) == 1
    agreements_services.remove_file(acting(store), attached_id=saved.id)
    assert agreements_services.read_record(store, agreement_id=record.id).files == ()


def test_another_year_has_its_own_numbers(store):
    given = preset("r8")
    started = start_programme(
        ActionContext(store, BY, datetime(2027, 2, 20, 9)),
        programme=replace(given.programme, fiscal_year=2027),
        numbers=given.kinds,
        office=given.office,
    )
    record = Agreement(
        topic="", content="来年度の会場", settled_on=NOW.date(), decision="同じ。", programme_id=started.id
    )
    saved = agreements_services.save_record(acting(store), record=record)
    assert by_id(store.database, Agreement, saved.id).ordinal == 1
    assert [row.id for row in agreements_services.read_records(store, fiscal_year=2027).rows] == [saved.id]


@pytest.mark.parametrize(
    ("side", "typed", "said"),
    [
        ("区", "区民協働担当係　見本", "区　区民協働担当係　見本"), ("受託者", "受託者 業務責任者",
            "受託者　業務責任者"),
        ("受託者", "業務責任者", "受託者　業務責任者"), ("受託者", "受託者", "受託者"), ("区", "", ""),
    ],
)  # fmt: skip
def test_a_side_is_named_once_however_it_was_typed(side, typed, said):
    assert side_words(side, typed) == said


@pytest.mark.parametrize(
    ("ordinals", "said"),
    [
        ((12, 24), "協議記録　第12号、第24号"), ((14, 15, 16), "協議記録　第14号から第16号まで"),
        ((25,), "協議記録　第25号"),
        ((1, 2, 4), "協議記録　第1号、第2号、第4号"), ((), ""),
    ],
)  # fmt: skip
def test_minutes_say_from_and_to_only_of_numbers_that_follow_one_another(ordinals, said):
    matters = [Agreement(topic="内容", ordinal=one, number=f"第{one}号") for one in ordinals]
    assert agreements_documents._number_range_text(matters) == said


def a_confirmed_meeting(store):
    """打合せ with one decided 協議 and one 協議中, confirmed by the contractor; returns it and both ids."""
    listed = agreements_services.read_records(store)
    decided = next(
        row.id
        for row in listed.rows
        if row.record.state == "決定"
        and row.record.meeting_id is None
        and row.record.decision
        and row.record.reason
        and row.record.clause
    )
    open_one = next(row.id for row in listed.rows if row.record.state == "協議中" and row.event is not None)
    meeting = Meeting(programme_id=listed.programme_id, subject="年内の進め方", held_on=NOW.date())
    saved = agreements_services.save_meeting(acting(store), meeting=meeting, agreement_ids=[decided, open_one])
    agreements_services.confirm_meeting(
        acting(store), meeting_id=saved.id, confirmed_on=NOW.date(), confirmed_how="メール"
    )
    return saved.id, decided, open_one


def minutes_of(store, meeting_id, now=NOW):
    scope = DocumentScope(fiscal_year=2026, item=meeting_id)
    return said_by(documents.render_document(store, scope=scope, kind="打合せ記録", format="pdf", now=now).content)


def test_what_the_contractor_confirmed_is_not_opened_again_on_the_page_of_the_event(store):
    _meeting, decided, _open = a_confirmed_meeting(store)
    with pytest.raises(UserError, match="受託者が確認した記録"):
        reopen_topic(acting(store), agreement_id=decided)
    agreements_services.take_back_confirmation(acting(store), agreement_id=decided, reason="誤字")
    agreements_services.withdraw_record(acting(store), agreement_id=decided, reason="記録の誤り")
    kept = by_id(store.database, Agreement, decided)
    with pytest.raises(UserError, match="取消にした協議"):
        reopen_topic(acting(store), agreement_id=decided)
    with pytest.raises(UserError, match="取消にした協議"):
        change_topic(acting(store), agreement_id=kept.id, values={"content": "別のこと"})


def test_no_matter_joins_leaves_or_goes_from_a_meeting_that_the_contractor_confirmed(store):
    meeting_id, decided, open_one = a_confirmed_meeting(store)
    new = Agreement(
        topic="あとの話", programme_id=agreements_services.read_records(store).programme_id, meeting_id=meeting_id
    )
    with pytest.raises(UserError, match="受託者が記録を確認しています。協議を加えられません"):
        agreements_services.save_record(acting(store), record=new)
    waiting = by_id(store.database, Agreement, open_one)
    with pytest.raises(UserError, match="協議を外せません"):
        agreements_services.save_record(acting(store), record=replace(waiting, meeting_id=None))
    with pytest.raises(UserError, match="受託者が確認した第4回の打合せの協議"):
        remove_topic(acting(store), agreement_id=open_one)
    agreements_services.save_record(acting(store), record=replace(waiting, ward_view="場所を替える。"))
    assert {one.id for one in agreements_services.read_meeting(store, meeting_id=meeting_id).records} == {
        decided,
        open_one,
    }


def test_minutes_say_what_was_settled_or_withdrawn_after_the_contractor_confirmed_them(store):
    meeting_id, decided, open_one = a_confirmed_meeting(store)
    assert "この確認のあとの記録" not in minutes_of(store, meeting_id)
    waiting = by_id(store.database, Agreement, open_one)
    later = {"by": BY, "now": NOW + timedelta(days=3)}
    agreements_services.save_record(
        ActionContext(store, **later),
        record=replace(waiting, decision="区が持つ。", settled_on=NOW.date() + timedelta(days=3)),
    )
    agreements_services.withdraw_record(ActionContext(store, **later), agreement_id=decided, reason="双方の合意による")
    first, second = (by_id(store.database, Agreement, each).record_number for each in (decided, open_one))
    said = minutes_of(store, meeting_id, later["now"])
    assert f"{first}、{second}は、この確認のあとの記録である。" in said
    assert "【取消】" in said
    assert "2件（決定1件、継続0件、取消1件）" in said


def test_a_withdrawn_matter_stays_in_its_meeting_when_that_is_mended(store):
    meeting_id, decided, open_one = a_confirmed_meeting(store)
    agreements_services.take_back_meeting_confirmation(acting(store), meeting_id=meeting_id, reason="出席者の誤り")
    agreements_services.withdraw_record(acting(store), agreement_id=decided, reason="記録の誤り")
    # The dialog offers what was not withdrawn.
    meeting = by_id(store.database, Meeting, meeting_id)
    agreements_services.save_meeting(acting(store), meeting=replace(meeting, place="区役所"), agreement_ids=[open_one])
    assert by_id(store.database, Agreement, decided).meeting_id == meeting_id
    assert "【取消】" in minutes_of(store, meeting_id)


def test_a_matter_on_which_something_hangs_is_not_deleted_but_says_what(store):
    waiting = next(one for one in rows(store.database, Agreement) if one.settled_on is None and one.event_id)
    programme_id = agreements_services.read_records(store).programme_id
    task = agreements_services.save_homework(
        acting(store), homework=Homework(programme_id=programme_id, agreement_id=waiting.id, text="鍵を返す")
    )
    attached = agreements_services.attach_file(acting(store), agreement_id=waiting.id, data=b"memo", name="memo.txt")
    with pytest.raises(UserError, match="この協議には宿題、添付したファイルがあります"):
        remove_topic(acting(store), agreement_id=waiting.id)
    agreements_services.remove_homework(acting(store), homework_id=task.id)
    agreements_services.remove_file(acting(store), attached_id=attached.id)
    remove_topic(acting(store), agreement_id=waiting.id)
    assert by_id(store.database, Agreement, waiting.id) is None


def test_the_day_a_matter_was_settled_does_not_lie_ahead_on_the_page_of_the_event_either(store):
    settled = next(
        one for one in rows(store.database, Agreement) if one.settled_on and one.event_id and not one.confirmed_on
    )
    with pytest.raises(UserError, match="先の日付"):
        change_topic(acting(store), agreement_id=settled.id, values={"settled_on": NOW.date() + timedelta(days=1)})
