"""確かめる, which compares the contractor's tally with the ward's and settles each difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.surveys.questions.parts import response_name
from app.surveys.questions.rules import TYPE_WORDS, who_counted
from app.surveys.questions.services.surveys import SurveyView
from app.surveys.tally.screens.comparison_dialog import ComparisonDialog
from app.surveys.tally.services.survey_check import (
    QuestionCheck,
    SurveyCheck,
    check_of_view,
    responses_in_difference,
    settle_difference,
)
from app.surveys.tally.services.survey_tally import TallyView, read_tally
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import (
    Link,
    Paragraph,
    key_cap,
    label,
    separator,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, column_of, in_column, in_grid, in_row
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import clear_layout, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.surveys import QuestionType, SettledBy, SurveyResponse

_TYPE_WORDS: Mapping[QuestionType | None, str] = {
    QuestionType.ONE: "単一", QuestionType.SEVERAL: "複数", QuestionType.TEXT: "自由", QuestionType.NUMBER: "数値",
    None: "回収",
}  # fmt: skip
_MAX_RESPONSES = 4
_SIDE = 344
ASK_CONTRACTOR, CORRECT_OWN, KEEP_DIFFERENCE = 1, 2, 3
_ENTER, _CHANGE = "受託者の数を入れる", "受託者の数を直す"
_SETTLEMENT_OPTIONS = {
    ASK_CONTRACTOR: "受託者に修正を依頼",
    CORRECT_OWN: "区の検算を直す",
    KEEP_DIFFERENCE: "理由を書いて差を残す",
}


def _columns() -> tuple[Column, ...]:
    return unsorted(
        Column("label", "番号", show=lambda row: Cell(row.label or "回収", tone="second")),
        Column("title", "設問", show=lambda row: Cell(row.title, strong=row.is_open), stretch=True),
        Column("type", "種類", show=lambda row: Cell(_TYPE_WORDS[row.type], tone="second"), narrow=False),
        Column("compared", "比べた数", align="right", show=_compared_cell, shown_if_any=lambda row: row.compared_count),
        Column("state", "照合", show=_state),
    )


def _compared_cell(row: QuestionCheck) -> Cell:
    """Return the cell of how many numbers were compared; for written answers how many there are (「記入 12」)."""
    if not row.rows:
        return Cell(f"記入 {row.written_count}", tone="second")
    return Cell(str(row.compared_count))


def _state(row: QuestionCheck) -> Cell:
    """Return the cell with the result of comparing a question.

    The first of: doubtful responses, an open difference, a settled one, 比べない (written answers), missing numbers,
    一致.
    """
    if row.doubtful_responses:
        names = "、".join(
            f"用紙{sheet.number}" if sheet.number else "オンライン" for sheet in row.doubtful_responses[:2]
        )
        return Cell(f"{names} 未定", icon="question", tone="amber", strong=True)
    if row.is_open:
        return Cell(f"差 {len(row.differing_rows)}か所", icon="warning-fill", tone="red", strong=True)
    if row.settlement is not None:
        return Cell(f"差 {len(row.differing_rows)}か所", row.settlement.way, icon="check", tone="green")
    if not row.rows:
        return Cell("比べない", tone="second")
    if missing := len(row.rows) - row.compared_count:
        return Cell(f"受託者の数 あと{missing}か所" if row.compared_count else "", tone="second")
    return Cell("一致", icon="check", tone="green")


class SettlementPanel(Panel):
    """One question with both tallies, to settle its difference.

    Signals: ``settlement_chosen(str, str)`` 修正を依頼 or 差のまま, and its reason;
    ``response_asked(SurveyResponse)`` correct it;
    ``response_list_asked()`` decide about responses.
    """

    settlement_chosen = Signal(object, str)
    response_asked = Signal(object)
    response_list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.question_check: QuestionCheck | None = None
        self._shown: tuple[object, ...] = ()
        self._responses: tuple[SurveyResponse, ...] = ()
        self.question = Paragraph()
        self.type_label = label("", "small")
        self._table = in_column(spacing=0)
        self._links = in_column(spacing=4)
        self.settlement_text = Paragraph()
        self.decide_button = Button("回答を見て決める", self.response_list_asked.emit)
        self.options_panel = QWidget()
        self._group = QButtonGroup(self)
        self.reason = with_accessible_name(QLineEdit(placeholderText="差を残す理由"), "差を残す理由")
        self.problem = wrapped_label("", "small")
        self.problem.setStyleSheet(f"color: {t.RED};")
        self._build()

    def _build(self) -> None:
        self.put(
            self.question,
            self.type_label,
            self._table,
            self._links,
            self.settlement_text,
            (self.decide_button, 0, Qt.AlignmentFlag.AlignLeft),
        )
        column = in_column(label("どうするか", "strong"), owner=self.options_panel, spacing=6)
        for number, words in _SETTLEMENT_OPTIONS.items():
            line = QHBoxLayout()
            radio = QRadioButton(words)
            self._group.addButton(radio, number)
            add(line, (radio, 1), key_cap(str(number)))
            column.addLayout(line)
        add(column, self.reason, self.problem)
        hint = "修正の依頼は「報告書」の修正依頼に1行入ります。宛先は業務責任者です。このアプリからは送信しません。"
        column.addWidget(Paragraph(hint, role="small"))
        self.put(self.options_panel, None)
        self._group.idClicked.connect(self.choose)
        self.reason.returnPressed.connect(self.apply_choice)

    def show_question(
        self,
        question_check: QuestionCheck | None,
        view: SurveyView,
        responses: tuple[SurveyResponse, ...],
        *,
        frozen: bool,
        today: date,
    ) -> None:
        """Show one question with the ways to settle its difference; None hides the panel.

        ``responses`` are those that may contain an own error; without a difference, those with a doubt about the
        question are shown instead. ``frozen`` = the totals are fixed, so that nothing can be settled. A way chosen
        and a reason typed stay while the same question is read again and nobody settled it or took that back.
        """
        self.question_check = question_check
        self.setVisible(question_check is not None)
        if question_check is None:
            return
        self._responses = responses if question_check.differing_rows else question_check.doubtful_responses
        self.question.show_text(f"**{question_check.label}　{question_check.title}**".replace("**　", "**"))
        paper = join_nonempty(TYPE_WORDS.get(question_check.type, ""), f"n＝{question_check.base}")
        self.type_label.setText(paper)
        self._show_rows(question_check)
        self._show_responses(question_check, today, frozen=frozen)
        settled = question_check.settlement
        if settled is not None:
            reason = fill_nonempty("「{}」", settled.reason)
            self.settlement_text.show_text(f"**{settled.way}**{reason}　{settled.by} {short_date(settled.on, today)}")
        else:
            self.settlement_text.show_text("")
        self.decide_button.setVisible(bool(question_check.doubtful_responses) and not frozen)
        self.options_panel.setVisible(bool(question_check.differing_rows) and not frozen)
        shown, self._shown = self._shown, (view.event.id, question_check.code, settled)
        if shown != self._shown:
            self.choose(ASK_CONTRACTOR if settled is None or settled.way.is_correction else KEEP_DIFFERENCE)
            self.reason.setText(settled.reason if settled is not None else "")
            self.problem.setText("")

    def _show_rows(self, question_check: QuestionCheck) -> None:
        """Show both counts of each option, or that written answers are not compared."""
        clear_layout(self._table)
        if not question_check.rows:
            self._table.addWidget(
                wrapped_label(f"記入 {question_check.written_count}件。自由記述と数値は、数を比べません。", "small")
            )
            return
        holder = QWidget()
        grid = in_grid(holder, across=0, down=0, wide=0)
        for column, words in enumerate(("選択肢", "検算", "受託者", "差")):
            grid.addWidget(
                _cell(words, tint=t.PAPER_TINT, colour=t.INK_SECONDARY, bold=True, right=column > 0, small=True),
                0,
                column,
            )
        known = [row.contractor_count for row in question_check.rows if row.contractor_count is not None]
        for line, row in enumerate(question_check.rows, 1):
            tint = t.RED_TINT if row.is_different else ""
            gap = (
                ""
                if row.contractor_count is None
                else f"{row.contractor_count - row.own_count:+d}".replace("+0", "0").replace("-", "−")
            )
            colour = t.RED if row.is_different else t.GREEN
            grid.addWidget(_cell(row.text, tint=tint), line, 0)
            grid.addWidget(_cell(str(row.own_count), tint=tint, bold=True, right=True), line, 1)
            theirs = "" if row.contractor_count is None else str(row.contractor_count)
            grid.addWidget(_cell(theirs, tint=tint, colour=t.RED if row.is_different else t.INK, right=True), line, 2)
            grid.addWidget(_cell(gap, tint=tint, colour=colour, bold=row.is_different, right=True), line, 3)
        if question_check.type is QuestionType.ONE and len(known) == len(question_check.rows):
            ours = sum(row.own_count for row in question_check.rows)
            for column, words in enumerate(
                ("計", str(ours), str(sum(known)), f"{sum(known) - ours:+d}".replace("+0", "0").replace("-", "−"))
            ):
                grid.addWidget(
                    _cell(words, tint=t.FOOTER, bold=True, right=column > 0), len(question_check.rows) + 1, column
                )
        self._table.addWidget(holder)
        holder.show()

    def _show_responses(self, question_check: QuestionCheck, today: date, *, frozen: bool) -> None:
        """Show links to the first four responses that may cause the difference; without one, to the doubtful ones.

        Where the totals are fixed (``frozen``) they are only named.
        """
        clear_layout(self._links)
        if not self._responses:
            return
        words = (
            "決めていない紙"
            if question_check.doubtful_responses and not question_check.differing_rows
            else "差にかかわる紙"
        )
        for part in (label(f"{words}　{len(self._responses)}枚", "strong"), separator()):
            self._links.addWidget(part)
            part.show()
        for sheet in self._responses[:_MAX_RESPONSES]:
            holder = QWidget()
            line = in_row(
                (wrapped_label(response_name(sheet, today)), 1),
                label(fill_nonempty("検算 {}", sheet.typed_by), "small"),
                owner=holder,
            )
            if not frozen:
                line.addWidget(Link("入力を開く", partial(self.response_asked.emit, sheet)))
            self._links.addWidget(holder)
            holder.show()
        left = len(self._responses) - _MAX_RESPONSES
        if left > 0:
            self._links.addWidget(Link(f"ほか{left}枚は回答一覧で見る", self.response_list_asked.emit))

    def first_focus_widget(self) -> QWidget:
        """Return the button of the chosen way to settle, else the panel."""
        return self._group.checkedButton() or self

    def choose(self, number: int) -> None:
        """Mark ``ASK_CONTRACTOR``, ``CORRECT_OWN`` or ``KEEP_DIFFERENCE``; nothing is saved.

        For the last the field for a reason is shown and focused.
        """
        self._group.button(number).setChecked(True)
        self.reason.setVisible(number == KEEP_DIFFERENCE)
        if number == KEEP_DIFFERENCE and self.isVisible():
            self.reason.setFocus()

    def apply_choice(self) -> None:
        """Emit ``settlement_chosen``; a missing reason is asked for, and nothing happens while no way is offered.

        Where an own entry is to be corrected, emit ``response_asked`` for the only response, else
        ``response_list_asked``.
        """
        one = self.question_check
        if one is None or self.options_panel.isHidden():
            return
        number = self._group.checkedId()
        if number == CORRECT_OWN:
            if len(self._responses) == 1:
                self.response_asked.emit(self._responses[0])
            else:
                self.response_list_asked.emit()
        elif number == KEEP_DIFFERENCE and not self.reason.text().strip():
            self.problem.setText("差を残すときは、理由を書いてください。")
            self.reason.setFocus()
        else:
            self.settlement_chosen.emit(
                SettledBy.CORRECTION if number == ASK_CONTRACTOR else SettledBy.DIFFERENCE,
                self.reason.text() if number == KEEP_DIFFERENCE else "",
            )


def _cell(
    words: str, *, tint: str = "", colour: str = t.INK, bold: bool = False, right: bool = False, small: bool = False
) -> QLabel:
    made = label(words, "small" if small else "body", wrap=not right)
    made.setAlignment(
        (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
    )
    made.setStyleSheet(
        f"color: {t.current_colour(colour)}; padding: 5px 6px; border-bottom: 1px solid {t.ROW_LINE};"
        + fill_nonempty(" background: {};", tint)
        + (" font-weight: bold;" if bold else "")
    )
    return made


class TallyCheckPage(ActionMixin, QWidget):
    """Step 4 of a survey, the comparison with the contractor's tally.

    Signals: ``page_asked(str)`` the name of the page to go to; ``correct_asked(SurveyResponse)``;
    ``refreshed()`` read again;
    ``texts_asked()`` decide the free texts that may name somebody.
    """

    page_asked = Signal(str)
    correct_asked = Signal(object)
    texts_asked = Signal()
    refreshed = Signal()

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self._has_responses = False
        self._tally_view: TallyView | None = None
        self.check: SurveyCheck | None = None
        self.problem = NoteBox()
        self.unreadable = link_button("", lambda: self.page_asked.emit("回答"))
        self.personal = link_button("", self.texts_asked.emit)
        self.bar_words = ""
        self.compare_button = Button(_CHANGE, self.open_comparison, icon_name="equals", parent=self)
        self.counted_by_label = wrapped_label("", "small")
        self.table = RecordTable(
            "survey_check",
            _columns(),
            title="受託者の集計と区の検算",
            empty="まだ回答がありません。",
            filtered=False,
            tint=lambda row: t.AMBER_BOX if row.doubtful_responses else t.RED_TINT if row.is_open else "",
            unit="問",
            foot=False,
            names_people=False,
            on_open=self._on_enter,
            on_choose=self._show_question,
        )
        self.settlement_panel = SettlementPanel()
        self.back = link_button("‹ 設問の一覧に戻る", lambda: self._set_question_open(False))
        self._narrow = self._is_question_open = False
        self.main = main_button("", self.run_next_step)
        self.bar_buttons = (self.main, self.compare_button)
        self.empty = EmptyState("まだ回答がありません。", "回答を入れる", lambda: self.page_asked.emit("回答"))
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the cards, the list and the panel."""
        self._heading = label("受託者の集計と区の検算", "h2")
        self._list = column_of(
            FlowRow(self.unreadable, self.personal),
            in_row(self._heading, (self.counted_by_label, 1), spacing=12),
            (self.table, 1),
            spacing=8,
        )
        self._area = in_scroll_area(self.settlement_panel)
        self._question_panel = column_of(self.back, (self._area, 1), spacing=8)
        self._across = in_row((self._list, 1), self._question_panel, spacing=24)
        in_column(self.problem, self.empty, (self._across, 1), owner=self, spacing=8)

    def _connect(self) -> None:
        """Connect the signals of list, cards and panel, and the keys."""
        self.settlement_panel.settlement_chosen.connect(self._settle)
        self.settlement_panel.response_asked.connect(self.correct_asked)
        self.settlement_panel.response_list_asked.connect(lambda: self.page_asked.emit("回答"))
        for number in _SETTLEMENT_OPTIONS:
            on_key(self, str(number), partial(self._choose_option, number), inside=True)

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Read the tally anew, and show it beside the contractor's; do nothing for an event without a survey."""
        if view.survey is None:
            return
        if view.event.id != self._event_id:
            self.problem.show_text("")
        self._event_id = view.event.id
        self.run_read(self._show, read_tally, event_id=view.event.id)

    def take_focus(self) -> None:
        """Set the focus to the questions."""
        self.table.setFocus()

    def _show(self, tally_view: TallyView) -> Iterator[None]:
        """Show the questions, yield for an event loop turn, then show the current one and emit ``refreshed``."""
        survey = tally_view.survey_view.survey
        if tally_view.survey_view.event.id != self._event_id or survey is None:
            return
        self._tally_view = tally_view
        check = self.check = check_of_view(tally_view.survey_view, survey, tally_view.tally)
        some = bool(tally_view.tally.base)
        self.empty.setVisible(not some)
        self._has_responses = some
        self._update_layout()
        doubtful = len(check.doubtful_responses)
        self.unreadable.set_words(fill_nonempty("読みとれない紙 {}枚を決める", doubtful))
        flags = len(tally_view.flags)
        self.personal.set_words(fill_nonempty("自由記述の個人情報 {}件を決める", flags))
        self.bar_words = (
            f"残り {check.waiting_count}件を決めると、集計を確定できます。"
            if check.waiting_count
            else "受託者の集計表の人数を入れると、差が出ます。"
            if check.questions_without_counts
            else ""
        )
        counted = f"集計 {who_counted(survey)}"
        if survey.counted_on:
            counted += f" {short_date(survey.counted_on, self.today)}"
        checked = ""
        if survey.checked_on:
            checked = f"　検算 {survey.checked_by} {short_date(survey.checked_on, self.today)}"
        self.counted_by_label.setText(counted + checked)
        held = self.table.current()
        with QSignalBlocker(self.table):
            self.table.show_rows([one for one in check.questions if one.code or one.compared_count])
            if held is None or self.table.current() is None or self._was_just_settled(held):
                self._select_first_open(take_focus=self.table.isAncestorOf(self.window().focusWidget() or self.table))
        yield
        if self._tally_view is not tally_view:
            return
        self._show_question(self.table.current())
        self.refreshed.emit()

    def _was_just_settled(self, previous: QuestionCheck) -> bool:
        """Return whether the question, open before, is now settled or completed, to go on to the next."""
        now = next((one for one in self.check.questions if one.code == previous.code), None) if self.check else None
        waited = previous.is_open or previous.has_missing_counts
        return waited and now is not None and not (now.is_open or now.has_missing_counts)

    def _select_first_open(self, *, take_focus: bool = True) -> None:
        """Choose the first question with an open difference, else with a doubt, else without all contractor's numbers.

        Where none is left it is the first question of all.
        """
        check = self.check
        if check is None:
            return
        first = next(
            iter(
                (
                    *check.open_questions,
                    *(one for one in check.questions if one.doubtful_responses),
                    *check.questions_without_counts,
                )
            ),
            None,
        )
        first = first or next((one for one in check.questions if one.code), None)
        if first is not None:
            self.table.choose(lambda row: row.code == first.code, take_focus=take_focus)

    def _show_question(self, question_check: QuestionCheck | None) -> None:
        found = self._tally_view
        if found is None or found.survey_view.survey is None:
            return
        sheets: tuple[SurveyResponse, ...] = ()
        if question_check is not None and question_check.differing_rows:
            question = next(
                (each for each in found.survey_view.survey.questions if each.code == question_check.code), None
            )
            more = [row.text for row in question_check.differing_rows if row.own_count > (row.contractor_count or 0)]
            if question is not None:
                sheets = responses_in_difference(found.survey_view, question, more)
        self.settlement_panel.show_question(
            question_check,
            found.survey_view,
            sheets,
            frozen=found.survey_view.survey.frozen_at is not None,
            today=self.today,
        )
        self._update_main_button()

    # the next thing to do

    def _update_main_button(self) -> None:
        """Label the filled button with what is to be done next."""
        check, one = self.check, self.settlement_panel.question_check
        frozen = check is not None and check.survey.frozen_at is not None
        words = "「5 確定する」へ進む"
        if check is not None and not frozen:
            if one is not None and one.is_open:
                words = f"{one.label or '回収'}の差を決めてつぎへ"
            elif check.open_questions:
                words = f"{check.open_questions[0].label or '回収'}の差を見る"
            elif check.doubtful_responses or check.unsettled_count:
                words = "読みとれない紙を決める" if check.doubtful_responses else "2回目とのちがいを決める"
            elif check.questions_without_counts:
                words = _ENTER
        self.main.set_words(words)
        # The filled button and the one beside the heading never do the same.
        some_in = check is not None and bool(check.compared_count)
        self.compare_button.set_words(_CHANGE if some_in else _ENTER)
        offered = self._has_responses and check is not None and not frozen and not check.is_on_behalf
        self.compare_button.setVisible(offered and words != _ENTER)

    def run_next_step(self) -> None:
        """Do what the filled button says: settle a difference, show what is open, enter counts, or go to the tally."""
        check, one = self.check, self.settlement_panel.question_check
        if check is None or check.survey.frozen_at is not None:
            self.page_asked.emit("集計")
        elif one is not None and one.is_open:
            if self._narrow and not self._is_question_open:
                self._set_question_open(True)
            else:
                self.settlement_panel.apply_choice()
        elif check.open_questions:
            self._select_first_open()
        elif check.doubtful_responses:
            self.page_asked.emit("回答")
        elif check.unsettled_count:
            self.page_asked.emit("検算・代行入力")
        elif check.questions_without_counts:
            self.open_comparison()
        else:
            self.page_asked.emit("集計")

    def open_comparison(self) -> None:
        """Open the dialog with the contractor's numbers beside the ward's."""
        ComparisonDialog(self.app_context, self._event_id, self).open()

    def _choose_option(self, number: int) -> None:
        if not self.settlement_panel.options_panel.isHidden():
            self.settlement_panel.choose(number)

    def _settle(self, settled_by: SettledBy, reason: str) -> None:
        check, one = self.check, self.settlement_panel.question_check
        if check is None or one is None:
            return
        self.run_action(settle_difference, survey_id=check.survey.id, code=one.code, way=settled_by, reason=reason)

    def _on_enter(self) -> None:
        if self._narrow and not self._is_question_open:
            self._set_question_open(True)
        else:
            self.run_next_step()

    def _set_question_open(self, is_open: bool) -> None:
        """Show the question in place of the list where there is little room, or the list, and focus it."""
        self._is_question_open = is_open
        self._update_layout()
        (self.settlement_panel.first_focus_widget() if is_open else self.table).setFocus()

    def _update_layout(self) -> None:
        """Show the current question on a page of its own in a narrow window, and hide the cards there."""
        alone = self._narrow and self._is_question_open
        self._list.setVisible(self._has_responses and not alone)
        self._question_panel.setVisible(self._has_responses and (alone or not self._narrow))
        self.back.setVisible(alone)
        self._heading.setVisible(not self._narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch between list and question in a narrow window (``should_fold_steps``)."""
        super().resizeEvent(event)
        self._narrow = t.should_fold_steps(self)
        if self._narrow:
            self._question_panel.setMinimumWidth(0)
            self._question_panel.setMaximumWidth(t.NO_LIMIT)
        else:
            self._question_panel.setFixedWidth(t.scaled(_SIDE))
        self._update_layout()
