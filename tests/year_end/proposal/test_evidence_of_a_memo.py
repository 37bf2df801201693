"""A clause of the budget memo rests on evidence, and on none that is newer than the memo."""

from datetime import date, datetime

import pytest

from app.year_end.proposal.rules import evidence_problems
from db.records.year.proposal import BudgetMemo, Evidence, MemoClause

MADE = date(2026, 10, 1)
MEMO = BudgetMemo(programme_id=1, made_on=MADE, counted_to=MADE)


def evidence(number, day, at):
    return Evidence(
        id=number,
        programme_id=1,
        sort="気付き",
        source_kind="気付き",
        source_key="",
        said="",
        source=f"票{number}",
        day=day,
        by="",
        at=datetime(2026, 10, at, 9),
    )


KNOWN = (
    evidence(1, None, 1),
    evidence(2, None, 2),
    evidence(3, date(2026, 9, 30), 5),
    evidence(4, date(2026, 10, 2), 1),
    evidence(5, MADE, 5),
)
LATER = "「仕4」の根拠が、メモの作成日より後のものです（票{}）。"


@pytest.mark.parametrize(
    ("numbers", "state", "said"),
    [
        ((), "未定", ()),
        ((), "確定", ("「仕4」に根拠がありません。",)),
        ((99,), "確定", ("「仕4」に根拠がありません。",)),
        ((1,), "確定", ()),
        ((2,), "確定", (LATER.format(2),)),
        ((3, 5), "確定", ()),
        ((4, 3, 2), "未定", (LATER.format(4), LATER.format(2))),
    ],
)
def test_evidence_is_dated_by_its_own_day_else_by_when_it_was_collected(numbers, state, said):
    clause = MemoClause(programme_id=1, clause="仕4", evidence=numbers, state=state)
    assert evidence_problems(MEMO, [clause], KNOWN) == said
