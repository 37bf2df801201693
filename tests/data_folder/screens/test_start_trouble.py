"""What stands in the way of opening is said in three parts, with ways that lead on."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.data_folder.screens.folder_facts import FolderFacts
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.restore_page import RestorePage
from app.data_folder.screens.trouble_page import TroublePage, trouble_page_content
from app.widgets.dialogs.dialog_frame import DialogFrame
from db import folder_layout, write_lock
from db.files import storage_errors as faults
from tests.support.sessions import LOGIN, PASSWORD, Sessions, in_main, open_dialog, radio

COPIED = datetime.fromisoformat("2026-09-01T08:31")


@pytest.fixture
def data(sessions: Sessions) -> Path:
    """A closed data folder with one change after its first backup."""

    def with_a_change() -> None:
        main = sessions.make_data(sessions.start())
        main.go("settings", page="closed_days")
        page = main.screen_of("settings").page("closed_days")
        sessions.qtbot.waitUntil(page.isVisible)
        sessions.write(page.form.editor("day"), "10/13")
        sessions.write(page.form.editor("reason"), "庁舎の設備点検")
        sessions.click(page.add)
        sessions.qtbot.waitUntil(lambda: len(page.list.model.records()) == 1)

    sessions.made_once(with_a_change)
    return sessions.home / "data"


def words_of(page: TroublePage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize(
    ("problem", "title", "ways"),
    [
        (faults.Damaged(), "データの一部が読めません", ("restore", "read", "elsewhere")),
        (faults.NotOurs(), "デジ活デスクのデータとして開けません", ("elsewhere", "restore")),
        (faults.NewerData(), "新しい版で開かれた場所です", ("elsewhere",)),
        (faults.NewerKey(), "新しい版で開かれた場所です", ("elsewhere",)),
        (
            faults.ExclusiveCreateFailed(),
            "二人で使えるかどうかを確かめられない場所です",
            ("read", "again", "elsewhere"),
        ),
        (faults.MissingData(), "データが見つかりません", ("again", "elsewhere", "first", "restore")),
        (faults.ReadOnlyFolder(), "フォルダーに書き込めません", ("read", "again", "elsewhere")),
        (faults.DiskFull(), "ディスクの空きが足りません", ("again", "read", "elsewhere")),
        (faults.Locked(holder="みほん林さん"), "このデータは使用中です", ("read", "again", "elsewhere")),
        (
            faults.HolderSilent(holder="みほん林さん", minutes=7),
            "ほかのPCで開いたままになっています",
            ("read", "again", "take_over", "elsewhere"),
        ),
        (RuntimeError("何か"), "データを開けませんでした", ("again", "read", "restore", "elsewhere")),
    ],
)
def test_each_trouble_has_its_words_and_one_recommended_way_but_where_a_newer_program_is_wanted(problem, title, ways):
    said, failure, offered = trouble_page_content(
        problem, FolderFacts(published_at=COPIED, backups=3, newest_backup=COPIED)
    )

    assert said == title
    assert tuple(way.key for way in offered) == ways
    assert sum(way.recommended for way in offered) == (not isinstance(problem, faults.NewerData))
    assert all((failure.happened, failure.lost, failure.todo))


def test_nothing_is_chosen_for_whoever_needs_a_newer_program(qtbot):
    page = TroublePage()
    qtbot.addWidget(page)
    title, failure, offered = trouble_page_content(faults.NewerKey(), FolderFacts())
    page.show_trouble(failure, offered, title=title, folder=None, user="")
    page.show()

    assert "このPCのデジ活デスクを新しくしてください。" in words_of(page)
    assert "推奨" not in words_of(page)
    assert not page.option_button.isEnabled()
    assert page.focusWidget() is page.cancel


def test_a_way_that_is_not_there_is_not_offered():
    _title, failure, offered = trouble_page_content(faults.Damaged(), FolderFacts())

    assert tuple(way.key for way in offered) == ("elsewhere",)
    assert offered[0].recommended
    assert "バックアップは、部品が" not in failure.lost


def test_damaged_data_is_restored_into_a_new_folder_with_every_change(sessions, data, qtbot):
    pages = bytearray(folder_layout.database_of(data).read_bytes())
    pages[8192:12288] = bytes(byte ^ 0x5A for byte in pages[8192:12288])
    folder_layout.database_of(data).write_bytes(pages)
    window = sessions.start()
    sessions.log_in(window)
    trouble = sessions.on_page(window, TroublePage)
    assert "データの一部が読めません" in words_of(trouble)
    assert "9月1日 9:00 のバックアップは" in words_of(trouble)

    sessions.click(trouble.option_button)
    restoring = sessions.on_page(window, RestorePage)
    assert restoring.form.value("login_id") == LOGIN
    qtbot.waitUntil(restoring.restore_button.isEnabled)
    sessions.click(restoring.restore_button)
    qtbot.waitUntil(lambda: not restoring.result.isHidden())
    assert "復元が終わりました。" in restoring.result.plain_text()
    assert folder_layout.database_of(data).read_bytes() == bytes(pages)
    with qtbot.waitSignal(window.session_started):
        sessions.click(restoring.restore_button)

    main = in_main(window)
    assert main.app_context.store.folder == data.parent / "data-復元-20260901"
    main.go("settings", page="closed_days")
    page = main.screen_of("settings").page("closed_days")
    sessions.qtbot.waitUntil(page.isVisible)
    qtbot.waitUntil(lambda: len(page.list.model.records()) == 1)


def test_a_wrong_password_for_a_backup_is_said_and_nothing_is_made(sessions, data, qtbot):
    window = sessions.start()
    login = sessions.on_page(window, LoginPage)
    sessions.click(login.restore_button)
    restoring = sessions.on_page(window, RestorePage)
    sessions.write(restoring.form.editor("login_id"), LOGIN)
    sessions.write(restoring.form.editor("password"), "wrong password here")
    qtbot.waitUntil(restoring.restore_button.isEnabled)

    sessions.click(restoring.restore_button)

    qtbot.waitUntil(lambda: bool(restoring.problem.words()))
    assert "IDまたはパスワードが違います。" in restoring.problem.words()
    assert not (data.parent / "data-復元-20260901").exists()


def test_a_place_to_restore_into_is_looked_at_before_anything_is_written(sessions, data, qtbot):
    home = data.parent
    (home / "OneDrive - みほん区").mkdir()
    (home / "使用中").mkdir()
    (home / "使用中" / "書類.txt").touch()
    before = sorted(path.name for path in home.iterdir())
    login = sessions.on_page(sessions.start(), LoginPage)
    sessions.click(login.restore_button)
    restoring = sessions.on_page(login.window(), RestorePage)

    def seen(folder: Path) -> str:
        with qtbot.waitSignal(
            restoring.folder_check.checked, check_params_cb=lambda place: place and place.folder == folder
        ):
            sessions.write(restoring.target_field, str(folder))
        return f"{restoring.folder_check.text.plain_text()}{restoring.folder_check.caution.words()}"

    assert "すでにファイルがあります" in seen(home / "使用中")
    assert not restoring.restore_button.isEnabled()
    assert "文字長すぎます" in seen(home / ("長" * 80))
    assert not restoring.restore_button.isEnabled()
    assert "各PCに複製されています（OneDrive）" in seen(home / "OneDrive - みほん区" / "復元")
    assert not restoring.restore_button.isEnabled()
    sessions.click(restoring.folder_check.accept_box)
    assert restoring.restore_button.isEnabled()
    assert "書き込めることを確かめました" in seen(home / "復元")
    assert (restoring.folder_check.accept_box.isHidden(), restoring.restore_button.isEnabled()) == (True, True)
    assert sorted(path.name for path in home.iterdir()) == before


def test_a_remembered_folder_that_is_gone_is_said_before_anything_is_asked(sessions, data):
    window = sessions.start()
    sessions.enter(window)
    sessions.end(window)
    data.rename(data.parent / "moved")

    page = sessions.on_page(sessions.start(own="elsewhere"), TroublePage)

    assert "データが見つかりません" in words_of(page)
    assert [way.key for way in page._view._ways][:3] == ["again", "elsewhere", "first"]
    data.parent.joinpath("moved").rename(data)
    sessions.click(page.option_button)
    assert sessions.on_page(page.window(), LoginPage)


def test_a_silent_pc_is_taken_over_only_after_a_question(sessions, data, qtbot):
    colleague = write_lock.acquire(
        data, name="rin", pc="TONARI-02", now=datetime.fromisoformat("2026-09-01T08:00"), file_number=1, known_number=1
    )
    colleague.set_display_name("みほん林")
    window = sessions.start()
    assert sessions.enter(window).app_context.read_only  # while there is a sign of life one reads
    sessions.end(window)

    fall_silent(data, 7 * 60)
    window = sessions.start()
    sessions.log_in(window)
    page = sessions.on_page(window, TroublePage)
    qtbot.waitUntil(lambda: page._view and "take_over" in [way.key for way in page._view._ways])
    assert (
        "みほん林さん（PC「TONARI-02」、9月1日 08:00から）が開いたままですが、7分前から応答がありません。"
        in words_of(page)
    )
    radio(page, "引き継いで開く").setChecked(True)
    sessions.click(page.option_button)
    question = open_dialog(DialogFrame)
    with qtbot.waitSignal(window.session_started):
        sessions.click(question.main)

    assert not in_main(window).app_context.read_only
    open_dialog(DialogFrame).reject()


def fall_silent(data, seconds):
    """Make every sign of life as old as if its PC had been silent for so long."""
    for path in (*(data / write_lock.PRESENCE_NAME).iterdir(), *(data / write_lock.FOLDER_NAME).iterdir()):
        os.utime(path, (path.stat().st_mtime - seconds,) * 2)


def test_being_taken_over_turns_the_window_to_reading(sessions, qtbot):
    window = sessions.start()
    main = sessions.make_data(window)
    data = sessions.home / "data"
    fall_silent(data, 7 * 60)
    write_lock.acquire(
        data,
        name="rin",
        pc="TONARI-02",
        now=datetime.fromisoformat("2026-09-01T09:00"),
        file_number=1,
        known_number=1,
        take_over=True,
        settle_seconds=0.0,
    ).set_display_name("みほん林")
    keeper = next(child for child in main.app_context.parent().children() if type(child).__name__ == "BackgroundJobs")

    keeper._send_heartbeat()

    qtbot.waitUntil(lambda: main.app_context.read_only and "みほん林さんが引き継ぎました" in main.lock_banner.words())
    assert not [one for one in main.findChildren(DialogFrame) if one.isVisible()]


def test_the_password_is_typed_anew_after_it_was_wrong_and_the_id_stays(sessions, data, qtbot):
    window = sessions.start()
    page = sessions.log_in(window, PASSWORD + "x")

    qtbot.waitUntil(lambda: bool(page.problem.words()))
    assert (page.credentials(), page.form.editor("password").hasFocus()) == ((LOGIN, ""), True)
