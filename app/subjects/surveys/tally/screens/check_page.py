"""確かめる: the contractor's tally beside ours, question by question, and what each difference comes to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.calendar.dates import short_date
from app.common.together import together
from app.subjects.surveys.questions.parts.survey_words import sheet_name
from app.subjects.surveys.questions.rules.survey_questions import TYPE_WORDS
from app.subjects.surveys.questions.rules.tally_result import who_counted
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.tally.screens.comparison_dialog import ComparisonDialog
from app.subjects.surveys.tally.services.survey_settling import (
    ASKED,
    KEPT,
    QuestionCheck,
    SurveyCheck,
    check_of,
    differing_sheets,
    settle_difference,
)
from app.subjects.surveys.tally.services.survey_tally import TallyView, tally_survey
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.labels import Link, Paragraph, Sign, key_cap, label, named, rule, wrapped_label
from app.widgets.layouts import add, in_column, in_grid, in_row
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import empty, scrolling
from app.widgets.sending import Sending
from app.window import theme as t
from app.window.desk import Desk
from db.records.surveys import AnswerSheet, SettledBy

_SHORT = {"SA": "単一", "MA": "複数", "FA": "自由", "NUM": "数値", "": "回収"}
_MOST_SHEETS = 4
_SIDE = 344
ASK, MEND, KEEP = 1, 2, 3
_ENTER, _CHANGE = "受託者の数を入れる", "受託者の数を直す"
_WAYS = {ASK: "受託者に修正を依頼", MEND: "区の検算を直す", KEEP: "理由を書いて差を残す"}


class CountCard(QFrame):
    """One of the three things to look at: its name, how many, and which. Signals: ``pressed()`` what leads there."""

    pressed = Signal()

    def __init__(self, name: str, unit: str, link: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._name, self._unit = name, unit
        self._sign = Sign()
        self.value = label("", "h2")
        self.which = wrapped_label("", "small")
        self.link = Link(link, self.pressed.emit)
        in_column(
            in_row(self._sign, (wrapped_label(name, "small"), 1), self.link, spacing=6),
            in_row(self.value, (self.which, 1), spacing=8),
            owner=self,
            spacing=2,
            margins=(12, 8, 12, 8),
        )

    def show_count(self, count: int | None, which: str) -> None:
        """Show how many wait; None = nothing is known yet."""
        done = count == 0
        name, colour = ("check-circle-fill", t.GREEN) if done else ("question", t.AMBER)
        self._sign.show_sign(name, t.scaled(16), colour)
        self.value.setText("—" if count is None else f"{count}{self._unit}")
        self.which.setText(which)
        self.link.setVisible(bool(count))
        self.setAccessibleName(f"{self._name} {self.value.text()} {which}")


def _columns() -> tuple[Column, ...]:
    return unsorted(
        Column("label", "番号", show=lambda row: Cell(row.label or "回収", tone="second")),
        Column("title", "設問", show=lambda row: Cell(row.title, strong=row.open), stretch=True),
        Column("type", "種類", show=lambda row: Cell(_SHORT[row.type], tone="second"), narrow=False),
        Column("compared", "比べた数", align="right", show=_compared),
        Column("state", "照合", show=_state),
    )


def _compared(row: QuestionCheck) -> Cell:
    if not row.rows:
        return Cell(f"記入 {row.written}", tone="second")
    return Cell(str(row.compared))


def _state(row: QuestionCheck) -> Cell:
    if row.doubtful:
        names = "、".join(f"用紙{sheet.number}" if sheet.number else "オンライン" for sheet in row.doubtful[:2])
        return Cell(f"{names} 未定", icon="question", tone="amber", strong=True)
    if row.open:
        return Cell(f"差 {len(row.differing)}か所", icon="warning-fill", tone="red", strong=True)
    if row.settlement is not None:
        return Cell(f"差 {len(row.differing)}か所", row.settlement.way, icon="check", tone="green")
    if not row.rows:
        return Cell("比べない", tone="second")
    if row.compared < len(row.rows):
        some = f"（{row.compared} / {len(row.rows)}）" if row.compared else ""
        return Cell(f"受託者の数 未入力{some}", tone="second")
    return Cell("一致", icon="check", tone="green")


class SettlePanel(Panel):
    """One question with both tallies, and what its difference comes to.

    Signals: ``settled(str, str)`` the way and the reason; ``sheet_asked(AnswerSheet)`` correct it;
    ``sheets_asked()`` decide about sheets.
    """

    settled = Signal(str, str)
    sheet_asked = Signal(object)
    sheets_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.one: QuestionCheck | None = None
        self._sheets: tuple[AnswerSheet, ...] = ()
        self.question = Paragraph()
        self.kind = label("", "small")
        self._table = in_column(spacing=0)
        self._links = in_column(spacing=4)
        self.words = Paragraph()
        self.decide_button = Button("回答を見て決める", self.sheets_asked.emit)
        self.ways = QWidget()
        self._group = QButtonGroup(self)
        self.reason = named(QLineEdit(placeholderText="差を残す理由"), "差を残す理由")
        self.problem = wrapped_label("", "small")
        self.problem.setStyleSheet(f"color: {t.RED};")
        self._build()

    def _build(self) -> None:
        self.put(
            self.question,
            self.kind,
            self._table,
            self._links,
            self.words,
            (self.decide_button, 0, Qt.AlignmentFlag.AlignLeft),
        )
        column = in_column(label("どうするか", "strong"), owner=self.ways, spacing=6)
        for number, words in _WAYS.items():
            line = QHBoxLayout()
            radio = QRadioButton(words)
            self._group.addButton(radio, number)
            add(line, (radio, 1), key_cap(str(number)))
            column.addLayout(line)
        add(column, self.reason, self.problem)
        hint = "修正の依頼は「報告書」の修正依頼に1行入ります。宛先は業務責任者です。このアプリからは送信しません。"
        column.addWidget(Paragraph(hint, role="small"))
        self.put(self.ways, None)
        self._group.idClicked.connect(self.choose)
        self.reason.returnPressed.connect(self.settle)

    def show_question(
        self, one: QuestionCheck | None, view: SurveyView, sheets: tuple[AnswerSheet, ...], *, frozen: bool
    ) -> None:
        """Show one question; ``sheets`` are those in which a slip of ours may lie."""
        other = self.one is None or one is None or one.code != self.one.code
        self.one = one
        self.setVisible(one is not None)
        if one is None:
            return
        self._sheets = sheets if one.differing else one.doubtful
        self.question.say(f"**{one.label}　{one.title}**".replace("**　", "**"))
        paper = together(TYPE_WORDS.get(one.type, ""), f"n＝{one.base}")
        self.kind.setText(paper)
        self._show_rows(one)
        self._show_sheets(one, view, frozen=frozen)
        settled = one.settlement
        if settled is not None:
            reason = f"「{settled.reason}」" if settled.reason else ""
            self.words.say(f"**{settled.way}**{reason}　{settled.by} {short_date(settled.on)}")
        elif one.missing and not one.differing:
            self.words.say("**受託者の数 未入力**\n受託者の集計表の人数を入れると、差が出ます。")
        else:
            self.words.say("")
        self.decide_button.setVisible(bool(one.doubtful) and not frozen)
        self.ways.setVisible(bool(one.differing) and not frozen)
        if other or settled is None:
            self.choose(ASK if settled is None or settled.way == ASKED else KEEP)
            self.reason.setText(settled.reason if settled is not None else "")
        self.problem.setText("")

    def _show_rows(self, one: QuestionCheck) -> None:
        empty(self._table)
        if not one.rows:
            self._table.addWidget(wrapped_label(f"記入 {one.written}件。自由記述と数値は、数を比べません。", "small"))
            return
        holder = QWidget()
        grid = in_grid(holder, across=0, down=0, wide=0)
        for column, words in enumerate(("選択肢", "検算", "受託者", "差")):
            grid.addWidget(
                _cell(words, tint=t.PAPER, colour=t.SECOND, bold=True, right=column > 0, small=True), 0, column
            )
        known = [row.theirs for row in one.rows if row.theirs is not None]
        for line, row in enumerate(one.rows, 1):
            tint = t.RED_TINT if row.differs else ""
            gap = "" if row.theirs is None else f"{row.theirs - row.ours:+d}".replace("+0", "0").replace("-", "−")
            colour = t.RED if row.differs else t.GREEN
            grid.addWidget(_cell(row.text, tint=tint), line, 0)
            grid.addWidget(_cell(str(row.ours), tint=tint, bold=True, right=True), line, 1)
            theirs = "未入力" if row.theirs is None else str(row.theirs)
            grid.addWidget(_cell(theirs, tint=tint, colour=t.RED if row.differs else t.INK, right=True), line, 2)
            grid.addWidget(_cell(gap, tint=tint, colour=colour, bold=row.differs, right=True), line, 3)
        if one.type == "SA" and len(known) == len(one.rows):
            ours = sum(row.ours for row in one.rows)
            for column, words in enumerate(
                ("計", str(ours), str(sum(known)), f"{sum(known) - ours:+d}".replace("+0", "0"))
            ):
                grid.addWidget(_cell(words, tint=t.FOOTER, bold=True, right=column > 0), len(one.rows) + 1, column)
        self._table.addWidget(holder)
        holder.show()

    def _show_sheets(self, one: QuestionCheck, view: SurveyView, *, frozen: bool) -> None:
        empty(self._links)
        if not self._sheets:
            return
        words = "決めていない紙" if one.doubtful and not one.differing else "差にかかわる紙"
        for part in (label(f"{words}　{len(self._sheets)}枚", "strong"), rule()):
            self._links.addWidget(part)
            part.show()
        for sheet in self._sheets[:_MOST_SHEETS]:
            holder = QWidget()
            line = in_row(
                (wrapped_label(sheet_name(sheet, view.event.event_date) if view.event.event_date else ""), 1),
                label(f"検算 {sheet.typed_by}" if sheet.typed_by else "", "small"),
                owner=holder,
            )
            if not frozen:
                line.addWidget(Link("入力を開く", partial(self.sheet_asked.emit, sheet)))
            self._links.addWidget(holder)
            holder.show()
        left = len(self._sheets) - _MOST_SHEETS
        if left > 0:
            self._links.addWidget(Link(f"ほか{left}枚は回答一覧で見る", self.sheets_asked.emit))

    def first(self) -> QWidget:
        """What takes the keyboard: the way chosen."""
        return self._group.checkedButton() or self

    def choose(self, number: int) -> None:
        """Take one of the three ways; nothing is saved before it is settled."""
        self._group.button(number).setChecked(True)
        self.reason.setVisible(number == KEEP)
        if number == KEEP and self.isVisible():
            self.reason.setFocus()

    def settle(self) -> None:
        """What the main button does: settle in the way chosen, or open the sheet to mend."""
        one = self.one
        if one is None or self.ways.isHidden():
            return
        number = self._group.checkedId()
        if number == MEND:
            if len(self._sheets) == 1:
                self.sheet_asked.emit(self._sheets[0])
            else:
                self.sheets_asked.emit()
        elif number == KEEP and not self.reason.text().strip():
            self.problem.setText("差を残すときは、理由を書いてください。")
            self.reason.setFocus()
        else:
            self.settled.emit(ASKED if number == ASK else KEPT, self.reason.text() if number == KEEP else "")


def _cell(
    words: str, *, tint: str = "", colour: str = t.INK, bold: bool = False, right: bool = False, small: bool = False
) -> QLabel:
    made = label(words, "small" if small else "body", wrap=not right)
    made.setAlignment(
        (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
    )
    made.setStyleSheet(
        f"color: {colour}; padding: 5px 6px; border-bottom: 1px solid {t.ROW_LINE};"
        + (f" background: {tint};" if tint else "")
        + (" font-weight: bold;" if bold else "")
    )
    return made


class TallyCheckPage(Sending, QWidget):
    """Step 4. Signals: ``left(str)`` the word of the page to go to; ``correct_asked(AnswerSheet)``; ``shown()`` read
    anew."""

    left = Signal(str)
    correct_asked = Signal(object)
    texts_asked = Signal()
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._event_id = 0
        self._some = False
        self._found: TallyView | None = None
        self.check: SurveyCheck | None = None
        self.problem = NoteBox()
        self.unreadable = CountCard("読みとれない紙", "枚", "決める")
        self.differences = CountCard("受託者の集計との差", "問", "見る")
        self.personal = CountCard("自由記述の個人情報", "件", "決める")
        self.compare_button = Button(_CHANGE, self.compare, icon_name="equals")
        self.from_whom = wrapped_label("", "small")
        self.table = RecordTable(
            "survey_check",
            _columns(),
            title="受託者の集計と区の検算",
            empty="まだ回答がありません。",
            filtered=False,
            tint=lambda row: t.AMBER_BOX if row.doubtful else t.RED_TINT if row.open else "",
            unit="問",
            foot=False,
        )
        self.side = SettlePanel()
        self.back = link_button("‹ 設問の一覧に戻る", lambda: self._open(False))
        self._narrow = self._opened = False
        self.main = main_button("", self.act)
        self.empty = EmptyState("まだ回答がありません。", "回答を入れる", lambda: self.left.emit("回答"))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.cards = QWidget()
        cards = in_row(owner=self.cards, spacing=8)
        for card in (self.unreadable, self.differences, self.personal):
            cards.addWidget(card, 1)
        self._list = QWidget()
        self._heading = label("受託者の集計と区の検算", "h2")
        in_column(
            self.cards,
            in_row(self._heading, (self.from_whom, 1), self.compare_button, spacing=12),
            (self.table, 1),
            wrapped_label("↑↓ で設問を選びます。", "small"),
            owner=self._list,
            spacing=8,
        )
        self._beside = QWidget()
        self._area = scrolling(self.side)
        in_column(self.back, (self._area, 1), owner=self._beside, spacing=8)
        self._across = in_row((self._list, 1), self._beside, spacing=24)
        in_column(self.problem, self.empty, (self._across, 1), owner=self, spacing=8)

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._enter())
        self.unreadable.pressed.connect(lambda: self.left.emit("回答"))
        self.differences.pressed.connect(self._to_first_open)
        self.personal.pressed.connect(self.texts_asked)
        self.side.settled.connect(self._settle)
        self.side.sheet_asked.connect(self.correct_asked)
        self.side.sheets_asked.connect(lambda: self.left.emit("回答"))
        for number in _WAYS:
            key = QShortcut(QKeySequence(str(number)), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda wanted=number: self._take_way(wanted))

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Compare again."""
        if view.survey is None:
            return
        if view.event.id != self._event_id:
            self.problem.say("")
        self._event_id = view.event.id
        self.fetch(self._show, tally_survey, event_id=view.event.id)

    def take_focus(self) -> None:
        """The questions."""
        self.table.setFocus()

    def _show(self, found: TallyView) -> Iterator[None]:
        """The questions, then in another turn of the window the one at hand beside them."""
        survey = found.view.survey
        if found.view.event.id != self._event_id or survey is None:
            return
        self._found = found
        check = self.check = check_of(found.view, survey, found.tally)
        some = bool(found.tally.base)
        self.empty.setVisible(not some)
        self._some = some
        self._fold()
        doubtful = "、".join(sheet_name(sheet, self.desk.today()) for sheet in check.doubtful[:2])
        self.unreadable.show_count(len(check.doubtful), doubtful)
        unknown = not check.compared and not check.on_behalf
        words = "、".join(f"{one.label or '回収'} {len(one.differing)}か所" for one in check.open[:2])
        self.differences.show_count(None if unknown else len(check.open), "受託者の数 未入力" if unknown else words)
        read = sum(len(one.comments) for one in found.comments) - len(found.flags)
        self.personal.show_count(len(found.flags), f"{read}件を確認済" if read else "")
        counted = f"集計 {who_counted(survey)}"
        if survey.counted_on:
            counted += f" {short_date(survey.counted_on, self.desk.today())}"
        checked = f"　検算 {survey.checked_by} {short_date(survey.checked_on)}" if survey.checked_on else ""
        self.from_whom.setText(counted + checked)
        held = self.table.current()
        with QSignalBlocker(self.table):
            self.table.show_rows([one for one in check.questions if one.code or one.compared])
            if held is None or self.table.current() is None or self._settled_now(held):
                self._to_first_open(take_focus=self.table.isAncestorOf(self.window().focusWidget() or self.table))
        yield
        if self._found is not found:
            return
        self._choose(self.table.current())
        self.shown.emit()

    def _settled_now(self, held: QuestionCheck) -> bool:
        """Whether the question under the hand was just settled or got its numbers, so that the next one comes."""
        now = next((one for one in self.check.questions if one.code == held.code), None) if self.check else None
        waited = held.open or held.missing
        return waited and now is not None and not (now.open or now.missing)

    def _to_first_open(self, *, take_focus: bool = True) -> None:
        check = self.check
        if check is None:
            return
        first = next(iter((*check.open, *(one for one in check.questions if one.doubtful), *check.missing)), None)
        first = first or next((one for one in check.questions if one.code), None)
        if first is not None:
            self.table.choose(lambda row: row.code == first.code, take_focus=take_focus)

    def _choose(self, one: QuestionCheck | None) -> None:
        found = self._found
        if found is None or found.view.survey is None:
            return
        sheets: tuple[AnswerSheet, ...] = ()
        if one is not None and one.differing:
            question = next((each for each in found.view.survey.questions if each.code == one.code), None)
            more = [row.text for row in one.differing if row.ours > (row.theirs or 0)]
            if question is not None:
                sheets = differing_sheets(found.view, question, more)
        self.side.show_question(one, found.view, sheets, frozen=found.view.survey.frozen_at is not None)
        self._show_act()

    # the next thing to do

    def _show_act(self) -> None:
        check, one = self.check, self.side.one
        frozen = check is not None and check.survey.frozen_at is not None
        words = "「5 確定する」へ進む"
        if check is not None and not frozen:
            if one is not None and one.open:
                words = f"{one.label or '回収'}の差を決めてつぎへ"
            elif check.open:
                words = f"{check.open[0].label or '回収'}の差を見る"
            elif check.doubtful or check.unsettled:
                words = "読みとれない紙を決める" if check.doubtful else "2回目とのちがいを決める"
            elif check.missing:
                words = _ENTER
        self.main.set_words(words)
        # The filled button and the one beside the heading are never the same act.
        some_in = check is not None and bool(check.compared)
        self.compare_button.set_words(_CHANGE if some_in else _ENTER)
        offered = self._some and check is not None and not frozen and not check.on_behalf
        self.compare_button.setVisible(offered and words != _ENTER)

    def act(self) -> None:
        """What the filled button says."""
        check, one = self.check, self.side.one
        if check is None or check.survey.frozen_at is not None:
            self.left.emit("集計")
        elif one is not None and one.open:
            if self._narrow and not self._opened:
                self._open(True)
            else:
                self.side.settle()
        elif check.open:
            self._to_first_open()
        elif check.doubtful:
            self.left.emit("回答")
        elif check.unsettled:
            self.left.emit("検算・代行入力")
        elif check.missing:
            self.compare()
        else:
            self.left.emit("集計")

    def compare(self) -> None:
        """Open the contractor's numbers beside ours."""
        ComparisonDialog(self.desk, self._event_id, self).open()

    def _take_way(self, number: int) -> None:
        if not self.side.ways.isHidden():
            self.side.choose(number)

    def _settle(self, way: SettledBy, reason: str) -> None:
        check, one = self.check, self.side.one
        if check is None or one is None:
            return
        self.problem.say("")
        self.do(settle_difference, survey_id=check.survey.id, code=one.code, way=way, reason=reason)

    def _enter(self) -> None:
        """Enter on a question: bring it into sight where it has a page of its own, else do the next thing."""
        if self._narrow and not self._opened:
            self._open(True)
        else:
            self.act()

    def _open(self, opened: bool) -> None:
        self._opened = opened
        self._fold()
        (self.side.first() if opened else self.table).setFocus()

    def _fold(self) -> None:
        """Below 1000 px the question under the hand has a page of its own; there the cards give room to the list."""
        alone = self._narrow and self._opened
        self._list.setVisible(self._some and not alone)
        self._beside.setVisible(self._some and (alone or not self._narrow))
        self.back.setVisible(alone)
        for part in (self.cards, self._heading):
            part.setVisible(not self._narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1000 px the list and the question take turns."""
        super().resizeEvent(event)
        self._narrow = self.window().width() < t.FOLD_STEPS
        if self._narrow:
            self._beside.setMinimumWidth(0)
            self._beside.setMaximumWidth(t.NO_LIMIT)
        else:
            self._beside.setFixedWidth(t.scaled(_SIDE))
        self._fold()
