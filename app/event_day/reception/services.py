"""The check-in of an event: who is expected, who came, matches for typed text, and recording attendance.

Each check-in, walk-in or number of the paper roster is one change. Nothing read here is unfit for visitors' eyes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from math import inf
from typing import Any, Literal, cast

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.number_lists import numbers_words
from app.common.text_rules import check_writable_texts
from app.documents.services.rare_characters import rare_in_input
from app.event.rules.participation import (
    ParticipationCounts,
    count_participation,
    decided_entries,
    is_on_check_in_list,
    photo_marks,
)
from app.event.services.event_records import read_event_or_error
from app.event.services.event_results import (
    FROM_ROSTER,
    checked_end,
    count_people,
    event_to_record,
    update_counted_result,
    with_counts,
)
from app.event.services.event_state import not_held_words
from app.event_day.checkouts.services import files_outside, outside_words
from app.events.roster.rules import is_admission_code, next_number, read_admission_code
from app.events.roster.services.entry_changes import hand_over_tablet, required_begun_event, required_event_today
from app.events.roster.services.entry_names import (
    WantedPerson,
    entry_label,
    find_or_add_person,
    find_person,
    reject_number_as_name,
    required_entry,
    spoken_name,
)
from app.events.roster.services.roster import Roster, RosterRow, read_roster, write_missing_numbers
from app.events.tablets.rules import SPARE
from app.events.tablets.services import hand_out_in_change, lend_spare_in_change, release_loans
from app.history.services import last_action
from app.registers.register.services.search import search_keys
from app.registers.register.services.unlinked_names import find_organisation_id
from db.digits import is_digits, narrow_number, one_width, whole_number
from db.journal import Change
from db.mapping import TABLE_OF
from db.name_key import name_key
from db.record import record
from db.records.event_status import CutShort, EventStatus
from db.records.events import Event, EventResult
from db.records.organisations import Person
from db.records.roster import Attendance, ComesAgain, Device, Entry, EntryState, TabletLoan
from db.rows import by_id
from db.store import Store
from db.tables import events, journal
from db.tables import roster as table

_NO_SPARE = "予備のタブレットがないため、貸出は記録していません。渡した1台を「貸与タブレット」で記録してください。"


@record
class RecordedNumbers(ActionResult):
    """Result for typed numbers: ``recorded`` now, ``recorded_before``, or ``unknown`` on the roster.

    ``recorded_before`` also has the second number of one person.
    """

    recorded: tuple[int, ...]
    recorded_before: tuple[int, ...]
    unknown: tuple[int, ...]


@record
class SimilarEntry:
    """An entry with the same name as a walk-in: 「補欠4 見本 花子（みほん町会）」."""

    entry_id: int
    words: str


def find_similar_entries(store: Store, *, event_id: int, wanted: WantedPerson) -> tuple[SimilarEntry, ...]:
    """Return the entries with the typed name or ふりがな in any 団体, to ask before a person is entered twice.

    Empty if 団体 and name identify the person, whose entry is used then.
    """
    known = find_person(store, wanted=wanted)
    if _entry_of_person(store, event_id, known.id if known else None) is not None or not wanted.name.strip():
        return ()
    key, reading = name_key(wanted.name), name_key(wanted.furigana)
    found = []
    for row in read_roster(store, event_id=event_id).rows:
        person = row.person
        if person is None or row.is_erased:
            continue
        if name_key(person.name) == key or (reading and name_key(person.furigana) == reading):
            belongs = fill_nonempty("（{}）", row.organisation_name)
            came = "　受付済" if row.entry.attendance.is_present else ""
            found.append(
                SimilarEntry(entry_id=row.entry.id, words=f"{_entry_label(row.entry)}　{row.name}{belongs}{came}")
            )
    return tuple(found)


def _entry_label(entry: Entry) -> str:
    """Return the label of an entry (「補欠4」「9番」), else only its state."""
    if entry.state.is_coming:
        return entry_label(entry) if entry.number is not None else entry.state
    return f"{entry.state}{entry.waiting_order or ''}"


_LONGEST_NUMBER = 6
"""Digits of the longest number that somebody types; a barcode has more."""


def receive(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Check a person in now; a tablet reserved for the entry counts as handed over.

    A reported absence is revoked. Somebody without a place (補欠, 落選, 辞退) becomes a 当日受付.

    Raises:
        UserError: the entry is gone, the person was checked in already, the event is cancelled, or today is not its
            day.
    """
    entry = required_entry(context.store, entry_id)
    event = required_event_today(entry.event_id, context)
    if entry.attendance.is_present:
        when = f"（{entry.attended_at:%H:%M}）" if entry.attended_at else ""
        raise UserError(
            f"{spoken_name(context.store, entry)}は、すでに受付済です{when}。", "番号とお名前を確かめてください。"
        )
    with context.change(
        f"{event.full_title}：{entry_label(entry)}を受付済にした", "roster", event_id=event.id
    ) as change:
        _note_arrival(change, entry, context.now)
        given = write_missing_numbers(context.store, change, event.id)
        hand_over_tablet(change, context, entry)
        update_counted_result(context.store, change, event.id)
    received = replace(entry, number=given.get(entry_id, entry.number))
    return ActionResult(f"{spoken_name(context.store, received)}を受付済にしました。", entry_id)


def note_late(context: ActionContext, *, entry_id: int, late: bool = True) -> ActionResult:
    """Record 遅刻 of a person who is expected or has come, or remove it; an expected one stays 未受付.

    Raises:
        UserError: the entry is gone or not on the 受付名簿, is marked 欠席 or ``late`` already is so, the event is
            cancelled, or its day is to come.
    """
    entry = required_entry(context.store, entry_id)
    event = required_begun_event(entry.event_id, context)
    if not is_on_check_in_list(entry) or entry.attendance.is_absent:
        raise UserError(
            f"{spoken_name(context.store, entry)}には、遅刻を付けられません。", "名簿の状態を確かめてください。"
        )
    if entry.late == late:
        raise UserError(
            f"{spoken_name(context.store, entry)}の遅刻は、"
            f"{'もう付いて' if late else '付いて'}い{'ます' if late else 'ません'}。"
        )
    with context.change(
        f"{event.full_title}：{entry_label(entry)}を遅刻にした"
        if late
        else f"{event.full_title}：{entry_label(entry)}の遅刻を取り消した",
        "roster",
        event_id=event.id,
    ) as change:
        change.update(Entry, entry_id, late=late)
        update_counted_result(context.store, change, event.id)
    if not late:
        return ActionResult(f"{spoken_name(context.store, entry)}の遅刻を取り消しました。", entry_id)
    done = "を遅刻にしました。" if entry.attendance.is_present else "の遅刻の連絡を記録しました。"
    return ActionResult(f"{spoken_name(context.store, entry)}{done}", entry_id)


def undo_check_in(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Set a person back to 未受付 from 出席 or 欠席; a tablet handed over with the check-in counts as not handed over.

    What that changed of the place is restored: 補欠, 落選 or 辞退 of a 当日受付, a reported absence, a reported 遅刻.

    Raises:
        UserError: the entry is gone, or the person is neither 出席 nor 欠席.
    """
    entry = required_entry(context.store, entry_id)
    event = read_event_or_error(context.database, entry.event_id)
    if not entry.attendance:
        raise UserError(f"{spoken_name(context.store, entry)}は、未受付のままです。")
    with context.change(
        f"{event.full_title}：{entry_label(entry)}の受付を取り消した", "roster", event_id=event.id
    ) as change:
        restored = _place_before_check_in(context.store, entry)
        change.update(Entry, entry_id, attendance=Attendance.UNKNOWN, attended_at=None, **restored)
        for loan in table.loans(context.database, event.id):
            if loan.entry_id == entry_id and loan.out_at is not None and loan.out_at == entry.attended_at:
                change.update(TabletLoan, loan.id, out_at=None)
        update_counted_result(context.store, change, event.id)
    return ActionResult(f"{spoken_name(context.store, entry)}を未受付に戻しました。", entry_id)


def mark_absent(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Save a person as 欠席, without 遅刻, and release their tablet.

    Raises:
        UserError: the entry is gone, or the event is cancelled, undated or still to come.
    """
    entry = required_entry(context.store, entry_id)
    event = required_begun_event(entry.event_id, context)
    with context.change(f"{event.full_title}：{entry_label(entry)}を欠席にした", "roster", event_id=event.id) as change:
        change.update(Entry, entry_id, attendance=Attendance.ABSENT, attended_at=None, late=False)
        released = release_loans(context.store, change, event.id, {entry_id})
        update_counted_result(context.store, change, event.id)
    return ActionResult(
        f"{spoken_name(context.store, entry)}を欠席にしました。{_released_tablets_text(released)}", entry_id
    )


def _released_tablets_text(numbers: Sequence[str]) -> str:
    """Return the sentence on tablets that became free because their people did not come, "" for none."""
    if not numbers:
        return ""
    return f"貸与タブレット{'、'.join(numbers)}は返却済のため、貸出返却簿に「予備（当日）」として残しました。"


def record_attendance(
    context: ActionContext, *, event_id: int, present: Sequence[int] = (), absent: Sequence[int] = ()
) -> RecordedNumbers:
    """Record numbers of the printed 受付名簿 in one change: ``present`` came, ``absent`` did not.

    The time of arrival is not on the paper and stays unknown. Unknown numbers change nothing and are returned for
    correction.

    Raises:
        UserError: the event is cancelled or its day is to come, a number or a person is in both lists, or a number
            matches two people.
    """
    event = required_begun_event(event_id, context)
    both = sorted({*present} & {*absent})
    if both:
        raise UserError(f"{numbers_words(both)}が、出席と欠席の両方にあります。", "どちらかに直してください。")
    known = _entries_by_number(
        context.store,
        [one for one in table.entries(context.database, event_id) if one.number is not None and one.state.is_coming],
        {*present, *absent},
    )
    asked = [(number, "出席") for number in dict.fromkeys(present)] + [
        (number, "欠席") for number in dict.fromkeys(absent)
    ]
    _reject_contradictions(
        context.store, [(number, state, known[number]) for number, state in asked if number in known]
    )
    # One person may be entered by both numbers, and counts once.
    first = {known[number].id: number for number, _state in reversed(asked) if number in known}
    kept = [
        (number, state)
        for number, state in asked
        if number in known and known[number].attendance != state and first[known[number].id] == number
    ]
    released: tuple[str, ...] = ()
    if kept:
        with context.change(
            f"{event.full_title}：紙の名簿から{len(kept)}人の出欠を入れた", "roster", event_id=event_id
        ) as change:
            came: dict[str, Any] = {"attendance": "出席", "attended_at": None, "absent_told_at": None}
            missed: dict[str, Any] = {"attendance": "欠席", "attended_at": None, "late": False}
            change.update_each(Entry, {known[number].id: came if state == "出席" else missed for number, state in kept})
            gone = {known[number].id for number, state in kept if state == "欠席"}
            released = release_loans(context.store, change, event_id, gone)
            update_counted_result(context.store, change, event_id)
    numbers = tuple(number for number, _ in kept)
    states = "・".join(dict.fromkeys(state for _, state in kept))
    return RecordedNumbers(
        message=f"{numbers_words(numbers)}を{states}にしました。{_released_tablets_text(released)}" if kept else "",
        id=event_id,
        recorded=numbers,
        recorded_before=tuple(
            number
            for number, state in asked
            if number in known and (known[number].attendance == state or first[known[number].id] != number)
        ),
        unknown=tuple(number for number, _ in asked if number not in known),
    )


def receive_from_paper(context: ActionContext, *, entry_id: int) -> ActionResult:
    """Mark one person of the paper roster 出席 without a time of arrival; a reported absence is revoked.

    Raises:
        UserError: the entry is gone, or the event is cancelled, undated or still to come.
    """
    entry = required_entry(context.store, entry_id)
    event = required_begun_event(entry.event_id, context)
    with context.change(f"{event.full_title}：{entry_label(entry)}を出席にした", "roster", event_id=event.id) as change:
        change.update(Entry, entry_id, attendance=Attendance.PRESENT, attended_at=None, absent_told_at=None)
        update_counted_result(context.store, change, event.id)
    return ActionResult(f"{spoken_name(context.store, entry)}を出席にしました。", entry_id)


def _note_arrival(change: Change, entry: Entry, now: datetime) -> None:
    """Write inside ``change`` that a person came, as a walk-in if they had no place."""
    again = ComesAgain.COMES if entry.comes_again.is_awaited else entry.comes_again
    if entry.state.is_coming:
        change.update(
            Entry,
            entry.id,
            attendance=Attendance.PRESENT,
            attended_at=now,
            absent_told_at=None,
            comes_again=again,
        )
    else:
        change.update(
            Entry,
            entry.id,
            attendance=Attendance.PRESENT,
            attended_at=now,
            absent_told_at=None,
            state=EntryState.CHOSEN,
            walk_in=True,
        )


def _place_before_check_in(store: Store, entry: Entry) -> dict[str, Any]:
    """Return what checking an entry in changed of its place and what was reported, by field, as it was before.

    Only what was recorded since it was last 未受付 counts, 欠席 in between as well.
    """
    changes = (
        change
        for step in journal.entries(store.database, event_id=entry.event_id)
        for change in journal.net_changes(step)
        if (change.table, change.row_id) == (TABLE_OF[Entry], entry.id) and change.before and change.after
    )
    found: dict[str, Any] = {}
    for change in changes:
        before, after = change.before or {}, change.after or {}
        if before.get("attendance") == after.get("attendance"):
            continue
        if not after.get("attendance"):
            break
        if after["attendance"] == "出席":
            told = before.get("absent_told_at") if entry.absent_told_at is None else None
            found |= {"absent_told_at": datetime.fromisoformat(told)} if told else {}
            if entry.walk_in and after.get("walk_in") and not before.get("walk_in", True):
                kept = ("state", "number", "late", "walk_in")
                found |= {name: before[name] for name in kept if name in before}
        if not before.get("attendance"):
            if before.get("late") and not entry.late:  # 欠席 cleared that they are to come late
                found["late"] = True
            break
    return found


def _entries_by_number(store: Store, entries: Sequence[Entry], numbers: Collection[int]) -> dict[int, Entry]:
    """Return the entry of each number, which is that of the 受付名簿 or a 入場番号.

    Raises:
        UserError: a number matches two people.
    """
    found: dict[int, Entry] = {}
    for number, entry in [(one.number, one) for one in entries] + [(one.admission, one) for one in entries]:
        if number is None:
            continue
        other = found.setdefault(number, entry)
        if other.id != entry.id and number in numbers:
            raise UserError(
                f"{number}番は2人にあたります：{spoken_name(store, other)}と{spoken_name(store, entry)}。",
                "名簿の番号で入れるか、一覧で名前を選んで入れてください。",
            )
    return found


def _reject_contradictions(store: Store, entered: Sequence[tuple[int, str, Entry]]) -> None:
    """Raise ``UserError`` naming the first person entered as 出席 by one number and as 欠席 by the other."""
    came = {entry.id: number for number, state, entry in entered if state == "出席"}
    for number, state, entry in entered:
        if state == "欠席" and entry.id in came:
            raise UserError(
                f"{spoken_name(store, entry)}が、出席（{came[entry.id]}番）と欠席（{number}番）の両方にあります。",
                "どちらかに直してください。名簿の番号と入場番号は、同じ方を指しています。",
            )


def add_walk_in(
    context: ActionContext,
    *,
    event_id: int,
    wanted: WantedPerson,
    organisation_name: str = "",
    device: Device = Device.UNKNOWN,
    same_as: int | None = None,
    another: bool = False,
) -> ActionResult:
    """Enter a person without an application as checked in now, with the next number of the roster.

    After the day (from the paper roster) the time of arrival stays unknown. The person is found by 団体 and 氏名, or
    added. Who applied and had no place (補欠, 落選, 辞退), or had reported an absence, keeps that entry. With 貸与 the
    first spare tablet is handed over, if there is one.

    Args:
        organisation_name: as typed; kept only where no registered 団体 is found.
        device: "" = none or not known; it replaces that of a kept entry only if given.
        same_as: the entry chosen as this person (``find_similar_entries``), which is kept.
        another: it was confirmed to be another person of the same name.

    Raises:
        UserError: no name, the event is cancelled or its day is to come, the person is on the 受付名簿 already (its
            number is given), or somebody of that name is on the roster and neither argument was given.
    """
    device = Device(device)
    reject_number_as_name(wanted.name)
    check_writable_texts({"団体名": organisation_name})
    event = required_begun_event(event_id, context)
    if wanted.organisation_id is None and wanted.person_id is None:
        wanted = replace(wanted, organisation_id=find_organisation_id(context.database, organisation_name))
    arrived = context.now if event.event_date == context.today else None
    entry = _entry_to_receive(context.store, event_id, wanted, same_as)
    if (
        entry is None
        and not another
        and (alike := find_similar_entries(context.store, event_id=event_id, wanted=wanted))
    ):
        raise UserError(
            f"名簿に同じお名前の方がいます：{'、'.join(one.words for one in alike)}。",
            "同じ方か、別の方かを選んでください。",
        )
    if entry is not None and same_as is not None and entry.attendance.is_present:
        raise UserError(
            f"{spoken_name(context.store, entry)}は、すでに受付済です。", "番号とお名前を確かめてください。"
        )
    if entry is not None and same_as is None and is_on_check_in_list(entry):
        raise UserError(
            f"{spoken_name(context.store, entry)}は、名簿にあります。", f"{entry_label(entry)}で受付してください。"
        )
    action = f"{event.full_title}：当日受付を加えた"
    if entry is not None:
        action = f"{event.full_title}：{entry_label(entry)}を当日受付にした"
    with context.change(action, "roster", event_id=event_id) as change:
        write_missing_numbers(context.store, change, event_id)
        person = None if same_as else find_or_add_person(context.store, change, wanted)
        registered = by_id(context.database, Person, person)
        organisation_id = wanted.organisation_id or (registered.organisation_id if registered else None)
        number = next_number(table.entries(context.database, event_id))
        if entry is None:
            entry_id = change.insert(
                Entry(
                    event_id=event_id,
                    person_id=person,
                    organisation_id=organisation_id,
                    organisation_name="" if organisation_id else organisation_name.strip(),
                    role=wanted.role.strip(),
                    state=EntryState.CHOSEN,
                    applied_at=context.now,
                    way="当日",
                    device=device,
                    number=number,
                    walk_in=True,
                    attendance=Attendance.PRESENT,
                    attended_at=arrived,
                )
            )
        else:
            entry_id = entry.id
            told = entry.absent_told_at is not None and entry.state.is_coming
            change.update(
                Entry,
                entry_id,
                state=EntryState.CHOSEN,
                walk_in=not (told or is_on_check_in_list(entry)),
                absent_told_at=None,
                attendance=Attendance.PRESENT,
                attended_at=arrived,
                device=device or entry.device,
                number=entry.number or number,
            )
        handed = not device.is_lent or lend_spare_in_change(change, context, event_id, entry_id)
        update_counted_result(context.store, change, event_id)
    made = by_id(context.database, Entry, entry_id)
    assert made is not None
    rare = rare_in_input(wanted.name, organisation_name)
    asks = "" if handed else _NO_SPARE
    return ActionResult(f"当日受付：{spoken_name(context.store, made)}を受付済にしました。{asks}{rare}", entry_id)


def _entry_to_receive(store: Store, event_id: int, wanted: WantedPerson, same_as: int | None) -> Entry | None:
    """Return the entry of the person (the chosen one, else that of the person found), or None."""
    if same_as is not None:
        return required_entry(store, same_as)
    known = find_person(store, wanted=wanted)
    return _entry_of_person(store, event_id, known.id if known else None)


def _entry_of_person(store: Store, event_id: int, person_id: int | None) -> Entry | None:
    """Return the person's entry of this event; one on the 受付名簿 before one without a place."""
    mine = [one for one in table.entries(store.database, event_id) if person_id and one.person_id == person_id]
    return next((one for one in mine if is_on_check_in_list(one)), next(iter(mine), None))


CareMark = Literal["配慮", "ことば", ""]
"""What stands beside whoever has a recorded 配慮, or else said something in his own words."""
CheckInState = Literal["未受付", "受付済", "欠席", "欠席の連絡", "補欠", "落選", "辞退", "決定取消"]
DayState = Literal["まだ", "当日", "過ぎた"]
ON_LIST = ("未受付", "受付済", "欠席")


@record
class CheckInRow:
    """One person at the check-in, without telephone number, and with only the fact that there is a 配慮.

    Attributes:
        number: that of the 受付名簿; ``admission_number`` the 入場番号 on the letter. Check-in accepts either.
        tablet: number of the reserved tablet; ``waits_for_tablet`` = one is to be lent, and none was handed over.
        time_text: time of arrival (「13:42」) or empty.
        search_keys: keys of name, ふりがな and 団体.
    """

    entry_id: int
    number: int | None
    admission_number: int | None
    name: str
    furigana: str
    organisation: str
    organisation_id: int | None
    device: Device
    tablet: str
    waits_for_tablet: bool
    is_tablet_handed_out: bool
    is_tablet_returned: bool
    loan_id: int | None
    group: int | None
    care_mark: CareMark
    is_photo_refused: bool
    photo_mark: str
    is_unnamed: bool
    is_walk_in: bool
    is_substitute: bool
    is_late: bool
    state: CheckInState
    time_text: str
    search_keys: tuple[str, ...]

    @property
    def id(self) -> int:
        """Return the entry's id."""
        return self.entry_id

    @property
    def admission_words(self) -> str:
        """Return 「入場番号 503」 as on the letter, or empty."""
        return f"入場番号 {self.admission_number}" if self.admission_number is not None else ""

    def has_number(self, number: int) -> bool:
        """Return whether a number is this person's, on the roster or on the letter."""
        return number in (self.number, self.admission_number)

    @property
    def spoken_name(self) -> str:
        """Return 「田口 修さん（9番）」."""
        number = f"（{self.number}番）" if self.number is not None else ""
        return f"{self.name}の方{number}" if self.is_unnamed else f"{self.name}さん{number}"


@record
class TabletCounts:
    """Tablets to lend today: ``needed`` for the roster and ``spare`` ones, and how many were handed over.

    ``waiting`` are people who borrow one and have none yet. Whoever is marked 欠席 counts only with one in hand.
    """

    needed: int
    spare: int
    handed_out: int
    waiting: int
    spare_handed_out: int


@record
class Reception:
    """Everything the check-in of one event shows.

    Attributes:
        waiting: in 五十音順; ``received`` newest first; ``absent`` marked at the check-in.
        not_on_list: 欠席の連絡, 補欠 …, found by typing only.
        absent_count: 欠席 as it is counted when the reception is closed.
        is_closed: the day was counted.
        unnumbered_count: people without a number yet.
        last_action: number of the newest journal entry.
        closed_words: why nobody is received and until what (「…。中止を取り消すまで、」), "" if it is held.
        checkout_words: who has a 当日持出しファイル of the event, or empty.
        other_events: the names of the other events by id, to be said of a letter that is theirs.
    """

    event: Event
    waiting: tuple[CheckInRow, ...]
    received: tuple[CheckInRow, ...]
    absent: tuple[CheckInRow, ...]
    not_on_list: tuple[CheckInRow, ...]
    tablets: TabletCounts
    absent_count: int
    is_closed: bool
    unnumbered_count: int
    last_action: int
    closed_words: str
    checkout_words: str
    other_events: Mapping[int, str]

    @property
    def expected_count(self) -> int:
        """Return the number of people on the 受付名簿, 当日受付 included."""
        return len(self.waiting) + len(self.received) + len(self.absent)

    @property
    def walk_in_count(self) -> int:
        """Return the number of 当日受付 among those checked in."""
        return sum(row.is_walk_in for row in self.received)

    @property
    def late_count(self) -> int:
        """Return the number of 遅刻 among those checked in."""
        return sum(row.is_late for row in self.received)

    def day_state(self, today: date) -> DayState:
        """Return whether ``today`` is the day of the event: 当日, まだ (to come, or undated) or 過ぎた."""
        day = self.event.event_date
        if day is None or today < day:
            return "まだ"
        return "当日" if day == today else "過ぎた"

    @property
    def rows(self) -> tuple[CheckInRow, ...]:
        """Return all people, whatever their state."""
        return (*self.waiting, *self.received, *self.absent, *self.not_on_list)


def read_reception(store: Store, *, event_id: int) -> Reception:
    """Return everything for the check-in; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    marks = photo_marks(row.entry for row in roster.rows)
    rows = [_check_in_row(row, marks[row.entry.id]) for row in roster.rows]
    arrived = {row.entry.id: row.entry.attended_at for row in roster.rows}
    came = [row for row in rows if row.state == "受付済"]
    # Of two within one second the one further down the list is taken for the later.
    noted = sorted((row for row in came if row.time_text), key=lambda row: str(arrived[row.entry_id]))[::-1]
    result = events.result(store.database, event_id)
    why, act = not_held_words(store.database, roster.event)
    return Reception(
        event=roster.event,
        waiting=tuple(sorted((row for row in rows if row.state == "未受付"), key=_reading_sort_key)),
        received=(*noted, *sorted((row for row in came if not row.time_text), key=_number_sort_key)),
        absent=tuple(sorted((row for row in rows if row.state == "欠席"), key=_reading_sort_key)),
        not_on_list=tuple(sorted((row for row in rows if row.state not in ON_LIST), key=_reading_sort_key)),
        tablets=_tablets(store, roster),
        absent_count=count_participation([row.entry for row in roster.rows]).absent,
        is_closed=result is not None and result.source == FROM_ROSTER,
        unnumbered_count=sum(row.entry.number is None for row in roster.check_in_rows),
        last_action=last_action(store),
        closed_words=why and f"{why}{act}まで、",
        checkout_words=outside_words(files_outside(store.database, event_id)),
        other_events={
            one.id: one.full_title
            for one in events.events_of_year(store.database, roster.event.programme_id)
            if one.id != event_id
        },
    )


def read_care(store: Store, *, entry_id: int) -> str:
    """Return the 配慮 of one person and its arrangement, to be shown only while a key is held; "" without one."""
    entry = required_entry(store, entry_id)
    arranged = [
        join_nonempty(one.kind, one.content.strip(), separator=" ")
        for one in table.arrangements(store.database, entry.event_id)
        if one.entry_id == entry_id
    ]
    care, words = entry.care.strip(), entry.words.strip()
    told = [care, *(f"手配：{one}" for one in arranged)] if care else []
    return "\n".join([*told, *([f"本人のことば：{words}"] if words and words not in care else [])])


def _check_in_row(row: RosterRow, photo_mark: str) -> CheckInRow:
    """Return a row of the roster as a row of the check-in; ``photo_mark`` says what is noted of photographing."""
    entry = row.entry
    return CheckInRow(
        entry_id=entry.id,
        number=entry.number,
        admission_number=entry.admission,
        name=row.name,
        furigana=row.furigana,
        organisation=row.organisation_name,
        organisation_id=entry.organisation_id,
        device=entry.device,
        tablet=row.tablet.number if row.tablet else "",
        waits_for_tablet=_waits_for_tablet(row),
        is_tablet_handed_out=row.loan is not None and row.loan.out_at is not None,
        is_tablet_returned=row.loan is not None and row.loan.back_at is not None,
        loan_id=row.loan.id if row.loan else None,
        group=entry.group_number,
        care_mark="配慮" if entry.care.strip() else "ことば" if entry.words.strip() else "",
        is_photo_refused=entry.photo.is_refused,
        photo_mark=photo_mark,
        is_unnamed=row.person is None,
        is_walk_in=entry.walk_in,
        is_substitute=entry.substitute_for is not None,
        is_late=entry.late,
        state=_state(row),
        time_text=f"{entry.attended_at:%H:%M}" if entry.attended_at and entry.attendance.is_present else "",
        search_keys=tuple(key for text in (row.name, row.furigana, row.organisation_name) if (key := name_key(text))),
    )


def _state(row: RosterRow) -> CheckInState:
    """Return the state of a person at the check-in: 補欠, 落選 and 辞退 come first, then what happened on the day.

    An attendance comes before 欠席の連絡, and that before 欠席; 未受付 without any.
    """
    entry = row.entry
    if not entry.state.is_coming:
        return cast(CheckInState, entry.state.value)
    if entry.attendance.is_present:
        return "受付済"
    if entry.absent_told_at is not None:
        return "欠席の連絡"
    return "欠席" if entry.attendance.is_absent else "未受付"


def _reading_sort_key(row: CheckInRow) -> tuple[bool, str, float]:
    """Return the sort key: 五十音順 by ふりがな, without it by name, unnamed places last by number."""
    return row.is_unnamed, name_key(row.furigana or row.name) if not row.is_unnamed else "", _number_sort_key(row)


def _number_sort_key(row: CheckInRow) -> float:
    return row.number if row.number is not None else inf


def _waits_for_tablet(row: RosterRow) -> bool:
    return row.entry.device.is_lent and (row.loan is None or row.loan.out_at is None)


def _tablets(store: Store, roster: Roster) -> TabletCounts:
    """Return how many tablets are needed, spare, handed out and waiting."""
    loans = table.loans(store.database, roster.event.id)
    handed = [loan for loan in loans if loan.out_at is not None]
    due = [row for row in roster.check_in_rows if row.entry.device.is_lent]
    needed = [row for row in due if not (row.entry.attendance.is_absent and _waits_for_tablet(row))]
    return TabletCounts(
        needed=sum(row.loan is None or row.loan.note != SPARE for row in needed),
        spare=sum(loan.note == SPARE for loan in loans),
        handed_out=sum(loan.note != SPARE for loan in handed),
        waiting=sum(map(_waits_for_tablet, needed)),
        spare_handed_out=sum(loan.note == SPARE for loan in handed),
    )


def matching_rows(rows: Iterable[CheckInRow], text: str) -> tuple[CheckInRow, ...]:
    """Return the people that a typed text matches: digits by number, else name, ふりがな or 団体.

    A typed number finds exactly that number first, on the roster or on a letter, then roster numbers that begin with
    it. Of several words each must match; people whose name or ふりがな begins with the first word come first. An empty
    text matches everybody.
    """
    found = list(rows)
    digits = parse_number(text)
    if digits is not None:
        starting = [
            row
            for row in found
            if row.has_number(digits) or (row.number is not None and str(row.number).startswith(str(digits)))
        ]
        return tuple(sorted(starting, key=lambda row: not row.has_number(digits)))
    keys = search_keys(text)
    found = [row for row in found if all(any(key in own for own in row.search_keys) for key in keys)]
    if keys:
        found.sort(key=lambda row: not any(own.startswith(keys[0]) for own in row.search_keys[:2]))
    return tuple(found)


@record
class ScannedPlace:
    """What a scanned barcode leads to: one person, several among whom to choose, or ``refusal`` that says why not.

    ``short`` names what was read, 「503番」 or 「読み取り」.
    """

    rows: tuple[CheckInRow, ...] = ()
    refusal: str = ""
    short: str = ""


def scanned_place(reception: Reception, text: str) -> ScannedPlace | None:
    """Return what a scanner typed; None for a text that somebody typed.

    A letter for several people leads to all of its 団体 who have a number, because only they know who came.
    """
    if not is_admission_code(text):
        return None
    code = read_admission_code(text)
    if code is None:
        return ScannedPlace(
            refusal="バーコードを正しく読み取れませんでした。もう一度読み取るか、入場番号を入力してください。",
            short="読み取り",
        )
    short = f"{code.number}番"
    if code.event_id != reception.event.id:
        other = reception.other_events.get(code.event_id, "")
        named = f"「{other}」の入場番号です" if other else "この回のものではありません"
        return ScannedPlace(
            refusal=f"読み取った{short}は、{named}。受付はしていません。この回の名簿を、お名前でご確認ください。",
            short=short,
        )
    own = next((row for row in reception.rows if row.admission_number == code.number), None)
    if own is None:
        return ScannedPlace(refusal=f"入場番号 {short}は名簿にありません。お名前でご確認ください。", short=short)
    if not code.is_for_several:
        return ScannedPlace(rows=(own,), short=short)
    same = [
        row
        for row in reception.rows
        if row.admission_number is not None
        and (row.organisation_id, row.organisation) == (own.organisation_id, own.organisation)
    ]
    return ScannedPlace(rows=tuple(sorted(same, key=lambda row: row.admission_number or inf)), short=short)


def is_being_scanned(text: str) -> bool:
    """Return whether a text is digits too many for a number: a scanner is typing, and the list stays as it is."""
    plain = one_width(text).strip()
    return is_digits(plain) and len(plain) > _LONGEST_NUMBER


def numbers_of_codes(text: str, event_id: int) -> str:
    """Return the typed text with the 入場番号 in place of each scanned code of one person of the event."""

    def number(found: re.Match[str]) -> str:
        """Return the 入場番号 of a scanned code of one person of the event, other digits unchanged."""
        code = read_admission_code(found.group())
        if code is None or code.event_id != event_id or code.is_for_several:
            return found.group()
        return str(code.number)

    return re.sub(r"[0-9０-９]{12}", number, text)


def parse_number(text: str) -> int | None:
    """Return the typed number (full or half width, 「9番」 too); None for no number or more than six digits."""
    plain = narrow_number(text).removesuffix("番")
    return whole_number(plain) if len(plain) <= _LONGEST_NUMBER else None


@record
class AttendanceClosing:
    """What closing the reception of an event would write.

    Attributes:
        unmarked: people without a mark, who stay 未確認.
        absent: people marked 欠席.
        absence_notices: people who reported an absence, without those replaced by a substitute.
        typed_result: a result typed before, which stays unless it is to be replaced.
        is_closed: closed already.
        witness: the recorded 区の立会い, "" = none.
        tablets_waiting: entries of people who came and are not recorded to have got their tablet.
    """

    event: Event
    counts: ParticipationCounts
    unmarked: tuple[RosterRow, ...]
    absent: tuple[RosterRow, ...]
    absence_notices: tuple[RosterRow, ...]
    typed_result: EventResult | None
    witness: str
    tablets_waiting: tuple[int, ...]


def read_closing(store: Store, *, event_id: int) -> AttendanceClosing:
    """Return what closing would write; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    present = events.result(store.database, event_id)
    closed = present is not None and present.source == FROM_ROSTER
    decided = {entry.id for entry in decided_entries([row.entry for row in roster.rows])}
    missing = [row for row in roster.rows if row.entry.id in decided and not row.entry.attendance.is_present]
    untold = [row for row in missing if row.entry.absent_told_at is None]
    return AttendanceClosing(
        event=roster.event,
        counts=count_people(store, event_id),
        unmarked=tuple(row for row in untold if not row.entry.attendance),
        absent=tuple(row for row in untold if row.entry.attendance),
        absence_notices=tuple(row for row in missing if row.entry.absent_told_at is not None),
        typed_result=present if present is not None and not closed else None,
        witness=present.witness if present is not None else "",
        tablets_waiting=tuple(
            row.entry.id for row in roster.rows if row.entry.attendance.is_present and _waits_for_tablet(row)
        ),
    )


def close_reception(
    context: ActionContext,
    *,
    event_id: int,
    witness: str = "",
    replace_typed: bool = False,
    ended_at: str = "",
    cut_reason: str = "",
    people_at_end: int | None = None,
    handed_out_to: Sequence[int] = (),
) -> ActionResult:
    """Count the present attendance, mark the event 実施済 and give missing 受付名簿 numbers, in one action.

    No mark is changed: people without one stay 未確認 and count neither as 出席 nor as 欠席 until somebody decides, and
    the numbers follow (``update_counted_result``). It can be closed when nobody was checked in at all.
    ``participation`` defines what counts: 出席 includes 当日受付, 欠席 includes reported absences.

    Args:
        witness: the ward's person at the event (区の立会い); empty keeps the recorded one.
        replace_typed: replace numbers that somebody typed by the counted ones.
        ended_at, cut_reason, people_at_end: when and why it was broken off, with whom ("" = it was not, or what is
            recorded of that stays). Whether it counts is then to be agreed.
        handed_out_to: entries of people who got a tablet that nobody recorded.

    Raises:
        UserError: as ``event_to_record`` and ``checked_end``.
    """
    event = event_to_record(context.store, event_id, context.today)
    present = events.result(context.database, event_id)
    with context.change(f"{event.full_title}の受付を閉じた", "roster", event_id=event_id) as change:
        write_missing_numbers(context.store, change, event_id)
        hand_out_in_change(change, context, event, handed_out_to)
        counts = count_people(context.store, event_id)
        row = present or EventResult(event_id=event_id)
        if present is None or replace_typed or present.source == FROM_ROSTER:
            row = replace(with_counts(row, counts), source=FROM_ROSTER)
        row = replace(row, witness=witness.strip() or row.witness)
        if ended_at:
            cut = replace(row, ended_at=ended_at, cut_reason=cut_reason, people_at_end=people_at_end)
            row = checked_end(event, replace(cut, cut_short=row.cut_short or CutShort.OPEN))
        row_id = change.correct(present, row)
        change.update(Event, event_id, status=EventStatus.HELD)
    kept = "" if row.source == FROM_ROSTER else "人数は、実施の記録に入力されたままです。"
    open_words = fill_nonempty("未確認 {}人は、名前を見て決めてください。", counts.unmarked)
    said = (
        f"受付を閉じました。出席 {counts.attended}人（うち当日受付 {counts.walk_ins}人）、欠席 "
        f"{counts.absent}人。{open_words}{kept}"
    )
    return ActionResult(said, row_id)
