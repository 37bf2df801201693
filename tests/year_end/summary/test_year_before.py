"""A number of the year before up to the same day, and the scale of a chart."""

from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.surveys.questions.rules import REFERENCE_BASE
from app.year_end.summary.documents import satisfaction_chart
from app.year_end.summary.rules import EVENTS
from app.year_end.summary.services.year_summary import _from_records, _year_before, earlier_figure


@pytest.mark.parametrize(
    ("today", "same", "number", "until"),
    [
        (date(2026, 10, 7), True, 2, date(2025, 10, 7)), (date(2026, 10, 6), True, 1, date(2025, 10, 6)),
        (date(2026, 10, 7), False, 4, None), (date(2027, 3, 31), True, 3, date(2026, 3, 31)),
        (date(2027, 4, 1), True, 4, None),
    ],
)  # fmt: skip
def test_events_are_counted_to_the_same_day_while_the_year_runs(monkeypatch, today, same, number, until):
    days = [date(2025, 9, 1), date(2025, 10, 7), date(2026, 3, 31), None]
    events = [*(Facts(kind="講習会", event_date=day) for day in days), Facts(kind="派遣", event_date=days[0])]
    earlier = Facts(events=events, programme=Facts(fiscal_year=2025))
    context = Facts(today=today, programme=Facts(fiscal_year=2026), typed_figures=[], earlier=earlier)
    context.count_earlier_events = lambda found: Facts(events=len(found))
    monkeypatch.setattr("app.year_end.summary.services.year_summary.count_of", lambda counted, _item: counted.events)
    found = _from_records(context, "講習会", EVENTS, same_period=same)
    assert earlier_figure(context, "講習会", EVENTS, same_period=same) == found
    assert (found.number, found.day, found.source) == (number, until, "令和7年度の記録")
    assert [_year_before(day) for day in (date(2028, 2, 29), date(2028, 2, 28))] == [date(2027, 2, 28)] * 2


@pytest.mark.parametrize(("least", "ticks"), [("50.0", (50, 75, 100)), ("49.9", (0, 25, 50, 75, 100))])
def test_the_scale_begins_at_half_unless_a_value_lies_below(least, ticks):
    def event(value, base):
        tally = Facts(base=base, sum_percent=value)
        return Facts(event=Facts(event_date=date(2026, 10, 7)), satisfaction=tally)

    given = [
        event("90.0", REFERENCE_BASE),
        event(least, REFERENCE_BASE - 1),
        event("0.0", 0),
        Facts(event=None, satisfaction=None),
    ]
    chart = satisfaction_chart(Facts(satisfaction=Facts(events=given)))
    assert (chart.ticks, len(chart.marks)) == (ticks, 2)
    marks = [(one.value, one.below, one.reference_only) for one in chart.marks]
    assert marks == [(90.0, "n＝30", False), (float(least), "n＝29", True)]
