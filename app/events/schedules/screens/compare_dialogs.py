"""Dialogs of 日程の比較: one event of a 案 with its reason, and a new 案."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.event.parts import settlement_options
from app.event.rules.event_warning import AGREEMENT
from app.events.schedules.services import (
    PlanComparison,
    plan_words,
    remove_candidate,
    rename_plan,
    save_candidate,
    start_plan,
)
from app.widgets.buttons import inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.window.app_context import bind_action
from db.records.programme import EventKind
from db.records.schedules import ScheduleCandidate, SchedulePlan

_FROM_EVENTS = 0
"""Choice 「いまの実施回から」 among the 案 to copy."""


class CandidateDialog(SavingDialog):
    """Dialog for a new or existing event of a 案. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        candidate: ScheduleCandidate,
        subject: str = "",
        *,
        kinds: Sequence[EventKind],
        focus_reason: bool = False,
    ):
        """Create the dialog; ``kinds`` are those of the year, ``focus_reason`` focuses the reason."""
        title = "候補を直す" if candidate.id else "候補を足す"
        super().__init__(parent, title, subject, main="案に保存する", width=640)
        self._one = candidate
        own = candidate.event_id is None
        self.form = Form(
            (
                *(
                    (
                        record_field(
                            ScheduleCandidate,
                            "kind",
                            kind="radio",
                            choices=tuple((one.kind, one.name) for one in kinds),
                        ),
                        Field("subject", "実施回の名前", placeholder="LINEの使い方"),
                        record_field(
                            ScheduleCandidate,
                            "organisation_name",
                            hint="団体が決まっているとき",
                        ),
                    )
                    if own
                    else ()
                ),
                record_field(ScheduleCandidate, "typed", width=140, hint="9/1、R9.2.11、令和8年9月1日（火）など"),
                Field("start_time", "始まり", "time", width=96),
                Field("end_time", "終わり", "time", width=96),
                record_field(ScheduleCandidate, "venue"),
                record_field(ScheduleCandidate, "room"),
                record_field(ScheduleCandidate, "lecturer", hint="同じ日時に重なる講師を確かめます"),
                Field(
                    "reason",
                    "この日の理由",
                    "lines",
                    lines=2,
                    optional=True,
                    hint="仕様書の期間や数と違う日、閉庁日の日に。協議の記録に残ります",
                ),
                Field("nature", "契約との関わり", "choice", choices=settlement_options(strict=False)),
            ),
            self.app_context.fiscal_year,
            label_width=128,
        )
        self.form.set_values(
            {field.key: getattr(candidate, field.key) for field in self.form.fields if field.key != "nature"}
            | {"nature": candidate.nature or AGREEMENT}
        )
        self.put(self.form)
        if candidate.id:
            self.put(inline_button("この行を案から外す", self._remove, danger=True))
        self.put(None)
        self.form.go_to("reason" if focus_reason else "typed" if candidate.id else "subject")

    def _save(self) -> None:
        if self.form.check_all():
            values = self.form.values()
            if not values["reason"].strip():
                values["nature"] = ""
            self.run_action(save_candidate, candidate=replace(self._one, **values))

    def _remove(self) -> None:
        self.run_action(remove_candidate, candidate_id=self._one.id)


class PlanDialog(FormDialog):
    """Dialog for a new 案, copied from another one or from the present events. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, comparison: PlanComparison):
        choices = (
            (_FROM_EVENTS, "いまの実施回と、足りない回から"),
            *((one.id, f"{plan_words(one)} を写す") for one in comparison.plans),
        )
        super().__init__(
            parent,
            "案を加える",
            main="案を加える",
            text="案は、実施回にするまで、ほかの画面と期限を変えません。",
            fields=(
                Field("name", "案の名前", optional=True, placeholder="区の直し"),
                Field("copy_of", "はじめの日付", "choice", choices=choices),
            ),
            values={"copy_of": comparison.plan.id if comparison.plan is not None else _FROM_EVENTS},
            change=lambda typed: bind_action(
                start_plan,
                name=typed["name"],
                copy_of=typed["copy_of"] or None,
                fiscal_year=comparison.fiscal_year,
            ),
            width=600,
            label_width=128,
        )


class PlanNameDialog(FormDialog):
    """Dialog to rename a 案. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, plan: SchedulePlan):
        super().__init__(
            parent,
            "案の名前を変える",
            plan_words(plan),
            fields=(Field("name", "案の名前", optional=True),),
            values=plan,
            change=lambda typed: bind_action(rename_plan, plan_id=plan.id, **typed),
            width=560,
            label_width=96,
        )
