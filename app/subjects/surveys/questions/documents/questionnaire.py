"""アンケート用紙: the event's own questions as they are printed, two pages of A4, nothing that says who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, DocumentContent
from app.documents.event_facts import EventFacts
from app.documents.handout_blocks import QuestionnaireEnd, QuestionnaireHead, QuestionOnPaper
from app.subjects.surveys.questions.documents.questionnaire_definition import (
    EITHER_CHANNEL_NOTE,
    NO_NAMES_NOTE,
    form_options,
)
from app.subjects.surveys.questions.rules.survey_questions import other_option_of, printed_number, printed_title
from db.records.surveys import EventSurvey, Question

QUESTIONNAIRE_KIND: Final = "アンケート用紙"
LARGE_KIND: Final = "アンケート用紙（拡大版）"
SIZES: Final[dict[str, int]] = {QUESTIONNAIRE_KIND: 14, LARGE_KIND: 20}
"""Points of the type; a handout is never below 11, the large sheet is for whoever asked for it."""

MAX_PAGES: Final = 2
"""The pages of the usual sheet: both sides of one A4 (the closest setting that holds them is chosen when drawn)."""

NO_NAME_NOTE: Final = "お名前は書かないでください。今後の事業の改善に使います。"
TICK_NOTE: Final = "あてはまるものの □ に ✓ を付けてください。"
_MAX_TYPED_ADDRESS: Final = 44


def questionnaire(
    context: document_frame.DocumentContext, event: EventFacts, survey: EventSurvey, *, kind: str = QUESTIONNAIRE_KIND
) -> DocumentContent:
    """Return the sheet for ``survey``'s snapshot (仕様書4(1)ケ, (3)ケ), without anything that tells who answered.

    ``kind`` is ``KIND`` in 14 points or ``LARGE_KIND`` in 20. The option numbers are those of the tally.
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
    sign = document_frame.event_code(context.programme, event)
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
        lines=(NO_NAME_NOTE, TICK_NOTE, *((EITHER_CHANNEL_NOTE,) if survey.online_url else ())),
        asked_by=sender_lines(context) + address_line(survey.online_url),
        url=survey.online_url,
        url_text=url_text,
    )


def sender_lines(context: document_frame.DocumentContext) -> tuple[str, ...]:
    """Return who asks and whom to turn to, as on the sheet and in the online form."""
    office, contractor = context.office, context.contractor
    return (
        f"主催　{office.ward}　　実施者　{contractor.name or '受託者'}",
        f"問合せ先　{office.ward}{office.section}{office.unit}" + (f"　{office.phone}" if office.phone else ""),
    )


def form_introduction(
    context: document_frame.DocumentContext, event: EventFacts | None, survey: EventSurvey
) -> tuple[str, ...]:
    """Return the explanation of the online form: the same event, words and enquiries as on paper."""
    lines = []
    if event is not None:
        day = dates.long_date(event.event_date) if event.event_date else ""
        lines.append(join_nonempty(document_frame.event_name(event, with_organisation=False), day))
    lines += [NO_NAME_NOTE, EITHER_CHANNEL_NOTE]
    if survey.online_close is not None:
        lines.append(f"回答の締切　{dates.long_date(survey.online_close)}")
    return (*lines, *sender_lines(context))


def address_line(url: str) -> tuple[str, ...]:
    """Return the line for whoever types the address: only a short one can be typed."""
    return (f"回答フォーム　{url}",) if url and len(url) <= _MAX_TYPED_ADDRESS and url.isascii() else ()


def printed_survey_title(survey: EventSurvey) -> str:
    """Return the title as participants read it: 「（標準）」 tells the masters apart and is no part of it."""
    return survey.title.removesuffix("（標準）") or survey.title


def questions_on_paper(questions: Sequence[Question]) -> list[QuestionOnPaper]:
    """Return the questions as printed: numbered in order, options with the numbers that the tally uses."""
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
    if question.type == "SA":
        hint = "1つ"
    elif question.type == "MA":
        hint = f"{question.max_select}つまで" if question.max_select else "いくつでも"
    else:
        hint = "数字で" if question.type == "NUM" else ""
    # Many titles say it already; twice would be noise.
    return "" if hint and hint in question.title else hint


def _question_note(question: Question, numbers: dict[str, str]) -> str:
    """Who is asked, what the question says besides, and that no name is to be written into free text."""
    parts = []
    if question.asked_of in numbers:
        chosen = "、".join(f"「{option}」" for option in question.asked_of_options)
        parts.append(f"{numbers[question.asked_of]}で{chosen}を選んだ方だけお答えください。")
    if question.note:
        parts.append(question.note)
    if question.type == "FA" and NO_NAMES_NOTE not in question.note:
        parts.append(NO_NAMES_NOTE)
    return "".join(parts)
