"""Keeps the keyboard focus where the user works: at the first input, and at the replacement of a removed widget.

When a focused widget is hidden, disabled or rebuilt, Qt moves the focus to the next one in the window, which may be the
search or a cancel button. Here it stays in its screen, at the corresponding new widget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from app.widgets.buttons import Button
from app.widgets.tab_order import reading_order
from db.record import frozen

_LAID_OUT_MS = 150
_HOLDING: list[QWidget | None] = []
"""What the focus is held for just now."""


def scroll_into_view(focused: QWidget, *parts: QWidget) -> None:
    """Scroll the ancestors of ``parts`` until they are visible, the last one with priority.

    It is done in the next event-loop turn, when they are laid out, and once more 150 ms later, each time only if
    ``focused`` still has the focus.
    """

    def scroll() -> None:
        """Scroll so that the widget can be seen."""
        if not focused.hasFocus():
            return
        for part in parts:
            above = part.parentWidget()
            while above is not None:
                if isinstance(above, QScrollArea):
                    above.ensureWidgetVisible(part, 0, 8)
                elif isinstance(above, QAbstractItemView):
                    # A button in a row.
                    above.scrollTo(above.indexAt(part.mapTo(above.viewport(), part.rect().center())))
                above = above.parentWidget()

    for wait in (0, _LAID_OUT_MS):
        QTimer.singleShot(wait, focused, scroll)


def first_usable_part(inside: QWidget) -> QWidget | None:
    """Return the first widget of ``inside`` that can be used, in Qt's own Tab order; None if there is none.

    Scroll areas are skipped, and red buttons: pressing Enter without looking would do what can't be undone.
    """
    return next(_parts(inside), None)


def is_navigation(part: QWidget) -> bool:
    """Return whether no work begins with ``part``: a link, any other label, 「戻る」, or an act at the foot."""
    return part.is_navigation if isinstance(part, Button) else isinstance(part, QLabel)


def first_work_part(inside: QWidget) -> QWidget | None:
    """Return the first usable widget of ``inside`` that does not lead away from it; None if there is none."""
    return next((part for part in _parts(inside) if not is_navigation(part)), None)


@contextmanager
def holding_focus(around: QWidget | None) -> Iterator[None]:
    """Keep the focus where it is while something in ``around`` is hidden and what replaces it takes the focus.

    What is hidden with the focus in it asks for the next widget of the window, which a screen reader would read out.
    Where nothing has taken the focus in the end, that widget gets it.
    """
    window = around.window() if around is not None and around.isVisible() else None
    focused = window.focusWidget() if window is not None else None
    shown = focused is not None and focused.isVisible()
    _HOLDING.append(around)
    try:
        yield
    finally:
        _HOLDING.pop()
    if _HOLDING or not shown or window is None or focused is None or window.focusWidget() is not focused:
        return
    if not focused.isVisible():
        window.focusNextPrevChild(True)


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Move the keyboard focus to the next widget of ``window`` in reading order and scroll it into view.

    Qt itself stops at a container with a focus proxy and jumps to the proxy: what stands between is never reached,
    and where the proxy is hidden the focus stays where it is. So containers with a proxy are skipped here; the proxy
    has its own place in the chain. For ``focusNextPrevChild`` of every window.

    Returns:
        Whether there was another widget to go to; False while the focus is held (see ``holding_focus``).
    """
    if _HOLDING:
        return False
    order = list(reading_order(window))
    at = window.focusWidget()
    place = order.index(at) if at in order else -1 if forward else len(order)
    after = (*order[place + 1 :], *order[: max(place, 0)])
    before = (*reversed(order[: max(place, 0)]), *reversed(order[place + 1 :]))
    part = next((one for one in (after if forward else before) if _takes_tab(one)), None)
    if part is None:
        return False
    part.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    scroll_into_view(part, part)
    return True


def _takes_tab(part: QWidget) -> bool:
    return part.isVisible() and part.focusProxy() is None and _is_stop(part)


def _is_stop(part: QWidget) -> bool:
    """Return whether Tab may stop at a part; of several radio buttons at the chosen one.

    Qt itself lets it stop at the first of them, or at the one that had the focus last.
    """
    takes = part.isEnabled() and (part.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
    if not isinstance(part, QRadioButton):
        return takes
    row = part.group().buttons() if part.group() else (part.parent() or part).findChildren(QRadioButton)
    return part.isEnabled() and part.isChecked() if any(one.isChecked() for one in row) else takes


def _parts(inside: QWidget) -> Iterator[QWidget]:
    """Yield the usable widgets inside in Qt's own Tab order, without scroll areas and red buttons."""
    part = inside.nextInFocusChain()
    while part is not None and part is not inside:
        if _is_stop(part) and inside.isAncestorOf(part) and part.isVisibleTo(inside) and not _is_skipped(part):
            yield part
        part = part.nextInFocusChain()


def _is_skipped(part: QWidget) -> bool:
    """Return whether a widget is no good place for the focus: a scroll area, or a button with danger."""
    if isinstance(part, QAbstractScrollArea):
        return isinstance(part, QScrollArea)
    return isinstance(part, QAbstractButton) and part.property("kind") == "danger"


def restore_focus(part: QWidget | None) -> None:
    """Focus ``part`` again after what covered it has closed; if it is gone, focus the nearest widget.

    A widget that the user has focused since keeps the focus.
    """
    if part is not None and shiboken6.isValid(part):
        around = _ancestors(part)
        QTimer.singleShot(0, lambda: _focus_or_near(part, around))


def _focus_or_near(part: QWidget, around: list[QWidget]) -> None:
    """Focus the widget, or watch over it until it has the focus; if it can't take it, focus the nearest one."""
    if shiboken6.isValid(part) and _can_take_focus(part):
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        if not part.hasFocus():
            _FocusGuard(part, around)
        return
    _focus_near(around)


def _focus_near(around: list[QWidget]) -> None:
    """Focus the first usable widget in the nearest of the containers ``around``, unless something has the focus."""
    standing = [place for place in around if shiboken6.isValid(place) and place.isVisible()]
    held = standing[-1].focusWidget() if standing else None
    if held is not None and _can_take_focus(held):
        return
    near = next((first for place in standing if (first := first_usable_part(place)) is not None), None)
    if near is not None:
        near.setFocus(Qt.FocusReason.OtherFocusReason)


class _FocusGuard(QObject):
    """Watches a widget focused while another window was active, because Qt does not move the focus when it goes.

    Signals: none.
    """

    def __init__(self, part: QWidget, around: list[QWidget]):
        super().__init__(part)
        self._around = around
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Focus something near when the widget is hidden or disabled; the watch ends then, or when it is focused."""
        if event.type() in (QEvent.Type.Hide, QEvent.Type.EnabledChange, QEvent.Type.FocusIn):
            watched.removeEventFilter(self)
            if event.type() != QEvent.Type.FocusIn:
                around = self._around
                QTimer.singleShot(0, lambda: _focus_near(around))
            self.deleteLater()
        return False


def focus_work_area(screen: QWidget) -> None:
    """Focus the main work area of a screen.

    A list without rows yet gets the focus when they are read, unless the user has moved it meanwhile.
    """
    screen.setFocus(Qt.FocusReason.OtherFocusReason)
    place = screen
    while (inner := place.focusProxy()) is not None:
        place = inner
    if place is not screen and not place.isVisible():
        _FocusWhenShown(place, screen.window().focusWidget())


class _FocusWhenShown(QObject):
    """Focuses a widget when it first becomes visible. Signals: none."""

    def __init__(self, target: QWidget, meanwhile: QWidget | None):
        super().__init__(target)
        self._place = target
        self._meanwhile = meanwhile
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Focus the widget once it is shown, unless the user has moved the focus since."""
        if watched is self._place and event.type() == QEvent.Type.Show:
            self._place.removeEventFilter(self)
            if self._place.window().focusWidget() is self._meanwhile:
                restore_focus(self._place)
            self.deleteLater()
        return False


@frozen
class FocusPlace:
    """Which widget of a screen had the focus: its class, its name, and its place (from 0) among those of that name."""

    kind: type[QWidget]
    name: str
    number: int


def focus_place_in(screen: QWidget) -> FocusPlace | None:
    """Return which widget of a screen has the focus or had it last, None for one that is hidden or without a name."""
    part = screen.focusWidget()
    if part is None or part is screen or not part.isVisibleTo(screen) or not _name_of(part):
        return None
    return FocusPlace(type(part), _name_of(part), _parts_named(screen, type(part), _name_of(part)).index(part))


def _parts_named(inside: QWidget, kind: type[QWidget], name: str) -> list[QWidget]:
    """Return the shown widgets ``inside`` of this class (or derived from it) with this name, in Qt's order."""
    return [part for part in inside.findChildren(kind) if part.isVisibleTo(inside) and _name_of(part) == name]


@frozen
class _FocusState:
    """Where the focus was: name and class of the widget, its containers, and their scroll positions."""

    name: str
    kind: type[QWidget]
    around: list[QWidget]
    scrolled: dict[QScrollArea, int]


def _focus_state_of(part: QWidget) -> _FocusState:
    """Return where the keyboard is and how far its surroundings are scrolled."""
    around = _ancestors(part)
    scrolled = {place: place.verticalScrollBar().value() for place in around if isinstance(place, QScrollArea)}
    return _FocusState(_name_of(part), type(part), around, scrolled)


def _name_of(part: QWidget) -> str:
    """Return the name of a widget, or its text, which is the same after it is rebuilt."""
    return part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")


class FocusKeeper(QObject):
    """Returns the keyboard focus to the current screen when the widget that had it goes. Signals: none."""

    def __init__(self, screen: Callable[[], QWidget | None], parent: QObject):
        """Create the keeper; ``screen`` returns the current screen."""
        super().__init__(parent)
        self._screen = screen
        # Where the keyboard last stood in the screen. None = it is elsewhere by will.
        self._stood: _FocusState | None = None
        # Where it was lost and to what Qt handed it; None = not lost, or settled.
        self._lost: tuple[_FocusState, QWidget] | None = None
        self._handed_on = False
        # Where the focus of a screen returns to once its rows are read, and what has it until then.
        self._returning: tuple[QWidget, FocusPlace, QWidget | None] | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Note where the keyboard stood when the screen loses it, and restore it once everything has settled."""
        screen = self._screen()
        if screen is None or not screen.isVisible() or new is None or new.window() is not screen.window():
            return
        outside = not screen.isAncestorOf(new)
        if old is not None and shiboken6.isValid(old) and screen.isAncestorOf(old):
            stood: _FocusState | None = _focus_state_of(old)
            left = not (old.isVisible() and old.isEnabled())
        else:
            # A dialog closed, and where the keyboard stood before it is no more there.
            stood = self._stood
            left = outside and (old is None or not shiboken6.isValid(old) or old.window() is not screen.window())
        self._stood = stood if left and outside else None if outside else _focus_state_of(new)
        if not left or stood is None:
            # The screen that built its parts anew may hand the keyboard on itself, before anything is settled.
            handed_on = self._lost is not None and self._lost[1] is old and not outside
            self._lost = (self._lost[0], new) if self._lost is not None and handed_on else None
            self._handed_on = handed_on
            return
        if self._lost is not None and self._lost[1] is old:
            # What Qt handed it to has gone as well before anything was settled: the first loss is what counts.
            stood = self._lost[0]
        self._lost, self._handed_on = (stood, new), False
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._restore_lost_focus))

    def return_to(self, screen: QWidget, place: FocusPlace) -> None:
        """Focus the widget that had the focus when the screen was left, at once or when its data are shown.

        Where the user moves the focus meanwhile it stays.
        """
        if not _focus_place(screen, place):
            self._returning = (screen, place, screen.window().focusWidget())

    def on_idle(self, idle: bool) -> None:
        """Slot of ``Tasks.idle_changed``: focus what ``return_to`` still waits for, once all data are shown.

        A focus on what only holds other widgets goes on to the first that can be used. Nothing for ``idle`` False.
        """
        screen = self._screen()
        if not idle or screen is None or not screen.isVisible():
            return
        returning, self._returning = self._returning, None
        if returning is not None and returning[0] is screen and screen.window().focusWidget() is returning[2]:
            _focus_place(screen, returning[1])
        stands = screen.window().focusWidget()
        if stands is None or not (stands is screen or screen.isAncestorOf(stands)):
            return
        if stands.focusPolicy() == Qt.FocusPolicy.NoFocus and (first := first_work_part(screen)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore_lost_focus(self) -> None:
        """Restore the focus one event-loop turn after its loss, when rebuilt widgets are visible."""
        lost, self._lost = self._lost, None
        screen = self._screen()
        if lost is None or screen is None:
            return
        stood, new = lost
        # Somebody went elsewhere meanwhile, or the focus never left what stands round the lost one.
        if QApplication.focusWidget() is not new or not shiboken6.isValid(new):
            return
        if self._handed_on:
            _restore_scroll(new, stood.scrolled)
            return
        named = [part for part in screen.findChildren(stood.kind) if stood.name and _name_of(part) == stood.name]
        twin = next((part for part in named if _can_take_focus(part)), None)
        near = next((place for place in stood.around if shiboken6.isValid(place) and place.isVisible()), screen)
        if twin is None and near.isAncestorOf(new) and not _is_skipped(new):
            return
        (twin or first_usable_part(near) or screen).setFocus(Qt.FocusReason.OtherFocusReason)
        if twin is not None:
            _restore_scroll(twin, stood.scrolled)


def _focus_place(screen: QWidget, place: FocusPlace) -> bool:
    """Focus the widget of a screen that ``place`` names; return whether there is one."""
    named = _parts_named(screen, place.kind, place.name)
    part = named[place.number] if place.number < len(named) else None
    if part is None or not part.isEnabled():
        return False
    part.setFocus(Qt.FocusReason.OtherFocusReason)
    scroll_into_view(part, part)
    return True


def _restore_scroll(twin: QWidget, scrolled: dict[QScrollArea, int]) -> None:
    """Restore the scroll positions that Qt changed when it moved the focus, keeping ``twin`` visible."""
    for place, value in scrolled.items():
        if shiboken6.isValid(place) and place.isAncestorOf(twin):
            place.verticalScrollBar().setValue(value)
            place.ensureWidgetVisible(twin, 0, 0)


def _can_take_focus(part: QWidget) -> bool:
    return part.isVisible() and part.isEnabled()


def _ancestors(part: QWidget) -> list[QWidget]:
    """Return the widgets around a widget, the nearest first."""
    found = []
    above = part.parentWidget()
    while above is not None:
        found.append(above)
        above = above.parentWidget()
    return found
