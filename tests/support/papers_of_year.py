"""Every paper of the fictitious year as words, whatever it is about."""

from collections.abc import Iterator

from app.documents.services import documents
from app.documents.services.document_kind import document_of, documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import answer_of
from db.query_cache import cached_queries
from db.records.dispatches import DispatchRequest
from db.records.documents import ConfirmedState
from db.records.events import Event
from db.records.organisations import Organisation
from db.rows import rows
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.sample import NOW

TODAY = NOW.date()


@cached_queries
def every_paper(store: Store, *kinds: str, leave: set[str] | None = None) -> list[tuple[str, str]]:
    """Return every paper of the year (of some kinds) that can be made now, and its mail, as kind and words; a report
    that was confirmed stays as it was. The rows are asked for once.

    Args:
        leave: gets the kinds that leave the house.
    """
    return list(_every_paper(store, kinds, leave if leave is not None else set()))


def _every_paper(store: Store, kinds: tuple[str, ...], leave: set[str]) -> Iterator[tuple[str, str]]:
    confirmed = {one.event_id for one in rows(store.database, ConfirmedState) if one.report_id is not None}
    scopes = [DocumentScope(event_id=event.id) for event in rows(store.database, Event)]
    declined = [one.organisation_id for one in rows(store.database, DispatchRequest, outcome="不採択")]
    scopes += [DocumentScope(fiscal_year=2026, as_of=TODAY)]
    scopes += [DocumentScope(organisation_id=one) for one in (rows(store.database, Organisation)[0].id, *declined[:1])]
    for scope in scopes:
        subject = read_subject(store, scope)
        for kind in documents_about(scope):
            if (
                (kinds and kind.kind not in kinds)
                or not kind.is_applicable(subject)
                or not kind.is_ready(store, subject)
            ):
                continue
            if kind.kind == "実施報告書" and scope.event_id in confirmed:
                continue
            if answer_of(store, kind, scope, TODAY).is_stopped:
                continue
            content = documents.build_document(store, scope=scope, kind=kind.kind, now=NOW)
            if content.outgoing or kind.kind.endswith("（様式）"):
                leave.add(kind.kind)
            yield kind.kind, said_by(content)
            if document_of(scope, kind.kind).mail is not None:
                yield kind.kind, documents.document_mail_text(store, scope=scope, kind=kind.kind, now=NOW)
