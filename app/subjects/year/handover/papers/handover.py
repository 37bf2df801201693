"""引継書: what is open, what was decided and why, where originals are, whom to ask, what went wrong, and the first
weeks.

Six chapters, every row from a record; a chapter without rows says 「該当なし」. Staff add a remark to each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.calendar import dates
from app.papers import paper
from app.papers.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from db.frozen_record import frozen_record

KIND: Final = "引継書"
GIVER, TAKER, DAY = "前任者", "後任者", "引継日"
OPEN, DECIDED, PLACES, CONTACTS, WRONG, FIRST = (
    "終わっていないこと", "決めたことと理由", "もののありか", "連絡先", "うまくいかなかったこと", "最初の2か月",
)  # fmt: skip
CHAPTERS: Final = (OPEN, DECIDED, PLACES, CONTACTS, WRONG, FIRST)
_AT_FIRST: Final[Mapping[str, int]] = {OPEN: 6, DECIDED: 4, PLACES: 8, CONTACTS: 5, WRONG: 4, FIRST: 6}
"""So many rows of a chapter stand on the two pages of the paper; the rest stands on its 別紙."""
_FEW: Final = 1
"""So few more make no 別紙."""
_WIDTHS: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    OPEN: (("No", 8), ("事項", 28), ("期限", 23), ("根拠", 34), ("つぎにすること", 55), ("だれが", 17)),
    DECIDED: (("決定日", 19), ("決めたこと", 70), ("理由", 62), ("記録", 14)),
    PLACES: (("もの", 56), ("場所", 50), ("数", 11), ("注意", 48)),
    CONTACTS: (("相手", 40), ("窓口", 66), ("気を付けること", 59)),
    WRONG: (("日", 19), ("こと", 88), ("そのあと", 58)),
    FIRST: (("日", 30), ("すること", 78), ("根拠", 40), ("だれが", 17)),
}

Rows = tuple[tuple[str, ...], ...]


@frozen_record
class HandoverFacts:
    """What the paper is built from.

    Attributes:
        people: 前任者, 後任者 and 引継日, as typed. standing: how far the year is, in one sentence.
        rows: those of each chapter, cell by cell as its table shows them. remarks: what staff added to a chapter ("" =
            nothing).
    """

    people: Mapping[str, str]
    standing: str
    rows: Mapping[str, Sequence[tuple[str, ...]]]
    remarks: Mapping[str, str]


def remark_of(chapter: str) -> str:
    """The name of the text that staff add to a chapter."""
    return f"書き添え　{chapter}"


def handover(context: paper.PaperContext, facts: HandoverFacts) -> DocumentContent:
    """Build the paper, its seals behind the last chapter; what two pages do not hold stands on the 別紙."""
    people = facts.people
    blocks: list[Block] = [
        Title(KIND, subtitle=context.programme.title),
        KeyValues(
            rows=(
                (
                    "前任者・後任者",
                    (
                        f"{people[GIVER] or '（未記入）'}　→　{people[TAKER] or '（未定）'}"
                        f"　　引継日　{people[DAY] or '（未定）'}"
                    ),
                ),
                ("事業の現況", f"{dates.long_date(context.made_at.date())}現在　{facts.standing}"),
            )
        ),
    ]
    for number, chapter in enumerate(CHAPTERS, 1):
        blocks += _chapter(number, chapter, facts)
    blocks.append(SignBoxes(boxes=tuple((who, "㊞") for who in (GIVER, TAKER, "係長"))))
    blocks += _annex(facts)
    programme = context.programme
    reference = f"R{programme.fiscal_year - 2018}-引継-01"
    return paper.framed(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        first_sheet=OPEN,
        close=True,
        footer_left="区分　情報（職員および窓口の氏名を含む）",
    )


_RIGHT: Final[Mapping[str, str]] = {
    OPEN: "期限の早い順", DECIDED: "協議記録から", PLACES: "受領した書類ほか", WRONG: "日付の順", FIRST: "4月・5月",
}  # fmt: skip


def _parted(chapter: str, facts: HandoverFacts) -> tuple[Rows, Rows]:
    """The rows of a chapter on the paper itself, and those on its 別紙."""
    rows, first = tuple(facts.rows[chapter]), _AT_FIRST[chapter]
    return (rows[:first], rows[first:]) if len(rows) > first + _FEW else (rows, ())


def _chapter(number: int, chapter: str, facts: HandoverFacts) -> list[Block]:
    rows, more = _parted(chapter, facts)
    remark = facts.remarks.get(chapter, "").strip()
    told = f"ほか{len(more)}件は、別紙のとおり（全{len(rows) + len(more)}件）。" if more else ""
    return [
        Heading(1, str(number), chapter, right=_RIGHT.get(chapter, ""), sheet=chapter),
        _table(chapter, rows) if rows else Paragraph("該当なし"),
        *(Paragraph(text) for text in (told, remark) if text),
    ]


def _annex(facts: HandoverFacts) -> Iterator[Block]:
    """What does not stand on the paper itself, chapter by chapter."""
    parted = [(number, chapter, _parted(chapter, facts)[1]) for number, chapter in enumerate(CHAPTERS, 1)]
    for count, (number, chapter, rows) in enumerate(one for one in parted if one[2]):
        yield SheetBreak(sheet=f"別紙 {chapter}", page=count == 0)
        yield Heading(1, str(number), f"{chapter}　別紙", right=_RIGHT.get(chapter, ""))
        yield _table(chapter, rows)


def _table(chapter: str, rows: Rows) -> Table:
    sides = {"No": "center", "数": "right"}
    return Table(
        tuple(
            Column(title, width, align=sides.get(title, "left"))  # type: ignore[arg-type]
            for title, width in _WIDTHS[chapter]
        ),
        rows,
        name=chapter,
    )
