"""Name and telephone of a 団体 go to the contractor only where its signed slip agrees to it (仕4(2), 特12).

- ``check_consent(store, event_id)`` refuses; ``check_leaving(store, event_id, to, contents)`` for rows of the
    持出し管理簿
- ``guard_contacts(store, row, said)`` holds back whatever is about to leave by the log of what left
- ``contact_of(store, event_id) -> DispatchContact`` what may be told, after the same check
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.papers.services.issued_copies import recipient_kind
from app.programme.services.programme import programme_of_event
from app.subjects.events.dispatches.papers.dispatch_papers import CONTACT
from app.subjects.events.dispatches.rules import not_told_words
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.dispatches import DispatchWish
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.papers import Outgoing
from db.records.programme import Contractor
from db.rows import by_id, row, rows
from db.stand_ins import is_stand_in
from db.store import Store
from db.tables import organisations, register

_CONTACTS: Final = re.compile(r"電話|連絡先|携帯|メール|住所|希望票|中止連絡")
_HYPHENS: Final = re.compile(r"[\s\-‐‑–—−ー－()（）]+")
_SHORTEST: Final = 6
"""Signs of the shortest telephone number or address that is looked for."""
_WAY_OUT: Final = "日程の相談は、区を通して行います。同意を得たら、「支援のあゆみ」の希望票に記録してください。"


def check_consent(store: Store, *, event_id: int) -> DispatchWish:
    """Return the slip that allows it.

    Raises:
        Refusal: there is no slip, it was not chosen, it does not agree, or who signed it was erased.
    """
    event = get_or_refuse(store.database, Event, event_id)
    wish = row(store.database, DispatchWish, event_id=event_id, order="-id")
    if wish is None:
        raise Refusal(f"{event.full_title}には派遣希望票の記録がないため、連絡先を受託者へ渡せません。", _WAY_OUT)
    if why := not_told_words(wish):
        raise Refusal(f"{event.full_title}の希望票は、{why}ため、連絡先を受託者へ渡せません。", _WAY_OUT)
    if is_stand_in(wish.signer):  # who asks to be erased takes the consent back as well
        raise Refusal(
            f"{event.full_title}の希望票に署名した方の記録は消去されたため、連絡先を受託者へ渡せません。", _WAY_OUT
        )
    return wish


def check_leaving(store: Store, *, event_id: int | None, to: str, contents: str) -> None:
    """Refuse contacts of a 派遣 on their way to the contractor without consent; everything else passes.

    Args:
        to: destination and receiver in words. contents: what leaves, in words.
    """
    event = get_or_refuse(store.database, Event, event_id) if event_id is not None else None
    if event is None or event.kind != "派遣" or not _CONTACTS.search(contents):
        return
    contractor = name_key(programme_of_event(store, event).contractor.name)
    told = name_key(to)
    if "受託者" in to or (contractor and contractor in told):
        check_consent(store, event_id=event.id)


def guard_contacts(store: Store, row: Outgoing, said: Callable[[], str]) -> None:
    """Refuse what is about to leave to the contractor with a telephone number or address of the 団体 of a 派遣, without
    consent.

    Args:
        row: the row of the log that is being written, by which every paper, list, text and file leaves. said: reads
            every text of it.
    """
    if row.way == "取消" or row.print_use == "控え用":
        return
    if recipient_kind(row) != "受託者" and not _names_contractor(store, row):
        return
    for event in _dispatches_of(store, row):
        if row.document_kind == CONTACT or _holds_contact(store, event, said()):
            check_consent(store, event_id=event.id)


def _names_contractor(store: Store, row: Outgoing) -> bool:
    if "受託者" in row.reason:
        return True
    names = (
        {name_key(one.name) for one in rows(store.database, Contractor) if one.name} if row.reason.strip() else set()
    )
    told = name_key(row.reason)
    return any(name and name in told for name in names)


def _dispatches_of(store: Store, row: Outgoing) -> list[Event]:
    """The 派遣 it is about: its event, or those of its 団体."""
    if row.event_id is not None:
        event = by_id(store.database, Event, row.event_id)
        return [event] if event is not None and event.kind == "派遣" else []
    if row.organisation_id is None:
        return []
    mine = rows(store.database, DispatchWish, organisation_id=row.organisation_id)
    slips = {one.event_id for one in mine if one.event_id is not None}
    found = rows(store.database, Event, organisation_id=row.organisation_id, kind="派遣")
    found += [one for one in rows(store.database, Event, id=slips) if one.id not in {known.id for known in found}]
    return [one for one in found if one.status != "中止"]


def _holds_contact(store: Store, event: Event, said: str) -> bool:
    """Whether a way to reach the 団体 or one of its people stands in a text, however it is written in width and
    hyphens."""
    # An event without a 団体 of its own is that of its slip.
    slips = {one.organisation_id for one in rows(store.database, DispatchWish, event_id=event.id)}
    known = [
        contact
        for each in slips | ({event.organisation_id} if event.organisation_id is not None else set())
        for contact in (
            *organisations.contacts_of_organisation(store.database, each),
            *register.contacts_of_people(store.database, each),
        )
    ]
    text = _bare(said)
    return any(len(value) >= _SHORTEST and value in text for value in (_bare(one.value) for one in known))


def _bare(text: str) -> str:
    """Without blanks and hyphens, in half width."""
    return _HYPHENS.sub("", unicodedata.normalize("NFKC", text))


@frozen_record
class DispatchContact:
    """What the slip allows to be told: the 代表者 as signed and the telephones of the 団体, nothing else."""

    organisation: str
    signer_role: str
    signer: str
    phones: tuple[str, ...]
    agreed_on: date


def contact_of(store: Store, *, event_id: int) -> DispatchContact:
    """Return the contact of a 派遣; raises ``Refusal`` without the consent of its slip, or without a telephone."""
    wish = check_consent(store, event_id=event_id)
    organisation = get_or_refuse(store.database, Organisation, wish.organisation_id)
    known = organisations.not_erased(organisations.contacts_of_organisation(store.database, organisation.id))
    found = [one for one in known if one.kind == "電話"]
    found.sort(key=lambda one: "派遣" not in one.purpose)
    phones = tuple(dict.fromkeys(one.value for one in found))[:1]
    if not phones:
        raise Refusal(f"「{organisation.name}」の電話の登録がありません。", "団体の連絡先に電話を登録してください。")
    return DispatchContact(
        organisation=organisation.name,
        signer_role=wish.signer_role,
        signer=wish.signer,
        phones=phones,
        agreed_on=wish.consent_on or wish.received_on,
    )
