"""Sums and percentages are formulas that carry their result, and follow the counts when one is changed."""

import dataclasses
import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from app.documents import blocks as b
from app.documents.excel.render import render_xlsx
from tests.support.written_books import written

LATER = re.compile(r"=([A-Z]+\d+)\+([A-Z]+\d+)/1440")
ELSEWHERE = re.compile(r"='([^']+)'!(\$[A-Z]+\$\d+)")
SHARE = re.compile(r"ROUND\(([A-Z]+\d+)/([A-Z]+)\$(\d+)\*100,1\)")


def calculate(sheet, place: str):
    """Work out one cell the way Excel does, for the shapes of formula these workbooks have."""
    cell = sheet[place]
    return worked_through(sheet, cell.value) if cell.data_type == "f" else cell.value


def worked_through(sheet, formula: str):
    if formula.startswith("=SUM("):
        left, top, right, bottom = range_boundaries(formula[5:-1])
        values = [
            calculate(sheet, sheet.cell(row, column).coordinate)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return sum(value for value in values if not isinstance(value, (str, type(None))))
    if later := LATER.fullmatch(formula):
        began, minutes = (calculate(sheet, place) for place in later.groups())
        return (datetime.combine(date(2026, 1, 1), began) + timedelta(minutes=minutes)).time()
    if ELSEWHERE.fullmatch(formula):
        return calculate_elsewhere(sheet, formula[1:])
    if "TEXT(" in formula:
        return "".join(str(worked_out(sheet, part)) for part in re.split(r"&(?=\"|TEXT|')", formula[1:]))
    part, column, row = SHARE.search(formula).groups()
    base = calculate(sheet, f"{column}{row}")
    if base == 0:
        assert formula.startswith("=IF(")
        return "—"
    share = Decimal(calculate(sheet, part)) * 100 / Decimal(base)
    return float(share.quantize(Decimal("0.1"), ROUND_HALF_UP))


def worked_out(sheet, part: str):
    """Work out one part of a sentence: a text, a cell of another sheet, or a percentage in its format."""
    if part.startswith('"'):
        return part.strip('"')
    if not part.startswith("TEXT("):
        return calculate(sheet, part) if "!" not in part else calculate_elsewhere(sheet, part)
    if found := re.fullmatch(r'TEXT\(ROUND\(([A-Z]+\d+)/([A-Z]+\d+)\*100,1\),"0\.0"\)', part):
        many, whole = (Decimal(calculate(sheet, place)) for place in found.groups())
        return (many * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{calculate_elsewhere(sheet, part[5:].partition(',')[0]):.1f}"


def calculate_elsewhere(sheet, place: str):
    found = ELSEWHERE.fullmatch(f"={place}")
    return calculate(sheet.parent[found[1]], found[2].replace("$", ""))


def formulas(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_each_formula_carries_the_result_excel_would_give(document):
    data = written(document)
    book, results = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)

    for sheet in book:
        for cell in formulas(sheet):
            if "ROWS(" in cell.value or '"○"' in cell.value:  # the list of what the book holds has tests of its own
                continue
            assert results[sheet.title][cell.coordinate].value == calculate(sheet, cell.coordinate)


def find(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_a_corrected_count_changes_its_percentage_the_sum_and_every_other_percentage(document):
    book = load_workbook(BytesIO(written(document)))
    sheet = book["集計"]
    chair, second = find(sheet, "会長").row, find(sheet, "副会長").row
    total = next(row for row in range(chair, chair + 10) if sheet.cell(row, 2).value == "計")

    sheet.cell(chair, 3).value = 9

    assert calculate(sheet, f"C{total}") == 20
    assert calculate(sheet, f"D{chair}") == 45.0
    assert calculate(sheet, f"D{second}") == 15.0
    assert calculate(sheet, f"D{total}") == 100.0


def test_the_percentages_of_a_question_with_several_answers_rest_on_the_number_of_papers(document):
    book = load_workbook(BytesIO(written(document)))
    sheet = book["集計"]
    first = find(sheet, "他町会の活用事例").row
    papers = find(sheet, "回収数（ｎ）").row

    assert sheet.cell(papers, 3).value == 15
    assert sheet.cell(first, 4).value == f"=ROUND(C{first}/C${papers}*100,1)"


def test_the_sum_that_matters_adds_people_before_it_divides(document):
    book = load_workbook(BytesIO(written(document)))
    sheet = book["集計"]
    row = find(sheet, "満足計").row
    first = find(sheet, "とても満足").row

    assert sheet.cell(row, 3).value == f"=SUM(C{first}:C{first + 1})"
    assert calculate(sheet, f"D{row}") == 80.0


def test_an_unclear_sum_that_matters_stays_a_number(document):
    rows = (
        b.TallyRow(number="1", text="はい", count=5, percent="50.0"),
        b.TallyRow(number="2", text="たぶん", count=0, percent="0.0"),
        b.TallyRow(number="3", text="いいえ", count=5, percent="50.0"),
    )
    chart = b.TallyChart(
        code="問1",
        title="使うか",
        type="SA",
        base=10,
        rows=rows,
        note="",
        sum_label="使う計",
        sum_count=5,
        sum_percent="50.0",
    )
    book = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=(chart,)))))

    assert book.active.cell(find(book.active, "使う計").row, 3).value == 5


def test_answers_that_do_not_add_up_to_n_leave_n_in_a_row_of_its_own(document):
    rows = (b.TallyRow(number="1", text="はい", count=3, percent="30.0"),)
    chart = b.TallyChart(code="問1", title="使うか", type="SA", base=10, rows=rows, note="")
    book = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=(chart,)))))
    sheet = book.active

    assert sheet.cell(find(sheet, "回収数（ｎ）").row, 3).value == 10
    assert calculate(sheet, f"D{find(sheet, 'はい').row}") == 30.0
    assert calculate(sheet, f"D{find(sheet, '計').row}") == 30.0


def test_a_question_nobody_answered_divides_by_nothing(document):
    data = written(document)
    sheet = load_workbook(BytesIO(data), data_only=True)["集計"]

    assert sheet.cell(find(sheet, "はい").row, 4).value == "—"


def test_a_total_row_is_a_sum_only_where_it_is_one(document):
    columns = (
        b.Column(title="資料", width=60),
        b.Column(title="部数", width=30, align="right"),
        b.Column(title="ページ", width=30, align="right"),
    )
    table = b.Table(
        columns=columns, rows=(("甲", "20部", "3"), ("乙", "1,000部", "4"), ("計", "1,020部", "9")), total_row=True
    )
    book = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=(table,)))))
    sheet = book.active
    row = find(sheet, "計").row
    cells = {cell.value for cell in sheet[row] if cell.value is not None}

    assert len(cells) == 3
    assert 9 in cells
    assert any(str(value).startswith("=SUM(") for value in cells)


@pytest.mark.parametrize(
    ("count", "base", "shown"), [(1, 16, 6.3), (1, 8, 12.5), (1, 3, 33.3), (2, 3, 66.7), (1, 400, 0.3)]
)
def test_halves_are_rounded_up_as_in_print(document, count, base, shown):
    rows = (
        b.TallyRow(number="1", text="はい", count=count, percent=""),
        b.TallyRow(number="", text="無回答", count=base - count, percent="", kind="none"),
    )
    chart = b.TallyChart(code="問1", title="使うか", type="SA", base=base, rows=rows, note="")
    sheet = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=(chart,)))), data_only=True).active

    assert sheet.cell(find(sheet, "はい").row, 4).value == shown
