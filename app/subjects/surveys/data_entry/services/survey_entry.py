"""Enter paper responses and the contractor's numbers, and decide which responses count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.subjects.surveys.data_entry.services.response_drafts import delete_draft
from app.subjects.surveys.questions.rules.survey_questions import other_option_of, parse_number, printed_title
from app.subjects.surveys.questions.rules.tally_result import COUNTED_BY_WARD, was_asked
from app.subjects.surveys.questions.services.surveys import delete_comment_marks, delete_second_entries, get_open_survey
from db.frozen_record import frozen_record
from db.records.surveys import Answer, EventSurvey, Question, SecondEntry, SurveyResponse
from db.store import Store
from db.tables import surveys

RESPONSE_COUNT_KEY = ""
"""The code under which the numbers of responses are stored."""
NO_ANSWER = "無回答"
NOT_APPLICABLE = "非該当"
UNREADABLE = "読みとれない"
"""An answer on paper that nobody can read, or an SA with two circles; counted outside the list."""
Purpose = Literal["検算", "代行"]
CHECKING: Purpose = "検算"
ON_BEHALF: Purpose = "代行"
"""The purpose where the ward counts in place of the contractor."""


@deed
def set_contractor_counts(
    context: ActionContext, *, survey_id: int, counts: Mapping[str, Mapping[str, int]]
) -> ActionResult:
    """Store the numbers of the contractor's tally (by question code and printed row) for the 検算.

    Raises:
        UserError: a negative number, or the totals are fixed.

    Raises:
        UserError: a number below zero, or the totals are frozen.
    """
    survey = get_open_survey(context.store, survey_id)
    if any(number < 0 for rows in counts.values() for number in rows.values()):
        raise UserError("0より小さい人数があります。", "受託者の集計表を確かめてください。")
    kept = {code: dict(rows) for code, rows in counts.items() if rows}
    with context.change("受託者の集計の数を入力", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, contractor_counts=kept, checked_by="", checked_on=None)
    return ActionResult("受託者の集計の数を保存しました。", survey_id)


@deed
def set_papers_received(context: ActionContext, *, survey_id: int, count: int) -> ActionResult:
    """Keep how many paper sheets the ward received; the contractor's tally stays as it is.

    Raises:
        UserError: no sheet at all, or the totals are frozen.
    """
    survey = get_open_survey(context.store, survey_id)
    if count < 1:
        raise UserError("用紙の枚数は1枚以上です。", "受け取った用紙を数えて入力してください。")
    with context.change("受け取った用紙の枚数を入力", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, papers_received=count)
    return ActionResult(f"受け取った用紙を{count}枚と記録しました。", survey_id)


@frozen_record
class AnswerDifference:
    """One question that two typings of a sheet answer differently; ``place`` counts from 1 on the paper."""

    place: int
    code: str
    title: str
    first: str
    second: str


def answer_text(question: Question, answer: Answer) -> str:
    """Return what was answered: 「操作の体験、その他（…）」, the written text, or 「無回答」."""
    if question.type in ("FA", "NUM"):
        return answer.text.strip() or "、".join(answer.out_of_list) or NO_ANSWER
    named = other_option_of(question)
    parts = [option for option in question.options if option in answer.chosen and option != named]
    parts += [text for text in answer.chosen if text not in question.options and text != named]
    if answer.other:
        parts.append(f"{named}（{answer.other}）")
    elif named in answer.chosen:
        parts.append(named)
    parts += [text if text == UNREADABLE else f"選択肢にない「{text}」" for text in answer.out_of_list]
    return "、".join(parts) or NO_ANSWER


def answer_text_on_response(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question]) -> str:
    """Return the answer to one question of a whole sheet; 「非該当」 where its branch did not ask this sheet."""
    answer = answers.get(question.code, Answer())
    if answer == Answer() and not was_asked(question, answers, questions):
        return NOT_APPLICABLE
    return answer_text(question, answer)


def response_answer_rows(
    questions: Sequence[Question], answers: Mapping[str, Answer]
) -> tuple[tuple[str, str, str], ...]:
    """Return every question of a sheet as (「問3」, title, answer in words)."""
    return tuple(
        (f"問{place}", printed_title(question), answer_text_on_response(question, answers, questions))
        for place, question in enumerate(questions, 1)
    )


def answer_differences(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer]
) -> tuple[AnswerDifference, ...]:
    """Return where a second typing of a sheet differs from the first, question by question.

    Blanks in a written text are no difference, and neither is 無回答 beside 非該当: nothing was typed in both.
    """
    return tuple(
        AnswerDifference(
            place=place,
            code=question.code,
            title=printed_title(question),
            first=answer_text_on_response(question, first, questions),
            second=answer_text_on_response(question, second, questions),
        )
        for place, question in enumerate(questions, 1)
        if _comparable_answer(question, first) != _comparable_answer(question, second)
    )


def questions_asked_in_either(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """Return the questions that two typings of a sheet can agree or differ in: those that one of them was asked."""
    return tuple(
        question
        for question in questions
        if any(answer_text_on_response(question, answers, questions) != NOT_APPLICABLE for answers in (first, second))
    )


def _comparable_answer(question: Question, answers: Mapping[str, Answer]) -> str:
    words = answer_text(question, answers.get(question.code, Answer()))
    return "".join(words.split()) if question.type == "FA" else words


@deed
def save_purpose(context: ActionContext, *, survey_id: int, purpose: Purpose, agreement: str = "") -> ActionResult:
    """Say why the ward types sheets that are the contractor's work to count (仕様書4(1)ケ).

    検算 checks the contractor's tally; 代行 counts in its place and needs the number of the 協議.

    Raises:
        UserError: 代行 without a number, or the totals are frozen.
    """
    survey = get_open_survey(context.store, survey_id)
    number = agreement.strip()
    if purpose == ON_BEHALF and not number:
        raise UserError("代行入力には、受託者との協議の番号が必要です。", "協議記録の番号を入力してください。")
    words = f"{ON_BEHALF}（協議 {number}）" if purpose == ON_BEHALF else CHECKING
    counted_by = survey.counted_by
    if purpose == ON_BEHALF:
        counted_by = COUNTED_BY_WARD
    elif counted_by == COUNTED_BY_WARD:
        counted_by = "受託者"
    with context.change(f"アンケート入力の目的を{purpose}に", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, purpose=words, counted_by=counted_by)
    return ActionResult(f"入力の目的を「{words}」にしました。", survey_id)


def purpose_of(survey: EventSurvey) -> tuple[Purpose | None, str]:
    """Return the purpose that was chosen and, for 代行, the number of the 協議; (None, "") before."""
    if survey.purpose.startswith(ON_BEHALF):
        return ON_BEHALF, survey.purpose.removeprefix(f"{ON_BEHALF}（協議 ").removesuffix("）")
    return (CHECKING, "") if survey.purpose else (None, "")


def missing_response_numbers(responses: Iterable[SurveyResponse]) -> tuple[int, ...]:
    """Return the numbers below the highest one under which no paper sheet was typed yet."""
    taken = {sheet.number or 0 for sheet in responses if sheet.source == "紙"}
    return tuple(number for number in range(1, max(taken, default=0)) if number not in taken)


@deed
def add_paper_response(
    context: ActionContext, *, survey_id: int, number: int, answers: Mapping[str, Answer]
) -> ActionResult:
    """Keep one paper sheet under its number; what is odd about it is marked, never mended.

    Raises:
        UserError: the number was typed before, or the totals are frozen.
    """
    survey = get_open_survey(context.store, survey_id)
    _check_number(context.store, survey_id, number)
    sheet = SurveyResponse(
        survey_id=survey_id,
        source="紙",
        number=number,
        answers=dict(answers),
        problems=response_problems(survey.questions, answers),
        typed_by=context.by,
    )
    with context.change(f"紙の回答 {number} 枚目を入力", "surveys", event_id=survey.event_id) as change:
        sheet_id = change.insert(sheet)
        delete_draft(context.store, change, survey_id=survey_id, number=number)
    return ActionResult(f"{number}枚目を保存しました。", sheet_id)


@deed
def change_response(context: ActionContext, *, sheet_id: int, answers: Mapping[str, Answer]) -> ActionResult:
    """Correct the answers of one sheet; a decision about something that is gone or new is asked for again.

    What was said about an online answer as it came in (再送信, 開始前の回答) stays with it.
    """
    sheet, survey = _get_response(context.store, sheet_id)
    again = surveys.second_entry_of_response(context.database, sheet_id)
    with context.change(f"{_response_text(sheet)}を訂正", "surveys", event_id=survey.event_id) as change:
        change.update(SurveyResponse, sheet_id, **corrected_fields(sheet, survey.questions, answers))
        delete_draft(context.store, change, survey_id=survey.id, number=sheet.number or 0, sheet_id=sheet_id)
        waits = again is not None and again.settled_at is None
        if again is not None and waits and not answer_differences(survey.questions, answers, again.answers):
            # Corrected to what the second typing says: nothing is left to decide.
            change.update(SecondEntry, again.id, settled_at=context.now, settled_by=context.by)
    return ActionResult(f"{_response_text(sheet)}を直しました。", sheet_id)


def corrected_fields(
    response: SurveyResponse, questions: tuple[Question, ...], answers: Mapping[str, Answer]
) -> dict[str, Any]:
    """Return the fields of a sheet whose answers become these: what is odd now, and the decision while it
    still fits."""
    found = response_problems(questions, answers)
    problems = found if response.source == "紙" else tuple(dict.fromkeys((*response.problems, *found)))
    asked_again = response.counted and not set(problems) <= set(response.problems)
    return {"answers": dict(answers), "problems": problems, "decision": "" if asked_again else response.decision}


@deed
def remove_response(context: ActionContext, *, sheet_id: int) -> ActionResult:
    """Remove a paper sheet typed by mistake; an online answer can only be left out, not removed."""
    sheet, survey = _get_response(context.store, sheet_id)
    if sheet.source != "紙":
        raise UserError("オンラインの回答は削除できません。", "「集計に入れない」を選び、理由を書いてください。")
    with context.change(f"{_response_text(sheet)}を削除", "surveys", event_id=survey.event_id) as change:
        delete_comment_marks(context.store, change, survey_id=survey.id, sheet_ids=(sheet_id,))
        delete_second_entries(context.store, change, sheet_ids=(sheet_id,))
        change.delete(SurveyResponse, sheet_id)
    return ActionResult(f"{_response_text(sheet)}を削除しました。", sheet_id)


@deed
def decide_response(context: ActionContext, *, sheet_id: int, counted: bool, reason: str) -> ActionResult:
    """Decide whether a doubtful sheet counts; leaving one out needs a reason.

    Raises:
        UserError: left out without a reason.
    """
    sheet, survey = _get_response(context.store, sheet_id)
    if not counted and not reason.strip():
        raise UserError("集計に入れないときは理由が必要です。", "理由を書いてください。")
    word = "集計に入れる" if counted else "集計に入れない"
    with context.change(f"{_response_text(sheet)}を{word}", "surveys", event_id=survey.event_id) as change:
        change.update(SurveyResponse, sheet_id, counted=counted, decision=reason.strip() or word)
    return ActionResult(f"{_response_text(sheet)}を「{word}」にしました。", sheet_id)


def response_problems(questions: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return what is odd about a typed sheet: unreadable, too many ticks, 特になし with others, nothing at all."""
    found: list[str] = []
    for place, question in enumerate(questions, 1):
        answer = answers.get(question.code, Answer())
        found += [_unlisted_problem(place, text) for text in answer.out_of_list]
        if question.type == "NUM" and answer.text.strip() and not parse_number(answer.text):
            found.append(_not_a_number_problem(place, answer.text.strip()))
        ticks = len(answer.chosen) + (1 if answer.other and other_option_of(question) not in answer.chosen else 0)
        limit = 1 if question.type == "SA" else question.max_select
        if limit and ticks > limit:
            found.append(f"問{place}　選択が{limit}つを超えています")
        if question.exclusive_option in answer.chosen and ticks > 1:
            found.append(f"問{place}　「{question.exclusive_option}」とほかの選択肢が一緒に選ばれています")
    if all(answers.get(question.code, Answer()) == Answer() for question in questions):
        found.append("すべての設問が無回答")
    return tuple(found)


def _unlisted_problem(place: int, text: str) -> str:
    return f"問{place}　読みとれません" if text == UNREADABLE else f"問{place}　「{text}」は選択肢にありません"


def _not_a_number_problem(place: int, text: str) -> str:
    return f"問{place}　読みとれません" if text == UNREADABLE else f"問{place}　「{text}」は1つの数ではありません"


def _check_number(store: Store, survey_id: int, number: int) -> None:
    if number < 1:
        raise UserError("用紙の番号は1以上です。", "用紙に書いた番号を確かめてください。")
    taken = {sheet.number for sheet in surveys.responses(store.database, survey_id) if sheet.source == "紙"}
    if number in taken:
        raise UserError(
            f"{number}枚目はもう入力されています。", "用紙の番号を確かめてください。直すときは一覧から開けます。"
        )


def _get_response(store: Store, sheet_id: int) -> tuple[SurveyResponse, EventSurvey]:
    sheet = get_or_raise(store.database, SurveyResponse, sheet_id)
    return sheet, get_open_survey(store, sheet.survey_id)


def _response_text(response: SurveyResponse) -> str:
    if response.source == "紙":
        return f"紙の回答 {response.number} 枚目"
    if response.answered_at is None:
        return "オンラインの回答"
    return f"オンラインの回答（{response.answered_at.month}/{response.answered_at.day} {response.answered_at:%H:%M}）"
