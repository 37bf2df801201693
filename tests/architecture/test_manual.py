"""The manual says what the window says: every word in its brackets is a word of the program."""

from __future__ import annotations

import re
from pathlib import Path

NAMED = re.compile(r"「([^「」]+)」")
EXPLAINED = {"　", "-"}
"""The brackets themselves, and a key."""


def _is_said(name: str, words: set[str]) -> bool:
    """Whether ``name`` is a whole word of the program, or one with the name of something before it (書類＋を作成)."""
    return name in words or any(name[:at] in words and name[at:] in words for at in range(2, len(name) - 1))


def test_every_word_in_brackets_is_a_whole_word_of_the_window(product, project_folder: Path):
    words = {
        text.value.strip()
        for source in product
        if source.speaks_qt or source.floors & {"services", "startup"}
        for text in source.texts
    }
    manual = (project_folder / "docs" / "manual.md").read_text(encoding="utf-8")

    named = NAMED.findall(manual)

    assert len(named) > 80
    assert [name for name in named if name not in EXPLAINED and not _is_said(name, words)] == []
