"""Judges the rows of a file of applications one by one: against the register, the places of an event, and
each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from app.calendar.whole_days import clock_words, is_whole_day
from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.events.applications.intake.application_rows import ApplicationRow, ApplicationTable
from app.subjects.events.applications.rules import (
    ApplicationChange,
    Outcome,
    changes_between,
    is_later,
    merged,
)
from app.subjects.events.applications.services.application_keys import KnownRows, TextsBefore
from app.subjects.events.applications.services.application_misreadings import STATE, Misreadings
from app.subjects.events.applications.services.application_misreadings import said as said_of_misreading
from app.subjects.events.applications.services.application_places import (
    Places,
    TakenPlace,
    facts_to_compare,
    same_organisation,
)
from app.subjects.events.applications.services.application_preview import AS_DECLINED, Mend, PreviewRow
from app.subjects.events.applications.services.application_reading import (
    ApplicationRowReader,
    ReadRow,
    WishedEvents,
    Wishes,
)
from app.subjects.events.applications.services.application_writing import APPLIED, Applicant
from app.subjects.organisations.register.services.known_ways import KnownPeople, phone_key
from db.fast_dataclass import fast_dataclass
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.applications import Application
from db.store import Store
from db.tables import applications as table
from db.tables import organisations

StepKind = Literal["新規", "更新", "重複", "取下げ", "読み直し"]


@fast_dataclass
@frozen_record
class JudgedPlace:
    """What one row does in one event: to ``place``, with ``changes`` for 更新; ``why`` in words for the row.

    ``doubts`` ask a person to decide; ``other_person`` True = somebody of the same name who is not the one known.
    """

    kind: StepKind
    place: TakenPlace
    changes: tuple[ApplicationChange, ...] = ()
    why: str = ""
    doubts: tuple[str, ...] = ()
    other_person: bool = False


class Comparing:
    """Compares rows with the places of the events and with the people of the register."""

    def __init__(self, places: Places, people: KnownPeople) -> None:
        self._places = places
        self._people = people
        self._waiting: dict[tuple[int, str], list[TakenPlace]] = {}

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

    def brought_by(self, known: Application, event_id: int) -> TakenPlace | None:
        """The place that stems from one application and still goes by what it said, or None."""
        return self._places.of_application(event_id, known.id)

    def held(self, read: ReadRow, event_id: int, *, gone_too: bool = False) -> TakenPlace | None:
        """Return the place that the same person holds in an event, or None."""
        for place in self._places.same_name(event_id, read.applicant.name):
            if self._same_person(place, read) and (gone_too or not place.gone):
                return place
        return None

    def compare(self, read: ReadRow, event_id: int) -> JudgedPlace:
        """Return what the row does in one event."""
        others: list[JudgedPlace] = []
        for place in self._places.same_name(event_id, read.applicant.name):
            if self._same_person(place, read):
                return self._again(place, read)
            others += self._alike(place, read)
        new = TakenPlace(
            event_id=event_id,
            organisation_id=read.applicant.organisation_id,
            organisation_text=read.registered_name or read.applicant.organisation_text,
            name=read.applicant.name,
            facts=read.applicant.facts,
            latest=read.applicant.received_at,
            first_line=read.row.place,
        )
        if not others:
            return JudgedPlace(kind="新規", place=new, doubts=self._in_register(read))
        return JudgedPlace(
            kind="新規",
            place=new,
            doubts=tuple(dict.fromkeys(doubt for step in others for doubt in step.doubts)),
            other_person=any(one.other_person for one in others),
        )

    def add(self, place: TakenPlace, read: ReadRow) -> None:
        """Note the place that a row will make, for the rows after it."""
        phone = phone_key(read.applicant.facts.phone)
        place.phones = {phone} if phone else set()
        self._places.add(place)

    def wait(self, place: TakenPlace, read: ReadRow) -> None:
        """Note the place that a row would make if somebody took it in: it is not decided yet."""
        phone = phone_key(read.applicant.facts.phone)
        place.phones = {phone} if phone else set()
        self._waiting.setdefault((place.event_id, name_key(place.name)), []).append(place)

    def waiting(self, read: ReadRow, event_id: int) -> TakenPlace | None:
        """The place of the same person that a row before this one would make, or None."""
        held = self._waiting.get((event_id, name_key(read.applicant.name)), ()) if self._waiting else ()
        return next((place for place in held if self._same_person(place, read)), None)

    def _same_person(self, place: TakenPlace, read: ReadRow) -> bool:
        """The same 団体 and 氏名, and no other telephone number; without any 団体 the number has to be the same."""
        phone = phone_key(read.applicant.facts.phone)
        if _without_organisation(place, read):
            return bool(phone) and phone in place.phones
        return _same_organisation(place, read) and (not phone or not place.phones or phone in place.phones)

    def _again(self, place: TakenPlace, read: ReadRow) -> JudgedPlace:
        """The same person once more: the later application counts, the time of the first one stays."""
        who = f"{place.first_line}行目と同じ人" if place.first_line else "申込済みの人"
        received = read.applicant.received_at
        if not is_later(received, place.latest):
            applied = place.first_at or (place.entries[0].applied_at if place.entries else place.latest)
            if received is not None and applied is not None and received < applied and place.entries:
                old, new = (f"{one.month}/{one.day} {clock_words(one)}" for one in (applied, received))
                change = ApplicationChange(key=APPLIED, label="申込日時", old=old, new=new)
                why = f"{who}の、先に届いた申込。{change.words}"
                # A known time gives way to one that nobody wrote only when a person says so.
                asked = is_whole_day(received) and not is_whole_day(applied)
                doubts = (f"{who}の、先に届いた申込ですが、時刻がありません（{change.words}）",) if asked else ()
                return JudgedPlace(kind="更新", place=place, changes=(change,), why=why, doubts=doubts)
            return JudgedPlace(kind="重複", place=place, why=f"{who}の申込。あとの申込の内容を残します")
        changes = changes_between(facts_to_compare(place, read.applicant.facts), read.applicant.facts)
        if place.gone:
            state = place.entries[0].state
            doubt = f"この実施回で{state}になっている人の申込です"
            return JudgedPlace(kind="更新", place=place, changes=changes, doubts=(doubt,))
        if not changes:
            return JudgedPlace(kind="重複", place=place, why=f"{who}の、同じ内容の申込")
        return JudgedPlace(
            kind="更新", place=place, changes=changes, why=f"{who}の申込。" + "、".join(one.words for one in changes)
        )

    def _alike(self, place: TakenPlace, read: ReadRow) -> list[JudgedPlace]:
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
        return [JudgedPlace(kind="新規", place=place, doubts=(doubt,), other_person=other)] if doubt else []

    def _in_register(self, read: ReadRow) -> tuple[str, ...]:
        """Of two people of one name in one 団体 only the telephone number tells which it is."""
        applicant = read.applicant
        found = self._people.find(applicant.organisation_id, applicant.organisation_text, applicant.name)
        if len(found) < 2:
            return ()
        phone = phone_key(applicant.facts.phone)
        if any(phone and phone in self._people.phones(one) for one in found):
            return ()
        return (f"同じ団体・氏名の人が{len(found)}人、団体の名簿にいます",)


def _same_organisation(place: TakenPlace, read: ReadRow) -> bool:
    applicant = read.applicant
    return same_organisation(place, applicant.organisation_id, applicant.organisation_text, read.registered_name)


def _without_organisation(place: TakenPlace, read: ReadRow) -> bool:
    """Whether nothing says that both belong to one 団体 or to two: neither names one, or the file has no
    such column."""
    ours = read.applicant.organisation_id or read.applicant.organisation_text.strip()
    theirs = place.organisation_id or place.organisation_text.strip()
    return not ours and (not theirs or not read.asks_organisation)


_AS_IT_IS = Mend()
DECLINES = "辞退として名簿に載せます（参加者には数えません）"
REMOVED = "手で「取り込まない」にしました"
ERASED = "この実施回の名簿は、保つ期間が終わり消去しました。取り込むと、名前が戻ります"


@fast_dataclass
@frozen_record
class JudgedRow:
    """One row with what it is to write: nothing when ``steps`` is empty.

    ``application`` is the row as it will be kept, ``known`` the one kept already (the same row was taken in for
    another event before).
    """

    shown: PreviewRow
    application: Application | None = None
    known: Application | None = None
    applicant: Applicant | None = None
    steps: tuple[JudgedPlace, ...] = ()


class RowJudge:
    """Goes through the rows in the order of arrival and remembers what each would change for those after it."""

    def __init__(
        self,
        store: Store,
        file: ForeignFile,
        rows: ApplicationTable,
        fields: Mapping[int, str],
        wishes: Wishes,
        mends: Mapping[int, Mend],
        *,
        include_doubtful: bool,
        before: TextsBefore,
    ) -> None:
        """``fields`` column number to field, ``mends`` row to what a clerk set right, ``before`` the texts by which
        rows were known to the reading of before."""
        registered = organisations.everything(store.database)
        self._wishes = wishes
        self._mends = mends
        self._include_doubtful = include_doubtful
        self._known = KnownRows(store, rows.rows, before)
        self._misreadings = Misreadings(store.database, fields.values())
        self._reader = ApplicationRowReader(registered, fields, file.source)
        self.unlisted = self._reader.look_at(rows.rows, table.organisation_names_written(store.database))
        """What is said once of 団体 that the register does not know."""
        by_wishes = {row.wishes: row for row in rows.rows}
        wanted = {event_id for row in by_wishes.values() for event_id in wishes.of(row).event_ids}
        places = Places(store.database, sorted(wanted), {one.id: one.name for one in registered})
        self._erased = set(table.erased_events(store.database)) & wanted
        self._comparing = Comparing(places, KnownPeople(store.database))
        self.asked_nothing: set[int] = set()
        """Rows of which nothing has to be answered: taken in already, left out by hand, or of no event here."""

    def compared(self) -> tuple[int, ...]:
        """The imports by the reading of before with nothing left to decide about, once all rows are judged."""
        return self._misreadings.compared()

    def judge(self, rows: Sequence[ApplicationRow]) -> tuple[JudgedRow, ...]:
        """Return every row judged, in the order given."""
        return tuple(self._judge(row) for row in rows)

    def _judge(self, row: ApplicationRow) -> JudgedRow:
        mend = self._mends.get(row.row, _AS_IT_IS)
        read = self._reader.read(row, mend, self._known.key(row.row))
        known = self._known.of(row.row)
        wished = self._wishes.of(row)
        declined = mend.decision == AS_DECLINED
        held = self._held(read, wished) if declined or (row.withdrawn if known is None else read.struck) else []
        if held and mend.decision != "取り込まない" and not row.broken:
            return self._withdrawn(read, held, mend)
        if known is not None and self._comparing.settled(known, wished.event_ids, read):
            return self._taken_before(known, wished, read, mend)
        if mend.decision == "取り込まない":
            self.asked_nothing.add(row.row)
            return self._out(read, "取り込まない", REMOVED, mended=True)
        if not mend.decision and self._erased & set(wished.event_ids):
            return self._out(read, "取り込まない", ERASED)
        if row.broken or (row.withdrawn and not declined) or wished.left_out:
            return self._stays_out(read, wished)
        return self._compare(read, wished, mend, known)

    def _stays_out(self, read: ReadRow, wished: WishedEvents) -> JudgedRow:
        """A row that belongs to no roster by itself, with why."""
        if read.row.broken:
            words = f"{read.doubts_words}。読み違えるおそれがあるため、取り込みません"
            return self._out(read, "取り込まない", words, importable=False)
        if wished.left_out:
            self.asked_nothing.add(read.row.row)
            # What is doubtful in the row is said all the same: it concerns the other events too.
            return self._out(read, "取り込まない", _said([wished.left_out, *read.doubts]), importable=False)
        return self._out(read, "取り込まない", "状態が「取下げ」の申込")

    def _compare(self, read: ReadRow, wished: WishedEvents, mend: Mend, known: Application | None) -> JudgedRow:
        steps = [self._comparing.compare(read, event_id) for event_id in wished.event_ids]
        doubts = [*read.doubts, *wished.doubts]
        other_person = False
        for step in steps:
            other_person = other_person or step.other_person
            if step.doubts:
                doubts += [doubt for doubt in step.doubts if doubt not in doubts]
        for step in steps:
            if step.kind == "新規" and (before := self._comparing.waiting(read, step.place.event_id)) is not None:
                again = f"{before.first_line}行目と同じ人の申込です（{before.first_line}行目は、まだ決まっていません）"
                doubts += [again] if again not in doubts else []
        declined = mend.decision == AS_DECLINED
        decided = (
            (declined or mend.decision == "取り込む")
            and not read.blocked
            and (not read.numbered or bool(mend.reason.strip()))
        )
        doubts += [read.blocked] if read.blocked and read.blocked not in doubts else []
        if wished.event_ids and not doubts and all(step.kind == "重複" for step in steps):
            return self._out(
                read,
                "重複",
                _said(step.why for step in steps),
                event_ids=wished.event_ids,
                people=max(step.place.facts.people for step in steps),
            )
        doubtful = bool(doubts) and not decided
        taken = bool(wished.event_ids) and (not doubtful or (self._include_doubtful and not read.alone))
        outcome: Outcome = "確認が必要" if doubtful else _outcome(steps)
        writing = tuple([step for step in steps if step.kind != "重複"]) if taken else ()
        applicant = read.applicant
        if doubtful or other_person or declined:
            applicant = replace(
                applicant,
                declined=declined,
                doubtful="　".join(doubts) if doubtful else "",
                new_person=applicant.new_person or other_person,
            )
        if declined:
            pass  # Nobody takes the place: who applies once more later is new.
        elif taken:
            self._note(read, writing)
        elif not read.struck and read.applicant.name.strip():
            for step in steps:
                if step.kind == "新規":
                    self._comparing.wait(step.place, read)
        changed = {change.key: change for step in steps for change in step.changes} if outcome == "更新" else {}
        why = (
            doubts
            if doubtful
            else [*([DECLINES] if declined else []), *doubts, *[step.why for step in steps if step.kind != "新規"]]
        )
        shown = self._shown(
            read,
            outcome,
            reason=_said(why) if why else "",
            note="　".join(read.notes) if read.notes else "",
            event_ids=wished.event_ids,
            changes=tuple(changed.values()) if changed else (),
            mended=mend is not _AS_IT_IS and mend != _AS_IT_IS,
            importable=bool(wished.event_ids),
            taken=taken and bool(writing),
            new_places=sum([_new_places(step, applicant) for step in writing]),
            people=max((step.place.facts.people for step in steps if step.kind == "更新"), default=0),
        )
        over = [step.place for step in writing if step.kind == "更新" and _takes_over(step)]
        application = self._reader.carried(read, over[0] if over and len(over) == len(writing) else None)
        application = replace(application, withdrawn=True) if declined else application
        return JudgedRow(shown=shown, application=application, known=known, applicant=applicant, steps=writing)

    def _taken_before(self, known: Application, wished: WishedEvents, read: ReadRow, mend: Mend) -> JudgedRow:
        """A row that is there already: nothing to do, or to be decided where it is read otherwise today."""
        misread = self._misread(known, wished, read)
        if misread is not None and mend.decision != "取り込まない":
            return self._suspected(known, misread, read, mend)
        self._misreadings.meet(known)
        self.asked_nothing.add(read.row.row)
        number = f"受付番号 {read.row.receipt_number} は" if read.row.receipt_number else "この申込は"
        return self._out(read, "重複", f"{number}取込み済み")

    def _misread(self, known: Application, wished: WishedEvents, read: ReadRow) -> JudgedPlace | None:
        """The place of a row taken in before with what today's reading says otherwise of it, or None."""
        if read.row.broken or self._erased & set(wished.event_ids):
            return None
        whole = self._known.by_reading_of_before(read.row.row)
        for event_id in wished.event_ids:
            place = self._comparing.brought_by(known, event_id)
            changes = self._misreadings.of(known, place, read, whole=whole) if place is not None else ()
            if place is not None and changes:
                return JudgedPlace(kind="読み直し", place=place, changes=changes)
        return None

    def _suspected(self, known: Application, step: JudgedPlace, read: ReadRow, mend: Mend) -> JudgedRow:
        """A row that is neither new nor changed: it was read otherwise when it was taken in."""
        decided = mend.decision == "取り込む" and not read.blocked
        self._misreadings.meet(known, open_still=not decided)
        reason = _said([said_of_misreading(step.changes), *read.doubts, read.blocked])
        if not decided:
            return self._out(read, "確認が必要", reason, changes=step.changes, alone=True)
        if any(change.key == STATE for change in step.changes):
            step = replace(step, kind="取下げ")
        shown = self._shown(read, "更新", reason=reason, changes=step.changes, taken=True, mended=True)
        return JudgedRow(
            shown=shown, application=read.application, known=known, applicant=read.applicant, steps=(step,)
        )

    def _held(self, read: ReadRow, wished: WishedEvents) -> list[TakenPlace]:
        """The places that its person has from before."""
        return [place for event_id in wished.event_ids if (place := self._comparing.held(read, event_id))]

    def _withdrawn(self, read: ReadRow, held: Sequence[TakenPlace], mend: Mend) -> JudgedRow:
        """An application taken back, or struck out, whose person stands on a roster from before."""
        why = (
            "前に取り込んだ申込が、取下げになっています"
            if read.row.withdrawn
            else "前に取り込んだ申込に、取消線が引かれています"
        )
        if not mend.decision:
            return self._out(read, "確認が必要", f"{why}。取り込むと名簿で辞退になります", mended=False)
        steps = tuple(JudgedPlace(kind="取下げ", place=place) for place in held)
        shown = self._shown(read, "更新", reason="取下げ。名簿で辞退にします", taken=True, mended=True)
        return JudgedRow(shown=shown, applicant=read.applicant, steps=steps)

    def _note(self, read: ReadRow, steps: Sequence[JudgedPlace]) -> None:
        """Let the rows after this one meet what it would write."""
        for step in steps:
            if step.kind == "新規":
                self._comparing.add(step.place, read)
            elif step.kind == "更新" and not _takes_over(step):
                step.place.first_at = read.applicant.received_at
            elif step.kind == "更新":
                step.place.facts = merged(step.place.facts, read.applicant.facts)
                step.place.latest = read.applicant.received_at or step.place.latest
                step.place.first_line = read.row.place

    def _out(
        self,
        read: ReadRow,
        outcome: Outcome,
        reason: str,
        *,
        importable: bool = True,
        mended: bool = False,
        event_ids: tuple[int, ...] = (),
        people: int = 0,
        changes: tuple[ApplicationChange, ...] = (),
        alone: bool = False,
    ) -> JudgedRow:
        """A row that writes nothing."""
        shown = self._shown(
            read,
            outcome,
            reason=reason,
            note="　".join(read.notes),
            importable=importable,
            mended=mended,
            event_ids=event_ids,
            people=people,
            changes=changes,
            alone=alone,
        )
        return JudgedRow(shown=shown)

    def _shown(
        self,
        read: ReadRow,
        outcome: Outcome,
        *,
        reason: str,
        note: str = "",
        event_ids: tuple[int, ...] = (),
        changes: tuple[ApplicationChange, ...] = (),
        mended: bool = False,
        importable: bool = True,
        taken: bool = False,
        new_places: int = 0,
        people: int = 0,
        alone: bool = False,
    ) -> PreviewRow:
        row, applicant = read.row, read.applicant
        return PreviewRow(
            row=row.row,
            line=row.place,
            outcome=outcome,
            reason=reason,
            note=note,
            received_at=applicant.received_at,
            date_only=row.date_only,
            way=applicant.way,
            receipt_number=row.receipt_number,
            organisation_text=applicant.organisation_text,
            organisation=read.organisation,
            near=read.near,
            name=applicant.name,
            furigana=applicant.furigana,
            role=applicant.facts.role,
            device=applicant.facts.device,
            device_text=read.device_text,
            photo=read.row.photo,
            people=applicant.facts.people_after(people),
            people_text=row.values.get("people", ""),
            care=applicant.facts.care,
            phone=applicant.facts.phone,
            wishes=row.wishes,
            event_ids=event_ids,
            new_places=new_places,
            changes=changes,
            mended=mended,
            importable=importable,
            taken=taken,
            odd_fields=read.odd_fields,
            alone=alone or read.alone,
            numbered=read.numbered,
            companions=applicant.companions,
        )


def _outcome(steps: Sequence[JudgedPlace]) -> Outcome:
    kinds = {step.kind for step in steps}
    return "新規" if "新規" in kinds else "更新" if "更新" in kinds else "重複"


def _takes_over(step: JudgedPlace) -> bool:
    """Whether the place is that of the later application from now on; one that only came first leaves it as it is."""
    return any(change.key != APPLIED for change in step.changes) or step.place.gone


def _new_places(step: JudgedPlace, applicant: Applicant) -> int:
    if applicant.declined:
        return 0
    if step.kind == "新規":
        return applicant.facts.people
    people = next((change for change in step.changes if change.key == "people"), None)
    return max(0, applicant.facts.people - int(people.old.removesuffix("人"))) if people else 0


def _said(parts: Iterable[str]) -> str:
    return "　".join(dict.fromkeys(part for part in parts if part))
