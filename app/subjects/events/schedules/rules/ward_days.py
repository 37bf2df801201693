"""Usual rows of the ward's own calendar of a year as 目安日, to be corrected by the ward's notices."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.office_days import OfficeCalendar
from db.records.programme import Programme
from db.records.schedules import WardDay

ACCOUNTS: Final = "会計の締切"
ACCOUNTS_ROW_ID: Final = 0
"""Id of the row for 会計の締切, whose day is in the contract of the year."""
EXAMPLE_DATE_NOTE: Final = "例の日付。区の通知で確かめて直す"

# Title, owner, years after the first one, month, day.
_USUAL_ROWS: Final[tuple[tuple[str, str, int, int, int], ...]] = (
    ("補助金 申請の受付開始", "担当係", 0, 6, 15),
    ("会長改選 名簿の取込み", "担当係", 0, 6, 30),
    ("予算要求 課内の締切", "課の庶務", 0, 10, 9),
    ("予算要求 部への提出", "課の庶務", 0, 10, 23),
    ("次年度の仕様書案", "担当係", 1, 2, 12),
    ("検査の日程を決める", "検査員・担当係", 1, 3, 12),
    ("会長改選 支部長への照会", "担当係", 1, 4, 20),
)


def usual_ward_days(programme_id: int, fiscal_year: int, calendar: OfficeCalendar) -> tuple[WardDay, ...]:
    """Return the usual rows of a year, each on an open day, by date."""
    return tuple(
        WardDay(
            programme_id=programme_id,
            title=title,
            owner=owner,
            day=calendar.open_on_or_before(date(fiscal_year + later, month, day)),
            basis=EXAMPLE_DATE_NOTE,
        )
        for title, owner, later, month, day in _USUAL_ROWS
    )


def accounts_row(programme: Programme, paid_on: date | None) -> WardDay | None:
    """Return 会計の締切 of a year as a row of the calendar, done once it was paid; None while unknown."""
    if programme.accounts_due is None:
        return None
    return WardDay(
        id=ACCOUNTS_ROW_ID,
        programme_id=programme.id,
        title=ACCOUNTS,
        owner="会計課",
        day=programme.accounts_due,
        basis="契約の「会計の締切」",
        done_on=paid_on,
    )


def is_accounts_title(title: str) -> bool:
    """Return whether a typed row would duplicate 会計の締切."""
    return title.strip().replace("の", "").startswith("会計締切")
