"""The report that the paper benches draw: the second 講習会 of the sample year."""

import functools
import tempfile
from pathlib import Path

from app.documents.blocks import DocumentContent
from app.documents.services import documents
from app.submissions.reports.services import report_documents
from tests.support.sample import NOW, event_id, sample_store


@functools.cache
def content() -> DocumentContent:
    """Return the content of the report, built once."""
    with tempfile.TemporaryDirectory() as place:
        store = sample_store(Path(place))
        found = documents.build_document(
            store, event_id=event_id(store, "講習会", 2), kind=report_documents.REPORT, now=NOW
        )
        store.database.conn.close()
        return found
