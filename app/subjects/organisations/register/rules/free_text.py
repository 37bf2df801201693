"""Finds personal data in written answers before they go into a report: numbers, addresses, known names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

PHONE_FLAG = "電話番号らしきもの"
MAIL_FLAG = "メールアドレスらしきもの"
NAME_FLAG = "名簿にある氏名"

_PHONE = re.compile(r"(?<![\d.])(?:\+81[\s\-]?\d|0\d)[\d\s\-()]{7,13}\d(?!\d)")
# The last eight digits, as people write a number of their own town; two years with a dash are none.
_LOCAL_PHONE = re.compile(r"(?<![\d.\-])(?!(?:19|20)\d\d-(?:19|20)\d\d)\d{4}-\d{4}(?![\d\-])")
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_HONORIFICS = ("さん", "様", "さま", "氏", "先生", "会長", "まで")
_KANA = re.compile(r"[\u3041-\u30ff]+")
# A name of kana alone and this short stands in too many ordinary words (まり in つまり).
_MIN_KANA_LENGTH = 4

Fold = Callable[[str], str]


class NameFinder:
    """Searches texts for the names of known people; names are folded once for any number of texts."""

    def __init__(self, names: Iterable[str], fold: Fold | None = None) -> None:
        """Take ``names`` as 「姓 名」, the space optional; ``fold`` makes the key by which texts are compared.

        Without ``fold`` only spaces are dropped.
        """
        self._fold = fold or _without_spaces
        self._found: set[str] = set()
        self._add((name, self._fold(name)) for name in dict.fromkeys(names))

    @classmethod
    def with_keys(cls, people: Iterable[tuple[str, str]], fold: Fold) -> NameFinder:
        """Return a finder for names whose folded form is known already, given as (name, folded name)."""
        made = cls((), fold)
        made._add(people)
        return made

    def _add(self, people: Iterable[tuple[str, str]]) -> None:
        surnames: set[str] = set()
        for name, whole in people:
            if len(whole) >= (_MIN_KANA_LENGTH if _KANA.fullmatch(whole) else 2):
                self._found.add(whole)
            parts = name.split()
            if len(parts) > 1:
                surnames.add(parts[0])
        titles = [self._fold(title) for title in _HONORIFICS]
        # A surname alone counts when 「さん」 or the like follows.
        self._found.update(key + title for surname in surnames if (key := self._fold(surname)) for title in titles)
        self._lengths = sorted({len(one) for one in self._found})

    def contains_name(self, text: str) -> bool:
        """Return whether ``text`` names a known person; the time does not depend on the number of names."""
        folded, found = self._fold(text), self._found
        whole = len(folded)
        return any(
            folded[start : start + length] in found for length in self._lengths for start in range(whole - length + 1)
        )


def personal_flags(text: str, *, finder: NameFinder | None = None) -> tuple[str, ...]:
    """Return the kinds of personal data that ``text`` may contain (domain §4).

    ``finder`` knows people. A surname alone counts when 「さん」 or the like follows.
    """
    flags = []
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    if _LOCAL_PHONE.search(plain) or any(_is_phone(match.group()) for match in _PHONE.finditer(plain)):
        flags.append(PHONE_FLAG)
    if _MAIL.search(plain):
        flags.append(MAIL_FLAG)
    if finder is not None and finder.contains_name(text):
        flags.append(NAME_FLAG)
    return tuple(flags)


def _is_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits) in {10, 11} if digits.startswith("0") else len(digits) in {11, 12}


def _without_spaces(text: str) -> str:
    return "".join(text.split())
