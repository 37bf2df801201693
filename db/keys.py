"""The keys of one data folder, all derived from its one random data key."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


@dataclass(frozen=True, repr=False)
class Keys:
    """One key a purpose, so that no key serves two: pages, files, change log, journal chain, hashes.

    ``data`` is the data key itself, kept only to wrap it for a further user.
    """

    pages: bytes
    files: bytes
    log: bytes
    chain: bytes
    hashes: bytes
    keyring: bytes
    data: bytes

    def keyed_hash(self, text: str | bytes) -> str:
        """Return a hex HMAC-SHA-256 of ``text``: comparable inside this folder, meaningless outside."""
        data = text.encode("utf-8") if isinstance(text, str) else text
        return hmac.new(self.hashes, data, hashlib.sha256).hexdigest()


def derive_keys(data_key: bytes) -> Keys:
    """Derive every key from the 32-byte data key (HKDF with SHA-512, one label a purpose)."""

    def one(label: bytes) -> bytes:
        return HKDF(algorithm=hashes.SHA512(), length=KEY_BYTES, salt=None, info=b"dejikatsu/" + label).derive(data_key)

    return Keys(
        pages=one(b"pages"),
        files=one(b"files"),
        log=one(b"log"),
        chain=one(b"chain"),
        hashes=one(b"hashes"),
        keyring=one(b"keyring"),
        data=data_key,
    )
