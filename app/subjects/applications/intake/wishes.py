"""Splits the cell of what somebody wishes for into known events and the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from app.foreign_files.sources import choice_separator
from app.subjects.surveys.answers.intake.choices import split_choices

_BY_HAND = (";", "\n", "、", "，", ",", "/", "／", "・")
_ANY = re.compile(r"[;；\n、，,/／]+")
_FIXED = frozenset(
    {"google_forms_csv", "google_sheets_csv", "logo_form_like_csv", "e_application_like_csv", "ms_forms_xlsx"}
)


class WishReader:
    """Splits the cells of one column of one file; what parts two wishes is the service's way, else what fits best."""

    def __init__(self, service: str, cells: Iterable[str], options: Sequence[str], *, columns: int = 1) -> None:
        """``columns`` = how many columns hold the wishes; with several, a line of the joined text is one cell."""
        self._by_lines = columns > 1
        self._options = tuple(options)
        self._separator = choice_separator(service, cells) if service in _FIXED else ""
        self._folded = {_fold(option): option for option in options}

    def split(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The known options in the cell's order and the texts that are none; without options all are taken as wishes."""
        text = cell.strip()
        if not text:
            return (), ()
        if not self._options:
            return tuple(dict.fromkeys(self._plain(text))), ()
        if text in self._options:
            return (text,), ()
        if self._by_lines and "\n" in text:
            lines = [self.split(line) for line in text.splitlines()]
            return tuple(dict.fromkeys(one for known, _ in lines for one in known)), tuple(
                one for _, rest in lines for one in rest
            )
        readings = [
            self._reading(text, separator) for separator in ([self._separator] if self._separator else _BY_HAND)
        ]
        return min(readings, key=lambda reading: (len("".join(reading[1])), len(reading[1])))

    def _plain(self, text: str) -> tuple[str, ...]:
        lines = text.splitlines() if self._by_lines else [text]
        pieces = [
            piece for line in lines for piece in (line.split(self._separator) if self._separator else _ANY.split(line))
        ]
        return tuple(piece.strip() for piece in pieces if piece.strip())

    def _reading(self, text: str, separator: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        split = split_choices(text, self._options, separator)
        chosen, rest = list(split.options), []
        for leftover in split.leftovers:
            for piece in leftover.split(separator):
                option = self._folded.get(_fold(piece))
                if option is None and piece.strip():
                    rest.append(piece.strip())
                elif option is not None and option not in chosen:
                    chosen.append(option)
        return tuple(chosen), tuple(rest)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
