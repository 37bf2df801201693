"""Rules on evidence and the memo (changes, required content of a 提案書, and sums)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import table_day
from db.digits import one_width, whole_number
from db.record import RowsById, record
from db.records.year.proposal import (
    BudgetMemo,
    Evidence,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    PlanLine,
    PolicyLine,
)

SourceStatus = Literal["", "変わった", "なくなった"]
CIRCLED = "①②③④⑤"
SET_ASIDE = 0
OWN_NOTES = "気付き"
"""The kind of the ward's own notes, which have no source row."""
BY_CONTRACTOR = "受託者が記入"


@record
class QuotedEvidence:
    """One piece of evidence as documents print it, with its day and what its source says now.

    ``said`` has its number and day; ``issue`` is the 課題 (0 = set aside, None = undecided). ``outdated`` tells that
    the source changed (「出典はいま…」) or is gone, "" = unchanged; ``reason`` why the older words were kept.
    """

    id: int
    issue: int | None
    said: str
    source: str
    outdated: str
    reason: str

    @property
    def words(self) -> str:
        """Return the words with the day (「問3「使いたい」　14人／66人（R8.9.30）」), below them the current ones."""
        more = [
            fill_nonempty("※{}", self.outdated),
            fill_nonempty("（もとの内容のまま：{}）", self.reason),
        ]
        return join_nonempty(self.said, *more, separator="\n")


def day_of(evidence: Evidence) -> date:
    """Return the day on which the evidence was true, for older rows the day of collecting."""
    return evidence.day or evidence.at.date()


def quote(evidence: Evidence, now: str, source_status: SourceStatus) -> QuotedEvidence:
    """Return collected evidence as documents print it.

    Args:
        now: the number that its source has now, "" = none.
        source_status: how the evidence compares with it.
    """
    told = f"{evidence.said}　{evidence.count}".strip("　")
    aged = ""
    if source_status == "なくなった" or (evidence.kept_reason and not evidence.seen):
        aged = "出典がなくなった"
    elif source_status or evidence.kept_reason:
        aged = f"出典はいま{now}" if now and now != evidence.count else "出典はそのあと変わった"
    return QuotedEvidence(
        id=evidence.id,
        issue=evidence.issue,
        said=f"{told}（{table_day(day_of(evidence))}）",
        source=evidence.source,
        outdated=aged,
        reason=evidence.kept_reason,
    )


def issue_mark(issue: int | None) -> str:
    """Return 「①」, 「使わない」, or "" while undecided."""
    if issue is None:
        return ""
    return CIRCLED[issue - 1] if issue else "使わない"


@record
class ProposalPoint:
    """One of the six points of 仕様書4(4), whether the form has it, and what it lacks."""

    point: str
    done: bool
    waiting_for: str = ""


def points_of(
    issues: Sequence[Issue], evidence: Sequence[Evidence], plans: Sequence[PlanLine], policies: Sequence[PolicyLine]
) -> tuple[ProposalPoint, ...]:
    """Return the six points of 仕様書4(4) in the order of the clause, and which of them the form has.

    予算規模 is never done, since the contractor writes it.
    """
    written = {one.number for one in issues}
    used = [one for one in evidence if one.issue in written]
    supported = {one.issue for one in used}
    bare = [one.number for one in issues if one.number not in supported]
    voices = any(one.sort.is_voice for one in used)
    reachable = bool(plans) and all(one.condition and one.confirmed for one in plans)
    return (
        ProposalPoint(point="次年度のデジタル活用支援事業実施案", done=bool(plans), waiting_for="実施案を書く"),
        ProposalPoint(point="団体支援方針", done=bool(policies), waiting_for="支援方針を書く"),
        ProposalPoint(point="課題の反映", done=bool(issues) and not bare, waiting_for="課題に根拠を付ける"),
        ProposalPoint(point="参加者の意見の反映", done=voices, waiting_for="参加者の声を課題に付ける"),
        ProposalPoint(point="実現可能性", done=reachable, waiting_for="条件と確認したことを書く"),
        ProposalPoint(point="予算規模", done=False, waiting_for=BY_CONTRACTOR),
    )


# the memo: amounts in thousand yen

_TERM = re.compile(r"(\d[\d,]*)\s*(?:千円)?\s*[×xX*]\s*(\d[\d,]*)")


def computed_total(text: str) -> int | None:
    """Return the sum of the products in a reason in thousand yen (「165千円×2」 → 330).

    None without a product, or where 「千円」 does not stand in the text.
    """
    plain = one_width(text)
    found = [
        one * times
        for one, times in (map(whole_number, pair) for pair in _TERM.findall(plain) if "千円" in plain)
        if one is not None and times is not None
    ]
    return sum(found) if found else None


def change_words(change: int) -> str:
    """Return a change of amount (「+330」「△12」「0」)."""
    return f"+{change:,}" if change > 0 else f"△{-change:,}" if change < 0 else "0"


def sums_of(amounts: Sequence[MemoAmount]) -> tuple[int, int]:
    """Return the sums of the amounts of all 費目, this year and next."""
    return sum(one.this_year for one in amounts), sum(one.next_year for one in amounts)


def sum_problems(memo: BudgetMemo | None, amounts: Sequence[MemoAmount], cuts: Sequence[MemoCut]) -> tuple[str, ...]:
    """Return a sentence where typed sums, 積算 or cuts of a memo do not fit the amounts, which blocks the document."""
    found = []
    this_year, next_year = sums_of(amounts)
    for typed, counted, words in (
        (memo.total_this if memo else None, this_year, "今年度"),
        (memo.total_next if memo else None, next_year, "次年度案"),
    ):
        if typed is not None and typed != counted:
            found.append(f"{words}の計が合いません。記入は{typed:,}千円、費目の和は{counted:,}千円です。")
    for one in amounts:
        found += amount_problems(one)
    cut = sum(one.amount for one in cuts)
    if cut > next_year:
        found.append(f"減額の和（{cut:,}千円）が、次年度案の計（{next_year:,}千円）を超えています。")
    return tuple(found)


def amount_problems(amount: MemoAmount) -> list[str]:
    """Return a problem where the calculation gives neither next year's amount nor the change."""
    counted = computed_total(amount.reason)
    change = amount.next_year - amount.this_year
    if counted is None or counted in (amount.next_year, abs(change)):
        return []
    return [
        (
            f"「{amount.item}」の積算は{counted:,}千円ですが、次年度案は{amount.next_year:,}千円、"
            f"増減は{change_words(change)}千円です。"
        )
    ]


def evidence_problems(memo: BudgetMemo, clauses: Sequence[MemoClause], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return a sentence for each clause without evidence (unless 未定), or with evidence later than the memo."""
    known = RowsById(evidence)
    found = []
    for clause in clauses:
        mine = [known[one] for one in clause.evidence if one in known]
        if not mine and not clause.state.is_open:
            found.append(f"「{clause.clause}」に根拠がありません。")
        found += [
            f"「{clause.clause}」の根拠が、メモの作成日より後のものです（{one.source}）。"
            for one in mine
            if (one.day or one.at.date()) > memo.made_on
        ]
    return tuple(found)
