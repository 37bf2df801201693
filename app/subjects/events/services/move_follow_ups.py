"""What another date calls for beside the deadlines: letters already sent, people to call, the booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.calendar.dates import short_date
from app.subjects.events.rules.attendance import headcount_totals
from app.subjects.events.services.event_file import EventCourse
from app.subjects.events.services.recruitment import VENUE_STEP
from db.records.events import Event


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Something a move makes necessary; with ``step`` it becomes a row of 区がやること on saving."""

    text: str
    step: str = ""


def follow_ups(file: EventCourse, moved: Event, today: date) -> tuple[FollowUp, ...]:
    """What else has to be put right: letters already sent, people to call, the booking."""
    event = file.event
    if event.event_date is None:
        return ()
    found = []
    totals = headcount_totals(file.expected)
    sent = next((step for step in file.steps if "決定通知" in step.name and step.done_on is not None), None)
    if sent is not None and sent.done_on is not None:
        many = f" {totals.people}人分" if totals.people else ""
        found.append(
            FollowUp(
                text=f"決定通知{many}は {short_date(sent.done_on, today)} に施行済。日程変更の通知（起案・決裁）が要ります。",
                step="日程変更の通知",
            )
        )
    found += [
        FollowUp(text=f"{letter.document_kind}は {short_date(letter.issued_on, today)} に施行済です（旧日程）。")
        for letter in file.letters
        if letter.issued_on is not None
    ]
    if totals.organisations:
        found.append(
            FollowUp(text=f"「中止・変更の連絡」で {totals.organisations}団体へ電話します。", step="日程変更の連絡")
        )
    if file.told is not None and file.told.told_on is not None:
        told = short_date(file.told.told_on, today)
        found.append(FollowUp(text=f"参加人数は {told} に受託者へ連絡済です。日付の変更も伝えます。"))
    if event.venue and moved.event_date != event.event_date and moved.event_date is not None:
        day = short_date(moved.event_date, today)
        found.append(FollowUp(text=f"{event.venue} {day} の使用承認がまだありません。", step=VENUE_STEP))
    return tuple(found)
