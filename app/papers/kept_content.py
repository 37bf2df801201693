"""A paper's content as text and back, so that what was confirmed can be drawn again when the records say otherwise."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import typing
from typing import Any, Final

from app.papers.blocks import Block, DocumentContent, Heading, Letterhead, Paragraph, TallyChart

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_CLASS = "class"
_VALUES = "values"
_SENDER = "宛先と受託者の名前"
_OPENING = "表題と要点"


def as_text(content: DocumentContent) -> str:
    """Return a content as JSON. The names of the blocks and of their fields stand in it: renaming one needs an old name
    here.

    Pictures are left out: they lie among the kept files, and whoever reads the text puts them back.
    """
    return json.dumps(_plain(content), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> DocumentContent:
    """Return the content that ``as_text`` wrote; fields that a block no longer has are left aside.

    Raises:
        KeyError: a block is none that this version knows.
    """
    content: DocumentContent = _read(json.loads(text))
    return content


def differing_parts(kept: DocumentContent, now: DocumentContent) -> tuple[str, ...]:
    """Name the chapters that say something else now, in their order; frame, marks and time of making don't count."""
    before, after = _parts(kept), _parts(now)
    return tuple(name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def differing_numbers(kept: DocumentContent, now: DocumentContent) -> tuple[str, ...]:
    """Name the chapters in which other numbers stand now, in their order: words alone, headings, and who sends it,
    don't count."""
    before, after = (
        {
            name: _NUMBERS.findall(repr([block for block in blocks if not isinstance(block, Heading)]))
            for name, blocks in _parts(one).items()
            if name != _SENDER
        }
        for one in (kept, now)
    )
    return tuple(name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def _parts(content: DocumentContent) -> dict[str, list[Block]]:
    """The chapters without their notes on how was counted: they stood under every question before, now once."""
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
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        fields = {name: _plain(one) for name, one in found.items() if not isinstance(one, bytes)}
        return {_CLASS: type(value).__name__} | fields
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return {_CLASS: "frozenset", _VALUES: sorted(value)}
    if isinstance(value, dict):
        return {_CLASS: "dict", _VALUES: value}
    return value


def _read(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_read(one) for one in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain[_CLASS]
    if name == "frozenset":
        return frozenset(plain[_VALUES])
    if name == "dict":
        return dict(plain[_VALUES])
    kind = _KINDS[name]
    known = {field.name for field in dataclasses.fields(kind)}
    return kind(**{field: _read(value) for field, value in plain.items() if field in known})


def _kinds() -> dict[str, type[Any]]:
    """Every dataclass that stands in a module of blocks, those inside blocks too."""
    modules = {sys.modules[one.__module__] for one in (DocumentContent, *typing.get_args(Block))}
    found = (one for module in modules for one in vars(module).values())
    return {one.__name__: one for one in found if isinstance(one, type) and dataclasses.is_dataclass(one)}


_KINDS: Final = _kinds()
