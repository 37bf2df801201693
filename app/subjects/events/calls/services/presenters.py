"""Who presents an example at an event, and the number to call when it is cancelled or moved: kept for that alone.

- ``presenters_of(database, event_id) -> list[Contact]``
- ``save_presenter(act, contact) -> Saved``; ``remove_presenter(act, contact_id) -> Saved``
"""

from __future__ import annotations

from typing import Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.programme.rules.retention import PRESENTERS
from app.subjects.events.event.services.event_file import required_event
from db.engine import Database
from db.fields import corrections
from db.records.organisations import Contact
from db.rows import rows

PURPOSE: Final = PRESENTERS.purpose


def presenters_of(database: Database, event_id: int) -> list[Contact]:
    """Return the presenters of an event, each as the contact that was kept; ``note`` is the name."""
    return rows(database, Contact, event_id=event_id)


@deed
def save_presenter(act: Act, *, contact: Contact) -> Saved:
    """Add a presenter of ``contact.event_id`` (``id`` 0) or save one as given; name and number stay exactly as typed.

    A number that is not known yet may be empty. Purpose and day of disposal belong to every number that is kept
    (個人情報の保護に関する法律 61条: a purpose, and not beyond it).

    Raises:
        Refusal: no event, no name, or a number without purpose or without the day on which it is disposed of.
    """
    event = required_event(act.database, contact.event_id or 0)
    known = get_or_refuse(act.database, Contact, contact.id) if contact.id else None
    if not contact.note.strip():
        raise Refusal("発表者の氏名が書かれていません。", "氏名を入力してください。")
    if contact.value.strip() and not (contact.purpose.strip() and contact.dispose_on):
        raise Refusal("使う目的または廃棄予定日が書かれていません。", "電話番号を持つときは、両方を入力してください。")
    action = f"{event.full_title}の事例発表者を{'直した' if contact.id else '加えた'}"
    with act.change(action, "calls", event_id=event.id) as change:
        row_id = change.keep(Contact, known, **corrections(known, contact))
    return Saved(f"{contact.note}さんを発表者として保存しました。", row_id)


@deed
def remove_presenter(act: Act, *, contact_id: int) -> Saved:
    """Take a presenter out with the number; raises ``Refusal`` when it is gone."""
    found = get_or_refuse(act.database, Contact, contact_id)
    event = required_event(act.database, found.event_id or 0)
    action = f"{event.full_title}の事例発表者を外した"
    with act.change(action, "calls", event_id=event.id) as change:
        change.delete(Contact, contact_id)
    return Saved(f"{found.note}さんを発表者から外しました。", contact_id)
