"""The screen is locked over whatever is open: nothing can be read or written, and all is there after unlocking."""

from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QCompleter, QFileDialog, QLineEdit, QMenu, QToolTip, QWidget

from app.data_folder.screens.centred_page import show_notes
from app.data_folder.screens.unlock import UnlockPage
from app.main_window.lock_covers import LockCover
from app.programme.services import add_closed_day, office_calendar
from app.settings.pages.screens.settings_screen import SettingsScreen
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.widgets.layouts import is_within
from app.widgets.pdf.page_source import PageSource
from app.widgets.pdf.pdf_printing import ask_printer
from app.window.app_context import ScreenLockedError, bind_action, when_unlocked
from db.tables import journal
from tests.support.sessions import PASSWORD, Sessions
from tests.support.system_dialogs import ASK_TO_OPEN
from tests.support.waiting import stored

FILE = "ファイルを選ぶ"


def shown(main: QWidget, kind: type[QWidget]) -> list[Any]:
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible() and is_within(one, main)]
    return [one for one in windows if isinstance(one, kind)]


def is_covered(window: QWidget) -> bool:
    """Whether the cover is what lies on top at every place of the window."""
    area = window.rect()
    places = [QPoint(x, y) for x in range(0, area.width(), 7) for y in range(0, area.height(), 7)]
    return all(isinstance(window.childAt(at), LockCover) for at in places)


def open_something_over(dialog: QWidget, *, of_offers: bool) -> None:
    """Open a menu, or the list of offers of a field."""
    if of_offers:
        field = QLineEdit(dialog)
        field.show()
        offers = QCompleter(["みほん太郎"], field)
        field.setCompleter(offers)
        offers.complete()
    else:
        menu = QMenu(dialog)
        menu.addAction("みほん太郎をひらく")
        menu.popup(dialog.mapToGlobal(QPoint(5, 5)))


def saved(qtbot, main) -> int:
    return stored(qtbot, main.app_context, lambda store: journal.newest(store.database))


class Desk:
    """A window with a person in front of it, who leaves and comes back."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions, self.qtbot, self.main = sessions, sessions.qtbot, sessions.begun()
        (self.frame,) = sessions.frames
        self.context = self.main.app_context
        self.finish = Event()

    def lock(self, way: str) -> None:
        if way == "key":
            window = QApplication.activeModalWidget() or self.main
            window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
            self.qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        else:
            self.main.idle_watch.set_minutes(0.001)
        self.qtbot.waitUntil(lambda: self.context.is_screen_locked)
        self.main.idle_watch.set_minutes(10)

    def unlock(self) -> None:
        page = self.sessions.on_page(self.frame, UnlockPage)
        self.sessions.write(page.form.editor("password"), PASSWORD)
        self.qtbot.keyClick(page.form.editor("password"), Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not self.context.is_screen_locked)
        assert not self.frame.isVisible()
        assert self.main.idle_watch._timer.isActive(), "the idle lock runs again"

    def job(self, on_done) -> None:
        """Begin work that ends, and calls ``on_done``, when ``finish`` is set."""
        self.context.run_in_background(lambda: self.finish.wait(30), lambda _none: on_done(), owner=self.main)

    def jobs_end(self) -> None:
        self.finish.set()
        self.qtbot.waitUntil(lambda: self.context.tasks.is_idle)
        self.finish.clear()

    def closed_day(self, day: int):
        return bind_action(add_closed_day, day=date(2026, 9, day), reason="停電")

    def ask_printer(self, over: QWidget, answers: list[object]) -> None:
        pages = PageSource(over)
        pages.sizes = (QSizeF(595, 842),)
        when_unlocked(pages, lambda: answers.append(ask_printer(pages, over, title="名簿")))

    def only_the_lock_page_is_seen(self) -> None:
        QApplication.processEvents()
        assert all(is_covered(one) for one in shown(self.main, QWidget))
        assert QApplication.activeModalWidget() is self.frame
        assert QGuiApplication.focusWindow() is self.frame.windowHandle()
        assert QApplication.activePopupWidget() is None

    def in_dialogs_of_qt(self, over: QWidget, work: Callable[[list[Any]], object]) -> list[object]:
        """Call ``work`` with the print dialog and the file dialog that wait for an answer; return their answers."""
        answers: list[object] = []
        dialogs: list[Any] = []

        def inside() -> None:
            try:
                dialogs.extend(shown(self.main, QFileDialog))
                work(dialogs)
                assert answers == [], "nobody has answered"
            finally:
                for dialog in reversed(dialogs):
                    dialog.reject()

        def choose() -> None:
            dialogs.extend(shown(self.main, QPrintDialog))
            QTimer.singleShot(0, inside)
            answers.append(ASK_TO_OPEN(dialogs[0], FILE)[0])

        QTimer.singleShot(0, choose)
        self.ask_printer(over, answers)
        return answers

    def refuse_dialogs_of_qt(self, seen: list[tuple[str, bool]]) -> None:
        """Answer やめる to each print dialog, and to each file dialog that somebody at the desk can see.

        ``seen`` gets their kinds, and whether the screen was locked.
        """

        def refuse() -> None:
            locked = self.context.is_screen_locked
            for dialog in (*shown(self.main, QPrintDialog), *([] if locked else shown(self.main, QFileDialog))):
                seen.append((type(dialog).__name__, locked or is_covered(dialog)))
                dialog.reject()

        timer = QTimer(self.main, interval=20)
        timer.timeout.connect(refuse)
        timer.start()


@pytest.mark.parametrize("way", ["key", "idle"])
def test_what_is_open_at_the_lock_is_covered_and_there_as_it_was(sessions, qtbot, way):
    desk = Desk(sessions)
    main = desk.main
    main.go("settings", page="users")
    screen = main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    dialog = screen.page("users")._add()
    sessions.write(dialog.form.editor("display_name"), "half typed")

    def leave_and_come_back(dialogs):
        before = saved(qtbot, main)
        open_now = {main, dialog, *dialogs}
        assert [type(one) for one in dialogs] == [QPrintDialog, QFileDialog]
        for number in (1, 2):
            QToolTip.showText(main.mapToGlobal(QPoint(9, 9)), "みほん太郎", main)
            if way == "idle":  # an open menu takes the keys
                open_something_over(dialogs[-1], of_offers=number == 2)
                assert QApplication.activePopupWidget() is not None
            desk.lock(way)
            desk.only_the_lock_page_is_seen()
            assert set(shown(main, QWidget)) == open_now
            # whoever reached it all the same would write nothing
            dialog.form.set_values({"login_id": "mihon02", "password": PASSWORD, "again": PASSWORD})
            dialog.confirmed.emit()
            desk.context.write(desk.closed_day(1))
            desk.context.undo()
            desk.only_the_lock_page_is_seen()
            assert set(shown(main, QWidget)) == open_now
            desk.unlock()
            assert not any(is_covered(one) for one in open_now)
            qtbot.waitUntil(lambda: bool(shown(main, FailureDialog)))
            for told in shown(main, FailureDialog):
                assert told.failure.happened == ScreenLockedError.happened
                told.reject()
            assert set(shown(main, QWidget)) == open_now
            assert ScreenLockedError.happened in dialog.refusal.words()
            assert dialog.form.value("display_name") == "half typed"
            assert saved(qtbot, main) == before

    answers = desk.in_dialogs_of_qt(dialog, leave_and_come_back)
    assert answers == ["", None]
    dialog.done(0)


@pytest.mark.parametrize("way", ["key", "idle"])
def test_what_opens_or_ends_while_locked_waits_until_somebody_is_back(sessions, qtbot, way):
    desk = Desk(sessions)
    main = desk.main
    seen: list[tuple[str, bool]] = []
    desk.refuse_dialogs_of_qt(seen)
    for number in (1, 2):
        opened: list[QWidget] = []
        answers: list[object] = []
        before = saved(qtbot, main)
        closing = show_notes(main, ["みほん太郎"], "終わると閉じる")
        desk.job(lambda opened=opened: opened.append(show_notes(main, ["みほん太郎"], "お知らせ")))
        desk.job(lambda answers=answers: desk.ask_printer(main, answers))
        desk.job(closing.accept)
        desk.job(lambda number=number: desk.context.write(desk.closed_day(number)))
        desk.job(lambda: desk.context.show_failure(ValueError("みほん太郎")))
        desk.lock(way)
        desk.jobs_end()
        QToolTip.showText(main.mapToGlobal(QPoint(9, 9)), "みほん太郎", main)
        desk.only_the_lock_page_is_seen()
        assert shown(main, QWidget) == [main]

        def meet_an_unforeseen_window(before: int) -> None:
            try:
                desk.only_the_lock_page_is_seen()
                assert len(shown(main, QFileDialog)) == 1
                qtbot.keyClick(desk.frame, Qt.Key.Key_F1)
                desk.only_the_lock_page_is_seen()
                assert saved(qtbot, main) == before
            finally:
                desk.unlock()

        QTimer.singleShot(0, partial(meet_an_unforeseen_window, before))
        assert ASK_TO_OPEN(main, FILE)[0] == ""
        qtbot.waitUntil(lambda answers=answers: answers == [None])
        qtbot.waitUntil(lambda opened=opened: opened[0].isVisible() and bool(shown(main, FailureDialog)))
        for told in (opened[0], *shown(main, FailureDialog)):
            told.reject()
        assert saved(qtbot, main) == before + 1
    assert sorted(seen) == 2 * [("QFileDialog", False)] + 2 * [("QPrintDialog", False)]


def test_who_quits_at_the_lock_page_ends_what_is_open_and_what_was_done_is_recorded(sessions, qtbot):
    desk = Desk(sessions)
    desk.job(lambda: desk.context.write(desk.closed_day(1)))

    def quit_there(_dialogs):
        desk.lock("idle")
        desk.jobs_end()
        page = sessions.on_page(desk.frame, UnlockPage)
        sessions.click(page.quit_button)

    with qtbot.waitSignal(desk.frame.ended):
        assert desk.in_dialogs_of_qt(desk.main, quit_there) == ["", None]
    again = sessions.enter(sessions.start())
    assert stored(qtbot, again.app_context, office_calendar).closed_reason(date(2026, 9, 1)) == "停電"
