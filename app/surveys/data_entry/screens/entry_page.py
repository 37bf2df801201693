"""検算・代行入力, to enter responses with the number keys, each saved at its end."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.surveys.data_entry.screens.entry_board import (
    FIRST_ENTRY_HIDDEN,
    KEPT_WHILE_READ_ONLY,
    UNSAVED_RESPONSE,
    EntryBoard,
    EntryHeader,
    EntrySidebar,
    default_hint,
    gap_hint,
)
from app.surveys.data_entry.screens.entry_start import EntryPlan, EntryStart
from app.surveys.data_entry.screens.response_entry import EditedResponse
from app.surveys.data_entry.screens.second_entry_dialog import SecondEntryDialog
from app.surveys.data_entry.services import (
    add_paper_response,
    add_second_entry,
    change_response,
    discard_draft,
    next_new_number,
    next_second_number,
    numbers_entered_once,
    paper_response_total,
    purpose_of,
    read_colleagues,
    save_draft,
    save_purpose,
    set_papers_received,
    unentered_below,
    unsettled_responses,
)
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.labels import key_cap, small_label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.announce import announce
from app.window.app_context import AppContext, bind_action
from app.window.failure_messages import failure_of
from db.records.surveys import ResponseDraft, SurveyResponse

THIS_PAGE = "検算・代行入力"
_IDLE_SECONDS = 120


class EntryPage(ActionMixin, QWidget):
    """Page of data entry: its start, or the response being entered.

    Signals: ``page_asked(str)`` the name of the page to go to: 照合, that from which a response was corrected, or
    this one where that could not be saved; ``entry_state_changed()`` a response was opened or the start is shown.
    """

    page_asked = Signal(str)
    entry_state_changed = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: SurveyView | None = None
        self._response: EditedResponse | None = None
        self._waiting_responses: list[EditedResponse] = []
        self._queued_drafts: list[tuple[SurveyView, EditedResponse]] = []
        self._numbers_being_saved: set[int] = set()
        self._first_number = 1
        self._back_page = ""
        self._hint_text = ""
        self._stopwatch = QElapsedTimer()
        self._entry_seconds: list[float] = []
        self.start_page = EntryStart(app_context.user_name, read_only=app_context.read_only)
        self.bar_buttons = (self.start_page.begin_button,)
        self.header = EntryHeader()
        self.board = EntryBoard()
        self.sidebar = EntrySidebar()
        self.problem = NoteBox()
        self.hint = small_label()
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the questions, the head and the side."""
        typing = self._typing = QWidget()
        self._side_area = in_scroll_area(self.sidebar)
        self._side_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side_area.setFixedWidth(t.scaled(224))
        column = in_column(
            self.header,
            self.problem,
            (in_row((self.board, 1), self._side_area, spacing=16), 1),
            owner=typing,
            spacing=8,
        )
        # The button is at the far right, since the undo bar after each response is in the middle.
        self._enter = key_cap("Enter")
        column.addLayout(in_row((self.hint, 1), self.header.finish_button, self._enter, spacing=16))
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(typing)

    def _connect(self) -> None:
        self.start_page.start_asked.connect(self._begin)
        self.start_page.second_entry_panel.settle_button.chosen.connect(self.settle_differences)
        self.board.finished.connect(self.save_and_continue)
        self.board.moved.connect(self._update_display)
        self.board.hint_changed.connect(self._show_hint)
        self.board.paged.connect(self._step_response)
        self.header.finish_button.clicked.connect(self._press_finish)
        self.header.step_asked.connect(self._step_response)
        self.header.number_chosen.connect(self._choose_number)
        self.header.stop_button.chosen.connect(self.stop_entry)
        self.sidebar.purpose_asked.connect(self._show_purpose)
        self.sidebar.comparison_asked.connect(lambda: self.page_asked.emit("照合"))
        self.start_page.draft_asked.connect(self._resume)
        self.start_page.draft_discarded.connect(self._discard_draft)
        self.app_context.lock_changed.connect(self._save_queued_drafts)

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Show the progress of the survey; the current response is kept unless the event has changed.

        An untouched new response gets the next free number. Half-entered ones of another event wait as drafts where
        they cannot be saved now.
        """
        before, self._view = self._view, view
        if before is not None and before.event.id != view.event.id:
            if self._has_unsavable_work():
                self._queue_drafts(before)
            self._reset()
        self.start_page.show_view(view, self.today)
        self.run_read(self.start_page.show_colleagues, read_colleagues, name=self.app_context.user_name)
        sheet = self._response
        if sheet is not None and sheet.may_be_renumbered:
            sheet.number = (
                self._next_number(second=True) or sheet.number
                if sheet.is_second
                else next_new_number(view, numbers_in_progress=self._numbers_being_saved)
            )
        self._update_display()

    def correct_response(self, response: SurveyResponse, *, back_page: str = "") -> None:
        """Open a saved response (paper or online) to correct it, or its draft if it has one.

        Afterwards the page named ``back_page`` is asked for, "" = the start is shown.
        A half-entered one is saved as a draft first; where it can't be saved, nothing is opened.
        """
        view = self._view
        if view is None or view.survey is None:
            return
        if self._has_unsavable_work():
            self._show_hint(KEPT_WHILE_READ_ONLY)
            return
        self.save_drafts()
        self._back_page = back_page
        if (kept := next((one for one in view.drafts if one.sheet_id == response.id), None)) is not None:
            self._resume(kept)
        else:
            self._open_response(EditedResponse.from_saved(view.survey.questions, response))

    def take_focus(self) -> None:
        """Set the focus to the response, or to the start."""
        if self._response is None:
            self.start_page.take_focus()
        else:
            self.board.take_keyboard()

    def least_height(self, width: int) -> int:
        """Return the height that a response being entered needs at least in this width."""
        inside = self._typing.layout()
        return inside.totalMinimumHeightForWidth(width) if inside is not None else 0

    @property
    def has_open_response(self) -> bool:
        """Return whether a response is being entered, or waits to be saved."""
        return self._response is not None or bool(self._queued_drafts)

    @property
    def _open_responses(self) -> tuple[EditedResponse, ...]:
        return (*self._waiting_responses, *((self._response,) if self._response is not None else ()))

    def save_drafts(self) -> None:
        """Save every half-entered response (the current one and unsaved ones) as a draft, and show the start.

        So leaving asks nothing and loses nothing. While a colleague holds the write lock they stay open instead.
        """
        if self._has_unsavable_work():
            return
        for sheet in self._open_responses:
            self._save_draft(sheet, self._view)
        if self._response is not None:
            self._show_start()

    def _has_unsavable_work(self) -> bool:
        return self.app_context.read_only and any(one.entry.has_changes for one in self._open_responses)

    def _queue_drafts(self, view: SurveyView) -> None:
        """Queue half-entered responses of another survey, to be saved when the write lock is free."""
        self._queued_drafts += [(view, sheet) for sheet in self._open_responses if sheet.entry.has_changes]

    def _save_queued_drafts(self) -> None:
        """Save the drafts that waited while another person held the lock, once one may write."""
        if self.may_write:
            later, self._queued_drafts = self._queued_drafts, []
            for view, sheet in later:
                self._save_draft(sheet, view)

    def _save_draft(self, response: EditedResponse, view: SurveyView | None) -> None:
        """Save a response that was changed but not finished as a draft; nothing once the totals are fixed."""
        survey = view.survey if view is not None else None
        if survey is None or not response.entry.has_changes or survey.frozen_at is not None:
            return
        self.run_change(
            bind_action(
                save_draft,
                survey_id=survey.id,
                number=response.number,
                second=response.is_second,
                sheet_id=response.sheet_id,
                answers=dict(response.entry.answers),
                answered=response.entry.answered_codes,
                place=response.entry.place,
                typist=response.typist,
            ),
            failed=lambda problem: show_failure_in(failure_of(problem), self.start_page.note),
        )

    def _resume(self, draft: ResponseDraft) -> None:
        """Open the response of a draft, to go on with it; that of a response that was deleted becomes a new one."""
        view = self._view
        if view is None or view.survey is None:
            return
        sheet = next((one for one in view.responses if one.id == draft.sheet_id), None)
        if sheet is None and draft.sheet_id:
            draft = replace(draft, sheet_id=0)
        self._entry_seconds = []
        self._first_number = draft.number
        online = sheet is not None and not sheet.source.is_paper
        self._open_response(EditedResponse.from_draft(view.survey.questions, draft, online=online))

    def _discard_draft(self, draft: ResponseDraft) -> None:
        self.run_action(discard_draft, draft_id=draft.id)

    # typing

    def _begin(self, plan: EntryPlan) -> None:
        """Open the first response as planned, or its draft.

        Purpose and number of papers are stored first, if they are new.
        """
        view = self._view
        if view is None or view.survey is None:
            return
        survey = view.survey
        if (plan.purpose, plan.agreement.strip()) != purpose_of(survey):
            self.run_change(
                bind_action(save_purpose, survey_id=survey.id, purpose=plan.purpose, agreement=plan.agreement),
                failed=self._show_start_error,
            )
        if plan.total is not None and plan.total != survey.papers_received:
            self.run_action(set_papers_received, survey_id=survey.id, count=plan.total)
        self._entry_seconds = []
        self._first_number = plan.number
        wanted = (plan.number, plan.is_second, 0)
        kept = (one for one in view.drafts if (one.number, one.second, one.sheet_id) == wanted)
        if (draft := next(kept, None)) is not None:
            self._resume(draft)
            return
        sheet = EditedResponse.create_empty(survey.questions, plan.number, second=plan.is_second, typist=plan.typist)
        sheet.has_fixed_number = not plan.is_second and plan.number != next_new_number(view)
        self._open_response(sheet)

    def _show_start_error(self, problem: Exception) -> None:
        """Show the start, and there why the entry could not begin."""
        self._show_start()
        show_failure_in(failure_of(problem), self.start_page.note)

    def _open_response(self, response: EditedResponse) -> None:
        """Show a response on the board to be typed, start its stopwatch, and emit ``entry_state_changed``."""
        self._response = response
        self._stopwatch.start()
        self.board.show_response(response.entry)
        self.board.take_keyboard()  # before the board is shown: showing it hands the focus straight to it
        self._stack.setCurrentIndex(1)
        self._update_display()
        self.entry_state_changed.emit()

    def save_and_continue(self) -> None:
        """Save the response in the background and go on with the next at once; a correction leads back."""
        sheet = self._response
        view = self._view
        if sheet is None or view is None or view.survey is None:
            return
        self.problem.show_text("")
        if sheet.sheet_id:
            back_page = self._back_page
            self._save_correction(sheet, back_page)
            self._response = None
            self._leave_entry(back_page)
            return
        self._record_time()
        self._numbers_being_saved.add(sheet.number)
        more = {"typist": sheet.typist} if sheet.is_second else {}
        self.run_change(
            bind_action(
                add_second_entry if sheet.is_second else add_paper_response,
                survey_id=view.survey.id,
                number=sheet.number,
                answers=dict(sheet.entry.answers),
                **more,
            ),
            lambda _saved: self._numbers_being_saved.discard(sheet.number),
            failed=lambda problem: self._reopen_unsaved(sheet, problem),
        )
        # One that waits comes first.
        following = self._waiting_responses.pop() if self._waiting_responses else self._after(sheet)
        if following is None:
            # The last one is being saved, so no draft is left behind.
            self._response = None
            self.stop_entry()
        else:
            self._open_response(following)

    def _after(self, response: EditedResponse) -> EditedResponse | None:
        """Return the next response to be entered, empty, None where none is left."""
        survey = self._view.survey if self._view is not None else None
        number, second = self._next_number(second=response.is_second), response.is_second
        if survey is None or number is None:
            return None
        return EditedResponse.create_empty(survey.questions, number, second=second, typist=response.typist)

    def _reopen_unsaved(self, response: EditedResponse, problem: Exception) -> None:
        """Show a response that could not be saved again, with everything entered and the reason of the failure."""
        self._numbers_being_saved.discard(response.number)
        if self._response is not None and self._response.entry.has_changes:
            self._waiting_responses.append(self._response)
        response.has_fixed_number = True
        show_failure_in(failure_of(problem), self.problem)  # before it is opened: no key begins the next one
        self._open_response(response)

    def _save_correction(self, response: EditedResponse, back_page: str) -> None:
        """Save the corrected answers of a stored response; reopen it, and show this page again, if that fails."""

        def reopen(problem: Exception) -> None:
            """Show the response and the reason, with the same way back."""
            self._back_page = back_page
            self._reopen_unsaved(response, problem)
            self.page_asked.emit(THIS_PAGE)

        self.run_change(
            bind_action(change_response, sheet_id=response.sheet_id, answers=dict(response.entry.answers)),
            failed=reopen,
        )

    def settle_differences(self) -> None:
        """Open the dialog for the first response whose two entries differ; the others follow on saving."""
        open_ones = unsettled_responses(self._view) if self._view is not None else ()
        if not open_ones:
            return
        dialog = SecondEntryDialog(self, open_ones[0])
        settled = open_ones[0].second_entry.id
        dialog.saved_result.connect(lambda: self._settle_next(settled))
        dialog.open()

    def _settle_next(self, settled: int) -> None:
        """Open the next response whose two entries differ, without the one just settled."""
        # The response just settled may still be in the view, which is read again in the background.
        if self._view is not None:
            left = tuple(one for one in self._view.second_entries if one.id != settled)
            self._view = replace(self._view, second_entries=left)
        self.settle_differences()

    # moving about

    def stop_entry(self) -> None:
        """Leave the current response; it is kept as a draft if half entered, and so are those that wait behind it."""
        if self._has_unsavable_work():
            self._show_hint(KEPT_WHILE_READ_ONLY)
            return
        self._leave_entry(self._back_page if self._response is not None and self._response.sheet_id else "")

    def _leave_entry(self, back_page: str) -> None:
        """Save open responses as drafts, then ask for the page named ``back_page``, "" = show the start."""
        for sheet in self._open_responses:
            self._save_draft(sheet, self._view)
        self._show_start()
        if back_page:
            self.page_asked.emit(back_page)
        else:
            self.start_page.take_focus()

    def _show_purpose(self) -> None:
        """Leave the current response for the start, where the purpose is chosen."""
        self._back_page = ""
        self.stop_entry()

    def _show_start(self) -> None:
        """Show the start page, with no response open, and emit ``entry_state_changed``."""
        self._response = None
        self._back_page = ""
        self._waiting_responses = []
        self._show_hint("")
        self.problem.show_text("")
        if self._view is not None:
            self.start_page.show_view(self._view, self.today)
        self._stack.setCurrentIndex(0)
        self.entry_state_changed.emit()

    def _reset(self) -> None:
        """Show the start page for another survey, with no response open."""
        self._entry_seconds = []
        self._show_start()

    def _step_response(self, step: int) -> None:
        """Open the saved response before or after this one, or a new one after the last; say why not."""
        sheet, view = self._response, self._view
        if sheet is None or view is None:
            return
        if sheet.entry.has_changes or sheet.is_second:
            self._show_hint(UNSAVED_RESPONSE if sheet.entry.has_changes else FIRST_ENTRY_HIDDEN)
            return
        numbers = sorted((one.number or 0, one) for one in view.paper_responses if one.number)
        wanted = [one for one in numbers if (one[0] < sheet.number if step < 0 else one[0] > sheet.number)]
        if wanted:
            self.correct_response((wanted[-1] if step < 0 else wanted[0])[1], back_page=self._back_page)
        elif step > 0 and (following := self._after(sheet)) is not None:
            self._open_response(following)
        elif step > 0:
            self._show_hint("受け取った用紙は、すべて入力してあります。")

    def _choose_number(self, number: int) -> None:
        """Give the response being entered a typed number, or say why it can't have it."""
        sheet, view = self._response, self._view
        if sheet is None or view is None:
            return
        taken = number in {one.number for one in view.paper_responses}
        if sheet.is_second and number not in numbers_entered_once(view):
            self._show_hint(f"{number}枚目は、1回目がまだか、もう2回入力されています。")
        elif taken and not sheet.is_second:
            self._show_hint(f"{number}枚目はもう入力されています。直すときは「前の用紙」か、回答の一覧から開けます。")
        else:
            left = (
                () if sheet.is_second else unentered_below(view, number, numbers_in_progress=self._numbers_being_saved)
            )
            self._show_hint(gap_hint(left))
            sheet.number = number
            sheet.has_fixed_number = True
            self._first_number = number
        self._update_display()
        self.board.take_keyboard()

    def _next_number(self, *besides: int, second: bool) -> int | None:
        """Return the number of the response to type next, for a first or a second entry; None where all are.

        With as many as were received, none that was passed over is missing. ``besides`` count as entered.
        """
        under_way = self._numbers_being_saved.union(besides)
        if second:
            return next_second_number(self._view, min_number=self._first_number, numbers_in_progress=under_way)
        total = paper_response_total(self._view)
        if (
            self._view is not None
            and total
            and len(under_way.union(one.number for one in self._view.paper_responses)) >= total
        ):
            return None
        return next_new_number(self._view, numbers_in_progress=under_way)

    def _is_last(self) -> bool:
        """Return whether no other response comes after the current one."""
        sheet = self._response
        if sheet is None or self._waiting_responses:
            return False
        return self._next_number(sheet.number, second=sheet.is_second) is None

    def _press_finish(self) -> None:
        """Finish the response, as Enter after the last question does."""
        # By mouse the button acts as Enter: it ends the response, or says which question is still open.
        self.board.entry.go_to(len(self.board.entry.questions))
        self.board.confirm_current()

    def _record_time(self) -> None:
        """Note how long a response took, for the average shown, unless it was two minutes or more (clerk away)."""
        seconds = self._stopwatch.elapsed() / 1000
        if seconds < _IDLE_SECONDS:
            self._entry_seconds.append(seconds)

    def _show_hint(self, words: str) -> None:
        """Show and say why a key did nothing; "" shows again what to do here."""
        self._hint_text = words
        self._show_what_to_do()
        announce(self.hint, words)

    def _show_what_to_do(self) -> None:
        """Show what to do at the current question, and say it where the sheet ends and there is none.

        A key begins the next response only where none that was typed before waits, or could not be saved.
        """
        sheet, last = self._response, self._is_last()
        waits = self._waiting_responses or self.problem.words() or (sheet is not None and sheet.sheet_id)
        new = self.board.begins_new = not (last or waits)
        words = self._hint_text or default_hint(sheet, last=last, back_page=self._back_page, begins_new=new)
        ended = sheet is not None and sheet.entry.current_question is None
        if ended and not self._hint_text and words != self.hint.text():
            announce(self.hint, words)
        self.hint.setText(words)

    def _update_display(self) -> None:
        """Show the state of the response in head and side."""
        view, sheet = self._view, self._response
        if view is None or view.survey is None:
            return
        self._show_what_to_do()
        second = sheet is not None and sheet.is_second
        if sheet is not None:
            total = len(view.paper_responses) if second else paper_response_total(view)
            complete = sheet.entry.current_question is None
            self.header.show_response(sheet, total=total, complete=complete, last=self._is_last())
            # Within a response Enter only ends a question: the key is shown on the button when it presses it.
            self._enter.setVisible(complete)
        seconds = sum(self._entry_seconds) / len(self._entry_seconds) if self._entry_seconds else None
        self.sidebar.show_view(view, seconds=seconds, second=second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the side panels in a narrow window (``should_fold_steps``)."""
        super().resizeEvent(event)
        narrow = t.should_fold_steps(self)
        self._side_area.setVisible(not narrow)
        self.header.set_narrow(narrow=narrow)
        self._update_display()
