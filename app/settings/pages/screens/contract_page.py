"""契約: the data of a year's contract, saved while typing, with the history of 契約変更 and the document 契約台帳."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.calendar.dates import long_date
from app.calendar.term_beginnings import FORMS as TERM_BEGINNINGS
from app.calendar.wareki import fiscal_year_words
from app.common.file_locations import exports_folder
from app.documents.screens.save_folder import nearest_existing
from app.documents.services.definition_saving import save_definition
from app.documents.services.file_saving import TargetExistsError
from app.programme.parts import DEFINITION_FILES, beginning_problem, period_problem
from app.programme.rules import (
    ANNEX,
    OUTSIDE_ANNEX,
    contract_doubts,
    is_numbered_in_order,
    term_words,
)
from app.programme.services import (
    DefinitionFile,
    ProgrammeView,
    change_programme,
    written_definition,
)
from app.programme.tax import tax_words
from app.settings.pages.screens.change_dialog import CONTRACT_CHANGE_LABEL, ContractChangeDialog
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import YearSettingsPage
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, second_label, section, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.app_context import AppContext, bind_action
from app.window.failure_messages import failure_of
from app.year.contract.documents import CLAUSES, KIND
from app.year.contract.services import ChangedItem, named_history
from db.digits import whole_number
from db.records.programme import Contractor, Office, Programme

AGREED_FIELDS = (
    record_field(Programme, "term_end", width=120),
    record_field(Programme, "proposal_period", width=120, rule=period_problem("proposal_period"),
                 hint="最後の実施日から数えます。例：2週間以内", optional=True),
    record_field(Programme, "payment_period", width=120, rule=period_problem("payment_period"),
                 hint="適法な請求を受けた日から数えます。例：30日以内"),
    Field("amount", "契約金額（税込）", "number", width=140, unit="円", least=0, grouped=True,
        optional=True),
    record_field(Programme, "tax_rate", width=64, unit="％", least=0, most=100),
    Field("tax", "うち消費税額", "number", width=140, unit="円", least=0, grouped=True, optional=True,
          hint="空けておくと、税率から計算します（1円未満は切捨て）。"),
    record_field(Programme, "specification", width=200, placeholder="第1版"),
    record_field(Programme, "specification_on", width=120),
)  # fmt: skip
"""Fields of the contract that a 契約変更 can change."""
_BY_KEY = {field.key: field for field in AGREED_FIELDS}
_CONTRACT = (
    record_field(Programme, "title", width=420),
    record_field(Programme, "contract_number", width=200),
    record_field(Programme, "contract_date", width=120, placeholder="R8.7.31"),
    record_field(Programme, "term_begins", width=200, rule=beginning_problem,
                 hint=f"契約書の言葉で。例：{TERM_BEGINNINGS}", optional=True),
    _BY_KEY["term_end"],
    _BY_KEY["specification"],
    _BY_KEY["specification_on"],
    record_field(Programme, "annex", width=420,
                 hint=f"条の番号を書類に引用するのは、「{ANNEX.title}」のときだけです。なければ空けます。",
                 optional=True),
    Field("annex_004", "契約外の特記事項", "check", words="区の自主管理に使う",
          hint=f"「{OUTSIDE_ANNEX.title}」です。"),
)  # fmt: skip
_MONEY = (
    _BY_KEY["amount"],
    _BY_KEY["tax_rate"],
    _BY_KEY["tax"],
    record_field(
        Programme,
        "payment_condition",
        kind="lines",
        lines=2,
        width=420,
        hint="何のあとに、何に基づいて支払うかを、仕様書の言葉で。契約になければ空けます。",
        optional=True,
    ),
    record_field(Programme, "payment_way", width=140, hint="「一括」など。契約になければ空けます。", optional=True),
    _BY_KEY["payment_period"],
    record_field(Programme, "invoice_to", width=300, hint="空けておくと、区市町村の長の名（○○区長 など）です。"),
    record_field(
        Programme,
        "invoice_seal",
        kind="radio",
        choices=(("", "未確認"), ("要", "要る"), ("不要", "要らない")),
        hint="会計課の決まりを確かめて選びます。",
    ),
    record_field(
        Programme,
        "accounts_due",
        width=120,
        hint="この年度の支出命令を会計課が受ける最後の日。会計課の通知によります。区の年中行事と年間計画にも出ます。",
    ),
)
_NOTICE = (
    record_field(
        Programme,
        "expiry_days",
        width=160,
        hint="履行期間の末日の何日前に知らせるかを「、」で区切ります。元の値 90、60、30、7",
    ),
)


class ContractPage(YearSettingsPage):
    """The page 契約. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "契約", "契約書のとおりに入力すると、そのまま保存されます。")
        self._programme: Programme | None = None
        self._view: ProgrammeView | None = None
        year = app_context.fiscal_year
        self.contract = Form(_CONTRACT, year, on_commit=lambda key: self._save(self.contract, key))
        self.money = Form(_MONEY, year, on_commit=lambda key: self._save(self.money, key))
        self.notice = Form(_NOTICE, year, on_commit=lambda key: self._save(self.notice, key))
        self.paper = Button("契約台帳を開く", self._open_document, icon_name="file-text")
        self.agree = Button(CONTRACT_CHANGE_LABEL, self._ask_change, icon_name="calendar-blank")
        self.write_out = Button("定義ファイルに書き出す", self._write_out, icon_name="export")
        self.written = NoteBox("", "accent")
        self.year_words = label(fiscal_year_words(year), "strong")
        self.doubts = NoteBox("", "amber")
        self.term = second_label()
        self.taxes = second_label()
        self.clauses = label("")
        self.ward = wrapped_label()
        self.contractor = wrapped_label()
        self.history = FittedTable(
            "contract-history",
            unsorted(
                Column("day", "適用する日", _day, width=150),
                Column("item", "変わったところ", lambda one: Cell(one.item, one.subject), width=150),
                Column("old", "変更前", lambda one: Cell(one.old), width=150),
                Column("new", "変更後", lambda one: Cell(one.new, icon="arrow-right", strong=True), width=170),
                Column("reason", "理由", lambda one: Cell(one.reason), stretch=True),
            ),
            title="契約変更の履歴",
            empty="契約変更はありません。",
            names_people=False,
        )
        self._build_layout()
        self.set_changeable(self.contract, self.money, self.notice, self.agree)

    def _build_layout(self) -> None:
        add(
            self.body,
            widget_row(self.year_words, None, self.paper),
            self.doubts,
            self.contract,
            self.term,
            FlowRow(self.clauses, link_button("契約条件を開く", lambda: self._open_page("numbers"))),
            8,
            section("契約金額と支払"),
            self.money,
            self.taxes,
            8,
            widget_row(
                section("当事者"), None, link_button("所属・担当者、受託者を開く", lambda: self._open_page("office"))
            ),
            self.ward,
            self.contractor,
            8,
            widget_row(section("契約変更の履歴"), None, self.agree),
            self.history,
            8,
            section("目安日"),
            self.notice,
            8,
            widget_row(section("年度の定義"), None, self.write_out),
            second_label(
                "契約・種類・条項を1つのファイルにします。人の名前は入りません。"
                "ほかの課やつぎの年度は、このファイルから始められます。"
            ),
            self.written,
        )
        self.written.show_text("")

    def _show(self, view: ProgrammeView) -> None:
        """Show the contract of the year in the forms, with its notes and history."""
        self._view = view
        programme = view.programme
        if programme != self._programme:
            self._programme = programme
            values = {field.key: getattr(programme, field.key) for field in (*_CONTRACT, *_MONEY, *_NOTICE)}
            values["expiry_days"] = "、".join(str(days) for days in programme.expiry_days)
            for form in (self.contract, self.money, self.notice):
                form.set_values(values)
        self._update_notes(view, programme)
        self.history.show_rows(named_history(view.rows))

    def _update_notes(self, view: ProgrammeView, programme: Programme) -> None:
        """Show what follows from the fields, and what looks wrong."""
        self.term.setText(f"履行期間　{term_words(programme)}")
        order = "　番号は出現順" if is_numbered_in_order(programme) else ""
        self.clauses.setText(f"仕様書の項番{order}　{CLAUSES.get(programme.clauses_checked, '')}")
        self.taxes.setText(tax_words(programme) or "契約金額を入力すると、税抜の額と消費税額を表示します。")
        self.ward.setText(f"区　{_office_words(view.office)}")
        self.contractor.setText(f"受託者　{_contractor_words(view.contractor)}")
        self.doubts.show_text("\n".join(contract_doubts(programme, view.contractor)))

    def _save(self, form: Form, key: str) -> None:
        """Save one edited field of the contract; show beside ``expiry_days`` why it cannot be parsed."""
        if self._programme is None or self._view is None:
            return
        value = form.value(key)
        if key == "expiry_days":
            value = parse_days_before(str(value))
            if value is None:
                form.set_problem(key, "「90、60、30、7」のように、日数を「、」で区切って入力してください。")
                return
        before, self._programme = self._programme, replace(self._programme, **{key: value})
        self.problem.show_text("")
        self._update_notes(self._view, self._programme)

        def refused(problem: Exception) -> None:
            """Show why the field was not saved; the stored values are read again."""
            self._programme = None
            self.show_error(problem)

        if self._programme != before:
            self.run_change(
                bind_action(change_programme, programme=self._programme, shown=before),
                failed=refused,
            )

    def _ask_change(self) -> None:
        if self._view is not None:
            ContractChangeDialog(self, self._view, AGREED_FIELDS).open()

    def _write_out(self) -> None:
        """Read the definition of the year, then let the user choose a file for it."""
        self.problem.show_text("")
        self.written.show_text("")
        self.run_read(self._ask_where, written_definition, fiscal_year=self.fiscal_year, on=self.today)

    def _ask_where(self, written: DefinitionFile) -> None:
        """Let the user choose a file in a dialog, and write the definition to it."""
        start = nearest_existing(exports_folder()) / written.name
        # The system asks about the file alone, and not about the questionnaires beside it.
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            "定義ファイルに書き出す",
            str(start),
            DEFINITION_FILES,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.save_written(Path(chosen), written)

    def save_written(self, path: Path, written: DefinitionFile, *, overwrite: bool = False) -> None:
        """Write the definition to ``path`` in the background (it may be a share); ask before files are replaced."""

        def refused(problem: Exception) -> None:
            """Ask whether to replace the files that exist; show any other error."""
            if isinstance(problem, TargetExistsError):
                confirm_first(
                    self,
                    title="同じ名前のファイルがあります",
                    text=f"{problem.happened}\n"
                    "置き換えると、いまあるファイルの内容は戻せません。"
                    "残すときは、「やめる」を押して、別のフォルダーに書き出してください。",
                    verb="置き換える",
                    on_confirmed=partial(self.save_written, path, written, overwrite=True),
                    subject=str(path.parent),
                )
            else:
                show_failure_in(failure_of(problem), self.problem)

        self.app_context.run_in_background(
            partial(save_definition, path, written, overwrite=overwrite),
            lambda _none: self.written.show_text(f"「{path.name}」に書き出しました。"),
            on_failed=refused,
            owner=self,
            writes=True,
        )

    def _open_document(self) -> None:
        self.go("documents", kind=KIND)

    def _open_page(self, name: str) -> None:
        self.go("settings", page=name)


def _day(one: ChangedItem) -> Cell:
    return Cell(long_date(one.day), one.number)


def _office_words(office: Office) -> str:
    """Return the office in words, with the person in charge if known."""
    unit = office.full_name
    return f"{unit}　担当　{office.staff}" if office.staff else unit


def _contractor_words(contractor: Contractor) -> str:
    """Return name, representative, 業務責任者 and 登録番号 of the contractor, 「（未入力）」 for a missing one."""
    number = f"登録番号　{contractor.registration_number}" if contractor.registration_number else "登録番号　（未入力）"
    responsible = f"業務責任者　{contractor.responsible or '（未入力）'}"
    return "　".join((contractor.name or "（未入力）", contractor.representative, responsible, number)).replace(
        "　　", "　"
    )


def parse_days_before(text: str) -> tuple[int, ...] | None:
    """Return 「90、60、30、7」 as numbers, largest first; None when it cannot be parsed."""
    parts = [part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip()]
    numbers = {number for part in parts if (number := whole_number(part)) is not None}
    return tuple(sorted(numbers, reverse=True)) if parts and len(numbers) == len(set(parts)) else None
