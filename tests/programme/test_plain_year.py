"""A plain contract: no 特記事項, no 提案書, no 人数連絡, no visits and no 支部; no paper and no task speaks of them."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document, document_mail_text
from app.event.rules.equipment import default_equipment
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event.services.event_records import read_event_records
from app.event.services.event_results import record_result
from app.event.services.tasks.deadlines import all_tasks
from app.events.applications.services.manual_entry import TypedApplication, add_application
from app.events.letters.rules.letter_texts import next_time_words
from app.events.materials.services import materials
from app.events.materials.services.material_board import copies_of
from app.events.roster.rules import SelectionTerms
from app.events.roster.services.selections import save_selection
from app.home.today.services.document_search import matching_documents
from app.programme.intake import read_definition
from app.programme.services import read_programme
from app.settings.disposal.services.due_rows import read_due, retention_rules
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import work_lines
from app.year_end.completion.services.document_doubts import open_words
from app.year_end.summary.services.typed_numbers import set_reason
from app.year_end.summary.services.year_summary import read_summary
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.programme import Recruitment
from db.records.submissions.materials import MaterialResult
from db.records.year.practices import RecordGroup, RetentionRow
from db.rows import rows
from db.store import Store
from tests.support.handout_pdfs import handout
from tests.support.paper_words import cells_of, pages_of, said_by
from tests.support.stores import new_store
from tests.support.strange_years import FILES, begin, check_report
from tests.support.years import BY, TODAY, at

YEAR = DocumentScope(fiscal_year=2026)
END = date(2027, 3, 31)
RULE = RetentionRow(records=RecordGroup.PEOPLE, months=36, basis="ためし市文書管理規程 第3種")


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> tuple[Store, int]:
    """Give the store of a plain year, and its event, held and reported, with one 団体 that applied."""
    (path,) = (one for one in FILES if one.stem == "eight_kinds")
    definition = read_definition(path)
    lecture, exchange = (
        next(one for one in definition.kinds if one.form.name == form) for form in ("LECTURE", "EXCHANGE")
    )
    store, context = (
        new_store(tmp_path_factory.mktemp("plain")),
        lambda day=TODAY: ActionContext(store, BY, at(day)),
    )
    lecture = replace(
        lecture,
        headcount_period="",
        people_min=1,
        people_max=12,
        people_text="定員は、1回につき12人とする。",
        clause_item="仕3",
        clause_people="仕3(3)",
    )
    kinds = lecture, replace(exchange, headcount_period="", has_survey=False, clause_item="仕4")
    begin(
        store,
        replace(
            definition, kinds=kinds, programme=replace(definition.programme, clauses_checked="一致", retention=(RULE,))
        ),
    )
    with context().change("みほん町会を加えた", "organisations") as change:
        organisation_id = change.insert(Organisation(name="みほん町会"))
    draft = EventDraft(
        kind=lecture.kind,
        form=lecture.form,
        subject="地図",
        event_date=lecture.window_start,
        start_time="10:00",
        end_time="12:30",
        venue="みほん会館",
    )
    event_id = create_event(context(), draft=draft).id
    add_application(
        context(),
        typed=TypedApplication(event_id=event_id, organisation_id=organisation_id, name="見本　一子", way="電話"),
    )
    save_selection(context(), event_id=event_id, terms=SelectionTerms(method="先着順", capacity=12))
    made = materials.add_material(context(), event_id=event_id, title="テキスト").id
    version = materials.receive_version(context(), material_id=made, name="テキスト.pdf", data=handout(), pages=5).id
    materials.set_result(context(), version_id=version, result=MaterialResult.CHECKED)
    result = EventResult(event_id=event_id, attended=1)
    record_result(context(lecture.window_start), event_id=event_id, result=result)
    check_report(context(date(2026, 10, 9)), event_id, lecture)
    for line in read_summary(store, today=END, fiscal_year=2026).blocking_lines:
        set_reason(context(END), programme_id=1, item=line.line.key, reason="みほんの小さな年度のため")
    return store, event_id


def said(year: tuple[Store, int], kind: str, *, of_year: bool = False, on: date = END) -> str:
    """Return the words of a paper of the event, or of the year."""
    store, event_id = year
    scope = YEAR if of_year else DocumentScope(event_id=event_id)
    return said_by(build_document(store, scope=scope, kind=kind, now=at(on)))


def test_copies_wait_for_no_number_that_nobody_tells(year):
    assert copies_of(read_event_records(*year))[1] is True
    assert "人数" not in said(year, "実施報告書確認票").partition("印刷部数")[2].partition("時間割")[0]
    assert "人数連絡" not in said(year, "年間計画", of_year=True)
    assert "市の期限（資料確認＝開庁日）" in said(year, "年間計画", of_year=True)
    assert "人数は数だけを伝え" not in said(year, "引継書", of_year=True)


def test_nothing_waits_for_a_certificate_that_no_annex_asks_for(year):
    store, _event_id = year
    assert [one.task for one in all_tasks(store, today=END) if "返還・廃棄" in one.label] == []
    shown = read_completion(store, fiscal_year=2026, today=END)
    assert [words for words in open_words(shown) if "返還・廃棄" in words] == []
    assert [one.work for one in work_lines(shown, END) if "返還・廃棄" in one.work] == []


def test_no_paper_divides_a_town_without_branches_into_them(year):
    assert "支部" not in said(year, "年間実績総括", of_year=True)
    assert "0支部" not in said(year, "引継書", of_year=True)


def test_an_office_without_branches_has_none_on_any_paper(year):
    store, event_id = year
    (organisation,) = rows(store.database, Organisation)
    group = DocumentScope(organisation_id=organisation.id)
    papers = [said(year, "参加申込書", on=TODAY), said(year, "引継書", of_year=True), said(year, "受付名簿")]
    papers.append(said_by(build_document(store, scope=group, kind="団体の記録", now=at(END))))
    assert [words for words in papers if "支部" in words or "未加盟" in words] == []
    with pytest.raises(UserError, match="「支部長あて依頼文」は、"):
        said(year, "支部長あて依頼文", on=TODAY)
    roster = build_document(store, event_id=event_id, kind="受付名簿", now=at(TODAY))
    assert "支部" not in "".join((*pages_of(roster), *cells_of(roster)))


def test_clauses_of_two_items_are_cited_in_one_form(year):
    words = said(year, "年間実績総括", of_year=True)
    assert "根拠：仕様書3・仕様書4" in words
    assert "片仮名" not in words


def test_the_drafting_quotes_the_sentence_for_a_capacity(year):
    assert "仕様書3(3)「定員は、1回につき12人とする。」" in said(year, "起案資料", on=TODAY)


def test_mails_and_guide_name_what_the_office_has(year):
    store, event_id = year
    mail = document_mail_text(store, event_id=event_id, kind="区報原稿", now=at(TODAY))
    assert mail.startswith("件名：市報原稿\n")
    assert read_programme(store).office.phone == ""
    assert "お電話ください" not in said(year, "当日のしおり", on=TODAY)


def test_papers_call_who_leads_and_number_clauses_as_the_contract_does(year):
    store, event_id = year
    with store.change(action="先生", by=BY, now=at(TODAY), subject="events") as change:
        change.update(Event, event_id, lecturer="みほん先生")
    assert "案内役\nみほん先生" in said(year, "募集チラシ", on=TODAY)
    assert "出現順" not in said(year, "契約台帳", of_year=True)
    assert "双方" not in said(year, "年間実績総括", of_year=True)
    assert "受領から30日" not in said(year, "提出物と遅れの一覧", of_year=True)


def test_the_handover_says_how_long_records_are_kept_that_there_are(year):
    words = said(year, "引継書", of_year=True)
    assert ("写真　契約の終わり" in words, "希望票" in words) == (True, False)
    words = said(year, "個人情報ファイル簿の記載事項", of_year=True)
    assert ("写真　契約の終わり" in words, "希望票" in words, "派遣" in words, "（市が記入）" in words) == (
        True, False, False, True,
    )  # fmt: skip


def test_a_ledger_asks_nothing_in_the_name_of_a_contract_without_an_annex(year):
    assert said(year, "教育・周知の記録", of_year=True).count("行は消さず、誤りは訂正行で直す。") == 1
    for kind in ("教育・周知の記録", "物品持込許可簿", "返還・廃棄簿", "調査・監査の記録", "外部サービス利用台帳"):
        note = said(year, kind, of_year=True).partition("行は消さず、誤りは訂正行で直す。")[2].split("\n")[0]
        assert note == "", kind


def test_papers_that_the_contract_does_not_have_are_no_papers_of_it(year):
    store, _event_id = year
    subject = read_subject(store, YEAR)
    (form,) = [one for one in documents_about(YEAR) if one.kind == "提案書の様式"]
    assert not form.is_applicable(subject)
    found = matching_documents(store, keys=["募集要項"], events=[], today=TODAY, year=read_programme(store))
    assert [one.words for one in found.shown] == ["令和8年度　この契約では作成しない書類です"]
    assert "この契約にないもの\n団体への訪問、契約に含む特記事項、提案書" in said(year, "引継書", of_year=True)
    assert "前年" not in said(year, "年間実績総括", of_year=True)


def test_equipment_letters_and_guide_say_the_words_of_the_contract(year):
    store, _event_id = year
    (kind, *_rest) = read_programme(store).kinds
    assert next(one.name for one in default_equipment(replace(kind, ward_supplies=("スクリーン",)))) == "スクリーン"
    visit = replace(kind, recruitment=Recruitment.ANYTIME)
    assert "募集" not in next_time_words(visit)
    assert "募集のときは" in next_time_words(kind)
    assert "うちの会" not in said(year, "当日のしおり", on=TODAY)


def test_what_is_kept_says_by_which_rule(year):
    store, _event_id = year
    found = {one.kind: (one.basis, one.until) for one in read_due(store, today=END).lines}
    assert found["participants"] == (f"{RULE.basis}・入力した日", date(2030, 3, 31))
    assert set(retention_rules(store.database).values()) == {RULE.basis, "アプリの目安"}
