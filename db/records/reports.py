"""実施報告書: made here or received, checked point by point and number by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Way = Literal["作成", "受領"]
ReportStatus = Literal["作成中", "受領", "区が確認中", "修正依頼", "確認済"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """One version of an event's report.

    ``body`` holds typed text by section key ("所感", "要点", "質疑" …); ``tables`` holds typed rows
    by section key (each row a tuple of cells).
    """

    id: int = 0
    event_id: int
    way: Way
    version: int
    author: Literal["受託者", "区"] = "受託者"
    status: ReportStatus = "作成中"
    body: dict[str, str] = field(default_factory=dict)
    tables: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    contractor_confirmed_on: date | None = None
    file_id: int | None = None
    file_name: str = ""
    sha256: str = ""
    pages: int | None = None
    received_on: date | None = None
    received_how: str = ""
    receipt_number: str = ""
    original_place: str = ""
    points: dict[str, bool] = field(default_factory=dict)
    checked_on: date | None = None
    checked_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportFigure:
    """One number of a received report beside ours (数字の突合).

    ``handling`` is "" (open), 修正を依頼, 区の記録を訂正 or 差のまま（理由）.
    """

    id: int = 0
    report_id: int
    position: int
    item: str
    theirs: str = ""
    ours: str = ""
    source: str = ""
    page: str = ""
    handling: str = ""
    reason: str = ""
