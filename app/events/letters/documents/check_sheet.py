"""Content of the 封入・宛名の突合せ表: every addressee with what goes into the envelope, and two ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import Column, DocumentContent, KeyValues, Table, Title
from app.documents.event_facts import EventFacts
from app.events.letters.documents.letter_layout import Addressee

KIND = "封入・宛名の突合せ表"


def check_sheet(
    context: document_frame.DocumentContext,
    event: EventFacts,
    addressees: Sequence[Addressee],
    *,
    letter: str,
    enclosures: str,
    returned: Collection[str],
) -> DocumentContent:
    """Return the sheet on which one person ticks each envelope as filled, and another as checked.

    Args:
        letter: what is sent. enclosures: what goes into each envelope. returned: of whom a letter came back.
    """
    rows = tuple(
        (
            str(number),
            f"{one.full_name}{'（前に返戻）' if {one.organisation, one.person} & {*returned} else ''}",
            fill_nonempty("{}人", len(one.people)),
            enclosures,
            "",
            "",
        )
        for number, one in enumerate(addressees, 1)
    )
    content = document_frame.frame_event_document(
        context,
        event,
        kind=KIND,
        look="form",
        header_right=document_frame.PERSONAL_MARK,
        first_sheet="突合せ表",
        blocks=(
            Title(KIND, subtitle=f"{letter}　{document_frame.event_name(event)}"),
            KeyValues(rows=(("通数", f"{len(rows)}通"), ("差出日・種別", ""))),
            Table(
                columns=(
                    Column("No", 10, align="right"),
                    Column("宛名", 66),
                    Column("名", 14, align="right"),
                    Column("同封物", 45),
                    Column("封入", 15, tick=True),
                    Column("確認", 15, tick=True),
                ),
                rows=rows,
                name="宛名",
                ruled=True,
                min_row_height=8,
                note="宛名と中の氏名が同じことを、封をする前に2人で確かめます。",
            ),
            KeyValues(rows=(("封入した人", ""), ("確認した人", ""))),
        ),
    )
    return replace(content, personal=True, footer_left=document_frame.COLLECT_AFTER_USE)
