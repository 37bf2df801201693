"""A contract that asks for no materials and no number of people: nothing of a kind speaks of them."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.office_days import OfficeCalendar
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.event.rules.deadlines import event_deadlines
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event.services.event_records import read_event_records
from app.event.services.event_view import read_event
from app.event.services.usual_events import read_usual_event_values
from app.events.agreements.services import read_records, save_record
from app.events.letters.rules.letter_texts import headcount_deadline
from app.events.materials.services.materials import add_material
from app.events.presentations.services import request_passages
from app.events.schedules.services import build_wall_plan
from app.home.today.services.home import read_home
from app.programme.intake import definition_text, parse_definition, preset
from app.programme.rules import contract_values, display_words
from app.programme.services import change_numbers, describe_kind, read_programme
from app.submissions.work_queue.services import read_event_work_queue
from app.year.contract.documents import _specification_words
from app.year.dates.services import next_year_values
from app.year_end.completion.services.completion import read_completion
from app.year_end.summary.rules import MATERIALS, TOLD
from app.year_end.summary.services.year_summary import read_summary
from db.records.agreements import Agreement
from db.records.events import Event
from db.rows import by_id
from db.store import Store
from tests.support.years import NOW, TODAY, acting

DAY = date(2026, 10, 1)


@pytest.fixture
def context(store: Store) -> ActionContext:
    """The year of 令和8年度 whose 講習会 asks for neither materials nor a number."""
    desk = acting(store)
    lecture = read_programme(store).kind("講習会")
    change_numbers(desk, numbers=replace(lecture, material_period="", headcount_period=""))
    return desk


def begun(context: ActionContext, subject: str = "入門", *, kind_name: str = "講習会") -> int:
    kind = read_programme(context.store).kind(kind_name)
    return create_event(context, draft=EventDraft(kind=kind.kind, form=kind.form, subject=subject, event_date=DAY)).id


def test_no_deadline_task_tab_row_paper_or_line_speaks_of_materials_or_the_number(context):
    store, event_id = context.store, begun(context)
    view = read_event(store, event_id=event_id, today=TODAY)
    said = {task.task for task in (*view.tasks, *view.lapsed_tasks)} | {one.label for one in view.preparation}
    assert not said & {"資料確認", "人数連絡", "資料（案）の提出", "資料の確認", "参加人数の連絡"}
    assert "実施報告書" in said
    assert not view.shows_materials
    assert all("資料" not in one.label for one in view.duties)
    assert [row.title for row in read_event_work_queue(store, event_id=event_id, today=TODAY).rows] == ["実施報告書"]
    home = read_home(store, today=TODAY)
    assert not [row for row in (*home.rows, *home.later_rows, *home.passed_targets) if "資料の" in str(row)]
    scope = DocumentScope(event_id=event_id)
    subject = read_subject(store, scope)
    offered = {kind.kind for kind in documents_about(scope) if kind.is_applicable(subject)}
    assert not offered & {"資料確認結果通知", "参加人数連絡書", "参加人数変更連絡書"}
    event = by_id(store.database, Event, event_id)
    programme = read_programme(store)
    assert headcount_deadline(event, programme.kind("講習会"), programme.programme, programme.calendar) is None
    assert "区が確かめ" not in "".join(one.text for one in request_passages(store, event, TODAY))


def test_a_visit_uses_the_handouts_of_lectures_only_where_these_are_checked(context):
    scope = DocumentScope(fiscal_year=2026)
    assert "の資料確認は" not in str(build_wall_plan(context.store, scope, NOW))
    visit = begun(context, "LINE", kind_name="派遣")
    task = next(one for one in read_event(context.store, event_id=visit, today=TODAY).tasks if one.task == "資料確認")
    assert not [one for one in task.warnings if "だけを使う" in one.text]
    lecture = read_programme(context.store).kind("講習会")
    change_numbers(context, numbers=replace(lecture, material_period="2週間前"))
    assert "派遣の資料確認は、講習会以外の資料を使う回だけである" in str(build_wall_plan(context.store, scope, NOW))


def test_the_year_asks_only_the_kinds_that_owe_it(context):
    begun(context)
    words = [_specification_words(kind) for kind in read_programme(context.store).kinds]
    assert [one[5:7] == ("求めない", "求めない") for one in words] == [True, False, False]
    lines = {(one.line.group, one.line.item) for one in read_summary(context.store, today=TODAY).lines}
    titles = [one.title for one in read_programme(context.store).kinds]
    assert not lines & {(titles[0], one) for one in (TOLD, MATERIALS)}
    assert {(titles[1], TOLD), (titles[1], MATERIALS)} <= lines
    read_completion(context.store, today=date(2027, 3, 31))


def test_what_was_given_before_stays_readable(store):
    context = acting(store)
    event_id = begun(context)
    add_material(context, event_id=event_id, title="テキスト")
    lecture = read_programme(store).kind("講習会")
    change_numbers(context, numbers=replace(lecture, material_period=""))
    view = read_event(store, event_id=event_id, today=TODAY)
    assert view.shows_materials
    assert [row.title for row in read_event_work_queue(store, event_id=event_id, today=TODAY).rows] == [
        "実施報告書",
        "テキスト",
    ]
    assert "資料確認" not in {task.task for task in view.tasks}


def test_a_report_is_always_owed(context):
    lecture = read_programme(context.store).kind("講習会")
    with pytest.raises(UserError, match="30日以内、3週間以内、1か月以内"):
        change_numbers(context, numbers=replace(lecture, report_period=""))


def test_the_definition_says_that_nothing_is_asked(context):
    kinds = read_programme(context.store).kinds
    text = definition_text(replace(preset(), kinds=tuple(replace(one, id=0) for one in kinds)))
    assert 'material = ""' in text
    read = parse_definition(text.encode(), "年度.toml").kinds[0]
    assert (read.material_period, read.headcount_period) == ("", "")
    value = next(one for one in contract_values(preset().programme, [read]) if one.key == "講習会.material_period")
    assert display_words(value, value.text) == "求めない"


def test_what_was_held_the_year_before_is_what_the_contract_says(store):
    context = acting(store)
    lecture = read_programme(store).kind("講習会")
    assert sum(lecture.held_last_year.values()) == 4
    describe_kind(context, kind=replace(lecture, held_last_year={"入門": 2}, held_last_year_source="「昨年度の実績」"))
    found = read_summary(store, today=TODAY)
    assert [(one.name, one.before) for one in found.lectures] == [("入門", 2)]
    assert found.lectures_source == "「昨年度の実績」"
    assert read_usual_event_values(store, lectures=()).subjects[-1:] == ("入門",)
    describe_kind(context, kind=replace(lecture, held_last_year={}, held_last_year_source=""))
    assert not read_summary(store, today=TODAY).lectures
    assert [one.held_last_year for one in next_year_values(read_programme(store))[1]] == [{}, {}, {}]


def test_questions_that_nobody_asks_any_more_are_no_open_agreement(store):
    context = acting(store)
    event_id = begun(context)
    lecture = read_programme(store).kind("講習会")
    listed = [one.record for one in read_records(store).rows if one.record.event_id == event_id]
    (asked,) = [one for one in listed if one.topic == "設問"]
    assert "設問" in {one.topic for one in read_event_records(store, event_id).open_topics}
    change_numbers(context, numbers=replace(lecture, has_survey=False))
    assert asked.id not in {one.id for one in read_records(store).rows}
    assert "設問" not in {one.topic for one in read_event_records(store, event_id).open_topics}
    # What was written in it stays readable, and a survey that is turned on again asks again.
    save_record(context, record=replace(asked, content="電話で相談した。"))
    assert asked.id in {one.id for one in read_records(store).rows}
    save_record(context, record=replace(by_id(store.database, Agreement, asked.id), content=""))
    change_numbers(context, numbers=replace(read_programme(store).kind("講習会"), has_survey=True))
    assert asked.id in {one.id for one in read_records(store).rows}


def test_the_basis_of_a_deadline_says_the_words_of_the_contract():
    given = preset()
    kind = replace(given.kinds[0], headcount_period="前日", material_period="10営業日前", report_period="翌月15日まで")
    found = event_deadlines(kind, given.programme, date(2026, 10, 3), OfficeCalendar())
    assert [one.basis for one in found] == [
        "仕様書4(1)エ。実施日の前日 = 10/2(金)",
        "仕様書4(1)キ。実施日の10営業日前 = 9/16(水)",
        "仕様書4(1)コ。実施日の翌月15日まで = 11/15(日)。閉庁日のためつぎの開庁日 11/16(月)",
    ]
    assert found[1].margin_basis == "中10営業日で数えた目安日 9/15(火)"
