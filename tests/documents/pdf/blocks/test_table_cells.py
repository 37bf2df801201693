"""Narrow columns and keys: a number stands on one line, a name takes what others leave, nothing touches a box."""

import pytest

from app.documents.blocks import Column
from app.documents.pdf.blocks import tally_chart
from app.documents.pdf.blocks.table_cells import fit_cell, plan_columns
from app.documents.pdf.render import _ROSTER_NUMBER
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.sizes import CELL, HEADER, NORMAL, PORTRAIT
from app.documents.pdf.typesetting.typefaces import open_collection


@pytest.mark.parametrize("number", ["12", "20", "88", "100"])
def test_a_number_is_not_torn_in_a_narrow_column(number):
    layout = Layout(open_collection(), NORMAL, PORTRAIT, "form")
    columns = (Column("No", 7, align="center"), Column("提出物", 158))
    plan = plan_columns(columns, ((number, "変更届"),), layout, CELL)[0]

    cell = fit_cell(number, plan, layout, CELL, 4.0)

    assert cell.lines == (number,)
    assert layout.width(number, cell.style) <= plan.width


def test_a_cell_of_typed_lines_keeps_the_type_of_its_neighbours():
    layout = Layout(open_collection(), NORMAL, PORTRAIT, "form")
    columns = (Column("件名・実施回", 42), Column("決めたこと", 123))
    text = "設問\n第4回 キャッシュレス決済講習会\n仕様書4(1)ケ"
    plan = plan_columns(columns, ((text, "そろえる。"),), layout, CELL)[0]

    cell = fit_cell(text, plan, layout, CELL, 4.0)

    assert (cell.style.size, len(cell.lines)) == (CELL.size, 4)


def test_a_long_name_of_the_key_takes_what_others_leave_and_its_number_stands_beside_it():
    layout = Layout(open_collection(), NORMAL, PORTRAIT, "report")
    assert tally_chart._shares([20.0, 30.0, 15.0], 120.0) == [40.0, 40.0, 40.0]
    wide = tally_chart._shares([20.0, 60.0, 15.0], 120.0)
    assert wide[1] >= 60.0
    assert sum(wide) == pytest.approx(120.0)
    full = tally_chart._shares([20.0, 60.0, 90.0], 120.0)
    assert full == [20.0, 50.0, 50.0]
    assert tally_chart._beside_sign("1 ", "よく理解できた", 19.0, layout)[0] == "1 よく"


def test_the_number_of_a_roster_is_clear_of_the_box_over_it():
    assert _ROSTER_NUMBER - HEADER.size * 0.3528 * 0.9 >= 0.2 + 6.2 + 0.4
