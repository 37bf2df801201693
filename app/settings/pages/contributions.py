"""What 設定 declares to other packages (no Qt)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.data_folder.services.second_folder import second_folder_trouble
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.services import read_programme
from app.year.dates.services import PageStatus, SummaryPage
from db.store import Store


def _page_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the status of the ward's own rules: the closing day of the accounts, the sender of documents."""
    view = read_programme(store, programme_id=programme_id, on=today)
    due, sender = view.programme.accounts_due, view.office.sender
    words = (
        f"会計の締切 {short_date(due, today)}" if due is not None else "会計の締切がまだ",
        f"発信者 {sender}" if sender else "発信者がまだ",
    )
    return PageStatus(words="・".join(words), is_done=due is not None and bool(sender))


def second_folder_follow_ups(store: Store, today: date) -> list[FollowUp]:
    """Return one follow-up while the copy to the second backup folder has a problem."""
    found = second_folder_trouble(store, today=today)
    if found is None:
        return []
    made = found.last_attempt.newest_time if found.last_attempt is not None else None
    return [
        FollowUp(
            task="2つ目の場所",
            event_id=None,
            label="バックアップを2つ目の場所に写す",
            detail=f"そこにある新しいもの {short_date(made.date(), today)}" if made is not None else "まだ写していない",
            due=today,
            basis="目安日（閉じるたびに2つ目の場所にも写す）",
            rule=found.problem(today),
            link=ActionLink("2つ目の場所"),
        )
    ]


YEAR_FOLLOW_UPS: Final = (second_folder_follow_ups,)
SUMMARY_PAGES: Final = (SummaryPage("区の規程と会計の締切", "契約", _page_status, season="はじめる", position=4),)
