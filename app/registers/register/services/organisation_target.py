"""Import target for lists of 団体: which columns they have, how a row is judged and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.foreign_files.foreign_shape import ForeignFile
from app.importing.row_target import CustomTarget, ListPreview
from app.programme.services import organisation_contacts_end
from app.registers.register.intake import (
    KNOWN,
    ORGANISATION_FIELDS,
    STAGE_PREFIX,
    ListedOrganisation,
    propose_organisation_columns,
    propose_stages,
    tools_named,
)
from app.registers.register.rules import current_stages
from app.registers.register.services.contacts import FIELDS_AS_TYPED
from app.registers.register.services.organisation_differences import (
    CHAIR,
    CONTACT_FIELDS,
    PURPOSE,
    RegisteredOrganisation,
    RegisterSnapshot,
    cell_text,
    contact_to_replace,
    read_as_before,
)
from app.registers.register.services.organisation_intake import JudgedOrganisation, judge_organisations, list_settings
from app.registers.register.services.people import insert_person, transfer_role
from app.registers.register.services.renaming import update_name_copies
from db.engine import Database
from db.fields import changed_fields
from db.journal import Change
from db.name_key import name_key
from db.records.applications import ImportTarget
from db.records.organisations import Contact, Organisation, Person, StageMark, Subsidy
from db.store import Store
from db.tables import register

_EMPTY = Organisation(name="")


def _row_writer(
    store: Store, change: Change, preview: ListPreview[JudgedOrganisation], clerk: str
) -> Callable[[JudgedOrganisation], None]:
    """Return the function that writes one row of a list within the open change."""
    known = RegisterSnapshot.read(store.database, preview.settings["fiscal_year"])
    writer = _Writer(change, store.database, preview, clerk)

    def write(row: JudgedOrganisation) -> None:
        """Add the 団体 of a row, or update the registered one that it changes."""
        if row.organisation is None:
            writer.add(row)
        else:
            writer.update(row, known.organisation_with_id(row.organisation.id))

    return write


class _Writer:
    """Writes the rows of one list within one open change: ``add`` a new 団体, ``update`` a registered one."""

    def __init__(self, change: Change, database: Database, preview: ListPreview[JudgedOrganisation], by: str):
        self._change = change
        self._database = database
        self._as_of: date = preview.settings["as_of"]
        self._fiscal_year: int = preview.settings["fiscal_year"]
        self._dispose_on: date = preview.settings["dispose_on"] or organisation_contacts_end(
            database, self._fiscal_year
        )
        self._by = by
        self._source = f"取り込み　{preview.file_name}"

    def add(self, row: JudgedOrganisation) -> None:
        """Add a 団体 with all values of a row: marks, 会長, contacts and 補助金."""
        source = row.source
        made = self._change.insert(Organisation(**changed_fields(_EMPTY, source, Organisation)))
        for tool, stage in source.stages.items():
            self._add_stage_mark(made, tool, stage)
        if source.chair and not source.is_chair_vacant:
            insert_person(self._change, _chair_of(made, source))
        for key in CONTACT_FIELDS:
            if cell_text(source, key):
                self._insert_contact(made, source, key)
        if source.subsidy is not None or source.subsidy_note.strip():
            self._change.insert(self._subsidy_of(made, source))

    def update(self, row: JudgedOrganisation, registered: RegisteredOrganisation) -> None:
        """Write the differences of a row that are not only shown.

        A corrected name goes into its copies, and the current 段階 follow from the marks.
        """
        source, organisation = row.source, registered.organisation
        named: dict[str, Any] = {}
        for one in row.changes_to_write:
            if one.key == "households":
                named |= {"households": source.households, "households_text": source.households_text}
            elif one.key == "chair":
                self._change_chair(registered, source)
            elif one.key in CONTACT_FIELDS:
                self._replace_contact(registered, source, one.key)
            elif one.key.startswith("stage:"):
                tool = one.key.removeprefix("stage:")
                self._add_stage_mark(organisation.id, tool, source.stages[tool])
            elif one.key == "subsidy":
                # A list says the sum alone: name, days and state of the row stay as the ward noted them, and so does a
                # note beside a sum. One that stood in its place (申請中) goes with it.
                told, present = self._subsidy_of(organisation.id, source), next(iter(registered.subsidies), None)
                said = {"amount": told.amount}
                if present is None:
                    self._change.insert(told)
                elif told.note or present.amount is None:
                    self._change.update(Subsidy, present.id, **said, note=told.note)
                else:
                    self._change.update(Subsidy, present.id, **said)
            else:
                named[one.key] = getattr(source, one.key)
        if "name" in named:
            update_name_copies(self._change, self._database, organisation, source.name)
        stages = current_stages(register.stage_marks(self._database, organisation.id), organisation.stages)
        self._change.update(Organisation, organisation.id, **named, stages=stages)

    def _add_stage_mark(self, organisation_id: int, tool: str, stage: str) -> None:
        self._change.insert(
            StageMark(
                organisation_id=organisation_id,
                tool=tool,
                stage=stage,
                marked_on=self._as_of,
                source=self._source,
                by=self._by,
            )
        )

    def _subsidy_of(self, organisation_id: int, source: ListedOrganisation) -> Subsidy:
        note = source.subsidy_note.strip()
        return Subsidy(organisation_id=organisation_id, fiscal_year=self._fiscal_year, amount=source.subsidy, note=note)

    def _insert_contact(
        self, organisation_id: int, source: ListedOrganisation, key: str, before: Contact | None = None
    ) -> None:
        """Insert a listed contact in the place of ``before``, whose note stays if the ward typed it."""
        own = before.note if before is not None and not before.note.startswith(FIELDS_AS_TYPED) else ""
        told = Contact(
            organisation_id=organisation_id,
            kind=CONTACT_FIELDS[key],
            value=cell_text(source, key),
            purpose=PURPOSE,
            dispose_on=self._dispose_on,
            note=_typed_value(source, key) or own,
        )
        if before is not None:
            self._change.update(Contact, before.id, ended_on=self._as_of)
        self._change.insert(told)

    def _replace_contact(self, registered: RegisteredOrganisation, source: ListedOrganisation, key: str) -> None:
        """End the only contact of this kind whose purpose is 団体への連絡, and insert the listed one.

        Without exactly one, none ends; one that was read with its wrapping (="…") is put right.
        """
        ours, value = contact_to_replace(registered, CONTACT_FIELDS[key]), cell_text(source, key)
        if ours is not None and read_as_before(ours.value, value):
            self._change.update(Contact, ours.id, value=value, dispose_on=self._dispose_on)
        else:
            self._insert_contact(registered.organisation.id, source, key, ours)

    def _change_chair(self, registered: RegisteredOrganisation, source: ListedOrganisation) -> None:
        """Make the listed person 会長, nobody where the list says 空席; the previous 会長 keeps the 役職 as history.

        A person stored with export wrapping (="…") around the name is the same person: only the name is corrected.
        """
        misread = next((one for one in registered.chairs if read_as_before(one.name, source.chair)), None)
        if misread is not None and not source.is_chair_vacant:
            self._change.update(Person, misread.id, name=source.chair)
            return
        new = None if source.is_chair_vacant else _chair_of(registered.organisation.id, source)
        transfer_role(
            self._change,
            self._database,
            CHAIR,
            holders=registered.chairs,
            members=registered.members,
            person=new,
            on=self._as_of,
        )


def _chair_of(organisation_id: int, source: ListedOrganisation) -> Person:
    lost = "chair" in source.damaged_fields
    return Person(
        organisation_id=organisation_id,
        name=source.chair,
        furigana=source.chair_furigana,
        role=CHAIR,
        note="取り込んだファイルで、氏名の文字が失われています。" if lost else "",
    )


def _typed_value(source: ListedOrganisation, key: str) -> str:
    """Return the note 「ファイルでは「…」」 with the cell as typed, "" where it is stored exactly so."""
    typed = source.values.get(key, "").strip()
    return f"{FIELDS_AS_TYPED}{typed}」" if typed and typed != cell_text(source, key) else ""


def _propose(file: ForeignFile) -> Mapping[int, str]:
    return propose_stages(file, propose_organisation_columns(file.headings, file.groups))


def _key(file: ForeignFile) -> str:
    """Return the key by which a list of the same layout is recognised next time: its headings with the groups above."""
    groups = file.groups or ("",) * len(file.headings)
    return "|".join(name_key(f"{group}{heading}") for group, heading in zip(groups, file.headings, strict=False))


def _stage_fields(file: ForeignFile, columns: Mapping[int, str]) -> dict[str, str]:
    """Return the 段階 fields that a column may be assigned to with their labels: of tools in headings or detected."""
    held = [name for name in (*columns.values(), *_propose(file).values()) if name.startswith(STAGE_PREFIX)]
    named = [STAGE_PREFIX + tool for heading in file.headings for tool in tools_named(heading)]
    return {name: f"段階　{name.removeprefix(STAGE_PREFIX)}" for name in dict.fromkeys([*held, *named])}


ORGANISATIONS = CustomTarget(
    target=ImportTarget.ORGANISATIONS,
    row_name="団体",
    list_name="団体の一覧",
    subject="organisations",
    record=Organisation,
    fields=ORGANISATION_FIELDS,
    required_groups=(frozenset({"name"}),),
    propose_columns=_propose,
    source_key_of=_key,
    undo_advice="誤りのある団体は、団体の一覧で1件ずつ直すか削除してください。",
    row_type=JudgedOrganisation,
    known=KNOWN,
    propose_settings=list_settings,
    judge_rows=judge_organisations,
    extra_labels=_stage_fields,
    row_writer=_row_writer,
    accepted_own_lists=frozenset({"団体の一覧", "団体の一覧を取り込む　確かめる行"}),
)
