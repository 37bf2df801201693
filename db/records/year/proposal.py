"""The 提案書 for the next year with its evidence, and the ward's memo for budget and 仕様書."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from db.frozen_record import frozen_record

EvidenceSort = Literal["集計", "引用", "討議", "報告", "指摘", "連絡", "協議", "気付き"]
ClauseState = Literal["確定", "意見", "未定"]
QuestionState = Literal["未", "照会中", "済"]

EVIDENCE_SORTS: Final[tuple[EvidenceSort, ...]] = ("集計", "引用", "討議", "報告", "指摘", "連絡", "協議", "気付き")
MAX_ISSUES: Final = 5
"""The most 課題 that a 提案書 has, one key each."""


@frozen_record
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

    id: int = 0
    programme_id: int
    sort: EvidenceSort
    source_kind: str
    source_key: str
    said: str
    count: str = ""
    source: str
    day: date | None = None
    issue: int | None = None
    seen: str = ""
    kept_reason: str = ""
    by: str
    at: datetime


@frozen_record
class Issue:
    """One 課題 of the 提案書; ``number`` 1 to 5."""

    id: int = 0
    programme_id: int
    number: int
    text: str


@frozen_record
class PlanLine:
    """One line of the 実施案 (work, amount this year and next, 課題, and conditions for 実現可能性)."""

    id: int = 0
    programme_id: int
    position: int = 0
    work: str
    this_year: str = ""
    next_year: str = ""
    issues: tuple[int, ...] = ()
    content: str = ""
    condition: str = ""
    confirmed: str = ""


@frozen_record
class PolicyLine:
    """The 支援方針 of one participating 団体; ``stage`` is e.g. 「LINE公式 2→3」 as printed."""

    id: int = 0
    programme_id: int
    organisation_id: int
    stage: str = ""
    policy: str = ""
    support: str = ""


@frozen_record
class BudgetMemo:
    """The head of the ward's budget memo (author, date, last day counted, day of submission).

    ``total_this`` and ``total_next`` are the sums as typed, in thousand yen; the items must add up to them.
    """

    id: int = 0
    programme_id: int
    made_on: date
    maker: str = ""
    counted_to: date
    hand_in: str = ""
    total_this: int | None = None
    total_next: int | None = None
    cut_note: str = ""


@frozen_record
class MemoAmount:
    """One 費目 in thousand yen, with its 積算・理由."""

    id: int = 0
    programme_id: int
    position: int = 0
    item: str
    this_year: int
    next_year: int
    reason: str = ""


@frozen_record
class MemoClause:
    """One clause to change; ``evidence`` are the ids of its evidence."""

    id: int = 0
    programme_id: int
    position: int = 0
    clause: str
    this_year: str = ""
    next_year: str = ""
    evidence: tuple[int, ...] = ()
    state: ClauseState = "未定"


@frozen_record
class MemoCut:
    """What is cut first when less is granted, with its amount in thousand yen (positive)."""

    id: int = 0
    programme_id: int
    position: int = 0
    text: str
    amount: int


@frozen_record
class MemoQuestion:
    """An open question of the memo, with whom it was asked of, and until when."""

    id: int = 0
    programme_id: int
    position: int = 0
    text: str
    asked_of: str = ""
    due: date | None = None
    state: QuestionState = "未"
