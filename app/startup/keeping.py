"""What goes on in the background while somebody works: signs of life, the copy for readers, the state of the backups,
the kept files read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.common import failure_log
from app.data_folder.services import data_folder
from app.data_folder.services.file_checks import FileRound
from app.main_window.main_window import MainWindow
from app.startup import doors
from app.startup.launch import Launch
from app.startup.lock_turns import TurnKeeper
from app.widgets.shown_words import moment_short
from app.window.background_task import bound
from app.window.desk import Desk
from app.window.later import later
from db.files.storage_errors import DiskFull, WriteLockLost
from db.store import Store

if TYPE_CHECKING:
    from app.data_folder.services.backups import BackupLine

Trouble = tuple[str, str]
"""What the foot of the side bar says of something that is not as it should be: a short line and a sentence."""

_WAITS_FOR_PROOF: Final = "保存を確かめています"
_NOT_SAVING: Final = {"データのフォルダーが見つかりません": "保存できません", _WAITS_FOR_PROOF: _WAITS_FOR_PROOF}
"""What stands at the head of the window in the place of 「保存済み」, by the trouble."""
FOLDER_GONE: Final[Trouble] = (
    "データのフォルダーが見つかりません",
    "移動したか、つながっていません。元の場所に戻すまで、画面を閉じずにお待ちください",
)


class Keeper(QObject):
    """The timers of one sitting. Signals: none."""

    def __init__(self, desk: Desk, main: MainWindow, launch: Launch, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._main = main
        self._launch = launch
        self._beat = QTimer(self, interval=int(launch.beat_seconds * 1000))
        self._beat.timeout.connect(self._give_sign)
        self._quiet = later(self, self.publish, int(launch.quiet_seconds * 1000))
        # From the first change that is not published: while somebody types on and on, no minute is quiet.
        desk.saved.connect(self._on_saved)
        # A sample has a seat too: handing it over is tried there first.
        self.turn = TurnKeeper(desk, main, launch, parent=self)
        desk.lock_changed.connect(self._on_lock_changed)
        self._files = FileRound()
        self._troubled: tuple[Trouble, ...] = ()
        self._unpublished = False

    def _on_saved(self, _moment: object) -> None:
        if not self._quiet.isActive():
            self._quiet.start()

    def begin(self) -> None:
        """Start the timers and say how the backups stand."""
        self._beat.start()
        self.turn.begin()
        self.tell_backups()

    def stop(self) -> None:
        """No more signs: the folder is about to be closed."""
        self._beat.stop()
        self._quiet.stop()
        self.turn.end()

    def _on_lock_changed(self) -> None:
        """Another store stands behind the screens: the kept files are read from the beginning, the foot
        says how it is."""
        self._quiet.stop()
        self._files = FileRound()
        self.tell_backups()

    def tell_backups(self) -> None:
        """Read the backups anew and say how they stand, at the foot of the side bar."""
        store: Store = self._desk.store
        copied = store.published_at
        if self._desk.read_only and copied is not None:
            self._main.set_backup_state("閲覧専用", f"{moment_short(copied, self._today())} の写し")
            return
        self._desk.tasks.apart(partial(doors.backup_lines, store.folder), done=self._tell, owner=self)

    def publish(self) -> None:
        """Publish the copy for readers: called a quiet minute after the last change."""
        self._desk.tasks.on_store(
            bound(_publish, self._desk, self._files, self._launch.clock()),
            done=lambda _time: self._on_published(),
            failed=self._on_unpublished,
            owner=self,
        )

    def _give_sign(self) -> None:
        self._desk.tasks.on_store(
            bound(_sign, self._desk, self._files, self._launch.clock()),
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
            self._main.top_bar.show_not_saving(next((_NOT_SAVING.get(one, "") for one, _sentence in troubled), ""))
            self.tell_backups()

    def _on_lost(self, problem: Exception) -> None:
        """A colleague took the folder over: from now on this window only reads. The band says it, and what is lost."""
        self._quiet.stop()
        failure_log.note(problem)
        lost = isinstance(problem, WriteLockLost)
        if isinstance(problem, WriteLockLost):
            self.turn.lose(problem)
        self._desk.read_only = True
        self._main.set_backup_state("閲覧専用", "同僚に引き継がれました", sound=False)
        if not lost or self.turn.turns is None:
            self._desk.fail(problem)

    def _on_published(self) -> None:
        """What was said of the copy is over with the first that could be made again."""
        if self._unpublished:
            self._unpublished = False
            self.tell_backups()

    def _on_unpublished(self, problem: Exception) -> None:
        self._unpublished = True
        failure_log.note(problem, "published")
        full = isinstance(problem, DiskFull)
        why = "ディスクの空きをご確認ください" if full else "フォルダーとのつながりをご確認ください"
        self._main.set_backup_state("閲覧用の写しを作れません", why, sound=False)
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


def _sign(desk: Desk, files: FileRound, now: datetime) -> tuple[str, tuple[Trouble, ...]]:
    """Give the sign of life, read a few kept files again, and return what is to be shown as long as it is so."""
    store: Store = desk.store
    if store.read_only:  # who reads gives it by asking how things stand
        return "", ()
    if not data_folder.is_in_its_place(store):
        return "", (FOLDER_GONE,)
    told = data_folder.heartbeat(store)
    waiting = [
        (_WAITS_FOR_PROOF if store.unconfirmed else "変更の控えを書けません", note)
        for note in data_folder.state_notes(store)
    ]
    found = [("保管ファイルをご確認ください", note) for note in reversed(files.step(store, now=now))]
    return told, (*waiting, *found)


def _publish(desk: Desk, files: FileRound, now: datetime) -> None:
    store: Store = desk.store
    if store.read_only or not data_folder.is_in_its_place(store):  # the sign of life says that it is gone
        return
    data_folder.publish(store, now=now)
    files.keep_new_files(store, now=now)
