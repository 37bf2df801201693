"""実施報告書, made in the program or received, with compared numbers and pictures."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from db.frozen_record import frozen_record

ReportOrigin = Literal["作成", "受領"]
ReportStatus = Literal["作成中", "受領", "区が確認中", "修正依頼", "確認済"]


@frozen_record
class Report:
    """One version of an event's report, made in the program or derived from its received document.

    ``body`` holds typed text by section key ("所感", "要点", "質疑" …); ``tables`` holds typed rows by section
    key (each row a tuple of cells).
    """

    id: int = 0
    event_id: int
    way: ReportOrigin
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


@frozen_record
class ReportFigure:
    """One number of a received report beside the ward's (数字の突合); ``report_id`` is its received document.

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


@frozen_record
class ReportPhoto:
    """One picture of a report; ``file_id`` is the picture as printed, without metadata.

    ``taken_at`` 「14:12」, ``scene`` what happens, ``seen`` who is in it, ``consent`` how they agreed,
    ``permitted`` for what it may be used, ``treated`` what was removed from it before.
    """

    id: int = 0
    report_id: int
    position: int
    file_id: int
    taken_at: str = ""
    scene: str = ""
    seen: str = ""
    consent: str = ""
    permitted: str = ""
    treated: str = ""


@frozen_record
class AcceptedDifference:
    """Why a number that differs between two places was accepted, with both numbers of that time.

    ``place`` is the document or report with the other number, empty where numbers of one side contradict each other.
    """

    id: int = 0
    event_id: int
    number: str
    place: str = ""
    ours: str = ""
    theirs: str = ""
    reason: str
    by: str
    kept_on: date
