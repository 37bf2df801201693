"""The usage rights of a handout, which may block printing or reuse unless a reason is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from db.records.submissions.materials import USAGE_RIGHTS, RightAnswer, UsageRight

OPEN: Final = "確認中"
STATES: Final[Mapping[UsageRight, tuple[str, ...]]] = {
    "許諾": ("許諾済", "許諾は不要", OPEN, "許諾なし"),
    "生成AI": ("使っていない", "使用を承諾", OPEN, "承諾なし"),
    "次年度再利用": ("使える", "条件付き", OPEN, "使えない"),
}
"""The states of each right; the last two block."""
QUESTIONS: Final[Mapping[UsageRight, str]] = {
    "許諾": "人の顔・画面・文章などを使う許諾",
    "生成AI": "生成AIで作った部分",
    "次年度再利用": "つぎの年度やほかの実施回で使うこと",
}
CONDITION: Final = "条件付き"
_PRINTING: Final[tuple[UsageRight, ...]] = ("許諾", "生成AI")
_REUSE: Final[tuple[UsageRight, ...]] = USAGE_RIGHTS


def state_words(rights: Mapping[str, RightAnswer]) -> str:
    """Return the rights in words (「許諾 許諾済・生成AI 未確認・次年度再利用 使える」)."""
    return "・".join(f"{right} {rights[right].state if right in rights else '未確認'}" for right in USAGE_RIGHTS)


def is_blocking(right: UsageRight, answer: RightAnswer | None) -> bool:
    """Return whether a right as answered blocks, without a written reason."""
    return answer is not None and answer.state in STATES[right][2:] and not answer.reason.strip()


def rights_blocking_printing(rights: Mapping[str, RightAnswer]) -> tuple[UsageRight, ...]:
    """Return the rights that block printing; one that nobody has asked about yet does not."""
    return tuple(right for right in _PRINTING if is_blocking(right, rights.get(right)))


def rights_blocking_reuse(rights: Mapping[str, RightAnswer]) -> tuple[UsageRight, ...]:
    """Return the rights that block reuse; 次年度再利用 has to be answered first."""
    return tuple(
        right
        for right in _REUSE
        if is_blocking(right, rights.get(right)) or (right == "次年度再利用" and right not in rights)
    )


def blocked_words(
    title: str, blocking: tuple[UsageRight, ...], rights: Mapping[str, RightAnswer], *, action: str
) -> str:
    """Return the message on a blocked action (「「テキスト」は、許諾が「確認中」のため、印刷できません。」)."""
    said = "、".join(f"{right}が「{rights[right].state if right in rights else '未確認'}」" for right in blocking)
    return f"「{title}」は、{said}のため、{action}。"
