"""One change saved, seat proved and all, against a bare transaction of one row in the same file and one synced append.

Both sync five times (journal twice, its folder, database, log). A save makes 18.5 writes against the 8 of the bare row,
since the journal's row and its index are pages of the file too: three are changed instead of one. So the quicker the
disk syncs, the larger the ratio: 1.4 to 1.6 and 2.1 to 2.4 were measured on disks, 4 to 7.7 in memory.
"""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from app.data_folder.services.data_folder import close_data_folder, create_data_folder
from app.sample.services.sample_year import fill_sample_year
from db import connection, folder_layout
from db.backups import change_log
from db.records.events import Event
from tests.bench.paired import Paired, pair

NOW = datetime(2026, 12, 1, 9, 0)
PASSWORD = "見本の長いパスワードです"
BURST = 20
LIMIT = 2.5


def measure() -> Paired:
    """Time bursts of small saves on a whole data folder with the sample year in it, and of bare ones on its copy."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        store, _ = create_data_folder(folder, login_id="bench", display_name="計測", password=PASSWORD, now=NOW)
        fill_sample_year(store, now=NOW)
        event_id = next(iter(store.database.query("SELECT id FROM events ORDER BY id DESC LIMIT 1")))["id"]
        turn = iter(range(10**9))

        def ours() -> None:
            for _ in range(BURST):
                with store.change(action="備考を変えた", by="計測", now=NOW, event_id=event_id) as change:
                    change.update(Event, event_id, note=f"備考 {next(turn)}")

        ours()
        living = folder_layout.database_of(folder)
        assert living is not None
        shutil.copy(living, Path(place) / "bare.db")
        # The same settings as the product's: exclusive, journal deleted, EXTRA.
        bare_database = connection.connect(Path(place) / "bare.db", store.keys.pages)
        segment = change_log.segments(folder)[-1]
        frame = segment.read_bytes()[-segment.stat().st_size // BURST :]
        handle = os.open(Path(place) / "bare.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

        def bare() -> None:
            for _ in range(BURST):
                bare_database.execute("BEGIN IMMEDIATE")
                bare_database.execute("UPDATE events SET note = ? WHERE id = ?", [f"備考 {next(turn)}", event_id])
                bare_database.execute("COMMIT")
                os.write(handle, frame)
                os.fdatasync(handle)

        found = pair(ours, bare, rounds=15, warm=2)
        os.close(handle)
        bare_database.conn.close()
        close_data_folder(store, now=NOW)
    return Paired(found.ours / BURST, found.bare / BURST, found.ratio)
