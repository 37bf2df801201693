"""A program that is killed while a paper leaves: no row without its copy, no copy that a row misses, and the next
saving works."""

import os
import signal

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import document_saving, issued_copies, stored_files
from app.documents.services.file_saving import SaveOptions
from db import connection
from db.files import file_store
from db.keys import derive_keys
from db.records.documents import StoredFile
from db.rows import rows
from db.store import DATABASE_NAME, Store
from db.tables import documents
from tests.support.in_full import some
from tests.support.sample import BY, NOW
from tests.support.stores import DATA_KEY
from tests.support.world import World


def opened(folder) -> Store:
    keys = derive_keys(DATA_KEY)
    return Store(
        folder=folder, database=connection.connect(folder / DATABASE_NAME, keys.pages), keys=keys, login_id="x"
    )


def save(store, folder, name):
    return document_saving.save_document(
        ActionContext(store, BY, NOW),
        event_id=2,
        kind="参加人数連絡書",
        format="pdf",
        options=SaveOptions(path=folder / name),
    )


def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)


def after(function):
    """The function, and then the end of the process."""

    def run(*given, **named):
        function(*given, **named)
        die()

    return run


MOMENTS = {
    "before the copy": lambda: setattr(file_store, "put", die),
    "after the copy, before its record": lambda: setattr(file_store, "put", after(file_store.put)),
    "after the record, before the row": lambda: setattr(issued_copies, "keep_file", after(stored_files.keep_file)),
    "after the row, before the paper": lambda: setattr(issued_copies, "write_atomically", die),
    "after the paper, before the commit": lambda: setattr(
        issued_copies, "write_atomically", after(issued_copies.write_atomically)
    ),
}


@pytest.mark.parametrize("moment", some(MOMENTS, of=2))
def test_a_kill_leaves_no_lie(tmp_path, moment):
    world = World(tmp_path)
    folder = world.store.folder
    before = [row.id for row in documents.rows_with_copy(world.store.database)]
    saved = save(world.store, tmp_path, "前.pdf")
    world.store.database.conn.close()
    child = os.fork()
    if child == 0:
        try:
            store = opened(folder)
            MOMENTS[moment]()
            save(store, tmp_path, "途中.pdf")
        finally:
            os._exit(3)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL

    store = opened(folder)
    left = documents.rows_with_copy(store.database)
    assert sorted(row.id for row in left) == [*sorted(before), saved.id]
    assert all(issued_copies.open_copy(store, outgoing_id=row.id).agrees for row in left)
    expected = {one.keyed_hash: one.sha256 for one in rows(store.database, StoredFile)}
    assert file_store.findings(folder, store.keys, expected) == []
    again = save(store, tmp_path, "後.pdf")
    assert issued_copies.open_copy(store, outgoing_id=again.id).agrees
    store.database.conn.close()
