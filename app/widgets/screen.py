"""The base every screen stands on: what it is handed, when it reads, and how pages are laid out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.window import theme as t
from app.window.desk import Desk

READ_ONLY = "閲覧専用で開いているため、変えられません。"


class Screen(QWidget):
    """One screen of the window.

    A subclass builds its widgets in ``__init__`` (after ``super().__init__(desk)``), reads in
    ``reload``, and takes what ``desk.go`` handed over in ``arrive``. ``reload`` is called when the
    screen is first shown and after every saved change, but only while it can be seen. Signals: none.
    A ``bare`` screen has the window to itself, without side bar and top bar; it offers its own way back.
    """

    bare = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        desk.changed.connect(self._note_change)

    def arrive(self, **arguments: Any) -> None:
        """Take what ``desk.go(place, **arguments)`` handed over, before ``reload``. May be left out."""

    def reload(self) -> None:
        """Read what is shown. Subclasses override; called by ``refresh``."""

    def may_leave(self) -> bool:
        """False keeps the person here (an unsaved page that must be settled first)."""
        return True

    def undo(self) -> None:
        """Take back the last action (Ctrl+Z, the undo bar); a screen for one piece of work narrows what that may be."""
        self.desk.undo()

    def refresh(self) -> None:
        """Read now if seen, else at the next showing."""
        if self.isVisible():
            self._stale = False
            self.reload()
        else:
            self._stale = True

    def mark_stale(self) -> None:
        """Read at the next showing, because what was handed over has changed."""
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read when shown after a change."""
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self._stale = False
            self.reload()

    def _note_change(self) -> None:
        self.refresh()


def only_for_writing(desk: Desk, *parts: QWidget) -> None:
    """Let parts that change something rest, and say why, while the folder is open 閲覧専用."""
    if desk.read_only:
        for part in parts:
            part.setEnabled(False)
            part.setToolTip(READ_ONLY)


def page(owner: QWidget, *, spacing: int = 12) -> QVBoxLayout:
    """The column of a screen with the margins of the look."""
    column = QVBoxLayout(owner)
    column.setContentsMargins(t.PAGE_X, t.PAGE_Y, t.PAGE_X, t.PAGE_Y)
    column.setSpacing(spacing)
    return column


def scrolled_page(owner: QWidget, *, spacing: int = 12) -> QVBoxLayout:
    """Like ``page``, scrolling down when the window is lower than the content: for forms and panels."""
    inside = QWidget()
    column = page(inside, spacing=spacing)
    outer = QVBoxLayout(owner)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolling(inside))
    return column


def row(*parts: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a gap in pixels, None takes the free room."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    for part in parts:
        if part is None:
            line.addStretch(1)
        elif isinstance(part, int):
            line.addSpacing(part)
        else:
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    return line


class _Scrolled(QScrollArea):
    """An area that takes its content when it is about to be seen. Signals: none.

    Taking it dresses every part of it; a part dressed before its screen stands is dressed again each time
    that what it stands in is put into something larger.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self.viewport())

    def event(self, event: QEvent) -> bool:
        """Being dressed comes just before the first showing."""
        if event.type() == QEvent.Type.Polish:
            self.widget()
        return super().event(event)

    def widget(self) -> QWidget:
        """The content, taken if it was not yet."""
        if super().widget() is None:
            self.setWidget(self._inside)
        return self._inside

    def sizeHint(self) -> QSize:
        """As its content would have it."""
        self.widget()
        return super().sizeHint()


def scrolling(inside: QWidget) -> QScrollArea:
    """``inside`` in an area that scrolls down, never across."""
    area = _Scrolled(inside)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # A click lets the keys scroll; as a Tab stop it would be an empty one before the first control.
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return area
