"""What the ward writes about a paper that is owed or came: the four texts to copy, each as a letter, the 修正依頼 for
all points, and 供覧."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.papers.screens.paper_view import PaperDialog
from app.papers.services.issued_copies import note_copied_text
from app.papers.services.paper_scope import PaperScope
from app.papers.services.tells import CONTRACTOR
from app.subjects.submissions.deliverables.papers.outstanding_papers import ABOUT_YEAR
from app.subjects.submissions.deliverables.parts.correction_form import CorrectionForm
from app.subjects.submissions.deliverables.rules.outstanding_texts import WHATS, ActionId, fitting
from app.subjects.submissions.deliverables.services.circulation import circulate
from app.subjects.submissions.deliverables.services.outstanding import (
    OutstandingText,
    OutstandingView,
    ask_joined,
    correction_text,
)
from app.subjects.submissions.deliverables.services.outstanding_papers import KINDS, item_of
from app.widgets.buttons import Button
from app.widgets.dialogs.usual_dialogs import SavingDialog, TextToCopyDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, acting


class TextsDialog(TextToCopyDialog):
    """The four texts about one row of the list. Signals: those of ``TextToCopyDialog``."""

    def __init__(self, desk: Desk, view: OutstandingView, parent: QWidget) -> None:
        super().__init__(
            desk, "提出物についての文", view.row.title, copy_words="文をコピーする", text_name="文案", parent=parent
        )
        self.view = view
        self.what: ActionId = fitting(view.outstanding)[0]
        self.missing = NoteBox("", "amber")
        self.kinds = {what: Button(what, partial(self.choose, what), low=True) for what in WHATS}
        for button in self.kinds.values():
            button.setCheckable(True)
        self.letter = Button("公文書・事務連絡にする", self.open_letter, icon_name="file-text", low=True)
        self.body.insertWidget(0, FlowRow(*self.kinds.values(), self.letter))
        self.body.insertWidget(1, self.missing)
        self.text_copied.connect(self._note_copied)
        self.choose(self.what)

    @property
    def shown(self) -> OutstandingText:
        """The text that is shown."""
        return next(one for one in self.view.texts if one.what == self.what)

    def choose(self, what: ActionId) -> None:
        """Show one of the four texts."""
        self.what = what
        for word, button in self.kinds.items():
            button.setChecked(word == what)
        found = self.shown
        self.missing.say(found.missing)
        self.show_subject(found.subject)
        self.text.setPlainText("" if found.missing else found.text)
        self.main.setEnabled(not found.missing)
        self.letter.setEnabled(not found.missing)

    def open_letter(self) -> None:
        """Show the same as a letter, with its 事務連絡 / メール / 公文書 and its states."""
        owner = self.parentWidget()
        if self.view.row.event_id:
            scope, kind = PaperScope(event_id=self.view.row.event_id), KINDS[self.what]
        else:
            scope, kind = PaperScope(fiscal_year=self.view.fiscal_year, item=item_of(self.view.row)), ABOUT_YEAR
        self.accept()
        PaperDialog(self.desk, scope=scope, kind=kind, subject=self.view.row.title, parent=owner).open()

    def _note_copied(self, text: str) -> None:
        scope = PaperScope(fiscal_year=self.view.fiscal_year)
        if self.view.row.event_id:
            scope = PaperScope(event_id=self.view.row.event_id)
        kind = f"{self.view.outstanding.title}の{self.what}の文"
        self.note_copied(acting(self.desk, note_copied_text, scope=scope, kind=kind, text=text, to="受託者"))


_WHY: Final = Field(
    "reason",
    "このまま進める理由",
    "lines",
    lines=2,
    hint="数がそろわないまま依頼する理由です。報告書の備考に残ります。",
)


class JoinedDialog(CorrectionForm):
    """One 修正依頼 for the open points of a paper and the cells of its form. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: OutstandingView, parent: QWidget) -> None:
        self.view = view
        super().__init__(
            desk,
            f"{view.row.title}　{len(view.outstanding.points)}点",
            due=view.next_due,
            lines=8,
            to=CONTRACTOR,
            more=(_WHY,) if view.stops else (),
            parent=parent,
        )
        self.stops = NoteBox("".join(f"{one.words}{one.todo}" for one in view.stops), "amber")
        self.body.insertWidget(0, self.stops)

    def write(self) -> None:
        """Make the text for the day that is typed."""
        self.fetch(self.propose, correction_text, view=self.view, due=self.form.value("due"), today=self.desk.today())

    def save(self) -> None:
        """Record the request."""
        self.do(
            ask_joined,
            row_id=self.view.row.id,
            programme_id=self.view.programme_id,
            due=self.form.value("due"),
            text=self.form.value("text"),
            reason=self.form.value("reason") if self.view.stops else "",
            told=self.how(),
        )


class RoundDialog(SavingDialog):
    """供覧: who has seen a received paper, and when. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, paper_id: int, title: str, parent: QWidget) -> None:
        super().__init__(desk, "供覧を記録する", title, main="記録する", width=560, parent=parent)
        self._paper_id = paper_id
        self.form = Form(
            (
                Field("on", "供覧した日", "date", width=120),
                Field("to", "供覧した人", width=320, hint="係長、課長 など"),
                Field("note", "気づいたこと", "lines", lines=2, optional=True),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.form.set_values({"on": desk.today(), "to": "", "note": ""})
        self.put(
            self.form, Paragraph("区の中で回したことの記録です。受託者への連絡には数えません。", role="small"), None
        )

    def _save(self) -> None:
        if self.form.check_all():
            self.do(circulate, paper_id=self._paper_id, **self.form.values())
