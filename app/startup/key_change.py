"""Changes the data key between two sessions: the folder is closed, nobody has it open, and a login follows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.login_host import LoginHost
from app.startup.start_window import StartWindow
from app.window.failure_messages import failure_of

if TYPE_CHECKING:
    from app.data_folder.services.key_change import KeyChangeRequest
    from db.store import Store


class KeyChange(QObject):
    """Changes the key and shows the result at the login. Signals: none."""

    def __init__(self, frame: StartWindow, login_host: LoginHost):
        super().__init__(frame)
        self._frame, self._login_host = frame, login_host

    def change(self, store: Store, request: KeyChangeRequest) -> None:
        """Show the login, and change the key of the closed folder of ``store`` in the background; show how it went."""
        from app.startup import folder_opening

        self._login_host.show_login(store.folder)
        launch = self._frame.launch
        self._frame.run_work(
            "鍵を替えています",
            partial(
                folder_opening.change_key,
                store,
                request,
                now=launch.clock(),
                wait=launch.lock_wait_seconds,
                settle=launch.takeover_wait_seconds,
            ),
            on_done=lambda _none: self._login_host.show_note(
                "鍵を替えました。いままでと同じご自分のパスワードで、ログインしてください。"
            ),
            on_failed=lambda problem: self._login_host.show_failure(
                replace(failure_of(problem), lost="鍵は替わっていません。印刷した紙は使えないため、細断してください。")
            ),
        )
