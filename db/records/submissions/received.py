"""Documents received from the contractor, with file, receipt, 内容確認 point by point, and the result."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Final, Literal

from db.frozen_record import frozen_record

PointResult = Literal["○", "要確認", "なし"]
ReceivedStatus = Literal["区が確認中", "修正依頼", "確認済"]
SensitivePresence = Literal["", "なし", "あり"]
Encryption = Literal["", "暗号化", "平文"]

POINT_RESULTS: Final[tuple[PointResult, ...]] = ("○", "要確認", "なし")


@frozen_record
class PointCheck:
    """The result of one checked point; 要確認 = it is there but needs asking (a heading without text)."""

    result: PointResult
    page: str = ""
    note: str = ""


@frozen_record
class Receipt:
    """What is recorded when something is received."""

    received_on: date
    received_time: str = ""
    received_how: str = "メール"
    received_from: str = ""
    receipt_number: str = ""
    original_place: str = ""
    keep_years: int | None = None
    sensitive: SensitivePresence = ""
    encrypted: Encryption = ""
    note: str = ""


@frozen_record
class ReceivedPaper(Receipt):
    """One version of a received document, of exactly one event or year.

    Attributes:
        kind: the declared kind (実施報告書, 提案書 …).
        version: 1, 2 … within kind, event or year, and matter.
        matter: which one of its kind, where each is separate (変更届): 1, 2 …; 0 = there is one of its kind.
        file_id: the stored file, None = only paper came.
        file_name, sha256, pages: of the file as received; a mail gateway may have rewritten it, so the hash need
            not be the sender's.
        received_on, received_time: day and 「14:05」 ("" = not noted).
        received_how: メール, 持参, 郵送 …
        received_from: 差出人.
        receipt_number: 収受番号, from the ward's document system.
        original_place: where the original is; the stored file is a copy.
        keep_years: 保存年限, from the end of the fiscal year.
        sensitive: whether 重要情報 is in it ("" = unknown).
        encrypted: how it was sent, where that matters.
        points: the result of each declared point.
        status: whose turn it is.
        asked_on, asked_by, correction_due, correction_text: the newest 修正依頼.
        asked_to_tell: whether that still has to be notified; False also for requests older than this field.
        checked_on, checked_by: 確認済.
    """

    id: int = 0
    kind: str
    event_id: int | None = None
    programme_id: int | None = None
    version: int = 1
    matter: int = 0
    file_id: int | None = None
    file_name: str = ""
    sha256: str = ""
    pages: int | None = None
    received_how: str = ""
    points: dict[str, PointCheck] = field(default_factory=dict)
    status: ReceivedStatus = "区が確認中"
    asked_on: date | None = None
    asked_by: str = ""
    correction_due: date | None = None
    correction_text: str = ""
    asked_to_tell: bool = False
    checked_on: date | None = None
    checked_by: str = ""
