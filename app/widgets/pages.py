"""Pages of which one is seen, and parts that are put together before anybody sees them.

Qt dresses a part with all that is in it as soon as ``show`` is called, seen or not, and dresses it again each time that
what it stands in is put into something larger. A screen is put together from the inside out, so what is shown too soon
is dressed as many times as it lies deep; here nothing is shown before its turn.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget
from shiboken6 import isValid

_MANY_WIDGETS = 600
"""So many widgets are felt when they end in one turn of the window (1,900, 設定 with all its pages, take 30 ms)."""


def ensure_visible(part: QWidget, *, seen: bool) -> None:
    """Let a part be seen or not; what already is as wished is left alone, so that it is not dressed too soon.

    Args:
        part: stands in another one, or will: until then it is no window of its own that flashes up.
        seen: what it shall be as soon as that one is seen.
    """
    if seen and part.parent() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    elif seen == part.isHidden():
        part.setVisible(seen)


def _defer_first_page(page: QWidget, container: QWidget | None, count: int) -> None:
    """Leave a first page as ``show`` would leave it, but not dressed: it will be when ``container`` is seen.

    A layout without a ``container`` yet would show it as a window of its own.
    """
    if count or (container is not None and container.isVisible()):
        return
    if container is not None:
        page.setParent(container)
    page.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, True)
    page.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, False)


class ScreenDisposal:
    """A screen that ends in turns of the window: a large one page by page, any other at once."""

    def __init__(self) -> None:
        self._parts: list[QWidget] = []

    def dispose(self, screen: QWidget) -> None:
        """End a screen that nobody sees; of a large one first the pages that are not the one shown, by ``go_on``."""
        if len(screen.findChildren(QWidget)) > _MANY_WIDGETS:
            self._parts = [screen, *_hidden_pages(screen)]
        else:
            screen.deleteLater()

    def dispose_next(self) -> bool:
        """End the next part; False where nothing is left to end."""
        if not self._parts:
            return False
        part = self._parts.pop()
        if isValid(part):
            part.deleteLater()
        return True


def _hidden_pages(screen: QWidget) -> list[QWidget]:
    """The pages that are not the one shown, none that stands in another of them; what holds them tells no longer of
    its pages."""
    hidden: list[QWidget] = []
    for stack in screen.findChildren(QStackedLayout):
        holder = stack.parentWidget() or screen
        if not any(page is holder or page.isAncestorOf(holder) for page in hidden):
            stack.blockSignals(True)
            pages = (stack.widget(number) for number in range(stack.count()) if number != stack.currentIndex())
            hidden += [page for page in pages if page is not None]
    return hidden


class PageLayout(QStackedLayout):
    """A layout of which one page is seen, for a layout that already has its widget. Signals: those of
    ``QStackedLayout``."""

    def addWidget(self, page: QWidget) -> int:  # type: ignore[override]  # the stubs have the one of QLayout
        """Add a page; the first one is the one seen."""
        _defer_first_page(page, self.parentWidget(), self.count())
        return super().addWidget(page)


class Pages(QStackedWidget):
    """A part of which one page is seen. Signals: those of ``QStackedWidget``."""

    def addWidget(self, page: QWidget) -> int:
        """Add a page; the first one is the one seen."""
        _defer_first_page(page, self, self.count())
        return super().addWidget(page)


class PageStack(Pages):
    """A stack that wants what the page shown wants, and takes the room it is given.

    Its height never follows its width: it stands where the page scrolls or folds by itself, not inside
    something that scrolls as a whole. Signals: those of ``QStackedWidget``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """What the page shown would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """What the page shown needs: what was set for it, else what its content asks for."""
        shown = self.currentWidget()
        if shown is None:
            return QSize(0, 0)
        hint, fixed = shown.minimumSizeHint(), shown.minimumSize()
        return QSize(fixed.width() or hint.width(), fixed.height() or hint.height())

    def hasHeightForWidth(self) -> bool:
        """Never: the room is given, not asked for."""
        return False
