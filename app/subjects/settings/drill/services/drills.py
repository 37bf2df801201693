"""Stores the results of 復元の点検, and what was done about problems found."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.subjects.events.event.rules.target_dates import DRILL
from db.records.backups import RestoreDrill
from db.records.programme import Programme, TaskClosing
from db.rows import rows
from db.store import Store

SUBJECT: Final = "drill"


@deed
def record_drill(context: ActionContext, *, drill: RestoreDrill, witness: str = "") -> ActionResult:
    """Store the result of a drill and, if all was well, close the year's task; it cannot be undone.

    Args:
        drill: as ``run_drill`` returned it. witness: who was present, "" = nobody.
    """
    year = drill.fiscal_year
    number = 1 + max((one.number for one in rows(context.database, RestoreDrill, fiscal_year=year)), default=0)
    kept = replace(drill, number=number, by=context.by, witness=witness.strip())
    with context.change("復元の点検をした", SUBJECT, barrier=True) as change:
        row_id = change.insert(kept)
        programme = next(iter(rows(context.database, Programme, fiscal_year=year)), None)
        if kept.is_successful and programme is not None:
            closed = rows(context.database, TaskClosing, programme_id=programme.id, task=DRILL)
            if not closed:
                change.insert(
                    TaskClosing(
                        programme_id=programme.id,
                        task=DRILL,
                        closed_on=kept.ended.date(),
                        reason=f"復元の点検記録 第{number}号",
                        by=context.by,
                        at=context.now,
                    )
                )
    said = (
        "復元の点検を終えました。件数はすべて合っています。"
        if kept.is_successful
        else "復元の点検で、確かめることが見つかりました。"
    )
    return ActionResult(said, row_id, can_undo=False)


@deed
def record_treatment(context: ActionContext, *, drill_id: int, words: str) -> ActionResult:
    """Store what was done about problems that a drill found.

    Raises:
        UserError: nothing was written, or the record is gone.
    """
    if not words.strip():
        raise UserError("処置が書かれていません。", "何が分かり、何をしたかを書いてください。記録に印字されます。")
    get_or_raise(context.database, RestoreDrill, drill_id)
    with context.change("復元の点検の処置を書いた", SUBJECT) as change:
        change.update(RestoreDrill, drill_id, treatment=words.strip(), treated_by=context.by, treated_on=context.today)
    return ActionResult("処置を書きました。", drill_id)


def read_drills(store: Store) -> tuple[RestoreDrill, ...]:
    """Return every drill, the newest first."""
    return tuple(rows(store.database, RestoreDrill, order="-id"))


def untreated_drill(store: Store) -> RestoreDrill | None:
    """Return the newest drill if it found problems without a recorded treatment, else None."""
    newest = next(iter(read_drills(store)), None)
    return newest if newest is not None and not newest.is_successful and not newest.treatment else None
