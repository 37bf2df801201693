"""A check list as a paper of its year: the newest version of every sheet, each with pages of its own."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from app.acts.refusal import Refusal
from app.ledgers.papers.check_sheet import CheckSheetFacts, check_sheets
from app.ledgers.rules.check_list import CheckList, answers_of, outcome_of
from app.ledgers.services.check_lists import read_sheets
from app.ledgers.services.reading import year_of_ledgers
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from db.store import Store


def check_paper(check: CheckList) -> PaperKind:
    """Return the declaration of a check list's paper."""
    return PaperKind(
        kind=check.title,
        about="年度",
        shelf="管理簿",
        build=partial(_build, check),
        ready=partial(_ready, check),
        missing="確認票を作成すると印刷できます。",
        todo="確認票",
    )


def _ready(check: CheckList, store: Store, subject: PaperSubject) -> bool:
    programme = year_of_ledgers(store.database, subject.scope.fiscal_year or 0)
    return bool(read_sheets(store.database, programme.id, check.key))


def _build(check: CheckList, store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    view = year_of(store, scope, on=now.date())
    sheets = []
    for sheet in read_sheets(store.database, view.programme.id, check.key):
        answers = answers_of(check, sheet.head, sheet.answers)
        sheets.append(CheckSheetFacts(sheet=sheet, answers=answers, outcome=outcome_of(answers)))
    if not sheets:
        raise Refusal(f"{check.title}は、まだありません。", "「情報保護」から確認票を作成してください。")
    return check_sheets(context_of(store, view, scope, check.title, now), check, tuple(sheets))
