"""The data could not be opened: what happened, what is safe, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.keeping.screens.centred_page import CentredPage
from app.widgets.buttons import Button
from app.widgets.failure_dialog import FailureView, Way
from app.widgets.labels import label
from app.widgets.path_words import path_words
from app.window.failure_messages import Failure


class TroublePage(CentredPage):
    """The page.

    Signals: ``way_taken(str)`` the key of the way that was chosen; ``left()`` 閉じる.
    """

    way_taken = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: FailureView | None = None
        self._holder = QWidget()
        self.place = label("", "small", wrap=True)
        self.put(self.place)
        self.body.addStretch(1)
        self.cancel = Button("閉じる", self.left.emit, tall=True)
        self.main = Button("", self._take, kind="main", tall=True)
        self.put_foot(None, self.cancel, self.main)

    def show_trouble(
        self, failure: Failure, ways: Sequence[Way], *, title: str, place: object, user: str = "", back: str = "閉じる"
    ) -> None:
        """Show a failure with its ways; ``place`` is the folder it is about, ``back`` the word of the other button."""
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
        self._view = FailureView(failure, title=title, ways=ways)
        self._view.way_chosen.connect(lambda _key: self._tell_verb())
        self.body.insertWidget(0, self._view)
        self.place.setText(f"データの場所　{path_words(place)}" if place else "")  # type: ignore[arg-type]
        self.show_user(user)
        self.cancel.set_words(back)
        self._tell_verb()
        self.area.verticalScrollBar().setValue(0)
        self.take_focus()

    def take_focus(self) -> None:
        """The button that goes the recommended way."""
        self.main.setFocus()

    def ways(self) -> tuple[str, ...]:
        """The keys of the ways offered."""
        return tuple(way.key for way in self._view._ways) if self._view is not None else ()

    def _tell_verb(self) -> None:
        way = self._view.way() if self._view is not None else None
        self.main.set_words(way.verb if way is not None else "つづける")
        self.main.setEnabled(way is not None)

    def _take(self) -> None:
        way = self._view.way() if self._view is not None else None
        if way is not None:
            self.way_taken.emit(way.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes the marked way, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main.isEnabled():
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
