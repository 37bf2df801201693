"""The fields of one question, and how it is put together from what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.subjects.surveys.questions.intake.questionnaire_file import MOST_LINES
from app.subjects.surveys.questions.rules.survey_questions import OTHER, other_option
from app.widgets.form_fields import Field
from db.records.surveys import Question

TYPES = (("SA", "単一回答"), ("MA", "複数回答"), ("NUM", "数値"), ("FA", "自由記述"))
LABEL_WIDTH = 104
SHOWN_WITH: dict[str, tuple[str, ...]] = {
    "options": ("SA", "MA"),
    "other": ("SA", "MA"),
    "scale": ("SA",),
    "limit": ("MA",),
    "unit": ("NUM",),
    "lines": ("FA",),
}
"""The kinds of question that have a field; a field not named here belongs to all."""


def question_fields() -> tuple[Field, ...]:
    """The fields, in the order in which a question is thought of."""
    return (
        Field(key="title", label="設問文", kind="lines", lines=2, hint="用紙とオンラインのフォームに、このまま出ます"),
        Field(key="type", label="種類", kind="choice", choices=TYPES, width=160),
        Field(key="options", label="選択肢", kind="lines", lines=6, hint="1行に1つ、用紙の番号の順に書きます"),
        Field(key="other", label=OTHER, kind="check", words="「その他」に書く欄を付ける"),
        Field(key="scale", label="段階", kind="check", words="一方の端から他方の端への段階"),
        Field(
            key="limit", label="上限", kind="number", unit="つまで", width=56, least=2, most=20, optional=True,
        ),
        Field(key="unit", label="単位", width=96, placeholder="人", optional=True),
        Field(key="lines", label="書く行数", kind="number", unit="行", width=56, least=1, most=MOST_LINES),
        Field(key="note", label="説明", kind="lines", lines=2, optional=True, hint="設問文の下に小さく出ます"),
    )  # fmt: skip


def field_values(question: Question) -> dict[str, Any]:
    """What the fields show of a question."""
    return {
        "title": question.title,
        "type": question.type,
        "options": "\n".join(question.options),
        "other": question.has_other,
        "scale": question.scale,
        "limit": question.max_select,
        "unit": question.unit,
        "lines": question.lines,
        "note": question.note,
    }


def typed_options(text: str) -> tuple[str, ...]:
    """The options as typed, one a line, empty lines left out."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def with_values(question: Question, values: Mapping[str, Any], *, locked: bool) -> Question:
    """``question`` with the typed values; what does not belong to its kind is left out.

    ``locked`` True = answers are in: an option その他 is not added behind the others any more.
    """
    kind = values["type"] or question.type
    listed = kind in SHOWN_WITH["options"]
    typed = replace(
        question,
        title="".join(str(values["title"]).splitlines()).strip(),
        type=kind,
        note=str(values["note"]).strip(),
        unit=str(values["unit"]).strip() if kind == "NUM" else "",
        lines=(values["lines"] or Question.lines) if kind == "FA" else Question.lines,
    )
    if not listed:
        return replace(
            typed, options=(), max_select=None, has_other=False, exclusive_option=None, positive=(), role=None,
            scale=False,
        )  # fmt: skip
    options = typed_options(values["options"])
    has_other = bool(values["other"])
    typed = replace(typed, options=options, has_other=has_other)
    if has_other and not locked and other_option(typed) not in options:
        typed = replace(typed, options=(*options, OTHER))
    return replace(
        typed, max_select=values["limit"] if kind == "MA" else None, scale=bool(values["scale"]) and kind == "SA"
    )
