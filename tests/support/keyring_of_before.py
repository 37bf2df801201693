"""A frozen copy of how the program of 0a4eb610 reads a keyring; it is never changed and asks nothing of today's.

A desk that was not updated yet reads with it what today's program writes. Whatever it can't read, it says is damaged,
and whoever believes that restores from a backup and works on in a second folder.
"""

import hashlib
import hmac
import json
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

RIGHTS = ("reader", "given", "manages")
REQUIRED = {"id", "kind", "owner", "iterations", "salt", "nonce", "wrapped"}
HEX = re.compile(r"(?:[0-9a-f]{2})+")


def read(data: bytes) -> dict[str, Any] | None:
    """Return the keyring in the bytes of a file, or None where 0a4eb610 says that it is damaged."""
    try:
        plain = json.loads(data)
        if plain["format"] != 1 or not whole(plain["number"]) or not is_hex(plain["seal"]):
            return None
        lists = [*plain.get("earlier", ()), *plain.get("seals", ())]
        if not all(is_hex(one) for one in lists) or not all(is_slot(one) for one in plain["slots"]):
            return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return dict(plain)


def whole(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 63


def is_hex(value: object) -> bool:
    return isinstance(value, str) and bool(HEX.fullmatch(value))


def is_slot(slot: dict[str, Any]) -> bool:
    return (
        REQUIRED <= set(slot) <= REQUIRED | set(RIGHTS)
        and slot["kind"] in ("user", "recovery")
        and all(isinstance(slot[name], str) for name in ("id", "owner"))
        and whole(slot["iterations"])
        and 0 < slot["iterations"] <= 3_000_000
        and all(is_hex(slot[name]) for name in ("salt", "nonce", "wrapped"))
        and all(slot[right] is True for right in RIGHTS if right in slot)
    )


def open_with(ring: dict[str, Any], secret: str, *, owner: str | None) -> bytes | None:
    """Return the data key by a password (``owner`` = login ID) or a recovery key; None where it does not open."""
    kind = "user" if owner is not None else "recovery"
    for slot in ring["slots"]:
        if slot["kind"] == kind and (owner is None or slot["owner"] == owner):
            bound = "/".join((slot["id"], slot["kind"], slot["owner"], str(slot["iterations"]))).encode()
            key = PBKDF2HMAC(hashes.SHA512(), 32, bytes.fromhex(slot["salt"]), slot["iterations"]).derive(
                secret.encode("utf-8")
            )
            try:
                return AESGCM(key).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), bound)
            except InvalidTag:
                return None
    return None


def keyring_key(data_key: bytes) -> bytes:
    """Return the key of seals and of the keys of before: one label serves both."""
    return HKDF(algorithm=hashes.SHA512(), length=32, salt=None, info=b"dejikatsu/keyring").derive(data_key)


def is_sealed(ring: dict[str, Any], data_key: bytes) -> bool:
    """Say whether the seal holds under a data key."""
    earlier, seals = ring.get("earlier", []), ring.get("seals", [])
    slots = [{name: value for name, value in slot.items() if value or name not in RIGHTS} for slot in ring["slots"]]
    what = [ring["number"], slots, *([earlier, seals] if earlier else [])]
    said = json.dumps(what, ensure_ascii=False, sort_keys=True)
    seal = hmac.new(keyring_key(data_key), said.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(ring["seal"], seal)


def earlier_keys(ring: dict[str, Any], data_key: bytes) -> list[bytes]:
    """Return the data keys before this one."""
    cipher = AESGCM(keyring_key(data_key))
    kept = map(bytes.fromhex, ring.get("earlier", []))
    return [
        cipher.decrypt(one[:12], one[12:], b"dejikatsu/earlier key/" + str(number).encode())
        for number, one in enumerate(kept, start=1)
    ]
