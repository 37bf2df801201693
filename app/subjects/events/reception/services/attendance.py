"""Who came: each key at the door, somebody without a place, the numbers keyed from the paper list, each one durable
change.

- ``receive(act, entry_id)``, ``unreceive``, ``mark_absent`` → ``Saved``
- ``note_late(act, entry_id, late) -> Saved`` 遅刻, told before or seen
- ``key_attendance(act, event_id, present, absent) -> Keyed`` the numbers of the paper list
- ``receive_from_paper(act, entry_id) -> Saved`` one of it, without a time
- ``add_walk_in(act, event_id, wanted, organisation_name, device) -> Saved``
- ``alike_entries(store, event_id, wanted) -> tuple[AlikeEntry, ...]`` who on the roster may be the one who came
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.written_texts import refuse_unwritable
from app.papers.services.rare_characters import rare_in_typed
from app.subjects.events.arrangements.rules.typed_numbers import numbers_words
from app.subjects.events.arrangements.services.tablets import hand_spare, release
from app.subjects.events.event.rules.taking_part import COMING, was_expected
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.roster.rules.roster_numbers import next_number
from app.subjects.events.roster.services.attendance_result import (
    begun_event,
    event_of_today,
    hand_over,
    keep_result_in_step,
)
from app.subjects.events.roster.services.entry_names import (
    WantedPerson,
    find_person,
    person_for,
    place_words,
    refuse_number,
    required_entry,
    spoken,
)
from app.subjects.events.roster.services.roster import give_numbers, read_roster
from app.subjects.organisations.register.services.written_names import meant_organisation
from db.frozen_record import frozen_record
from db.journal import Change
from db.name_key import name_key
from db.records.organisations import Person
from db.records.roster import Device, Entry, TabletLoan
from db.rows import by_id
from db.store import Store
from db.tables import roster as table

_NO_SPARE = "予備のタブレットがないため、貸出は記録していません。渡した1台を「貸与タブレット」で記録してください。"


@frozen_record
class Keyed(Saved):
    """What became of typed numbers: ``kept`` those noted, ``already`` noted before, ``unknown`` on no list."""

    kept: tuple[int, ...]
    already: tuple[int, ...]
    unknown: tuple[int, ...]


@frozen_record
class AlikeEntry:
    """An entry of the roster with the name of who came without a place: 「補欠4　見本 花子（みほん町会）」."""

    entry_id: int
    words: str


def alike_entries(store: Store, *, event_id: int, wanted: WantedPerson) -> tuple[AlikeEntry, ...]:
    """Return who of the roster has the name or the ふりがな that was typed, whatever the 団体, so that somebody is
    asked before a person stands there twice; nobody where 団体 and name tell the person, whose entry is taken then."""
    known = find_person(store, wanted=wanted)
    if _entry_of(store, event_id, known.id if known else None) is not None or not wanted.name.strip():
        return ()
    key, reading = name_key(wanted.name), name_key(wanted.furigana)
    found = []
    for row in read_roster(store, event_id=event_id).rows:
        person = row.person
        if person is None or row.is_erased:
            continue
        if name_key(person.name) == key or (reading and name_key(person.furigana) == reading):
            belongs = f"（{row.organisation_name}）" if row.organisation_name else ""
            came = "　受付済" if row.entry.attendance == "出席" else ""
            found.append(AlikeEntry(entry_id=row.entry.id, words=f"{_place_of(row.entry)}　{row.name}{belongs}{came}"))
    return tuple(found)


def _place_of(entry: Entry) -> str:
    """「補欠4」, 「9番」, else the state alone."""
    if entry.state in COMING:
        return place_words(entry) if entry.number is not None else entry.state
    return f"{entry.state}{entry.waiting_order or ''}"


@deed
def receive(act: Act, *, entry_id: int) -> Saved:
    """Note that somebody came, now; a tablet put ready for the entry counts as handed over.

    A told absence is taken back. Somebody without a place (補欠, 落選, 辞退) becomes a 当日受付.

    Raises:
        Refusal: the entry is gone, the person was received already, the event is cancelled, or today is not its day.
    """
    entry = required_entry(act.store, entry_id)
    event = event_of_today(act.store, entry.event_id, act.now)
    if entry.attendance == "出席":
        when = f"（{entry.attended_at:%H:%M}）" if entry.attended_at else ""
        raise Refusal(f"{spoken(act.store, entry)}は、すでに受付済です{when}。", "番号とお名前を確かめてください。")
    with act.change(f"{event.full_title}：{place_words(entry)}を受付済にした", "roster", event_id=event.id) as change:
        _note_arrival(change, entry, act.now)
        given = give_numbers(act.store, change, event.id)
        hand_over(act.store, change, entry, act.now)
        keep_result_in_step(act.store, change, event.id)
    received = replace(entry, number=given.get(entry_id, entry.number))
    return Saved(f"{spoken(act.store, received)}を受付済にしました。", entry_id)


@deed
def note_late(act: Act, *, entry_id: int, late: bool = True) -> Saved:
    """Note 遅刻 of somebody who is expected or has come, or take the note back; who is expected stays 未受付.

    Raises:
        Refusal: the entry is gone or not on the 受付名簿, is noted as 欠席, the event is cancelled, or its day is to
            come.
    """
    entry = required_entry(act.store, entry_id)
    event = begun_event(act.store, entry.event_id, act.now)
    if not was_expected(entry) or entry.attendance == "欠席":
        raise Refusal(f"{spoken(act.store, entry)}には、遅刻を付けられません。", "名簿の状態を確かめてください。")
    if entry.late == late:
        raise Refusal(
            f"{spoken(act.store, entry)}の遅刻は、"
            f"{'もう付いて' if late else '付いて'}い{'ます' if late else 'ません'}。"
        )
    with act.change(
        f"{event.full_title}：{place_words(entry)}を遅刻にした"
        if late
        else f"{event.full_title}：{place_words(entry)}の遅刻を取り消した",
        "roster",
        event_id=event.id,
    ) as change:
        change.update(Entry, entry_id, late=late)
        keep_result_in_step(act.store, change, event.id)
    if not late:
        return Saved(f"{spoken(act.store, entry)}の遅刻を取り消しました。", entry_id)
    done = "を遅刻にしました。" if entry.attendance == "出席" else "の遅刻の連絡を記録しました。"
    return Saved(f"{spoken(act.store, entry)}{done}", entry_id)


@deed
def unreceive(act: Act, *, entry_id: int) -> Saved:
    """Make somebody 未受付 again, whether noted as 出席 or 欠席; a tablet handed over with it is back in the box."""
    entry = required_entry(act.store, entry_id)
    event = required_event(act.database, entry.event_id)
    if not entry.attendance:
        raise Refusal(f"{spoken(act.store, entry)}は、未受付のままです。")
    with act.change(
        f"{event.full_title}：{place_words(entry)}の受付を取り消した", "roster", event_id=event.id
    ) as change:
        change.update(Entry, entry_id, attendance="", attended_at=None)
        for loan in table.loans(act.database, event.id):
            if loan.entry_id == entry_id and loan.out_at is not None and loan.out_at == entry.attended_at:
                change.update(TabletLoan, loan.id, out_at=None)
        keep_result_in_step(act.store, change, event.id)
    return Saved(f"{spoken(act.store, entry)}を未受付に戻しました。", entry_id)


@deed
def mark_absent(act: Act, *, entry_id: int) -> Saved:
    """Note that somebody did not come; refused before the day of the event."""
    entry = required_entry(act.store, entry_id)
    event = begun_event(act.store, entry.event_id, act.now)
    with act.change(f"{event.full_title}：{place_words(entry)}を欠席にした", "roster", event_id=event.id) as change:
        change.update(Entry, entry_id, attendance="欠席", attended_at=None, late=False)
        released = release(act.store, change, event.id, {entry_id})
        keep_result_in_step(act.store, change, event.id)
    return Saved(f"{spoken(act.store, entry)}を欠席にしました。{_released_words(released)}", entry_id)


def _released_words(numbers: Sequence[str]) -> str:
    """Say what became of tablets that came back although those they were ready for did not come."""
    if not numbers:
        return ""
    return f"貸与タブレット{'、'.join(numbers)}は返却済のため、貸出返却簿に「予備（当日）」として残しました。"


@deed
def key_attendance(act: Act, *, event_id: int, present: Sequence[int] = (), absent: Sequence[int] = ()) -> Keyed:
    """Note the numbers of the printed 受付名簿: ``present`` came, ``absent`` did not; one change for all of them.

    The time of arrival is not on the paper and stays unknown. Numbers on no list change nothing and are returned
    for correction. A number in both lists is refused.

    Raises:
        Refusal: the event is cancelled or its day is to come, a number or a person is in both lists, or a number fits
            two people.
    """
    event = begun_event(act.store, event_id, act.now)
    both = sorted({*present} & {*absent})
    if both:
        raise Refusal(f"{numbers_words(both)}が、出席と欠席の両方にあります。", "どちらかに直してください。")
    known = _by_number(
        act.store, [one for one in table.entries(act.database, event_id) if _on_paper(one)], {*present, *absent}
    )
    asked = [(number, "出席") for number in dict.fromkeys(present)] + [
        (number, "欠席") for number in dict.fromkeys(absent)
    ]
    _refuse_keyed_twice(act.store, [(number, state, known[number]) for number, state in asked if number in known])
    # One person may be keyed by both numbers; that is one who came.
    first = {known[number].id: number for number, _state in reversed(asked) if number in known}
    kept = [
        (number, state)
        for number, state in asked
        if number in known and known[number].attendance != state and first[known[number].id] == number
    ]
    released: tuple[str, ...] = ()
    if kept:
        with act.change(
            f"{event.full_title}：紙の名簿から{len(kept)}人の出欠を入れた", "roster", event_id=event_id
        ) as change:
            came: dict[str, Any] = {"attendance": "出席", "attended_at": None, "absent_told_at": None}
            missed: dict[str, Any] = {"attendance": "欠席", "attended_at": None, "late": False}
            change.update_each(Entry, {known[number].id: came if state == "出席" else missed for number, state in kept})
            gone = {known[number].id for number, state in kept if state == "欠席"}
            released = release(act.store, change, event_id, gone)
            keep_result_in_step(act.store, change, event_id)
    numbers = tuple(number for number, _ in kept)
    states = "・".join(dict.fromkeys(state for _, state in kept))
    return Keyed(
        said=f"{numbers_words(numbers)}を{states}にしました。{_released_words(released)}" if kept else "",
        id=event_id,
        kept=numbers,
        already=tuple(
            number
            for number, state in asked
            if number in known and (known[number].attendance == state or first[known[number].id] != number)
        ),
        unknown=tuple(number for number, _ in asked if number not in known),
    )


@deed
def receive_from_paper(act: Act, *, entry_id: int) -> Saved:
    """Note one person of the paper list as 出席; the time of arrival stays unknown; on the day or after it."""
    entry = required_entry(act.store, entry_id)
    event = begun_event(act.store, entry.event_id, act.now)
    with act.change(f"{event.full_title}：{place_words(entry)}を出席にした", "roster", event_id=event.id) as change:
        change.update(Entry, entry_id, attendance="出席", attended_at=None, absent_told_at=None)
        keep_result_in_step(act.store, change, event.id)
    return Saved(f"{spoken(act.store, entry)}を出席にしました。", entry_id)


def _note_arrival(change: Change, entry: Entry, now: datetime) -> None:
    if entry.state in COMING:
        change.update(Entry, entry.id, attendance="出席", attended_at=now, absent_told_at=None)
    else:
        change.update(
            Entry, entry.id, attendance="出席", attended_at=now, absent_told_at=None, state="決定", walk_in=True
        )


def _by_number(store: Store, entries: Sequence[Entry], asked: Collection[int]) -> dict[int, Entry]:
    """Whose each number is: that of the 受付名簿, or the 入場番号 of a letter.

    Raises:
        Refusal: a number that is asked for fits two people.
    """
    found: dict[int, Entry] = {}
    for number, entry in [(one.number, one) for one in entries] + [(one.admission, one) for one in entries]:
        if number is None:
            continue
        other = found.setdefault(number, entry)
        if other.id != entry.id and number in asked:
            raise Refusal(
                f"{number}番は2人にあたります：{spoken(store, other)}と{spoken(store, entry)}。",
                "名簿の番号で入れるか、一覧で名前を選んで入れてください。",
            )
    return found


def _refuse_keyed_twice(store: Store, keyed: Sequence[tuple[int, str, Entry]]) -> None:
    """Refuse somebody who is keyed as 出席 by one number and as 欠席 by the other; both are named."""
    came = {entry.id: number for number, state, entry in keyed if state == "出席"}
    for number, state, entry in keyed:
        if state == "欠席" and entry.id in came:
            raise Refusal(
                f"{spoken(store, entry)}が、出席（{came[entry.id]}番）と欠席（{number}番）の両方にあります。",
                "どちらかに直してください。名簿の番号と入場番号は、同じ方を指しています。",
            )


def _on_paper(entry: Entry) -> bool:
    return entry.number is not None and entry.state in COMING


@deed
def add_walk_in(
    act: Act,
    *,
    event_id: int,
    wanted: WantedPerson,
    organisation_name: str = "",
    device: Device = "",
    same_as: int | None = None,
    another: bool = False,
) -> Saved:
    """Enter somebody who came without an application, as received now, with the next number of the list.

    After the day (from the paper list) the time of arrival stays unknown.

    The person is recognised by 団体 + 氏名, or entered anew. Who applied but had no place (補欠, 落選, 辞退) or had
    told an absence keeps that entry. With 貸与 the first spare tablet is handed over, where there is one.

    Args:
        same_as: the entry of the roster that somebody said is this person (``alike_entries``), which is kept.
        another: somebody said that it is another person of the same name.

    Raises:
        Refusal: no name, the event is cancelled or its day is to come, the person stands on the 受付名簿 already
            (its number is told), or somebody of that name is on the roster and nobody said whether it is the same.
    """
    refuse_number(wanted.name)
    refuse_unwritable({"団体名": organisation_name})
    event = begun_event(act.store, event_id, act.now)
    if wanted.organisation_id is None and wanted.person_id is None:
        wanted = replace(wanted, organisation_id=meant_organisation(act.database, organisation_name))
    arrived = act.now if event.event_date == act.today else None
    entry = _meant_entry(act.store, event_id, wanted, same_as)
    if entry is None and not another and (alike := alike_entries(act.store, event_id=event_id, wanted=wanted)):
        raise Refusal(
            f"名簿に同じお名前の方がいます：{'、'.join(one.words for one in alike)}。",
            "同じ方か、別の方かを選んでください。",
        )
    if entry is not None and same_as is not None and entry.attendance == "出席":
        raise Refusal(f"{spoken(act.store, entry)}は、すでに受付済です。", "番号とお名前を確かめてください。")
    if entry is not None and same_as is None and was_expected(entry):
        raise Refusal(f"{spoken(act.store, entry)}は、名簿にあります。", f"{place_words(entry)}で受付してください。")
    if entry is not None:
        entry_id = entry.id
        action = f"{event.full_title}：{place_words(entry)}を当日受付にした"
    else:
        entry_id, action = 0, f"{event.full_title}：当日受付を加えた"
    with act.change(action, "roster", event_id=event_id) as change:
        give_numbers(act.store, change, event_id)
        person = entry.person_id if entry is not None and same_as else person_for(act.store, change, wanted)
        registered = by_id(act.database, Person, person) if person is not None else None
        organisation_id = wanted.organisation_id or (registered.organisation_id if registered else None)
        number = next_number(table.entries(act.database, event_id))
        if entry is None:
            entry_id = change.insert(
                Entry(
                    event_id=event_id,
                    person_id=person,
                    organisation_id=organisation_id,
                    organisation_name="" if organisation_id else organisation_name.strip(),
                    role=wanted.role.strip(),
                    state="決定",
                    applied_at=act.now,
                    way="当日",
                    device=device,
                    number=number,
                    walk_in=True,
                    attendance="出席",
                    attended_at=arrived,
                )
            )
        else:
            told = entry.absent_told_at is not None and entry.state in ("申込", "決定")
            change.update(
                Entry,
                entry_id,
                state="決定",
                walk_in=not (told or was_expected(entry)),
                absent_told_at=None,
                attendance="出席",
                attended_at=arrived,
                device=device or entry.device,
                number=entry.number or number,
            )
        handed = device != "貸与" or hand_spare(act.store, change, event_id, entry_id, act.now)
        keep_result_in_step(act.store, change, event_id)
    made = by_id(act.database, Entry, entry_id)
    assert made is not None
    rare = rare_in_typed(wanted.name, organisation_name)
    asks = "" if handed else _NO_SPARE
    return Saved(f"当日受付：{spoken(act.store, made)}を受付済にしました。{asks}{rare}", entry_id)


def _meant_entry(store: Store, event_id: int, wanted: WantedPerson, same_as: int | None) -> Entry | None:
    """The entry of who came: the one that was said, else that of the person who is recognised."""
    if same_as is not None:
        return required_entry(store, same_as)
    known = find_person(store, wanted=wanted)
    return _entry_of(store, event_id, known.id if known else None)


def _entry_of(store: Store, event_id: int, person_id: int | None) -> Entry | None:
    """Return the person's entry of this event; one on the list before one without a place."""
    mine = [one for one in table.entries(store.database, event_id) if person_id and one.person_id == person_id]
    return next((one for one in mine if was_expected(one)), next(iter(mine), None))
