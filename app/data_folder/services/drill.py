"""復元の点検: the newest backup is really restored into an empty place of this PC, opened, checked, counted, removed.

- ``read_drill_ground(store) -> DrillGround`` what it is compared with, read on the store thread
- ``run_drill(tell, ground, secret, login_id, clock) -> RestoreDrill`` needs no store, and never touches the living data

It restores as one would after the loss of the data: generation, change log, kept files, and no look at the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.wareki import fiscal_year_of
from app.data_folder.services.data_folder import this_pc
from app.data_folder.services.drill_place import drill_place, sweep_drills
from app.data_folder.services.second_place import NOT_YET, SecondPlace, read_second_place
from db import connection, journal, keyring, layout
from db.backups import backup, copies
from db.backups.restore import Restored, restore
from db.engine import Database
from db.files import file_store
from db.files.storage_errors import ENGINE_ERRORS, StorageProblem, WrongPassword, as_problem
from db.frozen_record import frozen_record
from db.keys import Keys
from db.records.backups import DrillCount, DrillPlace, DrillStep, RestoreDrill
from db.store import Store
from db.tables import papers

WITH_KEY, WITH_PASSWORD = "回復キー", "パスワード"
OWN_PLACE: Final = "データフォルダー"
_HISTORY: Final = "変更の履歴"
_REST: Final = "設定とそのほかの記録"
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "実施回": ("events",), "団体": ("organisations",), "参加者（人）": ("people",), "申込": ("applications",),
    "名簿・出席の記録": ("entries",), "アンケートの回答": ("answer_sheets",), "受領した書類": ("received_papers",),
    "出した書類の記録": ("outgoing",), "協議の記録": ("agreements",),
    "管理簿の行": ("ledger_rows", "takeouts"), "保管ファイル": ("stored_files",), "利用者": ("users",),
}  # fmt: skip
Tell = Callable[[int, int], None]
BROUGHT, PAGES, CHAIN, COMPARED, FILES, REMOVED = (
    "空の場所に、いちばん新しい世代を戻した", "データの整合の検査", "履歴の鎖の検算", "件数を元と比べた",
    "保管ファイルを開いた", "戻したものを消した",
)  # fmt: skip
_STEPS: Final = 7


@frozen_record
class DrillGround:
    """The living data at the beginning: counts by table, the number of the last change, the places of backups."""

    folder: Path
    counts: Mapping[str, int]
    seq: int
    places: tuple[DrillPlace, ...]


class _Ended(Exception):
    """A step did not hold: nothing after it can be asked."""


def read_drill_ground(store: Store) -> DrillGround:
    """Read what the restored data are compared with; what was saved last is in the change log by then."""
    store.settle()
    if store.change_log is not None:
        store.change_log.flush()
    held = copies.contents(store.database)
    second = read_second_place(store)
    places = []
    if second.wanted is not None:
        made = second.tried.made if second.tried is not None else None
        places.append(DrillPlace(where=str(second.wanted.place), newest=made, generations=None, state=_said(second)))
    return DrillGround(folder=store.folder, counts=held.counts, seq=held.seq, places=tuple(places))


def _said(second: SecondPlace) -> str:
    return second.tried.problem if second.tried is not None else NOT_YET


def run_drill(
    tell: Tell, ground: DrillGround, *, secret: str, login_id: str | None, clock: Callable[[], datetime]
) -> RestoreDrill:
    """Restore, open, check, count, and remove what was restored; a step that does not hold ends it and is kept.

    Args:
        tell: called after each step; may stop it, and then nothing of it stays. secret, login_id: the password and ID,
            or the recovery key and None. clock: the local time, for the record.

    Raises:
        WrongPassword: what was typed opens no backup; that is no outcome of a drill. Refusal: something was saved
            meanwhile, so that nothing can be compared; neither is that.
    """
    began, course = clock(), _Course(tell, clock)
    sweep_drills()
    with drill_place() as place:
        course.go_through(ground, place / "restored", secret=secret, login_id=login_id)
    course.note(REMOVED, good=not place.exists(), note="" if not place.exists() else str(place))
    back = course.back
    return RestoreDrill(
        fiscal_year=fiscal_year_of(began.date()),
        number=0,
        began=began,
        ended=clock(),
        by="",
        pc=this_pc(),
        opened_with=WITH_PASSWORD if login_id is not None else WITH_KEY,
        generation=back.generation if back is not None else 0,
        made=back.made if back is not None else None,
        replayed=back.replayed if back is not None else 0,
        missing=len(back.missing) if back is not None else 0,
        places=(_own_place(ground.folder), *ground.places),
        steps=tuple(course.steps),
        counts=course.counts,
        notes=back.notes if back is not None else (),
    )


class _Course:
    """The steps as they are gone through."""

    def __init__(self, tell: Tell, clock: Callable[[], datetime]) -> None:
        self._tell, self._clock = tell, clock
        self.steps: list[DrillStep] = []
        self.back: Restored | None = None
        self.counts: tuple[DrillCount, ...] = ()

    def go_through(self, ground: DrillGround, to: Path, *, secret: str, login_id: str | None) -> None:
        """Every step until one does not hold."""
        with suppress(_Ended), ExitStack() as closing:
            self._step(BROUGHT, lambda: self._bring_back(ground, to, secret, login_id))
            keys = keyring.unlock(to, secret, owner=login_id).keys
            database = self._opened(to, keys, login_id, closing)
            self._step(PAGES, lambda: _none_of(connection.check_pages(database), "異常 0"))
            self._step(CHAIN, lambda: _chain(database, keys))
            self._step(COMPARED, lambda: self._compare(ground, database))
            self._step(FILES, lambda: _files(database, keys, to))

    def note(self, what: str, *, good: bool, note: str = "") -> None:
        """Keep how a step came out."""
        self.steps.append(DrillStep(what=what, at=self._clock(), good=good, note=note))
        self._tell(len(self.steps), _STEPS)

    def _step(self, what: str, work: Callable[[], tuple[bool, str]]) -> None:
        try:
            good, note = work()
        except WrongPassword:
            raise
        except (OSError, StorageProblem, *ENGINE_ERRORS) as error:
            problem = as_problem(error)
            self.note(what, good=False, note=problem.happened if problem is not None else type(error).__name__)
            raise _Ended from error
        self.note(what, good=good, note=note)

    def _bring_back(self, ground: DrillGround, to: Path, secret: str, login_id: str | None) -> tuple[bool, str]:
        self.back = restore(ground.folder, to=to, secret=secret, owner=login_id, now=self._clock(), living_data=False)
        brought = f"第{self.back.generation}世代と、そのあとの変更 {self.back.replayed}件"
        at = ground.folder / backup.FOLDER_NAME
        newest = backup.generations(at)[0].number
        if newest != self.back.generation:
            return False, f"{brought}（いちばん新しい第{newest}世代は使えません）"
        if unread := backup.unread(at):
            return False, f"{brought}（目録を読めない世代が {len(unread)}つあります）"
        return not self.back.missing, brought

    def _opened(self, to: Path, keys: Keys, login_id: str | None, closing: ExitStack) -> Database:
        """Open what came back; ``closing`` closes it also for whoever stops at this very step, so that it can go."""
        found: list[Database] = []

        def connect() -> tuple[bool, str]:
            path = layout.database_of(to)
            if path is not None:
                found.append(connection.connect(path, keys.pages, read_only=True))
                closing.callback(found[0].conn.close)
            return bool(found), ""

        self._step(f"{WITH_PASSWORD if login_id is not None else WITH_KEY}で開いた", connect)
        if not found:
            raise _Ended
        return found[0]

    def _compare(self, ground: DrillGround, database: Database) -> tuple[bool, str]:
        held = copies.contents(database)
        if held.seq > ground.seq:
            raise Refusal("点検の間に、変更が保存されました。件数を比べられません。", "もう一度、点検してください。")
        self.counts = counted((ground.counts, ground.seq), (held.counts, held.seq))
        unlike = sum(one.living != one.restored for one in self.counts)
        return not unlike, f"{len(self.counts)}種類" if not unlike else f"{unlike}種類が違う"


def counted(living: tuple[Mapping[str, int], int], restored: tuple[Mapping[str, int], int]) -> tuple[DrillCount, ...]:
    """Return the fourteen kinds of records, counted in both.

    Args:
        living, restored: the rows by table, and the number of the last change.
    """
    ours, theirs = living[0], restored[0]
    found = [
        DrillCount(what=what, living=_sum(ours, tables), restored=_sum(theirs, tables))
        for what, tables in _KINDS.items()
    ]
    named = {table for tables in _KINDS.values() for table in tables}
    others = tuple({*ours, *theirs} - named)
    found.append(DrillCount(what=_HISTORY, living=living[1], restored=restored[1]))
    found.append(DrillCount(what=_REST, living=_sum(ours, others), restored=_sum(theirs, others)))
    return tuple(found)


def _sum(counts: Mapping[str, int], tables: Iterable[str]) -> int:
    return sum(counts.get(one, 0) for one in tables)


def _none_of(findings: list[str], well: str) -> tuple[bool, str]:
    return not findings, findings[0] if findings else well


def _chain(database: Database, keys: Keys) -> tuple[bool, str]:
    return _none_of(journal.check_chain(database, keys.chain), f"No 1から No {copies.head(database)[0]:,}まで")


def _files(database: Database, keys: Keys, to: Path) -> tuple[bool, str]:
    expected = papers.sums_of_stored_files(database)
    found = file_store.findings(to, keys, expected)
    return not found, f"{len(found)}件に異常" if found else f"{len(expected)}件"


def _own_place(folder: Path) -> DrillPlace:
    every = backup.generations(folder / backup.FOLDER_NAME)
    said = backup.findings(every[0]) if every else ["バックアップがありません。"]
    damaged = backup.damaged_files(folder / backup.FOLDER_NAME, every[:1])
    state = said[0] if said else f"保管ファイル {len(damaged)}件が違う" if damaged else ""
    return DrillPlace(where=OWN_PLACE, newest=every[0].made if every else None, generations=len(every), state=state)
