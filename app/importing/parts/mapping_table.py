"""The table that assigns file columns to our fields, with the proposal, its certainty, and what is open.

A proposal depends on the similarity of the headings and on how many answers in the column are known ones. Where both
are low nothing is preselected: such a field is amber and gets the focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from app.widgets.badges import badge_size, paint_badge
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label, styled_frame, wrapped_label
from app.widgets.layouts import in_column, in_grid, in_row
from app.window import theme as t
from app.window.painting import painting, stroke
from db.frozen_record import frozen_record

FieldState = Literal["決めた", "提案", "選ぶ", ""]
"""State of a field: set by a person (or certain), proposed, open, or not in this file."""

ColumnIndexes = tuple[int, ...]
_LEVELS = ("", "低", "中", "高")
_BLOCK = 9


@frozen_record
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


@frozen_record
class FileColumn:
    """One column of the file as seen in Excel: 「C　あなたのお立場は」."""

    index: int
    heading: str
    samples: str = ""

    @property
    def words(self) -> str:
        """Return the letters of the column and its heading."""
        return f"{letters_of(self.index)}　{self.heading}"


def letters_of(index: int) -> str:
    """Return the letters of a column from 0 (27 → AB)."""
    found, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        found = chr(65 + place) + found
    return found


def columns_words(columns: Sequence[FileColumn], chosen: ColumnIndexes) -> str:
    """「I　使いたいもの ＋ J　その他」."""
    names = {one.index: one for one in columns}
    return " ＋ ".join(names[index].words for index in chosen if index in names)


class LikenessBlocks(QWidget):
    """Three blocks and a word for the similarity of two headings. Signals: none."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"見出しの近さ　{_LEVELS[level]}" if level else "見出しからは決められません")

    def sizeHint(self) -> QSize:
        """Return room for three blocks and the word."""
        return QSize(3 * t.scaled(_BLOCK) + 3 * 2 + 24, t.scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the blocks and the word."""
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
            painter.setPen(t.INK_SECONDARY)
            painter.setFont(t.font("small"))
            words = QRectF(3 * (side + 2) + 4, 0, 30, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, _LEVELS[self._level])


class StateBadge(QWidget):
    """The state of a field as a badge. Signals: none."""

    _MARKS: Mapping[str, str] = {"決めた": "済", "提案": "新規", "選ぶ": "確認が必要"}

    def __init__(self) -> None:
        super().__init__()
        self.state: FieldState = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

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
_TITLE = 212
"""Width of a title in characters: most questions fit one line."""


class FieldLine:
    """The widgets of one field."""

    def __init__(self, field: MappedField, columns: Sequence[FileColumn], none: str) -> None:
        self.field = field
        self.box = ChoiceBox(f"「{field.title}」の列")
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.badge = StateBadge()
        self.ground: QFrame | None = None
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
        """Return the chosen columns."""
        found = self.box.currentData()
        return tuple(found) if found else ()

    @property
    def state(self) -> FieldState:
        """Return the current state."""
        if self.box.currentData() is None:
            return "選ぶ"
        if not self.columns:
            return ""
        return "決めた" if self.settled else "提案"


class MappingTable(QFrame):
    """The fields with their columns. Signals: ``changed()`` a field got another column."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, FieldLine] = {}
        self._column = in_column(owner=self)
        self._inside: QWidget | None = None

    def show_fields(
        self, fields: Sequence[MappedField], columns: Sequence[FileColumn], *, none: str = "列がない"
    ) -> None:
        """Show every field with its current choice; ``none`` is the text for no column."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        grid = in_grid(self._inside, margins=(0, 0, 0, 0), across=12, down=0)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 3)
        grid.setColumnStretch(3, 5)
        grid.setColumnMinimumWidth(1, t.scaled(_TITLE))
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
        column = in_column(
            wrapped_label(field.title, "strong" if field.state == "選ぶ" else "body"),
            owner=title,
            spacing=0,
            margins=(0, 4, 0, 4),
        )
        if field.note:
            column.addWidget(label(field.note, "small"))
        share = label(field.known_share, "strong" if field.is_few else "body")
        if field.is_few:
            share.setStyleSheet(f"color: {t.AMBER}")
        holder = QWidget()
        in_row(line.box, owner=holder, margins=(0, 4, 0, 4))
        parts: tuple[QWidget, ...] = (
            label(field.question_number, "strong"), title, holder, wrapped_label(field.hint or field.samples, "small"),
            LikenessBlocks(field.likeness), share, line.badge,
        )  # fmt: skip
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
        """Accept every proposal unchanged."""
        for line in self.lines.values():
            line.settled = line.settled or bool(line.columns)
            line.badge.show_state(line.state)
        self.changed.emit()

    def chosen_columns(self) -> dict[str, ColumnIndexes]:
        """Return the chosen columns of every field."""
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
        """Return how many fields have a state."""
        return sum(line.state == state for line in self.lines.values())

    def take_focus(self) -> bool:
        """Focus the first open field, else the first proposed one; return False if there is neither."""
        for state in ("選ぶ", "提案"):
            for line in self.lines.values():
                if line.state == state:
                    line.box.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False
