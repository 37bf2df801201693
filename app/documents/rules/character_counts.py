"""Counting characters of a text as a printer of 区報 or a web page does."""

from __future__ import annotations

import unicodedata


def count_characters(text: str) -> int:
    """Return the number of characters of ``text`` as an editor counts them.

    Line ends and invisible characters count nothing; a character with its variant selector (葛󠄀) or combining mark
    counts one; every space and every half-width letter counts one.
    """
    return sum(not _joins(char) for char in text if char not in "\r\n")


def _joins(char: str) -> bool:
    point = ord(char)
    selector = 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF
    return selector or bool(unicodedata.combining(char)) or unicodedata.category(char) in ("Cc", "Cf")


def count_words(text: str, limit: int | None = None) -> str:
    """Return 「183字」, with ``limit`` 「183字／200字（残り17字）」 or 「214字／200字（14字超過）」."""
    count = count_characters(text)
    if not limit:
        return f"{count}字"
    rest = limit - count
    return f"{count}字／{limit}字（{f'残り{rest}字' if rest >= 0 else f'{-rest}字超過'}）"
