"""見本データで試す: the sample year in a folder of its own, created anew or opened again without questions."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from app.actions.user_error import UserError
from app.data_folder.services import backups
from app.data_folder.services.data_folder import (
    OpenedFolder,
    create_data_folder,
    holds_data,
    open_data_folder,
    open_published,
    this_pc,
)
from app.sample.services.sample_april import advance_to_april
from app.sample.services.sample_year import fill_sample_year
from db import folder_layout, write_lock
from db.files import storage_errors
from db.files.atomic_files import remove_folder
from db.store import Store

LOGIN_ID, DISPLAY_NAME = "mihon", "見本 花子"


def new_sample_password() -> str:
    """Return a random password for the sample, known to nobody and used for nothing else."""
    return secrets.token_urlsafe(18)


def make_sample(folder: Path, *, password: str, now: datetime, after_year_end: bool = False) -> Store:
    """Create the sample year in ``folder`` and open it, replacing an earlier sample there.

    ``after_year_end`` = as it stands on 5 April after it, with all events held; else on its usual day in December.

    Raises:
        UserError: the earlier one is open now, or the folder holds something else.
        StorageProblem: no room or no right.
    """
    if holds_data(folder):
        _remove_earlier(folder, this_pc())
    store, _ = create_sample_folder(
        folder, login_id=LOGIN_ID, display_name=DISPLAY_NAME, password=password, now=now, recovery=False
    )
    if after_year_end:
        advance_to_april(store, by=DISPLAY_NAME)
    backups.make_backup(store, now=now, reason="開いたとき")
    return store


def create_sample_folder(
    folder: Path,
    *,
    login_id: str,
    display_name: str,
    password: str,
    now: datetime,
    recovery: bool = True,
) -> tuple[Store, str]:
    """Create a data folder with the sample year; arguments, results and errors as ``create_data_folder``."""
    return create_data_folder(
        folder,
        login_id=login_id,
        display_name=display_name,
        password=password,
        now=now,
        fill=lambda store: fill_sample_year(store, by=store.display_name, now=now),
        recovery=recovery,
    )


def open_sample(folder: Path, *, password: str, now: datetime) -> OpenedFolder:
    """Open an existing sample; for reading while it is open in another window, to try the lock transfer.

    Raises:
        StorageProblem: as for any data folder.
    """
    try:
        return open_data_folder(
            folder, login_id=LOGIN_ID, password=password, now=now, take_over=True, wait=1.0, settle=0.0
        )
    except storage_errors.Locked as problem:
        try:
            return open_published(folder, login_id=LOGIN_ID, password=password)
        except storage_errors.StorageProblem:
            raise problem from None


def _remove_earlier(folder: Path, pc: str) -> None:
    """Remove an earlier sample, if nobody has it open and everything in the folder belongs to a sample."""
    try:
        write_lock.check_free(folder, pc=pc)
    except storage_errors.Locked as problem:
        raise UserError(
            "見本データは、いま別の画面で開かれています。",
            "その画面を閉じてから、もう一度お試しください。",
            "見本データはそのままです。",
        ) from problem
    remove_folder(folder)
    if folder_layout.database_of(folder) is not None:
        raise UserError(
            "前の見本データを片づけられませんでした。",
            "「前回の見本を開く」を選ぶか、ほかのアプリがファイルを開いていないかご確認ください。",
            "見本データはそのままです。",
        )
