"""The document kind of a check list: the newest version of every sheet of a year."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.ledgers.documents import CheckSheetContent, check_sheet_document
from app.ledgers.rules import CheckList, count_outcome, evaluate_items
from app.ledgers.services.check_lists import read_sheets
from app.ledgers.services.ledger_reading import require_year
from db.store import Store


def check_document_kind(check_list: CheckList) -> DocumentKind:
    """Return the document kind of a check list."""
    return DocumentKind(
        kind=check_list.title,
        group="管理簿",
        build=partial(_build, check_list),
        is_ready=partial(_is_available, check_list),
        missing_words="確認票を作成すると印刷できます。",
        todo="確認票",
    )


def _is_available(check: CheckList, store: Store, subject: DocumentSubject) -> bool:
    programme = require_year(store.database, subject.scope.fiscal_year or 0)
    return bool(read_sheets(store.database, programme.id, check.key))


def _build(check: CheckList, store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Build the document of the check sheets of a year; raises ``UserError`` if there is none."""
    context = document_context_of(store, scope, check.title, now)
    sheets = []
    for sheet in read_sheets(store.database, context.programme.id, check.key):
        answers = evaluate_items(check, sheet.head, sheet.answers)
        sheets.append(CheckSheetContent(sheet=sheet, answers=answers, outcome=count_outcome(answers)))
    if not sheets:
        raise UserError(f"{check.title}は、まだありません。", "「情報保護」から確認票を作成してください。")
    return check_sheet_document(context, check, tuple(sheets))
