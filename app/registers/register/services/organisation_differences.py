"""Differences between one row of a list of 団体 and the register, field by field, old → new.

An empty cell changes nothing; a value with lost characters (? 〓) never overwrites a known one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Literal

from app.common.contacts import contacts_in_force, same_contact
from app.foreign_files.cells.plain_cells import plain_cell
from app.programme.rules import ORGANISATIONS
from app.registers.register.intake import ORGANISATION_FIELDS, ListedOrganisation
from app.registers.register.rules import current_stages, stage_words
from db.engine import Database
from db.name_key import name_key
from db.record import RowsById, frozen, record
from db.records.organisations import Contact, ContactKind, Organisation, Person, StageMark, Subsidy
from db.tables import register

CHAIR = "会長"
VACANT = "空席"
PURPOSE = ORGANISATIONS.purpose
CONTACT_FIELDS: Mapping[str, ContactKind] = {
    "phone": ContactKind.PHONE,
    "fax": ContactKind.FAX,
    "email": ContactKind.MAIL,
    "address": ContactKind.ADDRESS,
}
_TEXT_FIELDS = ("furigana", "support_policy", "note")
_LOST = re.compile(r"[?？〓\ufffd]")

KeptReason = Literal["", "文字が失われている", "表記だけが違う", "旧称", "登録のほうが新しい"]


@record
class RegisterChange:
    """One differing field: the registered value ("" = none) and the value of the list.

    ``kept_reason``: why the difference is only shown and the register stays as it is, "" = it is written.
    """

    key: str
    label: str
    old: str
    new: str
    kept_reason: KeptReason = ""

    @property
    def is_kept(self) -> bool:
        """Return whether the difference is only shown."""
        return bool(self.kept_reason)

    @property
    def misread(self) -> bool:
        """Return whether the registered value still has the export wrapping (="…") around the listed value."""
        return self.old != self.new and read_as_before(self.old, self.new)

    @property
    def words(self) -> str:
        """Return 「世帯数　120→130」 or 「会長名　ファイルは「葛?西」（文字が失われている。登録のまま）」."""
        if self.is_kept:
            return f"{self.label}　ファイルは「{self.new}」（{self.kept_reason}。登録のまま）"
        return f"{self.label}　{self.old or '（空）'}→{self.new}"


@record
class RegisteredOrganisation:
    """One registered 団体 with everything a list may contain about it."""

    organisation: Organisation
    members: Sequence[Person]
    contacts: Sequence[Contact]
    marks: Sequence[StageMark]
    subsidies: Sequence[Subsidy]

    @property
    def chairs(self) -> tuple[Person, ...]:
        """Return the current 会長 (one or more people)."""
        return tuple(one for one in self.members if one.role == CHAIR)


@frozen
class RegisterSnapshot:
    """The whole register, read once for checking many rows, with the 補助金 of one year."""

    organisations: RowsById[Organisation]
    members: Mapping[int, Sequence[Person]] = field(repr=False)
    contacts: Mapping[int, Sequence[Contact]] = field(repr=False)
    marks: Mapping[int, Sequence[StageMark]] = field(repr=False)
    subsidies: Mapping[int, Sequence[Subsidy]] = field(repr=False)
    former_names: Mapping[str, Collection[int]] = field(repr=False)

    @classmethod
    def read(cls, database: Database, fiscal_year: int) -> RegisterSnapshot:
        """Read the register from the database."""
        return cls(
            RowsById(register.listed_organisations(database, ())),
            register.members(database),
            register.contacts_of_organisations(database),
            register.all_stage_marks(database),
            register.subsidies_of_year(database, fiscal_year),
            register.organisations_by_former_name(database),
        )

    def organisation_with_id(self, organisation_id: int) -> RegisteredOrganisation:
        """Return the registered data of one 団体."""
        return RegisteredOrganisation(
            organisation=self.organisations[organisation_id],
            members=self.members.get(organisation_id, ()),
            contacts=self.contacts.get(organisation_id, ()),
            marks=self.marks.get(organisation_id, ()),
            subsidies=self.subsidies.get(organisation_id, ()),
        )


def differences(
    row: ListedOrganisation, registered: RegisteredOrganisation, *, as_of: date
) -> tuple[RegisterChange, ...]:
    """Return the fields in which ``row``, valid on the day ``as_of``, differs from ``registered``."""
    found = [
        *_branch(row, registered),
        *_name(row, registered),
        *_texts(row, registered),
        *_households(row, registered),
        *_chair(row, registered),
        *_contacts(row, registered),
        *_stages(row, registered, as_of),
        *_subsidy(row, registered),
    ]
    return tuple(_without_damage(change, row) for change in found)


def matches_lost(written: str, registered: str) -> bool:
    """Return whether ``written`` may be ``registered``, each lost character standing for none, one or two characters.

    False for a text without a lost character.
    """
    parts = [re.escape(part) for part in _LOST.split(written)]
    return len(parts) > 1 and re.fullmatch(".{0,2}".join(parts), registered, re.DOTALL) is not None


def has_lost_character(text: str) -> bool:
    """Return whether ``text`` contains a mark that replaces a lost character (? 〓)."""
    return _LOST.search(text) is not None


def cell_text(row: ListedOrganisation, key: str) -> str:
    """Return a cell as stored in the register, "" = empty: a telephone number with its restored zero, else as typed."""
    value = str(getattr(row, key))
    typed = row.values.get(key, value).strip()
    restored = any(one.code == "phone_leading_zero_restored" for one in row.notices)
    return value if key == "phone" and restored else typed if value else ""


def read_as_before(registered: str, said: str) -> bool:
    """Return whether ``registered``, freed of the export wrapping (="…"), equals the listed text ``said``."""
    return plain_cell(registered) == said


def _without_damage(change: RegisterChange, row: ListedOrganisation) -> RegisterChange:
    """Return a change that keeps the registered value where the new one has lost characters, else unchanged."""
    field_key = "chair" if change.key.startswith("chair") else change.key
    lost = field_key in row.damaged_fields or (
        has_lost_character(change.new) and field_key in ("name", "furigana", "chair")
    )
    return replace(change, kept_reason="文字が失われている") if lost and change.old and not change.is_kept else change


def _change(key: str, old: str, new: str, kept_reason: KeptReason = "") -> RegisterChange:
    return RegisterChange(key=key, label=ORGANISATION_FIELDS[key], old=old, new=new, kept_reason=kept_reason)


def _branch(row: ListedOrganisation, known: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the change of 支部; as part of the key it is only corrected if stored with wrapping (="…")."""
    old = known.organisation.branch
    if old == row.branch or not read_as_before(old, row.branch):
        return []
    return [_change("branch", old, row.branch)]


def _name(row: ListedOrganisation, registered: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the change of the name: corrected only if stored with export wrapping (="…"), otherwise just shown."""
    if row.name == registered.organisation.name:
        return []
    old = registered.organisation.name
    if read_as_before(old, row.name):
        return [_change("name", old, row.name)]
    same = name_key(row.name) == name_key(old)
    why: KeptReason = "文字が失われている" if has_lost_character(row.name) else "表記だけが違う" if same else "旧称"
    return [_change("name", old, row.name, why)]


def _texts(row: ListedOrganisation, registered: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the changes of ふりがな, 支援方針 and 備考 by a row of the list; an empty cell changes nothing."""
    told = [(key, getattr(registered.organisation, key), getattr(row, key).strip()) for key in _TEXT_FIELDS]
    return [_change(key, old, new) for key, old, new in told if new and new != old]


def _households(row: ListedOrganisation, registered: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the change of the number of households, [] where it is the same."""
    new = row.households_text.strip() if row.households is None else f"{row.households:,}"
    one = registered.organisation
    old = one.households_text or ("" if one.households is None else f"{one.households:,}")
    return [_change("households", old, new)] if new and new != old else []


def _chair(row: ListedOrganisation, registered: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the change of the 会長, [] where there is none."""
    known = [one.name for one in registered.chairs]
    old, new = "、".join(known), row.chair.strip()
    if row.is_chair_vacant:
        return [_change("chair", old, VACANT)] if old else []
    if not new or new in known:
        return []
    misread = any(read_as_before(one, new) for one in known)
    same = not misread and name_key(new) in map(name_key, known)
    return [_change("chair", old, new, "表記だけが違う" if same else "")]


def _contacts(row: ListedOrganisation, registered: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the changes of contacts by a row of the list: those that are not registered yet."""
    found = []
    for key, kind in CONTACT_FIELDS.items():
        new = cell_text(row, key)
        there = [one.value for one in contacts_in_force(registered.contacts, kind)]
        if not new or any(same_contact(kind, one, new) and plain_cell(one) == one for one in there):
            continue
        ours = contact_to_replace(registered, kind)
        found.append(_change(key, ours.value if ours else "", new))
    return found


def contact_to_replace(registered: RegisteredOrganisation, kind: ContactKind) -> Contact | None:
    """Return the contact that a listed value replaces: the only one of its kind for reaching the 団体, or None."""
    ours = [one for one in contacts_in_force(registered.contacts, kind) if one.purpose == PURPOSE]
    return ours[0] if len(ours) == 1 else None


def _stages(row: ListedOrganisation, registered: RegisteredOrganisation, as_of: date) -> list[RegisterChange]:
    """Return the changes of 段階 by a row of the list; a later mark in the register is kept."""
    now = current_stages(registered.marks, registered.organisation.stages)
    found = []
    for tool, stage in row.stages.items():
        old = now.get(tool, "")
        if stage == old or any(
            (one.tool, one.stage, one.marked_on) == (tool, stage, as_of) for one in registered.marks
        ):
            continue
        later = any(one.tool == tool and one.marked_on > as_of for one in registered.marks)
        found.append(
            RegisterChange(
                key=f"stage:{tool}",
                label=tool,
                old=stage_words(old) if old else "",
                new=stage_words(stage),
                kept_reason="登録のほうが新しい" if later else "",
            )
        )
    return found


def _subsidy(row: ListedOrganisation, registered: RegisteredOrganisation) -> list[RegisterChange]:
    """Return the change of the 補助金, [] where there is none."""
    new = subsidy_words(row.subsidy, row.subsidy_note)
    old = "、".join(words for one in registered.subsidies if (words := subsidy_words(one.amount, one.note)))
    return [_change("subsidy", old, new)] if new and new != old else []


def subsidy_words(amount: int | None, note: str) -> str:
    """Return 「30,000円」, or the ``note`` typed in place of a number where ``amount`` is None."""
    return note.strip() if amount is None else f"{amount:,}円"
