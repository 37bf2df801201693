"""The short forms of the register: 団体, contact, 段階, 補助金, planned change, person, 役職."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.calendar.wareki import fiscal_year_words
from app.registers.register.parts import organisation_picker
from app.registers.register.rules import STAGE_WORDS, STATES, TOOLS, stage_words
from app.registers.register.screens.register_columns import subsidy_days
from app.registers.register.services.mistake_reports import save_report
from app.registers.register.services.organisations import (
    PURPOSES,
    create_organisation,
    mark_stage,
    save_contact,
    update_organisation,
)
from app.registers.register.services.people import add_person, change_role, correct_role, update_person
from app.registers.register.services.planned_changes import save_planned_change
from app.registers.register.services.search import OrganisationHit
from app.registers.register.services.subsidies import SubsidyYear, save_subsidy, take_over_subsidies
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field, UnreadableInput, read_number
from app.widgets.forms.line_completion import attach_completer
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, small_label
from app.widgets.layouts import add, in_row
from app.window.app_context import AppContext, bind_action
from app.window.theme import LABEL, scaled
from db.records.organisations import Contact, ContactKind, Organisation, Person, PlannedChange, StageMark, Subsidy
from db.records.year.rights import MistakeReport

OnSaved = Callable[[ActionResult], object]
_HOUSEHOLDS = record_field(Organisation, "households", unit="", width=0, least=0, optional=False)


def organisation_dialog(
    *,
    organisation: Organisation | None,
    branches: Sequence[str],
    name: str,
    on_saved: OnSaved | None,
    parent: QWidget,
) -> FormDialog:
    """Return the dialog that adds a 団体 (``organisation`` None), or edits one (F2).

    Args:
        branches: 支部 offered as completions. name: filled in for a new one. on_saved: gets the result after saving.
    """
    known = organisation or Organisation(name=name)
    fields = (
        record_field(Organisation, "name", hint="登録した字のまま使います。書き替えや置き換えはしません。"),
        record_field(Organisation, "furigana", reading_of="name"),
        record_field(Organisation, "branch", hint="連合会に入っていない団体は空けておきます。"),
        record_field(Organisation, "households", kind="text", hint="「約300」のような書き方もそのまま残します。"),
        record_field(Organisation, "support_policy", kind="lines", lines=3),
        record_field(Organisation, "note", kind="lines", lines=2),
    )
    households = known.households_text or ("" if known.households is None else str(known.households))
    dialog = FormDialog(
        parent,
        "団体を直す" if organisation else "団体を加える",
        known.name if organisation else "",
        main="保存する" if organisation else "団体を加える",
        fields=fields,
        values=vars(known) | {"households": households},
        change=lambda values: bind_action(
            update_organisation if organisation else create_organisation,
            organisation=_with_form_values(known, values),
        ),
        on_saved=on_saved,
    )
    add_completer(dialog.form.editor("branch"), branches)
    return dialog


def _with_form_values(organisation: Organisation, values: dict[str, Any]) -> Organisation:
    """Return the 団体 with the values of the form; households that are no number (「約300」) stay as typed."""
    typed = str(values["households"])
    try:
        number = read_number(_HOUSEHOLDS, typed)
    except UnreadableInput:
        number = None
    text = "" if number is not None else typed.strip()
    return replace(organisation, **values | {"households": number, "households_text": text})


def _report_fields(*, is_report: bool) -> tuple[Field, ...]:
    """Return the fields of a report that a correction follows, () for a correction of our own."""
    if not is_report:
        return ()
    return (
        record_field(MistakeReport, "about", kind="lines", lines=2, placeholder="氏名の字が違う など"),
        record_field(MistakeReport, "said_by", width=220, hint="本人でないときは、続柄も書きます。"),
        record_field(MistakeReport, "received_on", width=140),
        record_field(MistakeReport, "way", width=160),
    )


def _report_values(app_context: AppContext, person_id: int | None) -> MistakeReport:
    return MistakeReport(
        programme_id=0, person_id=person_id or 0, about="", received_on=app_context.today(), by="", at=app_context.now()
    )


def _with_report(app_context: AppContext, typed: dict[str, Any], person_id: int | None) -> dict[str, Any]:
    """Return what was typed with its report, if there is one, as one value."""
    if "about" not in typed:
        return typed
    said = {key: typed.pop(key) for key in ("about", "said_by", "received_on", "way")}
    return typed | {"report": replace(_report_values(app_context, person_id), **said)}


def report_dialog(app_context: AppContext, report: MistakeReport | None, person: Person, parent: QWidget) -> FormDialog:
    """Return the dialog of a report alone, new (None) or with what was done about it."""
    known = report or _report_values(app_context, person.id)
    dialog = FormDialog(
        parent,
        "申出を直す" if report else "申出を記録する",
        person.name,
        fields=(
            *_report_fields(is_report=True),
            record_field(MistakeReport, "done", kind="lines", lines=2),
            record_field(MistakeReport, "done_on", width=140, hint="空けると、ホームに残ります。"),
        ),
        values=known,
        change=lambda typed: bind_action(save_report, report=replace(known, **typed)),
        near=app_context.today(),
    )
    dialog.form.go_to("done" if report else "about")
    return dialog


def contact_dialog(
    app_context: AppContext, contact: Contact, *, subject: str, is_report: bool = False, parent: QWidget
) -> FormDialog:
    """Return the dialog that adds (``id`` 0) or edits a contact, always with its purpose.

    ``is_report``: somebody said that it is wrong, which is recorded with it.
    """
    fields = (
        Field(
            "kind",
            "種類",
            "radio",
            choices=tuple((one, one) for one in ContactKind),
        ),
        record_field(
            Contact,
            "value",
            hint="番号の書き方は直しません。かけられない形のときは印を付けて残します。",
        ),
        record_field(Contact, "purpose", hint="目的のほかには使いません。", optional=False),
        record_field(Contact, "dispose_on", width=140, hint="団体の代表電話など、続けて持つものは空けておきます。"),
        record_field(Contact, "note"),
        *([record_field(Contact, "ended_on", width=140)] if contact.ended_on is not None else []),
        *_report_fields(is_report=is_report),
    )

    def save(typed: dict[str, Any]) -> Callable[[ActionContext], ActionResult]:
        """Return the bound action that saves the contact, with the report it follows."""
        report = _with_report(app_context, typed, contact.person_id).pop("report", None)
        return bind_action(save_contact, contact=replace(contact, **typed), report=report)

    dialog = FormDialog(
        parent,
        "連絡先を直す" if contact.id else "連絡先を加える",
        subject,
        main="保存する" if contact.id else "連絡先を加える",
        fields=fields,
        values=vars(_report_values(app_context, contact.person_id))
        | vars(replace(contact, purpose=contact.purpose or PURPOSES[0])),
        change=save,
    )
    add_completer(dialog.form.editor("purpose"), PURPOSES)
    dialog.form.go_to("value")
    return dialog


def stage_dialog(
    app_context: AppContext,
    *,
    organisation: Organisation,
    tools: Sequence[str],
    tool: str,
    parent: QWidget,
) -> FormDialog:
    """Return the dialog that records the 段階 of a tool on a day; earlier ones stay as history.

    Args:
        tools: offered as completions, () = the usual ones. tool: filled in, "" = to be typed.
    """
    fields = (
        record_field(StageMark, "tool", width=240, hint="LINE、Instagram など。新しい名前も使えます。"),
        record_field(
            StageMark,
            "stage",
            kind="choice",
            width=240,
            choices=tuple((one, stage_words(one)) for one in STAGE_WORDS),
        ),
        record_field(StageMark, "marked_on", width=140),
        record_field(StageMark, "source", hint="電話での聞き取り、実施報告書 など"),
    )
    dialog = FormDialog(
        parent, "段階を記録する", organisation.name, main="記録する", fields=fields,
        values={
            "tool": tool, "stage": organisation.stages.get(tool, "0"), "marked_on": app_context.today(), "source": "",
        },
        change=lambda typed: bind_action(mark_stage, organisation_id=organisation.id, **typed),
    )  # fmt: skip
    add_completer(dialog.form.editor("tool"), tools or TOOLS)
    if tool:
        dialog.form.go_to("stage")
    return dialog


def subsidy_dialog(app_context: AppContext, subsidy: Subsidy, *, subject: str, parent: QWidget) -> FormDialog:
    """Return the dialog that adds (``id`` 0) or edits a 補助金 of a fiscal year."""
    years = tuple(
        (year, fiscal_year_words(year)) for year in range(app_context.fiscal_year + 1, app_context.fiscal_year - 6, -1)
    )
    fields = (
        record_field(Subsidy, "fiscal_year", kind="choice", width=160, choices=years),
        Field(
            "name",
            "補助金",
            optional=True,
            placeholder="町会・自治会活動の補助金 など",
            hint="名称があると、期限と状態を残せます。",
        ),
        record_field(Subsidy, "apply_by", width=140, hint="団体が区に出す日。ホームに目安日として出ます。"),
        record_field(Subsidy, "report_by", width=140, hint="申請済にすると、つぎにこの日が出ます。"),
        record_field(
            Subsidy, "state", width=160, choices=tuple((one, one or "案内前") for one in STATES), optional=False
        ),
        record_field(Subsidy, "state_on", width=140, hint="空けておくと本日です。"),
        record_field(Subsidy, "amount", width=140, least=0),
        record_field(Subsidy, "note", hint="金額が決まっていないときは「申請中」など"),
    )
    dialog = FormDialog(
        parent,
        "補助金を直す" if subsidy.id else "補助金を加える",
        subject,
        fields=fields,
        values=subsidy,
        change=lambda typed: bind_action(save_subsidy, subsidy=replace(subsidy, **typed)),
    )
    dialog.form.go_to("state" if subsidy.name else "name")
    return dialog


class SubsidyCarryOverDialog(SavingDialog):
    """Dialog that offers each 補助金 of the previous year for the current one. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, found: SubsidyYear):
        super().__init__(
            parent,
            "前の年度の補助金を引き継ぐ",
            fiscal_year_words(found.fiscal_year),
            main="選んだものを引き継ぐ",
            width=640,
        )
        self._year = found.fiscal_year
        self.put(small_label("期限は1年あとの開庁日です。金額と状態は引き継ぎません。"))
        self.boxes = {}
        today = self.app_context.today()
        for one in found.proposals:
            box = QCheckBox(f"{one.organisation.name}　{one.subsidy.name}")
            box.setChecked(True)
            self.boxes[one.id] = box
            self.put(box, small_label(subsidy_days(one.subsidy, today)))
        self.put(None)

    def _save(self) -> None:
        """Take the ticked 補助金 over into the current year."""
        chosen = [one for one, box in self.boxes.items() if box.isChecked()]
        self.run_action(take_over_subsidies, fiscal_year=self._year, subsidy_ids=chosen)


def planned_dialog(planned: PlannedChange, *, subject: str, is_suspended: bool, parent: QWidget) -> FormDialog:
    """Return the dialog that adds (``id`` 0) or edits a change that a 団体 announced in advance.

    ``is_suspended``: it was applied and undone, so the form asks whether to apply it after all.
    """
    kinds = tuple((one, one) for one in ("住所", "会長", "名称", "電話", "FAX", "メール"))
    fields = (
        Field("what", "何が替わるか", "choice", width=160, choices=kinds),
        record_field(PlannedChange, "value", hint="届出のとおりに入力します。字の書き替えはしません。"),
        record_field(PlannedChange, "furigana", hint="会長、名称のとき"),
        record_field(PlannedChange, "from_on", width=140, hint="この日から、登録と書類の宛先が替わります"),
        record_field(PlannedChange, "note", placeholder="届出の日、受けた人"),
        *((Field("take_over", "登録", "check", words="保存して、登録に反映する"),) if is_suspended else ()),
    )  # fmt: skip

    def save(typed: dict[str, Any]) -> Callable[[ActionContext], ActionResult]:
        told = {key: value for key, value in typed.items() if key != "take_over"}
        return bind_action(
            save_planned_change, planned=replace(planned, **told), take_over=bool(typed.get("take_over"))
        )

    dialog = FormDialog(
        parent,
        "届出の予定を直す" if planned.id else "届出の予定を加える",
        subject,
        fields=fields,
        values=vars(planned) | {"from_on": planned.from_on if planned.id else None},
        change=save,
    )
    dialog.form.go_to("value")
    return dialog


def add_completer(editor: QWidget, words: Sequence[str]) -> None:
    """Offer ``words`` as completions while somebody types into ``editor``."""
    if isinstance(editor, QLineEdit) and words:
        completer = QCompleter(list(words), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        attach_completer(editor, completer)


ROLES = ("会長", "副会長", "会計", "書記", "監事", "役員", "会員")
REALLY_CHANGED, WRONGLY_ENTERED = "替わった", "登録の誤り"


class _OrganisationForm(FormDialog):
    """Form dialog with a search field for a 団体. Signals: those of ``FormDialog``."""

    def __init__(self, parent: QWidget, *titles: str, organisation: Organisation | None, **given: Any):
        super().__init__(parent, *titles, **given)
        self.picker = organisation_picker(self.app_context, title="団体", hint="名称、ふりがな、支部の一部")
        if organisation is not None:
            self.picker.show_hit(OrganisationHit(organisation=organisation))
        line = in_row(spacing=16)
        name = QWidget()
        name.setFixedWidth(scaled(LABEL))
        in_row(label("団体"), label("（任意）", "small"), None, owner=name, spacing=2)
        add(line, (name, 0, Qt.AlignmentFlag.AlignTop), (self.picker, 1))
        self.body.insertLayout(0, line)
        self.picker.chosen.connect(self.fit_to_content)
        self.picker.confirmed_without_match.connect(self.main.click)

    @property
    def organisation_id(self) -> int | None:
        """Return the id of the 団体 chosen, None without one."""
        return self.picker.hit.id if self.picker.hit is not None else None

    def save(self) -> None:
        """Save, unless a 団体 was typed but not chosen: then say so and move the focus there."""
        if self.picker.hit is None and self.picker.text.strip():
            self.show_error_text("**団体が選ばれていません。**\n候補から選ぶか、団体の欄を空にしてください。")
            self.picker.setFocus()
            return
        super().save()


def add_person_dialog(
    *,
    organisation: Organisation | None = None,
    name: str = "",
    on_saved: OnSaved | None = None,
    parent: QWidget,
) -> FormDialog:
    """Return the dialog that adds a person (``name`` is filled in) to ``organisation``.

    Without one it has a field for the 団体, which may stay empty.
    """
    dialog: _OrganisationForm = _OrganisationForm(
        parent,
        "人を加える",
        organisation.name if organisation else "",
        organisation=organisation,
        main="人を加える",
        fields=(
            record_field(Person, "name", hint="登録した字のまま使います。書き替えや置き換えはしません。"),
            record_field(Person, "furigana", reading_of="name"),
            record_field(Person, "role", width=200),
            Field("from_on", "就いた日", "date", optional=True, width=140),
            Field("phone", "電話", optional=True, width=200, hint=f"「{PURPOSES[0]}」に使います。"),
            record_field(Person, "note"),
        ),
        values={"name": name},
        change=lambda values: bind_action(add_person, **values, organisation_id=dialog.organisation_id),
        on_saved=on_saved,
    )
    add_completer(dialog.form.editor("role"), ROLES)
    if organisation is None:
        dialog.picker.setFocus()
    dialog.form.go_to("furigana" if name else "name")
    return dialog


def person_dialog(app_context: AppContext, person: Person, *, is_report: bool = False, parent: QWidget) -> FormDialog:
    """Return the dialog that corrects a person's name, ふりがな or note (F2); ``is_report`` as ``contact_dialog``."""
    return FormDialog(
        parent,
        "登録を直す",
        person.name,
        fields=(
            record_field(Person, "name"),
            record_field(Person, "furigana", reading_of="name"),
            record_field(Person, "note", kind="lines", lines=2),
            *_report_fields(is_report=is_report),
        ),
        values=vars(_report_values(app_context, person.id)) | vars(person),
        change=lambda values: bind_action(
            update_person, person_id=person.id, **_with_report(app_context, values, person.id)
        ),
    )


def role_dialog(
    app_context: AppContext,
    person: Person,
    *,
    organisation: Organisation | None,
    is_report: bool = False,
    since: date | None = None,
    parent: QWidget,
) -> FormDialog:
    """Return the dialog that changes 役職 or 団体: a real change (the old one stays as history) or a correction.

    ``is_report`` as ``contact_dialog``: then it is a correction of the role held ``since`` a day.
    """

    def change(typed: dict[str, Any]) -> Callable[[ActionContext], ActionResult]:
        """Return the bound action that changes or corrects the role."""
        ids: dict[str, Any] = {"person_id": person.id, "organisation_id": dialog.organisation_id}
        report = _with_report(app_context, typed, person.id).pop("report", None)
        if report is None and typed["kind"] == REALLY_CHANGED:
            return bind_action(change_role, on=typed["on"], role=typed["role"], **ids)
        return bind_action(correct_role, from_on=typed["on"], role=typed["role"], report=report, **ids)

    why = Field(
        "kind",
        "変える理由",
        "radio",
        choices=((REALLY_CHANGED, "替わった（前の役職を履歴に残す）"), (WRONGLY_ENTERED, "登録の誤りを直す")),
    )
    dialog: _OrganisationForm = _OrganisationForm(
        parent,
        "役職・団体を変える",
        person.name,
        organisation=organisation,
        main="保存する",
        fields=(
            record_field(Person, "role", width=200, hint="退いた人は空けておきます。"),
            *(() if is_report else (why,)),
            Field("on", "就いた日", "date", optional=True, width=140),
            *_report_fields(is_report=is_report),
        ),
        values=vars(_report_values(app_context, person.id))
        | {"role": person.role, "kind": REALLY_CHANGED, "on": since if is_report else app_context.today()},
        change=change,
    )
    add_completer(dialog.form.editor("role"), ROLES)
    return dialog
