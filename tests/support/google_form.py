"""What Google フォーム hands out for the questions that stand on a screen: a CSV as it is downloaded directly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_OPTION = re.compile(r"(?:^| |　)(\d+) ([^　／]+)")
_NO_OPTIONS = ("自由記述", "数値回答")


@dataclass(frozen=True)
class AskedQuestion:
    """One question as somebody copies it into an online form: its words, its kind and its choices."""

    title: str
    kind: str
    options: tuple[str, ...]


def read_questions(rows: Sequence[Sequence[str]]) -> tuple[AskedQuestion, ...]:
    """The questions of a list on the screen: each row holds number, words with choices, and kind."""
    found = []
    for _number, words, kind, *_more in rows:
        if kind in _NO_OPTIONS:
            found.append(AskedQuestion(words, kind, ()))
            continue
        title, _blank, listed = words.replace("\u00a0", " ").partition(" 1 ")
        options = tuple(text.strip() for _n, text in _OPTION.findall(f"1 {listed}"))
        found.append(AskedQuestion(title, kind, options))
    return tuple(found)


def write_form_csv(
    path: Path, questions: Sequence[AskedQuestion], answers: Sequence[tuple[datetime, Mapping[str, str]]]
) -> Path:
    """Write one row an answer: the moment it was sent, and by title what was answered (choices joined with 「;」)."""
    headings = ["タイムスタンプ", *(question.title for question in questions)]
    lines = [_line(headings)]
    for moment, answer in answers:
        unknown = set(answer) - {question.title for question in questions}
        assert not unknown, f"not asked: {unknown}"
        lines.append(_line([google_stamp(moment), *(answer.get(question.title, "") for question in questions)]))
    path.write_bytes("\n".join(lines).encode("utf-8"))
    return path


def google_stamp(moment: datetime) -> str:
    """``2026/09/30 3:32:08 午後 GMT+9`` for a moment in Japan without a zone."""
    half = "午後" if moment.hour >= 12 else "午前"
    return f"{moment:%Y/%m/%d} {moment.hour % 12 or 12}:{moment:%M:%S} {half} GMT+9"


def _line(cells: Sequence[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
