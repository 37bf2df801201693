"""Days at the office: the program is started, somebody logs in, works, and closes it in the evening."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.startup.start_window import StartWindow
from app.startup.window import start_window
from tests.support.clerk import Clerk
from tests.support.waiting import painted_as_asked

LOGIN_ID = "101"
CLERK = "みほん髙﨑"
PASSWORD = "asagao to himawari 8"
_LONG_MS = 20_000


class Office:
    """Starts of the program over one home; each of them ends with the test at the latest.

    ``size`` is that of the window, in the units in which the program lays out.
    """

    size = (1366, 768)

    def __init__(self, qtbot: Any, home: Path) -> None:
        self.qtbot = qtbot
        self.home = home
        self._started: list[StartWindow] = []
        self._clocks: dict[StartWindow, list[datetime]] = {}

    def start(self, moment: datetime, *, home: Path | None = None, **given: Any) -> Clerk:
        """Start the program at ``moment``; ``home`` is another person's PC."""
        shown = [moment]
        frame = start_window(settings_folder=home or self.home, clock=lambda: shown[-1], **given)
        painted_as_asked(self.qtbot, frame)
        frame.resize(*self.size)
        self._started.append(frame)
        self._clocks[frame] = shown
        return Clerk(self.qtbot, frame)

    def later(self, clerk: Clerk, moment: datetime) -> None:
        """The window stays open, and it is ``moment``; what is shown next is shown as of then."""
        self._clocks[self._frame(clerk)].append(moment)

    def prepares(self, clerk: Clerk, service: Callable[..., Any], **given: Any) -> Any:
        """Call a service behind the window, signed by its user at its moment: what a journey does not act
        out itself."""
        main = self._frame(clerk).main_window
        assert main is not None
        made: list[Any] = []
        failed: list[Exception] = []
        main.app_context.write(
            lambda act: service(act.store, **({"by": act.by, "now": act.now} | given)),
            made.append,
            on_failed=failed.append,
            owner=main,
        )
        self.qtbot.waitUntil(lambda: bool(made or failed), timeout=_LONG_MS)
        assert not failed, failed
        clerk.wait()
        return made[0]

    def reads(self, clerk: Clerk, ask: Callable[[Any], Any]) -> Any:
        """What stands in the store behind the window."""
        main = self._frame(clerk).main_window
        assert main is not None
        made: list[Any] = []
        main.app_context.read(ask, made.append, owner=main)
        self.qtbot.waitUntil(lambda: bool(made), timeout=_LONG_MS)
        return made[0]

    def entered(self, clerk: Clerk) -> None:
        """Wait until the main window stands there."""
        frame = self._frame(clerk)
        self.qtbot.waitUntil(lambda: frame.main_window is not None, timeout=_LONG_MS)
        assert frame.main_window is not None
        # The size comes back from last time, but only as far as the pretended screen of a test is wide.
        frame.main_window.resize(*self.size)
        clerk.wait()

    def begin_anew(self, clerk: Clerk) -> None:
        """The first start: three steps, the recovery key written down, and in."""
        clerk.press("新しく始める")
        clerk.sees("1 / 3", "令和8年度の契約条件を入れてあります")
        clerk.press("つぎへ　所属・担当者")
        clerk.type("受託者", "みほん合同会社")
        clerk.press("つぎへ　IDとパスワード")
        clerk.type("ID", LOGIN_ID)
        clerk.type("表示名", CLERK)
        clerk.type("パスワード", PASSWORD)
        clerk.type("パスワード（もう一度）", PASSWORD, leave=False)
        clerk.key(Qt.Key.Key_Return)
        clerk.sees("回復キーを控えましたか")
        clerk.press("書き写した")
        clerk.press("使い始める")
        self.entered(clerk)

    def log_in(self, clerk: Clerk, password: str = PASSWORD) -> None:
        """Type the password of the person who was here last, and Enter."""
        clerk.sees("ログイン", LOGIN_ID)
        clerk.type("パスワード", password, leave=False)
        clerk.key(Qt.Key.Key_Return)

    def come_in(self, moment: datetime) -> Clerk:
        """Another day: start and log in."""
        clerk = self.start(moment)
        self.log_in(clerk)
        self.entered(clerk)
        return clerk

    def close(self, clerk: Clerk) -> None:
        """Close the window and wait until everything is written."""
        frame = self._frame(clerk)
        over: list[bool] = []
        frame.ended.connect(lambda: over.append(True))
        clerk.window().close()
        self.qtbot.waitUntil(lambda: bool(over), timeout=_LONG_MS)
        self._started.remove(frame)

    def end(self) -> None:
        """Join the threads of whatever a failed test left open, and take its windows away."""
        for frame in self._started:
            frame.tasks.shutdown()
            if frame.main_window is not None:
                # Ten quiet minutes later it would come up locked, in the midst of another test.
                frame.main_window.idle_watch.stop()
        if self._started:
            for left in QApplication.topLevelWidgets():
                left.hide()

    def _frame(self, clerk: Clerk) -> StartWindow:
        return next(frame for frame in self._started if clerk.works_at(frame))


@contextmanager
def office(qtbot: Any, home: Path) -> Iterator[Office]:
    """An office for one test."""
    made = Office(qtbot, home)
    try:
        yield made
    finally:
        made.end()


def add_lecture(clerk: Clerk, *, day: str = "9/30", subject: str = "LINE講習会") -> None:
    """Add a 講習会 in the list of events, with the date as one types it."""
    clerk.press("事業")
    clerk.press("実施回を追加")
    clerk.type("名称", subject)
    clerk.type("実施日", day)
    clerk.type("会場", "みほん区民館")
    clerk.press("詳しく", starts=True)
    clerk.type("会場の定員", "24")
    clerk.press("ネット環境　有")
    clerk.type("講師", "みほん講師")
    clerk.press_twice("実施回を追加する")
    clerk.sees(f"{subject}を加えました")
