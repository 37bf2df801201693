"""What contacts of applicants may be used for and when they are disposed of: as set, or the usual.

- ``read_contact_rule(store) -> ContactRule``; ``set_contact_rule(store, purpose, dispose_on, by, now)``
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.calendar.dates import long_date
from app.importing.column_maps import keep_named
from app.refusal import Refusal
from app.saved import Saved
from db.store import Store
from db.tables import applications as table
from db.tables import programme

PURPOSE: Final = "決定通知の送付、中止・変更の連絡"
_CONTACTS: Final = "連絡先の扱い"


@dataclass(frozen=True, kw_only=True)
class ContactRule:
    """What the ways to reach applicants may be used for, and when they are disposed of."""

    purpose: str
    dispose_on: date | None


def read_contact_rule(store: Store, *, programme_id: int | None = None) -> ContactRule:
    """Return what contacts of applicants are for and when they are disposed of (the end of April after the year).

    ``programme_id`` is the year of the event; None = the newest.
    """
    found = table.column_map(store.database, "申込", _CONTACTS)
    kept = found.columns if found else {}
    year = next((one for one in programme.programmes(store.database) if programme_id in (None, one.id)), None)
    usual = date(year.fiscal_year + 1, 4, 30) if year else None
    written = kept.get("dispose_on", "")
    return ContactRule(
        purpose=kept.get("purpose", "") or PURPOSE, dispose_on=date.fromisoformat(written) if written else usual
    )


def set_contact_rule(store: Store, *, purpose: str, dispose_on: date, by: str, now: datetime) -> Saved:
    """Set what contacts taken in from now on are for, and when they are disposed of.

    Raises:
        Refusal: the purpose is empty, or the day lies in the past.
    """
    if not purpose.strip():
        raise Refusal("連絡先を使う目的が空です。", "目的を書いてください。")
    if dispose_on < now.date():
        raise Refusal("廃棄予定日が、本日より前です。", "これからの日を入力してください。")
    kept = {"purpose": purpose.strip(), "dispose_on": dispose_on.isoformat()}
    saved = keep_named(
        store, target="申込", source_key=_CONTACTS, values=kept, action="申込の連絡先の扱いを変えた", by=by, now=now
    )
    return Saved(said=f"これから取り込む連絡先の廃棄予定日を{long_date(dispose_on)}にしました。", id=saved.id)
