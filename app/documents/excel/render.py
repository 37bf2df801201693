"""Rendering a document's content to the bytes of a workbook, and encrypting it with a password.

Nothing heavy is imported before the first call: openpyxl and the encryption library are imported by their function.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from app.common.gc_paused import pause_gc
from app.documents.blocks import Block, Column, DocumentContent, Table


def render_xlsx(content: DocumentContent) -> bytes:
    """Return ``content`` as an xlsx workbook; the same content gives the same bytes.

    Nothing is written to disk. The workbook library is loaded at the first call.

    Raises:
        TooLongForExcel: a text does not fit what Excel can hold; the sentence says which and what to do.
    """
    from app.documents.excel.workbook import build_workbook

    with pause_gc():
        return build_workbook(spell_out_choices(content))


def spell_out_choices(content: DocumentContent) -> DocumentContent:
    """Return the content with every ringed choice written as text: 「確認済　【再提出】」."""
    return replace(content, blocks=tuple(_spell_out_block(block) for block in content.blocks))


def _spell_out_block(block: Block) -> Block:
    """Return a table with the chosen word of each choice column in 【】 among the others; any other block unchanged."""
    if not isinstance(block, Table) or not any(column.choices for column in block.columns):
        return block
    rows = tuple(
        tuple(_cell(column, text) for column, text in zip(block.columns, row, strict=True)) for row in block.rows
    )
    return replace(block, rows=rows)


def _cell(column: Column, text: str) -> str:
    """Return the text of a cell; choices are written side by side with the chosen one in 【】."""
    if not column.choices:
        return text
    return "　".join(f"【{word}】" if word == text else word for word in column.choices)


def encrypt_office_file(data: bytes, password: str) -> bytes:
    """Return a workbook or a Word file encrypted so that ``password`` is asked for when it is opened.

    Raises:
        ValueError: the password is empty.
    """
    if not password:
        raise ValueError("パスワードが空のため、暗号化していません。パスワードを決めてから、もう一度出力してください。")
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, target)
    return target.getvalue()
