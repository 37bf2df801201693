"""Panels around the questions (choice of a set, agreement, number of sheets, online form)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date, short_date_or
from app.surveys.questions.parts import STATE_BADGES, PageHeading, event_words, year_words
from app.surveys.questions.services.questionnaires import Origin, QuestionnaireRow
from app.surveys.questions.services.survey_documents import FormDefinition, QuestionnaireCopies
from app.surveys.questions.services.surveys import SurveyListRow, SurveyView
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label, separator, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, row_of
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, in_scroll_area
from db.records.event_form import EventForm

_BY_EVENT = "{kind}ごとに受託者と協議して決めます。直すと、もう一度の決定が要ります。"
_AGREEMENT_NOTES: Mapping[EventForm, str] = {
    EventForm.LECTURE: _BY_EVENT,
    EventForm.VISIT: _BY_EVENT,
    EventForm.EXCHANGE: "受託者と協議して決めます（2回で同じ設問も使えます）。直すと、もう一度の決定が要ります。",
}


class ChooseQuestions(QWidget):
    """The choice for an event without questions (a master, the default ones, or another event's).

    Signals: ``master_asked(int)`` the master to copy; ``copy_asked(int)`` the event to copy from; ``library_asked()``
    the library of masters.
    """

    master_asked = Signal(int)
    copy_asked = Signal(int)
    library_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        column = in_column(PageHeading("設問"), owner=inside, spacing=12)
        panel = Panel()
        panel.setMaximumWidth(880)
        panel.put(
            Paragraph(
                "この実施回の設問は、まだありません。ひな形か標準の設問から始めて、受託者と協議しながら直せます。"
                "選んだ設問は実施回だけの写しになり、あとでひな形を直しても変わりません。"
            )
        )
        self.default_button = main_button("標準の設問を使う", icon_name="list-numbers")
        panel.put(FlowRow(self.default_button, link_button("設問のひな形を開く", self.library_asked.emit), spacing=16))
        column.addWidget(panel)
        self._masters, self._master_list = _titled_list(column, "ひな形から使う")
        self._copies, self._list = _titled_list(column, "ほかの実施回からコピーする")
        column.addStretch(1)
        in_column(in_scroll_area(inside), owner=self)
        self.master_buttons: list[Button] = []
        self.copy_buttons: list[Button] = []
        self._masters.hide()
        self._copies.hide()

    def show_masters(self, rows: tuple[QuestionnaireRow, ...], today: date) -> None:
        """Show a line with a button for each master of the event's kind that has questions."""
        clear_layout(self._master_list)
        self.master_buttons = []
        offered = [row for row in rows if row.questionnaire.questions]
        self._masters.setVisible(bool(offered))
        for place, row in enumerate(offered):
            if place:
                self._master_list.addWidget(separator())
            master = row.questionnaire
            agreed = f"協議済 {short_date(master.agreed_on, today)}" if master.agreed_on else "協議前"
            name = f"{year_words(master.fiscal_year)}{master.name}"
            line, button = _line(
                master.kind,
                name,
                f"{len(master.questions)}問　{agreed}",
                "このひな形を使う",
                partial(self.master_asked.emit, row.id),
            )
            self._master_list.addWidget(line)
            self.master_buttons.append(button)

    def show_sources(self, rows: tuple[SurveyListRow, ...], kind: str, today: date) -> None:
        """Show a line with a button for each survey to copy from, those of the same kind first."""
        clear_layout(self._list)
        self.copy_buttons = []
        sources = sorted((row for row in rows if row.question_count), key=lambda row: row.event.kind != kind)
        self._copies.setVisible(bool(sources))
        for place, row in enumerate(sources):
            if place:
                self._list.addWidget(separator())
            line, button = _line(
                row.event.kind,
                event_words(row.event, today),
                f"{row.question_count}問",
                "コピーして使う",
                partial(self.copy_asked.emit, row.event.id),
            )
            self._list.addWidget(line)
            self.copy_buttons.append(button)

    def take_focus(self) -> None:
        """Set the focus to the button."""
        self.default_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _titled_list(column: QVBoxLayout, title: str) -> tuple[Panel, QVBoxLayout]:
    """Add a panel with a title to ``column``; return it with its inner layout."""
    panel = Panel(title)
    panel.setMaximumWidth(880)
    inside = in_column(spacing=6)
    panel.put(inside)
    column.addWidget(panel)
    return panel, inside


def _line(kind: str, name: str, detail: str, verb: str, on_click: Callable[[], object]) -> tuple[QWidget, Button]:
    """Build a line with kind, name and button; return it and the button."""
    button = with_accessible_name(inline_button(verb, on_click), f"{name}　{verb}")
    holder = row_of(KindSquare(kind), (wrapped_label(name), 1), label(detail, "second"), button, spacing=8)
    return holder, button


class AgreementPanel(QWidget):
    """The agreement on the questions, and their master.

    Signals: none.
    """

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._today = today
        self.state_badge = Badge("協議中")
        self.words = Paragraph()
        self.fix_button = Button("ほかの日の協議で決定する")
        self.discard_button = inline_button("設問を選び直す")
        agreed = Panel("協議と決定")
        self.clause_note = agreed.note
        agreed.put_in_head(self.state_badge)
        agreed.put(self.words, FlowRow(self.fix_button, self.discard_button))
        self.origin = Paragraph()
        self.master_button = inline_button("ひな形を開く")
        self.compare_button = inline_button("ひな形と比べる")
        self.keep_button = inline_button("ひな形として残す")
        master = Panel("ひな形")
        master.put(self.origin, FlowRow(self.master_button, self.compare_button, self.keep_button))
        in_column(agreed, master, None, owner=self, spacing=12)

    def show_view(self, view: SurveyView) -> None:
        """Show whether and when the questions were agreed, and what can still be done."""
        survey = view.survey
        if survey is None:
            return
        frozen = survey.frozen_at is not None
        self.clause_note.setText(view.clause)
        if survey.fixed_on is not None:
            agreed = short_date_or("", survey.agreed_on, self._today)
            self.state_badge.show_status(STATE_BADGES["設問決定"], "設問決定")
            self.words.show_text(f"**{agreed}** の協議で決定しました。この実施回だけの設問です。")
        else:
            self.state_badge.show_status("協議中")
            self.words.show_text(_AGREEMENT_NOTES[view.event.form].format(kind=view.event.kind_words))
        self.fix_button.setVisible(survey.fixed_on is None and not frozen)
        self.discard_button.setVisible(not view.responses and not frozen)

    def show_origin(self, origin: Origin) -> None:
        """Show the master of the questions, and whether they still equal it."""
        master = origin.questionnaire
        for button in (self.master_button, self.compare_button):
            button.setVisible(master is not None)
        if master is None:
            self.origin.show_text("ひな形からではない設問です。つぎの回や年度でも使うときは、ひな形として残せます。")
            return
        same = "ひな形と同じ設問です。" if origin.is_unchanged else "ひな形とは違うところがあります。"
        self.origin.show_text(
            f"**{year_words(master.fiscal_year)}{master.name}** から使いました。{same}"
            "ひな形を直しても、この実施回の設問は変わりません。"
        )


class HandoutPanel(QWidget):
    """The number of sheets needed, and the online form.

    Signals: ``change_asked()`` edit numbers, address and closing day; ``print_asked(bool)`` print the sheet (True = the
    large one).
    """

    change_asked = Signal()
    print_asked = Signal(bool)

    def __init__(self, *, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self.handout = Paragraph()
        self.change_button = with_accessible_name(
            inline_button("直す", self.change_asked.emit), "配布とオンラインを直す"
        )
        self.print_button = Button(
            "用紙を印刷・保存", lambda: self.print_asked.emit(False), icon_name="printer", low=True
        )
        self.large_button = Button(
            "拡大版を印刷・保存", lambda: self.print_asked.emit(True), icon_name="printer", low=True
        )
        paper = Panel("用紙の配布")
        paper.put_in_head(self.change_button)
        paper.put(
            self.handout,
            FlowRow(self.print_button, self.large_button),
            small_label("両面で印刷します。1部が1枚の表と裏に収まります。"),
        )
        self.online = Paragraph()
        self.warnings = NoteBox(tone="amber")
        self.text_button = Button("フォームに入れる文面を表示", icon_name="copy", low=True)
        self.save_button = Button("設問の一覧をExcelで保存", icon_name="export", low=True)
        form = Panel("オンラインのフォーム")
        form.put(
            self.online,
            self.warnings,
            FlowRow(self.text_button, self.save_button),
            small_label("このアプリからは送信しません。受託者が使うフォームに、同じ文を貼り付けて作ります。"),
        )
        in_column(paper, form, None, owner=self, spacing=12)

    def show_view(self, view: SurveyView) -> None:
        """Show the data of the online form and of the sheets handed out."""
        survey = view.survey
        if survey is None:
            return
        self.change_button.setEnabled(survey.frozen_at is None)
        close = short_date_or("まだ", survey.online_close, self._today)
        self.online.show_text(f"フォームのURL　**{survey.online_url or 'まだ'}**\n回答の締切　**{close}**")
        self._distributed_text = f"{survey.distributed}枚" if survey.distributed is not None else "まだ"
        self.large_button.setVisible(survey.large_copies > 0)

    def show_copies(self, copies: QuestionnaireCopies) -> None:
        """Show how many sheets are needed, beside those handed out; call ``show_view`` before."""
        self.handout.show_text(f"必要な部数　**{copies.words}**\n配布した枚数　**{self._distributed_text}**")

    def show_definition(self, definition: FormDefinition) -> None:
        """Show warnings about the form's address, and on the button that questions are not fixed."""
        self.warnings.show_text("\n".join(definition.warnings))
        self.text_button.setToolTip(
            ""
            if definition.is_fixed
            else "設問がまだ決定していません。決まってからフォームを作ると、直さずにすみます。"
        )
