"""Which key stands for which choice of a question: numbers as on the paper, letters from the tenth, 0 and 「-」."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from app.subjects.surveys.questions.rules.survey_questions import other_option
from app.subjects.surveys.typing.services.survey_entry import UNREADABLE
from db.records.surveys import Question

NONE_KEY = "0"
UNREADABLE_KEY = "-"
UNREADABLE_TOO = "9"
"""Means 読みとれない as well, but only while the paper itself has no ninth choice."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class ChoiceKey:
    """One choice of a question with its key; ``kind`` option, other, none (無回答) or unreadable.

    ``number`` is the one printed on the paper where the key itself does not say it (the tenth choice and later).
    """

    key: str
    text: str
    kind: str
    number: int = 0

    @property
    def shown(self) -> str:
        """What stands beside the key: the choice, with its number where the key is a letter."""
        return f"{self.number} {self.text}" if self.number else self.text


def choice_keys(question: Question) -> tuple[ChoiceKey, ...]:
    """The choices of a question as the keyboard offers them.

    The keys are the numbers on the paper, from the tenth on letters (A = 10, B = 11 …); 0 is 無回答 and 「-」 読みとれない
    in every question.
    """
    if question.type not in ("SA", "MA"):
        return ()
    named = other_option(question) if question.has_other else ""
    texts = list(question.options)
    if named and named not in texts:
        texts.append(named)
    return (
        *(_option(place, text, "other" if text == named else "option") for place, text in enumerate(texts, start=1)),
        ChoiceKey(NONE_KEY, "無回答", "none"),
        ChoiceKey(UNREADABLE_KEY, UNREADABLE, "unreadable"),
    )


def choice_of(question: Question, key: str) -> ChoiceKey | None:
    """The choice that a key stands for, also typed in full width or as a small letter; None for any other key."""
    plain = unicodedata.normalize("NFKC", key).upper()
    choices = choice_keys(question)
    found = next((one for one in choices if one.key == plain), None)
    if found is None and plain in (UNREADABLE_TOO, "ー", "−"):
        return next((one for one in choices if one.kind == "unreadable"), None)
    return found


def _option(place: int, text: str, kind: str) -> ChoiceKey:
    if place < 10:
        return ChoiceKey(str(place), text, kind)
    # Beyond the letters a choice is still there for the mouse, under its number.
    letter = _LETTERS[place - 10] if place - 10 < len(_LETTERS) else str(place)
    return ChoiceKey(letter, text, kind, number=place)
