"""Answers in words: one question of a sheet as a person reads it, and where two typings of a sheet differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.subjects.surveys.questions.rules.answer_rows import was_asked
from app.subjects.surveys.questions.rules.survey_questions import other_option, printed_title
from db.records.surveys import Answer, Question

NO_ANSWER = "無回答"
NOT_ASKED = "非該当"
UNREADABLE = "読みとれない"
"""What stands for an answer on paper that nobody can read, or an SA with two circles; counted outside the list."""


@dataclass(frozen=True, kw_only=True)
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
        for place, question in enumerate(questions, start=1)
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
        for place, question in enumerate(questions, start=1)
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
