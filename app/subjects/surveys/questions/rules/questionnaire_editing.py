"""Small edits of a set of questions, with what depends on them carried along; the code of a question stays its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from string import ascii_lowercase

from db.records.surveys import Question

NEW_CODE = "*"
"""How the name of a question without a code begins until it gets one."""
COPY_SIGN = "（複製）"


def new_code(now: datetime, used_codes: Collection[str]) -> str:
    """Return a code that no question ever had: the moment it was made, with a letter when several are made at once.

    A running number would be given again after the last question was deleted, and answers of two different questions
    would then be compared as one. Not 「q…」, which reads as the number of a question.
    """
    stem = f"s{now:%y%m%d%H%M%S}"
    endings: list[str] = ["", *ascii_lowercase, *(f"{a}{b}" for a in ascii_lowercase for b in ascii_lowercase)]
    codes = (stem + ending for ending in endings)
    return next(code for code in codes if code not in used_codes)


def assign_codes(questions: Iterable[Question], *, now: datetime, used_codes: Collection[str]) -> tuple[Question, ...]:
    """Give every question that is new its code; all others stay as they are.

    A question is new when it has no code, or one that begins with ``NEW``: such a name lets a branch of the same
    set point to it, and is replaced there too.
    """
    questions = tuple(questions)
    used = {*used_codes, *(question.code for question in questions)}
    names: dict[str, str] = {}
    found = []
    for question in questions:
        code = question.code
        if not code or code.startswith(NEW_CODE):
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
        if question.code not in own and others and not any(_is_same_question(question, other) for other in others):
            return question
    return None


def _is_same_question(question: Question, other: Question) -> bool:
    if question.type != other.type:
        return False
    shares_options = bool(question.options) and set(question.options) == set(other.options)
    return question.title == other.title or shares_options


def renamed_options(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Return how options were reworded in their places: old text to new, the unchanged ones among them.

    Of lists of different lengths only what stands in both is the same option.
    """
    if len(before) == len(after):
        moved = set(before) & set(after)
        # A text that only changed its place was moved, not reworded.
        return {
            old: old if old in moved else new
            for old, new in zip(before, after, strict=True)
            if old in moved or new not in moved
        }
    return {old: old for old in before if old in after}


def replace_question(questions: Sequence[Question], edited: Question) -> tuple[Question, ...]:
    """Return ``questions`` with ``edited`` in the place of its code; branches follow options that were reworded."""
    old = next((question for question in questions if question.code == edited.code), None)
    names = renamed_options(old.options, edited.options) if old is not None else {}

    def follow(question: Question) -> Question:
        if question.code == edited.code:
            return edited
        if question.asked_of != edited.code:
            return question
        kept = tuple(names.get(option, option) for option in question.asked_of_options)
        return replace(question, asked_of_options=kept)

    return tuple(follow(question) for question in questions)


def move_question(questions: Sequence[Question], code: str, place: int) -> tuple[Question, ...]:
    """Return ``questions`` with the one of ``code`` at ``place`` (from 0, within the list)."""
    order = list(questions)
    at = next(number for number, question in enumerate(order) if question.code == code)
    order.insert(max(0, min(place, len(order) - 1)), order.pop(at))
    return tuple(order)


def duplicate_question(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return ``questions`` with a copy right behind the one of ``code``: without a code, so that it gets its own.

    The copy has no part in 満足計 or 肯定計: a sum belongs to one question.
    """
    order = list(questions)
    at = next(number for number, question in enumerate(order) if question.code == code)
    copy = replace(order[at], code="", title=order[at].title + COPY_SIGN, positive=(), role=None)
    order.insert(at + 1, copy)
    return tuple(order)


def remove_question(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return ``questions`` without the one of ``code``."""
    return tuple(question for question in questions if question.code != code)
