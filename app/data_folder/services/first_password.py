"""The first login with a temporary password: nothing is opened before the user has chosen an own one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.common.password_rules import PasswordOwner
from app.data_folder.services import accounts, data_folder
from db import write_lock


def set_first_password(
    folder: Path,
    *,
    login_id: str,
    password: str,
    new_password: str,
    now: datetime,
    pc: str = "",
    take_over: bool = False,
    wait: float,
    settle: float = write_lock.SETTLE_SECONDS,
) -> None:
    """Change a temporary password to one of the user's own; the folder is closed again afterwards.

    The write lock is taken for this one change, by 閲覧 users too: the key slot and the number of the keyring in the
    database are changed together, which needs the lock.

    Args:
        password: the temporary one. take_over: a person confirmed that the silent PC is not in use. wait: seconds for
            another writer. settle: seconds to wait before the data are copied in a takeover.
    Raises:
        UserError: the new one is refused or unchanged, or the password is not a temporary one.
        StorageProblem: as ``data_folder.open_data_folder``; while a colleague writes, ``Locked``, and ``HolderSilent``
            if their PC is silent.
    """
    accounts.check_password(new_password, owner=PasswordOwner(login_id=login_id))
    opened = data_folder.open_for_password_change(
        folder, login_id=login_id, password=password, now=now, pc=pc, take_over=take_over, wait=wait, settle=settle
    )
    try:
        act = ActionContext(opened.store, opened.store.display_name, now)
        accounts.change_password(act, login_id=login_id, old_password=password, new_password=new_password)
    finally:
        data_folder.close_data_folder(opened.store, now=now)
