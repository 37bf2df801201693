"""What 消す時期が来たもの and 契約の終わり declare to other packages (no Qt)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date, short_date
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.rules import BASIS
from app.settings.disposal.services.contract_end import contract_end_words
from app.settings.disposal.services.disposal import erase_marked
from app.settings.disposal.services.disposal_documents import RECORD
from app.settings.disposal.services.due_rows import TITLE, DueSummary, due_summary
from app.settings.disposal.services.return_package import PACKAGE
from app.submissions.deliverables.services.disposal_order import TITLE as CONTRACT_END
from app.year.dates.services import PageStatus, SummaryPage
from db.engine import Database
from db.store import Store
from db.tables.organisations import next_contact_disposal


def disposal_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return one follow-up when something is due for erasing."""
    found = due_summary(database, today)
    if found is None:
        return []
    if found.passed_printed_days:
        return [_broken_promise_row(found)]
    return [
        FollowUp(
            task=TITLE,
            event_id=None,
            label="消す時期が来たものを確かめる",
            detail=f"{found.kinds}種",
            due=found.until,
            basis=f"目安日（{BASIS}・入力した日）",
            rule="情報ごとの保つ期間",
            link=ActionLink(TITLE),
        )
    ]


def _broken_promise_row(found: DueSummary) -> FollowUp:
    """Return the overdue follow-up shown once an erasing day printed on documents has passed."""
    said = "、".join(f"{'・'.join(papers)}に{long_date(day)}まで" for day, papers in found.passed_printed_days)
    return FollowUp(
        task=TITLE,
        event_id=None,
        label="約束した消去の日を過ぎたものを消す",
        detail=f"{found.kinds}種。{said}と書いてある",
        due=found.passed_printed_days[0][0],
        basis=f"{said}と書いてある。残す理由があれば「消す時期が来たもの」に書く",
        rule="書類に書いた消去の日",
        link=ActionLink(TITLE),
        clause="本人への約束",
    )


def _page_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return what is due for disposal, for the list of settings."""
    found = due_summary(store.database, today)
    if found is not None:
        return PageStatus(words=f"時期が来たもの {found.kinds}種　{short_date(found.until, today)}まで")
    coming = next_contact_disposal(store.database, today)
    words = f"つぎは連絡先の {short_date(coming, today)}" if coming is not None else "消す時期の来る連絡先はない"
    return PageStatus(words=words, is_done=coming is None)


def _contract_end_page_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return how far the end of the contract is, for the list of settings."""
    words, is_done = contract_end_words(store, programme_id=programme_id, today=today)
    return PageStatus(words=words, is_done=is_done)


EVENTLESS_FOLLOW_UPS: Final = (disposal_follow_ups,)
SUMMARY_PAGES: Final = (
    SummaryPage("消す時期が来るもの", TITLE, _page_status, season="終える", position=4),
    SummaryPage("契約の終わり", CONTRACT_END, _contract_end_page_status),
)
DOCUMENTS: Final = (RECORD, PACKAGE)
ERASERS: Final = (erase_marked,)
