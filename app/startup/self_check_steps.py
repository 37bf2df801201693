"""The steps of a self-check, taken as staff take them, by keys and mouse; what goes wrong beside them is heard.

They wait until something is there, and look whether a surface really shows something.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QDeadlineTimer, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QImage, QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.commands.self_check import Trial, TrialResult, TrialStep
from app.main_window.main_window import MainWindow
from app.startup.start_window import StartWindow
from app.startup.window import new_application, start_window
from app.window.failure_messages import failure_of

if TYPE_CHECKING:
    from app.subjects.year.document_library.screens.documents_screen import DocumentsScreen


_TIMEOUT_MS = 60_000
_EVENT_LOOP_MS = 20
_MIN_COLOURS = 12
_MIN_SHADES = 3
_PICTURES = {b"svg", b"ico"}
_KIND = "募集チラシ"
_IGNORED_MESSAGE = "This plugin does not support"  # what the plug-in without a screen remarks for each window


class StepFailed(Exception):
    """What should have come did not; the text says what is there instead."""


def wait_until(condition: Callable[[], bool], troubles: list[str], message: str) -> None:
    """Wait until ``condition``; the first of ``troubles``, what nobody caught meanwhile, ends the wait.

    Raises:
        NotSeen: a trouble, or ``message`` after a long time.
    """
    end = QDeadlineTimer(_TIMEOUT_MS)
    while not condition() or troubles:
        if troubles or end.hasExpired():
            raise StepFailed(troubles[0] if troubles else message)
        QTest.qWait(_EVENT_LOOP_MS)


def wait_until_idle(is_idle: Callable[[], bool], troubles: list[str]) -> None:
    """Wait until nothing is under way; one answer may ask the next question.

    Raises:
        NotSeen: a trouble, or it never comes to rest.
    """
    for _turn in range(4):
        wait_until(is_idle, troubles, "処理が終わりません。")
        QTest.qWait(_EVENT_LOOP_MS)


def save_picture(window: QWidget, path: Path) -> None:
    """Write what really stands on the screen; where the system does not let that be read, what the window drew.

    Raises:
        NotSeen: nothing is to be seen there, or it cannot be written.
    """
    QTest.qWait(10 * _EVENT_LOOP_MS)
    seen = window.screen().grabWindow(window.winId())
    if seen.isNull():
        seen = window.grab()
    if not seen.save(str(path)):
        raise StepFailed("画面の写しを保存できません。")
    check_picture(seen.toImage(), path.stem)


def check_picture(image: QImage, name: str) -> None:
    """Letters have many shades, an empty surface has few.

    Raises:
        NotSeen: nothing is to be seen.
    """
    shades = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 2)}
    if len(shades) < _MIN_COLOURS:
        raise StepFailed(f"「{name}」に何も表示されていません。")


def check_image_plugins() -> None:
    """The marks of check boxes and the sign of the program are pictures that Qt reads by parts of its own.

    Raises:
        NotSeen: one of these parts is not there.
    """
    missing = _PICTURES - {bytes(kind.data()) for kind in QImageReader.supportedImageFormats()}
    if missing:
        raise StepFailed(f"絵を読む部品がありません（{'、'.join(sorted(kind.decode() for kind in missing))}）。")


class SimulatedUser:
    """Goes through a first day at the data of ``trial``. Every step raises NotSeen when it does not hold.

    ``troubles`` is filled by whoever hears of errors that nobody caught; ``files`` are the pictures and papers made.
    """

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.frame: StartWindow | None = None
        self.troubles: list[str] = []
        self.files: list[str] = []

    def open_window(self) -> None:
        """Open the window; it asks who is there."""
        from app.data_folder.screens.login import LoginPage

        home = self.trial.folder
        self.frame = frame = start_window(settings_folder=home / "settings", data_folder=home / "data")
        check_image_plugins()
        wait_until(
            lambda: isinstance(frame.page, LoginPage) and frame.page.isVisible(),
            self.troubles,
            "ログインの画面が出ません。",
        )
        self._save_picture(frame, "1-ログイン")

    def log_in(self) -> None:
        """Type ID and password and press the button."""
        from app.data_folder.screens.login import LoginPage

        frame = self._frame()
        page = frame.page
        assert isinstance(page, LoginPage)
        for key, words in (("login_id", self.trial.login_id), ("password", self.trial.password)):
            box = page.form.editor(key)
            assert isinstance(box, QLineEdit)
            box.setFocus()
            QTest.keyClicks(box, words)
        QTest.mouseClick(page.login_button, Qt.MouseButton.LeftButton)
        wait_until(lambda: frame.main_window is not None or bool(page.problem.words()), self.troubles, "開きません。")
        if frame.main_window is None:
            raise StepFailed(page.problem.words())
        self._wait_until_idle()
        self._save_picture(self._main(), "2-ホーム")

    def open_document(self) -> None:
        """Open a paper and see its pages."""
        self._main().go("documents", kind=_KIND)
        self._wait_until_idle()
        screen = self._documents()
        screen.parts.show_middle()  # on a narrow screen the paper lies behind the list
        shown: list[str] = []
        screen.paper.shown.connect(shown.append)
        screen.paper.refresh()
        wait_until(lambda: bool(shown), self.troubles, "書類の見本が表示されません。")
        self._wait_until_idle()
        preview = screen.paper.preview
        if not preview.page_count():
            raise StepFailed(preview.words())
        self._save_picture(self._main(), "3-書類の見本")
        check_picture(preview.pages.grab().toImage(), "書類の見本")

    def save_document(self) -> None:
        """Save the paper as PDF."""
        from app.documents.screens.save_dialog import SaveDocumentDialog

        QTest.mouseClick(self._documents().paper.pdf_button, Qt.MouseButton.LeftButton)
        self._wait_until_idle()
        dialog = self._main().findChild(SaveDocumentDialog)
        if dialog is None:
            raise StepFailed("保存の画面が出ません。")
        dialog.choose_folder(self.trial.out)
        path = dialog.target()
        QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
        self._wait_until_idle()
        wait_until(path.is_file, self.troubles, "PDFが保存されません。")
        data = path.read_bytes()
        if not data.startswith(b"%PDF-"):
            raise StepFailed("保存したファイルがPDFではありません。")
        _open_in_child(data)
        self.files.append(str(path))

    def close_window(self) -> None:
        """Close the window."""
        ended: list[bool] = []
        self._frame().ended.connect(lambda: ended.append(True))
        self._main().close()
        wait_until(lambda: bool(ended), self.troubles, "終了しません。")

    def _frame(self) -> StartWindow:
        assert self.frame is not None
        return self.frame

    def _main(self) -> MainWindow:
        main = self._frame().main_window
        assert main is not None
        return main

    def _documents(self) -> DocumentsScreen:
        from app.subjects.year.document_library.screens.documents_screen import DocumentsScreen

        screen = self._main().screen_of("documents")
        assert isinstance(screen, DocumentsScreen)
        return screen

    def _wait_until_idle(self) -> None:
        wait_until_idle(lambda: self._frame().tasks.is_idle, self.troubles)

    def _save_picture(self, window: StartWindow | MainWindow, name: str) -> None:
        path = self.trial.out / f"{name}.png"
        save_picture(window, path)
        self.files.append(str(path))


def run_trial(trial: Trial) -> TrialResult:
    """Open the window on the data at ``trial.home`` and go through the steps until one does not hold."""
    application = QApplication.instance() or new_application()
    clerk, said = SimulatedUser(trial), list[str]()

    def hear(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not words.startswith(_IGNORED_MESSAGE):
            said.append(words)

    def catch(_kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        clerk.troubles.append(failure_of(problem.with_traceback(trace)).details)

    before, hook = qInstallMessageHandler(hear), sys.excepthook
    sys.excepthook = catch
    try:
        steps = _run_steps(clerk)
        _shut_down(clerk)
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(before)
    application.processEvents()
    return TrialResult(QGuiApplication.platformName(), steps, tuple(clerk.files), tuple(said), _loaded_libraries())


def _run_steps(user: SimulatedUser) -> tuple[TrialStep, ...]:
    """Take the steps in order; the first that does not hold is the last."""
    names: dict[str, Callable[[], None]] = {
        "画面を開く": user.open_window,
        "ログイン": user.log_in,
        "書類の見本": user.open_document,
        "PDFの保存": user.save_document,
        "終了": user.close_window,
    }
    steps: list[TrialStep] = []
    for name, take in names.items():
        try:
            take()
            wait_until(lambda: True, user.troubles, "")  # and nothing that nobody caught came with it
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what this step has to report
            seen = str(problem) if isinstance(problem, StepFailed) else failure_of(problem).details
            return (*steps, TrialStep(name, held=False, seen=seen))
        steps.append(TrialStep(name, held=True))
    return tuple(steps)


def _shut_down(user: SimulatedUser) -> None:
    """Leave nothing running, wherever the work came to an end."""
    if user.frame is not None:
        for window in QApplication.topLevelWidgets():
            window.hide()
        user.frame.shut_down()


def _loaded_libraries() -> tuple[str, ...]:
    """The shared libraries that this process uses, where the system tells."""
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        # Windows tells of whatever it keeps in memory by its file: the libraries, and tables of its own.
        return tuple(sorted({mapped.path for mapped in psutil.Process().memory_maps()}))
    lines = maps.read_text(encoding="utf-8").splitlines()
    return tuple(sorted({line.split(maxsplit=5)[-1] for line in lines if ".so" in line}))


def _open_in_child(data: bytes) -> None:
    """Let the child process open a paper as if somebody had sent it: on a PC that starts no child, nothing that came is
    seen."""
    from app.foreign_files.pdf_reading import UnreadablePdf, open_received_pdf

    try:
        with open_received_pdf(data) as pdf:
            width, height = pdf.open().sizes[0]
            page = pdf.draw(0, round(width), round(height))
    except UnreadablePdf as problem:
        raise StepFailed(f"届いたPDFを開く部品が動きません。{problem.happened}") from problem
    if len(set(page.pixels[::97])) < _MIN_SHADES:
        raise StepFailed("届いたPDFを開く部品が、何も描きません。")
