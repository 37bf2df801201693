"""The comparison key of a heading: width folded, blanks of every kind removed, letters in one case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RUNNING = re.compile(r"no\.?|番号|連番|#|項番|id")


def is_running_number(heading: str) -> bool:
    """Whether a column only numbers the lines of a list: nothing in it says anything about a row."""
    return bool(_RUNNING.fullmatch(fold_heading(heading)))


@lru_cache(maxsize=4_000)
def fold_heading(text: str) -> str:
    """A heading's comparison key: width folded, every space removed, letters in one case. Never shown."""
    return "".join(unicodedata.normalize("NFKC", text.replace("\x00", "")).split()).casefold()
