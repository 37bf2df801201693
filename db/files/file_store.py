"""The store for received files, each encrypted and named by a keyed hash of its content."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.files import storage_errors
from db.files.atomic_files import write_atomic
from db.files.filesystem import is_link, make_folders
from db.files.filesystem import remove as on_disk_remove
from db.keys import Keys

FOLDER_NAME = "files"
State = Literal["whole", "damaged", "missing", "held"]
_MARK = b"DKF"
_FIRST_KEY = 0x31
"""The fourth byte of a stored file holds the number of its data key, from "1"."""
_HEAD = len(_MARK) + 1
_NONCE = 12
_NAME = re.compile(r"[0-9a-f]{64}")


def put(folder: Path, keys: Keys, data: bytes) -> str:
    """Store ``data`` and return its keyed hash; the same content is stored once.

    Written atomically before the transaction that refers to it: a stop in between leaves a file nobody refers
    to, never a reference to nothing.

    Raises:
        StorageProblem: no room or no right.
    """
    name = keys.keyed_hash(data)
    try:
        state, kept = read(folder, name, keys)
        if state == "whole" and key_number_of(kept) == keys.number:
            return name
        put_encrypted(folder, name, _encrypt(data, name, keys, keys.number))
    except OSError as error:
        raise storage_errors.to_storage_problem(error) or error from error
    return name


def put_encrypted(folder: Path, name: str, encrypted: bytes) -> None:
    """Write the verified bytes of a stored file into a folder that has no intact one.

    Raises:
        OSError: no room or no right.
    """
    path = path_of(folder, name)
    make_folders(path.parent)
    write_atomic(path, encrypted)


def key_number_of(encrypted: bytes) -> int:
    """Return the data key number in a stored file (0 = no file of this program)."""
    return encrypted[len(_MARK)] - _FIRST_KEY + 1 if encrypted[: len(_MARK)] == _MARK and len(encrypted) > _HEAD else 0


def reencrypt(encrypted: bytes, name: str, keys: Keys, number: int) -> bytes:
    """Return an intact stored file encrypted with data key ``number``, re-encrypted where it uses another.

    A folder of an earlier key never gets bytes under a later key, nor the other way.
    """
    content = _decrypt(encrypted, name, keys) if key_number_of(encrypted) != number else None
    return encrypted if content is None else _encrypt(content, name, keys, number)


def get(folder: Path, keys: Keys, name: str) -> bytes:
    """Return the content stored under the keyed hash ``name``.

    Raises:
        Damaged: the file is missing, was altered or cannot be read now.
    """
    state, kept = read(folder, name, keys)
    content = _decrypt(kept, name, keys) if state == "whole" else None
    if content is not None:
        return content
    raise storage_errors.Damaged(
        name[:8],
        happened="保管したファイルが壊れているか、書き換えられています。"
        if state == "damaged"
        else "保管したファイルが見つからないか、読めません。",
        todo="バックアップから新しいフォルダーへ復元すると、取り戻せることがあります。",
    )


def remove(folder: Path, name: str) -> None:
    """Remove the stored file of a keyed hash, which no record refers to any more.

    Raises:
        OSError: it is in use or may not be removed.
    """
    on_disk_remove(path_of(folder, name), missing_ok=True)


def stored_files(folder: Path) -> Iterator[Path]:
    """Yield every stored file (its name is the keyed hash), without links."""
    for part in _entries(folder / FOLDER_NAME):
        if part.is_dir(follow_symlinks=False) and not is_link(part.stat(follow_symlinks=False)):
            for item in _entries(Path(part.path)):
                if _NAME.fullmatch(item.name) and item.is_file(follow_symlinks=False):
                    yield Path(item.path)


def is_name(name: str) -> bool:
    """Return whether ``name`` is a keyed hash (and so contains no path)."""
    return _NAME.fullmatch(name) is not None


def path_of(folder: Path, name: str) -> Path:
    """Return the path of the file of a keyed hash."""
    return folder / FOLDER_NAME / name[:2] / name


def read(folder: Path, name: str, keys: Keys | None, checksums: frozenset[str] = frozenset()) -> tuple[State, bytes]:
    """Return the state of the file of a keyed hash, and its encrypted bytes.

    Args:
        keys: verify it with the key. Without, its SHA-256 must be one of ``checksums``.
    """
    try:
        kept = path_of(folder, name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return "missing", b""
    except IsADirectoryError:
        return "damaged", b""
    except OSError as error:  # no right, or another program has it open, is no damage; a bad disk is
        return ("damaged" if error.errno == errno.EIO else "held"), b""
    if keys is not None:
        return ("damaged" if _decrypt(kept, name, keys) is None else "whole"), kept
    return ("whole" if hashlib.sha256(kept).hexdigest() in checksums else "damaged"), kept


def findings(
    folder: Path,
    keys: Keys,
    expected: dict[str, str],
    *,
    extra_names: Iterable[str] = (),
    unreadable: list[str] | None = None,
) -> list[str]:
    """Return a sentence for each stored file that is missing or altered.

    Args:
        expected: SHA-256 of the content by keyed hash, as the records say.
        extra_names: further names that must exist.
        unreadable: gets the names of the files that cannot be read now; without it they are findings.
    """
    there = {path.name for path in stored_files(folder)}
    said = []
    for name in sorted(there.union(expected, extra_names)):
        state, kept = read(folder, name, keys)
        content = _decrypt(kept, name, keys) if state == "whole" else None
        if state == "missing":
            said.append(f"保管ファイル {name[:8]}… がありません。")
        elif state == "held" and unreadable is not None:
            unreadable.append(f"保管ファイル {name[:8]}…")
        elif state == "held":
            said.append(f"保管ファイル {name[:8]}… を読めません。")
        elif content is None or keys.keyed_hash(content) != name:
            said.append(f"保管ファイル {name[:8]}… が書き換えられているか、壊れています。")
        elif name in expected and hashlib.sha256(content).hexdigest() != expected[name]:
            said.append(f"保管ファイル {name[:8]}… が、記録された内容と違います。")
    return said


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _decrypt(encrypted: bytes, name: str, keys: Keys) -> bytes | None:
    """Return the content, or None when the bytes are not what was written."""
    key = keys.files_key(key_number_of(encrypted))
    if key is None:
        return None
    start = _HEAD + _NONCE
    try:
        return AESGCM(key).decrypt(encrypted[_HEAD:start], encrypted[start:], _associated_data(name))
    except (InvalidTag, ValueError):
        return None


def _encrypt(content: bytes, name: str, keys: Keys, number: int) -> bytes:
    key = keys.files_key(number)
    assert key is not None
    nonce = secrets.token_bytes(_NONCE)
    head = _MARK + bytes([_FIRST_KEY + number - 1])
    return head + nonce + AESGCM(key).encrypt(nonce, content, _associated_data(name))


def _associated_data(name: str) -> bytes:
    """Return what the encryption of a stored file is bound to: its name."""
    return b"dejikatsu/file/" + name.encode()
