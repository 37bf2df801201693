"""Letters with their state, the log of outgoing documents, notifications and stored files."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Final, Literal

from db.frozen_record import frozen_record

PrintUse = Literal["配る", "控え用"]
LetterState = Literal["案", "起案中", "決裁済", "施行"]


@frozen_record
class Letter:
    """The state of one outgoing letter; a formal one passes 案 → 起案中 → 決裁済 → 施行.

    It belongs to exactly one of an event, a year (``programme_id``) and a 団体.

    """

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    revision: int = 1
    form: Literal["事務連絡", "メール", "公文書"] = "事務連絡"
    state: LetterState = "案"
    decided_on: date | None = None
    document_number: str = ""
    issued_on: date | None = None


@frozen_record
class Outgoing:
    """One row of the log of outgoing documents (saved, printed, notified or written by a command); never deleted.

    ``sha256`` is the hash of what left (an encrypted file as it went out); ``copy_file_id`` and
    ``copy_sha256`` are the 控え, the same before encryption (None = none was kept). After its retention the
    copy is erased, its hash and ``copy_erased_on`` stay. ``print_use`` says for whom a print was made;
    ``withdraws`` is the row that a 取消 takes back. ``facts`` are what it said of each matter that its document
    notifies (``Notification.key``); leaving alone is no notification.
    """

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    reference: str
    version: int
    format: str
    way: Literal["暗号化して保存", "そのまま保存", "印刷", "コマンド", "読み上げ", "コピー", "連絡", "取消"]
    file_name: str = ""
    sha256: str = ""
    pages: int | None = None
    copies: int = 1
    personal: bool = False
    reason: str = ""
    by: str
    at: datetime
    detail: dict[str, str] = field(default_factory=dict)
    copy_file_id: int | None = None
    copy_sha256: str | None = None
    copy_erased_on: date | None = None
    print_use: Literal["", "配る", "控え用"] = ""
    withdraws: int | None = None
    facts: dict[str, dict[str, str]] = field(default_factory=dict)


@frozen_record
class ProtectedFolder:
    """A folder that a manager named as protected, where personal data may be saved without a password.

    Attributes:
        place: the absolute path, with links and mapped drives resolved.
        pc: the PC of a local disk (its ``machine_id``), "" for a share.
        basis: what protects it in place of encryption.
        entrants: who may enter.
    """

    id: int = 0
    place: str
    pc: str = ""
    basis: str
    entrants: str
    by: str
    at: datetime
    ended_by: str = ""
    ended_at: datetime | None = None


SET_ASIDE: Final = "見送り"
CIRCULATED: Final = "供覧"
"""A circulation inside the office, which notifies nobody outside."""


@frozen_record
class Notification:
    """A row of ``acts``, which records that a matter was notified, sent or handed over; never deleted.

    It belongs to one of an event, a year and a 団体, as ``Letter`` does. Every list of what left (the log of
    contacts, 送付簿, 授受簿, 供覧) is a selection of these rows.

    Attributes:
        document_kind: the document that carried it.
        key: which matter (「人数」「資料:12」「決定通知」), the same over all versions.
        version: the version notified, 0 = it has none.
        title: the version or the addressees in words (「第1報 14人」).
        facts: what it said, by name (「参加予定」 「14人」), for comparison with today's facts.
        told_on, told_to, told_how, told_by: the day, the party, the way (メール, 電話, 手渡し …) and who did it.
        ``told_how`` 見送り says that it is not notified again, with ``reason``, as long as ``facts`` hold.
        by, at: who recorded it, and when.
        outgoing_id: the row of the log with the 控え.
        withdrawn: it was taken back, ``withdrawn_reason`` says why.
    """

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    key: str
    version: int = 0
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    told_on: date
    told_to: str
    told_how: str
    told_by: str
    reason: str = ""
    by: str
    at: datetime
    outgoing_id: int | None = None
    withdrawn: bool = False
    withdrawn_reason: str = ""

    @property
    def is_notified(self) -> bool:
        """Return whether it records a notification that still counts."""
        return not self.withdrawn and self.told_how not in (SET_ASIDE, CIRCULATED)


@frozen_record
class OutgoingPerson:
    """A person named in the kept copy of an outgoing document; ``person_id`` outlives the register entry."""

    id: int = 0
    outgoing_id: int
    person_id: int


@frozen_record
class OutgoingOrganisation:
    """A 団体 named in the kept copy of an outgoing document."""

    id: int = 0
    outgoing_id: int
    organisation_id: int


@frozen_record
class ConfirmedState:
    """The content of a report when the contractor confirmed it, or a survey's context when it was fixed (確定).

    It belongs to exactly one of a report and a survey; it is deleted when the confirmation is taken back.
    ``content`` is JSON.
    """

    id: int = 0
    event_id: int
    report_id: int | None = None
    survey_id: int | None = None
    content: str


@frozen_record
class StoredFile:
    """A received file, or the 控え of an outgoing one, stored encrypted under ``keyed_hash``."""

    id: int = 0
    keyed_hash: str
    sha256: str
    name: str
    size: int
    media_type: str = ""
    pages: int | None = None
    added_at: datetime


@frozen_record
class DocumentPassage:
    """A passage of a document as edited by staff; without a row the default wording is used.

    It belongs to an event, a year or a 団体, as ``Letter`` does.
    """

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    part: str
    text: str
