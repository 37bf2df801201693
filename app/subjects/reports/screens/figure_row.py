"""One number of the report: what the report says is typed, ours stands beside, a difference gets its handling."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app.subjects.reports.rules.report_figures import as_written, difference_words, differs, figure_state
from app.subjects.reports.screens.difference_marks import sign
from app.subjects.reports.screens.report_words import record_place
from app.subjects.reports.services.report_check import HANDLINGS
from app.widgets.buttons import Button
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label
from app.widgets.one_line import OneLine
from app.window import theme as t
from app.window.icons import picture
from db.records.reports import ReportFigure

UNDECIDED = "扱いを選ぶ"
_LOOKS = {
    "一致": ("check", t.GREEN, "done"),
    "差": ("warning-octagon-fill", t.RED, "strong"),
    "未入力": ("circle", t.SECOND, "second"),
    "区の記録なし": ("minus", t.SECOND, "second"),
}


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
