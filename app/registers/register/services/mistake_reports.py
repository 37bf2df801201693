"""本人からの申出: somebody says that the record of a person is wrong (「字が違う」), and what was done about it.

A correction that follows at once is made by the dialog that corrects the person anyway; the report is written in the
same change (``insert_report``). Until something was done it stands on home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.services import year_to_show
from db.engine import Database
from db.fields import corrections, length_problems
from db.journal import Change
from db.records.year.rights import MistakeReport
from db.rows import by_id, rows
from db.store import Store

TITLE: Final = "本人からの申出"
CORRECTED = "登録を直した"
_DAYS = 7
"""Days after which a report is to be dealt with; a 目安日 of the program."""


def insert_report(change: Change, *, store: Store, report: MistakeReport | None, by: str, at: datetime) -> str:
    """Insert a report (None = there is none) within a change that may have corrected something; return what to say.

    Raises:
        UserError: it does not say what is wrong, or its day is impossible.
    """
    if report is None:
        return ""
    if not change.is_empty:
        report = replace(report, done=report.done or CORRECTED, done_on=at.date())
    year = year_to_show(store, today=at.date())
    change.insert(replace(_checked(report, at.date()), programme_id=year.id, by=by, at=at))
    return "申出も記録しました。"


def _checked(report: MistakeReport, today: date) -> MistakeReport:
    long = length_problems(report)
    wrong = (
        (not report.about.strip(), "申出の内容が書かれていません。"),
        (long, f"{'、'.join(long)}ため、残せません。"),
        (report.received_on > today, "申出の日が、本日より後です。"),
        (
            not report.received_on <= (report.done_on or report.received_on) <= today,
            "したことの日が、申出の日より前か本日より後です。",
        ),
        (report.done_on is not None and not report.done.strip(), "したことが書かれていません。"),
    )
    for is_wrong, words in wrong:
        if is_wrong:
            raise UserError(words, "直してから保存してください。")
    return report


def save_report(context: ActionContext, *, report: MistakeReport) -> ActionResult:
    """Save a report as it is given, such as what was done about it; raises ``UserError`` as ``insert_report``."""
    known = by_id(context.database, MistakeReport, report.id)
    with context.change("本人からの申出を記録", "organisations") as change:
        if known is None:
            insert_report(change, store=context.store, report=report, **context.signature)
        else:
            change.update_or_insert(
                MistakeReport,
                known,
                **corrections(known, replace(_checked(report, context.today), **context.signature)),
            )
    left = "対応したことを書くまで、ホームに出ます。" if report.done_on is None else ""
    return ActionResult(f"申出を記録しました。{left}", report.person_id)


def report_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return the reports about which nothing was done yet; none says what is wrong or of whom."""
    return [
        FollowUp(
            task=TITLE,
            label="本人からの申出に対応する",
            detail=f"{short_date(one.received_on, today)}の{one.way}",
            due=one.received_on + timedelta(days=_DAYS),
            basis=f"目安日。申出の日から{_DAYS}日です",
            rule=TITLE,
            link=ActionLink("人", person_id=one.person_id),
        )
        for one in rows(database, MistakeReport)
        if one.done_on is None
    ]
