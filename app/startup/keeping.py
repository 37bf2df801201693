"""What goes on in the background while somebody works: signs of life, the copy for readers, the state of the backups, the kept files read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.keeping.screens.centred_page import show_notes
from app.keeping.services import data_folder
from app.keeping.services.file_checks import FileRound
from app.main_window.main_window import MainWindow
from app.startup import doors
from app.startup.launch import Launch
from app.widgets.shown_words import moment_short
from app.window.desk import Desk
from db.storage_errors import SeatLost
from db.store import Store

if TYPE_CHECKING:
    from app.keeping.services.backups import BackupLine

Trouble = tuple[str, str]
"""What the foot of the side bar says of something that is not as it should be: a short line and a sentence."""


class Keeper(QObject):
    """The timers of one sitting. Signals: none."""

    def __init__(
        self, desk: Desk, main: MainWindow, launch: Launch, store: Store, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._main = main
        self._launch = launch
        self._store = store
        self._beat = QTimer(self, interval=int(launch.beat_seconds * 1000))
        self._beat.timeout.connect(self._give_sign)
        self._quiet: QTimer = QTimer(self, singleShot=True, interval=int(launch.quiet_seconds * 1000))
        self._quiet.timeout.connect(self.publish)
        desk.saved.connect(lambda _moment: self._quiet.start())
        self._files = FileRound()
        self._troubled: tuple[Trouble, ...] = ()

    def begin(self) -> None:
        """Start the timers and say how the backups stand."""
        if not self._store.read_only:
            self._beat.start()
        self.tell_backups()

    def stop(self) -> None:
        """No more signs: the folder is about to be closed."""
        self._beat.stop()
        self._quiet.stop()

    def tell_backups(self) -> None:
        """Read the backups anew and say how they stand, at the foot of the side bar."""
        copied = self._store.published_at
        if self._store.read_only and copied is not None:
            self._main.set_backup_state("閲覧専用", f"{moment_short(copied, self._today())} の写し")
            return
        self._desk.tasks.apart(partial(doors.backup_lines, self._store.folder), done=self._tell, owner=self)

    def publish(self) -> None:
        """Publish the copy for readers: called a quiet minute after the last change."""
        self._desk.tasks.on_store(
            partial(_publish, self._store, self._files, self._launch.clock()),
            done=lambda _time: None,
            failed=self._on_unpublished,
            owner=self,
        )

    def _give_sign(self) -> None:
        self._desk.tasks.on_store(
            partial(_sign, self._store, self._files, self._launch.clock()),
            done=self._on_sign,
            failed=self._on_lost,
            owner=self,
        )

    def _on_sign(self, given: tuple[str, tuple[Trouble, ...]]) -> None:
        told, troubled = given
        if told:
            self._desk.say(told)
            self._desk.changed.emit()
        if troubled != self._troubled:
            self._troubled = troubled
            self.tell_backups()

    def _on_lost(self, problem: Exception) -> None:
        """A colleague took the folder over: from now on this window only reads."""
        self.stop()
        self._desk.read_only = True
        self._main.set_backup_state("閲覧専用", "同僚に引き継がれました", sound=False)
        if isinstance(problem, SeatLost) and not problem.pending:  # nothing that was done here failed
            show_notes(self._main, (problem.happened, problem.lost, problem.todo), "引き継がれました")
        else:
            self._desk.fail(problem)

    def _on_unpublished(self, _problem: Exception) -> None:
        self._main.set_backup_state("閲覧用の写しを作れません", "ディスクの空きをご確認ください", sound=False)
        self._quiet.start()

    def _tell(self, lines: Sequence[BackupLine]) -> None:
        if self._troubled:
            title, sentence = self._troubled[0]
            self._main.set_backup_state(title, sentence, sound=False)
        elif not lines:
            self._main.set_backup_state("バックアップがありません", "設定から作成できます", sound=False)
        elif not lines[0].verified:
            self._main.set_backup_state("バックアップを確認してください", lines[0].state, sound=False)
        else:
            self._main.set_backup_state(
                "バックアップ済み", f"{moment_short(lines[0].made, self._today())}　{len(lines)}世代"
            )

    def _today(self) -> date:
        return self._launch.clock().date()


def _sign(store: Store, files: FileRound, now: datetime) -> tuple[str, tuple[Trouble, ...]]:
    """Give the sign of life, read a few kept files again, and return what is to be shown as long as it is so."""
    told = data_folder.heartbeat(store)
    waiting = [
        ("保存を確かめています" if store.unconfirmed else "変更の控えを書けません", note)
        for note in data_folder.state_notes(store)
    ]
    found = [("保管ファイルをご確認ください", note) for note in reversed(files.step(store, now=now))]
    return told, (*waiting, *found)


def _publish(store: Store, files: FileRound, now: datetime) -> None:
    data_folder.publish(store, now=now)
    files.keep_new_files(store, now=now)
