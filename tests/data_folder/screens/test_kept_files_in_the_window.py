"""While somebody works, the kept files are read again, and what is damaged is told at the foot of the side bar."""

from datetime import datetime
from pathlib import Path

from app.data_folder.services import data_folder
from app.documents.services import stored_files
from db.files import file_store
from tests.support.altered_files import flip
from tests.support.sessions import LOGIN, PASSWORD

NOW = datetime.fromisoformat("2026-09-01T10:32")


def damaged_file(folder: Path) -> tuple[Path, bytes]:
    """Keep a file, and flip a bit of it in both places; return where it lies and what it was."""
    store = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW).store
    with store.change(action="資料を受領した", by="みほん", now=NOW, subject="materials") as change:
        stored_files.keep_file(store, change, data=b"paper" * 100, name="資料.pdf", now=NOW)
    data_folder.close_data_folder(store, now=NOW)
    for place in (folder, folder / "backups"):
        path = next(file_store.stored_files(place))
        whole = path.read_bytes()
        flip(path, at=-1)
    return next(file_store.stored_files(folder)), whole


def test_a_file_damaged_everywhere_is_told_at_the_foot_of_the_side_bar(sessions, qtbot):
    sessions.make_and_close()
    path, whole = damaged_file(sessions.home / "data")
    sessions.now = NOW
    main = sessions.enter(sessions.launched(heartbeat_seconds=0.05))

    def told() -> bool:
        return "保管ファイルをご確認ください" in main.side_bar._foot.accessibleName()

    qtbot.waitUntil(told)
    assert path.name[:8] in main.side_bar._foot.accessibleName()
    assert "正しいものがありません" in main.side_bar._foot.accessibleName()
    for place in (sessions.home / "data", sessions.home / "data" / "backups"):
        file_store.path_of(place, path.name).write_bytes(whole)  # so that closing has nothing to tell
