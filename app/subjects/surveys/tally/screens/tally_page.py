"""集計: the head figures, the totals with their charts, who counted and checked, and fixing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.parts.form_dialog import SurveyDialog, counted_fields
from app.subjects.surveys.questions.parts.survey_pages import fold_headings, page_heading
from app.subjects.surveys.questions.parts.survey_words import frozen_words, sources_words
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.tally.papers.tally_report import KIND as PAPER
from app.subjects.surveys.tally.screens.comparison_dialog import ComparisonDialog
from app.subjects.surveys.tally.screens.cross_page import CrossPage
from app.subjects.surveys.tally.screens.tally_overview import OverviewLine, TallyDetail, TallyOverview, overview_line
from app.subjects.surveys.tally.screens.themes_page import ThemesPage
from app.subjects.surveys.tally.services.survey_comparison import TallyComparison, comparison_of
from app.subjects.surveys.tally.services.survey_tally import (
    TallyView,
    freeze_tally,
    note_counted,
    question_label,
    tally_survey,
    unfreeze_tally,
)
from app.subjects.surveys.typing.services.survey_second_entry import to_settle
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs import ReasonDialog
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.form_fields import ChoiceBox
from app.widgets.labels import label, rule
from app.widgets.marks import Badge
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import EventSurvey

Figure = tuple[str, str, str]
CROSS, THEMES, COMPARE = "クロス集計", "自由記述", "比べる"


def tally_figures(found: TallyView, today: date) -> tuple[Figure, ...]:
    """Every figure as (name, value, small words after it)."""
    tally, survey = found.tally, found.view.survey
    if survey is None:
        return ()
    attended = found.view.attended
    rate = tally.return_rate
    counted_on = f"{short_date(survey.counted_on, today)}" if survey.counted_on else "日付なし"
    return (
        ("出席", f"{attended}人" if attended is not None else "—", "" if attended is not None else "まだ記録なし"),
        ("回収", f"{tally.base}枚", sources_words(tally.paper, tally.online)),
        ("回収率", f"{rate}%" if rate else "—", f"{tally.base} ÷ {attended}" if rate else "出席が分かると出ます"),
        ("集計した者", survey.counted_by, counted_on),
        ("区の検算", *check_words(comparison_of(found), today)),
        ("集計の確定", *_fixed(survey, today)),
    )


def check_words(found: TallyComparison, today: date) -> tuple[str, str]:
    """「差なし」 with the numbers compared and who did it; 「未了」 before."""
    if not found.compared:
        return ("未了", "任意・区の目標")
    value = f"差 {len(found.differing)}件" if found.differing else "差なし"
    survey = found.survey
    by = f"{survey.checked_by} {short_date(survey.checked_on, today)}" if survey.checked_on else "照合中"
    return (value, f"{found.compared}件　{by}")


def _fixed(survey: EventSurvey, today: date) -> tuple[str, str]:
    if survey.frozen_at is None:
        return ("未了", "確定後に解いた記録あり" if survey.freeze_note else "")
    return ("確定済", frozen_words(survey, today))


class TallyStrip(QFrame):
    """The figures side by side, or as running words where there is little room. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._figures: tuple[Figure, ...] = ()
        self._narrow: bool | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 8, 16, 8)
        self._line.setSpacing(12)

    def show_figures(self, figures: tuple[Figure, ...], *, narrow: bool) -> None:
        """Show these figures."""
        if figures == self._figures and narrow == self._narrow:
            return
        self._figures = figures
        self._narrow = narrow
        while self._line.count():
            item = self._line.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        if narrow:
            words = "　　".join(f"{name} {value} {more}".strip() for name, value, more in figures)
            self._line.addWidget(label(words, "smallink", wrap=True))
            return
        for place, figure in enumerate(figures):
            if place:
                self._line.addWidget(rule(upright=True))
            self._line.addWidget(_cell(*figure), 1)

    def words(self) -> str:
        """All figures as text."""
        return "　".join(f"{name} {value} {more}".strip() for name, value, more in self._figures)


def _cell(name: str, value: str, more: str) -> QWidget:
    cell = QWidget()
    cell.setAccessibleName(f"{name} {value} {more}")
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(name, "small"))
    column.addWidget(label(value, "h2"))
    column.addWidget(label(more, "small", wrap=True))
    column.addStretch(1)
    return cell


class TallyPage(QWidget):
    """The totals of one survey. Signals: ``left(str)`` the word of the page to go to."""

    left = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._event_id = 0
        self._found: TallyView | None = None
        self._lines: list[OverviewLine] = []
        self.reference = Badge("参考", "n＜30　％は参考値")
        self.compare_button = Button("受託者の数と照合", self.compare, icon_name="equals")
        self.counted_button = Button("集計した者を記録", self.note_counted, icon_name="user")
        self.freeze_button = main_button("集計を確定する", self.freeze, icon_name="lock-simple")
        self.unfreeze_button = Button("確定を解く", self.unfreeze, icon_name="lock-simple-open")
        self.cross_button = Button("クロス集計", partial(self.show_part, CROSS), icon_name="arrows-left-right")
        self.themes_button = Button(THEMES, partial(self.show_part, THEMES), icon_name="chats")
        self.year_button = Button("年間で比べる", self._go_year, icon_name="chart-bar")
        self.paper_button = Button("集計表を出力", self._go_paper, icon_name="export")
        self._parts: dict[str, CrossPage | ThemesPage] = {}
        self._part = ""
        self.problem = NoteBox()
        self.attention = NoteBox(tone="amber")
        self.to_sheets = link_button("回答一覧を開く", lambda: self.left.emit("回答"))
        self.to_texts = link_button("引用を決める", self._show_flagged)
        self.attention.put(self.to_sheets)
        self.attention.put(self.to_texts)
        self.changes = NoteBox(tone="quiet")
        self.strip = TallyStrip()
        self.overview = TallyOverview()
        self.chooser = ChoiceBox()
        self.chooser.setAccessibleName("設問")
        self.detail = TallyDetail()
        self.empty = EmptyState("まだ回答がありません。", "回答を入力する", lambda: self.left.emit("検算・代行入力"))
        self._build()
        self.overview.line_chosen.connect(self._choose)
        self.chooser.activated.connect(self._choose)

    def _build(self) -> None:
        self._views = QStackedLayout(self)
        self._views.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        self._views.addWidget(whole)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ways = (self.cross_button, self.themes_button, self.year_button, self.paper_button)
        acts = (self.compare_button, self.counted_button, self.unfreeze_button, self.freeze_button)
        column.addWidget(FlowRow(page_heading("集計"), self.reference, *ways, *acts, at_end=len(acts)))
        column.addWidget(self.problem)
        self._above = QVBoxLayout()
        self._above.setSpacing(8)
        column.addLayout(self._above)
        full = QWidget()
        self._across = QHBoxLayout(full)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(16)
        self._list_panel = Panel()
        self._list_panel.put(self.overview, 1)
        self._list_panel.layout().setContentsMargins(1, 4, 1, 4)  # type: ignore[union-attr]
        self._across.addWidget(self._list_panel, 4)
        right = Panel()
        right.put(self.chooser)
        inside = QWidget()
        inside_column = QVBoxLayout(inside)
        inside_column.setContentsMargins(0, 0, 0, 0)
        inside_column.setSpacing(8)
        self._with_detail = QVBoxLayout()
        self._with_detail.setSpacing(8)
        inside_column.addLayout(self._with_detail)
        inside_column.addWidget(self.detail, 1)
        area = scrolling(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.put(area, 1)
        self._across.addWidget(right, 6)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        column.addWidget(below, 1)

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
            self.desk.read(with_store(tally_survey, event_id=view.event.id), self._show)

    def take_focus(self) -> None:
        """The questions."""
        if self._part:
            self._parts[self._part].take_focus()
        else:
            self.overview.setFocus()

    def show_part(self, part: str, code: str = "") -> None:
        """Turn to クロス集計 or 自由記述の分類 (``code`` = the question first shown), or back with an empty word."""
        self._part = part
        if not part:
            self._views.setCurrentIndex(0)
            self.desk.read(with_store(tally_survey, event_id=self._event_id), self._show)
            return
        if part not in self._parts:
            made = CrossPage(self.desk) if part == CROSS else ThemesPage(self.desk)
            made.left.connect(partial(self.show_part, ""))
            self._parts[part] = made
            self._views.addWidget(made)
            fold_headings(made, narrow=self.window().width() < t.FOLD_NARROW)
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
        self.reference.setVisible(0 < base < 30)
        for button in (self.compare_button, self.counted_button):
            button.setVisible(bool(base) and not frozen)
        for button in (self.cross_button, self.themes_button, self.year_button, self.paper_button):
            button.setVisible(bool(base))
        written = sum(len(one.comments) for one in found.comments)
        self.themes_button.set_words(f"{THEMES} {written}" if written else THEMES)
        self.freeze_button.setVisible(bool(base) and not frozen)
        self.unfreeze_button.setVisible(frozen)
        self._say_attention(found)
        self.changes.say("\n".join(_since_fixed(found, self.desk.today())))
        self._show_strip()
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
        waiting = len(found.view.doubtful)
        if waiting:
            parts.append(f"確認が必要な回答が**{waiting}枚**あります。決めると、集計を確定できます。")
        unsettled = len(to_settle(found.view))
        if unsettled:
            parts.append(f"1回目と2回目のちがいを決めていない用紙が**{unsettled}枚**あります（検算・代行入力）。")
        if found.flags:
            places = "、".join(dict.fromkeys(f"{code} {flags}" for code, _text, flags in found.flags))
            parts.append(
                f"個人が分かるおそれのある記入が**{len(found.flags)}件**あります（{places}）。決めるまで書類に載りません。"
            )
        if found.view.attended is not None and found.tally.base > found.view.attended:
            parts.append("回収数が出席者数より**多く**なっています。二重の回答か、出席の記録を確かめてください。")
        self.to_sheets.setVisible(bool(waiting))
        self.to_texts.setVisible(bool(found.flags))
        self.attention.say("\n".join(parts))

    def _show_strip(self) -> None:
        if self._found is not None:
            narrow = self.window().width() < t.FOLD_NARROW
            self.strip.show_figures(tally_figures(self._found, self.desk.today()), narrow=narrow)

    def _choose(self, place: int) -> None:
        if self._found is None or not 0 <= place < len(self._lines):
            return
        self.chooser.setCurrentIndex(place)
        if self.overview.currentRow() != place:
            self.overview.setCurrentRow(place)
        line = self._lines[place]
        self.detail.show_question(self._found.tally.questions[place], line.chart, line.code, line.title)

    def _show_flagged(self) -> None:
        """Go to the first written answer that nobody has decided about."""
        for one in self._found.comments if self._found is not None else ():
            if any(comment.quoting == "確認が必要" for comment in one.comments):
                self.show_part(THEMES, one.code)
                return

    # acts

    def compare(self) -> None:
        """Open the contractor's numbers beside ours."""
        ComparisonDialog(self.desk, self._event_id, self).open()

    def note_counted(self) -> None:
        """Open the dialog for who counted."""
        if self._found is not None and self._found.view.survey is not None:
            self._open_counted(self._found.view.survey)

    def _open_counted(self, survey: EventSurvey) -> None:
        today = self.desk.today()
        SurveyDialog(
            "集計した者を記録する",
            counted_fields(today),
            {"who": survey.counted_by, "on": survey.counted_on or today},
            verb="記録する",
            save=lambda values, done, failed: self.desk.write(
                with_store(note_counted, survey_id=survey.id, **values, **self.desk.signed),
                done,
                owner=self,
                failed=failed,
            ),
            fiscal_year=self.desk.fiscal_year,
            parent=self,
        ).open()

    def freeze(self) -> None:
        """Fix the totals."""
        survey = self._found.view.survey if self._found is not None else None
        if survey is not None:
            self.problem.say("")
            self.desk.write(
                with_store(freeze_tally, survey_id=survey.id, **self.desk.signed),
                owner=self,
                failed=lambda problem: note_failure(failure_of(problem), self.problem),
            )

    def unfreeze(self) -> None:
        """Open fixed totals again, with a reason."""
        survey = self._found.view.survey if self._found is not None else None
        if survey is None:
            return
        survey_id = survey.id

        def save(reason: str, done: Callable[[object], None], failed: Callable[[Exception], None]) -> None:
            self.desk.write(
                with_store(unfreeze_tally, survey_id=survey_id, reason=reason, **self.desk.signed),
                done,
                owner=self,
                failed=failed,
            )

        dialog = ReasonDialog(
            "集計の確定を解く",
            "",
            verb="確定を解く",
            text="理由は、この集計の「確定後の変更」に日時と名前つきで残ります。",
            usual=("回答が追加で届いた", "入力のまちがいが見つかった"),
            then=save,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1000 px a folding list takes the place of the overview."""
        super().resizeEvent(event)
        narrow = self.window().width() < t.FOLD_NARROW
        self._list_panel.setVisible(not narrow)
        self.chooser.setVisible(narrow)
        place = self._with_detail if narrow else self._above
        for part in (self.attention, self.strip, self.changes):
            place.addWidget(part)
        self._show_strip()


def _since_fixed(found: TallyView, today: date) -> list[str]:
    """What was noted since the totals were fixed, and what the records say otherwise now."""
    survey = found.view.survey
    lines = []
    if survey is not None and survey.frozen_at is not None and found.differing:
        lines.append(
            f"確定（{short_date(survey.frozen_at.date(), today)}）の内容です。"
            f"いまの記録と違うところ：{'、'.join(found.differing)}。書類は確定したときのままです。"
        )
    if survey is not None and survey.freeze_note:
        lines.append(f"**確定後の変更**\n{survey.freeze_note}")
    return lines
