"""The shelf of the papers of an event, a year or a 団体: which fit, which can be made now, how each stands, what left.

- ``read_shelf(store, event_id or scope, today) -> PaperShelf``
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import field, replace
from datetime import date

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.common.together import together
from app.papers.services.paper_context import letter_among, read_known_letters
from app.papers.services.paper_kind import PaperKind, papers_about, read_subject, sheet_of
from app.papers.services.paper_saving import list_outgoing
from app.papers.services.paper_scope import PaperScope, scope_of
from app.papers.services.paper_states import StateAnswer, ask, standing_of, with_halts
from db.frozen_record import frozen_record
from db.records.papers import Letter, Outgoing
from db.store import Store


@frozen_record
class PaperRow:
    """One kind of paper that fits the event, the year or the 団体.

    ``ready`` whether it can be made now; ``state`` how it stands, or why it can't be made yet, ``todo`` what
    is asked for then. ``goes_out`` papers carry the letter frame: ``letter`` None = 事務連絡; ``formal`` ones are
    公文書 at first.
    ``left_words`` 「12/1(火) 印刷 2部」, the last time it left, or "".
    ``answer`` is how it meets the state of its event: stopped with its reason, or marked.
    ``listed`` False = it stands on the sheet of another one, or is printed from its own list: it is found by its name.
    ``worded`` papers hold texts that staff may write in 帳票 (most of an event have 通知・募集 for it).
    ``item`` is the row of the year that it is about, named by ``title``, where there is a letter for each of several.
    """

    kind: str
    shelf: str
    ready: bool
    state: str
    todo: Asked | None
    goes_out: bool
    letter: Letter | None
    left_words: str
    formal: bool = False
    worded: bool = False
    listed: bool = True
    answer: StateAnswer = field(default_factory=StateAnswer)
    item: int | None = None
    title: str = ""

    @property
    def named(self) -> str:
        """Its kind, and which of several it is."""
        return together(self.kind, self.title)

    @property
    def made(self) -> bool:
        """Whether it can be made as things stand."""
        return self.ready and not self.answer.stopped


@frozen_record
class PaperShelf:
    """The papers of one event, year or 団体 and the log of what left, newest first."""

    scope: PaperScope
    title: str
    event_date: date | None
    rows: tuple[PaperRow, ...]
    log: tuple[Outgoing, ...]

    @property
    def event_id(self) -> int:
        """The event, 0 for the papers of a year or a 団体."""
        return self.scope.event_id or 0

    @property
    def listed(self) -> tuple[PaperRow, ...]:
        """The papers as they stand in a list: what stands on the sheet of another one is not beside it."""
        return tuple(row for row in self.rows if row.listed)

    def row(self, kind: str, item: int | None = None) -> PaperRow | None:
        """One paper by its kind or a name that leads to it, or None when it does not fit this event.

        Args:
            item: which of several; None, or one that is gone = the newest.
        """
        named = {row.kind: row for row in self.rows} | {row.kind: row for row in self.rows if row.item == item}
        return named.get(kind) or named.get(sheet_of(kind))

    def scope_of(self, row: PaperRow) -> PaperScope:
        """What one of its papers is about."""
        return replace(self.scope, item=row.item) if row.item is not None else self.scope


def read_shelf(
    store: Store, *, event_id: int | None = None, scope: PaperScope | None = None, today: date
) -> PaperShelf:
    """Return the papers of one event, year or 団体 as they stand today; raises ``Refusal`` when it is gone."""
    about = scope_of(event_id, scope)
    subject = read_subject(store, about)
    log = list_outgoing(store, scope=about)
    known = read_known_letters(store, about, on=today)
    fitting = [paper for paper in papers_about(about) if paper.fits(subject)]
    of_event = next((paper for paper in fitting if paper.standing is not None), None)
    stands = standing_of(store, of_event, about, today, subject) if of_event is not None else None
    papers = []
    for paper in fitting:
        ready, answer = paper.ready(store, subject), ask(paper, stands, today)
        for item, title in _each(store, paper, about):
            mine = replace(subject, scope=replace(about, item=item))
            halted = with_halts(store, paper, mine.scope, today, answer) if ready else answer
            papers.append((paper, mine, title, ready, halted))
    return PaperShelf(
        scope=about,
        title=subject.title,
        event_date=subject.day,
        rows=tuple(
            PaperRow(
                kind=paper.kind,
                shelf=paper.shelf,
                ready=ready,
                state=_state(answer, paper.state(store, mine, today)) if ready else paper.missing,
                todo=None if ready else paper.asked(about),
                goes_out=paper.goes_out,
                letter=letter_among(
                    known, paper.kind, formal=paper.formal, on=today, revision=paper.revision(store, mine.scope)
                ),
                left_words=_left(
                    log, {name for one in fitting if sheet_of(one.kind) == paper.kind for name in one.names}, today
                )
                if paper.on_shelf
                else _left(log, paper.names, today),
                formal=paper.formal,
                listed=paper.on_shelf,
                worded=(about.event_id is None or paper.own_words) and bool(paper.passages(store, mine.scope, today)),
                answer=answer,
                item=mine.scope.item,
                title=title,
            )
            for paper, mine, title, ready, answer in papers
        ),
        log=log,
    )


def _each(store: Store, paper: PaperKind, about: PaperScope) -> Sequence[tuple[int | None, str]]:
    """The rows of a year that have a letter each, where there are several."""
    found = paper.several(store, about) if paper.several is not None else ()
    return [(one.id, one.title) for one in found] if len(found) > 1 else [(about.item, "")]


def _state(answer: StateAnswer, words: str) -> str:
    """How a paper stands in a list: that it is stopped goes before what it would say, a mark behind it."""
    return answer.words if answer.stopped else together(words, answer.words)


def way_words(row: Outgoing) -> str:
    """How a paper left: 「印刷 2部」「印刷 1部（控え用）」「PDF そのまま保存」「文 コピー」."""
    if row.way == "印刷":
        return f"印刷 {row.copies}部{'（控え用）' if row.print_use == '控え用' else ''}"
    shape = {"pdf": "PDF", "xlsx": "Excel", "txt": "文"}.get(row.format, row.format)
    return f"{shape} {row.way}"


def _left(log: Sequence[Outgoing], names: Collection[str], today: date) -> str:
    last = next((row for row in log if row.document_kind in names), None)
    return f"{short_date(last.at.date(), today)} {way_words(last)}" if last else ""
