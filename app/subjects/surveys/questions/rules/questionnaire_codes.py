"""Keeps the invariant code of a question: made once, never given to another question, never changed by an edit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from string import ascii_lowercase

from db.records.surveys import Question

NEW = "*"
"""How the name of a question without a code begins until it gets one."""


def new_code(now: datetime, taken: Collection[str]) -> str:
    """Return a code that no question ever had: the moment it was made, with a letter when several are made at once.

    A running number would be given again after the last question was deleted, and answers of two different questions
    would then be compared as one. Not 「q…」, which reads as the number of a question.
    """
    stem = f"s{now:%y%m%d%H%M%S}"
    endings: list[str] = ["", *ascii_lowercase, *(f"{a}{b}" for a in ascii_lowercase for b in ascii_lowercase)]
    codes = (stem + ending for ending in endings)
    return next(code for code in codes if code not in taken)


def with_codes(questions: Iterable[Question], *, now: datetime, taken: Collection[str]) -> tuple[Question, ...]:
    """Give every question that is new its code; all others stay as they are.

    A question is new when it has no code, or one that begins with ``NEW``: such a name lets a branch of the same
    set point to it, and is replaced there too.
    """
    questions = tuple(questions)
    used = {*taken, *(question.code for question in questions)}
    names: dict[str, str] = {}
    found = []
    for question in questions:
        code = question.code
        if not code or code.startswith(NEW):
            code = new_code(now, used)
            used.add(code)
            if question.code:
                names[question.code] = code
        found.append(replace(question, code=code))
    return tuple(replace(question, asked_of=names.get(question.asked_of, question.asked_of)) for question in found)


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
