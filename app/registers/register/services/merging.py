"""Shared steps of merging two 団体 or two people: choices field by field, contacts, 役職."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.contacts import same_contact
from db.engine import Database
from db.fields import changed_fields
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.organisations import Contact, Membership, Organisation, Person
from db.rows import rows

Side = Literal["keep", "drop", "both"]
MergeRecord = TypeVar("MergeRecord", Organisation, Person)


@record
class FieldChoice:
    """One field of both entries as text; ``proposed`` is the side taken unless somebody chooses otherwise.

    ``can_keep_both``: both texts may be kept, one below the other.
    """

    key: str
    label: str
    keep: str
    drop: str
    proposed: Side
    can_keep_both: bool

    @property
    def differs(self) -> bool:
        """Return whether the two entries differ in this field."""
        return self.keep != self.drop


def read_pair(
    database: Database, kind: type[MergeRecord], keep_id: int, drop_id: int
) -> tuple[MergeRecord, MergeRecord]:
    """Return the entry that stays and the one that goes; raises ``UserError`` if they are the same or one is gone."""
    if keep_id == drop_id:
        raise UserError("同じ1件が選ばれています。", "まとめる相手を選び直してください。")
    return get_or_raise(database, kind, keep_id), get_or_raise(database, kind, drop_id)


def field_choice(key: str, label: str, keep: str, drop: str, *, can_keep_both: bool = False) -> FieldChoice:
    """Return the choice for one field, with a proposal.

    Proposed is the entry that stays, the other one where that is empty, or both where they may be kept and differ.

    Args:
        keep, drop: the value as text of the entry that stays and of the other. can_keep_both: for texts only.
    """
    proposed: Side = "keep" if keep.strip() else "drop"
    if can_keep_both and keep.strip() and drop.strip() and keep != drop:
        proposed = "both"
    return FieldChoice(key=key, label=label, keep=keep, drop=drop, proposed=proposed, can_keep_both=can_keep_both)


def chosen_sides(choices: Iterable[FieldChoice], take: Mapping[str, Side]) -> dict[str, Side]:
    """Return for each field the side to take: as in ``take``, else as proposed."""
    return {one.key: take.get(one.key, one.proposed) for one in choices}


def merge_texts(side: Side, keep: str, drop: str) -> str:
    """Return the text of one side, or for "both" the two joined by a line break."""
    if side == "both":
        return "\n".join(part for part in (keep, drop) if part.strip())
    return drop if side == "drop" else keep


def duplicate_contact(contact: Contact, others: Iterable[Contact]) -> Contact | None:
    """Return the first of ``others`` with the same kind, value and purpose, or None; an empty purpose equals any."""
    return next(
        (
            one
            for one in others
            if one.kind is contact.kind
            and same_contact(one.kind, one.value, contact.value)
            and (one.ended_on is None or contact.ended_on is not None)
            and (one.purpose == contact.purpose or not one.purpose or not contact.purpose)
        ),
        None,
    )


def move_contacts(
    change: Change,
    kept_contacts: Sequence[Contact],
    moved_contacts: Sequence[Contact],
    *,
    organisation_id: int | None,
    person_id: int | None,
) -> None:
    """Move ``moved_contacts`` to another owner, the 団体 or the person given (the other is None).

    A contact that the owner has already is dropped; its purpose and the earlier disposal date are kept.
    """
    standing = list(kept_contacts)
    for contact in moved_contacts:
        double = duplicate_contact(contact, standing)
        if double is None:
            change.update(Contact, contact.id, organisation_id=organisation_id, person_id=person_id)
            standing.append(contact)
            continue
        days = [day for day in (double.dispose_on, contact.dispose_on) if day is not None]
        change.update(
            Contact,
            double.id,
            purpose=double.purpose or contact.purpose,
            dispose_on=min(days, default=None),
            note=double.note or contact.note,
        )
        change.delete(Contact, contact.id)
        standing[standing.index(double)] = replace(double, purpose=double.purpose or contact.purpose)


def keep_large_print(change: Change, database: Database, names: Mapping[str, str]) -> None:
    """Let whose letters are a 拡大版 under one of ``names`` get it under the new one too.

    The old one stays, as what is put up already keeps its addressee.
    """
    for event in rows(database, Event):
        new = {names[one] for one in event.large_letters if one in names}
        if new:
            change.update(Event, event.id, large_letters=tuple(sorted(new.union(event.large_letters))))


def move_memberships(
    change: Change,
    kept_memberships: Sequence[Membership],
    moved_memberships: Sequence[Membership],
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Move ``moved_memberships`` to another person or 団体; a 役職 that exists there with the same days is dropped.

    One that has not ended is the same 役職 whenever it began.
    """
    standing = {_role_key(row) for row in kept_memberships}
    for row in moved_memberships:
        after = replace(
            row,
            organisation_id=row.organisation_id if organisation_id is None else organisation_id,
            person_id=row.person_id if person_id is None else person_id,
        )
        if _role_key(after) in standing:
            change.delete(Membership, row.id)
            continue
        standing.add(_role_key(after))
        change.update(Membership, row.id, **changed_fields(row, after))


def _role_key(row: Membership) -> tuple[object, ...]:
    """Return the key by which two entries of a role are the same: person, 団体, role and days.

    An entry that has not ended is the same whenever it began.
    """
    # An open 役職 is the same one whenever it began: two entries of one person rarely know the same day.
    began = row.from_on if row.to_on is not None else None
    return row.person_id, row.organisation_id, row.role, began, row.to_on
