"""Background jobs of a session: heartbeat, the copy for readers, backup state, checks of stored files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.common import failure_log
from app.data_folder.services import data_folder
from app.data_folder.services.background_checks import BackgroundChecks
from app.main_window.main_window import MainWindow
from app.startup import folder_opening
from app.startup.launch import Launch
from app.startup.lock_polling import LockPolling
from app.widgets.display_texts import short_moment_words
from app.window.app_context import AppContext
from app.window.background_task import bind_arguments
from app.window.debounce import debounce
from db.accesses.sessions import write_accesses
from db.files.storage_errors import DiskFull, WriteLockLost
from db.journal_index import follow_journal
from db.store import Store

if TYPE_CHECKING:
    from app.data_folder.services.backups import BackupLine

Trouble = tuple[str, str]
"""A problem shown at the bottom of the side bar: a short line and a sentence."""

_CONFIRMING_SAVES = "保存を確かめています"
_NOT_SAVING_TEXTS = {
    "データのフォルダーが見つかりません": "保存できません",
    _CONFIRMING_SAVES: _CONFIRMING_SAVES,
}
"""Text shown in the top bar instead of 「保存済み」, by problem."""
_RECENT_BACKUP = timedelta(days=7)
"""Opening, closing and each new day make a backup: an older one means that none could be made."""
_ENTRIES_AT_ONCE = 2_000
"""Entries of the journal that are indexed in one go, some hundredths of a second."""
FOLDER_GONE: Trouble = (
    "データのフォルダーが見つかりません",
    "移動したか、つながっていません。元の場所に戻すまで、画面を閉じずにお待ちください",
)


class BackgroundJobs(QObject):
    """Does what a session does in the background, and shows it. Signals: none.

    These are the heartbeat, the copy for readers, the backup state, file checks and the polling of the write lock.
    """

    def __init__(self, app_context: AppContext, main: MainWindow, launch: Launch, parent: QObject):
        super().__init__(parent)
        self._app_context = app_context
        self._main = main
        self._launch = launch
        self._heartbeat_timer = QTimer(self, interval=int(launch.heartbeat_seconds * 1000))
        self._heartbeat_timer.timeout.connect(self._send_heartbeat)
        self._publish_timer = debounce(self, self.publish, int(launch.quiet_seconds * 1000))
        # Measured from the first unpublished change, as there may be no quiet minute while somebody keeps typing.
        app_context.saved.connect(self._on_saved)
        # The sample year has a write lock too, so that its transfer can be tried out there.
        self.lock_polling = LockPolling(app_context, main, launch, parent=self)
        app_context.lock_changed.connect(self._on_lock_changed)
        self._calm_timer = debounce(self, self._back_up_new_day)
        app_context.tasks.idle_changed.connect(lambda _is_idle: self._calm_timer.start())
        self._file_checks = BackgroundChecks()
        self._troubles: tuple[Trouble, ...] = ()
        self._publish_failed = False
        self._read_on = self._backed_up_on = self._today()

    def _on_saved(self, _moment: object) -> None:
        """Publish ``quiet_seconds`` after the first change that is not published yet."""
        if not self._publish_timer.isActive():
            self._publish_timer.start()

    def start(self) -> None:
        """Start the timers, show the state of the backups, and index the journal for the search."""
        self._heartbeat_timer.start()
        self.lock_polling.start()
        self.update_backup_state()
        self._index_journal()

    def _index_journal(self) -> None:
        """Index the journal little by little, so that no page waits until all of it has been read."""
        self._app_context.tasks.run_on_store(
            bind_arguments(_index_some, self._app_context),
            on_done=lambda done: None if done else self._index_journal(),
            writes=False,
            on_failed=failure_log.log_failure,
            owner=self,
        )

    def stop(self) -> None:
        """Stop the timers and the polling of the lock, before the folder is closed."""
        self._heartbeat_timer.stop()
        self._publish_timer.stop()
        self._calm_timer.stop()
        self.lock_polling.end()

    def _on_lock_changed(self) -> None:
        """Begin anew with the replaced store: no copy is due and stored files are checked from the start.

        The backup state is read again and the journal indexed.
        """
        self._publish_timer.stop()
        self._file_checks = BackgroundChecks()
        self._backed_up_on = self._today()  # whoever takes the lock opens the folder
        self.update_backup_state()
        self._index_journal()

    def update_backup_state(self) -> None:
        """Show the state of the backups at the bottom of the side bar, to a reader of which time the copy is."""
        store: Store = self._app_context.store
        copied = store.published_at
        if self._app_context.read_only and copied is not None:
            self._main.set_backup_state("閲覧専用", f"{short_moment_words(copied, self._today())} の写し")
            return
        self._app_context.tasks.run_in_background(
            partial(folder_opening.backup_lines, store.folder), on_done=self._show_backup_state, owner=self
        )

    def publish(self) -> None:
        """Publish the copy for readers; called ``quiet_seconds`` after the first change that is not published yet."""
        self._app_context.tasks.run_on_store(
            bind_arguments(_publish, self._app_context, self._file_checks, self._launch.clock()),
            on_done=lambda _time: self._on_published(),
            on_failed=self._on_publish_failed,
            owner=self,
        )

    def _send_heartbeat(self) -> None:
        """Write the heartbeat and check some stored files on the database thread, then show what that reported."""
        if self._today() != self._read_on:
            self._read_on = self._today()
            self.update_backup_state()  # a window left open says 「本日」 of another day
            self._app_context.changed.emit(None)
        self._main.show_new_day()  # of each sign of life: what is half typed is let go later
        self._app_context.tasks.run_on_store(
            bind_arguments(_heartbeat, self._app_context, self._file_checks, self._launch.clock()),
            on_done=self._on_heartbeat_sent,
            on_failed=self._on_lock_lost,
            owner=self,
        )

    def _back_up_new_day(self) -> None:
        """Make the backup of a new day in a window left open, once nothing runs and no change is unpublished."""
        today, is_busy = self._today(), self._publish_timer.isActive() or not self._app_context.tasks.is_idle
        if is_busy or self._app_context.read_only or today == self._backed_up_on:
            return
        self._backed_up_on = today
        self._app_context.tasks.run_on_store(
            bind_arguments(data_folder.back_up_new_day, self._app_context.store, now=self._launch.clock()),
            on_done=self._on_backed_up,
            writes=False,
            on_failed=failure_log.log_failure,
            owner=self,
        )

    def _on_backed_up(self, notes: Sequence[str]) -> None:
        """Show the new state of the backups, and what went wrong as at opening."""
        if notes:
            self._app_context.show_message("".join(notes))
        self.update_backup_state()

    def _on_heartbeat_sent(self, result: tuple[str, tuple[Trouble, ...]]) -> None:
        """Show the message (then emit ``changed`` to read again) and the problems that the heartbeat reported."""
        told, troubled = result
        if told:
            self._app_context.show_message(told)
            self._app_context.changed.emit(None)
        if troubled != self._troubles:
            self._troubles = troubled
            self._main.top_bar.show_not_saving(
                next((_NOT_SAVING_TEXTS.get(one, "") for one, _sentence in troubled), "")
            )
            self.update_backup_state()

    def _on_lock_lost(self, problem: Exception) -> None:
        """Become read-only after the heartbeat failed.

        If a colleague took the write lock over, the banner says so and what is lost; any other problem is shown.
        """
        self._publish_timer.stop()
        failure_log.log_failure(problem)
        lost = isinstance(problem, WriteLockLost)
        if isinstance(problem, WriteLockLost):
            self.lock_polling.on_lock_lost(problem)
        self._app_context.read_only = True
        self._main.set_backup_state("閲覧専用", "同僚に引き継がれました", sound=False)
        if not lost or self.lock_polling.lock_session is None:
            self._app_context.show_failure(problem)

    def _on_published(self) -> None:
        if self._publish_failed:
            self._publish_failed = False
            self.update_backup_state()

    def _on_publish_failed(self, problem: Exception) -> None:
        """Show and log that the copy could not be published, and try again later."""
        self._publish_failed = True
        failure_log.log_failure(problem, "published")
        full = isinstance(problem, DiskFull)
        why = "ディスクの空きをご確認ください" if full else "フォルダーとのつながりをご確認ください"
        self._main.set_backup_state("閲覧用の写しを作れません", why, sound=False)
        self._publish_timer.start()

    def _show_backup_state(self, lines: Sequence[BackupLine]) -> None:
        if self._troubles:
            title, sentence = self._troubles[0]
            self._main.set_backup_state(title, sentence, sound=False)
        elif not lines:
            self._main.set_backup_state("バックアップなし", "設定から作成できます", sound=False)
        elif not lines[0].is_verified:
            self._main.set_backup_state("バックアップを確認してください", lines[0].state, sound=False)
        else:
            made, today = lines[0].created_at, self._today()
            recent = today - made.date() <= _RECENT_BACKUP
            self._main.set_backup_state(
                "バックアップ済み" if recent else "バックアップが古くなっています",
                f"{short_moment_words(made, today)}　{f'{len(lines)}世代' if recent else '終了すると作ります'}",
                sound=recent,
            )

    def _today(self) -> date:
        """Return the day of the PC's clock, also for the sample year."""
        return self._launch.clock().date()


def _index_some(app_context: AppContext) -> bool:
    """Index some entries of the journal for the search; return whether all are indexed."""
    store: Store = app_context.store
    return follow_journal(store.database, limit=_ENTRIES_AT_ONCE)


def _heartbeat(
    app_context: AppContext, file_checks: BackgroundChecks, now: datetime
) -> tuple[str, tuple[Trouble, ...]]:
    """Write the accesses, the heartbeat, and check a few stored files; return the message and the problems to show.

    Nothing for a reader, whose heartbeat the polling of the lock writes; only ``FOLDER_GONE`` without the database
    file.
    """
    store: Store = app_context.store
    recorded = write_accesses(store) if store.accesses is not None and store.accesses.is_due else ""
    if store.read_only:  # a reader's heartbeat is written by the polling of the lock
        return recorded, ()
    if not data_folder.is_database_in_place(store):
        return "", (FOLDER_GONE,)
    told = data_folder.heartbeat(store) or recorded
    waiting = [
        (_CONFIRMING_SAVES if store.unconfirmed_count else "変更の控えを書けません", note)
        for note in data_folder.pending_notes(store)
    ]
    found = [("保管ファイルをご確認ください", note) for note in reversed(file_checks.check_next(store, now=now))]
    return told, (*waiting, *found)


def _publish(app_context: AppContext, file_checks: BackgroundChecks, now: datetime) -> None:
    """Publish a copy for the readers and copy new files into the backup; not as a reader or without the database."""
    store: Store = app_context.store
    if store.read_only or not data_folder.is_database_in_place(store):  # the sign of life says that it is gone
        return
    data_folder.publish(store, now=now)
    file_checks.copy_new_files(store, now=now)
