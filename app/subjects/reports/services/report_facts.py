"""Gathers from the records everything a 実施報告書 is built from, and our own side of 数字の突合."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.programme.services.programme import programme_of_event
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.rules.copies import required_copies
from app.subjects.events.rules.deadlines import MATERIAL, REPORT, Deadline, event_deadlines
from app.subjects.reports.papers.report_parts import ReportFacts
from app.subjects.surveys.questions.services.surveys import survey_in_year
from app.subjects.surveys.tally.services import survey_tally
from app.subjects.surveys.tally.services.survey_tally import TallyView
from db.records.events import Event
from db.records.materials import Material, MaterialVersion
from db.records.organisations import Organisation
from db.records.reports import Report
from db.rows import by_id, rows
from db.store import Store
from db.tables import events, materials, participants

Line = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class ReportGround:
    """What every report of an event rests on, read once: the settings of its year, and its survey counted.

    ``tally`` is None before questions were chosen; ``quoted`` what in the quoted answers may tell who wrote them.
    """

    view: ProgrammeView
    tally: TallyView | None = None
    quoted: tuple[str, ...] = ()


def read_ground(store: Store, event: Event, *, on: date | None = None) -> ReportGround:
    """Return what the reports of ``event`` rest on, with the names of ``on`` (None = those that begin last)."""
    view = programme_of_event(store, event, on=on)
    if event.kind == "派遣":
        return ReportGround(view=view)
    survey = survey_in_year(store, event, view.as_last_agreed(event.event_date))
    if survey.survey is None:
        return ReportGround(view=view)
    tally, quoted = survey_tally.tally_with_flags(store, survey)
    return ReportGround(view=view, tally=tally, quoted=quoted)


def gather(store: Store, *, event: Event, report: Report, ground: ReportGround | None = None) -> ReportFacts:
    """Return the facts for ``report`` of ``event`` as they stand now; ``ground`` when it was read already."""
    database = store.database
    ground = ground or read_ground(store, event)
    view = ground.view.as_last_agreed(event.event_date)
    due = _deadline(view, event, REPORT)
    checked = _deadline(view, event, MATERIAL)
    asked = ground.tally if view.numbers[event.kind].has_survey else None
    survey = survey_tally.report_part(asked) if asked is not None else None
    extra = {
        "期限の根拠": due.basis if due else "",
        "集計確定": "済" if survey and survey_tally.NOT_FROZEN not in survey.counted_words else "",
    }
    if due:
        extra["期限の最終日"] = due.limit.isoformat()
    found = _newest_materials(store, event)
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


def _deadline(view: ProgrammeView, event: Event, task: str) -> Deadline | None:
    if event.event_date is None:
        return None
    found = event_deadlines(view.numbers[event.kind], view.programme, event.event_date, view.calendar)
    return next((deadline for deadline in found if deadline.task == task), None)


def _newest_materials(store: Store, event: Event) -> tuple[tuple[Material, MaterialVersion | None], ...]:
    handouts = materials.of_event(store.database, event.id)
    received = rows(
        store.database,
        MaterialVersion,
        material_id=[one.id for one in handouts],
        order=("material_id", "version", "id"),
    )
    pairs: list[tuple[Material, MaterialVersion | None]] = []
    for material in handouts:
        versions = [one for one in received if one.material_id == material.id]
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


def ours(facts: ReportFacts) -> tuple[Line, ...]:
    """Return 項目, 区の記録, 出どころ for every number of a report (empty = the ward has no record)."""
    return (*_people(facts), *_materials(facts), *_agenda(facts), *_survey(facts))


def _people(facts: ReportFacts) -> tuple[Line, ...]:
    result = facts.result

    def shown(value: int | None, unit: str) -> str:
        return "" if value is None else f"{value}{unit}"

    return (
        ("申込", shown(result.applied if result else None, "人"), "実施の記録"),
        ("出席", shown(result.attended if result else None, "人"), "受付・実施の記録"),
        ("団体", shown(result.attended_organisations if result else None, "団体"), "受付・実施の記録"),
    )


def _materials(facts: ReportFacts) -> tuple[Line, ...]:
    lines: list[Line] = []
    for material, version in facts.materials:
        if version is None:
            continue
        day = f"{version.result_on.month}/{version.result_on.day} {version.result}" if version.result_on else "確認前"
        lines.append((f"資料の版　{material.title}", f"第{version.version}版", day))
    if facts.materials:
        told = facts.extra.get("連絡した人数", "")
        needed = required_copies(int(told)) if told else None
        lines.append(
            ("印刷部数", f"{needed.total}部", f"連絡した{needed.people}人＋予備{needed.spare}")
            if needed
            else ("印刷部数", "", "人数連絡の記録がありません")
        )
    return tuple(lines)


def _agenda(facts: ReportFacts) -> tuple[Line, ...]:
    total = sum(item.minutes or 0 for item in facts.agenda)
    return (("時間割の分", f"{total}分" if total else "", "進行表"),)


def _survey(facts: ReportFacts) -> tuple[Line, ...]:
    survey = facts.survey
    if survey is None:
        return ()
    total = (("回収数", f"{survey.returned}枚", f"紙{survey.paper}・オンライン{survey.online}"),)
    asked = [chart.code for chart in survey.charts if chart.type == "SA"]
    if not asked:
        return total
    return (*total, (f"設問の合計　{asked[0]}〜{asked[-1]}", f"各{survey.returned}人", "検算（無回答を含む）"))
