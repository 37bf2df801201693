"""Rows of 日程の比較: one event each with an editable date, its consequences, and suitable days as links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.calendar.dates import short_date_plain, weekday_mark
from app.event.rules.deadlines import Deadline
from app.events.schedules.rules import TO_CHECK, TO_CORRECT
from app.events.schedules.screens.week_strip import WeekBlocks
from app.events.schedules.services import CompareLine, PlanComparison, remark_words
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button, HoverButtons
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import LabelRole, label, small_label, wrapped_label
from app.widgets.layouts import add, in_column, in_row, layout_now
from app.window import theme as t
from app.window.accessible_roles import spoken_as

_TITLE, _FIELD, _WEEKDAY, _VENUE, _DAY, _WEEK = 204, 84, 38, 134, 78, 88
_ROWS_PER_TURN = 4
_GAP = 8
VENUE_MIN_WIDTH = 1000
WEEK_MIN_WIDTH = 860
"""Logical widths from which these columns are shown; below, the tooltip of the title gives the venue."""
_WIDE_FROM = 1400
_EXTRA_WIDTH = 110
"""From that width names and venues get so much more, to stay on one line beside the remarks."""
_NARROW_BELOW = 760
_REDUCED_WIDTH = -64
"""Below that width they get so much less and take two lines, so that no page is wider than its window."""
_REMARK_COLOURS = {TO_CORRECT: t.RED, TO_CHECK: t.AMBER}
_REASON_LINK = "reason"


def extra_column_width(width: int) -> int:
    """Return how much wider names and venues are in a window of ``width`` logical pixels."""
    return _EXTRA_WIDTH if width >= _WIDE_FROM else _REDUCED_WIDTH if width < _NARROW_BELOW else 0


@spoken_as(QAccessible.Role.Link)
class RemarkLinks(QLabel):
    """Remarks with the days and reasons that are offered as links. Signals: those of ``QLabel``."""


class PlanCompareRow(QFrame):
    """Row of one event in 日程の比較.

    Signals:
        ``date_typed(int, str)``: candidate and text, when the field was left with another text.
        ``day_chosen(int, object)``: a suggested day was chosen.
        ``edit_asked(int)``: open its dialog.
        ``row_step_asked(int, int)``: from this row up (-1) or down (1).
    """

    date_typed = Signal(int, str)
    day_chosen = Signal(int, object)
    edit_asked = Signal(int)
    row_step_asked = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.line: CompareLine | None = None
        self._ground = t.PAGE
        self.square = KindSquare()
        self.title = wrapped_label("", "strong")
        self.second = small_label()
        self.field = OneLine()
        self.held = label("", "second")
        self.weekday = label("", "strong")
        self.venue = small_label()
        self.days = tuple(label("") for _ in range(3))
        self.week = WeekBlocks()
        self.remarks = RemarkLinks()
        self.remarks.setTextFormat(Qt.TextFormat.RichText)
        self.remarks.setWordWrap(True)
        self.remarks.setProperty("role", "smallink")
        self.remarks.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.edit = Button("行を直す・理由を書く", self._ask_edit, kind="icon", icon_name="pencil-simple")
        self._build_layout()
        HoverButtons(self, self.edit)
        self.field.installEventFilter(self)
        self.field.editingFinished.connect(self._emit_typed)
        self.remarks.linkActivated.connect(self._open_link)

    def _build_layout(self) -> None:
        across = in_row(owner=self, spacing=_GAP, margins=(8, 1, 4, 2))
        named = self.named = QWidget()
        in_column(None, self.title, self.second, None, owner=named, spacing=0, margins=(0, 3, 0, 3))
        for widget, width in (
            (named, _TITLE), (self.field, _FIELD), (self.held, _FIELD), (self.weekday, _WEEKDAY), (self.venue, _VENUE),
            *((day, _DAY) for day in self.days),
        ):  # fmt: skip
            widget.setFixedWidth(t.scaled(width))
        add(across, self.square, named, self.field, self.held, self.weekday, self.venue)
        for day in self.days:
            across.addWidget(day)
        self.week.setFixedWidth(t.scaled(_WEEK))
        add(across, self.week, (self.remarks, 1), self.edit)

    def show_line(self, line: CompareLine, comparison: PlanComparison, today: date) -> None:
        """Show one line; text being typed in its field stays."""
        self.line = line
        event = line.judged_event.event
        self.square.show_kind(event.kind)
        self.title.setText(line.title)
        place = event.place_words or "会場未定"
        self.title.setToolTip(f"{place}　{event.hours}")
        self.second.setText(_second_line_text(line, comparison))
        self.second.setVisible(bool(self.second.text()))
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(line.candidate.typed)
            self.field.setCursorPosition(0)
        self.held.setText(line.candidate.typed)
        self.held.setVisible(bool(line.final_status))
        self.field.setVisible(not line.final_status)
        self.field.setAccessibleName(f"{line.title}　候補日")
        self.field.setProperty("wrong", bool(line.problem))
        self.field.style().polish(self.field)
        self.weekday.setText(weekday_mark(line.day, comparison.calendar) if line.day is not None else "")
        closed = line.day is not None and not comparison.calendar.is_open(line.day)
        _set_label_role(self.weekday, "differs" if closed else "strong")
        self.venue.setText(place)
        rows = (line.judged_event.material, line.judged_event.headcount, line.judged_event.report)
        for shown, row in zip(self.days, rows, strict=True):
            shown.setText(_day_words(row, line))
            shown.setToolTip(row.basis if row is not None else "")
        late = line.judged_event.report is not None and any("報告書が" in one.text for one in line.judged_event.remarks)
        _set_label_role(self.days[2], "differs" if late else "body")
        self.week.show_week(line.judged_event.load, today)
        words = remark_words(line)
        html = _remarks_html(line)
        self.remarks.setText(html)
        # Qt makes a stop of every label that may hold a link, with one or without.
        self.remarks.setFocusPolicy(Qt.FocusPolicy.StrongFocus if "<a " in html else Qt.FocusPolicy.NoFocus)
        self.remarks.setAccessibleName(words)
        self._ground = t.RED_TINT if line.needs_correction else t.AMBER_BOX if line.needs_check else t.PAGE
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background and lower line; a style sheet would restyle all widgets in the row."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._ground))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(t.ROW_LINE))

    def show_columns_for(self, width: int) -> None:
        """Show the columns that fit a row of ``width`` logical pixels."""
        more = extra_column_width(width)
        self.named.setFixedWidth(t.scaled(_TITLE + more))
        self.venue.setFixedWidth(t.scaled(_VENUE + more))
        self.venue.setVisible(width >= VENUE_MIN_WIDTH)
        self.week.setVisible(width >= WEEK_MIN_WIDTH)

    def set_read_only(self, read_only: bool) -> None:
        """Set whether dates can be typed, which they cannot while the folder is read-only."""
        self.field.setReadOnly(read_only)
        self.edit.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit the move to another row for ↑, ↓ and Enter in the date, and ``edit_asked`` for F2."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line is not None:
                self._emit_typed()
                self.row_step_asked.emit(self.line.id, -1 if key == Qt.Key.Key_Up else 1)
                return True
            if key == Qt.Key.Key_F2:
                self._ask_edit()
                return True
        return super().eventFilter(watched, event)

    def _emit_typed(self) -> None:
        """Emit ``date_typed``, if the field was left with another text."""
        line = self.line
        if line is None or self.field.isReadOnly() or not self.field.isModified():
            return
        self.field.setModified(False)
        if self.field.text() != line.candidate.typed:
            self.date_typed.emit(line.id, self.field.text())

    def _ask_edit(self) -> None:
        if self.line is not None:
            self.edit_asked.emit(self.line.id)

    def _open_link(self, target: str) -> None:
        """Emit ``day_chosen`` for a linked day, or ``edit_asked`` for the link to the reason."""
        if self.line is None:
            return
        if target == _REASON_LINK:
            self._ask_edit()
        else:
            self.day_chosen.emit(self.line.id, date.fromisoformat(target))


def _set_label_role(part: QWidget, role: LabelRole) -> None:
    """Set the role of a label if it differs, as restyling is slow."""
    if part.property("role") != role:
        part.setProperty("role", role)
        part.style().polish(part)


def _second_line_text(line: CompareLine, comparison: PlanComparison) -> str:
    """Return the line below the title: the present day of an event that moves, and its other day in the other 案.

    「新しい実施回」 for a new event; "" where both days are the same.
    """
    if line.candidate.event_id is None:
        return "新しい実施回"
    moved = line.is_changed and line.current_day != line.day
    there = line.differs and comparison.other_plan is not None
    if moved and there and line.other_day == line.current_day:
        return (
            f"いま・案{comparison.other_plan.ordinal if comparison.other_plan else ''} {_short_date(line.current_day)}"
        )
    parts = [f"いま {_short_date(line.current_day)}"] if moved else []
    if there and comparison.other_plan is not None:
        parts.append(f"案{comparison.other_plan.ordinal} {_short_date(line.other_day)}")
    return "　".join(parts)


def _short_date(day: date | None) -> str:
    return short_date_plain(day) if day is not None else "日程未定"


def _day_words(row: Deadline | None, line: CompareLine) -> str:
    """Return the day of a deadline, 「対象外」 without one, "" while the event has no day."""
    if line.day is None:
        return ""
    return short_date_plain(row.effective_date) if row is not None else "対象外"


def _link(target: str, words: str) -> str:
    return f'<a href="{target}">{escape(words)}</a>'


def _remarks_html(line: CompareLine) -> str:
    if line.problem:
        return f'<span style="color:{t.RED}"><b>{escape(line.problem)}</b></span>'
    reason = line.candidate.reason.strip()
    if line.day is None or line.final_status or not (line.judged_event.remarks or reason):
        ink = t.GREEN if line.day is not None and line.final_status != "中止" else t.INK_SECONDARY
        return f'<span style="color:{ink}">{escape(remark_words(line))}</span>'
    parts = []
    for one in line.judged_event.remarks:
        ink = t.current_colour(_REMARK_COLOURS.get(one.weight, t.INK_SECONDARY))
        if one.weight == TO_CORRECT and reason:
            ink = t.AMBER
        words = escape(one.text)
        strong = f"<b>{words}</b>" if one.weight in _REMARK_COLOURS else words
        clause = f" {escape(one.clause)}" if one.clause else ""
        parts.append(f'<span style="color:{ink}">{strong}{clause}</span>')
    if reason:
        parts.append(f"理由 {_link(_REASON_LINK, reason)}（協議）")
    else:
        days = " ".join(_link(day.isoformat(), short_date_plain(day)) for day in line.judged_event.suggested_days)
        parts += [f"候補 {days}"] if days else []
        if line.needs_correction:
            parts.append(_link(_REASON_LINK, "理由を書く"))
    return "　".join(parts)


class CompareRows(QWidget):
    """All rows of a 案 with a common head.

    Signals: ``date_typed``, ``day_chosen`` and ``edit_asked`` as those of ``PlanCompareRow``.
    """

    date_typed = Signal(int, str)
    day_chosen = Signal(int, object)
    edit_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PlanCompareRow] = []
        self._read_only = False
        self._lines: Sequence[CompareLine] = ()
        column = in_column(owner=self, spacing=0)
        self._head = self._make_head()
        column.addWidget(self._head)
        self._column = in_column(spacing=0)
        column.addLayout(self._column)

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("compareHead")
        head.setStyleSheet(
            f"QFrame#compareHead {{ background: {t.PAPER_TINT}; border-bottom: 1px solid {t.STRONG_LINE}; }}"
        )
        across = in_row(owner=head, spacing=_GAP, margins=(8, 4, 4, 4))
        titles = (
            ("実施回", _TITLE + 18 + _GAP), ("候補日", _FIELD + _WEEKDAY + _GAP), ("会場", _VENUE),
            ("資料確認\n開庁日", _DAY), ("人数連絡\n開庁日", _DAY), ("報告書\n暦どおり", _DAY), ("その週", _WEEK),
        )  # fmt: skip
        self._titles = {}
        for words, width in titles:
            made = small_label(words)  # without folding it would keep its widest width as minimum
            made.setStyleSheet("font-weight: bold;")
            made.setFixedWidth(t.scaled(width))
            self._titles[words] = made
            across.addWidget(made)
        last = label("期間・重なり・理由", "small")
        last.setStyleSheet("font-weight: bold;")
        across.addWidget(last, 1)
        return head

    def show_comparison(self, comparison: PlanComparison, lines: Sequence[CompareLine], today: date) -> Iterator[None]:
        """Show the lines; rows keep place and focus, and new ones are added a few in each turn of the event loop."""
        self._lines = lines
        while len(self.rows) > len(lines):
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        there = len(self.rows)
        for number, line in enumerate(lines):
            if number > there and (number - there) % _ROWS_PER_TURN == 0:
                layout_now(self)
                self.show_columns_for(self.width())
                yield
                if self._lines is not lines:
                    return
            if number == len(self.rows):
                self.rows.append(self._make_row())
            shown = self.rows[number]
            shown.show_line(line, comparison, today)
            shown.set_read_only(self._read_only)
            if shown.parent() is None:
                self._column.addWidget(shown)
        layout_now(self)
        self.show_columns_for(self.width())

    def _make_row(self) -> PlanCompareRow:
        made = PlanCompareRow()
        made.date_typed.connect(self.date_typed)
        made.day_chosen.connect(self.day_chosen)
        made.edit_asked.connect(self.edit_asked)
        made.row_step_asked.connect(self._focus_other_row)
        return made

    def set_read_only(self, read_only: bool) -> None:
        """Set whether dates can be typed, which they cannot while the folder is read-only."""
        self._read_only = read_only
        for shown in self.rows:
            shown.set_read_only(read_only)

    def row_of(self, candidate_id: int) -> PlanCompareRow | None:
        """Return the row of one candidate, or None."""
        return next((one for one in self.rows if one.line is not None and one.line.id == candidate_id), None)

    def show_columns_for(self, width: int) -> None:
        """Show the columns that fit into ``width`` pixels of the screen (scaled, unlike those of a row)."""
        width = t.unscaled(width)
        for shown in self.rows:
            shown.show_columns_for(width)
        more = extra_column_width(width)
        self._titles["実施回"].setFixedWidth(t.scaled(_TITLE + more + 18 + _GAP))
        self._titles["会場"].setFixedWidth(t.scaled(_VENUE + more))
        self._titles["会場"].setVisible(width >= VENUE_MIN_WIDTH)
        self._titles["その週"].setVisible(width >= WEEK_MIN_WIDTH)

    def _focus_other_row(self, candidate_id: int, by: int) -> None:
        """Focus the date field of the next line up (-1) or down (1) that shows one."""
        places = [one.line.id if one.line is not None else 0 for one in self.rows]
        place = places.index(candidate_id) + by
        while 0 <= place < len(self.rows) and not self.rows[place].field.isVisibleTo(self):
            place += by
        if 0 <= place < len(self.rows):
            self.rows[place].field.setFocus()
            self.rows[place].field.selectAll()
