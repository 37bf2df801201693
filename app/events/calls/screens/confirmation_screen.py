"""Screen 確認の電話: the calls some days before an event by 団体, with counts and what is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.documents.screens.passage_fields import WordingDialog
from app.documents.services.document_scope import DocumentScope
from app.events.calls.documents import CONFIRMATION_LIST
from app.events.calls.screens.call_table import CONFIRMATION_OPTIONS
from app.events.calls.screens.phone_screen import PhoneScreen
from app.events.calls.services import confirmations
from app.events.calls.services.call_sheet import CallLine, CallPerson
from app.events.calls.services.confirmations import ConfirmationView, read_confirmations
from app.events.roster.parts import SubstituteDialog
from app.events.roster.services.entry_names import WantedPerson
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, styled_frame, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import is_short, page_column, trim_page_edges
from app.window.app_context import AppContext, bind_action
from db.records.calls import CallOutcome
from db.store import Store

TITLE = "確認の電話"
_WORDING_NOTE = "この画面と、この回の確認の電話一覧に出ます。（自分の名前）は、画面では使っている人の名前に替わります。"


class ConfirmationScreen(PhoneScreen):
    """Screen with the calls before one event. Signals: none. ``open_with(event_id=…)``, else the last one stays."""

    def __init__(self, app_context: AppContext) -> None:
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
        self.talk = wrapped_label("")
        self.wording = link_button("文を直す", self._reword)
        add(
            page_column(self, spacing=8),
            self._path(self.printing),
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
            FlowRow(label("電話で話す文", "strong"), self.wording, spacing=12),
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
        first = self._show_head(view.event, view.when_words, view.sheet)
        self.refusal.show_text(view.refusal)
        self.talk.setText(view.talk)
        self.wording.setToolTip(view.talk)
        self.list.show_lines(view.sheet.lines, is_enabled=not view.refusal and self.may_write)
        self.printing.setEnabled(bool(view.sheet.lines))
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
            self.app_context,
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

        def action(wanted: WantedPerson) -> Callable[[Store], object]:
            """Return the action that records ``wanted`` as the substitute."""
            return bind_action(self.app_context, confirmations.note_substitute, wanted=wanted, **about)

        SubstituteDialog(
            self.app_context,
            person.entry_id,
            person.name,
            (line.organisation_id, line.name),
            said_by_phone=action,
            parent=self,
        ).open()

    def _open_document(self) -> None:
        self.go("documents", event_id=self._event_id, kind=CONFIRMATION_LIST)

    def _reword(self) -> None:
        """Open the text to put it in other words."""
        scope = DocumentScope(event_id=self._event_id)
        WordingDialog(self.app_context, scope, CONFIRMATION_LIST, _WORDING_NOTE, parent=self).open()

    def _go_back(self) -> None:
        self.app_context.back_to("event", event_id=self._event_id, tab="参加者")
