"""Gathers from the records everything a 実施報告書 is built from, in one read."""

from __future__ import annotations

from app.documents.report_parts import ReportFacts
from app.rules.deadlines import MATERIAL, REPORT, Deadline, event_deadlines
from app.services import survey_tally
from app.services.programme import office_calendar, programme_of_event
from app.services.programme_view import ProgrammeView
from db.records.events import Event
from db.records.materials import Material, MaterialVersion
from db.records.organisations import Organisation
from db.records.reports import Report
from db.rows import by_id
from db.store import Store
from db.tables import events, materials, participants


def gather(store: Store, *, event: Event, report: Report) -> ReportFacts:
    """Return the facts for ``report`` of ``event`` as they stand now."""
    database = store.database
    view = programme_of_event(store, event)
    due = _deadline(store, view, event, REPORT)
    checked = _deadline(store, view, event, MATERIAL)
    survey = survey_tally.report_part(store, event_id=event.id) if view.numbers[event.kind].has_survey else None
    extra = {
        "期限の根拠": due.basis if due else "",
        "集計確定": "済" if survey and survey_tally.NOT_FROZEN not in survey.counted_words else "",
    }
    if due:
        extra["期限の最終日"] = due.limit.isoformat()
    found = _materials(store, event)
    told = [notice.people for notice in participants.notices(database, event.id) if notice.told_on is not None]
    if told:
        extra["連絡した人数"] = str(told[-1])
    printed = {version.printed for _, version in found if version and version.printed}
    if len(printed) == 1:
        extra["部数"] = f"印刷部数　各{printed.pop()}部"
    return ReportFacts(
        event=event,
        numbers=view.numbers[event.kind],
        report=report,
        due=due.nominal if due else None,
        agenda=tuple(events.agenda(database, event.id)),
        result=events.result(database, event.id),
        materials=found,
        material_due=checked.nominal if checked else None,
        survey=survey,
        organisation=by_id(database, Organisation, event.organisation_id) if event.organisation_id else None,
        equipment_note=_router(store, event),
        extra=extra,
    )


def _deadline(store: Store, view: ProgrammeView, event: Event, task: str) -> Deadline | None:
    if event.event_date is None:
        return None
    found = event_deadlines(view.numbers[event.kind], view.programme, event.event_date, office_calendar(store))
    return next((deadline for deadline in found if deadline.task == task), None)


def _materials(store: Store, event: Event) -> tuple[tuple[Material, MaterialVersion | None], ...]:
    pairs: list[tuple[Material, MaterialVersion | None]] = []
    for material in materials.of_event(store.database, event.id):
        versions = materials.versions(store.database, material.id)
        confirmed = [one for one in versions if one.result == "確認済"]
        best = confirmed or versions
        pairs.append((material, best[-1] if best else None))
    return tuple(pairs)


def _router(store: Store, event: Event) -> str:
    for item in events.equipment(store.database, event.id):
        if "ルーター" in item.name:
            return (
                f"{item.owner}が{item.name}{item.quantity}台を持参"
                if item.quantity.isdigit()
                else f"{item.owner}が{item.name}を持参"
            )
    return ""
