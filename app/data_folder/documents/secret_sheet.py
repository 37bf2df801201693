"""The frame of a sheet with a secret, which is drawn in memory, printed, and stored in no file."""

from __future__ import annotations

from app.documents.blocks import Block, DocumentContent


def secret_sheet(kind: str, blocks: tuple[Block, ...], *, mark: str) -> DocumentContent:
    """Return a sheet with a secret; ``mark`` is printed at the right of its header (「取扱注意」)."""
    return DocumentContent(
        kind=kind,
        reference=kind,
        version=0,
        look="form",
        blocks=blocks,
        first_sheet=kind,
        file_stem=kind,
        header_left="デジ活デスク",
        header_right=mark,
        properties={"title": kind},
    )
