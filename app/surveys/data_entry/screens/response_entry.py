"""The state of one response during data entry (current question, keys, choices, and results)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.surveys.data_entry.rules import (
    NO_ANSWER_KEY,
    UNREADABLE,
    UNREADABLE_KEY,
    ChoiceKey,
    choice_for_key,
    choice_keys,
)
from app.surveys.questions.rules import other_option_of, was_asked
from db.name_key import name_key
from db.records.surveys import Answer, Question, ResponseDraft, SurveyResponse


class EntryStep(Enum):
    """What a key led to (the same question, the next one, its written text, the end, or nothing: REJECTED)."""

    STAY = "stay"
    NEXT = "next"
    WRITE = "write"
    FINISHED = "done"
    REJECTED = "refused"


class ResponseEntry:
    """The response being entered; ``place`` counts questions from 0, ``len(questions)`` = all done.

    ``answers`` None = a new one; else every question counts as answered. A question whose branch does not apply is
    skipped; going to it all the same and entering keeps what the paper says. Changing the deciding answer restores what
    was entered under it before.
    """

    def __init__(self, questions: Sequence[Question], answers: Mapping[str, Answer] | None = None):
        self.questions = tuple(questions)
        self.answers: dict[str, Answer] = dict(answers or {})
        self._answered = {question.code for question in self.questions} if answers is not None else set[str]()
        self._answered_despite_branch = {
            one.code for one in self.questions if self.answer_to(one) != Answer() and not self._is_asked(one)
        }
        self._set_aside_answers: dict[str, Answer] = {}
        self.place = 0
        self.is_changed = False

    @classmethod
    def from_draft(cls, questions: Sequence[Question], draft: ResponseDraft) -> ResponseEntry:
        """Return a half-entered response at the question where it was left."""
        made = cls(questions, draft.answers)
        made._answered = {code for code in draft.answered if code in {one.code for one in questions}}
        made.go_to(draft.place)
        made.is_changed = True
        return made

    @property
    def answered_codes(self) -> tuple[str, ...]:
        """Return the codes of the answered questions, 無回答 included."""
        return tuple(one.code for one in self.questions if one.code in self._answered)

    @property
    def current_question(self) -> Question | None:
        """Return the current question, or None at the end of the response."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def has_changes(self) -> bool:
        """Return whether something was changed since it was opened; a resumed draft counts as changed."""
        return self.is_changed

    def answer_to(self, question: Question) -> Answer:
        """Return the answer given to a question so far; empty without one."""
        return self.answers.get(question.code, Answer())

    def is_answered(self, question: Question) -> bool:
        """Return whether the question was answered, 無回答 included."""
        return question.code in self._answered and not self.is_skipped(question)

    def is_skipped(self, question: Question) -> bool:
        """Return whether the question is skipped by its branch, without an answer entered all the same.

        Never before the deciding question is answered or skipped itself.
        """
        if not question.asked_of or question.code in self._answered_despite_branch or self._is_asked(question):
            return False
        by_code = {one.code: one for one in self.questions}
        parent = by_code.get(question.asked_of)
        return parent is not None and (parent.code in self._answered or self.is_skipped(parent))

    def chosen_keys(self, question: Question) -> frozenset[str]:
        """Return the keys of the choices now taken."""
        answer = self.answer_to(question)
        found = set()
        for choice in choice_keys(question):
            taken = {
                "option": choice.text in answer.chosen,
                "other": choice.text in answer.chosen or bool(answer.other),
                "none": self.is_answered(question) and answer == Answer(),
                "unreadable": UNREADABLE in answer.out_of_list,
            }[choice.kind]
            if taken:
                found.add(choice.key)
        return frozenset(found)

    def press_key(self, key: str) -> EntryStep:
        """Apply a key to the answer of the current question, and go on where that completes it; say what it led to.

        NEXT: an SA is answered, or 無回答 was set; WRITE: その他 of an SA, whose text comes next; STAY: a choice of an
        MA was added or removed; REJECTED: the key has no use here.
        """
        question = self.current_question
        if question is not None and question.type.is_number and key == UNREADABLE_KEY:
            self._mark_changed(question)
            return self._set_and_advance(question, Answer(text=UNREADABLE))
        choice = choice_for_key(question, key) if question is not None else None
        if question is None or choice is None:
            return EntryStep.REJECTED
        self._mark_changed(question)
        if choice.kind == "none":
            return self._set_and_advance(question, Answer())
        if question.type.takes_one:
            return self._choose_one(question, choice)
        return self._toggle(question, choice)

    def confirm_answer(self) -> EntryStep:
        """Confirm the answer to the current question on Enter, and go on; at the end, the response.

        REJECTED for a question with choices that has no answer, and at the end while a question is open, which becomes
        current.
        """
        question = self.current_question
        if question is None:
            return self._finish()
        if self.is_skipped(question):
            self._advance()
            return EntryStep.NEXT
        if not question.type.has_options:
            self.is_changed = True
            answer = self.answer_to(question)
            # Nobody writes a bare 0 as an opinion: it is the key for 無回答 at all other questions.
            nothing = question.type.is_text and name_key(answer.text) == NO_ANSWER_KEY
            return self._set_and_advance(question, Answer() if nothing else answer)
        if self.answer_to(question) == Answer() and not self.is_answered(question):
            return EntryStep.REJECTED
        return self._set_and_advance(question, self.answer_to(question))

    def go_back(self) -> EntryStep:
        """Make the question before the current one current, passing over skipped ones."""
        place = self.place - 1
        while place > 0 and self.is_skipped(self.questions[place]):
            place -= 1
        self.place = max(0, place)
        return EntryStep.STAY

    def go_to(self, place: int) -> None:
        """Go to a question (a click on its row), also to a skipped one."""
        self.place = min(max(0, place), len(self.questions))

    def write(self, question: Question, text: str) -> None:
        """Set a written text: the answer itself (FA, NUM), or the text beside その他, which is chosen by it.

        Blanks alone are no text.
        """
        if text.strip():
            self._mark_changed(question)
        self.is_changed = True
        answer = self.answer_to(question)
        if not question.type.has_options:
            self._set_answer(question, replace(answer, text=text if text.strip() else ""))
            return
        named = other_option_of(question)
        chosen = answer.chosen if named in answer.chosen or not text.strip() else (*answer.chosen, named)
        self._set_answer(question, replace(answer, chosen=chosen, other=text.strip()))

    # inside

    def _is_asked(self, question: Question) -> bool:
        return was_asked(question, self.answers, self.questions)

    def _mark_changed(self, question: Question) -> None:
        """Note that the response was changed, and that a question skipped by its branch was answered all the same."""
        self.is_changed = True
        if self.is_skipped(question):
            self._answered_despite_branch.add(question.code)

    def _set_answer(self, question: Question, answer: Answer) -> None:
        """Store an answer, and set aside or restore the answers that depend on it."""
        self.answers[question.code] = answer
        self._update_branches()

    def _update_branches(self) -> None:
        """Set aside answers to questions that are now skipped, and restore those asked again."""
        for question in self.questions:
            code = question.code
            if self.is_skipped(question):
                if code in self._answered:
                    self._answered.discard(code)
                    self._set_aside_answers[code] = self.answers.pop(code, Answer())
            elif code in self._set_aside_answers:
                self._answered.add(code)
                self.answers[code] = self._set_aside_answers.pop(code)

    def _choose_one(self, question: Question, choice: ChoiceKey) -> EntryStep:
        """Set the answer to a single-choice question and go on; for その他 its text is to be written first."""
        if choice.kind == "unreadable":
            return self._set_and_advance(question, Answer(out_of_list=(UNREADABLE,)))
        if choice.kind == "other":
            self._answered.add(question.code)
            self._set_answer(question, Answer(chosen=(choice.text,), other=self.answer_to(question).other))
            return EntryStep.WRITE
        return self._set_and_advance(question, Answer(chosen=(choice.text,)))

    def _toggle(self, question: Question, choice: ChoiceKey) -> EntryStep:
        """Add or remove one choice of a question with several answers; the current question stays."""
        answer = self.answer_to(question)
        if choice.kind == "unreadable":
            outside = () if UNREADABLE in answer.out_of_list else (UNREADABLE,)
            self._set_answer(question, replace(answer, out_of_list=outside))
            return EntryStep.STAY
        chosen = tuple(text for text in answer.chosen if text != choice.text)
        if choice.kind == "other":
            taken = choice.text in answer.chosen or bool(answer.other)
            other = "" if taken else answer.other
        else:
            taken = len(chosen) < len(answer.chosen)
            other = answer.other
        chosen = chosen if taken else (*chosen, choice.text)
        self._set_answer(question, replace(answer, chosen=self._in_order(question, chosen), other=other))
        return EntryStep.STAY

    def _in_order(self, question: Question, chosen: Sequence[str]) -> tuple[str, ...]:
        order = [choice.text for choice in choice_keys(question)]
        return tuple(sorted(chosen, key=lambda text: order.index(text) if text in order else len(order)))

    def _set_and_advance(self, question: Question, answer: Answer) -> EntryStep:
        self._answered.add(question.code)
        self._set_answer(question, answer)
        self._advance()
        return EntryStep.NEXT

    def _advance(self) -> None:
        """Make the next question current that is not skipped."""
        self.place += 1
        while self.place < len(self.questions) and self.is_skipped(self.questions[self.place]):
            self.place += 1

    def _finish(self) -> EntryStep:
        """Return FINISHED, or go to the first open question and return REJECTED."""
        missing = next(
            (place for place, one in enumerate(self.questions) if not (self.is_answered(one) or self.is_skipped(one))),
            None,
        )
        if missing is None:
            return EntryStep.FINISHED
        self.place = missing
        return EntryStep.REJECTED


@dataclass
class EditedResponse:
    """A new response, the second entry of one, or a saved one (``sheet_id``) being corrected.

    ``typist`` makes the second entry without an own ID, "" = whoever logged in. ``has_fixed_number`` True = the person
    chose the number; otherwise it follows the saved responses.
    """

    number: int
    entry: ResponseEntry
    is_second: bool = False
    sheet_id: int = 0
    is_online: bool = False
    has_fixed_number: bool = False
    typist: str = ""

    @classmethod
    def create_empty(
        cls, questions: Sequence[Question], number: int, *, second: bool = False, typist: str = ""
    ) -> EditedResponse:
        """Return an empty response with this number, ready to be typed."""
        return cls(number=number, entry=ResponseEntry(questions), is_second=second, typist=typist)

    @classmethod
    def from_saved(cls, questions: Sequence[Question], response: SurveyResponse) -> EditedResponse:
        """Return a stored response made ready to be corrected."""
        return cls(
            number=response.number or 0,
            entry=ResponseEntry(questions, response.answers),
            sheet_id=response.id,
            is_online=not response.source.is_paper,
        )

    @classmethod
    def from_draft(cls, questions: Sequence[Question], draft: ResponseDraft, *, online: bool = False) -> EditedResponse:
        """Return a half-entered response made ready to go on; it keeps the number of the draft."""
        return cls(
            number=draft.number,
            entry=ResponseEntry.from_draft(questions, draft),
            is_second=draft.second,
            sheet_id=draft.sheet_id,
            is_online=online,
            has_fixed_number=True,
            typist=draft.typist,
        )

    @property
    def may_be_renumbered(self) -> bool:
        """Return whether its number may still follow what was saved or undone meanwhile."""
        return not (self.sheet_id or self.has_fixed_number or self.entry.has_changes)
