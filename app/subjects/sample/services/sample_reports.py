"""The sample year's reports: forms in work, reports received, checked, or sent back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from app.papers.services import papers
from app.papers.services.stored_files import keep_file
from app.subjects.reports.papers.report_parts import ReportFacts
from app.subjects.reports.rules.report_points import POINTS
from app.subjects.reports.services import report_facts, report_figures, report_papers
from app.subjects.sample.services.sample_events import STAFF, SampleEvents
from db.records.events import Event
from db.records.reports import Report, ReportFigure
from db.store import Store


def fill_reports(store: Store, *, made: SampleEvents, by: str, now: datetime) -> None:
    """Insert the typed forms, then the received reports drawn as the contractor would send them."""
    with store.change(action="見本の報告書の様式を用意", by=by, now=now, subject="reports") as change:
        for key, typed in made.data["reports"].items():
            change.insert(_form(made.event_ids[key], typed))
    for key, item in made.data["received"].items():
        _receive(store, made, key, item, by=by, now=now)


def _form(event_id: int, typed: dict[str, Any]) -> Report:
    tables = {name: tuple(tuple(row) for row in rows) for name, rows in typed["tables"].items()}
    return Report(event_id=event_id, way="作成", version=1, author="区", body=typed["text"], tables=tables)


def _receive(store: Store, made: SampleEvents, key: str, item: dict[str, Any], *, by: str, now: datetime) -> None:
    event = made.events[key]
    on = date.fromisoformat(item["on"])
    typed = made.data["reports"].get(
        key, {"text": {"所感": "参加者どうしで教え合う場面が多く見られた。"}, "tables": {}}
    )
    sent = _form(event.id, typed)
    sent = Report(**{**vars(sent), "author": "受託者", "contractor_confirmed_on": on})
    facts = report_facts.gather(store, event=event, report=sent)
    differing = item.get("diff", {})
    drawn = papers.render(
        report_papers.report_content(
            store, event=event, report=sent, now=datetime.combine(on, time(10, 20)), facts=_as_sent(facts, differing)
        ),
        format="pdf",
    )
    name = f"実施報告書_{event.full_title.replace(' ', '_')}.pdf"
    done = item["status"] == "確認済"
    with store.change(
        action="実施報告書を受領", by=by, now=datetime.combine(on, time(11)), subject="reports", event_id=event.id
    ) as change:
        kept = keep_file(
            store, change, data=drawn.data, name=name, now=now, media_type="application/pdf", pages=drawn.pages
        )
        report_id = change.insert(_received(event, kept.id, kept.sha256, name, drawn.pages, on, item["status"]))
        for position, (label, ours, source) in enumerate(report_figures.ours(facts), start=1):
            handling = "修正を依頼" if label in differing and item["status"] == "修正依頼" else ""
            theirs = differing.get(label, ours)
            change.insert(
                ReportFigure(report_id=report_id, position=position, item=label, theirs=theirs, ours=ours, source=source,
                             page="1" if label in differing else "", handling=handling)
            )  # fmt: skip
        if done or item["status"] == "修正依頼":
            change.update(Report, report_id, checked_on=made.calendar.add_open_days(on, 4), checked_by=STAFF)


def _as_sent(facts: ReportFacts, differing: dict[str, str]) -> ReportFacts:
    """The facts with the slips the contractor made, so that the file says what was read from it."""

    def number(item: str) -> int:
        return int("".join(sign for sign in differing[item] if sign.isdecimal()))

    if "出席" in differing and facts.result is not None:
        facts = replace(facts, result=replace(facts.result, attended=number("出席")))
    if "回収数" in differing and facts.survey is not None:
        facts = replace(facts, survey=replace(facts.survey, returned=number("回収数")))
    return facts


def _received(event: Event, file_id: int, sha256: str, name: str, pages: int, on: date, status: Any) -> Report:
    ticked = status != "区が確認中"
    return Report(
        event_id=event.id,
        way="受領",
        version=1,
        author="受託者",
        status=status,
        contractor_confirmed_on=on,
        file_id=file_id,
        file_name=name,
        sha256=sha256,
        pages=pages,
        received_on=on,
        received_how="メール",
        receipt_number="",
        original_place="文書管理システム",
        points={point: True for number, point in enumerate(POINTS[event.kind]) if ticked or number == 0},
    )
