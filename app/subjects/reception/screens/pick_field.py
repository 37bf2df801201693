"""A field that offers what it finds under itself: two letters, Enter, done; or what is typed stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.widgets.one_line import OneLine
from app.window import theme as t

_MOST = 5


@dataclass(frozen=True)
class Offer:
    """One thing offered: its words, what goes into the field, and what it stands for."""

    words: str
    text: str
    value: Any


class PickField(QWidget):
    """A line with its offers under it.

    ``ask(text, show)`` looks for offers and calls ``show`` with them. ``first`` True takes the first offer with
    Enter; False takes one only after ↓ was pressed, so that a new name is never replaced. Signals:
    ``picked(object)`` an ``Offer`` was taken; ``typed(str)`` the text was changed by hand; ``entered()`` Enter
    without taking an offer.
    """

    picked = Signal(object)
    typed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: str,
        ask: Callable[[str, Callable[[Sequence[Offer]], None]], None],
        *,
        first: bool,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._first = first
        self._turn = 0
        self.line = _Line(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        # Over what follows, so that nothing jumps while somebody types.
        self.offers = QListWidget(self)
        self.offers.setAccessibleName(f"{name}の候補")
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.setWordWrap(True)
        self.offers.setObjectName("offers")
        self.offers.setStyleSheet(f"QListWidget#offers {{ border: 1px solid {t.CONTROL}; }}")
        self.offers.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)
        self.offers.itemClicked.connect(self._take)

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text into the field, without looking for anything."""
        self.line.setText(text)
        self.close_offers()

    def look(self) -> None:
        """Look for offers for what stands in the field."""
        self._turn += 1
        turn = self._turn
        self._ask(self.text(), lambda found: self._show(found) if turn == self._turn else None)

    def close_offers(self) -> None:
        """Offer nothing any more."""
        self._turn += 1
        self.offers.clear()
        self.offers.hide()

    def step(self, steps: int) -> bool:
        """Move through the offers; False when there are none."""
        if self.offers.isHidden():
            return False
        here = self.offers.currentRow()
        self.offers.setCurrentRow(max(0, min(self.offers.count() - 1, here + steps)))
        return True

    def enter(self) -> None:
        """Take the chosen offer, or tell that Enter was pressed."""
        item = self.offers.currentItem()
        if item is not None and not self.offers.isHidden():
            self._take(item)
        else:
            self.close_offers()
            self.entered.emit()

    def _on_typed(self, text: str) -> None:
        self.typed.emit(text)
        self.look()

    def _show(self, found: Sequence[Offer]) -> None:
        self.offers.clear()
        for offer in list(found)[:_MOST]:
            item = QListWidgetItem(offer.words)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            self.offers.addItem(item)
        rows = self.offers.count()
        self.offers.setVisible(bool(rows) and self._is_here())
        self._place()
        if rows and self._first and self.text().strip():
            self.offers.setCurrentRow(0)

    def _is_here(self) -> bool:
        """Whether the next letter goes into this field."""
        return self.window().focusWidget() is self.line

    def _place(self) -> None:
        over = self.parentWidget()
        while over is not None and over.parentWidget() is not None and over.height() < t.scaled(280):
            over = over.parentWidget()
        if over is None:
            return
        self.offers.setParent(over)
        self.offers.move(self.line.mapTo(over, self.line.rect().bottomLeft()))
        self.offers.setFixedSize(self.line.width(), self.offers.count() * (t.scaled(t.ROW) + 1) + 4)
        self.offers.setVisible(self.offers.count() > 0 and self._is_here())
        self.offers.raise_()

    def _take(self, item: QListWidgetItem) -> None:
        offer = item.data(Qt.ItemDataRole.UserRole)
        self.set_text(offer.text)
        self.picked.emit(offer)


class _Line(OneLine):
    """The line itself: arrows walk through the offers."""

    def __init__(self, owner: PickField) -> None:
        super().__init__("", owner)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑↓ and Enter belong to the offers; Esc closes them before it closes the dialog."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self._owner.step(1 if key == Qt.Key.Key_Down else -1):
                super().keyPressEvent(event)
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._owner.enter()
        elif key == Qt.Key.Key_Escape and self._owner.offers.isVisible():
            self._owner.close_offers()
        else:
            super().keyPressEvent(event)
