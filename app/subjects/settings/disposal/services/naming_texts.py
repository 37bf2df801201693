"""Names of those who go, in whatever stays: each text of each row, who did a step, what the history calls a step.

What the ward wrote of its work is not erased, but nobody is left in it unsaid: where the row holds better words since,
or is gone, its images lose the name with the erasing; where a name stands there still, its place is noted and told, and
once somebody has worded it anew, the next opening takes the name from the history, too. A reason that somebody typed
into what the history calls an action stays, since the links of the journal cover it: it is named as that. Which cells
are searched is said by what goes, not by a list of columns: whatever is not erased itself is read.

Places that may mean somebody else (a surname alone, a name that another person bears) are noted apart: a person judges
them, and until then nothing of them goes.

- ``find_naming_texts(database, lives, wanted) -> NameSearchResult`` before an erasing
- ``reworded(database, noted) -> dict[RowHistory, ...]`` what was worded anew since, until which step
- ``locations_words(items) -> str`` the places as people call them; ``rows_text(database, items)`` with the row of
  each, for whoever has to word them anew; ``texts_to_judge(database, items)`` those that may mean somebody else
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.history.services.history_words import field_name, row_name, table_name
from app.subjects.settings.disposal.services.name_finder import NameFinder, NameHit, NameToFind, cell_texts
from app.subjects.settings.disposal.services.personal_rows import ERASED_COLUMNS, NAME_COLUMNS
from db.engine import Database
from db.erasing import Cells
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF
from db.name_key import name_key
from db.records.accounts import User
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.redactions import is_redacted_text, redaction_until
from db.row_history import HistoryStep, RowHistories, RowHistory, walk_journal
from db.rows import by_id, rows
from db.tables.texts import all_rows, text_at

_NAMING: Final = frozenset({"name", "furigana", "value", "presenter", "signer", "whom"})
"""The columns of ``CELLS`` that tell who somebody is; the others hold words that many texts hold."""
_HUMAN_NAME_COLUMNS: Final = _NAMING - {"value"}
"""Those whose first half is a surname."""
_ERASING_TABLES: Final = frozenset({"erasings", "erased_files"})
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
_MAX_TEXTS: Final = 12
_MAX_ROWS: Final = 8
_RECORD_OF: Final = {table: record for record, table in TABLE_OF.items()}


@frozen_record
class NameSearchResult:
    """Where those who go are named: ``past`` stand in images alone, ``left`` in what is there, each with the lives
    whose names stand in it. ``searched`` counts the names and numbers that were looked for."""

    in_history: dict[RowHistory, dict[str, str]]
    in_current_rows: dict[DisposalItem, frozenset[RowHistory]]
    searched_names: int


def find_naming_texts(database: Database, histories: RowHistories, wanted: Cells) -> NameSearchResult:
    """Return where the names in the cells that go stand outside of them.

    A name that somebody bears who stays is not looked for where the same person stays; where a person goes and another
    one of that name stays, its places are noted for somebody to judge.
    """
    looking = _HistorySearch(NameFinder(_names_to_find(database, histories, wanted)), wanted, _users(database))
    for step in walk_journal(database):
        looking.read_step(step)
    looking.read_unversioned_rows(database, histories)
    return looking.result()


class _HistorySearch:
    """What was found so far, walking from the first step to the last."""

    def __init__(self, finder: NameFinder, wanted: Cells, users: frozenset[str]) -> None:
        self._finder, self._wanted, self._users = finder, wanted, users
        self._standing: dict[tuple[RowHistory, str], NameHit] = {}
        self._past: dict[tuple[RowHistory, str], str] = {}
        self._steps: dict[DisposalItem, frozenset[RowHistory]] = {}
        self._loose: dict[tuple[str, int, str], NameHit] = {}
        self._head = 0

    def read_step(self, step: HistoryStep) -> None:
        """Read one step: who did it, what it is called, and its images."""
        self._head = step.seq
        for column, words in (("action", step.action), ("by", "" if step.by in self._users else step.by)):
            hit = self._finder.find_whole_name(words)
            if hit is not None:
                item = DisposalItem(table="journal", row_id=step.seq, column=column, sort=hit.sort)
                self._steps[item] = hit.histories
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            life = after or before
            if life is None or life.table in _ERASING_TABLES:
                continue
            old, new = change["before"] or {}, change["after"] or {}
            for name in {*old, *new} - self._wanted.get(life, {}).keys():
                self._add_hit(
                    life, name, self._find_hit(life.table, name, old), self._find_hit(life.table, name, new), step.link
                )

    def read_unversioned_rows(self, database: Database, histories: RowHistories) -> None:
        """Read the rows of which the journal tells nothing (failed logins, remembered columns)."""
        for table, number, row in all_rows(database):
            if table in _ERASING_TABLES or (table, number) in histories.current:
                continue
            for name in row:
                hit = self._find_hit(table, name, row)
                if hit is not None:
                    self._loose[table, number, name] = hit

    def result(self) -> NameSearchResult:
        """Return all of it."""
        past: dict[RowHistory, dict[str, str]] = defaultdict(dict)
        for (life, name), link in self._past.items():
            past[life][name] = redaction_until(link)
        left: dict[DisposalItem, frozenset[RowHistory]] = {}
        for (life, name), hit in self._standing.items():
            item = DisposalItem(
                table=life.table, row_id=life.row_id, born=life.born, column=name, since=self._head + 1, sort=hit.sort
            )
            left[item] = hit.histories
        for (table, number, name), hit in self._loose.items():
            left[DisposalItem(table=table, row_id=number, column=name, since=self._head + 1, sort=hit.sort)] = (
                hit.histories
            )
        return NameSearchResult(
            in_history=dict(past), in_current_rows=left | self._steps, searched_names=self._finder.name_count
        )

    def _add_hit(self, history: RowHistory, name: str, old: NameHit | None, new: NameHit | None, link: str) -> None:
        if new is not None and not new.sort:
            self._past.pop((history, name), None)
        elif old is not None and not old.sort:
            self._past[history, name] = link
        if new is not None:
            self._standing[history, name] = new
        else:
            self._standing.pop((history, name), None)

    def _find_hit(self, table: str, name: str, image: Mapping[str, object]) -> NameHit | None:
        value = image.get(name)
        if not isinstance(value, str) or (table == "users" and name in _USER):
            return None  # a user's own name is no text about anybody; whose name is the same is told as borne
        if name == "by" or name.endswith("_by"):
            return None if value in self._users else self._finder.find_whole_name(value)
        if name in _NAMING and name in ERASED_COLUMNS.get(table, ()):
            return self._finder.find_in_name(value) if name in NAME_COLUMNS else self._finder.find_whole_name(value)
        return self._finder.find_whole_name(value) if name in _NAMES_OF_OTHERS else self._finder.find_in_text(value)


def find_reworded(
    database: Database, noted_items: Iterable[DisposalItem], *, is_settled: Callable[[HistoryStep], bool]
) -> dict[DisposalItem, Cells]:
    """Return the cells of those noted texts that somebody worded anew, or whose row went, on an earlier day.

    Args:
        is_settled: says whether a step is of an earlier day: what was done today can still be taken back.
    """
    wanted = {(one.table, one.row_id, one.born, one.column): one for one in noted_items if one.column and not one.sort}
    found: dict[DisposalItem, Cells] = {}
    for step in walk_journal(database) if wanted else ():
        for change, old, new in zip(step.changes, step.before, step.after, strict=True):
            life = new or old
            if life is None:
                continue
            for name in {*(change["before"] or {}), *(change["after"] or {})}:
                one = wanted.get((*life[:3], name))
                if one is not None and step.seq > one.since and _differs(change, name) and is_settled(step):
                    found[one] = {life: {name: redaction_until(step.link)}}
    return found


def locations_words(items: Iterable[DisposalItem]) -> str:
    """「協議・内容 2、指摘・本文 1」: where the noted texts stand; "" where there is none."""
    counted = Counter(_where(one) for one in items if one.column and one.sort != "another")
    shown = "、".join(f"{where} {number}" for where, number in counted.most_common(_MAX_TEXTS))
    return f"{shown}{f' ほか{len(counted) - _MAX_TEXTS}種' if len(counted) > _MAX_TEXTS else ''}"


def rows_text(database: Database, items: Iterable[DisposalItem]) -> str:
    """「団体「残る町会」の備考、協議（第6回 講習会）の内容」: which texts those are, the first few of them."""
    noted = [one for one in dict.fromkeys(items) if one.column and not one.sort]
    shown = [_with_row(database, one) for one in noted[:_MAX_ROWS]]
    more = f" ほか{len(noted) - len(shown)}か所" if len(noted) > len(shown) else ""
    return "、".join(dict.fromkeys(shown)) + more


@frozen_record
class NamingText:
    """A text that names somebody: where it is, and what it says now ("" = its row is gone)."""

    item: DisposalItem
    location: str
    text: str


def texts_to_judge(database: Database, items: Iterable[DisposalItem]) -> tuple[NamingText, ...]:
    """Return the noted places that may mean somebody else, each with its text of now, one line a place."""
    return naming_texts_of(database, (one for one in items if one.sort in ("shared", "surname")))


def naming_texts_of(database: Database, items: Iterable[DisposalItem]) -> tuple[NamingText, ...]:
    """Return each of these places with its text of now, one line a place."""
    return tuple(
        NamingText(
            item=one,
            location=_with_row(database, one),
            text=_lines_of(text_at(database, one.table, one.row_id, one.column)),
        )
        for one in dict.fromkeys(items)
    )


def _lines_of(value: str) -> str:
    return "\n".join(cell_texts(value))


def _with_row(database: Database, one: DisposalItem) -> str:
    record = _RECORD_OF.get(one.table)
    if record is None:
        return _where(one)
    row = by_id(database, record, one.row_id)
    image = vars(row) if row is not None else {}
    event = by_id(database, Event, int(image.get("event_id") or 0)) if one.table != "events" else None
    about = f"（{event.full_title}）" if event is not None else ""
    return f"{row_name(one.table, image)}{about}の{field_name(one.table, one.column)}{_location_if_current(one)}"


def _where(one: DisposalItem) -> str:
    if one.table == "journal":
        return f"変更の履歴の{'操作した人' if one.column == 'by' else '見出し'}（直せません）"
    return f"{table_name(one.table)}・{field_name(one.table, one.column)}{_location_if_current(one)}"


def _location_if_current(one: DisposalItem) -> str:
    return _STAYS if one.table in _NEVER_CHANGED else ""


def _differs(change: Mapping[str, Mapping[str, object] | None], name: str) -> bool:
    old, new = change["before"], change["after"]
    return new is None or old is None or old.get(name) != new.get(name)


def _users(database: Database) -> frozenset[str]:
    """Who signs what is done: in a column that says who did something, such a name is a colleague's."""
    return frozenset(word for one in rows(database, User) for word in (one.display_name, one.login_id) if word)


def _names_to_find(database: Database, histories: RowHistories, wanted: Cells) -> Iterator[NameToFind]:
    """What the cells that go say of who somebody is, in any image, and whether somebody bears it who stays.

    Where the person goes, it is looked for all the same; where only a place, a telephone or a paper of theirs goes, it
    is the same one who stays, and their name is no finding.
    """
    going: dict[str, dict[RowHistory, str]] = defaultdict(dict)
    staying = {name_key(one) for one in _users(database)}
    persons = set[str]()
    of_humans = set[str]()
    for step in walk_journal(database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                for name in _NAMING & set(ERASED_COLUMNS.get(life.table, ())) if life is not None else ():
                    value = change[side].get(name)
                    if isinstance(value, str) and value and not is_redacted_text(value) and life is not None:
                        key = name_key(value)
                        if name in wanted.get(life, ()):
                            going[key][life] = value
                            persons |= {key} if (life.table, name) == ("people", "name") else set()
                            of_humans |= {key} if name in _HUMAN_NAME_COLUMNS else set()
                        elif histories.is_current(life) and histories.last_images[life].get(name) == value:
                            staying.add(key)
    for key, those in going.items():
        if key and (key not in staying or key in persons):
            typed = frozenset(those.values()) if key in of_humans else frozenset[str]()
            yield NameToFind(key=key, spellings=typed, histories=frozenset(those), is_shared=key in staying)
