"""The questions of a 承諾書 by use, and doubts about a request before it is issued."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.event.rules.agenda import clock_times
from db.record import record
from db.records.events import AgendaItem, Event
from db.records.presentations import Presentation, PresentationUse
from db.redactions import is_redacted_text

MIN_OPEN_DAYS = 5
"""Minimum number of open days to answer a request."""
USUAL_OPEN_DAYS = 7
DRAFT_DAYS = 7
"""Days before the confirmation of a material by which it is wanted."""


@record
class UseLine:
    """One line of the 承諾書: its text, the two answers, and its name in lists."""

    use: PresentationUse
    words: str
    short_name: str
    yes_text: str = "よい"
    no_text: str = "使わない"


USE_LINES: Sequence[UseLine] = (
    UseLine(use="use_handout", words="発表の資料を、その日の参加者に配る", short_name="資料を配る"),
    UseLine(use="use_report", words="発表の要旨を、実施報告書に書く（団体名を出す）", short_name="報告書に要旨"),
    UseLine(use="use_web", words="発表の要旨を、区のホームページに載せる（団体名を出す）",
    short_name="ホームページに要旨"),
    UseLine(use="use_report_photo", words="発表のようすの写真を、実施報告書に載せる", short_name="報告書に写真"),
    UseLine(
        use="use_web_photo", words="発表のようすの写真を、区報・ホームページに載せる",
        short_name="区報・ホームページに写真"
    ),
    UseLine(
        use="pictured_agree", words="資料の写真に写る人から、了解をもらってある", short_name="写る人の了解",
        yes_text="はい",
        no_text="いいえ",
    ),
    UseLine(
        use="tell_number", words="電話番号を、打合せのため運営の受託者へ伝える", short_name="受託者に電話番号",
        no_text="伝えない",
    ),
)  # fmt: skip


def agenda_slot_of_example(event: Event, agenda: Iterable[AgendaItem]) -> tuple[str, int | None]:
    """Return clock time and minutes of the example in the 進行表, ("", None) if there is none."""
    for one in clock_times(event.start_time, agenda):
        if one.item.minutes and "事例" in one.item.title + one.item.content:
            return one.start, one.item.minutes
    return "", None


_ROLE = re.compile(
    ".*[会部班事局員区館所室課係園校合組団]長|.*(代表者?|幹事|役員|会計|監事|顧問|相談役|委員|担当者?|総務|書記)"
)
"""Words before a name, or in place of one, in an address."""


def names_of(presentation: Presentation) -> frozenset[str]:
    """Return the names by which a 発表 is known: 団体, presenter, addressee; without roles."""
    found = [presentation.organisation_name]
    for person in (presentation.presenter, presentation.addressed):
        words = person.split()
        while words and _ROLE.fullmatch(words[0]):
            words = words[1:]
        found.append(" ".join(words))
    return frozenset(name for name in found if name and not is_redacted_text(name))


def request_doubts(
    presentation: Presentation, event: Event, agenda: Sequence[AgendaItem], calendar: OfficeCalendar, on: date
) -> Iterator[str]:
    """Yield what must be settled before an unanswered request is issued: answer day, wording, slot in the 進行表."""
    named = presentation.presenter_name
    if presentation.answer:
        return
    if presentation.answer_by is None:
        yield f"「{named}」の返事の期限が入っていません。"
    elif not calendar.is_open(presentation.answer_by):
        yield f"「{named}」の返事の期限 {short_date(presentation.answer_by, on)} は閉庁日です。"
    elif calendar.open_days_between(on, presentation.answer_by) < MIN_OPEN_DAYS:
        yield (
            f"「{named}」の返事の期限 {short_date(presentation.answer_by, on)} まで、{MIN_OPEN_DAYS}開庁日ありません。"
        )
    if not presentation.asked.strip():
        yield f"「{named}」にお願いする内容が書かれていません。"
    if presentation.start_time and agenda:
        starts = {part.start for part in clock_times(event.start_time, agenda) if part.item.minutes}
        if presentation.start_time not in starts:
            yield f"「{named}」の発表の時刻 {presentation.start_time} は、当日の進行にありません。"
    if presentation.start_time and not event.start_time <= presentation.start_time < event.end_time:
        yield f"「{named}」の発表の時刻 {presentation.start_time} は、回の時間の外です。"
