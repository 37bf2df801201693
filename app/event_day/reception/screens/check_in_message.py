"""Large message of the check-in for a key that recorded nothing, with a sound, readable from a step away."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame

from app.common.join_nonempty import fill_nonempty
from app.widgets.labels import IconLabel, label, show_text_or_hide, wrapped_label
from app.widgets.layouts import in_row
from app.window import theme as t
from app.window.announce import announce

MIN_VISIBLE_MS = 5_000
"""Minimum time that a rejection stays visible, also while the next numbers are typed."""

_MAX_EARLIER = 4
_HEIGHT = 48
"""Enough for two lines of normal text."""


class CheckInMessage(QFrame):
    """Message line of the check-in, below the list: no row moves when a message appears, and nothing is kept empty.

    A rejection is large, red and audible; it stays while the next numbers are typed, and names those rejected just
    before. Standing conditions (before the day, 中止, 閲覧専用) and hints for typing are shown without emphasis.

    Signals: none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("doorsaying")
        self._standing, self._hint = "", ""
        self._refused: list[tuple[str, str]] = []
        self._shown: tuple[str, tuple[str, ...], bool] | None = None
        self._since = QElapsedTimer()
        self._sign = IconLabel()
        self._words = wrapped_label()
        self._before = label("", "small")
        in_row(self._sign, (self._words, 1), self._before, owner=self, spacing=10, margins=(12, 0, 12, 0))
        self.setFixedHeight(t.scaled(_HEIGHT))
        self._show()

    def show_rejection(self, words: str, *, short: str = "") -> None:
        """Show in large letters and with a sound why a key recorded nothing.

        Args:
            short: short name of it, shown together with the next rejection.
        """
        if self._is_rejection_over():
            self._refused.clear()
        self._refused.append((words, short))
        self._since.start()
        QApplication.beep()
        self._show()

    def show_standing_text(self, words: str) -> None:
        """Show a standing condition; empty = none. A changed condition removes a rejection."""
        if words != self._standing:
            self._standing = words
            self._refused.clear()
            self._show()

    def show_hint(self, words: str) -> None:
        """Show a hint while somebody types; empty removes it."""
        self._hint = words
        self._show()

    def on_typing(self) -> None:
        """Hide the hint, and the rejection once it was visible for its minimum time."""
        self._hint = ""
        if self._is_rejection_over():
            self._refused.clear()
        self._show()

    def clear_rejection(self) -> None:
        """Remove hint and rejections; only the standing text stays."""
        self._hint = ""
        self._refused.clear()
        self._show()

    def text(self) -> str:
        """Return the text shown now."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the font to the new width."""
        super().resizeEvent(event)
        self._fit_font()

    def _is_rejection_over(self) -> bool:
        return not self._since.isValid() or self._since.elapsed() > MIN_VISIBLE_MS

    def _show(self) -> None:
        """Show the last rejection with short names of up to four before it, else the standing text, else the hint."""
        words = self._refused[-1][0] if self._refused else self._standing or self._hint
        before = [short for _, short in self._refused[-1 - _MAX_EARLIER : -1] if short]
        now = (words, tuple(before), bool(self._refused))
        if now == self._shown:  # called at every key
            return
        self._shown = now
        self.setVisible(bool(words))
        show_text_or_hide(self._before, fill_nonempty("その前：{}", "、".join(before)))
        self._words.setText(words)
        self.setAccessibleName(words)
        if self._refused:
            announce(self, words)
        icon, ink, tint = "", t.INK_SECONDARY, "transparent"
        if self._refused:
            icon, ink, tint = "warning-octagon-fill", t.RED, t.RED_TINT
        elif self._standing:
            icon, ink, tint = "warning-fill", t.AMBER_INK, t.AMBER_TINT
        if icon:
            self._sign.show_icon(icon, 24, ink)
        self._sign.setVisible(bool(icon))
        edge = ink if icon else "transparent"
        self.setStyleSheet(
            f"QFrame#doorsaying {{ background: {tint}; border: 1px solid {edge}; border-radius: {t.RADIUS}px; }}"
        )
        self._ink = ink
        self._fit_font()

    def _fit_font(self) -> None:
        """Choose the largest font that fits; longer text is wrapped in smaller letters."""
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
