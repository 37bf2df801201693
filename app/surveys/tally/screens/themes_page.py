"""自由記述の分類, every written answer in a list, assigned to themes by number keys, quoted or not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.export_button import export_button
from app.surveys.questions.parts import PageHeading
from app.surveys.tally.rules import EDITED, NO_THEME, Comment, theme_counts
from app.surveys.tally.screens.themes_panel import THEME_KEYS, QuotePanel, ThemePanel
from app.surveys.tally.services.evidence import KIND as EVIDENCE
from app.surveys.tally.services.evidence import evidence_key
from app.surveys.tally.services.survey_tally import QuestionComments
from app.surveys.tally.services.survey_themes import (
    QuoteNamesSomebody,
    ThemesView,
    add_theme,
    assign_theme,
    decide_quote,
    move_theme,
    read_themes,
    remove_theme,
    rename_theme,
)
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import link_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.labels import label, small_label
from app.widgets.layouts import column_of, in_column
from app.widgets.lists.evidence_shortcut import install_evidence_key
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import in_scroll_area
from app.window.app_context import AppContext, bind_action
from db.record import frozen

_QUOTE_HINT = "Space で引用する・しない、F2 で引用する文を直します。"


@frozen
class CommentRow:
    """One written answer with the name of its theme (「分類なし」 without one).

    ``key`` is the digit that assigns that theme, "" without one.
    """

    comment: Comment
    theme: str
    key: str

    @property
    def id(self) -> int:
        """Return the response id, by which the list keeps its current row."""
        return self.comment.sheet_id


def comment_columns() -> tuple[Column, ...]:
    """Return the columns No, 記入 (with flags below), 分類 and 引用; in Excel 記入 holds only quoted words."""
    return (
        Column(
            "number",
            "No",
            show=lambda row: str(row.comment.number),
            align="right",
            sort=lambda row: row.comment.number,
        ),
        Column(
            "text",
            "記入",
            show=lambda row: Cell(row.comment.text, _detail_text(row.comment)),
            stretch=True,
            export_parts=(
                ExportColumn("記入", show=lambda row: row.comment.quoted_words or "（掲載しない）"),
                ExportColumn("回答方法", show=lambda row: row.comment.source),
            ),
        ),
        Column("theme", "分類", show=_theme, sort=lambda row: (row.theme == NO_THEME, row.key, row.theme)),
        Column("quoting", "引用", show=_quote_cell, sort=lambda row: row.comment.quote_decision),
    )


def _detail_text(comment: Comment) -> str:
    """Return the flags of a comment and its edited quotation, as text below it."""
    parts = []
    if comment.flags:
        parts.append("・".join(comment.flags))
    if comment.is_edited:
        parts.append(f"引用する文：{comment.quoted_words}{EDITED}")
    return "　".join(parts)


def _theme(row: CommentRow) -> Cell:
    """Return the cell of the theme with its key (「1　会場」), 「—」 without one."""
    if row.theme == NO_THEME:
        return Cell("—", tone="second")
    return Cell(f"{row.key}　{row.theme}".strip())


def _quote_cell(row: CommentRow) -> Cell:
    quoting = row.comment.quote_decision
    if quoting == "確認が必要":
        return Cell("確認が必要", badge="確認が必要")
    if quoting == "引用しない":
        return Cell(quoting, tone="second")
    return Cell(quoting, tone="green", icon="check-circle-fill", icon_tone="green")


class ThemesPage(ActionMixin, QWidget):
    """Page with the free texts of one survey, to assign themes and decide on quoting.

    Signals: none.
    """

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self._view: ThemesView | None = None
        self._code = ""
        self._next_row: int | None = None
        self.problem = NoteBox(tone="red")
        self.back = link_button("‹ 集計に戻る")
        self.chooser = ChoiceBox("設問", self._choose)
        self.summary = label("", "second")
        self.table = RecordTable(
            "survey-comments",
            comment_columns(),
            title="自由記述",
            empty="この設問に書かれた回答はありません。",
            filtered=False,
            on_edit=self._edit_quote,
            on_act=self._toggle_quote,
            on_open=lambda _row: self.parts.show_detail(),
            on_choose=self._show_chosen,
        )
        self.legend = small_label()
        self.themes = ThemePanel()
        self.quote = QuotePanel()
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the list of comments and the themes."""
        export = export_button(
            self.app_context, self.table, title="自由記述の分類", event_id=lambda: self._event_id or None
        )
        column = in_column(
            FlowRow(self.back, PageHeading("自由記述の分類"), self.chooser, self.summary, export, spacing=12, at_end=1),
            self.problem,
            owner=self,
            spacing=8,
        )
        listed = column_of((self.table, 1), self.legend, spacing=6)
        listed.setFocusProxy(self.table)
        side = column_of(self.themes, self.quote, None, spacing=12)
        self.parts = ListAndDetail(listed, in_scroll_area(side), back="記入の一覧", wide=400, usual=330, share=0.36)
        column.addWidget(self.parts, 1)

    def _connect(self) -> None:
        """Connect the signals of list, themes and quoting."""
        self.table.view.character_typed.connect(self._on_key)
        install_evidence_key(self, self.app_context, self._current_evidence)
        self.themes.theme_chosen.connect(self.assign_theme)
        self.themes.added.connect(self._add)
        self.themes.renamed.connect(self._rename)
        self.themes.moved.connect(lambda theme_id, up: self.run_action(move_theme, theme_id=theme_id, up=up))
        self.themes.removed.connect(lambda theme_id: self.run_action(remove_theme, theme_id=theme_id))
        self.quote.quoted.connect(lambda words, as_it_is: self._decide(quoted=True, words=words, as_it_is=as_it_is))
        self.quote.withheld.connect(lambda: self._decide(quoted=False))

    # what the page around does

    def show_event(self, event_id: int, code: str = "") -> None:
        """Read and show the free texts of an event's survey; ``code`` is the question to show first.

        "" = the one shown before, where the survey has it, else the one with most to decide.
        """
        if event_id != self._event_id:
            self.problem.show_text("")
        self._event_id = event_id
        self._code = code or self._code
        self.run_read(self._show, read_themes, event_id=event_id)

    def take_focus(self) -> None:
        """Set the focus to the list."""
        self.table.setFocus()

    def _show(self, view: ThemesView) -> None:
        """Show comments that were read, unless they are of another event."""
        if view.event.id != self._event_id:
            return
        self._view = view
        self.chooser.clear()
        for one in view.questions:
            self.chooser.addItem(f"{one.label}　{one.title}（{len(one.comments)}件）", one.code)
        codes = [one.code for one in view.questions]
        self._choose(self._code if self._code in codes else _first(view.questions))

    @property
    def _question(self) -> QuestionComments | None:
        questions = self._view.questions if self._view is not None else ()
        return next((one for one in questions if one.code == self._code), None)

    def _choose(self, code: str) -> None:
        """Show comments and themes of the question with this code; an empty list where there is none.

        After a theme was assigned the next comment is selected, else the current one stays.
        """
        self._code = code
        question = self._question
        if question is None:
            self.table.show_rows(())
            return
        self.chooser.setCurrentIndex(self.chooser.findData(code))
        keys = {
            theme.id: THEME_KEYS[place] if place < len(THEME_KEYS) else ""
            for place, theme in enumerate(question.themes)
        }
        names = {theme.id: theme.name for theme in question.themes}
        rows = [
            CommentRow(one, names.get(one.theme_id or 0, NO_THEME), keys.get(one.theme_id or 0, ""))
            for one in question.comments
        ]
        self.table.show_rows(rows)
        self.themes.show_themes(question.themes, theme_counts(question.comments))
        grouped = sum(row.theme != NO_THEME for row in rows)
        waiting = sum(row.comment.quote_decision == "確認が必要" for row in rows)
        more = fill_nonempty("　確認が必要 {}件", waiting)
        self.summary.setText(f"分類 {left_words(grouped, len(rows))}{more}" if rows else "")
        legend = "　".join(f"{keys[theme.id]} {theme.name}" for theme in question.themes if keys[theme.id])
        start = f"{legend}　0 {NO_THEME}　" if legend else "分類を加えると、番号のキー（1～9）で選べます。"
        self.legend.setText(start + _QUOTE_HINT if rows else "")
        if self._next_row is not None:
            wanted, self._next_row = self._next_row, None
            self.table.choose(lambda row: row.id == wanted)
        elif self.table.current() is None and rows:
            self.table.choose(lambda _row: True, take_focus=False)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.table.current()
        self.quote.show_comment(row.comment if isinstance(row, CommentRow) else None)

    # acts

    def _current_evidence(self) -> tuple[str, str] | None:
        """Return the current written answer as evidence for the 提案書, None without one."""
        current = self.table.current()
        return (EVIDENCE, evidence_key(current.id, self._code)) if isinstance(current, CommentRow) else None

    def _on_key(self, text: str) -> None:
        """Assign the chosen comments to the theme with this key, or to none on 0."""
        question = self._question
        if question is None or text not in f"0{THEME_KEYS}":
            return
        place = int(text) - 1
        if place < 0:
            self.assign_theme(None)
        elif place < len(question.themes):
            self.assign_theme(question.themes[place].id)

    def assign_theme(self, theme_id: int | None) -> None:
        """Save the theme of the selected comments (None for none); the comment after them is selected next."""
        rows = self.table.selected()
        if not rows:
            return
        shown = self.table.model.records()
        after = shown[shown.index(rows[-1]) + 1 :] if rows[-1] in shown else []
        self._next_row = after[0].id if after else rows[-1].id
        self.run_action(
            assign_theme,
            question_code=self._code,
            sheet_ids=[row.id for row in rows],
            theme_id=theme_id,
            survey_id=self._survey_id(),
        )

    def _toggle_quote(self, row: CommentRow) -> None:
        if row.comment.quote_decision != "引用する" and row.comment.flags:
            self._edit_quote()
        else:
            self.run_action(
                decide_quote,
                question_code=self._code,
                sheet_id=row.id,
                quoted=row.comment.quote_decision != "引用する",
                survey_id=self._survey_id(),
            )

    def _edit_quote(self) -> None:
        """Show the panel for quoting and set the focus to the words to quote."""
        self.parts.show_detail()
        self.quote.take_focus()

    def _decide(self, *, quoted: bool, words: str = "", as_it_is: bool = False) -> None:
        """Save whether the current comment is quoted, and in which words; ask where somebody may be known by them."""
        row = self.table.current()
        if isinstance(row, CommentRow):
            self._next_row = row.id
            self.problem.show_text("")
            act = bind_action(
                decide_quote,
                question_code=self._code,
                sheet_id=row.id,
                quoted=quoted,
                words=words,
                as_it_is=as_it_is,
                survey_id=self._survey_id(),
            )
            self.run_change(act, failed=self._show_not_quoted)

    def _show_not_quoted(self, problem: Exception) -> None:
        self.show_error(problem)
        if isinstance(problem, QuoteNamesSomebody):
            self.quote.offer_as_it_is()

    def _add(self, name: str) -> None:
        self.problem.show_text("")
        self.run_change(
            bind_action(add_theme, question_code=self._code, name=name, survey_id=self._survey_id()),
            lambda _saved: self.themes.clear_name(),
        )

    def _rename(self, theme_id: int) -> None:
        question = self._question
        theme = next((one for one in question.themes if one.id == theme_id), None) if question is not None else None
        if theme is None:
            return
        FormDialog(
            self,
            "分類の名前を直す",
            main="名前を直す",
            fields=(Field("name", "名前", width=360),),
            values={"name": theme.name},
            change=lambda values: bind_action(rename_theme, theme_id=theme_id, **values),
        ).open()

    def _survey_id(self) -> int:
        return self._view.survey.id if self._view is not None else 0


def _first(questions: tuple[QuestionComments, ...]) -> str:
    """Return the code of the question with most to decide, then with most answers; "" = there is none."""

    def work(one: QuestionComments) -> tuple[int, int]:
        """Return how many comments are to be decided, and how many there are."""
        return sum(comment.quote_decision == "確認が必要" for comment in one.comments), len(one.comments)

    return max(questions, key=work).code if questions else ""
