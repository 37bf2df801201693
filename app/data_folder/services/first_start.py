"""The first start as one action: a new data folder with its year, its numbers, office and contractor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import backups
from app.data_folder.services.data_folder import close_data_folder, create_data_folder, publish
from app.programme.intake import preset
from app.programme.services import read_programme, start_programme
from db.files.atomic_files import remove_folder
from db.records.programme import Contractor, EventKind, Office, Programme
from db.store import Store


def begin_new_data(
    folder: Path,
    *,
    programme: Programme,
    numbers: Iterable[EventKind],
    office: Office,
    contractor: Contractor,
    login_id: str,
    display_name: str,
    password: str,
    now: datetime,
) -> tuple[Store, str]:
    """Create the folder with everything that was typed, with a first backup and a published copy.

    Returns the opened store and the recovery key to print.

    Raises:
        UserError: the folder is not empty, or ID, password or a period is invalid; nothing is left behind.
        StorageProblem: no room or no right; nothing is left behind.
    """
    store, recovery_key = create_data_folder(
        folder, login_id=login_id, display_name=display_name, password=password, now=now
    )
    try:
        start_programme(
            ActionContext(store, store.display_name, now),
            programme=programme,
            numbers=numbers,
            office=office,
            contractor=contractor,
        )
        _add_undo_barrier(store, now)
        # From the first minute on there is a backup, and a copy that colleagues can read.
        backups.make_backup(store, now=now, reason="開いたとき")
        publish(store, now=now)
    except BaseException:
        close_data_folder(store, now=now)
        remove_folder(folder)
        raise
    return store, recovery_key


def ensure_year(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Start 令和8年度 in a folder whose first start was interrupted; return messages, () where a year was started.

    Raises:
        UserError: no year was started, and the folder is open for reading only.
    """
    try:
        read_programme(store)
    except UserError:
        if store.read_only:
            raise
    else:
        return ()
    known = preset()
    start_programme(
        ActionContext(store, store.display_name, now),
        programme=known.programme,
        numbers=known.kinds,
        office=known.office,
    )
    _add_undo_barrier(store, now)
    return ("前回のはじめの準備が途中で終わっていたため、令和8年度の初期値で始めました。「設定」でご確認ください。",)


def _add_undo_barrier(store: Store, now: datetime) -> None:
    """Add a barrier so that undo never removes the year itself."""
    with store.change(action="はじめの準備を終えた", by=store.display_name, now=now, subject="programme", barrier=True):
        pass
