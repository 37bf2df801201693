"""Storing a document's content as JSON, so that what was confirmed can be drawn again after the records change."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from app.documents.blocks import Block, DocumentContent, Heading, Letterhead, Paragraph, TallyChart
from app.documents.fingerprints import CLASS, VALUES, written_form
from app.documents.written_blocks import WRITTEN_BLOCKS
from db.written_names import names_of

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_SENDER = "宛先と受託者の名前"
_OPENING = "表題と要点"


def content_to_json(content: DocumentContent) -> str:
    """Return a content as JSON, under the written names of its blocks and their fields.

    Pictures are left out: they are stored files, and the caller puts them back after reading.
    """
    return json.dumps(_plain(content), ensure_ascii=False, separators=(",", ":"))


def content_from_json(text: str) -> DocumentContent:
    """Return the content that ``content_to_json`` wrote; fields that a block no longer has are ignored.

    Raises:
        KeyError: this version does not know one of the blocks.
    """
    content: DocumentContent = _read(json.loads(text))
    return content


def differing_chapters(kept: DocumentContent, now: DocumentContent) -> tuple[str, ...]:
    """Return the names of chapters that differ now, in order.

    Header, footer, marks, creation time, paragraphs in the style ``note`` and notes of tallied questions don't count.
    """
    before, after = _chapters(kept), _chapters(now)
    return tuple(name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def chapters_with_other_numbers(kept: DocumentContent, now: DocumentContent) -> tuple[str, ...]:
    """Return the names of chapters whose numbers differ now, in order.

    Differences in words alone, in headings and in the sender don't count.
    """
    before, after = (
        {
            name: _NUMBERS.findall(written_form([block for block in blocks if not isinstance(block, Heading)]))
            for name, blocks in _chapters(one).items()
            if name != _SENDER
        }
        for one in (kept, now)
    )
    return tuple(name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def _chapters(content: DocumentContent) -> dict[str, list[Block]]:
    """Return the blocks by chapter, without notes on the way of counting (older versions repeated them under each
    question).
    """
    found: dict[str, list[Block]] = {}
    chapter = _OPENING
    for block in content.blocks:
        if isinstance(block, Paragraph) and block.style == "note":
            continue
        if isinstance(block, TallyChart):
            block = dataclasses.replace(block, note="")  # noqa: PLW2901
        if isinstance(block, Heading) and block.level == 1:
            chapter = f"{block.number} {block.text}".strip()
        found.setdefault(_SENDER if isinstance(block, Letterhead) else chapter, []).append(block)
    return found


def _plain(value: Any) -> Any:
    """Return a value as plain JSON data, with the written names of its class and fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = names_of(type(value))
        fields = {name: _plain(one) for name, one in names.values(value).items() if not isinstance(one, bytes)}
        return {CLASS: names.name} | fields
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return {CLASS: "frozenset", VALUES: sorted(value)}
    if isinstance(value, dict):
        return {CLASS: "dict", VALUES: value}
    return value


def _read(plain: Any) -> Any:
    """Return the value that ``_plain`` wrote as JSON data, a list as a tuple; ``KeyError`` for an unknown block."""
    if isinstance(plain, list):
        return tuple(_read(one) for one in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain[CLASS]
    if name == "frozenset":
        return frozenset(plain[VALUES])
    if name == "dict":
        return dict(plain[VALUES])
    names = _BY_NAME[name]
    return names.kind(**{own: _read(value) for own, value in names.to_source(plain).items()})


_BY_NAME = {one.name: one for one in WRITTEN_BLOCKS}
