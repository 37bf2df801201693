"""The shape of a list of applications as read: rows, what they mean, what is doubtful, and who may be one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.foreign_files.foreign_shape import Finding


@dataclass(frozen=True, kw_only=True)
class ApplicationRow:
    """One application as received: ``row`` counts data rows from 1, ``place`` is its line or sheet row.

    ``values`` hold each field's cell as typed (outer blanks taken off); the other attributes are what it means.
    ``raw`` is the canonical text of the row for a keyed hash. ``phone`` and ``contact_phone`` are digits (empty
    when unreadable), ``people`` None when it is no single number or not asked, ``dates`` the wished days 1 to 3.
    ``date_only`` says that the day of ``received_at`` came without a time. ``device`` is 持参, 貸与 or empty (as typed
    in ``values``). ``broken`` rows have cells that cannot be trusted; they are shown and never taken over.
    """

    row: int
    place: int
    raw: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    received_at: datetime | None = None
    date_only: bool = False
    receipt_number: str = ""
    way: str = ""
    organisation: str = ""
    branch: str = ""
    name: str = ""
    furigana: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    people: int | None = None
    names: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    dates: tuple[date | None, date | None, date | None] = (None, None, None)
    contact_name: str = ""
    contact_furigana: str = ""
    contact_phone: str = ""
    same_as_applicant: bool = False
    device: str = ""
    care: str = ""
    photo: str = ""
    note: str = ""
    withdrawn: bool = False
    test: bool = False
    broken: bool = False
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApplicationDuplicate:
    """Rows that may be (or look like, but are not) one person; ``keep`` is the row that would stay, if any.

    ``kind``: same_person_width, double_submit, or same_name_different_person (never to be merged).
    """

    rows: tuple[int, ...]
    kind: str
    reason: str
    keep: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationTable:
    """All rows of a file with the columns used; ``problems`` and ``notices`` are those of all rows and of the file."""

    rows: tuple[ApplicationRow, ...]
    columns: Mapping[int, str]
    dropped: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    duplicates: tuple[ApplicationDuplicate, ...] = ()
    lost_characters: int = 0
