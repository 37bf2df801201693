"""次年度提案書の根拠 on the sample year: collected from other subjects, held against its source, printed without a
name."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.documents.document_frame import table_day
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.history import services as history_services
from app.home.today.services.home import count_due, read_home
from app.ledgers.services.ledger_writing import enter_row
from app.main_window.action_routes import route_to
from app.submissions.reports.services.evidence import key_of as chapter_key
from app.surveys.compare.services import read_year_options
from app.surveys.tally.services.evidence import KIND as ANSWER
from app.surveys.tally.services.evidence import evidence_key as answer_key
from app.surveys.tally.services.evidence import read_evidence
from app.year_end.consistency.services.year_numbers import read_year_consistency
from app.year_end.proposal import services as proposal_services
from app.year_end.proposal.services import FORM, OUTDATED, read_proposal
from db.records.agreements import Agreement
from db.records.discussion import DiscussionLine
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.records.submissions.materials import Finding
from db.records.surveys import CommentMark, SurveyResponse
from db.records.year.proposal import Evidence, Issue, PlanLine, PolicyLine
from db.rows import by_id, rows
from tests.support.paper_words import missing_words, said_by
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
year = made_by(sample_store, scope="module")


def view(store):
    return read_proposal(store, fiscal_year=2026, today=NOW.date())


def edit(store, agreement_id, **new):
    """Change a record as any screen would."""
    with store.change(action="協議の記録を変えた", by=BY, now=NOW, subject="agreements") as change:
        change.update(Agreement, agreement_id, **new)


def test_a_total_is_that_of_all_counted_sheets_and_stands_with_its_source(year):
    (one,) = [each for each in view(year).evidence if "後任" in each.evidence.said]
    kind, option = "講習会", one.evidence.said.split("「")[1].rstrip("」")
    surveys = {event_id(year, kind, number) for number in range(1, 8)}
    chosen = asked = 0
    for sheet in rows(year.database, SurveyResponse, counted=True):
        survey = year.database.execute("SELECT event_id FROM event_surveys WHERE id = ?", [sheet.survey_id]).fetchone()
        if survey[0] in surveys:
            asked += 1
            chosen += any(option in answer.chosen for answer in sheet.answers.values())
    assert one.evidence.count == f"{chosen}人／{asked}人（{chosen * 100 / asked:.1f}％）"
    assert one.source_status == ""


def test_every_kind_of_row_is_collected_once_with_its_words_and_an_action_of_its_own(store):
    enter_row(
        acting(store),
        key="enquiries",
        fiscal_year=2026,
        cells={"at": "2026-11-02T10:00", "way": "電話", "sort": "要望", "about": "夜の回も開いてほしい"},
    )
    (row_id,) = store.database.execute(
        "SELECT id FROM ledger_rows WHERE ledger = 'enquiries' ORDER BY id DESC"
    ).fetchone()
    said = proposal_services.collect_evidence(acting(store), kind="enquiries", key=f"typed:{row_id}")
    enquiry = by_id(store.database, Evidence, said.id)
    assert (enquiry.sort, enquiry.said) == ("連絡", "夜の回も開いてほしい")
    with pytest.raises(UserError, match="すでに根拠"):
        proposal_services.collect_evidence(acting(store), kind="enquiries", key=f"typed:{row_id}")
    chapter = proposal_services.collect_evidence(
        acting(store), kind="報告書の章", key=chapter_key(event_id(store, "意見交換会", 1), "まとめ")
    )
    assert by_id(store.database, Evidence, chapter.id).source == "R8-意01-報告　6　まとめ（受託者確認前）"
    with pytest.raises(UserError, match="根拠にできません"):
        proposal_services.collect_evidence(acting(store), kind="会場", key="1")
    history_services.undo(store, **WHO)
    assert by_id(store.database, Evidence, chapter.id) is None
    finding = rows(store.database, Finding)[0]
    kept = proposal_services.collect_evidence(acting(store), kind="資料の指摘", key=str(finding.id))
    assert by_id(store.database, Evidence, kept.id).said == finding.text
    line = next(one for one in rows(store.database, DiscussionLine) if one.step == "分類" and one.notes)
    kept = proposal_services.collect_evidence(acting(store), kind="討議", key=str(line.id))
    assert by_id(store.database, Evidence, kept.id).count == f"付箋 {line.notes}枚"
    assert {one.evidence.sort for one in view(store).evidence} >= {"集計", "引用", "討議", "協議", "連絡", "気付き"}


def test_a_source_edited_later_marks_the_row_and_the_page_keeps_the_old_words_until_somebody_decides(store):
    old = next(one for one in view(store).evidence if one.evidence.source_kind == "協議" and one.evidence.issue)
    record = by_id(store.database, Agreement, int(old.evidence.source_key))
    edit(store, record.id, decision="ルーター3台とする。")
    (changed,) = view(store).changed_evidence
    assert (changed.id, changed.source_status, changed.evidence.said) == (old.id, "変わった", old.evidence.said)
    printed = said_by(documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=FORM, now=NOW))
    assert "ルーター3台" not in printed
    assert old.evidence.said in printed
    assert "※出典はそのあと変わった" in printed
    with pytest.raises(UserError, match="理由"):
        proposal_services.keep_old_words(acting(store), evidence_id=old.id, reason=" ")
    proposal_services.keep_old_words(acting(store), evidence_id=old.id, reason="提案書を受け取ったあとの変更")
    assert view(store).changed_evidence == ()
    kept = said_by(documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=FORM, now=NOW))
    assert "（もとの内容のまま：提案書を受け取ったあとの変更）" in kept
    history_services.undo(store, **WHO)
    proposal_services.accept_new_words(acting(store), evidence_id=old.id)
    assert view(store).changed_evidence == ()
    assert "ルーター3台" in by_id(store.database, Evidence, old.id).said
    edit(store, record.id, withdrawn_on=NOW.date())
    assert view(store).changed_evidence[0].source_status == "なくなった"
    with pytest.raises(UserError, match="出典がなくなった"):
        proposal_services.accept_new_words(acting(store), evidence_id=old.id)


def test_changed_sources_are_one_row_on_home_until_somebody_decides(store):
    today = NOW.date()

    def on_home():
        return [
            row for row in read_home(store, today=today).rows if row.task.task.startswith(proposal_services.CHANGED)
        ]

    assert on_home() == []
    before = count_due(store, today=today)
    of_records = [one for one in view(store).evidence if one.evidence.source_kind == "協議"]
    edit(store, int(of_records[0].evidence.source_key), decision="ルーター3台とする。")
    edit(store, int(of_records[1].evidence.source_key), withdrawn_on=today)
    (row,) = on_home()
    assert row.task.label == "提案書の根拠を確かめる　出典が変わった 2件"
    assert row.task.detail.endswith("（変わった） ほか1件")
    assert count_due(store, today=today) == before + 1
    way = route_to(row.link)
    assert (way.screen_name, way.arguments) == ("proposal", {"programme_id": 1, "evidence_id": of_records[0].id})
    proposal_services.accept_new_words(acting(store), evidence_id=of_records[0].id)
    assert on_home()[0].task.label.endswith("1件")
    proposal_services.keep_old_words(acting(store), evidence_id=of_records[1].id, reason="もとの協議は残っている")
    assert on_home() == []


def test_a_total_that_moves_with_every_sheet_is_no_row_of_home_but_stands_on_its_page(store):
    of_total = next(one for one in view(store).evidence if one.evidence.sort == "集計")
    with store.change(action="集計の根拠を変えた", by=BY, now=NOW, subject="proposal") as change:
        change.update(Evidence, of_total.id, seen="別の数")
    assert of_total.id in {one.id for one in view(store).changed_evidence}
    assert list(proposal_services.changed_follow_ups(store, NOW.date())) == []


def leave_out(store):
    """The first counted answer of the year is not counted any more."""
    sheet = next(one for one in rows(store.database, SurveyResponse, order="id") if one.counted)
    with store.change(action="回答を集計から外した", by=BY, now=NOW, subject="surveys") as change:
        change.update(SurveyResponse, sheet.id, counted=False, decision="白紙")


def test_a_quoted_number_keeps_its_day_and_says_when_its_source_goes_on_and_one_press_takes_all(store):
    scope = DocumentScope(fiscal_year=2026)
    fresh = documents.build_document(store, scope=scope, kind=FORM, now=NOW)
    assert OUTDATED not in fresh.stamp
    before = [one for one in view(store).evidence if one.evidence.sort == "集計" and one.evidence.issue]
    assert f"{before[0].words}（{table_day(before[0].evidence.at.date())}）" in said_by(fresh)

    leave_out(store)

    changed = [one for one in view(store).changed_evidence if one.evidence.sort == "集計"]
    assert changed
    content = documents.build_document(store, scope=scope, kind=FORM, now=NOW)
    assert OUTDATED in content.stamp
    said = said_by(content)
    (table,) = [one for one in content.blocks if isinstance(one, Table) and one.name == "課題とその根拠"]
    beside = {row[3].partition("\n")[0].partition("（")[0]: row[5] for row in table.rows}
    for one in changed:
        if one.evidence.issue:
            assert f"※出典はいま{one.current.count}" in said
    for one in view(store).evidence:
        if one.evidence.issue:  # what its source says now stands under the 根拠, its 出典 beside it
            assert (
                beside[f"{one.evidence.said}　{one.evidence.count}".strip("　").partition("（")[0]]
                == one.evidence.source
            )
    # The quote of that answer is gone with it; it is named as well.
    told = [one.sources for one in read_year_consistency(store, fiscal_year=2026, today=NOW.date()).inconsistencies]
    for one in changed:
        assert (
            (one.words in [where[0][1] for where in told]),
            one.current.full_words in [where[1][1] for where in told],
        ) == ((one.evidence.issue != 0,) * 2)

    saved = proposal_services.accept_all_new_words(acting(store), programme_id=1)

    assert saved.message == f"根拠{len(changed)}件を新しい内容にしました。"
    assert {one.source_status for one in view(store).changed_evidence} <= {"なくなった"}
    for one in view(store).changed_evidence:
        proposal_services.keep_old_words(acting(store), evidence_id=one.id, reason="もとの用紙は残っている")
    after = documents.build_document(store, scope=scope, kind=FORM, now=NOW)
    dated = f"{changed[0].current.full_words}（{table_day(NOW.date())}）"
    assert dated in said_by(after) or not changed[0].evidence.issue
    assert read_year_consistency(store, fiscal_year=2026, today=NOW.date()).inconsistencies == ()
    with pytest.raises(UserError, match="内容の変わった出典はありません"):
        proposal_services.accept_all_new_words(acting(store), programme_id=1)


def test_one_source_that_names_somebody_now_keeps_no_other_quote_back(store):
    name = next(one.name for one in rows(store.database, Person) if " " in one.name or "　" in one.name)
    first, second = [one for one in view(store).evidence if one.evidence.source_kind == "協議"][:2]
    edit(store, int(first.evidence.source_key), decision=f"{name}さんが進行する。")
    with pytest.raises(UserError, match="氏名や番号があるため") as refused:
        proposal_services.accept_all_new_words(acting(store), programme_id=1)
    assert first.evidence.source in str(refused.value), "which one"
    edit(store, int(second.evidence.source_key), decision="ルーター3台とする。")
    saved = proposal_services.accept_all_new_words(acting(store), programme_id=1)
    assert saved.message.startswith("根拠1件を新しい内容にしました。")
    assert first.evidence.source in saved.message
    assert [one.id for one in view(store).changed_evidence] == [first.id]


def test_no_name_gets_into_the_evidence(store):
    name = next(one.name for one in rows(store.database, Person) if " " in one.name or "　" in one.name)
    family = name.split()[0]
    for text in (f"{name}に教わった", f"{family}さんが詳しい", "03-1234-5678へ電話", "mihon@example.jp"):
        with pytest.raises(UserError, match="根拠にできません"):
            proposal_services.add_own_note(acting(store), fiscal_year=2026, text=text, source="当日の記録")
    with pytest.raises(UserError, match="氏名"):
        proposal_services.add_own_note(acting(store), fiscal_year=2026, text="席が近い", source=f"{family}さんの電話")
    quote = next(one for one in view(store).evidence if one.evidence.sort == "引用")
    with pytest.raises(UserError, match="氏名"):
        proposal_services.reword_evidence(acting(store), evidence_id=quote.id, said=f"{family}さんに聞いた")
    withheld = next(
        sheet
        for sheet in rows(store.database, SurveyResponse)
        if not read_evidence(store, [answer_key(sheet.id, "other")])
    )
    with pytest.raises(UserError, match="根拠になる文がありません"):
        proposal_services.collect_evidence(acting(store), kind=ANSWER, key=answer_key(withheld.id, "other"))


def test_an_answer_that_somebody_withheld_is_no_longer_quoted(store):
    quote = next(one for one in view(store).evidence if one.evidence.sort == "引用")
    sheet_id, code = quote.evidence.source_key.split(":")
    survey_id = by_id(store.database, SurveyResponse, int(sheet_id)).survey_id
    with store.change(action="引用しない", by=BY, now=NOW, subject="surveys") as change:
        change.insert(CommentMark(survey_id=survey_id, sheet_id=int(sheet_id), question_code=code, quoted=False))
    assert [one.id for one in view(store).changed_evidence] == [quote.id]
    proposal_services.drop_evidence(acting(store), evidence_id=quote.id)
    with pytest.raises(UserError, match="まだ引用できません"):
        proposal_services.collect_evidence(acting(store), kind=ANSWER, key=answer_key(int(sheet_id), code))


def test_keys_put_evidence_to_an_issue_and_an_issue_with_evidence_stays(store):
    free = next(one for one in view(store).evidence if one.evidence.issue is None)
    for issue in (5, 0, None):
        proposal_services.assign_issue(acting(store), evidence_id=free.id, issue=issue)
        assert by_id(store.database, Evidence, free.id).issue == issue
    with pytest.raises(UserError, match="1から5"):
        proposal_services.assign_issue(acting(store), evidence_id=free.id, issue=6)
    with pytest.raises(UserError, match="根拠が付いています"):
        proposal_services.save_issues(acting(store), programme_id=1, texts=("一つだけ",))


def test_the_paper_names_no_issue_that_is_not_written_and_one_with_a_plan_stays(store):
    context = acting(store)
    plan, *others = rows(store.database, PlanLine, programme_id=1, order="position")
    *texts, last = [one.text for one in view(store).issues]
    quoted = [one for one in view(store).evidence if one.evidence.issue == 5]
    assert quoted
    proposal_services.save_line(context, line=replace(plan, issues=(1, 5)))
    for one in others:
        proposal_services.save_line(context, line=replace(one, issues=(1,)))
    with store.change(action="x", **WHO) as change:
        change.delete(Issue, next(one.id for one in view(store).issues if one.number == 5))
        change.update(Evidence, quoted[0].id, kept_reason="そのまま")

    def paper():
        found = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=FORM, now=NOW)
        tables = {block.name: block for block in found.blocks if isinstance(block, Table)}
        return tables["次年度の実施案"].rows[0][3], OUTDATED in found.stamp

    assert paper() == ("①", False)
    proposal_services.save_issues(context, programme_id=1, texts=(*texts, last))
    assert paper() == ("①⑤", True)
    for one in quoted:
        proposal_services.assign_issue(context, evidence_id=one.id, issue=0)
    with pytest.raises(UserError, match="課題⑤は実施案に付いています"):
        proposal_services.save_issues(context, programme_id=1, texts=texts)


def test_only_a_group_that_took_part_has_a_policy(store):
    database = store.database
    members = proposal_services.participating_organisations(database, 1)
    came = {one.organisation_id for one in rows(database, Entry, attendance="出席")}
    stranger = next(one for one in rows(database, Organisation) if one.id not in members)
    assert stranger.id not in came
    with pytest.raises(UserError, match="参加していません"):
        proposal_services.save_policy(
            acting(store), line=PolicyLine(programme_id=1, organisation_id=stranger.id, policy="訪ねる")
        )
    known = {one.organisation_id for one in rows(database, PolicyLine)}
    new = next(one for one in members if one not in known)
    proposal_services.save_policy(
        acting(store), line=PolicyLine(programme_id=1, organisation_id=new, policy="電話で様子を聞く。")
    )
    with pytest.raises(UserError, match="すでに"):
        proposal_services.save_policy(
            acting(store), line=PolicyLine(programme_id=1, organisation_id=new, policy="別の方針")
        )


def test_the_form_leaves_to_the_contractor_what_is_the_contractors(year):
    content = documents.build_document(year, scope=DocumentScope(fiscal_year=2026), kind=FORM, now=NOW)
    said = said_by(content)
    assert content.stamp == "様式・受託者確認前"
    assert "みほん" not in content.blocks[0].sender[0]
    assert "受託者が記入" in said
    assert missing_words(content) == []
    points = {one.point: one.done for one in view(year).points}
    assert len(points) == 6
    assert points["予算規模"] is False
    people = [one.name for one in rows(year.database, Person)]
    assert [name for name in people if "".join(name.split()) in "".join(said.split())] == []


def test_the_choices_of_the_year_are_all_there(year):
    choices = read_year_options(year, fiscal_year=2026)
    assert len({one.key for one in choices}) == len(choices) > 20
    assert all(one.count <= one.base for one in choices)
    assert date(2027, 2, 17) == view(year).task.due
