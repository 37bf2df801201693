"""Reads the screen 中止・変更の連絡: decision, list, other contacts, texts, next steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.calendar.dates import (
    clock_time,
    long_date,
    short_date,
)
from app.common.join_nonempty import join_nonempty
from app.event.rules.change_decisions import letter_of
from app.event.rules.event_state import is_carried_out
from app.event.rules.event_venue import venue_phone
from app.event.services.agreements import CONTRACT_TOPIC, COUNT_TOPIC, SUBSTITUTE_TOPIC
from app.event.services.event_facts import read_event_facts
from app.event.services.event_notifications import notified_documents
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.event_tasks import YearContext, event_dues
from app.events.calls import rules as calls_rules
from app.events.calls.services.call_sheet import (
    NOT_NEEDED,
    NOT_YET,
    REACHED,
    CallSheet,
    count_lines,
    last_call,
    letter_only_words,
    read_call_sheet,
)
from app.events.calls.services.calls import TEXTS, replacements_of
from app.events.calls.services.presenters import presenters_of
from app.events.letters.rules.change_letters import ChangeForParticipants, change_for_participants
from app.events.letters.services.cited_letters import earlier_letter
from app.events.letters.services.letter_building import decision_to_announce, read_replacement_event
from app.programme.rules import PRESENTERS, retention_end
from db.record import record
from db.records.agreements import Agreement
from db.records.calls import Call, CallTarget, ChangeDecision
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact
from db.records.programme import Contractor
from db.records.roster import Arrangement
from db.records.venues import Venue
from db.rows import rows
from db.store import Store
from db.tables import calls as table
from db.tables import roster, venues

_REASONS = (
    "大雨警報の発表のため", "台風の接近のため", "大雪のため", "地震の発生のため", "講師の急病のため",
    "会場が使えなくなったため", "感染症の拡大のため",
)  # fmt: skip
"""Usual reasons, as complete sentences because letters quote them word by word."""

NO_PRESENTER = "この回はなし"
_NO_NUMBER = "氏名と電話番号は「発表者を加える」で入力できます"


@record
class OtherContact:
    """One of ほかの連絡先: whom to reach, under which number, and the result.

    Attributes:
        target: 受託者, 会場, 手話・要約筆記 or 発表者; ``name`` tells several of one target apart ("" = the only one).
        title: as shown.
        state: 連絡済, 不在・再架電, 伝言, 対象外 or 未連絡.
        detail: text in place of an unknown number.
        contact: stored number of a presenter.
    """

    target: CallTarget
    name: str = ""
    title: str
    phone: str = ""
    detail: str = ""
    newest_call: Call | None = None
    state: str = NOT_YET
    contact: Contact | None = None

    @property
    def is_settled(self) -> bool:
        """Return whether it was reached, or there is nobody to reach."""
        return self.state in (REACHED, NOT_NEEDED)


def other_contacts(
    store: Store, records: EventRecords, contractor: Contractor, sheet: CallSheet, change: ChangeForParticipants | None
) -> tuple[OtherContact, ...]:
    """Return the other contacts with the results of their calls; after a change of venue the former one too."""
    event = records.event
    places = venues.venues(store.database)
    helpers = [row for row in roster.arrangements(store.database, event.id) if row.kind.is_interpreting]
    named = join_nonempty(contractor.name or "受託者", contractor.responsible)
    rows = [
        OtherContact(target=CallTarget.CONTRACTOR, title="受託者　業務責任者", phone=contractor.phone, detail=named),
        *_venue_contacts(records, change, places),
        *(
            OtherContact(
                target=CallTarget.INTERPRETER,
                name=_helper_name(row),
                title=f"{row.kind}の依頼先",
                phone=row.phone,
                detail=row.ordered_to,
            )
            for row in list({_helper_name(row): row for row in reversed(helpers)}.values())[::-1]
        ),
    ]
    if not helpers:
        rows.append(
            OtherContact(target=CallTarget.INTERPRETER, title="手話・要約筆記", detail=NO_PRESENTER, state=NOT_NEEDED)
        )
    rows += _presenters(store, records)
    return tuple(_with_call(row, sheet.others) for row in rows)


def _venue_contacts(
    records: EventRecords, change: ChangeForParticipants | None, venues: Sequence[Venue]
) -> list[OtherContact]:
    """Return the venue, and the former one if people know that: its booking is to be cancelled.

    A call without a name was to the venue on the list at that time: to the former one if a change of venue was decided.
    """
    event = records.event
    before = change.place_before if change is not None and change.is_place_changed else ""
    decided = change is not None and change.kind.moves_venue
    phone = venue_phone(event, venues)
    lacks = "" if phone else "電話番号は「会場・予約」に入力できます"
    now = OtherContact(
        target=CallTarget.VENUE,
        name=event.venue if before and decided else "",
        title=f"会場　{event.venue}".strip("　"),
        phone=phone,
        detail=lacks if event.venue else "会場は未定",
        state=NOT_YET if event.venue else NOT_NEEDED,
    )
    if not before:
        return [now]
    house = _parse_venue_name(before, venues)
    detail = f"もとの会場（{join_nonempty(house.venue, house.room)}）の予約を取り消す"
    return [
        replace(now, title=f"{now.title}（変更後）"),
        OtherContact(
            target=CallTarget.VENUE,
            name="" if decided else before,
            title=f"もとの会場　{house.venue}",
            phone=venue_phone(house, venues),
            detail=detail,
        ),
    ]


@record
class _VenueName:
    """Building and room by name."""

    venue: str
    room: str


def _parse_venue_name(words: str, venues: Iterable[Venue]) -> _VenueName:
    """Return building and room of 「みほん区民館 研修室1」; a registered name, which may contain a space, goes
    first.
    """
    names = sorted({one.name for one in venues if one.name and words.startswith(one.name)}, key=len)
    name = names[-1] if names else words.split(maxsplit=1)[0]
    return _VenueName(venue=name, room=words.removeprefix(name).strip())


def _presenters(store: Store, records: EventRecords) -> list[OtherContact]:
    """Return the presenters: those with a stored number, then those asked to present who have none.

    Without any it is one line: 未連絡 if the event has a presentation (``has_presenters``), else 対象外.
    """
    known = presenters_of(store.database, records.event.id)
    named = [
        OtherContact(
            target=CallTarget.SPEAKER, name=one.note, title=f"事例発表者　{one.note}", phone=one.value, contact=one
        )
        for one in known
    ]
    reached = {one.id for one in known}
    asked = [
        records.presenters[one.id]
        for one in records.presentations
        if one.contact_id not in reached and not one.answer.is_declined and not one.of_contractor
    ]
    if named or asked:
        return [
            *named,
            *(
                OtherContact(target=CallTarget.SPEAKER, name=one, title=f"事例発表者　{one}", detail=_NO_NUMBER)
                for one in asked
            ),
        ]
    if has_presenters(records):
        return [OtherContact(target=CallTarget.SPEAKER, title="事例発表者", detail=_NO_NUMBER)]
    return [OtherContact(target=CallTarget.SPEAKER, title="事例発表者", detail=NO_PRESENTER, state=NOT_NEEDED)]


def has_presenters(records: EventRecords) -> bool:
    """Return whether a 団体 presents an example at this event, by its subject and timetable (仕様書4(1)カ)."""
    return "事例" in records.event.subject or any("事例発表" in row.title + row.content for row in records.agenda)


def _helper_name(row: Arrangement) -> str:
    return join_nonempty(row.kind, row.ordered_to, row.phone)


def _with_call(row: OtherContact, calls: Sequence[Call]) -> OtherContact:
    """Return the contact with its newest call among ``calls`` and the outcome as state; unchanged if never called."""
    call = last_call(calls, row.target, row.name)
    return replace(row, newest_call=call, state=call.outcome) if call is not None else row


@record
class CallText:
    """One text to copy; ``is_edited`` = staff changed the default wording."""

    key: str
    text: str
    is_edited: bool


@record
class NextStep:
    """One line of このあと: what is to be done (``words``) and its state or time (``detail``, "" = nothing to say).

    ``key`` is again / letter / waiting / agreement / deadlines.
    """

    key: str
    words: str
    detail: str = ""
    is_done: bool = False


@record
class CallView:
    """Everything the screen 中止・変更の連絡 shows.

    Attributes:
        is_carried_out: the new day or place of the decision is entered.
        noted_by: when and by whom the decision was last recorded; None without a decision, as ``change``.
        change: how the event differs from what participants know.
        when_words: day and hours of the event now (「令和8年9月10日（木）13:30–15:30」).
        is_number_strict: the contract states the number of such events without 程度.
        deciders, reasons: suggestions for 判断した者 and 理由, those of earlier decisions first.
        replacements: events that can replace a cancelled one.
        settlement: the open 協議 about the 振替 of the decision that was recorded last, None = none.
        presenters_until: the last day on which data of a presenter are kept.
    """

    event: Event
    sheet: CallSheet
    change: ChangeForParticipants | None
    when_words: str
    noted_by: tuple[datetime, str] | None
    others: tuple[OtherContact, ...]
    texts: tuple[CallText, ...]
    next_steps: tuple[NextStep, ...]
    is_number_strict: bool
    deciders: tuple[str, ...]
    reasons: tuple[str, ...]
    replacements: tuple[Event, ...] = ()
    is_carried_out: bool = False
    settlement: Agreement | None = None
    presenters_until: date | None = None

    @property
    def has_decision(self) -> bool:
        """Return whether a decision is in effect."""
        return self.sheet.decision is not None

    @property
    def settled_contact_count(self) -> int:
        """Return how many of the other contacts were reached (連絡済); those that are 対象外 do not count."""
        return sum(one.state == REACHED for one in self.others)

    @property
    def contact_count(self) -> int:
        """Return how many of the other contacts there are to reach."""
        return sum(one.state != NOT_NEEDED for one in self.others)


def read_calls(store: Store, *, event_id: int, caller: str, today: date) -> CallView:
    """Return the screen of one event; ``caller`` is who says the text on the telephone.

    Raises:
        UserError: the event is gone.
    """
    year = read_event_year(store, event_id, today, with_follow_ups=False)
    file = read_event_records(store, event_id)
    event = file.event
    sheet = read_call_sheet(store.database, event)
    day = long_date(event.event_date) if event.event_date is not None else "日程未定"
    office = year.view.office
    change = _change_for_participants(store, sheet)
    earlier = rows(store.database, ChangeDecision, order=("-decided_at", "-id"))
    return CallView(
        event=event,
        sheet=sheet,
        change=change,
        when_words=f"{day}{event.hours}",
        noted_by=table.last_noted(store.database, event_id) if sheet.decision is not None else None,
        others=other_contacts(store, file, year.view.contractor, sheet, change),
        texts=_texts(store, sheet, change, year, caller, today),
        next_steps=_next_steps(file, year, sheet),
        is_number_strict=year.view.kind(event.kind).strict,
        deciders=_without_duplicates(
            [
                *(one.decided_by for one in earlier),
                *(f"{name}長" for name in (office.section, office.department, office.unit) if name),
            ]
        ),
        reasons=_without_duplicates([*(one.reason for one in earlier), *_REASONS]),
        replacements=replacements_of(store.database, event) if event.status.is_cancelled else (),
        is_carried_out=sheet.decision is not None and is_carried_out(event, sheet.decision),
        settlement=_open_settlement(file, sheet.decision),
        presenters_until=retention_end(PRESENTERS, year.view.programme, event.event_date),
    )


def _open_settlement(records: EventRecords, decision: ChangeDecision | None) -> Agreement | None:
    """Return the open 協議 about the 振替 that was recorded last, without the one that a 中止 itself began."""
    since = decision.decided_at.date() if decision is not None else date.max
    found = [
        one
        for one in records.open_topics
        if one.topic in (SUBSTITUTE_TOPIC, COUNT_TOPIC, CONTRACT_TOPIC)
        and one.content != records.event.cancel_reason
        and one.asked_on is not None
        and one.asked_on >= since
    ]
    return max(found, key=lambda one: one.id, default=None)


def _without_duplicates(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in words if one.strip()))


def _change_for_participants(store: Store, sheet: CallSheet) -> ChangeForParticipants | None:
    """Return how the event differs from what participants know, as letters say it; None without a decision."""
    decision = sheet.decision
    if decision is None:
        return None
    facts = read_event_facts(store, sheet.event)
    earlier = earlier_letter(store, sheet.event, letter_of(decision.kind))
    when = calls_rules.when_words(facts) if facts.event_date is not None else ""
    return change_for_participants(decision, earlier, when=when, place=calls_rules.place_words(facts))


def _texts(
    store: Store, sheet: CallSheet, change: ChangeForParticipants | None, year: YearContext, caller: str, today: date
) -> tuple[CallText, ...]:
    """Return the texts for telephone, mail, web page and notice, with what was typed over them; () if undecided."""
    decision = decision_to_announce(store, sheet.event, sheet.decision)
    if decision is None or change is None:
        return ()
    kept = {row.part: row.text for row in table.passages(store.database, sheet.event.id, TEXTS)}
    words = calls_rules.ChangeTextContext(
        event=read_event_facts(store, sheet.event),
        decision=decision,
        change=change,
        office=year.view.office,
        caller=caller,
        today=today,
        replacement_event=read_replacement_event(store, sheet.event),
    )
    return tuple(
        CallText(
            key=key,
            text=kept.get(f"{decision.id}/{key}") or calls_rules.change_text(words, key),
            is_edited=f"{decision.id}/{key}" in kept,
        )
        for key in calls_rules.TEXT_KEYS
    )


def _next_steps(records: EventRecords, year: YearContext, sheet: CallSheet) -> tuple[NextStep, ...]:
    """Return the lines of このあと: calls, the letter, who gets it alone, the 協議 and the deadlines; () if undecided.

    Who is to be called again, who gets the letter alone and deadlines have a line only if there are any; the last two
    are left out for 会場の変更.
    """
    decision = sheet.decision
    if decision is None:
        return ()
    again, at = count_lines(sheet.lines_to_call_again).groups, sheet.again_at
    lines = []
    if again:
        when = (f"{at.month}/{at.day} " if at.date() != year.today else "本日 ") + clock_time(at) if at else ""
        lines.append(NextStep(key="again", words=f"不在 {again}へ再架電", detail=when))
    notice = letter_of(decision.kind)
    letter = next((row for row in reversed(records.letters) if row.document_kind == notice), None)
    decided_on = decision.decided_at.date()
    days = [one.notified_on for one in notified_documents(records) if one.kind == notice]
    told = max((day for day in days if day >= decided_on), default=None)
    state = f"{short_date(told, year.today)} 済" if told is not None else letter.state if letter else ""
    lines.append(NextStep(key="letter", words=f"{notice}（起案・決裁）", detail=state, is_done=told is not None))
    if waiting := letter_only_words(records, notice):
        lines.append(NextStep(key="waiting", words=f"{waiting}にも通知"))
    if not (decision.kind.moves_venue or decision.kind.revokes):
        topics = [row for row in records.topics_in_effect if row.asked_on is not None and row.asked_on >= decided_on]
        settled = bool(topics) and all(row.settled_on is not None for row in topics)
        lines.append(
            NextStep(
                key="agreement",
                words="振替・回数の協議　契約変更の要否は契約課へ",
                detail=("協議済" if settled else "協議中") if topics else "",
                is_done=settled,
            )
        )
        due = open_contract_deadline_count(records, year)
        if due:
            lines.append(
                NextStep(
                    key="deadlines",
                    words="報告書の期限・人数連絡の扱いを確かめる",
                    detail=f"期限 {due}件",
                )
            )
    return tuple(lines)


def open_contract_deadline_count(records: EventRecords, year: YearContext) -> int:
    """Return how many contract deadlines of the event are not completed, counted as if it were not cancelled."""
    planned = replace(records, event=replace(records.event, status=EventStatus.PLANNED))
    return sum(due.deadline.contract and due.completed_on is None for due in event_dues(planned, year))
