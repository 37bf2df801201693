"""The encrypted lists of erasings, one small file for each erasing in every folder of backups.

A generation from before an erasing still holds what was erased, and so may a change log. A restore reads
these lists and repeats each erasing before anything is shown. They hold no old value, and are never changed.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import re
import secrets
from collections.abc import Collection, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db import erasing, mapping
from db.engine import Database
from db.files import storage_errors
from db.files.atomic_files import write_atomic
from db.files.filesystem import make_folders
from db.keys import Keys
from db.records.erasing import Erasing

FOLDER_NAME = "erasings"
_NAME = re.compile(r"[0-9a-f]{32}")
_NONCE = 12


def write_lists(backup_folder: Path, database: Database, keys: Keys) -> None:
    """Write the list of every erasing into a folder of backups that lacks it or holds it damaged.

    Raises:
        OSError: no room or no right.
    """
    for one in erasing.erasings(database):
        path = backup_folder / FOLDER_NAME / one.token
        if _read(path, keys) is None:
            plain = json.dumps(mapping.to_plain(one), ensure_ascii=False).encode()
            nonce = secrets.token_bytes(_NONCE)
            make_folders(path.parent)
            write_atomic(path, nonce + _cipher(keys).encrypt(nonce, plain, _associated_data(one.token)))


def copy_lists(source: Path, backup_folder: Path) -> None:
    """Copy the lists that another folder of backups lacks from ``source`` there, without a key.

    Raises:
        OSError: no room or no right.
    """
    for path in _lists(source):
        target = backup_folder / FOLDER_NAME / path.name
        if not target.is_file():
            make_folders(target.parent)
            write_atomic(target, path.read_bytes())


def read_lists(backup_folders: Sequence[Path], keys: Keys, *, known: Collection[str]) -> list[Erasing]:
    """Return the erasings that folders of backups list, in the order of their time.

    Args:
        known: the tokens of erasings that the data hold themselves; their lists are not read.

    Raises:
        Damaged: a list cannot be read anywhere, so that nobody knows what was erased.
    """
    paths = [path for place in backup_folders for path in _lists(place)]
    read = {path: _read(path, keys) for path in paths}
    found = {one.token: one for one in read.values() if one is not None}
    lost = [path.name for path in paths if path.name not in known and path.name not in found]
    if lost:
        raise storage_errors.Damaged(
            lost[0],
            happened="消去した記録の一覧が読めないため、消去したものが戻らないことを確かめられません。",
            lost="何も復元していません。もとのデータとバックアップはそのままです。",
            todo="ほかの場所に置いたバックアップを指定するか、情報システムの担当者に「詳細」を伝えてください。",
        )
    return sorted(found.values(), key=lambda one: (one.at, one.token))


def erasing_list_findings(backup_folder: Path, database: Database, keys: Keys, *, unreadable: list[str]) -> list[str]:
    """Compare the lists of a folder of backups with the data and return each difference.

    Every erasing needs its list, and no list may name another erasing.

    Args:
        unreadable: gets the names of files that cannot be read now.
    """
    known = {one.token for one in erasing.erasings(database)}
    lists, shut = {path.name: path for path in _lists(backup_folder)}, set[str]()
    for name, path in lists.items():
        try:
            path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:
            shut.add(name)
    if shut:
        unreadable.append("消去した記録の一覧")
    read = {name for name, path in lists.items() if name not in shut and _read(path, keys) is not None}
    lacking, strange = len(known - read - shut), len(read - known)
    broken = len(lists.keys() - read - shut - known)
    said = []
    if lacking:
        said.append(
            f"消去した記録の一覧が {lacking}件 ありません（データは無事です。いちど開いて閉じると補われます）。"
        )
    if strange:
        said.append(f"データにない消去が、消去した記録の一覧に {strange}件 あります（データが古いもののようです）。")
    if broken:
        said.append(f"消去した記録の一覧 {broken}件 が読めず、データにもありません。")
    return said


def _read(path: Path, keys: Keys) -> Erasing | None:
    """Return the erasing in a list file, None where it is missing or cannot be read."""
    try:
        kept = path.read_bytes()
        plain = json.loads(_cipher(keys).decrypt(kept[:_NONCE], kept[_NONCE:], _associated_data(path.name)))
        found: Erasing = mapping.from_plain(Erasing, plain)
    except (OSError, InvalidTag, ValueError, KeyError, TypeError):
        return None
    return found


def _lists(backup_folder: Path) -> list[Path]:
    """Return the paths of the lists of erasings in a folder of backups, by name; [] if it cannot be read."""
    with contextlib.suppress(OSError):
        return sorted(path for path in (backup_folder / FOLDER_NAME).iterdir() if _NAME.fullmatch(path.name))
    return []


def _cipher(keys: Keys) -> AESGCM:
    """Return the cipher of the lists, with a key derived from the hash key, which never changes."""
    return AESGCM(hmac.digest(keys.hashes, b"dejikatsu/erasing lists", "sha256"))


def _associated_data(token: str) -> bytes:
    """Return what the encryption of a list file is bound to: its name."""
    return b"dejikatsu/erasing/" + token.encode()
