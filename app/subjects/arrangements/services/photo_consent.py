"""撮影の可否 of the people of one event, set for one or many at once.

- ``set_photo_consent(store, entry_ids, photo, by, now) -> Saved``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.services.entry_names import required_entry
from db.records.roster import Entry, PhotoConsent
from db.store import Store

WORDS: dict[PhotoConsent, str] = {"可": "撮影可", "不可": "撮影不可", "": "未確認"}


def set_photo_consent(store: Store, *, entry_ids: Sequence[int], photo: PhotoConsent, by: str, now: datetime) -> Saved:
    """Note for these entries of one event whether they may be photographed ("" = not asked yet).

    Raises:
        Refusal: nobody was chosen, or an entry is gone.
    """
    if not entry_ids:
        raise Refusal("どなたも選ばれていません。", "一覧で選んでから押してください。")
    found = [required_entry(store, each) for each in dict.fromkeys(entry_ids)]
    event = required_event(store.database, found[0].event_id)
    action = f"{event.full_title}：{len(found)}人の撮影の可否を{WORDS[photo]}にした"
    with store.change(action=action, by=by, now=now, subject="roster", event_id=event.id) as change:
        for entry in found:
            change.update(Entry, entry.id, photo=photo)
    return Saved(said=f"{len(found)}人を{WORDS[photo]}にしました。", id=event.id)
