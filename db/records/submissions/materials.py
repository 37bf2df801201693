"""Handouts with their received versions, findings and results (仕様書4(1)キ, (2)キ, (3)キ)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    Checksum,
    Day,
    FileName,
    Key,
    Memo,
    NamingVersion,
    PageCount,
    Position,
    ReceivedHow,
    Title,
)
from db.record import data_field, one_of, optional_field, record, text_field


class MaterialResult(StrEnum):
    """What the check of a handout found."""

    CHECKED = "確認済"
    USABLE_ONCE_MENDED = "修正後使用可"
    RESUBMISSION = "再提出"

    is_checked = one_of(CHECKED)
    is_resubmission = one_of(RESUBMISSION)


class UsageRight(StrEnum):
    """A right that a handout has to be asked about."""

    PERMISSION = "許諾"
    GENERATED = "生成AI"
    REUSE = "次年度再利用"

    is_reuse = one_of(REUSE)


class FindingDuty(StrEnum):
    """Whether a finding has to be mended."""

    REQUIRED = "必須"
    REQUEST = "お願い"

    is_required = one_of(REQUIRED)


@record
class RightAnswer:
    """The answer on one usage right of a handout; ``reason`` is the condition or why it is used, "" = none."""

    state: str = data_field("状態")
    reason: str = data_field("理由", default="")
    on: Day
    by: str = data_field("行った人")


@record
class Material:
    """One handout of an event; ``rights`` holds the answers by ``UsageRight``, ``added_on`` None = unknown."""

    id: Key = 0
    event_id: Key
    position: Position
    title: Title
    note: Memo = ""
    rights: dict[str, RightAnswer] = data_field("権利", erasing="word", default_factory=dict)
    added_on: date | None = optional_field("加えた日")


@record
class MaterialVersion:
    """One version as received; ``locked`` once 確認済, ``file_id`` is the stored file.

    ``looked`` are the pages that were shown to whoever judged it, as far as known.
    """

    id: Key = 0
    material_id: Key
    version: NamingVersion
    received_on: date = data_field("受領日")
    received_how: ReceivedHow = "メール"
    file_id: Key | None = None
    file_name: FileName = ""
    sha256: Checksum = ""
    pages: PageCount = None
    result: MaterialResult | None = optional_field("確認結果")
    result_on: date | None = optional_field("確認結果の日")
    result_by: str = text_field("確認した人", "staff")
    result_note: str = text_field("確認結果の備考", "free")
    locked: bool = data_field("確定済", default=False)
    printed: int | None = optional_field("印刷部数")
    handed_out: int | None = optional_field("配布部数")
    looked: tuple[int, ...] = data_field("見たページ", erasing="word", default=())

    @property
    def is_checked(self) -> bool:
        """Return whether it may be used as it is."""
        return self.result is MaterialResult.CHECKED


@record
class Finding:
    """One remark on a version; 必須 needs a ``basis``, お願い does not.

    ``place`` is its position on the page (left, top, width and height in pt from the top left), empty = none.
    """

    id: Key = 0
    version_id: Key
    position: Position
    page: str = data_field("ページ", erasing="word")
    text: str = data_field("指摘", names_row=True, erasing="free")
    duty: FindingDuty = data_field("区分", default=FindingDuty.REQUEST)
    basis: str = text_field("根拠", "free")
    response: str = text_field("受託者の対応", "word")
    resolved: bool = data_field("対応済", default=False)
    place: tuple[float, ...] = data_field("ページの上の場所", erasing="word", default=())
