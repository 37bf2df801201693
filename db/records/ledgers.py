"""Rows, notes, numbers and settings of the ledgers (管理簿), and check lists (確認票)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

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
    Version,
)
from db.record import data_field, one_of, optional_field, record, text_field


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
    number: int = data_field("番号", names_row=True)
    event_id: Key | None = None
    cells: dict[str, str] = data_field("記入", erasing="free", default_factory=dict)
    by: RecordedBy
    at: RecordedAt
    received_on: ReceivedOn = None
    withdrawn: bool = data_field("取下げ", default=False)


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
    what: NoteKind = data_field("種類", names_row=True)
    part: int = data_field("訂正の番号", default=0)
    about: str = text_field("欄", "free")
    old: str = text_field("元の値", "free")
    new: str = text_field("新しい値", "free")
    reason: Reason = ""
    by: RecordedBy
    at: RecordedAt
    withdrawn: bool = data_field("取下げ", default=False)


@record
class LedgerNumber:
    """The number given once to a row of another table; ``cells`` are what the row said then."""

    id: Key = 0
    programme_id: Key
    ledger: LedgerKey
    source_key: Origin
    number: Number
    cells: dict[str, str] = data_field("記入", erasing="free", default_factory=dict)
    at: RecordedAt


@record
class LedgerSetting:
    """How the ward checks one ledger.

    ``every`` is a word (「毎月」, "" = no check), ``begins`` the first day, ``basis`` the ward's own rule.
    """

    id: Key = 0
    programme_id: Key
    ledger: LedgerKey
    every: str = text_field("点検の間隔", "word")
    begins: date | None = optional_field("点検を始める日")
    basis: str = text_field("区の根拠", "free")
    keep_years: int = data_field("保存年限（年）", default=5)


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
    list: str = data_field("確認票の種類", erasing="word")
    number: int = data_field("番号", names_row=True)
    revision: Version = 1
    head: dict[str, str] = data_field("対象", erasing="word", default_factory=dict)
    answers: dict[str, dict[str, str]] = data_field("判定", erasing="free", default_factory=dict)
    filled_on: date | None = optional_field("確認票の日")
    filled_by: str = text_field("受託者の確認者", "staff")
    received_on: ReceivedOn = None
    checked_by: CheckedBy = ""
    review_on: date | None = optional_field("見直しの日")
    by: RecordedBy
    at: RecordedAt
