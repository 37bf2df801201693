"""集計: the head figures, the totals with their charts, who counted and checked, and fixing them."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.parts.form_dialog import counted_fields
from app.subjects.surveys.questions.parts.survey_pages import fold_headings
from app.subjects.surveys.questions.parts.survey_words import frozen_words
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import who_counted
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.tally.papers.tally_report import KIND as PAPER
from app.subjects.surveys.tally.screens.cross_page import CrossPage
from app.subjects.surveys.tally.screens.tally_overview import OverviewLine, TallyDetail, TallyOverview, overview_line
from app.subjects.surveys.tally.screens.themes_page import ThemesPage
from app.subjects.surveys.tally.services.survey_freezing import freeze_tally, refix_tally, unfreeze_tally
from app.subjects.surveys.tally.services.survey_settling import SurveyCheck, check_of
from app.subjects.surveys.tally.services.survey_tally import (
    TallyView,
    note_counted,
    question_label,
    tally_survey,
)
from app.subjects.surveys.typing.services.survey_second_entry import to_settle
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import scrolling
from app.widgets.sending import Sending
from app.window import theme as t
from app.window.desk import Desk, acting
from db.records.surveys import EventSurvey

CROSS, THEMES, COMPARE = "クロス集計", "自由記述", "比べる"


class TallyPage(Sending, QWidget):
    """The totals of one survey. Signals: ``left(str)`` the word of the page to go to."""

    left = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._event_id = 0
        self._found: TallyView | None = None
        self._lines: list[OverviewLine] = []
        self.freeze_button = main_button("集計を確定する", self.freeze, icon_name="lock-simple")
        self.refix_button = Button("集計を確定し直す", self.refix)
        self.unfreeze_button = Button("確定を解く", self.unfreeze, icon_name="lock-simple-open")
        self.cross_button = Button("クロス集計", partial(self.show_part, CROSS), icon_name="arrows-left-right")
        self.themes_button = Button(THEMES, partial(self.show_part, THEMES), icon_name="chats")
        self.more_button = Button("そのほか", kind="icon", icon_name="dots-three")
        self.more = QMenu(self)
        self.more.addAction("集計した者を記録", self.note_counted)
        self.more.addAction("年間で比べる", self._go_year)
        self.more_button.setMenu(self.more)
        self.paper_button = Button("集計表を出力", self._go_paper, icon_name="export")
        self._parts: dict[str, CrossPage | ThemesPage] = {}
        self._part = ""
        self._narrow = self._frozen = self._some = self._in_front = False
        self.check: SurveyCheck | None = None
        self.problem = NoteBox()
        self.attention = NoteBox(tone="amber")
        self.to_sheets = link_button("回答一覧を開く", lambda: self.left.emit("回答"))
        self.to_texts = link_button("引用を決める", self.show_flagged)
        self.to_check = link_button("確かめる", lambda: self.left.emit("照合"))
        self.attention.put(self.to_check)
        self.attention.put(self.to_sheets)
        self.attention.put(self.to_texts)
        self.changes = NoteBox(tone="quiet")
        self.changes.put(self.refix_button)
        self.who = label("", "small")
        self.overview = TallyOverview()
        self.chooser = ChoiceBox("設問")
        self.before_button = Button("前の設問", partial(self._turn, -1), kind="icon", icon_name="caret-left")
        self.after_button = Button("つぎの設問", partial(self._turn, 1), kind="icon", icon_name="caret-right")
        self.place = label("", "second")
        self.summed = label("", "strong")
        self.detail = TallyDetail()
        self.empty = EmptyState("まだ回答がありません。", "回答を入力する", lambda: self.left.emit("回答"))
        self._build()
        self.overview.line_chosen.connect(self._choose)
        self.chooser.activated.connect(self._choose)

    def _build(self) -> None:
        self._views = PageLayout(self)
        self._views.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        self._views.addWidget(whole)
        self._above = in_column(spacing=8)
        column = in_column(self.problem, self._line_of_ways(), self._above, owner=whole, spacing=8)
        full = QWidget()
        self._across = in_row(owner=full, spacing=16)
        self._list_panel = Panel()
        self._list_panel.put((self.overview, 1))
        self._list_panel.layout().setContentsMargins(1, 4, 1, 4)  # type: ignore[union-attr]
        self._across.addWidget(self._list_panel, 4)
        right = self._right = Panel()
        self._turning = QWidget()
        turning = in_row(owner=self._turning, spacing=8)
        for part in (self.before_button, self.after_button, self.place, self.summed):
            turning.addWidget(part)
        turning.insertWidget(1, self.chooser, 1)
        right.put(self._turning)
        inside = QWidget()
        self._with_detail = in_column(spacing=8)
        in_column(self._with_detail, (self.detail, 1), owner=inside, spacing=8)
        area = scrolling(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.put((area, 1))
        self._across.addWidget(right, 6)
        below = QWidget()
        self._stack = PageLayout(below)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        column.addWidget(below, 1)

    def _line_of_ways(self) -> QWidget:
        """Who counted, and the few ways from here."""
        ways = (self.cross_button, self.themes_button, self.paper_button, self.more_button)
        self._ways = FlowRow(self.who, *ways, at_end=len(ways))
        return self._ways

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Count again."""
        if view.survey is None:
            return
        if view.event.id != self._event_id:
            self.problem.say("")
            self._part = ""
        self._event_id = view.event.id
        if self._part:
            self._parts[self._part].show_event(view.event.id)
        else:
            self._views.setCurrentIndex(0)
            self.fetch(self._show, tally_survey, event_id=view.event.id)

    def take_focus(self) -> None:
        """The questions."""
        if self._part:
            self._parts[self._part].take_focus()
        else:
            self.overview.setFocus()

    def show_part(self, part: str, code: str = "") -> None:
        """Turn to クロス集計 or 自由記述の分類 (``code`` = the question first shown), or back with an empty word."""
        self._part = part
        self.show_acts()
        if not part:
            self._views.setCurrentIndex(0)
            self.fetch(self._show, tally_survey, event_id=self._event_id)
            return
        if part not in self._parts:
            made = CrossPage(self.desk) if part == CROSS else ThemesPage(self.desk)
            made.left.connect(partial(self.show_part, ""))
            self._parts[part] = made
            self._views.addWidget(made)
            fold_headings(made, narrow=self.window().width() < t.FOLD_STEPS)
        shown = self._parts[part]
        self._views.setCurrentWidget(shown)
        if isinstance(shown, ThemesPage):
            shown.show_event(self._event_id, code)
        else:
            shown.show_event(self._event_id)
        shown.take_focus()

    def _go_year(self) -> None:
        kind = self._found.view.event.kind if self._found is not None else "講習会"
        self.desk.go("survey_year", kind=kind, page=COMPARE)

    def _go_paper(self) -> None:
        self.desk.go("documents", event_id=self._event_id, kind=PAPER)

    def _show(self, found: TallyView) -> None:
        survey = found.view.survey
        if found.view.event.id != self._event_id or survey is None:
            return
        self._found = found
        frozen = survey.frozen_at is not None
        base = found.tally.base
        self._ways.setVisible(bool(base))
        self.more.actions()[0].setEnabled(not frozen)
        check = self.check = check_of(found.view, survey, found.tally)
        self.freeze_button.set_words("照合せず確定する" if check.missing else "集計を確定する")
        self.freeze_button.setEnabled(not check.waiting and not self.desk.read_only)
        self.who.setText(_who_words(found, check, self.desk.today()))
        written = sum(len(one.comments) for one in found.comments)
        self.themes_button.set_words(f"{THEMES} {written}" if written else THEMES)
        self._frozen, self._some = frozen, bool(base)
        self.show_acts()
        self._say_attention(found)
        self.changes.say("\n".join(_since_fixed(found, self.desk.today())))
        self.refix_button.setVisible(frozen and bool(found.differing))
        self.refix_button.setEnabled(not self.desk.read_only)
        self._stack.setCurrentIndex(1 if base else 0)
        by_code = {chart.code: chart for chart in found.charts}
        self._lines = []
        for one in found.tally.questions:
            code = question_label(survey, one.question.code)
            self._lines.append(overview_line(one, by_code.get(code), code, printed_title(one.question)))
        self.overview.show_lines(self._lines)
        self.chooser.clear()
        for line in self._lines:
            self.chooser.addItem(f"{line.code}　{line.title}")
        self._choose(max(0, self.overview.currentRow()))

    def _say_attention(self, found: TallyView) -> None:
        parts = []
        open_ones = self.check.open if self.check is not None else ()
        if open_ones:
            names = "、".join(one.label or "回収" for one in open_ones)
            parts.append(
                f"受託者の集計との差が**{len(open_ones)}問**あります（{names}）。決めると、集計を確定できます。"
            )
        self.to_check.setVisible(bool(open_ones))
        waiting = len(found.view.doubtful)
        if waiting:
            parts.append(f"確認が必要な回答が**{waiting}枚**あります。決めると、集計を確定できます。")
        unsettled = len(to_settle(found.view))
        if unsettled:
            parts.append(f"1回目と2回目のちがいを決めていない用紙が**{unsettled}枚**あります（検算・代行入力）。")
        if found.flags:
            places = "、".join(dict.fromkeys(f"{code} {flags}" for code, _text, flags in found.flags))
            parts.append(
                f"個人が分かるおそれのある記入が**{len(found.flags)}件**あります（{places}）。"
                f"決めるまで書類に載りません。"
            )
        if found.view.attended is not None and found.tally.base > found.view.attended:
            parts.append("回収数が出席者数より**多く**なっています。二重の回答か、出席の記録を確かめてください。")
        self.to_sheets.setVisible(bool(waiting))
        self.to_texts.setVisible(bool(found.flags))
        self.attention.say("\n".join(parts))

    def stand_in_front(self, in_front: bool) -> None:
        """Whether this is the page now shown: its buttons in the title line come and go with it."""
        self._in_front = in_front
        self.show_acts()

    def show_acts(self) -> None:
        """The buttons that stand in the title line of the step, as far as they can be pressed now."""
        seen = self._in_front and not self._part
        self.freeze_button.setVisible(seen and self._some and not self._frozen)
        self.unfreeze_button.setVisible(seen and self._frozen)

    def _turn(self, step: int) -> None:
        self._choose(self.overview.currentRow() + step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn from question to question."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None or self._part:
            super().keyPressEvent(event)
        else:
            self._turn(step)

    def _choose(self, place: int) -> None:
        if self._found is None or not 0 <= place < len(self._lines):
            return
        self.chooser.setCurrentIndex(place)
        if self.overview.currentRow() != place:
            self.overview.setCurrentRow(place)
        line = self._lines[place]
        self.place.setText(f"{place + 1} / {len(self._lines)}問")
        self.summed.setText(line.total)
        self.before_button.setEnabled(place > 0)
        self.after_button.setEnabled(place < len(self._lines) - 1)
        theirs = {}
        if self.check is not None:
            for one in self.check.questions:
                if one.label == line.code:
                    theirs = {row.text: row.theirs for row in one.rows if row.theirs is not None}
        self.detail.show_question(
            self._found.tally.questions[place], line.chart, line.code, line.title, theirs=theirs, turned=self._narrow
        )

    def show_flagged(self) -> None:
        """Go to the first written answer that nobody has decided about."""
        for one in self._found.comments if self._found is not None else ():
            if any(comment.quoting == "確認が必要" for comment in one.comments):
                self.show_part(THEMES, one.code)
                return

    # acts

    def note_counted(self) -> None:
        """Open the dialog for who counted."""
        if self._found is not None and self._found.view.survey is not None:
            self._open_counted(self._found.view.survey)

    def _open_counted(self, survey: EventSurvey) -> None:
        today = self.desk.today()
        FormDialog(
            self.desk,
            "集計した者を記録する",
            main="記録する",
            fields=counted_fields(today),
            values={"who": survey.counted_by, "on": survey.counted_on or today},
            change=lambda values: acting(self.desk, note_counted, survey_id=survey.id, **values),
            parent=self,
        ).open()

    def freeze(self) -> None:
        """Fix the totals."""
        survey, check = (self._found.view.survey if self._found is not None else None), self.check
        if survey is None or check is None:
            return
        self.problem.say("")
        if check.missing:
            self._freeze_uncompared(survey.id, len(check.missing))
            return
        self.do(freeze_tally, survey_id=survey.id)

    def _freeze_uncompared(self, survey_id: int, missing: int) -> None:
        """Numbers of the contractor are missing: why the totals are fixed all the same is printed with them."""
        dialog = ReasonDialog(
            self.desk,
            "照合せず確定する",
            "",
            verb="照合せず確定する",
            text=f"受託者の数が入っていない設問が{missing}問あります。理由は、集計表に印刷されます。",
            usual=("受託者の集計がまだ届いていない", "この回は照合しないことにした"),
            change=lambda reason: acting(self.desk, freeze_tally, survey_id=survey_id, uncompared=reason),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def refix(self) -> None:
        """Fix totals again that the records have left behind; what changed stands above the button, and is said and
        kept."""
        survey = self._found.view.survey if self._found is not None else None
        if survey is not None:
            self.do(refix_tally, survey_id=survey.id)

    def unfreeze(self) -> None:
        """Open fixed totals again, with a reason."""
        survey = self._found.view.survey if self._found is not None else None
        if survey is None:
            return
        survey_id = survey.id

        dialog = ReasonDialog(
            self.desk,
            "集計の確定を解く",
            "",
            verb="確定を解く",
            text="理由は、この集計の「確定後の変更」に日時と名前つきで残ります。",
            usual=("回答が追加で届いた", "入力のまちがいが見つかった"),
            change=lambda reason: acting(self.desk, unfreeze_tally, survey_id=survey_id, reason=reason),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1000 px one question stands alone, chosen from a folding list, with its table turned."""
        super().resizeEvent(event)
        narrow = self.window().width() < t.FOLD_STEPS
        turned = narrow != self._narrow
        self._narrow = narrow
        self._list_panel.setVisible(not narrow)
        self._turning.setVisible(narrow)
        self.who.setVisible(not narrow)
        self._right.body.setSpacing(4 if narrow else 8)
        frame = self._right.layout()
        if frame is not None:
            frame.setContentsMargins(*((8, 4, 4, 4) if narrow else (16, 12, 16, 12)))
        place = self._with_detail if narrow else self._above
        place.addWidget(self.changes)
        # What is left to decide stands in the list of steps; where there is little room that has to do.
        self._above.addWidget(self.attention)
        self.attention.setMaximumHeight(0 if narrow else t.NO_LIMIT)
        if turned:
            self._choose(max(0, self.overview.currentRow()))


def _who_words(found: TallyView, check: SurveyCheck, today: date) -> str:
    """Who counted and when, what the comparison came to, and who fixed the totals."""
    survey = check.survey
    on = f" {short_date(survey.counted_on, today)}" if survey.counted_on else ""
    words = [f"集計 {who_counted(survey)}{on}"]
    if check.on_behalf:
        words.append("区が代行")
    else:
        if check.compared:
            differing = sum(len(one.differing) for one in check.questions)
            words.append(f"照合 {check.compared}か所 {f'差 {differing}か所' if differing else '差なし'}")
        if check.missing:
            # That one number agrees must not read as if all had been compared.
            some = f"{len(check.missing)}問は" if check.compared else ""
            words.append(f"{some}照合せず確定" if survey.uncompared else f"{some}受託者の数 未入力")
    if survey.frozen_at is not None:
        words.append(f"確定 {frozen_words(survey, today)}")
    elif survey.freeze_note:
        words.append("確定後に解いた記録あり")
    return "　".join(words) if found.tally.base else ""


def _since_fixed(found: TallyView, today: date) -> list[str]:
    """What was noted since the totals were fixed, and what the records say otherwise now."""
    survey = found.view.survey
    lines = []
    if survey is not None and survey.frozen_at is not None and found.differing:
        lines.append(
            f"確定（{short_date(survey.frozen_at.date(), today)}）の内容です。"
            f"いまの記録と違うところ：{'、'.join(found.differing)}。書類は確定したときのままで、印が付きます。"
        )
    if survey is not None and survey.freeze_note:
        lines.append(f"**確定後の変更**\n{survey.freeze_note}")
    return lines
