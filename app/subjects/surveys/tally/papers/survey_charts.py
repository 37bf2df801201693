"""Turns counted questions into the chart blocks of a report, with the fixed note under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.papers.blocks import TallyChart, TallyRow
from app.subjects.surveys.questions.rules.survey_questions import printed_number, printed_title
from app.subjects.surveys.questions.rules.tally_result import CountedOption, QuestionTally
from app.subjects.surveys.tally.rules.tally_numbers import in_classes, printed_rows

_ROUNDING = "単位は人および％（小数第2位を四捨五入）。"
_REFERENCE = "ｎが30未満のため％は参考値。"


def tally_chart(question_tally: QuestionTally, position: int = 1) -> TallyChart:
    """The chart of one SA, MA or NUM question.

    ``position`` is its place in the questionnaire from 1, printed when neither title nor code holds a number.
    Raises ValueError for a free-text question, which has no chart.
    """
    question = question_tally.question
    if question.type == "FA":
        raise ValueError(f"{question.code}: a free-text question has no chart")
    return TallyChart(
        code=printed_number(question, position),
        title=printed_title(question),
        type=question.type,
        base=question_tally.base,
        rows=tuple(_row(row, question.unit) for row in printed_rows(question_tally)),
        note=chart_note(question_tally),
        reference_only=question_tally.reference_only,
        sum_label=question_tally.sum_label,
        sum_count=question_tally.sum_count,
        sum_percent=question_tally.sum_percent,
        positive=question.positive,
        base_name="あてはまる人" if question_tally.not_asked else "回収数",
    )


def without_channels(chart: TallyChart) -> TallyChart:
    """The chart without paper and online apart, as a report prints it."""
    return replace(chart, rows=tuple(replace(row, paper=None, online=None) for row in chart.rows))


def tally_charts(question_tallies: Sequence[QuestionTally]) -> tuple[TallyChart, ...]:
    """The charts of all questions that have one, numbered by their place in the questionnaire."""
    return tuple(
        tally_chart(question_tally, position)
        for position, question_tally in enumerate(question_tallies, start=1)
        if question_tally.question.type != "FA"
    )


def chart_note(question_tally: QuestionTally) -> str:
    """The note under a chart: n as 回収数, the unit, how 無回答 is treated, and what else was counted."""
    base = f"ｎ＝{question_tally.base}"
    kind = question_tally.question.type
    if kind == "MA":
        note = f"％は{_base_words(question_tally)}（{base}）に対する割合。複数回答のため合計は100％にならない。{_ROUNDING}無回答も1行とする。"
    else:
        outside = "および選択肢にない回答" if question_tally.outside and kind == "SA" else ""
        note = f"{base}（{_base_words(question_tally)}）。{_ROUNDING}無回答{outside}を含めて100％とする。"
    if question_tally.numbers and question_tally.numbers.answered:
        found, unit = question_tally.numbers, question_tally.question.unit
        note += (
            f"数を書いた{found.answered}件の平均{found.mean}{unit}、中央値{found.median}{unit}、"
            f"最小{found.least}{unit}、最大{found.greatest}{unit}。"
        )
        if in_classes(question_tally):
            note += "値の種類が多いため、同じ幅に区切って数えた。"
    if question_tally.over_limit:
        note += f"上限をこえて選んだ{question_tally.over_limit}件も数えた。"
    return note + (_REFERENCE if question_tally.reference_only else "")


def _base_words(question_tally: QuestionTally) -> str:
    """What n is: all sheets that came back, or those the branch asked."""
    if not question_tally.not_asked:
        return "回収数"
    return f"あてはまる人。非該当{question_tally.not_asked}件を除く"


def _row(row: CountedOption, unit: str) -> TallyRow:
    number = str(row.number) if row.number else ""
    text = f"{row.text}{unit}" if row.kind == "option" else row.text
    return TallyRow(
        number=number,
        text=text,
        count=row.count,
        percent=row.percent,
        kind=row.kind,
        paper=row.paper,
        online=row.online,
    )
