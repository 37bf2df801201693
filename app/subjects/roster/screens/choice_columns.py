"""How one line of a choice becomes a row: its place in the order, the result, who, and why."""

from __future__ import annotations

from app.subjects.roster.services.entries import moment_words
from app.subjects.roster.services.selections import ChoiceRow
from app.widgets.record_columns import Cell, Column, SheetPart

UNNAMED = "氏名未定"
GONE = "名簿から外した方"


def choice_columns() -> tuple[Column, ...]:
    """The columns of the result."""
    return (
        Column(
            key="order", title="順", show=lambda row: str(row.line.order), sort=lambda row: row.line.order, align="right",
            needs=600,
        ),
        Column(
            key="result", title="結果と理由", show=result_cell, sort=_result_rank, widest=190,
            parts=(
                SheetPart(title="結果", show=lambda row: row.line.result),
                SheetPart(title="理由", show=lambda row: row.line.why),
            ),
        ),
        Column(key="organisation", title="団体・支部", show=_organisation, stretch=True),
        Column(key="name", title="氏名", show=_name, widest=180),
        Column(key="applied", title="申込", show=_applied, sort=lambda row: row.line.applied_at),
        Column(key="draw", title="抽選の数", show=_draw, sort=lambda row: row.line.draw, needs=700),
    )  # fmt: skip


def result_cell(row: ChoiceRow) -> Cell:
    """The result as a badge, with its reason under it."""
    result = row.line.result
    return Cell(badge="補欠" if result.startswith("補欠") else result, text=result, second=row.line.why)


def _result_rank(row: ChoiceRow) -> tuple[int, int]:
    result = row.line.result
    number = result.removeprefix("補欠")
    return ("決定", "補欠", "落選").index(result.rstrip("0123456789")), int(number) if number.isdigit() else 0


def _organisation(row: ChoiceRow) -> Cell:
    if row.row is None:
        return Cell(text="—", tone="second")
    return Cell(text=row.row.organisation_name or "—", second=row.row.branch)


def _name(row: ChoiceRow) -> Cell:
    if row.row is None:
        return Cell(text=GONE, tone="second")
    if row.row.person is None:
        return Cell(text=UNNAMED, tone="second")
    return Cell(text=row.row.name, second=row.row.furigana, strong=True)


def _applied(row: ChoiceRow) -> Cell:
    words = moment_words(row.line.applied_at)
    way = row.row.entry.way if row.row is not None else ""
    return Cell(text=words or "日時なし", second=way, tone="" if words else "second")


def _draw(row: ChoiceRow) -> Cell:
    line = row.line
    return Cell(text=line.draw[:12], second=f"団体 {line.organisation_draw[:12]}" if line.organisation_draw else "")
