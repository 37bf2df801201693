"""The marks by which a scanned sheet is read: on every page, the same on every copy, in nobody's way, and silent."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from pypdf import PdfReader

from app.papers.fonts import bundled_fonts_folder
from app.papers.pdf.questionnaire_form import SHEET, page_forms
from app.papers.pdf.typefaces import open_collection
from app.papers.scan_code import (
    MARK,
    ROW_LEFT,
    ROW_MIDDLE,
    SQUARE,
    SQUARES,
    PageCode,
    code_of,
    mark_middles,
    squares_of,
)
from app.papers.services import papers
from app.subjects.surveys.questions.papers.questionnaire import KIND, LARGE_KIND
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of

_PRINTABLE = 6.0


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    store, event_id = fixed_survey(tmp_path_factory.mktemp("marks"))
    yield {kind: papers.build_paper(store, event_id=event_id, kind=kind, now=AFTER) for kind in (KIND, LARGE_KIND)}
    store.database.conn.close()


def _forms(content):
    return page_forms(content, open_collection(bundled_fonts_folder()))


def _squares_drawn(data):
    """The filled rectangles of each page, in millimetres from the top left."""
    found = []
    for page in PdfReader(BytesIO(data)).pages:
        text = page.get_contents().get_data().decode("latin-1")
        boxes = re.findall(r"0 g\s+([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f", text)
        scale = 25.4 / 72
        found.append([(float(x) * scale, 297 - (float(y) + float(h)) * scale, float(w) * scale, float(h) * scale) for x, y, w, h in boxes])
    return found


def test_every_code_says_again_what_it_was_made_of_and_a_changed_square_is_seen():
    random = Random(1)
    for _ in range(500):
        code = PageCode(survey=random.randrange(2**16), form=random.randrange(2**16), large=random.random() < 0.5, page=random.randint(1, 16))
        squares = list(squares_of(code))
        assert len(squares) == SQUARES
        assert code_of(squares) == code
        for _ in range(3):
            place = random.randrange(SQUARES)
            squares[place] = not squares[place]
            assert code_of(squares) != code
            squares[place] = not squares[place]
    assert code_of([False] * SQUARES) is None
    assert code_of([]) is None


@pytest.mark.parametrize("kind", [KIND, LARGE_KIND])
def test_every_page_has_four_marks_and_its_code_inside_of_what_a_printer_prints(contents, kind):
    drawn = _squares_drawn(papers.render(contents[kind], format="pdf").data)
    forms = _forms(contents[kind])
    assert len(drawn) == len(forms) >= 2
    for number, (boxes, form) in enumerate(zip(drawn, forms, strict=True), start=1):
        assert (form.code.page, form.code.large) == (number, kind == LARGE_KIND)
        marks = [(x + w / 2, y + h / 2) for x, y, w, h in boxes if abs(w - MARK) < 0.05 and abs(h - MARK) < 0.05]
        assert [(round(x), round(y)) for x, y in marks] == [(round(x), round(y)) for x, y in mark_middles(210, 297)]
        row = [False] * SQUARES
        for x, _y, w, h in (one for one in boxes if abs(one[1] + one[3] / 2 - ROW_MIDDLE) < 0.05 and one[3] < MARK - 1):
            assert abs(h - SQUARE) < 0.05
            first = round((x - ROW_LEFT) / SQUARE)
            row[first : first + round(w / SQUARE)] = [True] * round(w / SQUARE)
        assert code_of(row) == form.code
        # In the margin: no question, box or word lies there.
        assert all(min(x, y, 210 - x - w, 297 - y - h) >= _PRINTABLE for x, y, w, h in boxes)
        assert all(area.y >= SHEET.top - 0.01 and area.x >= SHEET.left - 0.01 for area in form.areas)
        assert SHEET.top > ROW_MIDDLE + SQUARE / 2


def test_the_same_sheet_is_the_same_file_and_every_copy_has_the_same_marks(contents):
    content = contents[KIND]
    one = papers.render(content, format="pdf").data
    assert papers.render(content, format="pdf").data == one
    assert papers.render(replace(content, copies=30), format="pdf").data == one
    assert {form.code.survey for form in _forms(content)} == {content.survey}


def test_whoever_has_the_file_read_aloud_hears_nothing_of_the_marks(contents):
    with_marks = PdfReader(BytesIO(papers.render(contents[KIND], format="pdf").data))
    without = PdfReader(BytesIO(papers.render(replace(contents[KIND], survey=0), format="pdf").data))
    assert [page.extract_text() for page in with_marks.pages] == [page.extract_text() for page in without.pages]
    content = with_marks.pages[0].get_contents().get_data().decode("latin-1")
    first = content.index(" re f")
    assert content.rindex("/Artifact", 0, first) > max(content.rfind("/P <", 0, first), content.rfind("/P<", 0, first))


def test_a_sheet_of_no_survey_yet_has_no_marks_and_is_drawn_all_the_same(contents):
    content = replace(contents[KIND], survey=0)
    drawn = _squares_drawn(papers.render(content, format="pdf").data)
    assert not [box for boxes in drawn for box in boxes if abs(box[2] - MARK) < 0.05 and abs(box[3] - MARK) < 0.05]
    assert _forms(content) == ()


def test_a_changed_question_or_setting_changes_the_code(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    content = papers.build_paper(store, event_id=event_id, kind=KIND, now=AFTER)
    before = {form.code.form for form in _forms(content)}
    blocks = tuple(
        replace(block, title="ほかの題") if getattr(block, "code", "") == survey.questions[0].code else block
        for block in content.blocks
    )
    assert {form.code.form for form in _forms(replace(content, blocks=blocks))}.isdisjoint(before)
    assert {form.code.form for form in _forms(replace(content, type_size=13))}.isdisjoint(before)
    store.database.conn.close()


def test_each_option_and_each_room_to_write_in_is_where_it_was_drawn(contents):
    content = contents[KIND]
    boxes = [
        (float(x) * 25.4 / 72, 297 - (float(y) + float(h)) * 25.4 / 72)
        for page in PdfReader(BytesIO(papers.render(content, format="pdf").data)).pages
        for x, y, _w, h in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re S", page.get_contents().get_data().decode("latin-1"))
    ]
    noted = [area for form in _forms(content) for area in form.areas if area.kind in ("box", "room", "number")]
    asked = [block for block in content.blocks if hasattr(block, "options")]
    assert len([area for area in noted if area.kind == "box"]) == sum(len(block.options) for block in asked)
    assert len(noted) == len(boxes)
    for area in noted:
        assert any(abs(area.x - x) < 0.02 and abs(area.y - y) < 0.02 for x, y in boxes), area
