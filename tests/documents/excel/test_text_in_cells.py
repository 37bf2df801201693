"""Widths, line breaks and numbers of single cells, and the columns that tables of different widths share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.excel.grid import BlockColumns, ColumnSlot, choose_grid, spans
from app.documents.excel.numbers import number_with_unit, read_number
from app.documents.excel.sheet_pen import as_cell_text
from app.documents.excel.text_measure import line_count, split_tall_text, text_width, wrap

TEXTS = st.text(alphabet=st.sampled_from("あいう漢字、。（）「」ABC def123\n　𠮷葛\U000e0100"), max_size=120)


def test_the_line_break_of_word_is_one():
    assert as_cell_text("上\v下") == "上\n下"


@given(TEXTS, st.floats(20, 400))
def test_the_lines_of_a_text_are_the_text(text, width):
    assert "".join(wrap(text, width, 10)) == text


@given(TEXTS, st.floats(40, 400))
def test_no_line_is_wider_than_its_column(text, width):
    for line in wrap(text, width, 10):
        assert text_width(line.rstrip("\n"), 10) <= width or len(line) <= 3


@given(TEXTS, st.floats(12, 200))
def test_lines_are_counted_as_they_fall(text, width):
    fits = text_width(text, 10) <= width
    assert line_count(text, width, 10) == (text.count("\n") + 1 if fits else len(wrap(text, width, 10)))


@given(TEXTS)
def test_pieces_of_a_tall_text_lose_nothing_but_line_ends(text):
    assert "".join(split_tall_text(text * 9, 30, 10)).replace("\n", "") == (text * 9).replace("\n", "")


def test_a_full_width_sign_is_wider_than_a_letter_and_a_selector_has_no_width():
    assert text_width("漢", 10) > text_width("a", 10)
    assert text_width("葛\U000e0100", 10) == text_width("葛", 10)
    assert text_width("𠮷", 10) == text_width("吉", 10)


def test_a_mark_never_begins_a_line():
    assert [line[0] for line in wrap("あああああ。いいいいい。ううううう。", 55, 10)][1:] != ["。"]
    assert line_count("あ\nい", 100, 10) == 2


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("16", 16, "0"),
        ("4,200円", 4200, '#,##0"円"'),
        ("16人", 16, '0"人"'),
        ("93.8％", 93.8, '0.0"％"'),
        ("+1", 1, "+0;-0;0"),
        ("−3人", -3, '+0"人";"−"0"人";0"人"'),
        ("0", 0, "0"),
        ("2団体程度", 2, '0"団体程度"'),
        ("3週間以内", 3, '0"週間以内"'),
        ("8分", 8, '0"分"'),
    ],
)
def test_a_written_number_becomes_a_number(text, value, shown):
    assert read_number(text) == (value, shown)


@pytest.mark.parametrize(
    "text",
    [
        *("", "—", "007", "14:05", "R8.9.10（木）", "1/2", "03-0000-0000", "1,23", "約10人", "1234567890123456"),
        *("1階の受付", "1階", "2号室", "1丁目町会", "3丁目", "5年生会", "2の橋自治会"),
    ],
)
def test_anything_else_stays_a_text(text):
    assert read_number(text) is None


def test_a_key_figure_keeps_its_unit_in_the_format():
    assert number_with_unit("16", "人") == (16, '0"人"')
    assert number_with_unit("変更なし", "人") is None


def test_tables_with_the_same_edges_share_their_columns():
    wide = BlockColumns((ColumnSlot(30), ColumnSlot(135)))
    narrow = BlockColumns((ColumnSlot(30), ColumnSlot(50), ColumnSlot(85)), rows_move=True)
    grid = choose_grid([wide, narrow], 165)

    assert grid.last == 3
    assert [(span.first, span.last) for span in spans(wide, grid)] == [(1, 1), (2, 3)]


def test_a_long_text_gets_a_column_of_its_own_width():
    long = BlockColumns((ColumnSlot(20, (30.0,)), ColumnSlot(145, (2000.0, 2000.0))), rows_move=True)
    short = BlockColumns((ColumnSlot(55, (30.0,)), ColumnSlot(55, (30.0,)), ColumnSlot(55, (30.0,))), rows_move=True)
    grid = choose_grid([long, short], 165)
    span = spans(long, grid)[1]

    assert grid.width(span.widest, span.widest) > 200


def test_a_number_is_never_put_where_it_does_not_fit():
    figures = BlockColumns(tuple(ColumnSlot(33, (40.0,), 60.0) for _ in range(5)))
    table = BlockColumns(tuple(ColumnSlot(width, (25.0,)) for width in (15, 11, 46, 15, 78)), rows_move=True)
    grid = choose_grid([figures, table], 165)

    assert all(grid.width(span.first, span.last) >= 60 for span in spans(figures, grid))
