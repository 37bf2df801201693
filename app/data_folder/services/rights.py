"""The rights of a user according to the current keyring, checked before and after the lock is acquired."""

from __future__ import annotations

from pathlib import Path

from app.actions.user_error import UserError
from db import keyring
from db.engine import Database
from db.files import storage_errors
from db.keys import Keys
from db.tables import accounts


def known_keyring(folder: Path, keys: Keys) -> keyring.UnlockedKeyring:
    """Return the keyring, verified by the keys without a password.

    Raises:
        Damaged: no copy of it carries our seal. KeyChanged: the data key was changed since. NewerKey: a newer program
            wrote it.
    """
    both = keyring.read_both(folder, keys.keyring)
    sealed = keyring.sealed_copies(folder, keys.keyring)
    if not sealed:
        raise storage_errors.Damaged("keyring")
    good = sealed[-1]
    if good.key_number > keys.number:
        raise storage_errors.KeyChanged(f"key {good.key_number}")
    return keyring.UnlockedKeyring(keys.data, good, (), has_damaged_copy=any(ring != good for ring in both), found=both)


def restriction_of(folder: Path, keys: Keys, login_id: str, database: Database) -> storage_errors.Restriction:
    """Return why a user may not write here by the current keyring ("" = may, or has no key slot).

    A keyring without a valid seal, which anybody could have edited, says nothing: then what the data noted counts.
    Raises ``KeyChanged`` and ``NewerKey`` as ``known_keyring``.
    """
    try:
        slot = known_keyring(folder, keys).keyring.slot_of(login_id)
    except storage_errors.Damaged:
        return accounts.known_restriction(database, login_id) or ""
    return slot.restriction if slot is not None else ""


def check_role(folder: Path, keys: Keys, login_id: str, database: Database) -> None:
    """Raise ``RestrictedError`` for 閲覧 and 点検, by ``restriction_of``; a temporary password is no matter here."""
    bar = restriction_of(folder, keys, login_id, database)
    if bar not in ("", "given"):
        raise storage_errors.restriction_error(bar)


def check_may_write(folder: Path, keys: Keys, login_id: str) -> None:
    """Raise unless this user may take the lock; called before it is taken and again once it is held.

    Raises:
        RestrictedError: 閲覧, or a temporary password. WrongPassword: the user was deactivated.
    """
    try:
        slot = known_keyring(folder, keys).keyring.slot_of(login_id)
    except storage_errors.Damaged:  # a damaged file shuts nobody out: ``check_role`` asks the data
        return
    if slot is not None and slot.restriction:
        raise storage_errors.restriction_error(slot.restriction)
    if slot is None and login_id:  # "" = opened with the recovery key
        raise storage_errors.WrongPassword(
            "no slot",
            happened=f"利用者（ID {login_id}）の利用が、止められました。",
            lost="データは変わっていません。",
            todo="また使うときは、担当の人に「設定」の「利用者とこの版」で加え直してもらってください。",
        )


def check_rights(ring: keyring.Keyring, login_id: str | None, *, password_change_only: bool) -> None:
    """Raise unless this user may write, before anything in the folder is touched; the recovery key always may.

    Args:
        login_id: None = opened with the recovery key. password_change_only: to change a temporary password.
    Raises:
        RestrictedError: 閲覧, or a temporary password. UserError: the password is this person's own.
    """
    slot = ring.slot_of(login_id) if login_id is not None else None
    bar = slot.restriction if slot is not None else ""
    if password_change_only and bar != "given":
        raise UserError(
            "このパスワードは、ご自分で決めたものです。",
            "「設定」の「利用者とこの版」の「パスワードを変更する」で変えられます。",
        )
    if bar and not password_change_only:
        raise storage_errors.restriction_error(bar)
