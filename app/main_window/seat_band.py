"""The band under the top bar: who types, who waits, and the one or two things that may be done about it.

Its place is reserved from the first page on that is shown while a second person is at the folder, and is kept for the
sitting. A band that comes while a page is in view lies over the top bar until then: no form below it moves.
"""

from __future__ import annotations

from functools import partial
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import label
from app.window import theme as t
from app.window.icons import picture

Tone = Literal["quiet", "accent", "amber", "green"]
Act = Literal["ask", "stop", "take_over", "give", "more"]

HEIGHT: Final = 56
_SIGNS: Final[dict[Tone, tuple[str, str]]] = {
    "quiet": ("eye", t.SECOND),
    "accent": ("eye", t.ACCENT),
    "amber": ("hand", t.AMBER),
    "green": ("check-circle-fill", t.GREEN),
}
_WORDS: Final[dict[Act, str]] = {
    "ask": "入力したい",
    "stop": "待つのをやめる",
    "take_over": "引き継ぐ",
    "give": "保存して席を譲る",
    "more": "あと10分",
}
_ORDER: Final[tuple[Act, ...]] = ("more", "stop", "ask", "take_over", "give")


class SeatBand(QFrame):
    """The band.

    Signals: ``asked(str)`` which of its buttons was pressed (``Act``); ``comes()`` when it is shown for the first time.
    """

    asked = Signal(str)
    comes = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "seatband")
        line = QHBoxLayout(self)
        line.setContentsMargins(t.PAGE_X - 4, 4, t.PAGE_X, 4)
        line.setSpacing(12)
        self._sign = QLabel()
        line.addWidget(self._sign)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._first = label("", "body", wrap=True)
        self._second = label("", "smallink", wrap=True)
        words.addStretch(1)
        words.addWidget(self._first)
        words.addWidget(self._second)
        words.addStretch(1)
        line.addLayout(words, 1)
        self.buttons = {act: Button(said, partial(self.asked.emit, act)) for act, said in _WORDS.items()}
        for act in _ORDER:
            line.addWidget(self.buttons[act], 0, Qt.AlignmentFlag.AlignVCenter)
        self._shown: tuple[object, ...] = ()
        self.dress()
        self.hide()

    def say(self, first: str, second: str = "", *, tone: Tone, acts: tuple[Act, ...] = (), main: Act | None = None,
            sign: str = "") -> None:  # fmt: skip
        """Show one or two lines and the buttons ``acts``, ``main`` of them filled; the place stays once it was taken."""
        now = (first, second, tone, acts, main, sign)
        if now == self._shown:
            return
        self._shown = now
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setAccessibleName(f"{first}{second}")
        name, colour = _SIGNS[tone]
        self._sign.setPixmap(picture(sign or name, t.scaled(20), colour, ratio=self.devicePixelRatioF()))
        self.setProperty("tone", tone)
        self.style().polish(self)
        for act, button in self.buttons.items():
            button.setVisible(act in acts)
            kind = "main" if act == main else "plain"
            if button.property("kind") != kind:
                button.setProperty("kind", kind)
                button.style().polish(button)
        if self.isHidden():
            self.show()
            self.comes.emit()

    def words(self) -> str:
        """What is said, both lines."""
        return f"{self._first.text()}{self._second.text()}"

    def dress(self) -> None:
        """The reserved height at the text size now put on."""
        self.setFixedHeight(t.scaled(HEIGHT))
