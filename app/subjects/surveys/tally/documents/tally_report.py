"""アンケート集計表: how many came back, every question with chart and table, the free answers; in Excel also every
answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.calendar import dates
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
    Title,
)
from app.documents.event_facts import RESPONSE_UNIT, EventFacts
from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.surveys.questions.rules.survey_questions import (
    options_without_other,
    other_option_of,
    parse_number,
    printed_title,
)
from app.subjects.surveys.questions.rules.tally_result import (
    NO_ANSWER,
    OUTSIDE,
    TALLY_REPORT,
    QuestionTally,
    Tally,
    answer_rows,
    correction_words,
    row_names,
    was_asked,
    who_counted,
)
from app.subjects.surveys.tally.documents.report_survey import CommentList, comment_table
from app.subjects.surveys.tally.rules.themes import Comment
from db.frozen_record import frozen_record
from db.records.surveys import Answer, EventSurvey, Question, SurveyResponse

TALLY_KIND = TALLY_REPORT
NOT_FROZEN = "集計確定前"
DATA_SHEET = "回答データ"
NOT_APPLICABLE = "非該当"
VALUE_SEPARATOR = " ｜ "
"""Between the options of one answer, in a text cell."""
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
"""What was decided about a free text, by question code and sheet."""


@frozen_record
class TallyFacts:
    """Everything an アンケート集計表 is built from.

    ``charts`` stand by the code of their question; ``left_out`` are the reasons for which sheets are not counted,
    ``check`` what the ward's own 検算 came to, ``warning`` what to mind before it goes outside.
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
    """Build the paper; until the totals are fixed every page says so."""
    survey, tally = facts.survey, facts.tally
    blocks: list[Block] = [
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
        *_rules(tally, facts.warning),
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
    if facts.names_people:
        content = replace(content, personal=True, footer_left="自由記述に個人が分かるおそれのある語を含む")
    return content


def _frozen_words(survey: EventSurvey) -> str:
    return f"確定 {document_frame.table_day(survey.frozen_at.date())}" if survey.frozen_at else NOT_FROZEN


def _figures(tally: Tally) -> tuple[Figure, ...]:
    attended = tally.attendance
    figures = [
        Figure(label="出席者", value="" if attended is None else str(attended), unit="人"),
        Figure(
            label="回収",
            value=str(tally.base),
            unit=RESPONSE_UNIT,
            note=f"紙{tally.paper}件・オンライン{tally.online}件",
        ),
        Figure(label="回収率", value=tally.return_rate or "", unit="％", note="回収数÷出席者数"),
    ]
    summed = [one for one in tally.questions if one.sum_label and one.question.role in ("satisfaction", "intent")]
    for one in sorted(summed, key=lambda one: one.question.role != "satisfaction")[:2]:
        figures.append(_sum_figure(one, f"問{tally.questions.index(one) + 1}"))
    return tuple(figures)


def _sum_figure(question_tally: QuestionTally, question_text: str) -> Figure:
    mark = "（参考値）" if question_tally.is_reference_only else ""
    label = question_tally.sum_label if question_tally.question.role == "satisfaction" else "活用の意向あり"
    note = f"ｎ＝{question_tally.base}の{question_tally.sum_percent}％{mark}"
    return Figure(label=label, value=str(question_tally.sum_count), unit="人", note=note, asked=question_text)


def _returned(tally: Tally, survey: EventSurvey) -> Table:
    columns = tuple(
        Column(title, width=27.5, align="right")
        for title in ("出席者", "用紙の配布", "回収（紙）", "回収（オンライン）", "回収　計", "回収率")
    )
    row = (
        _count(tally.attendance, "人"),
        _count(survey.distributed, "枚"),
        f"{tally.paper}{RESPONSE_UNIT}",
        f"{tally.online}件",
        f"{tally.base}{RESPONSE_UNIT}",
        f"{tally.return_rate}％" if tally.return_rate else "",
    )
    unknown = "" if tally.return_rate else f"{no_rate_words(tally.base, tally.attendance)}、回収率は出していない。"
    note = f"注　回収率＝回収数÷出席者数。紙の用紙1枚、オンラインの回答1件を、それぞれ1件と数える。{unknown}"
    return Table(columns, (row,), name="回収状況", note=note)


def no_rate_words(returned: int, attended: int | None) -> str:
    """Return why there is no 回収率: nobody noted who came, or more came back than people came."""
    if attended is None or not attended:
        return "出席者数の記録がないため"
    return f"回収数{returned}が出席者数{attended}を上回るため"


def _count(value: int | None, unit: str) -> str:
    return "" if value is None else f"{value}{unit}"


def _state_rows(facts: TallyFacts) -> tuple[tuple[str, str], ...]:
    """Who counted, checked and fixed the totals, and every later change."""
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
    day = f"（{dates.long_date_plain(survey.counted_on)}）" if survey.counted_on else ""
    typed = f"　区の入力：{survey.purpose}" if survey.purpose else ""
    return f"{who_counted(survey)}{day}{correction_words(survey)}{typed}"


def _contents(facts: TallyFacts) -> Table:
    """One line a question: where it stands, how it was asked, n, 無回答, and the sum that matters."""
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
        kind = TALLIED_AS[one.question.type]
        rows.append((f"問{place}", title, kind, str(one.base), str(one.no_answer), total))
    return Table(columns, tuple(rows), name="設問の一覧")


def _rules(tally: Tally, warning: str) -> tuple[Block, ...]:
    """How papers and online answers were put together and counted, in the words of the notes under the charts."""
    lines = [
        (
            "紙とオンラインの回答は、1枚（1件）ずつ同じ設問に合わせて数えた。"
            "無記名のため、同じ人が両方で答えたかは分からない。"
        ),
        "％の分母（ｎ）は、無回答を含む回収数。分岐のある設問は、あてはまる人だけを分母とし、非該当を除く。",
        "％は小数第2位を四捨五入した。満足計・肯定計は、人数を足してから割った。",
    ]
    if tally.base < 30:
        lines.append("ｎが30未満のため、％は参考値。")
    if warning:
        lines.append(warning)
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
    """Return the counted ``responses`` one a row: number, way of answering, and of every question code and text.

    No time, no other column of the file, nothing that tells who it was. A free text that may tell it stands only
    with the words that somebody chose; else a note stands in its place, so that a recount still finds an answer.
    The codes of every question stand first and are printed, with what they mean below; words, and a column for each
    option of several, stand beside them.
    """
    columns = ["No", "用紙番号", "回答方法"]
    beside: list[str] = []
    single: list[int] = []
    counted_beside: list[int] = []
    for place, question in enumerate(questions, 1):
        if question.type in ("SA", "NUM"):
            single.append(len(columns))
            columns.append(f"問{place}")
        elif question.type == "MA":
            columns.append(f"問{place}の番号")
        beside.append(f"問{place}　{printed_title(question)}")
        ticked = [f"問{place}_{option_code(question, name)}　{name}" for name in _ticks(question)]
        counted_beside += range(len(beside), len(beside) + len(ticked))
        beside += ticked
        if question.has_other:
            beside.append(f"問{place}　{other_option_of(question)}の記入")
    rows = []
    for number, sheet in enumerate((sheet for sheet in responses if sheet.counted), 1):
        row = [str(number), str(sheet.number) if sheet.source == "紙" and sheet.number else "", sheet.source]
        words: list[str] = []
        for question in questions:
            asked = was_asked(question, sheet.answers, questions)
            code, said = _cells(question, sheet, comments, finder) if asked else _not_applicable_cells(question)
            row += [code] if question.type != "FA" else []
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
        f"集計に入れた{len(rows)}枚。氏名、連絡先、回答の日時は含みません。{few}",
        notes=(_CODES_NOTE, *_codes(questions)),
        printed=printed,
    )


def _not_applicable_cells(question: Question) -> tuple[str, list[str]]:
    return NOT_APPLICABLE, [NOT_APPLICABLE] * (1 + len(_ticks(question)) + question.has_other)


def _cells(
    question: Question, response: SurveyResponse, comments: DecidedComments, finder: NameFinder | None
) -> tuple[str, list[str]]:
    """The code of an answer, and what stands beside it."""
    answer = response.answers.get(question.code, Answer())
    if question.type == "FA":
        return "", [_written_text(question, response.id, answer.text, comments, finder)]
    if question.type == "NUM":
        return _number_cells(answer, finder)
    named = row_names(question, answer)
    answered = NO_ANSWER not in named
    words = [VALUE_SEPARATOR.join(_named_rows(question, answer, finder))]
    words += [("1" if name in named else "0") if answered else "" for name in _ticks(question)]
    if question.has_other:
        words.append(_written_text(question, response.id, answer.other, comments, finder))
    return CODE_SEPARATOR.join(option_code(question, name) for name in named), words


def _ticks(question: Question) -> tuple[str, ...]:
    """The options that a column each is for: those of a question with several answers."""
    if question.type != "MA":
        return ()
    return (*options_without_other(question), *((other_option_of(question),) if question.has_other else ()))


def _named_rows(question: Question, answer: Answer, finder: NameFinder | None) -> list[str]:
    """The rows by name; what was answered beside the list stands behind its row, unless it may name somebody."""
    names = list(row_names(question, answer))
    strange = [text for text in answer_rows(question, answer).unlisted if not personal_flags(text, finder=finder)]
    if OUTSIDE in names and strange:
        names[names.index(OUTSIDE)] = f"{OUTSIDE}：{'・'.join(strange)}"
    return names


def _number_cells(answer: Answer, finder: NameFinder | None) -> tuple[str, list[str]]:
    """The number as read, empty without one (every code could be a number too), and the text as written."""
    written = answer.text.strip() or "".join(answer.chosen)
    if not written:
        return "", [NO_ANSWER]
    return parse_number(written), [WITHHELD if personal_flags(written, finder=finder) else written]


def _written_text(
    question: Question, sheet_id: int, text: str, comments: DecidedComments, finder: NameFinder | None
) -> str:
    if not text.strip():
        return ""
    comment = comments.get((question.code, sheet_id))
    if comment is not None:
        if comment.quoted_words:
            return comment.quoted_words
        return WITHHELD if comment.flags else NOT_QUOTED
    return WITHHELD if personal_flags(text, finder=finder) else text


def option_code(question: Question, name: str) -> str:
    """The code of a printed row: its number on the paper, none for 無回答, 99 for an answer outside the list."""
    if name == NO_ANSWER:
        return ""
    if name == OUTSIDE:
        return OUTSIDE_CODE
    options = question.options
    return str(options.index(name) + 1 if name in options else len(options) + 1)


def _codes(questions: Sequence[Question]) -> Iterator[str]:
    """Yield a line for each question: how it was asked and what its codes mean."""
    for place, question in enumerate(questions, 1):
        names = list(options_without_other(question)) if question.type in ("SA", "MA") else []
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
