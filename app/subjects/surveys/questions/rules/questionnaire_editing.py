"""Small edits of a set of questions: one changed, moved, doubled or added, with what depends on it carried along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.surveys import Question

COPY_SIGN = "（複製）"


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


def changed(questions: Sequence[Question], typed: Question) -> tuple[Question, ...]:
    """Return ``questions`` with ``typed`` in the place of its code; branches follow options that were reworded."""
    old = next((question for question in questions if question.code == typed.code), None)
    names = renamed_options(old.options, typed.options) if old is not None else {}

    def follow(question: Question) -> Question:
        if question.code == typed.code:
            return typed
        if question.asked_of != typed.code:
            return question
        kept = tuple(names.get(option, option) for option in question.asked_of_options)
        return replace(question, asked_of_options=kept)

    return tuple(follow(question) for question in questions)


def moved(questions: Sequence[Question], code: str, place: int) -> tuple[Question, ...]:
    """Return ``questions`` with the one of ``code`` at ``place`` (from 0, within the list)."""
    order = list(questions)
    at = next(number for number, question in enumerate(order) if question.code == code)
    order.insert(max(0, min(place, len(order) - 1)), order.pop(at))
    return tuple(order)


def doubled(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return ``questions`` with a copy right behind the one of ``code``: without a code, so that it gets its own.

    The copy has no part in 満足計 or 肯定計: a sum belongs to one question.
    """
    order = list(questions)
    at = next(number for number, question in enumerate(order) if question.code == code)
    copy = replace(order[at], code="", title=order[at].title + COPY_SIGN, positive=(), role=None)
    order.insert(at + 1, copy)
    return tuple(order)


def without(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return ``questions`` without the one of ``code``."""
    return tuple(question for question in questions if question.code != code)
