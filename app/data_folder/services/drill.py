"""復元の点検: restores the newest backup to a temporary folder on this PC, opens, checks, counts and removes it.

It restores as after a loss of the data (backup, change log, stored files) without using the live database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import fill_nonempty
from app.data_folder.services.data_folder import this_pc
from app.data_folder.services.drill_folder import drill_folder, remove_old_drills
from app.data_folder.services.second_folder import NEVER_COPIED, read_second_folder
from db import connection, folder_layout, journal, keyring
from db.backups import backup, copies
from db.backups.restore import RestoreResult, restore
from db.engine import Database
from db.files import file_store
from db.files.storage_errors import ENGINE_ERRORS, StorageProblem, WrongPassword, to_storage_problem
from db.keys import Keys
from db.record import record
from db.records.backups import DrillCount, DrillFolder, DrillStep, RestoreDrill
from db.store import Store
from db.tables import documents

WITH_KEY, WITH_PASSWORD = "回復キー", "パスワード"
DATA_FOLDER_LABEL = "データフォルダー"
_TABLES_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "実施回": ("events",), "団体": ("organisations",), "参加者（人）": ("people",), "申込": ("applications",),
    "名簿・出席の記録": ("entries",), "アンケートの回答": ("answer_sheets",), "受領した書類": ("received_papers",),
    "出した書類の記録": ("outgoing",), "協議の記録": ("agreements",),
    "管理簿の行": ("ledger_rows", "takeouts"), "保管ファイル": ("stored_files",), "利用者": ("users",),
}  # fmt: skip
ReportProgress = Callable[[int, int], None]
STEP_RESTORED, STEP_PAGES, STEP_CHAIN, STEP_COMPARED, STEP_FILES, STEP_REMOVED = (
    "空の場所に、いちばん新しい世代を戻した", "データの整合の検査", "履歴の鎖の検算", "件数を元と比べた",
    "保管ファイルを開いた", "戻したものを消した",
)  # fmt: skip
_STEP_COUNT = 7


@record
class DrillBaseline:
    """The live data to compare with: counts by table, the number of the last change, the state of the second folder.

    ``folder`` is the data folder; ``places`` is empty where no second folder is set.
    """

    folder: Path
    counts: Mapping[str, int]
    seq: int
    places: tuple[DrillFolder, ...]


class _DrillStopped(Exception):
    """Raised when a step fails, so that no further step makes sense."""


def read_drill_baseline(store: Store) -> DrillBaseline:
    """Write the last changes to the change log, then return what the restored data are compared with."""
    store.confirm_commits()
    if store.change_log is not None:
        store.change_log.flush()
    held = copies.contents(store.database)
    second = read_second_folder(store)
    places = []
    if second.target is not None:
        made = second.last_attempt.newest_time if second.last_attempt is not None else None
        places.append(
            DrillFolder(
                where=str(second.target.second_folder),
                newest=made,
                generations=None,
                state=second.last_attempt.problem if second.last_attempt is not None else NEVER_COPIED,
            )
        )
    return DrillBaseline(folder=store.folder, counts=held.counts, seq=held.seq, places=tuple(places))


def run_drill(
    report_progress: ReportProgress,
    baseline: DrillBaseline,
    *,
    secret: str,
    login_id: str | None,
    clock: Callable[[], datetime],
) -> RestoreDrill:
    """Restore, open, check and count, then remove what was restored; a step that raises an error ends the drill.

    The caller fills in ``number`` and ``by`` of the drill that is returned.

    Args:
        report_progress: called after each step; may cancel it, and then no result is kept. secret, login_id: the
            password and ID, or the recovery key and None. clock: the local time, for the record.
    Raises:
        WrongPassword: what was typed opens no backup; that is no result of a drill. UserError: something was saved
            meanwhile, so that nothing can be compared; neither is that.
    """
    began, course = clock(), _DrillRun(report_progress, clock)
    remove_old_drills()
    with drill_folder() as place:
        course.run_steps(baseline, place / "restored", secret=secret, login_id=login_id)
    course.record_step(STEP_REMOVED, passed=not place.exists(), note="" if not place.exists() else str(place))
    back = course.result
    return RestoreDrill(
        fiscal_year=fiscal_year_of(began.date()),
        number=0,
        began=began,
        ended=clock(),
        by="",
        pc=this_pc(),
        opened_with=WITH_PASSWORD if login_id is not None else WITH_KEY,
        generation=back.generation if back is not None else 0,
        made=back.backup_time if back is not None else None,
        replayed=back.replayed if back is not None else 0,
        missing=len(back.missing) if back is not None else 0,
        places=(_data_folder_state(baseline.folder), *baseline.places),
        steps=tuple(course.steps),
        counts=course.counts,
        notes=back.notes if back is not None else (),
    )


class _DrillRun:
    """The steps of one drill and their results.

    Attributes:
        steps: those recorded so far, passed or not. result: of the restoring, None before. counts: () before they are
            compared.
    """

    def __init__(self, report_progress: ReportProgress, clock: Callable[[], datetime]):
        self._report_progress, self._clock = report_progress, clock
        self.steps: list[DrillStep] = []
        self.result: RestoreResult | None = None
        self.counts: tuple[DrillCount, ...] = ()

    def run_steps(self, baseline: DrillBaseline, target: Path, *, secret: str, login_id: str | None) -> None:
        """Run every step until one cannot be carried out; a step that finds something wrong does not end it."""
        with suppress(_DrillStopped), ExitStack() as closing:
            self._run_step(STEP_RESTORED, lambda: self._restore(baseline, target, secret, login_id))
            keys = keyring.unlock(target, secret, owner=login_id).keys
            database = self._open_restored(target, keys, login_id, closing)
            self._run_step(STEP_PAGES, lambda: _no_findings(connection.check_pages(database), "異常 0"))
            self._run_step(
                STEP_CHAIN,
                lambda: _no_findings(
                    journal.check_chain(database, keys.chain), f"No 1から No {copies.head(database)[0]:,}まで"
                ),
            )
            self._run_step(STEP_COMPARED, lambda: self._compare(baseline, database))
            self._run_step(STEP_FILES, lambda: _check_files(database, keys, target))

    def record_step(self, step: str, *, passed: bool, note: str = "") -> None:
        """Record whether a step ``passed``, and report the progress; ``note`` says what was counted or is wrong."""
        self.steps.append(DrillStep(what=step, at=self._clock(), good=passed, note=note))
        self._report_progress(len(self.steps), _STEP_COUNT)

    def _run_step(self, step: str, work: Callable[[], tuple[bool, str]]) -> None:
        """Run one step and record its result; where it raises an error, record that and end the drill.

        ``work`` returns whether the step passed, and a note. ``WrongPassword`` and ``UserError`` go on to the caller.
        """
        try:
            good, note = work()
        except WrongPassword:
            raise
        except (OSError, StorageProblem, *ENGINE_ERRORS) as error:
            problem = to_storage_problem(error)
            self.record_step(step, passed=False, note=problem.happened if problem is not None else type(error).__name__)
            raise _DrillStopped from error
        self.record_step(step, passed=good, note=note)

    def _restore(self, baseline: DrillBaseline, target: Path, secret: str, login_id: str | None) -> tuple[bool, str]:
        """Restore into the drill's folder; return whether it is the newest backup with every change, and a note."""
        self.result = restore(
            baseline.folder, to=target, secret=secret, owner=login_id, now=self._clock(), use_live_data=False
        )
        brought = f"第{self.result.generation}世代と、そのあとの変更 {self.result.replayed}件"
        at = baseline.folder / backup.FOLDER_NAME
        newest = backup.generations(at)[0].number
        if newest != self.result.generation:
            return False, f"{brought}（いちばん新しい第{newest}世代は使えません）"
        if unread := backup.unreadable_folders(at):
            return False, f"{brought}（目録を読めない世代が {len(unread)}つあります）"
        return not self.result.missing, brought

    def _open_restored(self, target: Path, keys: Keys, login_id: str | None, closing: ExitStack) -> Database:
        """Open the restored database and record the step; ends the drill with _DrillStopped if there is none.

        ``closing`` closes it even if this step is cancelled, so that it can be deleted.
        """
        found = []

        def connect() -> tuple[bool, str]:
            """Open the restored database; return whether there is one, with an empty note."""
            path = folder_layout.database_of(target)
            if path is not None:
                found.append(connection.connect(path, keys.pages, read_only=True))
                closing.callback(found[0].conn.close)
            return bool(found), ""

        self._run_step(f"{WITH_PASSWORD if login_id is not None else WITH_KEY}で開いた", connect)
        if not found:
            raise _DrillStopped
        return found[0]

    def _compare(self, baseline: DrillBaseline, database: Database) -> tuple[bool, str]:
        """Compare how many records both databases have; return whether they are equal, with a note.

        Raises:
            UserError: the restored data hold changes newer than the baseline.
        """
        held = copies.contents(database)
        if held.seq > baseline.seq:
            raise UserError("点検の間に、変更が保存されました。件数を比べられません。", "もう一度、点検してください。")
        self.counts = count_by_kind((baseline.counts, baseline.seq), (held.counts, held.seq))
        unlike = sum(one.living != one.restored for one in self.counts)
        return not unlike, f"{len(self.counts)}種類" if not unlike else f"{unlike}種類が違う"


def count_by_kind(
    live: tuple[Mapping[str, int], int], restored: tuple[Mapping[str, int], int]
) -> tuple[DrillCount, ...]:
    """Return how many records of each kind the live and the restored data hold, history and others included.

    Args:
        live, restored: the rows by table, and the number of the last change.
    """
    ours, theirs = live[0], restored[0]
    found = [
        DrillCount(what=what, living=_sum(ours, tables), restored=_sum(theirs, tables))
        for what, tables in _TABLES_BY_KIND.items()
    ]
    named = {table for tables in _TABLES_BY_KIND.values() for table in tables}
    others = tuple({*ours, *theirs} - named)
    found.append(DrillCount(what="変更の履歴", living=live[1], restored=restored[1]))
    found.append(DrillCount(what="設定とそのほかの記録", living=_sum(ours, others), restored=_sum(theirs, others)))
    return tuple(found)


def _sum(counts: Mapping[str, int], tables: Iterable[str]) -> int:
    """Return how many rows these tables have."""
    return sum(counts.get(one, 0) for one in tables)


def _no_findings(findings: list[str], success_note: str) -> tuple[bool, str]:
    return not findings, findings[0] if findings else success_note


def _check_files(database: Database, keys: Keys, target: Path) -> tuple[bool, str]:
    """Return whether all restored stored files are intact, with a note: how many there are, else how many are not."""
    expected = documents.checksums_of_stored_files(database)
    found = file_store.findings(target, keys, expected)
    return not found, f"{len(found)}件に異常" if found else f"{len(expected)}件"


def _data_folder_state(folder: Path) -> DrillFolder:
    """Return time, number and state of the data folder's backups for the record of the drill.

    ``state`` says what is wrong with the newest one, "" = nothing.
    """
    every = backup.generations(folder / backup.FOLDER_NAME)
    said = backup.generation_findings(every[0]) if every else ["バックアップがありません。"]
    damaged = backup.damaged_files(folder / backup.FOLDER_NAME, every[:1])
    state = said[0] if said else fill_nonempty("保管ファイル {}件が違う", len(damaged))
    return DrillFolder(
        where=DATA_FOLDER_LABEL, newest=every[0].created_at if every else None, generations=len(every), state=state
    )
