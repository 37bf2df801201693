"""Reads the number that a person wrote into a numeric answer."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:人|名|回|件|台|分|時間|歳|年|点|%|円|世帯)?")


def parse_number(text: str) -> str:
    """The number in ``text`` ("１２人" → "12"), or an empty text when it is not exactly one number."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().replace(",", ""))
    return match.group(1) if match else ""
