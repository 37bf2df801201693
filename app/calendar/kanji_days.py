"""Converting 漢数字 in dates and times (令和八年十一月十二日, 二〇二六年, 十七時三十分) to digits before parsing."""

from __future__ import annotations

import re

_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_PLACE_VALUES = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(r"[〇零一二三四五六七八九十百千]+(?=\s*[年月日時分秒])")


def with_arabic_digits(text: str) -> str:
    """Return ``text`` with every 漢数字 before 年, 月, 日, 時, 分 or 秒 in digits, all else unchanged."""
    return _NUMBER.sub(lambda found: str(_kanji_number(found.group())), text)


def _kanji_number(written: str) -> int:
    """Return the number of 漢数字 written by places (二十三) or digit after digit (二〇二六)."""
    if not any(sign in _PLACE_VALUES for sign in written):
        return int("".join(str(_DIGITS[sign]) for sign in written))
    total, digit = 0, 0
    for sign in written:
        if sign in _PLACE_VALUES:
            total += (digit or 1) * _PLACE_VALUES[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
