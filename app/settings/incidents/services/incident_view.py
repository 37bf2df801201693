"""Reads incidents: all of a year, one with its steps, deadlines and course, and follow-ups for home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Final, Literal

from app.actions.action_id import ActionLink
from app.actions.get_or_raise import get_or_raise
from app.calendar.dates import (
    clock_time,
    short_date,
    short_date_or,
)
from app.common.display_words import count_words, left_words
from app.common.join_nonempty import join_nonempty
from app.event.rules.event_venue import venue_phone
from app.event.services.tasks.follow_ups import FollowUp
from app.ledgers.services.ledger_reading import require_year
from app.programme.services import ProgrammeView, office_calendar, read_programme
from app.received.services import newest_of_each
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.documents import KIND
from app.settings.incidents.rules import LegalDeadlines
from db.digits import whole_number
from db.engine import Database
from db.mapping import TABLE_OF
from db.record import record
from db.records.accounts import RowChange
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.incidents import Incident, IncidentMeasure, IncidentNote, IncidentRules
from db.records.programme import Programme
from db.records.submissions.received import ReceivedPaper
from db.records.venues import Venue
from db.rows import by_id, rows
from db.store import Store
from db.tables import journal

RECEIVED = "事故等報告書"
TITLE: Final = "事故の対応"
SUBJECT = "incidents"
"""Subject of journal rows about incidents."""
LineKind = Literal["first", "party", "report", "fact", "owners", "cause", "measure", "open", "paper", "issue"]


@record
class IncidentLine:
    """One row of a step: text, deadline and result; ``id`` is its key in the step, ``done`` = nothing left to do.

    ``group`` is the heading under which it stands, "" = none; ``is_warning``: shown in amber while it is not done.
    """

    id: str
    kind: LineKind
    text: str
    detail: str = ""
    until: str = ""
    basis: str = ""
    result: str = ""
    result_note: str = ""
    done: bool = False
    group: str = ""
    is_warning: bool = False


@record
class IncidentStep:
    """One of the six steps: its number (1–6), title, state in a few words, and its rows."""

    id: int
    title: str
    words: str
    done: bool
    lines: tuple[IncidentLine, ...]


@record
class IncidentView:
    """One incident as its screen and its report show it.

    ``fiscal_year`` is that of the incident, whatever year is shown. ``elapsed_text`` says how long it has been known.
    ``issued_reports`` counts earlier reports, ``last_issued_version`` is that of the last one (0 = none) and
    ``missing_report`` the kind that should follow. ``contractor_reports`` are the contractor's own reports received
    since. ``parties`` are whom to notify, name to telephone. ``event`` is the full title, "" = of no event.
    """

    today: date
    incident: Incident
    fiscal_year: int
    event: str
    venue: str
    notes: tuple[IncidentNote, ...]
    measures: tuple[IncidentMeasure, ...]
    parties: dict[str, str]
    deadlines: LegalDeadlines
    rules: IncidentRules
    open_points: tuple[str, ...]
    elapsed_text: str
    issued_reports: int
    last_issued_version: int
    missing_report: str
    contractor_reports: tuple[ReceivedPaper, ...]

    @property
    def next_report(self) -> str:
        """Return the type of the next report."""
        return incidents_rules.report_type(self.incident, self.issued_reports)

    @cached_property
    def steps(self) -> tuple[IncidentStep, ...]:
        """Return the six steps with their rows."""
        return tuple(_steps(self))

    @property
    def current_step(self) -> int:
        """Return the number of the next step."""
        return next((one.id for one in self.steps if not one.done), 6)


def incidents_of(store: Store, *, fiscal_year: int) -> tuple[Incident, ...]:
    """Return the incidents of a year, the newest first; raises ``UserError`` for a year that was not started here."""
    programme = require_year(store.database, fiscal_year)
    return tuple(rows(store.database, Incident, programme_id=programme.id, order="-number"))


def read_incident(store: Store, *, incident_id: int, now: datetime) -> IncidentView:
    """Return one incident; raises ``UserError`` when it is no longer there."""
    return view_of(store, get_or_raise(store.database, Incident, incident_id), now)


def rules_for_year(database: Database, programme_id: int) -> IncidentRules:
    """Return the deadlines and addressees set for a year, else those of the last year before it, else the usual ones.

    The id is 0 where nothing was set for the year itself.
    """
    years = {one.id: one.fiscal_year for one in rows(database, Programme)}
    known = [one for one in rows(database, IncidentRules) if years[one.programme_id] <= years[programme_id]]
    newest = max(known, key=lambda one: years[one.programme_id], default=IncidentRules(programme_id=programme_id))
    return newest if newest.programme_id == programme_id else replace(newest, id=0, programme_id=programme_id)


def read_rules(store: Store, *, fiscal_year: int) -> IncidentRules:
    """Return the rules of a year; where no addressees are set, with the usual ones, without telephones."""
    view = read_programme(store, fiscal_year=fiscal_year)
    known = rules_for_year(store.database, view.programme.id)
    return (
        known
        if known.parties
        else replace(known, parties={_chief_name(view): "", **dict.fromkeys(incidents_rules.PARTIES, "")})
    )


def _chief_name(view: ProgrammeView) -> str:
    return f"{view.office.section}長" if view.office.section else "課長"


def view_of(store: Store, incident: Incident, now: datetime) -> IncidentView:
    """Return an incident with everything derived from it at ``now``."""
    database = store.database
    view = read_programme(store, fiscal_year=get_or_raise(database, Programme, incident.programme_id).fiscal_year)
    known = rules_for_year(database, incident.programme_id)
    parties = incidents_rules.parties_of(incident, known, chief=_chief_name(view), contractor=view.contractor.phone)
    event = by_id(database, Event, incident.event_id)
    if event is not None and event.venue:
        parties.setdefault(event.venue, venue_phone(event, rows(database, Venue, name=event.venue)))
    notes = tuple(rows(database, IncidentNote, incident_id=incident.id, order=("-at", "-id")))
    if incident.closed_on is not None:
        parties = incidents_rules.parties_at_end(notes, parties)
    measures = tuple(rows(database, IncidentMeasure, incident_id=incident.id))
    papers = _contractor_reports(database, incident)
    left = outgoing_reports(database, incident)
    return IncidentView(
        today=now.date(),
        incident=incident,
        fiscal_year=view.programme.fiscal_year,
        event=event.full_title if event is not None else "",
        venue=event.venue if event is not None else "",
        notes=notes,
        measures=measures,
        parties=parties,
        deadlines=incidents_rules.legal_deadlines(incident, known, view.calendar),
        rules=known,
        open_points=incidents_rules.open_points(incident, measures, notes, parties, has_contractor_report=bool(papers)),
        elapsed_text=incidents_rules.elapsed_words(incident.known_at, now),
        issued_reports=issued_reports(database, incident),
        last_issued_version=_version_of(left[-1]) if left else 0,
        missing_report=_missing_report(incident, notes, left),
        contractor_reports=papers,
    )


def issued_reports(database: Database, incident: Incident) -> int:
    """Return how many reports of an incident were issued before the next one, by the log.

    A report that is saved and then printed is one report; the next one begins when something new is recorded.
    """
    left = outgoing_reports(database, incident)
    if not left:
        return 0
    issued = _version_of(left[-1])
    return issued if _written_since(database, incident, left[-1].at) else issued - 1


def _version_of(report: Outgoing) -> int:
    return int(report.detail["version"])


def _written_since(database: Database, incident: Incident, moment: datetime) -> bool:
    """Return whether anything about an incident was recorded after ``moment``."""
    later = takewhile(lambda one: one.at > moment, journal.entries(database, subject=SUBJECT))
    return any(_is_about(change, incident) for one in later for change in one.changes)


def _is_about(change: RowChange, incident: Incident) -> bool:
    if change.table == TABLE_OF[Incident]:
        return change.row_id == incident.id
    return (change.after or change.before or {}).get("incident_id") == incident.id


def used_numbers(database: Database, programme_id: int) -> set[int]:
    """Return the incident numbers used in a year, including those of deleted incidents with an issued report."""
    left = rows(database, Outgoing, document_kind=KIND, programme_id=programme_id)
    numbers = {number for one in left if (number := whole_number(str(one.detail.get("incident", "")))) is not None}
    return numbers | {one.number for one in rows(database, Incident, programme_id=programme_id)}


def outgoing_reports(database: Database, incident: Incident) -> list[Outgoing]:
    """Return the log rows of issued reports (saved or printed) of an incident, in order."""
    found = rows(database, Outgoing, document_kind=KIND, programme_id=incident.programme_id)
    return [one for one in found if one.detail.get("incident") == str(incident.number)]


def _missing_report(incident: Incident, notes: Sequence[IncidentNote], left: Sequence[Outgoing]) -> str:
    """Return which report should be issued: 「続報」 after a corrected fact, 「最終」 after closing, else "".

    An incident closed because the thing was found, without a report so far, needs none.
    """
    newest = max((one.at for one in left), default=None)
    if incident.closed_on is not None:
        ended = max((one.at for one in notes if one.words.startswith(f"{incidents_rules.CLOSED}（")), default=None)
        told = newest is not None and (ended is None or newest >= ended)
        return "" if told or (incident.closed_how == incidents_rules.FOUND and newest is None) else "最終"
    right = max((one.at for one in notes if one.step == incidents_rules.CORRECTED_FACTS_LINE), default=None)
    return "続報" if newest is not None and right is not None and right > newest else ""


def _contractor_reports(database: Database, incident: Incident) -> tuple[ReceivedPaper, ...]:
    """Return the contractor's newest reports received since the incident was known; () if it was at the ward."""
    if incident.place.is_ward:
        return ()
    came = rows(database, ReceivedPaper, kind=RECEIVED, programme_id=incident.programme_id, order=("matter", "version"))
    day = incident.known_at.date()
    return tuple(one for one in newest_of_each(came) if one.received_on is not None and one.received_on >= day)


def _steps(context: IncidentView) -> Iterable[IncidentStep]:
    made = (
        _first_step_lines,
        _notification_lines,
        _fact_lines,
        _affected_people_lines,
        _prevention_lines,
        _closing_lines,
    )
    for number, (title, lines) in enumerate(zip(incidents_rules.STEPS, made, strict=True), 1):
        found = tuple(lines(context))
        done = sum(one.done for one in found)
        whole = bool(found) and done == len(found)
        if title == "閉じる":
            whole = context.incident.closed_on is not None
        words = _step_words(title, context, done, len(found))
        yield IncidentStep(id=number, title=title, words=words, done=whole, lines=found)


def _step_words(title: str, ground: IncidentView, done: int, total: int) -> str:
    """Return the state of a step as text: what is decided or left, else how many lines are done."""
    incident = ground.incident
    if title == "本人へ":
        people = count_words(incident.people, "人　")
        return f"{people}{incident.owners_needed or '要否を決める'}"
    if title == "閉じる":
        if incident.closed_on is not None:
            return f"{incident.closed_how}　{short_date(incident.closed_on, ground.today)}"
        return f"残り {len(ground.open_points)}点" if ground.open_points else "閉じられます"
    return left_words(done, total)


def _first_step_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield the lines of what is to be done first, with what was noted of each."""
    newest = incidents_rules.latest_note_by_step(ground.notes)
    for step in incidents_rules.FIRST_STEPS[ground.incident.place]:
        note = newest.get(step)
        yield IncidentLine(
            id=step,
            kind="first",
            text=step,
            until=incidents_rules.AT_ONCE,
            basis=incidents_rules.BASIS[ground.incident.place],
            result=_noted_text(note, ground.today),
            done=note is not None and note.outcome == incidents_rules.DONE,
        )


def _notification_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield a line for each party to notify, with what was noted of each call.

    Then come the 続報, if one should be issued, and the reports to the 委員会.
    """
    newest = incidents_rules.latest_note_by_step(ground.notes)
    known = ground.incident.known_at.date()
    that_day = "本日" if known == ground.today else short_date(known, ground.today)
    for name, phone in ground.parties.items():
        note = newest.get(name)
        told = note is not None and note.outcome == incidents_rules.TOLD
        own = name == incidents_rules.CONTRACTOR
        yield IncidentLine(
            id=name,
            kind="party",
            text=name,
            detail=phone or "電話　未記入",
            until=that_day if name == ground.venue else incidents_rules.AT_ONCE,
            basis="目安日"
            if name == ground.venue
            else incidents_rules.BASIS[ground.incident.place]
            if own
            else "区の規程",
            result=_noted_text(note, ground.today),
            done=told,
            is_warning=not told,
            group="順番に。かけた人と時刻が残ります",
        )
    if ground.missing_report == "続報":
        yield IncidentLine(
            id="issue",
            kind="issue",
            text="出した報告の続報",
            detail=f"事実が、出した報告（第{ground.last_issued_version}版）のあとで変わっています",
            until=incidents_rules.AT_ONCE,
            basis="目安日",
            result="続報を作る",
            is_warning=True,
            group="順番に。かけた人と時刻が残ります",
        )
    yield from _report_lines(ground)


def _report_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield a line each for 速報 and 確報 to the 委員会: deadline, what was decided, and when it was made."""
    incident, days, today = ground.incident, ground.deadlines, ground.today
    owed = incidents_rules.next_report_due(incident)
    decided = join_nonempty(incident.needed, incident.needed_by)
    group = "人が決めること　日付は計算、要否は人が決めます"
    known = ground.rules
    early = short_date_or("", incident.early_on, today)
    final = short_date_or("", incident.final_on, today)
    ahead = (
        f"　開庁日は {short_date(days.early_report_target, today)}まで"
        if days.early_report_target != days.early_report_by
        else ""
    )
    yield IncidentLine(
        id="速報",
        kind="report",
        text="個人情報保護委員会　速報",
        group=group,
        detail=f"{incidents_rules.SHORT_CLAUSE}　把握の日を1日目として {known.early_from}–{known.early_to}日{ahead}",
        until=short_date(days.early_report_by, today),
        basis="要と決めたら" if not incident.needed else incident.needed,
        result=f"済 {early}" if early else "確報とあわせて" if final else decided or "要否　未決定",
        done=bool(early or final) or incident.needed.is_not_needed,
        is_warning=owed in ("要否", "速報"),
    )
    length = known.long_days if incident.wrong_purpose else known.final_days
    yield IncidentLine(
        id="確報",
        kind="report",
        text="個人情報保護委員会　確報",
        group=group,
        detail=f"{incidents_rules.SHORT_CLAUSE}　把握の日を1日目として {length}日"
        + ("（不正の目的のおそれ）" if incident.wrong_purpose else f"（不正の目的のおそれは{known.long_days}日）"),
        until=short_date(days.final_report_by, today),
        basis="" if incident.needed else "仮",
        result=f"済 {final}"
        if final
        else "不要"
        if incident.needed.is_not_needed
        else "未報告"
        if early
        else "速報のつぎ",
        done=bool(final) or incident.needed.is_not_needed,
        is_warning=owed == "確報",
    )


def _fact_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield the lines of the facts of the incident, then those of the contractor's reports, received or awaited."""
    incident = ground.incident
    for key, title in incidents_rules.FACTS:
        value = getattr(incident, key)
        said = f"{value}人" if key == "people" and value is not None else str(value or "")
        yield IncidentLine(
            id=key,
            kind="fact",
            text=title,
            result=said or incidents_rules.UNKNOWN,
            done=bool(said),
            is_warning=not said,
        )
    for one in ground.contractor_reports:
        came = short_date_or("", one.received_on, ground.today)
        yield IncidentLine(
            id=f"paper:{one.id}",
            kind="paper",
            text=incidents_rules.CONTRACTOR_REPORT,
            result=f"第{one.version}版　{came} 受領",
            result_note=one.status,
            done=True,
        )
    if incidents_rules.awaits_contractor_report(incident, bool(ground.contractor_reports)):
        yield IncidentLine(
            id="paper:0",
            kind="paper",
            text=incidents_rules.CONTRACTOR_REPORT,
            until=incidents_rules.AT_ONCE,
            basis=incidents_rules.BASIS[incident.place],
            result="まだ受領していません",
            is_warning=True,
        )


def _affected_people_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield the line about notifying the people whose data are concerned."""
    incident = ground.incident
    told = short_date_or("", incident.owners_on, ground.today)
    people = f"{incident.people}人" if incident.people is not None else "人数　調査中"
    yield IncidentLine(
        id="owners",
        kind="owners",
        text="本人への通知",
        detail=f"{people}　{incidents_rules.SHORT_CLAUSE}2項",
        until="速やかに" if not incident.owners_needed.is_not_needed else "—",
        basis=incident.owners_needed or "要否　未決定",
        result=f"済 {told}" if told else (join_nonempty(incident.owners_needed, incident.owners_by) or "これから"),
        result_note=incident.owners_how,
        done=bool(told) or incident.owners_needed.is_not_needed,
        is_warning=not incident.owners_needed,
    )


def _prevention_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield the lines of the cause and of each preventive measure."""
    incident, today = ground.incident, ground.today
    yield IncidentLine(
        id="cause",
        kind="cause",
        text="原因",
        result=incident.cause or incidents_rules.UNKNOWN,
        done=bool(incident.cause),
        is_warning=not incident.cause,
        group="原因",
    )
    for one in ground.measures:
        done = one.done_on is not None
        late = not done and one.planned_on is not None and one.planned_on < today
        yield IncidentLine(
            id=str(one.id),
            kind="measure",
            text=one.what,
            detail=one.who,
            group="再発防止策",
            until=short_date_or("予定日　未定", one.planned_on, today),
            result=f"済 {short_date(one.done_on, today)}" if one.done_on is not None else "これから",
            done=done,
            is_warning=late,
        )


def _closing_lines(ground: IncidentView) -> Iterable[IncidentLine]:
    """Yield a line for each thing still open before the incident can be closed, and for a missing 最終の報告.

    Without either it is one line that says that nothing is left.
    """
    for point in ground.open_points:
        yield IncidentLine(id=point, kind="open", text=point, result="残り", is_warning=True)
    if ground.missing_report == "最終":
        yield IncidentLine(
            id="issue", kind="issue", text="最終の報告をまだ出していません", result="最終の報告を作る", is_warning=True
        )
    elif not ground.open_points:
        yield IncidentLine(id="", kind="open", text="残っていることはありません。", done=True)


def _noted_text(note: IncidentNote | None, today: date) -> str:
    """Return what was noted of a call or step: 「話した 9/3(木) 10:20 見本 花子」, on the same day without the day.

    「これから」 where nothing was noted.
    """
    if note is None:
        return "これから"
    day = "" if note.at.date() == today else f"{short_date(note.at.date(), today)} "
    return f"{note.outcome} {day}{clock_time(note.at)} {note.by}"


def incident_follow_ups(store: Store, today: date) -> list[FollowUp]:
    """Return the follow-ups of the open incidents of all years (``_incident_follow_ups``)."""
    found: list[FollowUp] = []
    for incident in rows(store.database, Incident, closed_on=None):
        view = view_of(store, incident, datetime.combine(today, datetime.min.time()))
        found += _incident_follow_ups(store, view)
    return found


def _incident_follow_ups(store: Store, view: IncidentView) -> Iterable[FollowUp]:
    """Yield the follow-ups of one incident for home.

    They are: addressees to notify, the contractor's report, a 続報, the next step towards the 委員会, planned measures,
    and closing once nothing is open.
    """
    incident, known = view.incident, view.incident.known_at.date()
    waits = incidents_rules.without_outcome(view.parties, view.notes, incidents_rules.TOLD)
    if waits:
        yield _follow_up(incident, "事故を知らせる", f"あと{len(waits)}か所", known, "区の規程", "把握したら直ちに")
    if incidents_rules.awaits_contractor_report(incident, bool(view.contractor_reports)):
        yield _follow_up(
            incident,
            f"{incidents_rules.CONTRACTOR_REPORT}を受領する",
            "まだ受領していません",
            known,
            "目安日",
            "把握したら直ちに",
        )
    right = next((one for one in view.notes if one.step == incidents_rules.CORRECTED_FACTS_LINE), None)
    if right is not None and any(one.kind == "issue" for one in view.steps[1].lines):
        day = right.at.date()
        yield _follow_up(incident, "事故の続報を出す", right.words, day, "目安日", "出した報告のあとで事実を直したら")
    owed = incidents_rules.next_report_due(incident)
    if owed == "要否":
        yield _follow_up(
            incident,
            "事故の報告の要否を決める",
            "個人情報保護委員会",
            view.deadlines.early_report_target,
            incidents_rules.CLAUSE,
            f"把握の日を1日目として{view.rules.early_to}日目（{short_date(view.deadlines.early_report_by)}）"
            + ("の前の開庁日" if view.deadlines.early_report_target < view.deadlines.early_report_by else ""),
        )
    elif owed == "速報":
        yield _follow_up(
            incident,
            "事故の速報をする",
            "個人情報保護委員会",
            view.deadlines.early_report_by,
            incidents_rules.CLAUSE,
            f"把握の日を1日目として{view.rules.early_to}日目",
            clause=incidents_rules.CLAUSE,
        )
    elif owed == "確報":
        length = view.rules.long_days if incident.wrong_purpose else view.rules.final_days
        yield _follow_up(
            incident,
            "事故の確報をする",
            "個人情報保護委員会",
            view.deadlines.final_report_by,
            incidents_rules.CLAUSE,
            f"把握の日を1日目として{length}日目（休みならつぎの開庁日）",
            clause=incidents_rules.CLAUSE,
        )
    for one in view.measures:
        if one.done_on is None and one.planned_on is not None:
            yield _follow_up(incident, "再発防止策を実施する", one.what, one.planned_on, "目安日", "決めた予定日")
    if not view.open_points:
        day = max((one.done_on for one in view.measures if one.done_on is not None), default=known)
        closes = office_calendar(store).open_on_or_after(day)
        yield _follow_up(incident, "事故の記録を閉じる", "残りなし", closes, "目安日", "再発防止策が済んだら")


def _follow_up(
    incident: Incident, label: str, detail: str, due: date, basis: str, rule: str, *, clause: str = ""
) -> FollowUp:
    return FollowUp(
        task=TITLE,
        label=label,
        detail=f"第{incident.number}号　{detail}",
        due=due,
        basis=basis,
        rule=rule,
        link=ActionLink(TITLE, incident_id=incident.id),
        clause=clause,
    )


def printed_parties(view: IncidentView) -> Sequence[tuple[str, str, str, str]]:
    """Return as the report prints them addressee, basis, deadline and result of each line of the step 知らせる.

    The 委員会 and a missing 続報 are among them.
    """
    return [(one.text, one.basis, one.until, one.result) for one in view.steps[1].lines]


def events_of(store: Store, *, fiscal_year: int) -> tuple[tuple[int, str], ...]:
    """Return the events of a year by id and name, for the form of an incident."""
    programme = require_year(store.database, fiscal_year)
    return tuple((one.id, one.full_title) for one in rows(store.database, Event, programme_id=programme.id))
