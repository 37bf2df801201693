"""Ten thousand applications read from a file and written, against bare reading and one transaction of bare inserts."""

import csv
import tempfile
from datetime import datetime
from pathlib import Path

import openpyxl

from app.actions.action_context import ActionContext
from app.events.applications.services.application_import import import_applications, read_application_file
from tests.bench.paired import Paired, clock, from_times
from tests.support.application_rows import HEADINGS, row, write_csv, year_store
from tests.support.foreign_books import book, rows

ROWS = 10_000
ROUNDS = 3
AIM = 3.0
"""Met by a workbook (as Forms and the office send it); not by a CSV (some 3.4 to 4): three tenths are the inserts with
their triggers and references, the images and the journal, which alone are more than everything bare; the rest is
reading cells, judging rows and making records, in Python, in small steps of which none stands out."""
LIMITS = {".csv": 5.0, ".xlsx": 3.0}
"""What is held; that of a CSV with room for a machine that is busy otherwise."""
NOW = datetime(2026, 9, 16, 10, 20)


def measure(ending: str) -> Paired:
    """Time both on one file (``.csv`` or ``.xlsx``) of 10,000 applications of as many people, each on a folder of its
    own."""
    times = []
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"申込{ending}"
        lines = [_line(number) for number in range(ROWS)]
        if ending == ".csv":
            write_csv(path, lines)
        else:
            book(path, lambda sheet, _: rows(sheet, 1, [HEADINGS, *lines]))
        for turn in range(ROUNDS):
            towns = [(f"第{number % 17 + 1}支部", _town(number)) for number in range(250)]
            store = year_store(Path(place) / f"ours{turn}", organisations=towns)
            began = clock()
            taken = import_applications(
                ActionContext(store, "計測", NOW),
                path=path,
                file=read_application_file(path),
                event_id=1,
                include_doubtful=True,
            )
            ours = clock() - began
            if len(taken.preview.rows_to_import) != ROWS:
                raise RuntimeError(f"{len(taken.preview.rows_to_import)} of {ROWS} rows were taken in")
            tables = {name: list(store.database.query(f"SELECT * FROM [{name}]")) for name in WRITTEN}
            store.database.conn.close()
            times.append((ours, _bare(Path(place) / f"bare{turn}", path, tables)))
    return from_times(times)


WRITTEN = ("applications", "people", "memberships", "contacts", "entries", "foreign_imports")


def _bare(folder: Path, path: Path, tables: dict[str, list[dict[str, object]]]) -> float:
    """Read the file with the csv module or openpyxl alone and insert the very same rows, in one transaction."""
    store = year_store(folder)
    database = store.database
    database.execute("PRAGMA foreign_keys=OFF")
    began = clock()
    read = _read(path)
    database.execute("BEGIN IMMEDIATE")
    for name, stored in tables.items():
        if stored:
            places = ", ".join("?" * len(stored[0]))
            for one in stored:
                database.execute(f"INSERT INTO [{name}] VALUES ({places})", list(one.values()))
    database.execute("COMMIT")
    spent = clock() - began
    if len(read) != ROWS:
        raise RuntimeError("rows were lost")
    database.conn.close()
    return spent


def _read(path: Path) -> list[object]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as text:
            return list(csv.DictReader(text))
    workbook = openpyxl.load_workbook(path, read_only=True)
    read = list(workbook.worksheets[0].iter_rows(min_row=2, values_only=True))
    workbook.close()
    return list(read)


def _town(number: int) -> str:
    return f"みほん{number}町会"


def _line(number: int) -> tuple[str, ...]:
    cells = row(
        number, f"見本　{number}子", _town(number % 250), phone=f"03-{number // 10_000:04d}-{number % 10_000:04d}"
    )
    assert len(cells) == len(HEADINGS)
    return cells
