"""The kinds of event of 令和8年度, for what tests make by hand."""

from app.programme.intake import preset
from db.records.event_form import EventForm


def form_of(kind: str) -> EventForm:
    """Return how events of a kind of 令和8年度 work."""
    return next(one.form for one in preset().kinds if one.kind == kind)
