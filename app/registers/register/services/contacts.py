"""Adds contacts; a new one takes the place of the one for the same use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.common.contacts import contacts_in_force
from db.journal import Change
from db.records.organisations import Contact

FIELDS_AS_TYPED = "ファイルでは「"
"""Start of a note written by an import; any other note was typed by the ward."""


def add_contact(
    change: Change, known: Iterable[Contact], contact: Contact, day: date
) -> tuple[int, tuple[Contact, ...]]:
    """Add a contact, which from ``day`` on ends those of its owner (``known``) for the same use; return id and those.

    A contact without a purpose ends none, and none ends it.
    """
    standing = contacts_in_force(known, contact.kind)
    ended = tuple(one for one in standing if one.purpose.strip() and _use(one) == _use(contact))
    for one in ended:
        change.update(Contact, one.id, ended_on=day)
    return change.insert(contact), ended


def _use(contact: Contact) -> tuple[str, str]:
    """Return what a contact is for: its purpose, and the ward's own word for it (会長宅)."""
    return contact.purpose.strip(), "" if contact.note.startswith(FIELDS_AS_TYPED) else contact.note.strip()


def ended_last(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return contacts as a list shows them: those that ended below the others."""
    return tuple(sorted(contacts, key=lambda one: one.ended_on is not None))
