"""One sheet while it is being typed: which question is asked, what each key means, what was chosen, what
becomes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.subjects.surveys.questions.rules.survey_questions import other_option
from app.subjects.surveys.questions.rules.tally_result import was_asked
from app.subjects.surveys.typing.services.survey_entry import UNREADABLE
from db.name_key import name_key
from db.records.surveys import Answer, AnswerSheet, Question, SheetDraft

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

    The keys are the numbers on the paper, from the tenth on letters (A = 10, B = 11 …); 0 is 無回答 and 「-」
    読みとれない in every question.
    """
    if question.type not in ("SA", "MA"):
        return ()
    named = other_option(question) if question.has_other else ""
    texts = list(question.options)
    if named and named not in texts:
        texts.append(named)
    return (
        *(_option(place, text, "other" if text == named else "option") for place, text in enumerate(texts, 1)),
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


class TypingStep(Enum):
    """What a key led to: the same question goes on, the next one, its written text, or the end of the sheet."""

    STAY = "stay"
    NEXT = "next"
    WRITE = "write"
    DONE = "done"
    REFUSED = "refused"


class SheetEntry:
    """The sheet under the hand; ``place`` counts questions from 0, ``len(questions)`` = all asked.

    A question whose branch does not ask this sheet is passed over; going to it all the same and typing keeps what
    the paper says. Changing the answer that decides brings back what was typed under it before.
    """

    def __init__(self, questions: Sequence[Question], answers: Mapping[str, Answer] | None = None) -> None:
        self.questions = tuple(questions)
        self.answers: dict[str, Answer] = dict(answers or {})
        self._settled = {question.code for question in self.questions} if answers is not None else set[str]()
        self._all_the_same = {
            one.code for one in self.questions if self.answer(one) != Answer() and not self._asks(one)
        }
        self._aside: dict[str, Answer] = {}
        self.place = 0
        self.changed = False

    @classmethod
    def resumed(cls, questions: Sequence[Question], draft: SheetDraft) -> SheetEntry:
        """A sheet as far as it was typed, at the question where it was left."""
        made = cls(questions, draft.answers)
        made._settled = {code for code in draft.answered if code in {one.code for one in questions}}
        made.ask(draft.place)
        made.changed = True
        return made

    @property
    def answered(self) -> tuple[str, ...]:
        """The codes of the questions that were answered, 無回答 among them."""
        return tuple(one.code for one in self.questions if one.code in self._settled)

    @property
    def question(self) -> Question | None:
        """The question now asked, or None at the end of the sheet."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def started(self) -> bool:
        """Whether something would be lost by leaving."""
        return self.changed

    def answer(self, question: Question) -> Answer:
        """What is chosen so far."""
        return self.answers.get(question.code, Answer())

    def settled(self, question: Question) -> bool:
        """Whether the question was answered, 無回答 included."""
        return question.code in self._settled and not self.passed(question)

    def passed(self, question: Question) -> bool:
        """Whether the question is passed over: its branch does not ask this sheet, and nothing was typed
        all the same."""
        if not question.asked_of or question.code in self._all_the_same or self._asks(question):
            return False
        by_code = {one.code: one for one in self.questions}
        parent = by_code.get(question.asked_of)
        return parent is not None and (parent.code in self._settled or self.passed(parent))

    def chosen_keys(self, question: Question) -> frozenset[str]:
        """The keys of the choices now taken."""
        answer = self.answer(question)
        found = set()
        for choice in choice_keys(question):
            taken = {
                "option": choice.text in answer.chosen,
                "other": choice.text in answer.chosen or bool(answer.other),
                "none": self.settled(question) and answer == Answer(),
                "unreadable": UNREADABLE in answer.out_of_list,
            }[choice.kind]
            if taken:
                found.add(choice.key)
        return frozenset(found)

    def press(self, key: str) -> TypingStep:
        """Take a key of the question now asked."""
        question = self.question
        if question is not None and question.type == "NUM" and key == UNREADABLE_KEY:
            self._note(question)
            return self._set_and_go(question, Answer(text=UNREADABLE))
        choice = choice_of(question, key) if question is not None else None
        if question is None or choice is None:
            return TypingStep.REFUSED
        self._note(question)
        if choice.kind == "none":
            return self._set_and_go(question, Answer())
        if question.type == "SA":
            return self._choose_one(question, choice)
        return self._toggle(question, choice)

    def confirm(self) -> TypingStep:
        """Enter: the question is answered; at the end of the sheet, the sheet is."""
        question = self.question
        if question is None:
            return self._finish()
        if self.passed(question):
            self._go_on()
            return TypingStep.NEXT
        if question.type in ("FA", "NUM"):
            self.changed = True
            answer = self.answer(question)
            # Nobody writes a bare 0 as an opinion: it is the key that says 無回答 at all other questions.
            nothing = question.type == "FA" and name_key(answer.text) == NONE_KEY
            return self._set_and_go(question, Answer() if nothing else answer)
        if self.answer(question) == Answer() and not self.settled(question):
            return TypingStep.REFUSED
        return self._set_and_go(question, self.answer(question))

    def back(self) -> TypingStep:
        """Backspace: one question back, over those that were passed."""
        place = self.place - 1
        while place > 0 and self.passed(self.questions[place]):
            place -= 1
        self.place = max(0, place)
        return TypingStep.STAY

    def ask(self, place: int) -> None:
        """Go to a question (a click on its row), also to one that was passed over."""
        self.place = min(max(0, place), len(self.questions))

    def write(self, question: Question, text: str) -> None:
        """Take a written text: the answer itself, or the text beside その他."""
        if text.strip():
            self._note(question)
        self.changed = True
        answer = self.answer(question)
        if question.type in ("FA", "NUM"):
            self._keep(question, replace(answer, text=text if text.strip() else ""))
            return
        named = other_option(question)
        chosen = answer.chosen if named in answer.chosen or not text.strip() else (*answer.chosen, named)
        self._keep(question, replace(answer, chosen=chosen, other=text.strip()))

    def open_question(self) -> int | None:
        """The place of the first question that is still to be answered, or None."""
        return next(
            (place for place, one in enumerate(self.questions) if not (self.settled(one) or self.passed(one))), None
        )

    # inside

    def _asks(self, question: Question) -> bool:
        return was_asked(question, self.answers, self.questions)

    def _note(self, question: Question) -> None:
        """Something is typed: on the question itself, whatever its branch says."""
        self.changed = True
        if self.passed(question):
            self._all_the_same.add(question.code)

    def _keep(self, question: Question, answer: Answer) -> None:
        self.answers[question.code] = answer
        self._follow_branches()

    def _follow_branches(self) -> None:
        """What hangs on the answer just given goes aside where it is not asked any more, and comes back where it is."""
        for question in self.questions:
            code = question.code
            if self.passed(question):
                if code in self._settled:
                    self._settled.discard(code)
                    self._aside[code] = self.answers.pop(code, Answer())
            elif code in self._aside:
                self._settled.add(code)
                self.answers[code] = self._aside.pop(code)

    def _choose_one(self, question: Question, choice: ChoiceKey) -> TypingStep:
        if choice.kind == "unreadable":
            return self._set_and_go(question, Answer(out_of_list=(UNREADABLE,)))
        if choice.kind == "other":
            self._settled.add(question.code)
            self._keep(question, Answer(chosen=(choice.text,), other=self.answer(question).other))
            return TypingStep.WRITE
        return self._set_and_go(question, Answer(chosen=(choice.text,)))

    def _toggle(self, question: Question, choice: ChoiceKey) -> TypingStep:
        answer = self.answer(question)
        if choice.kind == "unreadable":
            outside = () if UNREADABLE in answer.out_of_list else (UNREADABLE,)
            self._keep(question, replace(answer, out_of_list=outside))
            return TypingStep.STAY
        chosen = tuple(text for text in answer.chosen if text != choice.text)
        if choice.kind == "other":
            taken = choice.text in answer.chosen or bool(answer.other)
            other = "" if taken else answer.other
        else:
            taken = len(chosen) < len(answer.chosen)
            other = answer.other
        chosen = chosen if taken else (*chosen, choice.text)
        self._keep(question, replace(answer, chosen=self._in_order(question, chosen), other=other))
        return TypingStep.STAY

    def _in_order(self, question: Question, chosen: Sequence[str]) -> tuple[str, ...]:
        order = [choice.text for choice in choice_keys(question)]
        return tuple(sorted(chosen, key=lambda text: order.index(text) if text in order else len(order)))

    def _set_and_go(self, question: Question, answer: Answer) -> TypingStep:
        self._settled.add(question.code)
        self._keep(question, answer)
        self._go_on()
        return TypingStep.NEXT

    def _go_on(self) -> None:
        self.place += 1
        while self.place < len(self.questions) and self.passed(self.questions[self.place]):
            self.place += 1

    def _finish(self) -> TypingStep:
        missing = self.open_question()
        if missing is None:
            return TypingStep.DONE
        self.place = missing
        return TypingStep.REFUSED


@dataclass
class TypedSheet:
    """A new sheet, the second typing of one, or a saved one (``sheet_id``) that is corrected.

    ``fixed_number`` True = the person chose the number; otherwise it follows the sheets saved.
    """

    number: int
    entry: SheetEntry
    second: bool = False
    sheet_id: int = 0
    online: bool = False
    fixed_number: bool = False

    @classmethod
    def new(cls, questions: Sequence[Question], number: int, *, second: bool = False) -> TypedSheet:
        """An empty sheet."""
        return cls(number=number, entry=SheetEntry(questions), second=second)

    @classmethod
    def saved(cls, questions: Sequence[Question], sheet: AnswerSheet) -> TypedSheet:
        """A saved sheet to correct."""
        return cls(
            number=sheet.number or 0,
            entry=SheetEntry(questions, sheet.answers),
            sheet_id=sheet.id,
            online=sheet.source != "紙",
        )

    @classmethod
    def resumed(cls, questions: Sequence[Question], draft: SheetDraft, *, online: bool = False) -> TypedSheet:
        """A sheet that was left half typed."""
        return cls(
            number=draft.number,
            entry=SheetEntry.resumed(questions, draft),
            second=draft.second,
            sheet_id=draft.sheet_id,
            online=online,
            fixed_number=True,
        )

    @property
    def name(self) -> str:
        """「12枚目」, or 「オンラインの回答」."""
        return "オンラインの回答" if self.online else f"{self.number}枚目"

    @property
    def renumbers(self) -> bool:
        """Whether its number may still follow what was saved or taken back meanwhile."""
        return not (self.sheet_id or self.fixed_number or self.entry.started)
