"""The rows and columns of a comparison: one line an option, one column a source, the difference of two at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.subjects.surveys.compare.rules import ComparedLine, ComparedQuestion, Source
from app.subjects.surveys.questions.rules.tally_result import REFERENCE_BASE
from app.subjects.surveys.tally.rules.cross_table import COMPARABLE
from app.widgets.record_columns import Cell, Column, SheetPart

NOT_ASKED = "聞いていない"


@dataclass(frozen=True)
class CompareRow:
    """One line of one question; ``line`` None where the question can't be compared. ``first`` carries the question."""

    id: int
    label: str
    question: ComparedQuestion
    line: ComparedLine | None
    first: bool
    why: str = ""


def compare_rows(
    questions: Sequence[ComparedQuestion], numbers: dict[str, str], sources: Sequence[Source]
) -> list[CompareRow]:
    """Every line of every question; one that can't be compared is one line that says why."""
    rows: list[CompareRow] = []
    for question in questions:
        label = numbers.get(question.code, "")
        why = _why_not(question, sources)
        lines: Sequence[ComparedLine | None] = question.lines if question.comparable else [None]
        for place, line in enumerate(lines):
            rows.append(CompareRow(len(rows), label, question, line, place == 0, why))
    return rows


def _why_not(question: ComparedQuestion, sources: Sequence[Source]) -> str:
    """Which sources asked something else, and which used other words."""
    parts = [
        f"{source.label}は{'聞いていない' if standing == NOT_ASKED else standing}"
        for source, standing in zip(sources, question.standings, strict=True)
        if standing not in COMPARABLE
    ]
    parts += [f"{label}の設問文「{title}」" for label, title in question.wordings]
    return "、".join(parts)


def compare_columns(sources: Sequence[Source], *, difference: bool) -> tuple[Column, ...]:
    """The columns for these sources; ``difference`` adds what two of them differ by.

    Many sources carry short headings (「第5回」); in Excel every column has its whole name.
    """
    columns = [
        Column(
            key="question",
            title="設問",
            show=_question,
            width=230,
            sortable=False,
            parts=(
                SheetPart(title="設問", show=lambda row: f"{row.label}　{row.question.title}".strip()),
                SheetPart(title="設問の違い", show=lambda row: row.why),
            ),
        ),
        Column(key="row", title="選択肢", show=_option, stretch=True, sortable=False),
    ]
    for place, source in enumerate(sources):
        columns.append(
            Column(
                key=f"source{place}",
                title=_heading(source, whole=difference),
                show=partial(_cell if difference else _narrow_cell, place),
                align="right",
                sortable=False,
                parts=(
                    SheetPart(title=f"{source.label}　人数", show=partial(_people, place)),
                    SheetPart(title=f"{source.label}　％", show=partial(_percent, place)),
                ),
            )
        )
    if difference:
        people = (SheetPart(title="差（人）", show=_more_people),)
        points = (SheetPart(title="差（ポイント）", show=lambda row: _points(row).text),)
        columns.append(
            Column(key="people", title="差\n（人）", show=_more_people, align="right", sortable=False, parts=people)
        )
        columns.append(
            Column(key="points", title="差\n（ポイント）", show=_points, align="right", sortable=False, parts=points)
        )
    return tuple(columns)


def _question(row: CompareRow) -> Cell:
    if not row.first:
        return Cell()
    return Cell(text=f"{row.label}　{row.question.title}".strip(), second=row.why, strong=True, second_tone="amber")


def _option(row: CompareRow) -> Cell:
    if row.line is None:
        return Cell(text="同じ設問ではないため、比べられません", tone="second")
    return Cell(text=row.line.text, strong=row.line.total, tone="" if row.line.kind == "option" else "second")


def _heading(source: Source, *, whole: bool) -> str:
    mark = "・％は参考" if source.sheets < REFERENCE_BASE else ""
    return f"{source.label if whole else _short(source.label)}\n回収{source.sheets}枚{mark if whole else ''}"


def _narrow_cell(place: int, row: CompareRow) -> Cell:
    """People with the percentage below, where many columns share the room; few people make it a 参考値."""
    if row.line is None or row.line.cells[place].people is None:
        return Cell(text="—", tone="second")
    base = row.question.bases[place] or 0
    mark = "参考 " if base < REFERENCE_BASE else ""
    return Cell(text=f"{_people(place, row)}人", second=f"{mark}{_percent(place, row)}%", strong=row.line.total)


def _cell(place: int, row: CompareRow) -> Cell:
    base = row.question.bases[place]
    if row.line is None or row.line.cells[place].people is None:
        return Cell(text="—", tone="second")
    mark = "％は参考値" if base is not None and base < REFERENCE_BASE and row.first else ""
    return Cell(text=f"{_people(place, row)}人　{_percent(place, row)}%", second=mark, strong=row.line.total)


def _short(label: str) -> str:
    """「第5回」 of 「第5回 LINE講習会」, 「計」 of all together."""
    return "計" if "の計" in label else label.split(" ", maxsplit=1)[0]


def _people(place: int, row: CompareRow) -> str:
    people = row.line.cells[place].people if row.line is not None else None
    return "" if people is None else str(people)


def _percent(place: int, row: CompareRow) -> str:
    return row.line.cells[place].percent if row.line is not None else ""


def _more_people(row: CompareRow) -> str:
    return row.line.change.people if row.line is not None and row.line.change is not None else "—"


def _points(row: CompareRow) -> Cell:
    if row.line is None or row.line.change is None:
        return Cell(text="—", tone="second")
    return Cell(text=row.line.change.points, strong=row.line.total)
