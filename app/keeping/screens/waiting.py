"""While something takes its time: what is being done, a moving bar, nothing to press."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from app.keeping.screens.centred_page import CentredPage
from app.widgets.labels import label

_LONG_MS = 3000


class WaitingPage(CentredPage):
    """The page. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addStretch(1)
        self._words = label("", "h2", wrap=True)
        self._words.setMinimumWidth(360)
        self.put(self._words)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("進んでいます")
        self.put(bar)
        self._more = label("", "second", wrap=True)
        self._more.setMinimumHeight(self._more.fontMetrics().height() * 3)
        self.put(self._more)
        self.body.addStretch(2)
        self._if_long = ""
        self._later = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._later.timeout.connect(self._say_more)

    def show_work(self, words: str, more: str = "", *, if_long: str = "") -> None:
        """Say what is being done; ``if_long`` takes the place of ``more`` after three seconds."""
        self._words.setText(words)
        self._more.setText(more)
        self._if_long = if_long
        if if_long:
            self._later.start()
        else:
            self._later.stop()

    def words(self) -> str:
        """What is being done."""
        return self._words.text()

    def _say_more(self) -> None:
        self._more.setText(self._if_long)
