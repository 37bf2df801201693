"""Knows texts that a spreadsheet would take for a formula when they are written back carelessly."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\s\"'’]*[=＝@＠+＋][^\s=＝]|[\s\"'’]*[-－][^\s\-－ー―]|[\t\r]")
_NUMBER = re.compile(r"\s*[+\-＋－]?[\d０-９][\d０-９\-－() ,.]*\s*")
_SIGNED = re.compile(r"\s*[\"']?[+\-＋－]")


def starts_like_formula(text: str) -> bool:
    """Whether ``text`` begins like a formula (``=``, ``+``, ``-``, ``@``, also full width or behind a quote or tab).

    A telephone number with its country (``+81 …``) is none.
    """
    if not _FORMULA.match(text):
        return False
    if _NUMBER.fullmatch(text):
        return bool(_SIGNED.match(text)) and not text.strip().startswith(("+81", "＋81", "＋８１"))
    return True
