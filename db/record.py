"""The decorator of most records of the program, and the closed sets of words that their fields hold."""

from __future__ import annotations

import re
import sys
from dataclasses import Field, dataclass, field
from enum import EnumType, StrEnum, nonmember
from typing import Any, Final, TypeVar, cast, dataclass_transform

from db.fast_dataclass import direct_init

Record = TypeVar("Record")

_NAME: Final = re.compile(r"\b(?!Annotated\b)\w+")


class _Question:
    def __init__(self, words: tuple[str, ...]) -> None:
        self._words: Final = frozenset(words)

    def __get__(self, word: str | None, kind: type) -> bool:
        return word in self._words


def one_of(*words: str) -> nonmember[bool]:
    """Return a property for the body of a StrEnum: whether a word is one of ``words``.

    A place that asks has no words of its own: it stays right when a set gets a word, and mypy knows every question.
    """
    return nonmember(cast(bool, _Question(words)))


def word_fields(kind: type) -> dict[str, type[StrEnum]]:
    """Return the set of each field of a class that holds a word of one, by the name of the field."""
    return {
        name: found
        for one in reversed(kind.__mro__)
        for name, hint in vars(one).get("__annotations__", {}).items()
        if isinstance(found := vars(sys.modules[one.__module__]).get(_NAME.findall(str(hint))[0]), EnumType)
        and issubclass(found, StrEnum)
    }


def words_of(kind: Any) -> tuple[StrEnum, ...]:
    """Return the words of a type that is a closed set, () of any other."""
    return tuple(kind) if isinstance(kind, EnumType) else ()


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, Field))
def record(kind: type[Record]) -> type[Record]:
    """Make ``kind`` an immutable dataclass with keyword-only fields.

    A field of a closed set of words holds the word itself also where a plain text was given: Qt gives back every
    text as a plain one, and a plain one answers no question.
    """
    made = dataclass(frozen=True, kw_only=True, init=False)(kind)
    made.__init__ = direct_init(made, word_fields(made))  # type: ignore[method-assign]
    return made
