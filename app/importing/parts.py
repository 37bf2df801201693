"""The dialogs and pages that import any list: assign file columns to our fields, decide doubtful rows, import.

A subject declares how a file is read, judged and shown (``FileLoader``, ``ListPresentation``). Columns are proposed
by the similarity of their headings and by how many answers are known ones; where both are low nothing is preselected,
and the field is amber. A row with a possible 個人番号 needs a reason. Nothing is saved before the import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QGridLayout, QSizePolicy, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.text_rules import mask_personal_numbers
from app.documents.screens.export_button import ExportButton, ExportTable
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.workbooks.sheet_stream import column_letters
from app.importing.column_choices import COUNTED, OpenColumn, has_new_columns
from app.importing.list_target import ListTarget, past_imports, revert_import
from app.importing.missing_years import ORDER_SETTING, ORDERS, YEAR_SETTING, question_words, year_choices
from app.importing.row_target import (
    LEFT_OUT,
    OUTCOMES,
    ListPreview,
    ListRow,
    RowByRowTarget,
    RowChoice,
    import_list,
    preview_list,
)
from app.widgets.badges import badge_size, paint_badge
from app.widgets.buttons import Button, MenuAction, MoreButton
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.flow_row import ALL, FlowRow, OutcomeChips
from app.widgets.forms.file_drop import FileDrop
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.labels import Paragraph, label, small_label, styled_frame, with_accessible_name, wrapped_label
from app.widgets.layouts import fix_size, in_column, in_grid, in_row, row_of
from app.widgets.lists.fitted_table import ImportHistoryTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.segments import Segment
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.screen import in_scroll_area
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.app_context import AppContext, app_context_at, bind_action, with_store
from app.window.background_task import ReportProgress, bind_with_progress
from app.window.painting import paint_text, painting, stroke
from db.record import group_by_key, record
from db.records.applications import ForeignImport
from db.store import Store


@dataclass(kw_only=True)
class FileDraft:
    """One file to import with the decisions about it; ``columns`` None = not set by hand."""

    path: Path
    sheet: str = ""
    file: ForeignFile | None = None
    columns: dict[int, str] | None = None

    def reset_rows(self) -> None:
        """Forget the decisions about rows after another sheet or other columns were chosen; here there are none."""

    def reset_sheet(self) -> None:
        """Forget the columns too, after another sheet was chosen."""
        self.columns = None
        self.reset_rows()


Work = TypeVar("Work", bound=FileDraft)
Preview = TypeVar("Preview")


class FileLoader(Generic[Work, Preview]):
    """Reads and judges the current file of a page; results for an earlier file are dropped."""

    def __init__(
        self,
        app_context: AppContext,
        owner: QWidget,
        *,
        read: Callable[[Work], Callable[[], ForeignFile]],
        judge: Callable[[Work], Callable[[Store], Preview]],
        show: Callable[[Work, Preview, bool], None],
        refuse: Callable[[Exception], None],
    ):
        """Build a loader without a file.

        Args:
            owner: the page.
            read: returns what reads the file, without the store.
            judge: returns what judges the rows: what each would become.
            show: gets the file, the preview, and whether it is the first time.
            refuse: gets the reason why the file can't be imported.
        """
        self.work: Work | None = None
        self._app_context = app_context
        self._owner = owner
        self._read = read
        self._judge = judge
        self._show = show
        self._refuse = refuse

    def load_file(self, work: Work) -> None:
        """Make a file the current one and read it in the background; nothing is saved."""
        self.work = work
        self._app_context.run_stoppable(
            bind_with_progress(read_cancellable, read=self._read(work)),
            partial(self._on_file_read, work),
            on_failed=partial(self._show_refusal, work),
            owner=self._owner,
            title="ファイルを読んでいます",
        )

    def load_sheet(self, sheet: str) -> None:
        """Read another sheet of the current file in the background, forgetting columns and row decisions."""
        if self.work is not None and sheet != self.work.sheet:
            self.work.sheet = sheet
            self.work.reset_sheet()
            self.load_file(self.work)

    def update_preview(self, *, first: bool = False) -> None:
        """Judge every row of the current file again in the background and show the result.

        Args:
            first: the file was just read; passed on to ``show``.
        """
        work = self.work
        if work is not None and work.file is not None:
            self._app_context.read(
                self._judge(work),
                partial(self._show_preview, work, first),
                on_failed=partial(self._show_refusal, work),
                owner=self._owner,
                title="1行ずつ確かめています",
            )

    def _on_file_read(self, work: Work, file: ForeignFile) -> None:
        """Keep the file that was read and judge its rows, unless another file is current by now."""
        if work is self.work:
            work.file = file
            self.update_preview(first=True)

    def _show_preview(self, work: Work, first: bool, preview: Preview) -> None:
        if work is self.work:
            self._show(work, preview, first)

    def _show_refusal(self, work: Work, problem: Exception) -> None:
        """Drop the file and show why it can't be read, unless another file is current by now."""
        if work is self.work:
            self.work = None
            self._refuse(problem)


def read_cancellable(tell: ReportProgress, *, read: Callable[[], ForeignFile]) -> ForeignFile:
    """Return the file that ``read`` returns; やめる takes effect at each call of ``tell``."""
    tell(0, 2)
    found = read()
    tell(2, 2)
    return found


def ask_file(owner: QWidget, title: str, file_filter: str) -> Path | None:
    """Let the user choose a file in a file dialog and return its path; None when none was chosen."""
    name, _kind = QFileDialog.getOpenFileName(owner, title, "", file_filter)
    return Path(name) if name else None


FieldState = Literal["決めた", "提案", "選ぶ", ""]
"""State of a field: set by a person (or certain), proposed, open, or not in this file."""

ColumnIndexes = tuple[int, ...]
_LEVELS = ("", "低", "中", "高")
_BLOCK = 9


@record
class MappedField:
    """One of our fields with its current ``columns`` (several where they are joined).

    ``question_number`` precedes its ``title``. ``likeness`` 0 to 3 is the similarity of the headings, ``known_share``
    how many answers are known (「3 / 5」, 「文章」), ``is_few`` that they are few. ``samples`` are values of the
    column, ``hint`` says what may be meant where nothing is chosen, ``allows_multiple`` that several columns may be
    joined.
    """

    key: str
    title: str
    note: str = ""
    question_number: str = ""
    columns: ColumnIndexes
    state: FieldState
    likeness: int = 0
    known_share: str = ""
    is_few: bool = False
    samples: str
    hint: str = ""
    allows_multiple: bool = False


@record
class FileColumn:
    """One column of the file as seen in Excel: 「C　あなたのお立場は」."""

    index: int
    heading: str
    samples: str = ""

    @property
    def words(self) -> str:
        """Return the letters of the column and its heading."""
        return f"{column_letters(self.index)}　{self.heading}"


def columns_words(columns: Sequence[FileColumn], chosen: ColumnIndexes) -> str:
    """Return the chosen columns as text: 「I　使いたいもの ＋ J　その他」."""
    names = {one.index: one for one in columns}
    return " ＋ ".join(names[index].words for index in chosen if index in names)


class LikenessBlocks(QWidget):
    """Widget that shows the similarity of two headings, 1 to 3, as blocks and 低, 中 or 高; empty at 0. No signals."""

    def __init__(self, level: int):
        super().__init__()
        self._level = level
        fix_size(self)
        self.setAccessibleName(f"見出しの近さ　{_LEVELS[level]}" if level else "見出しからは決められません")

    def sizeHint(self) -> QSize:
        """Return room for three blocks and the word; none at level 0."""
        return QSize(3 * t.scaled(_BLOCK) + 3 * 2 + 24 if self._level else 0, t.scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three blocks and 低, 中 or 高; nothing at level 0."""
        if not self._level:
            return
        with QPainter(self) as painter:
            side = float(t.scaled(_BLOCK))
            top = (self.height() - side) / 2
            for place in range(3):
                area = QRectF(place * (side + 2) + 0.5, top + 0.5, side - 1, side - 1)
                painter.setPen(stroke(t.ACCENT))
                painter.setBrush(t.ACCENT if place < self._level else t.PAGE)
                painter.drawRect(area)
            words = QRectF(3 * (side + 2) + 4, 0, 30, self.height())
            paint_text(painter, words, _LEVELS[self._level], t.font("small"), t.INK_SECONDARY)


class StateBadge(QWidget):
    """Widget that shows the state of a field as a badge. Signals: none."""

    _MARKS: Mapping[str, str] = {"決めた": "済", "提案": "新規", "選ぶ": "確認が必要"}

    def __init__(self) -> None:
        super().__init__()
        self.state: FieldState = ""
        fix_size(self)

    def show_state(self, state: FieldState) -> None:
        """Show a state; an empty one shows nothing."""
        self.state = state
        self.setAccessibleName(state)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the widest badge."""
        size = badge_size("確認が必要", "決めた")
        return QSize(round(size.width()) + 2, round(size.height()) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        if self.state:
            with painting(self) as painter:
                paint_badge(painter, QRectF(self.rect()).topLeft(), self._MARKS[self.state], self.state)


_EDGE = 6
_TITLE_WIDTH = 212
"""Width of a title in characters: most questions fit one line."""


def _short_box(title: str, letters: int = 12) -> ChoiceBox:
    box = ChoiceBox(title)
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    return box


class FieldLine:
    """The widgets to choose the columns of one field: its column box and its state badge."""

    def __init__(self, field: MappedField, columns: Sequence[FileColumn], none: str):
        self.field = field
        self.box = _short_box(f"「{field.title}」の列")
        self.badge = StateBadge()
        self.ground: QFrame | None = None
        self.parts: tuple[QWidget, ...] = ()
        self.settled = field.state == "決めた"
        if field.state == "選ぶ":
            self.box.addItem("列を選んでください", None)
        self.box.addItem(none, ())
        if len(field.columns) > 1:
            self.box.addItem(columns_words(columns, field.columns), field.columns)
        for one in columns:
            self.box.addItem(one.words, (one.index,))
        if field.allows_multiple and field.columns:
            before = columns_words(columns, field.columns)
            for one in columns:
                if one.index not in field.columns:
                    self.box.addItem(f"{before} ＋ {one.words}", (*field.columns, one.index))
        wanted = None if field.state == "選ぶ" else field.columns
        place = next((n for n in range(self.box.count()) if self.box.itemData(n) == wanted), 0)
        self.box.setCurrentIndex(place)
        self.box.setToolTip(self.box.currentText())

    @property
    def columns(self) -> ColumnIndexes:
        """Return the chosen columns; empty when none is chosen."""
        found = self.box.currentData()
        return tuple(found) if found else ()

    @property
    def state(self) -> FieldState:
        """Return the current state: 選ぶ, 提案, 決めた, or "" where the field has no column."""
        if self.box.currentData() is None:
            return "選ぶ"
        if not self.columns:
            return ""
        return "決めた" if self.settled else "提案"


class MappingTable(QFrame):
    """Table of our fields, each with a box to choose its columns.

    Signals: ``changed()`` the user chose in a box, or ``accept_proposals`` was called.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, FieldLine] = {}
        self._column = in_column(owner=self)
        self._inside: QWidget | None = None

    def show_fields(
        self, fields: Sequence[MappedField], columns: Sequence[FileColumn], *, none: str = "列がない"
    ) -> None:
        """Replace the lines by one for every field with its current choice; ``none`` is the text for no column."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        grid = in_grid(self._inside, margins=(0, 0, 0, 0), across=12, down=0)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 5)
        grid.setColumnStretch(3, 4)
        grid.setColumnMinimumWidth(1, t.scaled(_TITLE_WIDTH))
        told = (
            any(one.question_number for one in fields),
            *(True,) * 3,
            any(one.likeness for one in fields),
            any(one.known_share for one in fields),
            True,
        )
        heads = ("番号", "こちらの項目", "ファイルの列", "列にある値の例", "見出し", "選択肢", "状態")
        ground = QFrame()
        ground.setStyleSheet(f"background: {t.PAPER_TINT}; border-top: 1px solid {t.STRONG_LINE};")
        ground.setMinimumHeight(t.scaled(t.HEAD))
        grid.addWidget(ground, 0, 0, 1, len(heads))
        for place, (words, shown) in enumerate(zip(heads, told, strict=True)):
            head = label(words if shown else "", "small")
            head.setStyleSheet("font-weight: bold;")
            head.setContentsMargins(0 if place else _EDGE, 0, 0, 0)
            grid.addWidget(head, 0, place)
        self.lines = {}
        for number, field in enumerate(fields, 1):
            line = FieldLine(field, columns, none)
            self.lines[field.key] = line
            self._place_line(grid, number, line)
            line.box.activated.connect(lambda _place, one=line: self._on_columns_chosen(one))
        self._column.addWidget(self._inside)

    def _place_line(self, grid: QGridLayout, number: int, line: FieldLine) -> None:
        field = line.field
        ground = styled_frame("mapping-open" if field.state == "選ぶ" else "mapping-line")
        grid.addWidget(ground, number, 0, 1, 7)
        line.ground = ground
        title = QWidget()
        words = wrapped_label(field.title, "strong" if field.state == "選ぶ" else "body")
        column = in_column(words, owner=title, spacing=0, margins=(0, 4, 0, 4))
        if field.note:
            column.addWidget(label(field.note, "small"))
        share = label(field.known_share, "strong" if field.is_few else "body")
        if field.is_few:
            share.setStyleSheet(f"color: {t.AMBER}")
        holder = row_of(line.box, margins=(0, 4, 0, 4))
        parts = (
            label(field.question_number, "strong"), title, holder, small_label(field.hint or field.samples),
            LikenessBlocks(field.likeness), share, line.badge,
        )  # fmt: skip
        line.parts = (ground, *parts)
        parts[0].setContentsMargins(_EDGE, 0, 0, 0)
        for place, part in enumerate(parts):
            grid.addWidget(part, number, place, Qt.AlignmentFlag.AlignVCenter if place != 2 else Qt.AlignmentFlag(0))
        line.badge.show_state(line.state)

    def _on_columns_chosen(self, line: FieldLine) -> None:
        line.settled = line.box.currentData() is not None
        line.box.setToolTip(line.box.currentText())
        line.badge.show_state(line.state)
        if line.ground is not None:
            line.ground.setProperty("kind", "mapping-open" if line.state == "選ぶ" else "mapping-line")
            line.ground.style().polish(line.ground)
        self.changed.emit()

    def accept_proposals(self) -> None:
        """Mark every proposed column as settled, unchanged, and emit ``changed``."""
        for line in self.lines.values():
            line.settled = line.settled or bool(line.columns)
            line.badge.show_state(line.state)
        self.changed.emit()

    def chosen_columns(self) -> dict[str, ColumnIndexes]:
        """Return the chosen columns of every field, by its key."""
        return {key: line.columns for key, line in self.lines.items()}

    def fields_sharing_column(self) -> list[MappedField]:
        """Return the fields whose column is already used by an earlier one."""
        seen: set[int] = set()
        found = []
        for line in self.lines.values():
            if seen & set(line.columns):
                found.append(line.field)
            seen |= set(line.columns)
        return found

    def count_state(self, state: FieldState) -> int:
        """Return how many fields have the given state."""
        return sum(line.state == state for line in self.lines.values())

    def take_focus(self) -> bool:
        """Focus the first open field, else the first proposed one; return False if there is neither."""
        for state in ("選ぶ", "提案"):
            for line in self.lines.values():
                if line.state == state:
                    line.box.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False


@record
class ListColumn:
    """One column of a list: number from 0, heading, its field ("" = none), its first value.

    ``is_excluded`` True = personal data that is not needed and can't be chosen.
    """

    index: int
    heading: str
    field: str
    sample: str
    is_excluded: bool = False

    def as_open_column(self) -> OpenColumn:
        """Return it as a column that its field gives up."""
        values = ((self.sample, 1),) if self.sample else ()
        return OpenColumn(
            index=self.index, name=self.heading, filled=0, values=values, is_decided=True, must_choose=False
        )


_KEY = "answer"
_OWN_WORDS = "本人のことば"


class OpenColumnLine:
    """The widgets of one column that no field took: its ground, the ``box`` of fields, the ``answers`` beside it."""

    def __init__(self, column: OpenColumn, row_count: int, choices: Mapping[str, str]):
        self.column = column
        self.ground = styled_frame("mapping-open" if column.must_choose else "mapping-line")
        self.badge = StateBadge()
        self.box = _short_box(f"「{column.name}」を入れる欄", 8)
        self.box.addItem("欄に入れる", None)
        self.answers = QButtonGroup(self.ground)
        ways = FlowRow(self.box, spacing=4)
        one_stop = OneStop(ways, chooses=True)
        for words, key in choices.items():
            if key not in ("", COUNTED) and words != _OWN_WORDS:
                self.box.addItem(words, key)
                continue
            answer = with_accessible_name(Segment(words, counted=False), f"「{column.name}」　{words}")
            answer.setProperty(_KEY, key)
            self.answers.addButton(answer)
            one_stop.add(answer)
            ways.add(answer)
        self.choose(column.choice or (None if column.must_choose else ""))
        self.badge.show_state("選ぶ" if self.chosen is None else "提案" if column.must_choose else "")
        self.badge.setVisible(column.must_choose)
        filled = f"{row_count}行のうち{column.filled}行に記入" if column.filled < row_count else "どの行にも記入"
        heading, values = QWidget(), QWidget()
        in_column(wrapped_label(column.name, "strong"), in_row(self.badge, None), owner=heading, spacing=2)
        told = label(filled if column.filled else "", "small")
        in_column(wrapped_label(column.values_words), told, owner=values, spacing=0)
        in_row((heading, 3), (values, 3), (ways, 6), owner=self.ground, spacing=12, margins=(_EDGE, 4, _EDGE, 4))

    @property
    def chosen(self) -> str | None:
        """Return the field or the answer chosen, None where somebody has still to choose."""
        answer = self.answers.checkedButton()
        found: str | None = self.box.currentData() if answer is None else answer.property(_KEY)
        return found

    def choose(self, key: str | None) -> None:
        """Choose a field or an answer; None = neither."""
        self.box.setCurrentIndex(max(0, self.box.findData(key)))
        self.answers.setExclusive(False)
        for answer in self.answers.buttons():
            answer.setChecked(answer.property(_KEY) == key)
        self.answers.setExclusive(True)


class OpenColumns(QFrame):
    """Table of the columns that no field took, each with what it holds and a box that says what becomes of it.

    Signals: ``changed()`` the user chose.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[int, OpenColumnLine] = {}
        self._head = wrapped_label("", "strong")
        self._head.setContentsMargins(_EDGE, 0, 0, _EDGE)
        self._column = in_column(self._head, owner=self, spacing=0)

    def show_columns(self, columns: Iterable[OpenColumn], row_count: int, choices: Mapping[str, str]) -> None:
        """Replace the lines by one for each column; ``choices`` are the fields and uses by their words."""
        for line in self.lines.values():
            self._column.removeWidget(line.ground)
            line.ground.deleteLater()
        self.lines = {one.index: OpenColumnLine(one, row_count, choices) for one in columns}
        for line in self.lines.values():
            line.box.activated.connect(lambda _place, one=line: self._on_chosen(one, one.box.currentData()))
            line.answers.buttonClicked.connect(lambda button, one=line: self._on_chosen(one, button.property(_KEY)))
            self._column.addWidget(line.ground)

    def show_without(self, used: Collection[int]) -> None:
        """Show only the columns that no field uses, with how many wait."""
        for index, line in self.lines.items():
            line.ground.setVisible(index not in used)
        shown = [line for index, line in self.lines.items() if index not in used]
        waiting = sum((line.chosen is None) for line in shown)
        asked = fill_nonempty("{}列を選んでください。答えの入った列は、選ぶまで先へ進みません", waiting)
        self._head.setText(join_nonempty(f"行き先のない列　{len(shown)}列", asked))
        self.setVisible(bool(shown))

    def _on_chosen(self, line: OpenColumnLine, key: str | None) -> None:
        line.choose(key)
        line.badge.show_state("選ぶ" if line.chosen is None else "決めた")
        line.ground.setProperty("kind", "mapping-open" if line.chosen is None else "mapping-line")
        line.ground.style().polish(line.ground)
        self.changed.emit()

    def open_lines(self) -> list[OpenColumnLine]:
        """Return the lines of the columns that no field uses."""
        return [line for line in self.lines.values() if not line.ground.isHidden()]


class ListMapping(QWidget):
    """Widget to assign the columns of a list: those that no field took, then the fields with their columns.

    Signals: ``changed()`` a field or a column was chosen otherwise.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.open = OpenColumns()
        self.table = MappingTable()
        self._columns: tuple[ListColumn, ...] = ()
        self._needed: Sequence[frozenset[str]] = ()
        self._several: Collection[str] = ()
        self._excluded = small_label()
        in_column(self.open, self.table, self._excluded, None, owner=self, spacing=16)
        self.table.changed.connect(self._on_chosen)
        self.open.changed.connect(self._on_chosen)

    def show_columns(
        self,
        columns: Sequence[ListColumn],
        labels: Mapping[str, str],
        *,
        needed: Sequence[frozenset[str]],
        several: Collection[str],
        settled: bool,
        open_columns: Sequence[OpenColumn],
        row_count: int,
        choices: Mapping[str, str],
    ) -> None:
        """Show the fields of ``labels`` with the columns; ``needed`` are groups of which one each must have a column.

        ``several`` fields may have more than one column, ``settled`` = set by a person before. ``open_columns`` of the
        file's ``row_count`` rows have no field, ``choices`` are what they may be. Emits ``changed``.
        """
        self._columns = tuple(columns)
        self._needed, self._several = needed, several
        choosable = [one for one in columns if not one.is_excluded]
        opened = {one.index: one for one in open_columns}
        held = group_by_key((one.field, one.index) for one in choosable if one.field and one.index not in opened)
        samples = {one.index: one.sample for one in choosable}
        missing = {min(group, key=list(labels).index) for group in needed if not group & held.keys()}
        order = sorted(labels, key=lambda field: (held.get(field, [1_000])[0], field not in missing))
        self.table.show_fields(
            [
                MappedField(
                    key=field,
                    title=labels[field],
                    columns=tuple(held.get(field, ())),
                    state="選ぶ" if field in missing else ("決めた" if settled else "提案") if field in held else "",
                    samples=samples.get(held[field][0], "") if field in held else "",
                    allows_multiple=field in several,
                )
                for field in order
            ],
            [FileColumn(index=one.index, heading=one.heading) for one in choosable],
        )
        # A field without a column is chosen at the column.
        for line in self.table.lines.values():
            for part in line.parts if not line.columns and line.state != "選ぶ" else ():
                part.hide()
        self.open.show_columns(
            [opened.get(one.index) or one.as_open_column() for one in choosable if one.sample or one.index in opened],
            row_count,
            choices,
        )
        excluded = "、".join(one.heading for one in columns if one.is_excluded)
        self._excluded.setText(fill_nonempty("この事業に要らない個人情報の列（{}）は、読み込みません。", excluded))
        self._on_chosen()

    def chosen_fields(self) -> dict[int, str]:
        """Return column number to field as chosen now, "" = not used; excluded columns as they were.

        A column that has still to be chosen is left out.
        """
        found: dict[int, str | None] = {one.index: one.field if one.is_excluded else "" for one in self._columns}
        for line in self.open.open_lines():
            found[line.column.index] = line.chosen
        for field, columns in self.table.chosen_columns().items():
            found.update(dict.fromkeys(columns, field))
        return {index: field for index, field in found.items() if field is not None}

    def problem(self) -> str:
        """Return why these columns are not sufficient, or ""."""
        told = self.chosen_fields()
        lines = self.table.lines
        missing = [
            lines[min(group, key=list(lines).index)].field.title
            for group in self._needed
            if not group & set(told.values())
        ]
        if missing:
            return f"「{'」「'.join(missing)}」の列が決まっていません。ファイルの列を選んでください。"
        twice = [field.title for field in self.table.fields_sharing_column()]
        if twice:
            return f"「{'」「'.join(twice)}」に、ほかの項目と同じ列が当てられています。"
        counts = Counter(field for field in told.values() if field in lines and field not in self._several)
        doubled = [lines[field].field.title for field, count in counts.items() if count > 1]
        return fill_nonempty("「{}」の列が2つあります。どちらか1つを選んでください。", "」「".join(doubled))

    def next_words(self, plain: str) -> str:
        """Return what the button to go on says: how many columns wait, what becomes of the others, else ``plain``."""
        shown = self.open.open_lines()
        waiting = sum((line.chosen is None) for line in shown)
        unused = sum(line.chosen == "" and not line.column.is_decided for line in shown)
        proposed = sum(line.badge.state == "提案" for line in shown)
        if waiting:
            return f"のこり{waiting}列を選ぶ"
        said = [f"提案{proposed}列"] if proposed else []
        said += [f"残り{unused}列は使わない"] if unused else []
        return f"つぎへ（{'、'.join(said)}）" if said else plain

    def go_to_waiting(self) -> bool:
        """Focus the first column that somebody has still to choose; return False if there is none."""
        line = next((one for one in self.open.open_lines() if one.chosen is None), None)
        if line is not None:
            line.box.setFocus(Qt.FocusReason.OtherFocusReason)
        return line is not None

    def _on_chosen(self) -> None:
        self.open.show_without({index for columns in self.table.chosen_columns().values() for index in columns})
        self.changed.emit()


MAPPING, ROWS = range(2)
_STEPS = ("列の対応", "行ごとの結果")
_ENDINGS = "*.csv *.xlsx *.txt *.tsv *.zip"
_SHOWN_NOTICES = 4
_SHOWN_CELLS = 200
_SHOWN_RAW = 60


@record
class ListPresentation:
    """How a list is shown before it is imported.

    ``columns`` show the content of a row, ``words`` name what is imported where that is not the target's own name.
    ``extra_questions`` are fields for further settings of the file, ``choice_dialog`` is the dialog for one row, where
    it is more than yes or no.
    """

    columns: Sequence[Column]
    words: str = ""
    extra_questions: Callable[[ListPreview[Any]], Sequence[Field]] | None = None
    choice_dialog: type[ChoiceDialog] | None = None


class ListImportMenu(MoreButton):
    """The 「…」 menu of a screen with an importable list: import, and the imports so far. Signals: none."""

    def __init__(
        self,
        app_context: AppContext,
        target: RowByRowTarget[Any],
        view: ListPresentation,
        *,
        more: Callable[[], Iterable[MenuAction]] = tuple,
    ):
        """Build the menu; ``more`` returns further entries."""
        super().__init__(self.menu_actions)
        self._more = more
        self._app_context = app_context
        self._target = target
        self._view = view
        self._words = view.words or target.list_name

    def menu_actions(self) -> Iterator[MenuAction]:
        """Yield the entries of the menu; a read-only window has no import."""
        if self._app_context.may_write:
            yield f"{self._words}を取り込む", self.choose_file
        yield "これまでの取り込み", self.list_imports
        yield from self._more()

    def start_import(self) -> None:
        """Show the imports so far with a button for another; before the first there is only the file to choose."""
        self._app_context.read(
            with_store(past_imports, target=self._target),
            lambda found: self.list_imports() if found or self._app_context.read_only else self.choose_file(),
            owner=self,
        )

    def choose_file(self) -> None:
        """Let the user choose a list file, and open the import dialog for it."""
        path = ask_file(self, f"{self._words}を選ぶ", f"{self._words} ({_ENDINGS})")
        if path is not None:
            self.take_file(path)

    def list_imports(self) -> None:
        """Open the dialog with the imports so far, each with undo, and a button for another import."""
        dialog = PastImportsDialog(self, self._target, self._words)
        dialog.confirmed.connect(dialog.accept)
        dialog.confirmed.connect(self.choose_file)
        dialog.open()

    def accept_drops(self, screen: QWidget) -> None:
        """Make ``screen`` accept a dropped file for import, unless the window is read-only."""
        FileDrop(screen, is_allowed=lambda: self._app_context.may_write).dropped.connect(self.take_file)

    def take_file(self, path: Path) -> None:
        """Preview a list file in the background and open the import dialog; nothing is saved yet."""
        title = f"{self._words}を取り込む"
        self._app_context.read(
            partial(preview_list, path=path, target=self._target, today=self._app_context.today()),
            lambda preview: ListImportDialog(self, self._target, path, preview, self._view, title=title).open(),
            owner=self,
            title="ファイルを読んでいます",
        )


class ListImportDialog(SavingDialog):
    """Dialog that imports a list in two steps, columns and rows. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        target: RowByRowTarget[Any],
        path: Path,
        preview: ListPreview[Any],
        view: ListPresentation,
        *,
        title: str,
    ):
        """Build the dialog; ``view`` says how a row is shown, after its number in Excel and its outcome."""
        super().__init__(
            parent,
            title,
            preview.file_name,
            main="",
            note=f"まだ保存していません。{CAN_UNDO}",
            full=True,
            wide=True,
        )
        self._target = target
        self._path = path
        self._preview = preview
        self._view = view
        self._sheet = ""
        self._columns: dict[int, str] | None = None
        self._choices: dict[int, RowChoice] = {}
        self.steps = label("", "second")
        self.told = small_label()
        self.back = Button("列の対応を変える", self.open_mapping, low=True, icon_name="columns")
        self.problem = NoteBox(tone="amber")
        self.mapping = ListMapping()
        self.notices = NoteBox(tone="amber")
        self.chips = OutcomeChips(OUTCOMES)
        self.table = RecordTable(
            f"{target.subject}-import",
            (*_COLUMNS, *view.columns),
            title="取り込む行",
            empty="この結果の行はありません。",
            filtered=False,
            unit="行",
            below=_second_line,
            action=_row_action,
            tint=lambda row: t.AMBER_BOX if row.outcome == "確認が必要" else "",
            rule="同じファイルをもう一度取り込んでも、増えたり変わったりしません。",
            on_open=self.decide,
            on_act=self.decide,
        )
        self.table.name_copies(f"{title}　取り込む行")
        self._build(title)
        self.mapping.changed.connect(self._check)
        self.chips.chosen.connect(self._filter)
        self.confirmed.connect(self._go_on)
        self._show(preview)
        if preview.asks_before_rows:
            self.open_mapping()

    def _build(self, title: str) -> None:
        """Build the pages of both steps; their main button is the same, so a double click goes one step only."""
        self.table.setMinimumHeight(t.scaled(190))
        # The rows take what is left: what a list wishes for by itself would make a low window scroll beside it.
        self.table.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.export = ExportButton(self.app_context, self._export_doubtful_rows, title=f"{title}　確かめる行")
        self.export.set_words("確かめる行をExcelに出力")
        self.table.foot.addWidget(self.export)
        inside, rows = QWidget(), QWidget()
        self.form = Form((), self.fiscal_year)
        self._form_place = in_column(self.form)
        in_column(self.problem, self._form_place, self.mapping, None, owner=inside, spacing=12)
        in_column(self.notices, self.chips, (self.table, 1), owner=rows, spacing=12)
        self.pages = Pages()
        for page in (in_scroll_area(inside), rows):
            self.pages.addWidget(page)
        self.put(in_row(self.steps, (self.told, 1), self.back, spacing=16), (self.pages, 1))
        self._show_form(self._preview)

    def open_mapping(self) -> None:
        """Go to the first step, showing the current columns to be set by hand."""
        preview = self._preview
        self.mapping.show_columns(
            [
                ListColumn(
                    index=index,
                    heading=heading.strip() or f"（{index + 1}列目）",
                    field=preview.columns.get(index, ""),
                    sample=sample,
                )
                for index, (heading, sample) in enumerate(zip(preview.file.headings, preview.samples, strict=True))
            ],
            preview.fields,
            needed=self._target.required_groups,
            several=(),
            settled=preview.remembered,
            open_columns=preview.open_columns,
            row_count=len(preview.file.rows),
            choices=self._target.choices(preview.fields),
        )
        self._show_step(MAPPING)

    def decide(self, found: ListRow | None) -> None:
        """Open the dialog to decide about one row, if it can be decided or needs a check."""
        if found is not None and (found.is_decidable or found.outcome == "確認が必要"):
            dialog = (self._view.choice_dialog or ChoiceDialog)(self.app_context, found, self)
            dialog.decided.connect(partial(self._save_decision, found.row))
            dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go one step back on Esc: from the rows to the columns, then out."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() == ROWS:
            self.open_mapping()
            return
        super().keyPressEvent(event)

    # inside

    def _show_form(self, preview: ListPreview[Any]) -> None:
        """Show the further questions, prefilled from the file, and the choice of a sheet if there are several."""
        fields = list(self._view.extra_questions(preview)) if self._view.extra_questions is not None else []
        if preview.days_without_year:
            hint = f"{question_words(preview.days_without_year)}。どの行も、選んだ年の日として読みます。"
            fields.append(_day_field(YEAR_SETTING, "日付の年", choices=year_choices(self.today), hint=hint))
        for index, days in preview.days_without_order.items():
            title = f"「{preview.file.headings[index].strip()}」の日付"
            hint = f"{'、'.join(dict.fromkeys(days[:3]))} などの、月と日の順です。"
            fields.append(_day_field(f"{ORDER_SETTING}{index}", title, choices=_ORDERS, hint=hint))
        sheets = tuple((one, one) for one in preview.file.sheets)
        if len(sheets) > 1:
            fields.insert(0, Field(_SHEET, "シート", "choice", width=240, choices=sheets))
        fresh = Form(
            fields,
            self.fiscal_year,
            on_change=lambda key: self._read_sheet(str(fresh.value(_SHEET))) if key == _SHEET else None,
        )
        given = {_SHEET: preview.file.sheet, **preview.settings}
        fresh.set_values({one.key: given.get(one.key) for one in fields})
        self._form_place.replaceWidget(self.form, fresh)
        self.form.hide()
        self.form.deleteLater()
        self.form = fresh
        fresh.setVisible(bool(fields))

    def _read_sheet(self, sheet: str) -> None:
        """Preview another sheet: its columns are proposed anew, and no row is decided."""
        self._sheet, self._columns, self._choices = sheet, None, {}

        def show(preview: ListPreview[Any]) -> None:
            """Show the preview of the new sheet, its questions and the first step."""
            self._show(preview)
            self._show_form(preview)
            self.open_mapping()

        self._update_preview(show)

    @property
    def _settings(self) -> dict[str, Any]:
        return {key: value for key, value in self.form.values().items() if key != _SHEET}

    def _show_step(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.steps.setText("　›　".join(f"【{word}】" if at == page else word for at, word in enumerate(_STEPS)))
        self.back.setVisible(page == ROWS)
        self._check()

    def _check(self) -> None:
        """Show what is missing in the first step, and the main button of the present one."""
        if self.pages.currentIndex() == MAPPING:
            problem = self.mapping.problem()
            self.problem.show_text(problem)
            self.set_main(self.mapping.next_words("行ごとの結果を見る"), enabled=not problem)
            return
        counted = len(self._preview.rows_to_write)
        nothing = f"新しい{self._target.row_name}はありません"
        self.set_main(f"{counted}件を取り込む" if counted else nothing, enabled=bool(counted))

    def _go_on(self) -> None:
        (self._read_columns if self.pages.currentIndex() == MAPPING else self._import)()

    def _read_columns(self) -> None:
        """Preview the file with the chosen columns, unless an answer is invalid.

        Columns that are all as proposed don't count as set by hand.
        """
        if self.mapping.go_to_waiting() or not self.form.check_all():
            return
        chosen = self.mapping.chosen_fields()
        proposed = {index: self._preview.columns.get(index, "") for index in chosen}
        # Left as proposed is not set by hand: nothing is remembered then, unless somebody saw a new column.
        if chosen != proposed or has_new_columns(self._preview.open_columns):
            self._columns = chosen
        self._update_preview()

    def _save_decision(self, number: int, choice: RowChoice) -> None:
        """Keep the decision about a row and preview the file again; nothing is saved."""
        self._choices[number] = choice
        self._update_preview()

    def _preview_arguments(self) -> dict[str, Any]:
        return {
            "path": self._path, "target": self._target, "columns": self._columns, "choices": dict(self._choices),
            "sheet": self._sheet, "settings": self._settings,
        }  # fmt: skip

    def _update_preview(self, show: Callable[[ListPreview[Any]], None] | None = None) -> None:
        self.app_context.read(
            partial(preview_list, today=self.today, **self._preview_arguments()),
            show or self._show,
            owner=self,
            title="ファイルを読んでいます",
        )

    def _show(self, preview: ListPreview[Any]) -> None:
        self._preview = preview
        known = "　前に直した列の対応を使っています" if preview.remembered else ""
        left = fill_nonempty("　取り込まない列：{}", "、".join(preview.unused_columns))
        self.told.setText(f"{preview.file_words}　データ {len(preview.file.rows)}行{known}{left}")
        self.export.set_available(bool(preview.doubtful_rows))
        self.notices.show_text("\n".join(preview.notices[:_SHOWN_NOTICES]))
        self.chips.show_counts({word: preview.count(word) for word in OUTCOMES}, start_again=False)
        self._filter(self.chips.word)
        self._show_step(ROWS)

    def _filter(self, word: str) -> None:
        """Show the rows with an outcome, the ones to be reviewed first; for ``ALL`` every row in file order."""
        rows = [one for one in self._preview.rows if word in (ALL, one.outcome)]
        if word != ALL:
            # What somebody may want to look at first: differences that are not written, then notes.
            rows.sort(key=lambda one: (not one.needs_review, not one.note))
        self.table.show_rows(rows)

    def _export_doubtful_rows(self, deliver: Callable[[ExportTable], None]) -> None:
        """Pass the doubtful rows as in the file, with the reason in front, to ``deliver`` as a table."""
        preview = self._preview
        headings = tuple(heading or f"{place}列目" for place, heading in enumerate(preview.file.headings, 1))
        width = len(headings)
        rows = tuple(
            (
                str(one.spreadsheet_row),
                one.outcome,
                one.words,
                *map(mask_personal_numbers, one.shown_cells[:width]),
                *("",) * (width - len(one.shown_cells)),
            )
            for one in preview.doubtful_rows
        )
        columns = ("行", "結果", "理由", *headings)
        deliver(ExportTable(columns=columns, rows=rows, words=f"{len(rows)}行", personal=True))

    def _import(self) -> None:
        # Bound beforehand: the file is read again on the store's thread and must be the one shown.
        self.run_change(
            bind_action(partial(import_list, seen_sha256=self._preview.sha256, **self._preview_arguments())),
            title=f"{self._target.list_name}を取り込んでいます",
        )


_COLUMNS = (
    Column(
        "line",
        "行",
        lambda row: str(row.spreadsheet_row),
        align="right",
        width=52,
        sort=lambda row: row.spreadsheet_row,
    ),
    Column(
        "outcome",
        "結果",
        lambda row: Cell(badge=row.outcome),
        width=130,
        copy_text=lambda row: f"{row.outcome} {row.words}".strip(),
    ),
)


def _cells_text(found: ListRow) -> str:
    said = "、".join(part.strip() for part in found.shown_cells if part.strip())
    return f"　「{said[:_SHOWN_RAW]}{'…' if len(said) > _SHOWN_RAW else ''}」" if said else ""


def _second_line(found: ListRow) -> tuple[str, str]:
    """Return the second line of a row in the list with its colour: reason and note.

    The raw cells follow for a data row with a reason that can't be decided.
    """
    cells = "" if found.is_decidable or found.row < 0 or not found.reason else _cells_text(found)
    return f"{found.words}{cells}", t.AMBER if found.outcome == "確認が必要" or found.needs_review else t.INK_SECONDARY


def _row_action(found: ListRow) -> RowAction | None:
    """Return the button of a row: 決める where it needs a check, 変える where a decision was made, else None."""
    if found.outcome == "確認が必要":
        return RowAction("決める")
    return RowAction("変える") if found.choice is not None else None


_SHEET = "sheet"
_day_field = partial(Field, kind="choice", width=280, optional=True)
_ORDERS = ((None, "選んでください"), *((order, words) for words, order in ORDERS.items()))
_IMPORT = "取り込む"
REASON = Field("reason", "取り込む理由", hint="個人番号でないと確かめた方法を書きます（例：管理番号と確認）。")


class ChoiceDialog(DialogFrame):
    """Dialog for the decision about one row. Signals: those of ``DialogFrame``; ``decided(object)`` the ``RowChoice``.

    A list whose rows need more than yes or no has a subclass with other answers (``options``, ``default_option``,
    ``decision``).
    """

    decided = Signal(object)

    def __init__(self, app_context: AppContext, found: Any, parent: QWidget | None = None):
        super().__init__(f"{found.spreadsheet_row}行目を決める", main="この扱いにする", width=640, parent=parent)
        self.app_context = app_context
        self.found = found
        self._numbered = found.has_personal_number and found.is_decidable
        self.put(Paragraph(self.row_text()))
        self.form = Form(
            (
                Field("action", "この行の扱い", "radio", choices=self.options()),
                *((REASON,) if self._numbered else ()),
            ),
            app_context.fiscal_year,
        )
        self.put(self.form)
        self.add_widgets()
        self.put(None)
        kept = found.choice
        reason = {"reason": kept.reason if kept is not None else ""} if self._numbered else {}
        self.form.set_values({"action": kept.action if kept is not None else self.default_option()} | reason)
        self.confirmed.connect(self._decide)

    def row_text(self) -> str:
        """Return the cells of the row and why it is asked about, as text."""
        cells = "、".join(part.strip() for part in self.found.shown_cells if part.strip())[:_SHOWN_CELLS]
        return f"ファイルの行　{cells}\n{self.found.words}"

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return key and label of each possible answer; 取り込む only where the row can be decided."""
        out = ((LEFT_OUT, "取り込まない"),)
        return ((_IMPORT, "取り込む"), *out) if self.found.is_decidable else out

    def default_option(self) -> str:
        """Return the key of the preselected answer."""
        return _IMPORT if self.found.is_decidable else LEFT_OUT

    def add_widgets(self) -> None:
        """Add widgets below the answers; does nothing here, a subclass may."""

    def decision(self, action: str, reason: str) -> RowChoice | None:
        """Return the decision for the chosen answer; an override shows an error and returns None if anything lacks."""
        return RowChoice(action=action, reason=reason)

    def _decide(self) -> None:
        """Emit ``decided`` with the answer and close; show an error instead where a reason is missing."""
        action = self.form.text("action")
        asked = self._numbered and action != LEFT_OUT
        reason = self.form.text("reason").strip() if asked else ""
        if asked and not reason:
            self.show_error_text("**理由がありません。**\n個人番号でないと確かめた方法を書いてください。")
            self.fit_to_content()
            return
        choice = self.decision(action, reason)
        if choice is not None:
            self.accept()
            self.decided.emit(choice)


class PastImportsDialog(SavingDialog):
    """Dialog that lists the imports so far, each with undo. Signals: those of ``SavingDialog``.

    Its main button only emits ``confirmed``: the opener lets the user choose a file then. Read-only, there is none.
    """

    def __init__(self, parent: QWidget, target: ListTarget, words: str):
        """Build the dialog; ``words`` name the lists."""
        super().__init__(
            parent,
            "これまでの取り込み" if app_context_at(parent).read_only else f"{words}を取り込む",
            words if app_context_at(parent).read_only else "これまでの取り込み",
            main="" if app_context_at(parent).read_only else "ファイルを選ぶ",
            cancel="閉じる",
            width=820,
        )
        self._target = target
        self.table = ImportHistoryTable(
            f"{target.subject}-imports", self.app_context.today(), may_write=self.app_context.may_write
        )
        self.put(self.table, None)
        self.table.acted.connect(self._revert)
        self._read()

    def _read(self, _saved: object = None) -> None:
        self.run_read(self.table.show_rows, past_imports, target=self._target)

    def _revert(self, imported: ForeignImport) -> None:
        change = partial(revert_import, target=self._target)
        self.run_change_and_stay(bind_action(change, import_id=imported.id), self._read)
