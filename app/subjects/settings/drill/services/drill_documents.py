"""The record of each 復元の点検 as a document of the year in which it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_of
from app.subjects.settings.drill.documents.drill_record import KIND, drill_record
from app.subjects.settings.drill.services.drills import read_drills
from db.records.backups import RestoreDrill
from db.rows import by_id
from db.store import Store


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the record of the drill that ``scope.item`` names, else of the newest one of the year.

    Raises:
        UserError: there is none, or its problems have no recorded treatment yet.
    """
    view = year_of(store, scope, on=now.date())
    one = next(iter(_chosen_drills(store, replace(scope, fiscal_year=view.programme.fiscal_year))), None)
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
    return drill_record(document_context_of(store, view, scope, KIND, now), one, year_words=year_words, next_on=next_on)


def _chosen_drills(store: Store, scope: DocumentScope) -> list[RestoreDrill]:
    """Return the named drill, even of a year not started yet, else those of the year."""
    named = by_id(store.database, RestoreDrill, scope.item or 0)
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


RECORD: Final = DocumentKind(
    kind=KIND,
    about="年度",
    group="管理簿",
    build=build_record,
    is_ready=_is_available,
    items=_records,
    missing_words="復元の点検をすると作成できます。",
    todo="復元の点検をする",
    is_internal=True,
)
