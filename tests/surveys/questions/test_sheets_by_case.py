"""What stands on the sheet and in the form of few questions, and what the list says of each state of a survey."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services.event_facts import FrozenAttendance, planned_facts
from app.event.services.event_records import read_event_records
from app.foreign_files.intake_refusal import IntakeRefusal
from app.programme.intake import preset
from app.programme.services import read_programme
from app.surveys.questions import documents
from app.surveys.questions.services import questionnaire_files, questionnaires, survey_documents, surveys
from db.records.agreements import Agreement
from db.records.events import Event
from db.records.surveys import EventSurvey, Question, Questionnaire, SurveyResponse
from db.rows import by_id, row, rows
from db.tables.surveys import ResponseCount
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, TODAY, add_lecture, plain_context, the_event

ONE = Question(code="a", title="満足度", type="SA", options=("よい", "ふつう"), positive=("よい",), role="satisfaction")
SEVERAL = Question(code="b", title="使うもの", type="MA", options=("LINE", "その他"), has_other=True)
AGE, WORDS = Question(code="c", title="年齢", type="NUM", unit="歳"), Question(code="d", title="ご意見", type="FA")
QUESTIONS = (
    ONE, replace(ONE, code="a1", title="1つに〇"), SEVERAL, replace(SEVERAL, code="b1", max_select=2, has_other=False),
    replace(SEVERAL, code="b2", title="いくつでも", asked_of="a", asked_of_options=("よい",), note="思いつくまま"),
    replace(AGE, scale=True), replace(AGE, code="c1", title="年齢（数字で）", unit=""), replace(WORDS, lines=3),
)  # fmt: skip
SURVEY = EventSurvey(event_id=1, title="講習会アンケート（標準）", questions=QUESTIONS)
KIND = preset().kinds[0]
WHOLE = "デジタル活用講習会　第1回「LINE講習会」"
EVENT = Event(kind=KIND.kind, form=KIND.form, subject="LINE講習会", ordinal=1, event_date=date(2026, 12, 3))


def test_questions_stand_on_the_sheet_in_the_form_and_in_their_lists():
    assert_paper(lines_of(documents.questions_on_paper(QUESTIONS)), "用紙")
    form = documents.form_questions(QUESTIONS)
    given = {"subtitle": "", "stem": "名前", "made_at": NOW}
    year = preset().programme
    defined = documents.definition_workbook(year, title="題", lead=("前文",), questions=form, reference="R8", **given)
    listed = documents.set_workbook(year, name="題", questions=QUESTIONS, **given)
    assert_paper([*lines_of(defined), *lines_of(listed)], "一覧")
    assert (defined.version, listed.version) == (0, 0)


def test_the_head_says_who_asks_when_and_where_to_type():
    context = plain_context()
    said = []
    online = replace(SURVEY, online_url="https://example.jp/f", online_close=TODAY)
    asked = replace(SURVEY, questions=(replace(WORDS, personal=True),))
    for one in (SURVEY, online, replace(online, online_close=None), asked):
        for event in (EVENT, replace(EVENT, event_date=None)):
            said += lines_of([documents._head(context, planned_facts(event, KIND), one)])
            said += documents.form_introduction(context, planned_facts(event, KIND), one)
        said += [*documents.form_introduction(context, None, one), "――"]
    assert_paper(said, "頭")
    long = "https://example.jp/" + "x" * 25
    told = [bool(documents.address_line(one)) for one in (long, f"{long}x", "https://例.jp", "")]
    assert told == [True, False, False, False]


def test_the_list_says_how_far_a_survey_is(store):
    event = the_event(store, add_lecture(store))
    fixed = replace(SURVEY, id=1, fixed_on=TODAY, agreed_on=TODAY)
    counted = replace(fixed, counted_on=TODAY)
    said, some = [], ResponseCount(paper=2, online=3, doubtful=1)
    typed = [replace(fixed, contractor_counts=one) for one in ({"": {"紙": 2}}, {"a": {"よい": 1}})]
    for survey, count in (
        (None, some), (replace(SURVEY, id=1), ResponseCount()), (fixed, ResponseCount()), (fixed, some),
        (counted, some),
        *((one, some) for one in typed), (counted, ResponseCount()), (replace(counted, frozen_at=NOW), some),
    ):  # fmt: skip
        for then in ({}, {1: FrozenAttendance(attended=4)}):
            shown = surveys._row(store, event, survey, {1: count}, None, then)
            said += [*view_lines(shown, "event"), f"{shown.counted_total}"]
    assert_paper(said, "一覧の行")
    assert [surveys.has_contractor_tally(one) for one in (fixed, counted, *typed)] == [False, True, False, True]


def test_a_view_counts_what_counts_and_doubts_what_nobody_settled():
    sheet = SurveyResponse(survey_id=1, source="紙")
    given = (
        sheet, replace(sheet, counted=False), replace(sheet, problems=("年齢",)),
        replace(sheet, source="オンライン", problems=("年齢",), decision="よい"),
    )  # fmt: skip
    view = surveys.SurveyView(
        event=EVENT, survey=SURVEY, responses=given, imports=(), attendance=5, programme=preset().programme
    )
    assert (view.counted_total, view.rate_attendance) == (3, 5)
    assert replace(view, fixed_attendance=FrozenAttendance(attended=None)).rate_attendance is None
    assert (view.paper_responses, view.online_responses) == (given[:3], given[3:])
    assert view.doubtful_responses == (given[2],)


def test_a_decision_settles_what_was_open_about_the_questions_alone(store):
    event = add_lecture(store)
    with store.change(action="用意", by=BY, now=NOW) as change:
        survey = change.insert(replace(SURVEY, event_id=event))
        change.insert(Agreement(event_id=event, topic="機材"))
        change.insert(Agreement(event_id=event, topic="設問"))
        change.insert(Agreement(event_id=event, topic="設問", settled_on=date(2026, 6, 1), ordinal=7))
    surveys.fix_questionnaire(ActionContext(store, BY, NOW), survey_id=survey, agreed_on=TODAY)
    found = [(one.topic, one.settled_on) for one in rows(store.database, Agreement, event_id=event, order="id")]
    topics = [one for one in found if one != ("内容", None)]
    assert topics[-3:] == [("機材", None), ("設問", TODAY), ("設問", date(2026, 6, 1))]
    assert surveys.read_survey(store, event_id=event).clause == KIND.clause_survey


def test_the_state_of_the_sheet_names_decision_questions_and_copies(store):
    event = add_lecture(store)
    records = replace(read_event_records(store, event), survey=None)
    told = []
    for survey in (None, SURVEY, replace(SURVEY, fixed_on=TODAY, large_copies=3)):
        for kind in documents.SIZES:
            told.append(survey_documents._state(store, replace(records, survey=survey), TODAY, kind))
    assert_paper(filter(None, told), "帳票の状態")
    assert told[:2] == ["", ""]
    assert [one.day_set.order for one in survey_documents.DOCUMENTS] == [90, 100]
    assert survey_documents._event_words(store, replace(EVENT, event_date=None)) == WHOLE
    assert survey_documents._event_words(store, EVENT) == f"{WHOLE}　令和8年12月3日（木）"


def test_there_is_no_sheet_without_questions_and_a_form_says_whether_they_are_decided(store):
    event = add_lecture(store)
    for kind in (None, replace(SURVEY, event_id=event, questions=()), SURVEY):
        with store.change(action="用意", by=BY, now=NOW) as change:
            if kind is not None and kind.questions:
                change.update(EventSurvey, row(store.database, EventSurvey).id, questions=kind.questions)
            elif kind is not None:
                change.insert(kind)
        if kind is SURVEY:
            break
        for tried in (
            lambda: survey_documents.read_definition(store, event_id=event, now=NOW),
            lambda: survey_documents._questionnaire_content(store, the_event(store, event), NOW, "アンケート用紙"),
        ):
            with pytest.raises(UserError, match="設問がまだありません"):
                tried()
    assert survey_documents.read_definition(store, event_id=event, now=NOW).is_fixed is False
    for close, late in ((date(2026, 9, 29), 1), (date(2026, 9, 30), 0), (None, 0)):
        with store.change(action="用意", by=BY, now=NOW) as change:
            change.update(Event, event, event_date=date(2026, 9, 30))
            change.update(
                EventSurvey,
                row(store.database, EventSurvey).id,
                online_url="https://example.jp",
                online_close=close,
                fixed_on=TODAY,
            )
        found = surveys.online_follow_ups(store.database, date(2026, 9, 1), event_id=event)
        assert len(found) == len(surveys.online_follow_ups(store.database, date(2026, 9, 1))) == late
    assert survey_documents.read_definition(store, event_id=event, now=NOW).is_fixed is True


def test_a_file_of_questions_goes_into_the_year_that_is_said(store, monkeypatch):
    context = ActionContext(store, BY, NOW)

    def read(_path):
        if isinstance(given, Exception):
            raise given
        return given

    monkeypatch.setattr(questionnaire_files, "read_questionnaire_file", read)
    for said, todo in (("読めません。", "ファイルを確かめて、選び直してください。"), ("読めません。直す。", "直す。")):
        given = IntakeRefusal(said)
        with pytest.raises(UserError) as refused:
            questionnaire_files.read_questionnaire_set(Path("a.xlsx"))
        assert (str(refused.value.happened), refused.value.todo) == ("読めません。", todo)
    told = []
    for number, (year, note) in enumerate(((None, ""), (2025, ""), (2026, "覚え"))):
        given = Questionnaire(name="", kind="", fiscal_year=None, questions=(ONE,), note=note)
        made = questionnaire_files.import_questionnaire(
            context, path=Path("a.xlsx"), name=f"題{number}", kind="講習会", fiscal_year=year
        )
        kept = by_id(store.database, Questionnaire, made.id)
        told.append((kept.fiscal_year, kept.note))
    assert told == [(2026, "「a.xlsx」から"), (2025, "「a.xlsx」から"), (2026, "覚え")]
    with pytest.raises(UserError, match="見つかりません"):
        questionnaires.save_as_questionnaire(context, survey_id=99, name="題")
    for kind, shown in (("意見交換会", "意見交換会"), ("前の種類", read_programme(store).kinds[0].kind)):
        with store.change(action="用意", by=BY, now=NOW) as change:
            master = change.insert(Questionnaire(name="題", kind=kind, fiscal_year=2026, questions=(ONE,)))
        assert survey_documents._of_master(store, master)[0].kind == shown
