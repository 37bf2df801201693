"""Writes applications: people, their contacts (with purpose), and their places in events."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.participation import (
    NO_ARRANGEMENT_NEEDED,
    NO_WORDS,
    copy_as_new_entry,
    renumbered_waitlist,
    withdrawal,
)
from app.events.applications.rules import (
    COMPANIONS,
    CONTACT_KINDS,
    DEPUTY,
    ENTRY_FIELDS,
    ApplicationChange,
    ApplicationFacts,
    repeated_contact,
)
from app.events.applications.services.application_entries import HeldEntries
from app.importing.column_maps import column_map, save_named_values
from app.programme.rules import APPLICANTS
from app.programme.services import CONTACTS_SETTING, agreed_years, applicant_retention_end
from app.registers.register.services.contacts import add_contact
from app.registers.register.services.registered_people import RegisteredPeople, phone_key
from db.engine import Database
from db.journal import Change
from db.name_key import name_key
from db.record import record
from db.records.applications import ImportTarget
from db.records.organisations import Contact, ContactKind, Person
from db.records.roster import Arrangement, Device, Entry, EntryState, PhotoConsent
from db.rows import by_id, rows
from db.store import Store
from db.tables import organisations, roster

DEFAULT_PURPOSE = APPLICANTS.purpose


@record
class ContactRule:
    """Purpose of applicants' contacts, and the day of their disposal."""

    purpose: str
    dispose_on: date | None


def read_contact_rule(store: Store, *, programme_id: int | None, held_on: date | None = None) -> ContactRule:
    """Return purpose and day of disposal of applicants' contacts: as set, else by the rule of retention.

    Args:
        programme_id: the year of the event; None = the newest. held_on: the day of the event.
    """
    found = column_map(store.database, ImportTarget.APPLICATIONS, CONTACTS_SETTING)
    kept = found.columns if found else {}
    years = reversed(agreed_years(store.database))
    year = next((one for one in years if programme_id in (None, one.id)), None)
    until = applicant_retention_end(store.database, year, held_on) if year is not None else None
    return ContactRule(purpose=kept.get("purpose", "") or DEFAULT_PURPOSE, dispose_on=until)


def set_contact_rule(context: ActionContext, *, purpose: str, dispose_on: date) -> ActionResult:
    """Set purpose and day of disposal of contacts imported from now on.

    Raises:
        UserError: the purpose is empty, or the day lies in the past.
    """
    if not purpose.strip():
        raise UserError("連絡先を使う目的が空です。", "目的を書いてください。")
    if dispose_on < context.today:
        raise UserError("廃棄予定日が、本日より前です。", "これからの日を入力してください。")
    kept = {"purpose": purpose.strip(), "dispose_on": dispose_on.isoformat()}
    saved = save_named_values(
        context,
        target=ImportTarget.APPLICATIONS,
        source_key=CONTACTS_SETTING,
        values=kept,
        action="申込の連絡先の扱いを変えた",
    )
    return ActionResult(f"これから取り込む連絡先の廃棄予定日を{long_date(dispose_on)}にしました。", saved.id)


APPLIED_AT_KEY = "applied_at"
"""Key of the only change by an application that is read later and came first: the arrival time for 先着順."""
ABSENCE_KEY = "absent_told_at"
"""Key of the change by an application that came after its applicant had reported an absence."""


@record
class Applicant:
    """One application ready to write; texts exactly as they came in.

    Attributes:
        facts: ``facts.device`` is 持参, 貸与 or empty.
        person_id: None = found by 団体 and 氏名.
        new_person: a person of the same name is another one.
        declined: nobody takes the places.
        words: what the applicant says in his own words; words_use: what was made of them, "" = nobody has read them.
        note: what a clerk wrote for the 備考 of the place.
    """

    organisation_id: int | None
    organisation_text: str
    facts: ApplicationFacts
    way: str
    received_at: datetime | None
    doubtful: str = ""
    person_id: int | None = None
    new_person: bool = False
    words: str = ""
    words_use: str = ""
    note: str = ""
    declined: bool = False


def _added_words(entry: Entry, applicant: Applicant) -> dict[str, object]:
    """Return words and 備考 of an entry with what a later application adds to them, {} for nothing."""
    added: dict[str, object] = {}
    if applicant.note not in entry.note:
        added["note"] = join_nonempty(entry.note, applicant.note, separator="\n")
    if not applicant.words or applicant.words in entry.words:
        return added
    words = join_nonempty(entry.words, applicant.words, separator="\n")
    return added | {"words": words, "words_use": applicant.words_use}


class ApplicationWriter:
    """Writes what an application leads to, inside one open change: people, their contacts, and places in events.

    The caller writes the application itself. People added are found by the next application.
    """

    def __init__(self, change: Change, database: Database, people: RegisteredPeople, rule: ContactRule, day: date):
        """Create a writer; ``day`` is that on which a new contact ends the one before."""
        self._change = change
        self._database = database
        self._people = people
        self._rule = rule
        self._day = day

    def find_or_add_person(self, applicant: Applicant, application_id: int) -> int | None:
        """Return the id of the applicant, added to the register if new; None = 氏名未定.

        Contacts and contact person are added too, and a known person gets the ふりがな it lacks.
        """
        if not applicant.facts.name.strip():
            self._add_contacts(applicant.facts, None, application_id)
            self._add_deputy(applicant.facts, application_id)
            return None
        person_id = applicant.person_id or self._find_person(applicant)
        added = person_id is None
        if person_id is None:
            person = Person(
                organisation_id=applicant.organisation_id,
                name=applicant.facts.name,
                furigana=applicant.facts.furigana,
                role=applicant.facts.role,
            )
            person_id = self._change.insert(person)
            self._people.add(person_id, person, applicant.organisation_text, applicant.facts.phone)
        elif applicant.facts.furigana.strip():
            self._change.flush()
            known = by_id(self._database, Person, person_id)
            if known is not None and not known.furigana.strip():
                self._change.update(Person, person_id, furigana=applicant.facts.furigana)
        self._add_contacts(applicant.facts, person_id, application_id, is_new_person=added)
        self._add_deputy(applicant.facts, application_id)
        return person_id

    def add_entries(self, applicant: Applicant, application_id: int, person_id: int | None, event_id: int) -> list[int]:
        """Add a place in an event for the applicant and each further person, named if known; return their ids.

        They are 申込, or 辞退 if ``applicant.declined``. ``person_id`` is the applicant's, None = 氏名未定.
        """
        first = Entry(
            event_id=event_id,
            application_id=application_id,
            person_id=person_id,
            organisation_id=applicant.organisation_id,
            organisation_name="" if applicant.organisation_id is not None else applicant.organisation_text,
            role=applicant.facts.role,
            applied_at=applicant.received_at,
            way=applicant.way,
            device=Device(applicant.facts.device),
            care=applicant.facts.care,
            photo=PhotoConsent(applicant.facts.photo),
            publication=PhotoConsent(applicant.facts.publication),
            photo_words=applicant.facts.photo_words,
            words=applicant.words,
            words_use=applicant.words_use,
            note=applicant.note,
            doubtful=applicant.doubtful,
            state=EntryState.WITHDRAWN if applicant.declined else EntryState.APPLIED,
        )
        made = self._change.insert(first)
        if applicant.facts.people <= 1:
            return [made]
        others = self._add_unnamed_entries(first, applicant.facts.people - 1, state=first.state)
        for entry_id, name in zip(others, applicant.facts.companions, strict=False):
            self._change.update(Entry, entry_id, person_id=self._add_companion(applicant, name))
        return [made, *others]

    def update_entries(
        self,
        held_entries: HeldEntries,
        applicant: Applicant,
        application_id: int,
        changes: tuple[ApplicationChange, ...],
    ) -> None:
        """Write ``changes``, and nothing else, of a later application; the earlier time of application counts.

        The first place gets those of its fields, and is 申込 again if it was given up; an absence reported before is
        taken back. All get the new application. Another number of people adds unnamed places, which came with this
        application, or sets some to 辞退. If ``changes`` is the time alone, only that is written.
        """
        self._change.flush()
        present = [entry for one in held_entries.entry_ids if (entry := by_id(self._database, Entry, one)) is not None]
        if not present:
            return
        changed = {change.key: change.new for change in changes}
        first, *others = present
        values: dict[str, object] = {key: changed[key] for key in ENTRY_FIELDS if key in changed}
        if applicant.received_at is not None and (first.applied_at is None or applicant.received_at < first.applied_at):
            values["applied_at"] = applicant.received_at
        if set(changed) == {APPLIED_AT_KEY}:
            self._change.update(Entry, first.id, **values)
            return
        if first.state.is_out:
            values |= {"state": "申込", "moved_to": None}
        if first.state.is_out or ABSENCE_KEY in changed:
            values |= {"absent_told_at": None, "absent_note": ""}
        if first.state == "補欠" and first.waiting_order is None:
            values["waiting_order"] = first.waiting_before
        if applicant.doubtful:
            values["doubtful"] = applicant.doubtful
        said = {key: changed[key] for key in ("name", "furigana") if key in changed}
        if first.person_id is not None and said:
            self._change.update(Person, first.person_id, **said)
        self._add_contacts(applicant.facts, first.person_id, application_id)
        self._add_deputy(applicant.facts, application_id, first.application_id or application_id)
        values |= _added_words(first, applicant)
        reopen_care(self._change, self._database, first, changed.get("care", ""))
        self._change.update(Entry, first.id, application_id=application_id, **values)
        for other in others:
            self._change.update(Entry, other.id, application_id=application_id)
        later = replace(first, application_id=application_id, applied_at=applicant.received_at or first.applied_at)
        made = []
        wanted = sum(not entry.state.is_out for entry in others)
        if COMPANIONS in changed:
            made = self._match_companions(later, others, applicant, changed[COMPANIONS].split("、"))
            self._change.flush()
            others = [
                one for entry in (*(one.id for one in others), *made) if (one := by_id(self._database, Entry, entry))
            ]
        if not changed.keys().isdisjoint({COMPANIONS, "people"}):
            wanted = int(changed["people"].removesuffix("人")) - 1 if "people" in changed else wanted
            made += self.match_other_entries(later, others, wanted)
        held_entries.planned_ids.extend(made)

    def _match_companions(
        self, main_entry: Entry, others: Iterable[Entry], applicant: Applicant, names: Iterable[str]
    ) -> list[int]:
        """Give each of ``names`` a place and set who is not among them to 辞退; return the places added.

        Nobody who came is changed.
        """
        coming = {name_key(name): name for name in names if name}
        unnamed, made = [], []
        for entry in others:
            person = by_id(self._database, Person, entry.person_id)
            if person is None:
                unnamed += [] if entry.state.is_out or entry.attendance.is_present else [entry.id]
            elif coming.pop(name_key(person.name), ""):
                if entry.state.is_out:
                    self._change.update(Entry, entry.id, state=EntryState.APPLIED, moved_to=None)
            elif not entry.state.is_out and not entry.attendance.is_present:
                self._change.update(Entry, entry.id, **withdrawal(entry))
        for name in coming.values():
            if not unnamed:
                unnamed = self._add_unnamed_entries(main_entry, 1)
                made += unnamed
            self._change.update(Entry, unnamed.pop(0), person_id=self._add_companion(applicant, name))
        return made

    def match_other_entries(self, main_entry: Entry, others: list[Entry], wanted: int) -> list[int]:
        """Add unnamed places, or set some to 辞退, so that ``wanted`` come besides the applicant; return those added.

        Places with a name never change, nor those of people who came.
        """
        open_places = [entry for entry in others if not entry.state.is_out]
        unnamed = [entry for entry in open_places if entry.person_id is None and not entry.attendance.is_present]
        surplus = len(open_places) - wanted
        for entry in reversed(unnamed[max(0, len(unnamed) - surplus) :] if surplus > 0 else []):
            self._change.update(Entry, entry.id, **withdrawal(entry))
        return self._add_unnamed_entries(main_entry, -surplus)

    def _add_unnamed_entries(
        self, main_entry: Entry, number: int, *, state: EntryState = EntryState.APPLIED
    ) -> list[int]:
        """Add places without a name and return their ids; the applicant's 配慮 is not assumed for them."""
        if number <= 0:
            return []
        blank = replace(
            copy_as_new_entry(main_entry),
            person_id=None,
            role="",
            device=Device.UNKNOWN,
            care="",
            photo=PhotoConsent.UNKNOWN,
            **NO_WORDS,
            state=state,
            doubtful="",
            note="",
        )
        return [self._change.insert(blank) for _ in range(number)]

    def _add_companion(self, applicant: Applicant, name: str) -> int:
        """Return the id of a companion's person, without contacts of his own.

        He is added to the 団体 unless exactly one person of that name is known there.
        """
        found = self._people.find(applicant.organisation_id, applicant.organisation_text, name)
        if len(found) == 1:
            return found[0]
        person = Person(organisation_id=applicant.organisation_id, name=name)
        person_id = self._change.insert(person)
        self._people.add(person_id, person, applicant.organisation_text)
        return person_id

    def _find_person(self, applicant: Applicant) -> int | None:
        """Return the id of the person of the same 団体 and 氏名, of several the one with the same number, or None.

        None without a 団体 unless the number is the same, and where a new person was asked for.
        """
        if applicant.new_person:
            return None
        found = self._people.find(applicant.organisation_id, applicant.organisation_text, applicant.facts.name)
        if not found:
            return None
        wanted = phone_key(applicant.facts.phone)
        same = [one for one in found if wanted and wanted in self._people.phones(one)]
        if same:
            return same[0]
        # A name without any 団体 does not identify a person.
        belongs = applicant.organisation_id is not None or bool(applicant.organisation_text.strip())
        return found[0] if len(found) == 1 and belongs else None

    def _add_contacts(
        self, facts: ApplicationFacts, person_id: int | None, application_id: int, *, is_new_person: bool = False
    ) -> None:
        """Add the contacts that say something else than those in force, whose day of disposal is put off if need be.

        Args:
            is_new_person: just added, so there is nothing to compare with.
        """
        known = []
        if person_id and not is_new_person:
            self._change.flush()
            known = organisations.contacts_of_person(self._database, person_id)
        for key, kind in CONTACT_KINDS.items():
            if not (value := getattr(facts, key)).strip():
                continue
            if (same := repeated_contact(known, kind, value) if known else None) is None:
                told = Contact(
                    person_id=person_id,
                    application_id=application_id,
                    kind=kind,
                    value=value,
                    purpose=self._rule.purpose,
                    dispose_on=self._rule.dispose_on,
                )
                if known:
                    add_contact(self._change, known, told, self._day)
                else:
                    self._change.insert(told)
            elif same.dispose_on and self._rule.dispose_on and same.dispose_on < self._rule.dispose_on:
                self._change.update(Contact, same.id, dispose_on=self._rule.dispose_on)

    def _add_deputy(self, facts: ApplicationFacts, application_id: int, earlier_id: int = 0) -> None:
        """Add the telephone of the contact person (連絡担当) to the application; without one that of the earlier one.

        The name stands in the note of the contact: it is no person of the register. The earlier application keeps it,
        as it may have places in other events.
        """
        known = self._contacts_without_person(application_id) if earlier_id else []
        if facts.contact_phone.strip():
            told = Contact(
                application_id=application_id,
                kind=ContactKind.PHONE,
                value=facts.contact_phone,
                purpose=self._rule.purpose,
                dispose_on=self._rule.dispose_on,
                note=join_nonempty(DEPUTY, facts.contact_name.rstrip()),
            )
            # A row with two wishes that are both known writes its application once.
            if all((one.value, one.note) != (told.value, told.note) for one in known):
                self._change.insert(told)
        elif earlier_id not in (0, application_id) and not known:
            for one in self._contacts_without_person(earlier_id):
                self._change.insert(one, id=0, application_id=application_id)

    def _contacts_without_person(self, application_id: int) -> list[Contact]:
        return rows(self._database, Contact, application_id=application_id, person_id=None)


def reopen_care(change: Change, database: Database, entry: Entry, care: str) -> bool:
    """Delete inside ``change`` the 手配不要 of an entry whose 配慮 says something else now.

    Returned is whether there was one: what was reviewed was the 配慮 before.
    """
    if not care.strip() or care.strip() == entry.care.strip():
        return False
    reviewed = [
        one
        for one in roster.arrangements(database, entry.event_id)
        if one.entry_id == entry.id and one.content == NO_ARRANGEMENT_NEEDED
    ]
    for one in reviewed:
        change.delete(Arrangement, one.id)
    return bool(reviewed)


def standing_arrangements_text(database: Database, event_id: int, entry_ids: Collection[int]) -> str:
    """Return a sentence on what is still arranged for people who do not come, by kind; "" for nothing."""
    kinds = [
        one.kind
        for one in roster.arrangements(database, event_id)
        if one.entry_id in entry_ids and one.content != NO_ARRANGEMENT_NEEDED
    ]
    named = "・".join(dict.fromkeys(kinds))
    return fill_nonempty("手配（{}）は残っています。要らなくなったときは、手配先にも取消しを伝えてください。", named)


def close_waitlist_gaps(change: Change, database: Database, event_ids: Iterable[int]) -> None:
    """Renumber inside ``change`` the 補欠 of events in which some may have become 辞退."""
    change.flush()
    for event_id in event_ids:
        for entry_id, order in renumbered_waitlist(roster.entries(database, event_id)).items():
            change.update(Entry, entry_id, waiting_order=order)
