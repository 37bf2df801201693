"""Convert table rows into answers without changing texts or judging them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from rapidfuzz.distance import Levenshtein

from app.common.text_rules import mask_personal_numbers
from app.foreign_files.cells.answer_reading import (
    Nothing,
    Yes,
    fold_cell,
    is_nothing,
    is_unanswered,
    may_deny,
    parse_answer,
    parse_heading,
)
from app.foreign_files.cells.date_parsing import DateOrder, parse_day
from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.tables.heading_roles import IDENTIFYING
from app.surveys.answers.intake.choice_splitting import contains_option, fold_option, option_matcher, split_column_cell
from app.surveys.answers.intake.survey_columns import FileColumn, is_other_option, is_ticked
from app.surveys.questions.rules import other_option_of
from db.digits import without_blanks
from db.record import record
from db.records.surveys import Answer, Question


@record
class SurveyRow:
    """One answer as received.

    ``row`` counts data rows from 1, ``spreadsheet_row`` is the row as a spreadsheet numbers it. ``raw`` holds every
    cell unchanged but for masked 個人番号, ``answers`` one Answer for each question with a column, ``extra`` the
    columns that are no question and no personal data, by heading. ``respondent`` is the mail address or badge (or
    団体 and 氏名) that only serves to detect a re-submission; ``fingerprint`` is the canonical text of the row. Both
    are for hashing and are not to be stored. ``mapped_texts`` are texts outside the lists, as (question code, text),
    that a person assigned to an option.
    """

    row: int
    spreadsheet_row: int
    answered_at: datetime | None
    raw: tuple[str, ...]
    answers: dict[str, Answer] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    mapped_texts: tuple[tuple[str, str], ...] = ()
    respondent: str = field(default="", repr=False)
    fingerprint: str = field(default="", repr=False)


def read_row(
    table_row: ForeignRow,
    columns: Sequence[FileColumn],
    questions: dict[str, Question],
    separators: Mapping[int, str],
    date_order: DateOrder,
) -> SurveyRow:
    """Convert one table row to answers by ``columns``; ``questions`` are by code.

    ``separators`` are those between choices by column, ``date_order`` what comes first in dates of the time
    column. What may be a 個人番号 is masked: an answer never needs it.
    """
    cells = tuple(map(mask_personal_numbers, table_row.cells))
    answers = {}
    written = {}
    ticks: dict[str, list[FileColumn]] = {}
    for column in columns:
        if column.role == "other_text" and not _means_nothing(cells[column.index]):
            written[column.code] = cells[column.index].strip()
        elif column.role == "tick" and not questions[column.code].personal:
            ticks.setdefault(column.code, []).append(column)
    for column in columns:
        if column.role == "question":
            question = questions[column.code]
            if question.personal:
                continue
            cell = cells[column.index]
            answers[column.code] = parse_cell_answer(
                question, cell, separators.get(column.index, ","), written.get(column.code, "")
            )
    for code, found in ticks.items():
        answers[code] = _read_ticks(questions[code], cells, found, written.get(code, ""))
    times = [parse_day(cells[column.index], date_order).at for column in columns if column.role == "time"]
    return SurveyRow(
        row=table_row.row,
        spreadsheet_row=table_row.spreadsheet_row,
        answered_at=times[0] if times else None,
        raw=cells,
        answers=answers,
        extra=_extra(cells, columns),
        respondent=_respondent(cells, columns),
        fingerprint=fingerprint_text([column.heading for column in columns], cells),
    )


def parse_cell_answer(question: Question, cell: str, separator: str, other_text: str) -> Answer:
    """Return the answer in one cell: the text of FA and NUM as written, else the options in any spelling.

    What is no option is the written その他 or outside the list. ``other_text`` is the text of a separate その他 column,
    "" when there is none.
    """
    if not question.type.has_options:
        return Answer() if is_unanswered(cell) else Answer(text=cell)
    if is_unanswered(cell) and not option_matcher(question.options).match(cell.strip()):
        cell = ""
    if question.type.takes_one:
        value = cell.strip()
        meant = option_matcher(question.options).match(value) if value else ""
        if not meant and value.endswith(";"):
            # Microsoft Forms ends every choice so, also a single one.
            value = value.removesuffix(";").rstrip()
            meant = option_matcher(question.options).match(value)
        leftovers = (value,) if value and not meant else ()
        return _split_other(question, (meant,) if meant else (), leftovers, other_text, ends_with_leftover=True)
    split = split_column_cell(cell, question.options, separator)
    return _split_other(
        question, split.options, split.leftovers, other_text, ends_with_leftover=split.ends_with_leftover
    )


def _read_ticks(question: Question, cells: tuple[str, ...], columns: Sequence[FileColumn], other_text: str) -> Answer:
    """Return the answer to a question with one column for each option, whose marks are its choices.

    Text in the column of その他 is its written text (outside the list if the question has no その他), other text is
    an answer outside the list (「操作の体験：少し」).
    """
    chosen = []
    strange = []
    for column in columns:
        cell = cells[column.index].strip()
        ticked = is_ticked(cell, column.option)
        if ticked:
            chosen.append(column.option)
        elif ticked is None and is_other_option(column.option):
            other_text = other_text or cell
        elif ticked is None:
            strange.append(f"{column.option}：{cell}")
    named = other_option_of(question)
    others = [option for option in chosen if is_other_option(option) and option not in question.options]
    known = tuple(option for option in chosen if option not in others)
    if others and question.has_other:
        known = (*known, named)
    outside = (*strange, *(() if question.has_other or not other_text else (other_text,)))
    return Answer(chosen=known, other=other_text if question.has_other else "", out_of_list=outside)


def _split_other(
    question: Question,
    chosen: tuple[str, ...],
    leftovers: tuple[str, ...],
    other_text: str,
    *,
    ends_with_leftover: bool,
) -> Answer:
    """Return the answer, with the written その他 (the last unknown text) apart from options that the list lacks.

    ``other_text`` is the text of a separate column, "" without one. ``ends_with_leftover``: the cell ends with unknown
    text; else several unknown texts are all outside the list.
    """
    if not question.has_other:
        outside = leftovers + ((other_text,) if other_text else ())
        return Answer(chosen=chosen, out_of_list=outside)
    leftovers, known = _split_unlisted(question, leftovers)
    if known:
        # A text with one of the choices, or a bare yes or no, is no free answer: a person decides what is meant.
        rest = _split_other(question, chosen, leftovers, other_text, ends_with_leftover=ends_with_leftover)
        return replace(rest, out_of_list=(*rest.out_of_list, *known))
    named = other_option_of(question)
    if named in question.options and named in chosen:
        return Answer(chosen=chosen, other=other_text or "、".join(leftovers))
    if other_text:
        return Answer(chosen=chosen, other=other_text, out_of_list=tuple(left for left in leftovers if left != named))
    if leftovers and (ends_with_leftover or len(leftovers) == 1):
        return Answer(chosen=chosen, other=leftovers[-1], out_of_list=leftovers[:-1])
    return Answer(chosen=chosen, out_of_list=leftovers)


def _split_unlisted(question: Question, leftovers: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return texts outside the choices that somebody wrote, and those that speak of a choice or are a bare answer."""
    options = question.options
    own = tuple(
        one
        for one in leftovers
        if not (
            contains_option(one, options)
            or (is_unanswered(one) or isinstance(parse_answer(one, _ANY), Yes | Nothing))
            or _refers(one, options)
        )
        and not (question.exclusive_option and (bool(_NONE_OF_THEM.search(one)) and may_deny(one)))
    )
    return own, tuple(text for text in leftovers if text not in own and not is_unanswered(text))


_ANY = parse_heading("need", "")


_NUMBERS = re.compile(r"[\d\s、,，・.．と番①-⑳⑴-⒇㈠-㈩]+")
_JOINED = re.compile("と|や|および|及び|[&＆+＋]")
_NONE_OF_THEM = re.compile("どれ|何|なに|いずれ|使")
_EVERYTHING = re.compile(r"全部|(?:すべ|全)て|ぜんぶ|全て?のもの")


def _refers(text: str, options: Sequence[str]) -> bool:
    """Return whether a text means choices by their numbers or joined, all of them, all but one, or one with a slip."""
    folded = fold_option(text)
    if _NUMBERS.fullmatch(text) or (_EVERYTHING.search(text) and len(folded) <= _SHORT):
        return True
    known = [*map(fold_option, options)]
    if "" not in (parts := [fold_option(one) for one in _JOINED.split(text)]) and {*parts} < {*known}:
        return True
    if _NO_ANSWER.search(folded) or any(len(one) > 1 and one in _OF_A_CHOICE.sub("", folded) for one in known):
        return True
    plain = _spelt_alike(folded)
    return any(
        plain in one or Levenshtein.normalized_similarity(one, plain) > _NEAR for one in map(_spelt_alike, known)
    )


_ALIKE = {
    "らいん": "line", "いんすたぐらむ": "instagram", "hp": "ほーむぺーじ", "普通": "ふつう", "丁度": "ちょうど",
    "早": "速", "くほう": "区報",
}  # fmt: skip
"""Usual other spellings of what questionnaires offer."""


def _spelt_alike(text: str) -> str:
    return re.sub("|".join(_ALIKE), lambda found: _ALIKE[found[0]], fold_cell(text))


_NO_ANSWER = re.compile(
    r"同じ|同上|[〃仝]|(?:ください|下さい)$|^(?:[?？]+|不明|未定|非公開|秘密|ひみつ|別紙|記入例|検討中|お任せ|あとで|忘れ(?:ました|た))$"
)
"""What stands in place of an answer of one's own."""
_OF_A_CHOICE = re.compile(r"[^ぁ-ん、,・/]+の(?!予定|つもり|ほう|方)[々一-鿿ァ-ヶー]+$")
"""Something of a choice (LINEの電話), which is none of the choices."""
_SHORT = 12
_NEAR = 0.65


def _means_nothing(text: str) -> bool:
    return is_unanswered(text) or is_nothing(text)


def _extra(cells: Sequence[str], columns: Sequence[FileColumn]) -> dict[str, str]:
    extra = {}
    for column in columns:
        cell = cells[column.index]
        if column.role == "unknown" and cell.strip():
            name = column.heading.strip() or f"{column.index + 1}列目"
            extra[name if name not in extra else f"{name}（{column.index + 1}列目）"] = cell
    return extra


def _respondent(cells: tuple[str, ...], columns: Sequence[FileColumn]) -> str:
    """Return the text that identifies who answered (mail address, badge, 団体 and 氏名), "" = unknown."""
    by_role = dict.fromkeys(IDENTIFYING, "")
    for column in columns:
        if column.role in IDENTIFYING and not by_role[column.role]:
            by_role[column.role] = without_blanks(cells[column.index]).casefold()
    if by_role["mail"] and "@" in by_role["mail"]:
        return f"メールアドレス:{by_role['mail']}"
    if by_role["badge"]:
        return f"番号:{by_role['badge']}"
    if by_role["name"] and by_role["organisation"]:
        return f"団体名と氏名:{by_role['organisation']}|{by_role['name']}"
    return ""


def fingerprint_text(headings: Sequence[str], cells: Sequence[str]) -> str:
    """Return the canonical text of a row: JSON of its filled cells, each with its heading in the file, not its use."""
    pairs = [[heading.strip(), cell] for heading, cell in zip(headings, cells, strict=False) if cell]
    return json.dumps(pairs + [["", cell] for cell in cells[len(headings) :]], ensure_ascii=False)
