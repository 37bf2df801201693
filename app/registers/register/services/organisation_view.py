"""One 団体 with everything recorded about it, and its document 団体の記録."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.actions.get_or_raise import get_or_raise
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage, table_day
from app.documents.rules import in_hiragana
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope
from app.registers.register import documents as organisation_record
from app.registers.register.documents import OrganisationFacts
from app.registers.register.rules import TOOLS, current_stages, history_of, stage_words, tools_of
from app.registers.register.services.contacts import ended_last
from app.registers.register.services.organisations import get_organisation
from app.registers.register.services.participation_history import EventParticipation, participation_history
from app.registers.register.services.people import current_membership
from app.registers.register.services.planned_changes import suspended_changes
from db.files import file_names
from db.record import RowsById, group_by_key, record
from db.records.organisations import Contact, Membership, Organisation, Person, PlannedChange, StageMark, Subsidy
from db.records.programme import EventKind
from db.records.roster import Entry
from db.redactions import is_redacted_text
from db.rows import rows
from db.store import Store
from db.tables import agreements, register
from db.tables import organisations as table


@record
class MemberLine:
    """One person of the 団体 with the days of the current 役職 (None = not recorded) and the contacts of the person."""

    person: Person
    membership: Membership | None
    contacts: tuple[Contact, ...]

    @property
    def id(self) -> int:
        """Return the person's id."""
        return self.person.id


@record
class FormerRole:
    """A 役職 of this 団体 that has ended; ``person`` None = no longer in the register."""

    membership: Membership
    person: Person | None


@record
class StageHistoryLine:
    """One tool with its current 段階 ("" = unknown) and every mark, newest first."""

    tool: str
    stage: str
    history: tuple[StageMark, ...]

    @property
    def words(self) -> str:
        """Return 「2 試行」, 「—」 when unknown."""
        return stage_words(self.stage)


@record
class OrganisationView:
    """One 団体 with its data from the register and the events.

    ``suspended`` holds the ids of those ``planned`` changes that were applied and then undone.
    """

    organisation: Organisation
    members: tuple[MemberLine, ...]
    former_roles: tuple[FormerRole, ...]
    contacts: tuple[Contact, ...]
    stages: tuple[StageHistoryLine, ...]
    subsidies: tuple[Subsidy, ...]
    participation: tuple[EventParticipation, ...]
    planned: tuple[PlannedChange, ...]
    suspended: frozenset[int] = frozenset()


def read_organisation(store: Store, *, organisation_id: int) -> OrganisationView:
    """Return one 団体 with people, contacts, 段階, 補助金 and 受講歴; raises ``UserError`` when it is gone.

    People who were erased are left out, also of the former roles.
    """
    database = store.database
    organisation = get_organisation(database, organisation_id)
    people = table.people_not_erased(database, organisation_id)
    memberships = register.memberships_of_organisation(database, organisation_id)
    held = group_by_key((row.person_id, row) for row in memberships)
    present = {one.id: current_membership(held[one.id], one) for one in people}
    standing = {row.id for row in present.values() if row is not None}
    ended = [row for row in memberships if row.id not in standing and row.to_on is not None]
    known = RowsById(table.people_with_ids(database, sorted({row.person_id for row in ended})))
    erased = {one.id for one in known.values() if is_redacted_text(one.name)}
    marks = register.stage_marks(database, organisation_id)
    stages = current_stages(marks, organisation.stages)
    contacts = group_by_key(
        (one.person_id, one) for one in register.contacts_of_people(database, organisation_id) if one.ended_on is None
    )
    planned = tuple(rows(database, PlannedChange, organisation_id=organisation_id, order=("from_on", "id")))
    return OrganisationView(
        organisation=organisation,
        members=tuple(
            MemberLine(
                person=one,
                membership=present[one.id],
                contacts=tuple(contacts[one.id]),
            )
            for one in people
        ),
        former_roles=tuple(
            FormerRole(membership=row, person=known.get(row.person_id)) for row in ended if row.person_id not in erased
        ),
        contacts=ended_last(table.contacts_of_organisation(database, organisation_id)),
        stages=tuple(
            StageHistoryLine(tool=tool, stage=stages.get(tool, ""), history=history_of(marks, tool))
            for tool in tools_of(stages or TOOLS)
        ),
        subsidies=tuple(register.subsidies(database, organisation_id)),
        participation=participation_history(
            database,
            rows(database, Entry, organisation_id=organisation_id, order=("event_id", "id")),
            hosted_events=register.events_of(database, organisation_id),
        ),
        planned=planned,
        suspended=suspended_changes(database, planned),
    )


RECORD = organisation_record.KIND
_MAX_NAME_LENGTH = 120  # bytes in a file name, 40 characters
_PASSAGES = (Passage(organisation_record.REMARK, "", lines=5),)


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the content of 団体の記録 from the current data; raises ``UserError`` when the 団体 is gone."""
    view = read_organisation(store, organisation_id=scope.organisation_id or 0)
    context = document_context_of(store, scope, RECORD, now)
    (remark,) = passage_texts(store, scope, RECORD, _PASSAGES).values()
    drawn = organisation_record.organisation_record(
        context,
        OrganisationFacts(
            organisation=view.organisation,
            people=[_person(line) for line in view.members],
            contacts=[_contact(row) for row in view.contacts if row.ended_on is None],
            participation=[_participation_row(line) for line in view.participation],
            participation_words=_participation_summary(view),
            stages=[row for line in view.stages for row in _stage(line)],
            agreements=_agreements(store, view),
            subsidies=[_subsidy(row) for row in view.subsidies],
            remark=remark,
        ),
    )
    name = file_names.safe_name(view.organisation.name, max_length=_MAX_NAME_LENGTH)
    return replace(drawn, file_stem=f"{drawn.file_stem}-{name}" if name else drawn.file_stem)


def _person(line: MemberLine) -> tuple[str, ...]:
    """Return the table row of a member: name with ふりがな below, 役職, days in office, contacts."""
    one, held = line.person, line.membership
    name = f"{one.name}\n{in_hiragana(one.furigana)}" if one.furigana else one.name
    days = f"{_day(held.from_on)}〜{_day(held.to_on)}" if held and (held.from_on or held.to_on) else ""
    return name, one.role, days, "\n".join(f"{row.kind}　{row.value}" for row in line.contacts)


def _contact(row: Contact) -> tuple[str, ...]:
    """Return the table row of a contact: kind, value with its note below, purpose, day of disposal."""
    value = f"{row.value}\n{row.note}" if row.note else row.value
    return row.kind, value, row.purpose, _day(row.dispose_on)


def _participation_row(line: EventParticipation) -> tuple[str, ...]:
    """Return the table row of an event in which the 団体 took part: day, title, and a line for each person.

    For a 派遣 to this 団体 (its status), or a cancelled event (中止), a line that says so comes first.
    """
    event = line.event
    people = [join_nonempty(one.name, one.role, one.outcome) for one in line.people]
    if line.is_host:
        people.insert(0, f"この団体への{event.kind_words}（{event.status}）")
    elif event.status.is_cancelled:
        people.insert(0, "中止")
    return _day(event.event_date) or "日程未定", event.full_title, "\n".join(people)


def _participation_summary(view: OrganisationView) -> str:
    """Return how often a 団体 applied and how often it came, as text; "" = never.

    The text is like 「申込・参加のあった回 3回　出席のあった回 2回（延べ5人）」; an event of two people counts once,
    a visit that was not held only if people are entered.
    """
    came = [line for line in view.participation if line.attended_count]
    applied = sum(bool(line.people) or line.event.status.is_held for line in view.participation)
    if not applied:
        return ""
    return (
        f"申込・参加のあった回 {applied}回　"
        f"出席のあった回 {len(came)}回（延べ{sum(line.attended_count for line in came)}人）"
    )


def _stage(line: StageHistoryLine) -> list[tuple[str, ...]]:
    """Return the table rows of one tool: its current 段階, then the earlier ones.

    A 段階 without a history has no known day.
    """
    if not line.history:
        return [(line.tool, line.words, "", "")] if line.stage else []
    return [
        (
            line.tool if number == 0 else "",
            stage_words(mark.stage) if number == 0 else f"前　{stage_words(mark.stage)}",
            table_day(mark.marked_on),
            join_nonempty(mark.source, mark.by),
        )
        for number, mark in enumerate(line.history)
    ]


def _agreements(store: Store, view: OrganisationView) -> list[tuple[str, ...]]:
    """Return the 協議 on events held for this 団体 alone as table rows: day asked, event, topic, result."""
    rows: list[tuple[str, ...]] = []
    for line in view.participation:
        if not line.is_host:
            continue
        for one in agreements.of_event(store.database, line.event.id):
            settled = f"協議済　{_day(one.settled_on)}" if one.settled_on is not None else "協議中"
            if one.withdrawn_on is not None:
                settled = f"取消　{_day(one.withdrawn_on)}"
            content = f"{one.topic}\n{one.content}" if one.content else one.topic
            rows.append((_day(one.asked_on), line.event.full_title, content, settled))
    return rows


def _subsidy(row: Subsidy) -> tuple[str, ...]:
    """Return the table row of a 補助金: year, name, amount with note, 申請期限, 実績報告期限, state with its day."""
    amount = join_nonempty(f"{row.amount:,}円" if row.amount is not None else "", row.note, separator="\n")
    state = join_nonempty(row.state, _day(row.state_on), separator="\n")
    return fiscal_year_words(row.fiscal_year), row.name, amount, _day(row.apply_by), _day(row.report_by), state


def _day(day: date | None) -> str:
    """Return a day as in tables (「R8.9.20」); "" = unknown."""
    return table_day(day) if day is not None else ""


def read_organisation_subject(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Return the 団体 as the subject of documents; raises ``UserError`` when it is gone."""
    return DocumentSubject(
        scope=scope,
        title=get_or_raise(store.database, Organisation, scope.organisation_id).name,
        kinds=rows(store.database, EventKind),
    )


DOCUMENTS = (
    DocumentKind(
        kind=RECORD,
        about="団体",
        group="団体",
        build=build_record,
        missing_words="団体を登録すると作成できます。",
        todo="団体",
        passages=lambda _store, _scope, _on: _PASSAGES,
        personal=True,
    ),
)
