"""Events, papers that left, and corrected names among what the search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from app.asked import Asked
from app.calendar.dates import short_date
from app.papers.services.issued_copies import copy_words
from app.subjects.home.services.search_items import FoundItem
from db.engine import Database
from db.name_key import name_key
from db.records.events import Event
from db.records.papers import Letter, Outgoing
from db.tables import search as table

_NAMED: Final[Mapping[str, Callable[[int], Asked]]] = {
    "people": lambda row_id: Asked(what="人", person_id=row_id),
    "organisations": lambda row_id: Asked(what="団体", organisation_id=row_id),
}


def found_events(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
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


def found_papers(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
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


def found_corrections(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
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
