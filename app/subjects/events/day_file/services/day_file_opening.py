"""A 当日持出しファイル opened for work: its event in memory, every saved change in the file before it counts.

- ``open_day_file(path, password) -> OpenedDay``; ``close_day_file(day)``; ``check_day_password(day, password)``

Nothing but the file itself is written anywhere; the database is made anew from it in memory each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.subjects.events.day_file.services.day_file_taking import LABEL, DayFileLabel, Rows
from db import migrations
from db.backups.restore import write_logged
from db.engine import Database
from db.files import day_file, storage_errors
from db.files.day_file import DayFile
from db.frozen_record import frozen_record
from db.journal import Change
from db.keys import derive_keys
from db.store import Store

_TORN = (
    "ファイルの終わりに、読めない部分が1つありました。書いている途中で電源が切れたか、壊れています。"
    "その前に保存した{count}件は、すべて残っています。最後に受付した方を確かめてください。"
)


@frozen_record
class OpenedDay:
    """One opened file: ``store`` for the services of the door, ``taken`` the rows as they were taken out.

    ``notes`` are sentences for the person, often none.
    """

    store: Store
    file: DayFile
    label: DayFileLabel
    taken: Rows
    notes: tuple[str, ...]

    @property
    def sample_day(self) -> date | None:
        """The own today of a sample year."""
        return date.fromisoformat(self.label.sample_day) if self.label.sample_day else None


def open_day_file(path: Path, *, password: str) -> OpenedDay:
    """Open the file at ``path``; it is held until ``close_day_file``.

    Raises:
        WrongPassword, Damaged, NotOurs, NewerData, MissingData, Locked: each in words; the file is as it was.
    """
    file = day_file.open_file(path, password=password)
    try:
        found = file.read()
        label = _label_of(found.taken)
        database = _rebuilt(found)
    except OSError as error:
        file.close()
        raise storage_errors.as_problem(error) or error from error
    except BaseException:
        file.close()
        raise
    store = Store(
        folder=path.parent,
        database=database,
        keys=derive_keys(file.data_key),
        login_id="",
        display_name=label.taken_by,
        before_commit=[_keeper(file)],
    )
    notes = (_TORN.format(count=len(found.changes)),) if found.torn else ()
    return OpenedDay(store=store, file=file, label=label, taken=found.taken["rows"], notes=notes)


def close_day_file(day: OpenedDay) -> None:
    """Let go of the file; everything in it was saved when it was done."""
    day.store.database.conn.close()
    day.file.close()


def check_day_password(day: OpenedDay, *, password: str) -> None:
    """Return when ``password`` opens the file; raises ``WrongPassword``."""
    if not day.file.fits(password):
        raise storage_errors.WrongPassword(
            happened="パスワードが違います。",
            lost="受付の記録はそのままです。",
            todo="持ち出したときに決めたパスワードを、もう一度入力してください。",
        )


def _keeper(file: DayFile) -> Any:
    """What writes a change into the file before it counts."""

    def keep(row: Mapping[str, Any]) -> None:
        try:
            file.append(row, migrations.NEWEST)
        except OSError as error:
            raise storage_errors.DiskFailed(
                f"{type(error).__name__} {error.errno}",
                happened="当日持出しファイルに保存できませんでした（空きの不足か、"
                "USBメモリが抜けたことが考えられます）。",
                todo="USBメモリと空きを確かめて、同じ操作をもう一度してください。"
                "できないときは紙の名簿で続けてください。",
            ) from error

    return keep


def _label_of(taken: Mapping[str, Any]) -> DayFileLabel:
    said = taken["label"]
    if int(taken["version"]) > migrations.NEWEST or LABEL.unknown(said):
        raise storage_errors.NewerData(
            "day file",
            happened="この当日持出しファイルは、新しい版のデジ活デスクで作られています。",
            lost=day_file.UNTOUCHED,
        )
    return DayFileLabel(**LABEL.own(said))


def _rebuilt(found: day_file.DayFileContents) -> Database:
    """Make the database anew: the rows as taken out, then each change in its turn, under the shape it was written."""
    database = migrations.in_memory(upto=int(found.taken["version"]))
    database.execute("BEGIN")
    change = Change(database)
    for table, rows in found.taken["rows"].items():
        for row in rows:
            change.put(table, row)
    database.execute("COMMIT")
    for logged in found.changes:
        if logged.version > migrations.version_of(database):
            migrations.migrate(database, upto=logged.version)
        write_logged(database, logged)
    migrations.migrate(database)
    return database
