"""Finds the names of erased people in all remaining data: texts of rows, authors, and journal descriptions.

The ward's own notes are not erased, but every name left in them is reported. If the row was reworded or is gone, its
history images lose the name with the erasing. If the name is still there, the place is recorded and shown; once
somebody has reworded it, the next opening removes the name from the history too. A reason typed into a journal
description stays, because the journal's hash chain covers it, and is reported as such. Every cell that is not erased
itself is searched; there is no list of columns.

Places that may mean somebody else (a surname alone, a name of another person too) are recorded separately: a person
judges them, and until then nothing of them is erased."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from app.common.and_others import and_others
from app.history.services import field_name, row_name, table_name
from app.settings.disposal.services.name_finder import NameFinder, NameHit, NameToFind, cell_texts, search_key
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS, NAME_COLUMNS
from db.engine import Database
from db.erasing import Cells
from db.mapping import TABLE_OF
from db.record import record
from db.records.accounts import User
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.redactions import is_redacted_text, redaction_until
from db.row_history import HistoryStep, RowHistories, RowHistory, walk_journal
from db.rows import by_id, rows
from db.tables.search import all_rows, text_at

_NAMING = frozenset(
    {"name", "furigana", "value", "presenter", "signer", "whom", "caller", "addressee", "said_by", "requester", "agent"}
)
"""The columns of ``ERASED_COLUMNS`` that identify a person; the others hold words that occur in many texts."""
_NAMES_OF_RECORDS = frozenset({"name", "furigana", "value", "presenter", "signer"})
"""Those that hold a name or number and nothing else; who called or asked may be 「本人」 or 「会長」."""
_HUMAN_NAME_COLUMNS = _NAMES_OF_RECORDS - {"value"}
"""Columns whose first part is a surname."""
_ERASING_TABLES = frozenset({"erasings", "erased_files"})
"""Tables that an erasure writes itself: counts and redactions, no text of anybody."""
_NAMES_OF_OTHERS = frozenset({
    "name", "furigana", "organisation_name", "branch", "file_name", "venue", "venue_name", "room", "facility",
    "address", "place", "pc", "media_type",
})  # fmt: skip
"""Columns naming a 団体, a place or a file: many contain a surname without meaning a person."""
_USER = ("login_id", "display_name")
_NEVER_CHANGED = frozenset({
    "ledger_rows", "ledger_notes", "ledger_numbers", "disposals", "disposal_holds", "stored_files", "failed_logins",
    "outgoing", "facts",
})  # fmt: skip
"""Tables whose rows are never changed (ledgers, issued documents, file names), so nobody can reword them."""
_MAX_TEXTS = 12
_MAX_ROWS = 8
_RECORD_OF = {table: record for record, table in TABLE_OF.items()}


@record
class NameSearchResult:
    """Where erased people are named.

    ``in_history``: in history images only; ``in_current_rows``: in present rows, each with the row histories whose
    names occur there. ``searched_names`` counts the names and numbers searched for.
    """

    in_history: dict[RowHistory, dict[str, str]]
    in_current_rows: dict[DisposalItem, frozenset[RowHistory]]
    searched_names: int


def find_naming_texts(database: Database, histories: RowHistories, wanted: Cells) -> NameSearchResult:
    """Return where the names in the cells to be erased occur outside of them.

    The name of a person who stays is not searched for. Where a person is erased and another one of that name stays, the
    places are recorded for somebody to judge.
    """
    looking = _HistorySearch(NameFinder(_names_to_find(database, histories, wanted)), wanted, _users(database))
    for step in walk_journal(database):
        looking.read_step(step)
    looking.read_unversioned_rows(database, histories)
    return looking.result()


class _HistorySearch:
    """Searches the history for names, from the first step to the last."""

    def __init__(self, finder: NameFinder, wanted: Cells, users: frozenset[str]):
        self._finder, self._wanted, self._users = finder, wanted, users
        self._standing: dict[tuple[RowHistory, str], NameHit] = {}
        self._past: dict[tuple[RowHistory, str], str] = {}
        self._steps: dict[DisposalItem, frozenset[RowHistory]] = {}
        self._loose: dict[tuple[str, int, str], NameHit] = {}
        self._head = 0

    def read_step(self, step: HistoryStep) -> None:
        """Search one step: its author, its description, and its images."""
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
        """Search rows that the journal does not cover (failed logins, remembered columns)."""
        for table, number, row in all_rows(database):
            if table in _ERASING_TABLES or (table, number) in histories.current:
                continue
            for name in row:
                hit = self._find_hit(table, name, row)
                if hit is not None:
                    self._loose[table, number, name] = hit

    def result(self) -> NameSearchResult:
        """Return everything found so far, in rows and in the history."""
        past: dict[RowHistory, dict[str, str]] = defaultdict(dict)
        for (life, name), link in self._past.items():
            past[life][name] = redaction_until(link)
        left = {}
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
        """Record where a name stands or stood in a column of a row."""
        if new is not None and not new.sort:
            self._past.pop((history, name), None)
        elif old is not None and not old.sort:
            self._past[history, name] = link
        if new is not None:
            self._standing[history, name] = new
        else:
            self._standing.pop((history, name), None)

    def _find_hit(self, table: str, name: str, image: Mapping[str, object]) -> NameHit | None:
        """Return what the value of a column names, None where the column can't name anybody."""
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
    """Return the cells of recorded texts that were reworded, or whose row was deleted, on an earlier day.

    Args:
        is_settled: returns whether a step is of an earlier day; what was done today can still be undone.
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
    """Return 「協議・内容 2、指摘・本文 1」, where the recorded texts are; "" if there are none."""
    counted = Counter(_where(one) for one in items if one.column and not one.sort.is_another)
    shown = "、".join(f"{where} {number}" for where, number in counted.most_common(_MAX_TEXTS))
    return f"{shown}{and_others(counted, _MAX_TEXTS, ' ほか{}種')}"


def rows_text(database: Database, items: Iterable[DisposalItem]) -> str:
    """Return 「団体「残る町会」の備考、協議（第6回 講習会）の内容」, the first few of the recorded texts."""
    noted = [one for one in dict.fromkeys(items) if one.column and not one.sort]
    shown = [_with_row(database, one) for one in noted[:_MAX_ROWS]]
    more = and_others(noted, len(shown), " ほか{}か所")
    return "、".join(dict.fromkeys(shown)) + more


@record
class NamingText:
    """A text that names somebody: where it is, and its current wording ("" = its row is gone)."""

    item: DisposalItem
    location: str
    text: str


def texts_to_judge(database: Database, items: Iterable[DisposalItem]) -> tuple[NamingText, ...]:
    """Return the recorded texts that may mean somebody else, each with its current wording."""
    return naming_texts_of(database, (one for one in items if one.sort.is_unsure))


def naming_texts_of(database: Database, items: Iterable[DisposalItem]) -> tuple[NamingText, ...]:
    """Return each of these places once with its current wording, the texts of a list or mapping on a line each."""
    return tuple(
        NamingText(
            item=one,
            location=_with_row(database, one),
            text="\n".join(cell_texts(text_at(database, one.table, one.row_id, one.column))),
        )
        for one in dict.fromkeys(items)
    )


def _with_row(database: Database, one: DisposalItem) -> str:
    """Return where a text stands, with the row and event it belongs to (「協議（第6回 講習会）の内容」)."""
    record = _RECORD_OF.get(one.table)
    if record is None:
        return _where(one)
    row = by_id(database, record, one.row_id)
    image = vars(row) if row is not None else {}
    event = by_id(database, Event, image.get("event_id")) if one.table != "events" else None
    about = f"（{event.full_title}）" if event is not None else ""
    return f"{row_name(one.table, image)}{about}の{field_name(one.table, one.column)}{_location_if_current(one)}"


def _where(one: DisposalItem) -> str:
    """Return table and column in which a text stands (「協議・内容」)."""
    if one.table == "journal":
        return f"変更の履歴の{'操作した人' if one.column == 'by' else '見出し'}（直せません）"
    return f"{table_name(one.table)}・{field_name(one.table, one.column)}{_location_if_current(one)}"


def _location_if_current(one: DisposalItem) -> str:
    """Return 「（行は直せません）」 for a text in a table that is never changed, else ""."""
    return "（行は直せません）" if one.table in _NEVER_CHANGED else ""


def _differs(change: Mapping[str, Mapping[str, object] | None], name: str) -> bool:
    """Return whether a change added or removed the row, or changed this column."""
    old, new = change["before"], change["after"]
    return new is None or old is None or old.get(name) != new.get(name)


def _users(database: Database) -> frozenset[str]:
    """Return the names of the program's users: in a column that says who did something, they mean a colleague."""
    return frozenset(word for one in rows(database, User) for word in (one.display_name, one.login_id) if word)


def _names_to_find(database: Database, histories: RowHistories, wanted: Cells) -> Iterator[NameToFind]:
    """Yield the identifying values of the cells to be erased, in any image, and whether somebody who stays shares them.

    If only an entry, a telephone or a document of a person is erased, the person stays and the name is not searched
    for.
    """
    going: dict[str, dict[RowHistory, str]] = defaultdict(dict)
    staying = {search_key(one) for one in _users(database)}
    persons = set[str]()
    of_humans = set[str]()
    for step in walk_journal(database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                for name in _NAMES_OF_RECORDS & set(ERASED_COLUMNS.get(life.table, ())) if life is not None else ():
                    value = change[side].get(name)
                    if isinstance(value, str) and value and not is_redacted_text(value) and life is not None:
                        key = search_key(value)
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
