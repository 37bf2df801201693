"""What was set by hand about a source and is used again: its columns, its wishes, how contacts are handled.

- ``recall_columns(store, source_key, target) -> dict[int, str] | None``; ``remember_columns(…, columns, by, now)``
- ``recall_wishes(store, source_key) -> dict[str, int]``; ``remember_wishes(…, wishes, by, now)``
- ``read_contact_rule(store) -> ContactRule``; ``set_contact_rule(store, purpose, dispose_on, by, now)``
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from app.rules.dates import long_date
from app.services.application_writing import ContactRule
from app.services.refusal import Refusal
from app.services.saved import Saved
from db.records.applications import ColumnMap, Target
from db.store import Store
from db.tables import applications as table
from db.tables import programme

PURPOSE: Final = "決定通知の送付、中止・変更の連絡"
NOT_TAKEN: Final = 0
"""Stands for the event of a wish that is not taken in."""

_WISHES: Final = "希望　"
_CONTACTS: Final = "連絡先の扱い"


def recall_columns(store: Store, *, source_key: str, target: Target = "申込") -> dict[int, str] | None:
    """Return the columns set by hand for this source (number from 0 to field, "" = not taken), or None."""
    found = table.column_map(store.database, target, source_key)
    return {int(number): field for number, field in found.columns.items()} if found else None


def remember_columns(
    store: Store, *, source_key: str, columns: Mapping[int, str], target: Target = "申込", by: str, now: datetime
) -> Saved:
    """Use these columns again for every later file of this source."""
    kept = {str(number): field for number, field in sorted(columns.items())}
    return _keep(store, target, source_key, kept, "列の対応を覚えた", by, now)


def recall_wishes(store: Store, *, source_key: str) -> dict[str, int]:
    """Return which event each wish of this source was set to mean; ``NOT_TAKEN`` = none."""
    found = table.column_map(store.database, "申込", _WISHES + source_key)
    return {text: int(event_id) for text, event_id in found.columns.items()} if found else {}


def remember_wishes(store: Store, *, source_key: str, wishes: Mapping[str, int], by: str, now: datetime) -> Saved:
    """Use these choices again for every later file of this source; those made before stay."""
    kept = recall_wishes(store, source_key=source_key) | dict(wishes)
    values = {text: str(event_id) for text, event_id in kept.items()}
    return _keep(store, "申込", _WISHES + source_key, values, "希望と実施回の対応を覚えた", by, now)


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
    saved = _keep(store, "申込", _CONTACTS, kept, "申込の連絡先の扱いを変えた", by, now)
    return Saved(said=f"これから取り込む連絡先の廃棄予定日を{long_date(dispose_on)}にしました。", id=saved.id)


def _keep(
    store: Store, target: Target, source_key: str, values: dict[str, str], action: str, by: str, now: datetime
) -> Saved:
    present = table.column_map(store.database, target, source_key)
    if present is not None and present.columns == values:
        return Saved(said="", id=present.id)
    with store.change(action=action, by=by, now=now, subject="applications") as change:
        row_id = change.save(
            ColumnMap(
                id=present.id if present else 0,
                target=target,
                source_key=source_key,
                columns=values,
                remembered_at=now,
            )
        )
    return Saved(said="", id=row_id)
