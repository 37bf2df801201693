"""Dialogs for the four texts and letters about a document, the combined 修正依頼, and 供覧."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QWidget

from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.documents.services.notification_kinds import CONTRACTOR
from app.received.services import ReceivedView
from app.submissions.deliverables.documents import ABOUT_YEAR
from app.submissions.deliverables.parts import CorrectionForm
from app.submissions.deliverables.rules.outstanding_texts import ACTIONS, ActionId, applicable_texts
from app.submissions.deliverables.services.circulation import circulate
from app.submissions.deliverables.services.outstanding import (
    OutstandingText,
    OutstandingView,
    correction_text,
    record_combined_correction,
)
from app.submissions.deliverables.services.outstanding_documents import KINDS, item_of, text_of_letter
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.common_dialogs import TextToCopyDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.widgets.tab_order import OneStop
from app.window.app_context import AppContext, bind_action


class OutstandingTextsDialog(TextToCopyDialog):
    """Dialog with the four texts about one row of the list; signals are those of ``TextToCopyDialog``."""

    def __init__(self, parent: QWidget, view: OutstandingView):
        super().__init__(
            parent,
            "提出物についての文面",
            view.row.title,
            copy_words="文面をコピーする",
            text_name="文案",
        )
        self.view = view
        self.what: ActionId = applicable_texts(view.outstanding)[0]
        self.missing = NoteBox("", "amber")
        self.kinds = {what: inline_button(what, partial(self.choose, what)) for what in ACTIONS}
        group = QButtonGroup(self)
        one_stop = OneStop(self, chooses=True)
        for button in self.kinds.values():
            button.setCheckable(True)
            group.addButton(button)
            one_stop.add(button)
        self.letter = Button("公文書・事務連絡にする", self.open_letter, icon_name="file-text", low=True)
        self.body.insertWidget(0, FlowRow(*self.kinds.values(), self.letter))
        self.body.insertWidget(1, self.missing)
        self.text_copied.connect(self._note_copied)
        self.choose(self.what)

    @property
    def current_text(self) -> OutstandingText:
        """Return the text that is shown."""
        return next(one for one in self.view.texts if one.action == self.what)

    def choose(self, action: ActionId) -> None:
        """Show the text of this kind, or why it cannot be written yet; then copying and the letter are disabled.

        The letter alone is disabled where the one about a report is another text.
        """
        self.what = action
        for word, button in self.kinds.items():
            button.setChecked(word == action)
        found = self.current_text
        letter = action
        if self.view.row.event_id and not found.missing:
            letter = text_of_letter(KINDS[action], self.view)
        other = f"期限を過ぎているため、公文書・事務連絡は「{letter}」で作成します。" if letter != action else ""
        self.missing.show_text(found.missing or other)
        self.show_subject(found.subject)
        self.text.setPlainText("" if found.missing else found.text)
        self.main.setEnabled(not found.missing)
        self.letter.setEnabled(not found.missing and not other)

    def open_letter(self) -> None:
        """Close this dialog and open the letter about the row that says the chosen text."""
        owner = self.parentWidget()
        assert owner is not None
        if self.view.row.event_id:
            scope, kind = DocumentScope(event_id=self.view.row.event_id), KINDS[self.what]
        else:
            item = item_of(self.view.row, self.what)
            scope, kind = DocumentScope(fiscal_year=self.view.fiscal_year, item=item), ABOUT_YEAR
        self.accept()
        DocumentDialog(owner, scope=scope, kind=kind, subject=self.view.row.title).open()

    def _note_copied(self, text: str) -> None:
        scope = DocumentScope(fiscal_year=self.view.fiscal_year)
        if self.view.row.event_id:
            scope = DocumentScope(event_id=self.view.row.event_id)
        kind = f"{self.view.outstanding.title}の{self.what}の文"
        self.note_copied(bind_action(note_copied_text, scope=scope, kind=kind, text=text, to="受託者"))


_WHY = Field(
    "reason",
    "このまま進める理由",
    "lines",
    lines=2,
    hint="数がそろわないまま依頼する理由です。報告書の備考に残ります。",
)


class CombinedCorrectionDialog(CorrectionForm):
    """Dialog for one 修正依頼 on a document's open points and its form's cells; signals of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: OutstandingView):
        self.view = view
        super().__init__(
            parent,
            f"{view.row.title}　{len(view.outstanding.points)}点",
            due=view.next_due,
            lines=8,
            to=CONTRACTOR,
            more=(_WHY,) if view.stops else (),
        )
        self.stops = NoteBox("".join(f"{one.words}{one.todo}" for one in view.stops), "amber")
        self.body.insertWidget(0, self.stops)

    def compose_text(self) -> None:
        """Read the text for the typed day and propose it; an edited one stays."""
        self.run_read(
            self.propose_text,
            correction_text,
            view=self.view,
            due=self.form.value("due"),
            today=self.today,
        )

    def save(self) -> None:
        """Save the combined request for correction with its text, and how it was notified."""
        self.run_action(
            record_combined_correction,
            row_id=self.view.row.id,
            programme_id=self.view.programme_id,
            due=self.form.value("due"),
            text=self.form.value("text"),
            reason=self.form.value("reason") if self.view.stops else "",
            notification=self.notification_details(),
        )


def circulation_dialog(app_context: AppContext, view: ReceivedView, parent: QWidget) -> FormDialog:
    """Return the dialog to record the 供覧 of a received document."""
    paper = view.paper
    dialog = FormDialog(
        parent,
        "供覧を記録する",
        f"{paper.kind}　第{paper.version}版",
        main="記録する",
        fields=(
            Field("on", "供覧した日", "date", width=120),
            Field("to", "供覧した人", width=320, hint="係長、課長 など"),
            Field("note", "気づいたこと", "lines", lines=2, optional=True),
        ),
        values={"on": app_context.today()},
        change=lambda typed: bind_action(circulate, paper_id=paper.id, **typed),
        width=560,
    )
    dialog.body.insertWidget(1, Paragraph("区の中で回したことの記録です。受託者への連絡には数えません。", role="small"))
    return dialog
