"""Base class of every screen (arguments, reading, state), and helpers for page layouts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, back_arrow
from app.widgets.flow_row import FlowRow
from app.widgets.labels import WrappingLabel, heading
from app.widgets.layouts import in_column, in_row
from app.widgets.screen_state import ScreenState, has_unsaved_input, part_states_in
from app.window import theme as t
from app.window.app_context import AppContext, is_refresh_held

_HINT = "hint while writing"
_BY_HAND = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
_AS_NEEDED = Qt.ScrollBarPolicy.ScrollBarAsNeeded
_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
READ_ONLY = "閲覧専用で開いているため、変えられません。"


class Screen(ActionMixin, QWidget):
    """One screen of the window.

    A subclass builds its widgets in ``__init__`` (after ``super().__init__(app_context)``), reads in ``reload``, and
    takes the arguments of ``app_context.go`` in ``open_with``. ``reload`` is called when the screen is first shown
    and after every saved change of a table that it has read; while it is hidden, once when it is next shown.
    Signals: none. A screen with ``is_full_window`` has no side bar and top bar, but an action bar and its own way back.

    A hidden screen may be discarded and built again: ``view_state`` returns the arguments for ``open_with`` that
    restore it, ``has_unsaved_work`` says that something would be lost.
    """

    is_full_window = False
    keeps_lock = False
    """Whether showing this screen keeps the write lock from a waiting colleague (a check-in in progress)."""
    reads_files = False
    """Whether it shows something beside rows, such as files of the data folder: every change reads it again."""
    keeps_place = False
    """Whether the page in which it is a tab comes back to the place it shows."""
    bar_buttons: tuple[Button, ...] = ()
    """Those for the action bar of the page in which it stands."""

    def __init__(self, app_context: AppContext, parent: QWidget | None = None):
        super().__init__(parent)
        self.app_context = app_context
        self._stale = True
        self._behind = False
        self._places: dict[str, object] = {}
        app_context.follow_changes(self, self._on_data_changed, always=self.reads_files)

    def open_with(self, **arguments: Any) -> None:
        """Take the arguments of ``app_context.go(screen_name, **arguments)``, before ``reload``. Optional."""

    def focus_work_area(self) -> None:
        """Focus the main work area of the screen. Optional."""

    def focus_part(self, _part: str, /) -> None:
        """Focus a named part of the screen; "" as ``focus_work_area``. Optional."""
        self.focus_work_area()

    def reload(self) -> None:
        """Read what is shown; overridden by subclasses, called by ``refresh``."""

    def may_leave(self) -> bool:
        """Return False to keep the user here (input that must be settled first)."""
        return True

    @property
    def has_unsaved_work(self) -> bool:
        """Return True while unsaved work is shown: an opened file, a proposal, a half-typed response.

        Text in a field and open dialogs need not be reported: ``can_be_discarded`` finds them itself.
        """
        return False

    def view_state(self) -> dict[str, Any]:
        """Return the arguments for ``open_with`` that restore this state, without those that every call passes."""
        return {}

    def can_be_discarded(self) -> bool:
        """Return whether neither this screen nor one inside it has unsaved work, and no field has unsaved input."""
        if self.has_unsaved_work:
            return False
        # Walked once: Qt makes a Python object of everything that is looked at.
        parts = self.findChildren(QWidget)
        return not (any(isinstance(one, Screen) and one.has_unsaved_work for one in parts) or has_unsaved_input(parts))

    def full_state(self) -> ScreenState:
        """Return the state of this screen with all its parts."""
        return ScreenState(arguments=self.view_state(), part_states=self._places | part_states_in(self))

    def restore_state(self, state: ScreenState) -> None:
        """Restore the state of an earlier instance; its lists follow when they are first shown."""
        self._places = dict(state.part_states)
        if state.arguments:
            self.open_with(**state.arguments)

    def take_part_state(self, name: str) -> object:
        """Return the saved state of the part ``name`` and remove it; None if there is none."""
        return self._places.pop(name, None)

    def undo(self) -> None:
        """Undo the last action (Ctrl+Z, the undo bar); a subclass may limit it to its own work."""
        self.app_context.undo()

    def refresh(self) -> None:
        """Reload now if visible, else when next shown."""
        if self.isVisible():
            self._stale = False
            self.reload()
        else:
            self._stale = True

    def mark_stale(self) -> None:
        """Reload when next shown, because the arguments changed."""
        self._stale = True

    def fit_size(self) -> None:
        """Arrange the page for its width and height; overridden by subclasses, called whenever they change."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the page for its new size."""
        super().resizeEvent(event)
        self.fit_size()

    def showEvent(self, event: QShowEvent) -> None:
        """Reload at the first showing, and if something changed while hidden; not when the window is only restored."""
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self._stale = False
            self.reload()

    def read_after_release(self) -> None:
        """Reload what was held back while unsaved input was shown."""
        if self._behind:
            self._behind = False
            self.refresh()

    def _on_data_changed(self) -> None:
        """Read again after a change (``refresh``); while unsaved input is kept, only note that it is due."""
        # Input was unfinished when a colleague got the lock: nothing is reloaded over it.
        self._behind = is_refresh_held(self)
        if not self._behind:
            self.refresh()


class ScreenOfYear(Screen):
    """A screen of the window's year, or of another that was asked for, until the window shows another year.

    ``open_with(programme_id=…)`` shows that year. Signals: none.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._programme_id: int | None = None
        app_context.year_changed.connect(self._forget_year)

    def open_with(self, *, programme_id: int | None = None, **_more: Any) -> None:
        """Set the year to be shown, without one to the window's."""
        self._programme_id = programme_id or None

    def view_state(self) -> dict[str, Any]:
        """Return the year if it is not the window's."""
        return {} if self._programme_id is None else {"programme_id": self._programme_id}

    def _forget_year(self, _year: int) -> None:
        self._programme_id = None

    def _year(self) -> dict[str, Any]:
        """Return the year shown, as the keyword argument of a reading."""
        return self.view_state() or {"fiscal_year": self.app_context.fiscal_year}


def disable_when_read_only(app_context: AppContext, *parts: QWidget) -> None:
    """Disable widgets with an explanation while the folder is open 閲覧専用, also after later changes."""

    def rest(part: QWidget) -> None:
        """Disable a widget with the explanation in 閲覧専用, else enable it if it was disabled so."""
        resting = part.toolTip() == READ_ONLY
        if app_context.read_only and not resting:
            part.setProperty(_HINT, part.toolTip())
            part.setEnabled(False)
            part.setToolTip(READ_ONLY)
        elif resting and app_context.may_write:
            part.setEnabled(True)
            part.setToolTip(part.property(_HINT) or "")

    for part in parts:
        rest(part)
        # By way of the part: the connection ends with it.
        app_context.lock_changed.connect(_LockListener(partial(rest, part), part).on_lock_changed)


class _LockListener(QObject):
    """Runs the function of ``disable_when_read_only`` at every change of the write lock. Signals: none."""

    def __init__(self, on_change: Callable[[], None], parent: QWidget):
        super().__init__(parent)
        self._act = on_change

    def on_lock_changed(self) -> None:
        """Call the function; slot of ``AppContext.lock_changed``."""
        self._act()


_LOW_PAGE = 480


def is_short(screen: QWidget) -> bool:
    """Return whether a screen is so low (150 % scale on a small PC) that explanations are hidden for the list.

    Hidden explanations move into the tool tip of what remains.
    """
    return screen.height() < t.scaled(_LOW_PAGE)


def trim_page_edges(page: QWidget | None, *, short: bool) -> None:
    """Set the margins above and below a page, half as high on a ``short`` one."""
    if page is not None and (column := page.layout()) is not None:
        edge = t.PAGE_Y // 2 if short else t.PAGE_Y
        sides = column.contentsMargins()
        column.setContentsMargins(sides.left(), edge, sides.right(), edge)


def page_column(owner: QWidget, *, spacing: int = 12) -> QVBoxLayout:
    """Return the column layout of a screen with the theme's margins."""
    return in_column(owner=owner, spacing=spacing, margins=(t.PAGE_X, t.PAGE_Y, t.PAGE_X, t.PAGE_Y))


def back_button(app_context: AppContext, default_screen: str) -> Button:
    """Return the arrow at the heading of a page: back as Alt+←, to ``default_screen`` where there is no page before."""
    return back_arrow(partial(app_context.go_back, default_screen))


def page_title(app_context: AppContext, words: str, default_screen: str, *parts: QWidget, at_end: int = 0) -> FlowRow:
    """Return the first line of a page: the way back (``back_button``), its heading and ``parts``.

    The last ``at_end`` of the ``parts`` stand at the right.
    """
    return FlowRow(back_button(app_context, default_screen), heading(words), *parts, spacing=12, at_end=at_end)


def scrolled_page_column(owner: QWidget) -> QVBoxLayout:
    """Return a column like ``page_column`` that scrolls vertically, for forms and panels."""
    inside = QWidget()
    column = page_column(inside)
    in_column(in_scroll_area(inside), owner=owner)
    return column


def clear_layout(layout: QLayout) -> None:
    """Remove everything from a layout and delete its widgets, without showing anything meanwhile.

    Widgets in layouts inside it are not deleted.
    """
    while (item := layout.takeAt(0)) is not None:
        if (part := item.widget()) is not None:
            part.hide()
            part.deleteLater()


def widget_row(*parts: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Return a row of widgets; a number is a gap in pixels, None a stretch."""
    line = in_row(spacing=spacing)
    before = None
    for part in parts:
        if part is None:
            # Words that fold take the free room themselves: as wide as Qt wishes for, they fold early on Windows.
            at = line.count() - 1
            line.setStretch(at, 1) if isinstance(before, WrappingLabel) else line.addStretch(1)
        elif isinstance(part, int):
            line.addSpacing(part)
        else:
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        before = part
    return line


class _LazyScrollArea(QScrollArea):
    """A scroll area that takes its content just before it is shown. Signals: none.

    Taking it styles all its widgets; widgets styled before their screen is complete are styled again each time they
    are moved into a larger container.
    """

    _inside: QWidget | None = None
    """None while the area is collected: until Qt has destroyed it too, it hears events without what Python held."""

    def __init__(self, inside: QWidget):
        super().__init__()
        self._inside = inside
        inside.setParent(self.viewport())

    def event(self, event: QEvent) -> bool:
        """Take the content when the area is polished, just before the first showing."""
        if event.type() == QEvent.Type.Polish:
            self.widget()
        return super().event(event)

    def widget(self) -> QWidget:
        """Return the content, taking it if needed."""
        inside = self._inside
        if inside is not None and super().widget() is None:
            put_away = inside.isHidden() and inside.testAttribute(_BY_HAND)
            self.setWidget(inside)  # which shows it
            if put_away:
                inside.hide()
        return inside if inside is not None else self.viewport()

    def sizeHint(self) -> QSize:
        """Return Qt's size hint, for which the content is taken if needed."""
        self.widget()
        return super().sizeHint()

    def least_width(self) -> int:
        """Return the minimum width of the content with its scroll bar, below which its right edge would be cut.

        It is not a size hint for every layout: a page that folds by its width could then never become narrow enough.
        """
        return self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Widen the side column when its content needs more after it is read or styled, and hide unused scroll bars."""
        kind = event.type()
        if watched is self._inside and kind in (QEvent.Type.HideToParent, QEvent.Type.ShowToParent):
            self.setVerticalScrollBarPolicy(_AS_NEEDED if kind == QEvent.Type.ShowToParent else _NO_BAR)
        if kind == QEvent.Type.LayoutRequest and watched is self._inside:
            side: QWidget | None = self
            while side is not None and side.minimumWidth() != side.maximumWidth():
                side = side.parentWidget() if not side.isWindow() else None
            if side is not None and not side.isWindow():
                side.setFixedWidth(side_width(side, side.maximumWidth()))
        return super().eventFilter(watched, event)


def side_width(side: QWidget, wanted: int) -> int:
    """Return the width of a side column: ``wanted``, or what it needs not to be cut."""
    areas = [side] if isinstance(side, _LazyScrollArea) else side.findChildren(_LazyScrollArea)
    return max([wanted, *(area.least_width() + _margins_around(area, side) for area in areas)])


def _margins_around(area: QWidget, side: QWidget) -> int:
    """Return the width of the margins between a scroll area and its side column."""
    above = area.parentWidget()
    if area is side or above is None:
        return 0
    frames = [above.contentsMargins()]
    if isinstance(inside := above.layout(), QBoxLayout):
        frames.append(inside.contentsMargins())
    return sum(frame.left() + frame.right() for frame in frames) + _margins_around(above, side)


def in_scroll_area(inside: QWidget) -> QScrollArea:
    """Return ``inside`` in a vertical scroll area; it scrolls horizontally only if large text would be cut."""
    area = _LazyScrollArea(inside)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    # A click lets the keys scroll; as a Tab stop it would be an empty one before the first control.
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return area
