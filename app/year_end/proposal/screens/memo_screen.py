"""予算要求・次年度仕様書 検討メモ, with amounts, clauses to change and evidence, cuts and open questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date, short_date_or
from app.documents.screens.document_view import DocumentView
from app.documents.services.document_scope import DocumentScope
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import inline_button, link_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import second_label, section, styled_frame, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area, page_title
from app.window.app_context import AppContext, bind_action
from app.year_end.proposal.rules import change_words, sums_of
from app.year_end.proposal.screens.line_list import LineList
from app.year_end.proposal.services import MEMO, Line, MemoView, read_memo, remove_line, save_line, save_memo
from db.fields import field_label
from db.record import RowsById
from db.records.year.proposal import BudgetMemo, MemoAmount, MemoClause, MemoCut, MemoQuestion, QuestionState

_INSIDE = (
    "庁内限り　受託者・応札者へ出せません（連絡、メールの文、持出し、情報の授受に記録できません）。"
    "見積の相手の名と額は書きません。"
)
_NONE_YET = "作成日と計を書くと、検討メモができます。"
_STATES = (("確定", "確定（係で決めた）"), ("意見", "意見（課長に諮る）"), ("未定", "未定（後を待つ）"))
_ASKED = tuple((one, one) for one in QuestionState)


def _amount_columns() -> tuple[Column, ...]:
    return unsorted(
        Column(
            "item",
            "費目",
            lambda one: Cell(one.item, one.reason),
            stretch=True,
        ),
        Column("this", field_label(MemoAmount, "this_year"), lambda one: f"{one.this_year:,}", width=80, align="right"),
        Column("next", field_label(MemoAmount, "next_year"), lambda one: f"{one.next_year:,}", width=84, align="right"),
        Column(
            "change",
            "増減",
            lambda one: change_words(one.next_year - one.this_year),
            width=72,
            align="right",
        ),
    )


class MemoScreen(Screen):
    """The screen of the 検討メモ; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.view: MemoView | None = None
        self.head = inline_button("作成日と計を書く", self._open_head)
        self.problem = NoteBox("", "red")
        self.told = second_label()
        self.sums = wrapped_label("", "strong")
        self.amounts = self._lines(
            "memo-amounts", _amount_columns(), "要求額", "費目がまだありません。", self._ask_amount
        )
        self.clauses = self._lines(
            "memo-clauses",
            unsorted(
                Column(
                    "clause",
                    "条",
                    lambda one: Cell(one.clause, one.state),
                    width=120,
                ),
                Column("change", "今年度 → 次年度案・根拠", self._change_cell, stretch=True),
            ),
            "仕様書で直すところ",
            "直すところがまだありません。",
            self._ask_clause,
        )
        self.cuts = self._lines(
            "memo-cuts",
            unsorted(
                Column("text", "減らすもの", lambda one: one.text, stretch=True),
                Column(
                    "amount",
                    "額（千円）",
                    lambda one: f"△{one.amount:,}",
                    width=96,
                    align="right",
                ),
            ),
            "減額されたときの順",
            "順がまだありません。",
            self._ask_cut,
        )
        self.questions = self._lines(
            "memo-questions",
            unsorted(
                Column("text", "こと", lambda one: Cell(one.text, one.asked_of), stretch=True),
                Column(
                    "due",
                    "いつまで",
                    lambda one: short_date_or("—", one.due, app_context.today()),
                    width=96,
                ),
                record_column(MemoQuestion, "state", lambda one: one, width=72),
            ),
            "決まっていないこと",
            "決まっていないことは、書かれていません。",
            self._ask_question,
        )
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, main="pdf", bar=self.bar)
        self.bar.put(*self.paper.buttons)
        self._build()
        disable_when_read_only(app_context, self.head)

    def _lines(
        self, name: str, columns: Sequence[Column], title: str, empty: str, ask: Callable[[Any], object]
    ) -> LineList:
        return LineList(
            self.app_context,
            name,
            columns,
            title=title,
            empty=empty,
            add=partial(ask, None),
            edit=ask,
            remove=self._remove,
            parent=self,
        )

    def _build(self) -> None:
        column = page_above(self.bar, self)
        add(
            column,
            page_title(self.app_context, "予算要求・次年度仕様書 検討メモ", "summary", self.head),
            NoteBox(_INSIDE, "quiet"),
            self.problem,
        )
        self.problem.show_text("")
        left = QWidget()
        inside = in_column(self.told, owner=left, spacing=8, margins=(0, 0, 8, 0))
        for title, lines in (
            ("1　要求額（案）　千円", self.amounts), ("2　仕様書で直すところ（案）", self.clauses),
            ("3　減額されたときの順", self.cuts), ("4　決まっていないこと", self.questions),
        ):  # fmt: skip
            add(inside, section(title), lines)
            if lines is self.amounts:
                inside.addWidget(self.sums)
        inside.addStretch(1)
        frame = styled_frame("panel")
        in_column(self.paper, owner=frame, margins=(1, 1, 1, 1))
        self.parts = ListAndDetail(in_scroll_area(left), frame, back="検討メモの記入", wide=560, usual=400, share=0.46)
        column.addWidget(self.parts, 1)
        self.show_paper = link_button("帳票を見る", self.parts.show_detail)
        column.addWidget(self.show_paper)
        self.show_paper.setVisible(False)

    def reload(self) -> None:
        """Read and show the memo of the year."""
        self.run_read(self._show, read_memo, fiscal_year=self.fiscal_year, today=self.today)

    def _show(self, view: MemoView) -> None:
        self.view = view
        today = self.today
        memo = view.memo
        made = (
            f"作成　{short_date(memo.made_on, today)}　{memo.maker}"
            f"　もとにした数　{short_date(memo.counted_to, today)}まで"
            if memo
            else _NONE_YET
        )
        contract = f"　契約額　{view.contract:,}千円" if view.contract is not None else ""
        self.told.setText(made + contract)
        this_year, next_year = sums_of(view.amounts)
        left = next_year - sum(one.amount for one in view.cuts)
        cut = f"　順のとおりに減らすと {left:,}" if view.cuts else ""
        self.sums.setText(
            f"計　今年度 {this_year:,}　次年度案 {next_year:,}　増減 {change_words(next_year - this_year)}{cut}"
        )
        self.problem.show_text("　".join(view.problems))
        for lines, found in (
            (self.amounts, view.amounts), (self.clauses, view.clauses), (self.cuts, view.cuts),
            (self.questions, view.questions),
        ):  # fmt: skip
            lines.show_lines(found)
        self.show_paper.setVisible(self.parts.is_narrow)
        if memo is None:
            self.paper.clear(_NONE_YET)
        elif view.problems:
            self.paper.clear(f"{view.problems[0]}直すと、ここに見本が出ます。")
        else:
            self.paper.show_document_of(DocumentScope(fiscal_year=view.fiscal_year), MEMO)

    def _evidence_words(self, clause: MemoClause) -> str:
        """Return 「根拠　…」 with the evidence of a clause, changed sources marked, or 「根拠なし」."""
        known = RowsById(self.view.evidence if self.view is not None else ())
        found = [known[each] for each in clause.evidence if each in known]
        said = "、".join(f"{each.words}（出典が変わった）" if each.source_status else each.words for each in found)
        return f"根拠　{said}" if found else "根拠なし"

    def _change_cell(self, clause: MemoClause) -> Cell:
        """Return the cell of a clause's change and evidence, amber where a source has changed."""
        changed = self.view is not None and any(
            each.source_status for each in self.view.evidence if each.id in clause.evidence
        )
        return Cell(
            f"{clause.this_year or '—'} → {clause.next_year or '—'}",
            self._evidence_words(clause),
            second_tone="amber" if changed else "second",
        )

    # what is typed

    def _ask(self, title: str, fields: tuple[Field, ...], line: Line) -> None:
        """Open the form of a line, whose fields are those of its record."""
        FormDialog(
            self,
            title,
            fields=fields,
            values=line,
            change=lambda typed: bind_action(save_line, line=replace(line, **typed)),
        ).open()

    def _year(self) -> int:
        return self.view.programme_id if self.view is not None else 0

    def _ask_amount(self, line: MemoAmount | None) -> None:
        old = line or MemoAmount(programme_id=self._year(), item="", this_year=0, next_year=0)
        fields = (
            Field("item", "費目"),
            record_field(MemoAmount, "this_year", width=120, least=0, grouped=True),
            record_field(MemoAmount, "next_year", width=120, least=0, grouped=True),
            Field(
                "reason",
                "積算・理由",
                "lines",
                lines=2,
                optional=True,
                hint="「165千円×2」と書くと、次年度案か増減と合うかを確かめます",
            ),
        )
        self._ask("費目を直す" if line else "費目を加える", fields, old)

    def _ask_clause(self, line: MemoClause | None) -> None:
        old = line or MemoClause(programme_id=self._year(), clause="")
        found = self.view.evidence if self.view is not None else ()
        choices = (("", "（根拠なし）"), *((str(one.id), f"{one.words}（{one.evidence.source}）") for one in found))
        fields = (
            Field("clause", "条", placeholder="項番と事項"),
            record_field(MemoClause, "this_year"),
            record_field(MemoClause, "next_year"),
            Field(
                "first",
                "根拠",
                "choice",
                choices=choices,
                width=540,
                hint="「次年度提案書の根拠」に集めたものから選びます",
            ),
            Field("second", "根拠（二つめ）", "choice", choices=choices, width=540, optional=True),
            record_field(MemoClause, "state", choices=_STATES),
        )
        given = [str(one) for one in old.evidence]

        def make(typed: dict[str, Any]) -> MemoClause:
            """Return the clause with the typed values and the chosen evidence."""
            evidence = tuple(dict.fromkeys(int(one) for one in (typed["first"], typed["second"]) if one))
            kept = {key: typed[key] for key in ("clause", "this_year", "next_year", "state")}
            return replace(old, **kept, evidence=evidence)

        FormDialog(
            self,
            "条文の案を直す" if line else "条文の案を加える",
            fields=fields,
            values={
                "clause": old.clause,
                "this_year": old.this_year,
                "next_year": old.next_year,
                "state": old.state,
                "first": given[0] if given else "",
                "second": given[1] if len(given) > 1 else "",
            },
            width=760,
            change=lambda typed: bind_action(save_line, line=make(typed)),
        ).open()

    def _ask_cut(self, line: MemoCut | None) -> None:
        old = line or MemoCut(programme_id=self._year(), text="", amount=0)
        fields = (
            Field("text", "減らすもの"),
            Field("amount", "減らす額", "number", unit="千円", width=120, least=1, grouped=True),
        )
        self._ask("減額の順を直す" if line else "減額の順を加える", fields, old)

    def _ask_question(self, line: MemoQuestion | None) -> None:
        old = line or MemoQuestion(programme_id=self._year(), text="")
        fields = (
            Field("text", "決まっていないこと"),
            Field("asked_of", "相手", optional=True, placeholder="契約課"),
            Field("due", "いつまで", "date", width=112, optional=True),
            record_field(MemoClause, "state", choices=_ASKED, width=120),
        )
        self._ask(
            "決まっていないことを直す" if line else "決まっていないことを加える",
            fields,
            old,
        )

    def _remove(self, line: Line) -> None:
        self.run_action(remove_line, line=line)

    def _open_head(self) -> None:
        view = self.view
        if view is None:
            return
        today = self.today
        old = view.memo or BudgetMemo(
            programme_id=view.programme_id, made_on=today, counted_to=today, maker=self.app_context.user_name
        )
        fields = (
            record_field(BudgetMemo, "made_on", width=112),
            record_field(BudgetMemo, "maker", optional=False),
            Field(
                "counted_to",
                "もとにした数",
                "date",
                width=112,
                hint="この日までに実施した回の数を、紙に入れます",
            ),
            record_field(BudgetMemo, "hand_in", placeholder="各部要求　令和8年10月23日（金）"),
            record_field(BudgetMemo, "total_this", width=120, least=0, grouped=True),
            Field(
                "total_next",
                "次年度案の計",
                "number",
                unit="千円",
                width=120,
                least=0,
                grouped=True,
                optional=True,
                hint="費目の和と合わないときは、紙になりません",
            ),
            Field("cut_note", "減額の考え方", "lines", lines=2, optional=True),
        )
        FormDialog(
            self,
            "検討メモの作成日と計",
            fields=fields,
            values=old,
            change=lambda typed: bind_action(save_memo, memo=replace(old, **typed)),
        ).open()
