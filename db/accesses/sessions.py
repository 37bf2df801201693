"""Recording of a session's accesses from its log-in to its log-out; what was opened between is noted by the window."""

from __future__ import annotations

from datetime import datetime

from db.accesses.recorder import AccessRecorder
from db.files import storage_errors
from db.records.accounts import Access, AccessAct
from db.store import Store

CANNOT_WRITE = (
    "閲覧の記録を、データのフォルダーに書けません。データは変わっていません。"
    "このまま見られます。記録は、書けるようになりしだい書きます。"
    "続くときは、情報システムの担当者に伝えてください。"
)
_ROLES = {"": "担当", "reader": "閲覧", "checker": "点検", "given": "仮のパスワード"}


def begin_recording(store: Store, *, pc: str, now: datetime) -> None:
    """Begin to record the accesses of a session, with its log-in and role; it is written with the first batch."""
    store.accesses = AccessRecorder(store.folder, store.keys, login_id=store.login_id, pc=pc)
    role = _ROLES[store.restriction] if store.login_id else "回復キー"
    store.accesses.note(Access(at=now, act=AccessAct.LOGIN, what=role))


def write_accesses(store: Store) -> str:
    """Write the accesses that wait; return, once a session, the message that this is not possible (else "")."""
    try:
        if store.write_accesses():
            return ""
    except (storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
        pass
    if store.accesses is None or store.accesses.is_failure_told:
        return ""
    store.accesses.is_failure_told = True
    return CANNOT_WRITE


def end_recording(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Record the log-out and write everything that waits; return the message where it cannot be written."""
    if store.accesses is None:
        return ()
    store.accesses.note(Access(at=now, act=AccessAct.LOGOUT))
    said = write_accesses(store)
    store.accesses.close_file()
    return (said,) if said else ()
