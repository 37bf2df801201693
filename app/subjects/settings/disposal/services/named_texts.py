"""Names of those who go, in texts that stay: minutes, reasons, remarks, rows of papers that left.

What the ward wrote of its work is not erased, but nobody is left in it unsaid: where the row holds better words since,
or is gone, its images lose the name with the erasing; where a name stands there still, its place is noted and told, and
once somebody has worded it anew, the next opening takes the name from the history, too. A reason that somebody typed
into what the history calls an action stays, since the links of the journal cover it: it is named as that.

- ``find_named(database, lives, wanted) -> NamedTexts`` before an erasing
- ``reworded(database, noted) -> dict[Life, ...]`` what was worded anew since, until which step
- ``texts_in_words(items) -> str`` the places as people call them; ``texts_with_rows(database, items)`` with the row of
  each, for whoever has to word them anew
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from app.history.services.history_words import field_name, row_name, table_name
from app.subjects.settings.disposal.services.personal_rows import CELLS
from db.engine import Database
from db.erasing import Cells
from db.frozen_record import frozen_record
from db.lives import Life, Lives, walk
from db.mapping import TABLE_OF
from db.name_key import name_key
from db.records.accounts import User
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.rows import by_id, rows
from db.stand_ins import is_stand_in, until_step

_NAMING: Final = frozenset({"name", "furigana", "value", "presenter", "signer", "whom"})
"""The columns of ``CELLS`` that tell who somebody is; the others hold words that many texts hold."""
_SHORTEST: Final = 3
"""Shorter keys are words, too: they count as a whole cell only."""
_OURS: Final = frozenset({"disposals", "erasings", "erased_files", "users", "stored_files"})
_NEVER_CHANGED: Final = frozenset({"ledger_rows", "ledger_notes", "ledger_numbers"})
"""A row of a ledger and what was said about it stay as they were written: nobody can word them anew."""
_STAYS: Final = "（行は直せません）"
_MOST: Final = 4
_MOST_ROWS: Final = 8
_RECORD_OF: Final = {table: record for record, table in TABLE_OF.items()}


@frozen_record
class NamedTexts:
    """Texts that name somebody who goes: ``past`` stand in images alone, ``left`` in rows that are there."""

    past: dict[Life, dict[str, str]]
    left: tuple[DisposalItem, ...]


def find_named(database: Database, lives: Lives, wanted: Cells) -> NamedTexts:
    """Return where the names in the cells that go stand outside of them.

    Names that somebody bears who stays, or a user of the program, are not looked for: the text may mean them.
    """
    naming = _finder(_names(database, lives, wanted))
    state: dict[tuple[Life, str], str | None] = {}
    actions, head = list[DisposalItem](), 0
    for step in walk(database):
        head = step.seq
        if naming(step.action):
            actions.append(DisposalItem(table="journal", row_id=step.seq, column="action"))
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            life = after or before
            if life is None or life.table in _OURS:
                continue
            old, new = change["before"] or {}, change["after"] or {}
            for name in {*old, *new}:
                if _is_text_of_others(life, name, wanted):
                    if name in new and naming(new[name]):
                        state[life, name] = None
                    elif name in old and naming(old[name]):
                        state[life, name] = step.link
    past: dict[Life, dict[str, str]] = defaultdict(dict)
    left = []
    for (life, name), link in state.items():
        if link is not None:
            past[life][name] = until_step(link)
        else:
            left.append(DisposalItem(table=life.table, row_id=life.row_id, born=life.born, column=name, since=head + 1))
    return NamedTexts(past=dict(past), left=(*left, *actions))


def reworded(database: Database, noted: Iterable[DisposalItem], *, before: date) -> dict[DisposalItem, Cells]:
    """Return the cells of those noted texts that somebody worded anew, or whose row went, on an earlier day.

    Args:
        before: the day of today: what was done today can still be taken back.
    """
    wanted = {(one.table, one.row_id, one.born, one.column): one for one in noted if one.column}
    found: dict[DisposalItem, Cells] = {}
    for step in walk(database) if wanted else ():
        for change, old, new in zip(step.changes, step.before, step.after, strict=True):
            life = new or old
            if life is None or step.on >= before:
                continue
            for name in {*(change["before"] or {}), *(change["after"] or {})}:
                one = wanted.get((*life[:3], name))
                if one is not None and step.seq > one.since and _differs(change, name):
                    found[one] = {life: {name: until_step(step.link)}}
    return found


def texts_in_words(items: Iterable[DisposalItem]) -> str:
    """「協議・内容 2、指摘・本文 1」: where the noted texts stand; "" where there is none."""
    counted = Counter(_where(one) for one in items if one.column)
    shown = "、".join(f"{where} {number}" for where, number in counted.most_common(_MOST))
    return f"{shown}{f' ほか{len(counted) - _MOST}種' if len(counted) > _MOST else ''}"


def texts_with_rows(database: Database, items: Iterable[DisposalItem]) -> str:
    """「団体「残る町会」の備考、協議（第6回 講習会）の内容」: which texts those are, the first few of them."""
    noted = [one for one in items if one.column]
    shown = [_with_row(database, one) for one in noted[:_MOST_ROWS]]
    more = f" ほか{len(noted) - len(shown)}か所" if len(noted) > len(shown) else ""
    return "、".join(dict.fromkeys(shown)) + more


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
        return "変更の履歴の見出し（直せません）"
    return f"{table_name(one.table)}・{field_name(one.table, one.column)}{_stays(one)}"


def _stays(one: DisposalItem) -> str:
    return _STAYS if one.table in _NEVER_CHANGED else ""


def _differs(change: Mapping[str, Mapping[str, object] | None], name: str) -> bool:
    old, new = change["before"], change["after"]
    return new is None or old is None or old.get(name) != new.get(name)


def _is_text_of_others(life: Life, name: str, wanted: Cells) -> bool:
    """Whether a cell neither goes, nor goes with a day of its own, nor says who did something at work."""
    own = name in CELLS.get(life.table, ()) or name in wanted.get(life, ())
    return not (own or name == "by" or name.endswith("_by"))


def _names(database: Database, lives: Lives, wanted: Cells) -> set[str]:
    """The keys of what the cells that go say of who somebody is, in any image, and nobody else bears."""
    going, staying = set[str](), {name_key(one.display_name) for one in rows(database, User)}
    for step in walk(database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                for name in _NAMING & set(CELLS.get(life.table, ())) if life is not None else ():
                    value = change[side].get(name)
                    if isinstance(value, str) and value and not is_stand_in(value) and life is not None:
                        if name in wanted.get(life, ()):
                            going.add(name_key(value))
                        elif lives.goes_on(life) and lives.last[life].get(name) == value:
                            staying.add(name_key(value))
    return going - staying - {""}


def _finder(keys: Iterable[str]) -> Callable[[object], bool]:
    """Return what says of a value whether one of these keys stands in it; each text is folded once."""
    whole = set(keys)
    by_start: dict[str, list[str]] = defaultdict(list)
    for key in whole:
        if len(key) >= _SHORTEST:
            by_start[key[:2]].append(key)
    known: dict[str, bool] = {}

    def holds(value: object) -> bool:
        if not isinstance(value, str) or len(value) < 2:
            return False
        if value not in known:
            folded = name_key(value)
            known[value] = folded in whole or any(
                folded.startswith(key, at)
                for at in range(len(folded) - 1)
                for key in by_start.get(folded[at : at + 2], ())
            )
        return known[value]

    return holds
