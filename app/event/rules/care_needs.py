"""Arrangements for a 配慮: which kinds its text asks for, and whether all of an event are settled."""

from __future__ import annotations

from collections.abc import Iterable

from app.event.rules.participation import is_coming
from db.record import frozen, group_by_key
from db.records.roster import Arrangement, ArrangementKind, Entry

LATER = "過ぎてもご相談ください。病名などは要りません。"
MAY_BE_TOLD = "□ 配慮を、氏名を除いて委託事業者に伝えてよい"


KINDS: tuple[ArrangementKind, ...] = tuple(ArrangementKind)
_SIGNS: tuple[tuple[ArrangementKind, tuple[str, ...]], ...] = (
    (ArrangementKind.SIGN_LANGUAGE, ("手話",)),
    (ArrangementKind.WRITTEN_SUMMARY, ("筆記", "字幕", "文字通訳")),
    (ArrangementKind.LARGE_PRINT, ("拡大", "大きな字", "大きい字", "文字を大き", "弱視", "見えにく", "見えづら")),
    (
        ArrangementKind.SEAT,
        (
            ArrangementKind.SEAT,
            "車いす",
            "車椅子",
            "車イス",
            "前方",
            "前の方",
            "出入口",
            "段差",
            "聞こえにく",
            "難聴",
            "耳が",
        ),
    ),
)


@frozen
class CareCount:
    """How many people of an event need a 配慮, and for how many it is settled."""

    people: int = 0
    settled: int = 0


def proposed_kinds(care: str) -> tuple[ArrangementKind, ...]:
    """Return the arrangements that the text of a 配慮 suggests, at least その他; the clerk decides."""
    found = tuple(kind for kind, signs in _SIGNS if any(sign in care for sign in signs))
    return found or (ArrangementKind.OTHER,)


def needs_care(entry: Entry) -> bool:
    """Return whether an entry needs preparation: it is coming and has a 配慮."""
    return is_coming(entry) and bool(entry.care.strip())


def care_count(entries: Iterable[Entry], arrangements: Iterable[Arrangement]) -> CareCount:
    """Return how many coming people have a 配慮, and how many of them have arrangements and all of them settled."""
    made = group_by_key((row.entry_id, row) for row in arrangements if row.entry_id is not None)
    needing = [entry for entry in entries if needs_care(entry)]
    settled = [
        entry for entry in needing if entry.id in made and all(row.settled_on is not None for row in made[entry.id])
    ]
    return CareCount(people=len(needing), settled=len(settled))
