"""Received files, each stored once, encrypted, and returned exactly as they came.

A damaged or missing one is read from the backups, and repaired from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from db.files import file_copies, file_store, storage_errors
from db.journal import Change
from db.records.documents import StoredFile
from db.records.erasing import ErasedFile
from db.rows import row, rows
from db.store import Store
from db.tables import documents


class ErasedContent(storage_errors.Damaged):
    """Error for a stored file that was erased at the end of its retention, or is marked for it."""

    happened = "このファイルは、保つ期間が終わったため消しました。"
    lost = "消した日と数は、廃棄の記録にあります。"
    todo = "印を付けただけのときは、あすの最初の起動までは元に戻せます（「変更」から）。"


def keep_file(
    store: Store,
    change: Change,
    *,
    data: bytes,
    name: str,
    now: datetime,
    media_type: str = "",
    pages: int | None = None,
) -> StoredFile:
    """Store a file inside the caller's open change; the same content is stored once.

    If that content was erased or marked for it, the mark is taken away.

    Args:
        data: the bytes as received. name: its file name as received. pages: None when unknown.

    Returns:
        The record (of the earlier file when the content is known), whose ``id`` other records refer to.

    Raises:
        StorageProblem: no room or no right; nothing refers to a file that is not there.
    """
    keyed_hash = file_store.put(store.folder, store.keys, data)
    known = row(store.database, StoredFile, keyed_hash=keyed_hash)
    if known is not None:
        return _keep_again(store, change, known, name=name, now=now)
    record = StoredFile(
        keyed_hash=keyed_hash,
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        size=len(data),
        media_type=media_type,
        pages=pages,
        added_at=now,
    )
    return StoredFile(**{**vars(record), "id": change.insert(record)})


def _keep_again(store: Store, change: Change, known: StoredFile, *, name: str, now: datetime) -> StoredFile:
    """Return the record of known content; if it was erased or marked for it, take the mark away."""
    hidden = documents.hidden_files(store.database, [known.keyed_hash]).get(known.keyed_hash)
    if hidden is None:
        return known
    change.delete(ErasedFile, hidden.id)
    change.update(StoredFile, known.id, name=name, added_at=now)
    return replace(known, name=name, added_at=now)


def read_file(store: Store, file_id: int) -> bytes:
    """Return the content of a stored file.

    Raises:
        KeyError: no such record. Damaged: the file is missing or was altered, and the backups hold no intact copy.
        ErasedContent: it was erased at the end of its retention, or marked for that.
    """
    return read_files(store, [file_id])[file_id]


def read_files(store: Store, file_ids: Sequence[int]) -> dict[int, bytes]:
    """Return the contents of several stored files by id; raises as ``read_file`` does."""
    found = read_not_erased(store, file_ids)
    if len(found) < len(set(file_ids)):
        raise ErasedContent
    return found


def read_not_erased(store: Store, file_ids: Sequence[int]) -> dict[int, bytes]:
    """Return the contents of those stored files that were neither erased nor marked for it.

    Raises:
        KeyError, Damaged: as ``read_file``.
    """
    known = {record.id: record.keyed_hash for record in rows(store.database, StoredFile, id=file_ids)}
    hidden = documents.hidden_files(store.database, list(known.values()))
    return {one: _content(store, known[one]) for one in file_ids if known[one] not in hidden}


def _content(store: Store, name: str) -> bytes:
    """Return a stored file; a damaged one comes from the backups, and is repaired if the folder may be written."""
    try:
        return file_store.get(store.folder, store.keys, name)
    except storage_errors.Damaged:
        found = file_copies.from_backups(store.folder, store.keys, name)
        if found is None:
            raise
        if not store.read_only and file_copies.restore_from_backups(store.folder, store.keys, name):
            store.repaired_files.append(name)
        return found
