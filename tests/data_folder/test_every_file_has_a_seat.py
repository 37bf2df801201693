"""A writer writes only files whose name carries its own seat or token: held by watching a whole sitting."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.data_folder.services import backups, data_folder
from app.data_folder.services.background_checks import BackgroundChecks
from tests.support.data_folders import NOW, add_user, closed, keep_paper, opened, opening, rename_event

OTHERS = {
    r"(backups/)?files/[0-9a-f]{2}(/[0-9a-f]{64})?": "kept files are named by their content, the same whoever "
    "writes it",
    r"(backups/)?files/sums\.json": "what was checked when: losing or mixing it up costs reading the files again",
    r"backups/\d{5}_[-0-9_]+/checked\.json": "the outcome of counting a backup that was made without anybody's seat",
    r"backups/\d{5}_[-0-9_]+/(looked|aside)\.json": "what was found of a generation: losing or mixing it up "
    "costs looking again",
    r"backups/\d{5}_[-0-9_]+/manifest2?\.json": "the bytes of its twin, the same whoever writes them",
    r"backups/rule\.json": "how long backups are kept, said by the database: the same whoever writes it",
    r"(seat|desks)/clock": "a file of no content and a name of its own, gone at once",
    r"(seat|desks|backups|published|changes|files|backups/files)": "the folders that everybody uses",
    r"\.?desk-probe-[0-9a-f]+": "a file of no content and a name of its own, gone at once",
}
_PASSING = re.compile(r"\.[0-9a-f]{8}\.unfinished")
_watched: list[tuple[str, list[str]]] = []


def _hook(event: str, given: tuple[object, ...]) -> None:
    if not _watched:
        return
    if event == "open":
        path, mode, flags = given
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        paths: list[object] = [path] if writes or (isinstance(mode, str) and set(mode) & set("wax+")) else []
    elif event in {"os.rename", "os.link"}:
        paths = list(given[:2])
    elif event in {"os.mkdir", "os.truncate", "os.utime", "os.symlink"}:
        paths = [given[0]]
    else:
        return
    folder, seen = _watched[-1]
    seen += [os.path.relpath(one, folder) for one in map(_text, paths) if one.startswith(folder + os.sep)]


def _text(path: object) -> str:
    return os.fspath(path) if isinstance(path, str | os.PathLike) else ""


@contextmanager
def written_in(folder: Path) -> Iterator[list[str]]:
    """Collect the names below ``folder`` that are written, made or renamed by this process."""
    if not hasattr(written_in, "hooked"):
        sys.addaudithook(_hook)
        written_in.hooked = True  # type: ignore[attr-defined]
    seen: list[str] = []
    _watched.append((os.fspath(folder), seen))
    try:
        yield seen
    finally:
        _watched.pop()


def foreign(names: list[str], *, seat: int, token: str) -> list[str]:
    """Return those names that carry neither the seat nor the token and have no reason of their own."""
    plain = {_PASSING.sub("", name.replace(os.sep, "/")) for name in names}
    own = re.compile(rf"(^|[-_/.]){seat:06d}([-_./]|$)|{token}")
    return sorted(name for name in plain if not own.search(name) and not any(re.fullmatch(o, name) for o in OTHERS))


def a_whole_session(store) -> None:
    rename_event(store, "席のある題名")
    keep_paper(store)
    add_user(store)
    data_folder.heartbeat(store)
    data_folder.publish(store, now=NOW + timedelta(minutes=2))
    backups.make_backup(store, now=NOW + timedelta(minutes=3))
    backups.back_up_published(folder=store.folder, now=NOW + timedelta(minutes=4))
    files = BackgroundChecks()
    files.copy_new_files(store, now=NOW + timedelta(minutes=5))
    files.check_next(store, now=NOW + timedelta(days=40))


def test_a_whole_sitting_writes_only_under_its_own_seat(folder):
    with written_in(folder) as names:
        store = opened(folder)
        a_whole_session(store)
        seat, token = store.write_lock.number, store.write_lock.token
        closed(store)
    assert len(set(names)) > 20
    assert foreign(names, seat=seat, token=token) == []


def test_so_does_a_sitting_that_takes_over(folder):
    sleeping = opened(folder)
    for path in (*(folder / "desks").iterdir(), *(folder / "seat").iterdir()):
        os.utime(path, (path.stat().st_mtime - 200,) * 2)
    before = sleeping.write_lock.number
    with written_in(folder) as names:
        store = opening(folder, pc="MADO-05", take_over=True).store
        a_whole_session(store)
        seat, token = store.write_lock.number, store.write_lock.token
        closed(store)
    ended = {f"seat/{before:06d}.claim", f"seat/{before:06d}.over"}
    assert set(foreign(names, seat=seat, token=token)) == ended
    sleeping.database.conn.close()
    sleeping.write_lock.abandon()


def test_the_watch_sees_a_name_without_a_seat(folder):
    with written_in(folder) as names:
        (folder / "notes.json").write_text("x", encoding="utf-8")
        (folder / "notes.json").rename(folder / "other.json")
    assert foreign(names, seat=2, token="x" * 16) == ["notes.json", "other.json"]
