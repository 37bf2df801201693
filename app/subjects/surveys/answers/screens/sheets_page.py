"""回答一覧: every sheet on paper and online, what is odd about it, and whether it counts; one decided, or several
alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.papers.screens.export_button import export_button
from app.subjects.surveys.answers.screens.merge_line import MergeLine
from app.subjects.surveys.answers.screens.sheet_detail import USUAL, SheetDetail
from app.subjects.surveys.answers.services.survey_decisions import decide_sheets
from app.subjects.surveys.questions.parts.survey_pages import page_heading
from app.subjects.surveys.questions.parts.survey_words import sheet_name, sheet_state, sources_words
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.services.survey_entry import answer_words, decide_sheet, remove_sheet
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame, ask_before
from app.widgets.dialogs.usual_dialogs import ReasonDialog, SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_model import Cell, Column, RowAction, SheetPart
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row as side_by_side
from app.widgets.sending import Sending
from app.window import theme as t
from app.window.desk import Desk, acting
from db.records.surveys import Answer, AnswerSheet, Question

IN, OUT = "in", "out"
_FIXED = (
    "**集計は確定しています。**"
    "回答を加えるときや直すときは、「5 確定する」（Alt+5）で確定を解いてください（理由が残ります）。"
)
_BADGES = {"確認が必要": ("確認が必要", ""), "集計に入れない": ("取り込まない", "集計に入れない")}


class ManySheetsDialog(SavingDialog):
    """One decision for many sheets. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, sheet_ids: Sequence[int], *, usual: Sequence[str], parent: QWidget) -> None:
        super().__init__(desk, "まとめて決める", f"選んだ{len(sheet_ids)}枚", main="決める", width=640, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ids = tuple(sheet_ids)
        self.form = Form(
            (
                Field("way", "数え方", "radio", choices=((IN, "集計に入れる"), (OUT, "集計に入れない"))),
                Field(
                    "reason",
                    "理由",
                    "lines",
                    lines=2,
                    optional=True,
                    hint="集計に入れないときは、書いてください。どの回答にも同じ理由が残ります",
                ),
            )
        )
        self.form.set_values({"way": IN, "reason": ""})
        self.put(self.form, FlowRow(*(Button(words, partial(self._take, words), low=True) for words in usual)), None)
        self.form.go_to("way")

    def _take(self, words: str) -> None:
        self.form.set_values({"way": OUT, "reason": words})
        self.form.go_to("reason")

    def _save(self) -> None:
        self.do(
            decide_sheets,
            sheet_ids=self._ids,
            counted=self.form.value("way") == IN,
            reason=str(self.form.value("reason")),
        )


def sheet_columns(questions: Callable[[], Sequence[Question]], today: date) -> tuple[Column, ...]:
    """The columns of 回答一覧: which sheet, whether it counts, what to look at, the first answers."""
    return (
        Column("name", "回答", show=lambda row: Cell(sheet_name(row, today), strong=True), sort=_order),
        Column("state", "集計", show=_state, sort=sheet_state),
        Column(
            "problem",
            "確認と決定",
            show=_problem,
            stretch=True,
            sortable=False,
            parts=(
                SheetPart("確認すること", show=lambda row: "、".join(row.problems)),
                SheetPart("決めたこと", show=lambda row: row.decision),
            ),
        ),
        Column(
            "answers",
            "回答の内容",
            show=lambda row: Cell(_told(row, questions()), tone="" if row.counted else "second"),
            stretch=True,
            narrow=False,
            sortable=False,
            parts=lambda: [_answer_part(place, one) for place, one in enumerate(questions(), 1)],
        ),
    )


def _answer_part(place: int, question: Question) -> SheetPart:
    """In a table each question has a column of its own: the window shows only what a sheet is known by."""

    def told(row: AnswerSheet) -> str:
        return answer_words(question, row.answers.get(question.code, Answer()))

    return SheetPart(f"問{place} {printed_title(question)}", show=told)


def sheet_action(row: AnswerSheet) -> RowAction | None:
    """A doubtful sheet asks to be decided."""
    return RowAction(text="決める") if sheet_state(row) == "確認が必要" else None


def _order(row: AnswerSheet) -> tuple[bool, int, str]:
    stamped = row.answered_at.isoformat() if row.answered_at is not None else ""
    return (row.source != "紙", row.number or 0, stamped)


def _state(row: AnswerSheet) -> Cell:
    state = sheet_state(row)
    if state in _BADGES:
        badge, words = _BADGES[state]
        return Cell(words, badge=badge)
    return Cell("集計に入れる", icon="check-circle-fill", tone="green")


def _problem(row: AnswerSheet) -> Cell:
    decided = f"決めたこと　{row.decision}" if row.decision else ""
    return Cell("、".join(row.problems) or decided, decided if row.problems else "")


def _told(row: AnswerSheet, questions: Sequence[Question]) -> str:
    first = [question for question in questions if question.role == "satisfaction"]
    rest = [question for question in questions if question.type == "SA" and question not in first]
    told = [*first, *rest][:2]
    return "、".join(answer_words(question, row.answers.get(question.code, Answer())) for question in told)


class SheetsPage(Sending, QWidget):
    """All sheets of one survey.

    Signals: ``left(str)`` the word of the page to go to; ``correct_asked(AnswerSheet)``.
    """

    left = Signal(str)
    correct_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._view: SurveyView | None = None
        self._only_doubtful = False
        self._narrow = False
        # After one was decided the next doubtful one is there, its decision under the keyboard.
        self._going_on = False
        self.problem = NoteBox()
        self.fixed = NoteBox(tone="quiet", small=True)
        self.counts = label("", "second")
        self.merge = MergeLine()
        self.only_button = Button("確認が必要な回答だけ", self._toggle_doubtful)
        self.only_button.setCheckable(True)
        self.many_button = Button("選んだ回答をまとめて決める", self._decide_many)
        self.many_button.setVisible(False)
        self.detail = SheetDetail()
        self.table = self._make_table()
        self.export = export_button(
            desk, self.table, title="回答の一覧", personal=True, narrowed=self._narrowed_by, event_id=self._event_id
        )
        self.table.foot.addWidget(self.export)
        self._build()
        self.detail.count_asked.connect(self.count_in)
        self.detail.leave_asked.connect(self.leave_out)
        self.detail.left_out.connect(self.leave_out_for)
        self.detail.correct_asked.connect(self.correct_asked)
        self.detail.delete_asked.connect(self.delete)

    def _build(self) -> None:
        column = in_column(
            side_by_side(page_heading("回答一覧"), 8, self.counts, None),
            self.fixed,
            self.problem,
            owner=self,
            spacing=8,
        )
        self._across = in_row(spacing=16)
        self.table.put_tool(self.many_button)
        self.table.put_tool(self.only_button)
        self.table.selection_changed.connect(self._offer_many)
        self._across.addWidget(self.table, 1)
        self._panel = Panel()
        self._panel.put((self.detail, 1))
        self._panel.setFixedWidth(t.scaled(300))
        self._across.addWidget(self._panel)
        column.addLayout(self._across, 1)
        # Below: the reasons it names grow with each decision, and the buttons of the next one must not move.
        column.addWidget(self.merge)

    def show_view(self, view: SurveyView) -> None:
        """Show the sheets, keeping the current one."""
        survey = view.survey
        if survey is None:
            return
        self._view = view
        self.fixed.say(_FIXED if self._frozen() else "")
        self.merge.show_view(view)
        paper = sum(1 for sheet in view.paper if sheet.counted)
        online = sum(1 for sheet in view.online if sheet.counted)
        out = len(view.sheets) - view.counted
        words = f"集計に入れる {view.counted}枚（{sources_words(paper, online)}）"
        self.counts.setText(words + (f"　入れない {out}枚" if out else "") if view.sheets else "")
        waiting = len(view.doubtful)
        self.only_button.setVisible(bool(waiting) or self._only_doubtful)
        if not waiting and self._only_doubtful:
            self.only_button.setChecked(False)
            self._only_doubtful = False
        self._fill()
        if self._going_on:
            self._going_on = False
            self.go_to_doubtful()

    def take_focus(self) -> None:
        """The list."""
        self.table.setFocus()

    def go_to_doubtful(self) -> None:
        """To the first answer that is to be decided, the keyboard at its decision; the list where there is none."""
        first = next(iter(self._view.doubtful), None) if self._view is not None else None
        if first is None or not self.table.choose(lambda one: one.id == first.id):
            self.take_focus()
        else:
            self._open(first)

    # deciding

    def count_in(self, sheet: AnswerSheet) -> None:
        """Let a sheet count."""
        self._going_on = True
        self._write(decide_sheet, sheet_id=sheet.id, counted=True, reason="")

    def leave_out_for(self, sheet: AnswerSheet, reason: str) -> None:
        """Leave a sheet out of the totals for a usual reason."""
        self._going_on = True
        self._write(decide_sheet, sheet_id=sheet.id, counted=False, reason=reason)

    def leave_out(self, sheet: AnswerSheet) -> None:
        """Leave a sheet out of the totals, with a reason."""
        dialog = ReasonDialog(
            self.desk,
            "集計に入れない",
            sheet_name(sheet, self.desk.today()),
            verb="集計に入れない",
            text="この回答は一覧に残り、集計には数えません。理由は、あとで見られます。",
            usual=USUAL,
            change=lambda reason: acting(self.desk, decide_sheet, sheet_id=sheet.id, counted=False, reason=reason),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _offer_many(self) -> None:
        count = len(self.table.selected())
        self.many_button.setVisible(count > 1 and not self._frozen())
        self.many_button.set_words(f"選んだ{count}枚をまとめて決める")

    def _decide_many(self) -> None:
        ids = [sheet.id for sheet in self.table.selected()]
        if ids:
            ManySheetsDialog(self.desk, ids, usual=USUAL, parent=self.window()).open()

    def delete(self, sheet: AnswerSheet) -> None:
        """Ask, then delete a paper sheet that was typed by mistake: its answers can be read nowhere else."""
        if sheet.source != "紙" or self._view is None or self._view.survey is None:
            self._write(remove_sheet, sheet_id=sheet.id)  # says why it stays
            return
        answered = sum(answer != Answer() for answer in sheet.answers.values())
        ask_before(
            self.window(),
            title="紙の回答を削除",
            subject=sheet_name(sheet, self.desk.today()),
            text=f"入力した**{len(self._view.survey.questions)}問（回答あり {answered}問）**が一覧と集計から消えます。"
            "同じ番号で、もう一度入力できます。削除したあとも、「元に戻す」で戻せます。",
            verb=f"紙の{sheet.number}枚目を削除する",
            then=lambda: self._write(remove_sheet, sheet_id=sheet.id),
        )

    def _write(self, service: Callable[..., object], **arguments: Any) -> None:
        self.problem.say("")
        self.do(service, **arguments)

    def refuse(self, problem: Exception) -> None:
        """The sheet stays, and nothing goes on to the next."""
        self._going_on = False
        super().refuse(problem)

    # the list

    def _make_table(self) -> RecordTable:
        table = RecordTable(
            "survey_sheets",
            sheet_columns(self._questions, self.desk.today()),
            title="回答の一覧",
            empty="まだ回答がありません。",
            empty_button="回答を取り込む",
            empty_act=lambda: self.left.emit("取り込み"),
            action=sheet_action,
            tint=lambda one: t.AMBER_BOX if sheet_state(one) == "確認が必要" else "",
            unit="枚",
            hint="Enter で回答の中身、F2 で直す、Delete で紙の回答を削除",
        )
        table.chosen.connect(self._choose)
        table.opened.connect(self._open)
        table.acted.connect(self._open)
        table.edit_asked.connect(self._edit)
        table.delete_asked.connect(self._delete_chosen)
        return table

    def _questions(self) -> tuple[Question, ...]:
        return self._view.survey.questions if self._view is not None and self._view.survey is not None else ()

    def _event_id(self) -> int | None:
        return self._view.event.id if self._view is not None else None

    def _narrowed_by(self) -> str:
        return self.only_button.text() if self._only_doubtful else ""

    def _fill(self) -> None:
        if self._view is None:
            return
        rows = self._view.doubtful if self._only_doubtful else self._view.sheets
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            first = (self._view.doubtful or rows)[0]
            self.table.choose(lambda one: one.id == first.id, take_focus=False)
        self._choose(self.table.current())

    def _toggle_doubtful(self) -> None:
        self._only_doubtful = self.only_button.isChecked()
        self._fill()

    def _frozen(self) -> bool:
        return self._view is not None and self._view.survey is not None and self._view.survey.frozen_at is not None

    def _choose(self, sheet: AnswerSheet | None) -> None:
        if self._view is None or self._view.survey is None:
            return
        self._panel.setVisible(sheet is not None and not self._narrow)
        self.detail.show_sheet(sheet, self._view.survey.questions, self.desk.today(), frozen=self._frozen())

    def _open(self, sheet: AnswerSheet) -> None:
        if not self._narrow:
            first = (self.detail.count_button, self.detail.leave_button, self.detail.correct_button)
            target = next((button for button in first if button.isEnabled()), None)
            if target is not None:
                target.setFocus()
            return
        SheetDialog(self, sheet).open()

    def _edit(self, sheet: AnswerSheet | None) -> None:
        if sheet is not None and not self._frozen():
            self.correct_asked.emit(sheet)

    def _delete_chosen(self, sheets: list[AnswerSheet]) -> None:
        if len(sheets) > 1:
            words = "**削除は1枚ずつです。**\n削除する回答だけを選んで、もう一度 Delete を押してください。"
            self.problem.say(words, tone="amber")
            return
        self.delete(sheets[0])

    @property
    def view(self) -> SurveyView | None:
        """What is shown now."""
        return self._view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1000 px the details open on their own."""
        super().resizeEvent(event)
        self._narrow = self.window().width() < t.FOLD_STEPS
        self._panel.setVisible(not self._narrow and self.detail.sheet is not None)


class SheetDialog(DialogFrame):
    """The details of a sheet where there is no room beside the list. Signals: those of ``DialogFrame``."""

    def __init__(self, page: SheetsPage, sheet: AnswerSheet) -> None:
        super().__init__("回答の中身", cancel="閉じる", parent=page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        detail = SheetDetail()
        view = page.view
        if view is not None and view.survey is not None:
            frozen = view.survey.frozen_at is not None
            detail.show_sheet(sheet, view.survey.questions, page.desk.today(), frozen=frozen)
        detail.setMinimumHeight(t.scaled(286))
        self.put((detail, 1))
        for signal, act in (
            (detail.count_asked, page.count_in),
            (detail.leave_asked, page.leave_out),
            (detail.left_out, page.leave_out_for),
            (detail.correct_asked, page.correct_asked.emit),
            (detail.delete_asked, page.delete),
        ):
            signal.connect(self.accept)
            signal.connect(act)
