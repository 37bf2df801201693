"""What a set of questions must have before it is kept: otherwise it could be neither asked nor counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.records.surveys import Question

_ANSWERED = "回答が入っているため、"
_WORDING = "設問文と、満足計などに数える選択肢は直せます。"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and what to do about it; whole sentences."""

    happened: str
    todo: str


def first_fault(questions: Sequence[Question]) -> Fault | None:
    """Return the first thing that keeps ``questions`` from being kept, or None."""
    codes = [question.code for question in questions if question.code]
    if len(set(codes)) != len(codes):
        return Fault("同じ番号の設問が2つあります。", "番号を変えてください。")
    for place, question in enumerate(questions, start=1):
        fault = _fault(place, question, questions[: place - 1])
        if fault is not None:
            return fault
    return None


def wording_fault(before: Sequence[Question], after: Sequence[Question]) -> Fault | None:
    """Return what in ``after`` is more than wording, once answers are in; None when it is wording alone."""
    if [question.code for question in before] != [question.code for question in after]:
        return Fault(f"{_ANSWERED}設問の追加、削除、並べ替えはできません。", _WORDING)
    for place, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        if replace(new, title=old.title, note=old.note, positive=old.positive, role=old.role) != old:
            return Fault(f"{_ANSWERED}問{place}の種類と選択肢は変えられません。", _WORDING)
    return None


def _fault(place: int, question: Question, earlier: Sequence[Question]) -> Fault | None:
    if not question.title.strip():
        return Fault(f"問{place}の設問文が空です。", "設問文を書いてください。")
    if question.type in ("SA", "MA"):
        fault = _options_fault(place, question)
        if fault is not None:
            return fault
    if question.type == "MA" and question.max_select is not None and question.max_select < 1:
        return Fault(f"問{place}の選べる数が0になっています。", "1以上の数にするか、上限を空にしてください。")
    return _branch_fault(place, question, earlier) if question.asked_of else None


def _options_fault(place: int, question: Question) -> Fault | None:
    options = question.options
    if len(options) < 2:
        return Fault(f"問{place}の選択肢が足りません。", "2つ以上の選択肢を書いてください。")
    if any(not option.strip() for option in options):
        return Fault(f"問{place}に空の選択肢があります。", "選択肢を書くか、その行を消してください。")
    twice = next((option for option in options if options.count(option) > 1), "")
    if twice:
        return Fault(f"問{place}に選択肢「{twice}」が2つあります。", "どちらかを消すか、言い方を変えてください。")
    named = [*question.positive, *([question.exclusive_option] if question.exclusive_option else [])]
    missing = next((option for option in named if option not in options), "")
    if missing:
        return Fault(f"問{place}の「{missing}」が選択肢にありません。", "選択肢を確かめてください。")
    return None


def _branch_fault(place: int, question: Question, earlier: Sequence[Question]) -> Fault | None:
    """A branch points back: to an earlier question with options, and to options that it has."""
    asked = next((one for one in earlier if one.code == question.asked_of), None)
    todo = "「聞く相手」で選び直すか、全員に聞く設問にしてください。"
    if asked is None:
        return Fault(f"問{place}は、前にない設問の答えで聞く相手を決めています。", f"並べ直すか、{todo}")
    if asked.type not in ("SA", "MA"):
        return Fault(f"問{place}の聞く相手を決める設問に、選択肢がありません。", todo)
    if not question.asked_of_options:
        return Fault(f"問{place}の聞く相手が選ばれていません。", todo)
    gone = next((option for option in question.asked_of_options if option not in asked.options), "")
    if gone:
        return Fault(f"問{place}の聞く相手「{gone}」が、前の設問の選択肢にありません。", todo)
    return None
