"""The one store for received files: each kept encrypted under a keyed hash of its content."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db import storage_errors
from db.keys import Keys
from db.whole_files import write_whole

FOLDER_NAME: Final = "files"
_MARK: Final = b"DKF1"
_NONCE: Final = 12
_NAME: Final = re.compile(r"[0-9a-f]{64}")


def put(folder: Path, keys: Keys, data: bytes) -> str:
    """Keep ``data`` and return its keyed hash; the same content is kept once.

    Written whole or not at all, before the transaction that refers to it: a stop in between leaves
    a file nobody refers to, never a reference to nothing.

    Raises:
        StorageProblem: no room or no right.
    """
    name = keys.keyed_hash(data)
    path = path_of(folder, name)
    try:
        if path.exists() and _open(path, name, keys) is not None:
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        nonce = secrets.token_bytes(_NONCE)
        write_whole(path, _MARK + nonce + AESGCM(keys.files).encrypt(nonce, data, _bound(name)))
    except OSError as error:
        raise storage_errors.as_problem(error) or error from error
    return name


def get(folder: Path, keys: Keys, name: str) -> bytes:
    """Return the content kept under the keyed hash ``name``.

    Raises:
        Damaged: the file is gone or was altered.
    """
    try:
        data = _open(path_of(folder, name), name, keys)
    except OSError as error:
        raise storage_errors.Damaged(
            str(error.errno),
            happened="保管したファイルが見つからないか、読めません。",
            todo="バックアップから新しいフォルダーへ復元すると、取り戻せることがあります。",
        ) from error
    if data is None:
        raise storage_errors.Damaged(
            name[:8],
            happened="保管したファイルが壊れているか、書き換えられています。",
            todo="バックアップから新しいフォルダーへ復元すると、取り戻せることがあります。",
        )
    return data


def stored(folder: Path) -> Iterator[Path]:
    """Walk every kept file (its name is the keyed hash)."""
    for path in sorted((folder / FOLDER_NAME).glob("*/*")):
        if _NAME.fullmatch(path.name):
            yield path


def path_of(folder: Path, name: str) -> Path:
    """Return where the file of a keyed hash lies."""
    return folder / FOLDER_NAME / name[:2] / name


def is_whole(folder: Path, keys: Keys, name: str) -> bool:
    """Say whether the file of a keyed hash is there and unaltered."""
    try:
        return _open(path_of(folder, name), name, keys) is not None
    except OSError:
        return False


def findings(folder: Path, keys: Keys, expected: dict[str, str]) -> list[str]:
    """Return which kept files are missing or altered.

    Args:
        expected: SHA-256 of the content by keyed hash, as the records say.
    """
    there = {path.name for path in stored(folder)}
    said = [f"保管ファイル {name[:8]}… がありません。" for name in sorted(set(expected) - there)]
    for name in sorted(there):
        data = _open(path_of(folder, name), name, keys)
        if data is None or keys.keyed_hash(data) != name:
            said.append(f"保管ファイル {name[:8]}… が書き換えられているか、壊れています。")
        elif name in expected and hashlib.sha256(data).hexdigest() != expected[name]:
            said.append(f"保管ファイル {name[:8]}… が、記録された内容と違います。")
    return said


def _open(path: Path, name: str, keys: Keys) -> bytes | None:
    """Return the content, or None when the file is not what was written."""
    kept = path.read_bytes()
    if kept[: len(_MARK)] != _MARK:
        return None
    start = len(_MARK) + _NONCE
    try:
        return AESGCM(keys.files).decrypt(kept[len(_MARK) : start], kept[start:], _bound(name))
    except (InvalidTag, ValueError):
        return None


def _bound(name: str) -> bytes:
    return b"dejikatsu/file/" + name.encode()
