"""Whether events have a survey is said in 契約条件 alone: turned on for a 派遣, turned off for a 講習会."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Heading
from app.documents.services import documents
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.documents.services.file_saving import SaveOptions
from app.event.screens.event_page import EventPage
from app.event.services import event_results
from app.event.services.event_view import read_event
from app.event_day.day.services.day_overview import read_day
from app.events.dispatches import screens as dispatch_screens
from app.home.today.services.global_search import search_everything
from app.programme.services import change_numbers, read_programme
from app.submissions.reports.rules.report_points import SURVEY_POINT
from app.submissions.reports.services import report_check, report_documents, report_form
from app.surveys.compare.services import read_interim, read_year, read_year_options, remove_earlier, save_earlier
from app.surveys.overview import screens as survey_screens
from app.surveys.questions.screens.library_master import MasterPanel
from app.surveys.questions.screens.questions_panels import AgreementPanel
from app.surveys.questions.services import questionnaires, surveys
from app.surveys.questions.services.questionnaire_files import export_questionnaire
from app.surveys.tally.services import survey_freezing, survey_tally
from app.year_end.summary.services.year_summary import read_summary
from db.records.agreements import Agreement
from db.records.events import AgendaItem, EventResult
from db.records.programme import EventKind
from db.records.submissions.reports import Report
from db.records.surveys import EarlierQuestion
from db.rows import rows
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.sample_desk import shown
from tests.support.survey_sheets import AFTER, EVENT_DAY, survey_of, type_sheets
from tests.support.years import BY, NOW, acting, add_dispatch, add_lecture, the_event

QUESTIONS = "設問を協議して決める"


def set_survey(store: Store, kind: str, *, on: bool) -> None:
    """Say in 契約条件 whether the events of a kind have a survey."""
    (numbers,) = (row for row in read_programme(store).rows.numbers if row.kind == kind)
    change_numbers(acting(store), numbers=replace(numbers, has_survey=on))


def papers(store: Store, event_id: int) -> Iterator[tuple[str, str]]:
    """Give every paper of an event that can be made after its day, as kind and words."""
    scope = DocumentScope(event_id=event_id)
    subject = read_subject(store, scope)
    for kind in documents_about(scope):
        if kind.is_applicable(subject) and kind.is_ready(store, subject):
            yield kind.kind, said_by(documents.build_document(store, scope=scope, kind=kind.kind, now=AFTER))


def chapters(store: Store, event_id: int) -> list[str]:
    """Give the chapters of the report as printed, with their numbers."""
    report = Report(event_id=event_id, way="作成", version=1)
    content = report_documents.report_content(store, event=the_event(store, event_id), report=report, now=AFTER)
    return [f"{one.number} {one.text}" for one in content.blocks if isinstance(one, Heading) and one.level == 1]


def hold(store: Store, event_id: int) -> None:
    """Note that four people came."""
    event_results.record_result(
        ActionContext(store, BY, AFTER), event_id=event_id, result=EventResult(event_id=event_id, attended=4)
    )


def asked_for(store: Store, event_id: int) -> set[str]:
    """Give what an event that is prepared says about a survey: its tasks, its 準備 and its open 協議."""
    view = read_event(store, event_id=event_id, today=NOW.date())
    words = [one.label for one in view.tasks if one.is_open] + [
        one.label for one in view.preparation if not one.is_done
    ]
    return {one for one in words if "設問" in one or "アンケート" in one} | {
        one.topic for one in view.topics if one.topic == "設問" and one.settled_on is None
    }


def tabs_of(qtbot, desk_at, event_id: int) -> list[str]:
    """Give the tabs of an event in the window."""
    desk = desk_at(AFTER)
    page = shown(
        qtbot, EventPage(desk, tabs=(*survey_screens.tabs(), *dispatch_screens.tabs())), desk, event_id=event_id
    )
    group = page.tabs.bar._group
    return [title for number, title in enumerate(page.titles) if not group.button(number).isHidden()]


def test_a_kind_is_called_everywhere_as_the_contract_calls_it(store, tmp_path, qtbot):
    (numbers,) = (row for row in read_programme(store).rows.numbers if row.kind == "講習会")
    with store.change(action="名前を変えた", by=BY, now=NOW) as change:
        change.update(EventKind, numbers.id, name="地域講座", name_in_text="地域講座")
    event_id = add_lecture(store, EVENT_DAY)
    master = questionnaires.create_questionnaire(acting(store), name="設問", kind="講習会").id
    questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=master)
    type_sheets(store, event_id, 3)

    panel = MasterPanel(today=NOW.date())
    qtbot.addWidget(panel)
    panel.show_view(questionnaires.read_questionnaire(store, questionnaire_id=master))
    assert "（地域講座）" in panel.description.plain_text()
    agreement = AgreementPanel(today=NOW.date())
    qtbot.addWidget(agreement)
    agreement.show_view(surveys.read_survey(store, event_id=event_id))
    assert agreement.words.plain_text().startswith("地域講座ごとに")
    path = tmp_path / "set.xlsx"
    export_questionnaire(acting(store), questionnaire_id=master, options=SaveOptions(path=path))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    assert "地域講座" in cells

    year = read_year(store, kind="講習会")
    assert [one.source.label.partition("　")[2] for one in year.sources if one.key == "計"] == [
        "地域講座の計（確定前の回を含む）"
    ]
    known = EarlierQuestion(code="", title="満足度", base=1, counts={"満足": 1})
    made = save_earlier(ActionContext(store, BY, AFTER), fiscal_year=2025, kind="講習会", sheets=1, questions=(known,))
    assert "地域講座の集計" in made.message
    assert "地域講座の集計" in remove_earlier(ActionContext(store, BY, AFTER), earlier_id=made.id).message
    content = documents.build_document(
        store, scope=DocumentScope(fiscal_year=2026, as_of=AFTER.date()), kind="アンケート中間集計", now=AFTER
    )
    (chapter,) = (one.text for one in content.blocks if isinstance(one, Heading) and "全回" in one.text)
    assert chapter == "地域講座　設問ごとの集計（全回）"
    (option, *_rest) = read_year_options(store, fiscal_year=2026)
    assert (option.kind, option.key.split("|")[1]) == ("地域講座", "講習会")


def test_a_visit_with_a_survey_has_all_of_it_from_the_questions_to_the_report(store, qtbot, desk_at):
    before = add_dispatch(store, EVENT_DAY)
    assert asked_for(store, before) == set()
    set_survey(store, "派遣", on=True)
    visit = add_dispatch(store, EVENT_DAY + timedelta(days=1))
    lecture = add_lecture(store, EVENT_DAY + timedelta(days=7))
    assert QUESTIONS in asked_for(store, before)
    assert {QUESTIONS, "設問"} <= asked_for(store, visit)
    assert any("アンケート" in one.title for one in rows(store.database, AgendaItem, event_id=visit))
    assert surveys.list_surveys(store)[0].event.id == before
    assert [one.kind for one in questionnaires.surveyed_kinds(store)] == ["講習会", "派遣", "意見交換会"]
    found = search_everything(store, text="アンケートを開く", today=NOW.date())
    items = [item for group in found.groups for item in group.items]
    assert before in {item.link.event_id for item in items if item.link is not None}

    master = questionnaires.create_questionnaire(acting(store), name="派遣の設問", kind="派遣").id
    made = questionnaires.use_questionnaire(acting(store), event_id=visit, questionnaire_id=master)
    survey = survey_of(store, visit)
    assert [one.title for one in survey.questions if one.role == "satisfaction"] == ["派遣全体の満足度"]
    surveys.fix_questionnaire(acting(store), survey_id=made.id, agreed_on=NOW.date())
    assert asked_for(store, visit) == set()
    with pytest.raises(UserError, match="もう設問があります"):
        surveys.choose_questionnaire(acting(store), event_id=visit)

    type_sheets(store, visit, 3)
    hold(store, visit)
    said = dict(papers(store, visit))
    assert {"アンケート用紙", "アンケート集計表", "実施確認票"} <= set(said)
    assert "派遣全体の満足度" in said["アンケート用紙"]
    assert "講習会" not in said["アンケート用紙"]
    assert "配布・回収は受託者" in said["実施確認票"]
    assert [one.title for one in read_day(store, event_id=visit, now=AFTER).lines][4] == "アンケートを集める"
    survey_freezing.freeze_tally(ActionContext(store, BY, AFTER), survey_id=made.id, uncompared="受託者の集計がない")
    assert survey_tally.read_tally(store, event_id=visit).tally.base == 3

    assert chapters(store, visit) == [
        "1 概要",
        "2 事前ヒアリングと課題",
        "3 実施内容",
        "4 到達状況",
        "5 アンケート集計",
        "6 今後の支援方針",
        "7 フォローアップ",
        "8 写真",
    ]
    received = report_check.receive_report(
        ActionContext(store, BY, AFTER),
        event_id=visit,
        data=b"%PDF-1.4 report",
        name="報告書.pdf",
        pages=1,
        received_on=AFTER.date(),
        received_how="メール",
    )
    check = report_check.read_report_check(store, report_id=received.id, with_file=False)
    assert SURVEY_POINT in check.points
    assert not check.without_answers
    assert "回収数" in {one.item for one in check.figures}
    assert [
        one.event.id for kind in read_interim(store, as_of=AFTER.date(), fiscal_year=None).kinds for one in kind.events
    ] == [visit]
    assert read_year(store, kind="派遣").kind == "派遣"
    assert {"アンケート", "支援のあゆみ"} <= set(tabs_of(qtbot, desk_at, visit))
    assert "支援のあゆみ" not in tabs_of(qtbot, desk_at, lecture)


def test_a_lecture_without_a_survey_is_asked_for_none_and_what_was_collected_stays_readable(store, qtbot, desk_at):
    collected, waiting = add_lecture(store, EVENT_DAY), add_lecture(store, EVENT_DAY, subject="防災講習会")
    made = surveys.choose_questionnaire(acting(store), event_id=collected)
    surveys.set_online(
        acting(store), survey_id=made.id, url="https://example.jp/mihon", close=EVENT_DAY - timedelta(days=1)
    )
    type_sheets(store, collected, 3)
    hold(store, collected)
    set_survey(store, "講習会", on=False)
    fresh = add_lecture(store, EVENT_DAY, subject="写真講習会")

    assert [asked_for(store, one) for one in (collected, waiting, fresh)] == [set(), set(), set()]
    assert not rows(store.database, Agreement, event_id=fresh, topic="設問")
    assert not any("アンケート" in one.title for one in rows(store.database, AgendaItem, event_id=fresh))
    assert surveys.online_follow_ups(store.database, NOW.date()) == []
    assert [one.event.id for one in surveys.list_surveys(store)] == [collected]
    assert [one.kind for one in questionnaires.surveyed_kinds(store)] == ["意見交換会"]
    assert len(surveys.read_survey(store, event_id=collected).responses) == 3
    assert read_year(store, kind="講習会").kind == "講習会"
    for event_id in (waiting, fresh):
        with pytest.raises(UserError, match="アンケートの定めがありません"):
            surveys.read_survey(store, event_id=event_id)
        with pytest.raises(UserError, match="アンケートの定めがありません"):
            surveys.choose_questionnaire(acting(store), event_id=event_id)
    hold(store, fresh)
    said = dict(papers(store, collected))
    assert "アンケート集計表" in said
    assert "アンケート用紙" not in said
    assert not [kind for kind, words in papers(store, fresh) if "アンケート" in words]
    assert "回収" not in {one.step for one in read_day(store, event_id=fresh, now=AFTER).lines}
    for event_id in (collected, fresh):
        assert chapters(store, event_id) == [
            "1 概要",
            "2 実施内容",
            "3 配布資料",
            "4 講師所感",
            "5 課題と次回への改善",
            "6 写真",
        ]
        form = report_form.read_form_screen(store, event_id=event_id, today=AFTER.date())
        assert "アンケート" not in form.request_text
        assert not [one for one in form.form.points if one.point == SURVEY_POINT]
        assert not report_check.lacks_answers(store, the_event(store, event_id))
    lines = {(one.line.key, one.line.item) for one in read_summary(store, today=AFTER.date()).lines}
    assert not any(key.startswith("講習会") and item == "アンケート" for key, item in lines)
    assert "アンケート" in tabs_of(qtbot, desk_at, collected)
    assert "アンケート" not in tabs_of(qtbot, desk_at, fresh)

    set_survey(store, "講習会", on=True)
    assert QUESTIONS in asked_for(store, waiting)
    with pytest.raises(StoppedByState, match="オンライン回答の締切"):
        list(papers(store, collected))


def test_a_master_may_be_for_a_kind_with_a_survey_and_stays_with_its_own_when_that_has_none_any_more(store):
    made = [
        questionnaires.create_questionnaire(acting(store), name=f"{kind}の設問", kind=kind, from_default=False).id
        for kind in ("講習会", "意見交換会")
    ]

    def offered() -> list[list[str]]:
        views = [questionnaires.read_questionnaire(store, questionnaire_id=one) for one in made]
        return [[kind.kind for kind in view.kinds] for view in views]

    assert offered() == [["講習会", "意見交換会"]] * 2
    set_survey(store, "講習会", on=False)
    assert offered() == [["講習会", "意見交換会"], ["意見交換会"]]
