"""What 設定 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.programme.services.programme import read_programme
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from db.store import Store


def _standing(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    """What the ward's own rules bring: the day on which the accounts close, and who sends its papers."""
    view = read_programme(store, programme_id=programme_id, on=today)
    due, sender = view.programme.accounts_due, view.office.sender
    words = (
        f"会計の締切 {short_date(due, today)}" if due is not None else "会計の締切がまだ",
        f"発信者 {sender}" if sender else "発信者がまだ",
    )
    return SummaryStanding(words="・".join(words), done=due is not None and bool(sender))


SUMMARY_PAGES: Final = (SummaryPage("区の規程と会計の締切", "契約", _standing, season="はじめる", turn=4),)
