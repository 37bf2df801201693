"""Finds in a written answer what must not go into a report unseen: numbers, addresses, known names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

PHONE_FLAG = "電話番号らしきもの"
MAIL_FLAG = "メールアドレスらしきもの"
NAME_FLAG = "名簿にある氏名"

_PHONE = re.compile(r"(?<![\d.])(?:\+81[\s\-]?\d|0\d)[\d\s\-()]{7,13}\d(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_HONORIFICS = ("さん", "様", "さま", "氏", "先生", "会長", "まで")


def personal_flags(
    text: str, *, names: Collection[str] = (), fold: Callable[[str], str] | None = None
) -> tuple[str, ...]:
    """Name what in ``text`` may tell who somebody is (domain §4).

    ``names`` are known people (「姓 名」, the space optional); ``fold`` turns a text into the search key used for
    names, by default only spaces are removed. A surname alone counts when 「さん」 or the like follows.
    """
    flags = []
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    if any(_is_phone(match.group()) for match in _PHONE.finditer(plain)):
        flags.append(PHONE_FLAG)
    if _MAIL.search(plain):
        flags.append(MAIL_FLAG)
    if _holds_name(text, names, fold or _without_spaces):
        flags.append(NAME_FLAG)
    return tuple(flags)


def _is_phone(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    return len(digits) in {10, 11} if digits.startswith("0") else len(digits) in {11, 12}


def _holds_name(text: str, names: Collection[str], fold: Callable[[str], str]) -> bool:
    folded = fold(text)
    for name in names:
        whole = fold(name)
        if len(whole) >= 2 and whole in folded:
            return True
        parts = name.split()
        surname = fold(parts[0]) if len(parts) > 1 else ""
        if surname and any(surname + honorific in folded for honorific in _HONORIFICS):
            return True
    return False


def _without_spaces(text: str) -> str:
    return "".join(text.split())
