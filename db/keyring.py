"""The keyring: the folder's one data key, wrapped once for each user and once for the printed recovery key."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from db import storage_errors
from db.keys import KEY_BYTES, derive_keys
from db.whole_files import write_whole

FILE_NAME: Final = "keyring.json"
COPY_NAME: Final = "keyring-copy.json"
LEAST_ITERATIONS: Final = 600_000
RECOVERY: Final = "recovery"
# 32 signs that cannot be taken for one another on paper (no 0, O, 1, I): five bits each.
RECOVERY_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
RECOVERY_LENGTH: Final = 40
_FORMAT: Final = 1
_MOST_ITERATIONS: Final = 20_000_000


@dataclass(frozen=True)
class Slot:
    """The data key wrapped for one user (``owner`` = login ID) or for the recovery key (``owner`` empty).

    Binary values are hex. ``iterations`` belongs to the slot, so that a later, higher setting leaves old slots readable.
    """

    id: str
    kind: Literal["user", "recovery"]
    owner: str
    iterations: int
    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True)
class Keyring:
    """Every slot of one folder. ``number`` counts the changes, so that an older keyring put back shows."""

    number: int
    slots: tuple[Slot, ...]
    seal: str = ""

    def slot_of(self, owner: str) -> Slot | None:
        """Return the slot of a login ID, or None."""
        return next((slot for slot in self.slots if slot.kind == "user" and slot.owner == owner), None)

    @property
    def recovery(self) -> Slot | None:
        """The slot of the printed recovery key, or None when none was issued."""
        return next((slot for slot in self.slots if slot.kind == RECOVERY), None)


@dataclass(frozen=True, repr=False)
class Unlocked:
    """A keyring that opened: the data key, the keyring, and what was mended on the way (sentences)."""

    data_key: bytes
    keyring: Keyring
    notes: tuple[str, ...] = ()


def new_data_key() -> bytes:
    """Return a fresh random data key."""
    return secrets.token_bytes(KEY_BYTES)


def new_recovery_key() -> str:
    """Return a fresh recovery key of 200 bits as eight groups of five signs."""
    signs = "".join(secrets.choice(RECOVERY_SIGNS) for _ in range(RECOVERY_LENGTH))
    return "-".join(signs[start : start + 5] for start in range(0, RECOVERY_LENGTH, 5))


def read_recovery_key(typed: str) -> str:
    """Bring a typed recovery key to the form that was wrapped: small letters, full width, gaps and dashes do no harm."""
    wide = {ord("！") + step: ord("!") + step for step in range(94)}
    return "".join(sign for sign in typed.translate(wide).upper() if sign in RECOVERY_SIGNS)


def wrap(
    data_key: bytes, secret: str, *, kind: Literal["user", "recovery"], owner: str, iterations: int = LEAST_ITERATIONS
) -> Slot:
    """Wrap the data key under ``secret`` (a password, or a recovery key as read back)."""
    slot = Slot(secrets.token_hex(8), kind, owner, iterations, secrets.token_hex(16), secrets.token_hex(12), "")
    cipher = AESGCM(_stretch(secret, slot))
    return replace(slot, wrapped=cipher.encrypt(bytes.fromhex(slot.nonce), data_key, _bound(slot)).hex())


def open_slot(slot: Slot, secret: str) -> bytes | None:
    """Return the data key, or None when ``secret`` does not fit or the slot was altered."""
    if slot.iterations > _MOST_ITERATIONS:  # an altered slot must not keep the window waiting for hours
        return None
    try:
        return AESGCM(_stretch(secret, slot)).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _bound(slot)
        )
    except (InvalidTag, ValueError, OverflowError):
        return None


def with_slot(keyring: Keyring, slot: Slot) -> Keyring:
    """Return the keyring with ``slot`` in the place of an earlier one of the same owner."""
    others = tuple(old for old in keyring.slots if (old.kind, old.owner) != (slot.kind, slot.owner))
    return Keyring(number=keyring.number + 1, slots=(*others, slot))


def without_user(keyring: Keyring, owner: str) -> Keyring:
    """Return the keyring without the slot of a login ID."""
    left = tuple(slot for slot in keyring.slots if slot.kind != "user" or slot.owner != owner)
    return Keyring(number=keyring.number + 1, slots=left)


def write(folder: Path, keyring: Keyring, seal_key: bytes) -> Keyring:
    """Seal the keyring and write both copies, each whole; return it sealed."""
    sealed = replace(keyring, seal=_seal(keyring, seal_key))
    for name in (FILE_NAME, COPY_NAME):
        write_whole(folder / name, to_bytes(sealed))
    return sealed


def unlock(folder: Path, secret: str, *, owner: str | None, mend: bool = True) -> Unlocked:
    """Open the keyring of ``folder`` with a password (``owner`` = login ID) or a recovery key (``owner`` None).

    When one copy is damaged the other serves, and with ``mend`` the damaged one is written anew.

    Raises:
        MissingData: there is no keyring here. Damaged: neither copy can be read.
        WrongPassword: no copy opens with this ID and password.
    """
    found = [read_file(folder / name) for name in (FILE_NAME, COPY_NAME)]
    if not any((folder / name).exists() for name in (FILE_NAME, COPY_NAME)):
        raise storage_errors.MissingData(FILE_NAME)
    readable = [keyring for keyring in found if keyring is not None]
    if not readable:
        raise storage_errors.Damaged(
            "keyring",
            happened="データを開くための鍵ファイルが、控えも含めて壊れています。",
            todo="バックアップから新しいフォルダーへ復元してください（バックアップの中にも鍵ファイルがあります）。",
        )
    data_key, keyring = open_copies(readable, secret, owner=owner)
    notes = _mend(folder, found, keyring, derive_keys(data_key).keyring) if mend else ()
    return Unlocked(data_key, keyring, notes)


def open_copies(keyrings: list[Keyring], secret: str, *, owner: str | None) -> tuple[bytes, Keyring]:
    """Return the data key and the keyring to go by: the newest whose seal holds must open by itself.

    Otherwise a copy left behind by an interrupted change of password would still let the old one in.

    Raises:
        WrongPassword: nothing opens, or only an older copy than one whose seal holds.
    """
    slots = {keyring: keyring.slot_of(owner) if owner is not None else keyring.recovery for keyring in keyrings}
    keys = {slot: open_slot(slot, secret) for slot in dict.fromkeys(slots.values()) if slot is not None}
    opened = {keyring: key for keyring, slot in slots.items() if slot is not None and (key := keys[slot]) is not None}
    if not opened:
        raise storage_errors.WrongPassword()
    data_key = next(iter(opened.values()))
    sealed = [keyring for keyring in keyrings if is_sealed(keyring, derive_keys(data_key).keyring)]
    if not sealed:
        return data_key, next(iter(opened))
    newest = max(sealed, key=lambda keyring: keyring.number)
    if newest not in opened:
        raise storage_errors.WrongPassword()
    return data_key, newest


def findings(folder: Path, seal_key: bytes) -> list[str]:
    """Return what is wrong with the two copies: missing, unreadable, altered, unlike (empty = sound)."""
    said: list[str] = []
    copies = {name: read_file(folder / name) for name in (FILE_NAME, COPY_NAME)}
    for name, keyring in copies.items():
        if keyring is None:
            missing = not (folder / name).exists()
            said.append(f"鍵ファイル（{name}）が{'ありません' if missing else '壊れています'}。")
        elif not is_sealed(keyring, seal_key):
            said.append(f"鍵ファイル（{name}）が書き換えられています。")
        else:
            said += [
                f"鍵ファイル（{name}）の鍵のかけ方が弱くなっています。"
                for slot in keyring.slots
                if slot.iterations < LEAST_ITERATIONS
            ]
    if not said and len(set(copies.values())) > 1:
        said.append("鍵ファイルとその控えの内容が違います。")
    return said


def is_sealed(keyring: Keyring, seal_key: bytes) -> bool:
    """Say whether the seal fits the slots."""
    return hmac.compare_digest(keyring.seal, _seal(keyring, seal_key))


def read_file(path: Path) -> Keyring | None:
    """Return the keyring in a file, or None when it is missing or cannot be understood."""
    try:
        plain = json.loads(path.read_bytes())
        if plain["format"] != _FORMAT:
            return None
        slots = tuple(Slot(**item) for item in plain["slots"])
        return Keyring(number=int(plain["number"]), slots=slots, seal=str(plain["seal"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def to_bytes(keyring: Keyring) -> bytes:
    """Return the text of the keyring file."""
    plain = {"format": _FORMAT, "number": keyring.number, "slots": _plain(keyring.slots), "seal": keyring.seal}
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def _mend(folder: Path, found: list[Keyring | None], good: Keyring, seal_key: bytes) -> tuple[str, ...]:
    """Write anew the copy that is damaged or unlike the good one; say so."""
    if not is_sealed(good, seal_key):
        return ("鍵ファイルの内容が、書き込まれたときと違います。「データの点検」で確かめてください。",)
    if found == [good, good]:
        return ()
    try:
        for name, keyring in zip((FILE_NAME, COPY_NAME), found, strict=True):
            if keyring != good:
                write_whole(folder / name, to_bytes(good))
    except OSError:
        return ("鍵ファイルの片方が壊れています。もう片方で開きましたが、このフォルダーには書き込めず直せていません。",)
    return ("鍵ファイルの片方が壊れていたため、もう片方から直しました。データは変わっていません。",)


def _stretch(secret: str, slot: Slot) -> bytes:
    """Turn a password into the slot's wrapping key."""
    stretched = PBKDF2HMAC(hashes.SHA512(), KEY_BYTES, bytes.fromhex(slot.salt), slot.iterations)
    return stretched.derive(secret.encode("utf-8"))


def _bound(slot: Slot) -> bytes:
    """What a wrapped key is bound to: its slot, whose it is and how hard it was made."""
    return "/".join((slot.id, slot.kind, slot.owner, str(slot.iterations))).encode()


def _seal(keyring: Keyring, key: bytes) -> str:
    said = json.dumps([keyring.number, _plain(keyring.slots)], ensure_ascii=False, sort_keys=True)
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _plain(slots: Iterable[Slot]) -> list[dict[str, Any]]:
    return [asdict(slot) for slot in slots]
