"""The forms in which a paper is written to a file, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Format = Literal["pdf", "docx", "xlsx"]
FORMAT_WORDS: Mapping[str, str] = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
SHEET_FORMATS: tuple[Format, ...] = ("pdf", "xlsx")
"""The forms of a paper of tables: a list, a ledger, a form to fill in."""
TEXT_FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx")
"""The forms of a paper of sentences; its Excel twin is for who asks for it by a command."""


def offered_formats(formats: tuple[Format, ...]) -> tuple[Format, ...]:
    """Return the forms that are written unasked: of Word and Excel the first that a paper has."""
    return tuple(one for one in formats if one != "xlsx" or "docx" not in formats)
