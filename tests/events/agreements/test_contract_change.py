"""契約変更の協議書: only of a 協議 that went to 契約課, 案 until it is settled and answered, with what changed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.documents import items_of_year
from app.documents.services import document_passages, notification
from app.documents.services.document_saving import save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from app.events.agreements.screens.notified_change import notification_status_text
from app.events.agreements.services import (
    build_change,
    build_minutes,
    change_follow_ups,
    read_record,
    save_record,
    withdraw_record,
)
from app.year.contract.services import record_contract_change
from db.records.agreements import Agreement, Meeting
from db.records.documents import DocumentPassage
from db.records.programme import EventKind, Office
from db.rows import by_id, rows
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.years import BY, at

KIND = "契約変更の協議書"
TODAY = date(2026, 10, 1)
YEAR = DocumentScope(fiscal_year=2026)
WHO = {"by": BY, "now": at(TODAY)}
acting = partial(ActionContext, by=BY, now=at(TODAY))


def agree(store, **values):
    given = {
        "programme_id": 1, "topic": "意見交換会の回数", "content": "3回に増やすか", "asked_on": date(2026, 9, 24),
        "way": "打合せ", "nature": CONTRACT_CHANGE, "clause": "仕4(3)ア", "reason": "参加の希望が多いため",
    }  # fmt: skip
    return save_record(acting(store), record=Agreement(**(given | values))).id


def content(store, made):
    scope = replace(YEAR, item=made)
    return build_document(store, scope=scope, kind=KIND, now=datetime.combine(TODAY, datetime.min.time()))


def test_it_is_a_draft_until_it_is_settled_and_the_section_answered(store):
    made = agree(store)
    paper = content(store, made)
    assert paper.stamp == "案"
    said = said_by(paper)
    for one in ("意見交換会の回数", "参加の希望が多いため", "まだ確認していない。"):
        assert one in said, one
    assert len(pages_of(paper)) == 1
    assert missing_words(paper) == []
    known = by_id(store.database, Agreement, made)
    save_record(
        acting(store),
        record=replace(
            known,
            settled_on=TODAY,
            decision="全3回とする",
            section_asked_on=date(2026, 9, 28),
            section_person="契約課　見本",
            section_answer="変更契約が要る",
        ),
    )
    paper = content(store, made)
    assert paper.stamp == ""
    assert "全3回とする" in said_by(paper)
    assert "令和8年9月28日（月）　契約課　見本　変更契約が要る" in said_by(paper)


def test_a_matter_that_needs_no_other_contract_has_none(store):
    made = agree(store, nature=AGREEMENT)
    asked = agree(store)
    assert [item.id for kind, item in items_of_year(store, YEAR) if kind.kind == KIND] == [asked]
    with pytest.raises(UserError, match="契約課へ確認するものではありません"):
        content(store, made)


def test_each_has_words_of_its_own_and_follows_ward_and_contractor_until_then(store):
    made = agree(store)
    said = said_by(content(store, made))
    assert "練馬区と" in said
    assert "もとの契約による" in said
    scope = replace(YEAR, item=made)
    kept = [one.part for one in document_passages.read_passages(store, scope=scope, kind=KIND, on=TODAY)]
    assert kept == ["前文", "契約課への確認がまだのとき", "定めのない事項"]
    document_passages.set_passage(
        acting(store), scope=scope, kind=KIND, part="定めのない事項", text="疑義は、双方で協議する。"
    )
    second = agree(store, topic="会場")
    assert "疑義は" in said_by(content(store, made))
    assert "もとの契約による" in said_by(content(store, second)), "what was typed for one stands on no other"
    document_passages.set_passage(
        acting(store), scope=replace(YEAR, item=second), kind=KIND, part="定めのない事項", text="区の規則による。"
    )
    assert "疑義は" in said_by(content(store, made))
    document_passages.reset_passage(acting(store), scope=scope, kind=KIND, part="定めのない事項")
    assert "もとの契約による" in said_by(content(store, made))


def test_it_says_what_was_agreed_and_beside_it_only_the_numbers_that_rest_on_it(store):
    settled = {"settled_on": date(2026, 9, 30), "section_asked_on": date(2026, 9, 28), "section_answer": "要る"}
    rounds = agree(store, decision="全3回とする", **settled)
    places = agree(store, topic="会場", decision="区民館でも行う", related="変更契約 第2号", **settled)
    office = rows(store.database, Office)[0]
    with store.change(action="人事異動", **WHO) as change:
        change.insert(replace(office, id=0, valid_from=TODAY, staff="後任　担当", reason="人事異動"))
    numbers = {one.kind: one for one in rows(store.database, EventKind, valid_from=None)}
    for kind, number, reason, day in (
        ("意見交換会", "第1号", "協議 第1号による", date(2026, 10, 5)),
        ("講習会", "第2号", "会場が増えたため", date(2026, 10, 12)),
        ("派遣", "第12号", "協議第12号による", date(2026, 10, 13)),
    ):
        changed = replace(numbers[kind], report_period="2か月以内")
        record_contract_change(
            acting(store), programme_id=1, numbers=[changed], valid_from=day, reason=reason, number=number
        )

    def listed(made):
        paper = content(store, made)
        (table,) = [one for one in paper.blocks if getattr(one, "name", "") == "変更の内容"]
        return [(row[0].partition("　")[0], row[2]) for row in table.rows], paper.stamp

    assert listed(rounds) == ([("意見交換会の回数", "全3回とする"), ("意見交換会", "2か月以内")], "")
    assert listed(places) == ([("会場", "区民館でも行う"), ("講習会", "2か月以内")], "")
    assert "後任" not in said_by(content(store, rounds)).partition("変更の内容")[2].partition("契約課への確認")[0]


def test_words_that_were_typed_for_all_of_a_year_are_those_of_the_earliest_until_they_are_taken_back(store):
    first, second = agree(store), agree(store, topic="会場")
    with store.change(action="前の版", **WHO) as change:
        change.insert(DocumentPassage(programme_id=1, document_kind=KIND, part="定めのない事項", text="前の版の文。"))
    assert ("前の版の文" in said_by(content(store, first)), "前の版の文" in said_by(content(store, second))) == (
        True,
        False,
    )
    scope = replace(YEAR, item=first)
    document_passages.reset_passage(acting(store), scope=scope, kind=KIND, part="定めのない事項")
    assert "もとの契約による" in said_by(content(store, first))


def test_it_is_told_by_itself_and_a_change_afterwards_is_not_silent(store, tmp_path):
    settled = {"settled_on": TODAY, "decision": "全3回とする", "section_asked_on": TODAY, "section_answer": "要る"}
    made, other = agree(store, **settled), agree(store, topic="会場", **settled)
    scope = replace(YEAR, item=made)

    def stand(one=made):
        view = read_record(store, agreement_id=one)
        return view.contract_change.matter_status.status, notification_status_text(view.contract_change, TODAY)

    def on_home():
        later = TODAY + timedelta(days=1)
        found = list(change_follow_ups(store.database, later))
        changed = [one.label == "契約変更の協議書を伝え直す" for one in found]
        assert [one.due for one in found] == [later if one else TODAY for one in changed]
        words = ["10/1(木)に伝えた協議書です" if one else "10/1(木)に作成した協議書です" for one in changed]
        assert [one.basis for one in found] == words
        return [(one.label, one.detail) for one in found]

    assert (stand(), on_home()) == (("未作成", ""), [])
    save_document(
        acting(store), scope=scope, kind=KIND, format="pdf", options=SaveOptions(path=tmp_path / "協議書.pdf")
    )
    assert stand() == ("未通知", "作成しましたが、まだ伝えていません。")
    assert stand(other)[0] == "未作成", "the paper of one says nothing of the other"
    assert on_home() == [("契約変更の協議書を受託者に伝える", "第1号　意見交換会の回数")]
    key = read_record(store, agreement_id=made).contract_change.matter_status.matter.key
    notification.notify(acting(store), scope=scope, key=key, told_on=TODAY, told_to="業務責任者", told_how="手渡し")
    assert (stand()[0], on_home()) == ("通知済", [])
    known = by_id(store.database, Agreement, made)
    save_record(acting(store), record=replace(known, decision="全4回とする"))
    assert stand() == (
        "変更あり",
        "10/1(木)　手渡しで　業務責任者へ\nそのあとに変わりました：変更後 全3回とする → 全4回とする",
    )
    assert on_home() == [("契約変更の協議書を伝え直す", "第1号　意見交換会の回数　変更後が、伝えたあとに変わりました")]
    notification.set_aside(acting(store), scope=scope, key=key, reason="電話で伝えた")
    assert on_home() == []
    withdraw_record(acting(store), agreement_id=made, reason="双方の合意による")
    assert stand()[0] == "変更あり", "that it was withdrawn is to be told, too"
    told = {"told_on": TODAY, "told_to": "業務責任者", "told_how": "電話", "words": "取消を伝えた"}
    notification.notify(acting(store), scope=scope, key=key, **told)
    assert (stand()[0], on_home()) == ("通知済", [])


def test_the_papers_of_a_record_and_of_a_meeting_are_made_of_no_other_one(store):
    first = agree(store)
    with store.change(action="打合せ", **WHO) as change:
        held = change.insert(Meeting(programme_id=1, subject="打合せ", held_on=date(2026, 9, 24)))
    for build, made in ((build_change, first), (build_minutes, held)):
        assert build(store, replace(YEAR, item=made), at(TODAY)).blocks
        for item in (None, 0, made + 1):
            with pytest.raises(UserError, match="もうありません"):
                build(store, replace(YEAR, item=item), at(TODAY))
