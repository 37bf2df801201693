"""Records of erasings, with the cells of each row history and the images rewritten."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from db.frozen_record import frozen_record


@frozen_record
class ErasedRow:
    """The erased cells of one row history, from the insert of a row to its deletion.

    ``born`` is the number of its first journal entry and ``link`` that entry's chain value, which identifies
    it even beyond a gap; ``cells`` maps each column to its redaction.
    """

    table: str
    row_id: int
    born: int
    link: str
    cells: dict[str, str] = field(default_factory=dict)


@frozen_record
class ErasedImage:
    """A journal entry below the erasing whose payload was rewritten, with the keyed hash of the new one."""

    seq: int
    hash: str


@frozen_record
class ErasedFile:
    """A stored file due for erasing, hidden since its mark; ``gone`` = erased for good.

    ``keyed_hash`` is its name; ``disposal_id`` the disposal that marked it. This row is deleted when the same
    content is received again.
    """

    id: int = 0
    keyed_hash: str
    since: date
    gone: bool = False
    disposal_id: int | None = None


@frozen_record
class Erasing:
    """One erasing, never undone; ``token`` (32 hex digits) identifies it wherever it is repeated.

    ``lives`` are the row histories with redactions and no old value; ``files`` are the names of stored files
    erased with them.
    """

    id: int = 0
    token: str
    at: datetime
    lives: tuple[ErasedRow, ...] = ()
    files: tuple[str, ...] = ()
    images: tuple[ErasedImage, ...] = ()
