"""What the screen 中止・変更の連絡 shows: the decision, the list, whom to reach beside the 団体, the texts, what
follows.

- ``read_calls(store, event_id, caller, today) -> CallView``
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.calendar.dates import long_date, short_date
from app.common.together import together
from app.subjects.events.calls.services.call_sheet import (
    NOT_NEEDED,
    NOT_YET,
    REACHED,
    CallSheet,
    call_sheet,
    last_call,
)
from app.subjects.events.calls.services.calls import TEXTS, replacements_of
from app.subjects.events.calls.services.presenters import presenters_of
from app.subjects.events.event.rules.places import venue_phone
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.tasks.deadlines import read_event_year
from app.subjects.events.event.services.tasks.event_tasks import Year, dues_of
from app.subjects.events.event.services.told_event import told_papers
from app.subjects.events.letters.rules import change_texts
from app.subjects.events.letters.rules.change_letters import KnownChange, known_change
from app.subjects.events.letters.rules.letter_texts import CANCELLATION, CHANGE
from app.subjects.events.letters.services.earlier_letters import earlier_letter
from db.frozen_record import frozen_record
from db.records.calls import Call, CallTarget, ChangeDecision
from db.records.events import Event
from db.records.organisations import Contact
from db.records.programme import Contractor, Office
from db.records.roster import Arrangement
from db.records.venues import Venue
from db.store import Store
from db.tables import calls as table
from db.tables import roster, venues

_REASONS = (
    "大雨警報の発表のため", "台風の接近のため", "大雪のため", "地震の発生のため", "講師の急病のため",
    "会場が使えなくなったため", "感染症の拡大のため",
)  # fmt: skip
"""Finished, as every letter says them word by word."""

INTERPRETERS = ("手話通訳", "要約筆記")
NO_PRESENTER = "この回はなし"
_NO_NUMBER = "氏名と電話番号は「発表者を加える」で入力できます"


@frozen_record
class OtherContact:
    """One of ほかの連絡先: whom to reach, under which number, and how far that is.

    ``state`` 連絡済, 不在・再架電, 伝言, 対象外 or 未連絡; ``detail`` stands in the place of a number that is not
    known. ``contact`` is the kept number of a presenter.
    """

    target: CallTarget
    whom: str
    title: str
    phone: str
    detail: str
    call: Call | None
    state: str
    contact: Contact | None = None

    @property
    def settled(self) -> bool:
        """Reached, or nobody to reach."""
        return self.state in (REACHED, NOT_NEEDED)


def other_contacts(
    store: Store, file: EventFile, contractor: Contractor, sheet: CallSheet, change: KnownChange | None
) -> tuple[OtherContact, ...]:
    """Return whom to reach beside the 団体, with how far that is; the house of before too, once it is another one."""
    event = file.event
    places = venues.venues(store.database)
    helpers = [row for row in roster.arrangements(store.database, event.id) if row.kind in INTERPRETERS]
    named = together(contractor.name or "受託者", contractor.responsible)
    rows = [
        _other("受託者", "", "受託者　業務責任者", contractor.phone, named),
        *_houses(file, change, places),
        *(
            _other("手話・要約筆記", _helper(row), f"{row.kind}の依頼先", row.phone, row.ordered_to)
            for row in _distinct(helpers)
        ),
    ]
    if not helpers:
        rows.append(replace(_other("手話・要約筆記", "", "手話・要約筆記", "", NO_PRESENTER), state=NOT_NEEDED))
    rows += _presenters(store, file)
    return tuple(_with_call(row, sheet.others) for row in rows)


def _houses(file: EventFile, change: KnownChange | None, known: Sequence[Venue]) -> list[OtherContact]:
    """The house, and the one of before where people have another one in mind: its booking is to be given back.

    A call without a name is to the house that the list had then: to the one of before where another one was decided.
    """
    event = file.event
    before = change.place_before if change is not None and change.place else ""
    decided = change is not None and change.kind == "会場の変更"
    now = _other("会場", event.venue if before and decided else "", f"会場　{event.venue}".strip("　"), "", "")
    phone = venue_phone(event, known)
    if not event.venue:
        now = replace(now, detail="会場は未定", state=NOT_NEEDED)
    elif not phone:
        now = replace(now, detail="電話番号は「会場・予約」に入力できます")
    now = replace(now, phone=phone)
    if not before:
        return [now]
    house = _house_named(before, known)
    detail = f"もとの会場（{together(house.venue, house.room)}）の予約を取り消す"
    return [
        replace(now, title=f"{now.title}（変更後）"),
        _other("会場", "" if decided else before, f"もとの会場　{house.venue}", venue_phone(house, known), detail),
    ]


@frozen_record
class _House:
    """A house and a room by name."""

    venue: str
    room: str


def _house_named(words: str, known: Iterable[Venue]) -> _House:
    """House and room from 「みほん区民館　研修室1」: a registered name first, which may have a space itself."""
    names = sorted({one.name for one in known if one.name and words.startswith(one.name)}, key=len)
    name = names[-1] if names else words.split(maxsplit=1)[0]
    return _House(venue=name, room=words.removeprefix(name).strip())


def _presenters(store: Store, file: EventFile) -> list[OtherContact]:
    """Whoever presents, each with the number that was kept; one line without a number where nobody is named yet."""
    known = presenters_of(store.database, file.event.id)
    named = [
        replace(_other("発表者", one.note, f"事例発表者　{one.note}", one.value, ""), contact=one) for one in known
    ]
    reached = {one.id for one in known}
    asked = [
        file.presenters[one.id]
        for one in file.presentations
        if one.contact_id not in reached and one.answer != "見合わせる" and not one.of_contractor
    ]
    if named or asked:
        return [*named, *(_other("発表者", one, f"事例発表者　{one}", "", _NO_NUMBER) for one in asked)]
    expected = has_presenters(file)
    detail = _NO_NUMBER if expected else NO_PRESENTER
    return [replace(_other("発表者", "", "事例発表者", "", detail), state=NOT_YET if expected else NOT_NEEDED)]


def has_presenters(file: EventFile) -> bool:
    """Whether somebody of a 団体 presents an example at this event, by its subject and timetable (仕様書4(1)カ)."""
    return "事例" in file.event.subject or any("事例発表" in row.title + row.content for row in file.agenda)


def _distinct(rows: Sequence[Arrangement]) -> list[Arrangement]:
    """One contact for everything ordered from the same place."""
    return list({_helper(row): row for row in reversed(rows)}.values())[::-1]


def _helper(row: Arrangement) -> str:
    return together(row.kind, row.ordered_to, row.phone)


def _other(target: CallTarget, whom: str, title: str, phone: str, detail: str) -> OtherContact:
    return OtherContact(target=target, whom=whom, title=title, phone=phone, detail=detail, call=None, state=NOT_YET)


def _with_call(row: OtherContact, calls: Sequence[Call]) -> OtherContact:
    call = last_call(calls, row.target, row.whom)
    return replace(row, call=call, state=call.outcome) if call is not None else row


@frozen_record
class CallText:
    """One text to copy; ``edited`` True when the staff changed the app's own wording."""

    key: str
    text: str
    edited: bool


@frozen_record
class NextThing:
    """One line of このあと: ``key`` again / letter / agreement / deadlines, with what is known of it."""

    key: str
    words: str
    detail: str
    done: bool


@frozen_record
class CallView:
    """Everything the screen shows. ``noted`` = when and by whom the decision was last written down.

    ``change`` is what is otherwise than people have in mind. ``deciders`` and ``reasons`` are what is offered for
    判断した者 and 理由: those of earlier decisions first. ``replacements`` can take place instead of a cancelled one.
    """

    event: Event
    sheet: CallSheet
    change: KnownChange | None
    when_words: str
    noted: tuple[datetime, str] | None
    others: tuple[OtherContact, ...]
    texts: tuple[CallText, ...]
    following: tuple[NextThing, ...]
    strict: bool
    deciders: tuple[str, ...]
    reasons: tuple[str, ...]
    replacements: tuple[Event, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether a decision stands."""
        return self.sheet.decision is not None

    @property
    def others_settled(self) -> int:
        """How many of the other contacts are settled, of those there is somebody to reach."""
        return sum(one.state == REACHED for one in self.others)

    @property
    def others_wanted(self) -> int:
        """How many of the other contacts there are to reach."""
        return sum(one.state != NOT_NEEDED for one in self.others)


def read_calls(store: Store, *, event_id: int, caller: str, today: date) -> CallView:
    """Return the screen of one event; ``caller`` is who says the text on the telephone.

    Raises:
        Refusal: the event is gone.
    """
    year = read_event_year(store, event_id, today, whole=False)
    file = read_file(store, event_id)
    event = file.event
    sheet = call_sheet(store.database, event)
    day = long_date(event.event_date) if event.event_date is not None else "日程未定"
    office = year.view.office
    change = _change(store, sheet)
    earlier = table.latest_decisions(store.database)
    return CallView(
        event=event,
        sheet=sheet,
        change=change,
        when_words=f"{day}{event.start_time}–{event.end_time}",
        noted=table.noted(store.database, event_id) if sheet.decision is not None else None,
        others=other_contacts(store, file, year.view.contractor, sheet, change),
        texts=_texts(store, sheet, change, year, caller, today),
        following=_following(file, year, sheet),
        strict=year.view.numbers[event.kind].strict,
        deciders=_once([*(one.decided_by for one in earlier), *_heads(office)]),
        reasons=_once([*(one.reason for one in earlier), *_REASONS]),
        replacements=replacements_of(store.database, event) if event.status == "中止" else (),
    )


def _heads(office: Office) -> list[str]:
    """協働推進課長, 地域文化部長, 区民協働担当係長: the heads of the section, of what is above it and below it."""
    return [f"{name}長" for name in (office.section, office.department, office.unit) if name]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in words if one.strip()))


def _change(store: Store, sheet: CallSheet) -> KnownChange | None:
    """What is otherwise than those who come have in mind, as the letters say it."""
    decision = sheet.decision
    if decision is None:
        return None
    facts = read_facts(store, sheet.event)
    earlier = earlier_letter(store, sheet.event.id, decision)
    when = change_texts.when_words(facts) if facts.event_date is not None else ""
    return known_change(decision, earlier, when=when, place=change_texts.place_words(facts))


def _texts(
    store: Store, sheet: CallSheet, change: KnownChange | None, year: Year, caller: str, today: date
) -> tuple[CallText, ...]:
    decision = sheet.decision
    if decision is None or change is None:
        return ()
    kept = {row.part: row.text for row in table.texts(store.database, sheet.event.id, TEXTS)}
    words = change_texts.Words(
        event=read_facts(store, sheet.event),
        decision=decision,
        change=change,
        office=year.view.office,
        caller=caller,
        today=today,
    )
    return tuple(
        CallText(
            key=key,
            text=kept.get(f"{decision.id}/{key}") or change_texts.change_text(words, key),
            edited=f"{decision.id}/{key}" in kept,
        )
        for key in change_texts.TEXT_KEYS
    )


def _following(file: EventFile, year: Year, sheet: CallSheet) -> tuple[NextThing, ...]:
    """What this change calls for beyond the telephone."""
    decision = sheet.decision
    if decision is None:
        return ()
    again, at = len(sheet.again), sheet.again_at
    lines = []
    if again:
        when = (
            (f"{at.month}/{at.day} " if at.date() != year.today else "本日 ") + f"{at.hour}:{at.minute:02d}"
            if at
            else ""
        )
        lines.append(NextThing(key="again", words=f"不在 {again}団体へ再架電", detail=when, done=False))
    notice = letter_for(decision)
    letter = next((row for row in reversed(file.letters) if row.document_kind == notice), None)
    told = max((one.told_on for one in told_papers(file) if one.kind == notice), default=None)
    done = told is not None and told >= decision.decided_at.date()
    state = f"{short_date(told, year.today)} 済" if done and told is not None else letter.state if letter else ""
    lines.append(NextThing(key="letter", words=f"{notice}（起案・決裁）", detail=state, done=done))
    if sheet.waiting:
        lines.append(NextThing(key="waiting", words=f"補欠 {sheet.waiting}人にも通知", detail="", done=False))
    if decision.kind != "会場の変更":
        topics = [
            row
            for row in file.standing_topics
            if row.asked_on is not None and row.asked_on >= decision.decided_at.date()
        ]
        settled = bool(topics) and all(row.settled_on is not None for row in topics)
        lines.append(
            NextThing(
                key="agreement",
                words="振替・回数の協議　契約変更の要否は契約課へ",
                detail=("協議済" if settled else "協議中") if topics else "",
                done=settled,
            )
        )
        due = open_duties(file, year)
        if due:
            lines.append(
                NextThing(
                    key="deadlines", words="報告書の期限・人数連絡の扱いを確かめる", detail=f"期限 {due}件", done=False
                )
            )
    return tuple(lines)


def letter_for(decision: ChangeDecision) -> str:
    """Return the kind of letter a decision leads to."""
    return CANCELLATION if decision.kind == "中止" else CHANGE


def open_duties(file: EventFile, year: Year) -> int:
    """How many contract deadlines of the event were open, whether it is cancelled now or not."""
    planned = replace(file, event=replace(file.event, status="予定"))
    return sum(due.deadline.contract and due.closed_on is None for due in dues_of(planned, year))
