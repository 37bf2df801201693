"""What is wrong with how a window stands: cut words, parts outside or over each other, bars in bars, buttons, focus.

Everything is measured on the real widgets at the size they were given; a fault is told by the words a person would
see, so that it can be found without a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QWidget,
)

from app.main_window.main_window import MainWindow
from app.main_window.status_bars import UndoBar, WaitBar, show_saved_file
from app.widgets import note_box
from app.widgets.lists.cell_painting import lay_out_cell
from app.widgets.lists.record_view import RecordView
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.line_breaks import unbreakable_pieces

OUTSIDE, ACROSS, CUT, CELL, OVER, BARS, FILLED, DEFAULT, FOCUS, MOVED, FLASHED, EARLY = (
    "outside", "across", "cut", "cell", "over", "bars", "filled", "default", "focus", "moved", "flashed", "early"
)  # fmt: skip
_SLACK = 2
_ROWS_LOOKED_AT = 60
_WORD = 112
"""Pixels up to which a word is a short one, that nobody wants to see in two pieces."""
_NOTHING_YET = re.compile("まだ.*ありません|(?<!で)はありません。$")


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: what kind, at which part, and the figures."""

    kind: str
    part: str
    figures: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.part} {self.figures}".rstrip()


def faults_of(window: QWidget) -> list[Fault]:
    """Return every fault of ``window`` (the main window or a dialog) as it is seen now."""
    parts = [part for part in window.findChildren(QWidget) if part.isVisible() and part.window() is window]
    found: list[Fault] = [*_over(window)]
    for part in parts:
        found += _outside(window, part)
        found += _wider_than_its_room(part)
        found += _cut(part)
        found += _over(part)
        found += _bars(part)
        if isinstance(part, RecordView):
            found += _cells(part)
    found += _buttons(window, parts)
    found += _focus(window)
    return sorted(set(found))


def said_too_early(window: QWidget) -> list[Fault]:
    """Return what says that there is nothing, to be asked while the first reading is still under way."""
    return [
        Fault(EARLY, name_of(part), "said before anything was read")
        for part in window.findChildren(QLabel)
        if _NOTHING_YET.search(part.text()) and part.isVisible() and part.window() is window
    ]


def moved_by_bars(window: MainWindow, shown: QWidget) -> list[Fault]:
    """Return every control of ``shown`` that stands elsewhere while something is said than before."""
    stood = _stands(shown)
    window.undo_bar.show_text("資料「配布資料一式」を確認済にしました。", can_undo=True)
    if shown is not window:
        show_saved_file(shown, "「R8-講06-参加予定人数.xlsx」を保存しました。", Path("R8-講06-参加予定人数.xlsx"))
    for _ in range(3):
        QApplication.processEvents()
    stands = _stands(shown)
    window.undo_bar.hide()
    for bar in shown.findChildren(UndoBar):
        bar.hide()
    QApplication.processEvents()
    there = [
        Fault(MOVED, name_of(part), f"{stood[part]} → {at}")
        for part, at in stands.items()
        if stood.get(part, at) != at and not (name_of(part) == SEARCH and _makes_room(stood[part], at))
    ]
    back = _stands(shown)
    return there + [
        Fault(MOVED, name_of(part), f"{stood[part]} → {at}") for part, at in back.items() if stood.get(part, at) != at
    ]


SEARCH = "_SearchButton「さがす（Ctrl+K）」"
"""It gives room at its right end to what was just done, which is said beside it; nothing else may."""


def _makes_room(before: tuple[int, int, int, int], now: tuple[int, int, int, int]) -> bool:
    """Return whether something only gave room at its right end, as the search does beside what was just done."""
    return before[:2] == now[:2] and before[3] == now[3] and 140 <= now[2] < before[2]


def moved_by_notes(shown: QWidget) -> list[Fault]:
    """Return every control of ``shown`` that stands elsewhere once a note has gone while the pointer rests below it."""
    found: list[Fault] = []
    resting = note_box.pointer_below_top
    note_box.pointer_below_top = lambda box: box.mapToGlobal(box.rect().bottomLeft())
    try:
        for box in shown.findChildren(NoteBox):
            if not box.words() or not box.isVisible() or box.window() is not shown:
                continue
            stood, kept, tone = _stands(shown), (box._text.plain_text(), box._text.text()), box._tone
            box.show_text("")
            QApplication.processEvents()
            stands = _stands(shown)
            box.show_text(kept[0], tone=tone)
            box._text.setText(kept[1])
            found += [
                Fault(MOVED, name_of(part), f"{stood[part]} → {at}, 「{kept[0][:16]}」 gone")
                for part, at in stands.items()
                if stood.get(part, at) != at and not box.isAncestorOf(part)
            ]
            box._release_height()
    finally:
        note_box.pointer_below_top = resting
    return found


def _stands(window: QWidget) -> dict[QWidget, tuple[int, int, int, int]]:
    """Where everything stands that can be pressed or typed into, in the pixels of ``window``."""
    return {
        part: (*part.mapTo(window, QPoint(0, 0)).toTuple(), part.width(), part.height())
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and part.window() is window
        and (isinstance(part, QAbstractButton) or part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not any(isinstance(above, UndoBar) for above in _above(part))
    }


def _above(part: QWidget) -> Iterator[QWidget]:
    while (part := part.parentWidget()) is not None:
        yield part


def name_of(part: QWidget) -> str:
    """Return the class of a part with the words by which a person knows it."""
    words = part.accessibleName() or getattr(part, "text", lambda: "")() or part.objectName()
    if not words:
        inside = next((one for one in part.findChildren(QLabel) if one.text()), None)
        words = f"…{inside.text()}" if inside is not None else ""
    return f"{type(part).__name__}「{str(words)[:24]}」"


def _shown_room(window: QWidget, part: QWidget) -> QRect:
    """The room in which ``part`` may stand: that of the window, wider where something scrolls to it."""
    room = QRect(part.mapFrom(window, QPoint(0, 0)), window.size())
    above = part.parentWidget()
    while above is not None and above is not window:
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            here = QRect(part.mapFrom(above, QPoint(0, 0)), above.size())
            if area.verticalScrollBar().maximum() > 0:
                here.setTop(-100_000)
                here.setBottom(100_000)
            if area.horizontalScrollBar().maximum() > 0:
                here.setLeft(-100_000)
                here.setRight(100_000)
            return here
        above = above.parentWidget()
    return room


def _outside(window: QWidget, part: QWidget) -> Iterator[Fault]:
    words = isinstance(part, QLabel | QAbstractButton) or part.focusPolicy() != Qt.FocusPolicy.NoFocus
    if not words or part.width() == 0 or part.height() == 0:
        return
    room, own = _shown_room(window, part), part.rect()
    across = max(room.left() - own.left(), own.right() - room.right())
    beyond = max(across, room.top() - own.top(), own.bottom() - room.bottom())
    if beyond > _SLACK:
        yield Fault(OUTSIDE, name_of(part), f"{beyond} px")


def _wider_than_its_room(part: QWidget) -> Iterator[Fault]:
    """A page wider than what is seen of it has to be scrolled across, or loses its right edge: a frame, a margin."""
    if not isinstance(part, QScrollArea) or part.widget() is None:
        return
    beyond = part.widget().width() - part.viewport().width()
    if beyond > 0:
        kind = ACROSS if part.horizontalScrollBar().isVisible() else OUTSIDE
        yield Fault(kind, name_of(part), f"its page {beyond} px")


def _cut(part: QWidget) -> Iterator[Fault]:
    if isinstance(part, QLabel) and part.text() and part.pixmap().isNull():
        if part.wordWrap():
            need, have = part.heightForWidth(part.width()), part.height()
        else:
            need, have = part.sizeHint().width(), part.width()
        if need > have + _SLACK:
            yield Fault(CUT, name_of(part), f"{need} > {have}")
    elif isinstance(part.parentWidget(), QLineEdit):
        return  # an icon that the field draws in a size of its own; its words are only spoken
    elif isinstance(part, QAbstractButton) and (part.text() or part.accessibleName()):
        hint = part.sizeHint()
        if hint.width() > part.width() + _SLACK or hint.height() > part.height() + _SLACK:
            yield Fault(CUT, name_of(part), f"{hint.width()}×{hint.height()} > {part.width()}×{part.height()}")
    elif isinstance(part, QLineEdit | QPlainTextEdit) and (above := part.parentWidget()) is not None:
        # A box that keeps its height in a part that gave way: its last lines and its edge are gone.
        beyond = 0 if _is_viewport(part) else part.geometry().bottom() - above.rect().bottom()
        if beyond > _SLACK:
            yield Fault(CUT, name_of(part), f"its box {beyond} px")


def _over(part: QWidget) -> Iterator[Fault]:
    if isinstance(part, QStackedWidget | QAbstractScrollArea) or _is_viewport(part):
        return
    children = [
        child
        for child in part.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and not _floats(child)
    ]
    for number, one in enumerate(children):
        for other in children[number + 1 :]:
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > _SLACK and shared.height() > _SLACK:
                yield Fault(OVER, f"{name_of(one)} {name_of(other)}", f"{shared.width()}×{shared.height()}")


def _is_viewport(part: QWidget) -> bool:
    above = part.parentWidget()
    return isinstance(above, QAbstractScrollArea) and above.viewport() is part


def _floats(part: QWidget) -> bool:
    """True for what lies over the rest by intention."""
    passes = part.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return passes or isinstance(part, UndoBar | WaitBar | QScrollBar | QSplitterHandle)


def _bars(part: QWidget) -> Iterator[Fault]:
    if not isinstance(part, QAbstractScrollArea) or not part.verticalScrollBar().isVisible():
        return
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.verticalScrollBar().isVisible():
            yield Fault(BARS, name_of(part), f"in {name_of(above)}")
            return
        # A dialog belongs to the page that it lies over, and scrolls in nothing of it.
        above = None if above.isWindow() else above.parentWidget()


def _cells(view: RecordView) -> Iterator[Fault]:
    model = view.rows
    beyond = view.horizontalHeader().length() - view.viewport().width()
    # Where its bar is switched off, nothing else tells that the last column is out of sight.
    if beyond > _SLACK and view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        yield Fault(CELL, name_of(view), f"its columns {beyond} px")
    for column in range(model.columnCount()):
        if view.isColumnHidden(column):
            continue
        title, width = model.columns[column].title, view.columnWidth(column)
        metrics = QFontMetricsF(t.font("small", bold=True))
        lines = title.split("\n")
        needs = max((metrics.horizontalAdvance(line) for line in lines), default=0)
        if title and needs + 8 > width + _SLACK:
            yield Fault(CELL, f"{name_of(view)} 見出し「{title}」", f"{needs + 8:.0f} > {width}")
        high, room_over = len(lines) * metrics.height(), view.horizontalHeader().height()
        if high > room_over + _SLACK:
            yield Fault(CELL, f"{name_of(view)} 見出し「{title}」", f"{high:.0f} > {room_over} high")
        for row in range(min(model.rowCount(), _ROWS_LOOKED_AT)):
            if model.heading(row) is not None:
                continue
            cell = model.cell(row, column)
            room = lay_out_cell(cell, width, t.size())
            where = f"{name_of(view)} 「{title}」の「{cell.plain()[:16]}」"
            broken = [line.words for line in room.lines if cell.text.startswith(line.words) and line.words]
            whole = QFontMetricsF(t.font(bold=cell.strong)).horizontalAdvance(cell.text) <= t.scaled(_WORD)
            if broken and whole and broken[0] != cell.text and len(list(unbreakable_pieces(cell.text))) == 1:
                yield Fault(CELL, where, f"broken inside after 「{broken[0]}」")
            if cell.plain() and room.width > width + _SLACK:
                yield Fault(CELL, where, f"{room.width:.0f} > {width}")
            if room.height > view.rowHeight(row) + _SLACK:
                yield Fault(CELL, where, f"{room.height:.0f} > {view.rowHeight(row)} high")
    if isinstance(view, QAbstractItemView) and view.horizontalScrollBar().isVisible():
        yield Fault(CELL, f"{name_of(view)}", "scrolls across")


def _buttons(window: QWidget, parts: list[QWidget]) -> Iterator[Fault]:
    buttons = [part for part in parts if isinstance(part, QPushButton)]
    # Those of the rows of a list are the same act once a row.
    filled = [each for each in buttons if each.property("kind") == "main" and not _in_a_row(each)]
    if len(filled) > 1:
        yield Fault(FILLED, " ".join(name_of(each) for each in filled))
    for each in buttons:
        if each.isDefault() and each.property("kind") == "danger":
            yield Fault(DEFAULT, name_of(each))


def _in_a_row(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractItemView):
            return True
        above = above.parentWidget()
    return False


def _focus(window: QWidget) -> Iterator[Fault]:
    focused = window.focusWidget()
    if focused is not None and focused.property("kind") == "danger":
        yield Fault(FOCUS, name_of(focused), "destroys")
    if isinstance(window, QDialog) and (focused is None or not focused.isVisible()):
        yield Fault(FOCUS, window.windowTitle() or type(window).__name__, "nowhere")
