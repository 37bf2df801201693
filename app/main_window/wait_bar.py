"""Shows that long work is under way, how far it is, and やめる where it can be stopped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import label
from app.window.background_task import Task, Tasks


class WaitBar(QFrame):
    """A bar at the bottom of ``over`` while work takes longer than 200 ms. Signals: none.

    It shows the oldest long task; counts come from the task's own ``tell``.
    """

    def __init__(self, tasks: Tasks, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("kind", "waitbar")
        self._over = over
        self._waiting: list[Task] = []
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

    def _begin(self, task: Task) -> None:
        self._waiting.append(task)
        task.progressed.connect(self._advance, Qt.ConnectionType.QueuedConnection)
        self._show_first()

    def _end(self, task: Task) -> None:
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
