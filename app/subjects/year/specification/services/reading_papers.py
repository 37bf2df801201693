"""The paper of 仕様書の読み比べ: what it says is read here, how it says it stands in ``papers``."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.papers.blocks import DocumentContent
from app.papers.paper import table_day
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.programme.services.programme import read_programme
from app.subjects.year.specification.papers.reading_paper import (
    KIND,
    ChangedLine,
    ConfirmedLine,
    ReadingFacts,
    reading_paper,
)
from app.subjects.year.specification.rules.comparing import marked, shortened
from app.subjects.year.specification.services.hanging import ORDER
from app.subjects.year.specification.services.specification import (
    FROM_SETTINGS,
    NEXT,
    THIS,
    ClauseRow,
    NumberLine,
    read_specification,
    state_words,
)
from db.records.year.specification import SpecificationText
from db.rows import row
from db.store import Store

_MISSING: Final = "「仕様書の読み比べ」につぎの年度の仕様書を入れると作成できます。"


def build_reading(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the paper of a year; raises ``Refusal`` while the 仕様書 of the next year is not there."""
    year = year_of(store, scope, on=now.date())
    view = read_specification(store, fiscal_year=year.programme.fiscal_year, today=now.date())
    if NEXT not in view.texts:
        raise Refusal("つぎの年度の仕様書がまだありません。", _MISSING)
    became = Counter(one.pair.became for one in view.changed)
    names = (view.texts[THIS].file_name if THIS in view.texts else FROM_SETTINGS, view.texts[NEXT].file_name)
    facts = ReadingFacts(
        texts=names,
        counts="　".join(f"{what} {count}段落" for what, count in became.items()) or "なし",
        changed=[_changed(one) for one in view.changed],
        numbers=[_number(one) for one in view.numbers],
        confirmed=sum(one.confirmed is not None for one in view.numbers),
    )
    return reading_paper(context_of(store, year, scope, KIND, now), facts)


def _changed(one: ClauseRow) -> ChangedLine:
    pair = one.pair
    old, new = (pair.old.text if pair.old else ""), (pair.new.text if pair.new else "")
    left, right = marked(old, new) if old and new else (((old, True),), ((new, True),))
    moved = f"\n（前は{pair.old.clause}）" if pair.old and pair.new and pair.old.clause != pair.new.clause else ""
    by_sort = {what: [each.words for each in one.hanging if each.what == what] for what in ORDER}
    return ChangedLine(
        clause=f"{pair.clause or '—'}\n{pair.became}{moved}",
        this_year=shortened(left) or "—",
        next_year=shortened(right) or "—",
        hanging="\n".join(f"{what}：{'、'.join(words)}" for what, words in by_sort.items() if words) or "—",
    )


def _number(one: NumberLine) -> ConfirmedLine:
    confirmed = one.confirmed
    return ConfirmedLine(
        name=one.value.label,
        this_year=one.this_words,
        next_year=one.next_words or "未確認",
        clause=confirmed.clause if confirmed else "",
        confirmed=f"{table_day(confirmed.confirmed_on)} {confirmed.confirmed_by}" if confirmed else "",
    )


def _ready(store: Store, subject: PaperSubject) -> bool:
    programme_id = read_programme(store, fiscal_year=subject.scope.fiscal_year).programme.id
    return row(store.database, SpecificationText, programme_id=programme_id, side=NEXT) is not None


def _state(store: Store, subject: PaperSubject, today: date) -> str:
    return state_words(
        store, programme_id=read_programme(store, fiscal_year=subject.scope.fiscal_year).programme.id, today=today
    )


PAPERS: Final = (
    PaperKind(
        kind=KIND,
        about="年度",
        shelf="年度",
        build=build_reading,
        ready=_ready,
        state=_state,
        missing=_MISSING,
        todo="仕様書の読み比べ",
        inside=True,
        listed=False,
    ),
)
