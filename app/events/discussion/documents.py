"""Content of 討議の記録: the sheets of all 班 of an 意見交換会, without names of participants (仕様書4(3)オ・コ)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.common.join_nonempty import join_nonempty
from app.common.row_cells import filled_cells
from app.documents import document_frame
from app.documents.blocks import Closing, Column, DocumentContent, GroupFlow, Heading, Paragraph, Table, Title
from app.documents.event_facts import EventFacts
from app.events.discussion.rules import PART_TITLES, PARTS, GroupDiscussion, NoteSums, Rows, note_sums
from db.digits import one_width
from db.records.discussion import SummaryPart

KIND = "討議の記録"
STEP_HEADINGS = ("課題（個人ワーク）", "分類・選定", "解決策", "発表")
_WIDTHS: Mapping[SummaryPart, tuple[float, ...]] = {
    SummaryPart.COMMON: (120, 45),
    SummaryPart.LINKS: (46, 50, 22, 27, 20),
    SummaryPart.HANDOVER: (45, 70, 50),
}


def group_flow_blocks(rows: Sequence[Sequence[str]]) -> tuple[GroupFlow, ...]:
    """Return one block for each 班 from the rows of a report (班, 選定した題, 構成, ファシリテーター, four steps)."""
    flows = []
    for row in rows:
        cells = filled_cells(row, 8)
        if any(cell.strip() for cell in cells):
            flows.append(
                GroupFlow(
                    name=f"{cells[0]}　{cells[1]}".strip(),
                    members=cells[2],
                    facilitator=cells[3],
                    steps=tuple(zip(STEP_HEADINGS, cells[4:8], strict=True)),
                )
            )
    return tuple(flows)


def common_table(rows: Sequence[Sequence[str]], groups: Sequence[tuple[str, int | None]]) -> Table | None:
    """Return the table of 共通点, one a row with ● below each 班 that had it; None without a row or a 班.

    Args:
        rows: text, and its 班 in words (「1、3」).
        groups: name and number of sticky notes of each 班.
    """
    written = [(*row, "", "")[:2] for row in rows if any(row)]
    if not written or not groups:
        return None
    numbers = [_group_number(name) or str(place) for place, (name, _notes) in enumerate(groups, 1)]
    width = min(20.0, 90 / len(groups))
    columns = (
        Column("共通したこと", 165 - width * len(groups) - 18),
        *(
            Column(name + (f"\n{notes}枚" if notes is not None else ""), width, align="center")
            for name, notes in groups
        ),
        Column("班の数", 18, align="right"),
    )
    cells = []
    for what, named in written:
        chosen = set(re.findall(r"\d+", one_width(named)))
        marks = ["●" if number in chosen else "" for number in numbers]
        cells.append((what, *marks, f"{sum(map(bool, marks))}班"))
    return Table(
        columns,
        tuple(cells),
        name="班に共通したこと",
        note="注　●はその班の解決策または発表にあったもの。班ごとの記録から数えた。班の間の優劣を示すものではない。",
    )


def _group_number(name: str) -> str:
    found = re.search(r"\d+", one_width(name))
    return found[0] if found else ""


def note_sum_text(sums: NoteSums, groups: int) -> str:
    """Return 「4班 付箋 23＋27＋21＋18＝89枚」; without the notes if a 班 has no number."""
    parts = [f"{groups}班"] if groups else []
    if sums.counted_total is not None:
        arithmetic = f"{'＋'.join(map(str, sums.by_group))}＝" if len(sums.by_group) > 1 else ""
        parts.append(f"付箋　{arithmetic}{sums.counted_total}枚")
    return "　".join(parts)


def discussion_record(
    context: document_frame.DocumentContext,
    event: EventFacts,
    tables: Mapping[str, Rows],
    groups: Sequence[GroupDiscussion],
) -> DocumentContent:
    """Return the record: the 班 one below the other, then the まとめ as far as it is written.

    Args:
        tables: as ``rules.report_rows`` returns them.
        groups: the 班 they come from.
    """
    sums = note_sums(groups)
    flows = group_flow_blocks(tables.get("班", ()))
    blocks = [
        Title(
            KIND,
            subtitle=document_frame.event_name(event),
            lead=join_nonempty(document_frame.date_time_words(event), document_frame.venue_words(event)),
        ),
        Heading(1, "1", "班ごとの討議内容", right=note_sum_text(sums, len(flows)), sheet="班"),
        *(flows or (Paragraph("班の記録はまだありません。"),)),
    ]
    written = [part for part in PARTS if tables.get(part)]
    if written:
        blocks.append(Heading(1, "2", "まとめ", sheet="まとめ"))
    for number, part in enumerate(written, 1):
        blocks += [Heading(2, f"({number})", PART_TITLES[part]), _table(part, tables[part], groups)]
    return document_frame.frame_event_document(
        context, event, kind=KIND, look="report", blocks=(*blocks, Closing()), first_sheet="班"
    )


def _table(part: SummaryPart, rows: Rows, groups: Sequence[GroupDiscussion]) -> Table:
    """Return the table of one part of the まとめ; 共通点 with ● below each 班, as far as 班 have lines."""
    if part.is_common:
        marked = common_table(rows, [(f"{group.number}班", group.all_notes) for group in groups if group.lines])
        if marked is not None:
            return marked
    columns = tuple(Column(title, width) for title, width in zip(PARTS[part], _WIDTHS[part], strict=True))
    return Table(columns, rows, name=PART_TITLES[part])
