"""Holds an application against the places of an event: a new one, a change of an earlier one, or the same again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.subjects.applications.rules.application_changes import FieldChange, changes_between, is_later
from app.subjects.applications.services.application_places import Place, Places, facts_to_compare, same_organisation
from app.subjects.applications.services.application_reading import ReadRow
from app.subjects.applications.services.application_writing import APPLIED
from app.subjects.register.services.known_ways import KnownPeople, phone_key
from db.records.applications import Application

StepKind = Literal["新規", "更新", "重複", "取下げ"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one row does in one event: to ``place``, with ``changes`` for 更新; ``why`` in words for the row.

    ``doubts`` ask a person to decide; ``other_person`` True = somebody of the same name who is not the one known.
    """

    kind: StepKind
    place: Place
    changes: tuple[FieldChange, ...] = ()
    why: str = ""
    doubts: tuple[str, ...] = ()
    other_person: bool = False


class Comparing:
    """Compares rows with the places of the events and with the people of the register."""

    def __init__(self, places: Places, people: KnownPeople) -> None:
        self._places = places
        self._people = people

    def settled(self, known: Application, event_ids: Iterable[int], read: ReadRow) -> bool:
        """Whether a row taken in before has nothing left to do in these events."""
        return all(self._settled_in(known, event_id, read) for event_id in event_ids)

    def _settled_in(self, known: Application, event_id: int, read: ReadRow) -> bool:
        if self._places.of_application(event_id, known.id) is not None:
            return True
        place = self.held(read, event_id, gone_too=True)
        if place is None:
            return False
        # A later application of the same person counts; this one was taken over by it, or never had a time.
        return known.received_at is None or place.latest is None or place.latest >= known.received_at

    def held(self, read: ReadRow, event_id: int, *, gone_too: bool = False) -> Place | None:
        """Return the place that the same person holds in an event, or None."""
        for place in self._places.same_name(event_id, read.applicant.name):
            if self._same_person(place, read) and (gone_too or not place.gone):
                return place
        return None

    def compare(self, read: ReadRow, event_id: int) -> Step:
        """Return what the row does in one event."""
        others: list[Step] = []
        for place in self._places.same_name(event_id, read.applicant.name):
            if self._same_person(place, read):
                return self._again(place, read)
            others += self._alike(place, read)
        new = Place(
            event_id=event_id,
            organisation_id=read.applicant.organisation_id,
            organisation_text=read.registered_name or read.applicant.organisation_text,
            name=read.applicant.name,
            facts=read.applicant.facts,
            latest=read.applicant.received_at,
            first_line=read.row.place,
        )
        doubts = [doubt for step in others for doubt in step.doubts] or self._in_register(read)
        return Step(
            kind="新規",
            place=new,
            doubts=tuple(dict.fromkeys(doubts)),
            other_person=any(one.other_person for one in others),
        )

    def add(self, place: Place, read: ReadRow) -> None:
        """Note the place that a row will make, for the rows after it."""
        place.phones = {phone_key(read.applicant.facts.phone)} - {""}
        self._places.add(place)

    def _same_person(self, place: Place, read: ReadRow) -> bool:
        """The same 団体 and 氏名, and no other telephone number; without any 団体 the number has to be the same."""
        phone = phone_key(read.applicant.facts.phone)
        if _without_organisation(place, read):
            return bool(phone) and phone in place.phones
        return _same_organisation(place, read) and (not phone or not place.phones or phone in place.phones)

    def _again(self, place: Place, read: ReadRow) -> Step:
        """The same person once more: the later application counts, the time of the first one stays."""
        who = f"{place.first_line}行目と同じ人" if place.first_line else "申込済みの人"
        received = read.applicant.received_at
        if not is_later(received, place.latest):
            applied = place.entries[0].applied_at if place.entries else place.latest
            if received is not None and applied is not None and received < applied and place.entries:
                old, new = (f"{one.month}/{one.day} {one:%H:%M}" for one in (applied, received))
                change = FieldChange(key=APPLIED, label="申込日時", old=old, new=new)
                return Step(kind="更新", place=place, changes=(change,), why=f"{who}の、先に届いた申込。{change.words}")
            return Step(kind="重複", place=place, why=f"{who}の申込。あとの申込の内容を残します")
        changes = changes_between(facts_to_compare(place, read.applicant.facts), read.applicant.facts)
        if place.gone:
            state = place.entries[0].state
            doubt = f"この実施回で{state}になっている人の申込です"
            return Step(kind="更新", place=place, changes=changes, doubts=(doubt,))
        if not changes:
            return Step(kind="重複", place=place, why=f"{who}の、同じ内容の申込")
        return Step(
            kind="更新", place=place, changes=changes, why=f"{who}の申込。" + "、".join(one.words for one in changes)
        )

    def _alike(self, place: Place, read: ReadRow) -> list[Step]:
        """The same name in another 団体 or with another telephone number: never one person without being asked."""
        where = f"{place.first_line}行目に" if place.first_line else "名簿に"
        phone = phone_key(read.applicant.facts.phone)
        doubt = ""
        if _without_organisation(place, read) and not (phone and place.phones):
            doubt = f"{where}、同じ氏名の申込があります（団体名がなく、同じ人か決められません）"
        elif _same_organisation(place, read):
            doubt = f"{where}、同じ団体・氏名で電話番号の違う申込があります"
        elif phone and phone in place.phones:
            doubt = f"{where}、同じ氏名・電話番号で団体の違う申込があります"
        other = _same_organisation(place, read)
        return [Step(kind="新規", place=place, doubts=(doubt,), other_person=other)] if doubt else []

    def _in_register(self, read: ReadRow) -> list[str]:
        """Of two people of one name in one 団体 only the telephone number tells which it is."""
        applicant = read.applicant
        found = self._people.find(applicant.organisation_id, applicant.organisation_text, applicant.name)
        phone = phone_key(applicant.facts.phone)
        if len(found) < 2 or any(phone and phone in self._people.phones(one.id) for one in found):
            return []
        return [f"同じ団体・氏名の人が{len(found)}人、団体の名簿にいます"]


def _same_organisation(place: Place, read: ReadRow) -> bool:
    applicant = read.applicant
    return same_organisation(place, applicant.organisation_id, applicant.organisation_text, read.registered_name)


def _without_organisation(place: Place, read: ReadRow) -> bool:
    """Whether neither says which 団体 it belongs to."""
    ours, theirs = read.applicant, place
    return not any(
        (ours.organisation_id, ours.organisation_text.strip(), theirs.organisation_id, theirs.organisation_text.strip())
    )
