"""A total of the year as evidence for the 提案書, summed over events with the same question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.actions.user_error import UserError
from app.programme.services.programme import programmes
from app.subjects.surveys.compare.documents import InterimKind
from app.subjects.surveys.compare.services.interim_totals import read_interim
from app.subjects.year.dates.services.evidence import CurrentEvidence, EvidenceSource
from db.frozen_record import frozen_record
from db.store import Store

EVIDENCE_KIND: Final = "年度の集計"
_KEY_SEPARATOR: Final = "|"


@frozen_record
class YearOption:
    """One option of one question over the year.

    ``key`` identifies it; ``percent`` is as printed, "" = too few people (参考値). ``is_preliminary`` = totals of
    an event in it are not fixed yet.
    """

    key: str
    kind: str
    question: str
    option: str
    count: int
    base: int
    percent: str = ""
    is_preliminary: bool = False

    @property
    def id(self) -> str:
        """Return its key, by which a list keeps its position."""
        return self.key


def read_year_options(store: Store, *, fiscal_year: int) -> tuple[YearOption, ...]:
    """Return every option that somebody chose in a year, by question; nothing without responses."""
    try:
        # Up to its last day: a future event has no answers yet.
        facts = read_interim(store, as_of=date(fiscal_year + 1, 3, 31), fiscal_year=fiscal_year)
    except UserError:
        return ()
    return tuple(one for kind in facts.kinds for one in _options_of_kind(fiscal_year, kind))


def _options_of_kind(fiscal_year: int, kind: InterimKind) -> list[YearOption]:
    unfixed = any(one.frozen_on is None for one in kind.events)
    return [
        YearOption(
            key=_KEY_SEPARATOR.join((str(fiscal_year), kind.kind, chart.title, row.text)),
            kind=kind.kind,
            question=f"{chart.code}　{chart.title}",
            option=row.text,
            count=row.count,
            base=chart.base,
            percent="" if chart.reference_only else row.percent,
            is_preliminary=unfixed,
        )
        for chart in kind.charts
        for row in chart.rows
        if row.kind in ("option", "other", "exclusive")
    ]


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the current sums of the options with these keys."""
    years = {one.fiscal_year: one.id for one in programmes(store)}
    wanted = {int(key.split(_KEY_SEPARATOR, 1)[0]) for key in keys}
    known = {one.key: one for year in wanted if year in years for one in read_year_options(store, fiscal_year=year)}
    return {
        key: CurrentEvidence(
            sort="集計",
            said=f"{one.question.split('　')[0]}「{one.option}」",
            count=f"{one.count}人／{one.base}人" + (f"（{one.percent}％）" if one.percent else ""),
            source=f"{one.kind}アンケート　年度の集計　{one.question.split('　')[0]}"
            f"{'（確定前の回を含む）' if one.is_preliminary else ''}",
            day=None,
            programme_id=years[int(key.split(_KEY_SEPARATOR, 1)[0])],
        )
        for key in keys
        if (one := known.get(key)) is not None
    }


SOURCE: Final = EvidenceSource(kind=EVIDENCE_KIND, read=read_evidence, is_total=True)
