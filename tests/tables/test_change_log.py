"""The change log outside the database: whole frames only, gaps seen, torn ends passed over."""

from __future__ import annotations

import pytest

from db import change_log

KEY = bytes(range(32))


def row(seq: int) -> dict[str, object]:
    return {"seq": seq, "chain": f"chain{seq}", "payload": "あ" * 50}


@pytest.fixture
def log(tmp_path):
    written = change_log.ChangeLog(tmp_path, KEY, 1)
    yield written
    written.close()


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

    assert change_log.numbers(tmp_path) == {1}
    later = change_log.ChangeLog(tmp_path, KEY, 1)
    assert change_log.catch_up(later, tmp_path, [row(1), row(2)]) == 1
    later.close()

    found, findings = change_log.read_all(tmp_path, KEY)
    assert set(found) == {1, 2}
    assert findings == []
    assert len(change_log.segments(tmp_path)) == 2


def test_an_altered_change_is_a_finding_and_is_not_returned(log, tmp_path):
    for seq in (1, 2, 3):
        log.append(row(seq))
    log.close()
    path = change_log.segments(tmp_path)[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    found, findings = change_log.read_all(tmp_path, KEY)

    assert set(found) == {1, 3}
    assert findings == ["変更の控え 2 番が読めません。"]


def test_a_change_cannot_be_passed_off_under_another_number(log, tmp_path):
    log.append(row(1))
    log.close()
    path = change_log.segments(tmp_path)[0]
    data = path.read_bytes()
    path.write_bytes(data[:4] + (2).to_bytes(8, "big") + data[12:])
    assert change_log.read_all(tmp_path, KEY)[0] == {}


def test_only_segments_that_the_oldest_backup_holds_are_removed(tmp_path):
    for first in (1, 3):
        part = change_log.ChangeLog(tmp_path, KEY, 1)
        part.append(row(first))
        part.append(row(first + 1))
        part.close()

    assert change_log.prune(tmp_path, floor=1) == 0
    assert change_log.prune(tmp_path, floor=3) == 1
    assert change_log.numbers(tmp_path) == {3, 4}


def test_the_last_change_is_found_without_reading_the_rest(log, tmp_path):
    assert change_log.last(tmp_path, KEY) is None
    for seq in (1, 2):
        log.append(row(seq))
    assert change_log.last(tmp_path, KEY).row["seq"] == 2
