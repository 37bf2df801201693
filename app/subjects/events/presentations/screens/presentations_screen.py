"""Screen 事例発表 of an event: requests, answers and allowed uses, beside the letter and the 承諾書."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QFrame

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.documents.screens.document_view import DocumentView
from app.documents.screens.letter_panel import LetterPanel
from app.documents.screens.notification_dialog import NotificationDialog
from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_library import DocumentLibrary, read_library
from app.documents.services.document_passages import PassageRow
from app.documents.services.document_scope import DocumentScope
from app.documents.services.passage_writing import read_passages
from app.subjects.events.presentations.documents.presentation_documents import CONSENT, CONTACT_SHEET, REQUEST
from app.subjects.events.presentations.screens.dialogs import ConsentDialog, RequestDialog, WithdrawDialog
from app.subjects.events.presentations.services.presentations import (
    PresentationLine,
    PresentationsView,
    read_presentations,
    remove_presentation,
)
from app.widgets.buttons import Button, MenuAction, MoreButton, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import SideAndMiddle
from app.widgets.labels import heading, label
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.panel import Panel
from app.widgets.screen import Screen, disable_when_read_only, page_column
from app.window.app_context import AppContext

_KINDS: Final = (REQUEST, CONSENT, CONTACT_SHEET)


class PresentationsScreen(Screen):
    """Screen 事例発表; ``open_with(event_id=…, kind=…)``. Signals: none."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._event_id = 0
        self._kind = REQUEST
        self.view: PresentationsView | None = None
        self._shelf: DocumentLibrary | None = None
        self.event_link = link_button("", self._open_event)
        self.words = label("", "second")
        self.list = FittedTable(
            "presentations",
            (Column("who", "発表", _cell, stretch=True, sortable=False),),
            title="事例発表",
            empty="発表をお願いする団体は、まだありません。",
            empty_button="発表のお願いを加える",
            empty_on_click=self.add,
            head=False,
        )
        self.add_button = Button("発表のお願いを加える", self.add, kind="main", icon_name="plus")
        self.consent_button = Button("承諾書を受ける", self.record_answer, icon_name="check")
        self.told_button = Button("伝えたと記録する", self.record_notification, low=True)
        self.more = MoreButton(self.menu_actions)
        self.allowed = label("", "small", wrap=True)
        self.kinds = tuple(Button(kind, partial(self.show_document, kind), low=True) for kind in _KINDS)
        self.paper = DocumentView(app_context)
        self.letter = LetterPanel(app_context)
        self.texts = PassageList(app_context)
        self.text_panel = Panel("文")
        self.text_panel.put(self.texts)
        self._build()

    def _build(self) -> None:
        column = page_column(self)
        column.addWidget(
            FlowRow(
                link_button("事業", lambda: self.app_context.back_to("events")),
                label("›", "small"),
                self.event_link,
                label("›", "small"),
                heading("事例発表"),
                self.words,
                spacing=6,
            )
        )
        first = Panel("お願いと承諾")
        first.put(
            self.list,
            FlowRow(self.add_button, self.more),
            self.allowed,
            FlowRow(self.consent_button, self.told_button),
            None,
        )
        frame = QFrame()
        frame.setProperty("kind", "panel")
        choices = FlowRow(*self.kinds, spacing=6)
        over = in_column(choices, margins=(12, 8, 12, 4))
        in_column(over, (self.paper, 1), owner=frame, spacing=0, margins=(1, 1, 1, 1))
        self.parts = SideAndMiddle(("お願い", first), ("見本", frame), ("発信・文面", (self.letter, self.text_panel)))
        column.addWidget(self.parts, 1)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(lambda _line: self._update_buttons())
        self.list.opened.connect(lambda _line: self.record_answer())
        disable_when_read_only(self.app_context, self.add_button, self.more)

    def open_with(self, *, event_id: int | None = None, kind: str = "", **_more: Any) -> None:
        """Show the 発表 of one event, and one of its documents."""
        if event_id is not None and event_id != self._event_id:
            self._event_id, self.view = event_id, None
        if kind in _KINDS:
            self._kind = kind

    def view_state(self) -> dict[str, Any]:
        """Return the event and the document."""
        return {"event_id": self._event_id, "kind": self._kind}

    def reload(self) -> None:
        """Read the 発表 and their documents."""
        if self._event_id:
            today = self.app_context.today()
            self.run_read(self._show, read_presentations, event_id=self._event_id, today=today)
            self.run_read(self._show_documents, read_library, event_id=self._event_id, today=today)

    # display

    def _show(self, view: PresentationsView) -> None:
        if view.event.id != self._event_id:
            return
        self.view = view
        event = view.event
        self.event_link.set_words(event.full_title)
        day = short_date(event.event_date, self.app_context.today()) if event.event_date else "日程未定"
        self.words.setText(f"{day} {event.start_time}–{event.end_time}　{join_nonempty(event.venue, event.room)}")
        self.list.show_rows(view.lines)
        if self._chosen_line() is None:  # the actions are visible without opening a menu
            self.list.choose(lambda _line: True, take_focus=False)
        self._update_buttons()

    def _show_documents(self, shelf: DocumentLibrary) -> None:
        if shelf.event_id == self._event_id:
            self._shelf = shelf
            self.show_document(self._kind)

    def show_document(self, kind: str) -> None:
        """Show one of the three documents as it will be issued, or what it lacks."""
        self._kind = kind
        for button in self.kinds:
            button.setEnabled(button.text() != kind)
        if self.sender() in self.kinds:
            self.parts.show_middle()
        found = self._shelf.row(kind) if self._shelf is not None else None
        if found is None or self._shelf is None:
            self.paper.clear("この回には、事例発表の書類はありません。")
            self.letter.hide()
            self.text_panel.hide()
            return
        self.letter.show_letter(self._shelf.scope, found)
        self.text_panel.setVisible(found.is_ready and kind != CONTACT_SHEET)
        if found.is_ready:
            self.paper.show_document_of(self._shelf.scope, kind)
            issued = (found.letter.issued_on if found.letter else None) or self.app_context.today()
            self.run_read(partial(self._show_texts, kind), read_passages, scope=self._shelf.scope, kind=kind, on=issued)
        else:
            self.paper.clear(f"{kind}は、まだ作成できません。{found.state}")

    def _show_texts(self, kind: str, rows: tuple[PassageRow, ...]) -> None:
        if kind == self._kind:
            self.texts.show_texts(DocumentScope(event_id=self._event_id), kind, rows)

    def _chosen_line(self) -> PresentationLine | None:
        found = self.list.current()
        return found if isinstance(found, PresentationLine) else None

    def _update_buttons(self) -> None:
        line = self._chosen_line()
        one = line.presentation if line is not None else None
        may = not self.app_context.read_only
        self.allowed.setText(f"使ってよいもの　{line.allowed}" if line is not None and line.allowed else "")
        for button in (self.consent_button, self.told_button):
            button.setVisible(one is not None)
            button.setEnabled(may)
        self.consent_button.set_words("承諾書を直す" if one is not None and one.answer else "承諾書を受ける")
        self.told_button.setVisible(one is not None and not one.answer)

    def menu_actions(self) -> Iterator[MenuAction]:
        """Yield rare actions: a presenter of the contractor, and withdrawing or deleting the selected 発表."""
        yield "受託者の講師を加える", partial(self.add, by_contractor=True)
        line = self._chosen_line()
        if line is not None:
            yield "お願いを直す", self.edit
        if line is not None and line.presentation.is_in_effect:
            yield "承諾の取りやめ", self.record_withdrawal
        if line is not None:
            yield "選んだ発表を外す", self.remove

    # actions

    def add(self, *, by_contractor: bool = False) -> None:
        """Open the dialog for a new request."""
        if self.view is not None and not self.app_context.read_only:
            RequestDialog(self.app_context, self.view, by_contractor=by_contractor, parent=self).open()

    def edit(self) -> None:
        """Open the dialog to correct a request."""
        line = self._chosen_line()
        if self.view is not None and line is not None and not self.app_context.read_only:
            RequestDialog(self.app_context, self.view, line.presentation, parent=self).open()

    def record_answer(self) -> None:
        """Open the dialog for the returned 承諾書."""
        line = self._chosen_line()
        if self.view is not None and line is not None and not self.app_context.read_only:
            ConsentDialog(self.app_context, self.view, line, self).open()

    def record_notification(self) -> None:
        """Record that the letter was sent."""
        line = self._chosen_line()
        if line is not None and not self.app_context.read_only:
            NotificationDialog(
                self.app_context,
                event_id=self._event_id,
                key=f"発表:{line.id}",
                subject=line.presentation.presenter_name,
                parent=self,
            ).open()

    def record_withdrawal(self) -> None:
        """Open the dialog for a withdrawn consent."""
        line = self._chosen_line()
        if line is not None and not self.app_context.read_only:
            WithdrawDialog(self.app_context, line.presentation, self).open()

    def remove(self) -> None:
        """Delete a 発表; undo restores it."""
        line = self._chosen_line()
        if line is not None:
            self.run_action(remove_presentation, presentation_id=line.id)

    def _open_event(self) -> None:
        self.app_context.back_to("event", event_id=self._event_id)


def _cell(line: PresentationLine) -> Cell:
    one = line.presentation
    return Cell(
        one.presenter_name, strong=True, icon="check-circle" if one.is_in_effect else "circle", second=line.state
    )
