"""The scales that forms usually ask with: their steps in order, and which steps are added for 満足計 and 肯定計."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from db.records.surveys import Role

_SHARE = 0.8
"""So many of the answers must be steps of a scale; the rest are answers outside its list."""

_CLEARLY = 0.1
"""By so much a later scale must cover more: a single answer of a person's own is no other scale."""

_DECADE = re.compile(r"(\d{1,2})(代|歳代)(.*)")
_AGE = re.compile(r"\d+(?:歳?代|歳|才)")
_DIGITS = re.compile(r"\d{1,2}")
_ENDS = re.compile(r"(?<!\d)(\d{1,2})\D{0,12}[〜～~\-−–…→](?:\D{0,12})(\d{1,2})(?!\d)")
_TOPS = (5, 7, 10)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Steps from one end to the other, how many at the first end are added up, what their sum is called."""

    steps: tuple[str, ...]
    positive: int = 0
    role: Role | None = None


def _scale(words: str, positive: int = 0, role: Role | None = None) -> Scale:
    return Scale(steps=tuple(words.split("／")), positive=positive, role=role)


SCALES: tuple[Scale, ...] = (
    _scale("大変満足／満足／どちらともいえない／不満／大変不満", 2, "satisfaction"),
    _scale("とても満足／満足／どちらともいえない／不満／とても不満", 2, "satisfaction"),
    _scale("とても満足／まあ満足／どちらともいえない／やや不満／とても不満", 2, "satisfaction"),
    _scale("とても満足／やや満足／どちらともいえない／やや不満／とても不満", 2, "satisfaction"),
    _scale("非常に満足／満足／どちらともいえない／不満／非常に不満", 2, "satisfaction"),
    _scale("大変満足／満足／普通／不満／大変不満", 2, "satisfaction"),
    _scale("大変満足／やや満足／普通／やや不満／大変不満", 2, "satisfaction"),
    _scale("満足／やや満足／どちらともいえない／やや不満／不満", 2, "satisfaction"),
    _scale("満足／やや満足／普通／やや不満／不満", 2, "satisfaction"),
    _scale("満足／まあ満足／どちらともいえない／やや不満／不満", 2, "satisfaction"),
    _scale(
        "よく理解できた／だいたい理解できた／どちらともいえない／あまり理解できなかった／まったく理解できなかった",
        2, "understanding",
    ),
    _scale("よく理解できた／理解できた／どちらともいえない／あまり理解できなかった／理解できなかった", 2, "understanding"),
    _scale(
        "よくわかった／だいたいわかった／どちらともいえない／あまりわからなかった／わからなかった", 2, "understanding"
    ),
    _scale("よく分かった／だいたい分かった／どちらともいえない／あまり分からなかった／分からなかった", 2, "understanding"),
    _scale("とても役に立った／役に立った／どちらともいえない／あまり役に立たなかった／役に立たなかった", 2, "satisfaction"),
    _scale("とてもよかった／よかった／ふつう／あまりよくなかった／よくなかった", 2, "satisfaction"),
    _scale("そう思う／ややそう思う／どちらともいえない／あまりそう思わない／そう思わない", 2, "intent"),
    _scale("速い／やや速い／ちょうどよい／やや遅い／遅い"),
    _scale("長い／やや長い／ちょうどよい／やや短い／短い"),
)  # fmt: skip


def known_scale(title: str, pieces: Sequence[str]) -> Scale | None:
    """The scale that covers the answers: the first one, unless a later one covers clearly more of them.

    One step alone tells a scale only when the ``title`` asks in its words (満足, 理解).
    """
    counts = Counter(pieces)
    best, most = None, 0.0
    for scale in SCALES:
        covered = [step for step in scale.steps if step in counts]
        share = sum(counts[step] for step in covered) / len(pieces) if pieces else 0.0
        told = len(covered) >= 2 or (bool(covered) and _told(title, scale))
        if told and share >= _SHARE and share > most + (_CLEARLY if best else 0):
            best, most = scale, share
    return best


def _told(title: str, scale: Scale) -> bool:
    return any(word in title and any(word in step for step in scale.steps) for word in ("満足", "理解", "役に立"))


def digit_scale(title: str, pieces: Sequence[str]) -> tuple[str, ...]:
    """The steps of a scale answered in digits, () when it is none; nobody need have chosen each of them.

    The ends stand in the ``title`` (「1：不満〜5：大変満足」) or are 1 and 5, 7 or 10.
    """
    if not pieces or not all(_DIGITS.fullmatch(piece) for piece in pieces):
        return ()
    numbers = {int(piece) for piece in pieces}
    match = _ENDS.search(title)
    if match:
        first, last = sorted((int(match.group(1)), int(match.group(2))))
        if first <= min(numbers) and max(numbers) <= last <= _TOPS[-1]:
            return tuple(str(step) for step in range(first, last + 1))
    top = next((top for top in _TOPS if max(numbers) <= top), 0)
    return tuple(str(step) for step in range(min(1, *numbers), top + 1)) if top else ()


def ages(options: Sequence[str]) -> tuple[str, ...] | None:
    """Ages by number with the decades that nobody chose between the lowest and the highest; None for no ages."""
    if not options or not all(_AGE.match(option) for option in options):
        return None
    listed = {int(re.match(r"\d+", option).group()): option for option in options}  # type: ignore[union-attr]
    decades = {number: match for number, option in listed.items() if (match := _DECADE.fullmatch(option))}
    if len(decades) == len(options) and all(number % 10 == 0 for number in decades):
        unit = next(iter(decades.values())).group(2)
        for number in range(min(decades), max(decades), 10):
            listed.setdefault(number, f"{number}{unit}")
    return tuple(listed[number] for number in sorted(listed))
