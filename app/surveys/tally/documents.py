"""Content of アンケート集計表 and クロス集計表, and what a tally gives to a report (charts, free texts, key figures).

Cross tables give people first and hide small cells; only the workbook has every answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.calendar import dates
from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    TALLIED_AS,
    Block,
    Bullets,
    Column,
    DataSheet,
    DocumentContent,
    Figure,
    Heading,
    KeyFigures,
    KeyValues,
    Paragraph,
    Table,
    TallyChart,
    TallyRow,
    Title,
)
from app.documents.event_facts import RESPONSE_UNIT, EventFacts
from app.registers.register.rules import NameFinder, personal_flags
from app.surveys.data_entry.rules import UNREADABLE
from app.surveys.questions.rules import (
    CROSS_REPORT,
    MORE_THAN_ONE,
    NO_ANSWER,
    OUTSIDE,
    TALLY_REPORT,
    answer_rows,
    asks_who,
    options_without_other,
    other_option_of,
    parse_number,
    printed_number,
    printed_title,
    row_names,
    was_asked,
    who_counted,
)
from app.surveys.tally.rules import (
    Comment,
    CountedOption,
    PrintedCross,
    QuestionTally,
    Tally,
    correction_words,
    is_in_classes,
    printed_rows,
)
from db.record import group_by_key, record
from db.records.surveys import Answer, EventSurvey, Question, SurveyResponse

CROSS_KIND = CROSS_REPORT
INTERNAL_NOTE = "区の内部用（2人以下の欄を伏せていない）"
_LABEL = 40.0
_PORTRAIT, _LANDSCAPE = 165.0, 261.0
_MAX_PORTRAIT_COLUMNS = 8


@record
class PrintedCrossTable:
    """Record of one cross table as it is printed, with titles, scope, numbers and note.

    ``scope`` says of which responses: the title of the event, or 「今年度の講習会の全回」.
    """

    row_title: str
    column_title: str
    scope: str
    printed: PrintedCross
    note: str


@record
class CrossFacts:
    """The data of a クロス集計表; ``unmasked_reason`` says why small cells are shown, empty = hidden."""

    event: EventFacts
    survey: EventSurvey
    tables: tuple[PrintedCrossTable, ...]
    counted_words: str
    unmasked_reason: str = ""
    warning: str = ""


def cross_report(context: document_frame.DocumentContext, facts: CrossFacts) -> DocumentContent:
    """Build the document; each page is marked while totals are not fixed, or if it must stay inside the ward."""
    blocks: list[Block] = [Title(CROSS_KIND, subtitle=document_frame.event_name(facts.event), lead=facts.counted_words)]
    if facts.unmasked_reason:
        blocks.append(Paragraph(f"{INTERNAL_NOTE}。理由：{facts.unmasked_reason}", style="strong"))
    if facts.warning:
        blocks.append(Paragraph(facts.warning))
    for number, one in enumerate(facts.tables, 1):
        title = f"{one.row_title}　×　{one.column_title}"
        blocks.extend(
            (
                Heading(2, f"({number})", title, right=one.scope),
                cross_block(one.printed, one.note, name=f"クロス{number}"),
            )
        )
    marks = [] if facts.survey.frozen_at else ["集計確定前"]
    if facts.unmasked_reason:
        marks.append("区の内部用")
    content = document_frame.frame_event_document(
        context,
        facts.event,
        kind=CROSS_KIND,
        look="report",
        blocks=tuple(blocks),
        first_sheet=CROSS_KIND,
        stamp="　".join(marks),
        header_right=CROSS_KIND,
    )
    return replace(content, footer_left=INTERNAL_NOTE) if facts.unmasked_reason else content


def cross_block(printed: PrintedCross, note: str, *, name: str) -> Table:
    """Return a cross table as a block, each row with people and, if requested, percentages below."""
    wide = len(printed.columns) > _MAX_PORTRAIT_COLUMNS
    room = ((_LANDSCAPE if wide else _PORTRAIT) - _LABEL) / len(printed.columns)
    percent = "％（参考）" if printed.is_reference_only else "％"
    rows: list[tuple[str, ...]] = []
    bold = []
    for number, (label, cells) in enumerate(printed.lines):
        if number == len(printed.lines) - 1:
            bold.append(len(rows))
        rows.append((label, *(cell.people for cell in cells)))
        if any(cell.percent for cell in cells):
            rows.append((f"　{percent}", *(cell.percent for cell in cells)))
    columns = (
        Column("人数", width=_LABEL),
        *(Column(title, width=room, align="right") for title in printed.columns),
    )
    return Table(
        columns,
        tuple(rows),
        name=name,
        note=f"注　{note}",
        bold_rows=tuple(bold),
        landscape=wide,
    )


_ROUNDING = "単位は人および％（小数第2位を四捨五入）。"


def tally_chart(question_tally: QuestionTally, position: int = 1) -> TallyChart:
    """Return the chart of one SA, MA or NUM question.

    ``position`` is its place in the questionnaire from 1, printed when neither title nor code holds a number.

    Raises:
        ValueError: a free-text question, which has no chart.
    """
    question = question_tally.question
    if question.type.is_text:
        raise ValueError(f"{question.code}: a free-text question has no chart")
    return TallyChart(
        code=printed_number(question, position),
        title=printed_title(question),
        type=question.type,
        base=question_tally.base,
        rows=tuple(
            _row(row, outside_name(question_tally) if row.kind == "outside" else question.unit)
            for row in printed_rows(question_tally)
        ),
        note=chart_note(question_tally),
        reference_only=question_tally.is_reference_only,
        sum_label=question_tally.sum_label,
        sum_count=question_tally.sum_count,
        sum_percent=question_tally.sum_percent,
        positive=question.positive,
        base_name="あてはまる人" if question_tally.not_asked_count else "回収数",
    )


def without_channels(chart: TallyChart) -> TallyChart:
    """Return the chart without separate paper and online numbers, as a report prints it."""
    return replace(chart, rows=tuple(replace(row, paper=None, online=None) for row in chart.rows))


def chart_blocks(charts: Sequence[TallyChart]) -> tuple[Block, ...]:
    """Return the charts as a report prints them, with a shared note once before them."""
    same = Counter((chart.type, chart.note) for chart in charts)
    shared = [key for key, count in same.items() if count > 1]
    notes = (Paragraph(f"注　{TALLIED_AS[kind]}：{note}", style="note") for kind, note in shared)
    return (*notes, *(replace(one, note="") if (one.type, one.note) in shared else one for one in charts))


def chart_note(question_tally: QuestionTally) -> str:
    """Return the note under a chart (n as 回収数, the unit, 無回答, and what else was counted)."""
    base = f"ｎ＝{question_tally.base}"
    kind = question_tally.question.type
    if kind.takes_several:
        note = (
            f"％は{_base_words(question_tally)}（{base}）に対する割合。複数回答のため合計は100％にならない。"
            f"{_ROUNDING}無回答も1行とする。"
        )
    else:
        note = f"{base}（{_base_words(question_tally)}）。{_ROUNDING}無回答を含めて100％とする。"
    if question_tally.numbers and question_tally.numbers.answered_count:
        found, unit = question_tally.numbers, question_tally.question.unit
        note += (
            f"数を書いた{found.answered_count}件の平均{found.mean}{unit}、中央値{found.median}{unit}、"
            f"最小{found.minimum}{unit}、最大{found.maximum}{unit}。"
        )
        if is_in_classes(question_tally):
            note += "値の種類が多いため、同じ幅に区切って数えた。"
    invalid = dict(question_tally.out_of_list).get(MORE_THAN_ONE, 0)
    if invalid:
        note += f"1つだけ選ぶ設問で2つ以上に印のある{invalid}件は無効とし、どの選択肢にも数えない。"
    if question_tally.over_limit_count:
        note += f"上限をこえて選んだ{question_tally.over_limit_count}件も数えた。"
    return note + ("ｎが30未満のため％は参考値。" if question_tally.is_reference_only else "")


def _base_words(question_tally: QuestionTally) -> str:
    """Return words on what n is: all responses, or those to which the branch applies."""
    if not question_tally.not_asked_count:
        return "回収数"
    return f"あてはまる人。非該当{question_tally.not_asked_count}件を除く"


def outside_name(question_tally: QuestionTally) -> str:
    """Return the name of the row 選択肢にない回答, which says 読みとれない where somebody decided so."""
    texts = {text for text, _ in question_tally.out_of_list}
    return OUTSIDE if UNREADABLE not in texts else UNREADABLE if len(texts) == 1 else f"{UNREADABLE}・{OUTSIDE}"


def _row(row: CountedOption, unit: str) -> TallyRow:
    """Return an option as a row of the printed tally, its text followed by ``unit`` (a value of NUM: 「3人」).

    For answers outside the list ``unit`` is the name of the row.
    """
    number = str(row.number) if row.number else ""
    text = unit if row.kind == "outside" else f"{row.text}{unit}" if row.kind == "option" else row.text
    return TallyRow(
        number=number,
        text=text,
        count=row.count,
        percent=row.percent,
        kind=row.kind,
        paper=row.paper,
        online=row.online,
    )


@record
class CommentGroup:
    """The free answers under one theme: how many they are, and the quoted ones as (number, words)."""

    name: str
    count: int
    lines: tuple[tuple[int, str], ...]


@record
class CommentList:
    """The free answers to one question, as written unless edited.

    ``numbers`` count the quoted ``lines`` among all ``written_count``; empty = all are quoted. ``groups`` are the
    themes assigned by hand; ``left_out_words`` says how many are not quoted.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    written_count: int | None = None
    groups: tuple[CommentGroup, ...] = ()
    left_out_words: str = ""

    def numbered_lines(self) -> tuple[tuple[int, str], ...]:
        """Return the quoted answers with their numbers."""
        numbers = self.numbers or range(1, len(self.lines) + 1)
        return tuple(zip(numbers, self.lines, strict=True))


def comment_table(comments: CommentList, classes: dict[str, str] | None = None) -> Block:
    """Return the free answers as a table, by theme, else by typed class with counts, else as received.

    ``classes`` gives the class of an answer by its number as text. Without answers it is a sentence that says so.
    """
    note = fill_nonempty("注　{}", comments.left_out_words)
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
    """Return the answers by typed class, in the order of first answers; the rest last."""
    named = group_by_key(
        (classes.get(str(number), "").strip(), (number, text)) for number, text in comments.numbered_lines()
    )
    rest = named.pop("", [])
    found = [CommentGroup(name=name, count=len(lines), lines=tuple(lines)) for name, lines in named.items()]
    return (*found, *((CommentGroup(name="分類なし", count=len(rest), lines=tuple(rest)),) if rest else ()))


def _themes_table(comments: CommentList, columns: tuple[Column, ...], note: str) -> Table:
    rows: list[tuple[str, str]] = []
    heads = []
    for group in comments.groups:
        heads.append(len(rows))
        rows.append((f"{group.name}　{group.count}件", ""))
        rows += [(str(number), text) for number, text in group.lines]
    return Table(columns, tuple(rows), name="自由記述", group_rows=tuple(heads), note=note)


@record
class ReportSurvey:
    """A tallied survey as the report prints it; ``attendance`` is the 出席 of its 回収率.

    ``rate`` is 「80.0％」, "" where it is not given; ``counted_words`` say who counted (「集計　受託者…」),
    ``anonymity`` what is known of those who answered.
    """

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
    anonymity: str = ""


TALLY_KIND = TALLY_REPORT
NOT_FROZEN = "集計確定前"
DATA_SHEET = "回答データ"
NOT_APPLICABLE = "非該当"
VALUE_SEPARATOR = " ｜ "
"""The separator between the options of one answer, in a text cell."""
CODE_SEPARATOR = ","
OUTSIDE_CODE = "99"
WITHHELD = "（個人が分かるおそれがあるため載せていない）"
NOT_QUOTED = "（掲載しない）"
_CODES_NOTE = (
    f"注　数字は選択肢の番号（下のとおり）。空欄は無回答、{OUTSIDE_CODE}は選択肢にない回答、"
    f"{NOT_APPLICABLE}は分岐で聞いていない人。右の印刷されない列に、選んだ言葉（複数回答は「{VALUE_SEPARATOR.strip()}」で区切る）、"
    "書かれた文、選択肢ごとの1（選んだ）と0（選ばない）の列（「問6_1」など。無回答の人は空欄）がある。"
)
DecidedComments = Mapping[tuple[str, int], Comment]
"""The decision on a free text, by question code and response."""


@record
class TallyFacts:
    """The data of an アンケート集計表.

    ``charts`` are by the code of their question; ``left_out_reasons`` say why responses are not counted,
    ``check_words`` is the result of the ward's own 検算, ``warning`` what to consider before it leaves.
    ``names_people``: quoted words may tell who wrote them, so that the document is marked as personal.
    """

    event: EventFacts
    survey: EventSurvey
    tally: Tally
    charts: dict[str, TallyChart]
    comments: tuple[CommentList, ...]
    counted_words: str
    check_words: str = ""
    left_out_reasons: tuple[tuple[str, int], ...] = ()
    warning: str = ""
    data: DataSheet
    names_people: bool = False


def tally_report(context: document_frame.DocumentContext, facts: TallyFacts) -> DocumentContent:
    """Return the document アンケート集計表; until the tally is fixed every page says so."""
    survey, tally = facts.survey, facts.tally
    blocks = [
        Title(
            TALLY_KIND,
            subtitle=document_frame.event_name(facts.event),
            lead=f"{document_frame.date_time_words(facts.event)}　{document_frame.venue_words(facts.event)}",
        ),
        KeyFigures(figures=_figures(tally)),
        Heading(1, "1", "回収状況", right=facts.counted_words),
        _returned(tally, survey),
        KeyValues(rows=_state_rows(facts), label_width=34),
        Heading(2, "(1)", "数え方"),
        *_rules(facts),
        Heading(2, "(2)", "設問の一覧"),
        _contents(facts),
        Heading(1, "2", "設問ごとの集計", sheet="集計"),
    ]
    for place, one in enumerate(tally.questions, 1):
        chart = facts.charts.get(one.question.code)
        if chart is not None:
            blocks.append(replace(chart, code=f"問{place}"))
    blocks += _comments(facts.comments)
    content = document_frame.frame_event_document(
        context,
        facts.event,
        kind=TALLY_KIND,
        look="report",
        blocks=(*blocks, facts.data),
        first_sheet="概要",
        stamp="" if survey.frozen_at else NOT_FROZEN,
        header_right=f"{TALLY_KIND}　{_frozen_words(survey)}",
    )
    return quoting(content, facts.comments, names_people=facts.names_people)


def quoting(content: DocumentContent, comments: Iterable[CommentList], *, names_people: bool) -> DocumentContent:
    """Return a document with a foot that claims of the free answers it quotes no more than was looked for."""
    if names_people:
        return replace(content, personal=True, footer_left="自由記述に個人が分かるおそれのある語を含む")
    if any(one.lines for one in comments):
        return replace(content, footer_left="自由記述を引用　見つけた氏名、電話番号、メールは載せていない")
    return content


def _frozen_words(survey: EventSurvey) -> str:
    return f"確定 {document_frame.table_day(survey.frozen_at.date())}" if survey.frozen_at else NOT_FROZEN


def _figures(tally: Tally) -> tuple[Figure, ...]:
    """Return the key figures of the tally: attendees, responses, rate, at most two sums (satisfaction, intent)."""
    attended = tally.attendance
    figures = [
        Figure("出席者", "" if attended is None else str(attended), unit="人"),
        Figure(
            "回収",
            str(tally.base),
            unit=RESPONSE_UNIT,
            note=f"紙{tally.paper}件・オンライン{tally.online}件",
        ),
        Figure("回収率", tally.return_rate or "", unit="％", note="回収数÷出席者数"),
    ]
    summed = [
        one for one in tally.questions if one.sum_label and (one.question.asks_satisfaction or one.question.asks_intent)
    ]
    for one in sorted(summed, key=lambda one: not one.question.asks_satisfaction)[:2]:
        figures.append(_sum_figure(one, f"問{tally.questions.index(one) + 1}"))
    return tuple(figures)


def _sum_figure(question_tally: QuestionTally, question_text: str) -> Figure:
    """Return the summed answers (満足計, else 活用の意向あり) of a question as key figure, with per cent and n.

    ``question_text`` is the number of the question (「問3」).
    """
    mark = "（参考値）" if question_tally.is_reference_only else ""
    label = question_tally.sum_label if question_tally.question.asks_satisfaction else "活用の意向あり"
    note = f"ｎ＝{question_tally.base}の{question_tally.sum_percent}％{mark}"
    return Figure(label, str(question_tally.sum_count), unit="人", note=note, asked=question_text)


def _returned(tally: Tally, survey: EventSurvey) -> Table:
    """Return the table with attendees, sheets handed out and responses returned."""
    columns = tuple(
        Column(title, width=27.5, align="right")
        for title in ("出席者", "用紙の配布", "回収（紙）", "回収（オンライン）", "回収　計", "回収率")
    )
    row = (
        count_words(tally.attendance, "人"),
        count_words(survey.distributed, "枚"),
        f"{tally.paper}{RESPONSE_UNIT}",
        f"{tally.online}件",
        f"{tally.base}{RESPONSE_UNIT}",
        fill_nonempty("{}％", tally.return_rate),
    )
    unknown = "" if tally.return_rate else f"{no_rate_words(tally.base, tally.attendance)}、回収率は出していない。"
    note = f"注　回収率＝回収数÷出席者数。紙の用紙1枚、オンラインの回答1件を、それぞれ1件と数える。{unknown}"
    return Table(columns, (row,), name="回収状況", note=note)


def no_rate_words(returned: int, attended: int | None) -> str:
    """Return why there is no 回収率 (unknown attendance, or more responses than people)."""
    if not attended:
        return "出席者数の記録がないため"
    return f"回収数{returned}が出席者数{attended}を上回るため"


def _state_rows(facts: TallyFacts) -> tuple[tuple[str, str], ...]:
    """Return (title, text) on who agreed, counted, checked and fixed the tally, and what is left out."""
    survey = facts.survey
    state = (
        f"{dates.stamp_words(survey.frozen_at)}　{survey.frozen_by}が確定"
        if survey.frozen_at
        else "確定前（このあと変わることがある）"
    )
    left_out = "、".join(f"{reason}（{count}{RESPONSE_UNIT}）" for reason, count in facts.left_out_reasons)
    rows = [
        ("設問", f"{dates.long_date(survey.agreed_on)}に協議して決定" if survey.agreed_on else "協議の記録なし"),
        ("集計した者", _counted_by(survey)),
        ("区の検算", facts.check_words),
        (
            "集計に入れていない回答",
            f"{facts.tally.left_out_total}{RESPONSE_UNIT}　{left_out}" if facts.tally.left_out_total else "なし",
        ),
        ("集計の状態", state),
    ]
    if survey.freeze_note:
        rows.append(("確定後の変更", survey.freeze_note))
    return tuple((name, text) for name, text in rows if text)


def _counted_by(survey: EventSurvey) -> str:
    """Return who counted and when (「受託者（令和8年9月18日）」), and why the ward entered responses."""
    day = f"（{dates.long_date_plain(survey.counted_on)}）" if survey.counted_on else ""
    typed = fill_nonempty("　区の入力：{}", survey.purpose)
    return f"{who_counted(survey)}{day}{correction_words(survey)}{typed}"


def _contents(facts: TallyFacts) -> Table:
    """Return the table with one line for each question (place, title, type, n, 無回答, and its 満足計 or 肯定計)."""
    columns = (
        Column("設問", width=13),
        Column("題名", width=70),
        Column("種類", width=18),
        Column("ｎ", width=13, align="right"),
        Column("無回答", width=16, align="right"),
        Column("満足計・肯定計", width=35, align="right"),
    )
    rows = []
    for place, one in enumerate(facts.tally.questions, 1):
        mark = "（参考）" if one.is_reference_only else ""
        total = f"{one.sum_count}人　{one.sum_percent}％{mark}" if one.sum_label else ""
        title = facts.charts[one.question.code].title if one.question.code in facts.charts else one.question.title
        rows.append((f"問{place}", title, TALLIED_AS[one.question.type], str(one.base), str(one.no_answer), total))
    return Table(columns, tuple(rows), name="設問の一覧")


def _rules(facts: TallyFacts) -> tuple[Block, ...]:
    """Return how paper and online answers were merged and counted, as in the notes under the charts."""
    reason = "" if any(map(asks_who, facts.survey.questions)) else "無記名のため、"
    lines = [
        (
            "紙とオンラインの回答は、1枚（1件）ずつ同じ設問に合わせて数えた。"
            f"{reason}同じ人が両方で答えたかは分からない。"
        ),
        "％の分母（ｎ）は、無回答を含む回収数。分岐のある設問は、あてはまる人だけを分母とし、非該当を除く。",
        "％は小数第2位を四捨五入した。満足計・肯定計は、人数を足してから割った。",
    ]
    if facts.tally.base < 30:
        lines.append("ｎが30未満のため、％は参考値。")
    if facts.warning:
        lines.append(facts.warning)
    return (Bullets(items=tuple(lines)),)


def _comments(comments: tuple[CommentList, ...]) -> list[Block]:
    blocks: list[Block] = [Heading(1, "3", "自由記述", sheet="自由記述")]
    if not comments:
        return [*blocks, Paragraph("自由に書く設問はない。")]
    for number, one in enumerate(comments, 1):
        written = one.written_count if one.written_count is not None else len(one.lines)
        right = f"記入{written}件"
        blocks += [
            Heading(2, f"({number})", f"{one.code}　{one.title}", right=right),
            comment_table(one),
        ]
    return blocks


def answer_data(
    questions: Sequence[Question],
    responses: Sequence[SurveyResponse],
    comments: DecidedComments,
    finder: NameFinder | None,
) -> DataSheet:
    """Return the counted ``responses`` one a row, with number, channel, and code and text of every question.

    No time, no other column of the file, nothing identifying. A free text that may identify somebody is replaced
    by the words that somebody chose, else by a note, so that a recount still finds an answer. The codes of every
    question come first and are printed, with their meaning below; words, and a column for each option of several,
    are beside them.
    """
    columns = ["No", "用紙番号", "回答方法"]
    beside = []
    single = []
    counted_beside: list[int] = []
    for place, question in enumerate(questions, 1):
        if question.type.takes_one or question.type.is_number:
            single.append(len(columns))
            columns.append(f"問{place}")
        elif question.type.takes_several:
            columns.append(f"問{place}の番号")
        beside.append(f"問{place}　{printed_title(question)}")
        ticked = [f"問{place}_{option_code(question, name)}　{name}" for name in _ticks(question)]
        counted_beside += range(len(beside), len(beside) + len(ticked))
        beside += ticked
        if question.has_other:
            beside.append(f"問{place}　{other_option_of(question)}の記入")
    rows = []
    for number, sheet in enumerate((sheet for sheet in responses if sheet.counted), 1):
        row = [str(number), str(sheet.number) if sheet.source.is_paper and sheet.number else "", sheet.source]
        words = []
        for question in questions:
            asked = was_asked(question, sheet.answers, questions)
            code, said = _cells(question, sheet, comments, finder) if asked else _not_applicable_cells(question)
            row += [code] if not question.type.is_text else []
            words += said
        rows.append((*row, *words))
    few = (
        "1行が1人の回答です。数が少ないため、設問を組み合わせると誰の回答か分かるおそれがあります。"
        if len(rows) < 30
        else ""
    )
    printed = len(columns)
    return DataSheet(
        sheet=DATA_SHEET,
        title="回答データ（1行が1枚）",
        columns=(*columns, *beside),
        rows=tuple(rows),
        numbers=frozenset({0, 1, *single, *(printed + place for place in counted_beside)}),
        lead=f"区の内部用です。区の外へ渡すときは、このシートを除いてください。"
        f"集計に入れた{len(rows)}枚。回答の日時と、個人が分かるおそれのある記入は含みません。{few}",
        notes=(_CODES_NOTE, *_codes(questions)),
        printed=printed,
    )


def _not_applicable_cells(question: Question) -> tuple[str, list[str]]:
    """Return what ``_cells`` returns, for a question that this person was not asked: 非該当 in every cell.

    The first is the cell of the answer's numbers, the rest are the words, each option and the written その他.
    """
    return NOT_APPLICABLE, [NOT_APPLICABLE] * (1 + len(_ticks(question)) + question.has_other)


def _cells(
    question: Question, response: SurveyResponse, comments: DecidedComments, finder: NameFinder | None
) -> tuple[str, list[str]]:
    """Return the answer of one sheet as its cell of numbers, and the cells beside: words, ticks, written その他.

    The first holds the numbers of the chosen options, of NUM the number as read; it is "" for FA.
    """
    answer = response.answers.get(question.code, Answer())
    if question.type.is_text:
        return "", [_written_text(question, response.id, answer.text, comments, finder)]
    if question.type.is_number:
        return _number_cells(answer, finder)
    named = row_names(question, answer)
    answered = NO_ANSWER not in named
    words = [VALUE_SEPARATOR.join(_named_rows(question, answer, finder))]
    words += [("1" if name in named else "0") if answered else "" for name in _ticks(question)]
    if question.has_other:
        words.append(_written_text(question, response.id, answer.other, comments, finder))
    return CODE_SEPARATOR.join(option_code(question, name) for name in named), words


def _ticks(question: Question) -> tuple[str, ...]:
    """Return the options with a column each, for a question with several answers."""
    if not question.type.takes_several:
        return ()
    return (*options_without_other(question), *((other_option_of(question),) if question.has_other else ()))


def _named_rows(question: Question, answer: Answer, finder: NameFinder | None) -> list[str]:
    """Return the names of the rows that count the answer; 選択肢にない回答 is followed by its texts (「…：LINE」).

    Texts that may identify somebody are left out; ``finder`` knows people, None = names are not looked for.
    """
    names = list(row_names(question, answer))
    strange = [text for text in answer_rows(question, answer).unlisted if not personal_flags(text, finder=finder)]
    if OUTSIDE in names and strange:
        names[names.index(OUTSIDE)] = f"{OUTSIDE}：{'・'.join(strange)}"
    return names


def _number_cells(answer: Answer, finder: NameFinder | None) -> tuple[str, list[str]]:
    """Return an answer in numbers as read ("" without one), and in a list the text as written."""
    written = answer.text.strip() or "".join(answer.chosen)
    if not written:
        return "", [NO_ANSWER]
    return parse_number(written), [WITHHELD if personal_flags(written, finder=finder) else written]


def _written_text(
    question: Question, sheet_id: int, text: str, comments: DecidedComments, finder: NameFinder | None
) -> str:
    """Return a written text as it may be quoted, "" for none.

    Where it may not, 「（掲載しない）」, or a note on personal data. Without a decision in ``comments`` it is checked
    with ``finder``.
    """
    if not text.strip():
        return ""
    comment = comments.get((question.code, sheet_id))
    if comment is not None:
        if comment.quoted_words:
            return comment.quoted_words
        return WITHHELD if comment.flags else NOT_QUOTED
    return WITHHELD if personal_flags(text, finder=finder) else text


def option_code(question: Question, name: str) -> str:
    """Return the number of a row's option on the paper, "" for 無回答, 99 for an answer outside the list.

    Another answer (その他) has the number after the last option.
    """
    if name == NO_ANSWER:
        return ""
    if name == OUTSIDE:
        return OUTSIDE_CODE
    options = question.options
    return str(options.index(name) + 1 if name in options else len(options) + 1)


def _codes(questions: Sequence[Question]) -> Iterator[str]:
    """Yield a line for each question with its type and what the numbers of its options mean."""
    for place, question in enumerate(questions, 1):
        names = list(options_without_other(question)) if question.type.has_options else []
        if question.has_other:
            names.append(other_option_of(question))
        coded = sorted((int(option_code(question, name)), name) for name in names)
        yield "　".join(
            (
                f"問{place}",
                f"{printed_title(question)}（{TALLIED_AS[question.type]}）",
                *(f"{code}＝{name}" for code, name in coded),
            )
        )
