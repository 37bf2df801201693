"""Common frame of the documents of the day: the event at the top, the 整理番号, whether they name people."""

from __future__ import annotations

from dataclasses import replace

from app.documents import document_frame
from app.documents.blocks import Block, DocumentContent
from app.documents.event_facts import EventFacts


def day_document(
    context: document_frame.DocumentContext,
    event: EventFacts,
    *,
    kind: str,
    sign: str,
    layout: str,
    blocks: tuple[Block, ...],
    personal: bool = False,
) -> DocumentContent:
    """Return a document of the day with its frame around the blocks.

    Args:
        sign: the part of the 整理番号 for this document (「名簿」 of 「R8-講02-名簿」).
        personal: the document names people, which its foot says; else the foot says that it does not.
    """
    reference = f"{document_frame.facts_code(context.programme, event)}-{sign}"
    content = document_frame.frame_event_document(
        context,
        event,
        kind=kind,
        look=layout,
        blocks=blocks,
        first_sheet=kind,
        header_right=f"整理番号　{reference}　{document_frame.edition_words(document_frame.FIRST_EDITION)}",
    )
    return replace(
        content,
        reference=reference,
        header_left=document_frame.event_name(event),
        footer_left=document_frame.PERSONAL_DATA_NOTICE if personal else document_frame.NO_PERSONAL_DATA_NOTICE,
        personal=personal,
    )
