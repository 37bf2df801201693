"""Box 受付の前に: open findings to check before check-in, each with its link."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.common.join_nonempty import fill_nonempty
from app.event_day.day.services.preflight import Preflight, PreflightRow
from app.main_window.action_routes import route_to
from app.widgets.buttons import Button, link_button
from app.widgets.labels import IconLabel, label, section, separator, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.screen import widget_row as side_by_side
from app.window import theme as t

_SIGNS = {
    "止まる": ("warning-octagon-fill", t.RED),
    "確認": ("warning-fill", t.AMBER),
    "参考": ("info", t.INK_SECONDARY),
}
_MAX_NAMES = 2
_MAX_NAMES_BLOCKING = 4


class PreflightBox(QWidget):
    """Open findings before check-in.

    Signals: ``link_clicked(Route)`` the link of a finding was pressed.
    """

    link_clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open: set[str] = set()
        self._shown: Preflight | None = None
        self.rows: list[QWidget] = []
        self.buttons: list[Button] = []
        self.note = label("", "warned")
        self._list = in_column(spacing=4)
        in_column(
            side_by_side(section("受付の前に"), self.note, None, spacing=12),
            separator(),
            self._list,
            owner=self,
            spacing=4,
        )
        self.show_waiting()

    def show_waiting(self) -> None:
        """Show that the check is running."""
        self._clear()
        self.note.setText("")
        self._add(label("確認しています", "second"))

    def show_preflight(self, found: Preflight) -> None:
        """Show the findings, most severe first, or one line if there are none."""
        self._shown = found
        focused = next((one.accessibleName() for one in self.buttons if one.hasFocus()), "")
        self._clear()
        self.note.setText(fill_nonempty("{}件", found.attention_count))
        if not found.rows:
            self._add(
                label("ありません" if found.people else "ありません。名簿に載る参加者は、まだいません。", "second")
            )
        for row in found.rows:
            self._add(self._row(row))
        for button in self.buttons:
            if button.accessibleName() == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        """Remove the rows of all findings."""
        for part in self.rows:
            part.hide()
            part.deleteLater()
        self.rows, self.buttons = [], []

    def _add(self, part: QWidget) -> None:
        self._list.addWidget(part)
        self.rows.append(part)

    def _row(self, row: PreflightRow) -> QWidget:
        """Build the row of a finding: icon, sentence, the first people in small, and the link."""
        finding = row.finding
        name, colour = _SIGNS[finding.severity]
        sign = IconLabel(name, 18, colour)
        sign.setMinimumWidth(t.scaled(22))
        words = in_column(wrapped_label(finding.sentence), spacing=1)
        most = _MAX_NAMES_BLOCKING if finding.severity == "止まる" else _MAX_NAMES
        whole = finding.sentence in self._open
        shown = list(finding.details if whole else finding.details[:most])
        more = len(finding.details) - len(shown)
        if shown:
            between = "\n" if whole or finding.severity == "止まる" else "、"
            words.addWidget(wrapped_label(between.join(shown), "small"))
        if more or whole:
            turn = link_button(
                f"ほか{more}件を表示" if more else "たたむ", partial(self._toggle_details, finding.sentence)
            )
            turn.setAccessibleName(f"{finding.sentence}　{turn.text()}")
            words.addWidget(turn, 0, Qt.AlignmentFlag.AlignLeft)
        way = route_to(row.link)
        link = with_accessible_name(
            link_button(way.label, partial(self.link_clicked.emit, way)), f"{finding.sentence}　{way.label}"
        )
        link.setAccessibleDescription("、".join(finding.details))
        self.buttons.append(link)
        part = QFrame()
        in_row(
            (sign, 0, Qt.AlignmentFlag.AlignTop),
            (words, 1),
            (link, 0, Qt.AlignmentFlag.AlignTop),
            owner=part,
            spacing=8,
            margins=(0, 2, 0, 2),
        )
        part.setAccessibleName(finding.sentence)
        return part

    def _toggle_details(self, sentence: str) -> None:
        self._open ^= {sentence}
        if self._shown is not None:
            self.show_preflight(self._shown)
