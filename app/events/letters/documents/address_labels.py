"""Content of the 宛名ラベル: one label for each addressee, 12 or 24 to a sheet; a list in the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.documents import document_frame
from app.documents.blocks import DocumentContent
from app.documents.event_facts import EventFacts
from app.documents.handout_blocks import Label, LabelSheet
from app.events.letters.documents.letter_layout import Addressee, person_line

KIND = "宛名ラベル"
CONFIDENTIAL = "親展"
SIZES = (12, 24)


def address_labels(
    context: document_frame.DocumentContext,
    event: EventFacts,
    addressees: Iterable[Addressee],
    *,
    size: int,
    start: int,
    confidential: bool,
) -> DocumentContent:
    """Return the 宛名ラベル, one for each addressee in their order; a 団体 without a person gets 「御中」.

    Args:
        size: 12 or 24 labels to an A4 sheet.
        start: position of the first free label on the sheet, from 1.
        confidential: print 「親展」 (特記事項17(7): letters with personal data go 特定記録 or 親展).
    """
    honorific = context.setting.honorific if context.setting else "様"
    labels = tuple(
        Label(
            organisation=one.full_line or (one.organisation if one.person else f"{one.organisation}　御中"),
            person=person_line(one, honorific),
            postal_code=one.postal_code,
            address=one.address,
            mark=CONFIDENTIAL if confidential else "",
        )
        for one in addressees
    )
    content = document_frame.frame_event_document(
        context,
        event,
        kind=KIND,
        look="card",
        first_sheet="宛名",
        outgoing=True,
        blocks=(LabelSheet(labels=labels, size=size, start=start),),
    )
    return replace(content, personal=True, header_left="", header_right="")
