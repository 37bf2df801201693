"""Reads days and times as lists hold them: 令和8年9月1日, R8.9.1, 2026/9/1, ISO, a sheet's serial number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.intake.silent_signs import without_silent_signs
from app.intake.survey_source import parse_timestamp
from app.rules.calendar import DateProblem
from app.rules.typed_dates import parse_date

_YEARLESS = re.compile(r"\d{1,2}\s*[./月\-]\s*\d{1,2}\s*日?(?:\s*\(?[月火水木金土日](?:曜日?)?\)?)?|\d{3,4}")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_SERIALS = (40_000, 62_000)
"""2009 to 2069; other five-digit numbers are no days."""

_TIMED = re.compile(r"(?P<day>.*?[日\d)])[\sT]+(?P<time>\d{1,2}[:時]\d{1,2}.*|(?:午前|午後)\s*\d{1,2}.*)")
_MIDNIGHT = re.compile(r"T00:00(?::00)?$")


@dataclass(frozen=True, kw_only=True)
class DayReading:
    """What a cell says: ``at`` with ``date_only`` when no time stands there; else ``problem`` and its ``code``.

    ``serial`` says that a bare serial number of a sheet was read as a day.
    """

    at: datetime | None = None
    date_only: bool = False
    serial: bool = False
    problem: str = ""
    code: str = ""

    @property
    def day(self) -> date | None:
        """The day alone."""
        return self.at.date() if self.at else None


def read_day(cell: str) -> DayReading:
    """Read a day, with a time when there is one. An empty cell gives an empty reading; nothing is guessed."""
    text = unicodedata.normalize("NFKC", without_silent_signs(cell)).strip()
    if not text:
        return DayReading()
    stamp = parse_timestamp(text)
    if stamp:
        bare = not re.search(r"\d\s*[:時]\s*\d", text) or bool(_MIDNIGHT.search(text))
        return DayReading(at=stamp, date_only=bare)
    if _SERIAL.fullmatch(text) and _SERIALS[0] <= float(text) <= _SERIALS[1]:
        found = datetime(1899, 12, 30) + timedelta(days=float(text))  # noqa: DTZ001 - a sheet knows no zone
        return DayReading(at=found, date_only=True, serial=True)
    if _YEARLESS.fullmatch(text):
        return DayReading(problem=f"「{_short(cell)}」には年がなく、1つの日に決められない", code="date_without_year")
    return _written(text, cell)


def _written(text: str, cell: str) -> DayReading:
    timed = _TIMED.fullmatch(text)
    try:
        # The fiscal year is not used: a day without its year never comes as far as this.
        day = parse_date(timed["day"] if timed else text, 2026)
    except DateProblem as problem:
        reason = str(problem).split("。")[0]
        if "はありません" in reason:
            reason = f"「{_short(cell)}」という日はない"
        elif "として読めません" in reason:
            reason = f"「{_short(cell)}」を日付として読めない"
        return DayReading(problem=reason, code="invalid_date")
    except ValueError:
        return DayReading(problem=f"「{_short(cell)}」を日付として読めない", code="invalid_date")
    if timed:
        at = parse_timestamp(f"{day:%Y/%m/%d} {timed['time']}")
        if at:
            return DayReading(at=at)
    return DayReading(at=datetime(day.year, day.month, day.day), date_only=True)  # noqa: DTZ001 - Japan time, no zone


def _short(cell: str) -> str:
    return cell.strip()[:30]
