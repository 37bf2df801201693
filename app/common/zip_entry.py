"""The entry of a zip file that carries neither a time of writing nor the system that wrote it."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipInfo


def stable_entry(name: str) -> ZipInfo:
    """Return the entry ``name``, the same whenever and wherever it is written."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0o600 << 16
    return entry
