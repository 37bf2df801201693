"""What makes a printed questionnaire readable from a scan: where its marks stand, what its row of squares says, what lies where.

The squares say which survey, which questions in which setting, which form and which page, the same on every copy: nothing
in them can tell who answered.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

MARK: Final = 3.5
"""The side of a corner mark in millimetres."""
MARK_IN: Final = 9.0
"""How far the middle of a corner mark stands from both edges: its outer edge is inside of what an office printer prints."""
SQUARE: Final = 1.2
ROW_LEFT: Final = 16.0
ROW_MIDDLE: Final = 9.0
_SURVEY: Final = 16
_FORM: Final = 16
_LARGE: Final = 1
_PAGE: Final = 4
_CHECK: Final = 11
BITS: Final = _SURVEY + _FORM + _LARGE + _PAGE + _CHECK
SQUARES: Final = BITS + 2
"""The row begins and ends with a dark square."""
MOST_PAGES: Final = 2**_PAGE

AreaKind = Literal["question", "option", "box", "other", "room", "number"]


@dataclass(frozen=True, kw_only=True)
class Area:
    """One place of a printed page in millimetres from its top left corner.

    ``kind`` is a whole question, an option with its words, its box, the room beside その他, the room of a free text or of a
    number. ``code`` is the question's, ``number`` the option's as printed.
    """

    kind: AreaKind
    code: str
    number: str = ""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class PageCode:
    """What the squares of one page say; ``form`` is the checksum of the questions and of where they stand."""

    survey: int
    form: int
    large: bool
    page: int


@dataclass(frozen=True, kw_only=True)
class PageForm:
    """One printed page as a scan is held against it: its code and where everything lies."""

    code: PageCode
    areas: tuple[Area, ...]


def form_checksum(words: Sequence[str], pages: Sequence[Sequence[Area]]) -> int:
    """Return the checksum of what is asked (``words``) and of where it stands, to a tenth of a millimetre."""
    places = [
        f"{number}|{one.kind}|{one.code}|{one.number}|{one.x:.1f}|{one.y:.1f}|{one.width:.1f}|{one.height:.1f}"
        for number, page in enumerate(pages, start=1)
        for one in page
    ]
    digest = sha256("\n".join((*words, *places)).encode("utf-8")).digest()
    return int.from_bytes(digest[: _FORM // 8], "big")


def survey_sign(survey_id: int) -> int:
    """Return what stands in the squares for a survey."""
    return survey_id % 2**_SURVEY


def squares_of(code: PageCode) -> tuple[bool, ...]:
    """Return the row of squares from left to right, True for a dark one."""
    value = (((survey_sign(code.survey) << _FORM | code.form) << _LARGE | code.large) << _PAGE) | (code.page - 1)
    value = value << _CHECK | _check(value)
    return (True, *(bool(value >> place & 1) for place in reversed(range(BITS))), True)


def code_of(squares: Sequence[bool]) -> PageCode | None:
    """Return what a row of squares says, or None where it does not agree with itself."""
    if len(squares) != SQUARES or not (squares[0] and squares[-1]):
        return None
    value = 0
    for dark in squares[1:-1]:
        value = value << 1 | dark
    said, check = value >> _CHECK, value & (2**_CHECK - 1)
    if check != _check(said):
        return None
    return PageCode(
        survey=said >> (_FORM + _LARGE + _PAGE),
        form=said >> (_LARGE + _PAGE) & (2**_FORM - 1),
        large=bool(said >> _PAGE & 1),
        page=(said & (2**_PAGE - 1)) + 1,
    )


def mark_middles(width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Return the middles of the corner marks: top left, top right, bottom right, bottom left."""
    right, low = width - MARK_IN, height - MARK_IN
    return ((MARK_IN, MARK_IN), (right, MARK_IN), (right, low), (MARK_IN, low))


def _check(value: int) -> int:
    return binascii.crc_hqx(value.to_bytes(8, "big"), 0xFFFF) & (2**_CHECK - 1)
