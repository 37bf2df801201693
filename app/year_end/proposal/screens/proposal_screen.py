"""次年度提案書の根拠, the evidence of the year, assigned to a 課題 by key, beside the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.calendar.dates import short_date
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentView
from app.documents.screens.export_button import export_button
from app.documents.services.document_scope import DocumentScope
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import MoreButton, inline_button, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog, SavingDialog
from app.widgets.dialogs.dialog_frame import WIDEST
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import Paragraph, label, small_label, styled_frame
from app.widgets.layouts import add, column_of, in_column
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.segments import Segments
from app.widgets.note_box import NoteBox
from app.widgets.screen import ScreenOfYear, disable_when_read_only, page_title
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.year_end.proposal.rules import day_of, issue_mark
from app.year_end.proposal.screens.proposal_dialogs import (
    PlansDialog,
    PoliciesDialog,
    TotalsDialog,
    issues_dialog,
    own_note_dialog,
    reword_dialog,
)
from app.year_end.proposal.services import (
    FORM,
    EvidenceRow,
    ProposalView,
    accept_all_new_words,
    accept_new_words,
    assign_issue,
    drop_evidence,
    keep_old_words,
    read_proposal,
)
from db.fields import field_label
from db.records.year.proposal import MAX_ISSUES, Evidence, EvidenceSort

_ICONS = {
    EvidenceSort.TALLY: "chart-bar", EvidenceSort.QUOTE: "file-text", EvidenceSort.DISCUSSION: "chats",
    EvidenceSort.REPORT: "file-text", EvidenceSort.FINDING: "files", EvidenceSort.CONTACT: "question",
    EvidenceSort.AGREEMENT: "chats", EvidenceSort.NOTICE: "info",
}  # fmt: skip
_CHIPS: Mapping[str, tuple[EvidenceSort, ...]] = {
    "集計": (EvidenceSort.TALLY,), "引用": (EvidenceSort.QUOTE,),
    "討議・報告": (EvidenceSort.DISCUSSION, EvidenceSort.REPORT, EvidenceSort.FINDING),
    "連絡": (EvidenceSort.CONTACT,), "協議": (EvidenceSort.AGREEMENT,), "気付き": (EvidenceSort.NOTICE,),
}  # fmt: skip
_KEYS = (
    f"1–{MAX_ISSUES} 課題に付ける　0 使わない　F6 協議、問合せ・相談台帳、自由記述の分類、討議の記録、"
    f"報告書の章の画面から集める（資料の指摘は Shift+F6）"
)
_LOW = 620
"""Below this height explanations give way to the list."""
_SHORT = {
    "次年度のデジタル活用支援事業実施案": "実施案", "団体支援方針": "支援方針", "課題の反映": "課題",
    "参加者の意見の反映": "参加者の意見",
    "実現可能性": "実現可能性", "予算規模": "予算規模",
}  # fmt: skip
_NOTE = "団体支援方針は、参加した団体だけに書きます。区の予算・次年度仕様書のメモは別の書類で、受託者へは出せません。"


class ProposalScreen(ScreenOfYear):
    """The screen 次年度提案書の根拠; emits no signals.

    ``open_with(programme_id=…, evidence_id=…)`` shows another year than the window's and selects a row.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.view: ProposalView | None = None
        self._wanted: int | None = None
        self.changed = Badge("確認が必要")
        self.due = label("", "date")
        self.basis = label("", "second")
        self.received = link_button("", self._open_received)
        self.sorts = Segments(tuple(_CHIPS), name="根拠の種類")
        self.table = RecordTable(
            "proposal-evidence",
            unsorted(
                Column("said", "根拠（数）・出典", _quote_cell, stretch=True),
                Column("issue", field_label(Evidence, "issue"), _issue_cell, width=72, align="center"),
            ),
            title="集めた根拠",
            empty="集めた根拠は、まだありません。協議や自由記述の一覧で行を選び、F6を押すと集められます。",
            filtered=False,
            foot=False,
            names_people=False,
            on_edit=self._reword,
            on_open=lambda _row: self.parts.show_detail(),
            on_choose=self._offer,
        )
        self.export = export_button(app_context, self.table, title="提案書の根拠", small=True)
        self.choice = NoteBox("", "amber")
        self.take = inline_button("新しい内容にする", self._accept_new_words)
        self.take_all = inline_button("", self._accept_all_new_words)
        self.keep = inline_button("このまま（理由）", self._ask_reason)
        self.issues = inline_button("課題を書く", self._open_issues)
        self.plans = inline_button("実施案", lambda: PlansDialog(self, self.fiscal_year).open())
        self.policies = inline_button("団体支援方針", lambda: PoliciesDialog(self, self.fiscal_year).open())
        self.own = inline_button("気付きを書く", lambda: own_note_dialog(self.fiscal_year, self).open())
        self.totals = inline_button("集計から集める", lambda: TotalsDialog(self, self.fiscal_year).open())
        self.reword = inline_button("文面を短くする F2", self._reword)
        self.drop = inline_button("一覧から外す", self._drop, danger=True)
        self.points = FlowRow(spacing=12)
        self.keys = small_label(_KEYS)
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, main="docx", compact=True, bar=self.bar)
        self.bar.put(*self.paper.buttons)
        writing = (self.issues, self.plans, self.policies, self.own, self.totals)
        self.writing = FlowRow(*writing)
        self.more = MoreButton(lambda: ((one.text(), one.click) for one in writing if one.isEnabled()), "書く・集める")
        self._build()
        disable_when_read_only(app_context, *writing)

    def _build(self) -> None:
        column = page_above(self.bar, self)
        add(
            column,
            page_title(
                self.app_context,
                "次年度提案書の根拠",
                "summary",
                self.changed,
                label("提出は受託者　期限（暦どおり）"),
                self.due,
                self.basis,
                self.received,
            ),
        )
        left = column_of(
            self.sorts,
            self.writing,
            (self.table, 1),
            self.choice,
            FlowRow(self.take, self.keep, self.take_all, self.reword, self.drop, self.more, self.export, at_end=2),
            self.keys,
            spacing=8,
        )
        left.setFocusProxy(self.table)
        self.setFocusProxy(self.table)
        frame = styled_frame("panel")
        right = in_column(owner=frame, margins=(1, 8, 1, 1))
        head = column_of(self.points, small_label(_NOTE), spacing=4, margins=(16, 0, 16, 0))
        add(right, head, (self.paper, 1))
        self.parts = ListAndDetail(left, frame, back="根拠の一覧", wide=560, usual=340, share=0.46)
        column.addWidget(self.parts, 1)
        self.sorts.chosen.connect(self._fill)
        self.table.view.character_typed.connect(self._on_key)
        self._offer()

    def fit_size(self) -> None:
        """While the page is low, hide explanations and show 「書く・集める」 instead of its buttons."""
        roomy = self.height() >= t.scaled(_LOW)
        for part in (self.keys, self.writing, self.basis):
            part.setVisible(roomy)
        self.more.setVisible(not roomy)
        self.due.setToolTip("" if roomy else self.basis.text())

    @property
    def fiscal_year(self) -> int:
        """Return the year shown, by its western first year."""
        return self.view.fiscal_year if self.view is not None else self.app_context.fiscal_year

    def open_with(self, *, evidence_id: int | None = None, **year: Any) -> None:
        """Set the year if it is not the window's, and the row to select."""
        super().open_with(**year)
        self._wanted = evidence_id
        if evidence_id is not None:
            self.sorts.choose("")

    def reload(self) -> None:
        """Read and show the evidence and the issues of the year."""
        self.run_read(self._show, read_proposal, **self._year(), today=self.today)

    def _show(self, view: ProposalView) -> None:
        """Show the evidence, the issues and the due day."""
        self.view = view
        self.changed.setVisible(bool(view.changed_evidence))
        self.changed.show_status("確認が必要", f"出典が変わった {len(view.changed_evidence)}")
        task, today = view.task, self.today
        self.due.setText(
            (task.provisional_words or short_date(task.due, today)) if task is not None else view.undated_words
        )
        self.basis.setText(f"{task.basis_short}　{task.state_words}" if task is not None else "")
        self.fit_size()
        row_of = view.received
        came = row_of is not None and bool(row_of.paper_id)
        self.received.setText(
            f"受領した提案書を確かめる（{row_of.check_words}）" if row_of is not None and came else "提案書を受領する"
        )
        counts = [sum(one.evidence.sort in sorts for one in view.evidence) for sorts in _CHIPS.values()]
        self.sorts.show_counts(len(view.evidence), *counts)
        self._fill()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.table.choose(lambda one: one.id == wanted)
        self.points.clear()
        self.points.add(
            label(f"条文の項目 {left_words(sum(one.done for one in view.points), len(view.points))}", "strong")
        )
        for point in view.points:
            words = _SHORT[point.point]
            self.points.add(label(f"✓ {words}" if point.done else f"{words}（{point.waiting_for}）", "small"))
        if view.evidence or view.issues:
            self.paper.show_document_of(DocumentScope(fiscal_year=view.fiscal_year), FORM)
        else:
            self.paper.clear("根拠を集めるか、課題を書くと、提案書の様式ができます。")

    def _fill(self) -> None:
        """Show the evidence of the chosen sort in the list."""
        if self.view is None:
            return
        sorts = _CHIPS.get(self.sorts.current(), tuple(EvidenceSort))
        self.table.show_rows([one for one in self.view.evidence if one.evidence.sort in sorts])
        self.table.ensure_current_row()
        self._offer()

    def _offer(self) -> None:
        """Show the buttons of what can be done with the chosen evidence."""
        current = self.table.current()
        changed = current is not None and bool(current.source_status)
        may = self.may_write
        self.choice.show_text(_changed_words(current) if current is not None and changed else "")
        edited = [one for one in self.view.changed_evidence if one.current is not None] if self.view is not None else []
        self.take_all.set_words(f"変わった{len(edited)}件を新しい内容にする")
        self.take_all.setVisible(len(edited) > 1 and may)
        self.take.setVisible(changed and may and current is not None and current.current is not None)
        self.keep.setVisible(changed and may)
        self.reword.setEnabled(current is not None and may)
        self.drop.setEnabled(current is not None and may)

    # what is done with a row

    def _on_key(self, text: str) -> None:
        """Assign the chosen evidence to the 課題 of a typed digit (0 = 使わない) at once, then choose the next."""
        current = self.table.current()
        if current is None or len(text) != 1 or text not in "012345"[: MAX_ISSUES + 1]:
            return
        shown = self.table.model.records()
        at = next((place for place, one in enumerate(shown) if one.id == current.id), 0)
        following = shown[at + 1].id if at + 1 < len(shown) else current.id
        self.run_change(
            bind_action(assign_issue, evidence_id=current.id, issue=int(text)),
            lambda _saved: self.table.choose(lambda one: one.id == following),
        )

    def _accept_new_words(self) -> None:
        if (current := self.table.current()) is not None:
            self.run_action(accept_new_words, evidence_id=current.id)

    def _accept_all_new_words(self) -> None:
        """Open a dialog with all changed words old and new, whose main button accepts all of them in one action."""
        if self.view is None:
            return
        edited = [one for one in self.view.changed_evidence if one.current is not None]
        dialog = SavingDialog(
            self,
            "根拠を新しい内容にする",
            f"{len(edited)}件",
            main="新しい内容にする",
            width=WIDEST,
        )
        for one in edited:
            dialog.put(Paragraph(one.evidence.source, role="small"), Paragraph(one.change))
        dialog.put(None)
        programme_id = self.view.programme_id
        dialog.confirmed.connect(
            lambda: dialog.run_change(bind_action(accept_all_new_words, programme_id=programme_id))
        )
        dialog.open()

    def _ask_reason(self) -> None:
        """Open a dialog for the reason why evidence stays although its source changed."""
        if (current := self.table.current()) is None:
            return
        ReasonDialog(
            self,
            "このままにする",
            current.evidence.source,
            verb="このままにする",
            text="提案書には、もとの内容を印刷します。",
            usual_reasons=("提案書を受け取ったあとの変更", "表記だけの変更"),
            change=lambda reason: bind_action(keep_old_words, evidence_id=current.id, reason=reason),
        ).open()

    def _reword(self) -> None:
        if (current := self.table.current()) is not None and self.may_write:
            reword_dialog(current, self).open()

    def _drop(self) -> None:
        if (current := self.table.current()) is not None:
            self.run_action(drop_evidence, evidence_id=current.id)

    def _open_issues(self) -> None:
        if self.view is not None:
            issues_dialog(self.view, self).open()

    def _open_received(self) -> None:
        if self.view is not None:
            self.go("turns", kind="提案書", programme_id=self.view.programme_id)


def _quote_cell(row: EvidenceRow) -> Cell:
    """Return the cell of the quoted words with their source and its state."""
    kept = f"\nこのまま：{row.evidence.kept_reason}" if row.evidence.kept_reason and not row.source_status else ""
    changed = fill_nonempty("\n出典が{}", row.source_status)
    return Cell(
        row.words,
        f"{row.evidence.source}{changed}{kept}",
        icon=_ICONS[row.evidence.sort],
        tone="amber" if row.source_status else "second" if row.evidence.issue == 0 else "",
        strong=bool(row.evidence.issue),
    )


def _issue_cell(row: EvidenceRow) -> Cell:
    mark = issue_mark(row.evidence.issue)
    return Cell(mark or "—", tone="accent" if row.evidence.issue else "second", strong=bool(row.evidence.issue))


def _changed_words(row: EvidenceRow) -> str:
    """Return what was quoted beside what its source says now, or that the source is gone; for changed evidence only."""
    if row.current is None:
        return "出典がなくなったか、引用できなくなりました。このままにするか、一覧から外します。"
    return f"もとの内容　{row.words}　→　いまの出典　{row.current.full_words}　（{_day(row)}に引いたもの）"


def _day(row: EvidenceRow) -> str:
    return short_date(day_of(row.evidence))
