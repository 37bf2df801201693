"""Pages of which one is shown and fills the room: those that are hidden are never asked how much they would like.

Qt's own stack asks every page it holds for its size and for its height at a width, again at each change. In a
window whose screens stay built that costs a tenth of a second at every step, for an answer that nobody needs.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """A stack that wants what the page shown wants, and takes the room it is given.

    Its height never follows its width: it stands where the page scrolls or folds by itself, not inside
    something that scrolls as a whole. Signals: those of ``QStackedWidget``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
