"""Small facts about a question and its numbers that reading, tallying and printing must agree on."""

from __future__ import annotations

import re
import unicodedata

from db.records.surveys import Question

OTHER = "その他"
TYPE_WORDS = {"SA": "単一回答", "MA": "複数回答", "FA": "自由記述", "NUM": "数値"}
SUM_LABELS = {"satisfaction": "満足計", "understanding": "肯定計", "intent": "肯定計"}

_OTHER_OPTION = re.compile(rf"{OTHER}(?:[（(：:　 ].*)?")
_NUMBERED = re.compile(r"\s*(?:Q|Ｑ|問|設問)\s*([0-9０-９]+)(?:[.．、：:\s　]+|$)", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:人|名|回|件|台|分|時間|歳|年|点|%|円|世帯)?")


def other_option_of(question: Question) -> str:
    """The option that carries a written text: その他 or その他（…） when listed, else その他 itself.

    An option such as 「その他の役員」 is an ordinary one.
    """
    return next((option for option in question.options if _OTHER_OPTION.fullmatch(option)), OTHER)


def options_without_other(question: Question) -> tuple[str, ...]:
    """The options in the paper's order without the その他 option when the question has one."""
    if not question.has_other:
        return question.options
    named = other_option_of(question)
    return tuple(option for option in question.options if option != named)


def sum_label_of(question: Question) -> str:
    """What the sum of the positive options is called (満足計, 肯定計), or an empty text without a sum."""
    if not question.positive:
        return ""
    return SUM_LABELS.get(question.role or "", "肯定計")


def printed_number(question: Question, position: int) -> str:
    """「問3」: the number in the title or the code ("Q3"), else the place in the questionnaire from 1."""
    match = _NUMBERED.match(question.title) or _NUMBERED.fullmatch(question.code)
    return f"問{match.group(1) if match else position}"


def printed_title(question: Question) -> str:
    """The title without the number that is printed before it anyway."""
    return _NUMBERED.sub("", question.title, count=1) or question.title


def parse_number(text: str) -> str:
    """The number in ``text`` ("１２人" → "12"), or an empty text when it is not exactly one number."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().replace(",", ""))
    return match.group(1) if match else ""
