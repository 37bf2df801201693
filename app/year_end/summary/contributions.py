"""Contributions of 年度 to extension points."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.common.join_nonempty import join_nonempty
from app.programme.services import programmes, read_programme
from app.year.dates.services import PageStatus, SummaryPage
from app.year_end.summary.services import summary_documents, year_answers
from db.records.year.summary import EarlierFigure, YearAnswer
from db.rows import rows
from db.store import Store

DOCUMENTS: Final = (summary_documents.DOCUMENT, year_answers.DOCUMENT)


def _earlier_year_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return what is known of the year before (own records, or typed numbers)."""
    last = read_programme(store, programme_id=programme_id, on=today).programme.fiscal_year - 1
    typed = len(rows(store.database, EarlierFigure, fiscal_year=last))
    kept = any(one.fiscal_year == last for one in programmes(store))
    known = join_nonempty("前年度の記録がある" if kept else "", f"数 {typed}件" if typed else "")
    return PageStatus(words=known or "前年度の数がまだ", is_done=bool(known))


def _answers_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return how many inquiries were answered, for the list of pages."""
    given = len(rows(store.database, YearAnswer, programme_id=programme_id))
    return PageStatus(
        words=f"議会・予算　{given}件に回答" if given else "議会・予算　前年の人数も出ます", is_done=given > 0
    )


SUMMARY_PAGES: Final = (
    SummaryPage("前年度から受け取ったもの", "前年度の数", _earlier_year_status, season="はじめる", position=3),
    SummaryPage("照会への回答", "照会への回答", _answers_status, season="半ば", position=1),
)
