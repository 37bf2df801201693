"""帳票, to choose an event, the year or a 団体, preview its documents, and save or print them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from app.common.join_nonempty import join_nonempty
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.document_view import DocumentView
from app.documents.screens.letter_panel import LetterPanel
from app.documents.screens.mail_text_dialog import MailTextDialog
from app.documents.screens.outgoing_log import OutgoingDialog, log_list
from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_kind import DocumentGroup, host_document_of
from app.documents.services.document_library import DocumentLibrary, DocumentRow, read_library
from app.documents.services.document_passages import PassageRow
from app.documents.services.document_scope import DocumentScope
from app.documents.services.passage_writing import read_passages
from app.main_window.action_routes import route_to
from app.subjects.events.event.parts.document_views import DOCUMENTS_TAB, DOCUMENTS_VIEW, DocumentViewLinks
from app.subjects.events.event.parts.event_picker import NO_EVENT, WHOLE_YEAR, EventPicker, empty_year_words
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import SideAndMiddle
from app.widgets.labels import heading, label, styled_frame
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.panel import Panel
from app.widgets.screen import Screen, page_column
from app.window.app_context import AppContext
from db.records.documents import Outgoing


def document_list() -> FittedTable:
    """Return the list; Enter or a click shows the document."""
    return FittedTable(
        "documents-papers",
        (Column("paper", "帳票", _cell, stretch=True, sortable=False),),
        title="帳票",
        empty=NO_EVENT,
        group=lambda row: row.group,
        head=False,
    )


def sort_by_group(rows: Sequence[DocumentRow]) -> tuple[DocumentRow, ...]:
    """Return the documents by group, each group in its own order."""
    order = get_args(DocumentGroup)
    return tuple(sorted(rows, key=lambda row: order.index(row.group)))


def _cell(row: DocumentRow) -> Cell:
    form = row.letter.form if row.letter is not None else ""
    state = f"（{row.letter.state}）" if row.letter is not None and form == "公文書" else ""
    lines = [row.state, f"{form}{state}" if form else "", row.outgoing_words]
    return Cell(
        row.full_name,
        join_nonempty(*lines, separator="\n"),
        strong=row.can_be_made,
        tone="" if row.can_be_made else "second",
        icon="file-text"
        if row.can_be_made
        else "prohibit"
        if row.state_answer.is_stopped and row.is_ready
        else "circle",
    )


class DocumentsScreen(Screen):
    """The documents of one event, of the year or of one 団体; emits no signals.

    ``open_with(event_id=…, kind=…, copy=…)`` (``copy`` opens the 控え of that row of the log),
    ``open_with(whole_year=True, kind=…)`` or ``open_with(page="年度")``, ``open_with(organisation_id=…,
    kind=…)``: without them the last choice stays, at first the next event.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._shelf: DocumentLibrary | None = None
        self._kind = ""
        self._item: int | None = None
        self._scope = DocumentScope()
        self._organisation_id = 0
        self.picker = EventPicker(app_context, whole_year=True)
        self.list = document_list()
        self.paper = DocumentView(app_context, main="pdf")
        self.letter = LetterPanel(app_context)
        self.log = log_list()
        self.everything = link_button("すべての記録", self._show_everything)
        column = page_column(self)
        self.views = DocumentViewLinks(
            app_context, DOCUMENTS_VIEW, event_and_kind=lambda: (self.picker.event_id, self._kind)
        )
        self.heading = heading("帳票")
        self.group = label("", "strong")
        self.events = link_button("実施回・年度の帳票へ", self._leave_organisation)
        column.addWidget(FlowRow(self.heading, self.picker, self.views, self.group, self.events, spacing=16))
        self.texts = PassageList(app_context)
        self.words = Panel("文")
        self.words.put(self.texts)
        self.words.hide()
        log = Panel("出力の記録")
        log.put_in_head(self.everything)
        log.put(self.log)
        frame = styled_frame("panel")
        in_column(self.paper, owner=frame, margins=(1, 1, 1, 1))
        self.parts = SideAndMiddle(("帳票", self.list), ("見本", frame), ("発信・記録", (self.letter, self.words, log)))
        column.addWidget(self.parts, 1)
        self.picker.chosen.connect(self._read)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(lambda _row: self._open())
        self.list.view.clicked.connect(lambda _index: self.parts.show_middle())
        self.letter.mail_asked.connect(self._show_mail)
        self.log.opened.connect(self._open_logged)
        self.log.acted.connect(self._open_logged)

    def open_with(self, **arguments: Any) -> None:
        """Set the event, the year or the 団体, and the document kind."""
        if arguments.get("kind"):
            self._kind = str(arguments["kind"])
            self._item = arguments.get("item")
            # A requested document is shown, also where it is in a tab of its own.
            if not arguments.get("listed"):
                self.parts.show_middle()
        self._organisation_id = int(arguments.get("organisation_id") or 0 if arguments else self._organisation_id)
        if arguments.get("event_id"):
            self.picker.choose(int(arguments["event_id"]))
        elif arguments.get("whole_year") or arguments.get("page") == "年度":
            self.picker.choose(WHOLE_YEAR)
        if arguments.get("copy"):
            self._open_copy(int(arguments["copy"]))

    def view_state(self) -> dict[str, Any]:
        """Return the event, the year or the 団体, and the document kind."""
        whole_year = self.picker.event_id == WHOLE_YEAR
        return {
            "event_id": 0 if whole_year else self.picker.event_id, "whole_year": whole_year,
            "organisation_id": self._organisation_id, "kind": self._kind, "item": self._item,
            "listed": self.parts.is_first_shown,
        }  # fmt: skip

    def reload(self) -> None:
        """Read the events and the documents of the chosen one."""
        self.picker.reload()
        if self.picker.event_id or self._organisation_id:
            self._read(self.picker.event_id)

    @property
    def kind(self) -> str:
        """Return the chosen document kind."""
        return self._kind

    def _leave_organisation(self) -> None:
        self._organisation_id = 0
        self._read(self.picker.event_id)

    def _read(self, event_id: int) -> None:
        of_group = bool(self._organisation_id)
        of_event = event_id > 0 and not of_group
        self.views.setVisible(of_event)
        self.heading.setText(DOCUMENTS_TAB if of_event else "帳票")
        self.picker.setVisible(not of_group)
        for part in (self.group, self.events):
            part.setVisible(of_group)
        if of_group:
            if self.isVisible():
                scope = DocumentScope(organisation_id=self._organisation_id)
                self.run_read(self._show, read_library, scope=scope, today=self.app_context.today())
        elif not event_id:
            self.list.show_rows(())
            self.letter.hide()
            self.paper.clear(*empty_year_words(self.app_context))
        elif self.isVisible() and event_id == WHOLE_YEAR:
            today = self.app_context.today()
            scope = DocumentScope(fiscal_year=self.app_context.fiscal_year, as_of=today)
            self.run_read(self._show, read_library, scope=scope, today=today)
        elif self.isVisible():
            self.run_read(self._show, read_library, event_id=event_id, today=self.app_context.today())

    def _show(self, library: DocumentLibrary) -> None:
        wanted_event = WHOLE_YEAR if library.scope.about == "年度" else library.event_id
        if (library.scope.organisation_id or 0) != self._organisation_id:
            return
        if not self._organisation_id and wanted_event != self.picker.event_id:
            return
        self.group.setText(f"団体　{library.title}" if self._organisation_id else "")
        self._shelf = library
        self.log.show_rows(library.log)
        first = next((each for each in library.listed_rows if each.can_be_made), library.listed_rows[0])
        wanted = library.row(self._kind, self._item) or first
        self._kind, self._item = wanted.kind, wanted.item
        self.list.show_rows(sort_by_group(library.listed_rows))
        self.list.choose(
            lambda each: (each.kind, each.item) == (host_document_of(wanted.kind), wanted.item), take_focus=False
        )
        self._show_chosen(wanted)

    def _show_chosen(self, chosen: DocumentRow | None) -> None:
        """Preview a document, or show what is missing for it."""
        if chosen is None or self._shelf is None:
            return
        self._kind, self._item = chosen.kind, chosen.item
        scope = self._scope = self._shelf.scope_of(chosen)
        self.letter.show_letter(scope, chosen)
        self._read_passages(scope, chosen)
        if chosen.is_ready:
            self.paper.show_document_of(scope, chosen.kind)
        else:
            todo = route_to(chosen.missing_link) if chosen.missing_link is not None else None
            self.paper.clear(
                f"{chosen.kind}は、まだ作成できません。{chosen.state}",
                todo.label if todo else "",
                (lambda: self.app_context.go(todo.screen_name, **todo.arguments)) if todo else None,
            )

    def _read_passages(self, scope: DocumentScope, chosen: DocumentRow) -> None:
        """Read the passages that staff may edit in documents without a screen of their own for it."""
        self.words.setVisible(chosen.has_own_texts and chosen.is_ready)
        if not chosen.has_own_texts:
            return

        def show(rows: tuple[PassageRow, ...]) -> None:
            if self._shelf is not None and (self._scope, self._kind) == (scope, chosen.kind):
                self.texts.show_texts(scope, chosen.kind, rows)

        issued = (chosen.letter.issued_on if chosen.letter else None) or self.app_context.today()
        self.run_read(show, read_passages, scope=scope, kind=chosen.kind, on=issued)

    def _open(self) -> None:
        self.parts.show_middle()
        self.paper.preview.pages.setFocus()

    def _show_mail(self) -> None:
        if self._shelf is not None:
            MailTextDialog(
                self.app_context,
                scope=self._scope,
                kind=self._kind,
                parent=self,
                subject=f"{self._kind}　{self._shelf.title}",
            ).open()

    def _open_logged(self, row: Outgoing) -> None:
        if row.copy_file_id is not None:
            self._open_copy(row.id)

    def _open_copy(self, outgoing_id: int) -> None:
        IssuedCopyDialog(self.app_context, outgoing_id=outgoing_id, parent=self).open()

    def _show_everything(self) -> None:
        OutgoingDialog(self.app_context, self.picker.titles, parent=self).open()
