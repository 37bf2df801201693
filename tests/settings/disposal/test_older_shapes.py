"""Data of older shapes: their text columns are classed too, and names go from the images of before an update."""

import shutil
import zipfile
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.services import backups, data_folder
from app.settings.disposal.services.disposal import mark_for_erasing
from app.settings.disposal.services.due_rows import read_due
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS
from db import connection, journal, keyring, mapping, migrations
from db.backups import backup, change_log
from db.erasing import erasings
from db.keys import derive_keys
from db.records.organisations import Person
from db.redactions import is_redacted_text
from db.row_history import RowHistory, walk_journal
from db.rows import rows
from tests.support.erased import standing_in, text_in
from tests.support.text_columns import text_columns

FOLDER = Path(__file__).parents[2] / "fixtures" / "folder_of_shape_7"
LOGIN, PASSWORD = "suzuki", "hanamizuki-2026"
DAY = datetime(2027, 5, 12, 10, 0)
NEXT = DAY + timedelta(days=1)
NAMED = ("name", "furigana", "value", "phone", "note", "care")
OF_BEFORE = {
    ("headcount_notices", "told_on"): "day",
    ("headcount_notices", "told_to"): "staff",
    ("headcount_notices", "told_how"): "staff",
    ("headcount_notices", "told_by"): "staff",
}
"""Text columns that later shapes have no more, each with its class, which the others have at their field; none holds
anything of those whom an erasing takes. Of ``people.phone``, which moved to ``contacts``, the column is still there."""


def texts_of(database):
    return {
        (table, column[1])
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if table != "_sqlite_migrations"
        for column in database.execute(f"PRAGMA table_info([{table}])").fetchall()
        if column[2] == "TEXT"
    }


def test_every_text_column_of_every_shape_is_classed(tmp_path):
    database = connection.connect(tmp_path / "desk.db", derive_keys(bytes(32)).pages, create=True)
    classed, seen = {one for found in text_columns().values() for one in found}, set()
    for version in range(1, migrations.NEWEST + 1):
        migrations.migrate(database, upto=version)
        seen |= texts_of(database)
    left = seen - texts_of(database)
    database.conn.close()
    assert seen - classed == left == set(OF_BEFORE)
    assert set(OF_BEFORE.values()) <= text_columns().keys() - {"goes", "follows"}


def opened(folder, now):
    return data_folder.open_data_folder(
        folder, login_id=LOGIN, password=PASSWORD, now=now, pc="MADO-01", settle=0.0
    ).store


def closed(store, now):
    assert data_folder.close_data_folder(store, now=now) == ()


def unpacked(place):
    with zipfile.ZipFile(FOLDER / "folder.zip") as packed:
        packed.extractall(place)
    shutil.copytree(place / "files", place / "backups" / "files")
    return place


@pytest.fixture(scope="module")
def erased(tmp_path_factory):
    """The folder of the seventh shape, its year over: names and telephones erased a day later; with every value that
    stood in cells of erased lives alone."""
    folder = unpacked(tmp_path_factory.mktemp("seven") / "data")
    store = opened(folder, DAY)
    segments, journaled = set(change_log.segments(folder)), mapping.read(store.database, "SELECT * FROM journal")
    store.change_log.rewrite(folder, {int(row["seq"]): row for row in journaled})
    assert set(change_log.segments(folder)) == segments, "where nothing was erased, nothing is written anew"
    held: dict[str, set[tuple[RowHistory, str] | None]] = defaultdict(set)
    for step in walk_journal(store.database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                for name, value in (change[side] or {}).items():
                    if isinstance(value, str) and len(value) > 2:
                        goes = life is not None and name in ERASED_COLUMNS.get(life.table, ()) and name in NAMED
                        held[value].add((life, name) if goes else None)
    mark_for_erasing(
        ActionContext(store, "見本", DAY), lines=[one.id for one in read_due(store, today=DAY.date()).due_lines]
    )
    closed(store, DAY)
    store = opened(folder, NEXT)
    gone = {
        (RowHistory(one.table, one.row_id, one.born, one.link), name)
        for each in erasings(store.database)
        for one in each.lives
        for name in one.cells
    }
    closed(store, NEXT)
    stays = [value for value, cells in held.items() if not cells <= gone]
    return folder, [
        value
        for value, cells in held.items()
        if cells <= gone and not is_redacted_text(value) and not any(value in one for one in stays)
    ]


@pytest.mark.nightly
def test_names_go_from_the_images_of_before_the_update(erased):
    folder, values = erased
    store = opened(folder, NEXT)
    assert len(values) > 100
    assert len([one for one in rows(store.database, Person) if is_redacted_text(one.name)]) > 50
    text = text_in(store)
    assert [one for one in values if one in text] == []
    assert journal.check_chain(store.database, store.keys.chain) == []
    keys = store.keys
    closed(store, NEXT)
    assert {one.partition(" ")[0] for one in standing_in(folder, keys, values)} <= {"backup"}


@pytest.mark.in_full
def test_a_backup_of_the_older_shape_brings_none_of_them_back(erased, tmp_path):
    folder, values = erased
    oldest = backup.generations(folder / "backups")[-1]
    for way in ({}, {"replay": False}):
        new = tmp_path / f"new{len(way)}"
        restored = backups.restore_backup(
            source=oldest.path, target=new, secret=PASSWORD, login_id=LOGIN, now=NEXT, **way
        )
        keys = derive_keys(keyring.unlock(new, PASSWORD, owner=LOGIN).data_key)
        assert standing_in(new, keys, values) == set()
        if not way:
            assert restored.missing == ()
        again = opened(new, NEXT)
        assert journal.check_chain(again.database, again.keys.chain) == []
        closed(again, NEXT)
