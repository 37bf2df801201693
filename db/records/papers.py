"""Papers that leave the app: letters with their state, the log of what left, kept files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The state of one outgoing paper; a formal letter passes 案 → 起案中 → 決裁済 → 施行.

    It hangs on exactly one of an event, a year (``programme_id``) and a 団体.
    """

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    revision: int = 1
    form: Literal["事務連絡", "メール", "公文書"] = "事務連絡"
    state: Literal["案", "起案中", "決裁済", "施行"] = "案"
    decided_on: date | None = None
    document_number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One row of the log of what left the app: saved, printed or written by a command; never deleted."""

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    reference: str
    version: int
    format: str
    way: Literal["暗号化して保存", "そのまま保存", "印刷", "コマンド", "取消"]
    file_name: str = ""
    sha256: str = ""
    pages: int | None = None
    copies: int = 1
    personal: bool = False
    reason: str = ""
    by: str
    at: datetime
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A received file kept encrypted under ``keyed_hash`` in the data folder."""

    id: int = 0
    keyed_hash: str
    sha256: str
    name: str
    size: int
    media_type: str = ""
    pages: int | None = None
    added_at: datetime


@dataclass(frozen=True, kw_only=True)
class PaperText:
    """A passage of a paper as edited by the staff; without a row the app's own wording stands. Scope as for ``Letter``."""

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    part: str
    text: str
