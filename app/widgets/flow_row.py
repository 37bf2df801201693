"""Parts side by side that go on in the next line when the window is narrow, so that none is cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """A row of badges, chips or buttons that wraps. Signals: none."""

    def __init__(self, *parts: QWidget, spacing: int = 8, at_end: int = 0, parent: QWidget | None = None) -> None:
        """``at_end`` of the ``parts``, the last ones, keep to the right end of their line."""
        super().__init__(parent)
        self._spacing = spacing
        self._at_end = parts[len(parts) - at_end :]
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in parts:
            self.add(part)

    def add(self, part: QWidget) -> None:
        """Add a part at the end."""
        part.setParent(self)
        # To show or to measure a part dresses it, and everything it is later put into would dress it again.
        if part.isHidden():
            part.show()
        self._parts.append(part)
        self.updateGeometry()
        if self.isVisible():
            self._place(self.width())

    def clear(self) -> None:
        """Take all parts away."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        self.updateGeometry()

    def parts(self) -> tuple[QWidget, ...]:
        """The parts in order."""
        return tuple(self._parts)

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at ``width``."""
        return self._lines(width)[1]

    def sizeHint(self) -> QSize:
        """All parts in one line."""
        shown = [part for part in self._parts if not part.isHidden()]
        width = sum(part.sizeHint().width() for part in shown) + self._spacing * max(0, len(shown) - 1)
        return QSize(width, self.heightForWidth(max(width, 1)))

    def minimumSizeHint(self) -> QSize:
        """The widest part alone; as tall as it is at the present width."""
        widest = max((part.sizeHint().width() for part in self._parts if not part.isHidden()), default=0)
        return QSize(widest, self.heightForWidth(self.width()) if self.width() > widest else 0)

    def _lines(self, width: int) -> tuple[list[tuple[QWidget, QPoint]], int]:
        places: list[tuple[QWidget, QPoint]] = []
        # Each part is asked once: a hint of a styled button costs, and lines are laid out often.
        line: list[tuple[QWidget, QSize]] = []
        x, y = 0, 0

        def finish() -> int:
            height = max((hint.height() for _part, hint in line), default=0)
            at, free = 0, max(0, width - sum(hint.width() + self._spacing for _part, hint in line) + self._spacing)
            for part, hint in line:
                if part in self._at_end:
                    at, free = at + free, 0
                places.append((part, QPoint(at, y + (height - hint.height()) // 2)))
                at += hint.width() + self._spacing
            return height

        for part in self._parts:
            if part.isHidden():
                continue
            hint = part.sizeHint()
            need = hint.width()
            if line and x + need > width:
                y += finish() + self._spacing
                line, x = [], 0
            line.append((part, hint))
            x += need + self._spacing
        return places, y + finish()

    def _place(self, width: int) -> None:
        for part, corner in self._lines(width)[0]:
            part.resize(part.sizeHint().boundedTo(QSize(max(width, 1), 100_000)))
            part.move(corner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._place(event.size().width())
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """While hidden no part could say that it wants another size."""
        super().showEvent(event)
        self._place(self.width())
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A part wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place(self.width())
        return super().event(event)
