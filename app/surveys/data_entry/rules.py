"""The choices of a question with the keys that stand for them, in data entry and where a doubt is decided."""

from __future__ import annotations

from datetime import datetime

from app.surveys.questions.rules import other_option_of
from db.digits import one_width
from db.record import frozen
from db.records.surveys import Question

UNREADABLE = "読みとれない"
AS_READ = "このまま数える"
"""An answer on paper that nobody can read, or an SA with two circles; counted outside the list."""
NO_ANSWER_KEY = "0"
UNREADABLE_KEY = "-"
ALTERNATIVE_UNREADABLE_KEY = "9"
"""Means 読みとれない as well, but only while the paper has no ninth choice."""
OF_SAME_PERSON = "の回答と同じ人の"
"""Stands in a doubt behind the other answers of the same person, which it names by when they were sent."""
SENT_AGAIN = "同じ人の2回目の回答"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@frozen
class ChoiceKey:
    """One choice of a question with its key; ``kind`` is option, other, none (無回答) or unreadable.

    ``number`` is the printed one where the key itself is a letter (the tenth choice and later).
    """

    key: str
    text: str
    kind: str
    number: int = 0

    @property
    def label(self) -> str:
        """Return the choice, with its number before it where the key is a letter (「10 電子回覧板」)."""
        return f"{self.number} {self.text}" if self.number else self.text


def choice_keys(question: Question) -> tuple[ChoiceKey, ...]:
    """Return the choices of a question with their keys, () if it has no options.

    The keys are the numbers on the paper, from the tenth on letters (A = 10 …); 0 is 無回答, 「-」 読みとれない.
    """
    if not question.type.has_options:
        return ()
    named = other_option_of(question) if question.has_other else ""
    texts = list(question.options)
    if named and named not in texts:
        texts.append(named)
    return (
        *(_choice_key(place, text, "other" if text == named else "option") for place, text in enumerate(texts, 1)),
        ChoiceKey(NO_ANSWER_KEY, "無回答", "none"),
        ChoiceKey(UNREADABLE_KEY, UNREADABLE, "unreadable"),
    )


def choice_for_key(question: Question, key: str) -> ChoiceKey | None:
    """Return the choice of a key, also in full width or as a small letter; None for any other key."""
    plain = one_width(key).upper()
    choices = choice_keys(question)
    found = next((one for one in choices if one.key == plain), None)
    if found is None and plain in (ALTERNATIVE_UNREADABLE_KEY, "ー", "−"):
        return next((one for one in choices if one.kind == "unreadable"), None)
    return found


def sent_at_words(at: datetime) -> str:
    """Return 「9/30 15:40:08」, when an answer was sent, by which a doubt names it."""
    return f"{at.month}/{at.day} {at:%H:%M:%S}".removesuffix(":00")


def _choice_key(place: int, text: str, kind: str) -> ChoiceKey:
    """Return the choice at a place with its key: a digit up to 9, then a letter."""
    if place < 10:
        return ChoiceKey(str(place), text, kind)
    # Beyond the letters a choice is still available by mouse, under its number.
    letter = _LETTERS[place - 10] if place - 10 < len(_LETTERS) else str(place)
    return ChoiceKey(letter, text, kind, number=place)
