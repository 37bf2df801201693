"""The dialogs of people: add one, put a name right, another 役職 or 団体."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.saved import Saved
from app.subjects.register.screens.form_dialog import FormDialog
from app.subjects.register.screens.record_picker import RecordPicker
from app.subjects.register.screens.register_dialogs import Then, complete
from app.subjects.register.services.people import add_person, change_role, correct_role, update_person
from app.subjects.register.services.search import OrganisationHit, find_organisations
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.window.desk import Desk, with_store
from app.window.theme import LABEL, scaled
from db.records.organisations import Organisation, Person
from db.store import Store

ROLES = ("会長", "副会長", "会計", "書記", "監事", "役員", "会員")
CHANGED, WRONG = "替わった", "登録の誤り"


def organisation_words(hit: OrganisationHit) -> str:
    """「若葉野町会（第4支部）」."""
    branch = f"（{hit.organisation.branch}）" if hit.organisation.branch else ""
    return f"{hit.organisation.name}{branch}"


class _WithOrganisation(FormDialog):
    """A form with a 団体 that is found by typing. Signals: those of ``FormDialog``."""

    def __init__(self, desk: Desk, *titles: str, organisation: Organisation | None, **given: Any) -> None:
        super().__init__(desk, *titles, **given)
        self.picker = RecordPicker(
            desk, find_organisations, organisation_words, title="団体", hint="名称、ふりがな、支部の一部"
        )
        if organisation is not None:
            self.picker.show_hit(OrganisationHit(organisation=organisation))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        name = QWidget()
        name.setFixedWidth(scaled(LABEL))
        words = QHBoxLayout(name)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(label("団体"))
        words.addWidget(label("（任意）", "small"))
        words.addStretch(1)
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.picker, 1)
        self.body.insertLayout(1, line)
        self.picker.chosen.connect(lambda _hit: self.fit())

    @property
    def organisation_id(self) -> int | None:
        """The 団体 chosen, None without one."""
        return self.picker.hit.id if self.picker.hit is not None else None

    def save(self) -> None:
        """A 団体 that was typed but not chosen is asked for."""
        if self.picker.hit is None and self.picker.field.text().strip():
            self.problem.say("**団体が選ばれていません。**\n候補から選ぶか、団体の欄を空にしてください。", tone="red")
            self.picker.setFocus()
            return
        super().save()


def add_person_dialog(
    desk: Desk,
    *,
    organisation: Organisation | None = None,
    name: str = "",
    then: Then | None = None,
    parent: QWidget,
) -> FormDialog:
    """Add a person to a 団体, or without one."""
    dialog: _WithOrganisation = _WithOrganisation(
        desk,
        "人を加える",
        organisation.name if organisation else "",
        organisation=organisation,
        main="人を加える",
        fields=(
            Field(key="name", label="氏名", hint="登録した字のまま使います。書き替えや置き換えはしません。"),
            Field(key="furigana", label="ふりがな", optional=True),
            Field(key="role", label="役職", optional=True, width=200),
            Field(key="from_on", label="就いた日", kind="date", optional=True, width=140),
            Field(key="note", label="備考", optional=True),
        ),
        values={"name": name},
        change=lambda values: with_store(add_person, **values, organisation_id=dialog.organisation_id, **desk.signed),
        then=then,
        parent=parent,
    )
    complete(dialog.form.editor("role"), ROLES)
    if organisation is None:
        dialog.picker.setFocus()
    dialog.form.go_to("furigana" if name else "name")
    return dialog


def person_dialog(desk: Desk, person: Person, *, then: Then | None = None, parent: QWidget) -> FormDialog:
    """Put name, ふりがな or note right (F2)."""
    return FormDialog(
        desk,
        "登録を直す",
        person.name,
        main="保存する",
        fields=(
            Field(key="name", label="氏名"),
            Field(key="furigana", label="ふりがな", optional=True),
            Field(key="note", label="備考", kind="lines", lines=2, optional=True),
        ),
        values={"name": person.name, "furigana": person.furigana, "note": person.note},
        change=lambda values: with_store(update_person, person_id=person.id, **values, **desk.signed),
        then=then,
        parent=parent,
    )


def role_dialog(
    desk: Desk, person: Person, *, organisation: Organisation | None, then: Then | None = None, parent: QWidget
) -> FormDialog:
    """Another 役職 or 団体: either it really changed (the old one stays in the history), or it was written wrongly."""

    def change(typed: dict[str, Any]) -> Callable[[Store], Saved]:
        ids = {"person_id": person.id, "organisation_id": dialog.organisation_id or 0}
        if typed["kind"] == CHANGED:
            return with_store(change_role, on=typed["on"], role=typed["role"], **ids, **desk.signed)
        return with_store(correct_role, from_on=typed["on"], role=typed["role"], **ids, **desk.signed)

    dialog: _WithOrganisation = _WithOrganisation(
        desk,
        "役職・団体を変える",
        person.name,
        organisation=organisation,
        main="保存する",
        fields=(
            Field(key="role", label="役職", optional=True, width=200, hint="退いた人は空けておきます。"),
            Field(
                key="kind",
                label="変える理由",
                kind="radio",
                choices=((CHANGED, "替わった（前の役職を履歴に残す）"), (WRONG, "登録の誤りを直す")),
            ),
            Field(key="on", label="就いた日", kind="date", optional=True, width=140),
        ),
        values={"role": person.role, "kind": CHANGED, "on": desk.today()},
        change=change,
        then=then,
        parent=parent,
    )
    complete(dialog.form.editor("role"), ROLES)
    return dialog
