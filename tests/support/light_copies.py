"""How a copy of the database that was just made is looked through in tests: counted, or page by page as in the product
where a test asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db import connection
from db.backups import copies
from db.keys import Keys

_full_copy, _full_look = copies.copy_database, copies.inspect_copy


@contextmanager
def trusted() -> Iterator[None]:
    """Let a new copy be counted alone at its first look: hundreds of tests open and close a folder, each with copies
    of which every page would be read. Any later look at it is whole."""
    fresh: set[Path] = set()

    def copy(database: Any, key: bytes, path: Path) -> None:
        _full_copy(database, key, path)
        fresh.add(path)

    def look(path: Path, keys: Keys) -> copies.DatabaseContents:
        if path not in fresh:
            return _full_look(path, keys)
        fresh.discard(path)
        database = connection.connect(path, keys.pages, read_only=True)
        try:
            return copies.contents(database)
        finally:
            database.conn.close()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(copies, "copy_database", copy)
        patched.setattr(copies, "inspect_copy", look)
        yield


@contextmanager
def looked_through() -> Iterator[None]:
    """Look through every page of every copy."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(copies, "copy_database", _full_copy)
        patched.setattr(copies, "inspect_copy", _full_look)
        yield
