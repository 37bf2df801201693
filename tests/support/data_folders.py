"""A whole data folder with its key slots, change log and backups, made by the product's own service."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.services import accounts, backups, data_folder
from app.data_folder.services.data_folder import OpenedFolder
from app.documents.services import stored_files
from db import folder_layout
from db.backups import change_log, restore
from db.keys import Keys
from db.records.documents import StoredFile
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import Programme
from db.store import Store
from tests.support.stores import copy_of, result_of

NOW = datetime.fromisoformat("2026-09-01T09:00")
LOGIN, NAME, PASSWORD = "mihon01", "見本 花子", "みほんの鍵はながいほどよい"
SECOND = "another long one"
"""The password of a second person."""


def copied_folder(place: Path) -> Path:
    """Return a closed data folder under ``place`` with one user, one programme and one event."""
    return filled_folder(place, _one_event)


def filled_folder(place: Path, fill: Callable[[Store], object]) -> Path:
    """Return a closed data folder under ``place`` with one user and what ``fill`` put in."""
    copy_of(_make, place / "data", fill=fill)
    return place / "data"


def prepared_folder(place: Path, prepare: Callable[[Path], object]) -> Path:
    """Return a closed data folder under ``place`` as ``prepare`` left a copied one: it is prepared once a run."""
    copy_of(_prepared, place / "data", prepare=prepare)
    return place / "data"


def recovery_key() -> str:
    """Return the recovery key of every copied folder."""
    return str(result_of(_make, fill=_one_event)[0])


def opened(folder: Path, *, now: datetime = NOW, password: str = PASSWORD, wait: float = 0.2) -> Store:
    """Open a copied folder as its one user; whether a taker waits before it copies is told by the tests of the seat."""
    return opening(folder, now=now, password=password, wait=wait).store


def opening(folder: Path, *, now: datetime = NOW, password: str = PASSWORD, **how: Any) -> OpenedFolder:
    """Open a copied folder as its one user; return what is said of it, too."""
    how = {"pc": "MADO-01", "settle": 0.0} | how
    return data_folder.open_data_folder(folder, login_id=LOGIN, password=password, now=now, **how)


def restored_backup(source: Path, target: Path, *, now: datetime = NOW, **how: Any) -> restore.RestoreResult:
    """Bring a backup of a copied folder back as its one user."""
    return backups.restore_backup(source=source, target=target, secret=PASSWORD, login_id=LOGIN, now=now, **how)


def living(folder: Path) -> Path:
    """Return the database file of a data folder."""
    found = folder_layout.database_of(folder)
    assert found is not None
    return found


def closed(store: Store, *, now: datetime = NOW) -> None:
    """Close a folder, and hold that there is nothing to complain about."""
    said = data_folder.close_data_folder(store, now=now)
    assert said == (), said


def rename_event(store: Store, subject: str, *, by: str = NAME, now: datetime = NOW) -> None:
    """Make one change: the title of the one event."""
    with store.change(action=f"題名を「{subject}」に変えた", by=by, now=now, subject="events", event_id=1) as change:
        change.update(Event, 1, subject=subject)


def title(store: Store) -> str:
    """Return the title of the one event."""
    return str(store.database.execute("SELECT subject FROM events WHERE id = 1").fetchone()[0])


def logged_numbers(folder: Path) -> set[int]:
    """Return the numbers of the changes that the log of a copied folder holds."""
    return set(change_log.read_all(folder, keys().log)[0])


def keys() -> Keys:
    """Return the keys of every copied folder."""
    return result_of(_make, fill=_one_event)[1]


def _make(folder: Path, fill: Callable[[Store], object]) -> tuple[str, Keys]:
    store, key = data_folder.create_data_folder(
        folder, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW, pc="MADO-01"
    )
    fill(store)
    closed(store)
    return key, store.keys


def _prepared(folder: Path, prepare: Callable[[Path], object]) -> None:
    copy_of(_make, folder, fill=_one_event)
    prepare(folder)


def _one_event(store: Store) -> None:
    with store.change(action="年度を始めた", by=NAME, now=NOW, subject="programme") as change:
        change.insert(Programme(fiscal_year=2026, title="見本の事業", term_end=date(2027, 3, 31)))
    with store.change(action="事業を加えた", by=NAME, now=NOW, subject="events", event_id=1) as change:
        change.insert(
            Event(kind="講習会", form=EventForm.LECTURE, subject="はじめの題名", event_date=date(2026, 9, 30))
        )


def opened_at(now: datetime) -> Any:
    """Return a fixture: the folder of the test, open."""

    @pytest.fixture
    def store(folder: Path) -> Iterator[Store]:
        found = opened(folder, now=now)
        yield found
        data_folder._release_all(found)

    return store


def keep_paper(store: Store, data: bytes = b"paper", *, now: datetime = NOW) -> StoredFile:
    """Make one change: a file that is kept."""
    with store.change(action="資料を受領した", by=NAME, now=now, subject="materials") as change:
        return stored_files.keep_file(store, change, data=data, name="資料.pdf", now=now)


def add_user(store: Store, login_id: str = "b", password: str = SECOND, **more: Any) -> None:
    """Let a second person in, by a password of their own."""
    given: dict[str, Any] = {"display_name": "見本 太郎", "password_is_own": True} | more
    accounts.add_user(ActionContext(store, NAME, NOW), login_id=login_id, password=password, **given)
