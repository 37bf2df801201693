"""Gives name and telephone of a 団体 to the contractor only if its signed request agrees (仕4(2)カ)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.contacts import contacts_in_force
from app.documents.services.issued_copies import recipient_kind
from app.events.dispatches.documents import CONTACT_SHEET
from app.events.dispatches.rules import contact_withheld_reason
from app.programme.services import programme_of_event, visit_words
from db.digits import one_width
from db.engine import Database
from db.name_key import name_key
from db.record import record
from db.records.dispatches import DispatchRequest
from db.records.documents import Outgoing
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import Contractor
from db.redactions import is_redacted_text
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import organisations, register

_CONTACT_WORDS = re.compile(r"電話|連絡先|携帯|メール|住所|希望票|中止連絡")
_HYPHENS = re.compile(r"[\s\-‐‑–—−ー－()（）]+")
_MIN_CONTACT_LENGTH = 6
"""Characters of the shortest telephone number or address that is searched for."""
_ALTERNATIVE = "日程の相談は、区を通して行います。同意を得たら、「支援のあゆみ」の希望票に記録してください。"


def check_consent(store: Store, *, event_id: int) -> DispatchRequest:
    """Return the newest request of a 派遣, if it allows to share the contact with the contractor.

    Raises:
        UserError: there is no request, it was not selected or does not agree, or who signed it was erased.
    """
    event = get_or_raise(store.database, Event, event_id)
    wish = request_of_visit(store.database, event)
    if wish is None:
        form = visit_words(store.database, "派遣希望票", event.programme_id)
        raise UserError(f"{event.full_title}には{form}の記録がないため、連絡先を受託者へ渡せません。", _ALTERNATIVE)
    if why := visit_words(store.database, contact_withheld_reason(wish), event.programme_id):
        raise UserError(f"{event.full_title}の希望票は、{why}ため、連絡先を受託者へ渡せません。", _ALTERNATIVE)
    if is_redacted_text(wish.signer):  # a request for erasure also revokes the consent
        raise UserError(
            f"{event.full_title}の希望票に署名した方の記録は消去されたため、連絡先を受託者へ渡せません。", _ALTERNATIVE
        )
    return wish


def request_of_visit(database: Database, event: Event) -> DispatchRequest | None:
    """Return the newest request for a visit, also for a further one of several; None = there is none."""
    linked = row(database, DispatchRequest, event_id=event.id, order="-id")
    return linked or by_id(database, DispatchRequest, event.request_id)


def check_outgoing_contents(store: Store, *, event_id: int | None, recipient: str, contents: str) -> None:
    """Raise ``UserError`` for contacts of a 派遣 that would go to the contractor without consent.

    Nothing is checked without an event, for an event of another kind, or where ``contents`` name no contact.

    Args:
        recipient: destination and receiver in words; it is the contractor if 受託者 or the contractor's name is in it.
        contents: what leaves, in words.
    """
    event = get_or_raise(store.database, Event, event_id) if event_id is not None else None
    if event is None or not event.form.at_organisation or not _CONTACT_WORDS.search(contents):
        return
    contractor = name_key(programme_of_event(store, event).contractor.name)
    told = name_key(recipient)
    if "受託者" in recipient or (contractor and contractor in told):
        check_consent(store, event_id=event.id)


def reject_contacts_without_consent(store: Store, row: Outgoing, read_text: Callable[[], str]) -> None:
    """Raise ``UserError`` if a document to the contractor holds a contact of a 派遣's 団体 without consent.

    A 取消 and what is printed as 控え用 may hold it.

    Args:
        row: the log row being written, as for every document, list, text and file that leaves.
        read_text: returns its whole text.
    """
    if row.way.is_withdrawal or row.print_use.is_copy:
        return
    if recipient_kind(row) != "受託者" and not _is_to_contractor(store, row):
        return
    for event in _dispatches_of(store, row):
        if row.document_kind == CONTACT_SHEET or _contains_contact(store, event, read_text()):
            check_consent(store, event_id=event.id)


def _is_to_contractor(store: Store, row: Outgoing) -> bool:
    """Return whether the reason of the output says 受託者 or the contractor's name."""
    told = name_key(row.reason)
    names = {name_key(one.name) for one in rows(store.database, Contractor)} if told else set()
    return "受託者" in row.reason or any(name and name in told for name in names)


def _dispatches_of(store: Store, row: Outgoing) -> list[Event]:
    """Return the 派遣 that the row is about: its event, or those of its 団体 that are not cancelled."""
    if row.event_id is not None:
        event = by_id(store.database, Event, row.event_id)
        return [event] if event is not None and event.form.at_organisation else []
    if row.organisation_id is None:
        return []
    mine = rows(store.database, DispatchRequest, organisation_id=row.organisation_id)
    slips = {one.event_id for one in mine if one.event_id is not None}
    found = rows(store.database, Event, organisation_id=row.organisation_id, form=EventForm.VISIT)
    found += [one for one in rows(store.database, Event, id=slips) if one.id not in {known.id for known in found}]
    return [one for one in found if one.status.counts]


def _contains_contact(store: Store, event: Event, contents: str) -> bool:
    """Return whether a text contains a contact of the 団体 or its people, in any width and with any hyphens."""
    # An event without a 団体 of its own has that of its request.
    slips = {one.organisation_id for one in rows(store.database, DispatchRequest, event_id=event.id)}
    if event.organisation_id is not None:
        slips.add(event.organisation_id)
    known = [
        _without_separators(one.value)
        for each in slips
        for find in (organisations.contacts_of_organisation, register.contacts_of_people)
        for one in find(store.database, each)
    ]
    text = _without_separators(contents)
    return any(len(value) >= _MIN_CONTACT_LENGTH and value in text for value in known)


def _without_separators(text: str) -> str:
    """Return the text in half width, without blanks and hyphens."""
    return _HYPHENS.sub("", one_width(text))


@record
class DispatchContact:
    """Contact that the request allows to be shared: the 代表者 as signed, and a telephone of the 団体.

    ``phones`` holds exactly one, rather one that was given for 派遣; ``agreed_on`` is the day of consent or receipt.
    """

    organisation: str
    signer_role: str
    signer: str
    phones: tuple[str, ...]
    agreed_on: date


def contact_of(store: Store, *, event_id: int) -> DispatchContact:
    """Return the contact of a 派遣; raises ``UserError`` without the consent of its request, or without a telephone."""
    wish = check_consent(store, event_id=event_id)
    organisation = get_or_raise(store.database, Organisation, wish.organisation_id)
    known = organisations.contacts_of_organisation(store.database, organisation.id)
    phones = tuple(one.value for one in contacts_in_force(known, "電話", "派遣"))[:1]
    if not phones:
        raise UserError(f"「{organisation.name}」の電話の登録がありません。", "団体の連絡先に電話を登録してください。")
    return DispatchContact(
        organisation=organisation.name,
        signer_role=wish.signer_role,
        signer=wish.signer,
        phones=phones,
        agreed_on=wish.consent_on or wish.received_on,
    )
