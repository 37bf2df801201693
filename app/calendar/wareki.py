"""Japanese era years: converting western dates to 令和8年 and R8, and typed era years back."""

from __future__ import annotations

from datetime import date

from app.calendar.office_days import DateProblem
from db.record import frozen


@frozen
class Era:
    """One era: its name, letter and first day."""

    name: str
    letter: str
    first_day: date

    def western_year(self, year: int) -> int:
        """Return the western year of the era's ``year`` (元年 = 1)."""
        return self.first_day.year + year - 1


ERAS: tuple[Era, ...] = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
)


def era_of(day: date) -> tuple[Era, int]:
    """Return the era of ``day`` and the year in it; raises DateProblem before 昭和."""
    for era in ERAS:
        if day >= era.first_day:
            return era, day.year - era.first_day.year + 1
    raise DateProblem("昭和より前の日付は扱えません。日付を確かめてください。")


def era_year_words(day: date) -> str:
    """Return 「令和8年」; the first year of an era is 「令和元年」."""
    era, year = era_of(day)
    return f"{era.name}{'元' if year == 1 else year}年"


def month_words(day: date) -> str:
    """Return 「令和8年9月」."""
    return f"{era_year_words(day)}{day.month}月"


def era_year_short(day: date) -> str:
    """Return 「R8」."""
    era, year = era_of(day)
    return f"{era.letter}{year}"


def fiscal_year_of(day: date) -> int:
    """Return the western fiscal year (4/1–3/31) that ``day`` lies in."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_words(fiscal_year: int) -> str:
    """Return 「令和8年度」 for 2026."""
    return f"{era_year_words(date(fiscal_year, 5, 1))}度"


def western_year(era_mark: str, year_text: str) -> int:
    """Return the western year of a typed era year (「令和」「8」, 「令」「8」, 「R」「元」); raises DateProblem."""
    year = 1 if year_text == "元" else int(year_text)
    if year < 1:
        raise DateProblem("和暦の年は1（元）からです。年を確かめてください。")
    for era in ERAS:
        if era_mark.upper() in (era.name, era.name[0], era.letter):
            return era.western_year(year)
    raise DateProblem(f"「{era_mark}」という元号はありません。令和または R で入力してください。")
