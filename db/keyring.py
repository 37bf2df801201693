"""The keyring, which holds the folder's data key wrapped for each user and for the recovery key.

All keys of a data folder are derived from that one random key. When it is changed (``docs/decisions/0073``)
the keyring holds the earlier keys, encrypted under the new one: whoever has the new key has the old ones, and
not the other way.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from db import folder_layout
from db.files import atomic_files, storage_errors
from db.files.atomic_files import write_atomic
from db.keys import KEY_BYTES, Keys, derive_keys, derive_single
from db.record import frozen
from db.written_names import declare_written_names

FILE_NAME = "keyring.json"
MIN_ITERATIONS = 600_000
RECOVERY = "recovery"
# 32 characters that cannot be mistaken for one another on paper (no 0, O, 1, I): five bits each.
RECOVERY_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
RECOVERY_LENGTH = 40
_FORMAT = 1
_NONCE = 12
_MAX_ITERATIONS = 3_000_000  # two seconds: an altered slot must not keep the window waiting for longer
_RIGHTS = ("reader", "given", "manages")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_PASSED_BY = (
    "フォルダーに、このデータの鍵ファイルではないものがあったため、使わずに開きました。データは変わっていません。"
)
_KINDS = ("user", RECOVERY)
_WORDS = ("format", "number", "slots", "seal", "earlier", "seals")
_SLOT_WORDS = ("id", "kind", "owner", "iterations", "salt", "nonce", "wrapped", *_RIGHTS)
# In hex digits: a SHA-256; a data key wrapped by AES-GCM; the same behind its nonce.
_SEAL_LENGTH = 2 * 32
_WRAPPED_LENGTH = 2 * (KEY_BYTES + 16)
_EARLIER_LENGTH = 2 * _NONCE + _WRAPPED_LENGTH
Fault = Literal["", "missing", "held", "damaged", "newer"]
Role = Literal["担当", "閲覧", "点検"]
_RESTRICTIONS: dict[Role, storage_errors.Restriction] = {"担当": "", "閲覧": "reader", "点検": "checker"}
_FAULTS: dict[Fault, str] = {
    "missing": "がありません",
    "held": "を読めません（読み取りの権限がないか、ほかのプログラムが使用中です）",
    "damaged": "が壊れています",
    "newer": "は、新しい版で作られた鍵です。このPCのデジ活デスクを新しくしてください",
}


@frozen
class Slot:
    """The data key wrapped for one user (``owner`` = login ID) or for the recovery key (``owner`` empty).

    Binary values are hex. ``iterations`` belongs to the slot, so that a later, higher setting leaves old
    slots readable. Rights of the owner: ``reader`` no 担当; ``given`` the password was set by somebody else and
    must be changed first; ``manages`` may add people, and of a ``reader`` that the role is 点検: programs that do
    not know it take it for 閲覧. They are written only where True, so an older keyring keeps its bytes and its
    seal. The seal covers them, not the password.
    """

    id: str
    kind: Literal["user", "recovery"]
    owner: str
    iterations: int
    salt: str
    nonce: str
    wrapped: str
    reader: bool = False
    given: bool = False
    manages: bool = False

    @property
    def role(self) -> Role:
        """Return the role of its owner."""
        if not self.reader:
            return "担当"
        return "点検" if self.manages else "閲覧"

    @property
    def restriction(self) -> storage_errors.Restriction:
        """Return why whoever opens by this slot cannot write ("" = may write)."""
        return "given" if self.given else _RESTRICTIONS[self.role]

    def with_role(self, role: Role, *, manages: bool = False) -> Slot:
        """Return the slot with a role; only a 担当 ``manages``."""
        return replace(self, reader=role != "担当", manages=manages if role == "担当" else role == "点検")


SLOT = declare_written_names(Slot, "Slot", "id kind owner iterations salt nonce wrapped reader given manages")


@frozen
class Keyring:
    """All slots of one folder; ``number`` counts the changes, so that a restored older keyring is detected.

    ``earlier`` are the earlier data keys, encrypted under its keyring key, oldest first; ``seals`` the seals
    by the keyring keys of these: whoever still opens an older keyring with an old password sees by them that
    it is outdated. Both are written only where there are any.
    """

    number: int
    slots: tuple[Slot, ...]
    seal: str = ""
    earlier: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Return number and seal, by which the data know the keyring that they used last."""
        return f"{self.number}:{self.seal}"

    @property
    def key_number(self) -> int:
        """Return the number of the data key in its slots, from 1."""
        return 1 + len(self.earlier)

    def slot_of(self, owner: str) -> Slot | None:
        """Return the slot of a login ID, or None."""
        return next((slot for slot in self.slots if slot.kind == "user" and slot.owner == owner), None)

    @property
    def recovery(self) -> Slot | None:
        """Return the slot of the printed recovery key, or None when none was issued."""
        return next((slot for slot in self.slots if slot.kind == RECOVERY), None)


@frozen
class FoundCopy:
    """One copy of the keyring in the folder, parsed, or with the fault that prevents it.

    For a copy of a newer program ``number`` is its count of changes (0 = unknown).
    """

    keyring: Keyring | None
    fault: Fault
    number: int = 0


@dataclass(frozen=True, repr=False)
class UnlockedKeyring:
    """An opened keyring with its data key and notes for the user.

    Attributes:
        has_damaged_copy: one of the two copies is damaged or differs from the good one, so both are to be written anew.
        found: both copies as read.
        has_skipped_files: files of a higher number were skipped as no keyring of this folder; then it counts only if
            it is the one that the data know of.
    """

    data_key: bytes
    keyring: Keyring
    notes: tuple[str, ...]
    has_damaged_copy: bool = False
    found: tuple[Keyring | None, ...] = ()
    has_skipped_files: bool = False

    @property
    def keys(self) -> Keys:
        """Return every key of the folder, as ``keys_of``."""
        return keys_of(self.data_key, self.keyring)


def keys_of(data_key: bytes, keyring: Keyring) -> Keys:
    """Return all keys that a data key and its keyring give, its own and the earlier ones.

    Raises:
        Damaged: an earlier key cannot be read.
    """
    cipher = AESGCM(derive_single(data_key).keyring)
    try:
        earlier = [
            cipher.decrypt(kept[:_NONCE], kept[_NONCE:], _key_associated_data(number))
            for number, kept in enumerate(map(bytes.fromhex, keyring.earlier), start=1)
        ]
    except (InvalidTag, ValueError) as error:
        raise unreadable_problem({"damaged"}) from error
    return derive_keys(data_key, earlier)


def with_new_key(keyring: Keyring, keys: Keys, data_key: bytes, slots: Iterable[Slot]) -> tuple[Keyring, Keys]:
    """Return the keyring of a new data key, which includes the earlier keys, and all its keys.

    Args:
        keys: the current ones so far.
        slots: made with ``data_key``.
    """
    before = [*(one.data for one in keys.earlier), keys.data]
    following = derive_keys(data_key, before)
    cipher = AESGCM(following.keyring)
    kept = []
    for number, one in enumerate(before, start=1):
        nonce = secrets.token_bytes(_NONCE)
        kept.append((nonce + cipher.encrypt(nonce, one, _key_associated_data(number))).hex())
    return Keyring(number=keyring.number + 1, slots=tuple(slots), earlier=tuple(kept)), following


def _key_associated_data(number: int) -> bytes:
    """Return what the encryption of an earlier key is bound to: its number."""
    return b"dejikatsu/earlier key/" + str(number).encode()


def new_data_key() -> bytes:
    """Return a fresh random data key."""
    return secrets.token_bytes(KEY_BYTES)


def new_recovery_key() -> str:
    """Return a fresh recovery key of 200 bits as eight groups of five characters."""
    signs = "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))
    return "-".join(signs[start : start + 5] for start in range(0, RECOVERY_LENGTH, 5))


def normalise_recovery_key(text: str) -> str:
    """Return a typed recovery key as it wraps the data key: half-width capitals without dashes and blanks.

    Characters that no recovery key contains are dropped.
    """
    wide = {ord("！") + step: ord("!") + step for step in range(94)}
    return "".join(sign for sign in text.translate(wide).upper() if sign in RECOVERY_ALPHABET)


def wrap(
    data_key: bytes, secret: str, *, kind: Literal["user", "recovery"], owner: str, iterations: int = MIN_ITERATIONS
) -> Slot:
    """Wrap the data key under ``secret`` (a password, or a normalised recovery key)."""
    slot = Slot(secrets.token_hex(8), kind, owner, iterations, secrets.token_hex(16), secrets.token_hex(12), "")
    cipher = AESGCM(_derive_wrapping_key(secret, slot))
    return replace(slot, wrapped=cipher.encrypt(bytes.fromhex(slot.nonce), data_key, _associated_data(slot)).hex())


def open_slot(slot: Slot, secret: str) -> bytes | None:
    """Return the data key, or None when ``secret`` is wrong or the slot was altered."""
    try:
        return AESGCM(_derive_wrapping_key(secret, slot)).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _associated_data(slot)
        )
    except (InvalidTag, ValueError, OverflowError):
        return None


def with_slot(keyring: Keyring, slot: Slot) -> Keyring:
    """Return the keyring with ``slot`` in place of an earlier one of the same owner, not sealed or written yet."""
    others = [old for old in keyring.slots if (old.kind, old.owner) != (slot.kind, slot.owner)]
    return _next_version(keyring, (*others, slot))


def with_rights(keyring: Keyring, owner: str, *, role: Role, manages: bool) -> Keyring:
    """Return the keyring with other rights in the slot of a login ID; its password stays.

    Raises:
        KeyError: there is no such slot.
    """
    if keyring.slot_of(owner) is None:
        raise KeyError(owner)
    slots = (
        slot.with_role(role, manages=manages) if (slot.kind, slot.owner) == ("user", owner) else slot
        for slot in keyring.slots
    )
    return _next_version(keyring, slots)


def without_user(keyring: Keyring, owner: str) -> Keyring:
    """Return the keyring without the slot of a login ID, if there is one; it is not sealed or written yet."""
    left = tuple(slot for slot in keyring.slots if slot.kind != "user" or slot.owner != owner)
    return _next_version(keyring, left)


def _next_version(keyring: Keyring, slots: Iterable[Slot]) -> Keyring:
    return replace(keyring, number=keyring.number + 1, slots=tuple(slots), seal="", seals=())


def write(folder: Path, keyring: Keyring, keys: Keys, *, lock_number: int = 0) -> Keyring:
    """Seal the keyring, write both copies under the names of a write lock, and return it sealed."""
    done = sealed(keyring, keys)
    write_sealed(folder, done, lock_number=lock_number)
    return done


def sealed(keyring: Keyring, keys: Keys) -> Keyring:
    """Return the keyring with its seal, and one by each earlier key."""
    seals = tuple(_seal(keyring, one.keyring) for one in keys.earlier)
    return replace(keyring, seal=_seal(keyring, keys.keyring, seals), seals=seals)


def write_sealed(folder: Path, keyring: Keyring, *, lock_number: int) -> None:
    """Write both copies of a sealed keyring under the names of a write lock."""
    for path in folder_layout.new_keyring_paths(folder, lock_number):
        write_atomic(path, to_bytes(keyring))


def current_paths(folder: Path, seal_key: bytes | None = None) -> tuple[Path, Path]:
    """Return the paths of the current keyring and its copy, skipping files that are no keyring of this folder.

    A pair that is unreadable now, written by a newer program, or listed and gone, is not skipped: it may be
    the newest.

    Args:
        seal_key: proves that a keyring belongs to this folder; without it every valid one counts.
    """
    pairs = folder_layout.all_keyring_paths(folder)
    for pair in pairs:
        found = read_copies(pair)
        faults = {copy.fault for copy in found}
        rings = [copy.keyring for copy in found if copy.keyring is not None]
        if faults & {"held", "newer"} or faults == {"missing"}:
            return pair
        if any(seal_key is None or is_sealed(ring, seal_key) for ring in rings):
            return pair
    return pairs[0]


def read_both(folder: Path, seal_key: bytes | None = None) -> tuple[Keyring | None, ...]:
    """Return the current keyring and its copy, None for one missing or damaged."""
    return tuple(map(read_file, current_paths(folder, seal_key)))


def sealed_copies(folder: Path, seal_key: bytes) -> list[Keyring]:
    """Return the copies of the current keyring whose seal is valid, newest last (none if both are damaged).

    Raises:
        NewerKey: a newer program wrote one since.
    """
    copies = read_copies(current_paths(folder, seal_key))
    if any(copy.fault == "newer" for copy in copies):
        raise storage_errors.NewerKey(FILE_NAME)
    rings = [copy.keyring for copy in copies if copy.keyring is not None and is_sealed(copy.keyring, seal_key)]
    return sorted(rings, key=lambda ring: ring.number)


def unlock(folder: Path, secret: str, *, owner: str | None) -> UnlockedKeyring:
    """Open the keyring of ``folder`` with a password (``owner`` = login ID) or a recovery key (``owner`` None).

    A recovery key is passed as ``normalise_recovery_key`` returns it.
    When one copy is damaged the other is used; nothing is written here. Files of a higher number that are no
    keyring, or one that the key of a lower one does not prove, are skipped.

    Raises:
        MissingData: there is no keyring.
        Damaged: neither copy can be parsed, or they hold an earlier key than the data use.
        NewerKey: a newer program wrote it.
        StorageProblem: the remaining copies may not be read.
        WrongPassword: no copy opens with this ID and password.
    """
    folder_layout.wait_for_files(lambda: folder_layout.keyring_paths(folder))
    try:
        opened = _unlock_newest(folder, secret, owner=owner)
    except storage_errors.WrongPassword:
        rings = (read_file(path) for pair in folder_layout.all_keyring_paths(folder) for path in pair)
        _reject_old_key(folder, max((ring.key_number for ring in rings if ring is not None), default=0))
        raise
    _reject_old_key(folder, opened.keyring.key_number)
    return opened


def _reject_old_key(folder: Path, key_number: int) -> None:
    """Check that a database uses this key, so that an older keyring put back opens nothing.

    Raises:
        Damaged: every database uses a later key.
    """
    kept = [folder_layout.key_number_of(path) for _seat, path in folder_layout.database_files(folder)]
    if key_number and kept and key_number < min(kept):
        raise storage_errors.Damaged(
            f"key {key_number}",
            happened="鍵ファイルが、鍵を替える前の古いものに替わっています。データは、いまの鍵で保管されています。",
            lost="データはそのまま残っています。何も書き込んでいません。",
            todo="元の鍵ファイルをこのフォルダーへ戻すか、バックアップから新しいフォルダーへ復元してください"
            "（どちらも、鍵を替えたあとのパスワードで開きます）。",
        )


def _unlock_newest(folder: Path, secret: str, *, owner: str | None) -> UnlockedKeyring:
    """Open the keyring of the highest write lock that belongs to this folder; raises as ``unlock``."""
    higher = []
    refused: storage_errors.StorageProblem | None = None
    for pair in folder_layout.all_keyring_paths(folder):
        found = read_copies(pair)
        faults = {copy.fault for copy in found}
        try:
            opened = _open_found(found, secret, owner=owner)
        except (storage_errors.Damaged, storage_errors.WrongPassword) as problem:
            wrong = isinstance(problem, storage_errors.WrongPassword)
            refused = problem if refused is None or wrong else refused
            higher.append(found)
            if "held" in faults:
                break
            continue
        except storage_errors.StorageProblem as problem:
            # A damaged file of a higher number does not make the lower one usable: a newer program may still read it.
            refused = problem if refused is None or isinstance(problem, storage_errors.NewerKey) else refused
            break
        if not higher or _proves_only(opened, higher):
            return replace(
                opened, has_skipped_files=bool(higher), notes=((_PASSED_BY,) if higher else ()) + opened.notes
            )
        break
    assert refused is not None
    raise refused


def _proves_only(opened: UnlockedKeyring, higher: list[list[FoundCopy]]) -> bool:
    """Return whether the key proves this keyring and none of those with a higher number."""
    seal_key = derive_single(opened.data_key).keyring
    above = [copy.keyring for found in higher for copy in found if copy.keyring is not None]
    return is_sealed(opened.keyring, seal_key) and not any(is_sealed(ring, seal_key) for ring in above)


def _open_found(found: list[FoundCopy], secret: str, *, owner: str | None) -> UnlockedKeyring:
    """Open a keyring by the two copies of one write lock; raises as ``unlock``."""
    readable = [copy.keyring for copy in found if copy.keyring is not None]
    if not readable or any(copy.fault == "newer" for copy in found):
        raise unreadable_problem({copy.fault for copy in found})
    data_key, good = open_copies(readable, secret, owner=owner)
    if not is_sealed(good, derive_single(data_key).keyring):
        said = "鍵ファイルの内容が、書き込まれたときと違います。「データの点検」で確かめてください。"
        return UnlockedKeyring(data_key, good, (said,), found=tuple(copy.keyring for copy in found))
    notes = []
    if any(copy.fault == "held" for copy in found):
        notes.append(
            "鍵ファイルの片方を読めません（読み取りの権限がないか、ほかのプログラムが使用中です）。"
            "もう片方で開きました。データは変わっていません。"
        )
    torn = any(copy.keyring != good and copy.fault != "held" for copy in found)
    if torn:
        notes.append("鍵ファイルの片方が壊れていたため、もう片方から直しました。データは変わっていません。")
    return UnlockedKeyring(
        data_key, good, tuple(notes), has_damaged_copy=torn, found=tuple(copy.keyring for copy in found)
    )


def open_copies(keyrings: list[Keyring], secret: str, *, owner: str | None) -> tuple[bytes, Keyring]:
    """Return the data key and the newest keyring; the newest with a valid seal must open by itself.

    Otherwise a copy left behind by an interrupted change of password, or of the data key, would still let the
    old one in.

    Raises:
        WrongPassword: nothing opens, or only an older copy than one whose seal is valid.
    """
    slots = {keyring: keyring.slot_of(owner) if owner is not None else keyring.recovery for keyring in keyrings}
    asked = dict.fromkeys(slot for slot in slots.values() if slot is not None)
    if not asked and keyrings[0].slots:
        # An unknown ID takes as long as a wrong password, so that the clock tells nobody which IDs there are.
        open_slot(keyrings[0].slots[0], secret)
    for slot in sorted(asked, key=lambda slot: slot.iterations):  # an altered copy may ask for more iterations
        data_key = open_slot(slot, secret)
        if data_key is not None:
            break
    else:
        raise storage_errors.WrongPassword()
    ours = [keyring for keyring in keyrings if is_sealed(keyring, derive_single(data_key).keyring)]
    if not ours:
        return data_key, next(keyring for keyring in keyrings if slots[keyring] == slot)
    newest = max(ours, key=lambda keyring: keyring.number)
    own = slots[newest]
    key = data_key if own == slot else open_slot(own, secret) if own is not None else None
    if key is None:
        raise storage_errors.WrongPassword()
    return key, newest


def findings(folder: Path, seal_key: bytes, *, unreadable: list[str] | None = None) -> list[str]:
    """Return what is wrong with the two copies (missing, unreadable, altered, different); empty = intact.

    Args:
        unreadable: gets the copy that cannot be read now; without it that is a finding.
    """
    said = []
    copies = {}
    pair, pairs = current_paths(folder, seal_key), folder_layout.all_keyring_paths(folder)
    for above in (path for higher in pairs[: pairs.index(pair)] for path in higher if path.exists()):
        said.append(f"鍵ファイルではないもの（{above.name}）があります。使っていません。")
    for path, found in zip(pair, read_copies(pair), strict=True):
        name, keyring = path.name, found.keyring
        if keyring is not None:
            copies[name] = keyring
        if keyring is None and found.fault == "held" and unreadable is not None:
            unreadable.append(f"鍵ファイル（{name}）")
        elif keyring is None:
            said.append(f"鍵ファイル（{name}）{_FAULTS[found.fault]}。")
        elif not is_sealed(keyring, seal_key):
            said.append(f"鍵ファイル（{name}）が書き換えられています。")
        else:
            said += [
                f"鍵ファイル（{name}）の鍵のかけ方が弱くなっています。"
                for slot in keyring.slots
                if slot.iterations < MIN_ITERATIONS
            ]
    if not said and len(set(copies.values())) > 1:
        said.append("鍵ファイルとその控えの内容が違います。")
    return said


def is_sealed(keyring: Keyring, seal_key: bytes) -> bool:
    """Return whether the seal matches the slots, or one that a later keyring holds for an earlier key."""
    if hmac.compare_digest(keyring.seal, _seal(keyring, seal_key, keyring.seals)):
        return True
    return any(hmac.compare_digest(seal, _seal(keyring, seal_key)) for seal in keyring.seals)


def read_file(path: Path) -> Keyring | None:
    """Return the keyring in a file, or None when it is missing or invalid."""
    return read_copy(path).keyring


def read_copy(path: Path) -> FoundCopy:
    """Return the keyring in a file, or why it cannot be read."""
    try:
        plain = atomic_files.parse_json_object(path.read_bytes())
    except FileNotFoundError:
        return FoundCopy(None, "missing")
    except (IsADirectoryError, NotADirectoryError):
        return FoundCopy(None, "damaged")
    except OSError as error:
        return FoundCopy(None, "damaged" if error.errno == errno.EIO else "held")
    if plain is not None and _is_newer(plain):
        number = plain.get("number")
        return FoundCopy(None, "newer", number if type(number) is int else 0)
    ring = _read(plain) if plain is not None else None
    return FoundCopy(ring, "" if ring is not None else "damaged")


def _read(plain: dict[str, Any]) -> Keyring | None:
    """Return the keyring of a parsed JSON object, None where a part is missing or of another type."""
    try:
        if plain["format"] != _FORMAT:
            return None
        slots = tuple(_slot_from_file(**item) for item in plain["slots"])
        number = atomic_files.as_whole_number(plain["number"])
        earlier = tuple(map(_hex, plain.get("earlier", ())))
        seals = tuple(map(_hex, plain.get("seals", ())))
        return Keyring(number, slots, _hex(plain["seal"]), earlier, seals)
    except atomic_files.PARSE_ERRORS:
        return None


def read_copies(pair: Iterable[Path]) -> list[FoundCopy]:
    """Return both copies; one that looks newer beside a good one of the same number counts as damaged."""
    found = [read_copy(path) for path in pair]
    known = max((copy.keyring.number for copy in found if copy.keyring is not None), default=-1)
    return [FoundCopy(None, "damaged") if copy.fault == "newer" and copy.number <= known else copy for copy in found]


def reject_newer(paths: Iterable[Path], *, known_number: int = -1) -> None:
    """Raise where a newer program wrote a keyring, instead of using an older one or reporting damage.

    Args:
        known_number: the number of the best valid keyring; files with no more changes are skipped.

    Raises:
        NewerKey.
    """
    for copy in map(read_copy, paths):
        if copy.fault == "newer" and copy.number > known_number:
            raise storage_errors.NewerKey(FILE_NAME)


def _is_newer(plain: dict[str, Any]) -> bool:
    """Return whether a slot, key or seal is unknown to this program, so that a newer one wrote it."""
    form, slots = plain.get("format"), plain.get("slots")
    return (
        (type(form) is int and form > _FORMAT)
        or bool(set(plain) - set(_WORDS))
        or (isinstance(slots, list) and any(isinstance(slot, dict) and _is_newer_slot(slot) for slot in slots))
        or any(_has_other_length(seal, _SEAL_LENGTH) for seal in (plain.get("seal"), *_as_list(plain.get("seals"))))
        or any(_has_other_length(key, _EARLIER_LENGTH) for key in _as_list(plain.get("earlier")))
    )


def _is_newer_slot(slot: dict[str, Any]) -> bool:
    """Return whether a slot holds something unknown to this program, so that a newer one wrote it."""
    kind, iterations = slot.get("kind"), slot.get("iterations")
    return (
        bool(set(slot) - set(_SLOT_WORDS))
        or (isinstance(kind, str) and kind not in _KINDS)
        or (type(iterations) is int and iterations > _MAX_ITERATIONS)
        or any(slot[right] is not True for right in _RIGHTS if right in slot)
        or _has_other_length(slot.get("wrapped"), _WRAPPED_LENGTH)
    )


def _has_other_length(value: object, length: int) -> bool:
    """Return whether a text has another length than this program writes (damage keeps the length)."""
    return isinstance(value, str) and len(value) != length


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def to_bytes(keyring: Keyring) -> bytes:
    """Return the content of the keyring file."""
    plain = {"format": _FORMAT, "number": keyring.number, "slots": _plain(keyring.slots), "seal": keyring.seal}
    plain |= {"earlier": keyring.earlier, "seals": keyring.seals} if keyring.earlier else {}
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def unreadable_problem(faults: set[Fault]) -> storage_errors.StorageProblem:
    """Return the error to raise where no copy of the keyring is usable, by the faults found."""
    if faults == {"missing"}:
        return storage_errors.MissingData(FILE_NAME)
    if "newer" in faults:
        return storage_errors.NewerKey(FILE_NAME)
    if "held" in faults:
        return storage_errors.StorageProblem(
            "keyring",
            happened="データを開くための鍵ファイルを読めません（読み取りの権限がないか、ほかのプログラムが使用中です）"
            "。",
            lost="データはそのまま保管されています。",
            todo="データフォルダーの読み取りの権限をご確認のうえ、もう一度お試しください。",
        )
    return storage_errors.Damaged(
        "keyring",
        happened="データを開くための鍵ファイルが、控えも含めて壊れています。",
        todo="バックアップから新しいフォルダーへ復元してください（バックアップの中にも鍵ファイルがあります）。",
    )


def _slot_from_file(
    *,
    id: str,  # noqa: A002 - its name in the file
    kind: str,
    owner: str,
    iterations: int,
    salt: str,
    nonce: str,
    wrapped: str,
    **rights: object,
) -> Slot:
    """Return the slot of these values from a file.

    Raises:
        ValueError: one is of another type than was written, or asks for more iterations than any slot of this
            program.
    """
    if kind not in _KINDS or not 0 < atomic_files.as_whole_number(iterations) <= _MAX_ITERATIONS:
        raise ValueError(kind)
    if set(rights) - set(_RIGHTS) or any(value is not True for value in rights.values()):
        raise ValueError(rights)
    return Slot(
        id=atomic_files.as_text(id),
        kind="user" if kind == "user" else "recovery",
        owner=atomic_files.as_text(owner),
        iterations=iterations,
        salt=_hex(salt),
        nonce=_hex(nonce),
        wrapped=_hex(wrapped),
        reader="reader" in rights,
        given="given" in rights,
        manages="manages" in rights,
    )


def _hex(value: object) -> str:
    """Return ``value`` if it is a hexadecimal text; raises ``ValueError`` where it is none."""
    if not _HEX.fullmatch(atomic_files.as_text(value)):
        raise ValueError("hex")
    return str(value)


def _derive_wrapping_key(secret: str, slot: Slot) -> bytes:
    """Derive the slot's wrapping key from a password or a normalised recovery key."""
    stretched = PBKDF2HMAC(hashes.SHA512(), KEY_BYTES, bytes.fromhex(slot.salt), slot.iterations)
    return stretched.derive(secret.encode("utf-8"))


def _associated_data(slot: Slot) -> bytes:
    """Return what a wrapped key is bound to (slot, owner and iterations)."""
    return "/".join((slot.id, slot.kind, slot.owner, str(slot.iterations))).encode()


def _seal(keyring: Keyring, key: bytes, seals: tuple[str, ...] = ()) -> str:
    """Return the seal of a keyring, an HMAC of its number, slots and earlier keys."""
    what = [keyring.number, _plain(keyring.slots), *([keyring.earlier, seals] if keyring.earlier else [])]
    said = json.dumps(what, ensure_ascii=False, sort_keys=True)
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _plain(slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """Return slots as plain data for the file; rights that are not given are left out."""
    plain = [SLOT.values(slot) for slot in slots]
    return [{name: value for name, value in one.items() if value or name not in _RIGHTS} for one in plain]
