"""配布資料の中身: what lies in one set of handouts, in its order; the first sheet of every set, for whoever gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.common.counted import counted_of_events
from app.papers import paper
from app.papers.blocks import Column, DocumentContent, Paragraph, Table, Title
from app.papers.event_facts import EventFacts
from app.subjects.submissions.materials.papers.collation import CollatedHandout

KIND: Final = "配布資料の中身"
_LACKS: Final = "足りないもの、ページの抜けがあるときは、受付へお申し出ください。"


def enclosed(context: paper.PaperContext, event: EventFacts, handouts: Sequence[CollatedHandout]) -> DocumentContent:
    """Build the sheet of the handouts that go into a set; it names nobody."""
    # Of a handout whose pages nobody counted the sum is a least number.
    pages = counted_of_events(each.pages for each in handouts)
    rows = [
        (str(number), each.title, f"第{each.version.version}版" if each.version else "", str(each.pages or ""))
        for number, each in enumerate(handouts, start=1)
    ]
    content = paper.finish(
        context,
        event,
        kind=KIND,
        look="form",
        first_sheet=KIND,
        outgoing=True,
        blocks=(
            Title(KIND, subtitle=event.told_title, lead=paper.when(event)),
            Table(
                name=KIND,
                columns=(
                    Column("順", width=14, align="center"),
                    Column("資料名", width=111),
                    Column("版", width=20, align="center"),
                    Column("ページ", width=20, align="right"),
                ),
                rows=(*rows, ("", f"計　{len(rows)}点", "", pages.least())),
                total_row=True,
                min_row_height=9.5,
            ),
            Paragraph(_LACKS),
        ),
    )
    return replace(content, header_right="", copies=event.copies.total if event.copies.people else 0)
