"""Grid to enter expected numbers by 団体, saved row by row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from app.common.join_nonempty import join_nonempty
from app.event.rules.expected_attendance import ExpectedTotals
from app.events.headcount.screens.count_line import (
    COLUMNS,
    LENT,
    NUMBERS,
    CountLine,
    organisation_proposals,
    sum_words,
    unknown_words,
)
from app.events.headcount.services import OrganisationChoice
from app.widgets.labels import label, separator
from app.widgets.layouts import in_grid
from app.widgets.tab_order import OWN_ORDER
from app.window import theme as t
from db.records.participants import ExpectedCount

_REMOVE = len(COLUMNS)
_TITLES = ("団体", *(title for _key, title, _unit in NUMBERS), "必要な対応")


class CountGrid(QWidget):
    """Grid of expected numbers by 団体, with an empty line at the end.

    Signals: ``rows_edited(list)`` the rows (``ExpectedCount``) to be saved, after a field was left or a line removed;
    ``finished()`` Enter in the empty line.
    """

    finished = Signal()
    rows_edited = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._event_id = 0
        self._model = QStandardItemModel()
        self._choices: tuple[OrganisationChoice, ...] = ()
        self.lines: list[CountLine] = []
        self._hidden: frozenset[str] = frozenset()
        self._heads: dict[str, QLabel] = {}
        self._read_only = False
        self._grid = in_grid(self, margins=(0, 0, 0, 0), across=8, down=4)
        self.setProperty(OWN_ORDER, True)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(COLUMNS.index("care_request"), 4)
        self._add_header()
        self.sums: dict[str, QLabel] = {
            "organisation_name": label("", "strong"),
            **{key: label("", "strong") for key, _title, _unit in NUMBERS},
        }
        self._line_above_sums = separator()
        # Placed at once, so that they belong to the page and are deleted with it, even if its rows were never read.
        self._place_sums()

    def show_rows(
        self,
        event_id: int,
        rows: Sequence[ExpectedCount],
        choices: Sequence[OrganisationChoice],
        *,
        lends: bool = True,
    ) -> None:
        """Show the stored rows; text being typed stays. ``lends`` False = nothing is asked about lent devices."""
        hidden = frozenset() if lends else frozenset({LENT})
        if hidden != self._hidden:
            self._hidden = hidden
            self.lines = self._clear_lines()
            for key in COLUMNS[1:-1]:
                self._heads[key].setVisible(key not in hidden)
                self.sums[key].setVisible(key not in hidden)
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._model = organisation_proposals(choices)
            self.lines = self._clear_lines()
        if event_id != self._event_id or len(self.lines) != len(rows) + 1:
            self._event_id = event_id
            self._build(rows)
        for line, row in zip(self.lines, (*rows, None), strict=True):
            line.show_record(row)

    def show_totals(self, totals: ExpectedTotals) -> None:
        """Show the sums below the columns."""
        self.sums["organisation_name"].setText(join_nonempty(f"計　{totals.organisations}団体", unknown_words(totals)))
        for key, _title, unit in NUMBERS:
            self.sums[key].setText(sum_words(totals, key, unit))

    def set_read_only(self, on: bool) -> None:
        """Set whether lines can be edited."""
        self._read_only = on
        for line in self.lines:
            line.set_read_only(on)

    def rows(self) -> list[ExpectedCount]:
        """Return the rows as typed, without lines that name no 団体."""
        return [line.read() for line in self.lines if line.name.text().strip()]

    def go_to_end(self) -> None:
        """Focus the name field of the empty line."""
        self.setFocus()

    # building

    def _add_header(self) -> None:
        ground = QFrame()
        ground.setStyleSheet(f"background: {t.PAPER_TINT};")
        self._grid.addWidget(ground, 0, 0, 1, _REMOVE + 1)
        for number, title in enumerate(_TITLES):
            head = label(title, "small", wrap=number in (0, len(_TITLES) - 1))
            head.setMinimumHeight(t.scaled(t.HEAD))
            head.setContentsMargins(6, 0, 6, 0)
            head.setStyleSheet("font-weight: bold;")
            if 0 < number < len(_TITLES) - 1:
                head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(head, 0, number)
            self._heads[COLUMNS[number]] = head

    def _clear_lines(self) -> list[CountLine]:
        """Remove the widgets of all lines, and return the empty list of lines."""
        for line in self.lines:
            for part in line.widgets():
                self._grid.removeWidget(part)
                part.hide()
                part.deleteLater()
        return []

    def _build(self, rows: Sequence[ExpectedCount]) -> None:
        """Build the lines of ``rows`` and the empty one anew; the focus and a text being typed stay."""
        focused = self._focus_position()
        typed = self._text_being_typed()
        self.lines = self._clear_lines()
        self.lines = [CountLine(self._event_id, row, self._model, self) for row in (*rows, None)]
        for number, line in enumerate(self.lines):
            self._place_line(number, line)
        self._place_sums()
        self._set_tab_order()
        self.setFocusProxy(self.lines[-1].name)
        if rows and not rows[0].id:
            self.setFocusProxy(self.lines[0].fields["people"])
        if focused is not None:
            self._focus(min(focused[0], len(self.lines) - 1), focused[1], typed)

    def _place_line(self, number: int, line: CountLine) -> None:
        row = 1 + number * 2
        for column, key in enumerate(COLUMNS):
            field = line.fields[key]
            field.setVisible(key not in self._hidden)
            self._grid.addWidget(field, row, column)
            field.edit_finished.connect(lambda line=line: self._validate_and_save(line))
            field.entered.connect(lambda line=line: self._leave_line(line))
            field.row_move_asked.connect(lambda step, line=line, column=column: self._move(line, column, step))
            field.pasted.connect(lambda text, line=line, column=column: self._paste(line, column, text))
        self._grid.addWidget(line.remove, row, _REMOVE)
        self._grid.addWidget(line.under, row + 1, 0, 1, _REMOVE + 1)
        line.remove.clicked.connect(lambda _on, line=line: self._remove(line))
        line.set_read_only(self._read_only)

    def _place_sums(self) -> None:
        row = 1 + len(self.lines) * 2
        self._grid.addWidget(self._line_above_sums, row, 0, 1, _REMOVE + 1)
        for column, key in enumerate(COLUMNS):
            if key in self.sums:
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                self.sums[key].setContentsMargins(6, 4, 9, 4)
                self._grid.addWidget(self.sums[key], row + 1, column, side)

    def _set_tab_order(self) -> None:
        # The remove buttons come last, so that Tab and Enter while typing do not reach them.
        parts: list[QWidget] = [part for line in self.lines for part in line.fields.values()]
        parts += [line.remove for line in self.lines]
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            # New fields are appended to the window's tab order; they belong at the grid's position.
            parts.insert(0, above)
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    # editing

    def _validate_and_save(self, line: CountLine) -> None:
        """Show what is invalid when a field was left, else emit the rows to be saved."""
        line.show_message()
        if line.problems():
            return
        for field in line.fields.values():
            field.mark_as_saved()
        if line is self.lines[-1] and not line.is_empty:
            self._append_empty_line()
        self.rows_edited.emit(self.rows())

    def _append_empty_line(self) -> None:
        """Add a new empty line after the last one was filled."""
        full = self.lines[-1]
        full.name.setPlaceholderText("")
        full.remove.setVisible(True)
        self.lines.append(CountLine(self._event_id, None, self._model, self))
        self._place_line(len(self.lines) - 1, self.lines[-1])
        self._place_sums()
        self._set_tab_order()
        self.setFocusProxy(self.lines[-1].name)

    def _remove(self, line: CountLine) -> None:
        self.rows_edited.emit([other.read() for other in self.lines if other is not line and other.name.text().strip()])

    def _leave_line(self, line: CountLine) -> None:
        if line is self.lines[-1] and line.is_empty:
            self.finished.emit()

    def _move(self, line: CountLine, column: int, step: int) -> None:
        if line in self.lines:
            number = self.lines.index(line) + step
            if 0 <= number < len(self.lines):
                # As in a workbook: after typing along a line with Tab, the next line begins at its first field.
                fresh = step > 0 and number == len(self.lines) - 1
                self._focus(number, 0 if fresh else column)

    def _paste(self, line: CountLine, column: int, text: str) -> None:
        """Fill the fields from a table of the clipboard, starting at the current field, and emit ``rows_edited``.

        A line of headings is skipped.
        """
        start = self.lines.index(line)
        lines = text.strip("\r\n").splitlines()
        if lines and {cell.strip() for cell in lines[0].split("\t")} <= {"", *_TITLES}:
            del lines[0]
        for offset, words in enumerate(lines):
            while start + offset >= len(self.lines) - 1:
                self._append_empty_line()
            keys = [key for key in COLUMNS[column:] if key not in self._hidden]
            for key, cell in zip(keys, words.split("\t"), strict=False):
                self.lines[start + offset].fields[key].setText(cell)
        for each in self.lines:
            each.show_message()
            if not each.problems():
                for field in each.fields.values():
                    field.mark_as_saved()
        self.rows_edited.emit(self.rows())

    # focus

    def _focus_position(self) -> tuple[int, int] | None:
        for number, line in enumerate(self.lines):
            for column, key in enumerate(COLUMNS):
                if line.fields[key].hasFocus():
                    return number, column
        return None

    def _text_being_typed(self) -> str | None:
        found = [field for line in self.lines for field in line.fields.values() if field.is_being_typed]
        return found[0].text() if found else None

    def _focus(self, number: int, column: int, typed: str | None = None) -> None:
        """Focus a field of line ``number``; its text becomes ``typed``, or is selected for None."""
        field = self.lines[number].fields[COLUMNS[column]]
        field.setFocus()
        if typed is not None:
            field.setText(typed)
        else:
            field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the messages to the new width."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_line_messages)

    def _show_line_messages(self) -> None:
        for line in self.lines:
            line.show_message()
