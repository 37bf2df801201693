"""Document numbers as the ward writes them: 文書記号, 第, the number given by the document system, 号."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_BARE: Final = re.compile(r"第?\s*(\d+(?:-\d+)?)\s*号?\s*(の\s*\d+)?")
_AFTER_SYMBOL: Final = re.compile(r"第[\s　○〇●◯_]*号?\s*$")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑–—―−ー", "-"))
"""Characters that a kana keyboard gives for the dash of a branch number."""
_BLANK_SPACE: Final = "　　　　　"
EXAMPLE: Final = "1234"


def _bare_symbol(symbol: str) -> str:
    """Return the 文書記号 alone, without a typed 第 or placeholder and 号."""
    return _AFTER_SYMBOL.sub("", symbol.strip()).strip()


def full_number(symbol: str, typed: str) -> str:
    """Return the number as printed: a bare one gets the 文書記号, 第 and 号, anything else stays as typed.

    Without a 文書記号 a bare number stays as typed, too.
    """
    number, stem = typed.strip(), _bare_symbol(symbol)
    found = _BARE.fullmatch(unicodedata.normalize("NFKC", number).translate(_DASHES))
    if not stem or found is None:
        return number
    return f"{stem}第{found[1]}号{(found[2] or '').replace(' ', '')}"


def blank_number(symbol: str) -> str:
    """Return 「8練地協第　　　　　号」, to be filled in after 決裁."""
    return f"{_bare_symbol(symbol)}第{_BLANK_SPACE}号"


def symbol_preview(symbol: str) -> str:
    """Return an example of a printed number with this 文書記号."""
    if not _bare_symbol(symbol):
        return "公文書の番号の前に印字します。例：8練地協 と入力すると、番号1234は「8練地協第1234号」になります。"
    return f"番号が{EXAMPLE}のとき、「{full_number(symbol, EXAMPLE)}」と印字します。"


def number_preview(symbol: str, typed: str) -> str:
    """Return how the typed number will be printed; an example while nothing is typed."""
    if typed.strip():
        return f"「{full_number(symbol, typed)}」と印字します。"
    if not _bare_symbol(symbol):
        return "文書管理システムで付いた番号を、印字するとおりに入力します。例：8練地協第1234号"
    return f"文書管理システムで付いた番号。例：{EXAMPLE} →「{full_number(symbol, EXAMPLE)}」"
