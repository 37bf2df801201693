"""Applications as they came in, the files they came from, and what was remembered about a source's columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from db.made_at_once import made_at_once

Way = Literal["電子", "電話", "FAX", "窓口", "郵送", "メール", "当日", ""]
Target = Literal["申込", "団体", "会場予約", "アンケート"]


@made_at_once
@dataclass(frozen=True, kw_only=True)
class Application:
    """One application as it came in; it is kept once and gives entries in the events it wishes for.

    ``wishes`` are the texts wished for, as written; ``people`` how many come (named or not);
    ``row_key`` the keyed hash by which the row of a file is known again; ``receipt_number`` text, with its noughts.
    """

    id: int = 0
    import_id: int | None = None
    source: str = ""
    way: Way = ""
    received_at: datetime | None = None
    receipt_number: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    name: str = ""
    furigana: str = ""
    role: str = ""
    wishes: tuple[str, ...] = ()
    people: int = 1
    device: str = ""
    care: str = ""
    row_key: str = ""
    withdrawn: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ForeignImport:
    """One file taken in (申込, 団体 or 会場予約): what it was, who took it in, and the outcomes."""

    id: int = 0
    target: Target
    event_id: int | None = None
    file_name: str
    sha256: str
    source: str
    encoding: str = ""
    at: datetime
    by: str
    new: int = 0
    updated: int = 0
    duplicate: int = 0
    needs_check: int = 0
    skipped: int = 0
    dropped_columns: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ColumnMap:
    """The columns of a source as last set by hand: column number (text, from 0) to our field; "" = not taken."""

    id: int = 0
    target: Target
    source_key: str
    columns: dict[str, str] = field(default_factory=dict)
    remembered_at: datetime
