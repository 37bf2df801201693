"""Ways to reach a 団体 or a person, each with what it may be used for and when it is disposed of (§8.4).

- ``save_contact`` · ``remove_contact`` · ``is_odd_phone(value)``
"""

from __future__ import annotations

from datetime import datetime

from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from db.name_key import digits_of
from db.records.organisations import Contact
from db.store import Store

PURPOSES = ("団体への連絡", "中止・変更の連絡", "通知の送付")


def is_odd_phone(value: str) -> bool:
    """Whether a telephone number has a form that nobody can dial: not ten or eleven digits, or no leading nought.

    It is kept and flagged, never refused.
    """
    digits = digits_of(value)
    return not (len(digits) in (10, 11) and digits.startswith("0"))


def save_contact(store: Store, *, contact: Contact, by: str, now: datetime) -> Saved:
    """Add a contact (``id`` 0) or save it as given; the value stays exactly as typed.

    Raises:
        Refusal: nothing typed, no purpose, or it belongs to nobody.
    """
    if not contact.value.strip():
        raise Refusal(f"{contact.kind}がまだ入力されていません。", "連絡先を入力してください。")
    if not contact.purpose.strip():
        raise Refusal("使う目的がまだ入力されていません。", "何のために使う連絡先かを選んでください。")
    if contact.organisation_id is None and contact.person_id is None:
        raise Refusal("だれの連絡先かが決まっていません。", "団体または人を選んでから加えてください。")
    if contact.id:
        required(store.database, Contact, contact.id)
    action = "連絡先を直した" if contact.id else "連絡先を加えた"
    with store.change(action=action, by=by, now=now, subject="organisations") as change:
        made = change.save(contact)
    return Saved(said="連絡先を直しました。" if contact.id else "連絡先を加えました。", id=made)


def remove_contact(store: Store, *, contact_id: int, by: str, now: datetime) -> Saved:
    """Take a contact away; raises ``Refusal`` when it is gone."""
    found = required(store.database, Contact, contact_id)
    with store.change(action="連絡先を削除", by=by, now=now, subject="organisations") as change:
        change.delete(Contact, contact_id)
    return Saved(said=f"連絡先（{found.kind}）を削除しました。", id=contact_id)
