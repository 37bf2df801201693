"""照会への回答, the questions of 議会 or other offices in a year and the numbers quoted in the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.documents import document_frame
from app.documents.blocks import Column, DocumentContent, Table, Title
from db.records.year.summary import YearAnswer

ANSWERS_KIND: Final = "照会への回答"
CORRECTED: Final = "答えたあとに記録が訂正"
_COLUMNS: Final = (
    Column("No", 9, align="center"),
    Column("聞かれた日", 25),
    Column("聞いた人", 34),
    Column("問い", 46),
    Column("答え", 56),
    Column("使った数と出どころ", 64),
    Column("数の日", 27),
)


def answers_document(
    context: document_frame.DocumentContext,
    answers: Sequence[YearAnswer],
    day: date,
    corrected: Mapping[tuple[int, str], str],
) -> DocumentContent:
    """Build the list on A4 landscape, oldest question first.

    Args:
        answers: those of the year.
        day: up to which they were asked.
        corrected: what a number (by its answer and title) was on its day by today's records, where that differs.
    """
    programme = context.programme
    reference = f"R{programme.fiscal_year - 2018}-照会-{day:%Y%m%d}"
    listed = sorted(answers, key=lambda one: (one.asked_on, one.id))
    title = f"{ANSWERS_KIND}　{fiscal_year_words(programme.fiscal_year)}"
    blocks = (
        Title(
            ANSWERS_KIND,
            subtitle=f"{fiscal_year_words(programme.fiscal_year)}　{len(listed)}件",
            lead=f"{dates.long_date(day)}までに聞かれたもの。数は「数の日」に正しかった数で、"
            f"その後の記録の訂正は※に示す。",
        ),
        Table(
            _COLUMNS,
            tuple(_row(number, one, corrected) for number, one in enumerate(listed, 1)),
            name=ANSWERS_KIND,
        ),
    )
    return document_frame.frame_document(
        context,
        kind=ANSWERS_KIND,
        reference=reference,
        blocks=blocks,
        title=title,
        look="roster",
        header_right=f"整理番号 {reference}",
        stamp=CORRECTED if corrected else "",
    )


def _row(number: int, answer: YearAnswer, corrected: Mapping[tuple[int, str], str]) -> tuple[str, ...]:
    lines = []
    for figure in answer.figures:
        lines.append(f"{figure.title}　{figure.value}（{figure.source}）")
        if now := corrected.get((answer.id, figure.title)):
            lines.append(f"※いまの記録では、その日の数は{now}")
    figures = "\n".join(lines)
    return (
        str(number), dates.table_date(answer.asked_on), answer.asked_by, answer.question, answer.answer, figures,
        dates.table_date(answer.day),
    )  # fmt: skip
