"""The scope of a document: one event, a year up to a day, or one 団体."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypedDict

from app.actions.get_or_raise import get_or_raise
from app.programme.services import ProgrammeView, programme_of_event, read_programme, year_to_show
from db.record import record
from db.records.events import Event
from db.records.organisations import Organisation
from db.store import Store

About = Literal["実施回", "年度", "団体"]


@record
class DocumentScope:
    """Exactly one of an event, a year (令和8年度 = 2026) and a 団体.

    ``as_of`` is the last day that a document of the year counts, or the moment of the data; ``item`` the one row it is
    about (a 協議, a 打合せ, a step of the journal), whose table its kind knows.
    """

    event_id: int | None = None
    fiscal_year: int | None = None
    organisation_id: int | None = None
    as_of: date | None = None
    item: int | None = None

    @property
    def about(self) -> About:
        """Return what it is about: 団体, 年度 or 実施回."""
        if self.organisation_id is not None:
            return "団体"
        return "年度" if self.fiscal_year is not None else "実施回"


class ScopeKeys(TypedDict):
    """The foreign keys under which letters, edited texts and the log of a document are stored."""

    event_id: int | None
    programme_id: int | None
    organisation_id: int | None


def scope_of(event_id: int | None, scope: DocumentScope | None) -> DocumentScope:
    """Return ``scope``, or that of one event where only ``event_id`` is given."""
    return scope if scope is not None else DocumentScope(event_id=event_id)


def year_of(store: Store, scope: DocumentScope, *, on: date) -> ProgrammeView:
    """Return the settings for a document: of its event's year, of its year, or for a 団体 of the year shown on ``on``.

    Args:
        on: the 発信日, or today.
    Raises:
        UserError: the event is gone, or that year was not started here.
    """
    if scope.event_id is not None:
        return programme_of_event(store, get_or_raise(store.database, Event, scope.event_id), on=on)
    if scope.fiscal_year is not None:
        return read_programme(store, fiscal_year=scope.fiscal_year, on=on)
    return read_programme(store, programme_id=year_to_show(store, today=on).id, on=on)


def year_at(store: Store, scope: DocumentScope, now: datetime) -> ProgrammeView:
    """Return the settings for a document as of today, as ``year_of`` does."""
    return year_of(store, scope, on=now.date())


def keys_of(store: Store, scope: DocumentScope) -> ScopeKeys:
    """Return the foreign keys under which data of a document are stored.

    Raises:
        UserError: the year was not started here, or the 団体 is gone.
    """
    if scope.organisation_id is not None:
        get_or_raise(store.database, Organisation, scope.organisation_id)
    programme_id = None
    if scope.fiscal_year is not None:
        programme_id = read_programme(store, fiscal_year=scope.fiscal_year).programme.id
    return ScopeKeys(event_id=scope.event_id, programme_id=programme_id, organisation_id=scope.organisation_id)
