"""What the papers of the day share: the event at the top, their 整理番号, and whether they name people."""

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
    """Put the frame round a paper of the day.

    Args:
        sign: the word for it in the 整理番号 (「R8-講02-名簿」).
    """
    reference = f"{document_frame.event_code(context.programme, event)}-{sign}"
    content = document_frame.frame_event_document(
        context,
        event,
        kind=kind,
        look=layout,
        blocks=blocks,
        first_sheet=kind,
        header_right=f"整理番号　{reference}　{document_frame.edition_words(document_frame.FIRST)}",
    )
    return replace(
        content,
        reference=reference,
        header_left=document_frame.event_name(event),
        footer_left=document_frame.PERSONS if personal else document_frame.NO_PERSONS,
        personal=personal,
    )
