"""A row of widgets that wraps into further lines in a narrow window, and filter chips built on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QChildEvent, QEvent, QPoint, QPointF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from app.widgets.badges import badge_size, paint_badge
from app.widgets.layouts import fix_size
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.painting import frame_area, paint_box, paint_text, painting, stroke

ALL = "すべて"
_PAD = 12
_GAP = 8
_BETWEEN_LINES = 8
"""Largest distance between lines, whatever the spacing within a line."""
_OTHER_SIZES = frozenset({
    QEvent.Type.LayoutRequest, QEvent.Type.Hide, QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish,
    QEvent.Type.ChildAdded, QEvent.Type.ChildRemoved, QEvent.Type.ChildPolished,
})  # fmt: skip


class FlowRow(QWidget):
    """A row of badges, chips or buttons that wraps. Signals: none."""

    def __init__(self, *parts: QWidget, spacing: int = 8, at_end: int = 0, parent: QWidget | None = None):
        """Create the row; the last ``at_end`` of the ``parts`` are aligned to the right."""
        super().__init__(parent)
        self._spacing = spacing
        self._at_end = parts[len(parts) - at_end :]
        self._parts: list[QWidget] = []
        self._hints: tuple[tuple[QWidget, QSize], ...] | None = None
        self._folded: dict[int, tuple[list[tuple[QWidget, QPoint, QSize]], int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in parts:
            self.add(part)

    def add(self, part: QWidget, *, first: bool = False) -> None:
        """Add a widget at the end, or before all others; one already in the row is moved, a hidden one shown."""
        part.setParent(self)
        if part in self._parts:
            self._parts.remove(part)
        # Showing or measuring a widget styles it, and each container it is later put into would style it again.
        if part.isHidden():
            part.show()
        self._parts.insert(0 if first else len(self._parts), part)
        self._clear_cache()
        self.updateGeometry()
        if self.isVisible():
            self._place_parts(self.width())

    def add_before(self, part: QWidget, other: QWidget) -> None:
        """Add a widget before another one, with the same alignment."""
        if other in self._at_end:
            place = self._at_end.index(other)
            self._at_end = (*self._at_end[:place], part, *self._at_end[place:])
        self.add(part)
        self._parts.remove(part)
        self._parts.insert(self._parts.index(other), part)
        self._clear_cache()

    def add_at_end(self, part: QWidget) -> None:
        """Add a widget at the end, aligned to the right."""
        if part not in self._at_end:
            self._at_end = (*self._at_end, part)
        self.add(part)

    def clear(self) -> None:
        """Remove and delete all widgets."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self._at_end = [], ()
        self._clear_cache()
        self.updateGeometry()

    def parts(self) -> tuple[QWidget, ...]:
        """Return the widgets in order, without those since moved to another parent."""
        return tuple(self._parts)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        return self._lines(width)[1]

    def sizeHint(self) -> QSize:
        """Return the size with all widgets in one line."""
        hints = [hint for _part, hint in self._visible_sizes()]
        width = sum(hint.width() for hint in hints) + self._spacing * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest widget, and the height at the present width."""
        sizes = self._visible_sizes()
        # A row within this one wraps by itself.
        least = (part.minimumSizeHint().width() if isinstance(part, FlowRow) else hint.width() for part, hint in sizes)
        widest = max(least, default=0)
        return QSize(widest, self.heightForWidth(self.width()) if self.width() > widest else 0)

    def _visible_sizes(self) -> tuple[tuple[QWidget, QSize], ...]:
        """Return the visible widgets with their sizes, cached because size hints of styled buttons are slow.

        Only a visible row is notified when a widget wants another size.
        """
        if self._hints is not None:
            return self._hints
        found = tuple((part, _hint_of(part)) for part in self.parts() if not part.isHidden())
        self._hints = found if self.isVisible() else None
        return found

    def measure_again(self) -> None:
        """Forget the sizes at once, where parts were shown or hidden before the row is told so."""
        self._clear_cache()
        self.updateGeometry()

    def _clear_cache(self) -> None:
        self._hints = None
        self._folded = {}

    def _lines(self, width: int) -> tuple[list[tuple[QWidget, QPoint, QSize]], int]:
        """Return the position of each widget at ``width``, and the total height; cached while no size changes."""
        found = self._folded.get(width)
        if found is None:
            found = self._break_lines(width)
            if self._hints is not None:
                self._folded[width] = found
        return found

    def _break_lines(self, width: int) -> tuple[list[tuple[QWidget, QPoint, QSize]], int]:
        """Return where each part stands in lines of this width, and the height."""
        places = []
        line: list[tuple[QWidget, QSize]] = []
        x, y = 0, 0

        def finish() -> int:
            """Place the widgets of the line and return its height."""
            height = max((hint.height() for _part, hint in line), default=0)
            at, free = 0, max(0, width - sum(hint.width() + self._spacing for _part, hint in line) + self._spacing)
            for part, hint in line:
                if part in self._at_end:
                    at, free = at + free, 0
                places.append((part, QPoint(at, y + (height - hint.height()) // 2), hint))
                at += hint.width() + self._spacing
            return height

        for part, wanted in self._visible_sizes():
            folds = isinstance(part, FlowRow) and wanted.width() > width
            hint = QSize(width, part.heightForWidth(width)) if folds else wanted
            need = hint.width()
            if line and x + need > width:
                y += finish() + min(self._spacing, _BETWEEN_LINES)
                line, x = [], 0
            line.append((part, hint))
            x += need + self._spacing
        return places, y + finish()

    def _place_parts(self, width: int) -> None:
        for part, corner, hint in self._lines(width)[0]:
            part.resize(hint.boundedTo(QSize(max(width, 1), 100_000)))
            part.move(corner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the lines again."""
        super().resizeEvent(event)
        self._place_parts(event.size().width())
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Discard cached sizes, because a hidden row is not notified of size changes."""
        self._clear_cache()
        super().showEvent(event)
        self._place_parts(self.width())
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Lay out again when a widget wants another size; forget widgets that were put elsewhere."""
        if event.type() in _OTHER_SIZES:
            self._clear_cache()
        if isinstance(event, QChildEvent) and event.removed():
            # Put elsewhere, it may end there: nothing may ask it then.
            gone = event.child()
            self._parts = [part for part in self._parts if part is not gone]
            self._at_end = tuple(part for part in self._at_end if part is not gone)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place_parts(self.width())
        return super().event(event)


def _hint_of(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())


class OutcomeChip(QAbstractButton):
    """A filter button for one outcome with its count. Signals: ``clicked(bool)``."""

    def __init__(self, word: str):
        super().__init__()
        self.word = word
        self.count = 0
        self.setCheckable(True)
        fix_size(self)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many rows there are."""
        self.count = count
        self.setAccessibleName(f"{self.word} {count}行")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for the word or badge and the number."""
        number = t.metrics("h2").horizontalAdvance(str(self.count))
        return QSize(round(self._word_width() + number + 2 * _PAD + _GAP) + 1, t.scaled(36))

    def _word_width(self) -> float:
        """Return the width of the badge, of すべて that of the plain text."""
        if self.word == ALL:
            return t.metrics().horizontalAdvance(self.word)
        return float(badge_size(self.word).width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outcome as a badge (すべて as plain text) with its count, tinted if selected."""
        with painting(self) as painter:
            area = frame_area(self)
            marked = self.isChecked() or self.hasFocus()
            paint_box(
                painter,
                area,
                stroke(t.ACCENT if marked else t.HAIRLINE, 2 if self.hasFocus() else 1),
                t.SELECTION if self.isChecked() else t.PAGE,
            )
            if self.word == ALL:
                paint_text(painter, area.adjusted(_PAD, 0, 0, 0), self.word, t.font(), t.INK)
            else:
                height = badge_size(self.word).height()
                paint_badge(painter, QPointF(_PAD, area.center().y() - height / 2), self.word)
            paint_text(painter, area.adjusted(0, 0, -_PAD, 0), str(self.count), t.font("h2"), t.INK, "right")


class OutcomeChips(FlowRow):
    """Filter buttons for all outcomes, すべて first. Signals: ``chosen(str)`` the outcome to show, or すべて."""

    chosen = Signal(str)

    def __init__(self, outcomes: Sequence[str]):
        super().__init__()
        self._group = QButtonGroup(self)
        self._one_stop = OneStop(self, chooses=False)
        self.chips = {word: OutcomeChip(word) for word in (ALL, *outcomes)}
        for chip in self.chips.values():
            self._group.addButton(chip)
            self._one_stop.add(chip)
            self.add(chip)
            chip.setVisible(chip.word == ALL)
            chip.clicked.connect(lambda _on, word=chip.word: self.chosen.emit(word))
        self.chips[ALL].setChecked(True)

    @property
    def word(self) -> str:
        """Return the selected outcome, or すべて."""
        return next((word for word, chip in self.chips.items() if chip.isChecked()), ALL)

    def show_counts(self, counts: Mapping[str, int], *, start_again: bool = True) -> None:
        """Show the counts by outcome; すべて is their sum. ``start_again`` selects すべて, without a signal.

        Without ``start_again`` an outcome that has no rows any more stays visible, so that nothing moves; with it,
        it is hidden.
        """
        self.chips[ALL].show_count(sum(counts.values()))
        for word, count in counts.items():
            self.chips[word].show_count(count)
            if count or start_again:
                self.chips[word].setVisible(count > 0)
        if start_again:
            self.chips[ALL].setChecked(True)
