"""Names of those who go, in whatever stays: each text of each row, who did a step, what the history calls a step.

What the ward wrote of its work is not erased, but nobody is left in it unsaid: where the row holds better words since,
or is gone, its images lose the name with the erasing; where a name stands there still, its place is noted and told, and
once somebody has worded it anew, the next opening takes the name from the history, too. A reason that somebody typed
into what the history calls an action stays, since the links of the journal cover it: it is named as that. Which cells
are searched is said by what goes, not by a list of columns: whatever is not erased itself is read.

Places that may mean somebody else (a surname alone, a name that another person bears) are noted apart: a person judges
them, and until then nothing of them goes.

- ``find_named(database, lives, wanted) -> NamedTexts`` before an erasing
- ``reworded(database, noted) -> dict[Life, ...]`` what was worded anew since, until which step
- ``texts_in_words(items) -> str`` the places as people call them; ``texts_with_rows(database, items)`` with the row of
  each, for whoever has to word them anew; ``places_to_judge(database, items)`` those that may mean somebody else
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.history.services.history_words import field_name, row_name, table_name
from app.subjects.settings.disposal.services.names_in_text import Borne, Hit, NameFinder, texts_of
from app.subjects.settings.disposal.services.personal_rows import CELLS, NAMES
from db.engine import Database
from db.erasing import Cells
from db.frozen_record import frozen_record
from db.lives import Life, LivedStep, Lives, walk
from db.mapping import TABLE_OF
from db.name_key import name_key
from db.records.accounts import User
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.rows import by_id, rows
from db.stand_ins import is_stand_in, until_step
from db.tables.texts import every_row, text_at

_NAMING: Final = frozenset({"name", "furigana", "value", "presenter", "signer", "whom"})
"""The columns of ``CELLS`` that tell who somebody is; the others hold words that many texts hold."""
_OF_HUMANS: Final = _NAMING - {"value"}
"""Those whose first half is a surname."""
_OURS: Final = frozenset({"erasings", "erased_files"})
"""What an erasing notes itself: sums and stand-ins, no word of anybody."""
_NAMES_OF_OTHERS: Final = frozenset({
    "name", "furigana", "organisation_name", "branch", "file_name", "venue", "venue_name", "room", "facility",
    "address", "place", "pc", "media_type",
})  # fmt: skip
"""Columns with the name of a 団体, a place or a file: many bear a surname in it, and mean nobody."""
_USER: Final = ("login_id", "display_name")
_NEVER_CHANGED: Final = frozenset({
    "ledger_rows", "ledger_notes", "ledger_numbers", "disposals", "disposal_holds", "stored_files", "failed_logins",
    "outgoing", "facts",
})  # fmt: skip
"""Rows that stay as they were written: of a ledger, of what left, names of kept files. Nobody can word them anew."""
_STAYS: Final = "（行は直せません）"
_MOST: Final = 12
_MOST_ROWS: Final = 8
_RECORD_OF: Final = {table: record for record, table in TABLE_OF.items()}


@frozen_record
class NamedTexts:
    """Where those who go are named: ``past`` stand in images alone, ``left`` in what is there, each with the lives
    whose names stand in it. ``searched`` counts the names and numbers that were looked for."""

    past: dict[Life, dict[str, str]]
    left: dict[DisposalItem, frozenset[Life]]
    searched: int


def find_named(database: Database, lives: Lives, wanted: Cells) -> NamedTexts:
    """Return where the names in the cells that go stand outside of them.

    A name that somebody bears who stays is not looked for where the same person stays; where a person goes and another
    one of that name stays, its places are noted for somebody to judge.
    """
    looking = _Looking(NameFinder(_names(database, lives, wanted)), wanted, _users(database))
    for step in walk(database):
        looking.take(step)
    looking.take_rows_without_images(database, lives)
    return looking.found()


class _Looking:
    """What was found so far, walking from the first step to the last."""

    def __init__(self, finder: NameFinder, wanted: Cells, users: frozenset[str]) -> None:
        self._finder, self._wanted, self._users = finder, wanted, users
        self._standing: dict[tuple[Life, str], Hit] = {}
        self._past: dict[tuple[Life, str], str] = {}
        self._steps: dict[DisposalItem, frozenset[Life]] = {}
        self._loose: dict[tuple[str, int, str], Hit] = {}
        self._head = 0

    def take(self, step: LivedStep) -> None:
        """Read one step: who did it, what it is called, and its images."""
        self._head = step.seq
        for column, words in (("action", step.action), ("by", "" if step.by in self._users else step.by)):
            hit = self._finder.whole_in(words)
            if hit is not None:
                item = DisposalItem(table="journal", row_id=step.seq, column=column, sort=hit.sort)
                self._steps[item] = hit.lives
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            life = after or before
            if life is None or life.table in _OURS:
                continue
            old, new = change["before"] or {}, change["after"] or {}
            for name in {*old, *new} - self._wanted.get(life, {}).keys():
                self._note(life, name, self._hit(life.table, name, old), self._hit(life.table, name, new), step.link)

    def take_rows_without_images(self, database: Database, lives: Lives) -> None:
        """Read the rows of which the journal tells nothing (failed logins, remembered columns)."""
        for table, number, row in every_row(database):
            if table in _OURS or (table, number) in lives.now:
                continue
            for name in row:
                hit = self._hit(table, name, row)
                if hit is not None:
                    self._loose[table, number, name] = hit

    def found(self) -> NamedTexts:
        """Return all of it."""
        past: dict[Life, dict[str, str]] = defaultdict(dict)
        for (life, name), link in self._past.items():
            past[life][name] = until_step(link)
        left: dict[DisposalItem, frozenset[Life]] = {}
        for (life, name), hit in self._standing.items():
            item = DisposalItem(
                table=life.table, row_id=life.row_id, born=life.born, column=name, since=self._head + 1, sort=hit.sort
            )
            left[item] = hit.lives
        for (table, number, name), hit in self._loose.items():
            left[DisposalItem(table=table, row_id=number, column=name, since=self._head + 1, sort=hit.sort)] = hit.lives
        return NamedTexts(past=dict(past), left=left | self._steps, searched=self._finder.names)

    def _note(self, life: Life, name: str, old: Hit | None, new: Hit | None, link: str) -> None:
        if new is not None and not new.sort:
            self._past.pop((life, name), None)
        elif old is not None and not old.sort:
            self._past[life, name] = link
        if new is not None:
            self._standing[life, name] = new
        else:
            self._standing.pop((life, name), None)

    def _hit(self, table: str, name: str, image: Mapping[str, object]) -> Hit | None:
        value = image.get(name)
        if not isinstance(value, str) or (table == "users" and name in _USER):
            return None  # a user's own name is no text about anybody; whose name is the same is told as borne
        if name == "by" or name.endswith("_by"):
            return None if value in self._users else self._finder.whole_in(value)
        if name in _NAMING and name in CELLS.get(table, ()):
            return self._finder.as_name(value) if name in NAMES else self._finder.whole_in(value)
        return self._finder.whole_in(value) if name in _NAMES_OF_OTHERS else self._finder.in_text(value)


def reworded(
    database: Database, noted: Iterable[DisposalItem], *, settled: Callable[[LivedStep], bool]
) -> dict[DisposalItem, Cells]:
    """Return the cells of those noted texts that somebody worded anew, or whose row went, on an earlier day.

    Args:
        settled: says whether a step is of an earlier day: what was done today can still be taken back.
    """
    wanted = {(one.table, one.row_id, one.born, one.column): one for one in noted if one.column and not one.sort}
    found: dict[DisposalItem, Cells] = {}
    for step in walk(database) if wanted else ():
        for change, old, new in zip(step.changes, step.before, step.after, strict=True):
            life = new or old
            if life is None:
                continue
            for name in {*(change["before"] or {}), *(change["after"] or {})}:
                one = wanted.get((*life[:3], name))
                if one is not None and step.seq > one.since and _differs(change, name) and settled(step):
                    found[one] = {life: {name: until_step(step.link)}}
    return found


def texts_in_words(items: Iterable[DisposalItem]) -> str:
    """「協議・内容 2、指摘・本文 1」: where the noted texts stand; "" where there is none."""
    counted = Counter(_where(one) for one in items if one.column and one.sort != "another")
    shown = "、".join(f"{where} {number}" for where, number in counted.most_common(_MOST))
    return f"{shown}{f' ほか{len(counted) - _MOST}種' if len(counted) > _MOST else ''}"


def texts_with_rows(database: Database, items: Iterable[DisposalItem]) -> str:
    """「団体「残る町会」の備考、協議（第6回 講習会）の内容」: which texts those are, the first few of them."""
    noted = [one for one in dict.fromkeys(items) if one.column and not one.sort]
    shown = [_with_row(database, one) for one in noted[:_MOST_ROWS]]
    more = f" ほか{len(noted) - len(shown)}か所" if len(noted) > len(shown) else ""
    return "、".join(dict.fromkeys(shown)) + more


@frozen_record
class NamedPlace:
    """A text that names somebody: where it is, and what it says now ("" = its row is gone)."""

    item: DisposalItem
    where: str
    text: str


def places_to_judge(database: Database, items: Iterable[DisposalItem]) -> tuple[NamedPlace, ...]:
    """Return the noted places that may mean somebody else, each with its text of now, one line a place."""
    return places_named(database, (one for one in items if one.sort in ("shared", "surname")))


def places_named(database: Database, items: Iterable[DisposalItem]) -> tuple[NamedPlace, ...]:
    """Return each of these places with its text of now, one line a place."""
    return tuple(
        NamedPlace(
            item=one,
            where=_with_row(database, one),
            text=_lines_of(text_at(database, one.table, one.row_id, one.column)),
        )
        for one in dict.fromkeys(items)
    )


def _lines_of(value: str) -> str:
    return "\n".join(texts_of(value))


def _with_row(database: Database, one: DisposalItem) -> str:
    record = _RECORD_OF.get(one.table)
    if record is None:
        return _where(one)
    row = by_id(database, record, one.row_id)
    image = vars(row) if row is not None else {}
    event = by_id(database, Event, int(image.get("event_id") or 0)) if one.table != "events" else None
    about = f"（{event.full_title}）" if event is not None else ""
    return f"{row_name(one.table, image)}{about}の{field_name(one.table, one.column)}{_stays(one)}"


def _where(one: DisposalItem) -> str:
    if one.table == "journal":
        return f"変更の履歴の{'操作した人' if one.column == 'by' else '見出し'}（直せません）"
    return f"{table_name(one.table)}・{field_name(one.table, one.column)}{_stays(one)}"


def _stays(one: DisposalItem) -> str:
    return _STAYS if one.table in _NEVER_CHANGED else ""


def _differs(change: Mapping[str, Mapping[str, object] | None], name: str) -> bool:
    old, new = change["before"], change["after"]
    return new is None or old is None or old.get(name) != new.get(name)


def _users(database: Database) -> frozenset[str]:
    """Who signs what is done: in a column that says who did something, such a name is a colleague's."""
    return frozenset(word for one in rows(database, User) for word in (one.display_name, one.login_id) if word)


def _names(database: Database, lives: Lives, wanted: Cells) -> Iterator[Borne]:
    """What the cells that go say of who somebody is, in any image, and whether somebody bears it who stays.

    Where the person goes, it is looked for all the same; where only a place, a telephone or a paper of theirs goes, it
    is the same one who stays, and their name is no finding.
    """
    going: dict[str, dict[Life, str]] = defaultdict(dict)
    staying = {name_key(one) for one in _users(database)}
    persons = set[str]()
    of_humans = set[str]()
    for step in walk(database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                for name in _NAMING & set(CELLS.get(life.table, ())) if life is not None else ():
                    value = change[side].get(name)
                    if isinstance(value, str) and value and not is_stand_in(value) and life is not None:
                        key = name_key(value)
                        if name in wanted.get(life, ()):
                            going[key][life] = value
                            persons |= {key} if (life.table, name) == ("people", "name") else set()
                            of_humans |= {key} if name in _OF_HUMANS else set()
                        elif lives.goes_on(life) and lives.last[life].get(name) == value:
                            staying.add(key)
    for key, those in going.items():
        if key and (key not in staying or key in persons):
            typed = frozenset(those.values()) if key in of_humans else frozenset[str]()
            yield Borne(key=key, typed=typed, lives=frozenset(those), shared=key in staying)
