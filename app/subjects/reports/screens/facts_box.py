"""What the records of the application say for a chapter, and the link to where that is changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.main_window.ways import way_to
from app.subjects.reports.services.report_form import Facts
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.widgets.panel import Panel
from app.window import theme as t


class FactsBox(Panel):
    """One group of facts. Signals: ``followed(WayThere)`` to the place where the record is changed."""

    followed = Signal(object)

    def __init__(self, facts: Facts, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(facts.title)
        way = way_to(facts.asked)
        self.link = Button(way.label, lambda: self.followed.emit(way), kind="link")
        self.put(FlowRow(label(facts.title, "strong"), self.link, spacing=12))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        long_names = any(len(name) > 7 for name, _ in facts.lines)
        for number, (name, text) in enumerate(facts.lines):
            left = label(name, "second", wrap=True)
            left.setFixedWidth(t.scaled(160 if long_names else 84))
            right = label(text, wrap=True)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(left, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, number, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
