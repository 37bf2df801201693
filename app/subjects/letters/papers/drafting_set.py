"""起案資料: what a formal letter needs for its 決裁 - reason, basis, the drafts, and the list of addressees with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.papers import paper
from app.papers.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, SheetBreak, Table, Title
from app.papers.handout_blocks import NamedLines
from app.subjects.letters.papers.decision_notice import (
    DRAFT,
    Addressee,
    LetterPerson,
    Texts,
    address_lines,
    letter_blocks,
    people_lines,
)
from app.subjects.letters.rules.letter_texts import BASIS, DECIDED_BY, REASON, SENDING, SUBJECT
from db.records.events import Event

_PERSONS = "参加者の個人情報　あり"
_LISTED = "（「宛先一覧」のとおり）"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One letter to be decided: its kind, how it goes out, its passages, and everybody it goes to."""

    kind: str
    context: paper.PaperContext
    texts: Texts
    addressees: tuple[Addressee, ...]

    @property
    def people(self) -> int:
        """How many people the letters concern."""
        return sum(len(one.people) for one in self.addressees)


def drafting_set(
    context: paper.PaperContext, event: Event, *, kind: str, texts: Texts, drafts: Sequence[Draft]
) -> DocumentContent:
    """Build the set: one page to decide on, one draft a letter, then everybody it goes to."""
    known = dict(texts)
    blocks: list[Block] = [
        Title(text="起案資料", subtitle=paper.event_name(event, with_organisation=False)),
        KeyValues(rows=_head(context, known, drafts)),
        Heading(level=2, number="1", text=REASON),
        *_paragraphs(known.get(REASON, "")),
        Heading(level=2, number="2", text=BASIS),
        *_paragraphs(known.get(BASIS, "")),
        Heading(level=2, number="3", text="案および宛先"),
        _contents(drafts),
    ]
    if known.get("備考", "").strip():
        blocks += [Heading(level=2, number="4", text="備考"), *_paragraphs(known["備考"])]
    for draft in drafts:
        blocks.append(SheetBreak(sheet=f"案（{draft.kind}）", page=True, look="letter"))
        blocks += _draft(draft)
    blocks.append(SheetBreak(sheet="宛先一覧", page=True, look="form"))
    blocks += _listed(drafts)
    content = paper.finish(
        context, event, kind=kind, version=1, look="form", first_sheet="起案", stamp=DRAFT, blocks=tuple(blocks)
    )
    return replace(content, personal=True, footer_left=_PERSONS)


def _head(context: paper.PaperContext, known: dict[str, str], drafts: Sequence[Draft]) -> tuple[tuple[str, str], ...]:
    office = context.office
    rows = [
        ("件名", known.get(SUBJECT, "")),
        ("起案", f"{office.ward}{office.department}{office.section}{office.unit}"),
        ("発信者", f"{office.sender or f'{office.ward}{office.department}{office.section}長'}"),
        ("宛先", "\n".join(_count(draft) for draft in drafts)),
        (DECIDED_BY, known.get(DECIDED_BY, "")),
        (SENDING, known.get(SENDING, "")),
        ("文書番号", _number(drafts)),
    ]
    return tuple(row for row in rows if row[1])


def _number(drafts: Sequence[Draft]) -> str:
    """The numbers that are known; before that where they come from."""
    given = [
        f"{draft.kind}　{draft.context.letter.document_number}"
        for draft in drafts
        if draft.context.letter is not None and draft.context.letter.document_number
    ]
    return "\n".join(given) or "（決裁ののち、文書管理システムの番号を記入する）"


def _count(draft: Draft) -> str:
    organisations = len({one.organisation for one in draft.addressees})
    return f"{draft.kind}　{organisations}団体　{draft.people}人　{len(draft.addressees)}通"


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(text=part) for part in text.split("\n") if part.strip()]


def _contents(drafts: Sequence[Draft]) -> Table:
    rows = [(f"案（{draft.kind}）", f"{len(draft.addressees)}通", f"{draft.people}人") for draft in drafts]
    return Table(
        name="案および宛先",
        columns=(
            Column(title="書類", width=95),
            Column(title="通数", width=35, align="right"),
            Column(title="対象の人数", width=35, align="right"),
        ),
        rows=tuple(rows),
    )


def _draft(draft: Draft) -> tuple[Block, ...]:
    """The letter as it will stand, with the list in place of the addressee and of the people."""
    people = (LetterPerson(name=""),) if draft.people else ()
    general = Addressee(key="", line=_LISTED, people=people, waiting=any(one.waiting for one in draft.addressees))
    made = letter_blocks(draft.context, kind=draft.kind, texts=draft.texts, addressee=general)
    return tuple(replace(one, rows=((_LISTED, ""),)) if isinstance(one, NamedLines) else one for one in made)


def _listed(drafts: Sequence[Draft]) -> list[Block]:
    rows: list[tuple[str, ...]] = []
    for draft in drafts:
        honorific = draft.context.setting.honorific if draft.context.setting else "様"
        for addressee in draft.addressees:
            states = [person.state for person in addressee.people if person.name] + [""]
            named = "\n".join(
                f"{left}　{one}".rstrip("　")
                for (left, _), one in zip(people_lines(addressee.people), states, strict=False)
            )
            rows.append(
                (str(len(rows) + 1), draft.kind, addressee.branch, addressee.organisation or addressee.line,
                 address_lines(addressee, honorific).partition("\n")[2].strip() or "御中", named)
            )  # fmt: skip
    total = sum(len(draft.addressees) for draft in drafts)
    people = sum(draft.people for draft in drafts)
    return [
        Title(text="宛先一覧", subtitle=f"計　{total}通　{people}人"),
        Table(
            name="宛先一覧",
            columns=(
                Column(title="No", width=8, align="center"),
                Column(title="通知", width=19),
                Column(title="支部", width=20),
                Column(title="団体", width=42),
                Column(title="宛名（役職・氏名）", width=36),
                Column(title="対象の方（氏名）", width=40),
            ),
            rows=tuple(rows),
        ),
    ]
