"""Undo of what is written about an incident."""

from datetime import datetime
from typing import Any

from app.settings.incidents.services import incidents
from db.records.incidents import Incident, IncidentMeasure
from db.rows import rows
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios
from tests.support.world import OTHER, World

_FACTS = {
    "place": "区", "sort": "事故のおそれ", "origin": "持出し 21番", "happened": "12/1 16:30", "what": "受付名簿",
    "amount": "1部", "people": 14, "spot": "研修室", "course": "片付けで1部足りない", "cause": "数えなかった",
}  # fmt: skip


def begun(world: World, *, closed: bool = False) -> int:
    """An incident with everything written in it."""
    context = world.other
    made = incidents.begin_incident(
        context,
        fiscal_year=2026,
        incident={"title": "名簿1部が見あたらない", "event_id": world.events["L6"], **_FACTS},
        known_at=datetime(2026, 11, 27, 17, 5),
        known_by="見本 花子",
    ).id
    with world.store.change(action="判断", by=OTHER, now=NOW, subject="incidents") as change:
        change.update(
            Incident,
            made,
            needed_by="課長",
            needed_on=NOW.date(),
            needed_reason="14人分",
            early_on=NOW.date(),
            owners_needed="要",
            owners_by="課長",
            owners_on=NOW.date(),
            owners_how="電話",
            needed="要",
        )
    incidents.save_measure(
        context,
        incident_id=made,
        measure={"what": "2人で数える", "who": "区", "planned_on": NOW.date(), "done_on": NOW.date()},
    )
    if closed:
        incidents.close_incident(context, incident_id=made, how="最終の報告", reason="済んだ")
    return made


def _measure(world: World) -> dict[str, Any]:
    made = begun(world)
    (known,) = rows(world.store.database, IncidentMeasure, incident_id=made)
    typed = {"what": "3回数える", "who": "区", "planned_on": NOW.date(), "done_on": NOW.date()}
    return {"incident_id": made, "measure": typed, "measure_id": known.id}


DAYS = {"early_from": 2, "early_to": 4, "final_days": 28, "long_days": 56}
SCENARIOS: Scenarios = {
    incidents.begin_incident: lambda _w: {
        "fiscal_year": 2026, "incident": {"title": "誤送信"}, "known_at": datetime(2026, 11, 27, 17, 5),
        "known_by": ""},
    incidents.add_course_line: lambda w: {
        "incident_id": begun(w), "words": "会場で捜した", "step": "協働推進課長", "outcome": "話した"},
    incidents.write_facts: lambda w: {"incident_id": begun(w), "typed": {"spot": "受付"}, "shown": {"spot": "研修室"}},
    incidents.record_report_decision: lambda w: {
        "incident_id": begun(w), "needed": "否", "decided_by": "課長", "reason": "だれも見ていない",
        "wrong_purpose": True, "on": NOW.date()},
    incidents.record_people_decision: lambda w: {
        "incident_id": begun(w), "needed": "要", "decided_by": "部長", "how": "文書", "people": 14, "on": NOW.date()},
    incidents.record_report_days: lambda w: {"incident_id": begun(w), "early_on": NOW.date(), "final_on": NOW.date()},
    incidents.save_measure: _measure,
    incidents.close_incident: lambda w: {"incident_id": begun(w), "how": "見つかった", "reason": "机の下にあった"},
    incidents.reopen_incident: lambda w: {"incident_id": begun(w, closed=True), "reason": "別の1部も足りない"},
    incidents.set_incident_rules: lambda _w: {"fiscal_year": 2026, "days": DAYS, "parties": "協働推進課長 内線 0000"},
}  # fmt: skip
