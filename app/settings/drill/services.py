"""復元の点検: its results, what was done about problems found, and its record as a document of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.event.rules.target_dates import DRILL
from app.settings.drill.documents import KIND, drill_record
from db.records.backups import RestoreDrill
from db.records.programme import Programme, TaskClosing
from db.rows import by_id, rows
from db.store import Store

SUBJECT = "drill"


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
        if (
            kept.is_successful
            and programme is not None
            and not rows(context.database, TaskClosing, programme_id=programme.id, task=DRILL)
        ):
            change.insert(
                TaskClosing(
                    programme_id=programme.id,
                    task=DRILL,
                    closed_on=kept.ended.date(),
                    reason=f"復元の点検記録 第{number}号",
                    **context.signature,
                )
            )
    said = (
        "復元の点検を終えました。件数はすべて合っています。"
        if kept.is_successful
        else "復元の点検で、確かめることが見つかりました。"
    )
    return ActionResult(said, row_id, can_undo=False)


def record_treatment(context: ActionContext, *, drill_id: int, words: str) -> ActionResult:
    """Store what was done about problems that a drill found, with the user's name and today's date.

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


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the record of the drill that ``scope.item`` names, else of the newest one of the year.

    Raises:
        UserError: there is none, or its problems have no recorded treatment yet.
    """
    context = document_context_of(store, scope, KIND, now)
    one = next(iter(_chosen_drills(store, replace(scope, fiscal_year=context.programme.fiscal_year))), None)
    if one is None:
        raise UserError(
            "復元の点検は、まだしていません。", "「設定」の「バックアップ・表示」の「復元の点検」から行えます。"
        )
    if not one.is_successful and not one.treatment:
        raise UserError(
            "点検で見つかったことの処置が、まだ書かれていません。",
            "「設定」の「バックアップ・表示」の「復元の点検」で「処置を書く」を押してください。",
        )
    year_words = era_year_short(date(one.fiscal_year, 4, 1))
    next_on = date(one.fiscal_year + 1, 11, 30)
    return drill_record(context, one, year_words=year_words, next_on=next_on)


def _chosen_drills(store: Store, scope: DocumentScope) -> list[RestoreDrill]:
    """Return the named drill, even of a year not started yet, else those of the year."""
    named = by_id(store.database, RestoreDrill, scope.item)
    return [named] if named is not None else _drills_of_year(store, scope.fiscal_year or 0)


def _drills_of_year(store: Store, fiscal_year: int) -> list[RestoreDrill]:
    return [one for one in read_drills(store) if one.fiscal_year == fiscal_year]


def _is_available(store: Store, subject: DocumentSubject) -> bool:
    return any(one.is_successful or one.treatment for one in _chosen_drills(store, subject.scope))


def _records(store: Store, scope: DocumentScope) -> Sequence[DocumentItem]:
    return tuple(
        DocumentItem(id=one.id, title=f"第{one.number}号　{short_date(one.ended.date())}")
        for one in reversed(_drills_of_year(store, scope.fiscal_year or 0))
    )


RECORD = DocumentKind(
    kind=KIND,
    group="管理簿",
    build=build_record,
    is_ready=_is_available,
    items=_records,
    missing_words="復元の点検をすると作成できます。",
    todo="復元の点検をする",
    is_internal=True,
)
