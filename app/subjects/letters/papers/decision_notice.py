"""決定通知 and its kin (落選, 開催, 中止, 変更; letters that recruit): who one goes to, and one letter an addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.calendar.wareki import era_year_words
from app.papers import paper
from app.papers.blocks import Block, Closing, DocumentContent, LetterItems, Paragraph, SheetBreak, Title
from app.papers.handout_blocks import NamedLines
from app.subjects.letters.rules.letter_texts import CANCELLATION, LEAD, REFUSAL_LETTER, SUBJECT, WAITING_PART
from db.records.events import Event

UNNAMED = "氏名未定"


@dataclass(frozen=True, kw_only=True)
class LetterPerson:
    """One person a letter concerns; ``name`` empty = a place without a name yet. ``state`` 「補欠（1番）」 or empty."""

    name: str
    role: str = ""
    device: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One letter's addressee; names exactly as registered.

    ``key`` tells it again («o12» a 団体, «e34» an entry). ``person`` empty writes to the 団体 itself (御中).
    ``waiting`` says that somebody in it is 補欠. ``line`` is the whole addressee when it is no 団体 (「各支部長　様」).
    """

    key: str
    organisation: str = ""
    person: str = ""
    role: str = ""
    people: tuple[LetterPerson, ...] = ()
    branch: str = ""
    postal_code: str = ""
    address: str = ""
    waiting: bool = False
    line: str = ""

    @property
    def named(self) -> str:
        """The 団体 and the person in one line, for lists."""
        return self.line or "　".join(part for part in (self.organisation, self.role, self.person) if part)


def person_line(addressee: Addressee, honorific: str) -> str:
    """Return 「会長　髙﨑 千鶴子　様」, or empty for a 団体."""
    if not addressee.person:
        return ""
    return "　".join(part for part in (addressee.role, addressee.person, honorific) if part)


def address_lines(addressee: Addressee, honorific: str) -> str:
    """Return the addressee as it stands at the head of a letter."""
    if addressee.line:
        return addressee.line
    if not addressee.person:
        return f"{addressee.organisation}　御中"
    return f"{addressee.organisation}\n　{person_line(addressee, honorific)}".lstrip("\n")


def window_lines(addressee: Addressee) -> tuple[str, ...]:
    """Return postal code and address as a window envelope shows them; nothing without an address."""
    code = f"〒{addressee.postal_code}" if addressee.postal_code else ""
    return tuple(line for line in (code, addressee.address) if line) if addressee.address else ()


def people_lines(people: tuple[LetterPerson, ...]) -> tuple[tuple[str, str], ...]:
    """Return 「髙﨑 千鶴子　様（会長）」 and 「端末　貸与」 for each; places without a name are counted in one line."""
    rows = []
    for one in people:
        if one.name:
            role = f"（{one.role}）" if one.role else ""
            device = f"端末　{one.device}" if one.device else ""
            rows.append((f"{one.name}　様{role}", one.state or device))
    unnamed = sum(not one.name for one in people)
    if unnamed:
        rows.append((f"{UNNAMED}　{unnamed}人", ""))
    return tuple(rows)


Texts = Sequence[tuple[str, str]]
"""The passages of a letter in their order: part and text."""

DRAFT = "案"
_PEOPLE = {REFUSAL_LETTER: "お申込みの方", CANCELLATION: "参加予定の方"}
_NAMED_AFTER = ("日時", "予定の日時", "会場", "変更後")
_IN_LINE = 27  # characters of a subject that stand on one line with what follows in brackets
_BRACKETED = re.compile(r"(.+?)(（[^（）]+）)")


def letters(
    context: paper.PaperContext,
    event: Event,
    *,
    kind: str,
    texts: Texts,
    addressees: Iterable[Addressee],
    window: bool = False,
    personal: bool = True,
) -> DocumentContent:
    """Build the letters of ``kind`` to every addressee, one after another.

    Args:
        texts: the passages in the order in which they stand; an empty one is left out.
        window: the postal address stands where a window envelope shows it.
        personal: people or 団体 are named; False for one letter to everybody.
    """
    blocks: list[Block] = []
    for number, addressee in enumerate(addressees, start=1):
        if number > 1:
            blocks.append(SheetBreak(sheet=sheet_name(number, addressee), page=True, restart=True))
        blocks += letter_blocks(context, kind=kind, texts=texts, addressee=addressee, window=window)
    first = next(iter(addressees), None)
    content = paper.finish(
        context,
        event,
        kind=kind,
        version=1,
        look="letter",
        first_sheet=sheet_name(1, first) if first else kind,
        stamp=DRAFT if undecided(context) else "",
        outgoing=True,
        blocks=tuple(blocks),
    )
    return replace(content, personal=personal)


def sheet_name(number: int, addressee: Addressee) -> str:
    """Return the name of a letter's sheet in the workbook: 「3 みほん町会」."""
    return f"{number} {addressee.organisation or addressee.line or addressee.person}"


def undecided(context: paper.PaperContext) -> bool:
    """Whether this is a formal letter before 決裁: it has no number and no date yet."""
    letter = context.letter
    return letter is not None and letter.form == "公文書" and letter.state in ("案", "起案中")


def letter_blocks(
    context: paper.PaperContext, *, kind: str, texts: Texts, addressee: Addressee, window: bool = False
) -> tuple[Block, ...]:
    """Return one letter."""
    known = dict(texts)
    honorific = context.setting.honorific if context.setting else "様"
    head = replace(paper.outgoing_head(context), addressee=address_lines(addressee, honorific))
    if window:
        head = replace(head, window=window_lines(addressee))
    if undecided(context):
        symbol = context.office.document_symbol
        number = f"{symbol}第　　　　　号" if symbol else ""
        head = replace(head, date=f"{era_year_words(context.made_at.date())}　　月　　日", reference=number)
    subject, under = _subject(known.get(SUBJECT, ""))
    return (
        head,
        Title(text=subject, subtitle=under, lead=known.get(LEAD, "")),
        Paragraph(text="記", style="letter", align="center"),
        *_items(kind, texts, addressee),
        Closing(),
        paper.office_contact(context.office),
    )


def _subject(text: str) -> tuple[str, str]:
    """Part a long subject before its 「（通知）」."""
    found = _BRACKETED.fullmatch(text)
    return (found[1], found[2]) if found and len(text) > _IN_LINE else (text, "")


def _items(kind: str, texts: Texts, addressee: Addressee) -> Iterable[Block]:
    """Yield the numbered items; the people stand after day and place."""
    shown = [
        (part, text.strip("\n"))
        for part, text in texts
        if text.strip() and part not in (SUBJECT, LEAD) and (part != WAITING_PART or addressee.waiting)
    ]
    place = max((number for number, (part, _) in enumerate(shown) if part in _NAMED_AFTER), default=-1) + 1
    if not addressee.people:
        yield LetterItems(rows=tuple(shown))
        return
    if place:
        yield LetterItems(rows=tuple(shown[:place]))
    label = _PEOPLE.get(kind, "参加される方")
    yield NamedLines(label=label, rows=people_lines(addressee.people), number=place + 1)
    if shown[place:]:
        yield LetterItems(rows=tuple(shown[place:]), start=place + 2)
