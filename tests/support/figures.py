"""One number of a received report, settled as a clerk settles it in the window."""

from datetime import datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.submissions.reports.services.report_check import SettledFigure, set_figures
from db.records.submissions.reports import ReportFigure
from db.rows import by_id
from db.store import Store


def set_figure(store: Store, *, figure_id: int, by: str, now: datetime, **settled: str) -> ActionResult:
    """Say what the report says of one number (``theirs``) and what becomes of a difference."""
    figure = by_id(store.database, ReportFigure, figure_id)
    assert figure is not None
    one = SettledFigure(figure_id=figure_id, **settled)
    return set_figures(ActionContext(store, by, now), report_id=figure.report_id, settled=(one,))
