"""What a paper says, block by block, one line each: for tests that say what stands on it in one case or another."""

import dataclasses
import difflib
import inspect
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from app.documents.blocks import DocumentContent, Heading, KeyValues, LetterItems, Table
from tests.support import rewriting
from tests.support.said_words import WRITES

_LAID_OUT = frozenset({
    "width", "label_width", "min_row_height", "type_size", "columns", "landscape", "look", "style", "align", "ruled",
})  # fmt: skip
_GAP = re.compile("　{3,}")


def lines_of(content: DocumentContent | Iterable[object]) -> list[str]:
    """Return every line of a paper: a row's cells with 「｜」 between them, a marked row with its mark before it."""
    blocks = content.blocks if isinstance(content, DocumentContent) else content
    return [_GAP.sub("　　", line.replace("\n", " / ")).rstrip() for block in blocks for line in _lines(block)]


def assert_paper(lines: Iterable[str], case: str) -> None:
    """Hold lines against those that stand below ``# case`` in the text file beside the test, named as the test is.

    With ``DESK_WORDS=write`` they are written there instead; the change is then read in the diff.
    """
    place = Path(inspect.stack()[1].filename).with_suffix(".txt")
    parts = place.read_text(encoding="utf-8").split("# ")[1:] if place.is_file() else []
    known = {name: text.split("\n") for name, _, text in (part.strip("\n").partition("\n") for part in parts)}
    said = list(filter(None, lines))
    differing = changes(known.get(case, ()), said)
    if differing and WRITES:
        written = {**known, case: said}
        place.write_text("\n\n".join("\n".join([f"# {name}", *text]) for name, text in written.items()) + "\n")
    elif differing:
        raise AssertionError("\n".join([f"{place.name}（－）と、いまの言葉（＋）が違います：", *differing]))


def assert_says(lines: Iterable[str], wanted: str) -> None:
    """Hold lines against those of ``wanted``, where one that begins with 「　　」 goes on with that before it.

    With ``DESK_WORDS=write`` the lines are written into the test instead; the change is then read in the diff.
    """
    said = list(lines)
    text = textwrap.dedent(wanted).strip("\n").rstrip(" ").replace("\n　　", "")
    differing = changes(text.split("\n") if text else [], said)
    if differing and WRITES:
        rewriting.write_lines(inspect.stack()[1], said)
    elif differing:
        raise AssertionError("\n".join(["テスト（－）と、いまの言葉（＋）が違います：", *differing]))


def changes(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return the lines of a paper that fell away (－) and came (＋) when something of its event or year was changed."""
    marked = {"-": "－", "+": "＋"}
    found = difflib.unified_diff(list(before), list(after), lineterm="", n=0)
    return [f"{marked[one[0]]}{one[1:]}" for one in found if one[0] in marked and one[:3] not in ("---", "+++")]


def came(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return what a paper says otherwise: the new lines, and what fell away (－) where fewer came in its place.

    What the sample year's paper says is not said again: ``tests/documents/words`` has it.
    """
    old, new = list(before), list(after)
    found: list[str] = []
    for what, begins, ends, at, until in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what != "equal":
            fell_away = old[begins:ends] if ends - begins > until - at else []
            found += [*(f"－{one}" for one in fell_away), *new[at:until]]
    return found


def _lines(block: object) -> list[str]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, KeyValues):
        return [f"{label}：{value}" for label, value in block.rows]
    if isinstance(block, LetterItems):
        return [f"{number}　{label}　{value}" for number, (label, value) in enumerate(block.rows, block.start)]
    if isinstance(block, Heading):
        sign = "■" if block.level == 1 else "◇" * (block.level - 1)
        return ["　".join(one for one in (f"{sign}{block.number}", block.text, block.right) if one)]
    return [said] if (said := _words(block)) else []


def _table(table: Table) -> list[str]:
    marks: dict[int, str] = {}
    for sign, rows in (("▼", table.group_rows), ("◎", table.bold_rows), ("・", table.grey_rows)):
        marks |= {row: marks.get(row, "") + sign for row in rows}
    said = [marks.get(at, "") + "｜".join(row) for at, row in enumerate(table.rows)]
    heads = "｜".join(one.title for one in table.columns)
    return [f"［{heads}］", *said, *([table.note] if table.note else ())]


def _words(value: object) -> str:
    """Return the texts and numbers of a block one after the other, what is as it usually is left out."""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, tuple | list | frozenset):
        each = sorted(value, key=str) if isinstance(value, frozenset) else value
        return "｜".join(_words(one) for one in each)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = [one for one in dataclasses.fields(value) if one.name not in _LAID_OUT]
        return "｜".join(
            said
            for one in named
            if (one.default is dataclasses.MISSING or getattr(value, one.name) != one.default)
            and (said := _words(getattr(value, one.name)))
        )
    return ""
