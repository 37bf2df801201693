"""One change saved (transaction, journal row, change log) against writing and syncing the same bytes."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from app.services.data_folder import close_data_folder, create_data_folder
from app.services.sample_year import fill_sample_year
from db.records.events import Event
from tests.bench.paired import Paired, pair

NOW = datetime(2026, 12, 1, 9, 0)
PASSWORD = "見本の長いパスワードです"
BURST = 20


def measure() -> Paired:
    """Time bursts of small saves on a whole data folder with the sample year in it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        store, _ = create_data_folder(
            folder / "data", login_id="bench", display_name="計測", password=PASSWORD, now=NOW
        )
        fill_sample_year(store, now=NOW)
        event_id = next(iter(store.database.query("SELECT id FROM events ORDER BY id DESC LIMIT 1")))["id"]
        turn = iter(range(10**9))

        def ours() -> None:
            for _ in range(BURST):
                with store.change(action="備考を変えた", by="計測", now=NOW, event_id=event_id) as change:
                    change.update(Event, event_id, note=f"備考 {next(turn)}")

        payload = next(iter(store.database.query("SELECT payload FROM journal ORDER BY seq DESC LIMIT 1")))["payload"]
        data = str(payload).encode() * 1
        handle = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

        def bare() -> None:
            for _ in range(BURST):
                os.write(handle, data)
                os.fdatasync(handle)

        found = pair(ours, bare, rounds=15, warm=2)
        os.close(handle)
        close_data_folder(store, now=NOW)
    return Paired(found.ours / BURST, found.bare / BURST, found.ratio)
