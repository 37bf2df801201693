"""Letters with their state, the log of outgoing documents, notifications and stored files."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import (
    BodyText,
    Checksum,
    Content,
    DocumentKindName,
    FileName,
    HiddenKey,
    Key,
    PageCount,
    PcName,
    Position,
    Reason,
    RecordedAt,
    RecordedBy,
    Version,
)
from db.record import data_field, one_of, optional_field, record, text_field


class PrintUse(StrEnum):
    """For whom a print was made."""

    NONE = ""
    HANDOUT = "配る"
    COPY = "控え用"

    is_copy = one_of(COPY)
    is_handout = one_of(HANDOUT)


class LetterState(StrEnum):
    """How far a letter has come."""

    DRAFT = "案"
    IN_APPROVAL = "起案中"
    APPROVED = "決裁済"
    ISSUED = "施行"

    is_issued = one_of(ISSUED)
    is_decided = one_of(APPROVED, ISSUED)
    is_under_way = one_of(IN_APPROVAL, APPROVED)
    """Whether the letter is between its draft and its issue."""
    is_in_approval = one_of(IN_APPROVAL)
    """Whether the letter is being approved."""
    is_approved = one_of(APPROVED)
    is_draft = one_of(DRAFT)


class LetterForm(StrEnum):
    """How a letter is sent."""

    OFFICE = "事務連絡"
    MAIL = "メール"
    FORMAL = "公文書"

    is_formal = one_of(FORMAL)


class OutgoingWay(StrEnum):
    """How a document left, or that a row takes another back."""

    ENCRYPTED = "暗号化して保存"
    PLAIN = "そのまま保存"
    PRINTED = "印刷"
    COMMAND = "コマンド"
    READ_OUT = "読み上げ"
    COPIED = "コピー"
    CONTACT = "連絡"
    ISSUE = "施行"
    WITHDRAWAL = "取消"

    is_withdrawal = one_of(WITHDRAWAL)
    is_print = one_of(PRINTED)
    is_contact = one_of(CONTACT)
    is_issue = one_of(ISSUE)
    is_document = one_of(ENCRYPTED, PLAIN, PRINTED, COMMAND, READ_OUT, ISSUE)
    """Whether a document left."""
    is_saved = one_of(ENCRYPTED, PLAIN, COMMAND)
    """Whether a file was written."""
    is_encrypted = one_of(ENCRYPTED)
    is_command = one_of(COMMAND)
    is_plain = one_of(PLAIN)
    """Whether a command wrote it."""


class DecisionWay(StrEnum):
    """How a letter was decided: by who decides, by a deputy for him, or by word of mouth before its 起案 (急施)."""

    USUAL = "決裁"
    DEPUTY = "代決"
    REVIEWED = "代決（後閲済）"
    ORAL = "口頭決裁"

    is_usual = one_of(USUAL)
    is_oral = one_of(ORAL)


@record
class Letter:
    """The state of one outgoing letter; a formal one passes 案 → 起案中 → 決裁済 → 施行.

    It belongs to exactly one of an event, a year (``programme_id``) and a 団体. One that tells a selection of
    participants or a decision on an event names it; what is selected later is told by another.

    Attributes:
        decided_at, decided_by, heard_by: of an 口頭決裁 when it was, who decided and who heard it.
        drafted_on: the day on which its 起案 that followed was decided; None = it is still to come.
    """

    id: Key = 0
    event_id: Key | None = None
    programme_id: Key | None = None
    organisation_id: Key | None = None
    selection_id: Key | None = None
    decision_id: Key | None = None
    document_kind: DocumentKindName
    revision: Version = 1
    form: LetterForm = data_field("形式", default=LetterForm.OFFICE)
    state: LetterState = data_field("状態", default=LetterState.DRAFT)
    decided_on: date | None = optional_field("決裁日")
    document_number: str = text_field("文書番号", "word")
    issued_on: date | None = optional_field("施行日")
    decision_way: DecisionWay = data_field("決裁の別", default=DecisionWay.USUAL)
    decided_at: datetime | None = optional_field("口頭決裁の日時")
    decided_by: str = text_field("口頭決裁をした人", "staff", max_length=40)
    heard_by: str = text_field("口頭決裁を聞いた人", "staff", max_length=40)
    drafted_on: date | None = optional_field("事後の決裁日")

    @property
    def awaits_draft(self) -> bool:
        """Return whether it left by an 口頭決裁 and its 起案 is still to be recorded."""
        return self.decision_way.is_oral and self.state.is_issued and self.drafted_on is None


class KeptSource(StrEnum):
    """By which act a letter was kept."""

    DRAFTING = "起案"
    AGREED = "了承"
    REPLACEMENT = "差替え"
    TAKEN_IN = "受入"
    MIGRATION = "移行"
    LATER_COPY = "移行（施行後の写し）"

    is_drafting = one_of(DRAFTING)
    is_taken_in = one_of(TAKEN_IN)
    """Whether it is a file of others, which the program can't compare."""
    is_replacement = one_of(REPLACEMENT)
    is_uncertain = one_of(LATER_COPY)
    """Whether it may say something else than what left."""


@record
class KeptPaper:
    """One letter of a 公文書, or its 起案資料, as put up for 決裁; one row an addressee.

    Attributes:
        addressee: key of its addressee, "" for a document without any; ``entries`` are those it names.
        content_file_id: the stored file of its content as JSON; None = a file alone was taken in, or it was erased.
        file_id: the stored PDF as it left, from 施行 on, or the file that the office made of it (one may be of several
            letters); ``sha256`` is its hash, which stays when the file goes.
        replaced: another one took its place (差替え); it stays as it left.
        erased_on: the day on which content and file were erased.
    """

    id: Key = 0
    letter_id: Key
    document_kind: DocumentKindName
    position: Position = 0
    addressee: HiddenKey = ""
    entries: tuple[int, ...] = data_field(is_hidden=True, erasing="free", default=())
    content_file_id: Key | None = None
    file_id: Key | None = None
    sha256: Checksum = ""
    pages: int = data_field("ページ数", default=0)
    source: KeptSource = data_field("写しの出どころ", default=KeptSource.DRAFTING)
    by: RecordedBy
    at: RecordedAt
    replaced: bool = data_field("差し替えた写し", default=False)
    erased_on: date | None = optional_field("写しを消去した日")


class DifferenceAnswer(StrEnum):
    """What the office says of something that a letter says otherwise than today's records."""

    WRONG = "出した時に誤っていた"
    CHANGED = "あとで変わった"
    NOT_TO_TELL = "伝えることではない"
    TOLD = "ほかの方法で伝えた"

    is_wrong = one_of(WRONG)
    is_changed = one_of(CHANGED)
    needs_reason = one_of(NOT_TO_TELL)
    needs_telling = one_of(TOLD)


@record
class LetterAnswer:
    """The answer to one difference between a kept letter and today's records, so that it is not asked again.

    ``difference`` identifies it without its words; ``told_on``, ``told_how`` and ``told_to`` say how it was told, or of
    a 差替え who agreed to it and when.
    """

    id: Key = 0
    letter_id: Key
    document_kind: DocumentKindName
    difference: HiddenKey
    answer: DifferenceAnswer = data_field("答え", names_row=True)
    told_on: date | None = optional_field("伝えた日")
    told_how: str = text_field("伝えた方法", "staff")
    told_to: str = text_field("伝えた相手", "staff")
    reason: Reason = ""
    by: RecordedBy
    at: RecordedAt


@record
class Outgoing:
    """One row of the log of outgoing documents (saved, printed, notified or written by a command); never deleted.

    ``sha256`` is the hash of what left (an encrypted file as it went out); ``copy_file_id`` and
    ``copy_sha256`` are the 控え, the same before encryption (None = none was kept). After its retention the
    copy is erased, its hash and ``copy_erased_on`` stay. ``kept_papers`` are the kept letters that left, in place of a
    copy. ``print_use`` says for whom a print was made;
    ``withdraws`` is the row that a 取消 takes back. ``facts`` are what it said of each matter that its document
    notifies (``Notification.key``); leaving alone is no notification. ``ordinal`` is the number of the record or
    letter that it is of (第2報; 0 = of none), which rows from before it was kept bear as their ``version``.
    """

    id: Key = 0
    event_id: Key | None = None
    programme_id: Key | None = None
    organisation_id: Key | None = None
    document_kind: DocumentKindName
    reference: str = data_field("整理番号", erasing="word")
    version: Version
    format: str = data_field("形式", erasing="word")
    way: OutgoingWay = data_field("方法")
    file_name: FileName = ""
    sha256: Checksum = ""
    pages: PageCount = None
    copies: int = data_field("部数", default=1)
    personal: bool = data_field("個人情報あり", default=False)
    reason: Reason = ""
    by: RecordedBy
    at: RecordedAt
    detail: dict[str, str] = data_field("詳細", erasing="free", default_factory=dict)
    copy_file_id: Key | None = None
    copy_sha256: str | None = optional_field("控えの照合値", erasing="sum")
    copy_erased_on: date | None = optional_field("控えを消去した日")
    print_use: PrintUse = data_field("印刷の使い道", default=PrintUse.NONE)
    withdraws: Key | None = None
    facts: dict[str, dict[str, str]] = data_field(is_hidden=True, erasing="goes", default_factory=dict)
    ordinal: int = data_field("記録の番号", default=0)
    kept_papers: tuple[int, ...] = data_field(is_hidden=True, erasing="free", default=())

    @property
    def has_copy(self) -> bool:
        """Return whether what left can be opened again, from its copy or the kept letters."""
        return self.copy_file_id is not None or bool(self.kept_papers)

    @property
    def record_number(self) -> int:
        """Return the number of the record or letter that it is of, whichever version of the program logged it."""
        return self.ordinal or self.version


@record
class ProtectedFolder:
    """A folder that a manager named as protected, where personal data may be saved without a password.

    Attributes:
        place: the absolute path, with links and mapped drives resolved.
        pc: the PC of a local disk (its ``machine_id``), "" for a share.
        basis: what protects it in place of encryption.
        entrants: who may enter.
    """

    id: Key = 0
    place: str = data_field("保存先", erasing="word")
    pc: PcName = ""
    basis: str = data_field("保護の根拠", erasing="free")
    entrants: str = data_field("入れる人", erasing="free")
    by: RecordedBy
    at: RecordedAt
    ended_by: str = text_field("外した人", "staff")
    ended_at: datetime | None = optional_field("外した日時")


SET_ASIDE = "見送り"
BY_ISSUE = "施行（郵送）"
"""The way of what counts as told by its 施行, until another way is recorded."""
CIRCULATED = "供覧"
"""A circulation inside the office, which notifies nobody outside."""


class PostSort(StrEnum):
    """How a letter was posted."""

    NONE = ""
    PERSONAL = "普通（親展）"
    PLAIN = "普通"
    TRACED = "特定記録"
    REGISTERED = "簡易書留"
    INTERNAL = "庁内便"
    BY_HAND = "手渡し"

    is_tracked = one_of(TRACED, REGISTERED)


@record
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
        posted_on, post_sort, pieces, tracking: how it was posted, once that was recorded.
    """

    id: Key = 0
    event_id: Key | None = None
    programme_id: Key | None = None
    organisation_id: Key | None = None
    document_kind: DocumentKindName
    key: HiddenKey
    version: Version = 0
    title: str = text_field("内容", "free", names_row=True)
    facts: dict[str, str] = data_field(is_hidden=True, erasing="goes", default_factory=dict)
    told_on: date = data_field("連絡日")
    told_to: str = data_field("連絡先", erasing="staff")
    told_how: str = data_field("連絡の方法", erasing="staff")
    told_by: str = data_field("連絡した人", erasing="staff")
    reason: Reason = ""
    by: RecordedBy
    at: RecordedAt
    outgoing_id: Key | None = None
    withdrawn: bool = data_field("取消", default=False)
    withdrawn_reason: str = text_field("取り消した理由", "staff")
    posted_on: date | None = data_field("差出日", default=None)
    post_sort: PostSort = data_field("郵便の種別", default=PostSort.NONE)
    pieces: int | None = data_field("通数", default=None)
    tracking: str = data_field("追跡番号", erasing="word", max_length=100, default="")

    @property
    def is_notified(self) -> bool:
        """Return whether it records a notification that still counts: not withdrawn, 見送り or only 供覧."""
        return not self.withdrawn and self.told_how not in (SET_ASIDE, CIRCULATED)

    @property
    def is_by_issue(self) -> bool:
        """Return whether it counts as told by its 施行, which says nothing of how it was sent."""
        return self.told_how == BY_ISSUE

    @property
    def way_words(self) -> str:
        """Return the way as it is shown; nobody said that a 施行 was posted."""
        return "施行" if self.is_by_issue else self.told_how


@record
class ReturnedLetter:
    """One addressee whom a telling did not reach (返戻, a wrong number, an address that does not exist)."""

    id: Key = 0
    notification_id: Key
    event_id: Key
    addressee: str = data_field("届かなかった宛先", names_row=True, erasing="goes")
    returned_on: date = data_field("戻った日")
    reason: Reason
    by: RecordedBy


@record
class OutgoingPerson:
    """A person named in the kept copy of an outgoing document; ``person_id`` outlives the register entry."""

    id: Key = 0
    outgoing_id: Key
    person_id: Key


@record
class OutgoingOrganisation:
    """A 団体 named in the kept copy of an outgoing document."""

    id: Key = 0
    outgoing_id: Key
    organisation_id: Key


@record
class ConfirmedState:
    """The content of a report when the contractor confirmed it, or a survey's context when it was fixed (確定).

    It belongs to exactly one of a report and a survey; it is deleted when the confirmation is taken back.
    ``content`` is JSON.
    """

    id: Key = 0
    event_id: Key
    report_id: Key | None = None
    survey_id: Key | None = None
    content: Content


@record
class StoredFile:
    """A received file, or the 控え of an outgoing one, stored encrypted under ``keyed_hash``."""

    id: Key = 0
    keyed_hash: HiddenKey
    sha256: Checksum
    name: str = data_field("ファイル名", names_row=True, erasing="word")
    size: int = data_field("大きさ")
    media_type: str = text_field("ファイルの種類", "word")
    pages: PageCount = None
    added_at: datetime = data_field("保管した日時")


@record
class DocumentPassage:
    """A passage of a document as edited by staff; without a row the default wording is used.

    It belongs to an event, a year or a 団体, as ``Letter`` does.
    """

    id: Key = 0
    event_id: Key | None = None
    programme_id: Key | None = None
    organisation_id: Key | None = None
    document_kind: DocumentKindName
    part: str = data_field("書類の部分", erasing="word")
    text: BodyText
