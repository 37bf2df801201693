"""Decide the role of each column of an answer file (time, question, その他, personal data)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from app.foreign_files.cells.answer_reading import parse_tick
from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.tables.heading_roles import ColumnRole, fold_heading, heading_role, title_core
from app.surveys.answers.intake.choice_splitting import column_separator, fold_option, option_matcher, split_column_cell
from db.digits import one_width
from db.record import record
from db.records.surveys import Answer, Question

_TICK_HEADINGS = (
    re.compile(r"^(?P<title>.*\S)\s*[\[［](?P<option>[^\[\]［］]+)[\]］]\s*$", re.DOTALL),
    re.compile(r"^(?P<title>.*\S)\s*(?:[:：／/＿_|｜]|\s[-－–]\s)\s*(?P<option>[^:：／/＿_|｜]*\S)\s*$", re.DOTALL),
)
_MIN_GROUP_COLUMNS = 2
_NUMBERED = re.compile(r"(?:q|問|設問|質問)\s*(\d+)")
_MIN_CODE_VALUES = 3
_MIN_DISTINCT_VALUES = 7
"""The tenths of the values that must differ."""
_ROLE_PATTERNS: tuple[tuple[re.Pattern[str], ColumnRole], ...] = (
    (re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"), "mail"),
    (re.compile(r"0\d{1,4}[\-()\s]?\d{1,4}[\-()\s]?\d{3,4}"), "personal"),
    (re.compile(r"[A-Za-zア-ン]{1,3}[\-]?\d{1,6}|0\d{1,5}|\d{1,3}[\-]?[A-Za-z]"), "badge"),
)
_OTHER_TEXT = re.compile(r"その他(?:の?(?:内容|記述|記入|回答|場合|詳細|具体.*))?(?:欄|\(.*\)|[:：].*)?|自由記入欄?")
LEFT_OUT = ""
"""A column that is neither counted nor stored."""
KEEP_AS_TEXT = "#text"
"""A column that is no question and is stored as text beside the answer."""
SENT_TIME = "#time"
BADGE = "#badge"
"""A column that only serves to detect a re-submission; its values are not stored."""
OTHER_TEXT_PREFIX = "#other:"
"""The prefix before a question's code for its written その他."""
_ROLES: dict[str, ColumnRole] = {LEFT_OUT: "left_out", KEEP_AS_TEXT: "unknown", SENT_TIME: "time", BADGE: "badge"}
PERSONAL_ROLES: frozenset[ColumnRole] = frozenset({"mail", "badge", "name", "organisation", "personal"})
"""Roles of headings with personal data, never stored as text, even when requested."""
TextMapping = Mapping[tuple[str, str], str]
"""The option meant by a text, by question code and text; "" for an answer outside the list."""
_MIN_SCORE = 60
_LIKELY = 72
_MIN_FIT = 0.8
_WORD = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{3,}|[a-z]{3,}")
_COMMON_WORDS = frozenset({"講習会", "講習", "意見交換会", "本日", "今日", "内容", "回答", "参加", "団体", "今回"})
_MAX_SUGGESTIONS = 3
_MAX_SAMPLED_ROWS = 60
_MAX_COLUMNS = 200


@record
class TickGroup:
    """One question over several columns, with its title and the options by column number (from 0)."""

    title: str
    options: dict[int, str]


def split_tick_heading(heading: str) -> tuple[str, str] | None:
    """Return title and option of a heading 「役立った内容：操作の体験」 or 「役立った内容 [操作の体験]」, else None."""
    for pattern in _TICK_HEADINGS:
        match = pattern.match(heading.strip())
        if match:
            return match["title"].strip(), match["option"].strip()
    return None


def is_ticked(cell: str, option: str) -> bool | None:
    """Return whether ``cell`` ticks ``option``, by a mark or its own words; None for other text."""
    return True if cell.strip() and fold_option(cell) == fold_option(option) else parse_tick(cell)


def is_other_option(option: str) -> bool:
    """Return whether an option, or the heading of its column, is その他."""
    return option.startswith("その他")


def find_tick_groups(headings: Sequence[str], rows: Sequence[ForeignRow]) -> tuple[TickGroup, ...]:
    """Return the questions with one column for each option, at least two, that hold nothing but marks, and some mark.

    A column of その他 may hold text.
    """
    groups: dict[str, TickGroup] = {}
    for index, heading in enumerate(headings):
        parts = split_tick_heading(heading)
        if parts is None:
            continue
        title, option = parts
        groups.setdefault(fold_heading(title), TickGroup(title=title, options={})).options[index] = option
    return tuple(group for group in groups.values() if _is_ticked_group(group, rows))


def _is_ticked_group(group: TickGroup, rows: Sequence[ForeignRow]) -> bool:
    """Return whether the columns, one for each option, hold nothing but ticks, with at least one tick."""
    ticked = 0
    for index, option in group.options.items():
        for row in rows:
            found = is_ticked(row.cells[index], option)
            if found is None and not is_other_option(option):
                return False
            ticked += bool(found)
    return len(group.options) >= _MIN_GROUP_COLUMNS and ticked > 0


@record
class FileColumn:
    """One column, with position from 0, heading, role, and the code of its question.

    ``option`` is the one option that a column of ticks stands for (その他 for the written one).
    """

    index: int
    heading: str
    role: ColumnRole
    code: str = ""
    option: str = ""


def map_columns(headings: Sequence[str], questions: Sequence[Question]) -> tuple[FileColumn, ...]:
    """Return every heading with its role.

    ``questions`` are matched first: by whole title, then by title without number and notes, then by a heading
    that is the bare code. A question without a column of its own may have one for each option. A column for the
    written その他 belongs to the question whose title it repeats, or to the choices just before it.
    """
    codes = _match_questions(headings, questions)
    open_ones = [one for one in questions if one.type.has_options and one.code not in codes.values()]
    by_code = {question.code: question for question in questions}
    columns: list[FileColumn] = []
    for index, heading in enumerate(headings):
        before = by_code.get(columns[-1].code) if columns else None
        if index in codes:
            columns.append(FileColumn(index=index, heading=heading, role="question", code=codes[index]))
            continue
        code, option = _tick_option(heading, open_ones)
        if code:
            columns.append(FileColumn(index=index, heading=heading, role="tick", code=code, option=option))
            continue
        code = other_text_question(heading, questions, before)
        if code:
            columns.append(FileColumn(index=index, heading=heading, role="other_text", code=code))
        else:
            columns.append(FileColumn(index=index, heading=heading, role=heading_role(heading)))
    return tuple(columns)


def _match_questions(headings: Sequence[str], questions: Sequence[Question]) -> dict[int, str]:
    """Return question codes by column number, matched by whole heading, then without numbering, then by code."""
    matched: dict[int, str] = {}
    for key in (fold_heading, title_core, None):
        for question in questions:
            if question.code in matched.values():
                continue
            wanted = fold_heading(question.code) if key is None else key(question.title)
            for index, heading in enumerate(headings):
                found = fold_heading(heading) if key is None else key(heading)
                if index not in matched and wanted and found == wanted:
                    matched[index] = question.code
                    break
    return matched


def _tick_option(heading: str, questions: Sequence[Question]) -> tuple[str, str]:
    """Return question code and option of the column of ticks under a heading, or "" for both."""
    parts = split_tick_heading(heading)
    core = title_core(parts[0]) if parts else ""
    for question in questions:
        if parts and core and core == title_core(question.title):
            option = option_matcher(question.options).match(parts[1])
            if option or (question.has_other and is_other_option(parts[1])):
                return question.code, option or parts[1]
    return "", ""


def other_text_question(heading: str, questions: Sequence[Question], previous: Question | None) -> str:
    """Return the code of the question whose written その他 this column holds, or "".

    ``previous`` is the question of the column to the left.
    """
    core = title_core(heading)
    if "その他" not in core and not _OTHER_TEXT.fullmatch(core):
        return ""
    for question in questions:
        title = title_core(question.title)
        if question.type.has_options and title and core.startswith(title) and core != title:
            return question.code
    choices = previous is not None and previous.type.has_options
    return previous.code if previous is not None and choices and _OTHER_TEXT.fullmatch(fold_heading(heading)) else ""


def apply_assignments(
    headings: Sequence[str], questions: Sequence[Question], assigned: Mapping[int, str]
) -> tuple[FileColumn, ...]:
    """Return the columns by their headings, overridden by those ``assigned`` by hand (number from 0).

    A question that was given to another column leaves its own one, which is stored as text.
    """
    codes = {question.code for question in questions}
    wanted = {
        index: word
        for index, word in assigned.items()
        if (
            word in codes
            or word in _ROLES
            or (word.startswith(OTHER_TEXT_PREFIX) and word.removeprefix(OTHER_TEXT_PREFIX) in codes)
        )
    }
    given = {word for word in wanted.values() if word in codes}
    columns = []
    for column in map_columns(headings, questions):
        word = wanted.get(column.index)
        if word is None:
            freed = column.role == "question" and column.code in given
            columns.append(FileColumn(index=column.index, heading=column.heading, role="unknown") if freed else column)
        elif word != column_use(column):
            columns.append(_assign_use(column, word, codes))
        else:
            columns.append(column)
    return _with_other_texts(columns, questions, wanted)


def _with_other_texts(
    columns: Sequence[FileColumn], questions: Sequence[Question], assigned: Mapping[int, str]
) -> tuple[FileColumn, ...]:
    """Assign columns headed その他 to the question whose heading they repeat, or whose number they have.

    Manual assignments stay.
    """
    by_code = {question.code: question for question in questions}
    owners = [
        column
        for column in columns
        if column.role == "question" and by_code[column.code].type.has_options and by_code[column.code].has_other
    ]
    found = []
    for column in columns:
        code = _other_text_owner(column, owners) if column.role == "unknown" and column.index not in assigned else ""
        found.append(replace(column, role="other_text", code=code) if code else column)
    return tuple(found)


def _other_text_owner(column: FileColumn, owners: Sequence[FileColumn]) -> str:
    """Return the code of the question whose written その他 the column holds, "" = none."""
    core = title_core(column.heading)
    if "その他" not in core:
        return ""
    for owner in owners:
        title = title_core(owner.heading)
        if title and core.startswith(title) and core != title:
            return owner.code
    number = _NUMBERED.match(fold_heading(column.heading))
    if number is None or not _OTHER_TEXT.fullmatch(core.lstrip("_-/／:：.、")):
        return ""
    same = [one for one in owners if (own := _NUMBERED.match(fold_heading(one.heading))) and own[1] == number[1]]
    return same[0].code if len(same) == 1 else ""


def with_roles_by_values(
    columns: Sequence[FileColumn], rows: Sequence[ForeignRow], assigned: Mapping[int, str]
) -> tuple[FileColumn, ...]:
    """Return the columns, with a role by their values for those to which no heading and nobody gave one.

    Codes such as A-12 that hardly repeat only serve to detect a re-submission; mail addresses and telephone
    numbers are no answers. Neither is stored. A column that is already a question stays one; fewer than three
    values decide nothing.
    """
    found = []
    for column in columns:
        role = _role_by_values(column, rows) if column.role == "unknown" and column.index not in assigned else None
        found.append(replace(column, role=role) if role else column)
    return tuple(found)


def _role_by_values(column: FileColumn, rows: Sequence[ForeignRow]) -> ColumnRole | None:
    """Return the role of the column as its values look, None if they do not tell."""
    cells = [one_width(cell) for row in rows if (cell := row.cells[column.index].strip())]
    if len(cells) < _MIN_CODE_VALUES:
        return None
    for pattern, role in _ROLE_PATTERNS:
        if all(pattern.fullmatch(cell) for cell in cells) and len(set(cells)) * 10 >= len(cells) * _MIN_DISTINCT_VALUES:
            return role
    return None


def column_use(column: FileColumn) -> str:
    """Return the use of a column as it is stored: a question's code, or one of the fixed words."""
    if column.role in {"question", "tick"}:
        return column.code
    if column.role == "other_text":
        return OTHER_TEXT_PREFIX + column.code
    return {"time": SENT_TIME, "badge": BADGE, "unknown": KEEP_AS_TEXT}.get(column.role, LEFT_OUT)


def apply_text_mapping(
    answers: Mapping[str, Answer], mapping: TextMapping, questions: Mapping[str, Question]
) -> dict[str, Answer]:
    """Return the answers with texts counted as the option that a person assigned."""
    found = dict(answers)
    for code, answer in answers.items():
        options = questions[code].options
        meant = {text: mapping.get((code, text), "") for text in answer.out_of_list}
        known = {text: option for text, option in meant.items() if option in options}
        if known:
            chosen = tuple(dict.fromkeys((*answer.chosen, *known.values())))
            rest = tuple(text for text in answer.out_of_list if text not in known)
            found[code] = replace(answer, chosen=chosen, out_of_list=rest)
    return found


def _assign_use(column: FileColumn, use: str, codes: set[str]) -> FileColumn:
    """Return the column with role and question code set by the use that was chosen for it.

    A column of personal data keeps its role where it was to be stored as text or left out: it is never stored.
    """
    role, code = _ROLES.get(use, column.role), ""
    if use in codes:
        role, code = "question", use
    elif use.startswith(OTHER_TEXT_PREFIX):
        role, code = "other_text", use.removeprefix(OTHER_TEXT_PREFIX)
    elif use == KEEP_AS_TEXT and column.role in PERSONAL_ROLES:
        role = column.role
    elif use == LEFT_OUT and column.role in PERSONAL_ROLES:
        # Neither is stored; a column that detects re-submissions keeps doing so.
        role = column.role
    return FileColumn(index=column.index, heading=column.heading, role=role, code=code)


@record
class Suggestion:
    """A question that a column may belong to; ``score`` is 0 to 100, ``is_likely`` = propose it."""

    code: str
    score: int
    is_likely: bool = False


def suggest_questions(
    columns: Sequence[FileColumn], questions: Sequence[Question], rows: Sequence[ForeignRow], separator: str
) -> dict[int, tuple[Suggestion, ...]]:
    """Return by column number the questions without a column that it may be, likeliest first.

    Only columns with a heading and no use yet are looked at, up to a limit. Wording and answers both count:
    「Q3 講習の満足度は」 resembles 「講習会の満足度」, and a column whose cells are the options of a question is likely
    its column under another heading too. No question is likely for two columns.
    """
    placed = {column.code for column in columns if column.role in {"question", "tick"}}
    open_questions = [question for question in questions if question.code not in placed]
    open_columns = [column for column in columns if column.role == "unknown" and column.heading.strip()]
    pairs = []
    for column in open_columns[:_MAX_COLUMNS]:
        core = title_core(column.heading)
        fits = {question.code: _option_share(column, question, rows, separator) for question in open_questions}
        fitting = sum((fit or 0) >= _MIN_FIT for fit in fits.values())
        for question in open_questions:
            title = title_core(question.title)
            score = _score(core, title, fits[question.code], is_only_column=fitting == 1)
            if score >= _MIN_SCORE:
                pairs.append((score, column.index, question.code))
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    return _best(pairs)


def _best(pairs: Sequence[tuple[int, int, str]]) -> dict[int, tuple[Suggestion, ...]]:
    """Return suggestions by column from (score, column, code), best first; a question is likely for one column."""
    found: dict[int, list[Suggestion]] = {}
    columns = set()
    codes = set()
    for score, index, code in pairs:
        likely = score >= _LIKELY and index not in columns and code not in codes
        if likely:
            columns.add(index)
            codes.add(code)
        found.setdefault(index, []).append(Suggestion(code=code, score=score, is_likely=likely))
    return {index: tuple(each[:_MAX_SUGGESTIONS]) for index, each in found.items()}


def _score(heading: str, title: str, fit: float | None, *, is_only_column: bool) -> int:
    """Return the similarity from 0 to 100, from wording and how well the cells fit (None = unknown).

    ``is_only_column`` True = the cells fit one question only.
    """
    alike = fuzz.WRatio(heading, title)
    shared = _have_common_word(heading, title)
    if fit is None:
        return round(max(alike, _MIN_SCORE + 5) if shared else alike)
    if fit >= _MIN_FIT:
        return round(max(alike, 80 if shared else 74 if is_only_column else 62))
    return round(alike * (0.55 + 0.45 * fit))


def _have_common_word(text: str, other: str) -> bool:
    words = [word for word in _WORD.findall(text) if word not in _COMMON_WORDS]
    others = [word for word in _WORD.findall(other) if word not in _COMMON_WORDS]
    return any(word in another or another in word for word in words for another in others)


def _option_share(column: FileColumn, question: Question, rows: Sequence[ForeignRow], separator: str) -> float | None:
    """Return the share of answered cells that hold an option of the question; None for written answers."""
    if not question.type.has_options:
        return None
    cells = [cell for row in rows[:_MAX_SAMPLED_ROWS] if (cell := row.cells[column.index].strip())]
    if not cells:
        return None
    sign = column_separator(cells, question.options, separator)
    reader = option_matcher(question.options)
    return sum(
        bool(reader.match(cell) or split_column_cell(cell, question.options, sign).options) for cell in cells
    ) / len(cells)


def count_known_answers(
    column: FileColumn, question: Question, rows: Sequence[ForeignRow], separator: str
) -> tuple[int, int]:
    """Return how many of a column's different answers are options of the question, and how many there are.

    Only the first ``_MAX_SAMPLED_ROWS`` rows are looked at.
    """
    cells = [cell for row in rows[:_MAX_SAMPLED_ROWS] if (cell := row.cells[column.index].strip())]
    sign = column_separator(cells, question.options, separator) if question.type.takes_several else ""
    known = set()
    others: set[str] = set()
    reader = option_matcher(question.options)
    for cell in dict.fromkeys(cells):
        if meant := reader.match(cell.removesuffix(";")):
            known.add(meant)
        elif sign:
            split = split_column_cell(cell, question.options, sign)
            known.update(split.options)
            others.update(split.leftovers)
        else:
            others.add(cell)
    return len(known), len(known) + len(others)
