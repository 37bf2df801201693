"""Ends a program at the n-th call that changes something while it erases, finishes that, backs up and closes.

A child opens a folder in which people, a slip and a picture were marked on the day before; from the beginning of the
erasing on it is ended by SIGKILL before, halfway or after one call below the folder. The folder is then opened once
more by the product: the chain is whole, what was erased stands nowhere but in older backups, every other row and file
is as it would be without the stop, and some of the older backups are restored.

Under ``preload/stop.c`` every call to the system counts; without it (a machine without a compiler) every statement that
writes and every file that Python makes, renames or removes.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from app.data_folder.services import backups, data_folder
from app.papers.services import stored_files
from app.subjects.offers import declare_subjects
from app.subjects.settings.disposal.services import disposal
from app.subjects.settings.disposal.services.due import read_due
from db import connection, journal, layout
from db.backups import backup, change_log, erasing_lists, finish_erasing
from db.engine import Database
from db.files import file_store, storage_errors
from db.records.dispatches import DispatchWish
from db.records.organisations import Organisation, Person
from db.records.submissions.reports import Report, ReportPhoto
from db.records.venues import Venue
from db.rows import rows
from db.store import Store
from db.tables.journal import unlike_journal
from tests.faults.preloading import Lies
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, copied_folder, keys, opened
from tests.support.erased import NAMES, STAYS, fill_people, standing_in, text_in

DAY: Final = datetime(2027, 3, 24, 10, 0)
NEXT: Final = DAY + timedelta(days=1)
GONE: Final = (NAMES[0], NAMES[1], NAMES[3], NAMES[4], NAMES[5], "巳上", "午下")
"""Names, telephone numbers and names of files."""
MOMENTS: Final = ("before", "halfway", "after")
_OWN: Final = ("journal", "erasings", "facts", "disposals", "_sqlite_migrations")
"""Tables in which the moment of an opening, or what is drawn by chance, stands."""
_EVENTS: Final = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.truncate")
_WRITING: Final = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT", "VACUUM")
_COUNTED: Final = "calls"
_NEVER: Final = 1 << 62
_ENDED, _STOPPED = 0, -signal.SIGKILL


@dataclass
class Outcome:
    """What the stops came to."""

    calls: int = 0
    stops: int = 0
    begun: int = 0
    restored: int = 0
    wrong: list[str] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)

    def said(self) -> str:
        """The counts in one sentence."""
        parts = "、".join(f"{name} {times}" for name, times in self.parts.most_common())
        return (
            f"書込み {self.calls}か所、停止 {self.stops}回（うち消去のコミットのあと {self.begun}回）、"
            f"開き直して違っていたもの {len(self.wrong)}件、"
            f"前のバックアップからの復元 {self.restored}回。止めた直後に名前が残っていた所：{parts}"
        )


def prepared(place: Path) -> Path:
    """Return a closed folder with people, a slip and a picture that are marked since ``DAY``."""
    folder = copied_folder(place)
    store = opened(folder)
    fill_people(store)
    with store.change(action="受け付けた", by=NAME, now=NOW, subject="dispatches") as change:
        group = change.insert(Organisation(name="残る町会"))
        slip = stored_files.keep_file(store, change, data=b"%PDF-1.4 slip", name="巳上 希望票.pdf", now=NOW)
        plan = stored_files.keep_file(store, change, data=b"received", name="届いた書類.pdf", now=NOW)
        change.insert(Venue(name="みほん区民館", map_file_id=plan.id))
        change.insert(
            DispatchWish(programme_id=1, organisation_id=group, received_on=NOW.date(), file_id=slip.id, signer="巳上")
        )
        report = change.insert(Report(event_id=1, way="作成", version=1, author="受託者", status="作成中"))
        picture = stored_files.keep_file(store, change, data=b"\xff\xd8 picture", name="午下.jpg", now=NOW)
        change.insert(ReportPhoto(report_id=report, position=1, file_id=picture.id, scene="操作の様子"))
    _closed(store, NOW)
    store = opened(folder, now=DAY)
    number = next(one.id for one in rows(store.database, Person) if one.name == NAMES[1])
    disposal.mark_person(store, person_id=number, reason="申出", by=NAME, now=DAY)
    lines = [line.id for line in read_due(store, today=DAY.date()).due]
    disposal.mark_for_erasing(store, lines=lines, by=NAME, now=DAY)
    _closed(store, DAY)
    return folder


def _closed(store: Store, now: datetime) -> None:
    said = data_folder.close_data_folder(store, now=now)
    assert said == (), said


def _work(folder: Path, number: int, moment: Any) -> None:
    """The child: open, erase, finish, back up and close; ended at a call since the erasing began (0 = never)."""
    erase = data_folder.erase_what_is_due
    counted: list[int] = []

    def from_here(store: Store, *, now: datetime) -> tuple[str, ...]:
        if hasattr(ctypes.CDLL(None), "desk_stop"):
            if number:
                Lies(folder).stop_at(number, moment, signal.SIGKILL)
        else:
            counted.append(0)
            _stop_python_at(folder, number, counted)
        return erase(store, now=now)

    data_folder.erase_what_is_due = from_here
    try:
        _closed(opened(folder, now=NEXT), NEXT)
        if counted:
            (folder.parent / _COUNTED).write_text(str(counted[0]), encoding="ascii")
    finally:
        data_folder.erase_what_is_due = erase


def _stop_python_at(folder: Path, number: int, counted: list[int]) -> None:
    """End this process before the n-th of what Python sees of its writings (0 = only count them)."""

    def count() -> None:
        counted[0] += 1
        if counted[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def seen(event: str, args: tuple[Any, ...]) -> None:
        writes = event in _EVENTS or (event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT)
        if writes and any(isinstance(one, str | Path) and str(one).startswith(str(folder)) for one in args):
            count()

    execute = Database.execute

    def counting(self: Database, sql: str, parameters: Any = None) -> Any:
        if sql.split(maxsplit=1)[0] in _WRITING:
            count()
        return execute(self, sql, parameters)

    Database.execute = counting
    sys.addaudithook(seen)


def stopped(folder: Path, number: int, moment: str) -> bool:
    """Let a child work in the folder; say whether it was ended before it was done."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            _work(folder, number, moment)
            code = _ENDED
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    end = os.waitstatus_to_exitcode(status)
    assert end in (_ENDED, _STOPPED), end
    return end == _STOPPED


def left_in(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that does not tell of the erasing itself."""
    tables = [one for one in store.database.table_names() if one not in _OWN]
    found = {one: store.database.execute(f"SELECT * FROM [{one}] ORDER BY 1").fetchall() for one in tables}
    found["disposals"] = store.database.execute(
        "SELECT id, kind, count, items, erased, stayed, left_over, erased_at IS NULL FROM disposals ORDER BY id"
    ).fetchall()
    return found


class Stops:
    """Stops in copies of one folder, each held against the folder in which nothing was stopped."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.source = prepared(place / "source")
        self.outcome = Outcome()
        whole = self._copy("whole")
        assert not stopped(whole, 0, "before")
        self.expected, self.files = self._opened_again(whole)
        assert not self.outcome.wrong, self.outcome.wrong
        self.steps = self._steps(whole)

    def _copy(self, name: str) -> Path:
        shutil.copytree(self.source, self.place / name)
        return self.place / name

    def _steps(self, folder: Path) -> int:
        database = connection.connect(layout.database_of(folder) or folder, keys().pages, read_only=True)
        try:
            return int(database.execute("SELECT count(*) FROM journal WHERE subject = 'erasing'").fetchone()[0])
        finally:
            database.conn.close()

    def stop(self, number: int, moment: str, *, restore: bool = False) -> bool:
        """Stop at one call and open once more; return False where the work ended before that call."""
        folder = self._copy(f"{number}{moment}")
        try:
            if not stopped(folder, number, moment):
                return False
            self.outcome.stops += 1
            left = standing_in_spite(folder)
            self.outcome.parts.update(left)
            self.outcome.begun += "half written" not in left and _erased_at(folder) < _NEVER
            where = f"{number}番目の書込み（{moment}）"
            seen = len(self.outcome.wrong)
            found, files = self._opened_again(folder)
            for table, wanted in self.expected.items():
                if found[table] != wanted:
                    self.outcome.wrong.append(f"{table} が違います")
            if files != self.files:
                self.outcome.wrong.append(f"保管ファイルが違います {files ^ self.files}")
            if self._steps(folder) != self.steps:
                self.outcome.wrong.append("消去の数が違います")
            if restore:
                self._restored(folder)
            self.outcome.wrong[seen:] = [f"{where}：{one}" for one in self.outcome.wrong[seen:]]
            return True
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _opened_again(self, folder: Path) -> tuple[dict[str, list[tuple[Any, ...]]], set[str]]:
        wrong = self.outcome.wrong
        store = opened(folder, now=NEXT)
        if finish_erasing.is_due(store):
            wrong.append("消去が終わっていません")
        wrong += journal.check_chain(store.database, store.keys.chain)
        wrong += connection.check_pages(store.database)
        wrong += [f"{table} {row_id} が履歴と違います" for table, row_id, *_ in unlike_journal(store.database)]
        text = text_in(store)
        wrong += [f"「{word}」が残っています" for word in GONE if word in text]
        wrong += [f"「{word}」が失われました" for word in (*STAYS, "残る町会", "届いた書類.pdf") if word not in text]
        logged, findings = change_log.read_all(folder, store.keys.log)
        wrong += findings
        found = {**left_in(store), "変更の控え": [(number,) for number in sorted(logged)]}
        _closed(store, NEXT)
        wrong += [
            f"{place} に残っています" for place in standing_in_spite(folder) if place not in ("older backups", "")
        ]
        lists = [one for one in (folder / "backups" / erasing_lists.FOLDER_NAME).iterdir() if len(one.name) == 32]
        if len(lists) != 1:
            wrong.append(f"一覧が {len(lists)}件あります")
        newest = backup.generations(folder / "backups")[0]
        wrong += backup.findings(newest)
        files = {path.name for path in file_store.stored(folder)}
        if set(newest.files) != files:
            wrong.append("新しい世代の保管ファイルが違います")
        for name in files:
            if file_store.read(folder, name, keys())[0] != "whole":
                wrong.append(f"保管ファイル {name[:8]} が壊れています")
        return found, files

    def _restored(self, folder: Path) -> None:
        """Restore the oldest generation with the log and alone: no name, chain whole."""
        oldest = backup.generations(folder / "backups")[-1]
        for way, more in (("log", {}), ("alone", {"replay": False})):
            new = folder.parent / f"{folder.name}-{way}"
            try:
                backups.restore_backup(
                    source=oldest.path, to=new, secret=PASSWORD, login_id=LOGIN, now=NEXT, living=folder, **more
                )
                store = opened(new, now=NEXT)
                text = text_in(store)
                self.outcome.wrong += [f"復元（{way}）に「{word}」" for word in GONE if word in text]
                self.outcome.wrong += journal.check_chain(store.database, store.keys.chain)
                _closed(store, NEXT)
                self.outcome.restored += 1
            except storage_errors.StorageProblem as problem:
                self.outcome.wrong.append(f"復元（{way}）できません：{problem}")
            finally:
                shutil.rmtree(new, ignore_errors=True)


def standing_in_spite(folder: Path) -> set[str]:
    """Return the kinds of places in which something erased can still be read with the key."""
    try:
        found = standing_in(folder, keys(), GONE)
    except (OSError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
        return {"half written"}  # a database with a journal that the next opening plays back
    step = _erased_at(folder)
    younger = {f"backup {one.number}" for one in backup.generations(folder / "backups") if one.contents.seq >= step}
    return {
        "newer backups" if one in younger else "older backups" if one.startswith("backup") else one.partition(" ")[0]
        for one in found
    }


def _erased_at(folder: Path) -> int:
    """The number of the last step of erasing, beyond every number where there is none."""
    path = layout.database_of(folder)
    assert path is not None
    database = connection.connect(path, keys().pages, read_only=True)
    try:
        found = database.execute("SELECT max(seq) FROM journal WHERE subject = 'erasing'").fetchone()[0]
    finally:
        database.conn.close()
    return int(found) if found else _NEVER


def run(stops: int, *, restores: int) -> Outcome:
    """Stop so often, spread over all calls and the three moments of each; restore after so many of them."""
    with tempfile.TemporaryDirectory(prefix="desk-erasing-") as place:
        them = Stops(Path(place))
        calls = them.outcome.calls = _calls(them)
        places = [(number, moment) for number in range(1, calls + 1) for moment in MOMENTS]
        step = max(1, len(places) // stops)
        chosen = places[::step][: max(stops, 1)]
        every = max(1, len(chosen) // restores) if restores else 0
        for count, (number, moment) in enumerate(chosen):
            them.stop(number, moment, restore=bool(every) and count % every == 0)
        return them.outcome


def _calls(them: Stops) -> int:
    """How many calls change something from the beginning of the erasing until the folder is closed."""
    if (them.place / _COUNTED).exists():
        return int((them.place / _COUNTED).read_text(encoding="ascii"))
    low, high = 1, 2
    while _reaches(them, high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _reaches(them, middle) else (low, middle)
    return low


def _reaches(them: Stops, number: int) -> bool:
    folder = them._copy("counted")
    try:
        return stopped(folder, number, "before")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    declare_subjects()
    done = run(int(sys.argv[1]), restores=int(sys.argv[2]))
    print(json.dumps({"stops": done.stops, "restored": done.restored, "wrong": done.wrong, "said": done.said()}))
    sys.exit(1 if done.wrong else 0)
