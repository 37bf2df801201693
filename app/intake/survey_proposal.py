"""Proposes questions from a file that came without its questionnaire; a person looks at them before use."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.intake.foreign_shape import ForeignRow
from app.intake.survey_columns import heading_role, map_columns
from app.rules.survey_values import parse_number
from db.records.surveys import Question, QuestionType, Role

_SCALES: tuple[tuple[str, ...], ...] = (
    ("大変満足", "満足", "どちらともいえない", "不満", "大変不満"),
    ("とても満足", "満足", "どちらともいえない", "不満", "とても不満"),
    ("とても満足", "まあ満足", "どちらともいえない", "やや不満", "とても不満"),
    ("満足", "やや満足", "どちらともいえない", "やや不満", "不満"),
    (
        "よく理解できた",
        "だいたい理解できた",
        "どちらともいえない",
        "あまり理解できなかった",
        "まったく理解できなかった",
    ),
    ("速い", "やや速い", "ちょうどよい", "やや遅い", "遅い"),
    ("長い", "やや長い", "ちょうどよい", "やや短い", "短い"),
)
_SCALE_SHARE = 0.8
_CODE = re.compile(r"^(?:Q|問|設問|質問)\s*(\d+(?:-\d+)?)", re.IGNORECASE)
_LIMIT = re.compile(r"(\d+)つまで")
_MULTIPLE = re.compile(r"いくつでも|つまで|すべて選|複数(?:選択|回答)")
_WRITTEN = re.compile(r"自由記述|意見|感想|自由に|具体的に|理由をお")
_NUMBER = re.compile(r"人数|何人|何名|回数|年数|点数|世帯数|台数")
_EXCLUSIVE = re.compile(r"^(?:特に|とくに)?(?:ない|なし|ありません|該当なし)$|^特に.{0,6}ない$")
_SENTENCE = re.compile(r"[。！？?!\n]")
"""What a person wrote in their own words is no option, however few wrote something."""

_LONGEST_OPTION = 40
_MOST_OPTIONS = 15
_TOGETHER = 3


def propose_questions(headings: Sequence[str], rows: Sequence[ForeignRow], separator: str) -> tuple[Question, ...]:
    """Make one question of every column that is neither a time, a serial number nor a person's data.

    A column for the written その他 is no question of its own: it joins the one whose title it repeats.
    """
    written = [index for index, heading in enumerate(headings) if "その他" in heading]
    proposed: list[Question] = []
    taken: set[str] = set()
    for index, heading in enumerate(headings):
        if not heading.strip() or heading_role(heading) != "unknown" or index in written:
            continue
        code = _code(heading, len(proposed) + 1, taken)
        taken.add(code)
        values = [row.cells[index].strip() for row in rows if row.cells[index].strip()]
        proposed.append(_question(code, _title(heading), values, separator))
    parents = {column.code for column in map_columns(headings, proposed) if column.role == "other_text"}
    return tuple(replace(question, has_other=True) if question.code in parents else question for question in proposed)


def _title(heading: str) -> str:
    """A heading as a title: the hard blanks and line breaks that a form puts into it become plain ones."""
    return heading.replace("\xa0", " ").replace("\r", "").replace("\n", " ").strip()


def _question(code: str, title: str, values: list[str], separator: str) -> Question:
    plain = unicodedata.normalize("NFKC", title)
    kind = _kind(plain, values, separator)
    if kind in {"FA", "NUM"}:
        return Question(code=code, title=title, type=kind)
    pieces = values if kind == "SA" else _all_pieces(values, separator)
    has_other = any(piece.startswith("その他") for piece in pieces)
    options = _ordered_options([piece for piece in pieces if not piece.startswith("その他")])
    positive, role = _positive(options)
    limit = _LIMIT.search(plain)
    return Question(
        code=code,
        title=title,
        type=kind,
        options=options,
        max_select=int(limit.group(1)) if limit and kind == "MA" else None,
        has_other=has_other,
        exclusive_option=next((o for o in options if _EXCLUSIVE.match(o)), None) if kind == "MA" else None,
        positive=positive if kind == "SA" else (),
        role=role if kind == "SA" else None,
    )


def _code(heading: str, position: int, taken: set[str]) -> str:
    match = _CODE.match(unicodedata.normalize("NFKC", heading.strip()))
    code = f"Q{match.group(1)}" if match else f"Q{position}"
    while code in taken:
        position += 1
        code = f"Q{position}"
    return code


def _kind(title: str, values: list[str], separator: str) -> QuestionType:
    if _MULTIPLE.search(title) and not _WRITTEN.search(title):
        return "MA"
    if _WRITTEN.search(title) or not values:
        return "FA"
    if _NUMBER.search(title) and sum(bool(parse_number(value)) for value in values) * 2 > len(values):
        return "NUM"
    return _kind_by_answers(values, separator)


def _kind_by_answers(values: list[str], separator: str) -> QuestionType:
    distinct = set(values)
    if separator == ";" and sum(";" in value for value in values) * 4 > len(values):
        pieces = {piece for value in values for piece in _pieces(value, separator)}
        return "MA" if len(pieces) <= _MOST_OPTIONS else "FA"
    short = all(len(value) <= _LONGEST_OPTION and not _SENTENCE.search(value) for value in distinct)
    few = len(distinct) <= 5 or len(distinct) * 2 <= len(values)
    return "SA" if short and few and len(distinct) <= _MOST_OPTIONS else "FA"


def _pieces(value: str, separator: str) -> list[str]:
    """Cut at the separator; one before a space stands inside a text, and brackets stay whole."""
    cut = re.split(re.escape(separator) + r"(?=\S)", value.removesuffix(";"))
    pieces: list[str] = []
    for piece in cut:
        if pieces and pieces[-1].count("（") > pieces[-1].count("）"):
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def _all_pieces(values: list[str], separator: str) -> list[str]:
    """All pieces of all cells; two that never part again are one option that holds the separator."""
    cells = [_pieces(value, separator) for value in values]
    if separator != ", ":
        return [piece for cell in cells for piece in cell]
    before: dict[str, Counter[str]] = {}
    for cell in cells:
        for earlier, piece in zip(["", *cell], cell, strict=False):
            before.setdefault(piece, Counter())[earlier] += 1
    glued = {
        piece: next(iter(earlier))
        for piece, earlier in before.items()
        if len(earlier) == 1 and "" not in earlier and earlier.total() >= _TOGETHER
    }
    joined: list[str] = []
    for cell in cells:
        for position, piece in enumerate(cell):
            if position and glued.get(piece) == cell[position - 1]:
                joined[-1] += separator + piece
            else:
                joined.append(piece)
    return joined


def _ordered_options(pieces: list[str]) -> tuple[str, ...]:
    """A known scale when it covers the answers, ages by number, else in order of appearance."""
    counts = Counter(pieces)
    for scale in _SCALES:
        covered = [option for option in scale if option in counts]
        if len(covered) >= 2 and sum(counts[o] for o in covered) >= _SCALE_SHARE * len(pieces):
            return scale
    options = list(dict.fromkeys(pieces))
    if options and all(re.match(r"\d+[代歳]", option) for option in options):
        options.sort(key=lambda option: int(re.match(r"\d+", option).group()))  # type: ignore[union-attr]
    options.sort(key=lambda option: bool(_EXCLUSIVE.match(option)))
    return tuple(options)


def _positive(options: tuple[str, ...]) -> tuple[tuple[str, ...], Role | None]:
    """The affirmative steps of a known scale with the role that names their sum."""
    if options not in _SCALES[:5]:
        return (), None
    return options[:2], "understanding" if "理解" in options[0] else "satisfaction"
