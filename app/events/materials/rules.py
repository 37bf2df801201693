"""Rules for handouts: matching pages of two versions, and usage rights.

Rights may block printing or reuse unless a reason is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from rapidfuzz.distance import Indel

from db.record import record
from db.records.submissions.materials import RightAnswer, UsageRight

Change = Literal["変わった", "加わった", "なくなった"]
_NUMBER = re.compile(r"[\s\-–—(（]*(?:[pP]\.?\s*)?(\d{1,3})\s*(?:[/／]\s*\d{1,3}|ページ|頁)?[\s\-–—)）]*")
_DIGITS = re.compile(r"[0-9０-９]+")
_RUNNING_SHARE = 0.6
_RUNNING_MIN = 3
_GAP = 0.5
"""The cost of leaving a page unmatched; pages that differ by more than twice that are not matched."""
_MIN_LIKENESS = 0.55
_TEXT_SHARE = 0.7


@record
class PageFeatures:
    """The features by which one page is matched.

    ``words`` without running heads and page numbers, ``image_hash`` equal for pages that look the same,
    ``thumbnail`` a few hundred grey dots of it.
    """

    number: int
    words: str
    image_hash: str
    thumbnail: bytes


@record
class PagePair:
    """A page of the old version with its page of the new one, each from 1; None = there is none."""

    old: int | None
    new: int | None


def running_lines(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines (digits as 「#」) on at least three and 60 % of the pages: running heads and feet."""
    counted = Counter(line for lines in pages for line in {without_digits(one) for one in lines} if line)
    least = max(_RUNNING_MIN, _RUNNING_SHARE * len(pages))
    return frozenset(line for line, times in counted.items() if times >= least)


def without_digits(line: str) -> str:
    """Return a line with 「#」 in place of each number, for comparison with other pages."""
    return _DIGITS.sub("#", line.strip())


def is_page_number(line: str, number: int) -> bool:
    """Return whether a line is only the number of its own page (「4」「- 4 -」「4 / 10」)."""
    found = _NUMBER.fullmatch(line)
    return found is not None and int(found[1]) == number


def page_pairs(old: Sequence[PageFeatures], new: Sequence[PageFeatures]) -> tuple[PagePair, ...]:
    """Return the pages of both versions in pairs, in order; none is left out."""
    likeness = [[page_likeness(one, other) for other in new] for one in old]
    cost = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in range(len(old) + 1):
        for column in range(len(new) + 1):
            if row or column:
                cost[row][column] = min(before for before, _step in _steps_to(cost, likeness, row, column))
    pairs = []
    row, column = len(old), len(new)
    while row or column:
        _cost, (down, across) = min(_steps_to(cost, likeness, row, column), key=lambda way: way[0])
        pairs.append(PagePair(old=row if down else None, new=column if across else None))
        row, column = row - down, column - across
    return tuple(reversed(pairs))


def _steps_to(
    cost: Sequence[Sequence[float]], likeness: Sequence[Sequence[float]], row: int, column: int
) -> Iterable[tuple[float, tuple[int, int]]]:
    """Yield each step to ``row`` old and ``column`` new pages aligned: total cost, and the old and new pages it adds.

    (1, 1) pairs two pages, only if they are alike enough; (1, 0) and (0, 1) leave one unpaired.
    """
    if row and column:
        found = likeness[row - 1][column - 1]
        if found >= _MIN_LIKENESS:
            yield cost[row - 1][column - 1] + 1 - found, (1, 1)
    if row:
        yield cost[row - 1][column] + _GAP, (1, 0)
    if column:
        yield cost[row][column - 1] + _GAP, (0, 1)


def page_likeness(first: PageFeatures, second: PageFeatures) -> float:
    """Return the similarity of two pages; 1 = they look the same."""
    if first.image_hash == second.image_hash:
        return 1.0
    dots = 1 - sum(abs(a - b) for a, b in zip(first.thumbnail, second.thumbnail, strict=True)) / (
        255 * max(1, len(first.thumbnail))
    )
    if not first.words and not second.words:
        return min(0.99, dots)
    words = Indel.normalized_similarity(first.words, second.words)
    return min(0.99, _TEXT_SHARE * words + (1 - _TEXT_SHARE) * dots)


OPEN = "確認中"
STATES: Mapping[UsageRight, tuple[str, ...]] = {
    UsageRight.PERMISSION: ("許諾済", "許諾は不要", OPEN, "許諾なし"),
    UsageRight.GENERATED: ("使っていない", "使用を承諾", OPEN, "承諾なし"),
    UsageRight.REUSE: ("使える", "条件付き", OPEN, "使えない"),
}
"""The states of each right; the last two block."""
QUESTIONS: Mapping[UsageRight, str] = {
    UsageRight.PERMISSION: "人の顔・画面・文章などを使う許諾",
    UsageRight.GENERATED: "生成AIで作った部分",
    UsageRight.REUSE: "つぎの年度やほかの実施回で使うこと",
}
CONDITION = "条件付き"
_PRINTING: tuple[UsageRight, ...] = (UsageRight.PERMISSION, UsageRight.GENERATED)
_REUSE: tuple[UsageRight, ...] = tuple(UsageRight)


def state_words(rights: Mapping[str, RightAnswer]) -> str:
    """Return the rights in words (「許諾 許諾済・生成AI 未確認・次年度再利用 使える」)."""
    return "・".join(f"{right} {rights[right].state if right in rights else '未確認'}" for right in UsageRight)


def is_blocking(right: UsageRight, answer: RightAnswer | None) -> bool:
    """Return whether a right was answered 確認中, or that it is not given, and no reason is written beside it."""
    return answer is not None and answer.state in STATES[right][2:] and not answer.reason.strip()


def rights_blocking_printing(rights: Mapping[str, RightAnswer]) -> tuple[UsageRight, ...]:
    """Return which of 許諾 and 生成AI block printing; one that nobody has asked about yet does not."""
    return tuple(right for right in _PRINTING if is_blocking(right, rights.get(right)))


def rights_blocking_reuse(rights: Mapping[str, RightAnswer]) -> tuple[UsageRight, ...]:
    """Return the rights that block reuse; 次年度再利用 has to be answered first."""
    return tuple(
        right for right in _REUSE if is_blocking(right, rights.get(right)) or (right.is_reuse and right not in rights)
    )


def blocked_words(
    title: str, blocking: tuple[UsageRight, ...], rights: Mapping[str, RightAnswer], *, action: str
) -> str:
    """Return the message on a blocked action (「「テキスト」は、許諾が「確認中」のため、印刷できません。」)."""
    said = "、".join(f"{right}が「{rights[right].state if right in rights else '未確認'}」" for right in blocking)
    return f"「{title}」は、{said}のため、{action}。"
