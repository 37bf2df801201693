"""One question of the response being entered, with its choices as chips with keys, or its text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from app.common.join_nonempty import join_nonempty
from app.surveys.data_entry.rules import UNREADABLE_KEY, ChoiceKey, choice_keys
from app.surveys.data_entry.screens.response_entry import ResponseEntry
from app.surveys.data_entry.services import response_problems
from app.surveys.questions.rules import printed_title
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import OneLine
from app.widgets.keys import is_enter
from app.widgets.labels import Paragraph, label, small_label, with_accessible_name
from app.widgets.layouts import add, column_of, fix_size, in_grid
from app.window import theme as t
from app.window.icons import icon_pixmap, paint_icon
from app.window.painting import paint_box, paint_text, painting, stroke
from db.records.surveys import Answer, Question, QuestionType

_LEAST_WIDTH = 240
"""Width of a question at which its choices are cut, at the standard text size; no page is narrower."""
_PAD = 7
_GAP = 4
_TICK = 13
_HINTS = {
    QuestionType.ONE: "キーを1つ。無回答は 0",
    QuestionType.SEVERAL: "いくつでも。Enter でつぎへ",
    QuestionType.TEXT: "書かれたまま入力します。空のときは Enter",
    QuestionType.NUMBER: f"数字を入力して Enter。読みとれないときは {UNREADABLE_KEY}",
}


class ChoiceChip(QAbstractButton):
    """Button for one choice, with its key; dashed for 無回答 and 読みとれない.

    Signals: ``clicked(bool)``. It never takes the focus, which stays with the response. The small form of a
    special choice shows only its key.
    """

    def __init__(self, choice: ChoiceKey):
        super().__init__()
        self.choice = choice
        self._large = False
        self.is_taken = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fix_size(self)
        self.setToolTip("" if choice.kind in ("option", "other") else choice.text)
        self.show_state(taken=False, large=False)

    def show_state(self, *, taken: bool, large: bool) -> None:
        """Show whether the choice is taken, larger for the current question."""
        self.is_taken = taken
        resized = self._large != large
        self._large = large
        self.setAccessibleName(f"{self.choice.key} {self.choice.label}{' 選択中' if taken else ''}")
        if resized:
            self.updateGeometry()
        self.update()

    @property
    def is_special(self) -> bool:
        """Return whether it is no option of the paper (無回答, 読みとれない)."""
        return self.choice.kind in ("none", "unreadable")

    def _words(self) -> str:
        return "" if self.is_special and not self._large and not self.is_taken else self.choice.label

    def sizeHint(self) -> QSize:
        """Return the size of key and words with the tick."""
        return QSize(self._width_of(self._words(), large=self._large), t.scaled(44 if self._large else 32))

    def largest_width(self) -> int:
        """Return the width that it has, or would have, in the current question."""
        return self._width_of(self.choice.label, large=True)

    def _width_of(self, words: str, *, large: bool) -> int:
        """Return the width of the key and these words with the tick."""
        width = 2 * _PAD + QFontMetricsF(_key_font(large=large)).horizontalAdvance(self.choice.key)
        if words:
            # Bold words are wider; room for them is reserved, so that choosing moves nothing.
            width += _GAP + t.metrics("body", bold=True).horizontalAdvance(words)
        width += _TICK + 4 if not self.is_special else 0
        return round(width) + 1

    def minimumSizeHint(self) -> QSize:
        """Return the same size, so that it is clipped only where the whole row is narrower."""
        return self.sizeHint()

    def fit_into(self, width: int) -> None:
        """Cut the words if they need more than ``width``; then they are the tool tip."""
        self.setMaximumWidth(width)
        cut = self.largest_width() > width
        self.setToolTip(self.choice.text if cut or self.is_special else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip with key and words; a taken one is filled and has a tick.

        無回答 and 読みとれない have a dashed frame while they are not taken.
        """
        with painting(self) as painter:
            width = 1.0
            area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            ink = t.PAGE if self.is_taken else (t.INK if self._large else t.INK_SECONDARY)
            pen = stroke(t.ACCENT if self._large or self.is_taken else t.STRONG_LINE, width)
            if self.is_special and not self.is_taken:
                pen = QPen(QColor(t.CONTROL), 1, Qt.PenStyle.DashLine)
            paint_box(painter, area, pen, t.ACCENT if self.is_taken else t.ACCENT_TINT if self.underMouse() else t.PAGE)
            self._paint_words(painter, area, ink)

    def _paint_words(self, painter: QPainter, area: QRectF, ink: str) -> None:
        """Draw the key and the words, with a tick if taken."""
        key, words = _key_font(large=self._large), t.font("body", bold=self.is_taken)
        left = area.left() + _PAD
        if not self.is_special:
            if self.is_taken:
                paint_icon(painter, "check-bold", QRectF(left - 2, area.center().y() - 6, _TICK, 12), ink)
            left += _TICK + 4 if self.is_taken else (_TICK + 4) / 2
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        paint_text(painter, QRectF(left, area.top(), area.width(), area.height()), self.choice.key, key, ink)
        left += QFontMetricsF(key).horizontalAdvance(self.choice.key) + _GAP
        painter.setFont(words)
        room = area.right() - left
        said = QFontMetricsF(words).elidedText(self._words(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, area.top(), room, area.height()), middle, said)


def _key_font(*, large: bool) -> QFont:
    return t.font("h2" if large else "body", bold=True)


class AnswerLine(OneLine):
    """One-line field for a text or number that is written on the paper.

    Signals: ``confirmed()`` Enter; ``back_pressed()`` Backspace or ← in an empty line; ``focused()`` it got the
    focus; ``unreadable_pressed()`` the key for 読みとれない in an empty line for a number;
    ``step_pressed(int)`` ↑ −1, ↓ +1.
    """

    confirmed = Signal()
    back_pressed = Signal()
    focused = Signal()
    unreadable_pressed = Signal()
    step_pressed = Signal(int)

    def __init__(self, *, numeric: bool):
        """``numeric`` True takes keys as they are; otherwise the input method stays on for Japanese."""
        super().__init__()
        self.is_numeric = numeric
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not numeric)
        if numeric:
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Emit ``focused``, by which its question becomes the current one."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit the signals of Enter, ↑↓ and keys in an empty line; leave paging to the response."""
        # A number is selected entirely when its question gets the focus, so Backspace there goes back unchanged.
        untouched = not self.text() or (self.is_numeric and self.selectedText() == self.text())
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left) and untouched:
            self.back_pressed.emit()
        elif self.is_numeric and event.text() == UNREADABLE_KEY and not self.text():
            self.unreadable_pressed.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_pressed.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif is_enter(event):
            # Handled here: the line itself would pass Enter on to the response, which would count it twice.
            self.confirmed.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)


class QuestionRow(QWidget):
    """One question of the response being entered.

    Signals: ``key_pressed(str)`` the key of a choice that was clicked; ``question_clicked()`` a click on the
    row; ``line_focused()``
    its text got the focus; ``text_edited(str)`` on every change of its text; ``confirmed()`` Enter in its text;
    ``back_pressed()``; ``step_pressed(int)`` ↑ or ↓ in its text.
    """

    key_pressed = Signal(str)
    question_clicked = Signal()
    line_focused = Signal()
    text_edited = Signal(str)
    confirmed = Signal()
    back_pressed = Signal()
    step_pressed = Signal(int)

    def __init__(self, place: int, question: Question, *, branch: str = ""):
        """``place`` counts from 0; ``branch`` says who is asked (「問3で「はい」の方」), "" for everybody."""
        super().__init__()
        self.question = question
        self._branch = branch
        self._current: bool | None = None
        self._is_folded = False
        self._number = label(f"問{place + 1}", "second")
        self._number.setFixedWidth(t.scaled(40))
        self._words = printed_title(question)
        self._title = Paragraph(self._words)
        self._hint = small_label()
        self._skipped_label = small_label(f"非該当　{branch}だけの設問")
        self.chips = tuple(ChoiceChip(choice) for choice in choice_keys(question))
        self.choices = FlowRow(*self.chips, spacing=6)
        self.answer_line = with_accessible_name(
            AnswerLine(numeric=question.type.is_number), f"問{place + 1} {printed_title(question)}"
        )
        self._state_icon = QLabel()
        self._state_icon.setFixedSize(QSize(20, 20))
        self._finished_icon = icon_pixmap("check-circle-fill", 20, t.GREEN, ratio=self.devicePixelRatioF())
        self._doubtful_icon = icon_pixmap("question-fill", 20, t.AMBER, ratio=self.devicePixelRatioF())
        self._build()
        self.answer_line.textEdited.connect(self.text_edited)
        self.answer_line.confirmed.connect(self.confirmed)
        self.answer_line.back_pressed.connect(self.back_pressed)
        self.answer_line.focused.connect(self.line_focused)
        self.answer_line.step_pressed.connect(self.step_pressed)
        self.answer_line.unreadable_pressed.connect(lambda: self.key_pressed.emit(UNREADABLE_KEY))
        for chip in self.chips:
            chip.clicked.connect(lambda _on, key=chip.choice.key: self.key_pressed.emit(key))

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        add(words, None, self._title, self._hint, None)
        holder = QWidget()
        holder.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        self._holder = holder
        self._answers = column_of(None, self._skipped_label, self.choices, self.answer_line, None, spacing=6)
        self._grid = grid = in_grid(self, across=8, down=6, margins=(12, 8, 12, 8))
        grid.addWidget(self._number, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(holder, 0, 1)
        grid.addWidget(self._state_icon, 0, 3, Qt.AlignmentFlag.AlignVCenter)
        self._place_answers()
        if self.chips:
            self.answer_line.setPlaceholderText("その他に書かれたこと。空のときは Enter")
        else:
            self.answer_line.setPlaceholderText(_HINTS[self.question.type])

    def spoken_text(self, entry: ResponseEntry) -> str:
        """Return the question with its present answer, as it is spoken: 「問3　進む速さ　2 ちょうどよい」."""
        given = self.spoken_answer(entry)
        state = "" if given else "非該当" if entry.is_skipped(self.question) else "まだ"
        return join_nonempty(self._number.text(), self._words, given, state)

    def spoken_answer(self, entry: ResponseEntry) -> str:
        """Return the present answer, as it is spoken: 「2 ちょうどよい」; "" while there is none."""
        taken = entry.chosen_keys(self.question)
        chosen = "、".join(f"{chip.choice.key} {chip.choice.label}" for chip in self.chips if chip.choice.key in taken)
        answer = entry.answer_to(self.question)
        return join_nonempty(chosen, answer.other if self.chips else answer.text)

    def show_entry(self, entry: ResponseEntry, *, current: bool) -> None:
        """Show the answer that ``entry`` has for the question, with an icon for answered or doubtful.

        The current question is large and framed, a skipped one says so.
        """
        passed = entry.is_skipped(self.question)
        self._set_current(current)
        self._hint.setText(
            "この用紙では聞いていない設問です。書かれていれば打てます（集計では非該当）。なければ Enter"
            if passed
            else _hint(self.question, self._branch)
        )
        self._hint.setVisible(current and (passed or bool(self.chips) or bool(self._branch)))
        self._skipped_label.setVisible(passed and not current)
        taken = entry.chosen_keys(self.question)
        for chip in self.chips:
            chosen = chip.choice.key in taken
            chip.show_state(taken=chosen, large=current)
            chip.setVisible(current or chosen or not chip.is_special)
        self.choices.setVisible(bool(self.chips) and (current or not passed))
        answer = entry.answer_to(self.question)
        text = answer.other if self.chips else answer.text
        if self.answer_line.text() != text:
            self.answer_line.setText(text)
        other = {chip.choice.key for chip in self.chips if chip.choice.kind == "other"}
        self.answer_line.setVisible(bool(other & taken) if self.chips else current or not passed)
        odd = [] if answer == Answer() else response_problems((self.question,), {self.question.code: answer})
        self._state_icon.setToolTip("、".join(problem.partition("　")[2] for problem in odd))
        if entry.is_answered(self.question):
            self._state_icon.setPixmap(self._doubtful_icon if odd else self._finished_icon)
            self._state_icon.setAccessibleName("要確認" if odd else "入力済")
        else:
            self._state_icon.clear()
            self._state_icon.setAccessibleName("非該当" if passed else "まだ")

    def _set_current(self, current: bool) -> None:
        """Make the question larger while it is the current one."""
        if current == self._current:
            return
        self._current = current
        self._number.setFont(t.font("h2" if current else "body", bold=True))
        self._title.show_text(f"**{self._words}**" if current else self._words)
        self.setMinimumHeight(t.scaled(76 if current else 48))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background and frame of the current question, a hairline under any other."""
        with QPainter(self) as painter:
            area = QRectF(self.rect())
            if self._current:
                painter.fillRect(area, t.ACCENT_TINT)
                painter.setPen(stroke(t.ACCENT, 3))
                painter.drawRect(area.adjusted(1.5, 1.5, -1.5, -1.5))
            else:
                painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), t.HAIRLINE)

    def _place_answers(self) -> None:
        """Place the choices beside the title, or below it where the row is folded."""
        self._grid.removeWidget(self._answers)
        at = (1, 0, 1, 4) if self._is_folded else (0, 2, 1, 1)
        self._grid.addWidget(self._answers, *at)
        # The title has a width of its own beside the choices, else what number and icon leave.
        self._grid.setColumnStretch(1, int(self._is_folded))
        self._grid.setColumnStretch(2, int(not self._is_folded))

    def minimumSizeHint(self) -> QSize:
        """Return the least size; its width is that at which choices are cut, since all else folds."""
        return QSize(t.scaled(_LEAST_WIDTH), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the title its share of the width, and place the choices below it where they do not fit beside it."""
        super().resizeEvent(event)
        width = self.width() - 2 * 12
        title = min(t.scaled(300), max(t.scaled(140), round(self.width() * 0.23)))
        beside = self._number.width() + title + self._state_icon.width() + 3 * 8
        widest = max((chip.largest_width() for chip in self.chips), default=t.scaled(140))
        if (folds := beside + widest > width) != self._is_folded:
            self._is_folded = folds
            self._place_answers()
        if folds:
            self._holder.setMinimumWidth(0)
            self._holder.setMaximumWidth(t.NO_LIMIT)
        else:
            self._holder.setFixedWidth(title)
        for chip in self.chips:
            chip.fit_into(width if folds else width - beside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Emit ``question_clicked``, by which this question becomes the current one."""
        super().mousePressEvent(event)
        self.question_clicked.emit()


def _hint(question: Question, branch: str) -> str:
    """Return the hint how a question is answered by keyboard."""
    hint = _HINTS[question.type]
    if question.type.takes_several and question.max_select:
        hint = f"{question.max_select}つまで。Enter でつぎへ"
    return f"{branch}だけ。{hint}" if branch else hint
