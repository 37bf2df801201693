"""Rows, notes, numbers and settings of the ledgers (管理簿), and check lists (確認票)."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Annotated

from db.fields import (
    CheckedBy,
    HiddenKey,
    Key,
    LedgerKey,
    Number,
    Origin,
    Reason,
    ReceivedOn,
    RecordedAt,
    RecordedBy,
    Spec,
    Version,
)
from db.record import one_of, record


class NoteKind(StrEnum):
    """The kind of a note (a correction, a mistaken row, a question to the contractor, a reason, a check)."""

    CORRECTION = "訂正"
    WITHDRAWAL = "取消"
    INQUIRY = "照会"
    REASON = "理由"
    CHECK = "点検"

    is_correction = one_of(CORRECTION)
    is_withdrawal = one_of(WITHDRAWAL)
    is_inquiry = one_of(INQUIRY)
    is_check = one_of(CHECK)
    is_answer = one_of(INQUIRY, REASON)
    """Whether the note answers a doubt."""


@record
class LedgerRow:
    """One row typed by hand or read from a form; never changed or deleted, corrections are ``LedgerNote`` rows.

    ``cells`` are its values by column, as text. ``number`` is given once. ``received_on`` is the day on which
    its form was received, None = typed by hand. ``withdrawn`` says that its entry was taken back.
    """

    id: Key = 0
    programme_id: Key
    ledger: LedgerKey
    number: Annotated[int, Spec("番号", names_row=True)]
    event_id: Key | None = None
    cells: Annotated[dict[str, str], Spec("記入", erasing="free")] = field(default_factory=dict)
    by: RecordedBy
    at: RecordedAt
    received_on: ReceivedOn = None
    withdrawn: Annotated[bool, Spec("取下げ")] = False


@record
class LedgerNote:
    """A later note on a row, or on the whole ledger; never deleted.

    Attributes:
        row_key: the row, typed or from another table (「typed:12」「takeouts:5」); "" is the ledger itself (点検).
        part: the number of a 訂正 within its row: 8-1, 8-2.
        about: the column of a 訂正, the rule of a 要確認.
        old, new: a corrected value before and after, as stored in cells.
        withdrawn: it was taken back.
    """

    id: Key = 0
    programme_id: Key
    ledger: LedgerKey
    row_key: HiddenKey
    what: Annotated[NoteKind, Spec("種類", names_row=True)]
    part: Annotated[int, Spec("訂正の番号")] = 0
    about: Annotated[str, Spec("欄", erasing="free")] = ""
    old: Annotated[str, Spec("元の値", erasing="free")] = ""
    new: Annotated[str, Spec("新しい値", erasing="free")] = ""
    reason: Reason = ""
    by: RecordedBy
    at: RecordedAt
    withdrawn: Annotated[bool, Spec("取下げ")] = False


@record
class LedgerNumber:
    """The number given once to a row of another table; ``cells`` are what the row said then."""

    id: Key = 0
    programme_id: Key
    ledger: LedgerKey
    source_key: Origin
    number: Number
    cells: Annotated[dict[str, str], Spec("記入", erasing="free")] = field(default_factory=dict)
    at: RecordedAt


@record
class LedgerSetting:
    """How the ward checks one ledger.

    ``every`` is a word (「毎月」, "" = no check), ``begins`` the first day, ``basis`` the ward's own rule.
    """

    id: Key = 0
    programme_id: Key
    ledger: LedgerKey
    every: Annotated[str, Spec("点検の間隔", erasing="word")] = ""
    begins: Annotated[date | None, Spec("点検を始める日")] = None
    basis: Annotated[str, Spec("区の根拠", erasing="free")] = ""
    keep_years: Annotated[int, Spec("保存年限（年）")] = 5


@record
class CheckSheet:
    """One filled check list (確認票) in one version; a new version is a row of its own.

    ``list`` says which, ``number`` and ``revision`` name it (S-01 第2版). ``head`` is what it is about, by
    field; ``answers`` hold by item its ``word``, ``evidence``, ``risk``, ``measure``, ``due`` and ``who``.
    ``filled_on``, ``filled_by`` are those of the contractor, ``received_on``, ``checked_by`` the ward's,
    ``review_on`` when it is reviewed.
    """

    id: Key = 0
    programme_id: Key
    list: Annotated[str, Spec("確認票の種類", erasing="word")]
    number: Annotated[int, Spec("番号", names_row=True)]
    revision: Version = 1
    head: Annotated[dict[str, str], Spec("対象", erasing="word")] = field(default_factory=dict)
    answers: Annotated[dict[str, dict[str, str]], Spec("判定", erasing="free")] = field(default_factory=dict)
    filled_on: Annotated[date | None, Spec("確認票の日")] = None
    filled_by: Annotated[str, Spec("受託者の確認者", erasing="staff")] = ""
    received_on: ReceivedOn = None
    checked_by: CheckedBy = ""
    review_on: Annotated[date | None, Spec("見直しの日")] = None
    by: RecordedBy
    at: RecordedAt
