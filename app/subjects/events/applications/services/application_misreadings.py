"""Rows that were taken in before and are read otherwise today: what was written then, what is read now, and putting it
right.

Nothing of it is written until a person decides. What somebody changed by hand since the row was taken in is never
asked about and never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.foreign_files.cells.names_in_cells import can_be_person
from app.foreign_files.cells.plain_cells import plain_cell
from app.subjects.events.applications.rules import CONTACT_KINDS, FURTHER, ApplicationChange, changes_between
from app.subjects.events.applications.services.application_places import GONE, TakenPlace
from app.subjects.events.applications.services.application_reading import ReadRow
from db.engine import Database
from db.journal import Change
from db.mapping import TABLE_OF, to_columns
from db.records.applications import READ_WHOLE, Application, ForeignImport
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import by_id, rows
from db.tables.journal import images_of

SUSPECTED: Final = "読みちがえの疑い"
STATE: Final = "status"
CONTACTS: Final = frozenset(key for key, _ in CONTACT_KINDS)
"""What belongs to the person and not to the place."""
_NOTHING: Final = "（なし）"
_OF_ENTRIES: Final = frozenset({"device", "photo", "care", "role", "person_id"})
_OF_APPLICATION: Final = frozenset({*FURTHER, "organisation_name"})
_OF_ENTRY: Final = (("device", "端末"), ("photo", "撮影"), ("care", "配慮"))


class Misreadings:
    """Compares what a row brought when it was taken in with what it says today."""

    def __init__(self, database: Database, columns: Iterable[str]) -> None:
        """``columns`` are the fields that the file has: of others it says nothing."""
        self._database = database
        self._columns = frozenset(columns)
        self._imports = {one.id for one in rows(database, ForeignImport, target="申込") if one.reading != READ_WHOLE}
        self._met: dict[int, set[int]] = {}
        self._open: set[int] = set()
        self._read: dict[str, dict[int, list[dict[str, Any]]]] = {}

    def meet(self, known: Application, *, open_still: bool = False) -> None:
        """Note that the file holds a row again that was taken in before; ``open_still`` = nobody decided about it."""
        if known.import_id in self._imports:
            self._met.setdefault(known.import_id, set()).add(known.id)
            if open_still:
                self._open.add(known.import_id)

    def compared(self) -> tuple[int, ...]:
        """The imports of before of which every application was met again and none is left to decide about."""
        return tuple(
            import_id
            for import_id, met in sorted(self._met.items())
            if import_id not in self._open
            and met >= {one.id for one in rows(self._database, Application, import_id=import_id)}
        )

    def of(self, known: Application, place: TakenPlace, read: ReadRow, *, whole: bool) -> tuple[ApplicationChange, ...]:
        """What today's reading says otherwise of a place; ``whole`` = the table itself is read otherwise, so that
        every field is compared and not its answers alone. What came by today's reading was decided about then.
        """
        if known.import_id not in self._imports or place.gone or not place.entries:
            return ()
        entry = place.entries[0]
        found = [*self._answers(entry, read), *self._companions(place, read), *self._name(place, read)]
        if read.row.withdrawn:
            found.append(ApplicationChange(key=STATE, label="状態", old="参加", new="取下げ"))
        if whole:
            found += self._further(known, place, read)
        return tuple(self._untouched(found, known, entry, place)) if found else ()

    def _answers(self, entry: Entry, read: ReadRow) -> Iterable[ApplicationChange]:
        now = {"device": read.row.device, "photo": read.row.photo, "care": read.row.care}
        asked = self._columns | ({"care"} if "note" in self._columns else frozenset())
        for key, label in _OF_ENTRY:
            was = str(getattr(entry, key))
            if key in asked and was.strip() != now[key].strip():
                yield ApplicationChange(key=key, label=label, old=was, new=now[key], hidden=key == "care")

    def _companions(self, place: TakenPlace, read: ReadRow) -> Iterable[ApplicationChange]:
        if "names" not in self._columns:
            return
        for entry, person in self._named(place):
            if entry.state not in GONE and person.name not in read.row.names and not can_be_person(person.name):
                yield ApplicationChange(key=f"companion {entry.id}", label="同行者", old=person.name, new="")

    def _named(self, place: TakenPlace) -> Iterable[tuple[Entry, Person]]:
        for entry in place.entries[1:]:
            person = by_id(self._database, Person, entry.person_id) if entry.person_id else None
            if person is not None:
                yield entry, person

    @staticmethod
    def _name(place: TakenPlace, read: ReadRow) -> Iterable[ApplicationChange]:
        """A name that was taken with what stood beside it, or of what is no name; one mended by hand is neither."""
        was, now = place.name.strip(), read.row.name.strip()
        if was and was != now and (plain_cell(was) == now or (now in was if now else not can_be_person(was))):
            yield ApplicationChange(key="name", label="氏名", old=was, new=now)

    def _further(self, known: Application, place: TakenPlace, read: ReadRow) -> Iterable[ApplicationChange]:
        """What only a table read otherwise can bring: other fields, ways to reach somebody, the 団体."""
        for change in changes_between(place.facts, read.applicant.facts):
            if change.key in {"device", "care", "people"} or (change.key not in FURTHER and change.old):
                continue
            yield change
        was, now = known.organisation_name.strip(), read.applicant.organisation_text.strip()
        if now and was != now and plain_cell(was) in {"", now}:
            yield ApplicationChange(key="organisation_name", label="団体", old=was, new=now)

    def _untouched(
        self, found: Iterable[ApplicationChange], known: Application, entry: Entry, place: TakenPlace
    ) -> Iterable[ApplicationChange]:
        """Those of which the row still says what it said when it was taken in."""
        for change in found:
            key = change.key
            if key.startswith("companion "):
                record: Entry | Application | Person | None = next(
                    one for one in place.entries if one.id == int(key.split()[1])
                )
                key = "person_id"
            else:
                record = place.person if key == "name" else known if key in _OF_APPLICATION else entry
            if (key not in _OF_ENTRIES and record is entry) or (
                record is not None and self._is_untouched(record, key, known, emptied=not change.new)
            ):
                yield change

    def _is_untouched(
        self, record: Entry | Application | Person, key: str, known: Application, *, emptied: bool
    ) -> bool:
        images = self._images(TABLE_OF[type(record)]).get(record.id, [])
        if isinstance(record, Entry):
            taken = [image for image in images if image["application_id"] == known.id]
            if emptied and taken[:1] != images[:1]:
                return False  # what an earlier application said stays where this one says nothing
            images = taken
        return bool(images) and to_columns(record)[key] == images[0].get(key)

    def _images(self, table: str) -> dict[int, list[dict[str, Any]]]:
        """The images of a table's rows, read once and only when something differs."""
        if table not in self._read:
            self._read[table] = images_of(self._database, table, apart="application_id")
        return self._read[table]


def said(changes: Iterable[ApplicationChange]) -> str:
    """The sentence with which a person is asked, with both words of everything but needs and ways to reach somebody."""
    parts = [f"{one.label}（言葉は「直す」で見られます）" if _is_secret(one) else both_words(one) for one in changes]
    return f"{SUSPECTED}　取り込んだときの読み方と違います（{'、'.join(dict.fromkeys(parts))}）"


def secret_words(changes: Iterable[ApplicationChange]) -> tuple[str, ...]:
    """Both words of what the sentence keeps back, for whoever opens the row."""
    return tuple(both_words(one) for one in changes if _is_secret(one))


def _is_secret(change: ApplicationChange) -> bool:
    return change.hidden or change.key in CONTACTS


def both_words(change: ApplicationChange) -> str:
    """「撮影　前は「可」、今は「不可」」: what was read, and what is read now."""
    return f"{change.label}　前は「{change.old or _NOTHING}」、今は「{change.new or _NOTHING}」"


def put_right(
    change: Change, place: TakenPlace, read_now: Application, known: Application, changes: Iterable[ApplicationChange]
) -> None:
    """Write today's reading over that of before, in these fields alone; the row is known by its new key from now on."""
    by_key: Mapping[str, ApplicationChange] = {one.key: one for one in changes}
    first = place.entries[0]
    values: dict[str, Any] = {key: by_key[key].new for key in ("device", "photo", "care", "role") if key in by_key}
    kept: dict[str, Any] = {key: getattr(read_now, key) for key in (*FURTHER, "care", "role") if key in by_key}
    if "organisation_name" in by_key:
        told = read_now.organisation_id
        kept |= {"organisation_id": told, "organisation_name": read_now.organisation_name}
        values |= {"organisation_id": told, "organisation_name": "" if told is not None else read_now.organisation_name}
    if "name" in by_key:
        kept["name"] = read_now.name
        if not read_now.name.strip():
            values["person_id"] = None
        elif place.person is not None:
            change.update(Person, place.person.id, name=read_now.name)
    if values:
        change.update(Entry, first.id, **values)
    for key in by_key:
        if key.startswith("companion "):
            change.update(Entry, int(key.split()[1]), state="辞退")
    change.update(Application, known.id, row_key=read_now.row_key, **kept)
