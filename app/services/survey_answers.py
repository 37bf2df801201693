"""Answers in words: one question of a sheet as a person reads it, and where two typings of a sheet differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.rules.survey_questions import other_option, printed_title
from app.services.survey_entry import UNREADABLE
from db.records.surveys import Answer, Question

NO_ANSWER = "無回答"


@dataclass(frozen=True, kw_only=True)
class AnswerDifference:
    """One question that two typings of a sheet answer differently; ``place`` counts from 1 on the paper."""

    place: int
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


def sheet_words(questions: Sequence[Question], answers: Mapping[str, Answer]) -> tuple[tuple[str, str, str], ...]:
    """Return every question of a sheet as (「問3」, title, answer in words)."""
    return tuple(
        (f"問{place}", printed_title(question), answer_words(question, answers.get(question.code, Answer())))
        for place, question in enumerate(questions, start=1)
    )


def differences(
    questions: Sequence[Question], first: Mapping[str, Answer], second: Mapping[str, Answer]
) -> tuple[AnswerDifference, ...]:
    """Return where a second typing of a sheet differs from the first, question by question."""
    found = []
    for place, question in enumerate(questions, start=1):
        one = answer_words(question, first.get(question.code, Answer()))
        other = answer_words(question, second.get(question.code, Answer()))
        if one != other:
            found.append(AnswerDifference(place=place, title=printed_title(question), first=one, second=other))
    return tuple(found)
