"""A bordered area with a heading, and the message shown instead of an empty list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import Paragraph, label
from app.widgets.layouts import Part, add, in_column, in_row

Tone = Literal["", "accent", "top"]


class Panel(QFrame):
    """A panel with an optional heading, a small note beside it (only with a heading), and ``body`` to add to.

    ``tone`` accent has a 4 px accent edge at the left, top an accent line above. Signals: none.
    """

    def __init__(self, title: str = "", *, note: str = "", tone: Tone = ""):
        super().__init__()
        self.setProperty("kind", "panel")
        self.setProperty("tone", tone)
        edge = 12 if title else 8
        outer = in_column(owner=self, spacing=8, margins=(16, edge, 16, edge))
        self.head = in_row(spacing=8)
        self.title = label(title, "strong")
        self.note = label(note, "small")
        if title:
            add(self.head, self.title, self.note, None)
            outer.addLayout(self.head)
            self.setAccessibleName(title)
        else:
            # They stand nowhere, and go with the panel all the same.
            for part in (self.title, self.note):
                part.setParent(self)
                part.hide()
        self.body = in_column(spacing=8)
        outer.addLayout(self.body, 1)

    def put(self, *parts: Part) -> None:
        """Add parts below what is there."""
        add(self.body, *parts)

    def put_in_head(self, part: QWidget) -> None:
        """Add ``part`` (a button, a link) at the right end of the heading; the panel must have a title."""
        self.head.addWidget(part)


class EmptyState(QWidget):
    """A sentence instead of an empty list, with up to two buttons. Signals: none."""

    def __init__(
        self,
        sentence: str = "",
        button: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._sentence = Paragraph()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.offer_button = Button("")
        self.offer_button.clicked.connect(self._on_first_button)
        self._other = Button("")
        self._other.clicked.connect(self._on_second_button)
        in_column(
            self._sentence,
            (self.offer_button, 0, Qt.AlignmentFlag.AlignLeft),
            (self._other, 0, Qt.AlignmentFlag.AlignLeft),
            None,
            owner=self,
            spacing=12,
            margins=(8, 24, 8, 24),
        )
        self._act: Callable[[], object] | None = None
        self._act_other: Callable[[], object] | None = None
        self.show_text(sentence, button, on_click)

    def show_text(self, sentence: str, button: str = "", on_click: Callable[[], object] | None = None) -> None:
        """Show ``sentence``, with a button only when ``button`` and ``on_click`` are given; hide the second button."""
        self._sentence.show_text(sentence)
        self.offer_button.set_words(button)
        self._act = on_click
        self.offer_button.setVisible(bool(button) and on_click is not None)
        self.show_second_button()

    def show_second_button(self, button: str = "", on_click: Callable[[], object] | None = None) -> None:
        """Show a second button until the next ``show_text``; "" or no ``on_click`` = none."""
        self._other.set_words(button)
        self._act_other = on_click
        self._other.setVisible(bool(button) and on_click is not None)

    def words(self) -> str:
        """Return the sentence shown."""
        return self._sentence.plain_text()

    def first_button(self) -> Button | None:
        """Return the first button, or None while it is hidden."""
        return None if self.offer_button.isHidden() else self.offer_button

    def _on_first_button(self) -> None:
        """Call what ``show_text`` was given for its button."""
        if self._act is not None:
            self._act()

    def _on_second_button(self) -> None:
        """Call what ``show_second_button`` was given."""
        if self._act_other is not None:
            self._act_other()
