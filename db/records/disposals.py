"""Personal data marked for erasing, and what is kept beyond its day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from db.frozen_record import frozen_record

NameCertainty = Literal["", "shared", "surname", "another"]
"""Whom a found text names (the full name of nobody else, a shared name, a surname alone, another person)."""


@frozen_record
class DisposalItem:
    """One row to be erased; ``born`` is the first journal entry of a deleted one, 0 = the row exists.

    With a ``column`` it is a text in which a name still occurred when the rest was erased, by entry
    ``since``: it stays until somebody rewords it. ``sort`` says how sure it is whom the text names.
    """

    table: str
    row_id: int
    born: int = 0
    column: str = ""
    since: int = 0
    sort: NameCertainty = ""


@frozen_record
class Disposal:
    """One kind of personal data in one disposal, with amount, reason, day and result; it names nobody.

    Attributes:
        number: counts within ``fiscal_year``; the kinds of one disposal share it.
        items: the rows that were hidden.
        erased_at: None = it waits for the first opening on a later day.
        stayed: rows used since, which stay.
        removed_before: rows deleted by hand earlier that were still in the history.
        left_over: values still found afterwards.
        elsewhere: other records that hold one of the same values.
        people_before, people_after: all who attended, counted before and after.
        searched: how many names and numbers were searched for in what stays; None = erased by a program that
            left some columns out.
        confirmed_at: when somebody confirmed the date of the PC, whose clock had leapt since the mark.
    """

    id: int = 0
    fiscal_year: int
    number: int
    kind: str
    what: str
    places: str = ""
    count: int
    unit: str
    why: str
    due_on: date
    items: tuple[DisposalItem, ...] = ()
    marked_at: datetime
    by: str
    witness: str = ""
    erased_at: datetime | None = None
    erased: int = 0
    stayed: int = 0
    removed_before: int = 0
    left_over: int = 0
    elsewhere: int = 0
    people_before: int = 0
    people_after: int = 0
    searched: int | None = None
    confirmed_at: datetime | None = None


@frozen_record
class DisposalHold:
    """One kind that is kept beyond its day until another day, with the reason; the newest row counts."""

    id: int = 0
    kind: str
    reason: str
    until: date
    by: str
    at: datetime
