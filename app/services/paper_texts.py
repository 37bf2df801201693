"""Texts to copy into a mail: headcount, result of a review, request to complete a report; nothing is ever sent."""

from __future__ import annotations

from datetime import datetime

from app.documents import headcount_notice, material_result
from app.rules import dates
from app.rules.report_points import CHAPTERS
from app.services import paper_building, report_facts
from app.services.programme import read_programme
from app.services.refusal import Refusal
from app.services.reports import newest
from db.records.events import Event
from db.records.reports import Report
from db.store import Store
from db.tables import events, participants, reports


def mail_text(store: Store, *, event_id: int, change: bool) -> str:
    """Return the headcount as a mail to copy (nothing is sent): the newest one as a change, or the first."""
    event = events.event(store.database, event_id)
    notices = participants.notices(store.database, event_id)
    if event is None or not notices:
        raise Refusal("参加人数がまだまとまっていません。", "「参加者」で人数を入力し、人数連絡を作成してください。")
    if change and len(notices) > 1:
        return headcount_notice.mail_text(event, notices[-1], notices[-2], _sender(store))
    return headcount_notice.mail_text(event, notices[0], None, _sender(store))


def paper_mail_text(store: Store, *, event_id: int, kind: str, now: datetime) -> str:
    """Return what the paper ``kind`` says as a mail to copy.

    Raises:
        Refusal: there is no such text, or what it is about is not there yet.
    """
    if kind in (paper_building.HEADCOUNT, paper_building.CHANGE):
        return mail_text(store, event_id=event_id, change=kind == paper_building.CHANGE)
    if kind != paper_building.MATERIAL:
        raise Refusal(f"「{kind}」には、メールの文面がありません。", "書類を保存して添付してください。")
    event = events.event(store.database, event_id)
    reviewed = paper_building.reviewed_materials(store, event_id)
    if event is None or not reviewed:
        raise Refusal("確認の結果がまだありません。", "資料の結果を選んでから作成してください。")
    due = paper_building.resubmit_by(store, now.date())
    return material_result.mail_text(event, reviewed, due, _sender(store))


def _sender(store: Store) -> str:
    office = read_programme(store).office
    return f"{office.ward}{office.department}{office.section}{office.unit}　電話 {office.phone}"


def report_request_text(store: Store, *, event_id: int) -> str:
    """Return the text that asks the contractor's 業務責任者 to complete the form and hand it in."""
    event = events.event(store.database, event_id)
    report = newest(reports.reports_of_event(store.database, event_id), "作成")
    if event is None or report is None:
        raise Refusal("報告書の様式がまだありません。", "「報告書」で様式を作成してください。")
    facts = report_facts.gather(store, event=event, report=report)
    contractor = read_programme(store).contractor
    missing = _missing_chapters(event, report)
    due = f"{dates.long_date(facts.due)}までにメールでご提出ください。" if facts.due else "ご提出ください。"
    lines = [f"{contractor.name}　業務責任者　{contractor.responsible}　様".replace("　　", "　"), ""]
    lines += [f"{event.full_title}の実施報告書の様式をお送りします。", "区で分かる項目は記入しました。"]
    lines += [f"内容をご確認のうえ、つぎの項目を加え、{due}", *(f"・{title}" for title in missing)]
    return "\n".join(lines)


def _missing_chapters(event: Event, report: Report) -> tuple[str, ...]:
    return tuple(
        chapter.title
        for chapter in CHAPTERS[event.kind]
        if chapter.writer == "受託者"
        and not (
            report.body.get(chapter.key, "").strip() if chapter.shape == "text" else report.tables.get(chapter.key)
        )
    )
