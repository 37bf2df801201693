"""Contradictions in a year's documents (outdated quotes, and wrong day counts in the due list)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.calendar.dates import short_date
from app.programme.services import read_programme
from app.submissions.deliverables.documents import LATE
from app.submissions.deliverables.services.due_list import read_due_list
from app.year_end.consistency.rules import Inconsistency, day_inconsistency
from app.year_end.consistency.services.event_numbers import EventNumbers, read_year_numbers
from app.year_end.proposal.rules import SET_ASIDE, day_of
from app.year_end.proposal.services import read_evidence
from db.query_cache import cached_queries
from db.record import record
from db.store import Store

QUOTED = "提案書の根拠"


@record
class YearNumbers:
    """The numbers of a year's events, and contradictions in its own documents."""

    events: tuple[EventNumbers, ...]
    inconsistencies: tuple[Inconsistency, ...]


@cached_queries
def read_year_consistency(store: Store, *, fiscal_year: int, today: date) -> YearNumbers:
    """Return the numbers of a year as of ``today``; raises ``UserError`` for a year not started."""
    programme_id = read_programme(store, fiscal_year=fiscal_year).programme.id
    return YearNumbers(
        events=read_year_numbers(store, fiscal_year=fiscal_year),
        inconsistencies=(*_outdated_quotes(store, programme_id), *_days(store, programme_id, today)),
    )


def _outdated_quotes(store: Store, programme_id: int) -> Iterator[Inconsistency]:
    """Yield collected evidence in use that differs from what its source says now."""
    for one in read_evidence(store, programme_id=programme_id):
        if not one.source_status or one.evidence.issue == SET_ASIDE:
            continue
        day = short_date(day_of(one.evidence))
        now = one.current.full_words if one.current is not None else "なくなった"
        yield Inconsistency(
            key=f"根拠:{one.id}",
            words=f"{QUOTED}が、{day}のままです。出典はそのあと変わりました。",
            sources=((f"{QUOTED}（{day}）", one.words), (one.evidence.source, now)),
        )


def _days(store: Store, programme_id: int, today: date) -> Iterator[Inconsistency]:
    """Yield day counts (early or late) that do not match the dates printed beside them."""
    for row in read_due_list(store, programme_id=programme_id, today=today).rows:
        counted = day_inconsistency(row, today)
        if counted:
            yield Inconsistency(
                key=f"日数:{row.id}",
                words=f"「{LATE}」の日数が、印刷される期限と合いません。",
                sources=((f"{LATE}　{row.title}", row.late_words), ("期限と受領日から", counted)),
            )
