"""Follow-ups of the completion on home, beside its dates (comparisons, 手直し, accounts).

Every day of them is a 目安日, except the day set for a correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.event.rules.closing_deadlines import INSPECTION, PAYMENT
from app.event.rules.target_dates import INSPECTED, PAID
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.services import read_view
from app.year_end.completion.services.completion import INVOICE_PAPER, NOTICE_PAPER, notified_on
from app.year_end.completion.services.payments import AFTER_TERM
from db.engine import Database
from db.records.programme import Programme, TaskClosing
from db.records.submissions.received import ReceivedPaper
from db.records.year.completion import AccountQuestion, Inspection, Payment
from db.records.year.practices import OwnDate
from db.rows import row, rows
from db.tables.received import received_of_year

COMPARE = "書類の点検"
REPAIR = "検査の手直し"
NOTIFY = "検査の結果の通知"
ORDER = "支出命令"
ASK = "会計課への確認"
_AHEAD = 60
"""Days before 会計の締切 from which home shows it."""


def completion_follow_ups(database: Database, today: date) -> Iterator[FollowUp]:
    """Yield the open follow-ups at the end of each open contract.

    It runs at every showing of home: without a document of the completion and far from the last days only the
    settings in force, which home has read, and one table are read.
    """
    for base in rows(database, Programme, closed_on=None):
        programme = read_view(database, base, today).programme
        every = received_of_year(database, programme.id)
        mine = [one for one in every if one.kind in (NOTICE_PAPER, INVOICE_PAPER)]
        if mine:
            yield from _to_compare(database, programme, mine, today)
            inspections = rows(database, Inspection, programme_id=programme.id, order=("held_on", "id"))
            if inspections:
                yield from _to_repair(programme, inspections[-1])
                yield from _to_notify(database, programme, inspections, today)
        ordering = today >= (programme.accounts_due or programme.term_end) - timedelta(days=_AHEAD)
        if not ordering and today <= programme.term_end:
            continue
        closed = {one.task for one in rows(database, TaskClosing, programme_id=programme.id)}
        if ordering and not closed & {PAYMENT, PAID}:
            yield from _to_order(database, programme)
        if not closed & {INSPECTION, INSPECTED} and today > programme.term_end:
            yield from _to_ask(database, programme)


def _row(programme: Programme, task: str, label: str, detail: str, due: date, basis: str) -> FollowUp:
    return FollowUp(
        task=task,
        label=label,
        detail=detail,
        due=due,
        basis=basis,
        rule="目安日",
        link=ActionLink("完了の手続きを進める", programme_id=programme.id),
    )


def _to_compare(
    database: Database, programme: Programme, papers: Sequence[ReceivedPaper], today: date
) -> Iterator[FollowUp]:
    """Yield a task for each kind of paper whose newest version the ward has not compared with the register yet."""
    newest = {one.kind: one for one in papers}
    view = None
    for one in newest.values():
        if not one.status.is_in_check:
            continue
        view = view or read_view(database, programme, today)
        goal = view.calendar.add_open_days(one.received_on, programme.review_open_days)
        again = f"第{one.version}通　" if one.version > 1 else ""
        yield _row(
            programme,
            COMPARE,
            f"{one.kind}を契約とくらべる",
            f"{again}{short_date(one.received_on, today)} 受領",
            goal,
            f"受領から{programme.review_open_days}開庁日です",
        )


def _to_repair(programme: Programme, last: Inspection) -> Iterator[FollowUp]:
    if last.result.needs_rework and last.repaired_on is None:
        yield _row(
            programme,
            REPAIR,
            "検査の手直しが済んだか確かめる",
            last.repair,
            last.repair_due or last.held_on,
            "検査で決めた手直しの期限です",
        )


def _to_notify(
    database: Database, programme: Programme, inspections: Sequence[Inspection], today: date
) -> Iterator[FollowUp]:
    """Yield a task to send the result of each 検査 after the newest one that was notified.

    ``inspections`` are oldest first. A later letter replaces an earlier one that was never sent.
    """
    told = [notified_on(database, one) is not None for one in inspections]
    since = len(told) - told[::-1].index(True) if any(told) else 0
    within = programme.review_open_days
    for one in inspections[since:]:
        yield _row(
            programme,
            NOTIFY,
            "検査の結果を受託者に通知する",
            f"{short_date(one.held_on, today)}の検査　{one.result}",
            read_view(database, programme, today).calendar.add_open_days(one.held_on, within),
            f"検査の日から{within}開庁日です",
        )


def _to_order(database: Database, programme: Programme) -> Iterator[FollowUp]:
    """Yield the task to order the payment, or to enter 会計の締切 first, unless a payment is recorded.

    The caller checks that the day is near and the payment is not closed by hand.
    """
    due = programme.accounts_due
    if row(database, Payment, programme_id=programme.id) is not None or not (
        due or OwnDate.ACCOUNTS in programme.own_dates
    ):
        return
    label = "委託料の支出命令を会計課に出す" if due is not None else "会計の締切を入れる"
    detail = "会計の締切" if due is not None else "入れるまで、支出命令の期限が出ません"
    order = _row(
        programme, ORDER, label, detail, due or programme.term_end, "会計課が決めた年度の締切です（設定・契約）"
    )
    yield order if due is not None else replace(order, link=ActionLink("契約"))


def _to_ask(database: Database, programme: Programme) -> Iterator[FollowUp]:
    """Yield the task to ask the 会計課 what follows after 履行期間, unless asked; the caller checks that it ended."""
    if row(database, AccountQuestion, programme_id=programme.id, matter=AFTER_TERM) is not None:
        return
    yield _row(
        programme,
        ASK,
        "検査が済まずに履行期間が終わったことを会計課に確かめる",
        "",
        programme.term_end + timedelta(days=1),
        "このあとの扱いを定めた決まりは、このアプリにはありません",
    )
