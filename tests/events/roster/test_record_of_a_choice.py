"""参加者決定の記録 on paper: short numbers that tell everybody apart, days with their year, and no line over."""

import re
from datetime import datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import Table
from app.documents.services import documents
from app.events.roster.documents import SelectionResultLine, _table, distinguishing_digits
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import selection_documents, selections
from db.records.roster import Selection, SelectionLine
from tests.support.entries import put_entry, put_organisation
from tests.support.paper_words import pages_of
from tests.support.years import BY, add_lecture, started_year

NOW = datetime(2026, 9, 10, 9, 12)
PAGE_WIDTH = 165


@pytest.fixture
def content(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store)
    for number in range(13):
        club = put_organisation(store, f"みほん{number}丁目町会")
        for second in range(2):
            put_entry(store, event, f"みほん {2 * number + second}号", organisation_id=club)
    terms = SelectionTerms(method="抽選", capacity=20, seed="20260910", organisations_first=True, organisation_limit=1)
    selections.save_selection(ActionContext(store, BY, NOW), event_id=event, terms=terms)
    return documents.build_document(store, event_id=event, kind=selection_documents.RECORD, now=NOW)


def test_the_lines_are_counted_the_days_have_their_year_and_the_numbers_are_short(content):
    table = next(block for block in content.blocks if isinstance(block, Table) and block.name == "結果")
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, 27)]
    titles = [column.title for column in table.columns]
    drawn = [row[titles.index("抽選の数")] for row in table.rows]
    assert all(re.fullmatch(r"[0-9a-f]{4,6}(\n団体\d+ [0-9a-f]{4,6})?", words) for words in drawn)
    assert len(set(drawn)) == 26
    assert all(row[titles.index("申込日時")].startswith("R8.") for row in table.rows)


def test_twenty_six_lines_stand_on_two_pages(content):
    pages = pages_of(content)
    assert len(pages) == 2
    assert "もう一度確かめる方法" in pages[1]


def test_numbers_that_begin_alike_are_printed_longer():
    def chosen(*draws: str) -> Selection:
        lines = tuple(
            SelectionLine(entry_id=number, order=number, draw=draw, result="決定") for number, draw in enumerate(draws)
        )
        return Selection(event_id=1, method="抽選", capacity=20, made_at=NOW, by=BY, lines=lines)

    assert distinguishing_digits(chosen("0123456789abcdef", "1123456789abcdef")) == 4
    assert distinguishing_digits(chosen("0123456789abcdef", "0123456f89abcdef")) == 8


@pytest.mark.parametrize("method", ["抽選", "先着順"])
def test_the_table_of_a_choice_is_as_wide_as_the_page(method):
    line = SelectionLine(entry_id=1, order=1, draw="0123456789abcdef", result="決定")
    chosen = Selection(event_id=1, method=method, capacity=20, made_at=NOW, by=BY, lines=(line,))
    assert sum(column.width for column in _table(chosen, []).columns) == PAGE_WIDTH


@pytest.mark.parametrize(("method", "drawn"), [("抽選", True), ("先着順", False)])
def test_who_is_chosen_stands_out_in_the_table_and_each_line_has_its_reason_last(method, drawn):
    results = ("決定", "補欠1", "決定", "落選")
    lines = tuple(
        SelectionLine(entry_id=40 + n, order=n + 1, draw=f"{n}123456789abcdef", result=result, why=f"理由{n}")
        for n, result in enumerate(results)
    )
    chosen = Selection(event_id=1, method=method, capacity=20, made_at=NOW, by=BY, lines=lines)
    table = _table(chosen, [SelectionResultLine(line=one, organisation="みほん町会", name="見本") for one in lines])
    assert table.bold_rows == (0, 2)
    assert {len(row) for row in table.rows} == {len(table.columns)} == {8 if drawn else 7}
    assert ("抽選の数" in [column.title for column in table.columns]) == drawn
    assert [(row[0], row[1], row[2], row[-1]) for row in table.rows] == [
        (str(n + 1), str(40 + n), result, f"理由{n}") for n, result in enumerate(results)
    ]
