"""List 受付の前に: open findings to check before check-in, each with its link."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event_day.day.services.preflight import Preflight, PreflightRow
from app.main_window.action_routes import route_to
from app.widgets.labels import label, section
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, Tone, unsorted
from app.widgets.screen import widget_row as side_by_side

_ROOM = 34
"""Letters of whom or what a finding is about that stand in its line; the rest is counted, and in the tool tip."""


class PreflightBox(QWidget):
    """Open findings before check-in, most severe first; amber on the day before and the day.

    Signals: ``link_clicked(Route)`` a finding was opened.
    """

    link_clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tone: Tone = "second"
        self.note = label("", "strong")
        self.table = FittedTable(
            "day_findings",
            unsorted(
                Column("what", "確かめること", self._cell, stretch=True),
                Column("verb", "", lambda row: Cell(route_to(row.link).label, tone="accent"), keeps_width=True),
            ),
            title="受付の前に",
            empty="",
            on_act=self._open,
            on_click=lambda row, key: self._open(row) if key == "verb" else None,
            on_open=self._open,
            head=False,
        )
        when = label("印刷の前に見ておくもの", "small")
        head = side_by_side(section("受付の前に"), self.note, None, when, spacing=12)
        in_column(head, self.table, owner=self, spacing=8)
        self.setFocusProxy(self.table)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Show that the check is running."""
        self.note.setText("")
        self.table.set_empty("確認しています")
        self.table.show_rows(())

    def show_preflight(self, found: Preflight, *, is_near: bool) -> None:
        """Show the findings, or one line if there are none; ``is_near`` = the event is today or tomorrow."""
        self._tone = "amber" if is_near else "second"
        self.note.setText(fill_nonempty("{}件", sum(row.finding.severity != "参考" for row in found.rows)))
        self.note.setProperty("role", "warned" if is_near else "strong")
        self.note.style().polish(self.note)
        self.table.set_empty("ありません" if found.people else "ありません。名簿に載る参加者は、まだいません。")
        self.table.show_rows(found.rows)

    def _open(self, row: PreflightRow) -> None:
        self.link_clicked.emit(route_to(row.link))

    def _cell(self, row: PreflightRow) -> Cell:
        """Return the cell of a finding: its first words, and in one line whom or what it is about."""
        finding = row.finding
        first, _stop, rest = finding.sentence.partition("。")
        room = sum(end <= _ROOM for end in accumulate(map(len, finding.details))) or 1
        more = len(finding.details) - room
        names = "、".join(finding.details[:room]) + (f"　ほか{more}件" if more > 0 else "")
        sign: tuple[str, Tone] = ("circle", self._tone)
        if finding.severity == "止まる":
            sign = ("warning-octagon-fill", "red")
        elif finding.severity == "参考":
            sign = ("info", "second")
        return Cell(
            first,
            join_nonempty(names, rest, separator="。"),
            icon=sign[0],
            icon_tone=sign[1],
            strong=True,
            tip="\n".join(finding.details),
        )
