"""List what in the program refers to each clause of the 仕様書 (settings, checks, deadlines, documents)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, Literal

from app.common.join_nonempty import join_nonempty
from app.documents.services.document_kind import DOCUMENTS
from app.ledgers.services.check_lists import CHECK_LISTS
from app.ledgers.services.ledger import LEDGERS
from app.programme.rules.contract_values import ContractValue, contract_values
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import ProgrammeView
from app.received.services.received_kinds import RECEIVED_KINDS, ReceiptScope
from app.subjects.events.event.services.event_records import read_records_of_year
from app.subjects.events.event.services.tasks.deadlines import read_year, tasks_of_year
from app.subjects.year.specification.rules.paragraphs import cites, clauses_in
from db.frozen_record import frozen_record
from db.records.programme import Programme
from db.store import Store

ActionId = Literal["設定", "期限", "受領の確認", "管理簿", "確認票", "帳票"]
ORDER: Final[tuple[ActionId, ...]] = ("設定", "期限", "受領の確認", "管理簿", "確認票", "帳票")
_SHOWN: Final = 4


@frozen_record
class ClauseReference:
    """One reference to clauses, with its action, its words, and the clauses it cites (``clauses_in``)."""

    action: ActionId
    words: str
    clauses: tuple[str, ...]


def read_clause_references(store: Store, *, programme_id: int, today: date) -> tuple[ClauseReference, ...]:
    """Return everything of a year that cites a clause; one row for what several events share.

    Raises:
        UserError: there is no such year.

    Raises:
        UserError: there is no such year.
    """
    view = read_programme(store, programme_id=programme_id, on=today)
    found = [*_settings(view), *_deadlines(store, programme_id, today), *_received(store, view.programme)]
    found += [_reference("管理簿", ledger.title, ledger.clause) for ledger in LEDGERS if ledger.clause]
    found += [
        _reference("確認票", f"{check.title}　{item.number} {item.text}", item.clause)
        for check in CHECK_LISTS
        for part in check.parts
        for item in part.items
        if item.clause
    ]
    found += _papers(view)
    return tuple(dict.fromkeys(one for one in found if one.clauses))


def references_at(
    found: Iterable[ClauseReference], clauses: Iterable[str], known: Collection[str]
) -> tuple[ClauseReference, ...]:
    """Return the references to a paragraph by any of its ``clauses``; ``known`` as for ``cites``."""
    wanted = tuple(one for one in clauses if one)
    return tuple(one for one in found if any(cites(cited, clause, known) for cited in one.clauses for clause in wanted))


def values_of(view: ProgrammeView) -> tuple[ContractValue, ...]:
    """Return every current number of a year."""
    return contract_values(view.programme, view.numbers.values())


def _reference(action: ActionId, words: str, clause: str) -> ClauseReference:
    return ClauseReference(action=action, words=words, clauses=clauses_in(clause))


def _settings(view: ProgrammeView) -> Iterator[ClauseReference]:
    for value in values_of(view):
        if value.value_type != "項番":
            yield _reference("設定", f"{value.label} {value.words}", value.clause)


def _deadlines(store: Store, programme_id: int, today: date) -> Iterator[ClauseReference]:
    year = read_year(store, today, programme_id=programme_id)
    for task in tasks_of_year(read_records_of_year(store, year.view.programme.id), year):
        if task.is_contract_duty and task.clause:
            yield _reference("期限", join_nonempty(task.task, task.rule, separator=" "), task.clause)


def _received(store: Store, programme: Programme) -> Iterator[ClauseReference]:
    programme_id = programme.id
    for kind in RECEIVED_KINDS:
        if not kind.clause or not kind.is_owed(programme):
            continue
        points = kind.points(store, ReceiptScope(programme_id=programme_id)) if kind.about == "年度" else ()
        rest = f"ほか{len(points) - _SHOWN}項目" if len(points) > _SHOWN else ""
        said = f"（{'、'.join(points[:_SHOWN])}{rest}）" if points else ""
        yield _reference("受領の確認", f"{kind.kind}{said}", kind.clause)


def _papers(view: ProgrammeView) -> Iterator[ClauseReference]:
    for paper in DOCUMENTS:
        clauses = [
            getattr(row, name) if name.startswith("clause_") else name
            for name in paper.clauses
            for row in view.numbers.values()
        ]
        found = tuple(dict.fromkeys(one for clause in clauses for one in clauses_in(clause)))
        if found:
            yield ClauseReference(action="帳票", words=paper.kind, clauses=found)
