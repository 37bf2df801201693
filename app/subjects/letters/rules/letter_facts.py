"""What the default texts of letters and recruitment papers are put together from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.calendar.wareki import fiscal_year_words
from app.papers.rules.passages import Passage
from app.subjects.events.rules.deadlines import HEADCOUNT, event_deadlines
from db.records.calls import ChangeDecision
from db.records.events import Event
from db.records.programme import KindNumbers, Office, Programme

ABSENCE_OPEN_DAYS = 2
_RECEPTION_MINUTES = 30
_TOOLS = ("LINE", "Instagram", "Facebook", "Zoom", "YouTube", "Googleフォーム", "キャッシュレス")
_WORD = {"講習会": "講習会", "派遣": "アドバイザー派遣", "意見交換会": "意見交換会"}


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """One event and its circumstances, in the words and numbers that texts use.

    ``name`` is the event as it stands in a paper, without the 団体 of a 派遣. ``place`` holds venue, address and way
    there, one a line. ``apply_from`` and ``apply_by`` are the steps of recruitment. ``method`` is how the newest choice
    was made, or empty. ``applied`` / ``chosen`` are people and 団体.
    """

    event: Event
    name: str
    title: str
    numbers: KindNumbers
    programme: Programme
    office: Office
    place: str = ""
    content: str = ""
    absence_by: date | None = None
    apply_from: date | None = None
    apply_by: date | None = None
    method: str = ""
    applied: tuple[int, int] = (0, 0)
    chosen: tuple[int, int] = (0, 0)
    refused: int = 0
    decision: ChangeDecision | None = None

    @property
    def word(self) -> str:
        """「講習会」「アドバイザー派遣」「意見交換会」."""
        return _WORD[self.event.kind]

    @property
    def when(self) -> str:
        """Day and times in full, or that the day is still discussed."""
        if self.event.event_date is None:
            return "日程を協議中"
        times = dates.time_range_words(self.event.start_time, self.event.end_time)
        return f"{dates.long_date(self.event.event_date)}　{times}"

    @property
    def when_with_reception(self) -> str:
        """The same with the time the reception opens in a second line."""
        if self.event.event_date is None:
            return self.when
        return f"{self.when}\n（受付　{dates.clock_words(reception_time(self.event.start_time))}から）"

    @property
    def capacity(self) -> int:
        """How many can come: the specification's upper number (仕様書4)."""
        return self.numbers.people_max

    @property
    def programme_year(self) -> str:
        """「令和8年度」."""
        return fiscal_year_words(self.programme.fiscal_year)

    @property
    def tool(self) -> str:
        """The app that is practised, as named in the event, or empty."""
        named = (*self.event.tools, *(tool for tool in _TOOLS if tool in self.event.subject))
        return named[0] if named else ""

    @property
    def section(self) -> str:
        """The section that answers questions, in full."""
        office = self.office
        return f"{office.ward}{office.department}{office.section}{office.unit}"

    @property
    def contact(self) -> str:
        """Section, telephone and FAX in lines."""
        office = self.office
        staff = f"担当　{office.staff}" if office.staff else ""
        lines = (
            self.section,
            staff,
            f"電話　{office.phone}" if office.phone else "",
            f"FAX　{office.fax}" if office.fax else "",
        )
        return "\n".join(line for line in lines if line)


def absence_day(event: Event, numbers: KindNumbers, programme: Programme, calendar: OfficeCalendar) -> date | None:
    """Return until when absences are asked for: two open days before our own 人数連絡 (仕様書4 エ), None undated."""
    if event.event_date is None:
        return None
    rows = event_deadlines(numbers, programme, event.event_date, calendar)
    told = next(row.working for row in rows if row.task == HEADCOUNT)
    return calendar.add_open_days(told, -ABSENCE_OPEN_DAYS)


def reception_time(start: str) -> str:
    """Return when the reception opens, half an hour before ``start`` ("HH:MM"); never before midnight."""
    hour, minute = (int(part) for part in start.split(":"))
    opens = max(timedelta(hours=hour, minutes=minute) - timedelta(minutes=_RECEPTION_MINUTES), timedelta())
    total = int(opens.total_seconds()) // 60
    return f"{total // 60:02d}:{total % 60:02d}"


def passage(part: str, text: str, lines: int = 2) -> Passage:
    """Return a passage; a short way to write the many that a paper has."""
    return Passage(part=part, text=text, lines=lines)
