"""The bars that come and go over the screens: what was just done, and what takes long.

The dark one at the bottom centre offers 「元に戻す」 for ten seconds; the other says how far long work is, and stops it where
it can be stopped.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from app.widgets.buttons import Button
from app.widgets.labels import label
from app.window import theme as t
from app.window.background_task import Job, Tasks
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


class WaitBar(QFrame):
    """A bar at the bottom of ``over`` while work takes longer than 200 ms. Signals: none.

    It shows the oldest long task; counts come from the task's own ``tell``.
    """

    def __init__(self, tasks: Tasks, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("kind", "waitbar")
        self._over = over
        self._waiting: list[Job] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(12)
        self._words = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(200)
        self._count = label("", "small")
        self.stop = Button("やめる", self._stop_first, low=True)
        for part in (self._words, self._bar, self._count, self.stop):
            line.addWidget(part)
        tasks.long_started.connect(self._begin)
        tasks.long_ended.connect(self._end)
        over.installEventFilter(self)
        self.hide()

    def words(self) -> str:
        """What is said to be under way."""
        return self._words.text()

    def _begin(self, task: Job) -> None:
        self._waiting.append(task)
        task.progressed.connect(self._advance, Qt.ConnectionType.QueuedConnection)
        self._show_first()

    def _end(self, task: Job) -> None:
        if task in self._waiting:
            self._waiting.remove(task)
        self._show_first()

    def _show_first(self) -> None:
        if not self._waiting:
            self.hide()
            return
        task = self._waiting[0]
        self._words.setText(task.title or "読み込んでいます")
        self.setAccessibleName(self._words.text())
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(f"{self._words.text()}の進み")
        self._count.setText("")
        self.stop.setVisible(task.can_stop)
        self.stop.setEnabled(True)
        self.show()
        self.raise_()
        self._place()

    def _advance(self, done: int, total: int) -> None:
        if self._waiting and self.sender() is self._waiting[0]:
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(done)
            self._count.setText(f"{done} / {total}")
            self._place()

    def _stop_first(self) -> None:
        if self._waiting:
            self._waiting[0].stop()
            self._words.setText("止めています")
            self.stop.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom right."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        self.move(self._over.width() - self.width() - 16, self._over.height() - self.height() - 16)
