"""Finds imported rows that are read differently today, and corrects what was written then.

Nothing is written until a clerk decides. Values changed by hand since the import are never asked about and never
overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from app.event.rules.participation import withdrawal
from app.events.applications.rules import COMPANIONS, CONTACT_KINDS, EXTRA_FIELDS, ApplicationChange, changes_between
from app.events.applications.services.application_entries import HeldEntries
from app.events.applications.services.application_reading import ReadRow
from app.events.applications.services.application_writing import reopen_care
from app.foreign_files.cells.names_in_cells import can_be_person
from app.foreign_files.cells.plain_cells import plain_cell
from db.engine import Database
from db.journal import Change
from db.mapping import TABLE_OF, to_columns
from db.records.applications import READ_WHOLE, Application, ForeignImport, ImportTarget
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import by_id, rows
from db.tables.journal import images_of

SUSPECTED = "読みちがえの疑い"
STATE = "status"
CONTACTS = CONTACT_KINDS.keys()
"""Fields that belong to the person and not to the place."""
_EMPTY = "（なし）"
_READ_APART = frozenset({"device", "care", "photo", "publication", "people", "furigana", COMPANIONS})
_ENTRY_FIELDS = frozenset({"device", "photo", "publication", "care", "role", "person_id"})
_APPLICATION_FIELDS = frozenset({*EXTRA_FIELDS, "organisation_name"})
_ENTRY_ANSWERS = (("device", "端末"), ("photo", "撮影"), ("publication", "掲載"), ("care", "配慮"))


class Misreadings:
    """Compares what rows brought when an earlier version of the reader imported them with how they are read today.

    It also notes which of those imports the file contains as a whole (``compared_imports``).
    """

    def __init__(self, database: Database, columns: Iterable[str]):
        """Create a comparison.

        Args:
            columns: the fields that the file has; others are not compared.
        """
        self._database = database
        self._columns = frozenset(columns)
        self._imports = {
            one.id
            for one in rows(database, ForeignImport, target=ImportTarget.APPLICATIONS)
            if one.reading != READ_WHOLE
        }
        self._met: dict[int, set[int]] = {}
        self._open: set[int] = set()
        self._read: dict[str, dict[int, list[dict[str, Any]]]] = {}

    def note_found_again(self, known: Application, *, is_undecided: bool = False) -> None:
        """Record that the file contains an imported row again; ``is_undecided`` = a question about it is open."""
        if known.import_id in self._imports:
            self._met.setdefault(known.import_id, set()).add(known.id)
            if is_undecided:
                self._open.add(known.import_id)

    def compared_imports(self) -> tuple[int, ...]:
        """Return the earlier imports of which every application was found again and none is undecided."""
        return tuple(
            import_id
            for import_id, met in sorted(self._met.items())
            if import_id not in self._open
            and met >= {one.id for one in rows(self._database, Application, import_id=import_id)}
        )

    def differences_of(
        self, known: Application, held_entries: HeldEntries, read: ReadRow, *, compare_all_fields: bool
    ) -> tuple[ApplicationChange, ...]:
        """Return what is read differently today about a place.

        Rows imported by the current reader have no differences, as they were decided then.

        Args:
            compare_all_fields: the table itself is read differently, so that every field is compared and not only its
                answers.
        """
        if known.import_id not in self._imports or held_entries.is_given_up or not held_entries.entries:
            return ()
        entry = held_entries.entries[0]
        found = [
            *self._answer_changes(entry, read),
            *self._companion_changes(held_entries, read),
            *self._name_changes(held_entries, read),
        ]
        if read.row.withdrawn and not held_entries.has_come:
            found.append(ApplicationChange(key=STATE, label="状態", old="参加", new="取下げ"))
        if compare_all_fields:
            found += self._extra_changes(known, held_entries, read)
        return tuple(self._only_untouched(found, known, entry, held_entries)) if found else ()

    def _answer_changes(self, entry: Entry, read: ReadRow) -> Iterable[ApplicationChange]:
        """Yield the changes of 端末, 撮影 and 配慮 of an entry that would be read otherwise today, "" included."""
        asked = self._columns | ({"care"} if "note" in self._columns else frozenset())
        for key, label in _ENTRY_ANSWERS:
            was = str(getattr(entry, key))
            if key in asked and was.strip() != (now := getattr(read.row, key)).strip():
                yield ApplicationChange(key=key, label=label, old=was, new=now, is_hidden=key == "care")

    def _companion_changes(self, held_entries: HeldEntries, read: ReadRow) -> Iterable[ApplicationChange]:
        """Yield the removal of each companion held who did not come, whose name is no person's nor in the row."""
        if "names" not in self._columns:
            return
        for entry, person in self._named_entries(held_entries):
            if entry.state.is_out or entry.attendance.is_present:
                continue
            if person.name not in read.row.names and not can_be_person(person.name):
                yield ApplicationChange(key=f"companion {entry.id}", label="同行者", old=person.name, new="")

    def _named_entries(self, held_entries: HeldEntries) -> Iterable[tuple[Entry, Person]]:
        """Yield the entries of an applicant's companions that have a person, each with that person."""
        for entry in held_entries.entries[1:]:
            person = by_id(self._database, Person, entry.person_id)
            if person is not None:
                yield entry, person

    @staticmethod
    def _name_changes(held_entries: HeldEntries, read: ReadRow) -> Iterable[ApplicationChange]:
        """Yield the change of a name that was stored with text beside it, or that is no name; not one corrected by
        hand.
        """
        was, now = held_entries.name.strip(), read.row.name.strip()
        if was and was != now and (plain_cell(was) == now or (now in was if now else not can_be_person(was))):
            yield ApplicationChange(key="name", label="氏名", old=was, new=now)

    def _extra_changes(
        self, known: Application, held_entries: HeldEntries, read: ReadRow
    ) -> Iterable[ApplicationChange]:
        """Yield the changes that only a differently read table can bring: further fields, contacts, the 団体."""
        for change in changes_between(held_entries.facts, read.applicant.facts):
            if change.key in _READ_APART or (change.key not in EXTRA_FIELDS and change.old):
                continue
            yield change
        was, now = known.organisation_name.strip(), read.applicant.organisation_text.strip()
        if now and was != now and plain_cell(was) in {"", now}:
            yield ApplicationChange(key="organisation_name", label="団体", old=was, new=now)

    def _only_untouched(
        self, changes: Iterable[ApplicationChange], known: Application, entry: Entry, held_entries: HeldEntries
    ) -> Iterable[ApplicationChange]:
        """Yield the changes of fields that still have the value of the import."""
        for change in changes:
            key = change.key
            if key.startswith("companion "):
                record: Entry | Application | Person | None = next(
                    one for one in held_entries.entries if one.id == int(key.split()[1])
                )
                key = "person_id"
            else:
                record = held_entries.person if key == "name" else known if key in _APPLICATION_FIELDS else entry
            if (key not in _ENTRY_FIELDS and record is entry) or (
                record is not None and self._is_untouched(record, key, known, emptied=not change.new)
            ):
                yield change

    def _is_untouched(
        self, record: Entry | Application | Person, key: str, known: Application, *, emptied: bool
    ) -> bool:
        """Return whether nobody changed a value since the import; ``emptied`` = the application itself says nothing."""
        images = self._row_images(TABLE_OF[type(record)]).get(record.id, [])
        if isinstance(record, Entry):
            taken = [image for image in images if image["application_id"] == known.id]
            if emptied and taken[:1] != images[:1]:
                return False  # where this application says nothing, an earlier one's value stays
            images = taken
        return bool(images) and to_columns(record)[key] == images[0].get(key)

    def is_by_hand(self, record: Entry | Application, key: str) -> bool:
        """Return whether a value was last written by the ward, and not with an application."""
        images = self._row_images(TABLE_OF[type(record)]).get(record.id, [])
        turns = [(was, now) for was, now in pairwise(images) if was.get(key) != now.get(key)]
        return bool(turns) and turns[-1][0].get("application_id") == turns[-1][1].get("application_id")

    def _row_images(self, table: str) -> dict[int, list[dict[str, Any]]]:
        """Return the journal images of a table's rows by row id, oldest first; each table is read once."""
        if table not in self._read:
            self._read[table] = images_of(self._database, table, apart="application_id")
        return self._read[table]


def misreading_question(changes: Iterable[ApplicationChange]) -> str:
    """Return 「読みちがえの疑い　取り込んだときの読み方と違います（…）」 with old and new text of each change.

    For 配慮 and contacts the texts are left out.
    """
    parts = [
        f"{one.label}（言葉は「直す」で見られます）" if _is_secret(one) else old_and_new_text(one) for one in changes
    ]
    return f"{SUSPECTED}　取り込んだときの読み方と違います（{'、'.join(dict.fromkeys(parts))}）"


def secret_words(changes: Iterable[ApplicationChange]) -> tuple[str, ...]:
    """Return old and new text of what the question leaves out, for whoever opens the row."""
    return tuple(old_and_new_text(one) for one in changes if _is_secret(one))


def _is_secret(change: ApplicationChange) -> bool:
    """Return whether a change is about 配慮 or contacts, whose text no list shows."""
    return change.is_hidden or change.key in CONTACTS


def old_and_new_text(change: ApplicationChange) -> str:
    """Return 「撮影 前は「可」、今は「不可」」."""
    return f"{change.label}　前は「{change.old or _EMPTY}」、今は「{change.new or _EMPTY}」"


def apply_corrections(
    change: Change,
    database: Database,
    held_entries: HeldEntries,
    new_application: Application,
    known: Application,
    changes: Iterable[ApplicationChange],
) -> None:
    """Save today's reading in these fields only; the row has its new key from now on.

    A corrected name is also that of the registered person; a companion that is no person becomes 辞退.
    """
    by_key: Mapping[str, ApplicationChange] = {one.key: one for one in changes}
    first = held_entries.entries[0]
    values: dict[str, Any] = {
        key: by_key[key].new for key in ("device", "photo", "publication", "care", "role") if key in by_key
    }
    kept: dict[str, Any] = {
        key: getattr(new_application, key) for key in (*EXTRA_FIELDS, "care", "role") if key in by_key
    }
    if "organisation_name" in by_key:
        told = new_application.organisation_id
        kept |= {"organisation_id": told, "organisation_name": new_application.organisation_name}
        values |= {
            "organisation_id": told,
            "organisation_name": "" if told is not None else new_application.organisation_name,
        }
    if "name" in by_key:
        kept["name"] = new_application.name
        if not new_application.name.strip():
            values["person_id"] = None
        elif held_entries.person is not None:
            change.update(Person, held_entries.person.id, name=new_application.name)
    if values:
        reopen_care(change, database, first, values.get("care", ""))
        change.update(Entry, first.id, **values)
    for entry in held_entries.entries:
        if f"companion {entry.id}" in by_key:
            change.update(Entry, entry.id, **withdrawal(entry))
    change.update(Application, known.id, row_key=new_application.row_key, **kept)
