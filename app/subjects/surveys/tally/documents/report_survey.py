"""What a tally gives to a report: how many came back, the charts with their note, the free texts by
theme, key figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.documents.blocks import TALLIED_AS, Block, Column, Figure, Paragraph, Table, TallyChart, TallyRow
from app.subjects.surveys.questions.rules.survey_questions import printed_number, printed_title
from app.subjects.surveys.questions.rules.tally_result import CountedOption, QuestionTally
from app.subjects.surveys.tally.rules.tally import is_in_classes, printed_rows
from db.frozen_record import frozen_record

_ROUNDING = "単位は人および％（小数第2位を四捨五入）。"
_UNCLASSIFIED = "分類なし"
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
        reference_only=question_tally.is_reference_only,
        sum_label=question_tally.sum_label,
        sum_count=question_tally.sum_count,
        sum_percent=question_tally.sum_percent,
        positive=question.positive,
        base_name="あてはまる人" if question_tally.not_asked_count else "回収数",
    )


def without_channels(chart: TallyChart) -> TallyChart:
    """The chart without paper and online apart, as a report prints it."""
    return replace(chart, rows=tuple(replace(row, paper=None, online=None) for row in chart.rows))


def chart_blocks(charts: Sequence[TallyChart]) -> tuple[Block, ...]:
    """The charts as a report prints them: a note that several of one kind share is said once, before them."""
    same = Counter((chart.type, chart.note) for chart in charts)
    shared = [key for key, count in same.items() if count > 1]
    notes = (Paragraph(f"注　{TALLIED_AS[kind]}：{note}", style="note") for kind, note in shared)
    return (*notes, *(replace(one, note="") if (one.type, one.note) in shared else one for one in charts))


def chart_note(question_tally: QuestionTally) -> str:
    """The note under a chart: n as 回収数, the unit, how 無回答 is treated, and what else was counted."""
    base = f"ｎ＝{question_tally.base}"
    kind = question_tally.question.type
    if kind == "MA":
        note = (
            f"％は{_base_words(question_tally)}（{base}）に対する割合。複数回答のため合計は100％にならない。"
            f"{_ROUNDING}無回答も1行とする。"
        )
    else:
        outside = "および選択肢にない回答" if question_tally.outside_count and kind == "SA" else ""
        note = f"{base}（{_base_words(question_tally)}）。{_ROUNDING}無回答{outside}を含めて100％とする。"
    if question_tally.numbers and question_tally.numbers.answered_count:
        found, unit = question_tally.numbers, question_tally.question.unit
        note += (
            f"数を書いた{found.answered_count}件の平均{found.mean}{unit}、中央値{found.median}{unit}、"
            f"最小{found.minimum}{unit}、最大{found.maximum}{unit}。"
        )
        if is_in_classes(question_tally):
            note += "値の種類が多いため、同じ幅に区切って数えた。"
    if question_tally.over_limit_count:
        note += f"上限をこえて選んだ{question_tally.over_limit_count}件も数えた。"
    return note + (_REFERENCE if question_tally.is_reference_only else "")


def _base_words(question_tally: QuestionTally) -> str:
    """What n is: all sheets that came back, or those the branch asked."""
    if not question_tally.not_asked_count:
        return "回収数"
    return f"あてはまる人。非該当{question_tally.not_asked_count}件を除く"


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


@frozen_record
class CommentGroup:
    """The free answers under one theme: how many there are, and those quoted with the number of each."""

    name: str
    count: int
    lines: tuple[tuple[int, str], ...]


@frozen_record
class CommentList:
    """The free answers to one question, letter for letter where they were not edited.

    ``numbers`` count the quoted ``lines`` among all ``written``; empty = all are quoted. ``groups`` are the themes
    they were put under by hand; ``left_out`` says how many are not quoted.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    written_count: int | None = None
    groups: tuple[CommentGroup, ...] = ()
    left_out_words: str = ""

    def numbered_lines(self) -> tuple[tuple[int, str], ...]:
        """The quoted answers with their numbers."""
        numbers = self.numbers or range(1, len(self.lines) + 1)
        return tuple(zip(numbers, self.lines, strict=True))


def comment_table(comments: CommentList, classes: dict[str, str] | None = None) -> Block:
    """Return the free answers as a table: by theme, else by the class typed for each number, each with its count, else
    as they came."""
    note = f"注　{comments.left_out_words}" if comments.left_out_words else ""
    written = len(comments.lines) if comments.written_count is None else comments.written_count
    if not written:
        return Paragraph("記入はありません。")
    plain = (Column("No", width=9, align="center"), Column("記述（原文のまま）", width=156))
    if comments.groups:
        return _themes_table(comments, plain, note)
    if not comments.lines:
        return Paragraph(comments.left_out_words.removeprefix("ほか"))
    if not classes:
        rows = tuple((str(number), text) for number, text in comments.numbered_lines())
        return Table(plain, rows, name="自由記述", note=note)
    return _themes_table(replace(comments, groups=_groups_by_class(comments, classes)), plain, note)


def _groups_by_class(comments: CommentList, classes: dict[str, str]) -> tuple[CommentGroup, ...]:
    """The answers under the class typed for each, classes in the order of their first answer; the rest last."""
    named: dict[str, list[tuple[int, str]]] = {}
    for number, text in comments.numbered_lines():
        named.setdefault(classes.get(str(number), "").strip(), []).append((number, text))
    rest = named.pop("", [])
    found = [CommentGroup(name=name, count=len(lines), lines=tuple(lines)) for name, lines in named.items()]
    return (*found, *((CommentGroup(name=_UNCLASSIFIED, count=len(rest), lines=tuple(rest)),) if rest else ()))


def _themes_table(comments: CommentList, columns: tuple[Column, ...], note: str) -> Table:
    rows: list[tuple[str, str]] = []
    heads = []
    for group in comments.groups:
        heads.append(len(rows))
        rows.append((f"{group.name}　{group.count}件", ""))
        rows += [(str(number), text) for number, text in group.lines]
    return Table(columns, tuple(rows), name="自由記述", group_rows=tuple(heads), note=note)


@frozen_record
class ReportSurvey:
    """A tallied survey in the form the report prints it; ``attended`` is the 出席 that its 回収率 is of."""

    paper: int
    online: int
    response_count: int
    rate: str
    counted_words: str
    attendance: int | None = None
    charts: tuple[TallyChart, ...]
    comments: tuple[CommentList, ...] = ()
    satisfaction: Figure | None = None
    intent: Figure | None = None
