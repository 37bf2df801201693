"""Proposes questions from a file that came without its questionnaire; a person looks at them before use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.heading_roles import heading_role
from app.subjects.surveys.answers.intake.survey_columns import map_columns, other_text_of
from app.subjects.surveys.answers.intake.survey_pieces import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    SENTENCE,
    all_pieces,
    pieces_of,
    several_chosen,
)
from app.subjects.surveys.answers.intake.survey_scales import ages, digit_scale, known_scale
from app.subjects.surveys.answers.intake.survey_ticks import find_tick_groups, is_other
from app.subjects.surveys.questions.rules.survey_values import parse_number
from db.records.surveys import Question, QuestionType

_CODE = re.compile(r"^(?:Q|問|設問|質問)\s*(\d+(?:-\d+)?)", re.IGNORECASE)
_LIMIT = re.compile(r"(\d+)つまで")
_MULTIPLE = re.compile(r"いくつでも|つまで|すべて選|全て選|複数(?:選択|回答)")
_WRITTEN = re.compile(
    r"自由記述|自由回答|意見|感想|自由に|具体的に|理由をお|コメント|お書きください|ご記入|comment", re.IGNORECASE
)
_NUMBER = re.compile(
    r"人数|何人|何名|回数|何回|年数|何年|点数|世帯数|台数|年齢|何歳|数[(（]|[(（](?:人|名|回|年|歳|台|世帯|分|点)[)）]"
)
_EXCLUSIVE = re.compile(r"^(?:特に|とくに)?(?:ない|なし|ありません|該当なし)$|^特に.{0,6}ない$")
_FREE_LINES = 5
"""More different answers than these that hardly repeat are written ones."""


def propose_questions(headings: Sequence[str], rows: Sequence[ForeignRow], separator: str) -> tuple[Question, ...]:
    """Make one question of every column that is neither a time, a serial number nor a person's data.

    A column for the written その他 is no question of its own: it joins the one whose title it repeats, or the choices
    just before it. Columns that hold one ticked option each are one question together.
    """
    ticked = {index: group for group in find_tick_groups(headings, rows) for index in group.options}
    proposed: list[Question] = []
    taken: set[str] = set()
    seen: set[str] = set()
    before: Question | None = None
    for index, heading in enumerate(headings):
        group = ticked.get(index)
        if group is not None:
            if group.title not in seen:
                seen.add(group.title)
                code = _code(group.title, len(proposed) + 1, taken)
                proposed.append(_ticked_question(code, tuple(group.options.values()), group.title))
            continue
        if not heading.strip() or heading_role(heading) != "unknown":
            before = None
            continue
        if other_text_of(heading, proposed, before):
            continue
        code = _code(heading, len(proposed) + 1, taken)
        values = [row.cells[index].strip() for row in rows if row.cells[index].strip()]
        before = _question(code, _title(heading), values, separator)
        proposed.append(before)
    parents = {column.code for column in map_columns(headings, proposed) if column.role == "other_text"}
    return tuple(replace(question, has_other=True) if question.code in parents else question for question in proposed)


def _title(heading: str) -> str:
    """A heading as a title: the hard blanks and line breaks that a form puts into it become plain ones."""
    return heading.replace("\xa0", " ").replace("\r", "").replace("\n", " ").strip()


def _ticked_question(code: str, options: tuple[str, ...], title: str) -> Question:
    listed = [option for option in options if not is_other(option)]
    return Question(
        code=code,
        title=_title(title),
        type="MA",
        options=tuple(dict.fromkeys(listed)),
        max_select=_limit(title, "MA"),
        has_other=any(is_other(option) for option in options),
        exclusive_option=next((option for option in listed if _EXCLUSIVE.match(option)), None),
    )


def _question(code: str, title: str, values: list[str], separator: str) -> Question:
    plain = unicodedata.normalize("NFKC", title)
    kind = _kind(plain, values, separator)
    if kind in {"FA", "NUM"}:
        return Question(code=code, title=title, type=kind)
    pieces = values if kind == "SA" else all_pieces(values, separator)
    listed = [piece for piece in pieces if not piece.startswith("その他")]
    scale = known_scale(plain, listed)
    steps = digit_scale(plain, listed) if kind == "SA" else ()
    options = scale.steps if scale else steps or _ordered_options(listed)
    return Question(
        code=code,
        title=title,
        type=kind,
        options=options,
        max_select=_limit(title, kind),
        has_other=len(listed) < len(pieces),
        exclusive_option=next((o for o in options if _EXCLUSIVE.match(o)), None) if kind == "MA" else None,
        positive=scale.steps[: scale.positive] if scale and kind == "SA" else (),
        role=scale.role if scale and kind == "SA" else None,
        scale=bool(scale or steps) and kind == "SA",
    )


def _limit(title: str, kind: QuestionType) -> int | None:
    limit = _LIMIT.search(unicodedata.normalize("NFKC", title))
    return int(limit.group(1)) if limit and kind == "MA" else None


def _code(heading: str, position: int, taken: set[str]) -> str:
    """The number that the heading gives itself (a grid repeats it: Q2, Q2-2, Q2-3), else its place; never twice."""
    match = _CODE.match(unicodedata.normalize("NFKC", heading.strip()))
    code = first = f"Q{match.group(1)}" if match else f"Q{position}"
    again = 1
    while code in taken:
        again += 1
        code = f"{first}-{again}"
    taken.add(code)
    return code


def _kind(title: str, values: list[str], separator: str) -> QuestionType:
    if _MULTIPLE.search(title) and not _WRITTEN.search(title):
        return "MA"
    if _WRITTEN.search(title) or not values:
        return "FA"
    numbers = sum(bool(parse_number(value)) for value in values)
    if _NUMBER.search(title) and numbers * 2 > len(values):
        return "NUM"
    if numbers == len(values) and not digit_scale(title, values):
        return "NUM"
    return _kind_by_answers(values, separator)


def _kind_by_answers(values: list[str], separator: str) -> QuestionType:
    distinct = set(values)
    if several_chosen(values, separator):
        pieces = {piece for value in values for piece in pieces_of(value, separator)}
        return "MA" if len(pieces) <= MOST_OPTIONS else "FA"
    short = all(len(value) <= LONGEST_OPTION and not SENTENCE.search(value) for value in distinct)
    few = len(distinct) <= _FREE_LINES or len(distinct) * 2 <= len(values)
    return "SA" if short and few and len(distinct) <= MOST_OPTIONS else "FA"


def _ordered_options(pieces: list[str]) -> tuple[str, ...]:
    """Ages by number, else in order of appearance, 特になし last."""
    options = list(dict.fromkeys(pieces))
    by_age = ages(options)
    if by_age is not None:
        return by_age
    options.sort(key=lambda option: bool(_EXCLUSIVE.match(option)))
    return tuple(options)
