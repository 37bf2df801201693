"""One sheet while it is being typed: which question is asked, what a key means, what was chosen so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.rules.survey_questions import other_option
from app.services.survey_entry import UNREADABLE
from db.records.surveys import Answer, Question

_OPTION_KEYS = "123456789ABCDEFGHJKLMN"
NONE_KEY = "0"
_UNREADABLE_KEY = "9"
_UNREADABLE_INSTEAD = "-"


class Step(Enum):
    """What a key led to: the same question goes on, the next one, its written text, or the end of the sheet."""

    STAY = "stay"
    NEXT = "next"
    WRITE = "write"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class ChoiceKey:
    """One choice of a question with its key; ``kind`` option, other, none (無回答) or unreadable."""

    key: str
    text: str
    kind: str


def choice_keys(question: Question) -> tuple[ChoiceKey, ...]:
    """The choices of a question as the keyboard offers them.

    The keys are the numbers on the paper; 0 is 無回答 and 9 読みとれない. Where the paper itself has a ninth
    option, 9 is that one and 「-」 stands for 読みとれない.
    """
    if question.type not in ("SA", "MA"):
        return ()
    named = other_option(question) if question.has_other else ""
    texts = list(question.options)
    if named and named not in texts:
        texts.append(named)
    keys = [
        ChoiceKey(key, text, "other" if text == named else "option")
        for key, text in zip(_OPTION_KEYS, texts, strict=False)
    ]
    unreadable = _UNREADABLE_KEY if len(texts) < 9 else _UNREADABLE_INSTEAD
    return (
        *keys,
        ChoiceKey(NONE_KEY, "無回答", "none"),
        ChoiceKey(unreadable, UNREADABLE, "unreadable"),
    )


class SheetEntry:
    """The sheet under the hand; ``place`` counts questions from 0, ``len(questions)`` = all asked."""

    def __init__(self, questions: Sequence[Question], answers: Mapping[str, Answer] | None = None) -> None:
        self.questions = tuple(questions)
        self.answers: dict[str, Answer] = dict(answers or {})
        self._settled = {question.code for question in self.questions} if answers is not None else set[str]()
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
        return question.code in self._settled

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
        choice = next((one for one in choice_keys(question) if one.key == key.upper()), None) if question else None
        if question is None or choice is None:
            return Step.REFUSED
        self.changed = True
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
        if question.type in ("FA", "NUM"):
            self.changed = True
            return self._set_and_go(question, self.answer(question))
        if self.answer(question) == Answer() and not self.settled(question):
            return Step.REFUSED
        return self._set_and_go(question, self.answer(question))

    def back(self) -> Step:
        """Backspace: one question back."""
        self.place = max(0, self.place - 1)
        return Step.STAY

    def ask(self, place: int) -> None:
        """Go to a question (a click on its row)."""
        self.place = min(max(0, place), len(self.questions))

    def write(self, question: Question, text: str) -> None:
        """Take a written text: the answer itself, or the text beside その他."""
        self.changed = True
        answer = self.answer(question)
        if question.type in ("FA", "NUM"):
            self.answers[question.code] = replace(answer, text=text if text.strip() else "")
            return
        named = other_option(question)
        chosen = answer.chosen if named in answer.chosen or not text.strip() else (*answer.chosen, named)
        self.answers[question.code] = replace(answer, chosen=chosen, other=text.strip())

    def open_question(self) -> int | None:
        """The place of the first question that was passed over, or None."""
        return next((place for place, question in enumerate(self.questions) if not self.settled(question)), None)

    # inside

    def _choose_one(self, question: Question, choice: ChoiceKey) -> Step:
        if choice.kind == "unreadable":
            return self._set_and_go(question, Answer(out_of_list=(UNREADABLE,)))
        if choice.kind == "other":
            self.answers[question.code] = Answer(chosen=(choice.text,), other=self.answer(question).other)
            self._settled.add(question.code)
            return Step.WRITE
        return self._set_and_go(question, Answer(chosen=(choice.text,)))

    def _toggle(self, question: Question, choice: ChoiceKey) -> Step:
        answer = self.answer(question)
        if choice.kind == "unreadable":
            outside = () if UNREADABLE in answer.out_of_list else (UNREADABLE,)
            self.answers[question.code] = replace(answer, out_of_list=outside)
            return Step.STAY
        if choice.kind == "other":
            taken = choice.text in answer.chosen or bool(answer.other)
            chosen = tuple(text for text in answer.chosen if text != choice.text)
            chosen = chosen if taken else (*chosen, choice.text)
            self.answers[question.code] = replace(
                answer, chosen=self._in_order(question, chosen), other="" if taken else answer.other
            )
            return Step.STAY
        chosen = tuple(text for text in answer.chosen if text != choice.text)
        if len(chosen) == len(answer.chosen):
            chosen = (*chosen, choice.text)
        self.answers[question.code] = replace(answer, chosen=self._in_order(question, chosen))
        return Step.STAY

    def _in_order(self, question: Question, chosen: Sequence[str]) -> tuple[str, ...]:
        order = [choice.text for choice in choice_keys(question)]
        return tuple(sorted(chosen, key=lambda text: order.index(text) if text in order else len(order)))

    def _set_and_go(self, question: Question, answer: Answer) -> Step:
        self.answers[question.code] = answer
        self._settled.add(question.code)
        self.place += 1
        return Step.NEXT

    def _finish(self) -> Step:
        missing = self.open_question()
        if missing is None:
            return Step.DONE
        self.place = missing
        return Step.REFUSED
