"""A report that the contractor sends, and its numbers settled as a clerk settles them in the window."""

from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.submissions.reports.services.report_check import SettledFigure, receive_report, set_figures
from db.records.submissions.reports import ReportFigure
from db.rows import by_id
from db.store import Store
from tests.support.sample import NOW, acting

_TODAY = NOW.date()


def set_figure(store: Store, *, figure_id: int, by: str, now: datetime, **settled: str) -> ActionResult:
    """Say what the report says of one number (``theirs``) and what becomes of a difference."""
    figure = by_id(store.database, ReportFigure, figure_id)
    assert figure is not None
    one = SettledFigure(figure_id=figure_id, **settled)
    return set_figures(ActionContext(store, by, now), report_id=figure.report_id, settled=(one,))


def report_comes(
    store: Store,
    event_id: int,
    data: bytes = b"%PDF-1.4 report",
    *,
    name: str = "報告書.pdf",
    pages: int = 4,
    on: date = _TODAY,
) -> int:
    """Receive a report by mail, and return its id."""
    given = {"data": data, "name": name, "pages": pages, "received_on": on, "received_how": "メール"}
    return receive_report(acting(store), event_id=event_id, **given).id
