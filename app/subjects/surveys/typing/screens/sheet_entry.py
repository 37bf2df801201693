"""One sheet while it is being typed: which question is asked, what a key means, what was chosen so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum

from app.subjects.surveys.questions.rules.survey_questions import other_option
from app.subjects.surveys.questions.rules.tally_result import was_asked
from app.subjects.surveys.typing.screens.choice_keys import UNREADABLE_KEY, ChoiceKey, choice_keys, choice_of
from app.subjects.surveys.typing.services.survey_entry import UNREADABLE
from db.records.surveys import Answer, Question


class Step(Enum):
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
        """Whether the question is passed over: its branch does not ask this sheet, and nothing was typed all the same."""
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

    def press(self, key: str) -> Step:
        """Take a key of the question now asked."""
        question = self.question
        if question is not None and question.type == "NUM" and key == UNREADABLE_KEY:
            self._note(question)
            return self._set_and_go(question, Answer(text=UNREADABLE))
        choice = choice_of(question, key) if question is not None else None
        if question is None or choice is None:
            return Step.REFUSED
        self._note(question)
        if choice.kind == "none":
            return self._set_and_go(question, Answer())
        if question.type == "SA":
            return self._choose_one(question, choice)
        return self._toggle(question, choice)

    def confirm(self) -> Step:
        """Enter: the question is answered; at the end of the sheet, the sheet is."""
        question = self.question
        if question is None:
            return self._finish()
        if self.passed(question):
            self._go_on()
            return Step.NEXT
        if question.type in ("FA", "NUM"):
            self.changed = True
            return self._set_and_go(question, self.answer(question))
        if self.answer(question) == Answer() and not self.settled(question):
            return Step.REFUSED
        return self._set_and_go(question, self.answer(question))

    def back(self) -> Step:
        """Backspace: one question back, over those that were passed."""
        place = self.place - 1
        while place > 0 and self.passed(self.questions[place]):
            place -= 1
        self.place = max(0, place)
        return Step.STAY

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

    def _choose_one(self, question: Question, choice: ChoiceKey) -> Step:
        if choice.kind == "unreadable":
            return self._set_and_go(question, Answer(out_of_list=(UNREADABLE,)))
        if choice.kind == "other":
            self._settled.add(question.code)
            self._keep(question, Answer(chosen=(choice.text,), other=self.answer(question).other))
            return Step.WRITE
        return self._set_and_go(question, Answer(chosen=(choice.text,)))

    def _toggle(self, question: Question, choice: ChoiceKey) -> Step:
        answer = self.answer(question)
        if choice.kind == "unreadable":
            outside = () if UNREADABLE in answer.out_of_list else (UNREADABLE,)
            self._keep(question, replace(answer, out_of_list=outside))
            return Step.STAY
        chosen = tuple(text for text in answer.chosen if text != choice.text)
        if choice.kind == "other":
            taken = choice.text in answer.chosen or bool(answer.other)
            other = "" if taken else answer.other
        else:
            taken = len(chosen) < len(answer.chosen)
            other = answer.other
        chosen = chosen if taken else (*chosen, choice.text)
        self._keep(question, replace(answer, chosen=self._in_order(question, chosen), other=other))
        return Step.STAY

    def _in_order(self, question: Question, chosen: Sequence[str]) -> tuple[str, ...]:
        order = [choice.text for choice in choice_keys(question)]
        return tuple(sorted(chosen, key=lambda text: order.index(text) if text in order else len(order)))

    def _set_and_go(self, question: Question, answer: Answer) -> Step:
        self._settled.add(question.code)
        self._keep(question, answer)
        self._go_on()
        return Step.NEXT

    def _go_on(self) -> None:
        self.place += 1
        while self.place < len(self.questions) and self.passed(self.questions[self.place]):
            self.place += 1

    def _finish(self) -> Step:
        missing = self.open_question()
        if missing is None:
            return Step.DONE
        self.place = missing
        return Step.REFUSED
