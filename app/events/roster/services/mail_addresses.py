"""The mail addresses of chosen people of a roster, to be pasted into mails; nothing is ever sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from app.common.contacts import contacts_in_force
from app.event.rules.participation import has_withdrawn
from app.events.roster.services.entries import EntryRow, read_entries
from app.programme.suspensions import suspended_ids
from db.record import record
from db.records.organisations import Contact
from db.store import Store
from db.tables.organisations import contacts_for

SINGLE_TITLE = "メールアドレス"
TITLE = "メールアドレス（BCC用）"
BETWEEN = "; "
"""What stands between two addresses, as Outlook and most other mail programs read it."""
_KIND = "メール"
_PURPOSE = "申込"
_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])")
"""One address alone, of the signs that RFC 5322 and 1123 allow; what else a field holds is not sent to."""


@record
class MailAddresses:
    """The addresses that may be used, and whom none of them reaches.

    Attributes:
        addresses: each once, as typed, in the order of the list; nobody's name is with them.
        reached: how many of ``asked`` people they reach, whose places are ``reached_ids``.
        without: the people without an address.
        unreadable: people whose address is none, with what stands there.
        expired: people whose address is past the day on which it is to be erased.
        withdrawn: how many of those reached have withdrawn.
        suspended: how many more were chosen whose data a 利用停止 keeps out of mails.
    """

    addresses: tuple[str, ...]
    asked: int
    reached: int
    without: tuple[str, ...]
    unreadable: tuple[str, ...]
    expired: tuple[str, ...]
    withdrawn: int
    suspended: int = 0
    reached_ids: tuple[int, ...] = ()


def read_addresses(store: Store, *, event_id: int, entry_ids: Collection[int], today: date) -> MailAddresses:
    """Return the addresses of some places of an event's roster: that of their application, else the person's own.

    An address past its 廃棄予定日 is not used any more, whoever still sees it.
    """
    every = [one for one in read_entries(store, event_id=event_id, today=today).rows if one.id in set(entry_ids)]
    suspended = suspended_ids(store.database, "letters", today)
    chosen = [one for one in every if one.entry.person_id not in suspended]
    known = contacts_for(
        store.database,
        people={one.entry.person_id for one in chosen if one.entry.person_id},
        applications={one.entry.application_id for one in chosen if one.entry.application_id},
    )
    contacts = contacts_in_force(known, _KIND, _PURPOSE)
    addresses: dict[str, str] = {}
    without: list[str] = []
    unreadable = []
    expired: list[str] = []
    reached = []
    withdrawn = 0
    for row in chosen:
        mine = _of_row(row, contacts)
        kept = [one for one in mine if one.dispose_on is None or one.dispose_on >= today]
        usable = next((value for one in kept if _ADDRESS.fullmatch(value := one.value.strip())), "")
        if usable:
            addresses.setdefault(usable.casefold(), usable)
            reached.append(row.id)
            withdrawn += has_withdrawn(row.entry)
        elif kept:
            unreadable.append(f"{row.spoken_name}（{kept[0].value}）")
        else:
            (expired if mine else without).append(row.spoken_name)
    return MailAddresses(
        addresses=tuple(addresses.values()),
        asked=len(chosen),
        reached=len(reached),
        reached_ids=tuple(reached),
        without=tuple(without),
        unreadable=tuple(unreadable),
        expired=tuple(expired),
        withdrawn=withdrawn,
        suspended=len(every) - len(chosen),
    )


def _of_row(row: EntryRow, contacts: Sequence[Contact]) -> list[Contact]:
    """Return the contacts of an entry, the person's own and those given with the application, the newer first."""
    entry = row.entry
    return [
        one
        for one in contacts
        if (entry.person_id and one.person_id == entry.person_id)
        or (entry.application_id and one.application_id == entry.application_id)
    ]
