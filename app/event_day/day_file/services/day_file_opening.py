"""Opens a 当日持出しファイル for check-in: its event in memory, every change saved in the file before it counts.

Nothing but the file itself is written; the database is rebuilt from it in memory each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.event_day.day_file.services.day_file_checkout import LABEL_NAMES, DayFileLabel, Rows
from db import migrations
from db.backups.restore import apply_logged_change
from db.engine import Database
from db.files import day_file, storage_errors
from db.files.day_file import DayFile
from db.journal import Change
from db.keys import derive_keys
from db.record import record
from db.store import Store

_TORN_FILE_NOTE = (
    "ファイルの終わりに、読めない部分が1つありました。書いている途中で電源が切れたか、壊れています。"
    "その前に保存した{count}件は、すべて残っています。最後に受付した方を確かめてください。"
)


@record
class OpenedDayFile:
    """One opened 当日持出しファイル.

    Attributes:
        store: for the services of the check-in.
        rows_at_checkout: the rows as they were exported.
        file_notes: sentences for the user, often none.
    """

    store: Store
    file: DayFile
    label: DayFileLabel
    rows_at_checkout: Rows
    file_notes: tuple[str, ...]

    @property
    def sample_day(self) -> date | None:
        """Return the date that is today in a sample year, None in real data."""
        return date.fromisoformat(self.label.sample_day) if self.label.sample_day else None


def open_day_file(path: Path, *, password: str) -> OpenedDayFile:
    """Open the file at ``path``; it stays locked until ``close_day_file``.

    Raises:
        WrongPassword, Damaged, NotOurs, NewerData, MissingData, Locked: each in words; the file is unchanged.
    """
    file = day_file.open_file(path, password=password)
    try:
        found = file.read()
        label = _label_of(found.checked_out)
        database = _rebuild_database(found)
    except OSError as error:
        file.close()
        raise storage_errors.to_storage_problem(error) or error from error
    except BaseException:
        file.close()
        raise
    store = Store(
        folder=path.parent,
        database=database,
        keys=derive_keys(file.data_key),
        login_id="",
        display_name=label.taken_by,
        before_commit=[_change_writer(file)],
    )
    notes = (_TORN_FILE_NOTE.format(count=len(found.changes)),) if found.torn else ()
    return OpenedDayFile(
        store=store, file=file, label=label, rows_at_checkout=found.checked_out["rows"], file_notes=notes
    )


def close_day_file(day: OpenedDayFile) -> None:
    """Close the file; everything in it is saved already."""
    day.store.database.conn.close()
    day.file.close()


def check_day_password(day: OpenedDayFile, *, password: str) -> None:
    """Raise ``WrongPassword`` unless ``password`` opens the file."""
    if not day.file.is_password(password):
        raise storage_errors.WrongPassword(
            happened="パスワードが違います。",
            lost="受付の記録はそのままです。",
            todo="持ち出したときに決めたパスワードを、もう一度入力してください。",
        )


def _change_writer(file: DayFile) -> Any:
    """Return the function that writes a change into the file before it counts."""

    def keep(row: Mapping[str, Any]) -> None:
        """Append a change to the file before it is committed."""
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


def _label_of(rows_at_checkout: Mapping[str, Any]) -> DayFileLabel:
    """Return the label of the file; raises ``NewerData`` when a newer program made it."""
    said = rows_at_checkout["label"]
    if int(rows_at_checkout["version"]) > migrations.NEWEST or LABEL_NAMES.unknown(said):
        raise storage_errors.NewerData(
            "day file",
            happened="この当日持出しファイルは、新しい版のデジ活デスクで作られています。",
            lost=day_file.UNTOUCHED,
        )
    return DayFileLabel(**LABEL_NAMES.to_source(said))


def _rebuild_database(contents: day_file.DayFileContents) -> Database:
    """Rebuild the database from the exported rows, then each change in its schema version."""
    database = migrations.in_memory(upto=int(contents.checked_out["version"]))
    database.execute("BEGIN")
    change = Change(database)
    for table, rows in contents.checked_out["rows"].items():
        for row in rows:
            change.insert_raw(table, row)
    database.execute("COMMIT")
    for logged in contents.changes:
        if logged.version > migrations.version_of(database):
            migrations.migrate(database, upto=logged.version)
        apply_logged_change(database, logged)
    migrations.migrate(database)
    return database
