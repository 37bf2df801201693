"""The differences between a kept letter and today's records, each with its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters.kept_papers import NOT_COMPARED
from app.documents.services.kept_letters.letter_corrections import CORRECTIONS, agree_to_changes, answer_difference
from app.documents.services.kept_letters.letter_differences import KeptComparison, LetterDifference, read_comparison
from app.documents.services.notification import NOTIFICATION_WAYS
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, small_label
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.documents import DifferenceAnswer

_AGREED = "了承"
_BEFORE = (
    (_AGREED, "変わったとおりに改める（決裁者の了承）"),
    (DifferenceAnswer.NOT_TO_TELL, "起案した内容のまま出す（理由）"),
)
_AFTER = tuple((one, str(one)) for one in DifferenceAnswer)
_OF_DECIDED = tuple(one for one in _AFTER if one[0].is_changed or one[0].needs_reason)
"""Answers for a 起案資料, which nobody gets."""
_WRONG_PARTS = ("宛先", "住所", "参加される方", "お申込みの方", "参加予定の方", "対象の方", "辞退された方")
"""Parts in which a difference mostly was wrong already when the letter left; it is proposed."""
_HINTS = {
    DifferenceAnswer.WRONG: "差替えは、同じ番号と日付の正しい1通と「差替えのお願い」を作ります。出した写しも残ります。"
    "直るのはこの違いだけです。日時の変更は、変更通知で知らせます。",
    DifferenceAnswer.CHANGED: "変わったことは、「中止・変更」の判断から変更通知で知らせます。",
    DifferenceAnswer.NOT_TO_TELL: "理由は履歴に残り、この違いはもう尋ねません。"
    "同じ理由の違いは、ShiftかCtrlで一緒に選んで1度に答えられます。",
    DifferenceAnswer.TOLD: "伝えた日と相手が、この通知の記録に残ります。",
    _AGREED: "違うところのすべてを、いまの記録のとおりに改めます。",
}
_DAY_AND_PARTY = ("told_on", "told_to")
_ASKED = {
    DifferenceAnswer.WRONG: ("correction", *_DAY_AND_PARTY),
    DifferenceAnswer.NOT_TO_TELL: ("reason",),
    DifferenceAnswer.TOLD: ("told_how", *_DAY_AND_PARTY),
    _AGREED: _DAY_AND_PARTY,
}
"""Fields that an answer needs."""


def differences_words(kept_words: str, differences: Sequence[LetterDifference]) -> str:
    """Return 「出した時の写しに、いまの記録と違うところが2つあります。」."""
    return f"{kept_words}に、いまの記録と違うところが{len(differences)}つあります。"


class DifferencesPanel(ActionMixin, QWidget):
    """List of what a kept letter says otherwise than today's records, with the answer to those selected.

    Signals: ``answered()`` an answer was recorded.
    """

    answered = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._scope, self._kind = DocumentScope(), ""
        self.words = small_label()
        self.list = RecordTable(
            "letter-differences",
            (Column("part", "違うところ", _cell, stretch=True, sortable=False),),
            title="いまの記録との違い",
            empty="いまの記録と違うところは、ありません。",
            filtered=False,
            foot=False,
            on_choose=self._propose,
        )
        self.list.view.horizontalHeader().hide()
        self.list.view.selectionModel().selectionChanged.connect(self._name_rows)
        self.about = label("", "strong")
        self.form = Form(
            (
                Field("answer", "答え", "choice", choices=(("", "選んでください"),)),
                Field("correction", "直し方", "choice", choices=tuple((one, one) for one in CORRECTIONS)),
                Field("told_how", "方法", "choice", choices=tuple((one, one) for one in NOTIFICATION_WAYS)),
                Field("told_on", "了承・連絡の日", "date", width=96, shows_full_date=False),
                Field("told_to", "了承した人・相手", hint="差替えは了承した人、訂正の通知はその番号を書きます。"),
                Field("reason", "理由", "lines", lines=2),
            ),
            fiscal_year=app_context.fiscal_year,
            near=app_context.today(),
            label_width=116,
            on_change=self._show_fields,
        )
        self.hint = small_label()
        self.problem = NoteBox()
        self.record = Button("答えを記録する", self._record)
        in_column(
            self.words,
            (self.list, 3),
            self.about,
            self.form,
            self.hint,
            self.problem,
            (self.record, 0),
            None,
            owner=self,
            spacing=8,
            margins=(0, 8, 0, 0),
        )

    def show_differences(
        self,
        scope: DocumentScope,
        kind: str,
        differences: tuple[LetterDifference, ...],
        *,
        kept_words: str,
    ) -> None:
        """Show the differences of a kind of letter; ``kept_words`` says what is compared, "" = nothing is kept."""
        self._scope, self._kind = scope, kind
        is_compared = NOT_COMPARED not in kept_words
        told = fill_nonempty("「{}」と、いまの記録で作るものとを比べています。", kept_words)
        self.words.setText(told if is_compared else f"{kept_words}。")
        self.list.setVisible(is_compared or bool(differences))
        self.list.setMinimumHeight(t.scaled(104))
        self.list.setMaximumHeight(t.scaled(66 * max(len(differences), 2)))
        self.list.show_rows(differences)
        if differences and self.list.current() is None:
            self.list.choose(lambda one: one.key == differences[0].key, take_focus=False)
        self._propose(self.list.current())

    def _propose(self, difference: LetterDifference | None) -> None:
        """Propose the answer that the part of a letter suggests; nothing is recorded by it."""
        proposed: Any = ""
        has_left = difference is not None and difference.has_left
        is_sent = difference is None or difference.is_sent
        answers = _BEFORE if not has_left else _AFTER if is_sent else _OF_DECIDED
        self.form.set_choices("answer", (("", "選んでください"), *answers))
        if difference is not None and has_left:
            wrong = difference.part in _WRONG_PARTS
            proposed = DifferenceAnswer.WRONG if wrong else DifferenceAnswer.CHANGED
        self.form.set_values(
            {"answer": proposed, "correction": CORRECTIONS[0], "told_on": None, "told_to": "", "reason": ""}
        )
        self._show_fields()

    def _show_fields(self) -> None:
        answer = self.form.value("answer")
        is_shown = self.list.current() is not None
        self.form.setVisible(is_shown)
        for key in ("correction", "told_how", *_DAY_AND_PARTY, "reason"):
            self.form.show_field(key, key in _ASKED.get(answer, ()))
        self.hint.setText(_HINTS.get(answer, "") if is_shown and self.list.current().is_sent else "")
        self.about.setVisible(is_shown and answer != _AGREED)
        self._name_rows()
        self.record.setVisible(is_shown)
        self.record.setEnabled(bool(answer) and self.may_write)

    def _name_rows(self) -> None:
        """Say above the form for which rows it is: what was wrong is put right one by one."""
        view, is_wrong = self.list.view, "correction" in _ASKED.get(self.form.value("answer"), ())
        rows = [view.currentIndex()] if is_wrong else view.selectionModel().selectedRows()
        self.about.setText("・".join(str(one.row() + 1) for one in rows) + "行めの答え")

    def _record(self) -> None:
        difference, typed = self.list.current(), self.form.values()
        if difference is None:
            return
        if typed["answer"] == _AGREED:
            self._answer(agree_to_changes, agreed_on=typed["told_on"], agreed_by=typed["told_to"])
            return
        answer = DifferenceAnswer(typed["answer"])
        self._answer(
            answer_difference,
            # What was wrong is put right letter by letter; one reason may hold for several.
            differences=[one.key for one in (difference, *(() if answer.is_wrong else self.list.selected()))],
            answer=answer,
            told_on=typed["told_on"],
            told_how=typed["correction"] if answer.is_wrong else typed["told_how"] if answer.needs_telling else "",
            told_to=typed["told_to"],
            reason=typed["reason"],
        )

    def _answer(self, service: Callable[..., ActionResult], **given: Any) -> None:
        """Record an answer, and say that it was."""
        self.problem.show_text("")
        act = bind_action(service, scope=self._scope, kind=self._kind, **given)
        self.run_change(act, self._on_answered)

    def _on_answered(self, done: ActionResult) -> None:
        """Read again; what is to be sent instead of wrong letters is opened to be printed."""
        self.answered.emit()
        if not done.can_undo:
            IssuedCopyDialog(self, outgoing_id=done.id).open()


class DifferencesDialog(ActionMixin, DialogFrame):
    """The differences of a letter over a page that has no part for them. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, scope: DocumentScope, kind: str, *, parent: QWidget):
        """Create the dialog, and read what it shows."""
        super().__init__("いまの記録との違い", kind, cancel="閉じる", parent=parent)
        self.app_context = app_context
        self._about: tuple[DocumentScope, str] = (scope, kind)
        self.panel = DifferencesPanel(app_context)
        self.panel.answered.connect(self._read)
        self.main = self.panel.record
        self.main.set_filled(True)
        self.put(self.panel)
        self._read()

    def _read(self) -> None:
        scope, kind = self._about
        self.run_read(self._show, read_comparison, scope=scope, kind=kind, now=self.app_context.now())

    def _show(self, found: KeptComparison) -> None:
        scope, kind = self._about
        self.panel.show_differences(scope, kind, found.differences, kept_words=found.kept_words)
        self.fit_to_content()


def _cell(difference: LetterDifference) -> Cell:
    return Cell(difference.part, difference.change_words)
