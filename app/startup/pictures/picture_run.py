"""Walks through the window on the sample year and takes a picture of every screen.

The start pages come first, in the order of the first day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.common.file_locations import exports_folder
from app.contributions import register_contributions
from app.event.parts import NO_EVENT_YET
from app.history import services as history_services
from app.main_window.main_window import MainWindow
from app.settings.pages.screens.settings_host import SettingsHost
from app.startup.background_jobs import BackgroundJobs
from app.startup.launch import Launch, pc_clock
from app.startup.pictures.album import Album
from app.startup.pictures.sample_additions import add_for_pictures, event_ids, moment_of
from app.startup.pictures.shot import Shot, close_dialogs, press_button, type_text
from app.startup.pictures.shots import shots
from app.startup.pictures.visible_texts import NEUTRAL_DOCUMENTS, NEUTRAL_FOLDER
from app.startup.pictures.waiting import run_event_loop, wait_until_idle
from app.startup.screens import register_screens
from app.startup.start_window import StartWindow
from app.startup.window import start_window
from app.widgets.layouts import front_window
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from app.window.language import install_japanese
from app.window.style_sheet import apply_text_size
from app.window.ui_settings import use_settings_file
from db.files import filesystem
from db.record import record
from db.store import Store

_FIRST_DAY = datetime.fromisoformat("2026-08-03T09:00")
_LOGIN, _NAME, _PASSWORD = "mihon01", "見本　係員", "みほんの鍵はながいほどよい"
STRUCTURE_NAME = "words.json"


@record
class StartPage:
    """A start page to take: name, text that must be visible, window, and its name in ``docs/pictures`` (or "").

    ``expected_empty`` names the empty lists that are allowed.
    """

    name: str
    expected_text: str
    window: QWidget
    document_picture: str = ""
    expected_empty: tuple[str, ...] = ()


def start_pages(folder: Path, width: int, height: int) -> Iterator[StartPage]:
    """Yield the pages one after the other; data, settings and logs lie in ``folder``."""
    first = _window(folder / "first", folder / "data", width, height)
    yield StartPage(name="はじめて使うとき", expected_text="見本データで試す", window=first, document_picture="start")
    press_button("新しく始める")(first)
    wait_until_idle(first.tasks)
    yield StartPage(name="新しく始める 年度と契約条件", expected_text="契約条件（回数・人数・期限）", window=first)
    press_button("つぎへ　所属・担当者")(first)
    type_text("担当者", "見本　係員")(first)
    wait_until_idle(first.tasks)
    yield StartPage(name="新しく始める 所属・担当者", expected_text="このように印字されます", window=first)
    press_button("つぎへ　IDとパスワード")(first)
    for name, text in (
        ("ID", _LOGIN),
        ("表示名", _NAME),
        ("パスワード", _PASSWORD),
        ("パスワード（もう一度）", _PASSWORD),
    ):
        type_text(name, text)(first)
    wait_until_idle(first.tasks)
    yield StartPage(name="新しく始める IDとパスワード", expected_text="データを置く場所", window=first)
    press_button("データフォルダーを作成する")(first)
    wait_until_idle(first.tasks)
    yield StartPage(name="回復キー", expected_text="回復キーを印刷する", window=first)
    second = _window(folder / "second", folder / "data", width, height)
    yield StartPage(name="ログイン", expected_text="閲覧専用で開く", window=second)
    type_text("ID", _LOGIN)(second)
    type_text("パスワード", _PASSWORD)(second)
    press_button("開く")(second)
    wait_until_idle(second.tasks)
    reading = second.main_window
    assert reading is not None
    reading.resize(width, height)
    wait_until_idle(second.tasks)
    # On the first day the year has no event yet.
    yield StartPage(
        name="ほかの人が入力中",
        expected_text="入力中です",
        window=reading,
        document_picture="in-use",
        expected_empty=(NO_EVENT_YET,),
    )
    reading.close()
    wait_until_idle(second.tasks)
    for window in (second, first):
        window.hide()
        window.tasks.shutdown()
        window.deleteLater()


def _window(settings: Path, data: Path, width: int, height: int) -> StartWindow:
    """Return a start window of this size with its own folders of settings and data, on the first day, once idle."""
    made = start_window(settings_folder=settings, data_folder=data, clock=lambda: _FIRST_DAY, wait=0.2)
    made.setMinimumSize(0, 0)
    run_event_loop(200)
    made.resize(width, height)
    wait_until_idle(made.tasks)
    return made


def take_pictures(store: Store, folder: Path, width: int, height: int, *, for_documents: bool = False) -> list[str]:
    """Write a picture of every screen into ``folder`` at ``width`` × ``height`` logical pixels; return the paths.

    The fixed texts of each screen are written beside them (``words.json``).

    Args:
        store: the sample year; what an office would have by now is added to it. folder: created if missing.
        for_documents: only those that ``docs`` shows, under their names there.

    Raises:
        PictureRefused: a picture would be wrong (see ``Album.take_picture``).
    """
    register_contributions()
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["dejikatsu"])
    assert isinstance(application, QApplication)
    install_japanese(application)
    blinking = application.cursorFlashTime()
    application.setCursorFlashTime(0)
    with filesystem.temporary_subfolder(folder) as home:
        places = {
            home / "home": NEUTRAL_FOLDER,
            store.folder.parent: NEUTRAL_FOLDER,
            exports_folder(): NEUTRAL_DOCUMENTS,
        }
        album = Album(folder=folder, places=places, for_documents=for_documents)
        apply_text_size(application, "標準")
        for page in start_pages(home / "home", width, height):
            if album.is_wanted(page.document_picture):
                album.take_picture(
                    page.window,
                    name=page.name,
                    expected_text=page.expected_text,
                    document_picture=page.document_picture,
                    expected_empty=page.expected_empty,
                )
        use_settings_file(home / "settings.ini")
        _main_window_pictures(store, album, home, width, height)
    application.setCursorFlashTime(blinking)
    written = json.dumps(album.structures, ensure_ascii=False, indent=1)
    (folder / STRUCTURE_NAME).write_text(written + "\n", encoding="utf-8")
    return [str(filesystem.absolute(path)) for path in album.picture_paths.values()]


def _main_window_pictures(store: Store, album: Album, temporary_folder: Path, width: int, height: int) -> None:
    """Take the pictures of the main window on ``store``, to which sample data are added before."""
    now = moment_of(store, pc_clock())
    add_for_pictures(store, now=now)
    moments = [now]
    tasks = Tasks()
    desk = AppContext(
        tasks=tasks,
        store=store,
        user_name=store.display_name,
        fiscal_year=2026,
        clock=lambda: moments[-1],
        undo=history_services.undo,
        redo=history_services.redo,
        sample=True,
    )
    events = event_ids(store, now.date())  # before the window reads: the store has one thread at a time
    window = MainWindow(desk)
    doors = SettingsHost(
        folder=store.folder,
        login_id=store.login_id,
        clock=lambda: now,
        on_backup_made=lambda: None,
        leave_for_restore=lambda: None,
        leave_to_change_key=lambda _wish: None,
    )
    register_screens(window, doors)
    launch = Launch(
        settings=temporary_folder / "settings.ini",
        own_folder=store.folder,
        sample_folder=temporary_folder,
        clock=lambda: now,
    )
    BackgroundJobs(desk, window, launch, window).update_backup_state()
    window.idle_watch.stop()
    window.open_first_screen()
    window.show()
    # After showing: the window first takes the size it had last time.
    window.setMinimumSize(0, 0)
    window.resize(width, height)
    for shot in shots(events, temporary_folder):
        if album.is_wanted(shot.document_picture):
            moments.append(datetime.combine(shot.day, now.time()) if shot.day else now)
            window.read_badges()
            _take_shot(window, shot, album)
    window.hide()
    tasks.shutdown()
    window.deleteLater()


def _take_shot(window: MainWindow, shot: Shot, album: Album) -> None:
    """Go to the screen, run the steps, take the picture, and reset, so that nothing typed appears in the next one."""
    desk = window.app_context
    desk.go(shot.screen_name, **shot.arguments)
    wait_until_idle(desk.tasks)
    for step in shot.steps:
        step(window)
        wait_until_idle(desk.tasks)
    # It goes after ten seconds by itself: a picture would hold it or not, as fast as the machine is.
    window.undo_bar.hide()
    album.take_picture(
        front_window(window),
        name=shot.name,
        expected_text=shot.expected_text,
        expected_empty=shot.expected_empty,
        document_picture=shot.document_picture,
    )
    close_dialogs(window)
    wait_until_idle(desk.tasks)
