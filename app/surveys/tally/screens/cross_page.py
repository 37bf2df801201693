"""クロス集計, of any question by another or by the year's events; on paper small cells are hidden."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.documents.screens.painted_table import PaintedTable
from app.surveys.questions.parts import PageHeading
from app.surveys.tally.documents import CROSS_KIND
from app.surveys.tally.rules import PercentBase, PrintedCross
from app.surveys.tally.services.survey_cross import CrossChoice, CrossView, choose_cross, read_cross, set_masking
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label, small_label, wrapped_label
from app.widgets.layouts import column_of, in_column, row_of
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.failure_messages import failure_of
from app.window.line_breaks import wrap_words
from app.window.painting import stroke, theme_colour

_PAD = 8
_LABEL_SHARE = 0.24
_MIN_COLUMN_WIDTH = 52.0
BY_EVENT = "実施回（今年度の全回）"
_PERCENT_OPTIONS: tuple[tuple[PercentBase, str], ...] = (
    ("", "人数だけ"),
    ("row", "横の計に対する％"),
    ("column", "縦の計に対する％"),
)


class CrossGrid(PaintedTable):
    """A cross table on the screen, with people, percentages and sums; Ctrl+C copies it as shown.

    Signals: none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._table: PrintedCross | None = None

    def show_table(self, table: PrintedCross, title: str) -> None:
        """Show a table; ``title`` is for screen readers."""
        self._table = table
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.as_clipboard_text().replace("\t", " ").replace("\n", "、"))
        self.updateGeometry()
        self.update()

    def as_clipboard_text(self) -> str:
        """Return the shown table, separated by tabs; "" without one."""
        if self._table is None:
            return ""
        lines = ["\t".join(("", *self._table.columns))]
        for name, cells in self._table.lines:
            lines.append("\t".join((name, *(cell.people for cell in cells))))
            if any(cell.percent for cell in cells):
                lines.append("\t".join(("％", *(cell.percent for cell in cells))))
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        """Return a width of 560 and the height that the table has at its present width."""
        width = self.width() if self.width() > 200 else 560
        return QSize(560, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which every column fits, and the height of the table."""
        columns = len(self._table.columns) if self._table is not None else 1
        least = round(120 + columns * _MIN_COLUMN_WIDTH)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    # drawing

    def _paint_from_top(self, painter: QPainter | None, width: float) -> float:
        """Lay everything out from top to bottom, drawing it with a painter; return the height."""
        table = self._table
        if table is None:
            return 0.0
        left = max(120.0, width * _LABEL_SHARE)
        column = (width - left) / len(table.columns)
        y = self._head(painter, table, left, column, width)
        last = len(table.lines) - 1
        for number, (name, cells) in enumerate(table.lines):
            total = number == last
            lines = wrap_words(name, t.font(bold=total), left - 2 * _PAD)
            shares = any(cell.percent for cell in cells)
            tall = max(len(lines) * t.line_height(), t.line_height() + (t.line_height("small") if shares else 0)) + 10
            if painter is not None and total:
                painter.fillRect(QRectF(0, y, width, tall), t.FOOTER)
            top = y + 5
            for line, _w in lines:
                _draw_text(painter, QRectF(_PAD, top, left, t.line_height()), line, bold=total)
                top += t.line_height()
            for place, cell in enumerate(cells):
                area = QRectF(left + place * column, y + 5, column - _PAD, t.line_height())
                bold = total or place == len(cells) - 1
                _draw_text(
                    painter,
                    area,
                    cell.people,
                    bold=bold,
                    right=True,
                    colour=t.INK_SECONDARY if cell.is_hidden else t.INK,
                )
                below = area.translated(0, t.line_height())
                _draw_text(painter, below, cell.percent, role="small", right=True, colour=t.INK_SECONDARY)
            y += tall
            _draw_line(painter, y, width, t.STRONG_LINE if number == last - 1 else t.ROW_LINE)
        return y

    def _head(self, painter: QPainter | None, table: PrintedCross, left: float, column: float, width: float) -> float:
        """Draw the headings of the columns (nothing without painter); return their height."""
        font = t.font("small", bold=True)
        titles = [wrap_words(title, font, column - _PAD) for title in table.columns]
        small = t.line_height("small")
        tall = max(len(lines) for lines in titles) * small + 10
        if painter is not None:
            painter.fillRect(QRectF(0, 0, width, tall), t.PAPER_TINT)
        for place, lines in enumerate(titles):
            top = tall - 5 - len(lines) * small
            for line, _w in lines:
                area = QRectF(left + place * column, top, column - _PAD, small)
                _draw_text(painter, area, line, role="small", bold=True, right=True, colour=t.INK_SECONDARY)
                top += small
        words = "人数・％" if any(cell.percent for _name, cells in table.lines for cell in cells) else "人数"
        _draw_text(
            painter, QRectF(_PAD, tall - 5 - small, left, small), words, role="small", bold=True, colour=t.INK_SECONDARY
        )
        _draw_line(painter, tall, width, t.STRONG_LINE)
        return tall


def _draw_line(painter: QPainter | None, y: float, width: float, colour: str) -> None:
    if painter is not None:
        painter.setPen(stroke(colour))
        painter.drawLine(QPointF(0, y), QPointF(width, y))


def _draw_text(
    painter: QPainter | None,
    area: QRectF,
    words: str,
    *,
    role: t.Role = "body",
    bold: bool = False,
    right: bool = False,
    colour: str = t.INK,
) -> None:
    """Draw one line of text in its area; nothing without painter."""
    if painter is None or not words:
        return
    font = t.font(role, bold=bold)
    metrics = QFontMetricsF(font)
    x = area.right() - metrics.horizontalAdvance(words) if right else area.left()
    painter.setFont(font)
    painter.setPen(theme_colour(colour))
    painter.drawText(QPointF(x, area.top() + (area.height() + metrics.ascent() - metrics.descent()) / 2), words)


class CrossPage(ActionMixin, QWidget):
    """Page with the cross tables of one survey and the choice of those to print.

    Signals: none.
    """

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self._choice: CrossChoice | None = None
        self._view: CrossView | None = None
        self.back = link_button("‹ 集計に戻る")
        self.problem = NoteBox(tone="red")
        self.warning = NoteBox(tone="amber")
        self.stays_note = NoteBox(tone="amber")
        self.row_box = ChoiceBox("行の設問")
        self.column_box = ChoiceBox("列の設問")
        self.percent_box = ChoiceBox("割合")
        for value, words in _PERCENT_OPTIONS:
            self.percent_box.addItem(words, value)
        self.year_box = QCheckBox("今年度の全回を合わせる")
        self.masked_box = QCheckBox("2人以下の欄を伏せて見る")
        self.grid = CrossGrid()
        self.title = wrapped_label("", "h2")
        self.note = small_label()
        self.add_button = main_button("この表をクロス集計表に載せる", self.add_to_document, icon_name="plus")
        self.document_text = wrapped_label()
        self.masking_text = small_label()
        self.mask_button = Button("", self.toggle_masking)
        self.open_button = Button("クロス集計表を開く", self.open_document, icon_name="printer")
        self._lines = QVBoxLayout()
        self._build()
        for box in (self.row_box, self.column_box, self.percent_box):
            box.activated.connect(self._on_choice_changed)
        for tick in (self.year_box, self.masked_box):
            tick.clicked.connect(self._on_choice_changed)

    def _build(self) -> None:
        column = in_column(
            FlowRow(self.back, PageHeading("クロス集計"), spacing=12),
            self.problem,
            FlowRow(
                label("行"),
                self.row_box,
                label("列"),
                self.column_box,
                self.percent_box,
                self.year_box,
                self.masked_box,
                spacing=10,
            ),
            self.warning,
            owner=self,
            spacing=8,
        )
        inside = column_of(self.title, self.grid, self.note, None, spacing=8, margins=(0, 0, 8, 0))
        main = Panel()
        main.put((in_scroll_area(inside), 1))
        side = Panel("クロス集計表に載せる表")
        self._lines.setSpacing(6)
        side.put(
            self.stays_note,
            self.document_text,
            self._lines,
            self.masking_text,
            FlowRow(self.mask_button, self.open_button),
        )
        self.parts = FoldingColumns("表", main, (("載せる表", side),), wide=330)
        column.addWidget(self.parts, 1)

    # what the page around does

    def show_event(self, event_id: int) -> None:
        """Read and show a cross table of an event's survey; for the same event the one shown before."""
        if event_id != self._event_id:
            self._choice = None
            self.problem.show_text("")
            self.masked_box.setChecked(False)
        self._event_id = event_id
        self._read()

    def take_focus(self) -> None:
        """Set the focus to the first choice."""
        self.row_box.setFocus()

    def _read(self) -> None:
        self.app_context.read(
            with_store(read_cross, event_id=self._event_id, choice=self._choice, masked=self.masked_box.isChecked()),
            self._show,
            on_failed=lambda problem: show_failure_in(failure_of(problem), self.problem),
            owner=self,
        )

    def _show(self, view: CrossView) -> None:
        """Show the table that was read, with its choices, unless another event was chosen meanwhile."""
        if view.event.id != self._event_id:
            return
        self._view = view
        self._choice = view.choice
        _fill(self.row_box, [(code, f"{number}　{title}") for code, number, title in view.questions], view.choice.row)
        others = [(code, f"{number}　{title}") for code, number, title in view.questions if code != view.choice.row]
        _fill(self.column_box, [*others, ("", BY_EVENT)], view.choice.column)
        self.percent_box.setCurrentIndex(self.percent_box.findData(view.choice.percent_base))
        by_event = not view.choice.column
        self.year_box.setChecked(view.choice.is_whole_year or by_event)
        self.year_box.setEnabled(not by_event)
        scope = f"今年度の{view.event.kind_words}の全回" if self.year_box.isChecked() else view.event.full_title
        self.title.setText(f"{view.row_title}　×　{view.column_title}（{scope}）")
        self.grid.show_table(view.printed, self.title.text())
        self.note.setText(view.note)
        self.warning.show_text(view.warning)
        self._show_printed_tables(view)

    def _show_printed_tables(self, view: CrossView) -> None:
        """Show the tables chosen for クロス集計表, and what may be done.

        That is: whether the one shown may be added (or why not), and whether small cells are hidden.
        """
        clear_layout(self._lines)
        names = {"": "実施回"} | {code: f"{number} {title}" for code, number, title in view.questions}
        for choice in view.chosen_tables:
            words = "　×　".join(names.get(code, "（なくなった設問）") for code in (choice.row, choice.column))
            if choice.is_whole_year:
                words += "　全回"
            leave_out = inline_button("外す", partial(self._remove_from_document, choice))
            self._lines.addWidget(row_of((wrapped_label(words), 1), leave_out, spacing=6))
        self.document_text.setText(
            "" if view.chosen_tables else "まだ選ばれていません。表を作り、「載せる」を押してください。"
        )
        self.document_text.setVisible(not view.chosen_tables)
        there = view.choice in view.chosen_tables
        stays = view.internal_reason if view.is_masked_on_document else ""
        self.stays_note.show_text(f"**この表は区の外に出せません。**\n{view.internal_reason}" if stays else "")
        self.add_button.setEnabled(not there and not stays and self.may_write)
        self.add_button.set_words("クロス集計表に載せてあります" if there else "この表をクロス集計表に載せる")
        self.open_button.setEnabled(any({one.row, one.column} <= names.keys() for one in view.chosen_tables))
        self.masking_text.setText(
            "PDFとExcelでは、2人以下の欄と、そこから逆算できる欄を伏せます。"
            if view.is_masked_on_document
            else "PDFとExcelにも、2人以下の欄をそのまま出します。区の内部だけで使ってください。"
        )
        self.mask_button.set_words("伏せずに出す" if view.is_masked_on_document else "伏せて出す")

    # acts

    def _on_choice_changed(self) -> None:
        """Store the choice of the boxes, and read its table."""
        row, column = str(self.row_box.currentData()), str(self.column_box.currentData() or "")
        if row == column:
            column = ""
        share: PercentBase = self.percent_box.currentData()
        year = self.year_box.isChecked() and bool(column)
        self._choice = CrossChoice(row=row, column=column, is_whole_year=year, percent_base=share)
        self._read()

    def add_to_document(self) -> None:
        """Add the shown table to those printed in クロス集計表, and save this."""
        if self._choice is not None:
            self.run_action(choose_cross, event_id=self._event_id, choice=self._choice, on=True)

    def _remove_from_document(self, choice: CrossChoice) -> None:
        self.run_action(choose_cross, event_id=self._event_id, choice=choice, on=False)

    def toggle_masking(self) -> None:
        """Save that small cells are hidden on paper again, or open a dialog for the reason to print them."""
        if self._view is not None and not self._view.is_masked_on_document:
            self.run_action(set_masking, event_id=self._event_id, masked=True)
            return
        ReasonDialog(
            self,
            "2人以下の欄を伏せずに出す",
            "",
            verb="伏せずに出す",
            text="伏せずに出した表は、誰の回答か分かるおそれがあるため、区の外に出せません。"
            "各ページに「区の内部用」と入ります。",
            usual_reasons=("区の内部での検討に使う",),
            change=lambda reason: bind_action(set_masking, event_id=self._event_id, masked=False, reason=reason),
        ).open()

    def open_document(self) -> None:
        """Go to the document クロス集計表 of the event."""
        self.go("event", event_id=self._event_id, tab="書類", kind=CROSS_KIND)


def _fill(box: ChoiceBox, entries: list[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for code, words in entries:
        box.addItem(words, code)
    box.setCurrentIndex(box.findData(chosen))
