"""Every screen, tab, page and way of the window of ten entries, with the word by which a clerk knows that he is there.

They stand in ``places_of_before.txt``: when the window gets other places, each line's way changes, its word does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parents[1] / "window" / "places_of_before.txt"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One line: what the place was called, the address it was reached by, what must be in sight there."""

    name: str
    address: str
    shows: str


def _lines(kind: str) -> Iterator[list[str]]:
    for line in _FILE.read_text(encoding="utf-8").split("\n\n"):
        for one in line.splitlines():
            parts = [part.strip() for part in one.split("|")]
            # A line alone between two empty ones says what the columns are.
            if parts[0] == kind and one != line:
                yield parts[1:]


PLACES = tuple(Place(name=name, address=address, shows=shows) for name, address, shows in _lines("場所"))
KEYS = dict(_lines("キー"))
"""「Ctrl+1」 → its address."""
SEARCHED = tuple((word, address) for word, address in _lines("さがす"))
"""What is typed into Ctrl+K, and the address of one of the found lines."""
WAYS_OF_BEFORE = dict(_lines("導き"))
"""A word of ``app.actions.action_id.ActionId`` → its address."""


def address_of(place: str, arguments: Mapping[str, object]) -> str:
    """「event 参加者」: the place and the fixed word handed to it, never an id."""
    word = next((str(arguments[key]) for key in ("tab", "page", "view", "ledger") if arguments.get(key)), "")
    return f"{place} {word}".strip()


def missing_of(in_sight: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what is wrong with the list: whose word is not in sight, and what no line names.

    ``in_sight`` are all words that can be read, by 「name | address」 of the place.
    """
    known = {f"{one.name} | {one.address}": one for one in PLACES}
    told = [f"no such place: {line}" for line in known if line not in in_sight]
    for line, texts in in_sight.items():
        if line not in known:
            told.append(f"not in the list: {line}")
        elif not any(known[line].shows in text.replace("\u200b", "") for text in texts):
            told.append(f"{line}: no 「{known[line].shows}」")
    return told
