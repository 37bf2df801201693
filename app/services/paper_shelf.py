"""The shelf of the papers of an event or of a year: which fit, which can be made now, how each stands and what left.

- ``read_shelf(store, event_id, today) -> PaperShelf``; ``read_year_shelf(store, fiscal_year, today) -> PaperShelf``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.dates import fiscal_year_words, short_date
from app.services.event_file import read_file
from app.services.paper_building import letter_of
from app.services.paper_kinds import PAPERS, YEAR_PAPERS
from app.services.paper_saving import list_outgoing
from app.services.paper_scope import PaperScope, year_of
from app.services.task import Action
from db.records.papers import Letter, Outgoing
from db.store import Store
from db.tables import outgoing as table


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One kind of paper that fits the event or the year.

    ``ready`` whether it can be made now; ``state`` how it stands, or why it can't be made yet, ``todo`` the
    button that leads there. ``goes_out`` papers carry the letter frame: ``letter`` None = 事務連絡; ``formal`` ones are 公文書 at first.
    ``left_words`` 「12/1(火) 印刷 2部」, the last time it left, or "".
    """

    kind: str
    shelf: str
    ready: bool
    state: str
    todo: Action | None
    goes_out: bool
    letter: Letter | None
    left_words: str
    formal: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperShelf:
    """The papers of one event or year and the log of what left, newest first."""

    scope: PaperScope
    title: str
    event_date: date | None
    rows: tuple[PaperRow, ...]
    log: tuple[Outgoing, ...]

    @property
    def event_id(self) -> int:
        """The event, 0 for the papers of a year."""
        return self.scope.event_id or 0

    def row(self, kind: str) -> PaperRow | None:
        """One paper by its kind, or None when it does not fit this event."""
        return next((row for row in self.rows if row.kind == kind), None)


def read_shelf(store: Store, *, event_id: int, today: date) -> PaperShelf:
    """Return the papers of one event as they stand today; raises ``Refusal`` when the event is gone."""
    file = read_file(store, event_id)
    log = list_outgoing(store, event_id=event_id)
    papers = [(paper, paper.ready(store, file)) for paper in PAPERS if paper.fits(file)]
    return PaperShelf(
        scope=PaperScope(event_id=event_id),
        title=file.event.full_title,
        event_date=file.event.event_date,
        rows=tuple(
            PaperRow(
                kind=paper.kind,
                shelf=paper.shelf,
                ready=ready,
                state=paper.state(store, file, today) if ready else paper.missing,
                todo=None if ready else paper.action(event_id),
                goes_out=paper.goes_out,
                letter=letter_of(store, event_id, paper.kind, formal=paper.formal, on=today),
                left_words=_left(log, paper.kind, today),
                formal=paper.formal,
            )
            for paper, ready in papers
        ),
        log=log,
    )


def read_year_shelf(store: Store, *, fiscal_year: int, today: date) -> PaperShelf:
    """Return the papers of a year as they stand today; raises ``Refusal`` when it was not started here."""
    scope = PaperScope(fiscal_year=fiscal_year, as_of=today)
    programme = year_of(store, scope).programme
    log = tuple(table.outgoing_of_year(store.database, programme.id, [paper.kind for paper in YEAR_PAPERS]))
    papers = [(paper, paper.ready(store, scope)) for paper in YEAR_PAPERS]
    return PaperShelf(
        scope=scope,
        title=fiscal_year_words(fiscal_year),
        event_date=None,
        rows=tuple(
            PaperRow(
                kind=paper.kind,
                shelf=paper.shelf,
                ready=ready,
                state=f"{short_date(today, today)} までの回" if ready else paper.missing,
                todo=None if ready else paper.action(),
                goes_out=False,
                letter=None,
                left_words=_left(log, paper.kind, today),
            )
            for paper, ready in papers
        ),
        log=log,
    )


def way_words(row: Outgoing) -> str:
    """How a paper left: 「印刷 2部」「印刷 1部（控え用）」「PDF そのまま保存」「文 コピー」."""
    if row.way == "印刷":
        return f"印刷 {row.copies}部{'（控え用）' if row.print_use == '控え用' else ''}"
    shape = {"pdf": "PDF", "xlsx": "Excel", "txt": "文"}.get(row.format, row.format)
    return f"{shape} {row.way}"


def _left(log: Sequence[Outgoing], kind: str, today: date) -> str:
    last = next((row for row in log if row.document_kind == kind), None)
    return f"{short_date(last.at.date(), today)} {way_words(last)}" if last else ""
