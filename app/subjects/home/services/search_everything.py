"""The search over everything (Ctrl+K): people, 団体, 実施回, 書類・記録, and what one can do with the words typed.

- ``search_everything(store, text) -> SearchResult``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.asked import Asked
from app.calendar.dates import short_date
from app.papers.services.issued_copies import copy_words
from app.subjects.register.services.search import (
    OrganisationHit,
    PersonHit,
    find_organisations,
    find_people,
    readings_of,
    search_keys,
    spellings_beside,
)
from db.engine import Database
from db.name_key import name_key
from db.records.events import Event
from db.records.papers import Letter, Outgoing
from db.store import Store
from db.tables import organisations
from db.tables import search as table

PEOPLE, ORGANISATIONS, EVENTS, RECORDS = 5, 4, 4, 4
_ORGANISATION_WORDS = ("町会", "自治会", "親和会", "睦会", "町内会")
_NAMED: Final[Mapping[str, Callable[[int], Asked]]] = {
    "people": lambda row_id: Asked(what="人", person_id=row_id),
    "organisations": lambda row_id: Asked(what="団体", organisation_id=row_id),
}


@dataclass(frozen=True, kw_only=True)
class FoundItem:
    """One thing found or to do: ``asked`` is what Enter asks for (None = nowhere to go), ``copied`` what Ctrl+C takes.

    ``kind`` is the kind of an event, for its square. ``marked`` False = the words typed stand in it anyway.
    """

    icon: str
    title: str
    second: str = ""
    asked: Asked | None = None
    copied: str = ""
    kind: str = ""
    marked: bool = True


@dataclass(frozen=True, kw_only=True)
class FoundGroup:
    """Things of one sort; ``total`` may be more than are shown."""

    title: str
    items: tuple[FoundItem, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """All groups for one text; ``keys`` mark what was matched, ``also`` says what else was looked for."""

    text: str
    groups: tuple[FoundGroup, ...]
    keys: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def search_everything(store: Store, *, text: str) -> SearchResult:
    """Return what ``text`` finds in any spelling, people first, then papers, then what can be done."""
    keys = search_keys(text)
    if not keys:
        return SearchResult(text=text, groups=())
    hits = find_people(store, text=text, limit=50)
    people = [hit for hit in hits if not hit.by_reading]
    readings = readings_of(text, (hit.person for hit in people))
    places = find_organisations(store, text=text, limit=50)
    officers = [hit for hit in hits if hit.by_reading]
    total = organisations.count_people(store.database, keys)
    records = [
        *_found_papers(store.database, keys, RECORDS),
        *_found_corrections(store.database, keys, RECORDS),
    ][:RECORDS]
    groups = (
        _group("人", [_person(hit) for hit in people[:PEOPLE]], total),
        _group(
            "団体の役員・連絡先",
            [*(_organisation(hit) for hit in places), *(_officer(hit) for hit in officers)][:ORGANISATIONS],
            len(places) + len(officers),
        ),
        _group("実施回", list(_found_events(store.database, keys, EVENTS))),
        _group("書類・記録", records),
        _group("すること", _to_do(text.strip(), people)),
    )
    names = [*(hit.person.name for hit in hits), *(hit.organisation.name for hit in places)]
    return SearchResult(
        text=text,
        groups=tuple(group for group in groups if group.items),
        keys=(*keys, *readings),
        also=spellings_beside(text, names, readings)[:4],
    )


def _group(title: str, items: Sequence[FoundItem], total: int | None = None) -> FoundGroup:
    return FoundGroup(title=title, items=tuple(items), total=len(items) if total is None else total)


def _person(hit: PersonHit) -> FoundItem:
    return FoundItem(
        icon="user",
        title=hit.person.name,
        second="　".join(part for part in (hit.belonging, hit.last_event) if part) or hit.person.furigana,
        asked=Asked(what="人", person_id=hit.id),
        copied=hit.person.name,
    )


def _organisation(hit: OrganisationHit) -> FoundItem:
    one = hit.organisation
    return FoundItem(
        icon="users-three",
        title=one.name,
        second="　".join(part for part in (one.branch, one.furigana, f"登録 {hit.people}人") if part),
        asked=Asked(what="団体", organisation_id=one.id),
        copied=one.name,
    )


def _officer(hit: PersonHit) -> FoundItem:
    """Somebody registered in kana alone: it may be the person, so the 団体 is what is shown."""
    role = f"{hit.person.role}　" if hit.person.role else ""
    return FoundItem(
        icon="users-three",
        title=hit.organisation_name or "団体の登録なし",
        second=f"{role}{hit.person.name}　様　ふりがなだけの登録",
        asked=Asked(what="人", person_id=hit.id),
        copied=hit.person.name,
    )


def _to_do(text: str, people: Sequence[PersonHit]) -> list[FoundItem]:
    found = []
    if text.endswith(_ORGANISATION_WORDS):
        found.append(
            FoundItem(
                icon="users-three", title=f"「{text}」を新しい団体として加える", second="団体・参加者",
                asked=Asked(what="団体を加える", name=text), marked=False,
            )
        )  # fmt: skip
    elif not any(character.isdigit() for character in text):
        found.append(
            FoundItem(
                icon="user-plus", title=f"「{text}」を新しい人として加える", second="団体・参加者",
                asked=Asked(what="人を加える", name=text), marked=False,
            )
        )  # fmt: skip
    if people:
        found.append(
            FoundItem(
                icon="list", title=f"人の一覧を「{text}」で絞り込む", second="団体・参加者",
                asked=Asked(what="人の一覧", text=text), marked=False,
            )
        )  # fmt: skip
    return found


def _found_events(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
    """Yield the events whose title, venue, 団体, lecturer or date in words hold every key, by date."""
    count = 0
    for event in table.events(database):
        day = short_date(event.event_date) if event.event_date else "日程未定"
        if not _holds(keys, event.full_title, event.kind, event.venue, event.room, event.lecturer, day):
            continue
        yield FoundItem(
            icon="calendar-blank",
            kind=event.kind,
            title=event.full_title,
            second="　".join(part for part in (day, f"{event.venue} {event.room}".strip(), event.status) if part),
            asked=Asked(what="実施回", event_id=event.id),
            copied=event.full_title,
        )
        count += 1
        if count == limit:
            return


def _found_papers(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
    """Yield papers and lists that left, newest first, by kind, event, file name, 整理番号 and 文書番号."""
    known = {event.id: event for event in table.events(database)}
    numbers = {_about(row): row for row in table.letters(database)}
    count = 0
    for row in table.outgoing(database):
        event = known.get(row.event_id or 0)
        letter = numbers.get(_about(row))
        number = letter.document_number if letter else ""
        told = (row.document_kind, _title(event), row.file_name, row.reference, number, *row.detail.values())
        if row.way == "取消" or not _holds(keys, *told):
            continue
        way = f"{'印刷' if row.way == '印刷' else row.format.upper()}（{copy_words(row)}）"
        yield FoundItem(
            icon="file-text",
            title="　".join(part for part in (row.document_kind, number or row.file_name) if part),
            second="　".join(
                part
                for part in (f"{short_date(row.at.date())} {row.by}", _title(event), f"第{row.version}版 {way}")
                if part
            ),
            asked=_shelf_of(row, event),
            copied=row.document_kind,
        )
        count += 1
        if count == limit:
            return


def _about(row: Letter | Outgoing) -> tuple[int | None, int | None, int | None, str]:
    """What tells one paper from the others: what it is about, and its kind."""
    return row.event_id, row.programme_id, row.organisation_id, row.document_kind


def _shelf_of(row: Outgoing, event: Event | None) -> Asked | None:
    """The papers of the same event or 団体, and the copy that was kept; None for a list of neither without a copy."""
    copy = row.id if row.copy_file_id is not None else None
    if event is not None:
        return Asked(what="帳票", event_id=event.id, kind=row.document_kind, copy=copy)
    if row.organisation_id is not None:
        return Asked(what="帳票", organisation_id=row.organisation_id, kind=row.document_kind, copy=copy)
    return Asked(what="帳票", copy=copy) if copy is not None else None


def _found_corrections(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
    """Yield corrected names of people and 団体 (「前」→「後」に直す), newest first, out of the latest actions."""
    count = 0
    for entry in table.register_entries(database):
        for row in entry.changes:
            before, after = (row.before or {}).get("name", ""), (row.after or {}).get("name", "")
            if row.table not in _NAMED or not before or not after or before == after:
                continue
            if not _holds(keys, f"{before} {after}"):
                continue
            yield FoundItem(
                icon="clock-counter-clockwise",
                title=f"{short_date(entry.at.date())} {entry.at:%H:%M}　{entry.by}　「{before}」→「{after}」に直す",
                second="団体・参加者の履歴",
                asked=_NAMED[row.table](row.row_id),
                copied=str(after),
            )
            count += 1
            if count == limit:
                return


def _holds(keys: Sequence[str], *texts: str) -> bool:
    found = "|".join(name_key(text) for text in texts if text)
    return all(key in found for key in keys)


def _title(event: Event | None) -> str:
    return event.full_title if event else ""
