"""The summary of the year so far: a row for each kind, and of several their sum, divided only after it was summed."""

from datetime import date
from types import SimpleNamespace

from app.surveys.compare.documents import InterimFacts, InterimKind, _summary


def kind(name, *returned, **sums):
    return InterimKind(
        kind=name,
        name=name,
        events=tuple(SimpleNamespace(paper=paper, online=online) for paper, online in returned),
        charts=(),
        sums_by_role={role: SimpleNamespace(sum_count=count, base=base) for role, (count, base) in sums.items()},
        free_text_counts=(),
    )


def summary(*kinds):
    return _summary(
        InterimFacts(as_of=date(2026, 12, 1), kinds=kinds, unasked_kinds=(), events_without_answers=(), record_line="")
    )


LECTURES = kind("講習会", (10, 10), (20, 10), satisfaction=(40, 50), intent=(25, 50))
TALKS = kind("意見交換会", (12, 0), satisfaction=(12, 12))


def test_one_kind_stands_alone_and_several_have_a_sum():
    alone = summary(LECTURES)
    assert (alone.total_row, alone.bold_rows, len(alone.rows)) == (False, (), 1)
    both = summary(LECTURES, TALKS)
    assert (both.total_row, both.bold_rows) == (True, (2,))
    assert [len(row) for row in both.rows] == [len(both.columns)] * 3
    assert [row[:3] for row in both.rows] == [
        ("講習会", "2回", "50件"), ("意見交換会", "1回", "12件"), ("計", "3回", "62件"),
    ]  # fmt: skip
    assert [row[3:] for row in both.rows] == [
        ("40人　80.0％", "", "25人　50.0％"),
        ("12人　100.0％（参考）", "", ""),
        ("52人　83.9％", "", "25人　50.0％（ｎ＝50）"),
    ]
    nobody = summary(kind("講習会"), kind("意見交換会"))
    assert [row[3:] for row in nobody.rows] == [("", "", "")] * 3
