"""アンケート用紙 (two pages of A4, nothing that says who answered), and the same questions for an online form.

A workbook for editing has the questions too, letter for letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.calendar import dates
from app.calendar.dates import stamp_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Paragraph, Table, Title
from app.documents.event_facts import EventFacts
from app.documents.form_text import CHOICE_OF_MANY, CHOICE_OF_ONE, LONG_TEXT, SHORT_TEXT, FormQuestion
from app.documents.handout_blocks import QuestionnaireEnd, QuestionnaireHead, QuestionOnPaper
from app.surveys.questions.rules import OTHER, TYPE_WORDS, asks_who, other_option_of, printed_number, printed_title
from db.records.programme import Programme
from db.records.surveys import EventSurvey, Question, QuestionRole, QuestionType

DEFINITION_KIND = "オンライン回答の設問"
NO_NAMES_NOTE = "お名前や電話番号など、個人が分かることは書かないでください。"
EITHER_CHANNEL_NOTE = "紙かスマートフォンのどちらか一方でお答えください。"

_FORM_TYPES = {
    QuestionType.ONE: CHOICE_OF_ONE,
    QuestionType.SEVERAL: CHOICE_OF_MANY,
    QuestionType.TEXT: LONG_TEXT,
    QuestionType.NUMBER: SHORT_TEXT,
}
ROLE_WORDS = {
    QuestionRole.SATISFACTION: "満足計",
    QuestionRole.UNDERSTANDING: "肯定計（理解）",
    QuestionRole.INTENT: "肯定計（意向）",
}
NUMBER, TITLE, TYPE, OPTIONS, LIMIT = "番号", "設問文", "種類", "選択肢", "選べる数の上限"
OTHER_TEXT, EXCLUSIVE, POSITIVE, ROLE = "その他の記入", "一緒に選べない選択肢", "足して示す選択肢", "足した人数"
NOTE, BRANCH_QUESTION, BRANCH_OPTIONS = "説明", "聞く相手を決める設問", "聞く相手の選択肢"
SCALE, UNIT, LINES, CODE = "段階の設問", "単位", "記入の行数", "記号"
YES = "○"
_WIDTHS = (
    (NUMBER, 13.0), (TITLE, 66.0), (TYPE, 22.0), (OPTIONS, 58.0), (LIMIT, 22.0), (OTHER_TEXT, 20.0), (EXCLUSIVE, 34.0),
    (POSITIVE, 40.0), (ROLE, 30.0), (NOTE, 52.0), (BRANCH_QUESTION, 24.0), (BRANCH_OPTIONS, 34.0),
    (SCALE, 18.0), (UNIT, 16.0),
    (LINES, 18.0), (CODE, 34.0),
)  # fmt: skip


def form_questions(questions: Sequence[Question]) -> tuple[FormQuestion, ...]:
    """Return the questions as entered into a form service, in the order of the paper."""
    numbers = {one.code: printed_number(one, place) for place, one in enumerate(questions, 1)}
    return tuple(_form_question(one, numbers) for one in questions)


def form_options(question: Question) -> tuple[str, ...]:
    """Return the options as on paper, その他 included where it is printed."""
    other = other_option_of(question) if question.has_other else ""
    return (*question.options, other) if other and other not in question.options else question.options


def _form_question(question: Question, numbers: dict[str, str]) -> FormQuestion:
    """Return a question as it is set in an online form, with instructions on its limit, その他 and branch."""
    options = form_options(question) if question.type.has_options else ()
    branch = ""
    if question.asked_of in numbers:
        chosen = "、".join(f"「{option}」" for option in question.asked_of_options)
        branch = (
            f"{numbers[question.asked_of]}で{chosen}を選んだ方だけに聞きます（セクションの分岐。"
            f"できないときは説明に書きます）"
        )
    limit = ""
    if question.type.takes_several and question.max_select:
        limit = f"選べる数は{question.max_select}つまで（回答の検証）"
    elif question.type.is_number:
        limit = "数値だけ（回答の検証）" + fill_nonempty("　単位は{}", question.unit)
    return FormQuestion(
        number=numbers[question.code],
        title=printed_title(question),
        form_type=_FORM_TYPES[question.type],
        required="しない（紙と同じく、無回答でも送れるようにします）",
        options=options,
        note=_definition_note(question),
        limit=limit,
        other_hint=_other(question),
        branch=branch,
    )


def _definition_note(question: Question) -> str:
    """Return the note below a question; a free text also asks to write no names."""
    parts = [question.note] if question.note else []
    if question.type.is_text and not asks_who(question) and NO_NAMES_NOTE not in question.note:
        parts.append(NO_NAMES_NOTE)
    return "\n".join(parts)


def _other(question: Question) -> str:
    """Return the instruction how 「その他」 is set in an online form, "" without that option."""
    if not question.has_other:
        return ""
    named = other_option_of(question)
    if named == OTHER:
        return "「その他」は、フォームの「その他」を追加して入れます（書く欄が付きます）"
    return f"「{named}」は、フォームの「その他」に替わります。取り込むときに「{named}」として数えます"


def definition_workbook(
    programme: Programme,
    *,
    title: str,
    subtitle: str,
    lead: Sequence[str],
    questions: Sequence[FormQuestion],
    reference: str,
    stem: str,
    made_at: datetime,
) -> DocumentContent:
    """Return the workbook with one row for each question, for Excel only; options one a line in their cell.

    ``lead`` are sentences printed above the table, ``stem`` is the file name without its ending.
    """
    columns = (
        Column("番号", width=14, align="center"),
        Column("質問", width=62),
        Column("種類", width=48),
        Column("選択肢", width=62),
        Column("必須", width=22),
        Column("選べる数・数値", width=46),
        Column("その他の記入", width=62),
        Column("聞く相手", width=46),
        Column("説明", width=52),
    )
    rows = tuple(
        (
            one.number, one.title, one.form_type, "\n".join(one.options), "しない", one.limit, one.other_hint,
            one.branch,
            one.note,
        )
        for one in questions
    )  # fmt: skip
    width = sum(column.width for column in columns)
    return DocumentContent(
        kind=DEFINITION_KIND,
        reference=reference,
        version=0,
        look="roster",
        blocks=(
            Title(title, subtitle=subtitle, lead="質問と選択肢の文は、用紙および集計と一字一句同じです。"),
            *(Paragraph(line) for line in lead),
            Table(columns, rows, name="設問"),
        ),
        first_sheet="設問",
        file_stem=stem,
        header_left=programme.title,
        footer_right=f"作成　{stamp_words(made_at)}",
        sample=programme.sample,
        sheet_width=width,
        properties={"title": f"{DEFINITION_KIND}　{title}", "created": made_at.isoformat()},
    )


def set_workbook(
    programme: Programme, *, name: str, subtitle: str, questions: Sequence[Question], stem: str, made_at: datetime
) -> DocumentContent:
    """Return the workbook of a set, for Excel only; lists are one a line in their cell."""
    columns = tuple(Column(title, width=width) for title, width in _WIDTHS)
    return DocumentContent(
        kind="設問のひな形",
        reference=stem,
        version=0,
        look="roster",
        blocks=(
            Title(name, subtitle=subtitle, lead="記号は設問を年度をこえて見分けるものです。直さないでください。"),
            Table(columns, tuple(question_rows(questions)), name="設問"),
        ),
        first_sheet="設問",
        file_stem=stem,
        header_left=programme.title,
        footer_right=f"作成　{stamp_words(made_at)}",
        sample=programme.sample,
        sheet_width=sum(width for _name, width in _WIDTHS),
        properties={"title": name, "created": made_at.isoformat()},
    )


def question_rows(questions: Sequence[Question]) -> list[tuple[str, ...]]:
    """Return one row of texts for each question, in the order of the columns of ``set_workbook`` (番号 … 記号)."""
    numbers = {one.code: f"問{place}" for place, one in enumerate(questions, 1)}
    return [
        (
            numbers[one.code],
            one.title,
            TYPE_WORDS[one.type],
            "\n".join(one.options),
            str(one.max_select) if one.max_select else "",
            YES if one.has_other else "",
            one.exclusive_option or "",
            "\n".join(one.positive),
            ROLE_WORDS[one.role] if one.role else "",
            one.note,
            numbers.get(one.asked_of, ""),
            "\n".join(one.asked_of_options),
            YES if one.scale else "",
            one.unit,
            str(one.lines) if one.type.is_text else "",
            one.code,
        )
        for one in questions
    ]


QUESTIONNAIRE_KIND = "アンケート用紙"
LARGE_KIND = "アンケート用紙（拡大版）"
SIZES: dict[str, int] = {QUESTIONNAIRE_KIND: 14, LARGE_KIND: 20}
"""Points of the type; a handout is never below 11, the large sheet is made on request."""

MAX_PAGES = 2
"""The pages of the usual sheet, both sides of one A4 (spacing is reduced as needed)."""

NO_NAME_NOTE = "お名前は書かないでください。今後の事業の改善に使います。"
TICK_NOTE = "あてはまるものの □ に ✓ を付けてください。"
_MAX_TYPED_ADDRESS = 44


def questionnaire(
    context: document_frame.DocumentContext, event: EventFacts, survey: EventSurvey, *, kind: str = QUESTIONNAIRE_KIND
) -> DocumentContent:
    """Return the sheet for ``survey``'s snapshot (仕様書4(1)ケ, (3)ケ), without anything that identifies people.

    ``kind`` is ``QUESTIONNAIRE_KIND`` in 14 points or the large kind in 20. The option numbers are those of the tally.
    """
    blocks: list[Block] = [_head(context, event, survey)]
    blocks += questions_on_paper(survey.questions)
    blocks.append(QuestionnaireEnd(text="ご協力ありがとうございました。"))
    content = document_frame.frame_event_document(
        context,
        event,
        kind=kind,
        look="sheet",
        blocks=tuple(blocks),
        first_sheet="用紙",
        outgoing=True,
        header_right=" ",
    )
    sign = document_frame.facts_code(context.programme, event)
    return replace(
        content,
        header_left="",
        header_right="",
        footer_left=f"{sign}　{printed_survey_title(survey)}",
        type_size=SIZES[kind],
        properties=content.properties
        | {"title": f"{survey.title}　{document_frame.event_name(event, with_organisation=False)}"},
    )


def _head(context: document_frame.DocumentContext, event: EventFacts, survey: EventSurvey) -> QuestionnaireHead:
    url_text: tuple[str, ...] = ()
    if survey.online_url:
        close = f"{dates.month_day(survey.online_close)}まで" if survey.online_close else ""
        url_text = tuple(line for line in ("スマートフォンでも", "回答できます", close) if line)
    return QuestionnaireHead(
        title=printed_survey_title(survey),
        event=document_frame.event_name(event, with_organisation=False),
        day=dates.long_date(event.event_date) if event.event_date else "",
        lines=(_name_note(survey), TICK_NOTE, *((EITHER_CHANNEL_NOTE,) if survey.online_url else ())),
        asked_by=sender_lines(context) + address_line(survey.online_url),
        url=survey.online_url,
        url_text=url_text,
    )


def _name_note(survey: EventSurvey) -> str:
    """Return what the answers are for, and the request to write no name unless a question asks for one."""
    return NO_NAME_NOTE.partition("。")[2] if any(map(asks_who, survey.questions)) else NO_NAME_NOTE


def sender_lines(context: document_frame.DocumentContext) -> tuple[str, ...]:
    """Return two lines, as on the sheet and in the online form: 主催 and 実施者, then 問合せ先 of the ward."""
    office, contractor = context.office, context.contractor
    return (
        f"主催　{office.ward}　　実施者　{contractor.name or '受託者'}",
        f"問合せ先　{office.ward}{office.section}{office.unit}" + fill_nonempty("　{}", office.phone),
    )


def form_introduction(
    context: document_frame.DocumentContext, event: EventFacts | None, survey: EventSurvey
) -> tuple[str, ...]:
    """Return the introduction of the online form, with event, words and contact as on paper."""
    lines = []
    if event is not None:
        day = dates.long_date(event.event_date) if event.event_date else ""
        lines.append(join_nonempty(document_frame.event_name(event, with_organisation=False), day))
    lines += [_name_note(survey), EITHER_CHANNEL_NOTE]
    if survey.online_close is not None:
        lines.append(f"回答の締切　{dates.long_date(survey.online_close)}")
    return (*lines, *sender_lines(context))


def address_line(url: str) -> tuple[str, ...]:
    """Return the line with the address for typing; () for none, a long one, or one with other than ASCII characters."""
    return (f"回答フォーム　{url}",) if url and len(url) <= _MAX_TYPED_ADDRESS and url.isascii() else ()


def printed_survey_title(survey: EventSurvey) -> str:
    """Return the title for participants, without 「（標準）」, which only distinguishes masters."""
    return survey.title.removesuffix("（標準）") or survey.title


def questions_on_paper(questions: Sequence[Question]) -> list[QuestionOnPaper]:
    """Return the questions as printed, numbered in order, options with the numbers of the tally."""
    numbers = {one.code: printed_number(one, place) for place, one in enumerate(questions, 1)}
    return [_question(one, numbers) for one in questions]


def _question(question: Question, numbers: dict[str, str]) -> QuestionOnPaper:
    other = other_option_of(question) if question.has_other else ""
    numbered = tuple((str(number), text) for number, text in enumerate(form_options(question), 1))
    return QuestionOnPaper(
        code=question.code,
        number=numbers[question.code],
        title=printed_title(question),
        type=question.type,
        hint=_hint(question),
        note=_question_note(question, numbers),
        options=numbered,
        written=tuple(number for number, text in numbered if other and text == other),
        unit=question.unit,
        room=question.lines,
    )


def _hint(question: Question) -> str:
    """Return how many options may be chosen, or that a number is written; "" where the title says it."""
    if question.type.takes_one:
        hint = "1つ"
    elif question.type.takes_several:
        hint = f"{question.max_select}つまで" if question.max_select else "いくつでも"
    else:
        hint = "数字で" if question.type.is_number else ""
    # Many titles say it already.
    return "" if hint and hint in question.title else hint


def _question_note(question: Question, numbers: dict[str, str]) -> str:
    """Return who is asked, the question's note, and the request not to write names into free text."""
    parts = []
    if question.asked_of in numbers:
        chosen = "、".join(f"「{option}」" for option in question.asked_of_options)
        parts.append(f"{numbers[question.asked_of]}で{chosen}を選んだ方だけお答えください。")
    if question.note:
        parts.append(question.note)
    if question.type.is_text and not asks_who(question) and NO_NAMES_NOTE not in question.note:
        parts.append(NO_NAMES_NOTE)
    return "".join(parts)
