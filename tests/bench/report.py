"""The report that the paper benches draw: the second 講習会 of the sample year."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from app.papers.blocks import DocumentContent
from app.papers.services import papers
from app.subjects.submissions.reports.services import report_papers
from tests.support.sample import NOW, event_id, sample_store


@functools.cache
def content() -> DocumentContent:
    """Return the content of the report, built once."""
    with tempfile.TemporaryDirectory() as place:
        store = sample_store(Path(place))
        found = papers.build_paper(store, event_id=event_id(store, "講習会", 2), kind=report_papers.REPORT, now=NOW)
        store.database.conn.close()
        return found
