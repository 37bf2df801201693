"""The screen 数字の食い違い検査 of an event or a year: a grid of numbers by place, and a panel that settles one.

A red frame differs, a dashed amber one is an older document. The page of a year also shows 読みちがえの疑い,
suspected misreadings of imported files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.calendar.dates import short_date, short_date_or
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import ExportButton, ExportTable
from app.event.rules.participation import DEFINITIONS
from app.main_window.navigation import ScreenEntry
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog, SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form_fields import Field
from app.widgets.keys import is_enter
from app.widgets.labels import (
    InfoIcon,
    Paragraph,
    heading,
    label,
    second_label,
    section,
    show_text_or_hide,
    small_label,
    wrapped_label,
)
from app.widgets.layouts import add, column_of, in_column, in_row, layout_now
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.framed_grid import FramedCell, FramedGrid, Index
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.lists.record_model import Cell as ListCell
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import Screen, clear_layout, disable_when_read_only, page_column, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, check_may_copy
from app.window.clipboard import copy_for_pasting
from app.window.icons import paint_icon
from app.window.painting import paint_box, paint_text, smooth, stroke
from app.year_end.consistency import rules as consistency_rules
from app.year_end.consistency.rules import UNITS, ComparedNumber, Inconsistency, NumberSource, SourceNumber
from app.year_end.consistency.services.event_numbers import (
    CHECK_IN_SOURCE,
    FIXED_TOTALS_SOURCE,
    REPORT_SOURCE,
    TALLY_SOURCE,
    CountedPerson,
    EventNumbers,
    NumberBreakdown,
    accept_difference,
    day_words,
    read_breakdown,
    read_event_numbers,
    reopen_difference,
)
from app.year_end.consistency.services.suspected_misreadings import (
    NOTHING,
    SuspectedMisreading,
    SuspectedMisreadings,
    UnverifiedImport,
    confirm_import,
    correct_misreading,
    read_suspected_misreadings,
)
from app.year_end.consistency.services.year_numbers import YearNumbers, read_year_consistency
from db.fields import field_label
from db.records.events import Event


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each built when first shown."""

    yield ScreenEntry("numbers", "warning-octagon", "数字の食い違い検査", ConsistencyScreen, parent_screen="turns")


_SHOWN = 8


class BreakdownPanel(Panel):
    """Panel beside the grid: who and what is behind a number, and what can be done about a difference.

    Signals: ``all_asked()`` show everybody.
    """

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = label("", "h2", figure=True)
        self.other = wrapped_label("", "problem")
        self.sum = second_label()
        self.cause = NoteBox()
        self.ask = inline_button("受託者に確かめる")
        self.mend = inline_button("区の記録を開く")
        self.again = inline_button("紙を作り直す")
        self.keep = inline_button("理由を付けて残す")
        self.reopen = inline_button("もう一度決める")
        self.ways = FlowRow(self.ask, self.mend, self.again, self.keep, self.reopen)
        self._list = in_column(spacing=8)
        self.put(self.number, self.other, self.sum, self.cause, self.ways, (self._list, 1))

    def show_number(self, number: ComparedNumber, cell: SourceNumber | None) -> None:
        """Show a number and what can be done about it; its people follow by ``show_breakdown``."""
        ours = f"{number.ours}{number.unit}" if number.ours else "記録なし"
        self.number.setText(f"{number.name}　{ours}")
        differing = cell is not None and cell.status in ("食い違い", "古い紙", "理由あり")
        self.other.setText(f"{cell.source.title}は {cell.value}{number.unit}" if differing and cell is not None else "")
        self.other.setVisible(differing)
        open_one = cell is not None and cell.status == "食い違い"
        self.ask.setVisible(open_one and cell is not None and cell.source.key in (REPORT_SOURCE, TALLY_SOURCE))
        self.mend.setVisible(open_one)
        self.keep.setVisible(open_one)
        self.again.setVisible(cell is not None and cell.status == "古い紙")
        self.reopen.setVisible(cell is not None and bool(cell.acceptance_id))
        self.ways.setVisible(any(not one.isHidden() for one in self.ways.parts()))
        show_text_or_hide(self.sum, f"理由　{cell.reason}" if cell is not None and cell.reason else "")
        self.cause.show_text("")
        self._clear()

    def show_breakdown(self, breakdown: NumberBreakdown, number: ComparedNumber) -> None:
        """Show calculation, cause, people (of all who were counted the first eight) and documents behind the number."""
        said = [part for part in (breakdown.arithmetic, self.sum.text()) if part]
        self.sum.setText("\n".join(dict.fromkeys(said)))
        self.sum.setVisible(bool(said))
        self.cause.show_text(breakdown.cause, tone="red" if breakdown.cause else None)
        self._clear()
        if breakdown.differing:
            self._people(f"違いを生む人　{len(breakdown.differing)}人", breakdown.differing)
        if breakdown.everybody:
            self._people(f"数えた{len(breakdown.everybody)}人", breakdown.everybody[:_SHOWN])
            rest = len(breakdown.everybody) - _SHOWN
            if rest > 0:
                self._list.addWidget(inline_button(f"ほか {rest}人　全員を見る", self.all_asked.emit))
        if breakdown.document_words:
            add(self._list, section("数えた回答"), wrapped_label("　".join(breakdown.document_words)))
        papers = [cell for cell in number.cells if cell.value]
        if papers:
            add(self._list, 6, section("元の紙"))
        for cell in papers:
            day = day_words(cell.source.day)
            page = fill_nonempty(" p.{}", cell.page)
            words = f"{cell.source.title}{page}　{f'{day} {cell.source.occasion}' if day else ''}".rstrip("　")
            value = f"{cell.value}{number.unit}"
            self._list.addWidget(wrapped_label(f"{words}　{value}", "differs" if cell.status == "食い違い" else "body"))
        self._list.addStretch(1)
        layout_now(self)

    def _people(self, title: str, people: Sequence[CountedPerson]) -> None:
        add(self._list, 6, section(title))
        for one in people:
            line = QWidget()
            side = label(one.reason or one.noted_at, "warned" if one.reason == "当日欠席" else "second")
            name = wrapped_label(f"{one.name}　{one.organisation}")
            line.setLayout(widget_row(name, side))
            line.layout().setStretch(0, 1)  # type: ignore[union-attr]
            self._list.addWidget(line)

    def _clear(self) -> None:
        clear_layout(self._list)


PANEL_TITLE = "読みちがえの疑い"
COMPARE, RIGHT = "ファイルと比べる", "直す"
_MAX_HEIGHT = 190
_Row = SuspectedMisreading | UnverifiedImport


class MisreadingsPanel(QWidget):
    """The section 読みちがえの疑い; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._fiscal_year = app_context.fiscal_year
        self.count = label("", "second")
        self.confirm = inline_button("元のファイルで確かめた", self._ask_confirm)
        self.words = NoteBox(tone="quiet")
        self.table = FittedTable(
            "suspected-readings",
            _columns(app_context.today()),
            title=PANEL_TITLE,
            empty="読みちがえの疑いのある行はありません。",
            action=_action,
            on_choose=self._offer,
            on_open=self._act,
            on_act=self._act,
        )
        self.table.set_max_height(t.scaled(_MAX_HEIGHT))
        disable_when_read_only(app_context, self.confirm)
        head = in_row(section(PANEL_TITLE), self.count, None, self.confirm, spacing=12)
        in_column(head, self.words, self.table, owner=self, spacing=6)

    def show_misreadings(self, found: SuspectedMisreadings, fiscal_year: int) -> None:
        """Show suspected misreadings and unverified imports of a year, without any only the sentence on the check."""
        self._fiscal_year = fiscal_year
        rows = [*found.rows, *found.imports]
        parts = [f"行 {len(found.rows)}件"] if found.rows else []
        parts += [f"比べていない取り込み {len(found.imports)}件"] if found.imports else []
        self.count.setText("・".join(parts) or "0件")
        self.words.show_text(found.words)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows)
        self._offer()

    def _offer(self) -> None:
        """Show the button 「元のファイルで確かめた」 only while an import is chosen."""
        row = self.table.current() if not self.table.isHidden() else None
        self.confirm.setVisible(isinstance(row, UnverifiedImport))

    def _act(self, row: _Row | None) -> None:
        if isinstance(row, UnverifiedImport):
            self.app_context.go("applications", event_id=row.event_id)
        elif row is not None and self.app_context.may_write:
            _correction_dialog(row, self._fiscal_year, self).open()

    def _ask_confirm(self) -> None:
        """Open a dialog that saves that an import was checked."""
        row = self.table.current()
        if not isinstance(row, UnverifiedImport):
            return
        dialog = SavingDialog(
            self,
            "元のファイルで確かめた",
            row.imported.file_name,
            main="確かめたとする",
        )
        dialog.confirmed.connect(lambda: dialog.run_change(bind_action(confirm_import, import_id=row.imported.id)))
        dialog.put(
            Paragraph(
                "撮影・端末・状態の返事を、元のファイルと名簿で見比べたときに押します。"
                f"「未確認の読み」の印（撮影可 {row.photo_allowed_count}人）がなくなります。元に戻せます。"
            )
        )
        dialog.open()


def _correction_dialog(row: SuspectedMisreading, fiscal_year: int, parent: QWidget) -> FormDialog | SavingDialog:
    """Build the dialog that corrects a misreading: one to type 配慮 anew, for other kinds one to confirm."""
    subject = f"{row.where}　{row.who}"

    def change(words: str = "") -> Callable[[ActionContext], ActionResult]:
        """Return the bound action that corrects the misreading, with the typed words."""
        return bind_action(correct_misreading, fiscal_year=fiscal_year, key=row.key, words=words)

    if row.kind == "配慮":
        return FormDialog(
            parent,
            "配慮を直す",
            subject,
            fields=(
                Field(
                    "words",
                    "配慮",
                    optional=True,
                    hint=f"取り込んだ言葉は「{row.stored_words}」です。要る配慮がなければ、空のまま保存します。",
                ),
            ),
            values={"words": ""},
            change=lambda typed: change(**typed),
        )
    dialog = SavingDialog(parent, f"{row.kind}を直す", subject, main="直す")
    dialog.confirmed.connect(lambda: dialog.run_change(change()))
    dialog.put(Paragraph(_consequence(row)))
    return dialog


def _consequence(row: SuspectedMisreading) -> str:
    """Return sentences on what correcting a misreading does."""
    both = f"取り込んだ言葉は「{row.stored_words}」、今の読み方では「{row.reread_words.strip('（）')}」です。"
    return (
        both
        + {
            "同行者": "この席をなくします。",
            "氏名": "氏名を外して「氏名未定」の席にします。",
            "会長": "会長の欄を空にします。",
            "その他": "「その他」から外し、今の読み方の回答にします。",
        }.get(row.kind, "")
        + "元に戻せます。"
    )


def _action(row: _Row) -> RowAction:
    return RowAction(COMPARE if isinstance(row, UnverifiedImport) else RIGHT)


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "kind",
            "種類",
            lambda row: Cell("取り込み" if isinstance(row, UnverifiedImport) else row.kind),
            sortable=False,
        ),
        Column("where", "実施回・団体", _location_cell, stretch=True, sortable=False),
        Column("who", "ファイル・だれ", partial(_person_cell, today=today), stretch=True, sortable=False),
        Column("was", "取り込んだ言葉→今の読み方", _both_readings_cell, stretch=True, sortable=False),
    )


def _location_cell(row: _Row) -> Cell:
    return Cell(row.where, "これから" if isinstance(row, UnverifiedImport) and row.is_upcoming else "")


def _person_cell(row: _Row, *, today: date) -> Cell:
    if isinstance(row, SuspectedMisreading):
        return Cell(row.who)
    taken = row.imported
    return Cell(taken.file_name, f"{short_date(taken.at.date(), today)} {taken.at:%H:%M}　{taken.by}")


def _both_readings_cell(row: _Row) -> Cell:
    if isinstance(row, SuspectedMisreading):
        return Cell(f"「{row.stored_words}」→{row.reread_words or NOTHING}")
    return Cell(
        "撮影・端末・状態は分かりません", f"{row.entry_count}席（撮影可 {row.photo_allowed_count}）", tone="second"
    )


_ROOT = QModelIndex()
NAME, OURS, FIRST_PLACE = 0, 1, 2
_NAMES, _OURS, _LEAST, _MOST = 128, 88, 76, 200
_ICON, _PAD = 14, 8
_SIGNS = {
    "食い違い": ("warning-octagon-fill", t.RED),
    "古い紙": ("clock-counter-clockwise", t.AMBER),
    "理由あり": ("check-circle", t.INK_SECONDARY),
}
"""The icon and the colour of a framed value."""


def shown_value(row: ComparedNumber, value: str) -> str:
    """Return a value as the grid shows it, without unit; the counts of a question (「5・3・0」) as 「3行」."""
    if row.name in UNITS or not value:
        return value
    return f"{len(value.split('・'))}行"


def cell_words(row: ComparedNumber, cell: SourceNumber) -> str:
    """Return the text of a cell without unit, also for screen readers.

    「—」 where the source does not state such a number, 「記載なし」 where it should and does not.
    """
    if cell.status == "載らない":
        return "—"
    return "記載なし" if cell.status == "記載なし" else shown_value(row, cell.value)


class NumberModel(QAbstractTableModel):
    """The table model of one event's numbers, with its places as columns."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ComparedNumber, ...] = ()
        self.places: tuple[NumberSource, ...] = ()

    def show_rows(self, rows: Sequence[ComparedNumber], sources: Sequence[NumberSource]) -> None:
        """Replace the numbers shown."""
        self.beginResetModel()
        self.rows, self.places = tuple(rows), tuple(sources)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return one row a number."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns (name, own value, and every place)."""
        return 0 if parent.isValid() else FIRST_PLACE + len(self.places)

    def cell_at(self, index: Index) -> SourceNumber | None:
        """Return the cell of a place, None for the name and the own value."""
        if not index.isValid() or index.column() < FIRST_PLACE:
            return None
        return self.rows[index.row()].cells[index.column() - FIRST_PLACE]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell; screen readers get place, value and status, the tip of a place also the reason."""
        row, cell = self.rows[index.row()], self.cell_at(index)
        words = row.name if index.column() == NAME else shown_value(row, row.ours) or "—"
        if cell is not None:
            words = cell_words(row, cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            where = "今の記録" if cell is None else cell.source.title
            stand = cell.status if cell is not None else ""
            return f"{row.name}　{where}　{words}{row.unit}　{stand}".rstrip("　")
        if role == Qt.ItemDataRole.ToolTipRole and cell is not None and cell.value:
            return join_nonempty(cell.value, cell.status, cell.reason)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the place, its version, and the day with its occasion, a line each."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            if section < FIRST_PLACE:
                return ("数", "今の記録\n名簿・受付")[section]
            place = self.places[section - FIRST_PLACE]
            title, _, version = place.title.partition(" ")
            day = f"{place.day.month}/{place.day.day} {place.occasion}" if place.day else place.occasion
            return join_nonempty(title, version, day, separator="\n")
        return None


class _CellPainter(FramedCell):
    """Draws a value, framed with an icon where it differs, is outdated or accepted, on red in a differing row."""

    def ground(self, index: Index) -> str:
        return (
            t.RED_TINT
            if _numbers(index).rows[index.row()].contradictions
            else t.ACCENT_TINT
            if index.column() == OURS
            else t.PAGE
        )

    def draw(self, painter: QPainter, area: QRectF, index: Index) -> None:
        model, words = _numbers(index), str(index.data())
        row, cell = model.rows[index.row()], model.cell_at(index)
        if cell is not None and cell.status in _SIGNS:
            _draw_sign(painter, area, words, cell)
        elif index.column() == OURS and words != "—":
            _draw_ours(painter, area, words, row)
        else:
            _draw_words(painter, area, words, row, cell)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell; the current one has a frame of its own while the grid has the focus."""
        super().paint(painter, option, index)
        view = self.parent()
        if isinstance(view, NumberGrid) and view.currentIndex() == index and view.hasFocus():
            with smooth(painter):
                painter.setPen(stroke(t.ACCENT, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(option.rect).adjusted(2, 3, -2, -3))


def _numbers(index: Index) -> NumberModel:
    model = index.model()
    assert isinstance(model, NumberModel)
    return model


def _draw_sign(painter: QPainter, area: QRectF, words: str, cell: SourceNumber) -> None:
    """Draw a framed value with its icon, solid red where it differs, dashed amber on an older document."""
    sign, colour = _SIGNS[cell.status]
    font = t.font("body", bold=True)
    side, wide = t.scaled(_ICON), QFontMetricsF(font).horizontalAdvance(words)
    need = wide + side + 3 * _PAD / 2 + 4
    box = QRectF(area.right() - need - 6, area.top() + 4, need, area.height() - 8)
    pen = stroke(colour, 1.5)
    if cell.status == "古い紙":
        pen.setStyle(Qt.PenStyle.DashLine)
    paint_box(painter, box, pen, t.AMBER_TINT if cell.status == "古い紙" else t.PAGE)
    paint_icon(painter, sign, QRectF(box.left() + _PAD / 2 + 1, box.center().y() - side / 2, side, side), colour)
    paint_text(painter, box.adjusted(0, 0, -_PAD / 2 - 1, 0), words, font, colour, "right")


def _draw_ours(painter: QPainter, area: QRectF, words: str, row: ComparedNumber) -> None:
    small, unit = t.font("small"), row.unit
    paint_text(painter, area.adjusted(0, 0, -_PAD, 0), unit, small, t.INK_SECONDARY, "right")
    wide = QFontMetricsF(small).horizontalAdvance(unit) + 4 if unit else 0
    paint_text(painter, area.adjusted(0, 0, -_PAD - wide, 0), words, t.font("date"), t.INK, "right")


def _draw_words(painter: QPainter, area: QRectF, words: str, row: ComparedNumber, cell: SourceNumber | None) -> None:
    plain = cell is not None and cell.status in ("載らない", "記載なし")
    name = cell is None and words == row.name
    painter.setFont(t.font("small") if words == "記載なし" else t.font("body", bold=name and bool(row.contradictions)))
    painter.setPen(t.INK_WEAK if plain else t.INK)
    side = Qt.AlignmentFlag.AlignLeft if name else Qt.AlignmentFlag.AlignRight
    painter.drawText(area.adjusted(_PAD, 0, -_PAD, 0), side | Qt.AlignmentFlag.AlignVCenter, words)


class NumberGrid(FramedGrid):
    """The grid of numbers; ←→↑↓ move, Enter or a double click opens.

    Signals: ``chosen(object)`` the row of the current cell (None = none); ``opened(object, object)`` row and cell
    (None = the number itself).
    """

    chosen = Signal(object)
    opened = Signal(object, object)

    def __init__(self) -> None:
        self.numbers = NumberModel()
        super().__init__("数字の食い違い", self.numbers, head_height=56)
        self.setItemDelegate(_CellPainter(self))
        self.verticalHeader().setDefaultSectionSize(t.scaled(t.LOW_ROW))
        self.horizontalHeader().setFont(t.font("small"))
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[ComparedNumber], sources: Sequence[NumberSource]) -> None:
        """Replace the numbers; the same cell stays current, else the first that differs. Emit ``chosen``."""
        kept, before = self.current_row(), self.current_cell()
        self.numbers.show_rows(rows, sources)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(t.scaled(_LEAST))
        self._share_room()
        names = [row.name for row in self.numbers.rows]
        wanted = names.index(kept.name) if kept is not None and kept.name in names else self._first_differing()
        if names:
            keys = [place.key for place in self.numbers.places]
            same = kept is not None and before is not None and names[wanted] == kept.name and before.source.key in keys
            column = FIRST_PLACE + keys.index(before.source.key) if same and before else self._differing_column(wanted)
            self.setCurrentIndex(self.numbers.index(wanted, column))
        self.chosen.emit(self.current_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Share the width among the places, but keep them near the own number for comparison."""
        head = self.horizontalHeader()
        places = self.numbers.columnCount() - FIRST_PLACE
        few = places * t.scaled(_MOST) < self.viewport().width() - t.scaled(_NAMES) - t.scaled(_OURS)
        for column in range(self.numbers.columnCount()):
            fixed = column < FIRST_PLACE or few
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch)
            if column >= FIRST_PLACE and few:
                self.setColumnWidth(column, t.scaled(_MOST))
        self.setColumnWidth(NAME, t.scaled(_NAMES))
        if places:
            self.setColumnWidth(OURS, t.scaled(_OURS))
        elif self.numbers.columnCount() > OURS:
            head.setSectionResizeMode(OURS, QHeaderView.ResizeMode.Stretch)

    def current_row(self) -> ComparedNumber | None:
        """Return the row of the current cell, None without one."""
        at = self.currentIndex()
        return self.numbers.rows[at.row()] if at.isValid() and at.row() < len(self.numbers.rows) else None

    def current_cell(self) -> SourceNumber | None:
        """Return the current cell of a place."""
        return self.numbers.cell_at(self.currentIndex())

    def _first_differing(self) -> int:
        """Return the index of the first row that contradicts, else of the first outdated one, else 0."""
        order = [at for at, row in enumerate(self.numbers.rows) if row.contradictions]
        order += [at for at, row in enumerate(self.numbers.rows) if row.outdated]
        return order[0] if order else 0

    def _differing_column(self, at: int) -> int:
        """Return the column of the last cell of a row that differs, else that of the own numbers."""
        wrong = [
            place for place, cell in enumerate(self.numbers.rows[at].cells) if cell.status in ("食い違い", "古い紙")
        ]
        return FIRST_PLACE + wrong[-1] if wrong else OURS

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Redraw both rows and emit ``chosen`` when the current cell changes."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chosen.emit(self.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``opened`` for the current cell on Enter."""
        if is_enter(event):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        """Emit ``opened`` with the row and the cell at an index."""
        row = self.current_row()
        if row is not None and index.isValid():
            self.opened.emit(row, self.numbers.cell_at(index))


TITLE = "数字の食い違い検査"
_LEGEND = (
    "赤い枠＝食い違い。直すか、理由を残します。　点線の枠＝古い紙。作ったあとに記録が変わりました。"
    "　灰色の枠＝理由を残した食い違い。　—＝その紙に載らない数"
)
_KEYS = "←→↑↓ で選び、Enter で元の人・紙を開きます。"
_LOW = 560
_USUAL = ("数え方が違う（受託者に確認済み）", "つぎの版で直す")


def _year_columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "date",
            field_label(Event, "event_date"),
            show=lambda view: ListCell(
                short_date_or("協議中", view.event.event_date, today),
                kind=view.event.kind,
            ),
            sort=lambda view: (view.event.event_date or date.max, view.event.id),
        ),
        Column("title", "実施回", show=lambda view: view.event.full_title, stretch=True),
        Column(
            "wrong",
            "食い違い",
            show=lambda view: ListCell(
                f"{view.contradictions}件" if view.contradictions else "—",
                tone="red" if view.contradictions else "second",
                strong=bool(view.contradictions),
            ),
            sort=lambda view: -view.contradictions,
        ),
        Column(
            "old",
            "古い紙",
            show=lambda view: f"{view.outdated}件" if view.outdated else "—",
            sort=lambda view: -view.outdated,
        ),
        Column("same", "一致", show=lambda view: f"{view.agreeing}件", sort=lambda view: -view.agreeing),
        Column(
            "places",
            "比べた紙・報告書",
            show=lambda view: ListCell(
                "、".join(place.title for place in view.sources) or "まだありません", tone="second"
            ),
            stretch=True,
        ),
    )


class ConsistencyScreen(Screen):
    """The screen 数字の食い違い検査; emits no signals.

    ``open_with(event_id=…)`` shows one event, without it all of the current year.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id: int | None = None
        self.view: EventNumbers | None = None
        self.behind: NumberBreakdown | None = None
        self.square = KindSquare()
        self.title = heading(TITLE)
        self.event_words = label("", "second")
        self.compared = label("", "small")
        self.wrong, self.old, self.same = (
            Badge("食い違い", "食い違い 0"),
            Badge("今日", "古い紙 0"),
            Badge("済", "一致 0"),
        )
        self.year_button = Button("年度の一覧", self._show_year, icon_name="arrow-left")
        self.event_button = Button("実施回を開く", self._open_event)
        self.export = ExportButton(app_context, self._sheet, title=TITLE, event_id=lambda: self._event_id)
        self.notes = NoteBox(tone="amber")
        self.keep_sum = inline_button("理由を付けて残す", self._keep_sum)
        self.notes.put(self.keep_sum)
        self.year_notes = NoteBox(tone="amber")
        self.to_evidence = link_button("提案書の根拠を開く", lambda: app_context.go("proposal"))
        self.year_notes.put(self.to_evidence)
        self.grid = NumberGrid()
        self.panel = BreakdownPanel()
        self.empty = EmptyState()
        self.table = RecordTable(
            "numbers-year",
            _year_columns(app_context.today()),
            title=f"{TITLE}（年度）",
            sort="date",
            filtered=False,
            empty="この年度には、比べる実施回がまだありません。",
            hint="Enter で開く",
            names_people=False,
            on_open=lambda view: self.go("numbers", event_id=view.event.id),
        )
        self.suspected = MisreadingsPanel(app_context)
        self._pages = Pages()
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the head, the grid and the panels."""
        column = page_column(self)
        named, buttons = QWidget(), QWidget()
        in_row(self.square, self.title, owner=named, spacing=12)
        in_row(self.export, self.event_button, self.year_button, owner=buttons, spacing=12)
        # With little width, the buttons, then a long name, take a line of their own.
        head = FlowRow(named, self.event_words, buttons, spacing=12, at_end=1)
        add(column, head, FlowRow(self.wrong, self.old, self.same, self.compared, spacing=12), (self._pages, 1))
        self.legend = small_label(f"{_LEGEND}　{_KEYS}")
        meanings = "".join(f"{name}＝{meaning}" for name, meaning in DEFINITIONS)
        self.meanings = InfoIcon(f"言葉の決まり　{meanings}どの画面と紙も同じ数え方です。")
        main = column_of(self.notes, (self.grid, 1), in_row(self.meanings, (self.legend, 1), spacing=8), spacing=8)
        self._columns = FoldingColumns("数", main, (("元の人・紙", self.panel),), wide=330, gap=16)
        self._pages.addWidget(self._columns)
        self.setFocusProxy(self.grid)
        listed = QWidget()
        listed.setFocusProxy(self.table)
        in_column(self.year_notes, (self.table, 1), self.suspected, owner=listed, spacing=8)
        self._year = listed
        self._pages.addWidget(listed)
        self._pages.addWidget(self.empty)

    def _connect(self) -> None:
        """Connect the signals of the grid, the list and the panel."""
        self.grid.chosen.connect(self._choose)
        self.grid.opened.connect(self._open)
        self.panel.ask.chosen.connect(self._copy_inquiry)
        self.panel.mend.chosen.connect(self._open_own_record)
        self.panel.again.chosen.connect(self._print)
        self.panel.keep.chosen.connect(self._keep)
        self.panel.reopen.chosen.connect(self._reopen)
        self.panel.all_asked.connect(self._show_everybody)
        disable_when_read_only(self.app_context, self.panel.keep, self.panel.reopen, self.keep_sum)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the event shown at the next ``reload``; None = all of the year."""
        if event_id != self._event_id:
            self.view = None
        self._event_id = event_id

    def reload(self) -> None:
        """Read and show the numbers of the event, or of all events of the year."""
        if self._event_id is None:
            self.run_read(self._show_list, read_year_consistency, fiscal_year=self.fiscal_year, today=self.today)
            year_of = self.fiscal_year
            self.run_read(
                lambda found: self.suspected.show_misreadings(found, year_of),
                read_suspected_misreadings,
                fiscal_year=year_of,
                today=self.today,
            )
        else:
            self.run_read(self._show, read_event_numbers, event_id=self._event_id)

    def fit_size(self) -> None:
        """On a low page hide the explanation in favour of the numbers; tip and manual have it as well."""
        low = self.height() < t.scaled(_LOW)
        for part in (self.meanings, self.legend):
            part.setVisible(not low)
        self.grid.setToolTip(f"{_LEGEND}\n{_KEYS}" if low else "")

    # one event

    def _show(self, view: EventNumbers) -> None:
        """Show the numbers of an event in the grid, unless another event was chosen meanwhile."""
        if view.event.id != self._event_id:
            return
        self.view = view
        event = view.event
        self.square.show_kind(event.kind)
        self.square.show()
        day = short_date_or("日程未定", event.event_date, self.today)
        self.event_words.setText(f"{event.full_title}　{day}")
        self._count(view.contradictions, view.outdated, view.agreeing)
        self.compared.setText(_compared_words(view))
        self.event_button.show()
        self.year_button.show()
        said = [_inconsistency_words(one) for one in view.inconsistencies] + list(view.remarks)
        self.notes.show_text("\n".join(said))
        self.keep_sum.setVisible(bool(view.inconsistencies) and self.may_write)
        self.empty.show_text("比べる数が、まだありません。", "実施回を開く", self._open_event)
        self._pages.setCurrentWidget(self._columns if view.rows else self.empty)
        self.export.set_available(bool(view.rows))
        self.grid.show_rows(view.rows, view.sources)

    def _count(self, wrong: int, old: int, same: int) -> None:
        """Show how many numbers differ, are old (hidden for none) or agree."""
        self.wrong.show_status("食い違い" if wrong else "済", f"食い違い {wrong}")
        self.old.show_status("今日", f"古い紙 {old}")
        self.old.setVisible(bool(old))
        self.same.show_status("済", f"一致 {same}")

    def _choose(self, found: ComparedNumber | None) -> None:
        """Show the chosen number beside the grid, and read where it comes from."""
        if found is None or self.view is None:
            return
        cell = self.grid.current_cell()
        self.panel.show_number(found, cell)
        value = cell.value if cell is not None and cell.status in ("食い違い", "理由あり") else ""
        self.run_read(
            partial(self._show_breakdown, found),
            read_breakdown,
            event_id=self.view.event.id,
            number=found.name,
            value=value,
        )

    def _show_breakdown(self, found: ComparedNumber, breakdown: NumberBreakdown) -> None:
        if self.grid.current_row() is found:
            self.behind = breakdown
            self.panel.show_breakdown(breakdown, found)

    def _open(self, _found: ComparedNumber, cell: SourceNumber | None) -> None:
        """Open the report's check, the survey for a tally, the roster for the check-in, else 帳票 of the event.

        For the own number, or where the place does not state it, show who was counted.
        """
        if cell is None or cell.status == "載らない" or self.view is None:
            self._show_everybody()
        elif cell.source.key == REPORT_SOURCE:
            self.go("report", event_id=self.view.event.id, view="check")
        elif cell.source.key in (TALLY_SOURCE, FIXED_TOTALS_SOURCE):
            self.go("survey", event_id=self.view.event.id)
        elif cell.source.key == CHECK_IN_SOURCE:
            self.go("event", event_id=self.view.event.id, tab="参加者")
        else:
            self.go("event", event_id=self.view.event.id, tab="書類")

    def _show_everybody(self) -> None:
        """Open a dialog with everybody counted in the chosen number."""
        behind, found = self.behind, self.grid.current_row()
        if behind is None or found is None or not behind.everybody:
            return
        dialog = DialogFrame(f"{found.name}　{len(behind.everybody)}人", cancel="閉じる", width=640, parent=self)
        if behind.arithmetic:
            dialog.put(Paragraph(behind.arithmetic))
        dialog.put(
            Paragraph(
                "\n".join(f"{one.name}　{one.organisation}　{one.noted_at}".rstrip("　") for one in behind.everybody)
            )
        )
        dialog.open()

    # settling

    def _copy_inquiry(self) -> None:
        """Copy a question about the difference to the clipboard, for the 業務責任者; nothing is sent."""
        found, cell = self.grid.current_row(), self.grid.current_cell()
        if found is None or cell is None or self.view is None or not check_may_copy(self):
            return
        page_words = fill_nonempty(" p.{}", cell.page)
        copy_for_pasting(
            f"{self.view.event.full_title}の{cell.source.title}{page_words}の{found.name}は"
            f"「{cell.value}{found.unit}」となっています。区の記録は{found.ours}{found.unit}です。"
            f"ご確認をお願いします。"
        )
        self.app_context.show_message("受託者に確かめる文面をコピーしました。業務責任者への連絡に使えます。")

    def _open_own_record(self) -> None:
        """Open the screen where the own record of the number is kept."""
        found = self.grid.current_row()
        if found is None or self.view is None:
            return
        event_id = self.view.event.id
        if found.name in (consistency_rules.ATTENDED, consistency_rules.ABSENT, consistency_rules.GROUPS_CAME):
            self.go("event", event_id=event_id, tab="概要", part="result")
        elif found.name == consistency_rules.MINUTES:
            self.go("event", event_id=event_id, tab="概要", part="agenda")
        elif found.name == consistency_rules.COPIES:
            self.go("participants", event_id=event_id)
        elif found.name in (
            consistency_rules.APPLIED,
            consistency_rules.DECIDED,
            consistency_rules.EXPECTED,
            consistency_rules.GROUPS_EXPECTED,
            consistency_rules.LENT,
        ):
            self.go("event", event_id=event_id, tab="参加者")
        else:
            self.go("survey", event_id=event_id)

    def _print(self) -> None:
        """Go to 帳票 of the event, where the outdated document is made anew; nothing is printed here."""
        if self.view is not None:
            self.go("event", event_id=self.view.event.id, tab="書類")

    def _keep(self) -> None:
        """Open a dialog for the reason why the chosen difference is accepted."""
        found, cell = self.grid.current_row(), self.grid.current_cell()
        if found is not None and cell is not None and self.view is not None:
            subject = f"{found.name}　区の記録 {found.ours}{found.unit}　{cell.source.title} {cell.value}{found.unit}"
            self._ask_reason(subject, found.name, cell.source.key)

    def _keep_sum(self) -> None:
        """Open a dialog for the reason why the first of the event's inconsistencies is accepted."""
        if self.view is not None and self.view.inconsistencies:
            one = self.view.inconsistencies[0]
            self._ask_reason(_inconsistency_words(one), one.key, "")

    def _ask_reason(self, subject: str, number: str, source_key: str) -> None:
        """Open a dialog for a reason, which accepts the difference.

        Args:
            subject: what differs, in words.
            number: the name of the number, or the key of an inconsistency.
            source_key: the place that states it otherwise, "" for an inconsistency.
        """
        assert self.view is not None
        event_id = self.view.event.id
        ReasonDialog(
            self,
            "理由を付けて残す",
            subject,
            verb="残す",
            text="どちらの数も変わらない間は、食い違いとして数えません。どちらかが変わると、また食い違いになります。",
            usual_reasons=_USUAL,
            change=lambda reason: bind_action(
                accept_difference,
                event_id=event_id,
                number=number,
                source_key=source_key,
                reason=reason,
            ),
        ).open()

    def _reopen(self) -> None:
        """Save at once that the current difference is no longer accepted."""
        cell = self.grid.current_cell()
        if cell is not None and cell.acceptance_id:
            self.run_action(reopen_difference, acceptance_id=cell.acceptance_id)

    # the year

    def _show_list(self, year: YearNumbers) -> None:
        if self._event_id is not None:
            return
        views = year.events
        self.year_notes.show_text(_year_words(year.inconsistencies))
        self.to_evidence.setVisible(any(one.key.startswith("根拠") for one in year.inconsistencies))
        self.square.hide()
        self.event_words.setText("")
        self._count(
            sum(view.contradictions for view in views) + len(year.inconsistencies),
            sum(view.outdated for view in views),
            sum(view.agreeing for view in views),
        )
        self.compared.setText(f"{len(views)}回の実施回を比べました。")
        self.event_button.hide()
        self.year_button.hide()
        self.export.set_available(False)
        self.table.show_rows(views)
        self._pages.setCurrentWidget(self._year)

    def _show_year(self) -> None:
        self.go("numbers", event_id=None)

    def _open_event(self) -> None:
        if self._event_id is not None:
            self.go("event", event_id=self._event_id, tab="報告")

    def _sheet(self, deliver: Any) -> None:
        """Call ``deliver`` with the numbers of the event as a sheet for export."""
        if self.view is None:
            return
        columns = ("数", "今の記録", *(place.title for place in self.view.sources))
        lines = tuple(
            (
                one.name,
                f"{one.ours}{one.unit}" if one.name in consistency_rules.UNITS else shown_value(one, one.ours),
                *(cell_words(one, cell) + ("（食い違い）" if cell.status == "食い違い" else "") for cell in one.cells),
            )
            for one in self.view.rows
        )
        deliver(ExportTable(columns=columns, rows=lines, words=f"{len(lines)}の数"))


def _compared_words(view: EventNumbers) -> str:
    """Return words on how many numbers were compared; contradictions within a report are counted apart."""
    alone = sum(all(cell.status in ("載らない", "記載なし") for cell in found.cells) for found in view.rows)
    words = f"{len(view.rows)}の数を{len(view.sources)}つの紙・集計・報告書と比べました"
    words += f"（{alone}つは今の記録だけにあります）。" if alone else "。"
    return words + fill_nonempty("食い違いのうち{}件は、合わない計算です。", len(view.inconsistencies))


def _year_words(inconsistencies: Sequence[Inconsistency]) -> str:
    """Return words on the first contradiction of the year's own documents and how many more there are; "" for none."""
    if not inconsistencies:
        return ""
    (_paper, before), (_source, now) = inconsistencies[0].sources
    rest = and_others(inconsistencies, 1, "　ほか{}件")
    return f"{inconsistencies[0].words}　{before}　→　{now}{rest}"


def _inconsistency_words(inconsistency: Inconsistency) -> str:
    return f"{inconsistency.words}（{'、'.join(f'{place} {value}' for place, value in inconsistency.sources)}）"
