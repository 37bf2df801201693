"""The first login with a password that somebody else set: nothing is opened before the person has one of their own."""

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
    """Change the password that was given to this person to one of their own; the folder is closed again afterwards.

    The seat is taken for this one change, by who only reads too: the key slot and the number of the keyring in the
    database are changed together, and only who holds the seat does that.

    Args:
        password: as it was given. take_over: after a person said that the silent PC is not in use. wait: seconds for
            another writer. settle: seconds that a taker waits before the data are copied.

    Raises:
        UserError: the new one is too short, the given one again, or the password is no given one.
        StorageProblem: as ``data_folder.open_data_folder``; while a colleague types, ``Locked``, and
            ``HolderSilent`` where their PC fell silent.
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
