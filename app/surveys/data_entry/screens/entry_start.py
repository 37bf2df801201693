"""The start of data entry, with purpose, first number, drafts, and progress of the second entry."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.common.number_lists import number_ranges
from app.surveys.data_entry.services import (
    CHECKING,
    ON_BEHALF,
    Purpose,
    answer_differences,
    answer_text_on_response,
    entry_agreement,
    missing_response_numbers,
    next_new_number,
    numbers_entered_once,
    own_first_entries,
    paper_response_total,
    purpose_of,
    unsettled_responses,
)
from app.surveys.questions.parts import PageHeading
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, with_accessible_name
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, in_scroll_area
from db.record import RowsById, record

_FIRST, _SECOND = "first", "second"
_NUMBER_HINT = "用紙の右上に書いた番号"


class SecondEntryPanel(Panel):
    """Panel on the second entry of one survey.

    Signals: none.
    """

    def __init__(self) -> None:
        super().__init__("2回目の入力", note="任意")
        self.open_note = NoteBox(tone="amber")
        self.settle_button = Button("ちがいを決める", icon_name="git-diff")
        self.state = Paragraph()
        self.settled_text = Paragraph(role="second")
        self.put(self.open_note, self.state, FlowRow(self.settle_button), self.settled_text)

    def show_view(self, view: SurveyView, today: date, *, can_change: bool) -> None:
        """Show the progress; nothing before the first response was entered. ``can_change`` False only shows."""
        self.setVisible(bool(view.paper_responses))
        open_ones = unsettled_responses(view)
        numbers = number_ranges(one.response.number or 0 for one in open_ones)
        self.open_note.show_text(
            f"**1回目と2回目がちがう用紙が{len(open_ones)}枚あります（{numbers}枚目）**\n"
            f"用紙を見て決めると、集計を確定できます。"
            if open_ones
            else ""
        )
        self.settle_button.setVisible(bool(open_ones) and can_change)
        self.state.show_text(_state_words(view))
        lines = _settled_lines(view, today)
        self.settled_text.show_text("決めたちがい\n" + "\n".join(lines) if lines else "")
        self.settled_text.setVisible(bool(lines))


def _state_words(view: SurveyView) -> str:
    """Return the lines on how far the second entry has come: sheets, those still waiting, and agreement of answers."""
    waiting = numbers_entered_once(view)
    if not view.second_entries:
        return (
            f"まだ始まっていません（紙 {len(view.paper_responses)}枚）。"
            f"別の人が同じ用紙をもう一度入力すると、入力誤りが見つかります。"
        )
    found = entry_agreement(view)
    left = f"　まだの用紙　{number_ranges(waiting)}枚目（{len(waiting)}枚）" if waiting else "　すべて済みました"
    return (
        f"**{found.response_count} / {len(view.paper_responses)}枚**{left}\n"
        f"回答の一致　**{found.same_count} / {found.answer_count}**（{found.rate}%）"
    )


def _settled_lines(view: SurveyView, today: date) -> list[str]:
    """Return a line for each settled difference between both entries: question, answers, what counts."""
    questions = view.survey.questions if view.survey is not None else ()
    sheets = RowsById(view.paper_responses)
    lines = []
    for second in view.second_entries:
        sheet = sheets.get(second.sheet_id)
        if sheet is None or second.settled_at is None:
            continue
        for one in answer_differences(questions, second.first_answers, second.answers):
            now = answer_text_on_response(one.question, sheet.answers, questions)
            when = short_date(second.settled_at.date(), today)
            lines.append(
                f"{sheet.number}枚目 問{one.place}　{one.first} ／ {one.second} → {now}（{second.settled_by} {when}）"
            )
    return lines


@record
class EntryPlan:
    """What was chosen before data entry: purpose, number of the 協議, first number, and which entry.

    ``total`` are the papers received, None = not given. ``typist`` is the name of the second person without an own ID
    (empty = whoever logged in).
    """

    purpose: Purpose
    agreement: str
    number: int
    total: int | None
    is_second: bool
    typist: str = ""


class EntryStart(QWidget):
    """Start page of data entry, with the choices before it and the half-entered responses.

    Signals: ``start_asked(EntryPlan)``; ``draft_asked(ResponseDraft)`` resume a half-entered response,
    ``draft_discarded(ResponseDraft)`` discard it.
    """

    start_asked = Signal(object)
    draft_asked = Signal(object)
    draft_discarded = Signal(object)

    def __init__(self, name: str, *, read_only: bool):
        """``name`` is the display name of the current user; ``read_only`` True only shows."""
        super().__init__()
        self._read_only = read_only
        self._name = name
        self._colleagues: tuple[str, ...] = ()
        self._view: SurveyView | None = None
        self._typed = 0, 0
        self._waiting: tuple[int, ...] = ()
        self._own: tuple[int, ...] = ()
        self._first_draft: Button | None = None
        self.note = NoteBox(tone="amber")
        self.form = Form(
            (
                Field(
                    "purpose",
                    "目的",
                    "radio",
                    choices=((CHECKING, "検算（任意の確認）"), (ON_BEHALF, "代行入力（協議の番号が要る）")),
                ),
                Field(
                    "agreement",
                    "協議の番号",
                    width=160,
                    hint="実施回の「協議」で済にした記録に付く番号（第3号 など）。まだのときは、さきに協議を記録します",
                ),
                Field(
                    "total",
                    "用紙の全枚数",
                    "number",
                    unit="枚",
                    width=72,
                    least=1,
                    optional=True,
                    hint="この回に受け取った紙の全部（入力済の分も）。残りを示すために使い、受託者の集計の数にはなりません",
                ),
                Field(
                    "number",
                    "はじめの用紙の番号",
                    "number",
                    unit="枚目",
                    width=72,
                    least=1,
                    hint=_NUMBER_HINT,
                ),
                Field(
                    "typing",
                    "入力",
                    "radio",
                    choices=((_FIRST, "1回目"), (_SECOND, "2回目（別の人が入力して照合する）")),
                    hint="2回目は任意です。入力誤りが見つかります",
                ),
                Field(
                    "typist",
                    "2回目を打つ人",
                    width=200,
                    hint="ほかの利用者のIDがないため、名前で分けます",
                ),
            ),
            folds=True,
            on_change=self._on_field_changed,
        )
        self.drafts = QWidget()
        self._draft_lines = in_column(owner=self.drafts, spacing=6)
        self.begin_button = main_button("入力を始める", self._emit_start, icon_name="keyboard")
        self.second_entry_panel = SecondEntryPanel()
        self._build()
        for key in ("total", "number"):
            field = self.form.editor(key)
            if isinstance(field, QLineEdit):
                # After the field was left, which takes away what is said below it.
                field.returnPressed.connect(self.begin_button.click, Qt.ConnectionType.QueuedConnection)

    def _build(self) -> None:
        """Lay out the form that begins the typing."""
        inside = QWidget()
        column = in_column(PageHeading("アンケートの検算・代行入力"), self.note, self.drafts, owner=inside, spacing=12)
        panel = Panel()
        panel.put(
            Paragraph(
                "集計は受託者の仕事です。区が入力するのは、受託者の集計を確かめる**検算**か、協議のうえでの**代行**です。"
                "入力した回答は、どちらでも集計に入り、だれが集計したかは報告書に出ます。"
            ),
            self.form,
        )
        for one in (panel, self.second_entry_panel):
            one.setMaximumWidth(880)
            column.addWidget(one)
        self._column = column
        column.addStretch(1)
        in_column(in_scroll_area(inside), owner=self)

    def show_view(self, view: SurveyView, today: date) -> None:
        """Show what is known already.

        Input is overwritten for another event, while hidden, and after a response was added or removed; else it stays.
        """
        fresh = self._view is None or self._view.event.id != view.event.id or not self.isVisible()
        before, self._typed = self._typed, (len(view.paper_responses), len(view.second_entries))
        count = self._typed[0]
        self._view = view
        self._waiting = numbers_entered_once(view)
        self._own = own_first_entries(view, name=self._name)
        survey = view.survey
        if survey is None:
            return
        frozen = survey.frozen_at is not None
        can_change = not frozen and not self._read_only
        missing, total = missing_response_numbers(view.paper_responses), paper_response_total(view)
        everybody = view.attendance is not None and len(view.responses) >= view.attendance > 0
        if self._read_only:
            words = "閲覧専用で開いているため入力できません。"
        elif frozen:
            words = "集計が確定しているため入力できません。直すときは、集計の画面で確定を取り消してください。"
        elif total and count > total:
            words = (
                f"**受け取った用紙の枚数（{total}枚）より、{count - total}枚多く**入力してあります。"
                "あとから届いたときは、「用紙の全枚数」を直してください。"
            )
        elif total and not missing and count == total:
            words = f"枚数がそろいました。受け取った用紙{total}枚は、すべて入力してあります。"
        elif missing:
            words = (
                f"用紙の番号に**ぬけ**があります（{number_ranges(missing)}）。用紙が残っていないか確かめてください。"
            )
        elif count and everybody:
            words = f"紙{count}枚は入力済です。回収{len(view.responses)}件が出席{view.attendance}人とそろっています。"
        else:
            words = ""
        is_whole = words.startswith(("枚数がそろいました", "紙"))
        self.note.show_text(words, tone="accent" if is_whole else "amber")
        self.begin_button.setEnabled(can_change)
        self.begin_button.set_filled(not is_whole)
        self.second_entry_panel.show_view(view, today, can_change=can_change)
        self._show_drafts(view, can_change=can_change)
        # Open decisions come before new entries.
        self._column.removeWidget(self.second_entry_panel)
        self._column.insertWidget(3 if unsettled_responses(view) else 4, self.second_entry_panel)
        if fresh or before != self._typed:
            purpose, agreement = purpose_of(survey)
            self.form.set_values(
                {
                    "purpose": purpose or CHECKING,
                    "agreement": agreement,
                    "total": total,
                    "number": next_new_number(view),
                    "typing": _FIRST,
                    "typist": "",
                }
            )
        self._update_fields()

    def show_colleagues(self, names: tuple[str, ...]) -> None:
        """Show who else has an ID; only if nobody has, a name is typed for the second person."""
        self._colleagues = names
        self._update_fields()

    def _show_drafts(self, view: SurveyView, *, can_change: bool) -> None:
        """Show a box for every half-entered response, with buttons to resume or discard it."""
        clear_layout(self._draft_lines)
        self._first_draft = None
        for draft in view.drafts if can_change else ():
            name = f"{draft.number}枚目" if draft.number else "オンラインの回答"
            way = "の訂正" if draft.sheet_id else "の2回目" if draft.second else ""
            words = f"**{name}{way}は途中まで入力してあります**（{len(draft.answered)}問・{draft.by}）"
            box = NoteBox(words, "accent")
            go_on = with_accessible_name(
                Button("つづきから打つ", partial(self.draft_asked.emit, draft)), f"{name}{way}をつづきから打つ"
            )
            drop = with_accessible_name(
                Button("打ちかけをやめる", partial(self.draft_discarded.emit, draft)), f"{name}{way}の打ちかけをやめる"
            )
            box.put(FlowRow(go_on, drop))
            self._draft_lines.addWidget(box)
            self._first_draft = self._first_draft or go_on
        self.drafts.setVisible(bool(self._draft_lines.count()))

    def take_focus(self) -> None:
        """Set the focus to the first draft, else to an empty number of papers, else to the button."""
        if self._first_draft is None and self.form.value("total") is None and self.begin_button.isEnabled():
            self.form.go_to("total")
        else:
            (self._first_draft or self.begin_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_field_changed(self, key: str) -> None:
        """Propose the first number when the entry (1回目, 2回目) is chosen, and show the fields that fit."""
        if key == "typing" and self._view is not None:
            first = next((one for one in self._waiting if one not in self._own), 0) or next(iter(self._waiting), 1)
            self.form.set_values({"number": first if self._is_second() else next_new_number(self._view)})
        self._update_fields()

    def _is_second(self) -> bool:
        return bool(self._typed[0]) and self.form.value("typing") == _SECOND

    def _update_fields(self) -> None:
        """Show the fields that fit the chosen purpose and entry, with their hints."""
        second = self._is_second()
        self.form.show_field("agreement", self.form.value("purpose") == ON_BEHALF)
        self.form.show_field("typing", bool(self._typed[0]))
        self.form.show_field("total", not second)
        self.form.show_field("typist", second and not self._colleagues and bool(self._own))
        hint = _NUMBER_HINT
        if second:
            hint = fill_nonempty("2回目がまだの用紙　{}", number_ranges(self._waiting)) or "すべて2回入力済みです"
        self.form.set_hint("number", hint)

    def _second_entry_problem(self, number: int) -> tuple[str, str]:
        """Return field and message when a second entry cannot begin with this response, else two empty texts."""
        view = self._view
        if view is None or number not in {sheet.number for sheet in view.paper_responses}:
            return "number", f"{number}枚目は、まだ1回目が入力されていません。"
        if number not in self._waiting:
            return "number", f"{number}枚目は、もう2回目が入力されています。"
        if number in self._own and self._colleagues:
            who = "2回目は、別の人がご自分のIDで開いて入力してください。"
            return "typing", f"{number}枚目の1回目は、ご自分が入力しています。{who}"
        if number in self._own and self.form.value("typist").strip() == self._name:
            return "typist", "1回目とは別の人の名前を入れてください。"
        return "", ""

    def _emit_start(self) -> None:
        """Emit ``start_asked`` with what was chosen, or say what is missing."""
        if not self.form.check_all():
            return
        values = self.form.values()
        second = self._is_second()
        number, count = values["number"], self._typed[0]
        if not second and count >= (values["total"] or count + 1):
            # It is no mistake: who types from the pile presses Enter once more behind the last sheet.
            self.form.go_to("total")
            self.form.set_hint("total", "すべて入力してあります。あとから届いたときは、枚数を直してから始めます")
            return
        field, words = self._second_entry_problem(number) if second else ("", "")
        if not second and self._view and any(one.number == number for one in self._view.paper_responses):
            field, words = "number", f"{number}枚目はもう入力されています。直すときは、回答の一覧から開けます。"
        if field:
            self.form.set_problem(field, words)
            return
        self.start_asked.emit(
            EntryPlan(
                purpose=values["purpose"],
                agreement=values["agreement"],
                number=values["number"],
                total=values["total"],
                is_second=second,
                typist=values["typist"].strip() if second and not self._colleagues else "",
            )
        )
