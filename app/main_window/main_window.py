"""The main window: side bar, top bar, the screens, and what is shown over them.

After a period without mouse or keyboard input the screen can be locked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.common.join_nonempty import join_nonempty
from app.main_window.action_routes import route_to
from app.main_window.idle_watch import IdleWarning, IdleWatch
from app.main_window.navigation import NavigationHistory, ScreenEntry, Visit
from app.main_window.side_bar import PRODUCT, SideBar
from app.main_window.status_bars import UndoBar, WaitBar
from app.main_window.top_bar import TopBar
from app.main_window.window_geometry import first_size, geometry_text, restore_saved_geometry
from app.widgets.bars.action_bar import ActionBar
from app.widgets.bars.lock_banner import LockBanner
from app.widgets.buttons import install_filled_key
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.focus_keeper import (
    FocusKeeper,
    first_work_part,
    focus_place_in,
    focus_work_area,
    is_navigation,
    move_focus,
)
from app.widgets.keys import on_key
from app.widgets.layouts import add, in_column, in_row
from app.widgets.pages import PageRoom, PageStack, ScreenDisposal
from app.widgets.screen import Screen
from app.widgets.screen_state import ScreenState
from app.widgets.tips import install_tip_key
from app.window import theme as t
from app.window.app_context import AppContext, has_input_awaiting_lock, is_refresh_held, with_store
from app.window.debounce import debounce
from app.window.failure_messages import failure_of
from app.window.memory import release_memory
from app.window.style_sheet import apply_style
from app.window.ui_settings import recall, remember, sync_to_disk

_BUILT_READ_ONLY = "built while reading"
_BUILT_ON = "built on"
_OPENED_WITH = "arrived with"
_UNSAVED_WARNING = (
    "ほかの人が入力中のため、書きかけの文字はまだ保存していません。このまま閉じると消えます。"
    "残すには、画面の上の「入力したい」を押し、席に着いてから保存してください。"
)
MAX_HIDDEN_WIDGETS = 200
"""Limit of widgets in hidden screens; one costs some 13 kB, mostly for its style."""
DISCARD_AFTER_MS = 200


class MainWindow(QMainWindow):
    """The main window.

    Signals: ``screen_lock_requested()`` from the menu or after idle minutes; ``closing()`` when the user ends the
    session; ``stays_open()`` the window was to be closed and is not, because of unsettled input.
    """

    screen_lock_requested = Signal()
    closing = Signal()
    stays_open = Signal()

    def __init__(self, app_context: AppContext, *, idle_minutes: float = 10):
        super().__init__()
        apply_style(self)
        self.app_context = app_context
        self._screen_entries: dict[str, ScreenEntry] = {}
        # In the order in which they were shown last.
        self._screens: dict[str, QWidget] = {}
        self._saved_states: dict[str, ScreenState] = {}
        # Number of widgets of each screen, counted after it was left.
        self._widget_counts: dict[str, int] = {}
        self._discards_edits = False
        self.max_hidden_widgets = MAX_HIDDEN_WIDGETS
        self._discard_timer = debounce(self, self._discard_oldest_screen)
        self._disposal = ScreenDisposal()
        self._memory_timer = debounce(self, release_memory, DISCARD_AFTER_MS)
        self._navigation = NavigationHistory()
        self._search: Callable[[], object] | None = None
        self._page_title = ""
        self.set_product_words(_product_words(app_context))
        self.setMinimumSize(*t.LEAST_WINDOW)
        self._build()
        self._connect()
        self._add_shortcuts()
        self._focus_keeper = FocusKeeper(self.shown_screen, self)
        app_context.tasks.idle_changed.connect(self._focus_keeper.on_idle)
        self.idle_watch = IdleWatch(self, minutes=idle_minutes)
        self.idle_watch.idle.connect(self.screen_lock_requested)
        self.idle_warning = IdleWarning(self.idle_watch, self)
        app_context.lock_minutes_changed.connect(self.idle_watch.set_minutes)

    def _build(self) -> None:
        middle = QWidget()
        across = in_row(owner=middle, spacing=0)
        self.side_bar = SideBar()
        self.top_bar = TopBar(
            user_name=self.app_context.user_name, sample=self.app_context.sample, read_only=self.app_context.read_only
        )
        self.top_bar.show_years((), self.app_context.fiscal_year)
        self._stack = PageStack()
        # What a screen would like never makes the window wider than the PC; screens fold by the room they get.
        self._page_room = PageRoom(self._stack)
        # The first page of a stack is shown at once; a blank one lets every screen arrive before it reads.
        self._stack.addWidget(QWidget())
        right = in_column(spacing=0)
        self.lock_banner = LockBanner(middle)
        self._main_column = right
        right.addWidget(self.top_bar)
        if self.app_context.read_only:
            self._insert_banner()
        right.addWidget(self._page_room, 1)
        self.undo_bar = UndoBar()
        self.top_bar.set_undo_bar(self.undo_bar)
        self.undo_bar.about_to_show.connect(self._place_undo_bar)
        add(across, self.side_bar, (right, 1))
        self.setCentralWidget(middle)
        self.wait_bar = WaitBar(self.app_context.tasks, self._page_room)
        self.lock_banner.appeared.connect(self._overlay_banner)

    def _insert_banner(self) -> None:
        self._main_column.insertWidget(1, self.lock_banner)

    def _overlay_banner(self) -> None:
        """Show a new banner over the top bar until another screen is shown, so that nothing moves under the mouse.

        On a screen without a top bar it is shown at the bottom, over its action bar.
        """
        if self._main_column.indexOf(self.lock_banner) >= 0:
            return
        if self._stack.currentIndex() <= 0:
            self._insert_banner()
            return
        bare = self.top_bar.isHidden()
        foot = self._page_room.geometry().bottom() + 1 - self.lock_banner.height()
        over = self._page_room.geometry() if bare else self.top_bar.geometry()
        self.lock_banner.setGeometry(over.x(), foot if bare else 0, over.width(), self.lock_banner.height())
        self.lock_banner.raise_()

    def _connect(self) -> None:
        """Connect the signals of the bars, the context and the idle watch."""
        self.side_bar.screen_chosen.connect(self.go)
        self.top_bar.year_chosen.connect(self.choose_year)
        self.top_bar.search_asked.connect(self.open_search)
        self.top_bar.screen_lock_asked.connect(self.app_context.lock_screen)
        self.top_bar.users_asked.connect(lambda: self.go("settings", section="users"))
        self.top_bar.quit_asked.connect(self.close)
        self.top_bar.undo_asked.connect(self.undo)
        # What the desk says after this window has gone must reach nothing of it: methods are let go with it, a lambda
        # is not.
        self.app_context.navigation_requested.connect(self._on_navigation_requested)
        self.app_context.return_requested.connect(self._on_return_requested)
        self.app_context.failed.connect(self.show_failure)
        self.app_context.message_shown.connect(self._show_message)
        self.app_context.saved.connect(self.top_bar.show_saved)
        self.app_context.screen_lock_requested.connect(self.screen_lock_requested)
        self.app_context.follow_changes(self, self.read_badges)
        self.app_context.style_changing.connect(self._discard_hidden_screens)
        self.app_context.year_changed.connect(self._on_year_changed)
        self.app_context.lock_changed.connect(self._on_lock_changed)
        self.app_context.lock_message_changed.connect(self.lock_banner.show_state)
        self.lock_banner.action_chosen.connect(self.app_context.lock_action_chosen)
        self.undo_bar.undo_asked.connect(self.undo)
        self.undo_bar.redo_asked.connect(self.app_context.redo)
        self._years: tuple[int, ...] = ()

    def _add_shortcuts(self) -> None:
        """Add the keys of the window: undo, redo, search, back, forward, lock, filled button, tool tip, Ctrl+1 to 9."""
        for keys, act in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.app_context.redo),
            ("Ctrl+Shift+Z", self.app_context.redo),
            ("Ctrl+K", self.open_search),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+L", self.app_context.lock_screen),
        ):
            on_key(self, keys, act)
        install_filled_key(self, self._stack.currentWidget)
        install_tip_key(self)
        for number in range(1, 10):
            on_key(self, f"Ctrl+{number}", partial(self._go_to_entry, number))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus by Tab to the next usable widget, or back (``forward`` False); return whether it moved."""
        return move_focus(self, forward=forward)

    # what startup does

    def register_screen(self, entry: ScreenEntry) -> None:
        """Register a screen, built when first shown, with an entry in the side bar unless it has a parent."""
        self._screen_entries[entry.screen_name] = entry
        if not entry.parent_screen:
            self.side_bar.add(entry.screen_name, entry.icon, entry.title, entry.badge_words)
        if entry.screen_name == "settings":
            self.top_bar.enable_users_entry()

    def set_search(self, opener: Callable[[], object]) -> None:
        """Show the search in the top bar and enable Ctrl+K; ``opener`` opens it."""
        self._search = opener
        self.top_bar.enable_search()

    def set_years(self, years: Sequence[int]) -> None:
        """Set the fiscal years that can be chosen (western first years)."""
        self._years = tuple(years)
        self.top_bar.show_years(self._years, self.app_context.fiscal_year)

    def choose_year(self, year: int) -> None:
        """Show another fiscal year, on the side bar entry of the current screen, if that may be left."""
        if year == self.app_context.fiscal_year or not self._may_leave():
            self.top_bar.show_years(self._years, self.app_context.fiscal_year)
            return
        stop = self._navigation.current
        # Nothing of the other year stays: the page shown is built anew as well.
        self._stack.setCurrentIndex(0)
        self.app_context.choose_year(year)
        if stop is not None:
            place = self._screen_entries[stop.screen_name]
            self.go(place.parent_screen or place.screen_name)

    def set_backup_state(self, first: str, second: str = "", *, sound: bool = True) -> None:
        """Set one or two lines of text at the bottom of the side bar; ``sound`` False shows a warning.

        An empty ``first`` hides them.
        """
        self.side_bar.set_backup_state(first, second, is_ok=sound)

    def set_badge(self, screen_name: str, count: int) -> None:
        """Set the number at the side bar entry of a screen; 0 shows none."""
        self.side_bar.set_count(screen_name, count)

    def read_badges(self) -> None:
        """Read again the counts of the screens that have a badge."""
        for place in self._screen_entries.values():
            if place.badge is not None:
                self.app_context.read(
                    with_store(place.badge, today=self.app_context.today()),
                    partial(self.set_badge, place.screen_name),
                    on_failed=lambda _problem: None,
                    owner=self,
                )

    def open_first_screen(self, screen_name: str = "home") -> None:
        """Show the first screen, with the window at its last position and size, and read the counts of the side bar.

        ``screen_name`` "" shows no screen yet.
        """
        if not restore_saved_geometry(self, recall("window/stands")):
            self.resize(*first_size())
        self.go(screen_name)
        self.read_badges()

    def set_product_words(self, words: str) -> None:
        """Set the end of the window's title; it begins with the screen and names nobody, as everybody may see it."""
        self._product_words = words
        self.setWindowTitle(join_nonempty(self._page_title, words, separator=" － "))

    # moving about

    def shown_screen_name(self) -> str:
        """Return the name of the current screen, "" before the first."""
        stop = self._navigation.current
        return stop.screen_name if stop is not None else ""

    def screen_of(self, screen_name: str, **going: Any) -> QWidget:
        """Return the screen of this name, building it and restoring its saved state if needed.

        State that the next ``open_with`` arguments (``going``) would replace is not restored.
        """
        if screen_name not in self._screens:
            made = self._screen_entries[screen_name].factory(self.app_context)
            made.setProperty(_BUILT_READ_ONLY, self.app_context.read_only)
            made.setProperty(_BUILT_ON, self.app_context.today().isoformat())
            # The screen itself has the keyboard until its first rows are there.
            made.setAccessibleName(made.accessibleName() or self._screen_entries[screen_name].title)
            self._stack.addWidget(made)
            self._screens[screen_name] = made
            left = self._saved_states.pop(screen_name, None)
            if left is not None and isinstance(made, Screen):
                again = all(going.get(name) for name in left.arguments)
                made.restore_state(replace(left, arguments={}) if again else left)
        return self._screens[screen_name]

    def go(self, screen_name: str, *, instead: bool = False, **arguments: Any) -> None:
        """Go to a screen if the current one may be left; ``arguments`` are passed to its ``open_with``.

        A screen that is not registered is ignored. ``instead``: the current one only led on, and back passes it.
        """
        if screen_name in self._screen_entries and self._may_leave():
            self._save_view_state()
            self._show_visit(Visit(screen_name, arguments))
            self._navigation.push(Visit(screen_name, arguments), instead=instead)

    def go_back(self) -> None:
        """Go back to the previous screen (Alt+←), if the current one may be left."""
        if self._may_leave():
            self._save_view_state()
            stop = self._navigation.back()
            if stop is not None:
                self._show_visit(stop, restore=True)

    def go_forward(self) -> None:
        """Go forward again (Alt+→), if the current screen may be left."""
        if self._may_leave():
            self._save_view_state()
            stop = self._navigation.forward()
            if stop is not None:
                self._show_visit(stop, restore=True)

    def _save_view_state(self) -> None:
        stop, shown = self._navigation.current, self._stack.currentWidget()
        if stop is not None and isinstance(shown, Screen) and shown is self._screens.get(stop.screen_name):
            self._navigation.set_view_state(shown.view_state(), focus_place_in(shown))

    def _show_visit(self, visit: Visit, *, restore: bool = False) -> None:
        """Show the screen of ``visit``, built if needed, and set side bar, title and focus for it.

        With ``restore`` its saved state is applied, but a screen still open with the same arguments is left as it is.
        """
        there = self._screens.get(visit.screen_name)
        if there is not None and there is not self._stack.currentWidget() and self._is_outdated(there):
            self._discard_screen(visit.screen_name)
        going = visit.arguments
        if restore:  # what was begun then is not begun once more
            going = {name: given for name, given in going.items() if name != "act"} | visit.view_state
        screen = self.screen_of(visit.screen_name, **going)
        self._widget_counts.pop(visit.screen_name, None)
        self._screens[visit.screen_name] = self._screens.pop(visit.screen_name)
        if not self._discard_timer.isActive():
            self._discard_timer.start(DISCARD_AFTER_MS)
        if self._stack.currentWidget() is not screen:
            self.undo_bar.on_screen_left()
            if not self.lock_banner.isHidden():
                self._insert_banner()
        bare = isinstance(screen, Screen) and screen.is_full_window
        self.side_bar.setVisible(not bare)
        self.top_bar.setVisible(not bare)
        self._place_undo_bar(self.top_bar)
        self._page_room.take_room()
        arrived = screen.property(_OPENED_WITH)
        stands = arrived == visit.arguments if restore else is_refresh_held(screen) and visit.arguments in ({}, arrived)
        anew = not stands and self._stack.currentWidget() is not screen
        if isinstance(screen, Screen) and not stands:
            screen.open_with(**going)
            screen.setProperty(_OPENED_WITH, visit.arguments)
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
            focus_work_area(screen)
        elif anew and focused is not None and is_navigation(focused):
            (first_work_part(screen) or screen).setFocus(Qt.FocusReason.OtherFocusReason)
        if restore and not stands and visit.focus is not None:
            self._focus_keeper.return_to(screen, visit.focus)
        self.wait_bar.raise_()
        place = self._screen_entries[visit.screen_name]
        self.side_bar.highlight(place.parent_screen or place.screen_name)
        self._page_title = place.title
        self.set_product_words(self._product_words)

    def _on_lock_changed(self) -> None:
        """Discard hidden screens when the write lock changes, and rebuild the current one if it is outdated."""
        self.top_bar.show_read_only(self.app_context.read_only)
        self._discard_hidden_screens()
        self._replace_outdated_screen()

    def show_new_day(self) -> None:
        """Build the current screen anew, as it stands, if it is of an earlier day; not while something is under way.

        A hidden one is built anew when it is shown.
        """
        if self.app_context.tasks.is_idle and not QApplication.activePopupWidget():
            self._replace_outdated_screen()

    def _replace_outdated_screen(self) -> None:
        shown = self._stack.currentWidget()
        if self._navigation.current is not None and shown is not None and self._is_outdated(shown):
            self._save_view_state()
            self._stack.setCurrentIndex(0)
            self._discard_hidden_screens()
            self._show_visit(self._navigation.current, restore=True)

    def _is_outdated(self, screen: QWidget) -> bool:
        """Return whether a screen was built on an earlier day, or read-only although the user may write now.

        False for one with unsaved input.
        """
        reads = screen.property(_BUILT_READ_ONLY) and self.app_context.may_write
        outdated = reads or screen.property(_BUILT_ON) != self.app_context.today().isoformat()
        return outdated and not (isinstance(screen, Screen) and not screen.can_be_discarded())

    def shown_screen(self) -> QWidget | None:
        """Return the current screen; None while the window is being closed."""
        return self._stack.currentWidget() if isValid(self._stack) else None

    def _discard_hidden_screens(self) -> None:
        """Discard the hidden screens except those with unfinished input.

        Restyling all of them at once would block the window for long.
        """
        for place, screen in self._hidden_screens():
            if not isinstance(screen, Screen) or screen.can_be_discarded():
                self._discard_screen(place)

    def _on_navigation_requested(self, screen_name: str, arguments: dict[str, Any]) -> None:
        """Go to the screen that was asked for, if the current one may be left."""
        self.go(screen_name, **arguments)

    def _on_return_requested(self, screen_name: str, arguments: dict[str, Any], to_any_screen: bool) -> None:
        """Go back in the history if the previous screen is the requested one (of the same event), else go to it.

        With ``to_any_screen`` the previous screen may be any, and ``arguments`` count only where there is none.
        """
        before = self._navigation.previous
        of_event = "event_id" in arguments
        if before is None or not (
            to_any_screen
            or (
                before.screen_name == screen_name
                and (not of_event or before.arguments.get("event_id") == arguments["event_id"])
            )
        ):
            self.go(screen_name, **arguments)
        elif self._may_leave():
            self._save_view_state()
            stop = self._navigation.back() or before
            asked = {} if to_any_screen else arguments
            if asked.items() <= (stop.arguments | stop.view_state).items():
                self._show_visit(stop, restore=True)
            else:
                self._show_visit(Visit(stop.screen_name, asked))

    def _show_message(self, sentence: str, can_undo: bool) -> None:
        self.undo_bar.show_text(sentence, can_undo=can_undo, can_redo=self.app_context.is_undoing)

    def _place_undo_bar(self, place: TopBar | None = None) -> None:
        """Place the undo bar, by itself in the action bar of the page, else in the top bar."""
        page = self._stack.currentWidget() if place is None else None
        bars = page.findChildren(ActionBar) if page is not None else ()
        (place or next((bar for bar in bars if bar.isVisible()), self.top_bar)).set_undo_bar(self.undo_bar)

    def _on_year_changed(self, year: int) -> None:
        """Show the year in the top bar; discard the hidden screens and all saved states."""
        self.top_bar.show_years(self._years, year)
        for place, _screen in self._hidden_screens():
            self._discard_screen(place)
        self._saved_states.clear()

    def _discard_oldest_screen(self) -> bool:
        """Destroy the next part of a discarded screen, else discard a hidden screen; return whether it did either.

        Discarded is the hidden screen shown longest ago if there are too many widgets, none with unfinished input. One
        step is done in each turn of the event loop, to keep the window responsive.
        """
        if self._disposal.dispose_next():
            self._memory_timer.start()  # on a busy PC the parts take longer than it waits
            self._discard_timer.start(0)
            return True
        if not self.app_context.tasks.is_idle or QApplication.activeModalWidget() or QApplication.activePopupWidget():
            # What is under way may still speak of any of them.
            self._discard_timer.start(DISCARD_AFTER_MS)
            return False
        room = self.max_hidden_widgets
        for place, screen in reversed(self._hidden_screens()):
            if place not in self._widget_counts:
                self._widget_counts[place] = len(screen.findChildren(QWidget))
            room -= self._widget_counts[place]
            if room < 0 and isinstance(screen, Screen) and screen.can_be_discarded():
                self._disposal.dispose(self._remove_screen(place))
                self._discard_timer.start(0)
                return True
        return False

    def _hidden_screens(self) -> list[tuple[str, QWidget]]:
        """Return the screens that are kept but not shown."""
        shown = self._stack.currentWidget()
        return [(place, screen) for place, screen in self._screens.items() if screen is not shown]

    def _discard_screen(self, screen_name: str) -> None:
        """Remove a screen and destroy it; its state is kept for when it is built again."""
        self._remove_screen(screen_name).deleteLater()

    def _remove_screen(self, screen_name: str) -> QWidget:
        """Remove a screen from the window, keep its state, and return it."""
        screen = self._screens.pop(screen_name)
        if screen.isAncestorOf(self.undo_bar):
            self._place_undo_bar(self.top_bar)
        self._widget_counts.pop(screen_name, None)
        if isinstance(screen, Screen):
            self._saved_states[screen_name] = screen.full_state()
        self._stack.removeWidget(screen)
        self._memory_timer.start()
        return screen

    def _may_leave(self) -> bool:
        """Ask the current screen whether it may be left; if not, highlight its entry in the side bar again."""
        current = self._stack.currentWidget()
        allowed = not isinstance(current, Screen) or current.may_leave()
        if not allowed and self._navigation.current is not None:
            # The entry that was pressed is lit already: the light goes back to where the person still is.
            here = self._screen_entries[self._navigation.current.screen_name]
            self.side_bar.highlight(here.parent_screen or here.screen_name)
        return allowed

    def save_edited_fields(self) -> None:
        """Let the current screen save what it can, where the user cannot be asked."""
        current = self._stack.currentWidget()
        if isinstance(current, Screen):
            current.may_leave()

    def _go_to_entry(self, number: int) -> None:
        """Go to the screen of the side bar entry with this number (from 1), if the current one may be left."""
        entries = [place.screen_name for place in self._screen_entries.values() if not place.parent_screen]
        if number <= len(entries):
            self.go(entries[number - 1])

    def undo(self) -> None:
        """Undo what the current screen allows to be undone."""
        current = self._stack.currentWidget()
        if isinstance(current, Screen):
            current.undo()
        else:
            self.app_context.undo()

    def open_search(self) -> None:
        """Open the search, if there is one."""
        if self._search is not None:
            self._search()

    def show_failure(self, problem: Exception) -> None:
        """Show a failure in a dialog, with a button to each screen where it can be corrected."""
        from app.widgets.dialogs.failure_dialog import show_failure

        ways = problem.links if isinstance(problem, UserError) else ()
        routes = [route_to(one) for one in ways]
        doors = [(one.label, partial(self.app_context.go, one.screen_name, **one.arguments)) for one in routes]
        show_failure(failure_of(problem), self, links=doors)

    # what Qt tells

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the side bar to the width of the window, and lay a banner that is over the top bar anew."""
        super().resizeEvent(event)
        self.side_bar.fit_window(self.width())
        QTimer.singleShot(0, self, self._overlay_banner)

    def changeEvent(self, event: QEvent) -> None:
        """Restyle the bars after a change of the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "top_bar"):
            QTimer.singleShot(0, self, self._apply_style)

    def _apply_style(self) -> None:
        self.side_bar.fit_window(self.width())
        self.side_bar.apply_style()
        self.top_bar.setFixedHeight(t.scaled(t.TOP_BAR))
        self.lock_banner.apply_text_size()
        self.undo_bar.apply_style()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the side buttons of a mouse."""
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.go_forward()
        else:
            super().mousePressEvent(event)

    def _discard_and_close(self) -> None:
        """Close the window although unsaved input is lost."""
        self._discards_edits = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save size and position and emit ``closing``; a screen with unsettled input keeps the window open.

        Input that cannot be saved because a colleague holds the write lock is asked about.
        """
        if not self._may_leave():
            event.ignore()
            self.stays_open.emit()
            return
        waiting = self.app_context.read_only and any(map(has_input_awaiting_lock, self._stack.findChildren(Screen)))
        if waiting and not self._discards_edits:
            event.ignore()
            question = confirm_first(
                self,
                title="書きかけがあります",
                text=_UNSAVED_WARNING,
                verb="書きかけを捨てて閉じる",
                on_confirmed=self._discard_and_close,
                cancel="閉じない",
            )
            question.rejected.connect(self.stays_open)
            return
        remember("window/stands", geometry_text(self))
        sync_to_disk()
        self.closing.emit()
        super().closeEvent(event)


def _product_words(app_context: AppContext) -> str:
    return (
        f"{PRODUCT}（見本データ　{long_date(app_context.today())}を本日とする練習用）"
        if app_context.sample
        else PRODUCT
    )
