"""Small facts about a question that reading, tallying and printing must agree on."""

from __future__ import annotations

from db.records.surveys import Question

OTHER = "その他"
SUM_LABELS = {"satisfaction": "満足計", "understanding": "肯定計", "intent": "肯定計"}


def other_option(question: Question) -> str:
    """The option that carries a written text: the listed one that begins with その他, else その他 itself."""
    return next((option for option in question.options if option.startswith(OTHER)), OTHER)


def plain_options(question: Question) -> tuple[str, ...]:
    """The options in the paper's order without the その他 option when the question has one."""
    if not question.has_other:
        return question.options
    named = other_option(question)
    return tuple(option for option in question.options if option != named)


def sum_label(question: Question) -> str:
    """What the sum of the positive options is called (満足計, 肯定計), or an empty text without a sum."""
    if not question.positive:
        return ""
    return SUM_LABELS.get(question.role or "", "肯定計")
