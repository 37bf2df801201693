"""Content of 会場使用・減免申請書: the ward applies to a venue for a room and for reducing or waiving its fee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, SheetBreak, Table, Title
from app.documents.event_facts import EventFacts
from db.records.venues import Booking

KIND = "会場使用・減免申請書"
ADDRESSEE, REQUEST_TEXT, PURPOSE, HEADCOUNT, REASON, OTHER = (
    "宛先",
    "申請文",
    "使用目的",
    "人数",
    "減免の理由",
    "その他",
)
"""The parts that staff may word."""
_NOT_KNOWN = "　　　　　　　　"


def room_application(
    context: document_frame.DocumentContext,
    event: EventFacts,
    applications: Sequence[tuple[str, Mapping[str, str], Sequence[Booking]]],
    *,
    version: int,
) -> DocumentContent:
    """Return the content of 会場使用・減免申請書, one part for each venue: none shows another's rooms and fees.

    Args:
        applications: each venue with the texts of its application and its bookings. version: 2 for the second letter of
            its kind, and so on.
    """
    blocks: list[Block] = []
    for number, (house, texts, bookings) in enumerate(applications):
        if number:
            blocks.append(SheetBreak(sheet=house, page=True, restart=True))
        blocks += _application(context, texts, bookings)
    content = document_frame.frame_event_document(
        context,
        event,
        kind=KIND,
        ordinal=version,
        look="form",
        first_sheet="使用・減免申請",
        outgoing=True,
        blocks=tuple(blocks),
    )
    return replace(content, header_left="", header_right="")


def _application(
    context: document_frame.DocumentContext, texts: Mapping[str, str], bookings: Sequence[Booking]
) -> Sequence[Block]:
    """Return the blocks for one venue: rooms with hours, purpose, fee and its reduction, who is responsible."""
    office = context.office
    sender = (
        document_frame.sender_name(office),
        join_nonempty(fill_nonempty("〒{}", office.postal_code), office.address),
        join_nonempty(fill_nonempty("電話　{}", office.phone), fill_nonempty("担当　{}", office.staff)),
    )
    head = replace(
        document_frame.outgoing_head(context),
        addressee=texts.get(ADDRESSEE, ""),
        sender=tuple(line for line in sender if line),
    )
    head = replace(head, reference="" if head.reference == "事務連絡" else head.reference)
    wished = "、".join(dict.fromkeys(one.reduction.strip() for one in bookings if one.reduction.strip()))
    things = "、".join(dict.fromkeys(one.equipment.strip() for one in bookings if one.equipment.strip()))
    keys = "、".join(dict.fromkeys(one.key_note.strip() for one in bookings if one.key_note.strip()))
    return (
        head,
        Title(KIND, centred=True),
        Paragraph(f"　{texts.get(REQUEST_TEXT, '')}"),
        Table(
            name="使用する室場",
            columns=(Column("施設", 58), Column("室場", 35), Column("使用する日", 34), Column("時間", 38)),
            rows=tuple(
                (
                    one.venue_name,
                    one.room,
                    dates.table_date(one.day),
                    (f"{one.start_time}–{one.end_time}" if one.start_time and one.end_time else ""),
                )
                for one in bookings
            ),
        ),
        KeyValues(
            rows=(
                ("使用目的", texts.get(PURPOSE, "")),
                ("人数", texts.get(HEADCOUNT, "")),
                ("使う備品", things or _NOT_KNOWN),
                ("使用料", _fee_words(bookings)),
                ("申請する減免", wished or "全額"),
                (REASON, texts.get(REASON, "")),
                ("鍵の受け渡し", keys or _NOT_KNOWN),
                (
                    "当日の責任者",
                    join_nonempty(office.staff or _NOT_KNOWN, fill_nonempty("電話　{}", office.phone)),
                ),
                (OTHER, texts.get(OTHER, "")),
            )
        ),
        Heading(2, "", "施設で使う欄"),
        Table(
            name="施設で使う欄",
            columns=(Column("項目", 30), Column("内容", 135)),
            rows=(
                ("受付", f"{dates.BLANK_DATE}　　受付番号"),
                ("承認", f"□ 承認する　　□ 承認しない\n承認番号　　　　　　　　　　{dates.BLANK_DATE}"),
                ("使用料", "□ 免除　　□ 減額（　　　　　　　円）　　□ 減免しない"),
            ),
            ruled=True,
            at_foot=True,
        ),
    )


def _fee_words(bookings: Sequence[Booking]) -> str:
    """Return the total fee as 「12,000円」, blanks to write into where the fee of a room is not known."""
    fees = [one.fee for one in bookings if one.fee is not None]
    return f"{sum(fees):,}円" if fees and len(fees) == len(bookings) else _NOT_KNOWN
