"""Goes through the window on the sample year and takes a picture of every screen."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.file_locations import exports_folder
from app.history.services import history
from app.main_window.main_window import MainWindow
from app.offers import declare_subjects
from app.startup.keeping import Keeper
from app.startup.launch import Launch, pc_clock
from app.startup.pictures.album import Album
from app.startup.pictures.places import ELSEWHERE
from app.startup.pictures.sample import event_ids, furnish, moment_of
from app.startup.pictures.shot import Shot
from app.startup.pictures.shots import shots
from app.startup.pictures.start_pages import start_pages
from app.startup.pictures.steps import close_dialogs, front
from app.startup.pictures.waiting import settle
from app.startup.screens import register_screens
from app.subjects.settings.screens.doors import SettingsDoors
from app.window.background_task import Tasks
from app.window.desk import Desk
from app.window.language import speak_japanese
from app.window.remembered import remember_in
from app.window.style_sheet import put_on
from db import on_disk
from db.store import Store

STRUCTURE_NAME = "words.json"


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
            exports_folder(): rf"{ELSEWHERE}\exports",
        }
        album = Album(folder=folder, places=places, for_papers=for_papers)
        put_on(application, "標準")
        for page in start_pages(home / "home", width, height):
            if album.wants(page.paper):
                album.put(page.window, name=page.name, shows=page.shows, paper=page.paper)
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
        tasks=tasks, store=store, user_name=store.display_name, fiscal_year=2026, clock=lambda: moments[-1],
        undo=history.undo, redo=history.redo, sample=True,
    )  # fmt: skip
    window = MainWindow(desk)
    doors = SettingsDoors(
        folder=store.folder, login_id=store.login_id, clock=lambda: now, backup_made=lambda: None,
        leave_for_restore=lambda: None,
    )  # fmt: skip
    register_screens(window, doors)
    launch = Launch(
        settings=scratch / "settings.ini", own_folder=store.folder, sample_folder=scratch, clock=lambda: now
    )
    Keeper(desk, window, launch, store, window).tell_backups()
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
