"""The base every screen stands on: what it is handed, when it reads, and how pages are laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.widgets.action_mixin import ActionMixin
from app.widgets.labels import WrappingLabel
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

    A subclass builds its widgets in ``__init__`` (after ``super().__init__(desk)``), reads in
    ``reload``, and takes what ``desk.go`` handed over in ``open_with``. ``reload`` is called when the
    screen is first shown and after every saved change, but only while it can be seen. Signals: none.
    A ``bare`` screen has the window to itself, without side bar and top bar; it offers its own way back.

    A screen that nobody sees may be let go and built anew: ``stand`` names what ``open_with`` needs to bring it back,
    ``unfinished`` says that something would be lost by it.
    """

    is_full_window = False
    keeps_lock = False
    """Whether being here keeps the seat from a colleague who waits (a reception under way)."""

    def __init__(self, app_context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.app_context = app_context
        self._stale = True
        self._behind = False
        self._places: dict[str, object] = {}
        app_context.changed.connect(self._on_data_changed)

    def open_with(self, **arguments: Any) -> None:
        """Take what ``desk.go(place, **arguments)`` handed over, before ``reload``. May be left out."""

    def focus_work_area(self) -> None:
        """Somebody was sent here to do what is done here: the keyboard goes there. May be left out."""

    def focus_part(self, _part: str, /) -> None:
        """As ``begin``, at a part of this screen; "" or without such parts the same. May be left out."""
        self.focus_work_area()

    def reload(self) -> None:
        """Read what is shown. Subclasses override; called by ``refresh``."""

    def may_leave(self) -> bool:
        """False keeps the person here (an unsaved page that must be settled first)."""
        return True

    @property
    def has_unsaved_work(self) -> bool:
        """True while work stands here that is saved nowhere: a file in hand, a proposal, a sheet half typed.

        Words in a field and open dialogs need no mention: ``can_be_discarded`` sees them by itself.
        """
        return False

    def view_state(self) -> dict[str, Any]:
        """Return what ``open_with`` must be handed to stand here again. What every going there names may be left
        out.
        """
        return {}

    def can_be_discarded(self) -> bool:
        """True when nothing is lost by building this screen anew, those inside it included."""
        if self.has_unsaved_work:
            return False
        # Walked once: Qt makes a Python object of everything that is looked at.
        parts = self.findChildren(QWidget)
        return not (any(isinstance(one, Screen) and one.has_unsaved_work for one in parts) or has_unsaved_input(parts))

    def full_state(self) -> ScreenState:
        """Where this screen stands with all its parts."""
        return ScreenState(arguments=self.view_state(), part_states=self._places | part_states_in(self))

    def restore_state(self, state: ScreenState) -> None:
        """Stand where another of this kind stood; its lists follow when they are first shown."""
        self._places = dict(state.part_states)
        if state.arguments:
            self.open_with(**state.arguments)

    def take_part_state(self, name: str) -> object:
        """Return the place kept for a part, once."""
        return self._places.pop(name, None)

    def undo(self) -> None:
        """Take back the last action (Ctrl+Z, the undo bar); a screen for one piece of work narrows what that may be."""
        self.app_context.undo()

    def refresh(self) -> None:
        """Read now if seen, else at the next showing."""
        if self.isVisible():
            self._stale = False
            self.reload()
        else:
            self._stale = True

    def mark_stale(self) -> None:
        """Read at the next showing, because what was handed over has changed."""
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read when shown after a change."""
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self._stale = False
            self.reload()

    def read_after_release(self) -> None:
        """What was half typed is saved or gone: read what was not read meanwhile."""
        if self._behind:
            self._behind = False
            self.refresh()

    def _on_data_changed(self) -> None:
        # Half typed when a colleague got the seat: nothing is read over it.
        self._behind = is_refresh_held(self)
        if not self._behind:
            self.refresh()


def disable_when_read_only(app_context: AppContext, *parts: QWidget) -> None:
    """Let parts that change something rest, and say why, while the folder is open 閲覧専用; also when that changes."""

    def rest() -> None:
        for part in filter(isValid, parts):
            resting = part.toolTip() == READ_ONLY
            if app_context.read_only and not resting:
                part.setProperty(_HINT, part.toolTip())
                part.setEnabled(False)
                part.setToolTip(READ_ONLY)
            elif resting and not app_context.read_only:
                part.setEnabled(True)
                part.setToolTip(part.property(_HINT) or "")

    rest()
    if parts:
        # By way of a part: the connection ends with it.
        app_context.lock_changed.connect(_LockListener(rest, parts[0]).on_lock_changed)


class _LockListener(QObject):
    """Holds what ``disable_when_read_only`` does at a change of the seat, as long as its part stands. Signals: none."""

    def __init__(self, on_change: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._act = on_change

    def on_lock_changed(self) -> None:
        """The seat came or went."""
        self._act()


_LOW_PAGE = 480


def is_short(screen: QWidget) -> bool:
    """Whether a screen is so low, as at 150 % on a small PC, that what explains it gives its room to the list; what
    goes stands in the tip of what stays."""
    return screen.height() < t.scaled(_LOW_PAGE)


def trim_page_edges(screen: QWidget, *, short: bool) -> None:
    """Let the page of a ``short`` screen begin nearer to its edges."""
    if (column := screen.layout()) is not None:
        edge = t.PAGE_Y // 2 if short else t.PAGE_Y
        sides = column.contentsMargins()
        column.setContentsMargins(sides.left(), edge, sides.right(), edge)


def page_column(owner: QWidget, *, spacing: int = 12) -> QVBoxLayout:
    """The column of a screen with the margins of the look."""
    return in_column(owner=owner, spacing=spacing, margins=(t.PAGE_X, t.PAGE_Y, t.PAGE_X, t.PAGE_Y))


def scrolled_page_column(owner: QWidget) -> QVBoxLayout:
    """Like ``page``, scrolling down when the window is lower than the content: for forms and panels."""
    inside = QWidget()
    column = page_column(inside)
    in_column(in_scroll_area(inside), owner=owner)
    return column


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout; its parts go with it, and none is seen meanwhile."""
    while (item := layout.takeAt(0)) is not None:
        if (part := item.widget()) is not None:
            part.hide()
            part.deleteLater()


def widget_row(*parts: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a gap in pixels, None takes the free room."""
    line = in_row(spacing=spacing)
    before: QWidget | int | None = None
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
    """An area that takes its content when it is about to be seen. Signals: none.

    Taking it dresses every part of it; a part dressed before its screen stands is dressed again each time
    that what it stands in is put into something larger.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self.viewport())

    def event(self, event: QEvent) -> bool:
        """Being dressed comes just before the first showing."""
        if event.type() == QEvent.Type.Polish:
            self.widget()
        return super().event(event)

    def widget(self) -> QWidget:
        """The content, taken if it was not yet."""
        if super().widget() is None:
            put_away = self._inside.isHidden() and self._inside.testAttribute(_BY_HAND)
            self.setWidget(self._inside)  # which shows it
            if put_away:
                self._inside.hide()
        return self._inside

    def sizeHint(self) -> QSize:
        """As its content would have it."""
        self.widget()
        return super().sizeHint()

    def least_width(self) -> int:
        """As narrow as its content can be, with its bar: what does not scroll across would lose its right edge.

        Not a hint for every layout: a page that folds by its width could then never become narrow enough to fold.
        """
        return self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What its content needs may change when the content is read, or once it is dressed: the side it stands in
        widens with it. Content that is hidden leaves no bar behind."""
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
    """The width to give to a side part: as wished, or what it needs not to lose its right edge."""
    areas = [side] if isinstance(side, _LazyScrollArea) else side.findChildren(_LazyScrollArea)
    return max([wanted, *(area.least_width() + _margins_around(area, side) for area in areas)])


def _margins_around(area: QWidget, side: QWidget) -> int:
    """The room that margins take between an area and the side part it stands in."""
    above = area.parentWidget()
    if area is side or above is None:
        return 0
    frames = [above.contentsMargins()]
    if isinstance(inside := above.layout(), QBoxLayout):
        frames.append(inside.contentsMargins())
    return sum(frame.left() + frame.right() for frame in frames) + _margins_around(above, side)


def in_scroll_area(inside: QWidget) -> QScrollArea:
    """``inside`` in an area that scrolls down; across only where large letters leave its content no room (nothing is
    cut)."""
    area = _LazyScrollArea(inside)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    # A click lets the keys scroll; as a Tab stop it would be an empty one before the first control.
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return area
