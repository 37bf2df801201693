"""Content of the recruitment documents that are no letters: 募集チラシ, 参加申込書 (FAX), manuscripts for 区報 and
ホームページ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    LARGE_PRINT,
    ORDINARY_PRINT,
    Block,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    Title,
)
from app.documents.event_facts import EventFacts
from app.documents.handout_blocks import Banner, FormField, FormRow, FormRows, HandoutItems, NoticeBox
from app.documents.rules import character_count_words
from app.event.rules.care_needs import MAY_BE_TOLD
from app.event.rules.recruitment import FLYER, FORM, GAZETTE
from app.events.letters.documents.letter_layout import Texts
from app.events.letters.rules.letter_texts import SUBJECT
from app.events.letters.rules.recruitment_texts import (
    ASK,
    BODY,
    CALL,
    FAX_TO,
    HEADLINE,
    HOW_TO_APPLY,
    INVITING,
    LECTURER,
    ONLINE,
    ORGANISER,
    PRIVACY,
    UNDER,
)
from app.programme.rules import in_own_words
from db.record import record
from db.records.programme import Programme

_PEOPLE_ON_FORM = 3
_MAX_PRINTED_URL = 44  # characters; nobody types a longer address from a printed page
_HEAD_PARTS = (CALL, HEADLINE, UNDER, INVITING, HOW_TO_APPLY, ONLINE, ORGANISER, ASK)


def flyer(context: document_frame.DocumentContext, event: EventFacts, texts: Texts) -> DocumentContent:
    """Return the 募集チラシ: A4, 14 pt, headline first, day and place large, how to apply at the foot."""
    known = dict(texts)
    called = {LECTURER: event.year_kind.lecturer or LECTURER}
    rows = tuple((called.get(part, part), text) for part, text in texts if part not in _HEAD_PARTS and text.strip())
    large = tuple(number for number, (part, _) in enumerate(rows) if part == "日時")
    online = known.get(ONLINE, "").strip()
    how = known.get(HOW_TO_APPLY, "")
    if online and online.isascii() and len(online) <= _MAX_PRINTED_URL:
        how = f"{how}\n申込フォーム　{online}"
    boxes = [
        NoticeBox(title=title, text=text, size=13, url=url)
        for title, text, url in ((HOW_TO_APPLY, how, online), (ASK, known.get(ASK, ""), ""))
        if text
    ]
    content = document_frame.frame_event_document(
        context,
        event,
        kind=FLYER,
        look="card",
        first_sheet="チラシ",
        outgoing=True,
        blocks=(
            Banner(
                above=known.get(CALL, ""),
                headline=known.get(HEADLINE, "") or event.subject,
                below=join_nonempty(known.get(UNDER, ""), _organiser_words(known), separator="　　"),
                lead=known.get(INVITING, ""),
            ),
            HandoutItems(rows=rows, large=large),
            *boxes,
        ),
    )
    return _without_header_and_footer(content)


def _organiser_words(passages: dict[str, str]) -> str:
    """Return 「主催 練馬区（協働推進課）」, or empty."""
    name = passages.get(ORGANISER, "").strip()
    return f"{ORGANISER}　{name}" if name else ""


def application_form(
    context: document_frame.DocumentContext, event: EventFacts, texts: Texts, *, large: bool = False
) -> DocumentContent:
    """Return the 参加申込書: one page for FAX, with the purpose of the data and when they are erased.

    Args:
        large: as a 拡大版, which takes more pages.
    """
    known = dict(texts)
    content = document_frame.frame_event_document(
        context,
        event,
        kind=FORM,
        look="card",
        first_sheet="申込書",
        outgoing=True,
        blocks=(
            Banner(headline=known.get(SUBJECT, "") or FORM, below=known.get(UNDER, ""), plain=True),
            *((NoticeBox(title=FAX_TO, text=known[FAX_TO], size=13),) if known.get(FAX_TO) else ()),
            FormRows(rows=_form_rows(event, context.programme)),
            *(NoticeBox(title=part, text=known[part], size=11) for part in (PRIVACY, ASK) if known.get(part)),
        ),
    )
    content = replace(content, type_size=LARGE_PRINT if large else ORDINARY_PRINT)
    return _without_header_and_footer(content)


def _form_rows(event: EventFacts, programme: Programme) -> tuple[FormRow, ...]:
    device = "□ 持参　□ 貸与" if event.year_kind.lends_devices else "□ 持参する"
    people = [
        FormRow(
            label=f"参加者{number}",
            fields=(
                FormField(caption="氏名（ふりがな）", share=2),
                FormField(caption="役職", share=1),
                FormField(caption="端末", text=device, share=1),
            ),
            height=18,
        )
        for number in range(1, _PEOPLE_ON_FORM + 1)
    ]
    return (
        FormRow(
            label="団体名",
            fields=(FormField(share=3), FormField(caption="支部", share=1))[: 2 if programme.branch else 1],
            height=14,
        ),
        FormRow(label="連絡先の方", fields=(FormField(caption="氏名", share=2), FormField(caption="電話", share=2)),
            height=14),
        FormRow(label="返信先", fields=(FormField(caption="FAX", share=2), FormField(caption="メール", share=2)),
            height=14),
        *people,
        FormRow(
            label="必要な配慮",
            fields=(FormField(caption=programme.care_offered, text=f"（過ぎても相談できます）\n{MAY_BE_TOLD}"),),
            height=20,
        ),
    )  # fmt: skip


@record
class Article:
    """One manuscript: its name, its passages and its maximum length in characters (None = any)."""

    kind: str
    texts: Texts
    max_characters: int | None


def manuscripts(
    context: document_frame.DocumentContext, event: EventFacts, articles: Sequence[Article]
) -> DocumentContent:
    """Return the manuscripts on one sheet: headline, text and number of characters of each."""
    office = context.office
    phone = fill_nonempty("　電話　{}", office.phone)
    by = (("担当", f"{office.full_name}{phone}"),)
    blocks: list[Block] = [
        Title(
            in_own_words("区報・ホームページ原稿", office),
            subtitle=document_frame.event_name(event, with_organisation=False),
        )
    ]
    for one in articles:
        known = dict(one.texts)
        head, body = known.get(HEADLINE, ""), known.get(BODY, "")
        counted = f"見出し　{character_count_words(head)}\n本文　{character_count_words(body, one.max_characters)}"
        rows = ((HEADLINE, head), (BODY, body), ("字数", counted))
        blocks.extend(
            (Heading(2, "", in_own_words(one.kind, office)), KeyValues(rows=rows + (by if one is articles[-1] else ())))
        )
    blocks.append(Paragraph("注　字数は、改行を数えず、空白と記号を1字として数えた。", style="note"))
    return document_frame.frame_event_document(
        context, event, kind=GAZETTE, look="form", first_sheet="原稿", blocks=tuple(blocks)
    )


def _without_header_and_footer(content: DocumentContent) -> DocumentContent:
    """Return the content without header and footer, as a handout has none."""
    return replace(content, header_left="", header_right="", footer_left="", footer_right="")
