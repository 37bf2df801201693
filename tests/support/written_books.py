"""Workbooks that many tests look into, each written once: the same content gives the same bytes, which
``tests/documents/excel/test_workbook_file.py`` shows."""

from app.documents.blocks import DocumentContent
from app.documents.excel.render import render_xlsx

_WRITTEN: dict[str, bytes] = {}
"""By all that the content says: some of its blocks have no hash."""


def written(content: DocumentContent) -> bytes:
    """Return the workbook of a paper; one with the same content is not written again."""
    said = repr(content)
    if said not in _WRITTEN:
        _WRITTEN[said] = render_xlsx(content)
    return _WRITTEN[said]
