"""What of the program rests on each clause of the 仕様書: settings, checks, deadlines, ledgers and papers, in one list.

``read_hanging(store, programme_id, today) -> tuple[Hanging, ...]``; ``hanging_at(found, clauses)`` those of a
    paragraph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, Literal

from app.common.together import together
from app.ledgers.services.check_lists import CHECK_LISTS
from app.ledgers.services.ledger import LEDGERS
from app.papers.services.paper_kind import PAPERS
from app.programme.rules.next_values import ContractValue, contract_values
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import ProgrammeView
from app.received.services.received_kind import RECEIVED, ReceiptScope
from app.subjects.events.event.services.event_file import read_files
from app.subjects.events.event.services.tasks.deadlines import read_year, tasks_of_year
from app.subjects.year.specification.rules.paragraphs import cites, clauses_in
from db.frozen_record import frozen_record
from db.records.programme import Programme
from db.store import Store

ActionId = Literal["設定", "期限", "受領の確認", "管理簿", "確認票", "帳票"]
ORDER: Final[tuple[ActionId, ...]] = ("設定", "期限", "受領の確認", "管理簿", "確認票", "帳票")
_SHOWN: Final = 4


@frozen_record
class Hanging:
    """One thing that rests on a clause: what it is, its words, and the clauses it cites (``clauses_in``)."""

    what: ActionId
    words: str
    clauses: tuple[str, ...]


def read_hanging(store: Store, *, programme_id: int, today: date) -> tuple[Hanging, ...]:
    """Return everything of a year that cites a clause; one row for what is said of several events.

    Raises:
        Refusal: there is no such year.
    """
    view = read_programme(store, programme_id=programme_id, on=today)
    found = [*_settings(view), *_deadlines(store, programme_id, today), *_received(store, view.programme)]
    found += [_one("管理簿", ledger.title, ledger.clause) for ledger in LEDGERS if ledger.clause]
    found += [
        _one("確認票", f"{check.title}　{item.number} {item.text}", item.clause)
        for check in CHECK_LISTS
        for part in check.parts
        for item in part.items
        if item.clause
    ]
    found += _papers(view)
    return tuple(dict.fromkeys(one for one in found if one.clauses))


def hanging_at(found: Iterable[Hanging], clauses: Iterable[str], known: Collection[str]) -> tuple[Hanging, ...]:
    """Return what rests on a paragraph, whichever of its ``clauses`` is cited; ``known`` as for ``cites``."""
    wanted = tuple(one for one in clauses if one)
    return tuple(one for one in found if any(cites(cited, clause, known) for cited in one.clauses for clause in wanted))


def values_of(view: ProgrammeView) -> tuple[ContractValue, ...]:
    """Return every number of a year as it holds."""
    return contract_values(view.programme, view.numbers.values())


def _one(what: ActionId, words: str, clause: str) -> Hanging:
    return Hanging(what=what, words=words, clauses=clauses_in(clause))


def _settings(view: ProgrammeView) -> Iterator[Hanging]:
    for value in values_of(view):
        if value.sort != "項番":
            yield _one("設定", f"{value.label} {value.words}", value.clause)


def _deadlines(store: Store, programme_id: int, today: date) -> Iterator[Hanging]:
    year = read_year(store, today, programme_id=programme_id)
    for task in tasks_of_year(read_files(store, year.view.programme.id), year):
        if task.contract and task.clause:
            yield _one("期限", together(task.task, task.rule, by=" "), task.clause)


def _received(store: Store, programme: Programme) -> Iterator[Hanging]:
    programme_id = programme.id
    for kind in RECEIVED:
        if not kind.clause or not kind.outstanding(programme):
            continue
        points = kind.points(store, ReceiptScope(programme_id=programme_id)) if kind.about == "年度" else ()
        rest = f"ほか{len(points) - _SHOWN}項目" if len(points) > _SHOWN else ""
        said = f"（{'、'.join(points[:_SHOWN])}{rest}）" if points else ""
        yield _one("受領の確認", f"{kind.kind}{said}", kind.clause)


def _papers(view: ProgrammeView) -> Iterator[Hanging]:
    for paper in PAPERS:
        clauses = [
            getattr(row, name) if name.startswith("clause_") else name
            for name in paper.rests_on
            for row in view.numbers.values()
        ]
        found = tuple(dict.fromkeys(one for clause in clauses for one in clauses_in(clause)))
        if found:
            yield Hanging(what="帳票", words=paper.kind, clauses=found)
