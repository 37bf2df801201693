"""What was erased for good: which cells of which lives, and what stands in their images since."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from db.frozen_record import frozen_record


@frozen_record
class ErasedRow:
    """The erased cells of one life: a row from the step in which it came to be to the step in which it went.

    ``born`` is the number of its first step and ``link`` that step's chain value, by which it is known again beyond a
    gap; ``cells`` maps each column to its stand-in.
    """

    table: str
    row_id: int
    born: int
    link: str
    cells: dict[str, str] = field(default_factory=dict)


@frozen_record
class ErasedImage:
    """A step below the erasing whose payload was written anew, and the keyed hash of what stands there since."""

    seq: int
    hash: str


@frozen_record
class ErasedFile:
    """A kept file whose day came: hidden from everybody since its mark, ``gone`` = erased for good.

    ``keyed_hash`` is its name; ``disposal_id`` the press that marked it. The same content received again takes this
    row away.
    """

    id: int = 0
    keyed_hash: str
    since: date
    gone: bool = False
    disposal_id: int | None = None


@frozen_record
class Erasing:
    """One erasing, never undone. ``token`` (32 hex signs) names it wherever it is carried out again.

    ``lives`` hold no old value, only stand-ins; ``files`` are the names of kept files that went with them.
    """

    id: int = 0
    token: str
    at: datetime
    lives: tuple[ErasedRow, ...] = ()
    files: tuple[str, ...] = ()
    images: tuple[ErasedImage, ...] = ()
