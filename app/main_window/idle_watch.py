"""Measures how long nobody has touched the program, and says a minute before the screen is hidden that it will be."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from app.widgets.labels import IconLabel, wrapped_label
from app.widgets.layouts import in_row
from app.window import theme as t
from app.window.announce import announce
from app.window.debounce import debounce

WARNING_MINUTES = 1.0
_WARNING = "あと1分で画面を隠します（書きかけの文字は消えません）。どれかキーを押すか、マウスを動かすと続けられます。"
_EDGE = 16

_INPUT_EVENTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Measures how long the user has been idle, by watching the native windows of the application.

    Signals, in this order: ``idle_soon()`` one minute before the time is up (of few minutes, after two thirds);
    ``touched()`` at the first input after that, if it comes before the time is up; ``idle()`` when it is up.
    After ``idle`` nothing is measured until ``start``.
    """

    idle = Signal()
    idle_soon = Signal()
    touched = Signal()

    def __init__(self, parent: QObject, *, minutes: float):
        super().__init__(parent)
        self._typed_into: QObject | None = None
        self._since_input = QElapsedTimer()
        self._since_input.start()
        self._timer = debounce(self, self.idle.emit)
        self._warning_timer = debounce(self, self.idle_soon.emit)
        self._set_intervals(minutes)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.watch)
            application.focusObjectChanged.connect(self._watch_typing)
            self.watch(QGuiApplication.focusWindow())
        self.start()

    def _set_intervals(self, minutes: float) -> None:
        """Set after how many minutes without input ``idle`` is emitted, and ``idle_soon`` before it."""
        self._timer.setInterval(int(minutes * 60_000))
        # Of few minutes the last third is the warning.
        self._warning_timer.setInterval(int(max(minutes - WARNING_MINUTES, minutes * 2 / 3) * 60_000))

    def set_minutes(self, minutes: float) -> None:
        """Change the time; a measurement that is under way begins again."""
        measures = self._timer.isActive()
        self._set_intervals(minutes)
        self.stop()
        if measures:
            self.start()

    def watch(self, window: QWindow | None) -> None:
        """Count input in ``window`` too.

        Only windows are watched, not every object: an event filter on the application would be called for each of
        thousands of events.
        """
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _watch_typing(self, typed_into: QObject | None) -> None:
        """Count what an input method writes: kana go to the part with the focus, past its window."""
        if self._typed_into is not None and isValid(self._typed_into):
            self._typed_into.removeEventFilter(self)
        self._typed_into = typed_into
        if typed_into is not None:
            typed_into.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Measure from zero again at every input; emit ``touched`` if ``idle_soon`` had been emitted.

        After ``idle`` or ``stop`` an input only counts for ``idle_seconds``.
        """
        if event.type() in _INPUT_EVENTS:
            self._since_input.start()
            if self._timer.isActive():
                was_warned = not self._warning_timer.isActive()
                self.start()
                if was_warned:
                    self.touched.emit()
        return False

    @property
    def idle_seconds(self) -> float:
        """Return the seconds since the last input: key, mouse button, movement or wheel, or touch."""
        return self._since_input.elapsed() / 1000

    def stop(self) -> None:
        """Stop measuring (while locked)."""
        self._timer.stop()
        self._warning_timer.stop()

    def start(self) -> None:
        """Start measuring again, from zero."""
        self._timer.start()
        self._warning_timer.start()


class IdleWarning(QFrame):
    """Says over the window, or over the dialog in front of it, that the screen will be hidden. Signals: none."""

    def __init__(self, watch: IdleWatch, window: QWidget):
        super().__init__(window)
        self.setProperty("kind", "waitbar")
        self._window = window
        self._words = wrapped_label(_WARNING)
        in_row(IconLabel("clock-fill", 18, t.AMBER), (self._words, 1), owner=self, spacing=12, margins=(16, 8, 16, 8))
        watch.idle_soon.connect(self._warn)
        watch.touched.connect(self._end)
        watch.idle.connect(self._end)
        self.hide()

    def _warn(self) -> None:
        """Show the warning at the upper right of the front window, as main buttons stand below, and have it spoken."""
        front = QApplication.activeModalWidget() or self._window
        self.setParent(front)
        width = min(front.width() - 2 * _EDGE, t.scaled(560))
        self.resize(width, self.heightForWidth(width))
        self.move(front.width() - width - _EDGE, _EDGE)
        self.show()
        self.raise_()
        QApplication.alert(self._window)
        announce(self, _WARNING)

    def _end(self) -> None:
        # Not left in a dialog, with which it would be deleted.
        if self.parent() is not self._window:
            self.setParent(self._window)
        self.hide()
