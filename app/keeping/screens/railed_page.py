"""The frame of a start page: column at the left, heading, a middle that scrolls, buttons at the foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.keeping.screens.rail import Rail, product_line
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.screen import scrolling
from app.window import theme as t

_WIDE_MARGIN, _MARGIN = 40, 24


class RailedPage(QWidget):
    """A start page; on a window narrower than 1000 px the column becomes a strip above.

    ``body`` takes the parts, ``foot`` the buttons. Signals: ``sample_asked()``.
    """

    sample_asked = Signal()

    def __init__(self, rail: Rail, title: str, hint: str = "") -> None:
        super().__init__()
        self.rail = rail
        self._offers_sample = not rail.sample_button.isHidden()
        rail.sample_asked.connect(self.sample_asked)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(rail)
        down = QVBoxLayout()
        down.setSpacing(0)
        across.addLayout(down, 1)
        self._strip = self._make_strip()
        down.addWidget(self._strip)
        self._head = QHBoxLayout()
        self._head.setSpacing(16)
        self.title = label(title, "h1")
        self.count = label("", "second")
        self.hint = label(hint, "second", wrap=True)
        self._head.addWidget(self.title)
        self._head.addWidget(self.count)
        self._head.addWidget(self.hint, 1)
        down.addLayout(self._head)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setSpacing(16)
        self.area = scrolling(inside)
        down.addWidget(self.area, 1)
        self._footer = QFrame()
        self._footer.setProperty("kind", "footer")
        self.foot = QHBoxLayout(self._footer)
        self.foot.setSpacing(12)
        self._footer.hide()
        down.addWidget(self._footer)
        self._fold(narrow=False)

    def _make_strip(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("kind", "dialoghead")
        strip.setStyleSheet(f'QFrame[kind="dialoghead"] {{ background: {t.PAPER}; }}')
        line = QHBoxLayout(strip)
        line.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        line.addLayout(product_line(self.devicePixelRatioF()), 1)
        self.strip_sample = Button("見本データで試す", self.sample_asked.emit, icon_name="folder-open", low=True)
        line.addWidget(self.strip_sample)
        self.strip_sample.setVisible(self._offers_sample)
        return strip

    def take_focus(self) -> None:
        """Put the focus where one begins; called when the page is shown."""

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part to the middle."""
        self.body.addWidget(part, stretch)

    def put_foot(self, *parts: QWidget | None) -> None:
        """Add buttons to the foot; None takes the free room."""
        for part in parts:
            if part is None:
                self.foot.addStretch(1)
            else:
                self.foot.addWidget(part)
        self._footer.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the logical width."""
        super().resizeEvent(event)
        self._fold(narrow=self.width() < t.scaled(t.FOLD_NARROW))

    def _fold(self, *, narrow: bool) -> None:
        margin = _MARGIN if narrow else _WIDE_MARGIN
        self.rail.setVisible(not narrow)
        self._strip.setVisible(narrow)
        self._head.setContentsMargins(margin, 12 if narrow else 26, margin, 4)
        self.body.setContentsMargins(margin, 8, margin, 16)
        self.foot.setContentsMargins(margin, 10 if narrow else 16, margin, 10 if narrow else 16)
