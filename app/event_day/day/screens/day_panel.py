"""The screen 当日: the seven steps of a day, findings to check before check-in, its documents, and しおりの文面."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.common.join_nonempty import join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_scope import DocumentScope
from app.event.parts import EventPicker, ResultDialog, empty_year_words
from app.event.services.event_view import read_event
from app.event_day.day.rules import ALL_STEPS, KIND, Step, current_step, next_transition
from app.event_day.day.screens.checkout_page import CheckoutPage, CheckoutPart
from app.event_day.day.screens.day_dialogs import DayCheckoutDialog
from app.event_day.day.screens.document_table import DocumentLine, DocumentTable
from app.event_day.day.screens.pack_dialog import PackDialog
from app.event_day.day.screens.pack_output import PackOutput
from app.event_day.day.screens.preflight_box import PreflightBox
from app.event_day.day.services.day_document_content import WARD_PRINTS, Option, set_day_option
from app.event_day.day.services.day_overview import DayView, finished_words, read_day, step_act
from app.event_day.day.services.day_pack import DrawnPack, PackChoice
from app.event_day.day.services.guide_documents import GuideView, mark_guide_checked, read_guide
from app.event_day.day.services.preflight import Preflight, PreflightFacts, evaluate_preflight, read_preflight_facts
from app.event_day.reception.parts import ClosingDialog
from app.event_day.reception.services import AttendanceClosing, read_closing
from app.events.materials.parts import HandoutDialog
from app.events.materials.services.handout_sets import read_handouts
from app.events.roster import documents as roster_documents
from app.main_window.action_routes import Route, route_to
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import inline_button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, heading, label, section, small_label
from app.widgets.layouts import add, column_of, in_column, in_row, stack_when_narrow
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.panel import EmptyState
from app.widgets.screen import READ_ONLY, Screen, in_scroll_area
from app.widgets.screen import widget_row as side_by_side
from app.widgets.step_block import StepEntry, StepRows
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.background_task import bind_arguments
from app.window.debounce import debounce
from db.records.documents import PrintUse

CHECKED_WORDS = "見て確かめた"
_HOW = "1行に1つずつ書きます。手順・課題・困ったときは、はじめの言葉のあとを1文字空けて、説明を続けます。"
_PROPOSED_HINT = "AEDと避難場所は会場の一覧から、つぎに参加できる回は印刷する日の予定から、自動で入ります。"


class GuideDialog(SavingDialog):
    """Dialog with the texts of the しおり; each is saved when its field is left. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: GuideView):
        super().__init__(parent, "しおりの文面", view.title, main=CHECKED_WORDS, cancel="閉じる")
        self._event_id = view.event_id
        self.words = Paragraph()
        self.texts = PassageList(self.app_context)
        self.put(self.words, label(f"{_HOW}\n{_PROPOSED_HINT}", "small", wrap=True), self.texts, None)
        self.app_context.follow_changes(self, self._read)
        self._show(view)

    def _show(self, view: GuideView) -> None:
        self.words.show_text(view.words)
        self.texts.show_texts(DocumentScope(event_id=view.event_id), KIND, view.texts)
        self.main.setEnabled(bool(view.unchecked) and self.may_write)

    def _read(self, *_what: object) -> None:
        self.run_read(self._show, read_guide, event_id=self._event_id, on=self.today)

    def _save(self) -> None:
        """Save the texts in the fields, then record that all proposals were checked."""
        for field in self.texts.fields:  # the text being edited is saved before it counts as checked
            field.save()
        self.run_action(mark_guide_checked, event_id=self._event_id)


_GROUPS, _TALK = "班分け", "討議の記録"
GUIDE_PART = "しおり"
_WRITING_STEPS: frozenset[Step] = frozenset(("紙", "持出し", "実施"))
_LEFT_MOST, _RIGHT_MOST = 960, 600
_MAX_WAIT_MS = 24 * 60 * 60 * 1000


class DayPanel(Screen):
    """Screen or tab 当日 of one event. Signals: none.

    ``open_with(event_id=…, part=…)``, part one of 持出し, 貸与, 持出しファイル, 配慮, しおり. ``embedded`` leaves out
    heading and picker, for the tab 当日 of an event.
    """

    def __init__(self, app_context: AppContext, *, embedded: bool = False):
        super().__init__(app_context)
        self._event_id = 0
        self.view: DayView | None = None
        self.picker = None if embedded else EventPicker(app_context)
        self.steps = StepRows(ALL_STEPS)
        self.people = Paragraph(role="second")
        self.note = NoteBox(tone="amber")
        self.note_button = inline_button("", self._open_note_link)
        self.note.put(self.note_button)
        self.check = PreflightBox()
        self.papers = DocumentTable()
        self.act = main_button("", self._do_step)
        self.bar = ActionBar(app_context)
        self.bar.put(self.act, self.papers.print_button, self.papers.pdf_button)
        self.leaving = PackOutput(app_context, self)
        self.outside = CheckoutPage(app_context)
        self.none = EmptyState()
        self._turn = debounce(self, self._update_current_step)
        self._pages = Pages()
        self._pages.addWidget(column_of((self._day_page(), 1), self.bar, spacing=0))
        self._pages.addWidget(self.outside)
        self._pages.addWidget(self.none)
        column = in_column(owner=self, spacing=0)
        if self.picker is not None:
            head = FlowRow(heading("当日"), self.picker, spacing=16)
            column.addLayout(in_row((head, 1), margins=(t.PAGE_X, t.PAGE_Y, t.PAGE_X, 0)))
            self.picker.chosen.connect(self._set_event)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.steps)
        self._connect()

    def _day_page(self) -> QWidget:
        left, right = self._left, self._right = QWidget(), QWidget()
        steps = in_column(owner=left, spacing=8)
        line = side_by_side(section("当日の順"), spacing=16)
        line.addWidget(self.people, 1, Qt.AlignmentFlag.AlignVCenter)
        self.people.setAlignment(Qt.AlignmentFlag.AlignRight)
        add(
            steps,
            line,
            self.note,
            self.steps,
            small_label("済んだ段も、先の段も Enter で開けます。→ で「受付の前に」へ移ります。"),
            None,
        )
        in_column(self.check, self.papers, None, owner=right, spacing=12)
        inside = QWidget()
        margins = (t.PAGE_X, 12, t.PAGE_X, 8)
        self._across = in_row((left, 54), (right, 46), owner=inside, spacing=24, margins=margins)
        self._across.addStretch(0)
        return in_scroll_area(inside)

    def _connect(self) -> None:
        """Connect the signals of steps, documents, findings and outputs."""
        self.check.link_clicked.connect(self._open_route)
        self.steps.opened.connect(self.open_step)
        self.steps.link_clicked.connect(self._open_step_link)
        self.papers.opened.connect(self._open_document)
        self.papers.choose_button.chosen.connect(self.choose_papers)
        self.papers.print_button.chosen.connect(self.print_pack)
        self.papers.keep_asked.connect(partial(self.print_pack, PrintUse.COPY))
        self.papers.pdf_button.chosen.connect(self.save_pack)
        self.papers.guide_button.chosen.connect(self.open_guide)
        self.leaving.output_done.connect(self._after_pack_output)
        self.leaving.guide_asked.connect(
            lambda: self.run_read(
                lambda view: self._open_guide(view).finished.connect(lambda _: self.leaving.ask_again()),
                read_guide,
                event_id=self._event_id,
                on=self.today,
            )
        )
        self.leaving.busy_changed.connect(lambda on: self._pages.setEnabled(not on))
        self.outside.back_asked.connect(self.show_steps)
        on_key(self.steps, "Right", self.check.setFocus, inside=True)
        self.app_context.lock_changed.connect(self._update_current_step)

    # actions

    def open_with(self, *, event_id: int | None = None, part: str = "", **_more: Any) -> None:
        """Choose the event; ``part`` shows 持出し・貸与 at this part, or the texts of the しおり (``focus_part``)."""
        if event_id is not None:
            if self.picker is not None:
                self.picker.choose(event_id)
            else:
                self._set_event(event_id)
        if part:
            self.focus_part(part)

    def focus_part(self, part: str, /) -> None:
        """Open a part of 持出し・貸与, or the texts of the しおり; without a part show the steps."""
        wanted = next((one for one in get_args(CheckoutPart) if one == part), None)
        if wanted is None:
            self.show_steps()
        else:
            self.open_checkouts(wanted)
        if part == GUIDE_PART:
            self.open_guide()

    def view_state(self) -> dict[str, Any]:
        """Return the event, and the open part of 持出し・貸与."""
        open_part = self.outside.part if self._pages.currentWidget() is self.outside else ""
        return {"event_id": self._event_id or None, "part": open_part}

    def show_steps(self) -> None:
        """Show the steps of the day again, after 持出し・貸与."""
        self._pages.setCurrentIndex(0)
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_checkouts(self, part: CheckoutPart) -> None:
        """Show 持出し・貸与 at one part."""
        self._pages.setCurrentWidget(self.outside)
        self.outside.open(part)

    def open_step(self, step: Step) -> None:
        """Show the place where a step is done or corrected, whether it is its turn or not."""
        match step:
            case "紙":
                self.papers.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
            case "持出し":
                self.open_checkouts("持出し")
            case "受付":
                self.go("reception", event_id=self._event_id)
            case "実施":
                self.record_day()
            case "回収":
                self.go(
                    "event",
                    event_id=self._event_id,
                    tab="アンケート" if self.view is not None and self.view.has_survey else "支援のあゆみ",
                )
            case "返却":
                self.open_checkouts(self._outstanding_part())
            case "出席":
                self.go("attendance", event_id=self._event_id)

    def _do_step(self) -> None:
        """Do what the step in turn asks for, other than printing."""
        step = self.steps.framed_step
        if step == "持出し":
            self.record_checkout()
        elif step:
            self.open_step(cast(Step, step))

    def print_pack(self, use: PrintUse = PrintUse.HANDOUT) -> None:
        """Print the ticked documents, if any; ``use`` 控え用 = for the office's own file."""
        choices = self.papers.choices()
        if choices:
            self.leaving.print_out(self._event_id, choices, whole_sheets=self.papers.whole_sheets, use=use)

    def save_pack(self) -> None:
        """Save the whole set as one PDF."""
        choices = self.papers.joined_set()
        if choices:
            self.leaving.save_pdf(self._event_id, choices, whole_sheets=self.papers.whole_sheets)

    def choose_papers(self) -> None:
        """Open the dialog 部数と選び直し for the documents of the set."""
        if self.view is None:
            return
        dialog = PackDialog(
            self.view.event.full_title,
            self.papers.lines(),
            self.view.options,
            whole_sheets=self.papers.whole_sheets,
            read_only=self.app_context.read_only,
            parent=self,
        )
        dialog.choice_confirmed.connect(partial(self._apply_choice, dialog))
        dialog.files_asked.connect(partial(self._save_files, dialog))
        dialog.handouts_asked.connect(self.open_handouts)
        dialog.open()

    def open_handouts(self) -> None:
        """Open the dialog that prints handouts."""
        self.run_read(lambda view: HandoutDialog(self, view).open(), read_handouts, event_id=self._event_id)

    def open_guide(self) -> None:
        """Open the dialog in which the しおり is worded and its proposals are checked."""
        self.run_read(self._open_guide, read_guide, event_id=self._event_id, on=self.today)

    def record_checkout(self) -> None:
        """Open the dialog that saves in the 持出し管理簿 that the printed roster leaves."""
        if self.view is None:
            return
        event = self.view.event
        dialog = DayCheckoutDialog(
            self,
            event_id=event.id,
            contents=roster_documents.ROSTER_KIND,
            copies=self.view.roster_copies or roster_documents.COPIES,
            destination=join_nonempty(event.venue, event.room),
            day=event.event_date,
            end_time=event.end_time,
        )
        dialog.open()

    def record_day(self) -> None:
        """Open the dialog to record the result from the roster; without people or once recorded that for numbers."""
        if self.view is None:
            return
        facts = self.view.facts
        if facts.has_result or not facts.people:
            self.type_result()
        else:
            self.run_read(self._confirm_recording, read_closing, event_id=self._event_id)

    def type_result(self) -> None:
        """Read the event, then open the dialog for the numbers of the day."""
        self.run_read(
            lambda view: ResultDialog(self, view).open(), read_event, event_id=self._event_id, today=self.today
        )

    # reading

    def reload(self) -> None:
        """Read and show the day, and check what will be printed."""
        if self.picker is not None:
            self.picker.reload()
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timer of a hidden panel; showing it asks again."""
        self._turn.stop()
        self.mark_stale()
        super().hideEvent(event)

    def fit_size(self) -> None:
        """On a narrow window put the documents below the steps."""
        narrow = t.is_narrow(self.window().width())
        stack_when_narrow(self._across, narrow)
        for part, most in ((self._left, _LEFT_MOST), (self._right, _RIGHT_MOST)):
            part.setMaximumWidth(t.NO_LIMIT if narrow else t.scaled(most))

    def _set_event(self, event_id: int) -> None:
        """Show another event: empty the page and read the event."""
        if event_id != self._event_id:
            self._event_id = event_id
            self.view = None
            self.check.show_waiting()
            self.papers.clear_choices()
            if event_id:
                self._pages.setCurrentIndex(0)
                self.outside.open_with(event_id)
        if not event_id:
            self.none.show_text(*empty_year_words(self.app_context))
            self._pages.setCurrentWidget(self.none)
        elif self.isVisible():
            self._read()

    def _read(self) -> None:
        """Read and show the day of the event, and what must be checked before it."""
        if not self._event_id:
            return
        self.run_read(self._show, read_day, event_id=self._event_id, now=self.app_context.now())
        self.run_read(self._evaluate_preflight, read_preflight_facts, event_id=self._event_id, today=self.today)

    def _show(self, found: DayView) -> None:
        """Show a day that was read, unless another event was chosen meanwhile."""
        if found.event.id != self._event_id:
            return
        self.view = found
        self.people.show_text(found.people_words)
        self.note.show_text(found.note)
        asked = found.note_link
        self.note_button.setVisible(asked is not None)
        if asked is not None:
            self.note_button.set_words(route_to(asked).label)
        self.outside.show_view(found)
        self._update_current_step()

    def _update_current_step(self) -> None:
        """Show steps and documents for the current step, and start a timer for its next change."""
        view = self.view
        if view is None:
            return
        now = self.app_context.now()
        step = current_step(view.facts, now)
        links = self._links(view)
        self.steps.show_steps(
            [
                StepEntry(
                    step=one.step,
                    title=one.title,
                    words=one.words,
                    state="いま" if one.step == step else "済" if one.is_done else "これから",
                    link=links.get(one.step, ""),
                )
                for one in view.lines
            ],
            framed=step or "",
        )
        rests = self.app_context.read_only
        verb, words = step_act(step)
        self.act.set_words(verb)
        self.act.setEnabled(not rests or step not in _WRITING_STEPS)
        self.papers.show_pack(view.pack, self.today, read_only=rests, is_next=step == "紙")
        self.bar.show_words(READ_ONLY if rests and step in _WRITING_STEPS else words or finished_words(view))
        turn = next_transition(view.facts, now)
        if turn is not None and self.isVisible():
            self._turn.start(min(int((turn - now).total_seconds() * 1000) + 1000, _MAX_WAIT_MS))

    def _links(self, view: DayView) -> Mapping[Step, str]:
        """Return the text of the link beside each step that has one: 紙 and 実施 of an event with 班."""
        return {"紙": _GROUPS, "実施": _TALK} if view.event.form.in_groups else {}

    def _evaluate_preflight(self, facts: PreflightFacts) -> None:
        """Check the sizes of names in the background, and show all findings."""
        if facts.event.id == self._event_id:
            self.app_context.run_in_background(
                bind_arguments(evaluate_preflight, facts=facts), self._show_check, owner=self, drawing=True
            )

    def _show_check(self, found: Preflight) -> None:
        if found.event_id == self._event_id:
            day = self.view.event.event_date if self.view is not None else None
            self.check.show_preflight(found, is_near=day is not None and 0 <= (day - self.today).days <= 1)

    # links

    def _open_route(self, route: Route) -> None:
        """Follow a link; one to a part of this panel is shown here."""
        part = str(route.arguments.get("part", ""))
        if route.screen_name == "event" and part in get_args(CheckoutPart):
            self.focus_part(part)
        else:
            self.follow(route)

    def _open_note_link(self) -> None:
        if self.view is not None and self.view.note_link is not None:
            self._open_route(route_to(self.view.note_link))

    def _open_step_link(self, step: Step) -> None:
        self._open_route(route_to(ActionLink("班分け" if step == "紙" else "討議の記録", event_id=self._event_id)))

    def _outstanding_part(self) -> CheckoutPart:
        """Return the part to show first where something is outside: 持出し, else 持出しファイル, else 貸与.

        持出し where nothing is outside.
        """
        view = self.view
        if (
            view is None
            or view.checkouts_outstanding > len(view.day_files_outstanding)
            or not (view.day_files_outstanding or view.tablets_outstanding)
        ):
            return "持出し"
        return "持出しファイル" if view.day_files_outstanding else "貸与"

    def _open_document(self, line: DocumentLine) -> None:
        """Show the pages as they will be printed, or the place where missing data is entered."""
        row = line.row
        if row is None:
            self.open_handouts()
        elif row.is_ready:
            subject = self.view.event.full_title if self.view is not None else ""
            DocumentDialog(self, event_id=self._event_id, kind=row.kind, subject=subject).open()
        elif row.link is not None:
            self._open_route(route_to(row.link))

    def _open_guide(self, view: GuideView) -> GuideDialog:
        """Open the dialog with the texts of the しおり, and return it."""
        dialog = GuideDialog(self, view)
        dialog.open()
        return dialog

    def _apply_choice(self, dialog: PackDialog) -> None:
        """Take over ticks, copies and sheets chosen in the dialog, and save its options that changed."""
        self.papers.set_choices(dialog.ticked, dialog.copies, whole_sheets=dialog.whole_sheets)
        for option, box in dialog.options.items():
            self._set_option(option, box.isChecked())

    def _set_option(self, option: Option, on: bool) -> None:
        """Save an option of the day, unless it is so already."""
        view = self.view
        if view is None:
            return
        was = view.options.ward_prints if option == WARD_PRINTS else view.options.names_on_tables
        if on != was and self.may_write:
            self.run_action(set_day_option, event_id=self._event_id, option=option, on=on)

    def _save_files(self, dialog: PackDialog) -> None:
        """Take over the choice of the dialog, and save the chosen documents as files."""
        self._apply_choice(dialog)
        choices: Sequence[PackChoice] = self.papers.choices()
        if choices:
            self.leaving.save_files(self._event_id, tuple(choices))

    def _after_pack_output(self, _drawn: DrawnPack) -> None:
        """Drop the choices after an output, and read the day again."""
        self.papers.clear_choices()
        self._read()

    def _confirm_recording(self, closing: AttendanceClosing) -> None:
        dialog = ClosingDialog(self, closing, may_enter_result=True)
        dialog.data_entry_asked.connect(self.type_result)
        dialog.open()
