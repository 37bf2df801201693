"""The first sheet of each set of handouts, which lists its content in order (配布資料の中身)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.common.partial_count import sum_event_counts
from app.documents import document_frame
from app.documents.blocks import Column, DocumentContent, Paragraph, Table, Title
from app.documents.event_facts import EventFacts
from app.subjects.submissions.materials.documents.collation import CollatedHandout

ENCLOSURES_KIND: Final = "配布資料の中身"
_LACKS: Final = "足りないもの、ページの抜けがあるときは、受付へお申し出ください。"


def enclosures(
    context: document_frame.DocumentContext, event: EventFacts, handouts: Sequence[CollatedHandout]
) -> DocumentContent:
    """Build the sheet that lists the handouts of a set; it names nobody."""
    # With a handout whose pages are unknown the sum is a minimum.
    pages = sum_event_counts(each.pages for each in handouts)
    rows = [
        (str(number), each.title, f"第{each.version.version}版" if each.version else "", str(each.pages or ""))
        for number, each in enumerate(handouts, start=1)
    ]
    content = document_frame.frame_event_document(
        context,
        event,
        kind=ENCLOSURES_KIND,
        look="form",
        first_sheet=ENCLOSURES_KIND,
        outgoing=True,
        blocks=(
            Title(ENCLOSURES_KIND, subtitle=event.participant_title, lead=document_frame.date_time_words(event)),
            Table(
                name=ENCLOSURES_KIND,
                columns=(
                    Column("順", width=14, align="center"),
                    Column("資料名", width=111),
                    Column("版", width=20, align="center"),
                    Column("ページ", width=20, align="right"),
                ),
                rows=(*rows, ("", f"計　{len(rows)}点", "", pages.minimum_words())),
                total_row=True,
                min_row_height=9.5,
            ),
            Paragraph(_LACKS),
        ),
    )
    return replace(content, header_right="", copies=event.copies.total if event.copies.people else 0)
