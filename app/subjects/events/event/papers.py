"""What the papers of the day share: the event at the top, their 整理番号, and whether they name people."""

from __future__ import annotations

from dataclasses import replace

from app.papers import paper
from app.papers.blocks import Block, DocumentContent
from app.papers.event_facts import EventFacts


def day_paper(
    context: paper.PaperContext,
    event: EventFacts,
    *,
    kind: str,
    sign: str,
    look: str,
    blocks: tuple[Block, ...],
    personal: bool = False,
) -> DocumentContent:
    """Put the frame round a paper of the day.

    Args:
        sign: the word for it in the 整理番号 (「R8-講02-名簿」).
    """
    reference = f"{paper.event_sign(context.programme, event)}-{sign}"
    content = paper.finish(
        context,
        event,
        kind=kind,
        look=look,
        blocks=blocks,
        first_sheet=kind,
        header_right=f"整理番号　{reference}　{paper.edition_words(paper.FIRST)}",
    )
    return replace(
        content,
        reference=reference,
        header_left=paper.event_name(event),
        footer_left=paper.PERSONS if personal else paper.NO_PERSONS,
        personal=personal,
    )
