"""What a paper is about: one event, or a year up to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.programme import read_programme
from app.services.programme_view import ProgrammeView
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class PaperScope:
    """Exactly one of an event and a year (令和8年度 = 2026); ``as_of`` is the last day that a paper of the year counts."""

    event_id: int | None = None
    fiscal_year: int | None = None
    as_of: date | None = None


def scope_of(event_id: int | None, scope: PaperScope | None) -> PaperScope:
    """Return ``scope``, or that of one event for those who know nothing else."""
    return scope if scope is not None else PaperScope(event_id=event_id)


def year_of(store: Store, scope: PaperScope, *, on: date | None = None) -> ProgrammeView:
    """Return the settings of the year that a paper is about, as they hold on a day.

    Raises:
        Refusal: that year was not started here.
    """
    return read_programme(store, fiscal_year=scope.fiscal_year, on=on)


def programme_id_of(store: Store, scope: PaperScope) -> int | None:
    """Return the year that the log names for a paper; None for one of an event, which knows its year."""
    return year_of(store, scope).programme.id if scope.fiscal_year is not None else None
