"""Adds to the sample year what an office would have by now, so that no picture shows an empty list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.actions.action_context import ActionContext
from app.data_folder.services import backups
from app.data_folder.services.clock import now_of
from app.event.services.event_lists import list_event_names
from app.events.roster.services import roster
from app.events.tablets import services as tablet_services
from app.programme import services as programme_services
from db.store import Store

STAFF_NAME = "見本　係員"
_MORNING = time(10, 32)
_LIST_TEXT = """支部,団体名,会長,連絡先,世帯数
第1支部,見本あおば町会,仮名　和子,03-0000-1000,240
第2支部,見本こもれび自治会,見本山　四郎,03-0000-1001,252
第3支部,見本ひだまり町会,例川　幸子,03-0000-1002,560
第4支部,見本そよかぜ自治会,仮名　三郎,03-0000-1003,310
第5支部,見本みどりば町会,仮森　節子,03-0000-1014,730
第6支部,見本はなみず自治会,?例　四郎,03-0000-1005,120
第11支部,見本あかつき町会,試川　明子,03-0000-1900,180
第12支部,見本しらかば団地自治会,例木　直人,03-0000-1901,95
"""


def moment_of(store: Store, clock: datetime) -> datetime:
    """Return the sample year's own day at a fixed time, so that a repeated picture is identical."""
    return datetime.combine(now_of(store, clock).date(), _MORNING)


def event_ids(store: Store, today: date) -> Mapping[str, int]:
    """Return the ids of the events by title."""
    return {row.title: row.id for row in list_event_names(store, today=today)}


def event_with(events: Mapping[str, int], title_part: str) -> int:
    """Return the id of the event whose title contains ``title_part``."""
    return next(found for title, found in events.items() if title_part in title)


def add_for_pictures(store: Store, *, now: datetime) -> None:
    """Add roster numbers, tablets, a closed day and two backups."""
    events = event_ids(store, now.date())
    coming = event_with(events, "第6回")
    roster.assign_roster_numbers(ActionContext(store, STAFF_NAME, now), event_id=coming)
    tablet_services.assign_tablets(ActionContext(store, STAFF_NAME, now), event_id=coming, spare=1)
    programme_services.add_closed_day(
        ActionContext(store, STAFF_NAME, now), day=date(2027, 2, 26), reason="庁舎の設備点検"
    )
    evening = datetime.combine(now.date() - timedelta(days=1), time(17, 20))
    backups.make_backup(store, now=evening, reason="閉じたとき")
    backups.make_backup(store, now=datetime.combine(now.date(), time(8, 31)), reason="開いたとき")


def organisation_list(folder: Path) -> Path:
    """Write an invented list of 団体 (known, changed, new ones, a lost character) into ``folder``; return its path."""
    path = folder / "団体一覧（見本）.csv"
    path.write_text(_LIST_TEXT, encoding="utf-8-sig")
    return path
