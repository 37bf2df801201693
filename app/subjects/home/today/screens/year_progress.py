"""進み具合, the events of each kind against the number in the 仕様書."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.subjects.events.event.services.progress import Progress
from app.widgets.badges import KindSquare, ProgressBlocks, blocks_of
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.widgets.layouts import add, in_row, layout_now
from app.widgets.panel import Panel


class _Sample(ProgressBlocks):
    """One block of the legend; emits no signals."""

    def __init__(self, state: str) -> None:
        super().__init__((state,))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a small block."""
        return QSize(14, 10)


def _side_by_side(*parts: QWidget) -> QWidget:
    pair = QWidget()
    line = in_row(owner=pair, spacing=8)
    for part in parts:
        line.addWidget(part)
    return pair


class YearProgress(Panel):
    """The number, then blocks (filled 実施済, outlined 予定, dashed 日程未定); emits no signals."""

    def __init__(self) -> None:
        super().__init__("進み具合", note="仕様書の回数に対して")
        self._lines: list[tuple[QLabel, ProgressBlocks]] = []

    def show_progress(self, progress: Sequence[Progress]) -> None:
        """Show the kinds in the order of the specification."""
        if not self._lines:
            self._build(progress)
        for each, (number, blocks) in zip(progress, self._lines, strict=True):
            number.setText(str(each.done))
            blocks.show_states(blocks_of(each.done, each.planned, each.undecided))

    def _build(self, progress: Sequence[Progress]) -> None:
        for each in progress:
            number = label("", "h2")
            blocks = ProgressBlocks(name=each.name)
            # Side by side where both fit, else one below the other.
            self.put(
                FlowRow(
                    _side_by_side(KindSquare(each.kind), label(each.name)),
                    _side_by_side(number, label(f"/ {each.spec_words}")),
                    at_end=1,
                ),
                blocks,
            )
            self._lines.append((number, blocks))
        legend = in_row(spacing=6)
        for state, words in (("done", "実施済"), ("planned", "予定"), ("open", "日程未定")):
            add(legend, _Sample(state), label(words, "small"), 8)
        legend.addStretch(1)
        self.put(legend)
        layout_now(self)
