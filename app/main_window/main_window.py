"""The one window: side bar, top bar, the screens between them, and what lies over them.

When nobody has touched mouse or keyboard for a while, the desk can be locked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShortcut,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from app.acts.refusal import Refusal
from app.calendar.dates import long_date
from app.main_window.navigation import ScreenEntry, Stop, Way
from app.main_window.passing_bars import UndoBar, UndoPlace, WaitBar
from app.main_window.side_bar import PRODUCT, SideBar
from app.main_window.top_bar import TopBar
from app.main_window.ways import way_to
from app.main_window.window_size import first_size, shape_of, take_shape
from app.widgets.buttons import offer_filled_key
from app.widgets.dialogs.dialog_frame import ask_before
from app.widgets.focus_keeper import FocusKeeper, begin_in, first_work, leads_away, move_focus
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lock_band import LockBand
from app.widgets.pages import Leaving, PageStack
from app.widgets.screen import Screen
from app.widgets.standing import StoodAt
from app.window import theme as t
from app.window.desk import Desk, is_held, waits_for_lock, with_store
from app.window.failure_messages import failure_of
from app.window.later import later
from app.window.memory import give_back_memory
from app.window.remembered import recall, remember, write_down
from app.window.style_sheet import wear

IDLE_MINUTES = 10
_BUILT_READING = "built while reading"
_ARRIVED = "arrived with"
_LOST_BY_CLOSING = (
    "ほかの人が入力中のため、書きかけの文字はまだ保存していません。このまま閉じると消えます。"
    "残すには、画面の上の「入力したい」を押し、席に着いてから保存してください。"
)
ROOM_FOR_HIDDEN = 200
"""As many widgets may stand in screens that nobody sees; one costs some 13 kB, most of it what the style keeps."""
LET_GO_AFTER_MS = 200
_HELD_MS = 400
"""So long Ctrl is held before the digits of the places are shown: no shortcut that is known takes as long."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Watches the native windows of the application, whichever has the focus.

    Signals: ``idle()`` after ten minutes without a touch.
    """

    idle = Signal()

    def __init__(self, parent: QObject, *, minutes: float = IDLE_MINUTES) -> None:
        super().__init__(parent)
        self._untouched = QElapsedTimer()
        self._untouched.start()
        self._timer = later(self, self.idle.emit, int(minutes * 60_000))
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.watch)
            self.watch(QGuiApplication.focusWindow())
        self._timer.start()

    def watch(self, window: QWindow | None) -> None:
        """Also count touches in ``window``.

        Only windows are watched, not every object: a filter on the application would be asked for
        each of thousands of events.
        """
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to count anew on every touch."""
        if event.type() in _TOUCHES:
            self._untouched.start()
            if self._timer.isActive():
                self._timer.start()
        return False

    @property
    def untouched_seconds(self) -> float:
        """For how long nobody has touched key or mouse."""
        return self._untouched.elapsed() / 1000

    def stop(self) -> None:
        """Count no more (while locked)."""
        self._timer.stop()

    def start(self) -> None:
        """Count again."""
        self._timer.start()


class MainWindow(QMainWindow):
    """The window.

    Signals: ``arrived(str)`` the place now shown; ``lock_requested()`` from the menu or after ten
    idle minutes; ``closing()`` when the person ends the session.
    """

    arrived = Signal(str)
    lock_requested = Signal()
    closing = Signal()

    def __init__(self, desk: Desk, *, idle_minutes: float = 10) -> None:
        super().__init__()
        wear(self)
        self.desk = desk
        self._places: dict[str, ScreenEntry] = {}
        # In the order in which they were shown last.
        self._screens: dict[str, QWidget] = {}
        self._left: dict[str, StoodAt] = {}
        # How many widgets stand in each screen, counted once it was left.
        self._sizes: dict[str, int] = {}
        self._loses_dirty_fields = False
        self.room_for_hidden = ROOM_FOR_HIDDEN
        self._let_go_soon = later(self, self._let_go_of_oldest)
        self._leaving = Leaving()
        self._give_back_soon = later(self, give_back_memory, LET_GO_AFTER_MS)
        self._way = Way()
        self._search: Callable[[], object] | None = None
        self.setWindowTitle(_title(desk))
        self.setMinimumSize(800, 480)
        self._build()
        self._connect()
        self._keys()
        FocusKeeper(self.shown_screen, self)
        self.idle_watch = IdleWatch(self, minutes=idle_minutes)
        self.idle_watch.idle.connect(self.lock_requested)

    def _build(self) -> None:
        middle = QWidget()
        across = in_row(owner=middle, spacing=0)
        self.side_bar = SideBar()
        self.top_bar = TopBar(user_name=self.desk.user_name, sample=self.desk.sample, read_only=self.desk.read_only)
        self.top_bar.show_years((), self.desk.fiscal_year)
        self._stack = PageStack()
        # What a screen would like never makes the window wider than the PC; screens fold by the room they get.
        self._stack.setMinimumSize(1, 1)
        # The first page of a stack is shown at once; a blank one lets every screen arrive before it reads.
        self._stack.addWidget(QWidget())
        right = in_column(spacing=0)
        self.lock_band = LockBand(middle)
        self._right = right
        right.addWidget(self.top_bar)
        if self.desk.read_only:
            self._give_band_its_place()
        right.addWidget(self._stack, 1)
        self.undo_bar = UndoBar()
        self.top_bar.hold(self.undo_bar)
        self._undo_place = UndoPlace()
        right.addWidget(self._undo_place)
        add(across, self.side_bar, (right, 1))
        self.setCentralWidget(middle)
        self.wait_bar = WaitBar(self.desk.tasks, self._stack)
        self.lock_band.comes.connect(self._hold_band)

    def _give_band_its_place(self) -> None:
        """Under the top bar, for the rest of the sitting."""
        self._right.insertWidget(1, self.lock_band)

    def _hold_band(self) -> None:
        """Nothing moves under the hand: a band that comes lies over the top bar until another page is shown.

        Where there is no top bar it lies at the foot, over the place of what was just done.
        """
        if self._right.indexOf(self.lock_band) >= 0:
            return
        if self._stack.currentIndex() <= 0:
            self._give_band_its_place()
            return
        bare = self.top_bar.isHidden()
        foot = self._undo_place.geometry().bottom() + 1 - self.lock_band.height()
        over = self._undo_place.geometry() if bare else self.top_bar.geometry()
        self.lock_band.setGeometry(over.x(), foot if bare else 0, over.width(), self.lock_band.height())
        self.lock_band.raise_()

    def _connect(self) -> None:
        self.side_bar.place_chosen.connect(self.go)
        self.top_bar.year_chosen.connect(self.choose_year)
        self.top_bar.search_asked.connect(self.open_search)
        self.top_bar.lock_asked.connect(self.desk.lock)
        self.top_bar.users_asked.connect(lambda: self.go("settings", section="users"))
        self.top_bar.quit_asked.connect(self.close)
        self.top_bar.undo_asked.connect(self.undo)
        # What the desk says after this window has gone must reach nothing of it: methods are let go with it, a lambda
        # is not.
        self.desk.going.connect(self._on_going)
        self.desk.returning.connect(self._on_returning)
        self.desk.failed.connect(self.show_failure)
        self.desk.said.connect(self._on_said)
        self.desk.saved.connect(self.top_bar.show_saved)
        self.desk.lock_requested.connect(self.lock_requested)
        self.desk.changed.connect(self.read_badges)
        self.desk.look_changes.connect(self._let_go_of_hidden)
        self.desk.year_changed.connect(self._on_year_changed)
        self.desk.lock_changed.connect(self._on_lock_changed)
        self.desk.lock_told.connect(self.lock_band.say)
        self.lock_band.asked.connect(self.desk.lock_act)
        self.undo_bar.undo_asked.connect(self.undo)
        self.undo_bar.redo_asked.connect(self.desk.redo)
        self._years: tuple[int, ...] = ()

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.desk.redo),
            ("Ctrl+Shift+Z", self.desk.redo),
            ("Ctrl+K", self.open_search),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_on),
            ("Ctrl+L", self.desk.lock),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        offer_filled_key(self, self._stack.currentWidget)
        for number in range(1, 10):
            keys_of_entry = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            keys_of_entry.activated.connect(partial(self._go_to_entry, number))
        # Who only types a key with Ctrl sees nothing; who holds it and looks is told where the digits lead.
        self._digits_soon = later(self, lambda: self.side_bar.show_digits(True), _HELD_MS)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab reaches every part that is there to be worked with."""
        return move_focus(self, forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl held alone shows the digits of the places; another key ends that."""
        if event.key() == Qt.Key.Key_Control and not event.isAutoRepeat():
            self._digits_soon.start()
        elif event.key() != Qt.Key.Key_Control:
            self._hide_digits()
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ctrl was let go."""
        if event.key() == Qt.Key.Key_Control and not event.isAutoRepeat():
            self._hide_digits()
        super().keyReleaseEvent(event)

    def _hide_digits(self) -> None:
        self._digits_soon.stop()
        self.side_bar.show_digits(False)

    # what startup does

    def register_screen(self, entry: ScreenEntry) -> None:
        """Register a screen; it is built when first gone to."""
        self._places[entry.place] = entry
        if not entry.under:
            self.side_bar.add(entry.place, entry.icon, entry.title)
        if entry.place == "settings":
            self.top_bar.offer_users()

    def set_search(self, opener: Callable[[], object]) -> None:
        """Offer the search in the top bar and on Ctrl+K; ``opener`` opens it."""
        self._search = opener
        self.top_bar.offer_search()

    def set_years(self, years: Sequence[int]) -> None:
        """The fiscal years one may show (western first years)."""
        self._years = tuple(years)
        self.top_bar.show_years(self._years, self.desk.fiscal_year)

    def choose_year(self, year: int) -> None:
        """Show another fiscal year, from the entry of the side bar under which one stands."""
        if year == self.desk.fiscal_year or not self._may_leave():
            self.top_bar.show_years(self._years, self.desk.fiscal_year)
            return
        stop = self._way.here
        # Nothing of the other year stays: the page shown is built anew as well.
        self._stack.setCurrentIndex(0)
        self.desk.choose_year(year)
        if stop is not None:
            place = self._places[stop.place]
            self.go(place.under or place.place)

    def set_backup_state(self, first: str, second: str = "", *, sound: bool = True) -> None:
        """The words at the foot of the side bar."""
        self.side_bar.set_backup_state(first, second, sound=sound)

    def set_badge(self, place: str, count: int) -> None:
        """The number at an entry of the side bar."""
        self.side_bar.set_count(place, count)

    def read_badges(self) -> None:
        """Count again what waits in the places that declared a badge."""
        for place in self._places.values():
            if place.badge is not None:
                self.desk.read(
                    with_store(place.badge, today=self.desk.today()),
                    partial(self.set_badge, place.place),
                    failed=lambda _problem: None,
                    owner=self,
                )

    def open_last(self, place: str = "home") -> None:
        """Stand where the window stood last time, at what is to be done today and this week."""
        if not take_shape(self, recall("window/stands")):
            self.resize(*first_size())
        self.go(place)
        self.read_badges()

    # moving about

    def here(self) -> str:
        """The place shown."""
        stop = self._way.here
        return stop.place if stop is not None else ""

    def screen_of(self, place: str, **going: Any) -> QWidget:
        """The screen of a place, built if it is not there; one that was let go stands where it stood.

        What it is handed next (``going``) is not stood at before: what for another page would be built goes unseen.
        """
        if place not in self._screens:
            made = self._places[place].factory(self.desk)
            made.setProperty(_BUILT_READING, self.desk.read_only)
            self._stack.addWidget(made)
            self._screens[place] = made
            left = self._left.pop(place, None)
            if left is not None and isinstance(made, Screen):
                again = all(going.get(name) for name in left.arguments)
                made.stand_again(replace(left, arguments={}) if again else left)
        return self._screens[place]

    def go(self, place: str, **arguments: Any) -> None:
        """Go to a place, handing ``arguments`` to its ``open_with``."""
        if place in self._places and self._may_leave():
            self._note_stand()
            self._show(Stop(place, arguments))
            self._way.go(Stop(place, arguments))

    def go_back(self) -> None:
        """Back to where one was (Alt+←)."""
        if self._may_leave():
            self._note_stand()
            stop = self._way.back()
            if stop is not None:
                self._show(stop, again=True)

    def go_on(self) -> None:
        """Forth again (Alt+→)."""
        if self._may_leave():
            self._note_stand()
            stop = self._way.forward()
            if stop is not None:
                self._show(stop, again=True)

    def _note_stand(self) -> None:
        """Note how the place in view is left, so that one comes back to it as it was."""
        stop, shown = self._way.here, self._stack.currentWidget()
        if stop is not None and isinstance(shown, Screen) and shown is self._screens.get(stop.place):
            self._way.leave(shown.view_state())

    def _show(self, stop: Stop, *, again: bool = False) -> None:
        """Show a place; where one stood there ``again`` on the same errand, what was done there since stands."""
        there = self._screens.get(stop.place)
        if there is not None and there is not self._stack.currentWidget() and self._is_outdated(there):
            self._let_go(stop.place)
        going = stop.arguments | stop.stood if again else stop.arguments
        screen = self.screen_of(stop.place, **going)
        self._sizes.pop(stop.place, None)
        self._screens[stop.place] = self._screens.pop(stop.place)
        if not self._let_go_soon.isActive():
            self._let_go_soon.start(LET_GO_AFTER_MS)
        if self._stack.currentWidget() is not screen:
            self.undo_bar.leave()
            if not self.lock_band.isHidden():
                self._give_band_its_place()
        bare = isinstance(screen, Screen) and screen.bare
        self.side_bar.setVisible(not bare)
        self.top_bar.setVisible(not bare)
        self._undo_place.setVisible(bare)
        (self._undo_place if bare else self.top_bar).hold(self.undo_bar)
        arrived = screen.property(_ARRIVED)
        stands = arrived == stop.arguments if again else is_held(screen) and stop.arguments in ({}, arrived)
        anew = not stands and self._stack.currentWidget() is not screen
        if isinstance(screen, Screen) and not stands:
            screen.open_with(**going)
            screen.setProperty(_ARRIVED, stop.arguments)
            already = self._stack.currentWidget() is screen and screen.isVisible()
            if not already:
                # Before it is shown: showing is what makes it read what was handed over.
                screen.mark_stale()
            self._stack.setCurrentWidget(screen)
            if already:
                screen.refresh()
        else:
            self._stack.setCurrentWidget(screen)
        focused = self.focusWidget()
        # Qt hands the keyboard of a new page to its first control; a screen that says where its work is begins there.
        wished = anew and (proxy := screen.focusProxy()) is not None and proxy.isVisibleTo(screen)
        if focused is None or not screen.isAncestorOf(focused) or wished:
            # Tab then begins at the first control of the screen, in reading order.
            begin_in(screen)
        elif anew and focused is not None and leads_away(focused):
            (first_work(screen) or screen).setFocus(Qt.FocusReason.OtherFocusReason)
        self.wait_bar.raise_()
        place = self._places[stop.place]
        self.side_bar.show_here(place.under or place.place)
        self.arrived.emit(stop.place)

    def _on_lock_changed(self) -> None:
        """The seat came or went: the page in view stays with what is typed; one built while reading is built anew."""
        self.top_bar.show_read_only(self.desk.read_only)
        self._let_go_of_hidden()
        shown, stop = self._stack.currentWidget(), self._way.here
        if stop is not None and shown is not None and self._is_outdated(shown):
            self._stack.setCurrentIndex(0)
            self._let_go_of_hidden()
            self._show(stop)

    def _is_outdated(self, screen: QWidget) -> bool:
        """Whether a screen was built for reading only, would let nobody write, and holds nothing half typed."""
        written = isinstance(screen, Screen) and not screen.may_be_let_go()
        return bool(screen.property(_BUILT_READING)) and not self.desk.read_only and not written

    def shown_screen(self) -> QWidget | None:
        """The screen in view; None while the window is being taken down."""
        return self._stack.currentWidget() if isValid(self._stack) else None

    def _let_go_of_hidden(self) -> None:
        """Build the other screens anew when they are next gone to: to dress them all would hold the window for long."""
        for place, screen in self._hidden():
            if not isinstance(screen, Screen) or screen.may_be_let_go():
                self._let_go(place)

    def _on_going(self, place: str, arguments: dict[str, Any]) -> None:
        self.go(place, **arguments)

    def _on_returning(self, place: str, arguments: dict[str, Any], anywhere: bool) -> None:
        """Back to what one came from, as it was left, where that is the place and the event asked for; else ahead."""
        before = self._way.before
        of_event = "event_id" in arguments
        if before is None or not (
            anywhere
            or (before.place == place and (not of_event or before.arguments.get("event_id") == arguments["event_id"]))
        ):
            self.go(place, **arguments)
        elif self._may_leave():
            self._note_stand()
            stop = self._way.back() or before
            asked = {} if anywhere else arguments
            if asked.items() <= (stop.arguments | stop.stood).items():
                self._show(stop, again=True)
            else:
                self._show(Stop(stop.place, asked))

    def _on_said(self, sentence: str, can_undo: bool) -> None:
        self.undo_bar.say(sentence, can_undo=can_undo, can_redo=self.desk.took_back)

    def _on_year_changed(self, year: int) -> None:
        """Name the year above; nothing of another year stays, nor where it stood."""
        self.top_bar.show_years(self._years, year)
        for place, _screen in self._hidden():
            self._let_go(place)
        self._left.clear()

    def _let_go_of_oldest(self) -> bool:
        """Keep of the hidden screens those shown last, as many as have room, and those with something unfinished.

        One goes in a turn of the window, so that nobody feels it; True where one did, and perhaps another will.
        """
        if self._leaving.go_on():
            self._let_go_soon.start(0)
            return True
        if not self.desk.tasks.idle or QApplication.activeModalWidget() or QApplication.activePopupWidget():
            # What is under way may still speak of any of them.
            self._let_go_soon.start(LET_GO_AFTER_MS)
            return False
        room = self.room_for_hidden
        for place, screen in reversed(self._hidden()):
            if place not in self._sizes:
                self._sizes[place] = len(screen.findChildren(QWidget))
            room -= self._sizes[place]
            if room < 0 and isinstance(screen, Screen) and screen.may_be_let_go():
                self._leaving.take(self._put_out(place))
                self._let_go_soon.start(0)
                return True
        return False

    def _hidden(self) -> list[tuple[str, QWidget]]:
        shown = self._stack.currentWidget()
        return [(place, screen) for place, screen in self._screens.items() if screen is not shown]

    def _let_go(self, place: str) -> None:
        self._put_out(place).deleteLater()

    def _put_out(self, place: str) -> QWidget:
        screen = self._screens.pop(place)
        self._sizes.pop(place, None)
        if isinstance(screen, Screen):
            self._left[place] = screen.whole_stand()
        self._stack.removeWidget(screen)
        self._give_back_soon.start()
        return screen

    def _may_leave(self) -> bool:
        current = self._stack.currentWidget()
        allowed = not isinstance(current, Screen) or current.may_leave()
        if not allowed and self._way.here is not None:
            # The entry that was pressed is lit already: the light goes back to where the person still is.
            here = self._places[self._way.here.place]
            self.side_bar.show_here(here.under or here.place)
        return allowed

    def keep_dirty_fields(self) -> None:
        """Let the screen in view keep what it can, where nobody may be asked to stay."""
        current = self._stack.currentWidget()
        if isinstance(current, Screen):
            current.may_leave()

    def _go_to_entry(self, number: int) -> None:
        entries = [place.place for place in self._places.values() if not place.under]
        if number <= len(entries):
            self.go(entries[number - 1])

    def undo(self) -> None:
        """Take back what the screen in view lets be taken back."""
        current = self._stack.currentWidget()
        if isinstance(current, Screen):
            current.undo()
        else:
            self.desk.undo()

    def open_search(self) -> None:
        """Open the search, where there is one."""
        if self._search is not None:
            self._search()

    def show_failure(self, problem: Exception) -> None:
        """Say a failure over the window, with a button to each place where it is mended."""
        from app.widgets.dialogs.failure_dialog import show_failure

        ways = problem.ways if isinstance(problem, Refusal) else ()
        routes = [way_to(one) for one in ways]
        doors = [(one.label, partial(self.desk.go, one.place, **one.arguments)) for one in routes]
        show_failure(failure_of(problem), self, doors=doors)

    # what Qt tells

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the screens more of a narrow window."""
        super().resizeEvent(event)
        self.side_bar.take_narrow(self.width() < t.FOLD_WIDE)
        QTimer.singleShot(0, self, self._hold_band)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size dresses the bars anew; a window that is left holds no key."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "_digits_soon"):
            self._hide_digits()
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "top_bar"):
            QTimer.singleShot(0, self, self._dress)

    def _dress(self) -> None:
        self.side_bar.dress()
        self.top_bar.setFixedHeight(t.scaled(t.TOP_BAR))
        self.lock_band.dress()
        self.undo_bar.dress()
        self._undo_place.dress()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The side keys of a mouse go back and forth."""
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.go_on()
        else:
            super().mousePressEvent(event)

    def _close_all_the_same(self) -> None:
        self._loses_dirty_fields = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place; a page that must be settled first keeps the window open.

        What was half typed when a colleague got the seat can't be saved now: that is asked.
        """
        if not self._may_leave():
            event.ignore()
            return
        waiting = self.desk.read_only and any(map(waits_for_lock, self._screens.values()))
        if waiting and not self._loses_dirty_fields:
            event.ignore()
            ask_before(
                self,
                title="書きかけがあります",
                text=_LOST_BY_CLOSING,
                verb="書きかけを捨てて閉じる",
                then=self._close_all_the_same,
                cancel="閉じない",
            )
            return
        remember("window/stands", shape_of(self))
        write_down()
        self.closing.emit()
        super().closeEvent(event)


def _title(desk: Desk) -> str:
    """The title of the window: of the sample year it says that it is one and which day it takes for today."""
    return f"{PRODUCT}（見本データ　{long_date(desk.today())}を本日とする練習用）" if desk.sample else PRODUCT
