"""参加者決定の記録 on paper: short numbers that tell everybody apart, days with their year, and no line over."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import RosterLine, Table
from app.documents.event_facts import PeopleFacts
from app.documents.services import documents
from app.event.services.event_facts import planned_facts
from app.events.roster.documents import (
    ManualChange,
    SelectionResultLine,
    _application_time_text,
    _table,
    distinguishing_digits,
    not_applied_list,
    roster_sheet,
    selection_record,
)
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import selection_documents, selections
from app.programme.intake import preset
from db.records.events import Event
from db.records.roster import Selection, SelectionLine
from tests.support.entries import put_entry, put_organisation
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.paper_words import pages_of
from tests.support.years import BY, add_lecture, plain_context, started_year

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


KIND = preset().kinds[0]
EVENT = planned_facts(
    Event(
        id=1,
        kind=KIND.kind,
        form=KIND.form,
        subject="LINE",
        ordinal=2,
        event_date=date(2026, 9, 24),
        venue="区民館",
        start_time="14:00",
        end_time="16:00",
    ),
    KIND,
)


def test_the_record_says_every_rule_that_was_applied_and_how_to_repeat_it():
    lines = (
        SelectionLine(
            entry_id=41, order=1, draw="0123456789abcdef", result="決定", why="抽選の順", organisation="団体7",
            organisation_draw="1123456789abcdef", applied_at=datetime(2026, 9, 1, 9, 5, 7),
        ),
        SelectionLine(entry_id=42, order=2, draw="2123456789abcdef", result="補欠1", why="定員", organisation="例会"),
        SelectionLine(entry_id=43, order=3, result="落選", why="定員"),
    )  # fmt: skip
    given = {
        "event_id": 1, "method": "抽選", "seed": "20260910", "capacity": 1, "organisation_limit": 1,
        "organisations_first": True, "not_chosen_first": True, "reason": "立会い　見本", "lines": lines,
        "made_at": NOW, "by": BY,
    }  # fmt: skip
    whole = Selection(**given)
    named = [SelectionResultLine(line=one, organisation="みほん会", name="見本") for one in lines]

    def said(selection, changes=(), earlier=0):
        given = {"version": earlier + 1, "by_hand": False, "manual_changes": changes}
        return lines_of(selection_record(plain_context(), EVENT, selection, named, **given))

    changed = ManualChange(selection=replace(whole, reason="辞退"), result_line=named[1])
    first = said(whole, [changed], 2)
    assert_paper(first, "抽選")
    plain = replace(
        whole,
        method="先着順",
        seed="",
        reason="",
        organisation_limit=None,
        organisations_first=False,
        not_chosen_first=False,
    )
    assert_paper(said(plain), "先着順")
    assert_paper(said(replace(plain, method="区の調整")), "区の調整")
    for results, words in {
        ("決定",): ("まで決定とした。", "理由は上のとおり。"),
        ("決定", "補欠1"): ("そのあとを補欠とした。", "申込日時の早い順に補欠とした。"),
        ("決定", "落選"): ("そのあとを落選とした。", "ほかの方は、落選とした。"),
    }.items():
        ended = tuple(replace(lines[0], result=one) for one in results)
        for method, end in zip(("先着順", "区の調整"), words, strict=True):
            steps = said(replace(plain, method=method, lines=ended))
            assert steps[steps.index("■1　順番の決め方") + 1].endswith(end)
    times = [None, datetime(2026, 9, 1, 9, 5), datetime(2026, 9, 1, 9, 5, 7)]
    assert [_application_time_text(one) for one in times] == ["なし", "R8.9.1 9:05", "R8.9.1 9:05:07"]


def test_the_check_in_list_has_its_sums_and_the_list_to_ask_its_branches():
    people = PeopleFacts(expected=5, expected_organisations=2, lent_devices=1, unknown_devices=2, care_count=1)
    lines = [
        RosterLine(number="1", organisation="甲"),
        RosterLine(number="2", organisation="乙", name="見本", walk_in=True),
    ]
    visit = replace(EVENT, year_kind=preset().kinds[1], event_date=None)
    held = roster_sheet(plain_context(), replace(EVENT, people=people), lines).blocks
    assert_paper([held[0].lead, held[1].totals], "受付名簿")
    for side, lender in (("区", "（区が準備）"), ("", "（用意する側は協議中）")):
        made = roster_sheet(plain_context(), replace(visit, people=people, tablet_side=side), lines[1:])
        assert (made.blocks[0].lead, lender in made.blocks[1].totals) == ("区民館", True)
    empty = roster_sheet(plain_context(), replace(EVENT, people=PeopleFacts(expected=1)), ())
    assert (empty.blocks[1].totals, empty.blocks[1].branch) == ("予定　1人（0団体）", "支部")
    given = {"coming": 8, "minimum": 10, "applied": 3}
    branches = [("第1支部", ("甲", "乙")), ("第2支部", ("丙",))]
    asked = not_applied_list(plain_context(), EVENT, branches, closing_day=date(2026, 9, 10), unwilling=1, **given)
    assert_paper(lines_of(asked), "追加募集")
    plain = not_applied_list(plain_context(), EVENT, branches, closing_day=None, unwilling=0, **given)
    assert_paper(lines_of(plain), "追加募集 締切なし")
