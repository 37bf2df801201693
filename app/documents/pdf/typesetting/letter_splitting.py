"""Splitting a letter that names more people than fit its page: the people move to a second sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Block, Column, DocumentContent, Paragraph, Table, Title
from app.documents.handout_blocks import NamedLines
from app.documents.pdf.typesetting.sizes import LETTER_LABEL

_MAX_NAMES_ON_LETTER = 8
"""Number of people that always stay on the letter itself."""
_NUMBERED = re.compile(r"(\d+)　(.+)")
_DEVICE = "端末　"


class SplitLetter(NamedTuple):
    """The letter with a reference in place of its people, and the sheet that lists them."""

    letter: DocumentContent
    people: DocumentContent


def split_names(content: DocumentContent) -> SplitLetter | None:
    """Return a letter without its people and the sheet that lists them; None for other looks and up to eight people."""
    named = [
        block for block in content.blocks if isinstance(block, NamedLines) and len(block.rows) > _MAX_NAMES_ON_LETTER
    ]
    if content.look != "letter" or not named:
        return None
    (first, *_rest) = named
    word = f"別紙のとおり（{len(first.rows)}人）"
    letter = tuple(replace(block, rows=((word, ""),)) if block is first else block for block in content.blocks)
    return SplitLetter(replace(content, blocks=letter), replace(content, blocks=_sheet(content, first)))


def _sheet(content: DocumentContent, named: NamedLines) -> tuple[Block, ...]:
    """Return the blocks of the second sheet: which letter it belongs to, and one line per person."""
    head = next(iter(content.letterheads), None)
    title = next((block for block in content.blocks if isinstance(block, Title)), None)
    numbered = head is not None and bool(head.admission)
    devices = all(right.startswith(_DEVICE) for _left, right in named.rows if right)
    columns = [Column("氏名", 100)]
    if numbered:
        columns.insert(0, Column("入場番号", 28))
    if any(right for _left, right in named.rows):
        columns.append(Column("端末" if devices else "", 37))
    rows = tuple(_row(left, right, numbered=numbered)[: len(columns)] for left, right in named.rows)
    subject = f"{title.text}{title.subtitle}" if title is not None else ""
    to = join_nonempty(*head.addressee.split()) if head is not None else ""
    return (
        Title(f"別紙　{named.label}"),
        Paragraph(subject),
        Paragraph(to),
        Table(tuple(columns), rows, name=named.label, type_size=LETTER_LABEL.size),
    )


def _row(left: str, right: str, *, numbered: bool) -> tuple[str, ...]:
    """Return a row as cells of number, name and value."""
    found = _NUMBERED.fullmatch(left) if numbered else None
    cells = (found[1], found[2]) if found is not None else ("", left) if numbered else (left,)
    return (*cells, right.removeprefix(_DEVICE))
