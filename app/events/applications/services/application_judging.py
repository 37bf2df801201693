"""Judges the rows of an application file one by one, against the register, the places of an event and each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Literal

from app.calendar.date_only_moments import clock_words_if_timed, is_date_only
from app.events.applications.intake.application_answers import INCLUDE_ASKED
from app.events.applications.intake.application_rows import ApplicationRow, ApplicationTable
from app.events.applications.intake.unclear_answers import AnswerKey
from app.events.applications.rules import (
    ENTRY_FIELDS,
    EXTRA_FIELDS,
    ApplicationChange,
    ApplicationFacts,
    Outcome,
    changes_between,
    is_later,
    merge_facts,
)
from app.events.applications.services.application_entries import (
    EventEntries,
    HeldEntries,
    facts_to_compare,
    is_same_organisation,
)
from app.events.applications.services.application_keys import EarlierTexts, ImportedRows
from app.events.applications.services.application_misreadings import STATE, Misreadings
from app.events.applications.services.application_misreadings import misreading_question as said_of_misreading
from app.events.applications.services.application_preview import IMPORT_AS_DECLINED, PreviewRow, RowCorrection
from app.events.applications.services.application_reading import (
    ApplicationRowReader,
    ReadRow,
    WishedEvents,
    WishMatching,
)
from app.events.applications.services.application_writing import ABSENCE_KEY, APPLIED_AT_KEY, Applicant
from app.foreign_files.foreign_shape import ForeignFile
from app.registers.register.services.registered_people import RegisteredPeople, phone_key
from db.mapping import TABLE_OF
from db.name_key import name_key
from db.record import record
from db.records.applications import Application
from db.records.organisations import Person
from db.records.roster import Entry, PhotoConsent
from db.rows import rows as rows_of
from db.store import Store
from db.tables import applications as table
from db.tables import organisations
from db.tables.journal import deleted_images

EntryActionKind = Literal["新規", "更新", "重複", "取下げ", "読み直し"]


@record
class EntryAction:
    """What one row of a file does to the places of its applicant in one event.

    Attributes:
        kind: 新規 adds places, 更新 changes them, 取下げ sets them to 辞退, 重複 does nothing, 読み直し corrects what
            an earlier import read otherwise.
        held_entries: the places held already; for 新規 those that the row will make.
        changes: for 更新 and 読み直し.
        reason: in words for the row.
        doubts: questions that a clerk has to decide.
        other_person: somebody of the same name as a known person, who is not that person.
        kept: what the application says otherwise than the ward put it right by hand, which stays.
        decide_singly: no checkbox for all rows decides it.
    """

    kind: EntryActionKind
    held_entries: HeldEntries
    changes: tuple[ApplicationChange, ...] = ()
    reason: str = ""
    doubts: tuple[str, ...] = ()
    other_person: bool = False
    kept: tuple[ApplicationChange, ...] = ()
    decide_singly: bool = False


class RowComparison:
    """Compares rows with the places of the events, also those that rows before them will make, and with the register.

    It changes nothing that is stored.
    """

    def __init__(self, places: EventEntries, people: RegisteredPeople, misreadings: Misreadings):
        self._places = places
        self._people = people
        self._misreadings = misreadings
        self._waiting: dict[tuple[int, str], list[HeldEntries]] = {}

    def is_settled(self, known: Application, event_ids: Iterable[int], read: ReadRow) -> bool:
        """Return whether a row imported before has nothing left to do in these events."""
        return all(self._is_settled_in(known, event_id, read) for event_id in event_ids)

    def _is_settled_in(self, known: Application, event_id: int, read: ReadRow) -> bool:
        """Return whether the application has its place in the event, or the person has one by an application not older.

        A given-up place counts, and so does one where either time of receipt is missing.
        """
        if self._places.held_by_application(event_id, known.id) is not None:
            return True
        place = self.find_held(read, event_id, include_given_up=True)
        if place is None:
            return False
        # A later application of the same person counts; this one was replaced by it, or never had a time.
        return (
            known.received_at is None
            or place.latest_received_at is None
            or place.latest_received_at >= known.received_at
        )

    def entries_from(self, known: Application, event_id: int) -> HeldEntries | None:
        """Return the place that stems from one application and still has its data, or None."""
        return self._places.held_by_application(event_id, known.id)

    def find_held(self, read: ReadRow, event_id: int, *, include_given_up: bool = False) -> HeldEntries | None:
        """Return the first place that the same person holds in an event, or None; one given up only if asked for."""
        for place in self._places.held_under_name(event_id, read.applicant.facts.name):
            if self._is_same_person(place, read) and (include_given_up or not place.is_given_up):
                return place
        return None

    def compare(self, read: ReadRow, event_id: int) -> EntryAction:
        """Return what a row does in an event: 更新 or 重複 where the same person holds a place, else 新規.

        A place given up (辞退, 落選) counts, with a doubt if the row is the later application. 新規 has doubts if
        somebody is similar.
        """
        others = []
        for place in self._places.held_under_name(event_id, read.applicant.facts.name):
            if self._is_same_person(place, read):
                return self._repeated_application(place, read)
            others += self._similar_people(place, read)
        new = HeldEntries(
            event_id=event_id,
            organisation_id=read.applicant.organisation_id,
            organisation_text=read.registered_name or read.applicant.organisation_text,
            name=read.applicant.facts.name,
            facts=read.applicant.facts,
            latest_received_at=read.applicant.received_at,
            first_line=read.row.source_line,
        )
        if not others:
            return EntryAction(kind="新規", held_entries=new, doubts=self._register_doubts(read))
        return EntryAction(
            kind="新規",
            held_entries=new,
            doubts=tuple(dict.fromkeys(doubt for step in others for doubt in step.doubts)),
            other_person=any(one.other_person for one in others),
        )

    def add_planned(self, held_entries: HeldEntries) -> None:
        """Add the place that a row will make, for the rows after it."""
        self._places.add_planned(held_entries)

    def add_pending(self, held_entries: HeldEntries) -> None:
        """Add the undecided place that a row would make if it were imported."""
        self._waiting.setdefault((held_entries.event_id, name_key(held_entries.name)), []).append(held_entries)

    def find_pending(self, read: ReadRow, event_id: int) -> HeldEntries | None:
        """Return the place of the same person that an earlier row would make, or None."""
        held = self._waiting.get((event_id, name_key(read.applicant.facts.name)), ()) if self._waiting else ()
        return next((place for place in held if self._is_same_person(place, read)), None)

    def _is_same_person(self, held_entries: HeldEntries, read: ReadRow) -> bool:
        """Return whether 団体 and 氏名 are equal and the telephone numbers do not differ.

        Without any 団体 the number has to be equal.
        """
        phone = phone_key(read.applicant.facts.phone)
        if _is_organisation_unknown(held_entries, read):
            return bool(phone) and phone in held_entries.phones
        return _is_same_organisation(held_entries, read) and (
            not phone or not held_entries.phones or phone in held_entries.phones
        )

    def _repeated_application(self, held_entries: HeldEntries, read: ReadRow) -> EntryAction:
        """Return the action of a row whose person holds ``held_entries`` already: 更新 or 重複.

        The later application counts, and the first arrival time stays: an earlier one changes only that time. A place
        given up, and one whose absence was reported before, is 更新 with a doubt.
        """
        who = f"{held_entries.first_line}行目と同じ人" if held_entries.first_line else "申込済みの人"
        received = read.applicant.received_at
        if not is_later(received, held_entries.latest_received_at):
            applied = held_entries.first_received_at or (
                held_entries.entries[0].applied_at if held_entries.entries else held_entries.latest_received_at
            )
            if received is not None and applied is not None and received < applied and held_entries.entries:
                old, new = (f"{one.month}/{one.day} {clock_words_if_timed(one)}" for one in (applied, received))
                change = ApplicationChange(key=APPLIED_AT_KEY, label="申込日時", old=old, new=new)
                why = f"{who}の、先に届いた申込。{change.words}"
                # A known time is replaced by none only when a clerk says so.
                asked = is_date_only(received) and not is_date_only(applied)
                doubts = (f"{who}の、先に届いた申込ですが、時刻がありません（{change.words}）",) if asked else ()
                return EntryAction(kind="更新", held_entries=held_entries, changes=(change,), reason=why, doubts=doubts)
            return EntryAction(
                kind="重複", held_entries=held_entries, reason=f"{who}の申込。あとの申込の内容を残します"
            )
        changes, kept = self._changes(held_entries, read.applicant.facts)
        questions = tuple(one.question for one in changes if one.question)
        step = EntryAction(
            kind="更新",
            held_entries=held_entries,
            changes=changes,
            reason=f"{who}の申込。" + "、".join(one.words for one in changes),
            doubts=questions,
            kept=kept,
            decide_singly=bool(questions),
        )
        if held_entries.is_given_up:
            state = held_entries.entries[0].state
            return replace(step, doubts=(f"この実施回で{state}になっている人の申込です", *questions))
        if held_entries.is_absence_before(received):
            coming = ApplicationChange(key=ABSENCE_KEY, label="欠席の連絡", old="あり", new="取消")
            doubt = "この実施回で欠席の連絡があった人の申込です"
            return replace(step, changes=(*changes, coming), doubts=(doubt, *questions))
        if not changes:
            return replace(step, kind="重複", reason=f"{who}の、同じ内容の申込")
        return step

    def _changes(
        self, held_entries: HeldEntries, facts: ApplicationFacts
    ) -> tuple[tuple[ApplicationChange, ...], tuple[ApplicationChange, ...]]:
        """Return what the facts change in a place, and what they do not because the ward put it right by hand.

        A no to the photo is a change all the same, and a yes to the ward's own no is asked.
        """
        found, kept = [], []
        for change in changes_between(facts_to_compare(held_entries, facts), facts):
            record: Entry | Application | None = held_entries.application if change.key in EXTRA_FIELDS else None
            if held_entries.entries and change.key in ENTRY_FIELDS:
                record = held_entries.entries[0]
            if record is None or not self._misreadings.is_by_hand(record, change.key):
                found.append(change)
            elif change.key in ("photo", "publication"):
                asked = (
                    f"{change.words}　区が記録した{change.label}の可否と違います"
                    if PhotoConsent(change.new).is_given
                    else ""
                )
                found.append(replace(change, question=asked))
            else:
                kept.append(change)
        return tuple(found), tuple(kept)

    def _similar_people(self, held_entries: HeldEntries, read: ReadRow) -> list[EntryAction]:
        """Return one 新規 with a doubt if the holder of a place of the same name may be the row's person, else [].

        That is so where the 団体 is unknown and a number is missing, where the numbers differ in the same 団体
        (``other_person``), or the 団体 differ with the same number.
        """
        where = f"{held_entries.first_line}行目に" if held_entries.first_line else "名簿に"
        phone = phone_key(read.applicant.facts.phone)
        doubt = ""
        if _is_organisation_unknown(held_entries, read) and not (phone and held_entries.phones):
            doubt = f"{where}、同じ氏名の申込があります（団体名がなく、同じ人か決められません）"
        elif _is_same_organisation(held_entries, read):
            doubt = f"{where}、同じ団体・氏名で電話番号の違う申込があります"
        elif phone and phone in held_entries.phones:
            doubt = f"{where}、同じ氏名・電話番号で団体の違う申込があります"
        other = _is_same_organisation(held_entries, read)
        return (
            [EntryAction(kind="新規", held_entries=held_entries, doubts=(doubt,), other_person=other)] if doubt else []
        )

    def _register_doubts(self, read: ReadRow) -> tuple[str, ...]:
        """Return a doubt if two people of one 団体 have the same name and the number does not tell which is meant."""
        applicant = read.applicant
        found = self._people.find(applicant.organisation_id, applicant.organisation_text, applicant.facts.name)
        if len(found) < 2:
            return ()
        phone = phone_key(applicant.facts.phone)
        if any(phone and phone in self._people.phones(one) for one in found):
            return ()
        return (f"同じ団体・氏名の人が{len(found)}人、団体の名簿にいます",)


def _is_same_organisation(held_entries: HeldEntries, read: ReadRow) -> bool:
    """Return whether the place and the row have the same 団体, by id or by name as written or registered."""
    applicant = read.applicant
    return is_same_organisation(
        held_entries, applicant.organisation_id, applicant.organisation_text, read.registered_name
    )


def _is_organisation_unknown(held_entries: HeldEntries, read: ReadRow) -> bool:
    """Return whether it is unknown if both have the same 団体: neither names one, or the file has no such column."""
    ours = read.applicant.organisation_id or read.applicant.organisation_text.strip()
    theirs = held_entries.organisation_id or held_entries.organisation_text.strip()
    return not ours and (not theirs or not read.asks_organisation)


_NO_CORRECTION = RowCorrection()
DECLINE_NOTE = "辞退として名簿に載せます（参加者には数えません）"
REMOVED_NOTE = "手で「取り込まない」にしました"
ERASED_NOTE = "この実施回の名簿は、保つ期間が終わり消去しました。取り込むと、名前が戻ります"


@record
class JudgedRow:
    """One row of an application file with what it is to write.

    Attributes:
        application: the row as it will be stored; None = no application is written, only places become 辞退.
        known_application: the stored one, if the same row was imported before: for another event, or read otherwise.
        entry_actions: empty = nothing is written.
    """

    preview: PreviewRow
    application: Application | None = None
    known_application: Application | None = None
    applicant: Applicant | None = None
    entry_actions: tuple[EntryAction, ...] = ()


class RowJudge:
    """Judges the rows of a file one after the other, and remembers what each would change for those after it."""

    def __init__(
        self,
        store: Store,
        file: ForeignFile,
        rows: ApplicationTable,
        fields: Mapping[int, str],
        wishes: WishMatching,
        corrections: Mapping[int, RowCorrection],
        answers: Mapping[AnswerKey, str],
        *,
        include_doubtful: bool,
        earlier_texts: EarlierTexts,
    ):
        """Create a judge for the rows of a file.

        Args:
            fields: column number to field.
            corrections: the clerk's corrections by row.
            answers: the answers to questions asked once.
            include_doubtful: rows in 確認が必要 are to be written too, except those that are decided singly.
            earlier_texts: canonical texts of the rows by an earlier version of the reader.
        """
        registered = organisations.all_organisations(store.database)
        self._wishes = wishes
        self._mends = corrections
        self._include_doubtful = include_doubtful
        self._known = ImportedRows(store, rows.rows, earlier_texts)
        self._misreadings = Misreadings(store.database, fields.values())
        self._reader = ApplicationRowReader(registered, fields, file.source)
        self.unlisted = self._reader.prepare(rows.rows, table.organisation_names_written(store.database), answers)
        """Notices about 団体 that are not registered, given once."""
        self.questions = self._reader.questions
        by_wishes = {row.wishes: row for row in rows.rows}
        wanted = {event_id for row in by_wishes.values() for event_id in wishes.events_of(row).event_ids}
        places = EventEntries(store.database, sorted(wanted), {one.id: one.name for one in registered})
        self._erased = set(table.erased_events(store.database)) & wanted
        self._comparing = RowComparison(places, RegisteredPeople(store.database), self._misreadings)
        self._database = store.database
        self.asked_nothing: set[int] = set()
        """Rows without questions: imported already, left out by hand, or of no event here."""

    def compared_imports(self) -> tuple[int, ...]:
        """Return the imports of an earlier reader with nothing left to decide, once all rows are judged."""
        return self._misreadings.compared_imports()

    def judge_rows(self, rows: Sequence[ApplicationRow]) -> tuple[JudgedRow, ...]:
        """Return every row judged, in the order given, which has to be that of arrival; call it once, with all rows."""
        return tuple(self._judge_row(row) for row in rows)

    def _judge_row(self, row: ApplicationRow) -> JudgedRow:
        """Return one row judged: new, changed, repeated, doubtful or left out.

        What it will write is remembered for the rows after it.
        """
        mend = self._mends.get(row.row, _NO_CORRECTION)
        read = self._reader.read(row, mend, self._known.key(row.row))
        known = self._known.application_of_row(row.row)
        wished = self._wishes.events_of(row)
        declined = _declines(read, mend)
        withdraws = declined or (row.withdrawn if known is None else read.is_struck_out)
        places = (self._comparing.find_held(read, one) for one in wished.event_ids if withdraws)
        held = [place for place in places if place is not None]
        if held and mend.decision != "取り込まない" and not row.is_broken:
            return self._judge_withdrawn(read, held, mend)
        if known is not None and self._comparing.is_settled(known, wished.event_ids, read):
            return self._judge_imported_before(known, wished, read, mend)
        if mend.decision == "取り込まない":
            self.asked_nothing.add(row.row)
            return self._row_without_action(read, "取り込まない", REMOVED_NOTE, is_corrected=True)
        if not mend.decision and self._erased & set(wished.event_ids):
            return self._row_without_action(read, "取り込まない", ERASED_NOTE)
        if row.is_broken or (row.withdrawn and not declined) or wished.left_out_reason:
            return self._judge_left_out(read, wished)
        return self._compare(read, wished, mend, known)

    @cached_property
    def _removed(self) -> Sequence[Mapping[str, Any]]:
        return tuple(deleted_images(self._database, TABLE_OF[Entry]))

    def _is_taken_off(self, known: Application, read: ReadRow, event_ids: Collection[int]) -> bool:
        """Return whether a clerk took the place of an application, or of its applicant, off the roster."""
        gone = [one for one in self._removed if one["event_id"] in event_ids]
        people = rows_of(self._database, Person, id={one["person_id"] for one in gone if one["person_id"]})
        name = name_key(read.applicant.facts.name)
        return any(one["application_id"] == known.id for one in gone) or any(
            name_key(one.name) == name for one in people
        )

    def _judge_left_out(self, read: ReadRow, wished: WishedEvents) -> JudgedRow:
        """Return 取り込まない with the reason: the row is broken, wishes for other events, or is withdrawn."""
        if read.row.is_broken:
            words = f"{'　'.join(read.doubts)}。読み違えるおそれがあるため、取り込みません"
            return self._row_without_action(read, "取り込まない", words, is_importable=False)
        if wished.left_out_reason:
            self.asked_nothing.add(read.row.row)
            # Doubts about the row are kept, because they concern the other events too.
            return self._row_without_action(
                read, "取り込まない", _joined_reasons([wished.left_out_reason, *read.doubts]), is_importable=False
            )
        return self._row_without_action(read, "取り込まない", "状態が「取下げ」の申込")

    def _compare(
        self, read: ReadRow, wished: WishedEvents, correction: RowCorrection, known: Application | None
    ) -> JudgedRow:
        """Return the judgement of a row by the places its applicant holds in each wished event, and remember it.

        All doubts are joined; if each event gives 重複 without a doubt, nothing is written.
        """
        steps = [self._comparing.compare(read, event_id) for event_id in wished.event_ids]
        singly = any(step.decide_singly for step in steps)
        doubts = self._doubts(read, wished, steps)
        if known is not None and self._is_taken_off(known, read, wished.event_ids):
            doubts.append("この実施回の名簿から外した人の申込です")
            singly = True
        if kept := [one.kept_words for step in steps for one in step.kept]:
            read = replace(read, notes=tuple(dict.fromkeys((*read.notes, *kept))))
        other_person = any(step.other_person for step in steps)
        declined = _declines(read, correction)
        decided = (
            (declined or correction.decision == "取り込む")
            and not read.blocked_reason
            and (not read.is_numbered or bool(correction.reason.strip()))
        )
        doubts += [read.blocked_reason] if read.blocked_reason and read.blocked_reason not in doubts else []
        joined_line = next((step.held_entries.first_line for step in steps if step.kind != "新規"), 0)
        if wished.event_ids and not doubts and all(step.kind == "重複" for step in steps):
            return self._row_without_action(
                read,
                "重複",
                _joined_reasons(step.reason for step in steps),
                event_ids=wished.event_ids,
                people=max(step.held_entries.facts.people for step in steps),
                joined_line=joined_line,
            )
        doubtful = bool(doubts) and not decided
        taken = bool(wished.event_ids) and (
            not doubtful or (self._include_doubtful and not (singly or read.decide_singly))
        )
        outcome: Outcome = "確認が必要" if doubtful else _outcome_of(steps)
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
            pass  # Nobody takes the place, so who applies again later is new.
        elif taken:
            self._note_actions(read, writing)
        elif not read.is_struck_out and read.applicant.facts.name.strip():
            for step in steps:
                if step.kind == "新規":
                    self._comparing.add_pending(step.held_entries)
        changed = {change.key: change for step in steps for change in step.changes} if outcome == "更新" else {}
        why = (
            doubts
            if doubtful
            else [
                *([DECLINE_NOTE] if declined else []),
                *(one.removesuffix(INCLUDE_ASKED) for one in doubts),
                *[step.reason for step in steps if step.kind != "新規"],
            ]
        )
        shown = self._preview_row(
            read,
            outcome,
            reason=_joined_reasons(why) if why else "",
            note="　".join(read.notes) if read.notes else "",
            event_ids=wished.event_ids,
            changes=tuple(changed.values()) if changed else (),
            is_corrected=correction is not _NO_CORRECTION and correction != _NO_CORRECTION,
            is_importable=bool(wished.event_ids),
            is_taken=taken and bool(writing),
            new_entry_count=sum([_new_entry_count(step, applicant) for step in writing]),
            people=max((step.held_entries.facts.people for step in steps if step.kind == "更新"), default=0),
            decide_singly=singly,
            joined_line=joined_line if taken else 0,
        )
        over = [step.held_entries for step in writing if step.kind == "更新" and _takes_over_entries(step)]
        application = self._reader.merged_application(read, over[0] if over and len(over) == len(writing) else None)
        application = replace(application, withdrawn=True) if declined else application
        return JudgedRow(
            preview=shown, application=application, known_application=known, applicant=applicant, entry_actions=writing
        )

    def _doubts(self, read: ReadRow, wished: WishedEvents, steps: Iterable[EntryAction]) -> list[str]:
        """Return every doubt once: those of the row, of its wishes, of its places, and of rows not decided yet."""
        doubts = [*read.doubts, *wished.doubts]
        for step in steps:
            doubts += step.doubts
            if step.kind == "新規" and (before := self._comparing.find_pending(read, step.held_entries.event_id)):
                line = before.first_line
                doubts.append(f"{line}行目と同じ人の申込です（{line}行目は、まだ決まっていません）")
        return list(dict.fromkeys(doubts))

    def _judge_imported_before(
        self, known: Application, wished: WishedEvents, read: ReadRow, correction: RowCorrection
    ) -> JudgedRow:
        """Return the judgement of a row imported already: nothing to do, or a question if read otherwise now."""
        misread = self._find_misreading(known, wished, read)
        if misread is not None and correction.decision != "取り込まない":
            return self._judge_misread(known, misread, read, correction)
        self._misreadings.note_found_again(known)
        self.asked_nothing.add(read.row.row)
        number = f"受付番号 {read.row.receipt_number} は" if read.row.receipt_number else "この申込は"
        return self._row_without_action(read, "重複", f"{number}取込み済み")

    def _find_misreading(self, known: Application, wished: WishedEvents, read: ReadRow) -> EntryAction | None:
        """Return what to correct in the place of a row imported before that is read otherwise today, or None.

        Of several events the first that differs; None also for a broken row and after an erasing.
        """
        if read.row.is_broken or self._erased & set(wished.event_ids):
            return None
        whole = self._known.is_known_by_earlier_reading(read.row.row)
        for event_id in wished.event_ids:
            place = self._comparing.entries_from(known, event_id)
            changes = (
                self._misreadings.differences_of(known, place, read, compare_all_fields=whole)
                if place is not None
                else ()
            )
            if place is not None and changes:
                return EntryAction(kind="読み直し", held_entries=place, changes=changes)
        return None

    def _judge_misread(
        self, known: Application, entry_action: EntryAction, read: ReadRow, correction: RowCorrection
    ) -> JudgedRow:
        """Return the judgement of a row that was read otherwise when it was imported: 確認が必要 until it is decided.

        Once decided (取り込む) it is 更新 and corrects the place, or makes it 辞退 if it is read as withdrawn now.
        """
        decided = correction.decision == "取り込む" and not read.blocked_reason
        self._misreadings.note_found_again(known, is_undecided=not decided)
        reason = _joined_reasons([said_of_misreading(entry_action.changes), *read.doubts, read.blocked_reason])
        if not decided:
            return self._row_without_action(
                read, "確認が必要", reason, changes=entry_action.changes, decide_singly=True
            )
        if any(change.key == STATE for change in entry_action.changes):
            entry_action = replace(entry_action, kind="取下げ")
        shown = self._preview_row(
            read, "更新", reason=reason, changes=entry_action.changes, is_taken=True, is_corrected=True
        )
        return JudgedRow(
            preview=shown,
            application=read.application,
            known_application=known,
            applicant=read.applicant,
            entry_actions=(entry_action,),
        )

    def _judge_withdrawn(self, read: ReadRow, held: Sequence[HeldEntries], correction: RowCorrection) -> JudgedRow:
        """Return 「確認が必要」 for a withdrawn or struck-out application whose person is on a roster already.

        Once it was decided by hand, return the 取下げ of every place held, which becomes 辞退 on the roster. Nobody who
        came withdraws: the attendance is put right first.
        """
        why = (
            "前に取り込んだ申込が、取下げになっています"
            if read.row.withdrawn
            else "前に取り込んだ申込に、取消線が引かれています"
        )
        if (has_come := any(place.has_come for place in held)) or not correction.decision:
            then = "受付済の人がいるため、取り込めません" if has_come else "取り込むと名簿で辞退になります"
            return self._row_without_action(read, "確認が必要", f"{why}。{then}")
        steps = tuple(EntryAction(kind="取下げ", held_entries=place) for place in held)
        shown = self._preview_row(read, "更新", reason="取下げ。名簿で辞退にします", is_taken=True, is_corrected=True)
        return JudgedRow(preview=shown, applicant=read.applicant, entry_actions=steps)

    def _note_actions(self, read: ReadRow, entry_actions: Sequence[EntryAction]) -> None:
        for step in entry_actions:
            if step.kind == "新規":
                self._comparing.add_planned(step.held_entries)
            elif step.kind == "更新" and not _takes_over_entries(step):
                step.held_entries.first_received_at = read.applicant.received_at
            elif step.kind == "更新":
                step.held_entries.facts = merge_facts(step.held_entries.facts, read.applicant.facts, step.kept)
                step.held_entries.latest_received_at = (
                    read.applicant.received_at or step.held_entries.latest_received_at
                )
                step.held_entries.first_line = read.row.source_line

    def _row_without_action(self, read: ReadRow, outcome: Outcome, reason: str, **shown: Any) -> JudgedRow:
        """Return the judgement of a row that writes nothing; ``shown`` as in ``PreviewRow``."""
        preview = self._preview_row(read, outcome, reason=reason, note="　".join(read.notes), **shown)
        return JudgedRow(preview=preview)

    def _preview_row(
        self,
        read: ReadRow,
        outcome: Outcome,
        *,
        is_importable: bool = True,
        people: int = 0,
        decide_singly: bool = False,
        **shown: Any,
    ) -> PreviewRow:
        """Return the row of the preview with its outcome; ``shown`` as in ``PreviewRow``."""
        row, applicant = read.row, read.applicant
        return PreviewRow(
            row=row.row,
            line=row.source_line,
            outcome=outcome,
            received_at=applicant.received_at,
            way=applicant.way,
            organisation_text=applicant.organisation_text,
            organisation=read.organisation,
            similar_organisations=read.similar_organisations,
            device_text=read.device_text,
            people_text=row.values.get("people", ""),
            is_importable=is_importable,
            doubtful_fields=read.doubtful_fields,
            decide_singly=decide_singly or read.decide_singly,
            is_numbered=read.is_numbered,
            **vars(applicant.facts) | {"people": applicant.facts.people_after(people)},
            **shown,
        )


def _outcome_of(entry_actions: Sequence[EntryAction]) -> Outcome:
    """Return the outcome of a row: 新規 if it is new in any event, else 更新 if it changes any, else 重複."""
    kinds = {step.kind for step in entry_actions}
    return "新規" if "新規" in kinds else "更新" if "更新" in kinds else "重複"


def _takes_over_entries(entry_action: EntryAction) -> bool:
    """Return whether the place takes the data of this application, which it does not if only its arrival was
    earlier.
    """
    return any(change.key != APPLIED_AT_KEY for change in entry_action.changes) or entry_action.held_entries.is_given_up


def _new_entry_count(entry_action: EntryAction, applicant: Applicant) -> int:
    """Return how many places the row takes beyond those it already holds; 0 for a declined application."""
    if applicant.declined:
        return 0
    if entry_action.kind == "新規":
        return applicant.facts.people
    people = next((change for change in entry_action.changes if change.key == "people"), None)
    return max(0, applicant.facts.people - int(people.old.removesuffix("人"))) if people else 0


def _joined_reasons(parts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _declines(read: ReadRow, correction: RowCorrection) -> bool:
    """Return whether a clerk said of the row, or of the applicant's own words, that he does not come."""
    return correction.decision == IMPORT_AS_DECLINED or read.row.words_use == "欠席"
