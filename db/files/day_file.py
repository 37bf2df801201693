"""The 当日持出しファイル on disk, one sealed file with the checked-out data and every change saved since.

A head (how the password opens it, with a checksum), then parts one after the other. A part is encrypted by
itself and synced before its change is reported as saved. Nothing written is ever overwritten, so a stop at
any moment leaves the file whole; only a part that was being written then may be torn, and it was never
reported as saved.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import struct
import zlib
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db import keyring
from db.backups.change_log import LoggedChange
from db.files import filesystem, storage_errors
from db.keys import derive_keys
from db.record import frozen

FILE_SUFFIX = ".dkday"
_MAGIC = b"DKDAY\r\n\x01"
_LENGTH = struct.Struct(">I")
_PART = struct.Struct(">III")  # number, length of nonce + cipher text, checksum of these two
_CHECKSUM = 32
_NONCE = 12
_MAX_PART_BYTES = 64 << 20

NOT_A_DAY_FILE = "選んだファイルは、当日持出しファイルではありません。"
UNTOUCHED = "ファイルには何も書き込んでいません。"
_USE_COPY = (
    "写しがあれば、写しをお使いください。なければ紙の名簿で受け付け、あとで「紙の名簿から出欠」で入力してください。"
)


@frozen
class SealedFile:
    """A new 当日持出しファイル before it is written, as bytes, and the id of its key slot, which identifies it."""

    data: bytes
    file_id: str


@frozen
class DayFileContents:
    """What a 当日持出しファイル holds (the data checked out, and the changes saved since, in order).

    ``torn`` = an unreadable last part follows them (written halfway, or damaged).
    """

    checked_out: dict[str, Any]
    changes: tuple[LoggedChange, ...]
    torn: bool


class DayFile:
    """One opened 当日持出しファイル, locked so that no second program writes to it; made by ``open_file``."""

    def __init__(self, path: Path, stream: FileIO, slot: keyring.Slot, data_key: bytes):
        self.path = path
        self.file_id = slot.id
        self.data_key = data_key
        self._slot = slot
        self._stream = stream
        self._cipher = AESGCM(derive_keys(data_key).log)
        self._number = 0
        self._end = 0

    def read(self) -> DayFileContents:
        """Return the content of every part: what was taken out, and the changes since.

        Also finds where ``append`` goes on, so it is called before the first one; a torn end is overwritten then.

        Raises:
            Damaged: a part that was saved cannot be read.
        """
        data = _read_all(self._stream)
        start = _head_length(data)
        plain: list[dict[str, Any]] = []
        while start < len(data):
            found = self._part_at(data, start, len(plain))
            if found is None:
                break
            part, start = found
            plain.append(part)
        torn = start < len(data)
        if not plain or (torn and self._has_later_part(data, start, len(plain))):
            raise damaged(f"part {len(plain)}")
        self._number, self._end = len(plain), start
        changes = tuple(LoggedChange(row=part["row"], version=int(part["version"])) for part in plain[1:])
        return DayFileContents(checked_out=plain[0], changes=changes, torn=torn)

    def append(self, row: Mapping[str, Any], version: int) -> None:
        """Append one journal row and sync it; it is saved when this returns. ``read`` must have been called before.

        Raises:
            OSError: no room, no right, or the medium was pulled out; the file then ends where it ended before.
        """
        part = seal_part(self._cipher, self.file_id, self._number, {"version": version, "row": dict(row)})
        try:
            self._stream.seek(self._end)
            self._stream.truncate()
            left = memoryview(part)
            while left:
                left = left[self._stream.write(left) :]
            os.fsync(self._stream.fileno())
        except OSError:
            with suppress(OSError):
                self._stream.truncate(self._end)
            raise
        self._end += len(part)
        self._number += 1

    def is_password(self, password: str) -> bool:
        """Return whether this is the password of the file."""
        return keyring.open_slot(self._slot, password) == self.data_key

    def close(self) -> None:
        """Close the file and release its lock."""
        with suppress(OSError):
            self._stream.close()

    def destroy(self) -> None:
        """Write random bytes over the whole file and delete it.

        Raises:
            OSError: the medium refuses; what is left of the file is unreadable or untouched.
        """
        size = self._stream.seek(0, os.SEEK_END)
        self._stream.seek(0)
        left = size
        while left:
            left -= self._stream.write(secrets.token_bytes(min(left, 1 << 20)))
        os.fsync(self._stream.fileno())
        self.close()
        filesystem.remove(self.path)

    def _part_at(self, data: bytes, start: int, number: int) -> tuple[dict[str, Any], int] | None:
        """Return the part that begins at ``start`` and where it ends, or None when it is unreadable."""
        body = start + _PART.size
        if body > len(data):
            return None
        said, length, checksum = _PART.unpack(data[start:body])
        if said != number or checksum != _length_check(said, length) or body + length > len(data):
            return None
        try:
            plain = self._cipher.decrypt(
                data[body : body + _NONCE], data[body + _NONCE : body + length], _associated_data(self.file_id, number)
            )
            return json.loads(plain), body + length
        except (InvalidTag, ValueError):
            return None

    def _has_later_part(self, data: bytes, start: int, number: int) -> bool:
        """Return whether a saved part follows somewhere, which means damage and not a torn end."""
        for at in range(start, len(data) - _PART.size):
            said, length, checksum = _PART.unpack_from(data, at)
            if said > number and checksum == _length_check(said, length) and self._part_at(data, at, said) is not None:
                return True
        return False


def new_file(checked_out: Mapping[str, Any], *, password: str) -> SealedFile:
    """Return a new 当日持出しファイル that holds ``checked_out`` and opens with ``password``, not yet written."""
    data_key = keyring.new_data_key()
    slot = keyring.wrap(data_key, password, kind="user", owner="")
    plain = json.dumps(keyring.SLOT.values(slot)).encode()
    head = _MAGIC + _LENGTH.pack(len(plain)) + plain
    part = seal_part(AESGCM(derive_keys(data_key).log), slot.id, 0, checked_out)
    return SealedFile(head + hashlib.sha256(head).digest() + part, slot.id)


def open_file(path: Path, *, password: str) -> DayFile:
    """Open and lock the file at ``path``; nothing is written to it here, whatever the password.

    Raises:
        WrongPassword, MissingData, Damaged, Locked (it is open elsewhere), NotOurs, or a fault of the medium.
    """
    stream = _open_stream(path)
    try:
        _lock_stream(stream)
        slot = _slot_of(_read_all(stream))
        data_key = keyring.open_slot(slot, password)
        if data_key is None:
            raise storage_errors.WrongPassword(
                happened="パスワードが違います。",
                lost="ファイルはそのままです。",
                todo="持ち出したときに決めたパスワードを、もう一度入力してください。何度でも試せます。",
            )
        return DayFile(path, stream, slot, data_key)
    except OSError as error:
        stream.close()
        raise storage_errors.to_storage_problem(error) or error from error
    except BaseException:
        stream.close()
        raise


def seal_part(cipher: AESGCM, file_id: str, number: int, plain: Mapping[str, Any]) -> bytes:
    """Return one encrypted part, bound to this file and to its position in it."""
    nonce = secrets.token_bytes(_NONCE)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    body = nonce + cipher.encrypt(nonce, text, _associated_data(file_id, number))
    return _PART.pack(number, len(body), _length_check(number, len(body))) + body


def damaged(details: str) -> storage_errors.Damaged:
    """Return the error for an unreadable file whose password fits, or whose head is broken."""
    return storage_errors.Damaged(
        details, happened="当日持出しファイルが壊れていて、開けません。", lost=UNTOUCHED, todo=_USE_COPY
    )


def _open_stream(path: Path) -> FileIO:
    """Open the file for reading and writing.

    Raises:
        MissingData: it does not exist.
        FileInUse: another program holds it.
        ReadOnlyFolder: it cannot be opened or written for another reason.
    """
    try:
        return FileIO(path, "r+b")
    except FileNotFoundError as error:
        raise storage_errors.MissingData(
            f"errno {error.errno}",
            happened=f"「{path.name}」が見つかりません。",
            todo="USBメモリが差してあるか、場所が変わっていないかを確かめて、選び直してください。",
        ) from error
    except OSError as error:
        if filesystem.is_in_use(error):
            raise storage_errors.FileInUse(
                f"errno {error.errno}",
                happened=f"「{path.name}」を、ほかのプログラムが使っています。",
                lost=UNTOUCHED,
                todo="ウイルス対策ソフトの検査中のことがあります。少し待ってから、もう一度お試しください。",
            ) from error
        raise storage_errors.ReadOnlyFolder(
            f"errno {error.errno}",
            happened=f"「{path.name}」を開けないか、書き込めません。",
            lost=UNTOUCHED,
            todo="USBメモリの書込み禁止や、ファイルの「読み取り専用」を解いてから、もう一度お試しください。",
        ) from error


def _lock_stream(stream: FileIO) -> None:
    """Lock the file for this program until the stream is closed, also by a kill; raises Locked if another has it."""
    # On a medium without locks no other program can be kept out; the screens still open it only once.
    if filesystem.lock_exclusively(stream) is False:
        raise storage_errors.Locked(
            "held",
            happened="この当日持出しファイルは、別の画面で開かれています。",
            todo="その画面で「受付を終える」を押して閉じてから、もう一度お試しください。",
        )


def _slot_of(data: bytes) -> keyring.Slot:
    """Return the slot in the head of a day file; raises where it is none."""
    if not data.startswith(_MAGIC[:5]):
        raise storage_errors.NotOurs(
            "magic", happened=NOT_A_DAY_FILE, todo=f"名前が「{FILE_SUFFIX}」で終わるファイルを選んでください。"
        )
    head = data[: _head_length(data) - _CHECKSUM]
    if hashlib.sha256(head).digest() != data[len(head) : len(head) + _CHECKSUM]:
        raise damaged("head")
    try:
        said = json.loads(head[len(_MAGIC) + _LENGTH.size :])
        if keyring.SLOT.unknown(said):
            raise storage_errors.NewerData("head")
        return keyring.Slot(**keyring.SLOT.to_source(said))
    except (ValueError, TypeError) as error:
        raise storage_errors.NewerData("head") from error


def _head_length(data: bytes) -> int:
    """Return the length of the head with its checksum; raises ``Damaged`` where it is cut off."""
    start = len(_MAGIC) + _LENGTH.size
    if len(data) < start:
        raise damaged("short head")
    return start + int(_LENGTH.unpack(data[len(_MAGIC) : start])[0]) + _CHECKSUM


def _read_all(stream: FileIO) -> bytes:
    """Return the whole file; raises where it is too large."""
    if stream.seek(0, os.SEEK_END) > _MAX_PART_BYTES:
        raise storage_errors.NotOurs(
            "size", happened=NOT_A_DAY_FILE, todo=f"名前が「{FILE_SUFFIX}」で終わるファイルを選んでください。"
        )
    stream.seek(0)
    return stream.readall()


def _length_check(number: int, length: int) -> int:
    return zlib.crc32(struct.pack(">II", number, length))


def _associated_data(file_id: str, number: int) -> bytes:
    """Return what the encryption of a part is bound to: its file and its number."""
    return f"dejikatsu/day/{file_id}/{number}".encode()
