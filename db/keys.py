"""The keys of a data folder, derived from one data key for each purpose.

When the data key is changed (``docs/decisions/0073``) whoever has the new one has the earlier ones as well.
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
    """One key for each purpose (pages, files, change log, journal chain, hashes, keyring).

    ``data`` is the data key itself, kept only to wrap it for a further user. ``earlier`` are those of the
    earlier data keys, oldest first; ``chain`` and ``hashes`` always come from the first data key, since rows,
    names and links hold what they made.
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
        """Return the number of this data key in the folder, from 1."""
        return 1 + len(self.earlier)

    @property
    def log_keys(self) -> tuple[bytes, ...]:
        """Return the keys of the change log, current first; until it is rewritten it holds earlier changes."""
        return (self.log, *(one.log for one in reversed(self.earlier)))

    def for_number(self, number: int) -> Keys:
        """Return the keys for a backup or copy encrypted with data key ``number``.

        Raises:
            KeyChanged: the data key was changed since these were opened.
        """
        return replace(self, pages=self._numbered(number).pages)

    def files_key(self, number: int) -> bytes | None:
        """Return the key of stored files with this key number, None where it is unknown."""
        return self._numbered(number).files if 1 <= number <= self.number else None

    def _numbered(self, number: int) -> Keys:
        """Return the keys of data key ``number``; raises ``KeyChanged`` for a later one."""
        if number > self.number:
            raise storage_errors.KeyChanged(f"key {number}")
        return (*self.earlier, self)[number - 1]

    def keyed_hash(self, text: str | bytes) -> str:
        """Return a hex HMAC-SHA-256 of ``text``, comparable inside this folder, meaningless outside."""
        data = text.encode("utf-8") if isinstance(text, str) else text
        return hmac.digest(self.hashes, data, "sha256").hex()


def derive_keys(data_key: bytes, earlier: Sequence[bytes] = ()) -> Keys:
    """Derive every key from the 32-byte data key (HKDF with SHA-512, one label for each purpose).

    Args:
        earlier: the earlier data keys, oldest first.
    """
    own, before = derive_single(data_key), tuple(map(derive_single, earlier))
    first = before[0] if before else own
    return replace(own, chain=first.chain, hashes=first.hashes, earlier=before)


def derive_single(data_key: bytes) -> Keys:
    """Derive the keys of one data key, without earlier ones."""

    def one(label: bytes) -> bytes:
        """Return the key derived for the purpose named by ``label``."""
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
