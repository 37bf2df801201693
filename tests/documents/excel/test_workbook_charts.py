"""The charts are Excel's own, read the cells of their table, and stand beside it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.support.written_books import written


@pytest.fixture(scope="module")
def book(document):
    return load_workbook(BytesIO(written(document)))


@pytest.fixture(scope="module")
def charts(book):
    return book["集計"]._charts


def test_each_answered_question_has_one_chart_and_no_other_sheet_has_any(book, charts):
    assert len(charts) == 7
    assert sum(len(sheet._charts) for sheet in book) == 7


def test_each_chart_says_in_words_what_it_shows_to_who_cannot_see_it(document):
    with ZipFile(BytesIO(written(document))) as packed:
        drawings = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/drawings/drawing")]
    said = [words for drawing in drawings for words in re.findall(r'<(?:xdr:)?cNvPr [^>]*descr="([^"]*)"', drawing)]
    said = [words for words in said if words.startswith("問")]
    assert len(said) == 7
    assert all(re.search(r"^問\d+ .+　.+\d+。(.+ \d+人、?)+$", words) for words in said), said


def test_one_answer_makes_a_band_of_a_hundred_percent(charts):
    band = charts[2]

    assert (band.grouping, band.overlap, band.gapWidth) == ("percentStacked", 100, 30)
    fills = [series.spPr.solidFill.srgbClr if series.spPr.solidFill else None for series in band.series]
    assert fills == ["000000", "666666", "A8A8A8", "D6D6D6", "FFFFFF", None]
    assert band.series[-1].spPr.pattFill.prst == "wdUpDiag"
    assert band.legend.legendPos == "b"
    assert (band.y_axis.scaling.min, band.y_axis.scaling.max, band.y_axis.majorUnit) == (0, 1, 0.25)


def test_the_labels_of_the_band_are_readable_on_every_grey(charts):
    for series in charts[0].series:
        letters = series.dLbls.txPr.p[0].pPr.defRPr
        dark = series.spPr.solidFill is not None and series.spPr.solidFill.srgbClr == "000000"
        assert letters.solidFill.srgbClr == ("FFFFFF" if dark else "000000")
        assert (series.dLbls.spPr.solidFill is None) == dark
        assert series.dLbls.numFmt == "0;;;"


def test_several_answers_make_bars_with_the_special_ones_hatched(charts):
    bars = charts[4]

    assert (bars.grouping, bars.gapWidth) == ("clustered", 45)
    assert bars.x_axis.scaling.orientation == "maxMin"
    assert bars.y_axis.crosses == "max"
    assert bars.legend is None
    assert bars.series[0].dLbls.numFmt == "0.0"
    assert [point.idx for point in bars.series[0].dPt] == [6, 7, 8]


def test_every_reference_of_a_chart_is_the_cell_that_says_the_same(book, document):
    sheet = book["集計"]
    with ZipFile(BytesIO(written(document))) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        xml = [archive.read(name).decode() for name in names]
    results = load_workbook(BytesIO(written(document)), data_only=True)["集計"]
    checked = 0
    for chart in xml:
        for place, points in re.findall(r"<f>'集計'!([^<]+)</f><numCache>(.*?)</numCache>", chart):
            cells = results[place.replace("$", "")]
            cells = [row[0] for row in cells] if isinstance(cells, tuple) else [cells]
            assert [float(value) for value in re.findall(r"<v>([^<]+)</v>", points)] == [cell.value for cell in cells]
            checked += len(cells)
        assert 'autoTitleDeleted val="1"' in chart
    assert checked > 30
    assert sheet.title == "集計"


def test_a_chart_stands_beside_its_table_and_moves_with_it(book, charts):
    sheet = book["集計"]
    for chart in charts:
        anchor = chart.anchor
        assert (anchor._from.col, anchor.to.col) == (5, 8)
        assert sheet.cell(anchor._from.row + 1, 1).value == "No"
        assert anchor.editAs in (None, "twoCell")
        assert sheet.cell(anchor.to.row, 2).value in ("計", "回収数（ｎ）", "満足計")


def test_axes_are_said_to_be_there(charts):
    for chart in charts:
        assert chart.y_axis.delete is False
