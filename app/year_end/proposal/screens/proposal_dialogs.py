"""The dialogs of the 提案書 (課題, 実施案, 支援方針, own notes, totals, shorter words)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.common.join_nonempty import join_nonempty
from app.surveys.compare.services import EVIDENCE_KIND as TOTAL
from app.surveys.compare.services import YearOption, read_year_options
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import WIDEST
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import small_label
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column, RowAction, unsorted
from app.widgets.lists.record_table import RecordTable
from app.window.app_context import bind_action
from app.year_end.proposal.documents import issue_marks
from app.year_end.proposal.rules import CIRCLED
from app.year_end.proposal.screens.line_list import LineList
from app.year_end.proposal.services import (
    EvidenceRow,
    PolicyRow,
    ProposalView,
    add_own_note,
    collect_evidence,
    read_proposal,
    remove_line,
    reword_evidence,
    save_issues,
    save_line,
    save_policy,
)
from db.digits import one_width
from db.fields import field_label
from db.records.year.proposal import MAX_ISSUES, PlanLine, PolicyLine

_TABLE_HEIGHT = 180


def issues_dialog(view: ProposalView, parent: QWidget) -> FormDialog:
    """Build the dialog in which the 課題 are written."""
    known = {one.number: one.text for one in view.issues}
    return FormDialog(
        parent,
        "課題を書く",
        main="課題を保存する",
        width=720,
        fields=tuple(
            Field(str(number), f"課題{CIRCLED[number - 1]}", optional=True) for number in range(1, MAX_ISSUES + 1)
        ),
        values={str(number): known.get(number, "") for number in range(1, MAX_ISSUES + 1)},
        change=lambda typed: bind_action(
            save_issues,
            programme_id=view.programme_id,
            texts=tuple(str(typed[str(number)]) for number in range(1, MAX_ISSUES + 1)),
        ),
    )


def own_note_dialog(fiscal_year: int, parent: QWidget) -> FormDialog:
    """Build the dialog in which an observation of the ward is added to the evidence."""
    return FormDialog(
        parent, "気付きを書く", main="根拠に加える",
        fields=(
            Field("text", "気付いたこと", "lines", lines=2, hint="氏名や電話番号は書きません"),
            Field("count", "数", optional=True, width=160, placeholder="3回、2団体"),
            Field("source", "出典", hint="実施確認票、当日の記録など、あとで確かめられるもの"),
        ),
        change=lambda typed: bind_action(
            add_own_note, fiscal_year=fiscal_year, text=str(typed["text"]), count=str(typed["count"]),
            source=str(typed["source"])
        ),
    )  # fmt: skip


def reword_dialog(row: EvidenceRow, parent: QWidget) -> FormDialog:
    """Build the dialog that changes the words of evidence as the 提案書 prints them."""
    return FormDialog(
        parent,
        "根拠の文を直す",
        row.evidence.source,
        fields=(
            Field(
                "said",
                "根拠の文",
                "lines",
                hint="提案書に印刷する文です。出典の記録は変わりません",
            ),
        ),
        values=row.evidence,
        change=lambda typed: bind_action(reword_evidence, evidence_id=row.id, said=str(typed["said"])),
    )


class TotalsDialog(SavingDialog):
    """Dialog with the totals of the year to collect from; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, fiscal_year: int):
        super().__init__(parent, "集計から根拠を集める", cancel="閉じる", width=WIDEST, full=True, note="")
        self.table = RecordTable(
            "proposal-totals",
            (
                Column(
                    "option",
                    "設問・選択肢",
                    lambda one: Cell(one.option, f"{one.kind}　{one.question}"),
                    stretch=True,
                ),
                Column(
                    "count",
                    "人数",
                    lambda one: f"{one.count}人／{one.base}人",
                    align="right",
                    width=110,
                    sort=lambda one: one.count,
                ),
            ),
            title="年度の集計",
            empty="集計できる回答がまだありません。",
            action=lambda _one: RowAction("根拠に集める"),
            search=lambda one: f"{one.option}{one.question}{one.kind}",
            names_people=False,
            on_open=self._collect,
            on_act=self._collect,
        )
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        self.put((self.table, 1))
        self.run_read(self.table.show_rows, read_year_options, fiscal_year=fiscal_year)

    def _collect(self, choice: YearOption) -> None:
        self.run_change_and_stay(bind_action(collect_evidence, kind=TOTAL, key=choice.key))


class _LinesDialog(SavingDialog):
    """Dialog for lines of the 提案書, reloaded after every change; signals are those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        fiscal_year: int,
        title: str,
        note: str,
        *,
        name: str,
        columns: tuple[Column, ...],
        empty: str,
        shown: Callable[[ProposalView], Sequence[Any]],
        edit: Callable[[Any], object],
        remove: Callable[[Any], object],
    ):
        super().__init__(parent, title, cancel="閉じる", width=WIDEST, full=True, note="")
        self.proposal_year = fiscal_year
        self.view: ProposalView | None = None
        self._shown = shown
        self.put(small_label(note))
        self.lines = LineList(
            self.app_context, name, columns, title=title, empty=empty, add=partial(edit, None), edit=edit, remove=remove
        )
        self.put(self.lines, None)
        self.app_context.follow_changes(self, self.reload)
        self.reload()

    def reload(self) -> None:
        """Read and show the lines of the year again."""
        self.run_read(self._show, read_proposal, fiscal_year=self.proposal_year, today=self.today)

    def _show(self, view: ProposalView) -> None:
        self.view = view
        self.lines.show_lines(self._shown(view))

    def ask_line(
        self,
        title: str,
        fields: tuple[Field, ...],
        values: dict[str, Any],
        change: Callable[[dict[str, Any]], Callable[[ActionContext], ActionResult]],
    ) -> FormDialog:
        """Open the dialog for one line, and return it."""
        dialog = FormDialog(
            self,
            title,
            fields=fields,
            values=values,
            change=change,
            width=720,
        )
        dialog.open()
        return dialog


class PlansDialog(_LinesDialog):
    """Dialog for 次年度の実施案, one line for each work; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, fiscal_year: int):
        columns = unsorted(
            Column("work", "事業", lambda one: one.work, width=190),
            Column(
                "years",
                "今年度 → 次年度案",
                lambda one: f"{one.this_year or '—'} → {one.next_year or '—'}",
                width=150,
            ),
            Column("issues", "課題", lambda one: issue_marks(one.issues) or "—", width=64),
            Column(
                "content",
                "内容・条件",
                lambda one: Cell(one.content, join_nonempty(one.condition, one.confirmed)),
                stretch=True,
            ),
        )
        super().__init__(
            parent,
            fiscal_year,
            "次年度の実施案",
            "概算は受託者が記入します。条件と確認したことは「実現可能性」に印刷します。",
            name="proposal-plans",
            columns=columns,
            empty="実施案がまだありません。",
            shown=lambda view: view.plans,
            edit=self.edit,
            remove=self._remove,
        )

    def edit(self, line: PlanLine | None) -> None:
        """Open the dialog for one plan; None adds one."""
        if self.view is None:
            return
        old = line or PlanLine(programme_id=self.view.programme_id, work="")
        fields = (
            Field("work", "事業"),
            record_field(PlanLine, "this_year", width=160, placeholder="7回"),
            record_field(PlanLine, "next_year", width=160, placeholder="6回"),
            record_field(PlanLine, "issues", width=160, placeholder="1 4", rule=_issue_rule, optional=True),
            record_field(PlanLine, "content", kind="lines", lines=2),
            record_field(PlanLine, "condition"),
            record_field(PlanLine, "confirmed"),
        )
        values = {field.key: getattr(old, field.key) for field in fields}
        values["issues"] = " ".join(str(one) for one in old.issues)

        def change(typed: dict[str, Any]) -> Callable[[ActionContext], ActionResult]:
            """Return the bound action that saves the line with the numbers of its 課題."""
            issues = tuple(map(int, _plain_issues(typed["issues"])))
            return bind_action(save_line, line=replace(old, **{**typed, "issues": issues}))

        self.ask_line("実施案を直す" if line else "実施案を加える", fields, values, change)

    def _remove(self, line: PlanLine) -> None:
        self.run_change_and_stay(bind_action(remove_line, line=line))


def _plain_issues(typed: object) -> str:
    """Return typed numbers of issues (「1 4」「1、4」, or 「①④」 as they are shown) as their digits."""
    return re.sub(r"[\s,、・]", "", one_width(str(typed)))


def _issue_rule(typed: str) -> str:
    """Return the message on wrong numbers of issues, "" for right ones."""
    known = "".join(str(number) for number in range(1, MAX_ISSUES + 1))
    return (
        ""
        if all(one in known for one in _plain_issues(typed))
        else f"課題の番号は1から{MAX_ISSUES}までの数字で入力してください（例　1 4）。"
    )


class PoliciesDialog(_LinesDialog):
    """Dialog for 団体別支援方針; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, fiscal_year: int):
        columns = unsorted(
            Column(
                "name",
                "団体",
                lambda one: Cell(one.name, one.branch),
                width=210,
            ),
            Column("stage", "今年度の段階", lambda one: one.line.stage or "—", width=130),
            record_column(PolicyLine, "policy", lambda one: one.line, stretch=True),
            Column("support", field_label(PolicyLine, "support"), lambda one: one.line.support or "—", width=130),
        )
        super().__init__(
            parent,
            fiscal_year,
            "団体別支援方針",
            "この年度に参加した団体だけに書きます。並びは名簿の順で、優劣を示しません。",
            name="proposal-policies",
            columns=columns,
            empty="支援方針がまだありません。",
            shown=lambda view: view.policies,
            edit=self.edit,
            remove=self._remove,
        )

    def edit(self, found: PolicyRow | None) -> None:
        """Open the dialog for the 支援方針 of one 団体; None adds one."""
        view = self.view
        if view is None:
            return
        known = {one.line.organisation_id for one in view.policies}
        free = [(one, name) for one, name in view.members.items() if one not in known]
        choices = (("", "選んでください"), *free)
        if found is not None:
            choices = ((found.line.organisation_id, found.name),)
        fields = (
            Field("organisation_id", "団体", "choice", choices=choices, hint="この年度に参加した団体です"),
            Field("stage", "今年度の段階", optional=True, placeholder="LINE公式 2→3"),
            record_field(PolicyLine, "policy", kind="lines", lines=2, optional=False),
            record_field(PolicyLine, "support", placeholder="電話、訪問"),
        )
        old = found.line if found is not None else PolicyLine(programme_id=view.programme_id, organisation_id=0)
        values = {field.key: getattr(old, field.key) for field in fields}
        values["organisation_id"] = values["organisation_id"] or ""
        dialog = self.ask_line(
            "支援方針を直す" if found else "支援方針を加える",
            fields,
            values,
            lambda typed: bind_action(save_policy, line=replace(old, **typed)),
        )
        if found is None:
            form, filled = dialog.form, {"stage": ("",), "policy": ("",)}
            form.changed.connect(lambda key: self._fill(form, filled) if key == "organisation_id" else None)

    def _fill(self, form: Form, filled: dict[str, tuple[Any, ...]]) -> None:
        """Propose values from the record of the chosen 団体."""
        chosen, view = form.value("organisation_id"), self.view
        if view is not None:
            told = {"stage": view.stages.get(chosen, ""), "policy": view.policy_words.get(chosen, "")}
            form.propose(told, filled)

    def _remove(self, found: PolicyRow) -> None:
        self.run_change_and_stay(bind_action(remove_line, line=found.line))
