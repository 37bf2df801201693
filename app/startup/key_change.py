"""The change of the data key between two sittings: the data are closed, nobody is in, and a login follows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.startup.doorway import Doorway
from app.startup.start_window import StartWindow
from app.window.failure_messages import failure_of

if TYPE_CHECKING:
    from app.data_folder.services.key_change import KeyWish
    from db.store import Store

_CHANGED = "鍵を替えました。いままでと同じご自分のパスワードで、ログインしてください。"
_UNCHANGED = "鍵は替わっていません。印刷した紙は使えないため、細断してください。"


class KeyChange(QObject):
    """Changes the key and says at the login how it came out. Signals: none."""

    def __init__(self, frame: StartWindow, login_way: Doorway) -> None:
        super().__init__(frame)
        self._frame, self._login_way = frame, login_way

    def change(self, store: Store, wish: KeyWish) -> None:
        """Change the key of the folder that ``store`` was; it is closed."""
        from app.startup import doors

        self._login_way.show_login(store.folder)
        launch = self._frame.launch
        self._frame.work(
            "鍵を替えています",
            partial(doors.change_key, store, wish, now=launch.clock(), wait=launch.wait, settle=launch.settle),
            done=lambda _none: self._login_way.tell(_CHANGED),
            failed=lambda problem: self._login_way.refuse(replace(failure_of(problem), lost=_UNCHANGED)),
        )
