"""The 提案書 for the next year with its evidence, and the ward's memo for budget and 仕様書."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    BodyText,
    Content,
    DueOn,
    Key,
    Number,
    Origin,
    Position,
    Reason,
    RecordedAt,
    RecordedBy,
)
from db.record import data_field, one_of, optional_field, record, text_field

MAX_ISSUES = 5
"""The most 課題 that a 提案書 has, one key each."""


class EvidenceSort(StrEnum):
    """Where a piece of evidence comes from."""

    TALLY = "集計"
    QUOTE = "引用"
    DISCUSSION = "討議"
    REPORT = "報告"
    FINDING = "指摘"
    CONTACT = "連絡"
    AGREEMENT = "協議"
    NOTICE = "気付き"

    is_voice = one_of(TALLY, QUOTE, DISCUSSION, CONTACT)
    """Whether it is what people said."""


class ClauseState(StrEnum):
    """How sure a clause of the memo is."""

    SETTLED = "確定"
    OPINION = "意見"
    OPEN = "未定"

    is_open = one_of(OPEN)


class QuestionState(StrEnum):
    """Whether a question of the memo is answered."""

    OPEN = "未"
    ASKED = "照会中"
    DONE = "済"


@record
class Evidence:
    """One piece of evidence for the proposal, with its wording when it was collected.

    Attributes:
        sort: what it is.
        source_kind, source_key: the row it comes from ("気付き" = typed, without a row).
        said, count, source: the words and the number (「61人／104人」, "" = none) that documents print, and their
            origin.
        day: the day on which it was true or said.
        issue: the 課題 it supports, 0 = set aside, None = undecided.
        seen: what the source said when somebody last looked.
        kept_reason: why the older words were kept then.
    """

    id: Key = 0
    programme_id: Key
    sort: EvidenceSort = data_field("根拠の種類")
    source_kind: str = data_field("出典の種類", erasing="word")
    source_key: Origin
    said: str = data_field("根拠の言葉", erasing="free")
    count: str = text_field("数", "word")
    source: Origin
    day: date | None = optional_field("日付")
    issue: int | None = optional_field("課題")
    seen: str = text_field("集めたときの内容", "word")
    kept_reason: str = text_field("このままにした理由", "free")
    by: RecordedBy
    at: RecordedAt


@record
class Issue:
    """One 課題 of the 提案書; ``number`` 1 to 5."""

    id: Key = 0
    programme_id: Key
    number: Number
    text: BodyText


@record
class PlanLine:
    """One line of the 実施案 (work, amount this year and next, 課題, and conditions for 実現可能性)."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    work: str = data_field("実施案", erasing="word")
    this_year: str = text_field("今年度", "word")
    next_year: str = text_field("次年度案", "word")
    issues: tuple[int, ...] = data_field("課題の番号", erasing="free", default=())
    content: Content = ""
    condition: str = text_field("必要な条件", "free")
    confirmed: str = text_field("確認したこと", "word")


@record
class PolicyLine:
    """The 支援方針 of one participating 団体; ``stage`` is e.g. 「LINE公式 2→3」 as printed."""

    id: Key = 0
    programme_id: Key
    organisation_id: Key
    stage: str = text_field("段階", "word")
    policy: str = text_field("支援方針", "free")
    support: str = text_field("次年度の支援", "word")


@record
class BudgetMemo:
    """The head of the ward's budget memo (author, date, last day counted, day of submission).

    ``total_this`` and ``total_next`` are the sums as typed, in thousand yen; the items must add up to them.
    """

    id: Key = 0
    programme_id: Key
    made_on: date = data_field("作成日")
    maker: str = text_field("作成者", "staff")
    counted_to: date = data_field("もとにした日")
    hand_in: str = text_field("出すもの", "word")
    total_this: int | None = optional_field("今年度の計", unit="千円")
    total_next: int | None = optional_field("次年度の計", unit="千円")
    cut_note: str = text_field("減額の注意", "free")


@record
class MemoAmount:
    """One 費目 in thousand yen, with its 積算・理由."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    item: str = data_field("項目", erasing="word")
    this_year: int = data_field("今年度", unit="千円")
    next_year: int = data_field("次年度案", unit="千円")
    reason: Reason = ""


@record
class MemoClause:
    """One clause to change; ``evidence`` are the ids of its evidence."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    clause: str = data_field("条項", erasing="word")
    this_year: str = text_field("今年度", "word")
    next_year: str = text_field("次年度案", "word")
    evidence: tuple[int, ...] = data_field("根拠", erasing="free", default=())
    state: ClauseState = data_field("状態", default=ClauseState.OPEN)


@record
class MemoCut:
    """What is cut first when less is granted, with its amount in thousand yen (positive)."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    text: BodyText
    amount: int = data_field("金額", unit="千円")


@record
class MemoQuestion:
    """A question of the memo with whom it is asked of, until when an answer is due, and its state."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    text: BodyText
    asked_of: str = text_field("聞く相手", "staff")
    due: DueOn = None
    state: QuestionState = data_field("状態", default=QuestionState.OPEN)
