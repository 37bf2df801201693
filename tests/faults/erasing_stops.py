"""Ends a program at the n-th call that changes something while it erases, finishes that, backs up and closes.

A child opens a folder in which people, a slip and a picture were marked on the day before; from the beginning of the
erasing on it is ended by SIGKILL before, halfway or after one call below the folder. The folder is then opened once
more by the product: the chain is whole, what was erased stands nowhere but in older backups, every other row and file
is as it would be without the stop, and some of the older backups are restored.
"""

import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from app.actions.action_context import ActionContext
from app.data_folder.services import data_folder
from app.documents.services import stored_files
from app.settings.disposal.services import disposal
from db import connection, folder_layout, journal
from db.backups import backup, change_log, erasing_lists, finish_erasing
from db.files import file_store, storage_errors
from db.records.dispatches import DispatchRequest
from db.records.organisations import Organisation, Person
from db.records.submissions.reports import Report, ReportPhoto
from db.records.venues import Venue
from db.rows import rows
from db.store import Store
from db.tables.journal import rows_unlike_journal
from tests.faults.stopping import Stops, main
from tests.support.data_folders import NAME, NOW, closed, copied_folder, keys, opened, restored_backup
from tests.support.erased import NAMES, STAYS, fill_people, mark_due, standing_in, text_in

DAY: Final = datetime(2027, 3, 24, 10, 0)
NEXT: Final = DAY + timedelta(days=1)
GONE: Final = (NAMES[0], NAMES[1], NAMES[3], NAMES[4], NAMES[5], "巳上", "午下")
"""Names, telephone numbers and names of files."""
_OWN: Final = ("journal", "erasings", "facts", "disposals", "accesses", "_sqlite_migrations")
"""Tables in which the moment of an opening, or what is drawn by chance, stands."""
_BEGUN: Final = "begun"
_NEVER: Final = 1 << 62


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
            DispatchRequest(
                programme_id=1, organisation_id=group, received_on=NOW.date(), file_id=slip.id, signer="巳上"
            )
        )
        report = change.insert(Report(event_id=1, way="作成", version=1, author="受託者", status="作成中"))
        picture = stored_files.keep_file(store, change, data=b"\xff\xd8 picture", name="午下.jpg", now=NOW)
        change.insert(ReportPhoto(report_id=report, position=1, file_id=picture.id, scene="操作の様子"))
    closed(store)
    store = opened(folder, now=DAY)
    number = next(one.id for one in rows(store.database, Person) if one.name == NAMES[1])
    disposal.mark_person_for_erasing(ActionContext(store, NAME, DAY), person_id=number, reason="申出")
    mark_due(store, DAY)
    closed(store, now=DAY)
    return folder


def left_in(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that does not tell of the erasing itself."""
    tables = [one for one in store.database.table_names() if one not in _OWN]
    found = {one: store.database.execute(f"SELECT * FROM [{one}] ORDER BY 1").fetchall() for one in tables}
    found["disposals"] = store.database.execute(
        "SELECT id, kind, count, items, erased, stayed, left_over, erased_at IS NULL FROM disposals ORDER BY id"
    ).fetchall()
    return found


class ErasingStops(Stops):
    """Each held against the folder in which nothing was stopped."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, prepared(place / "source"))
        whole = self.copied("whole")
        assert not self.stopped(whole, 0)
        self.expected, self.files, wrong = opened_again(whole)
        assert not wrong, wrong
        self.steps = steps_in(whole)

    def work(self, folder: Path, begin: Callable[[], None]) -> None:
        """Open, erase, finish, back up and close; what counts begins with the erasing."""
        erase = data_folder.erase_due

        def from_here(store: Store, *, now: datetime) -> tuple[str, ...]:
            begin()
            return erase(store, now=now)

        data_folder.erase_due = from_here
        try:
            closed(opened(folder, now=NEXT), now=NEXT)
        finally:
            data_folder.erase_due = erase

    def look_at(self, folder: Path, *, restore: bool) -> list[str]:
        """Nothing else is lost, and what was erased stands nowhere but in older backups."""
        left = standing_in_spite(folder)
        self.outcome.seen.update(left)
        self.outcome.seen[_BEGUN] += "half written" not in left and _erased_at(folder) < _NEVER
        found, files, wrong = opened_again(folder)
        wrong += [f"{table} が違います" for table, wanted in self.expected.items() if found[table] != wanted]
        if files != self.files:
            wrong.append(f"保管ファイルが違います {files ^ self.files}")
        if steps_in(folder) != self.steps:
            wrong.append("消去の数が違います")
        return [*wrong, *(self._restored(folder) if restore else [])]

    def said(self) -> str:
        """The counts in one sentence."""
        done = self.outcome
        parts = "、".join(f"{name} {times}" for name, times in done.seen.most_common() if name != _BEGUN)
        return (
            f"書込み {done.calls}か所、停止 {done.stops}回（うち消去のコミットのあと {done.seen[_BEGUN]}回）、"
            f"開き直して違っていたもの {len(done.wrong)}件、"
            f"前のバックアップからの復元 {done.restored}回。止めた直後に名前が残っていた所：{parts}"
        )

    def _restored(self, folder: Path) -> list[str]:
        """Restore the oldest generation with the log and alone: no name, chain whole."""
        wrong = []
        oldest = backup.generations(folder / "backups")[-1]
        for way, more in (("log", {}), ("alone", {"replay": False})):
            new = folder.parent / f"{folder.name}-{way}"
            try:
                restored_backup(oldest.path, new, now=NEXT, live_folder=folder, **more)
                store = opened(new, now=NEXT)
                text = text_in(store)
                wrong += [f"復元（{way}）に「{word}」" for word in GONE if word in text]
                wrong += journal.check_chain(store.database, store.keys.chain)
                closed(store, now=NEXT)
                self.outcome.restored += 1
            except storage_errors.StorageProblem as problem:
                wrong.append(f"復元（{way}）できません：{problem}")
            finally:
                shutil.rmtree(new, ignore_errors=True)
        return wrong


def steps_in(folder: Path) -> int:
    """Return how many erasings a closed folder's journal holds."""
    database = connection.connect(folder_layout.database_of(folder) or folder, keys().pages, read_only=True)
    try:
        return int(database.execute("SELECT count(*) FROM journal WHERE subject = 'erasing'").fetchone()[0])
    finally:
        database.conn.close()


def opened_again(folder: Path) -> tuple[dict[str, list[tuple[Any, ...]]], set[str], list[str]]:
    """Open and close a folder once more; return its rows, its kept files, and what is wrong."""
    wrong = []
    store = opened(folder, now=NEXT)
    if finish_erasing.is_due(store):
        wrong.append("消去が終わっていません")
    wrong += journal.check_chain(store.database, store.keys.chain)
    wrong += connection.check_pages(store.database)
    wrong += [f"{table} {row_id} が履歴と違います" for table, row_id, *_ in rows_unlike_journal(store.database)]
    text = text_in(store)
    wrong += [f"「{word}」が残っています" for word in GONE if word in text]
    wrong += [f"「{word}」が失われました" for word in (*STAYS, "残る町会", "届いた書類.pdf") if word not in text]
    logged, findings = change_log.read_all(folder, store.keys.log)
    wrong += findings
    found = {**left_in(store), "変更の控え": [(number,) for number in sorted(logged)]}
    closed(store, now=NEXT)
    wrong += [f"{place} に残っています" for place in standing_in_spite(folder) if place not in ("older backups", "")]
    lists = [one for one in (folder / "backups" / erasing_lists.FOLDER_NAME).iterdir() if len(one.name) == 32]
    if len(lists) != 1:
        wrong.append(f"一覧が {len(lists)}件あります")
    newest = backup.generations(folder / "backups")[0]
    wrong += backup.generation_findings(newest)
    files = {path.name for path in file_store.stored_files(folder)}
    if set(newest.files) != files:
        wrong.append("新しい世代の保管ファイルが違います")
    for name in files:
        if file_store.read(folder, name, keys())[0] != "whole":
            wrong.append(f"保管ファイル {name[:8]} が壊れています")
    return found, files, wrong


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
    path = folder_layout.database_of(folder)
    assert path is not None
    database = connection.connect(path, keys().pages, read_only=True)
    try:
        found = database.execute("SELECT max(seq) FROM journal WHERE subject = 'erasing'").fetchone()[0]
    finally:
        database.conn.close()
    return int(found) if found else _NEVER


if __name__ == "__main__":
    sys.exit(main(ErasingStops))
