"""The event of today, or of the next working day: the way to its door, and what to have printed in case the program is
not there.

- ``days_at_hand(files, year) -> tuple[DayAtHand, ...]``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.common.together import together
from app.subjects.events.day.services.day_pack import PACK, set_kinds
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.tasks.event_tasks import Year
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.programme import Kind

_IN_CASE: Final = "パソコンやプログラムが使えないときは、紙の受付名簿で受け付け、あとで「紙の名簿から出欠」で入れます。"


@frozen_record
class DayAtHand:
    """One event of today or of the next working day.

    ``when_words`` 「きょう 14:00–16:00」; ``spare_words`` what to print, or when it was, and what to do without the
    program, ``printed_words`` the first of it in short; ``door`` the way to the 受付 (today only), ``papers`` the way
    to the papers of the day, ``calls`` the way to 中止・変更の連絡, which is needed in a hurry.
    """

    event_id: int
    kind: Kind
    title: str
    when_words: str
    place_words: str
    printed_words: str
    spare_words: str
    door: Asked | None
    papers: Asked
    calls: Asked


def days_at_hand(files: Sequence[EventFile], year: Year) -> tuple[DayAtHand, ...]:
    """Return the events, still 予定, of today and, from the last working day before it on, of the day that comes."""
    today = year.today
    # Whoever stands here on Friday prepares Saturday, Sunday and Monday.
    until = year.calendar.open_on_or_after(today + timedelta(days=1))
    found = [file for file in files if file.event.status == "予定" and _within(file.event, today, until)]
    return tuple(
        _day(file, today) for file in sorted(found, key=lambda one: (one.event.event_date, one.event.start_time))
    )


def _within(event: Event, first: date, last: date) -> bool:
    return event.event_date is not None and first <= event.event_date <= last


def _day(file: EventFile, today: date) -> DayAtHand:
    event = file.event
    assert event.event_date is not None  # chosen by its day
    is_today = event.event_date == today
    tomorrow = event.event_date == today + timedelta(days=1)
    day = "きょう" if is_today else f"{'あした ' if tomorrow else ''}{short_date(event.event_date, today)}"
    left = max((left_on for kind, left_on in file.left_on.items() if kind == PACK), default=None)
    kinds = "、".join(set_kinds())
    printed = f"当日資料は {short_date(left, today)} に印刷・保存しました。" if left is not None else ""
    spare = f"{printed or f'まだ印刷していません：{kinds}。'}{_IN_CASE}"
    place = together(event.venue, event.room, by=" ") or "会場未定"
    people = f"　{file.people_word} {file.people}人" if file.people else ""
    return DayAtHand(
        event_id=event.id,
        kind=event.kind,
        title=event.full_title,
        when_words=f"{day} {event.start_time}–{event.end_time}",
        place_words=f"{place}{people}",
        printed_words=printed or "当日資料は、まだ印刷していません。",
        spare_words=spare,
        door=Asked("受付", event_id=event.id) if is_today else None,
        papers=Asked("当日資料を作成する", event_id=event.id),
        calls=Asked("中止・変更の連絡", event_id=event.id),
    )
