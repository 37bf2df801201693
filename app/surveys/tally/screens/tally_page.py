"""集計, with key figures, totals and charts, who counted and checked, and fixing them."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.surveys.data_entry.services import unsettled_responses
from app.surveys.questions.parts import future_day_problem, set_headings_hidden
from app.surveys.questions.rules import printed_title, who_counted
from app.surveys.questions.services.surveys import SurveyView
from app.surveys.tally.documents import TALLY_KIND as PAPER
from app.surveys.tally.screens.cross_page import CrossPage
from app.surveys.tally.screens.tally_overview import OverviewLine, TallyDetail, TallyOverview, overview_line
from app.surveys.tally.screens.themes_page import ThemesPage
from app.surveys.tally.services.survey_check import SurveyCheck, check_of_view
from app.surveys.tally.services.survey_freezing import freeze_tally, freeze_tally_again, unfreeze_tally
from app.surveys.tally.services.survey_tally import TallyView, question_label, read_tally, record_counted_by
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.labels import label
from app.widgets.layouts import column_of, in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.surveys import EventSurvey

CROSS_VIEW, THEMES_VIEW, COMPARE_VIEW = "クロス集計", "自由記述", "比べる"


_COUNTED_BY_OPTIONS = (("受託者", "受託者"), ("区（検算）", "区（検算）"), ("区（代行）", "区（代行）"))


class TallyPage(ActionMixin, QWidget):
    """Page with the totals of one survey.

    Signals: ``page_asked(str)`` the name of the page to go to; ``view_changed()`` the totals, クロス集計 or 自由記述
    are shown.
    """

    page_asked = Signal(str)
    view_changed = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self._tally_view: TallyView | None = None
        self._lines: list[OverviewLine] = []
        self.freeze_button = Button("集計を確定する", self.freeze, kind="main", icon_name="lock-simple", parent=self)
        self.freeze_again_button = Button("集計を確定し直す", self.freeze_again)
        self.unfreeze_button = Button("確定を取り消す", self.unfreeze, icon_name="lock-simple-open", parent=self)
        self.cross_button = Button(
            "クロス集計", partial(self.show_view_named, CROSS_VIEW), icon_name="arrows-left-right"
        )
        self.themes_button = Button(THEMES_VIEW, partial(self.show_view_named, THEMES_VIEW), icon_name="chats")
        self.more_button = Button("そのほか", kind="icon", icon_name="dots-three")
        self.menu_button = QMenu(self)
        self.menu_button.addAction("集計した者を記録", self.ask_counted_by)
        self.menu_button.addAction("年間で比べる", self._open_year)
        self.more_button.setMenu(self.menu_button)
        self.document_button = Button("集計表を出力", self._open_document, icon_name="export")
        self._view_widgets: dict[str, CrossPage | ThemesPage] = {}
        self._current_view = ""
        self._narrow = self._frozen = self._has_responses = False
        self.check: SurveyCheck | None = None
        self.problem = NoteBox()
        self.warning_note = NoteBox(tone="amber")
        self.responses_link = link_button("回答一覧を開く", lambda: self.page_asked.emit("回答"))
        self.texts_link = link_button("引用を決める", self.show_flagged_texts)
        self.check_link = link_button("確かめる", lambda: self.page_asked.emit("照合"))
        self.warning_note.put(self.check_link)
        self.warning_note.put(self.responses_link)
        self.warning_note.put(self.texts_link)
        self.changes = NoteBox(tone="quiet")
        self.changes.put(self.freeze_again_button)
        self.counted_by_label = label("", "small")
        self.overview = TallyOverview()
        self.chooser = ChoiceBox("設問")
        self.previous_button = Button("前の設問", partial(self._step_question, -1), kind="icon", icon_name="caret-left")
        self.next_button = Button("つぎの設問", partial(self._step_question, 1), kind="icon", icon_name="caret-right")
        self.place_label = label("", "second")
        self.sum_label = label("", "strong")
        self.detail = TallyDetail()
        self.empty = EmptyState("まだ回答がありません。", "回答を入力する", lambda: self.page_asked.emit("回答"))
        self._build()
        self.overview.line_chosen.connect(self._show_question)
        self.chooser.activated.connect(self._show_question)

    def _build(self) -> None:
        self._views = PageLayout(self)
        self._views.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        self._views.addWidget(whole)
        self._above = in_column(spacing=8)
        column = in_column(self.problem, self._build_link_row(), self._above, owner=whole, spacing=8)
        full = QWidget()
        self._across = in_row(owner=full, spacing=16)
        self._list_panel = Panel()
        self._list_panel.put((self.overview, 1))
        self._list_panel.layout().setContentsMargins(1, 4, 1, 4)  # type: ignore[union-attr]
        self._across.addWidget(self._list_panel, 4)
        right = self._right = Panel()
        self._question_switch = QWidget()
        turning = in_row(
            self.previous_button,
            self.next_button,
            self.place_label,
            self.sum_label,
            owner=self._question_switch,
            spacing=8,
        )
        turning.insertWidget(1, self.chooser, 1)
        right.put(self._question_switch)
        self._with_detail = in_column(spacing=8)
        inside = column_of(self._with_detail, (self.detail, 1), spacing=8)
        area = in_scroll_area(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.put((area, 1))
        self._across.addWidget(right, 6)
        below = QWidget()
        self._stack = PageLayout(below)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        column.addWidget(below, 1)

    def _build_link_row(self) -> QWidget:
        ways = (self.cross_button, self.themes_button, self.more_button)
        self._link_row = FlowRow(self.counted_by_label, *ways, at_end=len(ways))
        return self._link_row

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Read the tally (if there is a survey) and show what is open: the totals, クロス集計 or 自由記述の分類.

        For another event than before it is the totals.
        """
        if view.survey is None:
            return
        if view.event.id != self._event_id:
            self.problem.show_text("")
            self._current_view = ""
        self._event_id = view.event.id
        if self._current_view:
            self._view_widgets[self._current_view].show_event(view.event.id)
        else:
            self._views.setCurrentIndex(0)
            self.run_read(self._show, read_tally, event_id=view.event.id)

    def take_focus(self) -> None:
        """Set the focus to the list of questions, or to the open view."""
        if self._current_view:
            self._view_widgets[self._current_view].take_focus()
        else:
            self.overview.setFocus()

    def show_view_named(self, view_name: str, code: str = "") -> None:
        """Show and focus ``CROSS_VIEW`` or ``THEMES_VIEW`` (``code`` = its first question); "" shows the totals."""
        self._current_view = view_name
        if not view_name:
            self.view_changed.emit()
            self._views.setCurrentIndex(0)
            self.run_read(self._show, read_tally, event_id=self._event_id)
            return
        if view_name not in self._view_widgets:
            made = CrossPage(self.app_context) if view_name == CROSS_VIEW else ThemesPage(self.app_context)
            made.back.chosen.connect(partial(self.show_view_named, ""))
            self._view_widgets[view_name] = made
            self._views.addWidget(made)
            set_headings_hidden(made, is_hidden=t.should_fold_steps(self))
        shown = self._view_widgets[view_name]
        self.view_changed.emit()
        self._views.setCurrentWidget(shown)
        if isinstance(shown, ThemesPage):
            shown.show_event(self._event_id, code)
        else:
            shown.show_event(self._event_id)
        shown.take_focus()

    def _open_year(self) -> None:
        kind = self._tally_view.survey_view.event.kind if self._tally_view is not None else ""
        self.go("survey_year", kind=kind, page=COMPARE_VIEW)

    def _open_document(self) -> None:
        self.go("event", event_id=self._event_id, tab="書類", kind=PAPER)

    def _show(self, found: TallyView) -> None:
        """Show a tally that was read, unless it is of another event."""
        survey = found.survey_view.survey
        if found.survey_view.event.id != self._event_id or survey is None:
            return
        self._tally_view = found
        frozen = survey.frozen_at is not None
        base = found.tally.base
        self._link_row.setVisible(bool(base))
        self.menu_button.actions()[0].setEnabled(not frozen)
        check = self.check = check_of_view(found.survey_view, survey, found.tally)
        self.freeze_button.set_words("照合せず確定する" if check.questions_without_counts else "集計を確定する")
        self.freeze_button.setEnabled(not check.waiting_count and self.may_write)
        self.counted_by_label.setText(_counted_by_words(found, check, self.today))
        written = sum(len(one.comments) for one in found.comments)
        self.themes_button.set_words(f"{THEMES_VIEW} {written}" if written else THEMES_VIEW)
        self._frozen, self._has_responses = frozen, bool(base)
        self._update_bar_buttons()
        self._show_warnings(found)
        self.changes.show_text("\n".join(_changes_since_frozen(found, self.today)))
        self.freeze_again_button.setVisible(frozen and bool(found.changed_since_frozen))
        self.freeze_again_button.setEnabled(self.may_write)
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
        self._show_question(max(0, self.overview.currentRow()))

    def _show_warnings(self, found: TallyView) -> None:
        """Show what keeps the tally from being fixed, and what must be checked in it."""
        parts = []
        open_ones = self.check.open_questions if self.check is not None else ()
        if open_ones:
            names = "、".join(one.label or "回収" for one in open_ones)
            parts.append(
                f"受託者の集計との差が**{len(open_ones)}問**あります（{names}）。決めると、集計を確定できます。"
            )
        self.check_link.setVisible(bool(open_ones))
        waiting = len(found.survey_view.doubtful_responses)
        if waiting:
            parts.append(f"確認が必要な回答が**{waiting}枚**あります。決めると、集計を確定できます。")
        unsettled = len(unsettled_responses(found.survey_view))
        if unsettled:
            parts.append(f"1回目と2回目のちがいを決めていない用紙が**{unsettled}枚**あります（検算・代行入力）。")
        if found.flags:
            places = "、".join(dict.fromkeys(f"{code} {flags}" for code, _text, flags in found.flags))
            parts.append(
                f"個人が分かるおそれのある記入が**{len(found.flags)}件**あります（{places}）。"
                f"決めるまで書類に載りません。"
            )
        if found.survey_view.attendance is not None and found.tally.base > found.survey_view.attendance:
            parts.append("回収数が出席者数より**多く**なっています。二重の回答か、出席の記録を確かめてください。")
        self.responses_link.setVisible(bool(waiting))
        self.texts_link.setVisible(bool(found.flags))
        self.warning_note.show_text("\n".join(parts))

    @property
    def bar_buttons(self) -> tuple[Button, ...]:
        """Return the buttons of the open view for the action bar."""
        shown = self._view_widgets.get(self._current_view)
        if shown is None:
            return (self.freeze_button, self.unfreeze_button, self.document_button)
        return (shown.add_button,) if isinstance(shown, CrossPage) else ()

    def _update_bar_buttons(self) -> None:
        """Offer to fix the tally, or once it is fixed to reopen it."""
        self.freeze_button.setVisible(self._has_responses and not self._frozen)
        self.unfreeze_button.setVisible(self._frozen)

    def _step_question(self, step: int) -> None:
        self._show_question(self.overview.currentRow() + step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or previous question on PgDn and PgUp."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None or self._current_view:
            super().keyPressEvent(event)
        else:
            self._step_question(step)

    def _show_question(self, place: int) -> None:
        """Choose the question at a place from 0, and show its details; nothing where there is no such place."""
        if self._tally_view is None or not 0 <= place < len(self._lines):
            return
        self.chooser.setCurrentIndex(place)
        if self.overview.currentRow() != place:
            self.overview.setCurrentRow(place)
        line = self._lines[place]
        self.place_label.setText(f"{place + 1} / {len(self._lines)}問")
        self.sum_label.setText(line.total)
        self.previous_button.setEnabled(place > 0)
        self.next_button.setEnabled(place < len(self._lines) - 1)
        theirs = {}
        if self.check is not None:
            for one in self.check.questions:
                if one.label == line.code:
                    theirs = {row.text: row.contractor_count for row in one.rows if row.contractor_count is not None}
        self.detail.show_question(
            self._tally_view.tally.questions[place],
            line.chart,
            line.code,
            line.title,
            contractor_counts=theirs,
            is_transposed=self._narrow,
        )

    def show_flagged_texts(self) -> None:
        """Open the themes at the first question with a comment to be checked."""
        for one in self._tally_view.comments if self._tally_view is not None else ():
            if any(comment.quote_decision == "確認が必要" for comment in one.comments):
                self.show_view_named(THEMES_VIEW, one.code)
                return

    # acts

    def ask_counted_by(self) -> None:
        """Open the dialog that saves who counted the answers."""
        if self.check is None:
            return
        survey, today = self.check.survey, self.today
        FormDialog(
            self,
            "集計した者を記録する",
            main="記録する",
            fields=counted_fields(today),
            values={"who": survey.counted_by, "on": survey.counted_on or today},
            change=lambda values: bind_action(record_counted_by, survey_id=survey.id, **values),
        ).open()

    def freeze(self) -> None:
        """Fix the totals; where numbers of the contractor are missing, ask for the reason first."""
        check = self.check
        if check is not None and check.questions_without_counts:
            self.problem.show_text("")
            self._freeze_uncompared(check.survey.id, len(check.questions_without_counts))
        elif check is not None:
            self.run_action(freeze_tally, survey_id=check.survey.id)

    def _freeze_uncompared(self, survey_id: int, missing: int) -> None:
        """Open a dialog for the reason to fix totals without all numbers of the contractor; it is printed."""
        ReasonDialog(
            self,
            "照合せず確定する",
            "",
            verb="照合せず確定する",
            text=f"受託者の数が入っていない設問が{missing}問あります。理由は、集計表に印刷されます。",
            usual_reasons=("受託者の集計がまだ届いていない", "この回は照合しないことにした"),
            change=lambda reason: bind_action(freeze_tally, survey_id=survey_id, uncompared=reason),
        ).open()

    def freeze_again(self) -> None:
        """Fix outdated totals again, with the changes shown above the button and recorded."""
        if self.check is not None:
            self.run_action(freeze_tally_again, survey_id=self.check.survey.id)

    def unfreeze(self) -> None:
        """Open a dialog for a reason, which reopens the fixed tally."""
        if self.check is None:
            return
        survey_id = self.check.survey.id
        ReasonDialog(
            self,
            "集計の確定を取り消す",
            "",
            verb="確定を取り消す",
            text="理由は、この集計の「確定後の変更」に日時と名前つきで残ります。",
            usual_reasons=("回答が追加で届いた", "入力のまちがいが見つかった"),
            change=lambda reason: bind_action(unfreeze_tally, survey_id=survey_id, reason=reason),
        ).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one question alone in a narrow window (``should_fold_steps``), with a folding list and table."""
        super().resizeEvent(event)
        narrow = t.should_fold_steps(self)
        turned = narrow != self._narrow
        self._narrow = narrow
        self._list_panel.setVisible(not narrow)
        self._question_switch.setVisible(narrow)
        self.counted_by_label.setVisible(not narrow)
        self._right.body.setSpacing(4 if narrow else 8)
        frame = self._right.layout()
        if frame is not None:
            frame.setContentsMargins(*((8, 4, 4, 4) if narrow else (16, 12, 16, 12)))
        place = self._with_detail if narrow else self._above
        place.addWidget(self.changes)
        # Open decisions are shown in the list of steps, which must do where there is little room.
        self._above.addWidget(self.warning_note)
        self.warning_note.setMaximumHeight(0 if narrow else t.NO_LIMIT)
        if turned:
            self._show_question(max(0, self.overview.currentRow()))


def _counted_by_words(tally_view: TallyView, check: SurveyCheck, today: date) -> str:
    """Return who counted and when, the result of the comparison, and who fixed the totals; "" without responses.

    Like 「集計 受託者 9/18(金)　照合 40か所 差なし　確定 9/20(日) 見本 太郎」.
    """
    survey = check.survey
    on = fill_nonempty(" {}", short_date_or("", survey.counted_on, today))
    words = [f"集計 {who_counted(survey)}{on}"]
    if check.is_on_behalf:
        words.append("区が代行")
    else:
        if check.compared_count:
            differing = sum(len(one.differing_rows) for one in check.questions)
            words.append(f"照合 {check.compared_count}か所 {f'差 {differing}か所' if differing else '差なし'}")
        if check.questions_without_counts:
            # One matching number must not look as if all had been compared.
            some = f"{len(check.questions_without_counts)}問は" if check.compared_count else ""
            words.append(f"{some}照合せず確定" if survey.uncompared else f"{some}受託者の数 未入力")
    if survey.frozen_at is not None:
        words.append(f"確定 {frozen_words(survey, today)}")
    elif survey.freeze_note:
        words.append("確定後に解いた記録あり")
    return "　".join(words) if tally_view.tally.base else ""


def _changes_since_frozen(tally_view: TallyView, today: date) -> list[str]:
    """Return changes recorded since the totals were fixed, and current differences of the records."""
    survey = tally_view.survey_view.survey
    lines = []
    if survey is not None and survey.frozen_at is not None and tally_view.changed_since_frozen:
        lines.append(
            f"確定（{short_date(survey.frozen_at.date(), today)}）の内容です。"
            f"いまの記録と違うところ：{'、'.join(tally_view.changed_since_frozen)}。書類は確定したときのままで、印が付きます。"
        )
    if survey is not None and survey.freeze_note:
        lines.append(f"**確定後の変更**\n{survey.freeze_note}")
    return lines


def counted_fields(today: date) -> tuple[Field, ...]:
    """Return the fields ``who`` counted the answers (受託者, 区（検算）or 区（代行）) and ``on`` which day."""
    return (
        Field("who", "集計した者", "radio", choices=_COUNTED_BY_OPTIONS, hint="報告書の集計の欄に出ます"),
        Field(
            "on",
            "集計の日",
            "date",
            width=96,
            hint="受託者から集計を受け取った日。区が数えたときは、その日",
            rule=lambda day: future_day_problem(day, today),
        ),
    )


def frozen_words(survey: EventSurvey, today: date) -> str:
    """Return when and by whom the totals were fixed (「10/8(木) 見本 太郎」), "" while they are open."""
    if survey.frozen_at is None:
        return ""
    return f"{short_date(survey.frozen_at.date(), today)} {survey.frozen_by}".strip()
