"""Starting the whole application in a test, and being a clerk at its first pages."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QRadioButton, QWidget

from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.recovery import RecoveryKeyView
from app.data_folder.screens.welcome import WelcomePage
from app.data_folder.screens.wizard import NewYearWizard
from app.main_window.main_window import MainWindow
from app.startup.launch import Launch
from app.startup.start_window import StartWindow
from app.startup.window import open_window, start_window
from app.widgets.dialogs.dialog_frame import DialogFrame
from tests.support import stores
from tests.support.waiting import painted_as_asked

LOGIN, NAME, PASSWORD = "mihon01", "みほん山田", "correct horse battery"
NOW = datetime.fromisoformat("2026-09-01T09:00")
_MADE: dict[str, Path] = {}


class Sessions:
    """Every start of one test; ``end_all`` takes down what the test left open."""

    def __init__(self, qtbot: Any, home: Path) -> None:
        self.qtbot = qtbot
        self.home = home
        self.now = NOW
        self._open: list[StartWindow] = []

    def start(
        self,
        *,
        idle_minutes: float = 10.0,
        wait: float = 0.3,
        settle: float = 0.1,
        settings: str = "settings",
        own: str = "data",
        sample_day: date | None = None,
    ) -> StartWindow:
        """Start as a double click does; ``settings`` and ``own`` are folders of the person at this PC."""
        window = start_window(
            settings_folder=self.home / settings,
            data_folder=self.home / own,
            clock=lambda: self.now,
            wait=wait,
            idle_minutes=idle_minutes,
            settle=settle,
            sample_day=sample_day,
        )
        painted_as_asked(self.qtbot, window)
        return self.opened(window)

    @property
    def frames(self) -> tuple[StartWindow, ...]:
        """The start windows of what is open."""
        return tuple(self._open)

    def end(self, window: StartWindow) -> None:
        """Close whatever is shown and wait until everything is written."""
        with self.qtbot.waitSignal(window.ended):
            self._close(window)
            _throw_away()
        # Gone for good, as when the program has ended: whatever lives on is dressed again with each test.
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def end_all(self) -> None:
        """Close what is still open."""
        for window in list(self._open):
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog) and dialog.isModal() and dialog.isVisible():
                    dialog.close()
            self.qtbot.waitUntil(lambda window=window: not window.is_busy)
            window.may_close = None if window.main_window is None else window.may_close
            self.end(window)

    def _close(self, window: StartWindow) -> None:
        (window if window.main_window is None or window.isVisible() else window.main_window).close()

    # what a clerk does

    def on_page(self, window: StartWindow, kind: type[QWidget]) -> Any:
        """Wait until a page of this kind is shown and may be used."""
        self.qtbot.waitUntil(lambda: isinstance(window.page, kind) and not window.is_busy)
        return window.page

    def click(self, button: QWidget) -> None:
        """Press a button with the mouse."""
        assert button.isVisible()
        assert button.isEnabled(), button.accessibleName()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def write(self, box: QWidget, text: str) -> None:
        """Put a text into a field: by keys where they are ASCII, else as an input method would."""
        assert isinstance(box, QLineEdit)
        box.setFocus()
        box.selectAll()
        if text.isascii() and text:
            self.qtbot.keyClicks(box, text)
        else:
            box.setText(text)
            box.textEdited.emit(text)

    def begin_anew(self, window: StartWindow) -> NewYearWizard:
        """Choose 新しく始める on this PC."""
        page: WelcomePage = self.on_page(window, WelcomePage)
        self.qtbot.waitUntil(page.new_button.isEnabled)
        self.click(page.new_button)
        wizard: NewYearWizard = self.on_page(window, NewYearWizard)
        return wizard

    def fill_steps(self, wizard: NewYearWizard) -> None:
        """Go through the three steps with the preset values."""
        self.click(wizard.next_button)
        self.write(wizard.office.contractor_form.editor("name"), "みほん受託株式会社")
        self.click(wizard.next_button)
        self.write(wizard.user.form.editor("login_id"), LOGIN)
        self.write(wizard.user.form.editor("display_name"), NAME)
        self.write(wizard.user.form.editor("password"), PASSWORD)
        self.write(wizard.user.form.editor("again"), PASSWORD)

    def make_data(self, window: StartWindow) -> MainWindow:
        """From the first question to the main window, the recovery key written down."""
        wizard = self.begin_anew(window)
        self.fill_steps(wizard)
        self.click(wizard.next_button)
        self.qtbot.waitUntil(lambda: wizard.step == 3 and not window.is_busy)
        self.click(radio(wizard, "書き写した"))
        with self.qtbot.waitSignal(window.session_started):
            self.click(wizard.next_button)
        return in_main(window)

    def made_once(self, make: Callable[[], object]) -> None:
        """Have the data that ``make`` leaves when all is closed: made in the window once a run, then a copy of it."""
        if make.__qualname__ not in _MADE:
            make()
            self.end_all()
            kept = Path(tempfile.mkdtemp(dir=stores.templates())) / "data"
            shutil.copytree(self.home / "data", kept)
            _MADE[make.__qualname__] = kept
        else:
            shutil.copytree(_MADE[make.__qualname__], self.home / "data")

    def begun(self) -> MainWindow:
        """The main window over data made as by ``make_data``, for whoever tests what comes after."""
        self.made_once(self._begin)
        return self.enter(self.start())

    def _begin(self) -> None:
        self.make_data(self.start())

    def make_and_close(self) -> None:
        """Make the data in the window, and close it."""
        window = self.start()
        self.make_data(window)
        self.end(window)

    def launched(self, settings: str = "settings", **given: Any) -> StartWindow:
        """Start with what nobody chooses at a double click: how often the window looks after the folder."""
        launch = Launch(
            settings=self.home / settings / "settings.ini",
            own_folder=self.home / "data",
            sample_folder=self.home / "sample",
            clock=lambda: self.now,
            **given,
        )
        return self.opened(open_window(launch))

    def opened(self, window: StartWindow) -> StartWindow:
        """Count a window among those that the test has open."""
        self._open.append(window)
        window.ended.connect(lambda: self._open.remove(window))
        return window

    def log_in(self, window: StartWindow, password: str = PASSWORD) -> LoginPage:
        """Type the password and press Enter."""
        page: LoginPage = self.on_page(window, LoginPage)
        if not page.credentials()[0]:
            self.write(page.form.editor("login_id"), LOGIN)
        self.write(page.form.editor("password"), password)
        self.qtbot.keyClick(page.form.editor("password"), Qt.Key.Key_Return)
        return page

    def enter(self, window: StartWindow) -> MainWindow:
        """Log in with the right password and wait for the main window."""
        with self.qtbot.waitSignal(window.session_started):
            self.log_in(window)
        return in_main(window)


def in_main(window: StartWindow) -> MainWindow:
    """The main window of somebody who is in."""
    assert window.main_window is not None
    return window.main_window


def radio(parent: QWidget, words: str) -> QRadioButton:
    """The choice with these words."""
    return next(one for one in parent.findChildren(QRadioButton) if one.text() == words)


def key_on(parent: QWidget) -> str:
    """The recovery key as it is read off the screen."""
    view = parent.findChild(RecoveryKeyView)
    assert view is not None
    groups = [one.text() for one in view.findChildren(QLabel) if "番目" in one.accessibleName()]
    assert len(groups) == 8
    return "-".join(groups)


def open_dialog(kind: type[QWidget]) -> Any:
    """The dialog of this kind that is shown now, the one on top first: another test may have left one behind."""
    top = QApplication.activeModalWidget()
    return (
        top
        if isinstance(top, kind)
        else next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())
    )


def _throw_away() -> None:
    """What a test left waiting for the seat is not asked about at its end."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, DialogFrame) and dialog.isVisible() and dialog.main.text() == "書きかけを捨てて閉じる":
            dialog.main.click()
