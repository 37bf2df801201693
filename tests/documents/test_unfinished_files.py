"""What a stop leaves half written beside a target is found by a note and taken away at the next start."""

import os
import subprocess
import sys

import pytest

from app.documents.services import file_saving, unfinished_files

KILLED = """
import os, sys
from pathlib import Path
from app.documents.services import file_saving
from db.files import filesystem
file_saving.filesystem.rename = lambda *_: os.kill(os.getpid(), 9)
file_saving.write_atomically(Path(sys.argv[1]), "名簿".encode())
"""


@pytest.fixture
def left(desk_home, tmp_path, project_folder):
    place = tmp_path / "書類"
    place.mkdir()
    ended = subprocess.run([sys.executable, "-c", KILLED, str(place / "名簿.pdf")], cwd=project_folder, check=False)
    assert abs(ended.returncode) == 9
    [part] = list(place.iterdir())
    assert part.read_bytes() == "名簿".encode()
    return part


def grown_old():
    for note in unfinished_files.notes_folder().iterdir():
        os.utime(note, (note.stat().st_mtime - 3600,) * 2)


def test_a_file_half_written_at_a_kill_is_gone_after_the_next_start(left):
    assert unfinished_files.delete_unfinished() == 0  # it may still be under way
    grown_old()
    assert unfinished_files.delete_unfinished() == 1
    assert not left.exists()
    assert list(unfinished_files.notes_folder().iterdir()) == []


def test_a_note_that_names_something_else_takes_nothing_away(left, tmp_path):
    other = tmp_path / "大事な.pdf"
    other.write_bytes(b"x")
    [note] = list(unfinished_files.notes_folder().iterdir())
    note.write_text(str(other), encoding="utf-8")
    grown_old()
    assert unfinished_files.delete_unfinished() == 0
    assert other.exists()


def test_a_stick_that_is_not_plugged_in_is_looked_at_another_day(left):
    away = left.parent.with_name("離した")
    left.parent.rename(away)
    grown_old()
    assert unfinished_files.delete_unfinished() == 0
    away.rename(left.parent)
    assert unfinished_files.delete_unfinished() == 1
    assert not left.exists()


def test_a_file_that_was_written_leaves_no_note(desk_home, tmp_path):
    file_saving.write_atomically(tmp_path / "名簿.pdf", b"x")
    assert list(unfinished_files.notes_folder().iterdir()) == []
