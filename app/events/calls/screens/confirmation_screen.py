"""Screen 確認の電話: the calls some days before an event by 団体, with counts and what is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.screens.passage_fields import WordingDialog
from app.documents.services.document_scope import DocumentScope
from app.events.calls.documents import CONFIRMATION_LIST
from app.events.calls.screens.call_table import CONFIRMATION_OPTIONS
from app.events.calls.screens.phone_screen import PhoneScreen
from app.events.calls.services import confirmations
from app.events.calls.services.call_sheet import AGAIN, NOT_YET, CallLine, CallPerson
from app.events.calls.services.confirmations import ConfirmationView, read_confirmations, text_for_sms
from app.events.roster.parts import SubstituteDialog
from app.events.roster.parts.mail_addresses_dialog import MailAddressesDialog
from app.events.roster.services.entry_names import WantedPerson
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, styled_frame, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import is_short, trim_page_edges
from app.window.app_context import AppContext, bind_action, check_may_copy
from app.window.clipboard import copy_for_pasting
from db.records.calls import CallOutcome

TITLE = "確認の電話"
_WORDING_NOTE = "この画面と、この回の確認の電話一覧に出ます。（自分の名前）は、画面では使っている人の名前に替わります。"


class ConfirmationScreen(PhoneScreen):
    """Screen with the calls before one event. Signals: none. ``open_with(event_id=…)``, else the last one stays."""

    def __init__(self, app_context: AppContext):
        super().__init__(
            app_context,
            TITLE,
            "電話一覧",
            key="confirmation_calls",
            title=CONFIRMATION_LIST,
            phone="電話",
            options=CONFIRMATION_OPTIONS,
        )
        self.printing = Button("確認の電話一覧を印刷", self._open_document, icon_name="printer")
        self.refusal = NoteBox("")
        self.talk = wrapped_label()
        self.wording = link_button("文を直す", self._reword)
        self.mail = Button("メールの文をコピー", lambda: self._copy(self._view.mail if self._view else ""))
        self.addresses = Button("メールアドレス", self._show_addresses)
        self.mailed = Button("メールを送った人を連絡済にする", self._note_mailed)
        self.sms = Button("ショートメールの文をコピー", self._copy_sms)
        self.options = Button("何日前に知らせるか", self._ask_options)
        self._view: ConfirmationView | None = None
        self.bar = ActionBar(app_context)
        self.bar.put(self.printing, self.mailed, self.mail, self.addresses, self.sms, self.options)
        add(
            page_above(self.bar, self, spacing=8),
            self.head,
            self.refusal,
            self._talk_box(),
            self.counts,
            (self.list, 1),
        )
        self.list.called.connect(self._call)
        self.list.people_asked.connect(self._ask_people)

    def _talk_box(self) -> QWidget:
        """Return the box with what is said, and the way to word it."""
        frame = styled_frame("panel")
        in_column(
            FlowRow(
                label("電話で話す文", "strong"),
                self.wording,
                spacing=12,
            ),
            self.talk,
            owner=frame,
            spacing=4,
            margins=(12, 8, 12, 8),
        )
        return frame

    def fit_size(self) -> None:
        """Leave the room of a low page to the list; what is said is then read in its dialog."""
        low = is_short(self)
        self.talk.setVisible(not low)
        self.wording.set_words("文を見る・直す" if low else "文を直す")
        trim_page_edges(self, short=low)

    def reload(self) -> None:
        """Read the list and the text."""
        if self._event_id is not None:
            self.run_read(
                self._show,
                read_confirmations,
                event_id=self._event_id,
                caller=self.app_context.user_name,
                today=self.today,
            )

    def _show(self, view: ConfirmationView) -> None:
        """Show the list, the text and why nobody may be called, unless another event was chosen meanwhile."""
        if view.event.id != self._event_id:
            return
        self._view = view
        self.sms.setVisible(bool(view.sms_service))
        for button in (self.mailed, self.options):
            button.setEnabled(self.may_write)
        first = self._show_head(view.event, view.when_words, view.sheet)
        self.refusal.show_text(view.refusal)
        self.talk.setText(view.talk)
        self.wording.setToolTip(view.talk)
        self.list.show_lines(view.sheet.lines, is_enabled=not view.refusal and self.may_write)
        self.printing.setEnabled(bool(view.sheet.lines))
        waiting = view.sheet.count(NOT_YET).people + view.sheet.count(AGAIN).people
        self.bar.show_words(f"連絡の済んでいない人は、あと**{waiting}人**です。" if waiting else "")
        if first:
            self.list.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # calls

    def _call(self, line: CallLine, outcome: CallOutcome) -> None:
        """Record a result for a line; who of several does not come is asked first."""
        if not outcome.is_not_coming:
            self._note(line, outcome, (), on_saved=lambda _saved: self.list.select_next_call(line.key))
        elif len(line.people) == 1:
            self._note_answer(line, line.people[0], outcome)
        else:
            self._ask_people(line)

    def _ask_people(self, line: CallLine) -> None:
        self._open_people(line, CONFIRMATION_OPTIONS, partial(self._note_person, line))

    def _note_person(self, line: CallLine, entry_id: int, outcome: CallOutcome) -> None:
        """Record the result for one person of a line; for 代理 a dialog first asks who comes."""
        person = next(one for one in line.people if one.entry_id == entry_id)
        if outcome.is_not_coming:
            self._note_answer(line, person, outcome)
        else:
            self._note(line, outcome, (entry_id,))

    def _note(
        self,
        line: CallLine,
        outcome: CallOutcome,
        entries: tuple[int, ...],
        on_saved: Callable[[object], object] | None = None,
    ) -> None:
        """Record a call; without an answer first ask when to call again."""
        action = partial(
            bind_action,
            confirmations.note_confirmation,
            event_id=self._event_id or 0,
            key=line.key,
            outcome=outcome,
            entry_ids=entries,
        )
        self._record(line.name, outcome, action, on_saved=on_saved)

    def _note_answer(self, line: CallLine, person: CallPerson, outcome: CallOutcome) -> None:
        """Record that a person does not come; for a substitute first ask who."""
        about: dict[str, Any] = {"event_id": self._event_id or 0, "key": line.key, "entry_id": person.entry_id}
        if outcome.is_absent:
            self.run_action(confirmations.note_absence, **about)
            return

        def action(wanted: WantedPerson) -> Callable[[ActionContext], object]:
            """Return the action that records ``wanted`` as the substitute."""
            return bind_action(confirmations.note_substitute, wanted=wanted, **about)

        SubstituteDialog(
            self,
            person.entry_id,
            person.name,
            (line.organisation_id, line.name),
            said_by_phone=action,
        ).open()

    def _copy(self, text: str) -> None:
        if check_may_copy(self):
            copy_for_pasting(text)
            self.app_context.show_message("文をコピーしました。送ったら、記録してください。")

    def _copy_sms(self) -> None:
        """Copy the SMS for the contracted service, unless it has an address of the web."""
        if self._view is not None:
            try:
                self._copy(text_for_sms(self._view))
            except UserError as problem:
                self.app_context.show_failure(problem)

    def _show_addresses(self) -> None:
        """Show the addresses of those who were not reached yet, to copy them."""
        if self._view is None:
            return
        lines = self._view.sheet.lines
        MailAddressesDialog(
            self,
            event_id=self._event_id or 0,
            title=self._view.event.full_title,
            chosen=[one.entry_id for line in lines for one in line.people if one.state in (NOT_YET, AGAIN)],
            shown=[one.entry_id for line in lines for one in line.people],
        ).open()

    def _note_mailed(self) -> None:
        self.run_action(confirmations.note_mailed, event_id=self._event_id or 0)

    def _ask_options(self) -> None:
        """Ask how many days before an event home asks for the calls, and for the SMS service."""
        view = self._view
        if view is None:
            return
        FormDialog(
            self,
            "確認の電話の決まり",
            "この年度のすべての回",
            fields=(
                Field(
                    "days",
                    "何日前から",
                    "number",
                    least=0,
                    most=30,
                    width=80,
                    hint="0は、かけ始めるまでホームに出しません。",
                ),
                Field(
                    "sms_service",
                    "ショートメール",
                    optional=True,
                    hint="契約しているサービスの名。空なら、ショートメールは使いません。",
                ),
            ),
            values={"days": view.days, "sms_service": view.sms_service},
            change=lambda typed: bind_action(confirmations.set_reminder, event_id=view.event.id, **typed),
        ).open()

    def _open_document(self) -> None:
        self.go("event", event_id=self._event_id, tab="書類", kind=CONFIRMATION_LIST)

    def _reword(self) -> None:
        """Open the text to put it in other words."""
        scope = DocumentScope(event_id=self._event_id)
        WordingDialog(self.app_context, scope, CONFIRMATION_LIST, _WORDING_NOTE, parent=self).open()

    def _go_back(self) -> None:
        self.app_context.go_back("event", event_id=self._event_id, tab="参加者")
