"""Whoever goes through texts names each type that may come to it: looked into, or no text in it.

Walked are the annotations of every block, of every record, and of the arguments of every service that writes.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
import typing
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

import app
import db.records
from app.common import failure_log, text_rules
from app.common.failure_log import read_log
from app.common.text_rules import has_personal_number
from app.common.text_walk import ALL_WALKS, TextWalk
from app.documents import rules as documents_rules
from app.documents.blocks import Block, DocumentContent, Paragraph, Title
from app.documents.pdf import printable
from app.documents.services import issued_copies
from db.record import record

TYPED = text_rules._ACTION_TEXTS
OF_BLOCKS = (documents_rules._CITING, issued_copies._OUTGOING, printable._DRAWN_TEXT_WALK, printable._WHOLE)
NUMBER = "123456789018"
_OF_A_CALL = (abc.Callable, type)


def test_every_walk_is_asked_here():
    assert set(ALL_WALKS) >= {TYPED, *OF_BLOCKS}
    assert [one.name for one in ALL_WALKS if one not in (TYPED, *OF_BLOCKS)] == [], "ask it below"


@pytest.mark.parametrize("walk", [TYPED, *OF_BLOCKS], ids=lambda one: one.name)
def test_every_type_in_a_block_is_named(walk):
    assert (
        unnamed(walk, {DocumentContent: "DocumentContent"} | {one: one.__name__ for one in typing.get_args(Block)})
        == {}
    )


@pytest.mark.parametrize("walk", [TYPED, issued_copies._OUTGOING], ids=lambda one: one.name)
def test_every_type_in_a_record_is_named(walk):
    found = records()
    assert len(found) > 100
    assert unnamed(walk, found) == {}


def test_every_type_given_to_a_service_is_named():
    found = services()
    assert len(found) > 350
    asked: dict[object, str] = {}
    for name, service in found.items():
        for argument, kind in typing.get_type_hints(service).items():
            if argument != "return" and TYPED.is_searched_key(argument):
                asked.setdefault(kind, f"{name}({argument})")
    assert unnamed(TYPED, asked) == {}


def test_what_is_named_is_there():
    for walk in ALL_WALKS:
        for name in (*walk.searched, *walk.textless):
            assert is_there(name), (walk.name, name)


def unnamed(walk: TextWalk, asked: dict[object, str]) -> dict[str, str]:
    """Each type that a walk would not know, and where one comes from."""
    found: dict[str, str] = {}
    waiting = [*asked.items()]
    seen: set[object] = set()
    while waiting:
        kind, where = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        if not isinstance(kind, type) or typing.get_origin(kind) is not None:
            waiting += [(one, where) for one in parts_of(kind)]
        elif kind is not object and not is_protocol(kind):
            way = way_of(walk, kind)
            if way == "unknown":
                found[f"{kind.__module__}.{kind.__qualname__}"] = where
            elif way == "fields":
                hints = typing.get_type_hints(kind)
                waiting += [(hints[name], f"{kind.__name__}.{name}") for name in walk.searched_fields(kind)]
    return found


def parts_of(kind: object) -> tuple[object, ...]:
    """The types that an annotation is made of."""
    origin = typing.get_origin(kind)
    if isinstance(kind, typing.TypeVar):
        return (kind.__bound__ or object,)
    if origin is typing.Annotated:
        return typing.get_args(kind)[:1]
    if origin is None or origin is typing.Literal or origin in _OF_A_CALL:
        return ()
    united = origin in (typing.Union, types.UnionType)
    return typing.get_args(kind) if united else (origin, *typing.get_args(kind))


def way_of(walk: TextWalk, kind: type) -> str:
    """The way of a type; what an annotation says of a mapping is no class of its own."""
    return "values" if typing.is_typeddict(kind) else walk.walk_kind(kind)


def is_protocol(kind: type) -> bool:
    """What is asked for by what it can do says nothing of what is given."""
    return bool(getattr(kind, "_is_protocol", False)) or kind in (typing.Any, abc.Iterable, abc.Collection)


def is_there(name: str) -> bool:
    module, _, last = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        return hasattr(importlib.import_module(module), last)
    return True


def records() -> dict[object, str]:
    """Every record of the data."""
    found: dict[object, str] = {}
    for one in pkgutil.walk_packages(db.records.__path__, "db.records."):
        module = importlib.import_module(one.name)
        found |= {
            kind: kind.__name__
            for kind in vars(module).values()
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == one.name
        }
    return found


def services() -> dict[str, typing.Callable[..., object]]:
    """Every service that writes: it takes an ``ActionContext`` first."""
    found: dict[str, typing.Callable[..., object]] = {}
    for one in pkgutil.walk_packages(app.__path__, "app."):
        if ".services" in one.name or one.name.startswith("app.importing."):
            for name, service in vars(importlib.import_module(one.name)).items():
                if not inspect.isfunction(service) or service.__module__ != one.name or name.startswith("_"):
                    continue
                first = next(iter(inspect.signature(service).parameters.values()), None)
                if first is not None and first.annotation == "ActionContext":
                    found[f"{one.name}.{name}"] = service
    return found


class Struct:
    """A record of another make: it is no dataclass and has its fields in slots."""

    __slots__ = ("inner", "text")

    def __init__(self, text: str, inner: object = None) -> None:
        self.text, self.inner = text, inner

    def __str__(self) -> str:
        return "Struct"


class Word(Enum):
    """A word of a closed set."""

    ONE = "1234 5678 9018"


class Telling:
    """What says itself, and holds nothing."""

    def __str__(self) -> str:
        return f"仕様書4(1)エ {NUMBER}"


@dataclass(frozen=True)
class Strange:
    """A record of a place that nobody named."""

    text: str


@pytest.mark.parametrize("walk", [TYPED, *OF_BLOCKS], ids=lambda one: one.name)
@pytest.mark.parametrize("kind", [Struct, Word, Telling, Strange])
def test_a_type_that_nobody_named_is_red_for_each(walk, kind):
    @dataclass(frozen=True)
    class Holding:
        parts: tuple[str | kind, ...]  # type: ignore[valid-type]

    Holding.__annotations__["parts"] = tuple[str | kind, ...]
    Holding.__module__ = "app.documents.blocks" if walk is not TYPED else "db.records.events"
    assert [*unnamed(walk, {Holding: "Holding"})] == [f"{kind.__module__}.{kind.__qualname__}"]


@pytest.fixture
def log(tmp_path) -> Iterator[Path]:
    """The log of failures of this test."""
    path = tmp_path / "failures.log"
    failure_log.set_log_file(path)
    yield path
    failure_log.set_log_file(None)


@pytest.mark.parametrize("held", [Struct(NUMBER), Struct("", Struct(NUMBER)), Telling(), Strange(NUMBER), Word.ONE])
def test_a_value_that_nobody_named_is_looked_into_all_the_same_and_noted(held, log):
    assert has_personal_number({"words": (held,)})
    assert NUMBER in "".join(issued_copies._OUTGOING.texts(held)).replace(" ", "")
    assert {one.event for one in read_log(log).entries} == {"type"}


def test_a_number_is_found_however_deep_it_stands():
    held: object = NUMBER
    for _ in range(20):
        held = ({"rows": [held]},)
    assert has_personal_number({"draft": held})
    assert not has_personal_number({"draft": {"receipt_number": held}})


def test_what_holds_itself_comes_to_an_end():
    held = Struct(NUMBER)
    held.inner = held
    assert has_personal_number({"words": held})
    held.text = ""
    assert not has_personal_number({"words": held})


def test_a_text_in_a_value_that_nobody_named_is_changed_where_it_stands():
    block = Paragraph("仕様書4(1)エに基づき")
    struct = Struct("仕様書4(1)エに基づき", block)
    changed = documents_rules._CITING.with_changed_texts(struct, documents_rules.without_numbers)
    assert (changed.text, changed.inner.text) == ("仕様書に基づき", "仕様書に基づき")
    assert struct.text == "仕様書4(1)エに基づき"
    assert documents_rules._CITING.with_changed_texts(Telling(), documents_rules.without_numbers) == f"仕様書 {NUMBER}"
    same = (Title("表題"), date(2026, 9, 1), {"題": "値"})
    assert documents_rules._CITING.with_changed_texts(same, documents_rules.without_numbers) is same


def test_the_name_of_a_table_is_no_drawn_text_whatever_its_class_is_called():
    from app.documents.blocks import Column, StageChart, Table

    table = Table((Column("列", 10),), (("値",),), name="表の名")
    assert "表の名" not in [*printable.drawn_texts(table)]
    assert "目盛" not in [*printable.drawn_texts(StageChart(words=(), lines=(), note="", name="目盛"))]


@record
class _Deep:
    """A record in a record in a list: deeper than the search went before."""

    rows: tuple[tuple[str, ...], ...]


def test_a_row_of_a_record_of_ours_is_looked_into(monkeypatch):
    monkeypatch.setattr(_Deep, "__module__", "db.records.events")
    assert TYPED.walk_kind(_Deep) == "fields"
    assert has_personal_number({"draft": {"tables": (_Deep(rows=(("", NUMBER),)),)}})
    assert fields(_Deep)
