"""A segmented filter above a list, with counts: すべて 12 | 講習会 7 | 派遣 3 | 意見交換会 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup

from app.widgets.flow_row import FlowRow
from app.widgets.layouts import fix_size
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.painting import frame_area, paint_focus, paint_text, stroke

ALL = "すべて"


class Segment(QAbstractButton):
    """One segment with its count. Signals: ``clicked(bool)``."""

    def __init__(self, word: str, *, counted: bool = True):
        super().__init__()
        self.word = word
        self._counted = counted
        self.count = 0
        self.setCheckable(True)
        fix_size(self)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Set the count; a segment that is not ``counted`` does not show it."""
        self.count = count
        self.setAccessibleName(f"{self.word} {count}件" if self._counted else self.word)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """Return the text of the segment with its count, if it is counted: 「派遣 3」."""
        return f"{self.word} {self.count}" if self._counted else self.word

    def _ends_line(self) -> bool:
        """Return whether no other segment stands behind it in its line, so that its right edge is its own."""
        row = self.parentWidget()
        beside = row.childAt(self.x() + self.width() + 1, self.geometry().center().y()) if row is not None else None
        return not isinstance(beside, Segment)

    def sizeHint(self) -> QSize:
        """Return the size of the bold text with 12 px on both sides."""
        width = t.metrics("body", bold=True).horizontalAdvance(self.words)
        return QSize(round(width) + 24, t.scaled(t.FIELD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame and ``words``; the selected one is tinted, with bold text."""
        with QPainter(self) as painter:
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self._ends_line() else 0.5, -0.5)
            painter.setBrush(t.SELECTION if self.isChecked() else t.PAGE)
            painter.setPen(stroke(t.CONTROL))
            painter.drawRect(area)
            paint_text(
                painter,
                self.rect(),
                self.words,
                t.font("body", bold=self.isChecked()),
                t.ACCENT_DARK if self.isChecked() else t.INK,
                "center",
            )
            if self.hasFocus():
                paint_focus(painter, frame_area(self))


class Segments(FlowRow):
    """A row of segments, one of which is selected (at first 「すべて」); in a narrow window it wraps.

    Signals: ``chosen(str)`` a word, or "" for 「すべて」. Arrow keys move.
    """

    chosen = Signal(str)

    def __init__(self, words: Sequence[str], *, name: str):
        """Create the segments for ``words`` after 「すべて」; ``name`` is the accessible name."""
        super().__init__(spacing=0)
        self.setAccessibleName(name)
        self._words: tuple[str, ...] = ()
        self._texts: dict[str, str] = {}
        self._asked = ""
        self._group = QButtonGroup(self)
        self._one_stop = OneStop(self, chooses=True)
        self._group.idToggled.connect(self._on_toggled)
        self.show_words({word: word for word in words})

    def show_words(self, words: Mapping[str, str]) -> None:
        """Show 「すべて」 and a segment for each key of ``words``, labelled with its text; nothing is emitted.

        The selected one stays selected if it is still there, else 「すべて」 is.
        """
        chosen = self.current() or self._asked
        with QSignalBlocker(self._group):
            self._one_stop.clear()
            for old in self._group.buttons():
                self._group.removeButton(old)
            self.clear()
            self._words, self._texts = ("", *words), dict(words)
            for number, word in enumerate(self._words):
                segment = Segment(words[word] if word else ALL)
                self._group.addButton(segment, number)
                self._one_stop.add(segment)
                self.add(segment)
            self._group.button(self._words.index(chosen) if chosen in self._words else 0).setChecked(True)
        if chosen in self._words:
            self._asked = ""

    def texts(self) -> dict[str, str]:
        """Return the text shown on each segment by its word, without 「すべて」."""
        return dict(self._texts)

    def current(self) -> str:
        """Return the selected word, or "" for 「すべて」."""
        return self._words[max(self._group.checkedId(), 0)] if self._words else ""

    def current_text(self) -> str:
        """Return the text shown on the selected segment, or "" for 「すべて」."""
        return self._texts.get(self.current(), "")

    def choose(self, word: str) -> None:
        """Select a word ("" = 「すべて」), and emit ``chosen`` if it is another one.

        For a word that is not there 「すべて」 is selected until ``show_words`` brings it.
        """
        self._asked = "" if word in self._words else word
        self._group.button(self._words.index(word) if word in self._words else 0).setChecked(True)

    def step(self, way: int) -> None:
        """Select the next word (1) or the one before (-1); behind the last stands the first."""
        self._group.button((self._group.checkedId() + way) % len(self._words)).setChecked(True)

    def _on_toggled(self, _number: int, on: bool) -> None:
        if on:
            self.chosen.emit(self.current())

    def show_counts(self, *counts: int) -> None:
        """Show these numbers in the segments: of all rows first, then of each word in their order."""
        for number, count in enumerate(counts):
            segment = self._group.button(number)
            if isinstance(segment, Segment):
                segment.show_count(count)
