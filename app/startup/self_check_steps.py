"""The steps of a self-check, done like a user by keys and mouse; uncaught errors are reported.

Each step waits for its result and checks that the window really shows something.
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
    from app.year_end.document_library.screens import DocumentsScreen


_TIMEOUT_MS = 60_000
_EVENT_LOOP_MS = 20
_MIN_COLOURS = 12
_MIN_SHADES = 3
_PICTURES = {b"svg", b"ico"}
_KIND = "年間実績総括"
_IGNORED_MESSAGE = "This plugin does not support"  # what the plug-in without a screen remarks for each window


class StepFailed(Exception):
    """Error for a step whose expected result did not appear; the text says what did."""


def wait_until(condition: Callable[[], bool], troubles: list[str], message: str) -> None:
    """Wait until ``condition``, or until the first uncaught error in ``troubles``.

    Raises:
        StepFailed: an uncaught error, or ``message`` after a timeout.
    """
    end = QDeadlineTimer(_TIMEOUT_MS)
    while not condition() or troubles:
        if troubles or end.hasExpired():
            raise StepFailed(troubles[0] if troubles else message)
        QTest.qWait(_EVENT_LOOP_MS)


def wait_until_window_is_idle(is_idle: Callable[[], bool], troubles: list[str]) -> None:
    """Wait until ``is_idle`` holds in several turns, as one result may start the next request.

    Raises:
        StepFailed: an uncaught error in ``troubles``, or a timeout.
    """
    for _turn in range(4):
        wait_until(is_idle, troubles, "処理が終わりません。")
        QTest.qWait(_EVENT_LOOP_MS)


def save_picture(window: QWidget, path: Path) -> None:
    """Save a screenshot of the window, or if the system forbids that, what the window rendered.

    Raises:
        StepFailed: nothing is visible, or it cannot be written.
    """
    QTest.qWait(10 * _EVENT_LOOP_MS)
    seen = window.screen().grabWindow(window.winId())
    if seen.isNull():
        seen = window.grab()
    if not seen.save(str(path)):
        raise StepFailed("画面の写しを保存できません。")
    check_picture(seen.toImage(), path.stem)


def check_picture(image: QImage, name: str) -> None:
    """Check that a picture is not blank: text has many shades, an empty surface few.

    Raises:
        StepFailed: the picture is blank.
    """
    shades = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 2)}
    if len(shades) < _MIN_COLOURS:
        raise StepFailed(f"「{name}」に何も表示されていません。")


def check_image_plugins() -> None:
    """Check that Qt's image plugins for check boxes and the program icon are present.

    Raises:
        StepFailed: a plugin is missing.
    """
    missing = _PICTURES - {bytes(kind.data()) for kind in QImageReader.supportedImageFormats()}
    if missing:
        raise StepFailed(f"絵を読む部品がありません（{'、'.join(sorted(kind.decode() for kind in missing))}）。")


class SimulatedUser:
    """Works through a first day on the data of ``trial``; each step raises ``StepFailed`` if it fails.

    ``troubles`` collects uncaught errors; ``files`` are the pictures and documents written.
    """

    def __init__(self, trial: Trial):
        self.trial = trial
        self.frame: StartWindow | None = None
        self.troubles: list[str] = []
        self.files: list[str] = []

    def open_window(self) -> None:
        """Open the window, which shows the login."""
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
        """Type ID and password, press the button, wait for the main window; raises ``StepFailed`` if it stays away."""
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
        """Open a document and check that its pages are visible."""
        self._main().go("documents", kind=_KIND)
        self._wait_until_idle()
        screen = self._documents()
        screen.parts.show_middle()  # on a narrow screen the document is on a tab behind the list
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
        """Save the document as PDF, check the file and note its path."""
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
        ended = []
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
        from app.year_end.document_library.screens import DocumentsScreen

        screen = self._main().screen_of("documents")
        assert isinstance(screen, DocumentsScreen)
        return screen

    def _wait_until_idle(self) -> None:
        wait_until_window_is_idle(lambda: self._frame().tasks.is_idle, self.troubles)

    def _save_picture(self, window: StartWindow | MainWindow, name: str) -> None:
        path = self.trial.out / f"{name}.png"
        save_picture(window, path)
        self.files.append(str(path))


def run_trial(trial: Trial) -> TrialResult:
    """Open the window on the data in ``trial.folder`` and run the steps until one fails; return how each went."""
    application = QApplication.instance() or new_application()
    clerk, said = SimulatedUser(trial), list[str]()

    def hear(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        """Collect warnings and errors of Qt."""
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not words.startswith(_IGNORED_MESSAGE):
            said.append(words)

    def catch(_kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Collect an uncaught error."""
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
    """Run the steps in order up to the first that fails; return how each went."""
    names = {
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
            wait_until(lambda: True, user.troubles, "")  # raises if an uncaught error was reported meanwhile
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what this step has to report
            seen = str(problem) if isinstance(problem, StepFailed) else failure_of(problem).details
            return (*steps, TrialStep(name, held=False, seen=seen))
        steps.append(TrialStep(name, held=True))
    return tuple(steps)


def _shut_down(user: SimulatedUser) -> None:
    if user.frame is not None:
        for window in QApplication.topLevelWidgets():
            window.hide()
        user.frame.shut_down()


def _loaded_libraries() -> tuple[str, ...]:
    """Return the paths of the shared libraries loaded by this process, sorted; on Windows of all mapped files."""
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        # Windows tells of whatever it keeps in memory by its file: the libraries, and tables of its own.
        return tuple(sorted({mapped.path for mapped in psutil.Process().memory_maps()}))
    lines = maps.read_text(encoding="utf-8").splitlines()
    return tuple(sorted({line.split(maxsplit=5)[-1] for line in lines if ".so" in line}))


def _open_in_child(data: bytes) -> None:
    """Check that a child process can open a received document; without it no received file could be shown."""
    from app.foreign_files.pdf_reading import UnreadablePdf, open_received_pdf

    try:
        with open_received_pdf(data) as pdf:
            width, height = pdf.open().sizes[0]
            page = pdf.draw(0, round(width), round(height))
    except UnreadablePdf as problem:
        raise StepFailed(f"届いたPDFを開く部品が動きません。{problem.happened}") from problem
    if len(set(page.pixels[::97])) < _MIN_SHADES:
        raise StepFailed("届いたPDFを開く部品が、何も描きません。")
