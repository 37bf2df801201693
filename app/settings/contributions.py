"""What the subjects of settings declare to other packages (no Qt)."""

from __future__ import annotations

from datetime import date

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date, short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.data_folder.services.second_folder import second_folder_trouble
from app.documents.services.issued_copies import note_copied_list
from app.event.services.tasks.follow_ups import FollowUp
from app.ledgers.rules import CHECK_LISTS
from app.ledgers.services.check_documents import check_document_kind
from app.ledgers.services.check_lists import sheet_ledger
from app.programme.holds import read_holds
from app.programme.services import programmes, read_programme
from app.settings.access.services import REVIEW as ACCESS_REVIEW
from app.settings.access.services import erase_expired, review_follow_ups
from app.settings.data_requests import services as data_requests
from app.settings.data_requests.services import TITLE as REQUESTS
from app.settings.data_requests.services import request_follow_ups, requests_status
from app.settings.disposal.services.contract_end import contract_end_words
from app.settings.disposal.services.disposal import erase_marked
from app.settings.disposal.services.disposal_documents import RECORD
from app.settings.disposal.services.due_rows import TITLE, DueSummary, due_summary, retention_rules
from app.settings.disposal.services.return_package import PACKAGE
from app.settings.drill.services import RECORD as DRILL_RECORD
from app.settings.drill.services import untreated_drill
from app.settings.incidents.services.incident_documents import REPORT
from app.settings.incidents.services.incident_ledger import INCIDENTS
from app.settings.incidents.services.incident_view import incident_follow_ups
from app.settings.protection.services import SERVICES, TRANSFERS, VISITS, ledger_follow_ups
from app.submissions.deliverables.services.disposal_order import TITLE as CONTRACT_END
from app.year.dates.services import PageStatus, SummaryPage
from db.engine import Database
from db.records.year.practices import OwnDate
from db.store import Store
from db.tables.organisations import next_contact_disposal


def disposal_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return one follow-up when something is due for erasing, [] when nothing is."""
    found = due_summary(database, today)
    if found is None:
        return []
    if found.passed_printed_days:
        return [_broken_promise_row(found)]
    return [
        FollowUp(
            task=TITLE,
            label="消す時期が来たものを確かめる",
            detail=f"{found.kinds}種",
            due=found.until,
            basis=f"目安日（{'・'.join(dict.fromkeys(retention_rules(database).values()))}・入力した日）",
            rule="情報ごとの保つ期間",
            link=ActionLink(TITLE),
        )
    ]


def _broken_promise_row(found: DueSummary) -> FollowUp:
    """Return the overdue follow-up shown once an erasing day printed on documents has passed."""
    said = "、".join(f"{'・'.join(papers)}に{long_date(day)}まで" for day, papers in found.passed_printed_days)
    return FollowUp(
        task=TITLE,
        label="約束した消去の日を過ぎたものを消す",
        detail=f"{found.kinds}種。{said}と書いてある",
        due=found.passed_printed_days[0][0],
        basis=f"{said}と書いてある。残す理由があれば「消す時期が来たもの」に書く",
        rule="書類に書いた消去の日",
        link=ActionLink(TITLE),
        clause="本人への約束",
    )


def _due_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return what is due for disposal, else the next disposal of 連絡先 (without either: done), for the settings."""
    found = due_summary(store.database, today)
    if found is not None:
        return PageStatus(words=f"時期が来たもの {found.kinds}種　{short_date(found.until, today)}まで")
    coming = next_contact_disposal(store.database, today)
    words = f"つぎは連絡先の {short_date(coming, today)}" if coming is not None else "消す時期の来る連絡先はない"
    return PageStatus(words=words, is_done=coming is None)


def _contract_end_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return how far the end of the contract is, for the list of settings."""
    words, is_done = contract_end_words(store, programme_id=programme_id, today=today)
    return PageStatus(words=words, is_done=is_done)


def drill_follow_ups(store: Store, today: date) -> list[FollowUp]:
    """Return one follow-up while problems that the newest drill found have no recorded treatment."""
    found = untreated_drill(store)
    if found is None:
        return []
    day = found.ended.date()
    return [
        FollowUp(
            task="復元の点検の処置",
            label="復元の点検で見つかったことを確かめる",
            detail=f"{short_date(day, today)}の点検",
            due=day,
            basis="目安日（点検で見つかったことの処置を書く）",
            rule="復元の点検のあと",
            link=ActionLink("復元の点検"),
        )
    ]


def _own_rules_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the closing day of the accounts and the sender of documents, for the list of settings; done with both."""
    view = read_programme(store, programme_id=programme_id, on=today)
    due, sender = view.programme.accounts_due, view.office.sender
    is_missing = due is None and OwnDate.ACCOUNTS in view.programme.own_dates
    words = join_nonempty(
        f"会計の締切 {short_date(due, today)}" if due is not None else "会計の締切がまだ" if is_missing else "",
        f"発信者 {sender}" if sender else "発信者がまだ",
        separator="・",
    )
    return PageStatus(words=words, is_done=not is_missing and bool(sender))


def second_folder_follow_ups(store: Store, today: date) -> list[FollowUp]:
    """Return one follow-up while the copy to the second backup folder has a problem."""
    found = second_folder_trouble(store, today=today)
    if found is None:
        return []
    made = found.last_attempt.newest_time if found.last_attempt is not None else None
    return [
        FollowUp(
            task="2つ目の場所",
            label="バックアップを2つ目の場所に写す",
            detail=f"そこにある新しいもの {short_date(made.date(), today)}" if made is not None else "まだ写していない",
            due=today,
            basis="目安日（閉じるたびに2つ目の場所にも写す）",
            rule=found.problem(today),
            link=ActionLink("2つ目の場所"),
        )
    ]


def practices_follow_ups(store: Store, today: date) -> list[FollowUp]:
    """Return one follow-up while nobody has looked at how the office of an open year works."""
    open_ones = [one for one in programmes(store) if one.practices_open and one.closed_on is None]
    return [
        FollowUp(
            task="契約の決まり",
            label="契約の決まりを確かめる",
            detail="受託者の提出物、仕様書の文、保存の期間",
            due=today,
            basis="目安日（年度に1度）",
            rule="年度に1度",
            link=ActionLink("契約の決まり"),
        )
        for _year in open_ones[:1]
    ]


def _holds_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page
    """Return how many records are held, in any year."""
    held = len(read_holds(store.database, today).found)
    return PageStatus(words=fill_nonempty("保留 {}件", held), is_done=not held)


DOCUMENTS = (
    *map(check_document_kind, CHECK_LISTS),
    RECORD,
    PACKAGE,
    DRILL_RECORD,
    ACCESS_REVIEW,
    REPORT,
    *data_requests.DOCUMENTS,
)
LEDGERS = (
    TRANSFERS,
    SERVICES,
    VISITS,
    *map(sheet_ledger, CHECK_LISTS),
    INCIDENTS,
)
EVENTLESS_FOLLOW_UPS = (
    ledger_follow_ups,
    disposal_follow_ups,
    request_follow_ups,
    review_follow_ups,
)
SUMMARY_PAGES = (
    SummaryPage("消す時期が来るもの", TITLE, _due_status, season="終える", position=4),
    SummaryPage("契約の終わり", CONTRACT_END, _contract_end_status),
    SummaryPage("記録の保留", "記録の保留", _holds_status),
    SummaryPage(REQUESTS, REQUESTS, requests_status),
    SummaryPage("区の規程と会計の締切", "契約", _own_rules_status, season="はじめる", position=4),
)
ERASERS = (erase_marked, erase_expired)
COPY_LOGS = (note_copied_list,)
YEAR_FOLLOW_UPS = (
    drill_follow_ups,
    practices_follow_ups,
    incident_follow_ups,
    second_folder_follow_ups,
)
