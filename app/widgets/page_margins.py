"""Page margins that shrink in a narrow window and leave room for a scroll bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QDialog, QScrollArea, QWidget

from app.window import theme as t

_LEAST = 4


class _PageMargins(QObject):
    """Adjusts the side margins of one layout. Signals: none."""

    def __init__(self, owner: QWidget, box: QBoxLayout, *, left: bool, right: bool, indent: int) -> None:
        super().__init__(owner)
        self._owner, self._box = owner, box
        self._indent = indent
        self._follows = (left, right)
        self._left, self._right = t.PAGE_X - indent, t.PAGE_X
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Adjust when the width of the page or its window changes."""
        if event.type() == QEvent.Type.Resize and watched is self._owner:
            self._fit_margins()
        return False

    def _fit_margins(self) -> None:
        """Fit the margins to the width of the window, except what others have set since."""
        window = self._owner.window()
        small = not isinstance(window, QDialog) and t.unscaled(window.width()) < t.FOLD_WIDE
        edge = t.PAGE_X_SMALL if small else t.PAGE_X
        was = self._box.contentsMargins()
        left, right = was.left(), was.right()
        # What somebody has set otherwise since then is no edge of a page any more.
        if self._follows[0] and left in (self._left, t.PAGE_X - self._indent):
            self._left = left = edge - self._indent
        if self._follows[1] and right in (self._right, t.PAGE_X):
            self._right = right = max(edge - self._scroll_bar_width(), _LEAST)
        if (left, right) != (was.left(), was.right()):
            self._box.setContentsMargins(left, was.top(), right, was.bottom())

    def _scroll_bar_width(self) -> int:
        """Return the width of the scroll bar beside the page, 0 without one.

        The page is resized before the scroll area reports its own width.
        """
        held = self._owner.parentWidget()
        area = held.parentWidget() if held is not None else None
        if held is None or not isinstance(area, QScrollArea) or area.viewport() is not held:
            return 0
        return max(0, area.contentsRect().width() - self._owner.width())


def fit_page_margins(owner: QWidget, box: QBoxLayout, *, indent: int = 0) -> None:
    """Let those side margins of ``box`` that equal ``PAGE_X`` follow the width of the window.

    ``indent`` is the part of the left margin already contained in the first widget.
    """
    margins = box.contentsMargins()
    left, right = margins.left() == t.PAGE_X - indent, margins.right() == t.PAGE_X
    if left or right:
        _PageMargins(owner, box, left=left, right=right, indent=indent)
