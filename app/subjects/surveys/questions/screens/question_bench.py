"""Where a set of questions is written: the list or the question in hand, and beside it the sheet, drawn anew at a
change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from app.subjects.surveys.questions.parts.survey_pages import PageSwitch
from app.subjects.surveys.questions.rules.questionnaire_checks import QuestionFinding
from app.subjects.surveys.questions.rules.questionnaire_editing import changed, doubled, moved, without
from app.subjects.surveys.questions.screens.question_editor import QuestionEditor
from app.subjects.surveys.questions.screens.question_list import FindingsPanel, QuestionList, RowDrag
from app.subjects.surveys.questions.services.survey_papers import (
    DrawnSet,
    PreparedSet,
    draw_preview,
    prepare_preview,
)
from app.widgets.buttons import MoreAct
from app.widgets.fold_line import FoldLine
from app.widgets.labels import framed
from app.widgets.layouts import add, in_column, in_row
from app.widgets.pages import Pages
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.background_task import bound
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from app.window.later import later
from db.records.surveys import Question

_WAIT_MS = 350
SHEET, FINDINGS = "用紙の見本", "確かめること"
_QUESTIONS = "設問"
STILL_WRITING = "書きかけの設問があります。保存するか、やめてから、もう一度押してください。"
"""Said where an act would leave out what is being typed."""
_RIGHT_SHARE = 0.42
Save = Callable[[tuple[Question, ...], Callable[[Any], None], Callable[[Exception], None]], object]


class QuestionPreview(QWidget):
    """The sheet as it would be printed, drawn anew a moment after every change, with what was found in it.

    Signals: ``checked(tuple)`` what was found; ``drawn(int)`` the number of pages.
    """

    checked = Signal(object)
    drawn = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._of: dict[str, int] = {}
        self._questions: tuple[Question, ...] | None = None
        self._asked = 0
        self._places: dict[str, int] = {}
        self._wanted = ""
        self._stale = False
        self.preview = PdfPreview(title="", empty="設問を加えると、用紙の見本が出ます。", aside=True)
        self.large = False
        frame = framed("panel")
        in_column((self.preview, 1), owner=frame, spacing=0, margins=(1, 1, 1, 1))
        in_column(frame, owner=self)
        # While somebody types, one drawing after the last letter is enough.
        self._soon = later(self, self._ask_now, _WAIT_MS)

    def show_set(self, questions: Sequence[Question], **of: int) -> None:
        """Draw ``questions`` now; ``of`` is ``event_id`` or ``questionnaire_id``."""
        if of != self._of:
            self._places = {}
            self.preview.say_waiting()
        self._of = of
        self._questions = tuple(questions)
        self._ask_now()

    def follow(self, questions: Sequence[Question], code: str = "") -> None:
        """Draw ``questions`` a moment later, as they are being typed, at the page of ``code``."""
        self._questions = tuple(questions)
        self._wanted = code
        self._soon.start()

    def show_question(self, code: str) -> None:
        """Turn to the page on which a question stands."""
        self._wanted = code
        page = self._places.get(code, 0)
        if page and page != self.preview.pages.page():
            self.preview.pages.go_to_page(page)

    def acts(self) -> Iterator[MoreAct]:
        """The other sheet: that in large letters, or the usual one."""
        yield "ふつうの用紙で見る" if self.large else "拡大版（20ポイント）で見る", self.turn

    def turn(self) -> None:
        """Draw the sheet in large letters, or as usual again."""
        self.large = not self.large
        self._ask_now()

    def waiting(self) -> bool:
        """Whether a drawing is still to come."""
        return self._soon.isActive()

    # drawing

    def _ask_now(self) -> None:
        self._soon.stop()
        if not self._of or self._questions is None:
            return
        if not self.isVisible():
            # The findings are wanted all the same: their number stands beside the questions.
            self._stale = True
        self._asked += 1
        turn = self._asked

        def draw(prepared: PreparedSet) -> None:
            if turn == self._asked:
                self.desk.apart(
                    bound(draw_preview, prepared=prepared), open_with, failed=refuse, owner=self, drawing=True
                )

        def open_with(made: DrawnSet) -> None:
            if turn == self._asked:
                self._show(made)

        def refuse(problem: Exception) -> None:
            if turn == self._asked:
                self._refuse(problem)

        given: dict[str, Any] = {**self._of, "questions": self._questions, "large": self.large}
        self.desk.read(with_store(prepare_preview, now=self.desk.now(), **given), draw, failed=refuse, owner=self)

    def _show(self, made: DrawnSet) -> None:
        page = self.preview.pages.page() if self._places else 0
        self._places = made.places
        sheets = (made.pages + 1) // 2
        large = "拡大版　" if self.large else ""
        nothing = "" if made.findings else "・確かめることなし"
        self.preview.show_pdf(made.data, title=f"{large}{made.pages}ページ（両面{sheets}枚）{nothing}")
        wanted = made.places.get(self._wanted, page)
        if wanted > 1:
            self.preview.pages.go_to_page(wanted)
        self.drawn.emit(made.pages)
        self.checked.emit(made.findings)

    def _refuse(self, problem: Exception) -> None:
        self._places = {}
        self.preview.clear(failure_of(problem).in_one())
        self.checked.emit(())

    def showEvent(self, event: QShowEvent) -> None:
        """Seen for the first time, the page has its real width."""
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self._stale = False
            self.show_question(self._wanted)


class QuestionBench(QWidget):
    """Where a set of questions is written: the list or the question in hand, and beside it the sheet and what is found.

    ``save(questions, done, failed)`` keeps the whole set and calls one of the two. ``sides`` are further parts beside
    the sheet, by their words. Signals: ``refused(Exception)`` the set was not kept and no question is being edited;
    ``left()`` the question in hand was put away.
    """

    refused = Signal(object)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        save: Save,
        sides: Sequence[tuple[str, QWidget]],
        event_id: Callable[[], int | None] = lambda: None,
    ) -> None:
        """``event_id`` tells the event whose list is exported, None for a master."""
        super().__init__()
        self._save = save
        self._questions: tuple[Question, ...] = ()
        self._of: dict[str, int] = {}
        self._locked = self._fixed = False
        self._wanted: str | int = ""
        self._side = SHEET
        self._narrow: bool | None = None
        self.sheet = QuestionPreview(desk)
        self.list = QuestionList(desk, event_id=event_id, more=self.sheet.acts)
        self.findings = FindingsPanel()
        self.drag = RowDrag(self.list.table.view)
        self._pages: dict[str, QWidget] = {SHEET: self.sheet, FINDINGS: scrolling(self.findings)}
        self._pages |= {words: scrolling(part) for words, part in sides}
        self.switch = PageSwitch((_QUESTIONS, *self._pages))
        self._build()
        self._connect()

    def _build(self) -> None:
        self._left = Pages()
        self._left.addWidget(self.list)
        # Beside the questions the sheet stays in sight, what is said of them folds over it; where there is room for one
        # part only, a row of pages stands over everything.
        self._folds: dict[str, FoldLine] = {}
        self._right = QWidget()
        stacked = in_column(owner=self._right, spacing=4)
        for words, page in self._pages.items():
            if words != SHEET:
                fold = self._folds[words] = FoldLine(words, done=False)
                fold.toggled.connect(lambda on, words=words: self.show_side(words if on else SHEET))
                add(stacked, fold, (page, 2))
        add(stacked, 4, (self.sheet, 3))
        self._across = in_row((self._left, 1), spacing=20)
        self._beside = QWidget()
        self._column = in_column((self._right, 1), owner=self._beside, spacing=8)
        self._across.addWidget(self._beside)
        in_column(self.switch, (self._across, 1), owner=self, spacing=8)
        self._arrange(narrow=False)
        self.show_side(SHEET)

    def _connect(self) -> None:
        table = self.list.table
        self.switch.chosen.connect(self.show_side)
        table.opened.connect(self.edit)
        table.edit_asked.connect(self.edit)
        table.delete_asked.connect(lambda rows: self.remove(rows[0]))
        table.chosen.connect(self._take_row)
        self.list.add_asked.connect(self.add)
        self.list.edit_asked.connect(lambda: self.edit(table.current()))
        self.list.copy_asked.connect(lambda: self.duplicate(table.current()))
        self.list.remove_asked.connect(lambda: self.remove(table.current()))
        self.list.move_asked.connect(self.move_question)
        self.drag.dropped.connect(self._drop)
        self.sheet.checked.connect(self._show_findings)
        self.findings.chosen.connect(self._open_by_code)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            self._key(keys, partial(self.move_question, step))
        self._key("Ctrl+D", lambda: self.duplicate(table.current()))
        self._key("Insert", self.add)

    @cached_property
    def editor(self) -> QuestionEditor:
        """The form of one question, built when the first is opened: most visits only read."""
        made = QuestionEditor()
        made.saved.connect(self._save_typed)
        made.edited.connect(self._follow)
        made.left.connect(self._leave_editor)
        self._left.addWidget(made)
        return made

    @property
    def in_hand(self) -> str | None:
        """The code of the question that is open in the form, empty for a new one, None where none is."""
        return self.editor.code if "editor" in vars(self) else None

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.list.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # what the page around does

    def show_set(self, questions: tuple[Question, ...], *, locked: bool, fixed: bool, **of: int) -> None:
        """Show a set; ``locked`` = only its wording may change, ``fixed`` = nothing. ``of`` is whose set it is."""
        if of != self._of:
            if self.in_hand is not None:
                self.editor.leave()
            self._wanted = 0
        self._questions, self._of = questions, of
        self._locked, self._fixed = locked, fixed
        self.drag.allowed = not (locked or fixed)
        code = self.in_hand
        if code and all(one.code != code for one in questions):
            # Taken back meanwhile: what was typed can still be read, and saving says why it can't be kept.
            code = ""
        wanted = self._wanted_code()
        self.list.show_questions(questions, wanted, open_still=not locked and not fixed, editable=not fixed)
        if code is None:
            self.sheet.show_set(questions, **of)
        else:
            self.sheet.show_set(self._typed_set(self.editor.question()), **of)

    @property
    def unfinished(self) -> bool:
        """Whether a question is half typed."""
        return self.in_hand is not None and self.editor.unfinished

    def take_focus(self) -> None:
        """The list, or the question in hand."""
        if self.in_hand is not None:
            self.editor.form.go_to("title")
        else:
            self.list.table.setFocus()

    def show_questions(self) -> None:
        """Go to the questions, also on a narrow window, where the sheet lies over them."""
        if self._narrow:
            self.show_side(_QUESTIONS)
        self.take_focus()

    def show_side(self, words: str) -> None:
        """Show one of the parts beside the questions; on a narrow window it may be the questions themselves."""
        self.switch.show_page(words)
        self._side = words if words in self._pages else self._side
        for each, page in self._pages.items():
            page.setVisible(each == self._side or (each == SHEET and not self._narrow))
        for each, fold in self._folds.items():
            with QSignalBlocker(fold):
                fold.setChecked(each == self._side)
        self._show_folds()
        if self._narrow:
            self._left.setVisible(words == _QUESTIONS)
            self._beside.setVisible(words != _QUESTIONS)

    def tell_side(self, words: str, about: str) -> None:
        """Say in a few words how a part beside the questions stands (「協議済 10/30(金)」), where it is folded."""
        self._folds[words].show_count(0, about)
        self._show_folds()

    def _show_folds(self) -> None:
        """Over the sheet; where nothing is to be looked at there is no line, the head of the sheet says so."""
        for each, fold in self._folds.items():
            nothing = each == FINDINGS != self._side and not self.findings.findings
            fold.setVisible(not self._narrow and not nothing)

    # acts

    def add(self) -> None:
        """Write a new question at the end."""
        if not (self._locked or self._fixed):
            self._open(Question(code="", title="", type="SA"), self._questions, new=True)

    def edit(self, question: Question | None) -> None:
        """Open a question."""
        if question is None or self._fixed:
            return
        place = self._place(question.code)
        self._open(question, self._questions[:place], new=False)

    def duplicate(self, question: Question | None) -> None:
        """Put a copy behind a question."""
        if question is not None and not (self._locked or self._fixed):
            self._wanted = self._place(question.code) + 1
            self._keep(doubled(self._questions, question.code))

    def remove(self, question: Question | None) -> None:
        """Take a question out; it comes back by undo."""
        if question is not None:
            self._wanted = max(0, self._place(question.code) - 1)
            self._keep(without(self._questions, question.code))

    def move_question(self, step: int) -> None:
        """Move the current question up (−1) or down (+1)."""
        question = self.list.table.current()
        if question is not None:
            place = self._place(question.code) + step
            if 0 <= place < len(self._questions):
                self._drop(place - step, place)

    # inside

    def _open(self, question: Question, earlier: Sequence[Question], *, new: bool) -> None:
        self.editor.open_question(question, earlier, new=new, locked=self._locked)
        self._left.setCurrentWidget(self.editor)
        if self._narrow:
            self.show_side(_QUESTIONS)
        self.editor.form.go_to("title")
        if not new:
            self.sheet.show_question(question.code)

    def _open_by_code(self, code: str) -> None:
        found = next((one for one in self._questions if one.code == code), None)
        if found is not None:
            self.list.table.choose(lambda one: one.code == code, take_focus=False)
            self.edit(found)

    def _drop(self, row: int, place: int) -> None:
        code = self._questions[row].code
        self._wanted = code
        self._keep(moved(self._questions, code, place))

    def _typed_set(self, typed: Question) -> tuple[Question, ...]:
        if not typed.code or all(one.code != typed.code for one in self._questions):
            return (*self._questions, typed)
        return changed(self._questions, typed)

    def _follow(self, typed: Question) -> None:
        """Draw the sheet with what is being typed."""
        shown = self._typed_set(typed)
        self.sheet.follow(shown, typed.code or f"*{len(shown)}")

    def _save_typed(self, typed: Question) -> None:
        self._wanted = typed.code or len(self._questions)
        self._save(self._typed_set(typed), lambda _saved: self.editor.close_saved(), self.editor.refuse)

    def _keep(self, questions: tuple[Question, ...]) -> None:
        self._save(questions, lambda _saved: None, self.refused.emit)

    def _leave_editor(self) -> None:
        self._left.setCurrentWidget(self.list)
        self.sheet.show_set(self._questions, **self._of)
        self.list.table.setFocus()
        self.left.emit()

    def _show_findings(self, findings: tuple[QuestionFinding, ...]) -> None:
        if self.in_hand == "":
            # The new question has no code of its own yet: nothing to open but itself.
            codes = {one.code for one in self._questions}
            findings = tuple(one if one.code in codes else replace(one, code="") for one in findings)
        self.findings.show_findings(findings)
        self.switch.set_count(FINDINGS, len(findings))
        self._folds[FINDINGS].show_count(len(findings))
        self._show_folds()
        self.list.mark({finding.code for finding in findings if finding.weight == "注意"})

    def _take_row(self, question: Question | None) -> None:
        if question is not None and self.in_hand is None:
            self.sheet.show_question(question.code)

    def _place(self, code: str) -> int:
        return next((place for place, one in enumerate(self._questions) if one.code == code), 0)

    def _wanted_code(self) -> str:
        """The code that is to be current: as wished, by code or by place, else as before."""
        wanted, self._wanted = self._wanted, ""
        if isinstance(wanted, int):
            return self._questions[min(wanted, len(self._questions) - 1)].code if self._questions else ""
        return wanted

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two parts side by side, or one of them where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.window().width() < t.FOLD_STEPS
        self._beside.setMaximumWidth(t.NO_LIMIT if narrow else round(self.width() * _RIGHT_SHARE))
        self._beside.setMinimumWidth(0 if narrow else round(self.width() * _RIGHT_SHARE))
        self._arrange(narrow=narrow)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.switch.setVisible(narrow)
        if narrow:
            self.show_side(_QUESTIONS)
        else:
            self._left.show()
            self._beside.show()
            self.show_side(self._side)
