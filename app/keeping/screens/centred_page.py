"""A calm page with one column in the middle: trouble, restoring, waiting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.keeping.screens.rail import product_line
from app.widgets.labels import label
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.icons import picture

_COLUMN = 880


class CentredPage(QWidget):
    """A page: product at the top, ``body`` in the middle, ``foot`` for the buttons. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._top())
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(t.PAGE_X, 20, t.PAGE_X, 16)
        column = QWidget()
        column.setMaximumWidth(t.scaled(_COLUMN))
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        self.area = scrolling(inside)
        outer.addWidget(self.area, 1)
        self._footer = QFrame()
        self._footer.setProperty("kind", "footer")
        middle = QHBoxLayout(self._footer)
        middle.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        held = QWidget()
        held.setMaximumWidth(t.scaled(_COLUMN))
        self.foot = QHBoxLayout(held)
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.setSpacing(12)
        middle.addStretch(1)
        middle.addWidget(held, 100)
        middle.addStretch(1)
        self._footer.hide()
        outer.addWidget(self._footer)

    def _top(self) -> QFrame:
        top = QFrame()
        top.setProperty("kind", "dialoghead")
        top.setStyleSheet(f'QFrame[kind="dialoghead"] {{ background: {t.PAPER}; }}')
        line = QHBoxLayout(top)
        line.setContentsMargins(t.PAGE_X, 0, t.PAGE_X, 0)
        line.addLayout(product_line(self.devicePixelRatioF()), 1)
        self._user_sign = QLabel()
        self._user_sign.setPixmap(picture("user-circle", 18, t.INK, ratio=self.devicePixelRatioF()))
        self._user = label("")
        line.addWidget(self._user_sign)
        line.addWidget(self._user)
        self.show_user("")
        top.setFixedHeight(t.scaled(t.TOP_BAR))
        return top

    def show_user(self, words: str) -> None:
        """Who is sitting here, at the right end of the top; empty hides it."""
        self._user.setText(words)
        self._user.setVisible(bool(words))
        self._user_sign.setVisible(bool(words))

    def take_focus(self) -> None:
        """Put the focus where one begins; called when the page is shown."""

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part to the column."""
        self.body.addWidget(part, stretch)

    def put_foot(self, *parts: QWidget | None) -> None:
        """Add buttons to the foot; None takes the free room."""
        for part in parts:
            if part is None:
                self.foot.addStretch(1)
            else:
                self.foot.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._footer.show()
