"""Personal data marked for erasing, and what is kept beyond its day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import (
    FiscalYear,
    HiddenWord,
    Key,
    KindWord,
    Note,
    Number,
    Reason,
    RecordedAt,
    RecordedBy,
)
from db.record import data_field, one_of, optional_field, record, text_field


class NameCertainty(StrEnum):
    """Whom a found text names (the full name of nobody else, a shared name, a surname alone, another person)."""

    SURE = ""
    SHARED = "shared"
    SURNAME = "surname"
    ANOTHER = "another"

    is_unsure = one_of(SHARED, SURNAME)
    """Whether the text may name somebody else."""
    is_another = one_of(ANOTHER)
    is_shared = one_of(SHARED)


@record
class DisposalItem:
    """One row to be erased; ``born`` is the first journal entry of a deleted one, 0 = the row exists.

    With a ``column`` it is a text in which a name still occurred when the rest was erased, by entry
    ``since``: it stays until somebody rewords it. ``sort`` says how sure it is whom the text names.
    """

    table: HiddenWord
    row_id: Key
    born: Key = 0
    column: HiddenWord = ""
    since: Key = 0
    sort: NameCertainty = data_field(is_hidden=True, default=NameCertainty.SURE)


@record
class Disposal:
    """One kind of personal data in one disposal, with amount, reason, day and result; it names nobody.

    Attributes:
        number: counts within ``fiscal_year``; the kinds of one disposal share it.
        items: the rows that were hidden.
        erased_at: None = it waits for the first opening on a later day.
        stayed: rows used since, which stay.
        removed_before: rows deleted by hand earlier that were still in the history.
        left_over: values still found afterwards.
        elsewhere: other records that hold one of the same values.
        people_before, people_after: all who attended, counted before and after.
        searched: how many names and numbers were searched for in what stays; None = erased by a program that
            left some columns out.
        confirmed_at: when somebody confirmed the date of the PC, whose clock had leapt since the mark.
    """

    id: Key = 0
    fiscal_year: FiscalYear
    number: Number
    kind: KindWord
    what: str = data_field("対象", erasing="word")
    places: str = text_field("どの回", "word")
    count: int = data_field("数")
    unit: str = data_field("数え方", erasing="word")
    why: str = data_field("なぜ消すか", erasing="word")
    due_on: date = data_field("いつまで")
    items: tuple[DisposalItem, ...] = data_field("対象の行", erasing="follows", default=())
    marked_at: datetime = data_field("印を付けた日時")
    by: RecordedBy
    witness: str = text_field("立会い", "staff")
    erased_at: datetime | None = optional_field("消した日時")
    erased: int = data_field("消した数", default=0)
    stayed: int = data_field("使われて残した数", default=0)
    removed_before: int = data_field("前に外していた数", default=0)
    left_over: int = data_field("残っていた数", default=0)
    elsewhere: int = data_field("ほかにもある数", default=0)
    people_before: int = data_field("消す前の延べ人数", default=0)
    people_after: int = data_field("消したあとの延べ人数", default=0)
    searched: int | None = optional_field("探した氏名・番号の数")
    confirmed_at: datetime | None = optional_field("日付を確かめた日時")


class HoldReason(StrEnum):
    """Why records must not be erased for a while."""

    DISCLOSURE = "開示請求"
    CORRECTION = "訂正請求"
    SUSPENSION = "利用停止請求"
    APPEAL = "審査請求"
    AUDIT = "監査"
    INCIDENT = "事故"
    DISPUTE = "係争"


@record
class Hold:
    """Records of a person, an event or a year (exactly one) that nothing erases, from a day to another, None = open.

    ``released_on`` is when somebody ended it earlier.
    """

    id: Key = 0
    person_id: Key | None = None
    event_id: Key | None = None
    programme_id: Key | None = None
    reason: HoldReason = data_field("保留の理由", names_row=True)
    begins_on: date = data_field("保留の始まり")
    until: date | None = optional_field("保留の終わり")
    note: Note = ""
    by: RecordedBy
    at: RecordedAt
    released_on: date | None = optional_field("解いた日")
    released_by: str = text_field("解いた人", "staff")


@record
class DisposalHold:
    """One kind that is kept beyond its day until another day, with the reason; the newest row counts."""

    id: Key = 0
    kind: KindWord
    reason: Reason
    until: date = data_field("いつまで残す")
    by: RecordedBy
    at: RecordedAt
