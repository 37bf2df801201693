"""The frame of a sheet that bears a secret: drawn in memory, printed, and kept in no file."""

from __future__ import annotations

from app.documents.blocks import Block, DocumentContent


def secret_sheet(kind: str, blocks: tuple[Block, ...], *, mark: str) -> DocumentContent:
    """Return the sheet; ``mark`` stands in its head at the right (「取扱注意」)."""
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
