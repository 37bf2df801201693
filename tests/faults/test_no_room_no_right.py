"""A full disk and a read-only folder: a Japanese sentence, nothing lost, and the obstacle is proved first."""

import pytest

from db.files import storage_errors
from tests.faults.as_ordinary_user import give_to_ordinary_user, reachable_place, run_as_ordinary_user
from tests.support.data_folders import (
    LOGIN,
    NAME,
    PASSWORD,
    closed,
    copied_folder,
    living,
    logged_numbers,
    opened,
    rename_event,
    title,
)

OPEN = f"""
folder = Path(sys.argv[1])
def open_folder():
    return data_folder.open_data_folder(
        folder, login_id={LOGIN!r}, password={PASSWORD!r}, now=datetime(2026, 9, 1, 9, 0), pc="MADO-01", wait=0.2
    )
def said(problem):
    sys.stdout.buffer.write(f"{{type(problem).__name__}}|{{problem.happened}}|{{problem.lost}}|{{problem.todo}}".encode())
"""


def said_as_ordinary_user(folder, script: str) -> str:
    """What a script says that somebody without rights runs to its end, with ``open_folder`` and ``said`` at hand."""
    run = run_as_ordinary_user(OPEN + script, str(folder))
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture
def place():
    with reachable_place() as folder:
        yield folder


def test_a_full_database_refuses_in_words_and_keeps_what_was_saved(place):
    store = opened(copied_folder(place))
    rename_event(store, "満杯の前")
    pages = store.database.execute("PRAGMA page_count").fetchone()[0]
    store.database.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(storage_errors.DiskFull) as full:
        rename_event(store, "あ" * 50_000)

    assert "空きが足りず" in full.value.happened
    assert "片づけて" in full.value.todo
    assert title(store) == "満杯の前"
    store.database.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    rename_event(store, "空けたあと")
    closed(store)
    again = opened(place / "data")
    assert title(again) == "空けたあと"
    closed(again)


def test_a_disk_that_fills_up_while_saving_refuses_in_words_and_keeps_what_was_saved(place):
    folder = copied_folder(place)
    give_to_ordinary_user(folder)

    said = said_as_ordinary_user(
        folder,
        """
store = open_folder().store
limit = max(path.stat().st_size for path in folder.rglob("*") if path.is_file()) + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:  # the obstacle holds
    (folder / "too-large").write_bytes(b"x" * (limit + 1))
    sys.exit(9)
except OSError:
    (folder / "too-large").unlink()
try:
    with store.change(action="大きな変更", by="見本", now=datetime(2026, 9, 1), subject="events") as change:
        change.update(Event, 1, note="あ" * 200_000)
except storage_errors.StorageProblem as problem:
    said(problem)
    sys.exit(0)
sys.exit(8)
""",
    )

    assert said.startswith("DiskFailed|")
    assert "空き" in said
    again = opened(folder)
    assert title(again) == "はじめの題名"
    assert again.database.execute("SELECT note FROM events").fetchone()[0] == ""
    closed(again)


def test_a_change_log_that_finds_no_room_keeps_the_change_and_catches_up(place):
    folder = copied_folder(place)
    give_to_ordinary_user(folder)

    said_as_ordinary_user(
        folder,
        """
store = open_folder().store
handle = os.open(folder / "changes" / "probe", os.O_WRONLY | os.O_CREAT)
writes = os.write
def no_room(handle, data):
    raise OSError(28, "No space left on device")
os.write = no_room
with store.change(action="控えに書けない変更", by="見本", now=datetime(2026, 9, 1), subject="events") as change:
    change.update(Event, 1, subject="控えより先")
assert store.change_log.pending_count == 1
assert "控えに書けていません" in data_folder.pending_notes(store)[0]
os.write = writes
(folder / "changes" / "probe").unlink()
with store.change(action="つぎの変更", by="見本", now=datetime(2026, 9, 1), subject="events") as change:
    change.update(Event, 1, subject="つぎ")
assert store.change_log.pending_count == 0 and data_folder.pending_notes(store) == ()
os._exit(0)
""",
    )

    head = opened(folder)
    assert head.database.execute("SELECT max(seq) FROM journal").fetchone()[0] in logged_numbers(folder)
    assert title(head) == "つぎ"
    closed(head)


def test_a_read_only_folder_refuses_to_open_and_offers_reading(place):
    folder = copied_folder(place)
    give_to_ordinary_user(folder)
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)

    said = said_as_ordinary_user(
        folder,
        f"""
try:  # the obstacle holds
    (folder / "probe").write_bytes(b"x")
    sys.exit(9)
except PermissionError:
    pass
try:
    open_folder()
    sys.exit(8)
except storage_errors.ReadOnlyFolder as problem:
    said(problem)
opened = data_folder.open_published(folder, login_id={LOGIN!r}, password={PASSWORD!r})
assert opened.store.database.execute("SELECT subject FROM events").fetchone()[0] == "はじめの題名"
""",
    )

    assert [word for word in ("読み取り専用", "閲覧専用で開く") if word not in said] == []
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    again = opened(folder)
    assert title(again) == "はじめの題名"
    closed(again)


def test_a_folder_that_cannot_be_made_leaves_nothing_behind(place):
    place = place / "closed"
    place.mkdir()
    give_to_ordinary_user(place)
    place.chmod(0o555)

    said = said_as_ordinary_user(
        place,
        f"""
folder = Path(sys.argv[1]) / "data"
try:
    data_folder.create_data_folder(
        folder, login_id={LOGIN!r}, display_name={NAME!r}, password={PASSWORD!r}, now=datetime(2026, 9, 1)
    )
    sys.exit(8)
except UserError as problem:
    sys.stdout.buffer.write(problem.todo.encode())
""",
    )

    assert "書き込めません" in said
    place.chmod(0o755)
    assert list(place.iterdir()) == []


def test_a_data_file_alone_that_is_read_only_is_said_at_opening(place):
    folder = copied_folder(place)
    give_to_ordinary_user(folder)
    living(folder).chmod(0o444)

    said = said_as_ordinary_user(
        folder,
        """
(folder / "probe").write_bytes(b"x")  # the obstacle is the file alone
(folder / "probe").unlink()
try:
    open_folder()
    sys.exit(8)
except storage_errors.ReadOnlyFolder as problem:
    said(problem)
""",
    )

    assert [word for word in ("データファイルに書き込めません", "閲覧専用で開く") if word not in said] == []
    assert not (folder / "seat").exists() or not list((folder / "seat").glob("*.claim"))
