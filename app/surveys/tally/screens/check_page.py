"""確かめる, the queue of all that is to be settled before the totals are fixed, each settled beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.registers.register.rules import HIDDEN
from app.surveys.answers.parts import USUAL_REASONS, response_name
from app.surveys.data_entry.rules import AS_READ, UNREADABLE_KEY, choice_for_key, choice_keys
from app.surveys.data_entry.services import answer_words, decide_answer, decide_responses, other_sendings
from app.surveys.questions.rules import TYPE_WORDS, who_counted
from app.surveys.questions.services.surveys import SurveyView
from app.surveys.tally.screens.comparison_dialog import ComparisonDialog
from app.surveys.tally.screens.themes_panel import HIDE_SELECTED
from app.surveys.tally.services.survey_check import (
    AGREED,
    COUNTS,
    NOT_COMPARED,
    SETTLED,
    TWICE,
    CheckItem,
    QuestionCheck,
    SurveyCheck,
    check_items,
    check_of_view,
    responses_in_difference,
    settle_difference,
)
from app.surveys.tally.services.survey_freezing import freeze_tally
from app.surveys.tally.services.survey_tally import TallyView, read_tally
from app.surveys.tally.services.survey_themes import decide_quote
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.keys import on_key
from app.widgets.labels import (
    Link,
    Paragraph,
    key_cap,
    label,
    separator,
    show_text_or_hide,
    small_label,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import column_of, in_column, in_grid, in_row, layout_now, row_of
from app.widgets.lists.record_model import Cell, Column, GroupFold, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import clear_layout, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.record import frozen
from db.records.surveys import Answer, Question, QuestionType, SettledBy, SurveyResponse

_MAX_RESPONSES = 4
_SIDE = 344
_ENTER, _CHANGE = "受託者の数を入れる", "受託者の数を直す"
_FREEZE = "集計を確定する"
_COUNT_IN, _OTHER_REASON, _AS_READ, _RETYPE = "0", "5", "1", "2"


@frozen
class Way:
    """One way to settle an item, with its key; ``asks`` is what must be typed with it, ``text`` what is proposed."""

    key: str
    words: str
    asks: str = ""
    text: str = ""


ASK_CONTRACTOR = Way("1", "受託者に修正を依頼")
CORRECT_OWN = Way("2", "区の検算を直す")
KEEP_DIFFERENCE = Way("3", "理由を書いて差を残す", asks="差を残す理由")
_WAYS_OF_DIFFERENCE = (ASK_CONTRACTOR, CORRECT_OWN, KEEP_DIFFERENCE)
_WAYS_OF_WHOLE = (
    *(Way(str(number), f"集計に入れない（{words}）") for number, words in enumerate(USUAL_REASONS, 1)),
    Way(_OTHER_REASON, "集計に入れない", asks="集計に入れない理由"),
    Way(_COUNT_IN, "集計に入れる"),
)
_WAY_AS_READ = Way(_AS_READ, AS_READ)
_RETYPE_PAPER = Way(_RETYPE, "用紙を見て入力を直す")
_CORRECT_ONLINE = Way(_RETYPE, "回答を開いて直す")
_INVALID = (
    "2つ以上に印のある答えは、どの選択肢にも数えません（無効）。"
    "用紙に訂正があるときだけ答えを選び、理由を書きます。はじめの読みも残ります。"
)
_HIDING = (
    f"自動で伏せるのは、電話番号、メール、登録のある氏名だけです。ほかの名前は、選んで「{HIDE_SELECTED}」を押します。"
)
_REQUEST = "修正の依頼は「報告書」の修正依頼に1行入ります。宛先は業務責任者です。このアプリからは送信しません。"


def _ways(item: CheckItem, question: Question | None) -> tuple[Way, ...]:
    """Return the ways to settle an item, () = it is settled elsewhere or not at all."""
    if item.comment is not None:
        return (
            Way("1", "伏せて引用する", asks="引用する文", text=item.comment.masked),
            Way("2", "引用しない"),
            Way("3", "個人情報ではない"),
        )
    if item.response is None:
        return _WAYS_OF_DIFFERENCE if item.question is not None and item.question.differing_rows else ()
    if question is None:
        return _WAYS_OF_WHOLE
    if not item.response.source.is_paper:
        return (_WAY_AS_READ, _CORRECT_ONLINE)
    if not question.type.takes_one:
        return (_WAY_AS_READ, _RETYPE_PAPER)
    return tuple(
        Way(one.key, one.label, asks="" if one.kind in ("none", "unreadable") else "用紙に書いてあること")
        for one in choice_keys(question)
    )


def _proposed(item: CheckItem, ways: Sequence[Way]) -> Way | None:
    """Return the way that is marked beforehand: never one that answers for whoever filled the sheet in."""
    settled = item.question.settlement if item.question is not None else None
    if settled is not None and not settled.way.is_correction:
        return KEEP_DIFFERENCE
    if ASK_CONTRACTOR in ways:
        return ASK_CONTRACTOR
    return next((one for one in ways if one.key == UNREADABLE_KEY or one == _WAY_AS_READ), None)


def _columns(today: date) -> tuple[Column, ...]:
    return unsorted(
        Column("title", "確かめること", show=lambda row: _title(row, today), stretch=True),
        Column("state", "内容", show=_said, stretch=True),
    )


def _labels(rows: Sequence[CheckItem]) -> tuple[str, ...]:
    """Return the numbers of the questions of folded rows."""
    return tuple(one.question.label or "回収" for one in rows if one.question is not None)


def _title(row: CheckItem, today: date) -> Cell:
    """Return the cell of what an item is about."""
    question = row.question
    label, title = (question.label, question.title) if question is not None else ("", "")
    if row.response is not None:
        return Cell(join_nonempty(response_name(row.response, today), label), title, strong=True)
    if question is None:
        return Cell("紙の2回目の入力" if row.group == TWICE else "受託者の数", strong=True)
    return Cell(label or title, title if label else "", strong=row.is_open)


def _said(row: CheckItem) -> Cell:
    """Return the cell of what is to be settled, or how it was."""
    question = row.question
    if question is None or not question.differing_rows or row.response is not None or row.comment is not None:
        if question is not None and row.group == NOT_COMPARED and not question.rows:
            return Cell(f"記入 {question.written_count}件", tone="second")
        return Cell(row.said, tone="" if row.is_open else "second")
    one, *more = question.differing_rows
    counts = (
        f"区 {one.own_count}　受託者 {one.contractor_count}　{_gap_words(one.own_count, one.contractor_count or 0)}"
    )
    words = f"差 {len(more) + 1}か所" if more else counts
    if question.settlement is not None:
        return Cell(words, question.settlement.way, icon="check", tone="green")
    return Cell(words, one.text if not more else "", icon="warning-fill", tone="red", strong=True)


def _gap_words(own: int, theirs: int) -> str:
    """Return by how much the contractor's count differs (「+2」, 「−1」, 「0」)."""
    return f"{theirs - own:+d}".replace("+0", "0").replace("-", "−")


class SettlementPanel(Panel):
    """One item of the queue, with the ways to settle it.

    Signals: ``way_marked()`` another one; ``applied(Way, str)`` the marked one, with what was typed;
    ``response_asked(SurveyResponse)`` correct it; ``response_list_asked()`` decide about responses.
    """

    way_marked = Signal()
    applied = Signal(object, str)
    response_asked = Signal(object)
    response_list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.item: CheckItem | None = None
        self._shown: tuple[object, ...] = ()
        self.responses: tuple[SurveyResponse, ...] = ()
        self.question = Paragraph()
        self.type_label = label("", "small")
        self._table = in_column(spacing=0)
        self._links = in_column(spacing=4)
        self.settlement_text = Paragraph()
        self.options_panel = QWidget()
        self._options = in_column(spacing=6)
        self._group = QButtonGroup(self)
        self._ways: tuple[Way, ...] = ()
        self.asked: Question | None = None
        self.reason = with_accessible_name(QLineEdit(), "理由")
        self._selected = (0, 0)
        self.reason.selectionChanged.connect(self._note_selection)
        self.hide_button = inline_button(HIDE_SELECTED, self._hide_selected)
        self.problem = small_label()
        self.problem.setStyleSheet(f"color: {t.RED};")
        self.hint = Paragraph(role="small")
        hide = row_of(self.hide_button, None)
        in_column(self._options, self.reason, hide, self.problem, self.hint, owner=self.options_panel, spacing=6)
        self.put(
            self.question, self.type_label, self._table, self._links, self.settlement_text, self.options_panel, None
        )
        self._group.idClicked.connect(self._mark)
        self.reason.returnPressed.connect(self.apply_choice)

    @property
    def question_check(self) -> QuestionCheck | None:
        """Return the question of the item."""
        return self.item.question if self.item is not None else None

    def show_item(
        self,
        item: CheckItem | None,
        view: SurveyView,
        responses: tuple[SurveyResponse, ...],
        *,
        frozen: bool,
        today: date,
    ) -> None:
        """Show one item with the ways to settle it; None, or one that is settled elsewhere, hides the panel.

        ``responses`` are those that may contain an own error. ``frozen`` = the totals are fixed, so that nothing can be
        settled. A way marked and a reason typed stay while the same item is read again and nobody settled it or took
        that back.
        """
        self.item = item
        # Of what is settled elsewhere it would say what the row says.
        self.setVisible(item is not None and (item.question is not None or item.response is not None))
        if item is None or view.survey is None:
            return
        check = item.question
        found = (one for one in view.survey.questions if check is not None and one.code == check.code)
        question = self.asked = next(found, None)
        self.responses = responses
        if item.response is not None:
            self.responses = item.response, *(other_sendings(item.response, view.responses) if question is None else ())
        title = _title(item, today)
        self.question.show_text(f"**{join_nonempty(title.text, title.second)}**")
        kind = join_nonempty(TYPE_WORDS.get(check.type, ""), f"n＝{check.base}") if check is not None else ""
        show_text_or_hide(self.type_label, kind)
        clear_layout(self._table)
        if check is not None and item.response is None and item.comment is None:
            self._show_rows(check)
        self._show_responses(today, frozen=frozen)
        settled = check.settlement if check is not None else None
        words = item.comment.text if item.comment is not None else item.said
        if settled is not None:
            reason = fill_nonempty("「{}」", settled.reason)
            words = f"**{settled.way}**{reason}　{settled.by} {short_date(settled.on, today)}"
        elif item.response is not None and question is not None:
            read = answer_words(question, item.response.answers)
            came = "入力したとき" if item.response.source.is_paper else "届いた回答"
            words = f"{item.said}\n{came}　「{read}」　{item.response.typed_by}".rstrip("　")
        self.settlement_text.show_text(words)
        ways = () if frozen else _ways(item, question)
        self.options_panel.setVisible(bool(ways))
        hint = _INVALID if any(one.key == UNREADABLE_KEY for one in ways) else ""
        self.hint.show_text(_REQUEST if ASK_CONTRACTOR in ways else _HIDING if item.comment is not None else hint)
        shown, self._shown = self._shown, (view.event.id, item.id, item.said, settled, ways)
        if shown != self._shown:
            self._show_ways(ways, _proposed(item, ways))
            self.reason.setText(settled.reason if settled is not None else "")

    def _show_ways(self, ways: tuple[Way, ...], proposed: Way | None) -> None:
        """Show the ways, each with its key."""
        for button in self._group.buttons():
            self._group.removeButton(button)
        clear_layout(self._options)
        self._ways = ways
        for place, way in enumerate(ways):
            radio = QRadioButton(way.words)
            self._group.addButton(radio, place)
            self._options.addWidget(row_of((radio, 1), key_cap(way.key)))
        layout_now(self.options_panel)
        if proposed in ways:
            self._group.button(ways.index(proposed)).setChecked(True)
        self._show_marked()

    @property
    def way(self) -> Way | None:
        """Return the marked way."""
        return self._ways[self._group.checkedId()] if self._group.checkedId() >= 0 else None

    def mark_key(self, key: str) -> None:
        """Mark the way with this key, if one has it; nothing is saved."""
        place = next((place for place, way in enumerate(self._ways) if way.key == key), None)
        if place is not None and self.options_panel.isVisible():
            self._group.button(place).setChecked(True)
            self._mark()

    def _mark(self) -> None:
        """Show the way that the user marked, and focus what it asks for."""
        self._show_marked()
        way = self.way
        if way is not None and way.asks:
            self.reason.setText(way.text)
            self.reason.setFocus()

    def _note_selection(self) -> None:
        """Remember what is selected in the words to quote: the selection goes with the focus."""
        if self.reason.hasSelectedText():
            self._selected = (self.reason.selectionStart(), self.reason.selectionLength())

    def _hide_selected(self) -> None:
        """Put ○○ in the place of what was selected last."""
        self.reason.setFocus()
        self.reason.setSelection(*self._selected)
        self.reason.insert(HIDDEN if self.reason.hasSelectedText() else "")
        self._selected = (0, 0)

    def _show_marked(self) -> None:
        """Show the field for what the marked way asks for."""
        way = self.way
        asks = way.asks if way is not None else ""
        self.reason.setVisible(bool(asks))
        self.hide_button.setVisible(bool(way and way.text))
        self.reason.setPlaceholderText(asks)
        self.reason.setAccessibleName(asks or "理由")
        self.problem.setText("")
        self.way_marked.emit()

    def first_focus_widget(self) -> QWidget:
        """Return the button of the marked way to settle, else the panel."""
        return self._group.checkedButton() or self

    def apply_choice(self) -> None:
        """Emit ``applied`` with the marked way, unless what it asks for is missing."""
        way = self.way
        if way is None or self.options_panel.isHidden():
            return
        if way.asks and not self.reason.text().strip():
            self.problem.setText(f"{way.asks}を書いてください。")
            self.reason.setFocus()
        else:
            self.applied.emit(way, self.reason.text() if way.asks else "")

    def _show_rows(self, question_check: QuestionCheck) -> None:
        """Show both counts of each option, or that written answers are not compared."""
        if not question_check.rows:
            self._table.addWidget(
                small_label(f"記入 {question_check.written_count}件。自由記述と数値は、数を比べません。")
            )
            return
        holder = QWidget()
        grid = in_grid(holder, across=0, down=0, wide=0)
        for column, words in enumerate(("選択肢", "検算", "受託者", "差")):
            head = _cell(words, tint=t.PAPER_TINT, colour=t.INK_SECONDARY, bold=True, right=column > 0, small=True)
            grid.addWidget(head, 0, column)
        rows = [(row.text, row.own_count, row.contractor_count) for row in question_check.rows]
        theirs = [count for _text, _own, count in rows if count is not None]
        if question_check.type is QuestionType.ONE and len(theirs) == len(rows):
            rows.append(("計", sum(own for _text, own, _count in rows), sum(theirs)))
        for line, (text, own, count) in enumerate(rows, 1):
            is_sum, differs = line > len(question_check.rows), count not in (None, own)
            tint = t.FOOTER if is_sum else t.RED_TINT if differs else ""
            ink = t.RED if differs and not is_sum else t.INK
            gap = "" if count is None else _gap_words(own, count)
            cells = (
                _cell(text, tint=tint, bold=is_sum),
                _cell(str(own), tint=tint, bold=True, right=True),
                _cell("" if count is None else str(count), tint=tint, colour=ink, bold=is_sum, right=True),
                _cell(gap, tint=tint, colour=ink if is_sum or differs else t.GREEN, bold=is_sum or differs, right=True),
            )
            for column, cell in enumerate(cells):
                grid.addWidget(cell, line, column)
        self._table.addWidget(holder)
        holder.show()

    def _show_responses(self, today: date, *, frozen: bool) -> None:
        """Show links to the first four responses concerned; where the totals are fixed they are only named."""
        clear_layout(self._links)
        if not self.responses:
            return
        what, unit = ("紙", "枚") if all(one.source.is_paper for one in self.responses) else ("回答", "件")
        for part in (label(f"かかわる{what}　{len(self.responses)}{unit}", "strong"), separator()):
            self._links.addWidget(part)
            part.show()
        for sheet in self.responses[:_MAX_RESPONSES]:
            holder = QWidget()
            line = in_row(
                (wrapped_label(join_nonempty(response_name(sheet, today), sheet.decision)), 1),
                label(fill_nonempty("検算 {}", sheet.typed_by), "small"),
                owner=holder,
            )
            if not frozen:
                line.addWidget(Link("入力を開く", partial(self.response_asked.emit, sheet)))
            self._links.addWidget(holder)
            holder.show()
        left = len(self.responses) - _MAX_RESPONSES
        if left > 0:
            self._links.addWidget(Link(f"ほか{left}{unit}は回答一覧で見る", self.response_list_asked.emit))


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
    """Step 4 of a survey: the queue of all that is to be settled, each settled beside it.

    Signals: ``page_asked(str)`` the name of the page to go to; ``correct_asked(SurveyResponse)``;
    ``refreshed()`` read again.
    """

    page_asked = Signal(str)
    correct_asked = Signal(object)
    refreshed = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self._has_responses = self._is_left = False
        self._tally_view: TallyView | None = None
        self.check: SurveyCheck | None = None
        self.items: tuple[CheckItem, ...] = ()
        self.problem = NoteBox()
        self.bar_words = ""
        self.compare_button = Button(_CHANGE, self.open_comparison, icon_name="equals", parent=self)
        self.counted_by_label = small_label()
        self.table = RecordTable(
            "survey_check",
            _columns(self.today),
            title="確かめること",
            empty="確かめることは、もうありません。",
            filtered=False,
            group=lambda row: row.group,
            folds={
                SETTLED: GroupFold(about=_labels, icon="check", icon_tone="green"),
                AGREED: GroupFold(about=_labels, icon="check-circle-fill", icon_tone="green"),
                NOT_COMPARED: GroupFold(about=_labels),
            },
            foot=False,
            on_open=self._on_enter,
            on_double_click=lambda _item: self._set_question_open(True),
            on_choose=self._show_item,
        )
        self.table.view.horizontalHeader().hide()
        self.settlement_panel = SettlementPanel()
        self.back = link_button("‹ 確かめることに戻る", lambda: self._set_question_open(False))
        self._narrow = self._is_question_open = False
        self.main = main_button("", self.run_next_step)
        self.rest_button = Button("のこして確定へ進む", lambda: self.page_asked.emit("集計"), parent=self)
        self.bar_buttons = (self.main, self.compare_button, self.rest_button)
        self.empty = EmptyState("まだ回答がありません。", "回答を入れる", lambda: self.page_asked.emit("回答"))
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the list and the panel."""
        self._heading = label("確かめること", "h2")
        self._list = column_of(
            in_row(self._heading, (self.counted_by_label, 1), spacing=12), (self.table, 1), spacing=8
        )
        self._area = in_scroll_area(self.settlement_panel)
        self._question_panel = column_of(self.back, (self._area, 1), spacing=8)
        self._across = in_row((self._list, 1), self._question_panel, spacing=24)
        # An error stands below, so that nothing moves under the mouse.
        in_column(self.empty, (self._across, 1), self.problem, owner=self, spacing=8)

    def _connect(self) -> None:
        """Connect the signals of the panel, and the keys."""
        self.settlement_panel.applied.connect(self._settle)
        self.settlement_panel.way_marked.connect(self._update_main_button)
        self.settlement_panel.response_asked.connect(self.correct_asked)
        self.settlement_panel.response_list_asked.connect(lambda: self.page_asked.emit("回答"))
        for key in (*"0123456789", UNREADABLE_KEY):
            on_key(self, key, partial(self.settlement_panel.mark_key, key), inside=True)

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Read the tally anew, and show it beside the contractor's; do nothing for an event without a survey."""
        if view.survey is None:
            return
        if view.event.id != self._event_id:
            self.problem.show_text("")
        self._event_id = view.event.id
        self._is_left = not self.isVisible()
        self.run_read(self._show, read_tally, event_id=view.event.id)

    def take_focus(self) -> None:
        """Set the focus to the list, or to the question that stands alone: there the keys answer."""
        (self.settlement_panel.first_focus_widget() if self._is_question_open else self.table).setFocus()

    def _show(self, tally_view: TallyView) -> Iterator[None]:
        """Show the queue, yield for an event loop turn, then show the current item and emit ``refreshed``."""
        survey = tally_view.survey_view.survey
        if tally_view.survey_view.event.id != self._event_id or survey is None:
            return
        self._tally_view = tally_view
        check = self.check = check_of_view(tally_view.survey_view, survey, tally_view.tally)
        items = self.items = check_items(check, tally_view.comments)
        some = bool(tally_view.tally.base)
        self.empty.setVisible(not some)
        self._has_responses = some
        self._update_layout()
        # Both stand in the list below too, but the totals can be fixed without them.
        texts = "自由記述" if any(one.comment is not None for one in items) else ""
        counts = "受託者の数" if check.questions_without_counts else ""
        other = fill_nonempty("{}は、あとでも決められます。", join_nonempty(texts, counts, separator="・"))
        self.bar_words = (
            f"残り {check.waiting_count}件を決めると、集計を確定できます。{other}"
            if check.waiting_count
            else "受託者の集計表が届いたら、その人数を入れると差が出ます。まだのときは、のこして確定へ進めます。"
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
        is_settled = held is not None and held.is_open and held.id not in {one.id for one in items if one.is_open}
        with QSignalBlocker(self.table):
            self.table.show_rows(items)
            current = self.table.current()
            # Who comes back finds the first one, not the numbers that wait at the end.
            at_end = self._is_left and self._opens_elsewhere(current)
            if current is None or at_end or (is_settled and not current.is_open):
                self._select_first_open(take_focus=False)
        yield
        if self._tally_view is not tally_view:
            return
        self._show_item(self.table.current())
        if is_settled:
            self.take_focus()
        self.refreshed.emit()

    def _select_first_open(self, *, take_focus: bool = True) -> None:
        """Choose the first item of the queue."""
        first = next(iter(self.items), None)
        if first is not None:
            self.table.choose(lambda row: row.id == first.id, take_focus=take_focus)

    def _show_item(self, item: CheckItem | None) -> None:
        found = self._tally_view
        if found is None or found.survey_view.survey is None:
            return
        sheets: tuple[SurveyResponse, ...] = ()
        check = item.question if item is not None else None
        if check is not None and check.differing_rows:
            question = next((each for each in found.survey_view.survey.questions if each.code == check.code), None)
            more = [row.text for row in check.differing_rows if row.own_count > (row.contractor_count or 0)]
            if question is not None:
                sheets = responses_in_difference(found.survey_view, question, more)
        self.settlement_panel.show_item(
            item, found.survey_view, sheets, frozen=found.survey_view.survey.frozen_at is not None, today=self.today
        )
        self._update_main_button()

    # the next thing to do

    @property
    def _is_frozen(self) -> bool:
        return self.check is not None and self.check.survey.frozen_at is not None

    def _update_main_button(self) -> None:
        """Label the filled button with what is to be done next."""
        check, item, way = self.check, self.settlement_panel.item, self.settlement_panel.way
        first = next((one for one in self.items if one.is_open), None)
        words = _FREEZE
        if self._is_frozen:
            words = "「5 確定する」へ進む"
        elif item is not None and item.is_open:
            words = "開いて決める" if self._is_item_hidden(item) else self._words_of(item, way)
        elif first is not None:
            words = "つぎの確かめることへ" if first.question is not None or first.group == TWICE else _ENTER
        self.main.set_words(words)
        settles = item is not None and item.is_open and not self._is_frozen
        self.main.setEnabled(
            not settles or way is not None or self._opens_elsewhere(item) or self._is_item_hidden(item)
        )
        # The filled button and the one beside it never do the same.
        some_in = check is not None and bool(check.compared_count)
        self.compare_button.set_words(_CHANGE if some_in else _ENTER)
        offered = self._has_responses and check is not None and not self._is_frozen and not check.is_on_behalf
        self.compare_button.setVisible(offered and words != _ENTER)
        waits = check is None or bool(check.waiting_count)
        self.rest_button.setVisible(self._has_responses and first is not None and not waits and not self._is_frozen)

    @staticmethod
    def _opens_elsewhere(item: CheckItem | None) -> bool:
        return item is not None and item.question is None and item.response is None

    def _is_item_hidden(self, item: CheckItem | None) -> bool:
        """Return whether an item to be decided on this page lies behind the list, on a narrow window."""
        return self._narrow and not self._is_question_open and not self._opens_elsewhere(item)

    @staticmethod
    def _words_of(item: CheckItem, way: Way | None) -> str:
        """Return what a press does with an open item."""
        if item.question is None and item.response is None:
            return "2回目とのちがいを決める" if item.group == TWICE else _ENTER
        if way is None:
            return "決め方を選ぶ"
        if item.group == COUNTS:
            return f"{item.question.label if item.question is not None else ''}の差を決めてつぎへ"
        return "読みとれないとしてつぎへ" if way.key == UNREADABLE_KEY else f"「{way.words}」に決めてつぎへ"

    def run_next_step(self) -> None:
        """Do what the filled button says: settle the item, show what is open, enter counts, or fix the totals."""
        item = self.settlement_panel.item
        if self._is_frozen:
            self.page_asked.emit("集計")
        elif item is not None and item.is_open:
            if item.group == TWICE:
                self.page_asked.emit("検算・代行入力")
            elif self._opens_elsewhere(item):
                self.open_comparison()
            elif self._is_item_hidden(item):
                self._set_question_open(True)
            else:
                self.settlement_panel.apply_choice()
        elif any(one.is_open for one in self.items):
            self._select_first_open()
        elif self.check is not None:
            freeze = bind_action(freeze_tally, survey_id=self.check.survey.id)
            self.run_change(freeze, lambda _done: self.page_asked.emit("集計"))

    def open_comparison(self) -> None:
        """Open the dialog with the contractor's numbers beside the ward's."""
        ComparisonDialog(self, self._event_id).open()

    def _settle(self, way: Way, typed: str) -> None:
        """Settle the item as marked, or open what is to be corrected."""
        check, item, sheets = self.check, self.settlement_panel.item, self.settlement_panel.responses
        if check is None or item is None:
            return
        if item.comment is not None:
            self.run_action(
                decide_quote,
                survey_id=check.survey.id,
                question_code=item.question.code if item.question is not None else "",
                sheet_id=item.comment.sheet_id,
                quoted=way.key != "2",
                words=typed,
                as_it_is=way.key == "3",
            )
        elif item.response is not None and item.question is None:
            usual = dict(enumerate(USUAL_REASONS, 1)).get(int(way.key), typed)
            self.run_action(decide_responses, sheet_ids=(item.response.id,), counted=way.key == _COUNT_IN, reason=usual)
        elif way in (CORRECT_OWN, _RETYPE_PAPER, _CORRECT_ONLINE):
            if len(sheets) == 1:
                self.correct_asked.emit(sheets[0])
            else:
                self.page_asked.emit("回答")
        elif item.response is not None and item.question is not None:
            asked = self.settlement_panel.asked
            choice = choice_for_key(asked, way.key) if asked is not None and way != _WAY_AS_READ else None
            kept = choice is None or choice.kind == "unreadable"
            chosen = Answer(chosen=(choice.text,)) if choice is not None and choice.kind != "none" else Answer()
            self.run_action(
                decide_answer,
                sheet_id=item.response.id,
                question_code=item.question.code,
                answer=None if kept else chosen,
                reason=typed,
            )
        elif item.question is not None:
            by = SettledBy.CORRECTION if way == ASK_CONTRACTOR else SettledBy.DIFFERENCE
            self.run_action(settle_difference, survey_id=check.survey.id, code=item.question.code, way=by, reason=typed)

    def _on_enter(self) -> None:
        if self._narrow and not self._is_question_open:
            self._set_question_open(True)
        else:
            self.run_next_step()

    def _set_question_open(self, is_open: bool) -> None:
        """Show the question in place of the list where there is little room, or the list, and focus it."""
        self._is_question_open = is_open
        self._update_layout()
        self.take_focus()

    def _update_layout(self) -> None:
        """Show the current question on a page of its own in a narrow window, and hide the cards there."""
        alone = self._narrow and self._is_question_open
        self._list.setVisible(self._has_responses and not alone)
        self._question_panel.setVisible(self._has_responses and (alone or not self._narrow))
        self.back.setVisible(alone)
        self._heading.setVisible(not self._narrow)
        self._update_main_button()

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
