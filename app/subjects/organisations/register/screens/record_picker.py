"""A field that finds a 団体 or a person by any spelling and takes the one chosen, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import label
from app.window import theme as t
from app.window.desk import Desk, with_store

_WAIT_MS = 80
_MOST = 6


class RecordPicker(QWidget):
    """Type, ↓, Enter. Signals: ``chosen(object)`` the hit taken, None when the text was changed since."""

    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        service: Callable[..., Sequence[Any]],
        words: Callable[[Any], str],
        *,
        title: str,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``service(store, text=, limit=)`` finds; ``words(hit)`` is what is shown and stands in the
        field afterwards."""
        super().__init__(parent)
        self._desk = desk
        self._service = service
        self._words = words
        self._asked = ""
        self.hit: Any = None
        self.field = OneLine()
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(hint)
        self.found = QListWidget()
        self.found.setAccessibleName(f"{title}の候補")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.hide()
        self.told = label("", "small", wrap=True)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.field)
        column.addWidget(self.found)
        column.addWidget(self.told)
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self.found.itemClicked.connect(lambda item: self._take(item.data(Qt.ItemDataRole.UserRole)))
        self.setFocusProxy(self.field)

    def show_hit(self, hit: Any) -> None:
        """Take a hit without asking (None empties the field)."""
        self.hit = hit
        self.field.setText(self._words(hit) if hit is not None else "")
        self._fold()

    def _typed(self, _text: str) -> None:
        if self.hit is not None:
            self.hit = None
            self.chosen.emit(None)
        self._soon.start()

    def _ask(self) -> None:
        text = self.field.text().strip()
        self._asked = text
        if not text:
            self._fold()
            return
        self._desk.read(
            with_store(self._service, text=text, limit=_MOST), lambda hits: self._show(text, hits), owner=self
        )

    def _show(self, text: str, hits: Sequence[Any]) -> None:
        if text != self._asked or self.hit is not None:
            return
        self.found.clear()
        for hit in hits:
            item = QListWidgetItem(self._words(hit))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.found.addItem(item)
        if hits:
            self.found.setCurrentRow(0)
            row = max(self.found.sizeHintForRow(0), t.scaled(28))
            self.found.setFixedHeight(row * len(hits) + 6)
        self.found.setVisible(bool(hits))
        self.told.setText("" if hits else "見つかりません。ほかの書き方や、ふりがなの一部でも探せます。")
        self.told.setVisible(not hits)
        self.updateGeometry()

    def _take(self, hit: Any) -> None:
        self.show_hit(hit)
        self.field.setFocus()
        self.chosen.emit(hit)

    def _fold(self) -> None:
        self.found.hide()
        self.told.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list below, Enter takes, Esc folds it first."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            open_ = self.found.isVisible()
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and open_:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = self.found.currentRow() + step
                self.found.setCurrentRow(max(0, min(row, self.found.count() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and open_:
                item = self.found.currentItem()
                if item is not None:
                    self._take(item.data(Qt.ItemDataRole.UserRole))
                return True
            if event.key() == Qt.Key.Key_Escape and open_:
                self._fold()
                return True
        return super().eventFilter(watched, event)
