"""Finds what somebody says about his needs in a column that asks for something else, or that no field took."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from app.events.applications.intake.application_fields import DROPPED, FIELDS
from app.foreign_files.cells.names_in_cells import can_be_person, parse_names, remark_at_name, split_name
from app.foreign_files.cells.spoken_answers import mentions_need
from app.foreign_files.foreign_shape import ForeignFile

_WHOLE = frozenset({"device", "photo", "publication", "status", "people"})
"""Columns whose cells are searched as a whole, as are those that no field took or that are only counted."""
_BESIDE = frozenset({"role", "name", "names", "phone"})
"""Columns whose cells are searched behind the answer: a role may itself sound like a need."""
_OTHER_THAN_NAMES: Mapping[str, Callable[[str], object]] = {
    "name": remark_at_name,
    "names": lambda text: parse_names(text).unclear,
}
"""What a cell of names holds besides: a name alone may sound like a need (みつえ)."""
_OWN_UP_TO = 2
"""An answer that more rows give alike is a choice of the form."""
_SIGN = re.compile(r"[（(［\[【〔※→、。\n]")
_ROLE = re.compile(r"(?:[員長者係役事部会]|担当)$")
_NAME_AND_REMARK = re.compile(
    r"(?P<name>[^（(［\[【〔※、。\n]+?)\s*(?:様|さん)?\s*[（(［\[【〔※](?P<said>[^（()）［\]【】〔〕※]+)[）)］\]】〕]?"
)


def needs_elsewhere(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, list[int]]:
    """Return by row number the columns in which a need is told, other than those of 配慮 and 本人のことば."""
    found: dict[int, list[int]] = {}
    for index in range(len(file.headings)):
        field = columns.get(index, "")
        if field == DROPPED or (field in FIELDS and field not in _WHOLE and field not in _BESIDE):
            continue
        often = file.texts_in(index)
        most = _OWN_UP_TO if field in _WHOLE else often.total()
        needs = {text for text, count in often.items() if count <= most and _tells_need(text, field)}
        for row in file.rows if needs else ():
            if not row.problem and row.cells[index] in needs:
                found.setdefault(row.row, []).append(index)
    return found


def without_need(text: str, field: str) -> str:
    """Return the answer alone of a cell with a need; "" where a role is nothing else, any other text stays whole."""
    plain = _SIGN.split(text.strip(), maxsplit=1)[0].strip()
    if mentions_need(plain) and not (field == "role" and _ROLE.search(plain)):
        plain = ""
    return plain if plain or field == "role" else text


def parted_name(text: str) -> re.Match[str] | None:
    """Return ``name`` and remark (``said``) of a cell 「見本 花子（車いす）」; None where they cannot be told apart."""
    found = _NAME_AND_REMARK.fullmatch(text)
    name = found["name"] if found else ""
    return found if can_be_person(name) and not (split_name(name).removed or remark_at_name(name)) else None


def _tells_need(text: str, field: str) -> bool:
    if text.isascii() or not mentions_need(text):
        return False
    if field not in _BESIDE:
        return True
    if field in _OTHER_THAN_NAMES:
        return bool(_OTHER_THAN_NAMES[field](text))
    sign = _SIGN.search(text)
    if field == "role" and not _ROLE.search(text[: sign.start()] if sign else text.strip()):
        return True
    return sign is not None and mentions_need(text[sign.start() :])
