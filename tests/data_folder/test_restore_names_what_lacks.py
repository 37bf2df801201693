"""A restore names every change that is known to have been made, by whatever still speaks of it, and
promises no more."""

import json
from datetime import timedelta

import pytest

from app.data_folder.services import backups, data_folder
from db import connection
from db.backups import backup, change_log
from tests.support.altered_files import flip
from tests.support.data_folders import (
    NOW,
    closed,
    keys,
    living,
    opened,
    prepared_folder,
    rename_event,
    restored_backup,
    title,
)
from tests.support.stores import made_by

LATER = NOW + timedelta(days=1)
CHANGES = 6


folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A folder whose program was stopped after six changes that only database and change log hold."""


def _prepare(place):
    store = opened(place)
    for count in range(CHANGES):
        rename_event(store, f"題名 {count}")
    data_folder._release_all(store)


def restored(source, to, **more):
    return restored_backup(source, to, now=LATER, **more)


def head(folder):
    """The number of the last change: those of the making and the six."""
    return max(one.contents.seq for one in backup.generations(folder / "backups")) + CHANGES


def newest_segment(folder):
    return change_log.segments(folder)[-1]


def cut_in_half(folder):
    path = newest_segment(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def removed(folder):
    newest_segment(folder).unlink()


def one_bit(folder):
    """A bit falls over in the text of the second change of the newest segment."""
    flip(newest_segment(folder), 1 / 4)


@pytest.mark.parametrize("damage", [cut_in_half, removed, one_bit])
def test_what_the_log_lost_comes_from_the_living_journal(folder, tmp_path, damage):
    damage(folder)
    before = living(folder).read_bytes()

    result = restored(folder, tmp_path / "new")

    assert (result.replayed, result.missing) == (CHANGES, ())
    assert living(folder).read_bytes() == before
    said = "".join(backups.restore_messages(result))
    assert "は、いまのデータの履歴から戻しました" in said
    again = opened(tmp_path / "new")
    assert title(again) == f"題名 {CHANGES - 1}"
    closed(again)


def test_a_living_journal_that_another_hand_altered_gives_nothing_beyond_that_place(folder, tmp_path):
    last = head(folder)
    removed(folder)
    database = connection.connect(living(folder), keys().pages)
    database.execute("UPDATE journal SET action = '別の操作' WHERE seq = ?", [last - 2])
    database.conn.commit()
    database.conn.close()

    result = restored(folder, tmp_path / "new")

    assert (result.replayed, result.missing) == (CHANGES - 3, (last - 2, last - 1, last))
    assert any("つながらない" in note for note in result.notes)


def test_a_torn_end_is_said_when_the_database_is_gone_as_well(folder, tmp_path):
    cut_in_half(folder)
    living(folder).write_bytes(b"broken" * 100)

    result = restored(folder, tmp_path / "new")

    assert (len(result.missing), result.notes) == (1, (f"変更の控えが、{result.missing[0]} 番の途中で切れています。",))


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_one_altered_bit_in_a_length_loses_nothing(folder, tmp_path, at):
    flip(newest_segment(folder), at=at, bit=64)
    result = restored(folder, tmp_path / "new")
    assert (result.replayed, result.missing, result.notes) == (CHANGES, (), ())


def note_of(folder):
    """The note beside the copy for reading."""
    return max((folder / "published").glob("note-*.json"))


def test_the_name_of_an_empty_segment_and_the_published_copy_speak_of_changes_too(folder, tmp_path):
    last = head(folder)
    removed(folder)
    living(folder).unlink()
    (folder / "changes" / f"{last:012d}-000009-abcdef.log").write_bytes(b"")
    assert restored(folder, tmp_path / "one").missing == tuple(range(last - CHANGES + 1, last + 1))

    (folder / "changes" / f"{last:012d}-000009-abcdef.log").unlink()
    note = note_of(folder)
    note.write_text(json.dumps({**json.loads(note.read_bytes()), "seq": last}), encoding="utf-8")
    (folder / "published" / json.loads(note.read_bytes())["file"]).unlink()
    assert restored(folder, tmp_path / "two").missing == tuple(range(last - CHANGES + 1, last + 1))


def test_a_wild_number_in_a_note_names_nothing(folder, tmp_path):
    note = note_of(folder)
    note.write_text(json.dumps({**json.loads(note.read_bytes()), "seq": 10**12}), encoding="utf-8")
    assert restored(folder, tmp_path / "new").missing == ()


def test_a_segment_that_cannot_be_read_is_said_and_the_rest_comes_back(folder, tmp_path):
    path = newest_segment(folder)
    path.unlink()
    path.mkdir()
    result = restored(folder, tmp_path / "new")
    assert any("を読めません" in note for note in result.notes)
    assert (result.replayed, result.missing) == (CHANGES, ())


def test_restoring_while_this_program_has_the_folder_open_leaves_its_lock(folder, tmp_path):
    store = opened(folder)
    rename_event(store, "開いたまま")
    result = restored(folder, tmp_path / "new")
    assert result.missing == ()
    rename_event(store, "そのあとも")
    closed(store)
