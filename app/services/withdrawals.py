"""What was told, issued or confirmed is taken back with a reason: the state opens again, what left stays logged with a 取消.

- ``withdraw_told(store, notice_id, reason, by, now) -> Saved`` 参加人数 連絡済
- ``withdraw_issue(store, scope, kind, reason, by, now) -> Saved`` 施行 of a letter
- ``withdraw_report(store, report_id, reason, by, now) -> Saved`` 確認済 of a report, or the receipt of one made here

A result on materials and a 確定 tally are taken back where they are given (``withdraw_result``, ``unfreeze_tally``).
"""

from __future__ import annotations

from datetime import datetime

from app.rules.dates import short_date
from app.rules.report_points import newest
from app.services import paper_context, report_papers
from app.services.headcount_notices import TOLD
from app.services.headcount_view import notice_title
from app.services.issued_copies import note_withdrawn
from app.services.paper_scope import PaperScope, keys_of
from app.services.refusal import Refusal
from app.services.required import required
from app.services.saved import Saved
from db.records.papers import Letter
from db.records.participants import HeadcountNotice
from db.records.reports import Report
from db.store import Store
from db.tables import participants, reports


def withdraw_told(store: Store, *, notice_id: int, reason: str, by: str, now: datetime) -> Saved:
    """Take back that the numbers were told; the notice waits to be told again and the deadline is open.

    Raises:
        Refusal: no reason, it was not told, or a later notice was made.
    """
    notice = required(store.database, HeadcountNotice, notice_id)
    words = notice_title(notice.revision)
    why = _reason(reason, "連絡済")
    if notice.told_on is None:
        raise Refusal(f"{words}は、連絡済になっていません。", "画面を開き直してください。")
    later = [row for row in participants.notices(store.database, notice.event_id) if row.revision > notice.revision]
    if later:
        raise Refusal(
            f"{notice_title(later[-1].revision)}が作成されているため、{words}の連絡済は取り消せません。",
            "先に、あとの連絡を取り消してください。",
        )
    with store.change(
        action=f"人数連絡の{words}の連絡済を取り消した（{why}）", by=by, now=now, subject="participants",
        event_id=notice.event_id,
    ) as change:  # fmt: skip
        change.update(HeadcountNotice, notice_id, told_on=None, told_by="", told_to="", told_how="")
        note_withdrawn(
            store, change, (TOLD,), since=notice.told_on, reason=why, who=by, at=now, event_id=notice.event_id
        )
    return Saved(said=f"{words}の連絡済を取り消しました。連絡した記録は「取消」として残ります。", id=notice_id)


def withdraw_issue(store: Store, *, scope: PaperScope, kind: str, reason: str, by: str, now: datetime) -> Saved:
    """Take back the 施行 of a letter: it stands at 決裁済 again, with its number.

    Raises:
        Refusal: no reason, or the letter is not 施行.
    """
    why = _reason(reason, "施行")
    letter = paper_context.letter_of(store, scope, kind, on=now.date())
    if letter is None or not letter.id or letter.state != "施行":
        raise Refusal(f"{kind}は、施行になっていません。", "画面を開き直してください。")
    with store.change(
        action=f"{kind}の施行を取り消した（{why}）", by=by, now=now, subject="papers", event_id=letter.event_id
    ) as change:
        change.update(Letter, letter.id, state="決裁済", issued_on=None)
        since = letter.decided_on or letter.issued_on or now.date()
        note_withdrawn(store, change, (kind,), since=since, reason=why, who=by, at=now, **keys_of(store, scope))
    return Saved(said=f"{kind}の施行を取り消しました。出力の記録と控えは残ります。", id=letter.id)


def withdraw_report(store: Store, *, report_id: int, reason: str, by: str, now: datetime) -> Saved:
    """Take back the newest step of a report: 確認済, or the receipt of one made here; its check goes on.

    Raises:
        Refusal: no reason, a newer version is there, or it is neither 確認済 nor received.
    """
    report = required(store.database, Report, report_id)
    made_here = report.way == "作成"
    step = "確認済" if report.status == "確認済" else "受領"
    why = _reason(reason, step)
    latest = newest(reports.reports_of_event(store.database, report.event_id), report.way)
    if latest is not None and latest.version > report.version:
        raise Refusal(
            f"第{latest.version}版があるため、第{report.version}版の{step}は取り消せません。",
            "いまの版で続けてください。",
        )
    if step == "受領" and (not made_here or report.received_on is None):
        raise Refusal("この報告書は、確認済になっていません。", "画面を開き直してください。")
    with store.change(
        action=f"実施報告書の{step}を取り消した（{why}）", by=by, now=now, subject="reports", event_id=report.event_id
    ) as change:
        if step == "確認済":
            change.update(
                Report, report_id, status="受領" if made_here else "区が確認中", checked_on=None, checked_by=""
            )
            since = report.checked_on or now.date()
            note_withdrawn(
                store, change, (report_papers.CHECK,), since=since, reason=why, who=by, at=now,
                event_id=report.event_id,
            )  # fmt: skip
        else:
            change.update(Report, report_id, status="作成中", received_on=None, received_how="")
    day = report.checked_on if step == "確認済" else report.received_on
    return Saved(said=f"{step}（{short_date(day, now.date()) if day else ''}）を取り消しました。", id=report_id)


def _reason(reason: str, what: str) -> str:
    words = reason.strip()
    if not words:
        raise Refusal(f"{what}を取り消す理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    return words
