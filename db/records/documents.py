"""Papers that leave the app: letters with their state, the log of what left, kept files."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Final, Literal

from db.frozen_record import frozen_record

PrintUse = Literal["配る", "控え用"]
LetterState = Literal["案", "起案中", "決裁済", "施行"]


@frozen_record
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
    state: LetterState = "案"
    decided_on: date | None = None
    document_number: str = ""
    issued_on: date | None = None


@frozen_record
class Outgoing:
    """One row of the log of what left the app: saved, printed, told or written by a command; never deleted.

    ``sha256`` is the hash of what left (an encrypted file as it went out); ``copy_file_id`` and ``copy_sha256`` are
    the 控え, the same before encryption (None = none was kept). At the end of its keeping the copy goes, its hash and
    ``copy_erased_on`` stay. ``print_use`` says for whom a print was made; ``withdraws`` the row that a 取消 takes back.
    ``facts`` are what it said of each matter that its paper tells (``Notification.key``): what left so was not yet
    told.
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
    """A folder that a manager named as protected: what names people lies there without a password.

    Attributes: ``place`` from the root, past links and mapped drives; ``pc`` on which it is a disk of its own (its
    ``machine_id``), "" for a share; ``basis`` what protects it in place of encryption, ``entrants`` who may enter.
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
"""Inside the house: such an act tells nobody outside anything."""


@frozen_record
class Notification:
    """A row of ``acts``: an act by which a matter left the house: told, sent or handed over; never deleted.

    It hangs on one of an event, a year and a 団体, as ``Letter`` does. Every list of what left (the log of contacts,
    送付簿, 授受簿, 供覧) is a choice among these rows.

    Attributes:
        document_kind: the paper that told it. key: which matter (「人数」「資料:12」「決定通知」), the same over
            all versions.
        version: the version told, 0 = it has none. title: the version or the addressees in words (「第1報 14人」).
        facts: what it said, by name (「参加予定」 「14人」); the rule compares them with how things stand now.
        told_on, told_to, told_how, told_by: the day, the party, the way (メール, 電話, 手渡し …) and who did it.
            ``told_how`` 見送り says that it is not told again, with ``reason``, as long as ``facts`` stand.
        by, at: who noted it, and when. outgoing_id: the row of the log with the 控え of what was told.
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
        """Whether it says that something was told and still stands."""
        return not self.withdrawn and self.told_how not in (SET_ASIDE, CIRCULATED)


@frozen_record
class OutgoingPerson:
    """A person who stands in the kept copy of an issued paper; ``person_id`` outlives the entry in the register."""

    id: int = 0
    outgoing_id: int
    person_id: int


@frozen_record
class OutgoingOrganisation:
    """A 団体 that stands in the kept copy of an issued paper."""

    id: int = 0
    outgoing_id: int
    organisation_id: int


@frozen_record
class ConfirmedState:
    """What a report said when the contractor confirmed it, or what surrounded a tally when it was fixed (確定).

    It hangs on exactly one of a report and a survey; it goes when the confirmation is taken back. ``content`` is JSON.
    """

    id: int = 0
    event_id: int
    report_id: int | None = None
    survey_id: int | None = None
    content: str


@frozen_record
class StoredFile:
    """A received file, or the 控え of an issued one, kept encrypted under ``keyed_hash`` in the data folder."""

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
    """A passage of a paper as edited by the staff; without a row the app's own wording stands. Scope as
    for ``Letter``."""

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    document_kind: str
    part: str
    text: str
