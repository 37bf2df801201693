"""Builds 参加者決定の記録, and 追加募集の対象団体 with the 団体 that can still be asked, by 支部."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.event.rules.participation import is_coming, is_expected
from app.event.rules.selection_minimum import closing_day
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.tasks.deadlines import read_event_year
from app.events.roster import documents as roster_documents
from app.events.roster.documents import ManualChange, SelectionResultLine
from app.events.roster.rules import event_facts
from app.events.roster.services.selections import SavedSelection, saved_selections
from app.programme.services import programme_of_event
from app.registers.register.rules import NOT_WANTED, BranchOrganisations, group_by_branch
from db.name_key import organisation_name_key
from db.record import record
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.store import Store
from db.tables import organisations, roster
from db.tables import roster as table


@record
class NotApplied:
    """The 団体 that can still be asked, without those that said 希望しない and those that applied.

    ``applied_count`` and ``unwilling_count`` are the 団体 left out; ``coming_count`` are people, ``minimum`` the lower
    number of the 仕様書.
    """

    branches: tuple[BranchOrganisations, ...]
    applied_count: int
    unwilling_count: int
    coming_count: int
    minimum: int
    closing_day: date | None

    @property
    def count(self) -> int:
        """Return how many 団体 are listed."""
        return sum(len(part.organisations) for part in self.branches)


def read_not_applied(store: Store, *, event_id: int, today: date) -> NotApplied:
    """Return the 団体 without an application for the event, by 支部 in the order of the register, never ranked.

    A 団体 that gave 「×」（希望しない） for the event's tools, or for every tool where the event names none, is left
    out. One that applied and withdrew counts as having applied, because it was reached.
    """
    database = store.database
    year = read_event_year(store, event_id, today, with_follow_ups=False)
    file = read_event_records(store, event_id)
    event = file.event
    entries = roster.entries(database, event_id)
    register = organisations.all_organisations(database)
    others = _without_application(register, entries)
    willing = [one for one in others if not is_unwilling(one, event.tools)]
    return NotApplied(
        branches=group_by_branch(willing),
        applied_count=len(register) - len(others),
        unwilling_count=len(others) - len(willing),
        coming_count=sum(is_expected(entry) for entry in entries),
        minimum=year.view.kind(event.kind).people_min,
        closing_day=closing_day(file.steps, event, year.calendar),
    )


def has_organisations_to_ask(store: Store, event: Event) -> bool:
    """Return whether the list would name at least one 団体."""
    others = _without_application(
        organisations.all_organisations(store.database), roster.entries(store.database, event.id)
    )
    return any(not is_unwilling(one, event.tools) for one in others)


def has_too_few(store: Store, records: EventRecords) -> bool:
    """Return whether fewer people come to a planned event than the specification has (仕様書4 エ).

    False before there is an application or 受付開始 was done, and for a kind of event that the year does not have.
    """
    begun = bool(records.entries) or any(step.done_on and "受付開始" in step.name for step in records.steps)
    if not records.event.status.is_planned or not begun:
        return False
    numbers = programme_of_event(store, records.event).find_kind(records.event.kind)
    return numbers is not None and sum(is_coming(entry) for entry in records.entries) < numbers.people_min


def _without_application(register: Iterable[Organisation], entries: Iterable[Entry]) -> list[Organisation]:
    """Return the registered 団体 for which nobody applied, by id or name, in the order of the register."""
    found = tuple(entries)
    asked_ids = {entry.organisation_id for entry in found if entry.organisation_id}
    asked_names = {organisation_name_key(entry.organisation_name) for entry in found} - {""}
    return [one for one in register if one.id not in asked_ids and organisation_name_key(one.name) not in asked_names]


def is_unwilling(organisation: Organisation, tools: tuple[str, ...]) -> bool:
    """Return whether the 団体 does not wish for any of ``tools`` (of all it was asked about when none is named)."""
    stages = organisation.stages
    asked = [stages[tool] for tool in tools if tool in stages] if tools else list(stages.values())
    return bool(asked) and all(stage == NOT_WANTED for stage in asked) and (not tools or len(asked) == len(tools))


RECORD = roster_documents.SELECTION_KIND
NOT_APPLIED = roster_documents.NOT_APPLIED_KIND
REMOVED_FROM_ROSTER = "（名簿から外しました）"


def build_selection_record(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the record of the newest full selection, with later changes by hand; without one, of all changes.

    Raises:
        UserError: there is no selection yet.
    """
    past = saved_selections(store.database, event)
    whole = [one for one in past if not one.is_manual]
    newest = next(reversed(whole or past), None)
    if newest is None:
        raise UserError("参加者はまだ決められていません。", "「参加者を決める」で決めると作成できます。")
    changes = [one for one in past if one.id > newest.id] if whole else past[:-1]
    return roster_documents.selection_record(
        event_document_context(store, event, RECORD, now),
        read_event_facts(store, replace(event, **event_facts(newest.selection))),
        newest.selection,
        _result_lines(newest),
        version=max(1, len(whole)),
        by_hand=newest.is_manual,
        manual_changes=[ManualChange(selection=one.selection, result_line=_result_lines(one)[0]) for one in changes],
    )


def build_not_applied_list(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the list of the 団体 that can still be asked.

    Raises:
        UserError: every registered 団体 has applied or does not wish to.
    """
    found = read_not_applied(store, event_id=event.id, today=now.date())
    if not found.count:
        raise UserError("まだ申込のない団体は、登録にありません。", "団体の登録を確かめてください。")
    return roster_documents.not_applied_list(
        event_document_context(store, event, NOT_APPLIED, now),
        read_event_facts(store, event),
        [(part.branch, [one.name for one in part.organisations]) for part in found.branches],
        coming=found.coming_count,
        minimum=found.minimum,
        closing_day=found.closing_day,
        applied=found.applied_count,
        unwilling=found.unwilling_count,
    )


def _result_lines(selection: SavedSelection) -> list[SelectionResultLine]:
    return [
        SelectionResultLine(
            line=replace(row.line, why=row.why),
            organisation=row.row.organisation_name if row.row is not None else "",
            name=row.row.name if row.row is not None else REMOVED_FROM_ROSTER,
        )
        for row in selection.rows
    ]


def _selection_state(store: Store, records: EventRecords, _today: date) -> str:
    """Return 「抽選　9/11」, method and day of the last selection or change by hand, "" before there is one."""
    newest = next(reversed(table.selections(store.database, records.event.id)), None)
    return f"{newest.method}　{newest.made_at.month}/{newest.made_at.day}" if newest else ""


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=RECORD,
        group="募集・通知",
        event_role="記録",
        build=build_selection_record,
        ready=lambda store, file: bool(table.selections(store.database, file.event.id)),
        fits=lambda file: file.event.form.recruits,
        state=_selection_state,
        missing_words="参加者を決めると作成できます。",
        todo="参加者の決定",
        personal=True,
    ),
    event_document_kind(
        kind=NOT_APPLIED,
        group="募集・通知",
        event_role="案内",
        build=build_not_applied_list,
        ready=lambda store, file: has_too_few(store, file) and has_organisations_to_ask(store, file.event),
        fits=lambda file: file.event.form.recruits and not file.event.status.is_held,
        missing_words="募集を始めて、参加予定が仕様の下限に満たず、まだ申込のない団体があるときに作成できます。",
        todo="名簿",
    ),
)
