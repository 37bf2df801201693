"""The workspace for a set of questions, with the list or one question, and a live preview of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.surveys.questions.parts import PageSwitch
from app.surveys.questions.rules import (
    QuestionFinding,
    duplicate_question,
    move_question,
    remove_question,
    replace_question,
)
from app.surveys.questions.screens.question_editor import QuestionEditor
from app.surveys.questions.screens.question_list import FindingsPanel, QuestionList, RowDrag
from app.surveys.questions.services.survey_documents import DrawnPreview, PreparedPreview, draw_preview, prepare_preview
from app.widgets.buttons import MenuAction
from app.widgets.fold_line import FoldLine
from app.widgets.keys import on_key
from app.widgets.labels import styled_frame
from app.widgets.layouts import add, in_column, in_row
from app.widgets.pages import Pages
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from app.window.background_task import bind_arguments
from app.window.debounce import debounce
from app.window.failure_messages import failure_of
from db.records.surveys import Question, QuestionType

_WAIT_MS = 350
PREVIEW_TAB, FINDINGS_TAB = "用紙の見本", "確かめること"
_QUESTIONS = "設問"
UNSAVED_QUESTION = "書きかけの設問があります。保存するか、やめてから、もう一度押してください。"
"""Shown where an action would ignore what is being typed."""
_RIGHT_SHARE = 0.42
SaveQuestions = Callable[[tuple[Question, ...], Callable[[Any], None], Callable[[Exception], None]], object]


class QuestionPreview(QWidget):
    """The preview of the sheet, redrawn shortly after every change, with findings.

    Signals: ``checked(tuple)`` the findings.
    """

    checked = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._owner_id: dict[str, int] = {}
        self._questions: tuple[Question, ...] | None = None
        self._request_number = 0
        self._page_of_question: dict[str, int] = {}
        self._code_to_show = ""
        self._is_outdated = False
        self.preview = PdfPreview(title="", empty="設問を加えると、用紙の見本が出ます。", compact=True)
        self.is_large = False
        frame = styled_frame("panel")
        in_column((self.preview, 1), owner=frame, spacing=0, margins=(1, 1, 1, 1))
        in_column(frame, owner=self)
        # While somebody types, one drawing after the last key is enough.
        self._redraw_timer = debounce(self, self._redraw_now, _WAIT_MS)

    def show_questions(self, questions: Sequence[Question], **of: int) -> None:
        """Draw ``questions`` now; ``of`` is ``event_id=…`` or ``questionnaire_id=…``, whose sheet it is."""
        if of != self._owner_id:
            self._page_of_question = {}
            self.preview.show_loading()
        self._owner_id = of
        self._questions = tuple(questions)
        self._redraw_now()

    def redraw_later(self, questions: Sequence[Question], code: str = "") -> None:
        """Draw ``questions`` a moment later, while typing, at the page of ``code``."""
        self._questions = tuple(questions)
        self._code_to_show = code
        self._redraw_timer.start()

    def show_question(self, code: str) -> None:
        """Turn to the page of the question with this code, at once or when the pages are drawn."""
        self._code_to_show = code
        page = self._page_of_question.get(code, 0)
        if page and page != self.preview.pages.page():
            self.preview.pages.go_to_page(page)

    def menu_actions(self) -> Iterator[MenuAction]:
        """Yield the action for the other sheet (large letters, or usual)."""
        yield "ふつうの用紙で見る" if self.is_large else "拡大版（20ポイント）で見る", self.toggle_large

    def toggle_large(self) -> None:
        """Switch between large letters and the usual sheet."""
        self.is_large = not self.is_large
        self._redraw_now()

    # drawing

    def _redraw_now(self) -> None:
        """Draw the questionnaire again in the background, also while hidden, since its findings are needed.

        Only the newest drawing is shown; nothing is drawn before ``show_questions``.
        """
        self._redraw_timer.stop()
        if not self._owner_id or self._questions is None:
            return
        if not self.isVisible():
            # The findings are needed all the same: their number is shown beside the questions.
            self._is_outdated = True
        self._request_number += 1
        turn = self._request_number

        def draw(prepared: PreparedPreview) -> None:
            """Draw what was prepared in the background, unless another drawing began meanwhile."""
            if turn == self._request_number:
                self.app_context.run_in_background(
                    bind_arguments(draw_preview, prepared=prepared),
                    open_with,
                    on_failed=refuse,
                    owner=self,
                    drawing=True,
                )

        def open_with(made: DrawnPreview) -> None:
            """Show what was drawn, unless another drawing began meanwhile."""
            if turn == self._request_number:
                self._show(made)

        def refuse(problem: Exception) -> None:
            """Show why nothing can be drawn, unless another drawing began meanwhile."""
            if turn == self._request_number:
                self._show_draw_error(problem)

        given: dict[str, Any] = {**self._owner_id, "questions": self._questions, "large": self.is_large}
        self.app_context.read(
            with_store(prepare_preview, now=self.app_context.now(), **given), draw, on_failed=refuse, owner=self
        )

    def _show(self, drawn_preview: DrawnPreview) -> None:
        """Show the newly drawn questionnaire at the page wanted or shown before; emit the findings."""
        page = self.preview.pages.page() if self._page_of_question else 0
        self._page_of_question = drawn_preview.page_of_question
        sheets = (drawn_preview.pages + 1) // 2
        large = "拡大版　" if self.is_large else ""
        nothing = "" if drawn_preview.findings else "・設問に確かめることなし"
        self.preview.show_pdf(
            drawn_preview.data, title=f"{large}{drawn_preview.pages}ページ（両面{sheets}枚）{nothing}"
        )
        wanted = drawn_preview.page_of_question.get(self._code_to_show, page)
        if wanted > 1:
            self.preview.pages.go_to_page(wanted)
        self.checked.emit(drawn_preview.findings)

    def _show_draw_error(self, problem: Exception) -> None:
        """Show why the questionnaire cannot be drawn, and emit ``checked`` without findings."""
        self._page_of_question = {}
        self.preview.clear(failure_of(problem).as_one_text())
        self.checked.emit(())

    def showEvent(self, event: QShowEvent) -> None:
        """Turn to the wanted page, if it was drawn while hidden and without its real width."""
        super().showEvent(event)
        if self._is_outdated and not event.spontaneous():
            self._is_outdated = False
            self.show_question(self._code_to_show)


class QuestionWorkspace(QWidget):
    """The workspace for a set of questions, with the sheet and findings.

    ``save_questions(questions, done, failed)`` stores the whole set and calls one of the two. ``side_pages`` are
    further parts beside the sheet, by title. Signals: ``save_failed(Exception)`` the set was not stored and no
    question is being edited; ``editor_closed()`` the current question was closed.
    """

    save_failed = Signal(object)
    editor_closed = Signal()

    def __init__(
        self,
        app_context: AppContext,
        *,
        save_questions: SaveQuestions,
        side_pages: Sequence[tuple[str, QWidget]],
        event_id: Callable[[], int | None] = lambda: None,
    ):
        """``event_id`` returns the event whose list is exported, None for a master."""
        super().__init__()
        self._save = save_questions
        self._questions: tuple[Question, ...] = ()
        self._owner_id: dict[str, int] = {}
        self._is_wording_only = self._is_read_only = False
        self._to_select: str | int = ""
        self._side = PREVIEW_TAB
        self._narrow: bool | None = None
        self.preview = QuestionPreview(app_context)
        self.question_list = QuestionList(app_context, event_id=event_id, extra_actions=self.preview.menu_actions)
        self.findings = FindingsPanel()
        self.row_drag = RowDrag(self.question_list.table.view)
        self._pages: dict[str, QWidget] = {PREVIEW_TAB: self.preview, FINDINGS_TAB: in_scroll_area(self.findings)}
        self._pages |= {words: in_scroll_area(part) for words, part in side_pages}
        self.page_switch = PageSwitch((_QUESTIONS, *self._pages))
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the questions, the preview and the findings."""
        self._left = Pages()
        self._left.addWidget(self.question_list)
        # Beside the questions the sheet stays visible, what is said of them folds over it; where there is room
        # for one
        # part only, a row of page buttons is above everything.
        self._folds: dict[str, FoldLine] = {}
        self._right = QWidget()
        stacked = in_column(owner=self._right, spacing=4)
        for words, page in self._pages.items():
            if words != PREVIEW_TAB:
                fold = self._folds[words] = FoldLine(words)
                fold.toggled.connect(lambda on, words=words: self.show_side(words if on else PREVIEW_TAB))
                add(stacked, fold, (page, 2))
        add(stacked, 4, (self.preview, 3))
        self._across = in_row((self._left, 1), spacing=20)
        self._side_panel = QWidget()
        in_column((self._right, 1), owner=self._side_panel, spacing=8)
        self._across.addWidget(self._side_panel)
        in_column(self.page_switch, (self._across, 1), owner=self, spacing=8)
        self._update_layout(narrow=False)
        self.show_side(PREVIEW_TAB)

    def _connect(self) -> None:
        """Connect the signals of list, preview and side parts, and the keys of the list."""
        table = self.question_list.table
        self.page_switch.chosen.connect(self.show_side)
        table.opened.connect(self.edit)
        table.edit_asked.connect(self.edit)
        table.delete_asked.connect(self.remove)
        table.chosen.connect(self._on_row_chosen)
        self.question_list.add_asked.connect(self.add)
        self.question_list.edit_asked.connect(lambda: self.edit(table.current()))
        self.question_list.copy_asked.connect(lambda: self.duplicate(table.current()))
        self.question_list.remove_asked.connect(lambda: self.remove(table.selected()))
        self.question_list.move_asked.connect(self.move_question)
        self.row_drag.row_dropped.connect(self._move_row)
        self.preview.checked.connect(self._show_findings)
        self.findings.chosen.connect(self._open_by_code)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            self._add_shortcut(keys, partial(self.move_question, step))
        self._add_shortcut("Ctrl+D", lambda: self.duplicate(table.current()))
        self._add_shortcut("Insert", self.add)

    @cached_property
    def editor(self) -> QuestionEditor:
        """Return the editor of one question, built on first use, since most visits only read."""
        made = QuestionEditor()
        made.saved.connect(self._save_edited)
        made.edited.connect(self._update_preview)
        made.closed.connect(self._close_editor)
        self._left.addWidget(made)
        return made

    @property
    def edited_code(self) -> str | None:
        """Return the code of the question being edited, "" for a new one, None where none is."""
        return self.editor.edited_code if "editor" in vars(self) else None

    def _add_shortcut(self, keys: str, on_press: Callable[[], object]) -> None:
        """Add a key that works while the list has the focus."""
        on_key(self.question_list.table, keys, on_press, inside=True)

    # what the page around does

    def show_questions_of(
        self, questions: tuple[Question, ...], *, is_wording_only: bool, is_read_only: bool, **of: int
    ) -> None:
        """Show a set; ``of`` is ``event_id=…`` or ``questionnaire_id=…``, whose set it is.

        ``is_wording_only`` = only its wording may change, ``is_read_only`` = nothing. A question being edited stays
        open with the same set; with another set it is discarded.
        """
        if of != self._owner_id:
            if self.edited_code is not None:
                self.editor.discard()
            self._to_select = 0
        self._questions, self._owner_id = questions, of
        self._is_wording_only, self._is_read_only = is_wording_only, is_read_only
        self.row_drag.is_allowed = not (is_wording_only or is_read_only)
        code = self.edited_code
        if code and all(one.code != code for one in questions):
            # Undone meanwhile: the input is still readable, and saving says why it is impossible.
            code = ""
        wanted = self._code_to_select()
        self.question_list.show_questions(
            questions, wanted, is_open=not is_wording_only and not is_read_only, editable=not is_read_only
        )
        if code is None:
            self.preview.show_questions(questions, **of)
        else:
            self.preview.show_questions(self._with_edited(self.editor.edited_question()), **of)

    @property
    def has_unsaved_question(self) -> bool:
        """Return whether a question is half typed."""
        return self.edited_code is not None and self.editor.has_unsaved_work

    def take_focus(self) -> None:
        """Set the focus to the list, or to the current question."""
        if self.edited_code is not None:
            self.editor.form.go_to("title")
        else:
            self.question_list.table.setFocus()

    def focus_questions(self) -> None:
        """Focus the questions; in a narrow window show them first in place of the sheet."""
        if self._narrow:
            self.show_side(_QUESTIONS)
        self.take_focus()

    def show_side(self, words: str) -> None:
        """Show the side part with this title (用紙の見本 …); in a narrow window also the questions (設問)."""
        self.page_switch.show_page(words)
        self._side = words if words in self._pages else self._side
        for each, page in self._pages.items():
            page.setVisible(each == self._side or (each == PREVIEW_TAB and not self._narrow))
        for each, fold in self._folds.items():
            with QSignalBlocker(fold):
                fold.setChecked(each == self._side)
        self._update_folds()
        if self._narrow:
            self._left.setVisible(words == _QUESTIONS)
            self._side_panel.setVisible(words != _QUESTIONS)

    def show_side_status(self, words: str, status: str) -> None:
        """Show ``status`` (「協議済 10/30(金)」) on the fold line of the side part named ``words``."""
        self._folds[words].show_count(0, status)
        self._update_folds()

    def _update_folds(self) -> None:
        """Show the finding line above the sheet only if there are findings."""
        for each, fold in self._folds.items():
            nothing = each == FINDINGS_TAB != self._side and not self.findings.findings
            fold.setVisible(not self._narrow and not nothing)

    # acts

    def add(self) -> None:
        """Open the editor for a new question at the end."""
        if not (self._is_wording_only or self._is_read_only):
            self._open(Question(code="", title="", type=QuestionType.ONE), self._questions, new=True)

    def edit(self, question: Question | None) -> None:
        """Open a question in the editor, unless the set is read-only."""
        if question is None or self._is_read_only:
            return
        self._open(question, self._questions[: self._place(question.code)], new=False)

    def duplicate(self, question: Question | None) -> None:
        """Save a copy of a question behind it, and choose the copy; only if questions may be added."""
        if question is not None and not (self._is_wording_only or self._is_read_only):
            self._to_select = self._place(question.code) + 1
            self._save_all(duplicate_question(self._questions, question.code))

    def remove(self, questions: Sequence[Question]) -> None:
        """Save the set without these questions; undo restores them.

        Where the set may not change, ``save_questions`` refuses and says why (``save_failed``).
        """
        if not questions:
            return
        left = self._questions
        for question in questions:
            left = remove_question(left, question.code)
        self._to_select = max(0, self._place(questions[0].code) - 1)
        self._save_all(left)

    def move_question(self, step: int) -> None:
        """Save the set with the current question moved up (−1) or down (+1), if there is room."""
        question = self.question_list.table.current()
        if question is not None:
            place = self._place(question.code) + step
            if 0 <= place < len(self._questions):
                self._move_row(place - step, place)

    # inside

    def _open(self, question: Question, earlier: Sequence[Question], *, new: bool) -> None:
        """Show a question in the editor, and its page in the preview unless it is new."""
        self.editor.open_question(question, earlier, new=new, is_wording_only=self._is_wording_only)
        self._left.setCurrentWidget(self.editor)
        if self._narrow:
            self.show_side(_QUESTIONS)
        self.editor.form.go_to("title")
        if not new:
            self.preview.show_question(question.code)

    def _open_by_code(self, code: str) -> None:
        """Choose the question with this code in the list, and open it in the editor."""
        found = next((one for one in self._questions if one.code == code), None)
        if found is not None:
            self.question_list.table.choose(lambda one: one.code == code, take_focus=False)
            self.edit(found)

    def _move_row(self, row: int, place: int) -> None:
        """Save the set with a question moved from ``row`` to ``place``."""
        code = self._questions[row].code
        self._to_select = code
        self._save_all(move_question(self._questions, code, place))

    def _with_edited(self, edited: Question) -> tuple[Question, ...]:
        """Return the questions with the one being edited in its place, a new one at the end."""
        if not edited.code or all(one.code != edited.code for one in self._questions):
            return (*self._questions, edited)
        return replace_question(self._questions, edited)

    def _update_preview(self, edited: Question) -> None:
        """Draw the sheet soon with the question as it is being typed."""
        shown = self._with_edited(edited)
        self.preview.redraw_later(shown, edited.code or f"*{len(shown)}")

    def _save_edited(self, edited: Question) -> None:
        """Save the set with the edited question, and close the editor."""
        self._to_select = edited.code or len(self._questions)
        self._save(self._with_edited(edited), lambda _saved: self.editor.close_saved(), self.editor.show_error)

    def _save_all(self, questions: tuple[Question, ...]) -> None:
        self._save(questions, lambda _saved: None, self.save_failed.emit)

    def _close_editor(self) -> None:
        """Show the list again instead of the editor, and emit ``editor_closed``."""
        self._left.setCurrentWidget(self.question_list)
        self.preview.show_questions(self._questions, **self._owner_id)
        self.question_list.table.setFocus()
        self.editor_closed.emit()

    def _show_findings(self, findings: tuple[QuestionFinding, ...]) -> None:
        """Show the findings, with links to saved questions only."""
        if self.edited_code == "":
            # The new question has no code of its own yet, so only itself can be opened.
            codes = {one.code for one in self._questions}
            findings = tuple(one if one.code in codes else replace(one, code="") for one in findings)
        self.findings.show_findings(findings)
        self.page_switch.set_count(FINDINGS_TAB, len(findings))
        self._folds[FINDINGS_TAB].show_count(len(findings))
        self._update_folds()
        self.question_list.mark_questions({finding.code for finding in findings if finding.weight == "注意"})

    def _on_row_chosen(self, question: Question | None) -> None:
        if question is not None and self.edited_code is None:
            self.preview.show_question(question.code)

    def _place(self, code: str) -> int:
        return next((place for place, one in enumerate(self._questions) if one.code == code), 0)

    def _code_to_select(self) -> str:
        """Return the code to select, as requested by code or place, else as before."""
        wanted, self._to_select = self._to_select, ""
        if isinstance(wanted, int):
            return self._questions[min(wanted, len(self._questions) - 1)].code if self._questions else ""
        return wanted

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show two parts side by side, or one of them in a narrow window."""
        super().resizeEvent(event)
        narrow = t.should_fold_steps(self)
        self._side_panel.setMaximumWidth(t.NO_LIMIT if narrow else round(self.width() * _RIGHT_SHARE))
        self._side_panel.setMinimumWidth(0 if narrow else round(self.width() * _RIGHT_SHARE))
        self._update_layout(narrow=narrow)

    def _update_layout(self, *, narrow: bool) -> None:
        """Show one part at a time where both don't fit."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.page_switch.setVisible(narrow)
        if narrow:
            self.show_side(_QUESTIONS)
        else:
            self._left.show()
            self._side_panel.show()
            self.show_side(self._side)
