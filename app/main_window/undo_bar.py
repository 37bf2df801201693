"""The dark bar at the bottom centre: what was just done, and 「元に戻す」 for ten seconds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import label
from app.window import theme as t
from app.window.icons import picture

SHOWN_MS = 10_000
_LOOK_MS = 300
_LARGE = 120


class UndoBar(QFrame):
    """Lies over the bottom of ``over`` without covering the focused control.

    Signals: ``undo_asked()``. Ctrl+Z does the same as its button.
    """

    undo_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("kind", "undobar")
        self._over = over
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 8, 6)
        line.setSpacing(12)
        sign = QLabel()
        sign.setPixmap(picture("check-circle", 18, t.PAGE, ratio=self.devicePixelRatioF()))
        line.addWidget(sign)
        self._words = label("")
        line.addWidget(self._words, 1)
        self.button = Button("元に戻す", self._press, low=True)
        line.addWidget(self.button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        # What was just done often changes the page beneath: the bar then makes room again.
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._place)
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, *, can_undo: bool) -> None:
        """Show one sentence until ten seconds have passed or the next action."""
        self._words.setText(sentence)
        self._words.setWordWrap(len(sentence) > 60)
        self.setAccessibleName(sentence)
        self.button.setVisible(can_undo)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        self._look.start()

    def words(self) -> str:
        """The sentence shown last."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom centre."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing to make room for."""
        self._look.stop()
        super().hideEvent(event)

    def _press(self) -> None:
        self.hide()
        self.undo_asked.emit()

    def _place(self) -> None:
        room = self._over.width() - 32
        self.setMaximumWidth(max(room, 240))
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        bottom = self._over.height() - self.height() - 16
        focused = self._over.window().focusWidget()
        used = self._in_use(focused)
        if used is not None and used.intersects(QRect(left, bottom, self.width(), self.height())):
            bottom = used.top() - self.height() - 8
        self.move(left, max(8, self._above_buttons(left, bottom)))

    def _in_use(self, focused: QWidget | None) -> QRect | None:
        """The control that has the keyboard, or the current row of the list that has it."""
        if focused is None or not self._over.isAncestorOf(focused):
            return None
        if isinstance(focused, QAbstractItemView):
            row = focused.visualRect(focused.currentIndex()) & focused.viewport().rect()
            return QRect(
                focused.viewport().mapTo(self._over, QPoint(0, row.top())), QSize(focused.width(), row.height())
            ) if row.isValid() else None  # fmt: skip
        if focused.height() >= _LARGE:
            return None
        return QRect(focused.mapTo(self._over, QPoint(0, 0)), focused.size())

    def _above_buttons(self, left: int, bottom: int) -> int:
        """A place higher up where the bar hides no button of the foot; rows of lists can be scrolled instead."""
        taken = [
            QRect(button.mapTo(self._over, QPoint(0, 0)), button.size())
            for button in self._over.findChildren(QPushButton)
            if button.isVisible() and not self.isAncestorOf(button) and not _in_list(button)
        ]
        place = bottom
        for _turn in range(3):
            hidden = [each for each in taken if each.intersects(QRect(left, place, self.width(), self.height()))]
            if not hidden:
                return place
            place = min(each.top() for each in hidden) - self.height() - 8
        return bottom


def _in_list(button: QWidget) -> bool:
    above: QWidget | None = button.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False
