"""When a deadline of the year is announced, from when an aim runs, and which warning asks for a reason."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.calendar.office_days import OfficeCalendar
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, EventWarning
from app.event.rules.target_dates import books_closing_date, year_target
from app.event.services import calendar_entries
from app.event.services.event_drafts import needs_reason
from app.event.services.tasks.year_task_kind import YEAR_KIND_OF
from app.programme.intake import preset
from db.records.events import Event

YEAR = preset()
KIND = replace(YEAR.kinds[0], clause_window="期間", clause_planned="回数", clause_people="人数", clause_venue="会場")


@pytest.mark.parametrize("task", [*YEAR_KIND_OF, "ほか"])
def test_what_ends_is_announced_long_before_and_all_else_some_days_before(monkeypatch, task):
    monkeypatch.setattr(calendar_entries, "_deadline_entry", lambda *_given, **named: named)
    kind = YEAR_KIND_OF.get(task)
    early = kind is not None and kind.is_announced_early
    year = Facts(view=Facts(programme=replace(YEAR.programme, id=3)))
    for is_open, provisional in ((True, ""), (False, "仮")):
        one = Facts(task=task, deadline=None, label="", owner_words="", is_open=is_open, provisional_words=provisional)
        entry = calendar_entries._of_year(one, year).entry
        assert entry["alarm_days"] == ((90, 60, 30, 7) if early else (7, 3, 0))
        assert (entry["is_done"], entry["is_provisional"]) == (not is_open, bool(provisional))


def test_an_aim_of_the_year_runs_from_its_first_day_to_an_open_one():
    last = date(2026, 10, 31)
    made = year_target("x", YEAR.programme, OfficeCalendar(), owner="区", clause="", rule="9月末", day=last)
    assert (made.start, made.effective_date, made.rule) == (date(2026, 4, 1), date(2026, 10, 30), "9月末")
    assert books_closing_date(YEAR.programme) == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("values", "ordinal", "asks"),
    [
        *(({"clause": clause, "needs": AGREEMENT}, 1, True) for clause in ("期間", "回数", "人数", "会場")),
        ({"clause": YEAR.programme.clause_term, "needs": CONTRACT_CHANGE}, 1, True),
        ({"clause": "期間"}, 1, False), ({"clause": "他", "needs": AGREEMENT}, 1, False),
        ({"is_about_year": True}, None, True), ({"is_about_year": True}, KIND.planned, False),
        ({"is_about_year": True}, KIND.planned + 1, True),
    ],
)  # fmt: skip
def test_a_reason_is_asked_for_what_the_specification_says(values, ordinal, asks):
    year = Facts(view=Facts(kind=lambda _kind: KIND, programme=YEAR.programme))
    year.for_event = lambda _event: year
    event = Event(kind=KIND.kind, form=KIND.form, subject="x", ordinal=ordinal)
    assert needs_reason(EventWarning("x", **values), event, year) is asks
