"""The command ``self-check`` with the real window: somebody who types, clicks and looks, as staff do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.commands import main as dispatcher
from app.commands import self_check as command
from app.commands.self_check import Found, Step, Trial
from app.startup.start_window import StartWindow
from app.startup.window import new_application, start_window
from app.ui.failure_messages import failure_of
from app.ui.main_window import MainWindow

if TYPE_CHECKING:
    from app.ui.screens.documents.documents_screen import DocumentsScreen

_PATIENCE_MS = 60_000
_TURN_MS = 20
_FEWEST_COLOURS = 12
_KIND = "募集チラシ"
_QUIET = ("This plugin does not support",)
"""What the plug-in without a screen remarks for each window."""


def main(argv: Sequence[str]) -> int:
    """Run ``self-check`` with the window."""
    return dispatcher.main(argv, module=_SelfCheck())


class _SelfCheck:
    """Stands in for the command's module, with the window added."""

    add_parser = staticmethod(command.add_parser)

    @staticmethod
    def run(arguments: object) -> int:
        """Do the job in a window."""
        return command.run(arguments, attempt=attempt)  # type: ignore[arg-type]


def attempt(trial: Trial) -> Found:
    """Open the window on the data at ``trial.home`` and go through the steps until one does not hold."""
    application = QApplication.instance() or new_application()
    clerk = _Clerk(trial)
    before, hook = qInstallMessageHandler(clerk.hear), sys.excepthook
    sys.excepthook = clerk.catch
    try:
        steps = clerk.work()
        clerk.go_home()
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(before)
    application.processEvents()
    return Found(
        screen=QGuiApplication.platformName(),
        steps=steps,
        files=tuple(clerk.files),
        said=tuple(clerk.said),
        libraries=_libraries(),
    )


class _NotSeen(Exception):
    """What should have come did not; the text says what is there instead."""


class _Clerk:
    """Goes through the steps of a first day and keeps what is seen."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._frame: StartWindow | None = None
        self._troubles: list[str] = []
        self.files: list[str] = []
        self.said: list[str] = []

    def work(self) -> tuple[Step, ...]:
        """Take the steps in order; the first that does not hold is the last."""
        names: dict[str, Callable[[], None]] = {
            "画面を開く": self._open,
            "ログイン": self._log_in,
            "書類の見本": self._look_at_paper,
            "PDFの保存": self._save,
            "終了": self._leave,
        }
        steps: list[Step] = []
        for name, take in names.items():
            try:
                take()
                self._expect(lambda: True, "")  # nothing that nobody caught came after it
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is what this step has to report
                seen = str(problem) if isinstance(problem, _NotSeen) else failure_of(problem).details
                steps.append(Step(name, held=False, seen=seen))
                return tuple(steps)
            steps.append(Step(name, held=True))
        return tuple(steps)

    def go_home(self) -> None:
        """Leave nothing running, wherever the work came to an end."""
        if self._frame is not None:
            for window in QApplication.topLevelWidgets():
                window.hide()
            self._frame.end()

    def hear(self, kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        """Keep what Qt complains of."""
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not words.startswith(_QUIET):
            self.said.append(words)

    def catch(self, _kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Keep what nobody in the program caught."""
        self._troubles.append(failure_of(problem.with_traceback(trace)).details)

    # the steps

    def _open(self) -> None:
        from app.ui.screens.start.login import LoginPage

        home = self._trial.home
        self._frame = frame = start_window(settings_folder=home / "settings", data_folder=home / "data")
        self._expect(lambda: isinstance(frame.page, LoginPage) and frame.page.isVisible(), "ログインの画面が出ません。")
        self._picture(frame, "1-ログイン")

    def _log_in(self) -> None:
        from app.ui.screens.start.login import LoginPage

        page = self._here().page
        assert isinstance(page, LoginPage)
        for key, words in (("login_id", self._trial.login_id), ("password", self._trial.password)):
            box = page.form.editor(key)
            assert isinstance(box, QLineEdit)
            box.setFocus()
            QTest.keyClicks(box, words)
        QTest.mouseClick(page.enter, Qt.MouseButton.LeftButton)
        self._expect(lambda: self._here().main_window is not None or bool(page.problem.words()), "開きません。")
        if self._here().main_window is None:
            raise _NotSeen(page.problem.words())
        self._rest()
        self._picture(self._main(), "2-ホーム")

    def _look_at_paper(self) -> None:
        main = self._main()
        main.go("documents", kind=_KIND)
        self._rest()
        screen = self._documents()
        screen.parts.show_middle()  # on a narrow screen the paper lies behind the list
        paper = screen.paper
        shown: list[str] = []
        paper.shown.connect(shown.append)
        paper.refresh()
        self._expect(lambda: bool(shown), "書類の見本が表示されません。")
        self._rest()
        if not paper.preview.page_count():
            raise _NotSeen(paper.preview.words())
        self._picture(main, "3-書類の見本")
        _look(paper.preview.pages.grab().toImage(), "書類の見本")

    def _save(self) -> None:
        from app.ui.screens.documents.save_dialog import SavePaperDialog

        QTest.mouseClick(self._documents().paper.pdf_button, Qt.MouseButton.LeftButton)
        self._rest()
        dialog = self._main().findChild(SavePaperDialog)
        if dialog is None:
            raise _NotSeen("保存の画面が出ません。")
        dialog.choose_folder(self._trial.out)
        path = dialog.target()
        QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
        self._rest()
        self._expect(path.is_file, "PDFが保存されません。")
        if not path.read_bytes().startswith(b"%PDF-"):
            raise _NotSeen("保存したファイルがPDFではありません。")
        self.files.append(str(path))

    def _leave(self) -> None:
        ended: list[bool] = []
        self._here().ended.connect(lambda: ended.append(True))
        self._main().close()
        self._expect(lambda: bool(ended), "終了しません。")

    # seeing and waiting

    def _here(self) -> StartWindow:
        assert self._frame is not None
        return self._frame

    def _main(self) -> MainWindow:
        main = self._here().main_window
        assert main is not None
        return main

    def _documents(self) -> DocumentsScreen:
        from app.ui.screens.documents.documents_screen import DocumentsScreen

        screen = self._main().screen_of("documents")
        assert isinstance(screen, DocumentsScreen)
        return screen

    def _expect(self, reached: Callable[[], bool], otherwise: str) -> None:
        """Wait until ``reached``; what nobody caught meanwhile ends the wait."""
        end = QDeadlineTimer(_PATIENCE_MS)
        while not reached() or self._troubles:
            if self._troubles:
                raise _NotSeen(self._troubles[0])
            if end.hasExpired():
                raise _NotSeen(otherwise)
            QTest.qWait(_TURN_MS)

    def _rest(self) -> None:
        """Wait until nothing is under way; one answer may ask the next question."""
        for _turn in range(4):
            self._expect(lambda: self._here().tasks.idle, "処理が終わりません。")
            QTest.qWait(_TURN_MS)

    def _picture(self, window: QWidget, name: str) -> None:
        """Keep what really stands on the screen; where the system does not let that be read, what the window drew."""
        QTest.qWait(10 * _TURN_MS)
        seen = window.screen().grabWindow(window.winId())
        if seen.isNull():
            seen = window.grab()
        path = self._trial.out / f"{name}.png"
        if not seen.save(str(path)):
            raise _NotSeen("画面の写しを保存できません。")
        self.files.append(str(path))
        _look(seen.toImage(), name)


def _look(image: QImage, name: str) -> None:
    """Something is to be seen: letters have many shades, an empty surface has few."""
    shades = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 2)}
    if len(shades) < _FEWEST_COLOURS:
        raise _NotSeen(f"「{name}」に何も表示されていません。")


def _libraries() -> tuple[str, ...]:
    """The shared libraries that this process uses, where the system tells."""
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        return ()
    files = {line.split(maxsplit=5)[-1] for line in maps.read_text(encoding="utf-8").splitlines() if ".so" in line}
    return tuple(sorted(files))
