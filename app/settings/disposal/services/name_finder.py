"""Finds names of erased people in texts, as a full name or by the surname alone.

A full name is found with any characters, spaces, signs between or 異体字 (``search_key``), in either order; a given
name alone, romaji and a part of a number are not looked for. A surname counts where a person is meant: before 「さん」
「会長」 and the like, before a particle, or as a phrase of its own; elsewhere it is part of another name, a place or a
word. Such a hit may mean another person and must be judged by somebody."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from db.name_key import name_key
from db.record import record
from db.records.disposals import NameCertainty
from db.row_history import RowHistory

_MIN_LENGTH = 3
"""Shorter keys are ordinary words too: they count only as a whole cell, or where a person is meant."""
_FIRST_KANJI = 2
"""Number of characters taken as the surname of a name typed without a space; most surnames have two."""
_TITLES = tuple(
    map(
        name_key,
        (
            *("さん", "様", "さま", "氏", "殿", "どの", "君", "くん", "ちゃん", "先生", "夫人", "夫妻", "ご夫妻"),
            *("ご夫婦", "一家", "家", "宅", "代表", "役員", "支部長", "事務局", "議員"),
            *("会長", "副会長", "会計", "書記", "監事", "理事", "部長", "班長", "組長", "委員", "顧問"),
        ),
    )
)
_PHRASES = re.compile(r"[、。，．,.・:：;；()（）「」『』\[\]【】<>〈〉/／\n\r\t|｜→…!！?？\"”“]+")
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]")
_LETTER = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々ー]")
_PARTICLES = tuple(map(name_key, "はがのをにともへやかでよ"))
_KANA_ALONE = re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
_SearchMode = Literal["whole", "surname", "name"]
_SPACES = re.compile(r"\s+")
_COUNTRY = re.compile(r"[+＋][8８][1１][\s\-‐‑−－ー()（）]*[0０]?[()（）]*")
"""The country before a telephone number (「+81-3-…」「+81 (0)3 …」), in place of its first 0."""
_BETWEEN = re.compile(r"[_＿/／|｜\u00ad\u034f\u061c\u180e\u202a-\u202e\u2061-\u2064\u2066-\u2069]+")
"""What stands between the parts of a name, or is not seen, besides what ``name_key`` leaves out."""


@record
class NameToFind:
    """One name or number of an erased person: its key, its spellings (none for a telephone) and its row histories.

    ``is_shared``: somebody who stays has the same name.
    """

    key: str
    spellings: frozenset[str]
    histories: frozenset[RowHistory]
    is_shared: bool


@record
class NameHit:
    """A hit in a text: whose names it contains, and how certain that is.

    ``sort``: "" = by the full name, ``shared`` = somebody who stays has that name too, ``surname`` = the surname alone.
    """

    sort: NameCertainty
    histories: frozenset[RowHistory]


class NameFinder:
    """Searches texts for a set of names; each text is scanned once."""

    def __init__(self, names: Iterable[NameToFind]):
        self._whole = {one.key: one for one in names}
        self.name_count = len(self._whole)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._surnames: dict[str, frozenset[RowHistory]] = {}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for key, one in tuple(self._whole.items()):
            if len(key) >= _MIN_LENGTH:
                self._by_start[key[:2]].append(key)
            elif one.spellings:
                self._add_surname(key, one.histories)
            for typed in one.spellings:
                self._add_surname(_surname(typed), one.histories)
                turned = key.removeprefix(_surname(typed)) + _surname(typed)  # 「沢子 鵺鷺」
                if len(turned) >= _MIN_LENGTH and turned not in self._whole:
                    self._whole[turned] = one
                    self._by_start[turned[:2]].append(turned)
        self._known: dict[tuple[str, _SearchMode], NameHit | None] = {}

    def find_whole_name(self, value: str) -> NameHit | None:
        """Return the people named in a text by their full name, None if nobody is."""
        return self._search_cached(value, "whole")

    def find_in_name(self, value: str) -> NameHit | None:
        """Return the people whose name a name is or contains, or None; 「乙川一」 is not part of 「乙川一郎」."""
        return self._search_cached(value, "name")

    def find_in_text(self, value: str) -> NameHit | None:
        """Return the people named in a text, by the full name or else by the surname; None = nobody."""
        return self._search_cached(value, "surname")

    def _add_surname(self, key: str, histories: frozenset[RowHistory]) -> None:
        if key:
            if key not in self._surnames:
                self._by_first[key[0]].append(key)
            self._surnames[key] = self._surnames.get(key, frozenset()) | histories

    def _search_cached(self, value: str, way: _SearchMode) -> NameHit | None:
        """Return what a value names, searched once for each value and mode; None where it names nobody."""
        at = value, way
        if at not in self._known:
            self._known[at] = self._search(value, way) if len(value) > 1 and self._whole else None
        return self._known[at]

    def _search(self, value: str, way: _SearchMode) -> NameHit | None:
        """Return whom a value names, or None: whole names first, surnames only in the mode ``surname``."""
        found: list[NameToFind] = []
        meant = set()
        for text in cell_texts(value):
            found += self._whole_names(search_key(text), apart=way == "name")
            if way == "surname" and not found:
                for phrase in _PHRASES.split(text):
                    meant |= self._people_by_surname(name_key(phrase))
        if found:
            sort: NameCertainty = NameCertainty.SHARED if all(one.is_shared for one in found) else NameCertainty.SURE
            return NameHit(sort=sort, histories=frozenset().union(*(one.histories for one in found)))
        return NameHit(sort=NameCertainty.SURNAME, histories=frozenset(meant)) if meant else None

    def _whole_names(self, folded: str, *, apart: bool) -> Iterator[NameToFind]:
        """Yield the known names that a folded text is or contains; ``apart`` = not as part of a longer word."""
        if folded in self._whole:
            yield self._whole[folded]
            return
        for at in range(len(folded) - 1):
            for key in self._by_start.get(folded[at : at + 2], ()):
                rest = folded[at + len(key) :]
                within = apart and (_LETTER.match(rest) or _LETTER.match(folded[at - 1 : at]))
                if folded.startswith(key, at) and not within:
                    yield self._whole[key]

    def _people_by_surname(self, phrase: str) -> set[RowHistory]:
        meant: set[RowHistory] = set()
        for at, sign in enumerate(phrase):
            for key in self._by_first.get(sign, ()):
                if phrase.startswith(key, at) and _is_person(key, phrase[:at], phrase[at + len(key) :]):
                    meant |= self._surnames[key]
        return meant


def search_key(text: str) -> str:
    """Return the key under which a name or number is found in a text: ``name_key`` without signs between its parts.

    A telephone number with the country before it is the one with 0.
    """
    return name_key(_BETWEEN.sub("", _COUNTRY.sub("0", text)))


def cell_texts(value: str) -> Iterator[str]:
    """Yield the texts of a cell: the value itself, or each text in a list or mapping."""
    if value[:1] in ("[", "{"):
        try:
            yield from _texts(json.loads(value))
            return
        except ValueError:
            pass
    yield value


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield from cell_texts(plain)
    elif isinstance(plain, dict):
        for name, one in plain.items():
            yield name
            yield from _texts(one)
    elif isinstance(plain, list):
        for one in plain:
            yield from _texts(one)


def _surname(typed: str) -> str:
    """Return the key of the first part of a name; without a space, of its first two kanji, "" if it has none."""
    halves = _SPACES.split(typed.strip())
    if len(halves) > 1:
        return name_key(halves[0])
    first = typed.strip()[:_FIRST_KANJI]
    return name_key(first) if len(typed.strip()) > _FIRST_KANJI and len(_KANJI.findall(first)) == len(first) else ""


def _is_person(key: str, before: str, rest: str) -> bool:
    """Return whether a surname means a person at this position: a title follows, a particle, or it stands alone.

    One character or kana, and one behind another kanji, need the title.
    """
    if rest.startswith(_TITLES):
        return True
    if len(key) == 1 or _KANA_ALONE.fullmatch(key) or _KANJI.match(before[-1:]):
        return False
    return rest.startswith(_PARTICLES) or not (before or rest)
