"""F1 in every window of the program: opens the manual over it, at the chapter of what is shown.

The chapter goes by the package of the current screen or dialog. A dialog belongs to the package that defines it, one of
a shared base class to the screen it was opened from.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window.action_routes import MANUAL
from app.main_window.main_window import MainWindow
from app.startup.start_window import StartWindow
from app.widgets.keys import on_key
from app.widgets.screen import Screen
from app.window.app_context import app_context_of

FIRST_START = "はじめて開くとき"
HOME = "ホーム"
EVENTS = "事業"
PARTICIPANTS = "参加者"
DAY = "当日"
ORGANISATIONS = "団体"
SUBMISSIONS = "資料・報告"
SURVEY = "アンケート"
YEAR = "年度"
SETTINGS = "設定"
PROTECTION = "情報保護"
BACKUP = "バックアップと回復キー"
CHANGES = "まちがえたとき"
SHARED_USE = "2人で使うとき"
DOCUMENTS = "書類"

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "app.data_folder": FIRST_START,
        "app.data_folder.screens.backup_list": BACKUP,
        "app.data_folder.screens.recovery": BACKUP,
        "app.data_folder.screens.restore_page": BACKUP,
        "app.data_folder.screens.trouble_page": BACKUP,
        "app.data_folder.screens.folder_facts": SHARED_USE,
        "app.startup.day_login": DAY,
        "app.home.today": HOME,
        "app.event": EVENTS,
        "app.events.calls": EVENTS,
        "app.events.calls.screens.confirmation_screen": PARTICIPANTS,
        "app.events.dispatches": EVENTS,
        "app.events.agreements": EVENTS,
        "app.events.schedules": EVENTS,
        "app.registers.venues": ORGANISATIONS,
        "app.registers.register": ORGANISATIONS,
        "app.year.enquiries": ORGANISATIONS,
        "app.events.roster": PARTICIPANTS,
        "app.events.applications": PARTICIPANTS,
        "app.events.headcount": PARTICIPANTS,
        "app.events.groups": PARTICIPANTS,
        "app.event_day.day": DAY,
        "app.event_day.day_file": DAY,
        "app.event_day.reception": DAY,
        "app.events.discussion": DAY,
        "app.events.presentations": DOCUMENTS,
        "app.events.arrangements": DAY,
        "app.events.tablets": DAY,
        "app.event_day.checkouts": PROTECTION,
        "app.settings.data_requests": PROTECTION,
        "app.settings.disposal": PROTECTION,
        "app.settings.incidents": PROTECTION,
        "app.settings.protection": PROTECTION,
        "app.ledgers": PROTECTION,
        "app.registers.workers": PROTECTION,
        "app.submissions.work_queue": SUBMISSIONS,
        "app.events.materials": SUBMISSIONS,
        "app.events.materials.parts": DAY,
        "app.submissions.deliverables": SUBMISSIONS,
        "app.submissions.reports": SUBMISSIONS,
        "app.year_end.consistency": SUBMISSIONS,
        "app.surveys": SURVEY,
        "app.events.letters": DOCUMENTS,
        "app.year_end.document_library": DOCUMENTS,
        "app.documents": DOCUMENTS,
        "app.year_end.completion": YEAR,
        "app.year_end.summary": YEAR,
        "app.year.dates": YEAR,
        "app.year_end.proposal": YEAR,
        "app.year_end.handover": YEAR,
        "app.year_end.specification": YEAR,
        "app.home.changes": CHANGES,
        "app.events.as_of": CHANGES,
        "app.history": CHANGES,
        "app.settings.pages": SETTINGS,
        "app.programme": SETTINGS,
    }
)
"""Chapter by package or module name; the longest matching name counts."""


def chapter_of(part: QWidget) -> str:
    """Return the name of the chapter about ``part``, a window or a dialog.

    Where none matches it is 「はじめて開くとき」 for the start window, else 「ホーム」.
    """
    if isinstance(part, MainWindow):
        return _chapter_of_screen(part)
    if isinstance(part, StartWindow):
        return _chapter_of_widget(part.page) or FIRST_START
    above: QWidget | None = part
    while above is not None and not isinstance(above, MainWindow | StartWindow):
        if found := _chapter_of_widget(above):
            return found
        above = above.parentWidget()
    return chapter_of(above) if above is not None else HOME


def _chapter_of_screen(window: MainWindow) -> str:
    """Return the chapter of the current screen, or of the first embedded screen (event tab, settings page)."""
    screen = window.shown_screen()
    if screen is None:
        return HOME
    for inside in screen.findChildren(Screen):
        if inside.isVisible() and (found := _chapter_of_widget(inside)):
            return found
    return _chapter_of_widget(screen) or HOME


def _chapter_of_widget(part: QWidget) -> str:
    return chapter_of_module(type(part).__module__)


def chapter_of_module(name: str) -> str:
    """Return the chapter of a package or module by its dotted name; "" if it has none."""
    while name:
        if name in CHAPTERS:
            return CHAPTERS[name]
        name = name.rpartition(".")[0]
    return ""


_HAS_KEY = "opens the manual"


class ManualKey(QObject):
    """Adds F1 to each window when it is first used: start page, main window, every dialog. Signals: none.

    Dialogs of a session also get Ctrl+L, which locks the screen; the main window has it already.

    It watches the application, because only that knows all windows, including those of Qt.
    """

    def __init__(self, frame: QWidget):
        super().__init__(frame)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._add_key)
        self._add_key_to(frame)

    def _add_key(self, window: QWindow | None) -> None:
        """Add the key for the manual to the window that got the focus, unless it has it."""
        for one in QApplication.topLevelWidgets():
            if window is not None and one.windowHandle() == window:
                self._add_key_to(one)

    def _add_key_to(self, window: QWidget) -> None:
        """Add the key F1 to a window or dialog that opens, and to a main window the entry of the manual."""
        if window.property(_HAS_KEY) or window.windowType() not in (Qt.WindowType.Window, Qt.WindowType.Dialog):
            return
        window.setProperty(_HAS_KEY, True)
        on_key(window, "F1", partial(open_manual, window))
        if isinstance(window, MainWindow):
            window.top_bar.enable_manual_entry()
            window.top_bar.manual_asked.connect(partial(open_manual, window))
            window.app_context.navigation_requested.connect(partial(_update_manual, window))
        elif (desk := app_context_of(window)) is not None:
            on_key(window, "Ctrl+L", desk.lock_screen)


def open_manual(over: QWidget, chapter: str = "") -> None:
    """Open the manual over a window, at ``chapter`` ("" = that of what is shown).

    Over the manual itself and the lock page nothing happens.
    """
    from app.widgets.manual.manual_dialog import ManualDialog

    if not isinstance(over, ManualDialog) and getattr(over, "main_window", None) is None:
        ManualDialog(chapter or chapter_of(over), parent=over).open()


def _update_manual(window: MainWindow, place: str, arguments: dict[str, Any]) -> None:
    if place == MANUAL:
        open_manual(window, arguments.get("text", ""))
