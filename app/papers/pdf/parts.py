"""Cuts a document where a paper of its own or another look begins, and lays out and numbers each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.papers.blocks import Block, DocumentContent, SheetBreak
from app.papers.pdf.composing import compose, layout_of
from app.papers.pdf.pieces import Sheet, deal
from app.papers.pdf.questionnaire_form import lay_out_questionnaire
from app.papers.pdf.sizes import NORMAL, TIGHT
from app.papers.pdf.typefaces import FontCollection

_LITTLE = 0.30  # a last page filled less than this is worth a tighter setting


class NumberedSheet(NamedTuple):
    """One page: the part it belongs to, its number within its paper, and how many pages that paper has."""

    content: DocumentContent
    sheet: Sheet
    number: int
    pages: int


def numbered_sheets(content: DocumentContent, collection: FontCollection) -> list[NumberedSheet]:
    """Lay out every part and number the pages; each serial letter counts from 1."""
    papers: list[list[tuple[DocumentContent, Sheet]]] = [[]]
    for part, restart in _parts(content):
        if restart and papers[-1]:
            papers.append([])
        papers[-1] += [(part, sheet) for sheet in _lay_out(part, collection)]
    return [
        NumberedSheet(part, sheet, number, len(paper))
        for paper in papers
        for number, (part, sheet) in enumerate(paper, start=1)
    ]


def _parts(content: DocumentContent) -> Iterator[tuple[DocumentContent, bool]]:
    """Yield the parts with whether each begins a paper of its own."""
    blocks: list[Block] = []
    look, restart = content.look, False
    for block in content.blocks:
        if isinstance(block, SheetBreak) and block.page and (block.restart or block.look):
            if blocks:
                yield _part(content, blocks, look), restart
            blocks, look, restart = [], block.look or look, block.restart
        else:
            blocks.append(block)
    yield _part(content, blocks, look), restart


def _part(content: DocumentContent, blocks: Sequence[Block], look: str) -> DocumentContent:
    return replace(content, blocks=tuple(blocks), look=look)  # type: ignore[arg-type]


def _lay_out(content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    if content.look == "sheet":
        return lay_out_questionnaire(content, collection)
    normal = layout_of(content, collection, NORMAL)
    sheets = deal(compose(content, normal), normal.paper)
    last = sheets[-1]
    if len(sheets) < 2 or last.y - last.paper.top > last.paper.body_height * _LITTLE:
        return sheets
    tight = layout_of(content, collection, TIGHT)
    closer = deal(compose(content, tight), tight.paper)
    return closer if len(closer) < len(sheets) else sheets
