"""Judges the rows of a file of applications one by one against the register, the events' places and each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.foreign_files.foreign_shape import ForeignFile
from app.subjects.applications.intake.application_rows import ApplicationRow, ApplicationTable
from app.subjects.applications.rules.application_changes import FieldChange, merged
from app.subjects.applications.rules.application_words import Outcome
from app.subjects.applications.services.application_comparing import Comparing, Step
from app.subjects.applications.services.application_places import Places
from app.subjects.applications.services.application_preview import Mend, PreviewRow
from app.subjects.applications.services.application_reading import ReadRow, RowReader
from app.subjects.applications.services.application_wishing import WishedEvents, Wishes
from app.subjects.applications.services.application_writing import Applicant
from app.subjects.register.services.known_ways import KnownPeople
from db.records.applications import Application
from db.store import Store
from db.tables import applications as table
from db.tables import organisations

REMOVED = "手で「取り込まない」にしました"


@dataclass(frozen=True, kw_only=True)
class JudgedRow:
    """One row with what it is to write: nothing when ``steps`` is empty.

    ``application`` is the row as it will be kept, ``known`` the one kept already (the same row was taken in for
    another event before).
    """

    shown: PreviewRow
    application: Application | None = None
    known: Application | None = None
    applicant: Applicant | None = None
    steps: tuple[Step, ...] = ()


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
    ) -> None:
        """``fields`` column number to field, ``mends`` row to what a clerk set right."""
        registered = organisations.everything(store.database)
        self._wishes = wishes
        self._mends = mends
        self._include_doubtful = include_doubtful
        self._key: Callable[[str], str] = lambda raw: store.keys.keyed_hash(f"application\n{raw}")
        self._known = table.applications_by_key(store.database, [self._key(row.raw) for row in rows.rows])
        self._reader = RowReader(registered, fields, file.source)
        wanted = {event_id for row in rows.rows for event_id in wishes.of(row).event_ids}
        places = Places(store.database, sorted(wanted), {one.id: one.name for one in registered})
        self._comparing = Comparing(places, KnownPeople(store.database))

    def judge(self, rows: Sequence[ApplicationRow]) -> tuple[JudgedRow, ...]:
        """Return every row judged, in the order given."""
        return tuple(self._judge(row) for row in rows)

    def _judge(self, row: ApplicationRow) -> JudgedRow:
        mend = self._mends.get(row.row, Mend())
        read = self._reader.read(row, mend)
        key = self._key(row.raw)
        known = self._known.get(key)
        wished = self._wishes.of(row)
        if known is not None and self._comparing.settled(known, wished.event_ids, read):
            number = f"受付番号 {row.receipt_number} は" if row.receipt_number else "この申込は"
            return self._out(read, "重複", f"{number}取込み済み")
        if mend.decision == "取り込まない":
            return self._out(read, "取り込まない", REMOVED, mended=True)
        if row.broken:
            words = f"{read.doubts_words}。読み違えるおそれがあるため、取り込みません"
            return self._out(read, "取り込まない", words, importable=False)
        if wished.left_out:
            # What is doubtful in the row is said all the same: it concerns the other events too.
            return self._out(read, "取り込まない", _said([wished.left_out, *read.doubts]), importable=False)
        if row.withdrawn:
            return self._withdrawn(read, wished, mend)
        return self._compare(read, wished, mend, key, known)

    def _compare(
        self, read: ReadRow, wished: WishedEvents, mend: Mend, key: str, known: Application | None
    ) -> JudgedRow:
        steps, doubts = [], [*read.doubts, *wished.doubts]
        for event_id in wished.event_ids:
            step = self._comparing.compare(read, event_id)
            steps.append(step)
            doubts += [doubt for doubt in step.doubts if doubt not in doubts]
        decided = mend.decision == "取り込む"
        if wished.event_ids and not doubts and all(step.kind == "重複" for step in steps):
            return self._out(read, "重複", _said(step.why for step in steps), event_ids=wished.event_ids)
        doubtful = bool(doubts) and not decided
        taken = bool(wished.event_ids) and (not doubtful or self._include_doubtful)
        outcome: Outcome = "確認が必要" if doubtful else _outcome(steps)
        writing = tuple(step for step in steps if step.kind != "重複") if taken else ()
        applicant = replace(
            read.applicant,
            doubtful="　".join(doubts) if doubtful else "",
            new_person=read.applicant.new_person or any(step.other_person for step in steps),
        )
        if taken:
            self._note(read, writing)
        changes = tuple({change.key: change for step in steps for change in step.changes}.values())
        why = [*doubts, *(step.why for step in steps if step.kind != "新規" and not doubtful)]
        shown = self._shown(
            read,
            outcome,
            reason=_said(why),
            note="　".join(read.notes),
            event_ids=wished.event_ids,
            changes=changes if outcome == "更新" else (),
            mended=mend != Mend(),
            importable=bool(wished.event_ids),
            taken=taken and bool(writing),
            new_places=sum(_new_places(step, applicant) for step in writing),
        )
        application = replace(read.application, row_key=key, withdrawn=False)
        return JudgedRow(shown=shown, application=application, known=known, applicant=applicant, steps=writing)

    def _withdrawn(self, read: ReadRow, wished: WishedEvents, mend: Mend) -> JudgedRow:
        """An application taken back: nothing, unless its person stands on a roster from before."""
        held = [place for event_id in wished.event_ids if (place := self._comparing.held(read, event_id))]
        if not held:
            return self._out(read, "取り込まない", "状態が「取下げ」の申込")
        if mend.decision != "取り込む":
            return self._out(
                read,
                "確認が必要",
                "前に取り込んだ申込が、取下げになっています。取り込むと名簿で辞退になります",
                mended=False,
            )
        steps = tuple(Step(kind="取下げ", place=place) for place in held)
        shown = self._shown(read, "更新", reason="取下げ。名簿で辞退にします", taken=True, mended=True)
        return JudgedRow(shown=shown, applicant=read.applicant, steps=steps)

    def _note(self, read: ReadRow, steps: Sequence[Step]) -> None:
        """Let the rows after this one meet what it would write."""
        for step in steps:
            if step.kind == "新規":
                self._comparing.add(step.place, read)
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
    ) -> JudgedRow:
        """A row that writes nothing."""
        shown = self._shown(
            read, outcome, reason=reason, note="　".join(read.notes), importable=importable, mended=mended,
            event_ids=event_ids,
        )  # fmt: skip
        return JudgedRow(shown=shown)

    def _shown(
        self,
        read: ReadRow,
        outcome: Outcome,
        *,
        reason: str,
        note: str = "",
        event_ids: tuple[int, ...] = (),
        changes: tuple[FieldChange, ...] = (),
        mended: bool = False,
        importable: bool = True,
        taken: bool = False,
        new_places: int = 0,
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
            people=applicant.facts.people,
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
        )


def _outcome(steps: Sequence[Step]) -> Outcome:
    kinds = {step.kind for step in steps}
    return "新規" if "新規" in kinds else "更新" if "更新" in kinds else "重複"


def _new_places(step: Step, applicant: Applicant) -> int:
    if step.kind == "新規":
        return applicant.facts.people
    people = next((change for change in step.changes if change.key == "people"), None)
    return max(0, applicant.facts.people - int(people.old.removesuffix("人"))) if people else 0


def _said(parts: Iterable[str]) -> str:
    return "　".join(dict.fromkeys(part for part in parts if part))
