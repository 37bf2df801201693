"""Cross tables as a service and on paper: which are chosen, over which events, and what is hidden outside."""

import io
from dataclasses import replace
from datetime import date
from functools import partial

import openpyxl
import pytest
from pypdf import PdfReader

from app.actions.user_error import UserError
from app.commands.documents import kinds_for, write_documents
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.documents import INTERNAL_NOTE
from app.surveys.tally.services import survey_cross, survey_freezing
from app.surveys.tally.services.survey_cross import CrossChoice
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.surveys import Answer, EventSurvey
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, add_lecture

WHO = {"by": BY, "now": AFTER}
CHOICE = CrossChoice(row="satisfaction", column="position", percent_base="row")
KIND = "クロス集計表"


@pytest.fixture
def crossed(tmp_path):
    """One event with five contented chairs and one unhappy member."""
    return _with_sheets(tmp_path, 5)


@pytest.fixture
def large(tmp_path):
    """One event of which 30 sheets came back, its totals fixed: 29 contented chairs and one unhappy member."""
    store, event_id = _with_sheets(tmp_path, 29)
    _fix(store, event_id)
    return store, event_id


def _fix(store, event_id):
    survey_freezing.freeze_tally(acting(store), survey_id=survey_of(store, event_id).id, uncompared="テストのため。")


def _open(store, event_id):
    survey_freezing.unfreeze_tally(acting(store), survey_id=survey_of(store, event_id).id, reason="テストのため。")


def _with_sheets(folder, chairs):
    store, event_id = fixed_survey(folder)
    type_sheets(store, event_id, chairs)
    odd = answered(
        position=Answer(chosen=("会員",)), satisfaction=Answer(chosen=("不満",)), tools=Answer(chosen=("Instagram",))
    )
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=chairs + 1, answers=odd
    )
    return store, event_id


def _second_event(store, *, change=None):
    event_id = add_lecture(store, date(2026, 10, 7), subject="Instagram講習会")
    made = surveys.choose_questionnaire(acting(store), event_id=event_id)
    survey = survey_of(store, event_id)
    questions = tuple(change(one) if change else one for one in survey.questions)
    with store.change(action="設問", **WHO) as writing:
        writing.update(EventSurvey, made.id, questions=questions)
    type_sheets(store, event_id, 3)
    return event_id


def test_on_the_screen_every_number_is_seen(crossed):
    store, event_id = crossed

    view = survey_cross.read_cross(store, event_id=event_id, choice=CHOICE)

    lines = {name: [cell.people for cell in cells] for name, cells in view.printed.lines}
    assert lines["不満"][view.table.columns.index("会員")] == "1"
    assert (view.row_title, view.column_title) == ("問2　講習会全体の満足度", "問1　町会・自治会での役割")
    assert view.is_masked_on_document


def test_without_a_choice_contentment_is_crossed_with_the_first_question(crossed):
    store, event_id = crossed

    assert survey_cross.read_cross(store, event_id=event_id).choice == replace(CHOICE, percent_base="")


def test_the_paper_is_there_once_a_table_was_chosen_and_hides_small_cells(large):
    store, event_id = large
    assert KIND not in kinds_for(store, event_id=event_id)

    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)

    assert KIND in kinds_for(store, event_id=event_id)
    pdf = documents.render_document(store, event_id=event_id, kind=KIND, format="pdf", now=AFTER)
    words = PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    assert "＊" in words
    assert "2人以下の欄と、そこから逆算できる欄を伏せたもの" in words.replace("\n", "")
    book = openpyxl.load_workbook(
        io.BytesIO(documents.render_document(store, event_id=event_id, kind=KIND, format="xlsx", now=AFTER).data)
    )
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "＊" in cells
    by_name = {row[0]: row[1:] for row in book.active.iter_rows(values_only=True) if row[0]}
    assert by_name["計"][0] == 29
    assert 1 not in by_name["不満"][:-1]
    assert 0 not in by_name["不満"][:1]


def test_a_table_of_fewer_than_thirty_sheets_does_not_leave_the_ward(crossed):
    store, event_id = crossed
    assert "6件で、30件に満たない" in survey_cross.read_cross(store, event_id=event_id, choice=CHOICE).internal_reason

    for choice in (CHOICE, replace(CHOICE, is_whole_year=True)):
        with pytest.raises(UserError, match="30件に満たない"):
            survey_cross.choose_cross(acting(store), event_id=event_id, choice=choice, on=True)

    assert KIND not in kinds_for(store, event_id=event_id)


def test_a_table_that_became_too_small_is_refused_when_the_paper_is_made(large, tmp_path):
    store, event_id = large
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)
    sheet = read_survey(store, event_id=event_id).responses[0]
    _open(store, event_id)
    data_entry_services.remove_responses(acting(store), sheet_ids=(sheet.id,))
    _fix(store, event_id)

    for make in (documents.build_document, partial(documents.render_document, format="pdf")):
        with pytest.raises(UserError, match="区の外に出せません"):
            make(store, event_id=event_id, kind=KIND, now=AFTER)
    made = write_documents(
        acting(store), wanted=[(DocumentScope(event_id=event_id), (KIND,))], formats=("pdf",), folder=tmp_path / "out"
    )
    (row,) = made.rows
    assert "区の外に出せません" in made.failed[0]
    assert "区の外に出せません" in str(row["warnings"])
    assert not list((tmp_path / "out").glob("*"))


def test_a_table_that_could_still_grow_does_not_leave_the_ward(large):
    """Printed before and after, two tables would tell by their difference what the answers between them were."""
    store, event_id = large
    year = replace(CHOICE, is_whole_year=True)
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=year, on=True)
    assert "伏せたもの" in str(documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER).blocks)

    second = add_lecture(store, date(2026, 10, 7), subject="Instagram講習会")
    with pytest.raises(UserError, match="これから実施する回が1回ある"):
        documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER)
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=year, on=False)
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)

    surveys.choose_questionnaire(acting(store), event_id=second)
    type_sheets(store, second, 3)
    with store.change(action="実施", **WHO) as change:
        change.update(Event, second, status=EventStatus.HELD)
    said = survey_cross.read_cross(store, event_id=event_id, choice=year).internal_reason
    assert "集計が確定していない回がある（第2回 Instagram講習会）" in said
    _open(store, event_id)
    with pytest.raises(UserError, match="集計が確定していないためです"):
        documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER)
    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="区の内部での検討")
    assert "区の内部用" in documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER).stamp


def test_inside_the_ward_a_small_table_is_printed_and_cannot_be_turned_outside(crossed):
    store, event_id = crossed
    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="区の内部での検討")
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)
    assert documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER).stamp == "集計確定前　区の内部用"

    with pytest.raises(UserError, match="30件に満たない"):
        survey_cross.set_masking(acting(store), event_id=event_id, masked=True)


def test_a_third_table_that_would_give_hidden_cells_back_is_refused(large):
    store, event_id = large
    for row, column in (("satisfaction", "position"), ("satisfaction", "tools")):
        choice = CrossChoice(row=row, column=column)
        survey_cross.choose_cross(acting(store), event_id=event_id, choice=choice, on=True)

    choice = CrossChoice(row="position", column="tools")
    with pytest.raises(UserError, match="ほかのクロス集計表"):
        survey_cross.choose_cross(acting(store), event_id=event_id, choice=choice, on=True)
    choice = CrossChoice(row="position", column="satisfaction", is_whole_year=True)
    with pytest.raises(UserError, match="別の範囲"):
        survey_cross.choose_cross(acting(store), event_id=event_id, choice=choice, on=True)


def test_shown_small_cells_need_a_reason_and_every_page_stays_inside(large):
    store, event_id = large
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)
    with pytest.raises(UserError, match="理由が必要"):
        survey_cross.set_masking(acting(store), event_id=event_id, masked=False)

    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="区の内部での検討")
    content = documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER)
    assert "区の内部用" in content.stamp
    assert (content.footer_left, content.blocks[1].text) == (INTERNAL_NOTE, f"{INTERNAL_NOTE}。理由：区の内部での検討")
    assert (content.blocks[2].number, content.blocks[3].name) == ("(1)", "クロス1")
    assert "＊" not in str(content.blocks[-1])

    survey_cross.set_masking(acting(store), event_id=event_id, masked=True)
    content = documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER)
    assert (content.stamp, INTERNAL_NOTE in content.footer_left) == ("", False), "its totals are fixed"


def test_a_table_taken_off_leaves_no_paper(large):
    store, event_id = large
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)

    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=False)

    assert not survey_cross.has_chosen_tables(store, event_id=event_id)
    with pytest.raises(UserError, match="選ばれていません"):
        documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER)


def test_a_chosen_table_whose_question_is_gone_leaves_no_paper(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    internal = {"masked": False, "reason": "区の内部での検討"}
    survey_cross.set_masking(acting(store), event_id=event_id, **internal)
    survey_cross.choose_cross(acting(store), event_id=event_id, choice=CHOICE, on=True)
    assert KIND in kinds_for(store, event_id=event_id)

    rest = tuple(one for one in survey.questions if one.code != CHOICE.column)
    surveys.update_questions(acting(store), survey_id=survey.id, questions=rest)
    assert KIND not in kinds_for(store, event_id=event_id)

    surveys.discard_questionnaire(acting(store), survey_id=survey.id)
    assert KIND not in kinds_for(store, event_id=event_id)


def test_events_of_the_year_can_stand_in_the_columns(crossed):
    store, event_id = crossed
    _second_event(store)

    view = survey_cross.read_cross(store, event_id=event_id, choice=CrossChoice(row="satisfaction"))

    assert view.table.columns == ("第1回 LINE講習会", "第2回 Instagram講習会")
    assert (view.table.column_totals, view.table.total) == ((6, 3), 9)
    assert "集計が確定していない回：第1回 LINE講習会、第2回 Instagram講習会。" in view.note


def test_another_event_that_was_cancelled_is_not_counted(crossed):
    store, event_id = crossed
    second = _second_event(store)
    choice = replace(CHOICE, is_whole_year=True)
    assert survey_cross.read_cross(store, event_id=event_id, choice=choice).table.total == 9
    with store.change(action="中止", **WHO) as change:
        change.update(Event, second, status=EventStatus.CANCELLED)
    view = survey_cross.read_cross(store, event_id=event_id, choice=choice)
    assert (view.table.total, "入れていない回" in view.note) == (6, False)


def test_an_event_that_asked_something_else_is_left_out_and_named(crossed):
    store, event_id = crossed

    def other(question):
        return (
            replace(question, options=("はい", "いいえ"), positive=()) if question.code == "satisfaction" else question
        )

    _second_event(store, change=other)

    view = survey_cross.read_cross(store, event_id=event_id, choice=replace(CHOICE, is_whole_year=True))

    assert (view.table.total, "入れていない回：第2回 Instagram講習会。" in view.note) == (6, True)


def test_role_and_age_together_warn_while_few_came_back(crossed):
    store, event_id = crossed
    survey = survey_of(store, event_id)
    questions = tuple(replace(one, title="年代") if one.code == "pace" else one for one in survey.questions)
    with store.change(action="設問", **WHO) as change:
        change.update(EventSurvey, survey.id, questions=questions)

    assert "役割と年代の両方" in survey_cross.read_cross(store, event_id=event_id).warning


def _held(store, event_id, chairs=29):
    """One more event of the year that was held, with as many sheets as ``large``, its totals fixed."""
    second = add_lecture(store, date(2026, 10, 7), subject="Instagram講習会")
    surveys.choose_questionnaire(acting(store), event_id=second)
    type_sheets(store, second, chairs + 1)
    with store.change(action="実施", **WHO) as change:
        for one in (event_id, second):
            change.update(Event, one, status=EventStatus.HELD)
    _fix(store, second)
    return second


def test_two_questions_are_crossed_outside_for_one_event_or_for_the_year_and_not_for_both(large):
    """Chosen twice for the year it is one table; for two events, or an event and the year, one gives the other back."""
    store, event_id = large
    second = _held(store, event_id)
    year, turned = replace(CHOICE, is_whole_year=True), CrossChoice(row="position", column="satisfaction")

    def choose(event, choice, *, on=True):
        return survey_cross.choose_cross(acting(store), event_id=event, choice=choice, on=on).message

    assert [choose(one, year) for one in (event_id, second)] == ["クロス集計表に載せました。"] * 2
    for event, choice in ((event_id, CHOICE), (second, turned)):
        with pytest.raises(UserError, match="別の範囲"):
            choose(event, choice)
    assert [choose(one, year, on=False) for one in (event_id, second)] == ["クロス集計表から外しました。"] * 2
    choose(event_id, CHOICE)
    choose(event_id, turned)
    with pytest.raises(UserError, match="別の範囲"):
        choose(second, CHOICE)
    choose(second, CrossChoice(row="satisfaction"))
    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="区の内部での検討")
    choose(second, CHOICE)
    done = store.database.execute("SELECT DISTINCT action FROM journal WHERE action LIKE 'クロス%' ORDER BY action")
    assert [action for (action,) in done] == [
        "クロス集計表から表を外した", "クロス集計表に表を載せた", "クロス集計表の2人以下の欄を伏せない",
    ]  # fmt: skip
    with pytest.raises(UserError, match="別の範囲"):
        survey_cross.set_masking(acting(store), event_id=event_id, masked=True)
    choose(second, CHOICE, on=False)
    survey_cross.set_masking(acting(store), event_id=event_id, masked=True)
    ((last,),) = store.database.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 1").fetchall()
    assert last == "クロス集計表の2人以下の欄を伏せる"


def test_the_paper_warns_of_role_and_age_by_the_largest_of_its_tables(crossed):
    store, event_id = crossed
    survey = survey_of(store, event_id)
    questions = tuple(replace(one, title="年代") if one.code == "pace" else one for one in survey.questions)
    with store.change(action="設問", **WHO) as change:
        change.update(EventSurvey, survey.id, questions=questions)
    survey_cross.set_masking(acting(store), event_id=event_id, masked=False, reason="区の内部での検討")
    for row in ("satisfaction", "tools"):
        choice = CrossChoice(row=row, column="position")
        survey_cross.choose_cross(acting(store), event_id=event_id, choice=choice, on=True)

    def blocks():
        return str(documents.build_document(store, event_id=event_id, kind=KIND, now=AFTER).blocks)

    assert "回収数が6枚と少ないため" in blocks()
    type_sheets(store, event_id, 23, first=7)
    assert "回収数が29枚と少ないため" in blocks()
    type_sheets(store, event_id, 1, first=30)
    assert "少ないため" not in blocks()
