"""The one way to an Excel file: a document's content in, the bytes of its workbook out."""

from __future__ import annotations

from app.papers.blocks import DocumentContent
from app.papers.excel.choices import with_choices_spelled


def render_xlsx(content: DocumentContent) -> bytes:
    """Return ``content`` as an xlsx workbook; the same content gives the same bytes.

    Nothing is written to disk. The workbook library is loaded at the first call.

    Raises:
        ValueError: a text does not fit what Excel can hold; the sentence says which and what to do.
    """
    from app.papers.excel.workbook import build

    return build(with_choices_spelled(content))
