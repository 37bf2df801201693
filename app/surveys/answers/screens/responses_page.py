"""回答一覧, every response on paper and online with doubts and decision, one by one or several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.export_button import export_button
from app.surveys.answers.parts import USUAL_REASONS, response_name, response_state
from app.surveys.answers.screens.import_start import answer_columns
from app.surveys.answers.screens.merge_line import MergeLine
from app.surveys.answers.screens.response_detail import ResponseDetail
from app.surveys.data_entry.services import answer_words, decide_responses, remove_responses
from app.surveys.questions.parts import PageHeading
from app.surveys.questions.services.surveys import SurveyView
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import MenuAction
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame, confirm_first
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_model import Cell, Column, ExportColumn, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.surveys import Answer, Question, SurveyResponse

_FROZEN_NOTE = (
    "**集計は確定しています。**"
    "回答を加えるときや直すときは、「5 確定する」（Alt+5）で確定を取り消してください（理由が残ります）。"
)
_BADGES = {"確認が必要": ("確認が必要", ""), "集計に入れない": ("取り込まない", "集計に入れない")}


def response_columns(questions: Callable[[], Sequence[Question]], today: date) -> tuple[Column, ...]:
    """Return the columns of 回答一覧 (response, whether it counts, doubts, first answers)."""
    return (
        Column("name", "回答", show=lambda row: Cell(response_name(row, today), strong=True), sort=_order),
        Column(
            "state",
            "集計",
            show=_state,
            sort=response_state,
            shown_if_any=lambda row: bool(response_state(row)),
            export_parts=(ExportColumn("集計", show=lambda row: response_state(row) or "集計に入れる"),),
        ),
        Column(
            "problem",
            "確認と決定",
            show=_problem,
            stretch=True,
            sortable=False,
            shown_if_any=lambda row: bool(row.problems or row.decision),
            export_parts=(
                ExportColumn("確認すること", show=lambda row: "、".join(row.problems)),
                ExportColumn("決めたこと", show=lambda row: row.decision),
            ),
        ),
        Column(
            "answers",
            "回答の内容",
            show=lambda row: Cell(_answers_text(row, questions()), tone="" if row.counted else "second"),
            stretch=True,
            min_list_width=280,
            sortable=False,
            export_parts=lambda: answer_columns(questions()),
        ),
    )


def response_action(row: SurveyResponse) -> RowAction | None:
    """Return the button of a row in the list: 決める for a doubtful response, else None."""
    return RowAction(text="決める") if response_state(row) == "確認が必要" else None


def _order(row: SurveyResponse) -> tuple[bool, int, str]:
    """Return the sort key of a response: paper first, by number."""
    stamped = row.answered_at.isoformat() if row.answered_at is not None else ""
    return (not row.source.is_paper, row.number or 0, stamped)


def _state(row: SurveyResponse) -> Cell:
    state = response_state(row)
    if state in _BADGES:
        badge, words = _BADGES[state]
        return Cell(words, badge=badge)
    return Cell("")


def _problem(row: SurveyResponse) -> Cell:
    """Return the cell with the doubts and the decision below; the decision alone where there are none.

    Why they are doubts stands beside the list.
    """
    decided = fill_nonempty("決めたこと　{}", row.decision)
    doubts = "、".join(one.partition("（メール")[0] for one in row.problems)
    return Cell(doubts or decided, decided if row.problems else "", tip="、".join(row.problems))


def _answers_text(row: SurveyResponse, questions: Sequence[Question]) -> str:
    """Return the satisfaction, and whether something is written; who somebody is stands in no line of a list."""
    shown = [answer_words(each, row.answers) for each in questions if each.asks_satisfaction]
    writes = any(each.type.is_text and row.answers.get(each.code, Answer()) != Answer() for each in questions)
    return "、".join([*shown, *(["自由記述あり"] if writes else [])])


class ResponsesPage(ActionMixin, QWidget):
    """Page with all responses of one survey.

    Signals: ``page_asked(str)`` the name of the page to go to; ``correct_asked(SurveyResponse)``.
    """

    page_asked = Signal(str)
    correct_asked = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: SurveyView | None = None
        self._narrow = False
        self.problem = NoteBox()
        self.frozen_note = NoteBox(tone="quiet", small=True)
        self.bar_words = ""
        self.merge_line = MergeLine()
        self.detail = ResponseDetail()
        self.table = self._make_table()
        self.export = export_button(
            app_context,
            self.table,
            title="回答の一覧",
            event_id=self._event_id,
        )
        self.table.foot.addWidget(self.export)
        self._build()
        self.detail.correct_asked.connect(self.correct_asked)
        self.table.row_acts = self._row_acts

    def _build(self) -> None:
        column = in_column(
            PageHeading("回答一覧"),
            self.frozen_note,
            self.problem,
            owner=self,
            spacing=8,
        )
        self._across = in_row(spacing=16)
        self._across.addWidget(self.table, 1)
        self._panel = Panel()
        self._panel.put((self.detail, 1))
        self._panel.setFixedWidth(t.scaled(300))
        self._across.addWidget(self._panel)
        column.addLayout(self._across, 1)
        # Below: the reasons it lists grow with each decision, and the buttons of the next one must not move.
        column.addWidget(self.merge_line)

    def show_view(self, view: SurveyView) -> None:
        """Show responses, counts and notes of the survey."""
        if view.survey is None:
            return
        self._view = view
        self.frozen_note.show_text(_FROZEN_NOTE if self._frozen() else "")
        self.merge_line.show_view(view)
        self.bar_words = fill_nonempty(
            "**見なおす {}枚**は、つぎの「確かめる」で1枚ずつ決めます。", len(view.doubtful_responses)
        )
        self._fill()

    def take_focus(self) -> None:
        """Set the focus to the list."""
        self.table.setFocus()

    # deciding

    def count_in(self, responses: Sequence[SurveyResponse]) -> None:
        """Save that responses count."""
        self.run_action(decide_responses, sheet_ids=[one.id for one in responses], counted=True, reason="")

    def leave_out(self, responses: Sequence[SurveyResponse]) -> None:
        """Open a dialog for a reason, then leave the responses out of the totals."""
        ids = [one.id for one in responses]
        ReasonDialog(
            self,
            "集計に入れない",
            self._names(responses),
            verb="集計に入れない",
            text="回答は一覧に残り、集計には数えません。理由は、あとで見られます。",
            usual_reasons=USUAL_REASONS,
            change=lambda reason: bind_action(decide_responses, sheet_ids=ids, counted=False, reason=reason),
        ).open()

    def delete(self, responses: Sequence[SurveyResponse]) -> None:
        """Ask, then delete paper responses entered by mistake, since their answers are stored nowhere else.

        For an online one it is shown at once why it stays.
        """
        ids = [one.id for one in responses]
        if not all(one.source.is_paper for one in responses) or not self._questions():
            self.run_action(remove_responses, sheet_ids=ids)  # says why it stays
            return
        answered = sum(answer != Answer() for one in responses for answer in one.answers.values())
        confirm_first(
            self.window(),
            title="紙の回答を削除",
            subject=self._names(responses),
            text=f"入力した**{len(self._questions()) * len(ids)}問（回答あり {answered}問）**が一覧と集計から消えます。"
            "同じ番号で、もう一度入力できます。削除したあとも、「元に戻す」で戻せます。",
            verb=f"紙の{responses[0].number}枚目を削除する" if len(ids) == 1 else f"紙の{len(ids)}枚を削除する",
            on_confirmed=lambda: self.run_action(remove_responses, sheet_ids=ids),
        )

    def _names(self, responses: Sequence[SurveyResponse]) -> str:
        """Return the name of a response, of several how many they are."""
        return response_name(responses[0], self.today) if len(responses) == 1 else f"選んだ回答 {len(responses)}枚"

    # the list

    def _make_table(self) -> RecordTable:
        """Build the table of responses; its export has a column for each question."""
        return RecordTable(
            "survey_sheets",
            response_columns(self._questions, self.today),
            title="回答の一覧",
            empty="まだ回答がありません。",
            empty_button="回答を取り込む",
            empty_on_click=lambda: self.page_asked.emit("取り込み"),
            action=response_action,
            tint=lambda one: t.AMBER_BOX if response_state(one) == "確認が必要" else "",
            unit="枚",
            hint="集計に入れない・削除は右クリックか Shift+F10",
            on_delete=self.delete,
            on_edit=self._edit,
            on_act=lambda _row: self.page_asked.emit("照合"),
            on_open=self._open,
            on_choose=self._show_response,
        )

    def _questions(self) -> tuple[Question, ...]:
        return self._view.survey.questions if self._view is not None and self._view.survey is not None else ()

    def _event_id(self) -> int | None:
        return self._view.event.id if self._view is not None else None

    def _fill(self) -> None:
        """Show all responses, and choose one if none is chosen."""
        if self._view is None:
            return
        rows = self._view.responses
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            first = (self._view.doubtful_responses or rows)[0]
            self.table.choose(lambda one: one.id == first.id, take_focus=False)
        self._show_response(self.table.current())

    def _frozen(self) -> bool:
        return self._view is not None and self._view.survey is not None and self._view.survey.frozen_at is not None

    def _show_response(self, response: SurveyResponse | None) -> None:
        """Show the details of a response in the side panel; hide the panel for None or little room."""
        if self._view is None or self._view.survey is None:
            return
        self._panel.setVisible(response is not None and not self._narrow)
        self.detail.show_response(response, self._view.survey.questions, self.today, frozen=self._frozen())

    def _row_acts(self, response: SurveyResponse) -> Iterator[MenuAction]:
        if not self._frozen():
            chosen = [one for one in self.table.selected() if isinstance(one, SurveyResponse)]
            chosen = chosen if response in chosen else [response]
            several = f"　選んだ{len(chosen)}枚" if len(chosen) > 1 else ""
            if any(map(response_state, chosen)):
                yield f"集計に入れる{several}", partial(self.count_in, chosen)
            if any(one.counted for one in chosen):
                yield f"集計に入れない{several}", partial(self.leave_out, chosen)
            if all(one.source.is_paper for one in chosen):
                yield f"紙の回答を削除する{several}（Delete）", partial(self.delete, chosen)

    def _open(self, response: SurveyResponse) -> None:
        """Focus the details; without room beside the list open them in a dialog."""
        if self._narrow:
            ResponseDialog(self, response).open()
        else:
            self.detail.correct_button.setFocus()

    def _edit(self, response: SurveyResponse | None) -> None:
        if response is not None and not self._frozen():
            self.correct_asked.emit(response)

    @property
    def current_view(self) -> SurveyView | None:
        """Return the view shown now."""
        return self._view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the details beside the list in a narrow window (``should_fold_steps``); a dialog shows them there."""
        super().resizeEvent(event)
        self._narrow = t.should_fold_steps(self)
        self._panel.setVisible(not self._narrow and self.detail.response is not None)


class ResponseDialog(DialogFrame):
    """Dialog with the details of a response where there is no room beside the list; signals of ``DialogFrame``."""

    def __init__(self, page: ResponsesPage, response: SurveyResponse):
        super().__init__("回答の中身", cancel="閉じる", parent=page)
        detail = ResponseDetail()
        view = page.current_view
        if view is not None and view.survey is not None:
            frozen = view.survey.frozen_at is not None
            detail.show_response(response, view.survey.questions, page.app_context.today(), frozen=frozen)
        detail.setMinimumHeight(t.scaled(286))
        self.put((detail, 1))
        detail.correct_asked.connect(self.accept)
        detail.correct_asked.connect(page.correct_asked)
