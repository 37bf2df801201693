"""What the papers of the sample year say, built once: one of each kind for each kind of event, of the year and of a
団体."""

import functools
import tempfile
from pathlib import Path

from app.actions.user_error import UserError
from app.commands.documents import scopes_of_all
from app.documents.blocks import DocumentContent
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.document_scope import DocumentScope
from db.query_cache import cached_queries
from db.records.organisations import Organisation
from db.rows import rows
from db.store import Store
from db.tables import events
from tests.support.sample import NOW, sample_store


@functools.cache
def sample_papers() -> tuple[DocumentContent, ...]:
    """Return the contents; a paper that the year is not ready for is left out."""
    found: dict[tuple[str, str], DocumentContent] = {}
    with tempfile.TemporaryDirectory() as place:
        store = sample_store(Path(place))
        _build(store, found)
        store.database.conn.close()
    return tuple(found.values())


@cached_queries
def _build(store: Store, found: dict[tuple[str, str], DocumentContent]) -> None:
    kinds = {event.id: event.kind for event in events.events_of_year(store.database, 1)}
    groups = [DocumentScope(organisation_id=one.id) for one in rows(store.database, Organisation, order="id")]
    for scope in [*scopes_of_all(store, NOW), *groups]:
        for paper in DOCUMENTS:
            key = (paper.kind, kinds.get(scope.event_id or 0, ""))
            if paper.about != scope.about or key in found:
                continue
            try:
                found[key] = paper.build(store, scope, NOW)
            except UserError:
                continue
