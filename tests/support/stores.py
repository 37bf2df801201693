"""The one factory for the data of tests: the product makes it once a run, and every test gets a copy of its own."""

import atexit
import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from db import connection, keyring, migrations
from db.keys import derive_keys
from db.store import DATABASE_NAME, Store

DATA_KEY = bytes(range(32))
TEMPLATES = "DEJIKATSU_DESK_TEST_TEMPLATES"
"""The variable that names the folder for what is copied; the run that sets it takes the folder away."""


def copy_of(make: Callable[..., Any], folder: Path, **given: Hashable) -> Any:
    """Copy to ``folder`` what ``make(place, **given)`` put into ``place`` when it was called once; return
    its result."""
    place, result = _made(make, tuple(given.items()))
    shutil.copytree(place, folder)
    return result


def result_of(make: Callable[..., Any], **given: Hashable) -> Any:
    """Return what ``make`` returned when it was called for the copies."""
    return _made(make, tuple(given.items()))[1]


def new_store(folder: Path, *, login_id: str = "sample") -> Store:
    """Give an empty, opened store in ``folder / "data"``: the encrypted database alone, without key slots."""
    copy_of(_make_empty, folder / "data")
    return opened_store(folder / "data", login_id)


def filled_store(folder: Path, fill: Callable[..., Any], **given: Hashable) -> tuple[Store, Any]:
    """Give an opened store on which ``fill(store, **given)`` was called once a run, and what that returned."""
    result = copy_of(_make_filled, folder / "data", fill=fill, **given)
    return opened_store(folder / "data"), result


def made_by(make: Callable[[Path], Any], *, scope: Literal["function", "module"] = "function") -> Any:
    """Return a fixture: what ``make`` puts into a folder of its own, let go of when the test or its module ends."""

    @pytest.fixture(scope=scope)
    def own(request: pytest.FixtureRequest) -> Iterator[Any]:
        folders = request.getfixturevalue("tmp_path_factory")
        found = make(request.getfixturevalue("tmp_path") if scope == "function" else folders.mktemp("own"))
        yield found
        if isinstance(store := getattr(found, "store", found), Store):
            killed(store)

    return own


def killed(store: Store) -> None:
    """Let go of an opened folder as a stop of the program does: nothing is said, nothing is given back."""
    store.database.conn.close()
    if store.write_lock is not None:
        store.write_lock.abandon()


def _make_empty(place: Path) -> None:
    place.mkdir()
    database = connection.connect(place / DATABASE_NAME, derive_keys(DATA_KEY).pages, create=True)
    migrations.migrate(database)
    database.conn.close()


def _make_filled(place: Path, fill: Callable[..., Any], **given: Hashable) -> Any:
    copy_of(_make_empty, place)
    store = opened_store(place)
    try:
        return fill(store, **given)
    finally:
        store.database.conn.close()


def opened_store(place: Path, login_id: str = "sample") -> Store:
    """Open the database alone in ``place``, as the copies are."""
    keys = derive_keys(DATA_KEY)
    database = connection.connect(place / DATABASE_NAME, keys.pages)
    return Store(folder=place, database=database, keys=keys, login_id=login_id)


def give_a_slot(store: Store) -> None:
    """Make the folder one that somebody logs in to: without a keyring the pages that name users are a failure."""
    slot = keyring.wrap(store.keys.data, "見本のながいパスワード", kind="user", owner=store.login_id)
    keyring.write(store.folder, keyring.with_slot(keyring.Keyring(number=0, slots=()), slot), store.keys)


@functools.cache
def _made(make: Callable[..., Any], given: tuple[tuple[str, Hashable], ...]) -> tuple[Path, Any]:
    place = Path(tempfile.mkdtemp(dir=templates())) / "made"
    return place, make(place, **dict(given))


@functools.cache
def templates() -> str:
    """The folder for what is copied."""
    given = os.environ.get(TEMPLATES)
    if given is not None:
        return given
    place = tempfile.mkdtemp(prefix="desk-test-templates-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place
