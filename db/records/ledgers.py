"""What the ledger engine keeps: typed rows, what was said about rows afterwards, numbers once given, and settings."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Literal

from db.frozen_record import frozen_record

NoteKind = Literal["訂正", "取消", "照会", "理由", "点検"]
"""A correction, a row written by mistake, a question to the contractor, an answer by a reason, a check of
the ledger."""


@frozen_record
class LedgerRow:
    """One row typed by hand or read from a form; never changed and never deleted, what is wrong about it is said by a
    ``LedgerNote``.

    ``cells`` are its values by column, as text. ``number`` is given once. ``received_on`` is the day on which the form
    came from which it was read, None = typed by hand. ``withdrawn`` says that its entering was taken back.
    """

    id: int = 0
    programme_id: int
    ledger: str
    number: int
    event_id: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    by: str
    at: datetime
    received_on: date | None = None
    withdrawn: bool = False


@frozen_record
class LedgerNote:
    """What was said about a row afterwards, or about the whole ledger; never deleted.

    Attributes:
        row_key: the row, typed or drawn (「typed:12」「takeouts:5」); "" is the ledger itself (点検).
        part: the number of a 訂正 within its row: 8-1, 8-2. about: the column of a 訂正, the rule of a 要確認.
        old, new: a corrected value before and after, as stored in cells.
        withdrawn: it was taken back.
    """

    id: int = 0
    programme_id: int
    ledger: str
    row_key: str
    what: NoteKind
    part: int = 0
    about: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    by: str
    at: datetime
    withdrawn: bool = False


@frozen_record
class LedgerNumber:
    """The number once given to a row that another table holds; ``cells`` are what the row said then."""

    id: int = 0
    programme_id: int
    ledger: str
    source_key: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    at: datetime


@frozen_record
class LedgerSetting:
    """How the ward checks one ledger: ``every`` a word (「毎月」, "" = no check), from ``begins`` on; ``basis`` its own
    rule."""

    id: int = 0
    programme_id: int
    ledger: str
    every: str = ""
    begins: date | None = None
    basis: str = ""
    keep_years: int = 5


@frozen_record
class CheckSheet:
    """One filled check list (確認票) in one version; a new version is a row of its own.

    ``list`` says which, ``number`` and ``revision`` name it (S-01 第2版). ``head`` is what it is about, by field;
    ``answers`` hold by item its ``word``, ``evidence``, ``risk``, ``measure``, ``due`` and ``who``. ``filled_on``,
    ``filled_by`` are those of the contractor, ``received_on``, ``checked_by`` the ward's, ``review_on`` when it is
    looked at again.
    """

    id: int = 0
    programme_id: int
    list: str
    number: int
    revision: int = 1
    head: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    filled_on: date | None = None
    filled_by: str = ""
    received_on: date | None = None
    checked_by: str = ""
    review_on: date | None = None
    by: str
    at: datetime
