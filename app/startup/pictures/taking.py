"""Goes through the window on the sample year and takes a picture of every screen.

The pages before the window come first, gone through as on the first day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.common.file_locations import exports_folder
from app.history.services import history
from app.main_window.main_window import MainWindow
from app.startup.keeping import Keeper
from app.startup.launch import Launch, pc_clock
from app.startup.pictures.album import Album
from app.startup.pictures.sample import event_ids, furnish, moment_of
from app.startup.pictures.shot import Shot, close_dialogs, fill, front, press
from app.startup.pictures.shots import shots
from app.startup.pictures.waiting import pause, settle
from app.startup.pictures.words import ELSEWHERE, OWN_PAPERS
from app.startup.screens import register_screens
from app.startup.start_window import StartWindow
from app.startup.window import start_window
from app.subjects.events.event.parts.event_picker import NO_EVENT_YET
from app.subjects.offers import declare_subjects
from app.subjects.settings.pages.screens.doors import SettingsDoors
from app.window.background_task import Tasks
from app.window.desk import Desk
from app.window.language import speak_japanese
from app.window.remembered import remember_in
from app.window.style_sheet import put_on
from db.files import on_disk
from db.frozen_record import frozen_record
from db.store import Store

_FIRST_DAY = datetime.fromisoformat("2026-08-03T09:00")
_LOGIN, _NAME, _PASSWORD = "mihon01", "見本　係員", "みほんの鍵はながいほどよい"
STRUCTURE_NAME = "words.json"


@frozen_record
class StartPage:
    """A page to take: its name, words that must be seen, its name in ``docs/pictures`` (or none), the window.

    ``bare`` names the empty lists that belong there.
    """

    name: str
    shows: str
    window: QWidget
    paper: str = ""
    bare: tuple[str, ...] = ()


def start_pages(home: Path, width: int, height: int) -> Iterator[StartPage]:
    """Yield the pages one after the other; data, settings and logs lie in ``home``."""
    first = _window(home / "first", home / "data", width, height)
    yield StartPage(name="はじめて使うとき", shows="見本データで試す", window=first, paper="start")
    press("新しく始める")(first)
    settle(first.tasks)
    yield StartPage(name="新しく始める 年度と契約条件", shows="契約条件（回数・人数・期限）", window=first)
    press("つぎへ　所属・担当者")(first)
    fill("担当者", "見本　係員")(first)
    settle(first.tasks)
    yield StartPage(name="新しく始める 所属・担当者", shows="このように印字されます", window=first)
    press("つぎへ　IDとパスワード")(first)
    for name, text in (
        ("ID", _LOGIN),
        ("表示名", _NAME),
        ("パスワード", _PASSWORD),
        ("パスワード（もう一度）", _PASSWORD),
    ):
        fill(name, text)(first)
    settle(first.tasks)
    yield StartPage(name="新しく始める IDとパスワード", shows="データを置く場所", window=first)
    press("データフォルダーを作成する")(first)
    settle(first.tasks)
    yield StartPage(name="回復キー", shows="回復キーを印刷する", window=first)
    second = _window(home / "second", home / "data", width, height)
    yield StartPage(name="ログイン", shows="閲覧専用で開く", window=second)
    fill("ID", _LOGIN)(second)
    fill("パスワード", _PASSWORD)(second)
    press("開く")(second)
    settle(second.tasks)
    reading = second.main_window
    assert reading is not None
    reading.resize(width, height)
    settle(second.tasks)
    # On the first day the year has no event yet.
    yield StartPage(name="ほかの人が入力中", shows="入力中です", window=reading, paper="in-use", bare=(NO_EVENT_YET,))
    reading.close()
    settle(second.tasks)
    for window in (second, first):
        window.hide()
        window.tasks.shutdown()
        window.deleteLater()


def _window(settings: Path, data: Path, width: int, height: int) -> StartWindow:
    made = start_window(settings_folder=settings, data_folder=data, clock=lambda: _FIRST_DAY, wait=0.2)
    made.setMinimumSize(0, 0)
    pause(200)
    made.resize(width, height)
    settle(made.tasks)
    return made


def take_pictures(store: Store, folder: Path, width: int, height: int, *, for_papers: bool = False) -> list[str]:
    """Write a picture of every screen into ``folder`` at ``width`` × ``height`` logical pixels; return the paths.

    The words that the program itself gives each screen are written beside them (``words.json``).

    Args:
        store: the sample year; what an office would have by now is added to it. folder: made when it is not there.
        for_papers: only those that ``docs`` shows, under their names there.

    Raises:
        PictureRefused: a picture would be wrong (see ``Album.put``).
    """
    declare_subjects()
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["dejikatsu"])
    assert isinstance(application, QApplication)
    speak_japanese(application)
    blinking = application.cursorFlashTime()
    application.setCursorFlashTime(0)
    with on_disk.folder_for_a_while(folder) as home:
        places = {
            home / "home": ELSEWHERE,
            store.folder.parent: ELSEWHERE,
            exports_folder(): OWN_PAPERS,
        }
        album = Album(folder=folder, places=places, for_papers=for_papers)
        put_on(application, "標準")
        for page in start_pages(home / "home", width, height):
            if album.wants(page.paper):
                album.put(page.window, name=page.name, shows=page.shows, paper=page.paper, bare=page.bare)
        remember_in(home / "settings.ini")
        _desk_pages(store, album, home, width, height)
    application.setCursorFlashTime(blinking)
    written = json.dumps(album.structures, ensure_ascii=False, indent=1)
    (folder / STRUCTURE_NAME).write_text(written + "\n", encoding="utf-8")
    return [str(on_disk.absolute(path)) for path in album.taken.values()]


def _desk_pages(store: Store, album: Album, scratch: Path, width: int, height: int) -> None:
    now = moment_of(store, pc_clock())
    furnish(store, now=now)
    moments = [now]
    tasks = Tasks()
    desk = Desk(
        tasks=tasks,
        store=store,
        user_name=store.display_name,
        fiscal_year=2026,
        clock=lambda: moments[-1],
        undo=history.undo,
        redo=history.redo,
        sample=True,
    )
    window = MainWindow(desk)
    doors = SettingsDoors(
        folder=store.folder,
        login_id=store.login_id,
        clock=lambda: now,
        backup_made=lambda: None,
        leave_for_restore=lambda: None,
        leave_to_change_key=lambda _wish: None,
    )
    register_screens(window, doors)
    launch = Launch(
        settings=scratch / "settings.ini", own_folder=store.folder, sample_folder=scratch, clock=lambda: now
    )
    Keeper(desk, window, launch, window).tell_backups()
    window.idle_watch.stop()
    window.open_last()
    window.show()
    # After showing: the window first takes the size it had last time.
    window.setMinimumSize(0, 0)
    window.resize(width, height)
    for shot in shots(event_ids(store, now.date()), scratch):
        if album.wants(shot.paper):
            moments.append(datetime.combine(shot.day, now.time()) if shot.day else now)
            window.read_badges()
            _take(window, shot, album)
    window.hide()
    tasks.shutdown()
    window.deleteLater()


def _take(window: MainWindow, shot: Shot, album: Album) -> None:
    """Go there, do what is to be done, take the picture, and clear up: no word of one picture stands in the next."""
    desk = window.desk
    desk.go(shot.place, **shot.arguments)
    settle(desk.tasks)
    for step in shot.steps:
        step(window)
        settle(desk.tasks)
    # It goes after ten seconds by itself: a picture would hold it or not, as fast as the machine is.
    window.undo_bar.hide()
    album.put(front(window), name=shot.name, shows=shot.shows, bare=shot.bare, paper=shot.paper)
    close_dialogs(window)
    settle(desk.tasks)
