"""Interprets the cells of an application: 撮影, 端末, 状態, 配慮, 同行者 and names.

``answer_reading`` and ``names_in_cells`` read the words; this module says what an answer means for its field, and which
question a clerk is asked about an unreadable one. Nothing unsure becomes 可, 貸与 or a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from app.foreign_files.cells.answer_headings import About
from app.foreign_files.cells.answer_reading import (
    No,
    Nothing,
    Text,
    Unclear,
    Yes,
    is_nothing,
    is_plain_need,
    parse_answer,
    parse_heading,
    parse_one_of,
)
from app.foreign_files.cells.answer_words import CHANNEL_FILLERS, CHANNELS
from app.foreign_files.cells.names_in_cells import (
    NameParts,
    can_be_person,
    may_need_splitting,
    parse_names,
    split_name,
)
from app.foreign_files.cells.spoken_answers import answered_by, mentions_need
from app.foreign_files.cells.written_values import is_ditto
from app.foreign_files.tables.heading_roles import fold_heading
from app.registers.register.intake import fold_name, parse_people
from db.digits import is_digits, one_width

CellRemark = tuple[str, str, str]
"""Field, reason and code of a remark about a cell."""

UNCLEAR_ANSWER = "unsure_answer"
"""Code of an answer that a clerk has to read."""
CANCELLED_ROW = "cancelled"
INCLUDE_ASKED = "。参加者に含めますか"
NO_NAME = "not_a_name"
UNNAMED = "companions_unnamed"
OWN_WORDS: Mapping[About, str] = {about: f"own_words_{about}" for about in ("state", "device", "consent", "companions")}
"""Codes of what somebody's own words may be about."""
TOLD_NEED = "told_need"
"""Code of a row with a need in a column that asks for something else."""
_ONLINE_FORM_SERVICES = frozenset(
    {"google_forms_csv", "google_sheets_csv", "ms_forms_xlsx", "logo_form_like_csv", "e_application_like_csv"}
)


@dataclass(frozen=True, slots=True)
class CellMeaning:
    """What a cell means for its field (``word``, "" = nothing said), and the questions to the clerk about it."""

    word: str = ""
    questions: tuple[CellRemark, ...] = ()


_NO_MEANING = CellMeaning()


def shortened(text: str) -> str:
    """Return a text as it is quoted in a question: on one line, at most 30 characters."""
    shown = " ".join(text.split())
    return shown if len(shown) <= 30 else f"{shown[:29]}…"


WITHDRAWN = "取下げ"
_FIELD_ANSWERS: Mapping[str, tuple[About, str, str, str]] = {
    "status": ("state", "", WITHDRAWN, "参加か取下げか"),
    "device": ("device", "貸与", "持参", "貸与か持参か"),
    "photo": ("consent", "可", "不可", "可か不可か"),
    "publication": ("consent", "可", "不可", "可か不可か"),
}
"""By field what is asked, what a yes and a no mean, and what an unclear answer leaves open."""


def parse_field(field_key: str, text: str, heading: str = "") -> CellMeaning:
    """Return what the answer of a cell means for a field; anything else becomes a question.

    ``heading`` of the column helps to read it. A withdrawal is asked about, too.
    """
    about, yes, no, left_open = _FIELD_ANSWERS[field_key]
    answer = parse_answer(text, parse_heading(about, heading))
    if isinstance(answer, Unclear | Text) or _repeats(text, heading):
        reason = f"{_FIELD_LABELS[field_key]}の欄の「{shortened(text)}」は、{left_open}決められない"
        return CellMeaning(questions=((field_key, reason, UNCLEAR_ANSWER),))
    if isinstance(answer, No) and field_key == "status":
        return CellMeaning(no, ((field_key, f"「辞退」とあります{INCLUDE_ASKED}", CANCELLED_ROW),))
    return CellMeaning(yes if isinstance(answer, Yes) else no if isinstance(answer, No) else "")


def _repeats(text: str, heading: str) -> bool:
    """Return whether a cell only repeats its heading, which says nothing unless the heading is a whole answer."""
    folded = fold_heading(text)
    return bool(folded) and folded == fold_heading(heading) and not _WHOLE_ANSWER.search(folded)


_WHOLE_ANSWER = re.compile("ます$|する$|たい$|ない$|ません$|です$|不可$|欠席|辞退|取消|希望$")

READERS: Mapping[str, Callable[[str, str], CellMeaning]] = {
    key: lru_cache(4_000)(partial(parse_field, key)) for key in _FIELD_ANSWERS
}
"""What reads the answer of a field from a cell and its heading."""
_FIELD_LABELS = {"status": "状態", "device": "端末", "photo": "撮影", "publication": "掲載", "names": "同行者"}
_FIELD_OF: Mapping[About, str] = {
    "state": "status",
    "device": "device",
    "consent": "photo",
    "need": "care",
    "companions": "names",
}


def combined_answer(field_key: str, told: Sequence[tuple[str, str, CellMeaning]]) -> CellMeaning:
    """Return what several cells say about one field, from heading, text and meaning of each filled one.

    Equal answers are one; different ones are a question with the headings and words of all.
    """
    filled = [one for one in told if one[1].strip()]
    found = list(dict.fromkeys(meaning for _, _, meaning in filled))
    if len(found) < 2:
        return found[0] if found else CellMeaning()
    words = "、".join(f"「{heading}」は「{shortened(text)}」" for heading, text, _ in filled)
    return CellMeaning(
        questions=((field_key, f"{_FIELD_LABELS[field_key]}の答えが2とおりある。{words}", UNCLEAR_ANSWER),)
    )


_BETWEEN_TICKS = re.compile(r"[;；\n、,，]")


def ticked_answers(text: str) -> Iterable[tuple[str, str, CellMeaning]]:
    """Yield field, words and meaning of each choice in a cell of ticks for everything that a field knows."""
    for piece in _ticks(text):
        for key in [_FIELD_OF[about] for about in answered_by(piece)]:
            asked = (key, f"「{shortened(piece)}」とあり、だれが来るか書かれていない", UNNAMED)
            yield key, piece, READERS[key](piece, "") if key in READERS else CellMeaning(questions=(asked,))


def other_ticks(text: str) -> list[str]:
    """Return the choices in a cell of ticks for everything that no field knows; a plain nothing is none."""
    return [one for one in _ticks(text) if not answered_by(one) and not is_nothing(one)]


def _ticks(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, _BETWEEN_TICKS.split(text)))


def own_words_questions(abouts: Iterable[About]) -> tuple[CellRemark, ...]:
    """Return a question for each matter of which somebody speaks in his own words, which stand where they are read.

    Needs are 配慮 at once.
    """
    return tuple(
        ("note", f"本人のことばが、{_FIELD_LABELS[_FIELD_OF[about]]}のことかもしれない", OWN_WORDS[about])
        for about in abouts
        if about != "need"
    )


def unread_words(abouts: Collection[About], heading: str = "") -> str:
    """Return the question about a cell which speaks of ``abouts``; ``heading`` "" = of a column that is not read."""
    where = f"「{heading.strip()}」の列" if heading.strip() else "読み込まない列"
    if "need" in abouts:
        return f"{where}に、配慮らしい言葉がある。配慮が要るかを確かめる"
    matters = "・".join(_FIELD_LABELS[_FIELD_OF[about]] for about in abouts)
    return f"{where}に、{matters}のことらしい言葉がある。本人に確かめる"


def parse_need(text: str, heading: str = "") -> CellMeaning:
    """Return a 配慮 word for word; a yes gives the need named by the heading, a no or なし gives nothing.

    Any other yes or unclear answer is kept as written, with its heading and a question.
    """
    asked = parse_heading("need", heading)
    answer = parse_answer(text, asked)
    if isinstance(answer, Text) and is_plain_need(text) and not _repeats(text, heading):
        return CellMeaning(answer.words)
    if isinstance(answer, Yes) and asked.needs:
        return CellMeaning("・".join(asked.needs))
    if isinstance(answer, Nothing | No):
        return _NO_MEANING
    # An unclear need is kept together with its question, so that no need is lost.
    words = text.strip()
    about = "・".join(asked.needs) or " ".join(heading.split())
    kept = f"{about}：{words}" if about else words
    reason = (
        "配慮が要るとだけ書かれている。何が要るかを確かめる"
        if isinstance(answer, Yes)
        else "配慮の欄の言葉が、要るのか要らないのか決められない"
    )
    return CellMeaning(kept, (("care", reason, UNCLEAR_ANSWER),))


def parse_needs(cells: Iterable[tuple[str, str]]) -> CellMeaning:
    """Return the 配慮 of all its columns as one text, from pairs of text and heading.

    An unclear answer is kept with its heading and gives a question; a plain no gives nothing.
    """
    found = [parse_need(text, heading) for text, heading in cells]
    if len(found) == 1:
        return found[0]
    words = [one.word for one in found if one.word]
    joint = "\n" if any("\n" in word or len(word) > _MAX_NEED_LENGTH for word in words) else "、"
    return CellMeaning(
        joint.join(dict.fromkeys(words)), tuple(dict.fromkeys(one for each in found for one in each.questions))
    )


_MAX_NEED_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Companions:
    """The names of 同行者 and their number, the questions to the clerk about the cell, and what else it says."""

    names: tuple[str, ...] = ()
    questions: tuple[CellRemark, ...] = ()
    count: int = 0
    words: str = ""


NOBODY = Companions()
COUNTED_ALONE: CellRemark = ("names", "同行者の氏名がなく、人数だけが書かれている", UNNAMED)
"""The question about companions of whom only a number is told that nothing confirms."""


@lru_cache(maxsize=4_000)
def parse_companions(text: str, heading: str = "") -> Companions:
    """Return the people named in a cell of 同行者; one without a name becomes a question."""
    found = parse_names(text, heading)
    if not found.unclear:
        rest = text
        for name in found.names:
            rest = rest.replace(name, "", 1)
        return Companions(found.names, words=f"同行者「{shortened(text)}」" if _BESIDE_NAMES.search(rest) else "")
    told = _COUNTS.search(heading) or not is_digits(one_width(text))
    if (count := parse_people(text) or 0) and told and not _ASKS_NAMES.search(heading):
        return Companions(count=count)
    if mentions_need(text):
        bare = parse_names(_IN_BRACKETS.sub("", text), heading)
        asked = ("names", "同行者の欄に、氏名のほかの言葉がある", UNNAMED)
        return Companions(bare.names, (asked,) if bare.unclear or not bare.names else ())
    if all(_PEOPLE_COUNT.fullmatch(one_width(one)) for one in found.unclear):
        return Companions(found.names, (COUNTED_ALONE,))
    reason = f"同行者の欄の「{shortened('、'.join(found.unclear))}」は、だれの氏名か決められない"
    return Companions(found.names, (("names", reason, UNNAMED),))


_ASKS_NAMES = re.compile("氏名|名前")
_COUNTS = re.compile("人数|何[人名]")
_BESIDE_NAMES = re.compile("[ァ-ヺ]|(?![様殿氏先生及並印名])[一-龥々]")
"""What stands beside names in a cell and is more than a title."""
_IN_BRACKETS = re.compile(r"[（(［\[【][^）)］\]】]*[）)］\]】]")
_PEOPLE_COUNT = re.compile(
    r".*?(?:ほか|他|外|計|合計|あと)?\s*[0-9一二三四五六七八九十数]+\s*[名人]?(?:程度|くらい|ほど|様)?"
)


def parse_channel(text: str, service: str) -> str:
    """Return the 経路 that ``text`` of the list's own column names; "" if it names none or several.

    Without a text it is 電子 for the file of an online form (``service``), else "".
    """
    if text.strip():
        return parse_one_of(text, CHANNELS, CHANNEL_FILLERS)
    return "電子" if service in _ONLINE_FORM_SERVICES else ""


# names and what stands beside them


@dataclass(frozen=True, slots=True)
class SplitNames:
    """What was split off the names in one row of an application file.

    Attributes:
        notices: remarks by field.
        remark_words: words that are kept as a remark.
        cells_without_name: by field, texts in a name cell that hold no name.
    """

    notices: tuple[CellRemark, ...] = ()
    remark_words: tuple[str, ...] = ()
    cells_without_name: Mapping[str, str] = field(default_factory=dict)


NOTHING_SPLIT = SplitNames()
_NAME_FIELDS = ("name", "contact_name")
_READING_AND_ROLE_FIELDS = {"name": ("furigana", "role"), "contact_name": ("contact_furigana", "")}
_LABELS = {"name": "氏名", "contact_name": "連絡担当の氏名"}


def split_names(values: dict[str, str]) -> SplitNames:
    """Split what stands beside the names in ``values`` (changed in place); a reading or role fills its empty field.

    What finds no field, or differs from what is there, is returned in ``remark_words``. A text in the applicant's
    name that is no name of a person is removed and becomes a question.
    """
    notices = []
    kept: list[str] = []
    gone = {}
    for key in _NAME_FIELDS:
        text = values.get(key, "")
        if not text:
            continue
        found = split_name(text) if may_need_splitting(text) else NameParts(text)
        if found.removed:
            values[key] = found.name
            notices.append((key, _removed_words_remark(found.removed, _LABELS[key]), "name_parted"))
            kept += found.meaningful
            reading, role = _READING_AND_ROLE_FIELDS[key]
            if found.reading:
                known = values.get(reading, "").strip()
                values[reading] = known or found.reading
                kept += [found.reading] if known and fold_name(known) != fold_name(found.reading) else []
            if role and found.role:
                if not values.get(role, "").strip():
                    values[role] = found.role
                elif found.role not in values[role]:
                    kept.append(found.role)
        if not can_be_person(found.name) and (key == "name" or not is_same_or_none(text)):
            values[key] = "" if key == "name" else text
            gone[key] = text
    if not notices and not gone:
        return NOTHING_SPLIT
    return SplitNames(tuple(notices), tuple(kept), gone)


_SAME_AS_APPLICANT_WORDS = frozenset({"本人", "申込者", "申込者と同じ"})


def is_same_or_none(contact: str) -> bool:
    """Return whether a cell of a contact person says that it is the applicant (同上, 本人), or nobody."""
    return contact in _SAME_AS_APPLICANT_WORDS or is_ditto(contact) or is_nothing(contact)


_NAME_SEPARATORS = re.compile(r"[、，,;；／/＆&＋+\n]|(?<=\S)[ 　]*と[ 　]+(?=\S)")


def split_several_names(text: str) -> tuple[str, ...]:
    """Return the probable names if a name cell holds several people; empty if it looks like one."""
    parts = [part.strip() for part in _NAME_SEPARATORS.split(text)]
    if len(parts) == 1:
        found = parse_names(text)
        return found.names if len(found.names) > 1 and not found.unclear else ()
    return tuple(parts) if all(part and can_be_person(part) for part in parts) else ()


def _removed_words_remark(removed: Sequence[str], label: str) -> str:
    shown = "」「".join(" ".join(one.split()) for one in removed)
    return f"{label}に付いていた「{shown}」を{label}から分けた"


def no_name_remark(field_key: str, text: str) -> CellRemark:
    """Return the remark about the name cell ``field_key`` whose text is no name of a person."""
    return field_key, f"{_LABELS.get(field_key, '氏名')}の欄の「{shortened(text)}」は、氏名として読めない", NO_NAME
