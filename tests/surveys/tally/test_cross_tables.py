"""Cross tables: people counted once, totals of people, small cells hidden outside."""

from dataclasses import replace

import pytest

from app.surveys.tally.documents import cross_block
from app.surveys.tally.rules import (
    HIDDEN,
    cross_by_event,
    cross_note,
    cross_questions,
    print_cross,
    role_and_age_warning,
)
from db.records.surveys import Answer, Question

ROLE = Question(code="role", title="町会・自治会での役割", type="SA", options=("会長", "会員"))
HAPPY = Question(code="happy", title="満足度", type="SA", options=("満足", "不満"))
TOOLS = Question(
    code="tools",
    title="ツール",
    type="MA",
    options=("LINE", "HP", "特になし"),
    has_other=True,
    exclusive_option="特になし",
)
AGE = Question(code="age", title="あなたの年代", type="SA", options=("60代", "70代"))
QUESTIONS = (ROLE, HAPPY, TOOLS)


def _sheet(role="", happy="", tools=()):
    return {
        "role": Answer(chosen=(role,) if role else ()),
        "happy": Answer(chosen=(happy,) if happy else ()),
        "tools": Answer(chosen=tuple(tools)),
    }


def _lines(printed):
    return {name: [cell.people for cell in cells] for name, cells in printed.lines}


SHEETS = [
    *[_sheet("会長", "満足", ["LINE", "HP"])] * 4,
    *[_sheet("会員", "満足", ["LINE"])] * 3,
    *[_sheet("会員", "不満", ["特になし"])] * 5,
    _sheet("会員"),
]


def test_rows_and_columns_stand_in_the_questionnaires_order_with_no_answer_last():
    table = cross_questions(HAPPY, ROLE, [(QUESTIONS, SHEETS)])

    assert (table.rows, table.columns) == (("満足", "不満", "無回答"), ("会長", "会員", "無回答"))
    assert table.cells == ((4, 3, 0), (0, 5, 0), (0, 1, 0))
    assert (table.row_totals, table.column_totals, table.total) == ((7, 5, 1), (4, 9, 0), 13)


def test_with_several_answers_the_totals_are_people_and_not_ticks():
    table = cross_questions(ROLE, TOOLS, [(QUESTIONS, SHEETS)])

    assert table.columns == ("LINE", "HP", "その他", "特になし", "無回答")
    assert table.row_totals == (4, 9, 0)
    assert table.column_totals == (7, 4, 0, 5, 1)
    assert table.allows_multiple


def test_percentages_stand_on_the_people_of_the_row_or_of_the_column():
    table = cross_questions(HAPPY, ROLE, [(QUESTIONS, SHEETS)])

    by_row = dict(print_cross(table, percent_base="row", masked=False).lines)
    by_column = dict(print_cross(table, percent_base="column", masked=False).lines)

    assert [cell.percent for cell in by_row["満足"]] == ["57.1", "42.9", "0.0", "100.0"]
    assert [cell.percent for cell in by_column["満足"]] == ["100.0", "33.3", "", "53.8"]
    block = cross_block(print_cross(table, percent_base="row", masked=False), "見本", name="クロス1")
    assert block.rows[:2] == (("満足", "4", "3", "0", "7"), ("　％（参考）", "57.1", "42.9", "0.0", "100.0"))
    assert block.rows[6:] == (("計", "4", "9", "0", "13"), ("　％（参考）", "30.8", "69.2", "0.0", "100.0"))
    assert (block.note, block.bold_rows, block.landscape) == ("注　見本", (6,), False)
    plain = cross_block(print_cross(replace(table, columns=("列",) * 9), masked=False), "", name="クロス1")
    assert (plain.bold_rows, plain.landscape, plain.columns[1].width) == ((3,), True, 22.1)


@pytest.mark.parametrize(("base", "said"), [("row", "％は横の計に対する割合"), ("column", "％は縦の計に対する割合")])
def test_the_note_names_the_base_and_calls_less_than_thirty_a_reference(base, said):
    for count, is_reference in ((30, False), (29, True)):
        table = cross_questions(HAPPY, ROLE, [(QUESTIONS, [_sheet("会長", "満足")] * count)])
        table = replace(table, row_totals=(count,) * 3, column_totals=(count,) * 3)
        printed = print_cross(table, percent_base=base, masked=False)
        assert printed.is_reference_only == is_reference
        assert said in cross_note(table, printed, percent_base=base, masked=False)


def test_who_a_branch_did_not_ask_stands_outside():
    branch = Question(
        code="how", title="どう", type="SA", options=("連絡", "写真"), asked_of="happy", asked_of_options=("満足",)
    )
    sheets = [sheet | {"how": Answer(chosen=("連絡",))} for sheet in SHEETS]

    assert cross_questions(branch, ROLE, [((*QUESTIONS, branch), sheets)]).total == 7


@pytest.mark.parametrize(("people", "hidden"), [(0, 0), (1, 4), (2, 4), (3, 0)])
def test_a_cell_of_one_or_two_people_is_hidden_with_those_that_would_give_it_back(people, hidden):
    table = cross_questions(HAPPY, ROLE, [(QUESTIONS, [*SHEETS[:-1], *[_sheet("会長", "不満")] * people])])
    assert [cell for line in _lines(print_cross(table, masked=True)).values() for cell in line].count(HIDDEN) == hidden


def test_events_can_stand_in_the_columns():
    table = cross_by_event(HAPPY, {"第1回": (QUESTIONS, SHEETS[:4]), "第2回": (QUESTIONS, SHEETS[4:])})

    assert (table.columns, table.column_totals) == (("第1回", "第2回"), (4, 9))


def test_free_text_can_not_be_crossed():
    with pytest.raises(ValueError, match="SA and MA"):
        cross_questions(Question(code="x", title="意見", type="FA"), ROLE, [(QUESTIONS, SHEETS)])


def test_outside_small_cells_are_hidden_and_the_note_says_so():
    table = cross_questions(HAPPY, ROLE, [(QUESTIONS, SHEETS)])

    printed = print_cross(table, masked=True)
    note = cross_note(table, printed, percent_base="", masked=True)

    assert _lines(printed)["無回答"][1] == HIDDEN
    assert f"（{printed.hidden_count}か所）" in note
    assert "2人以下の欄" in note


def test_behind_a_branch_a_small_total_stands_nowhere_else_and_keeps_the_table_inside():
    branch = Question(
        code="how", title="どう", type="SA", options=("連絡", "写真"), asked_of="happy", asked_of_options=("不満",)
    )
    sheets = [sheet | {"how": Answer(chosen=("連絡",))} for sheet in (*SHEETS, _sheet("会長", "不満"))]

    assert cross_questions(ROLE, branch, [((*QUESTIONS, branch), sheets)]).hidden_cells_of_table() is None
    for few, leaves in ((1, False), (2, False), (3, True)):
        each = (_sheet("会長", "不満") | {"how": Answer(chosen=("連絡",))},) * few
        more = (_sheet("会員", "不満") | {"how": Answer(chosen=("写真",))},) * 3
        table = cross_questions(ROLE, branch, [((*QUESTIONS, branch), [*SHEETS[:7], *each, *more])])
        assert (table.hidden_cells_of_table() is not None) == leaves, few
    # Every total of more than two: the table leaves, though a branch narrowed it.
    asked = [_sheet(role, "不満") | {"how": Answer(chosen=(how,))} for role in ROLE.options for how in branch.options]
    table = cross_questions(ROLE, branch, [((*QUESTIONS, branch), [*SHEETS[:7], *asked * 3])])
    assert table.is_narrowed
    assert table.hidden_cells_of_table() is not None


def test_the_events_beside_each_other_are_their_printed_totals_and_nothing_is_hidden():
    table = cross_by_event(HAPPY, {"第1回": (QUESTIONS, SHEETS[:4]), "第2回": (QUESTIONS, SHEETS[4:])})
    printed = print_cross(table, masked=True)

    assert printed.hidden_count == 0
    assert "各回の集計表に載る人数" in cross_note(table, printed, percent_base="", masked=True)


def test_on_the_screen_nothing_is_hidden_and_the_note_keeps_it_inside():
    table = cross_questions(HAPPY, ROLE, [(QUESTIONS, SHEETS)])

    printed = print_cross(table, masked=False)

    assert printed.hidden_count == 0
    assert "区の内部用" in cross_note(table, printed, percent_base="", masked=False)


def test_role_and_age_together_draw_a_warning_while_few_came_back():
    assert "役割と年代の両方" in role_and_age_warning((ROLE, AGE), 15)
    assert role_and_age_warning((ROLE, AGE), 30) == ""
    assert role_and_age_warning((ROLE, HAPPY), 15) == ""
