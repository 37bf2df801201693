"""復元の点検: starts a trial restore of a backup, and lists the results and what was done about problems."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.calendar.dates import short_date
from app.data_folder.services.drill import WITH_KEY, WITH_PASSWORD, DrillBaseline, read_drill_baseline, run_drill
from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.settings.drill.documents import KIND
from app.settings.drill.services import read_drills, record_drill, record_treatment
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.window.app_context import AppContext, bind_action
from app.window.background_task import bind_with_progress
from db.keyring import normalise_recovery_key
from db.records.backups import RestoreDrill

_FIELDS = (
    Field("way", "開くための鍵", "radio", choices=(("recovery", WITH_KEY), ("password", WITH_PASSWORD))),
    Field("recovery", WITH_KEY, hint="印刷して保管しているキーです。点検で使えることも確かめられます。"),
    Field("password", WITH_PASSWORD, "password", width=340, hint="ご自分のパスワードです。"),
    record_field(RestoreDrill, "witness", width=200),
)
_TEXT = (
    "いちばん新しいバックアップを、このPCの空の場所に実際に戻し、開いて、履歴のつながりと件数を確かめます。"
    "戻したものは、終わりに消します。いまのデータには手をつけません。"
)
_NO_KEY = "見本データには自動で決まる鍵が付いているため、復元の点検はできません。ご自分のデータで行ってください。"


class DrillDialog(SavingDialog):
    """Dialog that asks for the recovery key or password, runs the drill in the background, and stores its result.

    Signals: those of ``SavingDialog``.
    """

    shows_all_errors = True

    def __init__(self, parent: QWidget, login_id: str):
        super().__init__(parent, "復元の点検", main="点検を始める", note="記録は取り消せません")
        self._login_id = login_id
        self.form = Form(_FIELDS, on_change=lambda key: self._update_key_fields() if key == "way" else None)
        self.form.set_values({"way": "recovery"})
        self.put(Paragraph(_TEXT), self.form, None)
        self._update_key_fields()

    def _update_key_fields(self) -> None:
        """Show the field for the recovery key or for the password, as chosen."""
        by_key = self.form.value("way") == "recovery"
        self.form.show_field("recovery", by_key)
        self.form.show_field("password", not by_key)

    def has_unsaved_input(self) -> bool:
        """Return False: a typed key needs no warning before closing."""
        return False

    def _save(self) -> None:
        """Check the typed password or recovery key, then start the drill in the background."""
        by_key = self.form.value("way") == "recovery"
        typed = str(self.form.value("recovery" if by_key else "password") or "")
        if not typed.strip():
            self.show_error_text(f"{WITH_KEY if by_key else WITH_PASSWORD}を入力してください。")
            return
        try:
            secret = normalise_recovery_key(typed) if by_key else typed
        except Exception as problem:  # noqa: BLE001 - said in the dialog, whatever it is
            self.show_error(problem)
            return
        self.set_busy(True)
        self.app_context.read(
            read_drill_baseline,
            partial(self._run, secret, None if by_key else self._login_id),
            on_failed=self.show_error,
        )

    def _run(self, secret: str, login_id: str | None, context: DrillBaseline) -> None:
        self.app_context.run_stoppable(
            bind_with_progress(run_drill, context, secret=secret, login_id=login_id, clock=self.app_context.now),
            self._save_drill,
            on_failed=self.show_error,
            owner=self,
            title="バックアップを戻して確かめています",
        )

    def _save_drill(self, drill: RestoreDrill) -> None:
        self.run_action(record_drill, drill=drill, witness=self.form.text("witness"))


class DrillPage(SettingsPage):
    """The page 復元の点検. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context,
            doors,
            "復元の点検",
            "年に1回、バックアップから本当に戻せることを確かめます。1回ごとの記録が残り、印刷できます。",
        )
        self.drill = Button("復元の点検をする", self._open_drill_dialog, icon_name="checks")
        self.treat = Button("処置を書く", self._ask_treatment)
        self.show_record = Button("点検の記録を開く", lambda: self._open(self.list.current()))
        columns = (
            Column(
                "day", "日", lambda one: short_date(one.ended.date(), app_context.today()), sort=lambda one: one.ended
            ),
            Column("by", "点検者", lambda one: one.by),
            Column("generation", "戻した世代", lambda one: f"第{one.generation}世代" if one.generation else "なし"),
            Column("outcome", "結果", _outcome_cell, stretch=True),
        )
        self.list = FittedTable(
            "drills",
            columns,
            title="これまでの点検",
            empty="まだ点検していません。",
            unit="回",
            sort="-day",
            names_people=False,
            on_open=self._open,
            on_choose=self._update_buttons,
        )
        add(self.body, FlowRow(self.drill, self.show_record, self.treat), self.list)
        self.set_changeable(self.drill)
        if app_context.sample:
            self.drill.setEnabled(False)
            self.problem.show_text(_NO_KEY, tone="quiet")
        self._update_buttons()

    def reload(self) -> None:
        """Read and show the drills."""
        self.run_read(self._show, read_drills)

    def _show(self, drills: tuple[RestoreDrill, ...]) -> None:
        self.list.show_rows(drills)
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Show the buttons for what can be done with the chosen drill."""
        row = self.list.current()
        self.show_record.setVisible(row is not None)
        self.treat.setVisible(row is not None and not row.is_successful)
        self.treat.setEnabled(self.may_write)

    def _open_drill_dialog(self) -> None:
        dialog = DrillDialog(self, self.doors.login_id)
        dialog.saved_result.connect(self._on_saved)
        dialog.open()

    def _on_saved(self, saved: ActionResult) -> None:
        self.run_read(lambda drills: self._show_outcome(drills, saved.id), read_drills)

    def _show_outcome(self, drills: tuple[RestoreDrill, ...], drill_id: int) -> None:
        """Select a drill; open its record, or ask for the treatment where it failed."""
        self._show(drills)
        self.list.choose(lambda row: row.id == drill_id)
        one = next((each for each in drills if each.id == drill_id), None)
        if one is not None and one.is_successful:
            self._open(one)
        elif one is not None:
            self._ask_treatment()

    def _ask_treatment(self) -> None:
        """Open the dialog that records what was done about a failed drill."""
        row = self.list.current()
        if row is None or row.is_successful:
            return
        FormDialog(
            self,
            "処置を書く",
            f"{short_date(row.ended.date(), self.today)}の点検",
            main="処置を書く",
            text="\n".join(_problems(row)),
            fields=(Field("words", "分かったこと・したこと", "lines"),),
            change=lambda typed: bind_action(record_treatment, drill_id=row.id, **typed),
        ).open()

    def _open(self, row: Any) -> None:
        """Open the record of a drill, or ask for the treatment where it failed and none is recorded."""
        if row is None:
            return
        if not row.is_successful and not row.treatment:
            self._ask_treatment()
            return
        scope = DocumentScope(fiscal_year=self.fiscal_year, item=row.id, as_of=self.today)
        DocumentDialog(self, scope=scope, kind=KIND).open()


def _problems(one: RestoreDrill) -> list[str]:
    """Return a text for each step of a drill that failed, without one how many records would be lost."""
    found = [f"「{step.what}」：{step.note}" for step in one.steps if not step.good]
    return found or [f"失われる記録 {one.lost_count}件"]


def _outcome_cell(one: RestoreDrill) -> Cell:
    if one.is_successful:
        return Cell(
            f"{len(one.counts)}種類とも一致", f"変更の控えから {one.replayed}件", icon="check-circle-fill", tone="green"
        )
    return Cell(_problems(one)[0], f"処置　{one.treatment or 'まだ書いていない'}", tone="amber")
