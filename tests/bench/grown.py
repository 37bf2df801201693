"""Opens every page on folders that have grown, against the new one: ten years of which nothing was erased, and 20,000
saved steps of five years with one busy day.

A page's cost is the processor time of the whole program until nothing more comes, the least of several openings: what
else the machine does does not count. The speed of a machine goes up and down by more than a page may, so the calls of
Python that one opening makes stand beside: they are the same each time, and tell work from noise. Start, backup,
checking and restoring of the grown folders stand beside.
Run by itself it is the child that opens the pages of one folder and prints what it found as JSON.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import re
import shutil
import subprocess
import sys
import tempfile
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from db.engine import Database
from db.records.events import Event
from db.records.roster import Entry
from db.records.surveys import SurveyResponse
from db.rows import rows
from db.store import Store
from tests.bench import opening

LIMIT: Final = 1.3
"""How many times the new folder's processor time a page may take."""
SPARED: Final = 0.01
"""Seconds more that are no excess: what a small page takes varies by them."""
TURN: Final = 0.05
"""Seconds that one turn of the window may work."""
OPENINGS: Final = 3
YEARS: Final = 10
STEPS: Final = 20_000
BUSY_DAY: Final = date(2026, 11, 30)
BUSY_STEPS: Final = 1_000
BY: Final = "見本 花子"
_SHIFT: Final = 1_000_000
"""By how much the ids of each earlier year lie above those of the year after it."""
_SHARED: Final = frozenset((
    "organisations", "organisation_keys", "person_keys", "former_names", "users", "facts", "journal", "closed_days",
    "column_maps", "backup_places", "failed_logins", "venues", "tablets", "questionnaires", "restore_drills",
    "accesses", "access_reviews",
    "stored_files", "erased_files", "erasings", "disposals", "disposal_holds", "not_doubles", "protected_places",
    "planned_changes", "subsidies", "earlier_counts", "earlier_figures", "_sqlite_migrations",
))  # fmt: skip
"""Tables that a further year adds nothing to."""
_UNBOUND: Final = {("outgoing_people", "person_id"): "people"}
"""Columns that hold an id of another table without a foreign key."""
_DAY: Final = re.compile(r"\b(20\d\d)(-\d\d-\d\d)")


def add_years(store: Store, count: int = YEARS - 1) -> None:
    """Copy the only year of a folder into as many closed years before it, with everybody who took part."""
    database = store.database
    database.execute("BEGIN")
    for back in range(1, count + 1):
        _copy_year(database, back)
    database.execute("COMMIT")


def _copy_year(database: Database, back: int) -> None:
    database.execute("PRAGMA defer_foreign_keys = ON")
    for table in [name for name in database.table_names() if name not in _SHARED]:
        names = [str(one[1]) for one in database.execute(f"PRAGMA table_info([{table}])").fetchall()]
        bound = {
            str(one[3]): str(one[2]) for one in database.execute(f"PRAGMA foreign_key_list([{table}])").fetchall()
        } | {name: whose for (of, name), whose in _UNBOUND.items() if of == table}
        moving = {"id", *(name for name, whose in bound.items() if whose not in _SHARED)}
        marks = ", ".join("?" for _ in names)
        found = database.execute(f"SELECT * FROM [{table}] WHERE id < ?", [_SHIFT]).fetchall()
        for values in found:
            row = dict(zip(names, values, strict=True))
            if table == "contacts" and row["person_id"] is row["application_id"] is row["event_id"] is None:
                continue  # of a 団体 itself, which no year repeats
            moved = [_moved(name, value, back, is_id=name in moving) for name, value in row.items()]
            if table == "programmes":
                year = row["fiscal_year"] - back
                new = {"fiscal_year": year, "closed_on": f"{year + 1}-05-31", "closed_reason": "年度が終わった"}
                moved = [new.get(name, value) for name, value in zip(names, moved, strict=True)]
            database.execute(f"INSERT INTO [{table}] VALUES ({marks})", moved)


def _moved(name: str, value: Any, back: int, *, is_id: bool) -> Any:
    """Return a value of this year as it stands in the year ``back`` years before."""
    if is_id:
        return value if value is None else value + back * _SHIFT
    if isinstance(value, str):
        return _DAY.sub(lambda found: f"{int(found[1]) - back}{found[2]}", value)
    return value


def add_steps(store: Store, count: int = STEPS, busy: int = BUSY_STEPS) -> None:
    """Save ``count`` steps as clerks do over five years, in the years before, and ``busy`` of them on one day."""
    add_years(store, 4)
    start, end = datetime(2021, 11, 1, 9, 0), datetime(2026, 11, 27, 17, 0)
    changing, quiet = _changes(store.database, before=True), count - busy
    for number in range(quiet):
        _save(store, next(changing), start + (end - start) * number / quiet)
    changing = _changes(store.database, before=False)
    first = datetime.combine(BUSY_DAY, time(9))
    for number in range(busy):
        _save(store, next(changing), first + timedelta(seconds=25 * number))


def _changes(database: Database, *, before: bool) -> Iterator[tuple[type[Any], int, dict[str, Any], int]]:
    """Yield without end what a step sets: record, id, values and event, each another value than before."""

    def of(record: type[Any]) -> list[Any]:
        return [one for one in rows(database, record) if (one.id >= _SHIFT) == before]

    turns: list[Iterator[tuple[type[Any], int, int]]] = [
        cycle([(Entry, one.id, one.event_id) for one in of(Entry)]),
        cycle([(Event, one.id, one.id) for one in of(Event)]),
        cycle([(SurveyResponse, one.id, 0) for one in of(SurveyResponse)]),
    ]
    columns: dict[type[Any], str] = {Entry: "seat", Event: "note", SurveyResponse: "typed_by"}
    for number, turn in enumerate(cycle(turns)):
        record, row_id, event_id = next(turn)
        yield record, row_id, {columns[record]: f"{number % 97 + 1}"}, event_id


def _save(store: Store, what: tuple[type[Any], int, dict[str, Any], int], now: datetime) -> None:
    record, row_id, values, event_id = what
    with store.change(action="内容を変えた", by=BY, now=now, event_id=event_id or None) as change:
        change.update(record, row_id, **values)


@dataclass(frozen=True)
class GrownPage:
    """One page: seconds of processor time on both folders, the longest turn on the grown one, and calls on both."""

    name: str
    new: float
    grown: float
    turn: float
    new_calls: int
    grown_calls: int

    @property
    def ratio(self) -> float:
        """Return how many times the new folder's time it takes."""
        return self.grown / self.new

    @property
    def calls_ratio(self) -> float:
        """Return how many times the new folder's calls it makes."""
        return self.grown_calls / self.new_calls

    @property
    def is_over(self) -> bool:
        """Return whether it takes more than it may."""
        return (self.ratio > LIMIT and self.grown - self.new > SPARED) or self.turn > TURN


@dataclass(frozen=True)
class GrownFolder:
    """One grown folder: its pages, and seconds of its start, backup, check and restore."""

    name: str
    pages: tuple[GrownPage, ...]
    jobs: tuple[tuple[str, float], ...]


def measure() -> tuple[GrownFolder, ...]:
    """Make the folders, open every page of each in a process of its own, and do the jobs."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        opening.make_sample_folder(home / "new")
        new = _child(home, "new")
        found = []
        for name, grow, title in (("years", add_years, "10年分"), ("steps", add_steps, "操作2万件")):
            _grow(home, name, grow)
            pages = _child(home, name)
            found.append(
                GrownFolder(
                    name=title,
                    pages=tuple(
                        GrownPage(one, new[one][0], *pages[one][:2], new[one][2], pages[one][2]) for one in new
                    ),
                    jobs=tuple(_jobs(home, name)),
                )
            )
        return tuple(found)


def lines(folders: tuple[GrownFolder, ...]) -> Iterator[str]:
    """Yield what is printed: for each folder its jobs, its ratios from the largest, and what is over."""
    for folder in folders:
        jobs = "、".join(f"{name} {seconds:.1f} 秒" for name, seconds in folder.jobs)
        yield f"育ったフォルダー（{folder.name}）／ 新しいフォルダー（処理の時間、上限 {LIMIT:g} 倍）　{jobs}"
        for page in sorted(folder.pages, key=lambda one: -one.ratio):
            yield (
                f"    {page.grown * 1000:6.0f} ms ／ {page.new * 1000:6.0f} ms ＝ {page.ratio:5.2f} 倍　"
                f"呼出し {page.calls_ratio:4.2f} 倍　1回 {page.turn * 1000:3.0f} ms　{page.name}"
                f"{'　超過' if page.is_over else ''}"
            )


def _grow(home: Path, name: str, grow: Any) -> None:
    from app.data_folder.services.data_folder import close_data_folder

    shutil.copytree(home / "new", home / name)
    store = opening.open_sample_folder(home / name)
    grow(store)
    close_data_folder(store, now=opening.NOW)


def _jobs(home: Path, name: str) -> Iterator[tuple[str, float]]:
    """Yield each job done on a folder and its seconds."""
    from app.data_folder.services import backups
    from app.data_folder.services.check_data import check_open_store
    from app.data_folder.services.data_folder import close_data_folder

    begun = clock.process_time()
    store = opening.open_sample_folder(home / name)
    yield "開く", clock.process_time() - begun
    begun = clock.process_time()
    backups.make_backup(store, now=opening.NOW, reason="計測")
    yield "バックアップ", clock.process_time() - begun
    begun = clock.process_time()
    check_open_store(store)
    yield "検査", clock.process_time() - begun
    close_data_folder(store, now=opening.NOW)
    begun = clock.process_time()
    backups.restore_backup(
        source=home / name,
        target=home / f"{name}-restored",
        secret=opening.PASSWORD,
        login_id=opening.LOGIN_ID,
        now=opening.NOW + timedelta(days=1),
    )
    yield "復元", clock.process_time() - begun


def _child(home: Path, name: str) -> dict[str, tuple[float, float, int]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    environment |= {"PYTHONPATH": str(opening.ROOT), "DEJIKATSU_DESK_HOME": str(home)}
    command = [sys.executable, "-m", "tests.bench.grown", str(home / name)]
    done = subprocess.run(command, check=True, env=environment, cwd=opening.ROOT, stdout=subprocess.PIPE)
    return {one: (work, turn, calls) for one, work, turn, calls in json.loads(done.stdout.splitlines()[-1])}


def main(folder: Path) -> None:
    """Open every page of a folder several times and print the least of its work and longest turn, and its calls."""
    from app.startup.pictures.sample_additions import event_ids
    from app.startup.pictures.waiting import wait_until_idle

    store = opening.open_sample_folder(folder)
    window = opening.window_on(store, folder.parent)
    wait_until_idle(window.app_context.tasks)
    pages = list(opening.visits(dict(event_ids(store, opening.NOW.date()))))
    pulse = opening.Pulse(window)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name, _place, _arguments in pages}
    for _ in range(OPENINGS):
        for name, place, arguments in pages:
            begun = clock.process_time()
            _longest, _whole, hardest, _within = pulse.open(place, arguments)
            found[name].append((clock.process_time() - begun, hardest))
    calls = {
        name: _calls(window, lambda to=place, more=arguments: pulse.open(to, more)) for name, place, arguments in pages
    }
    window.hide()
    window.app_context.tasks.shutdown()
    least = [[name, *(min(of) for of in zip(*several, strict=True)), calls[name]] for name, several in found.items()]
    sys.stdout.write(json.dumps(least, ensure_ascii=False) + "\n")


def _calls(window: Any, act: Callable[[], object]) -> int:
    """Return how many calls the window's thread, the one that reads and the one that draws make for ``act``."""
    threads = (window.app_context.tasks._store_thread, window.app_context.tasks._drawing)
    profiles = [cProfile.Profile() for _ in threads]
    own = cProfile.Profile()
    for thread, profile in zip(threads, profiles, strict=True):
        thread.submit(profile.enable).result()
    own.enable()
    act()
    own.disable()
    for thread, profile in zip(threads, profiles, strict=True):
        thread.submit(profile.disable).result()
    return sum(pstats.Stats(one).total_calls for one in (own, *profiles))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
