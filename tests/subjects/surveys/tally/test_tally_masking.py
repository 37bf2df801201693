"""Small cells of a cross table for outside are hidden so that no total gives them back."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.subjects.surveys.tally.rules.cross_table import mask_small_cells


def test_a_table_without_small_cells_is_shown_whole():
    table = mask_small_cells([[3, 4], [0, 8]])

    assert table.cells == ((3, 4), (0, 8))
    assert table.hidden == 0
    assert (table.row_totals, table.column_totals, table.total) == ((7, 8), (3, 12), 15)


def test_one_small_cell_takes_a_second_one_in_its_row_and_column_with_it():
    table = mask_small_cells([[1, 5, 9], [8, 7, 6], [4, 3, 10]])

    assert table.cells == ((None, None, 9), (8, 7, 6), (None, None, 10))
    assert table.row_totals == (15, 21, 17)


def test_where_there_is_only_one_column_the_totals_are_hidden_too():
    table = mask_small_cells([[1], [5]])

    assert table.cells == ((None,), (None,))
    assert table.row_totals == (None, None)


def test_an_empty_table_stays_empty():
    assert mask_small_cells([]).cells == ()


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(TABLES)
def test_no_hidden_small_number_lies_alone_on_a_way_between_rows_and_columns(cells):
    """A hidden number can be computed exactly when its row and column are joined by it alone."""
    masked = mask_small_cells(cells)
    hidden = _hidden_places(masked)
    whole = [*[[*row, sum(row)] for row in cells], [sum(column) for column in [*zip(*cells, strict=True)]]]
    whole[-1].append(sum(whole[-1]))

    for row, column in product(range(len(whole)), range(len(whole[0]))):
        if 1 <= whole[row][column] <= 2:
            assert (row, column) in hidden
            assert _joined(hidden - {(row, column)}, row, column)


def _hidden_places(masked):
    lines = [[*row, total] for row, total in zip(masked.cells, masked.row_totals, strict=True)] + [
        [*masked.column_totals, masked.total]
    ]
    return {(row, column) for row, line in enumerate(lines) for column, value in enumerate(line) if value is None}


def _joined(places, row, column):
    rows, columns = {row}, set()
    for _ in places:
        columns |= {place[1] for place in places if place[0] in rows}
        rows |= {place[0] for place in places if place[1] in columns}
    return column in columns
