"""Build the document of 仕様書の読み比べ from the records."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.document_frame import table_day
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_of
from app.programme.services.programme import read_programme
from app.subjects.year.specification.documents.comparison_document import (
    KIND,
    ChangedLine,
    ComparisonFacts,
    ConfirmedLine,
    comparison_document,
)
from app.subjects.year.specification.rules.paragraph_comparison import mark_changes, shorten
from app.subjects.year.specification.services.clause_references import ORDER
from app.subjects.year.specification.services.specification import (
    FROM_SETTINGS,
    NEXT_YEAR,
    THIS_YEAR,
    ClauseRow,
    NumberLine,
    read_specification,
    state_words,
)
from db.records.year.specification import SpecificationText
from db.rows import row
from db.store import Store

_MISSING: Final = "「仕様書の読み比べ」につぎの年度の仕様書を入れると作成できます。"


def build_comparison(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of a year; raises ``UserError`` without the next year's 仕様書."""
    year = year_of(store, scope, on=now.date())
    view = read_specification(store, fiscal_year=year.programme.fiscal_year, today=now.date())
    if NEXT_YEAR not in view.texts:
        raise UserError("つぎの年度の仕様書がまだありません。", _MISSING)
    became = Counter(one.pair.change for one in view.changed_rows)
    names = (
        view.texts[THIS_YEAR].file_name if THIS_YEAR in view.texts else FROM_SETTINGS,
        view.texts[NEXT_YEAR].file_name,
    )
    facts = ComparisonFacts(
        texts=names,
        counts="　".join(f"{what} {count}段落" for what, count in became.items()) or "なし",
        changed=[_changed(one) for one in view.changed_rows],
        numbers=[_number(one) for one in view.numbers],
        confirmed=sum(one.confirmed is not None for one in view.numbers),
    )
    return comparison_document(document_context_of(store, year, scope, KIND, now), facts)


def _changed(row: ClauseRow) -> ChangedLine:
    pair = row.pair
    old, new = (pair.old.text if pair.old else ""), (pair.new.text if pair.new else "")
    left, right = mark_changes(old, new) if old and new else (((old, True),), ((new, True),))
    moved = f"\n（前は{pair.old.clause}）" if pair.old and pair.new and pair.old.clause != pair.new.clause else ""
    by_sort = {what: [each.words for each in row.references if each.action == what] for what in ORDER}
    return ChangedLine(
        clause=f"{pair.clause or '—'}\n{pair.change}{moved}",
        this_year=shorten(left) or "—",
        next_year=shorten(right) or "—",
        references="\n".join(f"{what}：{'、'.join(words)}" for what, words in by_sort.items() if words) or "—",
    )


def _number(line: NumberLine) -> ConfirmedLine:
    confirmed = line.confirmed
    return ConfirmedLine(
        name=line.value.label,
        this_year=line.this_words,
        next_year=line.next_words or "未確認",
        clause=confirmed.clause if confirmed else "",
        confirmed=f"{table_day(confirmed.confirmed_on)} {confirmed.confirmed_by}" if confirmed else "",
    )


def _ready(store: Store, subject: DocumentSubject) -> bool:
    programme_id = read_programme(store, fiscal_year=subject.scope.fiscal_year).programme.id
    return row(store.database, SpecificationText, programme_id=programme_id, side=NEXT_YEAR) is not None


def _state(store: Store, subject: DocumentSubject, today: date) -> str:
    return state_words(
        store, programme_id=read_programme(store, fiscal_year=subject.scope.fiscal_year).programme.id, today=today
    )


COMPARISON_DOCUMENTS: Final = (
    DocumentKind(
        kind=KIND,
        about="年度",
        group="年度",
        build=build_comparison,
        is_ready=_ready,
        state_words=_state,
        missing_words=_MISSING,
        todo="仕様書の読み比べ",
        is_internal=True,
        is_listed=False,
    ),
)
