"""The text that asks the contractor's 業務責任者 to complete a report form; copied, never sent."""

from __future__ import annotations

from datetime import date

from app.calendar import dates
from app.subjects.events.services.task import Task
from app.subjects.reports.papers.report_parts import ReportFacts
from app.subjects.reports.rules.report_outline import is_written
from app.subjects.reports.rules.report_points import CHAPTERS, Chapter
from db.records.programme import Contractor


def request_text(facts: ReportFacts, contractor: Contractor, *, task: Task | None, today: date) -> str:
    """Return the request: what is still to be written, and until when; a passed deadline is said as such.

    Args:
        task: the deadline of the report, or None while the event has no date.
    """
    report = facts.report
    missing = [
        chapter
        for chapter in CHAPTERS[facts.event.kind]
        if chapter.writer == "受託者" and not is_written(chapter, report)
    ]
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    filled = "区で分かる項目は記入しました。" if report.author == "区" else ""
    lines = ["　".join(part for part in (contractor.name, responsible) if part), ""]
    lines.append(f"{facts.event.full_title}の実施報告書の様式をお送りします。{filled}")
    wanted = [_asked(chapter) for chapter in sorted(missing, key=lambda chapter: chapter.optional)]
    if facts.numbers.has_survey and facts.survey is None:
        wanted.insert(0, "アンケートの集計結果")
    ask = "内容をご確認のうえ、つぎの項目を加え、" if wanted else "内容をご確認のうえ、"
    lines.append(f"{ask}{_until(facts.due, today, late=task is not None and task.bucket == '期限超過')}")
    lines += [f"・{item}" for item in wanted]
    wish = _wish(task, today)
    return "\n".join([*lines, *([wish] if wish else [])])


def _asked(chapter: Chapter) -> str:
    return chapter.title + ("（任意）" if chapter.optional else "")


def _until(due: date | None, today: date, *, late: bool) -> str:
    """Until when; past only once 期限超過 has begun, so after 民法142条 where the day fell on a closed one."""
    if due is None or (due < today and not late):
        return "メールでご提出ください。"
    if late:
        return (
            f"メールでご提出ください。提出期限の{dates.long_date(due)}を過ぎています。提出の見込みをお知らせください。"
        )
    return f"{dates.long_date(due)}までにメールでご提出ください。"


def _wish(task: Task | None, today: date) -> str:
    """The earlier day the ward would like, where it differs from the deadline and still lies ahead."""
    if task is None or task.margin is None or task.due is None or not today <= task.margin < task.due:
        return ""
    return (
        f"{task.margin.month}月{task.margin.day}日（{dates.weekday_mark(task.margin)}）までにいただけますと幸いです。"
    )
