"""Handouts with their received versions, findings and results (仕様書4(1)キ, (2)キ, (3)キ)."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Annotated

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
    Spec,
    Title,
)
from db.record import one_of, record


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

    state: Annotated[str, Spec("状態")]
    reason: Annotated[str, Spec("理由")] = ""
    on: Day
    by: Annotated[str, Spec("行った人")]


@record
class Material:
    """One handout of an event; ``rights`` holds the answers by ``UsageRight``, ``added_on`` None = unknown."""

    id: Key = 0
    event_id: Key
    position: Position
    title: Title
    note: Memo = ""
    rights: Annotated[dict[str, RightAnswer], Spec("権利", erasing="word")] = field(default_factory=dict)
    added_on: Annotated[date | None, Spec("加えた日")] = None


@record
class MaterialVersion:
    """One version as received; ``locked`` once 確認済, ``file_id`` is the stored file.

    ``looked`` are the pages that were shown to whoever judged it, as far as known.
    """

    id: Key = 0
    material_id: Key
    version: NamingVersion
    received_on: Annotated[date, Spec("受領日")]
    received_how: ReceivedHow = "メール"
    file_id: Key | None = None
    file_name: FileName = ""
    sha256: Checksum = ""
    pages: PageCount = None
    result: Annotated[MaterialResult | None, Spec("確認結果")] = None
    result_on: Annotated[date | None, Spec("確認結果の日")] = None
    result_by: Annotated[str, Spec("確認した人", erasing="staff")] = ""
    result_note: Annotated[str, Spec("確認結果の備考", erasing="free")] = ""
    locked: Annotated[bool, Spec("確定済")] = False
    printed: Annotated[int | None, Spec("印刷部数")] = None
    handed_out: Annotated[int | None, Spec("配布部数")] = None
    looked: Annotated[tuple[int, ...], Spec("見たページ", erasing="word")] = ()

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
    page: Annotated[str, Spec("ページ", erasing="word")]
    text: Annotated[str, Spec("指摘", names_row=True, erasing="free")]
    duty: Annotated[FindingDuty, Spec("区分")] = FindingDuty.REQUEST
    basis: Annotated[str, Spec("根拠", erasing="free")] = ""
    response: Annotated[str, Spec("受託者の対応", erasing="word")] = ""
    resolved: Annotated[bool, Spec("対応済")] = False
    place: Annotated[tuple[float, ...], Spec("ページの上の場所", erasing="word")] = ()
