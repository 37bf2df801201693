"""The events of today and the next working day, with check-in link and documents to print beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.event_phase import EventPhase
from app.event.services.event_records import EventRecords
from app.event.services.tasks.event_tasks import YearContext
from app.event_day.day.services.day_pack import PACK, kinds_of_set
from db.record import record
from db.records.programme import Kind

_IN_CASE = "パソコンやプログラムが使えないときは、紙の受付名簿で受け付け、あとで「紙の名簿から出欠」で入れます。"


@record
class UpcomingEvent:
    """One event of today or of the next working day.

    Attributes:
        when_words: 「きょう 14:00–16:00」, after a 延期 「延期（もとの日時 きょう 14:00–16:00）」.
        place_words: the venue with the people (「参加予定 12人」).
        printed_words: the sentence on when 当日資料 was last printed or saved, or that it was not yet.
        backup_print_words: the same, naming what to print, and what to do when the program cannot be used.
        check_in: the link to the 受付; None = not today, or it waits for another day.
        documents: the link to the documents of the day; ``calls`` to 中止・変更の連絡.
    """

    event_id: int
    kind: Kind
    title: str
    when_words: str
    place_words: str
    printed_words: str
    backup_print_words: str
    check_in: ActionLink | None
    documents: ActionLink
    calls: ActionLink


def upcoming_events(files: Sequence[EventRecords], year: YearContext) -> tuple[UpcomingEvent, ...]:
    """Return the events from today to the next working day (on Friday to Monday), by day and time.

    Those that wait for another day after a 延期 or 日時の変更 come last: somebody may come on the old one all the same.
    """
    today = year.today
    # On Friday one prepares Saturday, Sunday and Monday.
    until = year.calendar.open_on_or_after(today + timedelta(days=1))
    found = [
        file
        for file in files
        if file.event.event_date is not None
        and today <= file.event.event_date <= until
        and ((phase := file.phase(today)).will_be_held or phase is EventPhase.WITHOUT_NEW_DAY)
    ]
    found.sort(key=lambda one: (one.event_as_planned.event_date or date.max, one.event.start_time))
    return tuple(_upcoming_event(file, today) for file in found)


def _upcoming_event(file: EventRecords, today: date) -> UpcomingEvent:
    """Return an event of the coming days, with what to print beforehand and where to go."""
    event = file.event
    assert event.event_date is not None  # chosen by its day
    is_today = event.event_date == today
    tomorrow = event.event_date == today + timedelta(days=1)
    day = "きょう" if is_today else f"{'あした ' if tomorrow else ''}{short_date(event.event_date, today)}"
    left = max((left_on for kind, left_on in file.last_issued_on.items() if kind == PACK), default=None)
    kinds = "、".join(kinds_of_set(file.as_subject))
    printed = fill_nonempty("当日資料は {} に印刷・保存しました。", short_date_or("", left, today))
    spare = f"{printed or f'まだ印刷していません：{kinds}。'}{_IN_CASE}"
    place = file.event_as_planned.place_words or "会場未定"
    people = f"　{file.people_word} {file.people}人" if file.people else ""
    when, awaited = f"{day} {event.hours}", file.awaited_change
    return UpcomingEvent(
        event_id=event.id,
        kind=event.kind,
        title=event.full_title,
        when_words=f"{awaited}（もとの日時 {when}）" if awaited else when,
        place_words=f"{place}{people}",
        printed_words=printed or "当日資料は、まだ印刷していません。",
        backup_print_words=spare,
        check_in=ActionLink("受付", event_id=event.id) if is_today and not awaited else None,
        documents=ActionLink("当日資料を作成する", event_id=event.id),
        calls=ActionLink("中止・変更の連絡", event_id=event.id),
    )
