"""Small cells of a cross table for outside: nothing that is published of the surveys gives a hidden one back.

The proof is by trial: every survey that there could be is gone through, those that look from outside like the one at
    hand
are kept (same totals of every question by way of answering, noughts among them, same numbers shown in every cross
table), and among these each hidden cell must have two values or more.
"""

from collections import defaultdict
from functools import cache
from itertools import combinations_with_replacement, product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.surveys.questions.rules import row_names
from app.surveys.tally.rules import HIDDEN, CrossedResponse, closes_loop, cross_questions, hidden_cells, print_cross
from db.records.surveys import Answer, Question
from tests.support.in_full import times

ROLE = Question(code="role", title="役割", type="SA", options=("会長", "会員"))
HAPPY = Question(code="happy", title="満足度", type="SA", options=("満足", "不満"))
TOOLS = Question(code="tools", title="ツール", type="MA", options=("LINE", "HP"))
PAIRS = ((ROLE, HAPPY), (HAPPY, TOOLS))
"""The tables that leave: they close no loop."""


@cache
def _kinds(middle):
    """Every way in which one person can answer; ``middle`` is the question that both tables share."""
    happy = [Answer(chosen=(one,)) for one in middle.options]
    role = [Answer(chosen=("会長",)), Answer(chosen=("会員",)), Answer()]
    tools = [Answer(chosen=("LINE",)), Answer(chosen=("LINE", "HP")), Answer(chosen=("HP",))]
    return [{"role": a, "happy": b, "tools": c} for a, b, c in product(role, happy, tools)]


def _totals(sheets):
    """What アンケート集計表 prints of the sheets that came one way."""
    return tuple(
        tuple(sorted((name, names.count(name)) for name in set(names)))
        for question in (ROLE, HAPPY, TOOLS)
        for names in [[name for sheet in sheets for name in row_names(question, sheet[question.code])]]
    )


def _people(sheets, row, column):
    found = defaultdict(int)
    for sheet in sheets:
        for one, other in product(row_names(row, sheet[row.code]), row_names(column, sheet[column.code])):
            found[one, other] += 1
    return found


@cache
def _alike(count):
    """All surveys of ``count`` sheets, by what アンケート集計表 prints of them: the numbers of both cross
    tables each."""
    found = defaultdict(set)
    for sheets in combinations_with_replacement(_kinds(HAPPY), count):
        tables = tuple(tuple(sorted(_people(sheets, *pair).items())) for pair in PAIRS)
        found[_totals(sheets)].add(tables)
    return found


def _sheets(least, most):
    return st.lists(st.sampled_from(_kinds(HAPPY)), min_size=least, max_size=most)


@settings(deadline=None, max_examples=times(120, of=4), suppress_health_check=[HealthCheck.filter_too_much])
@given(_sheets(2, 4), _sheets(0, 3))
def test_no_hidden_cell_can_be_worked_out_from_all_that_is_published(paper, online):
    parts = [((ROLE, HAPPY, TOOLS), sheets) for sheets in (paper, online)]
    tables = [cross_questions(row, column, parts) for row, column in PAIRS]
    leaving = [table.hidden_cells_of_table() is not None for table in tables]
    assume(any(table.hidden_cells_of_table() for table in tables))
    shown = [_shown(table) for table in tables]

    values = defaultdict(set)
    for one, other in product(_alike(len(paper))[_totals(paper)], _alike(len(online))[_totals(online)]):
        both = [_added(left, right) for left, right in zip(one, other, strict=True)]
        looks_alike = all(
            not out or all(people == HIDDEN or int(people) == found.get(cell, 0) for cell, people in seen.items())
            for out, seen, found in zip(leaving, shown, both, strict=True)
        )
        if looks_alike:
            for number, (seen, found) in enumerate(zip(shown, both, strict=True)):
                for cell in (cell for cell, people in seen.items() if people == HIDDEN):
                    values[number, cell].add(found.get(cell, 0))

    for number, (out, seen, table) in enumerate(zip(leaving, shown, tables, strict=True)):
        for cell, people in seen.items() if out else ():
            true = table.cells[table.rows.index(cell[0])][table.columns.index(cell[1])]
            assert people == HIDDEN or not 1 <= true <= 2
            assert people != HIDDEN or len(values[number, cell]) > 1


def _shown(table):
    printed = print_cross(table, masked=True)
    return {
        (name, column): cell.people
        for name, cells in printed.lines[:-1]
        for column, cell in zip(table.columns, cells, strict=False)
    }


def _added(left, right):
    found = defaultdict(int)
    for cell, people in (*left, *right):
        found[cell] += people
    return found


def _answers(cells, part=0):
    return [
        CrossedResponse(channel=part, rows=frozenset({row}), columns=frozenset({column}))
        for row, line in enumerate(cells)
        for column, people in enumerate(line)
        for _person in range(people)
    ]


def test_a_table_without_small_cells_is_shown_whole():
    cells = [[3, 4], [0, 8]]

    assert hidden_cells(cells, _answers(cells)) == frozenset()


def test_one_small_cell_takes_the_cheapest_exchange_with_it():
    cells = [[1, 5, 9], [8, 7, 6], [4, 3, 10]]

    assert hidden_cells(cells, _answers(cells)) == {(0, 0), (0, 1), (2, 0), (2, 1)}


def test_noughts_are_hidden_where_a_total_would_give_the_small_cell_back():
    """The totals are published, so that 「0は0と出す」 alone gave the two people away."""
    cells = [[2, 0], [0, 9]]

    assert hidden_cells(cells, _answers(cells)) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_small_cell_that_no_exchange_reaches_does_not_leave():
    assert hidden_cells([[2], [9]], _answers([[2], [9]])) is None
    assert hidden_cells([[2, 7]], _answers([[2, 7]])) is None


def test_people_of_two_events_do_not_exchange():
    """The totals of each event stand in a paper of its own."""
    first, second = [[2, 0], [0, 0]], [[0, 0], [0, 9]]
    cells = [[2, 0], [0, 9]]

    assert hidden_cells(cells, [*_answers(first, part=0), *_answers(second, part=1)]) is None


def test_a_third_table_closes_the_loop_and_a_second_one_does_not():
    first, second = frozenset({"role", "happy"}), frozenset({"happy", "tools"})

    assert not closes_loop(second, [first])
    assert not closes_loop(first, [first, second])
    assert closes_loop(frozenset({"role", "tools"}), [first, second])
