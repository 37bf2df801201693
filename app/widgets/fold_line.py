"""A line that folds items away: their count and what they are; Space, Enter or a click opens them below it.

It is visible from the first item on. Once opened it stays open, also for the next record and after a restart.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.common.join_nonempty import fill_nonempty
from app.widgets.keys import is_enter
from app.widgets.labels import small_label
from app.widgets.layouts import in_column
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.icons import paint_icon
from app.window.painting import paint_focus, paint_text, painting
from app.window.ui_settings import recall, remember

_PAD = 6
_GAP = 6


def is_remembered_open(key: str) -> bool:
    """Return whether the user left the fold ``key`` open."""
    return str(recall(f"folds/{key}", "")) == "1"


def remember_open(key: str, is_open: bool) -> None:
    """Store whether the user left the fold ``key`` open."""
    remember(f"folds/{key}", "1" if is_open else "0")


def paint_fold(
    painter: QPainter,
    area: QRectF,
    words: str,
    about: Sequence[str],
    *,
    is_open: bool,
    sign: tuple[str, str] = ("", ""),
) -> None:
    """Draw a fold: the arrow, a sign (icon and colour), the words with the count, and what it holds at the right."""
    painter.fillRect(area, t.FOOTER)
    painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), t.ROW_LINE)
    side = float(t.scaled(14))
    middle = area.center().y() - side / 2
    left = area.left() + _PAD
    arrow = ("caret-down" if is_open else "caret-right", t.INK_SECONDARY)
    for name, colour in (arrow, sign):
        if name:
            paint_icon(painter, name, QRectF(left, middle, side, side), colour)
            left += side + _GAP
    rest = area.adjusted(left - area.left(), 0, -_PAD, 0)
    paint_text(painter, rest, words, t.font(), t.INK)
    rest.setLeft(left + t.metrics().horizontalAdvance(words) + 2 * _GAP)
    shown = _words_that_fit(about, t.metrics("small"), rest.width())
    paint_text(painter, rest, shown, t.font("small"), t.INK_SECONDARY, "right")


@spoken_as(QAccessible.Role.Button)
class FoldLine(QAbstractButton):
    """The foldable line. Signals: ``toggled(bool)`` opened or closed."""

    def __init__(self, word: str = "済", *, done: bool = False, key: str = ""):
        """Create the line.

        ``done`` shows a green tick; items that wait have none. Under ``key`` it is remembered whether the user
        left it open.
        """
        super().__init__()
        self._word = word
        self._done = done
        self._count = 0
        self._about: tuple[str, ...] = ()
        self.setCheckable(True)
        if key:
            self.setChecked(is_remembered_open(key))
            self.clicked.connect(lambda is_open: remember_open(key, is_open))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._update_accessible_name)
        self._update_accessible_name()
        self.hide()

    def fold_away(self, part: QWidget) -> None:
        """Show ``part``, which stands below the line, only while it is open."""
        if not self.isChecked():
            part.hide()
        self.toggled.connect(part.setVisible)

    def show_count(self, count: int, *about: str) -> None:
        """Show the number of items, and their names as far as they fit; 0 hides the line."""
        self._count, self._about = count, about
        self.setVisible(bool(count))
        self._update_accessible_name()
        self.update()

    def words(self) -> str:
        """Return the word with its count: 「済 3」; without items the word alone."""
        return f"{self._word} {self._count}" if self._count else self._word

    def _update_accessible_name(self) -> None:
        """Say to a screen reader what the line hides."""
        self.setAccessibleName(f"{self.words()}　{'・'.join(self._about)}".strip())
        self.setAccessibleDescription("スペースでたたみます" if self.isChecked() else "スペースで開きます")
        self.setToolTip("・".join(self._about))

    def sizeHint(self) -> QSize:
        """Return the size of one row."""
        return QSize(160, t.scaled(t.ROW_BUTTON))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle on Enter as on Space."""
        if is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrow, the tick, the word with its count, and as many names as fit at the right."""
        with painting(self) as painter:
            area = QRectF(self.rect())
            sign = ("check-circle-fill", t.GREEN) if self._done else ("", "")
            paint_fold(painter, area, self.words(), self._about, is_open=self.isChecked(), sign=sign)
            if self.hasFocus():
                paint_focus(painter, area.adjusted(1, 1, -1, -1), t.RADIUS)


class FoldedNames(QWidget):
    """A list of names, folded into one line that counts them; ``about`` stands below the names. Signals: none."""

    def __init__(self, word: str, names: Sequence[str], about: str):
        super().__init__()
        self.line = FoldLine(word)
        self._whole = small_label(f"{'、'.join(names)}\n{about}")
        self.line.fold_away(self._whole)
        in_column(self.line, self._whole, owner=self, spacing=4)
        self.line.show_count(len(names), *names)

    def words(self) -> str:
        """Return the text of the line, and of what it hides."""
        return f"{self.line.words()}　{self._whole.text()}"


def _words_that_fit(words: Sequence[str], metrics: QFontMetricsF, room: float) -> str:
    """Return as many words as fit, followed by the number of the others; "" if not even the first fits whole."""
    for number in range(len(words), 0, -1):
        rest = len(words) - number
        shown = "・".join(words[:number]) + fill_nonempty(" ほか{}", rest)
        if metrics.horizontalAdvance(shown) <= room:
            return shown
    return ""
