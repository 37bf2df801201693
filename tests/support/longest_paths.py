"""Does all that makes files below a data folder, in a program of its own, and prints every path that was asked for.

``python -m tests.support.longest_paths <empty folder>``: one path a line, below the folder that holds everything.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.data_folder.services import backups, data_folder
from app.data_folder.services.folder_choice import new_folder_beside
from app.documents.services import stored_files
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD

_ASKING = {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "sqlite3.connect"}


def main(place: Path) -> None:
    """Make, fill, close, open, back up elsewhere and restore, with a watch on every path."""
    seen: set[str] = set()

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if event in _ASKING:
            seen.update(path for path in given if isinstance(path, str) and path.startswith(f"{place}{os.sep}"))

    sys.addaudithook(watch)
    folder = place / "data"
    store, _key = data_folder.create_data_folder(folder, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    with store.change(action="ファイルを受領した", by=NAME, now=NOW, subject="materials") as change:
        stored_files.keep_file(store, change, data=b"%PDF", name="資料.pdf", now=NOW)
    data_folder.close_data_folder(store, now=NOW)
    later = NOW + timedelta(days=1)
    opened = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=later).store
    backups.make_backup(opened, now=later, to=place / "elsewhere")
    data_folder.close_data_folder(opened, now=later)
    to = new_folder_beside(folder, today=later.date())
    backups.restore_backup(source=folder, target=to, secret=PASSWORD, login_id=LOGIN, now=later)
    seen.update(str(path) for path in place.rglob("*"))
    sys.stdout.writelines(f"{Path(path).relative_to(place).as_posix()}\n" for path in sorted(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
