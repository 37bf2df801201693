"""The staff who may open the data folder, failed log-ins, accesses with their reviews, and the journal entries."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from db.fields import (
    FiscalYear,
    HiddenKey,
    HiddenWord,
    Key,
    Number,
    PcName,
    RecordedAt,
    RecordedBy,
    Way,
)
from db.record import data_field, one_of, optional_field, record, text_field


@record
class User:
    """One member of staff; the password's key slot lives in the keyring file, not here."""

    id: Key = 0
    login_id: str = data_field("ID", erasing="staff")
    display_name: str = data_field("表示名", names_row=True, erasing="staff")
    active: bool = data_field("利用中", default=True)


@record
class FailedLogin:
    """Failed log-ins at one PC, read from its presence file and stored with somebody's next change.

    Attributes:
        token: of the program start that counted.
        at: the last of them, by the clock of that PC.
        login_id: a known ID, "" for any other (what was typed may be a password).
        way: what was tried (「パスワード」「回復キー」「ロックの解除」).
        times: how many.
    """

    id: Key = 0
    token: HiddenKey
    at: RecordedAt
    pc: PcName
    login_id: str = data_field("ID", erasing="staff")
    way: Way
    times: int = data_field("回数")


class AccessAct(StrEnum):
    """What somebody did."""

    LOGIN = "ログイン"
    LOGOUT = "ログアウト"
    OPENING = "閲覧"
    OUTPUT = "出力"
    RIGHTS = "権限の変更"
    CHANGE = "設定・取込み"
    BACKUP = "バックアップ"
    RESTORE = "復元"
    GAP = "記録の欠け"
    REFUSED = "拒否"

    is_opening = one_of(OPENING)
    is_logout = one_of(LOGOUT)
    is_output = one_of(OUTPUT)
    """Whether names may have left: copied, printed, saved, told or taken out."""
    is_rights = one_of(RIGHTS)
    is_gap = one_of(GAP)
    is_refused = one_of(REFUSED)


class AccessAbout(StrEnum):
    """Whose number an access bears."""

    NONE = ""
    EVENT = "実施回"
    ORGANISATION = "団体"
    PERSON = "人"
    YEAR = "年度"

    is_event = one_of(EVENT)
    has_number = one_of(ORGANISATION, PERSON)


@record
class Access:
    """One access; no row of the journal, and no name of anybody but staff stands in it.

    Attributes:
        token: of the session, within which ``number`` counts.
        pc: where.
        what: a word of the program: a list, a document kind, a role.
        about_id: number of the event, 団体 or person, or the fiscal year (0 = none).
        count: how many rows or people.
        journal_seq: the journal row that says what was done (None = there is none).
    """

    id: Key = 0
    token: HiddenKey = ""
    number: Number = 0
    at: RecordedAt
    login_id: str = data_field("ID", erasing="staff", default="")
    pc: PcName = ""
    act: AccessAct = data_field("したこと")
    what: str = text_field("対象", "word")
    about: AccessAbout = data_field("対象の種類", default=AccessAbout.NONE)
    about_id: Key = 0
    count: int = data_field("件数", default=0)
    journal_seq: Key | None = None


@record
class AccessFigure:
    """How many accesses of a month fit one point of the review; ``numbers`` are the first of their row numbers."""

    point: str = data_field("観点", erasing="word")
    count: int = data_field("件数")
    numbers: tuple[int, ...] = data_field("該当行", default=())


@record
class AccessReview:
    """The review of one month of accesses, as it was counted then.

    ``by`` looked at it, ``confirmed_by`` is the second person.
    """

    id: Key = 0
    fiscal_year: FiscalYear
    month: date = data_field("対象月", names_row=True)
    total: int = data_field("記録の件数")
    figures: tuple[AccessFigure, ...] = data_field("点検の結果", erasing="word", default=())
    remarks: str = data_field("所見", erasing="free", max_length=1000)
    treatment: str = text_field("処置", "free", max_length=1000)
    by: RecordedBy
    at: RecordedAt
    confirmed_by: str = text_field("確認者", "staff")
    confirmed_at: datetime | None = optional_field("確認した日時")


@record
class RowChange:
    """One row's image before and after (None = the row did not exist)."""

    table: HiddenWord
    row_id: Key
    before: dict[str, Any] | None = data_field(is_hidden=True)
    after: dict[str, Any] | None = data_field(is_hidden=True)


@record
class JournalEntry:
    """One user action with every row it changed, in the order written.

    ``undo_of``/``redo_of`` name the entry this one takes back or repeats. ``barrier`` marks an action with an
    effect outside the program (saving, printing, a key), which undo does not reach past. It holds for the
    changes of the same person that concern the same event; without an event, for theirs of the same subject
    that concern no event. Only the beginning of a folder and an erasing (``db.journal.BARRIER_SUBJECTS``)
    hold for everybody and everything.
    """

    seq: Key
    at: RecordedAt
    by: RecordedBy
    action: str = data_field("操作", erasing="word")
    subject: str = data_field(is_hidden=True, erasing="word")
    event_id: Key | None
    changes: tuple[RowChange, ...] = data_field(is_hidden=True, default_factory=tuple)
    undo_of: Key | None = None
    redo_of: Key | None = None
    barrier: bool = data_field(is_hidden=True, default=False)
