"""How a question of an event becomes a row of the list."""

from __future__ import annotations

from collections.abc import Callable

from app.subjects.surveys.questions.parts.survey_words import question_hint
from app.subjects.surveys.questions.rules.survey_questions import other_option, printed_title, sum_label
from app.widgets.record_columns import Cell, Column, SheetPart
from db.records.surveys import Question


def question_columns(
    place_of: Callable[[Question], int], marked: Callable[[Question], bool] = lambda _row: False
) -> tuple[Column, ...]:
    """The columns of the questions; they stand in the order of the paper and are not sorted otherwise.

    ``marked`` says whether something was found about a question: it then has a sign.
    """

    def place(row: Question) -> Cell:
        sign = ("warning-fill", "確かめることがあります") if marked(row) else ("", "")
        return Cell(text=f"問{place_of(row)}", strong=True, icon=sign[0], icon_tone="amber", tip=sign[1])

    return (
        Column(
            key="place",
            title="番号",
            show=place,
            sortable=False,
            width=78,
        ),
        Column(
            key="title",
            title="設問・選択肢",
            show=_title,
            stretch=True,
            sortable=False,
            parts=(
                SheetPart(title="設問", show=printed_title),
                SheetPart(title="選択肢", show=lambda row: "\n".join(_options(row))),
                SheetPart(title="答え方の注意", show=lambda row: "・".join(_marks(row))),
            ),
        ),
        Column(key="type", title="種類", show=lambda row: Cell(text=question_hint(row)), sortable=False, width=130),
        Column(
            key="sum",
            title="足して示す",
            show=_sum,
            sortable=False,
            width=150,
            narrow=False,
            needs=760,
            parts=(
                SheetPart(title="足して示す", show=lambda row: _sum(row).text),
                SheetPart(title="足す選択肢", show=lambda row: _sum(row).second),
            ),
        ),
    )


def _title(row: Question) -> Cell:
    second = "　／　".join(part for part in ("　".join(_options(row)), "・".join(_marks(row))) if part)
    return Cell(text=printed_title(row), strong=True, second=second)


def _options(row: Question) -> list[str]:
    return [f"{number} {text}" for number, text in enumerate(row.options, start=1)]


def _marks(row: Question) -> list[str]:
    marks = []
    if row.has_other and other_option(row) not in row.options:
        marks.append("その他の記入あり")
    if row.exclusive_option:
        marks.append(f"「{row.exclusive_option}」はほかと一緒に選べない")
    if row.asked_of:
        marks.append("「" + "」「".join(row.asked_of_options) + "」の方だけ")
    if row.type == "NUM" and row.unit:
        marks.append(f"単位 {row.unit}")
    return marks


def _sum(row: Question) -> Cell:
    label = sum_label(row)
    return Cell(text=label, second="＋".join(row.positive)) if label else Cell(text="")
