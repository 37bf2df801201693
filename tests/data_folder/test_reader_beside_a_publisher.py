"""Who opens the copy for reading while it is being replaced gets one, old or new, and never a false word."""

import subprocess
import sys

import pytest

from app.data_folder.services import data_folder
from db.backups import copies
from tests.support.data_folders import LOGIN, NOW, PASSWORD, closed, copied_folder, keys, opened, rename_event, title

READER = """
import sys
from pathlib import Path
from app.data_folder.services import data_folder
from db.keys import derive_keys
keys = derive_keys(bytes.fromhex(sys.argv[2]))
print("ready", flush=True)
for _ in range(60):
    data_folder.open_copy(Path(sys.argv[1]), keys, login_id=sys.argv[3]).store.database.conn.close()
print("done", flush=True)
"""


@pytest.mark.nightly
def test_a_reader_in_a_process_of_its_own_never_fails_while_copies_follow_each_other(tmp_path, project_folder):
    folder = copied_folder(tmp_path)
    store = opened(folder)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(folder), keys().data.hex(), LOGIN],
        cwd=project_folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    number = 0
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    while reader.poll() is None and number < 400:
        number += 1
        rename_event(store, f"題名 {number}")
        data_folder.publish(store, now=NOW)
    said, wrong = reader.communicate(timeout=60)
    closed(store)
    assert (said, wrong) == ("done\n", "")
    assert number > 5


@pytest.mark.parametrize("gone", ["note", "copy"])
def test_what_is_replaced_between_two_looks_is_read_again(tmp_path, monkeypatch, gone):
    folder = copied_folder(tmp_path)
    really, first = copies.read_note, [True]

    def looking(place):
        found = really(place)
        if first.pop() if first else False:
            if gone == "note":
                return None
            store = opened(folder)
            rename_event(store, "新しい題名")
            closed(store)
        return found

    monkeypatch.setattr(copies, "read_note", looking)
    store = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD).store
    assert title(store) == ("はじめの題名" if gone == "note" else "新しい題名")
    store.database.conn.close()
