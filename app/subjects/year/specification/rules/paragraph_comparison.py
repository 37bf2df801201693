"""Compare two 仕様書 paragraph by paragraph, matching them and marking changed words."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from rapidfuzz import fuzz

from app.subjects.year.specification.rules.paragraphs import TABLE, SpecParagraph, parent_clause
from db.frozen_record import frozen_record

ParagraphChange = Literal["変更", "追加", "削除", "項番だけ", "同じ"]
Run = tuple[str, bool]
_ALIKE: Final = 0.6
_SAME_PLACE: Final = 0.35
"""The minimum similarity of matching paragraphs, and of those with the same number and heading."""
_WHOLE: Final = 160
_AROUND: Final = 14
"""The length up to which a text is printed whole, and how much is printed around changes of a longer one."""
_PIECE = re.compile(r"\d[\d,.]*|[一-龠々]+|[ァ-ヴー]+|[ぁ-ん]+|[A-Za-z]+|\s+|.", re.DOTALL)


@frozen_record
class ParagraphPair:
    """One paragraph of both texts; None on the side that lacks it."""

    old: SpecParagraph | None
    new: SpecParagraph | None
    change: ParagraphChange

    @property
    def clause(self) -> str:
        """Return its number, of the new text if there."""
        return (self.new or self.old or SpecParagraph(clause="", text="")).clause

    @property
    def title(self) -> str:
        """Return its heading, or its first words."""
        shown = self.new or self.old or SpecParagraph(clause="", text="")
        return shown.title or shown.text.replace("\n", " ")[:24]


def compare_paragraphs(old: Sequence[SpecParagraph], new: Sequence[SpecParagraph]) -> tuple[ParagraphPair, ...]:
    """Return both texts as pairs, by similarity, lower where number and heading are the same.

    Args:
        old, new: the paragraphs of both texts in order.
    """
    partner = _matching_paragraphs(old, new)
    of_old = {one: other for other, one in partner.items()}
    found: list[tuple[tuple[int, int, int], ParagraphPair]] = []
    for place, one in enumerate(new):
        before = old[partner[place]] if place in partner else None
        found.append(((place, 0, 0), ParagraphPair(old=before, new=one, change=_change_of(before, one))))
    after = -1
    for place, one in enumerate(old):
        after = of_old.get(place, after)
        if place not in of_old:
            found.append(((after, 1, place), ParagraphPair(old=one, new=None, change="削除")))
    return tuple(pair for _key, pair in sorted(found, key=lambda each: each[0]))


def _matching_paragraphs(old: Sequence[SpecParagraph], new: Sequence[SpecParagraph]) -> dict[int, int]:
    plain_old, plain_new = [_plain(one.text) for one in old], [_plain(one.text) for one in new]
    rated = []
    for there, one in enumerate(new):
        for here, other in enumerate(old):
            if (_annex(one.clause), bool(one.clause)) != (_annex(other.clause), bool(other.clause)):
                continue
            alike = fuzz.ratio(plain_new[there], plain_old[here]) / 100
            same = one.clause == other.clause
            titled = bool(one.title) and one.title == other.title
            near = titled and parent_clause(one.clause) == parent_clause(other.clause)
            if alike >= (_SAME_PLACE if same and titled else _ALIKE) or near:
                rated.append((alike + 0.3 * same + 0.3 * titled + 0.1 * near, -abs(there - here), there, here))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _score, _near, there, here in sorted(rated, reverse=True):
        if there not in partner and here not in taken:
            partner[there] = here
            taken.add(here)
    return partner


def _change_of(old: SpecParagraph | None, new: SpecParagraph) -> ParagraphChange:
    if old is None:
        return "追加"
    if _plain(old.text) != _plain(new.text):
        return "変更"
    return "同じ" if old.clause == new.clause else "項番だけ"


def _plain(text: str) -> str:
    """Return the words for comparison, ignoring width and line ends."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _annex(clause: str) -> str:
    return clause[:1] if clause[:1] in ("特", "機", TABLE[:1]) else ""


def mark_changes(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the words of both sides as runs, each with whether the other side lacks it."""
    here, there = _PIECE.findall(old), _PIECE.findall(new)
    matcher = difflib.SequenceMatcher(
        None, [_plain(one) for one in here], [_plain(one) for one in there], autojunk=False
    )
    left: list[Run] = []
    right: list[Run] = []
    for sort, a, b, c, d in matcher.get_opcodes():
        changed = sort != "equal" and bool(_plain("".join(here[a:b])) or _plain("".join(there[c:d])))
        _add(left, "".join(here[a:b]), changed)
        _add(right, "".join(there[c:d]), changed)
    return tuple(left), tuple(right)


def _add(runs: list[Run], words: str, changed: bool) -> None:
    if words and runs and runs[-1][1] == changed:
        runs[-1] = (runs[-1][0] + words, changed)
    elif words:
        runs.append((words, changed))


def shorten(runs: Sequence[Run]) -> str:
    """Return the words of one side, a long one shortened to its changes with some context (「…」)."""
    whole = "".join(words for words, _changed in runs)
    if len(whole) <= _WHOLE or not any(changed for _words, changed in runs):
        return whole if len(whole) <= _WHOLE else f"{whole[:_WHOLE]}…"
    said = ""
    for place, (words, changed) in enumerate(runs):
        if changed:
            said += words if len(words) <= _WHOLE else f"{words[:_WHOLE]}…"
        elif len(words) <= 2 * _AROUND:
            said += words
        else:
            head = words[:_AROUND] if place else ""
            tail = words[-_AROUND:] if place < len(runs) - 1 else ""
            said += f"{head}…{tail}"
    return said
