"""Forms that stay open over a hand-over, half of them on rows that the colleague changes: every letter stays, nothing
is overwritten unasked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from db.records.organisations import Organisation
from db.rows import by_id
from db.stale_check import EditConflict, FieldKey, Resolution, StaleCheck
from tests.support.data_folders import NAME, NOW, copied_folder
from tests.support.two_sessions import LATER, TwoSessions

FIELDS: Final = ("name", "branch", "furigana", "support_policy", "note", "stages/LINE", "stages/Zoom")
"""What is typed in one form; the last two are parts of one field."""
_OTHER: Final = "見本 太郎"
_TYPED = 0.4


@dataclass
class Outcome:
    """What became of the forms: counts, and what must not be."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def play(place: Path, *, rounds: int, forms: int, seed: int = 1) -> Outcome:
    """Open ``forms`` forms in each of ``rounds``, let the colleague work, come back and save all of them."""
    outcome, chance = Outcome(), random.Random(seed)
    with TwoSessions(copied_folder(place)) as desks:
        with desks.a.change(action="団体を加えた", by=NAME, now=NOW) as change:
            rows = [change.insert(_filled(f"団体{number}", {})) for number in range(forms)]
        for number in range(rounds):
            _one_round(desks, rows, f"{number}", chance, outcome)
    return outcome


def _one_round(desks: TwoSessions, rows: list[int], name: str, chance: random.Random, outcome: Outcome) -> None:
    desks.open_forms()
    then = {row: _values(by_id(desks.a.database, Organisation, row)) for row in rows}
    mine = {row: _typed(f"わたし{name}-{row}", chance) for row in rows}
    theirs = {row: _typed(f"Bの{name}-{row}", chance) if chance.random() < 0.5 else {} for row in rows}
    for row in rows:  # now and then both type the same
        theirs[row] |= {key: mine[row][key] for key in theirs[row] if key in mine[row] and chance.random() < 0.1}
    desks.to_b()
    with desks.b.change(action="Bが直した", by=_OTHER, now=LATER) as change:
        for row in rows:
            if theirs[row]:
                change.save(_filled("", {**then[row], **theirs[row]}, row))
    desks.back_to_a()
    for row in rows:
        outcome.counts["forms"] += 1
        typed = {**then[row], **mine[row]}
        contested = {key for key in mine[row] if key in theirs[row] and theirs[row][key] != mine[row][key]}
        chosen: dict[FieldKey, Resolution] = {}
        try:
            _save(desks, row, typed, desks.loaded())
        except EditConflict as asked:
            outcome.counts["asked"] += len(asked.conflicts)
            if {one.field_key[2] for one in asked.conflicts} != contested:
                outcome.wrong.append(f"{name}/{row}: asked {asked.conflicts}, contested {contested}")
            chosen = {one.field_key: chance.choice(("mine", "theirs")) for one in asked.conflicts}
            _save(desks, row, typed, desks.loaded().with_resolutions(chosen))
        else:
            outcome.wrong += [f"{name}/{row}: overwritten unasked {contested}"] if contested else []
        kept = _values(by_id(desks.a.database, Organisation, row))
        left = {where[2] for where, choice in chosen.items() if choice == "theirs"}
        wanted = {**then[row], **theirs[row], **{key: value for key, value in mine[row].items() if key not in left}}
        outcome.wrong += [f"{name}/{row}: {kept} instead of {wanted}"] if kept != wanted else []
        outcome.wrong += _letters_gone(desks, row, {**mine[row], **theirs[row]})


def _save(desks: TwoSessions, row: int, typed: Mapping[str, str], loaded: StaleCheck) -> None:
    with desks.a.saving_with_stale_check(loaded), desks.a.change(action="団体を直した", by=NAME, now=LATER) as change:
        change.save(_filled("", typed, row))


def _letters_gone(desks: TwoSessions, row: int, values: Mapping[str, str]) -> list[str]:
    """What either of them typed stands in the row or in its history."""
    query = "SELECT group_concat(payload) FROM journal WHERE seq > ?"
    history = desks.a.database.execute(query, [desks.seen]).fetchone()[0] or ""
    return [f"{row}: 「{value}」 is nowhere" for value in values.values() if value not in history]


def _typed(name: str, chance: random.Random) -> dict[str, str]:
    return {key: f"{name} {key} {chance.randint(0, 999)}" for key in FIELDS if chance.random() < _TYPED}


def _filled(name: str, values: Mapping[str, str], row: int = 0) -> Organisation:
    stages = {key.partition("/")[2]: value for key, value in values.items() if "/" in key}
    plain: dict[str, Any] = {key: value for key, value in values.items() if "/" not in key}
    return Organisation(**{"id": row, "name": name, "stages": stages, **plain})


def _values(row: Organisation | None) -> dict[str, str]:
    assert row is not None
    plain = {key: str(getattr(row, key)) for key in FIELDS if "/" not in key}
    return plain | {f"stages/{tool}": stage for tool, stage in row.stages.items()}
