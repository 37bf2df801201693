"""Personal data marked for erasing, and what is kept beyond its day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

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
    Spec,
)
from db.record import one_of, record


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
    sort: Annotated[NameCertainty, Spec(is_hidden=True)] = NameCertainty.SURE


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
    what: Annotated[str, Spec("対象", erasing="word")]
    places: Annotated[str, Spec("どの回", erasing="word")] = ""
    count: Annotated[int, Spec("数")]
    unit: Annotated[str, Spec("数え方", erasing="word")]
    why: Annotated[str, Spec("なぜ消すか", erasing="word")]
    due_on: Annotated[date, Spec("いつまで")]
    items: Annotated[tuple[DisposalItem, ...], Spec("対象の行", erasing="follows")] = ()
    marked_at: Annotated[datetime, Spec("印を付けた日時")]
    by: RecordedBy
    witness: Annotated[str, Spec("立会い", erasing="staff")] = ""
    erased_at: Annotated[datetime | None, Spec("消した日時")] = None
    erased: Annotated[int, Spec("消した数")] = 0
    stayed: Annotated[int, Spec("使われて残した数")] = 0
    removed_before: Annotated[int, Spec("前に外していた数")] = 0
    left_over: Annotated[int, Spec("残っていた数")] = 0
    elsewhere: Annotated[int, Spec("ほかにもある数")] = 0
    people_before: Annotated[int, Spec("消す前の延べ人数")] = 0
    people_after: Annotated[int, Spec("消したあとの延べ人数")] = 0
    searched: Annotated[int | None, Spec("探した氏名・番号の数")] = None
    confirmed_at: Annotated[datetime | None, Spec("日付を確かめた日時")] = None


class HoldReason(StrEnum):
    """Why records must not be erased for a while."""

    DISCLOSURE = "開示請求"
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
    reason: Annotated[HoldReason, Spec("保留の理由", names_row=True)]
    begins_on: Annotated[date, Spec("保留の始まり")]
    until: Annotated[date | None, Spec("保留の終わり")] = None
    note: Note = ""
    by: RecordedBy
    at: RecordedAt
    released_on: Annotated[date | None, Spec("解いた日")] = None
    released_by: Annotated[str, Spec("解いた人", erasing="staff")] = ""


@record
class DisposalHold:
    """One kind that is kept beyond its day until another day, with the reason; the newest row counts."""

    id: Key = 0
    kind: KindWord
    reason: Reason
    until: Annotated[date, Spec("いつまで残す")]
    by: RecordedBy
    at: RecordedAt
