"""Cross tables as a service and on paper: which are chosen, over which events, and what is hidden outside."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from app.papers.services import papers
from app.refusal import Refusal
from app.subjects.surveys.questions.services import surveys
from app.subjects.surveys.tally.services import survey_cross
from app.subjects.surveys.tally.services.survey_cross import CrossChoice
from app.subjects.surveys.typing.services import survey_entry
from db.records.surveys import Answer, EventSurvey
from tests.support.survey_sheets import AFTER, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, add_lecture

WHO = {"by": BY, "now": AFTER}
CHOICE = CrossChoice(row="satisfaction", column="position", share="row")
KIND = "クロス集計表"


@pytest.fixture
def crossed(tmp_path):
    """One event with five contented chairs and one unhappy member."""
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 5)
    odd = answered(position=Answer(chosen=("会員",)), satisfaction=Answer(chosen=("不満",)))
    survey_entry.add_paper_sheet(store, survey_id=survey_of(store, event_id).id, number=6, answers=odd, **WHO)
    return store, event_id


def _second_event(store, *, change=None):
    event_id = add_lecture(store, date(2026, 10, 7), subject="Instagram講習会")
    made = surveys.choose_questionnaire(store, event_id=event_id, **WHO)
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
    assert view.masked_on_paper


def test_without_a_choice_contentment_is_crossed_with_the_first_question(crossed):
    store, event_id = crossed

    assert survey_cross.read_cross(store, event_id=event_id).choice == replace(CHOICE, share="")


def test_the_paper_is_there_once_a_table_was_chosen_and_hides_small_cells(crossed):
    store, event_id = crossed
    assert KIND not in papers.kinds_for(store, event_id=event_id)

    survey_cross.choose_cross(store, event_id=event_id, choice=CHOICE, on=True, **WHO)

    assert KIND in papers.kinds_for(store, event_id=event_id)
    pdf = papers.render_paper(store, event_id=event_id, kind=KIND, format="pdf", now=AFTER)
    words = PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    assert "＊" in words
    assert "2人以下の欄と、そこから逆算できる欄を伏せたもの" in words.replace("\n", "")
    book = openpyxl.load_workbook(
        io.BytesIO(papers.render_paper(store, event_id=event_id, kind=KIND, format="xlsx", now=AFTER).data)
    )
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "＊" in cells
    assert 1 not in cells
    assert 2 not in cells


def test_shown_small_cells_need_a_reason_and_every_page_stays_inside(crossed):
    store, event_id = crossed
    survey_cross.choose_cross(store, event_id=event_id, choice=CHOICE, on=True, **WHO)
    with pytest.raises(Refusal, match="理由が必要"):
        survey_cross.set_masking(store, event_id=event_id, masked=False, **WHO)

    survey_cross.set_masking(store, event_id=event_id, masked=False, reason="区の内部での検討", **WHO)
    content = papers.build_paper(store, event_id=event_id, kind=KIND, now=AFTER)
    assert "区の内部用" in content.stamp
    assert "区の内部での検討" in str(content.blocks)
    assert "＊" not in str(content.blocks[-1])

    survey_cross.set_masking(store, event_id=event_id, masked=True, **WHO)
    assert "区の内部用" not in papers.build_paper(store, event_id=event_id, kind=KIND, now=AFTER).stamp


def test_a_table_taken_off_leaves_no_paper(crossed):
    store, event_id = crossed
    survey_cross.choose_cross(store, event_id=event_id, choice=CHOICE, on=True, **WHO)
    survey_cross.choose_cross(store, event_id=event_id, choice=CHOICE, on=True, **WHO)

    survey_cross.choose_cross(store, event_id=event_id, choice=CHOICE, on=False, **WHO)

    assert not survey_cross.has_crosses(store, event_id=event_id)
    with pytest.raises(Refusal, match="選ばれていません"):
        papers.build_paper(store, event_id=event_id, kind=KIND, now=AFTER)


def test_events_of_the_year_can_stand_in_the_columns(crossed):
    store, event_id = crossed
    _second_event(store)

    view = survey_cross.read_cross(store, event_id=event_id, choice=CrossChoice(row="satisfaction"))

    assert view.table.columns == ("第1回 LINE講習会", "第2回 Instagram講習会")
    assert (view.table.column_totals, view.table.total) == ((6, 3), 9)
    assert "集計が確定していない回：第1回 LINE講習会、第2回 Instagram講習会。" in view.note


def test_an_event_that_asked_something_else_is_left_out_and_named(crossed):
    store, event_id = crossed

    def other(question):
        return (
            replace(question, options=("はい", "いいえ"), positive=()) if question.code == "satisfaction" else question
        )

    _second_event(store, change=other)

    view = survey_cross.read_cross(store, event_id=event_id, choice=replace(CHOICE, year=True))

    assert (view.table.total, view.left_out) == (6, ("第2回 Instagram講習会",))


def test_role_and_age_together_warn_while_few_came_back(crossed):
    store, event_id = crossed
    survey = survey_of(store, event_id)
    questions = tuple(replace(one, title="年代") if one.code == "pace" else one for one in survey.questions)
    with store.change(action="設問", **WHO) as change:
        change.update(EventSurvey, survey.id, questions=questions)

    assert "役割と年代の両方" in survey_cross.read_cross(store, event_id=event_id).warning
