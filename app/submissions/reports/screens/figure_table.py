"""The table 数字の突合, where numbers read from a report are confirmed by key and differences settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from app.common.join_nonempty import join_nonempty
from app.submissions.reports.rules.report_figures import MATERIAL_ITEM
from app.submissions.reports.screens.figure_lines import FigureLine
from app.submissions.reports.services.report_check import HANDLINGS
from app.widgets.keys import ENTER
from app.widgets.lists.framed_grid import FramedCell, FramedGrid, Index
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.line_breaks import wrapped
from app.window.painting import paint_box, paint_disc, paint_text, stroke, theme_colour
from db.digits import is_digits

ITEM, THEIRS, OURS, DIFFERENCE, SOURCE, HANDLING = range(6)
_HEADS = ("項目", "報告書（読取り）", "区の記録", "差", "区の記録の出どころ", "扱い")
UNDECIDED = "扱いを選ぶ"
NOT_WRITTEN = "なし"
_NUMBER = "[0-9０-９]+"
_PAD = 8.0
_WIDE = 676
_ITEM = 76
_SIDE = 18


class _FigureModel(QAbstractTableModel):
    """The table model of the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[FigureLine, ...] = ()

    def show_lines(self, lines: tuple[FigureLine, ...]) -> None:
        """Replace the lines; with the same numbers the table keeps its rows and only redraws them."""
        same = [one.figure.id for one in lines] == [one.figure.id for one in self.lines]
        if not same:
            self.beginResetModel()
        self.lines = lines
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, HANDLING))

    def rowCount(self, _parent: Index | None = None) -> int:
        """Return one row for each number."""
        return len(self.lines)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return the fixed number of columns."""
        return len(_HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a cell; the report's number and the handling of a difference can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (THEIRS, HANDLING) else flags

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text or alignment of a heading."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, which is its accessible text too; no other role has a value."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.lines[index.row()]
        return (
            line.figure.item, theirs_words(line), line.figure.ours or "—", line.difference, line.source_words,
            handling_words(line),
        )[index.column()]  # fmt: skip


def theirs_words(line: FigureLine) -> str:
    """Return the report's number in words, or all proposals with their pages."""
    if line.is_ambiguous:
        return "／".join(f"{one.words} p.{one.page}" for one in line.proposals)
    return line.effective_figure.theirs


def handling_words(line: FigureLine) -> str:
    """Return how the number was settled (「修正を依頼」, 「確認」) or what to do (「扱いを選ぶ」); "" = nothing."""
    if line.cause:
        return f"{line.cause}と一緒に{line.figure.handling or '決める'}"
    if line.is_ambiguous:
        return "どちらかを選ぶ"
    if line.differs:
        return line.figure.handling or UNDECIDED
    if line.is_missing:
        return "入力するか「なし」" if line.is_required else ""
    if not line.figure.ours.strip():
        return ""
    return "確認" if line.is_confirmed else "未確認"


def _reason(line: FigureLine) -> str:
    return line.figure.reason or (
        "報告書には書かれていない。区の記録による。" if line.effective_figure.theirs == NOT_WRITTEN else ""
    )


class _LinePainter(FramedCell):
    """Draws a cell (proposals in a dashed box), on red where the numbers differ, on amber where one is needed."""

    inset = 1.5
    focused_line = 3

    def ground(self, index: Index) -> str:
        line = _line_at(index)
        return t.RED_TINT if line.differs else t.AMBER_BOX if _is_open(line) else t.PAGE

    def draw(self, painter: QPainter, area: QRectF, index: Index) -> None:
        line, inner = _line_at(index), area.adjusted(_PAD, 0, -_PAD / 2, -1)
        match index.column():
            case c if c == ITEM:
                view = self.parent()
                assert isinstance(view, FigureTable)
                _draw_words(painter, inner, view.item_words(line), strong=line.differs or _is_open(line))
            case c if c == THEIRS:
                _draw_theirs(painter, inner, line)
            case c if c == OURS:
                _draw_words(painter, inner, line.figure.ours or "—", small=_long(line.figure.ours))
            case c if c == DIFFERENCE:
                _draw_difference(painter, inner, line)
            case c if c == SOURCE:
                _draw_words(painter, inner, line.source_words, small=True, ink=t.INK_SECONDARY)
            case _:
                _draw_handling(painter, inner, line)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return an edit field for the number or the reason in the cell."""
        item = _line_at(index).figure.item
        box = QLineEdit(parent)
        if index.column() == THEIRS:
            box.setAccessibleName(f"{item}　報告書の数字")
            box.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        else:
            box.setAccessibleName(f"{item}　差のままとする理由")
            box.setPlaceholderText("差のままとする理由（確認票に載ります）")
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the field with the report's number ("" if ambiguous) or the reason, and select all.

        Nothing once the user typed in it.
        """
        line = _line_at(index)
        if isinstance(editor, QLineEdit) and not editor.isModified():
            words = (
                (line.effective_figure.theirs if not line.is_ambiguous else "")
                if index.column() == THEIRS
                else _reason(line)
            )
            editor.setText(words)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Pass the typed text to the table, after the field has closed."""
        view = self.parent()
        if isinstance(view, FigureTable) and isinstance(editor, QLineEdit):
            line, column, words = _line_at(index), index.column(), editor.text()
            # After the field has closed, since the next step moves to another line.
            QTimer.singleShot(0, view, lambda: view.apply_input(line, column, words))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Give the field of a reason the width of three columns."""
        area = option.rect
        view = self.parent()
        if index.column() == HANDLING and isinstance(view, FigureTable):
            area.setLeft(view.columnViewportPosition(DIFFERENCE))
        editor.setGeometry(area.adjusted(2, 2, -2, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return no width and the usual height, as the table sets both."""
        return QSize(0, t.scaled(t.LOW_ROW))


def _line_at(index: Index) -> FigureLine:
    model = index.model()
    assert isinstance(model, _FigureModel)
    return model.lines[index.row()]


def _is_open(line: FigureLine) -> bool:
    return line.is_ambiguous or (line.is_missing and line.is_required)


def _long(words: str) -> bool:
    """Return whether a text needs a second line."""
    return len(words) > 9


def _draw_words(
    painter: QPainter, area: QRectF, words: str, *, strong: bool = False, small: bool = False, ink: str = t.INK
) -> None:
    """Draw a text in its area, in smaller type where it is too wide."""
    font = t.font("small" if small else "body", bold=strong)
    if not small and QFontMetricsF(font).horizontalAdvance(words) > area.width():
        font = t.font("small", bold=strong)
    painter.setFont(font)
    painter.setPen(theme_colour(ink))
    painter.drawText(
        area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, wrapped(words, font, area.width())
    )


def _draw_theirs(painter: QPainter, area: QRectF, line: FigureLine) -> None:
    """Draw the number of the report with its page, in a dashed box while it is only proposed.

    Where a needed one is missing an empty box is drawn.
    """
    page = f"p.{line.effective_figure.page}" if line.effective_figure.page and line.effective_figure.theirs else ""
    words = theirs_words(line)
    if line.is_missing or not words:
        if line.is_missing and line.is_required:
            tall = min(area.height() - 6, float(t.scaled(26)))
            box = QRectF(area.x(), area.center().y() - tall / 2, min(t.scaled(64), area.width()), tall)
            paint_box(painter, box, stroke(t.CONTROL), t.PAGE)
        return
    ink = t.RED if line.differs else t.AMBER_INK if line.is_ambiguous else t.INK
    if line.is_confirmed or line.is_ambiguous or _long(words):
        _draw_words(painter, area, words, strong=line.differs or line.is_ambiguous, small=_long(words), ink=ink)
        if page and not line.is_ambiguous and not _long(words):
            font = t.font("body", bold=line.differs)
            wide = QFontMetricsF(font).horizontalAdvance(words)
            _draw_words(painter, area.adjusted(wide + 8, 0, 0, 0), page, small=True, ink=t.INK_SECONDARY)
        if not line.is_confirmed and not line.is_ambiguous:
            _draw_dashed_box(painter, area.adjusted(-4, 3, -2, -3), t.RED if line.differs else t.ACCENT)
        return
    font = t.font("body", bold=line.differs)
    wide = QFontMetricsF(font).horizontalAdvance(words) + 12
    tall = min(area.height() - 10, float(t.scaled(22)))
    box = QRectF(area.x() - 4, area.center().y() - tall / 2, wide, tall)
    _draw_dashed_box(painter, box, t.RED if line.differs else t.ACCENT)
    _draw_words(painter, box.adjusted(6, 0, 2, 0), words, strong=line.differs, ink=ink)
    _draw_words(painter, area.adjusted(wide + 2, 0, 0, 0), page, small=True, ink=t.INK_SECONDARY)


def _draw_dashed_box(painter: QPainter, box: QRectF, colour: str) -> None:
    pen = stroke(colour, 1.2)
    pen.setDashPattern([3, 2])
    paint_box(painter, box, pen, Qt.BrushStyle.NoBrush)


def _draw_difference(painter: QPainter, area: QRectF, line: FigureLine) -> None:
    """Draw the difference, with a red dot where there is one."""
    words = line.difference
    if line.differs:
        wide = t.scaled(_SIDE)
        dot = QRectF(area.x(), area.center().y() - wide / 2, wide, wide)
        paint_disc(painter, dot, Qt.PenStyle.NoPen, t.RED)
        paint_text(painter, dot, str(line.number), t.font("small", bold=True), t.PAGE, "center")
        _draw_words(painter, area.adjusted(wide + 5, 0, 0, 0), words, strong=True, ink=t.RED)
    elif line.agrees and not line.recomputed and not line.is_ambiguous:
        side = t.scaled(14)
        paint_icon(painter, "check", QRectF(area.x(), area.center().y() - side / 2, side, side), t.GREEN)
        _draw_words(painter, area.adjusted(side + 5, 0, 0, 0), words, ink=t.GREEN)
    else:
        open_line = line.is_ambiguous or line.is_required or bool(line.recomputed)
        _draw_words(painter, area, words, strong=open_line, ink=t.AMBER_INK if open_line else t.INK_SECONDARY)


def _draw_handling(painter: QPainter, area: QRectF, line: FigureLine) -> None:
    """Draw how a number was settled, as a box where it is still to be done."""
    words = handling_words(line)
    if (line.differs and not line.cause) or line.is_ambiguous:
        tall = min(area.height() - 6, float(t.scaled(26)))
        box = QRectF(area.x() - 2, area.center().y() - tall / 2, area.width(), tall)
        paint_box(painter, box, stroke(t.CONTROL), t.PAGE)
        side = t.scaled(12)
        _draw_words(painter, box.adjusted(6, 0, -side - 6, 0), words)
        paint_icon(
            painter, "caret-down", QRectF(box.right() - side - 5, box.center().y() - side / 2, side, side), t.INK
        )
    else:
        _draw_words(painter, area, words, small=True, ink=t.GREEN if words == "確認" else t.INK_SECONDARY)


class FigureTable(FramedGrid):
    """The numbers of a report; Enter confirms, F2 corrects, 1 2 3 settle a difference, F4 = not written.

    Signals: ``confirmed(FigureLine)`` Enter; ``all_asked()`` F5: all that match at once, while there are any;
    ``typed(FigureLine, str, str)`` what was typed, and the page in it; ``handled(FigureLine, str, str)`` one of
    ``HANDLINGS`` with its reason; ``picked(FigureLine, int)`` one of several proposals; ``moved(object)`` another
    current line (None = none).
    """

    confirmed = Signal(object)
    all_asked = Signal()
    typed = Signal(object, str, str)
    handled = Signal(object, str, str)
    picked = Signal(object, int)
    moved = Signal(object)

    def __init__(self) -> None:
        self.model_of_lines = _FigureModel()
        super().__init__("数字の突合", self.model_of_lines, head_height=t.HEAD)
        self.read_only = False
        self._began_at = -1
        self.setItemDelegate(_LinePainter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()

    # what a screen does

    def lines(self) -> tuple[FigureLine, ...]:
        """Return the lines shown."""
        return self.model_of_lines.lines

    def show_lines(self, lines: Sequence[FigureLine], *, read_only: bool) -> None:
        """Replace the lines.

        With the same numbers, current line and open field stay and ``moved`` is emitted again; with others the line to
        begin with becomes current (``go_to_first``).
        """
        self.read_only = read_only
        before = self.current_line()
        fresh = [one.figure.id for one in lines] != [one.figure.id for one in self.lines()]
        self.model_of_lines.show_lines(tuple(lines))
        self._set_heights()
        if fresh and lines:
            self.go_to_first()
        elif before is not None:
            self.moved.emit(self.current_line())

    def current_line(self) -> FigureLine | None:
        """Return the line of the current cell, None without one."""
        row = self.currentIndex().row()
        return self.lines()[row] if 0 <= row < len(self.lines()) else None

    def go_to(self, item: str) -> None:
        """Make the line of ``item`` the current one."""
        for row, line in enumerate(self.lines()):
            if line.figure.item == item:
                self.setCurrentIndex(self.model_of_lines.index(row, THEIRS))

    def go_to_first(self, *, excluding: Sequence[FigureLine] = ()) -> None:
        """Make the first difference that waits current, else the first number that waits, else the first line.

        Lines in ``excluding`` are passed over.
        """
        lines = self.lines()
        waiting = [(row, line) for row, line in enumerate(lines) if line.is_waiting and line not in excluding]
        order = [row for row, line in waiting if line.differs] + [row for row, _line in waiting]
        self._began_at = order[0] if order else 0
        self.setCurrentIndex(self.model_of_lines.index(self._began_at, THEIRS))

    @property
    def is_in_use(self) -> bool:
        """Return whether somebody types or already moved the cursor, which late results must not move then."""
        if self.state() == QAbstractItemView.State.EditingState:
            return True
        return self.hasFocus() and self.currentIndex().row() != self._began_at

    def go_to_next(self) -> None:
        """Make the next number that waits current, downward and then from above."""
        lines, here = self.lines(), self.currentIndex().row()
        order = [*range(here + 1, len(lines)), *range(here)]
        following = next((row for row in order if lines[row].is_waiting), None)
        if following is not None:
            self.setCurrentIndex(self.model_of_lines.index(following, THEIRS))

    def edit_current(self) -> None:
        """Open the field of the current line（F2）."""
        if self.current_line() is not None and not self.read_only:
            self.edit(self.model_of_lines.index(self.currentIndex().row(), THEIRS))

    def settle_current(self, handling: str) -> None:
        """Emit ``handled`` for the difference of the current line; 差のまま opens the field for its reason first."""
        line = self.current_line()
        if line is None or self.read_only or not line.differs:
            return
        if handling == "差のまま":
            self.edit(self.model_of_lines.index(self.currentIndex().row(), HANDLING))
        else:
            self.handled.emit(line, handling, "")

    def apply_input(self, line: FigureLine, column: int, words: str) -> None:
        """Emit ``handled`` or ``typed`` for the words of a field, without the page at their end (「p.3」「p.3-4」).

        The page is emitted beside them; for an empty reason nothing is emitted.
        """
        kept = words.strip()
        if column == HANDLING:
            if kept:
                self.handled.emit(line, "差のまま", kept)
            return
        told = re.search(
            rf"[\s　]*[pPｐＰ]{{1,2}}[.．]?\s*({_NUMBER}(?:\s*[-‐－–〜～~、,，・]\s*{_NUMBER})*)\s*$", kept
        )
        page = told[1] if told is not None else ""
        self.typed.emit(line, kept[: told.start()] if told is not None else kept, page)

    def mark_not_written(self) -> None:
        """Emit ``typed`` with 「なし」 (the report does not state it) if the current line is required and missing."""
        line = self.current_line()
        if line is not None and line.is_missing and line.is_required and not self.read_only:
            self.typed.emit(line, NOT_WRITTEN, "")

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the pressed key stands for with the current number (Enter confirms, F2 edits …)."""
        line, key, held = self.current_line(), event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        # An open field takes its keys first, and passes Enter on when it closes.
        writing = self.state() == QAbstractItemView.State.EditingState
        if held or line is None or writing:
            super().keyPressEvent(event)
        elif key in ENTER:
            self.confirm_or_offer(line)
        elif key == Qt.Key.Key_F2:
            self.edit_current()
        elif key == Qt.Key.Key_F4:
            self.mark_not_written()
        elif key == Qt.Key.Key_F5:
            if not self.read_only and any(one.proposal is not None and one.agrees for one in self.lines()):
                self.all_asked.emit()
        elif line.differs and Qt.Key.Key_1 <= key <= Qt.Key.Key_3:
            self.settle_current(HANDLINGS[key - Qt.Key.Key_1])
        elif line.is_ambiguous and Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(line.proposals):
            self.picked.emit(line, key - Qt.Key.Key_1)
        elif line.is_missing and is_digits(event.text()) and not self.read_only:
            self.edit_current()
            box = self.findChild(QLineEdit)
            if box is not None:
                box.setText(event.text())
                box.setModified(True)
        else:
            super().keyPressEvent(event)

    def confirm_or_offer(self, line: FigureLine) -> None:
        """Open the choices of an ambiguous or unsettled line, or the field of a required missing number.

        For any other line emit ``confirmed``; nothing while read-only.
        """
        if self.read_only:
            return
        if line.is_ambiguous or (line.is_confirmed and line.is_waiting):
            self._show_choices(line)
        elif line.is_missing and line.is_required:
            self.edit_current()
        else:
            self.confirmed.emit(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the menu on a click on 扱い or an ambiguous number, or start typing on an empty one."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = self.current_line()
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or line is None or self.read_only:
            return
        if index.column() == THEIRS and line.is_missing:
            self.edit_current()
        elif index.column() == HANDLING or (index.column() == THEIRS and line.is_ambiguous):
            self._show_choices(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the field to correct the report's number on a double click."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).column() == THEIRS:
            self.edit_current()

    def choice_menu(self, line: FigureLine) -> QMenu | None:
        """Return the menu of a line's possible actions, or None."""
        menu = QMenu(self)
        if line.is_ambiguous:
            for number, proposal in enumerate(line.proposals):
                menu.addAction(
                    f"{number + 1}　{proposal.words}（p.{proposal.page}）", partial(self.picked.emit, line, number)
                )
        elif line.is_missing and line.is_required:
            menu.addAction("F4　なし（報告書に書かれていない）", self.mark_not_written)
            menu.addAction("F2　入力する", self.edit_current)
        elif line.differs and not line.cause:
            for number, handling in enumerate(HANDLINGS, 1):
                words = handling if handling != "差のまま" else "差のまま（理由を書く）"
                menu.addAction(f"{number}　{words}", partial(self.settle_current, handling))
        else:
            return None
        return menu

    def _show_choices(self, line: FigureLine) -> None:
        """Open the menu with the ways to settle a number."""
        menu = self.choice_menu(line)
        if menu is not None:
            under = self.visualRect(self.model_of_lines.index(self.currentIndex().row(), HANDLING))
            menu.popup(self.viewport().mapToGlobal(under.bottomLeft()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Redraw the lines and emit ``moved`` when another line becomes current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row():
            self.moved.emit(self.current_line())

    def viewportEvent(self, event: QEvent) -> bool:
        """Set the tooltip to source and reason of the number under the mouse."""
        if isinstance(event, QHelpEvent):
            row = self.rowAt(event.pos().y())
            line = self.lines()[row] if 0 <= row < len(self.lines()) else None
            self.setToolTip(join_nonempty(line.source_words, line.figure.reason) if line else "")
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._lay_out()

    def _set_heights(self) -> None:
        """Set the height of each line by its words; narrow columns take a second line for theirs."""
        body, small = t.metrics("body", bold=True), t.metrics("small", bold=True)
        hidden = self.isColumnHidden(SOURCE)
        for row, line in enumerate(self.lines()):
            item, theirs = self.item_words(line), theirs_words(line)
            tall = _long(line.effective_figure.theirs) or line.is_ambiguous
            heights = [t.scaled(t.ROW + 6 if tall else t.LOW_ROW)]
            for column, said, always, font in (
                (ITEM, item, False, body),
                # The people of every row of a question take as many lines as they need.
                *(((THEIRS, theirs, True, small), (OURS, line.figure.ours, True, small)) if tall else ()),
                (DIFFERENCE, line.difference, False, small),
                (HANDLING, handling_words(line), False, small),
                *(() if hidden else ((SOURCE, line.source_words, False, small),)),
            ):
                room = max(40.0, self.columnWidth(column) - 1.5 * _PAD - 2)
                if always or font.horizontalAdvance(said) > room:
                    heights.append(round(small.size(0, wrapped(said, t.font("small", bold=True), room)).height()) + 8)
            self.setRowHeight(row, max(heights))

    def item_words(self, line: FigureLine) -> str:
        """Return the name of a number; with little room, a version is named by its handout alone."""
        head, _, rest = line.figure.item.partition("　")
        return rest if rest and head == MATERIAL_ITEM and self.isColumnHidden(SOURCE) else f"{head} {rest}".strip()

    def _lay_out(self) -> None:
        """Set the widths of the columns by that of the table; with little room the source is hidden."""
        narrow = self.viewport().width() < t.scaled(_WIDE)
        self.setColumnHidden(SOURCE, narrow)
        head = self.horizontalHeader()
        widths = (0, 98, 64, 90, 0, 104) if narrow else (138, 126, 76, 92, 0, 122)
        room = self.viewport().width()
        # The name of a number is a few words, and would be a ladder in what the numbers leave it.
        share = min(1.0, (room - min(t.scaled(_ITEM), room // 4)) / t.scaled(sum(widths))) if narrow else 1.0
        for column, width in enumerate(widths):
            stretched = column == (ITEM if narrow else SOURCE)
            way = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(column, way)
            if not stretched and width:
                self.setColumnWidth(column, int(t.scaled(width) * share))
        self._set_heights()
        self.scrollTo(self.currentIndex())
