"""What one row of a list of 団体 says differently from the register, field by field, old → new.

What is left empty in the list changes nothing; a value with lost characters (? 〓) never overwrites one that is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from app.foreign_files.cells.plain_cells import plain_cell
from app.programme.rules.retention import ORGANISATIONS
from app.subjects.organisations.register.intake.organisation_rows import ORGANISATION_FIELDS, ListedOrganisation
from app.subjects.organisations.register.rules.stages import current_stages, stage_words
from app.subjects.organisations.register.services.merging_parts import contact_key
from db.engine import Database
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.organisations import Contact, ContactKind, Organisation, Person, StageMark, Subsidy
from db.tables import register

CHAIR: Final = "会長"
VACANT: Final = "空席"
PURPOSE: Final = ORGANISATIONS.purpose
CONTACT_FIELDS: Final[Mapping[str, ContactKind]] = {"phone": "電話", "fax": "FAX", "email": "メール", "address": "住所"}
_TEXTS: Final = ("furigana", "support_policy", "note")
_LOST: Final = re.compile(r"[?？〓\ufffd]")

Why = Literal["", "文字が失われている", "表記だけが違う", "登録のほうが新しい"]


@frozen_record
class RegisterChange:
    """One field: what the register holds ("" = nothing) and what the list says.

    ``kept`` True = only shown, the register stays as it is; ``why`` then says why.
    """

    key: str
    label: str
    old: str
    new: str
    kept: bool = False
    why: Why = ""

    @property
    def misread(self) -> bool:
        """Whether the register holds the signs that a system put around what the list says (="…")."""
        return self.old != self.new and read_as_before(self.old, self.new)

    @property
    def words(self) -> str:
        """「世帯数　120→130」, 「会長名　ファイルは「葛?西」（文字が失われている。登録のまま）」."""
        if self.kept:
            return f"{self.label}　ファイルは「{self.new}」（{self.why}。登録のまま）"
        return f"{self.label}　{self.old or '（空）'}→{self.new}"


@frozen_record
class KnownOrganisation:
    """What the register knows of one 団体 that a list may speak of."""

    organisation: Organisation
    members: Sequence[Person]
    contacts: Sequence[Contact]
    marks: Sequence[StageMark]
    subsidies: Sequence[Subsidy]

    @property
    def chairs(self) -> tuple[Person, ...]:
        """Those who are 会長 now."""
        return tuple(one for one in self.members if one.role == CHAIR)


@dataclass(frozen=True)
class KnownRegister:
    """The whole register read once, for lists of many rows; ``fiscal_year`` is that of the 補助金."""

    fiscal_year: int
    organisations: Mapping[int, Organisation]
    members: Mapping[int, Sequence[Person]] = field(repr=False)
    contacts: Mapping[int, Sequence[Contact]] = field(repr=False)
    marks: Mapping[int, Sequence[StageMark]] = field(repr=False)
    subsidies: Mapping[int, Sequence[Subsidy]] = field(repr=False)

    @classmethod
    def read(cls, database: Database, fiscal_year: int) -> KnownRegister:
        """Read it from the store."""
        return cls(
            fiscal_year,
            {one.id: one for one in register.listed_organisations(database, ())},
            register.members(database),
            register.contacts_of_organisations(database),
            register.all_stage_marks(database),
            register.subsidies_of_year(database, fiscal_year),
        )

    def of(self, organisation_id: int) -> KnownOrganisation:
        """Return what is known of one 団体."""
        return KnownOrganisation(
            organisation=self.organisations[organisation_id],
            members=self.members.get(organisation_id, ()),
            contacts=self.contacts.get(organisation_id, ()),
            marks=self.marks.get(organisation_id, ()),
            subsidies=self.subsidies.get(organisation_id, ()),
        )


def differences(row: ListedOrganisation, known: KnownOrganisation, *, as_of: date) -> tuple[RegisterChange, ...]:
    """Return what ``row``, true on the day ``as_of``, says differently from ``known``."""
    found = [
        *_branch(row, known),
        *_name(row, known),
        *_texts(row, known),
        *_households(row, known),
        *_chair(row, known),
        *_contacts(row, known),
        *_stages(row, known, as_of),
        *_subsidy(row, known),
    ]
    return tuple(_guarded(change, row) for change in found)


def matches_lost(written: str, registered: str) -> bool:
    """Whether ``written``, each lost character standing for one or two, may be ``registered``."""
    parts = [re.escape(part) for part in _LOST.split(written)]
    return len(parts) > 1 and re.fullmatch(".{0,2}".join(parts), registered, re.DOTALL) is not None


def has_lost(text: str) -> bool:
    """Whether a character of ``text`` was lost on the way."""
    return _LOST.search(text) is not None


def written(row: ListedOrganisation, key: str) -> str:
    """The text of a cell as it goes into the register: a telephone number with its restored nought, else as typed."""
    value = str(getattr(row, key))
    typed = row.values.get(key, value).strip()
    restored = any(one.code == "phone_leading_zero_restored" for one in row.notices)
    return value if key == "phone" and restored else typed if value else ""


def read_as_before(registered: str, said: str) -> bool:
    """Whether a text of the register is what the reading of before took where a list says ``said`` (="…" around it)."""
    return plain_cell(registered) == said


def _guarded(change: RegisterChange, row: ListedOrganisation) -> RegisterChange:
    field_key = "chair" if change.key.startswith("chair") else change.key
    lost = field_key in row.lost or (has_lost(change.new) and field_key in ("name", "furigana", "chair"))
    if lost and change.old and not change.kept:
        return RegisterChange(
            key=change.key, label=change.label, old=change.old, new=change.new, kept=True, why="文字が失われている"
        )
    return change


def _branch(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    """The 支部 is the key of a 団体: a list puts right one that was read with its signs, and no other."""
    old = known.organisation.branch
    if old == row.branch or not read_as_before(old, row.branch):
        return []
    return [RegisterChange(key="branch", label=ORGANISATION_FIELDS["branch"], old=old, new=row.branch)]


def _name(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    """The name stays as registered, but one that was read with its signs; a list that writes it otherwise is only
    shown."""
    if row.name == known.organisation.name:
        return []
    label, old = ORGANISATION_FIELDS["name"], known.organisation.name
    if read_as_before(old, row.name):
        return [RegisterChange(key="name", label=label, old=old, new=row.name)]
    why: Why = "文字が失われている" if has_lost(row.name) else "表記だけが違う"
    return [RegisterChange(key="name", label=label, old=old, new=row.name, kept=True, why=why)]


def _texts(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    found = []
    for key in _TEXTS:
        old, new = getattr(known.organisation, key), getattr(row, key).strip()
        if new and new != old:
            found.append(RegisterChange(key=key, label=ORGANISATION_FIELDS[key], old=old, new=new))
    return found


def _households(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    new = row.households_text.strip() if row.households is None else f"{row.households:,}"
    one = known.organisation
    old = one.households_text or ("" if one.households is None else f"{one.households:,}")
    return (
        [RegisterChange(key="households", label=ORGANISATION_FIELDS["households"], old=old, new=new)]
        if new and new != old
        else []
    )


def _chair(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    label = ORGANISATION_FIELDS["chair"]
    old = "、".join(one.name for one in known.chairs)
    new = row.chair.strip()
    if row.chair_vacant:
        return [RegisterChange(key="chair", label=label, old=old, new=VACANT)] if old else []
    if not new or any(one.name == new for one in known.chairs):
        return []
    if any(read_as_before(one.name, new) for one in known.chairs):
        return [RegisterChange(key="chair", label=label, old=old, new=new)]
    if any(name_key(one.name) == name_key(new) for one in known.chairs):
        return [RegisterChange(key="chair", label=label, old=old, new=new, kept=True, why="表記だけが違う")]
    return [RegisterChange(key="chair", label=label, old=old, new=new)]


def _contacts(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    found = []
    for key, kind in CONTACT_FIELDS.items():
        new = written(row, key)
        there = [one for one in known.contacts if one.kind == kind]
        asked = contact_key(Contact(kind=kind, value=new))
        if not new or any(contact_key(one) == asked and plain_cell(one.value) == one.value for one in there):
            continue
        ours = replaced(known, kind)
        found.append(RegisterChange(key=key, label=ORGANISATION_FIELDS[key], old=ours.value if ours else "", new=new))
    return found


def replaced(known: KnownOrganisation, kind: ContactKind) -> Contact | None:
    """The contact that a list's value takes the place of: the only one of its kind for reaching the 団体."""
    ours = [one for one in known.contacts if one.kind == kind and one.purpose == PURPOSE]
    return ours[0] if len(ours) == 1 else None


def _stages(row: ListedOrganisation, known: KnownOrganisation, as_of: date) -> list[RegisterChange]:
    now = current_stages(known.marks, known.organisation.stages)
    found = []
    for tool, stage in row.stages.items():
        old = now.get(tool, "")
        if stage == old or any((one.tool, one.stage, one.marked_on) == (tool, stage, as_of) for one in known.marks):
            continue
        later = any(one.tool == tool and one.marked_on > as_of for one in known.marks)
        found.append(
            RegisterChange(
                key=f"stage:{tool}",
                label=tool,
                old=stage_words(old) if old else "",
                new=stage_words(stage),
                kept=later,
                why="登録のほうが新しい" if later else "",
            )
        )
    return found


def _subsidy(row: ListedOrganisation, known: KnownOrganisation) -> list[RegisterChange]:
    new = subsidy_words(row.subsidy, row.subsidy_note)
    old = "、".join(words for one in known.subsidies if (words := subsidy_words(one.amount, one.note)))
    return [RegisterChange(key="subsidy", label="補助金", old=old, new=new)] if new and new != old else []


def subsidy_words(amount: int | None, note: str) -> str:
    """「30,000円」, or what stands there instead of a number."""
    return note.strip() if amount is None else f"{amount:,}円"
