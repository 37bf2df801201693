"""The screen 事例発表 of an event: requests, answers and allowed uses, with their dialogs and the 承諾書."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from app.calendar.dates import long_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.documents.screens.document_view import DocumentView
from app.documents.screens.letter_panel import LetterPanel
from app.documents.screens.notification_dialog import NotificationDialog
from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_library import DocumentLibrary, read_library
from app.documents.services.document_passages import PassageRow, read_passages
from app.documents.services.document_scope import DocumentScope
from app.events.presentations.documents import CONSENT, CONTACT_SHEET, REQUEST
from app.events.presentations.rules import USE_LINES
from app.events.presentations.services import (
    PresentationLine,
    PresentationsView,
    note_answer,
    read_presentations,
    remove_presentation,
    save_presentation,
    withdraw_consent,
)
from app.main_window.navigation import ScreenEntry
from app.registers.register.parts import organisation_entry_field
from app.registers.register.services.people import current_head_of
from app.registers.register.services.search import OrganisationHit
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MenuAction, MoreButton, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import SideAndMiddle
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label, section
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.panel import Panel
from app.widgets.screen import Screen, disable_when_read_only, page_title, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, app_context_at, bind_action
from db.records.presentations import Presentation


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose widget is built when it is first shown."""

    yield ScreenEntry(
        screen_name="presentations",
        icon="megaphone",
        title="事例発表",
        factory=PresentationsScreen,
        parent_screen="events",
    )


_LABEL_WIDTH = 128
_NEW_CONSENT_FIELD = Field(
    "is_new_consent",
    "この記録は",
    kind="radio",
    choices=((True, "新しい承諾書を受けた"), (False, "前の承諾書の記録を直す")),
)
"""Field whether an answer is a new consent after a withdrawn one, as within a day the program cannot tell."""


class RequestDialog(SavingDialog):
    """Dialog for a request, new or existing. Signals: those of ``SavingDialog``.

    Without ``presentation`` it is a new one; ``by_contractor`` then makes it that of a lecturer of the 受託者.
    """

    def __init__(
        self,
        parent: QWidget,
        view: PresentationsView,
        presentation: Presentation | None = None,
        *,
        by_contractor: bool = False,
    ):
        self._given = presentation or replace(view.proposed, of_contractor=by_contractor)
        who = "受託者の講師の発表" if self._given.of_contractor else "発表のお願い"
        super().__init__(
            parent,
            f"{who}を{'直す' if presentation else '加える'}",
            view.event.full_title,
            main="保存する",
            width=700,
        )
        self.organisation = organisation_entry_field(self.app_context)
        self._organisation_id = self._given.organisation_id
        self._proposed: dict[str, tuple[Any, ...]] = {"addressed": ("", self._given.addressed)}
        self.organisation.line.setText(self._given.organisation_name)
        if self._given.of_contractor:
            self.put(
                Paragraph("依頼は受託者の業務責任者あてに作成します。承諾書は受託者が集め、届出として受け取ります。")
            )
            self.organisation.hide()
        else:
            words = label("団体")
            words.setFixedWidth(t.scaled(_LABEL_WIDTH))
            self.put(widget_row(words, self.organisation, spacing=16))
        fields = (
            record_field(Presentation, "addressed", hint="会長　仮森 一郎 のように。空けると「御中」になります。"),
            record_field(
                Presentation, "asked", kind="lines", lines=3, hint="依頼状の3に、このまま入ります。", optional=False
            ),
            record_field(Presentation, "start_time", kind="time", width=88),
            Field("minutes", "発表の時間", kind="number", width=64, unit="分", least=1, optional=True),
            Field("questions", "質問の時間", kind="number", width=64, unit="分", least=0, optional=True),
            record_field(Presentation, "answer_by", width=120),
            record_field(Presentation, "note", kind="lines", lines=2),
        )
        kept = tuple(one for one in fields if not (self._given.of_contractor and one.key == "addressed"))
        self.put_form(
            Form(
                kept, fiscal_year=self.app_context.fiscal_year, near=self.app_context.today(), label_width=_LABEL_WIDTH
            ),
            {one.key: getattr(self._given, one.key) for one in kept},
        )
        self.organisation.chosen.connect(self._use_organisation)
        self.organisation.edited.connect(self._clear_organisation)
        if self._given.of_contractor or presentation is not None:
            self.form.go_to("asked")
        else:
            self.organisation.line.setFocus()

    def _use_organisation(self, hit: OrganisationHit) -> None:
        """Take a registered 団体, and suggest its present head as the addressee."""
        self._organisation_id = hit.organisation.id
        self.run_read(
            partial(self._propose_addressee, hit.organisation.id), current_head_of, organisation_id=hit.organisation.id
        )
        self.form.go_to("asked")

    def _propose_addressee(self, organisation_id: int | None, head: tuple[str, ...]) -> None:
        """Propose the head (役職 and 氏名) of a 団体 as addressee while that one is chosen."""
        if organisation_id == self._organisation_id and "addressed" in self.form.values():
            self.form.propose({"addressed": join_nonempty(*head)}, self._proposed)

    def _clear_organisation(self) -> None:
        self._organisation_id = None
        self._propose_addressee(None, ())

    def _save(self) -> None:
        named: dict[str, Any] = {}
        if not self._given.of_contractor:
            named = {"organisation_id": self._organisation_id, "organisation_name": self.organisation.line.text()}
        self.run_action(save_presentation, presentation=replace(self._given, **named, **self.form.values()))


class ConsentDialog(SavingDialog):
    """Dialog for the returned 承諾書. Signals: those of ``SavingDialog``. A use without a tick counts as no."""

    def __init__(self, parent: QWidget, view: PresentationsView, line: PresentationLine):
        one = line.presentation
        super().__init__(
            parent,
            "承諾書を受ける",
            f"{view.event.full_title}　{one.presenter_name}",
            main="返事を記録する",
        )
        self._given = one
        first = (
            record_field(
                Presentation,
                "answer",
                kind="radio",
                choices=(("引き受ける", "引き受ける"), ("見合わせる", "見合わせる")),
                optional=False,
            ),
            Field("answered_on", "受けた日", kind="date", width=120),
            record_field(Presentation, "received_by", width=200, optional=False),
            record_field(Presentation, "presenter", width=240),
            Field("phone", "電話番号", width=200, optional=True, hint="中止・変更の連絡と打合せのほかには使いません。"),
            record_field(
                Presentation,
                "material",
                choices=(("", "書かれていない"), ("なし", "なし"), ("投影", "投影"), ("紙", "紙を配る")),
            ),
            record_field(Presentation, "sheets", width=64, unit="枚", least=1),
            Field(
                "material_id",
                "配布資料",
                kind="choice",
                choices=((None, "この回の資料ではない"), *((each.id, each.title) for each in view.materials)),
                optional=True,
                hint="この回の資料のうち、発表の資料であるもの。配る承諾がないと、帳合いに入りません。",
            ),
        )
        uses = tuple(Field(each.use, each.words, kind="check", words=each.yes_text) for each in USE_LINES)
        filed = (
            record_field(Presentation, "original_place", width=240),
            record_field(Presentation, "dispose_on", width=120),
        )
        self.form = Form(
            first, fiscal_year=self.app_context.fiscal_year, near=self.app_context.today(), label_width=_LABEL_WIDTH
        )
        self.uses = Form(uses, fiscal_year=self.app_context.fiscal_year, label_width=400)
        self.filed = Form(filed, fiscal_year=self.app_context.fiscal_year, label_width=_LABEL_WIDTH)
        self.form.set_values(
            {
                "answer": one.answer or None,
                "answered_on": one.answered_on or self.app_context.today(),
                "received_by": one.received_by or self.app_context.user_name,
                "presenter": one.presenter,
                "phone": line.phone,
                "material": one.material,
                "sheets": one.sheets,
                "material_id": one.material_id,
            }
        )
        self.uses.set_values({each.use: getattr(one, each.use) for each in USE_LINES})
        self.filed.set_values({"original_place": one.original_place, "dispose_on": one.dispose_on or view.dispose_on})
        self.again: Form | None = None
        if one.withdrawn_on is not None:
            self.again = Form((_NEW_CONSENT_FIELD,), fiscal_year=self.app_context.fiscal_year, label_width=_LABEL_WIDTH)
            self.put(
                Paragraph(
                    f"{long_date(one.withdrawn_on)}に、承諾の取りやめを受けています。そのあとに新しい承諾書を受けたときは、"
                    "あらためて承諾になります。前の記録は、履歴に残ります。"
                ),
                self.again,
            )
        self.put(
            self.form,
            section("使ってよい範囲"),
            Paragraph(
                "承諾書で「よい」「はい」に印のあるものだけを選びます。印のないものは、使わないものとして残ります。",
                role="small",
            ),
            self.uses,
            self.filed,
            None,
        )
        self.form.go_to("answer")

    def _save(self) -> None:
        forms = (*((self.again,) if self.again is not None else ()), self.form, self.filed)
        if not check_together(*(form.check_all for form in forms)):
            return
        typed = self.form.values()
        phone = typed.pop("phone")
        answered = replace(self._given, **typed, **self.uses.values(), **self.filed.values())
        is_new_consent = None if self.again is None else bool(self.again.value("is_new_consent"))
        self.run_action(note_answer, presentation=answered, phone=phone, is_new_consent=is_new_consent)


class WithdrawDialog(FormDialog):
    """Dialog for a withdrawn consent. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, presentation: Presentation):
        super().__init__(
            parent,
            "承諾の取りやめ",
            presentation.presenter_name,
            main="取りやめを記録する",
            text="記録した日から、資料の配布、報告書、ホームページなどのどれにも使えません。承諾の記録は残ります。",
            fields=(
                Field("on", "申し出の日", kind="date", width=120),
                Field("words", "申し出の内容", kind="lines", lines=2, hint="だれから、どのように聞いたか。"),
            ),
            values={"on": app_context_at(parent).today()},
            change=lambda typed: bind_action(withdraw_consent, presentation_id=presentation.id, **typed),
            near=app_context_at(parent).today(),
            width=600,
            label_width=_LABEL_WIDTH,
        )
        self.form.go_to("words")


_KINDS = (REQUEST, CONSENT, CONTACT_SHEET)


class PresentationsScreen(Screen):
    """Screen 事例発表 of one event; ``open_with(event_id=…, kind=…)``, kind = that of a document. Signals: none."""

    def __init__(self, app_context: AppContext):
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
            on_open=self.record_answer,
            on_choose=self._update_buttons,
        )
        self.list.name_copies("事例発表", lambda: self._event_id or None)
        self.add_button = main_button("発表のお願いを加える", self.add, icon_name="plus")
        self.consent_button = Button("承諾書を受ける", self.record_answer, icon_name="check")
        self.told_button = Button("伝えたと記録する", self.record_notification)
        self.more = MoreButton(self.menu_actions)
        self.allowed = label("", "small", wrap=True)
        self.kinds = tuple(inline_button(kind, partial(self.show_document, kind)) for kind in _KINDS)
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, bar=self.bar)
        self.bar.put(self.add_button, self.consent_button, self.told_button, *self.paper.buttons)
        self.letter = LetterPanel(app_context)
        self.texts = PassageList(app_context)
        self.text_panel = Panel("文")
        self.text_panel.put(self.texts)
        self._build()

    def _build(self) -> None:
        """Lay out the list, the documents and the details."""
        column = page_above(self.bar, self)
        column.addWidget(page_title(self.app_context, "事例発表", "events", self.event_link, self.words))
        first = Panel("お願いと承諾")
        first.put(
            self.list,
            self.allowed,
            FlowRow(self.more),
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
        disable_when_read_only(self.app_context, self.add_button, self.more)

    def open_with(self, *, event_id: int | None = None, kind: str = "", **_more: Any) -> None:
        """Set the event and the kind of document shown at the next ``reload``; None and "" keep the last ones."""
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
            today = self.today
            self.run_read(self._show, read_presentations, event_id=self._event_id, today=today)
            self.run_read(self._show_documents, read_library, event_id=self._event_id, today=today)

    # display

    def _show(self, view: PresentationsView) -> None:
        """Show who is asked to present, unless another event was chosen meanwhile."""
        if view.event.id != self._event_id:
            return
        self.view = view
        event = view.event
        self.event_link.set_words(event.full_title)
        day = short_date_or("日程未定", event.event_date, self.today)
        self.words.setText(f"{day} {event.hours}　{join_nonempty(event.venue, event.room)}")
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
            issued = (found.letter.issued_on if found.letter else None) or self.today
            self.run_read(partial(self._show_texts, kind), read_passages, scope=self._shelf.scope, kind=kind, on=issued)
        else:
            way = self.add_button if self.consent_button.isHidden() else self.consent_button
            door = (way.text(), way.click) if self.may_write else ()
            self.paper.clear(f"{kind}は、まだ作成できません。{found.state}", *door)

    def _show_texts(self, kind: str, rows: tuple[PassageRow, ...]) -> None:
        if kind == self._kind:
            self.texts.show_texts(DocumentScope(event_id=self._event_id), kind, rows)

    def _chosen_line(self) -> PresentationLine | None:
        found = self.list.current()
        return found if isinstance(found, PresentationLine) else None

    def _update_buttons(self) -> None:
        """Show what the selected 発表 allows, and the buttons that fit it, disabled for a reader.

        「伝えたと記録する」 is shown before the answer only.
        """
        line = self._chosen_line()
        one = line.presentation if line is not None else None
        may = self.may_write
        self.allowed.setText(f"使ってよいもの　{line.allowed}" if line is not None and line.allowed else "")
        for button in (self.consent_button, self.told_button):
            button.setVisible(one is not None)
            button.setEnabled(may)
        self.consent_button.set_words("承諾書を直す" if one is not None and one.answer else "承諾書を受ける")
        self.told_button.setVisible(one is not None and not one.answer)

    def menu_actions(self) -> Iterator[MenuAction]:
        """Yield rarely used actions: add a presenter of the contractor; edit, withdraw or delete the selected 発表."""
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
        if self.view is not None and self.may_write:
            RequestDialog(self, self.view, by_contractor=by_contractor).open()

    def edit(self) -> None:
        """Open the dialog to correct a request."""
        line = self._chosen_line()
        if self.view is not None and line is not None and self.may_write:
            RequestDialog(self, self.view, line.presentation).open()

    def record_answer(self) -> None:
        """Open the dialog for the returned 承諾書."""
        line = self._chosen_line()
        if self.view is not None and line is not None and self.may_write:
            ConsentDialog(self, self.view, line).open()

    def record_notification(self) -> None:
        """Open the dialog that records how the request was sent."""
        line = self._chosen_line()
        if line is not None and self.may_write:
            NotificationDialog(
                self,
                event_id=self._event_id,
                key=f"発表:{line.id}",
                subject=line.presentation.presenter_name,
            ).open()

    def record_withdrawal(self) -> None:
        """Open the dialog for a withdrawn consent."""
        line = self._chosen_line()
        if line is not None and self.may_write:
            WithdrawDialog(self, line.presentation).open()

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
