"""Notices that nobody has touched mouse or keyboard for a while, so that the desk can be locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

IDLE_MINUTES = 10

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Watches the native windows of the application, whichever has the focus.

    Signals: ``idle()`` after ten minutes without a touch.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, minutes: float = IDLE_MINUTES) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=int(minutes * 60_000))
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.watch)
            self.watch(QGuiApplication.focusWindow())
        self._timer.start()

    def watch(self, window: QWindow | None) -> None:
        """Also count touches in ``window``.

        Only windows are watched, not every object: a filter on the application would be asked for
        each of thousands of events.
        """
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to count anew on every touch."""
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def stop(self) -> None:
        """Count no more (while locked)."""
        self._timer.stop()

    def start(self) -> None:
        """Count again."""
        self._timer.start()
