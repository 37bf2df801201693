"""Typing paper sheets and the contractor's numbers, deciding what counts, and saying an answer in words.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``choose_purpose``, ``set_papers_received``, ``add_paper_sheet``, ``change_sheet``, ``remove_sheet``, ``decide_sheet``,
``missing_numbers``, ``sheet_problems``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.subjects.surveys.questions.rules.survey_questions import other_option, parse_number, printed_title
from app.subjects.surveys.questions.rules.tally_result import WARD_COUNTS, was_asked
from app.subjects.surveys.questions.services.surveys import drop_marks, drop_second_entries, open_survey
from app.subjects.surveys.typing.services.sheet_drafts import drop_draft
from db.frozen_record import frozen_record
from db.records.surveys import Answer, AnswerSheet, EventSurvey, Question, SecondEntry
from db.store import Store
from db.tables import surveys

SHEETS = ""
"""The code under which the numbers of returned sheets stand."""
NO_ANSWER = "無回答"
NOT_ASKED = "非該当"
UNREADABLE = "読みとれない"
"""What stands for an answer on paper that nobody can read, or an SA with two circles; counted outside the list."""
Purpose = Literal["検算", "代行"]
CHECKING: Purpose = "検算"
ON_BEHALF: Purpose = "代行"
"""Who counted, where the ward types in the place of the contractor."""


@deed
def set_contractor_counts(act: Act, *, survey_id: int, counts: Mapping[str, Mapping[str, int]]) -> Saved:
    """Keep the numbers of the contractor's tally (by question code and printed row) for the 検算.

    Raises:
        Refusal: a number below zero, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    if any(number < 0 for rows in counts.values() for number in rows.values()):
        raise Refusal("0より小さい人数があります。", "受託者の集計表を確かめてください。")
    kept = {code: dict(rows) for code, rows in counts.items() if rows}
    with act.change("受託者の集計の数を入力", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, contractor_counts=kept, checked_by="", checked_on=None)
    return Saved("受託者の集計の数を保存しました。", survey_id)


@deed
def set_papers_received(act: Act, *, survey_id: int, count: int) -> Saved:
    """Keep how many paper sheets the ward received; the contractor's tally stays as it is.

    Raises:
        Refusal: no sheet at all, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    if count < 1:
        raise Refusal("用紙の枚数は1枚以上です。", "受け取った用紙を数えて入力してください。")
    with act.change("受け取った用紙の枚数を入力", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, papers_received=count)
    return Saved(f"受け取った用紙を{count}枚と記録しました。", survey_id)


@frozen_record
class AnswerDifference:
    """One question that two typings of a sheet answer differently; ``place`` counts from 1 on the paper."""

    place: int
    code: str
    title: str
    first: str
    second: str


def answer_words(question: Question, answer: Answer) -> str:
    """Return what was answered: 「操作の体験、その他（…）」, the written text, or 「無回答」."""
    if question.type in ("FA", "NUM"):
        return answer.text.strip() or "、".join(answer.out_of_list) or NO_ANSWER
    named = other_option(question)
    parts = [option for option in question.options if option in answer.chosen and option != named]
    parts += [text for text in answer.chosen if text not in question.options and text != named]
    if answer.other:
        parts.append(f"{named}（{answer.other}）")
    elif named in answer.chosen:
        parts.append(named)
    parts += [text if text == UNREADABLE else f"選択肢にない「{text}」" for text in answer.out_of_list]
    return "、".join(parts) or NO_ANSWER


def words_on_sheet(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question]) -> str:
    """Return the answer to one question of a whole sheet; 「非該当」 where its branch did not ask this sheet."""
    answer = answers.get(question.code, Answer())
    if answer == Answer() and not was_asked(question, answers, questions):
        return NOT_ASKED
    return answer_words(question, answer)


def sheet_words(questions: Sequence[Question], answers: Mapping[str, Answer]) -> tuple[tuple[str, str, str], ...]:
    """Return every question of a sheet as (「問3」, title, answer in words)."""
    return tuple(
        (f"問{place}", printed_title(question), words_on_sheet(question, answers, questions))
        for place, question in enumerate(questions, 1)
    )


def differences(
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
            first=words_on_sheet(question, first, questions),
            second=words_on_sheet(question, second, questions),
        )
        for place, question in enumerate(questions, 1)
        if _compared(question, first) != _compared(question, second)
    )


def asked_in_either(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """Return the questions that two typings of a sheet can agree or differ in: those that one of them was asked."""
    return tuple(
        question
        for question in questions
        if any(words_on_sheet(question, answers, questions) != NOT_ASKED for answers in (first, second))
    )


def _compared(question: Question, answers: Mapping[str, Answer]) -> str:
    words = answer_words(question, answers.get(question.code, Answer()))
    return "".join(words.split()) if question.type == "FA" else words


@deed
def choose_purpose(act: Act, *, survey_id: int, purpose: Purpose, agreement: str = "") -> Saved:
    """Say why the ward types sheets that are the contractor's work to count (仕様書4(1)ケ).

    検算 checks the contractor's tally; 代行 counts in its place and needs the number of the 協議.

    Raises:
        Refusal: 代行 without a number, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    number = agreement.strip()
    if purpose == ON_BEHALF and not number:
        raise Refusal("代行入力には、受託者との協議の番号が必要です。", "協議記録の番号を入力してください。")
    words = f"{ON_BEHALF}（協議 {number}）" if purpose == ON_BEHALF else CHECKING
    counted_by = survey.counted_by
    if purpose == ON_BEHALF:
        counted_by = WARD_COUNTS
    elif counted_by == WARD_COUNTS:
        counted_by = "受託者"
    with act.change(f"アンケート入力の目的を{purpose}に", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, purpose=words, counted_by=counted_by)
    return Saved(f"入力の目的を「{words}」にしました。", survey_id)


def purpose_of(survey: EventSurvey) -> tuple[Purpose | None, str]:
    """Return the purpose that was chosen and, for 代行, the number of the 協議; (None, "") before."""
    if survey.purpose.startswith(ON_BEHALF):
        return ON_BEHALF, survey.purpose.removeprefix(f"{ON_BEHALF}（協議 ").removesuffix("）")
    return (CHECKING, "") if survey.purpose else (None, "")


def missing_numbers(sheets: Iterable[AnswerSheet]) -> tuple[int, ...]:
    """Return the numbers below the highest one under which no paper sheet was typed yet."""
    taken = {sheet.number or 0 for sheet in sheets if sheet.source == "紙"}
    return tuple(number for number in range(1, max(taken, default=0)) if number not in taken)


@deed
def add_paper_sheet(act: Act, *, survey_id: int, number: int, answers: Mapping[str, Answer]) -> Saved:
    """Keep one paper sheet under its number; what is odd about it is marked, never mended.

    Raises:
        Refusal: the number was typed before, or the totals are frozen.
    """
    survey = open_survey(act.store, survey_id)
    _check_number(act.store, survey_id, number)
    sheet = AnswerSheet(
        survey_id=survey_id,
        source="紙",
        number=number,
        answers=dict(answers),
        problems=sheet_problems(survey.questions, answers),
        typed_by=act.by,
    )
    with act.change(f"紙の回答 {number} 枚目を入力", "surveys", event_id=survey.event_id) as change:
        sheet_id = change.insert(sheet)
        drop_draft(act.store, change, survey_id=survey_id, number=number)
    return Saved(f"{number}枚目を保存しました。", sheet_id)


@deed
def change_sheet(act: Act, *, sheet_id: int, answers: Mapping[str, Answer]) -> Saved:
    """Correct the answers of one sheet; a decision about something that is gone or new is asked for again.

    What was said about an online answer as it came in (再送信, 開始前の回答) stays with it.
    """
    sheet, survey = _sheet(act.store, sheet_id)
    again = surveys.second_entry_of_sheet(act.database, sheet_id)
    with act.change(f"{_name(sheet)}を訂正", "surveys", event_id=survey.event_id) as change:
        change.update(AnswerSheet, sheet_id, **corrected(sheet, survey.questions, answers))
        drop_draft(act.store, change, survey_id=survey.id, number=sheet.number or 0, sheet_id=sheet_id)
        waits = again is not None and again.settled_at is None
        if again is not None and waits and not differences(survey.questions, answers, again.answers):
            # Corrected to what the second typing says: nothing is left to decide.
            change.update(SecondEntry, again.id, settled_at=act.now, settled_by=act.by)
    return Saved(f"{_name(sheet)}を直しました。", sheet_id)


def corrected(sheet: AnswerSheet, questions: tuple[Question, ...], answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return the fields of a sheet whose answers become these: what is odd now, and the decision while it
    still fits."""
    found = sheet_problems(questions, answers)
    problems = found if sheet.source == "紙" else tuple(dict.fromkeys((*sheet.problems, *found)))
    asked_again = sheet.counted and not set(problems) <= set(sheet.problems)
    return {"answers": dict(answers), "problems": problems, "decision": "" if asked_again else sheet.decision}


@deed
def remove_sheet(act: Act, *, sheet_id: int) -> Saved:
    """Remove a paper sheet typed by mistake; an online answer can only be left out, not removed."""
    sheet, survey = _sheet(act.store, sheet_id)
    if sheet.source != "紙":
        raise Refusal("オンラインの回答は削除できません。", "「集計に入れない」を選び、理由を書いてください。")
    with act.change(f"{_name(sheet)}を削除", "surveys", event_id=survey.event_id) as change:
        drop_marks(act.store, change, survey_id=survey.id, sheet_ids=(sheet_id,))
        drop_second_entries(act.store, change, sheet_ids=(sheet_id,))
        change.delete(AnswerSheet, sheet_id)
    return Saved(f"{_name(sheet)}を削除しました。", sheet_id)


@deed
def decide_sheet(act: Act, *, sheet_id: int, counted: bool, reason: str) -> Saved:
    """Decide whether a doubtful sheet counts; leaving one out needs a reason.

    Raises:
        Refusal: left out without a reason.
    """
    sheet, survey = _sheet(act.store, sheet_id)
    if not counted and not reason.strip():
        raise Refusal("集計に入れないときは理由が必要です。", "理由を書いてください。")
    word = "集計に入れる" if counted else "集計に入れない"
    with act.change(f"{_name(sheet)}を{word}", "surveys", event_id=survey.event_id) as change:
        change.update(AnswerSheet, sheet_id, counted=counted, decision=reason.strip() or word)
    return Saved(f"{_name(sheet)}を「{word}」にしました。", sheet_id)


def sheet_problems(questions: tuple[Question, ...], answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return what is odd about a typed sheet: unreadable, too many ticks, 特になし with others, nothing at all."""
    found: list[str] = []
    for place, question in enumerate(questions, 1):
        answer = answers.get(question.code, Answer())
        found += [_outside(place, text) for text in answer.out_of_list]
        if question.type == "NUM" and answer.text.strip() and not parse_number(answer.text):
            found.append(_no_number(place, answer.text.strip()))
        ticks = len(answer.chosen) + (1 if answer.other and other_option(question) not in answer.chosen else 0)
        limit = 1 if question.type == "SA" else question.max_select
        if limit and ticks > limit:
            found.append(f"問{place}　選択が{limit}つを超えています")
        if question.exclusive_option in answer.chosen and ticks > 1:
            found.append(f"問{place}　「{question.exclusive_option}」とほかの選択肢が一緒に選ばれています")
    if all(answers.get(question.code, Answer()) == Answer() for question in questions):
        found.append("すべての設問が無回答")
    return tuple(found)


def _outside(place: int, text: str) -> str:
    return f"問{place}　読みとれません" if text == UNREADABLE else f"問{place}　「{text}」は選択肢にありません"


def _no_number(place: int, text: str) -> str:
    return f"問{place}　読みとれません" if text == UNREADABLE else f"問{place}　「{text}」は1つの数ではありません"


def _check_number(store: Store, survey_id: int, number: int) -> None:
    if number < 1:
        raise Refusal("用紙の番号は1以上です。", "用紙に書いた番号を確かめてください。")
    taken = {sheet.number for sheet in surveys.sheets(store.database, survey_id) if sheet.source == "紙"}
    if number in taken:
        raise Refusal(
            f"{number}枚目はもう入力されています。", "用紙の番号を確かめてください。直すときは一覧から開けます。"
        )


def _sheet(store: Store, sheet_id: int) -> tuple[AnswerSheet, EventSurvey]:
    sheet = get_or_refuse(store.database, AnswerSheet, sheet_id)
    return sheet, open_survey(store, sheet.survey_id)


def _name(sheet: AnswerSheet) -> str:
    if sheet.source == "紙":
        return f"紙の回答 {sheet.number} 枚目"
    if sheet.answered_at is None:
        return "オンラインの回答"
    return f"オンラインの回答（{sheet.answered_at.month}/{sheet.answered_at.day} {sheet.answered_at:%H:%M}）"
