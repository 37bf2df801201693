"""The keys of a data folder: one data key, and one key for each purpose derived from it.

When the data key is changed (``docs/decisions/0073``) who has the new one has those of before as well.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.files import storage_errors

KEY_BYTES = 32


@dataclass(frozen=True, repr=False)
class Keys:
    """One key a purpose, so that no key serves two: pages, files, change log, journal chain, hashes.

    ``data`` is the data key itself, kept only to wrap it for a further user. ``earlier`` are those of the data keys
    before this one, the first one first; ``chain`` and ``hashes`` are the first one's for ever, since what they made
    stands in rows, names and links.
    """

    pages: bytes
    files: bytes
    log: bytes
    chain: bytes
    hashes: bytes
    keyring: bytes
    data: bytes
    earlier: tuple[Keys, ...] = ()

    @property
    def number(self) -> int:
        """Which data key of the folder this is, from 1."""
        return 1 + len(self.earlier)

    @property
    def log_keys(self) -> tuple[bytes, ...]:
        """The keys of the change log, the one in force first: until it is written anew, changes of before lie in it."""
        return (self.log, *(one.log for one in reversed(self.earlier)))

    def for_number(self, number: int) -> Keys:
        """Return the keys for what lies under the pages of data key ``number``: a backup or copy of before.

        Raises:
            KeyChanged: the data key was changed since these were opened.
        """
        return replace(self, pages=self._numbered(number).pages)

    def files_key(self, number: int) -> bytes | None:
        """Return the key of the kept files that bear ``number``, None where these keys know none."""
        return self._numbered(number).files if 1 <= number <= self.number else None

    def _numbered(self, number: int) -> Keys:
        if number > self.number:
            raise storage_errors.KeyChanged(f"key {number}")
        return (*self.earlier, self)[number - 1]

    def keyed_hash(self, text: str | bytes) -> str:
        """Return a hex HMAC-SHA-256 of ``text``: comparable inside this folder, meaningless outside."""
        data = text.encode("utf-8") if isinstance(text, str) else text
        return hmac.digest(self.hashes, data, "sha256").hex()


def derive_keys(data_key: bytes, earlier: Sequence[bytes] = ()) -> Keys:
    """Derive every key from the 32-byte data key (HKDF with SHA-512, one label a purpose).

    Args:
        earlier: the data keys before it, the first one first.
    """
    own, before = derive_single(data_key), tuple(derive_single(one) for one in earlier)
    first = before[0] if before else own
    return replace(own, chain=first.chain, hashes=first.hashes, earlier=before)


def derive_single(data_key: bytes) -> Keys:
    """Return what one data key gives by itself, whatever came before it."""

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
