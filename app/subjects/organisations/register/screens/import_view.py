"""How a list of 団体 is shown before it is taken in: its rows, what is asked beside its columns, and how one row is
decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calendar.wareki import fiscal_year_words
from app.common.together import together
from app.importing.parts.list_dialog import ChoiceDialog, ListView
from app.importing.row_target import LEFT_OUT, ListPreview, RowChoice
from app.subjects.organisations.register.parts.record_picker import organisation_picker
from app.subjects.organisations.register.services.organisation_intake import NEW, SAME, JudgedOrganisation
from app.subjects.organisations.register.services.search import OrganisationHit
from app.widgets.forms.form_fields import Field
from app.widgets.lists.record_model import Cell, Column
from db.records.organisations import Organisation


class DecisionDialog(ChoiceDialog):
    """Which 団体 a row is. Signals: those of ``ChoiceDialog``."""

    found: JudgedOrganisation

    def said(self) -> str:
        """The 団体 as the file has it, and why it is asked about."""
        source = self.found.source
        return f"ファイルの団体　**{source.name}**（{source.branch or '支部なし'}）\n{self.found.words}"

    def offered(self) -> tuple[tuple[str, str], ...]:
        """A registered one, a new one, or none."""
        return (
            (SAME, "登録されている団体と同じ（変わったところだけ更新）"),
            (NEW, "新しい団体として加える"),
            (LEFT_OUT, "取り込まない"),
        )

    def usual(self) -> str:
        """The registered one that it may well be."""
        return SAME if self._known() is not None else NEW

    def put_more(self) -> None:
        """The field that finds the registered one."""
        self.picker = organisation_picker(self.desk, title="同じ団体", hint="登録されている団体を探す")
        self.put(self.picker)
        known = self._known()
        if known is not None:
            self.picker.show_hit(OrganisationHit(organisation=known))
        self.form.changed.connect(lambda _key: self._follow())
        self.picker.chosen.connect(lambda _hit: self.fit())
        self.picker.settled.connect(self.main.click)
        self.picker.setVisible(known is not None)

    def made(self, action: str, reason: str) -> RowChoice | None:
        """The decision, with the 団体 chosen."""
        hit = self.picker.hit
        if action == SAME and hit is None:
            self.say_refusal("**同じ団体が選ばれていません。**\n候補から選んでください。")
            self.picker.setFocus()
            return None
        return RowChoice(action=action, reason=reason, record_id=hit.id if action == SAME else None)

    def _known(self) -> Organisation | None:
        return self.found.organisation or (self.found.near[0] if self.found.near else None)

    def _follow(self) -> None:
        self.picker.setVisible(self.form.value("action") == SAME)
        if self.isVisible():
            self.fit()


def _asked(preview: ListPreview[JudgedOrganisation]) -> Sequence[Field]:
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
        return Cell("新しく加える", aside=together(*parts, stages))
    written = "　".join(one.words for one in row.written)
    return Cell(written or "—", tone="" if written else "second")


LISTED: Final = ListView(
    columns=(
        Column("name", "団体", lambda row: Cell(row.source.name, aside=row.source.branch), widest=360),
        Column("changes", "変わるところ（いま→ファイル）", _changes, stretch=True, sortable=False),
    ),
    asks=_asked,
    choose=DecisionDialog,
)
