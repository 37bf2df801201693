"""Sees whether a scale has as many steps on one side as on the other."""

from __future__ import annotations

import re

from db.records.surveys import Question

_MIDDLE = re.compile(r"どちら(?:とも|でも)|ちょうど|ふつう|普通|中くらい|変わらない|同じくらい|適当|適切")
_OUTSIDE = re.compile(
    r"わからない|分からない|該当|あてはまらない|参加していない|使っていない|その他|特になし|答えたくない"
)
_STEP = re.compile(r"^(?:とても|たいへん|大変|非常に|よく|だいたい|やや|少し|あまり|まったく|全く|十分に?)")
_FEWEST = 3


def is_scale(question: Question) -> bool:
    """Whether the options are steps from one end to the other: said so, summed up, or worded like steps."""
    if question.type != "SA":
        return False
    if question.scale or question.role:
        return True
    steps = steps_of(question)
    worded = sum(bool(_STEP.match(step)) for step in steps)
    return len(steps) >= _FEWEST and (worded >= 2 or (worded >= 1 and any(map(_MIDDLE.search, steps))))


def steps_of(question: Question) -> tuple[str, ...]:
    """The options that are steps: without わからない, その他 and the like."""
    return tuple(option for option in question.options if not _OUTSIDE.search(option))


def scale_finding(question: Question) -> str:
    """Return how the sides of a scale differ (「は、中央の前が2段階、後が1段階です。」), or an empty text.

    The middle is the step that says so (どちらともいえない); without one, the positive options must be half of an
    even number of steps, or leave as many on the other side.
    """
    if not is_scale(question):
        return ""
    steps = steps_of(question)
    if len(steps) < _FEWEST:
        return ""
    middle = next((place for place, step in enumerate(steps) if _MIDDLE.search(step)), None)
    if middle is not None:
        before, after = middle, len(steps) - 1 - middle
        return "" if before == after else f"は、「{steps[middle]}」の前が{before}段階、後が{after}段階です。"
    positive = sum(step in question.positive for step in steps)
    if not positive:
        return ""
    other = len(steps) - positive
    # An odd number of steps has one in the middle that belongs to neither side.
    other -= len(steps) % 2 if positive < other else 0
    return "" if positive == other else f"は、足す選択肢が{positive}段階、反対の側が{other}段階です。"
