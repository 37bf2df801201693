"""Charts of values: their scale, their lines, and that paper and workbook say every value of them."""

import io

import openpyxl
from pypdf import PdfReader

from app.documents.chart_blocks import (
    ChartMark,
    ValueChart,
    bar_sides,
    connected_pairs,
    is_valley,
    mark_lines,
    ticks_up_to,
)
from app.documents.pdf.render import render_pdf
from tests.documents.pdf.everything_on_paper import content
from tests.support.written_books import written


def marks(*values: float | None) -> tuple[ChartMark, ...]:
    return tuple(
        ChartMark(label=f"{number}日", value=value, text="記録なし" if value is None else f"{value:g}")
        for number, value in enumerate(values, 1)
    )


def chart(shape: str, given: tuple[ChartMark, ...], **more: object) -> ValueChart:
    values: dict[str, object] = {
        "name": f"試し {shape}", "shape": shape, "marks": given, "ticks": (0, 10, 20), "label_name": "日",
        "value_name": "出席者", "unit": "人",
    }  # fmt: skip
    return ValueChart(**{**values, **more})  # type: ignore[arg-type]


def test_a_scale_ends_at_or_above_its_highest_value_in_round_steps():
    assert ticks_up_to(20) == (0, 5, 10, 15, 20)
    assert ticks_up_to(21) == (0, 10, 20, 30)
    assert ticks_up_to(1) == (0, 1)
    assert ticks_up_to(187) == (0, 50, 100, 150, 200)


def test_many_marks_go_on_in_lines_of_about_equal_length():
    assert [len(line) for line in mark_lines(marks(*range(30)), 14)] == [10, 10, 10]
    assert mark_lines((), 14) == ((),)
    assert [len(side) for side in bar_sides(marks(*range(17)), room_for_two=True)] == [9, 8]
    assert len(bar_sides(marks(*range(17)), room_for_two=False)) == 1


def test_a_value_lower_than_those_beside_it_is_written_below():
    given = marks(80, 73, 92, None, 64)
    assert [is_valley(given, place) for place in range(5)] == [False, True, False, False, False]


def test_a_line_is_not_drawn_across_an_event_without_a_value():
    given = marks(80, 73, None, 64, 70)
    assert connected_pairs([one.value for one in given]) == [(80, 73), (64, 70)]
    whole, gap = (
        render_pdf(content(chart("line", marks(80, 73, value, 64, 70), ticks=(50, 75, 100)))).data
        for value in (78, None)
    )
    strokes = [PdfReader(io.BytesIO(data)).pages[0].get_contents().get_data().count(b" l S") for data in (whole, gap)]
    assert strokes[0] - strokes[1] == 2


def test_every_value_and_name_stands_on_paper_and_in_the_cells_of_a_native_chart():
    columns = chart(
        "columns",
        tuple(
            ChartMark(
                label=f"{number}/1",
                below=f"第{number}回",
                value=None if number == 3 else number,
                lowest=10,
                highest=20,
                text="記録なし" if number == 3 else str(number),
                fill="hatched",
            )
            for number in range(1, 41)
        ),
        range_name="仕様の人数",
        legend=(("hatched", "出前講座"),),
    )
    line = chart("line", marks(80, 73.3), reference_name="nが30未満", unit="％", ticks=(50, 75, 100))
    bars = chart("bars", (ChartMark(label="R7", value=None, text="記録なし", group="講習会"), *marks(0)))
    paper = PdfReader(io.BytesIO(render_pdf(content(columns, line, bars)).data))
    told = "".join(page.extract_text() for page in paper.pages)
    for words in ("第40回", "記録なし", "仕様の人数", "出前講座", "73.3", "講習会", "R7"):
        assert words in told
    assert "nが30未満" not in told, "no mark of this line is a reference value"
    book = openpyxl.load_workbook(io.BytesIO(written(content(columns, line, bars))))
    (sheet,) = book
    assert len(sheet._charts) == 3
    for drawn, block in zip(sheet._charts, (columns, line, bars), strict=True):
        series = drawn.series[0]
        cells = [cell.value for (cell,) in sheet[series.val.numRef.f.rpartition("!")[2].replace("$", "")]]
        assert cells == [mark.text if mark.value is None else mark.value for mark in block.marks]
