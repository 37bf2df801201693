"""Keeping what came of a 復元の点検, and what was done about it.

- ``record_drill(act, drill, witness) -> Saved`` closes the task of its year where everything held
- ``note_treatment(act, drill_id, words) -> Saved``; ``read_drills(store) -> tuple[RestoreDrill, ...]``
- ``untreated_drill(store) -> RestoreDrill | None`` what home speaks of
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.subjects.events.event.rules.guides import DRILL
from db.records.backups import RestoreDrill
from db.records.programme import Programme, TaskClosing
from db.rows import rows
from db.store import Store

SUBJECT: Final = "drill"


@deed
def record_drill(act: Act, *, drill: RestoreDrill, witness: str = "") -> Saved:
    """Keep what came of a drill; it is a record of what was done and is not taken back.

    Args:
        drill: as ``run_drill`` returned it. witness: who stood by, "" = nobody.
    """
    year = drill.fiscal_year
    number = 1 + max((one.number for one in rows(act.database, RestoreDrill, fiscal_year=year)), default=0)
    kept = replace(drill, number=number, by=act.by, witness=witness.strip())
    with act.change("復元の点検をした", SUBJECT, barrier=True) as change:
        row_id = change.insert(kept)
        programme = next(iter(rows(act.database, Programme, fiscal_year=year)), None)
        if kept.good and programme is not None:
            closed = rows(act.database, TaskClosing, programme_id=programme.id, task=DRILL)
            if not closed:
                change.insert(
                    TaskClosing(
                        programme_id=programme.id,
                        task=DRILL,
                        closed_on=kept.ended.date(),
                        reason=f"復元の点検記録 第{number}号",
                        by=act.by,
                        at=act.now,
                    )
                )
    said = (
        "復元の点検を終えました。件数はすべて合っています。"
        if kept.good
        else "復元の点検で、確かめることが見つかりました。"
    )
    return Saved(said, row_id, can_undo=False)


@deed
def note_treatment(act: Act, *, drill_id: int, words: str) -> Saved:
    """Keep what was done about what a drill found.

    Raises:
        Refusal: nothing was written, or the record is gone.
    """
    if not words.strip():
        raise Refusal("処置が書かれていません。", "何が分かり、何をしたかを書いてください。記録に印字されます。")
    get_or_refuse(act.database, RestoreDrill, drill_id)
    with act.change("復元の点検の処置を書いた", SUBJECT) as change:
        change.update(RestoreDrill, drill_id, treatment=words.strip(), treated_by=act.by, treated_on=act.today)
    return Saved("処置を書きました。", drill_id)


def read_drills(store: Store) -> tuple[RestoreDrill, ...]:
    """Return every drill, the newest first."""
    return tuple(rows(store.database, RestoreDrill, order="-id"))


def untreated_drill(store: Store) -> RestoreDrill | None:
    """Return the newest drill where it found something and nobody wrote what was done about it."""
    newest = next(iter(read_drills(store)), None)
    return newest if newest is not None and not newest.good and not newest.treatment else None
