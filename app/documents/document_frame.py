"""What every document shares: sender and addressee, numbers, file name, marks, and passages staff may edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.calendar.wareki import era_year_short, era_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import (
    LARGE_PRINT,
    Block,
    Contact,
    DocumentContent,
    Letterhead,
    Look,
    SheetBreak,
    Table,
)
from app.documents.event_facts import EventFacts
from app.documents.rules import with_known_numbers, with_own_words
from app.programme.rules import BRANCH, blank_number, in_year_words
from db.record import frozen, record
from db.records.documents import Letter, LetterState
from db.records.events import Event
from db.records.programme import Contractor, DocumentSetting, EventKind, Office, Programme

PERSONAL_DATA_NOTICE, NO_PERSONAL_DATA_NOTICE = "参加者の個人情報　あり", "参加者の個人情報　なし"
"""Notice in the footer of every document of the ward: whether participants are named; more may follow it."""
COLLECT_AFTER_USE = f"{PERSONAL_DATA_NOTICE}　終了後に回収し、廃棄の日を記録する"
"""Footer of documents that lie open during an event (受付名簿, 電話一覧)."""
PERSONAL_MARK = "取扱注意（個人情報）"


@frozen
class Passage:
    """One editable text of a document in the app's wording: ``part`` names it, ``lines`` is the height of its
    field.
    """

    part: str
    text: str
    _: KW_ONLY
    lines: int = 2


@record
class DocumentContext:
    """Everything about the office that a document needs besides its own facts; names are those valid on its 発信日.

    ``given_on`` is the day on which it was handed over, if known and no 施行日 is set. ``kinds`` are those of its year.
    """

    programme: Programme
    office: Office
    contractor: Contractor
    calendar: OfficeCalendar
    made_at: datetime
    setting: DocumentSetting | None = None
    letter: Letter | None = None
    given_on: date | None = None
    kinds: tuple[EventKind, ...] = ()

    @property
    def issue_day(self) -> date:
        """Return the 発信日 in the date line (``issue_day_of``)."""
        return issue_day_of(self.letter, self.given_on, self.made_at.date())


def issue_day_of(letter: Letter | None, given_on: date | None, today: date) -> date:
    """Return the 発信日 of a document: its 施行日, else the day it was handed over, else that of its 決裁, else today.

    A letter that was decided on is the same letter whenever it is printed, so the day of printing is never its date.
    """
    issued = letter.issued_on if letter is not None else None
    decided = letter.decided_on if letter is not None and letter.form.is_formal and letter.state.is_approved else None
    return issued or given_on or decided or today


def event_code(programme: Programme, event: Event | EventFacts, kind: EventKind) -> str:
    """Return 「R8-講02」: the fiscal year, the kind's sign and the event's ordinal.

    Without an ordinal it is 「R8-講仮12」, by the event's id.
    """
    number = f"{event.ordinal:02d}" if event.ordinal else f"仮{event.id}"
    return f"{programme.year_code}-{kind.sign}{number}"


def facts_code(programme: Programme, event: EventFacts) -> str:
    """Return the code of an event whose facts hold its kind."""
    return event_code(programme, event, event.year_kind)


def file_stem(programme: Programme, event: EventFacts, kind: str, version: int) -> str:
    """Return the file name without its extension: 「R8-講02-実施報告書-第1版」."""
    return f"{facts_code(programme, event)}-{kind}-{edition_words(version)}"


FIRST_EDITION = 1
"""The 版 of a document that has not left before."""


def edition_words(version: int) -> str:
    """Return 「第2版」 for edition 2."""
    return f"第{version}版"


def as_edition(content: DocumentContent, version: int) -> DocumentContent:
    """Return a document with another 版 number in its header, its file name and the log.

    A document that does not print 「第1版」 prints the number from the second 版 on.
    """
    if version == content.version:
        return content
    old, new = edition_words(content.version), edition_words(version)
    right = content.header_right
    return replace(
        content,
        version=version,
        file_stem=f"{content.file_stem.removesuffix(f'-{old}')}-{new}",
        header_left=content.header_left.removesuffix(old) + new
        if content.header_left.endswith(old)
        else content.header_left,
        header_right=join_nonempty(right.removesuffix(old).rstrip("　"), new) if right.strip() else right,
    )


def large_print_words(content: DocumentContent) -> str:
    """Return 「拡大版」, 「うち拡大版2通」 for some of several letters, or empty: what of a document is set large."""
    if content.look not in ("letter", "card"):
        return ""
    size, letters, large = content.type_size, 1, int(content.type_size >= LARGE_PRINT)
    for block in content.blocks:
        if isinstance(block, SheetBreak) and block.restart:
            size = block.type_size or size
            letters, large = letters + 1, large + (size >= LARGE_PRINT)
    return "" if not large else "拡大版" if large == letters else f"うち拡大版{large}通"


def with_large_print_named(content: DocumentContent) -> DocumentContent:
    """Return a document whose file name and title say what of it is a 拡大版; its words and its 版 are the same.

    A document without any is returned unchanged.
    """
    said = large_print_words(content)
    if not said:
        return content
    stem = content.file_stem.replace(f"-{content.kind}", f"-{content.kind}（{said}）", 1)
    title = f"{content.properties.get('title', content.kind)}（{said}）"
    return replace(content, file_stem=stem, properties=content.properties | {"title": title})


def event_name(event: EventFacts, *, with_organisation: bool = True) -> str:
    """Return 「デジタル活用講習会　第2回「LINE講習会」」 as used in documents.

    ``with_organisation`` False leaves the 団体 of a 派遣 out, for documents that hold numbers only.
    """
    return event.title if with_organisation else event.title_without_organisation


def venue_words(event: EventFacts) -> str:
    """Return venue and room in one line, joined by 「　」; "" without either."""
    return join_nonempty(event.venue, event.room)


def date_time_words(event: EventFacts) -> str:
    """Return 「令和8年9月18日（金）　午後2時から午後4時まで」, or 「日程を協議中」 without a date."""
    if event.event_date is None:
        return "日程を協議中"
    times = dates.time_range_words(event.start_time, event.end_time)
    return f"{dates.long_date(event.event_date)}　{times}"


def quoted_material(title: str) -> str:
    """Return 「資料「次第」」; brackets inside the title become 『』."""
    return f"資料「{title.translate(_INNER)}」"


def table_day(day: date) -> str:
    """Return 「R8.9.1」 for a narrow column."""
    return f"{era_year_short(day)}.{day.month}.{day.day}"


_INNER = str.maketrans("「」", "『』")
_SHORT_DAY = re.compile(r"(?<![\d.])(?:R(\d{1,2}) )?(\d{1,2})/(\d{1,2})(?![\d/])(?:\((.)\))?")


def with_printed_days(text: str, today: date) -> str:
    """Return a text of the window with its days in the form of documents: 「9/18(金)」 → 「R8.9.18（金）」.

    Args:
        today: the day on which the text was made; a day without a year is of the year near it whose weekday fits.
    """
    return _SHORT_DAY.sub(lambda found: _printed_day(found, today), text)


def _printed_day(found: re.Match[str], today: date) -> str:
    """Return a matched day of the window as printed: 「R8.9.18（金）」; unchanged where it is no day."""
    era, month, day, mark = found.groups()
    years = (2018 + int(era),) if era else (today.year, today.year - 1, today.year + 1)
    known = []
    for year in years:
        try:
            known.append(date(year, int(month), int(day)))
        except ValueError:
            continue
    fitting = [one for one in known if not mark or dates.weekday_mark(one) == mark] or known
    if not fitting:
        return found.group()
    return table_day(fitting[0]) + fill_nonempty("（{}）", mark)


def office_contact(office: Office) -> Contact:
    """Return the enquiry box of the ward's section: its name, 「担当　…」, address, and telephone with FAX.

    Lines of which nothing is known are left out.
    """
    name = office.full_name
    staff = fill_nonempty("担当　{}", office.staff)
    return Contact(lines=tuple(line for line in (name, staff, *where_words(office)) if line))


def where_words(office: Office) -> tuple[str, str]:
    """Return address and telephone with FAX of the ward's section, each "" as far as it is not known."""
    post = fill_nonempty("〒{}　", office.postal_code)
    phone = join_nonempty(fill_nonempty("電話　{}", office.phone), fill_nonempty("FAX　{}", office.fax))
    return post + office.address, phone


def sender_name(office: Office) -> str:
    """Return the sender of formal letters: the 発信者 of the settings, else 「練馬区地域文化部協働推進課長」."""
    return office.sender or f"{office.ward}{office.department}{office.section}長"


DRAFT_MARK = "案"
"""The mark on every page of a formal letter before 決裁."""


def is_undecided(context: DocumentContext) -> bool:
    """Return whether this is a formal letter (公文書) before 決裁 (案, 起案中), which has no number and no date yet."""
    letter = context.letter
    return letter is not None and letter.form.is_formal and not letter.state.is_decided


def as_draft(context: DocumentContext) -> DocumentContext:
    """Return the context with its letter, if there is one, in state 案, even if it was issued since."""
    return (
        replace(context, letter=replace(context.letter, state=LetterState.DRAFT))
        if context.letter is not None
        else context
    )


def outgoing_head(context: DocumentContext) -> Letterhead:
    """Return the letterhead of a document from the ward to the contractor.

    Its date is the 発信日 of the context: a copy made later carries the same date; before 決裁 it has none. A 事務連絡
    comes from the 係 without a number; a formal letter carries the number that the ward's document system gave after
    決裁 and the sender of its setting.
    """
    office, contractor, letter = context.office, context.contractor, context.letter
    formal = letter is not None and letter.form.is_formal
    unit = office.full_name
    setting = context.setting
    sender = (setting.sender if setting and setting.sender else "") or (sender_name(office) if formal else unit)
    honorific = setting.honorific if setting else "様"
    addressee = (setting.addressee if setting and setting.addressee else "") or join_nonempty(
        contractor.name or "受託者",
        f"　業務責任者　{contractor.responsible}　{honorific}" if not formal and contractor.responsible else "",
        f"　{contractor.representative}　{honorific}" if formal and contractor.representative else "",
        separator="\n",
    )
    date, reference = dates.long_date_plain(context.issue_day), "事務連絡"
    if is_undecided(context):
        date = f"{era_year_words(context.made_at.date())}　　月　　日"
        reference = blank_number(office.document_symbol) if office.document_symbol.strip() else ""
    elif formal:
        reference = letter.document_number if letter is not None else ""
    return Letterhead(
        addressee=addressee,
        date=date,
        sender=(sender, "（公印省略）") if formal else (sender,),
        reference=reference,
    )


def head_of_ward(office: Office) -> str:
    """Return the addressee of documents of the 受託者, the head of the ward, city or town: 「（宛先）練馬区長」."""
    return f"（宛先）{office.ward}長"


OPEN_SENDER = ("受託者　　　　　　　　　　",)
"""Who sends, where that is left to be filled in."""


def report_head(context: DocumentContext, *, confirmed_on: date | None) -> Letterhead:
    """Return the letterhead of a document from the contractor.

    Until the contractor has confirmed it (``confirmed_on`` None), the date is left to be filled in.
    """
    setting, contractor = context.setting, context.contractor
    addressee = setting.addressee if setting and setting.addressee else head_of_ward(context.office)
    open_day = f"令和{context.made_at.year - 2018}年　　月　　日"
    return Letterhead(
        addressee=addressee,
        date=open_day if confirmed_on is None else dates.long_date_plain(confirmed_on),
        sender=tuple(line for line in (contractor.name, contractor.representative) if line) or OPEN_SENDER,
    )


_MAY_LACK = (BRANCH, "前年", "増減")
"""The headings of columns that a table does without where nothing stands in them."""


def _without_empty_columns(block: Block) -> Block:
    """Return a table without the columns that it may lack, whose width the last one takes; other blocks unchanged."""
    if not isinstance(block, Table) or not block.rows:
        return block
    empty = [
        place
        for place, one in enumerate(block.columns)
        if one.title in _MAY_LACK
        and all(row[place : place + 1] in ((), ("",), (f"{BRANCH}なし",)) for row in block.rows)
    ]
    *columns, last = (one for place, one in enumerate(block.columns) if place not in empty)
    last = replace(last, width=last.width + sum(block.columns[place].width for place in empty))
    rows = tuple(tuple(cell for place, cell in enumerate(row) if place not in empty) for row in block.rows)
    return replace(block, columns=(*columns, last), rows=rows)


def frame_event_document(
    context: DocumentContext,
    event: EventFacts,
    *,
    kind: str,
    version: int | None = None,
    ordinal: int = 0,
    look: str,
    blocks: tuple[Block, ...],
    first_sheet: str,
    stamp: str = "",
    outgoing: bool = False,
    header_right: str = "",
) -> DocumentContent:
    """Add header, footer, marks and file name to the blocks of an event's document.

    Clause numbers that nobody has compared with the contract are removed here (``with_known_numbers``). Outgoing
    letters carry neither 区分 nor the time they were made; the app's own number is 整理番号 and stands only on
    documents of the ward itself.

    Args:
        version: the number of the letter; None = its 版 follows from what left (``editions``).
        ordinal: the number of the record that it is of; its first 版 bears it.
        stamp: "" = none, or 案 on an outgoing formal letter before 決裁. outgoing: without footer; its title in the
            file names no 団体 of a 派遣. header_right: "" = the 版. A letter has no header at all.
    """
    number = ordinal or FIRST_EDITION if version is None else version
    sign = facts_code(context.programme, event)
    called = in_year_words(kind, (event.year_kind,), context.office, context.programme.branch)
    made = f"作成　{dates.stamp_words(context.made_at)}"
    told = tuple(map(_without_empty_columns, blocks))
    return DocumentContent(
        kind=kind,
        reference=f"{sign}-{called}",
        version=number,
        counted_version=version is None,
        ordinal=ordinal or version or 0,
        look=look,  # type: ignore[arg-type]
        blocks=with_own_words(with_known_numbers(told, context.programme, context.kinds), context.office),
        first_sheet=called if first_sheet == kind else first_sheet,
        file_stem=file_stem(context.programme, event, called, number),
        header_left="" if look == "letter" else context.programme.title,
        header_right="" if look == "letter" else header_right or edition_words(number),
        footer_left="" if outgoing else NO_PERSONAL_DATA_NOTICE,
        footer_right="" if outgoing else made,
        stamp=stamp or (DRAFT_MARK if outgoing and is_undecided(context) else ""),
        sample=context.programme.sample,
        outgoing=outgoing,
        properties={
            "title": f"{called}　{event_name(event, with_organisation=not outgoing)}",
            "created": context.made_at.isoformat(),
        },
    )


class FrameOptions(TypedDict, total=False):
    """Differences from the default frame of a document; each as in ``DocumentContent``."""

    version: int
    ordinal: int
    look: Look
    first_sheet: str
    header_left: str
    header_right: str
    footer_left: str
    footer_right: str
    stamp: str
    personal: bool
    outgoing: bool
    close: bool
    at_most: int
    packed: bool
    sheet_width: float


def frame_document(
    context: DocumentContext,
    *,
    kind: str,
    reference: str,
    blocks: Sequence[Block],
    stem: str = "",
    title: str = "",
    **options: Unpack[FrameOptions],
) -> DocumentContent:
    """Add header, footer, marks and file name to a document of a year or a 団体, see ``frame_event_document``.

    Args:
        reference: its 整理番号, printed at its head. stem: the file name, "" = number and kind. title: of the file, ""
            = the kind. options: fields that differ from the default; an outgoing document has neither header nor
            footer. Without a ``version`` its 版 follows from what left; its first one is its ``ordinal``.
    """
    programme = context.programme
    called = in_year_words(kind, context.kinds, context.office, context.programme.branch)
    reference, stem = reference.replace(kind, called), stem.replace(kind, called)
    usual = FrameOptions(
        header_left=programme.title,
        header_right=f"整理番号　{reference}",
        footer_left=NO_PERSONAL_DATA_NOTICE,
        footer_right=f"作成　{dates.stamp_words(context.made_at)}",
    )
    leaving = FrameOptions(stamp=DRAFT_MARK if is_undecided(context) else "")
    frame = FrameOptions(version=options.get("ordinal") or FIRST_EDITION, look="report", first_sheet=called)
    frame |= leaving if options.get("outgoing") else usual
    frame |= options
    content = DocumentContent(
        kind=kind,
        reference=reference,
        blocks=tuple(map(_without_empty_columns, blocks)),
        file_stem=stem or f"{reference}-{called}",
        sample=programme.sample,
        properties={"title": title or called, "created": context.made_at.isoformat()},
        counted_version="version" not in options,
        **frame,
    )
    return with_own_words(with_known_numbers(content, programme, context.kinds), context.office)
