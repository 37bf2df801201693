"""A day is never torn in its brackets: its column is wide enough for it, or it stands smaller."""

import pytest

from app.documents.blocks import Column, Table
from app.documents.excel.grid import POINTS_PER_MM
from app.documents.excel.tables import table_columns
from app.documents.excel.text_measure import fitting_size, widest_day

DAY = "R8.10.15（木）"


@pytest.mark.parametrize("text", [DAY, f"第3回\n{DAY}", f"{DAY} 17:31", f"確認済 {DAY}"])
@pytest.mark.parametrize("room", [48.0, 55.0, 65.0, 90.0])
def test_a_day_stands_in_one_piece_in_a_narrow_cell(text, room):
    size, _lines = fitting_size(text, room, 9.0)
    assert widest_day(text) * size <= room


@pytest.mark.parametrize("day", ["R8.10.15（木）", "12/8(火)", "R9 1/20(水・祝)"])
def test_every_form_of_a_day_is_known_and_no_bare_fraction(day):
    assert widest_day(f"確認済 {day}まで") > 4
    assert widest_day("1/2の割合") == 0
    assert widest_day("R8の1/2") == 0


def test_a_column_is_as_wide_as_the_day_in_its_heading():
    table = Table(
        columns=(Column("設問", width=120.0), Column(f"第3回\n{DAY}", width=12.0)), rows=(("ひとことずつ", "3"),)
    )
    heading = table_columns(table, 180.0, letter=False).slots[1]
    assert heading.width * POINTS_PER_MM >= widest_day(DAY) * 9.0 * 0.875
