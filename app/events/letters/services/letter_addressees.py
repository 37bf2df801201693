"""Finds the addressees of an event's letters, with names and addresses exactly as registered, and the settings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple, get_args

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.and_others import and_others
from app.common.contacts import contacts_in_force
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.participation import has_withdrawn
from app.event.rules.recruitment import DECISION, TO_BRANCHES, TO_PRESIDENTS
from app.event.services.event_notifications import PARTICIPANT_LETTERS, NotifiedDocument, notified_documents
from app.event.services.event_records import EventCoreRecords, read_core_records, read_event_or_error
from app.events.letters.documents.address_labels import SIZES
from app.events.letters.documents.letter_layout import UNNAMED, Addressee, LetterPerson
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    FORMAL,
    INVITATION,
    LETTERS,
    PLACE_REVOCATION,
    REFUSAL_LETTER,
    REVOCATION,
    WITHDRAWAL,
)
from app.events.letters.rules.recruitment_texts import LIMITS
from app.events.letters.services.earlier_letters import current_decision, newest_calls
from app.events.roster.services.admissions import expected_admission_numbers
from app.events.roster.services.entry_moves import moved_from
from app.events.roster.services.roster import RosterRow, roster_of
from app.events.roster.services.told_places import told_places
from app.programme.rules import to_branches
from app.programme.services import programme_of_event, setting_of_event
from app.programme.suspensions import suspended_ids
from app.registers.register.rules import heads_by_organisation
from db.digits import whole_number
from db.engine import Database
from db.record import record
from db.records.events import EVERYBODY, Event
from db.records.organisations import Person
from db.records.programme import DocumentSetting
from db.records.roster import Entry, EntryState
from db.store import Store
from db.tables import organisations as table

_POSTAL_CODE_PATTERN = re.compile(r"\s*〒?\s*([0-9０-９]{3})[-－ー‐−]?([0-9０-９]{4})(?![0-9０-９\-－])[ 　\n]*")


class PostalAddress(NamedTuple):
    """「176-0001」 (or empty) and the address as typed after it."""

    code: str
    address: str


def split_address(typed: str) -> PostalAddress:
    """Return postal code and rest of a typed address; without a postal code at its start all is address."""
    found = _POSTAL_CODE_PATTERN.match(typed)
    if found is None:
        return PostalAddress("", typed.strip())
    code = "-".join(part.translate(_HALF_WIDTH) for part in found.groups())
    return PostalAddress(code, typed[found.end() :].strip())


_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


Unit = Literal["団体ごと", "1人ごと", "共通"]
ALL_ORGANISATIONS = "すべての団体"
_LETTERS_TO_ORGANISATION = (DECISION, INVITATION, CANCELLATION, CHANGE, REVOCATION, WITHDRAWAL)
_USUAL_HONORIFIC = "様"


@record
class PreviouslyNamedEntries:
    """Ids of the entries that the letters before a 変更通知 named as coming, and as waiting (補欠 or 落選).

    Attributes:
        is_incomplete: one of these letters kept no names.
        includes_change_letter: one of them is a 変更通知 itself, which does not tell the two apart.
    """

    coming: frozenset[int]
    waiting: frozenset[int]
    is_incomplete: bool
    includes_change_letter: bool


def entries_of_letter(kind: str, records: EventCoreRecords) -> list[Entry]:
    """Return the entries a kind of letter is about; whoever asks whom a letter reaches asks here.

    辞退受理通知: who has withdrawn. 落選通知: 落選 and 補欠. 決定取消通知: 決定取消. 中止通知 and 変更通知: 申込, 決定
    and 補欠; of these 取消通知 to whom the 中止 was told. Any other: 決定, or 申込 while no selection is made. Walk-ins
    are left out, and for all but 辞退受理通知 who notified an absence.

    Who is 落選 and was not told so gets the 中止通知, as the 落選通知 stops with the event. A 変更通知 goes to no 補欠
    who was told nothing: the 落選通知 that he still gets says so.
    """
    entries = records.entries
    if kind == WITHDRAWAL:
        return [entry for entry in entries if not entry.walk_in and has_withdrawn(entry)]
    present = [entry for entry in entries if not entry.walk_in and entry.absent_told_at is None]
    if kind in (REFUSAL_LETTER, PLACE_REVOCATION):
        return [one for one in present if one.state.missed_out and one.state.is_revoked == (kind == PLACE_REVOCATION)]
    if kind == CANCELLATION:
        refused = told_places(records, present, records.selections).refused
        return [one for one in present if not one.state.is_out or (one.state.is_not_chosen and one.id not in refused)]
    present = [one for one in present if not one.state.is_out]
    if kind == REVOCATION:
        return [one for one in present if one.comes_again]
    if kind == CHANGE:
        told = answered_ids(records, LETTERS)
        return [one for one in present if one.id in told or not one.state.is_waiting]
    states = ("決定",) if any(entry.state.is_decided for entry in entries) else ("申込",)
    return [entry for entry in present if entry.state in states]


def answered_ids(
    records: EventCoreRecords, kinds: Sequence[str] = (*PARTICIPANT_LETTERS, REFUSAL_LETTER)
) -> frozenset[int]:
    """Return the ids of the entries that letters of these kinds told something; of all where a 落選通知 kept no names.

    Of the usual kinds: whoever was told of a place or of none.
    """
    told = [one for one in notified_documents(records) if one.kind in kinds]
    if all(one.named_ids for one in told if one.kind == REFUSAL_LETTER):
        return named_by(told)
    return frozenset(one.id for one in records.entries)


def named_by(papers: Iterable[NotifiedDocument]) -> frozenset[int]:
    """Return the ids of the entries that these notified letters were about."""
    return frozenset().union(*(one.named_ids for one in papers))


def is_to_be_notified(entry: Entry, *, is_erased: bool) -> bool:
    """Return whether anybody can be notified of a withdrawal; for an erased person only the 団体 can."""
    return not is_erased or bool(entry.organisation_key)


def has_addressees(records: EventCoreRecords, kind: str) -> bool:
    """Return whether a letter to participants is about an entry (erased ones count) or goes to the 団体 of a 派遣."""
    return goes_to_organisation(records.event, kind) or bool(entries_of_letter(kind, records))


def goes_to_organisation(event: Event, kind: str) -> bool:
    """Return whether a letter goes to the 団体 of a 派遣 even before anybody of it is named; never a 落選通知."""
    return event.form.at_organisation and event.organisation_id is not None and kind in _LETTERS_TO_ORGANISATION


def addressees(
    store: Store,
    *,
    event: Event,
    kind: str,
    unit: Unit,
    today: date,
    honorific: str = "様",
    only: Collection[int] | None = None,
    for_drafting_list: bool = False,
    previously_named_ids: PreviouslyNamedEntries | None = None,
) -> tuple[Addressee, ...]:
    """Return all addressees of a kind of letter in the order of application (else of the register).

    Erased people get no letter, nor does anybody whose data a 利用停止 keeps out of letters; a 団体 whose head that is
    is written to without a name. The withdrawal of the erased is notified to their 団体, without the name.

    Args:
        kind: a kind of letter, or ``ALL_ORGANISATIONS`` for every registered 団体.
        unit: a letter to participants is made 団体ごと for 共通 too. A letter of recruitment has one addressee for
            all, but that to the 会長 goes to each 団体 with 団体ごと.
        today: addresses whose day of disposal has passed are left out.
        honorific: put behind 「各支部長」 or 「各町会・自治会会長」 in place of 様; other addressees do not use it.
        only: ids of the entries the letter is about, where letters of its kind follow one another; None = all.
        for_drafting_list: for the list in a 起案資料, which counts erased people.
        previously_named_ids: whom the letters before named, for a 変更通知.
    """
    database = store.database
    if kind in _ONE_FOR_ALL:
        if kind == TO_PRESIDENTS and unit == "団体ごと":
            return organisation_addressees(database, today)
        year = programme_of_event(store, event, on=today).programme
        said = year.presidents if kind == TO_PRESIDENTS else to_branches(year)
        plain = said.removesuffix(_USUAL_HONORIFIC).strip()
        return (Addressee(key=EVERYBODY, full_line=join_nonempty(plain, honorific) if plain != said else said),)
    if kind == ALL_ORGANISATIONS:
        return organisation_addressees(database, today)
    records = read_core_records(store, event)
    wanted = {entry.id for entry in entries_of_letter(kind, records) if only is None or entry.id in only}
    if not wanted and goes_to_organisation(event, kind):
        return organisation_addressees(database, today, only=event.organisation_id)
    admissions = expected_admission_numbers(event, records.entries) if kind == DECISION else {}
    # A 落選 whom a 中止通知 tells stands with the 補欠, apart from those of his 団体 who have a place.
    known = {EntryState.NOT_CHOSEN: EntryState.WAITING} if kind == CANCELLATION else {}
    every, suspended = roster_of(database, event).rows, suspended_ids(database, "letters", today)
    rows = [
        replace(
            row,
            entry=replace(
                row.entry, admission=admissions.get(row.entry.id), state=known.get(row.entry.state, row.entry.state)
            ),
        )
        for row in every
        if row.entry.id in wanted
        and (row.person is None or row.person.id not in suspended)
        and (
            not row.is_erased
            or for_drafting_list
            or (kind == WITHDRAWAL and is_to_be_notified(row.entry, is_erased=True))
        )
    ]
    contacts = _ContactDirectory(
        database,
        today,
        {row.entry.organisation_id for row in rows if row.entry.organisation_id},
        people={row.person.id for row in rows if row.person},
        applications={row.entry.application_id for row in rows if row.entry.application_id},
    )
    decision = current_decision(database, event) if kind == CANCELLATION else None
    made = newest_calls(database, decision, [row.entry for row in rows if row.entry.state.is_coming])
    reached = {entry_id for entry_id, call in made.items() if call.outcome.is_reached}
    came_from = moved_from(database, [row.entry for row in rows]) if kind == DECISION else {}
    groups: dict[str, list[RosterRow]] = {}
    for row in rows:
        by_itself = unit == "1人ごと" and not row.is_erased
        groups.setdefault(f"e{row.entry.id}" if by_itself else _letter_key(row), []).append(row)
    made_to = [
        _addressee(key, members, contacts, reached, came_from, by_itself=unit == "1人ごと" and not members[0].is_erased)
        for key, members in groups.items()
    ]
    if previously_named_ids is not None:
        made_to = [_with_previously_named(one, every, previously_named_ids) for one in made_to]
    return tuple(made_to)


def _with_previously_named(
    addressee: Addressee, roster_rows: Iterable[RosterRow], previously_named_ids: PreviouslyNamedEntries
) -> Addressee:
    """Return the addressee with the people named in the letters before, where they differ now; no erased people."""
    mine = [
        row
        for row in roster_rows
        if not row.is_erased
        and (
            f"e{row.entry.id}" == addressee.key or _letter_key(row).removesuffix("w") == addressee.key.removesuffix("w")
        )
    ]
    now = {one.entry_id for one in addressee.people}
    if not addressee.is_waiting_list:
        named = [row for row in mine if row.entry.id in previously_named_ids.coming]
        if previously_named_ids.is_incomplete:
            return replace(addressee, is_previously_named_unknown=True)
        if not named or {row.entry.id for row in named} == now:
            return addressee
        return replace(addressee, previously_named=tuple(_letter_person(row, {}) for row in named))
    # A 補欠 of now may have been promised a place; a 補欠 of before may have withdrawn.
    lost = now & previously_named_ids.coming
    gone = {
        row.entry.id
        for row in mine
        if row.entry.id in previously_named_ids.waiting and not row.entry.state.is_not_chosen
    } - now
    if not lost and not gone:
        return addressee
    if lost and previously_named_ids.includes_change_letter:
        return replace(addressee, is_previously_named_unknown=True)
    return replace(
        addressee,
        previously_named=tuple(
            replace(_letter_person(row, {}), state="" if row.entry.id in lost else "補欠")
            if row.entry.id in lost | gone
            else _letter_person(row, {})
            for row in mine
            if row.entry.id in now | gone
        ),
    )


def _letter_key(row: RosterRow) -> str:
    """Return the key of the letter a person gets: one a 団体, another for its 補欠, else one a person.

    「o12」 = 団体 by id, 「n…」 = unregistered 団体 by folded name, each with 「w」 at the end for its 補欠; 「e34」 =
    the entry of a person without 団体.
    """
    entry = row.entry
    waiting = "w" if entry.state.is_waiting else ""
    if entry.organisation_id:
        return f"o{entry.organisation_id}{waiting}"
    return f"n{entry.organisation_key}{waiting}" if entry.organisation_key else f"e{entry.id}"


_OWNERS = ("person_id", "application_id", "organisation_id")
_HEAD = "head"


class _ContactDirectory:
    """The 会長 of some 団体 and the addresses of all concerned, read at once."""

    def __init__(
        self,
        database: Database,
        today: date,
        organisation_ids: Collection[int],
        *,
        people: Iterable[int] = (),
        applications: Collection[int] = (),
    ):
        suspended = suspended_ids(database, "letters", today)
        members = [one for one in table.members(database, organisation_ids) if one.id not in suspended]
        self.heads = heads_by_organisation(members)
        owners = {*people, *(one.id for one in self.heads.values())}
        known = table.contacts_for(database, people=owners, organisations=organisation_ids, applications=applications)
        found = contacts_in_force(known, "住所", "送付", today)[::-1]
        self._by = {(field, getattr(one, field)): one.value for one in found for field in _OWNERS}
        self._by |= {(_HEAD, one.person_id): one.value for one in found if one.application_id is None}

    def person(self, person: Person | None, entry: Entry) -> PostalAddress:
        """Return the address of a person, else the one written in the application of ``entry``; empty without either.

        Without both it is that of the 団体 itself.
        """
        return self._first((person.id if person else None, entry.application_id, entry.organisation_id), _OWNERS)

    def organisation(self, organisation_id: int | None) -> PostalAddress:
        """Return the address of a 団体, else its head's; empty for None or without one.

        What its head gave as an applicant is not the 団体's.
        """
        head = self.heads.get(organisation_id or 0)
        return self._first((organisation_id, head.id if head else None), (_OWNERS[-1], _HEAD))

    def _first(self, ids: Iterable[int | None], owners: Iterable[str]) -> PostalAddress:
        held = (self._by.get((owner, row_id), "") for owner, row_id in zip(owners, ids, strict=True) if row_id)
        return split_address(next(filter(None, held), ""))


def _letter_person(row: RosterRow, came_from: Mapping[int, Event]) -> LetterPerson:
    """Return how a person is named in a letter; without name and 役職 if erased, without name if 氏名未定.

    ``came_from`` are the events from which entries were moved, by entry id.
    """
    entry = row.entry
    before = came_from.get(entry.id)
    order = fill_nonempty("（{}番）", entry.waiting_order)
    return LetterPerson(
        name=row.person.name if row.person and not row.is_erased else "",
        is_erased=row.is_erased,
        role=row.role if not row.is_erased else "",
        device=entry.device,
        state=f"補欠{order}" if entry.state.is_waiting else "",
        admission=str(entry.admission or ""),
        entry_id=entry.id,
        moved_from_event=f"{f'第{before.ordinal}回' if before.ordinal else before.full_title}から変更"
        if before is not None
        else "",
    )


def _addressee(
    key: str,
    rows: Sequence[RosterRow],
    contacts: _ContactDirectory,
    called_entry_ids: Collection[int],
    came_from: Mapping[int, Event],
    *,
    by_itself: bool,
) -> Addressee:
    """Return a 団体 as addressee, by its head where one is registered, or a person without a 団体 or ``by_itself``.

    It counts as called once all of its people were; ``called_entry_ids`` are the entries that were reached. A person
    without an address of their own has that of their 団体.
    """
    first = rows[0]
    head = contacts.heads.get(first.entry.organisation_id or 0) if not by_itself else None
    # A person without a 団体 is addressed directly, all others through the head of their 団体.
    alone = first.person if by_itself or not (first.organisation_name or first.is_erased) else None
    person = head or alone
    direct = by_itself or alone is not None
    post = contacts.person(alone, first.entry) if direct else contacts.organisation(first.entry.organisation_id)
    return Addressee(
        key=key,
        organisation=first.organisation_name,
        person=person.name if person else "",
        role=(first.role if by_itself else person.role) if person else "",
        people=tuple(_letter_person(row, came_from) for row in rows),
        branch=first.branch,
        postal_code=post.code,
        address=post.address,
        is_waiting_list=first.entry.state.is_waiting,
        was_called=all(row.entry.id in called_entry_ids for row in rows),
        full_line="消去済" if first.is_erased and not first.organisation_name else "",
    )


def organisation_addressees(database: Database, today: date, *, only: int | None = None) -> tuple[Addressee, ...]:
    """Return the registered 団体 with their heads as addressees; ``only`` = that one."""
    known = [one for one in table.all_organisations(database) if only in (None, one.id)]
    contacts = _ContactDirectory(database, today, {one.id for one in known})
    made = []
    for one in known:
        head, post = contacts.heads.get(one.id), contacts.organisation(one.id)
        made.append(
            Addressee(
                key=f"o{one.id}",
                organisation=one.name,
                person=head.name if head else "",
                role=head.role if head else "",
                branch=one.branch,
                postal_code=post.code,
                address=post.address,
            )
        )
    return tuple(made)


UNIT, HONORIFIC, WINDOW, CONFIDENTIAL = "宛名の単位", "敬称", "窓あき封筒", "親展"
SIZE, LABELS_FOR, LIMIT = "ラベルの面数", "ラベルの宛先", "字数の目安"
_YES, _NO = "する", "しない"
_ONE_FOR_ALL = (TO_PRESIDENTS, TO_BRANCHES)


_NAMED = 10


def without_address_words(to: Iterable[Addressee]) -> str:
    """Return how many addressees have no address, and who, as a sentence; "" when all have one."""
    bare = [one.organisation or one.person or UNNAMED for one in to if not one.address and not one.full_line]
    named = f"{'、'.join(bare[:_NAMED])}{and_others(bare, _NAMED)}"
    return f"住所の登録がない宛先が{len(bare)}件あります：{named}。" if bare else ""


@record
class LetterOptions:
    """Settings of one kind of document.

    Attributes:
        labels_for: the letter whose addressees the labels are for, or 「すべての団体」.
        max_characters: maximum length of a manuscript; None = no limit.
    """

    unit: Unit
    honorific: str
    window_envelope: bool
    confidential: bool
    label_size: int
    labels_for: str
    max_characters: int | None


def read_options(database: Database, kind: str, *, event_id: int, on: date | None = None) -> LetterOptions:
    """Return the settings of ``kind`` in the year of an event, with defaults for those never set.

    Args:
        on: the day whose settings hold; None = as set last.
    """
    setting = setting_of_event(database, event_id, kind, on=on) or DocumentSetting(document_kind=kind)
    kept = setting.extra
    unit = kept.get(UNIT, "共通" if kind in _ONE_FOR_ALL else "団体ごと")
    size, limit = whole_number(kept.get(SIZE, "")), kept.get(LIMIT, str(LIMITS.get(kind, "")))
    return LetterOptions(
        unit=unit if unit in get_args(Unit) else "団体ごと",  # type: ignore[arg-type]
        honorific=setting.honorific,
        window_envelope=kept.get(WINDOW) == _YES,
        confidential=kept.get(CONFIDENTIAL, _YES) == _YES,
        label_size=size if size in SIZES else SIZES[0],
        labels_for=kept.get(LABELS_FOR, DECISION),
        max_characters=whole_number(limit) or None,
    )


_OPTION_VALUES = {
    UNIT: get_args(Unit),
    HONORIFIC: ("様", "殿", ""),
    WINDOW: (_YES, _NO),
    CONFIDENTIAL: (_YES, _NO),
    SIZE: tuple(str(size) for size in SIZES),
    LABELS_FOR: (*LETTERS, ALL_ORGANISATIONS),
}


def set_letter_option(context: ActionContext, *, event_id: int, kind: str, name: str, value: str) -> ActionResult:
    """Set one option of a kind of document for all events of an event's year.

    Args:
        name: ``UNIT``, ``HONORIFIC``, ``WINDOW``, ``CONFIDENTIAL``, ``SIZE``, ``LABELS_FOR`` or ``LIMIT``.
        value: 「する」／「しない」, a word of the option, or a number; for ``LIMIT`` "" = no limit.

    Raises:
        UserError: the value does not fit the option.
    """
    if name == LIMIT:
        if value and whole_number(value) is None:
            raise UserError(f"「{value}」は字数として読めません。", "200 のように数字で入力してください。")
    elif value not in _OPTION_VALUES.get(name, ()):
        raise UserError(f"「{name}」を「{value}」にすることはできません。", "画面の選択肢から選んでください。")
    year = read_event_or_error(context.database, event_id).programme_id
    present = setting_of_event(context.database, event_id, kind, on=context.today)
    form = "公文書" if kind in FORMAL else "事務連絡"
    setting = present or DocumentSetting(programme_id=year, document_kind=kind, form=form)
    if name == HONORIFIC:
        setting = replace(setting, honorific=value)
    else:
        setting = replace(setting, extra={**setting.extra, name: value})
    with context.change(f"{kind}の「{name}」を変えた", "programme") as change:
        row_id = change.correct(present, setting)
    return ActionResult(f"{kind}の「{name}」を変えました。", row_id)
