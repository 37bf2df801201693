"""What the door answers to a key that recorded nothing: one large line, read from a step away, and a sound."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel

from app.widgets.labels import WrappingLabel, label, show_text_or_hide
from app.widgets.layouts import in_row
from app.window import theme as t
from app.window.icons import icon_pixmap

MIN_VISIBLE_MS = 5_000
"""How long a refusal stays at least, also while the next numbers are typed."""

_MAX_EARLIER = 4


class CheckInMessage(QFrame):
    """The line of the door. Its place is kept, so that no row moves when there is something to say.

    A refusal is large, red and heard; it stays while the next numbers are typed, and names those refused just before.
    What holds as long as things are so (before the day, 中止, 閲覧専用) and what only helps with typing is said
    quietly.

    Signals: none.
    """

    def __init__(self, *, height: int = 48) -> None:
        """``height`` is that of its place, for two lines of plain letters and more."""
        super().__init__()
        self.setObjectName("doorsaying")
        self._standing, self._hint = "", ""
        self._refused: list[tuple[str, str]] = []
        self._shown: tuple[str, tuple[str, ...], bool] | None = None
        self._since = QElapsedTimer()
        self._sign = QLabel()
        self._words = WrappingLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._before = label("", "small")
        in_row(self._sign, (self._words, 1), self._before, owner=self, spacing=10, margins=(12, 0, 12, 0))
        self.setFixedHeight(t.scaled(height))
        self._show()

    def show_rejection(self, words: str, *, short: str = "") -> None:
        """Say large and by sound why a key recorded nothing; ``short`` names it while the next refusal is said."""
        if self._is_rejection_over():
            self._refused.clear()
        self._refused.append((words, short))
        self._since.start()
        QApplication.beep()
        self._show()

    def show_standing_text(self, words: str) -> None:
        """Say what holds as long as things are so; empty where nothing does. Other things make what was refused old."""
        if words != self._standing:
            self._standing = words
            self._refused.clear()
            self._show()

    def show_hint(self, words: str) -> None:
        """Say what helps while somebody types; empty takes it away."""
        self._hint = words
        self._show()

    def on_typing(self) -> None:
        """The next one is typed: a refusal that stood long enough is over."""
        self._hint = ""
        if self._is_rejection_over():
            self._refused.clear()
        self._show()

    def clear_rejection(self) -> None:
        """Say nothing but what holds anyway."""
        self._hint = ""
        self._refused.clear()
        self._show()

    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes other letters."""
        super().resizeEvent(event)
        self._fit_font()

    def _is_rejection_over(self) -> bool:
        return not self._since.isValid() or self._since.elapsed() > MIN_VISIBLE_MS

    def _show(self) -> None:
        words = self._refused[-1][0] if self._refused else self._standing or self._hint
        before = [short for _, short in self._refused[-1 - _MAX_EARLIER : -1] if short]
        now = (words, tuple(before), bool(self._refused))
        if now == self._shown:  # asked at every key
            return
        self._shown = now
        show_text_or_hide(self._before, f"その前：{'、'.join(before)}" if before else "")
        self._words.setText(words)
        self.setAccessibleName(words)
        icon, ink, tint = "", t.INK_SECONDARY, "transparent"
        if self._refused:
            icon, ink, tint = "warning-octagon-fill", t.RED, t.RED_TINT
        elif self._standing:
            icon, ink, tint = "warning-fill", t.AMBER_INK, t.AMBER_TINT
        if icon:
            self._sign.setPixmap(icon_pixmap(icon, t.scaled(24), ink, ratio=self.devicePixelRatioF()))
        self._sign.setVisible(bool(icon))
        edge = ink if icon else "transparent"
        self.setStyleSheet(
            f"QFrame#doorsaying {{ background: {tint}; border: 1px solid {edge}; border-radius: {t.RADIUS}px; }}"
        )
        self._ink = ink
        self._fit_font()

    def _fit_font(self) -> None:
        """As large as its place takes: what is longer stands in smaller letters on several lines."""
        room = self.width() - 26 - (t.scaled(24) + 10 if self._sign.isVisibleTo(self) else 0)
        room -= self._before.sizeHint().width() + 10 if self._before.isVisibleTo(self) else 0
        faces = (t.font("reception"), t.font("h2"), t.font("body", bold=True)) if self._refused else (t.font("body"),)
        face = next((one for one in faces if self._fits_in(one, room)), t.font("small", bold=bool(self._refused)))
        weight = "bold" if face.bold() else "normal"
        wanted = f"color: {self._ink}; font-size: {face.pointSizeF()}pt; font-weight: {weight};"
        if self._words.styleSheet() != wanted:
            self._words.setStyleSheet(wanted)

    def _fits_in(self, face: QFont, room: int) -> bool:
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        needed = QFontMetrics(face).boundingRect(QRect(0, 0, max(room, 1), 10_000), int(flags), self._words.text())
        return needed.height() <= self.height() - 2
