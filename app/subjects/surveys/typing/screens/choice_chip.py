"""One choice of a question with its key: pressed by the key or by the mouse."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.subjects.surveys.typing.screens.choice_keys import ChoiceKey
from app.window import theme as t
from app.window.icons import paint_icon

_PAD = 7
_GAP = 4
_TICK = 13


class ChoiceChip(QAbstractButton):
    """A choice; dashed for 無回答 and 読みとれない. Signals: ``clicked(bool)``.

    It never takes the focus: the keyboard stays with the sheet. The small form of a special choice
    shows only its key.
    """

    def __init__(self, choice: ChoiceKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self._large = False
        self._taken = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("" if choice.kind in ("option", "other") else choice.text)
        self.show_state(taken=False, large=False)

    @property
    def taken(self) -> bool:
        """Whether it is chosen."""
        return self._taken

    def show_state(self, *, taken: bool, large: bool) -> None:
        """Chosen or not, of the question now asked or of another."""
        self._taken = taken
        resized = self._large != large
        self._large = large
        self.setAccessibleName(f"{self.choice.key} {self.choice.shown}{' 選択中' if taken else ''}")
        if resized:
            self.updateGeometry()
        self.update()

    @property
    def special(self) -> bool:
        """Whether it stands for no option of the paper: 無回答, 読みとれない."""
        return self.choice.kind in ("none", "unreadable")

    def _words(self) -> str:
        return "" if self.special and not self._large and not self._taken else self.choice.shown

    def _fonts(self) -> tuple[QFont, QFont]:
        return (t.font("h2" if self._large else "body", bold=True), t.font("body", bold=self._taken))

    def sizeHint(self) -> QSize:
        """Key and words with the tick."""
        key, _words = self._fonts()
        width = 2 * _PAD + QFontMetricsF(key).horizontalAdvance(self.choice.key)
        if self._words():
            # Bold words are wider: room for them is kept, so that choosing moves nothing.
            width += _GAP + QFontMetricsF(t.font("body", bold=True)).horizontalAdvance(self._words())
        width += _TICK + 4 if not self.special else 0
        return QSize(round(width) + 1, t.scaled(44 if self._large else 32))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 1.0
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ink = t.PAGE if self._taken else (t.INK if self._large else t.SECOND)
        pen = QPen(QColor(t.ACCENT if self._large or self._taken else t.STRONG_LINE), width)
        if self.special and not self._taken:
            pen = QPen(QColor(t.CONTROL), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(t.ACCENT if self._taken else t.ACCENT_TINT if self.underMouse() else t.PAGE))
        painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
        self._paint_words(painter, area, ink)
        painter.end()

    def _paint_words(self, painter: QPainter, area: QRectF, ink: str) -> None:
        key, words = self._fonts()
        left = area.left() + _PAD
        if not self.special:
            if self._taken:
                paint_icon(painter, "check-bold", QRectF(left - 2, area.center().y() - 6, _TICK, 12), ink)
            left += _TICK + 4 if self._taken else (_TICK + 4) / 2
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(ink))
        painter.setFont(key)
        painter.drawText(QRectF(left, area.top(), area.width(), area.height()), middle, self.choice.key)
        left += QFontMetricsF(key).horizontalAdvance(self.choice.key) + _GAP
        painter.setFont(words)
        painter.drawText(QRectF(left, area.top(), area.width(), area.height()), middle, self._words())
