"""Erases what kept letters say of erased people: content and pages of their own, their names in those of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from app.documents.blocks import DocumentContent
from app.documents.content_json import content_from_json, content_to_json
from app.documents.rules import with_changed_words
from app.documents.services import documents
from app.documents.services.kept_letters.kept_papers import COVERED
from app.documents.services.stored_files import keep_file, read_not_erased
from db.journal import Change
from db.record import record
from db.records.documents import KeptPaper, Letter, Outgoing, OutgoingPerson, StoredFile
from db.records.roster import Entry
from db.rows import rows
from db.store import Store

_SHORTEST = 2
"""Characters of the shortest name that is covered; a single one stands in other words too."""


@record
class KeptErasing:
    """What of the kept letters goes with an erasing.

    Attributes:
        gone: letters whose content goes, and with ``with_pages`` their pages. covered: letters that name others too,
            with the content from which the erased people are taken. files: keyed hashes of the files that go.
    """

    gone: tuple[KeptPaper, ...] = ()
    covered: tuple[tuple[KeptPaper, DocumentContent], ...] = ()
    files: tuple[str, ...] = ()
    with_pages: bool = True


def plan_kept_erasing(
    store: Store, entries: Collection[Entry], *, names: Iterable[str], by_request: bool, held: Collection[Entry] = ()
) -> KeptErasing:
    """Return what of the kept letters goes with an erasing of these entries.

    Args:
        names: names, addresses and needs of the erased people. by_request: they asked for it: letters of their own go
            with their pages, others are drawn anew without them. False: the day of the names has come: all contents
            go, the pages stay until the day of the copies. held: entries that must stay: letters that name
            them, or may, go with none of the others whose day has come.
    """
    if not entries and not by_request:
        return KeptErasing()
    ids, said = {one.id for one in entries}, [one for one in names if len(one) >= _SHORTEST]
    events = {one.event_id for one in entries}
    letters = {one.id for one in rows(store.database, Letter, event_id=list(events))}
    found = [one for one in rows(store.database, KeptPaper, erased_on=None) if one.content_file_id is not None]
    mine = [
        one for one in found if ids & set(one.entries) or (not one.entries and (by_request or one.letter_id in letters))
    ]
    if not by_request and held:
        kept, staying = {one.event_id for one in held}, {one.id for one in held}
        open_letters = {one.id for one in rows(store.database, Letter, event_id=list(kept))}
        mine = [
            one for one in mine if not staying & set(one.entries) and (one.entries or one.letter_id not in open_letters)
        ]
    # A file that the office made may be the letters of several: it goes as a whole.
    whole = {one.file_id for one in mine if one.source.is_taken_in} - {None}
    mine += [one for one in found if one.file_id in whole and one not in mine]
    shared = [
        one for one in mine if by_request and one.file_id not in whole and not (one.entries and set(one.entries) <= ids)
    ]
    contents = read_not_erased(store, [one.content_file_id for one in shared if one.content_file_id is not None])
    texts = [(one, contents.get(one.content_file_id or 0, b"").decode()) for one in shared]
    covered = [(one, content_from_json(text)) for one, text in texts if any(name in text for name in said)]
    gone = [one for one in mine if one not in shared]
    going = [*gone, *(one for one, _content in covered)]
    numbers = [one.content_file_id for one in going] + [one.file_id for one in going if by_request]
    stored = rows(store.database, StoredFile, id=[one for one in numbers if one is not None]) if going else []
    return KeptErasing(
        gone=tuple(gone),
        covered=tuple(covered),
        files=tuple(one.keyed_hash for one in stored),
        with_pages=by_request,
    )


def shared_files_words(store: Store, entries: Collection[Entry]) -> str:
    """Return a sentence on letters of these entries that lie in one file with those of others, "" without any.

    Such a file goes as a whole.
    """
    ids = {one.id for one in entries}
    taken_in = [one for one in rows(store.database, KeptPaper, erased_on=None) if one.source.is_taken_in]
    mine = {one.file_id for one in taken_in if one.file_id is not None and ids & set(one.entries)}
    counts = [count for count in (sum(one.file_id == file for one in taken_in) for file in mine) if count > 1]
    if not counts:
        return ""
    return f"ほかの宛先と1つのファイルになっている通知があります（{max(counts)}件分）。ファイルごと消えます"


def erase_kept(
    store: Store,
    change: Change,
    plan: KeptErasing,
    *,
    people: Collection[int],
    names: Iterable[str],
    now: datetime,
) -> None:
    """Carry out, inside the change of an erasing, what was planned for the kept letters.

    Args:
        people: the ids of the erased people. names: as for ``plan_kept_erasing``.
    """
    for one in plan.gone:
        pages = None if plan.with_pages else one.file_id
        erased_on = now.date() if pages is None else None
        change.update(KeptPaper, one.id, content_file_id=None, file_id=pages, erased_on=erased_on)
    said = sorted((one for one in names if len(one) >= _SHORTEST), key=len, reverse=True)
    for one, content in plan.covered:
        without = with_changed_words(content, lambda text: _covered(text, said))
        kept = _keep(store, change, content_to_json(without).encode(), one, "json", now).id
        if one.file_id is None:
            change.update(KeptPaper, one.id, content_file_id=kept)
            continue
        drawn = documents.render(replace(without, kept=None), format="pdf", with_gaps=True)
        file = _keep(store, change, drawn.data, one, "pdf", now)
        change.update(KeptPaper, one.id, content_file_id=kept, file_id=file.id, sha256=file.sha256, pages=drawn.pages)
    if plan.gone or plan.covered:
        left = {row.id for row in rows(store.database, Outgoing, copy_file_id=None) if row.kept_papers}
        for inside in rows(store.database, OutgoingPerson, person_id=list(people)):
            if plan.with_pages and inside.outgoing_id in left:
                change.delete(OutgoingPerson, inside.id)


def _keep(store: Store, change: Change, data: bytes, one: KeptPaper, form: str, now: datetime) -> StoredFile:
    return keep_file(store, change, data=data, name=f"{one.document_kind}.{form}", now=now)


def _covered(text: str, names: Iterable[str]) -> str:
    """Return a text with each name covered; what stands twice side by side is covered once."""
    for one in names:
        text = text.replace(one, COVERED)
    return text.replace(COVERED * 2, COVERED)
