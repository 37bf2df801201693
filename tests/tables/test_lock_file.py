"""The note of who has the folder open: left over, alive, silent, taken over."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest

from db import lock_file, storage_errors

NOW = datetime.fromisoformat("2026-09-01T09:00")


def fall_silent(folder, seconds):
    """Make the note as old as if its PC had been silent for so long."""
    path = folder / lock_file.FILE_NAME
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def test_a_note_of_this_pc_is_left_over_and_needs_no_question(tmp_path):
    lock_file.take(tmp_path, name="見本 花子", pc="MADO-01", now=NOW)
    said = lock_file.check_free(tmp_path, pc="MADO-01", take_over=False)
    assert "正しく閉じられていませんでした" in said


def test_another_pc_that_gave_a_sign_of_life_is_named_and_cannot_be_taken_over(tmp_path):
    lock_file.take(tmp_path, name="見本 花子", pc="MADO-01", now=NOW)
    fall_silent(tmp_path, 170)
    for take_over in (False, True):
        with pytest.raises(storage_errors.Locked, match=r"見本 花子さん（PC「MADO-01」、9月1日 09:00から）") as found:
            lock_file.check_free(tmp_path, pc="MADO-02", take_over=take_over)
        assert not isinstance(found.value, storage_errors.LeftOpen)


def test_a_pc_silent_for_three_minutes_is_taken_over_only_after_the_question(tmp_path):
    lock_file.take(tmp_path, name="見本 花子", pc="MADO-01", now=NOW)
    fall_silent(tmp_path, 185)
    with pytest.raises(storage_errors.LeftOpen, match="3分前から応答がありません"):
        lock_file.check_free(tmp_path, pc="MADO-02", take_over=False)
    assert "引き継いで" in lock_file.check_free(tmp_path, pc="MADO-02", take_over=True)


def test_a_sign_of_life_renews_the_note(tmp_path):
    lock = lock_file.take(tmp_path, name="見本 花子", pc="MADO-01", now=NOW)
    fall_silent(tmp_path, 185)
    lock.beat(NOW + timedelta(seconds=30))
    assert lock_file.silence(tmp_path) < 60
    assert lock_file.read(tmp_path).heartbeat == NOW + timedelta(seconds=30)


def test_who_was_taken_over_notices_and_may_not_go_on(tmp_path):
    sleeping = lock_file.take(tmp_path, name="見本 花子", pc="MADO-01", now=NOW)
    fall_silent(tmp_path, 185)
    lock_file.take(tmp_path, name="見本 太郎", pc="MADO-02", now=NOW + timedelta(minutes=4))
    with pytest.raises(storage_errors.Locked, match="見本 太郎さん"):
        sleeping.beat(NOW + timedelta(minutes=5))
    sleeping.release()
    assert lock_file.read(tmp_path).name == "見本 太郎"


def test_a_released_folder_holds_no_note(tmp_path):
    lock_file.take(tmp_path, name="見本 花子", pc="MADO-01", now=NOW).release()
    assert lock_file.read(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
