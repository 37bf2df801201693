"""Storing a document's content as JSON, so that what was confirmed can be drawn again after the records change."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from app.documents.blocks import DocumentContent
from app.documents.fingerprints import CLASS, VALUES
from app.documents.written_blocks import WRITTEN_BLOCKS
from db.written_names import names_of


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
