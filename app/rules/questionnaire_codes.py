"""Keeps the invariant code of a question: made once, never given to another question, never changed by an edit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from string import ascii_lowercase

from db.records.surveys import Question


def new_code(now: datetime, taken: Collection[str]) -> str:
    """Return a code that no question ever had: the moment it was made, with a letter when several are made at once.

    A running number would be given again after the last question was deleted, and answers of two different
    questions would then be compared as one.
    """
    stem = f"q{now:%y%m%d%H%M%S}"
    endings: list[str] = ["", *ascii_lowercase, *(f"{a}{b}" for a in ascii_lowercase for b in ascii_lowercase)]
    codes = (stem + ending for ending in endings)
    return next(code for code in codes if code not in taken)


def with_codes(questions: Iterable[Question], *, now: datetime, taken: Collection[str]) -> tuple[Question, ...]:
    """Give every question without a code a new one; all others stay as they are."""
    questions = tuple(questions)
    used = {*taken, *(question.code for question in questions)}
    found = []
    for question in questions:
        if not question.code:
            question = replace(question, code=new_code(now, used))  # noqa: PLW2901
            used.add(question.code)
        found.append(question)
    return tuple(found)


def reused_code(
    before: Sequence[Question], after: Sequence[Question], elsewhere: Mapping[str, Sequence[Question]]
) -> Question | None:
    """Return the first question of ``after`` whose code belongs to another question, or None.

    Args:
        before: the questions of the same set until now: their codes are theirs, however they are reworded.
        elsewhere: by code, the questions of every other set and event. One of the same kind of answer that shares
            its title or its options is the same question, taken over; anything else is another one.
    """
    own = {question.code for question in before}
    for question in after:
        others = elsewhere.get(question.code, ())
        if question.code not in own and others and not any(_same(question, other) for other in others):
            return question
    return None


def _same(one: Question, other: Question) -> bool:
    if one.type != other.type:
        return False
    shares_options = bool(one.options) and set(one.options) == set(other.options)
    return one.title == other.title or shares_options
