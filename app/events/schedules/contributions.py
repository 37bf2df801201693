"""Registers what the subject of schedules adds to the packages below."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.events.schedules import services as schedules_services
from app.events.schedules.services import ward_day_follow_ups
from app.programme.services import read_programme
from app.year.dates.services import PageStatus, SummaryPage
from db.records.schedules import SchedulePlan
from db.rows import rows
from db.store import Store
from db.tables import events as event_table

DOCUMENTS: Final = (*schedules_services.WALL_DOCUMENTS, *schedules_services.COMPARISON_DOCUMENTS)
EVENTLESS_FOLLOW_UPS: Final = (ward_day_follow_ups,)


def _status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the page status: the year is planned when as many events have a day as 仕様書 asks for."""
    numbers = read_programme(store, programme_id=programme_id, on=today).kinds
    living = [one for one in event_table.events_of_year(store.database, programme_id) if one.status != "中止"]
    dated = sum(one.event_date is not None for one in living)
    plans = rows(store.database, SchedulePlan, programme_id=programme_id)
    applied = max((one.applied_on for one in plans if one.applied_on is not None), default=None)
    words = f"日付のある実施回 {dated}件"
    if applied is not None:
        words += f"　案の反映 {applied.month}/{applied.day}"
    elif plans:
        words += f"　案 {len(plans)}"
    return PageStatus(words=words, is_done=dated >= sum(one.planned for one in numbers) and dated == len(living))


SUMMARY_PAGES: Final = (SummaryPage("年間の予定", "日程の比べ", _status, season="はじめる", position=2),)
