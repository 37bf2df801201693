"""Stacked pages, and helpers that avoid styling widgets before they are visible.

Qt styles a widget with its children as soon as ``show`` is called, visible or not, and again each time it is moved
into a larger container. A screen is built from the inside out, so a widget shown too early is styled once for each
level; here nothing is shown before its turn.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QMargins, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from app.widgets.focus_keeper import holding_focus
from app.window import theme as t
from app.window.debounce import debounce

_STANDS_WELL = (740, 440)
"""The room in which every page stands whole in letters of the usual size."""
_SETTLED_MS = 1000
_MANY_WIDGETS = 600
"""Number of widgets whose deletion in one turn is noticeable (1,900, 設定 with all its pages, take 30 ms)."""


def ensure_visible(part: QWidget, *, seen: bool) -> None:
    """Show or hide a widget, doing nothing if it is so already, to avoid styling it too early.

    Args:
        part: has a parent, or will: until then it is not shown as a window of its own.
        seen: whether it is to be visible when its parent is.
    """
    if seen and part.parent() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    elif seen == part.isHidden():
        part.setVisible(seen)


def _defer_first_page(page: QWidget, container: QWidget | None, count: int) -> None:
    """Mark the first page as visible without styling it before ``container`` is visible.

    A layout without a ``container`` yet would show it as a window of its own.
    """
    if count or (container is not None and container.isVisible()):
        return
    if container is not None:
        page.setParent(container)
    page.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, True)
    page.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, False)


class ScreenDisposal:
    """Deletes screens over several turns of the event loop: a large one page by page, others at once."""

    def __init__(self) -> None:
        self._parts: list[QWidget] = []

    def dispose(self, screen: QWidget) -> None:
        """Delete a hidden screen; a large one only by calls of ``dispose_next``, its hidden pages first.

        Call it only when ``dispose_next`` has returned False: a large screen replaces what is still to be deleted.
        """
        if len(screen.findChildren(QWidget)) > _MANY_WIDGETS:
            self._parts = [screen, *_hidden_pages(screen)]
        else:
            screen.deleteLater()

    def dispose_next(self) -> bool:
        """Delete the next part of a large screen; return False when there was none to delete."""
        if not self._parts:
            return False
        part = self._parts.pop()
        if isValid(part):
            part.deleteLater()
        return True


def _hidden_pages(screen: QWidget) -> list[QWidget]:
    """Return the outermost hidden pages of a screen, after blocking the signals of their containers."""
    hidden: list[QWidget] = []
    for stack in screen.findChildren(QStackedLayout):
        holder = stack.parentWidget() or screen
        if not any(page is holder or page.isAncestorOf(holder) for page in hidden):
            stack.blockSignals(True)
            pages = (stack.widget(number) for number in range(stack.count()) if number != stack.currentIndex())
            hidden += [page for page in pages if page is not None]
    return hidden


class PageLayout(QStackedLayout):
    """A stacked layout for a widget that exists already; its focus goes straight from one page to the next.

    Signals: those of ``QStackedLayout``.
    """

    def addWidget(self, page: QWidget) -> int:  # type: ignore[override]  # the stubs have the one of QLayout
        """Add a page and return its index; the first one is the visible one."""
        _defer_first_page(page, self.parentWidget(), self.count())
        return super().addWidget(page)

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page."""
        self.setCurrentIndex(self.indexOf(page))

    def setCurrentIndex(self, number: int) -> None:
        """Show a page; where it has nothing for the focus, the next widget of the window gets it."""
        with holding_focus(self.parentWidget()):
            super().setCurrentIndex(number)


class Pages(QStackedWidget):
    """A stacked widget whose first page is styled late, and whose focus goes straight from one page to the next.

    Signals: those of ``QStackedWidget``.
    """

    def addWidget(self, page: QWidget) -> int:
        """Add a page and return its index; the first one is the visible one."""
        _defer_first_page(page, self, self.count())
        return super().addWidget(page)

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page."""
        self.setCurrentIndex(self.indexOf(page))

    def setCurrentIndex(self, number: int) -> None:
        """Show a page; where it has nothing for the focus, the next widget of the window gets it."""
        with holding_focus(self):
            super().setCurrentIndex(number)


class PageStack(Pages):
    """A stack whose size hints are those of the current page only.

    Its height never follows its width: use it where the page scrolls or folds by itself, not inside a scroll area.
    Signals: those of ``QStackedWidget``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """Return the size hint of the current page."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the minimum size of the current page."""
        shown = self.currentWidget()
        if shown is None:
            return QSize(0, 0)
        hint, fixed = shown.minimumSizeHint(), shown.minimumSize()
        return QSize(fixed.width() or hint.width(), fixed.height() or hint.height())

    def hasHeightForWidth(self) -> bool:
        """Return False: the height of the stack never follows its width."""
        return False


class PageRoom(QScrollArea):
    """Shows a stack of pages, and scrolls where the current page needs more than there is. Signals: none.

    A page folds by the room it gets. So it first gets the room there is, and only what is still lacking when it has
    folded is added.
    """

    def __init__(self, stack: PageStack):
        super().__init__()
        self._stack = stack
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(1, 1)
        self._lacking = self._offered = QSize(0, 0)
        self._since_fitted = QElapsedTimer()
        self._fitting = debounce(self, self._add_lacking_room)
        stack.setMinimumSize(1, 1)
        stack.currentChanged.connect(self._offer_room)
        stack.installEventFilter(self)
        self.setWidget(stack)

    def take_room(self) -> None:
        """Take the room that bars around it have left, before another page is shown in it.

        Qt does so by itself when a page is shown, but not from inside a scroll area.
        """
        above = self.parentWidget()
        if above is not None and (around := above.layout()) is not None:
            around.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the page the new room; a bar that appears is no new room."""
        super().resizeEvent(event)
        if self.maximumViewportSize() != self._offered:
            self._offer_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again at what the page needs when its content changes.

        If it was enlarged more than a second ago, it first gets only the room there is.
        """
        if watched is self._stack and event.type() == QEvent.Type.LayoutRequest:
            if not self._lacking.isNull() and self._since_fitted.hasExpired(_SETTLED_MS):
                # Another tab or other rows, and no echo of the room that was added.
                self._offer_room()
            self._fitting.start()
        return super().eventFilter(watched, event)

    def _offer_room(self) -> None:
        """Give the page all the room there is."""
        # Not "resizable": Qt would then give a page as much height as all its words want, though its lists give way.
        self._lacking = QSize(0, 0)
        self._offered = self.maximumViewportSize()
        self._stack.resize(self._offered)
        self._fitting.start()

    def _add_lacking_room(self) -> None:
        """Make the page larger than the room by what its content still needs; it then scrolls.

        More than ``_STANDS_WELL`` is not given.
        """
        room = self.maximumViewportSize()
        needs = self._stack.minimumSizeHint()
        page = self._stack.currentWidget()
        inside = page.layout() if page is not None else None
        if inside is not None and inside.hasHeightForWidth():
            needs.setHeight(max(needs.height(), inside.totalMinimumHeightForWidth(max(room.width(), needs.width()))))
        # Lists give way below their hint before a page has to be scrolled as well.
        needs = needs.boundedTo(QSize(*map(t.scaled, _STANDS_WELL)))
        # A page that has unfolded in what it was given may then need less, and would fold and unfold for ever.
        needs = needs.expandedTo(self._lacking)
        self._lacking = needs if needs.boundedTo(room) != needs else QSize(0, 0)
        self._since_fitted.start()
        bar = self.verticalScrollBar().sizeHint().width()
        beside = bar if needs.height() > room.height() else 0
        below = bar if needs.width() > room.width() - beside else 0
        self._stack.resize(room.shrunkBy(QMargins(0, 0, beside, below)).expandedTo(needs))
