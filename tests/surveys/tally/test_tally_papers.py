"""アンケート集計表 on paper and as a workbook: order of rows, what every page says, grey print, links and formulas."""

import io
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from app.documents.blocks import KeyFigures, TallyChart, TallyRow
from app.documents.services import documents
from app.surveys.tally.services import survey_tally
from db.records.surveys import Answer, EventSurvey
from tests.support.recount import RecountDesk
from tests.support.survey_sheets import AFTER, survey_of
from tests.support.years import BY

KIND = "アンケート集計表"
SHEETS = [
    (
        {"joy": Answer(chosen=("満足",)), "way": Answer(chosen=("区報",)), "use": Answer(chosen=("丙", "特になし"))},
        "紙",
        False,
    ),
    ({"joy": Answer(chosen=("不満",)), "way": Answer(other="人から"), "use": Answer(chosen=("乙", "丙"))}, "紙", False),
    (
        {"joy": Answer(chosen=("大満足",)), "use": Answer(chosen=("乙",), other="紙"), "old": Answer(text="3")},
        "オンライン",
        False,
    ),
    ({"use": Answer(out_of_list=("昔",)), "say": Answer(text="=1+1")}, "オンライン", False),
    ({}, "オンライン", True),
]
MULTIPLE = ["乙", "丙", "甲", "丁", "その他", "特になし", "選択肢にない回答", "無回答"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = RecountDesk(tmp_path_factory.mktemp("papers"))
    made.export(SHEETS, 5)
    return made


def _content(desk):
    return documents.build_document(desk.store, event_id=desk.event_id, kind=KIND, now=AFTER)


def _words(desk):
    data = documents.render(_content(desk), format="pdf").data
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _book(desk, **named):
    data = documents.render(_content(desk), format="xlsx").data
    return openpyxl.load_workbook(io.BytesIO(data), **named)


def test_single_answers_keep_the_paper_s_order_and_several_are_sorted_with_the_special_rows_last(desk):
    charts = {
        one.question.code: one for one in survey_tally.read_tally(desk.store, event_id=desk.event_id).tally.questions
    }

    assert [row.text for row in charts["joy"].rows()] == ["大満足", "満足", "普通", "不満", "無回答"]
    assert [row.text for row in charts["way"].rows()] == ["回覧", "区報", "その他", "無回答"]
    assert [row.text for row in charts["use"].rows()] == MULTIPLE


def test_every_page_says_that_the_totals_are_not_fixed_until_they_are(desk):
    assert _content(desk).stamp == "集計確定前"
    assert "確定前（このあと変わることがある）" in _words(desk)
    survey = survey_of(desk.store, desk.event_id)
    with desk.store.change(action="確定", by=BY, now=AFTER) as change:
        change.update(EventSurvey, survey.id, frozen_at=datetime(2026, 10, 8, 17, 5), frozen_by="見本 太郎")

    content = _content(desk)

    assert content.stamp == ""
    assert "確定 R8.10.8" in content.header_right
    assert "令和8年10月8日 17時05分　見本 太郎が確定" in _words(desk)
    with desk.store.change(action="解除", by=BY, now=AFTER) as change:
        change.update(EventSurvey, survey.id, frozen_at=None, frozen_by="")


def test_the_paper_tells_how_many_came_back_by_which_way_and_what_was_left_out(desk):
    words = _words(desk)

    (figures,) = (block.figures for block in _content(desk).blocks if isinstance(block, KeyFigures))
    assert [(one.label, one.value, one.unit, one.note) for one in figures] == [
        ("出席者", "5", "人", ""),
        ("回収", "4", "件", "紙2件・オンライン2件"),
        ("回収率", "80.0", "％", "回収数÷出席者数"),
        ("満足計", "2", "人", "ｎ＝4の50.0％（参考値）"),
    ]
    assert "集計に入れてい\nない回答\n1件" in words


def test_the_workbook_has_the_questions_on_one_sheet_with_a_chart_each_and_the_data_behind(desk):
    book = _book(desk)
    sheet = book["集計"]
    heads = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith("問")]

    assert book.sheetnames[0] == "概要"
    assert book.sheetnames[-1] == "回答データ"
    assert "自由記述" in {*book.sheetnames, *book.defined_names}
    assert [str(sheet.cell(row, 1).value)[:2] for row in heads] == ["問1", "問2", "問3", "問4", "問5"]
    # Every chart begins at the heading row of its question's table.
    assert {chart.anchor._from.row for chart in sheet._charts} <= set(heads)
    assert len(sheet._charts) == 5


def test_the_workbook_prints_on_one_page_more_than_the_paper_at_most(desk):
    """A page of codes with what they mean goes with it; the words beside are for the screen."""
    book, pages = _book(desk), len(PdfReader(io.BytesIO(documents.render(_content(desk), format="pdf").data)).pages)
    data = book["回答データ"]
    head = next(row for row in data.iter_rows() if row[0].value == "No")
    printed = [cell.value for cell in data[data.print_area.rpartition("!")[2].replace("$", "")][head[0].row - 1]]
    below = [str(row[0].value) for row in data.iter_rows(min_row=head[0].row)]
    answers = [row[0].row for row in data.iter_rows() if isinstance(row[0].value, int)]

    assert sum(1 + len(sheet.row_breaks.brk) for sheet in book) <= pages + 1
    assert data.page_setup.fitToWidth == 1
    assert "問3の番号" in printed
    assert not any("　" in name for name in printed)
    assert any(line.startswith("問1　") and "1＝" in line for line in below)
    assert len({data.row_dimensions[row].height for row in answers}) == 1  # long words make no row higher


def test_people_and_sums_are_formulas_with_their_results_beside(desk):
    formulas, values = _book(desk)["集計"], _book(desk, data_only=True)["集計"]
    cells = {
        cell.coordinate: cell.value
        for row in formulas.iter_rows()
        for cell in row
        if str(cell.value or "").startswith("=")
    }

    assert any(text.startswith("=SUM(") for text in cells.values())
    assert any("ROUND(" in text for text in cells.values())
    assert all(values[place].value is not None for place in cells)
    assert any(text.count("+") == 1 and "SUM" not in text for text in cells.values())


def test_what_looks_like_a_formula_stays_a_text_in_the_data_sheet(desk):
    sheet = _book(desk)["回答データ"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]

    assert [cell.data_type for cell in found] == ["s"]


def test_a_heading_over_a_narrow_first_column_is_not_cut_by_the_words_at_its_right_end(desk):
    rows = [[cell for cell in row if cell] for sheet in _book(desk) for row in sheet.iter_rows(values_only=True)]

    assert ["(1)　問2　きっかけ　その他の記入"] in rows
    assert ["記入1件"] in rows


def test_branches_give_n_its_right_name(desk):
    sheet = _book(desk)["集計"]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]

    assert "あてはまる人（ｎ）" in cells
    assert any("非該当3件を除く" in str(cell) for cell in cells)


def test_in_grey_print_every_part_of_a_band_is_told_from_the_others(qapp, desk):
    """Six equal parts, as a printer without colour draws them: black to white in steps, 無回答 hatched between."""
    rows = tuple(
        TallyRow(number=str(number), text=text, count=5, percent="16.7")
        for number, text in enumerate("甲乙丙丁戊", start=1)
    )
    none = TallyRow(number="", text="無回答", count=5, percent="16.7", kind="none")
    chart = TallyChart(code="問1", title="満足度", type="SA", base=30, rows=(*rows, none), note="")
    picture = _picture(
        documents.render(replace(_content(desk), blocks=(chart,), stamp="", sample=False), format="pdf").data
    )

    inks = _inks(picture, parts=6)

    assert inks[:5] == sorted(inks[:5])
    assert all(later - earlier > 20 for earlier, later in pairwise(inks[:5]))
    assert inks[4] > inks[5] > inks[3] - 40  # lines on white


_PER_MM = 8


def _picture(data: bytes) -> QImage:
    """The first page, eight points a millimetre, in greys."""
    document = QPdfDocument(None)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    picture = document.render(0, QSize(210 * _PER_MM, 297 * _PER_MM))
    white = QImage(picture.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, picture)
    painter.end()
    document.close()
    return white.convertToFormat(QImage.Format.Format_Grayscale8)


def _inks(picture: QImage, *, parts: int) -> list[float]:
    """The mean grey at the left edge of each of the equal ``parts`` of the band, beside its label."""
    left, width = 25 * _PER_MM, 165 * _PER_MM
    black = [y for y in range(picture.height()) if all(_grey(picture, left + 8 + x, y) < 30 for x in range(0, 40, 4))]
    runs: list[list[int]] = [[]]
    for y in black:
        runs = [*runs, [y]] if runs[-1] and y > runs[-1][-1] + 1 else [*runs[:-1], [*runs[-1], y]]
    tallest = max(runs, key=len)  # the first part of the band; everything else that black is a line or a letter
    top, bottom = tallest[0] + 12, tallest[-1] - 12
    found = []
    for part in range(parts):
        start = left + width * part // parts + 6
        greys = [_grey(picture, x, y) for x in range(start, start + 16) for y in range(top, bottom)]
        found.append(sum(greys) / len(greys))
    return found


def _grey(picture: QImage, x: int, y: int) -> int:
    return picture.pixelColor(x, y).red()


def test_a_question_with_several_answers_has_a_column_of_ones_and_noughts_for_each_option(desk):
    rows = [row for row in _book(desk)["回答データ"].iter_rows(values_only=True) if row[0] is not None]
    head = next(row for row in rows if row[0] == "No")
    ticks = [place for place, name in enumerate(head) if str(name).partition("　")[0].count("_") == 1]
    names = [str(head[place]).partition("　")[2] for place in ticks]
    answers = [
        {name for name, place in zip(names, ticks, strict=True) if row[place] == 1}
        for row in rows
        if isinstance(row[0], int)
    ]
    marks = {row[place] for row in rows if isinstance(row[0], int) for place in ticks}

    assert set(names) >= {"甲", "乙", "丙", "丁", "特になし"}
    asked = {str(head[place]).partition("_")[0] for place in ticks}
    assert not asked & set(head), "codes of several answers in one cell could be counted by nobody"
    singles = [place for place, name in enumerate(head) if str(name).startswith("問") and "　" not in str(name)]
    assert not any(row[place] == 0 for row in rows if isinstance(row[0], int) for place in singles)
    assert marks <= {0, 1, None, "非該当"}
    assert [{"丙", "特になし"}, {"乙", "丙"}] == answers[:2]
    assert "乙" in answers[2]
