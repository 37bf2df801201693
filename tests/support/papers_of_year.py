"""Every paper of the fictitious year as words, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterator

from app.papers.services import papers
from app.papers.services.paper_kind import paper_of, papers_about, read_subject
from app.papers.services.paper_scope import PaperScope
from app.papers.services.paper_states import answer_of
from db.one_reading import one_reading
from db.records.dispatches import DispatchWish
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.papers import ConfirmedState
from db.rows import rows
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.sample import NOW

TODAY = NOW.date()


@one_reading
def every_paper(store: Store, *kinds: str, leave: set[str] | None = None) -> list[tuple[str, str]]:
    """Return every paper of the year (of some kinds) that can be made now, and its mail, as kind and words; a report
    that was confirmed stays as it was. The rows are asked for once.

    Args:
        leave: gets the kinds that leave the house.
    """
    return list(_every_paper(store, kinds, leave if leave is not None else set()))


def _every_paper(store: Store, kinds: tuple[str, ...], leave: set[str]) -> Iterator[tuple[str, str]]:
    confirmed = {one.event_id for one in rows(store.database, ConfirmedState) if one.report_id is not None}
    scopes = [PaperScope(event_id=event.id) for event in rows(store.database, Event)]
    declined = [one.organisation_id for one in rows(store.database, DispatchWish, outcome="不採択")]
    scopes += [PaperScope(fiscal_year=2026, as_of=TODAY)]
    scopes += [PaperScope(organisation_id=one) for one in (rows(store.database, Organisation)[0].id, *declined[:1])]
    for scope in scopes:
        subject = read_subject(store, scope)
        for kind in papers_about(scope):
            if (kinds and kind.kind not in kinds) or not kind.fits(subject) or not kind.ready(store, subject):
                continue
            if kind.kind == "実施報告書" and scope.event_id in confirmed:
                continue
            if answer_of(store, kind, scope, TODAY).stopped:
                continue
            content = papers.build_paper(store, scope=scope, kind=kind.kind, now=NOW)
            if content.outgoing or kind.kind.endswith("（様式）"):
                leave.add(kind.kind)
            yield kind.kind, said_by(content)
            if paper_of(scope, kind.kind).mail is not None:
                yield kind.kind, papers.paper_mail_text(store, scope=scope, kind=kind.kind, now=NOW)
