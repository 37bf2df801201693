"""数字の突合: theirs typed beside ours, each difference with its handling, and marked over the received PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.subjects.reports.rules.report_figures import as_written, difference_words, differs, figure_state
from app.subjects.reports.screens.report_words import record_place
from app.subjects.reports.services.report_check import HANDLINGS, ReportCheckView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.form_fields import ChoiceBox, OneLine
from app.widgets.labels import label
from app.widgets.pdf_preview import PageMark
from app.window import theme as t
from app.window.icons import picture
from db.records.reports import ReportFigure

SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAD = 2.0
UNDECIDED = "扱いを選ぶ"
_LOOKS = {
    "一致": ("check", t.GREEN, "done"),
    "差": ("warning-octagon-fill", t.RED, "strong"),
    "未入力": ("circle", t.SECOND, "second"),
    "区の記録なし": ("minus", t.SECOND, "second"),
}
_HEADS = ("項目", "報告書", "頁", "区の記録", "差", "区の記録の出どころ", "扱い")
_SOURCE = 5
_WIDE = 640


def numbered(figures: Sequence[ReportFigure]) -> dict[int, int]:
    """The number each differing figure carries at the left, in the table and in the draft, by its id."""
    found = [figure.id for figure in figures if differs(figure)]
    return {figure_id: number for number, figure_id in enumerate(found, start=1)}


def sign(number: int) -> str:
    """「①」, or the plain number from 21 on."""
    return SIGNS[number - 1] if 1 <= number <= len(SIGNS) else str(number)


def marks_for(document: QPdfDocument, figures: Sequence[ReportFigure]) -> tuple[PageMark, ...]:
    """A mark for every difference whose page is known and whose words are found there (a scan has no words)."""
    marks = []
    numbers = numbered(figures)
    for figure in figures:
        page = int(figure.page) if figure.page.isdecimal() else 0
        if figure.id in numbers and 1 <= page <= document.pageCount():
            mark = _mark(document, page, figure, str(numbers[figure.id]))
            if mark is not None:
                marks.append(mark)
    return tuple(marks)


def _mark(document: QPdfDocument, page: int, figure: ReportFigure, words: str) -> PageMark | None:
    text = document.getAllText(page - 1).text()
    place = find_near(text, figure.item, figure.theirs)
    if place is None:
        return None
    start, length = place
    area = document.getSelectionAtIndex(page - 1, start, length).boundingRectangle()
    if area.isEmpty():
        return None
    return PageMark(
        page=page,
        x=area.x() - _PAD,
        y=area.y() - _PAD,
        width=area.width() + 2 * _PAD,
        height=area.height() + 2 * _PAD,
        words=words,
    )


def find_near(text: str, item: str, typed: str) -> tuple[int, int] | None:
    """Start and length in ``text`` of what was typed for ``item``: the first after its name is mentioned.

    Spaces don't count; where the words as typed are not found (「18枚」 for 「18件」) the number alone is sought.
    """
    places = [number for number, letter in enumerate(text) if not letter.isspace()]
    tight = "".join(text[number] for number in places)
    name = "".join(item.rsplit("　", maxsplit=1)[-1].split()).removesuffix("数")
    named = max(tight.find(name), 0)
    words = "".join(typed.split())
    digits = re.search(r"\d+", words)
    for wanted in (words, digits.group() if digits else ""):
        pattern = rf"(?<!\d){re.escape(wanted)}(?!\d)" if wanted else ""
        found = (re.compile(pattern).search(tight, named) or re.search(pattern, tight)) if wanted else None
        if found is not None:
            first, last = places[found.start()], places[found.end() - 1]
            return first, last - first + 1
    return None


class RowGround(QWidget):
    """The ground of a row with its line; red tint where the numbers differ. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tinted = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        if self.tinted:
            painter.fillRect(self.rect(), QColor(t.RED_TINT))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(t.ROW_LINE))
        painter.end()


class FigureRow(QObject):
    """The parts of one row, to be placed in a grid.

    Signals: ``settled()`` something typed or chosen is to be saved (``typed`` gives the values);
    ``followed(str)`` the item whose own record is to be opened; ``next_asked()`` Enter: on to the next number;
    ``page_left(int)`` the page just typed.
    """

    settled = Signal()
    followed = Signal(str)
    page_left = Signal(int)
    next_asked = Signal()

    def __init__(self, figure: ReportFigure, parent: QWidget) -> None:
        super().__init__(parent)
        self.figure = figure
        self._number = 0
        self._earlier = ""
        self.ground = RowGround(parent)
        self.item = label(figure.item, wrap=True)
        self.theirs = _line(f"{figure.item}　報告書の数字", 84)
        self.page = _line(f"{figure.item}　ページ", 40)
        self.page.setPlaceholderText("頁")
        self.ours = label("", wrap=True)
        self.under = label("", "small", wrap=True)
        self.icon = QLabel()
        self.words = label("", "strong")
        self.source = label("", "small", wrap=True)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(f"{figure.item}　差の扱い")
        for words in (UNDECIDED, *HANDLINGS):
            self.choice.addItem(
                words if words != "差のまま" else "差のまま（理由）", "" if words == UNDECIDED else words
            )
        self.dash = label("—", "second")
        self.reason = OneLine()
        self.reason.setAccessibleName(f"{figure.item}　差のままとする理由")
        self.reason.setPlaceholderText("差のままとする理由（確認票に載ります）")
        self.hint = label("", "small", wrap=True)
        place = record_place(figure.item, 0)
        self.link = Button(place.label, lambda: self.followed.emit(self.figure.item), kind="link")
        self.extra = QWidget(parent)
        line = QHBoxLayout(self.extra)
        line.setContentsMargins(0, 0, 0, 6)
        line.setSpacing(8)
        line.addWidget(self.hint)
        line.addWidget(self.link)
        line.addWidget(self.reason, 1)
        self._connect()
        self.show_figure(figure, None, 0, read_only=False)

    def _connect(self) -> None:
        for box in (self.theirs, self.page):
            box.editingFinished.connect(self.settled)
            box.installEventFilter(self)
        self.page.editingFinished.connect(self._tell_page)
        self.theirs.textEdited.connect(lambda _text: self._judge())
        self.reason.editingFinished.connect(self.settled)
        self.choice.activated.connect(self._on_choice)

    def typed(self) -> dict[str, str]:
        """The values as they stand, for ``set_figure``; 差のまま only once its reason is written."""
        handling = str(self.choice.currentData() or "")
        reason = self.reason.text().strip() if handling == "差のまま" else ""
        if handling == "差のまま" and not reason:
            handling = self.figure.handling if self.figure.handling != "差のまま" else ""
        return {"theirs": self.theirs.text(), "page": self.page.text(), "handling": handling, "reason": reason}

    def changed(self) -> bool:
        """Whether there is anything to save."""
        now = self.typed()
        stored = self.figure
        return (as_written(stored.item, now["theirs"]), now["page"].strip(), now["handling"], now["reason"]) != (
            stored.theirs, stored.page, stored.handling, stored.reason,
        )  # fmt: skip

    def note_sent(self) -> ReportFigure:
        """Take what was just handed over as stored; returns what was stored before, for when it is refused."""
        before = self.figure
        now = self.typed()
        theirs = as_written(before.item, now["theirs"])
        self.figure = replace(
            before, theirs=theirs, page=now["page"].strip(), handling=now["handling"], reason=now["reason"]
        )
        return before

    def show_figure(self, figure: ReportFigure, earlier: ReportFigure | None, number: int, *, read_only: bool) -> None:
        """Show what is stored; a box that is being typed in keeps its text. ``number`` is that of the mark."""
        waiting = self.changed()
        self.figure = figure
        self._number = number
        for box, text in ((self.theirs, figure.theirs), (self.page, figure.page)):
            if not (box.hasFocus() and waiting) and box.text() != text:
                box.setText(text)
            box.setReadOnly(read_only)
        self.ours.setText(figure.ours or "—")
        self.source.setText(figure.source)
        self._earlier = _earlier_words(earlier)
        open_reason = self.choice.currentData() == "差のまま" and figure.handling != "差のまま" and differs(figure)
        if not open_reason:
            self.choice.setCurrentIndex(max(0, self.choice.findData(figure.handling)))
        if not self.reason.hasFocus():
            self.reason.setText(figure.reason)
        self.reason.setReadOnly(read_only)
        self.choice.setEnabled(not read_only)
        self._judge()

    def fold(self, narrow: bool) -> None:
        """Where there is no column for it, the source stands under the number."""
        self.under.setVisible(narrow)
        self.under.setText(self.figure.source)
        holder = self.source.parentWidget()
        if holder is not None:
            holder.setVisible(not narrow)

    def _tell_page(self) -> None:
        page = self.page.text().strip()
        if page.isdecimal() and page != self.figure.page:
            self.page_left.emit(int(page))

    def _judge(self) -> None:
        """Set both numbers beside each other as they stand on the screen."""
        now = replace(self.figure, theirs=as_written(self.figure.item, self.theirs.text()))
        state = figure_state(now)
        icon, ink, role = _LOOKS[state]
        different = state == "差"
        side = t.scaled(16)
        self.icon.setPixmap(picture(icon, side, ink, ratio=self.icon.devicePixelRatioF()))
        mark = f"{sign(self._number)} " if different and self._number else ""
        self.words.setText(f"{mark}{difference_words(now)}")
        _dress(self.words, "differs" if different else role)
        _dress(self.item, "strong" if different else "body")
        _dress(self.ours, "strong" if different else "body")
        self.theirs.setProperty("differs", different)
        self.theirs.style().polish(self.theirs)
        self.choice.setVisible(different or self.figure.handling == "区の記録を訂正")
        self.dash.setVisible(self.choice.isHidden())
        self.ground.tinted = different
        self.ground.update()
        self._show_extra(different)

    def _show_extra(self, different: bool) -> None:
        handling = self.choice.currentData() if different else ""
        self.reason.setVisible(handling == "差のまま")
        correcting = handling == "区の記録を訂正"
        self.link.setVisible(correcting)
        hint = "区の記録を直してから「区の記録を読み直す」を押します。" if correcting else self._earlier
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.extra.setVisible(bool(hint) or handling == "差のまま")

    def _on_choice(self, _index: int) -> None:
        self._judge()
        if self.choice.currentData() == "差のまま" and not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next number."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if plain and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.settled.emit()
                self.next_asked.emit()
                return True
        return super().eventFilter(watched, event)


def _earlier_words(earlier: ReportFigure | None) -> str:
    """What the version before said, where a correction was asked for."""
    if earlier is None or not earlier.theirs or earlier.handling != "修正を依頼":
        return ""
    return f"前の版は {earlier.theirs}（{earlier.handling}）"


def _line(name: str, width: int) -> QLineEdit:
    box = QLineEdit()
    box.setAccessibleName(name)
    box.setFixedWidth(t.scaled(width))
    box.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
    return box


def _dress(shown: QLabel, role: str) -> None:
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().unpolish(shown)
        shown.style().polish(shown)


class FigureTable(QWidget):
    """数字の突合: theirs typed beside ours, differences marked, each with its handling.

    Signals: ``settled(FigureRow)`` a row is to be saved; ``refresh_asked()`` read our records again;
    ``followed(WayThere)`` to the ward's own record; ``page_asked(int)`` look at that page of the report.
    """

    settled = Signal(object)
    refresh_asked = Signal()
    followed = Signal(object)
    page_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FigureRow] = []
        self._event_id = 0
        self._narrow: bool | None = None
        self.count = label("", "differs")
        self.same = label("", "second")
        self.refresh = Button("区の記録を読み直す", self.refresh_asked.emit, icon_name="arrows-clockwise", low=True)
        head = FlowRow(label("数字の突合", "h2"), self.count, self.same, self.refresh, spacing=12)
        self._frame = QFrame()
        self._grid = QGridLayout(self._frame)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._heads = [self._head(words) for words in _HEADS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(head)
        column.addWidget(self._frame)
        column.addWidget(
            label(
                "書かれていない数字は「なし」と入力します。数字だけ入力すると単位が付きます。Enter でつぎの項目へ進みます。",
                "small",
                wrap=True,
            )
        )

    def show_view(self, view: ReportCheckView, *, read_only: bool) -> None:
        """Show the figures of a report; a box that is being typed in keeps its text."""
        self._event_id = view.event.id
        if [row.figure.id for row in self.rows] != [figure.id for figure in view.figures]:
            self._lay_out(view)
        numbers = numbered(view.figures)
        for row, figure in zip(self.rows, view.figures, strict=True):
            row.show_figure(figure, view.earlier.get(figure.item), numbers.get(figure.id, 0), read_only=read_only)
        self.count.setText(f"差 {len(numbers)}件" if numbers else "")
        self.count.setVisible(bool(numbers))
        same = sum(bool(figure.theirs) for figure in view.figures) - len(numbers)
        self.same.setText("　".join([f"一致 {same}件", *([f"未入力 {view.untyped}件"] if view.untyped else [])]))
        self.refresh.setVisible(not read_only)
        self._fold_rows()

    def go_to_first_open(self) -> None:
        """Put the cursor into the first number that is not typed yet."""
        for row in self.rows:
            if not row.theirs.text() and row.figure.ours:
                row.theirs.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _head(self, words: str) -> QWidget:
        holder = QFrame()
        holder.setProperty("kind", "tablehead")
        line = QHBoxLayout(holder)
        line.setContentsMargins(6, 0, 6, 0)
        line.addWidget(label(words, "small"))
        holder.setMinimumHeight(t.scaled(t.HEAD))
        return holder

    def _lay_out(self, view: ReportCheckView) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None and gone not in self._heads:
                gone.hide()
                gone.deleteLater()
        for row in self.rows:
            row.deleteLater()
        for number, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, number)
        self.rows = []
        for number, figure in enumerate(view.figures):
            row = FigureRow(figure, self._frame)
            self.rows.append(row)
            self._place(row, 2 * number + 1)
            row.settled.connect(partial(self.settled.emit, row))
            row.followed.connect(lambda item: self.followed.emit(record_place(item, self._event_id)))
            row.next_asked.connect(partial(self._go_on, number))
            row.page_left.connect(self.page_asked)

    def _place(self, row: FigureRow, line: int) -> None:
        self._grid.addWidget(row.ground, line, 0, 2, len(_HEADS))
        row.ground.lower()
        verdict = _cell(row.icon, row.words)
        ours = _cell_down(row.ours, row.under)
        handling = _cell(row.choice, row.dash)
        for number, part in enumerate(
            (_cell(row.item), _cell(row.theirs), _cell(row.page), ours, verdict, _cell(row.source), handling)
        ):
            self._grid.addWidget(part, line, number)
        self._grid.setRowMinimumHeight(line, t.scaled(38))
        row.extra.setParent(self._frame)
        self._grid.addWidget(row.extra, line + 1, 1, 1, len(_HEADS) - 1)

    def _go_on(self, number: int) -> None:
        if number + 1 < len(self.rows):
            box = self.rows[number + 1].theirs
            box.setFocus(Qt.FocusReason.TabFocusReason)
            box.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the source stands under our number."""
        super().resizeEvent(event)
        narrow = event.size().width() < t.scaled(_WIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self._fold_rows()

    def _fold_rows(self) -> None:
        narrow = bool(self._narrow)
        self._heads[_SOURCE].setVisible(not narrow)
        for column, stretch in ((0, 3), (3, 2 if narrow else 0), (_SOURCE, 0 if narrow else 1)):
            self._grid.setColumnStretch(column, stretch)
        for row in self.rows:
            row.fold(narrow)


def _cell(*parts: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(6, 2, 6, 2)
    line.setSpacing(5)
    for part in parts:
        line.addWidget(part, 1 if len(parts) == 1 else 0)
    if len(parts) > 1:
        line.addStretch(1)
    return holder


def _cell_down(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(6, 2, 6, 2)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return holder
