"""The guards of the seat, each switched off: then the rounds must fail, or they prove nothing.

A guard is switched off in each writer of a round, which is a process of its own.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from app.data_folder.services import data_folder, lock_transfer
from app.data_folder.services.data_folder import OpenedFolder
from db import folder_layout, lock_takeover, write_lock
from db.backups import copies
from db.store import Store


def _no_look_after_the_commit() -> None:
    write_lock.WriteLock.confirm = lambda _self: None


def _same_file() -> None:
    def same(folder: Path, *_: object, **__: object) -> Path:
        found = folder_layout.database_of(folder)
        assert found is not None
        return found

    lock_takeover.continue_in_new_file = same


def _copied_once() -> None:
    def once(source: Path, copy: Path) -> bool:
        for ending in ("", lock_takeover.JOURNAL_ENDING):
            part = source.with_name(source.name + ending)
            if part.is_file():
                shutil.copyfile(part, copy.with_name(copy.name + ending))
        return True

    lock_takeover._copy_unchanged = once


def _claim_of_anybody() -> None:
    def create(folder: Path, claim: write_lock.Claim) -> None:
        write_lock._path(folder, claim.seat, "claim").write_bytes(write_lock._claim_bytes(claim))

    write_lock._create_claim = create


def _no_wait() -> None:
    """The rounds themselves wait for no time at all (``settle`` 0)."""


def _no_question_by_name() -> None:
    write_lock._check_claim_list = lambda *_: None


def _no_order() -> None:
    lock_transfer._may_acquire = lambda *_: True


def _no_look_at_the_head() -> None:
    """Go on in whatever lies there, as if the giver's word about its end had been compared."""
    copies.head = lambda _database: _Equal()
    data_folder._check_database = lambda *_: (None, [])


class _Equal:
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[object]:
        return iter((1, "x"))


def _given_before_it_is_closed() -> None:
    """Tell the next one first and leave the data open; the claim is not looked at either, which alone would tell."""

    def hand_over_at_once(store: Store, turns: lock_transfer.LockSession, *, now: datetime) -> OpenedFolder:
        held = store.write_lock
        assert held is not None
        queue = turns.presence_file.presence.queue
        data_folder.publish(store, now=now)
        held.transfer(queue[0] if queue else "", seq=0, chain="", copy="", queue=queue[1:])
        return data_folder.open_copy(store.folder, store.keys, login_id=store.login_id)

    write_lock.WriteLock.confirm = lambda _self: None
    lock_transfer.transfer_lock = hand_over_at_once


OFF: Final[dict[str, Callable[[], None]]] = {
    "confirm": _no_look_after_the_commit,
    "new-name": _same_file,
    "settle": _no_wait,
    "sums": _copied_once,
    "exclusive": _claim_of_anybody,
    "by-name": _no_question_by_name,
    "order": _no_order,
    "head": _no_look_at_the_head,
    "closed-first": _given_before_it_is_closed,
}
