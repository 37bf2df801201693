"""The change log outside the database: whole frames only, gaps seen, torn ends passed over."""

import pytest

from db.backups import change_log
from tests.support.altered_files import flip

KEY = bytes(range(32))


def row(seq: int) -> dict[str, object]:
    return {"seq": seq, "chain": f"chain{seq}", "payload": "あ" * 50}


@pytest.fixture
def log(tmp_path):
    written = change_log.ChangeLog(tmp_path, KEY, 1)
    yield written
    written.close()


def written(log, folder, *numbers):
    """Write these changes into the log; return its segment."""
    for seq in numbers:
        log.append(row(seq))
    return change_log.segments(folder)[0]


def test_what_was_appended_is_read_back_in_words_nobody_else_can_read(log, tmp_path):
    for seq in (1, 2, 3):
        log.append(row(seq))

    found, findings = change_log.read_all(tmp_path, KEY)

    assert [found[seq].row for seq in sorted(found)] == [row(1), row(2), row(3)]
    assert {one.version for one in found.values()} == {1}
    assert findings == []
    assert "あ".encode() not in change_log.segments(tmp_path)[0].read_bytes()
    assert change_log.read_all(tmp_path, KEY, after=2)[0].keys() == {3}


def test_a_torn_end_is_passed_over_and_the_next_session_writes_into_a_file_of_its_own(log, tmp_path):
    log.append(row(1))
    log.append(row(2))
    log.close()
    path = change_log.segments(tmp_path)[0]
    path.write_bytes(path.read_bytes()[:-7])

    assert set(change_log.read_all(tmp_path, KEY)[0]) == {1}
    later = change_log.ChangeLog(tmp_path, KEY, 1)
    assert change_log.catch_up(later, tmp_path, [row(1), row(2)]) == 1
    later.close()

    found, findings = change_log.read_all(tmp_path, KEY)
    assert set(found) == {1, 2}
    assert findings == []
    assert len(change_log.segments(tmp_path)) == 2


def test_an_altered_change_is_a_finding_and_is_not_returned(log, tmp_path):
    path = written(log, tmp_path, 1, 2, 3)
    log.close()
    flip(path)

    found, findings = change_log.read_all(tmp_path, KEY)

    assert set(found) == {1, 3}
    assert findings == ["変更の控え 2 番が読めません。"]


def test_a_change_cannot_be_passed_off_under_another_number(log, tmp_path):
    path = written(log, tmp_path, 1)
    log.close()
    data = path.read_bytes()
    path.write_bytes(data[:4] + (2).to_bytes(8, "big") + data[12:])
    assert change_log.read_all(tmp_path, KEY)[0] == {}


def test_only_segments_that_the_oldest_backup_holds_are_removed(tmp_path):
    for first in (1, 3):
        part = change_log.ChangeLog(tmp_path, KEY, 1)
        part.append(row(first))
        part.append(row(first + 1))
        part.close()

    assert change_log.prune_segments(tmp_path, KEY, floor=1) == 0
    assert change_log.prune_segments(tmp_path, KEY, floor=3) == 1
    assert set(change_log.read_all(tmp_path, KEY)[0]) == {3, 4}


def starts(path):
    """Where each head of a segment begins, as they were written."""
    data, found, at = path.read_bytes(), [], 0
    while at < len(data):
        found.append(at)
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return found


@pytest.mark.parametrize("frame", [0, 1, 2])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
@pytest.mark.parametrize("bit", [1, 64])
def test_one_altered_length_loses_no_change(log, tmp_path, frame, at, bit):
    path = written(log, tmp_path, 1, 2, 3)
    flip(path, at=starts(path)[frame] + at, bit=bit)

    found, findings = change_log.read_all(tmp_path, KEY)

    assert [found[seq].row for seq in sorted(found)] == [row(1), row(2), row(3)]
    assert findings == []


@pytest.mark.parametrize("frame", [0, 1, 2])
@pytest.mark.parametrize("at", range(4, 12))
def test_one_altered_number_takes_no_other_change_with_it_and_what_is_lost_is_named(log, tmp_path, frame, at):
    path = written(log, tmp_path, 1, 2, 3)
    flip(path, at=starts(path)[frame] + at, bit=64)

    found, findings = change_log.read_all(tmp_path, KEY)

    assert set(found) >= {1, 2, 3} - {frame + 1}
    assert (findings == []) == (set(found) == {1, 2, 3})
    assert change_log.highest_written(tmp_path, KEY, after=0) >= 3


@pytest.mark.parametrize("left", [5, 11, 12, 60])
def test_a_torn_end_is_named_with_the_number_of_the_change_that_it_cuts(log, tmp_path, left):
    path = written(log, tmp_path, 1, 2, 3)
    log.close()
    path.write_bytes(path.read_bytes()[: starts(path)[1] + left])

    found, findings = change_log.read_all(tmp_path, KEY)

    assert set(found) == {1}
    assert findings == ["変更の控えが、2 番の途中で切れています。"]
    assert change_log.highest_written(tmp_path, KEY, after=0) == 2
    assert change_log.read_all(tmp_path, KEY, newest=2)[1] == [], "a stop between commit and log"


def test_an_altered_change_is_written_anew_from_the_journal(log, tmp_path):
    path = written(log, tmp_path, 1, 2)
    log.close()
    flip(path, at=40)
    assert change_log.catch_up(log, tmp_path, [row(1), row(2)]) == 1
    log.close()
    assert change_log.read_all(tmp_path, KEY)[1] == []


def test_a_segment_whose_altered_length_hides_later_changes_is_not_removed(tmp_path):
    part = change_log.ChangeLog(tmp_path, KEY, 1)
    for seq in (1, 2, 3):
        part.append(row(seq))
    part.close()
    path = change_log.segments(tmp_path)[0]
    flip(path, at=starts(path)[1] + 3, bit=64)
    assert change_log.prune_segments(tmp_path, KEY, floor=2) == 0
    assert change_log.prune_segments(tmp_path, KEY, floor=3) == 1


def test_what_is_no_segment_is_passed_over(log, tmp_path):
    log.append(row(1))
    for name in ("x.log", "note.txt", "000000000009-zz.log"):
        (tmp_path / "changes" / name).write_bytes(b"[")
    (tmp_path / "changes" / "000000000007-abcdef.log").mkdir()
    (tmp_path / "changes" / "000000000005-abcdef.log").write_bytes(b"")

    held: list[str] = []
    found, findings = change_log.read_all(tmp_path, KEY, unreadable=held)

    assert (set(found), findings) == ({1}, [])
    assert held == ["変更の控え（000000000007-abcdef.log）"]


def test_the_last_change_is_found_without_reading_the_rest(log, tmp_path):
    assert change_log.last_change(tmp_path, KEY) is None
    for seq in (1, 2):
        log.append(row(seq))
    assert change_log.last_change(tmp_path, KEY).row["seq"] == 2
