"""The parts of a questionnaire on paper: its head, one question each, and the thanks at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class QuestionnaireHead:
    """Title, the event with its date, what it is for, who asks; ``url`` becomes a QR code with ``url_text`` below."""

    title: str
    event: str
    day: str
    lines: tuple[str, ...]
    asked_by: tuple[str, ...]
    url: str = ""
    url_text: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionOnPaper:
    """One question as printed. ``hint`` says how many to tick; ``options`` are number and text.

    ``written`` are the numbers of options with a line to write on (その他). ``room`` are the lines of a free text,
    ``unit`` stands behind a number to write.
    """

    code: str
    number: str
    title: str
    type: Literal["SA", "MA", "FA", "NUM"]
    hint: str = ""
    note: str = ""
    options: tuple[tuple[str, str], ...] = ()
    written: tuple[str, ...] = ()
    unit: str = ""
    room: int = 4


@dataclass(frozen=True, kw_only=True)
class QuestionnaireEnd:
    """The last words of the sheet."""

    text: str
