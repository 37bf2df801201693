"""The form of an outgoing document: 事務連絡, a mail to copy, or a formal letter from 案 to 施行."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QRadioButton, QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent
from app.documents.screens.letter_differences_panel import DifferencesDialog
from app.documents.screens.mail_text_dialog import MailTextDialog
from app.documents.screens.recorded_later_dialog import RecordedLaterDialog
from app.documents.screens.stop_override import ask_override_reason
from app.documents.services.document_kind import document_of
from app.documents.services.document_library import DocumentRow
from app.documents.services.document_saving import (
    FORMAL_STEPS,
    DecisionDetails,
    IssueEnding,
    draw_letters,
    read_day_stops,
    read_document_symbol,
    read_issue,
    record_later_draft,
    set_letter_state,
    withdraw_issue,
)
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.documents.services.kept_letters.handed_file import HandedFile, read_addressees, read_handed_file
from app.documents.services.kept_letters.kept_papers import DrawnLetter, read_drafting_day
from app.documents.services.kept_letters.recorded_later import RecordedLater, read_recorded_later
from app.documents.services.kept_letters.scanned_copy import read_scan, take_in_copy
from app.programme.rules import number_preview
from app.widgets.action_mixin import ActionMixin
from app.widgets.bars.notice_strip import Notice, NoticeTone
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.dialog_frame import CAN_UNDO
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, small_label
from app.widgets.layouts import add, column_of, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.step_block import StepLine, show_progress
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.window.background_task import bind_arguments
from app.window.year_words import in_year_words
from db.records.documents import DecisionWay, Letter, LetterForm, LetterState

_TITLE = "発信・決裁"
_FORMS: tuple[tuple[LetterForm, str, str], ...] = (
    (LetterForm.OFFICE, "事務連絡", "係名で出します。文書番号は付きません。"),
    (LetterForm.MAIL, "メール", "文面をコピーして貼り付けます。"),
    (LetterForm.FORMAL, "公文書", "起案・決裁のうえ出します。"),
)
_NEXT = {
    LetterState.DRAFT: "この内容で起案する",
    LetterState.IN_APPROVAL: "決裁を記録する",
    LetterState.APPROVED: "施行にする",
}
_ASKED = {LetterState.IN_APPROVAL: ("decided_on", "document_number"), LetterState.APPROVED: ("issued_on",)}
"""Fields that the step after a state needs: it reports what happened elsewhere, so nothing is proposed for them."""
_FILL_IN = {LetterState.IN_APPROVAL: "決裁日と文書番号を入れる", LetterState.APPROVED: "施行日を入れる"}
_NO_UNDO = "施行は元に戻せません。出していないときだけ、理由を書いて取り消せます。"
_HANDED = {LetterState.DRAFT: "直したファイルで起案する", LetterState.APPROVED: "別に仕上げたファイルで施行にする"}
_HANDED_TEXT = {
    LetterState.DRAFT: "選んだファイルの文が、起案した内容になります。アプリの文との違いは、記録したあとに表示します。",
    LetterState.APPROVED: "選んだファイルが、出した時の写しになります。"
    "決裁した内容と文が違うときは、了承した人と日を書きます。",
}
_WAYS = tuple((one, one) for one in DecisionWay if not one.is_oral)
_STEP_HINTS = {
    LetterState.DRAFT: "**この内容で起案する**　決裁に上げたことを記録します。宛先ごとにいまの内容で固定されます。",
    LetterState.IN_APPROVAL: "**決裁を記録する**　決裁があったことを、日と文書番号とともに記録します。",
    LetterState.APPROVED: "**施行にする**　施行日と文書番号が、出す書類に入ります。",
}
_WAITING_HINTS = {
    LetterState.IN_APPROVAL: "決裁のあとに、決裁日と文書番号を入れると、記録できます。",
    LetterState.APPROVED: "施行日を入れると、施行にできます。",
}
_STEPS = ("中身を確かめる", "起案", "決裁", "施行")
_DONE = dict(zip(FORMAL_STEPS, (0, 2, 3, 4), strict=True))
"""How many of the steps are done in a state: what is put up for 決裁 was looked at."""
_BACK = {
    LetterState.IN_APPROVAL: "差戻し・引戻し（案に戻す）",
    LetterState.APPROVED: "決裁の記録を取り消す（起案中に戻す）",
}
_NONE = DocumentRow(kind="", group="", is_ready=False, state="", missing_link=None, goes_out=False, letter=None)
_LOOKS: Mapping[NoticeTone, Mapping[str, Any]] = {
    "amber": {"icon": "warning-fill", "tone": "amber", "strong": True},
    "done": {"icon": "check-circle-fill", "icon_tone": "green"},
    "quiet": {"icon": "info", "tone": "second"},
}


def _open(line: Notice) -> None:
    if line.on_click is not None:
        line.on_click()


class LetterPanel(ActionMixin, Panel):
    """What is to be known of one outgoing document, and the four steps of a 公文書; the one in turn is unfolded.

    ``ways`` are the forms in which it may go out; a page with another place for them puts them there.
    Signals: ``fields_asked()`` the fields of the step are to be shown.
    """

    fields_asked = Signal()

    def __init__(self, app_context: AppContext, *, in_bar: bool = False, compares: bool = True):
        """Create the panel; ``in_bar`` leaves its buttons to the action bar of the page.

        ``compares``: it leads to the differences from today's records, for which the page has no place of its own.
        """
        super().__init__(_TITLE)
        self.app_context = app_context
        self._in_bar, self._compares = in_bar, compares
        self._scope = DocumentScope()
        self._row = _NONE
        self._kind = ""
        self._letter = Letter(document_kind="")
        self._symbol = ""
        self.steps = tuple(StepLine(number, title) for number, title in enumerate(_STEPS, 1))
        self.lines = FittedTable(
            "letter-lines",
            unsorted(
                Column("words", "こと", lambda line: Cell(line.text, **_LOOKS[line.tone]), stretch=True),
                Column(
                    "door", "行き先", lambda line: Cell(fill_nonempty("{} ›", line.link), tone="accent"), align="right"
                ),
            ),
            title="この書類のこと",
            empty="",
            head=False,
            on_open=_open,
            on_click=lambda line, _key: _open(line),
        )
        self.lines.name_copies("この書類のこと", lambda: self._scope.event_id)
        self.lines.hide()
        self.day_note = NoteBox(tone="amber", small=True)
        self.form = Form(
            (
                record_field(Letter, "decision_way", choices=_WAYS),
                record_field(Letter, "decided_on", width=96, shows_full_date=False, optional=False),
                record_field(
                    Letter,
                    "document_number",
                    read_back=lambda typed: number_preview(self._symbol, typed),
                    optional=False,
                ),
                record_field(Letter, "issued_on", width=96, shows_full_date=False, optional=False),
            ),
            fiscal_year=app_context.fiscal_year,
            label_width=64,
            on_change=self._offer_step,
            on_commit=self._note_day,
        )
        self.next = Button("", self.take_step)
        self.next.is_next = True
        self.back = inline_button("", partial(self._move_by, -1))
        self.withdraw = inline_button("施行を取り消す", self._ask_withdrawal)
        self.urgent = inline_button("急施（口頭決裁）で施行にする", self._ask_oral_decision)
        self.compare = inline_button("いまの記録との違い", self._show_differences)
        self.take_in = Button("紙の写しを取り込む", self._choose_copy)
        self.hand_in = inline_button("", self._choose_file)
        self.later_draft = Button("事後の起案を記録する", self._ask_later_draft)
        self.due = self.later_draft, self.take_in
        """Buttons that are offered only while what they do is still to be done."""
        self.others = self.hand_in, self.back, self.urgent, self.compare, self.withdraw
        """Buttons for what is seldom done."""
        self.mail = Button("メールの文面をコピー", self._show_mail, icon_name="copy")
        self.dated = Form(
            (
                Field(
                    "given_on",
                    "発信日",
                    "date",
                    hint="空けておくと、出力する日になります。",
                    width=96,
                    optional=True,
                    shows_full_date=False,
                ),
            ),
            fiscal_year=app_context.fiscal_year,
            near=app_context.today(),
            label_width=64,
            on_change=self._offer_date,
        )
        self.set_date = Button("発信日を決める", self._keep_date)
        acts = () if in_bar else (self.next, *self.due, *self.others)
        self._work = column_of(
            self.form,
            self.day_note,
            self.lines,
            self.dated,
            *((one, 0, Qt.AlignmentFlag.AlignLeft) for one in (self.set_date, self.mail, *acts)),
            spacing=8,
        )
        self.put(*self.steps, self._work)
        self.ways = QWidget()
        ways = in_column(label("発信のしかた", "strong"), owner=self.ways, spacing=8)
        self._group = QButtonGroup(self)
        for number, (_form, words, hint) in enumerate(_FORMS):
            button = QRadioButton(words)
            button.setAccessibleDescription(hint)
            self._group.addButton(button, number)
            under = small_label(hint)
            under.setContentsMargins(t.scaled(26), 0, 0, 0)
            add(ways, in_column(button, under, spacing=0))
        self._group.idClicked.connect(lambda number: self._save_letter(form=_FORMS[number][0], state=LetterState.DRAFT))
        self.put(self.ways)

    def show_letter(self, scope: DocumentScope, row: DocumentRow = _NONE) -> None:
        """Show form and state of a document; hide for none, one that does not go out or one that can't be made yet."""
        letter = row.letter or Letter(document_kind=row.kind)
        same = (self._scope, self._kind, self._letter) == (scope, row.kind, letter)
        # The step was just taken here: what the next one needs is typed at once.
        stepped = self.next.hasFocus() and (self._scope, self._kind) == (scope, row.kind) and not same
        self._scope, self._row, self._kind, self._letter = scope, row, row.kind, letter
        state = letter.state
        usual = LetterForm.FORMAL if row.formal else LetterForm.OFFICE
        for number, (name, words, _hint) in enumerate(_FORMS):
            self._group.button(number).setText(f"{words}（既定）" if name == usual else words)
            self._group.button(number).setChecked(name == letter.form)
            self._group.button(number).setEnabled(self.may_write and not state.is_issued)
        self._show_steps()
        if not same:
            self.dated.set_values({"given_on": letter.issued_on})
            self.form.set_values(letter)
            self.day_note.show_text("")
        self._offer_date()
        for key in ("decision_way", "decided_on", "document_number"):
            self.form.show_field(key, state.is_in_approval)
        self.form.show_field("issued_on", state.is_approved)
        self.form.setVisible(self._is_out and state.is_under_way)
        if state.is_in_approval:
            self.run_read(self._show_symbol, read_document_symbol, scope=scope, on=self.today)
        self._offer_step()
        self._offer_others()
        if stepped and self._missing_fields:
            self.take_step()

    def _offer_others(self) -> None:
        """Offer what else can be done with the letter in its state."""
        row, goes, state = self._row, self._is_out, self._letter.state
        formal, lacks_copy = goes and self._letter.form.is_formal, goes and row.state_answer.lacks_copy
        # Of a paper of an event that has no words for a mail there is nothing to copy.
        has_mail = goes and (self._scope.event_id is None or document_of(self._scope, row.kind).mail is not None)
        self.mail.setVisible(has_mail and (not formal or state.is_decided))
        self.back.set_words(_BACK.get(state, "") if formal else "")
        self.hand_in.set_words(_HANDED.get(state, "") if formal else "")
        self.urgent.setVisible(formal and row.can_be_urgent and not state.is_decided)
        self.later_draft.setVisible(goes and row.awaits_draft)
        self.compare.setVisible(self._compares and formal and not (state.is_draft or lacks_copy))
        self.take_in.setVisible(lacks_copy)
        self.withdraw.setVisible(formal and state.is_issued)
        for act in (self.dated, *self.due, *self.others):
            act.setEnabled(self.may_write)

    @property
    def _is_out(self) -> bool:
        """Return whether what is shown is a document that goes out and can be made."""
        return self._row.goes_out and self._row.is_ready

    @property
    def way_words(self) -> str:
        """Return in which form it goes out, if it does; of a 公文書 only while its last step is in turn, else ""."""
        is_asked = self._letter.state.is_approved or not self._letter.form.is_formal
        return (f"発信のしかた　{self._letter.form}" if self._is_out else "この書類の設定") * is_asked

    def _show_steps(self) -> None:
        """Show how far a 公文書 has come, and unfold the step in turn; of others what can be done, without steps."""
        letter, goes = self._letter, self._is_out
        self.setVisible(goes)
        self.title.setText(_TITLE if goes else "この書類")
        formal = goes and letter.form.is_formal
        done = _DONE[letter.state] if formal else 0
        decided, issued = _decision_words(letter, self.today)
        words = (
            "",
            f"起案日 {short_date(self.today, self.today)}" * (not done),
            decided or "日と番号は、決裁のあと" * (done < 2),
            issued or f"{letter.form}　施行日 → 通知" * (done < 3),
        )
        show_progress(done, *zip(self.steps, words, strict=True))
        for part in self.steps:
            part.setVisible(formal)
        self.ways.setVisible(goes)
        self.dated.setVisible(goes and not formal)
        self.body.insertWidget(min(done, 3) + 1, self._work)
        if formal and done:
            self.run_read(self._show_drafting_day, read_drafting_day, letter=letter)

    def _show_drafting_day(self, day: date | None) -> None:
        """Show when the letter was put up, unless it was taken back meanwhile."""
        if self.steps[1].sign.state == "済":
            self.steps[1].show_state("済", short_date_or("", day, self.today))

    def show_lines(self, lines: Sequence[Notice]) -> None:
        """Show what blocks the document, what is settled and what is only so; without any the list is hidden."""
        self.lines.show_rows(sorted(lines, key=lambda one: tuple(_LOOKS).index(one.tone)))
        self.lines.setVisible(bool(lines))
        self.setVisible(self._is_out or bool(lines))
        if not _DONE[self._letter.state]:
            self.steps[0].show_state(
                "いま", fill_nonempty("確かめること {}件", sum(one.tone == "amber" for one in lines))
            )

    @property
    def _missing_fields(self) -> tuple[str, ...]:
        """Return the fields that the next step of a 公文書 needs and that are still empty or wrong."""
        wrong = self.form.problems()
        return tuple(key for key in _ASKED.get(self._letter.state, ()) if not self.form.value(key) or key in wrong)

    def _offer_step(self) -> None:
        """Offer the next step of a 公文書; while its fields are missing a button without a key leads to them."""
        state = self._letter.state
        due = self._is_out and self._letter.form.is_formal and state in _NEXT
        missing = bool(self._missing_fields)
        self.next.set_words((_FILL_IN if missing else _NEXT)[state] if due else "")
        self.next.set_filled(self._in_bar and due and not missing)
        self.next.setEnabled(self.may_write)

    def _note_day(self, key: str) -> None:
        """Say what would stop the letter for the typed day of its step, before that step is taken."""
        if key in ("decided_on", "issued_on"):
            self.run_read(
                self.day_note.show_text,
                read_day_stops,
                scope=self._scope,
                kind=self._kind,
                on=self.form.value(key) or self.today,
                today=self.today,
            )

    def step_hint(self) -> str:
        """Return what the next step will do or what it waits for, "" without one."""
        if not self.next.is_offered:
            return ""
        return (_WAITING_HINTS if self._missing_fields else _STEP_HINTS)[self._letter.state]

    def take_step(self) -> None:
        """Take the next step if its fields are filled in and valid; otherwise show and focus the first that is not."""
        if missing := self._missing_fields:
            self.fields_asked.emit()
            self.form.go_to(missing[0])
        elif self.form.check_all():
            self._move_by(1)

    def _show_symbol(self, symbol: str) -> None:
        """Show the typed number with the 文書記号 that will precede it."""
        self._symbol = symbol
        self.form.update_help("document_number")

    def _offer_date(self) -> None:
        """Show the button while a typed date is not saved yet."""
        typed = self.dated.isVisibleTo(self) and not self.dated.problems()
        offered = typed and self.dated.value("given_on") != self._letter.issued_on
        self.set_date.setVisible(offered and self.may_write)

    def _keep_date(self) -> None:
        """Save the date typed for the letter, if it is right."""
        if self.dated.check_all():
            self.run_action(
                set_letter_state,
                scope=self._scope,
                kind=self._kind,
                form=self._letter.form,
                issued_on=self.dated.value("given_on"),
            )

    def _move_by(self, steps: int) -> None:
        """Save a 公文書 in the state so many steps after its present one; back, the date of a later one is cleared."""
        self._save_letter(form=LetterForm.FORMAL, state=FORMAL_STEPS[FORMAL_STEPS.index(self._letter.state) + steps])

    def _save_letter(self, *, form: LetterForm, state: LetterState) -> None:
        """Save form and state with the typed values, else the stored ones; what belongs to a later state is cleared.

        The date of the 決裁 is stored from 決裁済 on, the 施行日 with 施行 alone. The number stays with the 起案 until
        it is 案 again; the 発信日 of 事務連絡 and メール stays. If the event's state stops the 施行, a reason is asked
        for.
        """
        kept, typed = self._letter, self.form.values()
        is_decided = form.is_formal and state.is_decided
        issued = kept.issued_on
        if form.is_formal:
            issued = typed["issued_on"] or issued if state.is_issued else None
        given: dict[str, Any] = {
            "scope": self._scope, "kind": self._kind, "form": form, "state": state,
            "decided_on": typed["decided_on"] or kept.decided_on if is_decided else None,
            "document_number": "" if state.is_draft else typed["document_number"] or kept.document_number,
            "issued_on": issued,
            "decision": DecisionDetails(way=typed["decision_way"]) if form.is_formal and state.is_approved else None,
        }  # fmt: skip

        day = issued if state.is_issued else given["decided_on"]
        if not is_decided or day is None:
            self._write(given)
            return
        self.run_read(
            lambda found: self._write(given) if found is None else self._ask_what_it_was(given, found),
            read_recorded_later,
            scope=self._scope,
            kind=self._kind,
            day=day,
            issued=state.is_issued,
            now=self.app_context.now(),
        )

    def _ask_what_it_was(self, given: dict[str, Any], found: RecordedLater) -> None:
        """Open the dialog that asks what the letter said on the day of a step, and takes it."""
        issued = given["state"].is_issued
        RecordedLaterDialog(
            self,
            given=given,
            found=found,
            main=_NEXT[self._letter.state],
            note=_NO_UNDO if issued else CAN_UNDO,
        ).open()

    def _write(self, given: dict[str, Any]) -> None:
        """Write form and state of the letter; what leaves with a 施行 is drawn in the background before."""

        def write(drawn: tuple[DrawnLetter, ...] = ()) -> None:
            """Write form and state; if the event's state stops it, offer to go on with a reason."""
            self.run_change(
                bind_action(set_letter_state, **given, drawn=drawn or None),
                failed=lambda problem: self._on_issue_refused(problem, lambda: write(drawn)),
            )

        def draw(contents: list[DocumentContent]) -> None:
            """Draw in the background what leaves with the 施行, then write it."""
            self.app_context.run_in_background(
                bind_arguments(draw_letters, contents=contents),
                write,
                on_failed=self.show_error,
                owner=self,
                title="出す通知を作成しています",
                drawing=True,
            )

        issued = given["issued_on"]
        if given["form"].is_formal and given["state"].is_issued and issued is not None:
            today = self.today
            self.run_read(draw, read_issue, scope=given["scope"], kind=given["kind"], issued_on=issued, today=today)
        else:
            write()

    def _ask_withdrawal(self) -> None:
        """Open the dialog that asks what becomes of the 施行 and its number, and why, and withdraws it."""
        scope, kind = self._scope, self._kind
        FormDialog(
            self,
            "施行を取り消す",
            kind,
            main="施行を取り消す",
            fields=(
                Field("ending", "どうしたか", "radio", choices=tuple((one, one) for one in IssueEnding)),
                Field("reason", "理由", "lines", lines=2, hint="一覧と履歴に残ります"),
            ),
            values={"ending": IssueEnding.MISTAKE},
            text="まだ出していないときに取り消します。決裁済（欠番にしたときは起案中）に戻ります。"
            "出力の記録と控えは消さずに、「取消」として理由と一緒に残します。"
            "もう出したものは取り消せません。「違い」で、差替えや変更の通知をしてください。",
            change=lambda typed: bind_action(withdraw_issue, scope=scope, kind=kind, **typed),
        ).open()

    def _ask_oral_decision(self) -> None:
        """Open the dialog that asks for an 口頭決裁 and issues the letter before its 起案."""
        fields = (
            Field("at_day", "口頭決裁の日", "date", width=96),
            Field("at_time", "時刻", "time", width=96),
            record_field(Letter, "decided_by", optional=False),
            record_field(Letter, "heard_by", optional=False),
            record_field(
                Letter, "document_number", optional=False, read_back=lambda typed: number_preview(self._symbol, typed)
            ),
            record_field(Letter, "issued_on", width=96, optional=False),
        )
        scope, kind = self._scope, self._kind
        dialog = FormDialog(
            self,
            "急施（口頭決裁）で施行にする",
            kind,
            main="施行にする",
            fields=fields,
            change=lambda typed: bind_action(
                set_letter_state,
                scope=scope,
                kind=kind,
                form=LetterForm.FORMAL,
                state=LetterState.ISSUED,
                decided_on=typed["at_day"],
                document_number=typed["document_number"],
                issued_on=typed["issued_on"],
                decision=DecisionDetails(
                    way=DecisionWay.ORAL,
                    at=datetime.combine(typed["at_day"], time.fromisoformat(typed["at_time"])),
                    by=typed["decided_by"],
                    heard_by=typed["heard_by"],
                ),
            ),
            text="中止や変更を、起案の前に急いで知らせるときに使います。起案は、あとから行います。"
            "行うまで「今日・今週」に残ります。",
            near=self.today,
            label_width=150,
            note=_NO_UNDO,
        )
        self.run_read(self._show_symbol, read_document_symbol, scope=scope, on=self.today)
        dialog.open()

    def _show_differences(self) -> None:
        """Open the differences between what is kept of the letter and today's records."""
        DifferencesDialog(self.app_context, self._scope, self._kind, parent=self).open()

    def _show_mail(self) -> None:
        MailTextDialog(self, scope=self._scope, kind=self._kind, subject=in_year_words(self._kind)).open()

    def _choose_copy(self) -> None:
        """Ask for a scan of what left on paper and keep it as the copy."""
        chosen = QFileDialog.getOpenFileName(self, "出した書類の写し（PDF）を選ぶ", "", "PDF (*.pdf)")[0]
        if chosen:
            self.take_copy(Path(chosen))

    def take_copy(self, path: Path) -> None:
        """Read a scan in the background and keep it as the copy of what left."""
        scope, kind = self._scope, self._kind

        def keep(read: tuple[bytes, int]) -> None:
            data, pages = read
            self.run_action(take_in_copy, scope=scope, kind=kind, data=data, pages=pages)

        self.app_context.run_in_background(
            bind_arguments(_read_copy, path=path, title=kind), keep, on_failed=self.show_error, owner=self
        )

    def _choose_file(self) -> None:
        """Ask for the file that the office made of the letter."""
        chosen = QFileDialog.getOpenFileName(self, self.hand_in.text(), "", "WordかPDF (*.docx *.pdf)")[0]
        if chosen:
            self.hand_in_file(Path(chosen))

    def hand_in_file(self, path: Path) -> None:
        """Read in the background the file that the office made of the letter, then ask what it is."""
        self.app_context.run_in_background(
            bind_arguments(read_handed_file, path=path, title=self._kind),
            self._ask_whose,
            on_failed=self.show_error,
            owner=self,
        )

    def _ask_whose(self, handed: HandedFile) -> None:
        """Read to whom the letter goes, then open the dialog about the file."""
        self.run_read(
            lambda to: self._ask_about_file(handed, to),
            read_addressees,
            scope=self._scope,
            kind=self._kind,
            now=self.app_context.now(),
        )

    def _ask_about_file(self, handed: HandedFile, to: tuple[tuple[str, str], ...]) -> None:
        """Open the dialog that asks whose letter a file is, its number and day, and takes the step with it."""
        scope, kind, letter = self._scope, self._kind, self._letter
        state = FORMAL_STEPS[FORMAL_STEPS.index(letter.state) + 1]
        fields = (
            [Field("addressee", "宛先", "choice", choices=(("", f"全部（{len(to)}通）"), *to), optional=True)]
            if len(to) > 1
            else []
        )
        if state.is_issued:
            size, over = divmod(handed.pages, max(len(to), 1))
            if size and not over and len(to) > 1:
                words = f"宛先の順に{size}ページずつ、{len(to)}件に分けて残す"
                fields.append(Field("is_parted", "ページ", "check", words=words))
            fields += [
                record_field(Letter, "document_number", optional=False),
                record_field(Letter, "issued_on", width=96, optional=False),
                Field("agreed_on", "了承の日", "date", width=96, optional=True),
                Field("agreed_by", "了承した人", optional=True),
            ]

        def act(typed: dict[str, Any]) -> Callable[[Any], Any]:
            """Return the step with the file as described."""
            agreed = {key: typed[key] for key in ("addressee", "is_parted", "agreed_on", "agreed_by") if key in typed}
            return bind_action(
                set_letter_state,
                scope=scope,
                kind=kind,
                form=LetterForm.FORMAL,
                state=state,
                decided_on=letter.decided_on,
                document_number=typed.get("document_number", ""),
                issued_on=typed.get("issued_on"),
                handed=replace(handed, **agreed),
            )

        FormDialog(
            self,
            self.hand_in.text(),
            handed.name,
            main=_NEXT[letter.state],
            fields=fields,
            values={"document_number": letter.document_number, "issued_on": self.form.value("issued_on")},
            text=_HANDED_TEXT[letter.state],
            note=_NO_UNDO if state.is_issued else CAN_UNDO,
            change=act,
            near=self.today,
        ).open()

    def _ask_later_draft(self) -> None:
        """Open the dialog that asks when the 起案 that followed was decided."""
        scope, kind = self._scope, self._kind
        FormDialog(
            self,
            "事後の起案を記録する",
            kind,
            main="記録する",
            fields=(record_field(Letter, "drafted_on", width=96, optional=False),),
            change=lambda typed: bind_action(record_later_draft, scope=scope, kind=kind, **typed),
            near=self.today,
        ).open()

    def show_error(self, problem: Exception) -> None:
        """Show the stored steps again, and the error."""
        self.show_letter(self._scope, self._row)
        super().show_error(problem)

    def _on_issue_refused(self, problem: Exception, retry: Callable[[], object]) -> None:
        """Offer to issue with a reason what the state of its event stops; show every other error."""
        if isinstance(problem, StoppedByState):
            ask_override_reason(problem, retry, self)
        else:
            self.show_error(problem)


def _read_copy(*, path: Path, title: str) -> tuple[bytes, int]:
    """Return a scan as a PDF of our own with its number of pages; raises ``OSError`` or as ``read_scan``."""
    return read_scan(path.read_bytes(), title)


def _decision_words(letter: Letter, today: date) -> tuple[str, str]:
    """Return how and when a 公文書 was decided, with its number, and when it was issued; "" before."""
    decided = issued = ""
    if letter.form.is_formal and letter.decided_on is not None:
        decided = f"{letter.decision_way} {short_date(letter.decided_on, today)}　{letter.document_number}"
        if letter.decision_way.is_oral and letter.decided_at is not None:
            decided += f"\n{letter.decided_at:%H:%M}　{letter.decided_by}（聞いた人　{letter.heard_by}）"
        issued = short_date_or("", letter.issued_on, today)
        if letter.drafted_on is not None:
            issued += f"\n事後の決裁　{short_date(letter.drafted_on, today)}"
    return decided, issued
