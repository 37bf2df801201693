"""What a workbook strikes out (取消線): a cell by its font, or some letters of its text by the fonts of their runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Strike = Literal["", "part", "whole"]
"""How much of a cell is struck out."""

RUN_PARTS = frozenset({"r", "rPr", "strike"})
"""The elements of a text that say how its letters look, as far as a strike goes."""


ROW_STRUCK_TEXT = "行に取消線が引かれている"


def is_row_struck_out(filled: Sequence[int], struck: Mapping[int, bool]) -> bool:
    """Whether a row counts as struck out as a whole: half of its filled cells or more are.

    A remark typed beside a row that was struck out (9/5 電話で取消) is not struck itself.

    Args:
        filled: the columns in which something stands. struck: the columns that are struck out, True as a whole, False
            in part.
    """
    whole = [column for column in filled if struck.get(column)]
    return bool(whole) and len(whole) * 2 >= len(filled)


def struck_cell_words(*, whole: bool) -> str:
    """Return what is said of a cell that is struck out, behind its name: 「に取消線が引かれている」."""
    return f"{'に' if whole else 'の一部の文字に'}取消線が引かれている"


def is_font_flag_on(attributes: Mapping[str, str]) -> bool:
    """Whether a switch of a font (``<strike/>``, ``<strike val="0"/>``) is on."""
    return attributes.get("val", "1") not in {"0", "false"}


@dataclass
class StruckLetters:
    """How many letters of one text its own runs strike out, how many they do not, and how many go by the font of the
    cell."""

    struck: int = 0
    plain: int = 0
    cell_font: int = 0

    def strike_of_cell(self, *, struck: bool) -> Strike:
        """How much of a cell with this text is struck out; ``struck`` says whether its font is."""
        out = self.struck + (self.cell_font if struck else 0)
        kept = self.plain + (0 if struck else self.cell_font)
        return "" if not out else "part" if kept else "whole"


class RunReader:
    """Counts the letters of one text after another by their runs; ``rich`` says that one of them has a
    font of its own."""

    def __init__(self) -> None:
        self.begin_text()

    def begin_text(self) -> None:
        """A new text."""
        self.letters = StruckLetters()
        self.rich = False
        self._struck: bool | None = None

    def on_font_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """One of ``RUN_PARTS``: a run begins, it has a font of its own, or that font strikes it out."""
        if name == "r":
            self._struck = None
        elif name == "rPr":
            self.rich, self._struck = True, False
        elif is_font_flag_on(attributes):
            self._struck = True

    def count_letters(self, text: str) -> None:
        """Letters of the run that is open; a strike through blanks is seen by nobody."""
        if not text.strip():
            return
        if self._struck is None:
            self.letters.cell_font += len(text)
        elif self._struck:
            self.letters.struck += len(text)
        else:
            self.letters.plain += len(text)
