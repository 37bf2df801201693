"""Rows, notes, numbers and settings of the ledgers (管理簿), and check lists (確認票)."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Literal

from db.frozen_record import frozen_record

NoteKind = Literal["訂正", "取消", "照会", "理由", "点検"]
"""The kind of a note (a correction, a mistaken row, a question to the contractor, a reason, a check)."""


@frozen_record
class LedgerRow:
    """One row typed by hand or read from a form; never changed or deleted, corrections are ``LedgerNote`` rows.

    ``cells`` are its values by column, as text. ``number`` is given once. ``received_on`` is the day on which
    its form was received, None = typed by hand. ``withdrawn`` says that its entry was taken back.
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
    """A later note on a row, or on the whole ledger; never deleted.

    Attributes:
        row_key: the row, typed or from another table (「typed:12」「takeouts:5」); "" is the ledger itself (点検).
        part: the number of a 訂正 within its row: 8-1, 8-2.
        about: the column of a 訂正, the rule of a 要確認.
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
    """The number given once to a row of another table; ``cells`` are what the row said then."""

    id: int = 0
    programme_id: int
    ledger: str
    source_key: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    at: datetime


@frozen_record
class LedgerSetting:
    """How the ward checks one ledger.

    ``every`` is a word (「毎月」, "" = no check), ``begins`` the first day, ``basis`` the ward's own rule.
    """

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

    ``list`` says which, ``number`` and ``revision`` name it (S-01 第2版). ``head`` is what it is about, by
    field; ``answers`` hold by item its ``word``, ``evidence``, ``risk``, ``measure``, ``due`` and ``who``.
    ``filled_on``, ``filled_by`` are those of the contractor, ``received_on``, ``checked_by`` the ward's,
    ``review_on`` when it is reviewed.
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
