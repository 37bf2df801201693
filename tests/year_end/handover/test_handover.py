"""引継書 on the sample year: every row is a record, no chapter is empty, and staff add what no record knows."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Heading, Table
from app.documents.services import documents
from app.documents.services.document_context import document_context_of
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks.deadlines import all_tasks
from app.event.services.tasks.task import OWN_TARGET
from app.event_day.checkouts.services import record_checkout, record_return
from app.events.dispatches.rules import PLAN
from app.received.services import ReceiptScope, ask_correction, confirm_paper, receive_paper
from app.year_end.handover.documents import (
    CHAPTERS,
    DECIDED,
    FIRST,
    KIND,
    OPEN,
    PLACES,
    WRONG,
    OpenItem,
    handover,
    remark_of,
)
from app.year_end.handover.services import hand_over, read_handover, read_staff_change
from db.records.agreements import Agreement, Homework
from db.records.dispatches import DispatchSupport
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.protection import Checkout
from db.records.submissions.received import Receipt, ReceivedPaper
from db.records.submissions.reports import Report
from db.rows import rows
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.stores import made_by
from tests.support.years import at, started_year

YEAR = DocumentScope(fiscal_year=2026)
store = made_by(sample_store, scope="module")


def test_each_chapter_holds_what_the_records_hold(store):
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    database = store.database
    decided = [one for one in rows(database, Agreement) if one.settled_on and (one.decision or one.reason)]
    assert [row[3] for row in facts.rows[DECIDED]] == [
        one.record_number for one in sorted(decided, key=lambda one: (one.settled_on, one.ordinal))
    ]
    assert all(
        one.reason in row[2]
        for one, row in zip(
            sorted(decided, key=lambda one: (one.settled_on, one.ordinal)), facts.rows[DECIDED], strict=True
        )
    )
    places = {place for _thing, place, *_rest in facts.rows[PLACES]}
    assert {one.original_place for one in rows(database, ReceivedPaper) if one.original_place} <= places
    outside = [place for place, row in enumerate(facts.rows[PLACES]) if row[0].startswith("持出し中")]
    assert outside == list(range(len(outside))), "what is outside the house comes first"
    assert facts.rows[PLACES][len(outside)][0] == "業務データ（このアプリ）のフォルダー"
    wrong = "\n".join(row[1] for row in facts.rows[WRONG])
    for event in rows(database, Event, status=EventStatus.CANCELLED):
        assert f"{event.full_title}の中止" in wrong
    checks = [one for one in facts.open_items if one.label.endswith("検算をする")]
    assert checks
    assert all(re.fullmatch(r"\d+件", one.detail) for one in checks), "answers on paper and online are counted in 件"
    asked = [one for one in rows(database, ReceivedPaper) if one.asked_on is not None]
    assert wrong.count("の修正依頼") == len(asked) > 0


def test_it_counts_the_papers_that_the_notice_of_completion_counts(store):
    """Both say how many of how many are 確認済; one that counted 業務完了届 and 請求書 too said two more."""
    said = read_handover(store, fiscal_year=2026, now=NOW).progress_words
    notice = said_by(documents.build_document(store, scope=YEAR, kind="業務完了届", now=NOW))
    ((owed, confirmed),) = re.findall(r"未了の書類がない（(\d+)件のうち(\d+)件", notice)
    assert f"検査までの提出物{owed}件のうち{confirmed}件が確認済。" in said


def test_what_is_due_in_april_and_may_stands_there_with_its_basis_and_in_the_first_chapter_too(store):
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    due = [
        task
        for task in all_tasks(store, today=NOW.date())
        if task.is_open and date(2027, 4, 1) <= task.due <= date(2027, 5, 31)
    ]
    assert [one.label for one in facts.first_weeks] == [task.label for task in due] != []
    assert [one.basis or OWN_TARGET for one in facts.first_weeks] == [
        OWN_TARGET if task.basis_short.startswith(OWN_TARGET) else task.basis_short for task in due
    ]
    assert facts.rows[FIRST], "what the ward promised after a 派遣"
    assert {task.label for task in due} <= {one.label for one in facts.open_items}
    days = [one.day for one in facts.open_items]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated) == days[: len(dated)], "by date; what has none stands below"
    assert 0 < len(dated) < len(days)
    assert any("フォローアップ" in one.subject for one in facts.open_items[: len(dated)])


def test_every_record_of_a_matter_is_counted_with_or_without_its_place(store):
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    counted = {place: int(count) for thing, place, count, _caution in facts.rows[PLACES] if thing == "協議の記録"}
    settled = [one for one in rows(store.database, Agreement) if one.settled_on and one.withdrawn_on is None]
    assert sum(counted.values()) == len(settled)
    assert counted["（原本の所在の記録なし）"] == sum(not one.original_place for one in settled)


def test_who_does_a_homework_is_who_took_it_home(store):
    things = read_handover(store, fiscal_year=2026, now=NOW).open_items
    waiting = [one for one in rows(store.database, Homework, done_on=None) if one.due is not None]
    assert {one.side for one in waiting} == {"区", "受託者"}
    for one in waiting:
        (thing,) = [thing for thing in things if thing.label == f"宿題：{one.text}"]
        assert thing.who == one.side


def test_what_came_back_in_part_is_still_outside(store):
    taken = Checkout(
        contents="申込一覧",
        taken_at=NOW,
        taken_by=BY,
        approved_by="見本　課長",
        purpose="受付",
        destination="見本区民館",
        copies=3,
    )
    saved = record_checkout(acting(store), checkout=taken)
    record_return(
        acting(store), checkout_id=saved.id, returned_at=NOW, checked_by="見本　課長", copies=1, reason="会場に忘れた"
    )
    places = read_handover(store, fiscal_year=2026, now=NOW).rows[PLACES]
    assert ("持出し中　申込一覧", "見本区民館", "2") in [row[:3] for row in places]


def test_the_change_of_staff_names_both_and_hands_the_homework_over_in_one_action(store):
    before = read_staff_change(store, fiscal_year=2026, today=NOW.date())
    assert before.remaining_homework == before.homework != ()
    who = {"fiscal_year": 2026, "predecessor": "見本　係員", "day": date(2027, 3, 31)}
    with pytest.raises(UserError, match="同じ"):
        hand_over(acting(store), **who, successor="見本　係員")
    with pytest.raises(UserError, match="同じ"):
        hand_over(acting(store), **who, successor="見本 係員")
    with pytest.raises(UserError, match="書かれていません"):
        hand_over(acting(store), **who, successor=" ")
    theirs = next(one for one in rows(store.database, Homework) if one.side == "受託者")
    with pytest.raises(UserError, match="受託者の宿題"):
        hand_over(acting(store), **who, successor="見本　五十嵐", homework_ids=[theirs.id])
    hand_over(acting(store), **who, successor="見本　五十嵐", homework_ids=[one.id for one in before.homework])
    after = read_staff_change(store, fiscal_year=2026, today=NOW.date())
    assert (after.predecessor, after.successor, after.day, after.remaining_homework) == (
        "見本　係員",
        "見本　五十嵐",
        "令和9年3月31日（水）",
        (),
    )
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    assert facts.people["後任者"] == "見本　五十嵐"
    assert any("見本　五十嵐" in one.detail for one in facts.open_items)
    assert replace(after, successor="見本 五十嵐", homework=before.homework).remaining_homework != ()
    assert replace(after, successor="見本 五十嵐").remaining_homework == ()


def _table(content, name):
    return next(one for one in content.blocks if isinstance(one, Table) and one.name == name)


def test_the_paper_takes_three_pages_and_what_is_urgent_stands_on_them_row_by_row(store):
    """What is late or due within two weeks has its row, with the event as 「第7回 講習会」 and the clause in full."""
    content = documents.build_document(store, scope=YEAR, kind=KIND, now=NOW)
    pages = pages_of(content)
    assert len(pages) == 3
    assert "この事務のやり方" in pages[2].replace("\n", "")
    assert "係長" in pages[2].replace("\n", "")
    things = read_handover(store, fiscal_year=2026, now=NOW).open_items
    urgent = [one for one in things if one.day is not None and one.day <= NOW.date() + timedelta(days=14)]
    table = _table(content, OPEN)
    head, *rows_of_urgent = table.rows[: len(urgent) + 1]
    assert table.group_rows == (0, len(urgent) + 1)
    assert head[0] == f"期限を過ぎたもの、14日のうちに期限が来るもの　{len(urgent)}件"
    for one, (due, words, who) in zip(urgent, rows_of_urgent, strict=True):
        assert (due, who) == (one.due, one.who)
        assert words.startswith(f"{one.subject}　{one.label}")
        assert one.basis in words
    named = {f"第{one.ordinal}回 {one.kind}" for one in rows(store.database, Event) if one.ordinal}
    assert {one.subject.split("　")[0] for one in things if one.subject.startswith("第")} <= named


def test_goals_of_the_ward_that_many_events_are_late_with_stand_in_one_row_and_leave_the_paper_its_three_pages(store):
    """A goal that is new in the middle of a year is late for every event that is over."""
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    late = [
        OpenItem(
            subject=f"第{number}回 講習会",
            day=date(2026, 9, 23) + timedelta(days=number),
            due=f"R8.9.{23 + number}",
            label="写真の提供を協議する",
            detail="17人" if number == 2 else "",
            who="区",
        )
        for number in range(1, 9)
    ]
    more = replace(
        facts, open_items=sorted([*facts.open_items, *late[1:], late[0]], key=lambda one: one.day or date.max)
    )
    context = document_context_of(store, YEAR, KIND, NOW)
    content = handover(context, more)
    assert len(pages_of(content)) == 3
    (row,) = [row for row in _table(content, OPEN).rows if "写真の提供" in row[1]]
    named = "、".join(f"第{number}回 講習会" + ("　17人" if number == 2 else "") for number in range(1, 9))
    assert row == ("R8.9.24から", f"写真の提供を協議する　8件（{named}）", "区")
    head = _table(content, OPEN).rows[0][0]
    assert head.endswith(f"{len([one for one in facts.open_items if _urgent(one)]) + 8}件")
    assert "ほか" not in next(one.right for one in content.blocks if isinstance(one, Heading))

    days_alike = [replace(one, basis="仕4(1)コ") for one in late]
    rows_of_duties = _table(handover(context, replace(facts, open_items=days_alike)), OPEN).rows
    assert len(rows_of_duties) == 9, "a duty of the contract has its row for each event"
    assert len(_table(handover(context, replace(facts, open_items=late[:2])), OPEN).rows) == 3


def _urgent(one):
    return one.day is not None and one.day <= NOW.date() + timedelta(days=14)


def test_what_is_due_later_stands_matter_by_matter_and_what_is_not_named_is_counted(store):
    """What the contract asks for and what is of the year is named with its day; an event's own steps are counted."""
    things = read_handover(store, fiscal_year=2026, now=NOW).open_items
    end = NOW.date() + timedelta(days=14)
    later = [one for one in things if (one.day is None or one.day > end) and not one.in_first_weeks]
    table = _table(documents.build_document(store, scope=YEAR, kind=KIND, now=NOW), OPEN)
    lines = [words for _due, words, _who in table.rows[table.group_rows[1] + 1 :]]
    assert len(lines) == len({one.subject for one in later})
    for line in lines:
        of_matter = [one for one in later if line.startswith(f"{one.subject}　")]
        told = [one for one in of_matter if one is of_matter[0] or one.clause or one.of_year]
        assert all(one.label in line and one.clause in line for one in told)
        assert ("ほか" in line) == (len(told) < len(of_matter))
        assert f"ほか{len(of_matter) - len(told)}件" in line or len(told) == len(of_matter)


def test_what_the_pages_do_not_hold_is_counted_with_where_it_stands(store):
    facts = read_handover(store, fiscal_year=2026, now=NOW)
    content = documents.build_document(store, scope=YEAR, kind=KIND, now=NOW)
    shown = _table(content, DECIDED).rows
    left = len(facts.rows[DECIDED]) - len(shown)
    assert [row[-1] for row in shown] == [row[3] for row in facts.rows[DECIDED]][left:], "the newest stay"
    assert left > 0
    assert f"ほか{left}件は、協議記録一覧にある" in said_by(content)
    places = [row[0] for row in _table(content, PLACES).rows]
    assert len(places) == len(set(places)), "one row a place"
    held = " ".join(row[1] for row in _table(content, PLACES).rows)
    assert all(f"{thing}　{count}" in held for thing, _place, count, _caution in facts.rows[PLACES])


def test_a_remark_and_the_names_stand_in_both_files_and_nothing_typed_is_lost(store):
    typed = {"後任者": "区民協働担当係　髙橋", remark_of(WRONG): "第8回は代わりの会場がなかった。"}
    for part, text in typed.items():
        set_passage(acting(store), scope=YEAR, kind=KIND, part=part, text=text)
    content = documents.build_document(store, scope=YEAR, kind=KIND, now=NOW)
    said = said_by(content)
    assert "→　区民協働担当係　髙橋" in said
    assert "第8回は代わりの会場がなかった。" in said
    assert missing_words(content) == []


def test_a_year_that_has_just_begun_has_every_chapter_and_says_so(tmp_path):
    begun = started_year(tmp_path / "begun")
    content = documents.build_document(begun, scope=YEAR, kind=KIND, now=NOW)
    begun.database.conn.close()
    said = said_by(content)
    assert all(chapter in said for chapter in CHAPTERS)
    assert said.count("該当なし") >= 1
    edges = {
        tuple(accumulate(one.width for one in table.columns)) for table in content.blocks if isinstance(table, Table)
    }
    assert {one[-1] for one in edges} == {165}, "chapters share their edges, so that a workbook keeps to one sheet"
    assert {edge for one in edges for edge in one} <= {24, 46, 149, 165}


def test_each_of_several_papers_of_one_kind_is_told_by_its_own_versions(tmp_path):
    begun = started_year(tmp_path / "begun")

    def receive(day, place, follows=0, kind="変更届"):
        return receive_paper(
            ActionContext(begun, BY, at(day)),
            kind=kind,
            scope=ReceiptScope(programme_id=1),
            receipt=Receipt(received_on=day, original_place=place),
            follows=follows,
        ).id

    def told(day):
        facts = read_handover(begun, fiscal_year=2026, now=at(day))
        wrong = [(what, after) for _day, what, after in facts.rows[WRONG] if "修正依頼" in what]
        return wrong, {(thing, place): count for thing, place, count, _ in facts.rows[PLACES] if thing == "変更届"}

    first = receive(date(2026, 9, 7), "書棚")
    ask_correction(
        ActionContext(begun, BY, at(date(2026, 9, 8))), paper_id=first, due=date(2026, 9, 18), text="日付がありません。"
    )
    second = receive(date(2026, 9, 14), "書棚")
    receive(date(2026, 9, 15), "書棚", follows=second)
    assert told(date(2026, 9, 16)) == (
        [("変更届（第1版）の修正依頼", "修正版を待っている。期限 R8.9.18。")],
        {("変更届", "書棚"): "2"},
    )
    receive(date(2026, 9, 17), "書庫", follows=first)
    assert told(date(2026, 9, 18)) == (
        [("変更届（第1版）の修正依頼", "第2版を受領（区が確認中）。")],
        {("変更届", "書棚"): "1", ("変更届", "書庫"): "1"},
    )
    begun.database.conn.close()


def test_a_paper_that_was_accepted_after_all_waits_for_no_other_version(tmp_path):
    begun = started_year(tmp_path / "begun")
    paper = receive_paper(
        ActionContext(begun, BY, at(date(2026, 9, 7))),
        kind="その他の届",
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=date(2026, 9, 7), original_place="書棚"),
    ).id
    ask_correction(ActionContext(begun, BY, at(date(2026, 9, 8))), paper_id=paper, text="日付がありません。")
    confirm_paper(
        ActionContext(begun, BY, at(date(2026, 9, 9))), paper_id=paper, on=date(2026, 9, 9), reason="電話で確かめた"
    )
    facts = read_handover(begun, fiscal_year=2026, now=at(date(2026, 9, 10)))
    assert [after for _day, what, after in facts.rows[WRONG] if "修正依頼" in what] == ["第1版のまま確認済。"]
    begun.database.conn.close()


def test_what_a_city_promised_is_handed_over_as_what_a_ward_promised(tmp_path):
    begun = sample_store(tmp_path / "year")

    def promises():
        return [row[0] for row in read_handover(begun, fiscal_year=2026, now=NOW).rows[FIRST]]

    before = promises()
    with begun.change(action="市の契約", subject="reports", by=BY, now=NOW) as change:
        for kind in (Report, DispatchSupport):
            for one in rows(begun.database, kind):
                plan = [tuple("市" if cell == "区" else cell for cell in line) for line in one.tables.get(PLAN, ())]
                change.update(kind, one.id, tables={**one.tables, PLAN: tuple(plan)} if plan else one.tables)
    assert before
    assert promises() == before
    begun.database.conn.close()
