"""The papers about who can come: 参加者決定の記録, and 追加募集の対象団体 by 支部 with whom one can still ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from app.acts.refusal import Refusal
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules.selection_minimum import closing_day
from app.subjects.events.event.rules.taking_part import is_coming
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.events.event.services.tasks.deadlines import read_event_year
from app.subjects.events.roster.papers import not_applied_list, selection_record
from app.subjects.events.roster.papers.selection_record import Fared, HandChange
from app.subjects.events.roster.services.roster import UNNAMED
from app.subjects.events.roster.services.selections import ChoiceRow, Past, past_choices
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.store import Store
from db.tables import organisations, roster
from db.tables import roster as table

UNWILLING = "×"
NO_BRANCH = "支部なし（連合会未加盟）"
_NUMBERED = re.compile(r"第?(\d+)支部")
_UNNUMBERED = 1_000


@frozen_record
class BranchPart:
    """The 団体 of one 支部 in the order of the register."""

    branch: str
    organisations: tuple[Organisation, ...]


@frozen_record
class NotApplied:
    """The 団体 that can still be asked; ``unwilling`` said 希望しない and are left out, ``applied`` have applied."""

    event: Event
    branches: tuple[BranchPart, ...]
    applied: int
    unwilling: int
    coming: int
    least: int
    closing: date | None

    @property
    def count(self) -> int:
        """How many 団体 are listed."""
        return sum(len(part.organisations) for part in self.branches)


def read_not_applied(store: Store, *, event_id: int, today: date) -> NotApplied:
    """Return the 団体 without any application for the event, 支部 by 支部 as the register names them; never ranked.

    A 団体 that gave 「×」（希望しない） for the event's tools, or for every tool where the event names none, is left
    out.
    One that applied and then gave up counts as having applied: it was reached.
    """
    database = store.database
    year = read_event_year(store, event_id, today, whole=False)
    file = read_file(store, event_id)
    event = file.event
    entries = roster.entries(database, event_id)
    register = organisations.everything(database)
    others = _without_application(register, entries)
    willing = [one for one in others if not is_unwilling(one, event.tools)]
    parts: dict[str, list[Organisation]] = {}
    for one in willing:
        parts.setdefault(one.branch or NO_BRANCH, []).append(one)
    return NotApplied(
        event=event,
        branches=tuple(BranchPart(branch=branch, organisations=tuple(parts[branch])) for branch in _in_order(parts)),
        applied=len(register) - len(others),
        unwilling=len(others) - len(willing),
        coming=sum(is_coming(entry) for entry in entries),
        least=year.view.numbers[event.kind].people_min,
        closing=closing_day(file.steps, event, year.calendar),
    )


def anybody_to_ask(store: Store, event: Event) -> bool:
    """Whether the list would name at least one 団体."""
    others = _without_application(organisations.everything(store.database), roster.entries(store.database, event.id))
    return any(not is_unwilling(one, event.tools) for one in others)


def too_few(store: Store, file: EventFile) -> bool:
    """Whether people are being recruited for an event and fewer come than the specification has (仕様書4 エ)."""
    begun = bool(file.entries) or any(step.done_on and "受付開始" in step.name for step in file.steps)
    if file.event.status != "予定" or not begun:
        return False
    numbers = programme_of_event(store, file.event).numbers.get(file.event.kind)
    return numbers is not None and sum(is_coming(entry) for entry in file.entries) < numbers.people_min


def _without_application(register: Iterable[Organisation], entries: Iterable[Entry]) -> list[Organisation]:
    """The 団体 of the register for which nobody applied, in the order of the register."""
    found = tuple(entries)
    asked_ids = {entry.organisation_id for entry in found if entry.organisation_id}
    asked_names = {name_key(entry.organisation_name) for entry in found} - {""}
    return [one for one in register if one.id not in asked_ids and name_key(one.name) not in asked_names]


def _in_order(branches: Iterable[str]) -> list[str]:
    """支部 with a number by their number, others as the register names them, those without one last."""
    numbers = {branch: _NUMBERED.fullmatch(branch) for branch in branches}
    known = {branch: int(found.group(1)) if found else _UNNUMBERED for branch, found in numbers.items()}
    return sorted(known, key=lambda branch: (branch == NO_BRANCH, known[branch]))


def is_unwilling(organisation: Organisation, tools: tuple[str, ...]) -> bool:
    """Whether the 団体 does not wish for any of ``tools`` (of all it was asked about when none is named)."""
    stages = organisation.stages
    asked = [stages[tool] for tool in tools if tool in stages] if tools else list(stages.values())
    return bool(asked) and all(stage == UNWILLING for stage in asked) and (not tools or len(asked) == len(tools))


RECORD = selection_record.KIND
NOT_APPLIED = not_applied_list.KIND
GONE = "（名簿から外しました）"


def record(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the record of the newest choice over all, with what was changed by hand after it.

    Raises:
        Refusal: nobody has chosen yet.
    """
    past = past_choices(store.database, event)
    whole = [one for one in past if not one.by_hand]
    newest = whole[-1] if whole else next(reversed(past), None)
    if newest is None:
        raise Refusal("参加者はまだ決められていません。", "「参加者を決める」で決めると作成できます。")
    later = [one for one in past if one.by_hand and one.id > newest.id]
    return selection_record.selection_record(
        paper_context(store, programme_of_event(store, event, on=now.date()), event, RECORD, now),
        read_facts(store, event),
        newest.selection,
        _fared(newest),
        version=max(1, len(whole)),
        hand_changes=[HandChange(selection=one.selection, fared=_fared(one)[0]) for one in later],
        earlier=max(0, len(whole) - 1),
    )


def not_applied(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the list of the 団体 that can still be asked.

    Raises:
        Refusal: every 団体 of the register has applied or does not wish to.
    """
    found = read_not_applied(store, event_id=event.id, today=now.date())
    if not found.count:
        raise Refusal("まだ申込のない団体は、登録にありません。", "団体の登録を確かめてください。")
    return not_applied_list.not_applied_list(
        paper_context(store, programme_of_event(store, event, on=now.date()), event, NOT_APPLIED, now),
        read_facts(store, event),
        [(part.branch, [one.name for one in part.organisations]) for part in found.branches],
        coming=found.coming,
        least=found.least,
        closing=found.closing,
        applied=found.applied,
        unwilling=found.unwilling,
    )


def _fared(past: Past) -> list[Fared]:
    return [Fared(line=row.line, organisation=_organisation(row), name=_name(row)) for row in past.rows]


def _organisation(row: ChoiceRow) -> str:
    return row.row.organisation_name if row.row is not None else ""


def _name(row: ChoiceRow) -> str:
    if row.row is None:
        return GONE
    return row.row.name if row.row.person is not None else UNNAMED


def _decided(store: Store, file: EventFile, _today: date) -> str:
    newest = next(reversed(table.selections(store.database, file.event.id)), None)
    return f"{newest.method}　{newest.made_at.month}/{newest.made_at.day}" if newest else ""


PAPERS: tuple[PaperKind, ...] = (
    event_paper(
        kind=RECORD,
        shelf="募集・通知",
        meets="記録",
        build=record,
        ready=lambda store, file: bool(table.selections(store.database, file.event.id)),
        fits=lambda file: file.event.kind != "派遣",
        state=_decided,
        missing="参加者を決めると作成できます。",
        todo="参加者の決定",
        personal=True,
    ),
    event_paper(
        kind=NOT_APPLIED,
        shelf="募集・通知",
        meets="案内",
        build=not_applied,
        ready=lambda store, file: too_few(store, file) and anybody_to_ask(store, file.event),
        fits=lambda file: file.event.kind != "派遣" and file.event.status != "実施済",
        missing="募集を始めて、参加予定が仕様の下限に満たず、まだ申込のない団体があるときに作成できます。",
        todo="名簿",
    ),
)
