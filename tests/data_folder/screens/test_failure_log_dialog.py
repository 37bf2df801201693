"""What is handed over is looked at first: from the page of a trouble, with the data closed, and from 事故の対応."""

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.common import failure_log
from app.data_folder.screens.failure_log_dialog import FailureLogDialog
from app.data_folder.screens.trouble_page import TroublePage
from app.settings.incidents.screens import IncidentsScreen
from app.startup.first_window import FirstWindow, lock_file_path
from app.window.background_task import Tasks
from app.window.failure_messages import failure_of
from db import folder_layout
from tests.support.sample_desk import dialog_over, shown
from tests.support.sessions import LOGIN, NAME, PASSWORD, open_dialog
from tests.support.waiting import wait_idle

NOW = datetime.fromisoformat("2026-09-01T09:00")


@pytest.fixture
def log(tmp_path) -> Iterator[Path]:
    path = tmp_path / "logs" / "desk.log"
    failure_log.set_log_file(path)
    yield path
    failure_log.set_log_file(None)


@pytest.fixture
def dialog(qtbot, log, tmp_path) -> Iterator[FailureLogDialog]:
    failure_of(KeyError("みほん太郎"))
    tasks = Tasks()
    made = FailureLogDialog(tasks, folder=tmp_path / "みほんのデータ", clock=lambda: NOW)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.text.toPlainText()))
    yield made
    tasks.shutdown()


def test_damaged_data_leave_their_facts_to_hand_over_where_they_cannot_be_opened(sessions, log, qtbot, monkeypatch):
    sessions.make_and_close()
    data = sessions.home / "data"
    pages = bytearray(folder_layout.database_of(data).read_bytes())
    pages[8192:12288] = bytes(byte ^ 0x5A for byte in pages[8192:12288])
    folder_layout.database_of(data).write_bytes(pages)
    window = sessions.start()
    sessions.log_in(window)
    trouble = sessions.on_page(window, TroublePage)

    sessions.click(trouble.log_button)
    dialog = open_dialog(FailureLogDialog)
    qtbot.waitUntil(dialog.main.isEnabled)
    text = dialog.text.toPlainText()
    assert [word for word in ("db.files.storage_errors.Damaged", "データファイル　ある") if word not in text] == []
    assert "バックアップ　1世代" in text or "バックアップ　2世代" in text
    assert not [word for word in (LOGIN, NAME, PASSWORD, str(sessions.home)) if word in text]

    out = sessions.home / "渡すもの.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    sessions.click(dialog.main)
    qtbot.waitUntil(lambda: "に保存しました" in dialog.result_box.words())
    assert out.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") == text
    dialog.reject()
    assert sessions.on_page(window, TroublePage)


def test_what_is_copied_is_what_is_shown(dialog):
    dialog.copy.click()

    assert QApplication.clipboard().text() == dialog.text.toPlainText()
    assert "KeyError" in dialog.text.toPlainText()
    assert "みほん" not in dialog.text.toPlainText()


def test_a_place_that_takes_no_file_is_said_and_the_dialog_stays(dialog, qtbot, tmp_path):
    (tmp_path / "file").write_bytes(b"")

    dialog.save(tmp_path / "file" / "out.txt")

    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "フォルダーではありません" in dialog.refusal.words()
    assert (dialog.main.isEnabled(), dialog.cancel.isEnabled()) == (True, True)


def test_a_share_that_does_not_answer_keeps_the_window_alive(qtbot, log, monkeypatch, tmp_path):
    answers = threading.Event()
    monkeypatch.setattr(
        "app.data_folder.screens.failure_log_dialog.support_report", lambda *_a, **_k: answers.wait(5) and "x"
    )
    tasks = Tasks()
    dialog = FailureLogDialog(tasks, folder=tmp_path, clock=lambda: NOW)
    qtbot.addWidget(dialog)
    dialog.show()

    assert (dialog.main.isEnabled(), dialog.cancel.isEnabled()) == (False, True)
    answers.set()
    qtbot.waitUntil(dialog.main.isEnabled)
    tasks.shutdown()


def test_from_an_incident_the_record_is_two_presses_away(qtbot, log, store, desk_at):
    desk = desk_at(datetime(2026, 11, 13, 17, 5))
    screen = shown(qtbot, IncidentsScreen(desk), desk)

    dict(screen._menu_actions())["プログラムの障害の記録を見る"]()
    wait_idle(qtbot, desk)

    dialog = dialog_over(screen, FailureLogDialog)
    qtbot.waitUntil(dialog.main.isEnabled)
    assert "記録された障害は、ありません。" in dialog.text.toPlainText()
    dialog.reject()


def test_a_program_that_was_stopped_before_it_closed_is_told_at_the_next_start(sessions, log, qtbot):
    window = sessions.start()
    first = FirstWindow(window)
    first.release()
    again = FirstWindow(window)
    assert failure_log.read_log().entries == ()
    again.release()
    lock_file_path(window.launch.settings).write_bytes(b"")  # what a killed program leaves

    last = FirstWindow(window)

    (entry,) = failure_log.read_log().entries
    assert entry.event == "stopped"
    last.release()
