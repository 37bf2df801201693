"""A failure in words: what happened, what was lost, what to do; never a name in the details."""

import errno
import os
import sqlite3

import pytest
from PySide6.QtWidgets import QLabel

from app.actions.user_error import UserError
from app.common import failure_log
from app.foreign_files.intake_refusal import IntakeRefusal
from app.widgets.action_mixin import show_failure_in
from app.widgets.dialogs.failure_dialog import FailureDialog, FailureView, RecoveryOption, show_failure
from app.widgets.note_box import NoteBox
from app.window.failure_messages import Failure, failure_of
from db.files.storage_errors import DiskFull, to_storage_problem


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_refusal_speaks_for_itself_and_stays_small():
    failure = failure_of(UserError("この回はもう確認済です。", "確認済を取り消してください。"))
    assert failure.small
    assert (failure.happened, failure.todo) == ("この回はもう確認済です。", "確認済を取り消してください。")
    assert failure.number == ""


def test_a_fault_of_the_environment_keeps_its_own_words_and_details():
    failure = failure_of(DiskFull("OperationalError: database or disk is full"))
    assert not failure.small
    assert "ディスクの空き" in failure.happened
    assert "db.files.storage_errors.DiskFull" in failure.details
    assert "database" not in failure.details
    assert failure.number.startswith("E-")


def test_an_engine_error_is_put_into_words():
    assert "空き" in failure_of(sqlite3.OperationalError("database or disk is full")).happened


def test_a_refused_file_is_no_fault_of_the_program(tmp_path):
    """Neither in words nor in the log, whoever puts it into words."""
    log = tmp_path / "faults.log"
    failure_log.set_log_file(log)
    try:
        failure = failure_of(IntakeRefusal("中身が空のファイルですので、選び直してください。"))
    finally:
        failure_log.set_log_file(None)
    assert failure.small
    assert failure.happened == "中身が空のファイルですので、選び直してください。"
    assert not log.exists()


def test_an_unknown_error_never_shows_its_message():
    try:
        raise ValueError("髙橋 みほん 03-0000-0000")
    except ValueError as problem:
        failure = failure_of(problem)
    shown = failure.as_one_text() + failure.details + failure.number
    assert [word for word in ("髙橋", "03-0000") if word in shown] == []
    assert "ValueError" in failure.details


def test_a_missing_file_is_named_without_its_folders(tmp_path):
    try:
        (tmp_path / "申込一覧.csv").read_bytes()
    except FileNotFoundError as problem:
        failure = failure_of(problem)
    assert "「申込一覧.csv」が見つかりません" in failure.happened
    assert str(tmp_path) not in failure.as_one_text() + failure.details


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.ENOENT, errno.EIO, errno.ENAMETOOLONG])
def test_the_fault_of_a_file_tells_its_number_and_no_name_of_a_file(number):
    """The details go into the log, and names of files are typed by people and name 団体."""
    fault = OSError(number, os.strerror(number), "/共有/みほん町会.part", None, "/共有/みほん町会の記録.pdf")
    problem = to_storage_problem(fault)
    assert problem is not None
    details = failure_of(problem).details

    assert errno.errorcode[number] in details
    assert [word for word in ("みほん", "共有") if word in details] == []


def test_the_dialog_folds_the_details_and_closes_with_escape(qtbot):
    owner = NoteBox("見本")
    qtbot.addWidget(owner)
    owner.resize(900, 600)
    owner.show()
    dialog = show_failure(failure_of(DiskFull("Errno 28")), owner)
    details = next(label for label in dialog.findChildren(QLabel) if "ENOSPC" in label.text())
    assert details.isHidden()
    fold = next(button for button in dialog.findChildren(type(dialog.cancel)) if "情報システム" in button.text())
    fold.click()
    assert not details.isHidden()
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()


def test_a_refusal_dialog_shows_no_technical_part(qtbot):
    dialog = FailureDialog(failure_of(UserError("できません。", "つぎへ。")))
    qtbot.addWidget(dialog)
    assert "情報システム" not in texts(dialog)


def test_ways_on_are_offered_with_one_recommended(qtbot):
    ways = (
        RecoveryOption(
            key="restore", title="バックアップから作成", text="1分ほど", verb="作成して開く", recommended=True
        ),
        RecoveryOption(key="read", title="閲覧専用で開く", text="見るだけ", verb="閲覧専用で開く"),
    )
    view = FailureView(
        Failure(happened="壊れています。", lost="ありません。", todo=""), title="読めません", options=ways
    )
    qtbot.addWidget(view)
    assert view.chosen_option() == ways[0]


def test_a_small_failure_can_be_said_in_place(qtbot):
    box = NoteBox()
    qtbot.addWidget(box)
    show_failure_in(failure_of(UserError("日付がありません。", "日付を入れてください。")), box)
    assert [word for word in ("日付がありません。", "日付を入れてください。") if word not in box.words()] == []
