"""The box that shows how much of a returned form was read, and its faulty cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.submissions.deliverables.intake import SHEET, FormFault
from app.submissions.deliverables.services.related_items import RelatedItems
from app.widgets.labels import Paragraph, label, small_label, with_accessible_name
from app.widgets.layouts import in_column, in_grid, layout_now
from app.widgets.note_box import NoteBox
from app.widgets.screen import clear_layout
from app.window import theme as t

_MAX_FAULTS = 5
"""So many faults leave room for the buttons below; the preview and the 修正依頼 list all."""


class FaultLines(QFrame):
    """The faulty cells, with what was read and what to write instead; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = in_grid(self, across=10, down=6, wide=1)
        self.faults: tuple[FormFault, ...] = ()

    def show_faults(self, faults: Sequence[FormFault], *, max_faults: int = 0) -> None:
        """Show the first ``max_faults`` faults (0 = all), and how many more there are; hide without any fault."""
        self.faults = tuple(faults)
        clear_layout(self.grid)
        shown = self.faults[:max_faults] if max_faults else self.faults
        for row, fault in enumerate(shown):
            words = with_accessible_name(
                Paragraph(
                    f"{fault.problem_text}\n{fault.sheet}　{fault.todo}"
                    if fault.cell != SHEET
                    else f"{fault.problem_text}\n{fault.todo}",
                    role="smallink",
                ),
                f"{fault.sheet} {fault.cell}　{fault.problem_text}　{fault.todo}",
            )
            self.grid.addWidget(_chip(fault.cell), row, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(words, row, 1)
        if len(shown) < len(self.faults):
            rest = small_label(f"ほか{len(self.faults) - len(shown)}点は、修正依頼の文に入ります。")
            self.grid.addWidget(rest, len(shown), 0, 1, 2)
        layout_now(self)
        self.setVisible(bool(self.faults))


def _chip(text: str) -> QLabel:
    """Return the small red label with the cell of a fault (「D9」)."""
    chip = label(text, "strong")
    chip.setStyleSheet(f"color: {t.RED}; border: 1px solid {t.RED}; border-radius: 3px; padding: 1px 6px;")
    return chip


class FormBox(QFrame):
    """Box that shows how much of a returned form was read, with its faulty cells; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self.note = NoteBox("", "accent")
        self.lines = FaultLines()
        in_column(self.note, self.lines, owner=self, spacing=8)

    def show_related(self, related: RelatedItems | None, today: date) -> None:
        """Show how the form of a row was read, with the first five faults; hide the box if ``related`` has no form."""
        form = related.form if related is not None else None
        self.setVisible(form is not None)
        if related is None or form is None:
            return
        came = join_nonempty(short_date(form.received_on, today), form.received_time, separator=" ")
        read = fill_nonempty("読めた {}・", related.read_count)
        self.note.show_text(
            f"返ってきた様式を読みました\n{form.kind}　第{form.version}版　{came}\n{read}直してもらう "
            f"{len(related.faults)}",
            tone="amber" if related.faults else "accent",
        )
        self.lines.show_faults(related.faults, max_faults=_MAX_FAULTS)
