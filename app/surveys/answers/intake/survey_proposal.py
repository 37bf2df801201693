"""Propose questions and scales from a file without its questionnaire, for a person to check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.foreign_files.cells.answer_reading import is_unanswered
from app.foreign_files.cells.choice_splitting import likely_separator
from app.foreign_files.foreign_shape import ForeignRow
from app.foreign_files.tables.heading_roles import heading_role
from app.surveys.answers.intake.choice_splitting import (
    MAX_OPTION_LENGTH,
    MAX_OPTIONS,
    SENTENCE,
    all_pieces,
    has_multiple_choices,
    split_pieces,
)
from app.surveys.answers.intake.survey_columns import (
    FileColumn,
    find_tick_groups,
    is_other_option,
    map_columns,
    other_text_question,
    with_roles_by_values,
)
from app.surveys.questions.rules import parse_number
from db.digits import one_width
from db.record import record
from db.records.surveys import Question, QuestionRole, QuestionType

_MIN_SHARE = 0.8
"""The share of answers that must be steps of a scale; the rest are answers outside its list."""

_MIN_ADVANTAGE = 0.1
"""How much more a later scale must cover, since a single free answer makes no other scale."""

_DECADE = re.compile(r"(\d{1,2})(代|歳代)(.*)")
_AGE = re.compile(r"\d{1,9}(?:歳?代|歳|才)")
_DIGITS = re.compile(r"\d{1,2}")
_SCALE_ENDS = re.compile(r"(?<!\d)(\d{1,2})\D{0,12}[〜～~\-−–…→](?:\D{0,12})(\d{1,2})(?!\d)")
_SCALE_TOPS = (5, 7, 10)
_CODE = re.compile(r"^(?:Q|問|設問|質問)\s*(\d+(?:-\d+)?)", re.IGNORECASE)
_LIMIT = re.compile(r"(\d{1,9})つまで")
_MULTIPLE = re.compile(r"いくつでも|つまで|すべて選|全て選|複数(?:選択|回答)")
_FREE_TEXT_WORDS = re.compile(
    r"自由記述|自由回答|意見|感想|自由に|具体的に|理由をお|コメント|お書きください|ご記入|comment", re.IGNORECASE
)
_NUMBER = re.compile(
    r"人数|何人|何名|回数|何回|年数|何年|点数|世帯数|台数|年齢|何歳|数[(（]|[(（](?:人|名|回|年|歳|台|世帯|分|点)[)）]"
)
_EXCLUSIVE = re.compile(r"^(?:特に|とくに)?(?:ない|なし|ありません|該当なし)$|^特に.{0,6}ない$")
_FREE_LINES = 5
"""More different answers than this that hardly repeat are free texts."""


@record
class Scale:
    """A scale of answers: its steps from end to end, how many are positive, and the role of their sum."""

    steps: tuple[str, ...]
    positive: int = 0
    role: QuestionRole | None = None


def _scale(words: str, positive: int = 0, role: QuestionRole | None = None) -> Scale:
    """Return a scale from its steps joined by ／; the first ``positive`` of them are positive."""
    return Scale(steps=tuple(words.split("／")), positive=positive, role=role)


SCALES: tuple[Scale, ...] = (
    _scale("大変満足／満足／どちらともいえない／不満／大変不満", 2, QuestionRole.SATISFACTION),
    _scale("とても満足／満足／どちらともいえない／不満／とても不満", 2, QuestionRole.SATISFACTION),
    _scale("とても満足／まあ満足／どちらともいえない／やや不満／とても不満", 2, QuestionRole.SATISFACTION),
    _scale("とても満足／やや満足／どちらともいえない／やや不満／とても不満", 2, QuestionRole.SATISFACTION),
    _scale("非常に満足／満足／どちらともいえない／不満／非常に不満", 2, QuestionRole.SATISFACTION),
    _scale("大変満足／満足／普通／不満／大変不満", 2, QuestionRole.SATISFACTION),
    _scale("大変満足／やや満足／普通／やや不満／大変不満", 2, QuestionRole.SATISFACTION),
    _scale("満足／やや満足／どちらともいえない／やや不満／不満", 2, QuestionRole.SATISFACTION),
    _scale("満足／やや満足／普通／やや不満／不満", 2, QuestionRole.SATISFACTION),
    _scale("満足／まあ満足／どちらともいえない／やや不満／不満", 2, QuestionRole.SATISFACTION),
    _scale(
        "よく理解できた／だいたい理解できた／どちらともいえない／あまり理解できなかった／まったく理解できなかった",
        2, QuestionRole.UNDERSTANDING,
    ),
    _scale("よく理解できた／理解できた／どちらともいえない／あまり理解できなかった／理解できなかった", 2,
        QuestionRole.UNDERSTANDING),
    _scale(
        "よくわかった／だいたいわかった／どちらともいえない／あまりわからなかった／わからなかった",
        2, QuestionRole.UNDERSTANDING,
    ),
    _scale("よく分かった／だいたい分かった／どちらともいえない／あまり分からなかった／分からなかった", 2,
        QuestionRole.UNDERSTANDING),
    _scale("とても役に立った／役に立った／どちらともいえない／あまり役に立たなかった／役に立たなかった", 2,
        QuestionRole.SATISFACTION),
    _scale("とてもよかった／よかった／ふつう／あまりよくなかった／よくなかった", 2, QuestionRole.SATISFACTION),
    _scale("そう思う／ややそう思う／どちらともいえない／あまりそう思わない／そう思わない", 2, QuestionRole.INTENT),
    _scale("速い／やや速い／ちょうどよい／やや遅い／遅い"),
    _scale("長い／やや長い／ちょうどよい／やや短い／短い"),
)  # fmt: skip


def match_scale(title: str, pieces: Sequence[str]) -> Scale | None:
    """Return the scale that covers the answers, the first one unless a later one covers clearly more.

    A single step is enough only when the ``title`` asks in the words of the scale (満足, 理解).
    """
    counts = Counter(pieces)
    best, most = None, 0.0
    for scale in SCALES:
        covered = [step for step in scale.steps if step in counts]
        share = sum(counts[step] for step in covered) / len(pieces) if pieces else 0.0
        told = len(covered) >= 2 or (
            bool(covered)
            and any(word in title and any(word in step for step in scale.steps) for word in ("満足", "理解", "役に立"))
        )
        if told and share >= _MIN_SHARE and share > most + (_MIN_ADVANTAGE if best else 0):
            best, most = scale, share
    return best


def digit_scale(title: str, pieces: Sequence[str]) -> tuple[str, ...]:
    """Return every step of a scale answered in digits, also those nobody chose; () when it is none.

    The ends are in the ``title`` (「1：不満〜5：大変満足」) or are 1 and 5, 7 or 10.
    """
    if not pieces or not all(_DIGITS.fullmatch(piece) for piece in pieces):
        return ()
    numbers = {int(piece) for piece in pieces}
    match = _SCALE_ENDS.search(title)
    if match:
        first, last = sorted((int(match.group(1)), int(match.group(2))))
        if first <= min(numbers) and max(numbers) <= last <= _SCALE_TOPS[-1]:
            return tuple(str(step) for step in range(first, last + 1))
    top = next((top for top in _SCALE_TOPS if max(numbers) <= top), 0)
    return tuple(str(step) for step in range(min(1, *numbers), top + 1)) if top else ()


def numbered_scale(title: str, pieces: Sequence[str]) -> tuple[str, ...]:
    """Return the steps of a scale answered by numbers, some with words (「5」, 「４」, 「5 とても満足」).

    Each number is one step, with its words where the answers have them; () when a number has two wordings.
    """
    found = [_STEP.fullmatch(one_width(piece).strip()) for piece in pieces]
    if not found or not all(found):
        return ()
    written: dict[str, dict[str, None]] = {}
    for match in found:
        assert match is not None
        if match["words"]:
            written.setdefault(match["number"], {})[match.group()] = None
    if any(len(words) > 1 for words in written.values()):
        return ()
    steps = digit_scale(title, [match["number"] for match in found if match])
    return tuple(next(iter(written.get(step, {step: None}))) for step in steps)


_STEP = re.compile(r"(?P<number>\d{1,2})(?:\.0+)?(?:[.:)、\s]\s*(?P<words>\D.*))?")


def age_options(options: Sequence[str]) -> tuple[str, ...] | None:
    """Return ages in ascending order, missing decades put in between; None if not all are ages (or there are none).

    Decades are added only where every option is one (「40代」).
    """
    if not options or not all(_AGE.match(option) for option in options):
        return None
    listed = {int(re.match(r"\d+", option).group()): option for option in options}  # type: ignore[union-attr]
    decades = {number: match for number, option in listed.items() if (match := _DECADE.fullmatch(option))}
    if len(decades) == len(options) and all(number % 10 == 0 for number in decades):
        unit = next(iter(decades.values())).group(2)
        for number in range(min(decades), max(decades), 10):
            listed.setdefault(number, f"{number}{unit}")
    return tuple(listed[number] for number in sorted(listed))


def propose_questions(headings: Sequence[str], rows: Sequence[ForeignRow], separator: str) -> tuple[Question, ...]:
    """Return a question for every column that is, by heading or values, no time, serial number or personal data.

    A column for the written その他 is no question of its own: it joins the one whose title it repeats, or the
    choices just before it. Columns that hold one ticked option each are one question together.
    """
    named = [FileColumn(index=at, heading=one, role=heading_role(one)) for at, one in enumerate(headings)]
    roles = [column.role for column in with_roles_by_values(named, rows, {})]
    ticked = {index: group for group in find_tick_groups(headings, rows) for index in group.options}
    proposed: list[Question] = []
    taken: set[str] = set()
    seen = set()
    before = None
    for index, heading in enumerate(headings):
        group = ticked.get(index)
        if group is not None:
            if group.title not in seen:
                seen.add(group.title)
                code = _code(group.title, len(proposed) + 1, taken)
                proposed.append(_question_from_ticks(code, tuple(group.options.values()), group.title))
            continue
        if not heading.strip() or roles[index] != "unknown":
            before = None
            continue
        if other_text_question(heading, proposed, before):
            continue
        code = _code(heading, len(proposed) + 1, taken)
        values = [row.cells[index].strip() for row in rows if not is_unanswered(row.cells[index])]
        before = _question(
            code,
            _title(heading),
            values,
            (
                separator
                if has_multiple_choices(values, separator)
                else likely_separator(values, separator) or separator
            ),
        )
        proposed.append(before)
    parents = {column.code for column in map_columns(headings, proposed) if column.role == "other_text"}
    return tuple(replace(question, has_other=True) if question.code in parents else question for question in proposed)


def _title(heading: str) -> str:
    return heading.replace("\xa0", " ").replace("\r", "").replace("\n", " ").strip()


def _question_from_ticks(code: str, options: tuple[str, ...], title: str) -> Question:
    listed = [option for option in options if not is_other_option(option)]
    return Question(
        code=code,
        title=_title(title),
        type=QuestionType.SEVERAL,
        options=tuple(dict.fromkeys(listed)),
        max_select=_limit(title, QuestionType.SEVERAL),
        has_other=any(is_other_option(option) for option in options),
        exclusive_option=next((option for option in listed if _EXCLUSIVE.match(option)), None),
    )


def _question(code: str, title: str, values: list[str], separator: str) -> Question:
    """Return the question proposed from a column's title and answers, with type, options and scale."""
    plain = one_width(title)
    kind = _kind(plain, values, separator)
    if not kind.has_options:
        return Question(code=code, title=title, type=kind)
    pieces = values if kind.takes_one else all_pieces(values, separator)
    listed = [piece for piece in pieces if not piece.startswith("その他")]
    scale = match_scale(plain, listed)
    steps = numbered_scale(plain, listed) if kind.takes_one else ()
    options = scale.steps if scale else steps or _ordered_options(listed)
    return Question(
        code=code,
        title=title,
        type=kind,
        options=options,
        max_select=_limit(title, kind),
        has_other=len(listed) < len(pieces),
        exclusive_option=next((o for o in options if _EXCLUSIVE.match(o)), None) if kind.takes_several else None,
        positive=scale.steps[: scale.positive] if scale and kind.takes_one else (),
        role=scale.role if scale and kind.takes_one else None,
        scale=bool(scale or steps) and kind.takes_one,
    )


def _limit(title: str, kind: QuestionType) -> int | None:
    """Return from the title how many options of a multiple-choice question may be chosen; None = not said."""
    limit = _LIMIT.search(one_width(title))
    return int(limit.group(1)) if limit and kind.takes_several else None


def _code(heading: str, position: int, used_codes: set[str]) -> str:
    """Return 「Q2」 by the number in the heading, else by ``position``; 「Q2-2」 where that is in ``used_codes``.

    The code is added to ``used_codes``.
    """
    match = _CODE.match(one_width(heading.strip()))
    code = first = f"Q{match.group(1)}" if match else f"Q{position}"
    again = 1
    while code in used_codes:
        again += 1
        code = f"{first}-{again}"
    used_codes.add(code)
    return code


def _kind(title: str, values: list[str], separator: str) -> QuestionType:
    """Return the type of question that the title suggests or, where it says nothing, the answers."""
    if _MULTIPLE.search(title) and not _FREE_TEXT_WORDS.search(title):
        return QuestionType.SEVERAL
    if _FREE_TEXT_WORDS.search(title) or not values:
        return QuestionType.TEXT
    numbers = sum(bool(parse_number(value)) for value in values)
    if _NUMBER.search(title) and numbers * 2 > len(values):
        return QuestionType.NUMBER
    if numbers == len(values) and not digit_scale(title, values):
        return QuestionType.NUMBER
    return _kind_by_answers(values, separator)


def _kind_by_answers(values: list[str], separator: str) -> QuestionType:
    """Return the type of a question as its answers look: several choices (MA), few short ones (SA), else FA."""
    distinct = set(values)
    if has_multiple_choices(values, separator):
        pieces = {piece for value in values for piece in split_pieces(value, separator)}
        return QuestionType.SEVERAL if len(pieces) <= MAX_OPTIONS else QuestionType.TEXT
    short = all(len(value) <= MAX_OPTION_LENGTH and not SENTENCE.search(value) for value in distinct)
    few = len(distinct) <= _FREE_LINES or len(distinct) * 2 <= len(values)
    return QuestionType.ONE if short and few and len(distinct) <= MAX_OPTIONS else QuestionType.TEXT


def _ordered_options(pieces: list[str]) -> tuple[str, ...]:
    """Return the options, ages in order, others in order of appearance, 特になし last."""
    options = list(dict.fromkeys(pieces))
    by_age = age_options(options)
    if by_age is not None:
        return by_age
    options.sort(key=lambda option: bool(_EXCLUSIVE.match(option)))
    return tuple(options)
