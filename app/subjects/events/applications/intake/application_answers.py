"""What the cells of an application answer, as ours: 撮影, 端末, 状態, 配慮, 同行者, and names without what is beside.

The words are read by ``answer_reading`` and ``names_in_cells``; here stands what an answer means for the field, and
with which sentence a person is asked about one that nobody can read. Nothing that is unsure becomes 可, 貸与, a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from app.foreign_files.cells.answer_reading import (
    No,
    Nothing,
    Text,
    Unsure,
    Yes,
    asked_by,
    read_cell,
    read_one_of,
)
from app.foreign_files.cells.answer_words import WAYS, WAYS_BESIDE
from app.foreign_files.cells.names_in_cells import (
    PartedName,
    can_be_person,
    has_something_beside,
    part_name,
    people_in,
)
from app.subjects.organisations.register.intake.person_values import folded_name

Said = tuple[str, str, str]
"""Field concerned, reason, code."""

UNSURE: Final = "unsure_answer"
"""The code of an answer that a person has to read."""
CANCELLED_ROW: Final = "cancelled"
NO_NAME: Final = "not_a_name"
UNNAMED: Final = "companions_unnamed"
_FORM_SERVICES = frozenset(
    {"google_forms_csv", "google_sheets_csv", "ms_forms_xlsx", "logo_form_like_csv", "e_application_like_csv"}
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a cell means for its field (``word``, "" = nothing said), and what a person is asked about it."""

    word: str = ""
    asked: tuple[Said, ...] = ()


_SILENT: Final = Meant()


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 30 else f"{shown[:29]}…"


def photo_of(text: str, heading: str = "") -> Meant:
    """可 or 不可, or nothing; what is neither is asked about."""
    answer = read_cell(text, asked_by("consent", heading))
    if isinstance(answer, Unsure | Text):
        return Meant(asked=(("photo", f"撮影の欄の「{_short(text)}」は、可か不可か決められない", UNSURE),))
    return Meant("可") if isinstance(answer, Yes) else Meant("不可") if isinstance(answer, No) else _SILENT


def device_of(text: str, heading: str = "") -> Meant:
    """持参 or 貸与 (who has none, or asks for one, borrows), or nothing; what is neither is asked about."""
    answer = read_cell(text, asked_by("device", heading))
    if isinstance(answer, Unsure | Text):
        return Meant(asked=(("device", f"端末の欄の「{_short(text)}」は、貸与か持参か決められない", UNSURE),))
    return Meant("貸与") if isinstance(answer, Yes) else Meant("持参") if isinstance(answer, No) else _SILENT


WITHDRAWN: Final = "取下げ"
_TAKEN_BACK: Final = "「辞退」とあります。参加者に含めますか"


def state_of(text: str, heading: str = "") -> Meant:
    """取下げ where a state says that somebody does not take part; one that nobody knows is asked about."""
    answer = read_cell(text, asked_by("state", heading))
    if isinstance(answer, No):
        return Meant(WITHDRAWN, (("status", _TAKEN_BACK, CANCELLED_ROW),))
    if isinstance(answer, Unsure | Text):
        return Meant(asked=(("status", f"状態の「{_short(text)}」が、参加か取下げか決められない", UNSURE),))
    return _SILENT


def need_of(text: str, heading: str = "") -> Meant:
    """What somebody needs, word for word; a yes stores the need that the heading names, a known no nothing at all."""
    asked = asked_by("need", heading)
    answer = read_cell(text, asked)
    if isinstance(answer, Text):
        return Meant(answer.words)
    if isinstance(answer, Yes) and asked.needs:
        return Meant("・".join(asked.needs))
    if isinstance(answer, Nothing | No):
        return _SILENT
    # What is asked about is kept all the same, with what was asked: no need is ever lost.
    words = text.strip()
    about = "・".join(asked.needs) or " ".join(heading.split())
    kept = f"{about}：{words}" if about else words
    reason = (
        "配慮が要るとだけ書かれている。何が要るかを確かめる"
        if isinstance(answer, Yes)
        else "配慮の欄の言葉が、要るのか要らないのか決められない"
    )
    return Meant(kept, (("care", reason, UNSURE),))


def needs_of(cells: Iterable[tuple[str, str]]) -> Meant:
    """What somebody needs by all columns of needs: pairs of a text and its heading."""
    found = [need_of(text, heading) for text, heading in cells]
    if len(found) == 1:
        return found[0]
    words = [one.word for one in found if one.word]
    joint = "\n" if any("\n" in word or len(word) > _LONGEST_NEED for word in words) else "、"
    return Meant(joint.join(dict.fromkeys(words)), tuple(dict.fromkeys(one for each in found for one in each.asked)))


_LONGEST_NEED: Final = 20


@dataclass(frozen=True, slots=True)
class Companions:
    """The names of those who come along, and what a person is asked about the cell."""

    names: tuple[str, ...] = ()
    asked: tuple[Said, ...] = ()


NOBODY: Final = Companions()


@lru_cache(maxsize=4_000)
def companions_in(text: str, heading: str = "") -> Companions:
    """The people named in a cell of 同行者, one each; whoever has no name there is asked about."""
    found = people_in(text, heading)
    if not found.open:
        return Companions(found.names)
    only_counted = all(_COUNT.fullmatch(unicodedata.normalize("NFKC", one)) for one in found.open)
    reason = (
        "同行者の氏名がなく、人数だけが書かれている"
        if only_counted
        else f"同行者の欄の「{_short('、'.join(found.open))}」は、だれの氏名か決められない"
    )
    return Companions(found.names, (("names", reason, UNNAMED),))


_COUNT: Final = re.compile(
    r".*?(?:ほか|他|外|計|合計|あと)?\s*[0-9一二三四五六七八九十数]+\s*[名人]?(?:程度|くらい|ほど|様)?"
)


def way_of(text: str, service: str) -> str:
    """How an application came: by the list's own column, where it names one way and nothing else, else 電子 for a
    form."""
    if text.strip():
        return read_one_of(text, WAYS, WAYS_BESIDE)
    return "電子" if service in _FORM_SERVICES else ""


# names with what stood beside them


@dataclass(frozen=True, slots=True)
class NamesParted:
    """What was parted from the names of one row: sentences of notices by field, and words that stay as a remark;
    ``no_names`` are cells in the place of a name that hold none, by field."""

    notices: tuple[Said, ...] = ()
    kept: tuple[str, ...] = ()
    no_names: Mapping[str, str] = field(default_factory=dict)


NOTHING_PARTED: Final = NamesParted()
_NAMES: Final = ("name", "contact_name")
_BESIDE: Final = {"name": ("furigana", "role"), "contact_name": ("contact_furigana", "")}
_LABELS: Final = {"name": "氏名", "contact_name": "連絡担当の氏名"}


def part_names(values: dict[str, str]) -> NamesParted:
    """Part what stands beside the names in ``values`` (changed in place); a reading or a role goes where none stands.

    A text in the place of the applicant's name that no person may be made of is taken out and asked about.
    """
    notices: list[Said] = []
    kept: list[str] = []
    gone: dict[str, str] = {}
    for key in _NAMES:
        text = values.get(key, "")
        if not text:
            continue
        found = part_name(text) if has_something_beside(text) else PartedName(text)
        if found.parted:
            values[key] = found.name
            notices.append((key, _parted_words(found.parted, _LABELS[key]), "name_parted"))
            kept += found.kept
            reading, role = _BESIDE[key]
            if found.reading:
                known = values.get(reading, "").strip()
                values[reading] = known or found.reading
                kept += [found.reading] if known and folded_name(known) != folded_name(found.reading) else []
            if role and found.role:
                if not values.get(role, "").strip():
                    values[role] = found.role
                elif found.role not in values[role]:
                    kept.append(found.role)
        if key == "name" and not can_be_person(found.name):
            values[key] = ""
            gone[key] = text
    if not notices and not gone:
        return NOTHING_PARTED
    return NamesParted(tuple(notices), tuple(kept), gone)


_BETWEEN_NAMES: Final = re.compile(r"[、，,;；／/＆&＋+\n]|(?<=\S)[ 　]*と[ 　]+(?=\S)")


def names_apart(text: str) -> tuple[str, ...]:
    """The names of several people in the place of one, as they are probably parted; none where it looks like one."""
    parts = [part.strip() for part in _BETWEEN_NAMES.split(text)]
    if len(parts) == 1:
        found = people_in(text)
        return found.names if len(found.names) > 1 and not found.open else ()
    return tuple(parts) if all(part and can_be_person(part) for part in parts) else ()


def _parted_words(parted: Sequence[str], label: str) -> str:
    shown = "」「".join(" ".join(one.split()) for one in parted)
    return f"{label}に付いていた「{shown}」を{label}から分けた"


def no_name_said(field_of: str, text: str) -> Said:
    """The sentence with which a person is asked about a cell in the place of a name."""
    return field_of, f"{_LABELS.get(field_of, '氏名')}の欄の「{_short(text)}」は、氏名として読めない", NO_NAME
