"""検算・代行入力: sheets typed with the number keys, one after the other, each saved at its end."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.screens.entry_board import (
    HALF_TYPED,
    STAY_BLIND,
    STAYS,
    EntryBoard,
    EntryHead,
    EntrySide,
    gap_words,
    usual_hint,
)
from app.subjects.surveys.typing.screens.entry_start import EntryPlan, EntryStart
from app.subjects.surveys.typing.screens.second_entry_dialog import SecondEntryDialog
from app.subjects.surveys.typing.screens.sheet_entry import TypedSheet
from app.subjects.surveys.typing.services.sheet_drafts import discard_draft, keep_draft
from app.subjects.surveys.typing.services.survey_entry import (
    add_paper_sheet,
    change_sheet,
    choose_purpose,
    purpose_of,
    set_papers_received,
)
from app.subjects.surveys.typing.services.survey_second_entry import (
    add_second_entry,
    colleagues,
    next_new,
    next_second,
    paper_total,
    to_settle,
    untyped_below,
    waiting_numbers,
)
from app.widgets.labels import key_cap, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import scrolling
from app.widgets.sending import Sending, note_failure
from app.window import theme as t
from app.window.desk import Desk, acting
from app.window.failure_messages import failure_of
from db.records.surveys import AnswerSheet, SheetDraft

_IDLE_SECONDS = 120


class EntryPage(Sending, QWidget):
    """The start, and the sheet under the hand.

    Signals: ``left(str)`` the word of the page to go to (照合, 回答); ``typing()`` a sheet came under the hand, or the
        start
    came back.
    """

    left = Signal(str)
    typing = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._view: SurveyView | None = None
        self._sheet: TypedSheet | None = None
        self._held: list[TypedSheet] = []
        self._later: list[tuple[SurveyView, TypedSheet, str]] = []
        self._saving: set[int] = set()
        self._least = 1
        self._typist = ""
        self._hinted = ""
        self._watch = QElapsedTimer()
        self._times: list[float] = []
        self.start = EntryStart(desk.user_name, read_only=desk.read_only)
        self.head = EntryHead()
        self.board = EntryBoard()
        self.side = EntrySide()
        self.problem = NoteBox()
        self.hint = wrapped_label("", "small")
        self._build()
        self._connect()

    def _build(self) -> None:
        typing = QWidget()
        self._side_area = scrolling(self.side)
        self._side_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side_area.setFixedWidth(t.scaled(224))
        column = in_column(
            self.head, self.problem, (in_row((self.board, 1), self._side_area, spacing=16), 1), owner=typing, spacing=8
        )
        # The button stands at the far right: the bar that offers undo after each sheet is in the middle.
        self._enter = key_cap("Enter")
        column.addLayout(in_row((self.hint, 1), self.head.finish_button, self._enter, spacing=16))
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.start)
        self._stack.addWidget(typing)

    def _connect(self) -> None:
        self.start.begun.connect(self._begin)
        self.start.second.settling_asked.connect(self.settle_differences)
        self.board.finished.connect(self.finish)
        self.board.moved.connect(self._follow)
        self.board.hinted.connect(self._hint)
        self.board.paged.connect(self._turn)
        self.head.finish_button.clicked.connect(self._press_finish)
        self.head.turned.connect(self._turn)
        self.head.number_chosen.connect(self._choose_number)
        self.head.stopped.connect(self.stop)
        self.side.purpose_asked.connect(self.stop)
        self.side.comparison_asked.connect(lambda: self.left.emit("照合"))
        self.start.draft_asked.connect(self._resume)
        self.start.draft_dropped.connect(self._drop)
        self.desk.lock_changed.connect(self._keep_now)

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Show how far the survey is; a sheet under the hand stays as it is."""
        before, self._view = self._view, view
        if before is not None and before.event.id != view.event.id:
            if self._must_stay():
                self._keep_later(before)
            self._forget()
        self.start.show_view(view, self.desk.today())
        self.fetch(self.start.show_colleagues, colleagues, name=self.desk.user_name)
        if self._sheet is not None and self._sheet.renumbers:
            self._sheet.number = self._next_number(self._sheet)
        self._follow()

    def correct(self, sheet: AnswerSheet) -> None:
        """Open a saved sheet (paper or online) to correct it."""
        view = self._view
        if view is None or view.survey is None:
            return
        if self._must_stay():
            self._hint(STAYS)
            return
        self.keep_draft()
        kept = next((one for one in view.drafts if one.sheet_id == sheet.id), None)
        if kept is not None:
            self._resume(kept)
        else:
            self._take(TypedSheet.saved(view.survey.questions, sheet))

    def take_focus(self) -> None:
        """Bring the keyboard to the sheet, or to the start."""
        if self._sheet is None:
            self.start.take_focus()
        else:
            self.board.take_keys()

    @property
    def under_hand(self) -> bool:
        """Whether a sheet is being typed, or waits to be kept."""
        return self._sheet is not None or bool(self._later)

    def keep_draft(self) -> None:
        """Keep every sheet that is half typed, under the hand or held back by one that could not be saved.

        So leaving asks for nothing and loses nothing: to another page, another place, or out of the program. While a
        colleague has the seat they stay under the hand instead.
        """
        if self._must_stay():
            return
        for sheet in (*self._held, *((self._sheet,) if self._sheet is not None else ())):
            self._keep(sheet)
        if self._sheet is not None:
            self._to_start()

    def _must_stay(self) -> bool:
        """Whether a sheet is half typed and cannot be kept now."""
        half = [*self._held, *((self._sheet,) if self._sheet is not None else ())]
        return self.desk.read_only and any(one.entry.started for one in half)

    def _keep_later(self, view: SurveyView) -> None:
        """Another survey is shown while a colleague has the seat: what is half typed is kept as soon as it is back."""
        half = (*self._held, *((self._sheet,) if self._sheet is not None else ()))
        self._later += [(view, sheet, self._typist) for sheet in half if sheet.entry.started]

    def _keep_now(self) -> None:
        if not self.desk.read_only:
            later, self._later = self._later, []
            for view, sheet, typist in later:
                self._keep(sheet, view=view, typist=typist)

    def _keep(self, sheet: TypedSheet, *, view: SurveyView | None = None, typist: str = "") -> None:
        view = view or self._view
        if view is None or view.survey is None or not sheet.entry.started or view.survey.frozen_at is not None:
            return
        self.send(
            acting(
                self.desk,
                keep_draft,
                survey_id=view.survey.id,
                number=sheet.number,
                second=sheet.second,
                sheet_id=sheet.sheet_id,
                answers=dict(sheet.entry.answers),
                answered=sheet.entry.answered,
                place=sheet.entry.place,
                typist=(typist or self._typist) if sheet.second else "",
            ),
            failed=lambda problem: note_failure(failure_of(problem), self.start.note),
        )

    def _resume(self, draft: SheetDraft) -> None:
        """Go on with a sheet that was left half typed."""
        view = self._view
        if view is None or view.survey is None:
            return
        sheet = next((one for one in view.sheets if one.id == draft.sheet_id), None)
        if sheet is None and draft.sheet_id:
            draft = replace(draft, sheet_id=0)
        self._times = []
        self._least, self._typist = draft.number, draft.typist
        online = sheet is not None and sheet.source != "紙"
        self._take(TypedSheet.resumed(view.survey.questions, draft, online=online))

    def _drop(self, draft: SheetDraft) -> None:
        self.do(discard_draft, draft_id=draft.id)

    # typing

    def _begin(self, plan: EntryPlan) -> None:
        view = self._view
        if view is None or view.survey is None:
            return
        survey = view.survey
        if (plan.purpose, plan.agreement.strip()) != purpose_of(survey):
            self.send(
                acting(self.desk, choose_purpose, survey_id=survey.id, purpose=plan.purpose, agreement=plan.agreement),
                failed=self._refuse_start,
            )
        if plan.total is not None and plan.total != survey.papers_received:
            self.do(set_papers_received, survey_id=survey.id, count=plan.total)
        self._times = []
        self._least, self._typist = plan.number, plan.typist
        kept = (
            one for one in view.drafts if not one.sheet_id and (one.number, one.second) == (plan.number, plan.second)
        )
        draft = next(kept, None)
        if draft is not None:
            self._resume(draft)
            return
        sheet = TypedSheet.new(survey.questions, plan.number, second=plan.second)
        sheet.fixed_number = not plan.second and plan.number != next_new(view)
        self._take(sheet)

    def _refuse_start(self, problem: Exception) -> None:
        self._to_start()
        note_failure(failure_of(problem), self.start.note)

    def _take(self, sheet: TypedSheet) -> None:
        self._sheet = sheet
        self._watch.start()
        self._stack.setCurrentIndex(1)
        self.board.show_sheet(sheet.entry)
        self.board.take_keys()
        self._follow()
        self.typing.emit()

    def finish(self) -> None:
        """Save the sheet and go on with the next one at once; saving goes on behind."""
        sheet = self._sheet
        view = self._view
        if sheet is None or view is None or view.survey is None:
            return
        self.problem.say("")
        if sheet.sheet_id:
            self._write_change(sheet)
            self._sheet = None
            self.stop()
            return
        self._note_time()
        self._saving.add(sheet.number)
        more = {"typist": self._typist} if sheet.second else {}
        self.send(
            acting(
                self.desk,
                add_second_entry if sheet.second else add_paper_sheet,
                survey_id=view.survey.id,
                number=sheet.number,
                answers=dict(sheet.entry.answers),
                **more,
            ),
            lambda _saved: self._saving.discard(sheet.number),
            failed=lambda problem: self._bring_back(sheet, problem),
        )
        self._go_on(second=sheet.second)

    def _go_on(self, *, second: bool) -> None:
        view = self._view
        if view is None or view.survey is None:
            return
        if self._held:
            self._take(self._held.pop())
            return
        number = next_second(view, least=self._least, under_way=self._saving) if second else self._next_of_pile()
        if number is None:
            # The last one is on its way: nothing half typed stays behind.
            self._sheet = None
            self.stop()
            return
        self._take(TypedSheet.new(view.survey.questions, number, second=second))

    def _bring_back(self, sheet: TypedSheet, problem: Exception) -> None:
        """A sheet that could not be saved comes back under the hand; nothing typed is lost."""
        self._saving.discard(sheet.number)
        if self._sheet is not None and self._sheet.entry.started:
            self._held.append(self._sheet)
        sheet.fixed_number = True
        self._take(sheet)
        note_failure(failure_of(problem), self.problem)

    def _write_change(self, sheet: TypedSheet) -> None:
        self.send(
            acting(self.desk, change_sheet, sheet_id=sheet.sheet_id, answers=dict(sheet.entry.answers)),
            failed=lambda problem: self._bring_back(sheet, problem),
        )

    def settle_differences(self) -> None:
        """Open the sheets whose two typings differ, one after the other."""
        view = self._view
        open_ones = to_settle(view) if view is not None else ()
        if view is None or view.survey is None or not open_ones:
            return
        dialog = SecondEntryDialog(self.desk, open_ones[0], view.survey.questions, self)
        settled = open_ones[0].second.id
        dialog.stored.connect(lambda: self._settle_next(settled))
        dialog.open()

    def _settle_next(self, settled: int) -> None:
        # What was just settled may still stand in the view: it is read again behind.
        if self._view is not None:
            left = tuple(one for one in self._view.second if one.id != settled)
            self._view = replace(self._view, second=left)
        self.settle_differences()

    # moving about

    def stop(self) -> None:
        """Leave the sheet under the hand; what is half typed is kept until one goes on."""
        if self._must_stay():
            self._hint(STAYS)
            return
        if self._sheet is not None:
            self._keep(self._sheet)
        self._to_start()
        self.start.take_focus()

    def _to_start(self) -> None:
        self._sheet = None
        self._held = []
        self._hint("")
        self.problem.say("")
        if self._view is not None:
            self.start.show_view(self._view, self.desk.today())
        self._stack.setCurrentIndex(0)
        self.typing.emit()

    def _forget(self) -> None:
        self._times = []
        self._to_start()

    def _turn(self, step: int) -> None:
        sheet, view = self._sheet, self._view
        if sheet is None or view is None or view.survey is None:
            return
        if sheet.entry.started or sheet.second:
            self._hint(HALF_TYPED if sheet.entry.started else STAY_BLIND)
            return
        numbers = sorted((one.number or 0, one) for one in view.paper if one.number)
        wanted = [one for one in numbers if (one[0] < sheet.number if step < 0 else one[0] > sheet.number)]
        if wanted:
            self.correct((wanted[-1] if step < 0 else wanted[0])[1])
        elif step > 0:
            number = self._next_of_pile()
            if number is None:
                self._hint("受け取った用紙は、すべて入力してあります。")
            else:
                self._take(TypedSheet.new(view.survey.questions, number))

    def _choose_number(self, number: int) -> None:
        sheet, view = self._sheet, self._view
        if sheet is None or view is None:
            return
        taken = number in {one.number for one in view.paper}
        if sheet.second and number not in waiting_numbers(view):
            self._hint(f"{number}枚目は、1回目がまだか、もう2回打ってあります。")
        elif taken and not sheet.second:
            self._hint(f"{number}枚目はもう入力されています。直すときは「前の紙」か、回答の一覧から開けます。")
        else:
            self._hint("" if sheet.second else gap_words(untyped_below(view, number, under_way=self._saving)))
            sheet.number = number
            sheet.fixed_number = True
            self._least = number
        self._follow()
        self.board.take_keys()

    def _next_number(self, sheet: TypedSheet | None = None) -> int:
        if sheet is not None and sheet.second:
            return next_second(self._view, least=self._least, under_way=self._saving) or sheet.number
        return next_new(self._view, under_way=self._saving)

    def _next_of_pile(self) -> int | None:
        """The next new sheet; None when all that came back are typed, so that no empty one opens behind the last."""
        number = self._next_number()
        total = paper_total(self._view)
        return None if total is not None and number > total else number

    def _is_last(self) -> bool:
        """Whether no other sheet comes after the one under the hand."""
        sheet, view = self._sheet, self._view
        if sheet is None or view is None or self._held:
            return False
        under_way = {*self._saving, sheet.number}
        if sheet.second:
            return next_second(view, least=self._least, under_way=under_way) is None
        total = paper_total(view)
        return total is not None and next_new(view, under_way=under_way) > total

    def _press_finish(self) -> None:
        # By mouse the button stands for Enter: it ends the sheet, or says which question is still open.
        self.board.entry.ask(len(self.board.entry.questions))
        self.board.confirm()

    def _note_time(self) -> None:
        seconds = self._watch.elapsed() / 1000
        if seconds < _IDLE_SECONDS:
            self._times.append(seconds)

    def _hint(self, words: str) -> None:
        self._hinted = words
        self.hint.setText(words or usual_hint(self._sheet, last=self._is_last()))

    def _follow(self) -> None:
        view, sheet = self._view, self._sheet
        if view is None or view.survey is None:
            return
        if not self._hinted:
            self.hint.setText(usual_hint(sheet, last=self._is_last()))
        second = sheet is not None and sheet.second
        if sheet is not None:
            total = len(view.paper) if second else paper_total(view)
            complete = sheet.entry.question is None
            self.head.show_sheet(sheet, total=total, complete=complete, last=self._is_last())
            # In the middle of a sheet Enter only ends a question: the key stands beside the button when it presses it.
            self._enter.setVisible(complete)
        seconds = sum(self._times) / len(self._times) if self._times else None
        self.side.show_view(view, seconds=seconds, second=second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1000 px the side panels give their room to the sheet."""
        super().resizeEvent(event)
        narrow = self.window().width() < t.FOLD_STEPS
        self._side_area.setVisible(not narrow)
        self.head.fold(narrow=narrow)
        self._follow()
