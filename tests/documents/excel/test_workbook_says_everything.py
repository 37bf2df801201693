"""Every text and number of a document stands in its workbook, as typed, and nothing of it is a formula."""

import dataclasses
import re
from datetime import datetime, time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.documents import blocks as b
from app.documents.excel.render import render_xlsx
from tests.support.written_books import written

NOT_SHOWN = {"sheet", "style", "align", "kind", "type", "look", "percent", "sum_percent", "sum_count", "count", "base"}


def shown(cell) -> str:
    """Return what a person reads in a cell: its text, or its number in its format."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return in_wareki(value, cell.number_format)
    if isinstance(value, time):
        return f"{value:%H:%M}" if cell.number_format == "hh:mm" else f"{value.hour}:{value:%M}"
    form = cell.number_format.split(";")[1 if value < 0 and ";" in cell.number_format else 0]
    unit = "".join(re.findall(r'"([^"−]*)"', form))
    places = len(form.split(".")[1].split('"')[0]) if "." in form else 0
    number = f"{abs(value):,.{places}f}" if "," in form else f"{abs(value):.{places}f}"
    sign = "" if value >= 0 and not form.startswith("+") else ("+" if value >= 0 else "−" if "−" in form else "-")
    return sign + number + unit


def in_wareki(day: datetime, form: str) -> str:
    """Return a day as a workbook shows it in one of our formats."""
    assert form.startswith("[$-411]")
    parts = {
        "ggge": f"令和{day.year - 2018}",
        "ge": f"R{day.year - 2018}",
        "m": str(day.month),
        "d": str(day.day),
        "aaa": "月火水木金土日"[day.weekday()],
    }
    return re.sub(
        r'"([^"]*)"|ggge|ge|aaa|m|d',
        lambda found: found[1] if found[1] is not None else parts[found[0]],
        form.removeprefix("[$-411]"),
    )


def everything_shown(data: bytes) -> list[str]:
    book = load_workbook(BytesIO(data), data_only=True)
    return [text for sheet in book for row in sheet.iter_rows() for cell in row if (text := shown(cell))]


def texts_of(part) -> list[str]:
    """Return every text of a block, however deep."""
    if isinstance(part, str):
        return [part] if part else []
    if isinstance(part, (tuple, list)):
        return [text for piece in part for text in texts_of(piece)]
    if dataclasses.is_dataclass(part):
        left_out = NOT_SHOWN | ({"name"} if isinstance(part, b.Table) else set())
        return [
            text
            for given in dataclasses.fields(part)
            if given.name not in left_out
            for text in texts_of(getattr(part, given.name))
        ]
    return []


@pytest.mark.parametrize("which", ["document", "letter", "roster"])
def test_every_text_of_the_document_is_in_the_workbook(which, request):
    content = request.getfixturevalue(which)
    found = everything_shown(written(content))
    whole = "\n".join(found)

    assert [text for text in texts_of(content.blocks) if text not in whole and not _split_up(text, found)] == []


def _split_up(text: str, found: list[str]) -> bool:
    """An addressee of several lines has a row for each."""
    return all(line in found for line in text.split("\n"))


def test_names_are_not_changed_by_a_single_character(document):
    found = everything_shown(written(document))

    for name in ("髙﨑　千鶴子", "葛\U000e0100城　麻衣子", "𠮷田　榮一", "渡邉　榮一"):
        assert found.count(name) == 8


def test_counts_are_numbers_with_their_unit_in_the_format(letter):
    book = load_workbook(BytesIO(render_xlsx(letter)))
    numbers = {
        (cell.value, cell.number_format) for row in book.active.iter_rows() for cell in row if cell.data_type == "n"
    }

    assert {(17, '0"人"'), (12, '0"団体"'), (10, '0"人"')} <= numbers


@pytest.mark.parametrize(
    "text", ["=1+1", "+81-3-0000-0000", "-5", "@みほん", "\t=1", "＝SUM(A1)", "#N/A", "0123", "1E5", "TRUE"]
)
def test_a_text_stays_a_text_whatever_it_begins_with(document, text):
    content = dataclasses.replace(document, blocks=(
        b.Paragraph(text=text),
        b.KeyValues(rows=((text, text),)),
        b.Table(columns=(b.Column(title="項目", width=60), b.Column(title="内容", width=105)), rows=((text, text),)),
        b.Bullets(items=("あ",), title=text),
    ))  # fmt: skip
    book = load_workbook(BytesIO(render_xlsx(content)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == text]

    assert len(cells) == 6
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_a_text_that_begins_like_a_formula_is_marked_as_text_for_whoever_edits_it(document):
    content = dataclasses.replace(document, blocks=(b.Paragraph(text="=1+1"), b.Paragraph(text="ふつうの文")))
    book = load_workbook(BytesIO(render_xlsx(content)))

    assert book.active["A1"].quotePrefix
    assert not book.active["A2"].quotePrefix


def test_the_only_formulas_are_sums_percentages_times_and_figures_of_the_tally(document):
    book = load_workbook(BytesIO(written(document)))
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    shape = re.compile(
        r"=SUM\(([A-Z]+)\d+:\1\d+\)|=ROUND\([A-Z]+\d+/[A-Z]+\$\d+\*100,1\)"
        r'|=IF\(([A-Z]+\$\d+)=0,"—",ROUND\([A-Z]+\d+/\2\*100,1\)\)'
        # a time is that of the row above and its minutes; a key figure is what the tally says
        r"|=([A-Z]+)(\d+)\+[A-Z]+\4/1440|='集計'!\$[A-Z]+\$\d+"
        r'''|="回収率[ 　]"&TEXT\(ROUND\([A-Z]+\d+/[A-Z]+\d+\*100,1\),"0\.0"\)&"％"'''
        r"""|=(?:"回収"&)?'集計'![$A-Z0-9]+&"[件人]中[ 　]"&TEXT\(.*"""
        # 回収状況, and beside the first page: how many rows a chapter has, and whether it agrees with itself
        r"|=[A-Z]+\d+\+[A-Z]+\d+|=ROUND\([A-Z]+\d+/[A-Z]+\d+\*100,1\)"
        r"|=ROWS\('[^']+'![A-Z0-9:]+\)(?:\+ROWS\('[^']+'![A-Z0-9:]+\))*|=IF\(.+,\"○\",\"×\"\)&.+"
    )

    assert len(formulas) > 40
    assert [formula for formula in formulas if not shape.fullmatch(formula)] == []


def test_no_cell_of_a_table_is_merged(document):
    book = load_workbook(BytesIO(written(document)))
    chapters = {"所感_改善", "連絡"}
    tables = [
        place for name, found in book.defined_names.items() if name not in chapters for place in found.destinations
    ]

    assert len(tables) == 7
    for sheet, place in tables:
        for cells in book[sheet][place.replace("$", "")]:
            assert [
                cell.coordinate
                for cell in cells
                if any(cell.coordinate in merged for merged in book[sheet].merged_cells.ranges)
            ] == []


def test_a_control_character_neither_stops_the_export_nor_vanishes(document):
    content = dataclasses.replace(document, blocks=(b.Paragraph(text="前\x07後"), b.Paragraph(text="_x0041_")))
    found = everything_shown(written(content))

    assert found == ["前_x0007_後", "_x005F_x0041_"]


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut(document):
    content = dataclasses.replace(
        document, blocks=(b.KeyFigures(figures=(b.Figure(label="長い", value="あ" * 32768, unit=""),)),)
    )

    with pytest.raises(ValueError, match="残っています"):
        render_xlsx(content)


def test_a_comment_taller_than_the_highest_row_goes_on_in_the_next_row(document):
    comment = "".join(f"{number}番目の文です。" for number in range(900))
    content = dataclasses.replace(document, blocks=(
        b.Table(columns=(b.Column(title="No", width=9, align="right"), b.Column(title="記述", width=156)),
            rows=(("1", comment),)),
        b.Paragraph(text=comment),
        b.KeyValues(rows=(("所感", comment),)),
    ))  # fmt: skip
    book = load_workbook(BytesIO(render_xlsx(content)))
    sheet = book.active
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    texts = "".join(cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))

    assert max(heights) <= 409
    assert texts.count(comment) == 2 + 1
