"""The days of the one call for visits, and where a question after a visit is seen again."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.events.dispatches.services import dispatch_documents, support
from db.records.dispatches import DispatchFollowUp
from db.records.event_status import EventStatus

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("state", "next_on", "said"),
    [
        ("完了", None, ""),
        ("完了", TODAY, ""),
        ("対応中", None, "つぎの日が空のため、ホームには出ません。"),
        ("対応中", date(2026, 12, 8), "つぎの日の12/8(火)を期限に、ホームに出ます。"),
    ],
)
def test_an_open_question_says_on_which_day_it_is_seen_again(state, next_on, said):
    question = DispatchFollowUp(event_id=1, asked_on=TODAY, state=state, next_on=next_on)
    assert support._reminder_text(question, TODAY) == said


@pytest.mark.parametrize(
    ("known", "days", "window", "closes"),
    [
        (date(2026, 7, 3), (date(2026, 12, 16),), date(2026, 10, 1), date(2026, 7, 3)),
        (None, (date(2027, 1, 20), date(2026, 12, 16)), date(2026, 10, 1), date(2026, 10, 28)),
        (None, (date(2026, 12, 16),), None, date(2026, 10, 28)),
        (None, (), date(2026, 10, 1), date(2026, 7, 31)),
        (None, (), None, date(2026, 7, 3)),
    ],
)
def test_requests_close_by_the_first_visit_or_by_the_period_while_none_has_a_day(
    monkeypatch, office_calendar, known, days, window, closes
):
    visits = [SimpleNamespace(status=EventStatus.PLANNED, event_date=day) for day in (*days, None)]
    visits.append(SimpleNamespace(status=EventStatus.CANCELLED, event_date=date(2026, 6, 1)))
    monkeypatch.setattr(dispatch_documents, "request_forms_close_on", lambda *_a, **_k: known)
    monkeypatch.setattr(dispatch_documents, "rows", lambda *_a, **_k: visits)
    view = SimpleNamespace(
        programme=SimpleNamespace(id=1, fiscal_year=2026),
        calendar=office_calendar,
    )
    kind = SimpleNamespace(window_start=window, programme_id=1, kind="派遣")
    assert dispatch_documents._closing_day(SimpleNamespace(database=None), view, kind, TODAY) == closes
