"""Whoever counts the exported data sheet again with plain Python gets every printed figure."""

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records.surveys import Answer
from tests.support.recount import ANSWER_SETS, RecountDesk, check_rate, compare, recount


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return RecountDesk(tmp_path_factory.mktemp("recount"))


# A thousand of them are counted again in ``make faults``.
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheets=ANSWER_SETS, attended=st.one_of(st.none(), st.integers(1, 60)))
def test_the_data_sheet_gives_the_printed_figures(desk, sheets, attended):
    if all(out for _answers, _source, out in sheets):
        sheets = [*sheets, ({}, "紙", False)]

    pdf, book = desk.export(sheets, attended)
    compare(pdf, book)
    check_rate(pdf, sum(not out for _answers, _source, out in sheets), attended)


def test_a_recount_notices_a_figure_that_is_wrong(desk):
    sheets = [({"joy": Answer(chosen=("満足",))}, "紙", False)] * 3
    pdf, book = desk.export(sheets, 3)
    other, _book = desk.export([*sheets, ({}, "紙", False)], 3)

    with pytest.raises(AssertionError):
        compare(other, book)
    compare(pdf, book)


def test_the_data_sheet_tells_no_person(desk):
    sheets = [
        ({"say": Answer(text="電話は 03-0000-1234 まで"), "joy": Answer(chosen=("満足",))}, "紙", False),
        ({"say": Answer(text="よかった。")}, "オンライン", False),
    ]
    _pdf, book = desk.export(sheets, None)
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(book))["回答データ"].iter_rows(values_only=True)
        for cell in row
    ]

    assert not any("03-0000-1234" in cell for cell in cells)
    assert "よかった。" in cells
    assert any("個人が分かるおそれ" in cell for cell in cells)
    assert recount(book)[6].people == {"記入": 2}
