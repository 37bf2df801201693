"""Two windows on one folder: the heartbeat writes what each opened, the reader's by his file, and closing says when."""

from app.data_folder.services import data_folder
from db.accesses import queries, recorder
from tests.support.sessions import LOGIN, NOW, PASSWORD, in_main
from tests.support.stores import killed


def started(sessions, place):
    return sessions.launched(place, lock_wait_seconds=0.3, heartbeat_seconds=0.05)


def test_what_two_people_opened_stands_in_the_data_once_both_have_closed(sessions, qtbot, monkeypatch):
    monkeypatch.setattr(recorder, "BATCH_SECONDS", 0)
    sessions.make_and_close()
    writer = started(sessions, "settings")
    sessions.enter(writer)
    reader = started(sessions, "other")
    sessions.log_in(reader)
    qtbot.waitUntil(lambda: reader.main_window is not None)
    shown = in_main(reader)
    assert shown.app_context.read_only
    shown.app_context.note_access("団体の一覧", count=40)
    files = sessions.home / "data" / "accesses"
    # The writer may take the file in as soon as it is there.
    noted = shown.app_context.store.accesses
    qtbot.waitUntil(lambda: files.is_dir() and (any(files.rglob("*.log")) or not noted._waiting))
    sessions.end(reader)
    # Out of the waiting list it may not stand in a file yet: what counts is that the writer has it.
    base = in_main(writer).app_context.store.database
    qtbot.waitUntil(lambda: any(one.what == "団体の一覧" for one in queries.accesses_after(base, 0)))
    qtbot.waitUntil(lambda: not any(files.iterdir()))
    sessions.end(writer)

    store = data_folder.open_data_folder(sessions.home / "data", login_id=LOGIN, password=PASSWORD, now=NOW).store
    found = queries.accesses_after(store.database, 0)
    opened = [one for one in found if one.what == "団体の一覧"]
    theirs = [one.act for one in found if one.token == opened[0].token]
    assert (len(opened), theirs) == (1, ["ログイン", "閲覧", "ログアウト"])
    assert queries.first_broken(store.database, store.keys.chain) == 0
    killed(store)
