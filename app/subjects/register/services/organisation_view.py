"""One 団体 with everything that stands behind it.

- ``read_organisation(store, organisation_id) -> OrganisationView``
"""

from __future__ import annotations

from dataclasses import dataclass

from app.subjects.events.services.taking_part_view import PartLine, parts_of_entries
from app.subjects.register.rules.stages import TOOLS, current_stages, history_of, stage_words, tools_of
from app.subjects.register.services.organisations import required_organisation
from app.subjects.register.services.people import current_membership
from db.records.organisations import Contact, Membership, Organisation, Person, StageMark, Subsidy
from db.store import Store
from db.tables import organisations as table
from db.tables import register, roster


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """One person of the 団体 with the present 役職's days and the ways to reach the person."""

    person: Person
    membership: Membership | None
    contacts: tuple[Contact, ...]

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id


@dataclass(frozen=True, kw_only=True)
class FormerLine:
    """A 役職 that was held here and has ended; ``person`` None = no longer in the register."""

    membership: Membership
    person: Person | None


@dataclass(frozen=True, kw_only=True)
class StageHistoryLine:
    """One tool: its 段階 of now ("" = unknown), in words, and every mark, newest first."""

    tool: str
    stage: str
    history: tuple[StageMark, ...]

    @property
    def words(self) -> str:
        """「2 試行」, 「—」 when unknown."""
        return stage_words(self.stage)


@dataclass(frozen=True, kw_only=True)
class OrganisationView:
    """One 団体 as the register and the events know it."""

    organisation: Organisation
    members: tuple[MemberLine, ...]
    former: tuple[FormerLine, ...]
    contacts: tuple[Contact, ...]
    stages: tuple[StageHistoryLine, ...]
    subsidies: tuple[Subsidy, ...]
    parts: tuple[PartLine, ...]


def read_organisation(store: Store, *, organisation_id: int) -> OrganisationView:
    """Return one 団体 with people, contacts, 段階, 補助金 and 受講歴; raises ``Refusal`` when it is gone."""
    database = store.database
    organisation = required_organisation(database, organisation_id)
    people = table.people(database, organisation_id)
    memberships = register.memberships_of_organisation(database, organisation_id)
    present = {
        one.id: current_membership([row for row in memberships if row.person_id == one.id], one) for one in people
    }
    standing = {row.id for row in present.values() if row is not None}
    ended = [row for row in memberships if row.id not in standing and row.to_on is not None]
    known = {one.id: one for one in table.map_people(database, sorted({row.person_id for row in ended}))}
    marks = register.stage_marks(database, organisation_id)
    stages = current_stages(marks, organisation.stages)
    contacts = register.contacts_of_people(database, organisation_id)
    return OrganisationView(
        organisation=organisation,
        members=tuple(
            MemberLine(
                person=one,
                membership=present[one.id],
                contacts=tuple(row for row in contacts if row.person_id == one.id),
            )
            for one in people
        ),
        former=tuple(FormerLine(membership=row, person=known.get(row.person_id)) for row in ended),
        contacts=tuple(table.contacts_of_organisation(database, organisation_id)),
        stages=tuple(
            StageHistoryLine(tool=tool, stage=stages.get(tool, ""), history=history_of(marks, tool))
            for tool in tools_of(stages or TOOLS)
        ),
        subsidies=tuple(register.subsidies(database, organisation_id)),
        parts=parts_of_entries(
            database,
            roster.entries_of_organisation(database, organisation_id),
            hosted=register.events_of(database, organisation_id),
        ),
    )
