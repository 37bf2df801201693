"""Ends a program at the n-th call that changes something while it changes the data key, opens, backs up and closes.

A child changes the key of a closed folder and opens it, which finishes the change; from the taking of the seat on it is
ended by SIGKILL before, halfway or after one call below the folder. Right after it exactly one of both keys opens.
Opened once more by the product, all is as before the change, which can then be made, or nothing lives under the key of
before; every row is as it would be without the stop, and backups of both keys are restored by the new password alone.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from app.data_folder.services import backups, check_data, data_folder, reading
from app.documents.services import stored_files
from db import connection, folder_layout, keyring, write_lock
from db.backups import backup, change_log, finish_key_change
from db.files import file_store, storage_errors
from db.files.atomic_files import UNFINISHED
from db.store import Store
from tests.faults.stopping import Stops, main
from tests.support.changed_keys import COLLEAGUE, GIVEN, LATER, LEAVER, PICTURE, change, folder_of_three, prepared
from tests.support.data_folders import (
    LOGIN,
    NAME,
    PASSWORD,
    closed,
    opened,
    recovery_key,
    rename_event,
    restored_backup,
    title,
)
from tests.support.light_locks import LIGHT, stretched

NEXT: Final = LATER + timedelta(days=1)
PAPER: Final = b"%PDF-1.4 a paper that only the newer backups name"
TITLE: Final = "替える前の題名"
PC: Final = "MADO-01"
OWN: Final = (PASSWORD, LOGIN)
_OWN: Final = ("journal", "facts", "accesses", "_sqlite_migrations")
"""Tables in which the seat of an opening, or what is drawn by chance, stands."""
_STEPS: Final = "SELECT seq, at, by, action, subject, payload FROM journal ORDER BY seq"
_FACTS: Final = "SELECT name, value FROM facts WHERE name IN ('key_since', 'key_changed') ORDER BY name"
_BEFORE, _AFTER = "before", "after"
Rows = dict[str, list[tuple[Any, ...]]]
Secret = tuple[str, str | None]
"""A password with the login ID, or a recovery key as read back and None."""


def filled(place: Path) -> Path:
    """Return a closed folder with several backups, and a kept file that only the newer of them name."""
    folder = folder_of_three(place)
    store = opened(folder)
    with store.change(action="受領した", by=NAME, now=LATER, subject="materials") as change_of_papers:
        stored_files.keep_file(store, change_of_papers, data=PAPER, name="届いた書類.pdf", now=LATER)
    rename_event(store, TITLE, now=LATER)
    closed(store)
    return folder


def rows_in(store: Store) -> Rows:
    """Return every row that the change of the key, and a stop in it, leave as it is, and the steps."""
    tables = [one for one in store.database.table_names() if one not in _OWN]
    found = {one: store.database.execute(f"SELECT * FROM [{one}] ORDER BY 1").fetchall() for one in tables}
    found["journal"] = store.database.execute(_STEPS).fetchall()
    found["facts"] = store.database.execute(_FACTS).fetchall()
    return found


class KeyStops(Stops):
    """Each held against the folder of before, or against the one whose key was changed without a stop."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, filled(place / "source"))
        self.keys, self.handed = prepared(self.source)
        (colleague,) = self.handed.passwords
        old_recovery, new_recovery = map(keyring.normalise_recovery_key, (recovery_key(), self.handed.recovery_key))
        self.old: tuple[Secret, ...] = ((GIVEN, COLLEAGUE), (old_recovery, None))
        self.new: tuple[Secret, ...] = ((colleague.password, COLLEAGUE), (new_recovery, None))
        self.expected: dict[str, Rows] = {}
        whole = self.copied("whole")
        self.expected[_BEFORE] = self._as_it_is(whole)
        assert not self.stopped(whole, 0)
        self.expected[_AFTER] = self._as_it_is(whole)
        wrong = [*self._opened_again(whole, _AFTER), *self._of_before(whole), *self._restored(whole)]
        assert not wrong, wrong
        self.outcome.restored = 0

    def _as_it_is(self, folder: Path) -> Rows:
        store = opened(folder, now=NEXT)
        found = rows_in(store)
        closed(store, now=NEXT)
        return found

    def work(self, folder: Path, begin: Callable[[], None]) -> None:
        """Change the key, open, which finishes it, and close."""
        begin()
        change(folder, self.keys, self.handed, now=NEXT)
        closed(opened(folder, now=NEXT), now=NEXT)

    def look_at(self, folder: Path, *, restore: bool) -> list[str]:
        """One key opens, nothing lives under another one, and all rows and files are there."""
        state, wrong = self._standing(folder)
        self.outcome.seen[state] += 1
        _fall_silent(folder)
        if self.outcome.stops % 2:  # a reader takes a half-done save back, as the next opening would have to
            wrong += self._read(folder, OWN)
        wrong += self._opened_again(folder, state)
        again, more = self._standing(folder)
        wrong += more if again == state else [f"{state} が、開き直すと {again} になります"]
        if state == _BEFORE:
            wrong += _lying(folder, 1)
            wrong += self._read(folder, self.old[0])
            self.work(folder, lambda: None)
            wrong += self._opened_again(folder, _AFTER)
        wrong += self._of_before(folder)
        return [*wrong, *(self._restored(folder) if restore else [])]

    def said(self) -> str:
        """The counts in one sentence."""
        done = self.outcome
        return (
            f"書込み {done.calls}か所、停止 {done.stops}回（直後に前の鍵で開いたもの {done.seen[_BEFORE]}回、"
            f"新しい鍵で開いたもの {done.seen[_AFTER]}回）、違っていたもの {len(done.wrong)}件、"
            f"新しいパスワードでの復元 {done.restored}回"
        )

    def _standing(self, folder: Path) -> tuple[str, list[str]]:
        """Say which key opens, and what opens otherwise than that."""
        state = _AFTER if _opens(folder, OWN) == 2 else _BEFORE
        wanted = {OWN: 2 if state == _AFTER else 1, (GIVEN, LEAVER): 0}
        wanted |= dict.fromkeys(self.old, 1 if state == _BEFORE else 0)
        wanted |= dict.fromkeys(self.new, 2 if state == _AFTER else 0)
        wrong = []
        for secret, number in wanted.items():
            if (found := _opens(folder, secret)) != number:
                old = "前の" if secret in self.old else ""
                wrong.append(f"{state}：{secret[1] or '回復キー'} の{old}パスワードが {found}つ目の鍵で開きます")
        return state, wrong

    def _read(self, folder: Path, secret: Secret) -> list[str]:
        """Read living data and published copy, as a colleague does right after the stop."""
        password, login = secret
        assert login is not None
        for opening in (
            lambda: reading.open_for_reading(folder, login_id=login, password=password, pc=PC, wait=0.2),
            lambda: data_folder.open_published(folder, login_id=login, password=password),
        ):
            store = opening().store
            read = title(store)
            store.database.conn.close()
            if read != TITLE:
                return [f"読むと題名が「{read}」です"]
        return []

    def _opened_again(self, folder: Path, state: str) -> list[str]:
        """Open and close once more; the rows are those without a stop, and nothing is to be found or done."""
        store = data_folder.open_data_folder(
            folder, login_id=LOGIN, password=PASSWORD, now=NEXT, pc=PC, take_over=True, wait=0.2, settle=0.0
        ).store
        wrong = ["鍵の取り替えが終わっていません"] if finish_key_change.is_due(store) else []
        found = rows_in(store)
        wrong += [f"{table} が違います" for table, wanted in self.expected[state].items() if found[table] != wanted]
        checked = check_data.check_open_store(store)
        wrong += [*checked.findings, *checked.notes]
        logged, findings = change_log.read_all(folder, store.keys.log)
        wrong += findings
        after = backup.generations(folder / "backups")[-1].contents.seq
        if not set(range(after + 1, len(found["journal"]) + 1)) <= logged.keys():
            wrong.append(f"変更の控えが足りません {sorted(logged)}")
        wrong += self._lacking(store)
        closed(store, now=NEXT)
        newest = backup.generations(folder / "backups")[0]
        wrong += backup.generation_findings(newest)
        wrong += [] if newest.key_number == store.keys.number else [f"新しい世代の鍵が {newest.key_number}です"]
        return wrong

    def _lacking(self, store: Store, contents: tuple[bytes, ...] = (PICTURE, PAPER)) -> list[str]:
        """Name the kept files that do not come back as they were put in."""
        lacking = []
        for content in contents:
            try:
                whole = file_store.get(store.folder, store.keys, store.keys.keyed_hash(content)) == content
            except storage_errors.Damaged:
                whole = False
            lacking += [] if whole else [f"保管ファイル「{content[-12:]!r}」が読めません"]
        return lacking

    def _of_before(self, folder: Path) -> list[str]:
        """Name what lives in a closed folder under the key of before: whole files and what was left half written."""
        wrong = [f"変更の控え {seq} が前の鍵で読めます" for seq in change_log.read_all(folder, self.keys.log)[0]]
        for path in _living_files(folder):
            kept = path.read_bytes()
            ring = keyring.read_file(path)
            of_before = file_store.key_number_of(kept) == 1 or (ring is not None and ring.key_number == 1)
            if of_before or _is_database(path, self.keys.pages):
                wrong.append(f"{path.relative_to(folder)} が前の鍵のままです")
        return [*wrong, *_lying(folder, 2)]

    def _restored(self, folder: Path) -> list[str]:
        """Bring back the oldest and the newest backup, with the log and alone; no password of before brings one."""
        place = folder / "backups"
        every = backup.generations(place)
        wrong = [] if {one.key_number for one in every} == {1, 2} else ["世代の鍵がそろっていません"]
        elsewhere = Path(shutil.copytree(place, folder.parent / f"{folder.name}-disk"))
        try:
            for one in every:
                for source, living in ((one.path, folder), (elsewhere / one.path.name, None)):
                    wrong += self._refused(source, living)
            for one in (every[0], every[-1]):
                wrong += self._brought_back(one.path, folder)
            wrong += self._brought_back(elsewhere / every[-1].path.name, None)
        finally:
            shutil.rmtree(elsewhere, ignore_errors=True)
        store = data_folder.open_for_password_change(
            folder, login_id=COLLEAGUE, password=self.new[0][0], now=NEXT, pc=PC, wait=0.2, settle=0.0
        ).store
        wrong += [] if title(store) == TITLE else ["同僚の仮のパスワードで開いた題名が違います"]
        closed(store, now=NEXT)
        return wrong

    def _refused(self, source: Path, living: Path | None) -> list[str]:
        to = self.place / "refused"
        for secret, owner in self.old:
            try:
                backups.restore_backup(
                    source=source, target=to, secret=secret, login_id=owner, now=NEXT, live_folder=living
                )
            except storage_errors.WrongPassword:
                continue
            shutil.rmtree(to, ignore_errors=True)
            return [f"{source.name} が前のパスワード（{owner or '回復キー'}）で戻せます"]
        return []

    def _brought_back(self, source: Path, living: Path | None) -> list[str]:
        """Restore one backup with the log and alone, and look at it as at the folder itself."""
        wrong = []
        made = backup.read(source)
        assert made is not None
        for way, replay in (("log", True), ("alone", False)):
            to = self.place / "restored"
            try:
                restored_backup(source, to, now=NEXT, live_folder=living, replay=replay)
                store = opened(to, now=NEXT)
                wrong += [] if store.keys.number == 2 else [f"鍵が {store.keys.number}つ目です"]
                found, wanted = rows_in(store), self.expected[_AFTER]
                if replay and living is not None:
                    unlike = [table for table in wanted if table != "facts" and found[table] != wanted[table]]
                    wrong += [f"{table} が違います" for table in unlike]
                elif found["journal"] != wanted["journal"][: made.contents.seq]:
                    wrong.append("履歴が違います")
                wrong += check_data.check_open_store(store).findings
                names = {store.keys.keyed_hash(one): one for one in (PICTURE, PAPER)}
                there = {*made.files, *(path.name for path in file_store.stored_files(to))}
                wrong += self._lacking(store, tuple(names[one] for one in sorted(there)))
                wrong += [
                    f"{path.name} が前の鍵のままです" for path in file_store.stored_files(to) if _bears_first(path)
                ]
                closed(store, now=NEXT)
                self.outcome.restored += 1
            except storage_errors.StorageProblem as problem:
                wrong.append(f"戻せません：{problem}")
            finally:
                shutil.rmtree(to, ignore_errors=True)
            wrong = [one if one.startswith("復元") else f"復元（{source.name}、{way}）：{one}" for one in wrong]
        return wrong


def _opens(folder: Path, secret: Secret) -> int:
    """Return the number of the data key that a secret opens, 0 = it opens nothing."""
    try:
        return keyring.unlock(folder, secret[0], owner=secret[1]).keys.number
    except storage_errors.WrongPassword:
        return 0


def _fall_silent(folder: Path) -> None:
    """Let the time go by after which one is asked about a claim that nobody can read: it was half written."""
    standing = write_lock.read_lock_status(folder)
    if standing.state == "held" and standing.claim is None:
        ago = time.time() - 2 * write_lock.SILENT_SECONDS
        os.utime(folder / write_lock.FOLDER_NAME / f"{standing.number:06d}.claim", (ago, ago))


def _lying(folder: Path, key: int) -> list[str]:
    """Say what lies in a folder that is no database of this key and no keyring in force, or lies there without need.

    Where the key was not changed, a file of before a take-over stays its thirty days.
    """
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and UNFINISHED not in path.name)
    rings = [ring.key_number for ring in keyring.read_both(folder) if ring is not None]
    files = {file_store.key_number_of(path.read_bytes()) for path in file_store.stored_files(folder)}
    keys = [folder_layout.key_number_of(path) for _, path in folder_layout.database_files(folder)]
    right = (set(keys), rings, files, len(names)) == ({key}, [key, key], {key}, len(keys) + 2)
    right = right and (key == 1 or len(keys) == 1)
    return [] if right else [f"{key}つ目の鍵のフォルダーにあるもの：{names} {keys} {rings} {files}"]


def _bears_first(path: Path) -> bool:
    return file_store.key_number_of(path.read_bytes()) == 1


def _living_files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if Path(place, one) != folder / "backups"]
        yield from (Path(place, name) for name in names)


def _is_database(path: Path, pages: bytes) -> bool:
    """Say whether a file, whatever its name, is a database that these pages open."""
    try:
        connection.connect(path, pages, read_only=True).conn.close()
    except (storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
        return False
    return True


if __name__ == "__main__":
    # A key is no weaker proof for having been made lightly: how hard a password is stretched is told elsewhere.
    with stretched(LIGHT):
        code = main(KeyStops)
    sys.exit(code)
