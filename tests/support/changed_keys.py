"""A folder of three people, one of whom left, and the change of its data key as the window does it."""

from datetime import datetime, timedelta
from pathlib import Path

from app.actions.action_context import ActionContext
from app.data_folder.services import accounts, key_change
from app.data_folder.services.key_change import KeyChangePapers
from app.documents.services import stored_files
from db.keys import Keys
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened, prepared_folder
from tests.support.erased import fill_people

LATER = NOW + timedelta(days=1)
COLLEAGUE, LEAVER = "mihon02", "mihon03"
GIVEN = "渡したとてもながいパスワード"
"""The password of both before the change."""
PICTURE = b"\xff\xd8 a picture that stays"


def folder_of_three(place: Path) -> Path:
    """Return a closed folder of three people, one of whom left, with kept files in it and in its backups."""
    return prepared_folder(place, _three)


def _three(folder: Path) -> None:
    store = opened(folder)
    act = ActionContext(store, NAME, NOW)
    accounts.add_user(act, login_id=COLLEAGUE, display_name="同僚 一郎", password=GIVEN, role="閲覧")
    accounts.add_user(act, login_id=LEAVER, display_name="去る 人", password=GIVEN, password_is_own=True)
    with store.change(action="受領した", by=NAME, now=NOW, subject="materials") as change:
        stored_files.keep_file(store, change, data=PICTURE, name="写真.jpg", now=NOW)
    fill_people(store)
    closed(store)
    store = opened(folder)
    accounts.deactivate_user(ActionContext(store, NAME, NOW), login_id=LEAVER)
    closed(store)


def changed(folder: Path, *, now: datetime = LATER, password: str = PASSWORD) -> KeyChangePapers:
    """Change the key as the window does: prepare with the data open, close, change; return what was handed out."""
    keys, handed = prepared(folder, now=now, password=password)
    change(folder, keys, handed, now=now, password=password)
    return handed


def prepared(folder: Path, *, now: datetime = LATER, password: str = PASSWORD) -> tuple[Keys, KeyChangePapers]:
    """Return the keys in force and what is on paper; the folder is closed then."""
    store = opened(folder, now=now, password=password)
    handed = key_change.prepare_papers(store)
    closed(store, now=now)
    return store.keys, handed


def change(
    folder: Path,
    keys: Keys,
    handed: KeyChangePapers,
    *,
    now: datetime = LATER,
    password: str = PASSWORD,
    pc: str = "MADO-01",
) -> None:
    """Change the key of a closed folder."""
    key_change.change_key(folder, keys, login_id=LOGIN, password=password, papers=handed, now=now, pc=pc, settle=0.0)
