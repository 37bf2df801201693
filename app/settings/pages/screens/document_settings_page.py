"""帳票の宛先・発信者: the addressing of each kind of document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from app.event.rules.recruitment import FEE, FLYER, FREE, TO_BRANCHES, TO_PRESIDENTS
from app.events.headcount.services import CHANGE, HEADCOUNT
from app.events.letters.rules.drafting_texts import GUIDELINE, KEEPING
from app.events.letters.rules.letter_texts import DRAFTING, LETTERS
from app.events.materials.services.material_documents import MATERIAL
from app.programme.services import ProgrammeView, set_document_setting
from app.settings.pages.screens.change_dialog import NAMES_CHANGE_LABEL, ChangeHistoryBox, NamesChangeDialog
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import YearSettingsPage
from app.submissions.reports.services.report_documents import REPORT
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import with_accessible_name
from app.widgets.panel import Panel
from app.window.app_context import AppContext, bind_action
from db.records.programme import DocumentSetting

_FORM = record_field(
    DocumentSetting,
    "form",
    kind="radio",
    choices=(("事務連絡", "事務連絡"), ("メール", "メールの文案"), ("公文書", "公文書（起案・決裁）")),
)
_HONORIFIC = record_field(
    DocumentSetting,
    "honorific",
    kind="choice",
    choices=(("様", "様"), ("殿", "殿"), ("御中", "御中"), ("", "付けない")),
    width=120,
)
_PEOPLE_FIELDS = record_field(
    DocumentSetting,
    "honorific",
    kind="choice",
    choices=(("様", "様"), ("殿", "殿"), ("", "付けない")),
    width=120,
)
_SENDER = record_field(DocumentSetting, "sender", width=400, hint="空けておくと、事務連絡は係名、公文書は課長名です。")
_CONTRACTOR_FIELDS = record_field(
    DocumentSetting,
    "addressee",
    kind="lines",
    lines=2,
    width=400,
    hint="空けておくと、受託者の名称と業務責任者（公文書は代表者）です。",
)
_MAYOR_FIELDS = record_field(
    DocumentSetting,
    "addressee",
    width=400,
    hint="空けておくと、区市町村の長（「（宛先）○○区長」など）です。",
)
_BASIS = Field(
    GUIDELINE,
    "根拠",
    width=400,
    optional=True,
    hint="区の実施要領の名称と条です。起案資料の「根拠」に入ります。",
    placeholder="○○実施要領　第○（参加者の決定）",
)
_KEPT_FOR = Field(
    KEEPING,
    "保存年限",
    width=400,
    optional=True,
    placeholder="○年（令和○年度末まで）　分類",
    hint="空けておくと、記入する欄になります。",
)
_FEE = Field(FEE, FEE, width=400, optional=True, placeholder=FREE, hint="空けておくと「無料」です。")
_EXTRA = (GUIDELINE, KEEPING, FEE)
"""Values of a setting that are stored by name beside its fields."""
_KINDS: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    (HEADCOUNT, "区から受託者へ", (_FORM, _CONTRACTOR_FIELDS, _HONORIFIC, _SENDER)),
    (CHANGE, "区から受託者へ", (_FORM, _CONTRACTOR_FIELDS, _HONORIFIC, _SENDER)),
    (MATERIAL, "区から受託者へ", (_FORM, _CONTRACTOR_FIELDS, _HONORIFIC, _SENDER)),
    (REPORT, "受託者から区へ", (_MAYOR_FIELDS,)),
    (DRAFTING, "決裁へ", (_BASIS, _KEPT_FOR)),
    (FLYER, "区から団体と参加者へ", (_FEE,)),
    *((kind, "区から団体と参加者へ", (_FORM, _PEOPLE_FIELDS, _SENDER)) for kind in LETTERS),
    *((kind, "区から団体へ", (_PEOPLE_FIELDS, _SENDER)) for kind in (TO_PRESIDENTS, TO_BRANCHES)),
)


def _default_setting(kind: str) -> DocumentSetting:
    return DocumentSetting(document_kind=kind, form="公文書" if kind in LETTERS else "事務連絡")


def _setting_values(setting: DocumentSetting, fields: Sequence[Field]) -> dict[str, Any]:
    return {
        field.key: setting.extra.get(field.key, "") if field.key in _EXTRA else getattr(setting, field.key)
        for field in fields
    }


class DocumentSettingsPage(YearSettingsPage):
    """The page 帳票の宛先・発信者, one panel for each kind of document. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context,
            doors,
            "帳票の宛先・発信者",
            "ここで決めた形が、書類を作成するときの初めの値になります。1枚ごとにも変えられます。",
        )
        self._programme_id: int | None = None
        self._known: dict[str, DocumentSetting] = {}
        self.forms: dict[str, Form] = {}
        self.changes: dict[str, Button] = {}
        self.past = ChangeHistoryBox()
        self.body.addWidget(self.past)
        for kind, way, fields in _KINDS:
            panel = Panel(kind, note=way)
            form = Form(fields, label_width=152, on_commit=lambda _key, kind=kind: self._save(kind))
            change = with_accessible_name(
                Button(NAMES_CHANGE_LABEL, partial(self._ask_change, kind), low=True, icon_name="calendar-blank"),
                f"{kind}　{NAMES_CHANGE_LABEL}",
            )
            panel.put(form, FlowRow(change))
            self.changes[kind] = change
            self.forms[kind] = form
            self.body.addWidget(panel)
        self.set_changeable(*self.forms.values(), *self.changes.values())

    def _show(self, view: ProgrammeView) -> None:
        self._programme_id = view.programme.id
        self.past.show_changes(view)
        found = {setting.document_kind: setting for setting in view.document_settings}
        for kind, form in self.forms.items():
            setting = found.get(kind, _default_setting(kind))
            if self._known.get(kind) != setting:
                self._known[kind] = setting
                form.set_values(_setting_values(setting, form.fields))

    def _typed_setting(self, kind: str, typed: Mapping[str, Any]) -> DocumentSetting:
        known = self._known.get(kind, _default_setting(kind))
        return replace(
            known,
            form=typed.get("form") or known.form,
            addressee=typed.get("addressee", known.addressee).strip(),
            honorific=typed["honorific"] if typed.get("honorific") is not None else known.honorific,
            sender=typed.get("sender", known.sender).strip(),
            extra=known.extra | {name: typed[name].strip() for name in _EXTRA if name in typed},
        )

    def _ask_change(self, kind: str) -> None:
        """Open the dialog that changes addressee and form from a day on."""
        fields = next(fields for one, _way, fields in _KINDS if one == kind)
        NamesChangeDialog(
            self,
            f"{kind}の宛先・形式",
            fields,
            _setting_values(self._known.get(kind, _default_setting(kind)), fields),
            lambda typed, holds: bind_action(
                set_document_setting,
                setting=self._typed_setting(kind, typed),
                programme_id=self._programme_id,
                **holds,
            ),
        ).open()

    def _save(self, kind: str) -> None:
        setting = self._typed_setting(kind, self.forms[kind].values())
        shown, self._known[kind] = self._known.get(kind), setting
        self.run_action(set_document_setting, setting=setting, shown=shown, programme_id=self._programme_id)

    def show_error(self, problem: Exception) -> None:
        """Show the error and read the stored values again."""
        self._known = {}
        super().show_error(problem)
