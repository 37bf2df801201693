"""Whom to reach beside the 団体: the contractor, the venue, the interpreters, the presenters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.subjects.calls.services.call_sheet import NOT_NEEDED, NOT_YET, REACHED, CallSheet
from app.subjects.events.services.event_file import EventFile
from db.records.calls import Call, CallTarget
from db.records.events import Event
from db.records.programme import Contractor
from db.records.roster import Arrangement
from db.records.venues import Venue
from db.store import Store
from db.tables import roster, venues

INTERPRETERS = ("手話通訳", "要約筆記")
NO_PRESENTER = "この回はなし"


@dataclass(frozen=True, kw_only=True)
class OtherContact:
    """One of ほかの連絡先: whom to reach, under which number, and how far that is.

    ``state`` 連絡済, 不在・再架電, 伝言, 対象外 or 未連絡; ``detail`` stands in the place of a number that is not known.
    """

    target: CallTarget
    whom: str
    title: str
    phone: str
    detail: str
    call: Call | None
    state: str

    @property
    def settled(self) -> bool:
        """Reached, or nobody to reach."""
        return self.state in (REACHED, NOT_NEEDED)


def other_contacts(store: Store, file: EventFile, contractor: Contractor, sheet: CallSheet) -> tuple[OtherContact, ...]:
    """Return whom to reach beside the 団体, with how far that is."""
    event = file.event
    places = venues.venues(store.database)
    helpers = [row for row in roster.arrangements(store.database, event.id) if row.kind in INTERPRETERS]
    named = "　".join(part for part in (contractor.name or "受託者", contractor.responsible) if part)
    rows = [
        _other("受託者", "", "受託者　業務責任者", contractor.phone, named),
        _other("会場", "", f"会場　{event.venue}".strip("　"), venue_phone(places, event), ""),
        *(_other("手話・要約筆記", _helper(row), f"{row.kind}の依頼先", row.phone, row.ordered_to) for row in _distinct(helpers)),
    ]  # fmt: skip
    if event.venue and not rows[1].phone:
        rows[1] = replace(rows[1], detail="電話番号は「会場・予約」に入力できます")
    if not event.venue:
        rows[1] = replace(rows[1], detail="会場は未定", state=NOT_NEEDED)
    if not helpers:
        rows.append(replace(_other("手話・要約筆記", "", "手話・要約筆記", "", NO_PRESENTER), state=NOT_NEEDED))
    presenters = has_presenters(file)
    rows.append(
        replace(_other("発表者", "", "事例発表者", "", "" if presenters else NO_PRESENTER),
                state=NOT_YET if presenters else NOT_NEEDED)
    )  # fmt: skip
    return tuple(_with_call(row, sheet.others) for row in rows)


def has_presenters(file: EventFile) -> bool:
    """Whether somebody of a 団体 presents an example at this event, by its subject and timetable (仕様書4(1)カ)."""
    return "事例" in file.event.subject or any("事例発表" in row.title + row.content for row in file.agenda)


def venue_phone(places: Sequence[Venue], event: Event) -> str:
    """The number of the event's venue; the one of its room goes first."""
    mine = [row for row in places if row.name == event.venue and row.phone]
    mine.sort(key=lambda row: (row.room != event.room, bool(row.room)))
    return mine[0].phone if mine else ""


def _distinct(rows: Sequence[Arrangement]) -> list[Arrangement]:
    """One contact for everything ordered from the same place."""
    return list({_helper(row): row for row in reversed(rows)}.values())[::-1]


def _helper(row: Arrangement) -> str:
    return "　".join(part for part in (row.kind, row.ordered_to, row.phone) if part)


def _other(target: CallTarget, whom: str, title: str, phone: str, detail: str) -> OtherContact:
    return OtherContact(target=target, whom=whom, title=title, phone=phone, detail=detail, call=None, state=NOT_YET)


def _with_call(row: OtherContact, calls: Sequence[Call]) -> OtherContact:
    call = next((one for one in reversed(calls) if (one.target, one.whom) == (row.target, row.whom)), None)
    return replace(row, call=call, state=call.outcome) if call is not None else row
