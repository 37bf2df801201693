"""The decorator of most records of the program, immutable and with keyword-only fields."""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from typing import TypeVar, dataclass_transform

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, Field))
def record(kind: type[Record]) -> type[Record]:
    """Make ``kind`` an immutable dataclass with keyword-only fields."""
    return dataclass(frozen=True, kw_only=True)(kind)
