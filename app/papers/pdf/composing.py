"""Turns the blocks of a document into pieces, each kind by the module that knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import Any

from app.papers.blocks import (
    BigNumber,
    Block,
    Bullets,
    Choice,
    Closing,
    Contact,
    DocumentContent,
    FillLine,
    GroupFlow,
    Heading,
    KeyFigures,
    KeyValues,
    Letterhead,
    LetterItems,
    NameTags,
    Paragraph,
    RosterList,
    SeatCard,
    SheetBreak,
    SignBoxes,
    StageChart,
    Table,
    TableCard,
    TallyChart,
    Title,
    WriteBox,
)
from app.papers.data_blocks import DataSheet
from app.papers.handout_blocks import Banner, FormRows, HandoutItems, LabelSheet, NamedLines, NoticeBox
from app.papers.pdf import cards_and_labels, forms, labelled_values, letters, tables, texts
from app.papers.pdf.cards_and_labels import label_sheet, name_tags
from app.papers.pdf.forms import form_rows
from app.papers.pdf.handouts import banner, handout_items, notice_box
from app.papers.pdf.labelled_values import choices
from app.papers.pdf.layout import Layout
from app.papers.pdf.letters import named_lines
from app.papers.pdf.pieces import Piece
from app.papers.pdf.roster_list import roster_list
from app.papers.pdf.shapes import group_flow, stage_chart
from app.papers.pdf.sizes import LANDSCAPE, PORTRAIT, Density
from app.papers.pdf.tally_chart import tally_chart
from app.papers.pdf.typefaces import FontCollection

_LAYOUTS: dict[type, Callable[[Any, Layout], list[Piece]]] = {
    Letterhead: letters.letterhead,
    Title: texts.title,
    Heading: texts.heading,
    KeyFigures: labelled_values.key_figures,
    Paragraph: texts.paragraph,
    Bullets: texts.bullets,
    KeyValues: labelled_values.key_values,
    LetterItems: letters.letter_items,
    BigNumber: letters.big_number,
    Table: tables.table,
    TallyChart: tally_chart,
    StageChart: stage_chart,
    GroupFlow: group_flow,
    Closing: texts.closing,
    Contact: letters.contact,
    RosterList: roster_list,
    NameTags: name_tags,
    SeatCard: cards_and_labels.seat_card,
    TableCard: cards_and_labels.table_card,
    FillLine: forms.fill_line,
    SignBoxes: forms.sign_boxes,
    WriteBox: forms.write_box,
    Banner: banner,
    HandoutItems: handout_items,
    NoticeBox: notice_box,
    FormRows: form_rows,
    NamedLines: named_lines,
    LabelSheet: label_sheet,
    DataSheet: lambda _block, _layout: [],
}

# Two ruled blocks without a word between them would read as one.
_RULED = (Table, KeyValues, KeyFigures, Choice)
_BETWEEN_TABLES = 4.6


def layout_of(content: DocumentContent, fonts: FontCollection, density: Density) -> Layout:
    """Return the layout a document starts with: landscape for a roster, else portrait."""
    paper = LANDSCAPE if content.look == "roster" else PORTRAIT
    return Layout(fonts, density, paper, content.look)


def compose(content: DocumentContent, layout: Layout) -> list[Piece]:
    """Lay out every block in order."""
    pieces: list[Piece] = []
    break_here = False
    position = 0
    for kind, members in groupby(content.blocks, type):
        group = list(members)
        if kind is SheetBreak:
            break_here = any(isinstance(block, SheetBreak) and block.page for block in group)
            position += len(group)
            continue
        before = content.blocks[position - 1] if position else None
        if isinstance(group[0], BigNumber) and _names(before, group[0]) and layout.look == "letter":
            made = letters.big_number(group[0], layout, named=True)
            made += _group(kind, group[1:], content.blocks[position + 1 :], layout)
        else:
            made = _group(kind, group, content.blocks[position:], layout)
        position += len(group)
        if made and isinstance(before, _RULED) and kind in _RULED:
            made[0].space = _BETWEEN_TABLES
        if made and break_here:
            made[0].new_page = True
            break_here = False
        pieces += made
    return pieces


def _group(kind: type, group: list[Block], rest: tuple[Block, ...], layout: Layout) -> list[Piece]:
    if kind is Choice:  # neighbours share one set of rules and one ladder of words
        return choices([block for block in group if isinstance(block, Choice)], layout)
    made: list[Piece] = []
    for number, block in enumerate(group):
        turned = layout.paper is PORTRAIT and _stands_on_landscape(rest[number:])
        used = replace(layout, paper=LANDSCAPE) if turned else layout
        parts = _LAYOUTS[kind](block, used)
        if turned:
            for part in parts:
                part.paper = LANDSCAPE
        made += parts
    return made


def _names(block: Block | None, number: BigNumber) -> bool:
    """Say whether the block above is a letter item that names the number and has no value of its own."""
    return isinstance(block, LetterItems) and bool(block.rows) and block.rows[-1] == (number.label, "")


def _stands_on_landscape(blocks: tuple[Block, ...]) -> bool:
    """Say whether the first block is a landscape table or a heading right above one."""
    for block in blocks:
        if isinstance(block, Table):
            return block.landscape
        if not isinstance(block, Heading):
            return False
    return False
