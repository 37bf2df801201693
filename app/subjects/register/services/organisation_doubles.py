"""Likely doubles among 団体 and people, proposed for a person to look at; nothing is ever merged by itself.

- ``suggest_doubles(store, limit) -> tuple[Double, ...]``

People of one name in different 団体 are not proposed unless a telephone number is the same.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import Indel

from db.engine import Database
from db.name_key import name_key
from db.records.organisations import Organisation, Person
from db.store import Store
from db.tables import doubles as table
from db.tables import organisations

_NEAR: Final = 0.85
_NEAR_UNREAD: Final = 0.88
_NEAR_READ_ALIKE: Final = 0.5
_MOST_IN_ONE: Final = 300
# Names that differ in one of these are different by purpose: 一丁目 and 二丁目, 東 and 西, 1号棟 and 2号棟.
_TELLING: Final = frozenset("0123456789一二三四五六七八九十百東西南北上中下前後左右本新旧元大小甲乙丙")


@dataclass(frozen=True, kw_only=True)
class Double:
    """Two entries that may be one; ``first`` is the one registered earlier. Words are as registered."""

    what: Literal["団体", "人"]
    keep_id: int
    drop_id: int
    first: str
    second: str
    place: str
    reason: str

    @property
    def id(self) -> tuple[str, int, int]:
        """What the pair is known by."""
        return self.what, self.keep_id, self.drop_id


def suggest_doubles(store: Store, *, limit: int = 100) -> tuple[Double, ...]:
    """Return at most ``limit`` pairs, 団体 first, in the order of the register."""
    database = store.database
    found = itertools.chain(_organisations(organisations.everything(database)), _people(database))
    seen: dict[tuple[str, int, int], Double] = {}
    for one in found:
        seen.setdefault(one.id, one)
        if len(seen) >= limit:
            break
    return tuple(seen.values())


def _organisations(known: Sequence[Organisation]) -> Iterator[Double]:
    by_branch: dict[str, list[tuple[Organisation, str]]] = defaultdict(list)
    for one in known:
        by_branch[one.branch].append((one, name_key(one.name)))
    without = by_branch.get("", [])
    for branch, members in by_branch.items():
        pairs = itertools.chain(
            itertools.combinations(members, 2), itertools.product(members, without) if branch else ()
        )
        for (one, key), (other, other_key) in pairs:
            reason = _why_near(one, other, key, other_key)
            if reason:
                first, second = sorted((one, other), key=lambda each: each.id)
                yield Double(
                    what="団体", keep_id=first.id, drop_id=second.id, first=first.name, second=second.name,
                    place=first.branch or second.branch, reason=reason,
                )  # fmt: skip


def _why_near(one: Organisation, other: Organisation, key: str, other_key: str) -> str:
    where = "同じ支部で、" if one.branch == other.branch else "片方に支部の登録がなく、"
    if key == other_key:
        return f"{where}名称が同じ（表記の違いだけ）"
    if one.branch != other.branch:
        return ""
    if one.furigana and name_key(one.furigana) == name_key(other.furigana):
        return f"{where}ふりがなが同じ"
    return f"{where}名称が似ている" if _near(key, other_key, _NEAR) else ""


def _near(one: str, other: str, least: float) -> bool:
    """Whether two keys are nearly alike and do not differ in a character that tells places apart."""
    if Indel.normalized_similarity(one, other) < least:
        return False
    for operation in Indel.editops(one, other):
        changed = one[operation.src_pos] if operation.tag == "delete" else other[operation.dest_pos]
        if changed in _TELLING:
            return False
    return True


def _people(database: Database) -> Iterator[Double]:
    by_name = table.people_of_one_name(database)
    yield from _pairs(database, by_name, "同じ団体で、氏名が同じ（表記の違いだけ）")
    yield from _pairs(database, table.people_of_one_name_and_phone(database), "氏名と電話番号が同じ")
    yield from _near_people(database)


def _pairs(database: Database, groups: Iterable[Sequence[int]], reason: str) -> Iterator[Double]:
    for group in groups:
        people = organisations.with_organisations(database, organisations.map_people(database, sorted(group)))
        for (first, place), (second, other) in itertools.combinations(people, 2):
            words = dict.fromkeys(one.name for one in (place, other) if one is not None)
            yield Double(
                what="人", keep_id=first.id, drop_id=second.id, first=_words(first), second=_words(second),
                place="／".join(words), reason=reason,
            )  # fmt: skip


def _near_people(database: Database) -> Iterator[Double]:
    """Within one 団体: names nearly alike, or less alike but read the same (恵子 and 惠子 are one key already)."""
    for members in table.people_by_organisation(database, most=_MOST_IN_ONE):
        blocks: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for person_id, name, reading in members:
            blocks[name[:1]].append((person_id, name, reading))
        for block in blocks.values():
            for (one, name, reading), (other, other_name, other_reading) in itertools.combinations(block, 2):
                if name == other_name or (reading and other_reading and reading != other_reading):
                    continue
                if _near(name, other_name, _NEAR_READ_ALIKE if reading and other_reading else _NEAR_UNREAD):
                    yield from _pairs(database, [(one, other)], "同じ団体で、氏名が似ている")


def _words(person: Person) -> str:
    return f"{person.name}（{person.role}）" if person.role else person.name
