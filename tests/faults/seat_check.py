"""What a data folder holds after two writers met in it: the living changes, those left behind, and
whether it is sound."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from app.data_folder.services import accounts
from app.data_folder.services.check_data import check_data_folder
from db import connection, folder_layout
from db.engine import Database
from db.store import Store
from tests.support.data_folders import LOGIN, PASSWORD

NAMES = "SELECT name FROM organisations ORDER BY id"
ACTIONS = "SELECT action FROM journal ORDER BY seq"


def contents(store: Store) -> dict[str, Any]:
    """Return the names of the living changes, what stands there twice, and what only older files hold."""
    living = _column(store.database, NAMES)
    twice = [
        name
        for text in (NAMES, ACTIONS)
        for name, times in Counter(_column(store.database, text)).items()
        if times > 1 and _is_ours(name)
    ]
    return {
        "living": living,
        "twice": twice,
        "unlike": sorted(
            {name for name in living if _is_ours(name)}
            ^ {name for name in _column(store.database, ACTIONS) if _is_ours(name)}
        ),
        "left": _left(store, set(living)),
        "may log in": [line.user.login_id for line in accounts.list_users(store) if line.can_log_in],
    }


def verified(folder: Path) -> tuple[str, ...]:
    """Return what the check of the closed folder finds (nothing = sound)."""
    return check_data_folder(folder, login_id=LOGIN, password=PASSWORD, wait=5.0).findings


def _left(store: Store, living: set[str]) -> list[str]:
    """Return the changes that were committed into a file left behind and are not in the living data."""
    found = []
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        for _, path in folder_layout.database_files(store.folder)[:-1]:
            for ending in ("", "-journal"):
                source = path.with_name(path.name + ending)
                if source.is_file():
                    shutil.copyfile(source, Path(place) / source.name)
            old = connection.connect(Path(place) / path.name, store.keys.pages)
            found += [name for name in _column(old, NAMES) if name not in living]
            old.conn.close()
    return found


def _is_ours(action: str) -> bool:
    return action.startswith("PC-")


def _column(database: Database, text: str) -> list[str]:
    return [str(row[0]) for row in database.execute(text).fetchall()]
