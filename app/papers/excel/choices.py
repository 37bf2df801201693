"""Spells out a column of choices: every word stands in the cell, the chosen one in brackets (a ring on paper)."""

from __future__ import annotations

from dataclasses import replace

from app.papers.blocks import Block, Column, DocumentContent, Table


def with_choices_spelled(content: DocumentContent) -> DocumentContent:
    """Return the content with every ringed choice written as 「確認済　【再提出】」."""
    return replace(content, blocks=tuple(_spelled(block) for block in content.blocks))


def _spelled(block: Block) -> Block:
    if not isinstance(block, Table) or not any(column.choices for column in block.columns):
        return block
    rows = tuple(
        tuple(_cell(column, text) for column, text in zip(block.columns, row, strict=True)) for row in block.rows
    )
    return replace(block, rows=rows)


def _cell(column: Column, text: str) -> str:
    if not column.choices:
        return text
    return "　".join(f"【{word}】" if word == text else word for word in column.choices)
