"""Detects struck-out text (取消線) in a workbook: a cell by its font, or letters by the fonts of their runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Strike = Literal["", "part", "whole"]
"""How much of a cell is struck out."""

RUN_PARTS = frozenset({"r", "rPr", "strike"})
"""XML elements that describe runs of letters, as far as strike-through is concerned."""


ROW_STRUCK_TEXT = "行に取消線が引かれている"


def is_row_struck_out(filled: Sequence[int], struck: Mapping[int, bool]) -> bool:
    """Return whether a row is struck out as a whole: at least half of its filled cells are.

    A remark beside a struck-out row (9/5 電話で取消) is not struck itself.

    Args:
        filled: the columns with content.
        struck: the struck-out columns, True as a whole, False in part.
    """
    whole = [column for column in filled if struck.get(column)]
    return bool(whole) and len(whole) * 2 >= len(filled)


def struck_cell_words(*, whole: bool) -> str:
    """Return the text for a struck-out cell, after its name: 「に取消線が引かれている」."""
    return f"{'に' if whole else 'の一部の文字に'}取消線が引かれている"


def is_font_flag_on(attributes: Mapping[str, str]) -> bool:
    """Return whether a font flag (``<strike/>``, ``<strike val="0"/>``) is on."""
    return attributes.get("val", "1") not in {"0", "false"}


@dataclass
class StruckLetters:
    """Letters of one text that are struck out by runs, that are not, and that follow the cell's font."""

    struck: int = 0
    plain: int = 0
    cell_font: int = 0

    def strike_of_cell(self, *, struck: bool) -> Strike:
        """Return how much of a cell is struck out ("whole", "part", ""); ``struck`` says whether its font is."""
        out = self.struck + (self.cell_font if struck else 0)
        kept = self.plain + (0 if struck else self.cell_font)
        return "" if not out else "part" if kept else "whole"


class RunReader:
    """Counts the letters of texts by their runs; ``rich`` = one of them has a font of its own."""

    def __init__(self) -> None:
        self.begin_text()

    def begin_text(self) -> None:
        """Begin a new text."""
        self.letters = StruckLetters()
        self.rich = False
        self._struck: bool | None = None

    def on_font_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle one of ``RUN_PARTS``: a run, its font, or strike-through."""
        if name == "r":
            self._struck = None
        elif name == "rPr":
            self.rich, self._struck = True, False
        elif is_font_flag_on(attributes):
            self._struck = True

    def count_letters(self, text: str) -> None:
        """Count letters of the open run, without blanks."""
        if not text.strip():
            return
        if self._struck is None:
            self.letters.cell_font += len(text)
        elif self._struck:
            self.letters.struck += len(text)
        else:
            self.letters.plain += len(text)
