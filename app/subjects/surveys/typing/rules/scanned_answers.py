"""What the ink on a scanned sheet answers, question by question: only what is beyond doubt, everything else stays open.

A wrong answer that looks right is worse than one to be typed: two marks where one is asked, ink beside the boxes, a stroke
as faint as what an eraser leaves, a box struck out, all of them are left to whoever looks at the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, Literal

from app.subjects.surveys.questions.rules.survey_questions import other_option
from db.records.surveys import Answer, Question

BoxState = Literal["empty", "marked", "unclear"]
_FAINT: Final = 0.68
"""A mark with less than this share of the strength of the others on its sheet may be what an eraser left."""
_UNBROKEN: Final = 100.0
"""Where faint strokes are lost, a mark stronger than this was made by a pen whose other strokes are not lost either."""


@dataclass(frozen=True, kw_only=True)
class BoxInk:
    """The ink in one box: ``number`` of its option, ``filled`` all over, ``strength`` 0–255 of its strokes."""

    number: str
    state: BoxState
    filled: bool = False
    strength: float = 0.0


@dataclass(frozen=True, kw_only=True)
class QuestionInk:
    """The ink of one question on its page.

    ``stray``: there is ink that belongs to no box and no room. ``written``: there is ink in the room of its free text,
    number or その他. ``lost``: the copier gave no greys, in which faint strokes are gone.
    """

    code: str
    boxes: tuple[BoxInk, ...] = ()
    stray: bool = False
    written: bool = False
    lost: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadQuestion:
    """What was read of one question.

    ``settled`` True = the answer is proposed as it is, 無回答 where it is empty; otherwise ``why`` says what to look at,
    and ``answer`` holds the choice that is beyond doubt where only the text beside it is left to be typed.
    """

    code: str
    settled: bool
    answer: Answer = field(default_factory=Answer)
    why: str = ""


MISSING: Final = "このページはスキャンにありません。用紙を見て打ってください。"
_TWO: Final = "2つ以上に印があります。"
_MANY: Final = "選べる数より多く印があります。"
_UNCLEAR: Final = "印がはっきりしません。"
_STRAY: Final = "欄の外に書き込みがあります。"
_WRITTEN: Final = "書かれていることを打ってください。"
_NUMBER: Final = "書かれている数を打ってください。"
_UNTICKED: Final = "「{option}」の欄に書き込みがありますが、印がありません。"
_LOST: Final = "白黒2色の読み取りでは、うすい印が写りません。用紙を見てください。"
_BOTH: Final = "「{option}」とほかの選択肢に印があります。"
_FILLED: Final = "塗りつぶしか、取消しか分かりません。"


def read_questions(questions: Sequence[Question], inks: Mapping[str, QuestionInk]) -> tuple[ReadQuestion, ...]:
    """Return what a sheet answers, in the order of its questions.

    Args:
        questions: those of the survey. inks: by code what was measured; a question without stands on a page that is missing.
    """
    marked = [box for ink in inks.values() for box in ink.boxes if box.state == "marked"]
    usual = median(box.strength for box in marked) if marked else 0.0
    # Somebody who fills the boxes fills them all; a single one among ticks may be a tick struck out.
    fills = sum(box.filled for box in marked) * 2 > len(marked) or len(marked) == 1
    return tuple(
        _read(question, inks[question.code], usual, fills=fills)
        if question.code in inks
        else ReadQuestion(code=question.code, settled=False, why=MISSING)
        for question in questions
    )


def _read(question: Question, ink: QuestionInk, usual: float, *, fills: bool) -> ReadQuestion:
    if question.type in ("FA", "NUM"):
        return _read_text(question, ink)
    options = option_texts(question)
    marked = [box for box in ink.boxes if box.state == "marked"]
    chosen = tuple(options[number] for box in marked if 0 <= (number := int(box.number) - 1) < len(options))
    why = _doubt(question, ink, marked, chosen, usual=usual, fills=fills)
    if why:
        return ReadQuestion(code=question.code, settled=False, why=why)
    answer = Answer(chosen=chosen)
    if ink.written:
        return ReadQuestion(code=question.code, settled=False, answer=answer, why=_WRITTEN)
    return ReadQuestion(code=question.code, settled=True, answer=answer)


def _doubt(
    question: Question, ink: QuestionInk, marked: Sequence[BoxInk], chosen: tuple[str, ...], *, usual: float, fills: bool
) -> str:
    """Return why the marks of a question are not beyond doubt, or an empty text."""
    named = other_option(question) if question.has_other else ""
    limit = 1 if question.type == "SA" else question.max_select
    unclear = (
        any(box.state == "unclear" or box.strength < usual * _FAINT for box in ink.boxes if box.state != "empty")
        or len(chosen) != len(marked)
        or len(ink.boxes) != len(option_texts(question))
    )
    found = (
        (question.type == "SA" and len(marked) > 1, _TWO),
        (bool(limit) and len(marked) > (limit or 0), _MANY),
        (unclear, _UNCLEAR),
        (any(box.filled for box in marked) and not fills, _FILLED),
        (ink.stray, _STRAY),
        (ink.written and named not in chosen, _UNTICKED.format(option=named)),
        (
            question.exclusive_option in chosen and len(chosen) > 1,
            _BOTH.format(option=question.exclusive_option),
        ),
        # A second mark is missed as easily as the only one.
        (ink.lost and (question.type != "SA" or not any(box.strength >= _UNBROKEN for box in marked)), _LOST),
    )
    return next((why for doubtful, why in found if doubtful), "")


def _read_text(question: Question, ink: QuestionInk) -> ReadQuestion:
    if ink.written or ink.stray:
        return ReadQuestion(code=question.code, settled=False, why=_NUMBER if question.type == "NUM" else _WRITTEN)
    if ink.lost:
        return ReadQuestion(code=question.code, settled=False, why=_LOST)
    return ReadQuestion(code=question.code, settled=True)


def option_texts(question: Question) -> tuple[str, ...]:
    """Return the options in the order of their printed numbers, その他 among them."""
    named = other_option(question) if question.has_other else ""
    return question.options if not named or named in question.options else (*question.options, named)
