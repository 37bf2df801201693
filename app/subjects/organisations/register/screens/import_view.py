"""Preview of an imported list of 団体: its columns, the settings beside them, and the dialog that decides one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.importing.parts.list_dialog import ChoiceDialog, ListPresentation
from app.importing.row_target import LEFT_OUT, ListPreview, RowChoice
from app.subjects.organisations.register.parts.record_picker import organisation_picker
from app.subjects.organisations.register.services.organisation_intake import (
    NEW_ORGANISATION,
    SAME_ORGANISATION,
    JudgedOrganisation,
)
from app.subjects.organisations.register.services.search import OrganisationHit
from app.widgets.forms.form_fields import Field
from app.widgets.lists.record_model import Cell, Column
from db.records.organisations import Organisation


class OrganisationChoiceDialog(ChoiceDialog):
    """Asks which 団体 a row of the list means. Signals: those of ``ChoiceDialog``."""

    found: JudgedOrganisation

    def row_text(self) -> str:
        """Return the 団体 as the file has it, and why the row must be decided."""
        source = self.found.source
        return f"ファイルの団体　**{source.name}**（{source.branch or '支部なし'}）\n{self.found.words}"

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the choices: a registered 団体, a new one, or none."""
        return (
            (SAME_ORGANISATION, "登録されている団体と同じ（変わったところだけ更新）"),
            (NEW_ORGANISATION, "新しい団体として加える"),
            (LEFT_OUT, "取り込まない"),
        )

    def default_option(self) -> str:
        """Return the option for the most similar registered 団体."""
        return SAME_ORGANISATION if self._registered_organisation() is not None else NEW_ORGANISATION

    def add_widgets(self) -> None:
        """Add the field that finds the registered 団体."""
        self.picker = organisation_picker(self.app_context, title="同じ団体", hint="登録されている団体を探す")
        self.put(self.picker)
        known = self._registered_organisation()
        if known is not None:
            self.picker.show_hit(OrganisationHit(organisation=known))
        self.form.changed.connect(lambda _key: self._update_fields())
        self.picker.chosen.connect(lambda _hit: self.fit_to_content())
        self.picker.confirmed_without_match.connect(self.main.click)
        self.picker.setVisible(known is not None)

    def decision(self, action: str, reason: str) -> RowChoice | None:
        """Return the decision with the 団体 chosen, or None while it is incomplete."""
        hit = self.picker.hit
        if action == SAME_ORGANISATION and hit is None:
            self.show_error_text("**同じ団体が選ばれていません。**\n候補から選んでください。")
            self.picker.setFocus()
            return None
        return RowChoice(action=action, reason=reason, record_id=hit.id if action == SAME_ORGANISATION else None)

    def _registered_organisation(self) -> Organisation | None:
        return self.found.organisation or (self.found.similar[0] if self.found.similar else None)

    def _update_fields(self) -> None:
        self.picker.setVisible(self.form.value("action") == SAME_ORGANISATION)
        if self.isVisible():
            self.fit_to_content()


def _setting_fields(preview: ListPreview[JudgedOrganisation]) -> Sequence[Field]:
    said = preview.settings["fiscal_year"]
    years = tuple((year, fiscal_year_words(year)) for year in range(said + 1, said - 4, -1))
    return (
        Field(
            "as_of",
            "いつ現在の一覧か",
            "date",
            width=140,
            hint="段階と会長の履歴は、この日で記録します。",
        ),
        Field("fiscal_year", "補助金の年度", "choice", width=160, choices=years),
        Field(
            "dispose_on",
            "連絡先の廃棄予定日",
            "date",
            width=140,
            hint="電話番号などは「団体への連絡」のために使い、この日に廃棄する予定として残します。",
        ),
    )


def _changes(row: JudgedOrganisation) -> Cell:
    if row.outcome == "新規":
        source = row.source
        parts = [
            f"会長 {source.chair}" if source.chair else "",
            f"{source.households:,}世帯" if source.households else "",
        ]
        stages = "・".join(f"{tool} {stage}" for tool, stage in source.stages.items())
        return Cell("新しく加える", aside=join_nonempty(*parts, stages))
    written = "　".join(one.words for one in row.changes_to_write)
    return Cell(written or "—", tone="" if written else "second")


LIST_PRESENTATION: Final = ListPresentation(
    columns=(
        Column("name", "団体", lambda row: Cell(row.source.name, aside=row.source.branch), widest=360),
        Column("changes", "変わるところ（いま→ファイル）", _changes, stretch=True, sortable=False),
    ),
    extra_questions=_setting_fields,
    choice_dialog=OrganisationChoiceDialog,
)
