"""The preview of one document of an event or a year, with the buttons that save or print exactly that.

A screen without room for it opens the same preview in a dialog.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.documents.blocks import DocumentContent
from app.documents.file_format import SHEET_FORMATS, Format, offered_formats
from app.documents.screens.document_print import offer_kept, print_document
from app.documents.screens.doubts_box import DoubtsBox
from app.documents.screens.export_button import KEYS
from app.documents.screens.letter_panel import LetterPanel
from app.documents.screens.save_dialog import SaveDocumentDialog
from app.documents.screens.stop_override import GO_ON, ask_override_reason
from app.documents.services import document_saving, documents
from app.documents.services.document_kind import formats_of, kind_of
from app.documents.services.document_library import DocumentRow
from app.documents.services.document_scope import DocumentScope, scope_of
from app.documents.services.document_states import COPIES, StoppedByState
from app.documents.services.issued_copies import count_people
from app.main_window.action_routes import route_to
from app.widgets.action_mixin import ActionMixin
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame, confirm_first
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import small_label, styled_frame
from app.widgets.layouts import in_column, in_row
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.pdf.pdf_printing import PrintResult
from app.widgets.screen import Screen
from app.window.app_context import AppContext, app_context_at, bind_action
from app.window.background_task import bind_arguments
from app.window.failure_messages import failure_of
from app.window.year_words import in_year_words
from db.records.documents import PrintUse
from db.store import Store

_PRINT, _SAVE = "Ctrl+P", "Ctrl+S"
_FORMS: tuple[tuple[Format, str, str, str], ...] = (
    ("xlsx", "Excel", "table", KEYS),
    ("docx", "Word", "file-text", ""),
    ("pdf", "PDF", "file-pdf", _SAVE),
)
DRAW_WITH_GAPS = "その字を空けて作成する"


class DocumentView(ActionMixin, QWidget):
    """The preview of one document and its buttons; it draws only while it is visible.

    Signals: ``shown(str)`` the kind now shown ("" = none can be); ``left_app()`` the document was saved or printed.
    """

    shown = Signal(str)
    left_app = Signal()

    def __init__(
        self,
        app_context: AppContext,
        *,
        main: str = "",
        with_note: bool = True,
        compact: bool = False,
        bar: ActionBar | None = None,
    ):
        """Build the view; ``main`` is the form whose button is the primary one.

        ``with_note`` False leaves out the text beside the buttons, where there is no room. With the action ``bar`` of
        the page both stand there; its owner puts the buttons into it. ``compact`` as for the preview.
        """
        super().__init__()
        self.app_context = app_context
        self._bar = bar
        self._with_note = with_note
        self._letter: LetterPanel | None = None
        self._steps: Sequence[Button] = ()
        self._others: Sequence[Button] = ()
        self.folded: tuple[Button, ...] = ()
        """Buttons of this view that have another place than the bar while it offers a PDF."""
        self._step_words = ""
        self._scope = DocumentScope()
        self._kind = ""
        self._drawn: documents.RenderedDocument | None = None
        self._leave_open = False
        self._asked = self._asked_to_leave = self._people_count = 0
        self._stale = False
        self.preview = PdfPreview(compact=compact)
        self.note = small_label()
        self.print_button = Button("印刷する", self.print_out, icon_name="printer", key=_PRINT)
        offer_kept(self.print_button, partial(self.print_out, PrintUse.COPY))
        self.xlsx_button, self.docx_button, self.pdf_button = (
            Button(f"{name}で保存", partial(self.save_as, form), kind=_kind(main == form), icon_name=icon, key=key)
            for form, name, icon, key in _FORMS
        )
        self.buttons = (self.print_button, self.pdf_button, self.docx_button, self.xlsx_button)
        column = in_column(owner=self, spacing=0)
        self.none = EmptyState()
        self.none.setContentsMargins(16, 0, 16, 0)
        self._paper = QWidget()
        paper = in_column((self.preview, 1), owner=self._paper, spacing=0)
        if bar is None:
            paper.addWidget(self._foot())
        if bar is not None:
            for button in self.buttons:
                button.setParent(bar)  # without a parent it would be shown as a window of its own
        on_key(bar or self, _PRINT, self.print_button.click)
        on_key(bar or self, _SAVE, self.pdf_button.click)
        on_key(self.xlsx_button, KEYS, self.xlsx_button.click)
        self._stack = PageLayout()
        # Placed first: a stack that has no parent yet would show its first page as a window.
        column.addLayout(self._stack)
        self._stack.addWidget(self._paper)
        self._stack.addWidget(self.none)
        self._update_buttons()

    def put_in_bar(self, letter: LetterPanel, *others: Button, steps: Sequence[Button] = ()) -> None:
        """Put the next step of a letter, the buttons of this view and ``others`` into the action bar of the page.

        While a step is offered, or one of ``steps`` is filled, that is the filled button, else the saving.
        """
        self._letter, self._steps, self._others = letter, steps, (*others, *letter.others)
        if self._bar is not None:
            for one in self.folded:
                one.move_into(self._bar)
            letter.next.offer_changed.connect(self._update_buttons)
        self._update_buttons()

    def show_step(self, words: str) -> None:
        """Show what the filled one of the ``steps`` does, "" = the note on the document."""
        self._step_words = words
        self._update_buttons()

    def _foot(self) -> QWidget:
        foot = styled_frame("footer")
        buttons = (self.print_button, self.xlsx_button, self.docx_button, self.pdf_button)
        if self._with_note:
            in_row((self.note, 1), *buttons, owner=foot, spacing=8, margins=(16, 8, 16, 8))
        else:
            self.note.setParent(foot)
            self.note.hide()
            in_row((FlowRow(*buttons, at_end=len(buttons)), 1), owner=foot, margins=(16, 8, 16, 8))
        return foot

    # what a screen does

    def show_document(self, event_id: int, kind: str) -> None:
        """Show the current document ``kind`` of an event; if it can't be made, the reason is shown instead."""
        self.show_document_of(DocumentScope(event_id=event_id), kind)

    def show_document_of(self, scope: DocumentScope, kind: str) -> None:
        """Show the document ``kind`` of a scope, an event or a year; an alias leads to its document."""
        kind = kind_of(kind)
        if (scope, kind) != (self._scope, self._kind):
            self._drawn = None
            self._scope, self._kind = scope, kind
            self._leave_open = False
            self.preview.show_loading()
            self._stack.setCurrentWidget(self._paper)
            self._update_buttons()
        self.refresh()

    def refresh(self) -> None:
        """Draw again what is shown, now if visible, else at the next showing."""
        if not self._kind:
            return
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self._draw("pdf", self._show)

    def clear(self, sentence: str = "", button: str = "", on_click: Callable[[], object] | None = None) -> None:
        """Show a sentence instead of a document, with a ``button`` (its text, "" = none) that calls ``on_click``."""
        self._scope, self._kind, self._drawn = DocumentScope(), "", None
        self._asked += 1
        self.preview.clear(sentence)
        self.none.show_text(sentence, button, on_click)
        self._stack.setCurrentWidget(self.none)
        self._update_buttons()

    def show_missing(self, row: DocumentRow) -> None:
        """Say instead of a document that is not ready why, with the button to what is missing."""
        self.clear(f"{in_year_words(row.kind)}は、まだ作成できません。{row.state}", *self._way(row.missing_link))

    def _way(self, link: ActionLink | None) -> tuple[str, Callable[[], object] | None]:
        """Return the text of the button that leads where ``link`` does, and what it calls."""
        way = route_to(link) if link is not None else None
        return (way.label, partial(self.follow, way)) if way is not None else ("", None)

    @property
    def scope(self) -> DocumentScope:
        """Return the scope of the document shown."""
        return self._scope

    @property
    def kind(self) -> str:
        """Return the document kind shown, or ""."""
        return self._kind

    @property
    def allows_gaps(self) -> bool:
        """Return whether the user chose to leave gaps for what can't be printed."""
        return self._leave_open

    @property
    def content(self) -> DocumentContent | None:
        """Return the content of the document shown; None before it is drawn, and if it can't be made."""
        return self._drawn.content if self._drawn is not None else None

    def save_as(self, form: Format) -> None:
        """Draw the document anew in a form, ask for a place and save it."""
        self._draw(form, self._ask_where, shows=False)

    def print_out(self, use: PrintUse = PrintUse.HANDOUT) -> None:
        """Draw the document anew, ask for printer, pages, copies and sides, and print it from memory.

        ``use``: for others (配る), or for the office's own file (控え用).
        """
        self._draw("pdf", partial(self._print, use), shows=False)

    def draw_with_gaps(self) -> None:
        """Draw the document with gaps for what can't be printed, until another document is shown."""
        self._leave_open = True
        self.preview.show_loading()
        self._stack.setCurrentWidget(self._paper)
        self.refresh()

    # drawing

    def build_request(self) -> tuple[Callable[..., DocumentContent], dict[str, Any]]:
        """Return the service that builds the document, and its arguments; subclasses may ask for a part of it."""
        return documents.build_document, {"scope": self._scope, "kind": self._kind, "now": self.app_context.now()}

    def _draw(self, format_: Format, then: Callable[[documents.RenderedDocument], None], *, shows: bool = True) -> None:
        """Build the content in the store, draw it in the background, and call ``then``.

        A newer request replaces the drawing for the screen. A drawing for saving or printing (``shows`` False) is
        replaced only by the next of its kind, or by another document: redrawing the same document does not cancel a
        click.
        """
        if shows:
            self._asked += 1
        else:
            self._asked_to_leave += 1
        asked = (self._asked if shows else self._asked_to_leave, self._scope, self._kind)

        def is_wanted() -> bool:
            """Return whether no newer request replaced this one."""
            return asked == (self._asked if shows else self._asked_to_leave, self._scope, self._kind)

        def draw(found: tuple[DocumentContent, int]) -> None:
            """Draw the content in the background, if it is still wanted."""
            content, self._people_count = found
            if is_wanted():
                self.app_context.run_in_background(
                    bind_arguments(documents.render, content=content, format=format_, with_gaps=self._leave_open),
                    open_with,
                    on_failed=refuse,
                    owner=self,
                    title="書類を作成しています",
                    drawing=True,
                )

        def open_with(drawn: documents.RenderedDocument) -> None:
            """Pass the drawn document on, if it is still wanted."""
            if is_wanted():
                then(drawn)

        def refuse(problem: Exception) -> None:
            """Show why it can't be drawn, if it is still wanted; the preview stays where only a file fails."""
            if not is_wanted():
                return
            if shows or isinstance(problem, StoppedByState | documents.UnprintableText):
                self._refuse(problem)
            else:
                self.app_context.show_failure(problem)

        service, given = self.build_request()

        def build(store: Store) -> tuple[DocumentContent, int]:
            content = service(store, **given)
            return content, count_people(store, content)

        self.app_context.read(build, draw, on_failed=refuse, owner=self)

    def _show(self, rendered: documents.RenderedDocument) -> None:
        """Show the drawn document on the page that was shown before; emit ``shown``."""
        if self._drawn is None or self._drawn.data != rendered.data:
            page = self.preview.pages.page() if self._drawn is not None else 0
            self.preview.show_pdf(rendered.data, title=in_year_words(rendered.content.kind))
            if page > 1:
                self.preview.pages.go_to_page(page)
        self._drawn = rendered
        if rendered.content.personal:
            self.app_context.note_access(
                self._kind,
                count=self._people_count,
                event_id=self._scope.event_id,
                organisation_id=self._scope.organisation_id,
            )
        self._stack.setCurrentWidget(self._paper)
        self._update_buttons()
        self.shown.emit(self._kind)

    def _refuse(self, problem: Exception) -> None:
        """Show why the document can't be drawn, and what can be done; emit ``shown`` with ""."""
        self._drawn = None
        self.preview.clear(failure_of(problem).as_one_text())
        if isinstance(problem, StoppedByState):
            self._show_stop(problem)
        elif isinstance(problem, documents.UnprintableText) and not self._leave_open:
            self.none.show_text(failure_of(problem).as_one_text(), DRAW_WITH_GAPS, self.draw_with_gaps)
            self._stack.setCurrentWidget(self.none)
        self._update_buttons()
        self.shown.emit("")

    def _show_stop(self, stop: StoppedByState) -> None:
        """Show why the state of the event stops the document, where to go on, and a button to override it.

        That button is missing where the stop is final or the data is read-only.
        """
        self.none.show_text(f"{stop.happened}{COPIES}", *self._way(stop.way))
        if not (self.app_context.read_only or stop.final):
            self.none.show_second_button(GO_ON, lambda: ask_override_reason(stop, self.refresh, self))
        self._stack.setCurrentWidget(self.none)

    def _update_buttons(self) -> None:
        """Show and enable the buttons that fit the document shown, and the note on it."""
        ready = self._drawn is not None and self.may_write
        for button in self.buttons:
            button.setEnabled(ready)
        offered = offered_formats(formats_of(self._kind) if self._kind else SHEET_FORMATS)
        if self._bar is not None and self._stack.currentWidget() is self.none:
            offered = ()
        self.xlsx_button.setVisible("xlsx" in offered)
        self.docx_button.setVisible("docx" in offered)
        for button in (self.print_button, self.pdf_button):
            button.setVisible("pdf" in offered)
        self.note.setText(self._note_words())
        step = ""
        if self._letter is not None:
            saves = not self._letter.next.is_offered and not any(
                one.is_offered and one.is_filled for one in self._steps
            )
            self.pdf_button.set_filled(saves and "pdf" in offered)
            self.xlsx_button.set_filled(saves and "pdf" not in offered)
            step = "" if self.app_context.read_only else self._letter.step_hint() or self._step_words
        if self._bar is not None and self._letter is not None:
            placed = [one for one in self.buttons if "pdf" not in offered or one not in self.folded]
            self._bar.put(self._letter.next, *self._letter.due, *placed, *self._others)
        if self._bar is not None and self._with_note:
            self._bar.show_words(step or self.note.text())

    def _note_words(self) -> str:
        """Return what is to be known of the document before it is saved or printed."""
        open_words = self._drawn.gap_words if self._drawn is not None else ""
        return (
            "閲覧専用で開いているため、保存と印刷はできません。"
            if self.app_context.read_only
            else f"{_caution_words(self.content)}{open_words}"
        )

    # saving and printing

    def _ask_where(self, rendered: documents.RenderedDocument) -> None:
        """Show the drawn document if it is a PDF, and open the dialog that saves it; then ``left_app`` is emitted."""
        if rendered.format == "pdf":
            self._show(rendered)
        dialog = SaveDocumentDialog(self, scope=self._scope, kind=self._kind, rendered=rendered)
        dialog.saved.connect(lambda _path: self.left_app.emit())
        dialog.open()

    def _print(self, use: PrintUse, rendered: documents.RenderedDocument) -> None:
        """Show the drawn document and print it by the print dialog; what was printed is recorded."""
        self._show(rendered)
        scope, kind = self._scope, self._kind
        doubts = DoubtsBox(self.app_context, scope, (kind,), contents=(rendered.content,))
        print_document(
            rendered.data,
            title=rendered.content.file_stem,
            parent=self,
            on_printed=lambda told: self._log_print(rendered, scope, kind, told, doubts.reason),
            on_failed=self.app_context.show_failure,
            copies=max(1, rendered.content.copies),
            # Numbered copies and cards would stand on each other's back.
            both_sides=not rendered.content.numbered_copies and rendered.content.look != "card",
            doubts=doubts,
            use=use,
        )

    def _log_print(
        self,
        rendered: documents.RenderedDocument,
        scope: DocumentScope,
        kind: str,
        printed: PrintResult,
        day_reason: str,
    ) -> None:
        sides = "両面" if printed.both_sides else "片面"
        self.run_change(
            bind_action(
                document_saving.log_print,
                scope=scope,
                kind=kind,
                copies=printed.copies,
                pages=printed.pages,
                rendered=rendered,
                use=printed.use,
                how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
                day_reason=day_reason,
            ),
            self._after_print,
        )

    def _after_print(self, _saved: Any) -> None:
        self.left_app.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was requested while the view was hidden."""
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self.refresh()


def offer_gaps(
    app_context: AppContext, problem: Exception, draw_with_gaps: Callable[[], object], parent: QWidget
) -> None:
    """Show why documents can't be drawn; if a text can't be printed, offer to leave gaps and go on."""
    if not isinstance(problem, documents.UnprintableText):
        app_context.show_failure(problem)
        return
    confirm_first(
        parent,
        title="印刷できない字があります",
        text=failure_of(problem).as_one_text(),
        verb=DRAW_WITH_GAPS,
        on_confirmed=draw_with_gaps,
        danger=False,
    )


def _kind(main: bool) -> Any:
    return "main" if main else "plain"


def _caution_words(content: DocumentContent | None) -> str:
    """Return the sentences on version, marks and personal data of a document, "" without any or without a document.

    「第2版。全ページに「中止」と入ります。」
    """
    if content is None:
        return ""
    lines = [f"{content.kept.words}です。"] if content.kept is not None else []
    lines += [f"第{content.version}版。"] if content.version else []
    lines += [f"全ページに「{mark}」と入ります。" for mark in (content.state_mark, content.stamp) if mark]
    if content.personal:
        lines.append("個人情報を含みます。保存するときは暗号化をおすすめします。")
    return "".join(lines)


class DocumentDialog(DialogFrame):
    """Shows the document ``kind`` of an event or of ``scope`` in a dialog. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        parent: QWidget,
        *,
        event_id: int | None = None,
        scope: DocumentScope | None = None,
        kind: str,
        subject: str = "",
    ):
        about, app_context = scope_of(event_id, scope), app_context_at(parent)
        super().__init__(kind, subject, cancel="閉じる", width=880, parent=parent)
        self.view = DocumentView(app_context)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put((self.view, 1))
        if about.item is None:
            self.put_button(
                Button("帳票の画面で開く", lambda: self._open_document(app_context, about, kind), tall=True)
            )
        self.fill_height(self.view)
        app_context.follow_changes(self, self.view.refresh)
        self.view.show_document_of(about, kind)

    def _open_document(self, app_context: AppContext, about: DocumentScope, kind: str) -> None:
        self.accept()
        if about.event_id is not None:
            app_context.go("event", event_id=about.event_id, tab="書類", kind=kind)
        elif about.organisation_id is not None:
            app_context.go("documents", organisation_id=about.organisation_id, kind=kind)
        else:
            app_context.go("documents", kind=kind)


def show_year_document(
    screen: Screen, kind: str, *, fiscal_year: int | None = None, item: int | None = None, subject: str = ""
) -> None:
    """Open the dialog with a document of a year as it is today, of the year shown unless ``fiscal_year`` says another.

    ``item`` is the row that it is about.
    """
    app_context = screen.app_context
    scope = DocumentScope(fiscal_year=fiscal_year or app_context.fiscal_year, as_of=app_context.today(), item=item)
    DocumentDialog(screen, scope=scope, kind=kind, subject=subject).open()
