"""Content of 事例発表の依頼, its 承諾書, and the contact sheet for the contractor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Closing,
    DocumentContent,
    KeyValues,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    Title,
)
from app.documents.event_facts import EventFacts
from app.documents.handout_blocks import TickRow, TickRows
from app.event.rules.basis import RULES_OF_CONTACTS
from app.events.presentations.rules import USE_LINES
from app.programme.rules import cited_clause
from db.records.presentations import Presentation
from db.redactions import is_redacted_text

REQUEST = "事例発表の依頼"
CONSENT = "事例発表の承諾書"
CONTACT_SHEET = "事例発表者の連絡先"
SUBJECT, LEAD, AUDIENCE, MATERIAL, FEE, HANDLING, ANSWER, PREPARING = (
    "件名", "前文", "聞く方", "資料", "謝礼・費用", "写真・資料の扱い", "返事", "準備の相談",
)  # fmt: skip
"""Parts of the request that staff may word."""
LEAD_TO_CONTRACTOR = "前文（受託者あて）"
CHANGED_SUBJECT, CHANGED_LEAD, CHANGED_ANSWER = "件名（変更）", "前文（変更）", "お願い（変更）"
"""Parts used instead for those who have agreed, once notified facts have changed."""
PHOTOS_KEPT, WITHDRAWING, OTHERS = "写真の消去", "取りやめ", "ほかの人のもの"
"""Notes of the 承諾書."""


def request_letters(
    context: document_frame.DocumentContext,
    event: EventFacts,
    texts: Mapping[str, str],
    presentations: Sequence[Presentation],
    *,
    version: int,
    agreed_before: Mapping[int, tuple[str, str]],
) -> DocumentContent:
    """Return the letters, one for each 発表; that for a lecturer of the 受託者 goes to its 業務責任者.

    Args:
        version: ordinal of the letter within its kind.
        agreed_before: by 発表 the day and place notified to those who agreed, where they changed; the letter states the
            change, and asks nothing that was answered.
    """
    pages = (_request_letter(context, event, texts, one, agreed_before.get(one.id)) for one in presentations)
    content = document_frame.frame_event_document(
        context,
        event,
        kind=REQUEST,
        version=version,
        look="letter",
        first_sheet=f"1 {presentations[0].presenter_name}",
        outgoing=True,
        blocks=_one_a_page(presentations, pages),
    )
    return replace(content, personal=any(map(_is_addressed, presentations)))


def _one_a_page(presentations: Sequence[Presentation], pages: Iterable[Sequence[Block]]) -> tuple[Block, ...]:
    """Return the blocks of one page for each 発表, each after the first behind a break."""
    blocks = (
        (SheetBreak(sheet=f"{number} {one.presenter_name}", page=True, restart=True), *page)
        for number, (one, page) in enumerate(zip(presentations, pages, strict=True), start=1)
    )
    return tuple(chain(*blocks))[1:]


def _is_addressed(presentation: Presentation) -> bool:
    """Return whether a letter names somebody of the 団体; nobody writes to erased people."""
    return bool(presentation.addressed) and not is_redacted_text(presentation.addressed)


def _request_letter(
    context: document_frame.DocumentContext,
    event: EventFacts,
    texts: Mapping[str, str],
    presentation: Presentation,
    agreed_before: tuple[str, str] | None,
) -> Sequence[Block]:
    head = document_frame.outgoing_head(context)
    texts = defaultdict(str, texts)
    if not presentation.of_contractor:
        honorific = context.setting.honorific if context.setting else "様"
        person = f"\n　{presentation.addressed}　{honorific}" if _is_addressed(presentation) else "　御中"
        head = replace(head, addressee=f"{presentation.organisation_name}{person}")
    when = join_nonempty(document_frame.date_time_words(event), _agenda_slot_text(presentation), separator="\n")
    where = document_frame.venue_words(event) or "調整中"
    subject, lead = texts[SUBJECT], texts[LEAD_TO_CONTRACTOR if presentation.of_contractor else LEAD]
    if agreed_before is not None:
        subject, lead = texts[CHANGED_SUBJECT], texts[CHANGED_LEAD]
        rows = (
            ("変更前", join_nonempty(*agreed_before, separator="\n")),
            ("変更後の日時", when),
            ("変更後の会場", where),
            ("お願いしている内容", presentation.asked.strip()),
            (MATERIAL, texts[MATERIAL]),
            ("お願い", texts[CHANGED_ANSWER]),
        )
        return _letter(context, head, subject, lead, rows)
    until = f"{dates.long_date(presentation.answer_by)}まで" if presentation.answer_by is not None else ""
    answered = presentation.answered_on if presentation.answer else None
    own = (
        (FEE, texts[FEE]),
        (HANDLING, texts[HANDLING]),
        (
            ANSWER,
            f"{dates.long_date(answered)}にいただいています。" if answered else join_nonempty(until, texts[ANSWER]),
        ),
        (PREPARING, texts[PREPARING]),
    )
    rows = (
        ("日時", when),
        ("会場", where),
        ("お願いする内容", presentation.asked.strip()),
        (AUDIENCE, texts[AUDIENCE]),
        (MATERIAL, texts[MATERIAL]),
        *(((part, "貴社の手配によります。") for part, _text in own) if presentation.of_contractor else own),
    )
    return _letter(context, head, subject, lead, rows)


def _letter(
    context: document_frame.DocumentContext,
    head: Letterhead,
    subject: str,
    lead: str,
    rows: tuple[tuple[str, str], ...],
) -> Sequence[Block]:
    return (
        head,
        Title(subject, lead=lead),
        Paragraph("記", style="letter", align="center"),
        LetterItems(rows=rows),
        Closing(),
        document_frame.office_contact(context.office),
    )


def _agenda_slot_text(presentation: Presentation) -> str:
    """Return 「（発表 午後2時10分から10分間、質問 5分）」, as far as it is settled."""
    clock = f"{dates.clock_words(presentation.start_time)}から" if presentation.start_time else ""
    length = fill_nonempty("{}分間", presentation.minutes)
    questions = fill_nonempty("質問 {}分", presentation.questions)
    said = join_nonempty(f"{clock}{length}", questions, separator="、")
    return fill_nonempty("（発表　{}）", said)


def consent_forms(
    context: document_frame.DocumentContext,
    event: EventFacts,
    texts: Mapping[str, str],
    presentations: Sequence[Presentation],
) -> DocumentContent:
    """Return the forms to be filled in by hand, one page for each 発表: acceptance, presenter, material, seven uses."""
    content = document_frame.frame_event_document(
        context,
        event,
        kind=CONSENT,
        look="card",
        first_sheet=f"1 {presentations[0].presenter_name}",
        outgoing=True,
        blocks=_one_a_page(presentations, [_consent_form(context, event, texts, one) for one in presentations]),
    )
    return replace(content, header_left="", header_right="")


def _consent_form(
    context: document_frame.DocumentContext, event: EventFacts, texts: Mapping[str, str], presentation: Presentation
) -> Sequence[Block]:
    office = context.office
    setting = context.setting
    addressee = (setting.addressee if setting and setting.addressee else "") or (
        f"（宛先）{office.ward}{office.department}{office.section}長"
    )
    day = dates.long_date(event.event_date) if event.event_date is not None else "日程を協議中"
    when = join_nonempty(day, f"{dates.clock_words(event.start_time)}から", document_frame.venue_words(event))
    ward = (
        "受領　　　月　　　日　　受けた人",
        "記録　□ 発表者　□ 写真　□ 資料確認",
        "原本の場所　　　　　　　　　　　　廃棄予定　　　年　　　月　　　日",
    )
    notes = [f"・{texts[part]}" for part in (WITHDRAWING, PHOTOS_KEPT, OTHERS) if texts.get(part, "").strip()]
    return (
        Paragraph(addressee),
        Title(CONSENT, subtitle=f"{event.title}\n{when}", centred=True),
        TickRows(rows=(TickRow(ticks=("発表を引き受けます", "今回は見合わせます（理由は要りません）")),), kind="frame"),
        TickRows(
            rows=(
                TickRow(text="団体", value=presentation.presenter_name),
                TickRow(text="発表する人", room=100),
                TickRow(text="資料", ticks=("なし", "投影", "紙を配る（　　枚）")),
            )
        ),
        TickRows(rows=(TickRow(text="使ってよい範囲（1つずつお選びください。書かないものは「使わない」）"),)),
        TickRows(
            rows=tuple(TickRow(text=line.words, ticks=(line.yes_text, line.no_text)) for line in USE_LINES),
            kind="rules",
        ),
        Paragraph("\n".join(notes)),
        TickRows(
            rows=(
                TickRow(value="令和　　　年　　　月　　　日"),
                TickRow(text="代表者または発表する人　署名", room=100),
            )
        ),
        KeyValues(rows=(("区で使う欄", "\n".join(ward)),)),
    )


def contact_sheet(
    context: document_frame.DocumentContext, event: EventFacts, *, lines: Sequence[tuple[Presentation, str]]
) -> DocumentContent:
    """Return the sheet with name and number of those in ``lines``; the caller passes only who allowed to share it."""
    rows = [("実施回", event.title), ("日時", document_frame.date_time_words(event))]
    for one, phone in lines:
        rows += [
            ("団体", one.presenter_name),
            ("発表者", one.presenter),
            ("電話", phone),
            ("同意", f"{dates.long_date(one.answered_on)}の承諾書による" if one.answered_on else ""),
        ]
    made = document_frame.frame_event_document(
        context,
        event,
        kind=CONTACT_SHEET,
        look="letter",
        first_sheet="連絡先",
        outgoing=True,
        blocks=(
            document_frame.outgoing_head(context),
            Title(CONTACT_SHEET, lead="発表の打合せのため、つぎのとおり連絡先をお知らせします。"),
            Paragraph("記", style="letter", align="center"),
            KeyValues(rows=tuple(rows)),
            Paragraph(
                "この連絡先は、この回の発表の打合せのほかには使わないでください。"
                f"複写せず、回が終わったら区へ返してください（{cited_clause(RULES_OF_CONTACTS)}）。"
            ),
            Closing(),
            document_frame.office_contact(context.office),
        ),
    )
    return replace(made, personal=True)
