"""Parsing dates and times as staff type them: 9/1, R8.9.1, 令和8年9月1日, 20260901, 14:00, 午後2時."""

from __future__ import annotations

import re
from datetime import date

from app.calendar.kanji_days import with_arabic_digits
from app.calendar.office_days import FIRST_YEAR, LAST_YEAR, DateProblem, holiday_name
from app.calendar.wareki import era_year_words, western_year
from db.digits import one_width

_WEEKDAYS = "月火水木金土日"
_DATE_EXAMPLES = "9/1、R8.9.1、令和8年9月1日、20260901 のように入力してください。"
_TIME_EXAMPLES = "14:00、1400、午後2時 のように入力してください。"

_WEEKDAY_PART = re.compile(
    r"[ ]*(?:\([ ]*(?P<bracket>[月火水木金土日])?(?:曜日?)?[・,、 ]*(?P<holiday>祝日?|休日?|振替)?[ ]*\)"
    r"|(?P<bare>[月火水木金土日])曜日?)$"
)
_SEPARATOR = r"[ ]*[./\-年][ ]*"
_MONTH_DAY = r"(?P<month>\d{1,2})[ ]*[./\-月][ ]*(?P<day>\d{1,2})[ ]*日?"
_ERA_DATE = re.compile(r"(?P<era>[RHSrhs]|令和?|平成?|昭和?)[ .]*(?P<year>元|\d{1,3})" + _SEPARATOR + _MONTH_DAY)
_WESTERN_DATE = re.compile(r"(?P<year>\d{4})" + _SEPARATOR + _MONTH_DAY)
_SHORT_YEAR_DATE = re.compile(r"\d{1,3}" + _SEPARATOR + _MONTH_DAY)
_DIGITS_DATE = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_DIGITS_MONTH_DAY = re.compile(r"(?P<month>\d{2})(?P<day>\d{2})")
_YEARLESS_DATE = re.compile(_MONTH_DAY)

_TIME = re.compile(
    r"(?P<half>午前|午後|AM|PM)?[ ]*(?P<hour>\d{1,2})[ ]*(?:[:時.][ ]*(?:(?P<minute>\d{1,2})[ ]*分?|(?P<thirty>半))?)?"
)
_DIGITS_TIME = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")


def _half_width(text: str) -> str:
    """Return a typed date with half-width digits, signs and spaces (never used for names)."""
    folded = with_arabic_digits(one_width(text).strip())
    return re.sub(r"[‐‑‒–—−ー]", "-", folded)


def _existing_date(year: int, month: int, day: int) -> date:
    """Return the date of three numbers; raises DateProblem when the calendar has none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateProblem(f"{year}年の日付は扱えません。{FIRST_YEAR}年から{LAST_YEAR}年までで入力してください。")
    if not 1 <= month <= 12:
        raise DateProblem(f"{month}月という月はありません。日付を確かめてください。")
    try:
        return date(year, month, day)
    except ValueError:
        named = f"{era_year_words(date(year, month, 1))}{month}月"
        raise DateProblem(f"{named}に{day}日はありません。日付を確かめてください。") from None


def _date_parts(text: str, fiscal_year: int) -> tuple[int, int, int]:
    """Return year, month and day of the date part of a typed text; raises DateProblem."""
    if found := _ERA_DATE.fullmatch(text):
        return western_year(found["era"], found["year"]), int(found["month"]), int(found["day"])
    if found := _WESTERN_DATE.fullmatch(text) or _DIGITS_DATE.fullmatch(text):
        return int(found["year"]), int(found["month"]), int(found["day"])
    if found := _YEARLESS_DATE.fullmatch(text) or _DIGITS_MONTH_DAY.fullmatch(text):
        month = int(found["month"])
        return (fiscal_year if month >= 4 else fiscal_year + 1), month, int(found["day"])
    if _SHORT_YEAR_DATE.fullmatch(text):
        raise DateProblem("年が和暦か西暦か分かりません。R8.9.1 または 2026/9/1 のように入力してください。")
    raise DateProblem(f"「{text}」は日付として読めません。{_DATE_EXAMPLES}")


def parse_date(text: str, fiscal_year: int) -> date:
    """Return the date that staff typed.

    ``text`` may be 9/1, 9月1日, 0901, R8.9.1, 令和8年9月1日, 20260901, 2026-09-01 or 2026/9/1, in full or
    half width. A weekday may follow, in brackets or as 火曜, and must match; 祝 must be a national holiday. A
    date without a year lies in the western ``fiscal_year`` (4/1–3/31). Raises DateProblem with a sentence for the
    person who typed it.
    """
    plain = _half_width(text)
    if not plain:
        raise DateProblem(f"日付が入力されていません。{_DATE_EXAMPLES}")
    weekday = _WEEKDAY_PART.search(plain)
    found = _existing_date(*_date_parts(plain[: weekday.start()].strip() if weekday else plain, fiscal_year))
    typed = (weekday["bracket"] or weekday["bare"]) if weekday else None
    real = _WEEKDAYS[found.weekday()]
    if weekday and weekday["holiday"] and weekday["holiday"].startswith("祝") and not holiday_name(found):
        raise DateProblem(
            f"{era_year_words(found)}{found.month}月{found.day}日（{real}）は祝日ではありません。"
            f"日付を確かめてください。"
        )
    if typed and typed != real:
        raise DateProblem(
            f"{era_year_words(found)}{found.month}月{found.day}日は{real}曜日です。"
            f"入力された（{typed}）と合いません。日付か曜日を確かめてください。"
        )
    return found


def parse_date_near(text: str, near: date) -> date:
    """Return the typed date as ``parse_date`` does, but a date without a year is the one closest to ``near``.

    Months are compared; of two as close, it is the one in the fiscal year of ``near``. For days of what has just been
    done, which may lie behind the end of the fiscal year that is shown.
    """
    own = near.year - (near.month < 4)
    bare = _WEEKDAY_PART.sub("", _half_width(text)).strip()

    def months_away(fiscal_year: int) -> int:
        """Return how many months the date lies from ``near`` if it is of this fiscal year."""
        year, month, _day = _date_parts(bare, fiscal_year)
        return abs((year - near.year) * 12 + month - near.month)

    return parse_date(text, min((own, own - 1, own + 1), key=months_away) if bare else own)


def parse_time(text: str) -> str:
    """Return the typed time as "HH:MM".

    ``text`` may be 14:00, 14.00, 1400, 14, 14時, 14時30分, 午後2時, 午後2時半, PM2:00 or 正午, in full or half width;
    after 午前 or 午後 the hour is 0–11. Raises DateProblem with a sentence.
    """
    plain = _half_width(text)
    if not plain:
        raise DateProblem(f"時刻が入力されていません。{_TIME_EXAMPLES}")
    if plain == "正午":
        return "12:00"
    if found := _DIGITS_TIME.fullmatch(plain):
        return _checked_time(int(found["hour"]), int(found["minute"]))
    found = _TIME.fullmatch(plain.upper())
    if not found:
        raise DateProblem(f"「{plain}」は時刻として読めません。{_TIME_EXAMPLES}")
    hour, minute = int(found["hour"]), 30 if found["thirty"] else int(found["minute"] or 0)
    if found["half"]:
        if hour >= 12:
            raise DateProblem(
                "午前・午後の時刻は0時から11時までで入力してください。昼の12時は 12:00 と入力してください。"
            )
        hour += 12 if found["half"] in ("午後", "PM") else 0
    return _checked_time(hour, minute)


def _checked_time(hour: int, minute: int) -> str:
    """Return two numbers as "HH:MM"; raises DateProblem when no clock shows them."""
    if hour > 23 or minute > 59:
        raise DateProblem(f"{hour}時{minute}分という時刻はありません。{_TIME_EXAMPLES}")
    return f"{hour:02d}:{minute:02d}"
