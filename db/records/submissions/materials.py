"""Handouts with their received versions, findings and results (仕様書4(1)キ, (2)キ, (3)キ)."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Final, Literal

from db.frozen_record import frozen_record

MaterialResult = Literal["確認済", "修正後使用可", "再提出"]
MATERIAL_RESULTS: tuple[MaterialResult, ...] = ("確認済", "修正後使用可", "再提出")


UsageRight = Literal["許諾", "生成AI", "次年度再利用"]
USAGE_RIGHTS: Final[tuple[UsageRight, ...]] = ("許諾", "生成AI", "次年度再利用")


@frozen_record
class RightAnswer:
    """The answer on one usage right of a handout; ``reason`` is the condition or why it is used, "" = none."""

    state: str
    reason: str = ""
    on: date
    by: str


@frozen_record
class Material:
    """One handout of an event; ``rights`` holds the answers by ``UsageRight``."""

    id: int = 0
    event_id: int
    position: int
    title: str
    note: str = ""
    rights: dict[str, RightAnswer] = field(default_factory=dict)


@frozen_record
class MaterialVersion:
    """One version as received; ``locked`` once 確認済, ``file_id`` is the stored file.

    ``looked`` are the pages that were shown to whoever judged it, as far as known.
    """

    id: int = 0
    material_id: int
    version: int
    received_on: date
    received_how: str = "メール"
    file_id: int | None = None
    file_name: str = ""
    sha256: str = ""
    pages: int | None = None
    result: MaterialResult | None = None
    result_on: date | None = None
    result_by: str = ""
    result_note: str = ""
    locked: bool = False
    printed: int | None = None
    handed_out: int | None = None
    looked: tuple[int, ...] = ()


@frozen_record
class Finding:
    """One remark on a version; 必須 needs a ``basis``, お願い does not.

    ``place`` is its position on the page (left, top, width and height in pt from the top left), empty = none.
    """

    id: int = 0
    version_id: int
    position: int
    page: str
    text: str
    duty: Literal["必須", "お願い"] = "お願い"
    basis: str = ""
    response: str = ""
    resolved: bool = False
    place: tuple[float, ...] = ()
