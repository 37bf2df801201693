"""The response being entered, question by question, with its header and sidebar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.number_lists import number_ranges
from app.surveys.data_entry.rules import NO_ANSWER_KEY, UNREADABLE_KEY, choice_for_key, choice_keys
from app.surveys.data_entry.screens.question_row import QuestionRow
from app.surveys.data_entry.screens.response_entry import EditedResponse, EntryStep, ResponseEntry
from app.surveys.data_entry.services import (
    ON_BEHALF,
    missing_response_numbers,
    paper_response_total,
    purpose_of,
    unsettled_responses,
)
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.badges import ProgressBlocks
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import ENTER
from app.widgets.labels import Link, Paragraph, heading, key_cap, label, small_label
from app.widgets.layouts import add, in_column, in_grid, in_row
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.announce import announce
from app.window.debounce import debounce
from db.records.surveys import Question

_MAX_BLOCKS = 30
_MISSING, _DIFFERENT_ENTRIES = "番号のぬけ", "2回目とのちがい"
_LETTERS = ("A", "Z")
_KEYS = (
    (("1", "9"), "選ぶ・つぎの設問へ"),
    (_LETTERS, "10番からの選択肢"),
    ((NO_ANSWER_KEY,), "無回答"),
    ((UNREADABLE_KEY,), "読みとれない"),
    (("BackSpace",), "ひとつ戻る（←）"),
    (("Enter",), "複数回答・紙を確定"),
)
UNSAVED_RESPONSE = "この用紙の入力が途中です。確定してから、ほかの用紙を開いてください。"
KEPT_WHILE_READ_ONLY = "ほかの人が入力中です。この用紙は書きかけのまま残り、席に戻ると続きを打てます。"
_LEAST_HEIGHT = 120
"""Height at the standard text size in which a question stands with some of its choices."""
_REOPEN = "書き直すときは、Enter を押してから打ちます。"
FIRST_ENTRY_HIDDEN = "2回目の入力中は、1回目の回答を開きません。打ち直すときは、Ctrl+Z で戻して打ちます。"


def branch_words(question: Question, questions: Sequence[Question]) -> str:
    """Return who is asked (「問3で「はい」の方」), "" for everybody."""
    codes = [one.code for one in questions]
    if question.asked_of not in codes:
        return ""
    chosen = "、".join(f"「{option}」" for option in question.asked_of_options)
    return f"問{codes.index(question.asked_of) + 1}で{chosen}の方"


@spoken_as(QAccessible.Role.Grouping)
class EntryBoard(QWidget):
    """Widget with all questions of the response being entered.

    Signals: ``finished()`` Enter after the last question; ``moved()`` another question is current or something
    was chosen; ``hint_changed(str)`` what a key could not do; ``paged(int)`` −1 / +1 for PageUp / PageDown.

    ``begins_new`` True = after the last question a key of the first one saves the response and begins a new one.
    """

    finished = Signal()
    moved = Signal()
    hint_changed = Signal(str)
    paged = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("アンケート用紙の入力")
        self.entry = ResponseEntry(())
        self._spoken_place = 0
        self.begins_new = False
        self.rows: list[QuestionRow] = []
        self._inside = QWidget()
        self._column = in_column(None, owner=self._inside, spacing=0)
        self._area = in_scroll_area(self._inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMinimumHeight(t.scaled(_LEAST_HEIGHT))
        in_column(self._area, owner=self)
        self._scroll_timer = debounce(self, self._scroll_to_current)
        # The current question grows and others shrink a moment later, so scroll again then.
        self._area.verticalScrollBar().rangeChanged.connect(lambda *_: self._scroll_timer.start())

    def show_response(self, entry: ResponseEntry) -> None:
        """Show another response to be typed (an empty or a saved one), and focus its current question."""
        if [row.question for row in self.rows] != list(entry.questions):
            self._build(entry)
        self.entry = entry
        self._spoken_place = entry.place
        self._show(set_focus=True)

    def _build(self, entry: ResponseEntry) -> None:
        """Build a row for each question, in place of the former rows."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for place, question in enumerate(entry.questions):
            row = QuestionRow(place, question, branch=branch_words(question, entry.questions))
            row.key_pressed.connect(lambda key, at=place: self._press_key(at, key))
            row.question_clicked.connect(lambda at=place: self._go_to_question(at))
            row.line_focused.connect(lambda at=place: self._on_line_entered(at))
            row.text_edited.connect(lambda text, at=place: self._write_text(at, text))
            row.confirmed.connect(lambda at=place: self._confirm_question(at))
            row.back_pressed.connect(self._back)
            row.step_pressed.connect(lambda step, at=place: self._go_to_question(at + step))
            self._column.insertWidget(place, row)
            self.rows.append(row)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give typed signs to the answer of the current question; Enter confirms, Backspace and ← go one question back.

        ↑ and ↓ change the question, PageUp and PageDown emit ``paged``. Keys with Ctrl or Alt are left to Qt.
        """
        key = Qt.Key(event.key())
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held:
            super().keyPressEvent(event)
        elif key in ENTER:
            self._confirm_question(self.entry.place)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Left):
            self._back()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.paged.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_to_question(self.entry.place + (-1 if key == Qt.Key.Key_Up else 1))
        elif event.text().strip():
            self._press_key(self.entry.place, event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on to the current question, except on the way backward."""
        super().focusInEvent(event)
        # Coming back by Shift+Tab from the line itself must not lead into that line again.
        if event.reason() != Qt.FocusReason.BacktabFocusReason:
            self._show(set_focus=True)

    def confirm_current(self) -> None:
        """Confirm the current question, as Enter does."""
        self._confirm_question(self.entry.place)

    def take_keyboard(self) -> None:
        """Set the focus to the board, and so to the current question."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # what happens

    def _press_key(self, place: int, key: str) -> None:
        """Give a key to the answer of the question at ``place``, and show the result or say that it has no use.

        After the last question it begins a new response (``begins_new``).
        """
        self.entry.go_to(place)
        if (ended := self.entry).current_question is None:
            if not self.begins_new or choice_for_key(ended.questions[0], key) is None:
                self.hint_changed.emit(f"「{key}」は入力していません。Enter を押すと、この用紙を保存します。")
                return
            self.confirm_current()
            if self.entry is ended:
                return
        step = self.entry.press_key(key)
        if step is EntryStep.REJECTED:
            more = "" if self.rows[place].chips else _REOPEN
            self.hint_changed.emit(f"「{key}」のキーは、この設問では使いません。{more}")
            self._show(set_focus=False)
            return
        self.hint_changed.emit("")
        self._show(set_focus=True, focus_line=step is EntryStep.WRITE)

    def _confirm_question(self, place: int) -> None:
        """Confirm the answer to a question and go on; at the end emit ``finished``.

        Where その他 was chosen its line gets the focus first. What cannot be confirmed emits a hint.
        """
        row = self.rows[place] if place < len(self.rows) else None
        if row is not None and row.answer_line.isVisibleTo(self) and not row.answer_line.hasFocus():
            # その他 was chosen, or Backspace led here from the end: the written text comes first.
            self._show(set_focus=True, focus_line=True)
            return
        self.entry.go_to(place)
        step = self.entry.confirm_answer()
        if step is EntryStep.FINISHED:
            self.hint_changed.emit("")
            self.finished.emit()
            return
        if step is EntryStep.REJECTED:
            passed = row is None
            self.hint_changed.emit(
                "まだの設問があります。選ぶか、無回答の 0 を押してください。"
                if passed
                else "書かれていないときは 0（無回答）を押してください。"
            )
        else:
            self.hint_changed.emit("")
        self._show(set_focus=True)

    def _back(self) -> None:
        """Go one question back: the one before becomes the current one.

        From the end a written answer waits for Enter, so that keys meant for the next paper are not written into it.
        """
        ended = self.entry.current_question is None
        self.entry.go_back()
        waits = ended and not self.rows[self.entry.place].chips
        self.hint_changed.emit(f"問{self.entry.place + 1}に戻りました。{_REOPEN}" if waits else "")
        self._show(set_focus=not waits)

    def _go_to_question(self, place: int) -> None:
        self.entry.go_to(place)
        self._show(set_focus=True)

    def _on_line_entered(self, place: int) -> None:
        if place != self.entry.place:
            self.entry.go_to(place)
            self._show(set_focus=False)

    def _write_text(self, place: int, text: str) -> None:
        """Set a written text in the answer of the question at ``place``, and make that question current."""
        self.entry.write(self.rows[place].question, text)
        self.entry.go_to(place)
        self._show(set_focus=False)

    def _show(self, *, set_focus: bool, focus_line: bool = False) -> None:
        """Show answers and current question, focus it if wished, and emit ``moved``."""
        # Tested before: a line about to be hidden passes the focus to the next widget of the window.
        held = self.isAncestorOf(self.window().focusWidget() or self)
        for place, row in enumerate(self.rows):
            row.show_entry(self.entry, current=place == self.entry.place)
        if set_focus:
            self._place_focus(focus_line=focus_line, has_keyboard=held)
        self._scroll_timer.start()
        self._announce_question()
        self.moved.emit()

    def _announce_question(self) -> None:
        """Have a screen reader speak the current question and the answer just given, if the focus is in the board."""
        place, before = self.entry.place, self._spoken_place
        self._spoken_place = place
        words = self.rows[place].spoken_text(self.entry) if place < len(self.rows) else ""
        at = self.window().focusWidget()
        # What is typed into a line is spoken by the screen reader itself.
        typed = place == before and place < len(self.rows) and self.rows[place].answer_line.hasFocus()
        if words and words != self.accessibleDescription() and at is not None and self.isAncestorOf(at) and not typed:
            # A key that answers goes on at once: what it chose is heard before the next question.
            answered = self.rows[before].spoken_answer(self.entry) if place == before + 1 else ""
            announce(self, join_nonempty(answered, words, separator="。　"))
        self.setAccessibleDescription(words)

    def _place_focus(self, *, focus_line: bool, has_keyboard: bool) -> None:
        """Set the focus to the line of the current question where it is written or ``focus_line``, else to the board.

        The board gets it only if it had the keyboard before (``has_keyboard``).
        """
        place = self.entry.place
        row = self.rows[place] if place < len(self.rows) else None
        if row is not None and (not row.chips or focus_line):
            row.answer_line.setFocus(Qt.FocusReason.OtherFocusReason)
            if row.answer_line.is_numeric:
                row.answer_line.selectAll()
            else:
                row.answer_line.end(False)
        elif has_keyboard and not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scroll_to_current(self) -> None:
        """Bring the current question into view, and in a low window, which scrolls as a whole, the board before it."""
        if not self.rows:
            return
        at, above = self.window().focusWidget(), self.parentWidget()
        is_typing = at is self or (at is not None and self.isAncestorOf(at))
        while is_typing and above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self, 0, 0)
            above = above.parentWidget()
        self._column.activate()
        place = min(self.entry.place, len(self.rows) - 1)
        # The following question first, so that it is visible too where there is room.
        for row in (self.rows[min(place + 1, len(self.rows) - 1)], self.rows[place]):
            top = row.mapTo(self._inside, QPoint(0, 0)).y()
            self._area.ensureVisible(0, top + row.height(), 0, 0)
            self._area.ensureVisible(0, top, 0, 0)


class EntrySidebar(QWidget):
    """The sidebar with purpose, progress, the contractor's numbers, and the keys.

    Signals: ``purpose_asked()``, ``comparison_asked()``.
    """

    purpose_asked = Signal()
    comparison_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = in_column(owner=self, spacing=6)
        aim = Panel("目的", note="検算")
        self._purpose_label = aim.note
        aim.put_in_head(Link("変える", self.purpose_asked.emit))
        add(column, aim, self._progress())
        compare = Panel("受託者の集計との照合")
        self._comparison_text = Paragraph()
        compare.put(self._comparison_text, Link("受託者の数と照合する", self.comparison_asked.emit))
        column.addWidget(compare)
        self._keys = _Keys()
        add(
            column,
            self._keys,
            small_label("氏名・電話番号が書かれていても、入力しないでください（無記名）。"),
            None,
        )

    def _progress(self) -> Panel:
        """Build the panel that shows how many responses are typed."""
        panel = Panel("進み")
        self._count = label("0", "h1", figure=True)
        self._count.setStyleSheet(f"color: {t.ACCENT}; font-size: {t.points('h1') * 1.2}pt;")
        self._total_label = label("")
        line = in_row(
            (self._count, 0, Qt.AlignmentFlag.AlignBottom),
            (self._total_label, 0, Qt.AlignmentFlag.AlignBottom),
            None,
            spacing=6,
        )
        self._blocks = ProgressBlocks(name="入力した用紙")
        panel.put(line, self._blocks)
        grid = in_grid(across=8)
        self._values = {}
        self._names = {}
        for place, words in enumerate(("1枚あたり", "要確認", _MISSING, _DIFFERENT_ENTRIES, "オンライン回答")):
            self._names[words] = label(words)
            self._values[words] = label("", "strong")
            grid.addWidget(self._names[words], place, 0)
            grid.addWidget(self._values[words], place, 1, Qt.AlignmentFlag.AlignRight)
        panel.put(grid)
        return panel

    def show_view(self, view: SurveyView, *, seconds: float | None, second: bool = False) -> None:
        """Show the progress; ``seconds`` is the average for a response in this session, None = none yet.

        ``second`` counts the second entries instead of the first.
        """
        survey = view.survey
        if survey is None:
            return
        purpose, agreement = purpose_of(survey)
        self._purpose_label.setText(f"代行（協議 {agreement}）" if purpose == ON_BEHALF else "検算（任意）")
        known = paper_response_total(view)
        done, total = (
            (len(view.second_entries), len(view.paper_responses)) if second else (len(view.paper_responses), known)
        )
        self._count.setText(str(done))
        ended = "2回目 済" if second else "入力済"
        self._total_label.setText(f"/ {total}枚 {ended}" if total else f"枚 {ended}")
        shown = total is not None and max(total, done) <= _MAX_BLOCKS
        self._blocks.setVisible(shown)
        if shown:
            self._blocks.show_states(("done",) * done + ("planned",) * max(0, (total or 0) - done))
        self._values["1枚あたり"].setText(f"{round(seconds)}秒" if seconds is not None else "—")
        doubtful = sum(1 for sheet in view.doubtful_responses if sheet.source.is_paper)
        self._values["要確認"].setText(f"{doubtful}枚")
        self._values["オンライン回答"].setText(f"{len(view.online_responses)}件")
        self._highlight_value(_MISSING, number_ranges(missing_response_numbers(view.paper_responses)))
        differing = len(unsettled_responses(view))
        self._highlight_value(_DIFFERENT_ENTRIES, fill_nonempty("{}枚", differing))
        self._comparison_text.show_text(_comparison_words(view, known))
        options = [one for question in survey.questions for one in choice_keys(question) if one.number]
        self._keys.show_keys_for(max((one.number for one in options), default=0))

    def _highlight_value(self, name: str, words: str) -> None:
        self._values[name].setText(words)
        self._values[name].setStyleSheet(f"color: {t.AMBER};")
        for part in (self._names[name], self._values[name]):
            part.setVisible(bool(words))


def _comparison_words(view: SurveyView, total: int | None) -> str:
    """Return a sentence on how many paper responses of those received are still to be entered.

    「検算済　…」 with the name once the tally is checked; without a number received, what its numbers are good for.
    """
    survey = view.survey
    if survey is None:
        return ""
    if survey.checked_on is not None:
        return f"検算済　{survey.checked_by}"
    if total is None:
        return "受託者の人数を入れると、設問ごとに差が出ます。"
    left = total - len(view.paper_responses)
    if left < 0:
        return f"受け取った枚数より{-left}枚多くなっています。"
    return f"あと{left}枚そろうと、設問ごとの差が分かります。" if left else "枚数がそろいました。"


class _Keys(Panel):
    """The keys, with letters only where a question has ten choices or more; emits no signals."""

    def __init__(self) -> None:
        super().__init__("キー")
        self.body.setSpacing(3)
        self._lines = {}
        for caps, words in _KEYS:
            holder = self._lines[caps] = QWidget()
            line = in_row(owner=holder, spacing=2)
            for place, cap in enumerate(caps):
                if place:
                    line.addWidget(label("～", "small"))
                line.addWidget(key_cap(cap))
            add(line, None, label(words, "smallink"))
            self.put(holder)

    def show_keys_for(self, max_choices: int) -> None:
        """Show the keys needed for questions of at most so many choices."""
        self._lines[_LETTERS].setVisible(max_choices > 9)


class EntryHeader(QWidget):
    """Head of data entry, with heading, number of the response, and buttons.

    Signals: ``step_asked(int)`` −1 for the previous response; ``number_chosen(int)``.
    """

    step_asked = Signal(int)
    number_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.title = heading("アンケートの検算・代行入力")
        self.number = label("", "h1", figure=True)
        self.number.setStyleSheet(f"color: {t.ACCENT}; font-size: {t.points('h1') * 1.4}pt;")
        self.number_suffix = label("", "h2", figure=True)
        self.check_hint = small_label()
        self.check_hint.setMinimumWidth(t.scaled(152))
        self.change_button = inline_button("番号を変える", self._ask_number)
        self.previous_button = Button("前の用紙", lambda: self.step_asked.emit(-1), icon_name="caret-left")
        self.stop_button = Button("入力を中断する")
        self.finish_button = Button("この用紙を確定してつぎへ", tall=True)
        self.finish_button.write_filled_key(False)  # its key is Enter
        for button in (self.change_button, self.previous_button, self.stop_button, self.finish_button):
            # The focus stays with the response: these buttons have keys of their own or are for the mouse.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.previous_button.setToolTip("前の用紙を開いて直す（PageUp）")
        self.finish_button.setToolTip("この用紙を確定する（Enter）")
        self._response: EditedResponse | None = None
        line = in_row(owner=self, spacing=8)
        for part in (self.title, self.number, self.number_suffix):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._cap = key_cap("PgUp")
        buttons = (self.change_button, self.previous_button, self._cap, self.stop_button)
        self._buttons = FlowRow(*buttons, at_end=len(buttons))
        # It takes the room that the reminder leaves, and goes on in a second line where there is none.
        policy = self._buttons.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self._buttons.setSizePolicy(policy)
        add(line, (self.check_hint, 1, Qt.AlignmentFlag.AlignVCenter), self._buttons)

    def show_response(self, response: EditedResponse, *, total: int | None, complete: bool, last: bool = False) -> None:
        """Show the current response: its number of ``total`` (None = unknown), and the buttons worded for it.

        ``complete`` highlights the finish button, ``last`` = none comes after.
        """
        self._response = response
        correcting = bool(response.sheet_id)
        self.title.setText(
            "回答を直す" if correcting else "2回目の入力" if response.is_second else "アンケートの検算・代行入力"
        )
        self.number.setText("" if response.is_online else str(response.number))
        of = f" / {total}枚" if total and not correcting and (response.number or 0) <= total else ""
        self.number_suffix.setText("オンラインの回答" if response.is_online else f"枚目{of}")
        self.check_hint.setText(
            "" if response.is_online else f"用紙の番号 {response.number} と\n同じか確かめてください"
        )
        self.change_button.setVisible(not correcting)
        self._update_layout()
        short = self._cap.isHidden()
        words = "直して保存" if short else "直した回答を保存する"
        if not correcting:
            after = "終える" if last else "つぎへ"
            words = f"確定して{after}" if short else f"この用紙を確定して{after}"
        if self.finish_button.text() != words:
            self.finish_button.set_words(words)
        if self.finish_button.property("kind") != ("main" if complete else "plain"):
            self.finish_button.setProperty("kind", "main" if complete else "plain")
            self.finish_button.style().unpolish(self.finish_button)
            self.finish_button.style().polish(self.finish_button)
        self.stop_button.set_words("直さずに戻る" if correcting else "入力を中断する")

    def set_narrow(self, *, narrow: bool) -> None:
        """Hide the key cap 「PgUp」 in a narrow window; ``show_response`` then words the finish button shorter, too."""
        self._cap.setVisible(not narrow)
        self._update_layout()

    def _update_layout(self) -> None:
        """Hide the heading, then the reminder of the number, before anything is clipped; both are said beside."""
        parts = (self.number, self.number_suffix, self.change_button, self.previous_button, self._cap, self.stop_button)
        need = (
            sum(part.sizeHint().width() + 8 for part in parts if not part.isHidden()) + self.check_hint.minimumWidth()
        )
        self.check_hint.setVisible(need <= self.width())
        self.title.setVisible(need + self.title.sizeHint().width() + 8 <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the heading, then the reminder of the number, where they do not fit the new width."""
        super().resizeEvent(event)
        self._update_layout()

    def _ask_number(self) -> None:
        """Open the dialog for another number of the current response; its choice is ``number_chosen``."""
        dialog = NumberDialog(self._response.number if self._response is not None else 1, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.number_chosen)
        dialog.open()


class NumberDialog(DialogFrame):
    """Dialog for another number of the current response.

    Signals: ``chosen(int)``.
    """

    chosen = Signal(int)

    def __init__(self, number: int, parent: QWidget):
        super().__init__("用紙の番号を変える", main="この番号にする", width=480, parent=parent)
        self.form = Form((Field("number", "用紙の番号", "number", unit="枚目", width=72, least=1, most=9999),))
        self.form.set_values({"number": number})
        self.put(self.form, None)
        self.confirmed.connect(self._emit_number)
        self.form.go_to("number")

    def _emit_number(self) -> None:
        if self.form.check_all():
            self.accept()
            self.chosen.emit(self.form.value("number"))


_BACK = {"回答": "回答一覧に戻ります", "照合": "「確かめる」に戻ります"}
"""What a correction does at its end, by the page from which it was opened."""


def default_hint(response: EditedResponse | None, *, last: bool, back_page: str, begins_new: bool) -> str:
    """Return the hint what to do at the current question.

    Args:
        last: no response comes after this one. back_page: where a correction leads back, "" = to the start.
        begins_new: a key of the first question begins the next one.
    """
    question = response.entry.current_question if response is not None else None
    if response is None or question is None:
        after = "入力を終えます" if last else "つぎの紙へ進みます"
        if response is not None and response.sheet_id:
            after = _BACK.get(back_page, "入力を終えます")
        key = "Enter か、つぎの紙の問1のキー" if begins_new else "Enter "
        return f"この用紙の入力が終わりました。{key}で保存して、{after}。"
    if response.entry.is_skipped(question):
        return "↑↓ で、聞いていない設問にも行けます。"
    if question.type.is_text:
        return "読みとれないところは、読めたところまで入力してください。"
    if question.type.takes_one:
        return (
            f"読みとれないとき、2つ以上に印があるときは {UNREADABLE_KEY} を押すと「要確認」になり、あとで見直せます。"
        )
    return f"読みとれないときは {UNREADABLE_KEY} を押すと「要確認」になり、あとで見直せます。"


def gap_hint(untyped: Sequence[int]) -> str:
    """Return a hint on the numbers skipped by choosing a later one, "" = none."""
    return f"{number_ranges(untyped)}枚目がまだ入力されていません。あとで番号を選んで入力できます。" if untyped else ""
