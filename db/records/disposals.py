"""What was marked as due for erasing, and what was kept all the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from db.frozen_record import frozen_record

NameCertainty = Literal["", "shared", "surname", "another"]
"""How sure it is whom a noted text names: the whole name of nobody else; a name that somebody else bears, too; a
surname alone; another person, as somebody judged."""


@frozen_record
class DisposalItem:
    """One row that is to be erased; ``born`` is the first step of one that was taken out, 0 = the row that is there.

    With a ``column`` it is a text in which a name still stood when the rest was erased, by the step ``since``: it stays
    until somebody words it anew. Its ``sort`` says how sure it is whom the text names.
    """

    table: str
    row_id: int
    born: int = 0
    column: str = ""
    since: int = 0
    sort: NameCertainty = ""


@frozen_record
class Disposal:
    """One kind of personal data in one press: what, how many, why and until when, and what came of it. It names nobody.

    ``number`` runs on within ``fiscal_year``; the kinds of one press bear the same. ``items`` are the rows that were
    hidden. ``erased_at`` None = it waits for the first opening of a later day. ``stayed`` were used since and stay;
    ``removed_before`` had been taken out by hand earlier and lived on in the history; ``left_over`` values were still
    found afterwards; ``elsewhere`` counts other records that hold one of the same values. ``people_before`` and
    ``people_after``: all who attended, counted before and after. ``searched`` names and numbers were looked for in what
    stays; None = erased by a program that left some columns out. ``confirmed_at``: when somebody confirmed the day of
    the PC, whose clock had leapt since the mark.
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
    """One kind that is kept beyond its day, with the reason, until a day; the newest of a kind counts."""

    id: int = 0
    kind: str
    reason: str
    until: date
    by: str
    at: datetime
