"""A list with the details of its current row beside it; on a narrow window the details are a page of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.widgets.buttons import link_button
from app.window import theme as t

_USUAL = 300
_SHARE = 0.29


class ListAndDetail(QWidget):
    """``listed`` takes the room, ``detail`` is ``wide`` px from 1300 px of window width on, else ``usual``.

    Below 1000 px only one of them is seen: ``show_detail`` turns to the details, the link or Esc goes back.
    Signals: ``turned(bool)`` True when the details became the only page seen, False when the list is back.
    """

    turned = Signal(bool)

    def __init__(
        self,
        listed: QWidget,
        detail: QWidget,
        *,
        back: str,
        wide: int = 320,
        usual: int = _USUAL,
        share: float = _SHARE,
        parent: QWidget | None = None,
    ) -> None:
        """``back`` are the words of the link that leads back to the list (「資料の一覧」).

        ``share`` is the part of the window that the details never go beyond.
        """
        super().__init__(parent)
        self._wide = wide
        self._usual = usual
        self._share = share
        self._narrow: bool | None = None
        self._detail = detail
        self._listed = listed
        self._pages = QStackedWidget()
        self._pages.addWidget(listed)
        self.back = link_button(f"‹ {back}に戻る", self.show_list)
        page = QWidget()
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(8)
        self._page.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages.addWidget(page)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(24)
        self._across.addWidget(self._pages, 1)
        self._across.addWidget(detail)
        self._arrange(narrow=False)

    @property
    def narrow(self) -> bool:
        """Whether only one of the two is seen."""
        return bool(self._narrow)

    @property
    def on_detail(self) -> bool:
        """Whether the details are the page seen on a narrow window."""
        return self.narrow and self._pages.currentIndex() == 1

    def show_detail(self) -> None:
        """Turn to the details where they are a page of their own."""
        if self._narrow:
            self._pages.setCurrentIndex(1)
            self.turned.emit(True)

    def show_list(self) -> None:
        """Turn back to the list."""
        self._pages.setCurrentIndex(0)
        self._listed.setFocus()
        self.turned.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        narrow = width < t.FOLD_NARROW
        # Large letters widen the details, but never beyond their share of the window.
        wished = t.scaled(self._wide if width >= t.FOLD_WIDE else self._usual)
        side = min(wished, max(_USUAL, round(width * self._share)))
        self._detail.setMinimumWidth(0 if narrow else side)
        self._detail.setMaximumWidth(16_777_215 if narrow else side)
        self._arrange(narrow=narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.on_detail:
            self.show_list()
            return
        super().keyPressEvent(event)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._page.addWidget(self._detail, 1)
        else:
            self._across.addWidget(self._detail)
            self._pages.setCurrentIndex(0)
            self.turned.emit(False)
        self._detail.show()
