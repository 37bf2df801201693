"""Documents received from the contractor, with file, receipt, 内容確認 point by point, and the result."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    CheckedBy,
    CheckedOn,
    Checksum,
    DocumentKindName,
    FileName,
    Key,
    Note,
    OriginalPlace,
    PageCount,
    ReceiptNumber,
    ReceivedHow,
    Version,
)
from db.record import data_field, one_of, optional_field, record, text_field


class PointResult(StrEnum):
    """What a check of one point found."""

    FINE = "○"
    DOUBTFUL = "要確認"
    MISSING = "なし"

    is_fine = one_of(FINE)
    is_missing = one_of(MISSING)
    is_doubtful = one_of(DOUBTFUL)


class SensitivePresence(StrEnum):
    """Whether a document holds 重要情報."""

    UNKNOWN = ""
    ABSENT = "なし"
    PRESENT = "あり"

    is_present = one_of(PRESENT)


class Encryption(StrEnum):
    """How a document was sent."""

    UNKNOWN = ""
    ENCRYPTED = "暗号化"
    PLAIN = "平文"

    is_encrypted = one_of(ENCRYPTED)
    is_plain = one_of(PLAIN)


class ReceivedStatus(StrEnum):
    """How far the ward's check of a document has come."""

    IN_CHECK = "区が確認中"
    RETURNED = "修正依頼"
    CHECKED = "確認済"

    is_checked = one_of(CHECKED)
    is_returned = one_of(RETURNED)
    is_in_check = one_of(IN_CHECK)


@record
class PointCheck:
    """The result of one checked point; 要確認 = it is there but needs asking (a heading without text)."""

    result: PointResult = data_field("結果")
    page: str = data_field("ページ", default="")
    note: str = data_field("注記", default="")


@record
class Receipt:
    """What is recorded when a document is received: day, way, sender, 収受番号, place of the original, protection."""

    received_on: date = data_field("受領日")
    received_time: str = text_field("受領の時刻", "day")
    received_how: ReceivedHow = "メール"
    received_from: str = text_field("差出人", "staff")
    receipt_number: ReceiptNumber = ""
    original_place: OriginalPlace = ""
    keep_years: int | None = optional_field("保存年限（年）")
    sensitive: SensitivePresence = data_field("重要情報", default=SensitivePresence.UNKNOWN)
    encrypted: Encryption = data_field("送りかた", default=Encryption.UNKNOWN)
    note: Note = ""


@record
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

    id: Key = 0
    kind: DocumentKindName
    event_id: Key | None = None
    programme_id: Key | None = None
    version: Version = 1
    matter: int = data_field("何件目", default=0)
    file_id: Key | None = None
    file_name: FileName = ""
    sha256: Checksum = ""
    pages: PageCount = None
    received_how: ReceivedHow = ""
    points: dict[str, PointCheck] = data_field("内容確認", erasing="free", default_factory=dict)
    status: ReceivedStatus = data_field("状態", default=ReceivedStatus.IN_CHECK)
    asked_on: date | None = optional_field("修正を依頼した日")
    asked_by: str = text_field("依頼した人", "staff")
    correction_due: date | None = optional_field("修正の期限")
    correction_text: str = text_field("修正依頼の文", "free")
    asked_to_tell: bool = data_field("修正依頼を伝える", default=False)
    checked_on: CheckedOn = None
    checked_by: CheckedBy = ""
