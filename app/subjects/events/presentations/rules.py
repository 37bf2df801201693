"""What a 承諾書 asks, use by use, and what is doubtful about a request before it goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.subjects.events.event.rules.agenda import clock_times
from db.frozen_record import frozen_record
from db.records.events import AgendaItem, Event
from db.records.presentations import Presentation, Use
from db.stand_ins import is_stand_in

LEAST_OPEN_DAYS: Final = 5
"""So many open days at least to answer a request."""
USUAL_OPEN_DAYS: Final = 7
DRAFT_DAYS: Final = 7
"""The material is wanted so many days before its own confirmation is due."""


@frozen_record
class UseLine:
    """One line of the 承諾書: its words, the two answers, and how it is called in lists."""

    use: Use
    words: str
    short: str
    yes: str = "よい"
    no: str = "使わない"


LINES: Final[Sequence[UseLine]] = (
    UseLine(use="use_handout", words="発表の資料を、その日の参加者に配る", short="資料を配る"),
    UseLine(use="use_report", words="発表の要旨を、実施報告書に書く（団体名を出す）", short="報告書に要旨"),
    UseLine(use="use_web", words="発表の要旨を、区のホームページに載せる（団体名を出す）", short="ホームページに要旨"),
    UseLine(use="use_report_photo", words="発表のようすの写真を、実施報告書に載せる", short="報告書に写真"),
    UseLine(
        use="use_web_photo", words="発表のようすの写真を、区報・ホームページに載せる", short="区報・ホームページに写真"
    ),
    UseLine(
        use="pictured_agree", words="資料の写真に写る人から、了解をもらってある", short="写る人の了解", yes="はい",
        no="いいえ",
    ),
    UseLine(
        use="tell_number", words="電話番号を、打合せのため運営の受託者へ伝える", short="受託者に電話番号",
        no="伝えない",
    ),
)  # fmt: skip


def example_of(event: Event, agenda: Iterable[AgendaItem]) -> tuple[str, int | None]:
    """Return clock and minutes of the part of the 進行表 that is an example, ("", None) where none is."""
    for one in clock_times(event.start_time, agenda):
        if one.item.minutes and "事例" in one.item.title + one.item.content:
            return one.start, one.item.minutes
    return "", None


_ROLE: Final = re.compile(
    ".*[会部班事局員区館所室課係園校合組団]長|.*(代表者?|幹事|役員|会計|監事|顧問|相談役|委員|担当者?|総務|書記)"
)
"""What stands before a name, or instead of one, where somebody is addressed."""


def names_of(one: Presentation) -> frozenset[str]:
    """Return under which names a 発表 is known: the 団体, who presents, who is addressed; a role is nobody's name."""
    found = [one.organisation_name]
    for person in (one.presenter, one.addressed):
        words = person.split()
        while words and _ROLE.fullmatch(words[0]):
            words = words[1:]
        found.append(" ".join(words))
    return frozenset(name for name in found if name and not is_stand_in(name))


def request_doubts(
    one: Presentation, event: Event, agenda: Sequence[AgendaItem], calendar: OfficeCalendar, on: date
) -> Iterator[str]:
    """Yield what must be settled before a request leaves on a day: its answer day, its place on the 進行表."""
    named = one.named
    if one.answer:
        return
    if one.answer_by is None:
        yield f"「{named}」の返事の期限が入っていません。"
    elif not calendar.is_open(one.answer_by):
        yield f"「{named}」の返事の期限 {short_date(one.answer_by, on)} は閉庁日です。"
    elif calendar.open_days_between(on, one.answer_by) < LEAST_OPEN_DAYS:
        yield f"「{named}」の返事の期限 {short_date(one.answer_by, on)} まで、{LEAST_OPEN_DAYS}開庁日ありません。"
    if not one.asked.strip():
        yield f"「{named}」にお願いする内容が書かれていません。"
    if one.start_time and agenda:
        starts = {part.start for part in clock_times(event.start_time, agenda) if part.item.minutes}
        if one.start_time not in starts:
            yield f"「{named}」の発表の時刻 {one.start_time} は、当日の進行にありません。"
    if one.start_time and not event.start_time <= one.start_time < event.end_time:
        yield f"「{named}」の発表の時刻 {one.start_time} は、回の時間の外です。"
