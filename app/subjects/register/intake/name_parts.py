"""Tells headings that hold half of a name (姓 and 名, セイ and メイ), so that both halves become one name again."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KANA = r"(?:ふりがな|フリガナ|カナ|かな|よみ|ヨミ)"
_FAMILY = re.compile(
    rf"(?P<stem>.*?)[(_:・]?(?:(?P<kana>せい|セイ)|(?:姓|苗字|名字|lastname|familyname))(?P<after>\(?{_KANA}\)?)?\)?"
)
_GIVEN = re.compile(
    rf"(?P<stem>.*?)[(_:・]?(?:(?P<kana>めい|メイ)|(?:名|firstname|givenname))(?P<after>\(?{_KANA}\)?)?\)?"
)
_OF_KANA = re.compile(_KANA)


@dataclass(frozen=True)
class NamePart:
    """Half of a name: ``field`` name or furigana, ``stem`` what both halves have before them, ``given`` the second half."""

    field: str
    stem: str
    given: bool


def name_parts(folded: list[str]) -> dict[int, NamePart]:
    """The columns that hold half of a name; a heading such as 参加人数（名） has no other half and is none."""
    families = {index: part for index, text in enumerate(folded) if (part := _part(text, given=False)) is not None}
    found: dict[int, NamePart] = {}
    for index, text in enumerate(folded):
        given = _part(text, given=True) if index not in families else None
        if given is None:
            continue
        other = [place for place, part in families.items() if (part.field, part.stem) == (given.field, given.stem)]
        near = next((place for place in sorted(other, reverse=True) if place < index and place not in found), None)
        if near is not None:
            found[near], found[index] = families[near], given
    return found


def _part(text: str, *, given: bool) -> NamePart | None:
    match = (_GIVEN if given else _FAMILY).fullmatch(text)
    if not match:
        return None
    of_kana = bool(match["kana"] or match["after"] or _OF_KANA.search(match["stem"]))
    return NamePart("furigana" if of_kana else "name", _OF_KANA.sub("", match["stem"]), given)
