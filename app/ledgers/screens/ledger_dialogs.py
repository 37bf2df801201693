"""The dialogs of a ledger: new row, correction, question to the contractor, check, settings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ledgers.rules import CHECK_INTERVALS, LedgerColumn, LedgerLine, TrackedDoubt, screen_words
from app.ledgers.screens.ledger_forms import column_fields, fill_form, propose_names, read_cell, time_field_key
from app.ledgers.services.ledger_reading import LedgerView
from app.ledgers.services.ledger_writing import answer_doubt, correct_row, enter_row, note_check, set_ledger
from app.widgets.dialogs.common_dialogs import SavingDialog, TextToCopyDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph
from app.window.app_context import app_context_at, bind_action
from db.record import group_by_key
from db.records.ledgers import LedgerSetting, NoteKind

_NEVER = "点検の間隔を決めない"


class NewRowDialog(SavingDialog):
    """Dialog that enters a typed row. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: LedgerView):
        super().__init__(
            parent,
            "行を加える",
            view.ledger.title,
            main="記入する",
            note="記入した行は消せません。直すときは訂正行になります。",
        )
        self._view = view
        self._columns = [column for column in view.ledger.columns if not column.filled_later]
        fields = [field for column in self._columns for field in column_fields(column, view.book)]
        self.form = Form(
            fields,
            fiscal_year=self.app_context.fiscal_year,
            near=self.app_context.today(),
            label_width=152,
            on_change=self._update_fields,
        )
        propose_names(self.form, self._columns, view.book)
        now = self.app_context.now()
        first = next((one for one in self._columns if one.kind in ("day", "moment")), None)
        if first is not None and first.kind == "moment":
            fill_form(self.form, (first,), {first.key: now.isoformat(timespec="minutes")})
        self.put(self.form, None)
        self._update_fields()
        self.form.go_to(self._columns[0].key)

    def _update_fields(self) -> None:
        """Show the fields that apply, depending on the choices made."""
        cells = {column.key: read_cell(self.form, column) for column in self._columns}
        for column in self._columns:
            if column.only_when is not None:
                self.form.show_field(column.key, column.applies_to(cells))
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Enter the row in the ledger, if the fields are right."""
        if not self.form.check_all():
            return
        cells = {column.key: read_cell(self.form, column) for column in self._columns}
        self.run_action(enter_row, key=self._view.ledger.key, fiscal_year=self.fiscal_year, cells=cells)


class CorrectionDialog(SavingDialog):
    """Dialog that corrects a value by a 訂正行, or fills it in at closing. Signals: those of ``SavingDialog``.

    ``column`` is chosen at first; "" = the first one still to be filled in at closing, else the first one.
    """

    def __init__(self, parent: QWidget, view: LedgerView, line: LedgerLine, *, column: str):
        super().__init__(
            parent,
            "訂正行を加える",
            f"{view.ledger.title}　{line.number}番",
            main="訂正行を加える",
            width=680,
        )
        self._view, self._line = view, line
        asked = [one for one in view.ledger.columns if one.applies_to(line.cells)]
        self._columns = [one for one in asked if line.is_correctable(one)]
        wanted = column or next(
            (one.key for one in self._columns if line.is_filled_later(one) and not line.cells.get(one.key)), ""
        )
        fields = [
            Field(
                "_column",
                "直す欄",
                "choice",
                choices=tuple((one.key, one.title) for one in self._columns),
                width=260,
            )
        ]
        for one in self._columns:
            fields += column_fields(one, view.book)
        fields.append(Field("_reason", "理由", hint="元の値と一緒に、管理簿に残ります"))
        self.form = Form(
            fields,
            fiscal_year=self.app_context.fiscal_year,
            near=self.app_context.today(),
            label_width=152,
            on_change=lambda key: self._update_fields() if key == "_column" else None,
        )
        propose_names(self.form, self._columns, view.book)
        fill_form(self.form, self._columns, line.cells)
        self.form.set_values({"_column": wanted or self._columns[0].key})
        self.old = Paragraph(role="second")
        self.put(Paragraph("元の行は消さずに、下に訂正行を加えます。"))
        elsewhere = group_by_key(
            (one.recorded_elsewhere, one.title) for one in asked if one.filled_later and not line.is_correctable(one)
        )
        if elsewhere:
            self.put(
                Paragraph(
                    "".join(f"{'・'.join(titles)}は、{where}で記録します。" for where, titles in elsewhere.items())
                )
            )
        self.put(self.old, self.form, None)
        self._update_fields()
        self.form.go_to(self._chosen_column.key if wanted else "_column")

    @property
    def _chosen_column(self) -> LedgerColumn:
        return self._view.ledger.column(self.form.text("_column"))

    @property
    def _is_first_value(self) -> bool:
        return self._line.is_filled_later(self._chosen_column) and not self._line.cells.get(self._chosen_column.key)

    def _update_fields(self) -> None:
        """Show the field of the chosen column, and the reason where one is needed."""
        chosen = self._chosen_column
        for one in self._columns:
            self.form.show_field(one.key, one is chosen)
            if one.kind == "moment":
                self.form.show_field(time_field_key(one), one is chosen)
        self.form.show_field("_reason", not self._is_first_value)
        self.main.set_words("記入する" if self._is_first_value else "訂正行を加える")
        words = screen_words(chosen, self._line.cells.get(chosen.key, ""), self._view.book.names, self.today)
        self.old.show_text(f"いまの{chosen.title}　{words or '（空欄）'}")
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Save the correction if the fields are right; a first value goes without a reason."""
        if not self.form.check_all():
            return
        self.run_action(
            correct_row,
            key=self._view.ledger.key,
            fiscal_year=self.fiscal_year,
            row_key=self._line.key,
            column=self._chosen_column.key,
            value=read_cell(self.form, self._chosen_column),
            reason="" if self._is_first_value else self.form.text("_reason"),
        )


class AskContractorDialog(TextToCopyDialog):
    """The question to the contractor about a doubtful row; copying the text records that it was asked.

    Signals: those of ``TextToCopyDialog``.
    """

    writes = True

    def __init__(self, parent: QWidget, view: LedgerView, line: LedgerLine, answered: TrackedDoubt):
        super().__init__(
            parent,
            "受託者に確かめる",
            f"{view.ledger.title}　{line.number}番",
            copy_words="本文をコピーして照会中にする",
            text_name="本文",
        )
        doubt = answered.doubt
        self.show_subject(f"【確認のお願い】{view.ledger.title}　{line.number}番")
        self.text.setPlainText(f"業務責任者　様\n\n{doubt.question}\n\nお手数ですが、ご回答をお願いします。")

        def note(words: str) -> None:
            self.run_change(
                bind_action(
                    answer_doubt,
                    key=view.ledger.key,
                    fiscal_year=self.app_context.fiscal_year,
                    row_key=line.key,
                    rule=doubt.rule,
                    how=NoteKind.INQUIRY,
                    words=words,
                )
            )

        self.text_copied.connect(note)


class LedgerCheckDialog(FormDialog):
    """Dialog that records that a ledger was checked today. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: LedgerView):
        open_words = (
            f"まだ答えていない要確認が{view.summary.open_doubts}件あります。"
            if view.summary.open_doubts
            else "答えていない要確認はありません。"
        )
        super().__init__(
            parent,
            "点検を記録する",
            view.ledger.title,
            main="点検を記録する",
            text=f"{view.summary.total}行を点検したことを、本日の日付と氏名で残します。{open_words}",
            fields=(Field("remark", "気づいたこと", "lines", optional=True),),
            change=lambda typed: bind_action(
                note_check, key=view.ledger.key, fiscal_year=app_context_at(parent).fiscal_year, **typed
            ),
            width=600,
        )


class LedgerSettingDialog(SavingDialog):
    """Dialog for the settings of a ledger: checks, own rule, retention. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: LedgerView):
        super().__init__(parent, "点検と根拠を決める", view.ledger.title, main="保存する", width=640)
        self._key = view.ledger.key
        setting = view.setting
        every = (("", _NEVER), *((one, one) for one in CHECK_INTERVALS))
        self.put_form(
            Form(
                (
                    record_field(
                        LedgerSetting,
                        "every",
                        kind="choice",
                        choices=every,
                        width=220,
                        hint=f"目安日です。条文に期間の定めはありません。目安は{view.ledger.check_interval}です",
                        optional=False,
                    ),
                    record_field(LedgerSetting, "begins", width=132),
                    record_field(
                        LedgerSetting,
                        "basis",
                        hint="区の要綱・手順の名前。契約の条項があるものは条項が先に出ます",
                    ),
                    Field(
                        "keep_years",
                        "保存年数",
                        "number",
                        unit="年",
                        least=1,
                        most=99,
                        width=72,
                        hint="契約の終了後。区の保存年限を確かめてください",
                    ),
                ),
                fiscal_year=self.app_context.fiscal_year,
                on_change=lambda key: self._update_fields() if key == "every" else None,
            ),
            {
                "every": setting.every,
                "begins": setting.begins,
                "basis": setting.basis,
                "keep_years": setting.keep_years,
            },
        )
        self._update_fields()

    def _update_fields(self) -> None:
        """Show the first day only where checks repeat."""
        self.form.show_field("begins", bool(self.form.value("every")))
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Save the setting of the ledger, if the fields are right."""
        values = self.form.values()
        self.run_action(
            set_ledger,
            key=self._key,
            fiscal_year=self.fiscal_year,
            every=str(values["every"]),
            begins=values["begins"],
            basis=str(values["basis"]),
            keep_years=int(values["keep_years"] or 5),
        )
