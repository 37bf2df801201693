"""The small dialogs of the register: a 団体, a contact, a 段階, a 補助金."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.calendar.wareki import fiscal_year_words
from app.saved import Saved
from app.subjects.register.rules.stages import STAGE_WORDS, TOOLS, stage_words
from app.subjects.register.screens.form_dialog import FormDialog
from app.subjects.register.services.organisations import (
    PURPOSES,
    create_organisation,
    mark_stage,
    save_contact,
    save_subsidy,
    update_organisation,
)
from app.widgets.form_fields import Field, Unreadable, read_number
from app.window.desk import Desk, with_store
from db.records.organisations import Contact, Organisation, Subsidy

Then = Callable[[Saved], object]
_HOUSEHOLDS = Field(key="households", label="世帯数", kind="number", least=0)


def organisation_dialog(
    desk: Desk,
    *,
    organisation: Organisation | None = None,
    branches: Sequence[str] = (),
    name: str = "",
    then: Then | None = None,
    parent: QWidget,
) -> FormDialog:
    """Add a 団体, or change one (F2)."""
    known = organisation or Organisation(name=name)
    fields = (
        Field(key="name", label="団体名", hint="登録した字のまま使います。書き替えや置き換えはしません。"),
        Field(key="furigana", label="ふりがな", optional=True),
        Field(key="branch", label="支部", optional=True, width=280, hint="連合会に入っていない団体は空けておきます。"),
        Field(key="households", label="世帯数", optional=True, width=120, unit="世帯", hint="「約300」のような書き方もそのまま残します。"),
        Field(key="support_policy", label="支援方針", kind="lines", lines=3, optional=True),
        Field(key="note", label="備考", kind="lines", lines=2, optional=True),
    )  # fmt: skip
    households = known.households_text or ("" if known.households is None else str(known.households))
    dialog = FormDialog(
        desk,
        "団体を直す" if organisation else "団体を加える",
        known.name if organisation else "",
        main="保存する" if organisation else "団体を加える",
        fields=fields,
        values={
            "name": known.name, "furigana": known.furigana, "branch": known.branch, "households": households,
            "support_policy": known.support_policy, "note": known.note,
        },
        change=lambda values: with_store(
            update_organisation if organisation else create_organisation,
            organisation=_organisation(known, values),
            **desk.signed,
        ),
        then=then,
        parent=parent,
    )  # fmt: skip
    complete(dialog.form.editor("branch"), branches)
    return dialog


def _organisation(known: Organisation, values: dict[str, Any]) -> Organisation:
    typed = str(values["households"])
    try:
        number = read_number(_HOUSEHOLDS, typed)
    except Unreadable:
        number = None
    rest = {key: values[key] for key in ("name", "furigana", "branch", "support_policy", "note")}
    return replace(known, households=number, households_text="" if number is not None else typed.strip(), **rest)


def contact_dialog(
    desk: Desk, contact: Contact, *, subject: str, then: Then | None = None, parent: QWidget
) -> FormDialog:
    """Add (``id`` 0) or change a contact, always with its purpose."""
    fields = (
        Field(key="kind", label="種類", kind="radio", choices=tuple((one, one) for one in ("電話", "FAX", "メール", "住所"))),
        Field(key="value", label="連絡先", hint="番号の書き方は直しません。かけられない形のときは印を付けて残します。"),
        Field(key="purpose", label="使う目的", hint="目的のほかには使いません。"),
        Field(key="dispose_on", label="廃棄予定日", kind="date", optional=True, width=140, hint="団体の代表電話など、続けて持つものは空けておきます。"),
        Field(key="note", label="覚え", optional=True),
    )  # fmt: skip
    values = {key: getattr(contact, key) for key in ("kind", "value", "purpose", "dispose_on", "note")}
    dialog = FormDialog(
        desk,
        "連絡先を直す" if contact.id else "連絡先を加える",
        subject,
        main="保存する" if contact.id else "連絡先を加える",
        fields=fields,
        values=values | {"purpose": contact.purpose or PURPOSES[0]},
        change=lambda typed: with_store(save_contact, contact=replace(contact, **typed), **desk.signed),
        then=then,
        parent=parent,
    )
    complete(dialog.form.editor("purpose"), PURPOSES)
    dialog.form.go_to("value")
    return dialog


def stage_dialog(
    desk: Desk,
    *,
    organisation: Organisation,
    tools: Sequence[str],
    tool: str = "",
    then: Then | None = None,
    parent: QWidget,
) -> FormDialog:
    """Note the 段階 of a tool on a day; what was noted before stays as the history."""
    fields = (
        Field(key="tool", label="ツール", width=240, hint="LINE、Instagram など。新しい名前も使えます。"),
        Field(key="stage", label="段階", kind="choice", width=240, choices=tuple((one, stage_words(one)) for one in STAGE_WORDS)),
        Field(key="marked_on", label="確かめた日", kind="date", width=140),
        Field(key="source", label="出どころ", optional=True, hint="電話での聞き取り、派遣の報告書 など"),
    )  # fmt: skip
    dialog = FormDialog(
        desk, "段階を記録する", organisation.name, main="記録する", fields=fields,
        values={
            "tool": tool, "stage": organisation.stages.get(tool, "0"), "marked_on": desk.today(), "source": "",
        },
        change=lambda typed: with_store(mark_stage, organisation_id=organisation.id, **typed, **desk.signed), then=then,
        parent=parent,
    )  # fmt: skip
    complete(dialog.form.editor("tool"), tools or TOOLS)
    if tool:
        dialog.form.go_to("stage")
    return dialog


def subsidy_dialog(
    desk: Desk, subsidy: Subsidy, *, subject: str, then: Then | None = None, parent: QWidget
) -> FormDialog:
    """Add (``id`` 0) or change the 補助金 of a fiscal year."""
    years = tuple((year, fiscal_year_words(year)) for year in range(desk.fiscal_year + 1, desk.fiscal_year - 6, -1))
    fields = (
        Field(key="fiscal_year", label="年度", kind="choice", width=160, choices=years),
        Field(key="amount", label="金額", kind="number", unit="円", width=140, least=0, optional=True),
        Field(key="note", label="覚え", optional=True, hint="金額が決まっていないときは「申請中」など"),
    )  # fmt: skip
    values = {"fiscal_year": subsidy.fiscal_year, "amount": subsidy.amount, "note": subsidy.note}
    dialog = FormDialog(
        desk, "補助金を直す" if subsidy.id else "補助金を加える", subject, main="保存する", fields=fields, values=values,
        change=lambda typed: with_store(save_subsidy, subsidy=replace(subsidy, **typed), **desk.signed),
        then=then, parent=parent,
    )  # fmt: skip
    dialog.form.go_to("amount")
    return dialog


def complete(editor: QWidget, words: Sequence[str]) -> None:
    """Offer ``words`` while something is typed into ``editor``."""
    if isinstance(editor, QLineEdit) and words:
        completer = QCompleter(list(words), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.setCompleter(completer)
