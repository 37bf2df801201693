"""The ways in when something is lost: the printed recovery key, and the restoring of a backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.doorway import Doorway
from app.startup.start_window import StartWindow
from app.window.failure_messages import failure_of

if TYPE_CHECKING:
    from app.data_folder.screens.recovery import RecoveryPage
    from app.data_folder.screens.restoring import RestorePage, RestoreWish
    from app.data_folder.services.backups import BackupLine
    from app.startup.doors import Entered
    from app.startup.session import Session
    from db.store import Store


class Rescue(QObject):
    """Leads back to data that a password no longer opens, or that is damaged. Signals: none."""

    def __init__(self, frame: StartWindow, login_way: Doorway) -> None:
        super().__init__(frame)
        self._frame = frame
        self._login_way = login_way
        self._recovery: RecoveryPage | None = None
        self._restore: RestorePage | None = None
        self._opened: Store | None = None
        self._typed: tuple[str, str] = ("", "")

    # the recovery key

    def show_recovery(self) -> None:
        """Ask for the printed key."""
        from app.data_folder.screens.recovery import RecoveryPage

        if self._recovery is None:
            self._recovery = RecoveryPage()
            self._recovery.key_given.connect(self._open_by_key)
            self._recovery.password_given.connect(self._set_password)
            self._recovery.left.connect(self._leave_recovery)
        self._recovery.ask_key()
        self._frame.show_page(self._recovery)

    def _open_by_key(self, key: str) -> None:
        from app.startup import doors

        launch = self._frame.launch
        self._frame.work(
            "回復キーを確かめています",
            partial(doors.by_recovery_key, self._login_way.folder, key=key, now=launch.clock(), wait=launch.wait),
            done=self._on_opened,
            failed=self._refuse,
        )

    def _on_opened(self, opened: tuple[Store, tuple[tuple[str, str, bool], ...]]) -> None:
        self._opened, users = opened
        self._frame.before_close = self._may_close
        if self._recovery is not None:
            self._recovery.ask_password(users)

    def _set_password(self, login_id: str, password: str, writes: bool) -> None:
        from app.startup import doors

        if self._opened is None:
            return
        launch = self._frame.launch
        self._frame.work(
            "新しいパスワードで開いています",
            partial(
                doors.with_new_password,
                self._opened,
                login_id=login_id,
                password=password,
                writes=writes,
                now=launch.clock(),
                wait=launch.wait,
            ),
            done=self._sit_down,
            failed=self._refuse,
        )

    def _sit_down(self, entered: Entered) -> None:
        self._opened = None
        self._frame.before_close = None
        if self._recovery is not None:
            self._recovery.forget()
        self._login_way.sit_down(entered)

    def _refuse(self, problem: Exception) -> None:
        from db.files.storage_errors import WrongPassword

        if isinstance(problem, WrongPassword) and self._opened is None:
            self._login_way.count_failed("", "回復キー")
        if self._recovery is not None:
            self._recovery.show_failure(failure_of(problem))

    def _leave_recovery(self) -> None:
        if self._recovery is not None:
            self._recovery.forget()
        self._close_opened(self._login_way.back)

    def _may_close(self) -> bool:
        self._close_opened(self._frame.end)
        return False

    def _close_opened(self, then: object) -> None:
        from app.startup.first_run import close_unused

        store, self._opened = self._opened, None
        self._frame.before_close = None
        if store is not None:
            close_unused(self._frame, store, then=then)
        elif callable(then):
            then()

    def offer_key(self, session: Session) -> None:
        """Offer a recovery key to a folder that has none (it was made without the window)."""
        from app.subjects.settings.pages.screens.recovery_key import offer_recovery_key

        offer_recovery_key(session.desk, session.main, clock=self._frame.launch.clock)

    # restoring

    def show_restore(self, source: Path, *, login_id: str = "", password: str = "") -> None:
        """List the backups of ``source`` and ask what to restore where."""
        from app.data_folder.screens.restoring import RestorePage
        from app.startup import doors

        if self._restore is None:
            today = self._frame.launch.clock().date()
            self._restore = RestorePage(self._frame.tasks, today, look=doors.look_for_restoring)
            self._restore.source_chosen.connect(self._list)
            self._restore.restore_asked.connect(self._run)
            self._restore.open_asked.connect(self._open)
            self._restore.left.connect(self._leave_restore)
        self._typed = (login_id, password)
        self._list(source)

    def _list(self, source: Path) -> None:
        from app.startup import doors

        self._frame.work(
            "バックアップを確かめています",
            partial(doors.backup_lines, source),
            done=partial(self._show, source),
            failed=lambda _problem: self._show(source, ()),
        )

    def _show(self, source: Path, lines: tuple[BackupLine, ...]) -> None:
        from app.data_folder.services.places import new_folder_beside

        if self._restore is None:
            return
        login_id, password = self._typed
        to = new_folder_beside(source, today=self._frame.launch.clock().date())
        self._restore.show_source(source, lines, to=to, login_id=login_id, password=password)
        self._frame.show_page(self._restore)

    def _run(self, wish: RestoreWish) -> None:
        from app.startup import doors

        self._frame.work(
            "復元しています",
            partial(doors.restore, wish, now=self._frame.launch.clock()),
            done=partial(self._on_restored, wish),
            failed=self._on_failed,
            if_long="ファイルが多いと、1分ほどかかることがあります。終わるまで、このままお待ちください。",
        )

    def _on_restored(self, wish: RestoreWish, sentences: tuple[str, ...]) -> None:
        if self._restore is not None:
            self._restore.show_restored(sentences, wish.to)

    def _on_failed(self, problem: Exception) -> None:
        if self._restore is not None:
            self._restore.show_failure(failure_of(problem))

    def _open(self, wish: RestoreWish) -> None:
        if self._restore is not None:
            self._restore.forget()
        self._typed = ("", "")
        self._login_way.show_login(wish.to)
        if wish.login_id is not None:
            self._login_way.enter(wish.login_id, wish.secret)
        else:
            self.show_recovery()
            self._open_by_key(wish.secret)

    def _leave_restore(self) -> None:
        if self._restore is not None:
            self._restore.forget()
        self._typed = ("", "")
        self._login_way.back()
