"""What 年度 offers without the window."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.common.together import together
from app.programme.services.programme import programmes, read_programme
from app.subjects.year.dates.services.summary_pages import SummaryPage, SummaryStanding
from app.subjects.year.summary.services import summary_papers, year_answers
from db.records.year.summary import EarlierFigure, YearAnswer
from db.rows import rows
from db.store import Store

PAPERS: Final = (summary_papers.PAPER, year_answers.PAPER)


def _received(store: Store, *, programme_id: int, today: date) -> SummaryStanding:
    """What is known of the year before: its own records in this folder, or numbers that were typed."""
    last = read_programme(store, programme_id=programme_id, on=today).programme.fiscal_year - 1
    typed = len(rows(store.database, EarlierFigure, fiscal_year=last))
    kept = any(one.fiscal_year == last for one in programmes(store))
    known = together("前年度の記録がある" if kept else "", f"数 {typed}件" if typed else "")
    return SummaryStanding(words=known or "前年度の数がまだ", done=bool(known))


def _answers(store: Store, *, programme_id: int, today: date) -> SummaryStanding:  # noqa: ARG001 - as every page is asked
    given = len(rows(store.database, YearAnswer, programme_id=programme_id))
    return SummaryStanding(
        words=f"議会・予算　{given}件に回答" if given else "議会・予算　前年の人数も出ます", done=given > 0
    )


SUMMARY_PAGES: Final = (
    SummaryPage("前年度から受け取ったもの", "前年度の数", _received, season="はじめる", turn=3),
    SummaryPage("照会への回答", "照会への回答", _answers, season="半ば", turn=1),
)
