"""Detects formulas, lost characters, control characters and test entries in texts of others.

A spreadsheet would run a formula that is written back carelessly; lost characters are never guessed; control
characters (NUL and others) are damage of an export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.common.blank_characters import BLANK_CHARACTERS
from app.foreign_files.tables.heading_roles import heading_role

_FORMULA = re.compile(r"[\s\"'’]*[=＝@＠+＋][^\s=＝]|[\s\"'’]*[-－][^\s\-－ー―]|[\t\r]")
_CELLS_PER_CHECK = "\x00"
"""Number of cells of a row that are checked at once, before checking one by one."""
_FORMULA_BEGINS = re.compile(_CELLS_PER_CHECK + r"[\s\"'’=＝@＠+＋\-－]")
_NUMBER = re.compile(r"\s*[+\-＋－]?[\d０-９][\d０-９\-－() ,.]*\s*")
_SIGNED = re.compile(r"\s*[\"']?[+\-＋－]")
LOST_CHARACTERS = "?〓\ufffd"
_ROLES = frozenset({"name", "organisation"})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff{BLANK_CHARACTERS}]"
)
_TRIAL = re.compile(
    r"(?:テスト|てすと|(?<![a-z])test)\s*(?:送信|回答|投稿|入力|です)|試し(?:送信|に送|に入力)|動作確認|送信テスト|集計から除|"
    r"^\s*(?:テスト|てすと|test)[\s0-9０-９]*(?:町会|自治会|団体|氏名|太郎|花子)?[\s0-9０-９]*$",
    re.IGNORECASE,
)


def starts_like_formula(text: str) -> bool:
    """Return whether ``text`` begins like a formula (``=``, ``+``, ``-``, ``@``).

    Full-width signs count, too, and signs behind a quote or tab. A telephone number with its country (``+81 …``) is
    none.
    """
    if text[:1].isalnum() or not _FORMULA.match(text):  # what begins with a letter is not looked at closer
        return False
    if _NUMBER.fullmatch(text):
        return bool(_SIGNED.match(text)) and not text.strip().startswith(("+81", "＋81", "＋８１"))
    return True


def has_formula(cells: Sequence[str]) -> bool:
    """Return whether any cell of a row begins like a formula."""
    return bool(_FORMULA_BEGINS.search(_CELLS_PER_CHECK + _CELLS_PER_CHECK.join(cells))) and any(
        map(starts_like_formula, cells)
    )


def has_lost_character(cell: str) -> bool:
    """Return whether a cell holds a mark that replaces a lost character: ``?``, 〓 or U+FFFD."""
    return not cell.isalnum() and any(sign in cell for sign in LOST_CHARACTERS)


def count_lost_characters(cells: Iterable[str]) -> int:
    """Return how many ``?``, 〓 and replacement characters the cells hold."""
    return sum(map("".join(cells).count, LOST_CHARACTERS))


def name_columns(headings: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the columns of names of people and 団体, where such a mark means a lost character."""
    return tuple(index for index, heading in enumerate(headings) if heading_role(heading) in _ROLES)


def has_only_printable(cells: Iterable[str]) -> bool:
    """Return whether the joined cells of a row hold only printable characters and blanks.

    Python calls no blank but the half-width one printable; the one of full width stands in nearly every name.
    """
    return "".join(cells).replace("\u3000", "").isprintable()


def invisible_character(cell: str) -> tuple[str, str] | None:
    """Return reason and code for a cell with a NUL or control character, None for any other cell."""
    if "\x00" in cell:
        return "セルの中に文章には現れない符号（NUL）がある", "nul_byte"
    if not cell.isprintable() and _CONTROL.search(cell):
        return "セルの中に文章には現れない符号（制御文字）がある", "control_character"
    return None


def without_invisible_characters(cell: str) -> str:
    """Return the cell without NUL and control characters; tabs and line breaks stay."""
    return cell if cell.isprintable() else _CONTROL.sub("", cell)


def is_blank(cell: str) -> bool:
    """Return whether a cell looks empty: blanks, control characters (0x1A), fillers."""
    shown = cell.strip()
    # The first sign of nearly every cell is seen, and says so at once.
    return not shown or (_INVISIBLE.match(shown) is not None and not _INVISIBLE.sub("", shown).strip())


def looks_like_test(text: str) -> bool:
    """Return whether a text looks like a test entry (「テスト送信です」「テスト 太郎」)."""
    return bool(text) and bool(_TRIAL.search(text))
