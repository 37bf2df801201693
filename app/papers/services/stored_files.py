"""Received files: kept once, encrypted, and given back exactly as they came.

One that is damaged or gone is given back from the backups, and mended by that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from db.files import file_copies, file_store, storage_errors
from db.journal import Change
from db.records.papers import StoredFile
from db.rows import rows
from db.store import Store
from db.tables import papers


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
    """Keep a received file inside the caller's open change; the same content is kept once.

    Args:
        data: the bytes as received. name: its file name as received. pages: None when unknown.

    Returns:
        The record (of the earlier file when the content is known), whose ``id`` other records refer to.

    Raises:
        StorageProblem: no room or no right; nothing refers to a file that is not there.
    """
    keyed_hash = file_store.put(store.folder, store.keys, data)
    known = papers.stored_file_of(store.database, keyed_hash)
    if known is not None:
        return known
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


def read_file(store: Store, file_id: int) -> bytes:
    """Return the content of a kept file.

    Raises:
        KeyError: no such record. Damaged: the file is gone or was altered, and the backups hold no whole copy.
    """
    return read_stored(store, [file_id])[file_id]


def read_stored(store: Store, file_ids: Sequence[int]) -> dict[int, bytes]:
    """Return the contents of several kept files by their id; raises as ``read_file`` does."""
    known = {record.id: record for record in rows(store.database, StoredFile, id=file_ids)}
    return {one: _content(store, known[one].keyed_hash) for one in file_ids}


def _content(store: Store, name: str) -> bytes:
    try:
        return file_store.get(store.folder, store.keys, name)
    except storage_errors.Damaged:
        found = file_copies.from_backups(store.folder, store.keys, name)
        if found is None:
            raise
        if not store.read_only and file_copies.put_back(store.folder, store.keys, name):
            store.mended.append(name)
        return found
