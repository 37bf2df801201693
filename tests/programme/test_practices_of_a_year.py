"""How an office works is its year's own: another city's definition brings nothing of 練馬区, and its own is obeyed."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.blocks import RosterList
from app.documents.excel.tables import roster_as_table
from app.documents.rules import with_known_numbers, with_own_words
from app.documents.services.document_context import document_context_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.rules.equipment import default_equipment, equipment_remarks
from app.event.services import event_changes, event_drafts
from app.event.services.agreements import settle_topics
from app.event.services.event_records import read_event_records
from app.event.services.event_results import record_result
from app.event.services.event_view import read_event
from app.event.services.tasks.deadlines import all_tasks
from app.events.applications.services.application_writing import read_contact_rule
from app.events.dispatches.services.dispatch_documents import form_passages
from app.events.letters.services.letter_addressees import addressees
from app.home.today.services.home import read_home
from app.programme import services as programme_services
from app.programme.intake import DefinitionProblem, definition_text, parse_definition, preset
from app.programme.rules import (
    ANNEX,
    PARTICIPANTS,
    REPORT_EXTRAS,
    REQUEST_FORMS,
    contract_values,
    copies_until,
    in_year_words,
    parse_value,
    retention_end,
    retention_words,
    with_values,
)
from app.programme.services import agreed_years, change_programme, describe_kind, read_programme
from app.received.services import IncomingFile, ReceiptScope, receive_paper
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.outstanding import read_outstanding
from app.submissions.reports.rules.report_points import chapters_of, outline
from app.surveys.compare.documents import KIND, InterimFacts, interim_totals
from app.year.contract.services import contract_history, record_contract_change
from app.year.dates.services import close_year_task, next_year_draft, read_definition_of_year
from app.year_end.completion.services.completion import read_completion
from app.year_end.handover.services import practice_words
from app.year_end.summary.services.typed_numbers import set_reason
from app.year_end.summary.services.year_summary import read_summary
from db import migrations
from db.mapping import to_column
from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.programme import Contractor, EventKind, Programme, Recruitment, ReportAnswer, VisitStep
from db.records.submissions.received import Receipt
from db.records.venues import Network
from db.records.year.practices import OwedPaper, OwnDate, RecordGroup, RetentionRow, RetentionStart
from db.rows import by_id, rows
from tests.support.paper_words import said_by
from tests.support.stores import filled_store
from tests.support.years import BY, NOW, TODAY, acting, at, started_year

OTHER = """
format = 2
[programme]
title = "令和8年度 地域デジタル講座業務委託"
fiscal_year = 2026
term_begins = "契約締結日"
term_end = 2027-03-31
proposal_period = ""
payment_period = "30日以内"
clauses = { term = "第2条" }
[office]
ward = "見本市"
section = "地域振興課"
[wording]
presidents = "各老人クラブ会長 各位"
branch = "地区"
[[owed]]
paper = "業務計画書"
when = "契約締結日から14日以内"
clause = "第5条"
[[owed]]
paper = "写真"
when = "求めたとき"
[[retention]]
records = "申込者・参加者"
years = 5
from = "実施日"
basis = "見本市文書管理規程"
[[retention]]
records = "希望票"
years = 5
from = "完結の翌年度4月1日"
[[kinds]]
key = "講座"
form = "講習"
title = "デジタル講座"
name = "講座"
sign = "座"
lecturer = "講師"
unit = "回"
planned = 3
about = false
window = [2026-09-01, 2027-02-26]
people = [5, 15]
minutes = 90
headcount = "3日前"
material = ""
report = "30日以内"
survey = true
lends_devices = false
report_items = ["実施内容"]
clauses = { window = "第3条", people = "第3条第2項" }
[[kinds]]
key = "訪問"
form = "派遣"
title = "訪問支援"
name = "訪問"
sign = "訪"
lecturer = "相談員"
unit = "団体"
planned = 2
about = false
window = [2026-09-01, 2027-02-26]
people = [3, 8]
minutes = 90
headcount = ""
material = ""
report = "30日以内"
survey = false
lends_devices = false
report_items = ["実施内容"]
"""


def _start(store, text=OTHER):
    given = parse_definition(text.encode(), "見本.toml")
    programme_services.start_programme(
        acting(store),
        programme=replace(given.programme, contract_date=date(2026, 8, 3)),
        numbers=given.kinds,
        office=given.office,
        contractor=Contractor(name="みほん受託"),
    )


def add_course(store, day):
    draft = event_drafts.EventDraft(
        kind="講座",
        form=EventForm.LECTURE,
        subject="入門",
        event_date=day,
        venue="見本会館",
        room="",
        venue_capacity=20,
        hands_on=False,
        network="有",
    )
    return event_changes.create_event(acting(store), draft=draft).id


@pytest.fixture
def other(tmp_path):
    return filled_store(tmp_path, _start)[0]


def test_another_city_owes_its_own_papers_alone_and_is_compared_with_its_own_numbers(other):
    found = read_due_list(other, today=TODAY)
    assert [
        (row.title, row.due_words, row.basis_words) for row in found.rows if row.kind not in ("業務完了届", "請求書")
    ] == [("業務計画書", "8/17(月)", "第5条 契約締結日から14日以内"), ("写真", "求めたとき", "求めたとき")]
    late = date(2027, 3, 31)
    assert [one.title for one in read_completion(other, fiscal_year=2026, today=late).papers] == ["業務計画書"]
    lines = {(line.line.group, line.line.item) for line in read_summary(other, today=TODAY).lines}
    assert not {item for _group, item in lines} & {"接続数", "消耗品", "アンケート", "進行役", "提案書"}
    receipt = Receipt(received_on=date(2026, 8, 10), received_how="メール")
    for paper in ("業務計画書", "写真"):
        receive_paper(
            acting(other),
            kind=paper,
            scope=ReceiptScope(programme_id=1),
            receipt=receipt,
            file=IncomingFile(data=b"%PDF-", name=f"{paper}.pdf"),
        )
    with pytest.raises(UserError, match="「訓練の計画」という提出物はありません"):
        receive_paper(acting(other), kind="訓練の計画", scope=ReceiptScope(programme_id=1), receipt=receipt)
    rows_of = {row.kind: row for row in read_due_list(other, today=TODAY).rows}
    assert rows_of["業務計画書"].received_on == date(2026, 8, 10)
    assert rows_of["写真"].paper_id


def test_a_notice_of_completion_is_due_on_the_day_that_the_contract_names(other):
    programme = read_programme(other).programme
    row = OwedPaper(paper="業務完了届", when="令和9年3月27日", clause="第15条第1項")
    change_programme(acting(other), programme=replace(programme, owed=(row,)))
    (found,) = [one for one in read_due_list(other, today=date(2027, 3, 30)).rows if one.kind == "業務完了届"]
    assert (found.due_words, found.last_day, found.contract, found.basis_words) == (
        "3/26(金)", date(2027, 3, 27), True, "第15条第1項 令和9年3月27日",
    )  # fmt: skip
    assert found.late_words == "受託者 3日遅れ"
    (task,) = [one for one in all_tasks(other, today=TODAY) if one.task == "業務完了届"]
    assert task.basis == "第15条第1項。令和9年3月27日 = R9 3/27(土)"


def test_an_office_has_only_the_days_of_its_own_that_its_file_names(other):
    own = {"中間集計（次年度の見積）", "中間集計（査定資料）", "復元の点検"}
    late, asked = date(2027, 3, 15), "会計の締切を入れる"

    def told() -> tuple[set[str], bool]:
        tasks = all_tasks(other, today=late)
        return {one.task for one in tasks} & own, asked in {one.label for one in tasks}

    assert told() == (set(), False)
    assert "出納閉鎖" in {one.task for one in all_tasks(other, today=late)}, "the law has it for everybody"
    assert "市の目安日\n決めているものはない" in said_by(
        build_document(other, scope=DocumentScope(fiscal_year=2026), kind="引継書", now=NOW)
    )
    programme = replace(read_programme(other).programme, own_dates=tuple(OwnDate))
    change_programme(acting(other), programme=programme)
    assert told() == (own, True)
    assert preset().programme.own_dates == tuple(OwnDate)
    with pytest.raises(DefinitionProblem, match="own_dates：「点検」は書けません。「中間集計」「復元"):
        parse_definition(OTHER.replace("format = 2", 'format = 2\nown_dates = ["点検"]').encode(), "x.toml")


def test_nothing_is_left_to_be_held_after_the_inspection_or_the_term(other):
    def asked(day: date) -> set[str]:
        return {one.label for one in all_tasks(other, today=day) if "残りの日程" in one.label}

    waiting = {"講座の残りの日程を決める", "訪問の残りの日程を決める"}
    assert (asked(date(2027, 3, 31)), asked(date(2027, 4, 1))) == (waiting, set())
    context = acting(other, date(2027, 3, 10))
    close_year_task(context, programme_id=1, task="検査を終える", closed_on=date(2027, 3, 10), reason="合格")
    assert asked(date(2027, 3, 31)) == set()


def add_visit(store, **values):
    draft = event_drafts.EventDraft(
        kind="訪問",
        form=EventForm.VISIT,
        subject="訪問",
        organisation_name="みほん会",
        event_date=date(2026, 10, 15),
        venue="みほん集会所",
        **values,
    )
    return event_changes.create_event(acting(store), draft=draft).id


def test_a_visit_without_consultation_opens_none_and_no_clause_promises_what_the_contractor_brings(other):
    kind = replace(read_programme(other).kind("訪問"), steps=(VisitStep.HEARING,))
    describe_kind(acting(other), kind=kind)
    records = read_event_records(other, visit := add_visit(other, network="無"))
    with pytest.raises(UserError, match="「市報原稿」は、第1回 訪問 みほん会では作成しない書類です"):
        build_document(other, event_id=visit, kind="区報原稿", now=NOW)
    assert [one.topic for one in records.open_topics] == ["事前ヒアリング"]
    assert records.equipment == ()
    assert equipment_remarks(kind, (), Network.ABSENT) == ()
    assert [one.name for one in default_equipment(replace(kind, clause_equipment="第8条"), network=Network.ABSENT)] == [
        "プロジェクター", "投影用スクリーン", "モバイルルーター",
    ]  # fmt: skip


def test_lectures_are_agreed_on_where_the_office_records_it(other):
    def topics(day: date) -> list[str]:
        return [one.topic for one in read_event_records(other, add_course(other, day)).open_topics]

    assert topics(date(2026, 10, 8)) == ["設問"]
    kind = replace(read_programme(other).kind("講座"), steps=(VisitStep.CONSULTATION,))
    describe_kind(acting(other), kind=kind)
    assert topics(date(2026, 10, 9)) == ["日程", "内容", "機材", "設問"]
    assert "日程・内容・機材を受託者と協議して記録する。" in practice_words(kind)
    assert [one.steps for one in preset().kinds if not one.form.at_organisation] == [(VisitStep.CONSULTATION,)] * 2


def test_a_report_is_owed_by_its_period_alone(other):
    programme = read_programme(other).programme
    twice = replace(programme, owed=(*programme.owed, OwedPaper(paper="提案書", when="求めたとき")))
    with pytest.raises(UserError, match="「提案書」は、契約の提案書の期限"):
        change_programme(acting(other), programme=twice)


def test_a_survey_on_paper_waits_for_no_place_online(other):
    event_id = add_course(other, date(2026, 10, 8))
    (asked,) = [one for one in read_event_records(other, event_id).open_topics if one.topic == "設問"]
    settle_topics(acting(other), agreement_ids=[asked.id])

    def waits() -> bool:
        lines = read_event(other, event_id=event_id, today=TODAY).preparation
        return "オンラインの回答" in {one.label for one in lines}

    assert not waits()
    describe_kind(acting(other), kind=replace(read_programme(other).kind("講座"), surveys_online=True))
    assert waits()
    assert [one.surveys_online for one in preset().kinds] == [True, False, True]


def test_a_report_has_no_chapter_that_neither_contract_nor_office_asks_for(other):
    view = read_programme(other)
    asked = {"支援の方針": ReportAnswer.SUPPORT, "所感": ReportAnswer.IMPRESSIONS, "討議": ReportAnswer.DISCUSSION}
    visit = replace(view.kind("訪問"), report_items=asked)
    course = replace(view.kind("講座"), report_items=asked, has_survey=False)
    exchange = replace(course, form=EventForm.EXCHANGE)

    def chapters(kind: EventKind) -> list[str]:
        return [one.words.partition("　")[2] for one in outline(kind)][1:]

    assert chapters(visit) == ["概要", "実施内容", "今後の支援方針", "写真"]
    assert chapters(course) == ["概要", "実施内容", "配布資料", "講師所感", "写真", "前回・前年との比較"]
    assert chapters(exchange)[1:3] == ["実施内容", "グループワークの討議内容"]
    assert [one.key for one in chapters_of(exchange, outline(exchange)[2])] == ["時間割内容"]
    extras = {EventForm.VISIT: visit, EventForm.LECTURE: course, EventForm.EXCHANGE: exchange}
    for form, kind in extras.items():
        wider = replace(kind, report_extras=REPORT_EXTRAS[form])
        assert set(REPORT_EXTRAS[form]) <= set(chapters(wider))
        assert [one.report_extras for one in preset().kinds if one.form is form] == [REPORT_EXTRAS[form]]


def test_a_contract_without_rows_owes_nothing_and_no_letter_reminds_of_it(other):
    programme = read_programme(other).programme
    change_programme(acting(other), programme=replace(programme, owed=()))
    late = date(2027, 5, 31)
    assert {row.kind for row in read_due_list(other, today=late).rows} == {"業務完了届", "請求書"}


def test_a_time_of_keeping_gives_its_day_on_papers_and_to_what_falls_due(other):
    event_id = add_course(other, date(2026, 10, 8))
    (year,) = agreed_years(other.database)
    assert retention_end(PARTICIPANTS, year, date(2026, 10, 8)) == date(2031, 10, 8)
    (slip,) = [
        one.text for one in form_passages(other, DocumentScope(fiscal_year=2026), TODAY) if "この希望票" in one.text
    ]
    assert slip.startswith("この希望票は令和14年3月31日（水）までに廃棄し")
    paper = build_document(other, scope=DocumentScope(event_id=event_id), kind="参加申込書", now=NOW)
    assert "令和13年10月8日（水）までに消去し" in str(paper)
    assert read_contact_rule(other, programme_id=1, held_on=date(2026, 10, 8)).dispose_on == date(2031, 10, 8)
    assert copies_until(year) == date(2028, 3, 31)


def test_letters_are_addressed_and_branches_called_as_the_year_says(other):
    event = by_id(other.database, Event, add_course(other, date(2026, 10, 8)))
    (presidents,) = addressees(other, event=event, kind="会長あて案内文", unit="共通", today=TODAY)
    (branches,) = addressees(other, event=event, kind="支部長あて依頼文", unit="共通", today=TODAY, honorific="殿")
    assert (presidents.full_line, branches.full_line) == ("各老人クラブ会長 各位", "各地区長　殿")
    programme = read_programme(other).programme
    assert with_known_numbers("支部別", programme) == "地区別"
    assert with_known_numbers("第3支部", programme) == "第3支部", "what is typed stays"
    assert with_known_numbers("支部なし（連合会未加盟）", programme) == "地区なし", "no office but one has that 連合会"
    assert in_year_words("支部長あて依頼文", (), read_programme(other).office, programme.branch) == "地区長あて依頼文"
    roster = RosterList(lines=(), totals="", branch=programme.branch)
    assert [one.title for one in roster_as_table(roster).columns if "地区" in one.title] == ["地区"]


def test_a_city_says_of_itself_what_it_is_and_a_visit_that_nobody_named_has_no_number(other):
    with acting(other).change("団体を加えた", "organisations") as change:
        group = change.insert(Organisation(name="みほん会"))
    visit = add_visit(other, organisation_id=group)
    (topic, *_rest) = read_event_records(other, visit).open_topics
    record = DocumentScope(fiscal_year=2026, item=topic.id)
    assert "\n市　記録・確認\n" in said_by(build_document(other, scope=record, kind="協議記録", now=NOW))
    for said in ("区が確認中", "集計　区　確定 R8.10.9", "区　区の入力：検算", "集計　区（代行・協議 R8-3）　未確定"):
        assert with_own_words(said, read_programme(other).office) == said.replace("区", "市")
    for typed in ("区　岡町会の集計", "集計　区民会館"):
        assert with_own_words(typed, read_programme(other).office) == typed
    words = said_by(build_document(other, event_id=visit, kind="起案資料", now=NOW))
    assert ("下限より" in words, "0人　1通" in words) == (False, False)


def test_a_request_of_any_month_leaves_its_year_open_and_one_without_hearing_promises_none(other):
    def form(recruitment: Recruitment) -> str:
        kind = replace(read_programme(other).kind("訪問"), recruitment=recruitment, steps=(VisitStep.SELECTION,))
        describe_kind(acting(other), kind=kind)
        return said_by(
            build_document(other, scope=DocumentScope(fiscal_year=2026), kind="アドバイザー派遣希望票", now=NOW)
        )

    assert "令和8年　　月" in form(Recruitment.YEARLY)
    assert ("令和8年　　月" in form(Recruitment.ANYTIME), "令和　　年　　月" in form(Recruitment.ANYTIME)) == (
        False,
        True,
    )
    unasked = (read_programme(other).kind("訪問"),)
    facts = InterimFacts(as_of=TODAY, kinds=(), unasked_kinds=unasked, events_without_answers=(), record_line="")
    context = document_context_of(other, DocumentScope(fiscal_year=2026), KIND, NOW)
    assert "訪問にはアンケートがない。" in said_by(interim_totals(context, facts))


def test_an_annex_of_another_name_demands_no_certificate_that_no_row_owes(other):
    programme = replace(read_programme(other).programme, annex="個人情報取扱特記事項")
    change_programme(acting(other), programme=programme)
    held = add_course(other, date(2026, 10, 8))
    record_result(acting(other, date(2026, 10, 8)), event_id=held, result=EventResult(event_id=held, attended=7))
    late = date(2027, 3, 29)

    def notice() -> str:
        scope = DocumentScope(fiscal_year=2026)
        return said_by(build_document(other, scope=scope, kind="業務完了届", now=at(late)))

    assert ("返還・廃棄" in notice(), "個人情報取扱特記事項" in notice()) == (False, False)
    annex = build_document(other, scope=DocumentScope(fiscal_year=2026), kind="検査調書別紙", now=at(late))
    assert "\n契約の書面\n" in said_by(annex)
    proof = OwedPaper(paper="廃棄・消去証明書", when="契約の終了まで")
    change_programme(acting(other), programme=replace(programme, owed=(*programme.owed, proof)))
    assert "情報の返還・廃棄の証明　個人情報取扱特記事項" in notice()


def test_papers_due_before_the_inspection_are_none_that_come_after_it(other):
    words = said_by(
        build_document(other, scope=DocumentScope(fiscal_year=2026), kind="引継書", now=at(date(2026, 8, 3)))
    )
    assert "検査までの提出物1件のうち0件が確認済" in words
    assert "検査のあとに受領する書面" not in words


def test_a_paper_without_a_day_is_asked_for_by_its_own_rule(other):
    programme = replace(read_programme(other).programme, contract_date=None)
    change_programme(acting(other), programme=programme)
    due = {row.kind: row.id for row in read_due_list(other, today=TODAY).rows}

    def asked(paper: str) -> str:
        return read_outstanding(other, row_id=due[paper], today=TODAY).texts[0].text

    assert "業務計画書について、日程が決まりましたら、期限（契約締結日から14日以内）までに提出をお願いします" in asked(
        "業務計画書"
    )
    assert "写真について、提出をお願いします" in asked("写真")


def test_a_summary_explains_only_the_clauses_that_it_prints(other):
    course = replace(
        read_programme(other).kind("講座"),
        held_last_year={"入門": 2},
        held_last_year_source="「前年の実績」",
        clause_content="第3条",
    )
    describe_kind(acting(other), kind=course)
    change_programme(acting(other), programme=replace(read_programme(other).programme, clauses_checked="一致"))
    held = add_course(other, date(2026, 10, 8))
    record_result(acting(other, date(2026, 10, 8)), event_id=held, result=EventResult(event_id=held, attended=7))
    late = date(2027, 3, 29)
    for line in read_summary(other, today=late, fiscal_year=2026).blocking_lines:
        set_reason(acting(other, late), programme_id=1, item=line.line.key, reason="みほん")
    words = said_by(build_document(other, scope=DocumentScope(fiscal_year=2026), kind="年間実績総括", now=at(late)))
    assert ("片仮名" in words, "項の中の番号" in words) == (False, False)
    assert "前年の出典は「前年の実績」。" in words


def test_clauses_in_articles_wait_for_the_answer_too(other):
    view = read_programme(other)
    said = "各回5人から15人（第3条第2項）。第2条、第30条"
    assert with_known_numbers(said, view.programme, view.kinds) == "各回5人から15人（仕様書）。仕様書、第30条"
    assert with_known_numbers("根拠：第3条・第2条", view.programme, view.kinds) == ""
    confirmed = replace(view.programme, clauses_checked="一致")
    assert with_known_numbers("根拠：第3条・第2条", confirmed, view.kinds) == "根拠：第3条・第2条"


def test_a_number_of_another_text_is_no_clause_of_the_contract_and_what_is_said_twice_is_said_once(other):
    view = read_programme(other)
    programme = replace(view.programme, annex="個人情報取扱特記事項")
    said = "特記事項第3条により"
    assert with_known_numbers(said, replace(programme, annex=ANNEX.title), view.kinds) == said
    assert with_known_numbers(said, programme, view.kinds) == "個人情報取扱特記事項により"
    assert with_known_numbers("根拠：第3条・第2条、民法", view.programme, view.kinds) == "根拠：仕様書、民法"


def test_papers_of_the_year_say_nothing_of_another_contract(tmp_path):
    text = (
        OTHER.replace('proposal_period = ""', 'proposal_period = "3週間以内"')
        .replace("lends_devices = false", "lends_devices = true", 1)
        .replace('clauses = { window = "第3条"', 'clauses = { equipment = "第7条第8項", window = "第3条"')
        .replace("[[owed]]", '[[specification]]\nitem = "業務計画書"\ntext = "14日以内に出す。"\n[[owed]]', 1)
    )
    store = filled_store(tmp_path, _start, text=text)[0]  # 業務計画書 stands in two tables
    with store.change(action="団体", by=BY, now=NOW, subject="organisations") as change:
        change.insert(Organisation(name="みほん会", branch="北"))

    def paper(kind):
        return said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=kind, now=NOW))

    assert "（1団体・1地区）" in paper("引継書")
    ledger = paper("貸与タブレット貸出返却簿")
    assert "根拠：仕様書　" in ledger
    assert not [word for word in ("出現順", "第7条") if word in ledger]
    assert "次年度" not in paper("契約台帳") + paper("業務完了届")
    assert "提案書は、すべての事業のあと3週間以内" in paper("契約台帳")


def test_a_change_of_the_contract_applies_to_the_tables_from_its_day(tmp_path):
    store = started_year(tmp_path)
    programme = read_programme(store).programme
    changed = replace(programme, owed=(*programme.owed, OwedPaper(paper="月報", when="求めたとき", clause="仕9")))
    record_contract_change(acting(store), programme_id=1, terms=changed, valid_from=date(2026, 11, 1), reason="協議")
    before, after = (read_programme(store, on=day).programme for day in (date(2026, 10, 31), date(2026, 11, 1)))
    assert [len(one.owed) for one in (before, after)] == [5, 6]
    assert before.requirements == after.requirements == preset().programme.requirements
    (item,) = contract_history(read_programme(store).rows)
    assert (item.item, item.new.endswith("月報　求めたとき　仕9") or "月報" in item.new) == ("受託者の提出物", True)


def test_a_year_that_began_before_is_asked_once_and_the_ward_of_r8_is_not(tmp_path):
    held = migrations.in_memory(upto=87)
    r8 = preset().programme
    for number, (title, ward) in enumerate([(r8.title, "練馬区"), (r8.title, "見本市"), ("別の委託", "練馬区")], 1):
        texts = "closed_reason, contract_number, specification, invoice_to, invoice_seal"
        held.execute(
            "INSERT INTO programmes (id, fiscal_year, title, term_end, clauses_checked, proposal_period, "
            "payment_period, "
            "sample, draft_lead_open_days, question_lead_open_days, review_open_days, check_open_days, announce_days, "
            f"copy_years, tax_rate, annex_004, expiry_days, {texts}) VALUES (?, ?, ?, '2027-03-31', '一致', "
            "'2週間以内', '30日以内', 0, 5, 2, 5, 4, '[]', 5, 10, 0, '[]', '', '', '', '', '')",
            (number, 2026 if number < 3 else 2025, title),
        )
        empty = (
            "department, section, unit, sender, postal_code, address, phone, fax, email, document_symbol, staff, reason"
        )
        held.execute(
            f"INSERT INTO offices (id, programme_id, ward, {empty}) VALUES (?, ?, ?{', ?' * 12})",
            (number, number, ward, *[""] * 12),
        )
    migrations.migrate(held)
    years = rows(held, Programme, order="id")
    assert [bool(one.owed) for one in years] == [True, False, False]
    assert [one.practices_open for one in years] == [False, True, True]
    assert (years[0].requirements, years[0].owed) == (r8.requirements, r8.owed)
    assert copies_until(years[0]) == date(2032, 3, 31), "five years of copies go on"


def test_home_asks_for_the_practices_until_somebody_answers(other):
    programme = read_programme(other).programme
    change_programme(acting(other), programme=replace(programme, practices_open=True))
    asked = [row for row in str(read_home(other, today=TODAY)).split("label=") if "契約の決まりを確かめる" in row]
    assert len(asked) == 1
    change_programme(acting(other), programme=replace(programme, practices_open=False))
    assert "契約の決まりを確かめる" not in str(read_home(other, today=TODAY))


def test_what_is_written_out_is_read_back_and_an_older_form_refuses_it():
    given = parse_definition(OTHER.encode(), "x.toml")
    assert parse_definition(definition_text(given).encode(), "x.toml").programme == given.programme
    with pytest.raises(DefinitionProblem, match="形の番号が2"):
        parse_definition(OTHER.replace("format = 2", "format = 1").encode(), "x.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('when = "求めたとき"', 'when = "なるべく早く"', "［［owed］］の2番目の when：「なるべく早く」は"),
        ('years = 5\nfrom = "実施日"', 'from = "実施日"', "年数（years）か月数（months）のどちらか1つ"),
        ('records = "希望票"', 'records = "日誌"', "［［retention］］の2番目の records：「日誌」は"),
        ('paper = "写真"', 'paper = "業務計画書"', "「業務計画書」が2度書かれています"),
        ('branch = "地区"', 'brunch = "地区"', "「branch」ではありませんか"),
        ('paper = "写真"', 'paper = "実施報告書"', "種類の実施報告書の期限（report）で決まります"),
        ("lends_devices = false\nreport", 'lends_devices = false\nsteps = ["選定"]\nreport', "「協議」から選ぶか"),
    ],
)
def test_a_slip_in_a_table_is_named_with_its_place(old, new, said):
    assert old in OTHER
    with pytest.raises(DefinitionProblem) as refused:
        parse_definition(OTHER.replace(old, new).encode(), "x.toml")
    assert said in str(refused.value)


def test_a_time_of_keeping_is_said_in_words():
    row = RetentionRow(records=RecordGroup.PHOTOS, months=18, start=RetentionStart.EVENT)
    assert retention_words(row) == "実施日から18か月"
    assert retention_words(replace(row, months=60)) == "実施日から5年"
    assert retention_words(replace(row, months=0, start=RetentionStart.TERM_END)) == "契約の終わりまで"
    assert '"records":"写真","months":18,"start":"実施日"' in to_column((row,))
    assert retention_end(REQUEST_FORMS, preset().programme) == date(2027, 3, 31)


def test_the_next_year_keeps_the_tables_a_year_later_or_takes_those_of_its_file(tmp_path):
    store = started_year(tmp_path)
    programme = read_programme(store).programme
    fixed = OwedPaper(paper="業務計画書", when="令和8年7月30日")
    change_programme(acting(store), programme=replace(programme, owed=(*programme.owed, fixed), practices_open=True))
    draft = next_year_draft(store, today=TODAY)
    assert draft.programme.requirements == programme.requirements
    assert draft.programme.owed[-1].when == "令和9年7月30日"
    path = tmp_path / "見本.toml"
    path.write_text(OTHER.replace("2027-", "2028-").replace("2026-", "2027-").replace("= 2026", "= 2027"), "utf-8")
    taken = read_definition_of_year(path, draft).programme
    assert ([row.paper for row in taken.owed], taken.requirements) == (["業務計画書", "写真"], ())
    assert (taken.branch, len(taken.retention), taken.practices_open) == ("地区", 2, False)


def test_values_go_into_a_year_and_what_is_not_given_stays():
    given = {
        "講習会.planned": "8",
        "講習会.strict": "程度なし",
        "派遣.window_end": "2028-03-10",
        "年度.payment_period": "15日以内",
        "討論会.planned": "3",
    }
    programme, numbers = with_values(preset().programme, preset().kinds, given)
    assert (programme.payment_period, programme.term_end) == ("15日以内", date(2027, 3, 31))
    assert (numbers[0].planned, numbers[0].strict, numbers[0].minutes) == (8, True, 120)
    assert (numbers[1].window_end, numbers[1].planned) == (date(2028, 3, 10), 3)
    assert numbers[2] == preset().kinds[2]
    values = contract_values(programme, numbers)
    assert with_values(preset().programme, preset().kinds, {one.key: one.text for one in values}) == (
        programme,
        numbers,
    )


@pytest.mark.parametrize(
    ("sort", "typed"),
    [("数", "0"), ("数", "七"), ("期間", "すぐ"), ("日付", "R9"), ("程度", "少し"), ("始まり", "すぐ"), ("文", " ")],
)
def test_what_cannot_be_read_is_refused(sort, typed):
    with pytest.raises(ValueError, match=r".+"):
        parse_value(sort, typed, "講習会.report_period")
