"""A hundred thousand rollbacks: what is read after each is what stood there; switched off, the same rounds fail."""

import tempfile
from pathlib import Path

from db import connection
from db.backups import copies
from db.files import storage_errors
from db.store import Store
from tests.faults.report import Report
from tests.support.stores import new_store

NAME = "rolling-back"
SAYS = "取り消した書込みのあとに読むものが、書込みの前と同じかを10万回確かめます。"
ROUNDS = 100_000


def wrong(store: Store, *, rounds: int, careful: bool = True) -> int:
    """Roll back so often; return how often the list of tables could not be read after it, or was another one.

    Args:
        careful: as the product does; otherwise only the ROLLBACK itself.
    """
    database = store.database
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    before = database.execute(tables).fetchall()
    found = 0
    for number in range(rounds):
        database.execute("BEGIN IMMEDIATE")
        database.execute(f"PRAGMA user_version = {number + 1000}")
        if careful:
            connection.roll_back(database)
        else:
            database.execute("ROLLBACK")
        try:
            same = database.execute(tables).fetchall() == before
        except storage_errors.ENGINE_ERRORS:
            same = False
        if not same:
            found += 1
            copies.contents(database)  # what makes a copy reads past a page that is held as malformed
            database.execute("PRAGMA shrink_memory")
    return found


def run(report: Report) -> bool:
    """Play with the guard and without it."""
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        store = new_store(Path(place))
        ours = wrong(store, rounds=ROUNDS)
        bare = wrong(store, rounds=ROUNDS, careful=False)
        store.database.conn.close()
    report.say(f"取り消し {ROUNDS}回: 読めなかったもの・違うもの {ours}、守りを外すと {bare}")
    return ours == 0 and bare > 0
