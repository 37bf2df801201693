"""A file or folder dropped on the program's icon opens, or a window says what to do; no word is lost in a missing
console."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.commands.main import COMMANDS
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.trouble_page import TroublePage
from app.data_folder.screens.welcome import WelcomePage
from app.startup.day_login import DayFilePage
from app.startup.opened_files import files_in_arguments
from app.startup.start_window import StartWindow
from app.startup.window import start_window
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.widgets.labels import Paragraph
from app.window.style_sheet import apply_text_size
from tests.support.child_python import run_python
from tests.support.data_folders import copied_folder
from tests.support.day_files import PASSWORD, event_with_secrets, take_out
from tests.support.door_people import DOOR
from tests.support.sessions import Sessions, open_dialog
from tests.support.years import started_year


@pytest.fixture
def sessions(qtbot, qapp: QApplication, tmp_path: Path) -> Iterator[Sessions]:
    apply_text_size(qapp, "標準")
    made = Sessions(qtbot, tmp_path)
    made.now = DOOR
    yield made
    made.end_all()


@pytest.fixture
def start(sessions: Sessions):
    """Start the program with something dropped on it."""

    def begin(*handed: Path) -> StartWindow:
        return sessions.opened(
            start_window(
                settings_folder=sessions.home / "settings",
                data_folder=sessions.home / "data",
                clock=lambda: sessions.now,
                paths=handed,
            )
        )

    return begin


@pytest.fixture
def day_file(tmp_path: Path) -> Path:
    """A 当日持出しファイル on a stick."""
    office = tmp_path / "office"
    store = started_year(office)
    made = take_out(store, event_with_secrets(store), office).path
    store.database.conn.close()
    (tmp_path / "stick").mkdir()
    return Path(shutil.move(made, tmp_path / "stick" / made.name))


def told(window: StartWindow, sessions: Sessions) -> str:
    """What the dialog over the first page says."""
    sessions.qtbot.waitUntil(lambda: window.findChild(FailureDialog) is not None)
    words = " ".join(one.text() for one in open_dialog(FailureDialog).findChildren(Paragraph))
    open_dialog(FailureDialog).close()
    return words


def test_a_day_file_asks_for_its_password_and_opens_the_door(start, sessions, day_file, qtbot):
    window = start(day_file)
    page = sessions.on_page(window, DayFilePage)

    assert page.file.path() == day_file
    sessions.write(page.form.editor("password"), PASSWORD)
    with qtbot.waitSignal(window.session_started):
        sessions.click(page.open_button)
    assert "当日モード" in window.main_window.windowTitle()


def test_a_day_file_counts_by_its_ending_in_any_case(start, sessions, day_file):
    loud = day_file.rename(day_file.with_suffix(".DKDAY"))

    assert sessions.on_page(start(loud), DayFilePage).file.path() == loud


@pytest.mark.parametrize("inside", ["", "desk-000001.db"])
def test_a_data_folder_or_the_file_in_it_leads_to_its_login(start, sessions, tmp_path, qtbot, inside):
    folder = copied_folder(tmp_path / "dropped")

    window = start(folder / inside)

    page = sessions.on_page(window, LoginPage)
    qtbot.waitUntil(lambda: folder.name in page._folder_label.text().replace("\u200b", ""))


def test_a_folder_without_data_says_so(start, sessions, tmp_path):
    empty = tmp_path / "空のフォルダー"
    empty.mkdir()

    page = sessions.on_page(start(empty), TroublePage)
    assert "空のフォルダー" in page.folder_label.text().replace("\u200b", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("申込フォームの回答.csv", ["ログインしたあとの画面", "「申込を取り込む」", "「ファイルを取り込む」"]),
        ("回答.XLSX", ["ログインしたあとの画面"]),
        ("写真.jpg", ["開く種類のファイルではありません", "当日持出しファイル"]),
    ],
)
def test_a_file_of_another_kind_says_in_the_window_what_to_do(start, sessions, tmp_path, name, words):
    path = tmp_path / name
    path.write_bytes(b"x")

    window = start(path)

    said = told(window, sessions)
    assert all(part in said for part in (name, "何も変わっていません", *words))
    assert path.read_bytes() == b"x"
    sessions.on_page(window, WelcomePage)


def test_a_file_that_is_gone_and_several_at_once_are_said_too(start, sessions, tmp_path):
    assert "見つかりません" in told(start(tmp_path / "ない.dkday"), sessions)
    assert "一度に開けるのは1つです" in told(start(tmp_path, tmp_path), sessions)


def test_words_of_commands_options_and_slips_at_a_console_are_nothing_handed_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "backup").mkdir()

    assert (files_in_arguments([], COMMANDS), files_in_arguments(["backup", "--data", "x"], COMMANDS)) == ((), ())
    assert (files_in_arguments(["--help"], COMMANDS), files_in_arguments(["bakcup"], COMMANDS)) == ((), ())
    assert files_in_arguments(["day.dkday"], COMMANDS) == (tmp_path / "day.dkday",)
    (tmp_path / "見本").mkdir()
    assert files_in_arguments(["見本"], COMMANDS) == (tmp_path / "見本",)


def test_a_windowed_program_takes_every_word_that_is_no_command_for_something_handed_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stderr", None)

    assert files_in_arguments(["bakcup"], COMMANDS) == (tmp_path / "bakcup",)
    assert files_in_arguments(["backup"], COMMANDS) == ()


@pytest.mark.parametrize(("words", "status"), [(["--help"], 0), (["backup"], 2), (["intake", "ない.csv"], 1)])
def test_commands_of_a_windowed_program_end_with_their_status_without_a_console(words, status):
    script = f"import sys; sys.stdout = sys.stderr = None; from app.__main__ import main; sys.exit(main({words!r}))"

    done = run_python("-c", script, check=False, encoding=None)

    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")
