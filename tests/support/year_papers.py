"""What a paper of the sample year says, for tests of one of its numbers."""

from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from db.query_cache import caching
from db.store import Store
from tests.support.paper_lines import lines_of
from tests.support.sample import NOW


def paper(store: Store, kind: str) -> list[str]:
    """Return the lines of a paper of the year, what stands above its pages first."""
    with caching(store.database):
        content = build_document(store, scope=DocumentScope(fiscal_year=2026, as_of=NOW.date()), kind=kind, now=NOW)
    heads = [one for one in (content.stamp, content.header_left, content.header_right) if one.strip()]
    return ["｜".join(heads), *lines_of(content.blocks)]
