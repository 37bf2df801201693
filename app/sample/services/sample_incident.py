"""The only incident of the sample year: a sheet of the contractor was missing for half an hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.sample.services.sample_events import STAFF
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.services import incidents
from app.settings.incidents.services.incident_view import read_incident
from db.records.incidents import IncidentLocation, ReportNeed
from db.store import Store

RunService = Callable[..., Any]
DISCOVERED_AT = datetime.fromisoformat("2026-09-10 17:05")
_INCIDENT = {
    "title": "撮影の了解書1枚が所定の封筒にない", "place": "受託者", "sort": "事故のおそれ",
    "happened": "9/10(木) 16:25", "what": "講習会の会場で、了解書1枚が所定の封筒になく、机の下で見付かった",
    "amount": "了解書1枚", "people": 1, "spot": "会場の研修室",
    "course": "片付けで封筒の枚数と受付の数が合わないことに従事者が気付き、25分後に見付けた",
}  # fmt: skip
_NOTIFICATION_TIMES = ("17:08", "17:20", "17:25", "17:30", "17:40")


def fill_incident(store: Store, run_service: RunService) -> None:
    """Record the incident step by step: first steps, calls, decisions, cause, measures, end."""
    made: int = run_service(
        incidents.begin_incident,
        f"{DISCOVERED_AT:%Y-%m-%d %H:%M}",
        fiscal_year=2026,
        incident=_INCIDENT,
        known_at=DISCOVERED_AT,
        known_by=STAFF,
    ).id
    for minute, step in enumerate(incidents_rules.FIRST_STEPS[IncidentLocation.CONTRACTOR], 5):
        moment = f"2026-09-10 17:{minute:02d}"
        run_service(
            incidents.add_course_line, moment, incident_id=made, words=step, step=step, outcome=incidents_rules.DONE
        )
    for clock, party in zip(
        _NOTIFICATION_TIMES, read_incident(store, incident_id=made, now=DISCOVERED_AT).parties, strict=False
    ):
        words = f"{party}へ電話"
        moment = f"2026-09-10 {clock}"
        run_service(
            incidents.add_course_line, moment, incident_id=made, words=words, step=party, outcome=incidents_rules.TOLD
        )
    decided = {"incident_id": made, "decided_by": "協働推進課長"}
    run_service(
        incidents.record_report_decision,
        "2026-09-11 09:30",
        **decided,
        needed=ReportNeed.NOT_NEEDED,
        on=date(2026, 9, 11),
        reason="第三者が見たおそれがない",
    )
    told = {"on": date(2026, 9, 11), "how": "電話で経過を伝え、了承を得た", "people": 1}
    run_service(incidents.record_people_decision, "2026-09-11 10:10", **decided, needed=ReportNeed.NEEDED, **told)
    cause = "回収の枚数を数える時が終了後だけだった"
    run_service(
        incidents.write_facts, "2026-10-02 14:05", incident_id=made, typed={"cause": cause}, shown={"cause": ""}
    )
    measure = {"what": "枚数を3回数える形に変える", "who": "受託者", "planned_on": date(2026, 9, 30)}
    measure["done_on"] = date(2026, 9, 30)
    run_service(incidents.save_measure, "2026-10-02 14:10", incident_id=made, measure=measure)
    run_service(incidents.close_incident, "2026-10-02 14:20", incident_id=made, how=incidents_rules.FINISHED)
