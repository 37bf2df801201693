"""クロス集計表: the chosen tables of one question by another, people first, small cells hidden."""

from __future__ import annotations

from dataclasses import replace

from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, Paragraph, Table, Title
from app.documents.event_facts import EventFacts
from app.subjects.surveys.questions.rules.tally_result import CROSS_REPORT
from app.subjects.surveys.tally.rules.cross_table import PrintedCross
from db.frozen_record import frozen_record
from db.records.surveys import EventSurvey

CROSS_KIND = CROSS_REPORT
INTERNAL_NOTE = "区の内部用（2人以下の欄を伏せていない）"
_LABEL = 40.0
_PORTRAIT, _LANDSCAPE = 165.0, 261.0
_MAX_PORTRAIT_COLUMNS = 8


@frozen_record
class PrintedCrossTable:
    """One table: what stands in its rows and columns, over which sheets, as printed, with its note."""

    row_title: str
    column_title: str
    scope: str
    printed: PrintedCross
    note: str


@frozen_record
class CrossFacts:
    """Everything a クロス集計表 is built from; ``unmasked_reason`` tells why small cells are shown, empty = hidden."""

    event: EventFacts
    survey: EventSurvey
    tables: tuple[PrintedCrossTable, ...]
    counted_words: str
    unmasked_reason: str = ""
    warning: str = ""


def cross_report(context: document_frame.DocumentContext, facts: CrossFacts) -> DocumentContent:
    """Build the paper; every page says while totals are not fixed, and when it must stay inside the ward."""
    blocks: list[Block] = [Title(CROSS_KIND, subtitle=document_frame.event_name(facts.event), lead=facts.counted_words)]
    if facts.unmasked_reason:
        blocks.append(Paragraph(f"{INTERNAL_NOTE}。理由：{facts.unmasked_reason}", style="strong"))
    if facts.warning:
        blocks.append(Paragraph(facts.warning))
    for number, one in enumerate(facts.tables, 1):
        title = f"{one.row_title}　×　{one.column_title}"
        blocks.append(Heading(2, f"({number})", title, right=one.scope))
        blocks.append(cross_block(one.printed, one.note, name=f"クロス{number}"))
    marks = [] if facts.survey.frozen_at else ["集計確定前"]
    if facts.unmasked_reason:
        marks.append("区の内部用")
    content = document_frame.frame_event_document(
        context,
        facts.event,
        kind=CROSS_KIND,
        look="report",
        blocks=tuple(blocks),
        first_sheet=CROSS_KIND,
        stamp="　".join(marks),
        header_right=CROSS_KIND,
    )
    return replace(content, footer_left=INTERNAL_NOTE) if facts.unmasked_reason else content


def cross_block(printed: PrintedCross, note: str, *, name: str) -> Table:
    """Return a cross table as a block: a row of people and, where asked for, a row of percentages under it."""
    wide = len(printed.columns) > _MAX_PORTRAIT_COLUMNS
    room = ((_LANDSCAPE if wide else _PORTRAIT) - _LABEL) / len(printed.columns)
    percent = "％（参考）" if printed.is_reference_only else "％"
    rows: list[tuple[str, ...]] = []
    bold = []
    for number, (label, cells) in enumerate(printed.lines):
        if number == len(printed.lines) - 1:
            bold.append(len(rows))
        rows.append((label, *(cell.people for cell in cells)))
        if any(cell.percent for cell in cells):
            rows.append((f"　{percent}", *(cell.percent for cell in cells)))
    columns = (
        Column("人数", width=_LABEL),
        *(Column(title, width=room, align="right") for title in printed.columns),
    )
    return Table(
        columns,
        tuple(rows),
        name=name,
        note=f"注　{note}",
        bold_rows=tuple(bold),
        landscape=wide,
    )
