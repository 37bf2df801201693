"""Reads the telephone lists, about a 中止 or change and before an event: people, numbers, and results of the calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.calendar.dates import (
    clock_time,
    short_date,
    short_date_or,
)
from app.calendar.office_days import OfficeCalendar
from app.common.contacts import contacts_in_force, phone_digits
from app.common.join_nonempty import fill_nonempty
from app.event.rules.event_state import awaits_day
from app.event.rules.participation import groups_words
from app.event.services.event_records import EventCoreRecords
from app.event.services.tasks.follow_ups import FollowUp
from app.events.letters.services.earlier_letters import current_decision
from app.events.letters.services.letter_addressees import entries_of_letter
from app.events.roster.services.roster import RosterRow, roster_of
from app.registers.register.rules import heads_by_organisation
from db.engine import Database
from db.record import group_by_key, record
from db.records.calls import Call, CallOutcome, CallTarget, ChangeDecision
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.programme import ClosedDay
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows, rows_by_id
from db.tables import calls as table
from db.tables.organisations import contacts_for, people_not_erased
from db.tables.roster import entries

REACHED, AGAIN, MESSAGE = CallOutcome.REACHED, CallOutcome.ABSENT, CallOutcome.MESSAGE
NOT_YET, NOT_NEEDED = "未連絡", CallOutcome.NOT_NEEDED
_NOT_COMING = (CallOutcome.NOT_COMING, CallOutcome.PROXY)
_SETTLED = {REACHED, NOT_NEEDED, *_NOT_COMING}
CALL_AGAIN = "中止・変更の電話"
CONFIRM = "確認の電話"
NOTIFY_OTHERS = "中止の連絡"
NO_ORGANISATION = "団体なし"
_HEAD = Person(name="代表者")
"""Who is called at a 団体 whose head is not registered."""
_PERSON = "e"
"""Begins the key of a person without a 団体."""


@record
class PhoneNumber:
    """A stored number; ``whose`` names the person, empty for the number of the 団体."""

    number: str
    whose: str = ""


@record
class CallPerson:
    """One person of a line; ``newest_call`` is the newest call about this person, ``state`` its result."""

    entry_id: int
    name: str
    phones: tuple[PhoneNumber, ...]
    newest_call: Call | None

    @property
    def state(self) -> str:
        """Return 連絡済, 不在・再架電, 伝言, 対象外, 欠席, 代理 or 未連絡."""
        return self.newest_call.outcome if self.newest_call is not None else NOT_YET


@record
class CallLine:
    """One 団体 with its people, or a person without a 団体.

    Attributes:
        key: the same at every reading.
        phones: the numbers of its people; if none has one, those of the 団体.
    """

    key: str
    organisation_id: int | None
    name: str
    branch: str
    people: tuple[CallPerson, ...]
    phones: tuple[PhoneNumber, ...]

    @property
    def id(self) -> str:
        """Return the key of the row."""
        return self.key

    @property
    def is_organisation(self) -> bool:
        """Return whether a 団体 is called; False for a person without one."""
        return not self.key.startswith(_PERSON)

    @property
    def state(self) -> str:
        """Return 連絡済 when nobody is to be called (対象外, 欠席 and 代理 count), else 未連絡 or 不在・再架電.

        It is 未連絡 while somebody was not tried.
        """
        states = {person.state for person in self.people}
        if states <= _SETTLED:
            return REACHED
        return NOT_YET if NOT_YET in states else AGAIN

    @property
    def settled_words(self) -> str:
        """Return the states of its people, each once: 「連絡済」「欠席」「連絡済・代理」; for a line that is 連絡済."""
        return "・".join(dict.fromkeys(one.state for one in self.people))

    @property
    def newest_call(self) -> Call | None:
        """Return the newest call of the line, or None."""
        return max(
            (one.newest_call for one in self.people if one.newest_call is not None),
            key=lambda call: call.id,
            default=None,
        )

    @property
    def again_at(self) -> datetime | None:
        """Return the earliest time to call one of its people again, or None."""
        newest_calls = (one.newest_call for one in self.people if needs_call(one))
        return min((call.again_at for call in newest_calls if call is not None and call.again_at), default=None)


@record
class CallCount:
    """Number of people and 団体 whose calls have one state; people without a 団体 are no 団体."""

    people: int
    organisations: int
    without_organisation: int

    @property
    def lines(self) -> int:
        """Return how many are called: each 団体, and each person without one."""
        return self.organisations + self.without_organisation

    @property
    def groups(self) -> str:
        """Return the 団体 and the people without one in words (``groups_words``)."""
        return groups_words(self.organisations, self.without_organisation)


@record
class CallSheet:
    """The telephone list about the newest decision, or before an event (then ``decision`` is None), with its counts.

    ``others`` are the calls about the decision to others than the 団体; none before an event.
    """

    event: Event
    decision: ChangeDecision | None
    lines: tuple[CallLine, ...]
    others: tuple[Call, ...]

    @property
    def people(self) -> int:
        """Return the number of people on the list."""
        return sum(len(line.people) for line in self.lines)

    def count(self, state: str) -> CallCount:
        """Return the people and lines with 連絡済, 不在・再架電 (伝言 included) or 未連絡.

        対象外, 欠席 and 代理 count as 連絡済: nobody is called again.
        """
        people = sum(_shown_state(one.state) == state for line in self.lines for one in line.people)
        return replace(count_lines(line for line in self.lines if line.state == state), people=people)

    @property
    def answers(self) -> dict[str, int]:
        """Return the number of people by what they answered that changes the roster (欠席, 代理)."""
        given = [one.state for line in self.lines for one in line.people]
        return {one: given.count(one) for one in _NOT_COMING if one in given}

    @property
    def lines_to_call_again(self) -> tuple[CallLine, ...]:
        """Return the lines that were tried and are to be called again."""
        return tuple(line for line in self.lines if any(map(needs_call, line.people)))

    @property
    def again_at(self) -> datetime | None:
        """Return the next time to call again, or None."""
        return min((line.again_at for line in self.lines_to_call_again if line.again_at is not None), default=None)


def count_lines(lines: Iterable[CallLine]) -> CallCount:
    """Return how many people, 団体 and people without one are on these lines."""
    found = tuple(lines)
    organisations = sum(line.is_organisation for line in found)
    return CallCount(
        people=sum(len(line.people) for line in found),
        organisations=organisations,
        without_organisation=len(found) - organisations,
    )


def required_line(sheet: CallSheet, key: str) -> CallLine:
    """Return a line of the list; raises ``UserError`` when it is gone."""
    line = next((one for one in sheet.lines if one.key == key), None)
    if line is None:
        raise UserError("この団体は、いまの名簿にありません。", "画面を開き直してください。")
    return line


def required_call_person(line: CallLine, entry_id: int) -> CallPerson:
    """Return a person of a line; raises ``UserError`` when that person is not there any more."""
    person = next((one for one in line.people if one.entry_id == entry_id), None)
    if person is None:
        raise UserError("この人は、いまの名簿のこの団体にありません。", "画面を開き直してください。")
    return person


def needs_call(person: CallPerson) -> bool:
    """Return whether the person was tried and has to be called again."""
    return person.state in (AGAIN, MESSAGE)


def _shown_state(state: str) -> str:
    return AGAIN if state == MESSAGE else REACHED if state in _SETTLED else state


def last_call(calls: Sequence[Call], target: CallTarget, whom: str = "") -> Call | None:
    """Return the newest call to one of the other contacts (``whom`` of several of one target), or None."""
    return next((one for one in reversed(calls) if (one.target, one.whom) == (target, whom)), None)


def read_call_sheet(database: Database, event: Event, *, with_names: bool = True) -> CallSheet:
    """Return all people with a place, and all called so far, by 団体 in the order of application.

    Args:
        with_names: False = without names and telephone numbers, for counting only.
    """
    decision = current_decision(database, event)
    made = table.calls(database, decision.id) if decision is not None else []
    mine = [call for call in made if call.target.is_organisation]
    called = {call.entry_id for call in mine}
    every = _roster_rows(database, event, with_names=with_names)
    listed = [row for row in every if row.is_coming or row.entry.id in called]
    listed += _visited_organisation(database, event, listed)
    return CallSheet(
        event=event,
        decision=decision,
        lines=_lines(database, listed, mine, with_names=with_names),
        others=tuple(call for call in made if not call.target.is_organisation),
    )


def letter_only_words(records: EventCoreRecords, letter: str) -> str:
    """Return 「補欠・落選 3人」 of who gets the letter of a decision and no call; "" for nobody."""
    found = [one.state for one in entries_of_letter(letter, records) if one.state.missed_out]
    return fill_nonempty(f"{'・'.join(one for one in EntryState if one in found)} {{}}人", len(found))


def read_confirmation_sheet(database: Database, event: Event, *, with_names: bool = True) -> CallSheet:
    """Return all people who are to come, and those who said in such a call that they are not, by 団体.

    Only calls about the present day of the event count. Who comes after all (the absence was taken back in the
    roster) is to be called again.

    Args:
        with_names: False = without names and telephone numbers, for counting only.
    """
    every = _roster_rows(database, event, with_names=with_names)
    coming = {row.entry.id for row in every if row.is_coming}
    made = table.confirmations(database, event.id, event.event_date) if event.event_date is not None else []
    mine = [call for call in made if (call.entry_id in coming) != (call.outcome.is_not_coming)]
    gone = {call.entry_id for call in mine if call.outcome.is_not_coming}
    listed = [row for row in every if row.is_coming or row.entry.id in gone]
    return CallSheet(
        event=event,
        decision=None,
        lines=_lines(database, listed, mine, with_names=with_names),
        others=(),
    )


def _visited_organisation(database: Database, event: Event, listed: Iterable[RosterRow]) -> list[RosterRow]:
    """Return the 団体 of a 派遣 with its head, as the letters go to it before anybody of it is named."""
    number = event.organisation_id
    if number is None or not event.form.at_organisation or any(row.entry.organisation_id == number for row in listed):
        return []
    head = heads_by_organisation(people_not_erased(database, number)).get(number, _HEAD)
    return [
        RosterRow(
            entry=Entry(event_id=event.id, organisation_id=number, person_id=head.id),
            person=head,
            organisation=by_id(database, Organisation, number),
        )
    ]


def _roster_rows(database: Database, event: Event, *, with_names: bool) -> Sequence[RosterRow]:
    """Return the roster of an event; without names its entries alone, without person and 団体."""
    if with_names:
        return roster_of(database, event).rows
    return [RosterRow(entry=one, person=None, organisation=None) for one in entries(database, event.id)]


def _lines(
    database: Database, listed: Sequence[RosterRow], calls: Sequence[Call], *, with_names: bool
) -> tuple[CallLine, ...]:
    """Return one line for each 団体 and each person without one, in the order of the roster."""
    phones = _PhoneDirectory(database, listed if with_names else ())
    groups = group_by_key((_line_key(row), row) for row in listed)
    return tuple(_line(key, mates, calls, phones) for key, mates in groups.items())


def _line_key(row: RosterRow) -> str:
    """Return the key under which people are called together: their organisation, else themselves."""
    if row.entry.organisation_id is not None:
        return f"o{row.entry.organisation_id}"
    return f"n{row.entry.organisation_key}" if row.entry.organisation_key else f"{_PERSON}{row.entry.id}"


def _line(key: str, rows: Sequence[RosterRow], calls: Sequence[Call], phones: _PhoneDirectory) -> CallLine:
    """Return the people who are called together, with their calls and numbers (those of the 団体 if they have none)."""
    first = rows[0]
    organisation_id = first.entry.organisation_id
    people = tuple(
        CallPerson(
            entry_id=row.entry.id,
            name=row.name,
            phones=phones.of_person(row),
            newest_call=next((call for call in reversed(calls) if call.concerns(row.entry)), None),
        )
        for row in rows
    )
    own = tuple(dict.fromkeys(phone for person in people for phone in person.phones))
    return CallLine(
        key=key,
        organisation_id=organisation_id,
        name=first.organisation_name or NO_ORGANISATION,
        branch=first.branch,
        people=people,
        phones=own or phones.of_organisation(organisation_id),
    )


class _PhoneDirectory:
    """The numbers of all people on the list, read together: that of the application first, then the person's others."""

    def __init__(self, database: Database, rows: Sequence[RosterRow]):
        self._by: defaultdict[tuple[str, int | None], list[Contact]] = defaultdict(list)
        known = contacts_for(
            database,
            people={row.entry.person_id for row in rows if row.entry.person_id},
            applications={row.entry.application_id for row in rows if row.entry.application_id},
            organisations={row.organisation.id for row in rows if row.organisation},
        )
        for contact in contacts_in_force(known, "電話", "中止"):
            # A number belongs to the most specific owner it names: the person, else the application, else the 団体.
            for name, row_id in (
                ("person", contact.person_id),
                ("application", contact.application_id),
                ("organisation", contact.organisation_id),
            ):
                if row_id is not None:
                    self._by[name, row_id].append(contact)
                    break

    def of_person(self, row: RosterRow) -> tuple[PhoneNumber, ...]:
        """Return the numbers of one person, newer ones first; one in another spelling occurs once, as given last."""
        mine = [*self._by["application", row.entry.application_id], *self._by["person", row.entry.person_id]]
        known = {phone_digits(one.value) or one.value: one.value for one in reversed(mine)}
        return tuple(PhoneNumber(number=known[key], whose=row.name) for key in reversed(known))

    def of_organisation(self, organisation_id: int | None) -> tuple[PhoneNumber, ...]:
        """Return the numbers of a 団体; none for None."""
        return tuple(PhoneNumber(number=one.value) for one in self._by["organisation", organisation_id])


def call_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return follow-ups for the open calls on events that are not past: about decisions, and 確認の電話 once begun.

    The old day of an event that waits for another is not its day: the calls about that stay, and nobody confirms it.

    Args:
        event_id: only this event; None = all.
    """
    found = []
    about: dict[str, Any] = {} if event_id is None else {"event_id": event_id}
    decisions = group_by_key((one.event_id, one) for one in rows(database, ChangeDecision, **about))
    decided = rows_by_id(database, Event, id=list(decisions))
    waiting = set()
    for number, taken in sorted(decisions.items()):
        event = decided.get(number)
        if event is not None and awaits_day(event, taken):
            waiting.add(number)
        elif event is None or event.is_past(today):
            continue
        sheet = read_call_sheet(database, event, with_names=False)
        found += [one for one in (_call_again(sheet, today), _notify_others(sheet, today)) if one is not None]
    calendar = OfficeCalendar(frozenset(one.day for one in rows(database, ClosedDay)))
    reach = calendar.open_on_or_after(today + timedelta(days=1)) - timedelta(days=1)
    for number in sorted({*table.events_being_confirmed(database, today, reach)} - waiting):
        event = by_id(database, Event, number) if event_id in (None, number) else None
        open_calls = event and _confirm(read_confirmation_sheet(database, event, with_names=False), today)
        found += [open_calls] if open_calls else []
    return found


def _call_again(sheet: CallSheet, today: date) -> FollowUp | None:
    """Return the follow-up for the open calls about a decision; None without one or when all were reached."""
    if sheet.decision is None:
        return None
    return _open_calls(
        sheet,
        today,
        task=CALL_AGAIN,
        about=sheet.decision.kind,
        basis=f"目安日。{sheet.decision.kind}の連絡が全員に済むまで残ります",
        rule=f"{sheet.decision.kind}の判断 {short_date(sheet.decision.decided_at.date(), today)} から",
        link=ActionLink("電話をかけ直す", event_id=sheet.event.id),
    )


def _confirm(sheet: CallSheet, today: date) -> FollowUp | None:
    """Return the follow-up for the calls before an event that were begun, or None when all were reached."""
    day = sheet.event.event_date
    found = _open_calls(
        sheet,
        today,
        task=CONFIRM,
        about="",
        basis="目安日。かけ始めた確認の電話が全員に済むまで残ります",
        rule=fill_nonempty("実施日 {} まで", short_date_or("", day, today)),
        link=ActionLink("確認の電話", event_id=sheet.event.id),
    )
    return replace(found, label=f"{CONFIRM}　{found.label}") if found is not None else None


def _open_calls(
    sheet: CallSheet, today: date, *, task: str, about: str, basis: str, rule: str, link: ActionLink
) -> FollowUp | None:
    """Return the follow-up for the calls of a list that are still open, or None when all were reached."""
    again, untried = count_lines(sheet.lines_to_call_again).groups, sheet.count(NOT_YET).groups
    if not again and not untried:
        return None
    words = [f"不在 {again}へ再架電"] if again else []
    words += [f"未連絡 {untried}へ電話"] if untried else []
    at = sheet.again_at
    return FollowUp(
        task=task,
        event_id=sheet.event.id,
        label="・".join(words),
        detail=clock_time(at) if at is not None else about,
        due=max(at.date(), today) if at is not None and not untried else today,
        basis=basis,
        rule=rule,
        link=link,
    )


def _notify_others(sheet: CallSheet, today: date) -> FollowUp | None:
    """Return the follow-up for telling 受託者 or 会場 of a 中止 or its 取消し; None if they know, or without one.

    The venue is asked for only if the event has one.
    """
    decision = sheet.decision
    if decision is None or not (decision.kind.is_cancellation or decision.kind.revokes):
        return None
    wanted: tuple[CallTarget, ...] = (
        (CallTarget.CONTRACTOR, CallTarget.VENUE) if sheet.event.venue else (CallTarget.CONTRACTOR,)
    )
    tried = {target: last_call(sheet.others, target) for target in wanted}
    left = {target: call for target, call in tried.items() if call is None or not call.outcome.is_settled}
    if not left:
        return None
    again = [call.again_at for call in left.values() if call is not None and call.again_at is not None]
    at = min(again) if len(again) == len(left) else None
    return FollowUp(
        task=NOTIFY_OTHERS,
        event_id=sheet.event.id,
        label=f"{'・'.join(left)}に{decision.kind}を伝える",
        detail=f"再架電 {clock_time(at)}" if at is not None else NOT_YET if None in left.values() else AGAIN,
        due=max(at.date(), today) if at is not None else today,
        basis="目安日。「ほかの連絡先」の受託者と会場が連絡済か対象外になるまで残ります",
        rule=f"{decision.kind}の判断 {short_date(decision.decided_at.date(), today)} から",
        link=ActionLink("中止を伝える", event_id=sheet.event.id, kind=next(iter(left))),
    )
