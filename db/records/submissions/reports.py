"""実施報告書, made in the program or received, with compared numbers and pictures."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    CheckedBy,
    CheckedOn,
    Checksum,
    FileName,
    Item,
    Key,
    NamingVersion,
    Note,
    Origin,
    OriginalPlace,
    PageCount,
    Position,
    Reason,
    ReceiptNumber,
    ReceivedHow,
    ReceivedOn,
    RecordedBy,
)
from db.record import data_field, one_of, optional_field, record, text_field
from db.records.programme import Side


class ReportOrigin(StrEnum):
    """Whether a 実施報告書 was made here or received."""

    MADE = "作成"
    RECEIVED = "受領"

    is_received = one_of(RECEIVED)


class ReportStatus(StrEnum):
    """How far a 実施報告書 has come."""

    DRAFT = "作成中"
    RECEIVED = "受領"
    IN_CHECK = "区が確認中"
    RETURNED = "修正依頼"
    CHECKED = "確認済"

    is_draft = one_of(DRAFT)
    is_checked = one_of(CHECKED)
    is_returned = one_of(RETURNED)
    is_in_check = one_of(IN_CHECK)


@record
class Report:
    """One version of an event's report, made in the program or derived from its received document.

    ``body`` holds typed text by section key ("所感", "要点", "質疑" …); ``tables`` holds typed rows by section
    key (each row a tuple of cells).
    """

    id: Key = 0
    event_id: Key
    way: ReportOrigin = data_field("作成・受領")
    version: NamingVersion
    author: Side = data_field("作成者", default=Side.CONTRACTOR)
    status: ReportStatus = data_field("状態", default=ReportStatus.DRAFT)
    body: dict[str, str] = data_field("本文", erasing="free", default_factory=dict)
    tables: dict[str, tuple[tuple[str, ...], ...]] = data_field("表", erasing="free", default_factory=dict)
    contractor_confirmed_on: date | None = optional_field("受託者の確認日")
    file_id: Key | None = None
    file_name: FileName = ""
    sha256: Checksum = ""
    pages: PageCount = None
    received_on: ReceivedOn = None
    received_how: ReceivedHow = ""
    receipt_number: ReceiptNumber = ""
    original_place: OriginalPlace = ""
    points: dict[str, bool] = data_field("条文の項目", erasing="free", default_factory=dict)
    checked_on: CheckedOn = None
    checked_by: CheckedBy = ""
    note: Note = ""


@record
class ReportFigure:
    """One number of a received report beside the ward's (数字の突合); ``report_id`` is its received document.

    ``handling`` is "" (open), 修正を依頼, 区の記録を訂正 or 差のまま（理由）.
    """

    id: Key = 0
    report_id: Key
    position: Position
    item: Item
    theirs: str = text_field("受託者の数字", "word")
    ours: str = text_field("区の数字", "word")
    source: Origin = ""
    page: str = text_field("ページ", "word")
    handling: str = text_field("取扱い", "word")
    reason: Reason = ""


@record
class ReportPhoto:
    """One picture of a report; ``file_id`` is the picture as printed, without metadata.

    ``taken_at`` 「14:12」, ``scene`` what happens, ``seen`` who is in it, ``consent`` how they agreed,
    ``permitted`` for what it may be used, ``treated`` what was removed from it before.
    """

    id: Key = 0
    report_id: Key
    position: Position
    file_id: Key
    taken_at: str = text_field("撮影の時刻", "day")
    scene: str = text_field("場面", "word")
    seen: str = text_field("写っている人", "word")
    consent: str = text_field("了解の取り方", "free")
    permitted: str = text_field("使ってよい範囲", "word")
    treated: str = text_field("加工・確認", "word")


@record
class AcceptedDifference:
    """Why a number that differs between two places was accepted, with both numbers of that time.

    ``place`` is the document or report with the other number, empty where numbers of one side contradict each other.
    """

    id: Key = 0
    event_id: Key
    number: str = data_field("数字", names_row=True, erasing="word")
    place: str = text_field("紙・報告書", "word")
    ours: str = text_field("区の数字", "word")
    theirs: str = text_field("紙・報告書の数字", "word")
    reason: Reason
    by: RecordedBy
    kept_on: date = data_field("残した日")
