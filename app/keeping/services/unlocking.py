"""The way back to a locked desk: the password of the person who opened it."""

from __future__ import annotations

from db import keyring, storage_errors
from db.store import Store


def check_own_password(store: Store, *, password: str) -> None:
    """Return when ``password`` is that of the user who opened the store.

    Raises:
        WrongPassword: it is not, or the user's key slot was taken away since.
    """
    copies = keyring.read_both(store.folder)
    sealed = [ring for ring in copies if ring is not None and keyring.is_sealed(ring, store.keys.keyring)]
    slot = max(sealed, key=lambda ring: ring.number).slot_of(store.login_id) if sealed else None
    if slot is None or keyring.open_slot(slot, password) != store.keys.data:
        raise storage_errors.WrongPassword(
            happened="パスワードが違います。",
            lost="作業中の内容はそのままです。",
            todo="入力をご確認のうえ、もう一度お試しください。",
        )
