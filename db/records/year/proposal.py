"""The 提案書 for the next year with its evidence, and the ward's memo for budget and 仕様書."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

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
    Spec,
)
from db.record import one_of, record

MAX_ISSUES: Final = 5
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
    sort: Annotated[EvidenceSort, Spec("根拠の種類")]
    source_kind: Annotated[str, Spec("出典の種類", erasing="word")]
    source_key: Origin
    said: Annotated[str, Spec("根拠の言葉", erasing="free")]
    count: Annotated[str, Spec("数", erasing="word")] = ""
    source: Origin
    day: Annotated[date | None, Spec("日付")] = None
    issue: Annotated[int | None, Spec("課題")] = None
    seen: Annotated[str, Spec("集めたときの内容", erasing="word")] = ""
    kept_reason: Annotated[str, Spec("このままにした理由", erasing="free")] = ""
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
    work: Annotated[str, Spec("実施案", erasing="word")]
    this_year: Annotated[str, Spec("今年度", erasing="word")] = ""
    next_year: Annotated[str, Spec("次年度案", erasing="word")] = ""
    issues: Annotated[tuple[int, ...], Spec("課題の番号", erasing="free")] = ()
    content: Content = ""
    condition: Annotated[str, Spec("必要な条件", erasing="free")] = ""
    confirmed: Annotated[str, Spec("確認したこと", erasing="word")] = ""


@record
class PolicyLine:
    """The 支援方針 of one participating 団体; ``stage`` is e.g. 「LINE公式 2→3」 as printed."""

    id: Key = 0
    programme_id: Key
    organisation_id: Key
    stage: Annotated[str, Spec("段階", erasing="word")] = ""
    policy: Annotated[str, Spec("支援方針", erasing="free")] = ""
    support: Annotated[str, Spec("次年度の支援", erasing="word")] = ""


@record
class BudgetMemo:
    """The head of the ward's budget memo (author, date, last day counted, day of submission).

    ``total_this`` and ``total_next`` are the sums as typed, in thousand yen; the items must add up to them.
    """

    id: Key = 0
    programme_id: Key
    made_on: Annotated[date, Spec("作成日")]
    maker: Annotated[str, Spec("作成者", erasing="staff")] = ""
    counted_to: Annotated[date, Spec("もとにした日")]
    hand_in: Annotated[str, Spec("出すもの", erasing="word")] = ""
    total_this: Annotated[int | None, Spec("今年度の計", unit="千円")] = None
    total_next: Annotated[int | None, Spec("次年度の計", unit="千円")] = None
    cut_note: Annotated[str, Spec("減額の注意", erasing="free")] = ""


@record
class MemoAmount:
    """One 費目 in thousand yen, with its 積算・理由."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    item: Annotated[str, Spec("項目", erasing="word")]
    this_year: Annotated[int, Spec("今年度", unit="千円")]
    next_year: Annotated[int, Spec("次年度案", unit="千円")]
    reason: Reason = ""


@record
class MemoClause:
    """One clause to change; ``evidence`` are the ids of its evidence."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    clause: Annotated[str, Spec("条項", erasing="word")]
    this_year: Annotated[str, Spec("今年度", erasing="word")] = ""
    next_year: Annotated[str, Spec("次年度案", erasing="word")] = ""
    evidence: Annotated[tuple[int, ...], Spec("根拠", erasing="free")] = ()
    state: Annotated[ClauseState, Spec("状態")] = ClauseState.OPEN


@record
class MemoCut:
    """What is cut first when less is granted, with its amount in thousand yen (positive)."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    text: BodyText
    amount: Annotated[int, Spec("金額", unit="千円")]


@record
class MemoQuestion:
    """A question of the memo with whom it is asked of, until when an answer is due, and its state."""

    id: Key = 0
    programme_id: Key
    position: Position = 0
    text: BodyText
    asked_of: Annotated[str, Spec("聞く相手", erasing="staff")] = ""
    due: DueOn = None
    state: Annotated[QuestionState, Spec("状態")] = QuestionState.OPEN
