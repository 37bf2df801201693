"""While somebody works, the kept files are read again, and what is damaged is told at the foot of the side bar."""

from datetime import datetime
from pathlib import Path

from app.data_folder.services import data_folder
from app.documents.services import stored_files
from app.startup.launch import Launch
from app.startup.window import open_window
from db.files import file_store
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
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    return next(file_store.stored_files(folder)), whole


def test_a_file_damaged_everywhere_is_told_at_the_foot_of_the_side_bar(sessions, qtbot):
    first = sessions.start()
    sessions.make_data(first)
    sessions.end(first)
    path, whole = damaged_file(sessions.home / "data")
    launch = Launch(
        settings=sessions.home / "settings" / "settings.ini",
        own_folder=sessions.home / "data",
        sample_folder=sessions.home / "sample",
        clock=lambda: NOW,
        heartbeat_seconds=0.05,
    )
    window = open_window(launch)
    sessions._open.append(window)
    window.ended.connect(lambda: sessions._open.remove(window))
    main = sessions.enter(window)

    def told() -> bool:
        return "保管ファイルをご確認ください" in main.side_bar._foot.accessibleName()

    qtbot.waitUntil(told)
    assert path.name[:8] in main.side_bar._foot.accessibleName()
    assert "正しいものがありません" in main.side_bar._foot.accessibleName()
    for place in (sessions.home / "data", sessions.home / "data" / "backups"):
        file_store.path_of(place, path.name).write_bytes(whole)  # so that closing has nothing to tell
