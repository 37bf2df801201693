"""A list of 団体 written into the register in one action, which one undo takes back now and one act later.

- ``import_organisations(store, path, columns, …, seen_sha256) -> ImportedOrganisations``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app.importing.undoing import changes_of_import, take_back
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.register.intake.organisation_rows import ListedOrganisation
from app.subjects.register.rules.stages import current_stages
from app.subjects.register.services.organisation_differences import (
    CHAIR,
    CONTACT_FIELDS,
    PURPOSE,
    KnownOrganisation,
    KnownRegister,
    replaced,
    written,
)
from app.subjects.register.services.organisation_intake import (
    IntakeRow,
    OrganisationPreview,
    RowDecision,
    preview_organisations,
)
from app.subjects.register.services.people import current_membership, insert_person
from db.engine import Database
from db.journal import Change
from db.name_key import name_key
from db.records.applications import ColumnMap, ForeignImport
from db.records.organisations import Contact, Membership, Organisation, Person, StageMark, Subsidy
from db.rows import by_id
from db.store import Store
from db.tables import applications, register


@dataclass(frozen=True, kw_only=True)
class ImportedOrganisations(Saved):
    """The list as written, with its preview for the screen."""

    preview: OrganisationPreview


def import_organisations(
    store: Store,
    *,
    path: Path,
    columns: Mapping[int, str] | None = None,
    sheet: str = "",
    as_of: date | None = None,
    fiscal_year: int | None = None,
    decisions: Mapping[int, RowDecision] | None = None,
    dispose_on: date | None = None,
    seen_sha256: str = "",
    by: str,
    now: datetime,
) -> ImportedOrganisations:
    """Take in the rows that are new or change something; a list that brings nothing new writes nothing.

    Args: as for ``preview_organisations``; dispose_on: when the contacts it brings are disposed of (None = the end
        of April after the fiscal year); seen_sha256: the file as the preview showed it.

    Raises:
        Refusal: the file changed since, or it cannot be taken.
    """
    preview = preview_organisations(
        store, path=path, today=now.date(), columns=columns, sheet=sheet, as_of=as_of, fiscal_year=fiscal_year,
        decisions=decisions,
    )  # fmt: skip
    if seen_sha256 and seen_sha256 != preview.sha256:
        raise Refusal(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )
    taken = preview.taken
    if not taken:
        return ImportedOrganisations(
            said="新しい内容はありませんでした。何も変えていません。", can_undo=False, preview=preview
        )
    known = KnownRegister.read(store.database, preview.fiscal_year)
    gone = dispose_on or date(preview.fiscal_year + 1, 4, 30)
    with store.change(
        action=f"団体の一覧を取り込み（{len(taken)}件）", by=by, now=now, subject="organisations"
    ) as change:
        import_id = change.insert(_import_row(preview, by, now))
        if columns is not None:
            _remember(change, store.database, preview, columns, now)
        writer = _Writer(change, store.database, preview, gone, by)
        for row in taken:
            if row.organisation is None:
                writer.add(row)
            else:
                writer.update(row, known.of(row.organisation.id))
    new, updated = preview.count("新規"), preview.count("更新")
    parts = [f"{new}件加え" if new else "", f"{updated}件更新し" if updated else ""]
    said = f"団体を{'、'.join(part for part in parts if part)}ました。"
    return ImportedOrganisations(said=said, id=import_id, preview=preview)


def _import_row(preview: OrganisationPreview, by: str, now: datetime) -> ForeignImport:
    return ForeignImport(
        target="団体",
        file_name=preview.file_name,
        sha256=preview.sha256,
        source=preview.source_words,
        encoding=preview.encoding,
        at=now,
        by=by,
        new=preview.count("新規"),
        updated=preview.count("更新"),
        duplicate=preview.count("重複"),
        needs_check=preview.count("確認が必要"),
        skipped=preview.count("取り込まない"),
        dropped_columns=tuple(one.heading for one in preview.columns if not one.field),
    )


def _remember(
    change: Change, database: Database, preview: OrganisationPreview, columns: Mapping[int, str], now: datetime
) -> None:
    known = applications.column_map(database, "団体", preview.source_key)
    values = {str(number): name for number, name in sorted(columns.items())}
    if known is None or known.columns != values:
        change.save(
            ColumnMap(
                id=known.id if known else 0, target="団体", source_key=preview.source_key, columns=values,
                remembered_at=now,
            )
        )  # fmt: skip


class _Writer:
    """Writes the rows of one list inside one open change."""

    def __init__(
        self, change: Change, database: Database, preview: OrganisationPreview, dispose_on: date, by: str
    ) -> None:
        self._change = change
        self._database = database
        self._preview = preview
        self._dispose_on = dispose_on
        self._by = by
        self._source = f"取り込み　{preview.file_name}"

    def add(self, row: IntakeRow) -> None:
        """Add a 団体 with all the row says."""
        source = row.source
        made = self._change.insert(
            Organisation(
                branch=source.branch,
                name=source.name,
                furigana=source.furigana,
                households=source.households,
                households_text=source.households_text if source.households is None else "",
                stages=dict(source.stages),
                support_policy=source.support_policy,
                note=source.note,
            )
        )
        for tool, stage in source.stages.items():
            self._mark(made, tool, stage)
        if source.chair and not source.chair_vacant:
            insert_person(self._change, _chair_of(made, source))
        for key in CONTACT_FIELDS:
            if written(source, key):
                self._contact(made, source, key)
        if source.subsidy is not None or source.subsidy_note.strip():
            self._change.insert(self._subsidy(made, source))

    def update(self, row: IntakeRow, known: KnownOrganisation) -> None:
        """Write the differences of a row that are to be written."""
        source, organisation = row.source, known.organisation
        after = organisation
        for one in row.written:
            if one.key == "households":
                text = source.households_text if source.households is None else ""
                after = replace(after, households=source.households, households_text=text)
            elif one.key == "chair":
                self._chair(known, source)
            elif one.key in CONTACT_FIELDS:
                self._replace_contact(known, source, one.key)
            elif one.key.startswith("stage:"):
                self._mark(
                    organisation.id, one.key.removeprefix("stage:"), source.stages[one.key.removeprefix("stage:")]
                )
            elif one.key == "subsidy":
                present = known.subsidies[0].id if known.subsidies else 0
                self._change.save(replace(self._subsidy(organisation.id, source), id=present))
            else:
                after = replace(after, **{one.key: getattr(source, one.key)})
        marks = register.stage_marks(self._database, organisation.id)
        self._change.save(replace(after, stages=current_stages(marks, organisation.stages)))

    def _mark(self, organisation_id: int, tool: str, stage: str) -> None:
        self._change.insert(
            StageMark(
                organisation_id=organisation_id, tool=tool, stage=stage, marked_on=self._preview.as_of,
                source=self._source, by=self._by,
            )
        )  # fmt: skip

    def _subsidy(self, organisation_id: int, source: ListedOrganisation) -> Subsidy:
        note = "" if source.subsidy is not None else source.subsidy_note.strip()
        return Subsidy(
            organisation_id=organisation_id, fiscal_year=self._preview.fiscal_year, amount=source.subsidy, note=note
        )

    def _contact(self, organisation_id: int, source: ListedOrganisation, key: str) -> None:
        self._change.insert(
            Contact(
                organisation_id=organisation_id, kind=CONTACT_FIELDS[key], value=written(source, key), purpose=PURPOSE,
                dispose_on=self._dispose_on, note=_as_typed(source, key),
            )
        )  # fmt: skip

    def _replace_contact(self, known: KnownOrganisation, source: ListedOrganisation, key: str) -> None:
        ours = replaced(known, CONTACT_FIELDS[key])
        if ours is None:
            self._contact(known.organisation.id, source, key)
        else:
            self._change.update(
                Contact, ours.id, value=written(source, key), dispose_on=self._dispose_on, note=_as_typed(source, key)
            )

    def _chair(self, known: KnownOrganisation, source: ListedOrganisation) -> None:
        """The 会長 of until now keeps the 役職 in the history; who is registered under the name becomes 会長."""
        day = self._preview.as_of
        for person in known.chairs:
            self._end_role(person, day)
            self._change.update(Person, person.id, role="")
        if source.chair_vacant:
            return
        new = next((one for one in known.members if name_key(one.name) == name_key(source.chair)), None)
        if new is None:
            insert_person(
                self._change,
                _chair_of(known.organisation.id, source),
                from_on=day,
            )
            return
        self._end_role(new, day)
        self._change.update(Person, new.id, role=CHAIR)
        self._change.insert(
            Membership(person_id=new.id, organisation_id=known.organisation.id, role=CHAIR, from_on=day)
        )

    def _end_role(self, person: Person, day: date) -> None:
        held = current_membership(register.memberships_of_person(self._database, person.id), person)
        if held is not None:
            self._change.update(Membership, held.id, to_on=day)


def _chair_of(organisation_id: int, source: ListedOrganisation) -> Person:
    lost = "chair" in source.lost
    return Person(
        organisation_id=organisation_id,
        name=source.chair,
        furigana=source.chair_furigana,
        role=CHAIR,
        note="取り込んだファイルで、氏名の文字が失われています。" if lost else "",
    )


def _as_typed(source: ListedOrganisation, key: str) -> str:
    typed = source.values.get(key, "").strip()
    return f"ファイルでは「{typed}」" if typed and typed != written(source, key) else ""


def undo_organisation_import(store: Store, *, import_id: int, by: str, now: datetime) -> Saved:
    """Take one list back, whole or not at all.

    Raises:
        Refusal: it is gone, or something of it was changed or used since (the later action is named).
    """
    found = by_id(store.database, ForeignImport, import_id)
    if found is None or found.target != "団体":
        raise Refusal("この取り込みは見つかりません。", "画面を開き直してください。")
    try:
        net = changes_of_import(store, found)
    except Refusal as refusal:
        happened = refusal.happened.replace("取り込んだ申込を", "取り込んだ団体を")
        raise Refusal(happened, "誤りのある団体は、団体の一覧で1件ずつ直すか削除してください。") from refusal
    count = sum(item.table == "organisations" for item in net)
    with store.change(
        action=f"団体の一覧の取り込みを取り消し（{count}件）", by=by, now=now, subject="organisations"
    ) as change:
        take_back(store, change, net)
    return Saved(said=f"団体の一覧の取り込みを取り消しました（{count}件）。", id=import_id)
